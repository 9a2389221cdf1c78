/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which commits cannot make the same patch, without making patches: in a
 * repository where hundreds of commits raise versions in the same three files,
 * git patch-id takes seconds for them. What a patch adds to a file and takes from
 * it is the lines of the new file without those of the old one, so as sums of the
 * hashes of lines, white space aside, these differ where patches do; the same
 * sum says nothing. Of a commit its smallest files are read.
 */
#ifndef GIT_LINE_SUMS_H
#define GIT_LINE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct graph;
struct repo;

/* Two commits of the graph, neither a merge, that touched the same files. */
struct sum_pair {
	uint32_t one, two;
	bool differ; /* set where their patch ids are not the same */
};

/* What it reads is kept in <common_dir>/retro/line-sums, which is disposable
 * (base/journal.h). What is missing here differs from nothing. */
void line_sums_compare(struct sum_pair *pairs, size_t nr, struct repo *repo,
		       const struct graph *graph);

#endif
