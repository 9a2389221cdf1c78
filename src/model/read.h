/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a file's bytes to a retro.
 */
#ifndef MODEL_READ_H
#define MODEL_READ_H

#include "model/diag.h"
#include "model/retro.h"

/* Always gives a retro: what cannot be read is reported and left unset. `bytes`
 * must be followed by a NUL at bytes[n] and is borrowed; `path` is copied.
 * Diagnostics are settled to the retro's level. */
struct retro *read_retro(struct arena *a, struct diags *diags, const char *path,
			 const char *bytes, size_t n);

/* What the file itself does not say (its id, title and date) its path does; the
 * empty path nothing: then id and title can be NULL. read_retro() has done
 * it. */
void read_path(struct retro *retro, struct arena *a);

#endif
