/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a retro's text says, as bytes that are read back in no time: every
 * field, where its body begins, its pitfalls and actions, which section begins
 * on which line, and the problems that reading it found. They are of the text
 * alone, whatever file it lies in, and of the team's names of sections. Not
 * kept are the places of the front matter's nodes and the Markdown.
 *
 * A field that nobody wrote takes no byte, so another field changes nothing.
 * Whoever changes what else is written here raises the version of the table
 * `facts` (index/tables.h).
 */
#ifndef INDEX_CODEC_H
#define INDEX_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/body.h"
#include "model/diag.h"
#include "model/retro.h"

/* Appends a retro that was read with an empty path, its body too, and the
 * problems of that. */
void codec_write(struct buf *out, const struct retro *retro,
		 const struct diags *problems);

/* The retro of the file `path`, as corpus/corpus.h has one that is surveyed;
 * its problems go to `diags`. Borrows the bytes and the path. NULL if they are
 * not what codec_write() wrote. */
struct retro *codec_read(struct arena *a, struct diags *diags, const char *path,
			 const char *bytes, size_t n);

#endif
