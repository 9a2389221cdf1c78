/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/blame.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/progress.h"
#include "git/child.h"
#include "git/oidmap.h"
#include "git/walk.h"

enum {
	LINES_MAX = 10000,
	RANGES_MAX = 24, /* of one question: git takes them as arguments */
	AROUND = 3,      /* lines on each side of what is added */
	TIME_MAX = 1500, /* milliseconds for all of it */
};

/* Lines of a file, as it was before. */
struct span {
	size_t first, last;
};

struct deleted {
	const char *path;
	struct spans {
		struct span *at;
		size_t nr, cap;
	} spans, around;
	size_t lines; /* of the spans that are asked about */
};
struct deleteds VEC_OF(struct deleted);

struct reader {
	struct arena *a;
	struct deleteds files;
	size_t line, total; /* the next line of the old file */
};

/* --- the diff ----------------------------------------------------------- */

static int octal(const char *s)
{
	for (size_t i = 0; i < 3; i++)
		if (s[i] < '0' || s[i] > '7')
			return -1;
	return (s[0] - '0') << 6 | (s[1] - '0') << 3 | (s[2] - '0');
}

/* One character behind a backslash, as git quotes a path. */
static char unquote(const char **at)
{
	static const char from[] = "abfnrtv\"\\", to[] = "\a\b\f\n\r\t\v\"\\";
	const char *found = strchr(from, **at);
	int value = octal(*at);

	if (value >= 0) {
		*at += 3;
		return (char)value;
	}
	if (**at)
		++*at;
	return found && *found ? to[found - from] : '?';
}

/* The path behind "--- ": "a/..." or quoted; NULL for /dev/null. */
static const char *read_path(struct arena *a, const char *text, size_t n)
{
	struct buf path = BUF_INIT;
	const char *end = text + n, *copy = NULL;

	if (n && text[n - 1] == '\t')
		end--; /* git puts it behind a path that has a blank */
	if (*text == '"') {
		for (text++; text < end && *text != '"';) {
			bool escaped = *text == '\\';

			text += escaped;
			buf_addch(&path, escaped ? unquote(&text) : *text++);
		}
	} else {
		buf_add(&path, text, (size_t)(end - text));
	}
	if (!strncmp(path.p, "a/", 2))
		copy = arena_strdup(a, path.p + 2);
	buf_release(&path);
	return copy;
}

static bool line_counts(const char *line, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (isalnum((unsigned char)line[i]) ||
		    (unsigned char)line[i] >= 0x80)
			return true;
	return false;
}

static void add_deleted(struct reader *reader, const char *line, size_t n)
{
	struct deleted *file = &reader->files.at[reader->files.nr - 1];
	struct span *last =
		file->spans.nr ? &file->spans.at[file->spans.nr - 1] : NULL;
	size_t at = reader->line++;

	if (!line_counts(line, n) || reader->total == LINES_MAX)
		return;
	reader->total++;
	file->lines++;
	if (last && last->last + 1 == at)
		last->last = at;
	else
		vec_push(reader->a, &file->spans, (struct span){ at, at });
}

/* "12,0 +13,2 @@": what is added behind line 12. */
static void add_around(struct reader *reader, const char *at)
{
	struct deleted *file = &reader->files.at[reader->files.nr - 1];
	size_t line = reader->line;
	struct span span = { line >= AROUND ? line - AROUND + 1 : 1,
			     line + AROUND };

	at += strspn(at, "0123456789");
	if (!strncmp(at, ",0 ", 3))
		vec_push(reader->a, &file->around, span);
}

/* With no lines of context a hunk is "@@ -12,3 +12,0 @@", what goes, what
 * comes. */
static void read_diff(struct reader *reader, const char *at)
{
	bool in_hunk = false, known = false;
	size_t n;

	for (; *at; at += n, at += *at == '\n') {
		n = strcspn(at, "\n");
		if (!strncmp(at, "diff --git ", 11)) {
			in_hunk = known = false;
		} else if (!in_hunk && !strncmp(at, "--- ", 4)) {
			const char *path = read_path(reader->a, at + 4, n - 4);

			known = path != NULL;
			if (known)
				vec_push(reader->a, &reader->files,
					 (struct deleted){ .path = path });
		} else if (!strncmp(at, "@@ -", 4)) {
			in_hunk = true;
			reader->line = strtoul(at + 4, NULL, 10);
			if (known)
				add_around(reader, at + 4);
		} else if (in_hunk && known && *at == '-') {
			add_deleted(reader, at, n);
		}
	}
}

static struct err *find_deleted(struct reader *reader, const char *before,
				const char *after)
{
	const char *const args[] = { "-c",
				     "core.quotePath=false",
				     "diff-tree",
				     "-r",
				     "-p",
				     "-U0",
				     "-M",
				     "--no-color",
				     "--no-ext-diff",
				     "--no-textconv",
				     before,
				     after,
				     NULL };
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);

	if (!e)
		read_diff(reader, text.p);
	buf_release(&text);
	return e;
}

/* --- blame -------------------------------------------------------------- */

struct counter {
	struct arena *a;
	struct blamed_lines *out;
	const char *prefix; /* of the repository: git takes paths from there */
	struct oidmap map;  /* to an index into `out` */
	int64_t deadline;
};

