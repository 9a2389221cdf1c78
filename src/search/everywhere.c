/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/everywhere.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/branches.h"

struct gathering_results {
	struct results *out;
	struct corpus *corpus;
	struct arena *a;
};

static bool lies_here(const struct copies *copies,
		      const struct branch_state *state)
{
	if (!state || copies->here)
		return copies->here && !state;
	for (size_t i = 0; i < copies->on.nr; i++)
		if (strs_has(&state->branches, copies->on.at[i]))
			return true;
	return false;
}

/* The retro of the corpus that a hit of a place is; NULL if another text of it
 * counts. */
static const struct retro *find_chosen(const struct corpus *corpus,
				       const struct retro *hit,
				       const struct branch_state *state)
{
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct retro *retro = corpus->retros.at[i];
		const struct copies *copies;

		if (strcmp(retro->id, hit->id) != 0)
			continue;
		copies = corpus_copies(corpus, retro);
		if (copies && lies_here(copies, state))
			return retro;
	}
	return NULL;
}

static bool is_place_told(const struct results *results,
			  const struct retro *retro)
{
	for (size_t i = 0; i < results->nr; i++)
		if (results->at[i].retro == retro)
			return true;
	return false;
}

static void add_results(struct gathering_results *g,
			const struct results *found,
			const struct branch_state *state)
{
	struct results *out = g->out;

	for (size_t i = 0; i < found->nr; i++) {
		struct result hit = found->at[i];

		hit.retro = find_chosen(g->corpus, hit.retro, state);
		if (!hit.retro || is_place_told(out, hit.retro))
			continue;
		out->full += i < found->full;
		hit.full = i < found->full;
		vec_push(g->a, out, hit);
	}
	out->words = found->words > out->words ? found->words : out->words;
	if (found->nearest) {
		out->missing = found->missing;
		out->nearest = found->nearest;
	}
}

static int by_score(const void *a, const void *b)
{
	const struct result *one = a, *other = b;

	if (one->full != other->full)
		return other->full - one->full;
	if (one->score > other->score || one->score < other->score)
		return one->score > other->score ? -1 : 1;
	return strcmp(one->retro->path, other->retro->path);
}

struct err *search_everywhere(struct results *out, struct corpus *corpus,
			      struct arena *a, struct repo *repo,
			      const struct policy *policy,
			      const struct terms *terms, size_t limit,
			      struct diags *diags)
{
	struct gathering_results g = { out, corpus, a };
	struct branch_states states = { 0 };
	struct results found;
	struct strs dirs = { 0 };
	struct err *e = corpus_open_all(corpus, a, repo, policy);

	*out = (struct results){ .where = corpus };
	vec_push(a, &dirs, policy->dir);
	if (!e)
		e = branches_list(&states, a, repo, &dirs);
	if (!e && repo_work_tree(repo)) {
		e = search_run(&found, a, repo, policy, NULL, terms, 0, diags);
		if (!e)
			add_results(&g, &found, NULL);
	}
	for (size_t i = 0; !e && i < states.nr; i++) {
		const struct branch_state *state = &states.at[i];

		e = search_run(&found, a, repo, policy, &state->commit, terms,
			       0, diags);
		if (!e)
			add_results(&g, &found, state);
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_score);
	out->total = out->nr;
	if (limit && out->nr > limit)
		out->nr = limit;
	return e;
}
