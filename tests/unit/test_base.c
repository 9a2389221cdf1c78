/* SPDX-License-Identifier: GPL-2.0-only */
/* err, buf, arena, vec: the values that everything else is made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include "base/arena.h"
#include "base/buf.h"
#include "base/checksum.h"
#include "base/err.h"
#include "base/vec.h"

static void err_keeps_the_lower_text(void **state)
{
	struct err *e = err_new(ERR_EXISTS, "it is %s", "there");

	(void)state;
	e = err_context(e, "writing %d", 3);
	e = err_hint(err_hint(e, "first"), "second");
	assert_string_equal(e->text, "writing 3: it is there");
	assert_string_equal(e->hint, "first");
	assert_int_equal(e->code, ERR_EXISTS);
	err_free(e);
	assert_null(err_context(NULL, "nothing"));
	assert_null(err_hint(NULL, "nothing"));
	err_free(NULL);
}

static void err_knows_errno(void **state)
{
	struct err *e;

	(void)state;
	errno = ENOENT;
	e = err_errno("opening %s", "x");
	assert_int_equal(e->code, ERR_NOT_FOUND);
	assert_string_equal(e->text, "opening x: No such file or directory");
	err_free(e);
	errno = EACCES;
	e = err_errno("x");
	assert_int_equal(e->code, ERR_FAILED);
	err_free(e);
}

static void buf_builds(void **state)
{
	struct buf b = BUF_INIT;
	char *given;

	(void)state;
	assert_string_equal(b.p, "");
	buf_addstr(&b, "ab");
	buf_addch(&b, 'c');
	buf_addf(&b, "%05d", 42);
	buf_fill(&b, '.', 3);
	assert_string_equal(b.p, "abc00042...");
	assert_int_equal(b.n, 11);
	buf_splice(&b, 1, 2, "XYZ", 3);
	assert_string_equal(b.p, "aXYZ00042...");
	buf_splice(&b, 0, 4, NULL, 0);
	assert_string_equal(b.p, "00042...");
	buf_truncate(&b, 5);
	assert_string_equal(b.p, "00042");
	given = buf_detach(&b);
	assert_string_equal(given, "00042");
	assert_int_equal(b.n, 0);
	free(given);
	buf_splice(&b, 0, 0, "new", 3);
	assert_string_equal(b.p, "new");
	buf_release(&b);
	buf_release(&b);
}

static void buf_grows(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "%d,", i % 10);
	assert_int_equal(b.n, 200000);
	assert_memory_equal(b.p + 199980, "0,1,2,3,4,5,6,7,8,9,", 20);
	buf_reset(&b);
	assert_string_equal(b.p, "");
	buf_release(&b);
}

static void arena_is_zeroed_and_aligned(void **state)
{
	struct arena a = ARENA_INIT;
	size_t sizes[] = { 1, 7, 16, 100, 20000, 70000, 1 << 20, 3 };

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			unsigned char *p = arena_alloc(&a, sizes[i]);

			assert_int_equal((uintptr_t)p % _Alignof(max_align_t),
					 0);
			for (size_t j = 0; j < sizes[i]; j++)
				assert_int_equal(p[j], 0);
			memset(p, 0xff, sizes[i]);
		}
	}
	assert_string_equal(arena_printf(&a, "%s-%d", "a", 1), "a-1");
	assert_string_equal(arena_strndup(&a, "abc", 2), "ab");
	arena_release(&a);
	assert_string_equal(arena_strdup(&a, ""), "");
	arena_release(&a);
}

static void arena_is_cleared(void **state)
{
	struct arena a = ARENA_INIT;
	size_t sizes[] = { 3, 40000, 70000, 5, 1 << 20 };

	(void)state;
	arena_clear(&a);
	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			unsigned char *p = arena_alloc(&a, sizes[i]);

			for (size_t j = 0; j < sizes[i]; j++)
				assert_int_equal(p[j], 0);
			memset(p, 0xff, sizes[i]);
		}
		arena_clear(&a);
	}
	arena_release(&a);
}

static int compare_sums(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return (one > other) - (one < other);
}

/* Ids as they are given; the day and a number. */
static void sums_of_like_texts_differ(void **state)
{
	static uint32_t sums[365 * 28];
	char id[] = "2026-01-01-r0000";
	size_t nr = 0, same = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sums); i++) {
		snprintf(id, sizeof(id), "20%02zu-%02zu-%02zu-r%04zu",
			 i % 90 + 10, i % 12 + 1, i % 28 + 1, i % 10000);
		sums[nr++] = checksum_text(id);
	}
	qsort(sums, nr, sizeof(*sums), compare_sums);
	for (size_t i = 1; i < nr; i++)
		same += sums[i] == sums[i - 1];
	assert_true(same < 3);
}

