/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Gemfile.lock: "specs:" of each source, four spaces deep, and DEPENDENCIES,
 * which are what the project itself asks for.
 */
#include <string.h>

#include "capture/formats.h"
#include "capture/lines.h"

/* "rails (7.0.4)", "pg (~> 1.1)!", "debug"; NULL without a version. */
static const char *read_gem(const char **version, struct arena *a,
			    const char *s, size_t n)
{
	size_t name = 0;
	const char *close;

	while (name < n && !strchr(" !", s[name]))
		name++;
	*version = NULL;
	if (name + 2 < n && s[name + 1] == '(') {
		close = memchr(s + name, ')', n - name);
		if (close)
			*version =
				arena_strndup(a, s + name + 2,
					      (size_t)(close - s) - name - 2);
	}
	return arena_strndup(a, s, name);
}

struct err *gemfile_lock_read(struct packages *out, struct arena *a,
			      const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line, *version, *name;
	bool specs = false, dependencies = false, ruby = false, any = false;
	struct strs asked = { 0 };
	size_t len;

	while (next_line(&line, &len, &lines)) {
		size_t indent = 0;

		while (indent < len && line[indent] == ' ')
			indent++;
		if (indent == len)
			continue;
		if (!indent) {
			dependencies =
				len == 12 && !memcmp(line, "DEPENDENCIES", 12);
			ruby = len == 12 && !memcmp(line, "RUBY VERSION", 12);
			specs = false;
			any = true;
			continue;
		}
		if (indent == 2 && len == 8 && !memcmp(line, "  specs:", 8))
			specs = true;
		name = read_gem(&version, a, line + indent, len - indent);
		if (specs && indent == 4)
			package_add(out, a, PACKAGE_LIBRARY, name, version);
		else if (dependencies && indent == 2)
			vec_push(a, &asked, name);
		else if (ruby && len - indent > 5)
			package_add_runtime(out, a, "ruby",
					    arena_strndup(a, line + indent + 5,
							  len - indent - 5));
	}
	package_mark_direct(out, &asked);
	return any ? NULL : format_lacks("section");
}
