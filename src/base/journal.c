/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file: the title and a newline; then for each batch its length (4 bytes)
 * and a sum of its bytes (8 bytes), as this machine writes numbers, and the
 * batch.
 */
#include "base/journal.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/opener.h"

#define HEAD      (sizeof(uint32_t) + sizeof(uint64_t))
#define BYTES_MAX ((size_t)1 << 30)
/* A batch is no longer than its length can say. */
#define BATCH_MAX ((size_t)1 << 30)

bool journal_next(const char **batch, size_t *n, size_t *at,
		  const struct journal *journal)
{
	const struct buf *b = &journal->bytes;
	size_t start = *at ? *at : strlen(journal->title) + 1;
	uint32_t length;
	uint64_t sum;

	if (b->n < start || b->n - start < HEAD)
		return false;
	memcpy(&length, b->p + start, sizeof(length));
	memcpy(&sum, b->p + start + sizeof(length), sizeof(sum));
	start += HEAD;
	if (length > b->n - start ||
	    checksum_bytes(length, b->p + start, length) != sum)
		return false;
	*batch = b->p + start;
	*n = length;
	*at = start + length;
	return true;
}

static bool has_title(const struct journal *journal)
{
	size_t n = strlen(journal->title);

	return journal->bytes.n > n && journal->bytes.p[n] == '\n' &&
	       !memcmp(journal->bytes.p, journal->title, n);
}

void journal_open(struct journal *out, const char *path, const char *title)
{
	const char *batch;
	size_t n, at = 0;
	struct err *e;

	*out = (struct journal){ .path = mem_strdup(path),
				 .title = mem_strdup(title),
				 .bytes = BUF_INIT };
	e = file_read_own(&out->bytes, path, BYTES_MAX);
	if (e || !has_title(out))
		buf_reset(&out->bytes);
	err_free(e);
	while (journal_next(&batch, &n, &at, out))
		out->whole = at;
	buf_truncate(&out->bytes, out->whole);
}

void journal_close(struct journal *journal)
{
	free(journal->path);
	free(journal->title);
	buf_release(&journal->bytes);
}

static void add_batch(struct buf *out, const struct buf *batch)
{
	uint32_t length = (uint32_t)batch->n;
	uint64_t sum = checksum_bytes(batch->n, batch->p, batch->n);

	buf_add(out, &length, sizeof(length));
	buf_add(out, &sum, sizeof(sum));
	buf_add(out, batch->p, batch->n);
}

void journal_replace(const struct journal *journal, const struct buf *batch)
{
	struct file_lock lock = { 0 };
	struct buf file = BUF_INIT;
	struct err *e;

	if (!*journal->path || err_kept())
		return;
	e = file_make_parents(journal->path);
	if (!e)
		e = file_lock(&lock, journal->path, 0);
	buf_addf(&file, "%s\n", journal->title);
	add_batch(&file, batch);
	if (!e && batch->n <= BATCH_MAX)
		e = file_write(journal->path, file.p, file.n, 0666, FILE_OVER,
			       NULL);
	file_unlock(&lock);
	err_free(e); /* the next one finds it out again */
	buf_release(&file);
}

static bool write_whole(int fd, const struct buf *bytes)
{
	size_t done = 0;

	while (done < bytes->n) {
		ssize_t n = write(fd, bytes->p + done, bytes->n - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* Behind what is whole; a part that was left there by a crash goes. */
static void append_journal(const struct journal *journal,
			   const struct buf *bytes)
{
	int fd = opener_own(AT_FDCWD, journal->path, O_WRONLY, 0);
	off_t whole = (off_t)journal->whole;
	struct stat st;

	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_size >= whole && !ftruncate(fd, whole) &&
	    lseek(fd, whole, SEEK_SET) == whole && !write_whole(fd, bytes))
		(void)!ftruncate(fd, whole);
	close(fd);
}

/* Whether nobody appended since it was read. */
static bool is_unchanged(const struct journal *journal)
{
	struct journal now;
	bool same;

	journal_open(&now, journal->path, journal->title);
	same = now.whole == journal->whole;
	journal_close(&now);
	return same;
}

void journal_append(const struct journal *journal, const struct buf *batch)
{
	struct file_lock lock = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e;

	if (err_kept()) /* what was found out may be wrong */
		return;
	if (!journal->whole) {
		journal_replace(journal, batch);
		return;
	}
	e = file_lock(&lock, journal->path, 0);
	if (!e && batch->n <= BATCH_MAX && is_unchanged(journal)) {
		add_batch(&bytes, batch);
		append_journal(journal, &bytes);
	}
	file_unlock(&lock);
	err_free(e);
	buf_release(&bytes);
}
