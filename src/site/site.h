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
#include <stddef.h>
#include <stdint.h>

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

/* A folder while it is written. */
struct site_folder;

/* Makes them all; the corpus is surveyed, and the texts of those whose pages do
 * not stand there yet are read a few at a time. */
MUST_USE struct err *site_build(const struct site *site,
				struct site_folder *folder);

/* --- forge.c --- */

/* The page of a commit without its id, of GitHub, GitLab, Gitea, Gitee or a
 * host that looks like one, by the address of the remote `origin`. NULL if
 * there is none such. */
const char *site_forge(struct arena *a, const struct config *config);

/* --- write.c --- */

/* No page and no list of pages of ours is larger. Bytes. */
#define SITE_PAGE_MAX ((size_t)1 << 30)
#define SITE_LIST_MAX ((size_t)1 << 28)

/* ERR_EXISTS for one that has files of others, unless `force`. */
MUST_USE struct err *site_open(struct site_folder **out, struct arena *a,
			       const char *path, bool force);
/* Makes the folder one of ours, as the first page that is written does: what a
 * killed process leaves is known then, so that the next one goes on. */
MUST_USE struct err *site_claim(struct site_folder *folder);
/* What the page asked for when it was last made (site_add); NULL where that is
 * not known. Borrowed. */
const struct strs *site_asked(const struct site_folder *folder,
			      const char *page);
/* Whether the page stands there, every byte, as it was made of `key`: then it is
 * one of the site, and need not be made. */
bool site_keep(struct site_folder *folder, const char *page, uint64_t key);
/* A page that was made; it is written if what is there differs. `key` is a sum
 * over all that it was made of, 0 if it is to be made every time; `asked` (NULL:
 * nothing) is kept for who makes that sum again. All borrowed. */
MUST_USE struct err *site_add(struct site_folder *folder, const char *page,
			      uint64_t key, const struct strs *asked,
			      const void *bytes, size_t n);
/* Puts the new pages in place and removes those that are no longer made; only
 * now is anything of the old site touched. */
MUST_USE struct err *site_commit(struct site_folder *folder, size_t *written,
				 size_t *removed, size_t *all);
/* Takes away what was added, where it cannot be gone on with. */
void site_discard(struct site_folder *folder);

#endif
