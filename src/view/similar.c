/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/similar.h"

#include "base/i18n.h"
#include "base/text.h"

static void join_similar(struct buf *out, struct arena *a,
			 const struct strs *list)
{
	for (size_t i = 0; i < list->nr; i++)
		buf_addf(out, "%s%s", out->n ? ", " : "",
			 text_cleaned(a, list->at[i]));
}

static void put_similar(struct buf *out, struct arena *a,
			const struct style *style, const struct similar *one)
{
	struct buf shared = BUF_INIT;

	join_similar(&shared, a, &one->paths);
	join_similar(&shared, a, &one->words);
	style_put(out, style, STYLE_ID, text_cleaned(a, one->retro->id));
	buf_addf(out, "  %s  ", text_cleaned(a, one->retro->title));
	style_put(out, style, STYLE_DIM,
		  arena_printf(a, _("(both: %s)"), shared.p));
	buf_addch(out, '\n');
	buf_release(&shared);
}

void similar_text(struct buf *out, struct arena *a, const struct style *style,
		  const struct similars *similars, bool numbered)
{
	if (!similars->nr)
		return;
	style_put(out, style, STYLE_STRONG, _("Similar retros"));
	buf_addch(out, '\n');
	for (size_t i = 0; i < similars->nr; i++) {
		buf_addstr(out, "  ");
		if (numbered)
			buf_addf(out, "%zu  ", i + 1);
		put_similar(out, a, style, &similars->at[i]);
	}
}
