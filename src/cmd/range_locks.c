/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/range_locks.h"

#include <inttypes.h>
#include <string.h>

#include "base/checksum.h"
#include "capture/formats.h"
#include "git/answers.h"
#include "git/diff.h"
#include "git/rev.h"
#include "lineage/noise.h"
#include "model/retro.h"

bool range_is_own_lock(const char *path)
{
	return lock_format_of(path) && !noise_is_foreign(path);
}

/* What a lock is by today's table: another has other answers. */
static uint64_t sum_formats(void)
{
	uint64_t sum = lock_format_count;

	for (size_t i = 0; i < lock_format_count; i++)
		for (size_t j = 0; lock_formats[i].globs[j]; j++) {
			const char *glob = lock_formats[i].globs[j];

			sum = checksum_bytes(sum, glob, strlen(glob) + 1);
		}
	return sum;
}

/* Appends the files of locks that the range changed, each with its NUL. */
static struct err *ask_locks(struct buf *out, struct env *env,
			     const struct range *range)
{
	struct strs names = { 0 };
	struct err *e = diff_names(&names, env->arena, env->repo, range);

	for (size_t i = 0; !e && i < names.nr; i++)
		if (lock_format_of(names.at[i]))
			buf_add(out, names.at[i], strlen(names.at[i]) + 1);
	return e;
}

static struct err *find_locks(struct buf *out, struct env *env,
			      const struct range *range)
{
	char from[OID_HEX + 1], to[OID_HEX + 1];
	struct buf key = BUF_INIT;
	struct err *e = NULL;

	buf_addf(&key, "locks %016" PRIx64 " %s %s", sum_formats(),
		 oid_hex(from, range->from), oid_hex(to, &range->to));
	if (!answers_get(out, &answers_of_git, env->repo, &key)) {
		e = ask_locks(out, env, range);
		if (!e)
			answers_put(&answers_of_git, env->repo, &key, out);
	}
	buf_release(&key);
	return e;
}

struct err *range_locks(struct lock_changes *out, struct env *env,
			const struct oid *from, const struct oid *to)
{
	struct range range = { .from = from, .to = *to };
	struct buf names = BUF_INIT;
	struct strs own = { 0 };
	struct err *e = find_locks(&names, env, &range);

	for (const char *at = names.p; at < names.p + names.n;
	     at += strlen(at) + 1)
		if (range_is_own_lock(at))
			vec_push(env->arena, &own,
				 arena_strdup(env->arena, at));
	buf_release(&names);
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
