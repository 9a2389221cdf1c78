/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "view/context.h"
#include "view/locks.h"
#include "view/object.h"
#include "view/record.h"
#include "view/review.h"

static json_t *fields_json(const struct retro_change *change)
{
	json_t *array = json_array();

	for (size_t i = 0; i < change->fields.nr; i++) {
		const struct field_change *field = &change->fields.at[i];
		json_t *json = json_object();

		object_set_text(json, "key", field->key);
		object_set_text(json, "before", field->before);
		object_set_text(json, "after", field->after);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *review_sections_json(const struct retro_change *change)
{
	json_t *array = json_array();

	for (size_t i = 0; i < change->sections.nr; i++) {
		const struct section_change *section = &change->sections.at[i];
		json_t *json = json_object();

		object_set_text(json, "heading", section->heading);
		object_set_number(json, "added", section->added);
		object_set_number(json, "deleted", section->deleted);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *similar_json(const struct review *review,
			    const struct retro *retro)
{
	json_t *array = json_array();

	for (size_t i = 0; i < review->alike.nr; i++) {
		const struct likeness *like = &review->alike.at[i];

		for (size_t j = 0;
		     like->retro == retro && j < like->similars.nr; j++) {
			const struct similar *one = &like->similars.at[j];
			json_t *json = json_object();

			object_set_text(json, "id", one->retro->id);
			object_set_text(json, "title", one->retro->title);
			object_set(json, "words", object_list(&one->words));
			object_set(json, "paths", object_list(&one->paths));
			json_array_append_new(array, json);
		}
	}
	return array;
}

static json_t *retro_json(const struct review *review,
			  const struct retro_change *change)
{
	const struct retro *retro =
		change->after ? change->after : change->before;
	json_t *json = json_object();

	object_set_text(json, "change",
			!change->before ? "added"
			: change->after ? "changed"
					: "removed");
	object_set_text(json, "id", retro->id);
	object_set_text(json, "path", retro->path);
	object_set_text(json, "title", retro->title);
	object_set_text(json, "status", status_name(retro->status));
	object_set(json, "releases", object_list(&retro->releases));
	object_set(json, "fields", fields_json(change));
	object_set(json, "sections", review_sections_json(change));
	object_set(json, "similar", similar_json(review, retro));
	return json;
}

static json_t *settings_json(const struct review *review)
{
	json_t *array = json_array();

	for (size_t i = 0; i < review->settings.nr; i++) {
		const struct setting_change *change = &review->settings.at[i];
		json_t *json = json_object();

		object_set_text(json, "key", change->key);
		object_set_text(json, "before", change->before);
		object_set_text(json, "after", change->after);
		json_array_append_new(array, json);
	}
	return array;
}

static const char *const states[] = { "open", "done", "declined" };

static json_t *state_json(const struct listed_action *listed)
{
	return object_text(listed ? states[listed->state] : NULL);
}

static json_t *review_action_json(struct arena *a,
				  const struct listed_action *listed)
{
	const struct action *action = listed->action;
	json_t *json = json_object();
	char hex[OID_HEX + 1];

	object_set_text(json, "name", listed->name);
	object_set_text(json, "text", action->text);
	object_set_text(json, "owner", action->owner);
	object_set_text(json, "due",
			action->due == DAY_NONE ? NULL
						: day_format(a, action->due));
	object_set_text(json, "closed-by",
			listed->closed ? oid_hex(hex, &listed->closed->commit)
				       : NULL);
	return json;
}

static json_t *actions_json(struct arena *a, const struct changes *changes)
{
	json_t *array = json_array();

	for (size_t i = 0; i < changes->actions.nr; i++) {
		const struct action_change *change = &changes->actions.at[i];
		json_t *json = review_action_json(
			a, change->after ? change->after : change->before);

		object_set(json, "before", state_json(change->before));
		object_set(json, "after", state_json(change->after));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *review_overdue_json(struct arena *a,
				   const struct listed_actions *actions)
{
	json_t *array = json_array();

	for (size_t i = 0; i < actions->nr; i++)
		json_array_append_new(array,
				      review_action_json(a, &actions->at[i]));
	return array;
}

static json_t *carried_json(const struct audit *carried)
{
	json_t *array = json_array();
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < carried->findings.nr; i++) {
		const struct audit_finding *finding = &carried->findings.at[i];
		json_t *json = json_object();

		object_set_text(json, "line", finding->line->name);
		object_set_text(json, "retro", finding->retro->id);
		object_set_text(json, "problem", finding->problem->pitfall);
		object_set_text(json, "state",
				trace_state_name(finding->cell->state));
		object_set_text(json, "pitfall", finding->pitfall);
		object_set_text(json, "pick",
				finding->pick ? oid_hex(hex, finding->pick)
					      : NULL);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *lost_guards_json(const struct review *review)
{
	json_t *array = json_array();

	for (size_t i = 0; i < review->guards.nr; i++) {
		const struct lost_guard *guard = &review->guards.at[i];
		json_t *json = json_object();

		object_set_text(json, "path", guard->path);
		object_set_text(json, "to", guard->to);
		object_set_text(json, "retro", guard->retro->id);
		object_set_text(json, "problem", guard->problem->pitfall);
		object_set_text(json, "pitfall", guard->pitfall);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *past_array(struct arena *a, const struct findings *past)
{
	json_t *array = context_array(a, past);

	for (size_t i = 0; i < past->nr; i++)
		object_set(json_array_get(array, i), "weak",
			   json_boolean(past->at[i].weak));
	return array;
}

void review_json(struct buf *out, struct arena *a, const struct review *review)
{
	json_t *json = object_versioned(), *retros = json_array();
	json_t *owed = json_array();
	char hex[OID_HEX + 1];

	object_set_text(json, "from", oid_hex(hex, &review->from));
	object_set_text(json, "to", oid_hex(hex, &review->to));
	for (size_t i = 0; i < review->changes.retros.nr; i++)
		json_array_append_new(
			retros,
			retro_json(review, &review->changes.retros.at[i]));
	for (size_t i = 0; i < review->owed.nr; i++)
		json_array_append_new(owed,
				      object_text(review->owed.at[i].tag.name));
	object_set(json, "retros", retros);
	object_set(json, "settings", settings_json(review));
	object_set(json, "diagnostics", object_diags(&review->findings));
	object_set(json, "actions", actions_json(a, &review->changes));
	object_set(json, "overdue", review_overdue_json(a, &review->overdue));
	object_set(json, "owed", owed);
	object_set(json, "context", past_array(a, &review->past));
	object_set(json, "carried", carried_json(&review->carried));
	object_set(json, "kickoff", review_overdue_json(a, &review->kickoff));
	object_set(json, "dependencies", lock_changes_json(&review->locks));
	object_set(json, "guards", lost_guards_json(review));
	object_dump(out, json, JSON_INDENT(2));
}
