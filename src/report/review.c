/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/review.h"

#include <string.h>

#include "base/file.h"
#include "git/diff.h"
#include "git/tree.h"
#include "lineage/noise.h"
#include "model/body.h"
#include "model/dirs.h"
#include "report/cover.h"
#include "report/kickoff.h"

/* --- settings --- */

/* Those of the file in a commit, over the defaults. */
static void settings_at(struct policy *out, struct arena *a, struct repo *repo,
			const struct oid *commit, struct diags *diags)
{
	struct buf bytes = BUF_INIT;
	struct err *e = tree_file(&bytes, repo, commit, POLICY_FILE, FILE_MAX);

	policy_init(out, a);
	if (!e)
		policy_read(out, a, diags, POLICY_FILE,
			    arena_strndup(a, bytes.p, bytes.n), bytes.n);
	err_pass(e); /* there is none, or it cannot be read: the defaults */
	buf_release(&bytes);
}

static void compare_settings(struct review *review, struct arena *a,
			     struct repo *repo)
{
	struct diags ignored = { .arena = a };
	struct policy before, after;

	if (!strs_has(&review->paths, POLICY_FILE))
		return;
	settings_at(&before, a, repo, &review->from, &ignored);
	settings_at(&after, a, repo, &review->to, &review->findings);
	for (size_t i = 0; i < policy_count; i++) {
		const struct setting *setting = &policy_table[i];
		struct setting_change change = {
			.key = setting->key,
			.before = policy_text(&before, a, setting),
			.after = policy_text(&after, a, setting),
		};

		if (strcmp(change.before, change.after) != 0)
			vec_push(a, &review->settings, change);
	}
}

/* --- actions --- */

static bool is_changed(const struct review *review, const struct retro *retro)
{
	for (size_t i = 0; i < review->changes.retros.nr; i++)
		if (review->changes.retros.at[i].after == retro)
			return true;
	return false;
}

static struct err *find_overdue(struct review *review, struct arena *a)
{
	struct listed_actions open = { 0 };
	struct err *e = actions_open(&open, &review->after);

	for (size_t i = 0; i < open.nr; i++)
		if (open.at[i].overdue && is_changed(review, open.at[i].retro))
			vec_push(a, &review->overdue, open.at[i]);
	return e;
}

/* --- release branches --- */

static bool names_commits(const struct retro *retro)
{
	return retro->problems.nr > 0;
}

/* What is unknown here a reviewer cannot know either. */
static void keep_known(struct audit *audit)
{
	size_t kept = 0;

	for (size_t i = 0; i < audit->findings.nr; i++)
		if (audit->findings.at[i].cell->state != TRACE_UNKNOWN)
			audit->findings.at[kept++] = audit->findings.at[i];
	audit->findings.nr = kept;
}

static struct err *find_carried(struct review *review, struct arena *a,
				struct repo *repo, const struct config *config,
				const struct policy *policy)
{
	const struct strs no_tags = { 0 };
	struct corpus changed = review->after;
	struct err *e;

	changed.retros = (struct retros){ 0 };
	for (size_t i = 0; i < review->changes.retros.nr; i++) {
		struct retro *retro = review->changes.retros.at[i].after;

		if (retro && names_commits(retro))
			vec_push(a, &changed.retros, retro);
	}
	if (!changed.retros.nr)
		return NULL;
	e = release_lines_find(&review->lines, a, repo, config, policy,
			       &no_tags, NULL);
	if (!e && review->lines.nr)
		e = audit_run(&review->carried, &changed, &review->lines);
	if (!e)
		keep_known(&review->carried);
	return e;
}

/* --- earlier retros --- */

/* Words of more new retros than these are not looked up. */
#define ALIKE_MAX 5

/* Whether the retro or one of its pitfalls is named. */
static bool has_seen(const struct strs *names, const char *id)
{
	size_t n = strlen(id);

	for (size_t i = 0; i < names->nr; i++)
		if (!strncmp(names->at[i], id, n) &&
		    (!names->at[i][n] || names->at[i][n] == '#'))
			return true;
	return false;
}

/* Whether it is none of the branch's own, and the new one does not name it
 * already. */
