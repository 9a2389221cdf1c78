/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "corpus/exposure.h"
#include "lineage/release_lines.h"
#include "lineage/trace.h"
#include "model/body.h"
#include "site/internal.h"
#include "view/html.h"
#include "view/stats.h"

/* Units of a drawing. */
enum { BAR = 24, GAP = 8, HEAD = 14, HEIGHT = 120, LABEL = 32 };
/* A matrix shows no more: the newest. */
enum { LINES_MAX = 24, PROBLEMS_MAX = 200, BARS_MAX = 24 };

static size_t highest(const struct site_bars *bars)
{
	size_t most = 1;

	for (size_t i = 0; i < bars->nr; i++)
		if (bars->at[i].value > most)
			most = bars->at[i].value;
	return most;
}

/* "2026-Q4" in two lines: the quarter, and its year where that is a new one. */
static void draw_period(struct buf *out, const char *name, const char *before,
			size_t x)
{
	const char *dash = strchr(name, '-');
	size_t year = dash ? (size_t)(dash - name) : 0;

	buf_addf(out, "<text x=\"%zu\" y=\"%d\" class=\"axis\">", x + BAR / 2,
		 HEAD + HEIGHT + 12);
	html_text(out, dash ? dash + 1 : name);
	buf_addstr(out, "</text>\n");
	if (!dash || !strncmp(name, before, year + 1))
		return;
	buf_addf(out, "<text x=\"%zu\" y=\"%d\" class=\"axis\">%.*s</text>\n",
		 x + BAR / 2, HEAD + HEIGHT + 26, (int)year, name);
}

static void draw_bars(struct buf *out, const char *title,
		      const struct site_bars *bars)
{
	size_t most = highest(bars);

	buf_addf(out,
		 "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 %zu %d\" "
		 "width=\"%zu\" height=\"%d\">\n<title>",
		 bars->nr * (BAR + GAP) + GAP, HEAD + HEIGHT + LABEL,
		 bars->nr * (BAR + GAP) + GAP, HEAD + HEIGHT + LABEL);
	html_text(out, title);
	buf_addf(out, "</title>\n<desc>%s</desc>\n",
		 _("The table below has the same numbers."));
	for (size_t i = 0; i < bars->nr; i++) {
		size_t x = i * (BAR + GAP) + GAP;
		size_t height = bars->at[i].value * HEIGHT / most;

		buf_addf(out,
			 "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" "
			 "height=\"%zu\"></rect>\n"
			 "<text x=\"%zu\" y=\"%zu\" class=\"axis\">%zu"
			 "</text>\n",
			 x, HEAD + HEIGHT - height, BAR, height, x + BAR / 2,
			 HEAD + HEIGHT - height - 3, bars->at[i].value);
		draw_period(out, bars->at[i].name,
			    i ? bars->at[i - 1].name : "", x);
	}
	buf_addstr(out, "</svg>\n");
}

void site_chart(struct buf *out, const char *title, const char *name_head,
		const char *value_head, const struct site_bars *bars)
{
	struct site_bars shown = *bars;

	if (!bars->nr)
		return;
	if (shown.nr > BARS_MAX) {
		shown.at += shown.nr - BARS_MAX;
		shown.nr = BARS_MAX;
	}
	buf_addf(out, "<figure>\n<figcaption>%s</figcaption>\n", title);
	buf_addf(out,
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
		 "aria-label=\"%s\">\n",
		 title);
	draw_bars(out, title, &shown);
	buf_addf(out,
		 "</div>\n<details><summary>%s</summary>\n<table>\n<thead><tr>"
		 "<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>"
		 "</thead>\n<tbody>\n",
		 _("As a table"), name_head, value_head);
	for (size_t i = 0; i < shown.nr; i++) {
		buf_addstr(out, "<tr><th scope=\"row\">");
		html_text(out, shown.at[i].name);
		buf_addf(out, "</th><td>%zu</td></tr>\n", shown.at[i].value);
	}
	buf_addstr(out, "</tbody>\n</table>\n</details>\n</figure>\n");
}

/* --- figures ------------------------------------------------------------- */

/* The number of "2026-Q4", counted in quarters; 0 if it is none. */
static size_t quarter_number(const char *name)
{
	char *end;
	size_t year = strtoul(name, &end, 10);

	return strncmp(end, "-Q", 2) != 0 || end[2] < '1' || end[2] > '4'
		       ? 0
		       : 4 * year + (size_t)(end[2] - '1');
}

/* Quarters in which there was nothing, so that time runs evenly. */
static void add_empty_quarters(struct site_bars *bars, struct arena *a,
			       const char *before, const char *name)
{
	size_t from = quarter_number(before), to = quarter_number(name);

	if (!from || to <= from + 1)
		return;
	if (to - from > BARS_MAX) /* no more are drawn */
		from = to - BARS_MAX;
	while (++from < to)
		vec_push(
			a, bars,
			(struct site_bar){ arena_printf(a, "%04zu-Q%zu",
							from / 4, from % 4 + 1),
					   0 });
}

