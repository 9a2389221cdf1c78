/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/graph.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/opener.h"
#include "base/progress.h"
#include "git/ancestry.h"
#include "git/child.h"
#include "git/commit_graph.h"
#include "git/commit_graph_write.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/oidmap.h"
#include "git/oidset.h"

/* Where more commits than this lie outside of a graph, reading them one by one
 * (10 to 20 microseconds each) takes longer than a person should wait for again
 * and again. */
#define AHEAD_MAX 512

/* A lock that is older was left by a process that was killed. Seconds. */
#define LOCK_AGE_MAX 600

#define ALTERNATES_DEPTH 5

/* A commit that was read on its own. */
struct loose {
	struct oid id;
	uint32_t level;     /* 0: not known yet */
	uint32_t first, nr; /* its parents in `written`, as places */
	bool cut, open;     /* open: its level is being found */
};

struct graph {
	struct commit_graph *file; /* or NULL */
	uint32_t base;             /* so many commits are in it */
	struct loose *loose;
	size_t nr, cap;
	struct oidmap map; /* from the ids of loose ones to their index */
	uint32_t *written; /* parents of loose ones */
	size_t written_nr, written_cap;

	/* A place is where a commit was read: in the graph, or after it among
	 * the loose ones. Numbers follow the levels. */
	uint32_t *place_of, *number_of;
	uint32_t *parents, *first_parent; /* numbers; of `n` they are from
					   * first_parent[n] to [n + 1] */
};

/* What makes history another than the commits say. */
struct bends {
	struct oidmap replaced; /* to an index into `by` */
	struct oids by;
	struct oidmap grafted; /* to an index into `grafts` */
	struct VEC_OF(struct oids) grafts;
	struct oidset shallow;
	struct arena arena;
};

struct reader {
	struct graph *graph;
	struct repo *repo;
	struct bends bends;
	size_t most; /* loose commits; 0: any number */
};

/* --- grafts, replace refs, shallow ends --------------------------------- */

/* They are read here and not asked of `git rev-list --parents`: that fails at
 * the first commit that is missing, and does not tell a commit that lost a
 * parent from one that never had it. Of the first nothing is known; the second
 * is a root. */

/* core.useReplaceRefs, which is on unless it is switched off. */
static bool replaces(void)
{
	static const char *const args[] = { "config", "--type=bool",
					    "core.useReplaceRefs", NULL };
	struct buf text = BUF_INIT;
	struct err *e;
	bool off;

	if (getenv("GIT_NO_REPLACE_OBJECTS"))
		return false;
	e = child_run(&text, args, NULL); /* fails where it is not set */
	off = !e && !strcmp(text.p, "false\n");
	err_pass(e);
	buf_release(&text);
	return !off;
}

/* "<id> <ref>", a line each: the last part of the ref's name is the commit that
 * the id stands for. */
static struct err *read_replaced(struct bends *bends)
{
	const char *base = getenv("GIT_REPLACE_REF_BASE");
	const char *const args[] = { "for-each-ref",
				     "--format=%(objectname) %(refname)",
				     base ? base : "refs/replace/", NULL };
	struct buf text = BUF_INIT;
	struct oid by, id;
	struct err *e;

	if (!replaces())
		return NULL;
	e = child_run(&text, args, NULL);
	for (char *line = text.p, *next; !e && *line; line = next) {
		size_t n = strcspn(line, "\n");
		char *name;

		next = line + n + (line[n] == '\n');
		line[n] = '\0';
		name = strrchr(line, '/');
		if (!name || !oid_is_full(name + 1) || !oid_parse(&by, line))
			continue;
		oid_parse(&id, name + 1);
		oidmap_add(&bends->replaced, &id, bends->by.nr);
		vec_push(&bends->arena, &bends->by, by);
	}
	buf_release(&text);
	return e;
}

/* "<commit> <parent> ..." */
static void read_graft(struct bends *bends, const char *line, size_t n)
{
	struct oids parents = { 0 };
	struct oid id, parent;
	size_t at = oid_parse(&id, line), digits;

	if (!at)
		return;
	for (; at < n && line[at] == ' '; at += 1 + digits) {
		digits = oid_parse(&parent, line + at + 1);
		if (!digits)
			break;
		vec_push(&bends->arena, &parents, parent);
	}
	if (oidmap_add(&bends->grafted, &id, bends->grafts.nr))
		vec_push(&bends->arena, &bends->grafts, parents);
}

