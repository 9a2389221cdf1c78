/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/inert.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/markdown.h"

/* Stands for the empty comment while the text is escaped; from the private use
 * area, and not kept where the text itself has it. */
#define BREAK       "\xEE\x80\x80"
#define REPLACEMENT "\xEF\xBF\xBD"
#define COMMENT     "<!-- -->"

/* Signs of GitHub and GitLab before a name or a number. */
static bool calls(const char *s)
{
	return strchr("@#!~%&$^", *s) &&
	       (isalnum((unsigned char)s[1]) || (s[1] && strchr("\"_", s[1])) ||
		(unsigned char)s[1] >= 0x80);
}

/* How many bytes to keep in front of a break; 0: none is needed here. */
static size_t break_behind(const char *s)
{
	if (*s && calls(s))
		return 1;
	if (!strncmp(s, "://", 3))
		return 1;
	if (!strncasecmp(s, "www.", 4))
		return 3;
	if ((!strncasecmp(s, "GH-", 3) || !strncasecmp(s, "GL-", 3)) &&
	    isdigit((unsigned char)s[3]))
		return 2;
	return 0;
}

static void add_cut(struct buf *out, const char *s, size_t columns)
{
	size_t n = strlen(s), fit = text_fit(s, n, columns, NULL);

	buf_add(out, s, fit);
	if (fit < n)
		buf_addstr(out, "…");
}

static void add_broken(struct buf *out, const char *s)
{
	while (*s) {
		size_t keep = break_behind(s);

		if (!strncmp(s, BREAK, strlen(BREAK))) {
			buf_addstr(out, REPLACEMENT);
			s += strlen(BREAK);
			continue;
		}
		buf_add(out, s, keep ? keep : 1);
		if (keep)
			buf_addstr(out, BREAK);
		s += keep ? keep : 1;
	}
}

void inert_text(struct buf *out, const char *s, size_t columns)
{
	struct buf cut = BUF_INIT, broken = BUF_INIT, escaped = BUF_INIT;

	add_cut(&cut, s, columns);
	add_broken(&broken, cut.p);
	md_escape(&escaped, broken.p);
	for (const char *p = escaped.p; *p;) {
		if (!strncmp(p, BREAK, strlen(BREAK))) {
			buf_addstr(out, COMMENT);
			p += strlen(BREAK);
		} else {
			buf_addch(out, *p++);
		}
	}
	buf_release(&cut);
	buf_release(&broken);
	buf_release(&escaped);
}

void inert_code(struct buf *out, const char *s, size_t columns)
{
	struct buf cut = BUF_INIT;

	add_cut(&cut, s, columns);
	md_code_span(out, cut.p);
	buf_release(&cut);
}
