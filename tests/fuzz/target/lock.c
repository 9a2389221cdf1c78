/* SPDX-License-Identifier: GPL-2.0-only */
/* Lock and manifest files: the first byte chooses the format. What is read has
 * names, in order; what is not says why in one clean line. */
#include <string.h>

#include "base/buf.h"
#include "capture/lock.h"
#include "target.h"

/* A path of the format. */
static const char *path_of(struct arena *a, const struct lock_format *format)
{
	struct buf path = BUF_INIT;
	const char *text;

	for (const char *p = format->globs[0]; *p; p++)
		if (*p != '*' || p[1] != '*')
			buf_addch(&path, *p == '*' ? 'x' : *p);
	text = arena_strdup(a, path.p);
	buf_release(&path);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *text = (const char *)bytes + 1;
	struct arena a = ARENA_INIT;
	struct lock lock = { 0 };
	const char *path;

	if (!n)
		return 0;
	path = path_of(&a, &lock_formats[bytes[0] % lock_format_count]);
	CHECK(lock_format_of(path));
	lock_read(&lock, &a, path, text, n - 1);
	if (lock.unread)
		CHECK(*lock.unread && !strchr(lock.unread, '\n'));
	for (size_t i = 0; !lock.unread && i < lock.packages.nr; i++)
		CHECK(lock.packages.at[i].name && *lock.packages.at[i].name);
	arena_release(&a);
	return 0;
}
