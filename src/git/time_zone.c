/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/time_zone.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "git/child.h"
#include "git/oidset.h"
#include "git/repo.h"
#include "git/rev.h"
#include "git/tree.h"

/* No line of a diff begins so. */
#define COMMIT_MARK "//"
/* What may stand behind a time: quotes, the bars of a table, stars. */
#define BEHIND " \t\r\"'`|*_,;)"

static int by_seconds(const void *a, const void *b)
{
	const struct zoneless *one = a, *other = b;

	return (one->seconds > other->seconds) -
	       (one->seconds < other->seconds);
}

static struct zoneless *find_zoneless(const struct zonelesses *times,
				      int64_t seconds)
{
	const struct zoneless key = { .seconds = seconds };

	return times->nr ? bsearch(&key, times->at, times->nr,
				   sizeof(*times->at), by_seconds)
			 : NULL;
}

const struct zoneless *time_zone_of(const struct zonelesses *times,
				    int64_t seconds)
{
	const struct zoneless *at = find_zoneless(times, seconds);

	return at && at->found ? at : NULL;
}

/* Newer commits are told first, so the last one told is the first. */
static void note_time(struct zonelesses *times, int64_t seconds, bool found,
		      int zone)
{
	struct zoneless *at = find_zoneless(times, seconds);

	if (!at)
		return;
	at->found = found;
	at->zone = zone;
}

/* A line of a file that was added: the first time of day in it. */
static void read_added(struct zonelesses *times, const char *line, bool found,
		       int zone)
{
	const char *digit = strpbrk(line, "0123456789");
	size_t n = digit ? strcspn(digit, "\"'`|#") : 0;
	char text[64];
	struct moment m;
	enum moment_part part;

	while (n && strchr(BEHIND, digit[n - 1]))
		n--;
	if (n < strlen("1-1-1 1:1") || n >= sizeof(text))
		return;
	memcpy(text, digit, n);
	text[n] = '\0';
	if (moment_parse(&m, &part, text) && part == MOMENT_ZONELESS)
		note_time(times, m.seconds, found, zone);
}

static void read_zone_log(struct zonelesses *times, struct child *child,
			  const struct oidset *ends)
{
	const char *line;
	bool found = false;
	int zone = 0;

	while (child_line(&line, child)) {
		struct oid id;
		size_t n;

		if (line[0] == '+')
			read_added(times, line + 1, found, zone);
		if (strncmp(line, COMMIT_MARK, strlen(COMMIT_MARK)) != 0)
			continue;
		n = oid_parse(&id, line + strlen(COMMIT_MARK));
		found = n && !oidset_has(ends, &id);
		zone = child_moment(line + strlen(COMMIT_MARK) + n + 1).zone;
	}
}

static struct err *ask_zone_log(struct zonelesses *times,
				const struct oids *from,
				const struct strs *paths,
				const struct oidset *ends)
{
	static const char *const args[] = { "log",
					    "--stdin",
					    CHILD_LOG,
					    "--no-renames",
					    "--no-ext-diff",
					    "--no-textconv",
					    "--diff-filter=AM",
					    "--unified=0",
					    "--date=raw",
					    "--format=" COMMIT_MARK "%H %ad",
					    NULL };
	struct buf in = BUF_INIT;
	char hex[OID_HEX + 1];
	struct child child;
	struct err *e;

	for (size_t i = 0; i < from->nr; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &from->at[i]));
	buf_addf(&in, "--\n:(top,literal)%.*s\n",
		 (int)tree_shared_folder(paths), paths->at[0]);
	e = child_start_with(&child, args, &in);
	buf_release(&in);
	if (e)
		return e;
	read_zone_log(times, &child, ends);
	return child_finish(&child);
}

struct err *time_zones(struct zonelesses *times, struct repo *repo,
		       const struct oids *from, const struct strs *paths)
{
	struct oidset ends = OIDSET_INIT;
	struct oid head;
	const struct oids only_head = { &head, 1, 1 };
	struct err *e = from ? NULL : rev_head(&head, repo);

	if (e && e->code == ERR_NOT_FOUND) { /* nothing is committed */
		err_free(e);
		return NULL;
	}
	if (times->nr)
		qsort(times->at, times->nr, sizeof(*times->at), by_seconds);
	if (!e)
		e = tree_ends(&ends, repo);
	if (!e)
		e = ask_zone_log(times, from ? from : &only_head, paths, &ends);
	oidset_release(&ends);
	return e;
}
