/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "git/object.h"
#include "model/body.h"
#include "site/internal.h"
#include "view/header.h"
#include "view/html.h"

/* --- the frame ----------------------------------------------------------- */

/* The hash by which a policy lets one script or style stand in a page. */
static void put_hash(struct buf *out, const char *bytes, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
				     "pqrstuvwxyz0123456789+/";
	unsigned char sum[OBJECT_SHA256 + 1] = { 0 };

	object_sha256(sum, bytes, n);
	buf_addstr(out, "'sha256-");
	for (size_t i = 0; i < OBJECT_SHA256; i += 3) {
		unsigned group = (unsigned)sum[i] << 16 |
				 (unsigned)sum[i + 1] << 8 |
				 (i + 2 < OBJECT_SHA256 ? sum[i + 2] : 0);

		buf_addch(out, digits[group >> 18]);
		buf_addch(out, digits[group >> 12 & 63]);
		buf_addch(out, digits[group >> 6 & 63]);
		buf_addch(out,
			  i + 2 < OBJECT_SHA256 ? digits[group & 63] : '=');
	}
	buf_addch(out, '\'');
}

static const struct embed *asset(const char *name)
{
	return embed_find(name);
}

/* Nothing is loaded but what lies beside the page. */
static void put_policy(struct buf *out, const struct site_maker *maker)
{
	const struct embed *style = asset("src/site/style.css");

	buf_addstr(out, "<meta http-equiv=\"Content-Security-Policy\" "
			"content=\"default-src 'none'; base-uri 'none'; "
			"form-action 'none'; img-src data:; ");
	if (maker->site->one_file) {
		buf_addstr(out, "style-src ");
		put_hash(out, style->bytes, style->n);
		buf_addstr(out, "; script-src ");
		put_hash(out, maker->script.p, maker->script.n);
	} else {
		buf_addstr(out, "style-src 'self'; script-src 'self'");
	}
	buf_addstr(out, "\">\n");
}

/* `title` is that of the page that this is. */
static void put_nav(struct buf *out, const struct site_maker *maker,
		    const char *title, const char *up)
{
	static const struct {
		const char *file, *anchor, *name;
	} pages[] = {
		{ "index.html", "#top", N_("Retros") },
		{ "labels.html", NULL, N_("Labels") },
		{ "releases.html", NULL, N_("Releases") },
		{ "files.html", NULL, N_("Files") },
		{ "figures.html", "#figures", N_("Figures") },
		{ "exposure.html", "#exposure", N_("Exposure") },
	};
	bool one = maker->site->one_file;

	buf_addf(out, "<nav aria-label=\"%s\"><ul>\n", _("Pages"));
	for (size_t i = 0; i < ARRAY_SIZE(pages); i++)
		if (!one)
			buf_addf(out, "<li><a href=\"%s%s\"%s>%s</a></li>\n",
				 up, pages[i].file,
				 !strcmp(title, i ? _(pages[i].name)
						  : maker->site->title)
					 ? " aria-current=\"page\""
					 : "",
				 _(pages[i].name));
		else if (pages[i].anchor)
			buf_addf(out, "<li><a href=\"%s\">%s</a></li>\n",
				 pages[i].anchor, _(pages[i].name));
	buf_addstr(out, "</ul></nav>\n");
}

static void put_style_and_feeds(struct buf *out, const struct site_maker *maker,
				const char *up)
{
	const struct embed *style = asset("src/site/style.css");

	if (maker->site->one_file)
		buf_addf(out, "<style>%s</style>\n", style->bytes);
	else
		buf_addf(out,
			 "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n"
			 "<link rel=\"alternate\" type=\"application/atom+xml\""
			 " title=\"Atom\" href=\"%sfeed.xml\">\n"
			 "<link rel=\"alternate\" type=\"application/feed+json"
			 "\" title=\"JSON Feed\" href=\"%sfeed.json\">\n",
			 up, up, up);
}

