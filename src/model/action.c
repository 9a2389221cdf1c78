/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/action.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/text.h"

/* No name, day or commit is longer. Bytes. */
#define VALUE_MAX 64
/* What follows a label's colon and is longer is prose, not a value. Bytes. */
#define LABEL_MAX 400
/* No further owners are added to a longer list of them. Bytes. */
#define OWNERS_MAX 1000

void action_gather(struct action_text *r, const struct md *md)
{
	size_t before = r->text.n;

	if (md->type == MD_TEXT || md->type == MD_CODE_SPAN ||
	    md->type == MD_SOFTBREAK || md->type == MD_BREAK ||
	    md->type == MD_INLINE_HTML) {
		md_plain(&r->text, md);
		buf_fill(&r->code, md->type == MD_CODE_SPAN ? 'c' : ' ',
			 r->text.n - before);
		return;
	}
	for (md = md->first; md; md = md->next)
		action_gather(r, md);
}

/* The length of a colon at `p`, half or full width; 0 if there is none. */
static size_t colon(const char *p)
{
	return *p == ':' ? 1 : strncmp(p, "：", 3) == 0 ? 3 : 0;
}

/* A letter, digit or sign of a script other than Latin's, as names have it;
 * not the punctuation and spaces of Chinese text. */
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

static size_t at_sign(const char *p)
{
	return *p == '@' ? 1 : strncmp(p, "＠", 3) == 0 ? 3 : 0;
}

/* The bytes of a name behind an @. */
static size_t name_length(const char *p)
{
	size_t n = value_len(p, "_-./"), len;

	if (!n)
		while (n < VALUE_MAX && is_foreign(p + n, &len))
			n += len;
	return n;
}

static void add_owner(struct action_text *r, struct action *action,
		      const char *p, size_t n)
{
	const char *name;

	if (action->owner && strlen(action->owner) > OWNERS_MAX)
		return;
	text_trim(&p, &n);
	/* "Owner: Ann." ends a sentence, "J. D." a name. */
	if (n > 2 && p[n - 1] == '.' && !memchr(p, '.', n - 1) &&
	    !isupper((unsigned char)p[n - 2]))
		n--;
	name = arena_strndup(r->a, p, n);
	if (n && !(action->owner && action_has_owner(action, name)))
		action->owner = action->owner
					? arena_printf(r->a, "%s, %s",
						       action->owner, name)
					: name;
}

/* What may stand between two owners. */
static size_t owner_gap(const char *p)
{
	static const char *const signs[] = { "、", "，", ",", "/", "&", "和" };
	size_t n = strspn(p, " ");

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (strncmp(p + n, signs[i], strlen(signs[i])) == 0) {
			n += strlen(signs[i]);
			break;
		}
	return n + strspn(p + n, " ");
}

/* Each take_...() returns how many bytes of `p` its mark takes, 0 if there is
 * none. `before` is the byte in front. */
