/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/markup.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"

#define COMMENT "<!--"

bool markup_is_comment(const char *html)
{
	return !strncmp(html, COMMENT, strlen(COMMENT));
}

bool markup_is_break(const char *html)
{
	return !strcasecmp(html, "<br>") || !strcasecmp(html, "<br/>") ||
	       !strcasecmp(html, "<br />");
}

const char *markup_visible(struct arena *a, const char *html)
{
	struct buf left = BUF_INIT;
	const char *comment, *text = NULL;

	while ((comment = strstr(html, COMMENT))) {
		const char *end = strstr(comment, "-->");

		buf_add(&left, html, (size_t)(comment - html));
		html = end ? end + 3 : comment + strlen(comment);
	}
	buf_addstr(&left, html);
	if (left.p[strspn(left.p, " \t\r\n")])
		text = arena_strdup(a, left.p);
	buf_release(&left);
	return text;
}
