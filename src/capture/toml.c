/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/toml.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* A key of a table; one without a table is free. */
struct toml_slot {
	const struct node *map;
	const char *key;
	struct node *value;
};

struct toml {
	struct arena *a;
	struct toml_slot *slots; /* of all keys, by their hashes; heap */
	size_t used, room;       /* room: 0 or a power of two */
	const char *at, *end;
	int line;
	size_t nodes;
	const char *wrong; /* what is not understood, or NULL */
	int wrong_line;
};

static bool refuse(struct toml *t, const char *what)
{
	if (!t->wrong) {
		t->wrong = what;
		t->wrong_line = t->line;
	}
	return false;
}

/* --- the tree, as it grows --- */

static struct node *new_toml_node(struct toml *t, enum node_kind kind)
{
	struct node *node = arena_alloc(t->a, sizeof(*node));

	if (++t->nodes > NODE_MAX_FOREIGN)
		refuse(t, N_("there are too many values"));
	node->kind = kind;
	return node;
}

/* Room for one more behind `nr`: it doubles at each power of two. */
static void *grown(struct toml *t, const void *old, size_t nr, size_t size)
{
	void *room;

	if (nr && (nr < 4 || (nr & (nr - 1))))
		return (void *)old;
	room = arena_alloc(t->a, (nr < 4 ? 4 : 2 * nr) * size);
	if (nr)
		memcpy(room, old, nr * size);
	return room;
}

/* The slot of a key, or the free one where it belongs. */
static struct toml_slot *toml_slot(const struct toml *t, const struct node *map,
				   const char *key)
{
	uint64_t hash = hash_text(HASH_START ^ (uintptr_t)map, key);
	size_t at = (size_t)(hash ^ hash >> 32) & (t->room - 1);

	while (t->slots[at].map &&
	       (t->slots[at].map != map || strcmp(t->slots[at].key, key) != 0))
		at = (at + 1) & (t->room - 1);
	return &t->slots[at];
}

static void grow_slots(struct toml *t)
{
	struct toml old = *t;

	t->room = old.room ? old.room * 2 : 256;
	t->slots = mem_calloc(t->room, sizeof(*t->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].map)
			*toml_slot(t, old.slots[i].map, old.slots[i].key) =
				old.slots[i];
	free(old.slots);
}

/* NULL if the table does not have the key. */
static struct node *toml_get(const struct toml *t, const struct node *map,
			     const char *key)
{
	return t->room ? toml_slot(t, map, key)->value : NULL;
}

static void add_pair(struct toml *t, struct node *map, const char *key,
		     struct node *value)
{
	struct node *name = new_toml_node(t, NODE_SCALAR);
	struct pair *pairs = grown(t, map->pairs, map->nr, sizeof(*pairs));

	name->text = key;
	pairs[map->nr++] = (struct pair){ name, value };
	map->pairs = pairs;
	if (t->used++ * 2 >= t->room)
		grow_slots(t);
	*toml_slot(t, map, key) = (struct toml_slot){ map, key, value };
}

static void add_item(struct toml *t, struct node *list, struct node *item)
{
	struct node **items = grown(t, list->items, list->nr, sizeof(*items));

	items[list->nr++] = item;
	list->items = items;
}

/* The map that a part of a table's name means, made if it is new; of an array
 * of tables the last one. NULL where something else has the name. */
static struct node *step_into(struct toml *t, struct node *map, const char *key)
{
	struct node *next = toml_get(t, map, key);

	if (!next) {
		next = new_toml_node(t, NODE_MAP);
		add_pair(t, map, key, next);
	}
	if (next->kind == NODE_LIST && next->nr)
		next = next->items[next->nr - 1];
	return next->kind == NODE_MAP ? next : NULL;
}

/* --- white space --- */

static void skip_spaces(struct toml *t)
{
	while (t->at < t->end && (*t->at == ' ' || *t->at == '\t'))
		t->at++;
}

static void skip_comment(struct toml *t)
{
	if (t->at < t->end && *t->at == '#')
		while (t->at < t->end && *t->at != '\n')
			t->at++;
}

/* With comments and line ends. */
static void skip_lines(struct toml *t)
{
	for (;;) {
		skip_spaces(t);
		skip_comment(t);
		if (t->at < t->end && *t->at == '\r')
			t->at++;
		if (t->at == t->end || *t->at != '\n')
			return;
		t->at++;
		t->line++;
	}
}

