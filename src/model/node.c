/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/node.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phrase.h"
#include "base/text.h"
#include "base/vec.h"

/* Bounds the search for an alias's anchor, which is linear. */
#define MAX_ANCHORS 500

/* A place noted every so many characters, so that any character is found in a
 * few steps. */
#define STRIDE 16

struct stop {
	size_t byte;
	size_t line_char; /* the character that its line starts with */
	int line;
};

struct node_list VEC_OF(struct node *);

/* A list or map that is still open. */
struct frame {
	struct node *node;
	struct node_list kids; /* of a map: key, value, key, value ... */
	size_t before;         /* nodes counted when it opened */
	int height;            /* of its highest child */
	const char *anchor;
};

struct anchor {
	const char *name;
	const struct node *node;
	size_t size;
	int height;
};

struct reader {
	struct arena *a;
	struct diags *diags;
	const char *path;
	const char *bytes;
	size_t start, end;
	struct stop *stops; /* heap */
	size_t chars;
	yaml_parser_t parser;
	struct frame frames[NODE_MAX_DEPTH];
	int depth;
	size_t nodes, most;
	bool first_alone; /* what follows the first document is left out */
	bool done;
	struct VEC_OF(struct anchor) anchors;
	struct node *root;
};

static size_t char_len(char c)
{
	unsigned char u = (unsigned char)c;

	return u < 0xC0 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : 4;
}

/* Moves a stop by the character it stands on, the `nth` one. */
static void step_place(const struct reader *r, struct stop *s, size_t nth)
{
	if (r->bytes[s->byte] == '\n') {
		s->line++;
		s->line_char = nth + 1;
	}
	s->byte += char_len(r->bytes[s->byte]);
	if (s->byte > r->end)
		s->byte = r->end;
}

static void note_stops(struct reader *r)
{
	struct pos first = diag_pos(r->bytes, r->start);
	struct stop s = { r->start, 0, first.line };

	r->stops = mem_calloc((r->end - r->start) / STRIDE + 1, sizeof(s));
	for (r->chars = 0; s.byte < r->end; r->chars++) {
		if (r->chars % STRIDE == 0)
			r->stops[r->chars / STRIDE] = s;
		step_place(r, &s, r->chars);
	}
	if (r->chars % STRIDE == 0)
		r->stops[r->chars / STRIDE] = s;
}

/* The place of a character, counted from the start of the YAML as libyaml
 * counts. */
static struct pos place_char(const struct reader *r, size_t nth)
{
	struct stop s;
	struct pos pos;

	if (nth > r->chars)
		nth = r->chars;
	s = r->stops[nth / STRIDE];
	for (size_t i = nth - nth % STRIDE; i < nth; i++)
		step_place(r, &s, i);
	pos.byte = s.byte;
	pos.line = s.line;
	pos.column = (int)(nth - s.line_char) + 1;
	return pos;
}

/* --- what went wrong, in words --- */

#define QUOTE_IT N_("put the value in quotes")

/* What libyaml says, and what it means to the person who wrote it. Its context
 * mark is where the thing began that went wrong. */
struct complaint {
	const char *problem;
	bool at_context;
	const char *text;
	const char *hint;
};

static const struct complaint tab = { "", false,
				      N_("a tab, where YAML needs spaces"),
				      N_("indent with spaces") };
static const struct complaint orphan = {
	"", false, N_("the line above is not 'key: value'"),
	N_("write it as 'key: value', or indent it under its key")
};

static const struct complaint complaints[] = {
	{ "mapping values are not allowed in this context", false,
	  N_("': ' in the middle of a value"), QUOTE_IT },
	{ "found character that cannot start any token", false,
	  N_("a value cannot start with this character"), QUOTE_IT },
	{ "did not find expected alphabetic or numeric character", false,
	  N_("a value that starts with * or & has a meaning of its own in "
	     "YAML"),
	  QUOTE_IT },
	{ "found undefined tag handle", false,
	  N_("a value that starts with ! has a meaning of its own in YAML"),
	  QUOTE_IT },
	{ "could not find expected ':'", true,
	  N_("this line is not 'key: value'"),
	  N_("write it as 'key: value', or indent it under the key above") },
	{ "found unexpected end of stream", true,
	  N_("the quote that starts here is never closed"),
	  N_("close the quote, or double it if it is part of the value") },
	{ "found unexpected document indicator", true,
	  N_("the quote that starts here is never closed"),
	  N_("close the quote, or double it if it is part of the value") },
	{ "found unknown escape character", false,
	  N_("unknown backslash escape in double quotes"),
	  N_("write \\\\ for a backslash, or use single quotes") },
	{ "did not find expected ',' or ']'", true,
	  N_("the list that starts here is not closed, or a comma is missing"),
	  N_("separate its items with commas and close it with ]") },
	{ "did not find expected ',' or '}'", true,
	  N_("the map that starts here is not closed, or a comma is missing"),
	  N_("separate its entries with commas and close it with }") },
	{ "did not find expected key", false,
	  N_("this does not fit the line above"),
	  N_("check the indentation of this line and the quotes before it") },
	{ "did not find expected '-' indicator", false,
	  N_("this does not belong to the list above"),
	  N_("start the line with '- ', or indent it like the lines around "
	     "it") },
	{ "block sequence entries are not allowed in this context", false,
	  N_("a list cannot start here"),
	  N_("put each '- item' on its own line, under its key") },
	{ "control characters are not allowed", false,
	  N_("a control character"), N_("remove it") },
};

