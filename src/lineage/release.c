/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/release.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "git/ancestry.h"

/* A part with more digits is no version number, but the id of something. */
#define PART_DIGITS 18

/* --- versions ----------------------------------------------------------- */

/* Numbers with separators between them, in a name. */
struct group {
	size_t start, end;
	size_t parts;
	int rank;
};

/* How much a group looks like the version: one that begins the name (or what
 * follows a slash), or stands behind a single v; then one of several parts;
 * then any. */
static int rank_tag(const char *tag, const struct group *group)
{
	const char *s = tag + group->start;

	if (s == tag || s[-1] == '/')
		return 2;
	if ((s[-1] == 'v' || s[-1] == 'V') &&
	    (s - 1 == tag || !isalnum((unsigned char)s[-2])))
		return 2;
	return group->parts > 1;
}

/* The group that begins at or behind `from`; false if there is none. `_` parts
 * numbers as `.` does: curl-8_5_0. */
static bool next_group(struct group *out, const char *tag, size_t from)
{
	const char *digits = "0123456789";
	size_t at = from + strcspn(tag + from, digits);
	bool usable = true;

	*out = (struct group){ at, at, 0, 0 };
	if (!tag[at])
		return false;
	for (;;) {
		size_t n = strspn(tag + at, digits);

		usable = usable && n <= PART_DIGITS;
		out->parts++;
		at += n;
		if ((tag[at] != '.' && tag[at] != '_') ||
		    !isdigit((unsigned char)tag[at + 1]))
			break;
		at++;
	}
	out->end = at;
	out->rank = usable ? rank_tag(tag, out) : -1;
	return true;
}

/* Of several the highest rank counts. Of equals the last one, because what
 * stands before is rather the name of something (python-3.10-v1.2.3); of bare
 * numbers the first, because what follows is rather a build. */
static bool find_version(struct group *out, const char *tag)
{
	struct group group;

	out->rank = -1;
	for (size_t at = 0; next_group(&group, tag, at); at = group.end)
		if (group.rank > out->rank ||
		    (group.rank == out->rank && group.rank > 0))
			*out = group;
	return out->rank >= 0;
}

void version_parse(struct version *out, struct arena *a, const char *tag)
{
	struct group group;
	uint64_t *parts;
	const char *at;

	*out = (struct version){ .suffix = "" };
	if (!find_version(&group, tag)) {
		out->prefix = arena_strdup(a, tag);
		return;
	}
	parts = arena_alloc(a, group.parts * sizeof(*parts));
	at = tag + group.start;
	for (size_t i = 0; i < group.parts; i++) {
		char *end;

		parts[i] = strtoull(at, &end, 10);
		at = end + 1;
	}
	out->parts = parts;
	out->nr = group.parts;
	out->prefix = arena_strndup(a, tag, group.start);
	out->suffix = arena_strdup(a, tag + group.end);
}

/* -1: what leads up to a version (-rc1), 0: the version, 1: a letter, which
 * was how patches were numbered (1.0.2a). */
static int stage(const char *suffix)
{
	if (!*suffix)
		return 0;
	return islower((unsigned char)suffix[0]) && !suffix[1] ? 1 : -1;
}

int version_compare(const struct version *a, const struct version *b)
{
	size_t nr = a->nr > b->nr ? a->nr : b->nr;
	int one = stage(a->suffix), two = stage(b->suffix);

	for (size_t i = 0; i < nr; i++) {
		uint64_t p = i < a->nr ? a->parts[i] : 0;
		uint64_t q = i < b->nr ? b->parts[i] : 0;

		if (p != q)
			return p < q ? -1 : 1;
	}
	if (one != two)
		return one < two ? -1 : 1;
	return strverscmp(a->suffix, b->suffix);
}

/* Equal but for the v: 1.0 was before v1.1. */
static bool is_family(const struct version *a, const struct version *b)
{
	size_t n = strlen(a->prefix), m = strlen(b->prefix);

	n -= n && tolower((unsigned char)a->prefix[n - 1]) == 'v';
	m -= m && tolower((unsigned char)b->prefix[m - 1]) == 'v';
	return n == m && !strncmp(a->prefix, b->prefix, n);
}

/* --- which are releases ------------------------------------------------- */

static bool tag_matches(const struct strs *globs, const char *tag)
{
	for (size_t i = 0; i < globs->nr; i++)
		if (!fnmatch(globs->at[i], tag, 0))
			return true;
	return false;
}

bool release_is(const struct policy *policy, const char *tag)
{
	return tag_matches(&policy->tags, tag) &&
	       !tag_matches(&policy->ignore, tag);
}

/* Whether all parts from the `from`th on are 0. */
static bool is_round(const struct version *version, size_t from)
{
	for (size_t i = from; i < version->nr; i++)
		if (version->parts[i])
			return false;
	return true;
}

bool release_requires(const struct policy *policy, struct arena *a,
		      const char *tag)
{
	struct version version;

	version_parse(&version, a, tag);
	switch (policy->require) {
	case REQUIRE_MINOR:
		return is_round(&version, 2);
	case REQUIRE_MAJOR:
		return is_round(&version, 1);
	case REQUIRE_NONE:
		return false;
	case REQUIRE_ALL:
		break;
	}
	return true;
}

