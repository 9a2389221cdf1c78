/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the unit tests write: a folder of their own below TMPDIR, never a
 * fixed name.
 */
#ifndef UNIT_TMP_H
#define UNIT_TMP_H

#include <stdio.h>
#include <stdlib.h>

/* A new folder; NULL if there is none. To be freed. */
static char *tmp_dir(void)
{
	const char *below = getenv("TMPDIR");
	char *path = NULL;

	if (asprintf(&path, "%s/retro-unit.XXXXXX",
		     below && *below ? below : "/tmp") < 0)
		return NULL;
	if (!mkdtemp(path)) {
		free(path);
		return NULL;
	}
	return path;
}

#endif
