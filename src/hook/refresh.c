/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/refresh.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "front/table.h"

static void add_watched_file(struct strs *files, struct arena *a,
			     const char *dir, const char *name)
{
	if (dir && *dir)
		strs_add(a, files, path_join(a, dir, name));
}

static void add_env(struct strs *files, struct arena *a, const char *name)
{
	const char *file = getenv(name);

	if (file && *file)
		strs_add(a, files, file);
}

/* Where git looks for configuration, whether something is there or not. */
static void add_config(struct strs *files, struct hook_env *env)
{
	struct arena *a = env->arena;
	const char *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");

	add_watched_file(files, a, repo_common_dir(env->repo), "config");
	add_watched_file(files, a, repo_git_dir(env->repo), "config.worktree");
	add_watched_file(files, a, home, ".gitconfig");
	add_watched_file(files, a, xdg, "git/config");
	add_watched_file(files, a, home, ".config/git/config");
	add_watched_file(files, a, "/etc", "gitconfig");
	add_env(files, a, "GIT_CONFIG_GLOBAL");
	add_env(files, a, "GIT_CONFIG_SYSTEM");
}

/* One include.path. A relative one is relative to the file that names it,
 * which is one of those in `files`: each is tried. */
static void add_include(struct strs *files, struct arena *a, const char *path)
{
	size_t nr = files->nr;

	if (!strncmp(path, "~/", 2)) {
		add_watched_file(files, a, getenv("HOME"), path + 2);
		return;
	}
	if (*path == '/') {
		strs_add(a, files, path);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		const char *slash = strrchr(files->at[i], '/');

		if (slash)
			add_watched_file(
				files, a,
				arena_strndup(a, files->at[i],
					      (size_t)(slash - files->at[i])),
				path);
	}
}

static void add_includes(struct strs *files, struct hook_env *env)
{
	static const char *const sections[] = { "include.", "includeif." };
	struct strs names = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
		config_names(&names, env->arena, env->config, sections[i]);
	for (size_t i = 0; i < names.nr; i++) {
		struct strs paths = { 0 };

		config_get_all(&paths, NULL, env->arena, env->config,
			       names.at[i]);
		for (size_t j = 0; j < paths.nr; j++)
			add_include(files, env->arena, paths.at[j]);
		/* Which of them hold depends on the branch. */
		if (!strncmp(names.at[i], "includeif.onbranch:", 19))
			add_watched_file(files, env->arena,
					 repo_git_dir(env->repo), "HEAD");
	}
}

void refresh_table(struct hook_env *env, bool quiet)
{
	const struct policy *policy = env->policy;
	struct strs files = { 0 }, tags = policy->tags, ignore = policy->ignore,
		    branches = policy->branches;
	struct table_content content = {
		.on_tag = policy->on_tag != ON_TAG_OFF,
		.on_push = policy->on_push != ON_PUSH_OFF,
		.on_commit = policy->on_commit != ON_COMMIT_OFF,
		.checked = policy->check_staged == CHECK_STAGED_OFF
				   ? NULL
				   : policy->root,
		.quiet = quiet,
	};

	if (!repo_work_tree(env->repo))
		return;
	add_watched_file(&files, env->arena, repo_work_tree(env->repo),
			 POLICY_FILE);
	add_config(&files, env);
	add_includes(&files, env);
	vec_push(env->arena, &files, NULL);
	vec_push(env->arena, &tags, NULL);
	vec_push(env->arena, &ignore, NULL);
	vec_push(env->arena, &branches, NULL);
	content.files = files.at;
	content.tags = tags.at;
	content.ignore = ignore.at;
	content.branches = branches.at;
	table_write(repo_git_dir(env->repo), repo_common_dir(env->repo),
		    &content);
}
