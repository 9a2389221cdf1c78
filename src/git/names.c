/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/names.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "git/child.h"
#include "git/walk.h"

enum {
	LENGTH_MIN = 4,   /* letters of a name */
	LINE_MAX = 400,   /* bytes of a line */
	LINES_MAX = 6000, /* of a commit */
	WORK_MAX = 500,   /* milliseconds of the processor that git gets, */
	TIME_MAX = 5000,  /* and that it may last at most */
};

/* --- sets of names ------------------------------------------------------ */

/* By their hashes, which are never 0. */
struct name_set {
	uint64_t *at;
	uint32_t *index; /* in the order in which they came */
	size_t nr, room; /* room: a power of two */
};

static size_t find_names_slot(const struct name_set *set, uint64_t name)
{
	size_t slot = (size_t)name & (set->room - 1);

	while (set->at[slot] && set->at[slot] != name)
		slot = (slot + 1) & (set->room - 1);
	return slot;
}

static void release_set(struct name_set *set)
{
	free(set->at);
	free(set->index);
	*set = (struct name_set){ 0 };
}

static void grow_set(struct name_set *set)
{
	struct name_set old = *set;

	set->room = old.room ? old.room * 2 : 256;
	set->at = mem_calloc(set->room, sizeof(*set->at));
	set->index = mem_calloc(set->room, sizeof(*set->index));
	for (size_t i = 0; i < old.room; i++)
		if (old.at[i]) {
			size_t slot = find_names_slot(set, old.at[i]);

			set->at[slot] = old.at[i];
			set->index[slot] = old.index[i];
		}
	release_set(&old);
}

static void clear_set(struct name_set *set)
{
	if (set->nr)
		memset(set->at, 0, set->room * sizeof(*set->at));
	set->nr = 0;
}

/* Whether it is new. */
static bool add_name(struct name_set *set, uint64_t name)
{
	size_t slot;

	if (set->nr * 2 >= set->room)
		grow_set(set);
	slot = find_names_slot(set, name);
	if (set->at[slot])
		return false;
	set->at[slot] = name;
	set->index[slot] = (uint32_t)set->nr++;
	return true;
}

static bool find_name(uint32_t *index, const struct name_set *set,
		      uint64_t name)
{
	size_t slot = set->room ? find_names_slot(set, name) : 0;

	if (!set->room || !set->at[slot])
		return false;
	*index = set->index[slot];
	return true;
}

/* --- reading ------------------------------------------------------------ */

struct scan {
	struct arena *a;
	struct name_set own, other; /* of the commit, and of one before it */
	uint32_t *commits;          /* of each own name, how many have it */
	struct VEC_OF(struct found {
		struct oid commit;
		size_t changed;                /* names of that commit */
		struct VEC_OF(uint32_t) names; /* that are own ones */
	}) found;
	size_t lines; /* of the commit that is read */
	int64_t deadline;
};

typedef void name_fn(struct scan *scan, uint64_t name);

static void each_name(struct scan *scan, const char *line, name_fn *fn)
{
	const char *end = line + strnlen(line, LINE_MAX);

	while (line < end) {
		const char *start = line;
		uint64_t sum;

		while (line < end &&
		       (isalnum((unsigned char)*line) || *line == '_'))
			line++;
		sum = hash_bytes(HASH_START, start, (size_t)(line - start));
		if (line - start >= LENGTH_MIN &&
		    !isdigit((unsigned char)*start))
			fn(scan, sum ? sum : 1);
		line += line < end;
	}
}

static void add_own_name(struct scan *scan, uint64_t name)
{
	add_name(&scan->own, name);
}

static void add_other(struct scan *scan, uint64_t name)
{
	struct found *found = &scan->found.at[scan->found.nr - 1];
	uint32_t index;

	if (!add_name(&scan->other, name))
		return;
	found->changed++;
	if (!find_name(&index, &scan->own, name))
		return;
	scan->commits[index]++;
	vec_push(scan->a, &found->names, index);
}

/* A commit begins with a line "\1<id>"; then comes its diff. */
static void begin_commit(struct scan *scan, const char *id)
{
	struct found found = { 0 };

	oid_parse(&found.commit, id);
	vec_push(scan->a, &scan->found, found);
	clear_set(&scan->other);
	scan->lines = 0;
}