static void put_quarters(struct buf *out, struct arena *a,
			 const struct stats *stats, enum measure measure)
{
	const char *label = _(measure_table[measure].label);
	struct site_bars bars = { 0 };

	if (!stats->total.at[measure].n)
		return;
	for (size_t i = 0; i < stats->groups.nr; i++) {
		const struct stats_group *group = &stats->groups.at[i];

		if (i)
			add_empty_quarters(&bars, a, group[-1].name,
					   group->name);
		vec_push(
			a, &bars,
			(struct site_bar){ group->name, group->at[measure].n });
	}
	site_chart(out, arena_printf(a, _("By quarter: %s"), label),
		   _("Quarter"), label, &bars);
}

struct err *site_figures(struct buf *out, const struct site_maker *maker)
{
	static const enum measure drawn[] = { MEASURE_RETROS, MEASURE_PITFALLS,
					      MEASURE_DONE, MEASURE_RELEASES };
	struct corpus corpus = *maker->site->corpus;
	const struct query none = { 0 };
	struct buf tables = BUF_INIT;
	bool limited;
	struct stats stats;
	struct err *e;

	corpus.retros = (struct retros){ 0 };
	for (size_t i = 0; i < maker->site->corpus->retros.nr; i++)
		vec_push(maker->a, &corpus.retros,
			 maker->site->corpus->retros.at[i]);
	e = stats_load(&stats, &corpus, maker->site->config, &none, BY_QUARTER);
	if (e)
		return e;
	buf_addstr(out, "<div class=\"charts\">\n");
	for (size_t i = 0; i < ARRAY_SIZE(drawn); i++)
		put_quarters(out, maker->a, &stats, drawn[i]);
	buf_addstr(out, "</div>\n");
	stats_markdown(&tables, maker->a, &stats);
	buf_addf(out,
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
		 "aria-label=\"%s\">\n",
		 _("Figures"));
	html_blocks(
		out, maker->a,
		md_parse(maker->a, tables.p, tables.n, 1, 0, &limited)->first,
		NULL);
	buf_addstr(out, "</div>\n");
	buf_release(&tables);
	return NULL;
}

/* --- exposure ------------------------------------------------------------ */

static void put_exposure_row(struct buf *out, const struct site_maker *maker,
			     const struct exposure *exposure, size_t first,
			     size_t nr)
{
	const struct pitfall *pitfall =
		body_problem_pitfall(exposure->retro->body, exposure->problem);

	buf_addf(out, "<tr><th scope=\"row\"><a href=\"%s\">",
		 site_retro_href(maker, exposure->retro));
	html_text(out, pitfall ? pitfall->text : exposure->retro->title);
	buf_addstr(out, "</a></th>");
	for (size_t j = first; j < nr; j++) {
		const char *state =
			trace_state_name(exposure->trace->cells[j].state);

		buf_addf(out, "<td class=\"%s\">%s</td>", state, _(state));
	}
	buf_addstr(out, "</tr>\n");
}

static void put_exposure_head(struct buf *out,
			      const struct release_lines *lines, size_t first)
{
	buf_addf(out,
		 "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
		 "aria-label=\"%s\">\n<table class=\"exposure\">\n<thead><tr>"
		 "<th scope=\"col\">%s</th>",
		 _("Exposure"), _("Pitfall"));
	for (size_t j = first; j < lines->nr; j++) {
		buf_addstr(out, "<th scope=\"col\">");
		html_text(out, lines->at[j].name);
		buf_addstr(out, "</th>");
	}
	buf_addstr(out, "</tr></thead>\n<tbody>\n");
}

struct err *site_exposure(struct buf *out, const struct site_maker *maker)
{
	const struct site *site = maker->site;
	struct corpus *corpus = site->corpus;
	struct release_lines lines = { 0 };
	struct exposures exposures = { 0 };
	size_t first;
	struct err *e =
		release_lines_find(&lines, maker->a, corpus->repo, site->config,
				   corpus->policy, NULL, NULL);

	if (!e)
		e = exposure_load(&exposures, corpus, &corpus->retros, &lines);
	if (e)
		return e;
	if (!exposures.nr || !lines.nr) {
		buf_addf(out, "<p>%s</p>\n",
			 _("No retro links a cause or a fix, or there is no "
			   "release."));
		return NULL;
	}
	first = lines.nr > LINES_MAX ? lines.nr - LINES_MAX : 0;
	put_exposure_head(out, &lines, first);
	for (size_t i = 0; i < exposures.nr && i < PROBLEMS_MAX; i++)
		put_exposure_row(out, maker, &exposures.at[i], first, lines.nr);
	buf_addstr(out, "</tbody>\n</table>\n</div>\n");
	if (first || exposures.nr > PROBLEMS_MAX)
		buf_addf(out, "<p>%s</p>\n",
			 _("Only the newest are shown; git retro trace has "
			   "all of them."));
	return NULL;
}
