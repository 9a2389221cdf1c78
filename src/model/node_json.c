/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/node_json.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

/* In front of a string that was a number: as an escape, since a string that is
 * written so in the file is refused. */
#define NUMBER_MARK    '\1'
#define NUMBER_ESCAPED "\\u0001"

struct build {
	struct arena *a;
	size_t nodes;
	bool cut;          /* a text may have a NUL in it */
	const char *wrong; /* why it cannot be read, or NULL */
};

/* --- numbers as text --- */

static size_t skip_digits(const char *s, size_t i, size_t n)
{
	while (i < n && isdigit((unsigned char)s[i]))
		i++;
	return i;
}

/* Whether the `n` bytes are one of JSON's numbers, or not a number at all. */
static bool is_json_number(const char *s, size_t n)
{
	static const char *const words[] = { "NaN", "Infinity", "-Infinity" };
	size_t i = n && *s == '-', from;

	for (size_t w = 0; w < ARRAY_SIZE(words); w++)
		if (n == strlen(words[w]) && !memcmp(s, words[w], n))
			return true;
	from = i;
	i = skip_digits(s, i, n);
	if (i == from || (s[from] == '0' && i > from + 1))
		return false;
	if (i < n && s[i] == '.') {
		from = ++i;
		i = skip_digits(s, i, n);
		if (i == from)
			return false;
	}
	if (i < n && (s[i] == 'e' || s[i] == 'E')) {
		i++;
		i += i < n && (s[i] == '+' || s[i] == '-');
		from = i;
		i = skip_digits(s, i, n);
		if (i == from)
			return false;
	}
	return i == n;
}

static bool is_of_token(char c)
{
	return isalnum((unsigned char)c) || c == '+' || c == '-' || c == '.';
}

/* The string at `i`, its quotes included. */
static size_t skip_json_string(const char *s, size_t i, size_t n)
{
	for (i++; i < n && s[i] != '"'; i++)
		i += s[i] == '\\';
	return i < n ? i + 1 : n;
}

/* The same text with each number as a string. */
static void quote_numbers(struct buf *out, const char *s, size_t n)
{
	size_t from = 0, i = 0;

	buf_reserve(out, n + n / 4);
	while (i < n) {
		size_t start = i;

		if (s[i] == '"') {
			i = skip_json_string(s, i, n);
			continue;
		}
		while (i < n && is_of_token(s[i]))
			i++;
		if (i == start) {
			i++;
			continue;
		}
		if (!is_json_number(s + start, i - start))
			continue;
		buf_add(out, s + from, start - from);
		buf_addstr(out, "\"" NUMBER_ESCAPED);
		buf_add(out, s + start, i - start);
		buf_addch(out, '"');
		from = i;
	}
	buf_add(out, s + from, n - from);
}

/* --- the tree --- */

static struct node *new_json_node(struct build *build, enum node_kind kind)
{
	struct node *node = arena_alloc(build->a, sizeof(*node));

	node->kind = kind;
	if (++build->nodes > NODE_MAX_FOREIGN)
		build->wrong = N_("there are too many values");
	return node;
}

static struct node *build_scalar(struct build *build, const char *text,
				 size_t n, bool plain)
{
	struct node *node = new_json_node(build, NODE_SCALAR);

	node->text = arena_strndup(build->a, text, n);
	node->plain = plain;
	return node;
}

static const struct node *build_string(struct build *build, const char *text,
				       size_t n)
{
	bool number = n && *text == NUMBER_MARK;
	size_t end = strlen(text);
	struct node *node =
		build_scalar(build, text + number, end - number, number);

	node->cut = end < n;
	if (node->cut && !build->cut)
		build->wrong = N_("there is a NUL character in a text");
	return node;
}

static const struct node *build_json(struct build *build, json_t *json,
				     int depth);

static const struct node *build_list(struct build *build, json_t *json,
				     int depth)
{
	struct node *node = new_json_node(build, NODE_LIST);
	size_t nr = json_array_size(json);
	struct node **items = arena_alloc(build->a, (nr + 1) * sizeof(*items));

	for (size_t i = 0; i < nr && !build->wrong; i++)
		items[node->nr++] = (struct node *)build_json(
			build, json_array_get(json, i), depth);
	node->items = items;
	return node;
}

static const struct node *build_map(struct build *build, json_t *json,
				    int depth)
{
	struct node *node = new_json_node(build, NODE_MAP);
	struct pair *pairs = arena_alloc(
		build->a, (json_object_size(json) + 1) * sizeof(*pairs));
	const char *key;
	json_t *value;

	json_object_foreach(json, key, value)
	{
		if (*key == NUMBER_MARK)
			build->wrong = N_("a number stands where a key should");
		if (build->wrong)
			break;
		pairs[node->nr++] =
			(struct pair){ build_scalar(build, key, strlen(key),
						    false),
				       build_json(build, value, depth) };
	}
	node->pairs = pairs;
	return node;
}

static const struct node *build_json(struct build *build, json_t *json,
				     int depth)
{
	if (depth == NODE_MAX_DEPTH)
		build->wrong = N_("lists and maps are nested too deeply");
	else if (json_is_object(json))
		return build_map(build, json, depth + 1);
	else if (json_is_array(json))
		return build_list(build, json, depth + 1);
	else if (json_is_string(json))
		return build_string(build, json_string_value(json),
				    json_string_length(json));
	return build_scalar(build,
			    json_is_true(json)    ? "true"
			    : json_is_false(json) ? "false"
						  : "null",
			    json_is_true(json) || json_is_null(json) ? 4 : 5,
			    true);
}

/* A byte order mark is none of JSON's. */
static void skip_bom(const char **bytes, size_t *n)
{
	if (*n < 3 || memcmp(*bytes, "\xEF\xBB\xBF", 3) != 0)
		return;
	*bytes += 3;
	*n -= 3;
}

static struct err *read_json(const struct node **out, struct arena *a,
			     const char *bytes, size_t n, bool cut)
{
	struct build build = { .a = a, .cut = cut };
	struct buf quoted = BUF_INIT;
	json_error_t error;
	json_t *json;

	skip_bom(&bytes, &n);
	quote_numbers(&quoted, bytes, n);
	json = json_loadb(quoted.p, quoted.n, JSON_DECODE_ANY | JSON_ALLOW_NUL,
			  &error);
	buf_release(&quoted);
	if (!json)
		return err_new(ERR_UNSUPPORTED,
			       _("line %d is not valid JSON (%s)"), error.line,
			       text_cleaned(a, error.text));
	*out = build_json(&build, json, 0);
	json_decref(json);
	return build.wrong ? err_new(ERR_UNSUPPORTED, "%s", _(build.wrong))
			   : NULL;
}

struct err *node_json(const struct node **out, struct arena *a,
		      const char *bytes, size_t n)
{
	return read_json(out, a, bytes, n, false);
}

struct err *node_json_cut(const struct node **out, struct arena *a,
			  const char *bytes, size_t n)
{
	return read_json(out, a, bytes, n, true);
}

bool node_is_cut(const struct node *node)
{
	bool cut = node->cut;

	for (size_t i = 0; !cut && i < node->nr; i++)
		cut = node_is_cut(node->kind == NODE_MAP ? node->pairs[i].value
							 : node->items[i]);
	return cut;
}
