/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>

#include "git/ref.h"
#include "report/audit.h"
#include "report/setup.h"
#include "view/audit.h"

struct args {
	struct strs tags, branches;
	const char *repos;
	bool twins;
	int format;
};

enum { AUDIT_HUMAN, AUDIT_JSON, AUDIT_TSV, AUDIT_GITHUB, AUDIT_MARKDOWN };
static const char *const formats[] = { "human",  "json",     "tsv",
				       "github", "markdown", NULL };

static const struct opt opts[] = {
	OPT_LIST(0, "tags", struct args, tags, "<glob>", N_("tags that match")),
	OPT_LIST(0, "branches", struct args, branches, "<glob>",
		 N_("branches that match")),
	OPT_REPOS(struct args),
	OPT_BOOL(0, "twins", struct args, twins,
		 N_("with --repos: problems of another repository whose cause "
		    "is here, too")),
	OPT_CHOICE(0, "format", struct args, format, "<format>", formats,
		   N_("human, json, tsv, github or markdown")),
	OPT_END,
};

static const char *const usage[] = {
	"audit [<option>...] [<rev>...]",
	NULL,
};

static bool asks_for_usual(const struct env *env)
{
	const struct args *args = env->args;

	return !env->rest.nr && !args->tags.nr && !args->branches.nr;
}

static bool has_branches(const struct release_lines *lines)
{
	for (size_t i = 0; i < lines->nr; i++)
		if (strcmp(lines->at[i].name, "HEAD") != 0)
			return true;
	return false;
}

/* None where nothing was ever committed: there a retro can link nothing. */
static struct err *find_usual_lines(struct release_lines *out, struct env *env)
{
	struct refs refs = { 0 };
	struct err *unborn, *e = audit_usual_lines(out, env->arena, env->repo,
						   env->config, &env->policy);

	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	unborn = e;
	e = ref_list(&refs, env->arena, env->repo,
		     REFS_TAGS | REFS_BRANCHES | REFS_REMOTES);
	if (e || refs.nr) {
		err_free(e);
		return unborn;
	}
	err_free(unborn);
	return NULL;
}

static struct err *find_audit_lines(struct release_lines *out, struct env *env,
				    const struct args *args)
{
	struct err *e = NULL;

	if (asks_for_usual(env))
		return find_usual_lines(out, env);
	for (size_t i = 0; !e && i < env->rest.nr; i++)
		e = audit_add_lines(out, env->arena, env->repo,
				    env->rest.at[i]);
	if (!e && (args->tags.nr || args->branches.nr))
		e = release_lines_find(out, env->arena, env->repo, env->config,
				       &env->policy, &args->tags,
				       &args->branches);
	if (e || out->nr)
		return e;
	return err_hint(err_new(ERR_NOT_FOUND, _("no tag or branch matches")),
			_("'git tag' and 'git branch -a' list them"));
}

/* Where the settings are wrong, nobody looked in the right place. */
static struct err *refuse_setup(struct env *env)
{
	struct err *e;

	/* The first problem was named already. */
	for (size_t i = 0; i < env->policy_diags.nr; i++)
		if (env->policy_diags.at[i].level == DIAG_ERROR)
			return err_hint(err_new(ERR_FAILED,
						_("nothing was audited: the "
						  "settings have errors")),
					_("'git retro check' lists them"));
	e = setup_check(&env->policy_diags, env->arena, env->repo, &env->policy,
			false);
	return e ? e : setup_refuse(&env->policy_diags);
}

static struct err *run_audit(struct env *env)
{
	const struct args *args = env->args;
	struct release_lines lines = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct audit audit;
	struct style style;
	struct err *e = args->twins
				? err_new(ERR_USAGE, _("--twins needs --repos"))
				: refuse_setup(env);

	if (!e)
		e = find_audit_lines(&lines, env, args);
	if (!e)
		e = corpus_open_all(&corpus, env->arena, env->repo,
				    &env->policy);
	if (!e)
		e = audit_run(&audit, &corpus, &lines);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	if (args->format == AUDIT_JSON)
		audit_json(&out, &audit);
	else if (args->format == AUDIT_TSV)
		audit_tsv(&out, &audit);
	else if (args->format == AUDIT_MARKDOWN)
		audit_markdown(&out, env->arena, &lines, &audit);
	else if (args->format == AUDIT_GITHUB)
		audit_github(&out, env->arena, &audit);
	else if (lines.nr)
		audit_text(&out, &style, &lines, &audit);
	else
		buf_addstr(&out, _("nothing to check: there are no commits "
				   "yet\n"));
	if (args->format == AUDIT_HUMAN && asks_for_usual(env) && lines.nr &&
	    !has_branches(&lines))
		buf_addf(&out, _("no branch matches releases.branches: only "
				 "HEAD was checked\n"));
	e = cmd_print(env, &out);
	buf_release(&out);
	cmd_hint_unread(&corpus.diags, NULL);
	if (audit.exposed)
		env->status = EXIT_NEGATIVE;
	else if (audit.unknown || audit.unread)
		env->status = EXIT_UNKNOWN;
	return e;
}

static const char *const examples[] = {
	"git retro audit",
	"git retro audit release/1.0",
	"git retro audit --repos=/srv/git --twins",
	NULL,
};

const struct cmd cmd_audit = {
	.name = "audit",
	.summary =
		N_("Show which known pitfalls a release or branch still has"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run_audit,
};
