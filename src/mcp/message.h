/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A message of the Model Context Protocol: one line of JSON-RPC 2.0, of the
 * revisions 2025-11-25, which begins with `initialize`, and 2026-07-28, in which
 * each request carries what it needs in `_meta`. Whatever the line is, it is
 * told what it is; who sent it may be anybody.
 */
#ifndef MCP_MESSAGE_H
#define MCP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

#define MCP_LATEST  "2026-07-28"
#define MCP_SESSION "2025-11-25"

/* Bytes of a line; a longer one is no message. */
#define MESSAGE_MAX ((size_t)4 << 20)

/* Error codes. */
enum {
	RPC_PARSE = -32700,
	RPC_INVALID = -32600,
	RPC_METHOD = -32601,
	RPC_PARAMS = -32602,
	RPC_INTERNAL = -32603,
	RPC_NO_RESOURCE = -32002, /* until 2025-11-25 */
	RPC_VERSION = -32022,
};

enum message_kind {
	MESSAGE_REQUEST,
	MESSAGE_NOTIFICATION,
	MESSAGE_RESPONSE, /* to nothing that we asked: passed over */
	MESSAGE_BROKEN,   /* `code` and `why` say how */
};

struct message {
	enum message_kind kind;
	json_t *whole;
	/* Borrowed from it. */
	const json_t *id; /* a string or an integer; of a broken one, NULL if it
			   * has none */
	const char *method;
	const json_t *params; /* an object, or NULL */
	const json_t *meta;   /* likewise */
	const char *version;  /* that the request names; NULL: none */
	int code;
	const char *why; /* in English, for the client's log */
};

/* Give it back with message_release(). */
void message_read(struct message *out, const char *line, size_t n);
void message_release(struct message *message);

/* The text of a member of the params; NULL if there is none, or one with a NUL
 * in it. Borrowed. */
const char *message_text(const struct message *message, const char *key);

#endif
