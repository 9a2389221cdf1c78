/* SPDX-License-Identifier: GPL-2.0-only */
/* A commit-graph file: whatever it says, each answer is of this graph, and a
 * walk along its parents ends. */
#include "git/commit_graph.h"
#include "target.h"

enum { COMMITS_MAX = 1 << 16 };

static void look(const struct commit_graph *graph, uint32_t commit,
		 uint32_t count)
{
	const struct oid id = commit_graph_id(graph, commit);
	uint32_t first, nr;
	size_t parents;
	const uint32_t *parent = commit_graph_parents(&parents, graph, commit);

	/* Of two with one id, either may be found. */
	if (commit_graph_find(graph, &id) != GRAPH_NONE)
		CHECK(commit_graph_find(graph, &id) < count);
	for (size_t i = 0; i < parents; i++) {
		CHECK(parent[i] < count);
		CHECK(commit_graph_level(graph, parent[i]) <
		      commit_graph_level(graph, commit));
	}
	for (size_t layer = 0;
	     commit_graph_search(&first, &nr, graph, layer, &id); layer++)
		CHECK(first <= count && nr <= count - first);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct commit_graph *graph = commit_graph_parse(bytes, n);
	uint32_t count;

	if (!graph)
		return 0;
	count = commit_graph_count(graph);
	for (uint32_t i = 0; i < count && i < COMMITS_MAX; i++)
		look(graph, i, count);
	commit_graph_close(graph);
	return 0;
}
