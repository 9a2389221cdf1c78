/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/commit_graph.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	HEADER = 8,
	TOC_ENTRY = 12,
	FANOUT = 256 * 4,
	DATA = 16, /* behind the tree: two parents, generation and date */
	LAYERS_MAX = 256,
	CHAIN_BYTES_MAX = LAYERS_MAX * (OID_HEX + 1),
};

#define NO_PARENT   0x70000000u
#define LAST_EDGE   0x80000000u
#define EDGE_VALUE  0x7fffffffu
#define LEVEL_SHIFT 2

/* One file. Its commits are numbered from `first` on; those below it in the
 * chain come before. */
struct layer {
	const uint8_t *bytes;
	size_t n;
	size_t id;   /* bytes of one: the file says by which hash */
	bool mapped; /* else it is on the heap */
	uint32_t first, count;
	const uint8_t *fanout, *ids, *data, *edges, *base;
	size_t edge_count;
};

struct commit_graph {
	struct layer layers[LAYERS_MAX];
	size_t nr;
	uint32_t count;
	uint32_t *levels;
	uint32_t *parents, *first_parent; /* those of `n` are from
					   * first_parent[n] to [n + 1] */
	size_t parent_cap, parents_max;
};

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static uint64_t be64(const uint8_t *p)
{
	return (uint64_t)be32(p) << 32 | be32(p + 4);
}

/* --- one file ----------------------------------------------------------- */

/* The chunk of this name; false if there is none, or if it does not lie in
 * the file. */
static bool find_chunk(const uint8_t **at, size_t *size,
		       const struct layer *layer, const char *name)
{
	const uint8_t *toc = layer->bytes + HEADER;

	for (unsigned i = 0; i < layer->bytes[6]; i++, toc += TOC_ENTRY) {
		uint64_t start = be64(toc + 4), end = be64(toc + 16);

		if (memcmp(toc, name, 4))
			continue;
		if (start > end || end > layer->n)
			return false;
		*at = layer->bytes + start;
		*size = (size_t)(end - start);
		return true;
	}
	return false;
}

static bool is_header(const struct layer *layer)
{
	const uint8_t *p = layer->bytes;

	return layer->n >= HEADER + TOC_ENTRY && !memcmp(p, "CGPH", 4) &&
	       p[4] == 1 && (p[5] == 1 || p[5] == 2) &&
	       layer->n >= HEADER + ((size_t)p[6] + 1) * TOC_ENTRY;
}

/* Whether the fan-out table is one: it never falls. */
static bool is_fanout(const uint8_t *fanout)
{
	for (size_t i = 1; i < 256; i++)
		if (be32(fanout + 4 * i) < be32(fanout + 4 * (i - 1)))
			return false;
	return true;
}

/* Finds the parts of a file whose bytes are set. */
static bool read_layer(struct layer *layer, size_t below)
{
	size_t fanout, ids, data, edges, base = 0;

	if (!is_header(layer) || layer->bytes[7] != below ||
	    !find_chunk(&layer->fanout, &fanout, layer, "OIDF") ||
	    !find_chunk(&layer->ids, &ids, layer, "OIDL") ||
	    !find_chunk(&layer->data, &data, layer, "CDAT") ||
	    fanout != FANOUT || !is_fanout(layer->fanout))
		return false;
	layer->count = be32(layer->fanout + 255 * 4);
	layer->id = layer->bytes[5] == 1 ? OID_SHA1 : OID_RAW;
	if (ids / layer->id != layer->count ||
	    data / (layer->id + DATA) != layer->count)
		return false;
	if (find_chunk(&layer->edges, &edges, layer, "EDGE"))
		layer->edge_count = edges / 4;
	return !below || (find_chunk(&layer->base, &base, layer, "BASE") &&
			  base == below * layer->id);
}

static void release_layer(struct layer *layer)
{
	union {
		const uint8_t *bytes;
		void *p;
	} memory = { layer->bytes };

	if (layer->mapped)
		file_unmap(layer->bytes, layer->n);
	else
		free(memory.p);
}

/* Puts a layer on top; it is released if it is none. */
static bool push(struct commit_graph *graph, struct layer *layer)
{
	if (!read_layer(layer, graph->nr) ||
	    layer->count >= NO_PARENT - graph->count) {
		release_layer(layer);
		return false;
	}
	layer->first = graph->count;
	graph->count += layer->count;
	graph->layers[graph->nr++] = *layer;
	return true;
}

static bool push_file(struct commit_graph *graph, const char *path)
{
	struct layer layer = { .mapped = true };

	layer.bytes = file_map_named(&layer.n, path);
	return layer.bytes && push(graph, &layer);
}

