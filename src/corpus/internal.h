/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of a corpus, for the files of this folder that fill one.
 */
#ifndef CORPUS_INTERNAL_H
#define CORPUS_INTERNAL_H

#include "base/buf.h"
#include "corpus/corpus.h"

void corpus_init(struct corpus *out, struct arena *a, struct repo *repo,
		 const struct policy *policy);
/* Is about HEAD's commit; none while nothing is committed yet. */
MUST_USE struct err *corpus_start_at_head(struct corpus *corpus);

/* Appends the retros of a commit (NULL: the work tree), as the index has
 * them. */
MUST_USE struct err *corpus_list(struct retros *out, struct corpus *corpus,
				 const struct oid *commit);

/* Turns a failure to read into a problem of what could not be read. */
void corpus_report(struct corpus *corpus, const char *path, struct err *e);
/* A retro of these bytes, with its body; its problems are the corpus'. */
struct retro *corpus_parse(struct corpus *corpus, const char *path,
			   const struct buf *b);

/* Files without a date of their own bear that of their first commit in the
 * history of corpus->from: one question to git for all, and none if each has a
 * date. Where git cannot say, as in a clone without the trees of old commits,
 * they stay undated. */
void corpus_date(const struct corpus *corpus, const struct retros *retros);
/* Dates and sorts all: it is surveyed. */
void corpus_finish(struct corpus *corpus);

/* --- corpus/staged.c --- */

MUST_USE struct err *corpus_list_staged(struct retros *out,
					struct corpus *corpus);
/* Appends the paths of the retros that the commit has, are not staged, and may
 * have this id. False where those are too many to be read one by one. */
bool corpus_committed_ids(struct strs *out, struct corpus *corpus,
			  const char *id);
int corpus_has_staged(const struct corpus *corpus, const char *path);
/* Of a corpus of what is staged: the bytes of a file that is not, as HEAD has
 * it; ERR_NOT_FOUND if it is staged, or not there. */
MUST_USE struct err *corpus_unstaged(struct buf *out,
				     const struct corpus *corpus,
				     const char *path);

#endif
