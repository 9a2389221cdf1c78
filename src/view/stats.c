/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/stats.h"

#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "view/columns.h"
#include "view/object.h"
#include "view/tsv.h"

enum {
	GROUPS_MAX = 12, /* that a terminal shows */
	BAR_COLUMNS = 20,
	BAR_LEAST = 5, /* a shorter one says nothing */
	GAP = 2,       /* between columns */
	EVIDENCE_LEAST = 20,
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
};

/* --- values in words ----------------------------------------------------- */

/* As people say it: "3 days", "5.2 hours", "12 minutes". */
static const char *duration(struct arena *a, int64_t value, const char *unit)
{
	if (!strcmp(unit, "days"))
		return arena_printf(a,
				    Q_("%lld day", "%lld days", (size_t)value),
				    (long long)value);
	if (value < 2 * HOUR)
		return arena_printf(a, _("%lld min"),
				    (long long)value / MINUTE);
	if (value < 2 * DAY)
		return arena_printf(a, _("%.1f hours"),
				    (double)value / (int)HOUR);
	return arena_printf(a, _("%.1f days"), (double)value / (int)DAY);
}

static double percent(const struct measured *m)
{
	return m->of ? 100.0 * (double)m->n / (double)m->of : 0;
}

static const char *value_text(struct arena *a, enum measure measure,
			      const struct measured *m)
{
	const struct measure_row *row = &measure_table[measure];

	switch (row->type) {
	case MEASURE_COUNT:
		return arena_printf(a, "%zu", m->n);
	case MEASURE_SHARE:
		if (measure_is_few(row->type, m))
			return arena_printf(a, _("%zu of %zu"), m->n, m->of);
		return arena_printf(a, _("%zu of %zu (%.0f%%)"), m->n, m->of,
				    percent(m));
	case MEASURE_SPREAD:
		break;
	}
	if (measure_is_few(row->type, m))
		return arena_printf(a, _("too few (%zu)"), m->n);
	return arena_printf(a, _("median %s, 90%% within %s"),
			    duration(a, m->median, row->unit),
			    duration(a, m->p90, row->unit));
}

static const char *evidence_name(struct arena *a, const struct evidence_of *one)
{
	if (one->release && one->retro)
		return arena_printf(a, "%s (%s)", one->release, one->retro);
	return one->release ? one->release : one->retro;
}

/* What a share was made from; of what is many the count says enough. */
static const char *evidence_text(struct arena *a, enum measure measure,
				 const struct measured *m)
{
	struct buf text = BUF_INIT;
	const char *kept;

	if (measure_table[measure].type == MEASURE_SHARE &&
	    measure != MEASURE_DONE && measure != MEASURE_OPEN)
		for (size_t i = 0; i < m->evidence.nr && i < MEASURE_NAMED; i++)
			buf_addf(&text, "%s%s", i ? ", " : "",
				 evidence_name(a, &m->evidence.at[i]));
	if (text.n && m->n > MEASURE_NAMED)
		buf_addf(&text, _(" and %zu more"), m->n - MEASURE_NAMED);
	if (m->unknown)
		buf_addf(&text, "%s", text.n ? _("; ") : "");
	if (m->unknown)
		buf_addf(&text, _("%zu unknown: history is cut off here"),
			 m->unknown);
	kept = text_cleaned(a, text.p);
	buf_release(&text);
	return kept;
}

/* --- charts -------------------------------------------------------------- */

static double group_value(const struct stats_group *group, enum measure measure)
{
	const struct measured *m = &group->at[measure];

	switch (measure_table[measure].type) {
	case MEASURE_COUNT:
		return (double)m->n;
	case MEASURE_SHARE:
		return percent(m);
	case MEASURE_SPREAD:
		break;
	}
	return m->n ? (double)m->median : 0;
}

static size_t first_shown(const struct stats *stats)
{
	bool by_time = stats->by <= BY_RELEASE;

	if (by_time && stats->groups.nr > GROUPS_MAX)
		return stats->groups.nr - GROUPS_MAX;
	return 0;
}

