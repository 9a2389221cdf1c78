/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/work.h"

#include <stdatomic.h>
#include <stdint.h>

#define STEPS_MAX UINT64_C(1500000000)
/* What a thread counts by itself before the others see it. */
#define BATCH (1 << 16)

static atomic_uint_fast64_t spent;
static _Thread_local uint64_t own;
static void (*when_over)(void);

static bool take(uint64_t steps)
{
	uint64_t before = atomic_fetch_add(&spent, steps);

	if (before + steps < STEPS_MAX)
		return true;
	if (before < STEPS_MAX && when_over)
		when_over();
	return false;
}

bool work_do(size_t steps)
{
	bool more = true;

	own += steps;
	if (own >= BATCH) {
		more = take(own);
		own = 0;
	}
	return more && !work_is_over();
}

bool work_is_over(void)
{
	return atomic_load_explicit(&spent, memory_order_relaxed) >= STEPS_MAX;
}

void work_when_over(void (*act)(void))
{
	when_over = act;
}
