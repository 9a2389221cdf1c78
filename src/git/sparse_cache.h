/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a repository keeps of the files that a sparse checkout leaves out
 * (sparse.h): the folders that were asked about, and what git said.
 */
#ifndef GIT_SPARSE_CACHE_H
#define GIT_SPARSE_CACHE_H

#include <pthread.h>

#include "base/arena.h"
#include "base/vec.h"
#include "git/oid.h"

struct batch;

struct sparse_file {
	const char *path; /* from the top */
	struct oid blob;
};
struct sparse_files VEC_OF(struct sparse_file);

struct sparse_cache {
	pthread_mutex_t lock; /* several threads read */
	struct arena arena;
	struct strs folders;       /* that were listed, each with a slash */
	struct sparse_files files; /* of those, sorted */
	struct batch *batch;       /* NULL: nothing was read yet */
};

struct sparse_cache *sparse_cache_new(void);
void sparse_cache_free(struct sparse_cache *cache); /* NULL is allowed */

#endif
