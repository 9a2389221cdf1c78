/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git has answered, for a process that answers many questions, each in a
 * copy of itself (proc_fork()): what one copy has asked, the next need not ask
 * again. Only an answer that its key settles is kept: the id of a commit and
 * what is asked of it, or the stamps of all files that it was made of. A
 * process that does not begin it keeps nothing.
 */
#ifndef GIT_KEPT_H
#define GIT_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* From now on, and until then. The process that begins it has one thread. */
void kept_begin(void);
void kept_end(void);
bool kept_is_on(void);

/* Appends the answer to `key`, false if there is none. */
bool kept_get(struct buf *out, const struct buf *key);
/* Keeps one: in a copy, until it ends and for kept_tell(). */
void kept_put(const struct buf *key, const char *bytes, size_t n);

/* In a copy: appends what it put, for kept_take() where it was begun. There,
 * what is not whole is passed over, and when it is too much, what was kept
 * before is dropped. */
void kept_tell(struct buf *out);
void kept_take(const char *bytes, size_t n);

/* Appends what tells this state of a file from any other to a key; a file that
 * is not there has a stamp, too. False for a link, and if it changed a moment
 * ago, so that it could change once more without being seen. */
bool kept_stamp(struct buf *key, const char *path);

#endif
