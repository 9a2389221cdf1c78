/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/trailer_lines.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

#define TRAILERS_MAX 1000
#define CODE         4 /* columns that make indented text code */
#define LOG          4 /* by which git log indents a message */
#define ID_LEAST     40

/* Where the reading of a message stands. */
struct scanner {
	struct trailers *out;
	struct arena *a;
	const char *const *keys;
	bool body;    /* the subject's paragraph has ended */
	bool blank;   /* the line before was */
	bool log;     /* in a message that git log printed */
	bool comment; /* in one of HTML */
	char fence;   /* the character of the open one; 0: none */
	size_t fence_len;
	size_t item;      /* the column where a list item's text begins */
	const char *open; /* a key whose values go on in the next line */
};

/* A line without its end. */
struct text_line {
	const char *s;
	size_t n;
	size_t column; /* of `s` */
};

static void skip_indent(struct text_line *line)
{
	for (; line->n && (*line->s == ' ' || *line->s == '\t'); line->n--)
		line->column += *line->s++ == '\t' ? 4 - line->column % 4 : 1;
}

/* The bytes of "* ", "1. " in front; 0 if there is no such mark. */
static size_t list_mark(const struct text_line *line)
{
	size_t n = 0;

	while (n < line->n && n < 9 && line->s[n] >= '0' && line->s[n] <= '9')
		n++;
	if (n >= line->n || !strchr(n ? ".)" : "*+-", line->s[n]))
		return 0;
	n++;
	return n < line->n && (line->s[n] == ' ' || line->s[n] == '\t') ? n : 0;
}

static size_t run_of(const struct text_line *line, char c)
{
	size_t n = 0;

	while (n < line->n && line->s[n] == c)
		n++;
	return n;
}

/* Whether the line opens, closes or is within fences. */
static bool in_fence(struct scanner *scanner, const struct text_line *line)
{
	char c = line->n ? *line->s : '\0';
	size_t n = run_of(line, c);

	if (scanner->fence) {
		if (c == scanner->fence && n == line->n &&
		    n >= scanner->fence_len)
			scanner->fence = '\0';
		return true;
	}
	if ((c != '`' && c != '~') || n < 3 ||
	    (c == '`' && memchr(line->s + n, '`', line->n - n)))
		return false;
	scanner->fence = c;
	scanner->fence_len = n;
	return true;
}

static bool in_comment(struct scanner *scanner, const struct text_line *line)
{
	bool was = scanner->comment;

	if (!was && (line->n < 4 || memcmp(line->s, "<!--", 4) != 0))
		return false;
	scanner->comment = !memmem(line->s, line->n, "-->", 3);
	return true;
}

/* "commit <id>", "Author: ", "Date: ", "Merge: " as git log prints them. */
static bool is_log_head(const struct scanner *scanner,
			const struct text_line *line)
{
	static const char *const heads[] = { "Author:", "Date:", "Merge:" };

	if (line->column)
		return false;
	if (line->n >= 7 + ID_LEAST && !memcmp(line->s, "commit ", 7) &&
	    strspn(line->s + 7, "0123456789abcdef") >= ID_LEAST)
		return true;
	for (size_t i = 0; scanner->log && i < ARRAY_SIZE(heads); i++)
		if (line->n > strlen(heads[i]) &&
		    !memcmp(line->s, heads[i], strlen(heads[i])))
			return true;
	return false;
}

/* --- values --- */

static bool has_digit_within(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] >= '0' && s[i] <= '9')
			return true;
	return false;
}

static size_t trailer_word_length(const char *s, size_t n)
{
	size_t len = 0;

	while (len < n && s[len] != ' ' && s[len] != '\t')
		len++;
	return len;
}

static void add_trailer_value(struct scanner *scanner, const char *key,
			      const char *s, size_t n)
{
	struct trailer trailer = { .key = key };

	if (!n || scanner->out->nr >= TRAILERS_MAX)
		return;
	trailer.value = arena_strndup(scanner->a, s, n);
	vec_push(scanner->a, scanner->out, trailer);
}

