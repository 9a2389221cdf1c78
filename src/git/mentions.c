/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Phrases are patterns of words, read from a place in the message on. Between
 * words stand white space, with one line end at most, hyphens and asterisks, so
 * that "cherry-picked", "cherry picked" and "*partially* reverts" read alike.
 */
#include "git/mentions.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "git/message_lines.h"

#define ID_MIN 7
/* What nobody writes is not read further: bytes of a remark, mentions, letters
 * of a word, bytes of a URL, bytes between two words. */
#define REMARK_MAX   500
#define MENTIONS_MAX 1000
#define WORD_MAX     24
#define URL_MAX      300
#define GAP_MAX      200

/* --- words -------------------------------------------------------------- */

/* A place in a message. */
struct reader {
	struct arena *a;
	const char *at;
	bool part; /* a word was read that says: not all of it */
};

static bool is_id_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* White space with at most one line end: a sentence may be wrapped, but ends
 * with its paragraph. */
static const char *skip_space(const char *s)
{
	bool wrapped = false;

	for (int n = 0; n < GAP_MAX && isspace((unsigned char)*s); n++, s++) {
		if (*s != '\n')
			continue;
		if (wrapped)
			break;
		wrapped = true;
	}
	return s;
}

static const char *skip_mention_gap(const char *s)
{
	const char *start = s;

	if (isalnum((unsigned char)*s))
		return s;
	for (;;) {
		const char *next = memchr(start, '\n', (size_t)(s - start))
					   ? s + strspn(s, " \t")
					   : skip_space(s);

		while (*next == '-' || *next == '*' || *next == '_')
			next++;
		if (!strncmp(next, "(s)", 3)) /* "revision(s)" */
			next += 3;
		if (next == s || next - start > GAP_MAX)
			return s;
		s = next;
	}
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (isalpha((unsigned char)s[n]))
		n++;
	return isdigit((unsigned char)s[n]) ? 0 : n;
}

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | ' ') : c;
}

/* Whether a word of `n` letters is one of "a|b|c". Most are not: the words are
 * passed over here, faster than by calls. */
static bool is_mention_of(const char *word, size_t n, const char *words,
			  size_t end)
{
	const char *stop = words + end;
	char first = lower_ascii(*word);

	while (words < stop) {
		size_t same = 0;

		if (*words == first)
			while (same < n && words + same < stop &&
			       words[same] == lower_ascii(word[same]))
				same++;
		words += same;
		if (same == n && (words == stop || *words == '|'))
			return true;
		while (words < stop && *words++ != '|')
			;
	}
	return false;
}

static bool is_in(const char *word, size_t n, const char *words)
{
	return is_mention_of(word, n, words, strlen(words));
}

#define PARTS "partial|partially|partly|part|parts|some|mostly|half"

/* The word that comes next; n: 0 if there is none, or none that anybody would
 * ask for. */
struct word {
	const char *at;
	size_t n;
};

static struct word word_ahead(const char *s)
{
	const char *at = skip_mention_gap(s);
	size_t n = word_length(at);

	return (struct word){ at, n > WORD_MAX ? 0 : n };
}

/* Most lines begin with a word that no phrase begins with: `starts` are those
 * that do, by their first letter. */
#define LETTERS 26

static bool starts_as(const char *s, const char *const starts[LETTERS])
{
	struct word word = word_ahead(s);
	const char *words = word.n ? starts[lower_ascii(*word.at) - 'a'] : NULL;

	return words && is_in(word.at, word.n, words);
}

static bool read_one_of(struct reader *r, struct word *word, const char *words,
			size_t end)
{
	if (!word->n || !is_mention_of(word->at, word->n, words, end))
		return false;
	r->part |= is_in(word->at, word->n, PARTS);
	r->at = word->at + word->n;
	*word = word_ahead(r->at);
	return true;
}

/* Reads "a|b c? d* :": one of several words, one that may be missing, any
 * number of them, a colon. The reader stays where it is if they are not there.
 */
static bool read_mention_words(struct reader *r, const char *pattern)
{
	struct reader ahead = *r;
	struct word word = word_ahead(r->at);

	while (*pattern) {
		size_t n = strcspn(pattern, " "), own = n;
		char kind = pattern[n - 1];

		if (kind == ':') {
			ahead.at = skip_space(ahead.at);
			if (*ahead.at++ != ':')
				return false;
			word = word_ahead(ahead.at);
		} else if (kind == '?' || kind == '*') {
			own--;
			while (read_one_of(&ahead, &word, pattern, own) &&
			       kind == '*')
				;
		} else if (!read_one_of(&ahead, &word, pattern, own)) {
			return false;
		}
		pattern += n + (pattern[n] == ' ');
	}
	*r = ahead;
	return true;
}

/* --- ids ---------------------------------------------------------------- */

static bool has_digit(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isdigit((unsigned char)s[i]))
			return true;
	return false;
}

static bool has_mention_letter(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isalpha((unsigned char)s[i]))
			return true;
	return false;
}

