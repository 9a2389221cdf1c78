/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A load as text for psql(1) and sqlite3(1): one transaction, which the last
 * line ends. Cut off anywhere before, nothing has changed.
 */
#include <string.h>

#include "base/embed.h"
#include "exchange/export.h"

/* The columns that are a text or a number of the object. */
static const char *const columns[] = {
	"repo", "path",   "blob", "id",       "title",
	"date", "status", "kind", "severity", "owner",
};
/* A row that is there already has these alone. */
#define KEYS 3

static bool is_pg(const struct export *export)
{
	return export->target == EXPORT_POSTGRESQL;
}

/* --- values --- */

static void put_copy_text(struct buf *out, const char *text)
{
	for (;;) {
		size_t n = strcspn(text, "\\\t\n\r");

		buf_add(out, text, n);
		text += n;
		if (!*text)
			return;
		buf_addch(out, '\\');
		buf_addch(out, *text == '\t'   ? 't'
			       : *text == '\n' ? 'n'
			       : *text == '\r' ? 'r'
					       : '\\');
		text++;
	}
}

static void put_literal(struct buf *out, const char *text)
{
	buf_addch(out, '\'');
	for (;;) {
		size_t n = strcspn(text, "'");

		buf_add(out, text, n);
		text += n;
		if (!*text)
			break;
		buf_addstr(out, "''");
		text++;
	}
	buf_addch(out, '\'');
}

/* NULL for none. */
static void put_value(struct export *export, const char *text, bool first)
{
	struct buf *out = export->out;

	if (!first)
		buf_addch(out, is_pg(export) ? '\t' : ',');
	if (!text)
		buf_addstr(out, is_pg(export) ? "\\N" : "NULL");
	else if (is_pg(export))
		put_copy_text(out, text);
	else
		put_literal(out, text);
}

static void begin_row(struct export *export)
{
	if (!is_pg(export))
		buf_addstr(export->out, "INSERT INTO retro_new VALUES(");
}

static void end_row(struct export *export)
{
	buf_addstr(export->out, is_pg(export) ? "\n" : ");\n");
}

/* --- rows --- */

static void put_column(struct export *export, const json_t *value, bool first)
{
	struct buf number = BUF_INIT;

	if (json_is_integer(value)) {
		buf_addf(&number, "%lld", (long long)json_integer_value(value));
		put_value(export, number.p, first);
	} else {
		put_value(export, json_string_value(value), first);
	}
	buf_release(&number);
}

static void put_record(struct export *export, json_t *retro)
{
	struct buf record = BUF_INIT;
	json_t *shown = json_copy(retro);

	json_object_del(shown, "words");
	object_dump(&record, shown, JSON_COMPACT);
	buf_truncate(&record, record.n - 1);
	put_value(export, record.p, false);
	buf_release(&record);
}

static void put_words_column(struct export *export, const json_t *retro)
{
	const char *words = object_string_or_empty(retro, "words");
	struct arena scratch = ARENA_INIT;
	struct buf text = BUF_INIT;

	if (is_pg(export))
		export_tsvector(&text, &scratch, words);
	else
		export_flat_words(&text, words);
	put_value(export, text.p, false);
	buf_release(&text);
	arena_release(&scratch);
}

void export_sql_row(struct export *export, json_t *retro, bool known)
{
	begin_row(export);
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		put_column(export,
			   known && i >= KEYS
				   ? NULL
				   : json_object_get(retro, columns[i]),
			   !i);
	if (known) {
		put_value(export, NULL, false);
		put_value(export, NULL, false);
	} else {
		put_record(export, retro);
		put_words_column(export, retro);
	}
	end_row(export);
}

/* --- the text around the rows --- */

/* The parts of a script; behind each but the last its mark. */
enum script_part {
	PART_BEGIN,
	PART_ROWS,
	PART_REPOSITORY, /* $REPO is its name, as a literal */
	PART_END,
};
static const char *const part_marks[] = { "-- rows --\n", "-- repository --\n",
					  "-- end --\n" };

static void put_part(struct export *export, enum script_part part,
		     const char *repo)
{
	static const char name[] = "$REPO";
	const struct embed *script =
		embed_find(is_pg(export) ? "src/exchange/postgresql.sql"
					 : "src/exchange/sqlite.sql");
	const char *at = script->bytes, *end = at + script->n, *next;

	for (size_t i = 0; i < part; i++)
		at = strstr(at, part_marks[i]) + strlen(part_marks[i]);
	if (part != PART_END)
		end = strstr(at, part_marks[part]);
	while (repo && (next = strstr(at, name)) && next < end) {
		buf_add(export->out, at, (size_t)(next - at));
		put_literal(export->out, repo);
		at = next + strlen(name);
	}
	buf_add(export->out, at, (size_t)(end - at));
}

void export_sql_begin(struct export *export)
{
	put_part(export, PART_BEGIN, NULL);
	put_part(export, PART_ROWS, NULL);
}

void export_sql_repo(struct export *export, const char *repo)
{
	put_part(export, PART_REPOSITORY, repo);
	put_part(export, PART_ROWS, NULL);
}

void export_sql_end(struct export *export)
{
	put_part(export, PART_END, NULL);
}
