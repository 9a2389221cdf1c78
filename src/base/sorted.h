/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Search in a sorted array where bsearch(3) does not do: for the first of
 * equal elements, or for the place where one would stand.
 */
#ifndef BASE_SORTED_H
#define BASE_SORTED_H

#include <stddef.h>

/* What several comparisons take as their key: the first bytes of a text. */
struct sorted_key {
	const char *text;
	size_t n;
};

/* The index of the first of the `nr` elements that is not less than the key;
 * `nr` if all are less. `compare` gets the key, then an element, as in
 * bsearch(3). */
size_t sorted_first(const void *key, const void *base, size_t nr, size_t size,
		    int compare(const void *key, const void *element));

#endif
