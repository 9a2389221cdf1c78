/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/traced.h"

#include "git/walk.h"
#include "model/body.h"

static void add_commit_names(struct strs *out, struct arena *a,
			     const struct oids *ids)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++)
		vec_push(a, out, arena_strdup(a, oid_hex(hex, &ids->at[i])));
}

void traced_add(struct traceds *out, struct arena *a,
		const struct exposure *exposure)
{
	struct traced traced = { .retro = exposure->retro,
				 .problem = exposure->problem,
				 .trace = exposure->trace,
				 .guarded = exposure->guarded };
	const struct pitfall *pitfall = NULL;

	if (traced.problem->pitfall && traced.retro->body)
		pitfall = body_problem_pitfall(traced.retro->body,
					       traced.problem);
	traced.pitfall = pitfall ? pitfall->text : NULL;
	vec_push(a, out, traced);
}

struct err *traced_describe(struct traceds *traceds, struct arena *a,
			    struct repo *repo, const struct config *config)
{
	struct strs names = { 0 };
	struct commits commits = { 0 };
	const struct commit *at;
	struct err *e;

	for (size_t i = 0; i < traceds->nr; i++) {
		add_commit_names(&names, a,
				 &traceds->at[i].trace->question->cause);
		add_commit_names(&names, a,
				 &traceds->at[i].trace->question->fix);
		add_commit_names(&names, a,
				 &traceds->at[i].trace->question->backport);
	}
	e = walk_kept(&commits, a, repo, config, &names);
	at = commits.at;
	for (size_t i = 0; !e && i < traceds->nr; i++) {
		struct traced *traced = &traceds->at[i];
		const struct question *question = traced->trace->question;

		traced->cause = at;
		traced->fix = traced->cause + question->cause.nr;
		traced->backport = traced->fix + question->fix.nr;
		at = traced->backport + question->backport.nr;
	}
	return e;
}
