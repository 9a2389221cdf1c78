/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "base/opener.h"

#define KEPT_MAX ((size_t)16 << 20) /* bytes, of all */

/* Seconds, after which nobody is writing a file any more. */
#define SETTLED 2

struct answer_kept {
	struct answer_kept *next;
	struct buf key, bytes;
	bool fresh; /* of this copy */
};

static struct {
	pthread_mutex_t lock;
	bool on;
	struct answer_kept *first;
	size_t size;
} store = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void drop_kept(void)
{
	while (store.first) {
		struct answer_kept *answer = store.first;

		store.first = answer->next;
		buf_release(&answer->key);
		buf_release(&answer->bytes);
		free(answer);
	}
	store.size = 0;
}

void kept_begin(void)
{
	store.on = true;
}

void kept_end(void)
{
	drop_kept();
	store.on = false;
}

bool kept_is_on(void)
{
	return store.on;
}

static const struct answer_kept *find_kept(const char *key, size_t n)
{
	const struct answer_kept *answer = store.first;

	while (answer &&
	       (answer->key.n != n || memcmp(answer->key.p, key, n) != 0))
		answer = answer->next;
	return answer;
}

static void add_kept(const char *key, size_t key_n, const char *bytes, size_t n,
		     bool fresh)
{
	struct answer_kept *answer = mem_calloc(1, sizeof(*answer));

	buf_init(&answer->key);
	buf_init(&answer->bytes);
	buf_add(&answer->key, key, key_n);
	buf_add(&answer->bytes, bytes, n);
	answer->fresh = fresh;
	answer->next = store.first;
	store.first = answer;
	store.size += key_n + n;
}

bool kept_get(struct buf *out, const struct buf *key)
{
	const struct answer_kept *answer;

	if (!store.on)
		return false;
	pthread_mutex_lock(&store.lock);
	answer = find_kept(key->p, key->n);
	if (answer)
		buf_add(out, answer->bytes.p, answer->bytes.n);
	pthread_mutex_unlock(&store.lock);
	return answer != NULL;
}

void kept_put(const struct buf *key, const char *bytes, size_t n)
{
	if (!store.on || n > KEPT_MAX / 2)
		return;
	pthread_mutex_lock(&store.lock);
	if (!find_kept(key->p, key->n))
		add_kept(key->p, key->n, bytes, n, true);
	pthread_mutex_unlock(&store.lock);
}

/* --- from a copy --- */

/* "<bytes of the key> <bytes of the answer>\n", and both. */
void kept_tell(struct buf *out)
{
	for (const struct answer_kept *answer = store.first; answer;
	     answer = answer->next) {
		if (!answer->fresh)
			continue;
		buf_addf(out, "%zu %zu\n", answer->key.n, answer->bytes.n);
		buf_add(out, answer->key.p, answer->key.n);
		buf_add(out, answer->bytes.p, answer->bytes.n);
	}
}

void kept_take(const char *bytes, size_t n)
{
	const char *end = bytes + n, *at;

	while ((at = memchr(bytes, '\n', (size_t)(end - bytes)))) {
		char *rest;
		size_t key_n = strtoul(bytes, &rest, 10);
		size_t answer_n = strtoul(rest, NULL, 10);
		size_t left = (size_t)(end - ++at);

		if (key_n > left || answer_n > left - key_n)
			return;
		if (store.size + key_n + answer_n > KEPT_MAX)
			drop_kept();
		if (!find_kept(at, key_n))
			add_kept(at, key_n, at + key_n, answer_n, false);
		bytes = at + key_n + answer_n;
	}
}

/* --- files --- */

bool kept_stamp(struct buf *key, const char *path)
{
	time_t before = time(NULL) - SETTLED;
	struct stat st;

	buf_add(key, path, strlen(path) + 1);
	if (opener_stat(&st, AT_FDCWD, path)) {
		buf_addf(key, "%d", errno);
		return errno == ENOENT || errno == ENOTDIR;
	}
	buf_addf(key, "%ju %ju %jd %jd.%ld %jd.%ld", (uintmax_t)st.st_dev,
		 (uintmax_t)st.st_ino, (intmax_t)st.st_size,
		 (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
		 (intmax_t)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
	return !S_ISLNK(st.st_mode) && st.st_mtim.tv_sec < before &&
	       st.st_ctim.tv_sec < before;
}
