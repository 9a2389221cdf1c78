/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/sarif.h"

#include <string.h>

#include "base/quote.h"
#include "model/rules.h"
#include "view/fingerprint.h"
#include "view/object.h"

/* DIAG_OFF of a rule that is off for one kind of file: the highest counts. */
static const char *level_name(enum diag_level level)
{
	return level == DIAG_OFF ? "none" : diag_level_name(level);
}

/* {"text": ...}. In a message `[`, `]`, `{` and `}` mean something (3.11.5 and
 * 3.11.6), so what comes from a document is escaped. */
static json_t *message(const char *s)
{
	json_t *json = json_object();
	struct buf text = BUF_INIT;

	for (; *s; s++) {
		if (strchr("[]\\", *s))
			buf_addch(&text, '\\');
		if (strchr("{}", *s))
			buf_addch(&text, *s);
		buf_addch(&text, *s);
	}
	object_set_text(json, "text", text.p);
	buf_release(&text);
	return json;
}

static json_t *rules_json(void)
{
	json_t *array = json_array();

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = &rule_table[i];
		json_t *json = json_object(), *level = json_object();

		object_set_text(json, "id", rule->name);
		object_set(json, "shortDescription", message(rule->reason));
		if (rule->hint)
			object_set(json, "help", message(rule->hint));
		object_set_text(level, "level", level_name(rule->final));
		object_set(level, "enabled",
			   json_boolean(!(rule->flags & RULE_OPTIONAL)));
		object_set(json, "defaultConfiguration", level);
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *location_json(const struct diag *diag)
{
	json_t *json = json_object(), *place = json_object();
	json_t *file = json_object(), *region = json_object();
	struct buf uri = BUF_INIT;

	quote_uri(&uri, diag->path);
	object_set_text(file, "uri", uri.p);
	object_set_text(file, "uriBaseId", "%SRCROOT%");
	object_set(place, "artifactLocation", file);
	if (diag->pos.line) {
		object_set_number(region, "startLine", (size_t)diag->pos.line);
		object_set_number(region, "startColumn",
				  (size_t)diag->pos.column);
		object_set(place, "region", region);
	} else {
		json_decref(region);
	}
	object_set(json, "physicalLocation", place);
	buf_release(&uri);
	return json;
}

static json_t *result_json(const struct diag *diag, const char *print)
{
	json_t *json = json_object(), *prints = json_object();
	struct buf text = BUF_INIT;

	buf_addstr(&text, diag->text);
	if (diag->hint)
		buf_addf(&text, "\n%s", diag->hint);
	object_set_text(json, "ruleId", diag->rule);
	object_set_number(json, "ruleIndex",
			  (size_t)(rule_find(diag->rule) - rule_table));
	object_set_text(json, "level", diag_level_name(diag->level));
	object_set(json, "message", message(text.p));
	if (*diag->path && *diag->path != '/') {
		json_t *locations = json_array();

		json_array_append_new(locations, location_json(diag));
		object_set(json, "locations", locations);
	}
	object_set_text(prints, "gitRetro/v1", print);
	object_set(json, "partialFingerprints", prints);
	buf_release(&text);
	return json;
}

void sarif_diags(struct buf *out, const struct diags *diags,
		 const char *version)
{
	const char *const *prints = fingerprints_of(diags);
	json_t *log = json_object(), *runs = json_array(), *run = json_object();
	json_t *tool = json_object(), *driver = json_object();
	json_t *results = json_array();

	for (size_t i = 0; i < diags->nr; i++)
		json_array_append_new(results,
				      result_json(&diags->at[i], prints[i]));
	object_set_text(driver, "name", "git-retro");
	object_set_text(driver, "version", version);
	object_set(driver, "rules", rules_json());
	object_set(tool, "driver", driver);
	object_set(run, "tool", tool);
	object_set_text(run, "columnKind", "unicodeCodePoints");
	object_set(run, "results", results);
	json_array_append_new(runs, run);
	object_set_text(log, "$schema",
			"https://json.schemastore.org/sarif-2.1.0.json");
	object_set_text(log, "version", "2.1.0");
	object_set(log, "runs", runs);
	object_dump(out, log, JSON_INDENT(2));
}
