/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/item.h"

#include <string.h>

static int number_of(const json_t *json, const char *key)
{
	return (int)json_integer_value(json_object_get(json, key));
}

static int32_t day_of_text(const json_t *json, const char *key)
{
	int32_t day;

	return day_parse(&day, object_string_or_empty(json, key)) ? day
								  : DAY_NONE;
}

static struct strs json_strings(struct arena *a, const json_t *json,
				const char *key)
{
	const json_t *list = json_object_get(json, key);
	struct strs out = { 0 };

	for (size_t i = 0; i < json_array_size(list); i++)
		vec_push(a, &out, json_string_value(json_array_get(list, i)));
	return out;
}

static struct retro *make_named_retro(struct arena *a, json_t *json,
				      const char *id)
{
	struct many_item *item = arena_alloc(a, sizeof(*item));
	struct retro *retro = &item->retro;

	item->json = json;
	retro->id =
		arena_printf(a, "%s:%s", object_string_or_empty(json, "repo"),
			     object_string_or_empty(json, id));
	retro->path = object_string_or_empty(json, "path");
	retro->title = object_string_or_empty(json, "title");
	retro->date = day_of_text(json, "date");
	retro->status = status_parse(object_string_or_empty(json, "status"));
	retro->kind = kind_parse(object_string_or_empty(json, "kind"));
	retro->severity = number_of(json, "severity");
	retro->severity_text = object_string(json, "severity-text");
	retro->owner = object_string(json, "owner");
	retro->releases = json_strings(a, json, "releases");
	retro->branches = json_strings(a, json, "branches");
	retro->labels = json_strings(a, json, "labels");
	retro->authors = json_strings(a, json, "authors");
	return retro;
}

struct retro *many_retro(struct arena *a, json_t *json)
{
	return make_named_retro(a, json, "id");
}

struct result many_result(struct arena *a, json_t *json)
{
	const json_t *score = json_object_get(json, "score");

	return (struct result){
		.retro = make_named_retro(a, json, "id"),
		.score = json_number_value(score),
		.has = (size_t)number_of(json, "words"),
		.near = json_is_true(json_object_get(json, "near")),
		.snippet = { .text = object_string_or_empty(json, "snippet"),
			     .section = object_string(json, "section") },
	};
}

/* As many as there are: what they are called is not shown. */
static struct retros retros_of(struct arena *a, const json_t *json,
			       const char *key)
{
	struct strs names = json_strings(a, json, key);
	struct retros out = { 0 };

	for (size_t i = 0; i < names.nr; i++) {
		struct retro *retro = arena_alloc(a, sizeof(*retro));

		retro->id = names.at[i];
		vec_push(a, &out, retro);
	}
	return out;
}

struct listed_pitfall many_pitfall(struct arena *a, json_t *json)
{
	struct pitfall *pitfall = arena_alloc(a, sizeof(*pitfall));
	const json_t *days = json_object_get(json, "age-days");

	pitfall->id = object_string(json, "id");
	pitfall->text = object_string_or_empty(json, "text");
	pitfall->line = number_of(json, "line");
	pitfall->paths = json_strings(a, json, "paths");
	return (struct listed_pitfall){
		.retro = make_named_retro(a, json, "retro"),
		.pitfall = pitfall,
		.days = json_is_integer(days) ? (int)json_integer_value(days)
					      : -1,
		.came_back = retros_of(a, json, "came-back"),
		.retro_came_back = retros_of(a, json, "retro-came-back"),
	};
}

static enum action_state state_of(const char *name)
{
	return !strcmp(name, "done")       ? ACTION_DONE
	       : !strcmp(name, "declined") ? ACTION_DECLINED
					   : ACTION_OPEN;
}

static const struct trailer_link *closed_of(struct arena *a, const json_t *json)
{
	const char *by = object_string(json, "closed-by");
	struct trailer_link *link = arena_alloc(a, sizeof(*link));
	int32_t day = day_of_text(json, "closed-on");

	if (!by || !oid_parse(&link->commit, by))
		return NULL;
	link->committed.seconds = (int64_t)day * 86400;
	return link;
}

struct listed_action many_action(struct arena *a, json_t *json)
{
	struct action *action = arena_alloc(a, sizeof(*action));

	action->id = object_string(json, "id");
	action->text = object_string_or_empty(json, "text");
	action->owner = object_string(json, "owner");
	action->due = day_of_text(json, "due");
	action->priority = object_string(json, "priority");
	action->done = object_string(json, "done");
	action->reason = object_string(json, "reason");
	action->line = number_of(json, "line");
	return (struct listed_action){
		.retro = make_named_retro(a, json, "retro"),
		.action = action,
		.name = arena_printf(a, "%s:%s",
				     object_string_or_empty(json, "repo"),
				     object_string_or_empty(json, "name")),
		.state = state_of(object_string_or_empty(json, "state")),
		.closed = closed_of(a, json),
		.overdue = json_is_true(json_object_get(json, "overdue")),
	};
}
