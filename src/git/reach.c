/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define WORD 64
/* Columns that one pass answers, and the memory that it may take for them. */
#define WORDS_MAX  8
#define MEMORY_MAX ((size_t)64 << 20)

/* The columns of one pass: `words` words from column `first` on. */
struct pass {
	struct history *history;
	struct commit_set to;
	size_t first, words;
	uint64_t *bits; /* `words` for each commit */
};

static size_t words_of(size_t columns)
{
	return (columns + WORD - 1) / WORD;
}

static size_t words_a_pass(const struct history *history, size_t columns)
{
	size_t count = history_count(history) + (size_t)1;
	size_t most = MEMORY_MAX / (count * sizeof(uint64_t));

	most = most > WORDS_MAX ? WORDS_MAX : most;
	most = most > words_of(columns) ? words_of(columns) : most;
	return most ? most : 1;
}

static uint64_t *bits_of(const struct pass *pass, uint32_t commit)
{
	return pass->bits + (size_t)commit * pass->words;
}

static void merge(uint64_t *into, const uint64_t *from, size_t words)
{
	for (size_t i = 0; i < words; i++)
		into[i] |= from[i];
}

static size_t columns_of(const struct pass *pass)
{
	size_t left = pass->to.nr - pass->first, most = pass->words * WORD;

	return left < most ? left : most;
}

/* Sets each column's bit at its own commit; the lowest level of all. */
static uint32_t seed(struct pass *pass)
{
	uint32_t lowest = UINT32_MAX;

	for (size_t i = 0; i < columns_of(pass); i++) {
		uint32_t commit = pass->to.at[pass->first + i], level;

		if (commit == HISTORY_NONE)
			continue;
		bits_of(pass, commit)[i / WORD] |= UINT64_C(1) << i % WORD;
		level = history_level(pass->history, commit);
		lowest = level < lowest ? level : lowest;
	}
	return lowest;
}

/* From parents to children: each commit gets the bits of all that it
 * reaches. */
static void climb(struct pass *pass)
{
	uint32_t parent, lowest = seed(pass);
	const uint32_t *order;
	size_t nr;

	order = history_order(&nr, pass->history, lowest);
	for (size_t i = 0; i < nr; i++) {
		uint64_t *own = bits_of(pass, order[i]);

		for (uint32_t j = 0;
		     (parent = history_parent(pass->history, order[i], j)) !=
		     HISTORY_NONE;
		     j++)
			merge(own, bits_of(pass, parent), pass->words);
	}
}

static void begin(struct pass *pass, struct history *history,
		  struct commit_set to)
{
	*pass = (struct pass){ .history = history, .to = to };
	pass->words = words_a_pass(history, to.nr);
	pass->bits = mem_alloc((history_count(history) + (size_t)1) *
			       pass->words * sizeof(uint64_t));
}

static void clear(struct pass *pass)
{
	memset(pass->bits, 0,
	       history_count(pass->history) * pass->words * sizeof(uint64_t));
}

void reach_fill(struct reach *out, struct arena *a, struct history *history,
		struct commit_set from, struct commit_set to)
{
	struct pass pass;

	out->words = words_of(to.nr);
	out->bits =
		arena_alloc(a, (from.nr * out->words + 1) * sizeof(uint64_t));
	begin(&pass, history, to);
	for (; pass.first < to.nr; pass.first += pass.words * WORD) {
		size_t words = words_of(columns_of(&pass));

		clear(&pass);
		climb(&pass);
		for (size_t i = 0; i < from.nr; i++)
			if (from.at[i] != HISTORY_NONE)
				memcpy(out->bits + i * out->words +
					       pass.first / WORD,
				       bits_of(&pass, from.at[i]),
				       words * sizeof(uint64_t));
	}
	free(pass.bits);
}

bool reach_has(const struct reach *reach, size_t row, size_t column)
{
	return reach->bits[row * reach->words + column / WORD] >>
		       column % WORD &
	       1;
}

