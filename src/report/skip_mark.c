/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/skip_mark.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* Where in a line the words may stand. */
enum place {
	AT_START,
	AS_WORD, /* no letter, digit, "_" or "." before them */
	ANYWHERE,
};

static const struct {
	enum place place;
	const char *words;
} marks[] = {
	/* Python */
	{ ANYWHERE, "skipTest(" },
	{ ANYWHERE, "SkipTest" },
	{ AS_WORD, "pytest.skip(" },
	{ AS_WORD, "pytest.xfail(" },
	/* Go */
	{ ANYWHERE, ".Skip(" },
	{ ANYWHERE, ".Skipf(" },
	{ ANYWHERE, ".SkipNow(" },
	{ AS_WORD, "Skip(" },
	{ AT_START, "PIt(" },
	{ AT_START, "PDescribe(" },
	{ AT_START, "PContext(" },
	{ AT_START, "XIt(" },
	{ AT_START, "XDescribe(" },
	{ AT_START, "XContext(" },
	/* JavaScript and TypeScript */
	{ AS_WORD, "it.skip" },
	{ AS_WORD, "it.todo" },
	{ AS_WORD, "it.fails" },
	{ AS_WORD, "it.failing" },
	{ AS_WORD, "test.skip" },
	{ AS_WORD, "test.todo" },
	{ AS_WORD, "test.fails" },
	{ AS_WORD, "test.failing" },
	{ AS_WORD, "test.fixme" },
	{ AS_WORD, "test.fail(" },
	{ AS_WORD, "describe.skip" },
	{ AS_WORD, "context.skip" },
	{ AS_WORD, "suite.skip" },
	{ AS_WORD, "this.skip(" },
	{ AS_WORD, "t.skip(" },
	{ AS_WORD, "t.todo(" },
	{ AT_START, "xit(" },
	{ AT_START, "xtest(" },
	{ AT_START, "xdescribe(" },
	{ AS_WORD, "skip: true" },
	{ AS_WORD, "todo: true" },
	/* Ruby */
	{ AT_START, "xit " },
	{ AT_START, "xdescribe " },
	{ AT_START, "xcontext " },
	{ AT_START, "xspecify " },
	{ AT_START, "xscenario " },
	{ AT_START, "pending " },
	{ ANYWHERE, ", skip: " },
	{ ANYWHERE, ", pending: " },
	{ ANYWHERE, ", :skip" },
	{ ANYWHERE, ", :pending" },
	/* shell, Perl, C, R: alone, or with its reason */
	{ AT_START, "skip " },
	{ AT_START, "skip(" },
	{ AT_START, "test_expect_failure " },
	{ ANYWHERE, "todo_skip" },
	{ ANYWHERE, "skip_all" },
	{ AT_START, "SKIP: {" },
	{ AT_START, "TODO: {" },
	{ AT_START, "local $TODO" },
	{ AT_START, "exit 77" },
	{ AT_START, "return 77" },
	{ AT_START, "#if 0" },
	/* C++, Qt, Swift, PHP, C# */
	{ AS_WORD, "GTEST_SKIP(" },
	{ AS_WORD, "DISABLED_" },
	{ ANYWHERE, ", DISABLED_" },
	{ ANYWHERE, "[!mayfail]" },
	{ ANYWHERE, "[!shouldfail]" },
	{ AS_WORD, "QSKIP(" },
	{ AS_WORD, "QEXPECT_FAIL(" },
	{ AS_WORD, "XCTSkip" },
	{ ANYWHERE, "markTestSkipped(" },
	{ ANYWHERE, "markTestIncomplete(" },
	{ ANYWHERE, "Assert.Ignore(" },
	/* LLVM's lit, CMake, Meson, jobs of CI */
	{ ANYWHERE, "XFAIL:" },
	{ AS_WORD, "WILL_FAIL" },
	{ AS_WORD, "should_fail: true" },
	{ AT_START, "allow_failure: true" },
	{ AT_START, "continue-on-error: true" },
};

/* In a line that begins with "@", "#[" or "[": words that begin so. */
static const char *const annotations[] = {
	"skip",     "Skip",   "xfail",  "expectedFailure",
	"Disabled", "Ignore", "ignore", "enabled = false",
};

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* "skipif" is one of them, "skipped" is not. */
static bool is_form(const char *end)
{
	return !is_letter(*end) || !strncmp(end, "if", 2) ||
	       !strncmp(end, "If", 2) || !strncmp(end, "Unless", 6) ||
	       !strncmp(end, "On", 2);
}

static bool stands_at(const char *line, const char *at, enum place place)
{
	if (place == AT_START)
		return at == line;
	return place == ANYWHERE || at == line ||
	       (!is_letter(at[-1]) && at[-1] != '.');
}

static bool has_words(const char *line, const char *words, enum place place)
{
	const char *at = line;

	for (; (at = strstr(at, words)); at++)
		if (stands_at(line, at, place))
			return true;
	return false;
}

/* "@pytest.mark.skip", "@tag :skip", "#[ignore]", "[Fact(Skip = ..." */
static bool is_annotation(const char *line)
{
	if (*line != '@' && *line != '[' && strncmp(line, "#[", 2) != 0)
		return false;
	for (size_t i = 0; i < sizeof(annotations) / sizeof(*annotations); i++)
		for (const char *at = line; (at = strstr(at, annotations[i]));
		     at++)
			if (!is_letter(at[-(at > line)]) &&
			    is_form(at + strlen(annotations[i])))
				return true;
	return false;
}

bool skip_mark_in(const char *line)
{
	if (!strcmp(line, "skip") || !strcmp(line, "skip;") ||
	    !strcmp(line, "if: false") || is_annotation(line))
		return true;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (has_words(line, marks[i].words, marks[i].place))
			return true;
	return false;
}

const char *skip_mark_uncomment(const char *line)
{
	static const char *const starts[] = { "//", "#",    "--", ";",
					      "/*", "<!--", "%" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		size_t n = strlen(starts[i]);

		if (strncmp(line, starts[i], n) != 0)
			continue;
		line += n;
		return line + strspn(line, " \t");
	}
	return NULL;
}
