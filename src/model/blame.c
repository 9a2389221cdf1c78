/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/blame.h"

#include <ctype.h>
#include <string.h>

/* A file with more is not read to its end. */
#define BLAMINGS_MAX 100
/* Words of the longest phrase, with the fillers that may stand between. */
#define WINDOW   10
#define WORD_MAX 24
#define FILLERS  2

/* Words parted by a blank; `@` is a person, and between it and the next word
 * up to two fillers may stand. */
static const char *const phrases[] = {
	"human error",
	"human mistake",
	"operator error",
	"careless",
	"carelessness",
	"carelessly",
	"negligence",
	"negligent",
	"negligently",
	"incompetence",
	"incompetent",
	"sloppiness",
	"stupidity",
	"@ forgot",
	"@ failed to",
	"@ neglected to",
	"@ should have",
	"@ should've",
	"@ should not have",
	"@ shouldn't have",
	"@ could have",
	"@ made a mistake",
	"@ made the mistake",
	"@ messed up",
	"@ screwed up",
	"@ ignored",
	"@ did not bother",
	"@ didn't bother",
	"@ is to blame",
	"@ was to blame",
	"@ were to blame",
	"@ is responsible for this",
	"@ was at fault",
	"@ were at fault",
	"fault of @",
	"blame @",
	"blamed @",
	"his fault",
	"her fault",
	"his mistake",
	"her mistake",
	"engineer's fault",
	"developer's fault",
	"engineer's mistake",
	"developer's mistake",
	"whose fault",
};

static const char *const people[] = {
	"he",         "she",         "someone",       "somebody",
	"engineer",   "engineers",   "developer",     "developers",
	"programmer", "programmers", "administrator", "administrators",
	"admin",      "admins",      "sysadmin",      "sysadmins",
	"employee",   "employees",   "technician",    "technicians",
	"intern",     "contractor",  "contractors",   "dba",
	"reviewer",   "reviewers",
};

static const char *const fillers[] = {
	"who",  "had",  "has",  "have",       "also",         "simply",
	"just", "then", "that", "mistakenly", "accidentally", "obviously",
};

/* Each is a person's failing on its own. */
static const char *const chinese[] = {
	"人为失误",   "人为疏忽",   "人为错误", "粗心",     "马虎",
	"疏忽大意",   "麻痹大意",   "责任心",   "责任意识", "不负责任",
	"低级错误",   "工作失误",   "操作失误", "失职",     "不够细心",
	"不够仔细",   "甩锅",       "背锅",     "追究责任", "都怪",
	"开发人员忘", "运维人员忘", "工程师忘", "同学忘",   "本应该注意",
	"他应该早",   "她应该早",   "个人失误",
};

/* In front of a failing: what is wished for, not what was done. */
static const char *const against[] = {
	"prevent",  "prevents",  "preventing", "avoid",      "avoids",
	"avoiding", "reduce",    "reduces",    "reducing",   "minimize",
	"minimise", "eliminate", "against",    "eliminates", "eliminating",
};
static const char *const chinese_against[] = {
	"防止", "避免", "减少", "降低", "杜绝", "兜底",
};

struct word {
	size_t at, n;
	int line;
	char text[WORD_MAX + 1]; /* lower case; "" if it is longer */
	bool person;
};

struct finder {
	struct arena *a;
	struct blamings *out;
	const char *endings[ARRAY_SIZE(phrases)]; /* last words */
	const char *bytes;
	struct word words[WINDOW]; /* the last ones, newest last */
	size_t nr;
	size_t reported; /* nothing before this byte is told again */
};

/* Most words differ in the first two letters; a call would cost more. */
static bool same_word(const char *a, const char *b)
{
	return a[0] == b[0] && a[1] == b[1] && !strcmp(a, b);
}

static bool among(const char *word, const char *const *list, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (same_word(word, list[i]))
			return true;
	return false;
}

static bool is_person(const char *word)
{
	return (word[0] == '@' && word[1]) ||
	       among(word, people, ARRAY_SIZE(people));
}

static bool is_filler(const char *word)
{
	return among(word, fillers, ARRAY_SIZE(fillers));
}

/* The last word of a phrase is what `p` points at the end of; steps back over
 * it. NULL at the beginning. */
static const char *previous(const char *phrase, const char *p, size_t *n)
{
	const char *end = p;

	if (p == phrase)
		return NULL;
	while (end > phrase && end[-1] == ' ')
		end--;
	for (p = end; p > phrase && p[-1] != ' ';)
		p--;
	*n = (size_t)(end - p);
	return p;
}

/* Whether the words end with the phrase; *from is its first word then. */
static bool ends_with_phrase(const struct finder *f, const char *phrase,
			     size_t *from)
{
	const char *p = phrase + strlen(phrase);
	size_t at = f->nr, n;

	while ((p = previous(phrase, p, &n))) {
		size_t skip = 0;

		if (!at--)
			return false;
		if (*p != '@') {
			if (strlen(f->words[at].text) != n ||
			    memcmp(f->words[at].text, p, n) != 0)
				return false;
			continue;
		}
		while (at && skip++ < FILLERS && is_filler(f->words[at].text))
			at--;
		if (!f->words[at].person)
			return false;
	}
	*from = at;
	return true;
}

