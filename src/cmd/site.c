/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "site/site.h"

struct args {
	const char *output, *at, *title, *url;
	int language;
	bool one_file, force;
	const char *repos;
};

static const char *const languages[] = { "auto", "en", "zh", NULL };

static const struct opt opts[] = {
	OPT_STRING('o', "output", struct args, output, "<folder>",
		   N_("where to write it; without it, site")),
	CMD_OPT_AT(struct args),
	OPT_STRING(0, "title", struct args, title, "<text>",
		   N_("what the site is called")),
	OPT_STRING(0, "url", struct args, url, "<url>",
		   N_("where it will be found, for the feeds")),
	OPT_CHOICE(0, "language", struct args, language, "<language>",
		   languages, N_("en or zh; without it, the team's")),
	OPT_BOOL(0, "one-file", struct args, one_file,
		 N_("all in one page, to be mailed or attached")),
	OPT_BOOL(0, "force", struct args, force,
		 N_("write into a folder that has other files")),
	OPT_REPOS(struct args),
	OPT_END,
};

static const char *const usage[] = {
	"site [-o <folder>] [--at <rev>] [--one-file] [<option>...]",
	NULL,
};

/* As the person typed it, from the root of the file system, links followed as
 * far as there are folders. */
struct err *cmd_output_folder(const char **out, struct arena *a,
			      const char *path)
{
	char *here = getcwd(NULL, 0);
	const char *joined, *slash;
	char *real;

	if (!here)
		return err_errno("%s", _("cannot tell the current folder"));
	joined = path_normal(a, path_join(a, here, path));
	free(here);
	real = path_real(a, joined);
	for (slash = joined + strlen(joined); !real && slash > joined;) {
		do
			slash--;
		while (slash > joined && *slash != '/');
		real = path_real(
			a, slash == joined
				   ? "/"
				   : arena_strndup(a, joined,
						   (size_t)(slash - joined)));
		if (real)
			real = path_join(a, real, slash + 1);
	}
	*out = real ? real : joined;
	return NULL;
}

static const char *site_title(struct env *env)
{
	const struct args *args = env->args;
	const char *root = repo_work_tree(env->repo);

	if (args->title)
		return args->title;
	if (root && *path_base(root))
		return arena_printf(env->arena, _("Retros of %s"),
				    path_base(root));
	return _("Retros");
}

static const char *site_url(struct env *env)
{
	const struct args *args = env->args;
	size_t n = args->url ? strlen(args->url) : 0;

	if (!n)
		return NULL;
	return args->url[n - 1] == '/'
		       ? args->url
		       : arena_printf(env->arena, "%s/", args->url);
}

static struct err *make_site(struct env *env, struct corpus *corpus,
			     const char *folder)
{
	const struct args *args = env->args;
	bool chinese = args->language ? args->language == 2
				      : env->policy.language == LANGUAGE_ZH;
	struct site site = { .corpus = corpus,
			     .config = env->config,
			     .one_file = args->one_file };
	struct site_folder *out;
	size_t written, removed, all;
	struct err *e;

	i18n_speak(chinese ? "zh_CN" : "en");
	site.language = chinese ? "zh-Hans" : "en";
	site.title = site_title(env);
	site.url = site_url(env);
	site.forge = site_forge(env->arena, env->config);
	e = site_open(&out, env->arena, folder, args->force);
	if (e)
		return e;
	e = site_build(&site, out);
	if (e) {
		site_discard(out);
		return e;
	}
	e = site_commit(out, &written, &removed, &all);
	i18n_speak(NULL);
	if (!e)
		printf(Q_("%s: %zu page, %zu of them new or changed, %zu "
			  "removed\n",
			  "%s: %zu pages, %zu of them new or changed, %zu "
			  "removed\n",
			  all),
		       text_cleaned(env->arena, folder), all, written, removed);
	return e;
}

static struct err *run_site(struct env *env)
{
	const struct args *args = env->args;
	const char *folder = NULL;
	struct corpus corpus;
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	e = cmd_output_folder(&folder, env->arena,
			      args->output ? args->output : "site");
	if (!e)
		e = corpus_open(&corpus, env->arena, env->repo, &env->policy,
				args->at);
	if (!e)
		e = make_site(env, &corpus, folder);
	if (e)
		return e;
	cmd_hint_unread(&corpus.diags, args->at);
	if (diag_count(&corpus.diags, DIAG_ERROR))
		env->status = EXIT_NEGATIVE;
	return NULL;
}

static const char *const examples[] = {
	"git retro site -o public",
	"git retro site --one-file",
	NULL,
};

const struct cmd cmd_site = {
	.name = "site",
	.summary = N_("Make pages for a browser of all retros"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_INDEX,
	.run = run_site,
};
