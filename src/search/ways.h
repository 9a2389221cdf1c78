/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ways in which each word of a search is sought: as it stands; by what
 * begins so or means the same; written in two words, or in one (`fullgc`, `roll
 * back`); and, where nothing parts words, in parts that need not follow one
 * another.
 */
#ifndef SEARCH_WAYS_H
#define SEARCH_WAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/policy.h"
#include "search/terms.h"

enum way_kind {
	WAY_WORD,
	WAY_BEGINNING, /* OOM finds OOMKilled */
	WAY_SYNONYM,
	WAY_PART,   /* two characters of a run, or one of two */
	WAY_LETTER, /* one character of a longer run */
};

struct way {
	size_t choice; /* of the terms */
	enum way_kind kind;
	const char *text;
	bool open;       /* what begins so will do */
	uint64_t covers; /* of a part: which characters of the run, bit by
			  * bit; those that say nothing (everyday.h) have
			  * none */
};
struct ways VEC_OF(struct way);

/* How far one goes: each depth has the ways of those before it, too. */
enum ways_depth { WAYS_WORDS, WAYS_FORMS, WAYS_PARTS, WAYS_DEPTHS };

/* In the order of the choices. Not more than one expression can hold. */
void ways_list(struct ways *out, struct arena *a, const struct terms *terms,
	       const struct policy *policy, enum ways_depth depth);

/* The characters that the parts of a choice can cover. */
uint64_t ways_cover(const struct ways *ways, size_t choice);
/* Whether a way is of a part of its choice. */
bool way_is_part(const struct way *way);

#endif
