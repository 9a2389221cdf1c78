/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/release.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/i18n.h"
#include "base/sorted.h"
#include "base/work.h"
#include "git/ancestry.h"
#include "git/object.h"

/* --- which are releases ------------------------------------------------- */

static bool matches_any(const struct strs *globs, const char *tag)
{
	for (size_t i = 0; i < globs->nr; i++)
		if (glob_name(globs->at[i], tag))
			return true;
	return false;
}

static bool is_policy_release(const struct policy *policy,
			      const struct version *version)
{
	for (size_t i = 0; i < policy->tags.nr; i++)
		if (glob_name(policy->tags.at[i], version->name) &&
		    (!version->pre || version_names_pre(policy->tags.at[i])))
			return !matches_any(&policy->ignore, version->name);
	return false;
}

bool release_is(const struct policy *policy, const char *tag)
{
	struct version version;

	version_parse(&version, tag);
	return is_policy_release(policy, &version);
}

/* Nothing but numbers: 1.0, 1.0.0.Final. */
static bool is_plain_release(const struct version *version)
{
	return !version->pre && !version->post && !version->edition;
}

/* By package, then by version; of equal ones the more precise first. */
static int by_version(const void *a, const void *b)
{
	const struct release *one = *(const struct release *const *)a;
	const struct release *two = *(const struct release *const *)b;
	int order = version_compare_packages(&one->version, &two->version);

	if (!order)
		order = version_compare(&one->version, &two->version);
	if (!order && one->version.nr != two->version.nr)
		order = one->version.nr > two->version.nr ? -1 : 1;
	return order ? order : strcmp(one->tag.name, two->tag.name);
}

/* The numbers as text would sort: what begins with others follows them. */
static int compare_parts(const struct version *a, const struct version *b)
{
	for (size_t i = 0; i < a->nr && i < b->nr; i++)
		if (a->parts[i] != b->parts[i])
			return a->parts[i] < b->parts[i] ? -1 : 1;
	return a->nr < b->nr ? -1 : a->nr > b->nr;
}

/* By package, then 1, 1.5, 1.5.0, 1.5.0-1, 1.5.1. */
static int by_parts(const void *a, const void *b)
{
	const struct version *one = &(*(struct release *const *)a)->version;
	const struct version *two = &(*(struct release *const *)b)->version;
	int order = version_compare_packages(one, two);

	if (!order && one->epoch != two->epoch)
		order = one->epoch < two->epoch ? -1 : 1;
	if (!order)
		order = compare_parts(one, two);
	return order ? order : version_compare(one, two);
}

static bool begins_version(const struct version *whole,
			   const struct version *part)
{
	return part->nr < whole->nr && part->epoch == whole->epoch &&
	       version_same_package(part, whole) &&
	       !memcmp(part->parts, whole->parts,
		       part->nr * sizeof(*part->parts));
}

/* Whether a tag moves along: `next` is the lowest release that begins with its
 * numbers. v1.5 stands beside v1.5.0; v1 is younger than v1.4.0, or on its
 * commit. */
static bool moves_along(const struct release *release,
			const struct release *next, struct repo *repo)
{
	if (!release->version.nr || !is_plain_release(&release->version) ||
	    !begins_version(&next->version, &release->version))
		return false;
	if (is_plain_release(&next->version) &&
	    version_same_parts(&release->version, &next->version))
		return true;
	return oid_equal(&release->tag.commit, &next->tag.commit) ||
	       ref_tag_time(repo, &next->tag) <
		       ref_tag_time(repo, &release->tag);
}

static void find_repeats(struct release **by, size_t nr)
{
	for (size_t i = 1; i < nr; i++) {
		const struct version *version = &by[i]->version;
		const struct version *before = &by[i - 1]->version;

		by[i]->again = version->nr &&
			       version_same_package(version, before) &&
			       version_same_parts(version, before);
	}
}

