/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Retros on their way to where more than one machine searches them. Each is an
 * object with what `list` has of it and its text (view/record.h), and in front
 * "repo", "path" and "blob", which tell whether the one that was sent is still
 * the same. "words" are those that `search` finds it by, in order, each as the
 * index has it: a space between two, a slash before a part of the word in front
 * ("autovacuum/auto/vacuum"), two spaces after those of the title. Chinese is in
 * pairs of characters (index/words.h), so that any engine that can compare words
 * finds it.
 */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "search/terms.h"
#include "view/object.h"

enum export_target {
	EXPORT_NDJSON,
	EXPORT_POSTGRESQL,
	EXPORT_SQLITE,
	EXPORT_ELASTICSEARCH,
	EXPORT_CLOUDEVENTS,
};
extern const char *const export_targets[]; /* for OPT_CHOICE */

/* What is there already, so that it is not sent again. */
struct export_known {
	const char *repo, *path, *blob;
	bool met;
};
struct export_knowns VEC_OF(struct export_known);

struct export
{
	enum export_target target;
	struct arena *arena;
	struct export_knowns known; /* sorted */
	struct strs repos;          /* that were read to the end */
	struct buf *out;            /* the caller's, who empties it at will */
};

/* Reads a line for each: repository, path and blob, tabs between them; "-" is
 * stdin. */
MUST_USE struct err *export_known_read(struct export *export, const char *file);

void export_begin(struct export *export);
/* Takes the object. */
void export_retro(struct export *export, json_t *retro);
/* All of this repository has been told: what else is there of it is gone. */
void export_repo(struct export *export, const char *repo);
void export_end(struct export *export);

/* --- exchange/source.c --- */

/* Hands over each retro of a corpus, as an object of the repository `repo`.
 * Their texts are read a few at a time. */
typedef struct err *export_take_fn(void *data, json_t *retro);
MUST_USE struct err *export_read(struct corpus *corpus, const char *repo,
				 export_take_fn *take, void *data);

/* --- exchange/match.c --- */

/* Appends the expression that finds in "words" what `search` finds by these
 * terms as they stand. ERR_USAGE for what is no word (a filter), and for a
 * target that has no such expression. */
MUST_USE struct err *export_match(struct buf *out, struct arena *a,
				  const struct terms *terms,
				  const struct policy *policy,
				  enum export_target target);

/* --- exchange/sql.c --- */

void export_sql_begin(struct export *export);
/* `known`: only that it is there. */
void export_sql_row(struct export *export, json_t *retro, bool known);
void export_sql_repo(struct export *export, const char *repo);
void export_sql_end(struct export *export);

/* --- exchange/tsvector.c --- */

/* Appends words as PostgreSQL writes a tsvector. Of one that is longer than it
 * can hold, the rest is left out. */
void export_tsvector(struct buf *out, struct arena *a, const char *words);
/* Appends them for an engine that knows no two words at one place: the parts
 * behind all others. */
void export_flat_words(struct buf *out, const char *words);

#endif
