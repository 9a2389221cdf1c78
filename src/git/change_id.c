/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/change_id.h"

#include <string.h>

#include "base/err.h"
#include "git/object.h"

#define KEY "change-id "
/* A head with signatures in it is not longer, whatever the message. */
#define COMMIT_MAX ((size_t)16 << 20)

const char *change_id_read(struct arena *a, struct repo *repo,
			   const struct oid *commit)
{
	struct object object;
	struct err *e = object_read(&object, repo, commit, COMMIT_MAX);
	const char *line, *found = NULL;

	if (e) {
		err_pass(e);
		return NULL;
	}
	/* The head ends with an empty line; a blank folds a line. */
	for (line = object.bytes; !found && *line && *line != '\n';
	     line += *line == '\n') {
		size_t n = strcspn(line, "\n");

		if (!strncmp(line, KEY, strlen(KEY)) && n > strlen(KEY))
			found = arena_strndup(a, line + strlen(KEY),
					      n - strlen(KEY));
		line += n;
	}
	object_release(&object);
	return found;
}
