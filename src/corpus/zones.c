/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/corpus.h"
#include "git/time_zone.h"

static bool is_placeless(const struct field_time *time)
{
	return time->known && !time->placed && time->part == MOMENT_ZONELESS;
}

static void ask_about(struct zonelesses *times, struct strs *paths,
		      struct arena *a, struct retro *retro)
{
	struct field_time *own[RETRO_TIMES];
	size_t before = times->nr;

	retro_times(own, retro);
	for (size_t i = 0; i < RETRO_TIMES; i++) {
		const struct zoneless time = { .seconds = own[i]->at.seconds };

		if (is_placeless(own[i]))
			vec_push(a, times, time);
	}
	if (times->nr > before)
		vec_push(a, paths, retro->path);
}

static void place_times(struct retro *retro, const struct zonelesses *times)
{
	struct field_time *own[RETRO_TIMES];

	retro_times(own, retro);
	for (size_t i = 0; i < RETRO_TIMES; i++) {
		const struct zoneless *found;

		if (!is_placeless(own[i]))
			continue;
		found = time_zone_of(times, own[i]->at.seconds);
		own[i]->at = found ? moment_in_zone(own[i]->at, found->zone)
				   : moment_in_local_zone(own[i]->at);
		own[i]->placed = true;
	}
}

void corpus_keep_zones(struct retro *again, struct retro *placed)
{
	struct field_time *own[RETRO_TIMES], *known[RETRO_TIMES];

	retro_times(own, again);
	retro_times(known, placed);
	for (size_t i = 0; i < RETRO_TIMES; i++)
		if (is_placeless(own[i]) && known[i]->placed)
			*own[i] = *known[i];
}

void corpus_zones(const struct corpus *corpus, const struct retros *retros)
{
	struct zonelesses times = { 0 };
	struct strs paths = { 0 };

	for (size_t i = 0; i < retros->nr; i++)
		ask_about(&times, &paths, corpus->arena, retros->at[i]);
	if (!times.nr)
		return;
	err_pass(time_zones(&times, corpus->repo,
			    corpus->from.nr ? &corpus->from : NULL, &paths));
	for (size_t i = 0; i < retros->nr; i++)
		place_times(retros->at[i], &times);
}
