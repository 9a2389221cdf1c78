/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/hash.h"
#include "index/tokenizer.h"
#include "site/internal.h"

/* Retros whose words lie in one file, at most twice as many. A change of one
 * makes the file anew; a search loads all of them. */
#define SHARD 256

size_t site_shard_of(const struct site_maker *maker, size_t place)
{
	const char *path = maker->site->corpus->retros.at[place]->path;

	return (size_t)hash_text(HASH_START, path) & (maker->shards_nr - 1);
}

/* Over its retros and their order. */
static void sum_shards(struct site_maker *maker)
{
	const struct retros *all = &maker->site->corpus->retros;

	for (size_t i = 0; i < maker->shards_nr; i++)
		maker->shards[i].key = maker->common.words;
	for (size_t i = 0; i < all->nr; i++) {
		uint64_t *key = &maker->shards[site_shard_of(maker, i)].key;

		*key = site_retro_key(maker, all->at[i], *key);
	}
}

struct err *site_words_begin(struct site_maker *maker)
{
	size_t nr = 1, all = maker->site->corpus->retros.nr;

	while (nr * SHARD < all)
		nr *= 2;
	maker->shards_nr = nr;
	maker->shards = arena_alloc(maker->a, nr * sizeof(*maker->shards));
	if (!db_open(&maker->db, NULL, 0) || !tokenizer_register(&maker->db))
		return db_err(&maker->db);
	sum_shards(maker);
	for (size_t i = 0; i < nr; i++) {
		struct site_shard *shard = &maker->shards[i];

		shard->file = arena_printf(maker->a, "words/%zu.js", i);
		shard->wanted =
			maker->site->one_file ||
			!site_keep(maker->folder, shard->file, shard->key);
		buf_init(&shard->texts);
		if (shard->wanted)
			site_words_init(&shard->words, &maker->words_arena,
					&maker->db);
	}
	return NULL;
}

bool site_words_wanted(const struct site_maker *maker, size_t place)
{
	return maker->shards[site_shard_of(maker, place)].wanted;
}

/* [bytes, text, title]. */
void site_words_add(struct site_maker *maker, struct arena *a, size_t place,
		    const struct retro *retro)
{
	struct site_shard *shard = &maker->shards[site_shard_of(maker, place)];

	buf_addf(&shard->texts, "[%zu,\"", retro->n);
	site_put_tokens(&shard->texts, &shard->words, a, retro);
	buf_addstr(&shard->texts, "\",\"");
	site_put_title(&shard->texts, &shard->words, a, retro);
	buf_addstr(&shard->texts, "\"],\n");
	if (!site_is_as_surveyed(maker, retro))
		shard->key = 0;
}

/* words(number, how many words there are in the texts, the words, the texts). */
static void put_shard(struct buf *out, const struct site_shard *shard,
		      size_t number)
{
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < shard->words.at.nr; i++)
		buf_addf(&all, "%s%s", i ? " " : "", shard->words.at.at[i]);
	buf_addf(out, "search.words(%zu,%zu,", number, shard->words.tokens);
	site_put_string(out, all.p, all.n);
	buf_addstr(out, ",[\n");
	buf_add(out, shard->texts.p, shard->texts.n);
	buf_addstr(out, "]);\n");
	buf_release(&all);
}

static void release_shards(struct site_maker *maker)
{
	for (size_t i = 0; i < maker->shards_nr; i++)
		buf_release(&maker->shards[i].texts);
	arena_release(&maker->words_arena);
}

struct err *site_words_emit(struct site_maker *maker)
{
	struct buf out = BUF_INIT;
	struct err *e = db_err(&maker->db);

	for (size_t i = 0; !e && i < maker->shards_nr; i++) {
		const struct site_shard *shard = &maker->shards[i];

		if (!shard->wanted)
			continue;
		put_shard(&out, shard, i);
		e = site_add(maker->folder, shard->file, shard->key, NULL,
			     out.p, out.n);
		buf_reset(&out);
	}
	buf_release(&out);
	release_shards(maker);
	return e;
}

struct err *site_words_script(struct buf *out, struct site_maker *maker)
{
	for (size_t i = 0; i < maker->shards_nr; i++)
		put_shard(out, &maker->shards[i], i);
	release_shards(maker);
	return db_err(&maker->db);
}

void site_words_end(struct site_maker *maker)
{
	release_shards(maker);
	db_close(&maker->db);
}
