/* SPDX-License-Identifier: GPL-2.0-only */
#include "mcp/message.h"

#include <string.h>

#define META "io.modelcontextprotocol/"

static void refuse_message(struct message *out, int code, const char *why)
{
	out->kind = MESSAGE_BROKEN;
	out->code = code;
	out->why = why;
}

static bool is_id(const json_t *id)
{
	return json_is_string(id) || json_is_integer(id);
}

/* A text in which no NUL hides what follows. */
static const char *text_in(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && strlen(text) == json_string_length(value) ? text : NULL;
}

static const json_t *object_in(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_object(value) ? value : NULL;
}

/* What a request of 2026-07-28 must say of itself. */
static void read_meta(struct message *out)
{
	const json_t *version;

	out->meta = object_in(out->params, "_meta");
	version = json_object_get(out->meta, META "protocolVersion");
	if (!version)
		return;
	out->version = text_in(version);
	if (!out->version)
		refuse_message(out, RPC_PARAMS,
			       "the protocol version is not a text");
	if (out->version && !strcmp(out->version, MCP_LATEST) &&
	    !object_in(out->meta, META "clientCapabilities"))
		refuse_message(out, RPC_PARAMS,
			       "_meta lacks " META "clientCapabilities");
}

static void read_rpc_request(struct message *out)
{
	const json_t *id = json_object_get(out->whole, "id");
	const json_t *params = json_object_get(out->whole, "params");

	out->kind = id ? MESSAGE_REQUEST : MESSAGE_NOTIFICATION;
	if (id && !is_id(id)) {
		refuse_message(out, RPC_INVALID,
			       "the id is no string and no integer");
		return;
	}
	out->id = id;
	/* Some write null for none. */
	if (json_is_null(params))
		params = NULL;
	if (params && !json_is_object(params)) {
		if (id)
			refuse_message(out, RPC_INVALID,
				       "the params are no object");
		return;
	}
	out->params = params;
	if (id)
		read_meta(out);
}

static void read_object(struct message *out)
{
	const char *version = text_in(json_object_get(out->whole, "jsonrpc"));
	const json_t *method = json_object_get(out->whole, "method");
	const json_t *id = json_object_get(out->whole, "id");

	if (!version || strcmp(version, "2.0") != 0) {
		out->id = is_id(id) ? id : NULL;
		refuse_message(out, RPC_INVALID, "this is not JSON-RPC 2.0");
	} else if (text_in(method)) {
		out->method = text_in(method);
		read_rpc_request(out);
	} else if (!method && (json_object_get(out->whole, "result") ||
			       json_object_get(out->whole, "error"))) {
		out->kind = MESSAGE_RESPONSE;
	} else {
		out->id = is_id(id) ? id : NULL;
		refuse_message(out, RPC_INVALID, "the method is not a text");
	}
}

void message_read(struct message *out, const char *line, size_t n)
{
	*out = (struct message){ 0 };
	if (n <= MESSAGE_MAX)
		out->whole = json_loadb(line, n,
					JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	if (!out->whole)
		refuse_message(out, RPC_PARSE, "this is not one line of JSON");
	else if (!json_is_object(out->whole))
		refuse_message(out, RPC_INVALID, "a message is a JSON object");
	else
		read_object(out);
}

void message_release(struct message *message)
{
	json_decref(message->whole);
	message->whole = NULL;
}

const char *message_text(const struct message *message, const char *key)
{
	return text_in(json_object_get(message->params, key));
}
