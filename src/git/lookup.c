/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/repo.h"

static int answer_id(git_odb *odb, const char *id,
		     const git_odb_expand_id *found, int missing)
{
	git_oid prefix, full;
	size_t n = strlen(id);

	if (found->length)
		return 1;
	if (n >= 2 * OID_SHA1 || git_oid_fromstrn(&prefix, id, n))
		return missing;
	if (git_odb_exists_prefix(&full, odb, &prefix, n) == GIT_EAMBIGUOUS)
		return -1;
	return missing;
}

/* An answer for each id, to be freed; what was not found has a length of 0. */
static struct err *ask_objects(git_odb_expand_id **out, git_odb *odb,
			       const struct strs *ids)
{
	git_odb_expand_id *asked = mem_calloc(ids->nr + 1, sizeof(*asked));
	int code;

	for (size_t i = 0; i < ids->nr; i++) {
		size_t n = strlen(ids->at[i]);

		/* A length of 0 stays unfound. */
		if (n > 2 * OID_SHA1 ||
		    git_oid_fromstrn(&asked[i].id, ids->at[i], n))
			continue;
		asked[i].length = (unsigned short)n;
		asked[i].type = GIT_OBJECT_COMMIT;
	}
	*out = asked;
	code = git_odb_expand_ids(odb, asked, ids->nr);
	return code ? internal_err(code, "cannot look for commits") : NULL;
}

static struct err *open_odb(git_odb **odb, struct repo *repo)
{
	int code = git_repository_odb(odb, repo->git);

	return code ? internal_err(code, "cannot open the objects") : NULL;
}

struct err *lookup_commits(int *out, struct repo *repo, const struct strs *ids)
{
	int missing = repo_is_shallow(repo) ? -1 : 0;
	git_odb_expand_id *asked;
	git_odb *odb;
	struct err *e = open_odb(&odb, repo);

	if (e)
		return e;
	e = ask_objects(&asked, odb, ids);
	for (size_t i = 0; !e && i < ids->nr; i++)
		out[i] = answer_id(odb, ids->at[i], &asked[i], missing);
	git_odb_free(odb);
	free(asked);
	return e;
}

struct err *lookup_ids(struct oid *out, struct repo *repo,
		       const struct strs *ids)
{
	git_odb_expand_id *asked;
	git_odb *odb;
	struct err *e = open_odb(&odb, repo);

	if (e)
		return e;
	e = ask_objects(&asked, odb, ids);
	for (size_t i = 0; !e && i < ids->nr; i++) {
		out[i] = asked[i].length ? from_git(&asked[i].id)
					 : (struct oid){ { 0 } };
	}
	git_odb_free(odb);
	free(asked);
	return e;
}

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
	const char *at, *line;
	struct err *e = NULL;
	size_t n;

	for (size_t i = 0; i < names->nr; i++)
		if (is_askable(names->at[i]))
			buf_addf(&in, "%s^{commit}\n", names->at[i]);
	if (in.n)
		e = child_run(&answers, args, &in);
	at = answers.p;
	for (size_t i = 0; !e && i < names->nr; i++) {
		out[i] = -1;
		if (is_askable(names->at[i]) && next_id_line(&line, &n, &at))
			out[i] = n == 6 && !memcmp(line, "commit", n) ? 1
								      : missing;
	}
	buf_release(&in);
	buf_release(&answers);
	return e;
}
