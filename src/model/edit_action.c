/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"
#include "model/action_list.h"
#include "model/body.h"
#include "model/edit.h"
#include "model/edit_cell.h"
#include "model/fix.h"
#include "model/policy.h"
#include "model/read.h"
#include "model/splice.h"

/* An item that has more words that look like a mark is not tried for long. */
#define MAX_SPOTS 8

/* action.c reads no longer number. */
#define MAX_ID 999999

static struct err *refuse_action(const struct retro *retro, int line,
				 const char *why)
{
	return err_hint(err_new(ERR_UNSUPPORTED,
				_("%s:%d: cannot change the actions: %s"),
				retro->path, line, _(why)),
			_("edit %s by hand"), retro->path);
}

static bool is_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* --- the body read again --- */

/* What may differ from the old body, and by how much the rest has moved. */
struct change {
	size_t box_at;    /* of the action whose words change; 0: none */
	size_t from_byte; /* from here on, bytes have moved */
	size_t bytes;     /* by that much; wraps around if backwards */
	int from_line;    /* likewise, counted from 1 */
	int lines;
	bool new_lines; /* those `lines` are new, and what is on them */
	int grown;      /* the line of a paragraph that gets one more */
};

static bool is_new_item(const struct change *c, const struct md *md)
{
	return c->new_lines && md->line >= c->from_line &&
	       md->line < c->from_line + c->lines;
}

static bool is_moved(const struct change *c, const struct md *old,
		     const struct md *new)
{
	size_t at = old->box_at >= c->from_byte ? old->box_at + c->bytes
						: old->box_at;
	int line = old->line >= c->from_line ? old->line + c->lines : old->line;

	return (!old->box_at || new->box_at == at) && new->line == line;
}

static bool is_grown(const struct change *c, const struct md *md)
{
	return c->grown && md->type == MD_PARAGRAPH && md->line <= c->grown &&
	       md->end_line == c->grown;
}

static bool is_same_item(const struct change *c, const struct md *old,
			 const struct md *new);

static bool is_same_inside(const struct change *c, const struct md *old,
			   const struct md *new)
{
	const struct md *a = old->first, *b = new->first;

	for (;; a = a->next, b = b->next) {
		while (b && is_new_item(c, b))
			b = b->next;
		if (!a || !b)
			return !a && (!b || is_grown(c, old));
		if (!is_same_item(c, a, b))
			return false;
	}
}

/* The words of the action that changes are looked at as an action. */
static bool is_same_item(const struct change *c, const struct md *old,
			 const struct md *new)
{
	bool touched = c->box_at && old->box_at == c->box_at;
	struct md a, b;

	if (old->type != new->type ||
	    (old->type != MD_DOCUMENT && !is_moved(c, old, new)) ||
	    old->level != new->level || old->ordered != new->ordered ||
	    old->tight != new->tight || old->align != new->align ||
	    (old->box != new->box && !touched) ||
	    !is_equal(old->text, new->text) ||
	    !is_equal(old->info, new->info) || !is_equal(old->url, new->url) ||
	    !is_equal(old->title, new->title))
		return false;
	if (!touched)
		return is_same_inside(c, old, new);
	if (!new->first || new->first->type != old->first->type ||
	    !is_moved(c, old->first, new->first))
		return false;
	a = (struct md){ .first = old->first->next };
	b = (struct md){ .first = new->first->next };
	return is_same_inside(c, &a, &b);
}

/* Reads the new bytes; the reason if anything but the change is different. */
static const char *reread(const struct body **out, struct arena *a,
			  const struct retro *retro, const struct buf *new,
			  const struct change *change)
{
	struct diags diags = { .arena = a };
	struct retro *again =
		read_retro(a, &diags, retro->path,
			   arena_strndup(a, new->p, new->n), new->n);
	const struct front *front = &again->front, *old = &retro->front;

	*out = body_read(again, a, &diags, retro->body->policy);
	/* A closing line that ended the file without a line end gets one. */
	if (front->present != old->present || front->start != old->start ||
	    front->end != old->end ||
	    (front->body != old->body && old->body < retro->n) ||
	    memcmp(new->p, retro->bytes, old->body) != 0)
		return _("the front matter would change");
	if ((*out)->limited ||
	    !is_same_item(change, retro->body->doc, (*out)->doc))
		return _("other text would change its meaning");
	return NULL;
}

