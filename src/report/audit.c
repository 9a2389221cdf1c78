/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "git/rev.h"
#include "git/walk.h"
#include "model/body.h"

/* A retro without a severity is taken for neither the worst nor the least. */
#define SEVERITY_MIDDLE 3

static int retro_severity(const struct retro *retro)
{
	return retro->severity ? retro->severity : SEVERITY_MIDDLE;
}

/* Lines lie in one array, in the order they were asked for. */
static int worst_finding_first(const void *a, const void *b)
{
	const struct audit_finding *one = a, *two = b;
	int worse = retro_severity(one->retro) - retro_severity(two->retro);

	if (one->line != two->line)
		return one->line < two->line ? -1 : 1;
	if (one->cell->state != two->cell->state)
		return one->cell->state < two->cell->state ? -1 : 1;
	if (worse)
		return worse;
	if (one->retro->date != two->retro->date)
		return one->retro->date > two->retro->date ? -1 : 1;
	if (one->retro != two->retro)
		return strcmp(one->retro->id, two->retro->id);
	return (one->question > two->question) -
	       (one->question < two->question);
}

static const struct oid *find_pick(const struct question *question,
				   const struct cell *cell)
{
	for (size_t i = 0; i < question->fix.nr; i++)
		if (!cell->fix[i].in_effect)
			return &question->fix.at[i];
	for (size_t i = 0; !question->fix.nr && i < question->backport.nr; i++)
		if (!cell->backport[i].in_effect)
			return &question->backport.at[i];
	return NULL;
}

static void add_findings(struct audit *out, struct arena *a,
			 const struct exposures *exposures)
{
	for (size_t i = 0; i < exposures->nr; i++) {
		const struct exposure *exposure = &exposures->at[i];
		const struct trace *trace = exposure->trace;

		for (size_t j = 0; j < exposures->lines->nr; j++) {
			const struct cell *cell = &trace->cells[j];

			if (cell->state > TRACE_UNKNOWN)
				continue;
			out->exposed += cell->state == TRACE_EXPOSED;
			out->unknown += cell->state == TRACE_UNKNOWN;
			vec_push(a, &out->findings,
				 (struct audit_finding){
					 .line = &exposures->lines->at[j],
					 .retro = exposure->retro,
					 .problem = exposure->problem,
					 .name = retro_problem_name(
						 a, exposure->retro,
						 exposure->problem),
					 .question = trace->question,
					 .cell = cell,
					 .pick = find_pick(trace->question,
							   cell) });
		}
	}
	if (out->findings.nr)
		qsort(out->findings.at, out->findings.nr,
		      sizeof(*out->findings.at), worst_finding_first);
}

/* --- words -------------------------------------------------------------- */

static void name_pitfalls(struct audit *out)
{
	for (size_t i = 0; i < out->findings.nr; i++) {
		struct audit_finding *finding = &out->findings.at[i];
		const struct pitfall *pitfall = body_problem_pitfall(
			finding->retro->body, finding->problem);

		finding->pitfall =
			pitfall ? pitfall->text : finding->retro->title;
		finding->pitfall_line = pitfall ? pitfall->line : 0;
	}
}

/* A fix that is not here cannot be picked. */
static struct err *look_at_picks(struct audit *out, struct corpus *corpus)
{
	struct arena *a = corpus->arena;
	struct strs names = { 0 };
	struct commits commits = { 0 };
	char hex[OID_HEX + 1];
	size_t at = 0;
	struct err *e;

	for (size_t i = 0; i < out->findings.nr; i++)
		if (out->findings.at[i].pick)
			vec_push(a, &names,
				 arena_strdup(
					 a, oid_hex(hex,
						    out->findings.at[i].pick)));
	if (!names.nr)
		return NULL;
	e = walk_many(&commits, a, corpus->repo, &names);
	for (size_t i = 0; !e && i < out->findings.nr; i++) {
		struct audit_finding *finding = &out->findings.at[i];
		const struct commit *commit;

		if (!finding->pick)
			continue;
		commit = &commits.at[at++];
		finding->pick_is_merge = commit->parent_count > 1;
		if (oid_is_zero(&commit->id))
			finding->pick = NULL;
	}
	return e;
}

