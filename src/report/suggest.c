/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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
};

/* What one retro is tied to already, with all that is the same change. */
struct linked {
	struct oids cause, fix, other;
	struct VEC_OF(struct same_change) changes;
};

static void add_known(struct oids *out, struct arena *a, const struct oid *ids,
		      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(a, out, ids[i]);
}

static struct err *find_linked_commits(struct linked *linked, struct arena *a,
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
	add_known(&linked->cause, a, ids, links->cause.nr);
	ids += links->cause.nr;
	add_known(&linked->fix, a, ids, links->fix.nr + links->backport.nr);
	ids += links->fix.nr + links->backport.nr;
	add_known(&linked->other, a, ids, links->other.nr);
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

/* Whether a commit is tied, or makes the same change as one that is. */
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

/* One that is suggested counts as tied from then on: its picks are not. */
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

static void suggest_naming(struct searcher *searcher, struct linked *linked,
			   const struct retro *retro, enum ledger_key key,
			   const struct oids *ids, const char *role)
{
	for (size_t i = 0; i < ids->nr; i++) {
		struct sayings named = { 0 };

		relations_naming(&named, searcher->relations, key, &ids->at[i]);
		if (named.nr)
			qsort(named.at, named.nr, sizeof(*named.at),
			      oldest_suggested_first);
		for (size_t j = 0; j < named.nr; j++)
			suggest(searcher, linked,
				&(struct suggestion){
					.retro = retro,
					.role = role,
					.commit = named.at[j]->commit,
					.why = key == LEDGER_FIX
						       ? SUGGEST_FIXES
						       : SUGGEST_REVERTS,
					.of = ids->at[i] });
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
	for (size_t i = 0; i < searcher->ledger.entries.nr; i++) {
		const struct ledger_entry *entry =
			&searcher->ledger.entries.at[i];

		if (entry->key == LEDGER_RETRO &&
		    names_retro(entry->value, retro->id))
			suggest(searcher, linked,
				&(struct suggestion){ .retro = retro,
						      .role = "commit",
						      .commit = entry->commit,
						      .why = SUGGEST_NAMES });
	}
}

/* Commits that say in a trailer what they are to the retro are tied by that. */
static void add_claimed(struct linked *linked, struct searcher *searcher,
			const struct retro *retro)
{
	for (size_t i = 0; i < searcher->ledger.entries.nr; i++) {
		const struct ledger_entry *entry =
			&searcher->ledger.entries.at[i];

		if (!names_retro(entry->value, retro->id))
			continue;
		if (entry->key == LEDGER_RETRO_CAUSE)
			vec_push(searcher->a, &linked->cause, entry->commit);
		else if (entry->key == LEDGER_RETRO_FIX)
			vec_push(searcher->a, &linked->fix, entry->commit);
	}
}

static struct err *suggest_for(struct searcher *searcher, struct repo *repo,
			       const struct retro *retro)
{
	struct linked linked = { 0 };
	struct err *e = find_linked_commits(&linked, searcher->a, repo,
					    &retro->commits);

	if (e)
		return e;
	add_claimed(&linked, searcher, retro);
	add_families(&linked, searcher, &linked.cause);
	add_families(&linked, searcher, &linked.fix);
	add_families(&linked, searcher, &linked.other);
	suggest_naming(searcher, &linked, retro, LEDGER_FIX, &linked.cause,
		       "fix");
	suggest_naming(searcher, &linked, retro, LEDGER_REVERT, &linked.cause,
		       "fix");
	suggest_naming(searcher, &linked, retro, LEDGER_REVERT, &linked.fix,
		       "cause");
	suggest_retro_trailers(searcher, &linked, retro);
	return NULL;
}

/* --- whether anything names them ---------------------------------------- */

/* Sorted, so that each entry costs a few steps, however many retros there
 * are. */
struct wanted {
	struct strs retros;  /* ids */
	struct strs commits; /* the first digits of those that are tied */
};

static void add_digits(struct strs *out, struct arena *a,
		       const struct strs *ids)
{
	for (size_t i = 0; i < ids->nr; i++) {
		char *digits = arena_strndup(a, ids->at[i],
					     strnlen(ids->at[i], DIGITS_MIN));

		for (char *p = digits; *p; p++)
			*p = (char)tolower((unsigned char)*p);
		if (strlen(digits) == DIGITS_MIN)
			vec_push(a, out, digits);
	}
}

static void gather_wanted(struct wanted *out, struct arena *a,
			  const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		vec_push(a, &out->retros, retros->at[i]->id);
		add_digits(&out->commits, a, &retros->at[i]->commits.cause);
		add_digits(&out->commits, a, &retros->at[i]->commits.fix);
		add_digits(&out->commits, a, &retros->at[i]->commits.backport);
	}
	strs_sort(&out->retros);
	strs_sort(&out->commits);
}

/* Whether one of the sorted strings begins so. */
static bool has_sorted(const struct strs *sorted, const char *text, size_t n)
{
	size_t low = 0, high = sorted->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(sorted->at[middle], text, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sorted->nr && !strncmp(sorted->at[low], text, n);
}

static bool has_sorted_retro(const struct strs *sorted, struct arena *a,
			     const char *value)
{
	const char *id, *number;

	problem_split(&id, &number, a, value);
	return has_sorted(sorted, id, strlen(id) + 1);
}

/* Whether there is anything to look at: as a rule there is not, and then
 * history need not be read. */
static bool is_retro_named(const struct ledger_entries *entries,
			   struct arena *a, const struct retros *retros)
{
	struct wanted wanted = { 0 };

	gather_wanted(&wanted, a, retros);
	for (size_t i = 0; i < entries->nr; i++) {
		const struct ledger_entry *entry = &entries->at[i];
		bool commit =
			entry->key == LEDGER_FIX || entry->key == LEDGER_REVERT;

		if (commit &&
		    has_sorted(&wanted.commits, entry->value, DIGITS_MIN))
			return true;
		if (entry->key >= LEDGER_RETRO &&
		    has_sorted_retro(&wanted.retros, a, entry->value))
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
		return arena_printf(a, "says Fixes: %.*s", ABBREV, hex);
	case SUGGEST_REVERTS:
		return arena_printf(a, "reverts %.*s", ABBREV, hex);
	case SUGGEST_NAMES:
		return "names the retro";
	case SUGGEST_SAID:
		return arena_printf(a, "%.*s says that it fixes it", ABBREV,
				    hex);
	case SUGGEST_SPOKEN:
		return arena_printf(a, "%.*s speaks of it", ABBREV, hex);
	case SUGGEST_AROUND:
		return arena_printf(
			a,
			"wrote %zu of %zu lines beside those that %.*s added",
			suggestion->lines, suggestion->total, ABBREV, hex);
	case SUGGEST_BLAMED:
		break;
	}
	return arena_printf(a, "wrote %zu of %zu lines that %.*s deleted",
			    suggestion->lines, suggestion->total, ABBREV, hex);
}
