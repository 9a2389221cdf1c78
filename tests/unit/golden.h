/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Golden files: for each tests/golden/NAME.md, what is made of it stands in
 * NAME.<suffix>. A case is these files and no code. GOLDEN=write in the
 * environment writes them anew: look at the difference before committing it.
 * Include it behind cmocka.h.
 */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "model/body.h"
#include "model/read.h"
#include "model/retro.h"

#define GOLDEN_DIR TESTS "/golden"

typedef void golden_render(struct buf *out, struct arena *a,
			   struct retro *retro);

static inline void golden_ok(struct err *e)
{
	if (e)
		print_error("%s\n", e->text);
	assert_null(e);
}

static inline struct retro *golden_retro(struct arena *a, struct buf *bytes,
					 const char *name)
{
	struct diags problems = { .arena = a };
	struct retro *retro;

	buf_reset(bytes);
	golden_ok(file_read(bytes, path_join(a, GOLDEN_DIR, name), FILE_MAX));
	retro = read_retro(a, &problems, name, bytes->p, bytes->n);
	(void)body_read(retro, a, &problems, NULL);
	assert_int_equal(diag_count(&problems, DIAG_ERROR), 0);
	return retro;
}

static inline void golden_compare(struct arena *a, const char *name,
				  const struct buf *made)
{
	const char *path = path_join(a, GOLDEN_DIR, name);
	const char *mode = getenv("GOLDEN");
	struct buf wanted = BUF_INIT;

	if (mode && !strcmp(mode, "write"))
		golden_ok(file_write(path, made->p, made->n, 0666, 0, NULL));
	golden_ok(file_read_named(&wanted, path, FILE_MAX));
	if (strcmp(made->p, wanted.p))
		print_error("%s differs\n", name);
	assert_string_equal(made->p, wanted.p);
	buf_release(&wanted);
}

/* Calls `render` for every case and compares with its golden file. */
static inline void golden_check(const char *suffix, golden_render *render)
{
	struct arena a = ARENA_INIT;
	struct strs files = { 0 };
	struct buf bytes = BUF_INIT, made = BUF_INIT;
	size_t cases = 0;

	golden_ok(file_list(&files, &a, GOLDEN_DIR));
	for (size_t i = 0; i < files.nr; i++) {
		const char *name = files.at[i];
		size_t n = strlen(name);

		if (n < 4 || strcmp(name + n - 3, ".md") || strchr(name, '/'))
			continue;
		buf_reset(&made);
		render(&made, &a, golden_retro(&a, &bytes, name));
		golden_compare(
			&a,
			arena_printf(&a, "%.*s.%s", (int)n - 3, name, suffix),
			&made);
		cases++;
	}
	assert_true(cases > 0);
	buf_release(&bytes);
	buf_release(&made);
	arena_release(&a);
}

#endif