static void count_blamed(struct counter *counter, const struct oid *commit,
			 size_t lines)
{
	size_t at = counter->out->nr;

	if (oidmap_add(&counter->map, commit, at))
		vec_push(counter->a, counter->out,
			 (struct blamed){ *commit, 0 });
	else
		oidmap_get(&at, &counter->map, commit);
	counter->out->at[at].lines += lines;
}

/* `--incremental`: "<id> <old line> <new line> <lines>", then what is known of
 * it. What is put down to a shallow end may be older. */
static void read_blame(struct counter *counter, const struct oids *ends,
		       const char *at)
{
	for (; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		struct oid id;
		char *number = NULL;
		bool cut = false;
		size_t n;

		n = oid_parse(&id, at);
		if (!n || strcspn(at, " \n") != n)
			continue;
		for (size_t i = 0; i < ends->nr; i++)
			cut |= oid_equal(&ends->at[i], &id);
		strtoul(at + n, &number, 10);
		strtoul(number, &number, 10);
		if (!cut)
			count_blamed(counter, &id, strtoul(number, NULL, 10));
	}
}

/* What has been found when the time is over counts. */
static struct err *blame_some(struct counter *counter, const struct oids *ends,
			      const char *before, const struct deleted *file,
			      size_t from)
{
	const char *args[CHILD_ARGS + 1] = { "blame", "--incremental", "-w" };
	struct buf text = BUF_INIT;
	struct child child;
	size_t nr = 3;
	struct err *e;

	for (size_t i = from; i < file->spans.nr && i < from + RANGES_MAX; i++)
		args[nr++] = arena_printf(counter->a, "-L%zu,%zu",
					  file->spans.at[i].first,
					  file->spans.at[i].last);
	args[nr++] = before;
	args[nr++] = "--";
	args[nr++] = path_relative(counter->a, counter->prefix, file->path);
	args[nr] = NULL;
	e = child_start(&child, args);
	if (!e)
		e = child_gather(&text, &child, counter->deadline);
	if (!e)
		read_blame(counter, ends, text.p);
	buf_release(&text);
	return e;
}

static int most_lines_first(const void *a, const void *b)
{
	const struct blamed *one = a, *two = b;

	if (one->lines != two->lines)
		return one->lines > two->lines ? -1 : 1;
	return memcmp(one->commit.raw, two->commit.raw, OID_RAW);
}

static int widest_first(const void *a, const void *b)
{
	const struct deleted *one = a, *two = b;

	if (one->lines != two->lines)
		return one->lines > two->lines ? -1 : 1;
	return strcmp(one->path, two->path);
}

static struct err *blame_file(struct counter *counter, const struct oids *ends,
			      const char *before, const struct deleted *file)
{
	struct err *e = NULL;

	for (size_t at = 0; !e && at < file->spans.nr; at += RANGES_MAX)
		e = blame_some(counter, ends, before, file, at);
	return e;
}

static struct err *blame_all(struct counter *counter, struct blame_work *work,
			     const struct oids *ends, const char *before,
			     struct deleteds *files)
{
	struct progress progress;
	struct err *e = NULL;

	if (files->nr)
		qsort(files->at, files->nr, sizeof(*files->at), widest_first);
	while (work->files < files->nr && files->at[work->files].lines)
		work->files++;
	progress_start(&progress, "Blaming lines", work->files);
	while (!e && work->read < work->files &&
	       clock_ms() < counter->deadline) {
		e = blame_file(counter, ends, before, &files->at[work->read++]);
		progress_step(&progress, work->read);
	}
	progress_stop(&progress);
	if (counter->out->nr)
		qsort(counter->out->at, counter->out->nr,
		      sizeof(*counter->out->at), most_lines_first);
	return e;
}

/* Where nothing is deleted. */
static void ask_around(struct reader *reader)
{
	for (size_t i = 0; i < reader->files.nr; i++) {
		struct deleted *file = &reader->files.at[i];

		file->spans = file->around;
		for (size_t j = 0; j < file->spans.nr; j++) {
			const struct span *span = &file->spans.at[j];

			file->lines += span->last - span->first + 1;
		}
		reader->total += file->lines;
	}
}

struct err *blame_change(struct blamed_lines *out, struct blame_work *work,
			 struct arena *a, struct repo *repo,
			 const struct oid *commit)
{
	struct reader reader = { .a = a };
	struct counter counter = { .a = a,
				   .out = out,
				   .prefix = repo_prefix(repo),
				   .deadline = clock_ms() + TIME_MAX };
	char before[OID_HEX + 1], after[OID_HEX + 1];
	struct oids ends = { 0 };
	struct commit fix;
	struct err *e = walk_one(&fix, a, repo, commit);

	*work = (struct blame_work){ 0 };
	if (e || !fix.parent_count)
		return e;
	oid_hex(before, &fix.parents[0]);
	e = find_deleted(&reader, before, oid_hex(after, commit));
	if (!e)
		e = repo_shallow_ends(&ends, a, repo);
	work->around = !e && !reader.total;
	if (work->around)
		ask_around(&reader);
	if (!e)
		e = blame_all(&counter, work, &ends, before, &reader.files);
	work->lines = reader.total;
	oidmap_release(&counter.map);
	return e;
}
