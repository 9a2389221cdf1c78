/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/blame.h"

#include <ctype.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "model/blame_words.h"

/* A file with more is not read to its end. */
#define BLAMINGS_MAX 100
/* A longer sentence is read in parts. */
#define UNITS    160
#define WORD_MAX 24
#define GAP      5 /* of `~` */
#define FILLERS  2 /* of `%` */
#define AGAINST  4
#define PERSONS  8 /* ways to read one person */

/* The patterns, and after them the innocent ones. */
#define PATTERNS (BLAME_PATTERNS_MAX + BLAME_INNOCENT_MAX)
struct patterns {
	uint64_t bits[PATTERNS / 64];
};

/* A word, or the first character of a longer one, that patterns need or begin
 * with; or that a Chinese person may begin with. */
struct key {
	const char *text; /* NULL: free */
	size_t n;
	struct patterns needed_by, begun_by;
	bool person;
};
#define KEYS 2048

/* A word, or a character of Chinese. */
struct unit {
	size_t at, n; /* bytes of the file */
	int line;
	bool han, comma, name, person;
	char text[WORD_MAX + 1]; /* lower case; "" if it is longer */
	const struct key *key;   /* once the sentence is read */
};

/* Ways to read one person, each so many units. */
struct ways {
	unsigned char n[PERSONS];
	unsigned char nr;
	bool known;
};

struct finder {
	struct arena *a;
	struct blamings *out;
	const char *bytes;
	struct unit units[UNITS]; /* of the sentence at hand */
	size_t nr;
	struct ways people[2][UNITS]; /* without and with names, once asked */
};

/* --- tables --- */

static struct key keys[KEYS];
/* Those that begin with a person, without and with names, and those that may
 * begin with anything. */
static struct patterns begun_by_person[2], begun_by_any;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static struct key *find_blame_key(const char *text, size_t n)
{
	uint64_t hash = hash_bytes(HASH_START, text, n);

	for (hash ^= hash >> 32;; hash++) {
		struct key *key = &keys[hash % KEYS];

		if (!key->text || (key->n == n && !memcmp(key->text, text, n)))
			return key;
	}
}

static struct key *add_blame_key(const char *text, size_t n)
{
	struct key *key;
	size_t len;

	if ((unsigned char)*text >= 0x80) {
		text_decode(text, n, &len);
		n = len;
	}
	key = find_blame_key(text, n);
	key->text = text;
	key->n = n;
	return key;
}

static void note_people(const char *const *list, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		add_blame_key(list[i], strlen(list[i]))->person = true;
}

/* NULL if there are fewer. */
static const char *blame_pattern_of(size_t number)
{
	size_t innocent = number - BLAME_PATTERNS_MAX;

	if (number < BLAME_PATTERNS_MAX)
		return number < blame_patterns_nr ? blame_patterns[number]
						  : NULL;
	return innocent < blame_innocent_nr ? blame_innocent[innocent] : NULL;
}

static void add_pattern(struct patterns *patterns, size_t number)
{
	patterns->bits[number / 64] |= (uint64_t)1 << number % 64;
}

static void note_beginning(const char *pattern, size_t number)
{
	const char *end = pattern + strcspn(pattern, " ");
	size_t len;

	for (const char *p = pattern; p < end; p += len + 1) {
		len = strcspn(p, "| ");
		if (len == 1 && strchr("@N", *p))
			add_pattern(&begun_by_person[*p == 'N'], number);
		else if (strchr("~%,'", *p))
			add_pattern(&begun_by_any, number);
		else
			add_pattern(&add_blame_key(p, len)->begun_by, number);
	}
}

/* The bytes of the shortest of the words of a token; 0 if a person will do. */
static size_t shortest(const char *token, size_t n)
{
	size_t least = n, len;

	if (n < 3 && strchr("@N~%,'", *token))
		return 0;
	for (const char *p = token, *end = token + n; p < end; p += len + 1) {
		len = strcspn(p, "| ");
		if (*p == '@')
			return 0;
		least = len < least ? len : least;
	}
	return least;
}

