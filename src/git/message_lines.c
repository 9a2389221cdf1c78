/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/message_lines.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* What is set in so far is a quotation. */
#define QUOTE_INDENT 4

static struct message_line *add_line(struct message_lines *lines, const char *s,
				     size_t n)
{
	struct message_line *line;

	if (lines->nr == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 32;
		lines->at =
			mem_realloc(lines->at, lines->cap * sizeof(*lines->at));
	}
	line = &lines->at[lines->nr++];
	memset(line, 0, sizeof(*line));
	line->s = s;
	line->n = n;
	if (line->n && s[line->n - 1] == '\r')
		line->n--;
	return line;
}

bool message_line_is_blank(const struct message_line *line)
{
	for (size_t i = 0; i < line->n; i++)
		if (!isspace((unsigned char)line->s[i]))
			return false;
	return true;
}

static bool begins_with(const char *s, const char *prefix)
{
	return !strncasecmp(s, prefix, strlen(prefix));
}

static bool is_fence(const struct message_line *line)
{
	return !strncmp(line->s, "```", 3) || !strncmp(line->s, "~~~", 3);
}

static bool is_revert_subject(const struct message_line *line)
{
	return begins_with(line->s, "revert \"") ||
	       begins_with(line->s, "reapply \"");
}

/* "commit <id>", as git log prints the header of one. */
static bool is_log_header(const struct message_line *line)
{
	size_t n = line->n > 7 ? line->n - 7 : 0;

	return (n == 40 || n == 64) && begins_with(line->s, "commit ") &&
	       strspn(line->s + 7, "0123456789abcdef") == n;
}

/* Whether the messages of other commits follow: what git merge --squash and
 * git rebase write, a bullet that is a paragraph of its own (forges write
 * those), the header of a commit. */
static bool opens_list(const struct message_lines *lines, size_t i)
{
	const struct message_line *line = &lines->at[i];
	bool alone = line->starts && (i + 1 == lines->nr ||
				      message_line_is_blank(&lines->at[i + 1]));

	return is_log_header(line) || (alone && !strncmp(line->s, "* ", 2)) ||
	       begins_with(line->s, "squashed commit of the following") ||
	       begins_with(line->s, "# this is a combination of") ||
	       begins_with(line->s, "# this is the 1st commit message");
}

static bool is_quoted_line(const struct message_line *line)
{
	return *line->s == '>' || *line->s == '\t' ||
	       strspn(line->s, " ") >= QUOTE_INDENT;
}

/* `Revert "T"` right below a subject that is not T says what this commit does;
 * elsewhere it is one of the messages of a squash, whose commits are not in
 * history. */
static bool is_restated(const struct message_lines *lines, size_t i)
{
	const struct message_line *line = &lines->at[i], *subject = lines->at;
	const char *title = memchr(line->s, '"', line->n);
	const char *end = memrchr(line->s, '"', line->n);

	if (!i || !line->starts || !is_revert_subject(line))
		return false;
	for (size_t before = 1; before < i; before++)
		if (!message_line_is_blank(&lines->at[before]))
			return true;
	return !title || end <= title + 1 ||
	       memmem(subject->s, subject->n, title + 1,
		      (size_t)(end - title - 1));
}

static void mark_lines(struct message_lines *lines)
{
	bool fenced = false, listed = false, restated = false;

	for (size_t i = 0; i < lines->nr; i++) {
		struct message_line *line = &lines->at[i];
		bool blank = message_line_is_blank(line);

		line->starts = !blank && i && message_line_is_blank(line - 1);
		listed = listed || (i && opens_list(lines, i));
		line->listed = listed;
		line->quoted = fenced || is_quoted_line(line);
		line->indented = isspace((unsigned char)*line->s);
		if (is_fence(line))
			fenced = !fenced;
		line->restated = restated;
		if (!blank)
			restated = is_restated(lines, i);
	}
}

void message_lines_cut(struct message_lines *lines, const char *message)
{
	memset(lines, 0, sizeof(*lines));
	while (*message) {
		const char *end = strchrnul(message, '\n');
		const struct message_line *line =
			add_line(lines, message, (size_t)(end - message));

		if (lines->nr == 1 && message_line_is_blank(line))
			lines->nr = 0;
		message = end + (*end == '\n');
	}
}

void message_lines_split(struct message_lines *lines, const char *message)
{
	message_lines_cut(lines, message);
	mark_lines(lines);
}
