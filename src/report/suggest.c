/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "git/graph.h"
#include "git/ledger.h"
#include "git/lookup.h"
#include "git/reach.h"
#include "git/rev.h"
#include "lineage/release_lines.h"
#include "lineage/same_change.h"

#define ABBREV 10
/* An id in a message, or in a retro, has at least so many digits. */
#define DIGITS_MIN 7

struct searcher {
	struct arena *a;
	struct suggestions *out;
	struct graph *graph;
	struct relations *relations;
	const struct oids *tips;
	struct VEC_OF(uint32_t) tip_commits;
	struct ledger ledger;
	struct sayings naming; /* of those, what names a retro: few do */
};

/* What one retro is linked to already, with all that is the same change. */
struct linked {
	const struct retro *retro;
	struct VEC_OF(struct same_change) changes;
};

/* One of its problems, and what that is linked to. */
struct linked_problem {
	const char *pitfall; /* NULL: none is named */
	struct oids cause, fix;
};
struct linked_problems VEC_OF(struct linked_problem);

static void add_known(struct oids *out, struct arena *a, const struct oid *ids,
		      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(a, out, ids[i]);
}

/* Those of a problem that are here. */
static struct err *find_linked_commits(struct linked_problem *out,
				       struct oids *other, struct arena *a,
				       struct repo *repo,
				       const struct links *links)
{
	struct strs names = { 0 };
	struct oid *ids;
	struct err *e;

	links_append(&names, a, links);
	ids = arena_alloc(a, (names.nr + 1) * sizeof(*ids));
	e = lookup_ids(ids, repo, &names);
	if (e)
		return e;
	add_known(&out->cause, a, ids, links->cause.nr);
	ids += links->cause.nr;
	add_known(&out->fix, a, ids, links->fix.nr + links->backport.nr);
	ids += links->fix.nr + links->backport.nr;
	add_known(other, a, ids, links->other.nr);
	return NULL;
}

static void add_families(struct linked *linked, struct searcher *searcher,
			 const struct oids *ids)
{
	for (size_t i = 0; i < ids->nr; i++) {
		struct same_change change;

		same_change_find(&change, searcher->a, searcher->relations,
				 &ids->at[i]);
		vec_push(searcher->a, &linked->changes, change);
	}
}

/* Whether a commit is linked, or makes the same change as one that is. */
static bool is_commit_linked(const struct linked *linked, const struct oid *id)
{
	for (size_t i = 0; i < linked->changes.nr; i++) {
		const struct same_change *change = &linked->changes.at[i];

		for (size_t j = 0; j < change->members.nr; j++)
			if (!change->members.at[j].depth &&
			    oid_equal(&change->members.at[j].id, id))
				return true;
	}
	return false;
}

/* Whether one of the tips has it. */
static bool is_reached(struct searcher *searcher, const struct oid *id)
{
	uint32_t commit = graph_find(searcher->graph, id);
	struct reach reach;

	if (commit == GRAPH_NONE)
		return false;
	reach_each(&reach, searcher->a, searcher->graph,
		   (struct commit_set){ searcher->tip_commits.at,
					searcher->tip_commits.nr },
		   (struct commit_set){ &commit, 1 });
	for (size_t i = 0; i < searcher->tip_commits.nr; i++)
		if (reach_has(&reach, i, 0))
			return true;
	return false;
}

/* One that is suggested counts as linked from then on: its picks are not. */
static void suggest(struct searcher *searcher, struct linked *linked,
		    const struct suggestion *suggestion)
{
	const struct oids one = { (struct oid *)&suggestion->commit, 1, 1 };

	if (is_commit_linked(linked, &suggestion->commit) ||
	    !is_reached(searcher, &suggestion->commit))
		return;
	vec_push(searcher->a, searcher->out, *suggestion);
	add_families(linked, searcher, &one);
}

static int oldest_suggested_first(const void *a, const void *b)
{
	const struct ledger_entry *one = *(const struct ledger_entry *const *)a;
	const struct ledger_entry *two = *(const struct ledger_entry *const *)b;

	if (one->committed.seconds != two->committed.seconds)
		return one->committed.seconds < two->committed.seconds ? -1 : 1;
	return one < two ? -1 : one > two;
}

