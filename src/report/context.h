/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which retros concern some files, or a change, and why. Never by words alone:
 * each has a link, a path or a glob that speaks for it. Superseded and waived
 * retros are left out.
 *
 * Where a change is asked about, what it has in common with a fix comes first
 * (report/evidence.h says in which order). The cause counts only where no fix
 * is known yet; a change that sweeps over many files has no place, and a file
 * that it deletes is no longer what the fix was about.
 *
 * context_find() is the one answer to what speaks for a set of files or of
 * changed lines. The hook of git commit, `context` and `review` ask it, and so
 * does who says something of an edit while it is made: a question with
 * `is_change`, the paths, and `at_commit` for what is specific alone;
 * `read_max` where somebody waits; and with `edits` for lines that are neither
 * staged nor committed. It prints nothing and knows nothing of who was told
 * what (front/shown.h). Only overlap_open() reads the change.
 */
#ifndef REPORT_CONTEXT_H
#define REPORT_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "git/walk.h"
#include "model/pitfall.h"
#include "report/edit.h"
#include "report/evidence.h"

struct finding {
	struct retro *retro;                     /* with its pitfalls */
	struct VEC_OF(struct evidence) evidence; /* strongest first; one for
						  * each file at most */
	bool weak; /* in a review: only the place or the cause is the same,
		    * and the change says nothing that the retro says */
};
/* Weak ones last; by their strongest evidence, then severity, then the newest
 * first. */
struct findings VEC_OF(struct finding);

/* What is asked about. */
struct context_question {
	struct strs paths;   /* from the root, normal */
	struct oids commits; /* those of the change, to find linked ones */
	const char *message; /* of the commit that is being made: then only what
			      * it speaks of; or NULL: it is not written yet */
	bool is_change;      /* of the paths; else the files are meant */
	bool at_commit;      /* only what is specific (evidence.h), and needs no
			      * message unless there is one */
	bool *unsaid;        /* set where a message may add to that; or NULL */
	bool at_review;      /* only what the messages of the change speak of,
			      * too */
	const struct edits *edits; /* the change; then only what is specific
				    * for an edit */
	const char *diff; /* what edit_diff() said of them, if it was asked;
			   * else NULL */
	const struct range *range; /* the change; NULL, without edits: what is
				    * staged, */
	const struct oid *base;    /* held against this; NULL: HEAD */
	size_t read_max; /* fixes that are read for the first time; 0: all */
	size_t *unread;  /* set to how many are left then, unless NULL */
};

/* `corpus` of any kind; bodies are read where they are not. In its arena. */
MUST_USE struct err *context_find(struct findings *out, struct corpus *corpus,
				  const struct context_question *question);

/* What a finding is about: the pitfall of its strongest evidence that has one;
 * where no evidence can tell, the first pitfall that names a file in question,
 * or the only one. NULL: the retro's title says it. */
const struct pitfall *context_pitfall(const struct finding *finding);

/* What is told, by name: "<id>#P1", or "<id>" of a pitfall without a number (or
 * of none). */
const char *context_name(struct arena *a, const struct retro *retro,
			 const struct pitfall *pitfall);

/* For the table of the pre-commit hook: what a change must have for a retro to
 * have something specific to say. */
enum context_sign_type {
	SIGN_MARK,    /* in the file `path`, a mark of this hash */
	SIGN_WORD,    /* on a changed line of any file, a word of this hash */
	SIGN_COMMIT,  /* in its message, the id that begins so */
	SIGN_REQUEST, /* in its message, the number of this hash */
	SIGN_GUARD    /* a file that is `path`, lies below it or matches it */
};
struct context_sign {
	enum context_sign_type type;
	const char *path; /* NULL: SIGN_WORD, SIGN_COMMIT, SIGN_REQUEST */
	uint64_t hash;    /* 0: SIGN_GUARD; of a commit, its id's first bytes */
	const char *name; /* of what is told then */
	const struct retro *retro;
};
struct context_signs VEC_OF(struct context_sign);
MUST_USE struct err *context_signs(struct context_signs *out,
				   struct corpus *corpus);

#endif
