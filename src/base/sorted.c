/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/sorted.h"

size_t sorted_first(const void *key, const void *base, size_t nr, size_t size,
		    int compare(const void *key, const void *element))
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key, (const char *)base + middle * size) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
