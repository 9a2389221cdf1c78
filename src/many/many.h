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

/* Whether the command can be asked of many, and in this format; else
 * ERR_USAGE. */
MUST_USE struct err *many_check(const char *command, const char *format);

MUST_USE struct err *many_run(struct many *many);

#endif
