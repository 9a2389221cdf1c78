/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/range_locks.h"
#include "cmd/show_links.h"
#include "corpus/corpus.h"
#include "model/excerpt.h"
#include "search/similar.h"
#include "view/html.h"
#include "view/locks.h"
#include "view/record.h"
#include "view/similar.h"
#include "view/term.h"

struct args {
	bool raw, html;
	const char *at;
	struct strs sections;
	int format;
};

static const struct opt opts[] = {
	OPT_LIST(0, "section", struct args, sections, "<section>",
		 N_("only this section, by key or heading")),
	CMD_OPT_AT(struct args),
	OPT_BOOL(0, "raw", struct args, raw,
		 N_("the bytes of the file, unchanged")),
	OPT_BOOL(0, "html", struct args, html, N_("a page for a browser")),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, N_("human or json")),
	OPT_END,
};

static const char *const usage[] = {
	"show [--at <rev>] [--section <section>...] [<retro>...]",
	"show [--raw | --html | --format <format>] [<retro>...]",
	NULL,
};

/* The retros that were named, and which of their pitfalls; without a name, the
 * newest. */
static struct err *choose_shown(struct retros *out, struct problem_names *names,
				struct env *env, struct corpus *corpus)
{
	struct err *e;

	if (env->rest.nr)
		return corpus_find_problems(names, out, corpus, &env->rest);
	e = corpus_survey(corpus);
	if (e)
		return e;
	if (!corpus->retros.nr)
		return err_hint(
			err_new(ERR_NOT_FOUND, _("there are no retros yet")),
			_("to draft one: git retro new"));
	vec_push(env->arena, out, corpus->retros.at[0]);
	return NULL;
}

/* --- sections --- */

#define MOST_HEADINGS 20

static void join_headings(struct buf *out, const struct sections *sections)
{
	for (size_t i = 0; i < sections->nr && i < MOST_HEADINGS; i++)
		buf_addf(out, "%s%s", i ? ", " : "", sections->at[i].heading);
	if (sections->nr > MOST_HEADINGS)
		buf_addstr(out, ", ...");
}

/* Says which sections a retro does not have, and which it has. */
static void name_missing(struct env *env, const struct retro *retro,
			 const struct strs *missing)
{
	struct buf has = BUF_INIT;

	for (size_t i = 0; i < missing->nr; i++)
		fprintf(stderr, _("git retro: %s has no section '%s'\n"),
			text_cleaned(env->arena, retro->path),
			text_cleaned(env->arena, missing->at[i]));
	join_headings(&has, &retro->body->sections);
	if (missing->nr && has.n)
		fprintf(stderr, _("hint: it has: %s\n"),
			text_cleaned(env->arena, has.p));
	if (missing->nr)
		env->status = EXIT_NEGATIVE;
	buf_release(&has);
}

/* Leaves of each retro's body what was asked for. */
static void cut_shown(struct env *env, const struct retros *retros,
		      const struct strs *names)
{
	for (size_t i = 0; i < retros->nr; i++) {
		struct retro *retro = retros->at[i];
		struct strs missing = { 0 };
		struct body *body =
			excerpt_body(&missing, env->arena, retro->body, names);

		name_missing(env, retro, &missing);
		retro->body = body;
	}
}

/* --- output --- */

static void show_raw(struct buf *out, struct env *env, const struct args *args,
		     const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];
		struct strs sources = { 0 };

		if (!args->sections.nr) {
			buf_add(out, retro->bytes, retro->n);
			continue;
		}
		excerpt_sources(&sources, env->arena, retro,
				&retro->body->sections);
		for (size_t j = 0; j < sources.nr; j++)
			buf_addstr(out, sources.at[j]);
	}
}

/* What the release brought, where its range is here. */
static void show_dependencies(struct buf *out, struct env *env,
			      const struct retro *retro,
			      const struct style *style)
{
	struct lock_changes changes = { 0 };
	struct buf text = BUF_INIT;

	err_free(range_lock_changes(&changes, env, retro->range));
	lock_changes_summary(&text, style, &changes);
	if (text.n)
		buf_addf(out, "%s%s", out->n ? "\n" : "", text.p);
	buf_release(&text);
}

/* Its links stand between the header and the text. Where they cannot be told,
 * the retro is shown all the same. */
static void show_whole(struct buf *out, struct env *env, struct corpus *corpus,
		       struct retro *retro, const struct style *style)
{
	struct buf links = BUF_INIT;
	struct err *e = show_links(&links, env, corpus, retro, style);

	if (!e)
		show_dependencies(&links, env, retro, style);
	term_show(out, style, retro, retro->body, links.p);
	buf_release(&links);
	if (!e)
		return;
	fprintf(stderr, _("git retro: cannot trace its links: %s\n"),
		text_cleaned(env->arena, e->text));
	err_free(e);
}

/* What is like it comes last, for a person: to find it, all retros are looked
 * at. */
static void show_similar(struct buf *out, struct env *env,
			 struct corpus *corpus, const struct retro *retro,
			 const struct style *style)
{
	struct similars similars = { 0 };
	struct err *e = corpus_survey(corpus);

	if (!e)
		e = similar_find(&similars, corpus, retro);

	if (!e && similars.nr) {
		buf_addch(out, '\n');
		similar_text(out, env->arena, style, &similars, false);
	}
	err_pass(e);
}

