/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/terms.h"

#include <string.h>

#include "base/text.h"
#include "index/ingest.h"
#include "index/words.h"

struct parser {
	struct terms *out;
	struct arena *a;
	const struct policy *policy;
	const char *at, *end;
	bool joins; /* an OR stands before, and something before that */
};

/* --- pieces of text --- */

static size_t white(const char *p, const char *end)
{
	static const char wide[] = "\xe3\x80\x80"; /* U+3000 */

	if (p == end)
		return 0;
	if (strchr(" \t\r\n\f\v", *p))
		return 1;
	return end - p >= 3 && !memcmp(p, wide, 3) ? 3 : 0;
}

/* The quotes of an English and of a Chinese keyboard; bytes of the one at p. */
static size_t quoted_length(const char *p, const char *end, bool opening)
{
	const char *wide = opening ? "\xe2\x80\x9c" : "\xe2\x80\x9d";

	if (p == end)
		return 0;
	if (*p == '"')
		return 1;
	return end - p >= 3 && !memcmp(p, wide, 3) ? 3 : 0;
}

static void skip_white(struct parser *parser)
{
	size_t n;

	while ((n = white(parser->at, parser->end)))
		parser->at += n;
}

/* What is in quotes here; NULL, and nothing is taken, unless they close. */
static const char *take_quoted(struct parser *parser)
{
	const char *from =
		parser->at + quoted_length(parser->at, parser->end, true);

	if (from == parser->at)
		return NULL;
	for (const char *p = from; p < parser->end; p++) {
		size_t n = quoted_length(p, parser->end, false);

		if (!n)
			continue;
		parser->at = p + n;
		return arena_strndup(parser->a, from, (size_t)(p - from));
	}
	return NULL;
}

static const char *take_word(struct parser *parser)
{
	const char *from = parser->at;

	while (parser->at < parser->end && !white(parser->at, parser->end))
		parser->at++;
	return arena_strndup(parser->a, from, (size_t)(parser->at - from));
}

static int stop_at_word(void *data, const struct word *word)
{
	(void)data;
	(void)word;
	return 1;
}

/* Signs alone are no word, and no reason to find nothing. */
static bool has_word(const char *text)
{
	return words_cut(text, strlen(text), WORDS_SOUGHT, stop_at_word, NULL);
}

/* --- filters --- */

typedef struct err *filter_fn(struct parser *parser, struct query *query,
			      const char *value);

static struct err *add_label(struct parser *parser, struct query *query,
			     const char *value)
{
	vec_push(parser->a, &query->labels, value);
	return NULL;
}

static struct err *add_kind(struct parser *parser, struct query *query,
			    const char *value)
{
	vec_push(parser->a, &query->kinds, value);
	return NULL;
}

static struct err *add_release_term(struct parser *parser, struct query *query,
				    const char *value)
{
	vec_push(parser->a, &query->releases, value);
	return NULL;
}

static struct err *add_path_term(struct parser *parser, struct query *query,
				 const char *value)
{
	vec_push(parser->a, &query->paths, value);
	return NULL;
}

static struct err *add_author_term(struct parser *parser, struct query *query,
				   const char *value)
{
	vec_push(parser->a, &query->authors, value);
	return NULL;
}

static struct err *set_since(struct parser *parser, struct query *query,
			     const char *value)
{
	(void)parser;
	query->since = value;
	return NULL;
}

static const struct filter {
	const char *name; /* with its colon */
	filter_fn *add;
} filters[] = {
	{ "label:", add_label },          { "kind:", add_kind },
	{ "release:", add_release_term }, { "path:", add_path_term },
	{ "author:", add_author_term },   { "since:", set_since },
};

static const struct filter *find_filter(const struct parser *parser)
{
	size_t left = (size_t)(parser->end - parser->at);

	for (size_t i = 0; i < ARRAY_SIZE(filters); i++) {
		size_t n = strlen(filters[i].name);

		if (left > n && !memcmp(parser->at, filters[i].name, n) &&
		    !white(parser->at + n, parser->end))
			return &filters[i];
	}
	return NULL;
}

