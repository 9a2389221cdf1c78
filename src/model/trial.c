/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/trial.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/pitfall.h"

enum trial_column { TRIAL_TRIED, TRIAL_EFFECT, TRIAL_RESULT, TRIAL_COLUMNS };

/* Folded, as a part of the head. */
static const struct {
	enum trial_column column;
	const char *word;
} trial_words[] = {
	{ TRIAL_EFFECT, "what it did" }, { TRIAL_EFFECT, "effect" },
	{ TRIAL_EFFECT, "result" },      { TRIAL_EFFECT, "outcome" },
	{ TRIAL_EFFECT, "效果" },        { TRIAL_EFFECT, "结果" },
	{ TRIAL_RESULT, "kept" },        { TRIAL_RESULT, "keep" },
	{ TRIAL_RESULT, "adopted" },     { TRIAL_RESULT, "保留" },
	{ TRIAL_RESULT, "采用" },        { TRIAL_RESULT, "采纳" },
	{ TRIAL_TRIED, "tried" },        { TRIAL_TRIED, "attempt" },
	{ TRIAL_TRIED, "experiment" },   { TRIAL_TRIED, "试" },
	{ TRIAL_TRIED, "尝试" },         { TRIAL_TRIED, "实验" },
};

static const char *cell_text(struct arena *a, const struct md *cell)
{
	struct buf b = BUF_INIT;
	const char *text;
	size_t n;

	if (!cell)
		return "";
	md_plain(&b, cell);
	text = b.p;
	n = b.n;
	text_trim(&text, &n);
	text = arena_strndup(a, text, n);
	buf_release(&b);
	return text;
}

static enum trial_column column_of(struct arena *a, const struct md *cell)
{
	const char *text = cell_text(a, cell);
	const char *folded = text_fold(a, text, strlen(text));

	for (size_t i = 0; i < ARRAY_SIZE(trial_words); i++)
		if (strstr(folded, trial_words[i].word))
			return trial_words[i].column;
	return TRIAL_COLUMNS;
}

/* False if the table is not one of trials: it needs what was tried, and what
 * came of it or whether it was kept. */
static bool read_heads(int places[TRIAL_COLUMNS], struct arena *a,
		       const struct md *head)
{
	int place = 0;

	for (int i = 0; i < TRIAL_COLUMNS; i++)
		places[i] = -1;
	for (const struct md *cell = head ? head->first : NULL; cell;
	     cell = cell->next, place++) {
		enum trial_column column = column_of(a, cell);

		if (column != TRIAL_COLUMNS && places[column] < 0)
			places[column] = place;
	}
	return places[TRIAL_TRIED] >= 0 &&
	       (places[TRIAL_EFFECT] >= 0 || places[TRIAL_RESULT] >= 0);
}

static const struct md *cell_at(const struct md *row, int place)
{
	const struct md *cell = place < 0 ? NULL : row->first;

	for (; cell && place; place--)
		cell = cell->next;
	return cell;
}

/* By how the cell begins. */
static enum trial_kept read_trial_kept(struct arena *a, const char *text)
{
	static const struct {
		enum trial_kept kept;
		const char *word;
	} words[] = {
		{ TRIAL_DROPPED, "no" },       { TRIAL_DROPPED, "dropped" },
		{ TRIAL_DROPPED, "reverted" }, { TRIAL_DROPPED, "rejected" },
		{ TRIAL_DROPPED, "否" },       { TRIAL_DROPPED, "不" },
		{ TRIAL_DROPPED, "未" },       { TRIAL_DROPPED, "没" },
		{ TRIAL_DROPPED, "放弃" },     { TRIAL_DROPPED, "✗" },
		{ TRIAL_DROPPED, "❌" },        { TRIAL_KEPT, "y" },
		{ TRIAL_KEPT, "kept" },        { TRIAL_KEPT, "adopted" },
		{ TRIAL_KEPT, "partly" },      { TRIAL_KEPT, "是" },
		{ TRIAL_KEPT, "保留" },        { TRIAL_KEPT, "采用" },
		{ TRIAL_KEPT, "部分" },        { TRIAL_KEPT, "✓" },
		{ TRIAL_KEPT, "✅" },
	};
	const char *folded = text_fold(a, text, strlen(text));

	if (!strncmp(folded, "not yet", 7) || !strncmp(folded, "未定", 6) ||
	    !strncmp(folded, "不确定", 9))
		return TRIAL_UNKNOWN;
	if (!strcmp(folded, "n"))
		return TRIAL_DROPPED;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(folded, words[i].word, strlen(words[i].word)))
			return words[i].kept;
	return TRIAL_UNKNOWN;
}

static void add_trials(struct trials *out, struct arena *a,
		       const struct md *table)
{
	int places[TRIAL_COLUMNS];

	if (!read_heads(places, a, table->first))
		return;
	for (const struct md *row = table->first->next; row; row = row->next) {
		struct trial trial = { .line = row->line };

		trial.tried = cell_text(a, cell_at(row, places[TRIAL_TRIED]));
		trial.effect = cell_text(a, cell_at(row, places[TRIAL_EFFECT]));
		trial.kept = read_trial_kept(
			a, cell_text(a, cell_at(row, places[TRIAL_RESULT])));
		pitfall_paths(&trial.paths, a, row);
		if (*trial.tried)
			vec_push(a, out, trial);
	}
}

void trials_of(struct trials *out, struct arena *a, const struct body *body)
{
	for (const struct md *block = body->doc->first; block;
	     block = block->next)
		if (block->type == MD_TABLE)
			add_trials(out, a, block);
}

const char *trial_kept_name(enum trial_kept kept)
{
	static const char *const names[] = { [TRIAL_UNKNOWN] = "unknown",
					     [TRIAL_KEPT] = "kept",
					     [TRIAL_DROPPED] = "dropped" };

	return names[kept];
}
