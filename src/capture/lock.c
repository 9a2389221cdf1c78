/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/lock.h"

#include "base/i18n.h"
#include "base/text.h"
#include "git/tree.h"

/* Takes the packages out of the arena that all the file's values lie in. */
static void keep_packages(struct lock *out, struct arena *a,
			  const struct packages *packages)
{
	for (size_t i = 0; i < packages->nr; i++) {
		struct package package = packages->at[i];

		package.name = arena_strdup(a, package.name);
		package.version = arena_strdup(a, package.version);
		vec_push(a, &out->packages, package);
	}
}

void lock_read(struct lock *out, struct arena *a, const char *path,
	       const char *bytes, size_t n)
{
	struct packages packages = { 0 };
	struct arena scratch = ARENA_INIT;
	struct err *e;

	*out = (struct lock){ .path = path, .format = lock_format_of(path) };
	e = out->format->read(&packages, &scratch, bytes, n);
	if (e) {
		out->unread = text_cleaned(a, e->text);
		err_free(e);
	} else {
		package_sort(&packages);
		keep_packages(out, a, &packages);
	}
	arena_release(&scratch);
}

struct err *lock_at(struct lock *out, bool *found, struct arena *a,
		    struct repo *repo, const struct oid *commit,
		    const char *path)
{
	struct buf bytes = BUF_INIT;
	struct err *e = NULL;

	*out = (struct lock){ .path = path, .format = lock_format_of(path) };
	*found = commit && tree_has(repo, commit, path) != 0;
	if (*found)
		e = tree_file(&bytes, repo, commit, path, LOCK_MAX);
	if (*found && !e && out->format)
		lock_read(out, a, path, bytes.p, bytes.n);
	else if (e && e->code == ERR_UNSUPPORTED)
		out->unread = arena_printf(a, _("it is larger than %zu MiB"),
					   LOCK_MAX >> 20);
	else if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_MISSING))
		out->unread = _("its content is not in this clone");
	if (out->unread) {
		err_free(e);
		e = NULL;
	}
	buf_release(&bytes);
	return e;
}
