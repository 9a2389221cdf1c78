/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Links between pages that get other names here. The text stays as it is, so
 * that such a link leads nowhere: the retro that it means becomes a related one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "base/sorted.h"
#include "exchange/import.h"

#define TARGET_MAX 2000 /* bytes */

/* "Some%20page.md#part" as "Some page.md". */
static const char *file_of_target(struct arena *a, const char *target, size_t n)
{
	const char *part = memchr(target, '#', n);
	struct buf out = BUF_INIT;
	const char *copy;

	quote_uri_undo(&out, target, part ? (size_t)(part - target) : n);
	copy = arena_strndup(a, out.p, out.n);
	buf_release(&out);
	return copy;
}

static int compare_sources(const void *a, const void *b)
{
	return strcmp((*(struct import_item *const *)a)->source,
		      (*(struct import_item *const *)b)->source);
}

static int by_source(const void *source, const void *item)
{
	return strcmp(source, (*(struct import_item *const *)item)->source);
}

static void add_linked_item(struct import_item *item, struct arena *a,
			    const struct import_items *sorted,
			    const char *source)
{
	size_t at = sorted_first(source, sorted->at, sorted->nr,
				 sizeof(*sorted->at), by_source);
	const struct import_item *found =
		at < sorted->nr && !strcmp(sorted->at[at]->source, source)
			? sorted->at[at]
			: NULL;

	if (!found || found == item)
		return;
	for (size_t i = 0; i < item->linked.nr; i++)
		if (item->linked.at[i] == found)
			return;
	vec_push(a, &item->linked, found);
}

static const char *page_source(struct arena *a, const char *name)
{
	const char *source = import_notion_source(a, name);

	return source ? source : import_confluence_source(a, name);
}

/* "](target)", or "](<target>)". */
static void link_item(struct import_item *item, struct arena *a,
		      const struct import_items *sorted)
{
	for (const char *at = item->bytes; (at = strstr(at, "]("));) {
		const char *source;
		size_t n;

		at += 2;
		n = *at == '<' ? strcspn(++at, ">\n") : strcspn(at, ")\n");
		if (n > TARGET_MAX)
			continue;
		source = page_source(a, file_of_target(a, at, n));
		if (source)
			add_linked_item(item, a, sorted, source);
	}
}

void import_link_pages(struct import *import)
{
	struct import_items pages = { 0 };
	struct arena *a = import->arena;

	for (size_t i = 0; i < import->items.nr; i++)
		if (!import->items.at[i]->name)
			vec_push(a, &pages, import->items.at[i]);
	if (pages.nr)
		qsort(pages.at, pages.nr, sizeof(*pages.at), compare_sources);
	for (size_t i = 0; i < pages.nr; i++)
		link_item(pages.at[i], a, &pages);
}
