/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which retros concern some files, or a change, and why. Never by words alone:
 * each has a tie, a path or a glob that speaks for it. Superseded and waived
 * retros are left out.
 *
 * That a commit tied to a retro once touched a file says little about the next
 * change of that file: of such hints two thirds were beside the point when that
 * was measured (tests/real/context.md). So where a change is asked about it
 * counts only if the change meets lines that the cause or the fix changed or
 * had beside its own, and not in a change that sweeps over many files.
 */
#ifndef REPORT_CONTEXT_H
#define REPORT_CONTEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "git/walk.h"
#include "model/pitfall.h"

/* Strongest first. */
enum evidence_type {
	EVIDENCE_COMMIT,  /* a commit in question is tied to the retro */
	EVIDENCE_PITFALL, /* one of its pitfalls names the file */
	EVIDENCE_PATHS,   /* its `paths` match the file */
	EVIDENCE_PLACE,   /* its cause or fix changed the same place */
	EVIDENCE_FILE,    /* its cause or fix touched the file */
};

struct evidence {
	enum evidence_type type;
	const char *path; /* in question; NULL: EVIDENCE_COMMIT */
	const char *what; /* the name in the pitfall, the glob, a line of the
			   * place; else NULL */
	const char *then; /* what the commit called the file, if otherwise */
	const char *role; /* "cause", "fix", "other" of `commit`, else NULL */
	struct oid commit;
	const struct pitfall *pitfall; /* EVIDENCE_PITFALL, else NULL */
};

struct finding {
	struct retro *retro;                     /* with its pitfalls */
	struct VEC_OF(struct evidence) evidence; /* strongest first; one for
						  * each file at most */
};
/* By their strongest evidence, then severity, then the newest first. */
struct findings VEC_OF(struct finding);

/* What is asked about. */
struct context_question {
	struct strs paths;         /* from the root, normal */
	struct oids commits;       /* those of the change, to find tied ones */
	bool is_change;            /* of the paths; else the files are meant */
	const struct range *range; /* the change; NULL: what is staged */
};

/* `corpus` of any kind; bodies are read where they are not. In its arena. */
MUST_USE struct err *context_find(struct findings *out, struct corpus *corpus,
				  const struct context_question *question);

/* The pitfall of a finding that says most here: one that names a file in
 * question, else the retro's first; NULL if it has none. */
const struct pitfall *context_pitfall(const struct finding *finding);

/* For the table of the pre-commit hook: every file that a retro may have
 * something to say about, as path or glob (gitignore(5)) of its `paths`, names
 * in its pitfalls and files that its cause or fix touched. */
struct context_path {
	const struct retro *retro;
	const char *pattern;
	bool glob; /* else exactly this path, or what lies below it */
};
struct context_paths VEC_OF(struct context_path);
MUST_USE struct err *context_all_paths(struct context_paths *out,
				       struct corpus *corpus);

#endif
