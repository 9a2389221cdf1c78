/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of site/ share. */
#ifndef SITE_INTERNAL_H
#define SITE_INTERNAL_H

#include "base/checksum.h"
#include "index/db.h"
#include "site/site.h"

/* A page by what its retros have in common. */
struct site_group {
	const char *name; /* the label, the release, the path */
	const char *file; /* "label/data.html" */
	struct retros retros;
};
struct site_groups VEC_OF(struct site_group);

struct site_slot {
	uint32_t number; /* of the word, and one more; 0: there is none */
	uint32_t hash;
};

/* The words of some texts, each once: its number is its place. */
struct site_words {
	struct arena *a;
	struct db *db; /* stems them */
	struct strs at;
	struct site_slot *slots; /* by hash */
	size_t slots_nr;         /* a power of two */
	size_t tokens;           /* how often any was told */
};

/* Some retros whose words lie in one file. */
struct site_shard {
	const char *file; /* "words/07.js" */
	uint64_t key;
	bool wanted; /* it is to be made */
	struct site_words words;
	struct buf texts; /* of its retros, one after the other */
};

/* What all pages of a kind have in common, as sums; 0: nobody knows. */
struct site_sums {
	uint64_t page, words;
};

struct site_maker {
	const struct site *site;
	struct arena *a;
	struct site_folder *folder;
	struct site_groups labels, releases, paths;
	struct retros by_path; /* all retros */
	const char **hrefs;    /* of these, each */
	struct site_sums common;
	struct strs asked; /* paths that the page that is made asked for */
	struct arena words_arena; /* of the shards, until they are written */
	struct db db;
	struct site_shard *shards;
	size_t shards_nr;  /* a power of two */
	struct buf script; /* the data, and in one file the program */
};

/* --- keys.c --- */

static inline uint64_t site_sum(uint64_t sum, const void *bytes, size_t n)
{
	return checksum_bytes(sum, bytes, n);
}

/* Fills in `common`. */
void site_sum_all(struct site_maker *maker);
/* Of a retro as it was surveyed; 0 where that is not known. */
uint64_t site_retro_key(const struct site_maker *maker,
			const struct retro *retro, uint64_t common);
/* Whether the text that was read is the one that was surveyed. */
bool site_is_as_surveyed(const struct site_maker *maker,
			 const struct retro *retro);
/* The key of a page that asks which retros lie at these paths. */
uint64_t site_asked_key(const struct site_maker *maker, uint64_t key,
			const struct strs *asked);

/* --- names.c --- */

/* A name for a file that every file system takes, the same for the same text and
 * another for another. */
const char *site_name(struct arena *a, const char *text);
/* "r/<name>.html", or "#r-<name>" where all is one file. */
const char *site_retro_href(const struct site_maker *maker,
			    const struct retro *retro);
void site_group_retros(struct site_maker *maker);
/* That of a name; NULL if no retro has it, as the survey found them. */
const struct site_group *site_group_of(const struct site_groups *groups,
				       const char *name);
/* By the path of its file, from the root; NULL if there is none. */
const struct retro *site_retro_at(const struct site_maker *maker,
				  const char *path);

/* --- page.c --- */

/* The top of a page, to <main>; `up` is "" or "../". A foot of NULL is that of
 * the index, with the search. */
void site_head(struct buf *out, const struct site_maker *maker,
	       const char *title, const char *up);
void site_foot(struct buf *out, const struct site_maker *maker, const char *up);
/* A retro's article; its body is read. Adds to `asked`. */
void site_article(struct buf *out, struct site_maker *maker, struct arena *a,
		  const struct retro *retro, const char *up);
/* The table of some retros; those behind the first `shown` wait until they are
 * asked for, where scripts run. */
void site_table(struct buf *out, const struct site_maker *maker,
		const struct retros *retros, const char *up, size_t shown);

/* --- chart.c --- */

struct site_bar {
	const char *name;
	size_t value;
};
struct site_bars VEC_OF(struct site_bar);
/* Bars, drawn, and the same numbers as a table. */
void site_chart(struct buf *out, const char *title, const char *name_head,
		const char *value_head, const struct site_bars *bars);
/* The page of figures. */
MUST_USE struct err *site_figures(struct buf *out,
				  const struct site_maker *maker);
/* The page of what releases and branches carry. */
MUST_USE struct err *site_exposure(struct buf *out,
				   const struct site_maker *maker);

/* --- feed.c --- */

void site_atom(struct buf *out, const struct site_maker *maker);
void site_json_feed(struct buf *out, const struct site_maker *maker);

/* --- data.c --- */

/* The text of a block and all below it, a space after each part. */
void site_plain(struct buf *out, const struct md *md);

/* A string for a script that may stand in a page: nothing in it ends it there. */
void site_put_string(struct buf *out, const char *text, size_t n);

/* What the page knows of all retros and of words, but for their texts. */
void site_data(struct buf *out, const struct site_maker *maker);

/* --- shards.c --- */

/* The texts as search.js reads them, parted among files so that a change of one
 * retro is one of few words. Decides which are to be made. */
MUST_USE struct err *site_words_begin(struct site_maker *maker);
/* The shard of a retro, and whether that one is to be made. By its place in the
 * corpus. */
size_t site_shard_of(const struct site_maker *maker, size_t place);
bool site_words_wanted(const struct site_maker *maker, size_t place);
/* In the order of the corpus; the retro's body is read. */
void site_words_add(struct site_maker *maker, struct arena *a, size_t place,
		    const struct retro *retro);
/* Writes the files, or puts them into one script, and lets go of them. */
MUST_USE struct err *site_words_emit(struct site_maker *maker);
MUST_USE struct err *site_words_script(struct buf *out,
				       struct site_maker *maker);
void site_words_end(struct site_maker *maker);

/* --- tokens.c --- */

void site_words_init(struct site_words *out, struct arena *a, struct db *db);
/* Appends a text as search.js reads it: the numbers of its words, and where
 * they are sought. Its body is read. */
void site_put_tokens(struct buf *out, struct site_words *words, struct arena *a,
		     const struct retro *retro);
void site_put_title(struct buf *out, struct site_words *words, struct arena *a,
		    const struct retro *retro);

#endif
