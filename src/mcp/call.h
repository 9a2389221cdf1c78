/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The requests that ask the repository: `tools/call`, `resources/list` and
 * `resources/read`. Each is answered by commands, run as from the command line.
 */
#ifndef MCP_CALL_H
#define MCP_CALL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "mcp/answer.h"
#include "mcp/message.h"

/* What a command had to say. */
struct mcp_output {
	struct buf text;
	size_t unread; /* errors in what it read of the retros */
	struct answer_place place;
};

/* Who runs commands: the room above. */
struct mcp_host {
	/* `words` end with NULL. `out` is filled as far as it got, after an
	 * error, too; its text and the repository of its place are to be given
	 * back. */
	struct err *(*run)(struct mcp_output *out, const struct mcp_host *host,
			   struct arena *a, const struct strs *words);
	const char *unfit; /* why nothing can be answered here, or NULL */
};

/* Whether the method is one of them. */
bool call_is_asking(const char *method);

/* The result, which belongs to the caller, or false and the error. */
bool call_answer(json_t **out, const struct mcp_host *host,
		 const struct message *request);

#endif
