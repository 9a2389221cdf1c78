/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Records of decisions, as MADR and Michael Nygard's template have them. Their
 * dates, states and people are read where they stand (model/preamble.h); what
 * remains is a label to find them by, and which one replaces which.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/file.h"
#include "base/line.h"
#include "exchange/import.h"

/* The state of a decision stands in its first lines. Bytes. */
#define HEAD_BYTES 4096

/* The number that a name begins with, "0005-title.md" or "ADR-5 title.md"; -1
 * if it is none, or the year of a day. */
static long name_number(const char *name)
{
	char *end;
	long number;
	int32_t day;

	name = path_base(name);
	if (!strncasecmp(name, "adr", 3))
		name += 3 + strspn(name + 3, "-_ ");
	if (!isdigit((unsigned char)*name) || day_parse(&day, name))
		return -1;
	number = strtol(name, &end, 10);
	return end - name <= 5 && strchr("-_. ", *end) ? number : -1;
}

bool import_is_adr(const struct import_item *item, struct arena *a)
{
	static const char *const words[] = { "decision", "决策", "决定", "決策",
					     "決定" };
	const char *line, *at = item->bytes;
	size_t n;

	if (name_number(item->name) < 0)
		return false;
	while (line_next(&line, &n, &at, item->bytes + item->n)) {
		const char *text;

		if (!n || *line != '#')
			continue;
		text = arena_strndup(a, line, n);
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if (strcasestr(text, words[i]))
				return true;
	}
	return false;
}

void import_adr(struct import_item *item, struct arena *a)
{
	import_set(item, a, "labels", "adr");
}

/* --- which replaces which --- */

/* What stands behind "superseded by" in that line; NULL. */
static const char *successor_text(const struct import_item *item,
				  struct arena *a)
{
	static const char mark[] = "superseded by";
	size_t n = item->n < HEAD_BYTES ? item->n : HEAD_BYTES;
	const char *text = arena_strndup(a, item->bytes, n);
	const char *at = strcasestr(text, mark);

	if (!at)
		return NULL;
	at += strlen(mark);
	return arena_strndup(a, at, strcspn(at, "\n"));
}

/* Whether "[5. Title](0005-title.md)" or "ADR-0005" means this document. */
static bool is_meant(const char *text, const struct import_item *item)
{
	const char *link = strstr(text, "](");
	const char *base = path_base(item->name);
	const char *digits = strpbrk(text, "0123456789");
	size_t n;

	if (link) {
		link += 2;
		n = strcspn(link, ")# ");
		for (const char *p = link; p < link + n; p++)
			if (*p == '/') {
				n -= (size_t)(p + 1 - link);
				link = p + 1;
			}
		return strlen(base) == n && !memcmp(base, link, n);
	}
	return digits && strtol(digits, NULL, 10) == name_number(item->name);
}

void import_adr_link(struct import *import)
{
	const struct import_items *items = &import->items;

	for (size_t i = 0; i < items->nr; i++) {
		struct import_item *item = items->at[i];
		const char *label = import_get(item, "labels");
		const char *text = label && !strcmp(label, "adr")
					   ? successor_text(item, import->arena)
					   : NULL;

		for (size_t j = 0; text && !item->successor && j < items->nr;
		     j++)
			if (j != i && is_meant(text, items->at[j]))
				item->successor = items->at[j];
	}
}
