/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "git/batch.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/oidmap.h"
#include "git/repo.h"
#include "git/rev.h"

/* What was found of an id. */
struct found {
	struct oid id; /* zeros if it is not a commit here */
	bool several;
};

/* What libgit2 is asked: each full id once, however often retros link it. */
struct asked {
	git_odb_expand_id *at;
	size_t nr;
	size_t *places; /* of each id, its place in the two above */
	struct oidmap full;
};

static void ask_for(struct asked *asked, size_t i, const char *id)
{
	git_odb_expand_id *next = &asked->at[asked->nr];
	size_t n = strlen(id);
	struct oid oid;
	bool known;

	asked->places[i] = asked->nr;
	known = n == 2 * OID_SHA1 && oid_parse(&oid, id) == n;
	if (known)
		next->id = to_git(&oid);
	/* A length of 0 stays unfound. */
	if (known ||
	    (n < 2 * OID_SHA1 && !git_oid_fromstrn(&next->id, id, n))) {
		next->length = (unsigned short)n;
		next->type = GIT_OBJECT_COMMIT;
	}
	oid = from_git(&next->id);
	if (next->length == 2 * OID_SHA1 &&
	    !oidmap_add(&asked->full, &oid, asked->nr)) {
		oidmap_get(&asked->places[i], &asked->full, &oid);
		*next = (git_odb_expand_id){ 0 };
		return;
	}
	asked->nr++;
}

static void take_expanded(struct found *out, struct repo *repo,
			  const git_odb_expand_id *answer, const char *id)
{
	if (answer->length)
		out->id = from_git(&answer->id);
	else if (!oid_is_full(id))
		out->several =
			object_expand(&out->id, repo, id) == OBJECT_AMBIGUOUS;
	if (!answer->length)
		out->id = (struct oid){ { 0 } };
}

/* Asks libgit2 for all of them at once, which looks into each pack once. */
static struct err *expand_ids(struct found *out, struct repo *repo,
			      const struct strs *ids)
{
	struct asked asked = {
		.at = mem_calloc(ids->nr + 1, sizeof(*asked.at)),
		.places = mem_calloc(ids->nr + 1, sizeof(*asked.places)),
		.full = OIDMAP_INIT,
	};
	git_odb *odb = NULL;
	int code = git_repository_odb(&odb, repo->git);

	for (size_t i = 0; i < ids->nr; i++)
		ask_for(&asked, i, ids->at[i]);
	if (!code)
		code = git_odb_expand_ids(odb, asked.at, asked.nr);
	for (size_t i = 0; !code && i < ids->nr; i++)
		take_expanded(&out[i], repo, &asked.at[asked.places[i]],
			      ids->at[i]);
	git_odb_free(odb);
	oidmap_release(&asked.full);
	free(asked.places);
	free(asked.at);
	return code ? internal_err(code, _("cannot look for commits")) : NULL;
}

/* One at a time: where several objects begin so, the only commit counts. */
static void ask_each_id(struct found *out, struct repo *repo,
			const struct strs *ids)
{
	enum object_type type;
	size_t size;

	for (size_t i = 0; i < ids->nr; i++) {
		struct found *one = &out[i];
		enum object_found found =
			object_expand(&one->id, repo, ids->at[i]);

		if (found == OBJECT_AMBIGUOUS) {
			char name[OID_HEX + sizeof("^{commit}")];

			snprintf(name, sizeof(name), "%s^{commit}", ids->at[i]);
			found = batch_info(&one->id, &type, &size, repo->batch,
					   name);
			one->several = found != OBJECT_FOUND;
		}
		if (found != OBJECT_FOUND ||
		    !object_header(&type, &size, repo, &one->id) ||
		    type != OBJECT_COMMIT)
			memset(&one->id, 0, sizeof(one->id));
	}
}

/* An answer for each id, to be freed. */
static struct err *find_ids(struct found **out, struct repo *repo,
			    const struct strs *ids)
{
	*out = mem_calloc(ids->nr + 1, sizeof(**out));
	if (!internal_asks_git(repo, ids->nr))
		return expand_ids(*out, repo, ids);
	ask_each_id(*out, repo, ids);
	return NULL;
}

struct err *lookup_commits(int *out, struct oid *full, struct repo *repo,
			   const struct strs *ids)
{
	int missing = repo_is_shallow(repo) ? -1 : 0;
	struct found *found;
	struct err *e = find_ids(&found, repo, ids);

	for (size_t i = 0; !e && i < ids->nr; i++) {
		out[i] = !oid_is_zero(&found[i].id) ? 1
			 : found[i].several         ? -1
						    : missing;
		if (full)
			full[i] = found[i].id;
	}
	free(found);
	return e;
}

struct err *lookup_ids(struct oid *out, struct repo *repo,
		       const struct strs *ids)
{
	struct found *found;
	struct err *e = find_ids(&found, repo, ids);

	for (size_t i = 0; !e && i < ids->nr; i++)
		out[i] = found[i].id;
	free(found);
	return e;
}

/* So many are resolved one by one, without a child. */
enum { FEW_REVS = 8 };

static bool is_askable(const char *name)
{
	return *name && !strchr(name, '\n') && strncmp(name, ":/", 2) != 0 &&
	       !strstr(name, "^{/");
}

/* "commit", or something else of what was asked in this line. */
static bool next_id_line(const char **line, size_t *n, const char **at)
{
	if (!**at)
		return false;
	*line = *at;
	*n = strcspn(*at, "\n");
	*at += *n + ((*at)[*n] == '\n');
	return true;
}

struct err *lookup_revs(int *out, struct repo *repo, const struct strs *names)
{
	static const char *const args[] = { "cat-file",
					    "--batch-check=%(objecttype)",
					    NULL };
	int missing = repo_is_shallow(repo) ? -1 : 0;
	struct buf in = BUF_INIT, answers = BUF_INIT;
	bool few = names->nr <= FEW_REVS;
	const char *at, *line;
	struct err *e = NULL;
	struct oid id;
	size_t n;

	for (size_t i = 0; i < names->nr; i++) {
		out[i] = few && rev_plain(&id, repo, names->at[i]) ? 1 : -1;
		if (out[i] < 0 && is_askable(names->at[i]))
			buf_addf(&in, "%s^{commit}\n", names->at[i]);
	}
	if (in.n)
		e = child_run(&answers, args, &in);
	at = answers.p;
	for (size_t i = 0; !e && i < names->nr; i++) {
		if (out[i] < 0 && is_askable(names->at[i]) &&
		    next_id_line(&line, &n, &at))
			out[i] = n == 6 && !memcmp(line, "commit", n) ? 1
								      : missing;
	}
	buf_release(&in);
	buf_release(&answers);
	return e;
}
