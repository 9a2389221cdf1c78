/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/latest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/opener.h"
#include "git/child.h"
#include "git/rev.h"
#include "git/tree.h"

static int by_path_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of HEAD below the folder that all retros lie in, sorted. */
static struct err *list_latest_committed(struct strs *out,
					 const struct corpus *corpus)
{
	struct tree_entries entries = { 0 };
	struct oid head;
	struct err *e = rev_head(&head, corpus->repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	if (!e)
		e = tree_list(&entries, corpus->arena, corpus->repo, &head,
			      corpus->policy->root);
	for (size_t i = 0; !e && i < entries.nr; i++)
		vec_push(corpus->arena, out, entries.at[i].path);
	return e;
}

/* When a file of the work tree was written, in nanoseconds; -1: nobody
 * knows. */
static int64_t written_at(const struct corpus *corpus, const char *path)
{
	const char *top = repo_work_tree(corpus->repo);
	struct stat st;

	if (!top ||
	    opener_stat(&st, AT_FDCWD, path_join(corpus->arena, top, path)))
		return -1;
	return (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

static struct err *find_uncommitted(struct retro **out,
				    const struct corpus *corpus)
{
	struct strs committed = { 0 };
	int64_t latest = -1;
	struct err *e = list_latest_committed(&committed, corpus);

	for (size_t i = 0; !e && i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];
		int64_t time;

		if (committed.nr &&
		    bsearch(&retro->path, committed.at, committed.nr,
			    sizeof(*committed.at), by_path_text))
			continue;
		time = written_at(corpus, retro->path);
		if (!*out || time > latest) {
			*out = retro;
			latest = time;
		}
	}
	return e;
}

static int by_retro_path(const void *a, const void *b)
{
	const struct retro *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static struct retros sort_by_path(const struct corpus *corpus)
{
	struct retros out = { 0 };

	for (size_t i = 0; i < corpus->retros.nr; i++)
		vec_push(corpus->arena, &out, corpus->retros.at[i]);
	qsort(out.at, out.nr, sizeof(*out.at), by_retro_path);
	return out;
}

static struct retro *find_path(const struct retros *sorted, const char *path)
{
	const struct retro key = { .path = path };
	const struct retro *wanted = &key;
	struct retro **found = bsearch(&wanted, sorted->at, sorted->nr,
				       sizeof(*sorted->at), by_retro_path);

	return found ? *found : NULL;
}

/* Of two in one commit: by date, else by the files' times where they tell, else
 * by path. */
static bool is_younger(const struct corpus *corpus, const struct retro *retro,
		       const struct retro *other)
{
	int64_t written, other_written;

	if (retro->date != other->date)
		return retro->date > other->date;
	written = written_at(corpus, retro->path);
	other_written = written_at(corpus, other->path);
	return written != other_written ? written > other_written
					: strcmp(retro->path, other->path) < 0;
}

/* Of those that the latest commit added. */
static struct err *find_last_added(struct retro **out,
				   const struct corpus *corpus)
{
	static const char commit[] = "commit ";
	struct retros sorted = sort_by_path(corpus);
	char hex[OID_HEX + 1];
	const char *args[] = { "log",
			       CHILD_LOG,
			       "--format=commit %H",
			       "--diff-filter=A",
			       "--no-renames",
			       "--name-only",
			       "-z",
			       corpus->commit ? oid_hex(hex, corpus->commit)
					      : "HEAD",
			       "--",
			       NULL,
			       NULL };
	struct retro *retro;
	const char *field;
	struct child child;
	struct err *e;

	if (*corpus->policy->root)
		args[ARRAY_SIZE(args) - 2] =
			arena_printf(corpus->arena, ":(top,literal)%s",
				     corpus->policy->root);
	e = child_start(&child, args);
	if (e)
		return e;
	while (child_fields(&field, 1, &child)) {
		field += *field == '\n';
		if (!strncmp(field, commit, strlen(commit))) {
			if (*out)
				break;
			continue;
		}
		retro = find_path(&sorted, field);
		if (retro && (!*out || is_younger(corpus, retro, *out)))
			*out = retro;
	}
	return child_finish(&child);
}

struct err *corpus_latest(struct retro **out, const struct corpus *corpus)
{
	struct err *e = NULL;

	*out = NULL;
	if (!corpus->retros.nr)
		return NULL;
	if (!corpus->commit)
		e = find_uncommitted(out, corpus);
	if (!e && !*out)
		e = find_last_added(out, corpus);
	if (!e && !*out) /* where history does not tell */
		*out = corpus->retros.at[0];
	return e;
}
