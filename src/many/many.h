/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One answer of many repositories: that of each, put together. A retro is
 * named `<repository>:<id>` there, and in JSON has the key "repo" beside its
 * own. What one repository cannot answer is told, and the others answer all
 * the same.
 */
#ifndef MANY_MANY_H
#define MANY_MANY_H

#include "base/err.h"
#include "many/show.h"

/* ERR_USAGE for a format that it has not for many. */
MUST_USE struct err *many_run(struct many *many);

#endif
