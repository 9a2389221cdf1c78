/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/quote.h"
#include "cmd/agents.h"
#include "cmd/attributes.h"
#include "cmd/ci.h"
#include "cmd/create.h"
#include "cmd/propose.h"
#include "hook/install.h"
#include "index/work_tree.h"

struct init_args {
	const char *language, *ci;
	bool dry_run, agents, remove;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "dry-run", struct init_args, dry_run,
		 N_("only show what would be done")),
	OPT_STRING(0, "ci", struct init_args, ci,
		   "<github|gitlab|github-pages|gitlab-pages|pre-commit>",
		   N_("also write a CI configuration")),
	OPT_BOOL(0, "agents", struct init_args, agents,
		 N_("also set up the coding agents that are used here")),
	OPT_BOOL(0, "remove", struct init_args, remove,
		 N_("with --agents: remove what it wrote, and nothing else")),
	OPT_STRING(0, "language", struct init_args, language, "<en|zh>",
		   N_("language of the templates")),
	OPT_END,
};

/* The work so far, and what is said of it. */
struct init {
	struct env *env;
	bool dry_run;
	enum language language;
	struct setup setup;
	struct strs written;
	struct buf out;
};

/* --- the steps --- */

static const char *policy_list_text(struct arena *a, const struct strs *values)
{
	struct buf b = BUF_INIT;
	const char *text;

	yaml_list(&b, values);
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static const char *policy_scalar_text(struct arena *a, const char *value)
{
	struct buf b = BUF_INIT;
	const char *text;

	yaml_scalar(&b, value);
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static const char *since_text(const struct init *init)
{
	struct arena *a = init->env->arena;

	const char *newest = init->setup.proposal.newest;

	return newest ? arena_printf(a, "since: %s",
				     policy_scalar_text(a, newest))
		      : "# since: v1.0.0";
}

static void note_written(struct init *init, const char *path)
{
	buf_addf(&init->out,
		 init->dry_run ? _("would write %s\n") : _("wrote %s\n"), path);
	vec_push(init->env->arena, &init->written, path);
}

static const char *branches_text(const struct init *init)
{
	const struct branch_schemes *branches = &init->setup.habits.branches;
	struct arena *a = init->env->arena;
	struct strs patterns = { 0 };

	for (size_t i = 0; i < branches->nr; i++)
		vec_push(a, &patterns, branches->at[i].pattern);
	return patterns.nr ? arena_printf(a, "  branches: %s",
					  policy_list_text(a, &patterns))
			   : "";
}

/* {"tokio-util-[0-9]*": [tokio-util/]} */
static const char *paths_line(const struct init *init)
{
	const struct strs *paths = &init->setup.paths;
	struct arena *a = init->env->arena;
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < paths->nr; i += 2)
		buf_addf(&b, "%s%s: [%s]", i ? ", " : "  paths: {",
			 policy_scalar_text(a, paths->at[i]),
			 policy_scalar_text(a, paths->at[i + 1]));
	buf_addstr(&b, paths->nr ? "}" : "");
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

/* Writes a file that is there as `templates/<stem>.<language>.<ending>`. */
static struct err *write_step(struct init *init, const char *path,
			      const char *stem, const char *ending)
{
	struct env *env = init->env;
	struct slots slots = { 0 };
	struct buf text = BUF_INIT;
	const char *language = init->language == LANGUAGE_ZH ? "zh" : "en";
	const struct embed *file = embed_find(arena_printf(
		env->arena, "templates/%s.%s.%s", stem, language, ending));
	struct err *e = NULL;

	vec_push(env->arena, &slots,
		 (struct slot){ "dir", policy_scalar_text(env->arena,
							  env->policy.dir) });
	vec_push(env->arena, &slots,
		 (struct slot){ "tags", policy_list_text(env->arena,
							 &env->policy.tags) });
	vec_push(env->arena, &slots,
		 (struct slot){ "branches", branches_text(init) });
	vec_push(env->arena, &slots,
		 (struct slot){ "paths", paths_line(init) });
	vec_push(env->arena, &slots,
		 (struct slot){ "require",
				init->setup.proposal.dated ? "all" : "minor" });
	vec_push(env->arena, &slots,
		 (struct slot){ "since", since_text(init) });
	template_fill(&text, file->bytes, file->n, &slots);
	if (!init->dry_run)
		e = create_file(env, path, &text);
	buf_release(&text);
	if (!e)
		note_written(init, path);
	return e;
}

static struct err *look_in_init(bool *there, const struct init *init,
				const char *path)
{
	enum file_kind kind;
	struct err *e =
		work_tree_look(&kind, init->env->arena, init->env->repo, path);

	*there = kind != FILE_NONE;
	return e;
}

static struct err *write_policy(struct init *init)
{
	bool there;
	struct err *e = look_in_init(&there, init, POLICY_FILE);

	if (e)
		return e;
	if (there) {
		buf_addf(&init->out, _("%s already exists\n"), POLICY_FILE);
		return NULL;
	}
	e = propose(&init->setup, init->env);
	if (!e && !init->dry_run)
		e = propose_ask(&init->setup, init->env);
	if (e)
		return e;
	init->env->policy.dir = init->setup.dir;
	if (init->setup.proposal.tags.nr)
		init->env->policy.tags = init->setup.proposal.tags;
	e = write_step(init, POLICY_FILE, "retro", "yml");
	if (!e)
		propose_text(&init->out, init->env, &init->setup);
	return e;
}

/* An empty directory cannot be committed, so it gets a file that says what it
 * is for; one that contains something needs none. */
static struct err *write_readme(struct init *init)
{
	struct env *env = init->env;
	const char *dir = env->policy.dir;
	struct file_tree tree = { 0 };
	struct err *e = work_tree_list(&tree, env->arena, env->repo, dir);

	if (e)
		return e;
	if (tree.files.nr) {
		buf_addf(&init->out, _("%s/ already exists\n"), dir);
		return NULL;
	}
	return write_step(init, arena_printf(env->arena, "%s/README.md", dir),
			  "readme", "txt");
}

static struct err *say_attributes(struct init *init, const char *path)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, env->arena, env->repo, path);

	if (!e)
		buf_addf(&init->out,
			 strstr(text.p, "diff=retro") &&
					 strstr(text.p, "merge=retro")
				 ? _("%s already exists\n")
				 : _("%s already exists; add '*.md diff=retro "
				     "merge=retro' to see section names in git "
				     "diff and to merge by item\n"),
			 path);
	buf_release(&text);
	return e;
}

