/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A batch of the journal is a row of records, numbers as this machine writes
 * them.
 */
#include "git/line_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/vec.h"
#include "git/cache.h"
#include "git/child.h"
#include "git/graph.h"
#include "git/object.h"
#include "git/oidmap.h"
#include "git/tree_paths.h"

#define TITLE "git-retro line-sums 1"

enum {
	FILES_MAX = 1024, /* of one commit; as changed_paths.c has it */
	READ_MAX = 8,     /* so many of them are read */
	FAILED_MAX = 16,  /* objects that are missing; then none is tried */
};

/* Bytes of these files, but of one file that is larger. */
#define SMALL_MAX ((size_t)16 << 10)
/* Of any. */
#define BLOB_MAX ((size_t)16 << 20)

/* Which files are read of the commits that touched the same. */
struct choice {
	uint64_t touched, own; /* hashes of the paths: of all, of the chosen */
	uint32_t paths[READ_MAX], nr;
};

/* What a commit does to the lines of chosen files. */
struct record {
	struct oid commit;
	uint64_t chosen, sum;
};

/* A blob, and the sum of its lines. */
struct read_blob {
	struct oid id;
	uint64_t sum;
	bool known;
};

/* A record to be made, and its files. */
struct wanted_sum {
	struct oid commit;
	uint64_t chosen;
	struct path_blobs files[READ_MAX];
	uint32_t nr;
};

struct sums {
	struct arena a;
	struct repo *repo;
	const struct graph *graph;
	struct tree_paths *trees;
	struct VEC_OF(struct choice *) choices;
	struct VEC_OF(struct record) records;
	struct VEC_OF(size_t) next; /* of each record: another one of its
				     * commit, plus one */
	struct oidmap commits;      /* to the place of the first record */
	struct VEC_OF(struct read_blob) read;
	struct oidmap blobs; /* to the place of what was read */
	struct VEC_OF(struct wanted_sum) wanted;
	size_t failed;
	struct path_blobs files[FILES_MAX]; /* of the commit looked at */
	uint32_t nr;
};

/* --- lines -------------------------------------------------------------- */

/* As patch-id leaves out white space, and what is more. */
static bool is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static uint64_t sum_lines(const char *at, size_t n)
{
	const char *end = at + n;
	uint64_t sum = 0;

	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		uint64_t hash = HASH_START;

		for (; at < (line_end ? line_end : end); at++)
			if (!is_white(*at))
				hash = hash_bytes(hash, at, 1);
		sum += hash;
		at += line_end != NULL;
	}
	return sum;
}

/* --- blobs -------------------------------------------------------------- */

/* To be read, unless it is none, was asked for before, or is not here. */
static void ask_for_blob(struct sums *sums, const struct oid *id)
{
	enum object_type type;
	size_t size;

	if (oid_is_zero(id) || sums->failed == FAILED_MAX ||
	    oidmap_get(NULL, &sums->blobs, id))
		return;
	if (!object_header(&type, &size, sums->repo, id)) {
		sums->failed++;
		return;
	}
	if (type != OBJECT_BLOB || size > BLOB_MAX)
		return;
	oidmap_add(&sums->blobs, id, sums->read.nr);
	vec_push(&sums->a, &sums->read, (struct read_blob){ *id, 0, false });
}

/* git keeps what deltas lead over, libgit2 where they begin: of many versions
 * of a few files it reads each in a tenth of the time. */
static struct err *read_sum_blobs(struct sums *sums)
{
	static const char *const args[] = { CHILD_FRUGAL, "cat-file", "--batch",
					    "--buffer", NULL };
	struct buf in = BUF_INIT;
	struct child child;
	char hex[OID_HEX + 1];
	const char *line, *size, *bytes;
	struct err *e;

	for (size_t i = 0; i < sums->read.nr; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &sums->read.at[i].id));
	e = child_start_with(&child, args, &in);
	buf_release(&in);
	if (e)
		return e;
	for (size_t i = 0; i < sums->read.nr && child_line(&line, &child);
	     i++) {
		size_t n;

		size = strstr(line, " blob ");
		if (!size)
			continue;
		n = strtoul(size + strlen(" blob "), NULL, 10);
		if (!child_bytes(&bytes, n + 1, &child))
			break;
		sums->read.at[i].sum = sum_lines(bytes, n);
		sums->read.at[i].known = true;
	}
	return child_finish(&child);
}

