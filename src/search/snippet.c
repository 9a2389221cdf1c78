/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "index/ingest.h"
#include "index/searchable.h"
#include "model/body.h"

/* Columns of a snippet, and the share of them before the first mark where the
 * line is longer. */
#define WIDTH  160
#define BEFORE 4
#define CUT    "…"

/* A line that could be shown. */
struct line {
	size_t from, to;
	enum section_key key;
	bool in_front, is_heading;
};

struct finder {
	struct arena *a;
	const struct spotter *spotter;
	const struct terms *terms;
	const char *text;
	size_t n;
	struct spots spots;
};

static void find_snippet_spots(struct finder *f, const char *text, size_t n)
{
	f->text = text;
	f->n = n;
	f->spots = (struct spots){ 0 };
	spots_find(&f->spots, f->a, f->spotter, text, n);
}

/* --- lines --- */

/* What a spot is of: its word, or the part of one. */
static size_t thing_of(const struct finder *f, size_t spot)
{
	size_t number = f->spots.at[spot].way;
	const struct way *way = &f->spotter->ways->at[number];

	return way_is_part(way) ? f->terms->all.nr + number : way->choice;
}

/* How many different things of those sought the bytes contain; *at moves on to the
 * spots behind `from`. */
static size_t count_different(const struct finder *f, size_t *at, size_t from,
			      size_t to)
{
	const struct spots *spots = &f->spots;
	size_t count = 0;

	while (*at < spots->nr && spots->at[*at].from < from)
		(*at)++;
	for (size_t i = *at; i < spots->nr && spots->at[i].from < to; i++) {
		size_t j = *at;

		while (j < i && thing_of(f, j) != thing_of(f, i))
			j++;
		count += j == i;
	}
	return count;
}

/* What it is worth to be shown, from 0. The title is shown anyway. */
static size_t worth_of(const struct line *line)
{
	if (line->in_front)
		return 0;
	if (line->is_heading)
		return 2;
	return line->key == SECTION_PITFALLS ? 5 : line->key ? 4 : 3;
}
#define WORTH_TITLE 1
#define WORTH_MAX   6

static bool is_blank_text(const char *p, size_t n)
{
	text_trim(&p, &n);
	return !n;
}

static bool is_allowed(const struct finder *f, const struct line *line)
{
	unsigned columns = f->terms->columns;

	return !columns || columns & 1u << line->key;
}

/* The best line of a retro's text; its worth, 0 if there is none. */
static size_t choose_line(struct line *out, struct finder *f,
			  const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	size_t best = 0, section = 0, at = 0;
	struct line line = { 0 };
	int number = 1;

	for (size_t from = 0; from < f->n; from = line.to + 1, number++) {
		const char *nl = memchr(f->text + from, '\n', f->n - from);
		size_t count, worth;

		line.from = from;
		line.to = nl ? (size_t)(nl - f->text) : f->n;
		line.in_front = from < retro->front.body;
		line.is_heading = section < sections->nr &&
				  sections->at[section].line == number;
		if (line.is_heading)
			line.key = sections->at[section++].key;
		count = count_different(f, &at, line.from, line.to);
		if ((!count && f->terms->all.nr) || !is_allowed(f, &line) ||
		    is_blank_text(f->text + from, line.to - from))
			continue;
		worth = count * WORTH_MAX + worth_of(&line) + 1;
		if (worth > best) {
			best = worth;
			*out = line;
		}
	}
	return best;
}

/* --- the snippet --- */

/* The signs at the start of a line: of headings, quotes, items, boxes, cells. */
static size_t skip_signs(const char *p, size_t n)
{
	size_t at = 0, digits;

	for (;;) {
		size_t before = at;

		while (at < n && strchr(" \t>#|", p[at]))
			at++;
		if (n - at > 1 && strchr("-*+", p[at]) && p[at + 1] == ' ')
			at += 2;
		if (n - at > 3 && p[at] == '[' && p[at + 2] == ']' &&
		    strchr(" xX-", p[at + 1]) && p[at + 3] == ' ')
			at += 4;
		for (digits = 0; at + digits < n; digits++)
			if (!strchr("0123456789", p[at + digits]))
				break;
		if (digits && n - at - digits > 1 &&
		    p[at + digits + 1] == ' ' && strchr(".)", p[at + digits]))
			at += digits + 2;
		if (at == before)
			return at;
	}
}

static void add_marks(struct snippet *out, const struct finder *f, size_t from,
		      size_t to)
{
	size_t end = 0;

	for (size_t i = 0; i < f->spots.nr; i++) {
		struct mark mark = { f->spots.at[i].from, f->spots.at[i].to };

		if (mark.from < from || mark.from >= to || mark.to <= end)
			continue;
		mark.to = mark.to > to ? to : mark.to;
		if (mark.from <= end && out->marks.nr) {
			end = mark.to;
			out->marks.at[out->marks.nr - 1].to = end - from;
			continue;
		}
		end = mark.to;
		vec_push(f->a, &out->marks,
			 (struct mark){ mark.from - from, mark.to - from });
	}
}

