/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/release_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "lineage/release.h"

/* A branch on its way to become a line. */
struct branch {
	const struct ref *ref;
	const char *name; /* without the remote's */
};
struct branches VEC_OF(struct branch);

static bool matches_globs(const struct strs *globs, const char *name)
{
	for (size_t i = 0; i < globs->nr; i++)
		if (glob_name(globs->at[i], name))
			return true;
	return false;
}

bool release_line_is_branch(const struct policy *policy, const char *branch)
{
	return matches_globs(&policy->branches, branch);
}

/* After the name of a configured remote, which may contain slashes, else after
 * the first slash. */
static const char *without_remote(const struct strs *remotes, const char *name)
{
	const char *slash = strchr(name, '/');
	size_t longest = 0;

	for (size_t i = 0; i < remotes->nr; i++) {
		size_t n = strlen(remotes->at[i]);

		if (n > longest && !strncmp(name, remotes->at[i], n) &&
		    name[n] == '/')
			longest = n;
	}
	if (longest)
		return name + longest + 1;
	return slash ? slash + 1 : name;
}

/* From "remote.origin.url" and its like. */
static void find_remotes(struct strs *out, struct arena *a,
			 const struct config *config)
{
	static const char section[] = "remote.";
	struct strs names = { 0 };

	config_names(&names, a, config, section);
	for (size_t i = 0; i < names.nr; i++) {
		const char *name = names.at[i] + strlen(section);
		const char *dot = strrchr(name, '.');

		if (dot)
			strs_add(a, out,
				 arena_strndup(a, name, (size_t)(dot - name)));
	}
}

/* By name; then what is alike side by side, the local one first, since it
 * names the line; then the remotes' by theirs. */
static int compare_branches(const void *a, const void *b)
{
	const struct branch *one = a, *two = b;
	int order = strcmp(one->name, two->name);

	if (order)
		return order;
	order = memcmp(one->ref->commit.raw, two->ref->commit.raw, OID_RAW);
	if (order)
		return order;
	if (one->ref->type != two->ref->type)
		return one->ref->type == REF_BRANCH ? -1 : 1;
	return strcmp(one->ref->name, two->ref->name);
}

static bool same_line(const struct branch *one, const struct branch *two)
{
	return !strcmp(one->name, two->name) &&
	       oid_equal(&one->ref->commit, &two->ref->commit);
}

/* Of the lines of one name, from `from` on, remote-tracking ones come first. */
static void put_remotes_first(struct release_lines *lines, size_t from)
{
	for (size_t i = from; i < lines->nr; i++) {
		struct release_line line = lines->at[i];

		if (line.type != REF_BRANCH)
			continue;
		memmove(lines->at + i, lines->at + i + 1,
			(lines->nr - i - 1) * sizeof(line));
		lines->at[lines->nr - 1] = line;
		return; /* a name has one local branch */
	}
}

static void add_line_branches(struct release_lines *out, struct arena *a,
			      const struct branches *branches)
{
	size_t first = out->nr;

	for (size_t i = 0; i < branches->nr; i++) {
		const struct branch *branch = &branches->at[i];
		const struct ref *ref = branch->ref;

		if (i && strcmp(branch[-1].name, branch->name)) {
			put_remotes_first(out, first);
			first = out->nr;
		}
		if (!i || !same_line(branch - 1, branch))
			vec_push(a, out,
				 (struct release_line){ ref->type, ref->name,
							ref->commit, 0 });
	}
	put_remotes_first(out, first);
}

static struct err *find_branches(struct release_lines *out, struct arena *a,
				 struct repo *repo, const struct config *config,
				 const struct strs *globs)
{
	struct branches branches = { 0 };
	struct strs remotes = { 0 };
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, a, repo, REFS_BRANCHES | REFS_REMOTES);

	find_remotes(&remotes, a, config);
	for (size_t i = 0; !e && i < refs.nr; i++) {
		const struct ref *ref = &refs.at[i];
		const char *name =
			ref->type == REF_BRANCH
				? ref->name
				: without_remote(&remotes, ref->name);

		if (ref->has_commit && matches_globs(globs, name))
			vec_push(a, &branches, (struct branch){ ref, name });
	}
	if (branches.nr)
		qsort(branches.at, branches.nr, sizeof(*branches.at),
		      compare_branches);
	if (!e)
		add_line_branches(out, a, &branches);
	return e;
}

struct err *release_lines_branches(struct strs *out, struct arena *a,
				   struct repo *repo,
				   const struct config *config)
{
	struct strs remotes = { 0 };
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, a, repo, REFS_BRANCHES | REFS_REMOTES);

	*out = (struct strs){ 0 };
	find_remotes(&remotes, a, config);
	for (size_t i = 0; !e && i < refs.nr; i++)
		vec_push(a, out,
			 refs.at[i].type == REF_BRANCH
				 ? refs.at[i].name
				 : without_remote(&remotes, refs.at[i].name));
	strs_sort_unique(out);
	return e;
}

static struct err *find_release_tags(struct release_lines *out, struct arena *a,
				     struct repo *repo,
				     const struct policy *policy,
				     const struct strs *globs)
{
	struct releases releases = { 0 };
	struct err *e = globs ? release_list_like(&releases, a, repo, globs)
			      : release_list(&releases, a, repo, policy);

	for (size_t i = 0; !e && i < releases.nr; i++) {
		const struct release *release = &releases.at[i];

		vec_push(a, out,
			 (struct release_line){ REF_TAG, release->tag.name,
						release->tag.commit,
						release->time });
	}
	return e;
}

struct err *release_lines_find(struct release_lines *out, struct arena *a,
			       struct repo *repo, const struct config *config,
			       const struct policy *policy,
			       const struct strs *tags,
			       const struct strs *branches)
{
	struct err *e = find_release_tags(out, a, repo, policy, tags);

	if (!e)
		e = find_branches(out, a, repo, config,
				  branches ? branches : &policy->branches);
	return e;
}
