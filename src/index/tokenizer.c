/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/tokenizer.h"

#include "base/mem.h"

/* A tokenizer has no state; SQLite requires one that is not NULL. */
static char none;

static int create_tokenizer(void *context, const char **args, int nr,
			    Fts5Tokenizer **out)
{
	(void)context;
	(void)args;
	(void)nr;
	*out = (Fts5Tokenizer *)&none;
	return SQLITE_OK;
}

static void delete (Fts5Tokenizer *self)
{
	(void)self;
}

typedef int token_fn(void *data, int flags, const char *text, int n, int from,
		     int to);

struct relay {
	token_fn *fn;
	void *data;
};

static int pass_on(void *data, const struct word *word)
{
	const struct relay *relay = data;

	return relay->fn(relay->data, word->inside ? FTS5_TOKEN_COLOCATED : 0,
			 word->text, (int)word->n, (int)word->from,
			 (int)word->to);
}

static int tokenize(Fts5Tokenizer *self, void *data, int flags,
		    const char *text, int n, token_fn *fn)
{
	struct relay relay = { fn, data };
	bool sought = flags & FTS5_TOKENIZE_QUERY;

	(void)self;
	return words_cut(text, (size_t)n, sought ? WORDS_SOUGHT : 0, pass_on,
			 &relay);
}

bool tokenizer_register(struct db *db)
{
	fts5_tokenizer ours = { create_tokenizer, delete, tokenize };
	fts5_api *api = db_fts(db);

	if (db->failure == SQLITE_OK)
		db->failure =
			api->xCreateTokenizer(api, "retro", NULL, &ours, NULL);
	return db->failure == SQLITE_OK;
}

/* --- stems --- */

struct stemming {
	words_fn *fn;
	void *data;
};

static int take_stem(void *data, int flags, const char *text, int n, int from,
		     int to)
{
	const struct stemming *stemming = data;
	struct word word = { text, (size_t)n, (size_t)from, (size_t)to,
			     flags & FTS5_TOKEN_COLOCATED };

	return stemming->fn(stemming->data, &word);
}

struct stemmer {
	fts5_tokenizer porter;
	Fts5Tokenizer *tokenizer;
};

static int open_stemmer(struct stemmer *out, struct db *db)
{
	const char *args[] = { "retro" };
	fts5_api *api = db_fts(db);
	void *context;
	int result = db->failure;

	out->tokenizer = NULL;
	if (result == SQLITE_OK)
		result = api->xFindTokenizer(api, "porter", &context,
					     &out->porter);
	if (result == SQLITE_OK)
		result = out->porter.xCreate(context, args, 1, &out->tokenizer);
	return result;
}

/* What its use or its opening gave is given back. */
static int close_stemmer(struct stemmer *stemmer, int result)
{
	if (stemmer->tokenizer)
		stemmer->porter.xDelete(stemmer->tokenizer);
	if (result == SQLITE_NOMEM)
		mem_none();
	return result;
}

int tokenizer_cut(struct db *db, const char *text, size_t n, unsigned flags,
		  words_fn *fn, void *data)
{
	struct stemming stemming = { fn, data };
	struct stemmer stemmer;
	int result = open_stemmer(&stemmer, db);

	if (result == SQLITE_OK)
		result = stemmer.porter.xTokenize(
			stemmer.tokenizer, &stemming,
			flags & WORDS_SOUGHT ? FTS5_TOKENIZE_QUERY
					     : FTS5_TOKENIZE_DOCUMENT,
			text, (int)n, take_stem);
	return close_stemmer(&stemmer, result);
}

/* --- stems of some words --- */

struct some_words {
	struct stemmer stemmer;
	tokenizer_keep_fn *keep;
	words_fn *fn;
	void *data;
	struct word word; /* the one that is stemmed */
};

static int take_only_stem(void *data, int flags, const char *text, int n,
			  int from, int to)
{
	struct some_words *some = data;
	struct word word = some->word;

	(void)flags;
	(void)from;
	(void)to;
	word.text = text;
	word.n = (size_t)n;
	return some->fn(some->data, &word);
}

/* The stemmer knows the ends of English words; one with another end is as it
 * is. */
static int stem_kept(void *data, const struct word *word)
{
	struct some_words *some = data;
	struct word absent = *word;

	if (!some->keep(some->data, word)) {
		absent.text = NULL;
		absent.n = 0;
		return some->fn(some->data, &absent);
	}
	if ((unsigned char)word->text[word->n - 1] >= 0x80)
		return some->fn(some->data, word);
	some->word = *word;
	return some->stemmer.porter.xTokenize(some->stemmer.tokenizer, some,
					      FTS5_TOKENIZE_QUERY, word->text,
					      (int)word->n, take_only_stem);
}

int tokenizer_cut_some(struct db *db, const char *text, size_t n,
		       tokenizer_keep_fn *keep, words_fn *fn, void *data)
{
	struct some_words some = { .keep = keep, .fn = fn, .data = data };
	int result = open_stemmer(&some.stemmer, db);

	if (result == SQLITE_OK)
		result = words_cut(text, n, 0, stem_kept, &some);
	return close_stemmer(&some.stemmer, result);
}
