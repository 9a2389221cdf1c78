/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of Confluence as Markdown: its HTML export through a converter such as
 * pandoc. "Title_123456.md" has the page's number, and a line near the top says
 * who made the page, and when.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/file.h"
#include "base/line.h"
#include "base/text.h"
#include "exchange/import.h"

#define FIRST_LINES 30
#define ID_DIGITS   5 /* at least */

/* Where the number of a page begins in its file's name; NULL. */
static const char *page_number(const char *name, size_t *n)
{
	const char *at;

	name = path_base(name);
	at = strrchr(name, '_');
	at = at ? at + 1 : name;
	*n = strspn(at, "0123456789");
	return *n >= ID_DIGITS && at[*n] == '.' ? at : NULL;
}

/* "Created by Ann Author, last modified by Bo on Nov 24, 2026", or "由 张三创建,
 * 最后修改于 2026-11-24": the name; NULL. */
static const char *maker_name(struct arena *a, const char *line, size_t n)
{
	static const char *const ends[] = { ", last modified", ", last updated",
					    " on ", ", " };
	static const char mark[] = "Created by ";
	const char *text, *end;
	size_t from, len;

	while (n && strchr("*_ \t", *line))
		line++, n--;
	text = arena_strndup(a, line, n);
	if (!strncmp(text, "由", strlen("由"))) {
		end = strstr(text, "创建");
		from = strlen("由");
	} else if (!strncasecmp(text, mark, strlen(mark))) {
		end = NULL;
		from = strlen(mark);
		for (size_t i = 0; !end && i < ARRAY_SIZE(ends); i++)
			end = strstr(text + from, ends[i]);
	} else {
		return NULL;
	}
	if (!end)
		end = text + strlen(text);
	text += from;
	len = (size_t)(end - text);
	text_trim(&text, &len);
	while (len && strchr("*_", *text))
		text++, len--;
	while (len && strchr("*_.", text[len - 1]))
		len--;
	return len ? arena_strndup(a, text, len) : NULL;
}

static void take_day(struct import_item *item, struct arena *a,
		     const char *line, size_t n)
{
	const char *text = arena_strndup(a, line, n);
	int32_t day;

	for (const char *p = text; *p; p++)
		if ((p == text || !isalnum((unsigned char)p[-1])) &&
		    day_parse(&day, p)) {
			import_set(item, a, "date", day_format(a, day));
			return;
		}
}

/* Takes the line that says who made it; false if there is none. */
static bool take_maker(struct import_item *item, struct arena *a)
{
	const char *line, *at = item->bytes;
	size_t n;

	for (int i = 0; i < FIRST_LINES &&
			line_next(&line, &n, &at, item->bytes + item->n);
	     i++) {
		const char *name = maker_name(a, line, n);

		if (!name)
			continue;
		import_set(item, a, "authors", name);
		take_day(item, a, line, n);
		return true;
	}
	return false;
}

const char *import_confluence_source(struct arena *a, const char *name)
{
	size_t n;
	const char *number = page_number(name, &n);

	return number ? arena_printf(a, "confluence:%.*s", (int)n, number)
		      : NULL;
}

bool import_is_confluence(const struct import_item *item, struct arena *a)
{
	struct import_item probe = *item;
	size_t n;

	probe.fields.at = NULL;
	probe.fields.nr = probe.fields.cap = 0;
	return page_number(item->name, &n) && take_maker(&probe, a);
}

void import_confluence(struct import_item *item, struct arena *a)
{
	const char *source = import_confluence_source(a, item->name);

	if (source)
		item->source = source;
	item->name = NULL;
	(void)take_maker(item, a);
}