static size_t end_shown(const struct stats *stats)
{
	size_t first = first_shown(stats);

	return stats->groups.nr - first > GROUPS_MAX ? first + GROUPS_MAX
						     : stats->groups.nr;
}

static double greatest(const struct stats *stats, enum measure measure)
{
	double most = 0;

	for (size_t i = first_shown(stats); i < end_shown(stats); i++) {
		double value = group_value(&stats->groups.at[i], measure);

		if (value > most)
			most = value;
	}
	return most;
}

/* How a figure went, a character a group. */
static const char *sparkline(struct arena *a, const struct stats *stats,
			     enum measure measure)
{
	static const char *const steps[] = { "▁", "▂", "▃", "▄",
					     "▅", "▆", "▇", "█" };
	double most = greatest(stats, measure);
	struct buf text = BUF_INIT;
	const char *kept;

	if (stats->by > BY_RELEASE || stats->groups.nr < 3 || most <= 0)
		return "";
	for (size_t i = first_shown(stats); i < end_shown(stats); i++)
		buf_addstr(&text,
			   steps[(size_t)(group_value(&stats->groups.at[i],
						      measure) /
						  most * 7 +
					  0.5)]);
	kept = arena_strdup(a, text.p);
	buf_release(&text);
	return kept;
}

static const char *bar(struct arena *a, double value, double most,
		       size_t columns)
{
	static const char *const parts[] = { "",  "▏", "▎", "▍",
					     "▌", "▋", "▊", "▉" };
	size_t eighths =
		most > 0 ? (size_t)(value / most * (double)columns * 8 + 0.5)
			 : 0;
	struct buf text = BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < eighths / 8; i++)
		buf_addstr(&text, "█");
	buf_addstr(&text, parts[eighths % 8]);
	kept = arena_strdup(a, text.p);
	buf_release(&text);
	return kept;
}

/* --- for people ---------------------------------------------------------- */

static bool is_main(enum measure measure)
{
	return measure_table[measure].type == MEASURE_COUNT;
}

static bool is_stats_shown(const struct stats *stats, enum measure measure)
{
	const struct measured *m = &stats->total.at[measure];

	if (measure >= MEASURE_RELEASES && !stats->delivery)
		return false;
	if (is_main(measure))
		return m->n || measure == MEASURE_RETROS;
	return m->n || m->of || m->unknown;
}

static size_t cell_columns(const char *text)
{
	return *text ? text_width(text, strlen(text)) + GAP : 0;
}

/* The columns of a line; SIZE_MAX where nothing is cut. */
static size_t line_columns(const struct style *style)
{
	return style->tty && !style->wide ? style->width : SIZE_MAX;
}

/* Columns of the widest cells, with the gaps behind them. */
struct widths {
	size_t label, value, all;
};

static struct widths measure_rows(const struct rows *rows)
{
	size_t widths[3] = { 0 };

	for (size_t i = 0; i < rows->nr; i++)
		for (size_t j = 0; j < 3; j++) {
			size_t width = cell_columns(rows->at[i].text[j]);

			if (width > widths[j])
				widths[j] = width;
		}
	return (struct widths){ widths[0], widths[1],
				widths[0] + widths[1] + widths[2] };
}

static const char *padded(struct arena *a, const char *text, size_t columns)
{
	return arena_printf(a, "%s%*s", text,
			    (int)(columns - cell_columns(text)), "");
}

static void put_below(struct buf *out, const struct style *style,
		      const char *text, enum style_role role)
{
	struct row row = { .text = { " ", text },
			   .role = { STYLE_PLAIN, role } };
	const struct rows rows = { &row, 1, 1 };

	columns_put(out, style, &rows, 2);
}

/* A value that has no room beside its name, in as many lines as it has
 * parts. */
static void put_value_below(struct buf *out, const struct style *style,
			    struct arena *a, const char *value)
{
	const char *comma = strstr(value, _(", "));

