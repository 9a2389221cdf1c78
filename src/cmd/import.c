/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "corpus/corpus.h"
#include "exchange/import.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "view/columns.h"

#define IMPORT_COLUMNS 5

struct args {
	int from;
	bool dry_run;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "from", struct args, from, "<format>", import_formats,
		   N_("auto, markdown, adr, notion, confluence, github, gitlab "
		      "or jira")),
	OPT_BOOL(0, "dry-run", struct args, dry_run,
		 N_("only print what would be imported")),
	OPT_END,
};

static const char *const usage[] = {
	"import [--from <format>] [--dry-run] <file>|<folder>|-",
	NULL,
};

/* --- what is shown --- */

static void add_note(struct buf *out, const char *text)
{
	if (out->n)
		buf_addstr(out, ", ");
	buf_addstr(out, text);
}

/* What stands behind its text. */
static void note_beside(struct buf *out, struct arena *a,
			const struct import_item *item)
{
	if (item->comments.nr)
		add_note(out, arena_printf(a,
					   Q_("%zu comment", "%zu comments",
					      item->comments.nr),
					   item->comments.nr));
	if (item->attachments)
		add_note(out,
			 arena_printf(a,
				      Q_("%zu attachment", "%zu attachments",
					 item->attachments),
				      item->attachments));
}

/* The fields and actions that are read of it, and what is left. */
static const char *row_note(struct arena *a, const struct import_row *row)
{
	const struct retro *retro = row->retro;
	struct buf note = BUF_INIT;
	const char *text;
	size_t actions;

	if (row->state == IMPORT_TWICE)
		return row->same_id
			       ? arena_printf(a,
					      _("not taken: another one in the "
						"source has its id, '%s'"),
					      text_cleaned(a, row->same_id))
			       : _("not taken: more than once in the source");
	if (row->state == IMPORT_HERE)
		return arena_printf(a,
				    row->differs
					    ? _("here already, with another "
						"text: %s")
					    : _("here already: %s"),
				    text_cleaned(a, row->path));
	if (retro->status)
		add_note(&note, _(status_name(retro->status)));
	if (retro->authors.nr)
		add_note(&note, arena_printf(a,
					     Q_("%zu author", "%zu authors",
						retro->authors.nr),
					     retro->authors.nr));
	if (retro->labels.nr)
		add_note(&note, arena_printf(a,
					     Q_("%zu label", "%zu labels",
						retro->labels.nr),
					     retro->labels.nr));
	actions = retro->body->actions.nr;
	if (actions)
		add_note(&note,
			 arena_printf(a,
				      Q_("%zu action", "%zu actions", actions),
				      actions));
	note_beside(&note, a, row->item);
	for (size_t i = 0; i < row->item->left.nr; i++)
		buf_addf(&note, "%s%s",
			 i        ? ", "
			 : note.n ? _("; not taken: ")
				  : _("not taken: "),
			 row->item->left.at[i]);
	text = text_cleaned(a, note.p);
	buf_release(&note);
	return text;
}

/* The file that it is made of; "" where the retro is called the same. */
static const char *source_cell(struct arena *a, const struct import_row *row)
{
	const char *file = row->item->file, *path = row->path;
	size_t n = strlen(file), m = path ? strlen(path) : 0;

	return row->state == IMPORT_NEW && m > n && path[m - n - 1] == '/' &&
			       !strcmp(path + m - n, file)
		       ? ""
		       : text_cleaned(a, file);
}

static struct row table_row(struct arena *a, const struct import_row *row)
{
	const struct retro *retro = row->retro;
	bool is_new = row->state == IMPORT_NEW;
	bool dated = retro && retro->date != DAY_NONE;

	return (struct row){
		.text = { text_cleaned(a,
				       is_new ? row->path : row->item->source),
			  dated ? day_format(a, retro->date) : "",
			  source_cell(a, row), row_note(a, row),
			  retro ? text_cleaned(a, retro->title) : "" },
		.role = { is_new ? STYLE_ID : STYLE_DIM, STYLE_PLAIN, STYLE_DIM,
			  is_new ? STYLE_PLAIN : STYLE_DIM },
	};
}

static void put_left(struct buf *out, struct arena *a,
		     const struct import *import)
{
	for (size_t i = 0; i < import->left.nr; i++)
		buf_addf(out, _("not a retro by its name: %s\n"),
			 text_cleaned(a, import->left.at[i]));
	if (import->others)
		buf_addf(out,
			 Q_("%zu file that is not Markdown was left out\n",
			    "%zu files that are not Markdown were left out\n",
			    import->others),
			 import->others);
}

