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

static void add_header_line(struct header_lines *lines, struct arena *a,
			    const char *key, const char *value,
			    enum style_role role)
{
	if (*value)
		vec_push(a, lines,
			 (struct header_line){ text_cleaned(a, key), value,
					       role });
}

/* Each kind of commit on its own line, so that a long id stays with it. */
static void add_header_commits(struct header_lines *lines, struct arena *a,
			       const struct field *field,
			       const struct retro *retro)
{
	const struct links *links = &retro->commits;
	const struct retro kinds[] = {
		{ .commits = { .cause = links->cause } },
		{ .commits = { .fix = links->fix } },
		{ .commits = { .other = links->other } },
	};
	const char *key = field->key;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t nr = lines->nr;

		add_header_line(lines, a, key, field_text(a, field, &kinds[i]),
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
					field_text(a, field, retro),
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
