/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "index/ingest.h"
#include "index/tokenizer.h"
#include "model/body.h"

/* Columns of a snippet, and of what stands before the first mark where the line
 * is longer. */
#define WIDTH  160
#define BEFORE 40
#define CUT    "…"

/* A word of a text, or of what is sought. */
struct token {
	const char *text; /* stemmed */
	size_t n;
	size_t from, to;
};
struct tokens VEC_OF(struct token);

struct sought {
	struct tokens tokens;
	bool open; /* the last may begin a pair */
};
struct soughts VEC_OF(struct sought);

/* A line that could be shown. */
struct line {
	size_t from, to;
	enum section_key key;
	bool in_front, is_heading;
};

struct finder {
	struct arena *a;
	struct db *db;
	const struct terms *terms;
	struct soughts soughts;
	struct marks marks;       /* of the text at hand, in order */
	struct VEC_OF(size_t) of; /* which of `soughts` each mark is */
};

/* --- words --- */

struct cut {
	struct arena *a;
	struct tokens *out;
};

static int add_token(void *data, const struct word *word)
{
	struct cut *cut = data;

	vec_push(cut->a, cut->out,
		 (struct token){ arena_strndup(cut->a, word->text, word->n),
				 word->n, word->from, word->to });
	return 0;
}

static void cut_text(struct tokens *out, struct finder *f, const char *text,
		     size_t n, unsigned flags)
{
	struct cut cut = { f->a, out };

	tokenizer_cut(f->db, text, n, flags, add_token, &cut);
}

static void read_finder_terms(struct finder *f)
{
	for (size_t i = 0; i < f->terms->all.nr; i++)
		for (size_t j = 0; j < f->terms->all.at[i].any.nr; j++) {
			const char *text = f->terms->all.at[i].any.at[j];
			struct sought sought = { 0 };

			sought.open = words_end_open(text, strlen(text));
			cut_text(&sought.tokens, f, text, strlen(text),
				 WORDS_SOUGHT);
			vec_push(f->a, &f->soughts, sought);
		}
}

static bool same_token(const struct token *sought, const struct token *token,
		       bool open)
{
	return (open ? sought->n <= token->n : sought->n == token->n) &&
	       !memcmp(sought->text, token->text, sought->n);
}

/* Whether it stands at `at`; *mark gets where. Of a pair that is only begun,
 * the first character counts. */
static bool stands_at(struct mark *mark, const struct sought *sought,
		      const struct tokens *tokens, size_t at, const char *text)
{
	size_t nr = sought->tokens.nr;
	const struct token *last;

	if (!nr || nr > tokens->nr - at)
		return false;
	for (size_t i = 0; i < nr; i++)
		if (!same_token(&sought->tokens.at[i], &tokens->at[at + i],
				sought->open && i + 1 == nr))
			return false;
	last = &tokens->at[at + nr - 1];
	mark->from = tokens->at[at].from;
	mark->to = last->to;
	if (sought->open) {
		size_t len;

		text_decode(text + last->from, last->to - last->from, &len);
		mark->to = last->from + len;
	}
	return true;
}

static void find_marks(struct finder *f, const char *text, size_t n)
{
	struct tokens tokens = { 0 };
	struct mark mark;

	f->marks.nr = f->of.nr = 0;
	cut_text(&tokens, f, text, n, 0);
	for (size_t i = 0; i < tokens.nr; i++)
		for (size_t j = 0; j < f->soughts.nr; j++)
			if (stands_at(&mark, &f->soughts.at[j], &tokens, i,
				      text)) {
				vec_push(f->a, &f->marks, mark);
				vec_push(f->a, &f->of, j);
			}
}

/* --- lines --- */

/* How many different ones of those sought the bytes hold; *at moves on to the
 * marks behind `from`. */
static size_t count_different(const struct finder *f, size_t *at, size_t from,
			      size_t to)
{
	size_t count = 0;

	while (*at < f->marks.nr && f->marks.at[*at].from < from)
		(*at)++;
	for (size_t i = *at; i < f->marks.nr && f->marks.at[i].from < to; i++) {
		size_t j = *at;

		while (j < i && f->of.at[j] != f->of.at[i])
			j++;
		count += j == i;
	}
	return count;
}

/* What it is worth to be shown, from 0. The title is shown anyway. */
static size_t worth_of(const struct line *line)
{
	if (line->in_front)
		return 0;
	if (line->is_heading)
		return 2;
	return line->key == SECTION_PITFALLS ? 5 : line->key ? 4 : 3;
}
#define WORTH_TITLE 1
#define WORTH_MAX   6

static bool is_blank_text(const char *p, size_t n)
{
	text_trim(&p, &n);
	return !n;
}

static bool is_allowed(const struct finder *f, const struct line *line)
{
	unsigned columns = f->terms->columns;

	return !columns || columns & 1u << line->key;
}

