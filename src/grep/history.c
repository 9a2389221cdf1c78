/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "corpus/branches.h"
#include "git/ancestry.h"
#include "git/file_log.h"
#include "git/oidset.h"
#include "git/tree.h"
#include "grep/history_file.h"
#include "model/dirs.h"
#include "model/retro.h"

/* Of `.retro.yml`; a larger one names no folder. Bytes. */
#define SETTINGS_MAX ((size_t)1 << 20)

/* --- reading history ----------------------------------------------------- */

struct reading {
	struct history_record *r;
	const char *last;     /* path; its number is that of the last one */
	struct oids settings; /* what `.retro.yml` was; zeros: not there */
};

static bool is_history_retro(const struct history_record *r, const char *path)
{
	return dirs_have(&r->dirs, path);
}

static void add_event(struct reading *reading, const struct oid *blob,
		      const char *path, enum history_what what)
{
	struct history_record *r = reading->r;

	if (oid_is_zero(blob))
		return;
	if (!reading->last || strcmp(reading->last, path) != 0) {
		reading->last = arena_strdup(r->a, path);
		vec_push(r->a, &r->paths, reading->last);
	}
	vec_push(r->a, &r->events,
		 (struct history_event){ *blob, (uint32_t)r->commits.nr - 1,
					 (uint32_t)r->paths.nr - 1, what });
}

/* A text that the merge has elsewhere was moved. */
static void add_left(struct reading *reading,
		     const struct file_log_change *change,
		     const struct oidset *here)
{
	for (size_t i = 0; i < change->nr; i++)
		if (!oidset_has(here, &change->before[i]))
			add_event(reading, &change->before[i], change->path,
				  HISTORY_LEFT);
}

static void add_change(struct reading *reading,
		       const struct file_log_change *change,
		       const struct oidset *here)
{
	if (!change->fresh) {
		add_left(reading, change, here);
		return;
	}
	for (size_t i = 0; i < change->nr; i++)
		add_event(reading, &change->before[i], change->path,
			  HISTORY_GONE);
	add_event(reading, &change->after, change->path, HISTORY_CAME);
}

static void add_settings(struct reading *reading,
			 const struct file_log_commit *commit,
			 const struct file_log_change *change)
{
	struct arena *a = reading->r->a;

	vec_push(a, &reading->settings, change->after);
	for (size_t i = 0; i < change->nr && commit->parents; i++)
		vec_push(a, &reading->settings, change->before[i]);
}

static void add_version_commit(void *data, const struct file_log_commit *commit)
{
	struct reading *reading = data;
	struct history_record *r = reading->r;
	struct oidset here = OIDSET_INIT; /* texts that came */

	vec_push(r->a, &r->commits,
		 (struct history_commit){
			 .id = commit->id,
			 .zone = commit->authored.zone,
			 .seconds = commit->authored.seconds,
			 .round = r->round,
		 });
	for (size_t i = 0; i < commit->nr; i++)
		if (is_history_retro(r, commit->changes[i].path))
			oidset_add(&here, &commit->changes[i].after);
	for (size_t i = 0; i < commit->nr; i++) {
		const struct file_log_change *change = &commit->changes[i];

		if (is_history_retro(r, change->path))
			add_change(reading, change, &here);
		else if (change->fresh && !strcmp(change->path, POLICY_FILE))
			add_settings(reading, commit, change);
	}
	oidset_release(&here);
}

static int by_blob(const void *a, const void *b)
{
	const struct history_event *one = a, *other = b;
	int order = memcmp(&one->blob, &other->blob, sizeof(one->blob));

	if (!order && one->commit != other->commit)
		order = one->commit < other->commit ? -1 : 1;
	if (!order && one->path != other->path)
		order = one->path < other->path ? -1 : 1;
	return order ? order : (int)one->what - (int)other->what;
}

/* The folder that one `.retro.yml` names, or the default, as where there is
 * none. One that is missing here names nothing. */
static void add_dir(struct history_record *r, const struct oid *blob)
{
	struct diags ignored = { .arena = r->a };
	struct buf bytes = BUF_INIT;
	struct policy policy;
	struct err *e = NULL;

	policy_init(&policy, r->a);
	if (!oid_is_zero(blob))
		e = tree_blob(&bytes, r->repo, blob, SETTINGS_MAX);
	if (!e) {
		policy_read(&policy, r->a, &ignored, POLICY_FILE,
			    arena_strndup(r->a, bytes.p, bytes.n), bytes.n);
		for (size_t i = 0; i < policy.dirs.nr; i++)
			strs_add(r->a, &r->dirs, policy.dirs.at[i]);
	}
	err_pass(e);
	buf_release(&bytes);
}