/* --- the whole ---------------------------------------------------------- */

/* Whether each layer lies on those that it was written for. */
static bool is_layer_chain(const struct commit_graph *graph,
			   const struct oid *names)
{
	const struct layer *top = &graph->layers[graph->nr - 1];

	for (size_t i = 0; i + 1 < graph->nr; i++)
		if (graph->layers[i].id != top->id ||
		    memcmp(top->base + i * top->id, names[i].raw, top->id))
			return false;
	return true;
}

/* `list` names the layers, the lowest first, a line each. */
static bool push_chain(struct commit_graph *graph, const char *objects,
		       const char *list)
{
	struct oid names[LAYERS_MAX];
	struct buf path = BUF_INIT;
	char hex[OID_HEX + 1];
	bool good = true;
	size_t n;

	while (good && graph->nr < LAYERS_MAX &&
	       (n = oid_parse(&names[graph->nr], list))) {
		buf_reset(&path);
		buf_addf(&path, "%s/info/commit-graphs/graph-%s.graph", objects,
			 oid_hex(hex, &names[graph->nr]));
		good = push_file(graph, path.p) && is_layer_chain(graph, names);
		list += n + (list[n] == '\n');
	}
	buf_release(&path);
	return good && !*list && graph->nr;
}

static bool open_chain(struct commit_graph *graph, const char *objects)
{
	struct buf path = BUF_INIT, list = BUF_INIT;
	struct err *e;
	bool good;

	buf_addf(&path, "%s/info/commit-graphs/commit-graph-chain", objects);
	e = file_read_named(&list, path.p, CHAIN_BYTES_MAX);
	good = !e && push_chain(graph, objects, list.p);
	err_free(e);
	buf_release(&path);
	buf_release(&list);
	return good;
}

static bool push_parent(struct commit_graph *graph, uint32_t *nr,
			uint32_t parent)
{
	if (*nr == graph->parent_cap) {
		graph->parent_cap = graph->parent_cap * 2 + 256;
		graph->parents = mem_realloc(
			graph->parents, graph->parent_cap * sizeof(uint32_t));
	}
	graph->parents[(*nr)++] = parent;
	/* One list of edges that all commits share would be none of git's. */
	return parent < graph->count && *nr <= graph->parents_max;
}

/* The second parent and those after it stand in a list of their own, whose
 * last one is marked. */
static bool add_edges(struct commit_graph *graph, uint32_t *nr,
		      const struct layer *layer, size_t edge)
{
	uint32_t value = 0;

	for (; !(value & LAST_EDGE); edge++) {
		if (edge >= layer->edge_count)
			return false;
		value = be32(layer->edges + 4 * edge);
		if (!push_parent(graph, nr, value & EDGE_VALUE))
			return false;
	}
	return true;
}

/* No level is 0: one that is was written by a git that knew none; and none is
 * higher than there are commits. */
static bool read_graph_commit(struct commit_graph *graph, uint32_t *nr,
			      const struct layer *layer, uint32_t at)
{
	const uint8_t *data =
		layer->data + (size_t)at * (layer->id + DATA) + layer->id;
	uint32_t first = be32(data), second = be32(data + 4);
	uint32_t level = be32(data + 8) >> LEVEL_SHIFT;

	graph->levels[layer->first + at] = level;
	graph->first_parent[layer->first + at] = *nr;
	if (!level || level > graph->count)
		return false;
	if (first != NO_PARENT && !push_parent(graph, nr, first))
		return false;
	if (second == NO_PARENT)
		return true;
	if (second & LAST_EDGE)
		return add_edges(graph, nr, layer, second & EDGE_VALUE);
	return push_parent(graph, nr, second);
}

static bool read_graph_commits(struct commit_graph *graph)
{
	size_t size = ((size_t)graph->count + 1) * sizeof(uint32_t);
	uint32_t nr = 0;

	graph->parents_max = 2 * (size_t)graph->count;
	for (size_t i = 0; i < graph->nr; i++)
		graph->parents_max += graph->layers[i].edge_count;
	graph->levels = mem_alloc(size);
	graph->first_parent = mem_alloc(size);
	for (size_t i = 0; i < graph->nr; i++)
		for (uint32_t j = 0; j < graph->layers[i].count; j++)
			if (!read_graph_commit(graph, &nr, &graph->layers[i],
					       j))
				return false;
	graph->first_parent[graph->count] = nr;
	return true;
}

/* A parent that is no lower in level would send a walk astray. */
static bool is_sound_graph(const struct commit_graph *graph)
{
	for (uint32_t i = 0; i < graph->count; i++)
		for (uint32_t j = graph->first_parent[i];
		     j < graph->first_parent[i + 1]; j++)
			if (graph->levels[graph->parents[j]] >=
			    graph->levels[i])
				return false;
	return true;
}

