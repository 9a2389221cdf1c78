/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/template.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/unseen.h"

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

/* --- filling --- */

/* The length of the placeholder at `s`, 0 if there is none; `*slot` is NULL
 * if nobody knows its name. */
static size_t find_template_slot(const struct slot **slot, const char *s,
				 size_t n, const struct slots *slots)
{
	size_t len = 0;

	*slot = NULL;
	if (n < 5 || s[0] != '{' || s[1] != '{')
		return 0;
	while (2 + len < n && s[2 + len] && strchr(LETTERS "-", s[2 + len]))
		len++;
	if (!len || n < len + 4 || s[2 + len] != '}' || s[3 + len] != '}')
		return 0;
	for (size_t i = 0; i < slots->nr && !*slot; i++)
		if (strlen(slots->at[i].name) == len &&
		    !memcmp(slots->at[i].name, s + 2, len))
			*slot = &slots->at[i];
	return len + 4;
}

/* False: the line was nothing but an empty value, and is left out. */
static bool fill_line(struct buf *out, const char *s, size_t n,
		      const struct slots *slots)
{
	const struct slot *slot;
	const char *text = s;
	size_t text_n = n;
	size_t len;

	text_trim(&text, &text_n);
	len = find_template_slot(&slot, text, text_n, slots);
	if (slot && len == text_n && !*slot->value)
		return false;
	while (n) {
		len = find_template_slot(&slot, s, n, slots);
		if (slot)
			buf_addstr(out, slot->value);
		else
			buf_add(out, s, len = len ? len : 1);
		s += len;
		n -= len;
	}
	return true;
}

static bool is_blank_run(const char *s, size_t n)
{
	text_trim(&s, &n);
	return !n;
}

/* Whether what stands in `b` from `start` ends in a blank line, or is
 * nothing. */
static bool ends_blank(const struct buf *b, size_t start)
{
	const char *s = b->p + start;
	size_t n = b->n - start;
	size_t line = n;

	if (!n)
		return true;
	if (s[n - 1] != '\n')
		return false;
	do
		line--;
	while (line && s[line - 1] != '\n');
	return is_blank_run(s + line, n - line);
}

static void drop_blank(struct buf *b, size_t start)
{
	while (b->n > start && ends_blank(b, start)) {
		buf_truncate(b, b->n - 1);
		while (b->n > start && b->p[b->n - 1] != '\n')
			buf_truncate(b, b->n - 1);
	}
}

void template_fill(struct buf *out, const char *bytes, size_t n,
		   const struct slots *slots)
{
	const char *at = bytes, *end = bytes + n;
	size_t start = out->n;
	bool dropped = false;

	while (at < end) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((nl ? nl + 1 : end) - at);

		if (!dropped || !is_blank_run(at, line) ||
		    !ends_blank(out, start))
			dropped = !fill_line(out, at, line, slots);
		at += line;
	}
	if (dropped)
		drop_blank(out, start);
}

/* --- YAML --- */

/* What a YAML stream may contain as it is. Also left out, though YAML 1.2 takes
 * them: what YAML 1.1 reads as a line break (U+0085, U+2028, U+2029), and what
 * shows text in another order than it has. */
static bool is_plain_char(int c)
{
	if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0))
		return false;
	if (unseen_is(c) && c != 0x200c && c != 0x200d && c != 0xfe0f)
		return false;
	return c != 0x2028 && c != 0x2029 && c != 0xfffe && c != 0xffff;
}

/* A word or number that YAML turns into something else than text. */
static bool is_typed(const char *s)
{
	static const char *const words[] = { "null", "true", "false",
					     "yes",  "no",   "on",
					     "off",  "y",    "n" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcasecmp(s, words[i]))
			return true;
	return strchr(DIGITS, *s) && !strstr(s, "..") &&
	       !s[strspn(s, DIGITS "abcdefABCDEFoxOX_.:+-TZ tz")];
}

static bool is_plain_text(const char *s)
{
	size_t n = strlen(s);

	if (!n || s[n - 1] == ' ' || s[strcspn(s, ":#,[]{}")])
		return false;
	if (!strchr(DIGITS "_/", *s) && !strchr(LETTERS, *s | 0x20) &&
	    !((unsigned char)*s & 0x80))
		return false;
	while (n) {
		size_t len;

		if (!is_plain_char(text_decode(s, n, &len)))
			return false;
		s += len;
		n -= len;
	}
	return true;
}

static void quote_char(struct buf *out, const char *s, size_t len, int c)
{
	if (c == '"' || c == '\\')
		buf_addf(out, "\\%c", c);
	else if (c == '\n')
		buf_addstr(out, "\\n");
	else if (c == '\t')
		buf_addstr(out, "\\t");
	else if (c < 0)
		buf_addstr(out, "\xef\xbf\xbd");
	else if (is_plain_char(c))
		buf_add(out, s, len);
	else
		buf_addf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
}

void yaml_scalar(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	if (is_plain_text(s) && !is_typed(s)) {
		buf_addstr(out, s);
		return;
	}
	buf_addch(out, '"');
	while (n) {
		size_t len;
		int c = text_decode(s, n, &len);

		quote_char(out, s, len, c);
		s += len;
		n -= len;
	}
	buf_addch(out, '"');
}

void yaml_comment(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	while (n) {
		size_t len;
		int c = text_decode(s, n, &len);

		if (c == '\n' || c == '\t')
			buf_addch(out, ' ');
		else if (is_plain_char(c))
			buf_add(out, s, len);
		else
			buf_addstr(out, "\xef\xbf\xbd");
		s += len;
		n -= len;
	}
}

void yaml_list(struct buf *out, const struct strs *list)
{
	buf_addch(out, '[');
	for (size_t i = 0; i < list->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		yaml_scalar(out, list->at[i]);
	}
	buf_addch(out, ']');
}