static void put_count(struct buf *out, const struct import_plan *plan,
		      size_t made, size_t broken, bool dry_run)
{
	size_t twice = 0, here = 0;

	for (size_t i = 0; i < plan->nr; i++) {
		twice += plan->at[i].state == IMPORT_TWICE;
		here += plan->at[i].state == IMPORT_HERE;
	}
	if (dry_run)
		buf_addf(out,
			 Q_("%zu retro would be imported",
			    "%zu retros would "
			    "be imported",
			    made),
			 made);
	else
		buf_addf(out,
			 Q_("%zu retro imported", "%zu retros imported", made),
			 made);
	if (here)
		buf_addf(out,
			 Q_(", %zu was here already", ", %zu were here already",
			    here),
			 here);
	if (twice)
		buf_addf(out,
			 Q_(", %zu left out because it is there twice",
			    ", %zu left out because they are there twice",
			    twice),
			 twice);
	if (broken)
		buf_addf(out,
			 Q_(", %zu cannot be read", ", %zu cannot be read",
			    broken),
			 broken);
	buf_addch(out, '\n');
}

static struct err *show_plan(struct env *env, const struct import *import,
			     const struct import_plan *plan)
{
	const struct args *args = env->args;
	struct rows rows = { 0 };
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e;
	size_t made = 0;

	style_init(&style, env->config, 1);
	for (size_t i = 0; i < plan->nr; i++) {
		enum import_state state = plan->at[i].state;

		made += state == IMPORT_NEW;
		if (state != IMPORT_BROKEN &&
		    (state != IMPORT_HERE || plan->at[i].differs ||
		     args->dry_run))
			vec_push(env->arena, &rows,
				 table_row(env->arena, &plan->at[i]));
	}
	columns_put(&out, &style, &rows, IMPORT_COLUMNS);
	put_left(&out, env->arena, import);
	put_count(&out, plan, made, import->broken.nr, args->dry_run);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

/* Names each that was left out. */
static void name_broken(struct env *env, const struct import *import)
{
	for (size_t i = 0; i < import->broken.nr; i++) {
		const struct import_problem *one = &import->broken.at[i];

		fprintf(stderr, "git retro: %s\n",
			text_cleaned(env->arena, one->text));
		if (one->hint)
			fprintf(stderr, _("hint: %s\n"),
				text_cleaned(env->arena, one->hint));
		env->status = EXIT_NEGATIVE;
	}
}

/* Where none can be read, the first says why. */
static struct err *all_broken(const struct import *import,
			      const struct import_plan *plan)
{
	const struct import_problem *first = import->broken.at;
	struct err *e;

	for (size_t i = 0; i < plan->nr; i++)
		if (plan->at[i].state != IMPORT_BROKEN)
			return NULL;
	if (!import->broken.nr)
		return NULL;
	e = err_new(ERR_UNSUPPORTED, "%s", first->text);
	return first->hint ? err_hint(e, "%s", first->hint) : e;
}

/* --- writing --- */

/* Takes back what was written before an error: half of a collection is none. */
static void take_back(struct env *env, const struct import_plan *plan,
		      size_t end)
{
	for (size_t i = 0; i < end; i++) {
		char *full;
		struct err *e;

		if (plan->at[i].state != IMPORT_NEW)
			continue;
		e = work_tree_path(&full, env->arena, env->repo,
				   plan->at[i].path);
		if (!e)
			e = file_remove(full);
		err_pass(e);
	}
}

static struct err *write_plan(struct env *env, const struct import_plan *plan)
{
	for (size_t i = 0; i < plan->nr; i++) {
		const struct import_row *row = &plan->at[i];
		struct err *e = NULL;

		if (row->state == IMPORT_NEW)
			e = work_tree_write(env->arena, env->repo, row->path,
					    &row->bytes, FILE_NEW);
		if (e) {
			take_back(env, plan, i);
			return err_hint(e, _("nothing was imported"));
		}
	}
	return NULL;
}

/* --- the command --- */

static struct err *run_import(struct env *env)
{
	const struct args *args = env->args;
	struct import import = { .arena = env->arena,
				 .work_tree = repo_work_tree(env->repo),
				 .from = (enum import_format)args->from };
	struct import_plan plan = { 0 };
	struct corpus corpus = { 0 };
	struct err *e;

	if (env->rest.nr != 1)
		return err_hint(err_new(ERR_USAGE,
					_("import takes one file or folder")),
				_("- is standard input"));
	e = import_read(&import, env->rest.at[0]);
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				NULL);
	if (!e)
		e = import_plan(&plan, &import, &corpus);
	if (!e)
		e = all_broken(&import, &plan);
	if (!e && !args->dry_run)
		e = write_plan(env, &plan);
	if (!e)
		e = show_plan(env, &import, &plan);
	if (!e)
		name_broken(env, &import);
	import_plan_release(&plan);
	if (!e)
		cmd_hint_unread(&corpus.diags, NULL);
	return e;
}

static const char *const examples[] = {
	"git retro import --dry-run ../wiki/postmortems",
	"gh issue list --json title,url,body,labels,createdAt | git retro "
	"import -",
	"git retro import jira.csv",
	NULL,
};

const struct cmd cmd_import = {
	.name = "import",
	.summary = N_("Make retros of documents and issues from elsewhere"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_WORK_TREE | CMD_INDEX,
	.run = run_import,
};
