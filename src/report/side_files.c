/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/side_files.h"

#include <string.h>

#include "base/attr.h"
#include "base/i18n.h"

const struct side_file side_files[] = {
	{ "index", N_("texts, facts and words of the retros") },
	{ "index-journal", N_("SQLite's own files next to the index") },
	{ "ledger", N_("links between commits, from their messages") },
	{ "touches", N_("which files commits changed, as hashes") },
	{ "patch-ids", N_("which commits contain the same change") },
	{ "doubts", N_("same changes with few lines in common") },
	{ "tags", N_("when tags were created") },
	{ "history", N_("every version of each retro") },
	{ "objects/", N_("a commit-graph, where git has none") },
	{ "config", N_("git's configuration, as git told it") },
	{ "alive", N_("linked commits that are part of history") },
	{ "answers", N_("what git told of linked commits") },
	{ "hooks-table",
	  N_("lets hooks exit early when there is nothing to say") },
	{ "paths-table",
	  N_("lets pre-commit exit early when no pitfall is near") },
	{ "asked", N_("releases you were asked about, and your answers") },
	{ "shown", N_("pitfalls that were shown, to whom, and what followed") },
	{ "unsaid", N_("what a commit meets, until its message is there") },
	{ "agents", N_("what agents were told, by session") },
	{ "touched", N_("which files linked commits changed") },
	{ "hunks", N_("what linked commits changed in a file") },
	{ "rare", N_("names that few files have") },
	{ "rewrites", N_("old and new ids of rewritten commits, for relink") },
	{ "rewrites.old", N_("the older part of rewrites") },
	{ "edit", N_("a lock: one command edits at a time") },
	{ "edit.d/", N_("edits that were not saved back") },
};
const size_t side_file_count = ARRAY_SIZE(side_files);

const char *side_file_what(const char *name)
{
	for (size_t i = 0; i < side_file_count; i++) {
		const char *known = side_files[i].name;
		size_t n = strlen(known);

		if (known[n - 1] == '/' ? !strncmp(name, known, n)
					: !strcmp(name, known))
			return side_files[i].what;
	}
	return NULL;
}
