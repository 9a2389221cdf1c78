/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Links that a change leaves without an end: in retros that it does not touch,
 * to files and retros that it moves or takes away.
 */
#ifndef STORE_ORPHANS_H
#define STORE_ORPHANS_H

#include "base/err.h"
#include "base/vec.h"
#include "git/walk.h"
#include "model/diag.h"
#include "store/corpus.h"

/* `after` is the corpus at the end of the range, `changed` the paths of all
 * files that differ between its ends. What the rules `file-link` and
 * `link-unresolved` then find anew is added to `out`. */
MUST_USE struct err *orphans_find(struct diags *out, const struct corpus *after,
				  const struct range *range,
				  const struct strs *changed);

#endif
