/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/surgery.h"

#include <string.h>

#include "base/i18n.h"
#include "model/template.h"

static const char complex_key[] = N_("its key is not written as 'key: value'");
static const char other_text[] = N_("other text shares its line");
static const char odd_list[] = N_("its list is written in an unusual way");

static bool is_empty(const struct node *node)
{
	return node->end.byte == node->start.byte;
}

/* What stands in front of a value that is more than the value. A plain text
 * can start with an exclamation mark (node.c). */
static const char *node_prefix(const struct cutter *c, const struct node *node)
{
	const char *p = c->bytes + node->start.byte;

	if (is_empty(node))
		return NULL;
	if (*p == '&')
		return _("it has an anchor (&)");
	if (*p == '*')
		return _("it is an alias (*) of another value");
	if (*p != '!')
		return NULL;
	if (node->plain &&
	    strlen(node->text) == node->end.byte - node->start.byte &&
	    memcmp(node->text, p, strlen(node->text)) == 0)
		return NULL;
	return _("it has a tag (!)");
}

/* The place behind a key's colon. */
static const char *find_colon(const struct cutter *c, const struct node *key,
			      size_t *at)
{
	*at = cutter_skip_blanks(c, key->end.byte);
	if (*at >= c->n || c->bytes[*at] != ':')
		return complex_key;
	++*at;
	return NULL;
}

/* The comment after `at`, if it is what follows in the line. */
static bool find_line_comment(const struct cutter *c, size_t at,
			      size_t *comment)
{
	*comment = cutter_skip_blanks(c, at);
	return *comment > at && *comment < c->n && c->bytes[*comment] == '#';
}

/* Whether nothing but a comment follows in the line. */
static bool ends_line(const struct cutter *c, size_t at)
{
	size_t comment;

	return find_line_comment(c, at, &comment) ||
	       comment >= cutter_line_end(c, at);
}

/* " # why" in the first line of a block scalar, which is within its bytes; ""
 * if there is none. */
static const char *header_comment(const struct cutter *c,
				  const struct node *node)
{
	size_t at = node->start.byte, end = cutter_line_end(c, at);

	if (is_empty(node) || (c->bytes[at] != '|' && c->bytes[at] != '>'))
		return "";
	while (at < end && !strchr(" \t", c->bytes[at]))
		at++;
	if (cutter_skip_blanks(c, at) >= end)
		return "";
	return cutter_copy(c, at, end);
}

static void replace_span(struct cutter *c, const struct node *node,
			 const char *text)
{
	cutter_splice(
		c, node->start.byte, node->end.byte - node->start.byte,
		arena_printf(c->a, "%s%s", text, header_comment(c, node)));
}

const char *surgery_set(struct cutter *c, const struct pair *pair, bool in_flow,
			const char *text)
{
	const struct node *value = pair->value;
	size_t colon, from = value->start.byte;
	const char *why = find_colon(c, pair->key, &colon);

	if (value->kind != NODE_SCALAR)
		return value->kind == NODE_LIST ? _("it is a list there")
						: _("it is a map there");
	if (!why)
		why = node_prefix(c, value);
	if (why)
		return why;
	if (is_empty(value)) {
		cutter_splice(c, colon, 0, arena_printf(c->a, " %s", text));
		return NULL;
	}
	/* The spaces in front go with a value, except where `key:,` would be
	 * left. */
	if (!*text && !in_flow && cutter_skip_blanks(c, colon) == from)
		cutter_splice(c, colon, from - colon, "");
	replace_span(c, value, text);
	return NULL;
}

/* --- flow lists and maps --- */

static bool is_flow(const struct cutter *c, const struct node *node)
{
	return node->flow && strchr("[{", c->bytes[node->start.byte]);
}

/* The next byte that means something, past spaces, lines and comments. */
static size_t skip_line_gap(const struct cutter *c, size_t at)
{
	for (;;) {
		at = cutter_skip_space(c, at);
		if (at >= c->n || c->bytes[at] != '#')
			return at;
		at = cutter_line_end(c, at);
	}
}