static void read_grafts(struct bends *bends, const struct repo *repo)
{
	const char *file = getenv("GIT_GRAFT_FILE");
	struct buf path = BUF_INIT, text = BUF_INIT;

	if (file)
		buf_addstr(&path, file);
	else
		buf_addf(&path, "%s/info/grafts", repo->common_dir);
	/* As a rule there are none. */
	err_pass(file_read_named(&text, path.p, FILE_MAX));
	for (const char *line = text.p; *line;) {
		size_t n = strcspn(line, "\n");

		read_graft(bends, line, n);
		line += n + (line[n] == '\n');
	}
	buf_release(&path);
	buf_release(&text);
}

static struct err *read_bends(struct bends *bends, struct repo *repo)
{
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, &bends->arena, repo);

	for (size_t i = 0; i < ends.nr; i++)
		oidset_add(&bends->shallow, &ends.at[i]);
	read_grafts(bends, repo);
	return e ? e : read_replaced(bends);
}

static void release_bends(struct bends *bends)
{
	oidmap_release(&bends->replaced);
	oidmap_release(&bends->grafted);
	oidset_release(&bends->shallow);
	arena_release(&bends->arena);
}

/* --- loose commits ------------------------------------------------------ */

static uint32_t find_graph_place(const struct graph *graph,
				 const struct oid *id)
{
	uint32_t at =
		graph->file ? commit_graph_find(graph->file, id) : GRAPH_NONE;
	size_t loose;

	if (at == GRAPH_NONE && oidmap_get(&loose, &graph->map, id))
		at = graph->base + (uint32_t)loose;
	return at;
}

/* The place of a commit, which is loose from now on if the graph has it not. */
static uint32_t place_commit(struct graph *graph, const struct oid *id)
{
	uint32_t at = find_graph_place(graph, id);

	if (at != GRAPH_NONE)
		return at;
	if (graph->nr == graph->cap) {
		graph->cap = graph->cap ? graph->cap * 2 : 64;
		graph->loose = mem_realloc(graph->loose,
					   graph->cap * sizeof(*graph->loose));
	}
	oidmap_add(&graph->map, id, graph->nr);
	graph->loose[graph->nr] = (struct loose){ .id = *id };
	return graph->base + (uint32_t)graph->nr++;
}

static void add_loose_parent(struct graph *graph, size_t loose,
			     const struct oid *id)
{
	uint32_t parent = place_commit(graph, id);

	if (graph->written_nr == graph->written_cap) {
		graph->written_cap =
			graph->written_cap ? graph->written_cap * 2 : 256;
		graph->written = mem_realloc(
			graph->written, graph->written_cap * sizeof(uint32_t));
	}
	graph->written[graph->written_nr++] = parent;
	graph->loose[loose].nr++;
}

/* The next parent in the head of a commit object, *text moves after it; false
 * after the last. */
static bool next_written(struct oid *id, const char **text)
{
	static const char parent[] = "parent ";
	size_t n;

	if (!strncmp(*text, "tree ", 5))
		*text += strcspn(*text, "\n") + 1;
	if (strncmp(*text, parent, strlen(parent)) ||
	    !(n = oid_parse(id, *text + strlen(parent))))
		return false;
	*text += strlen(parent) + n + 1;
	return true;
}

static bool has_parent(struct graph *graph, size_t loose, const struct oid *id)
{
	const struct loose *at = &graph->loose[loose];
	uint32_t parent = find_graph_place(graph, id);

	for (uint32_t i = 0; i < at->nr; i++)
		if (graph->written[at->first + i] == parent)
			return true;
	return false;
}

/* Shallow ends have no parents, then grafts give theirs, as in git's own
 * parse_commit_buffer(). */
static void add_parents(struct reader *reader, size_t loose, const char *text)
{
	struct graph *graph = reader->graph;
	const struct bends *bends = &reader->bends;
	struct oid id = graph->loose[loose].id;
	size_t graft;

	graph->loose[loose].first = (uint32_t)graph->written_nr;
	if (oidset_has(&bends->shallow, &id))
		return;
	if (!oidmap_get(&graft, &bends->grafted, &id)) {
		while (next_written(&id, &text))
			add_loose_parent(graph, loose, &id);
		return;
	}
	for (size_t i = 0; i < bends->grafts.at[graft].nr; i++)
		add_loose_parent(graph, loose, &bends->grafts.at[graft].at[i]);
}

