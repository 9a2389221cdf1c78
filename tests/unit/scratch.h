/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scratch folder with repositories in it, for unit tests: everything that
 * could differ from one machine to the next is pinned, as in tests/lib/test.sh.
 */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "tmp.h"

static char *scratch;
/* Moves a minute at every commit, from 2026-01-05 10:00 UTC. */
static long scratch_clock = 1767607200;

/* libgit2 1.5.1 loses some of PCRE2's memory where it reads extensions.*. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2";
}

/* Runs a shell script that must succeed. */
static PRINTF(1, 2) void sh(const char *fmt, ...)
{
	struct buf script = BUF_INIT;
	va_list ap;

	buf_addstr(&script, "set -e\n");
	va_start(ap, fmt);
	buf_vaddf(&script, fmt, ap);
	va_end(ap);
	if (system(script.p) != 0)
		fail_msg("%s", script.p);
	buf_release(&script);
}

static void tick(void)
{
	char date[32];

	scratch_clock += 60;
	snprintf(date, sizeof(date), "%ld +0000", scratch_clock);
	setenv("GIT_AUTHOR_DATE", date, 1);
	setenv("GIT_COMMITTER_DATE", date, 1);
}

/* Commits a change of `path` (a line more) with this message, byte for byte. */
static UNUSED void commit(const char *path, const char *message)
{
	struct buf file = BUF_INIT;
	FILE *f;

	buf_addf(&file, "%s/message", scratch);
	f = fopen(file.p, "w");
	assert_non_null(f);
	fputs(message, f);
	fclose(f);
	tick();
	sh("mkdir -p \"$(dirname '%s')\"\necho %ld >>'%s'\ngit add '%s'\n"
	   "git commit -q --allow-empty-message --cleanup=verbatim "
	   "-F '%s'",
	   path, scratch_clock, path, path, file.p);
	buf_release(&file);
}

/* A new repository in the scratch folder, and into it. */
static UNUSED void enter_repo(const char *name)
{
	assert_int_equal(chdir(scratch), 0);
	sh("git init -q '%s'", name);
	assert_int_equal(chdir(name), 0);
}

/* What a command prints, without its last line end; until the next call. */
static UNUSED const char *output(const char *command)
{
	static char text[65536];
	FILE *f = popen(command, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	assert_int_equal(pclose(f), 0);
	text[n - (n && text[n - 1] == '\n')] = '\0';
	return text;
}

static int scratch_enter(void **state)
{
	static const char *const unset[] = {
		"GIT_DIR",
		"GIT_WORK_TREE",
		"GIT_INDEX_FILE",
		"GIT_COMMON_DIR",
		"GIT_PREFIX",
		"GIT_CONFIG_PARAMETERS",
		"GIT_CONFIG_COUNT",
		"XDG_CONFIG_HOME",
		"GIT_CEILING_DIRECTORIES",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(unset); i++)
		unsetenv(unset[i]);
	scratch = tmp_dir();
	if (!scratch || chdir(scratch) != 0)
		return -1;
	setenv("HOME", scratch, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Ann Author", 1);
	setenv("GIT_AUTHOR_EMAIL", "ann@example.com", 1);
	setenv("GIT_COMMITTER_NAME", "Cas Committer", 1);
	setenv("GIT_COMMITTER_EMAIL", "cas@example.com", 1);
	tick();
	sh("git config --global init.defaultBranch main\n"
	   "git config --global advice.detachedHead false\n"
	   "git config --global advice.graftFileDeprecated false\n"
	   "git config --global core.warnAmbiguousRefs false");
	return 0;
}

static int scratch_leave(void **state)
{
	(void)state;
	if (chdir("/") != 0)
		return -1;
	sh("rm -rf '%s'", scratch);
	free(scratch);
	return 0;
}

#endif
