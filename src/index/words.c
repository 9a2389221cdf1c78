/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/words.h"

#include <ctype.h>
#include <string.h>

#include "base/hanzi.h"
#include "base/text.h"

/* No shorter run of hexadecimal digits is taken for an id. */
#define ID_LEAST 7
/* A shorter part of a name says nothing alone. Letters. */
#define HUMP_LEAST 3
/* Two forms of a word have so many letters in common, and no longer
 * endings. */
#define FORM_LEAST  6
#define FORM_ENDING 3

/* As much of a text as can be part of one word. */
struct cutter {
	const char *text;
	words_fn *fn;
	void *data;
	bool sought;
	int stopped;

	/* a run of letters and digits, and where it goes from one to the
	 * other */
	char run[WORDS_MAX];
	size_t n, from, to;
	struct border {
		size_t n, at; /* bytes of the run, of the text */
	} borders[WORDS_MAX];
	size_t borders_nr;
	bool digit; /* the last one is */

	/* the last character of a script without spaces; `first` unless one
	 * stands before it */
	char last[4];
	size_t last_n, last_from, last_to;
	bool first;
};

/* Scripts that are not parted by spaces, and Hangul, whose words are short and
 * joined with their endings. Sorted. */
static const struct {
	int from, to;
} pairs[] = {
	{ 0x3005, 0x3007 },   /* 々, 〆, 〇 */
	{ 0x3040, 0x30ff },   /* kana */
	{ 0x3100, 0x312f },   /* bopomofo */
	{ 0x31a0, 0x31ff },   /* bopomofo, small kana */
	{ 0x3400, 0x4dbf },   /* Han */
	{ 0x4e00, 0x9fff },   /* Han */
	{ 0xac00, 0xd7a3 },   /* Hangul */
	{ 0xf900, 0xfaff },   /* Han, compatibility */
	{ 0xff66, 0xff9d },   /* kana, half width */
	{ 0x20000, 0x3ffff }, /* Han */
};

bool words_are_paired(int c)
{
	if (c < pairs[0].from)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (c <= pairs[i].to)
			return c >= pairs[i].from;
	return false;
}

static void emit(struct cutter *cut, const struct word *word)
{
	if (!cut->stopped)
		cut->stopped = cut->fn(cut->data, word);
}

/* As git names a commit: numbers and words mean nothing in it. */
static bool is_hex_id(const struct cutter *cut)
{
	if (cut->n < ID_LEAST)
		return false;
	for (size_t i = 0; i < cut->n; i++)
		if (!memchr("0123456789abcdef", cut->run[i], 16))
			return false;
	return true;
}

/* Whether a part of a name begins here, as in OOMKilled and dataLoader. */
static bool is_hump(const char *text, size_t from, size_t at, size_t to)
{
	return at > from && at < to && isupper((unsigned char)text[at]) &&
	       (islower((unsigned char)text[at - 1]) ||
		(at + 1 < to && islower((unsigned char)text[at + 1])));
}

/* The parts of a name that has any, each of three letters or more. */
static void emit_humps(struct cutter *cut, const struct word *word)
{
	size_t from = word->from;

	if (cut->sought || word->to - word->from != word->n)
		return;
	for (size_t at = from + 1; at <= word->to; at++) {
		if (at < word->to &&
		    !is_hump(cut->text, word->from, at, word->to))
			continue;
		if (at - from >= HUMP_LEAST && at - from < word->n)
			emit(cut,
			     &(struct word){ word->text + (from - word->from),
					     at - from, from, at, true });
		from = at;
	}
}

static void end_word_run(struct cutter *cut)
{
	struct border from = { 0, cut->from };

	if (cut->borders_nr && is_hex_id(cut))
		cut->borders_nr = 0;
	for (size_t i = 0; cut->n && i <= cut->borders_nr; i++) {
		struct border to = { cut->n, cut->to };
		struct word word;

		if (i < cut->borders_nr)
			to = cut->borders[i];
		word = (struct word){ cut->run + from.n, to.n - from.n, from.at,
				      to.at, false };
		emit(cut, &word);
		emit_humps(cut, &word);
		from = to;
	}
	cut->n = cut->borders_nr = 0;
}

/* Before a letter or digit is added. */
static void note_border(struct cutter *cut, bool digit, size_t at)
{
	if (cut->n && cut->n < WORDS_MAX && digit != cut->digit)
		cut->borders[cut->borders_nr++] = (struct border){ cut->n, at };
	cut->digit = digit;
}

static void end_pairs(struct cutter *cut)
{
	if (cut->last_n)
		emit(cut,
		     &(struct word){ cut->last, cut->last_n, cut->last_from,
				     cut->last_to, false });
	cut->last_n = 0;
}

static void add_to_run(struct cutter *cut, const char *p, size_t n, size_t from,
		       size_t to)
{
	if (!cut->n)
		cut->from = from;
	/* What is not added ends nothing: each border has bytes behind it. */
	if (cut->n + n <= WORDS_MAX) {
		note_border(cut, *p >= '0' && *p <= '9', from);
		memcpy(cut->run + cut->n, p, n);
		cut->n += n;
	}
	cut->to = to;
}

