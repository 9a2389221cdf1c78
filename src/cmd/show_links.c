/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/show_links.h"

#include <strings.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cmd/traced.h"
#include "corpus/exposure.h"
#include "corpus/guard.h"
#include "git/walk.h"
#include "model/body.h"
#include "report/suggest.h"
#include "view/suggest.h"
#include "view/trace.h"

static struct err *add_trace(struct buf *out, struct env *env,
			     const struct exposures *exposures,
			     const struct style *style, bool head)
{
	struct traceds traceds = { 0 };
	struct err *e;

	for (size_t i = 0; i < exposures->nr; i++)
		traced_add(&traceds, env->arena, &exposures->at[i]);
	e = traced_describe(&traceds, env->arena, env->repo, env->config);
	for (size_t i = 0; !e && i < traceds.nr; i++) {
		if (i)
			buf_addch(out, '\n');
		trace_summary(out, style, exposures->lines, &traceds.at[i],
			      head);
	}
	return e;
}

/* The commits that are neither cause nor fix. */
static struct err *add_others(struct buf *out, struct env *env,
			      const struct retro *retro,
			      const struct style *style)
{
	struct commits commits = { 0 };
	struct err *e = walk_many(&commits, env->arena, env->repo,
				  &retro->commits.other);

	for (size_t i = 0; !e && i < commits.nr; i++)
		if (!oid_is_zero(&commits.at[i].id))
			trace_commit(out, style, "other", &commits.at[i].id,
				     &commits.at[i]);
	return e;
}

struct err *show_links(struct buf *out, struct env *env, struct corpus *corpus,
		       struct retro *retro, const struct style *style)
{
	const struct retros one = { &retro, 1, 1 };
	struct suggestions suggestions = { 0 };
	struct exposures exposures;
	struct release_lines lines = { 0 };
	struct oids tips = { 0 };
	struct err *e =
		release_lines_find(&lines, env->arena, env->repo, env->config,
				   &env->policy, NULL, NULL);

	if (!e)
		e = exposure_load(&exposures, corpus, &one, &lines);
	if (!e)
		guard_look(&exposures, corpus);
	if (!e && exposures.nr)
		e = add_trace(out, env, &exposures, style, true);
	if (!e)
		e = add_others(out, env, retro, style);
	if (!e)
		e = suggest_tips(&tips, corpus, env->config);
	if (!e)
		e = suggest_load(&suggestions, corpus, &one, &tips);
	if (e || !suggestions.nr)
		return e;
	style_put(out, style, STYLE_KEY, _("May be related:"));
	buf_addch(out, '\n');
	suggest_list(out, style, &suggestions);
	return NULL;
}

static void put_problem_head(struct buf *out, struct arena *a,
			     const struct style *style,
			     const struct retro *retro, const char *number)
{
	const struct pitfall *pitfall = body_pitfall(retro->body, number);
	const struct problem *problem = retro_problem(retro, number);

	style_put(out, style, STYLE_TITLE, text_cleaned(a, retro->title));
	buf_addf(out, " (%s#%s)\n\n%s: %s\n", text_cleaned(a, retro->id),
		 number, number,
		 pitfall ? text_cleaned(a, pitfall->text) : "-");
	for (size_t i = 0; problem && i < problem->guard.nr; i++) {
		style_put(out, style, STYLE_KEY, "guard");
		buf_addf(out, " %s\n", text_cleaned(a, problem->guard.at[i]));
	}
}

struct err *show_problem(struct buf *out, struct env *env,
			 struct corpus *corpus, struct retro *retro,
			 const char *number, const struct style *style)
{
	const struct retros one = { &retro, 1, 1 };
	struct release_lines lines = { 0 };
	struct exposures exposures;
	size_t kept = 0;
	struct err *e;

	put_problem_head(out, env->arena, style, retro, number);
	e = release_lines_find(&lines, env->arena, env->repo, env->config,
			       &env->policy, NULL, NULL);
	if (!e)
		e = exposure_load(&exposures, corpus, &one, &lines);
	if (e)
		return e;
	for (size_t i = 0; i < exposures.nr; i++) {
		const char *own = exposures.at[i].problem->pitfall;

		if (own && !strcasecmp(own, number))
			exposures.at[kept++] = exposures.at[i];
	}
	exposures.nr = kept;
	guard_look(&exposures, corpus);
	return add_trace(out, env, &exposures, style, false);
}
