/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/fields.h"

#include <string.h>

#include "merge/units.h"

/* A field or an entry of a list: its lines, and those above it that are
 * nothing's. */
struct part {
	const char *key;
	const struct node *value;
	const struct retro *retro;
	size_t start, end; /* bytes of the file */
};
struct parts VEC_OF(struct part);

struct three {
	const struct part *base, *ours, *theirs; /* NULL: it is not there */
};

static struct text part_text(const struct part *part)
{
	if (!part)
		return (struct text){ "", 0 };
	return (struct text){ part->retro->bytes + part->start,
			      part->end - part->start };
}

/* --- parting --- */

static size_t line_start(const struct retro *retro, size_t at)
{
	while (at && retro->bytes[at - 1] != '\n')
		at--;
	return at;
}

/* Behind the line in which a value ends; the blank lines at the end of a block
 * of text are not counted to it. */
static size_t line_behind(const struct retro *retro, size_t at, size_t end)
{
	const char *eol;

	while (end > at && strchr(" \t\r\n", retro->bytes[end - 1]))
		end--;
	eol = memchr(retro->bytes + end, '\n', retro->n - end);
	return eol ? (size_t)(eol + 1 - retro->bytes) : retro->n;
}

static const struct part *find_part(const struct parts *parts, const char *key)
{
	for (size_t i = 0; i < parts->nr; i++)
		if (!strcmp(parts->at[i].key, key))
			return &parts->at[i];
	return NULL;
}

/* Two in one line, or two of one key, are not taken apart. */
static bool add_field_part(struct parts *out, struct arena *a,
			   const struct retro *retro, const char *key,
			   const struct node *first, const struct node *value,
			   size_t from)
{
	size_t start = out->nr ? out->at[out->nr - 1].end : from;
	size_t end = value->end.byte > first->end.byte ? value->end.byte
						       : first->end.byte;

	if (!key || first->start.byte < start || find_part(out, key))
		return false;
	vec_push(a, out,
		 (struct part){ key, value, retro, start,
				line_behind(retro, first->end.byte, end) });
	return true;
}

/* What an entry of a list is known by: a scalar by itself, a map by the pitfall
 * or the name that it is about, else by what it says first. */
static const char *entry_key(struct arena *a, const struct node *entry)
{
	static const char *const names[] = { "pitfall", "name" };
	const struct node *value = NULL;

	if (entry->kind == NODE_SCALAR)
		return entry->text;
	for (size_t i = 0; !value && i < ARRAY_SIZE(names); i++)
		value = node_get(entry, names[i]);
	if (!value && entry->kind == NODE_MAP && entry->nr)
		value = entry->pairs[0].value;
	while (value && value->kind == NODE_LIST)
		value = value->nr ? value->items[0] : NULL;
	return value && value->text ? arena_printf(a, "=%s", value->text)
				    : NULL;
}

/* The pairs or entries of a block, whose lines begin at `from`. */
static bool take_apart(struct parts *out, struct arena *a,
		       const struct retro *retro, const struct node *node,
		       size_t from)
{
	bool ok = true;

	if (node->kind == NODE_SCALAR || node->flow)
		return false;
	for (size_t i = 0; ok && i < node->nr; i++)
		if (node->kind == NODE_MAP)
			ok = add_field_part(
				out, a, retro, node->pairs[i].key->text,
				node->pairs[i].key, node->pairs[i].value, from);
		else
			ok = add_field_part(
				out, a, retro, entry_key(a, node->items[i]),
				node->items[i], node->items[i], from);
	return ok;
}

/* --- lists on a line --- */

struct flow {
	struct text before, after; /* what surrounds the entries */
	struct strs keys, texts;   /* of each: its value, as written */
};

static const char *node_copy(struct arena *a, const struct retro *retro,
			     const struct node *node)
{
	return arena_strndup(a, retro->bytes + node->start.byte,
			     node->end.byte - node->start.byte);
}