/* The hint with the very line in quotes, where that line is `key: value` and
 * short; else `fallback`. */
static const char *quoted_line(const struct reader *r, size_t at,
			       const char *fallback)
{
	size_t from = at, end = at;
	const char *line, *colon, *value;
	size_t n;

	while (from > r->start && r->bytes[from - 1] != '\n')
		from--;
	while (end < r->end && r->bytes[end] != '\n')
		end++;
	line = r->bytes + from;
	n = end - from;
	text_trim(&line, &n);
	colon = n > 1 && n < 70 ? memmem(line, n, ": ", 2) : NULL;
	if (!colon || memchr(line, '\\', n) || memchr(line, '"', n) ||
	    memmem(line, n, " #", 2))
		return fallback;
	value = colon + 2;
	n -= (size_t)(value - line);
	text_trim(&value, &n);
	if (*value == '\'' || *value == '[' || *value == '{')
		return fallback;
	return phrase_pack(r->a,
			   N_("put the value in quotes, as in: %.*s: \"%.*s\""),
			   (int)(colon - line), line, (int)n, value);
}

/* Whether the colon at `at` is the first of its line: then the line is a good
 * `key: value`, and what stands above it is none. */
static bool is_first_colon(const struct reader *r, size_t at)
{
	size_t from = at;

	while (from > r->start && r->bytes[from - 1] != '\n')
		from--;
	return !memmem(r->bytes + from, at - from, ": ", 2);
}

/* One problem ends the reading, so that a file gets one and not a row. */
static void complain_at(struct reader *r, struct pos pos, const char *text,
			const char *hint)
{
	if (hint && strcmp(hint, QUOTE_IT) == 0)
		hint = quoted_line(r, pos.byte, hint);
	diag_add_phrase(r->diags, RULE_YAML, r->path, pos, hint, text);
}

static const struct complaint *find_complaint(const struct reader *r,
					      const char *problem, size_t at)
{
	if (at < r->end && r->bytes[at] == '\t')
		return &tab;
	for (size_t i = 0; i < ARRAY_SIZE(complaints); i++)
		if (strcmp(problem, complaints[i].problem) == 0)
			return i == 0 && is_first_colon(r, at) ? &orphan
							       : &complaints[i];
	return NULL;
}

static void complain_parser(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *problem = p->problem ? p->problem : "unreadable";
	struct pos pos = place_char(r, p->problem_mark.index);
	const struct complaint *c;
	size_t bad;

	if (p->error == YAML_MEMORY_ERROR)
		mem_none();
	if (!text_is_utf8(r->bytes + r->start, r->end - r->start, &bad)) {
		complain_at(r, diag_pos(r->bytes, r->start + bad),
			    N_("this byte is not valid UTF-8"),
			    N_("save the file as UTF-8"));
		return;
	}
	if (p->error == YAML_READER_ERROR)
		pos = diag_pos(r->bytes, r->start + p->problem_offset);
	c = find_complaint(r, problem, pos.byte);
	if (c && c->at_context && p->context)
		pos = place_char(r, p->context_mark.index);
	complain_at(r, pos, c ? c->text : problem, c ? c->hint : NULL);
}

static bool limit(struct reader *r, struct pos pos, const char *text)
{
	diag_add_phrase(r->diags, RULE_YAML_LIMIT, r->path, pos, NULL, text);
	return false;
}

/* --- the tree --- */

