/* SPDX-License-Identifier: GPL-2.0-only */
/* The clock for deadlines, which nobody sets. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_ms(void);

#endif
