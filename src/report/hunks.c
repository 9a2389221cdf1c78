/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/hunks.h"

#include <stdlib.h>
#include <string.h>

#include "front/drivers.h"
#include "front/marks.h"
#include "git/answers.h"

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

/* An agent that edits a file has its fixes looked at again and again, and in a
 * folder of very many files git takes a while for each. What a commit did stays
 * true; the number rises with what git is asked, as that of `touched` does. */
static const struct answers kept_hunks = {
	.name = "hunks",
	.title = "git-retro hunks 1",
	.all_max = (size_t)256 << 10,
	.one_max = (size_t)16 << 10,
};

struct err *hunks_of_file(const char **out, struct arena *a, struct repo *repo,
			  const struct oid *commit, const char *path)
{
	const struct range range = { .to = *commit };
	struct patches patches = { 0 };
	struct buf key = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e = NULL;

	buf_addf(&key, "%s %s", oid_hex(hex, commit), path);
	if (!answers_get(&text, &kept_hunks, repo, &key)) {
		e = hunks_load(&patches, a, repo, &range, 1, path);
		if (!e && patches.nr)
			buf_addstr(&text, patches.at[0].text);
		if (!e)
			answers_put(&kept_hunks, repo, &key, &text);
	}
	*out = arena_strndup(a, text.p, text.n);
	buf_release(&text);
	buf_release(&key);
	return e;
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
