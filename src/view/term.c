/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/term.h"

#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"
#include "model/metric.h"
#include "view/columns.h"
#include "view/header.h"
#include "view/prose.h"

#define MOST_RELEASES 2
/* Between a header's keys and its values. */
#define GAP 2
/* A longer key moves its own line only, and a value keeps this much room. */
#define LONG_KEY 20

/* --- list --- */

/* The id comes first and whole: it is what one types next. */
enum column { ID, DATE, STATUS, SEVERITY, RELEASES, WHERE, TITLE, COLUMNS };

static const char *text_or_empty(const char *text)
{
	return text ? text : "";
}

/* Most ids start with the date; then it need not stand there twice. */
static const char *list_date(struct arena *a, const struct retro *retro)
{
	const char *day;

	if (retro->date == DAY_NONE)
		return "";
	day = day_format(a, retro->date);
	return strncmp(retro->id, day, strlen(day)) ? day : "";
}

/* Whether a title names the release in front: `v1.4.0`, `v1.4.0 上线`. */
static bool says_release(const char *title, const char *release)
{
	size_t n = strlen(release);

	return !strncmp(title, release, n) &&
	       !strchr("0123456789.-_", title[n] ? title[n] : ' ');
}

/* The title, unless the id is the same. */
static const char *list_title(struct arena *a, const struct retro *retro)
{
	return strcmp(retro->title, retro->id) ? text_cleaned(a, retro->title)
					       : "";
}

static const char *list_releases(struct arena *a, const struct retro *retro)
{
	const struct strs *names = &retro->releases;
	struct buf b = BUF_INIT;
	const char *text;

	if (names->nr == 1 && says_release(retro->title, names->at[0]))
		return "";
	for (size_t i = 0; i < names->nr && i < MOST_RELEASES; i++) {
		buf_addstr(&b, i ? ", " : "");
		buf_addstr(&b, names->at[i]);
	}
	if (names->nr > MOST_RELEASES)
		buf_addstr(&b, ", …");
	text = text_cleaned(a, b.p);
	buf_release(&b);
	return text;
}

/* "main +2" */
static const char *term_branches(struct arena *a, const struct strs *names)
{
	return names->nr > 1
		       ? arena_printf(a, "%s +%zu", names->at[0], names->nr - 1)
		       : names->at[0];
}

/* Where one must look for it, if not here alone. */
static const char *list_where(struct arena *a, const struct copies *copies)
{
	struct buf b = BUF_INIT;
	const char *text;

	if (!copies)
		return "";
	if (!copies->here && copies->on.nr)
		buf_addf(&b, _("on %s"), term_branches(a, &copies->on));
	if (copies->differs_on.nr) {
		buf_addstr(&b, b.n ? _(", ") : "");
		buf_addf(&b, _("differs on %s"),
			 term_branches(a, &copies->differs_on));
	}
	text = text_cleaned(a, b.p);
	buf_release(&b);
	return text;
}

static struct row list_row(struct arena *a, const struct retro *retro,
			   const struct corpus *where)
{
	return (struct row){
		.text = {
			[ID] = text_cleaned(a, retro->id),
			[DATE] = list_date(a, retro),
			[STATUS] = text_or_empty(status_name(retro->status)),
			[SEVERITY] = severity_said(a, retro),
			[RELEASES] = list_releases(a, retro),
			[WHERE] = list_where(
				a, where ? corpus_copies(where, retro) : NULL),
			[TITLE] = list_title(a, retro),
		},
		.role = {
			[ID] = STYLE_ID,
			[STATUS] = header_status_role(retro->status),
			[SEVERITY] = retro->severity <= 2 ? STYLE_ERROR
							  : STYLE_PLAIN,
			[WHERE] = STYLE_DIM,
		},
	};
}

void term_list(struct buf *out, const struct style *style,
	       const struct retros *retros, const struct corpus *where)
{
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };

	for (size_t i = 0; i < retros->nr; i++)
		vec_push(&arena, &rows, list_row(&arena, retros->at[i], where));
	columns_put(out, style, &rows, COLUMNS);
	arena_release(&arena);
}

/* --- show --- */

