/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/proc.h"
#include "base/quote.h"
#include "base/text.h"
#include "capture/environment.h"
#include "capture/lock_changes.h"
#include "cmd/create.h"
#include "cmd/recheck.h"
#include "cmd/templates.h"
#include "git/ancestry.h"
#include "git/rev.h"
#include "hook/ask.h"
#include "index/work_tree.h"
#include "lineage/release.h"
#include "model/body.h"
#include "model/edit.h"
#include "model/read.h"
#include "report/run.h"
#include "search/similar.h"
#include "view/record.h"
#include "view/similar.h"

struct new_args {
	const char *release, *since, *range, *kind, *template, *language;
	struct strs runs;
	bool list_templates, no_edit;
	int format;
};

static const struct opt opts[] = {
	OPT_STRING(0, "release", struct new_args, release, "<tag>",
		   N_("the release that the retro covers")),
	OPT_STRING(0, "since", struct new_args, since, "<tag>",
		   N_("cover what came after this release")),
	OPT_STRING(0, "range", struct new_args, range, "<A..B>",
		   N_("cover these commits")),
	OPT_STRING(0, "kind", struct new_args, kind, "<kind>",
		   N_("release, incident, experiment, deployment or project")),
	OPT_LIST(0, "run", struct new_args, runs, "<path>",
		 N_("copy the numbers of an experiment's run; a second: before "
		    "it")),
	OPT_STRING(0, "template", struct new_args, template, "<template>",
		   N_("use this template instead of that of the kind")),
	OPT_BOOL(0, "list-templates", struct new_args, list_templates,
		 N_("list the templates")),
	OPT_STRING(0, "language", struct new_args, language, "<en|zh>",
		   N_("language of the template")),
	OPT_UNSET(0, "no-edit", struct new_args, no_edit,
		  N_("do not open the editor")),
	OPT_CHOICE(0, "format", struct new_args, format, "<format>",
		   format_names_json,
		   N_("human, or json: the draft for a program to fill in; "
		      "opens no editor")),
	OPT_END,
};

/* What is to be drafted. */
struct plan {
	struct env *env;
	const struct new_args *args;
	struct draft draft;
	const char *title; /* as given, or NULL */
	bool has_range;
	struct oid from;
	struct range range;
	/* How the ends are called: in the front matter a name that will still
	 * mean the same in a year, in prose a short one. */
	const char *from_name, *to_name;
	const char *from_short, *to_short;
	const char *path; /* from the root of the work tree */
};

/* --- the range --- */

/* A tag keeps its name; whatever else may move becomes an id. */
static struct err *name_end(const char **name, const char **short_name,
			    struct plan *plan, const char *given,
			    const struct oid *commit)
{
	struct arena *a = plan->env->arena;
	char hex[OID_HEX + 1];
	struct ref tag;
	struct err *e = ref_tag(&tag, a, plan->env->repo, given);

	if (!e) {
		*name = *short_name = tag.name;
		return NULL;
	}
	*name = arena_strdup(a, oid_hex(hex, commit));
	*short_name = rev_abbrev(a, plan->env->repo, commit);
	if (e->code != ERR_NOT_FOUND)
		return e;
	err_free(e);
	return NULL;
}

static struct err *set_from(struct plan *plan, const char *given)
{
	struct err *e = rev_commit(&plan->from, plan->env->repo, given);

	plan->range.from = &plan->from;
	if (e)
		return e;
	return name_end(&plan->from_name, &plan->from_short, plan, given,
			&plan->from);
}

static struct err *set_to(struct plan *plan, const char *given)
{
	struct err *e = rev_commit(&plan->range.to, plan->env->repo, given);

	plan->has_range = true;
	if (e)
		return e;
	return name_end(&plan->to_name, &plan->to_short, plan, given,
			&plan->range.to);
}

/* "A..B", where an end that is left out is HEAD. */
static struct err *read_range(struct plan *plan)
{
	const char *given = plan->args->range;
	const char *dots = strstr(given, "..");
	struct err *e;

	if (!dots || dots[2] == '.' || !(dots > given || dots[2]))
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a range"), given),
			_("write it as A..B, such as v1.3.0..v1.4.0"));
	e = set_from(plan, dots > given ? arena_strndup(plan->env->arena, given,
							(size_t)(dots - given))
					: "HEAD");
	if (!e)
		e = set_to(plan, dots[2] ? dots + 2 : "HEAD");
	return err_context(e, "--range");
}

