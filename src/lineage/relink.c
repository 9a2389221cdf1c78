/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/relink.h"

#include <string.h>

#include "base/i18n.h"
#include "git/alive.h"
#include "git/ancestry.h"
#include "git/change_id.h"
#include "git/diff.h"
#include "git/lookup.h"
#include "git/patch_id.h"
#include "git/reachable.h"
#include "git/walk.h"
#include "lineage/likeness.h"
#include "lineage/rewrites.h"

/* A commit was split into no more parts, and a branch squashed had no more
 * tips that are tried. */
#define PARTS_MAX 8
#define TIPS_MAX  20
/* Hops from one rewrite to the next. */
#define HOPS_MAX 1000

/* A commit, and the change-id of its head. */
struct marked_commit {
	struct oid id;
	const char *change;
};

struct search_gone {
	struct arena *arena;
	struct repo *repo;
	struct rewrites map;
	struct features features;
	struct oidset dead; /* of what was asked about, all that is not alive */
	struct oids living; /* every commit that is alive, once needed */
	struct oids left;   /* what is not, and near the broken links */
	bool walked;        /* the two above are there */
	struct VEC_OF(
		struct marked_commit) changes; /* of the living, once needed */
	bool changes_read;
};

const char *relink_means_name(enum relink_means means)
{
	static const char *const names[] = {
		[RELINK_NONE] = "",
		[RELINK_MAP] = N_("recorded when it was rewritten"),
		[RELINK_CHANGE] = "change-id",
		[RELINK_PATCH] = N_("same patch"),
		[RELINK_AUTHOR] = N_("same author, date and subject"),
		[RELINK_BRANCH] = N_("same change as the whole branch"),
	};

	return names[means];
}

static void add_once(struct arena *a, struct oids *ids, const struct oid *id)
{
	for (size_t i = 0; i < ids->nr; i++)
		if (oid_equal(&ids->at[i], id))
			return;
	vec_push(a, ids, *id);
}

static bool is_alive(const struct search_gone *s, const struct oid *id)
{
	return features_get(&s->features, id) && !oidset_has(&s->dead, id);
}

/* --- which are dead --- */

static struct err *find_gone(struct oidset *dead, struct repo *repo,
			     const struct oid *ids, size_t nr,
			     const struct oids *more)
{
	struct arena a = ARENA_INIT;
	struct oidset seen = OIDSET_INIT;
	struct oids here = { 0 };
	struct err *e;

	for (size_t i = 0; i < nr; i++)
		if (!oid_is_zero(&ids[i]) && oidset_add(&seen, &ids[i]))
			vec_push(&a, &here, ids[i]);
	e = reachable_not(dead, repo, &here, more);
	oidset_release(&seen);
	arena_release(&a);
	return e;
}

/* Shallow or not, what git said was rewritten, and nothing reaches, is dead. */
static struct err *look_again(int *out, struct arena *a, struct repo *repo,
			      const struct strs *names, const struct oids *more,
			      struct alive *alive)
{
	struct oid *ids = arena_alloc(a, (names->nr + 1) * sizeof(*ids));
	struct rewrites map;
	struct oidset dead = OIDSET_INIT;
	bool hard = !repo_is_shallow(repo);
	struct err *e = rewrites_load(&map, a, repo);

	if (!e)
		e = lookup_commits(out, ids, repo, names);
	for (size_t i = 0; !e && !hard && i < names->nr; i++)
		if (!rewrites_of(&map, &ids[i]))
			ids[i] = (struct oid){ { 0 } };
	if (!e)
		e = find_gone(&dead, repo, ids, names->nr, more);
	for (size_t i = 0; !e && i < names->nr; i++)
		if (oidset_has(&dead, &ids[i]))
			out[i] = 0;
		else if (out[i] == 1 && !more && oid_is_full(names->at[i]))
			alive_add(alive, &ids[i]);
	oidset_release(&dead);
	rewrites_release(&map);
	return e;
}

static bool is_known_alive(const struct alive *alive, const char *name)
{
	struct oid id;
	size_t n = oid_parse(&id, name);

	return n && !name[n] && alive_has(alive, &id);
}

