/* SPDX-License-Identifier: GPL-2.0-only */
/* gradle.lockfile: "group:artifact:version=configurations". */
#include <string.h>

#include "base/i18n.h"
#include "capture/formats.h"
#include "capture/lines.h"

struct err *gradle_lock_read(struct packages *out, struct arena *a,
			     const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line;
	size_t len;

	while (next_line(&line, &len, &lines)) {
		const char *equals = memchr(line, '=', len);
		const char *colon;

		if (!len || *line == '#' ||
		    (len >= 6 && !memcmp(line, "empty=", 6)))
			continue;
		colon = equals ? memrchr(line, ':', (size_t)(equals - line))
			       : NULL;
		if (!colon)
			return err_new(ERR_UNSUPPORTED,
				       _("line %d is not 'group:artifact:"
					 "version=configurations'"),
				       lines.line);
		package_add(out, a, PACKAGE_LIBRARY,
			    arena_strndup(a, line, (size_t)(colon - line)),
			    arena_strndup(a, colon + 1,
					  (size_t)(equals - colon - 1)));
	}
	return NULL;
}
