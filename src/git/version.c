/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/version.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "git/child.h"
#include "git/libgit2.h"

struct err *version_git(char **out, struct arena *a)
{
	static const char *const args[] = { "version", NULL };
	static const char before[] = "git version ";
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL);
	const char *at = text.p;

	if (!strncmp(at, before, strlen(before)))
		at += strlen(before);
	*out = arena_strndup(a, at, strcspn(at, "\n"));
	buf_release(&text);
	return e;
}

bool version_git_is(const char *version, int major, int minor)
{
	char *at;
	long have = strtol(version, &at, 10);

	if (at == version || *at != '.')
		return true;
	return have > major ||
	       (have == major && strtol(at + 1, NULL, 10) >= minor);
}

char *version_libgit2(struct arena *a)
{
	int major = 0, minor = 0, revision = 0;
	struct err *e = libgit2_open();

	if (e) {
		err_free(e); /* as much is said */
		return arena_strdup(a, _("not found: git is asked instead"));
	}
	git_libgit2_version(&major, &minor, &revision);
	return arena_printf(a, "%d.%d.%d", major, minor, revision);
}

const char *version_linked(void)
{
	return LINKED;
}
