/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "git/known.h"
#include "git/ref.h"
#include "model/rule.h"
#include "store/corpus.h"
#include "store/settings.h"
#include "view/record.h"
#include "view/term.h"

struct args {
	int format;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, "human or json"),
	OPT_END,
};

static const char *const usage[] = {
	"check [--format <format>] [<retro>...]",
	NULL,
};

/* --- what a rule may ask --- */

struct asked {
	struct arena *arena;
	struct repo *repo;
	struct strs commits; /* sorted, each once */
	int *known;          /* what git says of each */
	struct retros by_id; /* sorted by id */
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
	return known_commits(asked->known, asked->repo, commits);
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

static struct err *apply_rules(struct env *env, struct corpus *corpus,
			       const struct retros *retros)
{
	struct asked asked = { .arena = env->arena, .repo = env->repo };
	struct resolver resolver = { &asked, ask_commit, ask_tag, ask_retro };
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
	return e;
}

/* The path as the person stands to it. Settings can also come from a file
 * elsewhere, or from no file: see settings_load(). */
static void add_seen(struct diags *out, struct env *env, struct diag diag,
		     bool from_root)
{
	if (from_root)
		diag.path = path_relative(env->arena, repo_prefix(env->repo),
					  diag.path);
	vec_push(env->arena, out, diag);
}

/* What was found in the retros that were named; if none was, everywhere. */
static void gather(struct diags *out, struct env *env,
		   const struct corpus *corpus, const struct retros *retros)
{
	struct diags found = { .arena = env->arena };

	if (env->rest.nr) {
		corpus_problems(&found, corpus, retros);
	} else {
		found = corpus->diags;
		settings_unknown(&env->policy_diags, env->arena, env->repo,
				 env->config);
	}
	for (size_t i = 0; i < found.nr; i++)
		add_seen(out, env, found.at[i], true);
	for (size_t i = 0; !env->rest.nr && i < env->policy_diags.nr; i++) {
		const struct diag *diag = &env->policy_diags.at[i];

		add_seen(out, env, *diag, !strcmp(diag->path, POLICY_FILE));
	}
	diag_sort(out);
}

/* --- the answer --- */

static void add_count(struct buf *out, size_t n, const char *what)
{
	if (n)
		buf_addf(out, "%s%zu %s%s", out->n ? ", " : "", n, what,
			 n == 1 ? "" : "s");
}

static void sum_up(const struct diags *diags, size_t retros)
{
	struct buf text = BUF_INIT;

	add_count(&text, diag_count(diags, DIAG_ERROR), "error");
	add_count(&text, diag_count(diags, DIAG_WARNING), "warning");
	add_count(&text, diag_count(diags, DIAG_NOTE), "note");
	fflush(stdout); /* what is summed up comes first, also in a log */
	if (text.n)
		fprintf(stderr, "%s in %zu retro%s\n", text.p, retros,
			retros == 1 ? "" : "s");
	buf_release(&text);
}

static struct err *run(struct env *env)
{
	const struct args *args = env->args;
	struct diags diags = { .arena = env->arena };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct style style;
	struct err *e =
		corpus_load(&corpus, env->arena, env->repo, &env->policy, NULL);

	if (!e && env->rest.nr)
		e = corpus_find_all(&retros, &corpus, &env->rest);
	else if (!e)
		retros = corpus.retros;
	if (!e)
		e = apply_rules(env, &corpus, &retros);
	if (e)
		return e;
	gather(&diags, env, &corpus, &retros);
	style_init(&style, env->config, 1);
	if (args->format == FORMAT_JSON)
		record_diags(&out, &diags);
	else
		term_diags(&out, &style, &diags);
	e = cmd_print(env, &out);
	buf_release(&out);
	if (args->format == FORMAT_HUMAN)
		sum_up(&diags, retros.nr);
	if (diag_count(&diags, DIAG_ERROR))
		env->status = EXIT_NEGATIVE;
	return e;
}

const struct cmd cmd_check = {
	.name = "check",
	.summary = "Hold retros to the rules of the format",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO,
	.run = run,
};
