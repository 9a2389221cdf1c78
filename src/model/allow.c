/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/allow.h"

#include <string.h>

#include "base/line.h"
#include "base/text.h"

/* A file with more has no rules left to speak of. */
#define ALLOWS_MAX 1000

static const char mark[] = "retro: allow ";

static const char *find_bytes(const char *at, const char *end, const char *what)
{
	return memmem(at, (size_t)(end - at), what, strlen(what));
}

static const char *trimmed(struct arena *a, const char *from, const char *to)
{
	size_t n = (size_t)(to - from);

	text_trim(&from, &n);
	return arena_strndup(a, from, n);
}

/* Whether nothing but the comment stands in the line. */
static bool is_allow_alone(const char *line, const char *open,
			   const char *close, const char *end)
{
	size_t before = (size_t)(open - line), after = (size_t)(end - close);

	text_trim(&line, &before);
	text_trim(&close, &after);
	return !before && !after;
}

/* The comment of a line, from its opening to after its end; false if there is
 * none with the mark at its beginning. */
static bool find_allow_comment(const char **open, const char **text,
			       const char **close, const char *line,
			       const char *end, bool in_front)
{
	const char *opener = in_front ? "#" : "<!--";
	const char *at = find_bytes(line, end, mark), *p;

	if (!at)
		return false;
	*text = at + strlen(mark);
	for (p = at; p > line && (p[-1] == ' ' || p[-1] == '\t');)
		p--;
	if ((size_t)(p - line) < strlen(opener))
		return false;
	*open = p - strlen(opener);
	*close = in_front ? end : find_bytes(*text, end, "-->");
	return *close && !memcmp(*open, opener, strlen(opener));
}

static void read_allow_line(struct allows *out, struct arena *a,
			    const struct retro *retro, const char *line,
			    const char *end, int number)
{
	bool in_front = retro->front.present &&
			(size_t)(line - retro->bytes) < retro->front.end;
	struct allow allow = { .pos.line = number, .last = number };
	const char *open, *text, *close, *colon;

	if (!find_allow_comment(&open, &text, &close, line, end, in_front))
		return;
	colon = memchr(text, ':', (size_t)(close - text));
	allow.rule = trimmed(a, text, colon ? colon : close);
	allow.reason = colon ? trimmed(a, colon + 1, close) : "";
	allow.pos.byte = (size_t)(open - retro->bytes);
	allow.pos.column = 1;
	for (const char *p = line; p < open; p++)
		allow.pos.column += ((unsigned char)*p & 0xC0) != 0x80;
	allow.last +=
		is_allow_alone(line, open, close + (in_front ? 0 : 3), end);
	vec_push(a, out, allow);
}

void allow_collect(struct allows *out, struct arena *a,
		   const struct retro *retro)
{
	const char *at = retro->bytes, *end = at + retro->n, *text;
	size_t n;

	for (int line = 1;
	     out->nr < ALLOWS_MAX && line_next(&text, &n, &at, end); line++)
		read_allow_line(out, a, retro, text, text + n, line);
}

bool allow_has(const struct allows *allows, const char *rule, int line)
{
	for (size_t i = 0; i < allows->nr; i++) {
		const struct allow *allow = &allows->at[i];

		if (*allow->reason && allow->pos.line <= line &&
		    line <= allow->last && !strcmp(allow->rule, rule))
			return true;
	}
	return false;
}