/* Of several retros, sections stand under the title they are from. */
static void show_human(struct buf *out, struct env *env,
		       const struct args *args, struct corpus *corpus,
		       const struct retros *retros)
{
	struct style style;

	style_init(&style, env->config, 1);
	for (size_t i = 0; i < retros->nr; i++) {
		struct retro *retro = retros->at[i];

		if (args->sections.nr && !retro->body->doc->first)
			continue;
		if (out->n)
			buf_addch(out, '\n');
		if (!args->sections.nr)
			show_whole(out, env, corpus, retro, &style);
		else if (retros->nr == 1)
			term_markdown(out, &style, retro->body->doc);
		else
			term_excerpt(out, &style, retro, retro->body);
	}
	if (retros->nr == 1 && !args->sections.nr && !args->at &&
	    isatty(STDOUT_FILENO))
		show_similar(out, env, corpus, retros->at[0], &style);
}

static void render_shown(struct buf *out, struct env *env,
			 const struct args *args, struct corpus *corpus,
			 const struct retros *retros)
{
	if (args->raw)
		show_raw(out, env, args, retros);
	else if (args->html)
		html_page(out, retros);
	else if (args->format == FORMAT_JSON)
		record_json(out, env->arena, retros, RECORD_BODY, NULL);
	else
		show_human(out, env, args, corpus, retros);
}

/* --- pitfalls --- */

static bool names_pitfall(const struct problem_names *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (names->at[i].number)
			return true;
	return false;
}

/* The retro with this pitfall and its problem alone. */
static struct retro *narrow(struct arena *a, const struct problem_name *name)
{
	struct retro *one = arena_alloc(a, sizeof(*one));
	struct body *body = arena_alloc(a, sizeof(*body));
	const struct problems *problems = &name->retro->problems;
	const struct pitfalls *pitfalls = &name->retro->body->pitfalls;

	*one = *name->retro;
	*body = *name->retro->body;
	one->body = body;
	one->problems = (struct problems){ 0 };
	body->pitfalls = (struct pitfalls){ 0 };
	for (size_t i = 0; i < problems->nr; i++)
		if (&problems->at[i] ==
		    retro_problem(name->retro, name->number))
			vec_push(a, &one->problems, problems->at[i]);
	for (size_t i = 0; i < pitfalls->nr; i++)
		if (&pitfalls->at[i] ==
		    body_pitfall(name->retro->body, name->number))
			vec_push(a, &body->pitfalls, pitfalls->at[i]);
	return one;
}

/* Where some of the names are those of pitfalls. */
static struct err *render_named_pitfalls(struct buf *out, struct env *env,
					 const struct args *args,
					 struct corpus *corpus,
					 const struct problem_names *names)
{
	struct retros shown = { 0 };
	struct err *e = NULL;
	struct style style;

	if (args->raw || args->html || args->sections.nr)
		return err_new(ERR_USAGE, _("a pitfall cannot be combined with "
					    "--raw, --html or --section"));
	style_init(&style, env->config, 1);
	for (size_t i = 0; !e && i < names->nr; i++) {
		const struct problem_name *name = &names->at[i];
		bool json = args->format == FORMAT_JSON;

		if (json)
			vec_push(env->arena, &shown,
				 name->number ? narrow(env->arena, name)
					      : name->retro);
		if (!json && out->n)
			buf_addch(out, '\n');
		if (!json && !name->number)
			show_whole(out, env, corpus, name->retro, &style);
		else if (!json)
			e = show_problem(out, env, corpus, name->retro,
					 name->number, &style);
	}
	if (!e && shown.nr)
		record_json(out, env->arena, &shown, RECORD_BODY, NULL);
	return e;
}

static struct err *run_show(struct env *env)
{
	const struct args *args = env->args;
	struct diags problems = { .arena = env->arena };
	struct problem_names names = { 0 };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct err *e;

	if (args->raw + args->html + (args->format != FORMAT_HUMAN) > 1)
		return err_new(ERR_USAGE, _("--raw, --html and --format cannot "
					    "be used together"));
	e = corpus_begin(&corpus, env->arena, env->repo, &env->policy,
			 args->at);
	if (!e)
		e = choose_shown(&retros, &names, env, &corpus);
	if (!e)
		e = corpus_read(&corpus, &retros);
	if (e)
		return e;
	corpus_zones(&corpus, &retros);
	corpus_problems(&problems, &corpus, &retros);
	if (args->sections.nr)
		cut_shown(env, &retros, &args->sections);
	if (!names_pitfall(&names))
		render_shown(&out, env, args, &corpus, &retros);
	else
		e = render_named_pitfalls(&out, env, args, &corpus, &names);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&problems, args->at);
	return e;
}

static const char *const examples[] = {
	"git retro show @",
	"git retro show v1.4.0 --section pitfalls",
	NULL,
};

const struct cmd cmd_show = {
	.name = "show",
	.summary = N_("Show a retro, rendered for the terminal"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run_show,
};