/* Whether a parent that the commit itself names was taken away from it. */
static bool is_cut(struct graph *graph, size_t loose, const char *text)
{
	struct oid id;

	while (next_written(&id, &text))
		if (!has_parent(graph, loose, &id))
			return true;
	return false;
}

/* False if it is not here, or no commit. To be released. */
static bool read_loose_commit(struct object *out, struct reader *reader,
			      const struct oid *id)
{
	struct err *e = object_read(out, reader->repo, id, SIZE_MAX);

	if (!e && out->type == OBJECT_COMMIT)
		return true;
	if (!e)
		object_release(out);
	err_pass(e);
	return false;
}

/* What stands for a commit may be another object; what it says of its parents
 * is held to its own. */
static void read_loose(struct reader *reader, size_t loose)
{
	struct graph *graph = reader->graph;
	const struct bends *bends = &reader->bends;
	struct oid id = graph->loose[loose].id;
	struct object own, by;
	size_t at;
	bool here = read_loose_commit(&own, reader, &id), replaced;

	replaced = oidmap_get(&at, &bends->replaced, &id) &&
		   read_loose_commit(&by, reader, &bends->by.at[at]);
	if (here || replaced)
		add_parents(reader, loose, replaced ? by.bytes : own.bytes);
	graph->loose[loose].cut = !here || oidset_has(&bends->shallow, &id) ||
				  is_cut(graph, loose, own.bytes);
	if (here)
		object_release(&own);
	if (replaced)
		object_release(&by);
}

/* False once there are more than `most`. */
static bool read_histories(struct reader *reader, const struct oids *tips)
{
	struct graph *graph = reader->graph;

	for (size_t i = 0; i < tips->nr; i++)
		place_commit(graph, &tips->at[i]);
	for (size_t i = 0; i < graph->nr; i++) {
		if (reader->most && graph->nr > reader->most)
			return false;
		read_loose(reader, i);
	}
	return true;
}

/* --- levels ------------------------------------------------------------- */

static uint32_t level_of(const struct graph *graph, uint32_t place)
{
	return place < graph->base ? commit_graph_level(graph->file, place)
				   : graph->loose[place - graph->base].level;
}

static uint32_t parent_at(const struct graph *graph, const struct loose *loose,
			  uint32_t i)
{
	return graph->written[loose->first + i];
}

/* The next loose parent whose level is not known; NULL if all are. A graft can
 * make a circle: what is being looked at is passed over. */
static struct loose *unknown_parent(const struct graph *graph,
				    const struct loose *loose)
{
	for (uint32_t i = 0; i < loose->nr; i++) {
		uint32_t parent = parent_at(graph, loose, i);
		struct loose *at;

		if (parent < graph->base)
			continue;
		at = &graph->loose[parent - graph->base];
		if (!at->level && !at->open)
			return at;
	}
	return NULL;
}

static void set_level(struct graph *graph, struct loose *loose)
{
	uint32_t level = 1;

	for (uint32_t i = 0; i < loose->nr; i++) {
		uint32_t below = level_of(graph, parent_at(graph, loose, i));

		if (below >= level)
			level = below + 1;
	}
	loose->level = level;
	loose->open = false;
}

static void set_levels(struct graph *graph)
{
	size_t *stack = mem_alloc((graph->nr + 1) * sizeof(*stack)), depth;

	for (size_t i = 0; i < graph->nr; i++) {
		if (graph->loose[i].level)
			continue;
		stack[0] = i;
		for (depth = 1; depth;) {
			struct loose *at = &graph->loose[stack[depth - 1]];
			struct loose *below;

			at->open = true;
			below = unknown_parent(graph, at);
			if (below) {
				stack[depth++] = (size_t)(below - graph->loose);
				continue;
			}
			set_level(graph, at);
			depth--;
		}
	}
	free(stack);
}

/* --- graphs ------------------------------------------------------------- */

static void object_dir(struct buf *out, const struct repo *repo)
{
	const char *dir = getenv("GIT_OBJECT_DIRECTORY");

	if (dir)
		buf_addstr(out, dir);
	else
		buf_addf(out, "%s/objects", repo->common_dir);
}

