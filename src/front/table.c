/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file is text, one fact a line: a keyword, a space, the rest.
 *
 *	git-retro hooks-table 4
 *	dir 65024 1234567			device and inode of the git
 *						directory: a copy of it has
 *						others
 *	env HOME=/home/ann			as it was; stale if it differs
 *	file 1767607200.123456789 42 <path>	as it was; -1 for a missing one
 *	on-tag
 *	on-push
 *	on-commit
 *	checked retros				staged ones are checked
 *	tag v[0-9]*
 *	ignore *-rc*
 *	branch maint*
 *	quiet
 *	seen 1767607200.123456789 0 refs/tags	under the common directory
 *	end
 *
 * A file changed at the very moment in which the table was written may have
 * been read before the change: it counts as changed (git calls that racy).
 */
#include "front/table.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/opener.h"
#include "base/version.h"
#include "front/state.h"

#define HEADER "git-retro hooks-table 4\n"
#define END    "end\n"
#define PLACE  "hooks-table"

enum {
	BYTES_MAX = 64 << 10,
	RACY_MS = 20,   /* the kernel's clock for files steps by up to 10 */
	DIRS_MAX = 256, /* folders under refs/tags that are watched */
	DEPTH_MAX = 16,
};

/* What decides where git looks for its configuration. */
static const char *const env_names[] = {
	"HOME",
	"XDG_CONFIG_HOME",
	"GIT_CONFIG_GLOBAL",
	"GIT_CONFIG_SYSTEM",
	"GIT_CONFIG_NOSYSTEM",
	NULL,
};

struct table {
	char *text; /* its lines, each ended by a NUL */
	size_t n;
	int64_t written; /* when, in nanoseconds */
};

/* What is remembered of a file. */
struct stamp {
	int64_t changed; /* nanoseconds; -1: there is none */
	int64_t size;
};

static struct stamp stamp_of(int dir, const char *path)
{
	struct stat st;

	if (opener_named_stat(&st, dir, path))
		return (struct stamp){ -1, -1 };
	/* A folder's size is the file system's business. */
	return (struct stamp){ state_nanoseconds(st.st_mtim),
			       S_ISDIR(st.st_mode) ? 0 : st.st_size };
}

/* Configuration that stands in no file. */
static bool env_configures(void)
{
	const char *count = getenv("GIT_CONFIG_COUNT");

	return getenv("GIT_CONFIG_PARAMETERS") || (count && *count);
}

/* Behind the keyword if the line has it, else NULL. */
static const char *line_value(const char *line, const char *keyword)
{
	size_t n = strlen(keyword);

	if (strncmp(line, keyword, n))
		return NULL;
	if (!line[n])
		return line + n;
	return line[n] == ' ' ? line + n + 1 : NULL;
}

/* The line after `line`, or the first; NULL behind the last. */
static const char *next_table_line(const struct table *table, const char *line)
{
	line = line ? line + strlen(line) + 1 : table->text;
	return line < table->text + table->n ? line : NULL;
}

static bool has_table_line(const struct table *table, const char *keyword)
{
	const char *line = NULL;

	while ((line = next_table_line(table, line)))
		if (line_value(line, keyword))
			return true;
	return false;
}

static bool env_differs(const char *value)
{
	const char *equals = strchr(value, '=');

	for (size_t i = 0; equals && env_names[i]; i++) {
		const char *now = getenv(env_names[i]);
		size_t n = strlen(env_names[i]);

		if (n == (size_t)(equals - value) &&
		    !strncmp(value, env_names[i], n))
			return strcmp(now ? now : "", equals + 1) != 0;
	}
	return true;
}

/* Reads "<changed> <size> <path>" and compares it with the file. */
static bool file_differs(const struct table *table, int dir, const char *value)
{
	char *end;
	struct stamp was, now;

	was.changed = strtoll(value, &end, 10);
	if (*end++ != ' ')
		return true;
	was.size = strtoll(end, &end, 10);
	if (*end++ != ' ')
		return true;
	now = stamp_of(dir, end);
	return now.changed != was.changed || now.size != was.size ||
	       now.changed >= table->written - RACY_MS * INT64_C(1000000);
}