	if (comma) {
		size_t n = (size_t)(comma - value) + strlen(_(", "));
		size_t end = n;

		while (end && value[end - 1] == ' ')
			end--;
		put_below(out, style, arena_strndup(a, value, end),
			  STYLE_PLAIN);
		value += n;
	}
	put_below(out, style, value, STYLE_PLAIN);
}

/* Where a line is too narrow for what a figure was made from: below it. No
 * figure is cut, and those that have room stand below one another. */
static void put_evidence_below(struct buf *out, const struct style *style,
			       struct arena *a, const struct rows *rows)
{
	struct widths widths = measure_rows(rows);
	bool aligned = widths.all <= line_columns(style) + GAP;

	for (size_t i = 0; i < rows->nr; i++) {
		struct row row = rows->at[i];
		const struct rows one = { &row, 1, 1 };
		const char *value = row.text[1];
		bool beside = aligned ||
			      cell_columns(row.text[0]) + cell_columns(value) <=
				      line_columns(style) + GAP;

		if (aligned)
			row.text[0] = padded(a, row.text[0], widths.label);
		if (aligned && *row.text[2])
			row.text[1] = padded(a, row.text[1], widths.value);
		if (!beside)
			row.text[1] = "";
		columns_put(out, style, &one, aligned ? 3 : 2);
		if (!beside)
			put_value_below(out, style, a, value);
		if (*row.text[3])
			put_below(out, style, row.text[3], row.role[3]);
	}
}

static void put_total(struct buf *out, const struct style *style,
		      struct arena *a, const struct stats *stats)
{
	struct rows rows = { 0 };

	for (enum measure i = 0; i < MEASURES; i++) {
		const struct measured *m = &stats->total.at[i];
		const char *label = _(measure_table[i].label);

		if (!is_stats_shown(stats, i))
			continue;
		vec_push(a, &rows,
			 (struct row){
				 .text = { is_main(i) ? label
						      : arena_printf(a, "  %s",
								     label),
					   value_text(a, i, m),
					   sparkline(a, stats, i),
					   evidence_text(a, i, m) },
				 .role = { is_main(i) ? STYLE_STRONG
						      : STYLE_PLAIN,
					   STYLE_PLAIN, STYLE_DIM,
					   STYLE_DIM } });
	}
	if (measure_rows(&rows).all + EVIDENCE_LEAST <= line_columns(style) ||
	    line_columns(style) == SIZE_MAX)
		columns_put(out, style, &rows, 4);
	else
		put_evidence_below(out, style, a, &rows);
}

static const enum measure group_columns[] = {
	MEASURE_RETROS, MEASURE_PITFALLS, MEASURE_ACTIONS,
	MEASURE_DONE,   MEASURE_RELEASES, MEASURE_CHANGE_FAIL,
};
enum { GROUP_COLUMNS = sizeof(group_columns) / sizeof(*group_columns) };

static const char *group_cell(struct arena *a, const struct stats *stats,
			      const struct stats_group *group, size_t column)
{
	enum measure measure = group_columns[column];
	const char *label;

	if (!is_stats_shown(stats, measure))
		return "";
	label = _(measure_table[measure].label);
	return arena_printf(a, "%*zu", (int)text_width(label, strlen(label)),
			    group->at[measure].n);
}

/* Of the groups that are shown. */
static size_t names_width(const struct stats *stats)
{
	size_t most = cell_columns(stats_by_names[stats->by]);

	for (size_t i = first_shown(stats); i < end_shown(stats); i++) {
		size_t width = cell_columns(stats->groups.at[i].name);

		most = width > most ? width : most;
	}
	return most;
}

/* As many columns as the line has room for, and bars in what is left. */
static void put_groups(struct buf *out, const struct style *style,
		       struct arena *a, const struct stats *stats)
{
	double most = greatest(stats, MEASURE_RETROS);
	struct row head = { .text = { stats_by_names[stats->by] } };
	struct rows rows = { 0 };
	size_t used, columns = 0, bars = BAR_COLUMNS;

