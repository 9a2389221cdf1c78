/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "index/ingest.h"
#include "index/words.h"

struct parser {
	struct terms *out;
	struct arena *a;
	const struct policy *policy;
	const char *text, *at, *end;
	bool joins; /* an OR stands before, and something before that */
};

/* --- pieces of text --- */

/* The bytes of the first of some signs that stands at p; 0 if none does. */
static size_t sign_at(const char *p, const char *end, const char *const *signs)
{
	for (; *signs; signs++) {
		size_t n = strlen(*signs);

		if ((size_t)(end - p) >= n && !memcmp(p, *signs, n))
			return n;
	}
	return 0;
}

static size_t white_at(const char *p, const char *end)
{
	static const char *const signs[] = { " ",  "\t", "\r",     "\n",
					     "\f", "\v", "\u3000", NULL };

	return sign_at(p, end, signs);
}

/* What parts words where it stands within a text. */
static size_t comma_at(const char *p, const char *end)
{
	static const char *const signs[] = {
		"、", "，", "·", "／", "；", "｜",
		"。", "/",  ",", ";",  "|",  NULL
	};

	return sign_at(p, end, signs);
}

static size_t colon_at(const char *p, const char *end)
{
	static const char *const signs[] = { ":", "：", NULL };

	return sign_at(p, end, signs);
}

static size_t minus_at(const char *p, const char *end)
{
	static const char *const signs[] = { "-", "－", NULL };

	return sign_at(p, end, signs);
}

static bool begins_word(const struct parser *parser)
{
	const char *wide = parser->at - 3;

	return parser->at == parser->text ||
	       strchr(" \t\r\n\f\v", parser->at[-1]) ||
	       (parser->at - parser->text >= 3 && !memcmp(wide, "\u3000", 3));
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

	while ((n = white_at(parser->at, parser->end)))
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

	while (parser->at < parser->end && !white_at(parser->at, parser->end))
		parser->at++;
	return arena_strndup(parser->a, from, (size_t)(parser->at - from));
}

/* Whether a letter is of a script in which nothing parts words; -1 if it is no
 * letter. */
static int script_at(const char *p, const char *end, size_t *n)
{
	char folded[TEXT_LETTER_MAX];
	int c = text_decode(p, (size_t)(end - p), n);

	if (c < 0 || text_fold_letter(folded, c) <= 0)
		return -1;
	return words_are_paired(c);
}

/* The part of a word up to a comma, or to where the script changes. */
static const char *take_part(struct parser *parser)
{
	const char *from = parser->at;
	int script = -1;
	size_t n;

	while (parser->at < parser->end && !white_at(parser->at, parser->end) &&
	       !comma_at(parser->at, parser->end)) {
		int next = script_at(parser->at, parser->end, &n);

		if (script >= 0 && next >= 0 && next != script)
			break;
		script = next >= 0 ? next : script;
		parser->at += n;
	}
	return arena_strndup(parser->a, from, (size_t)(parser->at - from));
}

static int stop_at_word(void *data, const struct word *word)
{
	(void)data;
	(void)word;
	return 1;
}

/* Signs alone are no word, and no reason to find nothing. */
static bool has_term_word(const char *text)
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
	const char *name;
	filter_fn *add;
} filters[] = {
	{ "label", add_label },          { "kind", add_kind },
	{ "release", add_release_term }, { "path", add_path_term },
	{ "author", add_author_term },   { "since", set_since },
};

/* The bytes of a name and its colon, if they stand here and something behind
 * them; else 0. */
static size_t skip_name(const struct parser *parser, const char *name)
{
	size_t n = strlen(name), sign;

	if ((size_t)(parser->end - parser->at) <= n ||
	    memcmp(parser->at, name, n) != 0)
		return 0;
	sign = colon_at(parser->at + n, parser->end);
	n += sign;
	return sign && parser->at + n < parser->end &&
			       !white_at(parser->at + n, parser->end)
		       ? n
		       : 0;
}

static const struct filter *find_filter(const struct parser *parser)
{
	for (size_t i = 0; i < ARRAY_SIZE(filters); i++)
		if (skip_name(parser, filters[i].name))
			return &filters[i];
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

	parser->at += skip_name(parser, filter->name);
	e = filter->add(parser, query, take_term_value(parser));
	if (!e)
		e = query_check(query);
	if (without)
		vec_push(parser->a, &parser->out->excluded, one);
	return e;
}

/* --- sections --- */

#define IN "in"

static struct err *take_section(struct parser *parser)
{
	enum section_key key;
	const char *name;

