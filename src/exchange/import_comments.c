/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/date.h"
#include "base/line.h"
#include "exchange/import.h"
#include "view/inert.h"

#define NAME_COLUMNS 100

bool import_is_chinese(const char *text)
{
	/* The first bytes of U+4E00 to U+9FFF. */
	return text[strcspn(text, "\xE4\xE5\xE6\xE7\xE8\xE9")] != '\0';
}

static void quote_comment(struct buf *out, const char *text)
{
	const char *line, *at = text, *end = text + strlen(text);
	size_t n;

	while (line_next(&line, &n, &at, end)) {
		n -= n && line[n - 1] == '\r';
		buf_addstr(out, n ? "> " : ">");
		buf_add(out, line, n);
		buf_addch(out, '\n');
	}
}

void import_comment(struct import_item *item, struct arena *a, const char *who,
		    const char *when, const char *text)
{
	struct buf out = BUF_INIT;
	int32_t day;

	if (when && day_parse(&day, when))
		when = day_format(a, day);
	if (who && *who) {
		buf_addstr(&out, "**");
		inert_text(&out, who, NAME_COLUMNS);
		buf_addstr(&out, "**");
	}
	if (when && *when) {
		buf_addstr(&out, out.n ? ", " : "");
		inert_text(&out, when, NAME_COLUMNS);
	}
	if (out.n)
		buf_addstr(&out, ":\n\n");
	quote_comment(&out, text);
	vec_push(a, &item->comments, arena_strndup(a, out.p, out.n));
	buf_release(&out);
}

void import_put_comments(struct import_item *item, struct arena *a,
			 bool chinese)
{
	struct buf text = BUF_INIT;

	if (!item->comments.nr)
		return;
	buf_add(&text, item->bytes, item->n);
	buf_addf(&text, "%s## %s\n", item->n ? "\n\n" : "",
		 chinese ? "评论" : "Comments");
	for (size_t i = 0; i < item->comments.nr; i++)
		buf_addf(&text, "\n%s", item->comments.at[i]);
	item->n = text.n;
	item->bytes = arena_strndup(a, text.p, text.n);
	buf_release(&text);
}

void import_object_comments(struct import_item *item, struct arena *a,
			    const struct node *list, const char *account,
			    const char *when)
{
	const char *title = import_get(item, "title");

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *one = list->items[i];
		const char *text = import_text(one, "body");
		const char *system = import_text(one, "system");

		/* What GitLab itself notes, such as a change of a label. */
		if (!text || (system && !strcmp(system, "true")))
			continue;
		import_comment(item, a,
			       import_person(node_get(one, "author"), account),
			       import_text(one, when), text);
	}
	import_put_comments(item, a, title && import_is_chinese(title));
}
