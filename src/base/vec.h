/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Growing arrays in an arena: any struct with `at`, `nr` and `cap`.
 *
 *	struct strs names = { 0 };
 *	vec_push(arena, &names, "a");
 *	for (size_t i = 0; i < names.nr; i++) use(names.at[i]);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define VEC_OF(type)                                                           \
	{                                                                      \
		type *at;                                                      \
		size_t nr, cap;                                                \
	}

/* Room for one more; moves the items when full. For vec_push() alone. */
MUST_USE void *vec_room(struct arena *a, void *at, size_t nr, size_t *cap,
			size_t size);

/* The item may be a compound literal with commas, and may use the count. */
#define vec_push(arena, v, ...)                                                \
	((v)->at = vec_room((arena), (v)->at, (v)->nr, &(v)->cap,              \
			    sizeof(*(v)->at)),                                 \
	 (v)->at[(v)->nr] = __VA_ARGS__, (v)->nr++)

/* A list of strings; the strings live where the vector's owner says. */
struct strs VEC_OF(const char *);

/* Looks at each of them: for lists that are short, as its time is bounded
 * (base/work.h). Long ones are sorted. */
bool strs_has(const struct strs *v, const char *s);
/* Appends unless it is there already, which takes strs_has(). */
void strs_add(struct arena *a, struct strs *v, const char *s);
/* Appends all of `more`. */
void strs_append(struct arena *a, struct strs *v, const struct strs *more);
void strs_sort(struct strs *v);        /* by byte value */
void strs_sort_unique(struct strs *v); /* and leaves each once */
bool strs_sorted_has(const struct strs *sorted, const char *s);
/* Whether one of the sorted strings begins with the `n` bytes. */
bool strs_begin(const struct strs *sorted, const char *start, size_t n);

#endif
