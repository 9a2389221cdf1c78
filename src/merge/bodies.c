/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/bodies.h"

#include <string.h>

#include "base/work.h"
#include "merge/align.h"
#include "merge/units.h"

/* A part of a row of units. */
struct run {
	const struct unit *at;
	size_t nr;
};

static struct run run_part(const struct unit *units, size_t from, size_t to)
{
	return (struct run){ units + from, to - from };
}

/* Units of one row are neighbours in its text. */
static struct text run_text(const struct run *run)
{
	const struct unit *last;

	if (!run->nr)
		return (struct text){ "", 0 };
	last = run->at + run->nr - 1;
	return (struct text){ run->at->text.p,
			      (size_t)(last->text.p + last->text.n -
				       run->at->text.p) };
}

static bool run_is_blank(const struct run *run)
{
	for (size_t i = 0; i < run->nr; i++)
		if (run->at[i].kind != UNIT_BLANK)
			return false;
	return true;
}

static bool run_is_of_items(const struct run *run)
{
	for (size_t i = 0; i < run->nr; i++)
		if (run->at[i].kind != UNIT_ITEM &&
		    run->at[i].kind != UNIT_BLANK)
			return false;
	return true;
}

static bool run_is_of_sections(const struct run *run)
{
	size_t i = 0;

	while (i < run->nr && run->at[i].kind == UNIT_BLANK)
		i++;
	return i < run->nr && run->at[i].kind == UNIT_HEADING;
}

static void add_run(struct merged *merged, const struct run *run)
{
	const struct text text = run_text(run);

	merged_add(merged, &text);
}

static bool ends_with_blank(const struct buf *out)
{
	size_t n = out->n;

	n -= n && out->p[n - 1] == '\n';
	n -= n && out->p[n - 1] == '\r';
	return !n || out->p[n - 1] == '\n';
}

/* A heading follows a blank line. */
static void part_with_blank(struct merged *merged, const struct run *next)
{
	struct buf *out = &merged->out;

	if (next->at->kind == UNIT_BLANK || ends_with_blank(out))
		return;
	if (out->p[out->n - 1] != '\n')
		buf_addstr(out, merged->eol);
	buf_addstr(out, merged->eol);
}

/* What both added in one place, of which no two are alike. */
static struct err *merge_added(struct merged *merged, const struct run *ours,
			       const struct run *theirs)
{
	static const struct text none = { "", 0 };
	const struct text one = run_text(ours), other = run_text(theirs);
	bool sections = run_is_of_sections(ours) && run_is_of_sections(theirs);

	if (run_is_blank(theirs) || run_is_blank(ours)) {
		add_run(merged, run_is_blank(ours) ? theirs : ours);
		return NULL;
	}
	if (!sections && !(run_is_of_items(ours) && run_is_of_items(theirs)))
		return leaf_text(merged, &none, &one, &other);
	add_run(merged, ours);
	if (sections)
		part_with_blank(merged, theirs);
	add_run(merged, theirs);
	return NULL;
}

/* Which units of two runs are the same, whichever side they are on. */
static size_t *align_added(struct arena *a, const struct run *ours,
			   const struct run *theirs)
{
	const struct text one = run_text(ours), other = run_text(theirs);
	const struct units mine = { (struct unit *)ours->at, ours->nr, 0 };
	const struct units yours = { (struct unit *)theirs->at, theirs->nr, 0 };
	size_t least = one.n < other.n ? one.n : other.n;
	int order = memcmp(one.p, other.p, least);
	size_t *out, *turned;

	if (order < 0 || (!order && one.n <= other.n))
		return align_units(a, &mine, &yours);
	turned = align_units(a, &yours, &mine);
	out = arena_alloc(a, (mine.nr + 1) * sizeof(*out));
	for (size_t i = 0; i < mine.nr; i++)
		out[i] = ALIGN_NONE;
	for (size_t i = 0; turned && i < yours.nr; i++)
		if (turned[i] != ALIGN_NONE)
			out[turned[i]] = i;
	return turned ? out : NULL;
}

/* Both added something where nothing was. */
static struct err *merge_insertions(struct merged *merged,
				    const struct run *ours,
				    const struct run *theirs)
{
	static const struct text none = { "", 0 };
	const size_t *like = align_added(merged->a, ours, theirs);
	const struct text one = run_text(ours), other = run_text(theirs);
	size_t i = 0, j = 0;
	struct err *e = NULL;

	if (!like)
		return leaf_text(merged, &none, &one, &other);
	for (size_t at = 0; !e && at <= ours->nr; at++) {
		size_t to = at < ours->nr ? like[at] : theirs->nr;
		struct run mine, yours;

		if (to == ALIGN_NONE)
			continue;
		mine = run_part(ours->at, i, at);
		yours = run_part(theirs->at, j, to);
		e = merge_added(merged, &mine, &yours);
		if (!e && at < ours->nr)
			e = leaf_text(merged, &none, &ours->at[at].text,
				      &theirs->at[to].text);
		i = at + 1;
		j = to + 1;
	}
	return e;
}

/* How many units two runs have in common at one end. */
static size_t count_first(const struct run *one, const struct run *other)
{
	size_t nr = 0;

	while (nr < one->nr && nr < other->nr &&
	       text_is_equal(&one->at[nr].text, &other->at[nr].text))
		nr++;
	return nr;
}

static size_t count_last(const struct run *one, const struct run *other)
{
	size_t nr = 0;

	while (nr < one->nr && nr < other->nr &&
	       text_is_equal(&one->at[one->nr - 1 - nr].text,
			     &other->at[other->nr - 1 - nr].text))
		nr++;
	return nr;
}

