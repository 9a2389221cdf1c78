/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/action_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/entry.h"

static enum action_state item_state(enum md_box box)
{
	return box == MD_BOX_DONE       ? ACTION_DONE
	       : box == MD_BOX_DECLINED ? ACTION_DECLINED
					: ACTION_OPEN;
}

static struct pos place_action(const struct action *action)
{
	return (struct pos){ action->box_at ? action->box_at : action->words.at,
			     action->line, 1 };
}

/* A plain item, which is an action if no other list of the section has any. */
struct weak_action {
	struct action action;
	const struct md *list;
};

struct collector {
	struct actions *out;
	struct VEC_OF(struct weak_action) weak;
	const struct md *list; /* that the actions of this section are in */
	bool lists;            /* they are in several */
	bool done;             /* its heading says that they are */
	size_t first;          /* of those of this section */
	struct arena *a;
	struct diags *diags;
	const char *path;
};

/* The list or table that an entry is in; headings are one of their section. */
static const struct md *action_list_of(const struct entry *entry)
{
	return entry->list ? entry->list : entry->group->md;
}

/* Adds one that is an action whatever else there is. */
static void push_firm(struct collector *c, const struct entry *entry,
		      const struct action *action)
{
	c->lists |= c->list && c->list != action_list_of(entry);
	c->list = action_list_of(entry);
	vec_push(c->a, c->out, *action);
}

static struct action_text new_reading(const struct collector *c)
{
	return (struct action_text){ .a = c->a,
				     .text = BUF_INIT,
				     .code = BUF_INIT };
}

static void end_reading(const struct collector *c, struct action_text *r,
			const struct action *action)
{
	if (r->bad_due)
		diag_add(c->diags, RULE_ACTION, c->path, place_action(action),
			 N_("write it as due:2026-12-01"),
			 N_("the due date '%s' is not a valid day"),
			 r->bad_due);
	buf_release(&r->text);
	buf_release(&r->code);
}

/* The labels of a block: "- Owner: Ann" below an item, or below a heading. */
static void read_details(struct action_text *r, struct action *action,
			 const struct md *md)
{
	struct action_text details = { .a = r->a,
				       .text = BUF_INIT,
				       .code = BUF_INIT };
	enum label label;

	if (md->type == MD_LIST || (md->type == MD_ITEM && !md->box)) {
		for (md = md->first; md; md = md->next)
			read_details(r, action, md);
		return;
	}
	if (md->type != MD_PARAGRAPH)
		return;
	action_gather(&details, md);
	if (label_at(&label, details.text.p)) {
		const char *text = action->text, *id = action->id;

		action_read(&details, action);
		action->text = text;
		action->id = id;
		r->said |= details.said;
		if (!r->bad_due)
			r->bad_due = details.bad_due;
	}
	buf_release(&details.text);
	buf_release(&details.code);
}

/* --- a heading for what is done --- */

static bool has_state_word(const char *slug, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = slug; (p = strstr(p, word)); p += n)
		if ((unsigned char)*word >= 0x80 ||
		    ((p == slug || p[-1] == '-') && (!p[n] || p[n] == '-')))
			return true;
	return false;
}

static bool has_any_word(const char *slug, const char *const *words)
{
	while (*words && !has_state_word(slug, *words))
		words++;
	return *words;
}

/* "Immediate actions (completed)", "已完成的行动项": 1 they are done, 0 they
 * are not, -1 it says neither. */
static int heading_says_done(struct arena *a, const char *heading)
{
	static const char *const open[] = {
		"not",         "open",    "pending",   "todo",
		"remaining",   "ongoing", "progress",  "planned",
		"outstanding", "next",    "to",        "incomplete",
		"short-term",  "future",  "long-term", "of",
		"未",          "待",      "进行中",    "计划",
		"進行中",      "計画",    NULL
	};
	static const char *const done[] = {
		"done",   "completed", "closed",      "finished", "resolved",
		"fixed",  "shipped",   "已完成",      "已修复",   "已解决",
		"已关闭", "已上线",    "已落地",      "已处理",   "完了",
		"対応済", "made",      "implemented", "완료",     NULL
	};
	const char *slug = text_slug(a, heading, strlen(heading));

	if (has_any_word(slug, open))
		return 0;
	return has_any_word(slug, done) || strstr(heading, "✅") ? 1 : -1;
}

/* For each section whether its heading, or else the one above, says so. */
static const bool *find_done_mark(struct arena *a,
				  const struct sections *sections)
{
	bool *done = arena_alloc(a, sections->nr + 1);
	bool around[7] = { false }; /* by level */

	for (size_t i = 0; i < sections->nr; i++) {
		const struct section *section = &sections->at[i];
		int says = section_is(section, SECTION_ACTIONS)
				   ? heading_says_done(a, section->heading)
				   : 0;

		done[i] = says < 0 ? around[section->level - 1] : says;
		for (int level = section->level; level < 7; level++)
			around[level] = done[i];
	}
	return done;
}

