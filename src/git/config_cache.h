/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `git config` has answered, kept in the file retro/config of the git
 * directory: git takes longer to start than most commands take for the rest. It
 * stands for git's answer while each file that git reads is the same one,
 * unchanged or still not there; where another place could say something
 * (includes, GIT_DIR, a linked work tree, ...), nothing is kept and git is
 * asked.
 */
#ifndef GIT_CONFIG_CACHE_H
#define GIT_CONFIG_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

struct config_file {
	const char *path;
	bool there;
};

struct config_cache {
	struct arena *a;
	const char *file; /* NULL: nothing is kept here */
	const char *bare; /* the repository, if it is a bare one */
	int64_t begun;    /* before git was asked; see clock_is_past() */
	struct buf key;   /* of what is known before git was asked */
	struct VEC_OF(struct config_file) files;
	bool settled; /* none of the files may change unseen */
};

/* Finds out whether it applies here, and appends the answer if there is one. To
 * be released. */
bool config_cache_get(struct buf *answer, struct config_cache *out,
		      struct arena *a);
/* Keeps what git answered since, as the same bytes; `origins` are all that git
 * named ("file:.git/config"). Of a bare repository only what it says where git
 * takes any: it read this one's, and no setting says which are safe. */
void config_cache_put(struct config_cache *cache, const struct buf *answer,
		      const struct strs *origins);
void config_cache_release(struct config_cache *cache);

/* Whether an answer that was found, and is not released yet, is of this bare
 * repository: so git takes it, though nobody named it. */
bool config_cache_trusts(const char *git_dir);

#endif
