/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/trees_here.h"

#include <string.h>

#include "git/child.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/oidmap.h"

/* So many are missed: then nothing else is looked for, and is not here. */
#define MISSED_MAX 4096

/* The id behind `name` ("tree ", "parent ") at *at, which moves to the next line;
 * false if the line is another one. */
static bool read_head_id(struct oid *out, const char **at, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(*at, name, n) != 0 || !oid_parse(out, *at + n))
		return false;
	*at += strcspn(*at, "\n");
	*at += **at == '\n';
	return true;
}

static bool is_tree_here(struct repo *repo, const struct oid *tree)
{
	enum object_type type;
	size_t size;

	return object_header(&type, &size, repo, tree);
}

static bool read_commit_object(struct object *out, struct repo *repo,
			       const struct oid *commit)
{
	struct err *e = object_read(out, repo, commit, SIZE_MAX);

	err_pass(e);
	return !e;
}

/* Whether the tree of a commit is here, and those of its parents. */
static bool has_tree(struct repo *repo, const struct oid *commit, bool parents)
{
	struct object object;
	struct oid id;
	const char *at;
	bool here;

	if (!read_commit_object(&object, repo, commit))
		return false;
	at = object.bytes;
	here = read_head_id(&id, &at, "tree ") && is_tree_here(repo, &id);
	while (here && parents && read_head_id(&id, &at, "parent "))
		here = has_tree(repo, &id, false);
	object_release(&object);
	return here;
}

/* What a commit is compared with: `parent`, or else all that it has. */
static bool has_trees(struct repo *repo, const struct oid *commit,
		      const struct oid *parent)
{
	return has_tree(repo, commit, !parent) &&
	       (!parent || has_tree(repo, parent, false));
}

void trees_here(bool *here, struct repo *repo, const struct oids *ids,
		const struct oid *parents)
{
	size_t missed = 0;

	memset(here, true, ids->nr);
	if (internal_asks_git(repo, 2 * ids->nr))
		return;
	for (size_t i = 0; i < ids->nr; i++) {
		here[i] = missed < MISSED_MAX &&
			  has_trees(repo, &ids->at[i],
				    parents && !oid_is_zero(&parents[i])
					    ? &parents[i]
					    : NULL);
		missed += !here[i];
	}
}

/* --- files -------------------------------------------------------------- */

#define MODES     15 /* bytes of ":100644 100644 " */
#define SUBMODULE "160000"

/* Whether both sides of a line of `git diff-tree` are here. */
static bool sides_are_here(struct repo *repo, const char *line)
{
	const char *modes[] = { line + 1, line + 8 }, *at = line + MODES;
	bool here = true;

	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		enum object_type type;
		struct oid id;
		size_t size, n = strnlen(line, MODES) == MODES
					 ? oid_parse(&id, at)
					 : 0;

		if (!n)
			return true;
		here = here &&
		       (oid_is_zero(&id) || !strncmp(modes[i], SUBMODULE, 6) ||
			object_header(&type, &size, repo, &id));
		at += n + 1;
	}
	return here;
}

/* In a partial clone git looks through all of its packs before it says that a
 * blob is missing: it is not asked for those. Leaves `here` true where neither is
 * known to be missing. */
static struct err *see_files(bool *here, struct repo *repo,
			     const struct oids *commits)
{
	static const char *const args[] = { "diff-tree",   "--stdin",
					    "-r",          "--root",
					    "--no-abbrev", "--no-renames",
					    NULL };
	struct oidmap lacking = OIDMAP_INIT;
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct oid commit = { { 0 } };
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < commits->nr; i++)
		if (here[i])
			buf_addf(&in, "%s\n", oid_hex(hex, &commits->at[i]));
	e = in.n ? child_run(&text, args, &in) : NULL;
	for (const char *line = text.p; !e && *line;
	     line += strcspn(line, "\n"), line += *line == '\n') {
		if (*line != ':')
			oid_parse(&commit, line);
		else if (!oidmap_get(NULL, &lacking, &commit) &&
			 !sides_are_here(repo, line))
			oidmap_add(&lacking, &commit, 0);
	}
	for (size_t i = 0; i < commits->nr; i++)
		here[i] =
			here[i] && !oidmap_get(NULL, &lacking, &commits->at[i]);
	oidmap_release(&lacking);
	buf_release(&in);
	buf_release(&text);
	return e;
}

struct err *files_here(bool *here, struct repo *repo, const struct oids *ids)
{
	struct err *e;

	trees_here(here, repo, ids, NULL);
	e = see_files(here, repo, ids);
	if (!e || e->code != ERR_MISSING)
		return e;
	err_free(e); /* trees in those trees are missing, too */
	return NULL;
}
