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

/* "3f2c91b0d4 and 77aa01f3c2", for a message; from the arena. */
static const char *relink_ids(struct arena *a, const struct style *style,
			      const struct strs *ids)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < ids->nr; i++) {
		buf_addstr(&b, i ? _(", ") : "");
		style_put(&b, style, STYLE_ID, ids->at[i]);
	}
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
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

/* "retros/a.md: fix 3f2c91b0d4", for a message; from the arena. */
static const char *dead_link(struct arena *a, const struct style *style,
			     const struct relink_row *row)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_addf(&b, "%s: %s ", text_cleaned(a, row->path),
		 row->action ? text_cleaned(a, row->role) : _(row->role));
	style_put(&b, style, STYLE_ID,
		  arena_printf(a, "%.*s", SHORT,
			       text_cleaned(a, row->dead->name)));
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static void put_relink_row(struct buf *out, struct arena *a,
			   const struct style *style,
			   const struct relink_row *row)
{
	const struct relink *dead = row->dead;
	const char *link = dead_link(a, style, row);

	if (dead->means != RELINK_NONE) {
		/* TRANSLATORS: a link in a file, its new commits, how they
		 * were found. */
		buf_addf(out,
			 dead->to.nr > 1 ? _("%s was split into %s (%s)\n")
					 : _("%s is now %s (%s)\n"),
			 link, relink_ids(a, style, &row->to),
			 _(relink_means_name(dead->means)));
		if (row->refused)
			buf_addf(out, _("  not written: %s\n"),
				 text_cleaned(a, row->refused));
		return;
	}
	if (row->candidates.nr)
		buf_addf(out,
			 _("%s could be one of %s, which is not certain: not "
			   "changed\n"),
			 link, relink_ids(a, style, &row->candidates));
	else
		buf_addf(out,
			 dead->here ? _("%s is on no branch, and no matching "
					"commit was found\n")
				    : _("%s is not in this repository, and no "
					"matching commit was found\n"),
			 link);
	put_way_out(out, a, style, row);
}

void relink_text(struct buf *out, struct arena *a, const struct style *style,
		 const struct relink_rows *rows)
{
	for (size_t i = 0; i < rows->nr; i++)
		put_relink_row(out, a, style, &rows->at[i]);
}
