/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A name for a problem by which a forge knows it again: the same while rule,
 * file and text are, wherever the line has moved.
 */
#ifndef VIEW_FINGERPRINT_H
#define VIEW_FINGERPRINT_H

#include "model/diag.h"

#define FINGERPRINT_SIZE 17 /* 16 hex digits and a NUL */

/* Of diags->at[nth]; those before it of the same rule, file and text count.
 * They are sorted (diag_sort()). Returns `out`. */
const char *fingerprint_of(char out[FINGERPRINT_SIZE],
			   const struct diags *diags, size_t nth);

#endif