static const struct action *find_box(const struct body *body, size_t box_at)
{
	for (size_t i = 0; i < body->actions.nr; i++)
		if (body->actions.at[i].box_at == box_at)
			return &body->actions.at[i];
	return NULL;
}

/* --- one action --- */

/* What an action's item contains: its text from after the box to the end of its
 * first paragraph, and what may be taken out of it. */
struct item {
	struct arena *a;
	const struct retro *retro;
	const struct action *action;
	enum action_state state; /* that it gets */
	const char *mark;        /* with its text; "" for none */
	const char *words;       /* its text then */
	size_t from, to;
	const char *text;
};

/* A mark in the item's text; no bytes: none. */
struct spot {
	size_t at, n;
};
struct spots VEC_OF(struct spot);

static const struct md *find_task_item(const struct md *md, size_t box_at)
{
	const struct md *found = NULL;

	if (md->type == MD_ITEM && md->box_at == box_at)
		return md;
	if (md->type != MD_ITEM && md->type != MD_LIST &&
	    md->type != MD_DOCUMENT)
		return NULL;
	for (md = md->first; md && !found; md = md->next)
		found = find_task_item(md, box_at);
	return found;
}

/* Every place that may be the mark of `state` that action.c has read; one in a
 * code span is none, and reading again tells. If it has read none, that is
 * tried first: what looks like one may be a prompt, "done:". */
static void find_spots(struct spots *out, const struct item *item,
		       enum action_state state)
{
	const char *value = state == ACTION_DONE ? item->action->done
						 : item->action->reason;
	const char *text = item->text;

	if (!value)
		vec_push(item->a, out, (struct spot){ 0, 0 });
	for (size_t i = 0; text[i] && out->nr < MAX_SPOTS; i++) {
		size_t n = action_mark(item->a, state, text + i,
				       i ? text[i - 1] : '\0');

		if (n)
			vec_push(item->a, out, (struct spot){ i, n });
	}
}

static bool is_item_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Cuts a mark with the spaces before it or, at the start of a line, those
 * after it; a line that held nothing else goes. */
static void cut_spot(struct buf *text, struct spot spot)
{
	size_t from = spot.at, to = spot.at + spot.n;

	if (!spot.n)
		return;
	while (from && is_item_blank(text->p[from - 1]))
		from--;
	if (from && text->p[from - 1] == '\n') {
		while (is_item_blank(text->p[to]))
			to++;
		if (!text->p[to] || strchr("\r\n", text->p[to])) {
			from--;
			from -= from && text->p[from - 1] == '\r';
		} else {
			from = spot.at;
		}
	}
	buf_splice(text, from, to - from, "", 0);
}

/* Behind "due:" without a day, the mark would be read as one. */
static size_t find_end(const struct buf *text)
{
	static const char *const prompts[] = { "due:", "due：" };

	for (size_t i = 0; i < ARRAY_SIZE(prompts); i++) {
		size_t n = strlen(prompts[i]), at = text->n - n;

		if (text->n > n && strcasecmp(text->p + at, prompts[i]) == 0 &&
		    is_item_blank(text->p[at - 1]))
			return at - 1;
	}
	return text->n;
}

static void write_action_item(struct buf *out, const struct item *item,
			      struct spot first, struct spot second)
{
	static const char boxes[] = { [ACTION_OPEN] = ' ',
				      [ACTION_DONE] = 'x',
				      [ACTION_DECLINED] = '-' };
	const struct retro *retro = item->retro;
	struct buf text = BUF_INIT;
	size_t box = item->action->box_at;

