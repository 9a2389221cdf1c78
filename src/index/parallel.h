/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Work on many retros, shared among the processors. Whoever does a share of it
 * writes to memory and problems of his own, which are put together in order:
 * the outcome is the same as that of one who did it all.
 */
#ifndef INDEX_PARALLEL_H
#define INDEX_PARALLEL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/diag.h"

/* Does the items [from, to). Other shares run at the same time: it may read
 * what they read, and write what belongs to its own items; it may not use
 * libgit2, start a child or exit. */
typedef void share_fn(void *data, size_t from, size_t to, struct arena *a,
		      struct diags *diags);

/* How many can work at once, at most `nr`. */
size_t parallel_workers(size_t nr);

/* Does `nr` items. What the shares made is in `a` and at the end of `diags`,
 * whose texts live in `a`. */
void parallel_run(share_fn *fn, void *data, size_t nr, struct arena *a,
		  struct diags *diags);

/* One piece of work beside ours, under the same rules. Where no thread can be
 * had it is done before parallel_begin() returns. */
struct beside {
	void (*fn)(void *data);
	void *data;
	pthread_t thread;
	bool started;
};
void parallel_begin(struct beside *beside, void (*fn)(void *data), void *data);
void parallel_end(struct beside *beside); /* waits for it */

#endif
