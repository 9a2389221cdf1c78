/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of the work tree, read and written. Anybody may have put something
 * there: a pull request can bring any link, so none is followed, wherever it
 * leads, and the repository's own folder is no part of it. `path` is from the
 * top of the work tree, and errors name the file by it. What a sparse checkout
 * leaves out is read and found as it is staged.
 */
#ifndef INDEX_WORK_TREE_H
#define INDEX_WORK_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "git/repo.h"

/* The absolute path, for a program that is started with it; ERR_UNSUPPORTED if
 * it lies in the repository's own folder. */
MUST_USE struct err *work_tree_path(char **out, struct arena *a,
				    const struct repo *repo, const char *path);

/* As file_read(). */
MUST_USE struct err *work_tree_read(struct buf *out, struct arena *a,
				    const struct repo *repo, const char *path);

/* As file_look(). */
MUST_USE struct err *work_tree_look(enum file_kind *out, struct arena *a,
				    const struct repo *repo, const char *path);

/* As file_write(), but the folders that lead there are made too. */
MUST_USE struct err *work_tree_write(struct arena *a, const struct repo *repo,
				     const char *path, const struct buf *bytes,
				     unsigned flags);

/* What is below the folder `dir`, its paths from the top, as file_list_tree()
 * finds it: an error, too, leaves the others listed. */
MUST_USE struct err *work_tree_list(struct file_tree *out, struct arena *a,
				    const struct repo *repo, const char *dir);

#endif
