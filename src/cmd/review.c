/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "cmd/range.h"
#include "git/rev.h"
#include "model/markdown.h"
#include "report/broken_links.h"
#include "report/check.h"
#include "report/review.h"
#include "view/review.h"
#include "view/term.h"

enum review_format { REVIEW_HUMAN, REVIEW_MARKDOWN, REVIEW_JSON };
static const char *const format_names_review[] = { "human", "markdown", "json",
						   NULL };

struct args {
	int format;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_review, N_("human, markdown or json")),
	OPT_END,
};

static const char *const usage[] = {
	"review [--format <format>] [<rev> | <A...B>]",
	NULL,
};

/* --- what is reviewed --- */

/* The branch that requests go to, as far as a clone knows: what the remote
 * calls its HEAD, or the usual names. In full, since a branch can be called
 * origin/HEAD. */
static const char *default_branch(struct env *env)
{
	const char *usual = config_get(env->config, "init.defaultbranch");
	const char *names[] = {
		"refs/remotes/origin/HEAD",
		arena_printf(env->arena, "refs/heads/%s",
			     usual ? usual : "main"),
		"refs/heads/main",
		"refs/heads/master",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct oid commit;
		struct err *e = rev_commit(&commit, env->repo, names[i]);
		bool found = !e;

		err_pass(e);
		if (found)
			return names[i];
	}
	return NULL;
}

static struct err *choose_review_range(struct rev_range *span, struct env *env)
{
	const char *base = env->rest.nr ? env->rest.at[0] : NULL;

	if (env->rest.nr > 1)
		return err_new(ERR_USAGE, _("review takes one base"));
	if (base && strstr(base, ".."))
		return range_read(span, env, base);
	if (!base)
		base = default_branch(env);
	if (!base)
		return err_hint(
			err_new(ERR_NOT_FOUND,
				_("the default branch is unknown here")),
			_("name the base: git retro review <base>"));
	return range_between(span, env, base, "HEAD");
}

/* --- what check finds in it --- */

static struct err *find_review_problems(struct review *review, struct env *env,
					const struct range *range)
{
	struct retros changed = { 0 };
	struct err *e;

	for (size_t i = 0; i < review->changes.retros.nr; i++)
		if (review->changes.retros.at[i].after)
			vec_push(env->arena, &changed,
				 review->changes.retros.at[i].after);
	e = check_all_retros(&review->after, &changed);
	if (!e)
		corpus_problems_at(&review->findings, &review->after,
				   &review->paths);
	if (!e)
		e = broken_links_find(&review->findings, &review->after, range,
				      &review->paths);
	diag_sort(&review->findings);
	return e;
}

/* --- the answer --- */

static void put_human(struct buf *out, struct env *env,
		      const struct review *review)
{
	struct buf markdown = BUF_INIT;
	struct style style;
	bool limited;

	review_markdown(&markdown, review, true);
	style_init(&style, env->config, 1);
	if (markdown.n)
		term_markdown(out, &style,
			      md_parse(env->arena, markdown.p, markdown.n, 1, 0,
				       &limited));
	buf_release(&markdown);
}

static struct err *run_review(struct env *env)
{
	const struct args *args = env->args;
	struct review review;
	struct range range;
	struct rev_range span;
	struct buf out = BUF_INIT;
	struct err *e = choose_review_range(&span, env);

	if (e)
		return e;
	range = (struct range){ .from = &span.from, .to = span.to };
	e = review_gather(&review, env->arena, env->repo, env->config,
			  &env->policy, &range);
	if (!e)
		e = find_review_problems(&review, env, &range);
	if (e)
		return e;
	if (args->format == REVIEW_JSON)
		review_json(&out, env->arena, &review);
	else if (args->format == REVIEW_MARKDOWN)
		review_markdown(&out, &review, false);
	else
		put_human(&out, env, &review);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static const char *const examples[] = {
	"git retro review",
	"git retro review main --format markdown",
	NULL,
};

const struct cmd cmd_review = {
	.name = "review",
	.summary = N_("Tell a reviewer what to know about a branch"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run_review,
};
