/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One repository's part of `audit --repos --twins`: with --causes it tells its
 * problems, so that others can find them; else it reads those of all from stdin
 * and tells which it has.
 */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "report/audit.h"
#include "report/foreign.h"
#include "view/object.h"

/* The problems of all repositories. Bytes. */
#define PROBLEMS_MAX ((size_t)1 << 30)

struct args {
	bool causes;
	const char *name;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "causes", struct args, causes,
		 N_("tell the causes of this repository's problems")),
	OPT_STRING(0, "name", struct args, name, "<name>",
		   N_("what this repository is called")),
	OPT_END,
};

static const char *const usage[] = { "twins --causes", "twins --name <name>",
				     NULL };

/* --- JSON --- */

static json_t *commits_json(const struct foreign_commits *commits)
{
	json_t *list = json_array();
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < commits->nr; i++) {
		const struct foreign_commit *commit = &commits->at[i];
		json_t *json = json_object();

		object_set_text(json, "commit", oid_hex(hex, &commit->id));
		object_set_text(json, "patch", oid_hex(hex, &commit->patch));
		object_set(json, "files", object_list(&commit->files));
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *problem_json(const struct foreign_problem *problem)
{
	json_t *json = json_object();

	object_set_text(json, "retro", problem->retro);
	object_set_text(json, "problem", problem->problem);
	object_set_text(json, "pitfall", problem->pitfall);
	object_set_number(json, "severity", (size_t)problem->severity);
	object_set(json, "cause", commits_json(&problem->cause));
	object_set(json, "fix", commits_json(&problem->fix));
	object_set(json, "more-fixes", json_boolean(problem->more_fixes));
	return json;
}

static bool read_twin_commits(struct foreign_commits *out, struct arena *a,
			      const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		const json_t *files = json_object_get(json, "files");
		struct foreign_commit commit = { 0 };

		if (!oid_parse(&commit.id,
			       object_string_or_empty(json, "commit")) ||
		    !oid_parse(&commit.patch,
			       object_string_or_empty(json, "patch")))
			return false;
		for (size_t j = 0; j < json_array_size(files); j++)
			if (json_is_string(json_array_get(files, j)))
				vec_push(a, &commit.files,
					 json_string_value(
						 json_array_get(files, j)));
		vec_push(a, out, commit);
	}
	return true;
}

/* Those of all but this one; false if they cannot be read. */
static bool read_problems(struct foreign_problems *out, struct arena *a,
			  const json_t *list, const char *name)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		struct foreign_problem problem = {
			.repo = object_string(json, "repo"),
			.where = object_string(json, "where"),
			.retro = object_string(json, "retro"),
			.problem = object_string(json, "problem"),
			.pitfall = object_string_or_empty(json, "pitfall"),
			.severity = (int)json_integer_value(
				json_object_get(json, "severity")),
			.more_fixes = json_is_true(
				json_object_get(json, "more-fixes")),
		};

		if (!problem.repo || !problem.where || !problem.retro ||
		    !read_twin_commits(&problem.cause, a,
				       json_object_get(json, "cause")) ||
		    !read_twin_commits(&problem.fix, a,
				       json_object_get(json, "fix")))
			return false;
		if (strcmp(problem.repo, name) != 0)
			vec_push(a, out, problem);
	}
	return true;
}

static json_t *finding_json(const struct foreign_finding *finding)
{
	const struct foreign_problem *problem = finding->problem;
	json_t *json = json_object();
	char hex[OID_HEX + 1];

	object_set_text(json, "line", finding->line->name);
	object_set_text(json, "type",
			finding->line->type == REF_TAG ? "tag" : "branch");
	object_set_text(json, "of", problem->repo);
	object_set_text(json, "where", problem->where);
	object_set_text(json, "retro", problem->retro);
	object_set_text(json, "problem", problem->problem);
	object_set_text(json, "pitfall", problem->pitfall);
	object_set(json, "severity",
		   problem->severity ? json_integer(problem->severity)
				     : json_null());
	object_set_text(json, "state", trace_state_name(finding->state));
	object_set_text(json, "cause", oid_hex(hex, &finding->cause));
	object_set_text(json, "pick",
			finding->pick ? oid_hex(hex, finding->pick) : NULL);
	return json;
}

/* --- the two halves --- */

static struct err *tell_causes(struct buf *out, struct corpus *corpus)
{
	struct foreign_problems own = { 0 };
	struct err *e = foreign_own(&own, corpus);
	json_t *json = object_versioned(), *list = json_array();

	for (size_t i = 0; !e && i < own.nr; i++)
		json_array_append_new(list, problem_json(&own.at[i]));
	object_set(json, "problems", list);
	object_dump(out, json, JSON_COMPACT);
	return e;
}

static struct err *tell_twins(struct buf *out, struct env *env,
			      struct corpus *corpus, const json_t *problems)
{
	const struct args *args = env->args;
	struct foreign_problems others = { 0 };
	struct foreign_findings findings = { 0 };
	struct release_lines lines = { 0 };
	json_t *json, *list;
	struct err *e;

	if (!read_problems(&others, env->arena,
			   json_object_get(problems, "problems"),
			   args->name ? args->name : ""))
		return err_new(ERR_FAILED,
			       _("the problems on standard input cannot be "
				 "read"));
	e = audit_usual_lines(&lines, env->arena, env->repo, env->config,
			      &env->policy);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* nothing is committed yet */
		e = NULL;
	}
	if (!e)
		e = foreign_find(&findings, corpus, &lines, &others);
	if (findings.unsure) {
		fputs(_("git retro: part of the history is not in this clone, "
			"so causes of other repositories may be missed\n"),
		      stderr);
		env->status = EXIT_UNKNOWN;
	}
	json = object_versioned();
	list = json_array();
	for (size_t i = 0; !e && i < findings.nr; i++)
		json_array_append_new(list, finding_json(&findings.at[i]));
	object_set(json, "twins", list);
	object_dump(out, json, JSON_COMPACT);
	return e;
}

/* Read from its start: all who are asked share what stdin is. */
static struct err *read_twins_input(json_t **out)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, "/dev/stdin", PROBLEMS_MAX);

	*out = e ? NULL : json_loadb(text.p, text.n, 0, NULL);
	buf_release(&text);
	return e;
}

static struct err *run_twins(struct env *env)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct corpus corpus;
	json_t *problems = NULL;
	struct err *e =
		corpus_open_all(&corpus, env->arena, env->repo, &env->policy);

	if (!e && args->causes)
		e = tell_causes(&out, &corpus);
	else if (!e)
		e = read_twins_input(&problems);
	if (!e && !args->causes)
		e = tell_twins(&out, env, &corpus, problems);
	json_decref(problems);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

const struct cmd cmd_twins = {
	.name = "twins",
	.summary = N_("Find the problems of other repositories, for audit"),
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_HIDDEN,
	.run = run_twins,
};
