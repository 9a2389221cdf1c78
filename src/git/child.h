/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Asking git itself. The child finds the repository as we did, from the same
 * environment and directory. It never prompts, pages, fetches what a partial
 * clone lacks, or writes to our stderr: what it says there becomes the text of
 * the error if it fails, and is dropped if it does not.
 */
#ifndef GIT_CHILD_H
#define GIT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/proc.h"

/* `args` are git's, without "git" itself, ending with NULL: at most
 * CHILD_ARGS of them. Names and lists that come from outside go through `in`
 * (the child's stdin; NULL for none) or as full ids. */
#define CHILD_ARGS 32
#define CHILD_ARGV (CHILD_ARGS + 6) /* with what comes before them */

/* Options of git log that a person's settings would change (log.follow,
 * diff.relative, log.showRoot, log.showSignature, color.ui). */
#define CHILD_LOG                                                              \
	"--no-follow", "--no-relative", "--root", "--no-show-signature",       \
		"--no-color"

/* What comes first for a child that reads much of a repository: git maps whole
 * packs otherwise, and keeps 96 MB of what deltas are made of. */
#define CHILD_FRUGAL                                                           \
	"-c", "core.packedGitWindowSize=1m", "-c", "core.packedGitLimit=32m",  \
		"-c", "core.deltaBaseCacheLimit=32m"

/* Appends all that it writes. Where it exits with another status than 0:
 * ERR_MISSING if it says that objects are not here; ERR_NO_MATCH if it is 1
 * without a complaint, as of `git grep` that finds nothing; ERR_REFUSED for any
 * other of git's own (of a bad setting, say); ERR_FAILED if it was killed. */
MUST_USE struct err *child_run(struct buf *out, const char *const *args,
			       const struct buf *in);

/* What to do where objects are not here, as a hint of an error. */
const char *child_bring_hint(void);

/* The same as child_run() in another repository, that of the folder `dir`. */
MUST_USE struct err *child_run_at(struct buf *out, const char *const *args,
				  const char *dir);

/* For child_run_in(): git diff-tree reads the index, of which it needs nothing
 * to name files; among very many files that takes longer than all the rest. */
extern const char *const child_no_index[];

/* The same with these variables in its environment, "NAME=value", at most four;
 * ends with NULL. */
MUST_USE struct err *child_run_in(struct buf *out, const char *const *args,
				  const struct buf *in,
				  const char *const *more);

/* The same for two of them: what `first` prints, `second` reads as it comes, so
 * that it is never whole in memory. Appends what `second` prints. */
MUST_USE struct err *child_pipe(struct buf *out, const char *const *first,
				const char *const *second,
				const struct buf *in);

/* Takes the next `nr` fields, each ending with NUL, at *at, which moves behind
 * them; borrowed from there. False, and nothing moves, if fewer are whole
 * before `end`. */
bool child_split(const char **fields, size_t nr, const char **at,
		 const char *end);

/* A file in memory with the bytes, to be the stdin of a child; the caller
 * closes it, after an error, too, unless it is -1. */
MUST_USE struct err *child_hold(int *fd, const struct buf *bytes);

/* A child whose output is read as it comes, as fields that end with NUL. */
struct child {
	struct proc proc;
	const char *argv[CHILD_ARGV];
	int err_fd;
	struct buf ahead; /* read and not yet handed out, from `at` on */
	size_t at;
	bool ended;
};
MUST_USE struct err *child_start(struct child *child, const char *const *args);
/* The same with bytes for its stdin, which are copied; for what is read to the
 * end, as its first lines may come late. */
MUST_USE struct err *child_start_with(struct child *child,
				      const char *const *args,
				      const struct buf *in);
/* The same with `in_fd` as its stdin, which stays the caller's. */
MUST_USE struct err *child_start_fed(struct child *child,
				     const char *const *args, int in_fd);
/* The next `nr` fields, without their NULs: borrowed until the next call.
 * False at the end, or when what is left is not a whole record. */
bool child_fields(const char **fields, size_t nr, struct child *child);
/* The next line without its end, and the next `n` bytes, both borrowed
 * likewise; false if it ended before. */
bool child_line(const char **line, struct child *child);
bool child_bytes(const char **bytes, size_t n, struct child *child);
/* Appends what it writes until it ends or `deadline` comes (milliseconds of the
 * monotonic clock): then it is stopped, which is not an error. Waits for it, as
 * child_finish() does. */
MUST_USE struct err *child_gather(struct buf *out, struct child *child,
				  int64_t deadline);
/* The same until it has had *work milliseconds of the processors, which are
 * lessened by what it had: how busy the machine is does not count. */
MUST_USE struct err *child_gather_work(struct buf *out, struct child *child,
				       int64_t *work, int64_t deadline);
/* Waits for it. If its output was not read to the end it is stopped, and that
 * is no error. */
MUST_USE struct err *child_finish(struct child *child);

/* Reads `--date=raw` ("1767607200 +0100"). A date that git cannot read, or one
 * behind the year 9999, is the epoch, as it is in git's own output. */
struct moment child_moment(const char *raw);

#endif
