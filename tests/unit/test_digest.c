/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "git/repo.h"
#include "git/rev.h"
#include "lineage/digest.h"
#include "scratch.h"

static struct arena arena;

static struct digest digest(const char *from, const char *to)
{
	struct digest out;
	struct range range = { 0 };
	struct repo *repo;
	struct oid start;
	struct err *e;

	assert_null(repo_open(&repo));
	assert_null(rev_commit(&range.to, repo, to));
	if (from) {
		assert_null(rev_commit(&start, repo, from));
		range.from = &start;
	}
	e = digest_range(&out, &arena, repo, &range, NULL);
	if (e)
		fail_msg("%s", e->text);
	repo_close(repo);
	return out;
}

/* A commit that takes back another, as git words it. */
static void revert(const char *what, const char *tag)
{
	tick();
	sh("git revert --no-edit '%s' >/dev/null; git tag %s", what, tag);
}

static void tagged(const char *tag, const char *message)
{
	commit(tag, message);
	sh("git tag %s", tag);
}

/* "x<-y*1 shipped, ..." by subjects. */
static const char *reverts(const struct digest *d)
{
	struct buf out = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < d->reverts.nr; i++) {
		const struct digest_revert *r = &d->reverts.at[i];

		buf_addf(&out, "%s%s<-%s*%zu%s", i ? ", " : "",
			 r->reverted_known ? r->reverted.subject
					   : r->reverted.abbrev,
			 r->revert.subject, r->times,
			 r->shipped ? " shipped" : "");
	}
	text = arena_strdup(&arena, out.p);
	buf_release(&out);
	return text;
}

static void figures_are_gits(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("figures");
	tagged("v1", "one\n");
	sh("git checkout -q -b side");
	commit("side", "side\n");
	sh("git checkout -q main; seq 50 >long; git add long");
	commit("long", "long\n");
	tick();
	sh("git merge -q -m 'Merge the side' side; git mv long longer\n"
	   "printf '\\0' >binary; git add .");
	commit("x", "more\n");
	d = digest("v1", "HEAD");
	assert_int_equal(d.commits, 4);
	assert_int_equal(d.merges, 1);
	assert_false(d.first);
	assert_false(d.shallow);
	assert_true(d.lines_known);
	assert_int_equal(d.files.nr, 4);
	assert_string_equal(d.files.at[0].path, "longer");
	assert_int_equal(d.files.at[0].added, 51);
	assert_int_equal(d.lines_added, 53);
	assert_int_equal(d.lines_deleted, 0);
	d = digest(NULL, "HEAD");
	assert_int_equal(d.commits, 5);
	assert_true(d.first);
	d = digest("HEAD", "v1");
	assert_int_equal(d.commits, 0);
	assert_int_equal(d.authors.nr, 0);
	assert_int_equal(d.first_day, DAY_NONE);
	assert_int_equal(d.lines_deleted, 53);
}

static void people_are_counted_without_merges(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("people");
	sh("printf 'Bo <bo@x>\nBo <bo@x> <old@x>\n' >.mailmap");
	tagged("v1", "one\n");
	commit("a", "two\n\nCo-authored-by: Bo <old@x>\n"
		    "Co-authored-by: Ann <ANN@example.com>\n"
		    "Co-authored-by: Cy <cy@x>\n");
	setenv("GIT_AUTHOR_NAME", "Bo B.", 1);
	setenv("GIT_AUTHOR_EMAIL", "old@x", 1);
	commit("a", "three\n");
	commit("a", "four\n");
	setenv("GIT_AUTHOR_EMAIL", "bo@x", 1);
	sh("git checkout -q -b side HEAD~1");
	commit("b", "five\n");
	sh("git checkout -q main; git merge -q -m merge side");
	setenv("GIT_AUTHOR_NAME", "Ann Author", 1);
	setenv("GIT_AUTHOR_EMAIL", "ann@example.com", 1);
	d = digest("v1", "HEAD");
	assert_int_equal(d.authors.nr, 3);
	assert_string_equal(d.authors.at[0].person.name, "Bo");
	assert_string_equal(d.authors.at[0].person.mail, "bo@x");
	assert_int_equal(d.authors.at[0].commits, 3);
	assert_int_equal(d.authors.at[0].co_authored, 1);
	assert_string_equal(d.authors.at[1].person.name, "Ann Author");
	assert_int_equal(d.authors.at[1].commits, 1);
	/* who names himself as co-author is none */
	assert_int_equal(d.authors.at[1].co_authored, 0);
	assert_string_equal(d.authors.at[2].person.mail, "cy@x");
	assert_int_equal(d.authors.at[2].commits, 0);
	assert_int_equal(d.authors.at[2].co_authored, 1);
}

