/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `new`, `skip`, `jot` and `init` share: making a file in the work tree that was
 * not there before. Nothing is ever overwritten, and nothing is written
 * through a link.
 */
#ifndef CMD_CREATE_H
#define CMD_CREATE_H

#include "base/buf.h"
#include "base/err.h"
#include "cmd/cmd.h"
#include "corpus/corpus.h"
#include "git/ref.h"
#include "view/draft.h"

/* Writes `path` (from the root of the work tree) and the directories on the way
 * to it. ERR_EXISTS if it is there, ERR_UNSUPPORTED if a link is in the way;
 * what could not be read on the way to its text (err_kept()) is an error,
 * too. */
MUST_USE struct err *create_file(struct env *env, const char *path,
				 const struct buf *text);

/* The language of what is written: `name` ("en", "zh", of the command line), or
 * the policy's if that is NULL. ERR_USAGE. */
MUST_USE struct err *create_language(enum language *out, struct env *env,
				     const char *name);

/* The tag of a release, which leads to a commit. ERR_NOT_FOUND, with the
 * nearest name as hint. */
MUST_USE struct err *create_release(struct ref *out, struct env *env,
				    const char *name);

/* An error if the retros could not be listed: nobody knows then what a new one
 * would repeat or lack. */
MUST_USE struct err *create_listed(const struct corpus *corpus);

/* ERR_EXISTS, naming it, if a retro of the corpus covers the release. */
MUST_USE struct err *create_uncovered(const struct corpus *corpus,
				      const char *release);

/* Who git would name as author of a commit; "" if git does not know. */
MUST_USE struct err *create_author(const char **out, struct env *env);

/* Today, who drafts, and an id that nothing has yet, made of the day and
 * `words`; `*path` is the file's, from the root. */
MUST_USE struct err *create_identity(struct draft *draft, const char **path,
				     struct env *env, struct corpus *corpus,
				     const char *words);

#endif