void site_head(struct buf *out, const struct site_maker *maker,
	       const char *title, const char *up)
{
	const struct site *site = maker->site;

	buf_addf(out,
		 "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		 "<meta charset=\"utf-8\">\n",
		 site->language);
	put_policy(out, maker);
	buf_addstr(out, "<meta name=\"viewport\" "
			"content=\"width=device-width, initial-scale=1\">\n"
			"<meta name=\"color-scheme\" content=\"light dark\">\n"
			"<title>");
	html_text(out, title);
	if (strcmp(title, site->title) != 0) {
		buf_addstr(out, " – ");
		html_text(out, site->title);
	}
	/* Without one, a browser asks the server for an icon. */
	buf_addstr(out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n");
	put_style_and_feeds(out, maker, up);
	buf_addf(out,
		 "</head>\n<body id=\"top\">\n"
		 "<a class=\"skip\" href=\"#main\">%s</a>\n<header>\n"
		 "<p class=\"name\"><a href=\"%s\">",
		 _("Skip to the content"),
		 site->one_file ? "#top"
				: arena_printf(maker->a, "%sindex.html", up));
	html_text(out, site->title);
	buf_addstr(out, "</a></p>\n");
	put_nav(out, maker, title, up);
	buf_addstr(out, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

void site_foot(struct buf *out, const struct site_maker *maker, const char *up)
{
	buf_addstr(out, "</main>\n<footer><p>");
	buf_addf(out, _("Made by %s from the retros of the repository."),
		 "git retro");
	buf_addstr(out, "</p></footer>\n");
	if (maker->site->one_file)
		buf_addf(out, "<script>%s</script>\n", maker->script.p);
	else if (!up)
		buf_addstr(out, "<script src=\"data.js\"></script>\n"
				"<script src=\"search.js\"></script>\n"
				"<script src=\"app.js\"></script>\n");
	buf_addstr(out, "</body>\n</html>\n");
}

/* --- a retro ------------------------------------------------------------- */

struct leading {
	struct site_maker *maker;
	const struct retro *retro;
	const char *up;
};

/* The retro that a file beside this one is; NULL if it is none. */
static const struct retro *linked_retro(const struct leading *leading,
					struct arena *a, const char *url)
{
	struct site_maker *maker = leading->maker;
	const char *slash = strrchr(leading->retro->path, '/');
	size_t n = strcspn(url, "?#");
	const char *path = arena_strndup(a, url, n);

	if (!n || strchr(path, ':') || *path == '/')
		return NULL;
	if (slash)
		path = arena_printf(a, "%.*s/%s",
				    (int)(slash - leading->retro->path),
				    leading->retro->path, path);
	path = path_normal(a, path);
	strs_add(maker->a, &maker->asked, path);
	return site_retro_at(maker, path);
}

/* Another retro's page, or what stands on the web; a file of the repository is
 * not here. */
static const char *lead(void *data, struct arena *a, const char *url)
{
	const struct leading *leading = data;
	const struct retro *other = linked_retro(leading, a, url);

	if (other)
		return arena_printf(
			a, "%s%s",
			leading->maker->site->one_file ? "" : leading->up,
			site_retro_href(leading->maker, other));
	return strstr(url, "://") || !strncmp(url, "mailto:", 7) ? url : NULL;
}

static bool is_web_address(const char *text)
{
	return (!strncmp(text, "https://", 8) ||
		!strncmp(text, "http://", 7)) &&
	       !strpbrk(text, " \t\n\"<>\\");
}

/* Without a key, one more value of the field before. */
static void put_header_field(struct buf *out, const char *key,
			     const char *value)
{
	if (*key) {
		buf_addstr(out, "<div><dt>");
		html_text(out, key);
		buf_addstr(out, "</dt>");
	}
	buf_addstr(out, "<dd>");
	if (is_web_address(value)) {
		buf_addstr(out, "<a href=\"");
		html_text(out, value);
		buf_addstr(out, "\" rel=\"noreferrer\">");
		html_text(out, value);
		buf_addstr(out, "</a>");
	} else {
		html_text(out, value);
	}
	buf_addstr(out, "</dd>");
}

/* The labels stand above, where they lead to their pages. */
static void put_fields(struct buf *out, const struct site_maker *maker,
		       struct arena *a, const struct retro *retro)
{
	struct header_lines lines = { 0 };
	bool above = false;

	header_read(&lines, a, retro);
	buf_addstr(out, "<dl>\n");
	for (size_t i = 0; i < lines.nr; i++) {
		bool more = i + 1 < lines.nr && !*lines.at[i + 1].key;

		if (*lines.at[i].key)
			above = !maker->site->one_file &&
				!strcmp(lines.at[i].key, "labels");
		if (above)
			continue;
		put_header_field(out, lines.at[i].key, lines.at[i].value);
		buf_addstr(out, more ? "" : "</div>\n");
	}
	buf_addstr(out, "</dl>\n");
}

static bool is_full_id(const char *text)
{
	size_t n = strspn(text, "0123456789abcdef");

	return !text[n] && (n == 40 || n == 64);
}

static void put_commit(struct buf *out, const struct site_maker *maker,
		       const char *role, const char *id)
{
	bool linked = maker->site->forge && is_full_id(id);

	buf_addf(out, "<li>%s ", role);
	if (linked) {
		buf_addstr(out, "<a href=\"");
		html_text(out, maker->site->forge);
		html_text(out, id);
		buf_addstr(out, "\">");
	}
	buf_addstr(out, "<code>");
	html_text(out, arena_strndup(maker->a, id,
				     is_full_id(id) ? 12 : strlen(id)));
	buf_addstr(out, linked ? "</code></a></li>\n" : "</code></li>\n");
}

static void put_page_commits(struct buf *out, const struct site_maker *maker,
			     const struct retro *retro)
{
	bool begun = false;

	for (enum link_role role = LINK_CAUSE; role < LINK_ROLES; role++) {
		const struct strs *ids = links_of(&retro->commits, role);

		for (size_t i = 0; i < ids->nr; i++) {
			if (!begun)
				buf_addf(out, "<h2>%s</h2>\n<ul>\n",
					 _("Commits"));
			begun = true;
			put_commit(out, maker, link_role_name(role),
				   ids->at[i]);
		}
	}
	if (begun)
		buf_addstr(out, "</ul>\n");
}

static void put_tags(struct buf *out, const struct site_maker *maker,
		     const struct retro *retro, const char *up)
{
	struct strs labels = { 0 };

	if (!retro->labels.nr || maker->site->one_file)
		return;
	strs_append(maker->a, &labels, &retro->labels);
	strs_sort(&labels);
	buf_addf(out, "<ul class=\"labels\" aria-label=\"%s\">", _("Labels"));
	for (size_t i = 0; i < labels.nr; i++) {
		const struct site_group *group =
			site_group_of(&maker->labels, labels.at[i]);

		if (!group || (i && !strcmp(labels.at[i], labels.at[i - 1])))
			continue;
		buf_addf(out, "<li><a href=\"%s%s\">", up, group->file);
		html_text(out, group->name);
		buf_addstr(out, "</a></li>");
	}
	buf_addstr(out, "</ul>\n");
}

void site_article(struct buf *out, struct site_maker *maker, struct arena *a,
		  const struct retro *retro, const char *up)
{
	struct leading leading = { maker, retro, up };
	const struct html_links links = { lead, &leading, true };
	const struct md *first = retro->body->doc->first;
	const char *tag = maker->site->one_file ? "h2" : "h1";

	buf_addf(out, "<article id=\"r-%s\"%s>\n<%s>", site_name(a, retro->id),
		 body_is_chinese(retro->body) ? " lang=\"zh-Hans\"" : "", tag);
	html_text(out, retro->title);
	buf_addf(out, "</%s>\n", tag);
	put_tags(out, maker, retro, up);
	put_fields(out, maker, a, retro);
	if (header_has_title(retro, retro->body->doc))
		first = first->next;
	html_blocks(out, a, first, &links);
	put_page_commits(out, maker, retro);
	buf_addstr(out, "</article>\n");
}

/* --- lists --------------------------------------------------------------- */

static void put_names_cell(struct buf *out, const char *class,
			   const struct strs *names)
{
	buf_addstr(out, "<td class=\"");
	buf_addstr(out, class);
	buf_addstr(out, "\">");
	for (size_t i = 0; i < names->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		html_text(out, names->at[i]);
	}
	buf_addstr(out, "</td>");
}

static void put_retro_row(struct buf *out, const struct site_maker *maker,
			  const struct retro *retro, const char *up)
{
	const char *kind = kind_name(retro->kind);
	const char *status = status_name(retro->status);

	buf_addstr(out, "<tr><td class=\"day\">");
	if (retro->date != DAY_NONE)
		buf_addstr(out, day_format(maker->a, retro->date));
	buf_addstr(out, "</td><td class=\"title\"><a href=\"");
	buf_addstr(out, maker->site->one_file ? "" : up);
	buf_addstr(out, site_retro_href(maker, retro));
	buf_addstr(out, "\">");
	html_text(out, retro->title);
	buf_addstr(out, "</a></td><td class=\"kind\">");
	buf_addstr(out, kind ? kind : "");
	buf_addstr(out, "</td><td class=\"status\">");
	buf_addstr(out, status ? status : "");
	buf_addstr(out, "</td>");
	put_names_cell(out, "releases", &retro->releases);
	put_names_cell(out, "labels", &retro->labels);
	buf_addstr(out, "</tr>\n");
}

/* The columns of which no retro has anything are not shown. */
static const char *empty_columns(struct arena *a, const struct retros *retros)
{
	bool kind = false, status = false, releases = false, labels = false;

	for (size_t i = 0; i < retros->nr; i++) {
		kind |= retros->at[i]->kind != KIND_NONE;
		status |= retros->at[i]->status != STATUS_NONE;
		releases |= retros->at[i]->releases.nr > 0;
		labels |= retros->at[i]->labels.nr > 0;
	}
	return arena_printf(a, "%s%s%s%s", kind ? "" : " no-kind",
			    status ? "" : " no-status",
			    releases ? "" : " no-releases",
			    labels ? "" : " no-labels");
}

void site_table(struct buf *out, const struct site_maker *maker,
		const struct retros *retros, const char *up, size_t shown)
{
	buf_addf(out,
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
		 "aria-label=\"%s\">\n<table class=\"retros%s\">\n<thead><tr>"
		 "<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		 "<th scope=\"col\" class=\"kind\">%s</th>"
		 "<th scope=\"col\" class=\"status\">%s</th>"
		 "<th scope=\"col\" class=\"releases\">%s</th>"
		 "<th scope=\"col\" class=\"labels\">%s</th>"
		 "</tr></thead>\n<tbody>\n",
		 _("Retros"), empty_columns(maker->a, retros), _("Date"),
		 _("Retro"), _("Kind"), _("Status"), _("Releases"),
		 _("Labels"));
	for (size_t i = 0; i < retros->nr; i++) {
		if (i == shown)
			buf_addstr(out, "</tbody>\n<tbody class=\"rest\">\n");
		put_retro_row(out, maker, retros->at[i], up);
	}
	buf_addstr(out, "</tbody>\n</table>\n</div>\n");
	if (retros->nr > shown)
		buf_addf(out,
			 "<p id=\"rest\" hidden><button type=\"button\" "
			 "data-all=\"%s\"></button></p>\n",
			 _("Show all %d"));
}
