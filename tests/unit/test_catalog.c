/* SPDX-License-Identifier: GPL-2.0-only */
/* A catalog of messages: what it finds, and one that is cut off or crafted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/catalog.h"

/* As msgfmt lays it out: a header, pairs of length and offset, texts. */
struct made {
	uint32_t header[5], keys[3][2], values[3][2];
	char text[32];
};

static const struct made good = {
	{ 0x950412de, 0, 3, 20, 44 },
	{ { 1, 68 }, { 7, 70 }, { 3, 78 } },
	{ { 1, 82 }, { 1, 84 }, { 2, 86 } },
	"a\0one\0two\0z\4k\0A\0E\0Zz",
};
static char path[64];

static void open_made(struct catalog *out, const struct made *made, size_t n)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(made, 1, n, file), n);
	fclose(file);
	catalog_open(out, path);
}

static void messages_are_found(void **state)
{
	struct catalog catalog;

	(void)state;
	open_made(&catalog, &good, sizeof(good));
	assert_string_equal(catalog_find(&catalog, "a"), "A");
	assert_string_equal(catalog_find(&catalog, "one"), "E");
	assert_string_equal(catalog_find(&catalog, "z\4k"), "Zz");
	assert_null(catalog_find(&catalog, "two"));
	assert_null(catalog_find(&catalog, ""));
	catalog_open(&catalog, "/nowhere");
	assert_null(catalog_find(&catalog, "a"));
}

/* As a machine of the other byte order would write it. */
static void the_other_byte_order_is_read(void **state)
{
	struct catalog catalog;
	struct made made = good;

	(void)state;
	for (size_t at = 0; at < 17; at++) {
		uint32_t word;

		memcpy(&word, (const char *)&good + 4 * at, 4);
		word = __builtin_bswap32(word);
		memcpy((char *)&made + 4 * at, &word, 4);
	}
	open_made(&catalog, &made, sizeof(made));
	assert_string_equal(catalog_find(&catalog, "a"), "A");
	assert_string_equal(catalog_find(&catalog, "one"), "E");
	assert_string_equal(catalog_find(&catalog, "z\4k"), "Zz");
	assert_null(catalog_find(&catalog, "two"));
}

/* Each word of it made large, each length of the file. */
static void a_damaged_one_is_left_alone(void **state)
{
	static const uint32_t odd[] = { 0, 1, 67, 99, 0x7fffffff, 0xffffffff };
	struct catalog catalog;

	(void)state;
	for (size_t n = 0; n < sizeof(good); n++) {
		open_made(&catalog, &good, n);
		catalog_find(&catalog, "one");
		catalog_find(&catalog, "z\4k");
	}
	for (size_t at = 0; at < 17; at++) {
		for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
			struct made made = good;

			memcpy((char *)&made + 4 * at, &odd[i], 4);
			open_made(&catalog, &made, sizeof(made));
			catalog_find(&catalog, "a");
			catalog_find(&catalog, "z\4k");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_found),
		cmocka_unit_test(the_other_byte_order_is_read),
		cmocka_unit_test(a_damaged_one_is_left_alone),
	};
	int result;

	snprintf(path, sizeof(path), "/tmp/catalog.%d", (int)getpid());
	result = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return result;
}
