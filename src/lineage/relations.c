/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/relations.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sorted.h"
#include "git/oidmap.h"
#include "git/reach.h"
#include "git/title.h"

/* An id in a message has at least so many digits (git/mentions.h). */
#define DIGITS_MIN 7
/* Of more commits of one key nobody can tell what belongs together. */
#define TWINS_MAX 16
/* Commits of one title that are looked at for the number of a request. */
#define TITLES_MAX 1024

struct relations {
	struct arena *arena;
	const struct graph *graph;
	const struct ledger_entries *entries;
	const struct ledger_entry **by_value; /* sorted */
	struct oidmap first;       /* from a commit to its first entry */
	struct commit_table table; /* the ledger's, with chains */
};

static int compare_values(const void *a, const void *b)
{
	const struct ledger_entry *one = *(const struct ledger_entry *const *)a;
	const struct ledger_entry *two = *(const struct ledger_entry *const *)b;
	int order = strcmp(one->value, two->value);

	return order ? order : one < two ? -1 : one > two;
}

struct relations *relations_new(struct arena *a, const struct ledger *ledger,
				const struct graph *graph)
{
	const struct ledger_entries *entries = &ledger->entries;
	struct relations *relations = mem_calloc(1, sizeof(*relations));

	relations->arena = a;
	relations->graph = graph;
	relations->entries = entries;
	relations->table = ledger->table;
	commit_table_index(&relations->table, 1u << COMMIT_BY_ID |
						      1u << COMMIT_BY_CHANGE |
						      1u << COMMIT_BY_TITLE);
	relations->by_value =
		mem_calloc(entries->nr + 1, sizeof(*relations->by_value));
	for (size_t i = 0; i < entries->nr; i++) {
		relations->by_value[i] = &entries->at[i];
		oidmap_add(&relations->first, &entries->at[i].commit, i);
	}
	qsort(relations->by_value, entries->nr, sizeof(*relations->by_value),
	      compare_values);
	return relations;
}

void relations_free(struct relations *relations)
{
	if (!relations)
		return;
	commit_table_release(&relations->table);
	oidmap_release(&relations->first);
	free(relations->by_value);
	free(relations);
}

const struct graph *relations_graph(const struct relations *relations)
{
	return relations->graph;
}

/* --- entries ------------------------------------------------------------ */

static int by_value(const void *key, const void *entry)
{
	const struct sorted_key *value = key;

	return strncmp(value->text,
		       (*(const struct ledger_entry *const *)entry)->value,
		       value->n);
}

/* Where the first value is, or would be, that is not less than the `n` bytes. */
static size_t find_saying(const struct relations *relations, const char *text,
			  size_t n)
{
	const struct sorted_key key = { text, n };

	return sorted_first(&key, relations->by_value, relations->entries->nr,
			    sizeof(*relations->by_value), by_value);
}

static bool value_names(const struct relations *relations, const char *value,
			const char *hex, const struct oid *id)
{
	size_t n = strlen(value);
	uint32_t commit;

	if (n > OID_HEX || strncmp(value, hex, n) != 0)
		return false;
	if (!hex[n])
		return true;
	commit = graph_find(relations->graph, id);
	return commit == GRAPH_NONE ||
	       graph_find_prefix(relations->graph, value) == commit;
}

bool relations_names(const struct relations *relations, const char *value,
		     const struct oid *id)
{
	char hex[OID_HEX + 1];

	return value_names(relations, value, oid_hex(hex, id), id);
}

bool relations_resolve(struct oid *out, const struct relations *relations,
		       const char *value)
{
	uint32_t commit;

	if (oid_is_full(value))
		return oid_parse(out, value);
	commit = graph_find_prefix(relations->graph, value);
	if (commit == GRAPH_NONE)
		return false;
	*out = graph_id(relations->graph, commit);
	return true;
}

void relations_naming(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const struct oid *id)
{
	char hex[OID_HEX + 1];

	oid_hex(hex, id);
	for (size_t i = find_saying(relations, hex, DIGITS_MIN);
	     i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = relations->by_value[i];

		if (strncmp(entry->value, hex, DIGITS_MIN) != 0)
			break;
		if (entry->key == key &&
		    value_names(relations, entry->value, hex, id))
			vec_push(relations->arena, out, entry);
	}
}

void relations_said(struct sayings *out, struct relations *relations,
		    const struct oid *id, enum ledger_key key,
		    enum ledger_key other)
{
	const struct ledger_entries *entries = relations->entries;
	size_t at;

	if (!oidmap_get(&at, &relations->first, id))
		return;
	for (; at < entries->nr && oid_equal(&entries->at[at].commit, id); at++)
		if (entries->at[at].key == key || entries->at[at].key == other)
			vec_push(relations->arena, out, &entries->at[at]);
}

