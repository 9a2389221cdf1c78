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
#include "base/sorted.h"
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

/* A document by what others call it: by its file, "0005-title.md", and, where
 * its name begins with a number, by that: "5". */
struct adr_name {
	const char *name;
	size_t place; /* among the items */
};
struct adr_names VEC_OF(struct adr_name);

static int compare_adr_names(const void *a, const void *b)
{
	const struct adr_name *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order
		     : (one->place > other->place) -
			       (one->place < other->place);
}

static int by_adr_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct adr_name *)element)->name);
}

static void list_adr_names(struct adr_names *out, struct arena *a,
			   const struct import_items *items)
{
	for (size_t i = 0; i < items->nr; i++) {
		const char *name = items->at[i]->name;
		long number = name ? name_number(name) : -1;

		if (name)
			vec_push(a, out,
				 (struct adr_name){ path_base(name), i });
		if (number >= 0)
			vec_push(a, out,
				 (struct adr_name){
					 arena_printf(a, "%ld", number), i });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_adr_names);
}

/* The name in "[5. Title](0005-title.md)", or the number in "ADR-0005"; NULL. */
static const char *meant_name(struct arena *a, const char *text)
{
	const char *link = strstr(text, "](");
	const char *digits = strpbrk(text, "0123456789");

	if (link) {
		link += 2;
		return path_base(arena_strndup(a, link, strcspn(link, ")# ")));
	}
	return digits ? arena_printf(a, "%ld", strtol(digits, NULL, 10)) : NULL;
}

void import_adr_link(struct import *import)
{
	const struct import_items *items = &import->items;
	struct arena *a = import->arena;
	struct adr_names names = { 0 };

	list_adr_names(&names, a, items);
	for (size_t i = 0; i < items->nr; i++) {
		struct import_item *item = items->at[i];
		const char *label = import_get(item, "labels");
		const char *text = label && !strcmp(label, "adr")
					   ? successor_text(item, a)
					   : NULL;
		const char *name = text ? meant_name(a, text) : NULL;
		size_t at = name ? sorted_first(name, names.at, names.nr,
						sizeof(*names.at), by_adr_name)
				 : names.nr;

		at += at < names.nr && names.at[at].place == i;
		if (at < names.nr && !strcmp(names.at[at].name, name))
			item->successor = items->at[names.at[at].place];
	}
}
