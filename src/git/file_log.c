/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/file_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/repo.h"
#include "git/rev.h"

/* No line of raw output begins so. */
#define MARK "//"

/* A file of a commit, compared with one of its parents. */
struct difference {
	const char *path;
	struct oid before, after;
};

struct walk {
	struct arena *a; /* of one commit */
	struct file_log_commit commit;
	struct VEC_OF(struct difference) differences;
	file_log_fn *fn;
	void *data;
};

static int compare_walk_paths(const void *a, const void *b)
{
	const struct difference *one = a, *other = b;

	return strcmp(one->path, other->path);
}

/* `nr` of one path. A commit without parents differs from nothing, once. */
static struct file_log_change make_change(struct walk *walk,
					  const struct difference *at,
					  size_t nr)
{
	size_t parents = walk->commit.parents ? walk->commit.parents : 1;
	struct oid *before = arena_alloc(walk->a, nr * sizeof(*before));
	struct file_log_change change = { at->path, at->after, before, 0, 0 };

	for (size_t i = 0; i < nr; i++)
		if (!oid_equal(&at[i].before, &at->after))
			before[change.nr++] = at[i].before;
	change.fresh = change.nr == parents;
	return change;
}

static void tell_version(struct walk *walk)
{
	struct difference *at = walk->differences.at;
	size_t nr = walk->differences.nr;
	struct VEC_OF(struct file_log_change) changes = { 0 };

	if (nr)
		qsort(at, nr, sizeof(*at), compare_walk_paths);
	for (size_t i = 0, next; i < nr; i = next) {
		for (next = i + 1; next < nr; next++)
			if (strcmp(at[i].path, at[next].path))
				break;
		vec_push(walk->a, &changes,
			 make_change(walk, at + i, next - i));
	}
	walk->commit.changes = changes.at;
	walk->commit.nr = changes.nr;
	if (changes.nr)
		walk->fn(walk->data, &walk->commit);
	arena_release(walk->a);
	memset(&walk->differences, 0, sizeof(walk->differences));
}

/* "//<id> <seconds> <zone>|<parent> <parent>", once for each parent that it
 * differs from. */
static bool read_version_commit(struct walk *walk, const char *line)
{
	const char *parents = strchr(line, '|');
	struct oid id;
	size_t n;

	line += strlen(MARK);
	n = oid_parse(&id, line);
	if (!parents || !n || line[n] != ' ')
		return false;
	if (oid_equal(&id, &walk->commit.id))
		return true;
	tell_version(walk);
	walk->commit.id = id;
	walk->commit.authored = child_moment(line + n + 1);
	walk->commit.parents = strlen(parents) / (n + 1);
	return true;
}

static bool is_file_mode(const char *mode)
{
	return !strncmp(mode, "100", 3);
}

/* ":<mode> <mode> <id> <id> M" */
static bool read_difference(struct walk *walk, const char *line,
			    const char *path)
{
	struct difference d = { .path = path };
	const char *modes = line + 1, *ids = modes + 14;
	struct oid before, after;
	size_t n;

	if (*line != ':' || strlen(line) < 15 + 2 * (2 * OID_SHA1 + 1))
		return false;
	n = oid_parse(&before, ids);
	if (!n || !oid_parse(&after, ids + n + 1))
		return false;
	if (is_file_mode(modes))
		d.before = before;
	if (is_file_mode(modes + 7))
		d.after = after;
	vec_push(walk->a, &walk->differences, d);
	return true;
}

static struct err *read_files_log(struct walk *walk, const struct buf *log)
{
	const char *at = log->p, *end = log->p + log->n, *field, *path;

	while (child_split(&field, 1, &at, end)) {
		bool fine;

		field += *field == '\n';
		if (!*field) /* behind a commit that has nothing to tell */
			continue;
		if (!strncmp(field, MARK, strlen(MARK)))
			fine = read_version_commit(walk, field);
		else
			fine = child_split(&path, 1, &at, end) &&
			       read_difference(walk, field, path);
		if (!fine)
			return err_new(ERR_FAILED,
				       _("unexpected output of git log: %s"),
				       field);
	}
	tell_version(walk);
	return NULL;
}

