/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "git/rev.h"
#include "index/db_file.h"
#include "index/internal.h"
#include "scratch.h"

/* Enough for several readers, where there are processors for them. */
#define TEXTS 5000

static struct arena arena;
static struct repo *repo;
static struct policy policy;
static struct diags diags = { .arena = &arena };

static int set_up(void **state)
{
	if (scratch_enter(state))
		return -1;
	enter_repo("many");
	sh("mkdir retros; for i in $(seq %d)\n"
	   "do echo text $i >retros/$i.md\ndone",
	   TEXTS);
	assert_null(repo_open(&repo));
	policy_init(&policy, &arena);
	return 0;
}

static int tear_down(void **state)
{
	repo_close(repo);
	arena_release(&arena);
	return scratch_leave(state);
}

struct told {
	const struct cached_files *files;
	unsigned char times[TEXTS];
};

static void start(void *data)
{
	struct told *told = data;

	memset(told->times, 0, sizeof(told->times));
}

static bool text(void *data, size_t share, size_t file, const char *bytes,
		 size_t n)
{
	struct told *told = data;
	char want[32];

	assert_true(share < INDEX_SHARES);
	snprintf(want, sizeof(want), "text %d\n",
		 atoi(strrchr(told->files->at[file].path, '/') + 1));
	if (n == strlen(want) && !memcmp(bytes, want, n))
		told->times[file]++;
	return true;
}

static void every_text_is_told_once(struct index *index)
{
	static const struct index_reader reader = { start, text };
	struct told told = { .files = index_files(index) };

	assert_int_equal(told.files->nr, TEXTS);
	assert_null(index_texts(index, &reader, &told));
	for (size_t i = 0; i < TEXTS; i++)
		assert_int_equal(told.times[i], 1);
}

static struct index *open_index(void)
{
	struct index *index;

	assert_null(index_open(&index, &arena, repo, &policy, NULL, 0, &diags));
	assert_false(index->in_memory);
	return index;
}

static void several_readers(void **state)
{
	struct index *index = open_index();

	(void)state;
	every_text_is_told_once(index);
	index_close(index);
}

/* Another process that waits to write lets no new reader in (SQLite's pending
 * lock): those who are in do the work, with the same file. */
static void a_writer_waits(void **state)
{
	struct index *index;
	const char *path;
	int ready[2], done[2], status;
	char byte;
	pid_t child;

	(void)state;
	index_close(open_index()); /* writes that the files have settled */
	index = open_index();
	path = index->path;
	assert_int_equal(pipe(ready) | pipe(done), 0);
	child = fork();
	if (!child) {
		struct flock pending = { .l_type = F_WRLCK,
					 .l_whence = SEEK_SET,
					 .l_start = 0x40000000,
					 .l_len = 1 };
		int fd = open(path, O_RDWR);

		alarm(60); /* never longer than the test */
		close(done[1]);
		byte = fcntl(fd, F_SETLK, &pending) ? 'n' : 'y';
		_exit(write(ready[1], &byte, 1) != 1 ||
		      read(done[0], &byte, 1) != 1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	every_text_is_told_once(index);
	assert_false(index->in_memory);
	assert_int_equal(write(done[1], "", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	index_close(index);
}

/* As SQLite from 3.45 on reads a long value, without its pager. */
static void a_part_of_a_page_is_checked_with_it(void **state)
{
	struct index *index = open_index();
	unsigned char part[DB_PAGE], whole[DB_PAGE];
	sqlite3_file *file;
	int fd;

	(void)state;
	assert_int_equal(sqlite3_file_control(index->db.handle, "main",
					      SQLITE_FCNTL_FILE_POINTER, &file),
			 SQLITE_OK);
	assert_int_equal(file->pMethods->xRead(file, whole, DB_PAGE, DB_PAGE),
			 SQLITE_OK);
	assert_int_equal(file->pMethods->xRead(file, part,
					       DB_PAGE - DB_FILE_SUM, DB_PAGE),
			 SQLITE_OK);
	assert_memory_equal(part, whole, DB_PAGE - DB_FILE_SUM);
	assert_int_equal(file->pMethods->xRead(file, part, 1000, DB_PAGE + 500),
			 SQLITE_OK);
	assert_memory_equal(part, whole + 500, 1000);
	assert_int_equal(
		file->pMethods->xRead(file, part, 1000, 2 * DB_PAGE - 500),
		SQLITE_CORRUPT);
	fd = open(index->path, O_RDWR);
	assert_int_equal(pwrite(fd, "?", 1, DB_PAGE + 12000), 1);
	assert_int_equal(file->pMethods->xRead(file, part, 1000, DB_PAGE + 500),
			 SQLITE_CORRUPT);
	assert_int_equal(file->pMethods->xRead(file, part, 80, DB_PAGE),
			 SQLITE_CORRUPT);
	assert_int_equal(pwrite(fd, whole + 12000, 1, DB_PAGE + 12000), 1);
	close(fd);
	index_close(index);
}

/* What somebody has put into the file, with the sums that belong to it. */
static void tamper(const char *path, const char *sql)
{
	struct db db;

	assert_true(db_open(&db, path, 1000));
	assert_true(db_run(&db, sql));
	db_close(&db);
}

static void what_is_not_ours_is_not_believed(void **state)
{
	static const char *const crafted[] = {
		"CREATE TRIGGER more AFTER INSERT ON doc"
		" BEGIN DELETE FROM doc; END",
		"ALTER TABLE listing RENAME TO other;"
		"CREATE VIEW listing AS WITH RECURSIVE r(id) AS"
		" (SELECT 1 UNION ALL SELECT id + 1 FROM r) SELECT id FROM r",
		"DROP TABLE part;"
		"CREATE VIEW part AS WITH RECURSIVE r(place) AS"
		" (SELECT 1 UNION ALL SELECT place + 1 FROM r)"
		" SELECT place, '' AS first, x'' AS files FROM r",
		"CREATE TABLE more(x)",
		"DROP TABLE facts; CREATE TABLE facts(id, bytes, more)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(crafted) / sizeof(*crafted); i++) {
		struct index *index = open_index();
		const char *path = arena_strdup(&arena, index->path);

		index_close(index);
		tamper(path, crafted[i]);
		alarm(120); /* it ends */
		index = open_index();
		every_text_is_told_once(index);
		index_close(index);
		alarm(0);
	}
}

static void a_listing_has_no_more_than_its_bytes(void **state)
{
	struct index *index;
	struct oid head;
	const char *path;

	(void)state;
	sh("git add retros && git commit -q -m retros");
	assert_null(rev_head(&head, repo));
	for (int i = 0; i < 2; i++) {
		alarm(120);
		assert_null(index_open(&index, &arena, repo, &policy, &head, 0,
				       &diags));
		assert_int_equal(index_files(index)->nr, TEXTS);
		path = arena_strdup(&arena, index->path);
		index_close(index);
		alarm(0);
		tamper(path, "UPDATE listing SET nr = 1152921504606846976");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_of_a_page_is_checked_with_it),
		cmocka_unit_test(several_readers),
		cmocka_unit_test(a_writer_waits),
		cmocka_unit_test(what_is_not_ours_is_not_believed),
		cmocka_unit_test(a_listing_has_no_more_than_its_bytes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
