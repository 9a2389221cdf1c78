/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of Notion, exported as Markdown: "Title 0123456789abcdef....md", whose
 * number stays the same from one export to the next. Below the title stand the
 * properties, a line each.
 */
#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/line.h"
#include "base/text.h"
#include "exchange/import.h"

#define PAGE_ID 32

/* Where the number of a page begins in its file's name; NULL. */
static const char *page_id(const char *name)
{
	const char *dot;
	size_t n;

	name = path_base(name);
	dot = strrchr(name, '.');
	n = dot ? (size_t)(dot - name) : 0;
	if (n < PAGE_ID + 1 || !strchr(" -_", dot[-PAGE_ID - 1]))
		return NULL;
	return strspn(dot - PAGE_ID, "0123456789abcdef") == PAGE_ID
		       ? dot - PAGE_ID
		       : NULL;
}

const char *import_notion_source(struct arena *a, const char *name)
{
	const char *id = page_id(name);

	return id ? arena_printf(a, "notion:%.*s", PAGE_ID, id) : NULL;
}

bool import_is_notion(const struct import_item *item)
{
	return page_id(item->name) != NULL;
}

static const struct {
	const char *name, *key;
} properties[] = {
	{ "Created time", "date" },  { "Created", "date" },
	{ "创建时间", "date" },      { "创建日期", "date" },
	{ "Created by", "authors" }, { "创建者", "authors" },
	{ "创建人", "authors" },     { "Assignee", "owner" },
	{ "Assign", "owner" },       { "Person", "owner" },
	{ "负责人员", "owner" },
};

static void take_property(struct import_item *item, struct arena *a,
			  const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	const char *name;
	int32_t day;

	if (!colon)
		return;
	name = arena_strndup(a, line, (size_t)(colon - line));
	for (size_t i = 0; i < ARRAY_SIZE(properties); i++) {
		const char *value;

		if (!text_alike(properties[i].name, name) ||
		    import_get(item, properties[i].key))
			continue;
		value = arena_strndup(a, colon + 1,
				      n - (size_t)(colon + 1 - line));
		value += strspn(value, " \t");
		if (strcmp(properties[i].key, "date") != 0)
			import_set(item, a, properties[i].key, value);
		else if (day_parse(&day, value))
			import_set(item, a, "date", day_format(a, day));
	}
}

void import_notion(struct import_item *item, struct arena *a)
{
	const char *id = page_id(item->name);
	const char *line, *at = item->bytes;
	bool below = false;
	size_t n;

	if (id) {
		item->source = import_notion_source(a, item->name);
		item->called =
			arena_printf(a, "%.*s%s", (int)(id - 1 - item->name),
				     item->name, id + PAGE_ID);
	}
	item->name = NULL;
	/* The title, a blank line, the properties, a blank line. */
	while (line_next(&line, &n, &at, item->bytes + item->n)) {
		text_trim(&line, &n);
		if (!n && below)
			return;
		if (n && *line != '#') {
			below = true;
			take_property(item, a, line, n);
		}
	}
}
