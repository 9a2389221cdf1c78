/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdint.h>
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "site/internal.h"
#include "view/html.h"

/* Rows of the index that are shown before more are asked for. */
#define ROWS_SHOWN 200

static struct err *emit_page(struct site_maker *maker, const char *path,
			     struct buf *page)
{
	struct err *e =
		site_add(maker->folder, path, 0, NULL, page->p, page->n);

	buf_reset(page);
	return e;
}

/* --- retros -------------------------------------------------------------- */

/* A retro, and what of it is still to be made. */
struct todo {
	uint64_t key; /* of its page, but for what that asks for */
	bool page, words;
};

struct todos {
	struct site_maker *maker;
	struct todo *at;      /* in the order of the corpus */
	struct retros retros; /* of which there is anything to be made */
	size_t *places;       /* of each of them, its place in the corpus */
	size_t next;
	struct buf *out;
};

static bool keep_retro_page(struct site_maker *maker, const struct retro *retro,
			    uint64_t key)
{
	const char *page = site_retro_href(maker, retro);
	const struct strs *asked = site_asked(maker->folder, page);

	return asked && site_keep(maker->folder, page,
				  site_asked_key(maker, key, asked));
}

/* What stands there already is kept. */
static void find_todos(struct todos *out, struct site_maker *maker)
{
	const struct retros *all = &maker->site->corpus->retros;
	struct arena *a = maker->a;

	out->at = arena_alloc(a, (all->nr + 1) * sizeof(*out->at));
	out->places = arena_alloc(a, (all->nr + 1) * sizeof(*out->places));
	for (size_t i = 0; i < all->nr; i++) {
		const struct retro *retro = all->at[i];
		struct todo *todo = &out->at[i];

		todo->key = site_retro_key(maker, retro, maker->common.page);
		todo->page = maker->site->one_file ||
			     !keep_retro_page(maker, retro, todo->key);
		todo->words = site_words_wanted(maker, i);
		if (!todo->page && !todo->words)
			continue;
		out->places[out->retros.nr] = i;
		vec_push(a, &out->retros, all->at[i]);
	}
}

static struct err *emit_retro(struct site_maker *maker, struct arena *a,
			      const struct retro *retro, uint64_t key,
			      struct buf *out)
{
	struct err *e;

	maker->asked.nr = 0;
	site_head(out, maker, retro->title, "../");
	site_article(out, maker, a, retro, "../");
	site_foot(out, maker, "../");
	if (!site_is_as_surveyed(maker, retro))
		key = 0;
	e = site_add(maker->folder, site_retro_href(maker, retro),
		     site_asked_key(maker, key, &maker->asked), &maker->asked,
		     out->p, out->n);
	buf_reset(out);
	return e;
}

static struct err *make_retro_page(void *data, struct arena *unused,
				   struct retro *retro)
{
	struct todos *todos = data;
	struct site_maker *maker = todos->maker;
	size_t place = todos->places[todos->next++];
	const struct todo *todo = &todos->at[place];
	struct arena a = ARENA_INIT; /* what is read lives on for some time */
	struct err *e = NULL;

	(void)unused;
	if (todo->words)
		site_words_add(maker, &a, place, retro);
	if (maker->site->one_file)
		site_article(todos->out, maker, &a, retro, "");
	else if (todo->page)
		e = emit_retro(maker, &a, retro, todo->key, todos->out);
	arena_release(&a);
	return e;
}

/* The text of each is read once: its page, and its words. */
static struct err *make_retros(struct site_maker *maker, struct buf *out)
{
	struct todos todos = { .maker = maker, .out = out };
	struct corpus corpus = *maker->site->corpus;

	find_todos(&todos, maker);
	corpus.retros = todos.retros;
	return corpus_each(&corpus, make_retro_page, &todos);
}

/* --- the index ----------------------------------------------------------- */

static void put_filter(struct buf *out, const char *id, const char *label,
		       const char *column, const struct strs *values)
{
	if (!values->nr)
		return;
	buf_addf(out,
		 "<span class=\"filter\"><label for=\"%s\">%s</label> <select "
		 "id=\"%s\" "
		 "data-column=\"%s\"><option value=\"\">%s</option>",
		 id, label, id, column, _("any"));
	for (size_t i = 0; i < values->nr; i++) {
		buf_addstr(out, "<option>");
		html_text(out, values->at[i]);
		buf_addstr(out, "</option>");
	}
	buf_addstr(out, "</select></span>\n");
}