/* Whether a commit lies on another line of history than every fix. */
static bool is_elsewhere(const struct searcher *searcher,
			 const struct oids *fixes, const struct oid *id)
{
	uint32_t commit = graph_find(searcher->graph, id);

	for (size_t i = 0; i < fixes->nr; i++) {
		uint32_t fix = graph_find(searcher->graph, &fixes->at[i]);

		if (commit == GRAPH_NONE || fix == GRAPH_NONE ||
		    reach_one(searcher->graph, commit, fix) ||
		    reach_one(searcher->graph, fix, commit))
			return false;
	}
	return fixes->nr > 0;
}

/* What fixes it on another line than the fixes that are known is one of them,
 * made again for that line. */
static void suggest_naming(struct searcher *searcher, struct linked *linked,
			   const struct linked_problem *problem,
			   enum ledger_key key, const struct oids *ids,
			   const char *role)
{
	bool fix = ids == &problem->cause;

	for (size_t i = 0; i < ids->nr; i++) {
		struct sayings named = { 0 };

		relations_naming(&named, searcher->relations, key, &ids->at[i]);
		if (named.nr)
			qsort(named.at, named.nr, sizeof(*named.at),
			      oldest_suggested_first);
		for (size_t j = 0; j < named.nr; j++) {
			const struct oid *id = &named.at[j]->commit;

			suggest(searcher, linked,
				&(struct suggestion){
					.retro = linked->retro,
					.pitfall = problem->pitfall,
					.role = fix && is_elsewhere(
							       searcher,
							       &problem->fix,
							       id)
							? "backport"
							: role,
					.commit = *id,
					.why = key == LEDGER_FIX
						       ? SUGGEST_FIXES
						       : SUGGEST_REVERTS,
					.of = ids->at[i] });
		}
	}
}

/* Whether a trailer names the retro, or one of its problems. */
static bool names_retro(const char *value, const char *id)
{
	size_t n = strlen(id);

	return !strncmp(value, id, n) && (!value[n] || value[n] == '#');
}

static void suggest_retro_trailers(struct searcher *searcher,
				   struct linked *linked,
				   const struct retro *retro)
{
	for (size_t i = 0; i < searcher->naming.nr; i++) {
		const struct ledger_entry *entry = searcher->naming.at[i];

		if (entry->key == LEDGER_RETRO &&
		    names_retro(entry->value, retro->id))
			suggest(searcher, linked,
				&(struct suggestion){ .retro = retro,
						      .role = "commit",
						      .commit = entry->commit,
						      .why = SUGGEST_NAMES });
	}
}

/* Whether the trailer of a problem means this one; a bare one means the only
 * one. */
static bool means_problem(const char *value, const char *id,
			  const struct linked_problem *problem)
{
	const char *number = value + strlen(id);

	return !*number ||
	       (problem->pitfall && !strcasecmp(number + 1, problem->pitfall));
}

/* A trailer that says what a commit is to the retro links it. */
static void add_claimed(struct linked_problem *problem,
			struct searcher *searcher, const struct retro *retro)
{
	for (size_t i = 0; i < searcher->naming.nr; i++) {
		const struct ledger_entry *entry = searcher->naming.at[i];

		if (!names_retro(entry->value, retro->id) ||
		    !means_problem(entry->value, retro->id, problem))
			continue;
		if (entry->key == LEDGER_RETRO_CAUSE)
			vec_push(searcher->a, &problem->cause, entry->commit);
		else if (entry->key == LEDGER_RETRO_FIX)
			vec_push(searcher->a, &problem->fix, entry->commit);
	}
}

static struct err *find_problems(struct linked_problems *out,
				 struct linked *linked,
				 struct searcher *searcher, struct repo *repo)
{
	const struct retro *retro = linked->retro;
	struct linked_problem rest = { 0 };
	const struct links others = { .other = retro->commits.other };
	struct oids other = { 0 };
	struct err *e =
		find_linked_commits(&rest, &other, searcher->a, repo, &others);

