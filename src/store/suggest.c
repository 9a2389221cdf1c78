/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/blame.h"
#include "git/history.h"
#include "git/known.h"
#include "git/ledger.h"
#include "git/reach.h"
#include "git/rev.h"
#include "tie/family.h"
#include "tie/lines.h"

#define ABBREV 10
/* Commits that wrote less of what a fix deleted are no help. */
#define CAUSES_MAX 5
/* An id in a message, or in a retro, has at least so many digits. */
#define DIGITS_MIN 7

struct searcher {
	struct arena *a;
	struct suggestions *out;
	struct history *history;
	struct relations *relations;
	const struct oids *tips;
	struct VEC_OF(uint32_t) tip_commits;
	struct ledger_entries entries;
};

/* What one retro is tied to already, with all that is the same change. */
struct tied {
	struct oids cause, fix, other;
	struct VEC_OF(struct family) families;
};

static void add_known(struct oids *out, struct arena *a, const struct oid *ids,
		      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(a, out, ids[i]);
}

static struct err *find_tied(struct tied *tied, struct arena *a,
			     struct repo *repo, const struct ties *ties)
{
	struct strs names = { 0 };
	struct oid *ids;
	struct err *e;

	strs_append(a, &names, &ties->cause);
	strs_append(a, &names, &ties->fix);
	strs_append(a, &names, &ties->other);
	ids = arena_alloc(a, (names.nr + 1) * sizeof(*ids));
	e = known_ids(ids, repo, &names);
	if (e)
		return e;
	add_known(&tied->cause, a, ids, ties->cause.nr);
	add_known(&tied->fix, a, ids + ties->cause.nr, ties->fix.nr);
	add_known(&tied->other, a, ids + ties->cause.nr + ties->fix.nr,
		  ties->other.nr);
	return NULL;
}

static void add_families(struct tied *tied, struct searcher *searcher,
			 const struct oids *ids)
{
	for (size_t i = 0; i < ids->nr; i++) {
		struct family family;

		family_find(&family, searcher->relations, &ids->at[i]);
		vec_push(searcher->a, &tied->families, family);
	}
}

/* Whether a commit is tied, or makes the same change as one that is. */
static bool is_tied(const struct tied *tied, const struct oid *id)
{
	for (size_t i = 0; i < tied->families.nr; i++) {
		const struct family *family = &tied->families.at[i];

		for (size_t j = 0; j < family->members.nr; j++)
			if (!family->members.at[j].depth &&
			    oid_equal(&family->members.at[j].id, id))
				return true;
	}
	return false;
}

/* Whether one of the tips has it. */
static bool is_reached(struct searcher *searcher, const struct oid *id)
{
	uint32_t commit = history_find(searcher->history, id);
	struct reach reach;

	if (commit == HISTORY_NONE)
		return false;
	reach_each(&reach, searcher->a, searcher->history,
		   (struct commit_set){ searcher->tip_commits.at,
					searcher->tip_commits.nr },
		   (struct commit_set){ &commit, 1 });
	for (size_t i = 0; i < searcher->tip_commits.nr; i++)
		if (reach_has(&reach, i, 0))
			return true;
	return false;
}

/* One that is suggested counts as tied from then on: its picks are not. */
static void suggest(struct searcher *searcher, struct tied *tied,
		    const struct suggestion *suggestion)
{
	const struct oids one = { (struct oid *)&suggestion->commit, 1, 1 };

	if (is_tied(tied, &suggestion->commit) ||
	    !is_reached(searcher, &suggestion->commit))
		return;
	vec_push(searcher->a, searcher->out, *suggestion);
	add_families(tied, searcher, &one);
}

static int oldest_first(const void *a, const void *b)
{
	const struct ledger_entry *one = *(const struct ledger_entry *const *)a;
	const struct ledger_entry *two = *(const struct ledger_entry *const *)b;

	if (one->committed.seconds != two->committed.seconds)
		return one->committed.seconds < two->committed.seconds ? -1 : 1;
	return one < two ? -1 : one > two;
}

