/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/patch_id.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/cache.h"
#include "git/child.h"
#include "git/oidmap.h"
#include "git/repo.h"
#include "git/trees_here.h"

#define TITLE "git-retro patch-ids 2"

/* Nobody's settings change the id. By the full ids in the index lines binary
 * files are told apart. */
static const char *const diff_tree[] = { "diff-tree",
					 "--stdin",
					 "-p",
					 "--root",
					 "--full-index",
					 "--no-renames",
					 "--no-ext-diff",
					 "--no-textconv",
					 "--diff-algorithm=default",
					 "--indent-heuristic",
					 "-U3",
					 "--src-prefix=a/",
					 "--dst-prefix=b/",
					 NULL };
static const char *const patch_id[] = { "patch-id", "--stable", NULL };

/* One question. In it a commit stands once, for git's answer names only it. */
struct round {
	struct oidmap asked; /* from a commit to its place in `ranges` */
	struct buf in, out;
};

static void add_patch_range(struct round *round, const struct range *range,
			    size_t at)
{
	char hex[OID_HEX + 1];

	oidmap_add(&round->asked, &range->to, at);
	buf_addf(&round->in, "%s", oid_hex(hex, &range->to));
	if (range->from)
		buf_addf(&round->in, " %s", oid_hex(hex, range->from));
	buf_addch(&round->in, '\n');
}

/* "<patch id> <commit>", a line each. */
static void read_answers(struct oid *out, const struct round *round)
{
	const char *line = round->out.p;
	struct oid id, commit;
	size_t at, n;

	for (; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		n = oid_parse(&id, line);
		if (n && line[n] == ' ' && oid_parse(&commit, line + n + 1) &&
		    oidmap_get(&at, &round->asked, &commit))
			out[at] = id;
	}
}

/* Asks for each range whose commit is not in this round yet, and marks it as
 * done. */
static struct err *ask_ranges(struct oid *out, bool *done,
			      const struct range *ranges, size_t nr)
{
	struct round round = { OIDMAP_INIT, BUF_INIT, BUF_INIT };
	struct err *e;

	for (size_t i = 0; i < nr; i++) {
		if (done[i] || oidmap_get(NULL, &round.asked, &ranges[i].to))
			continue;
		add_patch_range(&round, &ranges[i], i);
		done[i] = true;
	}
	e = child_pipe(&round.out, diff_tree, patch_id, &round.in);
	if (!e)
		read_answers(out, &round);
	oidmap_release(&round.asked);
	buf_release(&round.in);
	buf_release(&round.out);
	return e;
}

struct err *patch_ids_between(struct oid *out, struct repo *repo,
			      const struct range *ranges, size_t nr)
{
	bool *done = mem_calloc(nr + 1, sizeof(*done));
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	memset(out, 0, nr * sizeof(*out));
	for (size_t i = 0; i < nr && !e; i++)
		if (!done[i])
			e = ask_ranges(out, done, ranges, nr);
	free(done);
	return e;
}

/* --- kept ids ----------------------------------------------------------- */

/* A batch of the journal is a row of them. */
struct kept {
	struct oid commit, patch;
};

/* Fills what was asked of git before, and marks it as known. */
static void read_kept(struct oid *out, bool *known,
		      const struct journal *journal, const struct oidmap *asked)
{
	const char *batch;
	size_t n, at = 0, i;
	struct kept kept;

	while (journal_next(&batch, &n, &at, journal))
		for (; n >= sizeof(kept);
		     batch += sizeof(kept), n -= sizeof(kept)) {
			memcpy(&kept, batch, sizeof(kept));
			if (!oidmap_get(&i, asked, &kept.commit))
				continue;
			out[i] = kept.patch;
			known[i] = true;
		}
}