struct err *relink_look_hard(int *out, struct arena *a, struct repo *repo,
			     const struct strs *names, const struct oids *more)
{
	size_t *places = arena_alloc(a, (names->nr + 1) * sizeof(*places));
	struct strs unknown = { 0 };
	struct err *e = NULL;
	struct alive alive;
	int *found;

	alive_open(&alive, repo);
	for (size_t i = 0; i < names->nr; i++) {
		out[i] = is_known_alive(&alive, names->at[i]);
		if (!out[i]) {
			places[unknown.nr] = i;
			vec_push(a, &unknown, names->at[i]);
		}
	}
	found = arena_alloc(a, (unknown.nr + 1) * sizeof(*found));
	if (unknown.nr)
		e = look_again(found, a, repo, &unknown, more, &alive);
	for (size_t i = 0; !e && i < unknown.nr; i++)
		out[places[i]] = found[i];
	alive_close(&alive);
	return e;
}

/* One entry for each name that is dead. */
static struct err *list_dead(struct relinks *out, struct search_gone *s,
			     const struct strs *names)
{
	struct arena *a = s->arena;
	struct oid *ids = arena_alloc(a, (names->nr + 1) * sizeof(*ids));
	int *known = arena_alloc(a, (names->nr + 1) * sizeof(*known));
	struct strs missing = { 0 };
	struct err *e = relink_look_hard(known, a, s->repo, names, NULL);

	if (!e)
		e = lookup_ids(ids, s->repo, names);
	for (size_t i = 0; !e && i < names->nr; i++)
		if (known[i] <= 0 && oid_is_zero(&ids[i]))
			vec_push(a, &missing, names->at[i]);
	if (!e && missing.nr)
		e = rewrites_add_map(&s->map, a, s->repo, &missing);
	if (!e)
		e = find_gone(&s->dead, s->repo, ids, names->nr, NULL);
	for (size_t i = 0; !e && i < names->nr; i++) {
		struct relink one = { .name = names->at[i], .id = ids[i] };

		one.here = !oid_is_zero(&ids[i]);
		if (known[i] > 0)
			continue;
		if (!one.here &&
		    !rewrites_expand(&one.id, &s->map, names->at[i])) {
			if (known[i] < 0)
				continue;
			oid_parse(&one.id, names->at[i]);
		}
		vec_push(a, out, one);
	}
	return e;
}

/* --- the rewrite map --- */

/* Everything that the map leads to from the broken links. */
static struct err *load_map(struct search_gone *s, const struct relinks *dead)
{
	struct oids all = { 0 }, targets = { 0 };
	struct oidset seen = OIDSET_INIT;
	struct err *e;

	for (size_t i = 0; i < dead->nr; i++)
		if (oidset_add(&seen, &dead->at[i].id))
			vec_push(s->arena, &all, dead->at[i].id);
	for (size_t i = 0; i < all.nr; i++)
		for (const struct rewrite *r = rewrites_of(&s->map, &all.at[i]);
		     r; r = rewrites_next(&s->map, r))
			if (oidset_add(&seen, &r->to))
				vec_push(s->arena, &all, r->to);
	oidset_release(&seen);
	e = features_load(&s->features, s->repo, &all);
	if (!e)
		e = features_patches(&s->features, s->repo, &all);
	for (size_t i = 0; i < all.nr; i++)
		if (features_get(&s->features, &all.at[i]))
			vec_push(s->arena, &targets, all.at[i]);
	if (!e)
		e = reachable_not(&s->dead, s->repo, &targets, NULL);
	return e;
}

/* A commit and those before it, first parents alone, the newest first. */
static struct err *first_parents(struct oids *out, struct search_gone *s,
				 const struct oid *to)
{
	struct oid id = *to;
	struct commit commit;
	struct err *e = NULL;

	while (!e && out->nr <= PARTS_MAX) {
		vec_push(s->arena, out, id);
		e = walk_one(&commit, s->arena, s->repo, &id);
		if (e || !commit.parent_count)
			break;
		id = commit.parents[0];
	}
	return e;
}

/* If the commits that end in `to` make `from`'s change together, those that
 * have a share in it: `from` was split. */