/* What was read of the files, but for ids, is not needed again: those are had
 * from the file once more where they are asked for. */
static void forget_pages(const struct commit_graph *graph)
{
	for (size_t i = 0; i < graph->nr; i++) {
		union {
			const uint8_t *bytes;
			void *p;
		} memory = { graph->layers[i].bytes };

		if (graph->layers[i].mapped)
			madvise(memory.p, graph->layers[i].n, MADV_DONTNEED);
	}
}

static struct commit_graph *checked(struct commit_graph *graph, bool good)
{
	if (good && read_graph_commits(graph) && is_sound_graph(graph)) {
		forget_pages(graph);
		return graph;
	}
	commit_graph_close(graph);
	return NULL;
}

struct commit_graph *commit_graph_open(const char *objects)
{
	struct commit_graph *graph = mem_calloc(1, sizeof(*graph));
	struct buf path = BUF_INIT;
	bool good;

	buf_addf(&path, "%s/info/commit-graph", objects);
	good = push_file(graph, path.p) || open_chain(graph, objects);
	buf_release(&path);
	return checked(graph, good);
}

struct commit_graph *commit_graph_parse(const void *bytes, size_t n)
{
	struct commit_graph *graph = mem_calloc(1, sizeof(*graph));
	struct layer layer = { .n = n };
	uint8_t *copy = mem_alloc(n + 1);

	memcpy(copy, bytes, n);
	layer.bytes = copy;
	return checked(graph, push(graph, &layer));
}

void commit_graph_close(struct commit_graph *graph)
{
	if (!graph)
		return;
	for (size_t i = 0; i < graph->nr; i++)
		release_layer(&graph->layers[i]);
	free(graph->levels);
	free(graph->parents);
	free(graph->first_parent);
	free(graph);
}

/* --- questions ---------------------------------------------------------- */

uint32_t commit_graph_count(const struct commit_graph *graph)
{
	return graph->count;
}

/* Where in the layer `id` is, or would be. */
static uint32_t find_in_layer(const struct layer *layer, const struct oid *id)
{
	uint32_t byte = id->raw[0];
	uint32_t low = byte ? be32(layer->fanout + 4 * (byte - 1)) : 0;
	uint32_t high = be32(layer->fanout + 4 * byte);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (memcmp(layer->ids + (size_t)middle * layer->id, id->raw,
			   layer->id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t commit_graph_find(const struct commit_graph *graph,
			   const struct oid *id)
{
	for (size_t i = graph->nr; i-- > 0;) {
		const struct layer *layer = &graph->layers[i];
		uint32_t at = find_in_layer(layer, id);

		if (at < layer->count &&
		    !memcmp(layer->ids + (size_t)at * layer->id, id->raw,
			    layer->id))
			return layer->first + at;
	}
	return GRAPH_NONE;
}

bool commit_graph_search(uint32_t *first, uint32_t *nr,
			 const struct commit_graph *graph, size_t layer,
			 const struct oid *id)
{
	const struct layer *at = &graph->layers[layer];
	uint32_t found;

	if (layer >= graph->nr)
		return false;
	found = find_in_layer(at, id);
	*first = at->first + found;
	*nr = at->count - found;
	return true;
}

static const struct layer *layer_of(const struct commit_graph *graph,
				    uint32_t commit)
{
	size_t i = graph->nr - 1;

	while (graph->layers[i].first > commit)
		i--;
	return &graph->layers[i];
}

struct oid commit_graph_id(const struct commit_graph *graph, uint32_t commit)
{
	const struct layer *layer = layer_of(graph, commit);
	struct oid id = { { 0 } };

	memcpy(id.raw, layer->ids + (size_t)(commit - layer->first) * layer->id,
	       layer->id);
	return id;
}

struct oid commit_graph_tree(const struct commit_graph *graph, uint32_t commit)
{
	const struct layer *layer = layer_of(graph, commit);
	struct oid tree = { { 0 } };

	memcpy(tree.raw,
	       layer->data +
		       (size_t)(commit - layer->first) * (layer->id + DATA),
	       layer->id);
	return tree;
}

uint32_t commit_graph_level(const struct commit_graph *graph, uint32_t commit)
{
	return graph->levels[commit];
}

const uint32_t *commit_graph_parents(size_t *nr,
				     const struct commit_graph *graph,
				     uint32_t commit)
{
	uint32_t first = graph->first_parent[commit];

	*nr = graph->first_parent[commit + 1] - first;
	return *nr ? &graph->parents[first] : NULL;
}