static void set_from_release(struct plan *plan, const struct release *release)
{
	plan->from = release->tag.commit;
	plan->range.from = &plan->from;
	plan->from_name = plan->from_short = release->tag.name;
}

/* Without `--since`, from the release before. */
static struct err *range_of_release(struct plan *plan, const struct ref *tag)
{
	struct env *env = plan->env;
	struct release before;
	bool found = false;
	struct err *e;

	plan->has_range = true;
	plan->range.to = tag->commit;
	plan->range.paths = policy_release_paths(&env->policy, tag->name);
	plan->to_name = plan->to_short = tag->name;
	if (plan->args->since)
		return NULL;
	e = release_previous(&before, &found, env->arena, env->repo,
			     &env->policy, tag);
	if (found) {
		set_from_release(plan, &before);
		plan->draft.highest_before = before.version.nr > 0;
	}
	return e;
}

static struct err *read_since(struct plan *plan)
{
	struct err *e;

	if (!plan->args->since)
		return NULL;
	if (plan->args->range)
		return err_new(
			ERR_USAGE,
			_("--since and --range cannot be used together"));
	e = set_from(plan, plan->args->since);
	if (!e && !plan->has_range)
		e = set_to(plan, "HEAD");
	if (!e && oid_equal(&plan->from, &plan->range.to))
		e = err_hint(
			err_new(ERR_USAGE,
				_("'%s' and '%s' are the same commit"),
				plan->args->since, plan->to_short),
			_("name an earlier release: 'git tag' lists the tags"));
	return err_context(e, "--since");
}

/* Without a word from the person: what came since the newest release. */
static struct err *range_so_far(struct plan *plan)
{
	struct env *env = plan->env;
	struct release newest;
	bool found = false;
	struct err *e = rev_head(&plan->range.to, env->repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	if (!e)
		e = release_latest(&newest, &found, env->arena, env->repo,
				   &env->policy, &plan->range.to);
	if (!e)
		e = name_end(&plan->to_name, &plan->to_short, plan, "HEAD",
			     &plan->range.to);
	if (e)
		return e;
	if (found)
		set_from_release(plan, &newest);
	plan->has_range = !found || !oid_equal(&plan->from, &plan->range.to);
	return NULL;
}

/* --- what it is about --- */

static struct err *choose_kind(struct plan *plan)
{
	const char *kind = plan->args->kind;

	plan->draft.kind = plan->args->release ? KIND_RELEASE : KIND_PROJECT;
	if (!kind)
		return NULL;
	plan->draft.kind = kind_parse(kind);
	if (plan->draft.kind == KIND_NONE)
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a valid kind"), kind),
			_("use release, incident, experiment, deployment or "
			  "project"));
	return NULL;
}

static struct err *choose_range(struct plan *plan)
{
	struct ref tag;
	struct err *e = NULL;

	if (plan->args->release) {
		e = create_release(&tag, plan->env, plan->args->release);
		if (e)
			return e;
		plan->draft.release = tag.name;
	}
	if (plan->args->release && !plan->args->range)
		e = range_of_release(plan, &tag);
	if (!e)
		e = read_since(plan);
	if (e || plan->args->since)
		return e;
	if (plan->args->range)
		return read_range(plan);
	if (plan->args->release)
		return NULL;
	/* What caused an incident is older than the newest release as often
	 * as not: nothing is guessed. */
	return plan->draft.kind == KIND_INCIDENT ? NULL : range_so_far(plan);
}

static struct err *choose_title(struct plan *plan)
{
	bool chinese = plan->draft.language == LANGUAGE_ZH;
	struct arena *a = plan->env->arena;

	plan->draft.title = plan->title           ? plan->title
			    : plan->draft.release ? plan->draft.release
						  : plan->args->range;
	if (plan->draft.title)
		return NULL;
	if (plan->draft.kind == KIND_INCIDENT)
		return err_hint(
			err_new(ERR_USAGE, _("an incident needs a title")),
			"git retro new --kind incident \"<title>\"");
	if (!plan->has_range && plan->from_name)
		return err_hint(
			err_new(ERR_NOT_FOUND,
				_("there are no commits since %s"),
				plan->from_name),
			_("'git retro new --release %s' covers that release"),
			quote_word(a, plan->from_name));
	if (!plan->has_range)
		return err_hint(
			err_new(ERR_NOT_FOUND, _("there are no commits yet")),
			_("to draft without them: git retro new \"<title>\""));
	if (!plan->from_name)
		plan->draft.title = chinese ? "从头至今" : "So far";
	else
		plan->draft.title = arena_printf(
			a, chinese ? "%s 以来" : "Since %s", plan->from_name);
	return NULL;
}

