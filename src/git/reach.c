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
	const struct graph *graph;
	const struct sought *sought;
	size_t nr, first, words;
	uint64_t *bits; /* `words` for each commit */
};

static size_t bit_words(size_t columns)
{
	return (columns + WORD - 1) / WORD;
}

static size_t words_a_pass(const struct graph *graph, size_t columns)
{
	size_t count = graph_count(graph) + (size_t)1;
	size_t most = MEMORY_MAX / (count * sizeof(uint64_t));

	most = most > WORDS_MAX ? WORDS_MAX : most;
	most = most > bit_words(columns) ? bit_words(columns) : most;
	return most ? most : 1;
}

static uint64_t *row(uint64_t *bits, size_t words, uint32_t commit)
{
	return bits + (size_t)commit * words;
}

static void set_bit(uint64_t *bits, size_t column)
{
	bits[column / WORD] |= UINT64_C(1) << column % WORD;
}

static void merge_bits(uint64_t *into, const uint64_t *from, size_t words)
{
	for (size_t i = 0; i < words; i++)
		into[i] |= from[i];
}

bool reach_has(const struct reach *reach, size_t at, size_t column)
{
	return reach->bits[at * reach->words + column / WORD] >> column % WORD &
	       1;
}

/* --- reached ------------------------------------------------------------ */

/* Sets each column's bit at its commits; the lowest of these. */
static uint32_t seed(struct pass *pass)
{
	size_t end = pass->first + pass->words * WORD;
	uint32_t lowest = UINT32_MAX;

	for (size_t i = 0; i < pass->nr; i++) {
		const struct sought *sought = &pass->sought[i];

		if (sought->commit == GRAPH_NONE ||
		    sought->column < pass->first || sought->column >= end)
			continue;
		set_bit(row(pass->bits, pass->words, sought->commit),
			sought->column - pass->first);
		if (sought->commit < lowest)
			lowest = sought->commit;
	}
	return lowest;
}

/* From parents to children: each commit gets the bits of all that it
 * reaches. */
static void climb(struct pass *pass)
{
	uint32_t count = graph_count(pass->graph);

	for (uint32_t i = seed(pass); i < count; i++) {
		size_t nr;
		const uint32_t *parents = graph_parents(&nr, pass->graph, i);

		for (size_t j = 0; j < nr; j++)
			merge_bits(row(pass->bits, pass->words, i),
				   row(pass->bits, pass->words, parents[j]),
				   pass->words);
	}
}

void reach_fill(struct reach *out, struct arena *a, const struct graph *graph,
		struct commit_set from, const struct sought *sought, size_t nr,
		size_t columns)
{
	struct pass pass = { .graph = graph, .sought = sought, .nr = nr };
	size_t count = graph_count(graph) + (size_t)1;

	out->words = bit_words(columns);
	out->bits =
		arena_alloc(a, (from.nr * out->words + 1) * sizeof(uint64_t));
	if (!from.nr)
		return;
	pass.words = words_a_pass(graph, columns);
	for (; pass.first < columns; pass.first += pass.words * WORD) {
		size_t at = pass.first / WORD, left = out->words - at;

		if (left < pass.words)
			pass.words = left;
		pass.bits = mem_calloc(count * pass.words, sizeof(uint64_t));
		climb(&pass);
		for (size_t i = 0; i < from.nr; i++)
			if (from.at[i] != GRAPH_NONE)
				memcpy(out->bits + i * out->words + at,
				       row(pass.bits, pass.words, from.at[i]),
				       pass.words * sizeof(uint64_t));
		free(pass.bits);
	}
}

void reach_each(struct reach *out, struct arena *a, const struct graph *graph,
		struct commit_set from, struct commit_set to)
{
	struct sought *sought = mem_alloc((to.nr + 1) * sizeof(*sought));

	for (size_t i = 0; i < to.nr; i++)
		sought[i] = (struct sought){ to.at[i], (uint32_t)i };
	reach_fill(out, a, graph, from, sought, to.nr, to.nr);
	free(sought);
}

void reach_cut(bool *cut, const struct graph *graph, struct commit_set from)
{
	uint32_t count = graph_count(graph);
	bool *marked = mem_calloc(count + (size_t)1, 1);

	for (uint32_t i = 0; i < count; i++) {
		size_t nr;
		const uint32_t *parents = graph_parents(&nr, graph, i);

		marked[i] = graph_is_cut(graph, i);
		for (size_t j = 0; j < nr; j++)
			marked[i] |= marked[parents[j]];
	}
	for (size_t i = 0; i < from.nr; i++)
		cut[i] = from.at[i] != GRAPH_NONE && marked[from.at[i]];
	free(marked);
}

/* --- between ------------------------------------------------------------ */

/* The bits of the columns that a line lacks. */
static void seed_lacked(struct reach *out, struct commit_set from,
			size_t columns, const struct reach *reach)
{
	for (size_t i = 0; i < from.nr; i++) {
		uint64_t *lacked = row(out->bits, out->words, from.at[i]);

		for (size_t j = 0; from.at[i] != GRAPH_NONE && j < columns; j++)
			if (!reach_has(reach, i, j))
				set_bit(lacked, j);
	}
}

