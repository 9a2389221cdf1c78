/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/results.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "view/term.h"

#define INDENT "    "
/* Columns of a snippet; it is not cut shorter. */
#define LEAST 16

static void put_mark(struct buf *out, const struct style *style,
		     const char *text, size_t n)
{
	buf_addstr(out, style->colour ? style_on(style, STYLE_MATCH) : "[");
	text_clean(out, text, n, 0);
	buf_addstr(out, style->colour ? style_on(style, STYLE_PLAIN) : "]");
}

/* What stands beside the text of a snippet takes columns, too. */
static size_t room_for(const struct style *style, const struct snippet *snippet)
{
	size_t used = strlen(INDENT);

	if (snippet->section)
		used += text_width(snippet->section, strlen(snippet->section)) +
			strlen(": ");
	if (!style->colour)
		used += snippet->marks.nr * strlen("[]");
	return style->width > used + LEAST ? style->width - used : LEAST;
}

static void put_snippet(struct buf *out, const struct style *style,
			const struct snippet *whole)
{
	struct arena arena = ARENA_INIT;
	struct snippet snippet = *whole;
	size_t at = 0;

	if (!*snippet.text)
		return;
	if (style->tty)
		snippet = snippet_fit(whole, &arena, room_for(style, whole));
	buf_addstr(out, INDENT);
	if (snippet.section) {
		style_put(out, style, STYLE_DIM,
			  text_cleaned(&arena, snippet.section));
		style_put(out, style, STYLE_DIM, ": ");
	}
	for (size_t i = 0; i < snippet.marks.nr; i++) {
		const struct mark *mark = &snippet.marks.at[i];

		text_clean(out, snippet.text + at, mark->from - at, 0);
		put_mark(out, style, snippet.text + mark->from,
			 mark->to - mark->from);
		at = mark->to;
	}
	text_clean(out, snippet.text + at, strlen(snippet.text + at), 0);
	buf_addch(out, '\n');
	arena_release(&arena);
}

static void say_full(struct buf *out, const struct results *results)
{
	size_t full = results->full, words = results->words;

	if (full && words > 1)
		buf_addf(out,
			 Q_("%zu retro contains all %zu words.",
			    "%zu retros contain all %zu words.", full),
			 full, words);
	else if (full)
		buf_addf(out,
			 Q_("%zu retro contains exactly this.",
			    "%zu retros contain exactly this.", full),
			 full);
	else if (words > 1)
		buf_addf(out, _("No retro contains all %zu words."), words);
	else
		buf_addstr(out, _("No retro contains exactly this."));
}

/* Whether all results from the `i`th on have as many of the words as it. */
static bool have_as_many(const struct results *results, size_t i)
{
	for (size_t j = i + 1; j < results->nr; j++)
		if (results->at[j].has != results->at[i].has)
			return false;
	return true;
}

/* Whether all results from the `i`th on have half of the words or more. */
static bool have_most(const struct results *results, size_t i)
{
	for (; i < results->nr; i++)
		if (results->at[i].has * 2 < results->words)
			return false;
	return true;
}

/* What the results from the `i`th on have of the words. */
static void say_partial(struct buf *out, const struct results *results,
			size_t i)
{
	const struct result *first = &results->at[i];
	bool all = first->has == results->words;

	if (all && first->near && have_as_many(results, i))
		buf_addstr(out, _("These contain its parts close together:"));
	else if (results->words == 1)
		buf_addstr(out, _("These contain parts of it:"));
	else if (!all && first->has && have_as_many(results, i))
		buf_addf(out, _("These contain %zu of them:"), first->has);
	else if (have_most(results, i))
		buf_addstr(out, _("These contain most of them:"));
	else
		buf_addstr(out, _("These contain some of them:"));
}

/* Above the first result that does not have all of the words. */
static void put_partial(struct buf *out, const struct style *style,
			const struct results *results, size_t i)
{
	struct buf full = BUF_INIT, rest = BUF_INIT, text = BUF_INIT;

	say_full(&full, results);
	say_partial(&rest, results, i);
	/* TRANSLATORS: two sentences. */
	buf_addf(&text, _("%s %s"), full.p, rest.p);
	style_put(out, style, STYLE_EMPH, text.p);
	buf_addch(out, '\n');
	buf_release(&text);
	buf_release(&rest);
	buf_release(&full);
}

void results_put(struct buf *out, const struct style *style,
		 const struct results *results)
{
	for (size_t i = 0; i < results->nr; i++) {
		struct retro *retro = (struct retro *)results->at[i].retro;
		const struct retros one = { &retro, 1, 1 };

		if (i == results->full && results->words)
			put_partial(out, style, results, i);
		term_list(out, style, &one, results->where);
		put_snippet(out, style, &results->at[i].snippet);
	}
}
