/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/corpus.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"
#include "corpus/branches.h"
#include "git/rev.h"
#include "git/staged.h"
#include "git/tree.h"
#include "index/index.h"
#include "index/parallel.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "model/read.h"

/* Turns a failure to read into a problem of what could not be read. */
static void report_unread(struct diags *diags, const char *path, struct err *e)
{
	if (e)
		diag_add(diags, RULE_FILE, path, (struct pos){ 0 }, e->hint,
			 "%s", e->text);
	err_free(e);
}

static struct retro *parse_retro(struct arena *a, struct diags *diags,
				 const char *path, const struct buf *b)
{
	const char *bytes = arena_strndup(a, b->p, b->n);

	return read_retro(a, diags, path, bytes, b->n);
}

/* --- from the work tree --- */

struct loading {
	const struct repo *repo;
	struct strs paths;
	struct retro **retros; /* of the paths; NULL: could not be read */
};

static void load_share(void *data, size_t from, size_t to, struct arena *a,
		       struct diags *diags)
{
	const struct loading *loading = data;
	struct buf b = BUF_INIT;

	for (size_t i = from; i < to; i++) {
		const char *path = loading->paths.at[i];
		struct err *e;

		buf_reset(&b);
		e = work_tree_read(&b, a, loading->repo, path);
		if (!e)
			loading->retros[i] = parse_retro(a, diags, path, &b);
		report_unread(diags, path, e);
	}
	buf_release(&b);
}

/* What cannot be read is a problem of that file or folder, and the others are
 * read all the same. */
static void load_work_tree(struct corpus *corpus)
{
	struct arena *a = corpus->arena;
	const char *dir = corpus->policy->dir;
	struct loading loading = { .repo = corpus->repo };
	struct file_tree tree = { 0 };

	report_unread(&corpus->diags, dir,
		      work_tree_list(&tree, a, corpus->repo, dir));
	for (size_t i = 0; i < tree.files.nr; i++)
		if (retro_is_path(tree.files.at[i]))
			vec_push(a, &loading.paths, tree.files.at[i]);
	loading.retros = arena_alloc(a, (loading.paths.nr + 1) *
						sizeof(*loading.retros));
	parallel_run(load_share, &loading, loading.paths.nr, a, &corpus->diags);
	for (size_t i = 0; i < loading.paths.nr; i++)
		if (loading.retros[i])
			vec_push(a, &corpus->retros, loading.retros[i]);
}

/* --- from a commit --- */

static void load_entries(struct corpus *corpus,
			 const struct tree_entries *entries)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < entries->nr; i++) {
		const struct tree_entry *entry = &entries->at[i];
		struct err *failure;

		if (!retro_is_path(entry->path))
			continue;
		buf_reset(&b);
		failure = tree_blob(&b, corpus->repo, &entry->blob, FILE_MAX);
		if (!failure)
			vec_push(corpus->arena, &corpus->retros,
				 parse_retro(corpus->arena, &corpus->diags,
					     entry->path, &b));
		report_unread(&corpus->diags, entry->path, failure);
	}
	buf_release(&b);
}

static struct err *load_commit(struct corpus *corpus, const struct oid *commit)
{
	struct tree_entries entries = { 0 };
	struct err *e = tree_list(&entries, corpus->arena, corpus->repo, commit,
				  corpus->policy->dir);

	if (!e)
		load_entries(corpus, &entries);
	return e;
}

/* The revision, or HEAD where there is no work tree: *from gets its commit,
 * none while nothing is committed yet. */
static struct err *find_commit(struct corpus *corpus, struct oids *from,
			       const char *rev)
{
	struct oid commit;
	struct err *e = rev ? rev_commit(&commit, corpus->repo, rev)
			    : rev_head(&commit, corpus->repo);

	if (!e) {
		vec_push(corpus->arena, from, commit);
		corpus->commit = &from->at[0];
	} else if (!rev && e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = NULL;
	}
	return e;
}

/* --- from every branch --- */

/* A file as a place has it; `place` is an index, lower is newer. */
struct placed {
	const char *path;
	struct oid blob;
	size_t place;
};
struct placed_list VEC_OF(struct placed);

