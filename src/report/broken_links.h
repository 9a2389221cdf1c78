/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Links that a change leaves without an end: in retros that it does not touch,
 * to files and retros that it moves or takes away.
 */
#ifndef REPORT_BROKEN_LINKS_H
#define REPORT_BROKEN_LINKS_H

#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "git/walk.h"
#include "model/diag.h"

/* `after` is the corpus at the end of the range, `changed` the paths of all
 * files that differ between its ends. What the rules `file-link` and
 * `link-unresolved` then find anew is added to `out`. */
MUST_USE struct err *broken_links_find(struct diags *out, struct corpus *after,
				       const struct range *range,
				       const struct strs *changed);

#endif
