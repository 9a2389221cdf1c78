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
	[WAY_WORD] = 1,   [WAY_BEGINNING] = 0.6, [WAY_SYNONYM] = 0.8,
	[WAY_PART] = 0.7, [WAY_LETTER] = 0.3,
};

/* What a character alone counts for of one in a pair. */
#define LETTER_SHARE 0.3
/* A run of characters is there if so many are of those that say anything. */
#define RUN_LEAST 0.4
/* Between the first and the last of what stands together, in the places of
 * struct spot. */
#define SPAN 40
/* The same of the parts of a run. */
#define PARTS_SPAN 80
/* Three words and more that a text has, but less than so much of them within
 * SPAN, are not what it is about. */
#define TOGETHER 0.5
/* Of more words than these one may be there in another form only. */
#define EXACT_WORDS 2
/* What nearness can add, and words that all stand in the title. */
#define NEAR_BONUS  0.6
#define TITLE_BONUS 0.5

/* --- scores --- */

/* Of something that so many of all files have. */
static double worth_where(double have, double all)
{
	return log(1 + (all - have + 0.5) / (have + 0.5));
}

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

		worth[i] = worth_where(have, all);
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

/* How much of a run is there: the characters of its pairs, and other ones. */
static double share_of_run(const struct ways *ways, size_t choice,
			   uint64_t paired, uint64_t single)
{
	double whole = bits_of(ways_cover(ways, choice));

	return whole > 0 ? (bits_of(paired) +
			    LETTER_SHARE * bits_of(single & ~paired)) /
				   whole
			 : 0;
}

/* Notes what a way covers; false if its characters are covered already. */
static bool note_covered(uint64_t *paired, uint64_t *single,
			 const struct way *way)
{
	if (way->kind != WAY_LETTER) {
		*paired |= way->covers;
		return true;
	}
	*single |= way->covers;
	return way->covers & ~*paired;
}

/* The choice of the ways from `at` on; where those of the next begin. */
static size_t score_choice(struct match *match, const struct matching *m,
			   const double *worth, double enough, size_t at)
{
	const struct ways *ways = &m->ways;
	size_t choice = ways->at[at].choice, first = at;
	double best = 0, parts = 0, sum = 0, share = 1;
	uint64_t paired = 0, single = 0;

	for (; at < ways->nr && ways->at[at].choice == choice; at++) {
		const struct way *way = &ways->at[at];
		double times = match->times[at], score;

		if (!(times > 0) || !note_covered(&paired, &single, way))
			continue;
		score = kinds[way->kind] * worth[at] * times * (K1 + 1) /
			(times + enough);
		if (way_is_part(way))
			parts += score;
		else if (m->terms->plain || way->kind == WAY_WORD)
			sum += score;
		else if (score > best)
			best = score;
	}
	best = best > sum ? best : sum;
	if (!(best > 0)) {
		share = share_of_run(ways, choice, paired, single);
		match->near |= share >= RUN_LEAST;
		best = parts;
	}
	match->exact &= sum > 0;
	match->has += share >= RUN_LEAST;
	match->share += share * worth[first];
	match->score += best;
	return at;
}

/* What all choices are worth as they were typed, but those that no file has in
 * any way. */
static double worth_of_choices(const struct matching *m, const double *worth)
{
	const struct ways *ways = &m->ways;
	double nowhere = worth_where(0, (double)m->index->files.nr), sum = 0;

	for (size_t at = 0, first = 0; at < ways->nr; first = at) {
		bool known = false;

		for (; at < ways->nr &&
		       ways->at[at].choice == ways->at[first].choice;
		     at++)
			known |= worth[at] < nowhere;
		sum += known ? worth[first] : 0;
	}
	return sum > 0 ? sum : 1;
}

/* One that has fewer of the words counts less, but a good one is before one in
 * which more of them stand by chance. */
static void weigh_words(struct match *match, const struct matching *m)
{
	if (match->has && match->has < m->terms->all.nr)
		match->score *= sqrt(
			sqrt((double)match->has / (double)m->terms->all.nr));
}

const double *rank_matches(struct matching *m)
{
	const struct cached_files *files = &m->index->files;
	const double *worth = find_worth(m);
	double mean = mean_size(files);
	double whole = worth_of_choices(m, worth);

	for (size_t i = 0; i < m->matches.nr; i++) {
		struct match *match = &m->matches.at[i];
		double size = (double)files->at[match->file].bytes / mean;
		double enough = K1 * (1 - B + B * size);

		match->exact = true;
		for (size_t at = 0; at < m->ways.nr;)
			at = score_choice(match, m, worth, enough, at);
		match->share /= whole;
		match->full = !match->near && match->has == m->terms->all.nr;
		weigh_words(match, m);
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
	return way_is_part(&m->ways.at[way]) ? m->terms->all.nr + way
					     : m->ways.at[way].choice;
}

/* The most that different things within SPAN are worth together: *at and
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
		       spots->at[j].place < spots->at[i].place + SPAN;
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

/* Whether enough of the parts of the only choice stand together somewhere. */
static bool parts_are_near(const struct matching *m, const struct spots *spots)
{
	for (size_t i = 0; i < spots->nr; i++) {
		uint64_t paired = 0, single = 0;

		for (size_t j = i;
		     j < spots->nr &&
		     spots->at[j].place < spots->at[i].place + PARTS_SPAN;
		     j++)
			note_covered(&paired, &single,
				     &m->ways.at[spots->at[j].way]);
		if (share_of_run(&m->ways, 0, paired, single) >= RUN_LEAST)
			return true;
	}
	return false;
}

/* How many choices stand between two spots. */
static size_t count_choices(const struct matching *m, const struct spots *spots,
			    size_t at, size_t end)
{
	uint64_t seen = 0;

	for (size_t i = at; i < end; i++)
		seen |= (uint64_t)1 << m->ways.at[spots->at[i].way].choice % 64;
	return bits_of(seen);
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

void rank_text(struct match *match, const struct matching *m,
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
	match->exact |= m->terms->all.nr > EXACT_WORDS;
	if (match->full && m->terms->all.nr > 2 && nearest < TOGETHER * all) {
		match->full = false;
		match->has = count_choices(m, &spots, at, end);
		weigh_words(match, m);
	}
	match->near &= m->terms->all.nr > 1 || parts_are_near(m, &spots);
	if (all > 0)
		match->score *= 1 + NEAR_BONUS * fmin(1, nearest / all);
	if (is_in_title(m, match, spotter, retro))
		match->score *= 1 + TITLE_BONUS;
}
