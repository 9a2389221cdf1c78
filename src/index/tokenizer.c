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

int tokenizer_cut(struct db *db, const char *text, size_t n, unsigned flags,
		  words_fn *fn, void *data)
{
	const char *args[] = { "retro" };
	struct stemming stemming = { fn, data };
	fts5_api *api = db_fts(db);
	Fts5Tokenizer *tokenizer = NULL;
	fts5_tokenizer porter;
	void *context;
	int result = db->failure;

	if (result == SQLITE_OK)
		result = api->xFindTokenizer(api, "porter", &context, &porter);
	if (result == SQLITE_OK)
		result = porter.xCreate(context, args, 1, &tokenizer);
	if (result == SQLITE_OK)
		result = porter.xTokenize(tokenizer, &stemming,
					  flags & WORDS_SOUGHT
						  ? FTS5_TOKENIZE_QUERY
						  : FTS5_TOKENIZE_DOCUMENT,
					  text, (int)n, take_stem);
	if (tokenizer)
		porter.xDelete(tokenizer);
	if (result == SQLITE_NOMEM)
		mem_none();
	return result;
}
