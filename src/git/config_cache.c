/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file: a title; a sum of all that follows; and pieces, each behind its
 * length: the key, the system's own file and its stamp, and the answer.
 */
#include "git/config_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/attr.h"
#include "base/checksum.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/opener.h"
#include "git/child.h"
#include "git/discover.h"

#define TITLE    "git-retro config 1\n"
#define FILE_TOP ((size_t)1 << 20)

/* --- stamps --- */

/* Appends what tells this state of a file from any other. */
static void stamp_config_file(struct buf *key, struct config_cache *cache,
			      const char *path)
{
	struct config_file file = { .path = arena_strdup(cache->a, path) };
	struct stat st;

	buf_add(key, path, strlen(path) + 1);
	file.there = !opener_named_stat(&st, AT_FDCWD, path);
	if (file.there) {
		const int64_t facts[] = {
			(int64_t)st.st_dev,        (int64_t)st.st_ino,
			(int64_t)st.st_mode,       (int64_t)st.st_size,
			clock_of_file(st.st_mtim), clock_of_file(st.st_ctim)
		};

		buf_add(key, facts, sizeof(facts));
		cache->settled &= clock_is_past(facts[4], cache->begun) &&
				  clock_is_past(facts[5], cache->begun);
	} else {
		cache->settled &= errno == ENOENT || errno == ENOTDIR;
	}
	vec_push(cache->a, &cache->files, file);
}

static void stamp_file_in(struct config_cache *cache, const char *dir,
			  const char *name)
{
	if (dir && *dir)
		stamp_config_file(&cache->key, cache,
				  path_join(cache->a, dir, name));
}

/* The git that is started: another one may read other files. */
static void stamp_program(struct config_cache *cache)
{
	const char *at = getenv("PATH");
	struct stat st;

	while (at && *at) {
		size_t n = strcspn(at, ":");
		const char *path = path_join(
			cache->a, arena_strndup(cache->a, at, n), "git");

		if (!opener_named_stat(&st, AT_FDCWD, path) &&
		    S_ISREG(st.st_mode) && st.st_mode & 0111) {
			stamp_config_file(&cache->key, cache, path);
			return;
		}
		at += n + (at[n] == ':');
	}
	cache->settled = false;
}

static void stamp_environment(struct config_cache *cache)
{
	static const char *const names[] = { "HOME", "XDG_CONFIG_HOME",
					     "GIT_CONFIG_GLOBAL",
					     "GIT_CONFIG_SYSTEM",
					     "GIT_CONFIG_NOSYSTEM" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);

		buf_addch(&cache->key, value ? '=' : '-');
		if (value)
			buf_add(&cache->key, value, strlen(value) + 1);
	}
}

/* All but the system's file, of which only git knows where it is; `own` is the
 * repository's. */
static void make_key(struct config_cache *cache, const char *own)
{
	const char *home = getenv("HOME");
	const char *global = getenv("GIT_CONFIG_GLOBAL");

	stamp_environment(cache);
	stamp_program(cache);
	stamp_config_file(&cache->key, cache, own);
	stamp_file_in(cache, home, ".gitconfig");
	stamp_file_in(cache, home, ".config/git/config");
	stamp_file_in(cache, getenv("XDG_CONFIG_HOME"), "git/config");
	if (global && *global)
		stamp_config_file(&cache->key, cache, global);
}

/* --- the file --- */

static void add_piece(struct buf *out, const void *bytes, size_t n)
{
	uint32_t length = (uint32_t)n;

	buf_add(out, &length, sizeof(length));
	buf_add(out, bytes, n);
}

/* Borrowed; false if none is whole. */
static bool take_piece(const char **bytes, size_t *n, const char **at,
		       const char *end)
{
	uint32_t length;

	if ((size_t)(end - *at) < sizeof(length))
		return false;
	memcpy(&length, *at, sizeof(length));
	*at += sizeof(length);
	if (length > (size_t)(end - *at))
		return false;
	*bytes = *at;
	*n = length;
	*at += length;
	return true;
}

static bool is_same(const struct buf *b, const char *bytes, size_t n)
{
	return b->n == n && !memcmp(b->p, bytes, n);
}

/* Whether the system's file, too, is as it was. */
static bool is_system_same(struct config_cache *cache, const char *path,
			   size_t path_n, const char *stamp, size_t n)
{
	struct buf now = BUF_INIT;
	bool same;

	stamp_config_file(&now, cache, arena_strndup(cache->a, path, path_n));
	same = is_same(&now, stamp, n);
	buf_release(&now);
	return same;
}

static bool take_answer(struct buf *answer, struct config_cache *cache,
			const struct buf *file)
{
	const char *at = file->p + strlen(TITLE), *end = file->p + file->n;
	const char *key, *path, *stamp, *bytes;
	size_t key_n, path_n, stamp_n, n;
	uint64_t sum;

	if (file->n < strlen(TITLE) + sizeof(sum) ||
	    memcmp(file->p, TITLE, strlen(TITLE)) != 0)
		return false;
	memcpy(&sum, at, sizeof(sum));
	at += sizeof(sum);
	if (sum != checksum_bytes((uint64_t)(end - at), at,
				  (size_t)(end - at)) ||
	    !take_piece(&key, &key_n, &at, end) ||
	    !take_piece(&path, &path_n, &at, end) ||
	    !take_piece(&stamp, &stamp_n, &at, end) ||
	    !take_piece(&bytes, &n, &at, end) ||
	    !is_same(&cache->key, key, key_n))
		return false;
	if (!path_n)
		cache->file = NULL; /* see config_cache_put() */
	if (!path_n || !is_system_same(cache, path, path_n, stamp, stamp_n))
		return false;
	buf_add(answer, bytes, n);
	return true;
}