/* Every message comes here. */
static const bool is_hex[UCHAR_MAX + 1] = {
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
	['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
	['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true,
	['f'] = true, ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true,
	['E'] = true, ['F'] = true,
};

static size_t hex_length(const char *s)
{
	size_t n = 0;

	while (is_hex[(unsigned char)s[n]])
		n++;
	return n;
}

/* Whether so many digits are all of an id, by SHA-1 or SHA-256. */
static bool is_full(size_t n)
{
	return n == 40 || n == 64;
}

static bool is_id_length(size_t n)
{
	return (n >= ID_MIN && n <= 40) || is_full(n);
}

static const char *keep_id(struct arena *a, const char *s, size_t n)
{
	char *id = arena_strndup(a, s, n);

	for (char *c = id; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return id;
}

/* The digits at the end of a URL: after the last "/" or "=". */
static const char *read_url(struct reader *r, const char *at)
{
	size_t n = strcspn(at, " \t\r\n<>()[]\"'`"), from = n, length;

	if (n > URL_MAX)
		return NULL;
	while (from && at[from - 1] != '/' && at[from - 1] != '=')
		from--;
	length = hex_length(at + from);
	if (!from || !is_id_length(length) || is_id_char(at[from + length]))
		return NULL;
	r->at = at + n;
	return keep_id(r->a, at + from, length);
}

/* "owner/repo@" */
static const char *skip_owner(const char *at)
{
	const char *s = at;

	while (is_id_char(*s) || *s == '.' || *s == '/')
		s++;
	return *s == '@' && s > at ? s + 1 : at;
}

/* An id: bare, in quotes, of another repository, or a URL; NULL if there is
 * none here. */
static const char *read_id(struct reader *r)
{
	const char *at = skip_mention_gap(r->at);
	size_t n;

	at += strspn(at, "<[(`\"'");
	if (!strncasecmp(at, "http://", 7) || !strncasecmp(at, "https://", 8))
		return read_url(r, at);
	at = skip_owner(at);
	n = hex_length(at);
	if (!is_id_length(n) || is_id_char(at[n]) ||
	    (!is_full(n) && !has_digit(at, n)))
		return NULL;
	r->at = at + n + (at[n] == '`' || at[n] == '"' || at[n] == '\'');
	return keep_id(r->a, at, n);
}

/* After a remark on the id before: (subject, date) or "subject". */
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

/* The next id of "A, B and C"; NULL at the end of the list. */
static const char *next_id(struct reader *r)
{
	struct reader ahead = *r;
	const char *id;
	bool more = false;

	ahead.at = skip_space(skip_remark(ahead.at));
	if (*ahead.at == ',' || *ahead.at == '&' || *ahead.at == '+') {
		more = true;
		ahead.at++;
	}
	more |= read_mention_words(&ahead, "and");
	read_mention_words(&ahead, "commit?");
	id = more ? read_id(&ahead) : NULL;
	if (id)
		r->at = ahead.at;
	return id;
}

static bool is_told(const struct mentions *out, enum mention_type type,
		    const char *id)
{
	for (size_t i = 0; i < out->nr; i++)
		if (out->at[i].type == type && out->at[i].id &&
		    !strcmp(out->at[i].id, id))
			return true;
	return false;
}

static void add_mention(struct mentions *out, struct arena *a,
			enum mention_type type, const char *id,
			const char *subject)
{
	if (out->nr < MENTIONS_MAX && !(id && is_told(out, type, id)))
		vec_push(a, out, (struct mention){ type, id, subject });
}

/* --- what goes before an id --------------------------------------------- */

#define KIND "commit|commits|changeset|changesets|revision|revisions|patch"

/* "the commit", "upstream commit", "commit id:", "cinder commit" */
static const char *read_named_change(struct reader *r, const char *words)
{
	struct reader ahead = *r;
	const char *id;
	size_t n;

	read_mention_words(&ahead, words);
	ahead.at += *ahead.at == ',';
	id = read_id(&ahead);
	if (!id) {
		ahead.at = skip_space(ahead.at);
		n = word_length(ahead.at);
		if (n && n <= WORD_MAX) {
			ahead.at += n;
			if (read_mention_words(&ahead, KIND))
				id = read_id(&ahead);
		} else if (*ahead.at == ':') {
			ahead.at++;
			id = read_id(&ahead);
		}
	}
	if (id)
		*r = ahead;
	return id;
}

/* "#12", "owner/repo#12", "!12" */
static const char *read_mentioned_request(struct reader *r, bool any_owner)
{
	const char *at = skip_space(r->at), *sign = at;
	size_t n;

	while (any_owner && (is_id_char(*sign) || *sign == '.' || *sign == '/'))
		sign++;
	if (*sign != '#' && *sign != '!')
		return NULL;
	n = strspn(sign + 1, "0123456789");
	if (!n || n > 9 || isalnum((unsigned char)sign[1 + n]))
		return NULL;
	r->at = sign + 1 + n;
	return arena_strndup(r->a, sign, n + 1);
}

/* --- picks -------------------------------------------------------------- */

#define PICK_WORDS                                                             \
	"the|commit|commits|changeset|revision|revisions|id|sha|hash|patch|"   \
	"change|fix|bugfix|doc|docs|upstream|master|main|mainline|trunk|"      \
	"devel|of|from|" PARTS "*"

#define PICK_MANNERS                                                           \
	"manual|manually|clean|cleanly|simple|straight|direct|adapted|"        \
	"modified|rebased|" PARTS

/* The words that all of these begin with. */
static const char *const pick_starts[LETTERS] = {
	['a' - 'a'] = "a|an|adapted",
	['b' - 'a'] = "back|backport|backported|backports|based",
	['c' - 'a'] = "cherry|cherrypick|cherrypicked|cherrypicks|clean|"
		      "cleanly|commit|change",
	['d' - 'a'] = "direct|devel",
	['f' - 'a'] = "forward",
	['h' - 'a'] = "half",
	['i' - 'a'] = "is",
	['k' - 'a'] = "kernel",
	['m' - 'a'] = "manual|manually|modified|merge|master|main|mainline|"
		      "mostly",
	['o' - 'a'] = "original|origin",
	['p' - 'a'] = "ported|picked|partial|partially|partly|part|parts",
	['r' - 'a'] = "rebased|relands|reapplies|reinstates|reland|reapply",
	['s' - 'a'] = "simple|straight|some|source",
	['t' - 'a'] = "this|trunk",
	['u' - 'a'] = "upstream",
};

/* How a pick begins: at the start of a line, or behind a bracket. What has an
 * end, as a bracket, a colon, or nothing after the id, is no sentence about
 * that commit. */
static const struct {
	const char *words;
	enum mention_type type;
	bool loose; /* needs "from" or "of" or "commit" in front of the id */
} picks[] = {
	{ "this? is? a|an? " PICK_MANNERS "* cherry pick|picked|picks|picking",
	  MENTION_PICK, true },
	{ "this? is? a|an? " PICK_MANNERS
	  "* cherrypick|cherrypicked|cherrypicks|backport|backported|backports|"
	  "ported|picked",
	  MENTION_PICK, true },
	{ PARTS "? back ported|port|ports", MENTION_PICK, true },
	{ "forward port|ported|backport", MENTION_PICK, true },
	{ "rebased from", MENTION_PICK, true },
	{ "this? is? based on "
	  "upstream|master|main|mainline|trunk|devel|branch* commit",
	  MENTION_PICK, true },
	{ "merge revision|revisions", MENTION_PICK, true },
	{ "this? commit|change? relands|reapplies|reinstates|reland|reapply",
	  MENTION_PICK, true },
	{ "upstream commit|changeset|revision id?", MENTION_UPSTREAM, true },
	{ "upstream|master|main|mainline|trunk|devel|original|source|kernel "
	  "kernel|upstream|git? commit|changeset|revision id|sha|hash? :",
	  MENTION_UPSTREAM, true },
	{ "upstream :", MENTION_UPSTREAM, true },
	{ "origin : upstream|backport?", MENTION_UPSTREAM, true },
};

/* Whether the id that was read ends what is said, as in "of X from main", "X
 * (#12)", "X." */
static bool is_end(const char *at)
{
	struct reader ahead = { .at = at };

	at = skip_space(at);
	if (!*at || !isalnum((unsigned char)*at))
		return true;
	return strchr(ahead.at, '\n') && strchr(ahead.at, '\n') < at
		       ? true
		       : read_mention_words(&ahead,
					    "from|on|onto|in|by|to|for|with|"
					    "upstream|and|at|as|but|plus|into|"
					    "because|since|due");
}

/* What stands behind, up to the end of the line or sentence, may say that it is
 * not all. */
static bool says_part_behind(const char *at, const struct message_line *line)
{
	const char *end = line->s + line->n;

	for (; at < end; at++) {
		size_t n = isalpha((unsigned char)at[-1]) ? 0 : word_length(at);

		if (*at == '.' && at + 1 < end && at[1] == ' ')
			return false;
		if (n && n <= WORD_MAX &&
		    is_in(at, n, "partial|partially|partly"))
			return true;
		if (n == 2 && !strncasecmp(at, "in part", 7))
			return true;
	}
	return false;
}

static bool in_line(const char *at, const struct message_line *line)
{
	return at <= line->s + line->n;
}

/* "of PR #12, commits A and B": the number tells less than the ids. */
static void skip_request(struct reader *r)
{
	struct reader ahead = *r;

	read_mention_words(&ahead, "of|from|the|pr|mr|pull|merge|request*");
	if (!read_mentioned_request(&ahead, true))
		return;
	ahead.at += *ahead.at == ',';
	if (read_mention_words(&ahead, "commit|commits"))
		*r = ahead;
}

static bool read_pick(struct mentions *out, struct reader r,
		      const struct message_line *line)
{
	struct reader start = r;
	const char *id = NULL;
	enum mention_type type = MENTION_PICK;

	if (!starts_as(r.at, pick_starts))
		return false;
	for (size_t i = 0; !id && i < ARRAY_SIZE(picks); i++) {
		r = start;
		if (!read_mention_words(&r, picks[i].words))
			continue;
		type = picks[i].type;
		skip_request(&r);
		id = read_named_change(&r, PICK_WORDS);
	}
	if (!id || !is_end(r.at))
		return false;
	if (r.part || (in_line(r.at, line) && says_part_behind(r.at, line)))
		type = MENTION_PART;
	for (; id; id = next_id(&r))
		add_mention(out, r.a, type, id, NULL);
	return true;
}

/* "commit X upstream." */
static void read_upstream(struct mentions *out, struct reader r)
{
	const char *id;

	if (!read_mention_words(&r, "commit"))
		return;
	id = read_id(&r);
	if (id && read_mention_words(&r, "in|from|of? upstream") &&
	    !isalnum((unsigned char)r.at[strspn(r.at, " ")]))
		add_mention(out, r.a, MENTION_UPSTREAM, id, NULL);
}

/* Whether the words before a bracket say that it is not what this commit is. */
static bool is_referred(const char *start, const char *at)
{
	size_t n = 0;

	while (at > start && isspace((unsigned char)at[-1]))
		at--;
	while (at > start && isalpha((unsigned char)at[-1])) {
		at--;
		n++;
	}
	return n && is_in(at, n,
			  "see|not|unlike|like|than|versus|vs|against|"
			  "cf|of|as|in|without|instead");
}

/* At the start of a line, behind its bullet and bracket, then in any bracket.
 */
static void read_pick_line(struct mentions *out, struct arena *a,
			   const struct message_line *line)
{
	const char *end = line->s + line->n;
	struct reader r = { a, line->s + strspn(line->s, " *-+"), false };

	r.at += strspn(r.at, "([ ");
	if (read_pick(out, r, line))
		return;
	read_upstream(out, r);
	if (!memchr(line->s, '(', line->n) && !memchr(line->s, '[', line->n))
		return;
	for (const char *at = r.at; at < end; at++) {
		if ((*at != '(' && *at != '[') || is_referred(line->s, at))
			continue;
		r.at = at + 1 + strspn(at + 1, " ");
		if (read_pick(out, r, line))
			return;
	}
}

/* "Partial backport": then nothing of this message is all of another. */
static bool says_part_of_pick(const struct message_line *line)
{
	struct reader r = { NULL, line->s + strspn(line->s, "([ *-+"), false };

	return read_mention_words(&r, "this? is? a? partial|partially|partly "
				      "cherry|cherrypick|cherrypicked|backport|"
				      "backported|back|pick|port");
}

/* --- reverts ------------------------------------------------------------ */

#define REVERT_WORDS                                                           \
	"the|a|an|" KIND "|change|changes|pr|mr|pull|merge|request|requests|"  \
	"made|done|introduced|of|from|in|by|that|id|sha|hash|" PARTS "*"

/* "This change reverted in X", "reverted by X": X is the revert. */
static bool is_passive(const char *start, const struct reader *behind)
{
	static const char verb[] = "reverted";
	struct reader ahead = *behind;

	return (size_t)(behind->at - start) >= strlen(verb) &&
	       !strncasecmp(behind->at - strlen(verb), verb, strlen(verb)) &&
	       read_mention_words(&ahead, "in|by|with|at|via|through");
}

/* The words that read_revert_verb() begins with. */
static const char *const verb_starts[LETTERS] = {
	['a' - 'a'] = "and|also|a|an",
	['b' - 'a'] = "basically|back|backs|backed|backing|backout",
	['c' - 'a'] = "commit|change|changeset|cl|completely|clean",
	['e' - 'a'] = "effectively|essentially|effective",
	['f' - 'a'] = "fully",
	['h' - 'a'] = "hence|half",
	['i' - 'a'] = "it|is",
	['j' - 'a'] = "just",
	['m' - 'a'] = "mr|manually|manual|mostly",
	['n' - 'a'] = "now",
	['p' - 'a'] = "patch|pr|pure|plain|partial|partially|partly|part|parts",
	['r' - 'a'] = "revert|reverts|reverted|reverting",
	['s' - 'a'] = "so|simply|straight|some",
	['t' - 'a'] = "this|thus",
	['u' - 'a'] = "undo|undoes|undid",
	['w' - 'a'] = "which",
};

/* "This effectively reverts", "Reverts", "backs out" */
static bool read_revert_verb(struct reader *r)
{
	struct reader ahead = *r;

	if (!starts_as(r->at, verb_starts))
		return false;
	if (read_mention_words(
		    &ahead,
		    "this|it|so|and|also|thus|hence|which* "
		    "commit|change|changeset|patch|pr|mr|cl? "
		    "also|simply|basically|effectively|essentially|"
		    "completely|fully|manually|just|now|is|a|an|pure|plain|"
		    "straight|clean|effective|manual|" PARTS "* "
		    "revert|reverts|reverted|reverting") ||
	    read_mention_words(&ahead, "this? commit|change|patch? " PARTS "* "
				       "back|backs|backed|backing out") ||
	    read_mention_words(&ahead,
			       "this? commit|change|patch? backout|undo|undoes|"
			       "undid")) {
		if (is_passive(r->at, &ahead))
			return false;
		*r = ahead;
		return true;
	}
	return false;
}

struct revert {
	struct mentions *out;
	struct arena *a;
	const struct message_line *line;
	const char *title; /* of what the subject takes back, or NULL */
	bool part;         /* it says that it takes back only a part */
	enum mention_type type;
};

/* The ids behind the verb. Up to two words that nobody expects stand in front
 * of one in a subject: "revert needless commit X". */
static bool read_reverted(struct revert *revert, struct reader r,
			  unsigned strange)
{
	const char *id;

	read_mention_words(&r, ":");
	id = read_named_change(&r, REVERT_WORDS);
	for (; !id && strange; strange--) {
		size_t n;

		read_mention_words(&r, REVERT_WORDS);
		r.at = skip_mention_gap(r.at);
		n = word_length(r.at);
		if (!n || n > WORD_MAX ||
		    is_in(r.at, n,
			  "to|until|till|before|after|since|when|once|"
			  "if|back|not|for|with|as|only|on"))
			return false;
		r.at += n;
		id = read_named_change(&r, REVERT_WORDS);
	}
	if (!id)
		return false;
	revert->part |= r.part || (in_line(r.at, revert->line) &&
				   says_part_behind(r.at, revert->line));
	for (; id && !revert->part; id = next_id(&r))
		add_mention(revert->out, revert->a, revert->type, id, NULL);
	return true;
}

static bool read_reverted_request(struct revert *revert, struct reader r,
				  bool any_owner)
{
	const char *number;

	read_mention_words(&r, ":");
	read_mention_words(&r, REVERT_WORDS);
	number = read_mentioned_request(&r, any_owner);
	if (!number)
		return false;
	revert->part |= r.part || says_part_behind(r.at, revert->line);
	if (!revert->part)
		add_mention(revert->out, revert->a, MENTION_REVERT_REQUEST,
			    number, revert->title);
	return true;
}

/* Whether the subject itself speaks of a revert. */
static bool says_revert(const struct message_line *subject)
{
	static const char *const words[] = {
		"revert",   "reapply", "reland",   "re-apply",  "re-land",
		"unrevert", "backout", "back out", "backed out"
	};

	for (size_t i = 0; i < subject->n; i++) {
		char c = (char)(subject->s[i] | ' ');

		if ((c != 'r' && c != 'u' && c != 'b') ||
		    (i && is_id_char(subject->s[i - 1])))
			continue;
		for (size_t w = 0; w < ARRAY_SIZE(words); w++)
			if (!strncasecmp(subject->s + i, words[w],
					 strlen(words[w])))
				return true;
	}
	return false;
}

/* "Partially revert", "Partial revert of", "Revert part of", "Revert
 * (partially)": nothing is taken back. */
static bool says_part_of_revert(const struct message_line *subject)
{
	const char *end = subject->s + subject->n;

	for (const char *at = subject->s; at < end; at++) {
		struct reader r = { NULL, at, false };

		if (at > subject->s && is_id_char(at[-1]))
			continue;
		if (!read_mention_words(&r, PARTS
					"* revert|reverts|reverted|reverting|"
					"backout"))
			continue;
		r.at = skip_space(r.at);
		r.at += *r.at == '(';
		read_mention_words(&r, PARTS "?");
		return r.part;
	}
	return false;
}

/* Behind "[release-1.0] ", "f: ", "fix(ci)!: ": the next place where what a
 * subject says may begin; NULL after the last. */
static const char *next_start(const char *at, const char *end)
{
	for (; at + 1 < end; at++) {
		if (*at == '"' || *at == '\'')
			return NULL; /* quoted */
		if (*at == ']' || *at == ':')
			return at + 1;
	}
	return NULL;
}

/* The text between the first quote at `at` and the last of the line. */
static const char *read_quoted_title(struct arena *a, const char *at,
				     const char *end)
{
	const char *close = end;

	if (at >= end || *at != '"')
		return NULL;
	while (close > at + 1 && close[-1] != '"')
		close--;
	return close > at + 2
		       ? arena_strndup(a, at + 1, (size_t)(close - at - 2))
		       : NULL;
}

/* `Revert "T"`; `Reapply "T"` takes back the revert of T. NULL if the subject
 * is none of them. */
static const char *read_reverted_title(struct arena *a, struct reader r,
				       const char *end)
{
	const char *title;
	bool again = false;

	if (read_mention_words(&r,
			       "reapply|reland|unrevert|reapplied|relanded") ||
	    read_mention_words(&r, "re apply|land|applied|landed") ||
	    read_mention_words(&r, "un revert"))
		again = true;
	else if (!read_mention_words(&r, "revert|reverts|reverted|reverting"))
		return NULL;
	read_mention_words(&r, ":");
	read_mention_words(&r, "the|of|commit|commits|changes|change|merge*");
	r.at = skip_space(r.at);
	r.at += strspn(r.at, "0123456789abcdef:"); /* "23757:f5176c177b99" */
	r.at = skip_space(r.at);
	title = read_quoted_title(a, r.at, end);
	if (title && again)
		title = arena_printf(a, "Revert \"%s\"", title);
	return title;
}

/* "revert: T", as some write it */
static const char *read_conventional(struct arena *a, struct reader r,
				     const char *end)
{
	if (!read_mention_words(&r, "revert :"))
		return NULL;
	r.at = skip_space(r.at);
	return r.at < end ? arena_strndup(a, r.at, (size_t)(end - r.at)) : NULL;
}

/* "Merge pull request #13 from o/revert-12-topic": the branch that a forge's
 * button makes; and `Revert "Merge pull request #12 from o/topic"`. */
static void read_revert_branch(const struct revert *revert, const char *subject)
{
	static const char merge[] = "merge pull request #",
			  branch[] = "/revert-",
			  quoted[] = "\"merge pull request ";
	const char *end = subject + strcspn(subject, "\r\n"), *at;
	struct reader r = { revert->a, NULL, false };
	const char *number = NULL;

	if (!strncasecmp(subject, merge, strlen(merge))) {
		at = memmem(subject, (size_t)(end - subject), branch,
			    strlen(branch));
		at = at ? at + strlen(branch) : end;
		if (isdigit((unsigned char)*at) &&
		    at[strspn(at, "0123456789")] == '-')
			number =
				arena_printf(revert->a, "#%.*s",
					     (int)strspn(at, "0123456789"), at);
	} else if (says_revert(&(struct message_line){
			   .s = subject, .n = (size_t)(end - subject) })) {
		r.at = strcasestr(subject, quoted);
		if (r.at && r.at < end) {
			r.at += strlen(quoted);
			number = read_mentioned_request(&r, false);
		}
	}
	if (number)
		add_mention(revert->out, revert->a, MENTION_REVERT_REQUEST,
			    number, NULL);
}

static void read_subject(struct revert *revert, const char *subject)
{
	const char *end = subject + strcspn(subject, "\r\n");
	struct reader r = { revert->a, subject, false };

	read_revert_branch(revert, subject);

	for (; r.at; r.at = next_start(r.at, end)) {
		struct reader verb = r;

		revert->title = read_reverted_title(revert->a, r, end);
		if (revert->title)
			return;
		if (read_revert_verb(&verb) &&
		    (read_reverted(revert, verb, 2) ||
		     read_reverted_request(revert, verb, false)))
			return;
		revert->title = read_conventional(revert->a, r, end);
		if (revert->title)
			return;
	}
}

/* Whether the line before ends a sentence, so that this one begins another. */
static bool ends_sentence(const struct message_line *line)
{
	size_t n = line->n;

	while (n && isspace((unsigned char)line->s[n - 1]))
		n--;
	return !n || strchr(".!?)", line->s[n - 1]);
}

/* Where a claim of this line begins; NULL: there is none. Below a subject that
 * speaks of a revert, wherever a line begins so; elsewhere it must begin a
 * paragraph or a sentence, or follow another such line, and not stand below the
 * subject of another revert. */
static const char *find_claim(const struct message_line *line, bool reverting)
{
	const char *at = line->s + strspn(line->s, " *-(");
	struct reader r = { NULL, at, false };

	if (line->quoted || message_line_is_blank(line) ||
	    ((line->listed || line->indented) && !reverting) ||
	    !read_revert_verb(&r))
		return NULL;
	if (reverting)
		return at;
	if (line->starts)
		return line->restated ? NULL : at;
	return line[-1].claims || (ends_sentence(line - 1) &&
				   isupper((unsigned char)*at))
		       ? at
		       : NULL;
}

/* Where a commit that a squash lists says so, however it is set; NULL: it does
 * not. */
static const char *find_listed_claim(const struct message_line *line)
{
	const char *at = line->s + strspn(line->s, " \t*-");
	struct reader r = { NULL, at, false };

	if (message_line_is_blank(line) || !(line->listed || line->restated) ||
	    !read_revert_verb(&r))
		return NULL;
	return at;
}

/* "..., so this reverts commit X", "First, this patch reverts commit X": in the
 * middle of a line, but not behind a colon or a quote. */
static const char *find_inner_claim(const struct message_line *line)
{
	const char *end = line->s + line->n;

	if (line->quoted || line->listed)
		return NULL;
	for (const char *at = line->s + 1; at + 4 < end; at++) {
		struct reader r = { NULL, at, false };
		const char *before = at;

		if (!isspace((unsigned char)at[-1]) ||
		    strncasecmp(at, "this", 4) != 0)
			continue;
		while (before > line->s && isspace((unsigned char)before[-1]))
			before--;
		if (strchr(":\"'`", before[-1]) ||
		    (*at == 'T' && !strchr(".!?)", before[-1])) ||
		    !read_mention_words(
			    &r, "this commit|change|changeset|patch|pr|mr|cl? "
				"also|simply|basically|effectively|"
				"essentially|completely|fully|" PARTS "* "
				"reverts commit|commits"))
			continue;
		return at;
	}
	return NULL;
}

/* Whether what is taken back stands below the line, behind a colon. */
static bool is_list_head(const struct message_line *line, struct reader r)
{
	if (!line->n || line->s[line->n - 1] != ':')
		return false;
	read_mention_words(&r, ":");
	return !read_named_change(&r, REVERT_WORDS) || !in_line(r.at, line);
}

/* "This reverts commits:" and a list below it. */
static bool read_reverted_list(const struct revert *revert,
			       const struct message_lines *lines, size_t i)
{
	bool any = false;

	while (++i < lines->nr) {
		struct reader r = { revert->a, lines->at[i].s, false };
		const char *id;

		if (message_line_is_blank(&lines->at[i]))
			continue;
		r.at += strspn(r.at, " *-+");
		read_mention_words(&r, "commit?");
		id = read_id(&r);
		if (!id)
			return any;
		any = true;
		add_mention(revert->out, revert->a, MENTION_REVERT, id, NULL);
	}
	return any;
}

static void read_claim(struct revert *revert, const struct message_lines *lines,
		       size_t i, const char *at)
{
	struct message_line *line = &lines->at[i];
	struct reader r = { revert->a, at, false };

	line->claims = true;
	revert->line = line;
	if (!read_revert_verb(&r))
		return;
	if (is_list_head(line, r)) {
		revert->part |= r.part;
		if (revert->part || read_reverted_list(revert, lines, i))
			return;
	}
	if (!read_reverted(revert, r, 0))
		read_reverted_request(revert, r, true);
}

/* Requests of other messages mean nothing here. */
static void read_listed_claim(const struct revert *revert,
			      const struct message_line *line, const char *at)
{
	struct revert listed = { .out = revert->out,
				 .a = revert->a,
				 .line = line,
				 .type = MENTION_REVERT_LISTED };
	struct reader r = { revert->a, at, false };

	if (read_revert_verb(&r))
		read_reverted(&listed, r, 0);
}

static void read_reverts(struct revert *revert,
			 const struct message_lines *lines)
{
	bool reverting = says_revert(&lines->at[0]);

	if (lines->at[0].before_verb && says_part_of_revert(&lines->at[0]))
		return;
	revert->line = &lines->at[0];
	read_subject(revert, lines->at[0].s);
	for (size_t i = 1; i < lines->nr; i++) {
		const char *at;

		if (!lines->at[i].before_verb)
			continue;
		at = find_claim(&lines->at[i], reverting);
		if (!at)
			at = find_inner_claim(&lines->at[i]);
		if (at) {
			read_claim(revert, lines, i, at);
			continue;
		}
		at = find_listed_claim(&lines->at[i]);
		if (at)
			read_listed_claim(revert, &lines->at[i], at);
	}
	if (revert->title && !revert->part)
		add_mention(revert->out, revert->a, MENTION_REVERT_TITLE, NULL,
			    revert->title);
}

/* --- fixes -------------------------------------------------------------- */

/* The text of `("...")` on this line, or NULL. */
static const char *read_remarked(struct arena *a, const char *s,
				 const struct message_line *line)
{
	const char *end = line->s + line->n, *close;

	while (s < end && *s == ' ')
		s++;
	if (end - s < 4 || strncmp(s, "(\"", 2) != 0)
		return NULL;
	for (close = end - 2; close > s + 1; close--)
		if (!strncmp(close, "\")", 2))
			return arena_strndup(a, s + 2, (size_t)(close - s - 2));
	return NULL;
}

/* "Fixes: <id> ("subject")", "Fixes <id>". Digits alone are rather the number
 * of a bug, unless a subject stands beside them. */
static void read_fix(struct mentions *out, struct arena *a,
		     const struct message_line *line)
{
	struct reader r = { a, line->s, false };
	const char *id, *subject;
	size_t n;

	if (line->indented || line->quoted || line->listed ||
	    !read_mention_words(&r, "fixes"))
		return;
	r.at += *r.at == ':';
	if (*r.at != ' ' && *r.at != '\t')
		return;
	r.at += strspn(r.at, " \t");
	read_mention_words(&r, "commit?");
	r.at += strspn(r.at, " \t");
	n = hex_length(r.at);
	if (!is_id_length(n) || is_id_char(r.at[n]))
		return;
	id = keep_id(a, r.at, n);
	subject = read_remarked(a, r.at + n, line);
	if (subject || (has_mention_letter(id, n) && has_digit(id, n)) ||
	    is_full(n))
		add_mention(out, a, MENTION_FIX, id, subject);
}

/* --- causes ------------------------------------------------------------- */

/* So many bytes before an id are looked at for what is said of it. */
#define BEFORE_MAX 72

static const struct {
	const char *words; /* how one of them begins */
	enum blame_word word;
} blame_words[] = {
	{ "fix|introduc|caus|broke|break|brok|regress|bisect|follow|followup|"
	  "blame|revert|amend|complet|culprit|offend|fallout|bug|bad|fixup|"
	  "fault|forgot|miss|overlook|incomplete|wrong",
	  BLAME_NAMED },
	{ "since|after|changed|change|added|adds|moved|switch|remov|start|"
	  "began|convert|refactor|rework|replac|made|merg|in|with|by|from|as",
	  BLAME_SINCE },
};

/* Whether a word begins with one of "a|b|c". */
static bool begins_as(const char *word, size_t n, const char *stems)
{
	for (; *stems; stems += *stems == '|') {
		size_t length = strcspn(stems, "|");

		if (length <= n && (length > 3 || length == n) &&
		    !strncasecmp(word, stems, length))
			return true;
		stems += length;
	}
	return false;
}

/* What the words between `at` and `end` say of an id: the surest of them. */
static enum blame_word judge_words(const char *at, const char *end)
{
	enum blame_word best = BLAME_SPOKEN;

	while (at < end) {
		size_t n = word_length(at);

		for (size_t i = 0; n && i < ARRAY_SIZE(blame_words); i++)
			if (blame_words[i].word < best &&
			    begins_as(at, n, blame_words[i].words))
				best = blame_words[i].word;
		at += n;
		while (at < end && isalnum((unsigned char)*at))
			at++;
		while (at < end && !isalnum((unsigned char)*at))
			at++;
	}
	return best;
}

/* Where the sentence of an id begins, not too far before it. */
static const char *sentence_start(const char *message, const char *id)
{
	const char *at = id;

	while (at > message && id - at < BEFORE_MAX) {
		if (at[-1] == '\n' && (at == id || *at == '\n'))
			break;
		if (isspace((unsigned char)*at) && strchr(".;", at[-1]))
			break;
		at--;
	}
	while (at > message && at < id && isalnum((unsigned char)at[-1]))
		at++;
	return at;
}

/* "X introduced", "X broke": what is said right after it. */
static enum blame_word judge_behind(const char *at)
{
	const char *end;

	at = skip_space(skip_remark(at));
	end = at;
	for (int words = 0; *end && !strchr(".;\n(", *end) && words < 2; end++)
		words += *end == ' ';
	return begins_as(at, word_length(at),
			 "introduc|broke|caus|regress|break|forgot|miss") ||
			       judge_words(at, end) == BLAME_NAMED
		       ? BLAME_NAMED
		       : BLAME_SPOKEN;
}

static bool is_change_named(const struct blame_mentions *out, const char *id)
{
	for (size_t i = 0; i < out->nr; i++)
		if (!strcmp(out->at[i].id, id))
			return true;
	return false;
}

/* Every id of the message, in its order, with what is said of it. */
static void read_spoken(struct blame_mentions *out, struct arena *a,
			const char *message)
{
	for (const char *at = message; *at && out->nr < MENTIONS_MAX; at++) {
		size_t n = hex_length(at);
		enum blame_word before, behind;
		const char *id;

		if (is_id_length(n) && !is_id_char(at[n]) &&
		    (is_full(n) ||
		     (has_digit(at, n) && has_mention_letter(at, n)))) {
			id = keep_id(a, at, n);
			before = judge_words(sentence_start(message, at), at);
			behind = judge_behind(at + n);
			if (!is_change_named(out, id))
				vec_push(a, out,
					 (struct blame_mention){
						 before < behind ? before
								 : behind,
						 id });
		}
		at += n;
		while (isalnum((unsigned char)*at) || *at == '_')
			at++;
		if (!*at)
			return;
	}
}

static bool is_origin(const struct mentions *mentions, const char *id)
{
	for (size_t i = 0; i < mentions->nr; i++) {
		const struct mention *mention = &mentions->at[i];

		if ((mention->type == MENTION_PICK ||
		     mention->type == MENTION_UPSTREAM ||
		     mention->type == MENTION_PART) &&
		    !strcmp(mention->id, id))
			return true;
	}
	return false;
}

static void add_named(struct blame_mentions *out, struct arena *a,
		      enum blame_word word, const char *id)
{
	if (!is_change_named(out, id))
		vec_push(a, out, (struct blame_mention){ word, id });
}

void message_causes(struct blame_mentions *out, struct arena *a,
		    const char *message)
{
	struct blame_mentions spoken = { 0 };
	struct mentions mentions = { 0 };

	message_mentions(&mentions, a, message);
	read_spoken(&spoken, a, message);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].type == MENTION_FIX)
			add_named(out, a, BLAME_NAMED, mentions.at[i].id);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].type == MENTION_REVERT)
			add_named(out, a, BLAME_NAMED, mentions.at[i].id);
	for (enum blame_word word = BLAME_NAMED; word <= BLAME_SPOKEN; word++)
		for (size_t i = 0; i < spoken.nr; i++)
			if (spoken.at[i].word == word &&
			    !is_origin(&mentions, spoken.at[i].id))
				add_named(out, a, word, spoken.at[i].id);
}