/* One text of a retro, and where it lies. */
struct copy {
	struct retro *retro;
	bool here;
	size_t place;   /* the newest that has it */
	struct strs on; /* branches */
};
struct copies VEC_OF(struct copy);

static int by_string(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	if (!order)
		order = memcmp(&one->blob, &other->blob, sizeof(one->blob));
	if (!order)
		order = one->place < other->place ? -1 : 1;
	return order;
}

static void list_places(struct placed_list *out, struct corpus *corpus,
			const struct branch_states *places)
{
	for (size_t i = 0; i < places->nr; i++) {
		struct tree_entries entries = { 0 };
		const struct branch_state *place = &places->at[i];

		report_unread(
			&corpus->diags, corpus->policy->dir,
			err_context(tree_list(&entries, corpus->arena,
					      corpus->repo, &place->commit,
					      corpus->policy->dir),
				    "on branch %s", place->branches.at[0]));
		for (size_t j = 0; j < entries.nr; j++)
			if (retro_is_path(entries.at[j].path))
				vec_push(corpus->arena, out,
					 (struct placed){ entries.at[j].path,
							  entries.at[j].blob,
							  i });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_string);
}

/* A checkout may change line endings (core.autocrlf). */
static bool same_text(const char *a, size_t an, const char *b, size_t bn)
{
	size_t i = 0, j = 0;

	while (i < an && j < bn) {
		i += a[i] == '\r' && i + 1 < an && a[i + 1] == '\n';
		j += b[j] == '\r' && j + 1 < bn && b[j + 1] == '\n';
		if (a[i++] != b[j++])
			return false;
	}
	return i == an && j == bn;
}

static int compare_path(const void *path, const void *retro)
{
	return strcmp(path, (*(struct retro *const *)retro)->path);
}

/* The retro of a branch's file: mostly the one that the work tree has there
 * (corpus->retros, still sorted by path); then it need not be parsed. */
static struct err *read_copy(struct retro **out, struct corpus *corpus,
			     const struct placed *file, struct buf *b)
{
	struct diags ignored = { .arena = corpus->arena };
	struct retro **here = NULL;
	struct err *e;

	buf_reset(b);
	e = tree_blob(b, corpus->repo, &file->blob, FILE_MAX);
	if (e)
		return e;
	if (corpus->retros.nr)
		here = bsearch(file->path, corpus->retros.at, corpus->retros.nr,
			       sizeof(*corpus->retros.at), compare_path);
	if (here && same_text((*here)->bytes, (*here)->n, b->p, b->n))
		*out = *here;
	else
		*out = read_retro(corpus->arena, &ignored, file->path,
				  arena_strndup(corpus->arena, b->p, b->n),
				  b->n);
	return NULL;
}

static void read_copies(struct copies *out, struct corpus *corpus,
			const struct placed_list *files,
			const struct branch_states *places)
{
	struct arena *a = corpus->arena;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < files->nr;) {
		const struct placed *first = &files->at[i];
		struct copy copy = { .place = first->place };
		struct err *e = read_copy(&copy.retro, corpus, first, &b);

		for (;
		     i < files->nr && !strcmp(files->at[i].path, first->path) &&
		     oid_equal(&files->at[i].blob, &first->blob);
		     i++)
			strs_append(a, &copy.on,
				    &places->at[files->at[i].place].branches);
		if (!e)
			vec_push(a, out, copy);
		report_unread(&corpus->diags, first->path, e);
	}
	buf_release(&b);
}

static const char *retro_identity(const struct retro *retro)
{
	return retro->has_id ? retro->id : retro->path;
}

static int by_retro_identity(const void *a, const void *b)
{
	const struct copy *one = a, *other = b;
	int order = strcmp(retro_identity(one->retro),
			   retro_identity(other->retro));

	if (!order && one->here != other->here)
		order = one->here ? -1 : 1;
	if (!order && one->place != other->place)
		order = one->place < other->place ? -1 : 1;
	return order ? order : strcmp(one->retro->path, other->retro->path);
}

