/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/rank.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* BM25: how soon more of the same word counts no more, and how far a long text
 * counts less. The usual values. */
#define K1 1.2
#define B  0.75

/* What each kind of way counts for. */
static const double kinds[] = {
	[WAY_WORD] = 1,
	[WAY_BEGINNING] = 0.6,
	[WAY_SYNONYM] = 0.8,
	[WAY_PART] = 0.5,
};

/* Of a run of characters so many must be there, of those that say anything. */
#define PARTS_LEAST 0.5
/* Words between the first and the last of what stands together. */
#define SPAN 20
/* What nearness can add, and words that all stand in the title. */
#define NEAR_BONUS  0.6
#define TITLE_BONUS 0.5

/* --- scores --- */

static const double *find_worth(struct matching *m)
{
	const struct ways *ways = &m->ways;
	double *worth = arena_alloc(m->a, (ways->nr + 1) * sizeof(*worth));
	double all = (double)m->index->files.nr;
	bool counted = ways->nr == 1 && !m->terms->none.nr;

	for (size_t i = 0; i < ways->nr; i++) {
		const struct way *way = &ways->at[i];
		double have = (double)(counted ? m->matches.nr
					       : match_count(m, way->text,
							     way->open));

		worth[i] = log(1 + (all - have + 0.5) / (have + 0.5));
	}
	return worth;
}

static double mean_size(const struct cached_files *files)
{
	double sum = 0;

	for (size_t i = 0; i < files->nr; i++)
		sum += (double)files->at[i].bytes;
	return files->nr && sum > 0 ? sum / (double)files->nr : 1;
}

static unsigned bits_of(uint64_t set)
{
	unsigned count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}

/* The choice of the ways from `at` on; where those of the next begin. */
static size_t score_choice(struct match *match, const struct matching *m,
			   const double *worth, double enough, size_t at)
{
	const struct ways *ways = &m->ways;
	size_t choice = ways->at[at].choice;
	double best = 0, parts = 0, sum = 0;
	uint64_t covered = 0;

	for (; at < ways->nr && ways->at[at].choice == choice; at++) {
		const struct way *way = &ways->at[at];
		double times = match->times[at], score;

		if (!(times > 0))
			continue;
		score = kinds[way->kind] * worth[at] * times * (K1 + 1) /
			(times + enough);
		covered |= way->covers;
		if (way->kind == WAY_PART)
			parts += score;
		else if (m->terms->plain || way->kind == WAY_WORD)
			sum += score;
		else if (score > best)
			best = score;
	}
	best = best > sum ? best : sum;
	if (!(best > 0) &&
	    bits_of(covered) >=
		    PARTS_LEAST * bits_of(ways_cover(ways, choice))) {
		match->near |= covered != 0;
		best = parts;
	}
	match->exact &= sum > 0;
	match->has += best > 0;
	match->score += best;
	return at;
}

const double *rank_matches(struct matching *m)
{
	const struct cached_files *files = &m->index->files;
	const double *worth = find_worth(m);
	double mean = mean_size(files);

	for (size_t i = 0; i < m->matches.nr; i++) {
		struct match *match = &m->matches.at[i];
		double size = (double)files->at[match->file].bytes / mean;
		double enough = K1 * (1 - B + B * size);

		match->exact = true;
		for (size_t at = 0; at < m->ways.nr;)
			at = score_choice(match, m, worth, enough, at);
		match->full = !match->near && match->has == m->terms->all.nr;
	}
	return worth;
}

int rank_best_first(const void *a, const void *b)
{
	const struct match *one = a, *other = b;

	if (one->full != other->full)
		return other->full - one->full;
	if (one->exact != other->exact)
		return other->exact - one->exact;
	if (one->has != other->has)
		return one->has > other->has ? -1 : 1;
	if (one->score > other->score || one->score < other->score)
		return one->score > other->score ? -1 : 1;
	return one->place < other->place ? -1 : one->place > other->place;
}

/* --- nearness --- */

/* Whether a spot is all of what stands there: TLS is not, in TLS1.3. */
static bool is_whole_spot(const struct spot *spot, const char *text, size_t n)
{
	return (!spot->from || !isalnum((unsigned char)text[spot->from - 1]) ||
		!isalnum((unsigned char)text[spot->from])) &&
	       (spot->to == n || !isalnum((unsigned char)text[spot->to]) ||
		!isalnum((unsigned char)text[spot->to - 1]));
}