static struct err *find_split(struct oids *parts, struct search_gone *s,
			      const struct feature *from, const struct oid *to)
{
	struct range ranges[PARTS_MAX];
	struct oid sums[PARTS_MAX];
	struct oid own[PARTS_MAX + 1];
	struct oids line = { 0 };
	struct err *e = NULL;

	if (oid_is_zero(&from->patch))
		return NULL;
	e = first_parents(&line, s, to);
	for (size_t i = 0; i + 1 < line.nr; i++)
		ranges[i] =
			(struct range){ .from = &line.at[i + 1], .to = *to };
	if (!e && line.nr > 2)
		e = patch_ids_between(sums, s->repo, ranges, line.nr - 1);
	for (size_t i = 1; !e && i + 1 < line.nr; i++) {
		if (!oid_equal(&sums[i], &from->patch))
			continue;
		line.nr = i + 1;
		e = patch_ids(own, s->repo, &line);
		for (size_t j = line.nr; !e && j-- > 0;)
			if (!oid_is_zero(&own[j]))
				vec_push(s->arena, parts, line.at[j]);
	}
	return e;
}

/* Whether the new commit shows what the old one was, when the change is
 * another: by author, date and subject if it became of this one alone, and was
 * not there before; else by the lines. */
static struct err *hop_shows(bool *out, struct search_gone *s,
			     const struct rewrite *hop)
{
	const struct feature *to = features_get(&s->features, &hop->to);
	const struct feature *old = features_get(&s->features, &hop->from);
	bool same = !strcmp(old->stamp, to->stamp), before;
	struct oids parts = { 0 };
	enum shared_lines lines;
	size_t part = 0;
	struct err *e;

	for (size_t i = 0; i < s->map.nr; i++) {
		const struct rewrite *r = &s->map.at[i];

		if (!oid_equal(&r->to, &hop->to) || r->amend)
			continue;
		if (oid_equal(&r->from, &hop->from))
			part = parts.nr;
		else if (!features_get(&s->features, &r->from))
			continue; /* not here; it cannot be told apart */
		vec_push(s->arena, &parts, r->from);
	}
	if (parts.nr > 1 || !same) {
		e = likeness_lines(&lines, s->repo, &parts, part, &hop->to);
		*out = lines == LINES_YES || (lines == LINES_MAYBE && same);
		return e;
	}
	e = ancestry_reaches(&before, s->repo, &hop->from, &hop->to);
	*out = !e && !before;
	return e;
}

/* The commits that a hop leads to, if it can be believed; else none. */
static struct err *believe(struct oids *out, struct search_gone *s,
			   const struct rewrite *hop)
{
	const struct feature *from = features_get(&s->features, &hop->from);
	const struct feature *to = features_get(&s->features, &hop->to);
	struct oids parts = { 0 };
	struct err *e = NULL;
	bool good;

	good = hop->amend || (from && to && likeness_patch(from, to));
	if (!good && from && to)
		e = find_split(&parts, s, from, &hop->to);
	if (e)
		return e;
	if (parts.nr) {
		e = features_load(&s->features, s->repo, &parts);
		*out = parts;
		return e ? e : reachable_not(&s->dead, s->repo, &parts, NULL);
	}
	if (!good && from && to)
		e = hop_shows(&good, s, hop);
	if (!e && good)
		vec_push(s->arena, out, hop->to);
	return e;
}

/* What is known of one broken link while the map is followed. */
struct trail {
	struct oidset seen;
	struct oids ends;   /* dead, and no hop on: looked for by other means */
	struct oids doubts; /* where hops lead that are not believed */
};

/* Where a commit went: itself if it is alive, else what its hops lead to. No
 * answer (nothing in `out`) where two hops lead to different ones. */
static struct err *follow_trail(struct oids *out, struct search_gone *s,
				struct trail *trail, const struct oid *id);

static struct err *follow_hop(struct oids *out, bool *good,
			      struct search_gone *s, struct trail *trail,
			      const struct rewrite *hop)
{
	struct oids heirs = { 0 };
	size_t ends = trail->ends.nr;
	struct err *e = believe(&heirs, s, hop);

	*good = heirs.nr > 0;
	if (!e && !heirs.nr && is_alive(s, &hop->to))
		add_once(s->arena, &trail->doubts, &hop->to);
	for (size_t i = 0; !e && i < heirs.nr; i++) {
		struct oids one = { 0 };

		e = follow_trail(&one, s, trail, &heirs.at[i]);
		*good &= one.nr > 0;
		for (size_t j = 0; j < one.nr; j++)
			add_once(s->arena, out, &one.at[j]);
	}
	/* What takes the place of one part is not what takes that of all. */
	if (heirs.nr > 1)
		trail->ends.nr = ends;
	return e;
}

static bool same_ids(const struct oids *a, const struct oids *b)
{
	if (a->nr != b->nr)
		return false;
	for (size_t i = 0; i < a->nr; i++)
		if (!oid_equal(&a->at[i], &b->at[i]))
			return false;
	return true;
}

