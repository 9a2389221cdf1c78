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
	/* known by its form, unless a pattern names it */
	assert_false(release_is(&policy, "v1.0b1"));
	assert_false(release_is(&policy, "v1.0-beta.2"));
	vec_push(&arena, &policy.tags, "v*-beta*");
	assert_true(release_is(&policy, "v1.0-beta.2"));
	assert_false(release_is(&policy, "v1.0b1"));
	assert_false(release_is(&policy, "v1.0-rc1"));
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
		{ "2024.01", true, false },    { "nightly", false, false },
		{ "curl-8_5_0", true, false }, { "curl-8_0_0", true, true },
	};
	struct policy all = policy_of(REQUIRE_ALL);
	struct policy minor = policy_of(REQUIRE_MINOR);
	struct policy major = policy_of(REQUIRE_MAJOR);
	struct policy none = policy_of(REQUIRE_NONE);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct release release = { 0 };

		version_parse(&release.version, cases[i].tag);
		assert_true(release_requires(&all, &release));
		assert_int_equal(release_requires(&minor, &release),
				 cases[i].minor);
		assert_int_equal(release_requires(&major, &release),
				 cases[i].major);
		assert_false(release_requires(&none, &release));
		/* a rebuild of it: only where all do */
		release.again = true;
		assert_true(release_requires(&all, &release));
		assert_false(release_requires(&minor, &release));
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

static void the_release_before_is_of_its_kind(void **state)
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
	/* an rc is no release, 1.0.5 none of the policy; an edition comes
	 * after what it is one of */
	assert_string_equal(previous(repo, "v1.1"), "v1.0");
	assert_string_equal(previous(repo, "v1.1-alias-before"), "v1.0");
	assert_string_equal(previous(repo, "v1.1-rc1"), "v1.0");
	/* not v1.0.9, which is lower, nor v1.10 on the same commit */
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
	sh("git checkout -q side");
	for (int i = 21; i <= 100; i++) {
		commit("a", "side\n");
		sh("git tag v1.%d", i);
	}
	repo = opened();
	/* the highest that was there, whether it is an ancestor or not */
	assert_string_equal(previous(repo, "v2.0"), "v1.20");
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

/* Names, joined by spaces. */
static const char *names(const struct releases *releases)
{
	struct buf out = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < releases->nr; i++)
		buf_addf(&out, "%s%s", i ? " " : "", releases->at[i].tag.name);
	text = arena_strdup(&arena, out.p);
	buf_release(&out);
	return text;
}

static const char *listed(struct repo *repo)
{
	struct policy policy = policy_of(REQUIRE_ALL);
	struct releases all = { 0 };

	assert_null(release_list(&all, &arena, repo, &policy));
	return names(&all);
}

static const char *since(struct repo *repo, const char *since)
{
	struct policy policy = policy_of(REQUIRE_ALL);
	struct releases all = { 0 }, after = { 0 };

	policy.since = since;
	assert_null(release_list(&all, &arena, repo, &policy));
	assert_null(release_since(&after, &arena, repo, &policy, &all));
	return names(&after);
}

static void what_is_not_after_since_is_left_alone(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("since");
	commit("a", "one\n");
	tag("v1.0");
	commit("a", "two\n");
	tag("v1.1");
	/* at the moment of v1.1: the version decides, or the package */
	sh("git tag v1.2; git tag v1.0.1; git tag client/v7.0");
	repo = opened();
	assert_string_equal(since(repo, "v1.2"), "v1.1");
	assert_string_equal(since(repo, "v1.0.1"), "v1.2 v1.1");
	assert_string_equal(since(repo, "v1.1"), "");
	assert_string_equal(since(repo, "v1.0"),
			    "v1.0.1 v1.2 client/v7.0 v1.1");
	assert_string_equal(since(repo, "v0.1"),
			    "v1.0 v1.0.1 v1.2 client/v7.0 v1.1");
	assert_string_equal(since(repo, NULL),
			    "v1.0 v1.0.1 v1.2 client/v7.0 v1.1");
	repo_close(repo);
}

