/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git's diffs of changes in the form that front/marks.h reads, with the
 * functions that git finds in the usual languages (front/drivers.h).
 */
#ifndef REPORT_HUNKS_H
#define REPORT_HUNKS_H

#include "base/arena.h"
#include "base/err.h"
#include "git/diff.h"
#include "git/repo.h"

/* As diff_patches() takes them; `path` NULL: every file. */
MUST_USE struct err *hunks_load(struct patches *out, struct arena *a,
				struct repo *repo, const struct range *ranges,
				size_t nr, const char *path);

/* What a commit did to a file; "" if nothing. */
MUST_USE struct err *hunks_of_file(const char **out, struct arena *a,
				   struct repo *repo, const struct oid *commit,
				   const char *path);

/* How many lines the function has, before the change (NULL: what is staged),
 * that stands at this line of the file; 0 if that is not known. */
MUST_USE struct err *hunks_function_lines(size_t *out, struct arena *a,
					  struct repo *repo,
					  const struct range *range,
					  const char *path, size_t line);

#endif
