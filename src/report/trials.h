/* SPDX-License-Identifier: GPL-2.0-only */
/* What was tried, in all retros. */
#ifndef REPORT_TRIALS_H
#define REPORT_TRIALS_H

#include "corpus/query.h"
#include "model/trial.h"

struct listed_trial {
	const struct retro *retro;
	struct trial trial;
};
struct listed_trials VEC_OF(struct listed_trial);

/* Those of the retros that the query keeps, in its order and in that of each
 * text; with `failed` those alone that were not kept. Where it asks for paths,
 * a trial that names files must name one of these; one that names none is its
 * retro's. */
MUST_USE struct err *trials_list(struct listed_trials *out,
				 struct corpus *corpus,
				 const struct query *query, bool failed);

#endif
