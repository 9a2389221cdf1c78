/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/version.h"

static struct arena arena;

static void add_numbers(struct buf *out, const struct version_numbers *numbers)
{
	for (size_t i = 0; i < numbers->nr; i++)
		buf_addf(out, " %llu", (unsigned long long)numbers->at[i]);
}

/* "client|3 5 0|pre 5 1|post 2|edition" */
static const char *parsed(const char *name)
{
	struct version version;
	struct buf out = BUF_INIT;
	const char *text;

	version_parse(&version, name);
	buf_add(&out, name, version.package);
	buf_addch(&out, '|');
	if (version.epoch)
		buf_addf(&out, "%llu!", (unsigned long long)version.epoch);
	for (size_t i = 0; i < version.nr; i++)
		buf_addf(&out, "%s%llu", i ? " " : "",
			 (unsigned long long)version.parts[i]);
	if (version.pre) {
		buf_addf(&out, "|pre %d", version.stage);
		add_numbers(&out, &version.pre_numbers);
	}
	if (version.post) {
		buf_addstr(&out, "|post");
		add_numbers(&out, &version.post_numbers);
	}
	if (version.edition)
		buf_addf(&out, "|%s", name + version.edition);
	text = arena_strdup(&arena, out.p);
	buf_release(&out);
	return text;
}