	for (size_t j = 0; j <= GROUP_COLUMNS + 1; j++)
		head.role[j] = STYLE_KEY;
	used = names_width(stats);
	while (columns < GROUP_COLUMNS) {
		const char *label =
			_(measure_table[group_columns[columns]].label);

		if (!is_stats_shown(stats, group_columns[columns]))
			label = "";
		if (used + cell_columns(label) > line_columns(style) + GAP)
			break;
		used += cell_columns(label);
		head.text[++columns] = label;
	}
	if (used + bars > line_columns(style))
		bars = used + BAR_LEAST > line_columns(style)
			       ? 0
			       : line_columns(style) - used;
	vec_push(a, &rows, head);
	for (size_t i = first_shown(stats); i < end_shown(stats); i++) {
		const struct stats_group *group = &stats->groups.at[i];
		struct row row = { .text = { text_cleaned(a, group->name) },
				   .role = { STYLE_ID } };

		for (size_t j = 0; j < columns; j++)
			row.text[j + 1] = group_cell(a, stats, group, j);
		row.text[columns + 1] =
			bar(a, group_value(group, MEASURE_RETROS), most, bars);
		vec_push(a, &rows, row);
	}
	columns_put(out, style, &rows, columns + (bars ? 2 : 1));
	if (end_shown(stats) - first_shown(stats) < stats->groups.nr)
		buf_addf(out,
			 _("%zu of %zu shown; --format=tsv has all of them\n"),
			 end_shown(stats) - first_shown(stats),
			 stats->groups.nr);
}

void stats_text(struct buf *out, const struct style *style, struct arena *a,
		const struct stats *stats)
{
	if (stats->first == DAY_NONE && !stats->total.at[MEASURE_RETROS].n) {
		buf_addstr(out,
			   _("Nothing to count yet: no retro, no release.\n"));
		return;
	}
	put_total(out, style, a, stats);
	if (stats->groups.nr > 1) {
		buf_addch(out, '\n');
		put_groups(out, style, a, stats);
	}
	if (stats->cut && stats->delivery)
		buf_addf(out, "\n%s\n",
			 _("History is cut off here (a shallow clone): lead "
			   "times are of the commits that there are."));
}

/* --- Markdown ------------------------------------------------------------ */

static void put_cell(struct buf *out, const char *text)
{
	buf_addstr(out, "| ");
	for (; *text; text++) {
		if (*text == '|' || *text == '\\')
			buf_addch(out, '\\');
		buf_addch(out, *text);
	}
	buf_addch(out, ' ');
}

void stats_markdown(struct buf *out, struct arena *a, const struct stats *stats)
{
	put_cell(out, _("figure"));
	put_cell(out, _("value"));
	put_cell(out, _("made from"));
	buf_addstr(out, "|\n|---|---|---|\n");
	for (enum measure i = 0; i < MEASURES; i++) {
		const struct measured *m = &stats->total.at[i];

		if (!is_stats_shown(stats, i))
			continue;
		put_cell(out, _(measure_table[i].label));
		put_cell(out, value_text(a, i, m));
		put_cell(out, evidence_text(a, i, m));
		buf_addstr(out, "|\n");
	}
	buf_addf(out, "\n| %s ", stats_by_names[stats->by]);
	for (size_t j = 0; j < GROUP_COLUMNS; j++)
		if (is_stats_shown(stats, group_columns[j]))
			put_cell(out, _(measure_table[group_columns[j]].label));
	buf_addstr(out, "|\n|---");
	for (size_t j = 0; j < GROUP_COLUMNS; j++)
		if (is_stats_shown(stats, group_columns[j]))
			buf_addstr(out, "|---:");
	buf_addstr(out, "|\n");
	for (size_t i = 0; i < stats->groups.nr; i++) {
		const struct stats_group *group = &stats->groups.at[i];

		put_cell(out, text_cleaned(a, group->name));
		for (size_t j = 0; j < GROUP_COLUMNS; j++)
			if (is_stats_shown(stats, group_columns[j]))
				buf_addf(out, "| %zu ",
					 group->at[group_columns[j]].n);
		buf_addstr(out, "|\n");
	}
}