/* The comma behind an entry that ends at `at`. */
static bool find_comma(const struct cutter *c, size_t at, size_t *comma)
{
	*comma = skip_line_gap(c, at);
	return *comma < c->n && c->bytes[*comma] == ',';
}

/* Adds an entry behind the one from `start` to `end`: on a line of its own
 * where that one has one. */
static void insert_after(struct cutter *c, size_t start, size_t end,
			 const char *text)
{
	bool own_line = cutter_leads(c, start);
	size_t comma, at = end, line;
	bool has_comma = find_comma(c, end, &comma);
	const char *gap = " ";

	if (has_comma)
		at = comma + 1;
	line = at;
	if (own_line) {
		gap = arena_printf(
			c->a, "%s%s", c->eol,
			cutter_copy(c, cutter_line_start(c, start), start));
		line = ends_line(c, at) ? cutter_line_end(c, at) : at;
	}
	if (has_comma) {
		cutter_splice(c, line, 0,
			      arena_printf(c->a, "%s%s,", gap, text));
		return;
	}
	cutter_splice(c, at, 0, ",");
	cutter_splice(c, line, 0, arena_printf(c->a, "%s%s", gap, text));
}

static void add_first(struct cutter *c, const struct node *map,
		      const char *text)
{
	size_t at = map->start.byte + 1;
	const char *gap = " ";

	if (!map->nr) {
		cutter_splice(c, at, 0, text);
		return;
	}
	at = map->pairs[0].key->start.byte;
	if (cutter_leads(c, at))
		gap = arena_printf(
			c->a, "%s%s", c->eol,
			cutter_copy(c, cutter_line_start(c, at), at));
	cutter_splice(c, at, 0, arena_printf(c->a, "%s,%s", text, gap));
}

/* Whether a plain scalar means the same within brackets. */
static bool keeps_in_flow(const struct cutter *c, const struct node *node)
{
	const char *text = cutter_copy(c, node->start.byte, node->end.byte);

	if (strpbrk(text, "\r\n"))
		return false;
	return !node->plain || !strpbrk(text, ",[]{}:?#");
}

static void wrap(struct cutter *c, const struct node *node, const char *text)
{
	struct buf old = BUF_INIT;

	if (keeps_in_flow(c, node)) {
		cutter_splice(c, node->start.byte, 0, "[");
		cutter_splice(c, node->end.byte, 0,
			      arena_printf(c->a, ", %s]", text));
		return;
	}
	yaml_scalar(&old, node->text);
	replace_span(c, node, arena_printf(c->a, "[%s, %s]", old.p, text));
	buf_release(&old);
}

/* Deletes the rest of a line that the deletion of [from, to) would leave
 * blank, line end and all. */
static void delete_entry(struct cutter *c, size_t from, size_t to)
{
	size_t end = cutter_line_end(c, to), rest = cutter_skip_blanks(c, to);

	if (cutter_leads(c, from) && rest >= end) {
		from = cutter_line_start(c, from);
		to = cutter_next_line(c, end);
	} else if (rest < end &&
		   (c->bytes[rest] != '#' || cutter_leads(c, from))) {
		to = rest;
	}
	cutter_splice(c, from, to - from, "");
}

static void remove_flow(struct cutter *c, const struct node *list, size_t i)
{
	size_t from = list->items[i]->start.byte;
	size_t to = list->items[i]->end.byte, comma, before;
	bool first = i == 0, near;

	if (find_comma(c, to, &comma)) {
		near = cutter_skip_blanks(c, to) == comma;
		if (near) {
			delete_entry(c, from, comma + 1);
		} else {
			cutter_splice(c, from, to - from, "");
			cutter_splice(c, comma, 1, "");
		}
		return;
	}
	if (first) {
		delete_entry(c, from, to);
		return;
	}
	/* The comma before it goes too, but from another line: there it does
	 * no harm. */
	before = list->items[i - 1]->end.byte;
	near = find_comma(c, before, &comma) &&
	       cutter_skip_blanks(c, before) == comma &&
	       cutter_skip_blanks(c, comma + 1) == from;
	if (near)
		cutter_splice(c, comma, to - comma, "");
	else
		delete_entry(c, from, to);
}

/* --- block lists --- */

