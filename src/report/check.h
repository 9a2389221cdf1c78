/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holding retros to the rules with what git and the other retros know.
 */
#ifndef REPORT_CHECK_H
#define REPORT_CHECK_H

#include "base/err.h"
#include "corpus/corpus.h"

/* Adds what the rules find in `retros`, and what only shows across all of the
 * corpus, to its diagnostics. */
MUST_USE struct err *check_all_retros(struct corpus *corpus,
				      const struct retros *retros);

#endif
