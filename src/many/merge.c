/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/merge.h"

#include <string.h>

#include "base/i18n.h"

static json_t *named_text(const char *name, const char *text)
{
	struct buf named = BUF_INIT;
	json_t *json;

	buf_addf(&named, "%s: %s", name, text);
	json = object_text(named.p);
	buf_release(&named);
	return json;
}

static json_t *named_item(const char *name, json_t *item)
{
	json_t *named;

	if (json_is_string(item))
		return named_text(name, json_string_value(item));
	named = json_object();
	object_set_text(named, "repo", name);
	json_object_update(named, item);
	return named;
}

static void append_items(json_t *list, const char *name, const json_t *items)
{
	for (size_t i = 0; i < json_array_size(items); i++)
		json_array_append_new(
			list, named_item(name, json_array_get(items, i)));
}

/* What is no count: of every answer it is the same. */
static bool is_sum(const char *key)
{
	return strcmp(key, "version") != 0 && strcmp(key, "words") != 0;
}

/* An answer is one level of objects deep. */
static void merge_object(json_t *into, const char *name, json_t *from)
{
	const char *key;
	json_t *value;

	json_object_foreach(from, key, value)
	{
		json_t *had = json_object_get(into, key);

		if (json_is_array(value)) {
			if (!had)
				object_set(into, key, json_array());
			append_items(json_object_get(into, key), name, value);
		} else if (json_is_object(value)) {
			if (!had)
				object_set(into, key, json_object());
			merge_object(json_object_get(into, key), name, value);
		} else if (!had) {
			json_object_set(into, key, value);
		} else if (json_is_integer(value) && is_sum(key)) {
			json_integer_set(had,
					 json_integer_value(had) +
						 json_integer_value(value));
		}
	}
}

static json_t *read_answer(struct many_answer *answer)
{
	json_t *json;

	if (answer->failure)
		return NULL;
	json = json_loadb(answer->out.p, answer->out.n, JSON_ALLOW_NUL, NULL);
	if (!json_is_object(json)) {
		answer->failure = _("its answer cannot be read");
		json_decref(json);
		return NULL;
	}
	return json;
}

json_t *many_merge(struct many_answers *answers)
{
	json_t *all = json_object();

	for (size_t i = 0; i < answers->nr; i++) {
		json_t *one = read_answer(&answers->at[i]);

		if (one)
			merge_object(all, answers->at[i].repo->name, one);
		json_decref(one);
		buf_release(&answers->at[i].out);
	}
	return all;
}

json_t *many_side_by_side(struct many_answers *answers)
{
	json_t *json = object_versioned(), *list = json_array();

	for (size_t i = 0; i < answers->nr; i++) {
		json_t *one = read_answer(&answers->at[i]);

		if (!one)
			continue;
		json_object_del(one, "version");
		json_array_append_new(
			list, named_item(answers->at[i].repo->name, one));
		json_decref(one);
	}
	object_set(json, "repos", list);
	return json;
}
