/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/preamble.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/field.h"
#include "model/section.h"

/* Fields are told in the first lines, or not at all. */
#define MAX_LINES  80
#define MAX_KEY    48
#define MAX_FIELDS 40
/* Bytes of a value's starts that are tried. */
#define MAX_START 200

struct words {
	const char *p;
	size_t n;
};

struct preamble {
	struct arena *a;
	const char *bytes;
	struct VEC_OF(struct pair) pairs;
};

static void trim_signs(struct words *s, const char *signs)
{
	text_trim(&s->p, &s->n);
	while (s->n && strchr(signs, *s->p))
		s->p++, s->n--;
	while (s->n && strchr(signs, s->p[s->n - 1]))
		s->n--;
	text_trim(&s->p, &s->n);
}

/* --- values --- */

/* The longest start of a value that the function takes; 0 if none. */
static size_t longest(struct arena *a, struct words s,
		      bool (*takes)(const char *text))
{
	size_t n = s.n > MAX_START ? MAX_START : s.n;

	if (takes(arena_strndup(a, s.p, s.n)))
		return s.n;
	for (; n; n--)
		if (n < s.n && !isalnum((unsigned char)s.p[n]) &&
		    takes(arena_strndup(a, s.p, n)))
			return n;
	return 0;
}

static bool is_status(const char *text)
{
	return status_parse(text) != STATUS_NONE;
}

static bool is_kind(const char *text)
{
	return kind_parse(text) != KIND_NONE;
}

static bool is_preamble_time(const char *text)
{
	struct moment m;

	return moment_parse(&m, NULL, text);
}

static bool is_severity(const char *text)
{
	return severity_parse(text) != 0;
}

/* Skips what is not a letter or digit in front: "✅ Accepted", "**2024**". */
static void skip_preamble_signs(struct words *s)
{
	size_t len;

	while (s->n) {
		int c = text_decode(s->p, s->n, &len);

		if (c < 0x80 ? isalnum(c) : c >= 0x2E80 && c < 0x1F000)
			break;
		s->p += len;
		s->n -= len;
	}
}

static size_t date_length(struct arena *a, struct words s)
{
	struct days days;
	size_t n = days_parse(&days, arena_strndup(a, s.p, s.n));

	/* "05/06/2024" is to be told. */
	if (!n && s.n >= 8 && isdigit((unsigned char)*s.p) &&
	    strspn(s.p, "0123456789/.-") >= 8)
		n = strspn(s.p, "0123456789/.-");
	return n;
}

/* The part of a value that the field takes; no bytes if it takes none. */
static struct words field_value(struct arena *a, const struct field *field,
				struct words s)
{
	trim_signs(&s, "*_`\\");
	switch (field->type) {
	case FIELD_DATE:
		skip_preamble_signs(&s);
		s.n = date_length(a, s);
		break;
	case FIELD_STATUS:
		skip_preamble_signs(&s);
		s.n = longest(a, s, is_status);
		break;
	case FIELD_KIND:
		s.n = longest(a, s, is_kind);
		break;
	case FIELD_TIME:
		s.n = longest(a, s, is_preamble_time);
		break;
	case FIELD_SEVERITY:
		s.n = is_severity(arena_strndup(a, s.p, s.n)) ? s.n : 0;
		break;
	default:
		break;
	}
	return s;
}

/* --- lines --- */

/* What may stand in lines: not a summary, which is prose with a colon. */
static const struct field *named_field(struct arena *a, struct words key)
{
	static const char *const keys[] = {
		"date",    "status",   "kind",      "severity",
		"authors", "owner",    "labels",    "releases",
		"started", "detected", "mitigated", "resolved",
	};
	const struct field *field;

	trim_signs(&key, "*_`");
	if (!key.n || key.n > MAX_KEY)
		return NULL;
	field = field_find(arena_strndup(a, key.p, key.n));
	for (size_t i = 0; field && i < ARRAY_SIZE(keys); i++)
		if (strcmp(field->key, keys[i]) == 0)
			return field;
	return NULL;
}

