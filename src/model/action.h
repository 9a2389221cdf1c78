/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An action: a task-list item of the actions section, as
 *
 *	- [ ] A1: Pin the CUDA version @ann due:2026-12-01 !high
 *	- [x] A2: Label audit before training @bo done:3f2c91b0d4
 *	- [-] A3: Rewrite the loader (declined: the vendor ships a fix in May)
 */
#ifndef MODEL_ACTION_H
#define MODEL_ACTION_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/markdown.h"
#include "model/section.h"

enum action_state { ACTION_OPEN, ACTION_DONE, ACTION_DECLINED };

struct action {
	enum action_state state;
	const char *id;       /* "A1"; NULL if the item has none */
	const char *text;     /* plain, without id and marks */
	const char *owner;    /* "ann" of @ann; NULL */
	int32_t due;          /* DAY_NONE if none */
	const char *priority; /* "high" of !high; NULL */
	const char *done;     /* of done:, a commit or a day; NULL */
	const char *reason;   /* of (declined: ...); NULL */
	int line;
	size_t box_at; /* byte offset in the file of the box's mark */
};
struct actions VEC_OF(struct action);

/* `path` is for diagnostics (rule action: an unreadable due date, an id given
 * twice). */
void action_collect(struct actions *out, struct arena *a, struct diags *diags,
		    const char *path, const struct sections *sections);

/* The first number behind those that are taken: 4 behind A1 and A3. */
long action_next(const struct actions *actions);

/* How many bytes of `p` the mark takes that a state leaves: "done:<commit or
 * day>" of ACTION_DONE, also without a value at the end of the text, and
 * "(declined: <why>)" of ACTION_DECLINED. 0 if there is none; `before` is the
 * byte in front of it, or NUL. */
size_t action_mark(struct arena *a, enum action_state state, const char *p,
		   char before);

#endif
