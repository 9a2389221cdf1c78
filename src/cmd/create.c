/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/create.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/proc.h"
#include "base/text.h"
#include "index/work_tree.h"

/* Characters of a title that go into an id. */
#define MAX_SLUG 48

struct err *create_file(struct env *env, const char *path,
			const struct buf *text)
{
	const struct err *kept = err_kept();

	/* A draft that lacks what could not be read looks as if there were
	 * none of it. */
	if (kept)
		return err_hint(err_new(kept->code, "%s", kept->text),
				_("nothing was written; try again"));
	return work_tree_write(env->arena, env->repo, path, text, FILE_NEW);
}

/* --- what it is about --- */

struct err *create_language(enum language *out, struct env *env,
			    const char *name)
{
	*out = env->policy.language;
	if (!name)
		return NULL;
	if (!strcmp(name, "en"))
		*out = LANGUAGE_EN;
	else if (!strcmp(name, "zh"))
		*out = LANGUAGE_ZH;
	else
		return err_hint(err_new(ERR_USAGE,
					_("there are no templates for '%s'"),
					name),
				_("--language takes en or zh"));
	return NULL;
}

static struct err *no_such_tag(struct env *env, const char *name)
{
	struct refs tags = { 0 };
	struct strs names = { 0 };
	const char *nearest;
	struct err *e = ref_list(&tags, env->arena, env->repo, REFS_TAGS);

	if (e)
		return e;
	for (size_t i = 0; i < tags.nr; i++)
		vec_push(env->arena, &names, tags.at[i].name);
	nearest = text_nearest(name, &names);
	e = err_new(ERR_NOT_FOUND, _("there is no tag '%s'"), name);
	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(e, tags.nr ? _("'git tag' lists the tags")
				   : _("there are no tags yet"));
}

struct err *create_release(struct ref *out, struct env *env, const char *name)
{
	struct err *e = ref_tag(out, env->arena, env->repo, name);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return no_such_tag(env, name);
	}
	if (!e && !out->has_commit)
		e = err_new(ERR_UNSUPPORTED,
			    _("tag '%s' does not point to a commit, so it "
			      "cannot be a release"),
			    name);
	return e;
}

struct err *create_listed(const struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->diags.nr; i++) {
		const struct diag *diag = &corpus->diags.at[i];

		if (!strcmp(diag->rule, rule_table[RULE_FILE].name) &&
		    !strcmp(diag->path, corpus->policy->root))
			return err_new(ERR_FAILED, "%s", diag_said(diag));
	}
	return NULL;
}

struct err *create_uncovered(const struct corpus *corpus, const char *release)
{
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct retro *retro = corpus->retros.at[i];

		if (retro_covers(retro) && strs_has(&retro->releases, release))
			return err_hint(err_new(ERR_EXISTS,
						retro->status == STATUS_WAIVED
							? _("'%s' has a waiver "
							    "already: %s")
							: _("'%s' has a retro "
							    "already: %s"),
						release,
						corpus_display(corpus, retro)),
					_("edit that file"));
	}
	return NULL;
}

struct err *create_author(const char **out, struct env *env)
{
	static const char *const argv[] = { "git", "var", "GIT_AUTHOR_IDENT",
					    NULL };
	struct proc git = { .argv = argv, .quiet = true };
	struct buf text = BUF_INIT;
	int status = 0;
	struct err *e = proc_run(&git, &text, &status);
	const char *end = strrchr(text.p, '>');

	*out = "";
	if (!e && !status && end)
		*out = arena_strndup(env->arena, text.p,
				     (size_t)(end + 1 - text.p));
	buf_release(&text);
	return e;
}

struct err *create_identity(struct draft *draft, const char **path,
			    struct env *env, struct corpus *corpus,
			    const char *words)
{
	struct arena *a = env->arena;
	const char *stem, *author;
	struct err *e;
	size_t nr = 1;

	draft->date = day_of(moment_now());
	stem = arena_printf(a, "%s-%s", day_format(a, draft->date),
			    text_slug(a, words, MAX_SLUG));
	draft->id = stem;
	for (;;) {
		enum file_kind kind;

		*path = path_join(a, env->policy.dir,
				  arena_printf(a, "%s.md", draft->id));
		e = work_tree_look(&kind, a, env->repo, *path);
		if (e)
			return e;
		if (!corpus_by_id(corpus, draft->id) && kind == FILE_NONE)
			break;
		draft->id = arena_printf(a, "%s-%zu", stem, ++nr);
	}
	e = create_author(&author, env);
	if (!e && *author)
		vec_push(env->arena, &draft->authors, author);
	return e;
}
