/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/change.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "index/index.h"
#include "index/work_tree.h"

#define LOCK_WAIT_MS 5000

struct err *change_resume(struct change *change)
{
	const char *path =
		path_join(change->env->arena, repo_git_dir(change->env->repo),
			  "retro/edit");
	struct err *e = file_make_parents(path);

	if (e)
		return e;
	e = file_lock(&change->lock, path, 0);
	if (!e)
		return NULL;
	/* What we began to read of the index keeps the one that we wait for
	 * from writing to it. */
	err_free(e);
	index_ahead_end();
	return file_lock(&change->lock, path, LOCK_WAIT_MS);
}

void change_pause(struct change *change)
{
	file_unlock(&change->lock);
}

static struct err *begin_change(struct change *change, struct env *env)
{
	struct err *e;

	*change = (struct change){ .env = env };
	e = change_resume(change);
	return e ? e
		 : corpus_begin(&change->corpus, env->arena, env->repo,
				&env->policy, NULL);
}

struct err *change_begin(struct change *change, struct env *env,
			 const char *name)
{
	struct err *e = begin_change(change, env);

	if (!e)
		e = corpus_find(&change->retro, &change->corpus, name);
	if (!e) {
		change->named = !strcmp(name, change->retro->id) ||
				!strcmp(name, change->retro->path) ||
				!strcmp(name, corpus_display(&change->corpus,
							     change->retro));
		const struct retros one = { &change->retro, 1, 1 };

		e = corpus_read(&change->corpus, &one);
	}
	return e;
}

static struct err *check_unchanged(const struct change *change)
{
	const struct retro *retro = change->retro;
	struct buf now = BUF_INIT;
	struct err *e = work_tree_read(&now, change->env->arena,
				       change->env->repo, retro->path);

	if (!e && (now.n != retro->n || memcmp(now.p, retro->bytes, now.n)))
		e = err_hint(err_new(ERR_FAILED,
				     _("'%s' was modified meanwhile"),
				     retro->path),
			     _("nothing was overwritten, try again"));
	buf_release(&now);
	return e;
}

struct err *change_write(struct change *change, const struct buf *bytes)
{
	const struct retro *retro = change->retro;
	struct err *e;

	if (bytes->n == retro->n && !memcmp(bytes->p, retro->bytes, bytes->n))
		return NULL;
	e = check_unchanged(change);
	if (!e)
		e = work_tree_write(change->env->arena, change->env->repo,
				    retro->path, bytes, 0);
	if (!e && !change->named)
		fprintf(stderr, _("changed %s\n"),
			text_cleaned(change->env->arena,
				     corpus_display(&change->corpus, retro)));
	return e;
}

void change_end(struct change *change)
{
	file_unlock(&change->lock);
}