/* `p` is the character folded: at most 4 bytes. */
static void add_to_pairs(struct cutter *cut, const char *p, size_t n,
			 size_t from, size_t to)
{
	char pair[2 * sizeof(cut->last)];

	cut->first = !cut->last_n;
	if (cut->last_n) {
		memcpy(pair, cut->last, cut->last_n);
		memcpy(pair + cut->last_n, p, n);
		emit(cut, &(struct word){ pair, cut->last_n + n, cut->last_from,
					  to, false });
	}
	memcpy(cut->last, p, n);
	cut->last_n = n;
	cut->last_from = from;
	cut->last_to = to;
}

/* What is not seen parts nothing: a soft hyphen, joiners, a byte order mark. */
static bool is_unseen(int c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 ||
	       c == 0xfeff;
}

static int put_three(char *out, int c)
{
	out[0] = (char)(0xe0 | c >> 12);
	out[1] = (char)(0x80 | (c >> 6 & 0x3f));
	out[2] = (char)(0x80 | (c & 0x3f));
	return 3;
}

/* One character of Han as such: most texts that are not ASCII are of these, and
 * folding leaves them as they are, but for traditional ones. Three bytes each. */
static bool is_plain_han(int c)
{
	return c >= 0x3400 && c <= 0x9fff;
}

static void add_word_character(struct cutter *cut, int c, size_t from,
			       size_t to)
{
	char folded[TEXT_LETTER_MAX];
	const char *p = folded;
	int n;

	if (is_unseen(c))
		return;
	if (is_plain_han(c)) {
		n = put_three(folded, hanzi_simplified(c));
	} else if (c >= 0xac00 && c <= 0xd7a3) {
		p = cut->text + from;
		n = (int)(to - from);
	} else {
		n = text_fold_letter(folded, c);
	}
	if (!n)
		return;
	if (n < 0 || !words_are_paired(c) || n > (int)sizeof(cut->last))
		end_pairs(cut);
	if (n < 0 || (words_are_paired(c) && n <= (int)sizeof(cut->last)))
		end_word_run(cut);
	if (n < 0)
		return;
	if (words_are_paired(c) && n <= (int)sizeof(cut->last))
		add_to_pairs(cut, p, (size_t)n, from, to);
	else
		add_to_run(cut, p, (size_t)n, from, to);
}

/* What an ASCII character is in a word; NUL: it parts words. */
static const char ascii[128] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
	['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
	['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j',
	['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o',
	['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
	['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
	['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i',
	['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
	['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's',
	['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x',
	['Y'] = 'y', ['Z'] = 'z',
};

/* The ASCII letters and digits from `at` on, at once: they are most of a text.
 * Where the next character stands. */
static size_t add_ascii(struct cutter *cut, size_t at, size_t n)
{
	const unsigned char *text = (const unsigned char *)cut->text;

	end_pairs(cut);
	if (!cut->n)
		cut->from = at;
	for (; at < n && text[at] < 0x80 && ascii[text[at]]; at++) {
		note_border(cut, text[at] <= '9', at);
		if (cut->n < WORDS_MAX)
			cut->run[cut->n++] = ascii[text[at]];
	}
	cut->to = at;
	if (at < n && text[at] < 0x80) {
		end_word_run(cut);
		at++;
	}
	return at;
}

int words_cut(const char *text, size_t n, unsigned flags, words_fn *fn,
	      void *data)
{
	struct cutter cut = { .text = text,
			      .fn = fn,
			      .data = data,
			      .sought = flags & WORDS_SOUGHT };
	size_t at = 0, len;

	while (at < n && !cut.stopped)
		if ((unsigned char)text[at] < 0x80) {
			at = add_ascii(&cut, at, n);
		} else {
			int code = text_decode(text + at, n - at, &len);

			add_word_character(&cut, code, at, at + len);
			at += len;
		}
	end_word_run(&cut);
	if (!(flags & WORDS_SOUGHT) || cut.first)
		end_pairs(&cut);
	return cut.stopped;
}

struct ending {
	bool open;
	size_t n;
};

static int note_index_word(void *data, const struct word *word)
{
	struct ending *ending = data;
	size_t len;
	int c = text_decode(word->text, word->n, &len);

	ending->open = len == word->n && words_are_paired(c);
	return 0;
}

bool words_end_open(const char *text, size_t n)
{
	struct ending ending = { 0 };

	words_cut(text, n, WORDS_SOUGHT, note_index_word, &ending);
	return ending.open;
}

bool words_are_one(const char *one, const char *other)
{
	size_t n = strlen(one), m = strlen(other), least = n < m ? n : m;
	size_t more = n < m ? m - n : n - m, same = 0;

	while (same < least && one[same] == other[same])
		same++;
	if (same == least)
		return !more || (least >= 4 && more <= 3);
	return isascii((unsigned char)*one) && same >= FORM_LEAST &&
	       n - same <= FORM_ENDING && m - same <= FORM_ENDING;
}
