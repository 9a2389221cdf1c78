/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "base/buf.h"
#include "model/body.h"

static void lines_are_the_files(void **state)
{
	struct retro *r = read_text("---\nid: x\n\n---\n\n## Pitfalls\n- a\n");
	const struct body *body = body_read(r, &arena, &diags, NULL);

	(void)state;
	assert_int_equal(body->sections.at[0].line, 6);
	assert_int_equal(body->pitfalls.at[0].line, 7);
	assert_false(body->limited);
	assert_ptr_equal(body_read(r, &arena, &diags, NULL), body);
}

static void a_team_names_its_sections(void **state)
{
	struct policy policy;
	const char *yml = "sections: {pitfalls: [Ouch]}\n";
	const struct body *body;

	(void)state;
	policy_init(&policy, &arena);
	policy_read(&policy, &arena, &diags, ".retro.yml", yml, strlen(yml));
	body = body_read(read_text("## Ouch\n- a\n"), &arena, &diags, &policy);
	assert_int_equal(body->pitfalls.nr, 1);
}

static void what_is_no_text_has_no_body(void **state)
{
	struct retro *r = read_text("## Pitfalls\n- \xFF\n");

	(void)state;
	assert_null(body_read(r, &arena, &diags, NULL)->doc->first);
	only_diag("encoding", 2, 3);
}

static void a_limited_body_is_said_once(void **state)
{
	struct buf b = BUF_INIT;
	struct retro *r;

	(void)state;
	buf_addstr(&b, "---\nid: x\n---\n## Pitfalls\n\n");
	buf_fill(&b, '[', 20000);
	r = read_text(b.p);
	assert_true(body_read(r, &arena, &diags, NULL)->limited);
	body_read(r, &arena, &diags, NULL);
	assert_int_equal(only_diag("body-limit", 4, 1)->level, DIAG_WARNING);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(lines_are_the_files, set_up),
		cmocka_unit_test_setup(a_team_names_its_sections, set_up),
		cmocka_unit_test_setup(what_is_no_text_has_no_body, set_up),
		cmocka_unit_test_setup(a_limited_body_is_said_once, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