/* Only in the folder of the retros, and only where it has none of its own. */
static struct err *write_attributes(struct init *init)
{
	struct env *env = init->env;
	const char *path =
		arena_printf(env->arena, "%s/.gitattributes", env->policy.dir);
	struct buf text = BUF_INIT;
	bool there;
	struct err *e = look_in_init(&there, init, path);

	if (e)
		return e;
	if (there)
		return say_attributes(init, path);
	buf_addstr(&text, attributes_lines);
	if (!init->dry_run)
		e = create_file(env, path, &text);
	buf_release(&text);
	if (!e)
		note_written(init, path);
	return e;
}

/* What is there is the team's, also if we wrote it. */
static struct err *say_ci(struct init *init, const struct ci *ci,
			  const struct buf *wanted)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, env->arena, env->repo, ci->path);

	if (e)
		return e;
	if (strcmp(text.p, wanted->p) == 0)
		buf_addf(&init->out, _("%s already exists\n"), ci->path);
	else
		buf_addf(&init->out,
			 _("%s already exists; it should contain:\n\n%s\n"),
			 ci->path, wanted->p);
	buf_release(&text);
	return NULL;
}

static struct err *write_ci(struct init *init, const struct ci *ci)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	bool there;
	struct err *e = look_in_init(&there, init, ci->path);

	ci_fill(&text, env->arena, ci, &env->policy, &env->policy.tags);
	if (!e && there) {
		e = say_ci(init, ci, &text);
	} else if (!e) {
		if (!init->dry_run)
			e = create_file(env, ci->path, &text);
		if (!e)
			note_written(init, ci->path);
		if (!e && ci->next)
			buf_addf(&init->out, "  %s\n", _(ci->next));
	}
	buf_release(&text);
	return e;
}

