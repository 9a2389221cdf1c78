/* SPDX-License-Identifier: GPL-2.0-only */
/* The journal has one batch: the key, and the ids. */
#include "git/alive.h"

#include <string.h>

#include "base/attr.h"
#include "base/file.h"
#include "base/opener.h"
#include "git/cache.h"
#include "git/kept.h"
#include "git/object.h"

#define TITLE "git-retro alive 1"
/* No file of a ref is longer. */
#define REF_MAX ((size_t)1 << 12)

/* --- the key --- */

/* Where a ref leads: to an id, or to another that is looked at, too. */
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

/* The HEADs of all work trees. */
static bool add_alive_heads(struct buf *key, struct arena *a, const char *dir)
{
	const char *linked = path_join(a, dir, "worktrees");
	struct file_tree tree = { 0 };
	struct err *e = file_list_tree(&tree, a, linked, linked);
	bool good = !e && add_ref_file(key, path_join(a, dir, "HEAD"));

	for (size_t i = 0; i < tree.files.nr && good; i++)
		if (!strcmp(path_base(tree.files.at[i]), "HEAD"))
			good = add_ref_file(key, tree.files.at[i]);
	err_free(e);
	return good;
}

static bool make_alive_key(struct buf *key, struct arena *a,
			   const struct repo *repo)
{
	const char *dir = repo_common_dir(repo);

	return !opener_is_named(path_join(a, dir, "reftable")) &&
	       /* By its times: there may be 100,000 refs in it. */
	       kept_stamp(key, path_join(a, dir, "packed-refs")) &&
	       add_alive_heads(key, a, dir) &&
	       add_ref_file(key, path_join(a, repo_git_dir(repo), "HEAD")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/heads")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/tags")) &&
	       add_ref_files(key, a, path_join(a, dir, "refs/remotes"));
}

/* --- what is kept --- */

static void read_alive(struct alive *alive)
{
	const char *batch;
	size_t n, at = 0;
	struct oid id;

	if (!journal_next(&batch, &n, &at, &alive->journal) ||
	    n < sizeof(alive->key) ||
	    memcmp(batch, &alive->key, sizeof(alive->key)) != 0)
		return;
	batch += sizeof(alive->key);
	n -= sizeof(alive->key);
	buf_add(&alive->ids, batch, n);
	for (; n >= sizeof(id); batch += sizeof(id), n -= sizeof(id)) {
		memcpy(&id, batch, sizeof(id));
		oidset_add(&alive->known, &id);
	}
}

void alive_open(struct alive *out, struct repo *repo)
{
	struct arena a = ARENA_INIT;
	struct buf key = BUF_INIT;

	*out = (struct alive){ .known = OIDSET_INIT, .ids = BUF_INIT };
	cache_open(&out->journal, repo, "alive", TITLE);
	out->can = *out->journal.path && make_alive_key(&key, &a, repo);
	if (out->can) {
		object_blob_id(&out->key, repo, key.p, key.n);
		read_alive(out);
	}
	buf_release(&key);
	arena_release(&a);
}

bool alive_has(const struct alive *alive, const struct oid *commit)
{
	return alive->can && oidset_has(&alive->known, commit);
}

void alive_add(struct alive *alive, const struct oid *commit)
{
	if (!alive->can || !oidset_add(&alive->known, commit))
		return;
	buf_add(&alive->ids, commit, sizeof(*commit));
	alive->more = true;
}

void alive_close(struct alive *alive)
{
	struct buf batch = BUF_INIT;

	if (alive->more) {
		buf_add(&batch, &alive->key, sizeof(alive->key));
		buf_add(&batch, alive->ids.p, alive->ids.n);
		journal_replace(&alive->journal, &batch);
	}
	buf_release(&batch);
	buf_release(&alive->ids);
	oidset_release(&alive->known);
	journal_close(&alive->journal);
}
