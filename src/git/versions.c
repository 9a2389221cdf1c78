/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/versions.h"

#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "git/child.h"
#include "git/repo.h"
#include "git/rev.h"

/* No line of raw output begins so. */
#define MARK "//"

struct walk {
	struct arena *a; /* of one commit */
	struct version_commit commit;
	struct VEC_OF(struct version_change) changes;
	versions_fn *fn;
	void *data;
};

static void tell(struct walk *walk)
{
	walk->commit.changes = walk->changes.at;
	walk->commit.nr = walk->changes.nr;
	if (walk->changes.nr)
		walk->fn(walk->data, &walk->commit);
	arena_release(walk->a);
	memset(&walk->changes, 0, sizeof(walk->changes));
}

/* "//<id> <seconds> <zone>" */
static bool read_commit(struct walk *walk, const char *line)
{
	line += strlen(MARK);
	if (!oid_parse(&walk->commit.id, line) || line[OID_HEX] != ' ')
		return false;
	walk->commit.authored = child_moment(line + OID_HEX + 1);
	return true;
}

static bool is_file(const char *mode)
{
	return !strncmp(mode, "100", 3);
}

/* "::<mode> <mode> <mode> <id> <id> <id> MM": a mode and an id for each parent,
 * then those of the commit. */
static bool read_change(struct walk *walk, const char *line, const char *path)
{
	size_t parents = strspn(line, ":");
	const char *modes = line + parents;
	const char *ids = modes + 7 * (parents + 1);
	struct oid *all;

	if (!parents ||
	    strlen(line) < parents + (7 + OID_HEX + 1) * (parents + 1))
		return false;
	all = arena_alloc(walk->a, (parents + 1) * sizeof(*all));
	for (size_t i = 0; i <= parents; i++)
		if (is_file(modes + 7 * i) &&
		    !oid_parse(&all[i], ids + (OID_HEX + 1) * i))
			return false;
	vec_push(walk->a, &walk->changes,
		 (struct version_change){ path, all, parents, all[parents] });
	return true;
}

static struct err *read_log(struct walk *walk, const struct buf *log)
{
	const char *at = log->p, *end = log->p + log->n, *field, *path;

	while (child_split(&field, 1, &at, end)) {
		bool fine;

		field += *field == '\n';
		if (!*field) /* behind a commit that has nothing to tell */
			continue;
		if (!strncmp(field, MARK, strlen(MARK))) {
			tell(walk);
			fine = read_commit(walk, field);
		} else {
			fine = child_split(&path, 1, &at, end) &&
			       read_change(walk, field, path);
		}
		if (!fine)
			return err_new(ERR_FAILED,
				       "git log said what it never says: %s",
				       field);
	}
	tell(walk);
	return NULL;
}

/* Merges, too, and those whose sides are alike; a merge is told where it has
 * what no parent has. */
struct err *versions_walk(struct repo *repo, const char *dir,
			  const struct oids *seen, versions_fn *fn, void *data)
{
	static const char *const args[] = { "log",
					    "--all",
					    "--stdin",
					    "--ignore-missing",
					    "--full-history",
					    "--date-order",
					    "--no-follow",
					    "--no-relative",
					    "--root",
					    "-c",
					    "--raw",
					    "-z",
					    "--no-abbrev",
					    "--no-renames",
					    "--no-show-signature",
					    "--no-color",
					    "--date=raw",
					    "--format=" MARK "%H %ad",
					    NULL };
	struct arena arena = ARENA_INIT;
	struct walk walk = { .a = &arena, .fn = fn, .data = data };
	struct buf in = BUF_INIT, log = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; seen && i < seen->nr; i++)
		buf_addf(&in, "^%s\n", oid_hex(hex, &seen->at[i]));
	buf_addstr(&in, "--\n");
	if (*dir)
		buf_addf(&in, ":(top,literal)%s\n", dir);
	e = child_run(&log, args, &in);
	if (!e)
		e = read_log(&walk, &log);
	arena_release(&arena);
	buf_release(&in);
	buf_release(&log);
	return e;
}

/* --- where it begins --- */

/* HEAD of each linked work tree, or of the main one seen from a linked one. */
static void add_heads(struct buf *out, const struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	const char *common = repo_common_dir(repo);
	const char *folder = path_join(&arena, common, "worktrees");
	struct strs files = { 0 };

	err_free(file_list(&files, &arena, folder));
	vec_push(&arena, &files, path_join(&arena, common, "HEAD"));
	for (size_t i = 0; i < files.nr; i++) {
		const char *path = path_join(&arena, folder, files.at[i]);

		if (!strcmp(path_base(path), "HEAD"))
			err_free(file_read(out, path, 1 << 16));
	}
	arena_release(&arena);
}

struct err *versions_snapshot(struct buf *out, struct repo *repo)
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
	err_free(e); /* nothing is committed yet */
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

	for (size_t at = 0; !e && at + OID_HEX < answer.n; at += OID_HEX + 1)
		if (oid_parse(&id, answer.p + at))
			vec_push(a, out, id);
	buf_release(&answer);
	return e;
}

struct err *versions_tips(struct oids *out, struct arena *a, struct repo *repo)
{
	static const char *const args[] = { "rev-list", "--no-walk=unsorted",
					    "--all", NULL };

	(void)repo; /* git finds the same one */
	return ask_ids(out, a, args);
}

struct err *versions_commits(struct oids *out, struct arena *a,
			     struct repo *repo)
{
	static const char *const args[] = { "rev-list", "--all", NULL };

	(void)repo;
	return ask_ids(out, a, args);
}
