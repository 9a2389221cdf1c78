/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/date.h"
#include "view/hits.h"
#include "view/object.h"

static json_t *point_json(struct arena *a, const struct history_point *point)
{
	json_t *json;
	char hex[OID_HEX + 1];

	if (oid_is_zero(&point->commit))
		return json_null();
	json = json_object();
	object_set_text(json, "commit", oid_hex(hex, &point->commit));
	object_set_text(json, "date", moment_rfc3339(a, point->at));
	return json;
}

static json_t *lines_json(struct arena *a, const struct scanned *found)
{
	json_t *array = json_array();

	for (size_t i = 0; i < found->lines.nr; i++) {
		const struct scan_line *line = &found->lines.at[i];
		json_t *json;

		if (!line->hit)
			continue;
		json = json_object();
		object_set_number(json, "line", line->number);
		object_set_text(json, "text",
				arena_strndup(a, line->text, line->n));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *text_json(struct arena *a, const struct hits_text *text)
{
	const struct text_version *v = text->version;
	json_t *json = json_object();
	char hex[OID_HEX + 1];

	object_set_text(json, "path", text->file->path);
	object_set_text(json, "id", text->file->id);
	if (v) {
		object_set_text(json, "blob", oid_hex(hex, &v->blob));
		object_set(json, "from", point_json(a, &v->from));
		object_set(json, "to", point_json(a, &v->to));
		object_set(json, "branches", object_list(&text->branches));
	}
	object_set_number(json, "count", text->file->found.count);
	object_set(json, "binary", json_boolean(text->file->found.binary));
	object_set(json, "lines", lines_json(a, &text->file->found));
	return json;
}

void hits_json(struct buf *out, struct arena *a, const struct hits_texts *texts,
	       bool history)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < texts->nr; i++)
		json_array_append_new(array, text_json(a, &texts->at[i]));
	object_set(json, history ? "texts" : "files", array);
	object_dump(out, json, JSON_INDENT(2));
}
