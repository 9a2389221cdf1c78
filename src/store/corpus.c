/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/corpus.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "git/rev.h"
#include "git/tree.h"

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && !strcasecmp(s + n - m, end);
}

bool corpus_is_retro(const char *path)
{
	return (ends_with(path, ".md") || ends_with(path, ".markdown")) &&
	       strcasecmp(path_base(path), "README.md");
}

static void report(struct corpus *corpus, const char *path, const char *hint,
		   const char *text)
{
	diag_add(&corpus->diags, "file", path, (struct pos){ 0 }, hint, "%s",
		 text);
}

static void add(struct corpus *corpus, const char *path, const struct buf *b)
{
	const char *bytes = arena_strndup(corpus->arena, b->p, b->n);

	vec_push(corpus->arena, &corpus->retros,
		 retro_parse(corpus->arena, &corpus->diags, path, bytes, b->n));
}

/* --- from the work tree --- */

static bool is_link(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISLNK(st.st_mode);
}

/* One file of the work tree; `b` is scratch. What cannot be read is a problem
 * of that file, and the others are read all the same. */
static void read_path(struct corpus *corpus, const char *top,
		      const char *path, struct buf *b)
{
	const char *full = path_join(corpus->arena, top, path);
	struct err *e;

	if (is_link(full) && !path_is_inside(full, top)) {
		report(corpus, path, "put the file itself here",
		       "the link leads out of the repository");
		return;
	}
	buf_reset(b);
	e = file_read(b, full, FILE_MAX);
	if (e)
		report(corpus, path, e->hint, e->text);
	else
		add(corpus, path, b);
	err_free(e);
}

static struct err *load_work_tree(struct corpus *corpus)
{
	struct arena *a = corpus->arena;
	const char *top = repo_work_tree(corpus->repo);
	const char *dir = path_join(a, top, corpus->policy->dir);
	struct strs names = { 0 };
	struct buf b = BUF_INIT;
	struct err *e;

	if (!file_exists(dir))
		return NULL;
	if (!path_is_inside(dir, top)) {
		report(corpus, corpus->policy->dir, "make it a folder",
		       "the link leads out of the repository");
		return NULL;
	}
	e = file_list(&names, a, dir);
	for (size_t i = 0; !e && i < names.nr; i++)
		if (corpus_is_retro(names.at[i]))
			read_path(corpus, top,
				  path_join(a, corpus->policy->dir,
					    names.at[i]),
				  &b);
	buf_release(&b);
	return e;
}

/* --- from a commit --- */

static struct err *load_commit(struct corpus *corpus, const struct oid *commit)
{
	struct tree_entries entries = { 0 };
	struct buf b = BUF_INIT;
	struct err *e = tree_list(&entries, corpus->arena, corpus->repo,
				  commit, corpus->policy->dir);

	for (size_t i = 0; !e && i < entries.nr; i++) {
		const struct tree_entry *entry = &entries.at[i];
		struct err *failure;

		if (!corpus_is_retro(entry->path))
			continue;
		buf_reset(&b);
		failure = tree_blob(&b, corpus->repo, &entry->blob, FILE_MAX);
		if (failure)
			report(corpus, entry->path, failure->hint,
			       failure->text);
		else
			add(corpus, entry->path, &b);
		err_free(failure);
	}
	buf_release(&b);
	return e;
}

static struct err *load_rev(struct corpus *corpus, const char *rev)
{
	struct oid commit;
	struct err *e = rev ? rev_commit(&commit, corpus->repo, rev)
			    : rev_head(&commit, corpus->repo);

	if (e && !rev && e->code == ERR_NOT_FOUND) {
		err_free(e); /* nothing is committed yet */
		return NULL;
	}
	return e ? e : load_commit(corpus, &commit);
}

/* --- all of them --- */

/* Files without a date of their own bear that of their first commit: one
 * question to git for all, and none if each has a date. */
static struct err *date_the_undated(struct corpus *corpus)
{
	struct strs paths = { 0 };
	int32_t *days;
	struct err *e;
	size_t at = 0;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->date == DAY_NONE)
			vec_push(corpus->arena, &paths,
				 corpus->retros.at[i]->path);
	if (!paths.nr)
		return NULL;
	days = arena_alloc(corpus->arena, paths.nr * sizeof(*days));
	e = tree_first_days(days, corpus->repo, &paths);
	for (size_t i = 0; !e && i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->date == DAY_NONE)
			corpus->retros.at[i]->date = days[at++];
	return e;
}

