/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "git/message_lines.h"

/* What nobody writes is not read further. */
#define CO_AUTHORS_MAX 1000

static bool line_starts_with(const char *s, const char *prefix)
{
	return !strncasecmp(s, prefix, strlen(prefix));
}

/* --- trailers ----------------------------------------------------------- */

/* Where the key of a trailer ends: at the colon of "Key: value"; 0 if the line
 * is none. As find_separator() of git's trailer.c. */
static size_t key_end(const struct message_line *line)
{
	bool spaces = false;

	for (size_t i = 0; i < line->n; i++) {
		char c = line->s[i];

		if (c == ':')
			return i;
		if (i && (c == ' ' || c == '\t'))
			spaces = true;
		else if (spaces || (!isalnum((unsigned char)c) && c != '-'))
			return 0;
	}
	return 0;
}

static bool is_continuation(const struct message_line *line)
{
	return line->n && (*line->s == ' ' || *line->s == '\t');
}

/* Lines that git itself writes, and that make a block one of trailers although
 * other text is in it. */
static bool is_gits_own(const struct message_line *line)
{
	return !strncmp(line->s, "Signed-off-by: ", 15) ||
	       !strncmp(line->s, "(cherry picked from commit ", 27);
}

struct tally {
	size_t trailers, others, continued;
	bool gits_own;
};

static void count_line(struct tally *tally, const struct message_line *line)
{
	if (*line->s == '#') {
		tally->others += tally->continued;
		tally->continued = 0;
	} else if (is_gits_own(line) || key_end(line)) {
		tally->gits_own |= is_gits_own(line);
		tally->trailers++;
		tally->continued = 0;
	} else if (is_continuation(line)) {
		tally->continued++;
	} else {
		tally->others += 1 + tally->continued;
		tally->continued = 0;
	}
}

/* After the last line that counts: blank lines, comments and the list of
 * conflicts that old versions of git left there do not. */
static size_t text_end(const struct message_lines *lines)
{
	size_t end = 0;
	bool conflicts = false;

	for (size_t i = 0; i < lines->nr; i++) {
		const struct message_line *line = &lines->at[i];

		if (line->n == 10 && !strncmp(line->s, "Conflicts:", 10))
			conflicts = true;
		else if (!message_line_is_blank(line) && *line->s != '#' &&
			 !(conflicts && *line->s == '\t')) {
			end = i + 1;
			conflicts = false;
		}
	}
	return end;
}

/* The first line of the trailer block; *end is behind its last. Equal if there
 * is none. The subject's paragraph never is one. */
static size_t find_trailer_block(size_t *end, const struct message_lines *lines)
{
	struct tally tally = { 0 };
	size_t title = 0, i;

	while (title < lines->nr && !message_line_is_blank(&lines->at[title]))
		title++;
	*end = text_end(lines);
	for (i = *end; i > title && !message_line_is_blank(&lines->at[i - 1]);
	     i--)
		count_line(&tally, &lines->at[i - 1]);
	tally.others += tally.continued;
	if (i <= title)
		return *end;
	if (tally.trailers && !tally.others)
		return i;
	if (tally.gits_own && tally.trailers * 3 >= tally.others)
		return i;
	return *end;
}

