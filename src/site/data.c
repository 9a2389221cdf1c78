/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "base/hanzi.h"
#include "base/sorted.h"
#include "base/text.h"
#include "index/ingest.h"
#include "model/body.h"
#include "model/pitfall.h"
#include "search/everyday.h"
#include "search/synonyms.h"
#include "search/terms.h"
#include "site/internal.h"

void site_put_string(struct buf *out, const char *text, size_t n)
{
	struct buf clean = BUF_INIT;

	text_clean(&clean, text, n, 0);
	buf_addch(out, '"');
	for (size_t i = 0; i < clean.n; i++) {
		char c = clean.p[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (strchr("<>&'", c))
			buf_addf(out, "\\u%04x", c);
		else
			buf_addch(out, c);
	}
	buf_addch(out, '"');
	buf_release(&clean);
}

void site_plain(struct buf *out, const struct md *md)
{
	bool inlines = md->type == MD_PARAGRAPH || md->type == MD_HEADING ||
		       md->type == MD_CELL;

	if (inlines)
		md_plain(out, md);
	else if (md->type == MD_CODE && md->text)
		buf_addstr(out, md->text);
	for (const struct md *below = md->first; !inlines && below;
	     below = below->next)
		site_plain(out, below);
	buf_addch(out, ' ');
}

static void put_text(struct buf *out, const char *text)
{
	site_put_string(out, text, strlen(text));
}

static void put_texts(struct buf *out, const struct strs *texts)
{
	buf_addch(out, '[');
	for (size_t i = 0; i < texts->nr; i++) {
		buf_addstr(out, i ? "," : "");
		put_text(out, texts->at[i]);
	}
	buf_addch(out, ']');
}

/* --- a retro --- */

static int by_place(const void *path, const void *element)
{
	return strcmp(path, (*(struct retro *const *)element)->path);
}

/* Where it is among the paths, by which equal ranks are sorted. */
static size_t place_of(const struct site_maker *maker,
		       const struct retro *retro)
{
	return sorted_first(retro->path, maker->by_path.at, maker->by_path.nr,
			    sizeof(*maker->by_path.at), by_place);
}

static void put_paths(struct buf *out, struct arena *a,
		      const struct retro *retro)
{
	struct strs paths = { 0 };

	strs_append(a, &paths, &retro->paths);
	for (size_t i = 0; i < retro->body->pitfalls.nr; i++)
		strs_append(a, &paths, &retro->body->pitfalls.at[i].paths);
	put_texts(out, &paths);
}

/* [place among the paths, shard, day, kind, labels, releases, authors, paths]. */
static void put_data(struct buf *out, const struct site_maker *maker,
		     size_t number)
{
	const struct retro *retro = maker->site->corpus->retros.at[number];
	const char *kind = kind_name(retro->kind);

	buf_addf(out, "[%zu,%zu,\"%s\",\"%s\",", place_of(maker, retro),
		 site_shard_of(maker, number),
		 retro->date == DAY_NONE ? ""
					 : day_format(maker->a, retro->date),
		 kind ? kind : "");
	put_texts(out, &retro->labels);
	buf_addch(out, ',');
	put_texts(out, &retro->releases);
	buf_addch(out, ',');
	put_texts(out, &retro->authors);
	buf_addch(out, ',');
	put_paths(out, maker->a, retro);
	buf_addstr(out, "],\n");
}

/* --- what is known of words --- */

/* The traditional characters, and the simplified ones. */
static void put_hanzi(struct buf *out)
{
	struct buf from = BUF_INIT, to = BUF_INIT;

	for (int c = 0x4e00; c <= 0x9fff; c++)
		if (hanzi_simplified(c) != c) {
			text_encode(&from, c);
			text_encode(&to, hanzi_simplified(c));
		}
	buf_addf(out, "hanzi:[\"%s\",\n\"%s\"],\n", from.p, to.p);
	buf_release(&from);
	buf_release(&to);
}

static void put_synonyms(struct buf *out, const struct site_maker *maker)
{
	struct synonyms all;

	synonyms_all(&all, maker->a, maker->site->corpus->policy);
	buf_addstr(out, "synonyms:[");
	for (size_t i = 0; i < all.nr; i++) {
		struct strs group = { 0 };

		for (size_t j = 0; all.at[i][j]; j++)
			vec_push(maker->a, &group, all.at[i][j]);
		buf_addstr(out, i ? "," : "");
		put_texts(out, &group);
	}
	buf_addstr(out, "],\n");
}

static void put_small(struct buf *out)
{
	buf_addstr(out, "small:[");
	for (size_t i = 0; terms_small_at(i); i++)
		buf_addf(out, "%s\"%s\"", i ? "," : "", terms_small_at(i));
	buf_addstr(out, "],\n");
}

static void put_everyday(struct buf *out)
{
	buf_addstr(out, "everyday:[");
	for (size_t i = 0; everyday_word(i); i++)
		buf_addf(out, "%s\"%s\"", i ? "," : "", everyday_word(i));
	buf_addstr(out, "],\n");
}

static void put_names(struct buf *out, const struct site_maker *maker)
{
	const struct section_aliases *own =
		policy_sections(maker->site->corpus->policy);
	enum section_key key;
	enum kind kind;
	const char *name;

	buf_addf(out, "sections:[[\"title\",%d]", COLUMN_TITLE);
	for (size_t i = 0; own && i < own->nr; i++) {
		buf_addstr(out, ",[");
		put_text(out, text_slug(maker->a, own->at[i].name, 120));
		buf_addf(out, ",%d]", (int)own->at[i].key);
	}
	for (size_t i = 0; (name = section_spelling(i, &key)); i++)
		buf_addf(out, ",[\"%s\",%d]", name, (int)key);
	buf_addstr(out, "],\nkinds:[");
	for (size_t i = 0; (name = kind_spelling(i, &kind)); i++)
		buf_addf(out, "%s[\"%s\",\"%s\"]", i ? "," : "", name,
			 kind_name(kind));
	buf_addstr(out, "],\n");
}

void site_data(struct buf *out, const struct site_maker *maker)
{
	buf_addstr(out, "var retros=[\n");
	for (size_t i = 0; i < maker->site->corpus->retros.nr; i++)
		put_data(out, maker, i);
	buf_addstr(out, "];\nvar terms={\n");
	put_names(out, maker);
	put_small(out);
	put_everyday(out);
	put_synonyms(out, maker);
	put_hanzi(out);
	buf_addf(out, "shards:%zu,\n};\n", maker->shards_nr);
}
