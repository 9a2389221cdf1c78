/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/repos.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/opener.h"

/* Folders between the one that was named and a repository. */
#define DEPTH_MAX 8
#define LIST_MAX  ((size_t)1 << 24)

/* --- names --- */

static const char *without_git(struct arena *a, const char *path)
{
	size_t n = strlen(path);

	if (n > 5 && !strcmp(path + n - 5, "/.git"))
		return arena_strndup(a, path, n - 5);
	if (n > 4 && !strcmp(path + n - 4, ".git") && path[n - 5] != '/')
		return arena_strndup(a, path, n - 4);
	return path;
}

/* The last `parts` components of a path. */
static const char *tail_of(const char *path, size_t parts)
{
	const char *at = path + strlen(path);

	while (at > path && parts)
		if (*--at == '/')
			parts--;
	return *at == '/' ? at + 1 : at;
}

static int compare_names(const void *a, const void *b)
{
	const struct many_repo *one = *(const struct many_repo *const *)a;
	const struct many_repo *other = *(const struct many_repo *const *)b;

	return strcmp(one->name, other->name);
}

/* Whether each name is another; those that are not get one component more. */
static bool part_names(struct many_repo **sorted, size_t nr, struct arena *a,
		       size_t parts)
{
	bool apart = true;

	qsort(sorted, nr, sizeof(*sorted), compare_names);
	for (size_t i = 0, end; i < nr; i = end) {
		end = i + 1;
		while (end < nr && !compare_names(&sorted[i], &sorted[end]))
			end++;
		for (size_t j = i; end - i > 1 && j < end; j++) {
			const char *whole = without_git(a, sorted[j]->path);
			const char *longer = tail_of(whole, parts);

			apart &= !strcmp(longer, sorted[j]->name);
			sorted[j]->name = longer;
		}
	}
	return apart;
}

static void name_apart(struct many_repos *repos, struct arena *a)
{
	struct many_repo **sorted =
		arena_alloc(a, (repos->nr + 1) * sizeof(*sorted));

	for (size_t i = 0; i < repos->nr; i++) {
		sorted[i] = &repos->at[i];
		repos->at[i].name =
			tail_of(without_git(a, repos->at[i].path), 1);
	}
	for (size_t parts = 2; !part_names(sorted, repos->nr, a, parts);)
		parts++;
}

/* --- where they are --- */

/* Of what git would take for one: the objects are looked at when it is
 * asked. */
static bool is_repo(struct arena *a, const char *dir)
{
	static const char *const bare[] = { "HEAD", "objects", "refs" };
	size_t n = strlen(dir), has = 0;

	if (opener_is_named(path_join(a, dir, ".git")))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(bare); i++)
		has += opener_is_named(path_join(a, dir, bare[i]));
	return has == ARRAY_SIZE(bare) ||
	       (n > 4 && !strcmp(dir + n - 4, ".git"));
}

static void add_repo(struct many_repos *out, struct arena *a, const char *path)
{
	for (size_t i = 0; i < out->nr; i++)
		if (!strcmp(out->at[i].path, path))
			return;
	vec_push(a, out, (struct many_repo){ .path = path });
}

/* What cannot be listed is named when it is asked as if it were one. */
static void walk_folder(struct many_repos *out, struct arena *a,
			const char *dir, int depth)
{
	struct strs below = { 0 };
	struct dirent *entry;
	DIR *list;

	if (is_repo(a, dir)) {
		vec_push(a, out, (struct many_repo){ .path = dir });
		return;
	}
	list = depth ? opener_list(AT_FDCWD, dir) : NULL;
	if (!list && depth)
		vec_push(a, out, (struct many_repo){ .path = dir });
	while (list && (entry = readdir(list)))
		if (*entry->d_name != '.' &&
		    (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN))
			vec_push(a, &below,
				 path_join(a, dir,
					   arena_strdup(a, entry->d_name)));
	if (list)
		closedir(list);
	strs_sort(&below);
	for (size_t i = 0; i < below.nr; i++)
		walk_folder(out, a, below.at[i], depth - 1);
}

static struct err *find_in_folder(struct many_repos *out, struct arena *a,
				  const char *dir)
{
	size_t n = strlen(dir);

	walk_folder(out, a, dir, DEPTH_MAX);
	name_apart(out, a);
	for (size_t i = 0; i < out->nr; i++)
		if (out->at[i].path[n])
			out->at[i].name =
				without_git(a, out->at[i].path + n + 1);
	if (out->nr)
		return NULL;
	return err_new(ERR_NOT_FOUND, _("no repository below '%s'"), dir);
}

/* As a person writes it. */
static const char *whole_path(struct arena *a, const char *base,
			      const char *path)
{
	const char *home = getenv("HOME");

	if (!strncmp(path, "~/", 2) && home)
		path = path_join(a, home, path + 2);
	path = path_normal(a, path_join(a, base, path));
	return *path ? path : "/";
}

static struct err *read_repo_list(struct many_repos *out, struct arena *a,
				  const char *file)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, file, LIST_MAX);
	const char *base = arena_printf(a, "%s/..", file);

	for (const char *s = text.p; !e && *s;) {
		size_t n = strcspn(s, "\r\n");

		if (n && *s != '#')
			add_repo(out, a,
				 whole_path(a, base, arena_strndup(a, s, n)));
		s += n + strspn(s + n, "\r\n");
	}
	buf_release(&text);
	if (!e && !out->nr)
		e = err_new(ERR_NOT_FOUND, _("'%s' names no repository"), file);
	name_apart(out, a);
	return e;
}

static struct err *find_configured(struct many_repos *out, struct arena *a,
				   const struct config *config,
				   const char *here)
{
	struct strs paths = { 0 };

	config_get_all(&paths, NULL, a, config, "retro.repo");
	for (size_t i = 0; i < paths.nr; i++)
		add_repo(out, a, whole_path(a, here, paths.at[i]));
	name_apart(out, a);
	if (out->nr)
		return NULL;
	return err_hint(err_new(ERR_NOT_FOUND,
				_("git config retro.repo names no repository")),
			"git config --global --add retro.repo <path>");
}

struct err *many_repos_find(struct many_repos *out, struct arena *a,
			    const struct config *config, const char *where)
{
	char *here = getcwd(NULL, 0);
	const char *base = arena_strdup(a, here ? here : "");
	struct stat st;

	free(here);
	if (!*base)
		return err_errno(_("cannot tell the current folder"));
	if (!*where)
		return find_configured(out, a, config, base);
	where = whole_path(a, base, where);
	if (opener_named_stat(&st, AT_FDCWD, where))
		return err_errno("%s", where);
	if (S_ISDIR(st.st_mode))
		return find_in_folder(out, a, where);
	return read_repo_list(out, a, where);
}
