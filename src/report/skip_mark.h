/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How tests are switched off without being deleted: `@skip`, xfail, t.Skip(),
 * it.skip(), @Disabled, #[ignore], test_expect_failure and their like in the
 * usual test frameworks, and the settings that let a job of CI fail unseen.
 */
#ifndef REPORT_SKIP_MARK_H
#define REPORT_SKIP_MARK_H

#include <stdbool.h>

/* Whether a line, without white space at its ends, switches a test off. */
bool skip_mark_in(const char *line);

/* What a line of a comment alone comments out; NULL: it is none. */
const char *skip_mark_uncomment(const char *line);

#endif