/* Leaves out the tags that move, and says which release comes again. */
static void settle(struct releases *all, struct arena *a, struct repo *repo)
{
	struct release **by = arena_alloc(a, (all->nr + 1) * sizeof(*by));
	bool *floats = arena_alloc(a, all->nr + 1);
	size_t nr = all->nr, kept = 0;

	memset(floats, 0, nr);
	for (size_t i = 0; i < nr; i++)
		by[i] = &all->at[i];
	qsort(by, nr, sizeof(*by), by_parts);
	for (size_t i = 0; i + 1 < nr; i++)
		if (moves_along(by[i], by[i + 1], repo))
			floats[by[i] - all->at] = true;
	for (size_t i = 0; i < nr; i++)
		if (!floats[by[i] - all->at])
			by[kept++] = by[i];
	qsort(by, kept, sizeof(*by), by_version);
	find_repeats(by, kept);
	all->nr = 0;
	for (size_t i = 0; i < nr; i++)
		if (!floats[i])
			all->at[all->nr++] = all->at[i];
}

static void add_release(struct releases *out, struct arena *a,
			const struct ref *tag)
{
	struct release release = { .tag = *tag };

	version_parse(&release.version, tag->name);
	vec_push(a, out, release);
}

/* As many tags may lead to each other. */
enum { TAGS_MAX = 64 };

/* Whether a tag leads to no commit because that is not here, or an object on
 * the way to it; one of a blob or a tree is whole. */
static bool is_torn(struct repo *repo, const struct ref *tag)
{
	struct oid id = tag->target;
	bool torn = false, further = true;

	for (int depth = 0; further && depth < TAGS_MAX; depth++) {
		struct object object;
		const char *type = NULL;
		struct err *e = object_read(&object, repo, &id, FILE_MAX);

		if (e) {
			torn = e->code == ERR_NOT_FOUND;
			err_pass(e);
			return torn;
		}
		if (object.type == OBJECT_TAG &&
		    !strncmp(object.bytes, "object ", 7))
			type = strstr(object.bytes, "\ntype ");
		torn = type && !strncmp(type, "\ntype commit\n", 13);
		further = type && !strncmp(type, "\ntype tag\n", 10) &&
			  oid_parse(&id, object.bytes + 7);
		object_release(&object);
	}
	return torn;
}

/* What nobody can read may be a release, and one without a retro. */
static struct err *check_tag(struct arena *a, struct repo *repo,
			     const struct policy *policy, const struct ref *tag)
{
	struct releases like = { 0 };

	if (tag->has_commit)
		return NULL;
	add_release(&like, a, tag);
	if (!is_policy_release(policy, &like.at[0].version) ||
	    !is_torn(repo, tag))
		return NULL;
	return err_hint(err_new(ERR_FAILED,
				_("what the tag %s leads to is not here"),
				tag->name),
			_("'git fsck' lists what is missing"));
}