/* A folder as git takes it: "." is the root. */
static const char *root_path(struct arena *a, const char *dir)
{
	dir = dirs_literal(a, dir);
	return *dir ? dir : ".";
}

/* Reads what none of `seen` reaches. */
static struct err *read_record_history(struct history_record *r,
				       const struct oids *seen)
{
	struct reading reading = { .r = r };
	struct strs paths = { 0 };
	struct err *e;

	for (size_t i = 0; i < r->dirs.nr; i++)
		strs_add(r->a, &paths, root_path(r->a, r->dirs.at[i]));
	vec_push(r->a, &paths, POLICY_FILE);
	e = file_log_walk(r->repo, &paths, seen, add_version_commit, &reading);
	if (!e && r->events.nr)
		qsort(r->events.at, r->events.nr, sizeof(*r->events.at),
		      by_blob);
	for (size_t i = 0; !e && i < reading.settings.nr; i++)
		add_dir(r, &reading.settings.at[i]);
	return e;
}

/* Forgets what was found in commits that nothing leads to any more. */
static struct err *drop_lost(struct history_record *r)
{
	struct oidset here = OIDSET_INIT;
	struct oids commits = { 0 };
	struct err *e = file_log_commits(&commits, r->a, r->repo);
	size_t kept = 0;

	for (size_t i = 0; i < commits.nr; i++)
		oidset_add(&here, &commits.at[i]);
	for (size_t i = 0; !e && i < r->events.nr; i++) {
		const struct history_event *event = &r->events.at[i];

		if (oidset_has(&here, &r->commits.at[event->commit].id))
			r->events.at[kept++] = *event;
	}
	r->events.nr = e ? r->events.nr : kept;
	oidset_release(&here);
	return e;
}

/* Reads what is new since the record was made. A tip that is gone may have been
 * merged, or taken commits with it. */
static struct err *read_new_versions(struct history_record *r)
{
	struct oids before = r->tips;
	struct oidset now = OIDSET_INIT;
	bool lost = false;
	struct err *e;

	r->tips = (struct oids){ 0 };
	for (size_t i = 0; i < r->commits.nr; i++)
		if (r->commits.at[i].round >= r->round)
			r->round = r->commits.at[i].round + 1;
	e = file_log_tips(&r->tips, r->a, r->repo);
	for (size_t i = 0; i < r->tips.nr; i++)
		oidset_add(&now, &r->tips.at[i]);
	for (size_t i = 0; i < before.nr; i++)
		lost |= !oidset_has(&now, &before.at[i]);
	oidset_release(&now);
	if (!e)
		e = read_record_history(r, &before);
	if (!e && lost)
		e = drop_lost(r);
	return e;
}

/* --- from events to versions --------------------------------------------- */

/* What one round reads is told with no commit before its children, whatever
 * their clocks said; a later round reads none that is behind those of an
 * earlier one. In one commit, a text that goes here and comes there was
 * moved. */
static bool is_later(const struct history_record *r,
		     const struct history_event *one,
		     const struct history_event *other)
{
	const struct history_commit *a = &r->commits.at[one->commit];
	const struct history_commit *b = &r->commits.at[other->commit];

	if (a == b)
		return one->what == HISTORY_CAME && other->what != HISTORY_CAME;
	return a->round == b->round ? a < b : a->round > b->round;
}

/* What `nr` events of one text come to; `left` is the merge that left it out
 * behind all others, or NULL. */
static struct history_row make_row(const struct history_event **left,
				   const struct history_record *r,
				   const struct history_event *events,
				   size_t nr)
{
	const struct history_event *first = NULL, *last = NULL, *out = NULL;
	struct history_row row = { events->blob, 0, 0, HISTORY_NONE,
				   HISTORY_NONE };

	for (size_t i = 0; i < nr; i++) {
		const struct history_event *event = &events[i];

		if (event->what == HISTORY_CAME &&
		    (!first || is_later(r, first, event)))
			first = event;
		if (event->what == HISTORY_LEFT &&
		    (!out || is_later(r, event, out)))
			out = event;
		if (event->what != HISTORY_LEFT &&
		    (!last || is_later(r, event, last)))
			last = event;
	}
	if (first) {
		row.first_path = first->path;
		row.from = first->commit;
	}
	if (last)
		row.path = last->path;
	if (last && last->what == HISTORY_GONE)
		row.to = last->commit;
	*left = out && last && row.to == HISTORY_NONE && is_later(r, out, last)
			? out
			: NULL;
	return row;
}

