/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tools: each is a command that only reads, whose JSON it answers with.
 * templates/agents/tools.json describes them to clients.
 */
#ifndef MCP_TOOLS_H
#define MCP_TOOLS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "base/vec.h"
#include "mcp/answer.h"

struct tool;

/* NULL if there is none of that name. */
const struct tool *tool_find(const char *name);

/* The command line behind "git retro" for these arguments (NULL: none), which
 * ends with NULL, and the page that is asked for. Nothing that is given can
 * become an option. ERR_USAGE. */
MUST_USE struct err *tool_words(struct strs *words, struct answer_page *page,
				struct arena *a, const struct tool *tool,
				const json_t *arguments);

/* What `tools/list` has: an array, which belongs to the caller. */
json_t *tool_list(void);

#endif