/* Reads "<device> <inode>". */
static bool dir_differs(int dir, const char *value)
{
	struct stat st;
	char *end;
	uintmax_t device = strtoumax(value, &end, 10);

	return fstat(dir, &st) || device != st.st_dev ||
	       strtoumax(end, NULL, 10) != st.st_ino;
}

static bool is_stale(const struct table *table, int dir)
{
	const char *line = NULL, *value;

	if (env_configures())
		return true;
	while ((line = next_table_line(table, line))) {
		value = line_value(line, "dir");
		if (value && dir_differs(dir, value))
			return true;
		value = line_value(line, "env");
		if (value && env_differs(value))
			return true;
		value = line_value(line, "file");
		if (value && file_differs(table, AT_FDCWD, value))
			return true;
	}
	return false;
}

/* Only a table that begins and ends as one is used. */
static bool is_whole_text(const char *text, size_t n)
{
	size_t head = strlen(HEADER), end = strlen(END);

	return n >= head + end && !memcmp(text, HEADER, head) &&
	       !memcmp(text + n - end, END, end) && text[n - end - 1] == '\n' &&
	       !memchr(text, '\0', n);
}

static struct table *read_table(int fd)
{
	struct table *table = NULL;
	struct stat st;
	size_t n;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > BYTES_MAX)
		return NULL;
	n = (size_t)st.st_size;
	table = malloc(sizeof(*table));
	if (!table)
		return NULL;
	*table = (struct table){ malloc(n + 1), n,
				 state_nanoseconds(st.st_mtim) };
	if (!table->text || !state_read(table->text, n, fd) ||
	    !is_whole_text(table->text, n)) {
		table_free(table);
		return NULL;
	}
	table->text[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if (table->text[i] == '\n')
			table->text[i] = '\0';
	return table;
}

struct table *table_load(const char *git_dir)
{
	struct table *table = NULL;
	int dir = state_folder(git_dir);
	int fd = -1;

	if (dir >= 0)
		fd = state_open(dir, PLACE, O_RDONLY);
	if (fd >= 0) {
		table = read_table(fd);
		close(fd);
	}
	if (table && is_stale(table, dir)) {
		table_free(table);
		table = NULL;
	}
	if (dir >= 0)
		close(dir);
	return table;
}

void table_free(struct table *table)
{
	if (table)
		free(table->text);
	free(table);
}

bool table_is_release(const struct table *table, const char *tag)
{
	const char *line = NULL, *value;
	struct version version;
	bool found = false;

	version_parse(&version, tag);
	while ((line = next_table_line(table, line))) {
		value = line_value(line, "ignore");
		if (value && glob_name(value, tag))
			return false;
		value = line_value(line, "tag");
		if (value && glob_name(value, tag) &&
		    (!version.pre || version_names_pre(value)))
			found = true;
	}
	return found;
}

bool table_is_branch(const struct table *table, const char *branch)
{
	const char *line = NULL, *value;

	while ((line = next_table_line(table, line))) {
		value = line_value(line, "branch");
		if (value && glob_name(value, branch))
			return true;
	}
	return false;
}

bool table_on_tag(const struct table *table)
{
	return has_table_line(table, "on-tag");
}

bool table_on_push(const struct table *table)
{
	return has_table_line(table, "on-push");
}

bool table_on_commit(const struct table *table)
{
	return has_table_line(table, "on-commit");
}

const char *table_checked(const struct table *table)
{
	const char *line = NULL, *dir = NULL;

	while (!dir && (line = next_table_line(table, line)))
		dir = line_value(line, "checked");
	return dir;
}

bool table_tags_unchanged(const struct table *table, const char *common_dir)
{
	const char *line = NULL, *value;
	int dir;
	bool same;

	if (!has_table_line(table, "quiet"))
		return false;
	dir = state_folder(common_dir);
	same = dir >= 0;
	while (same && (line = next_table_line(table, line))) {
		value = line_value(line, "seen");
		if (value && file_differs(table, dir, value))
			same = false;
	}
	if (dir >= 0)
		close(dir);
	return same;
}

/* Writing: into memory first, `bad` once something cannot be told in a line. */
struct writer {
	FILE *out;
	size_t dirs;
	bool bad;
};

