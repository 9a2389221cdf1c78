/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/searchable.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "model/field.h"

struct blanking {
	struct arena *a;
	const struct retro *retro;
	char *text;
	bool *code; /* by line: it is of a code block */
	int lines;
};

static void blank(char *from, char *to)
{
	for (; from < to; from++)
		if (*from != '\n')
			*from = ' ';
}

/* --- front matter --- */

static bool is_key_byte(char c)
{
	return isalnum((unsigned char)c) || strchr("_-", c) ||
	       (unsigned char)c >= 0x80;
}

size_t searchable_key(const char **key, const char *line, size_t n)
{
	size_t from = strspn(line, " "), to;

	if (from + 2 < n && line[from] == '-' && line[from + 1] == ' ')
		from += 2;
	for (to = from; to < n && line[to] && is_key_byte(line[to]);)
		to++;
	*key = line + from;
	if (to == n || line[to] != ':' ||
	    (to + 1 < n && !isspace((unsigned char)line[to + 1])))
		return 0;
	return to - from;
}

static bool is_filtered(struct arena *a, const char *key, size_t n)
{
	const struct field *field = field_find(arena_strndup(a, key, n));

	if (!field)
		return false;
	switch (field->type) {
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_STATUS:
	case FIELD_KIND:
	case FIELD_SEVERITY:
		return true;
	case FIELD_STRING:
	case FIELD_LIST:
	case FIELD_COMMITS:
	case FIELD_METRICS:
	case FIELD_MAP:
	case FIELD_ROWS:
		break;
	}
	return false;
}

/* The keys of `{name: AUC, after: 0.9}`, and what stands behind a number sign. */
static void blank_flow(char *p, char *end)
{
	char quote = '\0';

	for (char *word = p; p < end; p++) {
		if (quote || *p == '"' || *p == '\'') {
			quote = !quote ? *p : *p == quote ? '\0' : quote;
			continue;
		}
		if (*p == '#' && (p == word || isspace((unsigned char)p[-1]))) {
			blank(p, end);
			return;
		}
		if (*p == ':' && p + 1 < end && isspace((unsigned char)p[1]))
			blank(word, p);
		if (!is_key_byte(*p))
			word = p + 1;
	}
}

static void blank_front(struct blanking *b)
{
	char *at = b->text, *end = b->text + b->retro->front.body;

	while (at < end) {
		char *eol = memchr(at, '\n', (size_t)(end - at));
		char *stop = eol ? eol : end;
		const char *key;
		size_t n = searchable_key(&key, at, (size_t)(stop - at));
		char *value = n ? at + (key - at) + n + 1 : at;

		if (n && is_filtered(b->a, key, n))
			value = stop;
		blank(at, value);
		blank_flow(value, stop);
		at = stop + (eol != NULL);
	}
}

/* --- body --- */

static void mark_code(struct blanking *b, const struct md *md)
{
	for (; md; md = md->next)
		if (md->type == MD_CODE)
			for (int i = md->line; i <= md->end_line && i > 0; i++)
				b->code[i < b->lines ? i : b->lines] = true;
		else if (md->type < MD_TEXT)
			mark_code(b, md->first);
}

static bool says_something(const struct section *section)
{
	for (const struct md *md = section->first; md != section->end;
	     md = md->next)
		if (md->type != MD_HTML && md->type != MD_RULE)
			return true;
	return false;
}

static bool is_searched_name(const struct blanking *b,
			     const struct section *section)
{
	return section->own || !says_something(section) ||
	       (b->retro->title && !strcmp(section->heading, b->retro->title));
}

/* A comment that does not end is none. */
static void blank_comments(struct blanking *b)
{
	char *p = b->text + b->retro->front.body;
	char *end = b->text + b->retro->n, *seen = b->text;
	int line = 1;

	while ((p = memmem(p, (size_t)(end - p), "<!--", 4))) {
		char *close = memmem(p, (size_t)(end - p), "-->", 3);

		if (!close)
			return;
		for (; seen < p; seen++)
			line += *seen == '\n';
		if (b->code[line < b->lines ? line : b->lines]) {
			p += 4;
			continue;
		}
		blank(p, close + 3);
		p = close + 3;
	}
}

static void blank_headings(struct blanking *b)
{
	const struct sections *sections = &b->retro->body->sections;
	char *at = b->text, *end = b->text + b->retro->n;
	size_t next = 0;

	for (int line = 1; at < end && next < sections->nr; line++) {
		char *eol = memchr(at, '\n', (size_t)(end - at));
		const struct section *section = &sections->at[next];

		eol = eol ? eol : end;
		if (section->line == line && is_searched_name(b, section))
			blank(at, eol);
		next += section->line == line;
		at = eol + 1;
	}
}

char *searchable_text(struct arena *a, const struct retro *retro)
{
	struct blanking b = {
		.a = a,
		.retro = retro,
		.text = arena_strndup(a, retro->bytes, retro->n),
	};

	for (size_t i = 0; i < retro->n; i++)
		b.lines += retro->bytes[i] == '\n';
	b.lines += 2;
	b.code = arena_alloc(a, ((size_t)b.lines + 1) * sizeof(*b.code));
	blank_front(&b);
	if (retro->body->doc)
		mark_code(&b, retro->body->doc->first);
	blank_headings(&b);
	blank_comments(&b);
	return b.text;
}

/* --- parts --- */

/* The byte behind line `line`, counted from 1, from where line `*at_line`
 * begins at `*at`. */
static size_t skip_to_line(const struct retro *retro, size_t *at, int *at_line,
			   int line)
{
	while (*at_line < line && *at < retro->n) {
		const char *nl =
			memchr(retro->bytes + *at, '\n', retro->n - *at);

		*at = nl ? (size_t)(nl + 1 - retro->bytes) : retro->n;
		(*at_line)++;
	}
	return *at;
}

void searchable_split(struct searchable_parts *out, struct arena *a,
		      const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	size_t from = 0, at = 0;
	enum section_key key = SECTION_NONE;
	int line = 1;

	for (size_t i = 0; i <= sections->nr; i++) {
		size_t to = retro->n;

		if (i < sections->nr)
			to = skip_to_line(retro, &at, &line,
					  sections->at[i].line);
		vec_push(a, out, (struct searchable_part){ key, from, to });
		if (i < sections->nr)
			key = sections->at[i].key;
		from = to;
	}
}