/* Whether each choice stands somewhere as a whole. */
static bool are_whole(const struct matching *m, const struct spots *spots,
		      const struct retro *retro)
{
	uint64_t whole = 0, all = 0;

	for (size_t i = 0; i < spots->nr; i++) {
		const struct way *way = &m->ways.at[spots->at[i].way];
		uint64_t bit = (uint64_t)1 << way->choice % 64;

		if (way->kind != WAY_WORD)
			continue;
		all |= bit;
		if (is_whole_spot(&spots->at[i], retro->bytes, retro->n))
			whole |= bit;
	}
	return whole == all;
}

/* What is counted as one thing: a choice, or a part of one. */
static size_t thing_of_way(const struct matching *m, size_t way)
{
	return m->ways.at[way].kind == WAY_PART ? m->terms->all.nr + way
						: m->ways.at[way].choice;
}

/* The most that different things within SPAN words are worth together: *at and
 * *end are the spots. */
static double find_nearest(const struct matching *m, const double *worth,
			   const struct spots *spots, size_t *at, size_t *end)
{
	double best = 0;

	for (size_t i = 0; i < spots->nr; i++) {
		bool seen[512] = { false };
		double sum = 0;
		size_t j = i;

		for (; j < spots->nr &&
		       spots->at[j].word < spots->at[i].word + SPAN;
		     j++) {
			size_t thing = thing_of_way(m, spots->at[j].way);

			if (thing >= sizeof(seen) || seen[thing])
				continue;
			seen[thing] = true;
			sum += worth[spots->at[j].way];
		}
		if (sum > best) {
			best = sum;
			*at = i;
			*end = j;
		}
	}
	return best;
}

/* Whether the parts of some choice stand together between two spots. */
static bool parts_are_near(const struct matching *m, const struct spots *spots,
			   size_t at, size_t end)
{
	for (size_t choice = 0; choice < m->terms->all.nr; choice++) {
		uint64_t covered = 0, all = ways_cover(&m->ways, choice);

		for (size_t i = at; i < end; i++)
			if (m->ways.at[spots->at[i].way].choice == choice)
				covered |= m->ways.at[spots->at[i].way].covers;
		if (all && bits_of(covered) >= PARTS_LEAST * bits_of(all))
			return true;
	}
	return false;
}

static double sum_things(const struct matching *m, const double *worth,
			 const struct match *match)
{
	double sum = 0;

	for (size_t i = 0; i < m->ways.nr; i++)
		if (match->times[i] > 0 &&
		    (!i || thing_of_way(m, i) != thing_of_way(m, i - 1)))
			sum += worth[i];
	return sum;
}

static bool is_in_title(const struct matching *m, const struct match *match,
			const struct spotter *spotter,
			const struct retro *retro)
{
	struct spots spots = { 0 };
	uint64_t seen = 0;

	spots_find(&spots, m->a, spotter, retro->title, strlen(retro->title));
	for (size_t i = 0; i < spots.nr; i++) {
		size_t choice = m->ways.at[spots.at[i].way].choice;

		seen |= choice < 64 ? (uint64_t)1 << choice : 0;
	}
	return seen && bits_of(seen) == match->has;
}

bool rank_text(struct match *match, const struct matching *m,
	       const double *worth, const struct spotter *spotter,
	       const struct retro *retro)
{
	struct spots spots = { 0 };
	size_t at = 0, end = 0;
	double nearest, all;

	spots_find(&spots, m->a, spotter, retro->bytes, retro->n);
	nearest = find_nearest(m, worth, &spots, &at, &end);
	all = sum_things(m, worth, match);
	match->exact &= are_whole(m, &spots, retro);
	if (match->near && match->has == 1 &&
	    !parts_are_near(m, &spots, at, end))
		return false;
	if (all > 0)
		match->score *= 1 + NEAR_BONUS * fmin(1, nearest / all);
	if (is_in_title(m, match, spotter, retro))
		match->score *= 1 + TITLE_BONUS;
	return true;
}