static struct err *follow_trail(struct oids *out, struct search_gone *s,
				struct trail *trail, const struct oid *id)
{
	struct oids found = { 0 };
	bool several = false, believed = false;
	struct oid here = *id;
	struct err *e = NULL;

	if (is_alive(s, id)) {
		vec_push(s->arena, out, here);
		return NULL;
	}
	if (!oidset_add(&trail->seen, id) || trail->seen.map.nr > HOPS_MAX)
		return NULL;
	for (const struct rewrite *hop = rewrites_of(&s->map, &here); !e && hop;
	     hop = rewrites_next(&s->map, hop)) {
		struct oids led = { 0 };
		bool good;

		e = follow_hop(&led, &good, s, trail, hop);
		believed |= good;
		if (!good || e)
			continue;
		several |= found.nr && !same_ids(&found, &led);
		for (size_t i = 0; several && i < led.nr; i++)
			add_once(s->arena, &trail->doubts, &led.at[i]);
		if (!found.nr)
			found = led;
	}
	for (size_t i = 0; several && i < found.nr; i++)
		add_once(s->arena, &trail->doubts, &found.at[i]);
	if (!believed && features_get(&s->features, &here))
		add_once(s->arena, &trail->ends, &here);
	if (!several)
		*out = found;
	return e;
}

/* --- the patch id, and the author --- */

static bool keep_commit(void *data, const struct commit *commit)
{
	struct search_gone *s = data;

	features_add(&s->features, commit);
	vec_push(s->arena, &s->living, commit->id);
	return true;
}

static bool keep_left(void *data, const struct commit *commit)
{
	struct search_gone *s = data;

	features_add(&s->features, commit);
	oidset_add(&s->dead, &commit->id);
	vec_push(s->arena, &s->left, commit->id);
	return true;
}

/* Reads what is alive, and what is not and lies near `sources`; and the patch
 * ids of those that touched the same files. */
static struct err *gather_features(struct search_gone *s,
				   const struct oids *sources)
{
	struct file_touches touches = { 0 };
	struct oids near = { 0 };
	struct strs paths = { 0 };
	struct err *e = walk_alive(s->repo, NULL, NULL, keep_commit, s);

	s->walked = true;
	if (!e)
		e = walk_alive(s->repo, NULL, sources, keep_left, s);
	if (!e)
		e = diff_touches(&touches, s->arena, s->repo, sources, false);
	for (size_t i = 0; i < touches.nr; i++)
		vec_push(s->arena, &paths, touches.at[i].path);
	strs_sort_unique(&paths);
	if (e || !paths.nr)
		return e;
	e = reachable_touching(&near, s->arena, s->repo, sources, &paths,
			       false);
	if (!e)
		e = reachable_touching(&near, s->arena, s->repo, sources,
				       &paths, true);
	return e ? e : features_patches(&s->features, s->repo, &near);
}

/* What is like one dead commit. */
struct match {
	const struct feature *of;
	struct oids shapes; /* dead: the same change by the same author */
	struct oids patch, stamp, both;    /* alive, and not there before it */
	bool repeats_patch, repeats_stamp; /* another commit of its own branch,
					    * or before it, looks the same */
};

/* Whether one of the two is built on the other. */
static struct err *is_kin(bool *out, struct search_gone *s, const struct oid *a,
			  const struct oid *b)
{
	struct err *e = ancestry_reaches(out, s->repo, a, b);

	if (!e && !*out)
		e = ancestry_reaches(out, s->repo, b, a);
	return e;
}

static struct err *match_one(struct match *match, struct search_gone *s,
			     const struct oid *id)
{
	const struct feature *other = features_get(&s->features, id);
	bool patch, stamp, kin;
	struct err *e;

	if (!other || oid_equal(&match->of->id, id))
		return NULL;
	patch = likeness_patch(match->of, other);
	stamp = !strcmp(match->of->stamp, other->stamp);
	if (!patch && !stamp)
		return NULL;
	e = is_kin(&kin, s, &match->of->id, id);
	if (e)
		return e;
	if (kin) {
		match->repeats_patch |= patch;
		match->repeats_stamp |= stamp;
		return NULL;
	}
	if (oidset_has(&s->dead, id)) {
		if (patch && !strcmp(match->of->author, other->author))
			vec_push(s->arena, &match->shapes, *id);
		return NULL;
	}
	if (patch)
		vec_push(s->arena, &match->patch, *id);
	if (stamp)
		vec_push(s->arena, &match->stamp, *id);
	if (patch && stamp)
		vec_push(s->arena, &match->both, *id);
	return NULL;
}

