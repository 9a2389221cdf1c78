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

struct naming {
	struct many_repo *repo;
	/* its path, without ".git" where no other has that */
	const char *whole;
};

static int by_repo_name(const void *a, const void *b)
{
	const struct naming *one = a, *other = b;

	return strcmp(one->repo->name, other->repo->name);
}

static int by_whole(const void *a, const void *b)
{
	const struct naming *one = a, *other = b;

	return strcmp(one->whole, other->whole);
}

/* Behind those from `at` on that are equal. */
static size_t end_of_equal(const struct naming *sorted, size_t nr, size_t at,
			   int compare(const void *a, const void *b))
{
	size_t end = at + 1;

	while (end < nr && !compare(&sorted[at], &sorted[end]))
		end++;
	return end;
}

/* A repository and a bare one beside it, as "app" and "app.git", keep their
 * ".git". Whether each is another. */
static bool part_wholes(struct naming *all, size_t nr)
{
	bool apart = true;

	qsort(all, nr, sizeof(*all), by_whole);
	for (size_t i = 0, end; i < nr; i = end) {
		end = end_of_equal(all, nr, i, by_whole);
		apart &= end == i + 1;
		for (size_t j = i; end - i > 1 && j < end; j++)
			all[j].whole = all[j].repo->path;
	}
	return apart;
}

/* Whether each name is another; those that are not get one component more. */
static bool part_names(struct naming *all, size_t nr, size_t parts)
{
	bool apart = true;

	qsort(all, nr, sizeof(*all), by_repo_name);
	for (size_t i = 0, end; i < nr; i = end) {
		end = end_of_equal(all, nr, i, by_repo_name);
		apart &= end == i + 1;
		for (size_t j = i; end - i > 1 && j < end; j++)
			all[j].repo->name = tail_of(all[j].whole, parts);
	}
	return apart;
}

/* By their paths below `dir`, which ends with a slash, or, where that is "", by
 * the end of each that no other has. Their paths must differ. */
static void name_apart(struct many_repos *repos, struct arena *a,
		       const char *dir)
{
	struct naming *all = arena_alloc(a, (repos->nr + 1) * sizeof(*all));
	size_t n = strlen(dir);

	for (size_t i = 0; i < repos->nr; i++)
		all[i] = (struct naming){ &repos->at[i],
					  without_git(a, repos->at[i].path) };
	while (!part_wholes(all, repos->nr))
		;
	for (size_t i = 0; i < repos->nr; i++)
		all[i].repo->name = n && strlen(all[i].whole) > n
					    ? all[i].whole + n
					    : tail_of(all[i].whole, 1);
	for (size_t parts = 2; !part_names(all, repos->nr, parts);)
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

static int by_repo_path(const void *a, const void *b)
{
	const struct many_repo *one = *(const struct many_repo *const *)a;
	const struct many_repo *other = *(const struct many_repo *const *)b;
	int order = strcmp(one->path, other->path);

	return order ? order : (one > other) - (one < other);
}

/* Of those with one path the first stays. */
static void drop_twice(struct many_repos *repos, struct arena *a)
{
	struct many_repo **sorted =
		arena_alloc(a, (repos->nr + 1) * sizeof(*sorted));
	size_t kept = 0;

	for (size_t i = 0; i < repos->nr; i++)
		sorted[i] = &repos->at[i];
	qsort(sorted, repos->nr, sizeof(*sorted), by_repo_path);
	for (size_t i = repos->nr; i-- > 1;)
		if (!strcmp(sorted[i]->path, sorted[i - 1]->path))
			sorted[i]->path = NULL;
	for (size_t i = 0; i < repos->nr; i++)
		if (repos->at[i].path)
			repos->at[kept++] = repos->at[i];
	repos->nr = kept;
}

static bool is_folder(DIR *list, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return !opener_stat(&st, dirfd(list), entry->d_name) &&
	       S_ISDIR(st.st_mode);
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
		if (*entry->d_name != '.' && is_folder(list, entry))
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
	walk_folder(out, a, dir, DEPTH_MAX);
	name_apart(out, a,
		   strcmp(dir, "/") ? arena_printf(a, "%s/", dir) : dir);
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
			vec_push(a, out,
				 (struct many_repo){
					 .path = whole_path(
						 a, base,
						 arena_strndup(a, s, n)) });
		s += n + strspn(s + n, "\r\n");
	}
	buf_release(&text);
	if (!e && !out->nr)
		e = err_new(ERR_NOT_FOUND, _("'%s' names no repository"), file);
	drop_twice(out, a);
	name_apart(out, a, "");
	return e;
}

static struct err *find_configured(struct many_repos *out, struct arena *a,
				   const struct config *config,
				   const char *here)
{
	struct strs paths = { 0 };

	config_get_all(&paths, NULL, a, config, "retro.repo");
	for (size_t i = 0; i < paths.nr; i++)
		vec_push(a, out,
			 (struct many_repo){
				 .path = whole_path(a, here, paths.at[i]) });
	drop_twice(out, a);
	name_apart(out, a, "");
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
		return err_errno(_("cannot read '%s'"), where);
	if (S_ISDIR(st.st_mode))
		return find_in_folder(out, a, where);
	return read_repo_list(out, a, where);
}
