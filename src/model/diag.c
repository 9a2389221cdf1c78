/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

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
	const struct rule *r = &rule_table[rule];
	struct buf text = BUF_INIT;
	struct diag diag = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	if (!hint)
		hint = r->hint;
	diag.path = arena_strdup(diags->arena, path);
	diag.pos = pos;
	diag.level = r->draft;
	diag.rule = r->name;
	diag.text = text_cleaned(diags->arena, text.p);
	diag.hint = hint ? text_cleaned(diags->arena, hint) : NULL;
	vec_push(diags->arena, diags, diag);
	buf_release(&text);
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
		return "error";
	case DIAG_WARNING:
		return "warning";
	case DIAG_NOTE:
		return "note";
	case DIAG_OFF:
		break;
	}
	return "off";
}