static struct err *read_args(struct plan *plan)
{
	struct env *env = plan->env;
	const char *title = env->rest.nr ? env->rest.at[0] : NULL;
	size_t n = title ? strlen(title) : 0;

	if (env->rest.nr > 1)
		return err_hint(err_new(ERR_USAGE, _("new takes one title")),
				_("put it in quotes"));
	if (!title)
		return NULL;
	text_trim(&title, &n);
	if (!n)
		return err_new(ERR_USAGE, _("the title is empty"));
	plan->title = arena_strndup(env->arena, title, n);
	return NULL;
}

static struct err *make_plan(struct plan *plan)
{
	struct err *e = read_args(plan);

	if (!e)
		e = create_language(&plan->draft.language, plan->env,
				    plan->args->language);
	if (!e)
		e = choose_kind(plan);
	if (!e)
		e = choose_range(plan);
	if (!e)
		e = choose_title(plan);
	return e;
}

/* --- the draft --- */

/* Whoever wrote the most of it wrote the story, too: beside who drafts. */
static void add_authors(struct plan *plan, const struct digest *digest)
{
	struct arena *a = plan->env->arena;
	struct strs *authors = &plan->draft.authors;

	for (size_t i = 0;
	     i < digest->authors.nr && authors->nr < DRAFT_AUTHORS; i++) {
		const struct digest_author *author = &digest->authors.at[i];

		if (author->commits)
			strs_add(a, authors,
				 arena_printf(a, "%s <%s>", author->person.name,
					      author->person.mail));
	}
}

static struct err *gather_notes(struct plan *plan, const struct digest *digest)
{
	struct env *env = plan->env;

	for (size_t i = 0; i < digest->notes.nr; i++) {
		struct note note;

		note_read_trailer(&note, env->arena, digest->notes.at[i]);
		vec_push(env->arena, &plan->draft.notes, note);
	}
	return notes_of_range(&plan->draft.notes, env->arena, env->repo,
			      &env->policy, &plan->range);
}

static struct err *gather_plan(struct plan *plan, struct digest *digest)
{
	struct env *env = plan->env;
	struct err *e;

	if (!plan->has_range)
		return NULL;
	e = digest_range(digest, env->arena, env->repo, &plan->range,
			 env->policy.dir);
	for (size_t i = 0; i < digest->requests.nr && i < DRAFT_REQUESTS; i++)
		digest->requests.at[i].commit.abbrev =
			rev_abbrev(env->arena, env->repo,
				   &digest->requests.at[i].commit.id);
	if (!e)
		e = lock_changes_find(&plan->draft.locks, env->arena, env->repo,
				      &plan->range, &digest->paths);
	if (!e)
		e = environments_read(&plan->draft.environments, env->arena,
				      env->repo, &plan->range.to,
				      &env->policy.capture);
	if (!e)
		e = gather_notes(plan, digest);
	if (!e && !plan->draft.run)
		e = measures_of_range(&plan->draft.measures, env->arena,
				      env->repo, &plan->range, &digest->paths);
	digest->from_name = plan->from_short;
	digest->to_name = plan->to_short;
	plan->draft.digest = digest;
	add_authors(plan, digest);
	if (plan->from_name)
		plan->draft.range = arena_printf(
			env->arena, "%s..%s", plan->from_name, plan->to_name);
	return e;
}

/* Who names no kind gets the shortest one. */
static struct err *fill_draft(struct buf *out, struct plan *plan)
{
	const char *name = plan->args->template;

	if (!name)
		name = plan->args->kind ? kind_name(plan->draft.kind)
					: "release";
	return templates_fill(out, plan->env, name, &plan->draft);
}

/* The longest overdue first, those without a day last. */
static int by_due(const void *a, const void *b)
{
	const struct listed_action *one = a, *other = b;
	bool undated = one->action->due == DAY_NONE;

	if (undated != (other->action->due == DAY_NONE))
		return undated ? 1 : -1;
	if (one->action->due != other->action->due)
		return one->action->due < other->action->due ? -1 : 1;
	if (one->retro != other->retro)
		return strcmp(one->name, other->name);
	return one->action->line < other->action->line ? -1 : 1;
}

/* Who writes up an incident is spared what has nothing to do with it. */
static struct err *carry_over(struct plan *plan, struct corpus *corpus)
{
	struct listed_actions *open = &plan->draft.open;
	struct err *e;

