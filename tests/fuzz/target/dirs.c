/* SPDX-License-Identifier: GPL-2.0-only */
/* Folders, a line each, and behind the first NUL paths, a line each: which of
 * them are retros, in which folder, and which are left out. */
#include <string.h>

#include "model/dirs.h"
#include "target.h"

static void split(struct strs *out, struct arena *a, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");

		if (n)
			vec_push(a, out, arena_strndup(a, p, n));
		p += n + (p[n] != '\0');
	}
}

static void normalize(struct strs *dirs, struct arena *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < dirs->nr; i++) {
		const char *dir = dirs_normal(a, dirs->at[i]);
		const char *again = dir && *dir ? dirs_normal(a, dir) : dir;

		CHECK(!dir || (again && !strcmp(dir, again)));
		if (dir)
			dirs->at[kept++] = dir;
	}
	dirs->nr = kept;
}

static void check_paths(struct arena *a, const struct strs *dirs,
			struct strs *paths)
{
	const char *root = dirs_root(a, dirs);
	size_t before;

	for (size_t i = 0; i < paths->nr; i++) {
		const char *path = paths->at[i];
		bool have = dirs_have(dirs, path);

		CHECK(!have || dirs_hold(dirs, path));
		CHECK(!have || !dirs_leave_out(dirs, path));
		CHECK(!have || !strncmp(path, root, strlen(root)));
	}
	strs_sort(paths);
	before = paths->nr;
	dirs_keep(dirs, paths->at, &paths->nr, sizeof(*paths->at));
	CHECK(paths->nr <= before);
	for (size_t i = 0; i < paths->nr; i++)
		CHECK(dirs_have(dirs, paths->at[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	char *text = arena_strndup(&a, (const char *)bytes, n);
	const char *rest = strlen(text) < n ? text + strlen(text) + 1 : "";
	struct strs dirs = { 0 }, paths = { 0 };

	split(&dirs, &a, text);
	normalize(&dirs, &a);
	split(&paths, &a, rest);
	dirs_home(&a, &dirs);
	dirs_text(&a, &dirs);
	check_paths(&a, &dirs, &paths);
	arena_release(&a);
	return 0;
}
