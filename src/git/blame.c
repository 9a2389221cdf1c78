/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/blame.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "base/sorted.h"
#include "git/child.h"
#include "git/oidmap.h"
#include "git/walk.h"

enum {
	LINES_MAX = 10000,
	RANGES_MAX = 24, /* of one question: git takes them as arguments */
	AROUND = 3,      /* lines on each side of what is changed */
	WORK_MAX = 1300, /* milliseconds of the processor for all of it, but for
			  * the first file, which takes seconds in a long
			  * history */
	FIRST_MAX = 10000,
	TIME_MAX = 30000, /* and that it may last at most */
};

/* What a line beside a change weighs, where a deleted one weighs 1: as much
 * where nothing was deleted there, and else less; by its distance. */
static const double beside[2][AROUND + 1] = {
	{ 0, 1, .7071, .5774 },
	{ 0, .3, .2121, .1732 },
};

/* A line of a file as it was before. */
struct asked {
	size_t line;
	size_t distance; /* from what is changed; 0: it is deleted */
	bool deletes;    /* so does the change that it stands beside */
};

struct changed {
	const char *path;
	struct VEC_OF(struct asked) lines;
	size_t deleted;
};
struct changeds VEC_OF(struct changed);

/* A run of lines that go and come. */
struct run {
	bool open, deletes;
	size_t first, next; /* its first line, and the one after it */
};

