/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many commits each of many releases brought, merges aside, and how many of
 * them are somebody's own: the shape of history is read once for all, and git
 * is asked once for those who wrote them.
 */
#ifndef REPORT_SHIPPED_H
#define REPORT_SHIPPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

struct shipped {
	struct oid to, from; /* zeros: from the beginning */
	size_t commits, own;
};
struct shipped_list VEC_OF(struct shipped);

/* Whether "Name <mail>" is who is asked for. */
typedef bool shipped_by_fn(const void *data, const char *person);

/* Counts the commits of each, and with `by` those that somebody is the author
 * or a co-author of. */
MUST_USE struct err *shipped_count(struct shipped_list *list, struct arena *a,
				   struct repo *repo, shipped_by_fn *by,
				   const void *data);

#endif
