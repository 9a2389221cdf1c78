/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The prompts that a person can pick: how an agent helps to write a retro.
 */
#ifndef MCP_PROMPTS_H
#define MCP_PROMPTS_H

#include <stdbool.h>

#include "mcp/message.h"

/* An array, which belongs to the caller. */
json_t *prompt_list(void);

/* {"description","messages"}, or false and the error. */
bool prompt_get(json_t **out, const struct message *request);

#endif
