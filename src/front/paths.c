/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file is text:
 *
 *	git-retro paths-table 6
 *	1767607200.123 <folder>			nanoseconds, of each folder
 *	!<key>\t<path>				sorted by bytes
 *	#<path>\t<mark>\t<key>
 *	*<prefix>\t<glob>\t<key>
 *	=<path>\t<key>
 *	@<word>\t<key>
 *	$<number of a request>\t<key>
 *	%<first 16 digits of an id>\t<key>
 *	end
 *
 * The first kind says which retro has a key, the others when it is told. The
 * prefix of a glob is its folders before the first wildcard: a file is held
 * only against the globs of its own folders. A path of a guard stands for
 * itself and for what lies below it.
 */
#include "front/paths.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/opener.h"
#include "base/work.h"
#include "front/bytes.h"
#include "front/marks.h"
#include "front/message.h"
#include "front/net_words.h"
#include "front/state.h"

#define HEADER "git-retro paths-table 6\n"
#define END    "end\n"
#define PLACE  "paths-table"

enum {
	RACY_MS = 20, /* the kernel's clock for files steps by up to 10 */
	NAME_MAX_BYTES = 4096,
	BYTES_MAX = 256 << 20,
	ID_DIGITS = 16, /* of a commit's id */
};

uint64_t paths_key(const char *id)
{
	return mark_word_hash(id, strlen(id));
}

/* --- writing --- */

static int64_t changed_at(int dir, const char *path)
{
	struct stat st;

	if (opener_named_stat(&st, dir, path))
		return -1;
	return state_nanoseconds(st.st_mtim);
}

/* The folders of a glob before its first wildcard, with their slash. */
static size_t prefix_of(const char *glob)
{
	size_t wild = strcspn(glob, "*?[\\"), n = 0;
	const char *slash = strchr(glob, '/');

	if (!slash || !slash[1])
		return 0; /* it holds at any level */
	for (size_t i = 0; i < wild && glob[i]; i++)
		if (glob[i] == '/')
			n = i + 1;
	return n;
}

static char *guard_line(const struct paths_entry *entry)
{
	const char *path = entry->path;
	char *line = NULL;
	size_t n;
	int done;

	while (*path == '/')
		path++;
	n = strlen(path);
	while (n && path[n - 1] == '/')
		n--;
	if (strpbrk(path, "*?[\\"))
		done = asprintf(&line, "*%.*s\t%s\t%016" PRIx64,
				(int)prefix_of(path), path, entry->path,
				entry->key);
	else
		done = asprintf(&line, "=%.*s\t%016" PRIx64, (int)n, path,
				entry->key);
	return done < 0 ? NULL : line;
}

/* What the line of a hash begins with. */
static char hash_sign(enum paths_type type)
{
	return type == PATHS_COMMIT ? '%' : type == PATHS_REQUEST ? '$' : '@';
}

static char *entry_line(const struct paths_entry *entry)
{
	char *line = NULL;
	int done;

	if (entry->type == PATHS_GUARD)
		return guard_line(entry);
	if (entry->type == PATHS_RETRO)
		done = asprintf(&line, "!%016" PRIx64 "\t%s", entry->key,
				entry->path);
	else if (entry->type == PATHS_MARK)
		done = asprintf(&line, "#%s\t%016" PRIx64 "\t%016" PRIx64,
				entry->path, entry->hash, entry->key);
	else
		done = asprintf(&line, "%c%016" PRIx64 "\t%016" PRIx64,
				hash_sign(entry->type), entry->hash,
				entry->key);
	return done < 0 ? NULL : line;
}

