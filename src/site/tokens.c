/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <string.h>

#include "base/hash.h"
#include "index/ingest.h"
#include "index/searchable.h"
#include "index/tokenizer.h"
#include "model/read.h"
#include "site/internal.h"

/* The column of a word that is in the file and not sought. */
#define HIDDEN      COLUMNS
#define SLOTS_BEGIN 4096

void site_words_init(struct site_words *out, struct arena *a, struct db *db)
{
	*out = (struct site_words){ .a = a, .db = db, .slots_nr = SLOTS_BEGIN };
	out->slots = arena_alloc(a, out->slots_nr * sizeof(*out->slots));
}

/* --- numbers --- */

/* Where the word is, or could be put. */
static struct site_slot *find_slot(const struct site_words *words,
				   uint32_t hash, const char *text, size_t n)
{
	size_t mask = words->slots_nr - 1, at = hash & mask;

	for (; words->slots[at].number; at = (at + 1) & mask) {
		const struct site_slot *slot = &words->slots[at];
		const char *word;

		if (slot->hash != hash)
			continue;
		word = words->at.at[slot->number - 1];
		if (!strncmp(word, text, n) && !word[n])
			break;
	}
	return &words->slots[at];
}

static void grow(struct site_words *words)
{
	const struct site_slot *old = words->slots;
	size_t nr = words->slots_nr;

	words->slots_nr *= 2;
	words->slots =
		arena_alloc(words->a, words->slots_nr * sizeof(*words->slots));
	for (size_t i = 0; i < nr; i++) {
		size_t at = old[i].hash & (words->slots_nr - 1);

		if (!old[i].number)
			continue;
		while (words->slots[at].number)
			at = (at + 1) & (words->slots_nr - 1);
		words->slots[at] = old[i];
	}
}

static size_t number_word(struct site_words *words, const char *text, size_t n)
{
	uint64_t sum = hash_bytes(HASH_START, text, n);
	uint32_t hash = (uint32_t)(sum ^ sum >> 32);
	struct site_slot *slot = find_slot(words, hash, text, n);

	if (slot->number)
		return slot->number - 1;
	vec_push(words->a, &words->at, arena_strndup(words->a, text, n));
	*slot = (struct site_slot){ (uint32_t)words->at.nr, hash };
	if (words->at.nr * 2 > words->slots_nr)
		grow(words);
	return words->at.nr - 1;
}

/* --- a text --- */

struct token {
	size_t number;
	size_t from, to;
	int column;
	bool inside;
};
struct tokens VEC_OF(struct token);

struct gathering_tokens {
	struct tokens *out;
	struct arena *a;
	struct site_words *words;
	size_t offset;
	int column;
};

static int gather_token(void *data, const struct word *word)
{
	const struct gathering_tokens *g = data;

	vec_push(g->a, g->out,
		 (struct token){ number_word(g->words, word->text, word->n),
				 g->offset + word->from, g->offset + word->to,
				 g->column, word->inside });
	return 0;
}

static void cut_part(struct tokens *out, struct site_words *words,
		     struct arena *a, const char *text,
		     const struct searchable_part *part, int column)
{
	struct gathering_tokens g = { out, a, words, part->from, column };

	tokenizer_cut(words->db, text + part->from, part->to - part->from, 0,
		      gather_token, &g);
}

static void put_number(struct buf *out, size_t number)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
				     "pqrstuvwxyz0123456789-_";

	for (; number > 31; number >>= 5)
		buf_addch(out, digits[(number & 31) | 32]);
	buf_addch(out, digits[number]);
}

struct token_writer {
	struct buf *out;
	struct site_words *words;
	const char *text;
	size_t n;
	int column; /* that was told last */
};

/* Whether a letter or digit stands on either side. */
static bool goes_on(const struct token_writer *w, size_t at)
{
	return at && at < w->n && isalnum((unsigned char)w->text[at - 1]) &&
	       isalnum((unsigned char)w->text[at]);
}

/* `absent`: the words of the file are parted otherwise. */
static void put_token(struct token_writer *w, const struct token *token,
		      bool absent)
{
	if (token->column != w->column)
		buf_addf(w->out, "^%c", 'A' + token->column);
	w->column = token->column;
	if (absent)
		buf_addch(w->out, '!');
	if (token->inside)
		buf_addch(w->out, '.');
	if (goes_on(w, token->from))
		buf_addch(w->out, '(');
	if (goes_on(w, token->to))
		buf_addch(w->out, ')');
	put_number(w->out, token->number);
	w->words->tokens++;
}

/* A word and the parts of it; where the next one is. */
static size_t put_group(struct token_writer *w, const struct tokens *tokens,
			size_t at, bool absent)
{
	do
		put_token(w, &tokens->at[at++], absent);
	while (at < tokens->nr && tokens->at[at].inside);
	return at;
}

static bool is_same_token(const struct token *one, const struct token *other)
{
	return one->number == other->number && one->from == other->from &&
	       one->to == other->to;
}

/* The words of the file, and those of the columns, which mostly are the same. */
static void put_merged(struct token_writer *w, const struct tokens *all,
		       const struct tokens *sought)
{
	size_t i = 0, j = 0;

	while (i < all->nr || j < sought->nr) {
		const struct token *one = &all->at[i], *other = &sought->at[j];

		if (i < all->nr && j < sought->nr &&
		    is_same_token(one, other)) {
			j = put_group(w, sought, j, false);
			for (i++; i < all->nr && all->at[i].inside;)
				i++;
		} else if (i == all->nr ||
			   (j < sought->nr && other->from <= one->from)) {
			j = put_group(w, sought, j, true);
		} else {
			i = put_group(w, all, i, false);
		}
	}
}

void site_put_tokens(struct buf *out, struct site_words *words, struct arena *a,
		     const struct retro *retro)
{
	const struct searchable_part whole = { SECTION_NONE, 0, retro->n };
	const char *text = searchable_text(a, retro);
	struct token_writer w = { out, words, retro->bytes, retro->n, -1 };
	struct searchable_parts parts = { 0 };
	struct tokens all = { 0 }, sought = { 0 };

	cut_part(&all, words, a, retro->bytes, &whole, HIDDEN);
	searchable_split(&parts, a, retro);
	for (size_t i = 0; i < parts.nr; i++)
		cut_part(&sought, words, a, text, &parts.at[i],
			 (int)parts.at[i].column);
	put_merged(&w, &all, &sought);
}

/* One that is only the name of the file is not sought. */
void site_put_title(struct buf *out, struct site_words *words, struct arena *a,
		    const struct retro *retro)
{
	size_t n = strlen(retro->title);
	const struct searchable_part whole = { SECTION_NONE, 0, n };
	bool named = !strcmp(retro->title, retro_stem(a, retro->path));
	struct token_writer w = { out, words, retro->title, n, -1 };
	struct tokens tokens = { 0 };

	cut_part(&tokens, words, a, retro->title, &whole,
		 named ? HIDDEN : COLUMN_TITLE);
	for (size_t i = 0; i < tokens.nr; i++)
		put_token(&w, &tokens.at[i], false);
}