void relations_valued(struct sayings *out, struct relations *relations,
		      enum ledger_key key, const char *value)
{
	for (size_t i = find_saying(relations, value, strlen(value) + 1);
	     i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = relations->by_value[i];

		if (strcmp(entry->value, value) != 0)
			break;
		if (entry->key == key)
			vec_push(relations->arena, out, entry);
	}
}

/* Whether a merge brought the commit: it is behind the merge, and not behind
 * what that was merged into. */
static bool is_brought(const struct relations *relations, uint32_t merge,
		       const struct oid *id)
{
	uint32_t commit = graph_find(relations->graph, id);
	size_t nr;
	const uint32_t *parents = graph_parents(&nr, relations->graph, merge);

	return nr > 1 && commit != GRAPH_NONE && commit != merge &&
	       reach_one(relations->graph, merge, commit) &&
	       !reach_one(relations->graph, parents[0], commit);
}

static bool is_relation_repeated(const struct relations *relations,
				 const struct sayings *reverts,
				 const struct ledger_entry *entry)
{
	uint32_t commit = graph_find(relations->graph, &entry->commit);

	if (commit == GRAPH_NONE || !graph_is_merge(relations->graph, commit))
		return false;
	for (size_t i = 0; i < reverts->nr; i++)
		if (is_brought(relations, commit, &reverts->at[i]->commit))
			return true;
	return false;
}

void relations_reverting(struct sayings *out, struct relations *relations,
			 const struct oid *id)
{
	struct sayings all = { 0 };

	relations_naming(&all, relations, LEDGER_REVERT, id);
	for (size_t i = 0; i < all.nr; i++)
		if (!is_relation_repeated(relations, &all, all.at[i]))
			vec_push(relations->arena, out, all.at[i]);
}

/* --- twins -------------------------------------------------------------- */

/* Commits of one key, or one title. */
struct group {
	uint32_t commits[TWINS_MAX]; /* in the graph */
	size_t nr;
	bool many;
};

static void find_group(struct group *out, const struct relations *relations,
		       uint64_t change)
{
	uint32_t row = COMMIT_ROW_NONE;

	*out = (struct group){ 0 };
	for (;;) {
		uint32_t commit;

		row = commit_table_next(&relations->table, COMMIT_BY_CHANGE,
					change, row);
		if (row == COMMIT_ROW_NONE)
			return;
		commit = graph_find(relations->graph,
				    &relations->table.at[row].id);
		if (commit == GRAPH_NONE)
			continue;
		out->many = out->nr == TWINS_MAX;
		if (out->many)
			return;
		out->commits[out->nr++] = commit;
	}
}

/* Whether a revert of `old` lies between it and `late`. */
static bool was_reverted(struct relations *relations, uint32_t old,
			 uint32_t late)
{
	struct oid id = graph_id(relations->graph, old);
	struct sayings reverts = { 0 };

	relations_reverting(&reverts, relations, &id);
	for (size_t i = 0; i < reverts.nr; i++) {
		uint32_t revert =
			graph_find(relations->graph, &reverts.at[i]->commit);

		if (revert != GRAPH_NONE && revert != late &&
		    reach_one(relations->graph, late, revert) &&
		    reach_one(relations->graph, revert, old))
			return true;
	}
	return false;
}

/* Whether one has the other in its history and is not that one landed again. */
static bool are_apart(struct relations *relations, uint32_t one, uint32_t two)
{
	uint32_t old = one < two ? one : two, late = one < two ? two : one;

	return reach_one(relations->graph, late, old) &&
	       !was_reverted(relations, old, late);
}

/* Whether it is one of its key on its side. */
static bool is_unique(struct relations *relations, const struct group *group,
		      uint32_t commit)
{
	for (size_t i = 0; i < group->nr; i++)
		if (group->commits[i] != commit &&
		    are_apart(relations, group->commits[i], commit))
			return false;
	return true;
}

static void push_commit(struct oids *out, struct relations *relations,
			uint32_t commit)
{
	vec_push(relations->arena, out, graph_id(relations->graph, commit));
}

void relations_twins(struct oids *out, struct relations *relations,
		     const struct oid *id)
{
	uint32_t row = commit_table_find(&relations->table, id);
	uint32_t own = graph_find(relations->graph, id);
	struct group group;

	if (row == COMMIT_ROW_NONE || own == GRAPH_NONE)
		return;
	find_group(&group, relations, relations->table.at[row].change);
	if (group.nr < 2 || group.many || !is_unique(relations, &group, own))
		return;
	for (size_t i = 0; i < group.nr; i++)
		if (group.commits[i] != own &&
		    is_unique(relations, &group, group.commits[i]))
			push_commit(out, relations, group.commits[i]);
}

/* --- requests ----------------------------------------------------------- */

/* Whether one was taken from the other's request, both from a third, or one has
 * kept the number of the other. */
static bool share_request(const struct commit_row *one,
			  const struct commit_row *two)
{
	return (one->number && one->number == two->number) ||
	       (one->of && (one->of == two->number || one->of == two->of)) ||
	       (two->of && two->of == one->number);
}

