/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of the work tree that somebody else may have put there: a pull request
 * can bring any link, so none is followed that leads out of the work tree, or
 * into the repository's own folder.
 */
#ifndef INDEX_WORK_TREE_H
#define INDEX_WORK_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "git/repo.h"

/* Appends the bytes of a file; `path` is from the top of the work tree. Fails
 * as file_read() does, and with ERR_UNSUPPORTED for a link that is not
 * followed; the text names the file by `path`. */
MUST_USE struct err *work_tree_read(struct buf *out, struct arena *a,
				    const struct repo *repo, const char *path);

/* What is below the folder `dir`, its paths from the top, as file_list_tree()
 * finds it: an error, too, leaves the others listed. ERR_UNSUPPORTED if `dir`
 * itself is a link not followed. */
MUST_USE struct err *work_tree_list(struct file_tree *out, struct arena *a,
				    const struct repo *repo, const char *dir);
/* Whether `dir` is there to be listed. */
bool work_tree_has(const struct repo *repo, struct arena *a, const char *dir);

#endif
