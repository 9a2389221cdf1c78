/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relink: links to commits that were rewritten get the ids that these have now.
 * The one command that follows what the hook post-rewrite noted.
 */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "cmd/change.h"
#include "git/rev.h"
#include "model/body.h"
#include "model/edit.h"
#include "model/field.h"
#include "model/read.h"
#include "view/relink.h"

struct args {
	bool dry_run;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "dry-run", struct args, dry_run,
		 N_("only show what would be done")),
	OPT_END,
};

static const char *const usage[] = { "relink [--dry-run]", NULL };

/* The commit that an action says it was done by; NULL for a day, or for an
 * action that no edit could name. */
static const char *closed_by(const struct action *action)
{
	const char *done = action->done;
	size_t n = done ? strlen(done) : 0;

	if (!action->id || n < 7 || n > OID_HEX ||
	    strspn(done, "0123456789abcdef") != n)
		return NULL;
	return done;
}

static void gather_closed(struct strs *out, struct arena *a,
			  const struct actions *actions)
{
	for (size_t i = 0; i < actions->nr; i++)
		if (closed_by(&actions->at[i]))
			vec_push(a, out, closed_by(&actions->at[i]));
}

static void gather_names(struct strs *out, struct arena *a,
			 const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		links_append(out, a, &retros->at[i]->commits);
		gather_closed(out, a, &retros->at[i]->body->actions);
	}
	strs_sort(out);
	if (!out->nr)
		return;
	for (size_t i = 1, nr = out->nr, kept = 1; i < nr; i++) {
		if (strcmp(out->at[kept - 1], out->at[i]) != 0)
			out->at[kept++] = out->at[i];
		out->nr = kept;
	}
}

static const struct relink *find_broken_link(const struct relinks *dead,
					     const char *name)
{
	for (size_t i = 0; i < dead->nr; i++)
		if (!strcmp(dead->at[i].name, name))
			return &dead->at[i];
	return NULL;
}

static void abbreviate_ids(struct strs *out, struct env *env,
			   const struct oids *ids)
{
	for (size_t i = 0; i < ids->nr; i++)
		vec_push(env->arena, out,
			 rev_abbrev(env->arena, env->repo, &ids->at[i]));
}

static void add_relink_row(struct relink_rows *out, struct change *change,
			   struct relink_row row)
{
	row.path = corpus_display(&change->corpus, row.retro);
	abbreviate_ids(&row.to, change->env, &row.dead->to);
	abbreviate_ids(&row.candidates, change->env, &row.dead->candidates);
	vec_push(change->env->arena, out, row);
}

static void add_closed(struct relink_rows *out, struct change *change,
		       struct retro *retro, const struct relinks *dead)
{
	const struct actions *actions = &retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++) {
		struct relink_row row = { .retro = retro };
		const char *name = closed_by(&actions->at[i]);

		row.action = &actions->at[i];
		row.dead = name ? find_broken_link(dead, name) : NULL;
		if (!row.dead)
			continue;
		row.role = arena_printf(change->env->arena, _("%s done by"),
					row.action->id);
		add_relink_row(out, change, row);
	}
}

static void add_relink_rows(struct relink_rows *out, struct change *change,
			    struct retro *retro, const struct relinks *dead)
{
	for (enum link_role role = LINK_CAUSE; role < LINK_ROLES; role++) {
		const struct strs *links = links_of(&retro->commits, role);

		for (size_t i = 0; i < links->nr; i++) {
			struct relink_row row = {
				.retro = retro, .role = link_role_name(role)
			};

			row.dead = find_broken_link(dead, links->at[i]);
			if (row.dead)
				add_relink_row(out, change, row);
		}
	}
	add_closed(out, change, retro, dead);
}

/* --- writing --- */

/* Makes the bytes of an edit those of the retro. */
static struct err *take_edit(struct retro **retro, struct arena *a,
			     struct err *e, struct buf *out)
{
	struct diags ignored = { .arena = a };

	if (!e)
		*retro = read_retro(a, &ignored, (*retro)->path,
				    arena_strndup(a, out->p, out->n), out->n);
	buf_release(out);
	return e;
}

/* Adds a commit wherever another one of the role stands: a commit was split. */
static struct err *add_beside(struct retro **retro, struct arena *a,
			      const char *role, const char *first,
			      const char *hex)
{
	enum link_role list = link_role_find(role);
	struct err *e = NULL;

	for (size_t i = 0; !e && i < (*retro)->problems.nr; i++) {
		const struct problem *problem = &(*retro)->problems.at[i];
		struct buf out = BUF_INIT;

		if (list == LINK_OTHER ||
		    !strs_has(links_of(&problem->commits, list), first))
			continue;
		e = edit_add(&out, a, *retro,
			     arena_printf(a, "commits.%zu.%s", i + 1, role),
			     hex);
		e = take_edit(retro, a, e, &out);
	}
	if (!e && list == LINK_OTHER) {
		struct buf out = BUF_INIT;

		e = edit_add(&out, a, *retro, "commits.other", hex);
		e = take_edit(retro, a, e, &out);
	}
	return e;
}

