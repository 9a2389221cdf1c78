/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in force here: the built-in defaults, under `.retro.yml`, under git
 * config (`retro.*`).
 */
#ifndef CORPUS_SETTINGS_H
#define CORPUS_SETTINGS_H

#include "base/arena.h"
#include "git/config.h"
#include "git/repo.h"
#include "model/diag.h"
#include "model/policy.h"

/* `.retro.yml` is read from the work tree; in a bare repository, from HEAD.
 * Never fails: a problem goes to `diags` and leaves the earlier value in
 * place. Its path is `.retro.yml`, or for a value of git config the absolute
 * path of that file or a word such as `command line`. */
void settings_load(struct policy *out, struct arena *a, struct diags *diags,
		   struct repo *repo, const struct config *config);

/* The same in two halves: the defaults and the file, then git config. */
void settings_read(struct policy *out, struct arena *a, struct diags *diags,
		   struct repo *repo);
void settings_override(struct policy *out, struct arena *a, struct diags *diags,
		       const struct repo *repo, const struct config *config);

/* What stands below `retro.` in git config and is no setting. */
void settings_unknown(struct diags *out, struct arena *a,
		      const struct repo *repo, const struct config *config);

#endif