/* Appends without white space at the ends. */
static void add_trimmed(struct buf *out, const char *s, size_t n)
{
	while (n && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	buf_add(out, s, n);
}

static struct trailer read_trailer(struct arena *a,
				   const struct message_lines *lines,
				   size_t *at, size_t end)
{
	const struct message_line *line = &lines->at[*at];
	struct buf key = BUF_INIT, value = BUF_INIT;
	size_t colon = key_end(line);
	struct trailer trailer;

	add_trimmed(&key, line->s, colon);
	add_trimmed(&value, line->s + colon + 1, line->n - colon - 1);
	while (++*at < end && is_continuation(&lines->at[*at])) {
		buf_addstr(&value, value.n ? " " : "");
		add_trimmed(&value, lines->at[*at].s, lines->at[*at].n);
	}
	trailer.key = arena_strdup(a, key.p);
	trailer.value = arena_strdup(a, value.p);
	buf_release(&key);
	buf_release(&value);
	return trailer;
}

/* `key` is NULL for all. */
static bool is_trailer_of(const struct message_line *line, const char *key)
{
	size_t n = key_end(line);

	return n && (!key ||
		     (!strncasecmp(line->s, key, strlen(key)) &&
		      strspn(line->s + strlen(key), " \t") == n - strlen(key)));
}

void message_trailers_of(struct trailers *out, struct arena *a,
			 const char *message, const char *key)
{
	struct message_lines lines;
	size_t end, i;

	message_lines_cut(&lines, message);
	i = find_trailer_block(&end, &lines);
	while (i < end) {
		if (is_trailer_of(&lines.at[i], key))
			vec_push(a, out, read_trailer(a, &lines, &i, end));
		else
			i++;
	}
	free(lines.at);
}

void message_trailers(struct trailers *out, struct arena *a,
		      const char *message)
{
	message_trailers_of(out, a, message, NULL);
}

/* --- requests ----------------------------------------------------------- */

/* The digits at `s` with their sign in front; NULL if there are none. */
static const char *read_request_number(struct arena *a, const char *s)
{
	size_t n = *s == '#' || *s == '!' ? strspn(s + 1, "0123456789") : 0;

	return n && n <= 18 ? arena_strndup(a, s, n + 1) : NULL;
}

static char *line_text(struct arena *a, const struct message_line *line)
{
	struct buf text = BUF_INIT;
	char *copy;

	add_trimmed(&text, line->s, line->n);
	copy = arena_strdup(a, text.p);
	buf_release(&text);
	return copy;
}

static bool is_gitlab(const struct message_line *line)
{
	return !strncmp(line->s, "See merge request ", 18);
}

/* "fix: ...": the title of a request, where a trailer would have a name. */
static bool is_conventional(const struct message_line *line)
{
	static const char *const types[] = {
		"build",   "chore",    "ci",     "deps", "docs",     "feat",
		"feature", "fix",      "hotfix", "perf", "refactor", "release",
		"revert",  "security", "style",  "test", "tests",
	};
	size_t n = key_end(line);

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (strlen(types[i]) == n && !memcmp(types[i], line->s, n))
			return true;
	return false;
}

/* The first line behind the subject, which on GitHub, GitLab and Bitbucket is
 * the title of what was merged; NULL if there is only their own text. */
static const char *first_of_body(struct arena *a,
				 const struct message_lines *lines)
{
	for (size_t i = 1; i < lines->nr; i++) {
		const struct message_line *line = &lines->at[i];

		if (!line->starts)
			continue;
		if (is_gitlab(line) ||
		    (key_end(line) && !is_conventional(line)))
			return NULL;
		return line_text(a, line);
	}
	return NULL;
}

/* "Merge pull request #12 from ...", "Merged in x (pull request #7)". */
static const char *number_in_subject(struct arena *a,
				     const struct message_line *line)
{
	static const char merge[] = "merge pull request ";
	const char *at;

	if (line_starts_with(line->s, merge))
		return read_request_number(a, line->s + strlen(merge));
	if (!line_starts_with(line->s, "merged in "))
		return NULL;
	at = memmem(line->s, line->n, "(pull request #", 15);
	return at ? read_request_number(a, at + 14) : NULL;
}

/* "See merge request group/project!34". */
static const char *number_in_body(struct arena *a,
				  const struct message_lines *lines)
{
	for (size_t i = lines->nr; i-- > 1;) {
		const struct message_line *line = &lines->at[i];
		const char *sign =
			is_gitlab(line) ? memchr(line->s, '!', line->n) : NULL;

		if (sign)
			return read_request_number(a, sign);
	}
	return NULL;
}

/* "Title (#56)": the number, and the subject's text without it. */
static const char *number_behind_title(const char **title, struct arena *a,
				       const struct message_lines *lines)
{
	struct buf subject = BUF_INIT;
	const char *open, *number = NULL;

	for (size_t i = 0;
	     i < lines->nr && !message_line_is_blank(&lines->at[i]); i++) {
		buf_addstr(&subject, i ? " " : "");
		add_trimmed(&subject, lines->at[i].s, lines->at[i].n);
	}
	open = strrchr(subject.p, '(');
	if (open)
		number = read_request_number(a, open + 1);
	if (number && !strcmp(open + 1 + strlen(number), ")")) {
		buf_truncate(&subject, (size_t)(open - subject.p));
		while (subject.n && subject.p[subject.n - 1] == ' ')
			buf_truncate(&subject, subject.n - 1);
		*title = subject.n ? arena_strdup(a, subject.p) : NULL;
	} else {
		number = NULL;
	}
	buf_release(&subject);
	return number;
}

bool message_request(const char **number, const char **title, struct arena *a,
		     const char *message)
{
	struct message_lines lines;

	*number = *title = NULL;
	message_lines_split(&lines, message);
	if (lines.nr) {
		*number = number_in_subject(a, &lines.at[0]);
		if (!*number)
			*number = number_in_body(a, &lines);
		if (*number)
			*title = first_of_body(a, &lines);
		else
			*number = number_behind_title(title, a, &lines);
	}
	free(lines.at);
	return *number != NULL;
}

/* --- people ------------------------------------------------------------- */

void message_co_authors(struct strs *out, struct arena *a, const char *message)
{
	static const char key[] = "co-authored-by:";
	struct message_lines lines;

	if (!strcasestr(message, key))
		return;
	message_lines_split(&lines, message);
	for (size_t i = 1; i < lines.nr && out->nr < CO_AUTHORS_MAX; i++) {
		struct message_line line = lines.at[i];

		if (line.quoted || line.indented ||
		    !line_starts_with(line.s, key))
			continue;
		line.s += sizeof(key) - 1;
		line.n -= sizeof(key) - 1;
		if (!message_line_is_blank(&line))
			strs_add(a, out, line_text(a, &line));
	}
	free(lines.at);
}