static void history_dir(struct buf *out, const struct repo *repo)
{
	buf_addf(out, "%s/retro/objects", repo->common_dir);
}

/* The graph of an object directory or, as git looks for it, of those that it
 * borrows from. */
static struct commit_graph *find_graph(const char *objects, int depth)
{
	struct commit_graph *file = commit_graph_open(objects);
	struct buf path = BUF_INIT, list = BUF_INIT;

	if (!file && depth) {
		buf_addf(&path, "%s/info/alternates", objects);
		err_pass(file_read_named(&list, path.p,
					 FILE_MAX)); /* mostly none */
	}
	for (const char *line = list.p; !file && *line;) {
		size_t n = strcspn(line, "\n");

		buf_reset(&path);
		if (*line != '/')
			buf_addf(&path, "%s/", objects);
		buf_add(&path, line, n);
		if (n && *line != '#')
			file = find_graph(path.p, depth - 1);
		line += n + (line[n] == '\n');
	}
	buf_release(&path);
	buf_release(&list);
	return file;
}

static struct commit_graph *repo_graph(const struct repo *repo)
{
	struct buf dir = BUF_INIT;
	struct commit_graph *file;

	object_dir(&dir, repo);
	file = find_graph(dir.p, ALTERNATES_DEPTH);
	buf_release(&dir);
	return file;
}

static struct commit_graph *own_graph(const struct repo *repo)
{
	struct buf dir = BUF_INIT;
	struct commit_graph *file;

	history_dir(&dir, repo);
	file = commit_graph_open(dir.p);
	buf_release(&dir);
	return file;
}

/* What git has been told to look at is not all of the repository's, or not for
 * good. */
static bool has_other_objects(void)
{
	return getenv("GIT_OBJECT_DIRECTORY") ||
	       getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
}

bool graph_is_wanted(struct repo *repo)
{
	struct commit_graph *file;

	if (repo->untouched || has_other_objects() || ancestry_is_bent(repo))
		return false;
	file = repo_graph(repo);
	if (!file)
		file = own_graph(repo);
	commit_graph_close(file);
	return !file;
}

void graph_keep(const struct repo *repo,
		const struct commit_graph_writer *writer)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	struct err *e;

	history_dir(&path, repo);
	buf_addstr(&path, "/info/commit-graph");
	if (writer->nr > AHEAD_MAX &&
	    commit_graph_writer_finish(&bytes, writer)) {
		e = file_make_parents(path.p);
		if (!e)
			e = file_write(path.p, bytes.p, bytes.n, 0444,
				       FILE_OVER, NULL);
		err_free(e);
	}
	buf_release(&path);
	buf_release(&bytes);
}

static void drop_old_lock(const char *objects)
{
	struct buf path = BUF_INIT;
	struct stat st;

	buf_addf(&path, "%s/info/commit-graph.lock", objects);
	if (!opener_stat(&st, AT_FDCWD, path.p) &&
	    time(NULL) - st.st_mtime > LOCK_AGE_MAX)
		err_free(file_remove(path.p));
	buf_release(&path);
}

/* git writes what is asked of it into its object directory: for this one
 * command that is ours, which borrows from the repository's. Failing is no
 * error: then commits are read one by one. */
static void write_own_graph(const struct repo *repo)
{
	static const char *const args[] = { CHILD_FRUGAL,
					    "-c",
					    "core.commitGraph=true",
					    "commit-graph",
					    "write",
					    "--reachable",
					    "--no-progress",
					    "--no-changed-paths",
					    NULL };
	struct buf objects = BUF_INIT, own = BUF_INIT, path = BUF_INIT,
		   others = BUF_INIT, ignored = BUF_INIT;
	struct progress progress;
	struct err *e;

	progress_wait(&progress, N_("Reading history"));
	object_dir(&objects, repo);
	history_dir(&own, repo);
	buf_addf(&path, "%s/info/x", own.p);
	e = file_make_parents(path.p);
	/* Both names would be read as something else. */
	if (!e && !has_other_objects() && !strpbrk(objects.p, ":\"\n")) {
		drop_old_lock(own.p);
		buf_reset(&path);
		buf_addf(&path, "GIT_OBJECT_DIRECTORY=%s", own.p);
		buf_addf(&others, "GIT_ALTERNATE_OBJECT_DIRECTORIES=%s",
			 objects.p);
		e = child_run_in(
			&ignored, args, NULL,
			(const char *const[]){ path.p, others.p, NULL });
	}
	progress_stop(&progress);
	err_free(e);
	buf_release(&objects);
	buf_release(&own);
	buf_release(&path);
	buf_release(&others);
	buf_release(&ignored);
}

