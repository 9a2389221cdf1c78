/* SPDX-License-Identifier: GPL-2.0-only */
#include "agent/patch.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"

#define BEGIN "*** Begin Patch"

static const struct {
	const char *start;
	enum patch_kind kind;
} patch_heads[] = {
	{ "*** Update File: ", PATCH_UPDATE },
	{ "*** Add File: ", PATCH_ADD },
	{ "*** Delete File: ", PATCH_DELETE },
};

static const char *line_after(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

const char *patch_find(const char *text)
{
	const char *begin = strstr(text, BEGIN);

	return begin ? line_after(begin) : NULL;
}

/* --- files --- */

/* Whether the line names a file, and what is to become of it. */
static bool read_patch_head(struct patch_file *out, struct arena *a,
			    const char *line)
{
	size_t n = strcspn(line, "\r\n");

	for (size_t i = 0; i < ARRAY_SIZE(patch_heads); i++) {
		size_t m = strlen(patch_heads[i].start);

		if (n <= m || memcmp(line, patch_heads[i].start, m) != 0)
			continue;
		out->kind = patch_heads[i].kind;
		out->path = arena_strndup(a, line + m, n - m);
		return true;
	}
	return false;
}

static bool is_head(const char *line)
{
	return !strncmp(line, "*** ", 4) &&
	       strncmp(line, "*** Move to: ", 13) != 0 &&
	       strncmp(line, "*** End of File", 15) != 0;
}

bool patch_next(struct patch_file *out, struct arena *a, const char **at)
{
	const char *line = *at;

	while (*line && !read_patch_head(out, a, line))
		line = line_after(line);
	if (!*line)
		return false;
	line = line_after(line);
	out->body = line;
	while (*line && !is_head(line))
		line = line_after(line);
	out->n = (size_t)(line - out->body);
	*at = line;
	return true;
}

/* --- hunks --- */

/* One of them: what stands there, behind a line end, and what is to stand
 * there. */
struct hunk {
	struct buf old, new;
};

static void add_text_line(struct buf *out, const char *line)
{
	buf_add(out, line, strcspn(line, "\n"));
	buf_addch(out, '\n');
}

/* Takes the lines of the next hunk; false if there are none. */
static bool take_hunk(struct hunk *hunk, const char **at, const char *end)
{
	const char *line = *at;

	buf_reset(&hunk->old);
	buf_addch(&hunk->old, '\n');
	buf_reset(&hunk->new);
	while (line < end && (!strncmp(line, "@@", 2) || *line == '*'))
		line = line_after(line);
	if (line >= end)
		return false;
	for (; line < end && strncmp(line, "@@", 2) != 0 && *line != '*';
	     line = line_after(line)) {
		const char *text = line + (*line != '\n');

		if (*line != '+')
			add_text_line(&hunk->old, text);
		if (*line != '-')
			add_text_line(&hunk->new, text);
	}
	*at = line;
	return true;
}

/* Appends what is before the hunk and what it puts in its place; false if it
 * does not fit. Lines that only come are put at the end. A line end stands in
 * front of *at, and of what it becomes. */
static bool apply_hunk(struct buf *out, const char **at,
		       const struct hunk *hunk)
{
	size_t n = hunk->old.n - 1;
	const char *from = *at - 1;
	const char *found = n ? strstr(from, hunk->old.p) : from + strlen(from);

	if (!found)
		return false;
	if (!n)
		found--;
	buf_add(out, *at, (size_t)(found - from));
	buf_add(out, hunk->new.p, hunk->new.n);
	*at = found + 1 + n;
	return true;
}

/* A line end stands in front of the text. */
static bool apply_hunks(struct buf *out, const struct patch_file *file,
			const char *text)
{
	struct hunk hunk = { BUF_INIT, BUF_INIT };
	const char *line = file->body, *at = text;
	bool fits = true;

	while (fits && take_hunk(&hunk, &line, file->body + file->n))
		fits = apply_hunk(out, &at, &hunk);
	buf_addstr(out, at);
	buf_release(&hunk.old);
	buf_release(&hunk.new);
	return fits;
}

/* The text of a new file: each of its lines has a "+". */
static void add_new_text(struct buf *out, const struct patch_file *file)
{
	const char *end = file->body + file->n;

	for (const char *line = file->body; line < end; line = line_after(line))
		if (*line == '+')
			add_text_line(out, line + 1);
}

const char *patch_apply(struct arena *a, const struct patch_file *file,
			const char *before)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	const char *after = NULL;
	bool good = true;

	if (file->kind == PATCH_DELETE)
		return NULL;
	buf_addch(&text, '\n');
	if (before)
		buf_addstr(&text, before);
	if (text.p[text.n - 1] != '\n')
		buf_addch(&text, '\n');
	if (file->kind == PATCH_ADD)
		add_new_text(&out, file);
	else
		good = apply_hunks(&out, file, text.p + 1);
	if (good)
		after = arena_strndup(a, out.p, out.n);
	buf_release(&text);
	buf_release(&out);
	return after;
}
