/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of a retro in which words are sought: what its authors say. Not the
 * comments of a template, nor the names of sections, nor a heading with nothing
 * under it; and of the front matter only the values, without dates and those of
 * a fixed set (status, kind, severity), for which there are filters.
 */
#ifndef INDEX_SEARCHABLE_H
#define INDEX_SEARCHABLE_H

#include "base/arena.h"
#include "model/body.h"
#include "model/retro.h"

/* As many bytes as the retro has, in the arena: all else is blank, and each
 * byte stands where it stood. Its body is read. */
MUST_USE char *searchable_text(struct arena *a, const struct retro *retro);

/* Its parts, whole lines, in order, and the column (index/ingest.h) of each. */
struct searchable_part {
	enum section_key column;
	size_t from, to;
};
struct searchable_parts VEC_OF(struct searchable_part);
void searchable_split(struct searchable_parts *out, struct arena *a,
		      const struct retro *retro);

/* The key of a line of the front matter, as far as one begins in it; "" if none
 * does. Borrowed from `line`. */
size_t searchable_key(const char **key, const char *line, size_t n);

#endif
