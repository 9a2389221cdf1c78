/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/merge.h"

#include "merge/bodies.h"
#include "merge/fields.h"

/* The three texts, read; ours and theirs with their numbers settled. */
struct sides {
	struct side base, ours, theirs;
	bool readable, settled;
};

static void read_sides(struct sides *out, const struct merge *merge,
		       const struct text_merge *texts)
{
	side_read(&out->base, merge->a, merge->path, merge->policy,
		  &texts->base);
	side_read(&out->ours, merge->a, merge->path, merge->policy,
		  &texts->ours);
	side_read(&out->theirs, merge->a, merge->path, merge->policy,
		  &texts->theirs);
	out->readable = out->base.retro && out->ours.retro && out->theirs.retro;
}

static struct text keep_text(struct arena *a, struct buf *text)
{
	const struct text kept = { arena_strndup(a, text->p, text->n),
				   text->n };

	buf_release(text);
	return kept;
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
		texts->ours = keep_text(merge->a, &ours);
		texts->theirs = keep_text(merge->a, &theirs);
		read_sides(sides, merge, texts);
	}
	buf_release(&ours);
	buf_release(&theirs);
}

/* Whether a result has nothing wrong that none of the sides had. */
static bool is_sound(const struct buf *result, const struct sides *sides,
		     const struct merge *merge)
{
	const struct text text = {
		arena_strndup(merge->a, result->p, result->n), result->n
	};
	struct side side;

	side_read(&side, merge->a, merge->path, merge->policy, &text);
	return side.retro &&
	       (side.faults <= sides->ours.faults ||
		side.faults <= sides->theirs.faults) &&
	       !side_repeats(&side, &sides->ours, &sides->theirs);
}

/* *done: the result is one that can be used, with conflicts or without. */
static struct err *merge_by_parts(struct buf *out, bool *clean, bool *done,
				  const struct sides *sides,
				  const struct merge *merge)
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
		(!merged.clean || is_sound(&merged.out, sides, merge));
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

	read_sides(&sides, merge, &texts);
	if (sides.readable)
		settle_numbers(&sides, &texts, merge);
	e = text_merge(&lines, clean, &texts);
	if (!e && sides.readable && *clean)
		*clean = is_sound(&lines, &sides, merge);
	if (!e && !*clean && sides.readable && sides.settled)
		e = merge_by_parts(out, clean, &done, &sides, merge);
	if (!e && !done)
		buf_add(out, lines.p, lines.n);
	buf_release(&lines);
	return e;
}
