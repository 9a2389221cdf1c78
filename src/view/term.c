/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/term.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/field.h"
#include "view/prose.h"

#define GAP 2
#define CUT "…"
/* A longer id moves its own line only, not the whole table. */
#define LONG_ID 40
/* The title is not cut shorter than this; the line then sticks out. */
#define LEAST_TITLE   20
#define MOST_RELEASES 2

/* --- list --- */

/* The id comes first and whole: it is what one types next. */
enum column { ID, DATE, STATUS, SEVERITY, RELEASES, TITLE, COLUMNS };

struct row {
	const char *text[COLUMNS];
	enum style_role role[COLUMNS];
};

static const char *or_empty(const char *text)
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

static const char *list_releases(struct arena *a, const struct retro *retro)
{
	const struct strs *names = &retro->releases;
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < names->nr && i < MOST_RELEASES; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", names->at[i]);
	if (names->nr > MOST_RELEASES)
		buf_addstr(&b, ", " CUT);
	text = text_cleaned(a, b.p);
	buf_release(&b);
	return text;
}

static enum style_role status_role(enum status status)
{
	switch (status) {
	case STATUS_FINAL:
		return STYLE_GOOD;
	case STATUS_DRAFT:
	case STATUS_REVIEW:
		return STYLE_WARNING;
	default:
		return STYLE_DIM;
	}
}

static struct row list_row(struct arena *a, const struct retro *retro)
{
	return (struct row){
		.text = {
			[ID] = text_cleaned(a, retro->id),
			[DATE] = list_date(a, retro),
			[STATUS] = or_empty(status_name(retro->status)),
			[SEVERITY] = retro->severity
					     ? arena_printf(a, "S%d",
							    retro->severity)
					     : "",
			[RELEASES] = list_releases(a, retro),
			[TITLE] = text_cleaned(a, retro->title),
		},
		.role = {
			[ID] = STYLE_ID,
			[STATUS] = status_role(retro->status),
			[SEVERITY] = retro->severity <= 2 ? STYLE_ERROR
							  : STYLE_PLAIN,
		},
	};
}

static size_t columns_of(const char *text)
{
	return text_width(text, strlen(text));
}

static void put_styled(struct buf *out, const struct style *style,
		       enum style_role role, const char *text)
{
	if (role == STYLE_PLAIN || !*text)
		buf_addstr(out, text);
	else
		buf_addf(out, "%s%s%s", style_on(style, role), text,
			 style_on(style, STYLE_PLAIN));
}

/* The title as far as it fits behind `used` columns; only a terminal cuts. */
static void put_title(struct buf *out, const struct style *style,
		      const char *title, size_t used)
{
	size_t left = LEAST_TITLE, n = strlen(title);

	if (style->width > used + left)
		left = style->width - used;
	if (!style->tty || text_width(title, n) <= left) {
		buf_addstr(out, title);
		return;
	}
	n = text_fit(title, n, left - 1, NULL);
	while (n && title[n - 1] == ' ')
		n--;
	buf_add(out, title, n);
	buf_addstr(out, CUT);
}

static void put_row(struct buf *out, const struct style *style,
		    const struct row *row, const size_t *widths)
{
	size_t at = 0, pad = 0;

	for (int i = 0; i < TITLE; i++) {
		size_t width = columns_of(row->text[i]);

		if (!widths[i])
			continue;
		if (width) {
			buf_fill(out, ' ', pad);
			put_styled(out, style, row->role[i], row->text[i]);
			at += pad + width;
			pad = 0;
		}
		pad += (width < widths[i] ? widths[i] - width : 0) + GAP;
	}
	if (*row->text[TITLE]) {
		buf_fill(out, ' ', pad);
		put_title(out, style, row->text[TITLE], at + pad);
	}
	buf_addch(out, '\n');
}

void term_list(struct buf *out, const struct style *style,
	       const struct retros *retros)
{
	struct arena arena = ARENA_INIT;
	struct VEC_OF(struct row) rows = { 0 };
	size_t widths[COLUMNS] = { 0 };

	for (size_t i = 0; i < retros->nr; i++) {
		struct row row = list_row(&arena, retros->at[i]);

		vec_push(&arena, &rows, row);
		for (int j = 0; j < TITLE; j++) {
			size_t width = columns_of(row.text[j]);

			if (width > widths[j] && (j != ID || width <= LONG_ID))
				widths[j] = width;
		}
	}
	/* Long ids only: then they need no column, but a gap behind them. */
	if (!widths[ID])
		widths[ID] = 1;
	for (size_t i = 0; i < rows.nr; i++)
		put_row(out, style, &rows.at[i], widths);
	arena_release(&arena);
}

/* --- show --- */

struct line {
	const char *key;
	const char *value;
	enum style_role role;
};

struct lines VEC_OF(struct line);

/* An unknown key's value as the table writes a map it keeps as it is. */
static const char *extra_text(struct arena *a, const struct extra *extra)
{
	struct retro holder = { .environment = extra->value };

	return field_text(a, field_find("environment"), &holder);
}

