/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/range.h"

#include <string.h>

#include "base/i18n.h"
#include "git/ancestry.h"
#include "git/rev.h"

struct err *range_between(struct rev_range *out, struct env *env,
			  const char *from, const char *to)
{
	bool found = false;
	struct err *e = rev_commit(&out->onto, env->repo, from);

	if (!e)
		e = rev_commit(&out->to, env->repo, to);
	if (!e)
		e = ancestry_merge_base(&out->from, &found, env->repo,
					&out->onto, &out->to);
	if (e || found)
		return e;
	e = err_new(ERR_NOT_FOUND, _("'%s' and '%s' have no common ancestor"),
		    from, to);
	if (repo_is_shallow(env->repo))
		return err_hint(e,
				_("history is cut off here (a shallow clone); "
				  "to fetch all of it: git fetch --unshallow"));
	return e;
}

struct err *range_read(struct rev_range *out, struct env *env, const char *text)
{
	const char *dots = strstr(text, "..");
	const char *to = dots ? dots + 2 + (dots[2] == '.') : "";
	const char *from = "HEAD";

	if (!dots || (dots == text && !*to) || strstr(to, ".."))
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a range"), text),
			_("write it as A..B, such as origin/main..HEAD"));
	if (dots > text)
		from = arena_strndup(env->arena, text, (size_t)(dots - text));
	return range_between(out, env, from, *to ? to : "HEAD");
}