	for (size_t i = 0; !e && i < retro->problems.nr; i++) {
		const struct problem *own = &retro->problems.at[i];
		struct linked_problem problem = { .pitfall = own->pitfall };
		struct links links = own->commits;

		links.other = (struct strs){ 0 };
		e = find_linked_commits(&problem, &other, searcher->a, repo,
					&links);
		vec_push(searcher->a, out, problem);
	}
	if (!e && !out->nr)
		vec_push(searcher->a, out, rest);
	for (size_t i = 0; !e && i < out->nr; i++) {
		add_claimed(&out->at[i], searcher, retro);
		add_families(linked, searcher, &out->at[i].cause);
		add_families(linked, searcher, &out->at[i].fix);
	}
	add_families(linked, searcher, &other);
	return e;
}

static struct err *suggest_for(struct searcher *searcher, struct repo *repo,
			       const struct retro *retro)
{
	struct linked linked = { .retro = retro };
	struct linked_problems problems = { 0 };
	struct err *e = find_problems(&problems, &linked, searcher, repo);

	if (e)
		return e;
	for (size_t i = 0; i < problems.nr; i++) {
		const struct linked_problem *problem = &problems.at[i];

		suggest_naming(searcher, &linked, problem, LEDGER_FIX,
			       &problem->cause, "fix");
		suggest_naming(searcher, &linked, problem, LEDGER_REVERT,
			       &problem->cause, "fix");
		suggest_naming(searcher, &linked, problem, LEDGER_REVERT,
			       &problem->fix, "cause");
	}
	suggest_retro_trailers(searcher, &linked, retro);
	return NULL;
}

/* --- whether anything names them ---------------------------------------- */

/* Hashes, sorted, so that each entry costs a few steps, however many retros
 * there are. Two texts with the same one only cost time. */
struct hashes VEC_OF(uint64_t);

struct wanted {
	struct hashes retros; /* of ids */
	struct hashes
		commits; /* of the first digits of those that are linked */
};

static uint64_t hash_digits(const char *id)
{
	char digits[DIGITS_MIN];

	for (size_t i = 0; i < DIGITS_MIN; i++)
		digits[i] = (char)tolower((unsigned char)id[i]);
	return hash_bytes(HASH_START, digits, DIGITS_MIN);
}

static void add_digits(struct hashes *out, struct arena *a,
		       const struct strs *ids)
{
	for (size_t i = 0; i < ids->nr; i++)
		if (strnlen(ids->at[i], DIGITS_MIN) == DIGITS_MIN)
			vec_push(a, out, hash_digits(ids->at[i]));
}

static int compare_id_hashes(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

static void sort_hashes(struct hashes *hashes)
{
	if (hashes->nr)
		qsort(hashes->at, hashes->nr, sizeof(*hashes->at),
		      compare_id_hashes);
}

static bool has_hash(const struct hashes *hashes, uint64_t hash)
{
	return hashes->nr && bsearch(&hash, hashes->at, hashes->nr,
				     sizeof(*hashes->at), compare_id_hashes);
}

static void gather_wanted(struct wanted *out, struct arena *a,
			  const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		vec_push(a, &out->retros,
			 hash_text(HASH_START, retros->at[i]->id));
		add_digits(&out->commits, a, &retros->at[i]->commits.cause);
		add_digits(&out->commits, a, &retros->at[i]->commits.fix);
		add_digits(&out->commits, a, &retros->at[i]->commits.backport);
	}
	sort_hashes(&out->retros);
	sort_hashes(&out->commits);
}

static bool is_retro_wanted(const struct wanted *wanted, struct arena *a,
			    const char *value)
{
	const char *id, *number;

	problem_split(&id, &number, a, value);
	return has_hash(&wanted->retros, hash_text(HASH_START, id));
}

/* Whether there is anything to look at: as a rule there is not, and then
 * history need not be read. */
static bool is_retro_named(const struct ledger_entries *entries,
			   struct arena *a, const struct retros *retros)
{
	struct wanted wanted = { 0 };

	if (!entries->nr)
		return false;
	gather_wanted(&wanted, a, retros);
	for (size_t i = 0; i < entries->nr; i++) {
		const struct ledger_entry *entry = &entries->at[i];
		bool commit =
			entry->key == LEDGER_FIX || entry->key == LEDGER_REVERT;

		if (commit && strnlen(entry->value, DIGITS_MIN) == DIGITS_MIN &&
		    has_hash(&wanted.commits, hash_digits(entry->value)))
			return true;
		if (entry->key >= LEDGER_RETRO &&
		    is_retro_wanted(&wanted, a, entry->value))
			return true;
	}
	return false;
}

