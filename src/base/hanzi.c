/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/hanzi.h"

#include <stdint.h>

#define FIRST 0x4e00
#define LAST  0x9fff

/* hanzi.sh writes it. */
extern const uint16_t hanzi_table[LAST - FIRST + 1];

int hanzi_simplified(int c)
{
	return c >= FIRST && c <= LAST ? hanzi_table[c - FIRST] : c;
}
