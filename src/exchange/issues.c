/* SPDX-License-Identifier: GPL-2.0-only */
#include "exchange/issues.h"

#include <string.h>

#include "base/i18n.h"
#include "base/proc.h"
#include "base/quote.h"
#include "base/text.h"
#include "view/inert.h"
#include "view/object.h"

const char *const issue_programs[] = {
	[ISSUES_GH] = "gh",
	[ISSUES_GLAB] = "glab",
	[ISSUES_GLAB + 1] = NULL,
};

#define TITLE_COLUMNS 200
#define ARGS_MAX      16

/* --- asking the program --- */

/* What it prints; its own words go to our stderr. */
static struct err *run_forge_program(struct buf *out,
				     const struct issues *issues,
				     const char *const *args)
{
	const char *argv[ARGS_MAX];
	struct proc proc = { .argv = argv };
	int status = 0;
	size_t n = 0;
	struct err *e;

	argv[n++] = issue_programs[issues->program];
	for (size_t i = 0; args[i] && n < ARGS_MAX - 1; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
	e = proc_run(&proc, out, &status);
	if (e && e->code == ERR_NOT_FOUND)
		e = err_hint(e, _("install %s and log in with '%s auth login'"),
			     argv[0], argv[0]);
	if (!e && status)
		e = err_new(ERR_FAILED, _("'%s %s %s' exited with %d"), argv[0],
			    argv[1], argv[2], status);
	return e;
}

static struct err *ask_json(json_t **out, const struct issues *issues,
			    const char *const *args)
{
	struct buf text = BUF_INIT;
	struct err *e = run_forge_program(&text, issues, args);

	*out = e ? NULL : json_loadb(text.p, text.n, 0, NULL);
	buf_release(&text);
	if (!e && !*out)
		e = err_new(ERR_FAILED,
			    _("what '%s %s %s' prints cannot be read"),
			    issue_programs[issues->program], args[0], args[1]);
	return e;
}

/* --- addresses --- */

static bool is_issue(const char *url)
{
	const char *at = strstr(url, "/issues/");

	return at && at[strlen("/issues/")] >= '0' &&
	       at[strlen("/issues/")] <= '9' &&
	       text_is_utf8(url, strlen(url), NULL);
}

/* The address of an issue in the text of an action; NULL if there is none. */
static const char *find_url(struct arena *a, const char *text)
{
	for (const char *s = text; (s = strstr(s, "http")); s++) {
		const char *url;
		size_t n;

		if (strncmp(s, "https://", 8) != 0 &&
		    strncmp(s, "http://", 7) != 0)
			continue;
		n = strcspn(s, " \t\n<>()\"'`");
		url = arena_strndup(a, s, n);
		if (is_issue(url))
			return url;
		s += n - 1;
	}
	return NULL;
}

/* The last line that is one: programs say more. */
static const char *last_url(struct arena *a, const char *text)
{
	const char *found = NULL;

	while (*text) {
		size_t n = strcspn(text, "\r\n");
		const char *url = find_url(a, arena_strndup(a, text, n));

		found = url ? url : found;
		text += n + strspn(text + n, "\r\n");
	}
	return found;
}

/* --- push --- */

/* By which one is found again. */
static const char *marker_of(struct arena *a,
			     const struct listed_action *listed)
{
	return text_cleaned(a, arena_printf(a, "git-retro: %s", listed->name));
}

/* Whether a line of the text is this, and nothing more. */
static bool has_whole_line(const char *text, const char *line)
{
	size_t n = strlen(line);

	for (const char *at = text; (at = strstr(at, line)); at += n)
		if ((at == text || at[-1] == '\n') && strchr("\r\n", at[n]))
			return true;
	return false;
}

/* One that was opened before: its body has the marker in a line of its own,
 * which a search for its words alone does not tell. */
static struct err *find_issue(const char **url, const struct issues *issues,
			      const struct listed_action *listed)
{
	struct arena *a = issues->arena;
	bool gh = issues->program == ISSUES_GH;
	const char *marker = marker_of(a, listed);
	const char *search = arena_printf(a, "--search=\"%s\"", marker);
	const char *const of_gh[] = {
		"issue",           "list", "--state=all", "--limit=100",
		"--json=url,body", search, NULL
	};
	const char *const of_glab[] = { "issue",
					"list",
					"--all",
					"--per-page=100",
					"--output=json",
					arena_printf(a, "--search=%s", marker),
					NULL };
	json_t *found = NULL;
	struct err *e = ask_json(&found, issues, gh ? of_gh : of_glab);

	*url = NULL;
	for (size_t i = 0; !e && !*url && i < json_array_size(found); i++) {
		const json_t *one = json_array_get(found, i);
		const char *body = object_string_or_empty(
			one, gh ? "body" : "description");
		if (has_whole_line(body, marker))
			*url = find_url(a,
					object_string_or_empty(
						one, gh ? "url" : "web_url"));
	}
	json_decref(found);
	return e;
}

static const char *issue_title(struct arena *a,
			       const struct listed_action *listed)
{
	const char *text = text_cleaned(a, listed->action->text);

	return arena_strndup(a, text,
			     text_fit(text, strlen(text), TITLE_COLUMNS, NULL));
}

static const char *issue_body(struct arena *a,
			      const struct listed_action *listed)
{
	const struct action *action = listed->action;
	struct buf out = BUF_INIT;
	const char *body;

	inert_text(&out, action->text, 4 * TITLE_COLUMNS);
	buf_addstr(&out, "\n\n");
	if (action->owner) {
		buf_addstr(&out, "- owner: ");
		inert_code(&out, action->owner, TITLE_COLUMNS);
		buf_addch(&out, '\n');
	}
	if (action->due != DAY_NONE)
		buf_addf(&out, "- due: %s\n", day_format(a, action->due));
	buf_addstr(&out, "- retro: ");
	inert_code(&out, listed->retro->path, TITLE_COLUMNS);
	buf_addf(&out, "\n\n%s\n", marker_of(a, listed));
	body = arena_strdup(a, out.p);
	buf_release(&out);
	return body;
}

static struct err *open_issue(const char **url, const struct issues *issues,
			      const struct listed_action *listed)
{
	struct arena *a = issues->arena;
	bool gh = issues->program == ISSUES_GH;
	const char *args[] = {
		"issue",
		"create",
		arena_printf(a, "--title=%s", issue_title(a, listed)),
		arena_printf(a, gh ? "--body=%s" : "--description=%s",
			     issue_body(a, listed)),
		gh ? NULL : "--yes",
		NULL,
	};
	struct buf out = BUF_INIT;
	struct err *e = run_forge_program(&out, issues, args);

	*url = e ? NULL : last_url(a, out.p);
	buf_release(&out);
	if (!e && !*url)
		e = err_new(ERR_FAILED,
			    _("'%s issue create' printed no address"),
			    issue_programs[issues->program]);
	return e;
}

static struct err *push_action(struct issues *issues,
			       const struct listed_action *listed)
{
	const char *url = NULL;
	struct err *e = find_issue(&url, issues, listed);

	if (!e && !url && issues->dry_run) {
		buf_addf(issues->out, _("%s would open: %s\n"),
			 text_cleaned(issues->arena, listed->name),
			 issue_title(issues->arena, listed));
		return NULL;
	}
	if (!e && !url)
		e = open_issue(&url, issues, listed);
	if (!e && !issues->dry_run)
		e = issues->link(issues->data, listed, url);
	if (!e)
		buf_addf(issues->out, "%s %s\n",
			 text_cleaned(issues->arena, listed->name),
			 text_cleaned(issues->arena, url));
	return e;
}

struct err *issues_push(struct issues *issues,
			const struct listed_actions *actions)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < actions->nr; i++) {
		const struct listed_action *listed = &actions->at[i];

		if (listed->state == ACTION_OPEN && listed->action->id &&
		    !find_url(issues->arena, listed->action->text))
			e = push_action(issues, listed);
	}
	return e;
}