void relations_requests(struct oids *out, struct relations *relations,
			const struct oid *id)
{
	const struct commit_table *table = &relations->table;
	uint32_t at = commit_table_find(table, id), row = COMMIT_ROW_NONE;
	uint32_t own = graph_find(relations->graph, id);
	const struct commit_row *mine;

	if (at == COMMIT_ROW_NONE || own == GRAPH_NONE)
		return;
	mine = &table->at[at];
	for (size_t i = 0; (mine->of || mine->number) && i < TITLES_MAX; i++) {
		uint32_t commit;

		row = commit_table_next(table, COMMIT_BY_TITLE, mine->title,
					row);
		if (row == COMMIT_ROW_NONE)
			return;
		if (row == at || !share_request(mine, &table->at[row]))
			continue;
		commit = graph_find(relations->graph, &table->at[row].id);
		if (commit != GRAPH_NONE && !are_apart(relations, own, commit))
			push_commit(out, relations, commit);
	}
}

static void add_again(struct oids *out, struct relations *relations,
		      uint32_t own, uint64_t title)
{
	const struct commit_table *table = &relations->table;
	uint32_t row = COMMIT_ROW_NONE;

	for (size_t i = 0; i < TITLES_MAX; i++) {
		uint32_t commit;

		row = commit_table_next(table, COMMIT_BY_TITLE, title, row);
		if (row == COMMIT_ROW_NONE)
			return;
		commit = graph_find(relations->graph, &table->at[row].id);
		if (commit != GRAPH_NONE && commit > own &&
		    was_reverted(relations, own, commit))
			push_commit(out, relations, commit);
	}
}

void relations_again(struct oids *out, struct relations *relations,
		     const struct oid *id)
{
	uint32_t at = commit_table_find(&relations->table, id);
	uint32_t own = graph_find(relations->graph, id);
	struct sayings reverts = { 0 };
	uint64_t title;

	if (at == COMMIT_ROW_NONE || own == GRAPH_NONE)
		return;
	relations_reverting(&reverts, relations, id);
	for (size_t i = 0; reverts.nr; i++) {
		title = title_key_again(relations->table.at[at].title, i);
		if (!title)
			return;
		add_again(out, relations, own, title);
	}
}

/* --- merges ------------------------------------------------------------- */

static void add_merge(struct merge_entries *out, struct relations *relations,
		      uint32_t merge, const struct merge_entry *entry)
{
	size_t nr;
	const uint32_t *parents = graph_parents(&nr, relations->graph, merge);
	struct merge_entry copy = *entry;

	if (nr < 2)
		return;
	copy.merge = merge;
	copy.main = parents[0];
	vec_push(relations->arena, out, copy);
}

static void add_named_merges(struct merge_entries *out,
			     struct relations *relations)
{
	for (size_t i = 0; i < relations->entries->nr; i++) {
		const struct ledger_entry *entry = &relations->entries->at[i];
		uint32_t merge;

		if (entry->key != LEDGER_REVERT && entry->key != LEDGER_PICK &&
		    entry->key != LEDGER_UPSTREAM)
			continue;
		merge = graph_find_prefix(relations->graph, entry->value);
		if (merge != GRAPH_NONE)
			add_merge(
				out, relations, merge,
				&(struct merge_entry){ .commit = entry->commit,
						       .reverts = entry->key ==
								  LEDGER_REVERT,
						       .via = VIA_TRAILER });
	}
}

/* A merge that was picked with -m 1 keeps its author, date and title. Whether
 * they are twins is asked when it matters. */
static void add_picked_merge(struct merge_entries *out,
			     struct relations *relations, uint32_t merge)
{
	struct oid id = graph_id(relations->graph, merge);
	uint32_t row = commit_table_find(&relations->table, &id);
	struct group group;

	if (row == COMMIT_ROW_NONE)
		return;
	find_group(&group, relations, relations->table.at[row].change);
	for (size_t i = 0; !group.many && i < group.nr; i++)
		if (!graph_is_merge(relations->graph, group.commits[i]))
			add_merge(out, relations, merge,
				  &(struct merge_entry){
					  .commit = graph_id(relations->graph,
							     group.commits[i]),
					  .via = VIA_AUTHOR });
}

bool relations_is_merge_entry(struct relations *relations,
			      const struct merge_entry *entry)
{
	struct oid id = graph_id(relations->graph, entry->merge);
	struct oids twins = { 0 };

	if (entry->via != VIA_AUTHOR)
		return true;
	relations_twins(&twins, relations, &id);
	for (size_t i = 0; i < twins.nr; i++)
		if (oid_equal(&twins.at[i], &entry->commit))
			return true;
	return false;
}

void relations_merges(struct merge_entries *out, struct relations *relations)
{
	add_named_merges(out, relations);
	for (uint32_t i = 0; i < graph_count(relations->graph); i++)
		if (graph_is_merge(relations->graph, i))
			add_picked_merge(out, relations, i);
}