static size_t take_owner(struct action_text *r, struct action *action,
			 const char *p, char before)
{
	size_t n = 0, gap = 0, sign, len;

	/* In an address or a word it is not an owner. */
	if (!at_sign(p) || action->owner || is_action_char(before) ||
	    (before && strchr("._+-@/", before)))
		return 0;
	while ((sign = at_sign(p + n + gap)) &&
	       (len = name_length(p + n + gap + sign))) {
		n += gap + sign;
		add_owner(r, action, p + n, len);
		n += len;
		gap = owner_gap(p + n);
	}
	return n;
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

/* What cannot be read as a date, to be told. */
static size_t date_len(const char *p)
{
	return value_len(p, "-/.:");
}

/* A date as a person means one: of a month or a quarter its last day. */
static size_t read_due(int32_t *due, const char *p)
{
	struct days days;
	size_t n = days_parse(&days, p);

	if (n)
		*due = days.last;
	return n;
}

static size_t take_due(struct action_text *r, struct action *action,
		       const char *p, char before)
{
	size_t key = key_len(p, "due", before), n;

	if (!key || action->due != DAY_NONE)
		return 0;
	key += strspn(p + key, " ");
	n = read_due(&action->due, p + key);
	if (n)
		return key + n;
	/* Nothing after it is a template's prompt. */
	n = date_len(p + key);
	if (!n)
		return p[key] ? 0 : key;
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

static size_t take_done(struct action_text *r, struct action *action,
			const char *p, char before)
{
	size_t key = key_len(p, "done", before), n;
	struct days days;

	if (!key || action->done)
		return 0;
	key += strspn(p + key, " ");
	n = date_len(p + key);
	if (!n || !is_commit_word(p + key, n))
		n = days_parse(&days, p + key);
	if (!n)
		return p[key] ? 0 : key;
	action->done = arena_strndup(r->a, p + key, n);
	return key + n;
}

static size_t take_priority(struct action_text *r, struct action *action,
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

static size_t take_reason(struct action_text *r, struct action *action,
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
size_t action_number(struct action_text *r, struct action *action,
		     const char *p)
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

/* --- labels --- */

/* A state that a cell or a word tells: "Done", "✅ 已完成 (2026-05-30)"; false
 * if it tells none. */
bool action_word_state(enum action_state *state, const char *text)
{
	static const struct {
		enum action_state state;
		const char *word;
	} words[] = {
		{ ACTION_DONE, "done" },
		{ ACTION_DONE, "complete" },
		{ ACTION_DONE, "completed" },
		{ ACTION_DONE, "closed" },
		{ ACTION_DONE, "fixed" },
		{ ACTION_DONE, "resolved" },
		{ ACTION_DONE, "merged" },
		{ ACTION_DONE, "shipped" },
		{ ACTION_DONE, "finished" },
		{ ACTION_DONE, "yes" },
		{ ACTION_DONE, "[x]" },
		{ ACTION_DONE, "✅" },
		{ ACTION_DONE, "☑" },
		{ ACTION_DONE, "✔" },
		{ ACTION_DONE, "完成" },
		{ ACTION_DONE, "已完成" },
		{ ACTION_DONE, "已修复" },
		{ ACTION_DONE, "已解决" },
		{ ACTION_DONE, "已关闭" },
		{ ACTION_DONE, "已上线" },
		{ ACTION_DONE, "完了" },
		{ ACTION_DONE, "완료" },
		{ ACTION_DECLINED, "declined" },
		{ ACTION_DECLINED, "wontfix" },
		{ ACTION_DECLINED, "won't fix" },
		{ ACTION_DECLINED, "won't do" },
		{ ACTION_DECLINED, "cancelled" },
		{ ACTION_DECLINED, "canceled" },
		{ ACTION_DECLINED, "rejected" },
		{ ACTION_DECLINED, "dropped" },
		{ ACTION_DECLINED, "[-]" },
		{ ACTION_DECLINED, "不做" },
		{ ACTION_DECLINED, "取消" },
		{ ACTION_DECLINED, "已取消" },
		{ ACTION_DECLINED, "放弃" },
	};

	text += strspn(text, " ");
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t n = strlen(words[i].word);

		if (strncasecmp(text, words[i].word, n) != 0 ||
		    is_action_char(text[n]) || text[n] == '%')
			continue;
		*state = words[i].state;
		return true;
	}
	return false;
}

/* The bytes of a bracket; *step is 1 for one that opens. */
static size_t bracket_length(int *step, const char *p, size_t n)
{
	static const char *const brackets[] = { "(", "（", ")", "）" };

	for (size_t i = 0; i < ARRAY_SIZE(brackets); i++) {
		size_t m = strlen(brackets[i]);

		*step = i < 2 ? 1 : -1;
		if (n >= m && !memcmp(p, brackets[i], m))
			return m;
	}
	return 0;
}

/* Whether it is one text in brackets, and no more. */
static bool is_bracketed(const char *p, size_t n)
{
	size_t at = 0, len;
	int depth = 0, step;

	do {
		len = bracket_length(&step, p + at, n - at);
		depth += len ? step : 0;
		at += len ? len : 1;
	} while (depth > 0 && at < n);
	while (at < n && p[at] == '.')
		at++;
	return len && !depth && at == n;
}

/* "None (the fix shipped)", "なし（対応済み）": none, and why; not "None (the
 * default) is refused". */
static bool says_none(const char *p, size_t n)
{
	static const char *const words[] = { "none", "n/a",      "无",
					     "暂无", "なし",     "特になし",
					     "없음", "変更なし", "无变更" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t m = strlen(words[i]);

		if (n < m || strncasecmp(p, words[i], m) != 0)
			continue;
		while (m < n && p[m] == ' ')
			m++;
		if (m < n && is_bracketed(p + m, n - m))
			return true;
	}
	return false;
}

/* "TBD", "-", "待定": a cell that says nothing yet. */
bool action_is_blank(const char *p, size_t n)
{
	static const char *const words[] = {
		"-",       "--",       "—",        "n/a",  "na",
		"none",    "nothing",  "tbd",      "todo", "?",
		"x",       "无",       "暂无",     "没有", "待定",
		"未定",    "待确认",   "なし",     "없음", "none yet",
		"not yet", "変更なし", "特になし",
	};

	text_trim(&p, &n);
	if (says_none(p, n))
		return true;
	while (n && p[n - 1] == '.')
		n--;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && !strncasecmp(p, words[i], n))
			return true;
	return !n;
}

/* A date that somebody meant to write: two numbers and a sign between. */
static bool looks_like_date(const char *p, size_t n)
{
	for (size_t i = 1; i + 1 < n; i++)
		if ((strchr("/.-", p[i]) || !strncmp(p + i, "月", 3)) &&
		    isdigit((unsigned char)p[i - 1]) &&
		    isdigit((unsigned char)p[p[i] == *"月" ? i + 3 : i + 1]))
			return true;
	return false;
}

/* Appends the names of a value, "张三、李四" or "@ann / @bo". */
static void add_owners(struct action_text *r, struct action *action,
		       const char *p, size_t n)
{
	size_t from = 0, gap;

	for (size_t i = 0; i <= n; i += gap) {
		size_t sign = i < n ? at_sign(p + i) : 0;

		gap = i < n ? owner_gap(p + i) : 1;
		gap = gap && p[i] == ' ' && strspn(p + i, " ") == gap ? 0 : gap;
		if (i < n && !gap && !(sign && i > from)) {
			gap = 1;
			continue;
		}
		if (!action_is_blank(p + from, i - from))
			add_owner(r, action, p + from + at_sign(p + from),
				  i - from - at_sign(p + from));
		from = i + gap;
		gap = gap ? gap : 1;
	}
}

/* Reads the date anywhere in a value; what looks like one and is none is
 * told. */
static void read_due_value(struct action_text *r, struct action *action,
			   const char *p, size_t n)
{
	const char *value = arena_strndup(r->a, p, n);

	for (const char *at = value; *at && action->due == DAY_NONE; at++)
		if (at == value || !is_action_char(at[-1]))
			read_due(&action->due, at);
	if (action->due == DAY_NONE && !r->bad_due && looks_like_date(p, n)) {
		text_trim(&p, &n);
		r->bad_due = arena_strndup(r->a, p, n);
	}
}

static void read_priority(struct action *action, const char *p)
{
	static const struct {
		const char *priority, *word;
	} words[] = {
		{ "high", "high" }, { "high", "p0" },
		{ "high", "p1" },   { "high", "urgent" },
		{ "high", "高" },   { "medium", "medium" },
		{ "medium", "p2" }, { "medium", "中" },
		{ "low", "low" },   { "low", "p3" },
		{ "low", "p4" },    { "low", "低" },
	};

	p += strspn(p, " ");
	for (size_t i = 0; !action->priority && i < ARRAY_SIZE(words); i++)
		if (!strncasecmp(p, words[i].word, strlen(words[i].word)))
			action->priority = words[i].priority;
}

/* The bytes of a label's value: up to a sign that ends it, the next label or
 * mark. More than LABEL_MAX: it is not one. */
static size_t label_value(const char *p)
{
	static const char *const ends[] = { "，", "；", "）", "。", "】" };
	enum label label;
	size_t n, open;

	for (n = 0; p[n] && n <= LABEL_MAX; n++) {
		open = bracket(p + n, '(', "（");
		if (strchr(",;)]|", p[n]) ||
		    (open && key_len(p + n + open, "declined", '\0')))
			break;
		if (n && p[n - 1] == ' ' &&
		    (label_at(&label, p + n) || key_len(p + n, "due", ' ') ||
		     key_len(p + n, "done", ' ')))
			break;
		if ((unsigned char)p[n] < 0x80)
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
			if (!strncmp(p + n, ends[i], strlen(ends[i])))
				return n;
	}
	return n;
}

/* A cell for the state may have the mark as well: "done:3f2c91b0d4", "declined:
 * the vendor ships a fix". */
static void read_status(struct action_text *r, struct action *action,
			const char *value)
{
	const char *rest;
	size_t n;

	action_word_state(&action->state, value);
	r->said |= !action_is_blank(value, strlen(value));
	for (const char *p = value; *p && !action->done; p++)
		take_done(r, action, p, p > value ? p[-1] : '\0');
	if (action->done)
		action->state = ACTION_DONE;
	rest = strchr(value, ':');
	rest = rest ? rest : strstr(value, "：");
	if (action->state != ACTION_DECLINED || !rest || action->reason)
		return;
	rest += colon(rest);
	n = strlen(rest);
	text_trim(&rest, &n);
	action->reason = n ? arena_strndup(r->a, rest, n) : NULL;
}

void action_value(struct action_text *r, struct action *action,
		  enum label label, const char *p, size_t n)
{
	const char *value = arena_strndup(r->a, p, n);

	if (label == LABEL_OWNER)
		add_owners(r, action, p, n);
	else if (label == LABEL_DUE)
		read_due_value(r, action, p, n);
	else if (label == LABEL_PRIORITY)
		read_priority(action, value);
	else if (label == LABEL_STATUS && action->form != ACTION_TASK)
		read_status(r, action, value);
}

/* "负责人：张三", "Due date: 2026-05-30" */
static size_t take_label(struct action_text *r, struct action *action,
			 const char *p, char before)
{
	enum label label;
	size_t key, n;

	if (is_action_char(before) || (before && strchr("_-@/.", before)))
		return 0;
	key = label_at(&label, p);
	if (!key || (label == LABEL_OWNER && action->owner) ||
	    (label == LABEL_DUE && action->due != DAY_NONE) ||
	    (label == LABEL_STATUS && action->form == ACTION_TASK) ||
	    (label != LABEL_OWNER && label != LABEL_DUE &&
	     label != LABEL_STATUS && label != LABEL_PRIORITY))
		return 0;
	n = label_value(p + key);
	if (n > LABEL_MAX)
		return 0;
	action_value(r, action, label, p + key, n);
	if (label == LABEL_DUE && action->due == DAY_NONE && p[key])
		return 0;
	return key + n;
}

/* --- marks --- */

static size_t take_one(struct action_text *r, struct action *action,
		       const char *p, char before)
{
	static size_t (*const marks[])(struct action_text *, struct action *,
				       const char *, char) = {
		take_owner, take_due,      take_done,
		take_label, take_priority, take_reason,
	};
	size_t n = 0;

	for (size_t i = 0; !n && i < ARRAY_SIZE(marks); i++)
		n = marks[i](r, action, p, before);
	return n;
}

static size_t separator(const char *p)
{
	static const char *const signs[] = { " ",  ",", ";", "，", "；",
					     "、", "/", "|", "·" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (!strncmp(p, signs[i], strlen(signs[i])))
			return strlen(signs[i]);
	return 0;
}

/* "（负责人：王五，完成时间：2026年6月1日）", "(@ann, 2026-05-30)", "(done)":
 * brackets with nothing but marks in them. */
static size_t take_group(struct action_text *r, struct action *action,
			 const char *p, char before)
{
	struct action old = *action;
	const char *bad_due = r->bad_due;
	size_t n = bracket(p, '(', "（"), more, marks = 0, length;

	(void)before;
	while (n && p[n]) {
		if (bracket(p + n, ')', "）") && marks)
			return n + bracket(p + n, ')', "）");
		more = separator(p + n);
		if (!more) {
			more = take_one(r, action, p + n, ' ');
			if (!more && action->owner && !old.owner &&
			    action->due == DAY_NONE)
				more = read_due(&action->due, p + n);
			length = label_value(p + n);
			if (!more && action->form != ACTION_TASK && length &&
			    action_word_state(
				    &action->state,
				    arena_strndup(r->a, p + n, length))) {
				r->said = true;
				more = length;
			}
			marks += more > 0;
		}
		if (!more)
			break;
		n += more;
	}
	*action = old;
	r->bad_due = bad_due;
	return 0;
}

/* Whether a word can start behind this byte: most of the text's do not. */
static bool may_start(const char *text, size_t i)
{
	return !i || (unsigned char)text[i - 1] < 0x80 ||
	       (i >= 3 && (!strncmp(text + i - 3, "\xE3\x80", 2) ||
			   !strncmp(text + i - 3, "\xEF\xBC", 2)));
}

static size_t take_mark(struct action_text *r, struct action *action,
			const char *text, size_t i)
{
	char before = i ? text[i - 1] : '\0';
	size_t n;

	/* An owner and a word of Latin letters may stand behind anything. */
	if (!may_start(text, i) && !strchr("@dD!(\xEF", text[i]))
		return 0;
	n = take_one(r, action, text + i, before);
	return n ? n : take_group(r, action, text + i, before);
}

size_t action_mark(struct arena *a, enum action_state state, const char *p,
		   char before)
{
	struct action_text r = { .a = a, .text = BUF_INIT, .code = BUF_INIT };
	struct action action = { .due = DAY_NONE };

	return state == ACTION_DONE       ? take_done(&r, &action, p, before)
	       : state == ACTION_DECLINED ? take_reason(&r, &action, p, before)
					  : 0;
}

/* The text with single spaces, trimmed. */
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

/* What stood between the text and a mark goes with it. */
static void drop_separators(struct buf *left)
{
	static const char *const signs[] = { " ", ",", ";",  "，", "；", "、",
					     "|", "·", " -", "—",  "–" };
	bool dropped = true;

	while (dropped && left->n) {
		dropped = false;
		for (size_t i = 0; !dropped && i < ARRAY_SIZE(signs); i++) {
			size_t n = strlen(signs[i]);

			dropped = left->n > n &&
				  !memcmp(left->p + left->n - n, signs[i], n);
			if (dropped)
				buf_truncate(left, left->n - n);
		}
	}
}

void action_read(struct action_text *r, struct action *action)
{
	struct buf left = BUF_INIT;
	const char *p = r->text.p;
	size_t i = strspn(p, " ");

	i += action_number(r, action, p + i);
	while (i < r->text.n) {
		size_t n = r->code.p[i] == 'c' ? 0 : take_mark(r, action, p, i);

		if (!n)
			n = left.n ? 0 : separator(p + i);
		else if (!p[i + n])
			drop_separators(&left);
		if (!n)
			buf_addch(&left, p[i]);
		i += n ? n : 1;
	}
	action->text = squeeze(r->a, &left);
	buf_release(&left);
}

bool action_has_owner(const struct action *action, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = action->owner; p; p = strstr(p, ", ")) {
		p += strspn(p, ", ");
		if (!strncmp(p, name, n) && (!p[n] || p[n] == ','))
			return true;
	}
	return false;
}