/* Every release tag that leads to a commit, in the order of names, without
 * its time. */
static struct err *read_releases(struct releases *out, struct arena *a,
				 struct repo *repo, const struct policy *policy)
{
	struct refs tags = { 0 };
	struct err *e = ref_list(&tags, a, repo, REFS_TAGS);

	for (size_t i = 0; !e && i < tags.nr; i++) {
		struct release release = { .tag = tags.at[i] };

		if (!release.tag.has_commit ||
		    !release_is(policy, release.tag.name))
			continue;
		version_parse(&release.version, a, release.tag.name);
		vec_push(a, out, release);
	}
	return e;
}

static void read_times(struct releases *releases, struct arena *a,
		       struct repo *repo)
{
	const struct ref **tags =
		arena_alloc(a, (releases->nr + 1) * sizeof(*tags));
	int64_t *times = arena_alloc(a, (releases->nr + 1) * sizeof(*times));

	for (size_t i = 0; i < releases->nr; i++)
		tags[i] = &releases->at[i].tag;
	ref_tag_times(times, repo, tags, releases->nr);
	for (size_t i = 0; i < releases->nr; i++)
		releases->at[i].time = times[i];
}

static int by_time(const void *a, const void *b)
{
	const struct release *one = a, *two = b;
	int order;

	if (one->time != two->time)
		return one->time < two->time ? -1 : 1;
	order = version_compare(&one->version, &two->version);
	return order ? order : strcmp(one->tag.name, two->tag.name);
}

struct err *release_list(struct releases *out, struct arena *a,
			 struct repo *repo, const struct policy *policy)
{
	struct releases all = { 0 };
	struct err *e = read_releases(&all, a, repo, policy);

	if (e)
		return e;
	read_times(&all, a, repo);
	if (all.nr)
		qsort(all.at, all.nr, sizeof(*all.at), by_time);
	*out = all;
	return NULL;
}

/* --- the one before ----------------------------------------------------- */

static int newest_tag_first(const void *a, const void *b)
{
	return by_time(b, a);
}

static int highest_first(const void *a, const void *b)
{
	const struct release *one = a, *two = b;
	int order = version_compare(&two->version, &one->version);

	return order ? order : strcmp(one->tag.name, two->tag.name);
}

/* The releases that may come before `tag`, the best first. */
static struct err *find_earlier(struct releases *out, struct arena *a,
				struct repo *repo, const struct policy *policy,
				const struct ref *tag)
{
	struct releases all = { 0 };
	struct version own;
	struct err *e = read_releases(&all, a, repo, policy);

	if (e)
		return e;
	version_parse(&own, a, tag->name);
	for (size_t i = 0; i < all.nr; i++) {
		const struct release *r = &all.at[i];

		if (oid_equal(&r->tag.commit, &tag->commit))
			continue;
		if (!own.nr || (r->version.nr && is_family(&r->version, &own) &&
				version_compare(&r->version, &own) < 0))
			vec_push(a, out, *r);
	}
	if (!own.nr)
		read_times(out, a, repo);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at),
		      own.nr ? highest_first : newest_tag_first);
	return NULL;
}

/* Looks among `nr` candidates from `at` on. */
static struct err *pick_ancestor(struct release *out, bool *found,
				 struct arena *a, struct repo *repo,
				 const struct oid *commit,
				 const struct release *at, size_t nr)
{
	struct oids commits = { 0 };
	bool *reached = arena_alloc(a, nr);
	struct err *e;

	for (size_t i = 0; i < nr; i++)
		vec_push(a, &commits, at[i].tag.commit);
	e = ancestry_reached(reached, repo, commit, &commits);
	for (size_t i = 0; !e && !*found && i < nr; i++) {
		if (!reached[i])
			continue;
		*out = at[i];
		*found = true;
	}
	return e;
}

/* Ancestry is asked for a few at a time: the one wanted is nearly always among
 * the first, and the further back a tag lies the more git must walk. */
struct err *release_previous(struct release *out, bool *found, struct arena *a,
			     struct repo *repo, const struct policy *policy,
			     const struct ref *tag)
{
	struct releases candidates = { 0 };
	struct err *e;
	size_t nr = 8;

	*found = false;
	if (!tag->has_commit)
		return NULL; /* nothing comes before a blob */
	e = find_earlier(&candidates, a, repo, policy, tag);
	for (size_t at = 0; !e && !*found && at < candidates.nr; at += nr) {
		nr = at ? nr * 8 : nr;
		if (nr > candidates.nr - at)
			nr = candidates.nr - at;
		e = pick_ancestor(out, found, a, repo, &tag->commit,
				  candidates.at + at, nr);
	}
	if (*found)
		out->time = ref_tag_time(repo, &out->tag);
	return e;
}

struct err *release_before_since(bool *out, struct arena *a, struct repo *repo,
				 const struct policy *policy,
				 const struct ref *tag)
{
	struct ref since;
	struct err *e;

	*out = false;
	if (!policy->since)
		return NULL;
	e = ref_tag(&since, a, repo, policy->since);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	if (!e)
		*out = ref_tag_time(repo, tag) < ref_tag_time(repo, &since);
	return e;
}
