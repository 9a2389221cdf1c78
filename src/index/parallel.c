/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "base/vec.h"

/* More take more time to start than they save. */
#define WORKERS_MAX 4
#define SHARE_MIN   64

struct share {
	share_fn *fn;
	void *data;
	size_t from, to;
	struct arena arena;
	struct diags diags;
	pthread_t thread;
	bool started;
};

size_t parallel_workers(size_t nr)
{
	cpu_set_t cpus;
	size_t n = 1;

	if (!sched_getaffinity(0, sizeof(cpus), &cpus))
		n = (size_t)CPU_COUNT(&cpus);
	if (n > nr)
		n = nr;
	return n > WORKERS_MAX ? WORKERS_MAX : n;
}

static void *work(void *data)
{
	struct share *share = data;

	share->fn(share->data, share->from, share->to, &share->arena,
		  &share->diags);
	return NULL;
}

static void take_over_share(struct arena *a, struct diags *diags,
			    struct share *share)
{
	arena_take(a, &share->arena);
	for (size_t i = 0; i < share->diags.nr; i++)
		vec_push(a, diags, share->diags.at[i]);
}

/* What no thread could be had for, and the first share, are done here. */
void parallel_run(share_fn *fn, void *data, size_t nr, struct arena *a,
		  struct diags *diags)
{
	struct share shares[WORKERS_MAX] = { 0 };
	size_t workers = parallel_workers(nr / SHARE_MIN);

	if (workers < 2) {
		fn(data, 0, nr, a, diags);
		return;
	}
	for (size_t i = 0; i < workers; i++) {
		struct share *share = &shares[i];

		share->fn = fn;
		share->data = data;
		share->from = nr * i / workers;
		share->to = nr * (i + 1) / workers;
		share->diags.arena = &share->arena;
		share->started =
			i && !pthread_create(&share->thread, NULL, work, share);
	}
	for (size_t i = 0; i < workers; i++)
		if (!shares[i].started)
			work(&shares[i]);
	for (size_t i = 0; i < workers; i++) {
		if (shares[i].started)
			pthread_join(shares[i].thread, NULL);
		take_over_share(a, diags, &shares[i]);
	}
}

static void *work_beside(void *data)
{
	struct beside *beside = data;

	beside->fn(beside->data);
	return NULL;
}

void parallel_begin(struct beside *beside, void (*fn)(void *data), void *data)
{
	*beside = (struct beside){ .fn = fn, .data = data };
	beside->started =
		!pthread_create(&beside->thread, NULL, work_beside, beside);
	if (!beside->started)
		fn(data);
}

void parallel_end(struct beside *beside)
{
	if (beside->started)
		pthread_join(beside->thread, NULL);
}