static bool sum_blob(uint64_t *out, const struct sums *sums,
		     const struct oid *id)
{
	size_t at;

	*out = 0;
	if (oid_is_zero(id))
		return true;
	if (!oidmap_get(&at, &sums->blobs, id) || !sums->read.at[at].known)
		return false;
	*out = sums->read.at[at].sum;
	return true;
}

/* --- files -------------------------------------------------------------- */

static int compare_blob_paths(const void *a, const void *b)
{
	uint32_t one = ((const struct path_blobs *)a)->path;
	uint32_t two = ((const struct path_blobs *)b)->path;

	return one < two ? -1 : one > two;
}

/* What a commit changed, by path. */
static bool list_files(struct sums *sums, uint32_t commit)
{
	const uint32_t *parents;
	struct oid from, to;
	size_t count;

	parents = graph_parents(&count, sums->graph, commit);
	if (count > 1 || !graph_tree(&to, sums->graph, commit) ||
	    (count && !graph_tree(&from, sums->graph, *parents)) ||
	    !tree_paths_blobs(sums->files, &sums->nr, FILES_MAX, sums->trees,
			      count ? &from : NULL, &to) ||
	    sums->nr > FILES_MAX)
		return false;
	qsort(sums->files, sums->nr, sizeof(*sums->files), compare_blob_paths);
	return true;
}

static uint64_t hash_path(uint64_t hash, uint32_t path)
{
	return hash_bytes(hash, (const char *)&path, sizeof(path));
}

struct sized {
	uint32_t path;
	size_t size; /* of the larger side */
};

static int compare_sized(const void *a, const void *b)
{
	const struct sized *one = a, *two = b;

	if (one->size != two->size)
		return one->size < two->size ? -1 : 1;
	return one->path < two->path ? -1 : one->path > two->path;
}

static size_t blob_size(struct sums *sums, const struct oid *id)
{
	enum object_type type;
	size_t size = 0;

	return oid_is_zero(id)                               ? 0
	       : object_header(&type, &size, sums->repo, id) ? size
							     : SIZE_MAX;
}

/* The smallest, by path. */
static void choose_files(struct choice *out, struct sums *sums)
{
	struct sized sized[FILES_MAX];
	size_t nr = 0, bytes = 0;

	for (uint32_t i = 0; i < sums->nr; i++) {
		const struct path_blobs *file = &sums->files[i];
		size_t from = blob_size(sums, &file->from);
		size_t to = blob_size(sums, &file->to);

		/* Two paths of one hash cannot be told apart. */
		if (!file->odd && (!i || file[-1].path != file->path) &&
		    (i + 1 == sums->nr || file[1].path != file->path) &&
		    from <= BLOB_MAX && to <= BLOB_MAX)
			sized[nr++] = (struct sized){ file->path,
						      from > to ? from : to };
	}
	qsort(sized, nr, sizeof(*sized), compare_sized);
	for (size_t i = 0; i < nr && out->nr < READ_MAX; i++) {
		bytes += sized[i].size;
		if (out->nr && bytes > SMALL_MAX)
			break;
		out->paths[out->nr++] = sized[i].path;
	}
	out->own = HASH_START;
	for (uint32_t i = 0; i < out->nr; i++)
		out->own = hash_path(out->own, out->paths[i]);
}

static const struct choice *choice_for(struct sums *sums, uint32_t commit)
{
	struct choice *choice;
	uint64_t touched = HASH_START;

	if (!list_files(sums, commit))
		return NULL;
	for (uint32_t i = 0; i < sums->nr; i++)
		touched = hash_path(touched, sums->files[i].path);
	for (size_t i = 0; i < sums->choices.nr; i++)
		if (sums->choices.at[i]->touched == touched)
			return sums->choices.at[i];
	choice = arena_alloc(&sums->a, sizeof(*choice));
	choice->touched = touched;
	choose_files(choice, sums);
	vec_push(&sums->a, &sums->choices, choice);
	return choice;
}