/* --- for programs -------------------------------------------------------- */

static json_t *measured_json(enum measure measure, const struct measured *m)
{
	const struct measure_row *row = &measure_table[measure];
	json_t *json = json_object(), *evidence = json_array();

	object_set_number(json, "n", m->n);
	if (row->type == MEASURE_SHARE) {
		object_set_number(json, "of", m->of);
		object_set(json, "percent",
			   m->of ? json_real(percent(m)) : json_null());
		object_set_number(json, "unknown", m->unknown);
	}
	if (row->type == MEASURE_SPREAD) {
		object_set(json, "median",
			   m->n ? json_integer(m->median) : json_null());
		object_set(json, "p90",
			   m->n ? json_integer(m->p90) : json_null());
		object_set_text(json, "unit", row->unit);
	}
	if (row->type != MEASURE_COUNT)
		object_set(json, "few",
			   json_boolean(measure_is_few(row->type, m)));
	for (size_t i = 0; i < m->evidence.nr; i++) {
		json_t *one = json_object();

		object_set_text(one, "release", m->evidence.at[i].release);
		object_set_text(one, "retro", m->evidence.at[i].retro);
		json_array_append_new(evidence, one);
	}
	object_set(json, "evidence", evidence);
	return json;
}

static json_t *group_json(const struct stats *stats,
			  const struct stats_group *group)
{
	json_t *json = json_object();

	object_set_text(json, "name", group->name);
	for (enum measure i = 0; i < MEASURES; i++)
		object_set(json, measure_table[i].key,
			   i < MEASURE_RELEASES || stats->delivery
				   ? measured_json(i, &group->at[i])
				   : json_null());
	return json;
}

/* Group by group, as there may be one for each of thousands of releases. */
void stats_json(struct buf *out, const struct stats *stats)
{
	struct arena a = ARENA_INIT;
	json_t *json = object_versioned();

	object_set_text(json, "by", stats_by_names[stats->by]);
	object_set_text(
		json, "first",
		stats->first == DAY_NONE ? NULL : day_format(&a, stats->first));
	object_set_text(json, "last",
			stats->last == DAY_NONE ? NULL
						: day_format(&a, stats->last));
	object_set(json, "cut", json_boolean(stats->cut));
	object_set(json, "total", group_json(stats, &stats->total));
	object_list_open(out, json, "groups");
	for (size_t i = 0; i < stats->groups.nr; i++)
		object_list_add(out, group_json(stats, &stats->groups.at[i]));
	object_list_end(out);
	arena_release(&a);
}

static void put_group_tsv(struct buf *out, const struct stats *stats,
			  const struct stats_group *group)
{
	for (enum measure i = 0; i < MEASURES; i++) {
		const struct measure_row *row = &measure_table[i];
		const struct measured *m = &group->at[i];

		if (i >= MEASURE_RELEASES && !stats->delivery)
			continue;
		tsv_put(out, group->name);
		buf_addf(out, "\t%s\t%zu\t", row->key, m->n);
		if (row->type == MEASURE_SHARE)
			buf_addf(out, "%zu", m->of);
		buf_addch(out, '\t');
		if (row->type == MEASURE_SPREAD && m->n)
			buf_addf(out, "%lld", (long long)m->median);
		buf_addch(out, '\t');
		if (row->type == MEASURE_SPREAD && m->n)
			buf_addf(out, "%lld", (long long)m->p90);
		buf_addf(out, "\t%s\n", row->unit ? row->unit : "");
	}
}

void stats_tsv(struct buf *out, const struct stats *stats)
{
	buf_addstr(out, "group\tmeasure\tn\tof\tmedian\tp90\tunit\n");
	put_group_tsv(out, stats, &stats->total);
	for (size_t i = 0; i < stats->groups.nr; i++)
		put_group_tsv(out, stats, &stats->groups.at[i]);
}
