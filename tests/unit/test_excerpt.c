/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "model/excerpt.h"

static const char text[] = "---\n"
			   "title: x\n"
			   "---\n"
			   "Before.\n"
			   "\n"
			   "## What went wrong?\n"
			   "\n"
			   "- one\n"
			   "\n"
			   "### Under **it** `x`\n"
			   "- two\n"
			   "\n"
			   "教训\n"
			   "----\n"
			   "- three\n"
			   "\n"
			   "## <b>Odd\n"
			   "text\n"
			   "## Actions\n"
			   "- [ ] A1: do\n";

static struct retro *retro;
static struct strs missing;

/* The headings of what the names choose, each on a line. */
static const char *chosen(const char *one, const char *other)
{
	struct strs names = { 0 };
	struct buf out = BUF_INIT;
	const char *made;
	struct body *body;

	vec_push(&arena, &names, one);
	if (other)
		vec_push(&arena, &names, other);
	missing = (struct strs){ 0 };
	retro = read_text(text);
	body_read(retro, &arena, &diags, NULL);
	body = excerpt_body(&missing, &arena, retro->body, &names);
	for (size_t i = 0; i < body->sections.nr; i++)
		buf_addf(&out, "%s\n", body->sections.at[i].heading);
	retro->body = body;
	made = arena_strdup(&arena, out.p);
	buf_release(&out);
	return made;
}

#define ALL_PITFALLS "What went wrong?\nUnder it x\n教训\n"

static void by_key_or_heading(void **state)
{
	(void)state;
	assert_string_equal(chosen("pitfalls", NULL), ALL_PITFALLS);
	assert_string_equal(chosen("Pitfalls", NULL), ALL_PITFALLS);
	assert_string_equal(chosen("踩过的坑", NULL), ALL_PITFALLS);
	assert_string_equal(chosen("What went wrong", NULL), ALL_PITFALLS);
	assert_string_equal(chosen("行动项", NULL), "Actions\n");
	assert_string_equal(chosen("under IT x", NULL), "Under it x\n");
	assert_string_equal(chosen("### Under **it** `x`", NULL),
			    "Under it x\n");
	assert_string_equal(chosen("<b>Odd", NULL), "Odd\n");
	assert_string_equal(chosen("actions", "under it x"),
			    "Under it x\nActions\n");
	assert_int_equal(missing.nr, 0);
}

static void what_is_not_there_is_named(void **state)
{
	(void)state;
	assert_string_equal(chosen("timeline", "actions"), "Actions\n");
	assert_int_equal(missing.nr, 1);
	assert_string_equal(missing.at[0], "timeline");
	assert_string_equal(chosen("", "\xff"), "");
	assert_int_equal(missing.nr, 2);
	assert_string_equal(chosen("Before.", "none"), "");
	assert_int_equal(missing.nr, 2);
}

static void blocks_pitfalls_and_actions_follow(void **state)
{
	(void)state;
	chosen("under it x", "actions");
	assert_int_equal(retro->body->doc->first->level, 3);
	assert_int_equal(retro->body->doc->first->next->type, MD_LIST);
	assert_int_equal(retro->body->doc->first->next->next->level, 2);
	assert_int_equal(retro->body->pitfalls.nr, 1);
	assert_string_equal(retro->body->pitfalls.at[0].text, "two");
	assert_int_equal(retro->body->actions.nr, 1);
	chosen("教训", NULL);
	assert_int_equal(retro->body->pitfalls.nr, 3);
	assert_int_equal(retro->body->actions.nr, 0);
}

static void lines_are_as_they_stand(void **state)
{
	struct strs sources = { 0 };

	(void)state;
	chosen("教训", NULL);
	excerpt_sources(&sources, &arena, retro, &retro->body->sections);
	assert_int_equal(sources.nr, 3);
	assert_string_equal(sources.at[0], "## What went wrong?\n\n- one\n\n");
	assert_string_equal(sources.at[1], "### Under **it** `x`\n- two\n\n");
	assert_string_equal(sources.at[2], "教训\n----\n- three\n\n");
}

/* Headings that a lone CR parts share a line; it is there once. */
static void no_line_comes_twice(void **state)
{
	struct strs sources = { 0 };

	(void)state;
	retro = read_text("# A\r# B\r\n# C\n");
	body_read(retro, &arena, &diags, NULL);
	excerpt_sources(&sources, &arena, retro, &retro->body->sections);
	assert_int_equal(sources.nr, 3);
	assert_string_equal(sources.at[0], "# A\r# B\r\n");
	assert_string_equal(sources.at[1], "");
	assert_string_equal(sources.at[2], "# C\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(by_key_or_heading, set_up),
		cmocka_unit_test_setup(what_is_not_there_is_named, set_up),
		cmocka_unit_test_setup(blocks_pitfalls_and_actions_follow,
				       set_up),
		cmocka_unit_test_setup(lines_are_as_they_stand, set_up),
		cmocka_unit_test_setup(no_line_comes_twice, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
