/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "git/graph.h"
#include "git/oidset.h"
#include "git/tree.h"
#include "git/versions.h"
#include "model/retro.h"
#include "store/places.h"

/* More is not kept: such a history is read anew each time. Bytes. */
#define KEPT_MAX ((size_t)1 << 30)

/* A commit that changed retros. */
struct point {
	struct oid id;
	int32_t zone;
	int64_t seconds; /* the author's */
	uint64_t round;  /* of reading */
};

/* A text came into being at a path, or is there no longer. */
struct event {
	struct oid blob;
	uint32_t point, path; /* numbers */
	uint32_t added;
};

/* What is known of history, and from where it was read. */
struct record {
	struct arena *a;
	struct repo *repo;
	const char *dir;
	struct buf key; /* `dir`, a NUL, and versions_snapshot() */
	uint64_t round;
	struct oids tips;
	struct VEC_OF(struct point) points;
	struct VEC_OF(struct event) events; /* in the order of by_blob() */
	struct strs paths;
	struct history *history;
};

/* --- the file ------------------------------------------------------------ */

/* Behind it: the key, tips, points and events as they lie in memory, the paths,
 * and of each place its branches, an empty string and `has`. Strings end with
 * a NUL. */
struct head {
	char magic[8];
	uint64_t sum; /* of all that follows it */
	uint64_t key, tips, points, events, paths, places;
};

/* Changes when what is kept means something else. */
static const char magic[8] = "retro h1";

/* Against accidents, not against an enemy. */
static uint64_t sum_of(const char *bytes, size_t n)
{
	const uint64_t k = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t sum = n, word;

	for (; n; n -= n < 8 ? n : 8, bytes += 8) {
		word = 0;
		memcpy(&word, bytes, n < 8 ? n : 8);
		sum = (sum ^ word) * k;
		sum ^= sum >> 29;
	}
	return sum;
}

#define SUMMED offsetof(struct head, key)

static const char *path_of(const struct record *r)
{
	return path_join(r->a, repo_common_dir(r->repo), "retro/history");
}

static size_t bits(size_t versions)
{
	return (versions + 7) / 8;
}

static void add_string(struct buf *out, const char *s)
{
	buf_add(out, s, strlen(s) + 1);
}

static void format(struct buf *out, const struct record *r)
{
	const struct history *h = r->history;
	struct head head = {
		.key = r->key.n,
		.tips = r->tips.nr,
		.points = r->points.nr,
		.events = r->events.nr,
		.paths = r->paths.nr,
		.places = h->places.nr,
	};

	buf_add(out, &head, sizeof(head));
	buf_add(out, r->key.p, r->key.n);
	buf_add(out, r->tips.at, r->tips.nr * sizeof(*r->tips.at));
	buf_add(out, r->points.at, r->points.nr * sizeof(*r->points.at));
	buf_add(out, r->events.at, r->events.nr * sizeof(*r->events.at));
	for (size_t i = 0; i < r->paths.nr; i++)
		add_string(out, r->paths.at[i]);
	for (size_t i = 0; i < h->places.nr; i++) {
		const struct history_place *place = &h->places.at[i];

		for (size_t j = 0; j < place->branches.nr; j++)
			add_string(out, place->branches.at[j]);
		add_string(out, "");
		buf_add(out, place->has, bits(h->versions.nr));
	}
	memcpy(head.magic, magic, sizeof(magic));
	head.sum = sum_of(out->p + SUMMED, out->n - SUMMED);
	memcpy(out->p, &head, sizeof(head));
}

/* Whoever holds the lock writes as much as we would. */
static void write_file(const struct record *r)
{
	struct file_lock lock = { 0 };
	struct buf file = BUF_INIT;
	const char *path = path_of(r);
	struct err *e = file_make_parents(path);

	if (!e)
		e = file_lock(&lock, path, 0);
	if (!e)
		format(&file, r);
	if (!e && file.n <= KEPT_MAX)
		e = file_write(path, file.p, file.n, 0666, 0);
	file_unlock(&lock);
	err_free(e);
	buf_release(&file);
}

/* What is left of the file to read. */
struct rest {
	const char *p;
	size_t n;
	bool bad;
};

