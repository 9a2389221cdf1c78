/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A batch of the journal is a row of records, ascending by the commit's id: the
 * id, how many paths, and their hashes, numbers as this machine writes them.
 */
#include "git/changed_paths.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/progress.h"
#include "git/answers.h"
#include "git/cache.h"
#include "git/child.h"
#include "git/graph.h"
#include "git/tree_paths.h"
#include "git/trees_here.h"

#define TITLE "git-retro touches 3"

enum {
	PATHS_MAX = 1024, /* of one commit */
	ASK_MAX = 8192,   /* commits in one question to git */
	FAILED_MAX = 64,  /* questions that fail: then all else is unknown */
};

/* The number of paths, and what is more to say. */
#define COUNT 0x0fffffffu
#define MANY  0x80000000u

#define RECORD_HEAD (OID_RAW + sizeof(uint32_t))

struct loader {
	struct arena *a;
	struct repo *repo;
	const struct graph *graph;
	const struct oids *ids;
	const uint32_t *commits; /* of the graph */
	struct changed_paths *out;
	bool *known; /* from the journal, or from git */
	bool *fresh; /* from git */
	size_t failed;
};

/* --- the journal -------------------------------------------------------- */

static void take_touches(struct loader *loader, size_t at, uint32_t head,
			 const void *hashes)
{
	size_t n = (head & COUNT) * sizeof(uint32_t);
	uint32_t *paths = arena_alloc(loader->a, n + 1);

	memcpy(paths, hashes, n);
	loader->out[at] = (struct changed_paths){ paths, head & COUNT,
						  (head & MANY) != 0, false };
	loader->known[at] = true;
}

static bool is_less(const struct oids *ids, size_t at, const char *id)
{
	return memcmp(ids->at[at].raw, id, OID_RAW) < 0;
}

/* The first id from `at` on that is not less. It is near where a batch holds
 * much of what is asked for, and far where it holds little: the steps double
 * until one is too long. */
static size_t seek(const struct oids *ids, size_t at, const char *id)
{
	size_t step = 1, low = at, high;

	while (at < ids->nr && is_less(ids, at, id)) {
		low = at + 1;
		at += step;
		step *= 2;
	}
	high = at < ids->nr ? at : ids->nr;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_less(ids, middle, id))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void read_touch_batch(struct loader *loader, const char *at, size_t n)
{
	const struct oids *ids = loader->ids;
	size_t wanted = 0;

	while (n >= RECORD_HEAD && wanted < ids->nr) {
		uint32_t head;
		size_t size;

		memcpy(&head, at + OID_RAW, sizeof(head));
		size = RECORD_HEAD + (head & COUNT) * sizeof(uint32_t);
		if (size > n)
			return;
		wanted = seek(ids, wanted, at);
		if (wanted < ids->nr && !loader->known[wanted] &&
		    !memcmp(ids->at[wanted].raw, at, OID_RAW))
			take_touches(loader, wanted, head, at + RECORD_HEAD);
		at += size;
		n -= size;
	}
}

static void read_touch_journal(struct loader *loader,
			       const struct journal *journal)
{
	const char *batch;
	size_t n, at = 0;

	while (journal_next(&batch, &n, &at, journal))
		read_touch_batch(loader, batch, n);
}

/* --- git ---------------------------------------------------------------- */

static int compare_path_hashes(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	return one < two ? -1 : one > two;
}

static uint32_t sort_once(uint32_t *paths, uint32_t nr)
{
	uint32_t kept = 0;

	qsort(paths, nr, sizeof(*paths), compare_path_hashes);
	for (uint32_t i = 0; i < nr; i++)
		if (!kept || paths[kept - 1] != paths[i])
			paths[kept++] = paths[i];
	return kept;
}

static void take_fresh(struct loader *loader, size_t place, uint32_t *paths,
		       uint32_t nr, bool many)
{
	nr = many ? 0 : sort_once(paths, nr);
	take_touches(loader, place, nr | (many ? MANY : 0), paths);
	loader->fresh[place] = true;
}

/* Keeps one commit's paths, *at, until the name of the next commit comes. */
static void read_touch_commit(struct loader *loader, size_t place,
			      const char *next, const char **at,
			      const char *end)
{
	uint32_t paths[PATHS_MAX], nr = 0;
	bool many = false;
	const char *path;

	while (child_split(&path, 1, at, end)) {
		if (next && !strcmp(path, next))
			break;
		many |= nr == PATHS_MAX;
		if (!many)
			paths[nr++] = tree_path_hash(path);
	}
	take_fresh(loader, place, paths, nr, many);
}