static void put_term_wrapped(struct buf *out, const struct style *style,
			     struct arena *a, size_t indent,
			     enum style_role role, const char *text)
{
	size_t width = prose_width(style) > indent + LONG_KEY
			       ? prose_width(style) - indent
			       : LONG_KEY;
	struct prose_lines lines = { 0 };
	struct prose prose;

	prose_init(&prose, a);
	prose_add(&prose, role == STYLE_PLAIN ? 0 : PROSE_ROLE(role), text);
	prose_wrap(&lines, &prose, width, width, 0);
	for (size_t i = 0; i < lines.nr; i++) {
		buf_fill(out, ' ', i ? indent : 0);
		prose_put(out, style, &prose, lines.at[i]);
		buf_addch(out, '\n');
	}
	prose_release(&prose);
}

/* They are a table of their own. */
static void drop_metrics(struct header_lines *lines, const struct retro *retro)
{
	size_t kept = 0;

	for (size_t i = 0; i < lines->nr; i++)
		if (!retro->metrics.nr ||
		    strcmp(lines->at[i].key, "metrics") != 0)
			lines->at[kept++] = lines->at[i];
	lines->nr = kept;
}

static const char *metric_value(struct arena *a, const struct metric *m)
{
	const char *arrow = m->before && m->after ? " → " : "";

	return text_cleaned(
		a, arena_printf(a, "%s%s%s%s%s", text_or_empty(m->before),
				arrow, text_or_empty(m->after),
				m->unit ? " " : "", text_or_empty(m->unit)));
}

/* What became better is green, what became worse red. */
static void put_term_metrics(struct buf *out, const struct style *style,
			     struct arena *a, const struct retro *retro)
{
	struct rows rows = { 0 };

	for (size_t i = 0; i < retro->metrics.nr; i++) {
		const struct metric *m = &retro->metrics.at[i];
		int verdict = metric_verdict(m);
		enum style_role role = verdict > 0   ? STYLE_GOOD
				       : verdict < 0 ? STYLE_ERROR
						     : STYLE_PLAIN;

		vec_push(
			a, &rows,
			(struct row){
				.text = { text_cleaned(
						  a, arena_printf(
							     a, "  %s",
							     text_or_empty(
								     m->name))),
					  metric_value(a, m),
					  metric_change(a, m),
					  metric_percent(a, m) },
				.role = { [2] = role, [3] = role } });
	}
	if (!rows.nr)
		return;
	style_put(out, style, STYLE_KEY, "metrics");
	buf_addch(out, '\n');
	columns_put(out, style, &rows, 4);
}

/* The keys of a file of any language in one column; a very long one moves its
 * own value only. */
static void put_term_header(struct buf *out, const struct style *style,
			    struct arena *a, const struct retro *retro)
{
	struct header_lines lines = { 0 };
	size_t indent = 0;

	header_read(&lines, a, retro);
	drop_metrics(&lines, retro);
	for (size_t i = 0; i < lines.nr; i++) {
		size_t width =
			text_width(lines.at[i].key, strlen(lines.at[i].key));

		if (width > indent && width <= LONG_KEY)
			indent = width;
	}
	indent += GAP;
	for (size_t i = 0; i < lines.nr; i++) {
		const struct header_line *line = &lines.at[i];
		size_t width = text_width(line->key, strlen(line->key));

		style_put(out, style, STYLE_KEY, line->key);
		buf_fill(out, ' ', width + GAP < indent ? indent - width : GAP);
		put_term_wrapped(out, style, a, indent, line->role,
				 line->value);
	}
}

void term_show(struct buf *out, const struct style *style,
	       const struct retro *retro, const struct body *body,
	       const char *links)
{
	struct arena arena = ARENA_INIT;
	struct md doc = *body->doc;

	put_term_wrapped(out, style, &arena, 0, STYLE_TITLE, retro->title);
	buf_addch(out, '\n');
	put_term_header(out, style, &arena, retro);
	put_term_metrics(out, style, &arena, retro);
	buf_addf(out, "%s%s", *links ? "\n" : "", links);
	if (header_has_title(retro, &doc))
		doc.first = doc.first->next;
	if (doc.first)
		buf_addch(out, '\n');
	term_markdown(out, style, &doc);
	arena_release(&arena);
}

