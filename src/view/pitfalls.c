/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/pitfalls.h"

#include "base/text.h"
#include "view/columns.h"

const char *pitfalls_age(struct arena *a, int days)
{
	static const struct unit {
		double days;
		const char *name;
	} units[] = { { 365.25, "years" },
		      { 30.44, "months" },
		      { 7, "weeks" } };

	if (days < 0)
		return "";
	if (days < 2)
		return days ? "1 day" : "today";
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (days >= 2 * units[i].days)
			return arena_printf(a, "%d %s",
					    (int)(days / units[i].days),
					    units[i].name);
	return arena_printf(a, "%d days", days);
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
	const char *whose = listed->came_back.nr ? "" : "its retro ";
	size_t nr = listed->came_back.nr ? listed->came_back.nr
					 : listed->retro_came_back.nr;

	if (!nr)
		return "";
	return nr == 1 ? arena_printf(a, "%scame back once", whose)
		       : arena_printf(a, "%scame back %zu times", whose, nr);
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