static const char *take(struct rest *rest, uint64_t count, size_t size)
{
	const char *at = rest->p;

	if (rest->bad || count > rest->n / size) {
		rest->bad = true;
		return NULL;
	}
	rest->p += count * size;
	rest->n -= count * size;
	return at;
}

static const char *take_string(struct rest *rest)
{
	const char *nul = rest->bad ? NULL : memchr(rest->p, '\0', rest->n);

	if (nul)
		return take(rest, (uint64_t)(nul - rest->p) + 1, 1);
	rest->bad = true;
	return "";
}

/* Fills a vector with `count` items. */
#define TAKE(r, rest, v, count)                                                \
	do {                                                                   \
		const char *from = take(rest, count, sizeof(*(v)->at));        \
                                                                               \
		if (!from)                                                     \
			break;                                                 \
		(v)->nr = (v)->cap = (size_t)(count);                          \
		(v)->at = arena_alloc((r)->a, (v)->nr * sizeof(*(v)->at) + 1); \
		memcpy((v)->at, from, (v)->nr * sizeof(*(v)->at));             \
	} while (0)

static void take_places(struct record *r, struct rest *rest, uint64_t nr,
			size_t versions)
{
	for (uint64_t i = 0; i < nr && !rest->bad; i++) {
		struct history_place place = { 0 };
		const char *branch, *has;

		while (*(branch = take_string(rest)))
			vec_push(r->a, &place.branches, branch);
		has = take(rest, bits(versions), 1);
		if (!has)
			return;
		place.has = arena_alloc(r->a, bits(versions) + 1);
		memcpy(place.has, has, bits(versions));
		vec_push(r->a, &r->history->places, place);
	}
}

/* Whether the numbers of the events are those of something. */
static bool is_sound(const struct record *r)
{
	for (size_t i = 0; i < r->events.nr; i++)
		if (r->events.at[i].point >= r->points.nr ||
		    r->events.at[i].path >= r->paths.nr)
			return false;
	return true;
}

static void find_versions(struct record *r);

/* What the file knows; nothing, and false, if there is none or anything about
 * it is odd. *current: it was read from where history begins now. */
static bool read_file(struct record *r, const struct buf *key, bool *current)
{
	struct buf file = BUF_INIT;
	struct err *e = file_read(&file, path_of(r), KEPT_MAX);
	const char *bytes = arena_strndup(r->a, file.p, file.n);
	struct rest rest = { bytes, file.n, e != NULL };
	struct head head = { 0 };
	const char *start = take(&rest, 1, sizeof(head));

	buf_release(&file);
	err_free(e);
	if (start)
		memcpy(&head, start, sizeof(head));
	if (!start || memcmp(head.magic, magic, sizeof(magic)) ||
	    head.sum != sum_of(bytes + SUMMED, rest.n + sizeof(head) - SUMMED))
		return false;
	start = take(&rest, head.key, 1);
	if (!start || head.key <= strlen(key->p) ||
	    memcmp(start, key->p, strlen(key->p) + 1))
		return false; /* of another folder */
	*current = head.key == key->n && !memcmp(start, key->p, key->n);
	TAKE(r, &rest, &r->tips, head.tips);
	TAKE(r, &rest, &r->points, head.points);
	TAKE(r, &rest, &r->events, head.events);
	for (uint64_t i = 0; i < head.paths && !rest.bad; i++)
		vec_push(r->a, &r->paths, take_string(&rest));
	if (rest.bad || !is_sound(r))
		return false;
	find_versions(r);
	if (*current)
		take_places(r, &rest, head.places, r->history->versions.nr);
	return !rest.bad;
}

/* --- from events to versions --------------------------------------------- */

static int by_blob(const void *a, const void *b)
{
	const struct event *one = a, *other = b;
	int order = memcmp(&one->blob, &other->blob, sizeof(one->blob));

	if (!order && one->point != other->point)
		order = one->point < other->point ? -1 : 1;
	if (!order && one->path != other->path)
		order = one->path < other->path ? -1 : 1;
	return order ? order : (int)one->added - (int)other->added;
}

static struct history_point history_point(const struct point *point)
{
	return (struct history_point){ point->id,
				       { point->seconds, point->zone } };
}

/* What one round reads is told with no commit before its children, whatever
 * their clocks said; a later round reads none that is behind those of an
 * earlier one. In one commit, a text that goes here and comes there was
 * moved. */