/* The dash of an item that stands first in its line. */
static bool find_dash(const struct cutter *c, const struct node *item,
		      size_t *dash)
{
	size_t at = item->start.byte;

	while (at && strchr(" \t", c->bytes[at - 1]))
		at--;
	if (!at || c->bytes[at - 1] != '-')
		return false;
	*dash = at - 1;
	return cutter_leads(c, *dash);
}

/* The end of a line, with the lines of comments below it that are indented
 * deeper than `deep` columns. */
static size_t comments_end(const struct cutter *c, size_t at, size_t deep)
{
	for (;;) {
		size_t next = cutter_next_line(c, at);
		size_t text = cutter_skip_blanks(c, next);

		if (text >= c->n || c->bytes[text] != '#' ||
		    text - next <= deep)
			return cutter_line_end(c, at);
		at = next;
	}
}

/* After the last leaf, never at the collection's end: libyaml puts that
 * behind the comments which follow. */
static const char *add_block_lines(struct cutter *c, const struct node *list,
				   const struct strs *lines)
{
	const struct node *last = list->items[list->nr - 1], *item = last;
	size_t end = cutter_line_end(c, last->end.byte), dash, from;
	const char *gap = " ", *blanks;

	for (size_t i = list->nr; !find_dash(c, item, &dash); i--) {
		if (!i)
			return odd_list;
		item = list->items[i - 1];
	}
	if (!ends_line(c, last->end.byte))
		return other_text;
	from = cutter_line_start(c, dash);
	if (item->start.byte > dash + 1)
		gap = cutter_copy(c, dash + 1, item->start.byte);
	blanks = cutter_copy(c, from, dash);
	if (last->kind == NODE_MAP)
		end = comments_end(c, last->end.byte, dash - from);
	for (size_t i = 0; i < lines->nr; i++)
		cutter_splice(c, end, 0,
			      arena_printf(c->a, "%s%s%c%s%s", c->eol, blanks,
					   i ? ' ' : '-', gap, lines->at[i]));
	return NULL;
}

static const char *add_block_item(struct cutter *c, const struct node *list,
				  const char *text)
{
	const struct strs lines = { &text, 1, 1 };

	return add_block_lines(c, list, &lines);
}

static const char *remove_block(struct cutter *c, const struct pair *pair,
				size_t i)
{
	const struct node *list = pair->value, *item = list->items[i];
	size_t to = item->end.byte, dash, colon, comment;
	const char *why = find_colon(c, pair->key, &colon);
	const char *header = header_comment(c, item);

	if (why)
		return why;
	if (!find_dash(c, item, &dash))
		return odd_list;
	if (!ends_line(c, to))
		return other_text;
	if (list->nr == 1)
		cutter_splice(c, colon, 0, " []");
	if (*header)
		cutter_splice(c, dash, to - dash, header + 1);
	else if (find_line_comment(c, to, &comment))
		cutter_splice(c, dash, comment - dash, "");
	else
		delete_entry(c, dash, to);
	return NULL;
}

const char *surgery_add(struct cutter *c, const struct pair *pair,
			const char *text)
{
	const struct node *value = pair->value, *last;
	const char *why = node_prefix(c, value);

	if (why)
		return why;
	if (node_is_null(value))
		return surgery_set(c, pair, false,
				   arena_printf(c->a, "[%s]", text));
	if (value->kind == NODE_SCALAR) {
		wrap(c, value, text);
		return NULL;
	}
	if (!is_flow(c, value))
		return add_block_item(c, value, text);
	if (!value->nr) {
		cutter_splice(c, value->start.byte + 1, 0, text);
		return NULL;
	}
	last = value->items[value->nr - 1];
	insert_after(c, last->start.byte, last->end.byte, text);
	return NULL;
}

const char *surgery_remove(struct cutter *c, const struct pair *pair,
			   size_t item)
{
	const struct node *value = pair->value;
	const char *why = node_prefix(c, value);

	if (why)
		return why;
	if (value->kind == NODE_SCALAR)
		replace_span(c, value, "[]");
	else if (is_flow(c, value))
		remove_flow(c, value, item);
	else
		return remove_block(c, pair, item);
	return NULL;
}

