/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/action.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

/* No name, day or commit is longer. Bytes. */
#define VALUE_MAX 64

/* An item's text while its marks are taken out of it. */
struct reading {
	struct arena *a;
	struct buf text; /* plain */
	struct buf code; /* as long; 'c' where the text is a code span */
	const char *bad_due;
};

static void gather_text(struct reading *r, const struct md *md)
{
	size_t before = r->text.n;

	if (md->type == MD_TEXT || md->type == MD_CODE_SPAN ||
	    md->type == MD_SOFTBREAK || md->type == MD_BREAK) {
		md_plain(&r->text, md);
		buf_fill(&r->code, md->type == MD_CODE_SPAN ? 'c' : ' ',
			 r->text.n - before);
		return;
	}
	for (md = md->first; md; md = md->next)
		gather_text(r, md);
}

/* The length of a colon at `p`, half or full width; 0 if there is none. */
static size_t colon(const char *p)
{
	return *p == ':' ? 1 : strncmp(p, "：", 3) == 0 ? 3 : 0;
}

/* A letter, digit or sign of a script other than Latin's, as names have it;
 * not the punctuation and blanks of Chinese text. */
static bool is_foreign(const char *p, size_t *len)
{
	int c = *p ? text_decode(p, strnlen(p, 4), len) : -1;

	return c > 0xBF && !(c >= 0x2000 && c <= 0x206F) &&
	       !(c >= 0x3000 && c <= 0x303F) && c < 0xFF00;
}

static bool is_action_char(char c)
{
	return (unsigned char)c < 0x80 && isalnum((unsigned char)c);
}

/* The bytes of a value at `p`: ASCII letters and digits and `more` between
 * them. */
static size_t value_len(const char *p, const char *more)
{
	size_t n = 0;

	while (n < VALUE_MAX && p[n] &&
	       (is_action_char(p[n]) || strchr(more, p[n])))
		n++;
	while (n && !is_action_char(p[n - 1]))
		n--;
	return n;
}

/* Each take_...() returns how many bytes of `p` its mark takes, 0 if there is
 * none. `before` is the byte in front. */
static size_t take_owner(struct reading *r, struct action *action,
			 const char *p, char before)
{
	size_t n, len;

	/* In an address or a word it is no owner. */
	if (*p != '@' || action->owner || is_action_char(before) ||
	    (before && strchr("._+-@/", before)))
		return 0;
	n = value_len(p + 1, "_-./");
	if (!n)
		while (n < VALUE_MAX && is_foreign(p + 1 + n, &len))
			n += len;
	if (!n)
		return 0;
	action->owner = arena_strndup(r->a, p + 1, n);
	return 1 + n;
}

/* The length of `word` and its colon at `p`; 0 if it is not that. */
static size_t key_len(const char *p, const char *word, char before)
{
	size_t n = strlen(word), c;

	if (is_action_char(before) || (before && strchr("_-", before)) ||
	    strncasecmp(p, word, n) != 0)
		return 0;
	c = colon(p + n);
	return c ? n + c : 0;
}

static size_t date_len(const char *p)
{
	static const char *const signs[] = { "年", "月", "日" };
	size_t n = value_len(p, "-/.:");

	for (size_t i = 0; n && i < ARRAY_SIZE(signs); i++)
		if (strncmp(p + n, signs[i], 3) == 0)
			n += 3 + value_len(p + n + 3, "");
	return n;
}

static size_t take_due(struct reading *r, struct action *action, const char *p,
		       char before)
{
	size_t key = key_len(p, "due", before), n;

	if (!key || action->due != DAY_NONE)
		return 0;
	key += strspn(p + key, " ");
	n = date_len(p + key);
	/* Nothing behind it is a template's prompt. */
	if (!n)
		return p[key] ? 0 : key;
	if (day_parse(&action->due, p + key))
		return key + n;
	action->due = DAY_NONE;
	if (!r->bad_due)
		r->bad_due = arena_strndup(r->a, p + key, n);
	return 0;
}

static bool is_commit_word(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isxdigit((unsigned char)p[i]))
			return false;
	return n >= 4 && n <= 64;
}

static size_t take_done(struct reading *r, struct action *action, const char *p,
			char before)
{
	size_t key = key_len(p, "done", before), n;
	int32_t day;

	if (!key || action->done)
		return 0;
	key += strspn(p + key, " ");
	n = date_len(p + key);
	if (!n)
		return p[key] ? 0 : key;
	if (!is_commit_word(p + key, n) && !day_parse(&day, p + key))
		return 0;
	action->done = arena_strndup(r->a, p + key, n);
	return key + n;
}

static size_t take_priority(struct reading *r, struct action *action,
			    const char *p, char before)
{
	static const char *const words[] = { "high", "medium", "low" };

	(void)r;
	if (*p != '!' || action->priority || is_action_char(before) ||
	    before == '!')
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t n = strlen(words[i]);

		if (strncasecmp(p + 1, words[i], n) != 0 ||
		    is_action_char(p[1 + n]))
			continue;
		action->priority = words[i];
		return 1 + n;
	}
	return 0;
}

/* A bracket at `p`, half or full width: its length, or 0. */
static size_t bracket(const char *p, char half, const char *full)
{
	return *p == half ? 1 : strncmp(p, full, 3) == 0 ? 3 : 0;
}

