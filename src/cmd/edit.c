/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The editor gets a copy: if it fails, or the file changes in the meantime,
 * the file stays as it was and the copy keeps what the person wrote.
 */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/phrase.h"
#include "base/proc.h"
#include "cmd/change.h"
#include "cmd/recheck.h"
#include "model/read.h"

struct args {
	const char *from;
};

static const struct opt opts[] = {
	OPT_STRING(0, "from", struct args, from, "<file>",
		   N_("take the whole text from this file, or '-' for stdin, "
		      "instead of opening the editor")),
	OPT_END,
};

static const char *const usage[] = {
	"edit [<retro>]",
	"edit --from <file> <retro>",
	NULL,
};

static const char *copy_path(const struct change *change)
{
	struct arena *a = change->env->arena;

	return arena_printf(a, "%s/retro/edit.d/%s",
			    repo_git_dir(change->env->repo),
			    change->retro->path);
}

/* An earlier copy that was never taken over is not overwritten. */
static struct err *make_copy(const struct change *change, const char *copy)
{
	const struct retro *retro = change->retro;
	struct err *e = file_make_parents(copy);

	if (!e)
		e = file_write(copy, retro->bytes, retro->n, 0666, FILE_NEW,
			       NULL);
	if (e && e->code == ERR_EXISTS) {
		err_free(e);
		e = err_new(
			ERR_EXISTS,
			_("unsaved changes from an earlier edit of %s exist"),
			retro->id);
		return err_hint(
			e, _("copy what you need from '%s', then delete it"),
			copy);
	}
	return e;
}

static struct err *take_over_copy(struct change *change, const char *copy)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_own(&bytes, copy, FILE_MAX);

	if (!e)
		e = change_resume(change);
	if (!e)
		e = change_write(change, &bytes);
	buf_release(&bytes);
	return e;
}

static bool is_as_before(const struct change *change, const char *copy)
{
	const struct retro *retro = change->retro;
	struct buf now = BUF_INIT;
	struct err *e = file_read_own(&now, copy, FILE_MAX);
	bool same =
		!e && now.n == retro->n && !memcmp(now.p, retro->bytes, now.n);

	err_free(e);
	buf_release(&now);
	return same;
}

static struct err *edit_copy(struct change *change, const char *copy)
{
	struct err *e = proc_edit(copy);

	if (!e)
		e = take_over_copy(change, copy);
	if (!e || is_as_before(change, copy))
		err_pass(file_remove(copy));
	else
		e = err_hint(e,
			     _("%s was not changed; your version is in '%s'"),
			     change->retro->path, copy);
	return e;
}

/* --- a text that is given --- */

/* A program that fills in a draft hands over one that can be read, is the same
 * retro, and leaves it to a person to call it final. */
static struct err *judge_text(const struct change *change,
			      const struct buf *bytes)
{
	const struct retro *before = change->retro, *after;
	struct arena *a = change->env->arena;
	struct diags diags = { .arena = a };

	if (!strncmp(before->bytes, "---", 3) && strncmp(bytes->p, "---", 3))
		return err_new(ERR_USAGE, _("the text has no front matter"));
	after = read_retro(a, &diags, before->path,
			   arena_strndup(a, bytes->p, bytes->n), bytes->n);
	for (size_t i = 0; i < diags.nr; i++)
		if (diags.at[i].level == DIAG_ERROR)
			return err_new(ERR_UNSUPPORTED, "%s:%d:%d: %s",
				       before->path, diags.at[i].pos.line,
				       diags.at[i].pos.column,
				       phrase_text(a, diag_said(&diags.at[i])));
	if (strcmp(before->id, after->id) != 0)
		return err_new(ERR_USAGE,
			       _("the text has the id '%s', not '%s'"),
			       after->id, before->id);
	if (after->status == STATUS_FINAL && before->status != STATUS_FINAL)
		return err_hint(err_new(ERR_USAGE,
					_("a text that is handed over cannot "
					  "make a retro final")),
				_("leave it at status: review, and ask a "
				  "person to review it"));
	return NULL;
}

static struct err *take_text(struct env *env, const char *from)
{
	struct change change = { 0 };
	struct buf bytes = BUF_INIT;
	struct err *e = strcmp(from, "-") != 0
				? file_read_named(&bytes, from, FILE_MAX)
				: file_read_stdin(&bytes, FILE_MAX);

	if (!e)
		e = change_begin(&change, env, env->rest.at[0]);
	if (!e)
		e = judge_text(&change, &bytes);
	if (!e)
		e = change_write(&change, &bytes);
	change_end(&change);
	buf_release(&bytes);
	return e ? e : recheck_file(env, change.retro->path);
}

/* What was read for it is freed before all is checked; only the path stays. */
static struct err *edit_one(const char **path, struct env *env)
{
	struct arena scratch = ARENA_INIT;
	struct env own = *env;
	struct change change = { 0 };
	const char *copy = NULL;
	struct err *e;

	own.arena = &scratch;
	e = change_begin(&change, &own, env->rest.nr ? env->rest.at[0] : "@");
	if (!e) {
		*path = arena_strdup(env->arena, change.retro->path);
		copy = copy_path(&change);
		e = make_copy(&change, copy);
	}
	change_pause(&change);
	if (!e)
		e = edit_copy(&change, copy);
	change_end(&change);
	arena_release(&scratch);
	return e;
}

static struct err *run_edit(struct env *env)
{
	const struct args *args = env->args;
	const char *path = NULL;
	struct err *e;

	if (env->rest.nr > 1)
		return err_new(ERR_USAGE, _("edit takes one retro"));
	if (args->from && !env->rest.nr)
		return err_new(ERR_USAGE, _("--from needs a retro"));
	if (args->from)
		return take_text(env, args->from);
	e = edit_one(&path, env);
	return e ? e : recheck_file(env, path);
}

static const char *const examples[] = {
	"git retro edit @",
	"git retro edit v1.4.0",
	NULL,
};

const struct cmd cmd_edit = {
	.name = "edit",
	.summary = N_("Open a retro in the editor, then check it"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_edit,
};