static struct err *match_all(struct match *match, struct search_gone *s)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < s->living.nr; i++)
		e = match_one(match, s, &s->living.at[i]);
	for (size_t i = 0; !e && i < s->left.nr; i++)
		e = match_one(match, s, &s->left.at[i]);
	return e;
}

/* Whether it says that it was picked from another of them. */
static bool is_pick(const struct search_gone *s, const struct oids *among,
		    size_t i)
{
	const struct feature *one = features_get(&s->features, &among->at[i]);
	char hex[OID_HEX + 1];

	for (size_t j = 0; j < among->nr; j++)
		for (size_t k = 0; j != i && k < one->picked.nr; k++)
			if (!strncmp(oid_hex(hex, &among->at[j]),
				     one->picked.at[k],
				     strlen(one->picked.at[k])))
				return true;
	return false;
}

/* Leaves those of which the others are copies. */
static void drop_picks(struct search_gone *s, struct oids *ids)
{
	struct oids left = { 0 };

	for (size_t i = 0; i < ids->nr; i++)
		if (!is_pick(s, ids, i))
			vec_push(s->arena, &left, ids->at[i]);
	if (left.nr)
		*ids = left;
}

/* Whether git said that it is the new shape of a commit that was on the same
 * branch. */
static struct err *is_place_taken(bool *out, struct search_gone *s,
				  const struct oid *dead, const struct oid *by)
{
	struct err *e = NULL;

	*out = false;
	for (size_t i = 0; !e && !*out && i < s->map.nr; i++) {
		const struct rewrite *r = &s->map.at[i];

		if (oid_equal(&r->to, by) && !oid_equal(&r->from, dead) &&
		    features_get(&s->features, &r->from))
			e = is_kin(out, s, dead, &r->from);
	}
	return e;
}

/* The same change by the same author, who gave it another date or subject. */
static struct err *judge_patch(struct relink *dead, struct search_gone *s,
			       struct match *match)
{
	const struct feature *by;
	bool taken;
	struct err *e;

	dead->candidates = match->patch;
	if (match->patch.nr != 1 || match->repeats_patch)
		return NULL;
	by = features_get(&s->features, &match->patch.at[0]);
	if (strcmp(by->author, match->of->author) != 0)
		return NULL;
	e = is_place_taken(&taken, s, &match->of->id, &by->id);
	if (e || taken)
		return e;
	dead->means = RELINK_PATCH;
	dead->to = match->patch;
	return NULL;
}

static struct err *judge_stamp(struct relink *dead, struct search_gone *s,
			       struct match *match)
{
	struct oids parts = { 0 };
	bool most = true;
	struct err *e;

	dead->candidates = match->stamp;
	if (match->stamp.nr != 1 || match->repeats_stamp)
		return NULL;
	e = find_split(&parts, s, match->of, &match->stamp.at[0]);
	if (!e && !parts.nr)
		e = likeness_most(&most, s->repo, &match->of->id,
				  &match->stamp.at[0]);
	if (e || !most)
		return e;
	dead->means = RELINK_AUTHOR;
	dead->to = parts.nr ? parts : match->stamp;
	return NULL;
}

static struct err *judge_match(struct relink *dead, struct search_gone *s,
			       struct match *match)
{
	bool repeats = match->repeats_patch && match->repeats_stamp;

	drop_picks(s, &match->both);
	drop_picks(s, &match->patch);
	drop_picks(s, &match->stamp);
	if (match->both.nr == 1 && !repeats) {
		dead->means = RELINK_PATCH;
		dead->to = match->both;
		return NULL;
	}
	if (match->patch.nr)
		return judge_patch(dead, s, match);
	if (match->stamp.nr)
		return judge_stamp(dead, s, match);
	return NULL;
}

/* Nothing alive is like it. Another shape of it may have been rewritten where
 * git told us: filter-branch first, say, and then a rebase. */
