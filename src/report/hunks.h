/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git's diffs of changes in the form that front/marks.h reads. Each hunk names
 * the functions that enclose what it changes (report/enclosing.h).
 */
#ifndef REPORT_HUNKS_H
#define REPORT_HUNKS_H

#include "base/arena.h"
#include "base/buf.h"
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

/* Appends the diff of one file with the functions that enclose what each hunk
 * changes in its heading, as front/marks.h reads them, from the file's text
 * before and after. Of settings and packages the heading stays git's. */
void hunks_add_functions(struct buf *out, struct arena *a, const char *diff,
			 const char *before, const char *after);

#endif
