/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What became of the retros from one commit to another: which came, changed and
 * went, field by field and section by section, and what became of their
 * actions. A retro is one and the same if it has the same `id:` or, without
 * one, the same path.
 */
#ifndef REPORT_CHANGES_H
#define REPORT_CHANGES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/actions.h"
#include "corpus/corpus.h"
#include "model/retro.h"

struct field_change {
	const char *key;
	const char *before, *after; /* as text; "" where it is not set */
};

struct section_change {
	const char *heading;   /* "": what stands above the first one */
	size_t added, deleted; /* lines; one that moved within is neither */
};

struct retro_change {
	struct retro *before, *after; /* NULL: it is new, it went */
	struct VEC_OF(struct field_change) fields;
	struct VEC_OF(struct section_change) sections;
};

/* An action that is not what it was. */
struct action_change {
	const struct listed_action *before,
		*after; /* NULL: it is new, it went */
};

struct changes {
	/* new ones, then changed ones, then those that went; each by path */
	struct VEC_OF(struct retro_change) retros;
	struct VEC_OF(struct action_change) actions; /* by name */
};

/* Both corpora are those of a commit; `paths` are the files that differ between
 * the two. The texts of retros that differ are read then. In the arena. */
MUST_USE struct err *changes_find(struct changes *out, struct arena *a,
				  struct corpus *before, struct corpus *after,
				  const struct strs *paths);

#endif
