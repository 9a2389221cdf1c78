/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A batch of the journal is a row of records: a commit's id, how many paths, and
 * their hashes, numbers as this machine writes them.
 */
#include "git/touches.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/journal.h"
#include "base/progress.h"
#include "git/child.h"
#include "git/graph.h"
#include "git/oidmap.h"

#define TITLE "git-retro touches 1"

enum {
	PATHS_MAX = 1024, /* of one commit */
	ASK_MAX = 8192,   /* commits in one question to git */
};

/* The number of paths, and what is more to say. */
#define COUNT 0x0fffffffu
#define MANY  0x80000000u

#define RECORD_HEAD (OID_RAW + sizeof(uint32_t))

struct loader {
	struct arena *a;
	const struct oids *ids;
	struct touch *out;
	struct oidmap wanted; /* from an id to its first place in `ids` */
	bool *known;
	struct buf fresh; /* records of what was asked of git */
};

/* --- the journal -------------------------------------------------------- */

static void take(struct loader *loader, const struct oid *id, uint32_t head,
		 const char *hashes)
{
	size_t n = (head & COUNT) * sizeof(uint32_t), at;
	uint32_t *paths;

	if (!oidmap_get(&at, &loader->wanted, id) || loader->known[at])
		return;
	paths = arena_alloc(loader->a, n + 1);
	memcpy(paths, hashes, n);
	loader->out[at] =
		(struct touch){ paths, head & COUNT, (head & MANY) != 0 };
	loader->known[at] = true;
}

static void read_batch(struct loader *loader, const char *at, size_t n)
{
	while (n >= RECORD_HEAD) {
		struct oid id;
		uint32_t head;
		size_t size;

		memcpy(id.raw, at, OID_RAW);
		memcpy(&head, at + OID_RAW, sizeof(head));
		size = RECORD_HEAD + (head & COUNT) * sizeof(uint32_t);
		if (size > n)
			return;
		take(loader, &id, head, at + RECORD_HEAD);
		at += size;
		n -= size;
	}
}

static void read_journal(struct loader *loader, const struct journal *journal)
{
	const char *batch;
	size_t n, at = 0;

	while (journal_next(&batch, &n, &at, journal))
		read_batch(loader, batch, n);
}

/* --- git ---------------------------------------------------------------- */

static uint32_t hash(const char *path)
{
	uint64_t sum = UINT64_C(14695981039346656037);

	for (; *path; path++)
		sum = (sum ^ (unsigned char)*path) * UINT64_C(1099511628211);
	return (uint32_t)(sum ^ sum >> 32);
}

static int by_value(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	return one < two ? -1 : one > two;
}

static uint32_t sort_once(uint32_t *paths, uint32_t nr)
{
	uint32_t kept = 0;

	qsort(paths, nr, sizeof(*paths), by_value);
	for (uint32_t i = 0; i < nr; i++)
		if (!kept || paths[kept - 1] != paths[i])
			paths[kept++] = paths[i];
	return kept;
}

/* Keeps one commit's paths, *at, until the name of the next commit comes. */
static void read_commit(struct loader *loader, const struct oid *id,
			const char *next, const char **at, const char *end)
{
	uint32_t paths[PATHS_MAX], nr = 0, head;
	bool many = false;
	const char *path;

	while (child_split(&path, 1, at, end)) {
		if (next && !strcmp(path, next))
			break;
		many |= nr == PATHS_MAX;
		if (!many)
			paths[nr++] = hash(path);
	}
	nr = many ? 0 : sort_once(paths, nr);
	head = nr | (many ? MANY : 0);
	buf_add(&loader->fresh, id->raw, OID_RAW);
	buf_add(&loader->fresh, &head, sizeof(head));
	buf_add(&loader->fresh, paths, nr * sizeof(*paths));
	take(loader, id, head, (const char *)paths);
}

/* `--always` names each commit, in the order asked. */
static void read_answer(struct loader *loader, const struct oids *asked,
			const struct buf *text)
{
	const char *at = text->p, *end = text->p + text->n, *first;
	char hex[OID_HEX + 1];

	if (!child_split(&first, 1, &at, end))
		return;
	for (size_t i = 0; i < asked->nr; i++) {
		bool last = i + 1 == asked->nr;

		if (!last)
			oid_hex(hex, &asked->at[i + 1]);
		read_commit(loader, &asked->at[i], last ? NULL : hex, &at, end);
	}
}

static struct err *ask(struct loader *loader, const struct oids *ids)
{
	static const char *const args[] = {
		"diff-tree", "--stdin",      "-r",          "-c", "--root",
		"--always",  "--no-renames", "--name-only", "-z", NULL
	};
	struct buf asked = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < ids->nr; i++)
		buf_addf(&asked, "%s\n", oid_hex(hex, &ids->at[i]));
	e = child_run(&text, args, &asked);
	if (!e)
		read_answer(loader, ids, &text);
	buf_release(&asked);
	buf_release(&text);
	return e;
}

