/* SPDX-License-Identifier: GPL-2.0-only */
#include "mcp/rpc.h"

#include "view/object.h"

#define TTL_FIXED (60 * 60 * 1000) /* milliseconds */

static json_t *begin_rpc(const json_t *id)
{
	json_t *json = json_object();

	object_set_text(json, "jsonrpc", "2.0");
	if (id)
		object_set(json, "id", json_deep_copy(id));
	return json;
}

void rpc_result(struct buf *out, const json_t *id, json_t *result)
{
	json_t *json = begin_rpc(id);

	object_set(json, "result", result);
	object_dump(out, json, JSON_COMPACT);
}

void rpc_error(struct buf *out, const json_t *id, json_t *error)
{
	json_t *json = begin_rpc(id);

	object_set(json, "error", error);
	object_dump(out, json, JSON_COMPACT);
}

void rpc_notify(struct buf *out, const char *method, json_t *params)
{
	json_t *json = begin_rpc(NULL);

	object_set_text(json, "method", method);
	object_set(json, "params", params);
	object_dump(out, json, JSON_COMPACT);
}

json_t *rpc_failure(int code, const char *message)
{
	json_t *json = json_object();

	object_set(json, "code", json_integer(code));
	object_set_text(json, "message", message);
	return json;
}

json_t *rpc_server(void)
{
	json_t *json = json_object();

	object_set_text(json, "name", "git-retro");
	object_set_text(json, "title", "git retro");
	object_set_text(json, "version", VERSION);
	return json;
}

json_t *rpc_complete(json_t *result, bool latest, enum rpc_cache cache)
{
	json_t *meta;

	if (!latest)
		return result;
	meta = json_object();
	object_set(meta, "io.modelcontextprotocol/serverInfo", rpc_server());
	object_set(result, "_meta", meta);
	object_set_text(result, "resultType", "complete");
	if (cache == RPC_UNCACHED)
		return result;
	object_set(result, "ttlMs",
		   json_integer(cache == RPC_FIXED ? TTL_FIXED : 0));
	object_set_text(result, "cacheScope",
			cache == RPC_FIXED ? "public" : "private");
	return result;
}
