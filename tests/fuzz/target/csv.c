/* SPDX-License-Identifier: GPL-2.0-only */
/* Comma separated values: every row has as many fields as the first, and what is
 * written out again reads the same. As a file of Jira, what it gives has a key
 * and a text that is valid. */
#include <string.h>

#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/import.h"
#include "target.h"

struct table VEC_OF(struct strs);

static bool read_table(struct table *out, struct arena *a, const char *bytes,
		       size_t n)
{
	struct csv csv;
	struct strs row;
	bool more = true;
	size_t line;

	csv_init(&csv, a, bytes, n, ',');
	while (more) {
		struct err *e = csv_row(&row, &line, &more, &csv);

		if (e) {
			CHECK(strstr(e->text, "line ") &&
			      !strchr(e->text, '\n'));
			err_free(e);
			return false;
		}
		if (more)
			vec_push(a, out, row);
	}
	return true;
}

static void put_table(struct buf *out, const struct table *table)
{
	for (size_t i = 0; i < table->nr; i++) {
		for (size_t j = 0; j < table->at[i].nr; j++) {
			buf_addstr(out, j ? ",\"" : "\"");
			for (const char *p = table->at[i].at[j]; *p; p++)
				buf_add(out, *p == '"' ? "\"\"" : p,
					*p == '"' ? 2 : 1);
			buf_addch(out, '"');
		}
		buf_addstr(out, "\r\n");
	}
}

static void check_same(const struct table *one, const struct table *other)
{
	CHECK(one->nr == other->nr);
	for (size_t i = 0; i < one->nr; i++) {
		CHECK(one->at[i].nr == other->at[i].nr &&
		      one->at[i].nr == one->at[0].nr);
		for (size_t j = 0; j < one->at[i].nr; j++)
			CHECK(!strcmp(one->at[i].at[j], other->at[i].at[j]));
	}
}

static void check_jira(struct arena *a, const char *bytes, size_t n)
{
	struct import import = { .arena = a, .name = "x.csv" };
	struct err *e = import_jira(&import, bytes, n);

	for (size_t i = 0; !e && i < import.items.nr; i++) {
		const struct import_item *item = import.items.at[i];

		CHECK(!strncmp(item->source, "jira:", 5) && item->source[5]);
		CHECK(text_is_utf8(item->bytes, item->n, NULL));
		CHECK(import_get(item, "title"));
	}
	err_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	const char *text = arena_strndup(&a, (const char *)bytes, n);
	struct table table = { 0 }, again = { 0 };
	struct buf written = BUF_INIT;
	struct err *e = import_check("x.csv", text, n);

	if (!e && read_table(&table, &a, text, n)) {
		put_table(&written, &table);
		CHECK(read_table(&again, &a, written.p, written.n));
		check_same(&table, &again);
		check_jira(&a, text, n);
	}
	err_free(e);
	buf_release(&written);
	arena_release(&a);
	return 0;
}
