/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/read.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/conflict.h"
#include "model/field.h"
#include "model/markdown.h"
#include "model/preamble.h"
#include "model/section.h"

/* --- the first heading, without cmark: a list of many retros needs it --- */

struct line {
	const char *p; /* behind its indentation */
	size_t n;      /* without its line end and spaces before that */
	size_t indent;
};

static bool next_text_line(struct line *line, const char **at, const char *end)
{
	const char *nl, *p = *at;

	if (p >= end)
		return false;
	nl = memchr(p, '\n', (size_t)(end - p));
	*at = nl ? nl + 1 : end;
	line->p = p;
	line->n = (size_t)((nl ? nl : end) - p);
	while (line->n && strchr(" \t\r", line->p[line->n - 1]))
		line->n--;
	for (line->indent = 0; line->n; line->p++, line->n--) {
		if (*line->p == ' ')
			line->indent++;
		else if (*line->p == '\t')
			line->indent += 4;
		else
			break;
	}
	return true;
}

static size_t run_length(const struct line *line, char c)
{
	size_t n = 0;

	while (n < line->n && line->p[n] == c)
		n++;
	return n;
}

static bool is_atx(const struct line *line)
{
	size_t marks = run_length(line, '#');

	return line->indent < 4 && marks >= 1 && marks <= 6 &&
	       (marks == line->n || line->p[marks] == ' ' ||
		line->p[marks] == '\t');
}

static bool is_underline(const struct line *line)
{
	return line->indent < 4 && line->n &&
	       (run_length(line, '=') == line->n ||
		run_length(line, '-') == line->n);
}

/* Whether a paragraph can start with this line. */
static bool is_words(const struct line *line)
{
	size_t digits;

	if (!line->n || line->indent >= 4 || strchr(">#|<", *line->p))
		return false;
	if (strchr("-*+", *line->p))
		return line->n > 1 && line->p[1] != ' ' && line->p[1] != '\t';
	for (digits = 0; digits < line->n; digits++)
		if (!isdigit((unsigned char)line->p[digits]))
			break;
	return !digits || digits + 1 >= line->n ||
	       !strchr(".)", line->p[digits]) || line->p[digits + 1] != ' ';
}

/* Moves behind the comment that starts on `line`. */
static void skip_leading_comment(const struct line *line, const char **at,
				 const char *end)
{
	const char *close = memmem(line->p, (size_t)(end - line->p), "-->", 3);
	struct line rest;

	*at = close ? close : end;
	next_text_line(&rest, at, end);
}

/* Moves behind the fenced code that `line` opens; false if it opens none. */
static bool skip_fence(const struct line *line, const char **at,
		       const char *end)
{
	char c = line->n ? *line->p : '\0';
	size_t marks = run_length(line, c);
	struct line inner;

	if ((c != '`' && c != '~') || marks < 3 || line->indent >= 4)
		return false;
	if (c == '`' && memchr(line->p + marks, '`', line->n - marks))
		return false;
	while (next_text_line(&inner, at, end))
		if (inner.indent < 4 && run_length(&inner, c) >= marks &&
		    run_length(&inner, c) == inner.n)
			break;
	return true;
}

/* The text of a heading's Markdown, without the markup; NULL if empty. */
static const char *heading_text(struct arena *a, const char *p, size_t n)
{
	struct buf b = BUF_INIT;
	const char *text;
	bool limited;
	size_t len;

	md_plain(&b, md_parse(a, p, n, 1, 0, &limited));
	text = b.p;
	len = b.n;
	text_trim(&text, &len);
	text = len ? arena_strndup(a, text, len) : NULL;
	buf_release(&b);
	return text;
}