/* --- the whole ---------------------------------------------------------- */

static struct err *search_ledger(struct searcher *searcher, struct repo *repo,
				 const struct retros *retros)
{
	struct err *e = graph_open(&searcher->graph, repo, searcher->tips);

	if (e)
		return e;
	searcher->relations =
		relations_new(searcher->a, &searcher->ledger, searcher->graph);
	for (size_t i = 0; i < searcher->tips->nr; i++)
		vec_push(searcher->a, &searcher->tip_commits,
			 graph_find(searcher->graph, &searcher->tips->at[i]));
	for (size_t i = 0; i < searcher->ledger.entries.nr; i++)
		if (searcher->ledger.entries.at[i].key >= LEDGER_RETRO)
			vec_push(searcher->a, &searcher->naming,
				 &searcher->ledger.entries.at[i]);
	for (size_t i = 0; !e && i < retros->nr; i++)
		e = suggest_for(searcher, repo, retros->at[i]);
	relations_free(searcher->relations);
	graph_close(searcher->graph);
	return e;
}

struct err *suggest_describe(struct suggestions *out, struct arena *a,
			     struct repo *repo, size_t from)
{
	struct strs names = { 0 };
	struct commits commits = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = from; i < out->nr; i++)
		vec_push(a, &names,
			 arena_strdup(a, oid_hex(hex, &out->at[i].commit)));
	e = walk_many(&commits, a, repo, &names);
	for (size_t i = from; !e && i < out->nr; i++)
		out->at[i].described = commits.at[i - from];
	return e;
}

struct err *suggest_load(struct suggestions *out, struct corpus *corpus,
			 const struct retros *retros, const struct oids *tips)
{
	struct searcher *searcher =
		arena_alloc(corpus->arena, sizeof(*searcher));
	size_t before = out->nr;
	struct err *e;

	*searcher = (struct searcher){ .a = corpus->arena,
				       .out = out,
				       .tips = tips };
	e = ledger_load(&searcher->ledger, corpus->arena, corpus->repo, tips);
	if (e ||
	    !is_retro_named(&searcher->ledger.entries, corpus->arena, retros))
		return e;
	e = search_ledger(searcher, corpus->repo, retros);
	return e ? e
		 : suggest_describe(out, corpus->arena, corpus->repo, before);
}

struct err *suggest_tips(struct oids *out, struct corpus *corpus,
			 const struct config *config)
{
	const struct strs none = { 0 };
	struct release_lines lines = { 0 };
	struct err *e = release_lines_find(&lines, corpus->arena, corpus->repo,
					   config, corpus->policy, &none, NULL);

	if (e)
		return e;
	for (size_t i = 0; i < lines.nr; i++)
		vec_push(corpus->arena, out, lines.at[i].commit);
	return rev_add_head(out, corpus->arena, corpus->repo);
}

const char *suggest_text(struct arena *a, const struct suggestion *suggestion)
{
	char hex[OID_HEX + 1];

	oid_hex(hex, &suggestion->of);
	switch (suggestion->why) {
	case SUGGEST_FIXES:
		return arena_printf(a, _("says Fixes: %.*s"), ABBREV, hex);
	case SUGGEST_REVERTS:
		return arena_printf(a, _("reverts %.*s"), ABBREV, hex);
	case SUGGEST_NAMES:
		return _("mentions the retro");
	case SUGGEST_SAID:
		return arena_printf(a, _("%.*s says that this commit fixes it"),
				    ABBREV, hex);
	case SUGGEST_SPOKEN:
		return arena_printf(a, _("%.*s mentions it"), ABBREV, hex);
	case SUGGEST_AROUND:
		return arena_printf(
			a,
			_("wrote %zu of %zu lines next to those that %.*s "
			  "changed"),
			suggestion->lines, suggestion->total, ABBREV, hex);
	case SUGGEST_SHARES:
		return arena_printf(
			a, _("changed %zu of the %zu names that %.*s changes"),
			suggestion->lines, suggestion->total, ABBREV, hex);
	case SUGGEST_BLAMED:
		break;
	}
	return arena_printf(a, _("wrote %zu of %zu lines that %.*s deleted"),
			    suggestion->lines, suggestion->total, ABBREV, hex);
}
