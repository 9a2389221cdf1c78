/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/ancestry.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/opener.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/repo.h"
#include "git/told.h"

static int compare_oid_refs(const void *a, const void *b)
{
	const struct oid *const *one = a, *const *two = b;

	return memcmp((*one)->raw, (*two)->raw, OID_RAW);
}

/* Pointers into `among`, sorted by id; to be freed. */
static const struct oid **sorted_oid_refs(const struct oids *among)
{
	const struct oid **by = mem_calloc(among->nr + 1, sizeof(*by));

	for (size_t i = 0; i < among->nr; i++)
		by[i] = &among->at[i];
	qsort(by, among->nr, sizeof(*by), compare_oid_refs);
	return by;
}

/* Marks what `text`, a list of ids, names: it is outside. */
static void mark_outside(bool *out, const struct oids *among, const char *text)
{
	const struct oid **by = sorted_oid_refs(among), **end = by + among->nr;
	struct oid id;
	const struct oid *key = &id;
	size_t n;

	for (; (n = oid_parse(&id, text)); text += n + 1) {
		const struct oid **at = bsearch(&key, by, among->nr,
						sizeof(*by), compare_oid_refs);

		while (at && at > by && oid_equal(at[-1], &id))
			at--;
		for (; at && at < end && oid_equal(*at, &id); at++)
			out[*at - among->at] = false;
	}
	free(by);
}

/* `rev-list <among> ^<commit>` shows what is not reachable from `commit`. */
struct err *ancestry_reached(bool *out, struct repo *repo,
			     const struct oid *commit, const struct oids *among)
{
	static const char *const args[] = { "rev-list", "--stdin", NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; i < among->nr; i++) {
		buf_addf(&in, "%s\n", oid_hex(hex, &among->at[i]));
		out[i] = true;
	}
	buf_addf(&in, "^%s\n", oid_hex(hex, commit));
	if (among->nr)
		e = child_run(&text, args, &in);
	if (!e)
		mark_outside(out, among, text.p);
	buf_release(&in);
	buf_release(&text);
	return e;
}

struct err *ancestry_reaches(bool *out, struct repo *repo,
			     const struct oid *commit,
			     const struct oid *ancestor)
{
	struct oid one = *ancestor;
	struct oids among = { &one, 1, 1 };

	return ancestry_reached(out, repo, commit, &among);
}

struct err *ancestry_merge_base(struct oid *out, bool *found, struct repo *repo,
				const struct oid *a, const struct oid *b)
{
	char one[OID_HEX + 1], other[OID_HEX + 1];
	const char *const args[] = { "merge-base", oid_hex(one, a),
				     oid_hex(other, b), NULL };
	struct buf answer = BUF_INIT;
	struct err *e = child_run(&answer, args, NULL);

	(void)repo;
	*found = !e && oid_parse(out, answer.p);
	/* It exits with 1 and does not complain where there is none. */
	if (e && e->code == ERR_NO_MATCH) {
		err_free(e);
		e = NULL;
	}
	buf_release(&answer);
	return e;
}

static bool has_grafts(const struct repo *repo)
{
	const char *file = getenv("GIT_GRAFT_FILE");
	struct buf path = BUF_INIT;
	bool has;

	if (file)
		buf_addstr(&path, file);
	else
		buf_addf(&path, "%s/info/grafts", repo->common_dir);
	has = opener_is_named(path.p);
	buf_release(&path);
	return has;
}

bool ancestry_is_bent(struct repo *repo)
{
	return repo_is_shallow(repo) || has_grafts(repo) ||
	       getenv("GIT_REPLACE_REF_BASE") || told_replaces(repo);
}
