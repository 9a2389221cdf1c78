/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/header.h"

#include <string.h>

#include "base/text.h"
#include "model/field.h"

enum style_role header_status_role(enum status status)
{
	switch (status) {
	case STATUS_FINAL:
		return STYLE_GOOD;
	case STATUS_DRAFT:
	case STATUS_REVIEW:
		return STYLE_WARNING;
	default:
		return STYLE_DIM;
	}
}

/* An unknown key's value as the table writes a map it keeps as it is. */
static const char *extra_text(struct arena *a, const struct extra *extra)
{
	struct retro holder = { .environment = extra->value };

	return field_text(a, field_find("environment"), &holder);
}

static enum style_role field_role(const struct field *field,
				  const struct retro *retro)
{
	if (field->type == FIELD_STATUS)
		return header_status_role(retro->status);
	return strcmp(field->key, "id") ? STYLE_PLAIN : STYLE_ID;
}

/* A severity as it was written. */
static const char *retro_field_text(struct arena *a, const struct field *field,
				    const struct retro *retro)
{
	return field->type == FIELD_SEVERITY && retro->severity_text
		       ? severity_said(a, retro)
		       : field_text(a, field, retro);
}

static void add_header_line(struct header_lines *lines, struct arena *a,
			    const char *key, const char *value,
			    enum style_role role)
{
	if (*value)
		vec_push(a, lines,
			 (struct header_line){ text_cleaned(a, key), value,
					       role });
}

/* The roles of a problem's commits, each alone; the number before the first. */
static void part_problem(struct problems *out, struct arena *a,
			 const struct problem *problem)
{
	const char *number = problem->pitfall;
	struct problem guard = { .guard = problem->guard };

	for (enum link_role role = LINK_CAUSE; role < LINK_OTHER; role++) {
		const struct strs *list = links_of(&problem->commits, role);
		struct problem part = { .pitfall = number };

		if (!list->nr)
			continue;
		*links_list(&part.commits, role) = *list;
		vec_push(a, out, part);
		number = NULL;
	}
	guard.pitfall = number;
	if (guard.guard.nr || guard.pitfall)
		vec_push(a, out, guard);
}

/* Each kind of commit on its own line, so that a long id stays with it. */
static void add_header_commits(struct header_lines *lines, struct arena *a,
			       const struct field *field,
			       const struct retro *retro)
{
	struct problems parts = { 0 };
	const char *key = field->key;

	for (size_t i = 0; i < retro->problems.nr; i++)
		part_problem(&parts, a, &retro->problems.at[i]);
	for (size_t i = 0; i <= parts.nr; i++) {
		struct retro part = { 0 };
		size_t nr = lines->nr;

		if (i < parts.nr)
			part.problems = (struct problems){ &parts.at[i], 1, 1 };
		else
			part.commits.other = retro->commits.other;
		add_header_line(lines, a, key, field_text(a, field, &part),
				STYLE_PLAIN);
		if (lines->nr > nr)
			key = "";
	}
}

void header_read(struct header_lines *lines, struct arena *a,
		 const struct retro *retro)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		if (field->type == FIELD_COMMITS)
			add_header_commits(lines, a, field, retro);
		else if (strcmp(field->key, "title"))
			add_header_line(lines, a, field->key,
					retro_field_text(a, field, retro),
					field_role(field, retro));
	}
	for (size_t i = 0; i < retro->extras.nr; i++)
		add_header_line(lines, a, retro->extras.at[i].key,
				extra_text(a, &retro->extras.at[i]),
				STYLE_PLAIN);
	add_header_line(lines, a, "file", retro->path, STYLE_PLAIN);
}

bool header_has_title(const struct retro *retro, const struct md *doc)
{
	struct buf heading = BUF_INIT;
	bool same = false;

	if (doc->first && doc->first->type == MD_HEADING) {
		md_plain(&heading, doc->first);
		same = !strcmp(heading.p, retro->title);
	}
	buf_release(&heading);
	return same;
}
