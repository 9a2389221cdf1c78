/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/db_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/opener.h"
#include "index/db_journal.h"

/* Bytes at the start of the file, of which SQLite reads parts to know it by. */
#define HEADER 100

/* The database's own file, or its journal. The real one lies behind it in
 * memory. Others are the real ones. */
struct file {
	sqlite3_file base;
	sqlite3_file *real;
	/* of the database */
	bool unfinished; /* its first page bears a wrong sum */
	uint64_t first;  /* and this is the right one */
	/* of the journal */
	bool trusted;  /* what it contains is ours, or was checked */
	bool unsealed; /* it was written to */
};

static sqlite3_vfs vfs;
static sqlite3_vfs *under; /* SQLite's own */

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

static uint64_t mix_page_sum(uint64_t lane, uint64_t word)
{
	lane ^= word;
	return (lane << 23 | lane >> 41) * UINT64_C(0x9e3779b97f4a7c15);
}

/* In eight lanes, so that one multiplication need not wait for the last. The
 * place counts, so that a page in the place of another is found, too. */
static uint64_t sum_of(const unsigned char *page, sqlite3_int64 place)
{
	uint64_t a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7;
	uint64_t words[8];

	for (size_t i = 0; i < DB_PAGE; i += sizeof(words)) {
		memcpy(words, page + i, sizeof(words));
		if (i + sizeof(words) == DB_PAGE)
			words[7] = 0; /* there it is written */
		a = mix_page_sum(a, words[0]);
		b = mix_page_sum(b, words[1]);
		c = mix_page_sum(c, words[2]);
		d = mix_page_sum(d, words[3]);
		e = mix_page_sum(e, words[4]);
		f = mix_page_sum(f, words[5]);
		g = mix_page_sum(g, words[6]);
		h = mix_page_sum(h, words[7]);
	}
	a = mix_page_sum(mix_page_sum(mix_page_sum(a, b), c), d);
	e = mix_page_sum(mix_page_sum(mix_page_sum(e, f), g), h);
	a = mix_page_sum(mix_page_sum(a, e), (uint64_t)place);
	return a ^ a >> 32;
}

/* SQLite also reads parts of the first page, to know it by. A page of another
 * size is none of ours. */
static bool is_page_sound(const unsigned char *page, sqlite3_int64 at)
{
	uint64_t sum;

	memcpy(&sum, page + DB_PAGE - DB_FILE_SUM, DB_FILE_SUM);
	return sum == sum_of(page, at);
}

/* SQLite reads a part of a page where it needs no more: the header and, from
 * 3.45 on, what of a long value a page has. Of the header nothing is known yet;
 * any other part is checked with its page. */
static int read_db_page(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(file);
	unsigned char page[DB_PAGE];
	int from = (int)(at % DB_PAGE);
	int result;

	if (at + n <= HEADER)
		return real->pMethods->xRead(real, out, n, at);
	if (from + n > DB_PAGE)
		return SQLITE_CORRUPT;
	if (n == DB_PAGE) {
		result = real->pMethods->xRead(real, out, n, at);
		return result != SQLITE_OK || is_page_sound(out, at)
			       ? result
			       : SQLITE_CORRUPT;
	}
	result = real->pMethods->xRead(real, page, DB_PAGE, at - from);
	if (result == SQLITE_OK && !is_page_sound(page, at - from))
		result = SQLITE_CORRUPT;
	memcpy(out, page + from, (size_t)n);
	return result;
}

/* Changes begin with the first page, and end with a sync. Until that is done
 * its sum is wrong: a file that was left between two states is none, should its
 * journal be lost. */
static int write_file(sqlite3_file *file, const void *bytes, int n,
		      sqlite3_int64 at)
{
	struct file *f = (struct file *)file;
	sqlite3_file *real = real_of(file);
	unsigned char page[DB_PAGE];
	uint64_t sum;

	if (n != DB_PAGE || at % DB_PAGE)
		return SQLITE_CORRUPT;
	memcpy(page, bytes, DB_PAGE);
	sum = sum_of(page, at);
	if (!at) {
		f->unfinished = true;
		f->first = sum;
		sum = ~sum;
	}
	memcpy(page + DB_PAGE - DB_FILE_SUM, &sum, DB_FILE_SUM);
	return real->pMethods->xWrite(real, page, n, at);
}

