/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "site/internal.h"
#include "view/html.h"

typedef struct err *retro_fn(struct site_maker *maker, struct arena *a,
			     const struct retro *retro, struct buf *out);

struct retro_call {
	struct site_maker *maker;
	retro_fn *fn;
	struct buf *out;
};

static struct err *call_retro_fn(void *data, struct arena *a,
				 struct retro *retro)
{
	const struct retro_call *call = data;

	return call->fn(call->maker, a, retro, call->out);
}

static struct err *for_each_retro(struct site_maker *maker, retro_fn *fn,
				  struct buf *out)
{
	struct retro_call call = { maker, fn, out };

	return corpus_each(maker->site->corpus, call_retro_fn, &call);
}

static struct err *add_data(struct site_maker *maker, struct arena *a,
			    const struct retro *retro, struct buf *out)
{
	site_data_add(out, maker, a, retro);
	return NULL;
}

static struct err *add_article(struct site_maker *maker, struct arena *a,
			       const struct retro *retro, struct buf *out)
{
	site_article(out, maker, a, retro, "");
	return NULL;
}

static struct err *emit_page(struct site_maker *maker, const char *path,
			     struct buf *page)
{
	struct err *e = maker->emit(maker->data, path, page->p, page->n);

	buf_reset(page);
	return e;
}

static struct err *emit_retro(struct site_maker *maker, struct arena *a,
			      const struct retro *retro, struct buf *out)
{
	const char *path = site_retro_href(maker, a, retro);

	site_head(out, maker, retro->title, "../");
	site_article(out, maker, a, retro, "../");
	site_foot(out, maker, "../");
	return emit_page(maker, path, out);
}

/* --- the index ----------------------------------------------------------- */

static void put_filter(struct buf *out, const char *id, const char *label,
		       const char *column, const struct strs *values)
{
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
		 "autocomplete=\"off\"></p>\n<p>",
		 _("Search"));
	put_filter(out, "kind", _("Kind"), "2", &kinds);
	put_filter(out, "status", _("Status"), "3", &statuses);
	put_filter(out, "label", _("Label"), "5", &labels);
	buf_addf(out,
		 "</p>\n<p id=\"count\" role=\"status\" data-all=\"%s\" "
		 "data-some=\"%s\" data-none=\"%s\"></p>\n</form>\n",
		 _("%d retros"), _("No retro has all of it; %d have the most"),
		 _("No retro found"));
}

/* What could not be read is said, and not left out in silence. */
static void put_unread(struct buf *out, const struct site_maker *maker)
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
	site_table(out, maker, maker->a, &maker->site->corpus->retros, "");
	put_unread(out, maker);
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
		site_table(out, maker, maker->a, &group->retros, "../");
		site_foot(out, maker, "../");
		e = emit_page(maker, group->file, out);
	}
	return e;
}

static struct err *emit_asset(struct site_maker *maker, const char *name,
			      const char *path)
{
	const struct embed *file = embed_find(name);

	return maker->emit(maker->data, path, file->bytes, file->n);
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
	struct err *e;

	site_head(out, maker, maker->site->title, "");
	put_index(out, maker);
	site_foot(out, maker, "");
	e = emit_page(maker, "index.html", out);
	if (!e)
		e = for_each_retro(maker, emit_retro, out);
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
		e = maker->emit(maker->data, "data.js", maker->script.p,
				maker->script.n);
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
	struct err *e;

	buf_add(&maker->script, search->bytes, search->n);
	buf_add(&maker->script, app->bytes, app->n);
	site_head(out, maker, maker->site->title, "");
	put_index(out, maker);
	e = for_each_retro(maker, add_article, out);
	buf_addf(out, "<section id=\"figures\">\n<h2>%s</h2>\n", _("Figures"));
	if (!e)
		e = site_figures(out, maker);
	buf_addf(out, "</section>\n<section id=\"exposure\">\n<h2>%s</h2>\n",
		 _("Exposure"));
	if (!e)
		e = site_exposure(out, maker);
	buf_addstr(out, "</section>\n");
	site_foot(out, maker, "");
	return e ? e : emit_page(maker, "index.html", out);
}

struct err *site_build(const struct site *site, site_emit_fn *emit, void *data)
{
	struct arena a = ARENA_INIT;
	struct site_maker maker = { .site = site,
				    .a = &a,
				    .script = BUF_INIT,
				    .emit = emit,
				    .data = data };
	struct buf out = BUF_INIT;
	struct err *e;

	site_group_retros(&maker);
	site_data_begin(&maker.script, &maker);
	e = for_each_retro(&maker, add_data, &maker.script);
	if (!e)
		e = site_data_end(&maker.script, &maker);
	if (!e)
		e = site->one_file ? build_one(&maker, &out)
				   : build_pages(&maker, &out);
	buf_release(&out);
	buf_release(&maker.script);
	db_close(&maker.words.db);
	arena_release(&a);
	return e;
}