/* `--always` names each commit, in the order asked: `places` are theirs. */
static void read_paths_answer(struct loader *loader, const size_t *places,
			      size_t nr, const struct buf *text)
{
	const char *at = text->p, *end = text->p + text->n, *first;
	const struct oid *ids = loader->ids->at;
	char hex[OID_HEX + 1];

	if (!child_split(&first, 1, &at, end))
		return;
	for (size_t i = 0; i < nr; i++) {
		bool last = i + 1 == nr;

		if (!last)
			oid_hex(hex, &ids[places[i + 1]]);
		read_touch_commit(loader, places[i], last ? NULL : hex, &at,
				  end);
	}
}

static struct err *ask_touches(struct loader *loader, const size_t *places,
			       size_t nr)
{
	static const char *const args[] = {
		CHILD_FRUGAL,  "diff-tree", "--stdin",  "-r",
		"-c",          "--root",    "--always", "--no-renames",
		"--name-only", "-z",        NULL
	};
	struct buf asked = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < nr; i++)
		buf_addf(&asked, "%s\n",
			 oid_hex(hex, &loader->ids->at[places[i]]));
	e = child_run_in(&text, args, &asked, child_no_index);
	if (!e)
		read_paths_answer(loader, places, nr, &text);
	buf_release(&asked);
	buf_release(&text);
	return e;
}

/* Trees may be missing: what lacks them is found by halves. */
static struct err *ask_what_is_here(struct loader *loader, const size_t *places,
				    size_t nr)
{
	struct err *e = NULL;

	if (loader->failed < FAILED_MAX)
		e = ask_touches(loader, places, nr);
	if (!e && loader->failed < FAILED_MAX)
		return NULL;
	if (e && e->code != ERR_MISSING)
		return e;
	loader->failed += e != NULL;
	err_free(e);
	if (nr > 1 && loader->failed < FAILED_MAX) {
		e = ask_what_is_here(loader, places, nr / 2);
		return e ? e
			 : ask_what_is_here(loader, places + nr / 2,
					    nr - nr / 2);
	}
	for (size_t i = 0; i < nr; i++)
		loader->out[places[i]].unknown = true;
	return NULL;
}

/* Of all; and where that fails, of those whose trees are here. */
static struct err *ask_some_touches(struct loader *loader, size_t *places,
				    size_t nr)
{
	struct err *e = ask_touches(loader, places, nr);
	struct oids ids = { 0 };
	size_t left = 0;
	bool *here;

	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e);
	here = mem_calloc(nr + 1, sizeof(*here));
	ids.at = mem_alloc(nr * sizeof(*ids.at));
	for (ids.nr = 0; ids.nr < nr; ids.nr++)
		ids.at[ids.nr] = loader->ids->at[places[ids.nr]];
	trees_here(here, loader->repo, &ids, NULL);
	for (size_t i = 0; i < nr; i++) {
		loader->out[places[i]].unknown = !here[i];
		if (here[i])
			places[left++] = places[i];
	}
	free(ids.at);
	free(here);
	return left ? ask_what_is_here(loader, places, left) : NULL;
}

/* --- trees -------------------------------------------------------------- */

/* False if git is to be asked: of a merge, and of what is not in the graph. */
static bool compare_with_parent(struct loader *loader, struct tree_paths *trees,
				size_t place)
{
	const struct graph *graph = loader->graph;
	uint32_t commit = loader->commits[place], paths[PATHS_MAX], nr;
	const uint32_t *parents;
	struct oid from, to;
	size_t count;

	if (commit == GRAPH_NONE || !graph_tree(&to, graph, commit))
		return false;
	parents = graph_parents(&count, graph, commit);
	if (count > 1 || (count && !graph_tree(&from, graph, *parents)) ||
	    !tree_paths_between(paths, &nr, PATHS_MAX, trees,
				count ? &from : NULL, &to))
		return false;
	take_fresh(loader, place, paths, nr, nr > PATHS_MAX);
	return true;
}

/* Leaves those that git is to be asked for; returns how many. */
static size_t compare_trees(struct loader *loader, size_t *places, size_t nr,
			    struct progress *progress)
{
	struct tree_paths *trees = tree_paths_new(loader->repo, nr);
	size_t left = 0;

	for (size_t i = 0; trees && i < nr; i++) {
		progress_step(progress, i);
		if (!compare_with_parent(loader, trees, places[i]))
			places[left++] = places[i];
	}
	left = trees ? left : nr;
	tree_paths_free(trees);
	return left;
}

/* --- all that is new ---------------------------------------------------- */

