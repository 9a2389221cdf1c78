/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of an index that have what is sought, by SQLite's full-text
 * search: within index_do(). Problems are in the index.
 */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "index/internal.h"
#include "search/terms.h"
#include "search/ways.h"

/* A file whose text has what is sought. */
struct match {
	int64_t doc;
	size_t file;
	const double *times; /* how often it has each way, weighted: a word in
			      * the title eight times, in the pitfalls four */
	double score;
	double share; /* of what the choices are worth, so much is there */
	size_t has;   /* how many of the choices */
	bool near;    /* one of them in parts only */
	bool full;    /* all of them, and none in parts */
	bool exact;   /* and each as it was typed */
	size_t place; /* among equals */
};
struct matches VEC_OF(struct match);

struct matching {
	struct arena *a;
	struct index *index;
	const struct index_doc *docs; /* sorted by doc */
	const struct terms *terms;
	struct ways ways;
	struct matches matches;
};

/* The files that have each choice in one of the ways, or `any` of them, and
 * none of terms->none. */
void match_ways(struct matching *m, bool any);

/* The files without any of terms->none: all but those that are found. */
void match_all_but(struct matching *m);

/* In how many files a text is. */
size_t match_count(struct matching *m, const char *text, bool open);

#endif