/* --- numbers ------------------------------------------------------------ */

/* Sorts the places by level, by counting. */
static void set_numbers(struct graph *graph)
{
	uint32_t count = graph_count(graph), high = 0, at = 0;
	uint32_t *levels = mem_alloc(((size_t)count + 1) * sizeof(*levels));
	uint32_t *starts;

	for (uint32_t i = 0; i < count; i++) {
		levels[i] = level_of(graph, i);
		high = levels[i] > high ? levels[i] : high;
	}
	starts = mem_calloc((size_t)high + 1, sizeof(*starts));
	for (uint32_t i = 0; i < count; i++)
		starts[levels[i]]++;
	for (uint32_t level = 0; level <= high; level++) {
		uint32_t here = starts[level];

		starts[level] = at;
		at += here;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t number = starts[levels[i]]++;

		graph->number_of[i] = number;
		graph->place_of[number] = i;
	}
	free(starts);
	free(levels);
}

/* Those that a place has, as places. */
static const uint32_t *parents_at(size_t *nr, const struct graph *graph,
				  uint32_t place)
{
	const struct loose *loose;

	if (place < graph->base)
		return commit_graph_parents(nr, graph->file, place);
	loose = &graph->loose[place - graph->base];
	*nr = loose->nr;
	return *nr ? &graph->written[loose->first] : NULL;
}

static size_t count_parents(const struct graph *graph)
{
	size_t all = graph->written_nr, nr;

	for (uint32_t i = 0; i < graph->base; i++) {
		commit_graph_parents(&nr, graph->file, i);
		all += nr;
	}
	return all;
}

/* A graft can make a circle: a parent that does not come before is none. */
static void set_parents(struct graph *graph)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < graph_count(graph); i++) {
		size_t nr;
		const uint32_t *places =
			parents_at(&nr, graph, graph->place_of[i]);

		graph->first_parent[i] = at;
		for (size_t j = 0; j < nr; j++) {
			uint32_t parent = graph->number_of[places[j]];

			if (parent < i)
				graph->parents[at++] = parent;
		}
	}
	graph->first_parent[graph_count(graph)] = at;
}

static void number_all(struct graph *graph)
{
	size_t count = graph_count(graph) + (size_t)1;

	graph->place_of = mem_alloc(count * sizeof(uint32_t));
	graph->number_of = mem_alloc(count * sizeof(uint32_t));
	graph->first_parent = mem_alloc(count * sizeof(uint32_t));
	graph->parents =
		mem_alloc((count_parents(graph) + 1) * sizeof(uint32_t));
	set_numbers(graph);
	set_parents(graph);
}

/* --- the whole ---------------------------------------------------------- */

static void reset(struct graph *graph, struct commit_graph *file)
{
	commit_graph_close(graph->file);
	oidmap_release(&graph->map);
	graph->file = file;
	graph->base = file ? commit_graph_count(file) : 0;
	graph->nr = graph->written_nr = 0;
}

/* Reads on top of `graph`, which it takes. False if too much is missing. */
static bool try(struct reader *reader, const struct oids *tips,
		struct commit_graph *file, size_t most)
{
	reset(reader->graph, file);
	reader->most = most;
	return read_histories(reader, tips);
}

static void fill_history(struct reader *reader, struct repo *repo,
			 const struct oids *tips)
{
	if (try(reader, tips, repo_graph(repo), AHEAD_MAX) ||
	    try(reader, tips, own_graph(repo), AHEAD_MAX))
		return;
	if (!repo->untouched)
		write_own_graph(repo);
	try(reader, tips, own_graph(repo), 0);
}

struct err *graph_open(struct graph **out, struct repo *repo,
		       const struct oids *tips)
{
	struct graph *graph = mem_calloc(1, sizeof(*graph));
	struct reader reader = { .graph = graph, .repo = repo };
	struct err *e = NULL;

	if (ancestry_is_bent(repo)) {
		e = read_bends(&reader.bends, repo);
		if (!e)
			try(&reader, tips, NULL, 0);
	} else {
		fill_history(&reader, repo, tips);
	}
	release_bends(&reader.bends);
	if (e) {
		graph_close(graph);
		return e;
	}
	set_levels(graph);
	number_all(graph);
	*out = graph;
	return NULL;
}