static void put_filters(struct buf *out, const struct site_maker *maker)
{
	struct strs kinds = { 0 }, statuses = { 0 }, labels = { 0 };
	const struct retros *retros = &maker->site->corpus->retros;

	for (size_t i = 0; i < retros->nr; i++) {
		const char *kind = kind_name(retros->at[i]->kind);
		const char *status = status_name(retros->at[i]->status);

		if (kind)
			strs_add(maker->a, &kinds, kind);
		if (status)
			strs_add(maker->a, &statuses, status);
	}
	for (size_t i = 0; i < maker->labels.nr; i++)
		vec_push(maker->a, &labels, maker->labels.at[i].name);
	buf_addf(out,
		 "<form id=\"search\" role=\"search\">\n<p><label for=\"q\">%s"
		 "</label> <input id=\"q\" type=\"search\" "
		 "autocomplete=\"off\" placeholder=\"%s\"></p>\n<p>",
		 _("Search"),
		 _("words, &quot;a phrase&quot;, -not, label:name"));
	put_filter(out, "kind", _("Kind"), "2", &kinds);
	put_filter(out, "status", _("Status"), "3", &statuses);
	put_filter(out, "label", _("Label"), "5", &labels);
	buf_addf(out,
		 "</p>\n<p id=\"count\" role=\"status\" data-all=\"%s\" "
		 "data-some=\"%s\" data-none=\"%s\" data-wait=\"%s\" "
		 "data-broken=\"%s\"></p>\n</form>\n",
		 _("%d retros"), _("No retro has all of it; %d have the most"),
		 _("No retro found"), _("Looking …"),
		 _("The words of the retros cannot be loaded"));
}

/* What could not be read is said, and not left out in silence. */
static void put_unread_files(struct buf *out, const struct site_maker *maker)
{
	const struct diags *diags = &maker->site->corpus->diags;
	bool begun = false;

	for (size_t i = 0; i < diags->nr; i++) {
		if (diags->at[i].level != DIAG_ERROR)
			continue;
		if (!begun)
			buf_addf(out, "<h2>%s</h2>\n<ul class=\"unread\">\n",
				 _("Files with errors"));
		begun = true;
		buf_addstr(out, "<li>");
		html_text(out, diags->at[i].path);
		buf_addstr(out, ": ");
		html_text(out, diags->at[i].text);
		buf_addstr(out, "</li>\n");
	}
	if (begun)
		buf_addstr(out, "</ul>\n");
}

static void put_index(struct buf *out, const struct site_maker *maker)
{
	buf_addstr(out, "<h1>");
	html_text(out, maker->site->title);
	buf_addstr(out, "</h1>\n");
	put_filters(out, maker);
	site_table(out, maker, &maker->site->corpus->retros, "", ROWS_SHOWN);
	put_unread_files(out, maker);
}

/* --- groups -------------------------------------------------------------- */

static struct err *emit_groups(struct site_maker *maker, const char *path,
			       const char *title,
			       const struct site_groups *groups,
			       struct buf *out)
{
	struct err *e;

	site_head(out, maker, title, "");
	buf_addf(out, "<h1>%s</h1>\n<ul class=\"groups\">\n", title);
	for (size_t i = 0; i < groups->nr; i++) {
		buf_addf(out, "<li><a href=\"%s\">", groups->at[i].file);
		html_text(out, groups->at[i].name);
		buf_addf(out, "</a> (%zu)</li>\n", groups->at[i].retros.nr);
	}
	buf_addstr(out, "</ul>\n");
	site_foot(out, maker, "");
	e = emit_page(maker, path, out);
	for (size_t i = 0; !e && i < groups->nr; i++) {
		const struct site_group *group = &groups->at[i];

		site_head(out, maker, group->name, "../");
		buf_addstr(out, "<h1>");
		html_text(out, group->name);
		buf_addstr(out, "</h1>\n");
		site_table(out, maker, &group->retros, "../", SIZE_MAX);
		site_foot(out, maker, "../");
		e = emit_page(maker, group->file, out);
	}
	return e;
}