static enum style_role field_role(const struct field *field,
				  const struct retro *retro)
{
	if (field->type == FIELD_STATUS)
		return status_role(retro->status);
	return strcmp(field->key, "id") ? STYLE_PLAIN : STYLE_ID;
}

static void add_line(struct lines *lines, struct arena *a, const char *key,
		     const char *value, enum style_role role)
{
	if (*value)
		vec_push(a, lines,
			 (struct line){ text_cleaned(a, key), value, role });
}

/* Each kind of commit on its own line, so that a long id stays with it. */
static void add_commits(struct lines *lines, struct arena *a,
			const struct field *field, const struct retro *retro)
{
	const struct ties *ties = &retro->commits;
	const struct retro kinds[] = {
		{ .commits = { .cause = ties->cause } },
		{ .commits = { .fix = ties->fix } },
		{ .commits = { .other = ties->other } },
	};
	const char *key = field->key;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t nr = lines->nr;

		add_line(lines, a, key, field_text(a, field, &kinds[i]),
			 STYLE_PLAIN);
		if (lines->nr > nr)
			key = "";
	}
}

static void header_lines(struct lines *lines, struct arena *a,
			 const struct retro *retro)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		if (field->type == FIELD_COMMITS)
			add_commits(lines, a, field, retro);
		else if (strcmp(field->key, "title"))
			add_line(lines, a, field->key,
				 field_text(a, field, retro),
				 field_role(field, retro));
	}
	for (size_t i = 0; i < retro->extras.nr; i++)
		add_line(lines, a, retro->extras.at[i].key,
			 extra_text(a, &retro->extras.at[i]), STYLE_PLAIN);
	add_line(lines, a, "file", retro->path, STYLE_PLAIN);
}

static void put_wrapped(struct buf *out, const struct style *style,
			struct arena *a, size_t indent, enum style_role role,
			const char *text)
{
	size_t width = prose_width(style) > indent + LEAST_TITLE
			       ? prose_width(style) - indent
			       : LEAST_TITLE;
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

/* The keys of a file of any language in one column; a very long one moves its
 * own value only. */
static void put_header(struct buf *out, const struct style *style,
		       struct arena *a, const struct retro *retro)
{
	struct lines lines = { 0 };
	size_t indent = 0;

	header_lines(&lines, a, retro);
	for (size_t i = 0; i < lines.nr; i++) {
		size_t width = columns_of(lines.at[i].key);

		if (width > indent && width <= LEAST_TITLE)
			indent = width;
	}
	indent += GAP;
	for (size_t i = 0; i < lines.nr; i++) {
		const struct line *line = &lines.at[i];
		size_t width = columns_of(line->key);

		put_styled(out, style, STYLE_KEY, line->key);
		buf_fill(out, ' ', width + GAP < indent ? indent - width : GAP);
		put_wrapped(out, style, a, indent, line->role, line->value);
	}
}

/* Whether the body opens with the title, which the header has shown. */
static bool opens_with_title(const struct md *doc, const struct retro *retro)
{
	struct buf heading = BUF_INIT;
	bool same = false;

	if (doc->first && doc->first->type == MD_HEADING) {
		md_plain(&heading, doc->first);
		same = !strcmp(heading.p, retro->title);
	}
	buf_release(&heading);
	return same;
}

void term_show(struct buf *out, const struct style *style,
	       const struct retro *retro, const struct body *body)
{
	struct arena arena = ARENA_INIT;
	struct md doc = *body->doc;

	put_wrapped(out, style, &arena, 0, STYLE_TITLE, retro->title);
	buf_addch(out, '\n');
	put_header(out, style, &arena, retro);
	if (opens_with_title(&doc, retro))
		doc.first = doc.first->next;
	if (doc.first)
		buf_addch(out, '\n');
	term_markdown(out, style, &doc);
	arena_release(&arena);
}

/* --- diagnostics --- */

static enum style_role level_role(enum diag_level level)
{
	return level == DIAG_ERROR     ? STYLE_ERROR
	       : level == DIAG_WARNING ? STYLE_WARNING
				       : STYLE_DIM;
}

static void put_diag(struct buf *out, const struct style *style,
		     const struct diag *diag)
{
	text_clean(out, diag->path, strlen(diag->path), 0);
	if (diag->pos.line)
		buf_addf(out, ":%d:%d", diag->pos.line, diag->pos.column);
	buf_addstr(out, ": ");
	put_styled(out, style, level_role(diag->level),
		   diag_level_name(diag->level));
	buf_addf(out, ": %s: ", diag->rule);
	text_clean(out, diag->text, strlen(diag->text), 0);
	buf_addch(out, '\n');
	if (!diag->hint)
		return;
	buf_addf(out, "%s  hint: ", style_on(style, STYLE_DIM));
	text_clean(out, diag->hint, strlen(diag->hint), 0);
	buf_addf(out, "%s\n", style_on(style, STYLE_PLAIN));
}

void term_diags(struct buf *out, const struct style *style,
		const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++)
		put_diag(out, style, &diags->at[i]);
}
