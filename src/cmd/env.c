/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "capture/environment.h"
#include "cmd/range_locks.h"
#include "git/rev.h"
#include "git/tree.h"
#include "report/env_check.h"
#include "view/env_check.h"
#include "view/locks.h"
#include "view/record.h"

struct env_args {
	const char *environment;
	bool check;
	int format;
};

static const struct opt opts[] = {
	OPT_STRING(
		0, "env", struct env_args, environment, "<name>",
		N_("only what the setting capture names of this environment")),
	OPT_BOOL(0, "check", struct env_args, check,
		 N_("exit 1 if what is locked needs more than an environment "
		    "has")),
	OPT_CHOICE(0, "format", struct env_args, format, "<format>",
		   format_names_json, N_("human or json")),
	OPT_END,
};

static const char *const usage[] = {
	"env [--env <name>] [--format <format>] [<rev> | <A..B>]",
	"env --check [--env <name>] [--format <format>] [<rev>]",
	NULL,
};

/* --- an environment --- */

static struct err *choose_rule(struct capture_rules *out, struct env *env,
			       const char *name)
{
	const struct capture_rules *rules = &env->policy.capture;
	struct buf known = BUF_INIT;
	struct err *e;

	for (size_t i = 0; i < rules->nr; i++) {
		if (!strcmp(rules->at[i].environment, name))
			vec_push(env->arena, out, rules->at[i]);
		buf_addf(&known, "%s%s", known.n ? ", " : "",
			 rules->at[i].environment);
	}
	if (out->nr) {
		buf_release(&known);
		return NULL;
	}
	e = err_new(ERR_NOT_FOUND, _("there is no environment '%s'"), name);
	e = known.n ? err_hint(e, _("the setting capture has: %s"), known.p)
		    : err_hint(e, _("name its files in the setting capture of "
				    ".retro.yml"));
	buf_release(&known);
	return e;
}

/* As if the environment were one file. */
static struct err *read_as_lock(struct lock *out, struct env *env,
				const struct oid *commit, const char *name)
{
	struct capture_rules rules = { 0 };
	struct environments list = { 0 };
	struct err *e = choose_rule(&rules, env, name);

	if (!e)
		e = environments_read(&list, env->arena, env->repo, commit,
				      &rules);
	if (e)
		return e;
	*out = (struct lock){ .path = name, .packages = list.at[0].values };
	if (list.at[0].unread.nr)
		out->unread = list.at[0].unread.at[0];
	return NULL;
}

/* --- one commit --- */

static struct err *list_locks(struct locks *out, struct env *env,
			      const struct oid *commit)
{
	const struct env_args *args = env->args;
	struct strs names = { 0 };
	struct lock captured;
	struct err *e;

	if (args->environment) {
		e = read_as_lock(&captured, env, commit, args->environment);
		if (!e)
			vec_push(env->arena, out, captured);
		return e;
	}
	e = tree_names(&names, env->arena, env->repo, commit);

	for (size_t i = 0; !e && i < names.nr; i++) {
		struct lock lock;
		bool found = false;

		if (!range_is_own_lock(names.at[i]))
			continue;
		e = lock_at(&lock, &found, env->arena, env->repo, commit,
			    names.at[i]);
		if (found)
			vec_push(env->arena, out, lock);
	}
	return e;
}

static struct err *print_commit(struct buf *out, struct env *env,
				const char *rev)
{
	const struct env_args *args = env->args;
	char hex[OID_HEX + 1];
	struct locks locks = { 0 };
	struct style style;
	struct oid commit;
	struct err *e = rev_commit(&commit, env->repo, rev);
	json_t *json;

	if (!e)
		e = list_locks(&locks, env, &commit);
	if (e)
		return e;
	if (args->format != FORMAT_JSON) {
		style_init(&style, env->config, 1);
		locks_text(out, &style, &locks);
		return NULL;
	}
	json = object_versioned();
	object_set_text(json, "commit", oid_hex(hex, &commit));
	object_set(json, "files", locks_json(&locks));
	object_dump(out, json, JSON_INDENT(2));
	return NULL;
}