static struct err *emit_asset(struct site_maker *maker, const char *name,
			      const char *path)
{
	const struct embed *file = embed_find(name);

	return site_add(maker->folder, path, 0, NULL, file->bytes, file->n);
}

/* --- the whole ----------------------------------------------------------- */

typedef struct err *content_fn(struct buf *out, const struct site_maker *maker);

static struct err *emit_content(struct site_maker *maker, const char *path,
				const char *title, content_fn *fn,
				struct buf *out)
{
	struct err *e;

	site_head(out, maker, title, "");
	buf_addf(out, "<h1>%s</h1>\n", title);
	e = fn(out, maker);
	site_foot(out, maker, "");
	return e ? e : emit_page(maker, path, out);
}

static struct err *build_pages(struct site_maker *maker, struct buf *out)
{
	struct err *e = make_retros(maker, out);

	if (!e)
		e = site_words_emit(maker);
	site_head(out, maker, maker->site->title, "");
	put_index(out, maker);
	site_foot(out, maker, NULL);
	if (!e)
		e = emit_page(maker, "index.html", out);
	if (!e)
		e = emit_groups(maker, "labels.html", _("Labels"),
				&maker->labels, out);
	if (!e)
		e = emit_groups(maker, "releases.html", _("Releases"),
				&maker->releases, out);
	if (!e)
		e = emit_groups(maker, "files.html", _("Files"), &maker->paths,
				out);
	if (!e)
		e = emit_content(maker, "figures.html", _("Figures"),
				 site_figures, out);
	if (!e)
		e = emit_content(maker, "exposure.html", _("Exposure"),
				 site_exposure, out);
	if (!e)
		e = emit_page(maker, "data.js", &maker->script);
	if (!e)
		e = emit_asset(maker, "src/site/search.js", "search.js");
	if (!e)
		e = emit_asset(maker, "src/site/app.js", "app.js");
	if (!e)
		e = emit_asset(maker, "src/site/style.css", "style.css");
	site_atom(out, maker);
	if (!e)
		e = emit_page(maker, "feed.xml", out);
	site_json_feed(out, maker);
	return e ? e : emit_page(maker, "feed.json", out);
}

static struct err *build_one(struct site_maker *maker, struct buf *out)
{
	const struct embed *search = embed_find("src/site/search.js");
	const struct embed *app = embed_find("src/site/app.js");
	struct buf articles = BUF_INIT;
	struct err *e = make_retros(maker, &articles);

	buf_add(&maker->script, search->bytes, search->n);
	if (!e)
		e = site_words_script(&maker->script, maker);
	buf_add(&maker->script, app->bytes, app->n);
	site_head(out, maker, maker->site->title, "");
	put_index(out, maker);
	buf_add(out, articles.p, articles.n);
	buf_addf(out, "<section id=\"figures\">\n<h2>%s</h2>\n", _("Figures"));
	if (!e)
		e = site_figures(out, maker);
	buf_addf(out, "</section>\n<section id=\"exposure\">\n<h2>%s</h2>\n",
		 _("Exposure"));
	if (!e)
		e = site_exposure(out, maker);
	buf_addstr(out, "</section>\n");
	site_foot(out, maker, NULL);
	buf_release(&articles);
	return e ? e : emit_page(maker, "index.html", out);
}

struct err *site_build(const struct site *site, struct site_folder *folder)
{
	struct arena a = ARENA_INIT;
	struct site_maker maker = {
		.site = site, .a = &a, .script = BUF_INIT, .folder = folder
	};
	struct buf out = BUF_INIT;
	struct err *e;

	site_group_retros(&maker);
	site_sum_all(&maker);
	e = site_words_begin(&maker);
	site_data(&maker.script, &maker);
	if (!e)
		e = site->one_file ? build_one(&maker, &out)
				   : build_pages(&maker, &out);
	buf_release(&out);
	buf_release(&maker.script);
	site_words_end(&maker);
	arena_release(&a);
	return e;
}