/* Without so many of its first and last units, or all that there are. */
static struct run run_within(const struct run *run, size_t first, size_t last)
{
	first = first < run->nr ? first : run->nr;
	last = last < run->nr - first ? last : run->nr - first;
	return (struct run){ run->at + first, run->nr - first - last };
}

static bool run_has(const struct run *run, const struct unit *unit)
{
	for (size_t i = 0; i < run->nr && work_do(4); i++)
		if (text_is_equal(&run->at[i].text, &unit->text))
			return true;
	return false;
}

/* Of what only one side has: whether it was added there, or stood in the base
 * and the other side took it out. */
enum { ALONE_ADDED, ALONE_LEFT, ALONE_BOTH };

static int judge_lone_run(const struct run *base, const struct run *run)
{
	size_t left = 0, added = 0;

	for (size_t i = 0; i < run->nr; i++) {
		if (run->at[i].kind == UNIT_BLANK)
			continue;
		if (run_has(base, &run->at[i]))
			left++;
		else
			added++;
	}
	return !left ? ALONE_ADDED : added ? ALONE_BOTH : ALONE_LEFT;
}

/* What is between the units that both sides have at its ends, where both
 * changed it. `same` says that those are more than blank lines. */
static struct err *merge_changed(struct merged *merged, const struct run *base,
				 const struct run *ours,
				 const struct run *theirs, bool same)
{
	const struct text texts[3] = { run_text(base), run_text(ours),
				       run_text(theirs) };
	bool differ = !leaf_pick(&texts[0], &texts[1], &texts[2]);
	const struct run *alone = ours->nr ? ours : theirs;
	int judged = same && differ && (!ours->nr || !theirs->nr)
			     ? judge_lone_run(base, alone)
			     : ALONE_BOTH;

	if (judged == ALONE_ADDED)
		add_run(merged, alone);
	if (judged != ALONE_BOTH)
		return NULL;
	if (differ && run_is_blank(base))
		return merge_insertions(merged, ours, theirs);
	return leaf_text(merged, &texts[0], &texts[1], &texts[2]);
}

/* Between two units that all three have. */
static struct err *merge_gap(struct merged *merged, const struct run *base,
			     const struct run *ours, const struct run *theirs)
{
	const struct text texts[3] = { run_text(base), run_text(ours),
				       run_text(theirs) };
	struct run runs[3] = { *base, *ours, *theirs }, before, behind;
	size_t first, last;
	struct err *e;

	if (leaf_pick(&texts[0], &texts[1], &texts[2]))
		return leaf_text(merged, &texts[0], &texts[1], &texts[2]);
	first = count_first(ours, theirs);
	runs[1] = run_within(ours, first, 0);
	runs[2] = run_within(theirs, first, 0);
	last = count_last(&runs[1], &runs[2]);
	before = run_within(ours, 0, ours->nr - first);
	behind = run_within(ours, ours->nr - last, 0);
	runs[0] = run_within(base, count_first(base, &before), 0);
	runs[0] = run_within(&runs[0], 0, count_last(&runs[0], &behind));
	runs[1] = run_within(&runs[1], 0, last);
	runs[2] = run_within(&runs[2], 0, last);
	add_run(merged, &before);
	e = merge_changed(merged, &runs[0], &runs[1], &runs[2],
			  !run_is_blank(&before) || !run_is_blank(&behind));
	add_run(merged, &behind);
	return e;
}

static struct err *merge_unit(struct merged *merged, const struct unit *base,
			      const struct unit *ours,
			      const struct unit *theirs)
{
	return (base->kind == UNIT_ITEM && base->key ? leaf_item : leaf_text)(
		merged, &base->text, &ours->text, &theirs->text);
}

/* The units of the three texts, and which of both sides are like those of the
 * base. */
struct rows {
	struct units of[3];   /* base, ours, theirs */
	const size_t *ours;   /* by place in the base: that in ours */
	const size_t *theirs; /* and in theirs, or ALIGN_NONE */
};

/* False where there is too much of it. */
static bool read_unit_rows(struct rows *out, struct arena *a,
			   const struct side *const sides[3])
{
	for (int i = 0; i < 3; i++)
		if (!units_of_body(&out->of[i], a, sides[i]))
			return false;
	out->ours = align_units(a, &out->of[0], &out->of[1]);
	out->theirs = align_units(a, &out->of[0], &out->of[2]);
	return out->ours && out->theirs;
}

/* The units that all three have, and what is between them. */
static struct err *merge_rows(struct merged *merged, const struct rows *rows)
{
	const struct unit *const units[3] = { rows->of[0].at, rows->of[1].at,
					      rows->of[2].at };
	size_t nr = rows->of[0].nr, from[3] = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i <= nr; i++) {
		size_t to[3] = { i, i < nr ? rows->ours[i] : rows->of[1].nr,
				 i < nr ? rows->theirs[i] : rows->of[2].nr };
		struct run gaps[3];

		if (to[1] == ALIGN_NONE || to[2] == ALIGN_NONE)
			continue;
		for (int j = 0; j < 3; j++)
			gaps[j] = run_part(units[j], from[j], to[j]);
		e = merge_gap(merged, &gaps[0], &gaps[1], &gaps[2]);
		if (!e && i < nr)
			e = merge_unit(merged, &units[0][to[0]],
				       &units[1][to[1]], &units[2][to[2]]);
		for (int j = 0; j < 3; j++)
			from[j] = to[j] + 1;
	}
	return e;
}

struct err *bodies_merge(bool *done, struct merged *merged,
			 const struct side *base, const struct side *ours,
			 const struct side *theirs)
{
	const struct side *const sides[3] = { base, ours, theirs };
	struct rows rows = { 0 };

	*done = read_unit_rows(&rows, merged->a, sides);
	return *done ? merge_rows(merged, &rows) : NULL;
}
