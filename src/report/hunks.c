/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/hunks.h"

#include <stdlib.h>
#include <string.h>

#include "front/drivers.h"
#include "front/marks.h"

static struct err *ask_hunks(struct patches *out, struct arena *a,
			     struct repo *repo, const struct range *ranges,
			     size_t nr, const char *path, const char *more)
{
	char *drivers = drivers_option(repo_common_dir(repo));
	const char *options[] = {
		"-c",       "core.quotePath=false",
		"-c",       DRIVERS_SCRIPT,
		"-c",       drivers ? drivers : "core.quotePath=false",
		MARKS_DIFF, more,
		NULL
	};
	struct err *e = diff_patches(out, a, repo, ranges, nr, options, path);

	free(drivers);
	return e;
}

struct err *hunks_load(struct patches *out, struct arena *a, struct repo *repo,
		       const struct range *ranges, size_t nr, const char *path)
{
	return ask_hunks(out, a, repo, ranges, nr, path, NULL);
}

/* Of the hunk with the line; 0 if there is none. */
static size_t hunk_lines_at(const char *diff, size_t line)
{
	size_t found = 0;

	for (; *diff; diff += strcspn(diff, "\n"), diff += *diff == '\n') {
		char *end;
		size_t first, lines = 1;

		if (strncmp(diff, "@@ -", 4) != 0)
			continue;
		first = strtoul(diff + 4, &end, 10);
		if (*end == ',')
			lines = strtoul(end + 1, NULL, 10);
		if (line >= first && line <= first + lines)
			found = lines;
	}
	return found;
}

struct err *hunks_function_lines(size_t *out, struct arena *a,
				 struct repo *repo, const struct range *range,
				 const char *path, size_t line)
{
	struct patches patches = { 0 };
	struct err *e = ask_hunks(&patches, a, repo, range, 1, path,
				  "--function-context");

	*out = !e && patches.nr ? hunk_lines_at(patches.at[0].text, line) : 0;
	return e;
}
