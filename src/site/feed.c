/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/body.h"
#include "site/internal.h"
#include "view/html.h"
#include "view/object.h"

/* The newest, as readers ask for again and again. */
#define ENTRIES_MAX 100

static const char *feed_day(struct arena *a, const struct retro *retro)
{
	return arena_printf(a, "%sT00:00:00Z",
			    retro->date == DAY_NONE
				    ? "1970-01-01"
				    : day_format(a, retro->date));
}

/* An address that is the same for ever, whatever the site's is. */
static const char *feed_id(struct arena *a, const struct retro *retro)
{
	return arena_printf(a, "urn:git-retro:%s", site_name(a, retro->id));
}

static const char *feed_link(const struct site_maker *maker, struct arena *a,
			     const struct retro *retro)
{
	const char *url = maker->site->url;

	return arena_printf(a, "%s%s", url ? url : "",
			    site_retro_href(maker, retro));
}

static const char *feed_summary(struct arena *a, const struct retro *retro)
{
	struct buf text = BUF_INIT;
	const char *kept;

	if (retro->summary)
		buf_addstr(&text, retro->summary);
	for (size_t i = 0; i < retro->body->pitfalls.nr; i++)
		buf_addf(&text, "%s%s", text.n ? "\n" : "",
			 retro->body->pitfalls.at[i].text);
	kept = text_cleaned(a, text.p);
	buf_release(&text);
	return kept;
}

static void put_element(struct buf *out, const char *name, const char *text)
{
	buf_addf(out, "<%s>", name);
	html_text(out, text);
	buf_addf(out, "</%s>\n", name);
}

static size_t entries(const struct site_maker *maker)
{
	size_t nr = maker->site->corpus->retros.nr;

	return nr < ENTRIES_MAX ? nr : ENTRIES_MAX;
}

void site_atom(struct buf *out, const struct site_maker *maker)
{
	const struct site *site = maker->site;
	const struct retros *retros = &site->corpus->retros;
	struct arena a = ARENA_INIT;

	buf_addstr(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
			"<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
	put_element(out, "title", site->title);
	put_element(out, "id",
		    site->url ? site->url
			      : arena_printf(&a, "urn:git-retro:site:%s",
					     site_name(&a, site->title)));
	put_element(out, "updated",
		    retros->nr ? feed_day(&a, retros->at[0])
			       : "1970-01-01T00:00:00Z");
	put_element(out, "generator", "git retro");
	buf_addstr(out, "<author><name>");
	html_text(out, site->title);
	buf_addstr(out, "</name></author>\n");
	buf_addf(out, "<link rel=\"self\" href=\"");
	html_text(out,
		  arena_printf(&a, "%sfeed.xml", site->url ? site->url : ""));
	buf_addstr(out, "\"/>\n");
	for (size_t i = 0; i < entries(maker); i++) {
		const struct retro *retro = retros->at[i];

		buf_addstr(out, "<entry>\n");
		put_element(out, "title", retro->title);
		put_element(out, "id", feed_id(&a, retro));
		put_element(out, "updated", feed_day(&a, retro));
		buf_addstr(out, "<link href=\"");
		html_text(out, feed_link(maker, &a, retro));
		buf_addstr(out, "\"/>\n");
		put_element(out, "summary", feed_summary(&a, retro));
		buf_addstr(out, "</entry>\n");
	}
	buf_addstr(out, "</feed>\n");
	arena_release(&a);
}

void site_json_feed(struct buf *out, const struct site_maker *maker)
{
	const struct site *site = maker->site;
	const struct retros *retros = &site->corpus->retros;
	struct arena a = ARENA_INIT;
	json_t *json = json_object(), *items = json_array();

	object_set_text(json, "version", "https://jsonfeed.org/version/1.1");
	object_set_text(json, "title", site->title);
	object_set_text(json, "language", site->language);
	if (site->url) {
		object_set_text(json, "home_page_url", site->url);
		object_set_text(json, "feed_url",
				arena_printf(&a, "%sfeed.json", site->url));
	}
	for (size_t i = 0; i < entries(maker); i++) {
		const struct retro *retro = retros->at[i];
		json_t *item = json_object();

		object_set_text(item, "id", feed_id(&a, retro));
		object_set_text(item, "url", feed_link(maker, &a, retro));
		object_set_text(item, "title", retro->title);
		object_set_text(item, "content_text", feed_summary(&a, retro));
		if (retro->date != DAY_NONE)
			object_set_text(item, "date_published",
					feed_day(&a, retro));
		if (retro->labels.nr)
			object_set(item, "tags", object_list(&retro->labels));
		json_array_append_new(items, item);
	}
	object_set(json, "items", items);
	object_dump(out, json, JSON_INDENT(1));
	arena_release(&a);
}