/* Counts nodes before they exist, so that aliases of aliases cost nothing. */
static bool count_node(struct reader *r, struct pos pos, size_t size,
		       int height)
{
	if (r->depth + height > NODE_MAX_DEPTH)
		return limit(r, pos,
			     N_("lists and maps are nested too deeply"));
	if (size > r->most || r->nodes + size > r->most)
		return limit(r, pos, N_("there are too many values"));
	r->nodes += size;
	return true;
}

static bool remember(struct reader *r, const char *anchor,
		     const struct node *node, size_t size, int height)
{
	if (!anchor)
		return true;
	if (r->anchors.nr == MAX_ANCHORS)
		return limit(r, node->start, N_("there are too many anchors"));
	vec_push(r->a, &r->anchors,
		 (struct anchor){ anchor, node, size, height });
	return true;
}

/* Puts a finished node where it belongs. */
static void attach(struct reader *r, struct node *node, int height)
{
	struct frame *top = r->depth ? &r->frames[r->depth - 1] : NULL;

	if (!top) {
		r->root = node;
		return;
	}
	vec_push(r->a, &top->kids, node);
	if (height > top->height)
		top->height = height;
}

static const char *copy_anchor(struct reader *r, const yaml_char_t *anchor)
{
	return anchor ? arena_strdup(r->a, (const char *)anchor) : NULL;
}

/* A block scalar's mark lies behind the blank lines that follow it. */
static struct pos trim_block(const struct reader *r, struct pos start,
			     size_t end_char)
{
	struct pos end = place_char(r, end_char);

	while (end.byte > start.byte + 1 &&
	       strchr(" \t\r\n", r->bytes[end.byte - 1]))
		end = place_char(r, --end_char);
	return end;
}

static const char *scalar_bytes(struct reader *r, const yaml_event_t *e,
				const struct node *node)
{
	const char *tag = (const char *)e->data.scalar.tag;
	size_t n = e->data.scalar.length;
	struct buf b = BUF_INIT;
	const char *text;

	/* `title: !important fix` is a value that starts with an exclamation
	 * mark, whatever YAML calls that. */
	if (tag && tag[0] == '!' && node->plain)
		return arena_strndup(r->a, r->bytes + node->start.byte,
				     node->end.byte - node->start.byte);
	if (!memchr(e->data.scalar.value, '\0', n))
		return arena_strndup(r->a, (const char *)e->data.scalar.value,
				     n);
	/* "\0" in double quotes: our texts end at a NUL. */
	for (size_t i = 0; i < n; i++) {
		if (e->data.scalar.value[i])
			buf_addch(&b, (char)e->data.scalar.value[i]);
		else
			buf_addstr(&b, "\xEF\xBF\xBD");
	}
	text = arena_strdup(r->a, b.p);
	buf_release(&b);
	return text;
}

static bool on_scalar(struct reader *r, const yaml_event_t *e)
{
	yaml_scalar_style_t style = e->data.scalar.style;
	struct node *node = arena_alloc(r->a, sizeof(*node));

	node->kind = NODE_SCALAR;
	node->plain = style == YAML_PLAIN_SCALAR_STYLE;
	node->start = place_char(r, e->start_mark.index);
	node->end = place_char(r, e->end_mark.index);
	if (style == YAML_LITERAL_SCALAR_STYLE ||
	    style == YAML_FOLDED_SCALAR_STYLE)
		node->end = trim_block(r, node->start, e->end_mark.index);
	if (!count_node(r, node->start, 1, 0))
		return false;
	node->text = scalar_bytes(r, e, node);
	attach(r, node, 0);
	return remember(r, copy_anchor(r, e->data.scalar.anchor), node, 1, 0);
}

static bool on_open(struct reader *r, const yaml_event_t *e)
{
	bool list = e->type == YAML_SEQUENCE_START_EVENT;
	struct node *node = arena_alloc(r->a, sizeof(*node));
	struct frame *frame;

	node->kind = list ? NODE_LIST : NODE_MAP;
	node->flow =
		list ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
		     : e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	node->start = place_char(r, e->start_mark.index);
	node->end = node->start;
	if (!count_node(r, node->start, 1, 1))
		return false;
	frame = &r->frames[r->depth++];
	*frame = (struct frame){ .node = node, .before = r->nodes - 1 };
	frame->anchor = copy_anchor(r, list ? e->data.sequence_start.anchor
					    : e->data.mapping_start.anchor);
	return true;
}

/* Places of pairs by their keys, for maps so large that looking at each pair
 * would take too long. */
struct key_table {
	size_t *slots; /* heap; a place plus 1, 0 is free */
	size_t mask;
};

enum { FEW_PAIRS = 16 };