/* The places of what is not known, in the order of the graph. */
static size_t *list_unknown(size_t *out_nr, const struct loader *loader)
{
	uint32_t count = graph_count(loader->graph);
	uint32_t *at = mem_calloc(count + (size_t)1, sizeof(*at));
	size_t *out = mem_alloc((loader->ids->nr + 1) * sizeof(*out)), nr = 0;

	for (size_t i = 0; i < loader->ids->nr; i++)
		if (!loader->known[i] && loader->commits[i] != GRAPH_NONE)
			at[loader->commits[i]] = (uint32_t)i + 1;
		else if (!loader->known[i])
			out[nr++] = i;
	for (uint32_t i = 0; i < count; i++)
		if (at[i])
			out[nr++] = at[i] - 1;
	free(at);
	*out_nr = nr;
	return out;
}

static struct err *find_new_touches(struct loader *loader)
{
	struct progress progress;
	struct err *e = NULL;
	size_t nr, *places = list_unknown(&nr, loader);

	progress_start(&progress, N_("Reading which files commits changed"),
		       nr);
	nr = compare_trees(loader, places, nr, &progress);
	for (size_t at = 0; !e && at < nr; at += ASK_MAX) {
		e = ask_some_touches(loader, places + at,
				     nr - at < ASK_MAX ? nr - at : ASK_MAX);
	}
	progress_stop(&progress);
	free(places);
	return err_context(e, _("reading which files commits changed"));
}

/* --- the whole ---------------------------------------------------------- */

static void keep_touches(const struct journal *journal,
			 const struct loader *loader)
{
	struct buf records = BUF_INIT;

	for (size_t i = 0; i < loader->ids->nr; i++) {
		const struct changed_paths *touch = &loader->out[i];
		uint32_t head = touch->nr | (touch->many ? MANY : 0);

		if (!loader->fresh[i])
			continue;
		buf_add(&records, loader->ids->at[i].raw, OID_RAW);
		buf_add(&records, &head, sizeof(head));
		buf_add(&records, touch->paths,
			touch->nr * sizeof(*touch->paths));
	}
	if (records.n)
		journal_append(journal, &records);
	buf_release(&records);
}

struct err *changed_paths_load(struct changed_paths *out, struct arena *a,
			       struct repo *repo, const struct oids *ids,
			       const struct graph *graph)
{
	uint32_t *commits = arena_alloc(a, (ids->nr + 1) * sizeof(*commits));
	struct loader loader = { .a = a,
				 .repo = repo,
				 .graph = graph,
				 .ids = ids,
				 .commits = commits,
				 .out = out,
				 .known = arena_alloc(a, ids->nr + 1),
				 .fresh = arena_alloc(a, ids->nr + 1) };
	struct journal journal;
	struct err *e;

	for (size_t i = 0; i < ids->nr; i++)
		commits[i] = graph_find(graph, &ids->at[i]);
	cache_open(&journal, repo, "touches", TITLE);
	read_touch_journal(&loader, &journal);
	e = find_new_touches(&loader);
	if (!e)
		keep_touches(&journal, &loader);
	journal_close(&journal);
	return e;
}

/* --- the files themselves ----------------------------------------------- */

/* A status and a path in turn, until the name of the next commit comes. */
static void read_touched_files(struct changed_files *out, struct arena *a,
			       const char *next, const char **at,
			       const char *end)
{
	const char *status, *path;

	while (child_split(&status, 1, at, end) &&
	       !(next && !strcmp(status, next)) &&
	       child_split(&path, 1, at, end))
		vec_push(a, out,
			 (struct changed_file){ arena_strdup(a, path),
						*status == 'A' });
}

static void ask_against(struct buf *out, const struct oids *ids,
			const struct oid *parents)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++) {
		buf_addstr(out, oid_hex(hex, &ids->at[i]));
		if (!oid_is_zero(&parents[i]))
			buf_addf(out, " %s", oid_hex(hex, &parents[i]));
		buf_addch(out, '\n');
	}
}

/* What a commit changed against another stays so. */
static struct err *ask_file_names(struct buf *out, struct repo *repo,
				  const struct buf *asked)
{
	static const char *const args[] = {
		"diff-tree",    "--stdin",       "-r", "--root", "--always",
		"--no-renames", "--name-status", "-z", NULL
	};
	struct buf key = BUF_INIT;
	struct err *e = NULL;

	buf_addf(&key, "files %s", asked->p);
	if (!answers_get(out, &answers_of_git, repo, &key)) {
		e = child_run_in(out, args, asked, child_no_index);
		if (!e)
			answers_put(&answers_of_git, repo, &key, out);
	}
	buf_release(&key);
	return e;
}

