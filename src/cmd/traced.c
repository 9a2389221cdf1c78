/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/traced.h"

#include "git/walk.h"

static void add_commit_names(struct strs *out, struct arena *a,
			     const struct oids *ids)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++)
		vec_push(a, out, arena_strdup(a, oid_hex(hex, &ids->at[i])));
}

struct err *traced_describe(struct traceds *traceds, struct arena *a,
			    struct repo *repo)
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
	}
	e = walk_many(&commits, a, repo, &names);
	at = commits.at;
	for (size_t i = 0; !e && i < traceds->nr; i++) {
		struct traced *traced = &traceds->at[i];

		traced->cause = at;
		traced->fix = at + traced->trace->question->cause.nr;
		at = traced->fix + traced->trace->question->fix.nr;
	}
	return e;
}
