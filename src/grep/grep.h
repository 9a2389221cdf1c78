/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The retros of one place, searched line by line: all files that the corpus
 * would read (corpus.h), those too that cannot be read as a retro.
 */
#ifndef GREP_GREP_H
#define GREP_GREP_H

#include "base/arena.h"
#include "base/err.h"
#include "git/repo.h"
#include "grep/history.h"
#include "grep/scan.h"
#include "model/diag.h"
#include "model/policy.h"

struct grep {
	const struct strs *tokens; /* see expression.h */
	enum syntax syntax;
	unsigned flags; /* PATTERN_... */
	struct scan scan;
	struct strs sections; /* only in these, named as in excerpt.h; a file
			       * that has none of them has no lines */
	struct strs paths;    /* only below these, as a person types them: a
			       * file, a folder or a glob as in gitignore(5);
			       * none: all */
	bool ids;             /* the ids of the retros, too */
	bool one;             /* one that is found is enough */
	const char *rev;      /* NULL: the work tree, or HEAD in a bare
			       * repository */
};

struct grep_file {
	const char *path; /* from the root; NULL: a version that was not asked
			   * for */
	const char *id;   /* the retro's, if asked for and lines were found */
	bool told;        /* its text could be read */
	struct scanned found;
};

struct grep_files {
	struct grep_file *at; /* every file that was asked for,
				* sorted by path */
	size_t nr, cap;
	struct diags diags;    /* files that could not be read */
	bool sections_missing; /* no file looked at has any of `sections` */
	size_t unread; /* versions whose text is missing, or too large; none
			* are counted where one hit is enough */
};

MUST_USE struct err *grep_run(struct grep_files *out, struct arena *a,
			      struct repo *repo, const struct policy *policy,
			      const struct grep *grep);

/* The same of every text in history: out->at[i] is its version i. `rev` is
 * left aside; a text that is missing here (a partial clone) has no lines, and
 * is counted. */
MUST_USE struct err *grep_history(struct grep_files *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy,
				  const struct grep *grep,
				  const struct history *history);

#endif