/* The token that says most is what its sentence is looked through for. */
static void note_need(const char *pattern, size_t number)
{
	const char *best = pattern, *end;
	size_t most = 0, len;

	for (const char *p = pattern; *p; p += len + (p[len] == ' ')) {
		size_t least;

		len = strcspn(p, " ");
		least = shortest(p, len);
		if (least > most) {
			most = least;
			best = p;
		}
	}
	end = best + strcspn(best, " ");
	for (const char *p = best; p < end; p += len + 1) {
		len = strcspn(p, "| ");
		add_pattern(&add_blame_key(p, len)->needed_by, number);
	}
}

static void note_tables(void)
{
	static const char *const called[] = { "小", "老", "阿" };

	for (size_t i = 0; i < PATTERNS; i++) {
		const char *pattern = blame_pattern_of(i);

		if (!pattern)
			continue;
		note_need(pattern, i);
		note_beginning(pattern, i);
	}
	note_people(blame_roles, blame_roles_nr);
	note_people(blame_fields, blame_fields_nr);
	note_people(blame_families, blame_families_nr);
	note_people(called, ARRAY_SIZE(called));
}

static int by_text(const void *word, const void *entry)
{
	return strcmp(word, *(const char *const *)entry);
}

static bool is_sorted_in(const char *word, const char *const *list, size_t nr)
{
	return bsearch(word, list, nr, sizeof(*list), by_text) != NULL;
}

/* --- units --- */

static bool is_at(const struct finder *f, size_t at, const char *text)
{
	const char *here = at < f->nr ? f->units[at].text : "";

	return *here == *text && !strcmp(here, text);
}

/* How many units the `n` bytes of a text are, from `at` on; 0 if the sentence
 * goes on otherwise. */
static size_t match_text(const struct finder *f, size_t at, const char *text,
			 size_t n)
{
	size_t from = at, len;

	for (size_t i = 0; i < n; i += len, at++) {
		const struct unit *unit = &f->units[at];

		if (at == f->nr)
			return 0;
		len = unit->han ? unit->n : n;
		if (unit->text[0] != text[i] || n - i < len ||
		    strncmp(unit->text, text + i, len) != 0 ||
		    (!unit->han && unit->text[n]))
			return 0;
	}
	return at - from;
}

/* The longest of a list. */
static size_t match_list(const struct finder *f, size_t at,
			 const char *const *list, size_t nr)
{
	size_t most = 0;

	for (size_t i = 0; at < f->nr && i < nr; i++) {
		size_t n;

		if (*list[i] != f->units[at].text[0])
			continue;
		n = match_text(f, at, list[i], strlen(list[i]));
		most = n > most ? n : most;
	}
	return most;
}

/* --- persons --- */

static void add_way(struct ways *ways, size_t n)
{
	if (n && ways->nr < PERSONS)
		ways->n[ways->nr++] = (unsigned char)n;
}

/* Words that are a person only after another one: "release manager". */
static bool is_compound(const struct finder *f, size_t at)
{
	static const char *const pairs[][2] = {
		{ "release", "manager" },
		{ "product", "manager" },
		{ "project", "manager" },
		{ "incident", "manager" },
		{ "engineering", "manager" },
		{ "team", "manager" },
		{ "test", "manager" },
		{ "qa", "manager" },
		{ "line", "manager" },
		{ "the", "manager" },
		{ "team", "lead" },
		{ "tech", "lead" },
		{ "project", "lead" },
		{ "qa", "lead" },
		{ "engineering", "lead" },
		{ "the", "lead" },
		{ "product", "owner" },
		{ "junior", "dev" },
		{ "the", "dev" },
		{ "senior", "dev" },
		{ "scrum", "master" },
		{ "our", "pm" },
		{ "team", "member" },
		{ "team", "members" },
		{ "operations", "people" },
		{ "ops", "people" },
		{ "support", "people" },
		{ "sales", "people" },
	};

	for (size_t i = 0; at && i < ARRAY_SIZE(pairs); i++)
		if (is_at(f, at, pairs[i][1]) && is_at(f, at - 1, pairs[i][0]))
			return true;
	return false;
}

/* "- 3 tester skipped": a number in front of one person is of another language,
 * or of a list. */
static bool is_count(const struct finder *f, size_t at)
{
	const struct unit *unit = &f->units[at];
	size_t end = unit->at, digits;

	if (!*unit->text || unit->text[strlen(unit->text) - 1] == 's')
		return false;
	while (end && f->bytes[end - 1] == ' ')
		end--;
	for (digits = end;
	     digits && isdigit((unsigned char)f->bytes[digits - 1]);)
		digits--;
	if (digits == end)
		return false;
	while (digits && strchr(" -*|", f->bytes[digits - 1]))
		digits--;
	return !digits || f->bytes[digits - 1] == '\n';
}

