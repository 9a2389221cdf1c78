/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/body.h"
#include "model/excerpt.h"
#include "model/field.h"
#include "report/freshness.h"
#include "view/object.h"
#include "view/suggest.h"
#include "view/tsv.h"

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

/* --- fields --- */

/* Its depth is bounded by NODE_MAX_DEPTH. */
static json_t *node_json(const struct node *node)
{
	json_t *json;

	if (node_is_null(node))
		return json_null();
	if (node->kind == NODE_SCALAR)
		return object_text(node->text);
	json = node->kind == NODE_LIST ? json_array() : json_object();
	for (size_t i = 0; i < node->nr; i++) {
		if (node->kind == NODE_LIST)
			json_array_append_new(json, node_json(node->items[i]));
		else
			object_set(json, node->pairs[i].key->text,
				   node_json(node->pairs[i].value));
	}
	return json;
}

static json_t *links_json(const struct links *links)
{
	json_t *json = json_object();

	object_set(json, "cause", object_list(&links->cause));
	object_set(json, "fix", object_list(&links->fix));
	object_set(json, "backport", object_list(&links->backport));
	object_set(json, "other", object_list(&links->other));
	return json;
}

static json_t *metrics_json(const struct metrics *metrics)
{
	json_t *array = json_array();

	for (size_t i = 0; i < metrics->nr; i++) {
		const struct metric *metric = &metrics->at[i];
		json_t *json = json_object();

		object_set_text(json, "name", metric->name);
		object_set_text(json, "before", metric->before);
		object_set_text(json, "after", metric->after);
		object_set_text(json, "unit", metric->unit);
		object_set_text(json, "better", metric->better);
		object_set_text(json, "from", metric->from);
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
		return object_list(at);
	case FIELD_TIME:
		return time->known ? object_text(moment_rfc3339(a, time->at))
				   : json_null();
	case FIELD_COMMITS:
		return links_json(at);
	case FIELD_METRICS:
		return metrics_json(at);
	case FIELD_MAP:
		return *node ? node_json(*node) : json_object();
	case FIELD_ROWS:
		return *node ? node_json(*node) : json_array();
	default:
		text = field_text(a, field, retro);
		return *text ? object_text(text) : json_null();
	}
}

