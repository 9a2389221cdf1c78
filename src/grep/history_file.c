/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/history_file.h"

#include <string.h>

#include "base/checksum.h"
#include "base/file.h"

/* More is not kept: such a history is read anew each time. Bytes. */
#define KEPT_MAX ((size_t)1 << 30)

/* Behind it, each filled up to eight bytes: the key, the dirs, rows, order,
 * commits, paths, of each place its branches, an empty string and `has`, tips
 * and events. Numbers lie as in memory, strings end with a NUL. */
struct head {
	char magic[8];
	uint64_t sum; /* of all that follows it */
	uint64_t key, dirs, rows, commits, paths, places, tips, events;
};

/* Changes when what is kept means something else. */
#define MAGIC "retro h2"

#define SUMMED offsetof(struct head, key)

static const char *record_path(struct arena *a, const struct repo *repo)
{
	return path_join(a, repo_common_dir(repo), "retro/history");
}

static size_t bits(size_t versions)
{
	return (versions + 7) / 8;
}

/* --- writing --- */

static void fill_up(struct buf *out)
{
	while (out->n % 8)
		buf_addch(out, '\0');
}

static void add_record_part(struct buf *out, const void *bytes, size_t n)
{
	buf_add(out, bytes, n);
	fill_up(out);
}

static void add_strings(struct buf *out, const struct strs *strings)
{
	for (size_t i = 0; i < strings->nr; i++)
		buf_add(out, strings->at[i], strlen(strings->at[i]) + 1);
}

static void format(struct buf *out, const struct history_record *r)
{
	const struct history *h = r->history;
	struct head head = {
		.key = r->key.n,
		.dirs = r->dirs.nr,
		.rows = r->rows.nr,
		.commits = r->commits.nr,
		.paths = r->paths.nr,
		.places = h->places.nr,
		.tips = r->tips.nr,
		.events = r->events.nr,
	};

	add_record_part(out, &head, sizeof(head));
	add_record_part(out, r->key.p, r->key.n);
	add_strings(out, &r->dirs);
	fill_up(out);
	add_record_part(out, r->rows.at, r->rows.nr * sizeof(*r->rows.at));
	add_record_part(out, h->order, r->rows.nr * sizeof(*h->order));
	add_record_part(out, r->commits.at,
			r->commits.nr * sizeof(*r->commits.at));
	add_strings(out, &r->paths);
	fill_up(out);
	for (size_t i = 0; i < h->places.nr; i++) {
		add_strings(out, &h->places.at[i].branches);
		add_record_part(out, "", 1);
		add_record_part(out, h->places.at[i].has, bits(r->rows.nr));
	}
	add_record_part(out, r->tips.at, r->tips.nr * sizeof(*r->tips.at));
	add_record_part(out, r->events.at,
			r->events.nr * sizeof(*r->events.at));
	memcpy(head.magic, MAGIC, sizeof(head.magic));
	head.sum = checksum_bytes(out->n, out->p + SUMMED, out->n - SUMMED);
	memcpy(out->p, &head, sizeof(head));
}

void history_file_write(const struct history_record *r)
{
	struct file_lock lock = { 0 };
	struct buf file = BUF_INIT;
	const char *path = record_path(r->a, r->repo);
	struct err *e = file_make_parents(path);

	if (!e)
		e = file_lock(&lock, path, 0);
	if (!e)
		format(&file, r);
	if (!e && file.n <= KEPT_MAX && !err_kept())
		e = file_write(path, file.p, file.n, 0666, FILE_OVER, NULL);
	file_unlock(&lock);
	err_free(e);
	buf_release(&file);
}

/* --- reading --- */

static bool is_record_whole(const char *bytes, size_t n)
{
	struct head head;

	if (n < sizeof(head) || n % 8) /* or what lies in it lies askew */
		return false;
	memcpy(&head, bytes, sizeof(head));
	return !memcmp(head.magic, MAGIC, sizeof(head.magic)) &&
	       head.sum == checksum_bytes(n, bytes + SUMMED, n - SUMMED);
}

static void read_record_bytes(void *data)
{
	struct history_bytes *bytes = data;
	struct buf file = BUF_INIT;
	struct err *e = file_read_own(&file, bytes->path, KEPT_MAX);

	if (!e && is_record_whole(file.p, file.n)) {
		bytes->at = arena_strndup(&bytes->arena, file.p, file.n);
		bytes->n = file.n;
	}
	buf_release(&file);
	err_free(e);
}

void history_file_begin(struct history_bytes *bytes, struct arena *a,
			const struct repo *repo)
{
	*bytes = (struct history_bytes){ .path = record_path(a, repo) };
	parallel_begin(&bytes->beside, read_record_bytes, bytes);
}

