/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/range_locks.h"

#include "git/diff.h"
#include "git/rev.h"
#include "lineage/noise.h"
#include "model/retro.h"

bool range_is_own_lock(const char *path)
{
	return lock_format_of(path) && !noise_is_foreign(path);
}

struct err *range_locks(struct lock_changes *out, struct env *env,
			const struct oid *from, const struct oid *to)
{
	struct range range = { .from = from, .to = *to };
	struct strs names = { 0 }, own = { 0 };
	struct err *e = diff_names(&names, env->arena, env->repo, &range);

	for (size_t i = 0; !e && i < names.nr; i++)
		if (range_is_own_lock(names.at[i]))
			vec_push(env->arena, &own, names.at[i]);
	return e ? e
		 : lock_changes_find(out, env->arena, env->repo, &range, &own);
}

struct err *range_lock_changes(struct lock_changes *out, struct env *env,
			       const char *range)
{
	const char *ends[2];
	struct oid from, to;
	struct err *e;

	if (!range || !retro_range_ends(ends, env->arena, range) || !*ends[0] ||
	    !*ends[1])
		return NULL;
	e = rev_commit(&from, env->repo, ends[0]);
	if (!e)
		e = rev_commit(&to, env->repo, ends[1]);
	return e ? e : range_locks(out, env, &from, &to);
}