void reach_cut(bool *cut, struct history *history, struct commit_set from)
{
	uint8_t *marked = mem_calloc(history_count(history) + (size_t)1, 1);
	const uint32_t *order;
	uint32_t parent;
	size_t nr;

	order = history_order(&nr, history, 0);
	for (size_t i = 0; i < nr; i++) {
		bool is = history_is_cut(history, order[i]);

		for (uint32_t j = 0;
		     !is && (parent = history_parent(history, order[i], j)) !=
				    HISTORY_NONE;
		     j++)
			is = marked[parent];
		marked[order[i]] = is;
	}
	for (size_t i = 0; i < from.nr; i++)
		cut[i] = from.at[i] != HISTORY_NONE && marked[from.at[i]];
	free(marked);
}

/* --- between ------------------------------------------------------------ */

/* For a pass downwards each commit has two rows of bits: the columns that a
 * line above it lacks, and those that reach it. */
static uint64_t *lacked_of(const struct pass *pass, uint32_t commit)
{
	return pass->bits + (size_t)commit * 2 * pass->words;
}

static uint64_t *below_of(const struct pass *pass, uint32_t commit)
{
	return lacked_of(pass, commit) + pass->words;
}

static uint64_t mask(const struct pass *pass, size_t word)
{
	size_t left = columns_of(pass);

	left = left > word * WORD ? left - word * WORD : 0;
	return left >= WORD ? UINT64_MAX : (UINT64_C(1) << left) - 1;
}

static void seed_between(struct pass *pass, struct commit_set from,
			 const struct reach *reach)
{
	for (size_t i = 0; i < columns_of(pass); i++) {
		uint32_t commit = pass->to.at[pass->first + i];

		if (commit != HISTORY_NONE)
			below_of(pass, commit)[i / WORD] |= UINT64_C(1)
							    << i % WORD;
	}
	for (size_t i = 0; i < from.nr; i++) {
		const uint64_t *row =
			reach->bits + i * reach->words + pass->first / WORD;

		for (size_t j = 0; from.at[i] != HISTORY_NONE &&
				   j < words_of(columns_of(pass));
		     j++)
			lacked_of(pass, from.at[i])[j] |=
				~row[j] & mask(pass, j);
	}
}

/* Leaves in `lacked` what is not below; whether anything is. */
static bool settle(uint64_t *lacked, const uint64_t *below, size_t words)
{
	uint64_t any = 0;

	for (size_t i = 0; i < words; i++) {
		lacked[i] &= ~below[i];
		any |= lacked[i];
	}
	return any != 0;
}

/* From children to parents. */
static void descend(struct pass *pass, uint8_t *between)
{
	const uint32_t *order;
	uint32_t parent;
	size_t nr;

	order = history_order(&nr, pass->history, 0);
	while (nr-- > 0) {
		uint32_t commit = order[nr];
		uint64_t *lacked = lacked_of(pass, commit);
		bool is = settle(lacked, below_of(pass, commit), pass->words);

		between[commit] |= is;
		for (uint32_t j = 0;
		     (parent = history_parent(pass->history, commit, j)) !=
		     HISTORY_NONE;
		     j++)
			merge(lacked_of(pass, parent), lacked, 2 * pass->words);
	}
}

uint8_t *reach_between(struct history *history, struct commit_set from,
		       struct commit_set to, const struct reach *reach)
{
	size_t count = history_count(history) + (size_t)1;
	uint8_t *between = mem_calloc(count, 1);
	struct pass pass = { .history = history, .to = to };

	pass.words = words_a_pass(history, to.nr);
	pass.bits = mem_alloc(count * 2 * pass.words * sizeof(uint64_t));
	for (; pass.first < to.nr; pass.first += pass.words * WORD) {
		memset(pass.bits, 0, count * 2 * pass.words * sizeof(uint64_t));
		seed_between(&pass, from, reach);
		descend(&pass, between);
	}
	free(pass.bits);
	return between;
}
