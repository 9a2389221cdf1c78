/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "git/ref.h"
#include "git/rev.h"
#include "model/rule.h"
#include "store/corpus.h"
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
	const struct corpus *corpus;
};

/* In a shallow clone, what is not here may well be elsewhere. */
static int answer(const struct asked *asked, struct err *e)
{
	int known = !e ? 1 : e->code == ERR_NOT_FOUND ? 0 : -1;

	err_free(e);
	return known == 0 && repo_is_shallow(asked->repo) ? -1 : known;
}

static int ask_commit(void *data, const char *name)
{
	const struct asked *asked = data;
	struct oid oid;

	return answer(asked, rev_commit(&oid, asked->repo, name));
}

static int ask_tag(void *data, const char *name)
{
	const struct asked *asked = data;
	struct ref tag;

	return answer(asked, ref_tag(&tag, asked->arena, asked->repo, name));
}

static const struct retro *ask_retro(void *data, const char *id)
{
	const struct asked *asked = data;

	return corpus_by_id(asked->corpus, id);
}

/* --- checking --- */

static void check_one(struct env *env, struct corpus *corpus,
		      struct retro *retro)
{
	struct asked asked = { env->arena, env->repo, corpus };
	struct resolver resolver = { &asked, ask_commit, ask_tag, ask_retro };
	struct rule_input in = {
		.arena = env->arena,
		.diags = &corpus->diags,
		.policy = &env->policy,
		.retro = retro,
		.resolver = &resolver,
	};

	body_read(retro, env->arena, &corpus->diags, &env->policy);
	rule_check(&in);
}

static bool is_chosen(const struct retros *chosen, const char *path)
{
	for (size_t i = 0; i < chosen->nr; i++)
		if (!strcmp(chosen->at[i]->path, path))
			return true;
	return false;
}

/* Moves the problems of the chosen files, or of all if none is chosen, to
 * `out`, with paths as seen from the current directory. */
static void gather(struct diags *out, struct env *env,
		   const struct diags *diags, const struct retros *chosen)
{
	for (size_t i = 0; i < diags->nr; i++) {
		struct diag diag = diags->at[i];

		if (chosen->nr && !is_chosen(chosen, diag.path))
			continue;
		diag.path = path_relative(env->arena, repo_prefix(env->repo),
					  diag.path);
		vec_push(env->arena, out, diag);
	}
}

static struct err *check_all(struct diags *out, struct env *env,
			     struct corpus *corpus)
{
	struct retros chosen = { 0 };
	const struct retros *retros =
		env->rest.nr ? &chosen : &corpus->retros;

	for (size_t i = 0; i < env->rest.nr; i++) {
		struct retro *retro;
		struct err *e = corpus_find(&retro, corpus, env->rest.at[i]);

		if (e)
			return e;
		vec_push(env->arena, &chosen, retro);
	}
	for (size_t i = 0; i < retros->nr; i++)
		check_one(env, corpus, retros->at[i]);
	rule_check_all(env->arena, &corpus->diags, &corpus->retros);
	gather(out, env, &corpus->diags, &chosen);
	if (!chosen.nr)
		gather(out, env, &env->policy_diags, &chosen);
	diag_sort(out);
	return NULL;
}

static const char *plural(size_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

static void sum_up(const struct diags *diags)
{
	size_t errors = diag_count(diags, DIAG_ERROR);
	size_t warnings = diag_count(diags, DIAG_WARNING);

	if (errors || warnings)
		fprintf(stderr, "%zu %s, %zu %s\n", errors,
			plural(errors, "error", "errors"), warnings,
			plural(warnings, "warning", "warnings"));
}

static struct err *run(struct env *env)
{
	const struct args *args = env->args;
	struct diags diags = { .arena = env->arena };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct style style;
	struct err *e = corpus_load(&corpus, env->arena, env->repo,
				    &env->policy, NULL);

	if (!e)
		e = check_all(&diags, env, &corpus);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	if (args->format == FORMAT_JSON)
		record_diags(&out, &diags);
	else
		term_diags(&out, &style, &diags);
	e = cmd_print(env, &out);
	buf_release(&out);
	if (args->format == FORMAT_HUMAN)
		sum_up(&diags);
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