/* --- commits ------------------------------------------------------------ */

static void add_record(struct sums *sums, const struct record *record)
{
	size_t first, place = sums->records.nr, next = 0;

	if (oidmap_get(&first, &sums->commits, &record->commit)) {
		next = sums->next.at[first];
		sums->next.at[first] = place + 1;
	} else {
		oidmap_add(&sums->commits, &record->commit, place);
	}
	vec_push(&sums->a, &sums->next, next);
	vec_push(&sums->a, &sums->records, *record);
}

static bool find_record(uint64_t *out, const struct sums *sums,
			const struct oid *commit, uint64_t chosen)
{
	size_t at;

	if (!oidmap_get(&at, &sums->commits, commit))
		return false;
	for (at++; at; at = sums->next.at[at - 1])
		if (sums->records.at[at - 1].chosen == chosen) {
			*out = sums->records.at[at - 1].sum;
			return true;
		}
	return false;
}

/* Asks for what the record of a commit is made of, unless it is there. */
static void want_sum(struct sums *sums, uint32_t commit,
		     const struct choice *choice)
{
	struct wanted_sum wanted = { graph_id(sums->graph, commit),
				     choice->own,
				     { { 0 } },
				     choice->nr };
	uint64_t sum;

	if (find_record(&sum, sums, &wanted.commit, wanted.chosen) ||
	    !list_files(sums, commit))
		return;
	for (uint32_t i = 0; i < choice->nr; i++) {
		const struct path_blobs *file = bsearch(
			&(struct path_blobs){ .path = choice->paths[i] },
			sums->files, sums->nr, sizeof(*sums->files),
			compare_blob_paths);

		if (!file || file->odd)
			return;
		wanted.files[i] = *file;
		ask_for_blob(sums, &file->from);
		ask_for_blob(sums, &file->to);
	}
	vec_push(&sums->a, &sums->wanted, wanted);
}

static void make_record(struct sums *sums, const struct wanted_sum *wanted)
{
	struct record record = { wanted->commit, wanted->chosen, 0 };

	for (uint32_t i = 0; i < wanted->nr; i++) {
		const struct path_blobs *file = &wanted->files[i];
		uint64_t from, to;

		if (!sum_blob(&from, sums, &file->from) ||
		    !sum_blob(&to, sums, &file->to))
			return;
		record.sum += (to - from) *
			      (2 * hash_path(HASH_START, file->path) + 1);
	}
	if (!find_record(&record.sum, sums, &record.commit, record.chosen))
		add_record(sums, &record);
}

static int compare_ones(const void *a, const void *b)
{
	uint32_t one = (*(struct sum_pair *const *)a)->one;
	uint32_t two = (*(struct sum_pair *const *)b)->one;

	return one < two ? -1 : one > two;
}

static int compare_twos(const void *a, const void *b)
{
	uint32_t one = (*(struct sum_pair *const *)a)->two;
	uint32_t two = (*(struct sum_pair *const *)b)->two;

	return one < two ? -1 : one > two;
}

static const struct sum_pair **sort_pairs(const struct sum_pair *pairs,
					  size_t nr, struct sums *sums,
					  int compare(const void *,
						      const void *))
{
	const struct sum_pair **sorted =
		arena_alloc(&sums->a, nr * sizeof(const struct sum_pair *));

	for (size_t i = 0; i < nr; i++)
		sorted[i] = &pairs[i];
	qsort(sorted, nr, sizeof(*sorted), compare);
	return sorted;
}

/* Of each pair what is read of its files; NULL: nothing. Those of each first
 * commit are looked at once. */
static const struct choice **choose_for_all(const struct sum_pair *pairs,
					    size_t nr, struct sums *sums)
{
	const struct choice **out =
		arena_alloc(&sums->a, nr * sizeof(const struct choice *));
	const struct sum_pair **sorted =
		sort_pairs(pairs, nr, sums, compare_ones);
	const struct choice *choice = NULL;

	for (size_t i = 0; i < nr; i++) {
		if (!i || sorted[i]->one != sorted[i - 1]->one)
			choice = choice_for(sums, sorted[i]->one);
		out[sorted[i] - pairs] = choice && choice->nr ? choice : NULL;
	}
	return out;
}

