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

/* A message, and what is read from it as one line. */
struct reading {
	const char *message, *want;
};

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
		cmocka_unit_test(trailers_are_the_last_paragraph),
		cmocka_unit_test(requests_have_numbers),
		cmocka_unit_test(co_authors_are_named_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