/* --- pull --- */

static struct err *pull_action(struct issues *issues,
			       const struct listed_action *listed,
			       const char *url)
{
	struct arena *a = issues->arena;
	bool gh = issues->program == ISSUES_GH;
	const char *const args[] = { "issue", "view",
				     gh ? "--json=state,stateReason,closedAt"
					: "--output=json",
				     url, NULL };
	const char *name = quote_word(a, listed->name);
	const char *shown = text_cleaned(a, url);
	json_t *json = NULL;
	struct err *e = ask_json(&json, issues, args);
	const char *state = object_string_or_empty(json, "state");
	const char *reason = object_string_or_empty(json, "stateReason");
	const char *closed =
		object_string_or_empty(json, gh ? "closedAt" : "closed_at");

	if (!e && (!strcmp(state, "CLOSED") || !strcmp(state, "closed"))) {
		if (!strcmp(reason, "NOT_PLANNED"))
			buf_addf(issues->out,
				 "git retro actions decline %s --reason %s\n",
				 name, quote_word(a, shown));
		else
			buf_addf(issues->out,
				 "git retro actions done %s # %.10s %s\n", name,
				 text_cleaned(a, closed), shown);
	}
	json_decref(json);
	return e;
}

struct err *issues_pull(struct issues *issues,
			const struct listed_actions *actions)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < actions->nr; i++) {
		const struct listed_action *listed = &actions->at[i];
		const char *url = find_url(issues->arena, listed->action->text);

		if (listed->state == ACTION_OPEN && listed->action->id && url)
			e = pull_action(issues, listed, url);
	}
	return e;
}