static json_t *problems_json(const struct retro *retro)
{
	json_t *array = json_array();

	for (size_t i = 0; i < retro->problems.nr; i++) {
		const struct problem *problem = &retro->problems.at[i];
		const struct pitfall *pitfall =
			retro->body ? body_problem_pitfall(retro->body, problem)
				    : NULL;
		json_t *json = json_object();

		object_set_text(json, "pitfall", problem->pitfall);
		object_set_text(json, "text", pitfall ? pitfall->text : NULL);
		for (enum link_role role = LINK_CAUSE; role < LINK_OTHER;
		     role++)
			object_set(
				json, link_role_name(role),
				object_list(links_of(&problem->commits, role)));
		object_set(json, "guard", object_list(&problem->guard));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *extras_json(const struct extras *extras)
{
	json_t *json = json_object();

	for (size_t i = 0; i < extras->nr; i++)
		object_set(json, extras->at[i].key,
			   node_json(extras->at[i].value));
	return json;
}

/* `path` is no field of the front matter. */
static void set_key(json_t *json, struct arena *a, const char *key,
		    const struct retro *retro)
{
	if (strcmp(key, "path") == 0)
		object_set_text(json, key, retro->path);
	else
		object_set(json, key, field_json(a, field_find(key), retro));
}

static void set_fields(json_t *json, struct arena *a, const struct retro *retro)
{
	for (size_t i = 0; i < ARRAY_SIZE(first_keys); i++)
		set_key(json, a, first_keys[i], retro);
	for (size_t i = 0; i < field_count; i++)
		if (!json_object_get(json, field_table[i].key))
			set_key(json, a, field_table[i].key, retro);
	object_set_text(json, "severity-text", retro->severity_text);
	object_set(json, "problems", problems_json(retro));
	object_set(json, "extras", extras_json(&retro->extras));
}

/* --- bodies --- */

static json_t *record_sections_json(struct arena *a, const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	json_t *array = json_array();
	struct strs sources = { 0 };

	excerpt_sources(&sources, a, retro, sections);
	for (size_t i = 0; i < sections->nr; i++) {
		const struct section *section = &sections->at[i];
		json_t *json = json_object();

		object_set_text(json, "key", section_name(section->key));
		object_set_text(json, "heading", section->heading);
		object_set(json, "level", json_integer(section->level));
		object_set(json, "line", json_integer(section->line));
		object_set_text(json, "source", sources.at[i]);
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

		object_set_text(json, "id", pitfall->id);
		object_set_text(json, "text", pitfall->text);
		object_set(json, "line", json_integer(pitfall->line));
		object_set(json, "paths", object_list(&pitfall->paths));
		json_array_append_new(array, json);
	}
	return array;
}

static const char *const action_states[] = {
	[ACTION_OPEN] = "open",
	[ACTION_DONE] = "done",
	[ACTION_DECLINED] = "declined",
};

static json_t *action_json(struct arena *a, const struct action *action)
{
	json_t *json = json_object();

	object_set_text(json, "id", action->id);
	object_set_text(json, "state", action_states[action->state]);
	object_set_text(json, "text", action->text);
	object_set_text(json, "owner", action->owner);
	object_set_text(json, "due",
			action->due == DAY_NONE ? NULL
						: day_format(a, action->due));
	object_set_text(json, "priority", action->priority);
	object_set_text(json, "done", action->done);
	object_set_text(json, "reason", action->reason);
	object_set(json, "line", json_integer(action->line));
	return json;
}

static void set_body(json_t *json, struct arena *a, const struct retro *retro)
{
	const struct body *body = retro->body;
	json_t *actions = json_array();

	for (size_t i = 0; i < body->actions.nr; i++)
		json_array_append_new(actions,
				      action_json(a, &body->actions.at[i]));
	object_set(json, "sections", record_sections_json(a, retro));
	object_set(json, "pitfalls", pitfalls_json(&body->pitfalls));
	object_set(json, "actions", actions);
}

/* --- writing --- */

static void set_copies(json_t *json, const struct retro *retro,
		       const struct corpus *where)
{
	const struct copies *copies =
		where ? corpus_copies(where, retro) : NULL;

	if (!copies)
		return;
	object_set(json, "here", json_boolean(copies->here));
	object_set(json, "on", object_list(&copies->on));
	object_set(json, "differs-on", object_list(&copies->differs_on));
}

static void set_shape(json_t *json, struct arena *a, const struct retro *retro,
		      unsigned shape, const struct corpus *where)
{
	set_copies(json, retro, where);
	if (shape & RECORD_BODY)
		set_body(json, a, retro);
}

void record_fill(json_t *json, struct arena *a, const struct retro *retro,
		 unsigned shape)
{
	set_fields(json, a, retro);
	set_shape(json, a, retro, shape, NULL);
}

void record_json(struct buf *out, struct arena *a, const struct retros *retros,
		 unsigned shape, const struct corpus *where)
{
	object_list_begin(out, "retros");
	for (size_t i = 0; i < retros->nr; i++) {
		json_t *item = json_object();

		set_fields(item, a, retros->at[i]);
		set_shape(item, a, retros->at[i], shape, where);
		object_list_add(out, item);
	}
	object_list_end(out);
}

void record_ndjson(struct buf *out, struct arena *a,
		   const struct retros *retros, unsigned shape,
		   const struct corpus *where)
{
	for (size_t i = 0; i < retros->nr; i++) {
		json_t *json = object_versioned();

		set_fields(json, a, retros->at[i]);
		set_shape(json, a, retros->at[i], shape, where);
		object_dump(out, json, JSON_COMPACT);
	}
}

static void add_tsv_list(struct buf *out, const struct strs *list)
{
	buf_addch(out, '\t');
	for (size_t i = 0; i < list->nr; i++) {
		if (i)
			buf_addstr(out, ", ");
		tsv_put(out, list->at[i]);
	}
}

static void put_copies_head(struct buf *out, const struct corpus *where)
{
	if (where)
		buf_addstr(out, "\there\ton\tdiffers-on");
	buf_addch(out, '\n');
}

static void put_copies(struct buf *out, const struct retro *retro,
		       const struct corpus *where)
{
	const struct copies *copies =
		where ? corpus_copies(where, retro) : NULL;

	if (copies) {
		buf_addf(out, "\t%s", copies->here ? "true" : "false");
		add_tsv_list(out, &copies->on);
		add_tsv_list(out, &copies->differs_on);
	}
	buf_addch(out, '\n');
}

void record_tsv(struct buf *out, struct arena *a, const struct retros *retros,
		const struct corpus *where)
{
	for (size_t j = 0; j < ARRAY_SIZE(tsv_keys); j++)
		buf_addf(out, "%s%s", j ? "\t" : "", tsv_keys[j]);
	put_copies_head(out, where);
	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];

		for (size_t j = 0; j < ARRAY_SIZE(tsv_keys); j++) {
			const struct field *field = field_find(tsv_keys[j]);

			if (j)
				buf_addch(out, '\t');
			tsv_put(out, field ? field_text(a, field, retro)
					   : retro->path);
		}
		put_copies(out, retro, where);
	}
}