	if (plan->draft.kind == KIND_INCIDENT)
		return NULL;
	e = actions_open(open, corpus);
	if (!e && open->nr)
		qsort(open->at, open->nr, sizeof(*open->at), by_due);
	return e;
}

/* Of an old release, its day: that is when it was, whenever it is written. A
 * lightweight tag has none. */
static struct err *date_draft(struct plan *plan)
{
	struct env *env = plan->env;
	struct ref tag;
	struct err *e;
	int32_t day;

	if (!plan->draft.release)
		return NULL;
	e = ref_tag(&tag, env->arena, env->repo, plan->draft.release);
	if (e || !ref_tag_has_time(&tag))
		return e;
	day = day_of((struct moment){ ref_tag_time(env->repo, &tag),
				      moment_now().zone });
	if (day_add_working(day, env->policy.due) < plan->draft.date)
		plan->draft.date = day;
	return NULL;
}

/* The first run is what came out; a second one is what it is held to. */
static struct err *gather_runs(struct plan *plan)
{
	struct env *env = plan->env;
	const struct strs *runs = &plan->args->runs;
	struct run run = { 0 }, before = { 0 };
	struct err *e;

	if (!runs->nr)
		return NULL;
	if (runs->nr > 2)
		return err_new(ERR_USAGE, _("--run takes at most two runs"));
	e = run_read(&run, env->arena, runs->at[0]);
	if (!e && runs->nr == 2)
		e = run_read(&before, env->arena, runs->at[1]);
	if (e)
		return e;
	run_compare(&plan->draft.measures, env->arena, &before, &run);
	plan->draft.parameters = run.parameters;
	plan->draft.run = run.name;
	return NULL;
}

static struct err *write_draft(struct plan *plan, struct corpus *corpus)
{
	struct digest digest = { 0 };
	struct buf text = BUF_INIT;
	struct err *e = create_identity(
		&plan->draft, &plan->path, plan->env, corpus,
		plan->draft.release ? plan->draft.release : plan->draft.title);

	if (!e)
		e = date_draft(plan);
	if (!e)
		e = gather_runs(plan);
	if (!e)
		e = gather_plan(plan, &digest);
	if (!e)
		e = fill_draft(&text, plan);
	if (!e)
		e = create_file(plan->env, plan->path, &text);
	buf_release(&text);
	return e;
}

/* --- after it is written --- */

/* Whoever names an editor in GIT_EDITOR means it; any other one needs a
 * terminal to live in. */
static bool can_edit(const struct env *env)
{
	const char *editor = getenv("GIT_EDITOR");
	const char *term = getenv("TERM");
	bool dumb = !term || !strcmp(term, "dumb");

	if (editor && *editor)
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	return !dumb || config_get(env->config, "core.editor") ||
	       getenv("EDITOR");
}

static struct err *edit(const struct plan *plan, const char *shown)
{
	const char *full = path_join(
		plan->env->arena, repo_work_tree(plan->env->repo), plan->path);
	struct err *e;

	if (plan->args->no_edit || plan->args->format)
		return NULL;
	if (!can_edit(plan->env)) {
		fputs(_("git retro: no terminal, so the editor was not "
			"opened\n"),
		      stderr);
		return NULL;
	}
	e = proc_edit(full);
	return err_hint(e, _("the draft is saved in %s"), shown);
}

/* --- retros like it --- */

static struct err *read_draft(struct retro **out, const struct plan *plan)
{
	struct arena *a = plan->env->arena;
	struct diags ignored = { .arena = a };
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, a, plan->env->repo, plan->path);

	*out = read_retro(a, &ignored, plan->path,
			  arena_strndup(a, text.p, text.n), text.n);
	body_read(*out, a, &ignored, &plan->env->policy);
	buf_release(&text);
	return e;
}

static struct err *mark_seen(const struct plan *plan, const struct retro *draft,
			     const char *id)
{
	struct arena *a = plan->env->arena;
	struct buf bytes = BUF_INIT;
	struct err *e = edit_add(&bytes, a, draft, "seen-before", id);

	if (!e)
		e = work_tree_write(a, plan->env->repo, plan->path, &bytes, 0);
	buf_release(&bytes);
	return e;
}

/* What an answer means: "2" is the second retro, "2#P1" its pitfall P1. NULL if
 * there is no such one. */
