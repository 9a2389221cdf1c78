/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/hooks_dir.h"

#include <string.h>

#include "base/file.h"

/* Where the folder is, or would be: no link on the way there. */
static const char *without_links(struct arena *a, const char *dir)
{
	char *head = arena_strdup(a, dir), *slash = head, *real = NULL;

	while (slash && !(real = path_real(a, *head ? head : "/"))) {
		slash = strrchr(head, '/');
		if (slash)
			*slash = '\0';
	}
	if (!real)
		return dir;
	dir += strlen(head);
	return *dir ? path_join(a, real, dir + 1) : real;
}

static struct err *is_hook_there(bool *out, struct arena *a, const char *dir,
				 const char *name)
{
	enum file_kind kind;
	struct err *e = file_look(&kind, path_join(a, dir, name));

	*out = *out || kind != FILE_NONE;
	return e;
}

/* "a/.husky/_" ends in the folder "_" of ".husky". */
static bool ends_in_husky(const char *dir)
{
	static const char end[] = "/.husky/_";
	size_t n = strlen(dir), m = strlen(end);

	return n > m && !strcmp(dir + n - m, end);
}

/* husky 9 points git at `.husky/_`, where its shims lie, or are put when it is
 * set up; earlier ones at `.husky`, with a folder `_` in it. */
static struct err *find_scripts(const char **out, struct arena *a,
				const char *dir)
{
	bool old = false, new = ends_in_husky(dir);
	struct err *e = is_hook_there(&old, a, dir, "_/husky.sh");

	if (!e && !old && !strcmp(path_base(dir), "_"))
		e = is_hook_there(&new, a, dir, "h");
	if (!e && !old && !strcmp(path_base(dir), "_"))
		e = is_hook_there(&new, a, dir, "husky.sh");
	if (old)
		*out = dir;
	else if (new)
		*out = arena_strndup(a, dir,
				     (size_t)(path_base(dir) - dir - 1));
	return e;
}

static bool is_hooks_dir_inside(const struct repo *repo, const char *dir)
{
	return path_is_inside(dir, repo_common_dir(repo)) ||
	       path_is_inside(dir, repo_git_dir(repo));
}

struct err *hooks_dir_find(struct hooks_dir *out, struct arena *a,
			   struct repo *repo, const struct config *config)
{
	const char *work_tree = repo_work_tree(repo), *there;
	const char *named = config_get(config, "core.hooksPath");
	char *dir;
	struct err *e = repo_hooks_dir(&dir, a, repo, config);

	if (e)
		return e;
	there = without_links(a, dir);
	*out = (struct hooks_dir){ .dir = there };
	/* A folder of the work tree that is a link into .git is none of git's
	 * folders of hooks. */
	if (named)
		dir = path_join(a, work_tree ? work_tree : "", named);
	if (is_hooks_dir_inside(repo, there) && is_hooks_dir_inside(repo, dir))
		return NULL;
	if (!work_tree || !path_is_inside(there, work_tree) ||
	    is_hooks_dir_inside(repo, there)) {
		out->outside = true;
		return NULL;
	}
	e = find_scripts(&out->scripts, a, there);
	/* The folder of husky 9 ignores itself. */
	out->committed = !out->scripts || !strcmp(out->scripts, there);
	return e;
}