/* The versions, and for each the merge that left it out. A text that nothing
 * ever added is none: it lies behind the end of a shallow clone. */
static const struct history_event **find_rows(struct history_record *r)
{
	const struct history_event *events = r->events.at, *out;
	struct VEC_OF(const struct history_event *) left = { 0 };

	r->rows.nr = r->rows.cap = 0;
	for (size_t i = 0, next; i < r->events.nr; i = next) {
		struct history_row row;

		for (next = i + 1; next < r->events.nr; next++)
			if (!oid_equal(&events[i].blob, &events[next].blob))
				break;
		row = make_row(&out, r, events + i, next - i);
		if (row.from == HISTORY_NONE)
			continue;
		vec_push(r->a, &r->rows, row);
		vec_push(r->a, &left, out);
	}
	return left.at;
}

/* A row as it is sorted for people. */
struct sorted {
	const char *path;
	int64_t seconds;
	uint32_t number;
};

static int compare_sorted(const void *a, const void *b)
{
	const struct sorted *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	if (!order && one->seconds != other->seconds)
		order = one->seconds > other->seconds ? -1 : 1;
	return order ? order : one->number < other->number ? -1 : 1;
}

static void sort_rows(struct history_record *r)
{
	size_t nr = r->rows.nr;
	struct sorted *sorted = arena_alloc(r->a, (nr + 1) * sizeof(*sorted));
	uint32_t *order = arena_alloc(r->a, (nr + 1) * sizeof(*order));

	for (size_t i = 0; i < nr; i++) {
		const struct history_row *row = &r->rows.at[i];

		sorted[i] = (struct sorted){ r->paths.at[row->path],
					     r->commits.at[row->from].seconds,
					     (uint32_t)i };
	}
	qsort(sorted, nr, sizeof(*sorted), compare_sorted);
	for (size_t i = 0; i < nr; i++)
		order[i] = sorted[i].number;
	r->history->order = order;
}

static struct history_point point_of(const struct history_record *r,
				     uint32_t number)
{
	const struct history_commit *commit = &r->commits.at[number];

	return (struct history_point){ commit->id,
				       { commit->seconds, commit->zone } };
}

struct text_version history_version(const struct history *history, size_t i)
{
	const struct history_record *r = history->record;
	const struct history_row *row = &r->rows.at[i];
	struct text_version version = {
		.blob = row->blob,
		.path = r->paths.at[row->path],
		.first_path = r->paths.at[row->first_path],
		.from = point_of(r, row->from),
	};

	if (row->to != HISTORY_NONE)
		version.to = point_of(r, row->to);
	return version;
}

/* --- where the texts stand now ------------------------------------------- */

static int compare_blob(const void *blob, const void *row)
{
	return memcmp(blob, &((const struct history_row *)row)->blob,
		      sizeof(struct oid));
}

static void mark_entries(const struct history_record *r,
			 const struct history_place *place,
			 const struct tree_entries *entries)
{
	for (size_t i = 0; i < entries->nr && r->rows.nr; i++) {
		const struct tree_entry *entry = &entries->at[i];
		const struct history_row *row =
			bsearch(&entry->blob, r->rows.at, r->rows.nr,
				sizeof(*row), compare_blob);
		size_t number = row ? (size_t)(row - r->rows.at) : 0;

		if (row && is_history_retro(r, entry->path))
			place->has[number / 8] |=
				(unsigned char)(1u << number % 8);
	}
}

static struct err *add_version_place(struct history_record *r,
				     const struct branch_state *place)
{
	size_t n = r->rows.nr / 8 + 1;
	struct history_place out = { place->branches, arena_alloc(r->a, n) };
	struct err *e = NULL;

	memset(out.has, 0, n);
	for (size_t i = 0; !e && i < r->dirs.nr; i++) {
		struct tree_entries entries = { 0 };

		e = tree_list(&entries, r->a, r->repo, &place->commit,
			      dirs_literal(r->a, r->dirs.at[i]));
		mark_entries(r, &out, &entries);
	}
	vec_push(r->a, &r->history->places, out);
	return e;
}

