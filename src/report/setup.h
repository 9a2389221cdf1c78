/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether the settings fit the repository. Where they name what is not there,
 * "nothing" is no answer: nobody looked in the right place.
 */
#ifndef REPORT_SETUP_H
#define REPORT_SETUP_H

#include "base/arena.h"
#include "base/err.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"

/* Appends a problem (rule setup) for a `dir` that does not exist and a `since`
 * that names no tag. With `lenient`, not where there are no tags at all, as in
 * most checkouts of CI. */
MUST_USE struct err *setup_check(struct diags *out, struct arena *a,
				 struct repo *repo, const struct policy *policy,
				 bool lenient);

/* ERR_FAILED with the first of the problems that leave the settings unknown or
 * wrong: those of setup_check(), and a file that could not be read. NULL if
 * there is none. */
MUST_USE struct err *setup_refuse(const struct diags *diags);

#endif