static struct node *new_scalar(const struct preamble *p, struct words s)
{
	struct node *node = arena_alloc(p->a, sizeof(*node));
	size_t at = (size_t)(s.p - p->bytes);

	node->kind = NODE_SCALAR;
	node->plain = true;
	node->text = arena_strndup(p->a, s.p, s.n);
	node->start = diag_pos(p->bytes, at);
	node->end = diag_pos(p->bytes, at + s.n);
	return node;
}

/* "<add name here>", which a template left; not "<https://example.com/ann>". */
static bool is_prompt(struct words s)
{
	return s.n > 1 && *s.p == '<' && s.p[s.n - 1] == '>' &&
	       !memchr(s.p, '@', s.n) && !memmem(s.p, s.n, "://", 3);
}

/* "v1.0, v1.1", "张三、李四": a list. */
static struct node *new_list(const struct preamble *p, struct words s)
{
	static const char *const signs[] = { ",", "，", "、", ";", "；" };
	struct VEC_OF(struct node *) items = { 0 };
	struct node *node = new_scalar(p, s);
	size_t from = 0, len;

	for (size_t i = 0; i <= s.n; i += len) {
		struct words item = { s.p + from, i - from };

		len = i == s.n ? 1 : 0;
		for (size_t j = 0; !len && j < ARRAY_SIZE(signs); j++)
			if (!strncmp(s.p + i, signs[j], strlen(signs[j])))
				len = strlen(signs[j]);
		if (!len) {
			len = 1;
			continue;
		}
		trim_signs(&item, "*_`");
		if (item.n && !is_prompt(item))
			vec_push(p->a, &items, new_scalar(p, item));
		from = i + len;
	}
	node->kind = NODE_LIST;
	node->items = items.at;
	node->nr = items.nr;
	return node;
}

/* The first line that names a field counts. */
static void add_preamble_field(struct preamble *p, struct words key,
			       struct words value)
{
	const struct field *field = named_field(p->a, key);

	if (!field || p->pairs.nr == MAX_FIELDS)
		return;
	for (size_t i = 0; i < p->pairs.nr; i++)
		if (field_find(p->pairs.at[i].key->text) == field)
			return;
	value = field_value(p->a, field, value);
	trim_signs(&key, "*_`");
	if (value.n)
		vec_push(p->a, &p->pairs,
			 (struct pair){ new_scalar(p, key),
					field->type == FIELD_LIST
						? new_list(p, value)
						: new_scalar(p, value) });
}

/* The colon behind a key, in either width, and its bytes. */
static const char *find_colon_sign(struct words s, size_t *len)
{
	for (size_t i = 0; i < s.n && i <= MAX_KEY; i++) {
		*len = s.p[i] == ':' ? 1 : !strncmp(s.p + i, "：", 3) ? 3 : 0;
		if (*len && i + *len <= s.n)
			return s.p + i;
	}
	return NULL;
}

/* "**Date:** 2024-05-06", also behind a list's or a quote's mark. */
static void read_key_line(struct preamble *p, struct words s)
{
	const char *colon;
	size_t len;

	while (s.n && strchr("> \t", *s.p))
		s.p++, s.n--;
	if (s.n > 2 && strchr("-*+", *s.p) && s.p[1] == ' ')
		s.p += 2, s.n -= 2;
	colon = find_colon_sign(s, &len);
	if (colon)
		add_preamble_field(
			p, (struct words){ s.p, (size_t)(colon - s.p) },
			(struct words){ colon + len,
					s.n - (size_t)(colon + len - s.p) });
}

/* Two fields in a line are parted by " | ". */
static void read_preamble_parts(struct preamble *p, struct words s)
{
	const char *bar;

	while ((bar = memmem(s.p, s.n, " | ", 3))) {
		read_key_line(p, (struct words){ s.p, (size_t)(bar - s.p) });
		s.n -= (size_t)(bar + 3 - s.p);
		s.p = bar + 3;
	}
	read_key_line(p, s);
}

