/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Problems as annotations of a GitHub workflow: a line `::error file=...::...`
 * each, as the documentation of workflow commands has it. No text can begin a
 * command of its own: line ends and `%` are escaped, in the values before the
 * text also `:` and `,`.
 */
#ifndef VIEW_GITHUB_H
#define VIEW_GITHUB_H

#include "base/buf.h"
#include "model/diag.h"

/* Paths are from the root of the repository. A problem that is in none of its
 * files has no place. */
void github_diags(struct buf *out, const struct diags *diags);

#endif
