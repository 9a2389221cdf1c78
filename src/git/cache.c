/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/cache.h"

#include "base/buf.h"
#include "git/ancestry.h"

void cache_open(struct journal *out, struct repo *repo, const char *name,
		const char *title)
{
	struct buf path = BUF_INIT;

	if (!repo_is_untouched(repo) && !ancestry_is_bent(repo))
		buf_addf(&path, "%s/retro/%s", repo_common_dir(repo), name);
	journal_open(out, path.p, title);
	buf_release(&path);
}
