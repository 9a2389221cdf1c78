/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "site/site.h"

/* The list of our pages, by which a folder is known to be ours. */
#define LIST ".git-retro-site"
/* A page until all are written. */
#define NEW ".new"

struct site_folder {
	struct arena *a;
	const char *path;
	struct strs pages;  /* that the site has now */
	struct strs fresh;  /* of these, those that are written anew */
	struct strs before; /* that it had, sorted */
	bool listed;        /* LIST is there, */
	bool claimed;       /* since we began to write */
};

static char *in_folder(const struct site_folder *folder, const char *page)
{
	return path_join(folder->a, folder->path, page);
}

static void read_written_list(struct site_folder *folder, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		if (n)
			vec_push(folder->a, &folder->before,
				 arena_strndup(folder->a, text, n));
		text += n + (text[n] == '\n');
	}
	strs_sort(&folder->before);
}

/* Only what it names itself is removed, and nothing outside. */
static bool is_page(const char *name)
{
	return *name && *name != '/' && !strstr(name, "..") && *name != '.';
}

struct err *site_open(struct site_folder **out, struct arena *a,
		      const char *path, bool force)
{
	struct site_folder *folder = arena_alloc(a, sizeof(*folder));
	struct strs files = { 0 };
	struct buf list = BUF_INIT;
	enum file_kind kind;
	struct err *e;

	folder->a = a;
	folder->path = path;
	e = file_look(&kind, path);
	if (!e && kind != FILE_NONE && kind != FILE_FOLDER)
		e = err_new(ERR_EXISTS, _("%s is not a folder"), path);
	if (!e)
		e = file_read_own(&list, in_folder(folder, LIST), FILE_MAX);
	folder->listed = !e;
	if (!e) {
		read_written_list(folder, list.p);
	} else if (e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = file_list(&files, a, path);
		if (!e && files.nr && !force)
			e = err_hint(err_new(ERR_EXISTS,
					     _("%s has files that are not of "
					       "a site, such as %s"),
					     path, files.at[0]),
				     _("choose another folder, or --force to "
				       "write among them"));
	}
	buf_release(&list);
	*out = folder;
	return e;
}

static bool is_same(const char *path, const void *bytes, size_t n)
{
	struct buf old = BUF_INIT;
	struct err *e = file_read(&old, path, n + 1);
	bool same = !e && old.n == n && !memcmp(old.p, bytes, n);

	err_free(e); /* what cannot be read is written anew */
	buf_release(&old);
	return same;
}

/* Before the first page: what a killed process leaves is known to be ours, so
 * that the next one goes on. */
static struct err *claim(struct site_folder *folder)
{
	struct err *e;

	if (folder->listed)
		return NULL;
	e = file_write(in_folder(folder, LIST), "", 0, 0666, 0, NULL);
	folder->listed = folder->claimed = !e;
	return e;
}

struct err *site_add(void *data, const char *page, const void *bytes, size_t n)
{
	struct site_folder *folder = data;
	const char *name = arena_strdup(folder->a, page);
	char *path = in_folder(folder, page);
	struct err *e;

	vec_push(folder->a, &folder->pages, name);
	if (is_same(path, bytes, n))
		return NULL;
	e = file_make_parents(in_folder(folder, LIST));
	if (!e)
		e = claim(folder);
	if (!e)
		e = file_make_parents(path);
	if (!e)
		e = file_write(arena_printf(folder->a, "%s" NEW, path), bytes,
			       n, 0666, 0, NULL);
	if (!e)
		vec_push(folder->a, &folder->fresh, name);
	return e;
}

/* Those that are no longer made. */
static struct err *remove_old(const struct site_folder *folder,
			      const struct strs *pages, size_t *removed)
{
	size_t at = 0;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < folder->before.nr; i++) {
		const char *page = folder->before.at[i];

		while (at < pages->nr && strcmp(pages->at[at], page) < 0)
			at++;
		if ((at < pages->nr && !strcmp(pages->at[at], page)) ||
		    !is_page(page))
			continue;
		e = file_remove(in_folder(folder, page));
		*removed += !e;
		if (e && e->code == ERR_NOT_FOUND) {
			err_free(e);
			e = NULL;
		}
	}
	return e;
}

struct err *site_commit(struct site_folder *folder, size_t *written,
			size_t *removed, size_t *all)
{
	struct strs pages = { 0 };
	struct buf list = BUF_INIT;
	struct err *e = NULL;

	*written = folder->fresh.nr;
	*removed = 0;
	*all = folder->pages.nr;
	for (size_t i = 0; !e && i < folder->fresh.nr; i++) {
		const char *path = in_folder(folder, folder->fresh.at[i]);

		e = file_move(arena_printf(folder->a, "%s" NEW, path), path);
	}
	strs_append(folder->a, &pages, &folder->pages);
	strs_sort(&pages);
	if (!e)
		e = remove_old(folder, &pages, removed);
	for (size_t i = 0; i < pages.nr; i++)
		buf_addf(&list, "%s\n", pages.at[i]);
	if (!e)
		e = file_write(in_folder(folder, LIST), list.p, list.n, 0666, 0,
			       NULL);
	buf_release(&list);
	return e;
}

void site_discard(struct site_folder *folder)
{
	for (size_t i = 0; i < folder->fresh.nr; i++)
		err_free(file_remove(
			arena_printf(folder->a, "%s" NEW,
				     in_folder(folder, folder->fresh.at[i]))));
	if (folder->claimed)
		err_free(file_remove(in_folder(folder, LIST)));
}
