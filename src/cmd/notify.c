/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "exchange/notice.h"
#include "many/item.h"
#include "many/merge.h"

struct args {
	int format, within;
	bool sign, due;
	const char *since, *repos;
};

#define SECRET "GIT_RETRO_NOTIFY_SECRET"
/* Columns that are left of an action's text. */
#define TEXT_LEAST 40

static const struct opt opts[] = {
	OPT_STRING(0, "since", struct args, since, "<day>",
		   N_("retros of this day or later are new (default: 1 week "
		      "ago)")),
	OPT_INT_OR(0, "within", struct args, within, "<n>", 2,
		   N_("days until an action is due (default: 2)")),
	OPT_BOOL(0, "due", struct args, due,
		 N_("only actions that are due in exactly so many days")),
	OPT_BOOL(0, "sign", struct args, sign,
		 N_("dingtalk: print what signs the address instead")),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>", notice_formats,
		   N_("markdown, slack, feishu, dingtalk or wecom")),
	OPT_END,
};

static const char *const usage[] = {
	"notify --format <format> [--repos[=<path>]] [<option>...]",
	"notify --format dingtalk --sign",
	NULL,
};

/* --- asking --- */

/* What cannot be read is named, once. An error if nothing can. */
static struct err *tell_unread(struct env *env,
			       const struct many_answers *answers, bool tell)
{
	const char *failure = NULL;
	size_t failed = 0;

	for (size_t i = 0; i < answers->nr; i++) {
		const struct many_answer *answer = &answers->at[i];

		if (!answer->failure)
			continue;
		failure = arena_printf(env->arena, "%s: %s", answer->repo->path,
				       answer->failure);
		failed++;
		if (tell && answers->nr > 1)
			fprintf(stderr, "git retro: %s\n",
				text_cleaned(env->arena, failure));
	}
	if (failed)
		env->status = EXIT_UNKNOWN;
	return failed && failed == answers->nr
		       ? err_new(ERR_FAILED, "%s", failure)
		       : NULL;
}

/* The answer of each to one command, merged. */
static struct err *ask_digest(json_t **out, struct env *env,
			      const struct many_repos *repos,
			      const char *const *command, bool first)
{
	const struct many_ask ask = { .args = command };
	struct many_answers answers = { 0 };
	struct err *e = many_ask(&answers, env->arena, repos, &ask);

	*out = e ? NULL : many_merge(&answers);
	if (!e)
		e = tell_unread(env, &answers, first);
	many_answers_release(&answers);
	return e;
}

/* The one here has no name. */
static struct err *find_asked(struct many_repos *out, struct env *env)
{
	const struct args *args = env->args;
	const char *root;

	if (args->repos)
		return many_repos_find(out, env->arena, env->config,
				       args->repos);
	root = repo_work_tree(env->repo);
	vec_push(env->arena, out,
		 (struct many_repo){ root ? root : repo_common_dir(env->repo),
				     "" });
	return NULL;
}

/* --- telling --- */

static const char *named(struct arena *a, const json_t *json, const char *key)
{
	const char *repo = object_string_or_empty(json, "repo");

	return arena_printf(a, "%s%s%s", repo, *repo ? ":" : "",
			    object_string_or_empty(json, key));
}

static void add_notice_part(struct notice *notice, struct arena *a,
			    const char *title, const struct strs *items)
{
	if (items->nr)
		vec_push(a, &notice->parts,
			 (struct notice_part){ title, *items });
}

static size_t add_owed(struct notice *notice, struct arena *a,
		       const json_t *status)
{
	const json_t *list = json_object_get(status, "owed");
	struct strs items = { 0 };

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);

		vec_push(a, &items,
			 arena_printf(a, _("%s, due %s"), named(a, one, "tag"),
				      object_string_or_empty(one, "due")));
	}
	add_notice_part(notice, a, _("Releases without a retro"), &items);
	return items.nr;
}

/* Whose it is and when it is due stays where the text is too long. */
static const char *due_text(struct arena *a, const json_t *json,
			    const struct action *action)
{
	const char *name = text_cleaned(a, named(a, json, "name"));
	const char *text = text_cleaned(a, action->text);
	const char *due = day_format(a, action->due);
	const char *around =
		action->owner
			? arena_printf(a, _("%s %s (%s), due %s"), name, "",
				       action->owner, due)
			: arena_printf(a, _("%s %s, due %s"), name, "", due);
	size_t taken = text_width(around, strlen(around));
	size_t room = taken + TEXT_LEAST < NOTICE_COLUMNS
			      ? NOTICE_COLUMNS - taken
			      : TEXT_LEAST;

	if (text_width(text, strlen(text)) > room)
		text = arena_printf(
			a, "%.*s…",
			(int)text_fit(text, strlen(text), room - 1, NULL),
			text);
	if (action->owner)
		return arena_printf(a, _("%s %s (%s), due %s"), name, text,
				    action->owner, due);
	return arena_printf(a, _("%s %s, due %s"), name, text, due);
}

