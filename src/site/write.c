/* SPDX-License-Identifier: GPL-2.0-only */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/file.h"
#include "base/i18n.h"
#include "site/site.h"

/* The list of our pages, by which a folder is known to be ours. */
#define LIST ".git-retro-site"
/* A page until all are written. */
#define NEW ".new"
/* In the list, two sums and a space behind each. */
#define SUM   16
#define FRONT (2 * (SUM + 1))

/* A page, what it was made of, and its bytes: a line of the list. */
struct listed_page {
	const char *page;
	uint64_t key; /* 0: nobody knows */
	uint64_t sum;
	struct strs asked; /* what it asked for as it was made */
};
struct listed_pages VEC_OF(struct listed_page);

struct site_folder {
	struct arena *a;
	const char *path;
	struct listed_pages pages;  /* that the site has now */
	struct strs fresh;          /* of these, those that are written anew */
	struct listed_pages before; /* that it had, sorted */
	bool listed;                /* LIST is there, */
	bool claimed;               /* since we began to write */
};

static char *in_folder(const struct site_folder *folder, const char *page)
{
	return path_join(folder->a, folder->path, page);
}

static int by_page(const void *a, const void *b)
{
	const struct listed_page *one = a, *other = b;

	return strcmp(one->page, other->page);
}

static void sort_pages(struct listed_pages *pages)
{
	if (pages->nr)
		qsort(pages->at, pages->nr, sizeof(*pages->at), by_page);
}

/* --- the list ------------------------------------------------------------- */

/* Older ones have only the name. */
static bool take_sums(struct listed_page *out, const char *line, size_t n)
{
	char *end;

	if (n <= FRONT || strspn(line, "0123456789abcdef") != SUM ||
	    line[SUM] != ' ' || line[FRONT - 1] != ' ' ||
	    strspn(line + SUM + 1, "0123456789abcdef") != SUM)
		return false;
	out->key = strtoumax(line, &end, 16);
	out->sum = strtoumax(end, &end, 16);
	return true;
}

static void read_listed_page(struct site_folder *folder, const char *line,
			     size_t n)
{
	struct listed_page page = { 0 };
	const char *tab;

	if (take_sums(&page, line, n)) {
		line += FRONT;
		n -= FRONT;
	}
	while ((tab = memrchr(line, '\t', n))) {
		size_t to = (size_t)(tab - line);

		vec_push(folder->a, &page.asked,
			 arena_strndup(folder->a, tab + 1, n - to - 1));
		n = to;
	}
	page.page = arena_strndup(folder->a, line, n);
	vec_push(folder->a, &folder->before, page);
}

static void read_written_list(struct site_folder *folder, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		if (n)
			read_listed_page(folder, text, n);
		text += n + (text[n] == '\n');
	}
	sort_pages(&folder->before);
}

static void put_listed_page(struct buf *out, const struct listed_page *page)
{
	buf_addf(out, "%016" PRIx64 " %016" PRIx64 " %s", page->key, page->sum,
		 page->page);
	for (size_t i = page->asked.nr; i-- > 0;)
		buf_addf(out, "\t%s", page->asked.at[i]);
	buf_addch(out, '\n');
}

/* What it asked for can be told in a line. */
static bool can_be_listed(const struct strs *asked)
{
	for (size_t i = 0; i < asked->nr; i++)
		if (strpbrk(asked->at[i], "\t\n"))
			return false;
	return true;
}

static struct err *write_list(struct site_folder *folder,
			      const struct listed_pages *pages)
{
	struct buf list = BUF_INIT;
	struct err *e;

	for (size_t i = 0; i < pages->nr; i++)
		put_listed_page(&list, &pages->at[i]);
	e = file_write(in_folder(folder, LIST), list.p, list.n, 0666, 0, NULL);
	buf_release(&list);
	return e;
}

/* --- opening -------------------------------------------------------------- */

/* Only what it names itself is removed, and nothing outside. */
static bool is_page(const char *name)
{
	return *name && *name != '/' && !strstr(name, "..") && *name != '.';
}

/* A folder that is not ours yet. */
static struct err *look_into(const struct site_folder *folder, bool force)
{
	struct strs files = { 0 };
	struct err *e = file_list(&files, folder->a, folder->path);

	if (!e && files.nr && !force)
		e = err_hint(err_new(ERR_EXISTS,
				     _("%s has files that are not of "
				       "a site, such as %s"),
				     folder->path, files.at[0]),
			     _("choose another folder, or --force to "
			       "write among them"));
	return e;
}

struct err *site_open(struct site_folder **out, struct arena *a,
		      const char *path, bool force)
{
	struct site_folder *folder = arena_alloc(a, sizeof(*folder));
	struct buf list = BUF_INIT;
	enum file_kind kind;
	struct err *e;

	folder->a = a;
	folder->path = path;
	e = file_look(&kind, path);
	if (!e && kind != FILE_NONE && kind != FILE_FOLDER)
		e = err_new(ERR_EXISTS, _("%s is not a folder"), path);
	if (!e)
		e = file_read_own(&list, in_folder(folder, LIST),
				  SITE_LIST_MAX);
	folder->listed = !e;
	if (!e) {
		read_written_list(folder, list.p);
	} else if (e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = look_into(folder, force);
	}
	buf_release(&list);
	*out = folder;
	return e;
}

