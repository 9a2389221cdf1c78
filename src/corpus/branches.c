/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/branches.h"

#include <stdlib.h>

#include "git/object.h"
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

/* An id for what the folders contain. False if there is none of them. */
static bool identify(struct oid *out, struct arena *a, struct repo *repo,
		     const struct oid *commit, const struct strs *dirs)
{
	struct oid *ids = arena_alloc(a, (dirs->nr + 1) * sizeof(*ids));
	bool any = false;

	for (size_t i = 0; i < dirs->nr; i++) {
		ids[i] = (struct oid){ { 0 } };
		any |= tree_id(&ids[i], repo, commit, dirs->at[i]);
	}
	object_blob_id(out, repo, ids, dirs->nr * sizeof(*ids));
	return any;
}

struct err *branches_list(struct branch_states *out, struct arena *a,
			  struct repo *repo, const struct strs *dirs)
{
	struct oidmap seen = OIDMAP_INIT;
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, a, repo, REFS_BRANCHES | REFS_REMOTES);
	const struct branch *branches = e ? NULL : sort(a, repo, &refs);

	for (size_t i = 0; !e && i < refs.nr; i++) {
		const struct ref *ref = branches[i].ref;
		struct oid id;
		size_t at = out->nr;

		if (!ref->has_commit ||
		    !identify(&id, a, repo, &ref->commit, dirs))
			continue;
		if (oidmap_add(&seen, &id, at))
			vec_push(
				a, out,
				(struct branch_state){ .commit = ref->commit });
		else
			(void)oidmap_get(&at, &seen, &id);
		vec_push(a, &out->at[at].branches, ref->name);
	}
	oidmap_release(&seen);
	return e;
}
