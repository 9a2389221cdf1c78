/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/db_journal.h"

#include <stdint.h>
#include <string.h>

#include "base/checksum.h"

/* Behind the header, which has 28 bytes, and before the first page, which
 * begins behind a sector, of 512 at least. */
#define SEALS_AT 256
/* No change of ours is larger. */
#define BYTES_MAX ((int64_t)1 << 32)
/* Bytes that are read at a time. */
#define CHUNK 65536

#define MAGIC "retro j1"

/* Written twice, so that one changed byte never hides that there is one. */
struct seal {
	char magic[8];
	int64_t n; /* bytes that are sealed */
	uint64_t sum;
};

/* The bytes count from the first on, the seals as zeros. */
static int sum_up_journal(uint64_t *sum, sqlite3_file *journal, int64_t n)
{
	char chunk[CHUNK];
	int result = SQLITE_OK;

	*sum = (uint64_t)n;
	for (int64_t at = 0; result == SQLITE_OK && at < n; at += CHUNK) {
		int64_t size = n - at < CHUNK ? n - at : CHUNK;

		result =
			journal->pMethods->xRead(journal, chunk, (int)size, at);
		if (!at && size > SEALS_AT)
			memset(chunk + SEALS_AT, 0, 2 * sizeof(struct seal));
		if (result == SQLITE_OK)
			*sum = checksum_bytes(*sum, chunk, (size_t)size);
	}
	return result;
}

/* Long enough for a page. */
static int size_of(int64_t *n, sqlite3_file *journal)
{
	sqlite3_int64 size = 0;
	int result = journal->pMethods->xFileSize(journal, &size);

	*n = size > SEALS_AT + 2 * (int64_t)sizeof(struct seal) ? size : 0;
	return result == SQLITE_OK && size > BYTES_MAX ? SQLITE_CORRUPT
						       : result;
}

int db_journal_seal(sqlite3_file *journal)
{
	struct seal seals[2];
	int64_t n;
	uint64_t sum;
	int result = size_of(&n, journal);

	if (result != SQLITE_OK || !n)
		return result;
	result = sum_up_journal(&sum, journal, n);
	if (result != SQLITE_OK)
		return result;
	for (size_t i = 0; i < 2; i++) {
		seals[i] = (struct seal){ .n = n, .sum = sum };
		memcpy(seals[i].magic, MAGIC, sizeof(seals[i].magic));
	}
	return journal->pMethods->xWrite(journal, seals, sizeof(seals),
					 SEALS_AT);
}

int db_journal_check(sqlite3_file *journal)
{
	struct seal seals[2];
	int64_t n;
	int result = size_of(&n, journal), fallen = SQLITE_OK;

	if (result != SQLITE_OK || !n)
		return result;
	result = journal->pMethods->xRead(journal, seals, sizeof(seals),
					  SEALS_AT);
	for (size_t i = 0; result == SQLITE_OK && i < 2; i++) {
		const struct seal *seal = &seals[i];
		uint64_t sum = 0;

		if (memcmp(seal->magic, MAGIC, sizeof(seal->magic)))
			continue;
		if (seal->n <= n && seal->n > 0)
			result = sum_up_journal(&sum, journal, seal->n);
		if (result == SQLITE_OK && sum == seal->sum)
			return SQLITE_OK;
		fallen = SQLITE_CORRUPT;
	}
	return result != SQLITE_OK ? result : fallen;
}