/* "| Date | 2024-05-06 |": a row of two cells. */
static void read_row(struct preamble *p, struct words s)
{
	const char *bar;
	struct words key;

	s.p++, s.n--;
	if (s.n && s.p[s.n - 1] == '|')
		s.n--;
	bar = memchr(s.p, '|', s.n);
	if (!bar)
		return;
	key = (struct words){ s.p, (size_t)(bar - s.p) };
	s.n -= (size_t)(bar + 1 - s.p);
	s.p = bar + 1;
	if (!memchr(s.p, '|', s.n))
		add_preamble_field(p, key, s);
}

/* Whether a heading ends the preamble: the second one that says what a section
 * is. `*key` gets its text if it names a field, whose value is below it. */
static bool read_heading(const struct preamble *p, struct words s, bool first,
			 struct words *key)
{
	const char *text;

	trim_signs(&s, "#");
	*key = s;
	if (named_field(p->a, s))
		return false;
	key->n = 0;
	text = arena_strndup(p->a, s.p, s.n);
	return !first && section_by_heading(p->a, text, NULL) != SECTION_NONE;
}

static struct words next_preamble_line(const char **at, const char *end)
{
	const char *from = *at;
	const char *nl = memchr(from, '\n', (size_t)(end - from));
	struct words s = { from, (size_t)((nl ? nl : end) - from) };

	*at = nl ? nl + 1 : end;
	text_trim(&s.p, &s.n);
	return s;
}

/* Where the items of the list begin that a line is in, in columns. */
struct indent {
	size_t list;
	bool may_begin; /* behind a heading, a list may stand further right */
};

static bool is_bullet(struct words s)
{
	return s.n && strchr("-*+", *s.p);
}

/* Whether a line is an item of an item: it says something of that. */
static bool is_nested(struct indent *indent, const char *from, struct words s)
{
	size_t at = 0;

	for (; from < s.p; from++)
		at += *from == '\t' ? 4 : 1;
	if (!is_bullet(s)) {
		if (!at)
			*indent = (struct indent){ 0, *s.p == '#' };
		return false;
	}
	if (indent->may_begin && at <= 3)
		indent->list = at;
	indent->may_begin = false;
	return at > indent->list;
}

static void read_lines(struct preamble *p, const char *at, const char *end)
{
	struct words heading = { NULL, 0 };
	struct indent indent = { .may_begin = true };
	bool code = false, first = true;

	for (int line = 0; line < MAX_LINES && at < end; line++) {
		const char *from = at;
		struct words s = next_preamble_line(&at, end);

		if (s.n >= 3 &&
		    (!memcmp(s.p, "```", 3) || !memcmp(s.p, "~~~", 3)))
			code = !code;
		if (code || !s.n || is_nested(&indent, from, s))
			continue;
		if (*s.p == '#') {
			if (read_heading(p, s, first, &heading))
				return;
			first = false;
		} else if (heading.n) {
			add_preamble_field(p, heading, s);
			heading.n = 0;
		} else if (*s.p == '|') {
			read_row(p, s);
		} else {
			read_preamble_parts(p, s);
		}
	}
}

const struct node *preamble_read(struct arena *a, const char *bytes, size_t n,
				 size_t from)
{
	struct preamble p = { .a = a, .bytes = bytes };
	struct node *map;

	read_lines(&p, bytes + from, bytes + n);
	if (!p.pairs.nr)
		return NULL;
	map = arena_alloc(a, sizeof(*map));
	map->kind = NODE_MAP;
	map->pairs = p.pairs.at;
	map->nr = p.pairs.nr;
	map->start = p.pairs.at[0].key->start;
	map->end = p.pairs.at[p.pairs.nr - 1].value->end;
	return map;
}