	buf_addstr(&text, item->text);
	if (first.at < second.at) {
		cut_spot(&text, second);
		cut_spot(&text, first);
	} else {
		cut_spot(&text, first);
		cut_spot(&text, second);
	}
	if (*item->mark) {
		const char *mark = arena_printf(item->a, " %s", item->mark);

		buf_splice(&text, find_end(&text), 0, mark, strlen(mark));
	}
	buf_add(out, retro->bytes, box);
	buf_addch(out, boxes[item->state]);
	buf_add(out, retro->bytes + box + 1, item->from - box - 1);
	buf_add(out, text.p, text.n);
	buf_add(out, retro->bytes + item->to, retro->n - item->to);
	buf_release(&text);
}

static int count_action_lines(const char *p, size_t n)
{
	int lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n';
	return lines;
}

/* Whether the action in the new bytes is as asked, and all else as it was. */
static const char *judge_item(const struct item *item, const struct buf *new,
			      const char *done, const char *reason)
{
	const struct action *old = item->action, *now;
	const struct retro *retro = item->retro;
	struct change change = { .box_at = old->box_at };
	const struct body *body;
	const char *why;

	change.from_byte = old->box_at + 1;
	change.bytes = new->n - retro->n;
	change.from_line = old->line + 1;
	change.lines = count_action_lines(new->p, new->n) -
		       count_action_lines(retro->bytes, retro->n);
	why = reread(&body, item->a, retro, new, &change);
	if (why)
		return why;
	now = find_box(body, old->box_at);
	if (!now || body->actions.nr != retro->body->actions.nr ||
	    now->state != item->state || !is_equal(now->id, old->id) ||
	    !is_equal(now->text, item->words) ||
	    !is_equal(now->owner, old->owner) || now->due != old->due ||
	    !is_equal(now->priority, old->priority) ||
	    !is_equal(now->done, done) || !is_equal(now->reason, reason))
		return _("its text would change its meaning");
	return NULL;
}

/* Tries the marks that may have to go, until the action reads as asked. */
static struct err *try_spots(struct buf *out, const struct item *item,
			     const char *done, const char *reason)
{
	struct spots dones = { 0 }, reasons = { 0 };
	const char *why = _("its marks are not written plainly");

	find_spots(&dones, item, ACTION_DONE);
	find_spots(&reasons, item, ACTION_DECLINED);
	for (size_t i = 0; why && i < dones.nr; i++) {
		for (size_t j = 0; why && j < reasons.nr; j++) {
			struct spot a = dones.at[i], b = reasons.at[j];
			struct buf new = BUF_INIT;

			if (a.n && b.n && a.at < b.at + b.n &&
			    b.at < a.at + a.n)
				continue;
			write_action_item(&new, item, a, b);
			why = judge_item(item, &new, done, reason);
			if (!why)
				buf_add(out, new.p, new.n);
			buf_release(&new);
		}
	}
	return why ? refuse_action(item->retro, item->action->line, why) : NULL;
}

static struct err *find_action(const struct action **out,
			       const struct retro *retro, const char *id)
{
	const struct actions *actions = &retro->body->actions;
	struct buf ids = BUF_INIT;
	struct err *err;

	*out = NULL;
	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (!action->id)
			continue;
		buf_addf(&ids, "%s%s", ids.n ? ", " : "", action->id);
		if (strcasecmp(action->id, id) != 0)
			continue;
		if (*out) {
			buf_release(&ids);
			return refuse_action(retro, action->line,
					     _("two actions have that number"));
		}
		*out = action;
	}
	err = *out ? NULL
		   : err_new(ERR_NOT_FOUND, _("%s: there is no action '%s'"),
			     retro->path, id);
	err = ids.n ? err_hint(err, _("it has: %s"), ids.p)
		    : err_hint(err, _("none of its actions has a number"));
	buf_release(&ids);
	return err;
}

