/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/scan.h"

#include <string.h>

/* Where git looks for a NUL byte. */
#define BINARY_BYTES 8000

struct scanning {
	struct arena *a;
	const struct scan *scan;
	struct expression *x;
	const char *text;
	size_t n;
	struct scanned *out;
	struct spans hits; /* lines; empty unless they are wanted */
};

/* Behind the last byte of the line that begins at `at`. */
static size_t scanned_line_end(const char *text, size_t n, size_t at)
{
	const char *end = memchr(text + at, '\n', n - at);

	return end ? (size_t)(end - text) : n;
}

/* --- which lines --- */

static bool is_enough(const struct scanning *s)
{
	size_t most = s->scan->want == SCAN_ANY ? 1 : s->scan->most;

	return most && s->out->count >= most;
}

/* The parts are looked at as texts of their own, so that nothing is found
 * across their ends. */
static struct err *scan_part(struct scanning *s, struct span part)
{
	const char *text = s->text + part.start;
	const bool invert = s->scan->invert;
	size_t n = part.end - part.start, at = 0;

	while (at < n && !is_enough(s)) {
		bool hit = false;
		size_t end;
		struct err *e = NULL;

		if (!invert)
			at = expression_skip(&hit, s->x, text, n, at);
		if (at >= n)
			break;
		end = scanned_line_end(text, n, at);
		if (!hit)
			e = expression_hits(&hit, s->x, text + at, end - at);
		if (e)
			return e;
		if (hit != invert) {
			s->out->count++;
			if (s->scan->want == SCAN_LINES && !s->out->binary)
				vec_push(s->a, &s->hits,
					 (struct span){ part.start + at,
							part.start + end });
		}
		at = end + 1;
	}
	return NULL;
}

/* --- with what is around them --- */

/* The next line to show is that at `at`, which has this number. */
struct place {
	size_t at, number;
};

static void advance(struct place *place, const char *text, size_t to)
{
	const char *newline;

	while (place->at < to &&
	       (newline = memchr(text + place->at, '\n', to - place->at))) {
		place->at = (size_t)(newline - text) + 1;
		place->number++;
	}
	place->at = to;
}

static struct err *find_spans(struct scan_line *line, struct scanning *s)
{
	size_t at = 0;
	bool hit = true;
	struct span span;

	while (at < line->n) {
		struct err *e =
			expression_find(&hit, &span, s->x, line->text + at,
					line->n - at, at > 0);

		if (e)
			return e;
		if (!hit || span.start >= span.end)
			break;
		vec_push(s->a, &line->spans,
			 (struct span){ at + span.start, at + span.end });
		at += span.end;
	}
	return NULL;
}

enum role { BEFORE, HIT, AFTER };

/* Where `git grep --column` has a line begin: behind a hit, one that is none
 * for being matched has a column, too. */
static struct err *find_match_column(struct scan_line *line, struct scanning *s,
				     enum role role)
{
	if (role == BEFORE)
		return NULL;
	return expression_column(&line->column, s->x, line->text, line->n,
				 role == HIT && s->scan->invert);
}

/* Puts the line at `place`, which moves on to the next one. */
static struct err *put_scanned_line(struct scanning *s, struct place *place,
				    enum role role)
{
	size_t end = scanned_line_end(s->text, s->n, place->at);
	struct scan_line line = {
		.number = place->number++,
		.text = arena_strndup(s->a, s->text + place->at,
				      end - place->at),
		.n = end - place->at,
		.hit = role == HIT,
	};
	struct err *e = s->scan->spans ? find_spans(&line, s) : NULL;

	if (!e && s->scan->column)
		e = find_match_column(&line, s, role);
	if (line.hit && !line.column)
		line.column = 1;
	vec_push(s->a, &s->out->lines, line);
	place->at = end < s->n ? end + 1 : s->n;
	return e;
}

/* The start of the line `lines` before that at `at`, but not before `floor`. */
static size_t back(const char *text, size_t at, size_t lines, size_t floor)
{
	while (at > floor && lines--) {
		const char *newline =
			memrchr(text + floor, '\n', at - 1 - floor);

		at = newline ? (size_t)(newline - text) + 1 : floor;
	}
	return at;
}

static struct err *put_scanned_lines(struct scanning *s)
{
	struct place place = { 0, 1 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i < s->hits.nr; i++) {
		size_t start = s->hits.at[i].start, after = s->scan->after;
		size_t next =
			i + 1 < s->hits.nr ? s->hits.at[i + 1].start : s->n;

		advance(&place, s->text,
			back(s->text, start, s->scan->before, place.at));
		while (!e && place.at < start)
			e = put_scanned_line(s, &place, BEFORE);
		if (!e)
			e = put_scanned_line(s, &place, HIT);
		while (!e && after-- && place.at < next)
			e = put_scanned_line(s, &place, AFTER);
	}
	return e;
}

struct err *scan_text(struct scanned *out, struct arena *a,
		      const struct scan *scan, struct expression *x,
		      const char *text, size_t n, const struct spans *only)
{
	struct scanning s = { a, scan, x, text, n, out, { 0 } };
	size_t head = n < BINARY_BYTES ? n : BINARY_BYTES;
	struct err *e = NULL;

	*out = (struct scanned){ .binary = memchr(text, '\0', head) };
	if (!only)
		e = scan_part(&s, (struct span){ 0, n });
	for (size_t i = 0; only && !e && i < only->nr; i++)
		e = scan_part(&s, only->at[i]);
	return e ? e : put_scanned_lines(&s);
}
