/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The retros of one place: the work tree (in a bare repository, HEAD), a
 * revision, what is staged, or every branch. They are surveyed, as the index
 * knows them (index/index.h), without reading each file again: a command that
 * needs the text of one asks for it. To find one, only that one is read.
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/oid.h"
#include "git/ref.h"
#include "git/repo.h"
#include "git/staged.h"
#include "index/stat_cache.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

/* Where a retro of every branch is. */
struct copies {
	const struct retro *retro;
	bool here;              /* in the work tree */
	struct strs on;         /* the branches that have exactly this text */
	struct strs differs_on; /* and those that have another one */
};

struct committed;
struct index;

struct corpus {
	struct arena *arena;
	struct repo *repo;           /* borrowed */
	const struct policy *policy; /* borrowed */
	struct retros retros; /* sorted by date, newest first, those without a
			       * date last; then by path. Until it is surveyed,
			       * those that were found */
	struct diags diags;   /* what reading found, all files */
	bool surveyed;
	struct cached_files files;   /* of one place that is surveyed, the
				   * files; else none */
	const struct oid *commit;    /* what was read; NULL: the work tree, or
				   * every branch */
	struct oids from;            /* files without a date are dated in the
				   * history of these; none: of HEAD */
	const struct oids *arriving; /* commits that a push brings, which count
				      * as history already; NULL: none */
	const struct refs *new_tags; /* likewise tags, by their names there */
	struct staged_changes *staged; /* against the commit; NULL: it is not
					* of what is staged */
	struct index *index;           /* open since corpus_look() */
	struct committed *committed;   /* of what is staged, the rest: what the
					* commit has, once it was asked for */
	struct VEC_OF(struct copies) copies; /* of every branch; by `retro` */
};

/* Every Markdown file below the policy's `dir` but README.md and what lies in
 * dot folders. `rev` NULL: the work tree. A file that cannot be read is a
 * diagnostic and never hides the others; a link that leads out of the
 * repository is one too and is not followed.
 *
 * Surveyed, a retro has no `bytes`, `map` and places of nodes, and of its body
 * the pitfalls, the actions, and of its sections the key and the line. */
MUST_USE struct err *corpus_open(struct corpus *out, struct arena *a,
				 struct repo *repo, const struct policy *policy,
				 const char *rev);

/* The same, but nothing is surveyed yet, for who looks for one of them. */
MUST_USE struct err *corpus_begin(struct corpus *out, struct arena *a,
				  struct repo *repo,
				  const struct policy *policy, const char *rev);
/* What is about to be committed: HEAD with what is staged. `retros` has those
 * that are staged, whole. */
MUST_USE struct err *corpus_begin_staged(struct corpus *out, struct arena *a,
					 struct repo *repo,
					 const struct policy *policy);
/* Surveys what was not yet; does nothing the second time. What was found stays
 * where it is. */
MUST_USE struct err *corpus_survey(struct corpus *corpus);

/* Looks which files there are, and what is in them, before one that was begun is
 * surveyed: `files` is set. Nothing is shown until it is surveyed, or closed
 * without that. */
MUST_USE struct err *corpus_look(struct corpus *corpus);
void corpus_close(struct corpus *corpus);

/* The work tree and every local and remote-tracking branch, each retro once.
 * Retros are one and the same if they have the same `id:` or, where a file has
 * none, the same path. Of several texts the work tree's counts, else that of
 * the branch that was committed to last; `copies` tells where each lies (line
 * endings aside, which a checkout may change). What is wrong in a branch's text
 * is left to who checks that branch, but for files that cannot be read at
 * all. */
MUST_USE struct err *corpus_open_all(struct corpus *out, struct arena *a,
				     struct repo *repo,
				     const struct policy *policy);
/* Of a corpus of every branch. */
const struct copies *corpus_copies(const struct corpus *corpus,
				   const struct retro *retro);

/* A corpus of retros of the work tree (`commit` NULL) or a commit, that were
 * surveyed elsewhere: dates and sorts them. */
void corpus_of(struct corpus *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct oid *commit,
	       const struct retros *retros);

