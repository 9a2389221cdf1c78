/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a retro's text says, as bytes that are read back in no time: every
 * field but the maps (metrics, environment, unknown keys), where its body
 * begins, its pitfalls and its actions, and which section begins on which line.
 * They are of the text alone, whatever file it lies in, and of the
 * team's names of sections.
 */
#ifndef INDEX_CODEC_H
#define INDEX_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/body.h"
#include "model/retro.h"

/* Appends the fields, and the pitfalls and actions, of a retro that was read
 * with an empty path, body too. Where reading it found problems nothing is to
 * be kept: it is to be read again, so that they are told again. */
void codec_write(struct buf *out, const struct retro *retro);
void codec_write_body(struct buf *out, const struct body *body);

/* The retro of the file `path`, as corpus.h has one that is surveyed, without
 * its body. Borrows the bytes and the path. NULL if they are no facts. */
struct retro *codec_read(struct arena *a, const char *path, const char *bytes,
			 size_t n);
/* Its body: pitfalls, actions, and of the sections the key and the line.
 * Borrows the bytes; NULL likewise. */
struct body *codec_read_body(struct arena *a, const char *bytes, size_t n);

#endif
