/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "exchange/export.h"
#include "git/object.h"
#include "index/searchable.h"
#include "index/tokenizer.h"
#include "model/body.h"
#include "view/record.h"

struct source {
	struct corpus *corpus;
	struct db db; /* in memory: for its stemmer */
	const char *repo;
	export_take_fn *take;
	void *data;
};

static int add_source_word(void *data, const struct word *word)
{
	struct buf *out = data;

	if (out->n)
		buf_addch(out, word->inside ? '/' : ' ');
	buf_add(out, word->text, word->n);
	return 0;
}

static json_t *words_json(struct source *source, struct arena *a,
			  const struct retro *retro)
{
	struct buf words = BUF_INIT;
	json_t *json;

	/* A title is sought for itself, too: a heading with nothing below it is
	 * not. Nothing goes from the one over into the other. */
	tokenizer_cut(&source->db, retro->title, strlen(retro->title), 0,
		      add_source_word, &words);
	buf_addch(&words, ' ');
	tokenizer_cut(&source->db, searchable_text(a, retro), retro->n, 0,
		      add_source_word, &words);
	json = object_text(words.p);
	buf_release(&words);
	return json;
}

static struct err *give_retro(void *data, struct arena *a, struct retro *retro)
{
	struct source *source = data;
	json_t *json = object_versioned();
	struct oid blob;
	char hex[OID_HEX + 1];

	body_read(retro, a, &source->corpus->diags, source->corpus->policy);
	object_blob_id(&blob, source->corpus->repo, retro->bytes, retro->n);
	object_set_text(json, "repo", source->repo);
	object_set_text(json, "path", retro->path);
	object_set_text(json, "blob", oid_hex(hex, &blob));
	record_fill(json, a, retro, RECORD_BODY);
	object_set(json, "words", words_json(source, a, retro));
	return source->take(source->data, json);
}

struct err *export_read(struct corpus *corpus, const char *repo,
			export_take_fn *take, void *data)
{
	struct source source = {
		.corpus = corpus, .repo = repo, .take = take, .data = data
	};
	struct err *e = NULL;

	db_open(&source.db, NULL, 0);
	if (tokenizer_register(&source.db))
		e = corpus_each(corpus, give_retro, &source);
	if (!e)
		e = db_err(&source.db);
	db_close(&source.db);
	return e;
}
