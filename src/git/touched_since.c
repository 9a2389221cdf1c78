/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/touched_since.h"

#include <inttypes.h>
#include <stdlib.h>

#include "git/child.h"

/* What begins a commit: no path does. */
#define TIME_MARK '/'

struct err *touched_since(struct path_changes *out, bool *all, struct arena *a,
			  const struct oid *head, int64_t since, size_t most)
{
	char hex[OID_HEX + 1];
	const char *args[] = { "log",
			       "-z",
			       "--name-only",
			       "--no-renames",
			       "--no-merges",
			       CHILD_LOG,
			       "--format=/%ct",
			       arena_printf(a, "--since=%" PRId64, since),
			       arena_printf(a, "--max-count=%zu", most + 1),
			       oid_hex(hex, head),
			       "--",
			       NULL };
	struct path_change change = { 0 };
	struct child child;
	size_t commits = 0;
	const char *field;
	struct err *e = child_start(&child, args);

	if (e)
		return e;
	while (child_fields(&field, 1, &child)) {
		field += *field == '\n';
		if (*field == TIME_MARK) {
			change.time = strtoll(field + 1, NULL, 10);
			commits++;
		} else if (*field && commits <= most) {
			change.path = arena_strdup(a, field);
			vec_push(a, out, change);
		}
	}
	*all = commits <= most;
	return child_finish(&child);
}