static bool has_version(const struct history_place *place, size_t version)
{
	return place->has[version / 8] & 1u << version % 8;
}

static struct err *find_record_places(struct history_record *r)
{
	struct branch_states places = { 0 };
	struct strs roots = { 0 };
	struct err *e;

	for (size_t i = 0; i < r->dirs.nr; i++)
		strs_add(r->a, &roots, dirs_literal(r->a, r->dirs.at[i]));
	e = branches_list(&places, r->a, r->repo, &roots);

	r->history->places.nr = 0;
	for (size_t i = 0; !e && i < places.nr; i++)
		e = add_version_place(r, &places.at[i]);
	return e;
}

static bool stands(const struct history *history, size_t version)
{
	for (size_t i = 0; i < history->places.nr; i++)
		if (has_version(&history->places.at[i], version))
			return true;
	return false;
}

/* What no branch has ended with the merge that left it out. */
static void end_left(struct history_record *r,
		     const struct history_event *const *left)
{
	for (size_t i = 0; i < r->rows.nr; i++)
		if (left[i] && !stands(r->history, i)) {
			r->rows.at[i].to = left[i]->commit;
			r->rows.at[i].path = left[i]->path;
		}
}

void history_branches(struct strs *out, const struct history *history,
		      size_t version)
{
	for (size_t i = 0; i < history->places.nr; i++)
		if (has_version(&history->places.at[i], version))
			strs_append(history->arena, out,
				    &history->places.at[i].branches);
}

/* --- all of it ----------------------------------------------------------- */

/* Nothing is known but the folders. */
static void start_record(struct history_record *r)
{
	struct history *h = r->history;

	*h = (struct history){ .arena = r->a, .record = r };
	*r = (struct history_record){ .a = r->a,
				      .repo = r->repo,
				      .dirs = r->dirs,
				      .key = r->key,
				      .history = h };
}

/* A folder that was not looked at so far is looked for in all of history. */
static struct err *read_all_new(struct history_record *r)
{
	size_t dirs = r->dirs.nr;
	struct err *e = read_new_versions(r);

	while (!e && r->dirs.nr > dirs) {
		dirs = r->dirs.nr;
		start_record(r);
		e = read_new_versions(r);
	}
	return e;
}

static struct err *load_record(struct history_record *r,
			       const struct history_bytes *bytes, bool keep)
{
	const struct strs dirs = r->dirs;
	const struct history_event **left;
	bool current = false;
	struct err *e;

	start_record(r);
	if (!keep || !history_file_read(r, bytes, &current)) {
		r->dirs = dirs;
		start_record(r);
	} else if (current) {
		return NULL;
	}
	e = read_all_new(r);
	if (e)
		return e;
	left = find_rows(r);
	e = find_record_places(r);
	if (e)
		return e;
	end_left(r, left);
	sort_rows(r);
	if (keep)
		history_file_write(r);
	return NULL;
}

static void list_blobs(struct history *out, const struct history_record *r)
{
	out->blobs.nr = out->blobs.cap = r->rows.nr;
	out->blobs.at = arena_alloc(r->a, r->rows.nr * OID_RAW + 1);
	for (size_t i = 0; i < r->rows.nr; i++)
		out->blobs.at[i] = r->rows.at[i].blob;
}

struct err *history_load(struct history *out, struct arena *a,
			 struct repo *repo, const struct policy *policy)
{
	struct history_record *r = arena_alloc(a, sizeof(*r));
	struct history_bytes bytes;
	struct err *e;

	*r = (struct history_record){
		.a = a, .repo = repo, .key = BUF_INIT, .history = out
	};
	strs_append(a, &r->dirs, &policy->dirs);
	for (size_t i = 0; i < policy->dirs.nr; i++)
		buf_add(&r->key, policy->dirs.at[i],
			strlen(policy->dirs.at[i]) + 1);
	history_file_begin(&bytes, a, repo);
	e = file_log_snapshot(&r->key, repo);
	history_file_end(&bytes, r);
	if (!e)
		e = load_record(r, &bytes, !ancestry_is_bent(repo));
	if (!e)
		list_blobs(out, r);
	buf_release(&r->key);
	return err_context(e, _("reading history"));
}
