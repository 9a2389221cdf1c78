/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/opener.h"

struct err *program_find(char **out, struct arena *a, const char *name)
{
	char *self = opener_real("/proc/self/exe");
	char *dir;

	if (!self)
		return err_errno(_("cannot find out where this program is"));
	dir = arena_strdup(a, self);
	free(self);
	*strrchr(dir, '/') = '\0';
	*out = arena_printf(a, "%s/%s", dir, name);
	if (!file_is_executable(*out))
		return err_hint(err_new(ERR_NOT_FOUND,
					_("program '%s' does not exist"), *out),
				_("install git retro again: %s belongs next to "
				  "git-retro"),
				name);
	return NULL;
}
