/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/trials.h"

static bool is_trial_about(const struct trial *trial, const struct strs *paths)
{
	if (!paths->nr || !trial->paths.nr)
		return true;
	for (size_t i = 0; i < paths->nr; i++)
		if (query_names(&trial->paths, paths->at[i]))
			return true;
	return false;
}

/* A trial can name a file that its retro is not otherwise about: all but the
 * paths narrow the retros first. */
struct err *trials_list(struct listed_trials *out, struct corpus *corpus,
			const struct query *query, bool failed)
{
	struct arena *a = corpus->arena;
	struct query wide = *query, narrow = { .paths = query->paths };
	struct retros kept;
	struct strs paths = { 0 };
	struct corpus about;
	struct err *e;

	wide.paths = (struct strs){ 0 };
	e = query_filter(corpus, &wide);
	if (!e)
		query_sort(corpus, query);
	kept = corpus->retros;
	if (!e)
		e = corpus_read(corpus, &kept);
	for (size_t i = 0; i < query->paths.nr; i++)
		vec_push(a, &paths, corpus_rooted(corpus, query->paths.at[i]));
	about = *corpus;
	about.retros = (struct retros){ 0 };
	for (size_t i = 0; i < kept.nr; i++)
		vec_push(a, &about.retros, kept.at[i]);
	if (!e && paths.nr)
		e = query_filter(&about, &narrow);
	for (size_t i = 0; !e && i < kept.nr; i++) {
		struct trials trials = { 0 };
		bool own = false;

		for (size_t j = 0; j < about.retros.nr; j++)
			own |= about.retros.at[j] == kept.at[i];
		trials_of(&trials, a, kept.at[i]->body);
		for (size_t j = 0; j < trials.nr; j++) {
			const struct trial *trial = &trials.at[j];

			if ((failed && trial->kept != TRIAL_DROPPED) ||
			    (paths.nr && !trial->paths.nr && !own) ||
			    !is_trial_about(trial, &paths))
				continue;
			vec_push(a, out,
				 (struct listed_trial){ kept.at[i], *trial });
		}
	}
	return e;
}
