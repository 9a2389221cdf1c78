/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fields that stand below the title, as adr-tools, MADR and most reports have
 * them: "Date: 2016-02-12", "**日期**：2024-05-06", a heading "Status", a table
 * of two columns. They are read where the front matter does not name the field.
 */
#ifndef MODEL_PREAMBLE_H
#define MODEL_PREAMBLE_H

#include "base/arena.h"
#include "model/node.h"

/* A map of what stands before the first section, each value with its place;
 * NULL if there is nothing. Only what reads as the field's type is in it, and a
 * date that is none, which is to be told. */
const struct node *preamble_read(struct arena *a, const char *bytes, size_t n,
				 size_t from);

#endif