/* On one line, with single spaces; ERR_USAGE if there is something in it that a
 * terminal could not be shown. */
static struct err *flatten_line(const char **out, struct arena *a,
				const char *s)
{
	struct buf b = BUF_INIT;
	size_t n;

	for (; *s; s++) {
		char c = strchr("\t\r\n", *s) ? ' ' : *s;

		if (c != ' ' || (b.n && b.p[b.n - 1] != ' '))
			buf_addch(&b, c);
	}
	s = b.p;
	n = b.n;
	text_trim(&s, &n);
	*out = arena_strndup(a, s, n);
	buf_release(&b);
	if (strcmp(text_cleaned(a, *out), *out) == 0)
		return NULL;
	return err_new(ERR_USAGE, _("'%s' contains control characters"), *out);
}

/* Sets item->mark from what was asked for; ERR_USAGE if it is no such mark. */
static struct err *make_item_mark(struct item *item, const char *mark)
{
	bool done = item->state == ACTION_DONE;
	struct buf reason = BUF_INIT;
	const char *plain, *more;

	item->mark = "";
	if (!*mark)
		return NULL;
	plain = arena_printf(item->a, done ? "done:%s" : "(declined: %s)",
			     mark);
	more = arena_printf(item->a, "%s more", plain);
	if (action_mark(item->a, item->state, more, '\0') != strlen(plain))
		return err_new(ERR_USAGE,
			       done ? _("'%s' is neither a commit nor a day")
				    : _("the brackets in '%s' do not pair up"),
			       mark);
	md_escape(&reason, mark);
	item->mark = done ? plain
			  : arena_printf(item->a, "(declined: %s)", reason.p);
	buf_release(&reason);
	return NULL;
}

/* Fills where the item's text lies. */
static struct err *find_item_text(struct item *item)
{
	const struct retro *retro = item->retro;
	size_t box = item->action->box_at;
	const struct md *md = find_task_item(retro->body->doc, box);
	const struct cutter cut = { .bytes = retro->bytes, .n = retro->n };
	size_t to = box;

	if (!md || !md->first || box < 1 || box + 1 >= retro->n ||
	    retro->bytes[box - 1] != '[' || retro->bytes[box + 1] != ']' ||
	    !strchr(" xX-", retro->bytes[box]))
		return refuse_action(retro, item->action->line,
				     _("its box is not where it should be"));
	for (int line = md->first->line; line < md->first->end_line; line++)
		to = cutter_next_line(&cut, to);
	item->from = box + 2;
	item->to = cutter_line_end(&cut, to);
	while (item->to > item->from &&
	       is_item_blank(retro->bytes[item->to - 1]))
		item->to--;
	item->text = cutter_copy(&(struct cutter){ .a = item->a,
						   .bytes = retro->bytes,
						   .n = retro->n },
				 item->from, item->to);
	return NULL;
}

static struct err *edit_box(struct buf *out, struct item *item,
			    const char *mark)
{
	struct err *err = find_item_text(item);

	if (err)
		return err;
	if (!*mark)
		mark = NULL;
	return try_spots(out, item, item->state == ACTION_DONE ? mark : NULL,
			 item->state == ACTION_DECLINED ? mark : NULL);
}

/* What is nearly a task item becomes one first: `fix`. */
static struct err *edit_fixed(struct buf *out, const struct item *item,
			      const struct fix *fix, const char *mark)
{
	const struct retro *retro = item->retro;
	struct diags diags = { .arena = item->a };
	struct buf fixed = BUF_INIT;
	struct retro *again;
	struct err *err;
	size_t count;

	diag_add(&diags, RULE_ACTION_FORM, retro->path, (struct pos){ 0 }, NULL,
		 "%s", "");
	diag_fix(&diags, fix);
	err = fix_apply(&fixed, &count, item->a, retro, retro->body->policy,
			&diags);
	if (!err) {
		again = read_retro(item->a, &diags, retro->path,
				   arena_strndup(item->a, fixed.p, fixed.n),
				   fixed.n);
		body_read(again, item->a, &diags, retro->body->policy);
		err = edit_action(out, item->a, again, item->action->id,
				  item->state, mark);
	}
	buf_release(&fixed);
	return err;
}

