/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a tool answers a model with, made of the JSON of a command. Anybody may
 * have written its texts: each is cleaned and has a limit, a list is handed out
 * in pages, and `sources` says where each retro in it is from.
 */
#ifndef MCP_ANSWER_H
#define MCP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "git/config.h"
#include "git/repo.h"
#include "model/policy.h"

struct answer_page {
	size_t offset, limit; /* of the first list in it; limit 0: all */
	bool everywhere;      /* what stands on other branches only, too */
};

/* In what the command ran; all NULL: in no repository. */
struct answer_place {
	struct repo *repo; /* still open */
	const struct policy *policy;
	const struct config *config;
};

/* The answer, which belongs to the caller. `json`, of a command, stays the
 * caller's, too, with only the page left in its list. The answer has "more", how
 * many items come after the page, and "sources": [{"path","id","status",
 * "authors","default-branch","committed-by","signed"}], where null is what is
 * not known. */
json_t *answer_make(struct arena *a, const struct answer_place *place,
		    json_t *json, const struct answer_page *page);

/* A text without what is not seen and without HTML comments, in the arena. */
const char *answer_clean(struct arena *a, const char *text);

#endif
