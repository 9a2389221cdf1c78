/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/object.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FORMAT_VERSION 1

json_t *object_text(const char *s)
{
	struct buf valid = BUF_INIT;
	size_t n;
	json_t *json;

	if (!s)
		return json_null();
	n = strlen(s);
	if (text_is_utf8(s, n, NULL))
		return json_stringn_nocheck(s, n);
	text_valid(&valid, s, n);
	json = json_stringn_nocheck(valid.p, valid.n);
	buf_release(&valid);
	return json;
}

void object_set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new_nocheck(object, key, value);
}

void object_set_text(json_t *object, const char *key, const char *value)
{
	object_set(object, key, object_text(value));
}

void object_set_number(json_t *object, const char *key, size_t value)
{
	object_set(object, key, json_integer((json_int_t)value));
}

const char *object_string(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

const char *object_string_or_empty(const json_t *object, const char *key)
{
	const char *text = object_string(object, key);

	return text ? text : "";
}

json_t *object_list(const struct strs *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->nr; i++)
		json_array_append_new(array, object_text(list->at[i]));
	return array;
}

/* Beyond U+FFFF by two halves, as JSON has it. */
static void add_json_escaped(struct buf *out, unsigned c)
{
	if (c < 0x10000) {
		buf_addf(out, "\\u%04X", c);
		return;
	}
	c -= 0x10000;
	buf_addf(out, "\\u%04X\\u%04X", 0xd800 + (c >> 10),
		 0xdc00 + (c & 0x3ff));
}

/* What a terminal would obey is escaped; jansson leaves all from U+007F on as
 * it is. It stands in strings only, so the value stays the same. */
static void add_safe(struct buf *out, const char *s)
{
	struct buf clean = BUF_INIT;
	size_t n = strlen(s), len;

	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(s + at, n - at, &len);

		if (c == '\n' || (c >= ' ' && c < 0x7f)) {
			buf_addch(out, s[at]);
			continue;
		}
		buf_reset(&clean);
		text_clean(&clean, s + at, len, 0);
		if (clean.n == len && !memcmp(clean.p, s + at, len))
			buf_add(out, s + at, len);
		else
			add_json_escaped(out, (unsigned)c);
	}
	buf_release(&clean);
}

/* Of a number that is not whole; more than people measure, fewer than show how
 * a machine divides. */
#define DIGITS 12

void object_dump(struct buf *out, json_t *json, size_t flags)
{
	char *text = json_dumps(json, flags | JSON_REAL_PRECISION(DIGITS));

	add_safe(out, text);
	buf_addch(out, '\n');
	free(text);
	json_decref(json);
}

/* The brackets stand on the end of `out`, as jansson writes an empty list. */
void object_list_begin(struct buf *out, const char *key)
{
	buf_addf(out, "{\n  \"version\": %d,\n  \"%s\": []", FORMAT_VERSION,
		 key);
}

void object_list_open(struct buf *out, json_t *json, const char *key)
{
	object_dump(out, json, JSON_INDENT(2));
	buf_truncate(out, out->n - strlen("\n}\n"));
	buf_addf(out, ",\n  \"%s\": []", key);
}

void object_list_add(struct buf *out, json_t *item)
{
	struct buf text = BUF_INIT;
	bool first = out->p[out->n - 2] == '[';

	buf_truncate(out, out->n - (first ? 1 : 4));
	buf_addstr(out, first ? "\n    " : ",\n    ");
	object_dump(&text, item, JSON_INDENT(2));
	for (size_t i = 0; i + 1 < text.n; i++) {
		buf_addch(out, text.p[i]);
		if (text.p[i] == '\n')
			buf_addstr(out, "    ");
	}
	buf_addstr(out, "\n  ]");
	buf_release(&text);
}

void object_list_end(struct buf *out)
{
	buf_addstr(out, "\n}\n");
}

json_t *object_versioned(void)
{
	json_t *json = json_object();

	object_set(json, "version", json_integer(FORMAT_VERSION));
	return json;
}

static json_t *object_diag_json(const struct diag *diag)
{
	json_t *json = json_object();

	object_set_text(json, "path", diag->path);
	object_set(json, "line",
		   diag->pos.line ? json_integer(diag->pos.line) : json_null());
	object_set(json, "column",
		   diag->pos.line ? json_integer(diag->pos.column)
				  : json_null());
	object_set_text(json, "level", diag_level_name(diag->level));
	object_set_text(json, "rule", diag->rule);
	object_set_text(json, "text", diag->text);
	object_set_text(json, "hint", diag->hint);
	return json;
}

json_t *object_diags(const struct diags *diags)
{
	json_t *array = json_array();

	for (size_t i = 0; i < diags->nr; i++)
		json_array_append_new(array, object_diag_json(&diags->at[i]));
	return array;
}