struct err *edit_action(struct buf *out, struct arena *a,
			const struct retro *retro, const char *id,
			enum action_state state, const char *mark)
{
	struct item item = { .a = a, .retro = retro, .state = state };
	struct err *err = find_action(&item.action, retro, id);
	const struct fix *fix;

	if (err)
		return err;
	item.words = item.action->text;
	if (item.action->state == state)
		return err_new(ERR_EXISTS,
			       state == ACTION_OPEN
				       ? _("%s:%d: %s is already open")
			       : state == ACTION_DONE
				       ? _("%s:%d: %s is already done")
				       : _("%s:%d: %s is already declined"),
			       retro->path, item.action->line, item.action->id);
	err = flatten_line(&mark, a, state == ACTION_OPEN || !mark ? "" : mark);
	if (!err)
		err = make_item_mark(&item, mark);
	if (err)
		return err;
	if (item.action->form == ACTION_ROW ||
	    item.action->form == ACTION_HEADING)
		return edit_cell(out, a, retro, item.action, state, mark);
	fix = fix_action(a, retro, item.action, 0);
	return fix ? edit_fixed(out, &item, fix, mark)
		   : edit_box(out, &item, mark);
}

struct err *edit_action_word(struct buf *out, struct arena *a,
			     const struct retro *retro, const char *id,
			     const char *word)
{
	struct item item = { .a = a, .retro = retro, .mark = word };
	const struct spot none = { 0, 0 };
	struct err *err = find_action(&item.action, retro, id);
	const char *why;

	if (!err && !item.action->box_at)
		err = refuse_action(retro, item.action->line,
				    _("it is not a task item"));
	if (!err)
		err = find_item_text(&item);
	if (err)
		return err;
	item.state = item.action->state;
	item.words = arena_printf(a, "%s %s", item.action->text, word);
	write_action_item(out, &item, none, none);
	why = judge_item(&item, out, item.action->done, item.action->reason);
	if (!why)
		return NULL;
	buf_reset(out);
	return refuse_action(retro, item.action->line, why);
}

/* --- a new action --- */

/* Where the new item goes, and what it starts with. */
struct place {
	struct cutter cut;
	const struct md *list; /* it continues this list; NULL */
	const struct section *section;
	size_t at;
	int grown; /* the line of a paragraph that it is added to */
};

static bool has_box(const struct md *list)
{
	for (const struct md *item = list->first; item; item = item->next)
		if (item->box)
			return true;
	return false;
}

/* The section with the last list of actions, and that list; else the first
 * section for them, and the list that it ends in. */
static void find_list(struct place *place, const struct body *body)
{
	for (size_t i = 0; i < body->sections.nr; i++) {
		const struct section *section = &body->sections.at[i];
		const struct md *md = section->first, *list = NULL;

		if (section->key != SECTION_ACTIONS)
			continue;
		for (; md != section->end; md = md->next)
			if (md->type == MD_LIST &&
			    (has_box(md) || md->next == section->end))
				list = md;
		if (!place->section || (list && has_box(list))) {
			place->section = section;
			place->list = list;
		}
	}
}

/* The first byte of a line, counted from 1. */
static size_t line_byte(const struct cutter *c, int line)
{
	size_t at = 0;

	while (--line > 0)
		at = cutter_next_line(c, at);
	return at;
}

/* The end of the last line with words from `first` to before `end`, both the
 * first bytes of lines; `none` if there is no such line. */