static void a_version_is_found_in_a_name(void **state)
{
	static const char *const cases[][2] = {
		{ "v1.4.0", "|1 4 0" },
		{ "1.4", "|1 4" },
		{ "v5", "|5" },
		{ "v2.43.0.1", "|2 43 0 1" },
		/* behind the last @, slash or prefix */
		{ "@acme/v3-sdk@3.9.1", "@acme/v3-sdk|3 9 1" },
		{ "@acme/v3-sdk-v3.9.1", "@acme/v3-sdk|3 9 1" },
		{ "pkg/v1.2.3", "pkg|1 2 3" },
		{ "a/b2/c/1.2", "a/b2/c|1 2" },
		{ "1.2.3/linux", "|1 2 3|linux" },
		{ "parser-util-0.7.17", "parser-util|0 7 17" },
		{ "http2-0.3.1", "http2|0 3 1" },
		{ "libfoo2-1.8", "libfoo2|1 8" },
		{ "python-3.10-v1.2.3", "python-3.10|1 2 3" },
		{ "scala-2.13-3.7.0", "scala-2.13|3 7 0" },
		{ "cuda12.1/2.0", "cuda12.1|2 0" },
		{ "build-7", "build|7" },
		/* words that name no package */
		{ "RELEASE-4.22.0", "|4 22 0" },
		{ "REL_15_3", "|15 3" },
		{ "REL9_6_24", "|9 6 24" },
		{ "release/1.2", "|1 2" },
		{ "tools-RELEASE-4.1", "tools|4 1" },
		/* two of them */
		{ "BABEL_1_5_0__PG_13_9", "BABEL|1 5 0|PG_13_9" },
		{ "spark-3.5.0-hadoop3.3", "spark|3 5 0|hadoop3.3" },
		{ "docs-v1.12.0-2016-07-29", "docs|1 12 0|post 2016 7 29" },
		/* other separators, dates, epochs */
		{ "curl-8_5_0", "curl|8 5 0" },
		{ "release-74-2", "|74 2" },
		{ "slurm-24-05-0-1", "slurm|24 5 0 1" },
		{ "2024.01", "|2024 1" },
		{ "2024-01-15", "|2024 1 15" },
		{ "RELEASE.2024-01-01T16-36-33Z", "|2024 1 1 16 36 33|Z" },
		{ "20240115", "|20240115" },
		{ "1!2.0", "|1!2 0" },
		{ "debian/1%2.30-1", "debian|1!2 30|post 1" },
		/* before a release */
		{ "v3.13.0a1", "|3 13 0|pre 2 1" },
		{ "v3.13.0b2", "|3 13 0|pre 3 2" },
		{ "1.0.dev3", "|1 0|pre 1 3" },
		{ "v3.1-dev5", "|3 1|pre 1 5" },
		{ "v8.0.0.beta1", "|8 0 0|pre 3 1" },
		{ "v8.0.0.rc1", "|8 0 0|pre 5 1" },
		{ "v4.0.0-RC1", "|4 0 0|pre 5 1" },
		{ "v1.0rc3", "|1 0|pre 5 3" },
		{ "v4.0.0-preview.1", "|4 0 0|pre 4 1" },
		{ "v8.0.0-preview.7.233.6", "|8 0 0|pre 4 7 233 6" },
		{ "v4.0.0-nightly.1", "|4 0 0|pre 1 1" },
		{ "2.0.0.M1", "|2 0 0|pre 4 1" },
		{ "2.0.0-M1", "|2 0 0|pre 4 1" },
		{ "1.0-SNAPSHOT", "|1 0|pre 1" },
		{ "2.3pre-rc1", "|2 3|pre 4 1" },
		{ "45.alpha", "|45|pre 2" },
		{ "REL8_0_0BETA5", "|8 0 0|pre 3 5" },
		{ "v18.09.0-ce-tp1", "|18 9 0|pre 4 1|ce-tp1" },
		{ "v2.1.2.0-0.1.rc1", "|2 1 2 0|pre 5 1" },
		{ "4.8.0-branched", "|4 8 0|pre 0" },
		{ "v1.x", "|1|pre 0" },
		{ "rc-8_17_0-1", "|8 17 0|pre 0" },
		{ "nightly/2024-01-01", "|2024 1 1|pre 0" },
		{ "0.0.0-20230617014211", "|0 0 0|pre 0|post 20230617014211" },
		{ "sdk@1.0.0-0", "sdk|1 0 0|pre 0" },
		/* words of a package say nothing */
		{ "parser-test-0.4.2", "parser-test|0 4 2" },
		{ "tests/v3.5.0", "tests|3 5 0" },
		{ "rc-slider@1.2.3", "rc-slider|1 2 3" },
		/* after a release */
		{ "v1.2.0.post1", "|1 2 0|post 1" },
		{ "v1.2.0-hotfix.1", "|1 2 0|post 1" },
		{ "v1.2.0-1", "|1 2 0|post 1" },
		{ "v1.2.0-p1", "|1 2 0|post 1" },
		{ "V_9_6_P1", "|9 6|post 1" },
		{ "v1.2.0+build.5", "|1 2 0|post 5" },
		{ "v1.0.2a", "|1 0 2|post 1" },
		{ "OpenSSL_1_0_2zg", "OpenSSL|1 0 2|post 26 7" },
		{ "v1.2.0-hotfix.1-rc2", "|1 2 0|pre 5 2|post 1" },
		/* the release itself, and its editions */
		{ "v2.1.0.RELEASE", "|2 1 0" },
		{ "netty-4.1.0.Final", "netty|4 1 0" },
		{ "4.2.1-stable", "|4 2 1" },
		{ "v17.03.0-ce", "|17 3 0|ce" },
		{ "v1.2.3+pro", "|1 2 3|pro" },
		/* no version */
		{ "nightly", "nightly|" },
		{ "v", "v|" },
		{ "", "|" },
		{ "--help", "--help|" },
		{ "-v1.0", "|1 0" },
		{ "v1.", "|1" },
		{ "v999999999999999999", "|999999999999999999" },
		{ "v9999999999999999999", "v9999999999999999999|" },
		{ "v1.2.3.4.5.6.7.8.9.10", "|1 2 3 4 5 6 7 8" },
		{ "v1-1-2-3-4-5-6-7-8-9", "|1 1 2 3 4 5 6 7" },
		{ "v1-1.2.3.4.5.6.7", "v1|1 2 3 4 5 6 7" },
		{ "@", "@|" },
		{ "@@@//", "@@@//|" },
		{ "1@", "|1" },
		{ "!1", "|1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (strcmp(parsed(cases[i][0]), cases[i][1]) != 0)
			fail_msg("%s: %s, not %s", cases[i][0],
				 parsed(cases[i][0]), cases[i][1]);
}

static int order(const char *a, const char *b)
{
	struct version one, two;

	version_parse(&one, a);
	version_parse(&two, b);
	return version_compare(&one, &two);
}

static void versions_have_an_order(void **state)
{
	static const char *const rising[] = {
		"v0.9",
		"v1.0-dev4",
		"v1.0-alpha",
		"v1.0a1",
		"v1.0-beta.9",
		"v1.0-beta.11",
		"v1.0-rc2",
		"v1.0-rc10",
		"v1.0",
		"v1.0-ce",
		"v1.0+pro",
		"v1.0-1",
		"v1.0.1-rc1",
		"v1.0.1",
		"v1.0.1a",
		"v1.0.1b",
		"v1.0.2",
		"v1.9",
		"v1.10",
		"v2",
		"v2.0-hotfix.1-rc1",
		"v2.0-hotfix.1",
		"v2.0-hotfix.2",
		"2024-01-15",
		"2024.2.1",
		"1!0.1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rising); i++)
		for (size_t j = 0; j < ARRAY_SIZE(rising); j++) {
			int want = (i > j) - (i < j);
			int got = order(rising[i], rising[j]);

			if ((got > 0) - (got < 0) != want)
				fail_msg("%s and %s: %d", rising[i], rising[j],
					 got);
		}
	assert_int_equal(order("v1", "v1.0.0"), 0);
	assert_int_equal(order("client/v1.2", "v1.2"), 0);
	assert_int_equal(order("v2.1.0.RELEASE", "2.1"), 0);
}

static bool same_package(const char *a, const char *b)
{
	struct version one, two;
	bool same;

	version_parse(&one, a);
	version_parse(&two, b);
	same = version_same_package(&one, &two);
	assert_int_equal(!version_compare_packages(&one, &two), same);
	return same;
}

static void a_package_has_many_spellings(void **state)
{
	(void)state;
	assert_true(same_package("v1.0", "1.0"));
	assert_true(same_package("RELEASE-1.0", "v1.1"));
	assert_true(same_package("@acme/sdk@1.0", "@acme/sdk-v1.0"));
	assert_true(same_package("Curl-7_1", "curl-8.1"));
	assert_false(same_package("client/v1.0", "v1.0"));
	assert_false(same_package("util-1.0", "utils-1.0"));
	assert_false(same_package("@acme/v2-sdk@1.0", "@acme/v3-sdk@1.0"));
}

static void a_glob_can_name_a_form(void **state)
{
	(void)state;
	assert_true(version_names_pre("v*-beta*"));
	assert_true(version_names_pre("*RC*"));
	assert_false(version_names_pre("v[0-9]*"));
	assert_false(version_names_pre("*"));
	assert_false(version_names_pre("[a-b]*"));
	assert_false(version_names_pre(""));
}

static int leave(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_version_is_found_in_a_name),
		cmocka_unit_test(versions_have_an_order),
		cmocka_unit_test(a_package_has_many_spellings),
		cmocka_unit_test(a_glob_can_name_a_form),
	};

	return cmocka_run_group_tests(tests, NULL, leave);
}