/* The best line of a retro's text; its worth, 0 if there is none. */
static size_t choose_line(struct line *out, struct finder *f,
			  const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	size_t best = 0, section = 0, at = 0;
	struct line line = { 0 };
	int number = 1;

	find_marks(f, retro->bytes, retro->n);
	for (size_t from = 0; from < retro->n; from = line.to + 1, number++) {
		const char *nl =
			memchr(retro->bytes + from, '\n', retro->n - from);
		size_t count, worth;

		line.from = from;
		line.to = nl ? (size_t)(nl - retro->bytes) : retro->n;
		line.in_front = from < retro->front.body;
		line.is_heading = section < sections->nr &&
				  sections->at[section].line == number;
		if (line.is_heading)
			line.key = sections->at[section++].key;
		count = count_different(f, &at, line.from, line.to);
		if ((!count && f->soughts.nr) || !is_allowed(f, &line) ||
		    is_blank_text(retro->bytes + from, line.to - from))
			continue;
		worth = count * WORTH_MAX + worth_of(&line) + 1;
		if (worth > best) {
			best = worth;
			*out = line;
		}
	}
	return best;
}

/* --- the snippet --- */

/* The signs at the start of a line: of headings, quotes, items and boxes. */
static size_t skip_signs(const char *p, size_t n)
{
	size_t at = 0, digits;

	for (;;) {
		size_t before = at;

		while (at < n && strchr(" \t>#", p[at]))
			at++;
		if (n - at > 1 && strchr("-*+", p[at]) && p[at + 1] == ' ')
			at += 2;
		if (n - at > 3 && p[at] == '[' && p[at + 2] == ']' &&
		    strchr(" xX-", p[at + 1]) && p[at + 3] == ' ')
			at += 4;
		for (digits = 0; at + digits < n; digits++)
			if (!strchr("0123456789", p[at + digits]))
				break;
		if (digits && n - at - digits > 1 &&
		    p[at + digits + 1] == ' ' && strchr(".)", p[at + digits]))
			at += digits + 2;
		if (at == before)
			return at;
	}
}

/* Where a line that is too long begins: at a word's start, a little before its
 * first mark. */
static size_t choose_start(const char *p, size_t from, size_t first)
{
	size_t at = first, left = BEFORE, start;

	while (at > from && left) {
		at--;
		while (at > from && ((unsigned char)p[at] & 0xc0) == 0x80)
			at--;
		left--;
	}
	for (start = at; start > from && start < first; start++)
		if (p[start - 1] == ' ')
			return start;
	return at;
}

static void add_marks(struct snippet *out, struct finder *f, size_t from,
		      size_t to, size_t shift)
{
	size_t end = 0;

	for (size_t i = 0; i < f->marks.nr; i++) {
		struct mark mark = f->marks.at[i];

		if (mark.from < from || mark.from >= to || mark.to <= end)
			continue;
		mark.from = mark.from < end ? end : mark.from;
		end = mark.to = mark.to > to ? to : mark.to;
		vec_push(f->a, &out->marks,
			 (struct mark){ mark.from - from + shift,
					mark.to - from + shift });
	}
}

/* The bytes [from, to) of the text that the marks are of. */
static void quote_snippet(struct snippet *out, struct finder *f,
			  const char *text, size_t from, size_t to)
{
	size_t start = from, end = to, at = 0;
	struct buf b = BUF_INIT;

	while (end > from && strchr(" \t\r", text[end - 1]))
		end--;
	to = end;
	while (at < f->marks.nr && f->marks.at[at].from < from)
		at++;
	if (text_width(text + from, end - from) > WIDTH) {
		if (at < f->marks.nr && f->marks.at[at].from < to)
			start = choose_start(text, from, f->marks.at[at].from);
		end = start + text_fit(text + start, to - start, WIDTH, NULL);
	}
	if (start > from)
		buf_addstr(&b, CUT);
	add_marks(out, f, start, end, b.n);
	buf_add(&b, text + start, end - start);
	for (size_t i = 0; i < b.n; i++)
		if (!b.p[i])
			b.p[i] = ' '; /* it would end the text */
	if (end < to)
		buf_addstr(&b, CUT);
	out->text = arena_strndup(f->a, b.p, b.n);
	buf_release(&b);
}

void snippet_find(struct snippet *out, struct arena *a, struct db *db,
		  struct retro *retro, const struct policy *policy,
		  const struct terms *terms)
{
	struct finder f = { .a = a, .db = db, .terms = terms };
	struct diags ignored = { .arena = a };
	struct line line = { 0 };
	size_t worth, at = 0, count, from;

	*out = (struct snippet){ .text = "" };
	body_read(retro, a, &ignored, policy);
	read_finder_terms(&f);
	worth = choose_line(&line, &f, retro);
	if (worth) {
		from = line.from + skip_signs(retro->bytes + line.from,
					      line.to - line.from);
		quote_snippet(out, &f, retro->bytes, from, line.to);
		out->section = section_name(line.key);
	}
	find_marks(&f, retro->title, strlen(retro->title));
	count = count_different(&f, &at, 0, strlen(retro->title));
	if (count && count * WORTH_MAX + WORTH_TITLE + 1 > worth) {
		*out = (struct snippet){ .section = "title" };
		quote_snippet(out, &f, retro->title, 0, strlen(retro->title));
	}
}
