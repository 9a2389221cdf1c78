/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/noise.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/file.h"
#include "git/child.h"
#include "model/policy.h"

/* --- people --------------------------------------------------------------- */

/* By name, letter case aside. */
static const char *const bots[] = {
	"*\\[bot]*",
	"*-bot",
	"* bot",
	"bot",
	"dependabot*",
	"renovate*",
	"greenkeeper*",
	"mergify*",
	"github-actions*",
	"GitHub Action*",
	"semantic-release*",
	"pyup*",
	"snyk*",
	"pre-commit-ci*",
	"Weblate*",
	"Hosted Weblate",
	"Transifex*",
	"allcontributors*",
	"imgbot*",
	"codecov*",
	"github-merge-queue*",
	"copybara*",
};

bool noise_is_bot(const struct person *person)
{
	for (size_t i = 0; i < ARRAY_SIZE(bots); i++)
		if (!fnmatch(bots[i], person->name, FNM_CASEFOLD))
			return true;
	return strcasestr(person->mail, "[bot]@") != NULL;
}

/* --- titles --------------------------------------------------------------- */

static const char *const bumps[] = {
	"bump *",
	"build(deps*",
	"chore(deps*",
	"fix(deps*",
	"deps*: *",
	"update dependency *",
	"update module *",
	"update * digest to *",
	"update rust crate *",
	"pin dependenc*",
	"lock file maintenance*",
	"*/dependabot/*",
	"*/renovate/*",
	"*from dependabot*",
	"*update changelog*",
	"*changelog for *",
	"*changelog entr*",
	"prepare release*",
	"release v[0-9]*",
	"release [0-9]*",
	"chore(release*",
	"chore: release*",
	"version packages*",
	"[[]pre-commit.ci] *",
	"*autoupdate pre-commit*",
};

bool noise_is_bump(const char *title)
{
	for (size_t i = 0; i < ARRAY_SIZE(bumps); i++)
		if (!fnmatch(bumps[i], title, FNM_CASEFOLD))
			return true;
	return false;
}

static const char *const upkeep[] = {
	"Merge branch 'main'*",     "Merge branch 'master'*",
	"Merge branch 'develop'*",  "Merge branch 'dev'*",
	"Merge branch 'trunk'*",    "Merge remote-tracking branch *",
	"Merge branch 'main' of *", "Merge upstream*",
	"Merge https://*",
};

bool noise_is_upkeep(const char *subject)
{
	for (size_t i = 0; i < ARRAY_SIZE(upkeep); i++)
		if (!fnmatch(upkeep[i], subject, FNM_CASEFOLD))
			return true;
	return false;
}

/* --- files ---------------------------------------------------------------- */

enum { ASKED_MAX = 300 }; /* files whose attributes are asked for */

static const char *const foreign_dirs[] = {
	"vendor",      "_vendor",    "node_modules",     "third_party",
	"third-party", "thirdparty", "bower_components", "Godeps",
};

bool noise_is_foreign(const char *path)
{
	for (const char *at = path, *slash; (slash = strchr(at, '/'));
	     at = slash + 1)
		for (size_t i = 0; i < ARRAY_SIZE(foreign_dirs); i++) {
			size_t n = strlen(foreign_dirs[i]);

			if (n == (size_t)(slash - at) &&
			    !strncmp(foreign_dirs[i], at, n))
				return true;
		}
	return false;
}

static const char *const aside_dirs[] = {
	"test",     "tests",   "testing",  "testsuite", "t",
	"spec",     "specs",   "doc",      "docs",      "documentation",
	"fixtures", "example", "examples", "man",
};

static const char *const aside_files[] = {
	"*_test.*",   "*_spec.*", "*.test.*", "*.spec.*", "test_*",
	"changelog*", "changes*", "news*",    "release*", "*.md",
	"*.rst",      "*.txt",    "*.adoc",   "*.po",
};

bool noise_is_aside(const char *path)
{
	const char *slash;

	for (; (slash = strchr(path, '/')); path = slash + 1)
		for (size_t i = 0; i < ARRAY_SIZE(aside_dirs); i++) {
			size_t n = strlen(aside_dirs[i]);

			if (n == (size_t)(slash - path) &&
			    !strncasecmp(aside_dirs[i], path, n))
				return true;
		}
	for (size_t i = 0; i < ARRAY_SIZE(aside_files); i++)
		if (!fnmatch(aside_files[i], path, FNM_CASEFOLD))
			return true;
	return false;
}

static bool is_own_file(const char *path, const char *dir)
{
	size_t n = dir ? strlen(dir) : 0;

	return !strcmp(path, POLICY_FILE) ||
	       (n && !strncmp(path, dir, n) && path[n] == '/');
}

/* Marks the files whose attributes say that they are vendored or generated. A
 * git that does not answer marks none. */
static void ask_attributes(bool *out, const struct diff_files *files)
{
	static const char *const args[] = {
		"check-attr",         "-z", "--stdin", "linguist-vendored",
		"linguist-generated", NULL,
	};
	size_t nr = files->nr < ASKED_MAX ? files->nr : ASKED_MAX;
	struct buf names = BUF_INIT, text = BUF_INIT;
	const char *fields[3], *at, *end;
	size_t i = 0;
	struct err *e;

	for (size_t j = 0; j < nr; j++)
		buf_add(&names, files->at[j].path,
			strlen(files->at[j].path) + 1);
	e = child_run(&text, args, &names);
	at = text.p;
	end = text.p + text.n;
	/* Two answers a file, in their order. */
	for (; !e && i / 2 < nr && child_split(fields, 3, &at, end); i++)
		if (!strcmp(fields[2], "set") || !strcmp(fields[2], "true"))
			out[i / 2] = true;
	err_pass(e);
	buf_release(&names);
	buf_release(&text);
}

/* Programs write them, and their lines say little: notebooks and lock files. */
static const char *const written[] = {
	"*.ipynb",          "*.lock",      "*.lockb", "*.lockfile",
	"*-lock.json",      "*-lock.yaml", "go.sum",  "npm-shrinkwrap.json",
	"Package.resolved",
};

static bool is_written_by_tool(const struct diff_file *file)
{
	const char *name = path_base(file->path);

	for (size_t i = 0; i < ARRAY_SIZE(written); i++)
		if (!fnmatch(written[i], name, 0))
			return true;
	return false;
}

void noise_sift_files(struct diff_files *files, struct arena *a,
		      const char *dir)
{
	struct diff_files kept = { 0 };
	bool *marked = arena_alloc(a, files->nr + 1);

	for (size_t i = 0; i < files->nr; i++)
		if (!noise_is_foreign(files->at[i].path) &&
		    !is_own_file(files->at[i].path, dir))
			vec_push(a, &kept, files->at[i]);
	memset(marked, 0, files->nr + 1);
	ask_attributes(marked, &kept);
	files->nr = 0;
	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < kept.nr; i++)
			if (!marked[i] &&
			    is_written_by_tool(&kept.at[i]) == last)
				files->at[files->nr++] = kept.at[i];
}