static size_t last_words(const struct cutter *c, size_t first, size_t end,
			 size_t none)
{
	while (end > first) {
		size_t start = cutter_line_start(c, end - 1);

		if (cutter_skip_blanks(c, start) < cutter_line_end(c, start))
			return cutter_line_end(c, start);
		end = start;
	}
	return none;
}

/* "  - " as the last item of the list has it; NULL if it is odd. */
static const char *marker(const struct place *place, size_t line)
{
	const struct cutter *c = &place->cut;
	size_t at = cutter_skip_blanks(c, line), digits = at, gap;
	const char *blanks = cutter_copy(c, line, at);
	long number = 0;

	while (isdigit((unsigned char)c->bytes[digits]))
		number = number * 10 + c->bytes[digits++] - '0';
	gap = digits + 1;
	if (digits > at + 8 || !strchr("-+*.)", c->bytes[digits]) ||
	    !c->bytes[digits])
		return NULL;
	at = cutter_skip_blanks(c, gap);
	if (at - gap < 1 || at - gap > 4)
		return NULL;
	return arena_printf(c->a, "%s%s%c%s", blanks,
			    place->list->ordered
				    ? arena_printf(c->a, "%ld", number + 1)
				    : "",
			    c->bytes[digits], cutter_copy(c, gap, at));
}

/* The new lines, from the end of the line at place->at on; NULL if the list is
 * too odd to go on with. */
static const char *in_list(struct place *place, const char *item)
{
	const struct cutter *c = &place->cut;
	const struct md *last = place->list->first;
	int end = place->list->next && place->list->next->line
			  ? place->list->next->line
			  : place->section->end_line + 1;
	const char *start;
	size_t line;

	while (last->next)
		last = last->next;
	line = line_byte(c, last->line);
	start = marker(place, line);
	if (!start)
		return NULL;
	place->at = last_words(c, line, line_byte(c, end), line);
	return arena_printf(c->a, "%s%s%s%s", c->eol,
			    place->list->tight ? "" : c->eol, start, item);
}

static const char *in_section(struct place *place, const char *item)
{
	const struct cutter *c = &place->cut;
	size_t line = line_byte(c, place->section->line), next;

	place->at = last_words(
		c, line, line_byte(c, place->section->end_line + 1), line);
	next = cutter_next_line(c, place->at);
	return arena_printf(c->a, "%s%s- %s%s", c->eol, c->eol, item,
			    next < c->n && cutter_skip_blanks(c, next) <
						    cutter_line_end(c, next)
				    ? c->eol
				    : "");
}

/* The last action of those that headings, bold lines or numbered lines are; NULL
 * if the section has none. */
static const struct action *last_heading_action(const struct place *place,
						const struct body *body)
{
	const struct action *last = NULL;

	for (size_t i = 0; i < body->actions.nr; i++) {
		const struct action *action = &body->actions.at[i];

		if (action->form == ACTION_HEADING &&
		    action->line > place->section->line)
			last = action;
	}
	return last;
}

static const struct md *block_on_line(const struct md *doc, int line)
{
	const struct md *md = doc->first;

	while (md && (md->line > line || md->end_line < line))
		md = md->next;
	return md;
}

#define HAN_DIGIT 3 /* bytes of each of these */

/* 1 to 10; 0 for what is no digit. */
static int han_digit(const char *at)
{
	static const char digits[] = "一二三四五六七八九十";

	for (int i = 0; i < 10; i++)
		if (!strncmp(at, digits + (size_t)i * HAN_DIGIT, HAN_DIGIT))
			return i + 1;
	return 0;
}

/* Of "二十一" 21; *at moves behind it. */
static int read_han_number(const char **at)
{
	int number = 0, digit;

	for (; number < 100 && (digit = han_digit(*at)); *at += HAN_DIGIT)
		number = digit < 10 ? number + digit
				    : (number ? number : 1) * 10;
	return number;
}