const char *surgery_remove_map(struct cutter *c, const struct pair *pair,
			       size_t item)
{
	const struct node *list = pair->value, *map = list->items[item];
	const char *why = node_prefix(c, list);
	size_t colon, dash, from, end;

	if (!why && is_flow(c, list))
		remove_flow(c, list, item);
	if (why || is_flow(c, list))
		return why;
	why = find_colon(c, pair->key, &colon);
	if (why)
		return why;
	if (!find_dash(c, map, &dash) || !cutter_leads(c, dash))
		return odd_list;
	if (!ends_line(c, map->end.byte))
		return other_text;
	from = cutter_line_start(c, dash);
	end = comments_end(c, map->end.byte, dash - from);
	if (list->nr == 1)
		cutter_splice(c, colon, 0, " []");
	cutter_splice(c, from, cutter_next_line(c, end) - from, "");
	return NULL;
}

const char *surgery_replace(struct cutter *c, const struct pair *pair,
			    size_t item, const char *text)
{
	const struct node *value = pair->value;
	const char *why;

	if (value->kind != NODE_SCALAR)
		value = value->items[item];
	why = node_prefix(c, value);
	if (!why)
		replace_span(c, value, text);
	return why;
}

/* --- new keys --- */

/* The spaces in front of a key that is the first of its line, or of the map of
 * a list's item: those of the dash as spaces, too. */
static const char *indent(const struct cutter *c, const struct node *key)
{
	size_t at = key->start.byte, from = cutter_line_start(c, at);
	char *blanks = arena_strndup(c->a, c->bytes + from, at - from);

	if (cutter_leads(c, at))
		return blanks;
	for (char *p = blanks; *p; p++)
		if (*p == '-' && p[1] == ' ')
			*p = ' ';
		else if (*p != ' ')
			return NULL;
	return blanks;
}

/* The end of a pair's last line, with comments that are its own. */
static size_t pair_end(const struct cutter *c, const struct pair *pair,
		       size_t at)
{
	return comments_end(c, at, strlen(indent(c, pair->key)));
}

static const char *add_behind_pair(struct cutter *c, const struct pair *pair,
				   bool in_flow, const char *text)
{
	const char *blanks = indent(c, pair->key);
	const char *why;
	size_t end = pair->value->end.byte;

	if (is_empty(pair->value)) {
		why = find_colon(c, pair->key, &end);
		if (why)
			return why;
	}
	if (in_flow) {
		if (is_empty(pair->value))
			end = cutter_skip_blanks(c, end);
		insert_after(c, pair->key->start.byte, end, text);
		return NULL;
	}
	if (!blanks)
		return complex_key;
	if (!ends_line(c, end))
		return other_text;
	cutter_splice(c, pair_end(c, pair, end), 0,
		      arena_printf(c->a, "%s%s%s", c->eol, blanks, text));
	return NULL;
}

const char *surgery_pair(struct cutter *c, const struct node *map,
			 const struct pair *parent, const struct pair *before,
			 size_t top, const char *text)
{
	const char *why = map ? node_prefix(c, map) : NULL, *blanks = "";
	size_t colon;

	if (why)
		return why;
	if (before)
		return add_behind_pair(c, before, is_flow(c, map), text);
	if (map && is_flow(c, map)) {
		add_first(c, map, text);
		return NULL;
	}
	if (map)
		blanks = indent(c, map->pairs[0].key);
	if (!blanks)
		return complex_key;
	if (!parent) {
		cutter_splice(
			c, top, 0,
			arena_printf(c->a, "%s%s%s", blanks, text, c->eol));
		return NULL;
	}
	why = find_colon(c, parent->key, &colon);
	if (why)
		return why;
	if (!ends_line(c, colon))
		return other_text;
	cutter_splice(c, cutter_line_end(c, colon), 0,
		      arena_printf(c->a, "%s%s%s", c->eol, blanks, text));
	return NULL;
}

