/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Puts the gate into a server's repository as its pre-receive hook, and takes it
 * away again. Gitea starts what lies in hooks/pre-receive.d, GitLab what lies in
 * custom_hooks/pre-receive.d; elsewhere, as in gitolite, it is the hook itself,
 * and one that was there is kept and runs first.
 */
#ifndef HOOK_SERVER_H
#define HOOK_SERVER_H

#include <stdbool.h>

#include "hook/install.h"

MUST_USE struct err *server_install(struct install_report *out, struct arena *a,
				    struct repo *repo,
				    const struct config *config, bool dry_run);
MUST_USE struct err *server_remove(struct install_report *out, struct arena *a,
				   struct repo *repo,
				   const struct config *config);
MUST_USE struct err *server_status(struct install_report *out, struct arena *a,
				   struct repo *repo,
				   const struct config *config);

#endif