static void trim_part(const char **s, size_t *n)
{
	while (*n && (**s == ' ' || **s == '\t')) {
		++*s;
		--*n;
	}
	while (*n && ((*s)[*n - 1] == ' ' || (*s)[*n - 1] == '\t'))
		--*n;
}

/* What stands between two commas: one word, or words that are ids each. */
static void add_trailer_values(struct scanner *scanner, const char *key,
			       const char *s, size_t n)
{
	trim_part(&s, &n);
	if (trailer_word_length(s, n) == n) {
		add_trailer_value(scanner, key, s, n);
		return;
	}
	for (size_t at = 0, len; at < n; at += len + 1) {
		len = trailer_word_length(s + at, n - at);
		if (len && !has_digit_within(s + at, len))
			return;
	}
	for (size_t at = 0, len; at < n; at += len + 1) {
		len = trailer_word_length(s + at, n - at);
		add_trailer_value(scanner, key, s + at, len);
	}
}

/* The values of a line; they go on in the next if it ends with a comma, or has
 * none. */
static void read_values(struct scanner *scanner, const char *key, const char *s,
			size_t n)
{
	trim_part(&s, &n);
	scanner->open = !n || s[n - 1] == ',' ? key : NULL;
	while (n) {
		const char *comma = memchr(s, ',', n);
		size_t len = comma ? (size_t)(comma - s) : n;

		add_trailer_values(scanner, key, s, len);
		len += comma != NULL;
		s += len;
		n -= len;
	}
}

static void read_key(struct scanner *scanner, const struct text_line *line)
{
	for (size_t i = 0; scanner->keys[i]; i++) {
		const char *key = scanner->keys[i];
		size_t n = strlen(key);

		if (line->n <= n || strncasecmp(line->s, key, n) != 0)
			continue;
		while (n < line->n && (line->s[n] == ' ' || line->s[n] == '\t'))
			n++;
		if (n < line->n && line->s[n] == ':')
			read_values(scanner, key, line->s + n + 1,
				    line->n - n - 1);
	}
}

/* --- lines --- */

/* Moves to the text of a list item, however deep it is in lists. */
static void enter_item(struct scanner *scanner, struct text_line *line)
{
	size_t n = list_mark(line);

	if (!n && scanner->blank && line->column < scanner->item)
		scanner->item = 0;
	for (; n; n = list_mark(line)) {
		line->s += n;
		line->n -= n;
		line->column += n;
		skip_indent(line);
		scanner->item = line->column;
	}
}

static bool is_code(const struct scanner *scanner, const struct text_line *line)
{
	size_t from = line->column >= scanner->item ? scanner->item : 0;

	return line->column >= from + CODE;
}

static void read_text_line(struct scanner *scanner, struct text_line line)
{
	const char *open = scanner->open;

	skip_indent(&line);
	scanner->open = NULL;
	if (is_log_head(scanner, &line)) {
		scanner->log = true;
		return;
	}
	if (scanner->log && line.column < LOG)
		scanner->log = false;
	if (scanner->log)
		line.column -= LOG;
	if (in_fence(scanner, &line) || in_comment(scanner, &line))
		return;
	if (open && line.column && !list_mark(&line)) {
		read_values(scanner, open, line.s, line.n);
		return;
	}
	if (is_code(scanner, &line))
		return;
	enter_item(scanner, &line);
	if (line.n && *line.s != '>' && !in_fence(scanner, &line))
		read_key(scanner, &line);
}

void trailer_lines(struct trailers *out, struct arena *a, const char *message,
		   const char *const *keys)
{
	struct scanner scanner = { .out = out, .a = a, .keys = keys };
	bool began = false;

	for (const char *end; *message; message = *end ? end + 1 : end) {
		struct text_line line = { .s = message };

		end = strchrnul(message, '\n');
		line.n = (size_t)(end - message);
		while (line.n && strchr("\r \t", line.s[line.n - 1]))
			line.n--;
		if (line.n && scanner.body)
			read_text_line(&scanner, line);
		began |= line.n > 0;
		scanner.blank = !line.n;
		scanner.body |= began && !line.n;
	}
}
