/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tests of the model share: one arena and one list of problems,
 * emptied before each test.
 */
#ifndef MODEL_TEST_H
#define MODEL_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"
#include "model/check.h"
#include "model/read.h"

static struct arena arena;
static struct diags diags;

static inline int set_up(void **state)
{
	(void)state;
	arena_release(&arena);
	memset(&diags, 0, sizeof(diags));
	diags.arena = &arena;
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The one problem there is: its rule and place. */
static inline const struct diag *only_diag(const char *rule, int line,
					   int column)
{
	assert_int_equal(diags.nr, 1);
	assert_string_equal(diags.at[0].rule, rule);
	assert_int_equal(diags.at[0].pos.line, line);
	assert_int_equal(diags.at[0].pos.column, column);
	return &diags.at[0];
}

/* The first problem of a rule, or NULL. */
static inline const struct diag *diag_of(const char *rule)
{
	for (size_t i = 0; i < diags.nr; i++)
		if (strcmp(diags.at[i].rule, rule) == 0)
			return &diags.at[i];
	return NULL;
}

static inline struct retro *read_as(const char *path, const char *text)
{
	return read_retro(&arena, &diags, path, text, strlen(text));
}

static inline struct retro *read_text(const char *text)
{
	return read_as("retros/x.md", text);
}

static inline void check_text(struct retro *retro, const struct policy *policy,
			       const struct resolver *resolver)
{
	struct check_input in = { &arena, &diags, policy, retro, resolver };

	check_retro(&in);
}

#endif
