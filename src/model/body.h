/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The body of a retro: its sections by meaning, its pitfalls and its actions.
 */
#ifndef MODEL_BODY_H
#define MODEL_BODY_H

#include "model/action.h"
#include "model/markdown.h"
#include "model/pitfall.h"
#include "model/retro.h"
#include "model/section.h"

struct body {
	struct md *doc;
	bool limited;                /* see md_parse() */
	const struct policy *policy; /* it was read with */
	struct sections sections;
	struct pitfalls pitfalls;
	struct VEC_OF(const struct pitfall *) numbered; /* by number, if many */
	struct actions actions;
};

/* Reads the body once and keeps it in retro->body; later calls give the same.
 * Problems are reported (rules body-limit, action). `policy` gives a team's
 * own section names; NULL uses only the built-in table. */
const struct body *body_read(struct retro *retro, struct arena *a,
			     struct diags *diags, const struct policy *policy);

/* To be called once the pitfalls are there: sorts many. */
void body_sort_numbers(struct body *body, struct arena *a);

/* The pitfall of a number ("P1"), the first of several; NULL if there is
 * none. */
const struct pitfall *body_pitfall(const struct body *body, const char *number);
/* What a problem is about: the pitfall of its number or, where it names none,
 * the only one there is. NULL: nobody can tell. */
const struct pitfall *body_problem_pitfall(const struct body *body,
					   const struct problem *problem);

/* Where the number of an action or a pitfall stands in the file; 0: unknown. */
size_t body_action_number(const struct retro *retro,
			  const struct action *action);
size_t body_pitfall_number(const struct retro *retro,
			   const struct pitfall *pitfall);

/* Whether most of its headings are Chinese; without one, whether the policy is:
 * what we say of it names headings as they would be there. */
bool body_is_chinese(const struct body *body);

#endif