static void tags_that_move_are_no_releases(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("floats");
	commit("a", "one\n");
	tag("v1.0.0");
	commit("a", "two\n");
	tag("v1.5.0");
	sh("git tag v1.5; git tag v1"); /* beside, or on the commit of v1.5.0 */
	commit("a", "three\n");
	tag("v2");
	tag("v2.0.1"); /* on the commit of v2: that moved there */
	commit("a", "four\n");
	tag("v3"); /* all there is of 3 */
	tag("client/v1.5");
	repo = opened();
	assert_string_equal(listed(repo),
			    "v1.0.0 v1.5.0 v2.0.1 v3 client/v1.5");
	repo_close(repo);
}

static void what_comes_after_a_release_begins_there(void **state)
{
	static const char *const after[] = {
		"v1.2.0.post1",   "v1.2.0-hotfix.1", "v1.2.0-1",
		"v1.2.0+build.5", "v1.2.0-p1",       "v1.2.0-ce",
	};
	struct repo *repo;

	(void)state;
	enter_repo("after");
	commit("a", "one\n");
	tag("v1.1.0");
	commit("a", "two\n");
	tag("v1.2.0");
	for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
		commit("a", after[i]);
		tag(after[i]);
		repo = opened();
		assert_string_equal(previous(repo, after[i]), "v1.2.0");
		repo_close(repo);
	}
	tag("v1.2.0-2");
	commit("a", "three\n");
	tag("v1.2.0-3");
	tag("v1.2.0-hotfix.2");
	tag("v1.2.0-jre");
	commit("a", "four\n");
	tag("v1.2.0-android");
	tag("v1.3.0-jre");
	repo = opened();
	assert_string_equal(previous(repo, "v1.2.0-3"), "v1.2.0-2");
	assert_string_equal(previous(repo, "v1.2.0-hotfix.2"),
			    "v1.2.0-hotfix.1");
	/* another edition is beside it, not before */
	assert_string_equal(previous(repo, "v1.2.0-android"), "v1.2.0");
	assert_string_equal(previous(repo, "v1.3.0-jre"), "v1.2.0-jre");
	repo_close(repo);
}

/* Each series on a branch of its own. */
static void no_ancestry_is_needed(void **state)
{
	struct repo *repo;

	(void)state;
	enter_repo("branches");
	commit("a", "one\n");
	for (int i = 1; i <= 3; i++) {
		sh("git checkout -q -b release/1.%d main", i);
		commit("b", "release\n");
		sh("git tag v1.%d.0b1", i);
		commit("b", "fix\n");
		sh("git tag v1.%d.0", i);
		commit("b", "patch\n");
		sh("git tag v1.%d.1", i);
		sh("git checkout -q main");
		commit("a", "work\n");
	}
	sh("git checkout -q release/1.2");
	commit("b", "late\n");
	tag("v1.2.2"); /* after v1.3.0 */
	repo = opened();
	assert_string_equal(previous(repo, "v1.3.0"), "v1.2.1");
	assert_string_equal(previous(repo, "v1.3.1"), "v1.3.0");
	assert_string_equal(previous(repo, "v1.2.2"), "v1.2.1");
	assert_string_equal(previous(repo, "v1.3.0b1"), "v1.2.1");
	assert_string_equal(previous(repo, "v1.1.0"), "none");
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
		cmocka_unit_test(patterns_say_what_a_release_is),
		cmocka_unit_test(some_releases_owe_a_retro),
		cmocka_unit_test(the_release_before_is_of_its_kind),
		cmocka_unit_test(a_v_more_is_the_same_line_of_releases),
		cmocka_unit_test(the_release_before_may_be_far),
		cmocka_unit_test(releases_are_listed_by_time),
		cmocka_unit_test(what_is_not_after_since_is_left_alone),
		cmocka_unit_test(tags_that_move_are_no_releases),
		cmocka_unit_test(what_comes_after_a_release_begins_there),
		cmocka_unit_test(no_ancestry_is_needed),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
