/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "corpus/trailers.h"
#include "git/rev.h"
#include "tmp.h"

#define CACHE ".git/retro/ledger"

static struct arena arena = ARENA_INIT;
static char *home;

static void sh(const char *command)
{
	if (system(command))
		fail_msg("failed: %s", command);
}

static int enter_repo(void **state)
{
	(void)state;
	home = tmp_dir();
	assert_non_null(home);
	assert_int_equal(chdir(home), 0);
	setenv("HOME", home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Ann", 1);
	setenv("GIT_AUTHOR_EMAIL", "ann@example.com", 1);
	setenv("GIT_COMMITTER_NAME", "Ann", 1);
	setenv("GIT_COMMITTER_EMAIL", "ann@example.com", 1);
	sh("git init -q -b main r");
	assert_int_equal(chdir("r"), 0);
	return 0;
}

static int leave_repo(void **state)
{
	struct buf command = BUF_INIT;

	(void)state;
	assert_int_equal(chdir("/"), 0);
	buf_addf(&command, "chmod -R u+w %s; rm -rf %s", home, home);
	sh(command.p);
	buf_release(&command);
	free(home);
	arena_release(&arena);
	return 0;
}

/* A commit a minute; the trailers stand behind an empty line. */
static void commit(const char *subject, const char *trailers)
{
	static int clock = 1767607200;
	struct buf command = BUF_INIT;

	clock += 60;
	buf_addf(&command,
		 "GIT_COMMITTER_DATE='%d +0200' git commit -q --allow-empty "
		 "-m '%s' -m '%s'",
		 clock, subject, trailers);
	sh(command.p);
	buf_release(&command);
}

static char *describe(const struct trailer_links *links)
{
	struct buf text = BUF_INIT;
	char *copy;

	for (size_t i = 0; i < links->nr; i++)
		buf_addf(&text, "%d:%s ", (int)links->at[i].key,
			 links->at[i].value);
	copy = arena_strdup(&arena, text.p);
	buf_release(&text);
	return copy;
}

/* What is found from a revision. */
static const char *found(const char *rev)
{
	struct trailer_links links = { 0 };
	struct repo *repo;
	struct oid tip;

	assert_null(repo_open(&repo));
	assert_null(rev_commit(&tip, repo, rev));
	assert_null(trailers_load(&links, &arena, repo, &tip));
	repo_close(repo);
	return describe(&links);
}

static void an_empty_repository_has_none(void **state)
{
	struct trailer_links links = { 0 };
	struct repo *repo;

	(void)state;
	assert_null(repo_open(&repo));
	assert_null(trailers_head(&links, &arena, repo));
	assert_int_equal(links.nr, 0);
	repo_close(repo);
}

static void reads_every_key(void **state)
{
	(void)state;
	commit("one", "Retro: a\nRetro-Cause: b\nretro-fix:   c  ");
	commit("two", "Retro-Action: a#A1\nSigned-off-by: Ann <a@b>");
	commit("above", "Retro: f\n\nand a sentence follows");
	commit("quoted", "> Retro: g\n\n```\nRetro: h\n```");
	commit("Retro: this is a subject", "");
	commit("other", "Retrofit: d\nRetro-Other: e\nRetro:");
	assert_string_equal(found("HEAD"), "0:f 3:a#A1 0:a 1:b 2:c ");
	assert_string_equal(found("HEAD"), "0:f 3:a#A1 0:a 1:b 2:c ");
}

static void knows_when_and_by_which_commit(void **state)
{
	struct trailer_links links = { 0 };
	const struct trailer_link *link;
	struct repo *repo;
	struct oid head;

	(void)state;
	commit("one", "Retro-Action: x#A1");
	commit("two", "Retro-Action: x#a1");
	assert_null(repo_open(&repo));
	assert_null(trailers_head(&links, &arena, repo));
	assert_null(rev_head(&head, repo));
	link = trailers_closing(&links, "x", "A1");
	assert_non_null(link);
	assert_true(oid_equal(&link->commit, &head));
	assert_int_equal(link->committed.zone, 120);
	assert_null(trailers_closing(&links, "x", "A11"));
	assert_null(trailers_closing(&links, "x#A1", "A1"));
	assert_null(trailers_closing(&links, "", "A1"));
	repo_close(repo);
}

static void a_branch_sees_what_it_reaches(void **state)
{
	(void)state;
	commit("base", "Retro: base");
	sh("git checkout -q -b side");
	commit("side", "Retro: side");
	assert_string_equal(found("side"), "0:side 0:base ");
	sh("git checkout -q main");
	commit("main", "Retro: main");
	for (int pass = 0; pass < 2; pass++) {
		assert_string_equal(found("main"), "0:main 0:base ");
		assert_string_equal(found("side"), "0:side 0:base ");
		assert_string_equal(found("main~"), "0:base ");
	}
	sh("git merge -q -m merge side");
	assert_string_equal(found("main"), "0:main 0:side 0:base ");
	assert_string_equal(found("side"), "0:side 0:base ");
}

/* More tips than one. */
static void many_tips_bring_nothing_twice(void **state)
{
	(void)state;
	commit("base", "Retro: base");
	sh("git checkout -q -b side");
	commit("side", "Retro: side");
	assert_string_equal(found("side"), "0:side 0:base ");
	sh("git checkout -q main");
	for (int i = 0; i < 20; i++) {
		commit("more", "");
		assert_string_equal(found("main"), "0:base ");
	}
	assert_string_equal(found("side"), "0:side 0:base ");
	assert_string_equal(found("main"), "0:base ");
}

static void set_cache(const char *bytes, size_t n)
{
	FILE *file = fopen(CACHE, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

/* Every byte that may be lost or turned, and files that were never ours. */
static void a_damaged_cache_is_no_harm(void **state)
{
	static const char *const others[] = {
		"",
		"\n",
		"git-retro ledger 1\n",
		"git-retro ledger 0\nt 0123456789abcdef\n",
	};
	struct buf good = BUF_INIT;
	const char *want = "0:side 0:base ";

	(void)state;
	commit("base", "Retro: base");
	assert_string_equal(found("main"), "0:base ");
	commit("side", "Retro: side");
	assert_string_equal(found("main"), want);
	assert_null(file_read(&good, CACHE, FILE_MAX));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		set_cache(others[i], strlen(others[i]));
		assert_string_equal(found("main"), want);
	}
	for (size_t i = 0; i < good.n; i += 7) {
		set_cache(good.p, i);
		assert_string_equal(found("main"), want);
		good.p[i] ^= 1;
		set_cache(good.p, good.n);
		good.p[i] ^= 1;
		assert_string_equal(found("main"), want);
	}
	sh("rm " CACHE);
	assert_string_equal(found("main"), want);
	sh("rm " CACHE "; mkdir " CACHE);
	assert_string_equal(found("main"), want);
	buf_release(&good);
}

/* The cache is used at all: what it says is not searched for again, though git
 * may still be asked which refs and objects there are. */
static void the_cache_is_read(void **state)
{
	(void)state;
	commit("base", "Retro: base");
	assert_string_equal(found("main"), "0:base ");
	sh("mkdir bin && printf '#!/bin/sh\ncase \" $* \" in *\" log \"*) "
	   "exit 1 ;; esac\nexec /usr/bin/git \"$@\"\n' >bin/git && "
	   "chmod +x bin/git");
	sh("ls " CACHE);
	setenv("PATH", "bin:/usr/bin:/bin", 1);
	assert_string_equal(found("HEAD"), "0:base ");
	setenv("PATH", "/usr/bin:/bin", 1);
}

static void what_was_collected_is_gone(void **state)
{
	(void)state;
	commit("base", "Retro: base");
	sh("git checkout -q -b side");
	commit("side", "Retro: side");
	assert_string_equal(found("side"), "0:side 0:base ");
	sh("git checkout -q main && git branch -q -D side && "
	   "git reflog expire --expire=now --all && git gc -q --prune=now");
	commit("main", "Retro: main");
	assert_string_equal(found("main"), "0:main 0:base ");
	assert_string_equal(found("main"), "0:main 0:base ");
}

static void a_shallow_clone_can_be_deepened(void **state)
{
	(void)state;
	commit("one", "Retro: one");
	commit("two", "Retro: two");
	sh("git clone -q --depth 1 \"file://$PWD\" ../shallow");
	assert_int_equal(chdir("../shallow"), 0);
	assert_string_equal(found("main"), "0:two ");
	sh("git fetch -q --unshallow");
	assert_string_equal(found("main"), "0:two 0:one ");
	sh("git fetch -q --depth 1");
	assert_string_equal(found("main"), "0:two ");
}

static void replaced_history_is_read_as_git_shows_it(void **state)
{
	(void)state;
	commit("one", "Retro: one");
	commit("two", "Retro: two");
	assert_string_equal(found("main"), "0:two 0:one ");
	sh("git replace --graft HEAD");
	assert_string_equal(found("main"), "0:two ");
	sh("git replace -d $(git rev-parse HEAD) >/dev/null");
	assert_string_equal(found("main"), "0:two 0:one ");
}

static void a_locked_cache_is_left_alone(void **state)
{
	struct file_lock lock = { 0 };

	(void)state;
	commit("one", "Retro: one");
	sh("mkdir .git/retro");
	assert_null(file_lock(&lock, CACHE, 0));
	assert_string_equal(found("main"), "0:one ");
	assert_int_not_equal(access(CACHE, F_OK), 0);
	file_unlock(&lock);
	assert_string_equal(found("main"), "0:one ");
	assert_int_equal(access(CACHE, F_OK), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, enter_repo, leave_repo)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_repository_has_none),
		TEST(reads_every_key),
		TEST(knows_when_and_by_which_commit),
		TEST(a_branch_sees_what_it_reaches),
		TEST(many_tips_bring_nothing_twice),
		TEST(a_damaged_cache_is_no_harm),
		TEST(the_cache_is_read),
		TEST(what_was_collected_is_gone),
		TEST(a_shallow_clone_can_be_deepened),
		TEST(replaced_history_is_read_as_git_shows_it),
		TEST(a_locked_cache_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
