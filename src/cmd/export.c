/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/export.h"
#include "many/ask.h"

#define FLUSH_SIZE ((size_t)1 << 16)

struct args {
	int to;
	const char *at, *name, *known, *match, *repos;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "to", struct args, to, "<target>", export_targets,
		   N_("ndjson, postgresql, sqlite, elasticsearch or "
		      "cloudevents")),
	CMD_OPT_AT(struct args),
	OPT_STRING(0, "name", struct args, name, "<text>",
		   N_("what this repository is called there")),
	OPT_STRING(0, "known", struct args, known, "<file>",
		   N_("do not send what this list says is there; - is stdin")),
	OPT_STRING(0, "match", struct args, match, "<words>",
		   N_("print the expression that searches for these words")),
	OPT_REPOS(struct args),
	OPT_END,
};

static const char *const usage[] = {
	"export --to <target> [--repos[=<path>]] [<option>...]",
	"export --to <target> --match <words>",
	NULL,
};

/* --- writing --- */

static void flush_export(struct export *export)
{
	cmd_write(export->out);
	buf_reset(export->out);
}

static struct err *take_retro(void *data, json_t *retro)
{
	struct export *export = data;

	export_retro(export, retro);
	if (export->out->n > FLUSH_SIZE)
		flush_export(export);
	return cmd_write_error()
		       ? err_new(ERR_FAILED, _("cannot write the output: %s"),
				 i18n_libc(strerror(cmd_write_error())))
		       : NULL;
}

/* --- one repository --- */

static const char *own_name(struct env *env)
{
	const struct args *args = env->args;
	const char *root = repo_work_tree(env->repo);
	const char *base = path_base(root ? root : repo_common_dir(env->repo));
	size_t n = strlen(base);

	if (args->name)
		return args->name;
	if (!root && n > 4 && !strcmp(base + n - 4, ".git"))
		return arena_strndup(env->arena, base, n - 4);
	return base;
}

static struct err *export_here(struct export *export, struct env *env)
{
	const struct args *args = env->args;
	const char *name = own_name(env);
	struct corpus corpus;
	struct err *e = corpus_open(&corpus, env->arena, env->repo,
				    &env->policy, args->at);

	if (!e)
		e = export_read(&corpus, name, take_retro, export);
	if (e)
		return e;
	export_repo(export, name);
	cmd_hint_unread(&corpus.diags, args->at);
	return NULL;
}

/* --- many --- */

/* An object a line. */
static struct err *take_export_lines(struct export *export,
				     struct many_answer *answer)
{
	const char *s = answer->out.p, *end = s + answer->out.n;
	struct err *e = NULL;

	while (!e && s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		json_t *retro = nl ? json_loadb(s, (size_t)(nl - s),
						JSON_ALLOW_NUL, NULL)
				   : NULL;

		if (!json_is_object(retro)) {
			json_decref(retro);
			answer->failure = _("its answer cannot be read");
			return NULL;
		}
		e = take_retro(export, retro);
		s = nl + 1;
	}
	if (!e)
		export_repo(export, answer->repo->name);
	return e;
}

struct gathering {
	struct env *env;
	struct export *export;
	size_t failed, all;
};

static struct err *take_export_answer(void *data, struct many_answer *answer)
{
	struct gathering *gathering = data;
	struct arena *a = gathering->env->arena;
	struct err *e = NULL;

	if (!answer->failure)
		e = take_export_lines(gathering->export, answer);
	if (answer->failure) {
		gathering->failed++;
		fprintf(stderr, "git retro: %s: %s\n",
			text_cleaned(a, answer->repo->path),
			text_cleaned(a, answer->failure));
	}
	gathering->all++;
	return e;
}

static struct err *export_many(struct export *export, struct env *env)
{
	const struct args *args = env->args;
	const char *child[] = {
		"export",
		"--to=ndjson",
		many_own_name,
		args->at ? arena_printf(env->arena, "--at=%s", args->at) : NULL,
		NULL,
	};
	struct gathering gathering = { .env = env, .export = export };
	const struct many_ask ask = { .args = child,
				      .blanks = { many_own_name },
				      .slot = many_name_slot,
				      .done = take_export_answer,
				      .data = &gathering };
	struct many_repos repos = { 0 };
	struct many_answers answers = { 0 };
	struct err *e =
		many_repos_find(&repos, env->arena, env->config, args->repos);

	if (!e)
		e = many_ask(&answers, env->arena, &repos, &ask);
	many_answers_release(&answers);
	if (!e && gathering.failed == gathering.all)
		e = err_new(ERR_FAILED,
			    _("none of %zu repositories could be read"),
			    gathering.all);
	if (!e && gathering.failed)
		env->status = EXIT_UNKNOWN;
	return e;
}

/* --- the command --- */

static struct err *print_match(struct env *env)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct terms terms;
	struct err *e =
		terms_parse(&terms, env->arena, args->match, &env->policy);

	if (!e)
		e = export_match(&out, env->arena, &terms, &env->policy,
				 (enum export_target)args->to);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static struct err *run_export(struct env *env)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct export export = { .target = (enum export_target)args->to,
				 .arena = env->arena,
				 .out = &out };
	struct err *e = NULL;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	if (args->match)
		return print_match(env);
	if (args->known)
		e = export_known_read(&export, args->known);
	if (!e)
		export_begin(&export);
	if (!e)
		e = args->repos ? export_many(&export, env)
				: export_here(&export, env);
	if (!e)
		export_end(&export);
	flush_export(&export);
	buf_release(&out);
	return e;
}

static const char *const examples[] = {
	"git retro export --to postgresql | psql retros",
	"git retro export --to ndjson --repos=/srv/git",
	NULL,
};

const struct cmd cmd_export = {
	.name = "export",
	.summary = N_("Write the retros for a database or a search engine"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_INDEX | CMD_MANY,
	.run = run_export,
};