static const char *take_term_value(struct parser *parser)
{
	const char *quoted = take_quoted(parser);

	return quoted ? quoted : take_word(parser);
}

static struct err *take_filter(struct parser *parser,
			       const struct filter *filter, bool without)
{
	struct query one = { 0 };
	struct query *query = without ? &one : &parser->out->query;
	struct err *e;

	parser->at += strlen(filter->name);
	e = filter->add(parser, query, take_term_value(parser));
	if (!e)
		e = query_check(query);
	if (without)
		vec_push(parser->a, &parser->out->excluded, one);
	return e;
}

/* --- sections --- */

#define IN "in:"

static struct err *take_section(struct parser *parser)
{
	enum section_key key;
	const char *name;

	parser->at += strlen(IN);
	name = take_term_value(parser);
	if (!strcmp(name, "title")) {
		parser->out->columns |= 1u << COLUMN_TITLE;
		return NULL;
	}
	key = section_by_name(name);
	if (key == SECTION_NONE)
		key = section_by_heading(parser->a, name,
					 policy_sections(parser->policy));
	if (key == SECTION_NONE)
		return err_hint(err_new(ERR_USAGE, "'%s' is no section", name),
				"use title, a heading, or summary, timeline, "
				"impact, difficulties, causes, solutions, "
				"pitfalls, went-well, improvements, actions");
	parser->out->columns |= 1u << key;
	return NULL;
}

static bool at_section(const struct parser *parser)
{
	size_t n = strlen(IN);

	return (size_t)(parser->end - parser->at) > n &&
	       !memcmp(parser->at, IN, n) &&
	       !white(parser->at + n, parser->end);
}

/* --- all of it --- */

static void add_text_term(struct parser *parser, const char *text, bool without)
{
	struct terms *out = parser->out;

	if (!has_word(text))
		return;
	if (without) {
		vec_push(parser->a, &out->none, text);
		return;
	}
	if (!parser->joins)
		vec_push(parser->a, &out->all, (struct choice){ { 0 } });
	vec_push(parser->a, &out->all.at[out->all.nr - 1].any, text);
}

/* At an OR that stands between two others. */
static bool take_or(struct parser *parser)
{
	const char *p = parser->at + 2;

	if (!parser->out->all.nr || parser->joins ||
	    parser->end - parser->at < 3 || memcmp(parser->at, "OR", 2) ||
	    !white(p, parser->end))
		return false;
	while (p < parser->end && white(p, parser->end))
		p += white(p, parser->end);
	if (p == parser->end)
		return false;
	parser->at = p;
	parser->joins = true;
	return true;
}

static struct err *take_item(struct parser *parser)
{
	bool without = parser->end - parser->at > 1 && *parser->at == '-' &&
		       !white(parser->at + 1, parser->end);
	const struct filter *filter;
	const char *quoted;

	parser->at += without;
	filter = find_filter(parser);
	if (filter || (!without && at_section(parser)))
		parser->joins = false;
	if (filter)
		return take_filter(parser, filter, without);
	if (!without && at_section(parser))
		return take_section(parser);
	quoted = take_quoted(parser);
	add_text_term(parser, quoted ? quoted : take_word(parser), without);
	parser->joins = false;
	return NULL;
}

struct err *terms_parse(struct terms *out, struct arena *a, const char *text,
			const struct policy *policy)
{
	struct parser parser = { out,  a, policy, text, text + strlen(text),
				 false };
	struct err *e = NULL;

	*out = (struct terms){ 0 };
	for (skip_white(&parser); !e && parser.at < parser.end;
	     skip_white(&parser))
		if (!take_or(&parser))
			e = take_item(&parser);
	return e;
}