static void a_chain_of_reverts_is_followed_to_its_end(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("chain");
	tagged("v1", "start\n");
	tagged("x", "x\n");
	revert("x", "r1");
	d = digest("v1", "r1");
	assert_string_equal(reverts(&d), "x<-Revert \"x\"*1");
	/* taken back and back again: nothing happened to x */
	revert("r1", "r2");
	d = digest("v1", "r2");
	assert_string_equal(reverts(&d), "");
	revert("r2", "r3");
	d = digest("v1", "r3");
	assert_int_equal(d.reverts.nr, 1);
	assert_string_equal(d.reverts.at[0].reverted.subject, "x");
	assert_string_equal(d.reverts.at[0].revert.subject,
			    output("git log -1 --format=%s r3"));
	assert_int_equal(d.reverts.at[0].times, 3);
	/* of the range alone: each end decides */
	d = digest("r1", "r2");
	assert_string_equal(reverts(&d), "");
	d = digest("r2", "r3");
	assert_int_equal(d.reverts.nr, 1);
	assert_int_equal(d.reverts.at[0].times, 3);
	assert_true(d.reverts.at[0].shipped);
	assert_string_equal(d.reverts.at[0].reverted.subject, "x");
}

static void a_reverted_commit_may_lie_anywhere(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("where");
	tagged("old", "old\n");
	sh("git checkout -q -b elsewhere");
	tagged("other", "other\n");
	sh("git checkout -q main");
	tagged("v1", "start\n");
	tagged("new", "new\n");
	revert("old", "r-old");
	revert("new", "r-new");
	commit("a", "Revert \"lost\"\n\nThis reverts commit "
		    "1234567890123456789012345678901234567890.\n");
	sh("git commit -q --allow-empty -m 'Revert other' "
	   "-m \"This reverts commit $(git rev-parse --short other).\"");
	d = digest("v1", "HEAD");
	assert_string_equal(
		reverts(&d),
		"other<-Revert other*1, "
		"1234567890123456789012345678901234567890<-Revert \"lost\"*1, "
		"new<-Revert \"new\"*1, "
		"old<-Revert \"old\"*1 shipped");
	assert_false(oid_is_zero(&d.reverts.at[1].reverted.id));
	assert_int_equal(strlen(d.reverts.at[0].reverted.abbrev), 7);
	assert_int_equal(strlen(d.reverts.at[0].revert.abbrev), 7);
	/* from the beginning nothing was released before */
	d = digest(NULL, "HEAD");
	assert_null(strstr(reverts(&d), "shipped"));
}

static void one_message_may_take_back_several(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("several");
	tagged("v1", "start\n");
	tagged("x", "x\n");
	tagged("y", "y\n");
	sh("git commit -q --allow-empty -m 'Revert both' "
	   "-m \"This reverts commits $(git rev-parse x) and "
	   "$(git rev-parse y).\"; git tag both");
	d = digest("v1", "HEAD");
	assert_int_equal(d.reverts.nr, 2);
	/* twice by different commits is out once */
	sh("git commit -q --allow-empty -m 'Revert x' "
	   "-m \"This reverts commit $(git rev-parse x).\"");
	d = digest("v1", "HEAD");
	assert_int_equal(d.reverts.nr, 2);
	/* and stays out when one of the two is taken back */
	sh("git commit -q --allow-empty -m 'Reapply both' "
	   "-m \"This reverts commit $(git rev-parse both).\"");
	d = digest("v1", "HEAD");
	assert_int_equal(d.reverts.nr, 1);
	assert_string_equal(d.reverts.at[0].reverted.subject, "x");
	assert_string_equal(d.reverts.at[0].revert.subject, "Revert x");
}

