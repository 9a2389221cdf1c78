/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/staged.h"

#include <stdlib.h>
#include <string.h>

#include "git/child.h"
#include "git/object.h"
#include "git/rev.h"

/* ":<mode> <mode> <id> <id> <status>": of HEAD, and of the index. */
static void read_change(struct staged_changes *out, struct arena *a,
			const char *facts, const char *path)
{
	struct staged_change change = { .path = arena_strdup(a, path) };
	const char *mode = strchr(facts, ' '), *status = strrchr(facts, ' ');
	const char *id = mode ? strchr(mode + 1, ' ') : NULL;

	id = id ? strchr(id + 1, ' ') : NULL;
	if (!id || id >= status || !oid_parse(&change.blob, id + 1))
		return;
	change.unmerged = status[1] == 'U';
	change.gone = status[1] == 'D' || change.unmerged;
	change.regular = !change.gone && !strncmp(mode, " 100", 4);
	vec_push(a, out, change);
}

static struct err *ask_changes(struct staged_changes *out, struct arena *a,
			       const struct repo *repo, const struct oid *head)
{
	char hex[OID_HEX + 1];
	const char *args[] = { "diff-index",
			       "--cached",
			       "--raw",
			       "-z",
			       "--no-renames",
			       "--no-abbrev",
			       head ? oid_hex(hex, head)
				    : object_empty_tree(repo),
			       "--",
			       NULL };
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);
	const char *at = answer.p, *end = answer.p + answer.n, *fields[2];

	while (!e && child_split(fields, 2, &at, end))
		read_change(out, a, fields[0], fields[1]);
	buf_release(&answer);
	return e;
}

struct err *staged_list(struct staged_changes *out, struct arena *a,
			struct repo *repo, const struct oid *head)
{
	if (dircache_diff(out, a, repo, head))
		return NULL;
	return ask_changes(out, a, repo, head);
}

static int by_change_path(const void *path, const void *change)
{
	return strcmp(path, ((const struct staged_change *)change)->path);
}

const struct staged_change *staged_find(const struct staged_changes *changes,
					const char *path)
{
	if (!changes->nr)
		return NULL;
	return bsearch(path, changes->at, changes->nr, sizeof(*changes->at),
		       by_change_path);
}

struct err *staged_paths(struct strs *out, struct arena *a)
{
	const char *args[] = { "ls-files", "-z",     "--full-name",
			       "--",       ":(top)", NULL };
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);
	const char *at = answer.p, *end = answer.p + answer.n, *field;

	while (!e && child_split(&field, 1, &at, end))
		vec_push(a, out, arena_strdup(a, field));
	buf_release(&answer);
	return e;
}

struct err *staged_changed(struct strs *out, struct arena *a, struct repo *repo,
			   const struct oid *base)
{
	struct staged_changes changes = { 0 };
	struct oid head;
	struct err *e = base ? NULL : rev_head(&head, repo);

	if (!base && !e)
		base = &head;
	if (e && e->code == ERR_NOT_FOUND) { /* nothing is committed yet */
		err_free(e);
		e = NULL;
	}
	if (!e)
		e = staged_list(&changes, a, repo, base);
	for (size_t i = 0; !e && i < changes.nr; i++) {
		const struct staged_change *change = &changes.at[i];

		if (!change->gone || change->unmerged)
			vec_push(a, out, change->path);
	}
	return e;
}