static void add_han_number(struct buf *out, int number)
{
	static const char digits[] = "一二三四五六七八九";

	if (number >= 20)
		buf_add(out, digits + (size_t)(number / 10 - 1) * HAN_DIGIT,
			HAN_DIGIT);
	if (number >= 10)
		buf_addstr(out, "十");
	if (number % 10)
		buf_add(out, digits + (size_t)(number % 10 - 1) * HAN_DIGIT,
			HAN_DIGIT);
}

/* "3、" behind "2、", "③" behind "②", "十一、" behind "十、"; NULL if the numbering
 * goes on in a way of its own. */
static const char *next_marker(struct arena *a, const char *marker)
{
	size_t before = strcspn(marker, "0123456789"), len;
	const char *rest = marker + before, *at;
	struct buf out = BUF_INIT;

	if (*rest) {
		long number = strtol(rest, NULL, 10);

		rest += strspn(rest, "0123456789");
		return arena_printf(a, "%.*s%ld%s", (int)before, marker,
				    number + 1, rest);
	}
	for (at = marker; *at; at += len) {
		int c = text_decode(at, strnlen(at, 4), &len);
		int number;

		rest = at;
		number = read_han_number(&rest);
		if (c >= 0x2460 && c < 0x2473) {
			text_encode(&out, c + 1);
			rest = at + len;
		} else if (number && number < 99) {
			add_han_number(&out, number + 1);
		} else if (number) {
			return NULL;
		} else {
			continue;
		}
		marker = arena_printf(a, "%.*s%s%s", (int)(at - marker), marker,
				      out.p, rest);
		buf_release(&out);
		return marker;
	}
	return NULL;
}

/* A line with the next number at the end of the paragraph that the last one
 * is in. */
static const char *as_line(struct place *place, const struct action *last,
			   const char *item)
{
	const struct cutter *c = &place->cut;
	size_t line = line_byte(c, last->line);
	const char *marker =
		last->words.at > line
			? next_marker(c->a,
				      cutter_copy(c, line, last->words.at))
			: NULL;

	place->at = cutter_line_end(c, line);
	place->grown = last->line;
	return marker ? arena_printf(c->a, "%s%s%s", c->eol, marker, item)
		      : NULL;
}

/* In the form that the last action has, where that is not an item of a list:
 * a heading, a bold line, a numbered line. */
static const char *in_form(struct place *place, const struct body *body,
			   const char *id, const char *text)
{
	const struct cutter *c = &place->cut;
	const struct action *last = last_heading_action(place, body);
	const struct md *md = last ? block_on_line(body->doc, last->line)
				   : NULL,
			*end;
	const char *item = arena_printf(c->a, "%s: %s", id, text);
	size_t line;

	if (!md)
		return NULL;
	if (md->type == MD_PARAGRAPH && md->line != md->end_line)
		return as_line(place, last, item);
	for (end = md->next; end && end->type != MD_HEADING;)
		end = end->next;
	line = line_byte(c, md->line);
	place->at =
		last_words(c, line, end ? line_byte(c, end->line) : c->n, line);
	return md->type == MD_HEADING
		       ? arena_printf(c->a, "%s%s%.*s %s%s", c->eol, c->eol,
				      md->level, "######", item,
				      place->at == c->n ? c->eol : "")
		       : arena_printf(c->a, "%s%s%s: **%s**%s", c->eol, c->eol,
				      id, text,
				      place->at == c->n ? c->eol : "");
}

/* A heading of the level that the document's sections have. */
static const char *in_new_section(struct place *place, const struct body *body,
				  size_t start, const char *heading,
				  const char *item)
{
	const struct cutter *c = &place->cut;
	struct buf title = BUF_INIT;
	const char *eol = c->eol, *text;
	size_t ones = 0;

	for (size_t i = 0; i < body->sections.nr; i++)
		ones += body->sections.at[i].level == 1;
	place->at = last_words(c, start, c->n, c->n);
	md_escape(&title, heading);
	text = arena_printf(c->a, "%s%s%s %s%s%s- %s%s", eol, eol,
			    ones > 1 ? "#" : "##", title.p, eol, eol, item,
			    place->at == c->n ? eol : "");
	buf_release(&title);
	return text;
}

