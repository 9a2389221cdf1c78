/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/work_tree.h"

#include <string.h>
#include <sys/stat.h>

static bool is_link(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISLNK(st.st_mode);
}

/* The repository's own folder is no part of the work tree. Where the work tree
 * lies in that folder, as it may beside a bare repository, the first question
 * has answered for the rest of it. */
static bool stays_inside(const char *path, const struct repo *repo)
{
	const char *top = repo_work_tree(repo);
	const char *folders[] = { repo_git_dir(repo), repo_common_dir(repo) };

	if (!path_is_inside(path, top))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (!path_is_inside(top, folders[i]) &&
		    path_is_inside(path, folders[i]))
			return false;
	return true;
}

static struct err *not_followed(const char *path)
{
	return err_hint(err_new(ERR_UNSUPPORTED,
				"'%s' leads out of the repository, or nowhere",
				path),
			"put what it leads to in its place");
}

/* Says `path` where the error says `full`. */
static struct err *named_by(struct err *e, const char *full, const char *path)
{
	const char *at = e ? strstr(e->text, full) : NULL;
	struct err *named;

	if (!at)
		return e;
	named = err_new(e->code, "%.*s%s%s", (int)(at - e->text), e->text, path,
			at + strlen(full));
	if (e->hint)
		named = err_hint(named, "%s", e->hint);
	err_free(e);
	return named;
}

struct err *work_tree_read(struct buf *out, struct arena *a,
			   const struct repo *repo, const char *path)
{
	const char *full = path_join(a, repo_work_tree(repo), path);
	struct err *e = file_read_unlinked(out, full, FILE_MAX);

	if (!e || !is_link(full))
		return named_by(e, full, path);
	err_free(e);
	if (!stays_inside(full, repo))
		return not_followed(path);
	return named_by(file_read(out, full, FILE_MAX), full, path);
}

struct err *work_tree_list(struct file_tree *out, struct arena *a,
			   const struct repo *repo, const char *dir)
{
	const char *full = path_join(a, repo_work_tree(repo), dir);

	if (!file_exists(full))
		return NULL;
	if (!stays_inside(full, repo))
		return not_followed(dir);
	return named_by(file_list_tree(out, a, full, dir), full, dir);
}

bool work_tree_has(const struct repo *repo, struct arena *a, const char *dir)
{
	return stays_inside(path_join(a, repo_work_tree(repo), dir), repo);
}