static struct err *follow_shapes(struct relink *dead, struct search_gone *s,
				 const struct match *match)
{
	struct oids to = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i < match->shapes.nr; i++) {
		struct trail trail = { .seen = OIDSET_INIT };
		struct oids one = { 0 };

		e = follow_trail(&one, s, &trail, &match->shapes.at[i]);
		oidset_release(&trail.seen);
		if (to.nr && one.nr && !same_ids(&to, &one))
			return e;
		if (one.nr)
			to = one;
	}
	if (e || !to.nr || match->repeats_patch)
		return e;
	dead->means = RELINK_PATCH;
	dead->to = to;
	return NULL;
}

static struct err *compare_ends(struct relink *dead, struct search_gone *s,
				const struct oid *end)
{
	struct oid id = *end;
	struct match match = { 0 };
	struct feature of = *features_get(&s->features, &id);
	struct err *e;

	match.of = &of;
	e = match_all(&match, s);
	if (!e)
		e = judge_match(dead, s, &match);
	if (!e && !dead->means && !dead->candidates.nr)
		e = follow_shapes(dead, s, &match);
	return e;
}

/* --- the change-id --- */

/* The living commits that have one. */
static void read_changes(struct search_gone *s)
{
	s->changes_read = true;
	for (size_t i = 0; i < s->living.nr; i++) {
		struct marked_commit one = { .id = s->living.at[i] };

		one.change = change_id_read(s->arena, s->repo, &one.id);
		if (one.change)
			vec_push(s->arena, &s->changes, one);
	}
}

/* One that bears the same change-id took its place; two are a change that was
 * made in two ways. */
static void find_change(struct relink *dead, struct search_gone *s,
			const struct oid *end)
{
	const char *change = change_id_read(s->arena, s->repo, end);
	struct oids found = { 0 };

	if (!change)
		return;
	if (!s->changes_read)
		read_changes(s);
	for (size_t i = 0; i < s->changes.nr; i++)
		if (!strcmp(s->changes.at[i].change, change))
			vec_push(s->arena, &found, s->changes.at[i].id);
	if (found.nr == 1) {
		dead->means = RELINK_CHANGE;
		dead->to = found;
	} else if (found.nr) {
		dead->candidates = found;
	}
}

/* --- the whole branch --- */

/* The dead commits that it could have been squashed with, each the end of a
 * branch. */
static struct err *find_search_tips(struct oids *tips, struct search_gone *s,
				    const struct oid *id)
{
	struct oids all = { 0 };
	struct err *e;

	vec_push(s->arena, tips, *id);
	e = reachable_built_on(&all, s->arena, s->repo, id);
	for (size_t i = 0; !e && i < all.nr && tips->nr < TIPS_MAX; i++)
		if (!oid_equal(&all.at[i], id))
			vec_push(s->arena, tips, all.at[i]);
	return e;
}

/* Living commits that touched what the branch did, by their patch ids. */
static struct err *find_squash(struct oids *out, struct search_gone *s,
			       const struct oid *fork, const struct oids *tips)
{
	struct arena *a = s->arena;
	struct range *ranges = arena_alloc(a, tips->nr * sizeof(*ranges));
	struct oid *sums = arena_alloc(a, tips->nr * sizeof(*sums)), *own;
	struct strs paths = { 0 };
	struct oids near = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i < tips->nr; i++) {
		ranges[i] = (struct range){ .from = fork, .to = tips->at[i] };
		e = diff_names(&paths, a, s->repo, &ranges[i]);
	}
	if (!e)
		e = patch_ids_between(sums, s->repo, ranges, tips->nr);
	if (!e && paths.nr)
		e = reachable_touching(&near, a, s->repo, tips, &paths, false);
	own = arena_alloc(a, (near.nr + 1) * sizeof(*own));
	if (!e)
		e = patch_ids(own, s->repo, &near);
	for (size_t i = 0; !e && i < near.nr; i++)
		for (size_t j = 0; j < tips->nr; j++)
			if (!oid_is_zero(&own[i]) &&
			    oid_equal(&own[i], &sums[j]))
				add_once(a, out, &near.at[i]);
	return e;
}

static struct err *find_branch(struct relink *dead, struct search_gone *s,
			       const struct oid *end)
{
	struct oids tips = { 0 }, found = { 0 };
	struct oid fork, id = *end;
	bool forked, before;
	struct err *e = reachable_fork(&fork, &forked, s->arena, s->repo, &id);

	if (e || !forked)
		return e;
	e = find_search_tips(&tips, s, &id);
	if (!e)
		e = find_squash(&found, s, &fork, &tips);
	if (e || !found.nr)
		return e;
	dead->candidates = found;
	if (found.nr > 1)
		return NULL;
	e = ancestry_reaches(&before, s->repo, &fork, &found.at[0]);
	if (e || before)
		return e;
	dead->means = RELINK_BRANCH;
	dead->to = found;
	return NULL;
}

