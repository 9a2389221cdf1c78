/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A template is a retro with `{{name}}` in it. A line that holds nothing but
 * one placeholder whose value is empty is dropped; a value of several lines
 * takes the place of the line. Nothing in a template can run anything.
 */
#ifndef MODEL_TEMPLATE_H
#define MODEL_TEMPLATE_H

#include "base/buf.h"
#include "base/vec.h"

struct slot {
	const char *name;
	const char *value; /* already the text that goes there */
};
struct slots VEC_OF(struct slot);

/* Appends the filled template. A name that no slot has stays as it is. */
void template_fill(struct buf *out, const char *bytes, size_t n,
		   const struct slots *slots);

/* Appends `s` as a YAML scalar on one line that reads back as exactly `s`:
 * plain where that is safe, else double-quoted. */
void yaml_scalar(struct buf *out, const char *s);

#endif
