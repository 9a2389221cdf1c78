/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/db_file.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "store/db.h"

/* The database's own file. The real one lies behind it in memory. Others, such
 * as the journal, are the real ones. */
struct file {
	sqlite3_file base;
	sqlite3_file *real;
};

static sqlite3_vfs vfs;
static sqlite3_vfs *under; /* SQLite's own */

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

/* Four lanes, so that one multiplication need not wait for the last. The place
 * counts, so that a page in the place of another is found, too. */
static uint64_t sum_of(const unsigned char *page, sqlite3_int64 place)
{
	const uint64_t k = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t lane[4] = { k ^ (uint64_t)place, k + 1, k + 2, k + 3 };
	uint64_t word, sum = 0;

	for (size_t i = 0; i + 32 <= DB_PAGE; i += 32)
		for (size_t j = 0; j < 4; j++) {
			memcpy(&word, page + i + 8 * j, 8);
			if (i + 8 * j == DB_PAGE - DB_FILE_SUM)
				word = 0;
			lane[j] = (lane[j] ^ word) * k;
			lane[j] ^= lane[j] >> 29;
		}
	for (size_t j = 0; j < 4; j++)
		sum = (sum ^ lane[j]) * k + j;
	return sum ^ sum >> 32;
}

/* SQLite also reads parts of the first page, to know it by. A page of another
 * size is none of ours. */
static int read_file(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(file);
	int result = real->pMethods->xRead(real, out, n, at);
	uint64_t sum;

	if (result != SQLITE_OK || n < 512)
		return result;
	if (n != DB_PAGE || at % DB_PAGE)
		return SQLITE_CORRUPT;
	memcpy(&sum, (char *)out + DB_PAGE - DB_FILE_SUM, DB_FILE_SUM);
	return sum == sum_of(out, at) ? SQLITE_OK : SQLITE_CORRUPT;
}

static int write_file(sqlite3_file *file, const void *bytes, int n,
		      sqlite3_int64 at)
{
	sqlite3_file *real = real_of(file);
	unsigned char page[DB_PAGE];
	uint64_t sum;

	if (n != DB_PAGE || at % DB_PAGE)
		return SQLITE_CORRUPT;
	memcpy(page, bytes, DB_PAGE);
	sum = sum_of(page, at);
	memcpy(page + DB_PAGE - DB_FILE_SUM, &sum, DB_FILE_SUM);
	return real->pMethods->xWrite(real, page, n, at);
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

static int sync_file(sqlite3_file *file, int flags)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xSync(real, flags);
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
	.xRead = read_file,
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

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *out,
		     int flags, int *out_flags)
{
	struct file *file = (struct file *)out;
	int result;

	(void)self;
	if (!(flags & SQLITE_OPEN_MAIN_DB))
		return under->xOpen(under, name, out, flags, out_flags);
	file->real = (sqlite3_file *)(file + 1);
	file->real->pMethods = NULL;
	result = under->xOpen(under, name, file->real, flags, out_flags);
	file->base.pMethods = file->real->pMethods ? &methods : NULL;
	return result;
}

static void register_vfs(void)
{
	under = sqlite3_vfs_find(NULL);
	if (!under)
		return;
	vfs = *under;
	vfs.pNext = NULL;
	vfs.zName = "retro";
	vfs.szOsFile = (int)sizeof(struct file) + under->szOsFile;
	vfs.xOpen = open_file;
	sqlite3_vfs_register(&vfs, 0);
}

const char *db_file_vfs(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, register_vfs);
	return vfs.zName;
}
