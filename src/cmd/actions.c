/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "base/text.h"
#include "cmd/change.h"
#include "corpus/actions.h"
#include "exchange/issues.h"
#include "git/rev.h"
#include "model/body.h"
#include "model/edit.h"
#include "report/promises.h"
#include "view/actions.h"
#include "view/record.h"

struct args {
	const char *owner;
	bool overdue, open, stalled, undone;
	bool wide;
	const char *repos;
	int format;
	const char *commit, *reason;
	int to;
	bool dry_run;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "open", struct args, open, N_("only open actions")),
	OPT_BOOL(0, "overdue", struct args, overdue,
		 N_("only open actions that are overdue")),
	OPT_BOOL(0, "stalled", struct args, stalled,
		 N_("only open actions whose files no commit touched since")),
	OPT_BOOL(0, "undone", struct args, undone,
		 N_("only done ones that were reverted or are in no release")),
	OPT_STRING(0, "owner", struct args, owner, "<text>",
		   N_("only actions whose owner contains <text>")),
	CMD_OPT_WIDE(struct args),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", format_names,
		   N_("human, json, ndjson or tsv")),
	OPT_STRING(0, "commit", struct args, commit, "<rev>",
		   N_("done: the commit that did it, instead of today")),
	OPT_STRING(0, "reason", struct args, reason, "<text>",
		   N_("decline: the reason, in one line")),
	OPT_CHOICE_OR_NONE(0, "to", struct args, to, "<program>",
			   issue_programs, N_("push, pull: gh or glab")),
	OPT_BOOL('n', "dry-run", struct args, dry_run,
		 N_("push: only say which issues would be opened")),
	OPT_END,
};

static const char *const usage[] = {
	"actions [--open] [--overdue] [--stalled] ... [<retro>...]",
	"actions done <action>... [--commit <rev>]",
	"actions decline <action>... --reason <text>",
	"actions reopen <action>...",
	"actions add <retro> <text>",
	"actions push --to <program> [--dry-run] [<retro>...]",
	"actions pull --to <program> [<retro>...]",
	NULL,
};

/* --- listing --- */

static bool is_action_wanted(struct arena *a, const struct args *args,
			     const struct listed_action *listed)
{
	const char *owner = listed->action->owner ? listed->action->owner : "";

	if (args->overdue && !listed->overdue)
		return false;
	if (args->open && listed->state != ACTION_OPEN)
		return false;
	if (args->stalled || args->undone) {
		bool stalled = listed->promise == PROMISE_UNTOUCHED;
		bool undone = listed->promise == PROMISE_REVERTED ||
			      listed->promise == PROMISE_UNRELEASED;

		if (!(args->stalled && stalled) && !(args->undone && undone))
			return false;
	}
	return !args->owner ||
	       strstr(text_fold(a, owner, strlen(owner)),
		      text_fold(a, args->owner, strlen(args->owner)));
}

static void render_actions(struct buf *out, struct env *env,
			   const struct listed_actions *actions)
{
	const struct args *args = env->args;
	struct style style;

	switch ((enum format)args->format) {
	case FORMAT_HUMAN:
		style_init(&style, env->config, 1);
		style.wide = args->wide;
		actions_put(out, &style, actions);
		break;
	case FORMAT_JSON:
		record_actions_json(out, env->arena, actions);
		break;
	case FORMAT_NDJSON:
		record_actions_ndjson(out, env->arena, actions);
		break;
	case FORMAT_TSV:
		record_actions_tsv(out, env->arena, actions);
		break;
	}
}

/* Those of the retros that are named from the argument `from` on, or all. */
static struct err *gather_actions(struct listed_actions *out, struct env *env,
				  struct corpus *corpus, size_t from)
{
	struct err *e = NULL;

	if (env->rest.nr <= from)
		return actions_list(out, corpus);
	for (size_t i = from; !e && i < env->rest.nr; i++) {
		struct retro *retro;

		e = corpus_find(&retro, corpus, env->rest.at[i]);
		if (!e)
			e = actions_of(out, corpus, retro);
	}
	return e;
}