static void add_if_release(struct releases *out, struct arena *a,
			   const struct policy *policy, const struct ref *tag)
{
	if (!tag->has_commit)
		return;
	add_release(out, a, tag);
	if (!is_policy_release(policy, &out->at[out->nr - 1].version))
		out->nr--;
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

static void sort_by_time(struct releases *releases, struct arena *a,
			 struct repo *repo)
{
	read_times(releases, a, repo);
	if (releases->nr)
		qsort(releases->at, releases->nr, sizeof(*releases->at),
		      by_time);
}

struct err *release_list(struct releases *out, struct arena *a,
			 struct repo *repo, const struct policy *policy)
{
	struct refs tags = { 0 };
	struct err *e = ref_list(&tags, a, repo, REFS_TAGS);

	*out = (struct releases){ 0 };
	for (size_t i = 0; !e && i < tags.nr; i++) {
		e = check_tag(a, repo, policy, &tags.at[i]);
		add_if_release(out, a, policy, &tags.at[i]);
	}
	if (e)
		return e;
	settle(out, a, repo);
	sort_by_time(out, a, repo);
	return NULL;
}

struct err *release_list_like(struct releases *out, struct arena *a,
			      struct repo *repo, const struct strs *globs)
{
	struct refs tags = { 0 };
	struct err *e = ref_list(&tags, a, repo, REFS_TAGS);

	*out = (struct releases){ 0 };
	if (e)
		return e;
	for (size_t i = 0; i < tags.nr; i++)
		if (tags.at[i].has_commit &&
		    matches_any(globs, tags.at[i].name))
			add_release(out, a, &tags.at[i]);
	sort_by_time(out, a, repo);
	return NULL;
}

static int by_tag_name(const void *a, const void *b)
{
	const struct ref *one = a, *two = b;

	return strcmp(one->name, two->name);
}

static bool has_name(const struct refs *sorted, const char *name)
{
	const struct ref key = { .name = name };

	return sorted->nr &&
	       bsearch(&key, sorted->at, sorted->nr, sizeof(key), by_tag_name);
}

/* What a tag is depends on those beside it. */
struct err *release_among(struct releases *out, struct arena *a,
			  struct repo *repo, const struct policy *policy,
			  const struct refs *tags)
{
	struct releases all = { 0 };
	struct refs here = { 0 }, asked = { 0 };
	struct err *e = NULL;

	*out = (struct releases){ 0 };
	for (size_t i = 0; i < tags->nr; i++) {
		add_if_release(&all, a, policy, &tags->at[i]);
		vec_push(a, &asked, tags->at[i]);
	}
	if (!all.nr)
		return NULL;
	qsort(asked.at, asked.nr, sizeof(*asked.at), by_tag_name);
	e = ref_list(&here, a, repo, REFS_TAGS);
	for (size_t i = 0; !e && i < here.nr; i++)
		if (!has_name(&asked, here.at[i].name))
			add_if_release(&all, a, policy, &here.at[i]);
	if (e)
		return e;
	settle(&all, a, repo);
	for (size_t i = 0; i < all.nr; i++)
		if (has_name(&asked, all.at[i].tag.name))
			vec_push(a, out, all.at[i]);
	read_times(out, a, repo);
	return NULL;
}

/* --- which need a retro --------------------------------------------------- */

/* Whether all parts from the `from`th on are 0. */
static bool is_round(const struct version *version, size_t from)
{
	for (size_t i = from; i < version->nr; i++)
		if (version->parts[i])
			return false;
	return version->nr > 0;
}

bool release_requires(const struct policy *policy,
		      const struct release *release)
{
	switch (policy->require) {
	case REQUIRE_MINOR:
		return !release->again && is_round(&release->version, 2);
	case REQUIRE_MAJOR:
		return !release->again && is_round(&release->version, 1);
	case REQUIRE_NONE:
		return false;
	case REQUIRE_ALL:
		break;
	}
	return true;
}

/* Of one moment, versions of one package have an order. */
static bool is_after(const struct release *release, const struct release *since)
{
	if (!strcmp(release->tag.name, since->tag.name))
		return false;
	if (release->time != since->time)
		return release->time > since->time;
	return version_same_package(&release->version, &since->version) &&
	       version_compare(&release->version, &since->version) > 0;
}

/* The policy's `since` as a release; *found false if it names no tag here. */
static struct err *read_since_tag(struct release *out, bool *found,
				  struct arena *a, struct repo *repo,
				  const struct policy *policy)
{
	struct err *e;

	*found = false;
	if (!policy->since)
		return NULL;
	e = ref_tag(&out->tag, a, repo, policy->since);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	if (e)
		return e;
	version_parse(&out->version, out->tag.name);
	out->time = ref_tag_time(repo, &out->tag);
	*found = true;
	return NULL;
}

struct err *release_since(struct releases *out, struct arena *a,
			  struct repo *repo, const struct policy *policy,
			  const struct releases *all)
{
	struct release since;
	bool found;
	struct err *e = read_since_tag(&since, &found, a, repo, policy);

	*out = (struct releases){ 0 };
	for (size_t i = 0; !e && i < all->nr; i++)
		if (!found || is_after(&all->at[i], &since))
			vec_push(a, out, all->at[i]);
	return e;
}

struct err *release_asked(struct releases *out, struct arena *a,
			  struct repo *repo, const struct policy *policy,
			  const struct releases *all)
{
	struct err *e = release_since(out, a, repo, policy, all);
	size_t nr = 0;

	for (size_t i = 0; !e && i < out->nr; i++)
		if (release_requires(policy, &out->at[i]))
			out->at[nr++] = out->at[i];
	out->nr = nr;
	return e;
}

/* --- the one before ------------------------------------------------------ */

/* How well a release's edition goes with that of the one after it: the same,
 * none, another. */
static int rate_edition(const struct version *version,
			const struct version *own)
{
	if (!version->edition)
		return 1;
	return own->edition && !strcasecmp(version->name + version->edition,
					   own->name + own->edition)
		       ? 2
		       : 0;
}

/* A tag that may come before another, and what speaks for it. */
struct candidate {
	struct release release;
	int edition; /* rate_edition() with the one after it */
	bool listed; /* the policy names it */
};
struct candidates VEC_OF(struct candidate);

struct release_order {
	struct repo *repo;
	struct candidates all;   /* best_tag_first; none that is ignored */
	size_t listed;           /* so many are; they come first */
	bool timed;              /* of all the time is known */
	struct candidates named; /* releases, newest first; read when a name
				  * without a version asks for them */
	bool has_named;
};

/* What the policy lists first; by package; the highest version, the most
 * precise name. */
static int best_tag_first(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	const struct version *p = &one->release.version;
	const struct version *q = &two->release.version;
	int order;

	if (one->listed != two->listed)
		return one->listed ? -1 : 1;
	order = version_compare_packages(p, q);
	if (!order)
		order = version_compare(q, p);
	if (!order && p->nr != q->nr)
		order = p->nr > q->nr ? -1 : 1;
	return order ? order
		     : strcmp(one->release.tag.name, two->release.tag.name);
}

/* The same, but of the same numbers the edition that goes best with the one
 * after it. */
static int best_candidate_first(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;

	if (one->edition != two->edition &&
	    version_same_parts(&one->release.version, &two->release.version))
		return one->edition > two->edition ? -1 : 1;
	return best_tag_first(a, b);
}

static int newest_candidate_first(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;

	return by_time(&two->release, &one->release);
}

/* Whether a version may stand before another: lower, of the same package, and
 * no pre-release of something else. Of the same numbers, another edition and
 * what comes after in another way are beside it, not before. */
static bool is_lower(const struct version *version, const struct version *own)
{
	bool same = version_same_parts(version, own);

	if (!version->nr || !version_same_package(version, own) ||
	    version_compare(version, own) >= 0)
		return false;
	if (version->pre && !(own->pre && same))
		return false;
	return !same || (rate_edition(version, own) > 0 &&
			 (!version->post || version_same_kind(version, own)));
}

/* Puts the times of `nr` candidates in. */
static void read_candidate_times(struct candidate *at, size_t nr,
				 struct arena *a, struct repo *repo)
{
	const struct ref **tags = arena_alloc(a, (nr + 1) * sizeof(*tags));
	int64_t *times = arena_alloc(a, (nr + 1) * sizeof(*times));

	for (size_t i = 0; i < nr; i++)
		tags[i] = &at[i].release.tag;
	ref_tag_times(times, repo, tags, nr);
	for (size_t i = 0; i < nr; i++)
		at[i].release.time = times[i];
}

struct err *release_order_load(struct release_order **out, struct arena *a,
			       struct repo *repo, const struct policy *policy,
			       bool timed)
{
	struct release_order *order = arena_alloc(a, sizeof(*order));
	struct refs tags = { 0 };
	struct err *e = ref_list(&tags, a, repo, REFS_TAGS);

	*order = (struct release_order){ .repo = repo, .timed = timed };
	for (size_t i = 0; !e && i < tags.nr; i++) {
		struct candidate one = { .release.tag = tags.at[i] };
		struct version *version = &one.release.version;

		if (!tags.at[i].has_commit)
			continue;
		version_parse(version, tags.at[i].name);
		if (matches_any(&policy->ignore, version->name))
			continue;
		one.listed = matches_any(&policy->tags, version->name);
		order->listed += one.listed;
		vec_push(a, &order->all, one);
	}
	if (order->all.nr)
		qsort(order->all.at, order->all.nr, sizeof(*order->all.at),
		      best_tag_first);
	if (timed)
		read_candidate_times(order->all.at, order->all.nr, a, repo);
	*out = order;
	return e;
}

/* Releases by time, for a name without a version. */
static void find_named_releases(struct release_order *order, struct arena *a)
{
	for (size_t i = 0; i < order->listed; i++)
		if (!order->all.at[i].release.version.pre)
			vec_push(a, &order->named, order->all.at[i]);
	if (!order->timed)
		read_candidate_times(order->named.at, order->named.nr, a,
				     order->repo);
	if (order->named.nr)
		qsort(order->named.at, order->named.nr,
		      sizeof(*order->named.at), newest_candidate_first);
	order->has_named = true;
}

/* What looking at one more tag costs. */
#define TAG_STEP 64

/* A search for the one before a tag. */
struct before {
	struct release_order *order;
	struct arena *a;
	const struct oid *commit;
	struct version own; /* candidates are lower; NULL parts: by time */
	uint64_t floor;     /* and have at least so high a first number */
	int64_t time;       /* by which they were tagged */
	size_t next, end;   /* candidates that were not looked at */
	struct candidates chunk;
};

/* Below its own version, in its package. */
static int follows_own(const void *key, const void *element)
{
	const struct version *own = key;
	const struct candidate *one = element;
	int order = version_compare_packages(own, &one->release.version);

	if (order)
		return order;
	return version_compare(&one->release.version, own) >= 0 ? 1 : -1;
}

static void seek_before(struct before *before, size_t from, size_t end)
{
	const struct candidate *all = before->order->all.at;

	before->end = end;
	before->next = from;
	if (end > from)
		before->next +=
			sorted_first(&before->own, all + from, end - from,
				     sizeof(*all), follows_own);
}

/* The next best `nr` or a few more: the same numbers stay together. */
static void take_lower(struct before *before, size_t nr)
{
	struct candidates *chunk = &before->chunk;
	const struct candidates *all = &before->order->all;

	for (; before->next < before->end; before->next++) {
		struct candidate one = all->at[before->next];
		const struct version *version = &one.release.version;

		work_do(TAG_STEP);
		if (!version_same_package(version, &before->own)) {
			before->next = before->end;
			break;
		}
		if (chunk->nr >= nr &&
		    !version_same_parts(
			    version, &chunk->at[chunk->nr - 1].release.version))
			break;
		one.edition = rate_edition(version, &before->own);
		if (is_lower(version, &before->own) &&
		    version->parts[0] >= before->floor &&
		    !oid_equal(&one.release.tag.commit, before->commit))
			vec_push(before->a, chunk, one);
	}
	if (chunk->nr)
		qsort(chunk->at, chunk->nr, sizeof(*chunk->at),
		      best_candidate_first);
}

static void take_newest(struct before *before, size_t nr)
{
	const struct candidates *named = &before->order->named;

	for (; before->next < named->nr && before->chunk.nr < nr;
	     before->next++)
		if (!oid_equal(&named->at[before->next].release.tag.commit,
			       before->commit))
			vec_push(before->a, &before->chunk,
				 named->at[before->next]);
}

/* Takes the first of the chunk that was tagged by then, or that leads to the
 * commit. */
static struct err *pick(struct release *out, bool *found, struct before *before)
{
	struct candidates *chunk = &before->chunk;
	struct repo *repo = before->order->repo;
	struct oids younger = { 0 };
	bool *reached;
	size_t end = 0;
	struct err *e;

	if (!before->order->timed)
		read_candidate_times(chunk->at, chunk->nr, before->a, repo);
	while (end < chunk->nr && chunk->at[end].release.time > before->time)
		vec_push(before->a, &younger,
			 chunk->at[end++].release.tag.commit);
	reached = arena_alloc(before->a, younger.nr + 1);
	e = ancestry_reached(reached, repo, before->commit, &younger);
	for (size_t i = 0; !e && !*found && i < chunk->nr; i++) {
		if (i < end && !reached[i])
			continue;
		*out = chunk->at[i].release;
		*found = true;
	}
	return e;
}

/* A few at a time: the one wanted is nearly always among the first, and the
 * further back a tag lies the more git must walk. */
static struct err *search_before(struct release *out, bool *found,
				 struct before *before, bool *any)
{
	const struct release_order *order = before->order;
	bool lower = before->own.nr, rest = lower;
	struct err *e = NULL;

	if (lower)
		seek_before(before, 0, order->listed);
	for (size_t nr = 8; !e && !*found;) {
		before->chunk.nr = 0;
		if (lower)
			take_lower(before, nr);
		else
			take_newest(before, nr);
		if (!before->chunk.nr && !rest)
			break;
		if (!before->chunk.nr) {
			seek_before(before, order->listed, order->all.nr);
			rest = false;
			continue;
		}
		e = pick(out, found, before);
		if (!*any && !*found)
			*out = before->chunk.at[0].release;
		*any = true;
		nr *= 8;
	}
	return e;
}

/* The first release under a package's name may go on from those of the whole
 * repository: pkg@4.0.0 from v3.59.2. Only where the numbers go on, and not at
 * a beginning. */
static bool may_be_renamed(struct before *before)
{
	struct version *own = &before->own;

	if (!own->nr || !own->package || own->parts[0] < 2)
		return false;
	before->floor = own->parts[0] - 1;
	own->package = 0;
	return true;
}

/* Without a version only ancestry tells. */
struct err *release_before(struct release *out, bool *found, struct arena *a,
			   struct release_order *order, const struct ref *tag,
			   int64_t time)
{
	struct before before = {
		.order = order, .a = a, .commit = &tag->commit, .time = time
	};
	bool any = false;
	struct err *e;

	*found = false;
	if (!tag->has_commit)
		return NULL; /* nothing comes before a blob */
	version_parse(&before.own, tag->name);
	if (!before.own.nr) {
		before.time = INT64_MIN;
		if (!order->has_named)
			find_named_releases(order, a);
	}
	e = search_before(out, found, &before, &any);
	if (!e && !any && may_be_renamed(&before))
		e = search_before(out, found, &before, &any);
	if (!e && any && before.own.nr)
		*found = true; /* or clocks were wrong: the first */
	return e;
}

struct err *release_previous(struct release *out, bool *found, struct arena *a,
			     struct repo *repo, const struct policy *policy,
			     const struct ref *tag)
{
	struct release_order *order;
	struct err *e = release_order_load(&order, a, repo, policy, false);

	*found = false;
	return e ? e
		 : release_before(out, found, a, order, tag,
				  ref_tag_time(repo, tag));
}

/* --- the latest ---------------------------------------------------------- */

/* Of `all`, oldest first, the newest for which `usable` is set, or a higher
 * version of its package; NULL if there is none. */
static const struct release *find_highest(const struct releases *all,
					  const bool *usable)
{
	const struct release *best = NULL;

	for (size_t i = all->nr; i-- > 0;) {
		const struct release *release = &all->at[i];

		if (usable && !usable[i])
			continue;
		if (!best ||
		    (version_same_package(&best->version, &release->version) &&
		     version_compare(&release->version, &best->version) > 0))
			best = release;
	}
	return best;
}

/* Whether `high` was made on a branch that left the history of `commit` behind
 * `near`, which is in that history. */
static struct err *left_later(bool *out, struct repo *repo,
			      const struct release *near,
			      const struct release *high,
			      const struct oid *commit)
{
	struct oid fork;
	struct err *e = ancestry_merge_base(&fork, out, repo, &high->tag.commit,
					    commit);

	if (!e && *out && near) {
		if (oid_equal(&fork, &near->tag.commit))
			*out = false;
		else
			e = ancestry_reaches(out, repo, &fork,
					     &near->tag.commit);
	}
	return e;
}

struct err *release_latest(struct release *out, bool *found, struct arena *a,
			   struct repo *repo, const struct policy *policy,
			   const struct oid *commit)
{
	struct releases all = { 0 };
	struct oids commits = { 0 };
	const struct release *near, *high;
	bool later = false, *reached;
	struct err *e = release_list(&all, a, repo, policy);

	*found = false;
	if (e || !all.nr)
		return e;
	for (size_t i = 0; i < all.nr; i++)
		vec_push(a, &commits, all.at[i].tag.commit);
	reached = arena_alloc(a, all.nr);
	e = ancestry_reached(reached, repo, commit, &commits);
	if (e)
		return e;
	near = find_highest(&all, reached);
	high = find_highest(&all, NULL);
	if (high != near &&
	    (!near || version_same_package(&near->version, &high->version)))
		e = left_later(&later, repo, near, high, commit);
	if (later)
		near = high;
	if (near) {
		*out = *near;
		*found = true;
	}
	return e;
}
