/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/told.h"

#include <string.h>

#include "git/child.h"
#include "git/internal.h"

/* Each with a NUL after it. */
#define TYPES                                                                  \
	"--format=%(objectname)%00%(objecttype)%00%(*objectname)%00"           \
	"%(*objecttype)%00%(symref)%00%(refname)%00"
#define NAMES    "--format=%(objectname)%00%00%00%00%(symref)%00%(refname)%00"
#define REPLACED "refs/replace/"

static struct err *tell_refs(struct buf *out, const char **args)
{
	size_t before = out->n;
	struct err *e = child_run(out, args, NULL);

	/* It may name them all the same; git 2.53 dies of a free too many where
	 * what a tag leads to is not there. */
	if (e && (e->code == ERR_MISSING || e->code == ERR_REFUSED ||
		  e->code == ERR_FAILED)) {
		err_free(e);
		buf_truncate(out, before);
		args[1] = NAMES;
		e = child_run(out, args, NULL);
	}
	return e;
}

struct err *told_some(struct buf *out, const char *pattern)
{
	const char *args[] = { "for-each-ref", TYPES, pattern, NULL };

	return tell_refs(out, args);
}

struct err *told_all(const struct buf **out, struct repo *repo)
{
	const char *args[] = {
		"for-each-ref",  TYPES,    "refs/tags/", "refs/heads/",
		"refs/remotes/", REPLACED, NULL
	};

	*out = &repo->told;
	return repo->told.n ? NULL : tell_refs(&repo->told, args);
}

bool told_next(struct told *told, const char **at, const char *end,
	       const char *prefix)
{
	const char *words[6];

	while (child_split(words, ARRAY_SIZE(words), at, end)) {
		if (strncmp(words[5], prefix, strlen(prefix)) != 0)
			continue;
		*told = (struct told){
			.id = words[0] + (*words[0] == '\n'), /* of the last */
			.type = words[1],
			.to_id = words[2],
			.to_type = words[3],
			.alias = words[4],
			.name = words[5],
		};
		return true;
	}
	return false;
}

/* Of thousands, one of thousands of times: the name is sought, not read. */
bool told_find(struct told *told, const struct buf *all, const char *full)
{
	const char *end = all->p + all->n, *at = all->p, *found;
	size_t n = strlen(full) + 1; /* its NUL, too */

	while (at < end && (found = memmem(at, (size_t)(end - at), full, n))) {
		const char *from = found;

		/* Of a ref all is on one line, the name as the last. */
		while (from > all->p && from[-1] != '\n')
			from--;
		if (told_next(told, &from, end, full) && told->name == found)
			return true;
		at = found + 1;
	}
	return false;
}

struct err *told_ref(struct oid *out, bool *found, struct repo *repo,
		     const char *full)
{
	const struct buf *all;
	struct err *e = told_all(&all, repo);
	struct told told;

	*found = !e && told_find(&told, all, full) && oid_parse(out, told.id);
	return e;
}

/* libgit2's answer. */
static bool has_replaced(const struct repo *repo)
{
	git_reference_iterator *iterator;
	const char *name;
	bool has;

	if (git_reference_iterator_glob_new(&iterator, repo->git, REPLACED "*"))
		return true;
	has = !git_reference_next_name(&name, iterator);
	git_reference_iterator_free(iterator);
	return has;
}

bool told_replaces(struct repo *repo)
{
	const struct buf *all;
	const char *at;
	struct told told;
	struct err *e;
	bool has;

	if (!internal_asks_git(repo, 1))
		return has_replaced(repo);
	e = told_all(&all, repo);
	at = all->p;
	has = e || told_next(&told, &at, at + all->n, REPLACED);
	err_free(e); /* as if there were some */
	return has;
}