/* Nothing, where one of them is the root. */
static void put_log_paths(struct buf *in, const struct strs *paths)
{
	buf_addstr(in, "--\n");
	if (strs_has(paths, ""))
		return;
	for (size_t i = 0; i < paths->nr; i++)
		buf_addf(in, ":(top,literal)%s\n", paths->at[i]);
}

/* Merges, too, and those whose sides are alike. */
struct err *file_log_walk(struct repo *repo, const struct strs *paths,
			  const struct oids *seen, file_log_fn *fn, void *data)
{
	static const char *const args[] = { "-c",
					    "log.diffMerges=separate",
					    "log",
					    "--all",
					    "--stdin",
					    "--ignore-missing",
					    "--full-history",
					    "--date-order",
					    CHILD_LOG,
					    "-m",
					    "--raw",
					    "-z",
					    "--no-abbrev",
					    "--no-renames",
					    "--date=raw",
					    "--format=" MARK "%H %ad|%P",
					    NULL };
	struct arena arena = ARENA_INIT;
	struct walk walk = { .a = &arena, .fn = fn, .data = data };
	struct buf in = BUF_INIT, log = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; seen && i < seen->nr; i++)
		buf_addf(&in, "^%s\n", oid_hex(hex, &seen->at[i]));
	put_log_paths(&in, paths);
	e = child_run(&log, args, &in);
	if (!e)
		e = read_files_log(&walk, &log);
	arena_release(&arena);
	buf_release(&in);
	buf_release(&log);
	return e;
}

/* --- where it begins --- */

/* What is walked: every ref, and HEAD of every work tree. */
static const char *const walked[] = { "rev-list", "--no-walk=unsorted", "--all",
				      NULL };

/* HEAD of each linked work tree, or of the main one seen from a linked one. Of
 * a reftable these are not files. */
static void add_heads(struct buf *out, const struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	const char *common = repo_common_dir(repo);
	const char *folder = path_join(&arena, common, "worktrees");
	struct strs files = { 0 };

	err_pass(file_list(&files, &arena, folder));
	vec_push(&arena, &files, path_join(&arena, common, "HEAD"));
	for (size_t i = 0; i < files.nr; i++) {
		const char *path = path_join(&arena, folder, files.at[i]);

		if (!strcmp(path_base(path), "HEAD"))
			err_pass(file_read_named(out, path, 1 << 16));
	}
	arena_release(&arena);
}

struct err *file_log_snapshot(struct buf *out, struct repo *repo)
{
	static const char *const args[] = { "for-each-ref",
					    "--format=%(objectname) %(refname)",
					    NULL };
	struct err *e = child_run(out, args, NULL);
	struct oid head;
	char hex[OID_HEX + 1];

	if (e)
		return e;
	e = rev_head(&head, repo);
	if (!e)
		buf_addf(out, "%s HEAD\n", oid_hex(hex, &head));
	err_pass(e); /* nothing is committed yet */
	if (repo->batch && !repo->late)
		return child_run(out, walked, NULL);
	add_heads(out, repo);
	return NULL;
}

/* Ids, a line each. */
static struct err *ask_ids(struct oids *out, struct arena *a,
			   const char *const *args)
{
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);
	struct oid id;
	size_t n;

	for (const char *at = answer.p; !e && (n = oid_parse(&id, at));
	     at += n + (at[n] == '\n'))
		vec_push(a, out, id);
	buf_release(&answer);
	return e;
}

struct err *file_log_tips(struct oids *out, struct arena *a, struct repo *repo)
{
	(void)repo; /* git finds the same one */
	return ask_ids(out, a, walked);
}

struct err *file_log_commits(struct oids *out, struct arena *a,
			     struct repo *repo)
{
	static const char *const args[] = { "rev-list", "--all", NULL };

	(void)repo;
	return ask_ids(out, a, args);
}
