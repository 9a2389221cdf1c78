/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is sent: one line of JSON each.
 */
#ifndef MCP_RPC_H
#define MCP_RPC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/json.h"

/* `id` is copied, NULL where the request's could not be read; the rest is
 * taken. */
void rpc_result(struct buf *out, const json_t *id, json_t *result);
void rpc_error(struct buf *out, const json_t *id, json_t *error);
void rpc_notify(struct buf *out, const char *method, json_t *params);

/* {"code","message"} */
json_t *rpc_failure(int code, const char *message);

enum rpc_cache {
	RPC_UNCACHED,
	RPC_FIXED,   /* the same for everybody until this program changes */
	RPC_CHANGING /* what stands in the repository at this moment */
};

/* Adds what a result of the latest revision has more than one of a session. */
json_t *rpc_complete(json_t *result, bool latest, enum rpc_cache cache);

/* Who we are: {"name","version"}. */
json_t *rpc_server(void);

#endif