static bool is_later(const struct record *r, const struct event *one,
		     const struct event *other)
{
	const struct point *a = &r->points.at[one->point];
	const struct point *b = &r->points.at[other->point];

	if (a == b)
		return one->added && !other->added;
	return a->round == b->round ? a < b : a->round > b->round;
}

/* Of `nr` events of one text. */
static struct version make_version(const struct record *r,
				   const struct event *events, size_t nr)
{
	const struct event *first = NULL, *last = &events[0];
	struct version version = { .blob = events->blob };

	for (size_t i = 0; i < nr; i++) {
		if (events[i].added &&
		    (!first || is_later(r, first, &events[i])))
			first = &events[i];
		if (is_later(r, &events[i], last))
			last = &events[i];
	}
	version.path = r->paths.at[last->path];
	if (first) {
		version.first_path = r->paths.at[first->path];
		version.from = history_point(&r->points.at[first->point]);
	}
	if (!last->added)
		version.to = history_point(&r->points.at[last->point]);
	return version;
}

/* A text that nothing ever added is none: it lies behind the end of a shallow
 * clone. */
static void find_versions(struct record *r)
{
	const struct event *events = r->events.at;
	struct versions *versions = &r->history->versions;

	versions->nr = 0;
	for (size_t i = 0, next; i < r->events.nr; i = next) {
		struct version version;

		for (next = i + 1; next < r->events.nr; next++)
			if (!oid_equal(&events[i].blob, &events[next].blob))
				break;
		version = make_version(r, events + i, next - i);
		if (!oid_is_zero(&version.from.commit))
			vec_push(r->a, versions, version);
	}
}

/* --- reading history ----------------------------------------------------- */

struct reading {
	struct record *r;
	const char *last; /* path; its number is that of the last one */
};

static bool is_retro(const struct record *r, const char *path)
{
	const char *below = path + (*r->dir ? strlen(r->dir) : 0);

	for (const char *s = below; *s; s++)
		if (*s == '.' && (s == path || s[-1] == '/'))
			return false;
	return retro_is_path(path);
}

static void add_event(struct reading *reading, const struct oid *blob,
		      const char *path, bool added)
{
	struct record *r = reading->r;

	if (oid_is_zero(blob))
		return;
	if (!reading->last || strcmp(reading->last, path) != 0) {
		reading->last = arena_strdup(r->a, path);
		vec_push(r->a, &r->paths, reading->last);
	}
	vec_push(r->a, &r->events,
		 (struct event){ *blob, (uint32_t)r->points.nr - 1,
				 (uint32_t)r->paths.nr - 1, added });
}

/* A change of the file's mode alone is none of its text. */
static void add_events(struct reading *reading,
		       const struct version_change *change)
{
	bool fresh = true;

	for (size_t i = 0; i < change->parents; i++)
		if (oid_equal(&change->before[i], &change->after))
			fresh = false;
		else
			add_event(reading, &change->before[i], change->path,
				  false);
	if (fresh)
		add_event(reading, &change->after, change->path, true);
}

static void add_commit(void *data, const struct version_commit *commit)
{
	struct reading *reading = data;
	struct record *r = reading->r;

	vec_push(r->a, &r->points,
		 (struct point){
			 .id = commit->id,
			 .zone = commit->authored.zone,
			 .seconds = commit->authored.seconds,
			 .round = r->round,
		 });
	for (size_t i = 0; i < commit->nr; i++) {
		const struct version_change *change = &commit->changes[i];

		if (is_retro(r, change->path))
			add_events(reading, change);
	}
}

static struct err *read_history(struct record *r, const struct oids *seen)
{
	struct reading reading = { r, NULL };
	struct err *e =
		versions_walk(r->repo, r->dir, seen, add_commit, &reading);

	if (!e && r->events.nr)
		qsort(r->events.at, r->events.nr, sizeof(*r->events.at),
		      by_blob);
	return e;
}

/* Forgets what was found in commits that nothing leads to any more. */
static struct err *drop_lost(struct record *r)
{
	struct oidset here = OIDSET_INIT;
	struct oids commits = { 0 };
	struct err *e = versions_commits(&commits, r->a, r->repo);
	size_t kept = 0;