/* Adds a copy to those kept of its retro, which begin at `from`. */
static void merge_copy(struct corpus *corpus, size_t from,
		       const struct copy *copy)
{
	struct retro *retro = copy->retro;
	struct retros *kept = &corpus->retros;

	for (size_t i = from; i < kept->nr; i++)
		if (same_text(kept->at[i]->bytes, kept->at[i]->n, retro->bytes,
			      retro->n)) {
			strs_append(corpus->arena, &kept->at[i]->on, &copy->on);
			return;
		}
	if (!copy->here && kept->nr > from) {
		strs_append(corpus->arena, &kept->at[from]->differs_on,
			    &copy->on);
		return;
	}
	retro->here = copy->here;
	retro->on = copy->on;
	vec_push(corpus->arena, kept, retro);
}

static void merge_all(struct corpus *corpus, struct copies *copies)
{
	size_t from = 0;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		vec_push(corpus->arena, copies,
			 (struct copy){ .retro = corpus->retros.at[i],
					.here = true });
	if (copies->nr)
		qsort(copies->at, copies->nr, sizeof(*copies->at),
		      by_retro_identity);
	corpus->retros = (struct retros){ 0 };
	for (size_t i = 0; i < copies->nr; i++) {
		if (i && strcmp(retro_identity(copies->at[i].retro),
				retro_identity(copies->at[i - 1].retro)))
			from = corpus->retros.nr;
		merge_copy(corpus, from, &copies->at[i]);
	}
}

/* *from gets the commits that were looked at. */
static struct err *load_branches(struct corpus *corpus, struct oids *from)
{
	struct branch_states places = { 0 };
	struct placed_list files = { 0 };
	struct copies copies = { 0 };
	struct strs dirs = { 0 };
	struct err *e;

	vec_push(corpus->arena, &dirs, corpus->policy->dir);
	e = branches_list(&places, corpus->arena, corpus->repo, &dirs);
	if (e)
		return e;
	list_places(&files, corpus, &places);
	read_copies(&copies, corpus, &files, &places);
	merge_all(corpus, &copies);
	for (size_t i = 0; i < places.nr; i++)
		vec_push(corpus->arena, from, places.at[i].commit);
	return NULL;
}

/* --- all of them --- */

/* Files without a date of their own bear that of their first commit in the
 * history of `from` (of HEAD, if it is empty): one question to git for all, and
 * none if each has a date. Where git cannot say, as in a clone without the
 * trees of old commits, they stay undated. */
static void date_the_undated(struct corpus *corpus, const struct oids *from)
{
	struct strs paths = { 0 };
	int32_t *days;
	size_t at = 0;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->date == DAY_NONE)
			vec_push(corpus->arena, &paths,
				 corpus->retros.at[i]->path);
	if (!paths.nr)
		return;
	days = arena_alloc(corpus->arena, paths.nr * sizeof(*days));
	err_free(tree_first_days(days, corpus->repo, from->nr ? from : NULL,
				 &paths));
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->date == DAY_NONE)
			corpus->retros.at[i]->date = days[at++];
}

/* DAY_NONE is the least of all days, so it comes last. */
static int newest_retro_first(const void *a, const void *b)
{
	const struct retro *one = *(struct retro *const *)a;
	const struct retro *other = *(struct retro *const *)b;

	if (one->date != other->date)
		return one->date > other->date ? -1 : 1;
	return strcmp(one->path, other->path);
}

static void start_corpus(struct corpus *corpus, struct arena *a,
			 struct repo *repo, const struct policy *policy)
{
	*corpus = (struct corpus){
		.arena = a, .repo = repo, .policy = policy, .diags.arena = a
	};
}

static void finish_corpus(struct corpus *corpus, const struct oids *from)
{
	date_the_undated(corpus, from);
	if (corpus->retros.nr)
		qsort(corpus->retros.at, corpus->retros.nr,
		      sizeof(*corpus->retros.at), newest_retro_first);
}

struct err *corpus_load(struct corpus *out, struct arena *a, struct repo *repo,
			const struct policy *policy, const char *rev)
{
	struct oids from = { 0 };
	struct err *e = NULL;

	start_corpus(out, a, repo, policy);
	if (!rev && repo_work_tree(repo))
		load_work_tree(out);
	else
		e = find_commit(out, &from, rev);
	if (!e && out->commit)
		e = load_commit(out, out->commit);
	if (!e)
		finish_corpus(out, &from);
	return e;
}

