/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All retros of one place: the work tree (in a bare repository, HEAD), or a
 * revision.
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

struct corpus {
	struct arena *arena;
	struct repo *repo;           /* borrowed */
	const struct policy *policy; /* borrowed */
	struct retros retros;        /* sorted by date, newest first, those
				      * without a date last; then by path */
	struct diags diags;          /* what reading found, all files */
	const struct oid *commit;    /* what was read; NULL: the work tree, the
				      * index, or every branch */
	struct strs staged;          /* of the index: all its paths, sorted */
	bool from_index;
};

/* `rev` NULL: the work tree. Every Markdown file below the policy's `dir` but
 * README.md and what lies in dot folders. A file that cannot be read is a
 * diagnostic and never hides the others; a link that leads out of the
 * repository is one too and is not followed. */
MUST_USE struct err *corpus_load(struct corpus *out, struct arena *a,
				 struct repo *repo, const struct policy *policy,
				 const char *rev);

/* The same of the index (git/staged.h): what is about to be committed. */
MUST_USE struct err *corpus_load_index(struct corpus *out, struct arena *a,
				       struct repo *repo,
				       const struct policy *policy);

/* The same retros, surveyed: as the index knows them (index.h), without reading
 * each file again. Of such a retro `bytes`, `front`, `map`, `metrics`,
 * `environment` and `extras` are not set, and its body has its pitfalls and
 * actions alone, without their nodes. One with problems is read whole, so that
 * they are told. */
MUST_USE struct err *corpus_survey(struct corpus *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const char *rev);
/* Their fields alone: the body is not set either, and not to be read. */
MUST_USE struct err *corpus_survey_fields(struct corpus *out, struct arena *a,
					  struct repo *repo,
					  const struct policy *policy,
					  const char *rev);

/* A corpus of retros of the work tree (`commit` NULL) or a commit, that were
 * surveyed or read elsewhere: dates and sorts them. */
void corpus_of(struct corpus *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct oid *commit,
	       const struct retros *retros);

/* The work tree and every local and remote-tracking branch, each retro once.
 * Retros are one and the same if they have the same `id:` or, where a file has
 * none, the same path. Of several texts the work tree's counts, else that of
 * the branch that was committed to last; `here`, `on` and `differs_on` of each
 * say where it lies (line endings aside, which a checkout may change). What is
 * wrong in a branch's text is left to who checks that branch, but for files
 * that cannot be read at all. */
MUST_USE struct err *corpus_load_all(struct corpus *out, struct arena *a,
				     struct repo *repo,
				     const struct policy *policy);

/* body_read() for many of its retros, each named once. */
void corpus_read_bodies(struct corpus *corpus, const struct retros *retros);

/* Appends those of the corpus' diagnostics that are about these retros. */
void corpus_problems(struct diags *out, const struct corpus *corpus,
		     const struct retros *retros);

/* Appends those of the corpus' diagnostics that are about these files. */
void corpus_problems_at(struct diags *out, const struct corpus *corpus,
			const struct strs *paths);

/* Whether the place that was read has a file or folder of this path (from the
 * root, normal): 1, 0, or -1 where nobody can tell. */
int corpus_has_file(const struct corpus *corpus, const char *path);

/* The retro that a person names: by path (relative to the current directory,
 * or to the root), id, a tag that it covers, a unique prefix of its id, or `@`
 * (the newest), tried in that order. ERR_NOT_FOUND, with the nearest id as
 * hint; ERR_FAILED naming the candidates if a tag or a prefix means several. */
MUST_USE struct err *corpus_find(struct retro **out,
				 const struct corpus *corpus, const char *name);

/* A path as a person types it, relative to the current directory or absolute,
 * as seen from the root; a folder ends with a slash, and the root itself is "".
 * In the arena. */
const char *corpus_rooted(const struct corpus *corpus, const char *name);

/* Appends the retro of each name; the first that names none ends it. */
MUST_USE struct err *corpus_find_all(struct retros *out,
				     const struct corpus *corpus,
				     const struct strs *names);

/* A retro, or one of its pitfalls. */
struct problem_name {
	struct retro *retro;
	const char *number; /* "P1"; NULL: all of it */
};
struct problem_names VEC_OF(struct problem_name);

/* What each name means, which can end in a pitfall's number ("<retro>#P1"), and
 * the retros, each once. Whether there is such a pitfall is not looked at. */
MUST_USE struct err *corpus_find_problems(struct problem_names *out,
					  struct retros *retros,
					  const struct corpus *corpus,
					  const struct strs *names);
/* Whether a problem of this retro is meant by one of them. */
bool problem_names_have(const struct problem_names *names,
			const struct retro *retro,
			const struct problem *problem);

/* By exact id; NULL if there is none. Of two, the first. */
struct retro *corpus_by_id(const struct corpus *corpus, const char *id);

/* The text of a retro's path as the person stands to it: relative to the
 * current directory. In the arena. */
const char *corpus_display(const struct corpus *corpus,
			   const struct retro *retro);

#endif
