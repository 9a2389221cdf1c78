/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the commits went that retros are linked to: rebased, amended, squashed,
 * split. A commit is dead if it is not in the repository, or if nothing alive
 * reaches it (git/reachable.h). What took its place is found, in this order, by
 *
 *	the rewrite map		what git told the hook post-rewrite, hop by
 *				hop. `rebase --skip` makes git say that the
 *				dropped commit became the one before it, so a
 *				hop of a rebase counts only if the new commit
 *				has the old one's change; or its author, date
 *				and subject, and nothing else became it; or,
 *				where several became one, all of its lines;
 *				that of git filter-repo counts, too
 *	the change-id		of its head, as Jujutsu and others write it
 *	the patch id		the same change, and the same author
 *	the author		the same author, date and subject, and most of
 *				the lines: commits that a script makes in one
 *				second share the rest
 *	the whole branch	one commit that makes the change of all of the
 *				branch: a squash merge on a server
 *
 * Each must lead to one living commit, and must not lead there from two
 * different ones. Whatever is not certain is left alone, with what it could be.
 *
 * A link says that a commit carries something. So the link of a commit that was
 * squashed goes to the one that it went into, and that of one that was split
 * goes to all parts, if together they make its change.
 */
#ifndef LINEAGE_RELINK_H
#define LINEAGE_RELINK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

enum relink_means {
	RELINK_NONE, /* not found, or not certain */
	RELINK_MAP,
	RELINK_CHANGE,
	RELINK_PATCH,
	RELINK_AUTHOR,
	RELINK_BRANCH,
};

struct relink {
	const char *name; /* as asked */
	struct oid id;    /* zeros if it cannot be told */
	bool here;        /* the commit is still in the object database */
	enum relink_means means;
	struct oids to;         /* what took its place; several: it was split */
	struct oids candidates; /* RELINK_NONE: what it could be */
};
struct relinks VEC_OF(struct relink);

/* Appends one for each of the names (ids or abbreviations of commits, each
 * once) that is dead. In a shallow clone a commit that is missing may lie
 * before the cut: there, only one that git said was rewritten is dead. */
MUST_USE struct err *relink_find(struct relinks *out, struct arena *a,
				 struct repo *repo, const struct strs *names);

/* Which of the names are dead: out[i] as lookup_commits() gives it: 1 alive, 0
 * dead, -1 nobody can tell. What `more` (or NULL) reach is alive as well. */
MUST_USE struct err *relink_look_hard(int *out, struct arena *a,
				      struct repo *repo,
				      const struct strs *names,
				      const struct oids *more);

const char *relink_means_name(enum relink_means means); /* "patch id" */

#endif