static size_t take_reason(struct reading *r, struct action *action,
			  const char *p, char before)
{
	size_t open = bracket(p, '(', "（"), key, n, len, depth = 1;
	const char *reason;

	(void)before;
	key = open ? key_len(p + open, "declined", '\0') : 0;
	if (!key || action->reason)
		return 0;
	reason = p + open + key;
	for (n = 0; reason[n] && depth; n += len) {
		len = 1;
		if (bracket(reason + n, '(', "（")) {
			len = bracket(reason + n, '(', "（");
			depth++;
		} else if (bracket(reason + n, ')', "）")) {
			len = bracket(reason + n, ')', "）");
			depth--;
		}
	}
	p = reason;
	len = depth ? n : n - (reason[n - 1] == ')' ? 1 : 3);
	text_trim(&p, &len);
	action->reason = arena_strndup(r->a, p, len);
	return open + key + n;
}

/* "A1:" in front of the text. */
static size_t take_id(struct reading *r, struct action *action, const char *p)
{
	size_t n = 1 + strspn(*p ? p + 1 : p, "0123456789"), blanks;

	if ((*p != 'A' && *p != 'a') || n == 1 || n > 7)
		return 0;
	blanks = strspn(p + n, " ");
	if (!colon(p + n + blanks))
		return 0;
	action->id = arena_printf(r->a, "A%.*s", (int)n - 1, p + 1);
	return n + blanks + colon(p + n + blanks);
}

static size_t take_mark(struct reading *r, struct action *action, const char *p,
			char before)
{
	static size_t (*const marks[])(struct reading *, struct action *,
				       const char *, char) = {
		take_owner, take_due, take_done, take_priority, take_reason,
	};
	size_t n = 0;

	/* With one of these each of them starts: most text has none. */
	if (!strchr("@dD!(\xEF", *p))
		return 0;
	for (size_t i = 0; !n && i < ARRAY_SIZE(marks); i++)
		n = marks[i](r, action, p, before);
	return n;
}

size_t action_mark(struct arena *a, enum action_state state, const char *p,
		   char before)
{
	struct reading r = { a, BUF_INIT, BUF_INIT, NULL };
	struct action action = { .due = DAY_NONE };

	return state == ACTION_DONE       ? take_done(&r, &action, p, before)
	       : state == ACTION_DECLINED ? take_reason(&r, &action, p, before)
					  : 0;
}

/* The text with single blanks, trimmed. */
static const char *squeeze(struct arena *a, const struct buf *text)
{
	struct buf out = BUF_INIT;
	const char *result;

	for (size_t i = 0; i < text->n; i++) {
		char c = text->p[i] == '\t' ? ' ' : text->p[i];

		if (c != ' ' || (out.n && out.p[out.n - 1] != ' '))
			buf_addch(&out, c);
	}
	while (out.n && out.p[out.n - 1] == ' ')
		buf_truncate(&out, out.n - 1);
	result = arena_strdup(a, out.p);
	buf_release(&out);
	return result;
}

static void read_action_text(struct reading *r, struct action *action)
{
	struct buf left = BUF_INIT;
	const char *p = r->text.p;
	size_t i = strspn(p, " ");

	i += take_id(r, action, p + i);
	while (i < r->text.n) {
		char before = i ? p[i - 1] : '\0';
		size_t n = r->code.p[i] == 'c'
				   ? 0
				   : take_mark(r, action, p + i, before);

		if (!n)
			buf_addch(&left, p[i]);
		i += n ? n : 1;
	}
	action->text = squeeze(r->a, &left);
	buf_release(&left);
}

static enum action_state state_of(enum md_box box)
{
	return box == MD_BOX_DONE       ? ACTION_DONE
	       : box == MD_BOX_DECLINED ? ACTION_DECLINED
					: ACTION_OPEN;
}

static struct pos place_action(const struct action *action)
{
	return (struct pos){ action->box_at, action->line, 1 };
}

struct collector {
	struct actions *out;
	struct arena *a;
	struct diags *diags;
	const char *path;
};

static void collect_action(const struct collector *c, const struct md *item)
{
	struct reading r = { c->a, BUF_INIT, BUF_INIT, NULL };
	struct action action = { .due = DAY_NONE };
	const struct md *paragraph = item->first;

	action.state = state_of(item->box);
	action.line = item->line;
	action.box_at = item->box_at;
	if (paragraph && paragraph->type == MD_PARAGRAPH)
		gather_text(&r, paragraph);
	read_action_text(&r, &action);
	if (r.bad_due)
		diag_add(c->diags, RULE_ACTION, c->path, place_action(&action),
			 "write it as due:2026-12-01",
			 "the due date '%s' is not a day", r.bad_due);
	vec_push(c->a, c->out, action);
	buf_release(&r.text);
	buf_release(&r.code);
}

/* Items of items are actions too, if they have a box. */
static void collect_actions(const struct collector *c, const struct md *md)
{
	if (md->type == MD_ITEM && md->box)
		collect_action(c, md);
	for (md = md->first; md; md = md->next)
		if (md->type == MD_LIST || md->type == MD_ITEM)
			collect_actions(c, md);
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
				 "give it a number of its own",
				 "'%s' is the action on line %d, too",
				 sorted[i]->id, sorted[i - 1]->line);
	free(sorted);
}

void action_collect(struct actions *out, struct arena *a, struct diags *diags,
		    const char *path, const struct sections *sections)
{
	struct collector c = { out, a, diags, path };

	for (size_t i = 0; i < sections->nr; i++) {
		const struct section *section = &sections->at[i];

		if (section->key != SECTION_ACTIONS)
			continue;
		for (const struct md *md = section->first; md != section->end;
		     md = md->next)
			if (md->type == MD_LIST)
				collect_actions(&c, md);
	}
	report_doubles(&c);
}

long action_next(const struct actions *actions)
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
