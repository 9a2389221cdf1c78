/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/body.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/sorted.h"
#include "base/text.h"
#include "model/action_list.h"
#include "model/conflict.h"
#include "model/policy.h"
#include "model/rules.h"

/* So many pitfalls are looked through one by one. */
#define FEW 32

static int body_line(const char *bytes, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n';
	return line;
}

static bool is_kickoff(const char *heading)
{
	return strcasestr(heading, "kickoff") ||
	       strcasestr(heading, "kick-off") || strstr(heading, "启动对齐");
}

static void mark_kickoffs(struct body *body)
{
	for (size_t i = 0; i < body->sections.nr; i++) {
		const struct section *section = &body->sections.at[i];

		if (!is_kickoff(section->heading))
			continue;
		for (size_t j = 0; j < body->actions.nr; j++) {
			struct action *action = &body->actions.at[j];

			action->kickoff |= action->line > section->line &&
					   action->line <= section->end_line;
		}
	}
}

const struct body *body_read(struct retro *retro, struct arena *a,
			     struct diags *diags, const struct policy *policy)
{
	size_t start = retro->front.body, n, from = diags->nr, conflict;
	const char *bytes;
	struct body *body;
	int line;

	if (retro->body)
		return retro->body;
	bytes = retro->bytes + start;
	n = retro->n - start;
	line = body_line(retro->bytes, start);
	body = retro->body = arena_alloc(a, sizeof(*body));
	body->policy = policy;
	/* Bytes that are not text were reported when the retro was read. */
	if (!text_is_utf8(retro->bytes, retro->n, NULL) ||
	    memchr(retro->bytes, '\0', retro->n))
		n = 0;
	if (n && conflict_find(&conflict, retro->bytes, retro->n))
		bytes = conflict_blank(a, bytes, n);
	body->doc = md_parse(a, bytes, n, line, start, &body->limited);
	if (body->limited)
		diag_add(diags, RULE_BODY_LIMIT, retro->path,
			 (struct pos){ start, line, 1 }, NULL,
			 N_("the text is too long or too deeply nested; it is "
			    "read as plain paragraphs"));
	section_split(&body->sections, a, body->doc, policy_sections(policy));
	pitfall_collect(&body->pitfalls, a, &body->sections);
	body_sort_numbers(body, a);
	action_list_collect(&body->actions, a, diags, retro->path,
			    &body->sections);
	mark_kickoffs(body);
	diag_settle(diags, from, retro_stage(retro));
	return body;
}

static int compare_numbers(const void *left, const void *right)
{
	const struct pitfall *const *a = left, *const *b = right;
	int order = strcasecmp((*a)->id, (*b)->id);

	return order ? order : (*a > *b) - (*a < *b);
}

void body_sort_numbers(struct body *body, struct arena *a)
{
	const struct pitfalls *pitfalls = &body->pitfalls;

	if (pitfalls->nr <= FEW)
		return;
	for (size_t i = 0; i < pitfalls->nr; i++)
		if (pitfalls->at[i].id)
			vec_push(a, &body->numbered, &pitfalls->at[i]);
	if (body->numbered.nr)
		qsort(body->numbered.at, body->numbered.nr,
		      sizeof(*body->numbered.at), compare_numbers);
}

static int by_number(const void *number, const void *pitfall)
{
	return strcasecmp(number,
			  (*(const struct pitfall *const *)pitfall)->id);
}

static const struct pitfall *seek_number(const struct body *body,
					 const char *number)
{
	size_t at = sorted_first(number, body->numbered.at, body->numbered.nr,
				 sizeof(*body->numbered.at), by_number);

	if (at == body->numbered.nr ||
	    by_number(number, &body->numbered.at[at]))
		return NULL;
	return body->numbered.at[at];
}

const struct pitfall *body_pitfall(const struct body *body, const char *number)
{
	if (body->pitfalls.nr > FEW)
		return seek_number(body, number);
	for (size_t i = 0; i < body->pitfalls.nr; i++) {
		const struct pitfall *pitfall = &body->pitfalls.at[i];

		if (pitfall->id && !strcasecmp(pitfall->id, number))
			return pitfall;
	}
	return NULL;
}

const struct pitfall *body_problem_pitfall(const struct body *body,
					   const struct problem *problem)
{
	if (problem->pitfall)
		return body_pitfall(body, problem->pitfall);
	return body->pitfalls.nr == 1 ? &body->pitfalls.at[0] : NULL;
}

static bool has_hanzi(const char *s)
{
	size_t len;

	for (; *s; s += len) {
		int c = text_decode(s, strnlen(s, 4), &len);

		if (c >= 0x4E00 && c <= 0x9FFF)
			return true;
	}
	return false;
}

static size_t find_number(const struct retro *retro, size_t from,
			  const char *number)
{
	size_t at = from;

	while (at < retro->n && strchr(" \t]", retro->bytes[at]))
		at++;
	return at + strlen(number) <= retro->n &&
			       !strncasecmp(retro->bytes + at, number,
					    strlen(number))
		       ? at
		       : 0;
}

/* Behind its box, or where it begins. */
size_t body_action_number(const struct retro *retro,
			  const struct action *action)
{
	return find_number(
		retro, action->box_at ? action->box_at + 1 : action->words.at,
		action->id);
}

size_t body_pitfall_number(const struct retro *retro,
			   const struct pitfall *pitfall)
{
	return find_number(retro, pitfall->at, pitfall->id);
}

bool body_is_chinese(const struct body *body)
{
	size_t chinese = 0;

	for (size_t i = 0; i < body->sections.nr; i++)
		chinese += has_hanzi(body->sections.at[i].heading);
	if (!body->sections.nr)
		return body->policy && body->policy->language == LANGUAGE_ZH;
	return 2 * chinese > body->sections.nr;
}