static bool is_news(struct review *review, const struct retro *retro,
		    const struct retro *other)
{
	return corpus_by_id(&review->before, other->id) &&
	       !strs_has(&retro->related, other->id) &&
	       !has_seen(&retro->seen_before, other->id) &&
	       !strs_has(&retro->supersedes, other->id);
}

static struct err *find_alike(struct review *review, struct arena *a)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < review->changes.retros.nr; i++) {
		const struct retro_change *change =
			&review->changes.retros.at[i];
		struct likeness one = { .retro = change->after };
		struct similars found = { 0 };

		if (change->before || review->alike.nr == ALIKE_MAX)
			break;
		e = similar_find(&found, &review->before, change->after);
		for (size_t j = 0; !e && j < found.nr; j++)
			if (is_news(review, change->after, found.at[j].retro))
				vec_push(a, &one.similars, found.at[j]);
		vec_push(a, &review->alike, one);
	}
	return e;
}

struct walked {
	struct arena *a;
	struct oids *commits;
};

static bool keep_reviewed_commit(void *data, const struct commit *commit)
{
	struct walked *walked = data;

	vec_push(walked->a, walked->commits, commit->id);
	return true;
}

static bool is_retros_own(const struct policy *policy, const char *path)
{
	return !strcmp(path, POLICY_FILE) || dirs_hold(&policy->dirs, path);
}

/* Guards are told on their own: there it is known which were moved. */
static void drop_guards(struct findings *past)
{
	size_t kept = 0;

	for (size_t i = 0; i < past->nr; i++) {
		struct finding *finding = &past->at[i];
		size_t left = 0;

		for (size_t j = 0; j < finding->evidence.nr; j++)
			if (finding->evidence.at[j].type != EVIDENCE_GUARD)
				finding->evidence.at[left++] =
					finding->evidence.at[j];
		finding->evidence.nr = left;
		if (left)
			past->at[kept++] = *finding;
	}
	past->nr = kept;
}

static struct err *find_past(struct review *review, struct arena *a,
			     struct repo *repo, const struct policy *policy,
			     const struct range *range)
{
	struct context_question question = { .is_change = true,
					     .at_review = true,
					     .range = range };
	struct walked walked = { a, &question.commits };
	struct err *e;

	for (size_t i = 0; i < review->paths.nr; i++)
		if (!is_retros_own(policy, review->paths.at[i]))
			vec_push(a, &question.paths, review->paths.at[i]);
	if (!question.paths.nr || !review->before.retros.nr)
		return NULL;
	e = walk_range(repo, range, keep_reviewed_commit, &walked);
	if (!e)
		e = context_find(&review->past, &review->before, &question);
	drop_guards(&review->past);
	return e;
}

/* --- guards --- */

/* What the branch calls a file that it moved; NULL if it moved none, or where
 * git cannot tell. */
static const char *moved_to(const struct diff_files *files, const char *path)
{
	for (size_t i = 0; i < files->nr; i++)
		if (files->at[i].old_path &&
		    !strcmp(files->at[i].old_path, path))
			return files->at[i].path;
	return NULL;
}

static void add_lost_guard(struct review *review, struct arena *a,
			   const struct retro *retro,
			   const struct problem *problem,
			   const struct diff_files *files, const char *path)
{
	const struct pitfall *pitfall =
		body_problem_pitfall(retro->body, problem);
	struct lost_guard lost = { .path = path,
				   .to = moved_to(files, path),
				   .retro = retro,
				   .problem = problem };

	if (lost.to && problem_guard(problem, lost.to))
		return;
	lost.name = retro_problem_name(a, retro, problem);
	lost.pitfall = pitfall ? pitfall->text : retro->title;
	vec_push(a, &review->guards, lost);
}

/* The files that the branch touches and that are not there any more. */
static void list_gone(struct strs *out, struct arena *a, struct repo *repo,
		      const struct review *review)
{
	for (size_t i = 0; i < review->paths.nr; i++)
		if (tree_has(repo, &review->to, review->paths.at[i]) == 0 &&
		    tree_has(repo, &review->from, review->paths.at[i]) == 1)
			vec_push(a, out, review->paths.at[i]);
}

static bool has_guards(const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++)
		for (size_t j = 0; j < retros->at[i]->problems.nr; j++)
			if (retros->at[i]->problems.at[j].guard.nr)
				return true;
	return false;
}