	parser->at += skip_name(parser, IN);
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
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a valid section"),
				name),
			_("use title, a heading, or summary, timeline, "
			  "impact, difficulties, causes, solutions, "
			  "pitfalls, went-well, improvements, actions"));
	parser->out->columns |= 1u << key;
	return NULL;
}

static bool at_section(const struct parser *parser)
{
	return skip_name(parser, IN) > 0;
}

/* --- all of it --- */

static void add_text_term(struct parser *parser, const char *text, bool without,
			  bool quoted)
{
	struct terms *out = parser->out;
	struct choice *choice;

	if (!has_term_word(text))
		return;
	if (without) {
		vec_push(parser->a, &out->none, text);
		return;
	}
	if (!parser->joins)
		vec_push(parser->a, &out->all, (struct choice){ 0 });
	choice = &out->all.at[out->all.nr - 1];
	choice->quoted |= quoted;
	vec_push(parser->a, &choice->any, text);
}

/* At an OR that stands between two others. */
static bool take_or(struct parser *parser)
{
	const char *p = parser->at + 2;

	if (!parser->out->all.nr || parser->joins ||
	    parser->end - parser->at < 3 || memcmp(parser->at, "OR", 2) ||
	    !white_at(p, parser->end))
		return false;
	while (p < parser->end && white_at(p, parser->end))
		p += white_at(p, parser->end);
	if (p == parser->end)
		return false;
	parser->at = p;
	parser->joins = true;
	return true;
}

/* A word behind an OR, or one that must not be there, is one in any case. */
static void take_term_text(struct parser *parser, bool without)
{
	const char *quoted = take_quoted(parser);

	if (quoted) {
		add_text_term(parser, quoted, without, true);
	} else if (without || parser->joins) {
		add_text_term(parser, take_word(parser), without, false);
	} else {
		parser->at += comma_at(parser->at, parser->end);
		add_text_term(parser, take_part(parser), false, false);
	}
}

/* The bytes of a minus sign in front of something, where a word begins. */
static size_t take_minus(const struct parser *parser)
{
	size_t n = minus_at(parser->at, parser->end);
	const char *next = parser->at + n;

	return n && next < parser->end && !white_at(next, parser->end) &&
			       begins_word(parser)
		       ? n
		       : 0;
}

static struct err *take_item(struct parser *parser)
{
	size_t sign = take_minus(parser);
	bool without = sign > 0;
	const struct filter *filter;

	parser->at += sign;
	filter = find_filter(parser);
	if (filter || (!without && at_section(parser)))
		parser->joins = false;
	if (filter)
		return take_filter(parser, filter, without);
	if (!without && at_section(parser))
		return take_section(parser);
	take_term_text(parser, without);
	parser->joins = false;
	return NULL;
}

/* --- small words --- */

/* They stand in every text, and what is asked is not about them. Sorted. */
static const char *const small[] = {
	"a",    "after",  "an",    "and",     "any",   "are",  "at",    "be",
	"been", "before", "by",    "can",     "did",   "do",   "does",  "for",
	"from", "had",    "has",   "have",    "how",   "in",   "into",  "is",
	"it",   "its",    "my",    "not",     "of",    "on",   "or",    "our",
	"that", "the",    "their", "them",    "there", "they", "this",  "to",
	"too",  "was",    "we",    "were",    "what",  "when", "where", "which",
	"who",  "why",    "with",  "without",
};

static int by_small_word(const void *word, const void *entry)
{
	return strcmp(word, *(const char *const *)entry);
}

bool terms_small_word(struct arena *a, const char *text)
{
	return bsearch(text_fold(a, text, strlen(text)), small,
		       ARRAY_SIZE(small), sizeof(*small), by_small_word);
}

const char *terms_small_at(size_t i)
{
	return i < ARRAY_SIZE(small) ? small[i] : NULL;
}

static bool is_small(struct arena *a, const struct choice *choice)
{
	return choice->any.nr == 1 && !choice->quoted &&
	       terms_small_word(a, choice->any.at[0]);
}

/* Unless there is nothing else. */
static void drop_small(struct terms *out, struct arena *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->all.nr; i++)
		if (!is_small(a, &out->all.at[i]))
			out->all.at[kept++] = out->all.at[i];
	if (kept)
		out->all.nr = kept;
}

struct err *terms_parse(struct terms *out, struct arena *a, const char *text,
			const struct policy *policy)
{
	struct parser parser = { .out = out,
				 .a = a,
				 .policy = policy,
				 .text = text,
				 .at = text,
				 .end = text + strlen(text) };
	struct err *e = NULL;

	*out = (struct terms){ 0 };
	for (skip_white(&parser); !e && parser.at < parser.end;
	     skip_white(&parser))
		if (!take_or(&parser))
			e = take_item(&parser);
	drop_small(out, a);
	return e;
}