static bool read_flow(struct flow *out, struct arena *a,
		      const struct part *part)
{
	const struct node *list = part->value;
	const char *bytes = part->retro->bytes;

	*out = (struct flow){ 0 };
	if (list->kind != NODE_LIST || !list->flow ||
	    memchr(bytes + list->start.byte, '\n',
		   list->end.byte - list->start.byte))
		return false;
	out->before = (struct text){ bytes + part->start,
				     list->start.byte + 1 - part->start };
	out->after = (struct text){ bytes + list->end.byte - 1,
				    part->end - (list->end.byte - 1) };
	for (size_t i = 0; i < list->nr; i++) {
		if (!list->items[i]->text)
			return false;
		vec_push(a, &out->keys, list->items[i]->text);
		vec_push(a, &out->texts,
			 node_copy(a, part->retro, list->items[i]));
	}
	return true;
}

static void add_flow_entry(struct merged *merged, const char *text,
			   size_t *count)
{
	if ((*count)++)
		buf_addstr(&merged->out, ", ");
	buf_addstr(&merged->out, text);
}

static void merge_flows(struct merged *merged, const struct flow *base,
			const struct flow *ours, const struct flow *theirs)
{
	size_t count = 0;

	merged_add(merged, &ours->before);
	for (size_t i = 0; i < ours->keys.nr; i++)
		if (strs_has(&theirs->keys, ours->keys.at[i]) ||
		    !strs_has(&base->keys, ours->keys.at[i]))
			add_flow_entry(merged, ours->texts.at[i], &count);
	for (size_t i = 0; i < theirs->keys.nr; i++)
		if (!strs_has(&ours->keys, theirs->keys.at[i]) &&
		    !strs_has(&base->keys, theirs->keys.at[i]))
			add_flow_entry(merged, theirs->texts.at[i], &count);
	buf_add(&merged->out, ours->after.p, ours->after.n);
}

/* As a set, if all around the entries is alike. */
static bool merge_sets(struct merged *merged, const struct three *three)
{
	struct flow base = { 0 }, ours, theirs;

	if (!read_flow(&ours, merged->a, three->ours) ||
	    !read_flow(&theirs, merged->a, three->theirs) ||
	    (three->base && !read_flow(&base, merged->a, three->base)) ||
	    !text_is_equal(&ours.before, &theirs.before) ||
	    !text_is_equal(&ours.after, &theirs.after))
		return false;
	merge_flows(merged, &base, &ours, &theirs);
	return true;
}

/* --- merging --- */

static struct err *merge_part(struct merged *merged, const struct three *three);

static struct err *merge_key(struct merged *merged, const struct parts *base,
			     const struct parts *ours,
			     const struct parts *theirs, const char *key)
{
	const struct three three = { find_part(base, key), find_part(ours, key),
				     find_part(theirs, key) };

	return merge_part(merged, &three);
}

/* Those of theirs alone that stand behind `from`, up to the next that ours has,
 * too. */
static struct err *merge_news(struct merged *merged, const struct parts *base,
			      const struct parts *ours,
			      const struct parts *theirs, size_t from)
{
	struct err *e = NULL;

	for (size_t i = from;
	     !e && i < theirs->nr && !find_part(ours, theirs->at[i].key); i++)
		e = merge_key(merged, base, ours, theirs, theirs->at[i].key);
	return e;
}

/* In the order of ours; what only theirs has stands behind what it stood behind
 * there, and what ours has there. */
static struct err *merge_parts(struct merged *merged, const struct parts *base,
			       const struct parts *ours,
			       const struct parts *theirs)
{
	size_t news = 0;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < ours->nr; i++) {
		const char *key = ours->at[i].key;
		const struct part *twin = find_part(theirs, key);

		if (twin)
			e = merge_news(merged, base, ours, theirs, news);
		if (twin)
			news = (size_t)(twin - theirs->at) + 1;
		if (!e)
			e = merge_key(merged, base, ours, theirs, key);
	}
	return e ? e : merge_news(merged, base, ours, theirs, news);
}