/* --- the whole ---------------------------------------------------------- */

/* Whether something that may be an id is between `from` and `end`, which do not
 * part one. One of its digits is met where only every seventh byte is. */
static bool has_id(const char *from, const char *end)
{
	for (const char *at = from + ID_MIN - 1; at < end; at += ID_MIN) {
		const char *start = at;
		size_t n;

		if (!is_hex[(unsigned char)*at])
			continue;
		while (start > from && is_hex[(unsigned char)start[-1]])
			start--;
		n = hex_length(start);
		if (is_id_length(n) && !isalnum((unsigned char)start[n]) &&
		    !(start > from && isalnum((unsigned char)start[-1])))
			return true;
		at = start + n;
	}
	return false;
}

static bool has_revert(const char *message)
{
	const char *end = message + strcspn(message, "\n");
	const struct message_line subject = { .s = message,
					      .n = (size_t)(end - message) };

	return says_revert(&subject) ||
	       (strpbrk(end, "#!") && strcasestr(end, "revert"));
}

/* Whether one of the verbs of read_revert_verb() may be between. */
static bool has_revert_verb(const char *at, const char *end)
{
	static const bool first[UCHAR_MAX + 1] = {
		['r'] = true, ['b'] = true, ['u'] = true,
		['R'] = true, ['B'] = true, ['U'] = true,
	};
	static const bool second[UCHAR_MAX + 1] = {
		['e'] = true, ['a'] = true, ['n'] = true,
		['E'] = true, ['A'] = true, ['N'] = true,
	};

	for (; at < end; at++) {
		if (!first[(unsigned char)*at] || !second[(unsigned char)at[1]])
			continue;
		if (!strncasecmp(at, "revert", 6) ||
		    !strncasecmp(at, "back", 4) ||
		    !strncasecmp(at, "undo", 4) || !strncasecmp(at, "undid", 5))
			return true;
	}
	return false;
}

