/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/side.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/work.h"
#include "model/action_list.h"
#include "model/read.h"
#include "model/rules.h"

static void add_actions(struct side *side, struct arena *a,
			const struct actions *actions)
{
	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (action->id)
			vec_push(
				a, &side->numbers,
				(struct numbered){
					action->id, action->text,
					body_action_number(side->retro, action),
					action->line });
	}
}

static void add_pitfalls(struct side *side, struct arena *a,
			 const struct pitfalls *pitfalls)
{
	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct pitfall *pitfall = &pitfalls->at[i];

		if (pitfall->id)
			vec_push(a, &side->numbers,
				 (struct numbered){
					 pitfall->id, pitfall->text,
					 body_pitfall_number(side->retro,
							     pitfall),
					 pitfall->line });
	}
}

static size_t count_faults(const struct diags *diags)
{
	static const enum rule_id faults[] = { RULE_FRONT_MATTER, RULE_CONFLICT,
					       RULE_YAML, RULE_YAML_LIMIT,
					       RULE_DUPLICATE_KEY };
	size_t count = 0;

	for (size_t i = 0; i < diags->nr; i++)
		for (size_t j = 0; j < ARRAY_SIZE(faults); j++)
			count += !strcmp(diags->at[i].rule,
					 rule_table[faults[j]].name);
	return count;
}

void side_read(struct side *out, struct arena *a, const char *path,
	       const struct policy *policy, const struct text *text)
{
	struct diags diags = { .arena = a };
	const struct body *body;

	*out = (struct side){ 0 };
	if (!text_is_utf8(text->p, text->n, NULL) ||
	    memchr(text->p, '\0', text->n))
		return;
	out->retro = read_retro(a, &diags, path, text->p, text->n);
	body = body_read(out->retro, a, &diags, policy);
	add_actions(out, a, &body->actions);
	add_pitfalls(out, a, &body->pitfalls);
	for (size_t i = 0; i < body->sections.nr; i++)
		vec_push(a, &out->headings, body->sections.at[i].heading);
	out->faults = count_faults(&diags);
}

const struct numbered *side_number(const struct side *side, const char *number)
{
	for (size_t i = 0; i < side->numbers.nr && work_do(8); i++)
		if (!strcasecmp(side->numbers.at[i].number, number))
			return &side->numbers.at[i];
	return NULL;
}

static size_t count_number(const struct side *side, const char *number)
{
	size_t count = 0;

	for (size_t i = 0; i < side->numbers.nr; i++)
		count += !strcasecmp(side->numbers.at[i].number, number);
	return count;
}

static size_t count_heading(const struct side *side, const char *heading)
{
	size_t count = 0;

	for (size_t i = 0; i < side->headings.nr; i++)
		count += !strcmp(side->headings.at[i], heading);
	return count;
}

static bool is_repeated(size_t (*count)(const struct side *side,
					const char *name),
			const char *name, const struct side *side,
			const struct side *one, const struct side *other)
{
	size_t nr = work_do(side->numbers.nr + side->headings.nr)
			    ? count(side, name)
			    : 0;

	return nr > 1 && nr > count(one, name) && nr > count(other, name);
}

bool side_repeats(const struct side *side, const struct side *one,
		  const struct side *other)
{
	bool found = false;

	for (size_t i = 0; !found && i < side->numbers.nr; i++)
		found = is_repeated(count_number, side->numbers.at[i].number,
				    side, one, other);
	for (size_t i = 0; !found && i < side->headings.nr; i++)
		found = is_repeated(count_heading, side->headings.at[i], side,
				    one, other);
	return found;
}

long side_next(const struct side *side, char letter)
{
	const struct body *body = side->retro->body;

	return letter == 'A' ? action_list_next(&body->actions)
			     : pitfall_next(&body->pitfalls);
}
