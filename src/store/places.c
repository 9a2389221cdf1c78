/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/places.h"

#include <stdlib.h>

#include "git/oidmap.h"
#include "git/ref.h"
#include "git/tree.h"

struct branch {
	const struct ref *ref;
	int64_t time;
	size_t at; /* as ref_list() has them: local ones first, by name */
};

static int newer_first(const void *a, const void *b)
{
	const struct branch *one = a, *other = b;

	if (one->time != other->time)
		return one->time > other->time ? -1 : 1;
	return one->at < other->at ? -1 : 1;
}

static struct branch *sort(struct arena *a, struct repo *repo,
			   const struct refs *refs)
{
	struct branch *branches =
		arena_alloc(a, (refs->nr + 1) * sizeof(*branches));

	for (size_t i = 0; i < refs->nr; i++)
		branches[i] =
			(struct branch){ &refs->at[i],
					 ref_tag_time(repo, &refs->at[i]), i };
	qsort(branches, refs->nr, sizeof(*branches), newer_first);
	return branches;
}

struct err *places_list(struct places *out, struct arena *a, struct repo *repo,
			const char *dir)
{
	struct oidmap seen = OIDMAP_INIT;
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, a, repo, REFS_BRANCHES | REFS_REMOTES);
	const struct branch *branches = e ? NULL : sort(a, repo, &refs);

	for (size_t i = 0; !e && i < refs.nr; i++) {
		const struct ref *ref = branches[i].ref;
		struct oid id;
		size_t at = out->nr;

		if (!ref->has_commit || !tree_id(&id, repo, &ref->commit, dir))
			continue;
		if (oidmap_add(&seen, &id, at))
			vec_push(a, out,
				 (struct place){ .commit = ref->commit });
		else
			(void)oidmap_get(&at, &seen, &id);
		vec_push(a, &out->at[at].branches, ref->name);
	}
	oidmap_release(&seen);
	return e;
}
