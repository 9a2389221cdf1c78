/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/quote.h"

#include <ctype.h>
#include <string.h>

#define PLAIN                                                                  \
	"abcdefghijklmnopqrstuvwxyz"                                           \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"                                           \
	"0123456789._/+@:-"

void quote_always(struct buf *out, const char *word)
{
	buf_addch(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			buf_addstr(out, "'\\''");
		else
			buf_addch(out, *word);
	buf_addch(out, '\'');
}

char *quote_word(struct arena *a, const char *word)
{
	struct buf quoted = BUF_INIT;
	char *result;

	if (*word && *word != '-' && strspn(word, PLAIN) == strlen(word))
		return arena_strdup(a, word);
	quote_always(&quoted, word);
	result = arena_strndup(a, quoted.p, quoted.n);
	buf_release(&quoted);
	return result;
}

static bool is_odd(unsigned char c, bool ascii)
{
	return c < ' ' || c == '"' || c == '\\' || c == 0x7f ||
	       (ascii && c >= 0x80);
}

void quote_path(struct buf *out, const char *path, bool ascii)
{
	static const char named[] = "\a\b\t\n\v\f\r\"\\";
	static const char letters[] = "abtnvfr\"\\";
	bool odd = false;

	for (const char *s = path; *s && !odd; s++)
		odd = is_odd((unsigned char)*s, ascii);
	if (!odd) {
		buf_addstr(out, path);
		return;
	}
	buf_addch(out, '"');
	for (const char *s = path; *s; s++) {
		const char *at = strchr(named, *s);

		if (!is_odd((unsigned char)*s, ascii))
			buf_addch(out, *s);
		else if (at)
			buf_addf(out, "\\%c", letters[at - named]);
		else
			buf_addf(out, "\\%03o", (unsigned char)*s);
	}
	buf_addch(out, '"');
}

void quote_uri(struct buf *out, const char *path)
{
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (isalnum(c) || strchr("-._~/", c))
			buf_addch(out, (char)c);
		else
			buf_addf(out, "%%%02X", c);
	}
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

void quote_uri_undo(struct buf *out, const char *uri, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool whole = uri[i] == '%' && i + 2 < n;
		int high = whole ? hex_digit(uri[i + 1]) : -1;
		int low = whole ? hex_digit(uri[i + 2]) : -1;

		if (high < 0 || low < 0 || !(high | low)) {
			buf_addch(out, uri[i]);
			continue;
		}
		buf_addch(out, (char)(high << 4 | low));
		i += 2;
	}
}
