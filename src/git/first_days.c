/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/first_days.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "git/child.h"

/* In front of the day of a commit, where a path has none. */
#define DAY_MARK '\1'

static int compare_first_days(const void *a, const void *b)
{
	return strcmp(((const struct first_day *)a)->path,
		      ((const struct first_day *)b)->path);
}

/* In a shallow clone the oldest commit that is there seems to add all. */
static bool is_whole_history(const char *dir)
{
	static const char *const args[] = { "rev-parse",
					    "--is-shallow-repository", NULL };
	struct buf answer = BUF_INIT;
	struct err *e = child_run_at(&answer, args, dir);
	bool whole = !e && !strcmp(answer.p, "false\n");

	err_pass(e);
	buf_release(&answer);
	return whole;
}

static void read_days_log(struct first_days *out, struct arena *a,
			  const char *at, const char *end)
{
	int32_t day = DAY_NONE;
	const char *text;

	while (child_split(&text, 1, &at, end)) {
		text += *text == '\n';
		if (*text == DAY_MARK)
			day_parse(&day, text + 1);
		else if (*text)
			vec_push(a, out,
				 (struct first_day){ arena_strdup(a, text),
						     day });
	}
}

static void keep_first_days(struct first_days *days)
{
	size_t kept = 0;

	for (size_t i = 0; i < days->nr; i++) {
		if (kept && !strcmp(days->at[kept - 1].path, days->at[i].path))
			continue;
		days->at[kept++] = days->at[i];
	}
	days->nr = kept;
}

/* As compare_first_days(), and of one path the earliest first. */
static int compare_paths_and_days(const void *a, const void *b)
{
	const struct first_day *one = a, *other = b;
	int order = compare_first_days(a, b);

	return order ? order
		     : (one->day > other->day) - (one->day < other->day);
}

void first_days_read(struct first_days *out, struct arena *a, const char *dir)
{
	static const char *const args[] = {
		"log",
		CHILD_LOG,
		"-z",
		"--relative", /* behind CHILD_LOG, which says the opposite */
		"--no-renames",
		"--diff-filter=A",
		"--name-only",
		"--format=%x01%ad",
		"--date=short",
		"--",
		".",
		NULL,
	};
	struct buf log = BUF_INIT;
	struct err *e = NULL;

	if (is_whole_history(dir))
		e = child_run_at(&log, args, dir);
	if (!e)
		read_days_log(out, a, log.p, log.p + log.n);
	err_pass(e);
	buf_release(&log);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at),
		      compare_paths_and_days);
	keep_first_days(out);
}

int32_t first_days_of(const struct first_days *days, const char *path)
{
	struct first_day key = { path, DAY_NONE };
	const struct first_day *found = NULL;

	if (days->nr)
		found = bsearch(&key, days->at, days->nr, sizeof(key),
				compare_first_days);
	return found ? found->day : DAY_NONE;
}
