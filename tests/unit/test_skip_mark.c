/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "report/skip_mark.h"

static void tests_switched_off(void **state)
{
	static const char *const lines[] = {
		"@unittest.skip(\"slow\")",
		"@pytest.mark.skipif(sys.platform == 'win32', reason='x')",
		"@pytest.mark.xfail",
		"@unittest.expectedFailure",
		"self.skipTest('later')",
		"raise unittest.SkipTest",
		"pytest.skip('flaky')",
		"t.Skip(\"flaky\")",
		"t.Skipf(\"see %s\", issue)",
		"b.SkipNow()",
		"ginkgo.Skip(\"later\")",
		"PIt(\"loads\", func() {",
		"it.skip('loads', () => {",
		"test.skip(browserName === 'webkit');",
		"describe.skip('loader', () => {",
		"test.fixme('loads', async () => {",
		"xit('loads', () => {",
		"xdescribe('loader', () => {",
		"test('loads', { skip: true }, t => {",
		"@Disabled(\"flaky\")",
		"@Ignore",
		"@Test(enabled = false)",
		"[Fact(Skip = \"flaky\")]",
		"[Ignore(\"flaky\")]",
		"#[ignore]",
		"#[ignore = \"slow\"]",
		"#[cfg_attr(windows, ignore)]",
		"test_expect_failure 'loads' '",
		"skip \"later\"",
		"skip",
		"xit \"loads\" do",
		"it \"loads\", skip: \"later\" do",
		"pending \"later\"",
		"plan skip_all => 'later';",
		"$this->markTestSkipped('later');",
		"GTEST_SKIP() << \"later\";",
		"TEST(Loader, DISABLED_Labels) {",
		"try XCTSkipIf(true)",
		"@tag :skip",
		"; XFAIL: *",
		"continue-on-error: true",
		"if: false",
		"#if 0",
		"exit 77",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (!skip_mark_in(lines[i]))
			fail_msg("'%s' skips nothing", lines[i]);
}

static void tests_that_run(void **state)
{
	static const char *const lines[] = {
		"",
		"skipped = load(rows)",
		"rows.iter().skip(1)",
		"unskip(rows);",
		"@JsonIgnore",
		"@Test",
		"@parametrize('skipped', [1])",
		"[dependencies]",
		"[features.ignored]",
		"#[test]",
		"# what the loader skips",
		"submit.skips(1)",
		"edit.skip(1)",
		"exit 1",
		"if: falsey",
		"SKIPPED_ROWS = 3",
		"test_expect_success 'loads' '",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (skip_mark_in(lines[i]))
			fail_msg("'%s' skips something", lines[i]);
}

static void comments(void **state)
{
	(void)state;
	assert_string_equal(skip_mark_uncomment("// check(1);"), "check(1);");
	assert_string_equal(skip_mark_uncomment("#check one"), "check one");
	assert_string_equal(skip_mark_uncomment("<!-- <test/>"), "<test/>");
	assert_null(skip_mark_uncomment("check(1);"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tests_switched_off),
		cmocka_unit_test(tests_that_run),
		cmocka_unit_test(comments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
