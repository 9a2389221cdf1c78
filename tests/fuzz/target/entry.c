/* SPDX-License-Identifier: GPL-2.0-only */
/* The entries of each section and the labels in their text: what is told lies
 * in the document, in its order. */
#include <string.h>

#include "base/text.h"
#include "model/entry.h"
#include "target.h"

static void check_labels(const char *text)
{
	enum label label;

	for (size_t i = 0; text[i]; i++)
		CHECK(label_at(&label, text + i) <= strlen(text + i));
}

static void check_entry(struct arena *a, const struct entry *entry, int last)
{
	CHECK(entry->md && entry->group);
	CHECK(entry->line >= 1 && entry->line <= last);
	CHECK(!entry->list ==
	      (entry->form != ENTRY_ITEM && entry->form != ENTRY_ROW));
	check_labels(entry_text(a, entry->md));
	if (entry->form != ENTRY_ROW)
		return;
	CHECK(entry->columns);
	for (enum label label = LABEL_NONE; label <= LABEL_DETAIL; label++) {
		const struct md *cell =
			label_cell(entry->columns, entry->md, label);

		CHECK(!cell || cell->line == entry->line);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	struct sections sections = { 0 };
	bool limited = false;
	const struct md *doc;

	n = text_is_utf8(text, strlen(text), NULL) ? strlen(text) : 0;
	doc = md_parse(&a, text, n, 1, 0, &limited);
	section_split(&sections, &a, doc, NULL);
	for (enum section_key key = SECTION_SUMMARY; key < SECTION_COUNT;
	     key++) {
		struct entries entries = { 0 };
		int line = 0;

		entry_collect(&entries, &a, &sections, key);
		for (size_t i = 0; i < entries.nr; i++) {
			check_entry(&a, &entries.at[i], (int)n + 1);
			CHECK(entries.at[i].line >= line);
			line = entries.at[i].line;
		}
	}
	for (size_t i = 0; i < sections.nr; i++)
		label_by_heading(&a, sections.at[i].heading);
	arena_release(&a);
	return 0;
}
