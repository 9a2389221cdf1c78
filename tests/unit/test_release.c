/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "git/repo.h"
#include "lineage/release.h"
#include "scratch.h"

static struct arena arena;

/* "client/v|3 5 0|-rc1" */
static const char *parsed(const char *tag)
{
	struct version version;
	struct buf out = BUF_INIT;
	const char *text;

	version_parse(&version, &arena, tag);
	buf_addf(&out, "%s|", version.prefix);
	for (size_t i = 0; i < version.nr; i++)
		buf_addf(&out, "%s%llu", i ? " " : "",
			 (unsigned long long)version.parts[i]);
	buf_addf(&out, "|%s", version.suffix);
	text = arena_strdup(&arena, out.p);
	buf_release(&out);
	return text;
}

static void a_version_is_found_in_a_name(void **state)
{
	static const char *const cases[][2] = {
		{ "v1.4.0", "v|1 4 0|" },
		{ "1.4", "|1 4|" },
		{ "client/v3.5.0", "client/v|3 5 0|" },
		{ "v2.43.0.1", "v|2 43 0 1|" },
		{ "v1.4.0-rc.1", "v|1 4 0|-rc.1" },
		{ "v1.0rc3", "v|1 0|rc3" },
		{ "release-1.2", "release-|1 2|" },
		{ "2024.01", "|2024 1|" },
		{ "2024-01-15", "|2024|-01-15" },
		{ "curl-8_5_0", "curl-|8 5 0|" },
		{ "REL_15_3", "REL_|15 3|" },
		{ "python-3.10-v1.2.3", "python-3.10-v|1 2 3|" },
		{ "cuda12.1/2.0", "cuda12.1/|2 0|" },
		{ "libfoo2-1.8", "libfoo2-|1 8|" },
		{ "1.2.3-beta.1.2", "|1 2 3|-beta.1.2" },
		{ "v5", "v|5|" },
		{ "build-7", "build-|7|" },
		{ "rev5-r8", "rev|5|-r8" },
		{ "v1.", "v|1|." },
		{ "v1.0.2a", "v|1 0 2|a" },
		{ "v999999999999999999", "v|999999999999999999|" },
		{ "v9999999999999999999", "v9999999999999999999||" },
		{ "nightly", "nightly||" },
		{ "", "||" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(parsed(cases[i][0]), cases[i][1]);
}

static int order(const char *a, const char *b)
{
	struct version one, two;

	version_parse(&one, &arena, a);
	version_parse(&two, &arena, b);
	return version_compare(&one, &two);
}

static void versions_have_an_order(void **state)
{
	static const char *const rising[] = {
		"v0.9",       "v1.0-alpha", "v1.0-rc2", "v1.0-rc10", "v1.0",
		"v1.0.1-rc1", "v1.0.1",     "v1.0.1a",  "v1.0.1b",   "v1.0.2",
		"v1.9",       "v1.10",      "v2",
	};

	(void)state;
	for (size_t i = 0; i + 1 < ARRAY_SIZE(rising); i++) {
		if (order(rising[i], rising[i + 1]) >= 0)
			fail_msg("%s is not below %s", rising[i],
				 rising[i + 1]);
		assert_true(order(rising[i + 1], rising[i]) > 0);
	}
	assert_int_equal(order("v1", "v1.0.0"), 0);
	assert_int_equal(order("client/v1.2", "v1.2"), 0);
}

static struct policy policy_of(enum require require)
{
	struct policy policy = { .require = require };

	vec_push(&arena, &policy.tags, "v[0-9]*");
	vec_push(&arena, &policy.tags, "*/v[0-9]*");
	vec_push(&arena, &policy.ignore, "*-rc*");
	return policy;
}

static void patterns_say_what_a_release_is(void **state)
{
	struct policy policy = policy_of(REQUIRE_ALL);

	(void)state;
	assert_true(release_is(&policy, "v1.0"));
	assert_true(release_is(&policy, "a/b/v1.0")); /* * crosses slashes */
	assert_false(release_is(&policy, "v1.0-rc1"));
	assert_false(release_is(&policy, "vnext"));
	assert_false(release_is(&policy, "nightly"));
}

static void some_releases_owe_a_retro(void **state)
{
	static const struct {
		const char *tag;
		bool minor, major;
	} cases[] = {
		{ "v2", true, true },          { "v2.0.0", true, true },
		{ "v1.4", true, false },       { "v1.4.0", true, false },
		{ "v2.43.0.0", true, false },  { "v2.43.0.1", false, false },
		{ "v1.4.2", false, false },    { "client/v3.5.0", true, false },
		{ "2024.01", true, false },    { "nightly", true, true },
		{ "curl-8_5_0", true, false }, { "curl-8_0_0", true, true },
	};
	struct policy all = policy_of(REQUIRE_ALL);
	struct policy minor = policy_of(REQUIRE_MINOR);
	struct policy major = policy_of(REQUIRE_MAJOR);
	struct policy none = policy_of(REQUIRE_NONE);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *tag = cases[i].tag;

		assert_true(release_requires(&all, &arena, tag));
		assert_int_equal(release_requires(&minor, &arena, tag),
				 cases[i].minor);
		assert_int_equal(release_requires(&major, &arena, tag),
				 cases[i].major);
		assert_false(release_requires(&none, &arena, tag));
	}
}

/* --- in a repository ---------------------------------------------------- */

static struct repo *opened(void)
{
	struct repo *repo;

	assert_null(repo_open(&repo));
	return repo;
}

static const char *previous(struct repo *repo, const char *name)
{
	struct policy policy = policy_of(REQUIRE_ALL);
	struct release before;
	struct ref tag;
	bool found;

	assert_null(ref_tag(&tag, &arena, repo, name));
	assert_null(
		release_previous(&before, &found, &arena, repo, &policy, &tag));
	return found ? before.tag.name : "none";
}

static void tag(const char *name)
{
	tick();
	sh("git tag -a -m 'release' '%s'", name);
}

static void the_release_before_is_an_ancestor_of_its_kind(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("previous");
	commit("a", "one\n");
	tag("v1.0");
	tag("client/v1.0");
	commit("a", "two\n");
	tag("v1.1-rc1");
	sh("git tag 1.0.5");
	sh("git tag v1.1-alias-before"); /* the same commit, another name */
	commit("a", "three\n");
	tag("v1.1");
	tag("server/v0.1");
	sh("git tag v1.1.9");
	sh("git checkout -q -b old v1.0");
	commit("a", "on the old line\n");
	tag("v1.0.9");
	sh("git checkout -q main");
	commit("a", "four\n");
	tag("v1.2");
	tag("client/v1.2");
	tag("v1.10");
	sh("git tag nightly; git tag blob $(git rev-parse HEAD:a)");
	repo = opened();
	assert_string_equal(previous(repo, "v1.0"), "none");
	assert_string_equal(previous(repo, "client/v1.0"), "none");
	/* an rc is no release; a name on the same commit is not earlier; the
	 * suffix of v1.1-alias-before sorts it below v1.1 */
	assert_string_equal(previous(repo, "v1.1"), "v1.1-alias-before");
	assert_string_equal(previous(repo, "v1.1-alias-before"), "v1.0");
	assert_string_equal(previous(repo, "v1.1-rc1"), "v1.0");
	/* not v1.0.9, which is on another line, nor v1.10 on the same commit */
	assert_string_equal(previous(repo, "v1.2"), "v1.1.9");
	assert_string_equal(previous(repo, "v1.0.9"), "v1.0");
	assert_string_equal(previous(repo, "client/v1.2"), "client/v1.0");
	assert_string_equal(previous(repo, "server/v0.1"), "none");
	/* no version: the newest by time */
	assert_string_equal(previous(repo, "nightly"), "server/v0.1");
	assert_string_equal(previous(repo, "blob"), "none");
	repo_close(repo);
}

static void a_v_more_is_the_same_line_of_releases(void **state)
{
	struct policy policy = { .tags = { 0 } };
	struct release before;
	struct repo *repo;
	struct ref ref;
	bool found;

	(void)state;
	enter_repo("letter");
	commit("a", "one\n");
	tag("1.0");
	commit("a", "two\n");
	tag("v1.1");
	repo = opened();
	vec_push(&arena, &policy.tags, "*");
	assert_null(ref_tag(&ref, &arena, repo, "v1.1"));
	assert_null(
		release_previous(&before, &found, &arena, repo, &policy, &ref));
	assert_true(found);
	assert_string_equal(before.tag.name, "1.0");
	repo_close(repo);
}

/* More candidates than one question holds. */
static void the_release_before_may_be_far(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("far");
	commit("a", "one\n");
	tag("v1.0");
	sh("git checkout -q -b side");
	for (int i = 1; i <= 20; i++) {
		commit("a", "side\n");
		sh("git tag v1.%d", i);
	}
	sh("git checkout -q main");
	commit("b", "two\n");
	tag("v2.0");
	repo = opened();
	assert_string_equal(previous(repo, "v2.0"), "v1.0");
	repo_close(repo);
}

static void releases_are_listed_by_time(void **state)
{
	struct policy policy = policy_of(REQUIRE_ALL);
	struct releases all = { 0 };
	struct repo *repo;

	(void)state;
	enter_repo("list");
	commit("a", "one\n");
	sh("git tag v1.10; git tag v1.9; git tag z; git tag v1.0-rc1");
	commit("a", "two\n");
	tag("v1.8");
	tag("v1.1");
	sh("git tag v3 $(git rev-parse HEAD:a)"); /* leads to no commit */
	repo = opened();
	assert_null(release_list(&all, &arena, repo, &policy));
	assert_int_equal(all.nr, 4);
	/* at the same moment the lower version comes first */
	assert_string_equal(all.at[0].tag.name, "v1.9");
	assert_string_equal(all.at[1].tag.name, "v1.10");
	assert_string_equal(all.at[2].tag.name, "v1.8");
	assert_string_equal(all.at[3].tag.name, "v1.1");
	repo_close(repo);
}

static bool is_old(struct repo *repo, const char *since, const char *name)
{
	struct policy policy = { .since = since };
	struct ref ref;
	bool old;

	assert_null(ref_tag(&ref, &arena, repo, name));
	assert_null(release_before_since(&old, &arena, repo, &policy, &ref));
	return old;
}

static void what_is_older_than_since_is_left_alone(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("since");
	commit("a", "one\n");
	tag("v1.0");
	commit("a", "two\n");
	tag("v1.1");
	repo = opened();
	assert_true(is_old(repo, "v1.1", "v1.0"));
	assert_false(is_old(repo, "v1.1", "v1.1"));
	assert_false(is_old(repo, "v1.0", "v1.1"));
	assert_false(is_old(repo, "v0.1", "v1.0"));
	assert_false(is_old(repo, NULL, "v1.0"));
	repo_close(repo);
}

static int leave(void **state)
{
	arena_release(&arena);
	return scratch_leave(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_version_is_found_in_a_name),
		cmocka_unit_test(versions_have_an_order),
		cmocka_unit_test(patterns_say_what_a_release_is),
		cmocka_unit_test(some_releases_owe_a_retro),
		cmocka_unit_test(the_release_before_is_an_ancestor_of_its_kind),
		cmocka_unit_test(a_v_more_is_the_same_line_of_releases),
		cmocka_unit_test(the_release_before_may_be_far),
		cmocka_unit_test(releases_are_listed_by_time),
		cmocka_unit_test(what_is_older_than_since_is_left_alone),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
