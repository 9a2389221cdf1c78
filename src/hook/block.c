/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/block.h"

#include <string.h>

#define OPENING "# git-retro hook: "
#define ENDING  "# git-retro hook end"
/* What the end of the first line says was not there before. */
#define JOINED " and the newline above"
#define FRESH  " and this file"

/* Where marked lines are in a file. */
struct found {
	size_t at, n;
	bool joined, fresh;
};

static bool line_ends(const char *line, const char *with)
{
	size_t n = strcspn(line, "\n"), tail = strlen(with);

	return n >= tail && !strncmp(line + n - tail, with, tail);
}

/* The next line that starts like this; NULL if there is none. */
static const char *find_line(const char *file, const char *p, const char *with,
			     size_t n)
{
	while ((p = strstr(p, "# git-retro hook"))) {
		if ((p == file || p[-1] == '\n') && !strncmp(p, with, n))
			return p;
		p++;
	}
	return NULL;
}

static const char *behind_line(const char *p)
{
	p += strcspn(p, "\n");
	return *p ? p + 1 : p;
}

/* The first line is known by what stands before its semicolon. Without an end
 * of theirs, the lines are two. */
static bool locate(struct found *found, const struct buf *file,
		   const struct buf *lines)
{
	const char *first, *last;

	first = find_line(file->p, file->p, lines->p,
			  strcspn(lines->p, ";") + 1);
	if (!first)
		return false;
	last = find_line(file->p, first, ENDING, strlen(ENDING));
	if (!last)
		last = behind_line(first);
	found->at = (size_t)(first - file->p);
	found->n = (size_t)(behind_line(last) - first);
	found->joined = line_ends(first, JOINED);
	found->fresh = line_ends(first, FRESH);
	return true;
}

/* The lines with what the first of them says of the file. */
static void compose(struct buf *out, const struct buf *lines, bool joined,
		    bool fresh)
{
	size_t n = strcspn(lines->p, "\n");

	buf_add(out, lines->p, n);
	if (joined)
		buf_addstr(out, JOINED);
	else if (fresh)
		buf_addstr(out, FRESH);
	buf_add(out, lines->p + n, lines->n - n);
}

enum block_state block_find(const struct buf *file, const struct buf *lines)
{
	struct buf ours = BUF_INIT;
	enum block_state state = BLOCK_ABSENT;
	struct found found;

	if (locate(&found, file, lines)) {
		compose(&ours, lines, found.joined, found.fresh);
		state = ours.n == found.n && !memcmp(ours.p, file->p + found.at,
						     ours.n)
				? BLOCK_SAME
				: BLOCK_OTHER;
	}
	buf_release(&ours);
	return state;
}

void block_add(struct buf *file, const struct buf *lines, bool first,
	       bool fresh)
{
	struct buf ours = BUF_INIT;
	size_t at;
	bool joined;

	fresh |= block_remove(file, lines);
	at = file->n;
	if (first)
		at = strncmp(file->p, "#!", 2)
			     ? 0
			     : (size_t)(behind_line(file->p) - file->p);
	joined = at && file->p[at - 1] != '\n';
	if (joined)
		buf_addch(&ours, '\n');
	compose(&ours, lines, joined, fresh);
	buf_splice(file, at, 0, ours.p, ours.n);
	buf_release(&ours);
}

/* Lines of another hook that follow take over what the first line says of the
 * file as it was. Whether there were such. */
static bool hand_over_found(struct buf *file, const struct found *found)
{
	size_t next = found->at + found->n;
	const char *said = found->joined ? JOINED : FRESH;

	if (strncmp(file->p + next, OPENING, strlen(OPENING)))
		return false;
	if (found->joined || found->fresh)
		buf_splice(file, next + strcspn(file->p + next, "\n"), 0, said,
			   strlen(said));
	return true;
}

bool block_remove(struct buf *file, const struct buf *lines)
{
	struct found found;

	if (!locate(&found, file, lines))
		return false;
	if (!hand_over_found(file, &found) && found.at && found.joined &&
	    found.at + found.n == file->n) {
		found.at--;
		found.n++;
	}
	buf_splice(file, found.at, found.n, "", 0);
	return found.fresh && !file->n;
}
