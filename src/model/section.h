/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A section of a retro is known by its heading, in either language. The table
 * of names is data and lies in section.c alone; `.retro.yml` can add to it.
 */
#ifndef MODEL_SECTION_H
#define MODEL_SECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/markdown.h"

enum section_key {
	SECTION_NONE, /* a heading that the table does not know */
	SECTION_SUMMARY,
	SECTION_TIMELINE,
	SECTION_IMPACT,
	SECTION_DIFFICULTIES,
	SECTION_CAUSES,
	SECTION_SOLUTIONS,
	SECTION_PITFALLS,
	SECTION_WENT_WELL,
	SECTION_IMPROVEMENTS,
	SECTION_ACTIONS,
	SECTION_COUNT,
};

/* One more name for a section, as a team writes it. */
struct section_alias {
	enum section_key key;
	const char *name; /* as written */
};
struct section_aliases VEC_OF(struct section_alias);

struct section {
	enum section_key key;  /* its own, else that of the innermost known
			       * heading around it */
	enum section_key also; /* "What went well / What went wrong" is both;
				* NONE */
	bool own;              /* the key is from its own heading */
	const char *heading;   /* plain text */
	int level;
	int line;               /* of the heading */
	int end_line;           /* last line before the next heading */
	const struct md *md;    /* the heading */
	const struct md *first; /* first block behind the heading */
	const struct md *end;   /* the next heading, or NULL */
};
struct sections VEC_OF(struct section);

/* "pitfalls"; NULL for NONE. */
const char *section_name(enum section_key key);
/* The heading that the templates give it, in English or Chinese. */
const char *section_title(enum section_key key, bool chinese);
/* From a key name ("pitfalls"). NONE if there is none such. */
enum section_key section_by_name(const char *name);
/* The names of sections that are known, one by one, as text_slug() has them and
 * without a plural s; NULL behind the last. */
const char *section_spelling(size_t i, enum section_key *key);
/* From a heading's text: numbering, emoji, end punctuation dropped, folded,
 * traditional characters as simplified ones. A name counts anywhere in it; of
 * several the last ("Follow-up timeline"), but for what follows "of", a colon
 * or a bracket, where the first half with a name counts ("Timeline of the fix",
 * "行動項目 (Action Items)"). `aliases` may be NULL. */
enum section_key section_by_heading(struct arena *a, const char *heading,
				    const struct section_aliases *aliases);
/* Whether it is a section of this key, or of this one, too. */
bool section_is(const struct section *section, enum section_key key);
/* Whether a heading is nothing but a section's name, so that it cannot be the
 * document's title. */
bool section_is_name(struct arena *a, const char *heading);

/* Which section a paragraph names that is one bold line; SECTION_NONE if it is
 * no such line. */
enum section_key section_by_bold_line(struct arena *a, const struct md *md,
				      const struct section_aliases *aliases);

/* Splits a document at its top-level headings. Blocks before the first one
 * are in no section. */
void section_split(struct sections *out, struct arena *a, const struct md *doc,
		   const struct section_aliases *aliases);

#endif