static const char *first_heading(struct arena *a, const char *at,
				 const char *end)
{
	const char *words = NULL; /* where an open paragraph starts */
	const char *text;
	struct line line;

	while (next_text_line(&line, &at, end)) {
		if (is_atx(&line) || (words && is_underline(&line))) {
			const char *from =
				words && is_underline(&line) ? words : line.p;

			text = heading_text(a, from,
					    (size_t)(line.p + line.n - from));
			if (text)
				return text;
			words = NULL;
		} else if (line.n >= 4 && memcmp(line.p, "<!--", 4) == 0) {
			skip_leading_comment(&line, &at, end);
			words = NULL;
		} else if (skip_fence(&line, &at, end) || !line.n) {
			words = NULL;
		} else if (!is_words(&line)) {
			words = line.indent >= 4 ? words : NULL;
		} else if (!words) {
			words = line.p;
		}
	}
	return NULL;
}

/* --- reading --- */

static void read_front_matter(struct retro *retro, struct arena *a,
			      struct diags *diags)
{
	const struct front *front = &retro->front;

	if (!front->present)
		return;
	retro->map = node_parse(a, diags, retro->path, retro->bytes,
				front->start, front->end);
	if (!retro->map || retro->map->kind == NODE_MAP)
		return;
	diag_add(diags, RULE_FRONT_MATTER, retro->path, retro->map->start,
		 N_("write each line as 'key: value'"),
		 N_("the front matter has no keys"));
	retro->map = NULL;
}

/* A day in a heading: "Outage of May 6th, 2024", "... (2024-11-15)". */
static int32_t day_in_title(const char *title)
{
	int32_t day;

	for (const char *p = title; *p; p++)
		if ((p == title || !isalnum((unsigned char)p[-1])) &&
		    day_parse(&day, p) && day >= RETRO_FIRST_DAY &&
		    day <= RETRO_LAST_DAY)
			return day;
	return DAY_NONE;
}

/* The day of the nearest folder that has one: "2026-02-23_sprint/plan.md",
 * "2022/01/14.md". */
static int32_t day_of_folder(const char *path)
{
	int32_t day = DAY_NONE;

	for (const char *p = path + strlen(path);
	     day == DAY_NONE && p > path;) {
		do
			p--;
		while (p > path && p[-1] != '/');
		day = retro_name_day(p);
	}
	return day;
}

void read_path(struct retro *retro, struct arena *a)
{
	const char *titled = retro->title;
	const char *name;

	if (!*retro->path || (retro->id && titled && retro->date != DAY_NONE))
		return;
	name = retro_stem(a, retro->path);
	if (!retro->id)
		retro->id = name;
	if (!retro->title)
		retro->title = name;
	if (retro->date == DAY_NONE)
		retro->date = retro_name_day(name);
	if (retro->date == DAY_NONE && retro->started.known)
		retro->date = day_of(retro->started.at);
	if (retro->date == DAY_NONE && titled)
		retro->date = day_in_title(titled);
	if (retro->date == DAY_NONE)
		retro->date = day_of_folder(retro->path);
}

struct retro *read_retro(struct arena *a, struct diags *diags, const char *path,
			 const char *bytes, size_t n)
{
	struct retro *retro = arena_alloc(a, sizeof(*retro));
	size_t from = diags->nr, at = n;
	bool text;

	retro->path = arena_strdup(a, path);
	retro->bytes = bytes;
	retro->n = n;
	retro->date = DAY_NONE;
	text = front_find(&retro->front, diags, retro->path, bytes, n) ||
	       (text_is_utf8(bytes, n, NULL) && !memchr(bytes, '\0', n));
	if (text && conflict_find(&at, bytes, n))
		diag_add(diags, RULE_CONFLICT, retro->path, diag_pos(bytes, at),
			 NULL, N_("a merge conflict begins here"));
	/* What is wrong in there is the conflict's doing. */
	if (!text || at >= retro->front.end)
		read_front_matter(retro, a, diags);
	field_read(retro, a, diags);
	if (!retro->has_id && text) {
		retro->preamble = preamble_read(a, bytes, n, retro->front.body);
		field_read_preamble(retro, a, diags);
	}
	if (!retro->title && text)
		retro->title =
			first_heading(a, bytes + retro->front.body, bytes + n);
	if (retro->title && section_is_name(a, retro->title) &&
	    !field_pair(field_find("title"), retro))
		retro->title = NULL;
	read_path(retro, a);
	diag_settle(diags, from, retro_stage(retro));
	return retro;
}
