/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a change does to the value of a setting, or to the version of a package.
 * That a fix set it, too, says nothing by itself: versions are raised week by
 * week. What counts is that the value of the fix goes back, to what it replaced
 * or beyond that.
 */
#ifndef REPORT_SETTING_H
#define REPORT_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct set_value {
	const char *from, *to; /* NULL: it was, or is, not there */
	bool unclear;          /* it is set several times */
};

/* What a diff (front/marks.h says of which kind) does to a key, or a package,
 * of a file. In the arena. */
void setting_read(struct set_value *out, struct arena *a, const char *diff,
		  const char *path, const char *key);

/* Whether both set it, to something that can be told. */
bool setting_is_clear(const struct set_value *now, const struct set_value *fix);

/* Whether `now` takes back what `fix` did. */
bool setting_goes_back(const struct set_value *now,
		       const struct set_value *fix);

#endif