/* Nothing but a comment may follow on the line. */
static bool end_line(struct toml *t)
{
	skip_spaces(t);
	skip_comment(t);
	if (t->at < t->end && *t->at == '\r')
		t->at++;
	if (t->at < t->end && *t->at != '\n')
		return refuse(t, N_("there is text after a value"));
	return true;
}

static bool take_toml(struct toml *t, char c)
{
	if (t->at == t->end || *t->at != c)
		return false;
	t->at++;
	return true;
}

/* --- strings --- */

static bool take_unicode(struct toml *t, struct buf *out, size_t digits)
{
	char hex[9] = "";

	if ((size_t)(t->end - t->at) < digits)
		return refuse(t, N_("an escape is cut off"));
	memcpy(hex, t->at, digits);
	if (strspn(hex, "0123456789abcdefABCDEF") != digits)
		return refuse(t, N_("an escape is not hexadecimal"));
	t->at += digits;
	text_encode(out, (int)strtol(hex, NULL, 16));
	return true;
}

/* Behind the backslash. */
static bool take_escape(struct toml *t, struct buf *out, bool lines)
{
	static const char names[] = "btnfre\"\\",
			  values[] = "\b\t\n\f\r\033\"\\";
	const char *name;
	char c;

	if (t->at == t->end)
		return refuse(t, N_("a string is not closed"));
	c = *t->at++;
	name = strchr(names, c);
	if (c && name) {
		buf_addch(out, values[name - names]);
		return true;
	}
	if (c == 'u' || c == 'U')
		return take_unicode(t, out, c == 'u' ? 4 : 8);
	if (lines && isspace((unsigned char)c)) {
		for (t->at--; t->at < t->end && isspace((unsigned char)*t->at);
		     t->at++)
			t->line += *t->at == '\n';
		return true;
	}
	return refuse(t, N_("a string has an invalid escape"));
}

static bool at_text(const struct toml *t, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(t->end - t->at) >= n && !memcmp(t->at, text, n);
}

/* "basic", 'literal', and both in three quotes over several lines. */
static const char *take_toml_string(struct toml *t)
{
	char quote = *t->at;
	const char *closing = quote == '"' ? "\"\"\"" : "'''";
	bool lines = at_text(t, closing);
	struct buf b = BUF_INIT;
	const char *text;

	t->at += lines ? 3 : 1;
	if (lines && at_text(t, "\n")) {
		t->at++;
		t->line++;
	}
	for (;;) {
		if (t->at == t->end || (!lines && *t->at == '\n')) {
			refuse(t, N_("a string is not closed"));
			break;
		}
		if (lines ? at_text(t, closing) : *t->at == quote) {
			t->at += lines ? 3 : 1;
			break;
		}
		t->line += *t->at == '\n';
		if (*t->at == '\\' && quote == '"') {
			t->at++;
			if (!take_escape(t, &b, lines))
				break;
		} else {
			buf_addch(&b, *t->at++);
		}
	}
	text = arena_strdup(t->a, b.p);
	buf_release(&b);
	return t->wrong ? NULL : text;
}

/* --- keys and values --- */

static bool is_bare(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* One part of a key. NULL is refused. */
static const char *take_key(struct toml *t)
{
	const char *from;

	skip_spaces(t);
	from = t->at;
	if (t->at < t->end && (*t->at == '"' || *t->at == '\''))
		return take_toml_string(t);
	while (t->at < t->end && is_bare(*t->at))
		t->at++;
	if (t->at == from) {
		refuse(t, N_("a key is missing"));
		return NULL;
	}
	return arena_strndup(t->a, from, (size_t)(t->at - from));
}

static struct node *take_toml_value(struct toml *t, int depth);

static struct node *take_toml_array(struct toml *t, int depth)
{
	struct node *list = new_toml_node(t, NODE_LIST);

	for (t->at++;;) {
		skip_lines(t);
		if (take_toml(t, ']'))
			return list;
		if (t->wrong || t->at == t->end)
			break;
		add_item(t, list, take_toml_value(t, depth));
		skip_lines(t);
		if (take_toml(t, ']'))
			return list;
		if (!take_toml(t, ','))
			break;
	}
	refuse(t, N_("a list is not closed"));
	return list;
}

/* a.b = value */
static bool take_pair(struct toml *t, struct node *map, int depth)
{
	const char *key = take_key(t);

	for (skip_spaces(t); key && take_toml(t, '.'); skip_spaces(t)) {
		map = step_into(t, map, key);
		if (!map)
			return refuse(t, N_("a key is there twice"));
		key = take_key(t);
	}
	if (!key)
		return false;
	if (!take_toml(t, '='))
		return refuse(t, N_("this is not 'key = value'"));
	if (toml_get(t, map, key))
		return refuse(t, N_("a key is there twice"));
	skip_spaces(t);
	add_pair(t, map, key, take_toml_value(t, depth));
	return !t->wrong;
}

static struct node *take_inline(struct toml *t, int depth)
{
	struct node *map = new_toml_node(t, NODE_MAP);

	t->at++;
	for (;;) {
		skip_lines(t);
		if (take_toml(t, '}'))
			return map;
		if (t->at == t->end || !take_pair(t, map, depth))
			break;
		skip_lines(t);
		if (take_toml(t, '}'))
			return map;
		if (!take_toml(t, ','))
			break;
	}
	refuse(t, N_("a table in braces is not closed"));
	return map;
}

/* Numbers, true, false and dates. */
static bool is_of_plain(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("+-.:_", c));
}

