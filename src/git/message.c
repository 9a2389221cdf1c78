/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"

#define ID_MIN 7
#define ID_MAX 40
/* What nobody writes is not read further: bytes of a remark, mentions. */
#define REMARK_MAX   500
#define MENTIONS_MAX 1000

/* A line of a message, without its end (LF or CRLF). */
struct line {
	const char *s;
	size_t n;
	bool starts;   /* the first of its paragraph */
	bool quoted;   /* indented, behind ">", or between fences */
	bool listed;   /* in what a squash lists: the messages of others */
	bool restated; /* its paragraph follows another revert's subject */
	bool claims;   /* it says what this commit reverts */
};

struct lines {
	struct line *at;
	size_t nr, cap;
};

/* --- reading words ------------------------------------------------------ */

static bool line_starts_with(const char *s, const char *prefix)
{
	return !strncasecmp(s, prefix, strlen(prefix));
}

static bool is_blank_line(const struct line *line)
{
	for (size_t i = 0; i < line->n; i++)
		if (!isspace((unsigned char)line->s[i]))
			return false;
	return true;
}

/* White space with at most one line end: a sentence may be wrapped, but ends
 * with its paragraph. */
static const char *skip_space(const char *s)
{
	bool wrapped = false;

	for (; isspace((unsigned char)*s); s++) {
		if (*s != '\n')
			continue;
		if (wrapped)
			break;
		wrapped = true;
	}
	return s;
}

/* Behind `words`, or NULL if they are not there. A space stands for any white
 * space. */
static const char *skip_words(const char *s, const char *words)
{
	for (; *words; words++) {
		if (*words == ' ') {
			if (!isspace((unsigned char)*s))
				return NULL;
			s = skip_space(s);
		} else if (tolower((unsigned char)*s++) != *words) {
			return NULL;
		}
	}
	return s;
}

static bool is_mention_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* The id at *s, in lower case, and *s behind it. NULL if there is none, or
 * only part of a longer word. */
