/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/hooks_dir.h"

#include <string.h>

#include "base/file.h"

/* The folder, or the nearest one above it that exists. */
static const char *nearest_dir(struct arena *a, const char *dir)
{
	char *head = arena_strdup(a, dir), *slash;

	while (!file_is_dir(head) && (slash = strrchr(head, '/')) &&
	       slash != head)
		*slash = '\0';
	return head;
}

/* husky 9 points git at `.husky/_`, where its shims lie; earlier ones at
 * `.husky`, with a folder `_` in it. */
static const char *husky_scripts(struct arena *a, const char *dir)
{
	if (file_exists(path_join(a, dir, "_/husky.sh")))
		return dir;
	if (strcmp(path_base(dir), "_") ||
	    (!file_exists(path_join(a, dir, "h")) &&
	     !file_exists(path_join(a, dir, "husky.sh"))))
		return NULL;
	return arena_strndup(a, dir, (size_t)(path_base(dir) - dir - 1));
}

struct err *hooks_dir_find(struct hooks_dir *out, struct arena *a,
			   struct repo *repo, const struct config *config)
{
	const char *work_tree = repo_work_tree(repo), *there;
	char *dir;
	struct err *e = repo_hooks_dir(&dir, a, repo, config);

	if (e)
		return e;
	*out = (struct hooks_dir){ .dir = dir };
	there = nearest_dir(a, dir);
	if (path_is_inside(there, repo_common_dir(repo)) ||
	    path_is_inside(there, repo_git_dir(repo)))
		return NULL;
	if (!work_tree || !path_is_inside(there, work_tree)) {
		out->outside = true;
		return NULL;
	}
	out->scripts = husky_scripts(a, dir);
	/* The folder of husky 9 ignores itself. */
	out->committed = !out->scripts || !strcmp(out->scripts, dir);
	return NULL;
}