static bool is_plain_value(const char *s, size_t n)
{
	return (n == 4 && !memcmp(s, "true", 4)) ||
	       (n == 5 && !memcmp(s, "false", 5)) ||
	       (n == 3 && (!memcmp(s, "nan", 3) || !memcmp(s, "inf", 3))) ||
	       (n && (isdigit((unsigned char)*s) ||
		      (n > 1 && (*s == '+' || *s == '-'))));
}

static struct node *take_toml_value(struct toml *t, int depth)
{
	struct node *node;
	const char *from = t->at;

	if (depth == NODE_MAX_DEPTH || t->at == t->end) {
		refuse(t, depth == NODE_MAX_DEPTH
				  ? N_("it is nested too deeply")
				  : N_("a value is missing"));
		return new_toml_node(t, NODE_SCALAR);
	}
	if (*t->at == '[')
		return take_toml_array(t, depth + 1);
	if (*t->at == '{')
		return take_inline(t, depth + 1);
	node = new_toml_node(t, NODE_SCALAR);
	node->text = "";
	if (*t->at == '"' || *t->at == '\'') {
		node->text = take_toml_string(t);
		return node;
	}
	while (t->at < t->end && is_of_plain(*t->at))
		t->at++;
	node->plain = true;
	node->text = arena_strndup(t->a, from, (size_t)(t->at - from));
	if (!is_plain_value(from, (size_t)(t->at - from)))
		refuse(t, N_("this is not a valid value"));
	return node;
}

/* --- tables --- */

/* [a.b] or [[a.b]]; what it opens, NULL is refused. */
static struct node *take_header(struct toml *t, struct node *root)
{
	bool many = at_text(t, "[[");
	struct node *map = root, *list, *item;
	const char *key;

	t->at += many ? 2 : 1;
	key = take_key(t);
	for (skip_spaces(t); key && map && take_toml(t, '.'); skip_spaces(t)) {
		map = step_into(t, map, key);
		key = take_key(t);
	}
	if (!key || !map || !take_toml(t, ']') ||
	    (many && !take_toml(t, ']'))) {
		refuse(t, N_("this is not a valid table name"));
		return NULL;
	}
	if (!many)
		return step_into(t, map, key);
	list = toml_get(t, map, key);
	if (!list) {
		list = new_toml_node(t, NODE_LIST);
		add_pair(t, map, key, list);
	}
	if (list->kind != NODE_LIST)
		return NULL;
	item = new_toml_node(t, NODE_MAP);
	add_item(t, list, item);
	return item;
}

struct err *toml_read(const struct node **out, struct arena *a,
		      const char *bytes, size_t n)
{
	struct toml t = { .a = a, .at = bytes, .end = bytes + n, .line = 1 };
	struct node *root, *table;
	size_t bad;

	if (!text_is_utf8(bytes, n, &bad) || memchr(bytes, '\0', n))
		return err_new(ERR_UNSUPPORTED, _("it is not UTF-8"));
	root = table = new_toml_node(&t, NODE_MAP);
	if (at_text(&t, "\xEF\xBB\xBF"))
		t.at += 3;
	for (skip_lines(&t); !t.wrong && t.at < t.end; skip_lines(&t)) {
		if (*t.at == '[') {
			table = take_header(&t, root);
			if (!table)
				refuse(&t, N_("a table is there twice"));
		} else {
			take_pair(&t, table, 0);
		}
		if (!t.wrong)
			end_line(&t);
	}
	free(t.slots);
	*out = root;
	if (!t.wrong)
		return NULL;
	return err_new(ERR_UNSUPPORTED, _("line %d: %s"), t.wrong_line,
		       _(t.wrong));
}