static void read_english_person(struct ways *ways, const struct finder *f,
				size_t at, bool names)
{
	const struct unit *unit = &f->units[at];

	if (!unit->person && !is_compound(f, at) && !(names && unit->name))
		return;
	if (is_count(f, at))
		return;
	add_way(ways, 1);
	if ((is_at(f, at + 1, "on") &&
	     (is_at(f, at + 2, "call") || is_at(f, at + 2, "duty") ||
	      is_at(f, at + 2, "shift"))) ||
	    (is_at(f, at + 1, "in") && is_at(f, at + 2, "charge")))
		add_way(ways, 3);
	if (names && at + 1 < f->nr && f->units[at + 1].name)
		add_way(ways, 2);
}

/* Whether a Chinese name may begin here. */
static bool is_lead(const struct finder *f, size_t at)
{
	return !at || !f->units[at - 1].han || f->units[at - 1].comma ||
	       match_list(f, at - 1, blame_leads, blame_leads_nr);
}

static bool is_given(const struct finder *f, size_t at)
{
	return at < f->nr && f->units[at].han && !f->units[at].comma &&
	       !strstr("没未又也在的了把是和与不有从按被对让给应该忘都还却就已"
		       "本"
		       "误错乱擅私并工总哥姐",
		       f->units[at].text);
}

static void read_name(struct ways *ways, const struct finder *f, size_t at)
{
	bool called =
		is_at(f, at, "小") || is_at(f, at, "老") || is_at(f, at, "阿");

	if (match_list(f, at + called, blame_no_families,
		       blame_no_families_nr) ||
	    !match_list(f, at + called, blame_families, blame_families_nr))
		return;
	if (called) {
		add_way(ways, 2);
		return;
	}
	if (!is_lead(f, at))
		return;
	if (is_at(f, at + 1, "工") || is_at(f, at + 1, "总") ||
	    is_at(f, at + 1, "哥") || is_at(f, at + 1, "姐"))
		add_way(ways, 2);
	if (is_given(f, at + 1))
		add_way(ways, 2);
	if (is_given(f, at + 1) && is_given(f, at + 2))
		add_way(ways, 3);
}

/* Each with what may stand after it. */
static void read_chinese_person(struct ways *ways, const struct finder *f,
				size_t at)
{
	bool other = at && is_at(f, at, "他") && is_at(f, at - 1, "其");
	size_t role =
		other ? 0 : match_list(f, at, blame_roles, blame_roles_nr);
	size_t field = match_list(f, at, blame_fields, blame_fields_nr);
	size_t before = role > field ? role : field;
	size_t more =
		match_list(f, at + before, blame_endings, blame_endings_nr);

	if (before && match_list(f, at + before, blame_things, blame_things_nr))
		return;
	add_way(ways, role);
	if (before && more)
		add_way(ways, before + more);
	if (!before)
		read_name(ways, f, at);
}

static const struct ways *read_person(struct finder *f, size_t at, bool names)
{
	static const struct ways none;
	struct ways *ways = &f->people[names][at];
	const struct unit *unit = &f->units[at];

	if (at >= f->nr || unit->comma)
		return &none;
	if (ways->known)
		return ways;
	*ways = (struct ways){ .known = true };
	if (!unit->han)
		read_english_person(ways, f, at, names);
	else if (unit->key->person)
		read_chinese_person(ways, f, at);
	return ways;
}

/* "the developer's", "Bob's", "her". */
static bool is_genitive(const struct finder *f, size_t at)
{
	const struct unit *unit = &f->units[at];
	size_t n = strlen(unit->text);
	char base[WORD_MAX + 1];

	if (is_at(f, at, "his") || is_at(f, at, "her") ||
	    is_at(f, at, "their") || is_at(f, at, "your"))
		return true;
	if (n < 3 || (strcmp(unit->text + n - 2, "'s") != 0 &&
		      strcmp(unit->text + n - 2, "s'") != 0))
		return false;
	memcpy(base, unit->text, n - 2);
	base[n - 2] = '\0';
	return unit->name || is_sorted_in(base, blame_people, blame_people_nr);
}