static void fixes_and_picks_are_linked(void **state)
{
	struct digest d;
	struct buf message = BUF_INIT;

	(void)state;
	enter_repo("fixes");
	tagged("old", "old\n");
	tagged("v1", "start\n");
	tagged("new", "new\n");
	buf_addf(&message, "fix old\n\nFixes: %.12s (\"old\")\n",
		 output("git rev-parse old"));
	commit("a", message.p);
	buf_reset(&message);
	buf_addf(&message, "fix new\n\nFixes %s\n",
		 output("git rev-parse new"));
	commit("a", message.p);
	commit("a", "fix lost\n\nFixes: abcdef123456 (\"lost\")\n");
	commit("a", "fix issue\n\nFixes #12\n");
	buf_release(&message);
	commit("a", "picked\n\n"
		    "(cherry picked from commit "
		    "1111111111111111111111111111111111111111)\n"
		    "(cherry picked from commit "
		    "2222222222222222222222222222222222222222)\n");
	commit("a", "stable\n\n[ Upstream commit "
		    "3333333333333333333333333333333333333333 ]\n");
	d = digest("v1", "HEAD");
	assert_int_equal(d.fixes.nr, 3);
	assert_string_equal(d.fixes.at[0].fix.subject, "fix lost");
	assert_false(d.fixes.at[0].fixed_known);
	assert_string_equal(d.fixes.at[0].fixed.abbrev, "abcdef123456");
	assert_string_equal(d.fixes.at[1].fixed.subject, "new");
	assert_false(d.fixes.at[1].shipped);
	assert_string_equal(d.fixes.at[2].fixed.subject, "old");
	assert_true(d.fixes.at[2].shipped);
	assert_int_equal(d.picks.nr, 2);
	assert_true(d.picks.at[0].upstream);
	assert_string_equal(d.picks.at[1].from,
			    "2222222222222222222222222222222222222222");
}

static void a_request_is_named_once(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("requests");
	tagged("v1", "start\n");
	sh("git checkout -q -b topic");
	commit("b", "Add the loader (#7)\n");
	sh("git checkout -q main");
	tick();
	sh("git merge -q --no-ff -m 'Merge pull request #7 from ann/topic' "
	   "-m 'Add the loader' topic");
	commit("a", "Add a test (#8)\n");
	commit("a", "Add a test again (#8)\n");
	sh("git checkout -q -b topic2 HEAD~1");
	commit("c", "plain\n");
	sh("git checkout -q main");
	tick();
	sh("git merge -q -m 'Merge branch topic2' topic2");
	d = digest("v1", "HEAD");
	assert_int_equal(d.requests.nr, 3);
	assert_null(d.requests.at[0].request);
	assert_string_equal(d.requests.at[0].title, "Merge branch topic2");
	assert_string_equal(d.requests.at[1].request, "#8");
	assert_string_equal(d.requests.at[1].title, "Add a test again");
	assert_string_equal(d.requests.at[2].request, "#7");
	assert_string_equal(d.requests.at[2].title, "Add the loader");
	assert_string_equal(d.requests.at[2].commit.subject,
			    "Merge pull request #7 from ann/topic");
}

static void manifests_are_known_by_name(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("manifests");
	tagged("v1", "start\n");
	sh("mkdir -p sub/deep; seq 3 >sub/requirements-dev.txt\n"
	   "seq 9 >sub/deep/go.sum; seq 5 >myrequirements.txt\n"
	   "mkdir package.json.d; seq 2 >package.json.d/x; git add .");
	commit("poetry.lock", "dependencies\n");
	d = digest("v1", "HEAD");
	assert_int_equal(d.dependencies.nr, 3);
	assert_string_equal(d.dependencies.at[0].path, "sub/deep/go.sum");
	assert_int_equal(d.dependencies.at[0].added, 9);
	assert_string_equal(d.dependencies.at[1].path,
			    "sub/requirements-dev.txt");
	assert_string_equal(d.dependencies.at[2].path, "poetry.lock");
}