/* One link in the retro as it is now, which is then that of the new bytes. */
static struct err *fix_link(struct retro **retro, struct arena *a,
			    const struct relink_row *row)
{
	const char *key = arena_printf(a, "commits.%s", row->role);
	const struct relink *dead = row->dead;
	struct buf out = BUF_INIT;
	char first[OID_HEX + 1], hex[OID_HEX + 1];
	struct err *e;

	oid_hex(first, &dead->to.at[0]);
	e = edit_replace(&out, a, *retro, key, dead->name, first);
	e = take_edit(retro, a, e, &out);
	for (size_t i = 1; !e && i < dead->to.nr; i++)
		e = add_beside(retro, a, row->role, first,
			       oid_hex(hex, &dead->to.at[i]));
	return e;
}

/* The mark behind an action: taken away and written anew, as one edit of the
 * action is refused where its state stays. */
static struct err *fix_action(struct retro **retro, struct env *env,
			      const struct relink_row *row)
{
	struct arena *a = env->arena;
	const char *id = row->action->id, *mark = row->to.at[0];
	const enum action_state states[] = { ACTION_OPEN, ACTION_DONE };
	struct diags ignored = { .arena = a };
	char hex[OID_HEX + 1];
	struct err *e = NULL;

	if (strlen(row->dead->name) > strlen(mark))
		mark = arena_strndup(a, oid_hex(hex, &row->dead->to.at[0]),
				     strlen(row->dead->name));
	for (size_t i = 0; !e && i < ARRAY_SIZE(states); i++) {
		struct buf out = BUF_INIT;

		body_read(*retro, a, &ignored, &env->policy);
		e = edit_action(&out, a, *retro, id, states[i],
				states[i] == ACTION_DONE ? mark : NULL);
		e = take_edit(retro, a, e, &out);
	}
	return e;
}

/* All links of one retro, in one write. One that cannot be edited keeps none of
 * the others from it. */
static struct err *fix_retro(struct change *change, struct relink_row *rows,
			     size_t nr, bool dry_run)
{
	const struct retros one = { &change->retro, 1, 1 };
	struct arena *a = change->env->arena;
	struct retro *now = change->retro;
	struct buf bytes = BUF_INIT;
	struct err *e = corpus_read(&change->corpus, &one);

	if (e)
		return e;
	for (size_t i = 0; i < nr; i++) {
		struct retro *before = now;

		if (rows[i].dead->means == RELINK_NONE)
			continue;
		e = rows[i].action ? fix_action(&now, change->env, &rows[i])
				   : fix_link(&now, a, &rows[i]);
		if (e)
			now = before;
		if (e)
			rows[i].refused = arena_strdup(a, e->text);
		err_free(e);
	}
	buf_add(&bytes, now->bytes, now->n);
	e = dry_run ? NULL : change_write(change, &bytes);
	buf_release(&bytes);
	return e;
}

static struct err *fix_all(struct change *change, struct relink_rows *rows,
			   bool dry_run)
{
	struct err *e = NULL;

	for (size_t i = 0, nr; !e && i < rows->nr; i += nr) {
		change->retro = (struct retro *)rows->at[i].retro;
		for (nr = 1; i + nr < rows->nr &&
			     rows->at[i + nr].retro == rows->at[i].retro;)
			nr++;
		e = fix_retro(change, &rows->at[i], nr, dry_run);
	}
	return e;
}

static void sum_up_relinked(struct env *env, const struct relink_rows *rows,
			    bool dry_run)
{
	size_t fixed = 0, left;

	for (size_t i = 0; i < rows->nr; i++)
		fixed += relink_is_certain(&rows->at[i]);
	left = rows->nr - fixed;
	fflush(stdout); /* what is summed up comes first, also in a log */
	if (!rows->nr)
		fprintf(stderr,
			_("All linked commits still exist; nothing to do.\n"));
	else
		fprintf(stderr,
			dry_run ? Q_("Would update %zu link; %zu could not be "
				     "resolved\n",
				     "Would update %zu links; %zu could not be "
				     "resolved\n",
				     fixed)
				: Q_("Updated %zu link; %zu could not be "
				     "resolved\n",
				     "Updated %zu links; %zu could not be "
				     "resolved\n",
				     fixed),
			fixed, left);
	if (left)
		env->status = EXIT_NEGATIVE;
}

static struct err *relink(struct change *change, bool dry_run)
{
	struct env *env = change->env;
	struct relink_rows rows = { 0 };
	struct relinks dead = { 0 };
	struct strs names = { 0 };
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e;

	gather_names(&names, env->arena, &change->corpus.retros);
	e = relink_find(&dead, env->arena, env->repo, &names);
	for (size_t i = 0; !e && i < change->corpus.retros.nr; i++)
		add_relink_rows(&rows, change, change->corpus.retros.at[i],
				&dead);
	if (!e)
		e = fix_all(change, &rows, dry_run);
	style_init(&style, env->config, 1);
	relink_text(&out, env->arena, &style, &rows);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	if (!e)
		sum_up_relinked(env, &rows, dry_run);
	return e;
}

static struct err *run_relink(struct env *env)
{
	const struct args *args = env->args;
	struct change change = { .env = env };
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	e = change_resume(&change);
	if (!e)
		e = corpus_open(&change.corpus, env->arena, env->repo,
				&env->policy, NULL);
	if (!e)
		e = relink(&change, args->dry_run);
	cmd_hint_unread(&change.corpus.diags, NULL);
	change_end(&change);
	return e;
}

static const char *const examples[] = {
	"git retro relink --dry-run",
	NULL,
};

const struct cmd cmd_relink = {
	.name = "relink",
	.summary = N_("Update links to commits that were rebased, amended or "
		      "squashed"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_relink,
};
