/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/doubt.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/line.h"
#include "base/mem.h"
#include "base/vec.h"
#include "git/cache.h"
#include "git/child.h"
#include "git/oidmap.h"

#define TITLE "git-retro doubts 1"

/* Commits whose lines are read, and how many at once. */
#define COMMITS_MAX 512
#define ASK_MAX     16
#define FEW         5

/* --- lines -------------------------------------------------------------- */

/* Hashes of the lines that a commit takes away and adds: ascending, each once.
 */
struct line_set {
	uint64_t *at;
	size_t nr, cap;
};

static int compare_line_hashes(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, two = *(const uint64_t *)b;

	return one < two ? -1 : one > two;
}

static void sort_lines(struct line_set *set)
{
	size_t kept = 0;

	if (set->nr)
		qsort(set->at, set->nr, sizeof(*set->at), compare_line_hashes);
	for (size_t i = 0; i < set->nr; i++)
		if (!kept || set->at[kept - 1] != set->at[i])
			set->at[kept++] = set->at[i];
	set->nr = kept;
}

/* White space at the ends is not the change; a line without a letter says
 * nothing. */
static void add_line_hash(struct line_set *set, struct arena *a,
			  const char *line, size_t n)
{
	uint64_t sum = (unsigned char)*line;
	bool says = false;

	for (line++, n--; n && isspace((unsigned char)*line); line++)
		n--;
	while (n && isspace((unsigned char)line[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++)
		says |= isalnum((unsigned char)line[i]) ||
			(unsigned char)line[i] >= 0x80;
	if (says)
		vec_push(a, set, hash_bytes(sum, line, n));
}

/* "@@ -1,2 +3 @@": how many lines follow. */
static size_t follow_lines(const char *at)
{
	size_t lines = 0;

	for (int side = 0; side < 2; side++) {
		at += strcspn(at, "-+\n");
		at += *at == '-' || *at == '+';
		at += strspn(at, "0123456789");
		lines += *at == ',' ? strtoul(at + 1, NULL, 10) : 1;
	}
	return lines;
}

/* The name of a commit, then its patch without context, for each. */
static void read_sets(struct line_set *sets, struct arena *a,
		      const struct oidmap *places, const struct buf *text)
{
	struct line_set *set = NULL;
	const char *at = text->p, *line;
	size_t left = 0, n, place;
	struct oid id;

	while (line_next(&line, &n, &at, text->p + text->n)) {
		if (left && n && (*line == '-' || *line == '+')) {
			left--;
			if (set)
				add_line_hash(set, a, line, n);
		} else if (!strncmp(line, "@@ -", 4)) {
			left = follow_lines(line + 3);
		} else if (n && oid_parse(&id, line) == n &&
			   oidmap_get(&place, places, &id)) {
			set = &sets[place];
		}
	}
}

static struct err *ask_sets(struct line_set *sets, struct arena *a,
			    const struct oidmap *places,
			    const struct oids *commits, size_t from)
{
	static const char *const args[] = { "diff-tree",
					    "--stdin",
					    "-p",
					    "-U0",
					    "--root",
					    "--no-renames",
					    "--no-ext-diff",
					    "--no-textconv",
					    "--no-color",
					    NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = from; i < commits->nr && i < from + ASK_MAX; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &commits->at[i]));
	e = child_run(&text, args, &in);
	if (!e)
		read_sets(sets, a, places, &text);
	if (e && e->code == ERR_MISSING) {
		err_free(e);
		e = NULL;
	}
	buf_release(&in);
	buf_release(&text);
	return e;
}

static bool share_few(const struct line_set *one, const struct line_set *two)
{
	size_t i = 0, j = 0, shared = 0;

	while (i < one->nr && j < two->nr) {
		uint64_t a = one->at[i], b = two->at[j];

		shared += a == b;
		i += a <= b;
		j += b <= a;
	}
	return one->nr && two->nr &&
	       shared * FEW < (one->nr < two->nr ? one->nr : two->nr);
}

/* --- the journal -------------------------------------------------------- */

struct kept_doubt {
	struct oid one, other;
	uint8_t few;
};

static bool is_doubt_of(const struct doubt *doubt,
			const struct kept_doubt *kept)
{
	return oid_equal(&doubt->one, &kept->one) &&
	       oid_equal(&doubt->other, &kept->other);
}

static void read_kept_doubts(struct doubt *doubts, bool *known, size_t nr,
			     const struct journal *journal)
{
	const char *batch;
	size_t n, at = 0;
	struct kept_doubt kept;

	while (journal_next(&batch, &n, &at, journal))
		for (; n >= sizeof(kept);
		     batch += sizeof(kept), n -= sizeof(kept)) {
			memcpy(&kept, batch, sizeof(kept));
			for (size_t i = 0; i < nr; i++)
				if (is_doubt_of(&doubts[i], &kept)) {
					doubts[i].few = kept.few;
					known[i] = true;
				}
		}
}

/* --- the whole ---------------------------------------------------------- */

static void place_doubted_commit(struct oidmap *places, struct oids *commits,
				 struct arena *a, const struct oid *id)
{
	if (oidmap_add(places, id, commits->nr))
		vec_push(a, commits, *id);
}

static struct err *judge_new(struct doubt *doubts, const bool *known, size_t nr,
			     struct buf *fresh)
{
	struct arena a = ARENA_INIT;
	struct oidmap places = OIDMAP_INIT;
	struct oids commits = { 0 };
	struct line_set *sets;
	struct err *e = NULL;
	size_t one, other, last = 0;

	for (; last < nr && commits.nr < COMMITS_MAX; last++)
		if (!known[last]) {
			place_doubted_commit(&places, &commits, &a,
					     &doubts[last].one);
			place_doubted_commit(&places, &commits, &a,
					     &doubts[last].other);
		}
	sets = arena_alloc(&a, (commits.nr + 1) * sizeof(*sets));
	for (size_t at = 0; !e && at < commits.nr; at += ASK_MAX)
		e = ask_sets(sets, &a, &places, &commits, at);
	for (size_t i = 0; !e && i < commits.nr; i++)
		sort_lines(&sets[i]);
	for (size_t i = 0; !e && i < last; i++) {
		struct kept_doubt kept = { 0 };

		if (known[i] || !oidmap_get(&one, &places, &doubts[i].one) ||
		    !oidmap_get(&other, &places, &doubts[i].other))
			continue;
		doubts[i].few = share_few(&sets[one], &sets[other]);
		if (!sets[one].nr || !sets[other].nr)
			continue; /* perhaps objects are missing */
		kept.one = doubts[i].one;
		kept.other = doubts[i].other;
		kept.few = doubts[i].few;
		buf_add(fresh, &kept, sizeof(kept));
	}
	oidmap_release(&places);
	arena_release(&a);
	return e;
}

struct err *doubt_judge(struct doubt *doubts, size_t nr, struct repo *repo)
{
	bool *known = mem_calloc(nr + 1, sizeof(*known));
	struct buf fresh = BUF_INIT;
	struct journal journal;
	struct err *e;

	cache_open(&journal, repo, "doubts", TITLE);
	read_kept_doubts(doubts, known, nr, &journal);
	e = judge_new(doubts, known, nr, &fresh);
	if (!e && fresh.n)
		journal_append(&journal, &fresh);
	journal_close(&journal);
	buf_release(&fresh);
	free(known);
	return e;
}
