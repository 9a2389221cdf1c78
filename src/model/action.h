/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An action, and the marks in its text:
 *
 *	- [ ] A1: Pin the CUDA version @ann due:2026-12-01 !high
 *	- [x] A2: Label audit before training @bo done:3f2c91b0d4
 *	- [-] A3: Rewrite the loader (declined: the vendor ships a fix in May)
 *
 * and what people write in their place: "负责人：张三", "(Owner: Ann, due date:
 * May 6th, 2024)". Which lines of a file are actions says action_list.h.
 */
#ifndef MODEL_ACTION_H
#define MODEL_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "model/label.h"
#include "model/markdown.h"

enum action_state { ACTION_OPEN, ACTION_DONE, ACTION_DECLINED };

enum action_form { ACTION_TASK, ACTION_PLAIN, ACTION_ROW, ACTION_HEADING };

/* Bytes of the file. */
struct stretch {
	size_t at, n;
};

struct action {
	enum action_state state;
	const char *id;       /* "A1"; NULL if the item has none */
	const char *text;     /* plain, without id and marks */
	const char *owner;    /* "ann" of @ann; of several "ann, bo"; NULL */
	int32_t due;          /* DAY_NONE if none; of a month its last day */
	const char *priority; /* "high" of !high; NULL */
	const char *done;     /* of done:, a commit or a day; NULL */
	const char *reason;   /* of (declined: ...); NULL */
	int line;
	size_t box_at; /* byte offset in the file of the box's mark; 0: it
			* has no box */
	bool kickoff;  /* below a heading that says so */
	enum action_form form;
	struct stretch words;  /* a plain item's first line, a row's cell or a
				* heading, where the number goes */
	struct stretch status; /* a row's cell for it; no bytes if it is empty,
				* at 0 if there is none */
};
struct actions VEC_OF(struct action);

/* A text while its marks are taken out of it. The buffers are the caller's. */
struct action_text {
	struct arena *a;
	struct buf text;     /* plain */
	struct buf code;     /* as long; 'c' where the text is a code span */
	const char *bad_due; /* the first due date that is none; NULL */
	bool said;           /* a word told the action's state */
};

/* Appends the text of a node's inlines. */
void action_gather(struct action_text *r, const struct md *md);
/* Sets what the marks of the text say, and the rest of it as the action's. What
 * the action has already stays. `action->form` decides whether a word may say
 * its state: a box says it alone. */
void action_read(struct action_text *r, struct action *action);
/* Sets what a column's cell or a label's value says. */
void action_value(struct action_text *r, struct action *action,
		  enum label label, const char *p, size_t n);
/* Only the number, from "A1:". Its bytes. */
size_t action_number(struct action_text *r, struct action *action,
		     const char *p);

/* The state a word tells: "Done", "✅ 已完成 (2026-05-30)"; false if none. */
bool action_word_state(enum action_state *state, const char *text);
/* Whether a cell or an item is a way to say that there is nothing: "-", "TBD",
 * "无". */
bool action_is_blank(const char *p, size_t n);

/* How many bytes of `p` the mark takes that a state leaves: "done:<commit or
 * day>" of ACTION_DONE, also without a value at the end of the text, and
 * "(declined: <why>)" of ACTION_DECLINED. 0 if there is none; `before` is the
 * byte in front of it, or NUL. */
size_t action_mark(struct arena *a, enum action_state state, const char *p,
		   char before);

/* Whether one of an action's owners has this name. */
bool action_has_owner(const struct action *action, const char *name);

#endif