static bool is_over(const struct scan *scan, const struct child *child)
{
	return clock_ms() > scan->deadline ||
	       clock_worked_ms(child->proc.pid) > WORK_MAX;
}

static void read_diffs(struct scan *scan, struct child *child, name_fn *fn)
{
	bool in_hunk = false;
	const char *line;

	while (child_line(&line, child)) {
		if (*line == '\1') {
			if (is_over(scan, child))
				return;
			in_hunk = false;
			begin_commit(scan, line + 1);
		} else if (!strncmp(line, "diff --git ", 11)) {
			in_hunk = false;
		} else if (!strncmp(line, "@@ -", 4)) {
			in_hunk = true;
		} else if (in_hunk && (*line == '+' || *line == '-') &&
			   scan->lines++ < LINES_MAX) {
			each_name(scan, line + 1, fn);
		}
	}
}

static struct err *read_git_names(struct scan *scan, const char *const *args,
				  name_fn *fn)
{
	struct child child;
	struct err *e = child_start(&child, args);

	if (e)
		return e;
	read_diffs(scan, &child, fn);
	e = child_finish(&child);
	if (e && e->code == ERR_MISSING) {
		err_free(e);
		e = NULL;
	}
	return e;
}

/* --- weighing ----------------------------------------------------------- */

static bool is_names_end(const struct oids *ends, const struct oid *id)
{
	for (size_t i = 0; i < ends->nr; i++)
		if (oid_equal(&ends->at[i], id))
			return true;
	return false;
}

/* Where history is cut off, a commit seems to bring all that there is. */
static void weigh_names(struct namesakes *out, struct scan *scan,
			const struct oids *ends)
{
	double nr = (double)scan->found.nr, total = 0;

	for (size_t i = 0; i < scan->own.nr; i++)
		total += log((nr + 1) / (1 + scan->commits[i]));
	for (size_t i = 0; i < scan->found.nr; i++) {
		const struct found *found = &scan->found.at[i];
		double weight = 0;

		for (size_t j = 0; j < found->names.nr; j++)
			weight += log((nr + 1) /
				      scan->commits[found->names.at[j]]);
		if (found->names.nr && !is_names_end(ends, &found->commit))
			vec_push(
				scan->a, &out->list,
				(struct namesake){
					.commit = found->commit,
					.names = found->names.nr,
					.share = total > weight ? weight / total
								: 1,
					.focus =
						weight /
						sqrt(1 +
						     (double)found->changed) });
	}
	out->total = scan->own.nr;
}

struct err *names_before(struct namesakes *out, struct arena *a,
			 struct repo *repo, const struct oid *commit)
{
	char before[OID_HEX + 1], after[OID_HEX + 1];
	const char *const own[] = { "diff-tree",
				    "-r",
				    "-p",
				    "-U0",
				    "-M",
				    "--no-color",
				    "--no-ext-diff",
				    "--no-textconv",
				    before,
				    after,
				    NULL };
	const char *const others[] = { "log",
				       "-100",
				       "-p",
				       "-U0",
				       "-M",
				       "--no-merges",
				       CHILD_LOG,
				       "--no-ext-diff",
				       "--no-textconv",
				       "--format=%x01%H",
				       before,
				       "--",
				       NULL };
	struct oids ends = { 0 };
	struct scan scan = { .a = a, .deadline = clock_ms() + TIME_MAX };
	struct commit fix;
	struct err *e = walk_one(&fix, a, repo, commit);

	*out = (struct namesakes){ 0 };
	if (e || !fix.parent_count)
		return e;
	oid_hex(before, &fix.parents[0]);
	oid_hex(after, commit);
	e = read_git_names(&scan, own, add_own_name);
	scan.commits = arena_alloc(a, (scan.own.nr + 1) * sizeof(uint32_t));
	memset(scan.commits, 0, (scan.own.nr + 1) * sizeof(uint32_t));
	if (!e && scan.own.nr)
		e = read_git_names(&scan, others, add_other);
	if (!e)
		e = repo_shallow_ends(&ends, a, repo);
	if (!e)
		weigh_names(out, &scan, &ends);
	release_set(&scan.own);
	release_set(&scan.other);
	return e;
}