void history_file_end(struct history_bytes *bytes, struct history_record *r)
{
	parallel_end(&bytes->beside);
	arena_take(r->a, &bytes->arena);
}

/* What is left of the file to read. */
struct rest {
	const char *p;
	size_t n;
	bool bad;
};

/* Up to where the next thing begins; more than there is, is odd. */
static const char *take_record_part(struct rest *rest, uint64_t count,
				    size_t size)
{
	const char *at = rest->p;
	size_t n;

	if (rest->bad || count > (rest->n - rest->n % 8) / size) {
		rest->bad = true;
		return NULL;
	}
	n = (count * size + 7) / 8 * 8;
	rest->p += n;
	rest->n -= n;
	return at;
}

static const char *take_string(struct rest *rest)
{
	const char *at = rest->p;
	const char *nul = rest->bad ? NULL : memchr(at, '\0', rest->n);

	if (!nul) {
		rest->bad = true;
		return "";
	}
	rest->n -= (size_t)(nul + 1 - at);
	rest->p = nul + 1;
	return at;
}

/* Behind strings: they end with a NUL, and so does what fills up. */
static void skip_filling(struct rest *rest)
{
	size_t filling = rest->n % 8;

	rest->p += filling;
	rest->n -= filling;
}

static void take_strings(struct strs *out, struct arena *a, struct rest *rest,
			 uint64_t count)
{
	if (count > rest->n)
		rest->bad = true;
	if (rest->bad)
		return;
	out->cap = (size_t)count + 1;
	out->at = arena_alloc(a, out->cap * sizeof(*out->at));
	for (out->nr = 0; out->nr < count && !rest->bad;)
		out->at[out->nr++] = take_string(rest);
	skip_filling(rest);
}

/* A vector of what lies in the file; its items are not to be changed. */
#define TAKE(rest, v, count)                                                   \
	((v)->at = (void *)take_record_part(rest, count, sizeof(*(v)->at)),    \
	 (v)->nr = (v)->cap = (v)->at ? (size_t)(count) : 0)

static void take_places(struct history_record *r, struct rest *rest,
			uint64_t nr)
{
	for (uint64_t i = 0; i < nr && !rest->bad; i++) {
		struct history_place place = { 0 };
		const char *branch;

		while (*(branch = take_string(rest)))
			vec_push(r->a, &place.branches, branch);
		skip_filling(rest);
		place.has = (unsigned char *)take_record_part(
			rest, bits(r->rows.nr), 1);
		vec_push(r->a, &r->history->places, place);
	}
}

/* Whether the numbers are those of something. */
static bool is_record_sound(const struct history_record *r)
{
	for (size_t i = 0; i < r->rows.nr; i++) {
		const struct history_row *row = &r->rows.at[i];

		if (row->path >= r->paths.nr ||
		    row->first_path >= r->paths.nr ||
		    row->from >= r->commits.nr ||
		    (row->to != HISTORY_NONE && row->to >= r->commits.nr) ||
		    r->history->order[i] >= r->rows.nr)
			return false;
	}
	for (size_t i = 0; i < r->events.nr; i++)
		if (r->events.at[i].commit >= r->commits.nr ||
		    r->events.at[i].path >= r->paths.nr)
			return false;
	return true;
}

bool history_file_read(struct history_record *r,
		       const struct history_bytes *bytes, bool *current)
{
	struct rest rest = { bytes->at, bytes->n, !bytes->n };
	struct head head = { 0 };
	struct strs dirs = { 0 };
	const char *start = take_record_part(&rest, 1, sizeof(head));

	if (start)
		memcpy(&head, start, sizeof(head));
	start = take_record_part(&rest, head.key, 1);
	if (!start || head.key <= strlen(r->key.p) ||
	    memcmp(start, r->key.p, strlen(r->key.p) + 1))
		return false; /* of another folder */
	*current = head.key == r->key.n && !memcmp(start, r->key.p, r->key.n);
	take_strings(&dirs, r->a, &rest, head.dirs);
	TAKE(&rest, &r->rows, head.rows);
	r->history->order = (const uint32_t *)take_record_part(
		&rest, head.rows, sizeof(uint32_t));
	TAKE(&rest, &r->commits, head.commits);
	take_strings(&r->paths, r->a, &rest, head.paths);
	take_places(r, &rest, head.places);
	if (!*current) {
		r->history->places.nr = 0;
		TAKE(&rest, &r->tips, head.tips);
		TAKE(&rest, &r->events, head.events);
	}
	r->dirs = dirs;
	return !rest.bad && is_record_sound(r);
}