void term_excerpt(struct buf *out, const struct style *style,
		  const struct retro *retro, const struct body *body)
{
	struct arena arena = ARENA_INIT;

	put_term_wrapped(out, style, &arena, 0, STYLE_TITLE, retro->title);
	buf_addch(out, '\n');
	term_markdown(out, style, body->doc);
	arena_release(&arena);
}

/* --- diagnostics --- */

static enum style_role level_role(enum diag_level level)
{
	return level == DIAG_ERROR     ? STYLE_ERROR
	       : level == DIAG_WARNING ? STYLE_WARNING
				       : STYLE_DIM;
}

/* Of one kind in one file; a last one is shown as well as counted. */
#define KIND_SHOWN 10

/* Problems of one file that say the same of other things. */
struct diag_kind {
	const struct diag *first;
	size_t nr, shown;
};
struct diag_kinds VEC_OF(struct diag_kind);

static struct diag_kind *kind_of(const struct diag_kinds *kinds,
				 const struct diag *diag)
{
	for (size_t i = 0; i < kinds->nr; i++) {
		const struct diag *first = kinds->at[i].first;

		if (first->level == diag->level &&
		    !strcmp(first->rule, diag->rule) &&
		    phrase_is_like(diag_said(first), diag_said(diag)))
			return &kinds->at[i];
	}
	return NULL;
}

/* Counts those of the file of the `i`th; the first that is of another. */
static size_t count_kinds(struct diag_kinds *out, struct arena *a,
			  const struct diags *diags, size_t i)
{
	const char *path = diags->at[i].path;

	for (; i < diags->nr && !strcmp(diags->at[i].path, path); i++) {
		struct diag_kind *kind = kind_of(out, &diags->at[i]);

		if (kind)
			kind->nr++;
		else
			vec_push(a, out,
				 (struct diag_kind){ &diags->at[i], 1, 0 });
	}
	return i;
}

static void put_diag_head(struct buf *out, const struct style *style,
			  const struct diag *diag)
{
	text_clean(out, diag->path, strlen(diag->path), 0);
	if (diag->pos.line)
		buf_addf(out, ":%d:%d", diag->pos.line, diag->pos.column);
	buf_addstr(out, ": ");
	style_put(out, style, level_role(diag->level),
		  _(diag_level_name(diag->level)));
	buf_addf(out, ": %s: ", diag->rule);
}

static void put_diag_hint(struct buf *out, const struct style *style,
			  const char *hint)
{
	buf_addstr(out, style_on(style, STYLE_DIM));
	buf_addf(out, _("  hint: %s"), hint);
	buf_addf(out, "%s\n", style_on(style, STYLE_PLAIN));
}

static void put_term_diag(struct buf *out, const struct style *style,
			  const struct diag *diag)
{
	struct buf hint = BUF_INIT;

	put_diag_head(out, style, diag);
	phrase_put(out, diag_said(diag));
	buf_addch(out, '\n');
	if (!diag->hint)
		return;
	phrase_put(&hint, diag_advice(diag));
	put_diag_hint(out, style, hint.p);
	buf_release(&hint);
}

/* `diag` stands for itself and for those like it behind it. */
static void put_diag_rest(struct buf *out, const struct style *style,
			  const struct diag *diag, size_t nr)
{
	put_diag_head(out, style, diag);
	buf_addf(out, _("and %zu more of this kind\n"), nr);
	put_diag_hint(out, style, _("git retro check --all shows every one"));
}

void term_diags(struct buf *out, const struct style *style,
		const struct diags *diags, bool all)
{
	struct arena arena = ARENA_INIT;

	for (size_t i = 0, end; i < diags->nr; i = end) {
		struct diag_kinds kinds = { 0 };

		end = count_kinds(&kinds, &arena, diags, i);
		for (size_t at = i; at < end; at++) {
			const struct diag *diag = &diags->at[at];
			struct diag_kind *kind = kind_of(&kinds, diag);

			kind->shown++;
			if (all || kind->shown <= KIND_SHOWN ||
			    kind->nr == KIND_SHOWN + 1)
				put_term_diag(out, style, diag);
			else if (kind->shown == KIND_SHOWN + 1)
				put_diag_rest(out, style, diag,
					      kind->nr - KIND_SHOWN);
		}
	}
	arena_release(&arena);
}
