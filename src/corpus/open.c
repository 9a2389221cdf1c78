/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/corpus.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "corpus/internal.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/index.h"
#include "index/parallel.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "model/read.h"

void corpus_report(struct corpus *corpus, const char *path, struct err *e)
{
	if (e)
		diag_add(&corpus->diags, RULE_FILE, path, (struct pos){ 0 },
			 e->hint, "%s", e->text);
	err_free(e);
}

/* --- opening --- */

void corpus_init(struct corpus *out, struct arena *a, struct repo *repo,
		 const struct policy *policy)
{
	*out = (struct corpus){
		.arena = a, .repo = repo, .policy = policy, .diags.arena = a
	};
}

static void start_at(struct corpus *corpus, const struct oid *commit)
{
	vec_push(corpus->arena, &corpus->from, *commit);
	corpus->commit = &corpus->from.at[0];
}

struct err *corpus_start_at_head(struct corpus *corpus)
{
	struct oid commit;
	struct err *e = rev_head(&commit, corpus->repo);

	if (!e)
		start_at(corpus, &commit);
	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	err_free(e);
	return NULL;
}

struct err *corpus_begin(struct corpus *out, struct arena *a, struct repo *repo,
			 const struct policy *policy, const char *rev)
{
	struct oid commit;
	struct err *e;

	corpus_init(out, a, repo, policy);
	if (!rev)
		return repo_work_tree(repo) ? NULL : corpus_start_at_head(out);
	e = rev_commit(&commit, repo, rev);
	if (!e)
		start_at(out, &commit);
	return e;
}

struct err *corpus_open(struct corpus *out, struct arena *a, struct repo *repo,
			const struct policy *policy, const char *rev)
{
	struct err *e = corpus_begin(out, a, repo, policy, rev);

	return e ? e : corpus_survey(out);
}

void corpus_of(struct corpus *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct oid *commit,
	       const struct retros *retros)
{
	corpus_init(out, a, repo, policy);
	if (commit)
		start_at(out, commit);
	for (size_t i = 0; i < retros->nr; i++)
		vec_push(a, &out->retros, retros->at[i]);
	corpus_finish(out);
}

/* --- surveying --- */