static void put_keyword(struct writer *w, const char *keyword,
			const char *value)
{
	if (strchr(value, '\n'))
		w->bad = true;
	fprintf(w->out, "%s %s\n", keyword, value);
}

static void put_stamp(struct writer *w, const char *keyword, int dir,
		      const char *path)
{
	struct stamp stamp = stamp_of(dir, path);

	if (strchr(path, '\n'))
		w->bad = true;
	fprintf(w->out, "%s %" PRId64 " %" PRId64 " %s\n", keyword,
		stamp.changed, stamp.size, path);
}

static void put_env(struct writer *w)
{
	for (size_t i = 0; env_names[i]; i++) {
		const char *value = getenv(env_names[i]);

		if (value && strchr(value, '\n'))
			w->bad = true;
		fprintf(w->out, "env %s=%s\n", env_names[i],
			value ? value : "");
	}
}

/* The folder and those in it: a new loose tag changes its folder's time. */
static void put_dirs(struct writer *w, int common, const char *path, int depth)
{
	DIR *dir = opener_list(common, path);
	struct dirent *entry;
	char *below;

	if (!dir && errno != ENOENT)
		w->bad = true;
	put_stamp(w, "seen", common, path);
	if (++w->dirs > DIRS_MAX || depth > DEPTH_MAX)
		w->bad = true;
	while (dir && !w->bad && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN))
			continue;
		if (asprintf(&below, "%s/%s", path, entry->d_name) < 0) {
			w->bad = true;
			break;
		}
		put_dirs(w, common, below, depth + 1);
		free(below);
	}
	if (dir)
		closedir(dir);
}

static void put_dir(struct writer *w, int git)
{
	struct stat st;

	if (fstat(git, &st))
		w->bad = true;
	else
		fprintf(w->out, "dir %ju %ju\n", (uintmax_t)st.st_dev,
			(uintmax_t)st.st_ino);
}

static void put_content(struct writer *w, int git, int common,
			const struct table_content *content)
{
	fputs(HEADER, w->out);
	put_dir(w, git);
	put_env(w);
	for (size_t i = 0; content->files[i]; i++)
		put_stamp(w, "file", AT_FDCWD, content->files[i]);
	if (content->on_tag)
		fputs("on-tag\n", w->out);
	if (content->on_push)
		fputs("on-push\n", w->out);
	if (content->on_commit)
		fputs("on-commit\n", w->out);
	if (content->checked)
		put_keyword(w, "checked", content->checked);
	for (size_t i = 0; content->tags[i]; i++)
		put_keyword(w, "tag", content->tags[i]);
	for (size_t i = 0; content->ignore[i]; i++)
		put_keyword(w, "ignore", content->ignore[i]);
	for (size_t i = 0; content->branches[i]; i++)
		put_keyword(w, "branch", content->branches[i]);
	if (content->quiet) {
		fputs("quiet\n", w->out);
		put_stamp(w, "seen", common, "packed-refs");
		put_dirs(w, common, "refs/tags", 0);
		/* Of a reftable, which has no such files. */
		put_stamp(w, "seen", common, "reftable/tables.list");
	}
	fputs(END, w->out);
}

/* The text of a table, to be freed; NULL if it cannot be one. */
static char *build_table(size_t *n, int git, int common,
			 const struct table_content *content)
{
	char *bytes = NULL;
	struct writer w = { .out = open_memstream(&bytes, n) };

	if (!w.out)
		return NULL;
	put_content(&w, git, common, content);
	if (fclose(w.out) || w.bad || *n > BYTES_MAX) {
		free(bytes);
		return NULL;
	}
	return bytes;
}

void table_write(const char *git_dir, const char *common_dir,
		 const struct table_content *content)
{
	struct table_content loud = *content;
	char *bytes = NULL;
	size_t n = 0;
	int git = state_folder(git_dir);
	int common = state_folder(common_dir);

	if (git >= 0 && common >= 0 && !env_configures()) {
		bytes = build_table(&n, git, common, content);
		loud.quiet = false;
		if (!bytes && content->quiet)
			bytes = build_table(&n, git, common, &loud);
		if (bytes)
			state_replace(git, PLACE, bytes, n);
	}
	free(bytes);
	if (git >= 0)
		close(git);
	if (common >= 0)
		close(common);
}
