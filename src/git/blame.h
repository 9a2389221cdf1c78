/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits last touched the lines that a commit took away, and those
 * beside what it changed: the fault that a fix repairs came from them. Asked of
 * git (`git diff-tree`, `git blame -w`).
 */
#ifndef GIT_BLAME_H
#define GIT_BLAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct blamed {
	struct oid commit;
	size_t lines, beside; /* that it wrote: deleted ones, and beside */
	double weight; /* 1 for a deleted line, less for one beside, by its
			* distance and by whether anything was deleted there */
};
struct blamed_lines VEC_OF(struct blamed);

struct blame_work {
	size_t lines, beside; /* that were asked about, at most 10,000 */
	size_t files, read; /* that have such lines; that time was enough for */
};

/* The heaviest first. Lines without a letter or a digit are left out, and so
 * are those from before history is cut off, and files for which `aside` is true
 * unless all are. A merge is taken against its first parent; a root takes
 * nothing away. The files with the most lines come first; git gets little more
 * than a second of the processor, or as much as the first file needs, but ten
 * at most, and half a minute of time. A progress line on a terminal. */
MUST_USE struct err *blame_change(struct blamed_lines *out,
				  struct blame_work *work, struct arena *a,
				  struct repo *repo, const struct oid *commit,
				  bool (*aside)(const char *path));

#endif