void corpus_date(const struct corpus *corpus, const struct retros *retros)
{
	struct strs paths = { 0 };
	int32_t *days;
	size_t at = 0;

	for (size_t i = 0; i < retros->nr; i++)
		if (retros->at[i]->date == DAY_NONE)
			vec_push(corpus->arena, &paths, retros->at[i]->path);
	if (!paths.nr)
		return;
	days = arena_alloc(corpus->arena, paths.nr * sizeof(*days));
	err_pass(tree_first_days(days, corpus->repo,
				 corpus->from.nr ? &corpus->from : NULL,
				 &paths));
	for (size_t i = 0; i < retros->nr; i++)
		if (retros->at[i]->date == DAY_NONE)
			retros->at[i]->date = days[at++];
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

void corpus_finish(struct corpus *corpus)
{
	corpus_date(corpus, &corpus->retros);
	if (corpus->retros.nr)
		qsort(corpus->retros.at, corpus->retros.nr,
		      sizeof(*corpus->retros.at), newest_retro_first);
	corpus->surveyed = true;
}

static struct err *look_at(struct corpus *corpus, const struct oid *commit)
{
	struct err *e = index_open(&corpus->index, corpus->arena, corpus->repo,
				   corpus->policy, commit, 0, &corpus->diags);

	if (!e)
		corpus->files = *index_files(corpus->index);
	return e;
}

struct err *corpus_look(struct corpus *corpus)
{
	return look_at(corpus, corpus->commit);
}

void corpus_close(struct corpus *corpus)
{
	index_close(corpus->index);
	corpus->index = NULL;
}

struct err *corpus_list(struct retros *out, struct corpus *corpus,
			const struct oid *commit)
{
	struct err *e = corpus->index ? NULL : look_at(corpus, commit);

	if (!e)
		e = index_retros(out, corpus->index, &corpus->diags);
	/* Making a damaged index anew could have changed them. */
	if (!e)
		corpus->files = *index_files(corpus->index);
	corpus_close(corpus);
	return e;
}

static struct retro *with_path(const struct retros *retros, const char *path)
{
	for (size_t i = 0; i < retros->nr; i++)
		if (!strcmp(retros->at[i]->path, path))
			return retros->at[i];
	return NULL;
}

/* What was found before is told of only once. */
static void drop_problems(struct corpus *corpus, const struct retros *found)
{
	size_t kept = 0;

	for (size_t i = 0; i < corpus->diags.nr; i++)
		if (!with_path(found, corpus->diags.at[i].path))
			corpus->diags.at[kept++] = corpus->diags.at[i];
	corpus->diags.nr = kept;
}

struct err *corpus_survey(struct corpus *corpus)
{
	const struct retros found = corpus->retros;
	struct retros all = { 0 };
	struct err *e = NULL;

	if (corpus->surveyed)
		return NULL;
	if (found.nr && !corpus->staged)
		drop_problems(corpus, &found);
	if (corpus->staged)
		e = corpus_list_staged(&all, corpus);
	else
		e = corpus_list(&all, corpus, corpus->commit);
	for (size_t i = 0; !e && found.nr && i < all.nr; i++) {
		struct retro *same = with_path(&found, all.at[i]->path);

		if (same)
			all.at[i] = same;
	}
	if (e)
		return e;
	corpus->retros = all;
	corpus_finish(corpus);
	return NULL;
}

/* --- reading --- */

struct retro *corpus_parse(struct corpus *corpus, const char *path,
			   const struct buf *b)
{
	struct arena *a = corpus->arena;
	struct retro *retro = read_retro(a, &corpus->diags, path,
					 arena_strndup(a, b->p, b->n), b->n);

	body_read(retro, a, &corpus->diags, corpus->policy);
	return retro;
}

struct reading {
	const struct corpus *corpus;
	const struct retros *retros;
	struct buf *texts; /* of the retros, where they were read before */
	struct err **errors;
};

/* What reading finds was told by the survey. */
static void read_retro_text(struct retro *retro, struct arena *a,
			    const struct policy *policy, const struct buf *text)
{
	struct diags told = { .arena = a };
	struct retro *whole =
		read_retro(a, &told, retro->path,
			   arena_strndup(a, text->p, text->n), text->n);

	body_read(whole, a, &told, policy);
	if (whole->date == DAY_NONE)
		whole->date = retro->date;
	*retro = *whole;
}

static void read_retros_share(void *data, size_t from, size_t to,
			      struct arena *a, struct diags *diags)
{
	const struct reading *reading = data;
	const struct corpus *corpus = reading->corpus;

	(void)diags;
	for (size_t i = from; i < to; i++) {
		struct retro *retro = reading->retros->at[i];
		struct buf *text = &reading->texts[i];

		if (!corpus->commit)
			reading->errors[i] = work_tree_read(
				text, a, corpus->repo, retro->path);
		if (!reading->errors[i])
			read_retro_text(retro, a, corpus->policy, text);
		buf_release(text);
	}
}

/* libgit2 is asked before several threads read. */
static void read_blobs(struct reading *reading)
{
	const struct corpus *corpus = reading->corpus;

	for (size_t i = 0; corpus->commit && i < reading->retros->nr; i++)
		reading->errors[i] = tree_file(
			&reading->texts[i], corpus->repo, corpus->commit,
			reading->retros->at[i]->path, FILE_MAX);
}

struct err *corpus_read(struct corpus *corpus, const struct retros *retros)
{
	struct arena *a = corpus->arena;
	struct retros unread = { 0 };
	struct reading reading = { .corpus = corpus, .retros = &unread };
	struct err *first = NULL;

	for (size_t i = 0; i < retros->nr; i++)
		if (!retros->at[i]->bytes)
			vec_push(a, &unread, retros->at[i]);
	reading.texts = arena_alloc(a, (unread.nr + 1) * sizeof(struct buf));
	reading.errors =
		arena_alloc(a, (unread.nr + 1) * sizeof(*reading.errors));
	for (size_t i = 0; i < unread.nr; i++)
		buf_init(&reading.texts[i]);
	read_blobs(&reading);
	parallel_run(read_retros_share, &reading, unread.nr, a, &corpus->diags);
	for (size_t i = 0; i < unread.nr; i++) {
		if (first)
			err_free(reading.errors[i]);
		else
			first = reading.errors[i];
	}
	return first;
}

/* Retros whose texts are in memory at once. */
#define BATCH 200

struct err *corpus_each(const struct corpus *corpus, corpus_each_fn *fn,
			void *data)
{
	const struct retros *all = &corpus->retros;
	struct err *e = NULL;

	corpus_zones(corpus, all);
	for (size_t i = 0; !e && i < all->nr; i += BATCH) {
		struct arena scratch = ARENA_INIT;
		struct corpus some = *corpus;
		struct retros retros = { 0 };

		some.arena = &scratch;
		some.diags = (struct diags){ .arena = &scratch };
		for (size_t j = i; j < all->nr && j < i + BATCH; j++) {
			struct retro *copy =
				arena_alloc(&scratch, sizeof(*copy));

			*copy = *all->at[j];
			vec_push(&scratch, &retros, copy);
		}
		some.retros = retros;
		e = corpus_read(&some, &retros);
		for (size_t j = 0; !e && j < retros.nr; j++) {
			corpus_keep_zones(retros.at[j], all->at[i + j]);
			e = fn(data, &scratch, retros.at[j]);
		}
		arena_release(&scratch);
	}
	return e;
}

/* --- what is asked of it --- */

void corpus_problems(struct diags *out, const struct corpus *corpus,
		     const struct retros *retros)
{
	for (size_t i = 0; i < corpus->diags.nr; i++)
		if (with_path(retros, corpus->diags.at[i].path))
			vec_push(corpus->arena, out, corpus->diags.at[i]);
}

void corpus_problems_at(struct diags *out, const struct corpus *corpus,
			const struct strs *paths)
{
	for (size_t i = 0; i < corpus->diags.nr; i++)
		if (strs_has(paths, corpus->diags.at[i].path))
			vec_push(corpus->arena, out, corpus->diags.at[i]);
}

/* On disk, what is behind a link is none of the repository's files. */
int corpus_has_file(const struct corpus *corpus, const char *path)
{
	enum file_kind kind;
	struct err *e;

	if (!*path)
		return 1;
	if (corpus->staged)
		return corpus_has_staged(corpus, path);
	if (corpus->commit)
		return tree_has(corpus->repo, corpus->commit, path);
	if (!repo_work_tree(corpus->repo))
		return -1;
	e = work_tree_look(&kind, corpus->arena, corpus->repo, path);
	if (e && e->code != ERR_UNSUPPORTED) {
		err_pass(e);
		return -1;
	}
	err_free(e);
	return kind != FILE_NONE;
}
