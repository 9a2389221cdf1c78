/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include "store/corpus.h"
#include "view/record.h"
#include "view/term.h"

struct args {
	bool raw;
	int format;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "raw", struct args, raw, "the file's bytes as they are"),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, "human or json"),
	OPT_END,
};

static const char *const usage[] = {
	"show [--raw | --format <format>] [<retro>...]",
	NULL,
};

/* The retros that were named; without a name, the newest. */
static struct err *choose(struct retros *out, struct env *env,
			  const struct corpus *corpus)
{
	if (env->rest.nr)
		return corpus_find_all(out, corpus, &env->rest);
	if (!corpus->retros.nr)
		return err_hint(err_new(ERR_NOT_FOUND, "there is no retro yet"),
				"'git retro new' drafts one");
	vec_push(env->arena, out, corpus->retros.at[0]);
	return NULL;
}

static void show_human(struct buf *out, struct env *env,
		       const struct retros *retros)
{
	struct style style;

	style_init(&style, env->config, 1);
	for (size_t i = 0; i < retros->nr; i++) {
		if (i)
			buf_addch(out, '\n');
		term_show(out, &style, retros->at[i], retros->at[i]->body);
	}
}

static void render(struct buf *out, struct env *env, const struct args *args,
		   const struct retros *retros, struct diags *problems)
{
	if (args->raw) {
		for (size_t i = 0; i < retros->nr; i++)
			buf_add(out, retros->at[i]->bytes, retros->at[i]->n);
		return;
	}
	for (size_t i = 0; i < retros->nr; i++)
		body_read(retros->at[i], env->arena, problems, &env->policy);
	if (args->format == FORMAT_JSON)
		record_json(out, env->arena, retros, RECORD_BODY);
	else
		show_human(out, env, retros);
}

static struct err *run(struct env *env)
{
	const struct args *args = env->args;
	struct diags problems = { .arena = env->arena };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct err *e;

	if (args->raw && args->format)
		return err_new(ERR_USAGE,
			       "--raw and --format do not go together");
	e = corpus_load(&corpus, env->arena, env->repo, &env->policy, NULL);
	if (!e)
		e = choose(&retros, env, &corpus);
	if (e)
		return e;
	corpus_problems(&problems, &corpus, &retros);
	render(&out, env, args, &retros, &problems);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&problems, NULL);
	return e;
}

const struct cmd cmd_show = {
	.name = "show",
	.summary = "Show a retro, rendered for the terminal",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run,
};
