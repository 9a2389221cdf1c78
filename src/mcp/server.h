/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A server of the Model Context Protocol on stdin and stdout, for coding agents:
 * of both revisions at once (message.h). One process answers until its stdin
 * ends. A request about the repository is answered in a copy of it (fork): the
 * client can cancel it, several run side by side, and one that fails harms
 * neither the others nor the server. Each looks at the repository anew, but for
 * what git has answered for good (git/kept.h).
 */
#ifndef MCP_SERVER_H
#define MCP_SERVER_H

#include "base/err.h"
#include "mcp/call.h"

/* Ends when the client has closed its end and all is answered. */
MUST_USE struct err *server_run(const struct mcp_host *host);

#endif