static bool is_new(const struct install_item *item)
{
	return !strcmp(item->text, _("installed")) ||
	       !strcmp(item->text, _("installed in git config"));
}

/* `*asked`: whether a hook will ask. */
static struct err *install_step(bool *asked, struct init *init)
{
	struct env *env = init->env;
	struct install_report report = { 0 };
	struct err *e = install_hooks(&report, env->arena, env->repo,
				      env->config, init->dry_run);

	*asked = !e;
	for (size_t i = 0; i < report.nr; i++)
		if (!strcmp(report.at[i].hook, "reference-transaction"))
			*asked &= report.at[i].state == INSTALL_OURS ||
				  report.at[i].state == INSTALL_CHAINED;
	for (size_t i = 0; i < report.nr; i++)
		if (init->dry_run && is_new(&report.at[i]))
			buf_addf(&init->out, _("would install hook %s\n"),
				 report.at[i].hook);
		else
			buf_addf(&init->out, _("hook %s: %s\n"),
				 report.at[i].hook, report.at[i].text);
	return e;
}

static void say_next(struct init *init, bool asked)
{
	const char *newest = init->setup.proposal.newest;

	if (init->dry_run || !init->written.nr)
		return;
	buf_addstr(&init->out,
		   _("\nCommit these to share them with your team:\n"));
	for (size_t i = 0; i < init->written.nr; i++)
		buf_addf(&init->out, "  %s\n", init->written.at[i]);
	if (!strs_has(&init->written, POLICY_FILE))
		return;
	if (asked)
		buf_addstr(&init->out, _("You will be asked for a retro when "
					 "you tag the next release.\n"));
	if (newest)
		buf_addf(&init->out,
			 _("To draft one now: git retro new --release %s\n"),
			 quote_word(init->env->arena, newest));
	else
		buf_addstr(&init->out, _("To draft one now: git retro new\n"));
}

static struct err *set_up_all(struct init *init, const struct ci *ci)
{
	bool asked;
	const struct init_args *args = init->env->args;
	struct err *agents = NULL;
	struct err *e =
		create_language(&init->language, init->env, args->language);

	if (!e && !args->language)
		propose_language(&init->language, init->env);
	if (!e)
		e = write_policy(init);
	if (!e)
		e = write_readme(init);
	if (!e)
		e = write_attributes(init);
	if (!e && ci)
		e = write_ci(init, ci);
	/* What fails there is in the way of nothing else. */
	if (!e && args->agents)
		agents = agents_install(&init->out, &init->written, init->env,
					args->dry_run);
	if (!e)
		e = attributes_install(&init->out, init->env, args->dry_run);
	if (!e) {
		e = install_step(&asked, init);
		say_next(init, asked);
	}
	if (!e)
		return agents;
	err_free(agents);
	return e;
}

static struct err *run_init(struct env *env)
{
	const struct init_args *args = env->args;
	struct init init = { .env = env,
			     .dry_run = args->dry_run,
			     .out = BUF_INIT };
	const struct ci *ci = NULL;
	struct err *e = NULL, *printed;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("init takes no arguments"));
	if (args->remove && !args->agents)
		return err_new(ERR_USAGE, _("--remove goes with --agents"));
	if (args->remove && (args->ci || args->language))
		return err_new(ERR_USAGE, _("%s cannot be used with --remove"),
			       args->ci ? "--ci" : "--language");
	if (args->ci)
		e = ci_find(&ci, args->ci);
	if (e)
		return e;
	if (args->remove)
		e = agents_remove(&init.out, env, args->dry_run);
	else
		e = set_up_all(&init, ci);
	/* What was done is said even if the next step failed. */
	printed = cmd_print(env, &init.out);
	buf_release(&init.out);
	if (!e)
		return printed;
	err_free(printed);
	return e;
}

static const char *const usage[] = {
	"init [--dry-run] [--language <en|zh>] [--ci <forge>] [--agents]",
	"init --agents --remove [--dry-run]",
	NULL,
};

static const char *const examples[] = {
	"git retro init --dry-run",
	"git retro init --language zh --ci github",
	NULL,
};

const struct cmd cmd_init = {
	.name = "init",
	.summary = N_("Set up a repository: settings, folder, hooks"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct init_args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_init,
};
