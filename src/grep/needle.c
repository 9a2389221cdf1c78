/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/needle.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Shorter ones are found too often to spare much. Bytes. */
#define NEEDLE_MIN 3

/* --- out of an expression --- */

struct reader {
	struct needles *out;
	const char *s;
	bool extended; /* or Perl's: operators have no backslash */
	bool perl;
	bool odd;           /* something that is not understood */
	int depth;          /* of groups: what is in one may be left out */
	struct needle run;  /* of characters that follow each other */
	size_t last;        /* bytes of the last one; 0: it has none */
	struct needle best; /* of this alternative */
};

static void end_needle_run(struct reader *r)
{
	if (r->run.n > r->best.n)
		r->best = r->run;
	r->run.n = r->last = 0;
}

static void end_alternative(struct reader *r)
{
	end_needle_run(r);
	if (r->best.n < NEEDLE_MIN || r->out->nr == NEEDLES_MAX)
		r->odd = true;
	else
		r->out->at[r->out->nr++] = r->best;
	r->best.n = 0;
}

/* One that is too long ends the run. */
static void add_needle_character(struct reader *r)
{
	size_t n;

	text_decode(r->s, strlen(r->s), &n);
	if (r->run.n + n > NEEDLE_MAX)
		end_needle_run(r);
	if (!r->depth) {
		memcpy(r->run.text + r->run.n, r->s, n);
		r->run.n += n;
		r->last = n;
	}
	r->s += n;
}

/* What it repeats may be missing. */
static void repeat_needle_run(struct reader *r)
{
	r->run.n -= r->last;
	end_needle_run(r);
}

/* Behind the brace. */
static void skip_interval(struct reader *r)
{
	const char *end = r->s + strspn(r->s, "0123456789,");

	repeat_needle_run(r);
	end += !r->extended && *end == '\\';
	if (*end != '}')
		r->odd = true;
	else
		r->s = end + 1;
}

/* Behind the bracket. */
static void skip_bracket(struct reader *r)
{
	const char *s = r->s;

	end_needle_run(r);
	s += *s == '^';
	s += *s == ']';
	while (*s && *s != ']') {
		if (r->perl && *s == '\\' && s[1]) {
			s++;
		} else if (*s == '[' && s[1] && strchr(":.=", s[1])) {
			char close[] = { s[1], ']', '\0' };
			const char *end = strstr(s + 2, close);

			if (end)
				s = end + 1;
			else
				r->odd = true;
		}
		s++;
	}
	if (*s)
		r->s = s + 1;
	else
		r->odd = true;
}

static void add_needle_operator(struct reader *r, char c)
{
	switch (c) {
	case '(':
		end_needle_run(r);
		r->depth++;
		r->odd |= r->perl && strchr("?*", *r->s);
		return;
	case ')':
		end_needle_run(r);
		r->depth -= r->depth > 0;
		return;
	case '|':
		if (!r->depth)
			end_alternative(r);
		return;
	case '{':
		skip_interval(r);
		return;
	default:
		repeat_needle_run(r);
	}
}

static void add_next_needle(struct reader *r)
{
	char c = *r->s;

	if (c == '\\') {
		c = *++r->s;
		if (!c || isalnum((unsigned char)c) || strchr("<>`'}", c)) {
			r->odd = true; /* it may be anything */
		} else if (!r->extended && strchr("(){|+?", c)) {
			r->s++;
			add_needle_operator(r, c);
		} else {
			add_needle_character(r);
		}
	} else if (strchr(".^$", c)) {
		end_needle_run(r);
		r->s++;
	} else if (c == '[') {
		r->s++;
		skip_bracket(r);
	} else if (c == '*' || (r->extended && strchr("(){|+?", c))) {
		r->s++;
		add_needle_operator(r, c);
	} else {
		add_needle_character(r);
	}
}

/* --- the bytes to look for --- */

/* Of retros in English and Chinese, the most frequent first; those that are not
 * there are rare. */
static const char frequent[] = " \xe4\xe5\xe6\xe7\xe8\xe9"
			       "etaoinsrlhdcumpgfybwvk\n-.,:0123456789";

static size_t rarity(char c)
{
	const char *at = c ? strchr(frequent, c) : NULL;

	return at ? (size_t)(at - frequent) : sizeof(frequent);
}

static void choose_bytes(struct needle *needle)
{
	size_t *rare = needle->rare;

	rare[0] = rarity(needle->text[0]) < rarity(needle->text[1]);
	rare[1] = !rare[0];
	for (size_t i = 2; i < needle->n; i++) {
		size_t is = rarity(needle->text[i]);

		if (is > rarity(needle->text[rare[0]])) {
			rare[1] = rare[0];
			rare[0] = i;
		} else if (is > rarity(needle->text[rare[1]])) {
			rare[1] = i;
		}
	}
}

void needles_read(struct needles *out, const char *source,
		  enum needle_syntax syntax)
{
	struct reader r = { .out = out,
			    .s = source,
			    .extended = syntax != NEEDLE_BASIC,
			    .perl = syntax == NEEDLE_PERL };

	out->nr = 0;
	while (*r.s && !r.odd)
		if (syntax == NEEDLE_FIXED)
			add_needle_character(&r);
		else
			add_next_needle(&r);
	if (!r.odd)
		end_alternative(&r);
	if (r.odd)
		out->nr = 0;
	for (size_t i = 0; i < out->nr; i++)
		choose_bytes(&out->at[i]);
}

/* --- looking for them --- */

#define LANES 16

typedef uint8_t lanes __attribute__((vector_size(LANES)));

static lanes load_lanes(const char *at)
{
	lanes v;

	memcpy(&v, at, LANES);
	return v;
}

static bool is_needle_at(const struct needle *needle, const char *at)
{
	return !memcmp(at, needle->text, needle->n);
}

/* Both of its rare bytes at sixteen places at once. */
static size_t find_one(const struct needle *needle, const char *text, size_t n,
		       size_t at)
{
	const lanes none = { 0 };
	const lanes first = none + (uint8_t)needle->text[needle->rare[0]];
	const lanes second = none + (uint8_t)needle->text[needle->rare[1]];

	for (; at + needle->n + LANES - 1 <= n; at += LANES) {
		lanes both = (lanes)((load_lanes(text + at + needle->rare[0]) ==
				      first) &
				     (load_lanes(text + at + needle->rare[1]) ==
				      second));
		uint64_t any[2];

		memcpy(any, &both, LANES);
		if (!(any[0] | any[1]))
			continue;
		for (size_t i = 0; i < LANES; i++)
			if (both[i] && is_needle_at(needle, text + at + i))
				return at + i;
	}
	for (; at + needle->n <= n; at++)
		if (is_needle_at(needle, text + at))
			return at;
	return n;
}

size_t needles_find(struct needles *needles, const char *text, size_t n,
		    size_t at)
{
	size_t nearest = n;

	for (size_t i = 0; i < needles->nr; i++) {
		struct needle *needle = &needles->at[i];

		if (!at || needle->next < at)
			needle->next = find_one(needle, text, n, at);
		if (needle->next < nearest)
			nearest = needle->next;
	}
	return nearest;
}
