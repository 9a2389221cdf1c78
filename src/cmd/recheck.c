/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/recheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git/ref.h"
#include "git/rev.h"
#include "model/rule.h"
#include "tie/relink.h"
#include "view/term.h"

/* --- what a rule may ask --- */

struct asked {
	struct arena *arena;
	struct repo *repo;
	struct strs commits; /* sorted, each once */
	int *known;          /* what git says of each */
	struct retros by_id; /* sorted by id */
	const struct corpus *corpus;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_id(const void *a, const void *b)
{
	const struct retro *const *one = a, *const *other = b;

	return strcmp((*one)->id, (*other)->id);
}

static void add_commits(struct strs *out, struct arena *a,
			const struct retro *retro)
{
	const struct strs *lists[] = { &retro->commits.cause,
				       &retro->commits.fix,
				       &retro->commits.other };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->nr; j++)
			vec_push(a, out, lists[i]->at[j]);
}

/* One question for all commits of all `retros`: a corpus names thousands. */
static struct err *ask_ahead(struct asked *asked, const struct corpus *corpus,
			     const struct retros *retros)
{
	struct strs *commits = &asked->commits;
	size_t kept = 0;

	for (size_t i = 0; i < retros->nr; i++)
		add_commits(commits, asked->arena, retros->at[i]);
	strs_sort(commits);
	for (size_t i = 0; i < commits->nr; i++)
		if (!kept || strcmp(commits->at[kept - 1], commits->at[i]))
			commits->at[kept++] = commits->at[i];
	commits->nr = kept;
	asked->known =
		arena_alloc(asked->arena, (kept + 1) * sizeof(*asked->known));
	for (size_t i = 0; i < corpus->retros.nr; i++)
		vec_push(asked->arena, &asked->by_id, corpus->retros.at[i]);
	if (asked->by_id.nr)
		qsort(asked->by_id.at, asked->by_id.nr,
		      sizeof(*asked->by_id.at), by_id);
	return relink_look_hard(asked->known, asked->arena, asked->repo,
				commits);
}

static int ask_commit(void *data, const char *name)
{
	const struct asked *asked = data;
	const char **found = bsearch(&name, asked->commits.at,
				     asked->commits.nr, sizeof(name), by_text);

	return found ? asked->known[found - asked->commits.at] : -1;
}

static int ask_tag(void *data, const char *name)
{
	const struct asked *asked = data;
	struct ref tag;
	struct err *e = ref_tag(&tag, asked->arena, asked->repo, name);
	int known = !e ? 1 : e->code == ERR_NOT_FOUND ? 0 : -1;

	err_free(e);
	return known;
}

/* In a shallow clone nobody knows what there was. */
static int ask_rev(void *data, const char *name)
{
	const struct asked *asked = data;
	struct oid commit;
	struct err *e = rev_commit(&commit, asked->repo, name);
	int known = !e ? 1
		    : e->code == ERR_NOT_FOUND && !repo_is_shallow(asked->repo)
			    ? 0
			    : -1;

	err_free(e);
	return known;
}

static int ask_file(void *data, const char *path)
{
	const struct asked *asked = data;

	return corpus_has_file(asked->corpus, path);
}

static const struct retro *ask_retro(void *data, const char *id)
{
	const struct asked *asked = data;
	const struct retro key = { .id = id }, *sought = &key;
	struct retro **found;

	if (!asked->by_id.nr)
		return NULL;
	found = bsearch(&sought, asked->by_id.at, asked->by_id.nr,
			sizeof(*asked->by_id.at), by_id);
	return found ? *found : NULL;
}

/* --- checking --- */

struct err *recheck_retros(struct env *env, struct corpus *corpus,
			   const struct retros *retros)
{
	struct asked asked = { .arena = env->arena,
			       .repo = env->repo,
			       .corpus = corpus };
	struct resolver resolver = { .data = &asked,
				     .commit = ask_commit,
				     .tag = ask_tag,
				     .rev = ask_rev,
				     .file = ask_file,
				     .retro = ask_retro };
	struct rule_input in = {
		.arena = env->arena,
		.diags = &corpus->diags,
		.policy = &env->policy,
		.resolver = &resolver,
	};
	struct err *e = ask_ahead(&asked, corpus, retros);

	for (size_t i = 0; !e && i < retros->nr; i++) {
		in.retro = retros->at[i];
		rule_check(&in);
	}
	rule_check_all(env->arena, &corpus->diags, &corpus->retros);
	rule_override(&corpus->diags, &env->policy);
	return e;
}

struct err *recheck_file(struct env *env, const char *path)
{
	struct diags diags = { .arena = env->arena };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct style style;
	struct err *e =
		corpus_load(&corpus, env->arena, env->repo, &env->policy, NULL);

	for (size_t i = 0; !e && i < corpus.retros.nr; i++)
		if (!strcmp(corpus.retros.at[i]->path, path))
			vec_push(env->arena, &retros, corpus.retros.at[i]);
	if (!e)
		e = recheck_retros(env, &corpus, &retros);
	if (e)
		return e;
	corpus_problems(&diags, &corpus, &retros);
	for (size_t i = 0; i < diags.nr; i++)
		diags.at[i].path = path_relative(
			env->arena, repo_prefix(env->repo), diags.at[i].path);
	diag_sort(&diags);
	style_init(&style, env->config, 2);
	term_diags(&out, &style, &diags);
	fwrite(out.p, 1, out.n, stderr);
	buf_release(&out);
	return NULL;
}
