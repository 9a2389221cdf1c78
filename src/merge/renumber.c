/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/renumber.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/node.h"
#include "model/splice.h"

static long later(long one, long other)
{
	return one > other ? one : other;
}

static const struct node *commits_of(const struct retro *retro)
{
	return retro->map ? node_get(retro->map, "commits") : NULL;
}

/* The problem that names a pitfall by its number, in the place of its text. */
static void renumber_problem(struct cutter *c, const struct node *problem,
			     const char *number, const char *text)
{
	const struct node *value = node_get(problem, "pitfall");

	if (value && value->text && value->plain &&
	    !strcasecmp(value->text, number))
		cutter_splice(c, value->start.byte,
			      value->end.byte - value->start.byte, text);
}

static void renumber_problems(struct cutter *c, const struct retro *retro,
			      const char *number, const char *text)
{
	const struct node *commits = commits_of(retro);

	if (!commits || commits->kind == NODE_SCALAR)
		return;
	if (commits->kind == NODE_MAP)
		renumber_problem(c, commits, number, text);
	for (size_t i = 0; commits->kind == NODE_LIST && i < commits->nr; i++)
		renumber_problem(c, commits->items[i], number, text);
}

static int compare_splices(const void *a, const void *b)
{
	const struct splice *one = a, *other = b;

	return (one->at > other->at) - (one->at < other->at);
}

/* False, and nothing is appended, where two changes meet: one side gives a
 * number to two things. */
static bool write_side(struct buf *out, struct cutter *c)
{
	const struct splices *splices = &c->splices;

	if (!splices->nr)
		return true;
	qsort(splices->at, splices->nr, sizeof(*splices->at), compare_splices);
	for (size_t i = 1; i < splices->nr; i++)
		if (splices->at[i].at <
		    splices->at[i - 1].at + splices->at[i - 1].len)
			return false;
	cutter_apply(out, c);
	return true;
}

static struct cutter cutter_of(struct arena *a, const struct side *side)
{
	return (struct cutter){ .a = a,
				.bytes = side->retro->bytes,
				.n = side->retro->n,
				.eol = side->retro->front.crlf ? "\r\n"
							       : "\n" };
}

/* What is new in a side and says the same: it was merged before, and has its
 * number from then. */
static const struct numbered *find_said(const struct side *side,
					const struct side *base,
					const struct numbered *sought)
{
	for (size_t i = 0; i < side->numbers.nr; i++) {
		const struct numbered *one = &side->numbers.at[i];

		if (toupper(*one->number) == toupper(*sought->number) &&
		    !strcmp(one->words, sought->words) &&
		    !side_number(base, one->number))
			return one;
	}
	return NULL;
}

/* What is renumbered, on both sides. */
struct renumbering {
	struct arena *a;
	const struct side *base, *ours, *theirs;
	const struct keepers *keepers;
	struct cutter cuts[2]; /* ours, theirs */
	long next[2];          /* action, pitfall */
};

static void give_number(struct renumbering *r, bool theirs,
			const struct numbered *moved,
			const struct numbered *said)
{
	bool pitfall = toupper(*moved->number) == 'P';
	struct cutter *c = &r->cuts[theirs];
	const char *text = said ? said->number
				: arena_printf(r->a, "%c%ld", *moved->number,
					       r->next[pitfall]++);

	cutter_splice(c, moved->at, strlen(moved->number), text);
	if (pitfall)
		renumber_problems(c, (theirs ? r->theirs : r->ours)->retro,
				  moved->number, text);
}

/* False where a person must decide. */
static bool part_numbers(struct renumbering *r, const struct numbered *mine,
			 const struct numbered *yours)
{
	const struct numbered *said = find_said(r->ours, r->base, yours);
	enum keeper keeper =
		said ? KEEPER_OURS
		     : r->keepers->ask(r->keepers->data, r->theirs->retro->id,
				       mine, yours);
	bool theirs = keeper != KEEPER_THEIRS;
	const struct numbered *moved = theirs ? yours : mine;

	if (keeper == KEEPER_NOBODY || !moved->at)
		return false;
	if (!theirs)
		said = find_said(r->theirs, r->base, mine);
	give_number(r, theirs, moved, said);
	return true;
}

static void count_on(struct renumbering *r)
{
	for (int i = 0; i < 2; i++)
		r->next[i] = later(side_next(r->base, "AP"[i]),
				   later(side_next(r->ours, "AP"[i]),
					 side_next(r->theirs, "AP"[i])));
}

bool renumber(struct buf *ours_out, struct buf *theirs_out, struct arena *a,
	      const struct side *base, const struct side *ours,
	      const struct side *theirs, const struct keepers *keepers)
{
	struct renumbering r = {
		a,      base,    ours,
		theirs, keepers, { cutter_of(a, ours), cutter_of(a, theirs) },
		{ 0 }
	};

	count_on(&r);
	for (size_t i = 0; i < theirs->numbers.nr; i++) {
		const struct numbered *yours = &theirs->numbers.at[i];
		const struct numbered *mine = side_number(ours, yours->number);

		if (mine && !side_number(base, yours->number) &&
		    strcmp(mine->words, yours->words) != 0 &&
		    !part_numbers(&r, mine, yours))
			return false;
	}
	return write_side(ours_out, &r.cuts[0]) &&
	       write_side(theirs_out, &r.cuts[1]);
}
