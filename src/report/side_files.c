/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/side_files.h"

#include <string.h>

#include "base/attr.h"

const struct side_file side_files[] = {
	{ "index", "texts, facts and words of the retros" },
	{ "index-journal", "SQLite's own, beside the index" },
	{ "ledger", "what messages of commits say of other commits" },
	{ "touches", "which files commits changed, as hashes" },
	{ "patch-ids", "by which commits with the same change are known" },
	{ "doubts", "same changes with few lines in common" },
	{ "tags", "when tags were made" },
	{ "history", "which texts each retro ever had" },
	{ "objects/", "a commit-graph, where git has none" },
	{ "hooks-table", "lets a hook decide that it has nothing to say" },
	{ "paths-table", "lets pre-commit decide that no pitfall is met" },
	{ "asked", "releases that were asked for, and the answers" },
	{ "shown", "pitfalls that were told, to whom, and what followed" },
	{ "attributes", "in which files git finds functions" },
	{ "touched", "which files linked commits changed" },
	{ "rare", "names that few files have" },
	{ "rewrites", "which commit became which, for relink" },
	{ "rewrites.old", "the older part of rewrites" },
	{ "edit", "a lock: one command edits at a time" },
	{ "edit.d/", "edits that were not saved back" },
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