void corpus_of(struct corpus *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct oid *commit,
	       const struct retros *retros)
{
	struct oids from = { 0 };

	start_corpus(out, a, repo, policy);
	out->commit = commit;
	if (commit)
		vec_push(a, &from, *commit);
	for (size_t i = 0; i < retros->nr; i++)
		vec_push(a, &out->retros, retros->at[i]);
	finish_corpus(out, &from);
}

static struct err *survey(struct corpus *out, const char *rev, bool bodies)
{
	struct arena *a = out->arena;
	struct oids from = { 0 };
	struct index *index = NULL;
	struct err *e = NULL;

	if (rev || !repo_work_tree(out->repo))
		e = find_commit(out, &from, rev);
	if (!e)
		e = index_open(&index, a, out->repo, out->policy, out->commit,
			       0, &out->diags);
	if (!e)
		e = index_retros(&out->retros, index, bodies, &out->diags);
	index_close(index);
	if (!e)
		finish_corpus(out, &from);
	return e;
}

struct err *corpus_survey(struct corpus *out, struct arena *a,
			  struct repo *repo, const struct policy *policy,
			  const char *rev)
{
	start_corpus(out, a, repo, policy);
	return survey(out, rev, true);
}

struct err *corpus_survey_fields(struct corpus *out, struct arena *a,
				 struct repo *repo, const struct policy *policy,
				 const char *rev)
{
	start_corpus(out, a, repo, policy);
	return survey(out, rev, false);
}

struct err *corpus_load_index(struct corpus *out, struct arena *a,
			      struct repo *repo, const struct policy *policy)
{
	struct tree_entries entries = { 0 };
	struct oids from = { 0 };
	struct err *e;

	start_corpus(out, a, repo, policy);
	out->from_index = true;
	e = staged_list(&entries, a, policy->dir);
	if (!e)
		e = staged_paths(&out->staged, a);
	if (e)
		return e;
	load_entries(out, &entries);
	finish_corpus(out, &from);
	return NULL;
}

struct err *corpus_load_all(struct corpus *out, struct arena *a,
			    struct repo *repo, const struct policy *policy)
{
	struct oids from = { 0 };
	struct oid head;
	struct err *e;

	start_corpus(out, a, repo, policy);
	if (repo_work_tree(repo))
		load_work_tree(out);
	e = load_branches(out, &from);
	if (e)
		return e;
	e = rev_head(&head, repo);
	if (!e)
		vec_push(a, &from, head);
	err_free(e); /* nothing is committed yet */
	finish_corpus(out, &from);
	return NULL;
}

void corpus_problems(struct diags *out, const struct corpus *corpus,
		     const struct retros *retros)
{
	for (size_t i = 0; i < corpus->diags.nr; i++)
		for (size_t j = 0; j < retros->nr; j++)
			if (!strcmp(retros->at[j]->path,
				    corpus->diags.at[i].path)) {
				vec_push(corpus->arena, out,
					 corpus->diags.at[i]);
				break;
			}
}

void corpus_problems_at(struct diags *out, const struct corpus *corpus,
			const struct strs *paths)
{
	for (size_t i = 0; i < corpus->diags.nr; i++)
		if (strs_has(paths, corpus->diags.at[i].path))
			vec_push(corpus->arena, out, corpus->diags.at[i]);
}