/* --- patterns --- */

/* What one token of a pattern matches: the ways. */
static void read_token(struct ways *ways, struct finder *f, size_t at,
		       const char *token, size_t n)
{
	size_t len;

	*ways = (struct ways){ 0 };
	if (at >= f->nr)
		return;
	if (n == 1 && (*token == '@' || *token == 'N')) {
		*ways = *read_person(f, at, *token == 'N');
		return;
	}
	if (n == 1 && *token == ',') {
		add_way(ways, f->units[at].comma);
		return;
	}
	if (n == 2 && !memcmp(token, "'s", 2)) {
		add_way(ways, is_genitive(f, at));
		return;
	}
	for (const char *p = token, *end = token + n; p < end; p += len + 1) {
		len = strcspn(p, "| ");
		if (*p == '@' && len == 1) {
			const struct ways *person = read_person(f, at, false);

			add_way(ways, person->nr ? person->n[0] : 0);
		} else if (*p == f->units[at].text[0]) {
			add_way(ways, match_text(f, at, p, len));
		}
	}
}

static bool match_from(size_t *end, struct finder *f, size_t at,
		       const char *pattern);

/* `~` and `%`: as few units as will do. */
static bool match_gap(size_t *end, struct finder *f, size_t at,
		      const char *rest, bool fillers)
{
	for (size_t i = 0; i <= (fillers ? FILLERS : GAP); i++) {
		size_t n = 1;

		if (match_from(end, f, at, rest))
			return true;
		if (at >= f->nr || f->units[at].comma)
			return false;
		if (fillers)
			n = match_list(f, at, blame_fillers, blame_fillers_nr);
		if (!n)
			return false;
		at += n;
	}
	return false;
}

static bool match_from(size_t *end, struct finder *f, size_t at,
		       const char *pattern)
{
	size_t n = strcspn(pattern, " ");
	const char *rest = pattern[n] ? pattern + n + 1 : "";
	struct ways ways;

	if (!n) {
		*end = at;
		return true;
	}
	if (n == 1 && (*pattern == '~' || *pattern == '%'))
		return match_gap(end, f, at, rest, *pattern == '%');
	read_token(&ways, f, at, pattern, n);
	for (size_t i = ways.nr; i-- > 0;)
		if (match_from(end, f, at + ways.n[i], rest))
			return true;
	return false;
}

static bool is_against(const struct finder *f, size_t at)
{
	for (size_t i = 0; i < AGAINST && at-- && !f->units[at].comma; i++)
		if (match_list(f, at, blame_against, blame_against_nr))
			return true;
	return false;
}

/* "80%的故障由人为失误引起": a figure is about nobody. */
static bool is_share(const struct finder *f, size_t at)
{
	while (at-- && !f->units[at].comma) {
		const struct unit *unit = &f->units[at];

		if (isdigit((unsigned char)unit->text[0]) &&
		    f->bytes[unit->at + unit->n] == '%')
			return true;
	}
	return false;
}

/* Words in quotes are talked about, not said. */
static bool is_quoted(const struct finder *f, size_t at)
{
	bool plain = false;
	int depth = 0;

	for (size_t i = 0; i < at; i++) {
		const struct unit *unit = &f->units[i];

		if (!unit->comma)
			continue;
		plain ^= f->bytes[unit->at] == '"';
		if (*unit->text && strstr("“「『", unit->text))
			depth++;
		else if (*unit->text && strstr("”」』", unit->text))
			depth -= depth > 0;
	}
	return plain || depth;
}

/* Adds those that both have; false if none has been added at all. */
static bool add_common(struct patterns *out, const struct patterns *one,
		       const struct patterns *other)
{
	uint64_t any = 0;

	for (size_t i = 0; i < ARRAY_SIZE(out->bits); i++)
		any |= out->bits[i] |= one->bits[i] & other->bits[i];
	return any;
}

/* The patterns that can be in the sentence at hand. */
static bool find_possible(struct patterns *out, struct finder *f)
{
	bool any = false;

	*out = (struct patterns){ 0 };
	for (size_t i = 0; i < f->nr; i++) {
		struct unit *unit = &f->units[i];

		unit->key = find_blame_key(unit->text, strlen(unit->text));
		any = add_common(out, &unit->key->needed_by,
				 &unit->key->needed_by);
	}
	return any;
}

