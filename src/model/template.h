/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A template is a retro with `{{name}}` in it. A line that contains nothing but
 * one placeholder whose value is empty is dropped, with the blank line behind
 * it where another stands before it; a value of several lines takes the place
 * of the line. Nothing in a template can run anything.
 */
#ifndef MODEL_TEMPLATE_H
#define MODEL_TEMPLATE_H

#include "base/buf.h"
#include "base/vec.h"

struct slot {
	const char *name;
	const char *value; /* already the text that goes there, without a
			    * newline at its end */
};
struct slots VEC_OF(struct slot);

/* Appends the filled template. A name that no slot has stays as it is, and so
 * does anything in a value that looks like one. */
void template_fill(struct buf *out, const char *bytes, size_t n,
		   const struct slots *slots);

/* Appends `s` as a YAML scalar on one line that reads back as exactly `s` (an
 * invalid byte as U+FFFD): plain where that is safe, else double-quoted. What
 * another reader would take for a number, a date or a boolean is quoted. */
void yaml_scalar(struct buf *out, const char *s);

/* Appends a list of such scalars, `[a, b]`. */
void yaml_list(struct buf *out, const struct strs *list);

/* Appends `s` as it can stand in a YAML comment: on one line, and what YAML
 * does not take as U+FFFD. */
void yaml_comment(struct buf *out, const char *s);

#endif
