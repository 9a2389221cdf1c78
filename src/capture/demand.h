/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What locked packages ask of the machine that they run on: themselves, and
 * what their versions tell of, as `+cu121` of CUDA 12.1 and CUDA of its driver.
 */
#ifndef CAPTURE_DEMAND_H
#define CAPTURE_DEMAND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "capture/lock.h"

struct demand {
	const char *name;    /* "cuda", "driver", or a package's short name */
	const char *version; /* that it has to have at least */
	const char *path;    /* of the lock file that says so */
	const char *because; /* "torch 2.2.0+cu121" */
};
struct demands VEC_OF(struct demand);

void demands_of(struct demands *out, struct arena *a, const struct lock *lock);

/* Whether what is offered falls short of it, as far as its numbers go: 11.4
 * serves 11.4.1. Names are the same but for case and `-_.`. */
bool demand_is_same(const struct demand *demand, const char *name);
bool demand_exceeds(const struct demand *demand, const char *offered);

#endif
