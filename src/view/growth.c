/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/growth.h"

#include <string.h>

#include "base/i18n.h"
#include "base/line.h"
#include "base/text.h"
#include "model/markdown.h"
#include "view/object.h"

#define ABBREV 12

static void put_proof(struct buf *out, struct arena *a,
		      const struct growth_line *line)
{
	const char *names[] = { line->release, line->retro, NULL };
	const char *between = " (";

	if (line->commit)
		names[2] = arena_strndup(a, line->commit, ABBREV);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!names[i])
			continue;
		buf_addstr(out, between);
		md_code_span(out, text_cleaned(a, names[i]));
		between = ", ";
	}
	buf_addstr(out, ")\n");
}

static void put_section(struct buf *out, struct arena *a,
			const struct growth_section *section)
{
	buf_addf(out, "\n## %s\n\n", _(section->title));
	for (size_t i = 0; i < section->lines.nr; i++) {
		buf_addstr(out, "- ");
		md_escape(out, text_cleaned(a, section->lines.at[i].text));
		put_proof(out, a, &section->lines.at[i]);
	}
}

static void put_chart(struct buf *out, const struct growth *growth)
{
	size_t done = growth->at[GROWTH_KEPT].lines.nr;
	size_t open = growth->at[GROWTH_OPEN].lines.nr;

	if (done + open)
		buf_addf(out,
			 "\n```mermaid\npie showData\n  title %s\n"
			 "  \"%s\" : %zu\n  \"%s\" : %zu\n```\n",
			 _("Actions"), _("done"), done, _("open"), open);
}

static void put_time(struct buf *out, struct arena *a,
		     const struct growth *growth)
{
	const char *since = growth->since ? text_cleaned(a, growth->since) : "";
	const char *until = growth->until ? text_cleaned(a, growth->until) : "";
	struct buf line = BUF_INIT;

	if (growth->since && growth->until)
		buf_addf(&line, _("From %s to %s."), since, until);
	else if (growth->since)
		buf_addf(&line, _("Since %s."), since);
	else if (growth->until)
		buf_addf(&line, _("Until %s."), until);
	for (size_t i = 0; i < growth->releases.nr; i++)
		buf_addf(&line, _("%sRelease %s."), line.n ? " " : "",
			 text_cleaned(a, growth->releases.at[i]));
	if (line.n) {
		buf_addch(out, '\n');
		md_escape(out, line.p);
		buf_addstr(out, "\n");
	}
	buf_release(&line);
}

void growth_markdown(struct buf *out, struct arena *a,
		     const struct growth *growth, bool chart)
{
	size_t told = 0;

	buf_addstr(out, "# ");
	md_escape(out, growth->person
			       ? arena_printf(a, _("Growth report of %s"),
					      text_cleaned(a, growth->person))
			       : _("Growth report of the team"));
	buf_addstr(out, "\n");
	put_time(out, a, growth);
	for (size_t i = 0; i < GROWTH_SECTIONS; i++) {
		if (growth->at[i].lines.nr)
			put_section(out, a, &growth->at[i]);
		if (chart && i == GROWTH_OPEN)
			put_chart(out, growth);
		told += growth->at[i].lines.nr;
	}
	if (!told)
		buf_addf(out, "\n%s\n", _("Nothing to report for this time."));
}

void growth_json(struct buf *out, const struct growth *growth)
{
	json_t *json = object_versioned(), *array = json_array();

	object_set_text(json, "person", growth->person);
	object_set_text(json, "since", growth->since);
	object_set_text(json, "until", growth->until);
	object_set(json, "releases", object_list(&growth->releases));
	for (size_t i = 0; i < GROWTH_SECTIONS; i++) {
		const struct growth_section *section = &growth->at[i];
		json_t *one = json_object(), *lines = json_array();

		for (size_t j = 0; j < section->lines.nr; j++) {
			const struct growth_line *line = &section->lines.at[j];
			json_t *told = json_object();

			object_set_text(told, "text", line->text);
			object_set_text(told, "release", line->release);
			object_set_text(told, "retro", line->retro);
			object_set_text(told, "commit", line->commit);
			json_array_append_new(lines, told);
		}
		object_set_text(one, "key", section->key);
		object_set(one, "lines", lines);
		json_array_append_new(array, one);
	}
	object_set(json, "sections", array);
	object_dump(out, json, JSON_INDENT(2));
}

/* --- reading back -------------------------------------------------------- */

/* The code spans of the brackets that end the line. */
static void read_growth_item(struct growth_proofs *out, struct arena *a,
			     const char *text, size_t n, int line)
{
	size_t found = out->nr, at = n;

	while (at && !(text[at - 1] == '(' && at < n && text[at] == '`'))
		at--;
	if (n && text[n - 1] == ')')
		while (at && at < n && text[at] == '`') {
			const char *end =
				memchr(text + at + 1, '`', n - at - 1);

			if (!end)
				break;
			vec_push(a, out,
				 (struct growth_proof){
					 line,
					 arena_strndup(a, text + at + 1,
						       (size_t)(end - text) -
							       at - 1) });
			at = (size_t)(end - text) + 1;
			at += at + 1 < n && text[at] == ',' ? 2 : 0;
		}
	if (out->nr == found)
		vec_push(a, out, (struct growth_proof){ line, "" });
}

void growth_read(struct growth_proofs *out, struct arena *a, const char *text,
		 size_t n)
{
	const char *end = text + n, *item;

	for (int line = 1; line_next(&item, &n, &text, end); line++) {
		if (n && item[n - 1] == '\r')
			n--;
		if (n > 2 && !memcmp(item, "- ", 2))
			read_growth_item(out, a, item, n, line);
	}
}