static void open_keys(struct key_table *table, size_t nr)
{
	size_t size = 64;

	*table = (struct key_table){ 0 };
	if (nr <= FEW_PAIRS)
		return;
	while (size < 2 * nr)
		size *= 2;
	table->slots = mem_calloc(size, sizeof(*table->slots));
	table->mask = size - 1;
}

/* The pair of this key among the first of the map; `map->nr`, which is where
 * it will be, if there is none. */
static size_t find_node_key(struct key_table *table, const struct node *map,
			    const struct pair *pairs, const char *key)
{
	size_t hash = 5381, i;

	if (!table->slots) {
		for (i = 0; i < map->nr; i++)
			if (!strcmp(pairs[i].key->text, key))
				break;
		return i;
	}
	for (i = 0; key[i]; i++)
		hash = hash * 33 + (unsigned char)key[i];
	for (i = hash & table->mask; table->slots[i]; i = (i + 1) & table->mask)
		if (!strcmp(pairs[table->slots[i] - 1].key->text, key))
			return table->slots[i] - 1;
	table->slots[i] = map->nr + 1;
	return map->nr;
}

/* Of two that say the same the second goes, if its lines have nothing but it;
 * NULL where a person must decide. */
static const struct fix *fix_double(struct reader *r, const struct node *map,
				    const struct pair *first,
				    const struct pair *second)
{
	size_t from = second->key->start.byte, to = second->value->end.byte;
	struct fix *fix;

	if (map->flow || !node_is_same(first->value, second->value))
		return NULL;
	while (from > r->start && r->bytes[from - 1] == ' ')
		from--;
	while (to < r->end && strchr(" \t\r", r->bytes[to]))
		to++;
	if ((from > r->start && r->bytes[from - 1] != '\n') || to >= r->end ||
	    r->bytes[to] != '\n')
		return NULL;
	for (size_t i = from; i < to; i++)
		if (r->bytes[i] == '#' && strchr(" \t\n", r->bytes[i - 1]))
			return NULL;
	fix = arena_alloc(r->diags->arena, sizeof(*fix));
	*fix = (struct fix){ from, to + 1 - from, "" };
	return fix;
}

/* The first pair of each key stays. */
static bool push_pair(struct reader *r, struct key_table *table,
		      struct node *map, struct pair *pairs, struct pair pair)
{
	const char *key = pair.key->text;
	size_t at;

	if (!key) {
		complain_at(r, pair.key->start,
			    N_("a list or map is used as a key"),
			    N_("a value that starts with [ or { needs quotes"));
		return false;
	}
	at = find_node_key(table, map, pairs, key);
	if (at < map->nr) {
		diag_add(r->diags, RULE_DUPLICATE_KEY, r->path, pair.key->start,
			 NULL, N_("'%s' appears twice; line %d counts"), key,
			 pairs[at].key->start.line);
		diag_fix(r->diags, fix_double(r, map, &pairs[at], &pair));
		return true;
	}
	pairs[map->nr++] = pair;
	return true;
}

static bool close_map(struct reader *r, struct frame *frame)
{
	struct node *map = frame->node;
	size_t nr = frame->kids.nr / 2;
	struct pair *pairs = arena_alloc(r->a, (nr + 1) * sizeof(*pairs));
	struct key_table table;
	bool good = true;

	map->pairs = pairs;
	open_keys(&table, nr);
	for (size_t i = 0; good && i < nr; i++)
		good = push_pair(r, &table, map, pairs,
				 (struct pair){ frame->kids.at[2 * i],
						frame->kids.at[2 * i + 1] });
	free(table.slots);
	return good;
}

static bool on_close(struct reader *r, const yaml_event_t *e)
{
	struct frame *frame = &r->frames[r->depth - 1];
	struct node *node = frame->node;
	int height = frame->height + 1;

	/* The mark of a block collection lies at the next key, behind trailing
	 * comments; that of `[a: b]`'s map has no width. */
	if (node->flow && e->end_mark.index > e->start_mark.index)
		node->end = place_char(r, e->end_mark.index);
	else if (frame->kids.nr)
		node->end = frame->kids.at[frame->kids.nr - 1]->end;
	if (node->kind == NODE_MAP) {
		if (!close_map(r, frame))
			return false;
	} else {
		node->items = frame->kids.at;
		node->nr = frame->kids.nr;
	}
	r->depth--;
	attach(r, node, height);
	return remember(r, frame->anchor, node, r->nodes - frame->before,
			height);
}

