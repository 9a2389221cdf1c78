/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/edit_cell.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "model/body.h"
#include "model/read.h"
#include "model/splice.h"

static bool is_chinese_cell(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0xE4 && (unsigned char)*s <= 0xE9)
			return true;
	return false;
}

/* What the cell says: "done:3f2c91b0d4", "已完成". */
static const char *status_text(struct arena *a, const struct action *action,
			       enum action_state state, const char *mark)
{
	static const char *const words[][2] = {
		[ACTION_OPEN] = { "open", "未完成" },
		[ACTION_DONE] = { "done", "已完成" },
		[ACTION_DECLINED] = { "declined", "已取消" },
	};
	const char *word = words[state][is_chinese_cell(action->text)];
	struct buf reason = BUF_INIT;
	const char *text;

	if (!*mark)
		return word;
	if (state == ACTION_DONE)
		return arena_printf(a, "%s%sdone:%s",
				    is_chinese_cell(word) ? word : "",
				    is_chinese_cell(word) ? " " : "", mark);
	md_escape(&reason, mark);
	text = arena_printf(a, "%s: %s", word, reason.p);
	buf_release(&reason);
	return text;
}

static void cut_status(struct cutter *cut, const struct action *action,
		       enum action_state state, const char *mark)
{
	const char *text = status_text(cut->a, action, state, mark);

	if (!action->status.n)
		text = arena_printf(cut->a, "%s ", text);
	cutter_splice(cut, action->status.at, action->status.n, text);
}

/* Cuts the marks of the state that it had, and writes that of the new one
 * behind the words. */
static void cut_words(struct cutter *cut, const struct action *action,
		      enum action_state state, const char *mark)
{
	size_t at = action->words.at, end = at + action->words.n;
	const char *text = cutter_copy(cut, at, end);
	struct buf reason = BUF_INIT;

	while (end > at && strchr(" \t#", cut->bytes[end - 1]))
		end--;
	for (size_t i = 0; at + i < end; i++) {
		char before = i ? text[i - 1] : '\0';
		size_t n = action_mark(cut->a, ACTION_DONE, text + i, before);
		size_t gap = before == ' ' || before == '\t';

		if (!n)
			n = action_mark(cut->a, ACTION_DECLINED, text + i,
					before);
		if (!n)
			continue;
		cutter_splice(cut, at + i - gap, n + gap, "");
		i += n - 1;
	}
	if (state == ACTION_DONE) {
		text = *mark ? mark : day_format(cut->a, day_of(moment_now()));
		cutter_splice(cut, end, 0,
			      arena_printf(cut->a, " done:%s", text));
	} else if (state == ACTION_DECLINED) {
		md_escape(&reason, mark);
		cutter_splice(
			cut, end, 0,
			arena_printf(cut->a, " (declined: %s)", reason.p));
		buf_release(&reason);
	}
}

static bool same_word(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_cell_action(const struct action *a, const struct action *b)
{
	return same_word(a->id, b->id) && same_word(a->text, b->text) &&
	       same_word(a->owner, b->owner) && a->due == b->due &&
	       same_word(a->priority, b->priority) && a->line == b->line;
}

/* Whether the new bytes have this action in the state, and all others as they
 * were. */
static bool cell_reads_well(struct arena *a, const struct retro *retro,
			    const struct buf *new, const struct action *action,
			    enum action_state state)
{
	struct diags diags = { .arena = a };
	struct retro *again =
		read_retro(a, &diags, retro->path,
			   arena_strndup(a, new->p, new->n), new->n);
	const struct body *old = retro->body;
	const struct body *body =
		body_read(again, a, &diags, retro->body->policy);

	if (body->actions.nr != old->actions.nr ||
	    body->pitfalls.nr != old->pitfalls.nr ||
	    body->sections.nr != old->sections.nr)
		return false;
	for (size_t i = 0; i < old->actions.nr; i++) {
		const struct action *was = &old->actions.at[i];
		const struct action *is = &body->actions.at[i];

		if (!is_same_cell_action(was, is) ||
		    is->state != (was == action ? state : was->state))
			return false;
	}
	return true;
}

struct err *edit_cell(struct buf *out, struct arena *a,
		      const struct retro *retro, const struct action *action,
		      enum action_state state, const char *mark)
{
	struct cutter cut = { .a = a,
			      .bytes = retro->bytes,
			      .n = retro->n,
			      .eol = retro->front.crlf ? "\r\n" : "\n" };

	if (action->status.at)
		cut_status(&cut, action, state, mark);
	else
		cut_words(&cut, action, state, mark);
	cutter_apply(out, &cut);
	if (cell_reads_well(a, retro, out, action, state))
		return NULL;
	buf_reset(out);
	return err_hint(err_new(ERR_UNSUPPORTED,
				_("%s:%d: cannot change the state of %s here"),
				retro->path, action->line, action->id),
			_("edit %s by hand"), retro->path);
}
