/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "base/quote.h"
#include "base/text.h"
#include "cmd/create.h"
#include "cmd/templates.h"
#include "report/cover.h"

struct skip_args {
	const char *reason;
	const char *language;
};

static const struct opt opts[] = {
	OPT_STRING(0, "reason", struct skip_args, reason, "<text>",
		   N_("why it needs none, in one line")),
	OPT_STRING(0, "language", struct skip_args, language, "<en|zh>",
		   N_("language of the title")),
	OPT_END,
};

static struct err *check_skip_usage(struct env *env)
{
	const struct skip_args *args = env->args;
	const char *reason = args->reason ? args->reason : "";
	size_t n = strlen(reason);

	if (env->rest.nr != 1)
		return err_new(ERR_USAGE, _("skip takes one release"));
	text_trim(&reason, &n);
	if (!n)
		return err_hint(err_new(ERR_USAGE, _("skip needs a reason")),
				"git retro skip %s --reason \"...\"",
				quote_word(env->arena, env->rest.at[0]));
	return NULL;
}

/* A waiver next to a retro would say two things about one release, wherever
 * the retro lies. */
static struct err *check_uncovered(struct env *env, const struct corpus *corpus,
				   const char *release)
{
	struct strs tags = { 0 }, missing = { 0 };
	struct err *e = create_uncovered(corpus, release);

	if (e)
		return e;
	vec_push(env->arena, &tags, release);
	e = cover_missing(&missing, env->arena, env->repo, &env->policy, &tags,
			  NULL);
	if (!e && !missing.nr)
		e = err_hint(err_new(ERR_EXISTS,
				     _("'%s' already has a retro, on another "
				       "branch"),
				     release),
			     _("it arrives when that branch is merged"));
	return e;
}

static struct err *write_waiver(struct env *env, struct corpus *corpus,
				const char *release)
{
	const struct skip_args *args = env->args;
	struct draft draft = { .status = STATUS_WAIVED,
			       .kind = KIND_RELEASE,
			       .release = release,
			       .summary = args->reason };
	struct buf text = BUF_INIT;
	const char *path = NULL;
	struct err *e = create_language(&draft.language, env, args->language);

	if (e)
		return e;
	draft.title =
		arena_printf(env->arena,
			     draft.language == LANGUAGE_ZH ? "%s 不做复盘"
							   : "No retro for %s",
			     release);
	e = create_identity(&draft, &path, env, corpus, release);
	if (!e)
		e = templates_fill(&text, env, "waiver", &draft);
	if (!e)
		e = create_file(env, path, &text);
	buf_reset(&text);
	if (!e) {
		const struct retro written = { .path = path };

		buf_addf(&text, "%s\n", corpus_display(corpus, &written));
		e = cmd_print(env, &text);
	}
	buf_release(&text);
	return e;
}

static struct err *run_skip(struct env *env)
{
	struct corpus corpus = { 0 };
	struct ref tag;
	struct err *e = check_skip_usage(env);

	if (!e)
		e = create_release(&tag, env, env->rest.at[0]);
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = create_listed(&corpus);
	if (!e)
		e = check_uncovered(env, &corpus, tag.name);
	if (!e)
		e = write_waiver(env, &corpus, tag.name);
	if (!e)
		cmd_hint_unread(&corpus.diags, NULL);
	return e;
}

static const char *const usage[] = { "skip <tag> --reason <text>", NULL };

static const char *const examples[] = {
	"git retro skip v1.4.1 --reason \"only translations\"",
	NULL,
};

const struct cmd cmd_skip = {
	.name = "skip",
	.summary = N_("Record that a release needs no retro, and why"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct skip_args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_skip,
};
