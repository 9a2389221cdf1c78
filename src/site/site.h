/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All retros as pages for a browser, that need no server, no network and no
 * program but that: an index with filters and search, a page a retro, pages by
 * label, release and file, the figures, what releases carry, and feeds. The
 * same retros make the same bytes.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "corpus/corpus.h"
#include "git/config.h"
#include "report/stats.h"

struct site {
	struct corpus *corpus;
	const struct config *config;
	const char *title;
	const char *url; /* of the site, ends with a slash; NULL: unknown */
	const char *language; /* "en", "zh-Hans" */
	const char *forge;    /* what a commit's id is put behind; NULL: none */
	bool one_file;
};

/* Gets each page as it is made: its path below the folder, and its bytes, which
 * are borrowed. */
typedef struct err *site_emit_fn(void *data, const char *path,
				 const void *bytes, size_t n);

/* Makes them all; the corpus is surveyed, and its texts are read a few at a
 * time. */
MUST_USE struct err *site_build(const struct site *site, site_emit_fn *emit,
				void *data);

/* --- forge.c --- */

/* The page of a commit without its id, of GitHub, GitLab, Gitea, Gitee or a
 * host that looks like one, by the address of the remote `origin`. NULL if
 * there is none such. */
const char *site_forge(struct arena *a, const struct config *config);

/* --- write.c --- */

/* A folder while it is written. */
struct site_folder;

/* ERR_EXISTS for one that has files of others, unless `force`. */
MUST_USE struct err *site_open(struct site_folder **out, struct arena *a,
			       const char *path, bool force);
/* A site_emit_fn: keeps what differs from what is there. */
struct err *site_add(void *folder, const char *path, const void *bytes,
		     size_t n);
/* Puts the new pages in place and removes those that are no longer made; only
 * now is anything of the old site touched. */
MUST_USE struct err *site_commit(struct site_folder *folder, size_t *written,
				 size_t *removed, size_t *all);
/* Takes away what was added, where it cannot be gone on with. */
void site_discard(struct site_folder *folder);

#endif
