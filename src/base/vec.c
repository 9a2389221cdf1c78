/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sorted.h"
#include "base/work.h"

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
	for (size_t i = 0; i < v->nr && work_do(4); i++)
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

/* A string, and its next bytes as a number: most strings differ there, so that
 * few of them need be looked at again. */
struct sortable {
	uint64_t key[2]; /* after what all of them begin with */
	const char *s;
};

static int compare_strs(const void *a, const void *b)
{
	const struct sortable *one = a, *other = b;

	for (size_t i = 0; i < 2; i++)
		if (one->key[i] != other->key[i])
			return one->key[i] < other->key[i] ? -1 : 1;
	return strcmp(one->s, other->s);
}

/* How many bytes all of them begin with. */
static size_t common_prefix(const struct strs *v)
{
	size_t n = strlen(v->at[0]);

	for (size_t i = 1; i < v->nr; i++)
		for (size_t j = 0; j < n; j++)
			if (v->at[i][j] != v->at[0][j])
				n = j;
	return n;
}

static struct sortable sortable(const char *s, size_t from)
{
	struct sortable item = { { 0, 0 }, s };

	s += from;
	for (int i = 0; i < 16 && *s; i++, s++)
		item.key[i / 8] |= (uint64_t)(unsigned char)*s
				   << (56 - 8 * (i % 8));
	return item;
}

void strs_sort(struct strs *v)
{
	struct sortable *items = mem_calloc(v->nr + 1, sizeof(*items));
	size_t from = v->nr ? common_prefix(v) : 0;

	for (size_t i = 0; i < v->nr; i++)
		items[i] = sortable(v->at[i], from);
	qsort(items, v->nr, sizeof(*items), compare_strs);
	for (size_t i = 0; i < v->nr; i++)
		v->at[i] = items[i].s;
	free(items);
}

void strs_sort_unique(struct strs *v)
{
	size_t kept = 0;

	strs_sort(v);
	for (size_t i = 0; i < v->nr; i++)
		if (!kept || strcmp(v->at[kept - 1], v->at[i]) != 0)
			v->at[kept++] = v->at[i];
	v->nr = kept;
}

static int by_string(const void *s, const void *other)
{
	return strcmp(s, *(const char *const *)other);
}

bool strs_sorted_has(const struct strs *sorted, const char *s)
{
	return sorted->nr && bsearch(s, sorted->at, sorted->nr,
				     sizeof(*sorted->at), by_string);
}

static int by_start(const void *key, const void *s)
{
	const struct sorted_key *start = key;

	return strncmp(start->text, *(const char *const *)s, start->n);
}

bool strs_begin(const struct strs *sorted, const char *start, size_t n)
{
	const struct sorted_key key = { start, n };
	size_t at = sorted_first(&key, sorted->at, sorted->nr,
				 sizeof(*sorted->at), by_start);

	return at < sorted->nr && !by_start(&key, &sorted->at[at]);
}
