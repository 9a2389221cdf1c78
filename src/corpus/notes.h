/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Notes of a line, kept where something happens and gathered into the draft of
 * the release that contains them. Each is a file of its own below `.notes/` in
 * the folder of the retros, by a name that nobody else chooses, so that no two
 * branches are in each other's way; or a trailer of a commit:
 *
 *	Retro-Note: pitfall: The loader drops rows without a label
 */
#ifndef CORPUS_NOTES_H
#define CORPUS_NOTES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "git/oid.h"
#include "git/walk.h"
#include "model/policy.h"

struct repo;

enum note_kind {
	NOTE_PLAIN,
	NOTE_HARD,
	NOTE_PITFALL,
	NOTE_SOLVED,
	NOTE_IMPROVE,
	NOTE_KINDS
};

struct note {
	const char *text; /* one line, clean */
	enum note_kind kind;
	struct strs paths, labels;
	const char *author, *date; /* "" if unknown */
};
struct notes VEC_OF(struct note);

#define NOTE_TRAILER "Retro-Note"

/* "hard", "pitfall", "solved", "improve"; "" for a plain one. */
const char *note_kind_name(enum note_kind kind);

/* The file of a note, and where it goes: from the root of the work tree. The
 * same note gives the same. */
void note_write(struct buf *out, const char **path, struct arena *a,
		const struct repo *repo, const struct policy *policy,
		const struct note *note);

/* The trailer's value: a kind in front with a colon is its kind. */
void note_read_trailer(struct note *out, struct arena *a, const char *value);

/* Appends those that the range adds: files by the trees of its ends, so that a
 * note that an earlier release had is not there again. A note that names files
 * belongs to a range that is limited to files if one of them does. */
MUST_USE struct err *notes_of_range(struct notes *out, struct arena *a,
				    struct repo *repo,
				    const struct policy *policy,
				    const struct range *range);

/* Appends those of the work tree (in a bare repository of HEAD) that `since`
 * does not have; NULL: all. One that is a link, or too large, is left out. */
MUST_USE struct err *notes_waiting(struct notes *out, struct arena *a,
				   struct repo *repo,
				   const struct policy *policy,
				   const struct oid *since);

#endif
