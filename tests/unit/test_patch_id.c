/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "git/patch_id.h"
#include "git/repo.h"
#include "git/rev.h"
#include "scratch.h"

static struct arena arena;
static struct repo *repo;

static struct oid at(const char *name)
{
	struct oid id;

	assert_null(rev_commit(&id, repo, name));
	return id;
}

static void open_repo(void)
{
	assert_null(repo_open(&repo));
}

static void close_repo(void)
{
	repo_close(repo);
	arena_release(&arena);
}

/* A branch of two commits, picked onto another one; a merge; an empty one. */
static void make_history(void)
{
	enter_repo("picks");
	commit("f", "base\n");
	sh("git branch other\ngit tag base");
	commit("a", "one\n");
	sh("git tag one");
	commit("b", "two\n");
	sh("git tag two\ngit checkout -q other");
	commit("c", "meanwhile\n");
	tick();
	sh("git cherry-pick one two >/dev/null\ngit tag two-picked\n"
	   "git tag one-picked HEAD^\n"
	   "git merge -q -s ours -m merge main\ngit tag merge\n"
	   "git commit -q --allow-empty -m empty\ngit tag empty\n"
	   "git reset -q --hard base\n"
	   "git cherry-pick -n one two >/dev/null\n"
	   "git commit -q -m squash\ngit tag squash");
}

static void same_change(void **state)
{
	struct oid ids[7];
	struct oids commits = { 0 };
	static const char *const names[] = { "one",   "two",   "one-picked",
					     "merge", "empty", "two-picked",
					     "one" };

	(void)state;
	make_history();
	open_repo();
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		vec_push(&arena, &commits, at(names[i]));
	assert_null(patch_ids(ids, repo, &commits));
	assert_true(oid_equal(&ids[0], &ids[2]));
	assert_true(oid_equal(&ids[1], &ids[5]));
	assert_false(oid_equal(&ids[0], &ids[1]));
	assert_true(oid_is_zero(&ids[3]));
	assert_true(oid_is_zero(&ids[4]));
	assert_true(oid_equal(&ids[0], &ids[6]));
	close_repo();
}

/* The ids are those of git patch-id itself, whatever is configured. */
static void as_git(void **state)
{
	char hex[OID_HEX + 1];
	struct oid id;
	struct oids commits = { 0 };

	(void)state;
	open_repo();
	vec_push(&arena, &commits, at("two"));
	sh("git config diff.noprefix true\ngit config diff.algorithm patience\n"
	   "git config diff.context 1\ngit config diff.external /bin/false");
	assert_null(patch_ids(&id, repo, &commits));
	assert_string_equal(oid_hex(hex, &id),
			    output("git -c diff.noprefix=false diff-tree -p "
				   "--no-ext-diff two | "
				   "git patch-id --stable | cut -d' ' -f1"));
	close_repo();
}

/* Ranges that end in one commit are told apart, also where one is empty. */
static void between(void **state)
{
	struct oid base, two, ids[4];
	struct range ranges[4];

	(void)state;
	open_repo();
	base = at("base");
	two = at("two");
	ranges[0] = (struct range){ .from = &two, .to = two };
	ranges[1] = (struct range){ .from = &base, .to = two };
	ranges[2] = (struct range){ .from = NULL, .to = at("squash") };
	ranges[3] = (struct range){ .from = NULL, .to = two };
	assert_null(patch_ids_between(ids, repo, ranges, 4));
	assert_true(oid_is_zero(&ids[0]));
	assert_true(oid_equal(&ids[1], &ids[2]));
	assert_false(oid_equal(&ids[1], &ids[3]));
	assert_false(oid_is_zero(&ids[3]));
	close_repo();
}

/* A root has one; other bytes in a binary file are another change. */
static void roots_and_binaries(void **state)
{
	struct oid ids[3];
	struct oids commits = { 0 };

	(void)state;
	enter_repo("binary");
	sh("printf 'a\\0b' >bin; git add bin; git commit -q -m root\n"
	   "printf 'a\\0c' >bin; git commit -q -a -m c\n"
	   "git reset -q --hard HEAD^; git tag root HEAD; git tag c ORIG_HEAD\n"
	   "printf 'a\\0d' >bin; git commit -q -a -m d; git tag d");
	open_repo();
	vec_push(&arena, &commits, at("root"));
	vec_push(&arena, &commits, at("c"));
	vec_push(&arena, &commits, at("d"));
	assert_null(patch_ids(ids, repo, &commits));
	assert_false(oid_is_zero(&ids[0]));
	assert_false(oid_equal(&ids[1], &ids[2]));
	commits.nr = 0;
	assert_null(patch_ids(ids, repo, &commits));
	close_repo();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_change),
		cmocka_unit_test(as_git),
		cmocka_unit_test(between),
		cmocka_unit_test(roots_and_binaries),
	};

	return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
