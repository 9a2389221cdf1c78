/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phrase.h"

struct pos diag_pos(const char *bytes, size_t byte)
{
	struct pos pos = { byte, 1, 1 };
	size_t i = 0;

	if (byte >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		i = 3;
	for (; i < byte; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == '\n') {
			pos.line++;
			pos.column = 1;
		} else if ((c & 0xC0) != 0x80) {
			pos.column++;
		}
	}
	return pos;
}

void diag_add(struct diags *diags, enum rule_id rule, const char *path,
	      struct pos pos, const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add_phrase(diags, rule, path, pos, hint,
			phrase_packv(diags->arena, fmt, ap));
	va_end(ap);
}

void diag_add_phrase(struct diags *diags, enum rule_id rule, const char *path,
		     struct pos pos, const char *hint, const char *phrase)
{
	const struct rule *r = &rule_table[rule];
	struct arena *a = diags->arena;
	struct diag diag = { 0 };

	if (!hint)
		hint = r->hint;
	diag.path = arena_strdup(a, path);
	diag.pos = pos;
	diag.level = r->draft;
	diag.rule = r->name;
	diag.said = arena_strdup(a, phrase);
	diag.text = phrase_english(a, phrase);
	diag.advice = hint ? arena_strdup(a, hint) : NULL;
	diag.hint = phrase_english(a, hint);
	vec_push(a, diags, diag);
}

const char *diag_said(const struct diag *diag)
{
	return diag->said ? diag->said : diag->text;
}

const char *diag_advice(const struct diag *diag)
{
	return diag->advice ? diag->advice : diag->hint;
}

void diag_fix(struct diags *diags, const struct fix *fix)
{
	if (diags->nr)
		diags->at[diags->nr - 1].fix = fix;
}

void diag_settle(struct diags *diags, size_t from, enum rule_stage stage)
{
	size_t kept = from;

	for (size_t i = from; i < diags->nr; i++) {
		struct diag diag = diags->at[i];
		const struct rule *rule = rule_find(diag.rule);

		diag.level = stage == STAGE_NOTE    ? rule->note
			     : stage == STAGE_DRAFT ? rule->draft
						    : rule->final;
		if (diag.level != DIAG_OFF)
			diags->at[kept++] = diag;
	}
	diags->nr = kept;
}

size_t diag_count(const struct diags *diags, enum diag_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < diags->nr; i++)
		count += diags->at[i].level == level;
	return count;
}

static int compare_diags(const void *left, const void *right)
{
	const struct diag *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	if (!order)
		order = (a->pos.line > b->pos.line) -
			(a->pos.line < b->pos.line);
	if (!order)
		order = (a->pos.column > b->pos.column) -
			(a->pos.column < b->pos.column);
	if (!order)
		order = strcmp(a->rule, b->rule);
	return order ? order : strcmp(a->text, b->text);
}

void diag_sort(struct diags *diags)
{
	if (diags->nr)
		qsort(diags->at, diags->nr, sizeof(*diags->at), compare_diags);
}

const char *diag_level_name(enum diag_level level)
{
	switch (level) {
	case DIAG_ERROR:
		return N_("error");
	case DIAG_WARNING:
		return N_("warning");
	case DIAG_NOTE:
		return N_("note");
	case DIAG_OFF:
		break;
	}
	return "off";
}
