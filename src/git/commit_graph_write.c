/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/commit_graph_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sorted.h"

#define NO_PARENT   0x70000000u
#define LAST_EDGE   0x80000000u
#define LEVEL_SHIFT 2
#define HEADER      8
#define TOC_ENTRY   12
#define FANOUT      (256 * 4)
#define DATA        16 /* behind the tree */
#define CHUNKS_MAX  4

/* The commits in the order of their ids. */
struct sorted_commits {
	const struct commit_graph_writer *writer;
	const uint8_t **ids;
	uint32_t *parents, *first; /* of `i` from first[i] to [i + 1] */
	uint32_t *levels;
	size_t edges; /* of commits that have more than two */
};

void commit_graph_writer_release(struct commit_graph_writer *writer)
{
	buf_release(&writer->ids);
	buf_release(&writer->trees);
	buf_release(&writer->dates);
	buf_release(&writer->first);
	buf_release(&writer->parents);
	writer->nr = 0;
}

void commit_graph_writer_add(struct commit_graph_writer *writer,
			     const struct commit *commit)
{
	int64_t date = commit->committed.seconds;
	uint32_t first;

	if (!writer->nr++)
		writer->id = oid_size(&commit->id);
	first = (uint32_t)(writer->parents.n / writer->id);
	buf_add(&writer->ids, commit->id.raw, writer->id);
	buf_add(&writer->trees, commit->tree.raw, writer->id);
	buf_add(&writer->dates, &date, sizeof(date));
	buf_add(&writer->first, &first, sizeof(first));
	for (size_t i = 0; i < commit->parent_count; i++)
		buf_add(&writer->parents, commit->parents[i].raw, writer->id);
}

/* --- sorting ------------------------------------------------------------ */

/* No two are equal, so that none is read behind its end. */
static int compare_written(const void *a, const void *b)
{
	return memcmp(*(const uint8_t *const *)a, *(const uint8_t *const *)b,
		      OID_SHA1);
}

static int by_written(const void *id, const void *at)
{
	return memcmp(id, *(const uint8_t *const *)at, OID_SHA1);
}

/* In which place it came. */
static size_t written_place(const struct sorted_commits *sorted, size_t i)
{
	const struct commit_graph_writer *writer = sorted->writer;

	return (size_t)(sorted->ids[i] - (const uint8_t *)writer->ids.p) /
	       writer->id;
}

static void sort_written(struct sorted_commits *sorted)
{
	const struct commit_graph_writer *writer = sorted->writer;

	sorted->ids = mem_alloc(writer->nr * sizeof(*sorted->ids));
	for (size_t i = 0; i < writer->nr; i++)
		sorted->ids[i] =
			(const uint8_t *)writer->ids.p + i * writer->id;
	qsort(sorted->ids, writer->nr, sizeof(*sorted->ids), compare_written);
}

static uint32_t first_written(const struct commit_graph_writer *writer,
			      size_t place)
{
	uint32_t first;

	if (place == writer->nr)
		return (uint32_t)(writer->parents.n / writer->id);
	memcpy(&first, writer->first.p + place * sizeof(first), sizeof(first));
	return first;
}

/* False if one is not there. */
static bool number_parents(struct sorted_commits *sorted)
{
	const struct commit_graph_writer *writer = sorted->writer;
	uint32_t nr = 0;

	sorted->parents =
		mem_alloc((writer->parents.n / writer->id + 1) * sizeof(nr));
	sorted->first = mem_alloc((writer->nr + 1) * sizeof(nr));
	for (size_t i = 0; i < writer->nr; i++) {
		size_t place = written_place(sorted, i);
		uint32_t from = first_written(writer, place);
		uint32_t to = first_written(writer, place + 1);

		sorted->first[i] = nr;
		sorted->edges += to - from > 2 ? to - from - 1 : 0;
		for (; from < to; from++) {
			const char *id = writer->parents.p + from * writer->id;
			size_t at =
				sorted_first(id, sorted->ids, writer->nr,
					     sizeof(*sorted->ids), by_written);

			if (at == writer->nr ||
			    memcmp(sorted->ids[at], id, writer->id) != 0)
				return false;
			sorted->parents[nr++] = (uint32_t)at;
		}
	}
	sorted->first[writer->nr] = nr;
	return true;
}

/* --- levels ------------------------------------------------------------- */

/* A parent without a level, or else sets the level of `at`, and `at`. */
static uint32_t climb_down(struct sorted_commits *sorted, uint32_t at)
{
	uint32_t level = 1;

	for (uint32_t i = sorted->first[at]; i < sorted->first[at + 1]; i++) {
		uint32_t below = sorted->levels[sorted->parents[i]];

		if (!below)
			return sorted->parents[i];
		level = below >= level ? below + 1 : level;
	}
	sorted->levels[at] = level;
	return at;
}

