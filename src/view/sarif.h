/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems as SARIF 2.1.0 (OASIS): one run, the rules with reason and way out,
 * a result each.
 */
#ifndef VIEW_SARIF_H
#define VIEW_SARIF_H

#include "base/buf.h"
#include "model/diag.h"

/* Paths are from the root of the repository (%SRCROOT%), columns count
 * characters. A problem that is in none of its files has no location. */
void sarif_diags(struct buf *out, const struct diags *diags,
		 const char *version);

#endif