/* Those of them that can begin here. */
static void find_beginning(struct patterns *out, struct finder *f, size_t at,
			   const struct patterns *possible)
{
	*out = (struct patterns){ 0 };
	add_common(out, possible, &f->units[at].key->begun_by);
	add_common(out, possible, &begun_by_any);
	for (int names = 0; names < 2; names++)
		if (read_person(f, at, names)->nr)
			add_common(out, possible, &begun_by_person[names]);
}

/* Takes the last one out, and tells its number; false if there is none. */
static bool take_last(size_t *number, struct patterns *left)
{
	for (size_t i = ARRAY_SIZE(left->bits); i-- > 0;) {
		size_t bit;

		if (!left->bits[i])
			continue;
		bit = 63 - (size_t)__builtin_clzll(left->bits[i]);
		left->bits[i] ^= (uint64_t)1 << bit;
		*number = i * 64 + bit;
		return true;
	}
	return false;
}

/* The end of what is found from here on, 0 if nothing is; *blames unless it is
 * innocent. */
static size_t match_at(struct finder *f, size_t at,
		       const struct patterns *possible, bool *blames)
{
	struct patterns left;
	size_t number, end;

	find_beginning(&left, f, at, possible);
	while (take_last(&number, &left)) {
		if (!match_from(&end, f, at, blame_pattern_of(number)))
			continue;
		*blames = number < BLAME_PATTERNS_MAX && !is_against(f, at) &&
			  !is_share(f, at) && !is_quoted(f, at);
		return end;
	}
	return 0;
}

static void report_blame(struct finder *f, size_t from, size_t end)
{
	const struct unit *first = &f->units[from], *last = &f->units[end - 1];

	if (f->out->nr < BLAMINGS_MAX)
		vec_push(f->a, f->out,
			 (struct blaming){ first->at,
					   last->at + last->n - first->at,
					   first->line });
}

static void end_sentence(struct finder *f)
{
	struct patterns possible;
	size_t at = 0;

	if (!find_possible(&possible, f))
		at = f->nr;
	for (size_t i = at; i < f->nr; i++)
		f->people[0][i].known = f->people[1][i].known = false;
	while (at < f->nr) {
		bool blames;
		size_t end = match_at(f, at, &possible, &blames);

		if (end && blames)
			report_blame(f, at, end);
		at = end ? end : at + 1;
	}
	f->nr = 0;
}

/* --- text --- */

static struct unit *add_blame_unit(struct finder *f, const char *p, int line)
{
	struct unit *unit;

	if (f->nr == UNITS)
		end_sentence(f);
	unit = &f->units[f->nr++];
	unit->at = (size_t)(p - f->bytes);
	unit->line = line;
	unit->han = unit->comma = unit->name = unit->person = false;
	unit->text[0] = '\0';
	return unit;
}

/* The typographic apostrophe of "didn’t" takes three bytes. */
static size_t word_byte(const char *p, const char *end)
{
	if (isalnum((unsigned char)*p) || strchr("_@'-", *p))
		return 1;
	return end - p >= 3 && !memcmp(p, "\xE2\x80\x99", 3) ? 3 : 0;
}

static const char *read_blame_word(struct finder *f, const char *p,
				   const char *end, int line)
{
	struct unit *unit = add_blame_unit(f, p, line);
	size_t n = 0, step;
	bool capital = isupper((unsigned char)*p) && p + 1 < end &&
		       islower((unsigned char)p[1]);

	while (p < end && (step = *p ? word_byte(p, end) : 0)) {
		if (n < WORD_MAX)
			unit->text[n] =
				step == 3 ? '\''
					  : (char)tolower((unsigned char)*p);
		n++;
		p += step;
	}
	unit->n = (size_t)(p - f->bytes) - unit->at;
	unit->text[n <= WORD_MAX ? n : 0] = '\0';
	unit->person = (unit->text[0] == '@' && unit->text[1]) ||
		       is_sorted_in(unit->text, blame_people, blame_people_nr);
	unit->name =
		capital && !unit->person &&
		!is_sorted_in(unit->text, blame_no_names, blame_no_names_nr);
	return p;
}

