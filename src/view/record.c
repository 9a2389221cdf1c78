/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/body.h"
#include "model/field.h"

#define FORMAT_VERSION 1
#define REPLACEMENT    "\xef\xbf\xbd"

const char *const format_names[] = { "human", "json", "ndjson", "tsv", NULL };
const char *const format_names_json[] = { "human", "json", NULL };

/* What most programs ask for stands first; the other fields follow in the
 * order of the field table. */
static const char *const first_keys[] = {
	"id",       "title",    "date",   "status",   "kind",    "path",
	"releases", "branches", "labels", "severity", "authors", "owner",
};

static const char *const tsv_keys[] = {
	"id",       "date",     "status", "kind",  "severity", "path",
	"releases", "branches", "labels", "owner", "authors",  "title",
};

static json_t *text_json(const char *s)
{
	struct buf valid = BUF_INIT;
	size_t n, len;
	json_t *json;

	if (!s)
		return json_null();
	n = strlen(s);
	if (text_is_utf8(s, n, NULL))
		return json_stringn_nocheck(s, n);
	for (size_t at = 0; at < n; at += len) {
		if (text_decode(s + at, n - at, &len) < 0)
			buf_addstr(&valid, REPLACEMENT);
		else
			buf_add(&valid, s + at, len);
	}
	json = json_stringn_nocheck(valid.p, valid.n);
	buf_release(&valid);
	return json;
}

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new_nocheck(object, key, value);
}

static void set_text(json_t *object, const char *key, const char *value)
{
	set(object, key, text_json(value));
}

static void set_number(json_t *object, const char *key, size_t value)
{
	set(object, key, json_integer((json_int_t)value));
}

static json_t *strs_json(const struct strs *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->nr; i++)
		json_array_append_new(array, text_json(list->at[i]));
	return array;
}

/* --- fields --- */

/* Its depth is bounded by NODE_MAX_DEPTH. */
static json_t *node_json(const struct node *node)
{
	json_t *json;

	if (node_is_null(node))
		return json_null();
	if (node->kind == NODE_SCALAR)
		return text_json(node->text);
	json = node->kind == NODE_LIST ? json_array() : json_object();
	for (size_t i = 0; i < node->nr; i++) {
		if (node->kind == NODE_LIST)
			json_array_append_new(json, node_json(node->items[i]));
		else
			set(json, node->pairs[i].key->text,
			    node_json(node->pairs[i].value));
	}
	return json;
}

static json_t *ties_json(const struct ties *ties)
{
	json_t *json = json_object();

	set(json, "cause", strs_json(&ties->cause));
	set(json, "fix", strs_json(&ties->fix));
	set(json, "other", strs_json(&ties->other));
	return json;
}

