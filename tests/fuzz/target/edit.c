/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Surgical edits. The first byte chooses the edit, the second the key or
 * action, the line that follows is the value, the rest is the file. What must
 * hold byte for byte is the business of ../edit.c; here it is that a refusal
 * gives no bytes, that an edit leaves the other half of the file alone (but for
 * fields that stand below the title), and that nothing makes it crash.
 */
#include <string.h>

#include "model/body.h"
#include "model/edit.h"
#include "model/read.h"
#include "target.h"

static const char *const keys[] = {
	"title",
	"status",
	"releases",
	"labels",
	"paths",
	"owner",
	"commits.fix",
	"commits.cause",
	"commits",
	"date",
	"started",
	"environment",
	"metrics",
	"related",
	"id",
	"commits.P1.fix",
	"commits.P2.guard",
	"commits.1.backport",
};

static struct err *edit(struct buf *out, struct arena *a,
			const struct retro *retro, uint8_t what, uint8_t which,
			const char *value)
{
	const char *key = keys[which % (sizeof(keys) / sizeof(*keys))];
	const char *id = arena_printf(a, "A%d", which % 8);

	switch (what % 6) {
	case 0:
		return edit_set(out, a, retro, key, value);
	case 1:
		return edit_set(out, a, retro, key, NULL);
	case 2:
		return edit_add(out, a, retro, key, value);
	case 3:
		return edit_remove(out, a, retro, key, value);
	case 4:
		return edit_action(out, a, retro, id,
				   (enum action_state)(which / 8 % 3), value);
	default:
		return edit_action_add(out, &id, a, retro, "Actions", value);
	}
}

static bool ends_with(const struct buf *out, const char *tail, size_t n)
{
	return out->n >= n && !memcmp(out->p + out->n - n, tail, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *text = (const char *)bytes, *line;
	struct arena a = ARENA_INIT;
	struct diags diags = { .arena = &a };
	struct buf out = BUF_INIT;
	struct retro *retro;
	char *value, *file;
	size_t start, size;
	struct err *e;

	line = n > 2 ? memchr(text + 2, '\n', n - 2) : NULL;
	if (!line)
		return 0;
	value = arena_strndup(&a, text + 2, (size_t)(line - text) - 2);
	size = n - (size_t)(line + 1 - text);
	file = arena_strndup(&a, line + 1, size);
	retro = read_retro(&a, &diags, "retros/x.md", file, size);
	body_read(retro, &a, &diags, NULL);
	e = edit(&out, &a, retro, bytes[0], bytes[1], value);
	start = retro->front.body;
	if (e)
		CHECK(!out.n);
	else if (bytes[0] % 6 < 4)
		CHECK(retro->preamble ||
		      ends_with(&out, file + start, size - start));
	else
		CHECK(out.n >= start && !memcmp(out.p, file, start));
	err_free(e);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
