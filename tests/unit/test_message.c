/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "git/message.h"

#define A "1111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222"
#define C "abc1234"

/* A message, and what is read from it as one line. */
struct reading {
	const char *message, *want;
};

static void add_mentions(struct buf *out, struct arena *a, const char *message)
{
	static const char *const types[] = {
		[MENTION_REVERT] = "revert",
		[MENTION_FIX] = "fix",
		[MENTION_PICK] = "pick",
		[MENTION_UPSTREAM] = "upstream",
	};
	struct mentions mentions = { 0 };

	message_mentions(&mentions, a, message);
	for (size_t i = 0; i < mentions.nr; i++) {
		const struct mention *m = &mentions.at[i];

		buf_addf(out, "%s%s %s", i ? ", " : "", types[m->type], m->id);
		if (m->subject)
			buf_addf(out, " [%s]", m->subject);
	}
}

static void add_trailers(struct buf *out, struct arena *a, const char *message)
{
	struct trailers trailers = { 0 };

	message_trailers(&trailers, a, message);
	for (size_t i = 0; i < trailers.nr; i++)
		buf_addf(out, "%s%s=%s", i ? "|" : "", trailers.at[i].key,
			 trailers.at[i].value);
}

static void add_request(struct buf *out, struct arena *a, const char *message)
{
	const char *number, *title;

	if (message_request(&number, &title, a, message))
		buf_addf(out, "%s %s", number, title ? title : "-");
}

static void add_co_authors(struct buf *out, struct arena *a,
			   const char *message)
{
	struct strs who = { 0 };

	message_co_authors(&who, a, message);
	for (size_t i = 0; i < who.nr; i++)
		buf_addf(out, "%s%s", i ? "|" : "", who.at[i]);
}

typedef void reader_fn(struct buf *out, struct arena *a, const char *message);

static void check(const struct reading *cases, size_t nr, reader_fn *read)
{
	for (size_t i = 0; i < nr; i++) {
		struct arena a = ARENA_INIT;
		struct buf out = BUF_INIT;

		read(&out, &a, cases[i].message);
		if (strcmp(out.p, cases[i].want) != 0)
			print_error("in <<%s>>\n", cases[i].message);
		assert_string_equal(out.p, cases[i].want);
		buf_release(&out);
		arena_release(&a);
	}
}