struct reader {
	struct arena *a;
	struct changeds files;
	struct run run;
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
static const char *read_blamed_path(struct arena *a, const char *text, size_t n)
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

static void ask_line(struct reader *reader, struct asked asked,
		     const char *text, size_t n)
{
	struct changed *file = &reader->files.at[reader->files.nr - 1];

	if (!line_counts(text, n) || reader->total == LINES_MAX)
		return;
	reader->total++;
	file->deleted += !asked.distance;
	vec_push(reader->a, &file->lines, asked);
}

static void open_run(struct reader *reader)
{
	if (!reader->run.open)
		reader->run = (struct run){ .open = true,
					    .first = reader->line,
					    .next = reader->line };
}

/* The lines in front of the run may be nearer to it than to the one before. */
static void close_run(struct reader *reader)
{
	const struct run *run = &reader->run;
	struct changed *file;

	if (!run->open)
		return;
	file = &reader->files.at[reader->files.nr - 1];
	for (size_t i = file->lines.nr; i-- > 0;) {
		struct asked *asked = &file->lines.at[i];
		size_t distance = run->first - asked->line;

		if (asked->line >= run->first)
			continue;
		if (distance > AROUND)
			break;
		if (distance < asked->distance) {
			asked->distance = distance;
			asked->deletes = run->deletes;
		}
	}
	reader->run.open = false;
}

static void read_hunk_line(struct reader *reader, const char *at, size_t n)
{
	struct run *run = &reader->run;

	if (*at == '+') {
		open_run(reader);
	} else if (*at == '-') {
		open_run(reader);
		run->deletes = true;
		ask_line(reader, (struct asked){ reader->line, 0, true }, at,
			 n);
		run->next = ++reader->line;
	} else if (*at == ' ') {
		close_run(reader);
		ask_line(reader,
			 (struct asked){ reader->line,
					 run->next
						 ? reader->line - run->next + 1
						 : AROUND + 1,
					 run->deletes },
			 at, n);
		reader->line++;
	}
}

/* A hunk is "@@ -12,9 +12,6 @@", what stays, what goes, what comes. */
static void read_diff(struct reader *reader, const char *at)
{
	bool in_hunk = false, known = false;
	size_t n;

	for (; *at; at += n, at += *at == '\n') {
		n = strcspn(at, "\n");
		if (!strncmp(at, "diff --git ", 11)) {
			close_run(reader);
			in_hunk = known = false;
		} else if (!in_hunk && !strncmp(at, "--- ", 4)) {
			const char *path =
				read_blamed_path(reader->a, at + 4, n - 4);

			known = path != NULL;
			if (known)
				vec_push(reader->a, &reader->files,
					 (struct changed){ .path = path });
		} else if (!strncmp(at, "@@ -", 4)) {
			close_run(reader);
			in_hunk = true;
			reader->run = (struct run){ 0 };
			reader->line = strtoul(at + 4, NULL, 10);
		} else if (in_hunk && known) {
			read_hunk_line(reader, at, n);
		}
	}
	close_run(reader);
}

static struct err *find_changed(struct reader *reader, const char *before,
				const char *after)
{
	const char *const args[] = { "-c",
				     "core.quotePath=false",
				     "diff-tree",
				     "-r",
				     "-p",
				     "-U3",
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
	int64_t work, deadline; /* that are left */
	bool cut;               /* they ended before git was done */
};

static void count_blamed(struct counter *counter, const struct oid *commit,
			 const struct asked *asked)
{
	size_t at = counter->out->nr;
	struct blamed *blamed;

	if (oidmap_add(&counter->map, commit, at))
		vec_push(counter->a, counter->out,
			 (struct blamed){ .commit = *commit });
	else
		oidmap_get(&at, &counter->map, commit);
	blamed = &counter->out->at[at];
	if (!asked->distance) {
		blamed->lines++;
		blamed->weight++;
	} else if (asked->distance <= AROUND) {
		blamed->beside++;
		blamed->weight += beside[asked->deletes][asked->distance];
	}
}

static int by_asked_line(const void *line, const void *asked)
{
	size_t one = *(const size_t *)line;
	size_t two = ((const struct asked *)asked)->line;

	return one < two ? -1 : one > two;
}

/* The first line that is asked about from `line` on. */
static size_t find_asked_line(const struct changed *file, size_t line)
{
	return sorted_first(&line, file->lines.at, file->lines.nr,
			    sizeof(*file->lines.at), by_asked_line);
}

static void count_blamed_lines(struct counter *counter,
			       const struct changed *file,
			       const struct oid *commit, size_t first,
			       size_t nr)
{
	for (size_t i = find_asked_line(file, first);
	     i < file->lines.nr && file->lines.at[i].line - first < nr; i++)
		count_blamed(counter, commit, &file->lines.at[i]);
}

/* `--incremental`: "<id> <old line> <new line> <lines>", then what is known of
 * it. What is put down to a shallow end may be older. */
static void read_blame(struct counter *counter, const struct changed *file,
		       const struct oids *ends, const char *at)
{
	for (; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		struct oid id;
		char *number = NULL;
		bool cut = false;
		size_t n, first;

		n = oid_parse(&id, at);
		if (!n || strcspn(at, " \n") != n)
			continue;
		for (size_t i = 0; i < ends->nr; i++)
			cut |= oid_equal(&ends->at[i], &id);
		strtoul(at + n, &number, 10);
		first = strtoul(number, &number, 10);
		if (!cut)
			count_blamed_lines(counter, file, &id, first,
					   strtoul(number, NULL, 10));
	}
}

/* Names the next lines that stand together; false after the last. */
static bool next_range(const char **range, struct arena *a,
		       const struct changed *file, size_t *at)
{
	size_t first = *at;

	if (first == file->lines.nr)
		return false;
	while (++*at < file->lines.nr &&
	       file->lines.at[*at].line == file->lines.at[*at - 1].line + 1)
		;
	*range = arena_printf(a, "-L%zu,%zu", file->lines.at[first].line,
			      file->lines.at[*at - 1].line);
	return true;
}

/* What has been found when it is cut off counts. */
static struct err *blame_some(struct counter *counter, const struct oids *ends,
			      const char *before, const struct changed *file,
			      size_t *at)
{
	const char *args[CHILD_ARGS + 1] = { "blame", "--incremental", "-w" };
	struct buf text = BUF_INIT;
	struct child child;
	size_t nr = 3;
	struct err *e;

	while (nr < 3 + RANGES_MAX &&
	       next_range(&args[nr], counter->a, file, at))
		nr++;
	args[nr++] = before;
	args[nr++] = "--";
	args[nr++] = path_relative(counter->a, counter->prefix, file->path);
	args[nr] = NULL;
	e = child_start(&child, args);
	if (!e)
		e = child_gather_work(&text, &child, &counter->work,
				      counter->deadline);
	counter->cut |= !e && !child.ended;
	if (!e)
		read_blame(counter, file, ends, text.p);
	buf_release(&text);
	return e;
}

static int heaviest_first(const void *a, const void *b)
{
	const struct blamed *one = a, *two = b;

	if (one->weight != two->weight)
		return one->weight > two->weight ? -1 : 1;
	return memcmp(one->commit.raw, two->commit.raw, OID_RAW);
}

/* Those that delete most first. */
static int widest_first(const void *a, const void *b)
{
	const struct changed *one = a, *two = b;

	if (one->deleted != two->deleted)
		return one->deleted > two->deleted ? -1 : 1;
	if (one->lines.nr != two->lines.nr)
		return one->lines.nr > two->lines.nr ? -1 : 1;
	return strcmp(one->path, two->path);
}

static struct err *blame_file(struct counter *counter, const struct oids *ends,
			      const char *before, const struct changed *file)
{
	struct err *e = NULL;

	for (size_t at = 0; !e && !counter->cut && at < file->lines.nr;)
		e = blame_some(counter, ends, before, file, &at);
	return e;
}

static struct err *blame_all(struct counter *counter, struct blame_work *work,
			     const struct oids *ends, const char *before,
			     struct changeds *files)
{
	struct progress progress;
	struct err *e = NULL;

	counter->deadline = clock_ms() + TIME_MAX;
	counter->work = FIRST_MAX;
	if (files->nr)
		qsort(files->at, files->nr, sizeof(*files->at), widest_first);
	while (work->files < files->nr && files->at[work->files].lines.nr)
		work->files++;
	progress_start(&progress, N_("Blaming lines"), work->files);
	while (!e && !counter->cut && work->read < work->files) {
		e = blame_file(counter, ends, before, &files->at[work->read]);
		if (counter->cut)
			break;
		if (!work->read)
			counter->work -= FIRST_MAX - WORK_MAX;
		progress_step(&progress, ++work->read);
		counter->cut = counter->work <= 0;
	}
	progress_stop(&progress);
	if (counter->out->nr)
		qsort(counter->out->at, counter->out->nr,
		      sizeof(*counter->out->at), heaviest_first);
	return e;
}

/* Files that are put aside, unless there are no others. */
static void put_aside(struct changeds *files, bool (*aside)(const char *path))
{
	size_t kept = 0;

	for (size_t i = 0; i < files->nr; i++)
		kept += files->at[i].lines.nr && !aside(files->at[i].path);
	if (!kept)
		return;
	kept = 0;
	for (size_t i = 0; i < files->nr; i++)
		if (!aside(files->at[i].path))
			files->at[kept++] = files->at[i];
	files->nr = kept;
}

static void count_work(struct blame_work *work, const struct changeds *files)
{
	for (size_t i = 0; i < files->nr; i++) {
		work->lines += files->at[i].deleted;
		work->beside += files->at[i].lines.nr - files->at[i].deleted;
	}
}

struct err *blame_change(struct blamed_lines *out, struct blame_work *work,
			 struct arena *a, struct repo *repo,
			 const struct oid *commit,
			 bool (*aside)(const char *path))
{
	struct reader reader = { .a = a };
	struct counter counter = { .a = a,
				   .out = out,
				   .prefix = repo_prefix(repo) };
	char before[OID_HEX + 1], after[OID_HEX + 1];
	struct oids ends = { 0 };
	struct commit fix;
	struct err *e = walk_one(&fix, a, repo, commit);

	*work = (struct blame_work){ 0 };
	if (e || !fix.parent_count)
		return e;
	oid_hex(before, &fix.parents[0]);
	e = find_changed(&reader, before, oid_hex(after, commit));
	if (!e)
		e = repo_shallow_ends(&ends, a, repo);
	put_aside(&reader.files, aside);
	count_work(work, &reader.files);
	if (!e)
		e = blame_all(&counter, work, &ends, before, &reader.files);
	oidmap_release(&counter.map);
	return e;
}
