/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/gitlab.h"

#include <string.h>

#include "view/fingerprint.h"
#include "view/object.h"

static const char *gitlab_severity(enum diag_level level)
{
	return level == DIAG_ERROR     ? "major"
	       : level == DIAG_WARNING ? "minor"
				       : "info";
}

static json_t *gitlab_diag_json(const struct diag *diag, const char *print)
{
	json_t *json = json_object(), *location = json_object();
	json_t *lines = json_object();
	struct buf text = BUF_INIT;

	buf_addstr(&text, diag->text);
	if (diag->hint)
		buf_addf(&text, " (%s)", diag->hint);
	object_set_text(json, "description", text.p);
	object_set_text(json, "check_name", diag->rule);
	object_set_text(json, "fingerprint", print);
	object_set_text(json, "severity", gitlab_severity(diag->level));
	object_set_text(location, "path", diag->path);
	object_set_number(lines, "begin",
			  diag->pos.line ? (size_t)diag->pos.line : 1);
	object_set(location, "lines", lines);
	object_set(json, "location", location);
	buf_release(&text);
	return json;
}

void gitlab_diags(struct buf *out, const struct diags *diags)
{
	const char *const *prints = fingerprints_of(diags);
	json_t *array = json_array();

	for (size_t i = 0; i < diags->nr; i++)
		json_array_append_new(
			array, gitlab_diag_json(&diags->at[i], prints[i]));
	object_dump(out, array, JSON_INDENT(2));
}
