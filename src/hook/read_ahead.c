/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/read_ahead.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/proc.h"
#include "corpus/corpus.h"
#include "hook/pitfall_table.h"
#include "hook/program.h"

#define LOCK "retro/read-ahead"

struct err *read_ahead_start(struct hook_env *env)
{
	char *program;
	struct err *e = program_find(&program, env->arena, "git-retro");
	/* That of the commit in the making will be gone. */
	const char *more[] = { arena_printf(env->arena, "GIT_INDEX_FILE=%s",
					    path_join(env->arena,
						      repo_git_dir(env->repo),
						      "index")),
			       NULL };
	const char *argv[] = { NULL, "hook", "read-ahead", NULL };
	struct proc proc = { .argv = argv, .env = more };

	argv[0] = program;
	return e ? e : proc_detach(&proc);
}

static const char *lock_path(struct hook_env *env)
{
	return path_join(env->arena, repo_git_dir(env->repo), LOCK);
}

bool read_ahead_runs(struct hook_env *env)
{
	struct file_lock lock = { NULL, -1 };
	enum file_kind kind = FILE_NONE;
	struct err *e;

	err_pass(file_look(
		&kind, arena_printf(env->arena, "%s.lock", lock_path(env))));
	if (kind == FILE_NONE)
		return false;
	e = file_lock(&lock, lock_path(env), 0);
	if (e) {
		err_free(e);
		return true;
	}
	file_unlock(&lock); /* it was killed */
	return false;
}

static struct err *run_read_ahead(struct hook_env *env, int *status)
{
	struct file_lock lock = { NULL, -1 };
	const char *path = lock_path(env);
	struct corpus corpus;
	struct err *e = file_make_parents(path);

	*status = 0;
	if (!e)
		e = file_lock(&lock, path, 0);
	if (e) {
		err_free(e); /* another one is at it */
		return NULL;
	}
	e = corpus_open(&corpus, env->arena, env->repo, env->policy, NULL);
	if (!e)
		e = pitfall_table_write(env, &corpus);
	file_unlock(&lock);
	return e;
}

const struct hook hook_read_ahead = {
	.name = "read-ahead",
	.summary = "Reads retros and their fixes for pre-commit",
	.run = run_read_ahead,
};