static void a_revert_is_what_this_commit_did(void **state)
{
	static const struct reading cases[] = {
		{ "Revert \"loader: cache\"\n\nThis reverts commit " A ".\n",
		  "revert " A },
		{ "Reapply \"loader: cache\"\n\nThis reverts commit " A ".\n",
		  "revert " A },
		{ "Revert \"Merge branch 'x'\"\n\nThis reverts commit " A
		  ", reversing\nchanges made to " B ".\n",
		  "revert " A },
		{ "revert: the cache\n\nIt broke loading.\n"
		  "This reverts commit " A ".\n",
		  "revert " A },
		{ "loader: revert the cache\r\n\r\nThis reverts commit " A
		  ".\r\n",
		  "revert " A },
		{ "loader: no cache\n\nThis reverts commit " A
		  ", which was slow.\n",
		  "revert " A },
		{ "Revert \"a\"\nThis reverts commit " A ".\n", "revert " A },
		{ "Revert \"a\"\n\nThis reverts commit\n" A ".\n",
		  "revert " A },
		{ "Revert \"a\"\n\nthis reverts commit ABC1234\n",
		  "revert abc1234" },
		{ "\n\nRevert \"a\"\n\nThis reverts commit " A ".",
		  "revert " A },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void several_are_reverted_at_once(void **state)
{
	static const struct reading cases[] = {
		{ "Revert both\n\nThis reverts commits " A " and " B ".\n",
		  "revert " A ", revert " B },
		{ "Revert three\n\nThis reverts commit " A ", " B ",\n"
		  "and 3333333 because they broke it.\n",
		  "revert " A ", revert " B ", revert 3333333" },
		{ "Revert both\n\nThis reverts commit " A " (loader: one,\n"
		  "2026-01-05) and commit " B " (loader: two, 2026-01-06).\n",
		  "revert " A ", revert " B },
		{ "Undo both\n\nThis reverts commit " A ".\n"
		  "This reverts commit " B ".\n",
		  "revert " A ", revert " B },
		{ "Revert both\n\nThis reverts commit " A ".\n"
		  "This reverts commit " B ".\n",
		  "revert " A ", revert " B },
		/* not the next of a list */
		{ "Revert one\n\nThis reverts commit " A " since commit " B
		  " does it better.\n",
		  "revert " A },
		{ "Revert one\n\nThis reverts commit " A " and defaced\n",
		  "revert " A },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void a_quoted_revert_is_none(void **state)
{
	static const struct reading cases[] = {
		/* indented, behind a mark, between fences */
		{ "explain reverts\n\n    This reverts commit " A ".\n", "" },
		{ "explain reverts\n\n\tThis reverts commit " A ".\n", "" },
		{ "Revert it later\n\n> This reverts commit " A ".\n", "" },
		{ "Revert it later\n\n```\nThis reverts commit " A ".\n```\n",
		  "" },
		{ "fix\n\n```\nlog\n```\n\nThis reverts commit " A ".\n",
		  "revert " A },
		/* in prose */
		{ "docs: messages\n\nThe text says: This reverts commit " A
		  ".\n",
		  "" },
		{ "docs: messages\n\nIn the second line stands\n"
		  "This reverts commit " A ", which nobody reads.\n",
		  "" },
		/* in a squash's list of messages */
		{ "Add cache (#12)\n\n* add cache\n\n* Revert \"add cache\"\n"
		  "\nThis reverts commit " A ".\n\n* add it again\n",
		  "" },
		{ "Revert the cache (#12)\n\n* Revert \"cache\"\n\n"
		  "This reverts commit " A ".\n",
		  "" },
		{ "add cache\n\nRevert \"add cache\"\n\nThis reverts commit " A
		  ".\n",
		  "" },
		{ "Squashed commit of the following:\n\ncommit " B
		  "\nAuthor: Ann\n\n    Revert \"x\"\n\n"
		  "This reverts commit " A ".\n",
		  "" },
		{ "add cache\n\ncommit " B "\n\nThis reverts commit " A ".\n",
		  "" },
		{ "# This is a combination of 2 commits.\nadd cache\n\n"
		  "# This is a combination of 2 commits.\n"
		  "This reverts commit " A ".\n",
		  "" },
		/* bullets that are no list of messages */
		{ "loader: undo\n\n* slow\n* wrong\n\nThis reverts commit " A
		  ".\n",
		  "revert " A },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void a_part_is_no_revert_nor_is_a_request(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nThis partially reverts commit " A ".\n", "" },
		{ "Revert \"x (#12)\" (#13)\n\nReverts owner/repo#12\n", "" },
		{ "Revert x\n\nThis reverts commit v1.2-3-gabc1234.\n", "" },
		{ "Revert x\n\nThis reverts commit abc123.\n", "" },
		{ "Revert x\n\nThis reverts commit " A "1.\n", "" },
		{ "Revert x\n\nThis reverts commits.\n", "" },
		{ "Revert x\n\nThis reverts commit", "" },
		{ "", "" },
		{ "\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void a_fix_names_a_commit(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nFixes: abc1234def56 (\"loader: a (b) \"c\"\")\n",
		  "fix abc1234def56 [loader: a (b) \"c\"]" },
		{ "x\n\nFixes: 123456789012 (\"all digits\")\n",
		  "fix 123456789012 [all digits]" },
		{ "x\n\nfixes commit " C "\n", "fix " C },
		{ "x\n\nFixes " A ".\n", "fix " A },
		{ "x\n\nFixes: " C " (loader: cache)\n", "fix " C },
		/* issues, bugs, words */
		{ "x\n\nFixes #123\nFixes: #4567890\n", "" },
		{ "x\n\nFixes 1234567\nFixes: 12345678\n", "" },
		{ "x\n\nFixes https://example.com/" A "\n", "" },
		{ "x\n\nFixes defaced pages\nFixes: CVE-2026-1234567\n", "" },
		{ "x\n\nFollow-up to " A "\n", "" },
		{ "x\n\nFixed in " A " (loader: cache, 2026-01-05).\n", "" },
		{ "x\n\n  Fixes: " A "\n> Fixes: " A "\n", "" },
		{ "x (#1)\n\n* one\n\nFixes: " A "\n\n* two\n", "" },
		{ "Fixes: " A "\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void a_pick_says_from_where(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\n(cherry picked from commit " A ")\n", "pick " A },
		{ "x\n\nSigned-off-by: a <a@x>\n"
		  "(cherry picked from commit " A ")\n"
		  "(cherry picked from commit " B ")\n",
		  "pick " A ", pick " B },
		{ "x\n\n[ Upstream commit " A " ]\n\nWhy.\n", "upstream " A },
		{ "x\n\n[upstream commit " C "]\n", "upstream " C },
		{ "x\n\ncommit " A " upstream.\n", "upstream " A },
		{ "x\n\ncommit " A " broke it\n", "" },
		{ "x\n\nsee (cherry picked from commit " A ")\n", "" },
		{ "x\n\n    (cherry picked from commit " A ")\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void trailers_are_the_last_paragraph(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nbody\n\nAcked-by: Ann <a@x>\nRetro: r-1\n",
		  "Acked-by=Ann <a@x>|Retro=r-1" },
		{ "x\n\nNote: one\n  two\n\tthree\nRetro: r\n\n\n",
		  "Note=one two three|Retro=r" },
		{ "x\n\nKey :v\nEmpty:\n", "Key=v|Empty=" },
		{ "x\r\n\r\nRetro: r-1\r\n", "Retro=r-1" },
		/* the subject is none, nor a paragraph with other text */
		{ "Retro: r-1\n", "" },
		{ "x\n\nRetro: r-1\n\nmore text\n", "" },
		{ "x\n\nsome text\nRetro: r-1\n", "" },
		{ "x\n\nhttp://example.com\n", "http=//example.com" },
		{ "x\n\nsee http://example.com\n", "" },
		/* unless git's own lines make it one: a quarter is enough */
		{ "x\n\nsome\ntext\nhere\nSigned-off-by: a <a@x>\n",
		  "Signed-off-by=a <a@x>" },
		{ "x\n\nsome\nmore\ntext\nhere\nSigned-off-by: a <a@x>\n", "" },
		{ "x\n\nRetro: r\n(cherry picked from commit " A ")\n",
		  "Retro=r" },
		/* comments and the old list of conflicts do not count */
		{ "x\n\nRetro: r\n# a comment\n", "Retro=r" },
		{ "x\n\nRetro: r\n\nConflicts:\n\tfile.c\n", "Retro=r" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_trailers);
}

static void requests_have_numbers(void **state)
{
	static const struct reading cases[] = {
		{ "Merge pull request #12 from ann/topic\n\nAdd the loader\n",
		  "#12 Add the loader" },
		{ "Merge pull request #12 from ann/topic\n", "#12 -" },
		{ "Merge branch 'topic' into 'main'\n\nAdd the loader\n\n"
		  "See merge request group/project!34\n",
		  "!34 Add the loader" },
		{ "Merge branch 'topic' into 'main'\n\n"
		  "See merge request group/project!34\n",
		  "!34 -" },
		{ "Merged in ann/topic (pull request #7)\n\nAdd the loader\n",
		  "#7 Add the loader" },
		{ "Add the loader (#56)\n\n* one\n* two\n",
		  "#56 Add the loader" },
		{ "Add the loader,\nand a test (!5)\n\nbody\n",
		  "!5 Add the loader, and a test" },
		{ "Revert \"Add the loader (#56)\" (#57)\n",
		  "#57 Revert \"Add the loader (#56)\"" },
		{ "(#8)\n", "#8 -" },
		/* none */
		{ "Merge branch 'topic'\n", "" },
		{ "Revert \"Add the loader (#56)\"\n", "" },
		{ "Add the loader (fixes #56)\n", "" },
		{ "Add the loader #56\n", "" },
		{ "Add the loader (#)\n", "" },
		{ "Add the loader (\n", "" },
		{ "Merge pull request ", "" },
		{ "Merge pull request #1234567890123456789 from x\n", "" },
		{ "", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_request);
}

static void co_authors_are_named_once(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nCo-authored-by: Bo <b@x>\nco-authored-by:  Cy <c@x> \n"
		  "Co-Authored-By: Bo <b@x>\n",
		  "Bo <b@x>|Cy <c@x>" },
		/* wherever a line begins so, as people write them */
		{ "x\n\nCo-authored-by: Bo <b@x>\n\nCloses #1\n", "Bo <b@x>" },
		{ "x\n\n    Co-authored-by: Bo <b@x>\n", "" },
		{ "x\n\nCo-authored-by:\nCo-authored-by: \n", "" },
		{ "Co-authored-by: Bo <b@x>\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_co_authors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_revert_is_what_this_commit_did),
		cmocka_unit_test(several_are_reverted_at_once),
		cmocka_unit_test(a_quoted_revert_is_none),
		cmocka_unit_test(a_part_is_no_revert_nor_is_a_request),
		cmocka_unit_test(a_fix_names_a_commit),
		cmocka_unit_test(a_pick_says_from_where),
		cmocka_unit_test(trailers_are_the_last_paragraph),
		cmocka_unit_test(requests_have_numbers),
		cmocka_unit_test(co_authors_are_named_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
