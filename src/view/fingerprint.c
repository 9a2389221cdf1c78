/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/fingerprint.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/* Those that a forge could take for each other stand together, in order. */
static int compare_prints(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	int order = strcmp(a->path, b->path);

	if (!order)
		order = strcmp(a->rule, b->rule);
	if (!order)
		order = strcmp(a->text, b->text);
	return order ? order : (a > b) - (a < b);
}

static bool is_same_diag(const struct diag *a, const struct diag *b)
{
	return !strcmp(a->path, b->path) && !strcmp(a->rule, b->rule) &&
	       !strcmp(a->text, b->text);
}

static const char *fingerprint(struct arena *a, const struct diag *diag,
			       size_t before)
{
	uint64_t hash;
	char count[24];

	snprintf(count, sizeof(count), "%zu", before);
	hash = hash_text(HASH_START, diag->rule);
	hash = hash_text(hash, diag->path);
	hash = hash_text(hash, diag->text);
	hash = hash_text(hash, count);
	return arena_printf(a, "%016" PRIx64, hash);
}

const char *const *fingerprints_of(const struct diags *diags)
{
	struct arena *a = diags->arena;
	const char **prints = arena_alloc(a, (diags->nr + 1) * sizeof(*prints));
	const struct diag **sorted = mem_calloc(diags->nr + 1, sizeof(*sorted));
	size_t before = 0;

	for (size_t i = 0; i < diags->nr; i++)
		sorted[i] = &diags->at[i];
	qsort(sorted, diags->nr, sizeof(*sorted), compare_prints);
	for (size_t i = 0; i < diags->nr; i++) {
		before = i && is_same_diag(sorted[i - 1], sorted[i])
				 ? before + 1
				 : 0;
		prints[sorted[i] - diags->at] =
			fingerprint(a, sorted[i], before);
	}
	free(sorted);
	return prints;
}
