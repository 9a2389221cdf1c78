/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/leaf.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "merge/units.h"

void merged_add(struct merged *merged, const struct text *text)
{
	struct buf *out = &merged->out;

	if (text->n && out->n && out->p[out->n - 1] != '\n')
		buf_addstr(out, merged->eol);
	buf_add(out, text->p, text->n);
}

static struct err *merge_lines(struct merged *merged, const struct text *base,
			       const struct text *ours,
			       const struct text *theirs)
{
	const struct text_merge texts = { *base, *ours, *theirs, merged->style,
					  merged->marker };
	struct buf out = BUF_INIT;
	bool clean;
	struct err *e = text_merge(&out, &clean, &texts);

	if (!e)
		merged_add(merged, &(struct text){ out.p, out.n });
	merged->clean &= clean;
	buf_release(&out);
	return e;
}

const struct text *leaf_pick(const struct text *base, const struct text *ours,
			     const struct text *theirs)
{
	if (text_is_equal(ours, theirs) || text_is_equal(base, theirs))
		return ours;
	return text_is_equal(base, ours) ? theirs : NULL;
}

struct err *leaf_text(struct merged *merged, const struct text *base,
		      const struct text *ours, const struct text *theirs)
{
	const struct text *one = leaf_pick(base, ours, theirs);

	if (!one)
		return merge_lines(merged, base, ours, theirs);
	merged_add(merged, one);
	return NULL;
}

/* --- an item: its marks, and its words --- */

/* What of an item is not its words. */
enum mark { MARK_BOX, MARK_OWNER, MARK_PRIORITY, MARK_DUE, MARK_DONE, MARKS };

/* All marks of a kind, with a space between two; empty: it has none. */
struct marks {
	struct buf of[MARKS];
};

/* The next word of a text, or the spaces or line ends before it: a box is one
 * word. */
static struct text next_word(const struct text *text, size_t at)
{
	static const char *const gaps[] = { " \t", "\r\n" };
	size_t end = at;

	for (size_t i = 0; end == at && i < ARRAY_SIZE(gaps); i++)
		while (end < text->n && strchr(gaps[i], text->p[end]))
			end++;
	if (end > at)
		return (struct text){ text->p + at, end - at };
	if (text->n - at >= 3 && text->p[at] == '[' && text->p[at + 2] == ']')
		end += 3;
	while (end < text->n && !strchr(" \t\r\n", text->p[end]))
		end++;
	return (struct text){ text->p + at, end - at };
}

static bool word_begins(const struct text *word, const char *with)
{
	size_t n = strlen(with);

	return word->n > n && !strncasecmp(word->p, with, n);
}

/* MARKS: it is none. */
static enum mark mark_of(const struct text *word)
{
	static const char *const begins[] = { [MARK_OWNER] = "@",
					      [MARK_PRIORITY] = "!",
					      [MARK_DUE] = "due:",
					      [MARK_DONE] = "done:" };

	if (word->n == 3 && word->p[0] == '[' && word->p[2] == ']')
		return MARK_BOX;
	for (enum mark mark = MARK_OWNER; mark < MARKS; mark++)
		if (word_begins(word, begins[mark]))
			return mark;
	return MARKS;
}

static bool is_gap(const struct text *word)
{
	return strchr(" \t\r\n", *word->p) != NULL;
}

static void add_word(struct buf *out, const struct text *word)
{
	if (out->n)
		buf_addch(out, ' ');
	buf_add(out, word->p, word->n);
}

/* Its marks, and its words without them. */
static void read_item(struct marks *marks, struct buf *words,
		      const struct text *text)
{
	for (size_t i = 0; i < MARKS; i++)
		buf_init(&marks->of[i]);
	buf_init(words);
	for (size_t at = 0; at < text->n;) {
		const struct text word = next_word(text, at);
		enum mark mark = mark_of(&word);

		if (!is_gap(&word))
			add_word(mark < MARKS ? &marks->of[mark] : words,
				 &word);
		at += word.n;
	}
}

static void release_item(struct marks *marks, struct buf *words)
{
	for (size_t i = 0; i < MARKS; i++)
		buf_release(&marks->of[i]);
	buf_release(words);
}

static const struct buf *pick_buf(const struct buf *base,
				  const struct buf *ours,
				  const struct buf *theirs)
{
	if (!strcmp(ours->p, theirs->p) || !strcmp(base->p, theirs->p))
		return ours;
	return strcmp(base->p, ours->p) ? NULL : theirs;
}

static void drop_spaces(struct buf *out)
{
	size_t n = out->n;

	while (n && strchr(" \t", out->p[n - 1]))
		n--;
	buf_truncate(out, n);
}

/* Those that the text did not have, at the end of its first line. */
static void add_missing(struct buf *out, const struct buf *const marks[MARKS],
			bool put[MARKS])
{
	for (size_t i = 0; i < MARKS; i++) {
		if (!put[i] && marks[i]->n)
			buf_addf(out, " %s", marks[i]->p);
		put[i] = true;
	}
}

/* Puts these marks in the place of those of the text, which has `own`. */
static void write_item(struct buf *out, const struct text *text,
		       const struct marks *own,
		       const struct buf *const marks[MARKS])
{
	bool put[MARKS], written[MARKS] = { false };

	for (size_t i = 0; i < MARKS; i++)
		put[i] = own->of[i].n != 0;
	for (size_t at = 0; at < text->n;) {
		const struct text word = next_word(text, at);
		enum mark mark = mark_of(&word);

		if (strchr("\r\n", *word.p))
			add_missing(out, marks, put);
		if (mark == MARKS)
			buf_add(out, word.p, word.n);
		else if (!written[mark] && marks[mark]->n)
			buf_add(out, marks[mark]->p, marks[mark]->n);
		else
			drop_spaces(out);
		if (mark < MARKS)
			written[mark] = true;
		at += word.n;
	}
	add_missing(out, marks, put);
}

/* False: both changed the words, or one mark, differently. */
static bool merge_item(struct buf *out, const struct text texts[3])
{
	struct marks marks[3];
	struct buf words[3];
	const struct buf *picked[MARKS], *said;
	bool done;

	for (int i = 0; i < 3; i++)
		read_item(&marks[i], &words[i], &texts[i]);
	said = pick_buf(&words[0], &words[1], &words[2]);
	done = said != NULL;
	for (size_t i = 0; i < MARKS; i++) {
		picked[i] = pick_buf(&marks[0].of[i], &marks[1].of[i],
				     &marks[2].of[i]);
		done &= picked[i] != NULL;
	}
	/* A box stands in front, and nowhere else. */
	if (done)
		done = !picked[MARK_BOX]->n ==
		       !marks[said - words].of[MARK_BOX].n;
	if (done)
		write_item(out, &texts[said - words], &marks[said - words],
			   picked);
	for (int i = 0; i < 3; i++)
		release_item(&marks[i], &words[i]);
	return done;
}

struct err *leaf_item(struct merged *merged, const struct text *base,
		      const struct text *ours, const struct text *theirs)
{
	const struct text texts[3] = { *base, *ours, *theirs };
	struct buf out = BUF_INIT;
	struct err *e = NULL;

	if (!leaf_pick(base, ours, theirs) && base->n &&
	    merge_item(&out, texts))
		merged_add(merged, &(struct text){ out.p, out.n });
	else
		e = leaf_text(merged, base, ours, theirs);
	buf_release(&out);
	return e;
}