/* The git directory; NULL if nothing is kept here. */
static const char *find_kept_place(struct config_cache *cache)
{
	const char *rest, *dir = NULL;
	char *found;

	if (getenv("GIT_CONFIG"))
		return NULL;
	found = discover_plain(&rest);
	if (found) {
		dir = path_join(cache->a, found, ".git");
	} else {
		found = discover_bare();
		if (found)
			dir = cache->bare = arena_strdup(cache->a, found);
	}
	free(found);
	return dir;
}

/* See config_cache_trusts(). */
static const char *trusted;

bool config_cache_get(struct buf *answer, struct config_cache *out,
		      struct arena *a)
{
	struct buf file = BUF_INIT;
	const char *dir;
	struct err *e;
	bool has;

	*out = (struct config_cache){
		.a = a, .key = BUF_INIT, .begun = clock_now(), .settled = true
	};
	dir = find_kept_place(out);
	if (!dir)
		return false;
	out->file = path_join(a, dir, "retro/config");
	make_key(out, path_join(a, dir, "config"));
	e = file_read_own(&file, out->file, FILE_TOP);
	has = !e && take_answer(answer, out, &file);
	err_free(e); /* git is asked */
	buf_release(&file);
	trusted = has ? out->bare : NULL;
	return has;
}

bool config_cache_trusts(const char *git_dir)
{
	return trusted && !strcmp(trusted, git_dir);
}

/* --- keeping --- */

/* Where git has the system's own file: it opens it in the editor. */
static const char *ask_system_file(struct arena *a)
{
	static const char *const args[] = { "config", "--system", "--edit",
					    NULL };
	static const char *const editor[] = { "GIT_EDITOR=echo", NULL };
	struct buf out = BUF_INIT;
	struct err *e = child_run_in(&out, args, NULL, editor);
	const char *path = NULL;

	if (!e && out.n > 1 && *out.p == '/' && out.p[out.n - 1] == '\n')
		path = arena_strndup(a, out.p, out.n - 1);
	err_free(e); /* nothing is kept then */
	buf_release(&out);
	return path;
}

/* Whether that comes from a file which was there, or is what every child is
 * given: the environment has no more (discover.h). */
static bool is_of_files(const struct config_cache *cache, const char *origin)
{
	bool own;

	if (!strcmp(origin, "command line:"))
		return true;
	if (strncmp(origin, "file:", 5) != 0)
		return false;
	origin += 5;
	own = !strcmp(origin, cache->bare ? "config" : ".git/config");
	for (size_t i = 0; i < cache->files.nr; i++) {
		const struct config_file *file = &cache->files.at[i];
		size_t n = strlen(file->path), m = strlen(origin);

		if (file->there &&
		    (!strcmp(file->path, origin) ||
		     (own && n > m && !strcmp(file->path + n - m, origin))))
			return true;
	}
	return false;
}

static void write_answer(const struct config_cache *cache, const char *path,
			 const struct buf *stamp, const struct buf *answer)
{
	struct buf pieces = BUF_INIT, file = BUF_INIT;
	uint64_t sum;

	add_piece(&pieces, cache->key.p, cache->key.n);
	add_piece(&pieces, path, strlen(path));
	add_piece(&pieces, stamp->p, stamp->n);
	add_piece(&pieces, answer->p, answer->n);
	sum = checksum_bytes(pieces.n, pieces.p, pieces.n);
	buf_addstr(&file, TITLE);
	buf_add(&file, &sum, sizeof(sum));
	buf_add(&file, pieces.p, pieces.n);
	/* A config may be closed to others, and so is this. */
	if (file.n <= FILE_TOP)
		err_free(file_write(cache->file, file.p, file.n, 0600,
				    FILE_OVER, NULL));
	buf_release(&pieces);
	buf_release(&file);
}

/* Nothing of ours is made for that alone. */
static bool has_own_folder(const struct config_cache *cache)
{
	size_t n = strlen(cache->file) - strlen("/config");
	enum file_kind kind = FILE_NONE;

	err_free(file_look(&kind, arena_strndup(cache->a, cache->file, n)));
	return kind == FILE_FOLDER;
}

/* Whether git takes the repository for one: where it does not, it lists all
 * other files and says nothing of that. */
static bool git_knows_repo(const struct config_cache *cache,
			   const struct strs *origins)
{
	return !cache->bare || strs_has(origins, "file:config");
}

/* Where git reads what is not known here, it is noted that nothing can be kept,
 * lest it is tried each time: as the answer of no file. */
void config_cache_put(struct config_cache *cache, const struct buf *answer,
		      const struct strs *origins)
{
	static const struct buf none = BUF_INIT;
	struct buf stamp = BUF_INIT;
	const char *path;

	if (!cache->file || !cache->settled || !has_own_folder(cache) ||
	    !git_knows_repo(cache, origins))
		return;
	path = ask_system_file(cache->a);
	if (path)
		stamp_config_file(&stamp, cache, path);
	for (size_t i = 0; i < origins->nr && path; i++)
		if (!is_of_files(cache, origins->at[i]))
			path = NULL;
	if (cache->settled && path)
		write_answer(cache, path, &stamp, answer);
	else if (cache->settled)
		write_answer(cache, "", &none, &none);
	buf_release(&stamp);
}

void config_cache_release(struct config_cache *cache)
{
	buf_release(&cache->key);
	trusted = NULL;
}
