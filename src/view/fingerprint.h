/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A name for a problem by which a forge knows it again: the same while rule,
 * file and text are, wherever the line has moved.
 */
#ifndef VIEW_FINGERPRINT_H
#define VIEW_FINGERPRINT_H

#include "model/diag.h"

/* 16 hex digits for each of them; those before it of the same rule, file and
 * text count. They are sorted (diag_sort()). In their arena. */
const char *const *fingerprints_of(const struct diags *diags);

#endif