/* Without a box its marks tell the state, or else the heading does. */
static void settle_state(const struct collector *c, const struct action_text *r,
			 struct action *action)
{
	if (action->form == ACTION_TASK)
		return;
	if (action->done || (c->done && !r->said))
		action->state = ACTION_DONE;
	if (action->reason)
		action->state = ACTION_DECLINED;
}

/* An item, by its first paragraph and the labels of its list. */
static struct action read_action_item(const struct collector *c,
				      struct action_text *r,
				      const struct md *item)
{
	struct action action = { .due = DAY_NONE };
	const struct md *md = item->first;

	action.form = item->box ? ACTION_TASK : ACTION_PLAIN;
	action.state = item_state(item->box);
	action.line = item->line;
	action.box_at = item->box_at;
	if (md && md->type == MD_PARAGRAPH) {
		action.words = (struct stretch){ md->at, md->n };
		action_gather(r, md);
	}
	action_read(r, &action);
	if (action.form == ACTION_PLAIN && !action.done)
		r->said |= action_word_state(&action.state, action.text);
	for (md = md ? md->next : NULL; md; md = md->next)
		if (md->type == MD_LIST)
			read_details(r, &action, md);
	settle_state(c, r, &action);
	return action;
}

/* Items of items are actions too, if they have a box. */
static bool collect_tasks(struct collector *c, const struct entry *entry,
			  const struct md *md)
{
	bool found = false;

	if (md->type == MD_ITEM && md->box) {
		struct action_text r = new_reading(c);
		struct action action = read_action_item(c, &r, md);

		push_firm(c, entry, &action);
		end_reading(c, &r, &action);
		found = true;
	}
	for (md = md->first; md; md = md->next)
		if (md->type == MD_LIST || md->type == MD_ITEM)
			found |= collect_tasks(c, entry, md);
	return found;
}

/* Somebody who has said who or by when has promised something. */
static bool is_firm(const struct action *action)
{
	return action->owner || action->due != DAY_NONE || action->id ||
	       action->done;
}

/* One that may be. In a list of tasks what has no box is a note. */
static void push_weak(struct collector *c, struct action_text *r,
		      const struct entry *entry, const struct action *action)
{
	bool notes = entry->form == ENTRY_ITEM && entry->list->first->box;

	if (action_is_blank(action->text, strlen(action->text)))
		;
	else if (is_firm(action) || r->bad_due)
		push_firm(c, entry, action);
	else if (!notes)
		vec_push(
			c->a, &c->weak,
			(struct weak_action){ *action, action_list_of(entry) });
	end_reading(c, r, action);
}

static bool ends_in_colon(struct arena *a, const struct md *md)
{
	const char *text = md ? entry_text(a, md) : "";
	size_t n = strlen(text);

	return (n && text[n - 1] == ':') ||
	       (n > 3 && !strcmp(text + n - 3, "："));
}

bool action_list_is_reminder(struct arena *a, const struct md *list,
			     const struct md *lead)
{
	const struct md *md = list->first ? list->first->first : NULL;

	md = md && md->type == MD_PARAGRAPH ? md->first : NULL;
	return md && md->type == MD_CODE_SPAN && lead &&
	       lead->type == MD_PARAGRAPH && ends_in_colon(a, lead);
}

static void collect_plain(struct collector *c, const struct entry *entry)
{
	struct action_text r = new_reading(c);
	struct action action = read_action_item(c, &r, entry->md);

	push_weak(c, &r, entry, &action);
}

static void collect_heading(struct collector *c, const struct entry *entry)
{
	struct action_text r = new_reading(c);
	struct action action = { .due = DAY_NONE, .form = ACTION_HEADING };

	action.line = entry->line;
	action.words = (struct stretch){ entry->md->at, entry->md->n };
	action_gather(&r, entry->md);
	action_read(&r, &action);
	action.text = entry_unnumbered(action.text);
	for (const struct md *md = entry->md->next; md && md != entry->end;
	     md = md->next)
		read_details(&r, &action, md);
	settle_state(c, &r, &action);
	push_weak(c, &r, entry, &action);
}

/* --- tables --- */

/* Whether a row is of a table of actions: that says what is to be done, or who
 * does it, or how far it is. */
static bool is_action_row(const struct entry *entry)
{
	static const enum label labels[] = { LABEL_ACTION, LABEL_OWNER,
					     LABEL_STATUS };

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (label_cell(entry->columns, entry->list->first, labels[i]))
			return true;
	return false;
}

static void read_cell(struct action_text *r, struct action *action,
		      const struct entry *entry, enum label label)
{
	const struct md *cell = label_cell(entry->columns, entry->md, label);
	const char *text = cell ? entry_text(r->a, cell) : "";

	if (label == LABEL_STATUS && cell)
		action->status = (struct stretch){ cell->at, cell->n };
	if (label == LABEL_NUMBER && !action->id)
		action_number(r, action, arena_printf(r->a, "%s:", text));
	else if (!action_is_blank(text, strlen(text)))
		action_value(r, action, label, text, strlen(text));
}

/* "n/a DONE" in the last cell: there the table of Google's template, which has
 * no column for it, says how far it is. */