static struct err *check_new(const struct retro *retro, struct arena *a,
			     const char *heading, const char *text)
{
	struct diags diags = { .arena = a };
	struct front front;

	if (!*text)
		return err_new(ERR_USAGE,
			       _("an action must be one line of text"));
	if (section_by_heading(a, heading,
			       policy_sections(retro->body->policy)) !=
	    SECTION_ACTIONS)
		return err_new(
			ERR_USAGE,
			_("'%s' is not a heading for a section of actions"),
			heading);
	if (!front_find(&front, &diags, retro->path, retro->bytes, retro->n))
		return refuse_action(retro, diags.at[0].pos.line,
				     phrase_text(a, diag_said(&diags.at[0])));
	if (retro->body->limited)
		return refuse_action(retro, 1,
				     _("the text is too long or too deeply "
				       "nested"));
	if (action_list_next(&retro->body->actions) > MAX_ID)
		return refuse_action(retro, 1, _("there is no number left"));
	return NULL;
}

/* Adds the lines and reads them again. */
static const char *insert(struct buf *new, struct place *place,
			  const struct retro *retro, const char *lines,
			  const char *id)
{
	size_t n = strlen(lines);
	struct change change = { .from_byte = place->at, .bytes = n };
	const struct body *body;
	const char *why;
	size_t found = 0;

	change.from_line = count_action_lines(retro->bytes, place->at) + 2;
	change.lines = count_action_lines(lines, n);
	change.new_lines = true;
	change.grown = place->grown;
	place->cut.splices.nr = 0;
	cutter_splice(&place->cut, place->at, 0, lines);
	cutter_apply(new, &place->cut);
	why = reread(&body, place->cut.a, retro, new, &change);
	for (size_t i = 0; !why && i < body->actions.nr; i++) {
		const struct action *action = &body->actions.at[i];

		found += action->line >= change.from_line &&
			 action->line < change.from_line + change.lines &&
			 action->state == ACTION_OPEN &&
			 is_equal(action->id, id);
	}
	if (!why &&
	    (found != 1 || body->actions.nr != retro->body->actions.nr + 1))
		why = _("the new action could not be found again");
	return why;
}

struct err *edit_action_add(struct buf *out, const char **id, struct arena *a,
			    const struct retro *retro, const char *heading,
			    const char *text)
{
	struct place place = { .cut = { .a = a } };
	const struct body *body = retro->body;
	struct buf new = BUF_INIT;
	const char *item, *why, *lines = NULL;
	struct err *err;

	err = flatten_line(&text, a, text);
	if (!err)
		err = check_new(retro, a, heading, text);
	if (err)
		return err;
	place.cut.bytes = retro->bytes;
	place.cut.n = retro->n;
	place.cut.eol = retro->front.crlf ? "\r\n" : "\n";
	*id = arena_printf(a, "A%ld", action_list_next(&body->actions));
	item = arena_printf(a, "[ ] %s: %s", *id, text);
	find_list(&place, body);
	if (place.list)
		lines = in_list(&place, item);
	if (!lines && place.section)
		lines = in_section(&place, item);
	if (!lines)
		lines = in_new_section(&place, body, retro->front.body, heading,
				       item);
	why = insert(&new, &place, retro, lines, *id);
	if (why && place.section &&
	    (lines = in_form(&place, body, *id, text))) {
		buf_reset(&new);
		why = insert(&new, &place, retro, lines, *id);
	}
	if (!why)
		buf_add(out, new.p, new.n);
	buf_release(&new);
	return why ? refuse_action(retro,
				   count_action_lines(retro->bytes, place.at) +
					   1,
				   why)
		   : NULL;
}