/* Takes from `lacked` what is below; whether anything is left. */
static bool clear_bits(uint64_t *lacked, const uint64_t *below, size_t words)
{
	uint64_t any = 0;

	for (size_t i = 0; i < words; i++) {
		lacked[i] &= ~below[i];
		any |= lacked[i];
	}
	return any != 0;
}

/* From children to parents. What is below a column's commit is not between,
 * and so is all that is further down. */
static void descend(struct reach *out, uint64_t *below,
		    const struct graph *graph)
{
	size_t words = out->words, nr;

	for (uint32_t i = graph_count(graph); i-- > 0;) {
		uint64_t *lacked = row(out->bits, words, i);
		uint64_t *own = row(below, words, i);
		bool any = clear_bits(lacked, own, words);
		const uint32_t *parents = graph_parents(&nr, graph, i);

		for (size_t j = 0; j < nr; j++) {
			merge_bits(row(below, words, parents[j]), own, words);
			if (any)
				merge_bits(row(out->bits, words, parents[j]),
					   lacked, words);
		}
	}
}

void reach_between(struct reach *out, const struct graph *graph,
		   struct commit_set from, struct commit_set to,
		   const struct reach *reach)
{
	size_t count = graph_count(graph) + (size_t)1;
	uint64_t *below;

	out->words = bit_words(to.nr);
	out->bits = mem_calloc(count * out->words + 1, sizeof(uint64_t));
	below = mem_calloc(count * out->words + 1, sizeof(uint64_t));
	seed_lacked(out, from, to.nr, reach);
	for (size_t i = 0; i < to.nr; i++)
		if (to.at[i] != GRAPH_NONE)
			set_bit(row(below, out->words, to.at[i]), i);
	descend(out, below, graph);
	free(below);
}

/* --- one of another ----------------------------------------------------- */

/* Commits that are still to be looked at; each is put there once. */
struct todo {
	uint32_t *at;
	size_t nr, cap;
	uint64_t *seen; /* a bit for each commit from the lowest on */
	uint32_t lowest;
};

static void push_todo(struct todo *todo, uint32_t commit)
{
	size_t bit = commit - todo->lowest;

	if (todo->seen[bit / WORD] >> bit % WORD & 1)
		return;
	set_bit(todo->seen, bit);
	if (todo->nr == todo->cap) {
		todo->cap = todo->cap ? todo->cap * 2 : 64;
		todo->at = mem_realloc(todo->at, todo->cap * sizeof(*todo->at));
	}
	todo->at[todo->nr++] = commit;
}

/* Parents have lower numbers: what is below `to` does not lead there. */
bool reach_one(const struct graph *graph, uint32_t from, uint32_t to)
{
	struct todo todo = { .lowest = to };
	bool found = from == to;

	if (from == GRAPH_NONE || to == GRAPH_NONE || from <= to)
		return found && from != GRAPH_NONE;
	todo.seen = mem_calloc(bit_words((size_t)(from - to) + 1),
			       sizeof(*todo.seen));
	push_todo(&todo, from);
	while (todo.nr && !found) {
		size_t nr;
		const uint32_t *parents =
			graph_parents(&nr, graph, todo.at[--todo.nr]);

		for (size_t i = 0; i < nr; i++)
			if (parents[i] >= to)
				push_todo(&todo, parents[i]);
		found = todo.seen[0] & 1;
	}
	free(todo.at);
	free(todo.seen);
	return found;
}

/* --- ranges -------------------------------------------------------------- */

enum { OF_TO = 1, OF_FROM = 2 };

void reach_range(struct commit_numbers *out, struct arena *a,
		 const struct graph *graph, unsigned char *paint, uint32_t from,
		 uint32_t to)
{
	uint32_t at = to, lowest = to;
	size_t left =
		1; /* that `to` reaches, and `from` not as far as we are */

	if (to == GRAPH_NONE || to == from)
		return;
	paint[to] = OF_TO;
	if (from != GRAPH_NONE) {
		paint[from] = OF_FROM;
		at = from > to ? from : to;
		lowest = from < to ? from : to;
	}
	/* Parents have lower numbers, so what is painted here is final. */
	for (; left; at--) {
		size_t nr;
		const uint32_t *parents;
		unsigned char of = paint[at];

		paint[at] = 0;
		if (!of)
			continue;
		if (of == OF_TO) {
			vec_push(a, out, at);
			left--;
		}
		parents = graph_parents(&nr, graph, at);
		for (size_t i = 0; i < nr; i++) {
			unsigned char *parent = &paint[parents[i]];

			left -= *parent == OF_TO;
			*parent |= of;
			left += *parent == OF_TO;
			if (parents[i] < lowest)
				lowest = parents[i];
		}
	}
	for (uint32_t i = lowest; i < at + 1; i++)
		paint[i] = 0;
}
