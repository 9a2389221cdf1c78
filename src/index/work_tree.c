/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/work_tree.h"

#include <string.h>
#include <strings.h>

#include "base/dot_git.h"
#include "base/i18n.h"
#include "git/sparse.h"

/* Whether the path is that of a git directory below the top, or of something in
 * it. Links are not followed, so its text tells; whether the file system tells
 * upper case from lower is not known. */
static bool is_in_git_dir(const char *path, const char *top,
			  const char *git_dir)
{
	size_t n = strlen(top), m;

	if (!path_is_inside(git_dir, top))
		return false;
	git_dir += n + (git_dir[n] == '/');
	m = strlen(git_dir);
	return m && !strncasecmp(path, git_dir, m) &&
	       (!path[m] || path[m] == '/');
}

static bool is_git_own(const struct repo *repo, const char *path)
{
	const char *top = repo_work_tree(repo);

	return dot_git_in(path) ||
	       is_in_git_dir(path, top, repo_git_dir(repo)) ||
	       is_in_git_dir(path, top, repo_common_dir(repo));
}

struct err *work_tree_path(char **out, struct arena *a, const struct repo *repo,
			   const char *path)
{
	*out = path_join(a, repo_work_tree(repo), path);
	if (!is_git_own(repo, path))
		return NULL;
	return err_new(ERR_UNSUPPORTED, _("'%s' leads into the git directory"),
		       path);
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
	char *full;
	bool found = false;
	struct err *e = work_tree_path(&full, a, repo, path);

	if (e)
		return e;
	e = file_read(out, full, FILE_MAX);
	if (e && e->code == ERR_NOT_FOUND) {
		struct err *other = sparse_read(out, &found, repo, path);

		if (found || other) {
			err_free(e);
			return other;
		}
	}
	return named_by(e, full, path);
}

struct err *work_tree_look(enum file_kind *out, struct arena *a,
			   const struct repo *repo, const char *path)
{
	char *full;
	struct err *e = work_tree_path(&full, a, repo, path);

	struct sparse_files files = { 0 };

	*out = FILE_NONE;
	if (!e)
		e = named_by(file_look(out, full), full, path);
	if (!e && *out == FILE_NONE)
		e = sparse_list(&files, a, repo, path);
	if (files.nr)
		*out = strcmp(files.at[0].path, path) ? FILE_FOLDER
						      : FILE_REGULAR;
	return e;
}

/* A file that is half written is not to be seen by `git add`: it is made below
 * the git directory, and moved when it is whole. */
static const char *make_stage(struct arena *a, const struct repo *repo)
{
	const char *dir = path_join(a, repo_git_dir(repo), "retro");

	err_free(file_make_parents(path_join(a, dir, "x")));
	return dir;
}

struct err *work_tree_write(struct arena *a, const struct repo *repo,
			    const char *path, const struct buf *bytes,
			    unsigned flags)
{
	char *full;
	struct err *e = work_tree_path(&full, a, repo, path);

	if (!e)
		e = file_make_parents(full);
	if (!e)
		e = file_write(full, bytes->p, bytes->n, 0666, flags,
			       make_stage(a, repo));
	return named_by(e, full, path);
}

struct err *work_tree_list(struct file_tree *out, struct arena *a,
			   const struct repo *repo, const char *dir)
{
	char *full;
	struct err *e = work_tree_path(&full, a, repo, dir);

	return e ? e : named_by(file_list_tree(out, a, full, dir), full, dir);
}
