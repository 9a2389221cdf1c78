/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * requirements.txt as pip reads it: "name[extra]==1.0 ; marker  # comment", a
 * constraint, or "name @ url". Options, other files and local folders name no
 * version and are left out. What pip-compile writes tells by its "# via" lines
 * which the project itself asks for.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/formats.h"
#include "capture/lines.h"

static bool is_of_name(char c)
{
	return isalnum((unsigned char)c) || strchr("._-", c);
}

/* The version of the one exact one, else the constraint without spaces. */
static const char *constraint(struct arena *a, const char *s, size_t n)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < n; i++)
		if (!isspace((unsigned char)s[i]))
			buf_addch(&b, s[i]);
	if (b.n > 2 && !strncmp(b.p, "==", 2) && !strchr(b.p, ',') &&
	    !strchr(b.p, '*'))
		text = arena_strdup(a, b.p + (b.p[2] == '=' ? 3 : 2));
	else
		text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

void requirement_add(struct packages *out, struct arena *a, const char *line,
		     size_t n)
{
	const char *name, *rest, *marker, *close;
	size_t left;

	text_trim(&line, &n);
	name = line;
	while (n && is_of_name(*line))
		line++, n--;
	if (line == name)
		return;
	rest = line;
	left = n;
	text_trim(&rest, &left);
	if (left && *rest == '[') {
		close = memchr(rest, ']', left);
		if (!close)
			return;
		left -= (size_t)(close + 1 - rest);
		rest = close + 1;
		text_trim(&rest, &left);
	}
	if (left && !strchr("=<>!~@;(", *rest))
		return; /* a path or a URL */
	if (left && *rest == '@') {
		rest++;
		left--;
		text_trim(&rest, &left);
		left = strcspn(rest, " \t;") < left ? strcspn(rest, " \t;")
						    : left;
	}
	marker = memchr(rest, ';', left);
	if (marker)
		left = (size_t)(marker - rest);
	package_add_direct(out, a, PACKAGE_LIBRARY,
			   arena_strndup(a, name, (size_t)(line - name)),
			   constraint(a, rest, left));
}

/* The comment begins at a # at the start or behind white space. */
static size_t before_comment(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '#' && (!i || isspace((unsigned char)s[i - 1])))
			return i;
	return n;
}

/* Options of one requirement, such as --hash, follow it. */
static size_t before_options(const char *s, size_t n)
{
	const char *dashes = memmem(s, n, " --", 3);

	return dashes ? (size_t)(dashes - s) : n;
}

/* "# via -r requirements.in" and "#   -r requirements.in" mean the project;
 * "# via pandas" does not. */
struct via {
	bool open;     /* in the comment of the package added last */
	bool compiled; /* there was one */
};

static void read_via(struct via *via, struct packages *out, const char *s,
		     size_t n)
{
	const char *word;
	size_t len;

	if (n && *s == '#')
		s++, n--;
	if (!next_word(&word, &len, &s, &n))
		return;
	if (len == 3 && !memcmp(word, "via", 3)) {
		if (out->nr)
			out->at[out->nr - 1].direct = false;
		via->open = via->compiled = true;
		if (!next_word(&word, &len, &s, &n))
			return;
	}
	if (via->open && out->nr &&
	    ((len == 2 && (!memcmp(word, "-r", 2) || !memcmp(word, "-c", 2))) ||
	     (n && memmem(s, n, "(pyproject.toml)", 16)) ||
	     (len > 4 && !memcmp(word + len - 4, ".txt", 4))))
		out->at[out->nr - 1].direct |= memcmp(word, "-c", 2) != 0;
}

/* What a backslash at the end joins, is one line. */
static void read_requirement(struct packages *out, struct arena *a,
			     struct via *via, const char *line, size_t n)
{
	size_t comment = before_comment(line, n);
	const char *text = line;
	size_t len = comment;

	text_trim(&text, &len);
	len = before_options(text, len);
	if (len && *text != '-') {
		via->open = false;
		requirement_add(out, a, text, len);
	}
	if (comment < n)
		read_via(via, out, line + comment, n - comment);
}

struct err *requirements_read(struct packages *out, struct arena *a,
			      const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	struct via via = { 0 };
	struct buf joined = BUF_INIT;
	const char *line;
	size_t len, bad;

	if (!text_is_utf8(bytes, n, &bad) || memchr(bytes, '\0', n))
		return err_new(ERR_UNSUPPORTED, _("it is not UTF-8"));
	while (next_line(&line, &len, &lines)) {
		bool more = len && line[len - 1] == '\\';

		buf_add(&joined, line, len - more);
		if (more)
			continue;
		read_requirement(out, a, &via, joined.p, joined.n);
		buf_reset(&joined);
	}
	read_requirement(out, a, &via, joined.p, joined.n);
	buf_release(&joined);
	return NULL;
}
