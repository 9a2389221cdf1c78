/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of site/ share. */
#ifndef SITE_INTERNAL_H
#define SITE_INTERNAL_H

#include "index/db.h"
#include "site/site.h"

/* A page by what its retros have in common. */
struct site_group {
	const char *name; /* the label, the release, the path */
	const char *file; /* "label/data.html" */
	struct retros retros;
};
struct site_groups VEC_OF(struct site_group);

/* The words of all texts, each once: its number is its place. */
struct site_words {
	struct arena *a;
	struct db db; /* stems them */
	struct strs at;
	size_t *slots; /* by checksum: number + 1, or 0; a power of two */
	size_t slots_nr;
	size_t tokens; /* how often any was told */
};

struct site_maker {
	const struct site *site;
	struct arena *a;
	struct site_groups labels, releases, paths;
	struct site_words words;
	struct strs places; /* the paths of all retros, sorted */
	struct buf script;  /* the data, and in one file the program */
	site_emit_fn *emit;
	void *data;
};

/* --- names.c --- */

/* A name for a file that every file system takes, the same for the same text and
 * another for another. */
const char *site_name(struct arena *a, const char *text);
/* "r/<name>.html", or "#r-<name>" where all is one file. */
const char *site_retro_href(const struct site_maker *maker, struct arena *a,
			    const struct retro *retro);
void site_group_retros(struct site_maker *maker);

/* --- page.c --- */

/* The top of a page, to <main>; `up` is "" or "../". */
void site_head(struct buf *out, const struct site_maker *maker,
	       const char *title, const char *up);
void site_foot(struct buf *out, const struct site_maker *maker, const char *up);
/* A retro's article; its body is read. */
void site_article(struct buf *out, const struct site_maker *maker,
		  struct arena *a, const struct retro *retro, const char *up);
/* The table of some retros. */
void site_table(struct buf *out, const struct site_maker *maker,
		struct arena *a, const struct retros *retros, const char *up);

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

/* The text of a block and all below it, a blank between its parts. */
void site_plain(struct buf *out, const struct md *md);

/* A string for a script that may stand in a page: nothing in it ends it there. */
void site_put_string(struct buf *out, const char *text, size_t n);

/* What the page searches: begun, a retro each, ended. */
void site_data_begin(struct buf *out, struct site_maker *maker);
void site_data_add(struct buf *out, struct site_maker *maker, struct arena *a,
		   const struct retro *retro);
MUST_USE struct err *site_data_end(struct buf *out, struct site_maker *maker);

/* --- tokens.c --- */

bool site_words_init(struct site_words *out, struct arena *a);
/* Appends a text as search.js reads it: the numbers of its words, and where
 * they are sought. Its body is read. */
void site_put_tokens(struct buf *out, struct site_words *words, struct arena *a,
		     const struct retro *retro);
void site_put_title(struct buf *out, struct site_words *words, struct arena *a,
		    const struct retro *retro);

#endif
