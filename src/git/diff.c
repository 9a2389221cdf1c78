/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/diff.h"

#include <stdlib.h>
#include <string.h>

#include "git/child.h"
#include "git/object.h"
#include "git/oidset.h"
#include "git/repo.h"

/* Plumbing, so that a person's diff.* settings do not change what a team
 * reads. */
#define DIFF_TREE "diff-tree", "-r", "--no-ext-diff", "--no-textconv"

struct ends {
	char from[OID_HEX + 1], to[OID_HEX + 1];
};

static const char *from_hex(struct ends *ends, const struct repo *repo,
			    const struct range *range)
{
	return range->from ? oid_hex(ends->from, range->from)
			   : object_empty_tree(repo);
}

/* "12", or "-" for a binary file. Moves behind the tab that follows. */
static size_t read_hunk_number(const char **s)
{
	char *end;
	size_t number = strtoul(*s, &end, 10);

	*s += strcspn(*s, "\t");
	*s += **s == '\t';
	return number;
}

/* "<added>\t<deleted>\t<path>", or for a rename an empty path and two more
 * fields: the old one and the new one. */
static bool read_diff_file(struct diff_file *out, struct arena *a,
			   const char **at, const char *end)
{
	const char *field, *paths[2];

	memset(out, 0, sizeof(*out));
	if (!child_split(&field, 1, at, end))
		return false;
	out->binary = *field == '-';
	out->added = read_hunk_number(&field);
	out->deleted = read_hunk_number(&field);
	if (*field) {
		out->path = arena_strdup(a, field);
		return true;
	}
	if (!child_split(paths, 2, at, end))
		return false;
	out->old_path = arena_strdup(a, paths[0]);
	out->path = arena_strdup(a, paths[1]);
	return true;
}

/* Puts the paths of a range after what is there. */
static const char *const *limit_to_paths(const char **args,
					 const struct range *range)
{
	const char **end = args;

	while (*end)
		end++;
	for (size_t i = 0;
	     range->paths && i < range->paths->nr && i < RANGE_PATHS; i++)
		*end++ = range->paths->at[i];
	*end = NULL;
	return args;
}

/* What git says of the files of a range, each with a NUL after it. */
static struct err *diff_text(struct buf *out, struct repo *repo,
			     const struct range *range, const char *renames,
			     const char *what)
{
	struct ends ends;
	const char *args[CHILD_ARGS + 1] = { DIFF_TREE,
					     "-z",
					     renames,
					     what,
					     from_hex(&ends, repo, range),
					     oid_hex(ends.to, &range->to),
					     "--",
					     NULL };

	return child_run(out, limit_to_paths(args, range), NULL);
}

struct err *diff_numstat(struct diff_files *out, struct arena *a,
			 struct repo *repo, const struct range *range)
{
	struct buf text = BUF_INIT;
	struct diff_file file;
	struct err *e = diff_text(&text, repo, range, "-M", "--numstat");
	const char *at = text.p, *end = text.p + text.n;

	while (!e && read_diff_file(&file, a, &at, end))
		vec_push(a, out, file);
	buf_release(&text);
	return e;
}

struct err *diff_names(struct strs *out, struct arena *a, struct repo *repo,
		       const struct range *range)
{
	struct buf text = BUF_INIT;
	struct err *e =
		diff_text(&text, repo, range, "--no-renames", "--name-only");
	const char *at = text.p, *end = text.p + text.n, *path;

	while (!e && child_split(&path, 1, &at, end))
		vec_push(a, out, arena_strdup(a, path));
	buf_release(&text);
	return e;
}

/* How many lines a hunk has: "1,2 +1,3 @@", where 1 is left out. */
static size_t hunk_lines(const char *at)
{
	size_t lines = 0;

	for (int side = 0; side < 2; side++) {
		at += strspn(at, "0123456789");
		if (*at == ',')
			lines += strtoul(at + 1, NULL, 10);
		else
			lines++;
		at += strcspn(at, "+@");
		at += *at == '+';
	}
	return lines;
}

/* The file of a hunk: what "--- " or "+++ " names; quoted names stay so. */
static const char *read_diff_name(struct arena *a, const char *line, size_t n)
{
	return n > 6 ? arena_strndup(a, line + 6, n - 6) : "";
}

/* Hunks without context: in front of one stand the names, and it says how many
 * lines follow, so that no line is taken for a name. */
static void read_patch(struct strs *out, struct arena *a, const char *at)
{
	const char *old = "", *new = "";
	size_t left = 0;

	for (; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		size_t n = strcspn(at, "\n");

		if (left && strchr("+-", *at)) {
			vec_push(a, out,
				 arena_printf(a, "%c%s\t%.*s", *at,
					      *at == '+' ? new : old,
					      (int)n - 1, at + 1));
			left--;
		} else if (!strncmp(at, "--- ", 4)) {
			old = read_diff_name(a, at, n);
		} else if (!strncmp(at, "+++ ", 4)) {
			new = read_diff_name(a, at, n);
		} else if (!strncmp(at, "@@ -", 4)) {
			left = hunk_lines(at + 4);
		}
	}
}