/* Of paths that are sorted, whether one is this, or lies below it. */
static bool has_path(const struct strs *sorted, const char *path)
{
	size_t low = 0, high = sorted->nr, n = strlen(path);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(sorted->at[mid], path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	/* "a-b" and "a.c" sort between "a" and "a/b". */
	for (; low < sorted->nr && !strncmp(sorted->at[low], path, n); low++)
		if (!sorted->at[low][n] || sorted->at[low][n] == '/')
			return true;
	return false;
}

/* On disk no link is followed that leads out of the repository. */
int corpus_has_file(const struct corpus *corpus, const char *path)
{
	const char *top = repo_work_tree(corpus->repo);
	const char *full;

	if (!*path)
		return 1;
	if (corpus->commit)
		return tree_has(corpus->repo, corpus->commit, path);
	if (corpus->from_index)
		return has_path(&corpus->staged, path);
	if (!top)
		return -1;
	full = path_join(corpus->arena, top, path);
	return file_exists(full) && path_is_inside(full, top);
}

struct reading {
	const struct retros *retros;
	const struct policy *policy;
};

static void read_retros_share(void *data, size_t from, size_t to,
			      struct arena *a, struct diags *diags)
{
	const struct reading *reading = data;

	for (size_t i = from; i < to; i++)
		body_read(reading->retros->at[i], a, diags, reading->policy);
}

void corpus_read_bodies(struct corpus *corpus, const struct retros *retros)
{
	struct retros unread = { 0 };
	struct reading reading = { &unread, corpus->policy };

	for (size_t i = 0; i < retros->nr; i++)
		if (!retros->at[i]->body)
			vec_push(corpus->arena, &unread, retros->at[i]);
	parallel_run(read_retros_share, &reading, unread.nr, corpus->arena,
		     &corpus->diags);
}

/* --- finding one --- */

struct retro *corpus_by_id(const struct corpus *corpus, const char *id)
{
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (!strcmp(corpus->retros.at[i]->id, id))
			return corpus->retros.at[i];
	return NULL;
}

/* Without an end slash. */
static const char *from_root(const struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *top = repo_work_tree(corpus->repo), *path;
	size_t n = top ? strlen(top) : 0;

	if (*name != '/')
		name = path_join(a, repo_prefix(corpus->repo), name);
	path = path_normal(a, name);
	if (*path != '/' || !top || strncmp(path, top, n))
		return path;
	return path[n] == '/' ? path + n + 1 : path[n] ? path : "";
}

const char *corpus_rooted(const struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *path = from_root(corpus, name);
	const char *top = repo_work_tree(corpus->repo);
	size_t n = strlen(name);

	if (*path && ((n && name[n - 1] == '/') ||
		      (top && file_is_dir(path_join(a, top, path)))))
		path = arena_printf(a, "%s/", path);
	return path;
}

static struct retro *retro_by_path(const struct corpus *corpus,
				   const char *name)
{
	const char *root = path_normal(corpus->arena, name);
	const char *here = from_root(corpus, name);

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
static struct err *only_match(struct retro **out, const struct corpus *corpus,
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
		e = err_hint(err_new(ERR_FAILED,
				     "'%s' could be any of %zu "
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

	*out = retro_by_path(corpus, name);
	if (!*out)
		*out = corpus_by_id(corpus, name);
	if (*out)
		return NULL;
	e = only_match(out, corpus, name, covers_tag);
	if (!e && !*out)
		e = only_match(out, corpus, name, has_prefix);
	if (!e && !*out && !strcmp(name, "@") && corpus->retros.nr)
		*out = corpus->retros.at[0];
	if (!e && !*out)
		e = none(corpus, name);
	return e;
}

struct err *corpus_find_problems(struct problem_names *out,
				 struct retros *retros,
				 const struct corpus *corpus,
				 const struct strs *names)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < names->nr; i++) {
		struct problem_name one = { 0 };
		const char *name;
		bool known = false;

		problem_split(&name, &one.number, corpus->arena, names->at[i]);
		e = corpus_find(&one.retro, corpus, name);
		for (size_t j = 0; !e && j < retros->nr; j++)
			known |= retros->at[j] == one.retro;
		if (e)
			continue;
		vec_push(corpus->arena, out, one);
		if (!known)
			vec_push(corpus->arena, retros, one.retro);
	}
	return e;
}

bool problem_names_have(const struct problem_names *names,
			const struct retro *retro,
			const struct problem *problem)
{
	for (size_t i = 0; i < names->nr; i++) {
		const struct problem_name *name = &names->at[i];

		if (name->retro == retro &&
		    (!name->number ||
		     (problem->pitfall &&
		      !strcasecmp(problem->pitfall, name->number))))
			return true;
	}
	return false;
}

struct err *corpus_find_all(struct retros *out, const struct corpus *corpus,
			    const struct strs *names)
{
	struct retro *retro;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < names->nr; i++) {
		e = corpus_find(&retro, corpus, names->at[i]);
		if (!e)
			vec_push(corpus->arena, out, retro);
	}
	return e;
}

const char *corpus_display(const struct corpus *corpus,
			   const struct retro *retro)
{
	return path_relative(corpus->arena, repo_prefix(corpus->repo),
			     retro->path);
}
