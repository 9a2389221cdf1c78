/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/embed.h"

#include <stdlib.h>
#include <string.h>

static int compare_file_names(const void *name, const void *entry)
{
	return strcmp(name, ((const struct embed *)entry)->name);
}

const struct embed *embed_find(const char *name)
{
	return bsearch(name, embed_table, embed_count, sizeof(*embed_table),
		       compare_file_names);
}
