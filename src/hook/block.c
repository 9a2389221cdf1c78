/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/block.h"

#include <string.h>

#include "base/embed.h"

#define SHEBANG "#!/bin/sh\n"
#define MARK    "# git-retro hook: "
#define HOOK    "@HOOK@"
/* The end of the first line where the script had no newline at its end. */
#define JOINED " and the newline above"

static void render(struct buf *out, const char *hook)
{
	const struct embed *text = embed_find("hooks/husky");
	const char *at = text->bytes, *name;

	while ((name = strstr(at, HOOK))) {
		buf_add(out, at, (size_t)(name - at));
		buf_addstr(out, hook);
		at = name + strlen(HOOK);
	}
	buf_addstr(out, at);
}

/* Where the marked lines start and how long they are; false if they are not
 * there. */
static bool locate(size_t *at, size_t *n, const struct buf *script)
{
	const char *p = script->p, *end;

	while ((p = strstr(p, MARK)) && p > script->p && p[-1] != '\n')
		p++;
	if (!p)
		return false;
	end = strchr(p, '\n');
	end = end ? strchr(end + 1, '\n') : NULL;
	end = end ? end + 1 : script->p + script->n;
	*at = (size_t)(p - script->p);
	*n = (size_t)(end - p);
	return true;
}

/* Whether the first of the marked lines says that it brought a newline. */
static bool is_joined(const struct buf *script, size_t at)
{
	const char *line = script->p + at;
	size_t n = strcspn(line, "\n"), tail = strlen(JOINED);

	return n >= tail && !strncmp(line + n - tail, JOINED, tail);
}

enum block_state block_find(const struct buf *script, const char *hook)
{
	struct buf ours = BUF_INIT;
	enum block_state state = BLOCK_ABSENT;
	size_t at, n;

	if (locate(&at, &n, script)) {
		render(&ours, hook);
		if (is_joined(script, at))
			buf_splice(&ours, strcspn(ours.p, "\n"), 0, JOINED,
				   strlen(JOINED));
		state = ours.n == n && !memcmp(ours.p, script->p + at, n)
				? BLOCK_SAME
				: BLOCK_OTHER;
	}
	buf_release(&ours);
	return state;
}

void block_add(struct buf *script, const char *hook)
{
	struct buf ours = BUF_INIT;

	block_remove(script);
	render(&ours, hook);
	if (!script->n)
		buf_addstr(script, SHEBANG);
	if (script->p[script->n - 1] != '\n') {
		buf_splice(&ours, strcspn(ours.p, "\n"), 0, JOINED,
			   strlen(JOINED));
		buf_addch(script, '\n');
	}
	buf_add(script, ours.p, ours.n);
	buf_release(&ours);
}

void block_remove(struct buf *script)
{
	size_t at, n;

	if (!locate(&at, &n, script))
		return;
	if (at && is_joined(script, at)) {
		at--;
		n++;
	}
	buf_splice(script, at, n, "", 0);
	if (!strcmp(script->p, SHEBANG))
		buf_reset(script);
}

void block_line(struct buf *out, const char *hook)
{
	struct buf lines = BUF_INIT;
	const char *second;

	render(&lines, hook);
	second = strchr(lines.p, '\n') + 1;
	buf_add(out, second, strcspn(second, "\n"));
	buf_release(&lines);
}