#ifdef __SANITIZE_ADDRESS__
/* What is behind an allocation cannot be read, whether the next one begins there
 * or the allocation has a block of its own. */
static void arena_ends_are_guarded(void **state)
{
	struct arena a = ARENA_INIT;
	size_t sizes[] = { 1, 8, 16, 31, 32, 20000, 300000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		char *p = arena_alloc(&a, sizes[i]);
		char *next = arena_alloc(&a, 1);

		assert_null(__asan_region_is_poisoned(p, sizes[i]));
		assert_true(__asan_address_is_poisoned(p + sizes[i]));
		assert_false(__asan_address_is_poisoned(next));
	}
	arena_release(&a);
}
#endif

static void vec_pushes(void **state)
{
	struct arena a = ARENA_INIT;
	struct strs v = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		vec_push(&a, &v, arena_printf(&a, "%d", i));
	assert_int_equal(v.nr, 1000);
	assert_string_equal(v.at[999], "999");
	assert_string_equal(v.at[7], "7");
	strs_add(&a, &v, "7");
	assert_int_equal(v.nr, 1000);
	strs_add(&a, &v, "x");
	assert_true(strs_has(&v, "x"));
	strs_sort(&v);
	assert_string_equal(v.at[0], "0");
	assert_string_equal(v.at[1000], "x");
	vec_push(&a, &v, "0");
	vec_push(&a, &v, "x");
	strs_sort_unique(&v);
	assert_int_equal(v.nr, 1001);
	assert_true(strs_sorted_has(&v, "0"));
	assert_true(strs_sorted_has(&v, "x"));
	assert_false(strs_sorted_has(&v, "y"));
	v.nr = 0;
	strs_sort_unique(&v);
	assert_false(strs_sorted_has(&v, "0"));
	arena_release(&a);
}

static int plain_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Strings of all lengths around the bytes that are compared as numbers, with
 * and without a beginning that all of them share. */
static void strs_are_sorted_by_bytes(void **state)
{
	static const char letters[] = "ab\x7f\xe6";
	struct arena a = ARENA_INIT;
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 50; round++) {
		struct strs v = { 0 }, want = { 0 };

		for (int i = 0; i < 40; i++) {
			char text[40] = "retros/";
			size_t n = round % 2 ? strlen(text) : 0;

			seed = seed * 1103515245 + 12345;
			for (unsigned m = seed >> 16 & 31; m; m--) {
				seed = seed * 1103515245 + 12345;
				text[n++] = letters[seed >> 20 & 3];
			}
			vec_push(&a, &v, arena_strndup(&a, text, n));
		}
		strs_append(&a, &want, &v);
		qsort(want.at, want.nr, sizeof(*want.at), plain_order);
		strs_sort(&v);
		for (size_t i = 0; i < v.nr; i++)
			assert_string_equal(v.at[i], want.at[i]);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(err_keeps_the_lower_text),
		cmocka_unit_test(err_knows_errno),
		cmocka_unit_test(buf_builds),
		cmocka_unit_test(buf_grows),
		cmocka_unit_test(arena_is_zeroed_and_aligned),
		cmocka_unit_test(arena_is_cleared),
		cmocka_unit_test(sums_of_like_texts_differ),
#ifdef __SANITIZE_ADDRESS__
		cmocka_unit_test(arena_ends_are_guarded),
#endif
		cmocka_unit_test(vec_pushes),
		cmocka_unit_test(strs_are_sorted_by_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
