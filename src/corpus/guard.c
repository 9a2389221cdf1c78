/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/guard.h"

#include <string.h>

#include "base/glob.h"
#include "git/oidmap.h"
#include "git/tree.h"

/* What one run looks at: files, and trees that git lists whole. */
#define FILES_MAX ((size_t)2 << 20)
#define TREES_MAX 100

enum { GUARD_UNKNOWN = -1, GUARD_MISSING, GUARD_THERE };

struct look {
	struct corpus *corpus;
	size_t files, trees; /* looked at so far */
};

/* A guard, and what is known of it: of folders by their id. */
struct sought_guard {
	const char *glob;
	const char *dir; /* that it must lie below; "" is the root */
	struct oidmap known;
};

static bool is_literal(const char *glob)
{
	return !strpbrk(glob, "*?[\\!");
}

/* Without "./" in front and slashes at the end. */
static const char *plain_path(struct arena *a, const char *guard)
{
	size_t n;

	while (!strncmp(guard, "./", 2))
		guard += 2;
	n = strlen(guard);
	while (n && guard[n - 1] == '/')
		n--;
	return arena_strndup(a, guard, n);
}

/* The folder in front of the first wildcard; a glob without a slash holds at
 * any level. */
static const char *fixed_dir(struct arena *a, const char *glob)
{
	const char *inner = strchr(glob, '/');
	size_t n = strcspn(glob, "*?[\\!");

	if (!inner || !inner[1])
		return "";
	while (n && glob[n] != '/')
		n--;
	return arena_strndup(a, glob, n);
}

/* Whether one of the files is the guard, or below it. */
static int seek_in_dir(struct look *look, const struct sought_guard *guard,
		       const struct oid *commit)
{
	struct arena a = ARENA_INIT;
	struct tree_entries entries = { 0 };
	struct err *e =
		tree_list(&entries, &a, look->corpus->repo, commit, guard->dir);
	int found = e ? GUARD_UNKNOWN : GUARD_MISSING;

	err_pass(e);
	look->files += entries.nr;
	for (size_t i = 0; i < entries.nr && found != GUARD_THERE; i++)
		if (glob_path(guard->glob, entries.at[i].path))
			found = GUARD_THERE;
	arena_release(&a);
	return found;
}

/* The same of all paths, links and dot files, too. */
static int seek_everywhere(struct look *look, const struct sought_guard *guard,
			   const struct oid *commit)
{
	struct arena a = ARENA_INIT;
	struct strs names = { 0 };
	struct err *e;
	int found;

	if (look->trees++ >= TREES_MAX)
		return GUARD_UNKNOWN;
	e = tree_names(&names, &a, look->corpus->repo, commit);
	found = e ? GUARD_UNKNOWN : GUARD_MISSING;
	err_pass(e);
	look->files += names.nr;
	for (size_t i = 0; i < names.nr && found != GUARD_THERE; i++)
		if (glob_path(guard->glob, names.at[i]))
			found = GUARD_THERE;
	arena_release(&a);
	return found;
}

static int seek_glob(struct look *look, struct sought_guard *guard,
		     const struct oid *commit)
{
	struct oid tree;
	size_t known;
	int found;

	if (!tree_id(&tree, look->corpus->repo, commit, guard->dir))
		return *guard->dir ? tree_has(look->corpus->repo, commit,
					      guard->dir)
				   : GUARD_UNKNOWN;
	if (oidmap_get(&known, &guard->known, &tree))
		return (int)known;
	if (look->files > FILES_MAX)
		return GUARD_UNKNOWN;
	found = seek_in_dir(look, guard, commit);
	if (found == GUARD_MISSING)
		found = seek_everywhere(look, guard, commit);
	if (found != GUARD_UNKNOWN)
		oidmap_add(&guard->known, &tree, (size_t)found);
	return found;
}

static int seek_guard(struct look *look, struct sought_guard *guard,
		      const struct oid *commit)
{
	struct repo *repo = look->corpus->repo;
	const char *path;
	int found;

	look->files++;
	if (!is_literal(guard->glob))
		return seek_glob(look, guard, commit);
	if (look->files > FILES_MAX)
		return GUARD_UNKNOWN;
	path = plain_path(look->corpus->arena, guard->glob);
	found = tree_has(repo, commit, path);
	return found || strchr(path, '/') ? found
					  : seek_glob(look, guard, commit);
}

static struct sought_guard *sought_guards(struct look *look,
					  const struct strs *guards)
{
	struct arena *a = look->corpus->arena;
	struct sought_guard *sought =
		arena_alloc(a, guards->nr * sizeof(*sought));

	for (size_t i = 0; i < guards->nr; i++) {
		sought[i].glob = guards->at[i];
		sought[i].dir = fixed_dir(a, guards->at[i]);
	}
	return sought;
}

static void look_at_line(struct guarded *out, struct look *look,
			 struct sought_guard *sought, const struct strs *guards,
			 const struct oid *commit)
{
	for (size_t i = 0; i < guards->nr; i++) {
		int found = seek_guard(look, &sought[i], commit);

		if (found == GUARD_MISSING)
			vec_push(look->corpus->arena, &out->missing,
				 guards->at[i]);
		out->unknown |= found == GUARD_UNKNOWN;
	}
}

static void look_at_exposure(struct look *look, struct exposure *exposure,
			     const struct release_lines *lines)
{
	const struct strs *guards = &exposure->problem->guard;
	struct sought_guard *sought = sought_guards(look, guards);
	struct guarded *guarded = arena_alloc(
		look->corpus->arena, (lines->nr + 1) * sizeof(*guarded));

	exposure->guarded = guarded;
	for (size_t i = lines->nr; i-- > 0;)
		if (cell_has_fix(exposure->trace->question,
				 &exposure->trace->cells[i]))
			look_at_line(&guarded[i], look, sought, guards,
				     &lines->at[i].commit);
	for (size_t i = 0; i < guards->nr; i++)
		oidmap_release(&sought[i].known);
}

void guard_look(struct exposures *exposures, struct corpus *corpus)
{
	struct look look = { .corpus = corpus };

	for (size_t i = 0; i < exposures->nr; i++)
		if (exposures->at[i].problem->guard.nr)
			look_at_exposure(&look, &exposures->at[i],
					 exposures->lines);
}

const struct guarded *guard_of(const struct exposure *exposure, size_t line)
{
	const struct guarded *guarded =
		exposure->guarded ? &exposure->guarded[line] : NULL;

	return guarded && (guarded->missing.nr || guarded->unknown) ? guarded
								    : NULL;
}
