/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/retro_name.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool name_ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && !strcasecmp(name + n - m, end);
}

bool retro_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return name_ends_with(name, ".md") || name_ends_with(name, ".mdx") ||
	       name_ends_with(name, ".markdown");
}
