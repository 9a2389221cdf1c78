/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/trailers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "git/graph.h"
#include "git/ledger.h"
#include "git/reach.h"
#include "git/rev.h"

static const enum trailer_key keys[] = {
	[LEDGER_RETRO] = TRAILER_RETRO,
	[LEDGER_RETRO_CAUSE] = TRAILER_CAUSE,
	[LEDGER_RETRO_FIX] = TRAILER_FIX,
	[LEDGER_RETRO_ACTION] = TRAILER_ACTION,
};

/* By pointers into one list, in whose order equals stay. */
static int newest_trailer_first(const void *a, const void *b)
{
	const struct ledger_entry *one = *(const struct ledger_entry *const *)a;
	const struct ledger_entry *two = *(const struct ledger_entry *const *)b;

	if (one->committed.seconds != two->committed.seconds)
		return one->committed.seconds > two->committed.seconds ? -1 : 1;
	return one < two ? -1 : one > two;
}

struct found VEC_OF(const struct ledger_entry *);

/* Leaves those whose commits the tip reaches. */
static struct err *keep_reached(struct found *found, struct arena *a,
				struct repo *repo, const struct oid *tip)
{
	struct oid one = *tip;
	const struct oids tips = { &one, 1, 1 };
	uint32_t *commits = arena_alloc(a, found->nr * sizeof(*commits) + 1);
	struct graph *graph;
	struct reach reach;
	size_t kept = 0;
	uint32_t from;
	struct err *e = graph_open(&graph, repo, &tips);

	if (e)
		return e;
	from = graph_find(graph, tip);
	for (size_t i = 0; i < found->nr; i++)
		commits[i] = graph_find(graph, &found->at[i]->commit);
	reach_each(&reach, a, graph, (struct commit_set){ &from, 1 },
		   (struct commit_set){ commits, found->nr });
	for (size_t i = 0; i < found->nr; i++)
		if (reach_has(&reach, 0, i))
			found->at[kept++] = found->at[i];
	found->nr = kept;
	graph_close(graph);
	return NULL;
}

struct err *trailers_load(struct trailer_links *out, struct arena *a,
			  struct repo *repo, const struct oid *tip)
{
	struct oid one = *tip;
	const struct oids tips = { &one, 1, 1 };
	struct ledger ledger;
	struct found found = { 0 };
	struct err *e = ledger_load(&ledger, a, repo, &tips);

	for (size_t i = 0; i < ledger.entries.nr; i++)
		if (ledger.entries.at[i].key >= LEDGER_RETRO)
			vec_push(a, &found, &ledger.entries.at[i]);
	if (!e && found.nr)
		e = keep_reached(&found, a, repo, tip);
	if (e || !found.nr)
		return e;
	qsort(found.at, found.nr, sizeof(*found.at), newest_trailer_first);
	for (size_t i = 0; i < found.nr; i++)
		vec_push(a, out,
			 (struct trailer_link){
				 keys[found.at[i]->key], found.at[i]->value,
				 found.at[i]->commit, found.at[i]->committed });
	return NULL;
}

struct err *trailers_head(struct trailer_links *out, struct arena *a,
			  struct repo *repo)
{
	struct oid head;
	struct err *e = rev_head(&head, repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e ? e : trailers_load(out, a, repo, &head);
}

const struct trailer_link *trailers_closing(const struct trailer_links *links,
					    const char *id, const char *action)
{
	size_t n = strlen(id);

	for (size_t i = 0; i < links->nr; i++) {
		const char *value = links->at[i].value;

		if (links->at[i].key == TRAILER_ACTION &&
		    !strncmp(value, id, n) && value[n] == '#' &&
		    !strcasecmp(value + n + 1, action))
			return &links->at[i];
	}
	return NULL;
}