/* Signs between the parts of a sentence, and at its end. */
static bool is_sign(const char *const *signs, const char *p, size_t n)
{
	if ((unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9)
		return false; /* a character of Han */
	for (; *signs; signs++)
		if (strlen(*signs) == n && !memcmp(*signs, p, n))
			return true;
	return false;
}

static const char *read_wide(struct finder *f, const char *p, const char *end,
			     int line)
{
	static const char *const ends[] = { "。", "！", "？", "；", "…", NULL };
	static const char *const parts[] = { "，", "、", "：", "（", "）", "—",
					     "–",  "“",  "”",  "「", "」", "『",
					     "』", "《", "》", NULL };
	struct unit *unit;
	size_t n;

	text_decode(p, (size_t)(end - p), &n);
	if (is_sign(ends, p, n)) {
		end_sentence(f);
		return p + n;
	}
	unit = add_blame_unit(f, p, line);
	unit->n = n;
	unit->han = true;
	unit->comma = is_sign(parts, p, n);
	memcpy(unit->text, p, n);
	unit->text[n] = '\0';
	return p + n;
}

/* After a code span or an inline comment that starts here; NULL if none
 * does, or if it does not end in this line: then there is no need to look for
 * another end of its kind. */
static const char *skip_literal(const char *p, const char *end, bool endless[2])
{
	bool comment = end - p > 4 && !memcmp(p, "<!--", 4);
	const char *close;

	if ((*p != '`' && !comment) || endless[comment])
		return NULL;
	close = comment ? memmem(p, (size_t)(end - p), "-->", 3)
			: memchr(p + 1, '`', (size_t)(end - p - 1));
	endless[comment] = !close;
	return close ? close + 1 : NULL;
}

/* A sentence may go on in the next line, unless an item begins there. */
static void read_blame_line(struct finder *f, const char *p, const char *end,
			    int line)
{
	bool endless[2] = { false, false };

	while (p < end && strchr(" \t", *p))
		p++;
	if (end - p > 1 &&
	    (strchr("#|", *p) || (strchr("-*+", *p) && p[1] == ' ') ||
	     (isdigit((unsigned char)*p) &&
	      memchr(p, '.', (size_t)(end - p < 4 ? end - p : 4)))))
		end_sentence(f);
	while (p < end && f->out->nr < BLAMINGS_MAX) {
		const char *behind = skip_literal(p, end, endless);

		if (behind) {
			struct unit *unit = add_blame_unit(f, p, line);

			unit->n = (size_t)(behind - p);
			p = behind;
		} else if (*p && word_byte(p, end)) {
			p = read_blame_word(f, p, end, line);
		} else if ((unsigned char)*p >= 0x80) {
			p = read_wide(f, p, end, line);
		} else {
			if (*p && strchr(".!?;|", *p))
				end_sentence(f);
			else if (*p && strchr(",:()\"", *p))
				add_blame_unit(f, p, line)->comma = true;
			p++;
		}
	}
}

/* Marks the lines of blocks that are not the author's own prose. */
static void mark_foreign(bool *foreign, const struct md *md, int lines)
{
	for (; md; md = md->next) {
		if (md->type == MD_CODE || md->type == MD_HTML ||
		    md->type == MD_QUOTE)
			for (int i = md->line;
			     i && i <= md->end_line && i <= lines; i++)
				foreign[i] = true;
		else if (md->type < MD_TEXT)
			mark_foreign(foreign, md->first, lines);
	}
}

void blame_find(struct blamings *out, struct arena *a,
		const struct retro *retro, const struct body *body)
{
	const char *at = retro->bytes, *end = at + retro->n;
	struct finder f;
	bool *foreign;
	int lines = 1;

	f.a = a;
	f.out = out;
	f.bytes = retro->bytes;
	f.nr = 0;
	pthread_once(&tables_once, note_tables);
	for (size_t i = 0; i < retro->n; i++)
		lines += retro->bytes[i] == '\n';
	foreign = arena_alloc(a, ((size_t)lines + 1) * sizeof(*foreign));
	mark_foreign(foreign, body->doc->first, lines);
	for (int line = 1; at < end; line++) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		const char *stop = eol ? eol : end, *text = at;
		size_t n = (size_t)(stop - at);

		text_trim(&text, &n);
		if (!n || foreign[line])
			end_sentence(&f);
		else if ((size_t)(at - retro->bytes) >= retro->front.body)
			read_blame_line(&f, at, stop, line);
		at = eol ? eol + 1 : end;
	}
	end_sentence(&f);
}
