/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/staged.h"

#include <string.h>

#include "git/child.h"
#include "git/object.h"
#include "git/rev.h"

static const char *top(struct arena *a, const char *dir)
{
	return *dir ? arena_printf(a, ":(top,literal)%s", dir) : ":(top)";
}

/* "100644 <id> 0\t<path>"; false for a link, a submodule or a conflict. */
static bool read_staged_entry(struct tree_entry *out, const char *field)
{
	const char *tab = strchr(field, '\t');

	if (!tab || strncmp(field, "100", 3) ||
	    tab - field < 7 + 2 * OID_SHA1 + 2 || tab[-1] != '0' ||
	    !oid_parse(&out->blob, field + 7))
		return false;
	out->path = tab + 1;
	return true;
}

/* Whether a folder or the file itself has a name that starts with a dot, below
 * the first `n` bytes. */
static bool has_dot_name(const char *path, size_t n)
{
	path += n;
	return *path == '.' || strstr(path, "/.");
}

struct err *staged_list(struct tree_entries *out, struct arena *a,
			const char *dir)
{
	const char *args[] = { "ls-files", "-s",        "-z", "--full-name",
			       "--",       top(a, dir), NULL };
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);
	const char *at = answer.p, *end = answer.p + answer.n, *field;
	size_t n = *dir ? strlen(dir) + 1 : 0;
	struct tree_entry entry;

	while (!e && child_split(&field, 1, &at, end)) {
		if (!read_staged_entry(&entry, field) ||
		    strlen(entry.path) < n || has_dot_name(entry.path, n))
			continue;
		entry.path = arena_strdup(a, entry.path);
		vec_push(a, out, entry);
	}
	buf_release(&answer);
	return e;
}

static struct err *ask_staged(struct strs *out, struct arena *a,
			      const char *const *args)
{
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);
	const char *at = answer.p, *end = answer.p + answer.n, *field;

	while (!e && child_split(&field, 1, &at, end))
		vec_push(a, out, arena_strdup(a, field));
	buf_release(&answer);
	return e;
}

struct err *staged_paths(struct strs *out, struct arena *a)
{
	const char *args[] = { "ls-files", "-z",       "--full-name",
			       "--",       top(a, ""), NULL };

	return ask_staged(out, a, args);
}

struct err *staged_changed(struct strs *out, struct arena *a, struct repo *repo,
			   const char *dir)
{
	struct oid head;
	char hex[OID_HEX + 1];
	struct err *none = rev_head(&head, repo);
	const char *args[] = { "diff-index",
			       "--cached",
			       "--name-only",
			       "-z",
			       "--diff-filter=d",
			       "--no-renames",
			       none ? object_empty_tree(repo)
				    : oid_hex(hex, &head),
			       "--",
			       top(a, dir),
			       NULL };

	err_free(none); /* nothing is committed yet */
	return ask_staged(out, a, args);
}