static struct err *ask_all(struct loader *loader, const struct oids *missing)
{
	struct progress progress;
	struct err *e = NULL;

	progress_start(&progress, "Reading what commits changed", missing->nr);
	for (size_t at = 0; !e && at < missing->nr; at += ASK_MAX) {
		size_t left = missing->nr - at;
		struct oids some = { missing->at + at,
				     left < ASK_MAX ? left : ASK_MAX, 0 };

		progress_step(&progress, at);
		e = ask(loader, &some);
	}
	progress_stop(&progress);
	return err_context(e, "reading what commits changed");
}

/* --- the whole ---------------------------------------------------------- */

/* A commit that is asked for twice has one answer. */
static void copy_repeated(struct loader *loader)
{
	size_t first;

	for (size_t i = 0; i < loader->ids->nr; i++)
		if (oidmap_get(&first, &loader->wanted, &loader->ids->at[i]))
			loader->out[i] = loader->out[first];
}

struct err *touches_load(struct touch *out, struct arena *a, struct repo *repo,
			 const struct oids *ids)
{
	struct loader loader = { .a = a,
				 .ids = ids,
				 .out = out,
				 .known = arena_alloc(a, ids->nr + 1),
				 .fresh = BUF_INIT };
	bool bent = graph_is_bent(repo);
	struct oids missing = { 0 };
	struct journal journal;
	struct err *e = NULL;

	for (size_t i = 0; i < ids->nr; i++)
		oidmap_add(&loader.wanted, &ids->at[i], i);
	if (!bent) {
		journal_open(
			&journal,
			path_join(a, repo_common_dir(repo), "retro/touches"),
			TITLE);
		read_journal(&loader, &journal);
	}
	for (size_t i = 0; i < ids->nr; i++) {
		size_t first;

		if (oidmap_get(&first, &loader.wanted, &ids->at[i]) &&
		    first == i && !loader.known[i])
			vec_push(a, &missing, ids->at[i]);
	}
	if (missing.nr)
		e = ask_all(&loader, &missing);
	if (!e && !bent && missing.nr)
		journal_append(&journal, &loader.fresh);
	copy_repeated(&loader);
	if (!bent)
		journal_close(&journal);
	oidmap_release(&loader.wanted);
	buf_release(&loader.fresh);
	return e;
}

/* --- the files themselves ----------------------------------------------- */

/* A status and a path in turn, until the name of the next commit comes. */
static void read_files(struct touched_files *out, struct arena *a,
		       const char *next, const char **at, const char *end)
{
	const char *status, *path;

	while (child_split(&status, 1, at, end) &&
	       !(next && !strcmp(status, next)) &&
	       child_split(&path, 1, at, end))
		vec_push(a, out,
			 (struct touched_file){ arena_strdup(a, path),
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

struct err *touches_files(struct touched_files *out, struct arena *a,
			  struct repo *repo, const struct oids *ids,
			  const struct oid *parents)
{
	static const char *const args[] = {
		"diff-tree",    "--stdin",       "-r", "--root", "--always",
		"--no-renames", "--name-status", "-z", NULL
	};
	struct buf asked = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	const char *at, *end, *first;
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	memset(out, 0, ids->nr * sizeof(*out));
	ask_against(&asked, ids, parents);
	if (ids->nr)
		e = child_run(&text, args, &asked);
	at = text.p;
	end = text.p + text.n;
	if (!e && child_split(&first, 1, &at, end))
		for (size_t i = 0; i < ids->nr; i++) {
			bool last = i + 1 == ids->nr;

			if (!last)
				oid_hex(hex, &ids->at[i + 1]);
			read_files(&out[i], a, last ? NULL : hex, &at, end);
		}
	buf_release(&asked);
	buf_release(&text);
	return e;
}

struct touch touch_of(struct arena *a, const struct touched_files *files)
{
	struct touch touch = { .many = files->nr > PATHS_MAX };
	uint32_t *paths;

	if (touch.many)
		return touch;
	paths = arena_alloc(a, (files->nr + 1) * sizeof(*paths));
	for (size_t i = 0; i < files->nr; i++)
		paths[i] = hash(files->at[i].path);
	touch.paths = paths;
	touch.nr = sort_once(paths, (uint32_t)files->nr);
	return touch;
}

bool touch_same_files(const struct touch *one, const struct touch *two)
{
	return one->many == two->many && (one->nr || one->many) &&
	       one->nr == two->nr &&
	       !memcmp(one->paths, two->paths, one->nr * sizeof(*one->paths));
}
