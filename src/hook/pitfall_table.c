/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/pitfall_table.h"

#include <string.h>

#include "front/paths.h"
#include "report/context.h"

static void list_folders(struct strs *out, struct hook_env *env,
			 const struct corpus *corpus)
{
	vec_push(env->arena, out, env->policy->root);
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const char *path = corpus->retros.at[i]->path;
		const char *slash = strrchr(path, '/');

		if (slash)
			vec_push(env->arena, out,
				 arena_strndup(env->arena, path,
					       (size_t)(slash - path)));
	}
	strs_sort_unique(out);
	vec_push(env->arena, out, NULL);
}

static struct paths_entry paths_entry(const struct context_sign *sign)
{
	static const enum paths_type types[] = {
		[SIGN_MARK] = PATHS_MARK,     [SIGN_WORD] = PATHS_WORD,
		[SIGN_COMMIT] = PATHS_COMMIT, [SIGN_REQUEST] = PATHS_REQUEST,
		[SIGN_GUARD] = PATHS_GUARD,
	};

	return (struct paths_entry){ types[sign->type], sign->path, sign->hash,
				     paths_key(sign->name) };
}

static struct paths_entry retro_entry(const struct context_sign *sign)
{
	return (struct paths_entry){ PATHS_RETRO, sign->retro->path, 0,
				     paths_key(sign->name) };
}

struct err *pitfall_table_write(struct hook_env *env, struct corpus *corpus)
{
	struct context_signs signs = { 0 };
	struct strs folders = { 0 };
	struct paths_entry *entries;
	struct err *e = context_signs(&signs, corpus);

	if (e)
		return e;
	entries =
		arena_alloc(env->arena, (2 * signs.nr + 1) * sizeof(*entries));
	for (size_t i = 0; i < signs.nr; i++) {
		entries[2 * i] = paths_entry(&signs.at[i]);
		entries[2 * i + 1] = retro_entry(&signs.at[i]);
	}
	list_folders(&folders, env, corpus);
	paths_write(repo_git_dir(env->repo), repo_work_tree(env->repo),
		    folders.at, entries, 2 * signs.nr);
	return NULL;
}
