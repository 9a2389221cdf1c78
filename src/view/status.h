/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is due in a repository, for a person: short groups, each with what to
 * type next, and one quiet line where there is nothing to say.
 */
#ifndef VIEW_STATUS_H
#define VIEW_STATUS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "report/status.h"
#include "view/style.h"

struct status_hook {
	const char *hook;
	const char *state; /* "absent", "installed", "chained", "stale",
			    * "foreign", "outside" */
};
struct status_hooks VEC_OF(struct status_hook);

/* Whether git starts it. */
bool status_hook_runs(const struct status_hook *hook);

void status_text(struct buf *out, const struct style *style,
		 const struct status_report *status,
		 const struct status_hooks *hooks);

#endif
