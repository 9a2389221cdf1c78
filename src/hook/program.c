/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/program.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

struct err *program_find(char **out, struct arena *a, const char *name)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));

	if (n == sizeof(self)) {
		errno = ENAMETOOLONG;
		n = -1;
	}
	if (n < 0)
		return err_errno(_("cannot find out where this program is"));
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	*out = arena_printf(a, "%s/%s", self, name);
	if (!file_is_executable(*out))
		return err_hint(err_new(ERR_NOT_FOUND,
					_("program '%s' does not exist"), *out),
				_("install git retro again: %s belongs next to "
				  "git-retro"),
				name);
	return NULL;
}