static bool ends_in_done(struct arena *a, const struct md *row)
{
	const struct md *cell = row->first;
	const char *text;
	size_t n;

	while (cell && cell->next)
		cell = cell->next;
	text = cell ? entry_text(a, cell) : "";
	n = strlen(text);
	return n > 5 && !strcmp(text + n - 5, " DONE");
}

static void collect_row(struct collector *c, const struct entry *entry)
{
	static const enum label labels[] = { LABEL_NUMBER, LABEL_OWNER,
					     LABEL_DUE, LABEL_STATUS,
					     LABEL_PRIORITY };
	struct action_text r = new_reading(c);
	struct action action = { .due = DAY_NONE, .form = ACTION_ROW };
	const struct md *cell =
		label_cell(entry->columns, entry->md, LABEL_ACTION);

	if (!is_action_row(entry))
		return;
	if (!cell)
		cell = label_cell(entry->columns, entry->md, LABEL_NONE);
	action.line = entry->line;
	if (cell) {
		action.words = (struct stretch){ cell->at, cell->n };
		action_gather(&r, cell);
	}
	action_read(&r, &action);
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		read_cell(&r, &action, entry, labels[i]);
	if (!label_cell(entry->columns, entry->md, LABEL_STATUS) &&
	    ends_in_done(c->a, entry->md))
		action.state = ACTION_DONE;
	settle_state(c, &r, &action);
	if (!action_is_blank(action.text, strlen(action.text)))
		push_firm(c, entry, &action);
	else if (action.owner || action.due != DAY_NONE)
		diag_add(c->diags, RULE_ACTION, c->path,
			 (struct pos){ 0, entry->line, 1 },
			 N_("write it in the column of the actions"),
			 N_("the row does not say what to do"));
	end_reading(c, &r, &action);
}

static void collect_entry(struct collector *c, const struct entry *entry)
{
	switch (entry->form) {
	case ENTRY_ITEM:
		if (!collect_tasks(c, entry, entry->md) &&
		    !action_list_is_reminder(c->a, entry->list, entry->lead))
			collect_plain(c, entry);
		break;
	case ENTRY_ROW:
		collect_row(c, entry);
		break;
	case ENTRY_HEADING:
	case ENTRY_LINE:
		collect_heading(c, entry);
		break;
	case ENTRY_QUOTE:
	case ENTRY_PARAGRAPH:
		break;
	}
}

static int compare_action_ids(const void *left, const void *right)
{
	const struct action *const *a = left, *const *b = right;
	int order = strcmp((*a)->id, (*b)->id);

	return order ? order : (*a)->line - (*b)->line;
}

static void report_doubles(const struct collector *c)
{
	const struct action **sorted =
		mem_calloc(c->out->nr + 1, sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < c->out->nr; i++)
		if (c->out->at[i].id)
			sorted[n++] = &c->out->at[i];
	qsort(sorted, n, sizeof(*sorted), compare_action_ids);
	for (size_t i = 1; i < n; i++)
		if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0)
			diag_add(c->diags, RULE_ACTION, c->path,
				 place_action(sorted[i]),
				 N_("give it its own number"),
				 N_("'%s' is also the number of the action on "
				    "line %d"),
				 sorted[i]->id, sorted[i - 1]->line);
	free(sorted);
}

static int compare_action_lines(const void *a, const void *b)
{
	const struct action *one = a, *other = b;

	return (one->line > other->line) - (one->line < other->line);
}

/* Where one list has actions, another's plain items explain them. What groups
 * before this one gave stays in front. */
static void end_group(struct collector *c)
{
	size_t nr = c->out->nr;

	for (size_t i = 0; i < c->weak.nr; i++)
		if (!c->list || (!c->lists && c->list == c->weak.at[i].list))
			vec_push(c->a, c->out, c->weak.at[i].action);
	if (c->out->nr > nr)
		qsort(c->out->at + c->first, c->out->nr - c->first,
		      sizeof(*c->out->at), compare_action_lines);
	c->first = c->out->nr;
	c->weak.nr = 0;
	c->list = NULL;
	c->lists = false;
}

void action_list_collect(struct actions *out, struct arena *a,
			 struct diags *diags, const char *path,
			 const struct sections *sections)
{
	struct collector c = {
		.out = out, .a = a, .diags = diags, .path = path
	};
	const bool *done = find_done_mark(a, sections);
	struct entries entries = { 0 };
	size_t in = 0;

	entry_collect(&entries, a, sections, SECTION_ACTIONS);
	for (size_t i = 0; i < entries.nr; i++) {
		if (i && entries.at[i].group != entries.at[i - 1].group)
			end_group(&c);
		while (in + 1 < sections->nr &&
		       sections->at[in + 1].line <= entries.at[i].line)
			in++;
		c.done = done[in];
		collect_entry(&c, &entries.at[i]);
	}
	end_group(&c);
	report_doubles(&c);
}

long action_list_next(const struct actions *actions)
{
	long last = 0;

	for (size_t i = 0; i < actions->nr; i++) {
		const char *id = actions->at[i].id;
		long number = 0;

		for (id = id ? id + 1 : ""; *id; id++)
			number = number * 10 + *id - '0';
		last = number > last ? number : last;
	}
	return last + 1;
}
