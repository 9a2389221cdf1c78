/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a coding agent tells its hooks on stdin: one JSON object a call. It is
 * read for the files that the agent changes and how. An event of another kind,
 * a tool that is not known, JSON that is broken and edits that are too large are
 * passed over: then there is no edit.
 *
 *	Claude Code	"PreToolUse", "tool_input" with "file_path" and
 *			"content", or "old_string" and "new_string", or "edits"
 *			of them; "PostToolUse" with the file
 *	Codex		the same, where "command" is a patch (agent/patch.h)
 *	Cursor		"postToolUse": what it says before a tool runs it does
 *			not hand to the model
 */
#ifndef AGENT_EVENT_H
#define AGENT_EVENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "git/repo.h"
#include "report/edit.h"

struct agent_event {
	const char *name;    /* of the event, as it is called there */
	const char *session; /* "" if that is not said */
	struct edits edits;
};

/* False if nothing is edited in this repository. All in the arena. */
bool agent_event_read(struct agent_event *out, struct arena *a,
		      struct repo *repo, const struct buf *in);

/* Appends the answer to the event: the lines for the model, in the form that
 * the agent reads. */
void agent_event_answer(struct buf *out, const struct agent_event *event,
			const char *text);

#endif