/* Reads the texts of some of its retros, so that they have all there is. A file
 * that changed since it was surveyed is then another retro of the same path;
 * one that cannot be read any more is an error. */
MUST_USE struct err *corpus_read(struct corpus *corpus,
				 const struct retros *retros);

/* Reads the texts of all, a few at a time, hands over each retro with its text
 * and its times in their zones, and lets go of it; `a` lives as long as
 * that. */
typedef struct err *corpus_each_fn(void *data, struct arena *a,
				   struct retro *retro);
MUST_USE struct err *corpus_each(const struct corpus *corpus,
				 corpus_each_fn *fn, void *data);

/* Appends those of the corpus' diagnostics that are about these retros. */
void corpus_problems(struct diags *out, const struct corpus *corpus,
		     const struct retros *retros);

/* Appends those of the corpus' diagnostics that are about these files. */
void corpus_problems_at(struct diags *out, const struct corpus *corpus,
			const struct strs *paths);

/* Whether the place that was read has a file or folder of this path (from the
 * root, normal): 1, 0, or -1 where nobody can tell. */
int corpus_has_file(const struct corpus *corpus, const char *path);

/* --- corpus/zones.c --- */

/* Times without a zone are taken in that of the author of the commit that added
 * them, else in the local one: one question to git for all, and none if each
 * has a zone. Does nothing the second time. */
void corpus_zones(const struct corpus *corpus, const struct retros *retros);
/* After a retro was read again: the times that were placed the first time. */
void corpus_keep_zones(struct retro *again, struct retro *placed);

/* --- corpus/find.c --- */

/* The retro that a person names: by path (relative to the current directory, or
 * to the root), id, `@` (latest.h), a tag that it covers, its id without the
 * day, a unique prefix of its id, or a part of id or title that no other has,
 * tried in that order. What it finds is whole unless the corpus is surveyed,
 * which it becomes where an id or a path does not do. ERR_NOT_FOUND, with the
 * nearest id as hint; ERR_FAILED naming the candidates if a tag or a prefix
 * means several. */
MUST_USE struct err *corpus_find(struct retro **out, struct corpus *corpus,
				 const char *name);

/* The retro of a file that is known to be one, by its path from the root; no
 * other is looked at. ERR_NOT_FOUND. */
MUST_USE struct err *corpus_find_at(struct retro **out, struct corpus *corpus,
				    const char *path);
/* Appends the retro of each name; the first that names none ends it. */
MUST_USE struct err *corpus_find_all(struct retros *out, struct corpus *corpus,
				     const struct strs *names);

/* A retro, or one of its pitfalls. */
struct problem_name {
	struct retro *retro;
	const char *number; /* "P1"; NULL: all of it */
};
struct problem_names VEC_OF(struct problem_name);

/* What each name means, which can end in the number of one of its pitfalls
 * ("<retro>#P1"), and the retros, each once. */
MUST_USE struct err *corpus_find_problems(struct problem_names *out,
					  struct retros *retros,
					  struct corpus *corpus,
					  const struct strs *names);
/* Whether a problem of this retro is meant by one of them. */
bool problem_names_have(const struct problem_names *names,
			const struct retro *retro,
			const struct problem *problem);

/* Sees that `retros` has every other retro that has the id of one of these. */
MUST_USE struct err *corpus_add_namesakes(struct corpus *corpus,
					  const struct retros *retros);

/* By exact id; NULL if there is none, and where it cannot be surveyed. Of two,
 * the first. */
struct retro *corpus_by_id(struct corpus *corpus, const char *id);

/* Whether another retro has the id of this one: then a name that is made of it
 * means neither. */
bool corpus_shares_id(struct corpus *corpus, const struct retro *retro);

/* A path as a person types it, relative to the current directory or absolute,
 * as seen from the root; a folder ends with a slash, and the root itself is "".
 * In the arena. */
const char *corpus_rooted(const struct corpus *corpus, const char *name);

/* The text of a retro's path as the person stands to it: relative to the
 * current directory. In the arena. */
const char *corpus_display(const struct corpus *corpus,
			   const struct retro *retro);

#endif