static int sync_file(sqlite3_file *file, int flags)
{
	struct file *f = (struct file *)file;
	sqlite3_file *real = f->real;
	int result = SQLITE_OK;

	if (f->unfinished)
		result = real->pMethods->xWrite(real, &f->first, DB_FILE_SUM,
						DB_PAGE - DB_FILE_SUM);
	if (result != SQLITE_OK)
		return result;
	f->unfinished = false;
	return real->pMethods->xSync(real, flags);
}

/* --- the journal --- */

static int read_journal_page(sqlite3_file *file, void *out, int n,
			     sqlite3_int64 at)
{
	struct file *f = (struct file *)file;
	sqlite3_file *real = f->real;
	int result = f->trusted ? SQLITE_OK : db_journal_check(real);

	if (result != SQLITE_OK)
		return result;
	f->trusted = true;
	return real->pMethods->xRead(real, out, n, at);
}

static int write_journal(sqlite3_file *file, const void *bytes, int n,
			 sqlite3_int64 at)
{
	struct file *f = (struct file *)file;

	f->trusted = f->unsealed = true;
	return f->real->pMethods->xWrite(f->real, bytes, n, at);
}

static int sync_journal(sqlite3_file *file, int flags)
{
	struct file *f = (struct file *)file;
	int result = f->unsealed ? db_journal_seal(f->real) : SQLITE_OK;

	if (result != SQLITE_OK)
		return result;
	f->unsealed = false;
	return f->real->pMethods->xSync(f->real, flags);
}

/* --- all else is the real file's --- */

static int close_file(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xClose(real);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xTruncate(real, size);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xFileSize(real, size);
}

static int lock_file(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xLock(real, level);
}

static int unlock_file(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xUnlock(real, level);
}

static int is_reserved(sqlite3_file *file, int *answer)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xCheckReservedLock(real, answer);
}

static int control_file(sqlite3_file *file, int what, void *data)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xFileControl(real, what, data);
}

static int sector_size(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xSectorSize(real);
}

static int characteristics(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xDeviceCharacteristics(real);
}

/* Version 1: no shared memory and no mapping, behind which a page would be read
 * without us. */
static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = read_db_page,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = file_size,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = is_reserved,
	.xFileControl = control_file,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

/* The same, but for what is read, written and synced: see register_vfs(). */
static sqlite3_io_methods journal_methods;

/* A journal that is opened to be read alone may be that of one who writes just
 * now: SQLite only looks whether there is one. */
static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *out,
		     int flags, int *out_flags)
{
	bool journal = flags & SQLITE_OPEN_MAIN_JOURNAL;
	struct file *file = (struct file *)out;
	int result;

	(void)self;
	if (!journal && !(flags & SQLITE_OPEN_MAIN_DB))
		return under->xOpen(under, name, out, flags, out_flags);
	*file = (struct file){ .real = (sqlite3_file *)(file + 1),
			       .trusted = flags & SQLITE_OPEN_READONLY };
	file->real->pMethods = NULL;
	result = under->xOpen(under, name, file->real, flags, out_flags);
	if (file->real->pMethods)
		file->base.pMethods = journal ? &journal_methods : &methods;
	return result;
}

/* What SQLite opens by name: its file and the journal, which are ours alone; the
 * folder they are in; and where it takes its random numbers from. */
static int open_db_plainly(const char *path, int flags, int mode)
{
	struct stat st;
	int fd;

	if ((flags & O_ACCMODE) != O_RDONLY)
		return opener_own(AT_FDCWD, path, flags, (mode_t)mode);
	fd = opener_open(AT_FDCWD, path, flags, (mode_t)mode);
	if (fd < 0 || fstat(fd, &st) || S_ISDIR(st.st_mode) ||
	    S_ISCHR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink == 1))
		return fd;
	close(fd);
	errno = EMLINK;
	return -1;
}

static void register_vfs(void)
{
	under = sqlite3_vfs_find(NULL);
	if (!under)
		return;
	under->xSetSystemCall(under, "open",
			      (sqlite3_syscall_ptr)open_db_plainly);
	vfs = *under;
	vfs.pNext = NULL;
	vfs.zName = "retro";
	vfs.szOsFile = (int)sizeof(struct file) + under->szOsFile;
	vfs.xOpen = open_file;
	journal_methods = methods;
	journal_methods.xRead = read_journal_page;
	journal_methods.xWrite = write_journal;
	journal_methods.xSync = sync_journal;
	sqlite3_vfs_register(&vfs, 0);
}

const char *db_file_vfs(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, register_vfs);
	return vfs.zName;
}
