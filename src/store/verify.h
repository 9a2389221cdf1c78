/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding retros to the rules with what git and the other retros know.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "base/err.h"
#include "store/corpus.h"

/* Adds what the rules find in `retros`, and what only shows across all of the
 * corpus, to its diagnostics. */
MUST_USE struct err *verify_retros(struct corpus *corpus,
				   const struct retros *retros);

#endif
