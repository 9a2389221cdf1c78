/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the files below a folder changed in the whole of history: in all that any
 * ref leads to, a HEAD of any work tree, the stash. Asked of `git log`, so
 * shallow ends, grafts and replaced commits are as git has them.
 */
#ifndef GIT_FILE_LOG_H
#define GIT_FILE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"

struct repo;

/* One file in one commit. A text that all its parents have does not change it,
 * nor is another mode alone. */
struct file_log_change {
	const char *path;
	struct oid after; /* zeros: no regular file; so in `before` */
	/* What those parents have that have something else; a parent alike
	 * with another one is there, too. */
	const struct oid *before;
	size_t nr;
	bool fresh; /* that is all parents */
};

struct file_log_commit {
	struct oid id;
	size_t parents;
	struct moment authored;
	const struct file_log_change *changes; /* each path once, sorted */
	size_t nr;
};

/* Tells every commit that changed a file at or below one of `paths` ("": every
 * file), against any of its parents, and that none of the commits `seen` (NULL:
 * none) reaches; none before its children. What is told is borrowed for the
 * time of the call. ERR_FAILED where trees are missing (some partial
 * clones). */
typedef void file_log_fn(void *data, const struct file_log_commit *commit);
MUST_USE struct err *file_log_walk(struct repo *repo, const struct strs *paths,
				   const struct oids *seen, file_log_fn *fn,
				   void *data);

/* Appends where history begins to be looked at, as text: every ref and every
 * HEAD with what it points at. Equal texts, equal history, unless it is bent
 * (graph.h). */
MUST_USE struct err *file_log_snapshot(struct buf *out, struct repo *repo);
/* The same as commits. */
MUST_USE struct err *file_log_tips(struct oids *out, struct arena *a,
				   struct repo *repo);
/* Every commit that those lead to. */
MUST_USE struct err *file_log_commits(struct oids *out, struct arena *a,
				      struct repo *repo);

#endif