/* No phrase goes on in the next paragraph: where there is nothing ahead, none
 * is looked for. Most lines of most messages name no commit. */
static void look_ahead(struct message_lines *lines)
{
	bool id = false, verb = false;

	for (size_t i = lines->nr; i-- > 0;) {
		struct message_line *line = &lines->at[i];
		const char *end = line->s + line->n;
		bool blank = message_line_is_blank(line);

		id = (id && !blank) || has_id(line->s, end);
		verb = (verb && !blank) || has_revert_verb(line->s, end);
		line->before_id = id;
		line->before_verb = verb;
	}
}

/* What was picked from `from` on was picked in part. */
static void take_for_parts(struct mentions *out, size_t from)
{
	size_t kept = from;

	for (size_t i = from; i < out->nr; i++) {
		struct mention mention = out->at[i];
		struct mentions before = { out->at, kept, kept };

		if (mention.type == MENTION_PICK ||
		    mention.type == MENTION_UPSTREAM)
			mention.type = MENTION_PART;
		if (mention.type != MENTION_PART ||
		    !is_told(&before, MENTION_PART, mention.id))
			out->at[kept++] = mention;
	}
	out->nr = kept;
}

static bool says_part(const struct message_lines *lines)
{
	for (size_t i = 0; i < lines->nr; i++)
		if (!lines->at[i].quoted && says_part_of_pick(&lines->at[i]))
			return true;
	return false;
}

void message_mentions(struct mentions *out, struct arena *a,
		      const char *message)
{
	struct revert revert = { .out = out, .a = a };
	struct message_lines lines;
	size_t before = out->nr;

	message += strspn(message, "\r\n");
	if (!has_id(message, message + strlen(message)) && !has_revert(message))
		return;
	message_lines_split(&lines, message);
	look_ahead(&lines);
	if (lines.nr)
		read_reverts(&revert, &lines);
	for (size_t i = 0; i < lines.nr; i++) {
		const struct message_line *line = &lines.at[i];

		if (!line->before_id)
			continue;
		if (i)
			read_fix(out, a, line);
		if (!line->quoted && !message_line_is_blank(line))
			read_pick_line(out, a, line);
	}
	if (out->nr > before && says_part(&lines))
		take_for_parts(out, before);
	free(lines.at);
}
