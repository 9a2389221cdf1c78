/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/named.h"

#include <string.h>

#include "base/line.h"
#include "git/child.h"

#define COMMITS_MAX "20"

/* An extended regular expression for this name, and for no longer one. */
static const char *named_pattern(struct arena *a, const char *id,
				 const char *number)
{
	struct buf out = BUF_INIT;
	const char *pattern;

	buf_addstr(&out, "(^|[^[:alnum:]_-])");
	for (const char *p = id; *p; p++) {
		if (strchr("\\.[]{}()*+?^$|", *p))
			buf_addch(&out, '\\');
		buf_addch(&out, *p);
	}
	buf_addf(&out, "#%s([^0-9]|$)", number);
	pattern = arena_strdup(a, out.p);
	buf_release(&out);
	return pattern;
}

struct err *named_by_commits(struct oids *out, bool *all, struct arena *a,
			     const char *id, const char *number,
			     int64_t deadline)
{
	const char *const args[] = { "rev-list",
				     "--all",
				     "-E",
				     "-i",
				     arena_printf(a, "--grep=%s",
						  named_pattern(a, id, number)),
				     "--max-count=" COMMITS_MAX,
				     "HEAD",
				     "--",
				     NULL };
	struct child child;
	struct buf text = BUF_INIT;
	struct err *e = child_start(&child, args);
	const char *line, *at;
	struct oid commit;
	size_t n;

	if (!e)
		e = child_gather(&text, &child, deadline);
	*all = !e && child.ended;
	at = text.p;
	while (*all && line_next(&line, &n, &at, text.p + text.n))
		if (oid_parse(&commit, line))
			vec_push(a, out, commit);
	buf_release(&text);
	return e;
}

int named_by_files(struct arena *a, const char *id, const char *number,
		   const char *own, int64_t deadline)
{
	const char *const args[] = { "grep",
				     "-l",
				     "-I",
				     "-i",
				     "-E",
				     "--no-color",
				     "--untracked",
				     "--no-recurse-submodules",
				     "-e",
				     named_pattern(a, id, number),
				     "--",
				     ":(top)",
				     arena_printf(a, ":(top,exclude,literal)%s",
						  own),
				     NULL };
	struct child child;
	struct buf text = BUF_INIT;
	struct err *e = child_start(&child, args);
	int found = -1;

	if (!e)
		e = child_gather(&text, &child, deadline);
	if (text.n)
		found = 1;
	else if (!e)
		found = child.ended ? 0 : -1;
	else if (e->code == ERR_REFUSED) /* it exits with 1: nothing has it */
		found = 0;
	err_free(e);
	buf_release(&text);
	return found;
}
