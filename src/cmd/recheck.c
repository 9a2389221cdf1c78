/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/recheck.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "corpus/corpus.h"
#include "report/check.h"
#include "view/term.h"

struct err *recheck_file(struct env *env, const char *path)
{
	struct diags diags = { .arena = env->arena };
	struct retros retros = { 0 };
	struct buf out = BUF_INIT;
	struct corpus corpus;
	struct style style;
	struct err *e =
		corpus_open(&corpus, env->arena, env->repo, &env->policy, NULL);

	for (size_t i = 0; !e && i < corpus.retros.nr; i++)
		if (!strcmp(corpus.retros.at[i]->path, path))
			vec_push(env->arena, &retros, corpus.retros.at[i]);
	if (!e)
		e = check_all_retros(&corpus, &retros);
	if (e)
		return e;
	corpus_problems(&diags, &corpus, &retros);
	for (size_t i = 0; i < diags.nr; i++)
		diags.at[i].path = path_relative(
			env->arena, repo_prefix(env->repo), diags.at[i].path);
	diag_sort(&diags);
	style_init(&style, env->config, 2);
	term_diags(&out, &style, &diags, false);
	fwrite(out.p, 1, out.n, stderr);
	buf_release(&out);
	return NULL;
}
