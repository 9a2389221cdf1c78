/* SPDX-License-Identifier: GPL-2.0-only */
/* What `git retro` alone says in a repository: how it stands, what to do. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "corpus/corpus.h"
#include "report/status.h"

static const char *const brief_usage[] = { "", NULL };

/* The most pressing thing first. */
static void add_next(struct buf *out, struct arena *a, const struct env *env,
		     const struct corpus *corpus,
		     const struct status_report *status)
{
	if (!policy_origin(&env->policy, policy_table) && !corpus->retros.nr)
		buf_addstr(out, _("next: git retro init\n"));
	else if (status->problems.nr)
		buf_addstr(out, _("next: git retro check\n"));
	else if (status->owed.nr)
		buf_addf(
			out, _("next: git retro new --release %s\n"),
			quote_word(a, text_cleaned(a, status->owed.at[0].tag)));
	else if (status->late.nr)
		buf_addf(out, _("next: git retro edit %s\n"),
			 quote_word(a,
				    text_cleaned(
					    a, status->late.at[0].retro->id)));
	else if (status->dead.nr)
		buf_addstr(out, _("next: git retro relink\n"));
	else if (status->overdue.nr)
		buf_addstr(out, _("next: git retro actions --overdue\n"));
	else if (!corpus->retros.nr)
		buf_addstr(out, _("next: git retro new\n"));
	else
		buf_addstr(out, _("next: git retro search <words>\n"));
}

static void add_brief(struct buf *out, struct arena *a, const struct env *env,
		      const struct corpus *corpus,
		      const struct status_report *status)
{
	size_t retros = corpus->retros.nr;

	if (retros)
		buf_addf(out,
			 Q_("%zu retro, the newest: %s\n",
			    "%zu retros, the newest: %s\n", retros),
			 retros, text_cleaned(a, corpus->retros.at[0]->id));
	else
		buf_addstr(out, _("No retros yet.\n"));
	if (status->owed.nr)
		buf_addf(out,
			 Q_("%zu release without a retro\n",
			    "%zu releases without a retro\n", status->owed.nr),
			 status->owed.nr);
	else if (status->no_release)
		buf_addstr(out, _("No releases yet.\n"));
	else
		buf_addstr(out, retros ? _("All releases have a retro.\n")
				       : _("No release needs a retro yet.\n"));
	buf_addf(out,
		 Q_("%zu open action, %zu overdue\n",
		    "%zu open actions, %zu overdue\n", status->open),
		 status->open, status->overdue.nr);
	add_next(out, a, env, corpus, status);
	buf_addstr(out,
		   _("commands: git retro help; details: git retro status\n"));
}

static struct err *run_brief(struct env *env)
{
	struct status_report status;
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct err *e =
		corpus_open(&corpus, env->arena, env->repo, &env->policy, NULL);

	if (!e)
		e = status_load(&status, &corpus, &env->policy_diags);
	if (e)
		return e;
	add_brief(&out, env->arena, env, &corpus, &status);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, NULL);
	return e;
}

const struct cmd cmd_brief = {
	.name = "",
	.summary = N_("Show in a few lines how things stand"),
	.usage = brief_usage,
	.needs = CMD_REPO | CMD_INDEX | CMD_HIDDEN,
	.run = run_brief,
};