static void suggest_naming(struct searcher *searcher, struct tied *tied,
			   const struct retro *retro, enum ledger_key key,
			   const struct oids *ids, const char *role)
{
	for (size_t i = 0; i < ids->nr; i++) {
		struct sayings named = { 0 };

		relations_naming(&named, searcher->relations, key, &ids->at[i]);
		if (named.nr)
			qsort(named.at, named.nr, sizeof(*named.at),
			      oldest_first);
		for (size_t j = 0; j < named.nr; j++)
			suggest(searcher, tied,
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

static void suggest_retro_trailers(struct searcher *searcher, struct tied *tied,
				   const struct retro *retro)
{
	for (size_t i = 0; i < searcher->entries.nr; i++) {
		const struct ledger_entry *entry = &searcher->entries.at[i];

		if (entry->key == LEDGER_RETRO &&
		    !strcmp(entry->value, retro->id))
			suggest(searcher, tied,
				&(struct suggestion){ .retro = retro,
						      .role = "commit",
						      .commit = entry->commit,
						      .why = SUGGEST_NAMES });
	}
}

/* Commits that say in a trailer what they are to the retro are tied by that. */
static void add_claimed(struct tied *tied, struct searcher *searcher,
			const struct retro *retro)
{
	for (size_t i = 0; i < searcher->entries.nr; i++) {
		const struct ledger_entry *entry = &searcher->entries.at[i];

		if (strcmp(entry->value, retro->id))
			continue;
		if (entry->key == LEDGER_RETRO_CAUSE)
			vec_push(searcher->a, &tied->cause, entry->commit);
		else if (entry->key == LEDGER_RETRO_FIX)
			vec_push(searcher->a, &tied->fix, entry->commit);
	}
}

static struct err *suggest_for(struct searcher *searcher, struct repo *repo,
			       const struct retro *retro)
{
	struct tied tied = { 0 };
	struct err *e = find_tied(&tied, searcher->a, repo, &retro->commits);

	if (e)
		return e;
	add_claimed(&tied, searcher, retro);
	add_families(&tied, searcher, &tied.cause);
	add_families(&tied, searcher, &tied.fix);
	add_families(&tied, searcher, &tied.other);
	suggest_naming(searcher, &tied, retro, LEDGER_FIX, &tied.cause, "fix");
	suggest_naming(searcher, &tied, retro, LEDGER_REVERT, &tied.cause,
		       "fix");
	suggest_naming(searcher, &tied, retro, LEDGER_REVERT, &tied.fix,
		       "cause");
	suggest_retro_trailers(searcher, &tied, retro);
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

static void gather(struct wanted *out, struct arena *a,
		   const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		vec_push(a, &out->retros, retros->at[i]->id);
		add_digits(&out->commits, a, &retros->at[i]->commits.cause);
		add_digits(&out->commits, a, &retros->at[i]->commits.fix);
	}
	strs_sort(&out->retros);
	strs_sort(&out->commits);
}

/* Whether one of the sorted strings begins so. */
static bool has(const struct strs *sorted, const char *text, size_t n)
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

/* Whether there is anything to look at: as a rule there is not, and then
 * history need not be read. */
static bool is_named(const struct ledger_entries *entries, struct arena *a,
		     const struct retros *retros)
{
	struct wanted wanted = { 0 };

	gather(&wanted, a, retros);
	for (size_t i = 0; i < entries->nr; i++) {
		const struct ledger_entry *entry = &entries->at[i];
		bool commit =
			entry->key == LEDGER_FIX || entry->key == LEDGER_REVERT;

		if (commit && has(&wanted.commits, entry->value, DIGITS_MIN))
			return true;
		if (entry->key >= LEDGER_RETRO &&
		    has(&wanted.retros, entry->value, strlen(entry->value) + 1))
			return true;
	}
	return false;
}

/* --- the whole ---------------------------------------------------------- */

static struct err *search(struct searcher *searcher, struct repo *repo,
			  const struct retros *retros)
{
	struct err *e = history_open(&searcher->history, repo, searcher->tips);

	if (e)
		return e;
	searcher->relations = relations_new(searcher->a, &searcher->entries,
					    searcher->history);
	for (size_t i = 0; i < searcher->tips->nr; i++)
		vec_push(searcher->a, &searcher->tip_commits,
			 history_find(searcher->history,
				      &searcher->tips->at[i]));
	for (size_t i = 0; !e && i < retros->nr; i++)
		e = suggest_for(searcher, repo, retros->at[i]);
	relations_free(searcher->relations);
	history_close(searcher->history);
	return e;
}

static struct err *describe(struct suggestions *out, struct arena *a,
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
	e = ledger_load(&searcher->entries, corpus->arena, corpus->repo, tips);
	if (e || !is_named(&searcher->entries, corpus->arena, retros))
		return e;
	e = search(searcher, corpus->repo, retros);
	return e ? e : describe(out, corpus->arena, corpus->repo, before);
}

struct err *suggest_causes(struct suggestions *out, struct arena *a,
			   struct repo *repo, const struct oid *fix)
{
	struct blameds blameds = { 0 };
	size_t total, before = out->nr;
	struct err *e = blame_deleted(&blameds, &total, a, repo, fix);

	for (size_t i = 0; !e && i < blameds.nr && i < CAUSES_MAX; i++)
		vec_push(a, out,
			 (struct suggestion){ .role = "cause",
					      .commit = blameds.at[i].commit,
					      .why = SUGGEST_BLAMED,
					      .of = *fix,
					      .lines = blameds.at[i].lines,
					      .total = total });
	return e ? e : describe(out, a, repo, before);
}

struct err *suggest_tips(struct oids *out, struct corpus *corpus,
			 const struct config *config)
{
	const struct strs none = { 0 };
	struct lines lines = { 0 };
	struct err *e = lines_find(&lines, corpus->arena, corpus->repo, config,
				   corpus->policy, &none, NULL);

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
	case SUGGEST_BLAMED:
		break;
	}
	return arena_printf(a, "wrote %zu of %zu lines that %.*s deleted",
			    suggestion->lines, suggestion->total, ABBREV, hex);
}