static struct err *ask_files(struct changed_files *out, struct arena *a,
			     struct repo *repo, const struct oids *ids,
			     const struct oid *parents)
{
	struct buf asked = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	const char *at, *end, *first;
	struct err *e = NULL;

	ask_against(&asked, ids, parents);
	if (ids->nr)
		e = ask_file_names(&text, repo, &asked);
	at = text.p;
	end = text.p + text.n;
	if (!e && child_split(&first, 1, &at, end))
		for (size_t i = 0; i < ids->nr; i++) {
			bool last = i + 1 == ids->nr;

			if (!last)
				oid_hex(hex, &ids->at[i + 1]);
			read_touched_files(&out[i], a, last ? NULL : hex, &at,
					   end);
		}
	buf_release(&asked);
	buf_release(&text);
	return e;
}

/* As ask_what_is_here(). */
static struct err *ask_files_here(struct changed_files *out, struct arena *a,
				  struct repo *repo, const struct oids *ids,
				  const struct oid *parents, size_t *failed)
{
	struct oids half = { ids->at, ids->nr / 2, ids->nr / 2 };
	struct err *e = NULL;

	if (*failed < FAILED_MAX)
		e = ask_files(out, a, repo, ids, parents);
	if (!e && *failed < FAILED_MAX)
		return NULL;
	if (e && e->code != ERR_MISSING)
		return e;
	*failed += e != NULL;
	err_free(e);
	for (size_t i = 0; i < ids->nr; i++)
		out[i] = (struct changed_files){ .unknown = true };
	if (ids->nr < 2 || *failed == FAILED_MAX)
		return NULL;
	memset(out, 0, ids->nr * sizeof(*out));
	e = ask_files_here(out, a, repo, &half, parents, failed);
	if (e)
		return e;
	out += half.nr;
	parents += half.nr;
	half = (struct oids){ ids->at + half.nr, ids->nr - half.nr, 0 };
	return ask_files_here(out, a, repo, &half, parents, failed);
}

/* Of those for which `here` is true. */
static struct err *ask_some_files(struct changed_files *out, struct arena *a,
				  struct repo *repo, const struct oids *ids,
				  const struct oid *parents, const bool *here)
{
	struct oids some = { arena_alloc(a, (ids->nr + 1) * OID_RAW), 0,
			     ids->nr };
	struct oid *of = arena_alloc(a, (ids->nr + 1) * sizeof(*of));
	struct changed_files *files =
		arena_alloc(a, (ids->nr + 1) * sizeof(*files));
	size_t failed = 0, at = 0;
	struct err *e = NULL;

	for (size_t i = 0; i < ids->nr; i++) {
		if (!here[i])
			continue;
		of[some.nr] = parents[i];
		some.at[some.nr++] = ids->at[i];
	}
	if (some.nr)
		e = ask_files_here(files, a, repo, &some, of, &failed);
	for (size_t i = 0; !e && i < ids->nr; i++)
		out[i] = here[i] ? files[at++]
				 : (struct changed_files){ .unknown = true };
	return e;
}

/* As ask_some_touches(). */
struct err *changed_paths_files(struct changed_files *out, struct arena *a,
				struct repo *repo, const struct oids *ids,
				const struct oid *parents)
{
	bool *here = arena_alloc(a, ids->nr + 1);
	struct err *e;

	memset(out, 0, ids->nr * sizeof(*out));
	e = ask_files(out, a, repo, ids, parents);
	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e);
	trees_here(here, repo, ids, parents);
	return ask_some_files(out, a, repo, ids, parents, here);
}

struct changed_paths changed_paths_of(struct arena *a,
				      const struct changed_files *files)
{
	struct changed_paths touch = { .many = files->nr > PATHS_MAX,
				       .unknown = files->unknown };
	uint32_t *paths;

	if (touch.many || touch.unknown)
		return touch;
	paths = arena_alloc(a, (files->nr + 1) * sizeof(*paths));
	for (size_t i = 0; i < files->nr; i++)
		paths[i] = tree_path_hash(files->at[i].path);
	touch.paths = paths;
	touch.nr = sort_once(paths, (uint32_t)files->nr);
	return touch;
}

bool changed_paths_are_same(const struct changed_paths *one,
			    const struct changed_paths *two)
{
	return one->many == two->many && (one->nr || one->many) &&
	       one->nr == two->nr &&
	       !memcmp(one->paths, two->paths, one->nr * sizeof(*one->paths));
}