/* A collection is remembered when it closes, so it cannot name itself. */
static bool on_alias(struct reader *r, const yaml_event_t *e)
{
	const char *name = (const char *)e->data.alias.anchor;
	struct pos start = place_char(r, e->start_mark.index);
	struct node *node;

	for (size_t i = r->anchors.nr; i-- > 0;) {
		const struct anchor *anchor = &r->anchors.at[i];

		if (strcmp(anchor->name, name) != 0)
			continue;
		if (!count_node(r, start, anchor->size, anchor->height))
			return false;
		node = arena_alloc(r->a, sizeof(*node));
		*node = *anchor->node;
		node->start = start;
		node->end = place_char(r, e->end_mark.index);
		attach(r, node, anchor->height);
		return true;
	}
	complain_at(r, start,
		    N_("a value that starts with * names an anchor, and no "
		       "anchor above has that name"),
		    QUOTE_IT);
	return false;
}

/* False when reading ends here, at the end or at a problem. */
static bool take_event(struct reader *r, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(r, e);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_open(r, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_close(r, e);
	case YAML_ALIAS_EVENT:
		return on_alias(r, e);
	case YAML_DOCUMENT_START_EVENT:
		if (!r->root)
			return true;
		if (r->first_alone) {
			r->done = true;
			return false;
		}
		complain_at(r, place_char(r, e->start_mark.index),
			    N_("a second YAML document starts here"),
			    N_("put all keys into the first one"));
		return false;
	default:
		return true;
	}
}

/* Whether it was read to its end without a problem. */
static bool read_yaml_events(struct reader *r)
{
	yaml_event_t e;

	for (;;) {
		bool more, last;

		if (!yaml_parser_parse(&r->parser, &e)) {
			complain_parser(r);
			return false;
		}
		last = e.type == YAML_STREAM_END_EVENT;
		more = take_event(r, &e);
		yaml_event_delete(&e);
		if (last || !more)
			return more || r->done;
	}
}

static bool read_whole(struct reader *r)
{
	bool whole;

	if (!yaml_parser_initialize(&r->parser))
		mem_none();
	note_stops(r);
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser,
				     (const unsigned char *)r->bytes + r->start,
				     r->end - r->start);
	whole = read_yaml_events(r);
	yaml_parser_delete(&r->parser);
	free(r->stops);
	return whole;
}

const struct node *node_parse(struct arena *a, struct diags *diags,
			      const char *path, const char *bytes, size_t start,
			      size_t end)
{
	struct reader r = { .a = a,
			    .diags = diags,
			    .path = path,
			    .bytes = bytes,
			    .start = start,
			    .end = end,
			    .most = NODE_MAX_NODES };

	return read_whole(&r) && !node_is_null(r.root) ? r.root : NULL;
}

struct err *node_yaml(const struct node **out, struct arena *a,
		      const char *bytes, size_t n)
{
	struct diags diags = { .arena = a };
	bool bom = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);
	struct reader r = { .a = a,
			    .diags = &diags,
			    .path = "",
			    .bytes = bytes,
			    .start = bom ? 3 : 0,
			    .end = n,
			    .most = NODE_MAX_FOREIGN,
			    .first_alone = true };

	if (!read_whole(&r))
		return err_new(
			ERR_UNSUPPORTED, _("line %d: %s"),
			diags.at[diags.nr - 1].pos.line,
			phrase_text(a, diag_said(&diags.at[diags.nr - 1])));
	*out = node_is_null(r.root) ? NULL : r.root;
	return NULL;
}

const struct node *node_get(const struct node *map, const char *key)
{
	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->nr; i++)
		if (strcmp(map->pairs[i].key->text, key) == 0)
			return map->pairs[i].value;
	return NULL;
}

bool node_is_null(const struct node *node)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };

	if (!node)
		return true;
	if (node->kind != NODE_SCALAR)
		return false;
	if (!*node->text)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(nulls); i++)
		if (node->plain && strcmp(node->text, nulls[i]) == 0)
			return true;
	return false;
}

const char *node_version(void)
{
	return yaml_get_version_string();
}

bool node_is_same(const struct node *a, const struct node *b)
{
	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->nr != b->nr)
		return false;
	if (a->kind == NODE_SCALAR)
		return strcmp(a->text, b->text) == 0 &&
		       node_is_null(a) == node_is_null(b);
	for (size_t i = 0; i < a->nr; i++) {
		if (a->kind == NODE_LIST) {
			if (!node_is_same(a->items[i], b->items[i]))
				return false;
			continue;
		}
		if (!node_is_same(a->pairs[i].key, b->pairs[i].key) ||
		    !node_is_same(a->pairs[i].value, b->pairs[i].value))
			return false;
	}
	return true;
}
