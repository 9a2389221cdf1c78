/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/excerpt.h"

#include <string.h>

#include "base/text.h"
#include "model/policy.h"

/* What a person asked for. */
struct wish {
	const char *plain, *written; /* folded: as Markdown, and as it is */
	enum section_key key;
};

static const char *fold(struct arena *a, const char *s)
{
	return text_fold(a, s, strlen(s));
}

/* A heading can be copied with all of its marks. */
static struct wish read_wish(struct arena *a, const char *name,
			     const struct policy *policy)
{
	struct wish wish = { "", fold(a, name), SECTION_NONE };
	struct buf plain = BUF_INIT;
	bool limited;

	if (text_is_utf8(name, strlen(name), NULL))
		md_plain(&plain,
			 md_parse(a, name, strlen(name), 1, 0, &limited));
	wish.plain = fold(a, plain.p);
	wish.key = section_by_name(wish.written);
	if (wish.key == SECTION_NONE)
		wish.key = section_by_heading(a, plain.n ? plain.p : name,
					      policy_sections(policy));
	buf_release(&plain);
	return wish;
}

static bool grants(const struct wish *wish, struct arena *a,
		   const struct section *section)
{
	const char *heading = fold(a, section->heading);

	if (section->own && section->key == wish->key)
		return true;
	return *heading && (!strcmp(heading, wish->plain) ||
			    !strcmp(heading, wish->written));
}

/* --- choosing --- */

static void choose_sections(bool *chosen, struct arena *a,
			    const struct body *body, const struct wish *wish,
			    bool *found)
{
	const struct sections *all = &body->sections;

	for (size_t i = 0; i < all->nr; i++) {
		if (!grants(wish, a, &all->at[i]))
			continue;
		*found = chosen[i] = true;
		for (size_t j = i + 1;
		     j < all->nr && all->at[j].level > all->at[i].level; j++)
			chosen[j] = true;
	}
}

static struct sections only_sections(struct arena *a, const struct body *body,
				     const bool *chosen)
{
	struct sections out = { 0 };

	for (size_t i = 0; i < body->sections.nr; i++)
		if (chosen[i])
			vec_push(a, &out, body->sections.at[i]);
	return out;
}

/* Each top-level heading begins a section. */
static struct md *only_blocks(struct arena *a, const struct body *body,
			      const bool *chosen)
{
	struct md *doc = arena_alloc(a, sizeof(*doc)), **end = &doc->first;
	size_t nr = 0; /* headings so far */

	*doc = *body->doc;
	doc->first = NULL;
	for (const struct md *md = body->doc->first; md; md = md->next) {
		nr += md->type == MD_HEADING;
		if (!nr || !chosen[nr - 1])
			continue;
		*end = arena_alloc(a, sizeof(*md));
		**end = *md;
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return doc;
}

/* Moves *at on to the section that the line is in; false if it is in none. */
static bool is_within(const struct sections *sections, size_t *at, int line)
{
	while (*at < sections->nr && sections->at[*at].end_line < line)
		++*at;
	return *at < sections->nr && sections->at[*at].line <= line;
}

/* chosen[i]: whether section i is one of them. */
static bool *choose_all(struct strs *missing, struct arena *a,
			const struct body *body, const struct strs *names)
{
	bool *chosen =
		arena_alloc(a, (body->sections.nr + 1) * sizeof(*chosen));

	for (size_t i = 0; i < names->nr; i++) {
		struct wish wish = read_wish(a, names->at[i], body->policy);
		bool found = false;

		choose_sections(chosen, a, body, &wish, &found);
		if (!found)
			vec_push(a, missing, names->at[i]);
	}
	return chosen;
}

struct sections excerpt_sections(struct strs *missing, struct arena *a,
				 const struct body *body,
				 const struct strs *names)
{
	return only_sections(a, body, choose_all(missing, a, body, names));
}

struct body *excerpt_body(struct strs *missing, struct arena *a,
			  const struct body *body, const struct strs *names)
{
	struct body *out = arena_alloc(a, sizeof(*out));
	const bool *chosen = choose_all(missing, a, body, names);
	size_t at = 0;

	out->limited = body->limited;
	out->policy = body->policy;
	out->doc = only_blocks(a, body, chosen);
	out->sections = only_sections(a, body, chosen);
	for (size_t i = 0; i < body->pitfalls.nr; i++)
		if (is_within(&out->sections, &at, body->pitfalls.at[i].line))
			vec_push(a, &out->pitfalls, body->pitfalls.at[i]);
	at = 0;
	for (size_t i = 0; i < body->actions.nr; i++)
		if (is_within(&out->sections, &at, body->actions.at[i].line))
			vec_push(a, &out->actions, body->actions.at[i]);
	return out;
}

/* --- as it is written --- */

static const char *skip_line(const char *at, const char *end)
{
	const char *eol = memchr(at, '\n', (size_t)(end - at));

	return eol ? eol + 1 : end;
}

void excerpt_spans(struct spans *out, struct arena *a,
		   const struct retro *retro, const struct sections *sections)
{
	const char *at = retro->bytes, *end = at + retro->n;
	int line = 1;

	for (size_t i = 0; i < sections->nr; i++) {
		const struct section *section = &sections->at[i];
		struct span span;

		for (; line < section->line && at < end; line++)
			at = skip_line(at, end);
		span.start = (size_t)(at - retro->bytes);
		for (; line <= section->end_line && at < end; line++)
			at = skip_line(at, end);
		span.end = (size_t)(at - retro->bytes);
		vec_push(a, out, span);
	}
}

void excerpt_sources(struct strs *out, struct arena *a,
		     const struct retro *retro, const struct sections *sections)
{
	struct spans spans = { 0 };

	excerpt_spans(&spans, a, retro, sections);
	for (size_t i = 0; i < spans.nr; i++)
		vec_push(a, out,
			 arena_strndup(a, retro->bytes + spans.at[i].start,
				       spans.at[i].end - spans.at[i].start));
}
