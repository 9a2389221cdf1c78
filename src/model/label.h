/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a column of a table contains, and what a label in a line says, known by
 * its words in either language: one table of words for both (label.c).
 */
#ifndef MODEL_LABEL_H
#define MODEL_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/markdown.h"

enum label {
	LABEL_NONE, /* nobody knows */
	LABEL_NUMBER,
	LABEL_ACTION,  /* what is to be done */
	LABEL_PITFALL, /* what went wrong */
	LABEL_OWNER,
	LABEL_DUE,
	LABEL_STATUS,
	LABEL_PRIORITY,
	LABEL_DETAIL, /* cause, way out, evidence: of something else */
};

/* What a heading says ("Due Date", "责任人/部门", "#"). */
enum label label_by_heading(struct arena *a, const char *heading);

/* A label at `p`, "Owner:" or "完成时间：": its bytes with the colon, and what
 * it says; 0 if there is none. */
size_t label_at(enum label *out, const char *p);

/* What each column of a table contains, by its first row. In the arena. */
const enum label *label_columns(struct arena *a, const struct md *of);
/* The first cell of a row whose column contains this; NULL if there is none, or
 * the row is too short. */
const struct md *label_cell(const enum label *columns, const struct md *row,
			    enum label label);

#endif
