/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cached table that lets git-retro-hook decide whether a retro could have
 * something to say of the files that are staged: every path and glob of a
 * retro. It errs on the side of too many; git-retro looks closely. Disposable:
 * without it, or once a folder of retros has changed, git-retro is started and
 * writes it anew. A retro that was edited in place is noticed when it is
 * committed. With the C library and base/glob.h alone.
 */
#ifndef FRONT_PATHS_H
#define FRONT_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A path, or a glob as gitignore(5) has it, and the retro that it belongs to.
 */
struct paths_entry {
	const char *pattern;
	bool glob;
	uint64_t key; /* paths_key() of the retro's id */
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

/* A retro that the files may concern: its key, and which of the files, as one
 * number. */
struct paths_match {
	uint64_t key, files;
};
/* Those of the `nr` files, by key; to be freed. NULL if that cannot be told:
 * there is no memory, or there are too many of both (base/work.h). */
struct paths_match *paths_match(size_t *found, const struct paths *paths,
				const char *const *files, size_t nr);

#endif