/* --- all of it --- */

/* By the ends of the map's trail: all of them must give the same answer. */
static struct err *search_ends(struct relink *dead, struct search_gone *s,
			       const struct oids *ends)
{
	struct relink first = *dead;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < ends->nr; i++) {
		struct relink one = *dead;

		find_change(&one, s, &ends->at[i]);
		if (one.means == RELINK_NONE && !one.candidates.nr)
			e = compare_ends(&one, s, &ends->at[i]);
		if (!e && one.means == RELINK_NONE && !one.candidates.nr)
			e = find_branch(&one, s, &ends->at[i]);
		if (e || (i && same_ids(&one.to, &first.to)))
			continue;
		if (i && one.to.nr) {
			for (size_t j = 0; j < one.to.nr; j++)
				add_once(s->arena, &first.candidates,
					 &one.to.at[j]);
			first.means = RELINK_NONE;
		} else if (!i) {
			first = one;
		}
	}
	*dead = first;
	return e;
}

static struct err *resolve_gone(struct relink *dead, struct search_gone *s,
				struct trail *trail, bool *mapped)
{
	struct oids to = { 0 };
	struct err *e = follow_trail(&to, s, trail, &dead->id);

	*mapped = !e && to.nr;
	if (*mapped) {
		dead->means = RELINK_MAP;
		dead->to = to;
	}
	return e;
}

static struct err *search_rest(struct relinks *dead, struct search_gone *s,
			       struct trail *trails)
{
	struct oids ends = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; i < dead->nr; i++)
		for (size_t j = 0; !dead->at[i].means && j < trails[i].ends.nr;
		     j++)
			add_once(s->arena, &ends, &trails[i].ends.at[j]);
	if (ends.nr)
		e = gather_features(s, &ends);
	for (size_t i = 0; !e && i < dead->nr; i++) {
		struct relink *one = &dead->at[i];

		if (!one->means)
			e = search_ends(one, s, &trails[i].ends);
		for (size_t j = 0; !one->means && j < trails[i].doubts.nr; j++)
			add_once(s->arena, &one->candidates,
				 &trails[i].doubts.at[j]);
		if (!one->means)
			one->to = (struct oids){ 0 };
	}
	return e;
}

/* Of the parts of a commit that was amended before it was split, or squashed
 * with others, those that have nothing of it are none of its own. */
static struct err *drop_strangers(struct relink *dead, struct search_gone *s)
{
	struct oids own = { 0 };
	struct err *e = NULL;
	bool some = false;

	if (dead->to.nr < 2)
		return NULL;
	for (size_t i = 0; !e && dead->here && i < dead->to.nr; i++) {
		e = likeness_some(&some, s->repo, &dead->id, &dead->to.at[i]);
		if (!e && some)
			vec_push(s->arena, &own, dead->to.at[i]);
	}
	if (!own.nr) {
		dead->means = RELINK_NONE;
		dead->candidates = dead->to;
	}
	dead->to = own;
	return e;
}

static struct err *search_gone(struct relinks *dead, struct search_gone *s)
{
	struct trail *trails =
		arena_alloc(s->arena, (dead->nr + 1) * sizeof(*trails));
	struct err *e = load_map(s, dead);
	bool mapped;

	for (size_t i = 0; !e && i < dead->nr; i++)
		e = resolve_gone(&dead->at[i], s, &trails[i], &mapped);
	if (!e)
		e = search_rest(dead, s, trails);
	for (size_t i = 0; !e && i < dead->nr; i++)
		e = drop_strangers(&dead->at[i], s);
	for (size_t i = 0; i < dead->nr; i++)
		oidset_release(&trails[i].seen);
	return e;
}

struct err *relink_find(struct relinks *out, struct arena *a, struct repo *repo,
			const struct strs *names)
{
	struct search_gone s = { .arena = a, .repo = repo };
	struct err *e = rewrites_load(&s.map, a, repo);

	features_init(&s.features, a);
	if (!e)
		e = list_dead(out, &s, names);
	if (!e && out->nr)
		e = search_gone(out, &s);
	features_release(&s.features);
	oidset_release(&s.dead);
	rewrites_release(&s.map);
	return e;
}