void graph_close(struct graph *graph)
{
	if (!graph)
		return;
	commit_graph_close(graph->file);
	oidmap_release(&graph->map);
	free(graph->loose);
	free(graph->written);
	free(graph->place_of);
	free(graph->number_of);
	free(graph->parents);
	free(graph->first_parent);
	free(graph);
}

/* --- questions ---------------------------------------------------------- */

uint32_t graph_count(const struct graph *graph)
{
	return graph->base + (uint32_t)graph->nr;
}

static uint32_t graph_number_at(const struct graph *graph, uint32_t place)
{
	return place == GRAPH_NONE ? GRAPH_NONE : graph->number_of[place];
}

uint32_t graph_find(const struct graph *graph, const struct oid *id)
{
	return graph_number_at(graph, find_graph_place(graph, id));
}

static struct oid id_at(const struct graph *graph, uint32_t place)
{
	return place < graph->base ? commit_graph_id(graph->file, place)
				   : graph->loose[place - graph->base].id;
}

uint32_t graph_by_id(const struct graph *graph, uint32_t i)
{
	return graph->number_of[i];
}

struct oid graph_id(const struct graph *graph, uint32_t commit)
{
	return id_at(graph, graph->place_of[commit]);
}

bool graph_tree(struct oid *out, const struct graph *graph, uint32_t commit)
{
	uint32_t place = graph->place_of[commit];

	if (place >= graph->base)
		return false;
	*out = commit_graph_tree(graph->file, place);
	return true;
}

/* Whether the commit's id begins with the digits, which may be an odd number.
 * */
static bool id_begins(const struct oid *id, const char *hex, size_t n)
{
	char full[OID_HEX + 1];

	return !strncasecmp(oid_hex(full, id), hex, n);
}

/* One more that fits; several are none. */
static void take_place(uint32_t *found, bool *several, uint32_t place)
{
	*several |= *found != GRAPH_NONE && *found != place;
	*found = place;
}

static uint32_t find_begun(const struct graph *graph, const char *hex, size_t n,
			   const struct oid *low)
{
	uint32_t found = GRAPH_NONE, first, nr;
	bool several = false;

	for (size_t layer = 0;
	     graph->file &&
	     commit_graph_search(&first, &nr, graph->file, layer, low);
	     layer++)
		for (uint32_t i = 0; i < nr && i < 2; i++) {
			struct oid id = id_at(graph, first + i);

			if (id_begins(&id, hex, n))
				take_place(&found, &several, first + i);
		}
	for (size_t i = 0; i < graph->nr; i++)
		if (id_begins(&graph->loose[i].id, hex, n))
			take_place(&found, &several, graph->base + (uint32_t)i);
	return several ? GRAPH_NONE : found;
}

uint32_t graph_find_prefix(const struct graph *graph, const char *hex)
{
	size_t n = strlen(hex);
	char padded[OID_HEX + 1];
	struct oid low;

	if (!n || n > OID_HEX)
		return GRAPH_NONE;
	memset(padded, '0', OID_HEX);
	memcpy(padded, hex, n);
	padded[OID_HEX] = '\0';
	if (!oid_parse(&low, padded))
		return GRAPH_NONE;
	if (oid_is_full(hex))
		return oid_parse(&low, hex) ? graph_find(graph, &low)
					    : GRAPH_NONE;
	return graph_number_at(graph, find_begun(graph, hex, n, &low));
}

const uint32_t *graph_parents(size_t *nr, const struct graph *graph,
			      uint32_t commit)
{
	uint32_t first = graph->first_parent[commit];

	*nr = graph->first_parent[commit + 1] - first;
	return graph->parents + first;
}

bool graph_is_merge(const struct graph *graph, uint32_t commit)
{
	size_t nr;

	graph_parents(&nr, graph, commit);
	return nr > 1;
}

bool graph_is_cut(const struct graph *graph, uint32_t commit)
{
	uint32_t place = graph->place_of[commit];

	return place >= graph->base && graph->loose[place - graph->base].cut;
}
