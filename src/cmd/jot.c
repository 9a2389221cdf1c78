/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "base/proc.h"
#include "base/quote.h"
#include "base/text.h"
#include "cmd/create.h"
#include "corpus/corpus.h"
#include "corpus/notes.h"
#include "index/work_tree.h"
#include "view/style.h"

/* A note is a line: who has more to say writes a retro. Bytes. */
#define TEXT_MAX 2000

struct jot_args {
	struct strs paths, labels;
	int kind;
	bool commit;
};

static const struct opt opts[] = {
	OPT_SET(0, "hard", struct jot_args, kind, NOTE_HARD,
		N_("something was hard")),
	OPT_SET(0, "pitfall", struct jot_args, kind, NOTE_PITFALL,
		N_("a pitfall that others should know")),
	OPT_SET(0, "solved", struct jot_args, kind, NOTE_SOLVED,
		N_("how something was solved")),
	OPT_SET(0, "improve", struct jot_args, kind, NOTE_IMPROVE,
		N_("what would make it easier")),
	OPT_LIST(0, "path", struct jot_args, paths, "<path>",
		 N_("a file or folder that it is about")),
	OPT_LIST(0, "label", struct jot_args, labels, "<label>",
		 N_("a label for the retro")),
	OPT_BOOL(0, "commit", struct jot_args, commit,
		 N_("commit the note, and nothing else")),
	OPT_END,
};

static const char *const usage[] = {
	"jot [--hard|--pitfall|--solved|--improve] [<option>...] <line>",
	"jot",
	NULL,
};

/* --- a note --- */

static struct err *read_line_arg(const char **out, struct env *env)
{
	const char *text = env->rest.at[0];
	size_t n = strlen(text);

	if (env->rest.nr > 1)
		return err_hint(err_new(ERR_USAGE, _("jot takes one line")),
				_("put it in quotes"));
	text_trim(&text, &n);
	if (!n)
		return err_new(ERR_USAGE, _("the note is empty"));
	if (n > TEXT_MAX || memchr(text, '\n', n))
		return err_hint(
			err_new(ERR_USAGE,
				_("a note is one line of at most %d bytes"),
				TEXT_MAX),
			_("'git retro new' drafts a whole retro"));
	*out = text_cleaned(env->arena, arena_strndup(env->arena, text, n));
	return NULL;
}

/* As one stands to them, from the root. */
static struct err *root_paths(struct strs *out, struct env *env,
			      const struct strs *paths)
{
	for (size_t i = 0; i < paths->nr; i++) {
		const char *path = path_normal(env->arena,
					       path_join(env->arena,
							 repo_prefix(env->repo),
							 paths->at[i]));

		if (!*path || *path == '/' || !strncmp(path, "..", 2))
			return err_new(ERR_USAGE,
				       _("'%s' is not a path inside the "
					 "repository"),
				       paths->at[i]);
		vec_push(env->arena, out, path);
	}
	return NULL;
}

static struct err *make_note(struct note *out, struct env *env)
{
	const struct jot_args *args = env->args;
	struct err *e = read_line_arg(&out->text, env);

	out->kind = (enum note_kind)args->kind;
	out->labels = args->labels;
	out->date = moment_rfc3339(env->arena, moment_now());
	if (!e)
		e = root_paths(&out->paths, env, &args->paths);
	if (!e)
		e = create_author(&out->author, env);
	return e;
}

/* --- a commit of its own --- */

static struct err *run_git(const char *const *argv, const char *what)
{
	struct proc git = { .argv = argv };
	struct buf text = BUF_INIT;
	int status = 0;
	struct err *e = proc_run(&git, &text, &status);

	buf_release(&text);
	if (!e && status)
		e = err_new(ERR_FAILED, _("git %s exited with %d"), what,
			    status);
	return err_hint(e, _("the note is saved, but not committed"));
}

/* What else is staged stays so. */
static struct err *commit_note(struct env *env, const char *path,
			       const char *text)
{
	const char *pathspec =
		arena_printf(env->arena, ":(top,literal)%s", path);
	const char *subject = arena_printf(env->arena, "Note: %s", text);
	const char *const add[] = { "git", "add",    "--force",
				    "--",  pathspec, NULL };
	const char *const commit[] = { "git", "commit", "-q",
				       "-m",  subject,  "--only",
				       "--",  pathspec, NULL };
	struct err *e = run_git(add, "add");

	return e ? e : run_git(commit, "commit");
}

static struct err *write_note(struct env *env)
{
	const struct jot_args *args = env->args;
	struct note note = { 0 };
	struct retro written = { 0 };
	struct corpus corpus = { .arena = env->arena,
				 .repo = env->repo,
				 .policy = &env->policy };
	struct buf bytes = BUF_INIT, out = BUF_INIT;
	struct err *e = make_note(&note, env);

	if (!e) {
		note_write(&bytes, &written.path, env->arena, env->repo,
			   &env->policy, &note);
		e = work_tree_write(env->arena, env->repo, written.path, &bytes,
				    FILE_NEW);
	}
	if (e && e->code == ERR_EXISTS) { /* it says the same */
		err_free(e);
		e = NULL;
	}
	if (!e && args->commit)
		e = commit_note(env, written.path, note.text);
	if (!e) {
		buf_addf(&out, "%s\n", corpus_display(&corpus, &written));
		e = cmd_print(env, &out);
	}
	buf_release(&bytes);
	buf_release(&out);
	return e;
}

/* --- those there are --- */

static struct err *list_jotted(struct env *env)
{
	struct notes notes = { 0 };
	struct buf out = BUF_INIT;
	struct style style;
	struct err *e = notes_waiting(&notes, env->arena, env->repo,
				      &env->policy, NULL);

	style_init(&style, env->config, 1);
	for (size_t i = 0; !e && i < notes.nr; i++) {
		const struct note *note = &notes.at[i];
		const char *kind = note_kind_name(note->kind);

		buf_addf(&out, "%.10s  ",
			 *note->date ? text_cleaned(env->arena, note->date)
				     : "          ");
		style_put(&out, &style, STYLE_KEY,
			  arena_printf(env->arena, "%-7s", kind));
		buf_addf(&out, "  %s", note->text);
		for (size_t j = 0; j < note->paths.nr; j++)
			buf_addf(&out, "%s%s", j ? ", " : ": ",
				 text_cleaned(env->arena, note->paths.at[j]));
		buf_addch(&out, '\n');
	}
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static struct err *run_jot(struct env *env)
{
	const struct jot_args *args = env->args;

	if (env->rest.nr)
		return write_note(env);
	if (args->kind || args->commit || args->paths.nr || args->labels.nr)
		return err_hint(err_new(ERR_USAGE, _("jot needs a line")),
				"git retro jot --pitfall \"<line>\"");
	return list_jotted(env);
}

static const char *const examples[] = {
	"git retro jot --pitfall \"Labels can be empty\"",
	"git retro jot --solved \"Pinned the driver\"",
	NULL,
};

const struct cmd cmd_jot = {
	.name = "jot",
	.summary = N_("Note a line now, for the draft of the next release"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct jot_args),
	.needs = CMD_REPO | CMD_WORK_TREE | CMD_PAGER,
	.run = run_jot,
};
