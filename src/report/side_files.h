/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that lie in <git_dir>/retro or <common_dir>/retro, one table: what
 * `doctor` says of each, and the manual (tests/unit/test_manual.c). Who makes
 * another file adds its row.
 */
#ifndef REPORT_SIDE_FILES_H
#define REPORT_SIDE_FILES_H

#include <stddef.h>

struct side_file {
	const char *name; /* of a folder with a slash at its end */
	const char *what; /* one line */
};

extern const struct side_file side_files[];
extern const size_t side_file_count;

/* What a file of this name, below one of the folders, is; NULL if unknown. */
const char *side_file_what(const char *name);

#endif