/* --- pages ---------------------------------------------------------------- */

static const struct listed_page *find_listed_page(
	const struct site_folder *folder, const char *page)
{
	const struct listed_page key = { .page = page };

	return folder->before.nr
		       ? bsearch(&key, folder->before.at, folder->before.nr,
				 sizeof(*folder->before.at), by_page)
		       : NULL;
}

static uint64_t sum_page(const void *bytes, size_t n)
{
	return checksum_bytes(n, bytes, n);
}

const struct strs *site_asked(const struct site_folder *folder,
			      const char *page)
{
	const struct listed_page *before = find_listed_page(folder, page);

	return before && before->key ? &before->asked : NULL;
}

bool site_keep(struct site_folder *folder, const char *page, uint64_t key)
{
	const struct listed_page *before = find_listed_page(folder, page);
	struct buf old = BUF_INIT;
	struct err *e;
	bool kept;

	if (!before || !key || before->key != key)
		return false;
	e = file_read(&old, in_folder(folder, page), SITE_PAGE_MAX);
	kept = !e && sum_page(old.p, old.n) == before->sum;
	err_free(e); /* what cannot be read is written anew */
	buf_release(&old);
	if (kept)
		vec_push(folder->a, &folder->pages, *before);
	return kept;
}

static bool is_same_page(const char *path, const void *bytes, size_t n)
{
	struct buf old = BUF_INIT;
	struct err *e = file_read(&old, path, n + 1);
	bool same = !e && old.n == n && !memcmp(old.p, bytes, n);

	err_free(e);
	buf_release(&old);
	return same;
}

struct err *site_claim(struct site_folder *folder)
{
	const struct listed_pages none = { 0 };
	struct err *e;

	if (folder->listed)
		return NULL;
	e = file_make_parents(in_folder(folder, LIST));
	if (!e)
		e = write_list(folder, &none);
	folder->listed = folder->claimed = !e;
	return e;
}

struct err *site_add(struct site_folder *folder, const char *page, uint64_t key,
		     const struct strs *asked, const void *bytes, size_t n)
{
	struct listed_page added = {
		.page = arena_strdup(folder->a, page),
		.key = !asked || can_be_listed(asked) ? key : 0,
		.sum = sum_page(bytes, n),
	};
	char *path = in_folder(folder, page);
	struct err *e;

	for (size_t i = 0; asked && added.key && i < asked->nr; i++)
		vec_push(folder->a, &added.asked,
			 arena_strdup(folder->a, asked->at[i]));
	vec_push(folder->a, &folder->pages, added);
	if (is_same_page(path, bytes, n))
		return NULL;
	e = site_claim(folder);
	if (!e)
		e = file_make_parents(path);
	if (!e)
		e = file_write(arena_printf(folder->a, "%s" NEW, path), bytes,
			       n, 0666, FILE_OVER | FILE_LATER, NULL);
	if (!e)
		vec_push(folder->a, &folder->fresh, added.page);
	return e;
}

/* --- the end -------------------------------------------------------------- */

/* Those that are no longer made. */
static struct err *remove_old(const struct site_folder *folder,
			      const struct listed_pages *pages, size_t *removed)
{
	size_t at = 0;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < folder->before.nr; i++) {
		const char *page = folder->before.at[i].page;

		while (at < pages->nr && strcmp(pages->at[at].page, page) < 0)
			at++;
		if ((at < pages->nr && !strcmp(pages->at[at].page, page)) ||
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

/* The temporary files of one that was killed: they lie where it had pages to
 * write, and so has this one. Pages of a folder follow each other. */
static void clear_folders(const struct site_folder *folder)
{
	const char *last = NULL;

	for (size_t i = 0; i < folder->fresh.nr; i++) {
		char *dir = in_folder(folder, folder->fresh.at[i]);

		*strrchr(dir, '/') = '\0';
		if (!last || strcmp(dir, last) != 0)
			file_clear_left(dir);
		last = dir;
	}
}

struct err *site_commit(struct site_folder *folder, size_t *written,
			size_t *removed, size_t *all)
{
	struct listed_pages pages = folder->pages;
	struct err *e = NULL;

	*written = folder->fresh.nr;
	*removed = 0;
	*all = pages.nr;
	if (folder->fresh.nr)
		e = file_settle(folder->path);
	for (size_t i = 0; !e && i < folder->fresh.nr; i++) {
		const char *path = in_folder(folder, folder->fresh.at[i]);

		e = file_move(arena_printf(folder->a, "%s" NEW, path), path);
	}
	clear_folders(folder);
	sort_pages(&pages);
	if (!e)
		e = remove_old(folder, &pages, removed);
	return e ? e : write_list(folder, &pages);
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