/* The bytes of a field in front of its block of values. */
static struct text head_of(const struct part *part)
{
	size_t end = line_start(part->retro, part->value->start.byte);

	return (struct text){ part->retro->bytes + part->start,
			      end - part->start };
}

static bool take_block(struct parts *out, struct text *head, struct arena *a,
		       const struct part *part)
{
	if (!part)
		return true;
	*head = head_of(part);
	return head->p + head->n > part->retro->bytes + part->start &&
	       take_apart(out, a, part->retro, part->value,
			  line_start(part->retro, part->value->start.byte));
}

/* *done: all sides have a block there, of the same kind, below one line. */
static struct err *merge_blocks(bool *done, struct merged *merged,
				const struct three *three)
{
	struct parts base = { 0 }, ours = { 0 }, theirs = { 0 };
	struct text heads[3] = { { "", 0 }, { "", 0 }, { "", 0 } };

	*done = three->ours->value->kind == three->theirs->value->kind &&
		take_block(&base, &heads[0], merged->a, three->base) &&
		take_block(&ours, &heads[1], merged->a, three->ours) &&
		take_block(&theirs, &heads[2], merged->a, three->theirs) &&
		text_is_equal(&heads[1], &heads[2]) &&
		(!three->base ||
		 three->base->value->kind == three->ours->value->kind);
	if (!*done)
		return NULL;
	merged_add(merged, &heads[1]);
	return merge_parts(merged, &base, &ours, &theirs);
}

static struct err *merge_part(struct merged *merged, const struct three *three)
{
	const struct text base = part_text(three->base);
	const struct text ours = part_text(three->ours);
	const struct text theirs = part_text(three->theirs);
	bool differ = three->ours && three->theirs &&
		      !leaf_pick(&base, &ours, &theirs);
	bool done = false;
	struct err *e = NULL;

	if (differ)
		done = merge_sets(merged, three);
	if (differ && !done)
		e = merge_blocks(&done, merged, three);
	return e || done ? e : leaf_text(merged, &base, &ours, &theirs);
}

/* --- all of it --- */

static bool open_side(struct parts *out, struct arena *a,
		      const struct side *side)
{
	const struct retro *retro = side->retro;

	if (!retro->n) /* both added the file */
		return true;
	return retro->front.present && !retro->front.json && retro->map &&
	       retro->map->kind == NODE_MAP && !side->faults &&
	       take_apart(out, a, retro, retro->map, retro->front.start);
}

static struct text lines_before(const struct side *side)
{
	return (struct text){ side->retro->bytes, side->retro->front.start };
}

/* Comments behind the last field, and the closing line. */
static struct text lines_behind(const struct side *side,
				const struct parts *parts)
{
	size_t from = parts->nr ? parts->at[parts->nr - 1].end
				: side->retro->front.start;

	return (struct text){ side->retro->bytes + from,
			      side->retro->front.body - from };
}

struct err *fields_merge(bool *done, struct merged *merged,
			 const struct side *base, const struct side *ours,
			 const struct side *theirs)
{
	const struct side *const sides[3] = { base, ours, theirs };
	struct parts parts[3] = { 0 };
	struct text before[3], behind[3];
	struct err *e;

	*done = true;
	for (int i = 0; *done && i < 3; i++) {
		*done = open_side(&parts[i], merged->a, sides[i]);
		if (!*done)
			return NULL;
		before[i] = lines_before(sides[i]);
		behind[i] = lines_behind(sides[i], &parts[i]);
	}
	e = leaf_text(merged, &before[0], &before[1], &before[2]);
	if (!e)
		e = merge_parts(merged, &parts[0], &parts[1], &parts[2]);
	return e ? e : leaf_text(merged, &behind[0], &behind[1], &behind[2]);
}
