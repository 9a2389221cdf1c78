/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/measure.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/proc.h"

/* A branch, so that no release could ever be meant. */
static const char change[] = "0000000000000000000000000000000000000000 "
			     "1111111111111111111111111111111111111111 "
			     "refs/heads/git-retro-doctor\n";

static double clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_times(const void *a, const void *b)
{
	const double *one = a, *two = b;

	return *one < *two ? -1 : *one > *two;
}

/* A command of git config goes through the shell, as git does it. */
static struct err *time_once(double *out, const struct repo *repo,
			     const char *start, const char *stage)
{
	static const char shell[] = "eval \"$0 \\\"\\$@\\\"\"";
	const char *file[] = { start, stage, NULL };
	const char *command[] = { "sh", "-c", shell, start, stage, NULL };
	struct proc proc = {
		.argv = *start == '/' ? file : command,
		.dir = repo_work_tree(repo),
		.quiet = true,
		.in = change,
		.in_len = strlen(change),
	};
	struct buf said = BUF_INIT;
	double begin = clock_ms();
	int status;
	struct err *e = proc_run(&proc, &said, &status);

	*out = clock_ms() - begin;
	buf_release(&said);
	return e;
}

static struct err *time_stage(double *out, const struct repo *repo,
			      const char *start, const char *stage)
{
	double times[MEASURE_TIMES];
	struct err *e = NULL;

	for (size_t i = 0; !e && i < MEASURE_TIMES; i++)
		e = time_once(&times[i], repo, start, stage);
	if (e)
		return e;
	qsort(times, MEASURE_TIMES, sizeof(*times), compare_times);
	*out = (times[MEASURE_TIMES / 2 - 1] + times[MEASURE_TIMES / 2]) / 2;
	return NULL;
}

struct err *measure_hook(struct measure *out, bool *done, struct repo *repo,
			 const struct install_item *installed)
{
	struct err *e;

	*done = false;
	if (!installed->start)
		return NULL;
	e = time_stage(&out->prepared, repo, installed->start, "prepared");
	if (!e)
		e = time_stage(&out->committed, repo, installed->start,
			       "committed");
	*done = !e;
	return err_context(e, _("measuring the hooks"));
}