	for (size_t i = 0; i < commits.nr; i++)
		oidset_add(&here, &commits.at[i]);
	for (size_t i = 0; !e && i < r->events.nr; i++) {
		const struct event *event = &r->events.at[i];

		if (oidset_has(&here, &r->points.at[event->point].id))
			r->events.at[kept++] = *event;
	}
	r->events.nr = e ? r->events.nr : kept;
	oidset_release(&here);
	return e;
}

/* Reads what is new since the record was made. A tip that is gone may have been
 * merged, or taken commits with it. */
static struct err *read_new(struct record *r)
{
	struct oids before = r->tips;
	struct oidset now = OIDSET_INIT;
	bool lost = false;
	struct err *e;

	r->tips = (struct oids){ 0 };
	for (size_t i = 0; i < r->points.nr; i++)
		if (r->points.at[i].round >= r->round)
			r->round = r->points.at[i].round + 1;
	e = versions_tips(&r->tips, r->a, r->repo);
	for (size_t i = 0; i < r->tips.nr; i++)
		oidset_add(&now, &r->tips.at[i]);
	for (size_t i = 0; i < before.nr; i++)
		lost |= !oidset_has(&now, &before.at[i]);
	oidset_release(&now);
	if (!e)
		e = read_history(r, &before);
	if (!e && lost)
		e = drop_lost(r);
	return e;
}

/* --- where the texts stand now ------------------------------------------- */

static int compare_blob(const void *blob, const void *version)
{
	return memcmp(blob, &((const struct version *)version)->blob,
		      sizeof(struct oid));
}

static struct err *add_place(struct record *r, const struct place *place)
{
	struct history *h = r->history;
	struct history_place out = { .branches = place->branches };
	struct tree_entries entries = { 0 };
	struct err *e =
		tree_list(&entries, r->a, r->repo, &place->commit, r->dir);

	out.has = arena_alloc(r->a, bits(h->versions.nr) + 1);
	for (size_t i = 0; i < entries.nr && h->versions.nr; i++) {
		const struct version *found =
			bsearch(&entries.at[i].blob, h->versions.at,
				h->versions.nr, sizeof(*found), compare_blob);
		size_t number = found ? (size_t)(found - h->versions.at) : 0;

		if (found && is_retro(r, entries.at[i].path))
			out.has[number / 8] |=
				(unsigned char)(1u << number % 8);
	}
	vec_push(r->a, &h->places, out);
	return e;
}

static struct err *find_places(struct record *r)
{
	struct places places = { 0 };
	struct err *e = places_list(&places, r->a, r->repo, r->dir);

	r->history->places.nr = 0;
	for (size_t i = 0; !e && i < places.nr; i++)
		e = add_place(r, &places.at[i]);
	return e;
}

void history_branches(struct strs *out, const struct history *history,
		      size_t version)
{
	for (size_t i = 0; i < history->places.nr; i++) {
		const struct history_place *place = &history->places.at[i];

		if (place->has[version / 8] & 1u << version % 8)
			strs_append(history->arena, out, &place->branches);
	}
}

/* --- all of it ----------------------------------------------------------- */

static void start(struct record *r, struct history *out)
{
	*out = (struct history){ .arena = r->a };
	*r = (struct record){ .a = r->a,
			      .repo = r->repo,
			      .dir = r->dir,
			      .key = r->key,
			      .history = out };
}

static struct err *load(struct record *r, struct history *out, bool keep)
{
	bool current = false;
	struct err *e;

	start(r, out);
	if (!keep || !read_file(r, &r->key, &current))
		start(r, out);
	else if (current)
		return NULL;
	e = read_new(r);
	if (e)
		return e;
	find_versions(r);
	e = find_places(r);
	if (!e && keep)
		write_file(r);
	return e;
}

struct err *history_load(struct history *out, struct arena *a,
			 struct repo *repo, const struct policy *policy)
{
	struct record record = {
		.a = a, .repo = repo, .dir = policy->dir, .key = BUF_INIT
	};
	struct err *e;

	add_string(&record.key, policy->dir);
	e = versions_snapshot(&record.key, repo);
	if (!e)
		e = load(&record, out, !graph_is_bent(repo));
	buf_release(&record.key);
	return err_context(e, "reading history");
}