const char *surgery_map(struct cutter *c, const struct pair *pair, bool in_flow,
			const char *text)
{
	const char *blanks = indent(c, pair->key);
	const char *why;
	size_t colon;

	if (in_flow || !is_empty(pair->value))
		return surgery_set(c, pair, in_flow,
				   arena_printf(c->a, "{%s}", text));
	why = find_colon(c, pair->key, &colon);
	if (!why && (!blanks || !ends_line(c, colon)))
		why = other_text;
	if (why)
		return why;
	cutter_splice(c, cutter_line_end(c, colon), 0,
		      arena_printf(c->a, "%s%s  %s", c->eol, blanks, text));
	return NULL;
}

const char *surgery_item_pair(struct cutter *c, const struct node *map,
			      const struct pair *before, const char *text)
{
	const char *why = node_prefix(c, map), *blanks;

	if (why)
		return why;
	if (before)
		return add_behind_pair(c, before, is_flow(c, map), text);
	if (is_flow(c, map)) {
		add_first(c, map, text);
		return NULL;
	}
	blanks = indent(c, map->pairs[0].key);
	if (!blanks)
		return complex_key;
	cutter_splice(c, map->pairs[0].key->start.byte, 0,
		      arena_printf(c->a, "%s%s%s", text, c->eol, blanks));
	return NULL;
}

/* "{key: value, key: value}" */
static const char *flow_map(struct cutter *c, const struct strs *lines)
{
	struct buf text = BUF_INIT;
	const char *copy;

	for (size_t i = 0; i < lines->nr; i++)
		buf_addf(&text, "%s%s", i ? ", " : "{", lines->at[i]);
	buf_addch(&text, '}');
	copy = arena_strdup(c->a, text.p);
	buf_release(&text);
	return copy;
}

/* Makes a map of a key a line the first item of a list: a dash in front, the
 * other lines two columns to the right, and the new item below. */
static const char *wrap_map(struct cutter *c, const struct node *map,
			    const struct strs *lines)
{
	size_t first = map->pairs[0].key->start.byte, end;
	const char *blanks = indent(c, map->pairs[0].key);

	if (!blanks || !cutter_leads(c, first))
		return complex_key;
	if (!ends_line(c, map->end.byte))
		return other_text;
	end = comments_end(c, map->end.byte, strlen(blanks) - 1);
	cutter_splice(c, first, 0, "- ");
	for (size_t at = cutter_next_line(c, first); at <= end && at < c->n;
	     at = cutter_next_line(c, at))
		if (cutter_skip_blanks(c, at) < cutter_line_end(c, at))
			cutter_splice(c, at, 0, "  ");
	for (size_t i = 0; i < lines->nr; i++)
		cutter_splice(c, end, 0,
			      arena_printf(c->a, "%s%s%s%s", c->eol, blanks,
					   i ? "  " : "- ", lines->at[i]));
	return NULL;
}

/* The first item of a list below a key without a value. */
static const char *start_list(struct cutter *c, const struct pair *pair,
			      const struct strs *lines)
{
	const char *blanks = indent(c, pair->key);
	size_t colon;
	const char *why = find_colon(c, pair->key, &colon);

	if (!why && (!blanks || !ends_line(c, colon)))
		why = other_text;
	for (size_t i = 0; !why && i < lines->nr; i++)
		cutter_splice(c, cutter_line_end(c, colon), 0,
			      arena_printf(c->a, "%s%s  %s%s", c->eol, blanks,
					   i ? "  " : "- ", lines->at[i]));
	return why;
}

const char *surgery_problem(struct cutter *c, const struct pair *pair,
			    bool in_flow, const struct strs *lines)
{
	const struct node *value = pair->value;
	const char *why = node_prefix(c, value);

	if (why)
		return why;
	if (is_empty(value) && !in_flow)
		return start_list(c, pair, lines);
	if (value->kind == NODE_LIST && !is_flow(c, value))
		return add_block_lines(c, value, lines);
	if (value->kind != NODE_MAP)
		return surgery_add(c, pair, flow_map(c, lines));
	if (!is_flow(c, value))
		return wrap_map(c, value, lines);
	cutter_splice(c, value->start.byte, 0, "[");
	cutter_splice(c, value->end.byte, 0,
		      arena_printf(c->a, ", %s]", flow_map(c, lines)));
	return NULL;
}