struct err *diff_lines(struct strs *out, struct arena *a, struct repo *repo,
		       const struct oid *commit)
{
	char hex[OID_HEX + 1];
	const char *const args[] = { DIFF_TREE,
				     "-p",
				     "-U0",
				     "--root",
				     "--no-renames",
				     "--no-commit-id",
				     "--no-color",
				     "--src-prefix=a/",
				     "--dst-prefix=b/",
				     oid_hex(hex, commit),
				     "--",
				     NULL };
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);

	(void)repo;
	if (!e)
		read_patch(out, a, text.p);
	buf_release(&text);
	return e;
}

static struct err *find_diff_ends(struct oidset *out, struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, &arena, repo);

	for (size_t i = 0; i < ends.nr; i++)
		oidset_add(out, &ends.at[i]);
	arena_release(&arena);
	return e;
}

/* The ids of the commits, but for those where history is cut off. */
static struct err *list_whole(struct buf *out, struct repo *repo,
			      const struct oids *commits)
{
	struct oidset ends = OIDSET_INIT;
	char hex[OID_HEX + 1];
	struct err *e = find_diff_ends(&ends, repo);

	for (size_t i = 0; i < commits->nr; i++)
		if (!oidset_has(&ends, &commits->at[i]))
			buf_addf(out, "%s\n", oid_hex(hex, &commits->at[i]));
	oidset_release(&ends);
	return e;
}

/* Fields that end with NUL: a commit's id, then for each file
 * ":<modes and ids> <letter>" (behind a newline, the first), a path and, for a
 * rename, another one. */
static void read_touches(struct file_touches *out, struct arena *a,
			 const struct buf *text)
{
	const char *at = text->p, *end = at + text->n, *field, *path;
	struct file_touch touch = { 0 };

	while (child_split(&field, 1, &at, end)) {
		const char *letter = strrchr(field, ' ');

		field += *field == '\n';
		if (*field != ':' || !letter) {
			if (!oid_parse(&touch.commit, field))
				return;
			continue;
		}
		touch.old_path = NULL;
		touch.deleted = letter[1] == 'D';
		if (!child_split(&path, 1, &at, end))
			return;
		touch.path = arena_strdup(a, path);
		if (letter[1] == 'R' || letter[1] == 'C') {
			if (!child_split(&path, 1, &at, end))
				return;
			if (letter[1] == 'R')
				touch.old_path = touch.path;
			touch.path = arena_strdup(a, path);
		}
		vec_push(a, out, touch);
	}
}