static void find_lost_guards(struct review *review, struct arena *a,
			     struct repo *repo, const struct range *range)
{
	const struct retros *retros = &review->before.retros;
	struct diff_files files = { 0 };
	struct strs gone = { 0 };

	if (!has_guards(retros))
		return;
	list_gone(&gone, a, repo, review);
	if (gone.nr) /* without blobs a moved file is a deleted one */
		err_pass(diff_numstat(&files, a, repo, range));
	for (size_t i = 0; gone.nr && i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];

		if (retro->status == STATUS_SUPERSEDED)
			continue;
		for (size_t j = 0; j < retro->problems.nr; j++)
			for (size_t k = 0; k < gone.nr; k++)
				if (problem_guard(&retro->problems.at[j],
						  gone.at[k]))
					add_lost_guard(review, a, retro,
						       &retro->problems.at[j],
						       &files, gone.at[k]);
	}
}

/* --- packages --- */

static struct err *find_review_locks(struct review *review, struct arena *a,
				     struct repo *repo,
				     const struct range *range)
{
	struct strs own = { 0 };

	for (size_t i = 0; i < review->paths.nr; i++)
		if (!noise_is_foreign(review->paths.at[i]))
			vec_push(a, &own, review->paths.at[i]);
	return lock_changes_find(&review->locks, a, repo, range, &own);
}

/* A retro that is there and cannot be read (a partial clone) would be told as
 * one that is new, or gone. */
static struct err *refuse_unread(const struct review *review,
				 const struct corpus *corpus,
				 const struct oid *commit)
{
	struct err *e = NULL;

	if (!diag_count(&corpus->diags, DIAG_ERROR))
		return NULL;
	for (size_t i = 0; !e && i < review->paths.nr; i++) {
		const char *path = review->paths.at[i];
		struct buf bytes = BUF_INIT;
		struct oid blob;

		if (dirs_have(&corpus->policy->dirs, path) &&
		    tree_file_id(&blob, corpus->repo, commit, path))
			e = tree_blob(&bytes, corpus->repo, &blob, FILE_MAX);
		buf_release(&bytes);
		if (e && e->code == ERR_UNSUPPORTED) {
			err_free(e); /* too large: it counts as none */
			e = NULL;
		}
	}
	return e;
}

struct err *review_gather(struct review *out, struct arena *a,
			  struct repo *repo, const struct config *config,
			  const struct policy *policy,
			  const struct range *range)
{
	char hex[OID_HEX + 1];
	struct releases all = { 0 };
	struct err *e;

	*out = (struct review){ .from = *range->from, .to = range->to };
	out->findings.arena = a;
	e = diff_names(&out->paths, a, repo, range);
	if (!e)
		e = corpus_open(&out->before, a, repo, policy,
				oid_hex(hex, &out->from));
	if (!e)
		e = corpus_open(&out->after, a, repo, policy,
				oid_hex(hex, &out->to));
	if (!e)
		e = refuse_unread(out, &out->before, &out->from);
	if (!e)
		e = refuse_unread(out, &out->after, &out->to);
	if (!e)
		e = changes_find(&out->changes, a, &out->before, &out->after,
				 &out->paths);
	if (e)
		return e;
	compare_settings(out, a, repo);
	e = find_overdue(out, a);
	if (!e)
		e = release_list(&all, a, repo, policy);
	if (!e)
		e = cover_owed(&out->owed, a, repo, policy, &all, &out->after);
	if (!e)
		e = find_carried(out, a, repo, config, policy);
	if (!e)
		find_lost_guards(out, a, repo, range);
	if (!e)
		e = find_alike(out, a);
	if (!e)
		e = find_past(out, a, repo, policy, range);
	if (!e)
		e = find_review_locks(out, a, repo, range);
	if (!e)
		e = kickoff_open(&out->kickoff, &out->after, &out->paths);
	return e;
}

bool review_is_empty(const struct review *review)
{
	return !review->changes.retros.nr && !review->changes.actions.nr &&
	       !review->settings.nr && !review->findings.nr &&
	       !review->overdue.nr && !review->owed.nr &&
	       !review->carried.findings.nr && !review->guards.nr &&
	       !review->locks.nr && !review->kickoff.nr && !review->past.nr;
}
