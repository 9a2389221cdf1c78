/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tables of the index hold of fixed texts, by the versions of the
 * tables: tests/golden/index/versions has a line for each version there was,
 * "<table> <version> <sum>". A table that holds something else under the same
 * version would be believed by who has an index already.
 */
#include "model_test.h"

#include "base/checksum.h"
#include "base/file.h"
#include "golden.h"
#include "index/codec.h"
#include "index/ingest.h"
#include "index/stat_cache.h"
#include "index/tables.h"
#include "index/tokenizer.h"
#include "model/body.h"

#define VERSIONS GOLDEN_DIR "/index/versions"

static const char *const fixtures[] = { "index/full.md", "index/odd.md" };

struct held {
	const char *table;
	struct buf bytes;
};

static int add_token(void *data, const struct word *word)
{
	buf_add(data, word->text, word->n);
	buf_addch(data, '\n');
	return 0;
}

/* The words as SQLite is given them, column by column. */
static void add_words(struct buf *out, struct db *db, const struct ingest *item)
{
	for (int i = 0; i < COLUMNS; i++) {
		buf_addf(out, "column %d\n", i);
		assert_int_equal(tokenizer_cut(db, item->columns[i].p,
					       item->columns[i].n, 0, add_token,
					       out),
				 0);
	}
}

static void ingest_fixture(struct held *facts, struct held *words,
			   struct db *db, const char *name)
{
	struct policy policy;
	struct buf text = BUF_INIT;
	struct ingest item = { 0 };

	policy_init(&policy, &arena);
	golden_ok(file_read(&text, path_join(&arena, GOLDEN_DIR, name),
			    FILE_MAX));
	item.bytes = text.p;
	item.n = text.n;
	ingest_read(&item, 1, &arena, &diags, NULL, &policy);
	buf_add(&facts->bytes, item.facts.p, item.facts.n);
	add_words(&words->bytes, db, &item);
	ingest_release(&item, 1);
	buf_release(&text);
}

static void add_files(struct held *part, struct held *ids)
{
	const struct cached_file file = { .path = "retros/a.md",
					  .blob = { { 1, 2, 3 } },
					  .doc = 7,
					  .bytes = 100,
					  .id = checksum_text("a"),
					  .settled = true,
					  .stat = 42 };

	stat_cache_pack(&part->bytes, &file, 1);
	buf_add(&ids->bytes, &file.id, sizeof(file.id));
}

static int version_of(const char *table)
{
	for (size_t i = 0; i < index_table_count; i++)
		if (!strcmp(index_tables[i].name, table))
			return index_tables[i].version;
	fail_msg("there is no table '%s'", table);
	return 0;
}

/* The sum that a version of a table had; false if there was none such. */
static bool find_sum(unsigned long long *sum, const char *versions,
		     const char *table, int version)
{
	const char *key = arena_printf(&arena, "%s %d ", table, version);
	const char *at = strstr(versions, key);

	if (!at || (at > versions && at[-1] != '\n'))
		return false;
	*sum = strtoull(at + strlen(key), NULL, 16);
	return true;
}

static void compare_held(struct buf *versions, const struct held *held)
{
	int version = version_of(held->table);
	unsigned long long now =
		checksum_bytes(held->bytes.n, held->bytes.p, held->bytes.n);
	unsigned long long was;
	const char *mode = getenv("GOLDEN");

	if (find_sum(&was, versions->p, held->table, version)) {
		if (was != now)
			fail_msg("the table '%s' holds something else now: "
				 "raise its version in src/index/tables.c, "
				 "then GOLDEN=write",
				 held->table);
		return;
	}
	if (find_sum(&was, versions->p, held->table, version + 1))
		fail_msg("the version of '%s' was lowered", held->table);
	if (!mode || strcmp(mode, "write") != 0)
		fail_msg("version %d of '%s' is new: GOLDEN=write keeps it",
			 version, held->table);
	buf_addf(versions, "%s %d %016llx\n", held->table, version, now);
}

static void each_version_holds_the_same(void **state)
{
	struct held held[] = { { "facts", BUF_INIT },
			       { "words", BUF_INIT },
			       { "part", BUF_INIT },
			       { "part_ids", BUF_INIT } };
	struct buf versions = BUF_INIT;
	struct db db;
	size_t before;

	(void)state;
	assert_true(db_open(&db, NULL, 0) && tokenizer_register(&db));
	for (size_t i = 0; i < ARRAY_SIZE(fixtures); i++)
		ingest_fixture(&held[0], &held[1], &db, fixtures[i]);
	add_files(&held[2], &held[3]);
	golden_ok(file_read(&versions, VERSIONS, FILE_MAX));
	before = versions.n;
	for (size_t i = 0; i < ARRAY_SIZE(held); i++)
		compare_held(&versions, &held[i]);
	if (versions.n > before)
		golden_ok(file_write(VERSIONS, versions.p, versions.n, 0666, 0,
				     NULL));
	for (size_t i = 0; i < ARRAY_SIZE(held); i++)
		buf_release(&held[i].bytes);
	buf_release(&versions);
	db_close(&db);
}

static void a_version_changes_the_index(void **state)
{
	(void)state;
	assert_true(tables_version() >= 1);
	assert_true(index_table_count >= 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_version_holds_the_same,
						set_up, tear_down),
		cmocka_unit_test(a_version_changes_the_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
