/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Foreign text in a comment that a bot posts: Markdown shows exactly it, and a
 * forge makes nothing of it. Nobody is called by `@name`, no issue, request,
 * label or milestone is mentioned, and no address becomes a link, under the
 * name of whoever posts it. An empty comment parts the sign from what it would
 * call.
 */
#ifndef VIEW_INERT_H
#define VIEW_INERT_H

#include "base/buf.h"

/* Appends `s` on one line, cut to so many columns. */
void inert_text(struct buf *out, const char *s, size_t columns);

/* The same as a code span, in which a forge looks for nothing. */
void inert_code(struct buf *out, const char *s, size_t columns);

#endif
