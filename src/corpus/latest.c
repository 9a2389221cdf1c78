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

/* When a file of the work tree was written, in nanoseconds; -1: nobody knows. */
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

/* Of two in one commit: by date, else by the files' times where they tell. */
static bool is_younger(const struct corpus *corpus, size_t i, size_t best)
{
	const struct retro *retro = corpus->retros.at[i];
	const struct retro *other = corpus->retros.at[best];
	int64_t written = written_at(corpus, retro->path);
	int64_t other_written = written_at(corpus, other->path);

	if (retro->date != other->date)
		return retro->date > other->date;
	return written != other_written ? written > other_written : i < best;
}

/* Of those that the latest commit added. */
static struct err *find_last_added(struct retro **out,
				   const struct corpus *corpus)
{
	static const char commit[] = "commit ";
	const char *args[] = { "log",
			       "--no-show-signature",
			       "--format=commit %H",
			       "--diff-filter=A",
			       "--no-renames",
			       "--name-only",
			       "-z",
			       "HEAD",
			       "--",
			       corpus->policy->root,
			       NULL };
	size_t best = corpus->retros.nr;
	const char *field;
	struct child child;
	struct err *e;

	if (!*corpus->policy->root)
		args[8] = NULL;
	e = child_start(&child, args);
	if (e)
		return e;
	while (child_fields(&field, 1, &child)) {
		field += *field == '\n';
		if (!strncmp(field, commit, strlen(commit))) {
			if (best < corpus->retros.nr)
				break;
			continue;
		}
		for (size_t i = 0; i < corpus->retros.nr; i++)
			if (!strcmp(corpus->retros.at[i]->path, field) &&
			    (best == corpus->retros.nr ||
			     is_younger(corpus, i, best)))
				best = i;
	}
	if (best < corpus->retros.nr)
		*out = corpus->retros.at[best];
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
