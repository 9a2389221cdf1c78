/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/results.h"

#include <string.h>

#include "base/text.h"
#include "view/term.h"

#define INDENT "    "

static void put_mark(struct buf *out, const struct style *style,
		     const char *text, size_t n)
{
	buf_addstr(out, style->colour ? style_on(style, STYLE_MATCH) : "[");
	text_clean(out, text, n, 0);
	buf_addstr(out, style->colour ? style_on(style, STYLE_PLAIN) : "]");
}

static void put_snippet(struct buf *out, const struct style *style,
			const struct snippet *snippet)
{
	size_t at = 0;

	if (!*snippet->text)
		return;
	buf_addstr(out, INDENT);
	if (snippet->section) {
		style_put(out, style, STYLE_DIM, snippet->section);
		style_put(out, style, STYLE_DIM, ": ");
	}
	for (size_t i = 0; i < snippet->marks.nr; i++) {
		const struct mark *mark = &snippet->marks.at[i];

		text_clean(out, snippet->text + at, mark->from - at, 0);
		put_mark(out, style, snippet->text + mark->from,
			 mark->to - mark->from);
		at = mark->to;
	}
	text_clean(out, snippet->text + at, strlen(snippet->text + at), 0);
	buf_addch(out, '\n');
}

void results_put(struct buf *out, const struct style *style,
		 const struct results *results)
{
	for (size_t i = 0; i < results->nr; i++) {
		struct retro *retro = (struct retro *)results->at[i].retro;
		const struct retros one = { &retro, 1, 1 };

		term_list(out, style, &one, NULL);
		put_snippet(out, style, &results->at[i].snippet);
	}
}