static struct err *list_actions(struct env *env)
{
	const struct args *args = env->args;
	struct listed_actions actions = { 0 };
	struct corpus corpus;
	struct buf out = BUF_INIT;
	size_t kept = 0;
	struct err *e;

	e = corpus_open(&corpus, env->arena, env->repo, &env->policy, NULL);
	if (!e)
		e = gather_actions(&actions, env, &corpus, 0);
	if (!e && (args->stalled || args->undone))
		e = promises_load(&actions, &corpus, env->config);
	if (e)
		return e;
	for (size_t i = 0; i < actions.nr; i++)
		if (is_action_wanted(env->arena, args, &actions.at[i]))
			actions.at[kept++] = actions.at[i];
	actions.nr = kept;
	render_actions(&out, env, &actions);
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, NULL);
	return e;
}

/* --- changing --- */

/* What stands behind the box afterwards: the commit or today, or the reason. */
static struct err *make_done_mark(const char **mark, struct env *env,
				  enum action_state state)
{
	const struct args *args = env->args;
	struct oid oid;
	struct err *e;

	*mark = NULL;
	if (state == ACTION_DECLINED) {
		if (!args->reason || !*args->reason)
			return err_new(ERR_USAGE,
				       _("decline needs --reason <text>"));
		*mark = args->reason;
	} else if (state == ACTION_DONE && args->commit) {
		e = rev_commit(&oid, env->repo, args->commit);
		if (e)
			return e;
		*mark = rev_abbrev(env->arena, env->repo, &oid);
	} else if (state == ACTION_DONE) {
		*mark = day_format(env->arena, day_of(moment_now()));
	}
	return NULL;
}

/* "<retro>#A1" as the retro's name and the action's id. */
static struct err *split_name(const char **retro, const char **id,
			      struct arena *a, const char *name)
{
	const char *hash = strrchr(name, '#');

	if (!hash || hash == name || !hash[1])
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not an action"), name),
			_("write it as <retro>#A1; 'git retro actions' lists "
			  "them"));
	*retro = arena_strndup(a, name, (size_t)(hash - name));
	*id = hash + 1;
	return NULL;
}

static struct err *change_action(struct env *env, const char *name,
				 enum action_state state, const char *mark)
{
	const char *retro = NULL, *id = NULL;
	struct change change = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e = split_name(&retro, &id, env->arena, name);

	if (e)
		return e;
	e = change_begin(&change, env, retro);
	if (!e)
		e = edit_action(&bytes, env->arena, change.retro, id, state,
				mark);
	if (!e)
		e = change_write(&change, &bytes);
	change_end(&change);
	buf_release(&bytes);
	return err_context(e, "%s", name);
}

static struct err *change_state(struct env *env, enum action_state state)
{
	const char *mark;
	struct err *e = make_done_mark(&mark, env, state);

	if (!e && env->rest.nr < 2)
		e = err_hint(err_new(ERR_USAGE, _("'%s' needs an action"),
				     env->rest.at[0]),
			     _("'git retro actions' lists them"));
	for (size_t i = 1; !e && i < env->rest.nr; i++)
		e = change_action(env, env->rest.at[i], state, mark);
	return e;
}

static struct err *add_action(struct env *env)
{
	const char *id = NULL;
	struct change change = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e;

	if (env->rest.nr != 3)
		return err_hint(
			err_new(ERR_USAGE, _("add needs a retro and a text")),
			"git retro actions add @ \"Pin the version "
			"@ann due:2026-12-01\"");
	e = change_begin(&change, env, env->rest.at[1]);
	if (!e)
		e = edit_action_add(&bytes, &id, env->arena, change.retro,
				    body_is_chinese(change.retro->body)
					    ? "行动项"
					    : "Actions",
				    env->rest.at[2]);
	if (!e)
		e = change_write(&change, &bytes);
	change_end(&change);
	buf_reset(&bytes);
	if (!e) {
		buf_addf(&bytes, "%s#%s\n", change.retro->id, id);
		e = cmd_print(env, &bytes);
	}
	buf_release(&bytes);
	return e;
}

/* --- issues --- */

