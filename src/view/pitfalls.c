/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/pitfalls.h"

#include "base/text.h"
#include "view/columns.h"

const char *pitfalls_age(struct arena *a, int days)
{
	if (days < 0)
		return "";
	if (days == 0)
		return _("today");
	if (days < 2 * 7)
		return arena_printf(a, Q_("%d day", "%d days", (size_t)days),
				    days);
	if (days < 2 * 30.44)
		return arena_printf(a, _("%d weeks"), days / 7);
	if (days < 2 * 365.25)
		return arena_printf(a, _("%d months"), (int)(days / 30.44));
	return arena_printf(a, _("%d years"), (int)(days / 365.25));
}

static const char *releases(struct arena *a, const struct retro *retro)
{
	struct buf list = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < retro->releases.nr; i++)
		buf_addf(&list, "%s%s", i ? ", " : "",
			 text_cleaned(a, retro->releases.at[i]));
	text = arena_strdup(a, list.p);
	buf_release(&list);
	return text;
}

static const char *came_back(struct arena *a,
			     const struct listed_pitfall *listed)
{
	size_t own = listed->came_back.nr, whole = listed->retro_came_back.nr;

	if (retro_is_retired(listed->retro, listed->pitfall->id))
		return _("retired");
	if (own == 1)
		return _("came back once");
	if (own)
		return arena_printf(a, _("came back %zu times"), own);
	if (whole == 1)
		return _("its retro came back once");
	if (whole)
		return arena_printf(a, _("its retro came back %zu times"),
				    whole);
	return "";
}

static const char *listed_name(struct arena *a,
			       const struct listed_pitfall *listed)
{
	const struct problem problem = { .pitfall = listed->pitfall->id };

	return retro_problem_name(a, listed->retro, &problem);
}

static struct row pitfall_row(struct arena *a,
			      const struct listed_pitfall *listed)
{
	return (struct row){
		.text = { text_cleaned(a, listed_name(a, listed)),
			  releases(a, listed->retro),
			  pitfalls_age(a, listed->days), came_back(a, listed),
			  text_cleaned(a, listed->pitfall->text) },
		.role = { STYLE_ID, STYLE_PLAIN, STYLE_DIM, STYLE_WARNING },
	};
}

void pitfalls_put(struct buf *out, const struct style *style,
		  const struct listed_pitfalls *pitfalls)
{
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };

	for (size_t i = 0; i < pitfalls->nr; i++)
		vec_push(&arena, &rows, pitfall_row(&arena, &pitfalls->at[i]));
	columns_put(out, style, &rows, 5);
	arena_release(&arena);
}
