/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file of git's commit-graph from commits that are being read anyway: git
 * would read each of them once more to write it. It has what
 * git/commit_graph.h reads, and no sum behind it.
 */
#ifndef GIT_COMMIT_GRAPH_WRITE_H
#define GIT_COMMIT_GRAPH_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "git/walk.h"

/* About 80 bytes a commit. */
struct commit_graph_writer {
	size_t nr, id; /* bytes of an id */
	/* Of each commit, in the order in which they came: */
	struct buf ids, trees, dates, first;
	struct buf parents; /* those of `n` are from first[n] on */
};

#define COMMIT_GRAPH_WRITER_INIT                                               \
	{                                                                      \
		0, 0, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT         \
	}

void commit_graph_writer_release(struct commit_graph_writer *writer);
/* Each commit once; all of one repository. */
void commit_graph_writer_add(struct commit_graph_writer *writer,
			     const struct commit *commit);
/* Appends the file. False, and nothing is, if there are no commits, or parents
 * that are not among them. */
bool commit_graph_writer_finish(struct buf *out,
				const struct commit_graph_writer *writer);

#endif
