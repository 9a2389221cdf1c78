/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cached table that lets git-retro-hook decide whether a retro could have
 * something to say of what is staged: the marks of every fix (front/marks.h),
 * by file, the words that pitfalls name, the files that guard a problem, and
 * the commits that are linked. It errs on the side of too many; git-retro looks
 * closely. Disposable: without it, or once a folder of retros has changed,
 * git-retro is started and writes it anew. A retro that was edited in place is
 * noticed when it is committed. With the C library and base/glob.h alone.
 */
#ifndef FRONT_PATHS_H
#define FRONT_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "front/bytes.h"

enum paths_type {
	PATHS_GUARD,   /* `path` or, if it is a glob, as gitignore(5) has it */
	PATHS_MARK,    /* a mark of this hash in the file `path` */
	PATHS_WORD,    /* a word, or a key, of this hash on a changed line */
	PATHS_COMMIT,  /* a commit whose id begins with these bytes */
	PATHS_REQUEST, /* a request whose number has this hash */
	PATHS_RETRO,   /* tells no sign, but that the retro at `path` is the one
		      * of `key` */
};
struct paths_entry {
	enum paths_type type;
	const char *path;
	uint64_t hash;
	uint64_t key; /* paths_key() of what is told then */
};

uint64_t paths_key(const char *id);

/* Writes <git_dir>/retro/paths-table (atomically). `dirs` are the folders of
 * retros as seen from the top of the work tree `top`, NULL-terminated. Failing
 * is no error. */
void paths_write(const char *git_dir, const char *top, const char *const *dirs,
		 const struct paths_entry *entries, size_t nr);

struct paths;

/* NULL if there is none, it is damaged, or (unless `top` is NULL) a folder of
 * retros has changed since. */
struct paths *paths_load(const char *git_dir, const char *top);
void paths_free(struct paths *paths);

/* Adds the keys (each a uint64_t, once) of what may be told of the `nr` files
 * by their names: guards. */
void paths_match(struct bytes *out, const struct paths *paths,
		 const char *const *files, size_t nr);

/* Adds the paths, each with its NUL, of the retros that have a key. */
void paths_add_retros(struct bytes *out, const struct paths *paths,
		      uint64_t key);

/* Whether there are words that are looked for in every file. */
bool paths_have_words(const struct paths *paths);

/* Whether the diff of a change of these files could have one. */
bool paths_want_diff(const struct paths *paths, const char *const *files,
		     size_t nr);

/* The same of the diff, which ends with NUL (front/marks.h). */
void paths_match_diff(struct bytes *out, const struct paths *paths,
		      const char *diff);

/* The same of a message: the commits and requests that it names
 * (front/message.h). */
void paths_match_message(struct bytes *out, const struct paths *paths,
			 const char *message);

#endif