/* Those that are overdue, or those that are due from `first` to `last`. */
static size_t add_due(struct notice *notice, struct arena *a,
		      const json_t *actions, bool overdue, int32_t first,
		      int32_t last)
{
	const json_t *list = json_object_get(actions, "actions");
	struct strs items = { 0 };

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = json_array_get(list, i);
		struct listed_action listed = many_action(a, one);
		const struct action *action = listed.action;

		if (listed.overdue != overdue || action->due == DAY_NONE ||
		    (!overdue && (action->due < first || action->due > last)))
			continue;
		vec_push(a, &items, due_text(a, one, action));
	}
	add_notice_part(notice, a,
			overdue ? _("Overdue actions") : _("Due soon"), &items);
	return items.nr;
}

static void add_new(struct notice *notice, struct arena *a, const json_t *list)
{
	const json_t *retros = json_object_get(list, "retros");
	struct strs items = { 0 };

	for (size_t i = 0; i < json_array_size(retros); i++) {
		const json_t *one = json_array_get(retros, i);

		vec_push(a, &items,
			 arena_printf(a, "%s %s", named(a, one, "id"),
				      object_string_or_empty(one, "title")));
	}
	add_notice_part(notice, a, _("New retros"), &items);
}

/* `last`: the last day that counts as soon. */
static void add_notice_parts(struct notice *notice, struct env *env,
			     json_t *const answers[3], int32_t last)
{
	struct arena *a = env->arena;
	size_t owed = add_owed(notice, a, answers[0]);
	size_t overdue = add_due(notice, a, answers[1], true, DAY_NONE, 0);
	size_t soon = add_due(notice, a, answers[1], false, DAY_NONE, last);

	add_new(notice, a, answers[2]);
	notice->title = arena_printf(
		a, _("Retros: %zu missing; actions: %zu overdue, %zu due soon"),
		owed, overdue, soon);
}

/* All of it, or the actions that are due on that very day. */
static void fill_notice(struct notice *notice, struct env *env,
			json_t *const answers[3])
{
	const struct args *args = env->args;
	int32_t last = day_of(moment_now()) + args->within;

	if (args->due) {
		add_due(notice, env->arena, answers[1], false, last, last);
		notice->title = arena_printf(env->arena, _("Actions due on %s"),
					     day_format(env->arena, last));
	} else {
		add_notice_parts(notice, env, answers, last);
	}
	notice->secret = getenv(SECRET);
	notice->at = moment_now().seconds;
}

static struct err *make_notice(struct notice *out, struct env *env)
{
	const struct args *args = env->args;
	const char *since =
		arena_printf(env->arena, "--since=%s",
			     args->since ? args->since : "1 week ago");
	const char *const status[] = { "status", "--format=json", NULL };
	const char *const actions[] = { "actions", "--open", "--format=json",
					NULL };
	const char *const list[] = { "list", "--format=json", since, NULL };
	const char *const *const commands[] = { status, actions, list };
	json_t *answers[3] = { NULL, NULL, NULL };
	struct many_repos repos = { 0 };
	struct err *e = find_asked(&repos, env);

	for (size_t i = 0; !e && i < ARRAY_SIZE(commands); i++)
		if (!args->due || commands[i] == actions)
			e = ask_digest(&answers[i], env, &repos, commands[i],
				       args->due || !i);
	if (!e)
		fill_notice(out, env, answers);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
		json_decref(answers[i]);
	return e;
}

static struct err *print_sign(struct env *env, struct buf *out)
{
	const struct args *args = env->args;
	const char *secret = getenv(SECRET);

	if (args->format != NOTICE_DINGTALK)
		return err_new(ERR_USAGE, _("--sign needs --format dingtalk"));
	if (!secret)
		return err_new(ERR_USAGE, _("--sign needs the secret in %s"),
			       SECRET);
	buf_addf(out, "%s\n",
		 sign_dingtalk(env->arena, moment_now().seconds, secret));
	return cmd_print(env, out);
}

static struct err *run_notify(struct env *env)
{
	const struct args *args = env->args;
	struct notice notice = { 0 };
	struct buf out = BUF_INIT;
	struct err *e = NULL;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	if (args->sign) {
		e = print_sign(env, &out);
		buf_release(&out);
		return e;
	}
	e = make_notice(&notice, env);
	if (!e && !notice.parts.nr && !env->status)
		env->status = EXIT_NEGATIVE;
	if (!e && notice.parts.nr) {
		notice_put(&out, env->arena, &notice,
			   (enum notice_format)args->format);
		e = cmd_print(env, &out);
	}
	buf_release(&out);
	return e;
}

static const char *const examples[] = {
	"git retro notify --format slack",
	"git retro notify --format feishu --repos=/srv/git",
	NULL,
};

const struct cmd cmd_notify = {
	.name = "notify",
	.summary = N_("Write a digest of what is due, for a chat"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_MANY,
	.run = run_notify,
};