static struct err *add_link(void *data, const struct listed_action *listed,
			    const char *url)
{
	struct change change = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e = change_begin(&change, data, listed->retro->path);

	if (!e)
		e = edit_action_word(&bytes, change.env->arena, change.retro,
				     listed->action->id, url);
	if (!e)
		e = change_write(&change, &bytes);
	change_end(&change);
	buf_release(&bytes);
	return err_context(e, "%s: %s", listed->name, url);
}

static struct err *sync_issues(struct env *env, bool push)
{
	const struct args *args = env->args;
	struct issues issues = { .arena = env->arena,
				 .program = (enum issue_program)args->to,
				 .dry_run = args->dry_run,
				 .link = add_link,
				 .data = env };
	struct listed_actions actions = { 0 };
	struct corpus corpus;
	struct buf out = BUF_INIT;
	struct err *e =
		corpus_open(&corpus, env->arena, env->repo, &env->policy, NULL);
	struct err *unprinted;

	issues.out = &out;
	if (!e)
		e = gather_actions(&actions, env, &corpus, 1);
	if (!e)
		e = push ? issues_push(&issues, &actions)
			 : issues_pull(&issues, &actions);
	unprinted = cmd_print(env, &out);
	buf_release(&out);
	if (!e)
		return unprinted;
	err_free(unprinted);
	return e;
}

/* --- the command --- */

/* An option that a verb would ignore is refused: with a filter, more would be
 * changed than was meant. */
static struct err *check_actions_args(const struct args *args, const char *verb)
{
	static const char *const verbs[] = { "done", "decline", "reopen",
					     "add",  "push",    "pull" };
	bool lists = true;
	bool syncs = !strcmp(verb, "push") || !strcmp(verb, "pull");

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		lists &= strcmp(verb, verbs[i]) != 0;
	if (args->reason && strcmp(verb, "decline") != 0)
		return err_new(ERR_USAGE, _("--reason goes with 'decline'"));
	if (args->commit && strcmp(verb, "done") != 0)
		return err_new(ERR_USAGE, _("--commit goes with 'done'"));
	if (args->dry_run && strcmp(verb, "push") != 0)
		return err_new(ERR_USAGE, _("--dry-run goes with 'push'"));
	if (args->to >= 0 && !syncs)
		return err_new(ERR_USAGE,
			       _("--to goes with 'push' and 'pull'"));
	if (args->to < 0 && syncs)
		return err_new(ERR_USAGE, _("%s needs --to gh or --to glab"),
			       verb);
	if (!lists && (args->open || args->overdue || args->stalled ||
		       args->undone || args->owner || args->format))
		return err_new(ERR_USAGE,
			       _("'%s' takes no option that filters or formats "
				 "the list"),
			       verb);
	return NULL;
}

static struct err *run_actions(struct env *env)
{
	const char *verb = env->rest.nr ? env->rest.at[0] : "";
	bool changes = true;
	enum action_state state = ACTION_OPEN;
	struct err *e = check_actions_args(env->args, verb);

	if (e)
		return e;
	if (!strcmp(verb, "done"))
		state = ACTION_DONE;
	else if (!strcmp(verb, "decline"))
		state = ACTION_DECLINED;
	else if (strcmp(verb, "reopen") != 0)
		changes = false;
	if (!strcmp(verb, "pull"))
		return sync_issues(env, false);
	if (!changes && strcmp(verb, "add") != 0 && strcmp(verb, "push") != 0)
		return list_actions(env);
	if (!repo_work_tree(env->repo))
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("'actions %s' needs a work tree, and "
					  "this repository is bare"),
					verb),
				_("run it in a clone"));
	if (!strcmp(verb, "push"))
		return sync_issues(env, true);
	return changes ? change_state(env, state) : add_action(env);
}

static const char *const examples[] = {
	"git retro actions --overdue",
	"git retro actions done v1.4.0#A1",
	"git retro actions push --to gh",
	"git retro actions add @ \"Pin it @ann due:2026-12-01\"",
	NULL,
};

const struct cmd cmd_actions = {
	.name = "actions",
	.summary = N_("List the actions of all retros; close and add them"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_actions,
};
