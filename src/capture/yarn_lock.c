/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yarn.lock: of version 1 blocks of lines, headed by what asked for them; since
 * version 2 YAML of the same shape.
 */
#include <string.h>

#include "base/i18n.h"
#include "capture/formats.h"
#include "capture/lines.h"

/* The name of the first of `"@scope/name@^1.0", name@2`. */
static const char *asked_name(struct arena *a, const char *s, size_t n)
{
	const char *at;

	if (n && *s == '"')
		s++, n--;
	at = n > 1 ? memchr(s + 1, '@', n - 1) : NULL;
	return at ? arena_strndup(a, s, (size_t)(at - s)) : NULL;
}

static struct err *read_blocks(struct packages *out, struct arena *a,
			       const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line, *name = NULL;
	size_t len;

	while (next_line(&line, &len, &lines)) {
		if (!len || *line == '#')
			continue;
		if (*line != ' ') {
			name = asked_name(a, line, len);
			if (!name || line[len - 1] != ':')
				return err_new(
					ERR_UNSUPPORTED,
					_("line %d does not name a package"),
					lines.line);
		} else if (name && len > 10 &&
			   !memcmp(line, "  version ", 10)) {
			package_add(out, a, PACKAGE_LIBRARY, name,
				    quoted_text(a, line + 10, len - 10));
			name = NULL;
		}
	}
	return NULL;
}

/* What the project itself is, is no package of it. */
static struct err *read_map(struct packages *out, struct arena *a,
			    const char *bytes, size_t n)
{
	const struct node *root;
	struct err *e = node_yaml(&root, a, bytes, n);

	for (size_t i = 0; !e && root && root->kind == NODE_MAP && i < root->nr;
	     i++) {
		const char *key = root->pairs[i].key->text;
		const char *version =
			package_field(root->pairs[i].value, "version");

		if (strcmp(key, "__metadata") != 0 &&
		    !strstr(key, "@workspace:"))
			package_add(out, a, PACKAGE_LIBRARY,
				    asked_name(a, key, strlen(key)), version);
	}
	return e;
}

struct err *yarn_lock_read(struct packages *out, struct arena *a,
			   const char *bytes, size_t n)
{
	if (memmem(bytes, n, "\n__metadata:", 12))
		return read_map(out, a, bytes, n);
	if (n && !memmem(bytes, n, "# yarn lockfile v1", 18))
		return format_unknown(NULL);
	return read_blocks(out, a, bytes, n);
}