/* Commits cannot be each other's parents. */
static void level_written(struct sorted_commits *sorted)
{
	size_t nr = sorted->writer->nr, depth;
	uint32_t *stack = mem_alloc(nr * sizeof(*stack));

	sorted->levels = mem_calloc(nr, sizeof(*sorted->levels));
	for (uint32_t i = 0; i < nr; i++) {
		stack[0] = i;
		for (depth = sorted->levels[i] ? 0 : 1; depth;) {
			uint32_t next = climb_down(sorted, stack[depth - 1]);

			if (next == stack[depth - 1])
				depth--;
			else
				stack[depth++] = next;
		}
	}
	free(stack);
}

/* --- the file ----------------------------------------------------------- */

static void add_be32(struct buf *out, uint32_t value)
{
	const uint8_t bytes[] = { (uint8_t)(value >> 24),
				  (uint8_t)(value >> 16), (uint8_t)(value >> 8),
				  (uint8_t)value };

	buf_add(out, bytes, sizeof(bytes));
}

static void add_be64(struct buf *out, uint64_t value)
{
	add_be32(out, (uint32_t)(value >> 32));
	add_be32(out, (uint32_t)value);
}

static void add_contents(struct buf *out, const struct sorted_commits *sorted)
{
	const struct commit_graph_writer *writer = sorted->writer;
	const struct {
		const char *name;
		size_t size;
	} chunks[CHUNKS_MAX] = { { "OIDF", FANOUT },
				 { "OIDL", writer->nr * writer->id },
				 { "CDAT", writer->nr * (writer->id + DATA) },
				 { "EDGE", sorted->edges * 4 } };
	size_t nr = sorted->edges ? CHUNKS_MAX : CHUNKS_MAX - 1;
	size_t at = HEADER + (nr + 1) * TOC_ENTRY;

	buf_add(out, "CGPH\1", 5);
	buf_addch(out, writer->id == OID_SHA1 ? 1 : 2);
	buf_addch(out, (char)nr);
	buf_addch(out, 0); /* files below it */
	for (size_t i = 0; i < nr; i++) {
		buf_addstr(out, chunks[i].name);
		add_be64(out, at);
		at += chunks[i].size;
	}
	add_be32(out, 0);
	add_be64(out, at);
}

static void add_written_ids(struct buf *out,
			    const struct sorted_commits *sorted)
{
	const struct commit_graph_writer *writer = sorted->writer;
	uint32_t at = 0;

	for (unsigned byte = 0; byte < 256; byte++) {
		while (at < writer->nr && sorted->ids[at][0] <= byte)
			at++;
		add_be32(out, at);
	}
	for (size_t i = 0; i < writer->nr; i++)
		buf_add(out, sorted->ids[i], writer->id);
}

/* Parents are two numbers; where there are more, the second is a place in the
 * list of edges. */
static void add_written_commits(struct buf *out,
				const struct sorted_commits *sorted)
{
	const struct commit_graph_writer *writer = sorted->writer;
	uint32_t edge = 0;

	for (size_t i = 0; i < writer->nr; i++) {
		const uint32_t *parents = sorted->parents + sorted->first[i];
		uint32_t nr = sorted->first[i + 1] - sorted->first[i];
		size_t place = written_place(sorted, i);
		int64_t date;

		memcpy(&date, writer->dates.p + place * sizeof(date),
		       sizeof(date));
		buf_add(out, writer->trees.p + place * writer->id, writer->id);
		add_be32(out, nr ? parents[0] : NO_PARENT);
		add_be32(out, nr < 2    ? NO_PARENT
			      : nr == 2 ? parents[1]
					: LAST_EDGE | edge);
		edge += nr > 2 ? nr - 1 : 0;
		add_be32(out, sorted->levels[i] << LEVEL_SHIFT |
				      ((uint32_t)(date >> 32) & 3));
		add_be32(out, (uint32_t)date);
	}
}

static void add_extra_edges(struct buf *out,
			    const struct sorted_commits *sorted)
{
	for (size_t i = 0; i < sorted->writer->nr; i++) {
		uint32_t from = sorted->first[i], to = sorted->first[i + 1];

		if (to - from <= 2)
			continue;
		for (uint32_t at = from + 1; at < to; at++)
			add_be32(out, sorted->parents[at] |
					      (at + 1 == to ? LAST_EDGE : 0));
	}
}

bool commit_graph_writer_finish(struct buf *out,
				const struct commit_graph_writer *writer)
{
	static const uint8_t no_sum[OID_RAW];
	struct sorted_commits sorted = { .writer = writer };
	bool whole = false;

	if (writer->nr && writer->nr < NO_PARENT) {
		sort_written(&sorted);
		whole = number_parents(&sorted);
	}
	if (whole) {
		level_written(&sorted);
		add_contents(out, &sorted);
		add_written_ids(out, &sorted);
		add_written_commits(out, &sorted);
		add_extra_edges(out, &sorted);
		buf_add(out, no_sum, writer->id);
	}
	free(sorted.ids);
	free(sorted.parents);
	free(sorted.first);
	free(sorted.levels);
	return whole;
}
