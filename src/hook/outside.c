/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/outside.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/quote.h"
#include "hook/hook.h"
#include "hook/program.h"

bool outside_starts_us(const char *path)
{
	struct buf bytes = BUF_INIT;
	bool ours;

	if (!file_is_executable(path))
		return false;
	err_pass(file_read_named(&bytes, path, FILE_MAX));
	ours = memmem(bytes.p, bytes.n, SELF_HOOK, strlen(SELF_HOOK));
	buf_release(&bytes);
	return ours;
}

/* "pre-push, pre-commit" */
static const char *missing_from(struct arena *a, const char *dir)
{
	const char *names = "";

	for (size_t i = 0; hook_table[i]; i++) {
		const char *name = hook_table[i]->name;

		if (!outside_starts_us(path_join(a, dir, name)))
			names = arena_printf(a, "%s%s%s", names,
					     *names ? ", " : "", name);
	}
	return names;
}

/* What makes git look there; `*back`: what to do to make it look here again. */
static const char *what_leads(const char **back, struct arena *a,
			      const struct repo *repo,
			      const struct config *config)
{
	const char *own =
		quote_word(a, path_join(a, repo_common_dir(repo), "hooks"));
	struct strs paths = { 0 };
	const char *origin = NULL;

	config_get_all(&paths, &origin, a, config, "core.hooksPath");
	*back = arena_printf(a, _("run 'git config core.hooksPath %s'"), own);
	if (paths.nr)
		return arena_printf(a, _("core.hooksPath (%s)"), origin);
	*back = arena_printf(a, _("replace that link with a folder %s"), own);
	return _("a link instead of the hooks folder");
}

struct err *outside_refusal(struct arena *a, const struct repo *repo,
			    const struct config *config, const char *dir)
{
	const char *back, *leads = what_leads(&back, a, repo, config);

	enum file_kind kind;
	struct err *e = file_look(&kind, dir);

	if (e)
		return e;
	if (kind != FILE_FOLDER)
		return err_hint(
			err_new(ERR_UNSUPPORTED,
				_("%s leads out of this repository, to "
				  "'%s', which is not a folder: no hook "
				  "runs here"),
				leads, dir),
			_("%s, then 'git retro hooks install'"), back);
	return err_hint(
		err_new(ERR_UNSUPPORTED,
			_("%s leads out of this repository, to '%s', "
			  "which is left alone; not installed: %s"),
			leads, dir, missing_from(a, dir)),
		_("end each of these scripts there with '%s'; or, to run the "
		  "hooks of this "
		  "repository instead: %s, then 'git retro hooks install'"),
		"! command -v " SELF_HOOK " >/dev/null || " SELF_HOOK
		" \"${0##*/}\" \"$@\"",
		back);
}
