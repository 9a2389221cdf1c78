/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/file.h"
#include "base/opener.h"
#include "git/kept.h"

/* No file of a ref is longer. */
#define REF_MAX ((size_t)1 << 12)

/* Whether a ref's file has an id, or leads to a ref that is looked at, too. */
static bool is_looked_at(const char *text)
{
	static const char *const below[] = { "refs/heads/", "refs/tags/",
					     "refs/remotes/" };

	if (strncmp(text, "ref:", 4) != 0)
		return true;
	text += 4 + strspn(text + 4, " \t");
	for (size_t i = 0; i < ARRAY_SIZE(below); i++)
		if (!strncmp(text, below[i], strlen(below[i])))
			return true;
	return false;
}

static bool add_ref_file(struct buf *key, const char *path)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, path, REF_MAX);
	bool good = !e && is_looked_at(text.p);

	buf_add(key, path, strlen(path) + 1);
	buf_addf(key, "%zu ", text.n);
	buf_add(key, text.p, text.n);
	err_free(e); /* git is asked */
	buf_release(&text);
	return good;
}

static bool add_ref_files(struct buf *key, struct arena *a, const char *dir)
{
	struct strs files = { 0 };
	struct err *e = file_list(&files, a, dir);
	bool good = !e;

	for (size_t i = 0; i < files.nr && good; i++)
		good = add_ref_file(key, path_join(a, dir, files.at[i]));
	err_free(e);
	return good;
}

/* Not a log of one, which has the same name. */
static bool is_linked_head(const char *path, const char *linked)
{
	const char *slash = strchr(path + strlen(linked) + 1, '/');

	return slash && !strcmp(slash, "/HEAD");
}

/* The HEADs of all work trees. */
static bool add_each_head(struct buf *key, struct arena *a, const char *dir)
{
	const char *linked = path_join(a, dir, "worktrees");
	struct file_tree tree = { 0 };
	struct err *e = file_list_tree(&tree, a, linked, linked);
	bool good = !e && add_ref_file(key, path_join(a, dir, "HEAD"));

	for (size_t i = 0; i < tree.files.nr && good; i++)
		if (is_linked_head(tree.files.at[i], linked))
			good = add_ref_file(key, tree.files.at[i]);
	err_free(e);
	return good;
}

bool standing_refs(struct buf *key, struct arena *a, const struct repo *repo)
{
	const char *dir = repo_common_dir(repo);

	return !opener_is_named(path_join(a, dir, "reftable")) &&
	       /* By its times: there may be 100,000 refs in it. */
	       kept_stamp(key, path_join(a, dir, "packed-refs")) &&
	       add_each_head(key, a, dir) &&
	       add_ref_file(key, path_join(a, repo_git_dir(repo), "HEAD")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/heads")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/tags")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/remotes"));
}

bool standing_objects(struct buf *key, struct arena *a, const struct repo *repo)
{
	const char *dir = path_join(a, repo_common_dir(repo), "objects");
	bool good = !getenv("GIT_OBJECT_DIRECTORY") &&
		    !getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES") &&
		    !opener_is_named(path_join(a, dir, "info/alternates")) &&
		    kept_stamp(key, path_join(a, dir, "pack"));

	for (unsigned i = 0; i < 256 && good; i++)
		good = kept_stamp(key, arena_printf(a, "%s/%02x", dir, i));
	return good;
}