static json_t *metrics_json(const struct metrics *metrics)
{
	json_t *array = json_array();

	for (size_t i = 0; i < metrics->nr; i++) {
		const struct metric *metric = &metrics->at[i];
		json_t *json = json_object();

		set_text(json, "name", metric->name);
		set_text(json, "before", metric->before);
		set_text(json, "after", metric->after);
		set_text(json, "unit", metric->unit);
		set_text(json, "better", metric->better);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *field_json(struct arena *a, const struct field *field,
			  const struct retro *retro)
{
	const void *at = (const char *)retro + field->offset;
	const struct field_time *time = at;
	const struct node *const *node = at;
	const char *text;

	switch (field->type) {
	case FIELD_SEVERITY:
		return retro->severity ? json_integer(retro->severity)
				       : json_null();
	case FIELD_LIST:
		return strs_json(at);
	case FIELD_TIME:
		return time->known ? text_json(moment_rfc3339(a, time->at))
				   : json_null();
	case FIELD_COMMITS:
		return ties_json(at);
	case FIELD_METRICS:
		return metrics_json(at);
	case FIELD_MAP:
		return *node ? node_json(*node) : json_object();
	default:
		text = field_text(a, field, retro);
		return *text ? text_json(text) : json_null();
	}
}

static json_t *extras_json(const struct extras *extras)
{
	json_t *json = json_object();

	for (size_t i = 0; i < extras->nr; i++)
		set(json, extras->at[i].key, node_json(extras->at[i].value));
	return json;
}

/* `path` is no field of the front matter. */
static void set_key(json_t *json, struct arena *a, const char *key,
		    const struct retro *retro)
{
	if (strcmp(key, "path") == 0)
		set_text(json, key, retro->path);
	else
		set(json, key, field_json(a, field_find(key), retro));
}

static void set_fields(json_t *json, struct arena *a, const struct retro *retro)
{
	for (size_t i = 0; i < ARRAY_SIZE(first_keys); i++)
		set_key(json, a, first_keys[i], retro);
	for (size_t i = 0; i < field_count; i++)
		if (!json_object_get(json, field_table[i].key))
			set_key(json, a, field_table[i].key, retro);
	set(json, "extras", extras_json(&retro->extras));
}

/* --- bodies --- */

static json_t *sections_json(const struct sections *sections)
{
	json_t *array = json_array();

	for (size_t i = 0; i < sections->nr; i++) {
		const struct section *section = &sections->at[i];
		json_t *json = json_object();

		set_text(json, "key", section_name(section->key));
		set_text(json, "heading", section->heading);
		set(json, "level", json_integer(section->level));
		set(json, "line", json_integer(section->line));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *pitfalls_json(const struct pitfalls *pitfalls)
{
	json_t *array = json_array();

	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct pitfall *pitfall = &pitfalls->at[i];
		json_t *json = json_object();

		set_text(json, "text", pitfall->text);
		set(json, "line", json_integer(pitfall->line));
		set(json, "paths", strs_json(&pitfall->paths));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *action_json(struct arena *a, const struct action *action)
{
	static const char *const states[] = {
		[ACTION_OPEN] = "open",
		[ACTION_DONE] = "done",
		[ACTION_DECLINED] = "declined",
	};
	json_t *json = json_object();

	set_text(json, "id", action->id);
	set_text(json, "state", states[action->state]);
	set_text(json, "text", action->text);
	set_text(json, "owner", action->owner);
	set_text(json, "due",
		 action->due == DAY_NONE ? NULL : day_format(a, action->due));
	set_text(json, "priority", action->priority);
	set_text(json, "done", action->done);
	set_text(json, "reason", action->reason);
	set(json, "line", json_integer(action->line));
	return json;
}

static void set_body(json_t *json, struct arena *a, const struct body *body)
{
	json_t *actions = json_array();

	for (size_t i = 0; i < body->actions.nr; i++)
		json_array_append_new(actions,
				      action_json(a, &body->actions.at[i]));
	set(json, "sections", sections_json(&body->sections));
	set(json, "pitfalls", pitfalls_json(&body->pitfalls));
	set(json, "actions", actions);
}

/* --- writing --- */

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
			buf_addf(out, "\\u%04X", (unsigned)c);
	}
	buf_release(&clean);
}

/* Takes `json`. */
static void dump(struct buf *out, json_t *json, size_t flags)
{
	char *text = json_dumps(json, flags);

	add_safe(out, text);
	buf_addch(out, '\n');
	free(text);
	json_decref(json);
}

static json_t *versioned(void)
{
	json_t *json = json_object();

	set(json, "version", json_integer(FORMAT_VERSION));
	return json;
}

void record_json(struct buf *out, struct arena *a, const struct retros *retros,
		 bool bodies)
{
	json_t *json = versioned(), *array = json_array();

	for (size_t i = 0; i < retros->nr; i++) {
		json_t *item = json_object();

		set_fields(item, a, retros->at[i]);
		if (bodies)
			set_body(item, a, retros->at[i]->body);
		json_array_append_new(array, item);
	}
	set(json, "retros", array);
	dump(out, json, JSON_INDENT(2));
}

void record_ndjson(struct buf *out, struct arena *a,
		   const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		json_t *json = versioned();

		set_fields(json, a, retros->at[i]);
		dump(out, json, JSON_COMPACT);
	}
}

static void add_tsv(struct buf *out, const char *s)
{
	struct buf escaped = BUF_INIT;

	for (; *s; s++) {
		if (*s == '\t')
			buf_addstr(&escaped, "\\t");
		else if (*s == '\n')
			buf_addstr(&escaped, "\\n");
		else if (*s == '\\')
			buf_addstr(&escaped, "\\\\");
		else
			buf_addch(&escaped, *s);
	}
	text_clean(out, escaped.p, escaped.n, 0);
	buf_release(&escaped);
}

void record_tsv(struct buf *out, struct arena *a, const struct retros *retros)
{
	for (size_t j = 0; j < ARRAY_SIZE(tsv_keys); j++)
		buf_addf(out, "%s%s", j ? "\t" : "", tsv_keys[j]);
	buf_addch(out, '\n');
	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];

		for (size_t j = 0; j < ARRAY_SIZE(tsv_keys); j++) {
			const struct field *field = field_find(tsv_keys[j]);

			if (j)
				buf_addch(out, '\t');
			add_tsv(out, field ? field_text(a, field, retro)
					   : retro->path);
		}
		buf_addch(out, '\n');
	}
}

static json_t *diag_json(const struct diag *diag)
{
	json_t *json = json_object();

	set_text(json, "path", diag->path);
	set(json, "line",
	    diag->pos.line ? json_integer(diag->pos.line) : json_null());
	set(json, "column",
	    diag->pos.line ? json_integer(diag->pos.column) : json_null());
	set_text(json, "level", diag_level_name(diag->level));
	set_text(json, "rule", diag->rule);
	set_text(json, "text", diag->text);
	set_text(json, "hint", diag->hint);
	return json;
}

void record_diags(struct buf *out, const struct diags *diags)
{
	json_t *json = versioned(), *array = json_array();

	for (size_t i = 0; i < diags->nr; i++)
		json_array_append_new(array, diag_json(&diags->at[i]));
	set(json, "diagnostics", array);
	set_number(json, "errors", diag_count(diags, DIAG_ERROR));
	set_number(json, "warnings", diag_count(diags, DIAG_WARNING));
	set_number(json, "notes", diag_count(diags, DIAG_NOTE));
	dump(out, json, JSON_INDENT(2));
}
