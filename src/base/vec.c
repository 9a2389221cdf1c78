/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

void *vec_room(struct arena *a, void *at, size_t nr, size_t *cap, size_t size)
{
	void *bigger;

	if (nr < *cap)
		return at;
	*cap = *cap ? *cap * 2 : 8;
	bigger = arena_alloc(a, *cap * size);
	if (nr)
		memcpy(bigger, at, nr * size);
	return bigger;
}

bool strs_has(const struct strs *v, const char *s)
{
	for (size_t i = 0; i < v->nr; i++)
		if (!strcmp(v->at[i], s))
			return true;
	return false;
}

void strs_add(struct arena *a, struct strs *v, const char *s)
{
	if (!strs_has(v, s))
		vec_push(a, v, s);
}

void strs_append(struct arena *a, struct strs *v, const struct strs *more)
{
	for (size_t i = 0; i < more->nr; i++)
		vec_push(a, v, more->at[i]);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strs_sort(struct strs *v)
{
	if (v->nr)
		qsort(v->at, v->nr, sizeof(*v->at), compare);
}