/* Asks for what is not known, each commit once. */
static struct err *ask_patch_ids(struct oid *out, const bool *known,
				 struct repo *repo, const struct oids *commits,
				 const struct oidmap *asked, struct buf *fresh)
{
	struct range *ranges = mem_calloc(commits->nr + 1, sizeof(*ranges));
	struct oid *ids = mem_calloc(commits->nr + 1, sizeof(*ids));
	size_t nr = 0, first;
	struct err *e;

	for (size_t i = 0; i < commits->nr; i++)
		if (oidmap_get(&first, asked, &commits->at[i]) && first == i &&
		    !known[i])
			ranges[nr++].to = commits->at[i];
	e = patch_ids_between(ids, repo, ranges, nr);
	for (size_t i = 0; !e && i < nr; i++) {
		struct kept kept = { ranges[i].to, ids[i] };

		if (oidmap_get(&first, asked, &kept.commit))
			out[first] = kept.patch;
		buf_add(fresh, &kept, sizeof(kept));
	}
	free(ranges);
	free(ids);
	return e;
}

struct err *patch_ids(struct oid *out, struct repo *repo,
		      const struct oids *commits)
{
	bool *known = mem_calloc(commits->nr + 1, sizeof(*known));
	struct oidmap asked = OIDMAP_INIT;
	struct buf fresh = BUF_INIT;
	struct journal journal;
	struct err *e;
	size_t first;

	memset(out, 0, commits->nr * sizeof(*out));
	for (size_t i = 0; i < commits->nr; i++)
		oidmap_add(&asked, &commits->at[i], i);
	cache_open(&journal, repo, "patch-ids", TITLE);
	read_kept(out, known, &journal, &asked);
	e = ask_patch_ids(out, known, repo, commits, &asked, &fresh);
	if (!e && fresh.n)
		journal_append(&journal, &fresh);
	for (size_t i = 0; i < commits->nr; i++)
		if (oidmap_get(&first, &asked, &commits->at[i]))
			out[i] = out[first];
	journal_close(&journal);
	oidmap_release(&asked);
	buf_release(&fresh);
	free(known);
	return e;
}

/* --- where objects are missing ------------------------------------------ */

/* Questions that fail: then all else is unknown. */
#define FAILED_MAX 64

/* What lacks them is found by halves. */
static struct err *ask_halves(struct oid *out, bool *known, struct repo *repo,
			      const struct oids *commits, size_t *failed)
{
	struct oids half = { commits->at, commits->nr / 2, commits->nr / 2 };
	struct err *e = NULL;

	memset(known, 0, commits->nr);
	if (*failed == FAILED_MAX || !commits->nr)
		return NULL;
	e = patch_ids(out, repo, commits);
	if (!e) {
		memset(known, true, commits->nr);
		return NULL;
	}
	if (e->code != ERR_MISSING)
		return e;
	err_free(e);
	++*failed;
	if (commits->nr < 2)
		return NULL;
	e = ask_halves(out, known, repo, &half, failed);
	if (e)
		return e;
	out += half.nr;
	known += half.nr;
	half = (struct oids){ commits->at + half.nr, commits->nr - half.nr, 0 };
	return ask_halves(out, known, repo, &half, failed);
}

/* Of those for which `here` is true. */
static struct err *ask_some(struct oid *out, bool *known, struct repo *repo,
			    const struct oids *commits, const bool *here)
{
	struct oid *ids = mem_calloc(2 * commits->nr + 1, sizeof(*ids));
	struct oids some = { ids, 0, commits->nr };
	bool *told = mem_calloc(commits->nr + 1, sizeof(*told));
	size_t failed = 0, at = 0;
	struct err *e;

	for (size_t i = 0; i < commits->nr; i++)
		if (here[i])
			some.at[some.nr++] = commits->at[i];
	ids += commits->nr;
	e = ask_halves(ids, told, repo, &some, &failed);
	for (size_t i = 0; !e && i < commits->nr; i++) {
		known[i] = here[i] && told[at];
		if (here[i])
			out[i] = ids[at++];
	}
	free(some.at);
	free(told);
	return e;
}

struct err *patch_ids_here(struct oid *out, bool *known, struct repo *repo,
			   const struct oids *commits)
{
	struct err *e = patch_ids(out, repo, commits);
	bool *here;

	memset(known, !e, commits->nr);
	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e);
	here = mem_calloc(commits->nr + 1, sizeof(*here));
	e = files_here(here, repo, commits);
	if (!e)
		e = ask_some(out, known, repo, commits, here);
	free(here);
	return e;
}