static void add_unguarded(struct audit *out, struct arena *a,
			  const struct exposure *exposure,
			  const struct release_lines *lines)
{
	const struct pitfall *pitfall =
		body_problem_pitfall(exposure->retro->body, exposure->problem);
	struct audit_unguarded one = { .retro = exposure->retro,
				       .problem = exposure->problem };

	one.pitfall = pitfall ? pitfall->text : exposure->retro->title;
	one.pitfall_line = pitfall ? pitfall->line : 0;
	one.name = retro_problem_name(a, exposure->retro, exposure->problem);
	for (size_t i = 0; i < lines->nr; i++) {
		one.line = &lines->at[i];
		one.guarded = guard_of(exposure, i);
		if (one.guarded)
			vec_push(a, &out->unguarded, one);
	}
}

/* Files of which no field can be read. */
static size_t count_unread(const struct diags *diags)
{
	static const enum rule_id rules[] = { RULE_FILE, RULE_FRONT_MATTER,
					      RULE_YAML, RULE_YAML_LIMIT };
	const char *last = NULL;
	size_t nr = 0;

	for (size_t i = 0; i < diags->nr; i++) {
		const struct diag *diag = &diags->at[i];

		for (size_t j = 0; j < ARRAY_SIZE(rules); j++) {
			if (strcmp(diag->rule, rule_table[rules[j]].name) ||
			    (last && !strcmp(last, diag->path)))
				continue;
			last = diag->path;
			nr++;
		}
	}
	return nr;
}

struct err *audit_run(struct audit *out, struct corpus *corpus,
		      const struct release_lines *lines)
{
	struct retros retros = { 0 };
	struct exposures exposures;
	struct err *e;

	*out = (struct audit){ 0 };
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->status != STATUS_SUPERSEDED)
			vec_push(corpus->arena, &retros, corpus->retros.at[i]);
	e = exposure_load(&exposures, corpus, &retros, lines);
	if (e)
		return e;
	out->asked = exposures.nr;
	out->unread = count_unread(&corpus->diags);
	add_findings(out, corpus->arena, &exposures);
	guard_look(&exposures, corpus);
	for (size_t i = 0; i < exposures.nr; i++)
		add_unguarded(out, corpus->arena, &exposures.at[i], lines);
	name_pitfalls(out);
	return look_at_picks(out, corpus);
}

static bool has_commit(const struct release_lines *lines,
		       const struct oid *commit)
{
	for (size_t i = 0; i < lines->nr; i++)
		if (oid_equal(&lines->at[i].commit, commit))
			return true;
	return false;
}

struct err *audit_usual_lines(struct release_lines *out, struct arena *a,
			      struct repo *repo, const struct config *config,
			      const struct policy *policy)
{
	const struct strs none = { 0 };
	struct release_line head = { .type = REF_BRANCH, .name = "HEAD" };
	struct release_lines branches = { 0 };
	struct err *e = release_lines_find(&branches, a, repo, config, policy,
					   &none, NULL);

	if (e)
		return e;
	e = rev_head(&head.commit, repo);
	if (!e && !has_commit(&branches, &head.commit))
		vec_push(a, out, head);
	for (size_t i = 0; i < branches.nr; i++)
		vec_push(a, out, branches.at[i]);
	if (e && e->code == ERR_NOT_FOUND && out->nr) {
		err_free(e); /* HEAD is unborn */
		e = NULL;
	}
	return e;
}

struct err *audit_add_lines(struct release_lines *out, struct arena *a,
			    struct repo *repo, const char *rev)
{
	struct release_line line = { .type = REF_BRANCH, .name = rev };
	const char *branch = arena_printf(a, "refs/heads/%s", rev);
	struct oid commit;
	struct ref tag;
	struct err *e = ref_tag(&tag, a, repo, rev);
	bool tagged = !e && tag.has_commit;

	err_pass(e);
	e = tagged ? rev_commit(&commit, repo, branch)
		   : rev_commit(&line.commit, repo, rev);
	if (!tagged) {
		if (!e)
			vec_push(a, out, line);
		return err_hint(e, _("'git branch -a' lists the branches, "
				     "'git tag' the tags"));
	}
	line = (struct release_line){ REF_TAG, rev, tag.commit, 0 };
	if (!e) { /* the names that git tells them apart by */
		line.name = arena_printf(a, "tags/%s", rev);
		vec_push(a, out,
			 (struct release_line){
				 REF_BRANCH, arena_printf(a, "heads/%s", rev),
				 commit, 0 });
	}
	err_pass(e);
	vec_push(a, out, line);
	return NULL;
}
