/* SPDX-License-Identifier: GPL-2.0-only */
/* Words: what a text is cut into lies in it, in order, and any part of it that
 * is Chinese is found in it. */
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "index/words.h"
#include "target.h"

struct token {
	char text[WORDS_MAX];
	size_t n;
};
struct tokens VEC_OF(struct token);

struct cut {
	struct arena *a;
	struct tokens *out;
	size_t n, at;
};

static int add(void *data, const struct word *word)
{
	struct cut *cut = data;
	struct token token = { .n = word->n };

	CHECK(word->n > 0 && word->n <= WORDS_MAX);
	CHECK(word->from >= cut->at && word->from < word->to);
	CHECK(word->to <= cut->n);
	cut->at = word->from;
	memcpy(token.text, word->text, word->n);
	vec_push(cut->a, cut->out, token);
	return 0;
}

static void cut(struct tokens *out, struct arena *a, const char *text, size_t n,
		unsigned flags)
{
	struct cut cut = { a, out, n, 0 };

	CHECK(words_cut(text, n, flags, add, &cut) == 0);
}

static bool starts(const struct token *whole, const struct token *part)
{
	return part->n <= whole->n && !memcmp(whole->text, part->text, part->n);
}

static bool stands_at(const struct tokens *text, size_t at,
		      const struct tokens *part, bool open)
{
	if (part->nr > text->nr - at)
		return false;
	for (size_t i = 0; i < part->nr; i++) {
		const struct token *one = &text->at[at + i];
		bool last = i + 1 == part->nr;

		if (!starts(one, &part->at[i]) ||
		    (one->n != part->at[i].n && !(last && open)))
			return false;
	}
	return true;
}

/* Whether each character is Han, which is never folded. */
static bool is_han(const char *text, size_t n)
{
	size_t len;

	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(text + at, n - at, &len);

		if (c < 0x4e00 || c > 0x9fff)
			return false;
	}
	return n > 0;
}

/* The first two bytes choose the part. */
static void seek_part(struct arena *a, const char *text, size_t n)
{
	struct tokens whole = { 0 }, part = { 0 };
	size_t from = n < 2 ? 0 : (unsigned char)text[0] % n;
	size_t left = n - from;
	size_t len = n < 2 ? 0 : (unsigned char)text[1] % (left + 1);
	bool found = false;

	cut(&whole, a, text, n, 0);
	if (!is_han(text + from, len))
		return;
	cut(&part, a, text + from, len, WORDS_SOUGHT);
	for (size_t i = 0; i < whole.nr && !found; i++)
		found = stands_at(&whole, i, &part,
				  words_end_open(text + from, len));
	CHECK(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	const char *text = arena_strndup(&a, (const char *)bytes, n);

	seek_part(&a, text, n);
	arena_release(&a);
	return 0;
}
