/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/proc.h"
#include "front/marks.h"
#include "git/child.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/work_tree.h"
#include "report/hunks.h"

const struct edit *edit_find(const struct edits *edits, const char *path)
{
	for (size_t i = 0; i < edits->nr; i++)
		if (!strcmp(edits->at[i].path, path))
			return &edits->at[i];
	return NULL;
}

/* --- what comes or goes as a whole --- */

static void put_whole(struct buf *out, const char *path, const char *text,
		      char sign)
{
	size_t lines = 0;

	for (const char *at = text; *at; at += *at == '\n', lines++)
		at += strcspn(at, "\n");
	buf_addf(out,
		 sign == '+' ? "--- /dev/null\n+++ b/%s\n@@ -0,0 +1,%zu @@\n"
			     : "--- a/%s\n+++ /dev/null\n@@ -1,%zu +0,0 @@\n",
		 path, lines);
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		buf_addf(out, "%c%.*s\n", sign, (int)n, text);
	}
}

/* --- what git compares --- */

/* The hunks alone, under the name that the file has: git calls what it reads
 * from its stdin "-". */
static void put_hunks(struct buf *out, const char *path, const char *diff)
{
	const char *hunks = strstr(diff, "\n@@ ");

	if (hunks)
		buf_addf(out, "--- a/%s\n+++ b/%s\n%s", path, path, hunks + 1);
}

/* With the functions of what is on disk and of what is about to be. */
static void put_named_hunks(struct buf *out, struct arena *a,
			    const struct edit *edit, const char *diff)
{
	struct buf hunks = BUF_INIT;

	put_hunks(&hunks, edit->path, diff);
	if (mark_has_keys(edit->path, strlen(edit->path)))
		buf_addstr(out, hunks.p);
	else
		hunks_add_functions(out, a, hunks.p, edit->before, edit->after);
	buf_release(&hunks);
}

/* What is on disk, with what is about to be written: 0 and 1 are git's answers
 * that they are the same and that they are not. */
static struct err *compare_next(struct buf *out, struct arena *a,
				struct repo *repo, const struct edit *edit)
{
	const char *argv[] = { "git",
			       "-c",
			       "core.fsmonitor=false",
			       "diff",
			       "--no-index",
			       MARKS_DIFF,
			       "--",
			       arena_printf(a, "./%s", edit->path),
			       "-",
			       NULL };
	struct proc git = { .argv = argv,
			    .dir = repo_work_tree(repo),
			    .quiet = true,
			    .in = edit->after,
			    .in_len = strlen(edit->after) };
	struct buf diff = BUF_INIT;
	int status = 0;
	struct err *e = proc_run(&git, &diff, &status);

	if (!e && status > 1)
		e = err_new(ERR_FAILED, _("git %s exited with %d"), "diff",
			    status);
	else if (!e)
		put_named_hunks(out, a, edit, diff.p);
	buf_release(&diff);
	return e;
}

/* A file that git does not know yet. */
static struct err *add_new_file(struct buf *out, struct arena *a,
				struct repo *repo, const char *path)
{
	struct buf text = BUF_INIT;
	struct oid head;
	struct err *e = rev_head(&head, repo);

	if (!e && tree_has(repo, &head, path) == 0)
		e = work_tree_read(&text, a, repo, path);
	if (!e)
		put_whole(out, path, text.p, '+');
	buf_release(&text);
	return e;
}

/* What HEAD has, with what is on disk. */
static struct err *compare_last(struct buf *out, struct arena *a,
				struct repo *repo, const struct edit *edit)
{
	const char *args[] = { "diff-index",
			       MARKS_DIFF,
			       "HEAD",
			       "--",
			       arena_printf(a, ":(top,literal)%s", edit->path),
			       NULL };
	struct buf diff = BUF_INIT;
	struct err *e = child_run(&diff, args, NULL);

	if (!e && diff.n)
		put_hunks(out, edit->path, diff.p);
	else if (!e)
		e = add_new_file(out, a, repo, edit->path);
	buf_release(&diff);
	return e;
}

static struct err *compare(struct buf *out, struct arena *a, struct repo *repo,
			   const struct edit *edit)
{
	if (!edit->before)
		return compare_last(out, a, repo, edit);
	if (!edit->after)
		put_whole(out, edit->path, edit->before, '-');
	else if (!*edit->before)
		put_whole(out, edit->path, edit->after, '+');
	else if (strcmp(edit->before, edit->after) != 0)
		return compare_next(out, a, repo, edit);
	return NULL;
}

struct err *edit_diff(struct buf *out, struct arena *a, struct repo *repo,
		      const struct edits *edits)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < edits->nr; i++)
		e = compare(out, a, repo, &edits->at[i]);
	return e;
}