void record_diags(struct buf *out, const struct diags *diags)
{
	json_t *json = object_versioned();

	object_set(json, "diagnostics", object_diags(diags));
	object_set_number(json, "errors", diag_count(diags, DIAG_ERROR));
	object_set_number(json, "warnings", diag_count(diags, DIAG_WARNING));
	object_set_number(json, "notes", diag_count(diags, DIAG_NOTE));
	object_dump(out, json, JSON_INDENT(2));
}

/* --- what is due --- */

static void set_day(json_t *json, struct arena *a, const char *key, int32_t day)
{
	object_set_text(json, key, day == DAY_NONE ? NULL : day_format(a, day));
}

static json_t *owed_json(struct arena *a, const struct status_report *status)
{
	json_t *array = json_array();

	for (size_t i = 0; i < status->owed.nr; i++) {
		const struct owed *owed = &status->owed.at[i];
		json_t *json = json_object();

		object_set_text(json, "tag", owed->tag);
		set_day(json, a, "tagged",
			owed->lightweight ? DAY_NONE : owed->day);
		set_day(json, a, "due", owed->due);
		object_set(json, "overdue", json_boolean(owed->overdue));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *late_json(struct arena *a, const struct status_report *status)
{
	json_t *array = json_array();

	for (size_t i = 0; i < status->late.nr; i++) {
		const struct late *late = &status->late.at[i];
		json_t *json = json_object();

		object_set_text(json, "id", late->retro->id);
		object_set_text(json, "path", late->retro->path);
		set_day(json, a, "due", late->due);
		object_set(json, "days_late", json_integer(late->days));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *record_overdue_json(struct arena *a,
				   const struct status_report *status)
{
	json_t *json = json_object(), *array = json_array();

	for (size_t i = 0; i < status->overdue.nr; i++) {
		const struct listed_action *listed = &status->overdue.at[i];
		json_t *item = json_object();

		object_set_text(item, "id", listed->name);
		object_set_text(item, "path", listed->retro->path);
		object_set_text(item, "text", listed->action->text);
		object_set_text(item, "owner", listed->action->owner);
		set_day(item, a, "due", listed->action->due);
		json_array_append_new(array, item);
	}
	object_set_number(json, "open", status->open);
	object_set(json, "overdue", array);
	return json;
}

static json_t *dead_json(const struct status_report *status)
{
	json_t *array = json_array();

	for (size_t i = 0; i < status->dead.nr; i++) {
		const struct broken_link *dead = &status->dead.at[i];
		json_t *json = json_object();

		object_set_text(json, "id", dead->retro->id);
		object_set_text(json, "path", dead->retro->path);
		object_set_text(json, "commit", dead->commit);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *stale_array(struct arena *a, const struct freshness_list *gone)
{
	json_t *array = json_array();

	for (size_t i = 0; i < gone->nr; i++) {
		const struct freshness *one = &gone->at[i];
		json_t *json = json_object();

		object_set_text(
			json, "name",
			retro_problem_name(a, one->retro, one->problem));
		object_set(json, "lines-left",
			   json_integer((json_int_t)one->left));
		json_array_append_new(array, json);
	}
	return array;
}

void record_status(struct buf *out, struct arena *a,
		   const struct status_report *status,
		   const struct status_hooks *hooks)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < hooks->nr; i++) {
		json_t *item = json_object();

		object_set_text(item, "hook", hooks->at[i].hook);
		object_set_text(item, "state", hooks->at[i].state);
		json_array_append_new(array, item);
	}
	object_set(json, "problems", object_list(&status->problems));
	object_set(json, "owed", owed_json(a, status));
	object_set(json, "drafts", late_json(a, status));
	object_set(json, "actions", record_overdue_json(a, status));
	object_set_number(json, "kickoff", status->kickoff.nr);
	object_set_number(json, "notes", status->notes);
	object_set(json, "dead_ties", dead_json(status));
	object_set(json, "suggestions", suggest_array(&status->suggestions));
	object_set(json, "stale", stale_array(a, &status->gone));
	object_set(json, "hooks", array);
	object_dump(out, json, JSON_INDENT(2));
}

/* --- actions --- */

static const char *const promises[] = {
	[PROMISE_UNTOUCHED] = "untouched",
	[PROMISE_REVERTED] = "reverted",
	[PROMISE_UNRELEASED] = "unreleased",
};

static void set_action(json_t *json, struct arena *a,
		       const struct listed_action *listed)
{
	json_t *action = action_json(a, listed->action);
	char hex[OID_HEX + 1];

	object_set_text(json, "name", listed->name);
	object_set_text(json, "retro", listed->retro->id);
	object_set_text(json, "path", listed->retro->path);
	json_object_update(json, action);
	json_decref(action);
	object_set_text(json, "state", action_states[listed->state]);
	object_set_text(json, "closed-by",
			listed->closed ? oid_hex(hex, &listed->closed->commit)
				       : NULL);
	object_set_text(
		json, "closed-on",
		listed->closed
			? day_format(a, day_of(listed->closed->committed))
			: NULL);
	object_set(json, "overdue", json_boolean(listed->overdue));
	if (listed->promise > PROMISE_GOOD)
		object_set_text(json, "promise", promises[listed->promise]);
}

void record_actions_json(struct buf *out, struct arena *a,
			 const struct listed_actions *actions)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < actions->nr; i++) {
		json_t *item = json_object();

		set_action(item, a, &actions->at[i]);
		json_array_append_new(array, item);
	}
	object_set(json, "actions", array);
	object_dump(out, json, JSON_INDENT(2));
}

void record_actions_ndjson(struct buf *out, struct arena *a,
			   const struct listed_actions *actions)
{
	for (size_t i = 0; i < actions->nr; i++) {
		json_t *json = object_versioned();

		set_action(json, a, &actions->at[i]);
		object_dump(out, json, JSON_COMPACT);
	}
}

static const char *or_none(const char *text)
{
	return text ? text : "";
}

void record_actions_tsv(struct buf *out, struct arena *a,
			const struct listed_actions *actions)
{
	buf_addstr(out, "name\tstate\toverdue\tdue\towner\tpriority\tpath\t"
			"line\ttext\n");
	for (size_t i = 0; i < actions->nr; i++) {
		const struct listed_action *listed = &actions->at[i];
		const struct action *action = listed->action;
		const char *cells[] = {
			listed->name,
			action_states[listed->state],
			listed->overdue ? "overdue" : "",
			action->due == DAY_NONE ? ""
						: day_format(a, action->due),
			or_none(action->owner),
			or_none(action->priority),
			listed->retro->path,
			arena_printf(a, "%d", action->line),
			action->text,
		};

		for (size_t j = 0; j < ARRAY_SIZE(cells); j++) {
			if (j)
				buf_addch(out, '\t');
			tsv_put(out, cells[j]);
		}
		buf_addch(out, '\n');
	}
}

/* --- pitfalls --- */

static struct strs ids_of(struct arena *a, const struct retros *retros)
{
	struct strs ids = { 0 };

	for (size_t i = 0; i < retros->nr; i++)
		vec_push(a, &ids, retros->at[i]->id);
	return ids;
}

static void set_severity(json_t *json, const struct retro *retro)
{
	object_set(json, "severity",
		   retro->severity ? json_integer(retro->severity)
				   : json_null());
	object_set_text(json, "severity-text", retro->severity_text);
}

static void set_pitfall(json_t *json, const struct listed_pitfall *listed)
{
	struct arena arena = ARENA_INIT, *a = &arena;
	const struct retro *retro = listed->retro;
	struct strs came_back = ids_of(a, &listed->came_back);

	object_set_text(json, "retro", retro->id);
	object_set_text(json, "path", retro->path);
	object_set_text(json, "title", retro->title);
	set_day(json, a, "date", retro->date);
	set_severity(json, retro);
	object_set(json, "labels", object_list(&retro->labels));
	object_set(json, "releases", object_list(&retro->releases));
	object_set(json, "age-days",
		   listed->days < 0 ? json_null() : json_integer(listed->days));
	object_set_text(json, "id", listed->pitfall->id);
	object_set(json, "line", json_integer(listed->pitfall->line));
	object_set_text(json, "text", listed->pitfall->text);
	object_set(json, "paths", object_list(&listed->pitfall->paths));
	object_set(json, "seen-before", object_list(&retro->seen_before));
	object_set(json, "came-back", object_list(&came_back));
	came_back = ids_of(a, &listed->retro_came_back);
	object_set(json, "retro-came-back", object_list(&came_back));
	object_set(json, "retired",
		   json_boolean(retro_is_retired(retro, listed->pitfall->id)));
	arena_release(a);
	if (!listed->freshness)
		return;
	object_set(json, "lines-left",
		   json_integer((json_int_t)listed->freshness->left));
	object_set(json, "lines-now",
		   json_integer((json_int_t)listed->freshness->now));
}

void record_pitfalls_json(struct buf *out,
			  const struct listed_pitfalls *pitfalls)
{
	object_list_begin(out, "pitfalls");
	for (size_t i = 0; i < pitfalls->nr; i++) {
		json_t *item = json_object();

		set_pitfall(item, &pitfalls->at[i]);
		object_list_add(out, item);
	}
	object_list_end(out);
}

void record_pitfalls_ndjson(struct buf *out,
			    const struct listed_pitfalls *pitfalls)
{
	for (size_t i = 0; i < pitfalls->nr; i++) {
		json_t *json = object_versioned();

		set_pitfall(json, &pitfalls->at[i]);
		object_dump(out, json, JSON_COMPACT);
	}
}

void record_pitfalls_tsv(struct buf *out, struct arena *a,
			 const struct listed_pitfalls *pitfalls)
{
	buf_addstr(out, "retro\tdate\tage-days\treleases\tcame-back\tpath\t"
			"line\ttext\tid\n");
	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct listed_pitfall *listed = &pitfalls->at[i];
		const struct retro *retro = listed->retro;
		struct strs came_back = ids_of(a, &listed->came_back);

		tsv_put(out, retro->id);
		buf_addch(out, '\t');
		if (listed->days >= 0)
			buf_addf(out, "%s\t%d", day_format(a, retro->date),
				 listed->days);
		else
			buf_addch(out, '\t');
		add_tsv_list(out, &retro->releases);
		add_tsv_list(out, &came_back);
		buf_addch(out, '\t');
		tsv_put(out, retro->path);
		buf_addf(out, "\t%d\t", listed->pitfall->line);
		tsv_put(out, listed->pitfall->text);
		buf_addf(out, "\t%s\n",
			 listed->pitfall->id ? listed->pitfall->id : "");
	}
}

/* --- what a search found --- */

/* Three digits tell one from the next; more would be of the machine. */
static json_t *score_json(double score)
{
	return json_real((double)(int64_t)(score * 1000 + 0.5) / 1000);
}

static void set_result(json_t *json, struct arena *a,
		       const struct result *result, const struct corpus *where)
{
	object_set_text(json, "id", result->retro->id);
	object_set_text(json, "path", result->retro->path);
	object_set_text(json, "title", result->retro->title);
	set_day(json, a, "date", result->retro->date);
	object_set_text(json, "status", status_name(result->retro->status));
	set_severity(json, result->retro);
	object_set(json, "score", score_json(result->score));
	object_set_text(json, "snippet", result->snippet.text);
	object_set_text(json, "section", result->snippet.section);
	object_set(json, "words", json_integer((json_int_t)result->has));
	object_set(json, "near", json_boolean(result->near));
	set_copies(json, result->retro, where);
}

void record_results_json(struct buf *out, struct arena *a,
			 const struct results *results)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < results->nr; i++) {
		json_t *item = json_object();

		set_result(item, a, &results->at[i], results->where);
		json_array_append_new(array, item);
	}
	object_set(json, "words", json_integer((json_int_t)results->words));
	object_set(json, "hits", array);
	object_dump(out, json, JSON_INDENT(2));
}

void record_results_ndjson(struct buf *out, struct arena *a,
			   const struct results *results)
{
	for (size_t i = 0; i < results->nr; i++) {
		json_t *json = object_versioned();

		set_result(json, a, &results->at[i], results->where);
		object_dump(out, json, JSON_COMPACT);
	}
}

void record_results_tsv(struct buf *out, struct arena *a,
			const struct results *results)
{
	buf_addstr(out, "id\tdate\tscore\tpath\tsection\ttitle\tsnippet");
	put_copies_head(out, results->where);
	for (size_t i = 0; i < results->nr; i++) {
		const struct result *result = &results->at[i];
		const struct retro *retro = result->retro;

		tsv_put(out, retro->id);
		buf_addf(out, "\t%s\t%.3f\t",
			 retro->date == DAY_NONE ? ""
						 : day_format(a, retro->date),
			 result->score);
		tsv_put(out, retro->path);
		buf_addch(out, '\t');
		if (result->snippet.section)
			tsv_put(out, result->snippet.section);
		buf_addch(out, '\t');
		tsv_put(out, retro->title);
		buf_addch(out, '\t');
		tsv_put(out, result->snippet.text);
		put_copies(out, retro, results->where);
	}
}