/* DAY_NONE is the least of all days, so it comes last. */
static int compare(const void *a, const void *b)
{
	const struct retro *one = *(struct retro *const *)a;
	const struct retro *other = *(struct retro *const *)b;

	if (one->date != other->date)
		return one->date > other->date ? -1 : 1;
	return strcmp(one->path, other->path);
}

struct err *corpus_load(struct corpus *out, struct arena *a, struct repo *repo,
			const struct policy *policy, const char *rev)
{
	struct err *e;

	*out = (struct corpus){ .arena = a, .repo = repo, .policy = policy };
	out->diags.arena = a;
	e = rev || !repo_work_tree(repo) ? load_rev(out, rev)
					 : load_work_tree(out);
	if (!e)
		e = date_the_undated(out);
	if (!e && out->retros.nr)
		qsort(out->retros.at, out->retros.nr, sizeof(*out->retros.at),
		      compare);
	return e;
}

/* --- finding one --- */

struct retro *corpus_by_id(const struct corpus *corpus, const char *id)
{
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (!strcmp(corpus->retros.at[i]->id, id))
			return corpus->retros.at[i];
	return NULL;
}

static struct retro *by_path(const struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *top = repo_work_tree(corpus->repo);
	const char *root = path_normal(a, name);
	const char *here = path_normal(
		a, path_join(a, repo_prefix(corpus->repo), name));
	size_t n = top ? strlen(top) : 0;

	if (*name == '/' && top && !strncmp(root, top, n) && root[n] == '/')
		here = root + n + 1;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < corpus->retros.nr; i++)
			if (!strcmp(corpus->retros.at[i]->path,
				    pass ? root : here))
				return corpus->retros.at[i];
	return NULL;
}

typedef bool match_fn(const struct retro *retro, const char *name);

static bool covers_tag(const struct retro *retro, const char *name)
{
	return strs_has(&retro->releases, name);
}

static bool has_prefix(const struct retro *retro, const char *name)
{
	return *name && !strncmp(retro->id, name, strlen(name));
}

/* The one retro that matches; several are an error that names them. */
static struct err *only(struct retro **out, const struct corpus *corpus,
			const char *name, match_fn *matches)
{
	struct buf ids = BUF_INIT;
	size_t found = 0;
	struct err *e = NULL;

	for (size_t i = 0; i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (!matches(retro, name))
			continue;
		if (!found++)
			*out = retro;
		if (found <= 5)
			buf_addf(&ids, "%s%s", found > 1 ? ", " : "",
				 retro->id);
	}
	if (found > 1)
		e = err_hint(err_new(ERR_FAILED, "'%s' could be any of %zu "
						"retros",
				     name, found),
			     "name one: %s%s", ids.p, found > 5 ? ", ..." : "");
	buf_release(&ids);
	return e;
}

static struct err *none(const struct corpus *corpus, const char *name)
{
	struct strs ids = { 0 };
	struct err *e = err_new(ERR_NOT_FOUND, "there is no retro '%s'", name);
	const char *nearest;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		vec_push(corpus->arena, &ids, corpus->retros.at[i]->id);
	nearest = text_nearest(name, &ids);
	if (nearest)
		return err_hint(e, "did you mean '%s'?", nearest);
	return err_hint(e, "'git retro list' shows what there is");
}

struct err *corpus_find(struct retro **out, const struct corpus *corpus,
			const char *name)
{
	struct err *e;

	*out = by_path(corpus, name);
	if (!*out)
		*out = corpus_by_id(corpus, name);
	if (*out)
		return NULL;
	e = only(out, corpus, name, covers_tag);
	if (!e && !*out)
		e = only(out, corpus, name, has_prefix);
	if (!e && !*out && !strcmp(name, "@") && corpus->retros.nr)
		*out = corpus->retros.at[0];
	if (!e && !*out)
		e = none(corpus, name);
	return e;
}

const char *corpus_display(const struct corpus *corpus,
			   const struct retro *retro)
{
	return path_relative(corpus->arena, repo_prefix(corpus->repo),
			     retro->path);
}
