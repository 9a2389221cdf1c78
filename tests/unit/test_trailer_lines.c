/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "git/trailer_lines.h"

static const char *const keys[] = { "Retro", "Retro-Fix", "Retro-Action",
				    NULL };

/* "<key>=<value> " of each. */
static char *found(struct arena *a, const char *message)
{
	struct trailers trailers = { 0 };
	struct buf text = BUF_INIT;
	char *copy;

	trailer_lines(&trailers, a, message, keys);
	for (size_t i = 0; i < trailers.nr; i++)
		buf_addf(&text, "%s=%s ", trailers.at[i].key,
			 trailers.at[i].value);
	copy = arena_strdup(a, text.p);
	buf_release(&text);
	return copy;
}

static void where_a_squash_leaves_them(void **state)
{
	static const struct {
		const char *body, *found;
	} cases[] = {
		/* the last paragraph, and not */
		{ "Retro-Fix: a#P1\n", "Retro-Fix=a#P1 " },
		{ "retro-fix :  a  \r\n", "Retro-Fix=a " },
		{ "Retro: a\n\nmore text\n", "Retro=a " },
		{ "text\nRetro: a\ntext\n", "Retro=a " },
		{ "Retro: a\n\nCo-authored-by: Bo <b@x>\n", "Retro=a " },
		{ "* Test it\n\nRetro-Action: a#A1\n\n* Fix typo\n",
		  "Retro-Action=a#A1 " },
		{ "* Retro: a\n- Retro: b\n+ Retro: c\n1. Retro: d\n2) Retro: "
		  "e\n",
		  "Retro=a Retro=b Retro=c Retro=d Retro=e " },
		{ "* one\n  - two\n    Retro: a\n", "Retro=a " },
		{ "* one\n\n  Retro: a\n", "Retro=a " },
		{ "- - Retro: a\n", "Retro=a " },
		{ "Squashed commit of the following:\n\n"
		  "commit 0123456789012345678901234567890123456789\n"
		  "Author: A <a@b>\nDate:   Mon\n\n    One\n    \n"
		  "    Retro: a\n\n"
		  "commit 1123456789012345678901234567890123456789\n"
		  "Author: A <a@b>\nDate:   Mon\n\n    Two\n    \n"
		  "        Retro: b\n    > Retro: c\n    Retro: d\n",
		  "Retro=a Retro=d " },
		/* quotes, code, comments */
		{ "> Retro: a\n", "" },
		{ "* > Retro: a\n", "" },
		{ "```\nRetro: a\n```\nRetro: b\n", "Retro=b " },
		{ "~~~~ text\nRetro: a\n~~~\nRetro: b\n", "" },
		{ "* ```\n  Retro: a\n  ```\n* Retro: b\n", "Retro=b " },
		{ "text:\n\n    Retro: a\n\tRetro: b\n", "" },
		{ "<!--\nRetro: a\n-->\nRetro: b\n<!-- Retro: c -->\n",
		  "Retro=b " },
		{ "see `Retro: a`\n(Retro: b)\n", "" },
		/* other keys */
		{ "Retrofit: a\nRetro-Other: b\nNot-Retro: c\nRetro\n", "" },
		/* several values */
		{ "Retro: a, b#P2,c\n", "Retro=a Retro=b#P2 Retro=c " },
		{ "Retro: 2026-a 2026-b#P1\n",
		  "Retro=2026-a Retro=2026-b#P1 " },
		{ "Retro: a,\n  b\n  c\n", "Retro=a Retro=b " },
		{ "Retro:\n  a\n", "Retro=a " },
		{ "Retro:\nRetro: ,\n* Retro: a\n", "Retro=a " },
		{ "Retro: not 2026-a\n", "" },
		{ "Retro: the 2026-a one, 2026-b\n", "Retro=2026-b " },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(found(&a, arena_printf(&a, "Subject\n\n%s",
							   cases[i].body)),
				    cases[i].found);
	/* The subject's paragraph is the subject. */
	assert_string_equal(found(&a, "Retro: a"), "");
	assert_string_equal(found(&a, "\n\nSubject\nRetro: a\n\nRetro: b"),
			    "Retro=b ");
	assert_string_equal(found(&a, ""), "");
	arena_release(&a);
}

/* Each line of a long message is read once. */
static void what_is_long_is_bounded(void **state)
{
	static const char *const lines[] = { "Retro: 1\n",
					     "- - - - - - -\n",
					     "Retro: 1 2 3 4 5 6 7 8 9\n",
					     "    ",
					     "```",
					     "<!--",
					     "1. 1. " };
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct trailers trailers = { 0 };
		struct buf message = BUF_INIT;

		buf_addstr(&message, "Subject\n\n");
		while (message.n < 10 << 20)
			buf_addstr(&message, lines[i]);
		trailer_lines(&trailers, &a, message.p, keys);
		assert_true(trailers.nr <= 1000);
		buf_release(&message);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_a_squash_leaves_them),
		cmocka_unit_test(what_is_long_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
