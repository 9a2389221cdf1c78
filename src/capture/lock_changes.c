/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/lock_changes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/version.h"
#include "git/tree.h"

/* --- packages --- */

static int compare_keys(const struct package *one, const struct package *two)
{
	int order = (int)one->kind - (int)two->kind;

	return order ? order : strcmp(one->name, two->name);
}

/* The versions of the name that stands at *at, which moves behind it. */
static void take_versions(struct strs *out, bool *direct, struct arena *a,
			  const struct packages *packages, size_t *at)
{
	const struct package *first = &packages->at[*at];

	for (; *at < packages->nr && !compare_keys(first, &packages->at[*at]);
	     ++*at) {
		strs_add(a, out, packages->at[*at].version);
		*direct |= packages->at[*at].direct;
	}
}

static void drop_common(struct strs *out, struct arena *a,
			const struct strs *list, const struct strs *other)
{
	for (size_t i = 0; i < list->nr; i++)
		if (!strs_has(other, list->at[i]))
			vec_push(a, out, list->at[i]);
}

static void add_lock_change(struct package_changes *out, struct arena *a,
			    struct package_change *change,
			    const struct strs *before, const struct strs *after)
{
	drop_common(&change->before, a, before, after);
	drop_common(&change->after, a, after, before);
	if (!change->before.nr && !change->after.nr)
		return;
	change->added = !before->nr;
	change->removed = !after->nr;
	if (before->nr && after->nr &&
	    (!change->before.nr || !change->after.nr)) {
		change->before = *before;
		change->after = *after;
	}
	vec_push(a, out, *change);
}

/* How large a step is: 3 for the first number or a step back, 0 for the last
 * ones. */
static int step_size(const struct package_change *change)
{
	struct version before, after;

	if (change->added || change->removed)
		return 2;
	if (change->kind == PACKAGE_PARAMETER || change->kind == PACKAGE_DATA)
		return 3;
	version_parse(&before, change->before.at[0]);
	version_parse(&after, change->after.at[0]);
	if (!before.nr || !after.nr || before.parts[0] != after.parts[0] ||
	    version_compare(&before, &after) > 0)
		return 3;
	return before.nr > 1 && after.nr > 1 &&
	       before.parts[1] != after.parts[1];
}

static int by_weight(const void *a, const void *b)
{
	const struct package_change *one = a, *two = b;
	int p = step_size(one), q = step_size(two);

	if (one->direct != two->direct)
		return one->direct ? -1 : 1;
	if (p != q)
		return q - p;
	if (one->removed != two->removed)
		return one->removed ? 1 : -1;
	if (one->kind != two->kind)
		return (int)one->kind - (int)two->kind;
	return strcmp(one->name, two->name);
}

void packages_compare(struct package_changes *out, struct arena *a,
		      const struct packages *before,
		      const struct packages *after)
{
	size_t i = 0, j = 0;

	while (i < before->nr || j < after->nr) {
		struct strs old = { 0 }, new = { 0 };
		struct package_change change = { 0 };
		int order = i == before->nr  ? 1
			    : j == after->nr ? -1
					     : compare_keys(&before->at[i],
							    &after->at[j]);
		const struct package *named =
			order <= 0 ? &before->at[i] : &after->at[j];

		change.kind = named->kind;
		change.name = named->name;
		if (order <= 0)
			take_versions(&old, &change.direct, a, before, &i);
		if (order >= 0)
			take_versions(&new, &change.direct, a, after, &j);
		add_lock_change(out, a, &change, &old, &new);
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_weight);
}

/* --- files --- */

static size_t depth_of(const char *path)
{
	size_t depth = 0;

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

static int by_depth(const void *a, const void *b)
{
	const struct lock_change *one = a, *two = b;
	size_t p = depth_of(one->path), q = depth_of(two->path);

	if (p != q)
		return p < q ? -1 : 1;
	return strcmp(one->path, two->path);
}

/* go.sum keeps every version that was ever looked at: go.mod, where it is,
 * says what is used. */
static bool is_told_elsewhere(struct arena *a, struct repo *repo,
			      const struct range *range, const char *path)
{
	size_t n = strlen(path) - strlen(path_base(path));
	const char *beside;

	if (strcmp(path_base(path), "go.sum") != 0)
		return false;
	beside = arena_printf(a, "%.*sgo.mod", (int)n, path);
	return tree_has(repo, &range->to, beside) == 1;
}

/* The file's two sides; `from` is what the older one is called. */
static struct err *compare_lock(struct lock_changes *out, struct arena *a,
				struct repo *repo, const struct range *range,
				const char *from, const char *path)
{
	struct lock before, after;
	bool had, has;
	struct lock_change change = { .path = path,
				      .format = lock_format_of(path) };
	struct err *e = lock_at(&before, &had, a, repo, range->from, from);

	if (!e)
		e = lock_at(&after, &has, a, repo, &range->to, path);
	if (e || (!had && !has))
		return e;
	change.added = !had;
	change.removed = !has;
	change.unread = after.unread ? after.unread : before.unread;
	change.packages = has ? after.packages.nr : before.packages.nr;
	if (!change.unread)
		packages_compare(&change.changes, a, &before.packages,
				 &after.packages);
	if (change.unread || change.changes.nr)
		vec_push(a, out, change);
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	const struct lock_change *one = a, *two = b;
	int order = strcmp(path_base(one->path), path_base(two->path));

	return order ? order : strcmp(one->path, two->path);
}

/* Of the changes of one file name, from `at` to *end: the path that went away
 * and the one that came, if there is one of each; else false. */
static bool find_moved(const char **gone, const char **came, size_t *end,
		       const struct lock_changes *changes, size_t at)
{
	const char *name = path_base(changes->at[at].path);
	size_t nr = 0;

	*gone = *came = NULL;
	for (*end = at; *end < changes->nr; ++*end) {
		const struct lock_change *change = &changes->at[*end];

		if (strcmp(path_base(change->path), name) != 0)
			break;
		if (change->removed)
			*gone = change->path;
		if (change->added)
			*came = change->path;
		nr += change->removed || change->added;
	}
	return nr == 2 && *gone && *came;
}

/* A file that went away and the only one of that name that came are one that
 * was moved. Sorts by name. */
static struct err *pair_moved(struct lock_changes *out, struct arena *a,
			      struct repo *repo, const struct range *range)
{
	struct lock_changes all = *out;
	struct err *e = NULL;

	qsort(all.at, all.nr, sizeof(*all.at), by_name);
	*out = (struct lock_changes){ 0 };
	for (size_t i = 0, end; !e && i < all.nr; i = end) {
		const char *gone, *came;
		bool moved = find_moved(&gone, &came, &end, &all, i);

		if (moved)
			e = compare_lock(out, a, repo, range, gone, came);
		for (; i < end; i++)
			if (!moved ||
			    (all.at[i].path != gone && all.at[i].path != came))
				vec_push(a, out, all.at[i]);
	}
	return e;
}

struct err *lock_changes_find(struct lock_changes *out, struct arena *a,
			      struct repo *repo, const struct range *range,
			      const struct strs *paths)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < paths->nr; i++)
		if (lock_format_of(paths->at[i]) &&
		    !is_told_elsewhere(a, repo, range, paths->at[i]))
			e = compare_lock(out, a, repo, range, paths->at[i],
					 paths->at[i]);
	if (!e && range->from && out->nr)
		e = pair_moved(out, a, repo, range);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_depth);
	return e;
}
