/* SPDX-License-Identifier: GPL-2.0-only */
/* What a person types: the words of a search, and the expression of a grep.
 * The first byte chooses the kind of expression; the same bytes are what it is
 * sought in. */
#include <string.h>

#include "grep/pattern.h"
#include "index/words.h"
#include "search/terms.h"
#include "target.h"

static int check_word(void *data, const struct word *word)
{
	const size_t *n = data;

	CHECK(word->n && word->n <= WORDS_MAX);
	CHECK(word->from < word->to && word->to <= *n);
	return 0;
}

static void check_terms(struct arena *a, const char *text)
{
	struct policy policy;
	struct terms terms = { 0 };
	struct err *e;

	policy_init(&policy, a);
	e = terms_parse(&terms, a, text, &policy);
	CHECK(!e || e->code == ERR_USAGE);
	for (size_t i = 0; !e && i < terms.all.nr; i++)
		for (size_t j = 0; j < terms.all.at[i].any.nr; j++)
			CHECK(*terms.all.at[i].any.at[j]);
	err_free(e);
}

static void check_pattern(const char *source, unsigned how, const char *line,
			  size_t n)
{
	struct pattern *pattern = NULL;
	struct span span = { 0 };
	bool hit = false, again = false;
	struct err *e = pattern_new(&pattern, source, how % 4, how / 4 % 4);

	if (!e)
		e = pattern_hits(&hit, pattern, line, n, false);
	if (!e)
		e = pattern_find(&again, &span, pattern, line, n, false);
	if (!e)
		CHECK(hit == again);
	if (!e && hit)
		CHECK(span.start <= span.end && span.end <= n);
	err_free(e);
	pattern_free(pattern);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	size_t line = strcspn(text, "\n");

	words_cut(text, n, 0, check_word, &n);
	words_cut(text, n, WORDS_SOUGHT, check_word, &n);
	words_end_open(text, n);
	check_terms(&a, text);
	text[line] = '\0';
	if (line > 1 && line < 200)
		check_pattern(text + 1, bytes[0], text, line);
	arena_release(&a);
	return 0;
}
