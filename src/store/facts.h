/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a retro's text says, as bytes that are read back in no time: every
 * field but the maps (metrics, environment, unknown keys), its pitfalls and its
 * actions. They are of the text alone, whatever file it lies in, and of the
 * team's names of sections.
 */
#ifndef STORE_FACTS_H
#define STORE_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/retro.h"

/* Appends the facts of a retro that was read with an empty path, body too.
 * `clean` false: reading it found problems, and there are no facts: it is to be
 * read again, so that they are told again. */
void facts_write(struct buf *out, const struct retro *retro, bool clean);

/* The retro of the file `path`, as corpus.h has one that is surveyed. Borrows
 * the bytes and the path. NULL if there are no facts, or they are no facts. */
struct retro *facts_read(struct arena *a, const char *path, const char *bytes,
			 size_t n);

#endif
