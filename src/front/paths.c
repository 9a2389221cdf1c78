/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file is text:
 *
 *	git-retro paths-table 1
 *	1767607200.123 <folder>			nanoseconds, of each folder
 *	*<prefix>\t<glob>\t<key>		sorted by bytes
 *	=<path>\t<key>
 *	end
 *
 * The prefix of a glob is its folders before the first wildcard: a file is held
 * only against the globs of its own folders, so ten thousand cost as much as
 * ten. A path stands for itself, for what lies below it, and for every file
 * whose path ends so.
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
#include "front/state.h"

#define HEADER "git-retro paths-table 1\n"
#define END    "end\n"
#define PLACE  "paths-table"

enum {
	RACY_MS = 20, /* the kernel's clock for files steps by up to 10 */
	NAME_MAX_BYTES = 4096,
	BYTES_MAX = 256 << 20,
};

/* FNV-1a */
static uint64_t hash_key(uint64_t state, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		state = (state ^ (unsigned char)bytes[i]) *
			UINT64_C(1099511628211);
	return state;
}

#define HASH_START UINT64_C(14695981039346656037)

uint64_t paths_key(const char *id)
{
	return hash_key(HASH_START, id, strlen(id));
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

static char *entry_line(const struct paths_entry *entry)
{
	const char *pattern = entry->pattern;
	char *line = NULL;
	size_t n;
	int done;

	while (*pattern == '/')
		pattern++;
	n = strlen(pattern);
	while (n && pattern[n - 1] == '/')
		n--;
	if (entry->glob && strpbrk(pattern, "*?[\\"))
		done = asprintf(&line, "*%.*s\t%s\t%016" PRIx64,
				(int)prefix_of(pattern), pattern,
				entry->pattern, entry->key);
	else
		done = asprintf(&line, "=%.*s\t%016" PRIx64, (int)n, pattern,
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
		good = lines[i] && !strpbrk(entries[i].pattern, "\t\n");
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

/* Which file has which key. */
struct pair {
	uint64_t key;
	size_t file;
};

struct matcher {
	const struct paths *paths;
	struct bytes pairs;
	size_t file;      /* that is looked at */
	const char *path; /* and its path */
};

static void add_path_line(struct matcher *m, const char *line, const char *stop)
{
	struct pair pair = { 0, m->file };

	if (stop - line < 17)
		return;
	pair.key = strtoull(stop - 16, NULL, 16);
	bytes_add(&m->pairs, &pair, sizeof(pair));
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

/* All lines of this kind whose name is exactly the `n` bytes at `name`. */
static void match_key(struct matcher *m, char kind, const char *name, size_t n)
{
	char key[NAME_MAX_BYTES + 2];
	const char *line, *stop;

	if (n > NAME_MAX_BYTES)
		return;
	key[0] = kind;
	memcpy(key + 1, name, n);
	key[n + 1] = '\t';
	line = find_path_key(m->paths, key, n + 2);
	for (; line < m->paths->end && work_do(16); line = stop + 1) {
		stop = memchr(line, '\n', (size_t)(m->paths->end - line));
		if ((size_t)(stop - line) < n + 2 ||
		    memcmp(line, key, n + 2) != 0)
			return;
		if (kind == '=' || glob_matches(line, stop, m->path))
			add_path_line(m, line, stop);
	}
}

static void match_path(struct matcher *m)
{
	size_t n = strlen(m->path);

	match_key(m, '=', m->path, n);
	match_key(m, '*', "", 0);
	for (size_t i = 0; i < n; i++) {
		const char *next;

		if (m->path[i] != '/')
			continue;
		match_key(m, '=', m->path, i);
		match_key(m, '*', m->path, i + 1);
		match_key(m, '=', m->path + i + 1, n - i - 1);
		/* a folder's name, at any level */
		next = strchr(m->path + i + 1, '/');
		if (next)
			match_key(m, '=', m->path + i + 1,
				  (size_t)(next - m->path) - i - 1);
	}
}

static int by_key(const void *a, const void *b)
{
	const struct pair *one = a, *two = b;

	if (one->key != two->key)
		return one->key < two->key ? -1 : 1;
	return (one->file > two->file) - (one->file < two->file);
}

/* One match for each key; its files in their order, each once. NULL without
 * memory. */
static struct paths_match *merge_matches(size_t *found,
					 const struct pair *pairs, size_t nr,
					 const char *const *files)
{
	struct paths_match *out = calloc(nr + 1, sizeof(*out));

	for (size_t i = 0; out && i < nr; i++) {
		const struct pair *pair = &pairs[i];
		struct paths_match *last = *found ? &out[*found - 1] : NULL;

		if (!last || last->key != pair->key) {
			last = &out[(*found)++];
			*last = (struct paths_match){ pair->key, HASH_START };
		} else if (pair[-1].file == pair->file) {
			continue;
		}
		last->files = hash_key(last->files, files[pair->file],
				       strlen(files[pair->file]) + 1);
	}
	return out;
}

struct paths_match *paths_match(size_t *found, const struct paths *paths,
				const char *const *files, size_t nr)
{
	struct matcher m = { .paths = paths };
	struct paths_match *out = NULL;
	size_t pairs;

	*found = 0;
	for (m.file = 0; m.file < nr && !work_is_over(); m.file++) {
		m.path = files[m.file];
		match_path(&m);
	}
	pairs = m.pairs.n / sizeof(struct pair);
	if (pairs)
		qsort(m.pairs.p, pairs, sizeof(struct pair), by_key);
	if (!m.pairs.failed && !work_is_over())
		out = merge_matches(found, (const struct pair *)m.pairs.p,
				    pairs, files);
	bytes_release(&m.pairs);
	return out;
}
