/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/named.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/line.h"
#include "git/child.h"

#define COMMITS_MAX "20"

/* An extended regular expression for this name, and for no longer one; the
 * number is one itself. */
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
				     "--encoding=UTF-8",
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

/* --- all of a retro --- */

/* The letter and the digits behind "<id>#", where they begin; 0: there are
 * none. */
static size_t length_of_number(const char *at)
{
	size_t digits =
		isalpha((unsigned char)*at) ? strspn(at + 1, "0123456789") : 0;

	return digits ? digits + 1 : 0;
}

static bool is_named_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Appends the numbers in a text that name one of this retro; false if there is
 * none. */
static bool find_named_numbers(struct strs *out, struct arena *a,
			       const char *id, const char *text)
{
	size_t n = strlen(id), nr = out->nr;

	for (const char *at = text; (at = strchr(at, '#')); at++) {
		const char *from = at - n;
		size_t length = length_of_number(at + 1);

		if (length && at >= text + n && !strncasecmp(from, id, n) &&
		    (from == text || !is_named_byte(from[-1])))
			vec_push(a, out, arena_strndup(a, at + 1, length));
	}
	return out->nr > nr;
}

/* Runs git, whose answer is texts that each name one, with `end` behind each.
 * False where not all of them are known. */
static bool ask_numbers(struct strs *out, struct arena *a, const char *id,
			const char *const *args, char end, int64_t deadline)
{
	struct child child;
	struct buf text = BUF_INIT;
	struct err *e = child_start(&child, args);
	bool all;

	if (!e)
		e = child_gather(&text, &child, deadline);
	all = e ? e->code == ERR_NO_MATCH : child.ended;
	for (size_t at = 0; all && at < text.n;) {
		const char *stop = memchr(text.p + at, end, text.n - at);
		size_t n = stop ? (size_t)(stop - text.p) - at : text.n - at;

		/* What git takes for it and we do not may name any. */
		all = find_named_numbers(out, a, id,
					 arena_strndup(a, text.p + at, n));
		at += n + 1;
	}
	err_free(e); /* the caller hears that it is not known */
	buf_release(&text);
	return all;
}

bool named_numbers(struct strs *out, struct arena *a, const char *id,
		   const char *own, int64_t deadline)
{
	const char *pattern = named_pattern(a, id, "[[:alpha:]][0-9]+");
	const char *const commits[] = { "log",
					CHILD_LOG,
					"--encoding=UTF-8",
					"--all",
					"-z",
					"-E",
					"-i",
					"--format=tformat:%B",
					arena_printf(a, "--grep=%s", pattern),
					"HEAD",
					"--",
					NULL };
	const char *const files[] = {
		"grep",
		"-h",
		"-o",
		"-I",
		"-i",
		"-E",
		"--no-color",
		"--untracked",
		"--no-recurse-submodules",
		"-e",
		pattern,
		"--",
		":(top)",
		arena_printf(a, ":(top,exclude,literal)%s", own),
		NULL
	};

	return ask_numbers(out, a, id, commits, '\0', deadline) &&
	       ask_numbers(out, a, id, files, '\n', deadline);
}
