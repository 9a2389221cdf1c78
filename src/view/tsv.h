/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A value in a line of tab separated ones: tab, newline and backslash are
 * written \t, \n and \\, other control characters as U+FFFD.
 */
#ifndef VIEW_TSV_H
#define VIEW_TSV_H

#include "base/buf.h"

void tsv_put(struct buf *out, const char *value);

#endif
