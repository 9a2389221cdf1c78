/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/merge.h"

#include "merge/bodies.h"
#include "merge/fields.h"
#include "merge/units.h"

/* The three texts, read; ours and theirs with their numbers settled. */
struct sides {
	struct side base, ours, theirs;
	bool readable, settled;
};

static void read_text(struct side *out, const struct merge *merge,
		      const struct text *text)
{
	side_read(out, merge->a, merge->path, merge->policy, text);
}

static void read_sides(struct sides *out, const struct merge *merge)
{
	read_text(&out->base, merge, &merge->texts.base);
	read_text(&out->ours, merge, &merge->texts.ours);
	read_text(&out->theirs, merge, &merge->texts.theirs);
	out->readable = out->base.retro && out->ours.retro && out->theirs.retro;
}

/* Takes over a side with new numbers, if it has any. */
static void take_numbers(struct side *side, struct text *text,
			 const struct merge *merge, const struct buf *new)
{
	if (!new->n)
		return;
	*text = (struct text){ arena_strndup(merge->a, new->p, new->n),
			       new->n };
	read_text(side, merge, text);
}

/* Gives new things that have one number two of them. */
static void settle_numbers(struct sides *sides, struct text_merge *texts,
			   const struct merge *merge)
{
	struct buf ours = BUF_INIT, theirs = BUF_INIT;

	sides->settled =
		renumber(&ours, &theirs, merge->a, &sides->base, &sides->ours,
			 &sides->theirs, &merge->keepers);
	if (sides->settled) {
		take_numbers(&sides->ours, &texts->ours, merge, &ours);
		take_numbers(&sides->theirs, &texts->theirs, merge, &theirs);
	}
	buf_release(&ours);
	buf_release(&theirs);
}

static void read_result(struct side *out, const struct merge *merge,
			const struct buf *result)
{
	const struct text text = {
		arena_strndup(merge->a, result->p, result->n), result->n
	};

	read_text(out, merge, &text);
}

/* Whether an item that both sides have stands there once more, as where git
 * merges what was merged before. */
static bool repeats_item(const struct buf *result, const struct sides *sides,
			 const struct merge *merge)
{
	struct units units = { 0 }, ours = { 0 }, theirs = { 0 };
	struct side side;

	read_result(&side, merge, result);
	return side.retro && units_of_body(&units, merge->a, &side) &&
	       units_of_body(&ours, merge->a, &sides->ours) &&
	       units_of_body(&theirs, merge->a, &sides->theirs) &&
	       units_repeat(&units, merge->a, &ours, &theirs);
}

/* Whether a result has nothing wrong that none of the sides had. */
static bool is_sound(const struct buf *result, const struct sides *sides,
		     const struct merge *merge)
{
	struct side side;

	read_result(&side, merge, result);
	return side.retro &&
	       (side.faults <= sides->ours.faults ||
		side.faults <= sides->theirs.faults) &&
	       !side_repeats(&side, &sides->ours, &sides->theirs);
}

/* *done: the result is one that can be used, with conflicts or without.
 * `better`: only one without a conflict and without an item once more. */
static struct err *merge_by_parts(struct buf *out, bool *clean, bool *done,
				  const struct sides *sides,
				  const struct merge *merge, bool better)
{
	struct merged merged = {
		.a = merge->a,
		.out = BUF_INIT,
		.eol = sides->ours.retro->front.crlf ? "\r\n" : "\n",
		.style = merge->texts.style,
		.marker = merge->texts.marker,
		.clean = true,
	};
	struct err *e = fields_merge(done, &merged, &sides->base, &sides->ours,
				     &sides->theirs);

	if (!e && *done)
		e = bodies_merge(done, &merged, &sides->base, &sides->ours,
				 &sides->theirs);
	*done = !e && *done &&
		(!merged.clean || is_sound(&merged.out, sides, merge)) &&
		(!better ||
		 (merged.clean && !repeats_item(&merged.out, sides, merge)));
	if (*done) {
		buf_add(out, merged.out.p, merged.out.n);
		*clean = merged.clean;
	}
	buf_release(&merged.out);
	return e;
}

struct err *merge_retros(struct buf *out, bool *clean,
			 const struct merge *merge)
{
	struct text_merge texts = merge->texts;
	struct sides sides = { 0 };
	struct buf lines = BUF_INIT;
	bool done = false;
	struct err *e;

	read_sides(&sides, merge);
	if (sides.readable)
		settle_numbers(&sides, &texts, merge);
	e = text_merge(&lines, clean, &texts);
	if (!e && sides.readable && *clean)
		*clean = is_sound(&lines, &sides, merge);
	if (!e && sides.readable && sides.settled &&
	    (!*clean || repeats_item(&lines, &sides, merge)))
		e = merge_by_parts(out, clean, &done, &sides, merge, *clean);
	if (!e && !done)
		buf_add(out, lines.p, lines.n);
	buf_release(&lines);
	return e;
}