static void absurd_dates_do_not_count(void **state)
{
	static const char *const dates[] = {
		"@0 +0000",
		"@4999999999 +0000",
		"@1767700000 +0000",
		"@1767607200 -2300",
	};
	struct digest d;

	(void)state;
	enter_repo("dates");
	setenv("GIT_COMMITTER_DATE", "@1767607200 +0000", 1);
	for (size_t i = 0; i < ARRAY_SIZE(dates); i++)
		sh("GIT_AUTHOR_DATE='%s' git commit -q --allow-empty -m %zu",
		   dates[i], i);
	d = digest(NULL, "HEAD");
	assert_int_equal(d.commits, 4);
	assert_int_equal(d.first_day, 20457); /* 2026-01-04, west of UTC */
	assert_int_equal(d.last_day, 20457);
}

static void a_shallow_range_is_called_so(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("deep");
	for (int i = 0; i < 6; i++)
		commit("a", "more\n");
	sh("cd ..; git clone -q --depth 3 file://$PWD/deep cut");
	assert_int_equal(chdir("../cut"), 0);
	d = digest(NULL, "HEAD");
	assert_true(d.shallow);
	assert_int_equal(d.commits, 3);
	assert_int_equal(d.files.nr, 1);
	/* what is all there is not */
	d = digest("HEAD~1", "HEAD");
	assert_false(d.shallow);
}

/* Without blobs there are no lines to count, but paths. */
static void a_partial_clone_is_enough(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("full");
	sh("git config uploadpack.allowFilter true; seq 5 >go.mod\n"
	   "git add go.mod");
	tagged("v1", "one\n");
	sh("seq 6 >go.mod; git add go.mod");
	commit("b", "two\n");
	sh("cd ..; git clone -q --bare --filter=blob:none file://$PWD/full "
	   "partial");
	assert_int_equal(chdir("../partial"), 0);
	d = digest("v1", "HEAD");
	assert_false(d.lines_known);
	assert_int_equal(d.commits, 1);
	assert_int_equal(d.files.nr, 2);
	assert_string_equal(d.files.at[0].path, "b");
	assert_int_equal(d.files.at[0].added, 0);
	assert_int_equal(d.dependencies.nr, 1);
	assert_string_equal(output("git rev-list --objects --all "
				   "--missing=print | grep -c '^?'"),
			    "4");
}

/* More commits than any table starts with. */
static void a_long_range_is_read_whole(void **state)
{
	struct digest d;

	(void)state;
	enter_repo("long");
	sh("i=0; while test $i -lt 3000; do i=$((i + 1))\n"
	   "printf 'commit refs/heads/main\\nauthor P%%d <p%%d@x> %%d +0000\\n"
	   "committer C <c@x> %%d +0000\\ndata 2\\nx\\n' "
	   "$((i %% 700)) $((i %% 700)) $((1700000000 + i)) "
	   "$((1700000000 + i)); done | git fast-import --quiet");
	d = digest(NULL, "main");
	assert_int_equal(d.commits, 3000);
	assert_int_equal(d.authors.nr, 700);
	assert_int_equal(d.authors.at[0].commits, 5);
	assert_int_equal(d.authors.at[699].commits, 4);
	assert_int_equal(d.files.nr, 0);
}

static int leave(void **state)
{
	arena_release(&arena);
	return scratch_leave(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_gits),
		cmocka_unit_test(people_are_counted_without_merges),
		cmocka_unit_test(a_chain_of_reverts_is_followed_to_its_end),
		cmocka_unit_test(a_reverted_commit_may_lie_anywhere),
		cmocka_unit_test(one_message_may_take_back_several),
		cmocka_unit_test(fixes_and_picks_are_linked),
		cmocka_unit_test(a_request_is_named_once),
		cmocka_unit_test(manifests_are_known_by_name),
		cmocka_unit_test(absurd_dates_do_not_count),
		cmocka_unit_test(a_shallow_range_is_called_so),
		cmocka_unit_test(a_partial_clone_is_enough),
		cmocka_unit_test(a_long_range_is_read_whole),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
