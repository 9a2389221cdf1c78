/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/fill.h"

#include <string.h>

#include "base/embed.h"
#include "base/quote.h"

#define HOOK    "@HOOK@"
#define PROGRAM "@PROGRAM@"
/* For lefthook, which quotes no argument: the word that git gives post-rewrite.
 * What other hooks are given may be a URL, and they do without. */
#define WORD "@WORD@"

void fill(struct buf *out, const char *name, const char *hook,
	  const char *program)
{
	struct buf path = BUF_INIT;
	const char *at, *mark;

	buf_addf(&path, "hooks/%s", name);
	at = embed_find(path.p)->bytes;
	buf_release(&path);
	while ((mark = strchr(at, '@'))) {
		buf_add(out, at, (size_t)(mark - at));
		at = mark;
		if (!strncmp(at, HOOK, strlen(HOOK))) {
			buf_addstr(out, hook);
			at += strlen(HOOK);
		} else if (!strncmp(at, PROGRAM, strlen(PROGRAM))) {
			quote_always(out, program);
			at += strlen(PROGRAM);
		} else if (!strncmp(at, WORD, strlen(WORD))) {
			if (!strcmp(hook, "post-rewrite"))
				buf_addstr(out, "{1} ");
			at += strlen(WORD);
		} else {
			buf_addch(out, *at++);
		}
	}
	buf_addstr(out, at);
}
