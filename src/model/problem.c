/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/problem.h"

#include <string.h>
#include <strings.h>

#include "base/glob.h"
#include "model/pitfall.h"

static const struct {
	const char *name;
	size_t offset; /* in struct links */
} roles[] = {
	[LINK_CAUSE] = { "cause", offsetof(struct links, cause) },
	[LINK_FIX] = { "fix", offsetof(struct links, fix) },
	[LINK_BACKPORT] = { "backport", offsetof(struct links, backport) },
	[LINK_OTHER] = { "other", offsetof(struct links, other) },
};

const char *link_role_name(enum link_role role)
{
	return roles[role].name;
}

enum link_role link_role_find(const char *name)
{
	for (size_t i = 0; i < LINK_ROLES; i++)
		if (!strcasecmp(roles[i].name, name))
			return (enum link_role)i;
	return LINK_ROLES;
}

struct strs *links_list(struct links *links, enum link_role role)
{
	return (struct strs *)(void *)((char *)links + roles[role].offset);
}

const struct strs *links_of(const struct links *links, enum link_role role)
{
	return (const struct strs *)(const void *)((const char *)links +
						   roles[role].offset);
}

void links_append(struct strs *out, struct arena *a, const struct links *links)
{
	for (enum link_role role = LINK_CAUSE; role < LINK_ROLES; role++)
		strs_append(a, out, links_of(links, role));
}

bool problem_is_one(const struct problem *problem)
{
	return problem->pitfall || problem->commits.cause.nr ||
	       problem->commits.fix.nr || problem->commits.backport.nr ||
	       problem->guard.nr;
}

const char *problem_guard(const struct problem *problem, const char *path)
{
	for (size_t i = 0; i < problem->guard.nr; i++)
		if (glob_path(problem->guard.at[i], path))
			return problem->guard.at[i];
	return NULL;
}

bool problem_split(const char **retro, const char **number, struct arena *a,
		   const char *name)
{
	const char *hash = strrchr(name, '#');

	*retro = name;
	*number = NULL;
	if (!hash || hash == name || !pitfall_number(hash + 1) ||
	    hash[1 + pitfall_number(hash + 1)])
		return false;
	*retro = arena_strndup(a, name, (size_t)(hash - name));
	*number = arena_printf(a, "P%s", hash + 2);
	return true;
}