static bool has_line_sum(uint64_t *out, const struct sums *sums,
			 uint32_t commit, const struct choice *choice)
{
	struct oid id = graph_id(sums->graph, commit);

	return find_record(out, sums, &id, choice->own);
}

/* In the order of history: deltas lead from one version to the next. */
static void want_sums(const struct sum_pair *pairs, size_t nr,
		      struct sums *sums, const struct choice *const *choices)
{
	const struct sum_pair **sorted =
		sort_pairs(pairs, nr, sums, compare_twos);

	for (size_t i = 0; i < nr; i++) {
		const struct choice *choice = choices[sorted[i] - pairs];

		if (!choice)
			continue;
		want_sum(sums, sorted[i]->one, choice);
		want_sum(sums, sorted[i]->two, choice);
	}
}

static void compare_pairs(struct sum_pair *pairs, size_t nr, struct sums *sums)
{
	const struct choice **choices = choose_for_all(pairs, nr, sums);
	struct err *e = NULL;

	want_sums(pairs, nr, sums, choices);
	if (sums->read.nr)
		e = read_sum_blobs(sums);
	err_free(e); /* what was not read is not known */
	for (size_t i = 0; i < sums->wanted.nr; i++)
		make_record(sums, &sums->wanted.at[i]);
	for (size_t i = 0; i < nr; i++) {
		uint64_t one, two;

		pairs[i].differ =
			choices[i] &&
			has_line_sum(&one, sums, pairs[i].one, choices[i]) &&
			has_line_sum(&two, sums, pairs[i].two, choices[i]) &&
			one != two;
	}
}

/* --- all of it ---------------------------------------------------------- */

static void read_sum_journal(struct sums *sums, const struct journal *journal,
			     const struct oidmap *asked)
{
	const char *batch;
	size_t n, at = 0;
	struct record record;

	while (journal_next(&batch, &n, &at, journal))
		for (; n >= sizeof(record);
		     batch += sizeof(record), n -= sizeof(record)) {
			memcpy(&record, batch, sizeof(record));
			if (oidmap_get(NULL, asked, &record.commit))
				add_record(sums, &record);
		}
}

static void keep_new_sums(const struct sums *sums, size_t kept,
			  const struct journal *journal)
{
	struct buf fresh = BUF_INIT;

	buf_add(&fresh, sums->records.at + kept,
		(sums->records.nr - kept) * sizeof(*sums->records.at));
	if (fresh.n)
		journal_append(journal, &fresh);
	buf_release(&fresh);
}

static void compare_all(struct sum_pair *pairs, size_t nr, struct sums *sums)
{
	struct oidmap asked = OIDMAP_INIT;
	struct journal journal;
	size_t kept;

	for (size_t i = 0; i < nr; i++) {
		struct oid one = graph_id(sums->graph, pairs[i].one);
		struct oid two = graph_id(sums->graph, pairs[i].two);

		oidmap_add(&asked, &one, i);
		oidmap_add(&asked, &two, i);
	}
	cache_open(&journal, sums->repo, "line-sums", TITLE);
	read_sum_journal(sums, &journal, &asked);
	kept = sums->records.nr;
	compare_pairs(pairs, nr, sums);
	keep_new_sums(sums, kept, &journal);
	journal_close(&journal);
	oidmap_release(&asked);
}

void line_sums_compare(struct sum_pair *pairs, size_t nr, struct repo *repo,
		       const struct graph *graph)
{
	struct sums *sums;

	for (size_t i = 0; i < nr; i++)
		pairs[i].differ = false;
	if (!nr)
		return;
	sums = mem_calloc(1, sizeof(*sums));
	sums->repo = repo;
	sums->graph = graph;
	sums->trees = tree_paths_new(repo, 2 * nr);
	if (sums->trees)
		compare_all(pairs, nr, sums);
	tree_paths_free(sums->trees);
	oidmap_release(&sums->commits);
	oidmap_release(&sums->blobs);
	arena_release(&sums->a);
	free(sums);
}