static int by_line(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool put_entries(FILE *out, const struct paths_entry *entries, size_t nr)
{
	char **lines = calloc(nr + 1, sizeof(*lines));
	bool good = lines != NULL;

	for (size_t i = 0; good && i < nr; i++) {
		lines[i] = entry_line(&entries[i]);
		good = lines[i] &&
		       (!entries[i].path || !strpbrk(entries[i].path, "\t\n"));
	}
	if (good)
		qsort(lines, nr, sizeof(*lines), by_line);
	for (size_t i = 0; good && i < nr; i++)
		if (!i || strcmp(lines[i - 1], lines[i]) != 0)
			fprintf(out, "%s\n", lines[i]);
	for (size_t i = 0; lines && i < nr; i++)
		free(lines[i]);
	free(lines);
	return good;
}

static bool put_folders(FILE *out, int top, const char *const *dirs)
{
	for (size_t i = 0; dirs[i]; i++) {
		if (strchr(dirs[i], '\n'))
			return false;
		fprintf(out, "%" PRId64 " %s\n", changed_at(top, dirs[i]),
			dirs[i]);
	}
	return true;
}

void paths_write(const char *git_dir, const char *top, const char *const *dirs,
		 const struct paths_entry *entries, size_t nr)
{
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	int git = state_folder(git_dir), tree = state_folder(top);
	bool good = out && git >= 0 && tree >= 0;

	if (out) {
		fputs(HEADER, out);
		good = good && put_folders(out, tree, dirs) &&
		       put_entries(out, entries, nr);
		fputs(END, out);
		good = !fclose(out) && good;
	}
	if (good)
		state_replace(git, PLACE, bytes, n);
	free(bytes);
	if (git >= 0)
		close(git);
	if (tree >= 0)
		close(tree);
}

/* --- reading --- */

struct paths {
	char *text;
	size_t n;
	const char *entries, *end; /* the sorted lines */
	int64_t written;
};

static bool read_paths_text(struct paths *paths, int fd)
{
	struct stat st;

	if (fstat(fd, &st) || !st.st_size || st.st_size > BYTES_MAX)
		return false;
	paths->n = (size_t)st.st_size;
	paths->written = state_nanoseconds(st.st_mtim);
	paths->text = mmap(NULL, paths->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (paths->text == MAP_FAILED)
		paths->text = NULL;
	return paths->text != NULL;
}

static bool is_whole_table(const struct paths *paths)
{
	size_t head = strlen(HEADER), end = strlen(END);

	return paths->n >= head + end && !memcmp(paths->text, HEADER, head) &&
	       !memcmp(paths->text + paths->n - end, END, end) &&
	       paths->text[paths->n - end - 1] == '\n';
}

/* Passes the folders; false if one has changed. `top` < 0: that is not asked.
 */
static bool pass_folders(struct paths *paths, int top)
{
	const char *at = paths->text + strlen(HEADER);

	paths->end = paths->text + paths->n - strlen(END);
	while (at < paths->end && (*at == '-' || (*at >= '0' && *at <= '9'))) {
		const char *stop = memchr(at, '\n', (size_t)(paths->end - at));
		const char *space = memchr(at, ' ', (size_t)(stop - at));
		char name[NAME_MAX_BYTES];
		int64_t now;

		if (!space || stop - space > NAME_MAX_BYTES)
			return false;
		snprintf(name, sizeof(name), "%.*s", (int)(stop - space - 1),
			 space + 1);
		now = top < 0 ? 0 : changed_at(top, name);
		if (top >= 0 &&
		    (now != strtoll(at, NULL, 10) ||
		     now >= paths->written - RACY_MS * INT64_C(1000000)))
			return false;
		at = stop + 1;
	}
	paths->entries = at;
	return true;
}

struct paths *paths_load(const char *git_dir, const char *top)
{
	struct paths *paths = calloc(1, sizeof(*paths));
	int git = state_folder(git_dir), tree = top ? state_folder(top) : -1,
	    fd = -1;
	bool good = false;

	fd = state_open(git, PLACE, O_RDONLY);
	if (paths && fd >= 0 && (!top || tree >= 0))
		good = read_paths_text(paths, fd) && is_whole_table(paths) &&
		       pass_folders(paths, tree);
	if (fd >= 0)
		close(fd);
	if (git >= 0)
		close(git);
	if (tree >= 0)
		close(tree);
	if (good)
		return paths;
	paths_free(paths);
	return NULL;
}

void paths_free(struct paths *paths)
{
	if (paths && paths->text)
		munmap(paths->text, paths->n);
	free(paths);
}

/* --- matching --- */

/* Adds a key, once. */
static void add_key(struct bytes *out, uint64_t key)
{
	const uint64_t *have = (const uint64_t *)(const void *)out->p;

	for (size_t i = 0; i < out->n / sizeof(key); i++)
		if (have[i] == key)
			return;
	bytes_add(out, &key, sizeof(key));
}

/* The key at the end of a line. */
static void add_line_key(struct bytes *out, const char *line, const char *stop)
{
	if (stop - line >= 17)
		add_key(out, strtoull(stop - 16, NULL, 16));
}

/* The first line that is not before `key` (of `n` bytes). */
static const char *find_path_key(const struct paths *paths, const char *key,
				 size_t n)
{
	const char *low = paths->entries, *high = paths->end;

	while (low < high) {
		const char *middle = low + (high - low) / 2, *start, *stop;
		size_t left;
		int order;

		start = memrchr(low, '\n', (size_t)(middle - low));
		start = start ? start + 1 : low;
		stop = memchr(middle, '\n', (size_t)(paths->end - middle));
		left = (size_t)(stop - start);
		order = memcmp(start, key, left < n ? left : n);
		if (!order && left < n)
			order = -1;
		if (order < 0)
			low = stop + 1;
		else
			high = start;
	}
	return low;
}

/* The next of the lines that begin with `key`, from *at on, which moves behind
 * it; NULL behind the last. `*stop` is its end. */
static const char *next_path_line(const char **stop, const char **at,
				  const struct paths *paths, const char *key,
				  size_t n)
{
	const char *line = *at;

	if (line >= paths->end)
		return NULL;
	*stop = memchr(line, '\n', (size_t)(paths->end - line));
	if ((size_t)(*stop - line) < n || memcmp(line, key, n) != 0)
		return NULL;
	*at = *stop + 1;
	return line;
}

/* A glob's line: "*<prefix>\t<glob>\t<key>". */
static bool glob_matches(const char *line, const char *stop, const char *path)
{
	const char *glob = memchr(line, '\t', (size_t)(stop - line));
	char pattern[NAME_MAX_BYTES];
	size_t n;

	if (!glob || stop - glob < 19)
		return false;
	n = (size_t)(stop - 17 - glob - 1);
	if (n >= sizeof(pattern))
		return true;
	memcpy(pattern, glob + 1, n);
	pattern[n] = '\0';
	return glob_path(pattern, path);
}

/* All guards of this kind whose name, or prefix, is exactly the first `n` bytes
 * of the path. */
static void match_guard(struct bytes *out, const struct paths *paths, char kind,
			const char *path, size_t n)
{
	char key[NAME_MAX_BYTES + 2];
	const char *at, *line, *stop;

	if (n > NAME_MAX_BYTES)
		return;
	key[0] = kind;
	memcpy(key + 1, path, n);
	key[n + 1] = '\t';
	at = find_path_key(paths, key, n + 2);
	while ((line = next_path_line(&stop, &at, paths, key, n + 2)) &&
	       work_do(16))
		if (kind == '=' || glob_matches(line, stop, path))
			add_line_key(out, line, stop);
}

void paths_match(struct bytes *out, const struct paths *paths,
		 const char *const *files, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		const char *path = files[i];
		size_t n = strlen(path);

		match_guard(out, paths, '=', path, n);
		match_guard(out, paths, '*', path, 0);
		for (size_t j = 0; j < n; j++)
			if (path[j] == '/') {
				match_guard(out, paths, '=', path, j);
				match_guard(out, paths, '*', path, j + 1);
			}
	}
}

void paths_add_retros(struct bytes *out, const struct paths *paths,
		      uint64_t key)
{
	char start[19];
	const char *at, *line, *stop;

	snprintf(start, sizeof(start), "!%016" PRIx64 "\t", key);
	at = find_path_key(paths, start, 18);
	while ((line = next_path_line(&stop, &at, paths, start, 18)) &&
	       work_do(16)) {
		bytes_add(out, line + 18, (size_t)(stop - line - 18));
		bytes_add(out, "", 1);
	}
}

static bool has_line(const struct paths *paths, const char *key, size_t n)
{
	const char *at = find_path_key(paths, key, n), *stop;

	return next_path_line(&stop, &at, paths, key, n) != NULL;
}

/* "#<path>\t"; 0 if it is too long. */
static size_t file_key(char key[NAME_MAX_BYTES + 2], const char *path, size_t n)
{
	if (n > NAME_MAX_BYTES)
		return 0;
	key[0] = '#';
	memcpy(key + 1, path, n);
	key[n + 1] = '\t';
	return n + 2;
}

bool paths_have_words(const struct paths *paths)
{
	return has_line(paths, "@", 1);
}

bool paths_want_diff(const struct paths *paths, const char *const *files,
		     size_t nr)
{
	char key[NAME_MAX_BYTES + 2];

	if (paths_have_words(paths))
		return true;
	for (size_t i = 0; i < nr; i++)
		if (has_line(paths, key,
			     file_key(key, files[i], strlen(files[i]))))
			return true;
	return false;
}

struct diff_matcher {
	struct bytes *out;
	const struct paths *paths;
};

static void match_hash(struct diff_matcher *m, const char *prefix, size_t n,
		       uint64_t hash)
{
	char key[NAME_MAX_BYTES + 24];
	const char *at, *line, *stop;

	memcpy(key, prefix, n);
	snprintf(key + n, sizeof(key) - n, "%016" PRIx64 "\t", hash);
	at = find_path_key(m->paths, key, n + 17);
	while ((line = next_path_line(&stop, &at, m->paths, key, n + 17)) &&
	       work_do(16))
		add_line_key(m->out, line, stop);
}

static void match_mark(void *data, const struct change_mark *mark)
{
	struct diff_matcher *m = data;
	char key[NAME_MAX_BYTES + 2];
	size_t n = file_key(key, mark->path, mark->path_n);

	if (mark->deleted || !n)
		return;
	match_hash(m, key, n, mark_hash(mark));
	if (mark->kind == MARK_KEY || mark->kind == MARK_PACKAGE)
		match_hash(m, "@", 1, mark_hash(mark));
}

static void match_words(void *data, const struct change_mark *mark)
{
	struct diff_matcher *m = data;
	const char *at = mark->text, *word;
	size_t n = mark->n, len;

	if (mark->kind == MARK_FUNCTION || mark->deleted)
		return;
	while ((word = mark_word(&len, &at, &n)))
		match_hash(m, "@", 1, mark_word_hash(word, len));
}

void paths_match_diff(struct bytes *out, const struct paths *paths,
		      const char *diff)
{
	struct diff_matcher m = { out, paths };

	marks_read(diff, false, match_mark, &m);
	if (has_line(paths, "#", 1) && !net_words_read(diff, match_mark, &m))
		out->failed = true;
	if (paths_have_words(paths))
		marks_read(diff, true, match_words, &m);
}

/* Those of the lines that begin so. */
static void match_start(struct bytes *out, const struct paths *paths,
			const char *key, size_t n)
{
	const char *at = find_path_key(paths, key, n), *line, *stop;

	while ((line = next_path_line(&stop, &at, paths, key, n)))
		add_line_key(out, line, stop);
}

void paths_match_message(struct bytes *out, const struct paths *paths,
			 const char *message)
{
	const char *ids = message, *numbers = message, *found;
	char key[1 + ID_DIGITS + 1] = "%";
	size_t n;

	while ((found = message_id(&n, &ids)) && work_do(16)) {
		n = n < ID_DIGITS ? n : ID_DIGITS;
		memcpy(key + 1, found, n);
		match_start(out, paths, key, n + 1);
	}
	while ((found = message_number(&n, &numbers)) && work_do(16)) {
		snprintf(key, sizeof(key), "$%016" PRIx64,
			 mark_word_hash(found, n));
		match_start(out, paths, key, strlen(key));
	}
}
