/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"

#define DELAY_MS    500
#define INTERVAL_MS 100

void progress_start(struct progress *p, const char *title, size_t total)
{
	p->title = title;
	p->total = total;
	p->done = 0;
	p->started = isatty(2) ? clock_ms() : -1;
	p->shown = 0;
}

void progress_wait(struct progress *p, const char *title)
{
	progress_start(p, title, 0);
	if (p->started < 0)
		return;
	p->shown = p->started;
	fprintf(stderr, "\r%s...", _(title));
	fflush(stderr);
}

void progress_step(struct progress *p, size_t done)
{
	int64_t now;

	p->done = done;
	if (p->started < 0)
		return;
	now = clock_ms();
	if (now - p->started < DELAY_MS || now - p->shown < INTERVAL_MS)
		return;
	p->shown = now;
	if (p->total)
		fprintf(stderr, "\r%s: %3zu%% (%zu/%zu)", _(p->title),
			done * 100 / p->total, done, p->total);
	else
		fprintf(stderr, "\r%s: %zu", _(p->title), done);
	fflush(stderr);
}

void progress_stop(struct progress *p)
{
	if (p->started >= 0 && p->shown)
		fputs("\r\033[K", stderr);
	p->started = -1;
}