static const char *answered(struct arena *a, const struct similars *similars,
			    const char *answer)
{
	const char *place, *number;
	const struct retro *retro;
	size_t nr;

	problem_split(&place, &number, a, answer);
	nr = *place >= '1' && *place <= '9' ? (size_t)(*place - '0') : 0;
	if (!nr || place[1] || nr > similars->nr)
		return NULL;
	retro = similars->at[nr - 1].retro;
	if (!number)
		return retro->id;
	return body_pitfall(retro->body, number)
		       ? arena_printf(a, "%s#%s", retro->id, number)
		       : NULL;
}

/* The retro or the pitfall that the person chooses; NULL for none. */
static const char *choose_similar(const struct similars *similars,
				  struct env *env)
{
	struct buf text = BUF_INIT;
	const char *chosen = NULL;
	struct style style;
	struct ask ask;

	if (!ask_open(&ask))
		return NULL;
	style_init(&style, env->config, 2);
	similar_text(&text, env->arena, &style, similars, true);
	fwrite(text.p, 1, text.n, stderr);
	buf_reset(&text);
	if (ask_line(&text, &ask,
		     _("Has one of these happened again? [its number, as 1 or "
		       "1#P2, or Enter] ")) == ASK_LINE)
		chosen = answered(env->arena, similars, text.p);
	buf_release(&text);
	ask_close(&ask);
	return chosen;
}

/* Offers to mark the draft as a recurrence. Only to a person at a terminal who
 * is about to edit, whom a failure does not keep from it. */
static void offer_seen(const struct plan *plan, struct corpus *corpus)
{
	struct similars similars = { 0 };
	struct retro *draft;
	const char *chosen = NULL;
	struct err *e;

	if (plan->args->no_edit || plan->args->format ||
	    !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return;
	e = read_draft(&draft, plan);
	if (!e)
		e = similar_find(&similars, corpus, draft);
	if (!e && similars.nr)
		chosen = choose_similar(&similars, plan->env);
	if (!e && chosen)
		e = mark_seen(plan, draft, chosen);
	err_pass(e);
}

/* The same JSON as that of `show`. */
static struct err *put_draft(struct buf *out, const struct plan *plan)
{
	struct retros one = { 0 };
	struct retro *draft;
	struct err *e = read_draft(&draft, plan);

	if (e)
		return e;
	vec_push(plan->env->arena, &one, draft);
	record_json(out, plan->env->arena, &one, RECORD_BODY, NULL);
	return NULL;
}

static struct err *finish_plan(const struct plan *plan,
			       const struct corpus *corpus)
{
	const struct retro written = { .path = plan->path };
	const char *shown = corpus_display(corpus, &written);
	struct buf out = BUF_INIT;
	struct err *e = edit(plan, shown), *printed;

	if (!e)
		e = recheck_file(plan->env, plan->path);
	if (!plan->args->format)
		buf_addf(&out, "%s\n", shown);
	else if (!e)
		e = put_draft(&out, plan);
	printed = cmd_print(plan->env, &out);
	buf_release(&out);
	if (!e)
		return printed;
	err_free(printed);
	return e;
}

static struct err *list_templates(struct env *env)
{
	struct buf out = BUF_INIT;
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("--list-templates takes no title"));
	e = templates_list(&out, env);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static struct err *run_new(struct env *env)
{
	struct plan plan = { .env = env,
			     .args = env->args,
			     .draft = { .status = STATUS_DRAFT } };
	struct corpus corpus = { 0 };
	struct err *e;

	if (plan.args->list_templates)
		return list_templates(env);
	e = make_plan(&plan);
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = create_listed(&corpus);
	if (!e && plan.draft.release)
		e = create_uncovered(&corpus, plan.draft.release);
	if (!e)
		e = carry_over(&plan, &corpus);
	if (!e)
		e = write_draft(&plan, &corpus);
	if (!e) /* it can lack what was not read */
		cmd_hint_unread(&corpus.diags, NULL);
	if (!e)
		offer_seen(&plan, &corpus);
	if (!e)
		e = finish_plan(&plan, &corpus);
	return e;
}

static const char *const usage[] = {
	"new --release <tag> [--since <tag>] [<title>]",
	"new [--range <A..B> | --since <tag>] [--kind <kind>] [<title>]",
	"new --kind experiment --run <path> [--run <before>] [<title>]",
	"new --list-templates",
	NULL,
};

static const char *const examples[] = {
	"git retro new --release v1.4.0",
	"git retro new --kind incident \"Login was down\"",
	"git retro new --since v1.3.0 \"Sprint 12\"",
	NULL,
};

const struct cmd cmd_new = {
	.name = "new",
	.summary = N_("Draft a retro from what git knows"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct new_args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_new,
};
