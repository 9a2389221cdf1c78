/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/unseen.h"

#define REPLACEMENT "\xef\xbf\xbd"
/* No script puts more on one letter. */
#define MARKS_MAX 8

/* Whether the next eight bytes are all ASCII, looked at as one. */
static bool eight_are_ascii(const char *s)
{
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
	return !(eight & 0x8080808080808080);
}

static bool is_ascii_text(const char *s, size_t n)
{
	size_t at = 0;

	for (; at + 8 <= n; at += 8)
		if (!eight_are_ascii(s + at))
			return false;
	for (; at < n; at++)
		if ((unsigned char)s[at] >= 0x80)
			return false;
	return true;
}

/* What most Chinese text is made of: each by itself, two columns wide. */
static bool is_ideograph(int c)
{
	return c >= 0x4e00 && c <= 0x9fff;
}

/* The one at `s`, of three bytes; 0 if there is none. */
static int ideograph_at(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	int c;

	if (n < 3 || p[0] < 0xe4 || p[0] > 0xe9 || (p[1] & 0xc0) != 0x80 ||
	    (p[2] & 0xc0) != 0x80)
		return 0;
	c = (p[0] & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	return is_ideograph(c) ? c : 0;
}

int text_decode(const char *s, size_t n, size_t *len)
{
	utf8proc_int32_t c = ideograph_at(s, n);
	utf8proc_ssize_t used = 3;

	if (!c)
		used = utf8proc_iterate((const utf8proc_uint8_t *)s,
					(utf8proc_ssize_t)n, &c);
	if (used <= 0) {
		*len = 1;
		return -1;
	}
	*len = (size_t)used;
	return c;
}

static size_t char_columns(int c)
{
	int width;

	if (c < 0)
		return 1;
	if (is_ideograph(c))
		return 2;
	width = utf8proc_charwidth(c);
	return width > 0 ? (size_t)width : 0;
}

/* A letter of a flag; two of them are one. */
static bool is_regional(int c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* Whether U+FE0F after it gives its emoji form: pictographs, and what a
 * keycap is made of. */
static bool has_emoji_form(int c)
{
	return (c >= '0' && c <= '9') || c == '#' || c == '*' ||
	       utf8proc_get_property(c)->boundclass ==
		       UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* A voicing mark of half width behind a Katakana letter: a cell by itself. */
static bool is_half_mark(int c)
{
	return c == 0xff9e || c == 0xff9f;
}

/* The cluster of characters at `s` that a terminal shows as one: its bytes,
 * and the columns of its widest member. The emoji form and a flag are wide. */
static size_t cluster(const char *s, size_t n, size_t *columns)
{
	size_t len, at;
	int c = text_decode(s, n, &len);
	utf8proc_int32_t state = 0;

	*columns = char_columns(c);
	for (at = len; c >= 0 && at < n; at += len) {
		int next = text_decode(s + at, n - at, &len);

		if (next < 0 || (c < 0x80 && next < 0x80) ||
		    (is_ideograph(c) && is_ideograph(next)) ||
		    is_half_mark(next) ||
		    utf8proc_grapheme_break_stateful(c, next, &state))
			break;
		if ((next == 0xfe0f && has_emoji_form(c)) ||
		    (is_regional(c) && is_regional(next)))
			*columns = 2;
		else if (char_columns(next) > *columns)
			*columns = char_columns(next);
		c = next;
	}
	return at;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether each of eight bytes is between ' ' and '~'. */
static bool eight_are_plain(const char *s)
{
	uint64_t word, high = EACH(0x80);

	memcpy(&word, s, sizeof(word));
	return !((word | (word + EACH(1))) & high) &&
	       ((word + EACH(0x80 - ' ')) & high) == high;
}

/* The bytes at the start that any terminal takes as they are. */
static size_t plain_prefix(const char *s, size_t n)
{
	size_t at = 0;

	while (n - at >= 8 && eight_are_plain(s + at))
		at += 8;
	while (at < n && s[at] >= ' ' && s[at] <= '~')
		at++;
	return at;
}

static size_t ascii_width(const char *s, size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		width += s[i] >= 0x20 && s[i] < 0x7f;
	return width;
}

size_t text_width(const char *s, size_t n)
{
	size_t width = 0, columns;

	if (plain_prefix(s, n) == n)
		return n;
	if (is_ascii_text(s, n))
		return ascii_width(s, n);
	for (size_t at = 0; at < n;) {
		at += cluster(s + at, n - at, &columns);
		width += columns;
	}
	return width;
}

size_t text_fit(const char *s, size_t n, size_t columns, size_t *width)
{
	size_t used = 0, at = 0;

	while (at < n) {
		size_t wide, len = cluster(s + at, n - at, &wide);

		if (used + wide > columns)
			break;
		used += wide;
		at += len;
	}
	if (width)
		*width = used;
	return at;
}

bool text_is_utf8(const char *s, size_t n, size_t *bad)
{
	size_t at = 0, len;

	while (at < n) {
		if (n - at >= 8 && eight_are_ascii(s + at)) {
			at += 8;
			continue;
		}
		if ((unsigned char)s[at] < 0x80) {
			at++;
			continue;
		}
		if (text_decode(s + at, n - at, &len) < 0) {
			if (bad)
				*bad = at;
			return false;
		}
		at += len;
	}
	return true;
}

static bool is_control(int c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	       c == 0x2029;
}

static bool is_mark(int c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_ME;
}

/* What text_clean() has passed on. */
struct cleaning {
	struct buf *out;
	int before;   /* the last character; 0 at the start */
	size_t marks; /* on the last letter */
};

/* The bytes at the start that are ideographs. */
static size_t clean_ideographs(struct cleaning *cleaning, const char *s,
			       size_t n)
{
	size_t at = 0;
	int c;

	while ((c = ideograph_at(s + at, n - at))) {
		cleaning->before = c;
		cleaning->marks = 0;
		at += 3;
	}
	buf_add(cleaning->out, s, at);
	return at;
}

/* The character at `s`, of `len` of `n` bytes, that is neither plain nor one of
 * those. */
static void clean_one(struct cleaning *cleaning, const char *s, size_t n, int c,
		      size_t len)
{
	int after = 0;
	size_t next;

	cleaning->marks = c >= 0 && is_mark(c) ? cleaning->marks + 1 : 0;
	if (cleaning->marks > MARKS_MAX)
		return;
	if (unseen_is(c) && len < n)
		after = text_decode(s + len, n - len, &next);
	if (c < 0 || is_control(c) ||
	    (unseen_is(c) && !unseen_joins(cleaning->before, c, after)))
		buf_addstr(cleaning->out, REPLACEMENT);
	else
		buf_add(cleaning->out, s, len);
	cleaning->before = c;
}

void text_clean(struct buf *out, const char *s, size_t n, unsigned flags)
{
	struct cleaning cleaning = { .out = out };
	size_t len;

	for (size_t at = 0; at < n; at += len) {
		size_t plain = plain_prefix(s + at, n - at);
		int c;

		buf_add(out, s + at, plain);
		at += plain;
		if (plain) {
			cleaning.before = s[at - 1];
			cleaning.marks = 0;
		}
		len = clean_ideographs(&cleaning, s + at, n - at);
		if (len || at == n)
			continue;
		c = text_decode(s + at, n - at, &len);
		if (c == '\n' || c == '\t')
			buf_addch(out, flags & TEXT_KEEP_LINES ? (char)c : ' ');
		else
			clean_one(&cleaning, s + at, n - at, c, len);
	}
}

char *text_cleaned(struct arena *a, const char *s)
{
	struct buf out = BUF_INIT;
	size_t n = strlen(s);
	char *text;

	if (plain_prefix(s, n) == n)
		return arena_strndup(a, s, n);
	text_clean(&out, s, n, 0);
	text = arena_strndup(a, out.p, out.n);
	buf_release(&out);
	return text;
}

/* The bytes of the white space at `s`, 0 if there is none. */
static size_t space_at(const char *s, size_t n)
{
	if (n && (*s == ' ' || (*s >= '\t' && *s <= '\r')))
		return 1;
	if (n >= 2 && !memcmp(s, "\xc2\xa0", 2))
		return 2;
	if (n >= 3 && !memcmp(s, "\xe3\x80\x80", 3))
		return 3;
	return 0;
}

void text_trim(const char **s, size_t *n)
{
	size_t len;

	while ((len = space_at(*s, *n))) {
		*s += len;
		*n -= len;
	}
	while (*n) {
		const char *end = *s + *n;

		if (space_at(end - 1, 1))
			len = 1;
		else if (*n >= 2 && space_at(end - 2, 2) == 2)
			len = 2;
		else if (*n >= 3 && space_at(end - 3, 3) == 3)
			len = 3;
		else
			break;
		*n -= len;
	}
}

void text_valid(struct buf *out, const char *s, size_t n)
{
	size_t len;

	for (size_t at = 0; at < n; at += len) {
		if (text_decode(s + at, n - at, &len) < 0)
			buf_addstr(out, REPLACEMENT);
		else
			buf_add(out, s + at, len);
	}
}

static void add_folded(struct buf *out, const char *s, size_t n)
{
	struct buf valid = BUF_INIT;
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t len;

	if (is_ascii_text(s, n)) {
		for (size_t i = 0; i < n; i++)
			buf_addch(out, s[i] >= 'A' && s[i] <= 'Z'
					       ? (char)(s[i] - 'A' + 'a')
					       : s[i]);
		return;
	}
	text_valid(&valid, s, n); /* or utf8proc takes nothing */
	len = utf8proc_map((const utf8proc_uint8_t *)valid.p,
			   (utf8proc_ssize_t)valid.n, &folded,
			   UTF8PROC_STABLE | UTF8PROC_COMPOSE |
				   UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
				   UTF8PROC_IGNORE);
	if (len > 0)
		buf_add(out, folded, (size_t)len);
	free(folded);
	buf_release(&valid);
}

char *text_fold(struct arena *a, const char *s, size_t n)
{
	struct buf folded = BUF_INIT, out = BUF_INIT;
	const char *p;
	size_t left, len;
	char *text;

	add_folded(&folded, s, n);
	p = folded.p;
	left = folded.n;
	text_trim(&p, &left);
	while (left) {
		len = space_at(p, left);
		if (!len) {
			buf_addch(&out, *p);
			len = 1;
		} else if (out.p[out.n - 1] != ' ') {
			buf_addch(&out, ' ');
		}
		p += len;
		left -= len;
	}
	text = arena_strndup(a, out.p, out.n);
	buf_release(&folded);
	buf_release(&out);
	return text;
}

static bool is_word_char(int c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
		return true;
	default:
		return false;
	}
}

/* The bits of the categories that text_fold_letter() takes. */
#define BIT(category) (1u << UTF8PROC_CATEGORY_##category)
#define MARKS         (BIT(MN) | BIT(MC) | BIT(ME))
#define LETTERS                                                                \
	(BIT(LU) | BIT(LL) | BIT(LT) | BIT(LM) | BIT(LO) | BIT(ND) | BIT(NL) | \
	 BIT(NO))

int text_fold_letter(char out[TEXT_LETTER_MAX], int c)
{
	utf8proc_int32_t folded[TEXT_LETTER_MAX / 4];
	unsigned bit = c < 0 ? 0 : 1u << utf8proc_category(c);
	utf8proc_ssize_t nr;
	int n = 0;

	if (bit & MARKS)
		return 0;
	if (!(bit & LETTERS))
		return -1;
	nr = utf8proc_decompose_char(c, folded, ARRAY_SIZE(folded),
				     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
					     UTF8PROC_CASEFOLD |
					     UTF8PROC_STRIPMARK,
				     NULL);
	if (nr > (utf8proc_ssize_t)ARRAY_SIZE(folded))
		nr = ARRAY_SIZE(folded);
	for (utf8proc_ssize_t i = 0; i < nr; i++)
		n += (int)utf8proc_encode_char(folded[i],
					       (utf8proc_uint8_t *)out + n);
	return n;
}

void text_encode(struct buf *out, int c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	buf_add(out, (const char *)bytes, (size_t)n);
}

char *text_slug(struct arena *a, const char *s, size_t max)
{
	char *folded = text_fold(a, s, strlen(s));
	size_t n = strlen(folded), len, chars = 0, dash = 0;
	struct buf out = BUF_INIT;
	char *slug;

	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(folded + at, n - at, &len);

		if (c < 0 || !is_word_char(c)) {
			if (out.n && out.p[out.n - 1] != '-') {
				dash = out.n;
				buf_addch(&out, '-');
				chars++;
			}
			continue;
		}
		if (chars >= max) {
			if (dash)
				buf_truncate(&out, dash);
			break;
		}
		buf_add(&out, folded + at, len);
		chars++;
	}
	while (out.n && out.p[out.n - 1] == '-')
		buf_truncate(&out, out.n - 1);
	slug = arena_strdup(a, out.n ? out.p : "retro");
	buf_release(&out);
	return slug;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Three rows of the table are enough: this one, the last, and the one before
 * for the swap. */
size_t text_distance(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), result;
	size_t *rows = mem_calloc(3 * (nb + 1), sizeof(*rows));
	size_t *before = rows, *last = rows + nb + 1, *now = last + nb + 1;

	for (size_t j = 0; j <= nb; j++)
		last[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);

			now[j] = smaller(change,
					 smaller(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				now[j] = smaller(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = spare;
	}
	result = last[nb];
	free(rows);
	return result;
}

const char *text_nearest(const char *word, const struct strs *candidates)
{
	size_t n = strlen(word), best = n / 3 ? n / 3 : 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < candidates->nr; i++) {
		const char *candidate = candidates->at[i];
		size_t m = strlen(candidate), distance;

		if ((m > n ? m - n : n - m) > best)
			continue;
		distance = text_distance(word, candidate);
		if (distance < best || (distance == best && !nearest)) {
			best = distance;
			nearest = candidate;
		}
	}
	return nearest;
}

static const char *skip_word_gap(const char *s)
{
	while (*s == ' ' || *s == '-' || *s == '_')
		s++;
	return s;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool text_alike(const char *a, const char *b)
{
	for (;; a++, b++) {
		a = skip_word_gap(a);
		b = skip_word_gap(b);
		if (lower(*a) != lower(*b))
			return false;
		if (!*a)
			return true;
	}
}