/* --- two commits --- */

static struct err *compare_environment(struct lock_changes *out,
				       struct env *env, const struct oid *from,
				       const struct oid *to, const char *name)
{
	struct lock_change change = { .path = name };
	struct lock before, after;
	struct err *e = read_as_lock(&before, env, from, name);

	if (!e)
		e = read_as_lock(&after, env, to, name);
	if (e)
		return e;
	change.packages = after.packages.nr;
	change.unread = after.unread ? after.unread : before.unread;
	packages_compare(&change.changes, env->arena, &before.packages,
			 &after.packages);
	if (change.unread || change.changes.nr)
		vec_push(env->arena, out, change);
	return NULL;
}

static struct err *print_changes(struct buf *out, struct env *env,
				 const char *range, const char *dots)
{
	const struct env_args *args = env->args;
	const char *from =
		arena_strndup(env->arena, range, (size_t)(dots - range));
	struct lock_changes changes = { 0 };
	struct oid before, after;
	char hex[OID_HEX + 1];
	struct style style;
	struct err *e = rev_commit(&before, env->repo, *from ? from : "HEAD");
	json_t *json;

	if (!e)
		e = rev_commit(&after, env->repo, dots[2] ? dots + 2 : "HEAD");
	if (!e && args->environment)
		e = compare_environment(&changes, env, &before, &after,
					args->environment);
	else if (!e)
		e = range_locks(&changes, env, &before, &after);
	if (e)
		return e;
	if (args->format != FORMAT_JSON) {
		style_init(&style, env->config, 1);
		lock_changes_text(out, &style, &changes);
		return NULL;
	}
	json = object_versioned();
	object_set_text(json, "from", oid_hex(hex, &before));
	object_set_text(json, "to", oid_hex(hex, &after));
	object_set(json, "files", lock_changes_json(&changes));
	object_dump(out, json, JSON_INDENT(2));
	return NULL;
}

/* --- what is asked for, against what there is --- */

/* Something that is not known is no success. */
static int check_status(const struct env_states *states)
{
	int status = states->nr ? EXIT_DONE : EXIT_UNKNOWN;

	for (size_t i = 0; i < states->nr; i++) {
		if (states->at[i].shortages.nr)
			return EXIT_NEGATIVE;
		if (strcmp(env_state_word(&states->at[i]), "fits") != 0)
			status = EXIT_UNKNOWN;
	}
	return status;
}

static struct err *print_check(struct buf *out, struct env *env,
			       const char *rev)
{
	const struct env_args *args = env->args;
	struct env_states states = { 0 };
	struct corpus corpus;
	struct style style;
	struct oid commit;
	struct err *e = rev_commit(&commit, env->repo, rev);

	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = env_check(&states, &corpus, &commit, args->environment);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	if (args->format == FORMAT_JSON)
		env_check_json(out, &states);
	else
		env_check_text(out, &style, &states);
	env->status = check_status(&states);
	cmd_hint_unread(&corpus.diags, NULL);
	return NULL;
}

static struct err *run_env(struct env *env)
{
	const struct env_args *args = env->args;
	const char *rev = env->rest.nr ? env->rest.at[0] : "HEAD";
	const char *dots = strstr(rev, "..");
	struct buf out = BUF_INIT;
	struct err *e;

	if (env->rest.nr > 1)
		return err_new(ERR_USAGE, _("env takes one revision or range"));
	if (dots && (dots[2] == '.' || !strcmp(rev, "..")))
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a range"), rev),
			_("write it as A..B, such as v1.3.0..v1.4.0"));
	if (dots && args->check)
		return err_new(ERR_USAGE, _("--check takes one revision"));
	e = args->check ? print_check(&out, env, rev)
	    : dots      ? print_changes(&out, env, rev, dots)
			: print_commit(&out, env, rev);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static const char *const examples[] = {
	"git retro env v1.4.0",
	"git retro env v1.3.0..v1.4.0",
	NULL,
};

const struct cmd cmd_env = {
	.name = "env",
	.summary =
		N_("Show what a release is built from, and what changed in it"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct env_args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run_env,
};
