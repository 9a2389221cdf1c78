/* SPDX-License-Identifier: GPL-2.0-only */
/* The CI templates are YAML, whatever a team calls its folder and its tags. */
#include "model_test.h"

#include "base/embed.h"
#include "cmd/ci.h"

static const struct node *read_ci(const char *name, const char *dir,
				  const char *tag)
{
	struct policy policy;
	struct strs tags = { 0 };
	struct buf out = BUF_INIT;
	const struct node *node;
	const struct ci *ci;
	const char *text;

	assert_null(ci_find(&ci, name));
	policy_init(&policy, &arena);
	policy.dir = dir;
	vec_push(&arena, &tags, tag);
	ci_fill(&out, &arena, ci, &policy, &tags);
	text = arena_strndup(&arena, out.p, out.n);
	diags.nr = 0;
	node = node_parse(&arena, &diags, ci->path, text, 0, out.n);
	buf_release(&out);
	if (diags.nr)
		fail_msg("%s:%d: %s", ci->path, diags.at[0].pos.line,
			 diags.at[0].text);
	assert_non_null(node);
	return node;
}

static void github(void **state)
{
	const struct node *top =
		read_ci("github", "retros", "odd: [\"x\"] # {{files}}*");
	const struct node *on = node_get(top, "on");
	const struct node *jobs = node_get(top, "jobs");
	const struct node *push = node_get(on, "push");

	(void)state;
	assert_string_equal(node_get(push, "tags")->items[0]->text,
			    "odd: [\"x\"] # {{files}}*");
	assert_int_equal(node_get(top, "permissions")->nr, 0);
	assert_int_equal(jobs->nr, 3);
	for (size_t i = 0; i < jobs->nr; i++) {
		const struct node *job = jobs->pairs[i].value;

		assert_non_null(node_get(job, "permissions"));
		assert_non_null(node_get(job, "timeout-minutes"));
		assert_non_null(node_get(job, "if"));
		assert_true(node_get(job, "steps")->nr >= 3);
	}
}

static void pages(void **state)
{
	const struct node *top = read_ci("github-pages", "a: [b] #", "v*");
	const struct node *push = node_get(node_get(top, "on"), "push");

	(void)state;
	assert_string_equal(node_get(push, "paths")->items[0]->text,
			    "a: [b] #/**");
	top = read_ci("github-pages", ".", "v*");
	push = node_get(node_get(top, "on"), "push");
	assert_string_equal(node_get(push, "paths")->items[0]->text, "**");
	assert_non_null(node_get(read_ci("gitlab-pages", "x", "v*"), "pages"));
}

static void gitlab(void **state)
{
	const struct node *top = read_ci("gitlab", "retros", "v*");

	(void)state;
	assert_int_equal(top->nr, 4);
	for (size_t i = 1; i < top->nr; i++) {
		const struct node *job = top->pairs[i].value;

		assert_string_equal(node_get(job, "extends")->text, ".retro");
		assert_non_null(node_get(job, "rules"));
		assert_non_null(node_get(job, "script"));
	}
}

static void pre_commit(void **state)
{
	const struct node *top =
		read_ci("pre-commit", "docs/a.b (c)/\"踩\"", "v*");
	const struct node *repo = node_get(top, "repos")->items[0];
	const struct node *hook = node_get(repo, "hooks")->items[0];

	(void)state;
	assert_string_equal(node_get(hook, "files")->text,
			    "^docs/a\\.b\\ \\(c\\)/\\\"踩\\\"/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(github, set_up),
		cmocka_unit_test_setup(gitlab, set_up),
		cmocka_unit_test_setup(pages, set_up),
		cmocka_unit_test_setup(pre_commit, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
