/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/catalog.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/opener.h"

/* As the machine reads it that wrote it. */
#define MAGIC UINT32_C(0x950412de)

/* Magic, revision, messages, offsets of the keys and of the values. */
enum { HEADER_WORDS = 5, WORD = sizeof(uint32_t), PAIR = 2 * WORD };

/* msgfmt writes the same bytes on every machine, unless it is told to. */
static uint32_t word_at(const struct catalog *catalog, const char *bytes,
			size_t at)
{
	uint32_t word;

	memcpy(&word, bytes + at * WORD, WORD);
	return catalog->swapped ? __builtin_bswap32(word) : word;
}

static bool has_pairs(const struct catalog *catalog, uint32_t at)
{
	return at <= catalog->n && catalog->nr <= (catalog->n - at) / PAIR;
}

/* A text of a pair; NULL if it does not lie in the file, with its NUL. */
static const char *text_of(const struct catalog *catalog, const char *pairs,
			   size_t i)
{
	size_t n = word_at(catalog, pairs, 2 * i);
	size_t at = word_at(catalog, pairs, 2 * i + 1);

	return at < catalog->n && n < catalog->n - at && !catalog->bytes[at + n]
		       ? catalog->bytes + at
		       : NULL;
}

/* False if it is no catalog. */
static bool read_header(struct catalog *catalog)
{
	const char *bytes = catalog->bytes;

	catalog->swapped =
		word_at(catalog, bytes, 0) == __builtin_bswap32(MAGIC);
	catalog->nr = word_at(catalog, bytes, 2);
	if (word_at(catalog, bytes, 0) != MAGIC ||
	    !has_pairs(catalog, word_at(catalog, bytes, 3)) ||
	    !has_pairs(catalog, word_at(catalog, bytes, 4)))
		return false;
	catalog->keys = bytes + word_at(catalog, bytes, 3);
	catalog->values = bytes + word_at(catalog, bytes, 4);
	return true;
}

void catalog_open(struct catalog *out, const char *path)
{
	struct catalog catalog = { 0 };
	int fd = opener_named(path);
	struct stat st;
	void *bytes = MAP_FAILED;

	*out = catalog;
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_size >= HEADER_WORDS * WORD)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			     fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return;
	catalog.bytes = bytes;
	catalog.n = (size_t)st.st_size;
	if (read_header(&catalog))
		*out = catalog;
	else
		munmap(bytes, catalog.n);
}

const char *catalog_find(const struct catalog *catalog, const char *key)
{
	size_t from = 0, end = catalog->nr;

	while (from < end) {
		size_t middle = from + (end - from) / 2;
		/* Of a message with a plural, up to it. */
		const char *have = text_of(catalog, catalog->keys, middle);
		int order = have ? strcmp(key, have) : -1;

		if (!order)
			return text_of(catalog, catalog->values, middle);
		if (order < 0)
			end = middle;
		else
			from = middle + 1;
	}
	return NULL;
}
