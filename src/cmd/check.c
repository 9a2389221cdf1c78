/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cmd/recheck.h"
#include "store/corpus.h"
#include "store/settings.h"
#include "view/record.h"
#include "view/term.h"

struct args {
	int format;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, "human or json"),
	OPT_END,
};

static const char *const usage[] = {
	"check [--format <format>] [<retro>...]",
	NULL,
};

/* --- what was found --- */

/* The path as the person stands to it. Settings can also come from a file
 * elsewhere, or from no file: see settings_load(). */
static void add_seen(struct diags *out, struct env *env, struct diag diag,
		     bool from_root)
{
	if (from_root)
		diag.path = path_relative(env->arena, repo_prefix(env->repo),
					  diag.path);
	vec_push(env->arena, out, diag);
}

/* What was found in the retros that were named; if none was, everywhere. */
static void gather(struct diags *out, struct env *env,
		   const struct corpus *corpus, const struct retros *retros)
{
	struct diags found = { .arena = env->arena };

	if (env->rest.nr) {
		corpus_problems(&found, corpus, retros);
	} else {
		found = corpus->diags;
		settings_unknown(&env->policy_diags, env->arena, env->repo,
				 env->config);
	}
	for (size_t i = 0; i < found.nr; i++)
		add_seen(out, env, found.at[i], true);
	for (size_t i = 0; !env->rest.nr && i < env->policy_diags.nr; i++) {
		const struct diag *diag = &env->policy_diags.at[i];

		add_seen(out, env, *diag, !strcmp(diag->path, POLICY_FILE));
	}
	diag_sort(out);
}

/* --- the answer --- */

static void add_count(struct buf *out, size_t n, const char *what)
{
	if (n)
		buf_addf(out, "%s%zu %s%s", out->n ? ", " : "", n, what,
			 n == 1 ? "" : "s");
}

static void sum_up(const struct diags *diags, size_t retros)
{
	struct buf text = BUF_INIT;

	add_count(&text, diag_count(diags, DIAG_ERROR), "error");
	add_count(&text, diag_count(diags, DIAG_WARNING), "warning");
	add_count(&text, diag_count(diags, DIAG_NOTE), "note");
	fflush(stdout); /* what is summed up comes first, also in a log */
	if (text.n)
		fprintf(stderr, "%s in %zu retro%s\n", text.p, retros,
			retros == 1 ? "" : "s");
	buf_release(&text);
}

static struct err *run(struct env *env)
{
	const struct args *args = env->args;
	struct diags diags = { .arena = env->arena };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct style style;
	struct err *e =
		corpus_load(&corpus, env->arena, env->repo, &env->policy, NULL);

	if (!e && env->rest.nr)
		e = corpus_find_all(&retros, &corpus, &env->rest);
	else if (!e)
		retros = corpus.retros;
	if (!e)
		e = recheck_retros(env, &corpus, &retros);
	if (e)
		return e;
	gather(&diags, env, &corpus, &retros);
	style_init(&style, env->config, 1);
	if (args->format == FORMAT_JSON)
		record_diags(&out, &diags);
	else
		term_diags(&out, &style, &diags);
	e = cmd_print(env, &out);
	buf_release(&out);
	if (args->format == FORMAT_HUMAN)
		sum_up(&diags, retros.nr);
	if (diag_count(&diags, DIAG_ERROR))
		env->status = EXIT_NEGATIVE;
	return e;
}

const struct cmd cmd_check = {
	.name = "check",
	.summary = "Hold retros to the rules of the format",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO,
	.run = run,
};
