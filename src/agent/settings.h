/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Our hook in the JSON settings of an agent, put in and taken out as text, so that
 * no other byte of them changes. One entry a file:
 *
 *	.claude/settings.json	Claude Code
 *	.codex/hooks.json	Codex
 *	.cursor/hooks.json	Cursor
 */
#ifndef AGENT_SETTINGS_H
#define AGENT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct agent_kind {
	const char *signs[3]; /* a folder or file that says that a repository
			       * is used with it; ends with NULL */
	const char *settings; /* the file */
	const char *skill;    /* where it looks for ours */
	const char *event;
	const char *entry; /* in the list of that event */
	const char *first; /* what a new file must begin with, or "" */
};

extern const struct agent_kind agent_kinds[];
extern const size_t agent_kind_count;

/* Whether it is there, whoever wrote it. */
bool settings_have_hook(const struct buf *text);

/* Appends the whole of a new file. */
void settings_new(struct buf *out, const struct agent_kind *kind);

/* ERR_UNSUPPORTED, and nothing is done, if the text is not JSON of the kind that
 * is expected; the error says why, and in which line. */
MUST_USE struct err *settings_add_hook(struct buf *text,
				       const struct agent_kind *kind);

/* False if what settings_add_hook() has put in is not there as it was. */
bool settings_remove_hook(struct buf *text, const struct agent_kind *kind);

#endif