struct err *diff_touches(struct file_touches *out, struct arena *a,
			 struct repo *repo, const struct oids *commits,
			 bool renames)
{
	const char *const args[] = { DIFF_TREE,
				     "-z",
				     "--raw",
				     "--root",
				     "--diff-merges=first-parent",
				     renames ? "-M" : "--no-renames",
				     "--format=%H",
				     "--stdin",
				     NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct err *e = list_whole(&in, repo, commits);

	if (!e && in.n)
		e = child_run(&text, args, &in);
	if (!e)
		read_touches(out, a, &text);
	buf_release(&in);
	buf_release(&text);
	return e;
}

static void put_pathspecs(struct buf *in, const struct strs *paths)
{
	buf_addstr(in, "--\n");
	for (size_t i = 0; i < paths->nr; i++)
		if (!strchr(paths->at[i], '\n'))
			buf_addf(in, ":(top,literal)%s\n", paths->at[i]);
}

/* By path; of one path as they came. */
static int compare_deletions(const void *a, const void *b)
{
	const struct file_touch *one = *(const struct file_touch *const *)a;
	const struct file_touch *two = *(const struct file_touch *const *)b;
	int order = strcmp(one->path, two->path);

	return order ? order : (one > two) - (one < two);
}

/* The first of each path. */
static void keep_first_deletions(struct file_touches *out, struct arena *a,
				 const struct file_touches *all)
{
	struct VEC_OF(const struct file_touch *) sorted = { 0 };

	for (size_t i = 0; i < all->nr; i++)
		vec_push(a, &sorted, &all->at[i]);
	if (sorted.nr)
		qsort(sorted.at, sorted.nr, sizeof(*sorted.at),
		      compare_deletions);
	for (size_t i = 0; i < sorted.nr; i++)
		if (!i ||
		    strcmp(sorted.at[i - 1]->path, sorted.at[i]->path) != 0)
			vec_push(a, out, *sorted.at[i]);
}

struct err *diff_deletions(struct file_touches *out, struct arena *a,
			   struct repo *repo, const struct oid *head,
			   const struct strs *paths)
{
	static const char *const args[] = {
		"log",          "-z",      "--raw",           "--no-abbrev",
		"--no-renames", CHILD_LOG, "--diff-filter=D", "--format=%H",
		"--stdin",      NULL
	};
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct file_touches all = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo;
	buf_addf(&in, "%s\n", oid_hex(hex, head));
	put_pathspecs(&in, paths);
	e = child_run(&text, args, &in);
	if (!e)
		read_touches(&all, a, &text);
	keep_first_deletions(out, a, &all);
	buf_release(&in);
	buf_release(&text);
	return e;
}

/* Lines for diff-tree: "<to>", or "<to> <from>". Where history is cut off there
 * is no parent to compare with. */
static struct err *list_ranges(struct buf *out, struct repo *repo,
			       const struct range *ranges, size_t nr)
{
	struct oidset ends = OIDSET_INIT;
	char hex[OID_HEX + 1];
	struct err *e = find_diff_ends(&ends, repo);

	for (size_t i = 0; i < nr; i++) {
		if (!ranges[i].from && oidset_has(&ends, &ranges[i].to))
			continue;
		buf_addstr(out, oid_hex(hex, &ranges[i].to));
		if (ranges[i].from)
			buf_addf(out, " %s", oid_hex(hex, ranges[i].from));
		buf_addch(out, '\n');
	}
	oidset_release(&ends);
	return e;
}

/* Each patch follows the line that names its commit, and no line of a patch is
 * an id. */
static void read_patches(struct patches *out, struct arena *a, const char *at)
{
	const char *start = at, *line;
	struct patch patch = { 0 };
	struct oid id;
	size_t n;

	for (line = at; *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		if (!n || oid_parse(&id, line) != n)
			continue;
		patch.text = arena_strndup(a, start, (size_t)(line - start));
		if (*patch.text)
			vec_push(a, out, patch);
		patch.commit = id;
		start = line + n + (line[n] == '\n');
	}
	patch.text = arena_strdup(a, start);
	if (*patch.text)
		vec_push(a, out, patch);
}

struct err *diff_patches(struct patches *out, struct arena *a,
			 struct repo *repo, const struct range *ranges,
			 size_t nr, const char *const *options,
			 const char *path)
{
	static const char *const tree[] = {
		"-r",          "--root",  "--diff-merges=first-parent",
		"--format=%H", "--stdin", NULL
	};
	bool is_staged = !ranges || oid_is_zero(&ranges->to);
	char hex[OID_HEX + 1];
	const char *const staged[] = {
		"--cached",
		ranges && is_staged ? oid_hex(hex, ranges->from) : "HEAD", NULL
	};
	const char *args[CHILD_ARGS + 1] = { NULL };
	const char *const *own = is_staged ? staged : tree;
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct err *e = NULL;
	size_t n = 0;

	for (; options[0][0] == '-' && options[0][1] == 'c'; options += 2) {
		args[n++] = options[0];
		args[n++] = options[1];
	}
	args[n++] = is_staged ? "diff-index" : "diff-tree";
	while (*options)
		args[n++] = *options++;
	while (*own)
		args[n++] = *own++;
	args[n++] = "--";
	if (path)
		args[n++] = arena_printf(a, ":(top,literal)%s", path);
	if (!is_staged)
		e = list_ranges(&in, repo, ranges, nr);
	if (!e && (in.n || is_staged))
		e = child_run(&text, args, is_staged ? NULL : &in);
	if (!e)
		read_patches(out, a, text.p);
	buf_release(&in);
	buf_release(&text);
	return e;
}

static struct err *ask_touching(struct buf *out, const struct buf *commits,
				const char *path)
{
	struct buf spec = BUF_INIT;
	const char *args[] = { DIFF_TREE,     "-z",
			       "-s",          "--no-renames",
			       "--root",      "--diff-merges=first-parent",
			       "--format=%H", "--stdin",
			       "--",          NULL,
			       NULL };
	struct err *e;

	buf_addf(&spec, ":(top,literal)%s", path);
	args[ARRAY_SIZE(args) - 2] = spec.p;
	e = child_run(out, args, commits);
	buf_release(&spec);
	return e;
}

struct err *diff_touching(struct oidset *out, struct repo *repo,
			  const struct oids *commits, const char *path)
{
	struct buf in = BUF_INIT, text = BUF_INIT;
	const char *at, *field;
	struct err *e = list_whole(&in, repo, commits);
	struct oid id;

	if (!e && in.n)
		e = ask_touching(&text, &in, path);
	at = text.p;
	while (!e && child_split(&field, 1, &at, text.p + text.n))
		if (oid_parse(&id, field))
			oidset_add(out, &id);
	buf_release(&in);
	buf_release(&text);
	return e;
}