static char *read_id(struct arena *a, const char **s)
{
	size_t n = strspn(*s, "0123456789abcdefABCDEF");
	char *id;

	if (n < ID_MIN || n > ID_MAX || is_mention_char((*s)[n]))
		return NULL;
	id = arena_strndup(a, *s, n);
	for (char *c = id; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	*s += n;
	return id;
}

static bool has_digit(const char *id)
{
	return strpbrk(id, "0123456789") != NULL;
}

static bool id_has_letter(const char *id)
{
	return strpbrk(id, "abcdef") != NULL;
}

/* --- lines -------------------------------------------------------------- */

static struct line *push_line(struct lines *lines, const char *s)
{
	struct line *line;

	if (lines->nr == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 32;
		lines->at =
			mem_realloc(lines->at, lines->cap * sizeof(*lines->at));
	}
	line = &lines->at[lines->nr++];
	memset(line, 0, sizeof(*line));
	line->s = s;
	line->n = strcspn(s, "\n");
	if (line->n && s[line->n - 1] == '\r')
		line->n--;
	return line;
}

static bool is_fence_line(const struct line *line)
{
	return !strncmp(line->s, "```", 3) || !strncmp(line->s, "~~~", 3);
}

static bool is_revert_subject(const struct line *line)
{
	return line_starts_with(line->s, "revert \"") ||
	       line_starts_with(line->s, "reapply \"");
}

/* Whether the messages of other commits follow: what git merge --squash and
 * git rebase write, a bullet that is a paragraph of its own (forges write
 * those), the header of a commit as git log prints it. */
static bool opens_list(const struct lines *lines, size_t i)
{
	const struct line *line = &lines->at[i];
	bool alone = line->starts &&
		     (i + 1 == lines->nr || is_blank_line(&lines->at[i + 1]));
	const char *id = skip_words(line->s, "commit ");

	if (id && strspn(id, "0123456789abcdef") == ID_MAX &&
	    line->n == (size_t)(id - line->s) + ID_MAX)
		return true;
	return (alone && !strncmp(line->s, "* ", 2)) ||
	       line_starts_with(line->s, "squashed commit of the following") ||
	       line_starts_with(line->s, "# this is a combination of") ||
	       line_starts_with(line->s, "# this is the 1st commit message");
}

static void mark_code(struct lines *lines)
{
	bool fenced = false, listed = false, restated = false;

	for (size_t i = 0; i < lines->nr; i++) {
		struct line *line = &lines->at[i];
		bool blank = is_blank_line(line);

		line->starts = !blank && i && is_blank_line(line - 1);
		listed = listed || (i && opens_list(lines, i));
		line->listed = listed;
		line->quoted = fenced || *line->s == '>' ||
			       isspace((unsigned char)*line->s);
		if (is_fence_line(line))
			fenced = !fenced;
		line->restated = restated;
		if (!blank)
			restated = i && line->starts && is_revert_subject(line);
	}
}

/* The lines behind leading blank ones; at[0] is the subject's first. To be
 * freed: lines->at. */
static void split(struct lines *lines, const char *message)
{
	memset(lines, 0, sizeof(*lines));
	while (*message) {
		const struct line *line = push_line(lines, message);

		if (lines->nr == 1 && is_blank_line(line))
			lines->nr = 0;
		message += strcspn(message, "\n");
		message += *message == '\n';
	}
	mark_code(lines);
}

/* --- trailers ----------------------------------------------------------- */

/* Where the key of a trailer ends: at the colon of "Key: value"; 0 if the line
 * is none. As find_separator() of git's trailer.c. */
static size_t key_end(const struct line *line)
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

static bool is_continuation(const struct line *line)
{
	return line->n && (*line->s == ' ' || *line->s == '\t');
}

/* Lines that git itself writes, and that make a block one of trailers although
 * other text is in it. */
static bool is_gits_own(const struct line *line)
{
	return !strncmp(line->s, "Signed-off-by: ", 15) ||
	       !strncmp(line->s, "(cherry picked from commit ", 27);
}

struct tally {
	size_t trailers, others, continued;
	bool gits_own;
};

static void count_line(struct tally *tally, const struct line *line)
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

/* Behind the last line that counts: blank lines, comments and the list of
 * conflicts that old versions of git left there do not. */
static size_t text_end(const struct lines *lines)
{
	size_t end = 0;
	bool conflicts = false;

	for (size_t i = 0; i < lines->nr; i++) {
		const struct line *line = &lines->at[i];

		if (line->n == 10 && !strncmp(line->s, "Conflicts:", 10))
			conflicts = true;
		else if (!is_blank_line(line) && *line->s != '#' &&
			 !(conflicts && *line->s == '\t')) {
			end = i + 1;
			conflicts = false;
		}
	}
	return end;
}

/* The first line of the trailer block; *end is behind its last. Equal if there
 * is none. The subject's paragraph never is one. */
static size_t find_block(size_t *end, const struct lines *lines)
{
	struct tally tally = { 0 };
	size_t title = 0, i;

	while (title < lines->nr && !is_blank_line(&lines->at[title]))
		title++;
	*end = text_end(lines);
	for (i = *end; i > title && !is_blank_line(&lines->at[i - 1]); i--)
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

static struct trailer read_trailer(struct arena *a, const struct lines *lines,
				   size_t *at, size_t end)
{
	const struct line *line = &lines->at[*at];
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

void message_trailers(struct trailers *out, struct arena *a,
		      const char *message)
{
	struct lines lines;
	size_t end, i;

	split(&lines, message);
	i = find_block(&end, &lines);
	while (i < end) {
		if (key_end(&lines.at[i]))
			vec_push(a, out, read_trailer(a, &lines, &i, end));
		else
			i++;
	}
	free(lines.at);
}

/* --- mentions ----------------------------------------------------------- */

static void mention(struct mentions *out, struct arena *a,
		    enum mention_type type, const char *id, const char *subject)
{
	vec_push(a, out, (struct mention){ type, id, subject });
}

/* Behind a remark on the id before: (subject, date) or "subject". */
static const char *skip_remark(const char *s)
{
	const char *from = skip_space(s);
	char close = *from == '(' ? ')' : *from == '"' ? '"' : '\0';
	const char *end;

	if (!close)
		return s;
	for (end = from + 1; *end && *end != close; end++)
		if (end - from > REMARK_MAX ||
		    (end[0] == '\n' && end[1] == '\n'))
			return s;
	return *end ? end + 1 : s;
}

/* To the next id of "A, B and C"; NULL at the end of the list. */
static const char *next_of_list(const char *s)
{
	const char *more = skip_remark(s), *and;
	bool comma = *more == ',';

	more = skip_space(more + comma);
	and = skip_words(more, "and ");
	if (!and&&!comma)
		return NULL;
	more = and? and : more;
	and = skip_words(more, "commit ");
	return and? and : more;
}

#define REVERTS "this reverts commit"

/* "This reverts commit A, reversing changes made to B", or "commits A, B and
 * C". */
static void read_revert(struct mentions *out, struct arena *a, const char *s)
{
	const char *at = skip_words(s, REVERTS);
	const char *id;

	at += tolower((unsigned char)*at) == 's';
	if (!isspace((unsigned char)*at))
		return;
	at = skip_space(at);
	id = read_id(a, &at);
	while (id && out->nr < MENTIONS_MAX) {
		mention(out, a, MENTION_REVERT, id, NULL);
		at = next_of_list(at);
		id = at ? read_id(a, &at) : NULL;
		if (id && !has_digit(id))
			break; /* rather a word, such as "defaced" */
	}
}

/* The text of `("...")` on this line, or NULL. */
static const char *read_subject(struct arena *a, const char *s,
				const struct line *line)
{
	const char *end = line->s + line->n, *close;

	while (s < end && *s == ' ')
		s++;
	if (end - s < 4 || strncmp(s, "(\"", 2))
		return NULL;
	for (close = end - 2; close > s + 1; close--)
		if (!strncmp(close, "\")", 2))
			return arena_strndup(a, s + 2, (size_t)(close - s - 2));
	return NULL;
}

/* "Fixes: <id> ("subject")", "Fixes <id>". Digits alone are rather the number
 * of a bug, unless a subject stands beside them. */
static void read_fix(struct mentions *out, struct arena *a,
		     const struct line *line)
{
	const char *at = skip_words(line->s, "fixes"), *more, *id, *subject;

	if (!at)
		return;
	at += *at == ':';
	if (*at != ' ' && *at != '\t')
		return;
	at += strspn(at, " \t");
	more = skip_words(at, "commit ");
	at = more ? more : at;
	id = read_id(a, &at);
	if (!id)
		return;
	subject = read_subject(a, at, line);
	if (subject || (id_has_letter(id) && has_digit(id)) ||
	    strlen(id) == ID_MAX)
		mention(out, a, MENTION_FIX, id, subject);
}

/* `before`, an id and `after`, at the start of a line. */
static void read_between(struct mentions *out, struct arena *a,
			 enum mention_type type, const char *s,
			 const char *before, const char *after)
{
	const char *at = skip_words(s, before), *id;

	if (!at)
		return;
	at = skip_space(at);
	id = read_id(a, &at);
	if (id && skip_words(skip_space(at), after))
		mention(out, a, type, id, NULL);
}

/* Whether the subject itself speaks of a revert. */
static bool says_revert(const struct line *subject)
{
	static const char *const words[] = { "revert", "reapply" };

	for (size_t i = 0; i < subject->n; i++) {
		if (i && is_mention_char(subject->s[i - 1]))
			continue;
		for (size_t w = 0; w < ARRAY_SIZE(words); w++)
			if (line_starts_with(subject->s + i, words[w]))
				return true;
	}
	return false;
}

/* Whether "This reverts commit" counts in this line. Below a subject that
 * speaks of it, wherever a line begins so; elsewhere it must begin a paragraph
 * or follow another such line, and not stand below the subject of another
 * revert. */
static bool claims(const struct line *line, const struct line *before,
		   bool reverting)
{
	if (line->quoted || line->listed || !skip_words(line->s, REVERTS))
		return false;
	if (reverting)
		return true;
	return line->starts ? !line->restated : before->claims;
}

static void read_mention_line(struct mentions *out, struct arena *a,
			      const struct line *line)
{
	if (line->claims)
		read_revert(out, a, line->s);
	if (line->quoted)
		return;
	if (!line->listed)
		read_fix(out, a, line);
	read_between(out, a, MENTION_PICK, line->s,
		     "(cherry picked from commit", ")");
	read_between(out, a, MENTION_UPSTREAM, line->s, "[upstream commit",
		     "]");
	read_between(out, a, MENTION_UPSTREAM, line->s, "[ upstream commit",
		     "]");
	read_between(out, a, MENTION_UPSTREAM, line->s, "commit", "upstream");
}

void message_mentions(struct mentions *out, struct arena *a,
		      const char *message)
{
	static const char *const words[] = { "reverts", "fixes",
					     "cherry picked", "upstream" };
	struct lines lines;
	bool any = false, reverting;

	for (size_t i = 0; i < ARRAY_SIZE(words) && !any; i++)
		any = strcasestr(message, words[i]) != NULL;
	if (!any)
		return;
	split(&lines, message);
	reverting = lines.nr && says_revert(&lines.at[0]);
	for (size_t i = 1; i < lines.nr && out->nr < MENTIONS_MAX; i++) {
		struct line *line = &lines.at[i];

		line->claims = claims(line, line - 1, reverting);
		read_mention_line(out, a, line);
	}
	free(lines.at);
}

/* --- requests ----------------------------------------------------------- */

/* The digits at `s` with their sign in front; NULL if there are none. */
static const char *read_request_number(struct arena *a, const char *s)
{
	size_t n = *s == '#' || *s == '!' ? strspn(s + 1, "0123456789") : 0;

	return n && n <= 18 ? arena_strndup(a, s, n + 1) : NULL;
}

static char *line_text(struct arena *a, const struct line *line)
{
	struct buf text = BUF_INIT;
	char *copy;

	add_trimmed(&text, line->s, line->n);
	copy = arena_strdup(a, text.p);
	buf_release(&text);
	return copy;
}

static bool is_gitlab(const struct line *line)
{
	return !strncmp(line->s, "See merge request ", 18);
}

/* The first line behind the subject, which on GitHub, GitLab and Bitbucket is
 * the title of what was merged; NULL if there is only their own text. */
static const char *first_of_body(struct arena *a, const struct lines *lines)
{
	for (size_t i = 1; i < lines->nr; i++) {
		const struct line *line = &lines->at[i];

		if (!line->starts)
			continue;
		if (is_gitlab(line) || key_end(line))
			return NULL;
		return line_text(a, line);
	}
	return NULL;
}

/* "Merge pull request #12 from ...", "Merged in x (pull request #7)". */
static const char *number_in_subject(struct arena *a, const struct line *line)
{
	const char *at = skip_words(line->s, "merge pull request ");

	if (at)
		return read_request_number(a, at);
	if (!line_starts_with(line->s, "merged in "))
		return NULL;
	at = memmem(line->s, line->n, "(pull request #", 15);
	return at ? read_request_number(a, at + 14) : NULL;
}

/* "See merge request group/project!34". */
static const char *number_in_body(struct arena *a, const struct lines *lines)
{
	for (size_t i = lines->nr; i-- > 1;) {
		const struct line *line = &lines->at[i];
		const char *sign =
			is_gitlab(line) ? memchr(line->s, '!', line->n) : NULL;

		if (sign)
			return read_request_number(a, sign);
	}
	return NULL;
}

/* "Title (#56)": the number, and the subject's text without it. */
static const char *number_behind_title(const char **title, struct arena *a,
				       const struct lines *lines)
{
	struct buf subject = BUF_INIT;
	const char *open, *number = NULL;

	for (size_t i = 0; i < lines->nr && !is_blank_line(&lines->at[i]);
	     i++) {
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
	struct lines lines;

	*number = *title = NULL;
	split(&lines, message);
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
	struct lines lines;

	if (!strcasestr(message, key))
		return;
	split(&lines, message);
	for (size_t i = 1; i < lines.nr && out->nr < MENTIONS_MAX; i++) {
		struct line line = lines.at[i];

		if (line.quoted || !line_starts_with(line.s, key))
			continue;
		line.s += sizeof(key) - 1;
		line.n -= sizeof(key) - 1;
		if (!is_blank_line(&line))
			strs_add(a, out, line_text(a, &line));
	}
	free(lines.at);
}
