/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/diff.h"

#include <stdlib.h>
#include <string.h>

#include "git/child.h"
#include "git/oidset.h"
#include "git/repo.h"

/* git knows it without having it. */
#define EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

/* Plumbing, so that a person's diff.* settings do not change what a team
 * reads. */
#define DIFF_TREE "diff-tree", "-r", "--no-ext-diff", "--no-textconv"

struct ends {
	char from[OID_HEX + 1], to[OID_HEX + 1];
};

static const char *from_hex(struct ends *ends, const struct range *range)
{
	return range->from ? oid_hex(ends->from, range->from) : EMPTY_TREE;
}

/* "12", or "-" for a binary file. Moves behind the tab that follows. */
static size_t read_number(const char **s)
{
	char *end;
	size_t number = strtoul(*s, &end, 10);

	*s += strcspn(*s, "\t");
	*s += **s == '\t';
	return number;
}

/* "<added>\t<deleted>\t<path>", or for a rename an empty path and two more
 * fields: the old one and the new one. */
static bool read_file(struct diff_file *out, struct arena *a, const char **at,
		      const char *end)
{
	const char *field, *paths[2];

	memset(out, 0, sizeof(*out));
	if (!child_split(&field, 1, at, end))
		return false;
	out->binary = *field == '-';
	out->added = read_number(&field);
	out->deleted = read_number(&field);
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

struct err *diff_numstat(struct diff_files *out, struct arena *a,
			 struct repo *repo, const struct range *range)
{
	struct ends ends;
	const char *args[] = { DIFF_TREE,
			       "-z",
			       "-M",
			       "--numstat",
			       from_hex(&ends, range),
			       oid_hex(ends.to, &range->to),
			       "--",
			       NULL };
	struct buf text = BUF_INIT;
	struct diff_file file;
	struct err *e = child_run(&text, args, NULL);
	const char *at = text.p, *end = text.p + text.n;

	(void)repo; /* git finds the same one */
	while (!e && read_file(&file, a, &at, end))
		vec_push(a, out, file);
	buf_release(&text);
	return e;
}

static struct err *read_paths(struct strs *out, struct arena *a,
			      const char *const *args)
{
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);
	const char *at = text.p, *end = text.p + text.n, *path;

	while (!e && child_split(&path, 1, &at, end))
		vec_push(a, out, arena_strdup(a, path));
	buf_release(&text);
	return e;
}

struct err *diff_names(struct strs *out, struct arena *a, struct repo *repo,
		       const struct range *range)
{
	struct ends ends;
	const char *args[] = { DIFF_TREE,
			       "-z",
			       "--no-renames",
			       "--name-only",
			       from_hex(&ends, range),
			       oid_hex(ends.to, &range->to),
			       "--",
			       NULL };

	(void)repo;
	return read_paths(out, a, args);
}

static struct err *find_ends(struct oidset *out, struct repo *repo)
{
	struct arena arena = ARENA_INIT;
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, &arena, repo);

	for (size_t i = 0; i < ends.nr; i++)
		oidset_add(out, &ends.at[i]);
	arena_release(&arena);
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
	struct oidset ends = OIDSET_INIT;
	struct buf in = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	const char *at, *field;
	struct err *e = find_ends(&ends, repo);
	struct oid id;

	for (size_t i = 0; i < commits->nr; i++)
		if (!oidset_has(&ends, &commits->at[i]))
			buf_addf(&in, "%s\n", oid_hex(hex, &commits->at[i]));
	if (!e && in.n)
		e = ask_touching(&text, &in, path);
	at = text.p;
	while (!e && child_split(&field, 1, &at, text.p + text.n))
		if (oid_parse(&id, field))
			oidset_add(out, &id);
	oidset_release(&ends);
	buf_release(&in);
	buf_release(&text);
	return e;
}
