/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files commits touched, for many commits, as hashes of their paths: what
 * is needed to tell that a commit did not touch a file, and that two commits
 * cannot be the same change. Found once for each commit, from its tree and its
 * parent's or by git, and kept in <common_dir>/retro/touches, which is
 * disposable (base/journal.h).
 */
#ifndef GIT_CHANGED_PATHS_H
#define GIT_CHANGED_PATHS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct graph;

struct changed_paths {
	const uint32_t *paths; /* hashes, ascending, each once */
	uint32_t nr;
	bool many;    /* more files than are kept: it may have touched any */
	bool unknown; /* trees are missing here: nobody can tell */
};

/* out[i] is what ids->at[i] changed against its parent (a root: against
 * nothing). The ids ascend, each once. Of a merge, the files in which it
 * differs from each of its parents. Renames are a file that went and one that
 * came. All must be commits that are here; what cannot be told where trees
 * are missing (some partial clones) is unknown. By the graph, trees that are
 * alike are read one after the other. A progress line on a terminal where many
 * are asked for the first time. */
MUST_USE struct err *changed_paths_load(struct changed_paths *out,
					struct arena *a, struct repo *repo,
					const struct oids *ids,
					const struct graph *graph);

/* A file that a commit touched. */
struct changed_file {
	const char *path;
	bool added; /* it was not there before */
};
struct changed_files {
	struct changed_file *at;
	size_t nr, cap;
	bool unknown; /* as of paths */
};

/* The files themselves, against one parent: out[i] answers ids->at[i].
 * `parents`, where not zeros, are compared with instead of a commit's own: of a
 * merge one has to be given. Not kept. */
MUST_USE struct err *changed_paths_files(struct changed_files *out,
					 struct arena *a, struct repo *repo,
					 const struct oids *ids,
					 const struct oid *parents);
struct changed_paths changed_paths_of(struct arena *a,
				      const struct changed_files *files);

/* Whether two commits, neither a merge, touched the same files, at least one.
 * */
bool changed_paths_are_same(const struct changed_paths *one,
			    const struct changed_paths *two);

#endif