static void report_blame(struct finder *f, size_t at, size_t n, int line)
{
	if (at < f->reported || f->out->nr >= BLAMINGS_MAX)
		return;
	f->reported = at + n;
	vec_push(f->a, f->out, (struct blaming){ at, n, line });
}

static bool is_ending(const char *ending, const struct word *word)
{
	return *ending == '@' ? word->person : same_word(ending, word->text);
}

static void push_word(struct finder *f, struct word word)
{
	size_t from;

	if (f->nr == WINDOW) {
		memmove(f->words, f->words + 1,
			(WINDOW - 1) * sizeof(*f->words));
		f->nr--;
	}
	f->words[f->nr++] = word;
	for (size_t i = 0; i < ARRAY_SIZE(phrases); i++) {
		if (!is_ending(f->endings[i], &word) ||
		    !ends_with_phrase(f, phrases[i], &from))
			continue;
		if (!from || !among(f->words[from - 1].text, against,
				    ARRAY_SIZE(against)))
			report_blame(f, f->words[from].at,
				     word.at + word.n - f->words[from].at,
				     f->words[from].line);
		return;
	}
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
	struct word word = { .at = (size_t)(p - f->bytes), .line = line };
	size_t n = 0, step;

	while (p < end && (step = *p ? word_byte(p, end) : 0)) {
		if (n < WORD_MAX)
			word.text[n] =
				step == 3 ? '\''
					  : (char)tolower((unsigned char)*p);
		n++;
		p += step;
	}
	word.n = (size_t)(p - f->bytes) - word.at;
	word.text[n <= WORD_MAX ? n : 0] = '\0';
	word.person = is_person(word.text);
	push_word(f, word);
	return p;
}

static size_t chinese_at(const char *p, const char *end)
{
	for (size_t i = 0; i < ARRAY_SIZE(chinese); i++) {
		size_t n;

		if (p[0] != chinese[i][0] || p[1] != chinese[i][1])
			continue;
		n = strlen(chinese[i]);
		if ((size_t)(end - p) >= n && !memcmp(p, chinese[i], n))
			return n;
	}
	return 0;
}

static bool is_against(const struct finder *f, const char *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(chinese_against); i++) {
		size_t n = strlen(chinese_against[i]);

		if ((size_t)(p - f->bytes) >= n &&
		    !memcmp(p - n, chinese_against[i], n))
			return true;
	}
	return false;
}

/* Behind a code span or an inline comment that starts here; NULL if none
 * does, or if it does not end in this line. */
static const char *skip_literal(const char *p, const char *end)
{
	const char *close = NULL;

	if (*p == '`')
		close = memchr(p + 1, '`', (size_t)(end - p - 1));
	else if (end - p > 4 && !memcmp(p, "<!--", 4))
		close = memmem(p, (size_t)(end - p), "-->", 3);
	return close ? close + 1 : NULL;
}

/* A phrase does not reach over the end of a sentence. */
static void read_blame_line(struct finder *f, const char *p, const char *end,
			    int line)
{
	while (p < end && f->out->nr < BLAMINGS_MAX) {
		const char *behind = skip_literal(p, end);
		size_t n;

		if (behind) {
			p = behind;
			f->nr = 0;
		} else if (*p && word_byte(p, end)) {
			p = read_blame_word(f, p, end, line);
		} else if ((unsigned char)*p >= 0x80 &&
			   (n = chinese_at(p, end))) {
			if (!is_against(f, p))
				report_blame(f, (size_t)(p - f->bytes), n,
					     line);
			p += n;
		} else {
			if (!isspace((unsigned char)*p) && *p != '*')
				f->nr = 0;
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
	struct finder f = { .a = a, .out = out, .bytes = retro->bytes };
	bool *foreign;
	int lines = 1;

	for (size_t i = 0; i < ARRAY_SIZE(phrases); i++) {
		const char *blank = strrchr(phrases[i], ' ');

		f.endings[i] = blank ? blank + 1 : phrases[i];
	}
	for (size_t i = 0; i < retro->n; i++)
		lines += retro->bytes[i] == '\n';
	foreign = arena_alloc(a, ((size_t)lines + 1) * sizeof(*foreign));
	mark_foreign(foreign, body->doc->first, lines);
	for (int line = 1; at < end; line++) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		const char *stop = eol ? eol : end, *text = at;
		size_t n = (size_t)(stop - at);

		while (n && isspace((unsigned char)*text))
			text++, n--;
		if (!n || foreign[line])
			f.nr = 0;
		else if ((size_t)(at - retro->bytes) >= retro->front.body)
			read_blame_line(&f, at, stop, line);
		at = eol ? eol + 1 : end;
	}
}