/* The bytes [from, to) of the text that the spots are of. */
static void quote_snippet(struct snippet *out, struct finder *f, size_t from,
			  size_t to)
{
	char *text;

	while (to > from && strchr(" \t\r|", f->text[to - 1]))
		to--;
	text = arena_strndup(f->a, f->text + from, to - from);
	for (size_t i = 0; i < to - from; i++)
		if (!text[i])
			text[i] = ' '; /* it would end the text */
	out->text = text;
	add_marks(out, f, from, to);
	*out = snippet_fit(out, f->a, WIDTH);
}

/* `labels: [cuda, driver]` is shown as labels: cuda, driver. */
static void quote_front(struct snippet *out, struct finder *f,
			const struct retro *retro, const struct line *line)
{
	size_t from = line->from, to = line->to, n;
	const char *key;

	n = searchable_key(&key, retro->bytes + from, to - from);
	if (n)
		out->section = arena_strndup(f->a, key, n);
	while (from < to && strchr(" \t[{-,", f->text[from]))
		from++;
	while (to > from && strchr(" \t\r]},", f->text[to - 1]))
		to--;
	if (to - from > 1 && strchr("\"'", f->text[from]) &&
	    !memchr(f->text + from + 1, f->text[from], to - from - 2) &&
	    f->text[to - 1] == f->text[from]) {
		from++;
		to--;
	}
	quote_snippet(out, f, from, to);
}

void snippet_find(struct snippet *out, struct arena *a,
		  const struct spotter *spotter, struct retro *retro,
		  const struct policy *policy, const struct terms *terms)
{
	struct finder f = { .a = a, .spotter = spotter, .terms = terms };
	struct diags ignored = { .arena = a };
	struct line line = { 0 };
	size_t worth, at = 0, count, n;

	*out = (struct snippet){ .text = "" };
	body_read(retro, a, &ignored, policy);
	find_snippet_spots(&f, searchable_text(a, retro), retro->n);
	worth = choose_line(&line, &f, retro);
	if (worth && line.in_front) {
		quote_front(out, &f, retro, &line);
	} else if (worth) {
		quote_snippet(out, &f,
			      line.from + skip_signs(f.text + line.from,
						     line.to - line.from),
			      line.to);
		out->section = section_name(line.key);
	}
	n = strlen(retro->title);
	find_snippet_spots(&f, retro->title, n);
	count = count_different(&f, &at, 0, n);
	if (count && count * WORTH_MAX + WORTH_TITLE + 1 > worth) {
		*out = (struct snippet){ .section = "title" };
		quote_snippet(out, &f, 0, n);
	}
}

/* --- cutting --- */

/* Where a text that is too long begins: at a word's start, a little before its
 * first mark, but so that as much as fits is shown. */
static size_t choose_start(const char *text, size_t first, size_t columns)
{
	size_t n = strlen(text), at = 0, start;
	size_t before = text_width(text, first), all = text_width(text, n);
	size_t skip = before > columns / BEFORE ? before - columns / BEFORE : 0;

	if (all - skip < columns)
		skip = all > columns ? all - columns + 1 : 0;
	at = text_fit(text, n, skip, NULL);
	for (start = at; start > 0 && start < first; start++)
		if (text[start - 1] == ' ')
			return start;
	return at;
}

static void keep_snippet_marks(struct marks *out, struct arena *a,
			       const struct marks *marks, struct mark part,
			       size_t shift)
{
	for (size_t i = 0; i < marks->nr; i++) {
		struct mark mark = marks->at[i];

		if (mark.to <= part.from || mark.from >= part.to)
			continue;
		mark.from = mark.from < part.from ? part.from : mark.from;
		mark.to = mark.to > part.to ? part.to : mark.to;
		vec_push(a, out,
			 (struct mark){ mark.from - part.from + shift,
					mark.to - part.from + shift });
	}
}

struct snippet snippet_fit(const struct snippet *snippet, struct arena *a,
			   size_t columns)
{
	struct snippet out = { .section = snippet->section };
	const char *text = snippet->text;
	size_t n = strlen(text), shift;
	struct mark part = { 0, n };
	struct buf b = BUF_INIT;

	if (text_width(text, n) <= columns || columns < 4)
		return *snippet;
	if (snippet->marks.nr)
		part.from =
			choose_start(text, snippet->marks.at[0].from, columns);
	if (part.from) {
		buf_addstr(&b, CUT);
		columns--;
	}
	if (text_width(text + part.from, n - part.from) > columns)
		part.to = part.from + text_fit(text + part.from, n - part.from,
					       columns - 1, NULL);
	shift = b.n;
	buf_add(&b, text + part.from, part.to - part.from);
	if (part.to < n)
		buf_addstr(&b, CUT);
	keep_snippet_marks(&out.marks, a, &snippet->marks, part, shift);
	out.text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return out;
}
