/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commits that name retros in their trailers:
 *
 *	Retro: <id>             Retro-Cause: <id>
 *	Retro-Action: <id>#A1   Retro-Fix: <id>
 *
 * read from the ledger of history (git/ledger.h).
 */
#ifndef CORPUS_TRAILERS_H
#define CORPUS_TRAILERS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/repo.h"

enum trailer_key {
	TRAILER_RETRO,
	TRAILER_CAUSE,
	TRAILER_FIX,
	TRAILER_ACTION,
};

struct trailer_link {
	enum trailer_key key;
	const char *value; /* as written, trimmed: "<id>", "<id>#A1" */
	struct oid commit;
	struct moment committed; /* day_of() is its day */
};
struct trailer_links VEC_OF(struct trailer_link);

/* Those of every commit that `tip`, which exists, reaches; the newest first.
 * In a shallow clone, of the history that there is. */
MUST_USE struct err *trailers_load(struct trailer_links *out, struct arena *a,
				   struct repo *repo, const struct oid *tip);

/* The same from HEAD; nothing while it is unborn. */
MUST_USE struct err *trailers_head(struct trailer_links *out, struct arena *a,
				   struct repo *repo);

/* The newest commit that closes the action `action` ("A1") of the retro `id`;
 * NULL if none does. Borrowed. */
const struct trailer_link *trailers_closing(const struct trailer_links *links,
					    const char *id, const char *action);

#endif
