/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "index/parallel.h"

struct item {
	int done;
	const char *text;
};

/* Of uneven size, so that shares do not end in the order of their items. */
static void number(void *data, size_t from, size_t to, struct arena *a,
		   struct diags *diags)
{
	struct item *items = data;

	for (size_t i = from; i < to; i++) {
		const char *path = arena_printf(a, "%zu.md", i);

		for (size_t j = i % 7; j; j--)
			items[i].text = arena_printf(a, "%zu of %zu", j, i);
		items[i].done++;
		diag_add(diags, RULE_FILE, path, (struct pos){ 0 }, NULL,
			 "no %zu", i);
	}
}

static void the_outcome_is_that_of_one(void **state)
{
	static const size_t counts[] = { 0, 1, 63, 64, 127, 128, 129, 5000 };
	char text[64];

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(counts); n++) {
		struct arena a = ARENA_INIT;
		struct diags diags = { .arena = &a };
		struct item *items = mem_calloc(counts[n] + 1, sizeof(*items));

		diag_add(&diags, RULE_FILE, "a", (struct pos){ 0 }, NULL,
			 "first");
		parallel_run(number, items, counts[n], &a, &diags);
		assert_int_equal(diags.nr, counts[n] + 1);
		assert_string_equal(diags.at[0].text, "first");
		for (size_t i = 0; i < counts[n]; i++) {
			assert_int_equal(items[i].done, 1);
			snprintf(text, sizeof(text), "no %zu", i);
			assert_string_equal(diags.at[i + 1].text, text);
			snprintf(text, sizeof(text), "%zu.md", i);
			assert_string_equal(diags.at[i + 1].path, text);
			snprintf(text, sizeof(text), "1 of %zu", i);
			if (i % 7)
				assert_string_equal(items[i].text, text);
		}
		assert_int_equal(items[counts[n]].done, 0);
		diag_add(&diags, RULE_FILE, "z", (struct pos){ 0 }, NULL,
			 "last");
		assert_string_equal(diags.at[counts[n] + 1].text, "last");
		free(items);
		arena_release(&a);
	}
}

/* Also where the one or the other has nothing. */
static void an_arena_takes_over_another(void **state)
{
	struct arena a = ARENA_INIT, b = ARENA_INIT;
	const char *kept, *taken;

	(void)state;
	arena_take(&a, &b);
	taken = arena_strdup(&b, "taken");
	assert_non_null(arena_alloc(&b, 1 << 20));
	arena_take(&a, &b);
	assert_null(b.last);
	kept = arena_strdup(&a, "kept");
	arena_take(&a, &b);
	assert_non_null(arena_strdup(&b, "more"));
	arena_take(&a, &b);
	assert_string_equal(taken, "taken");
	assert_string_equal(kept, "kept");
	arena_release(&b);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_outcome_is_that_of_one),
		cmocka_unit_test(an_arena_takes_over_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
