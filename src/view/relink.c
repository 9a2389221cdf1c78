/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/relink.h"

#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "base/text.h"

#define SHORT 10 /* digits of a dead id */

bool relink_is_certain(const struct relink_row *row)
{
	return row->dead->means != RELINK_NONE && !row->refused;
}

static void put_relink_ids(struct buf *out, const struct style *style,
			   const struct strs *ids, const char *last)
{
	for (size_t i = 0; i < ids->nr; i++) {
		if (i)
			buf_addstr(out, i + 1 == ids->nr ? last : ", ");
		style_put(out, style, STYLE_ID, ids->at[i]);
	}
}

/* What to type once one knows which it is. */
static void put_way_out(struct buf *out, struct arena *a,
			const struct style *style, const struct relink_row *row)
{
	const char *id = quote_word(a, row->retro->id);
	const char *edit =
		arena_printf(a, "  (git retro edit %s)\n", text_cleaned(a, id));
	const char *option =
		strcmp(row->role, "other") != 0 ? row->role : "commit";
	const char *text =
		arena_printf(a,
			     _("  (git retro link %s --%s <rev>, then git "
			       "retro unlink %s --%s %.*s)\n"),
			     text_cleaned(a, id), option, text_cleaned(a, id),
			     option, SHORT, text_cleaned(a, row->dead->name));

	style_put(out, style, STYLE_DIM, row->action ? edit : text);
}

static void put_relink_row(struct buf *out, struct arena *a,
			   const struct style *style,
			   const struct relink_row *row)
{
	const struct relink *dead = row->dead;

	buf_addf(out, "%s: %s ", text_cleaned(a, row->path),
		 text_cleaned(a, row->role));
	style_put(out, style, STYLE_ID,
		  arena_printf(a, "%.*s", SHORT, text_cleaned(a, dead->name)));
	if (dead->means != RELINK_NONE) {
		buf_addstr(out, dead->to.nr > 1 ? _(" was split into ")
						: _(" is now "));
		put_relink_ids(out, style, &row->to, _(" and "));
		buf_addf(out, " (%s)\n", _(relink_means_name(dead->means)));
		if (row->refused)
			buf_addf(out, _("  not written: %s\n"),
				 text_cleaned(a, row->refused));
		return;
	}
	if (row->candidates.nr) {
		buf_addstr(out, _(" could be "));
		put_relink_ids(out, style, &row->candidates, _(" or "));
		buf_addstr(out, _(", which is not certain: not changed\n"));
	} else if (dead->here) {
		buf_addstr(out, _(" is on no branch, and no matching commit "
				  "was found\n"));
	} else {
		buf_addstr(out, _(" is not in this repository, and no matching "
				  "commit was found\n"));
	}
	put_way_out(out, a, style, row);
}

void relink_text(struct buf *out, struct arena *a, const struct style *style,
		 const struct relink_rows *rows)
{
	for (size_t i = 0; i < rows->nr; i++)
		put_relink_row(out, a, style, &rows->at[i]);
}
