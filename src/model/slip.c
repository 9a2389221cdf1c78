/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/slip.h"

#include <string.h>

#include "base/text.h"

/* A longer word is not a slip of a short one. Bytes. */
#define WORD_MAX 64

const char *slip_nearest(const char *word, const struct strs *candidates)
{
	const char *nearest = NULL;

	if (strlen(word) > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < candidates->nr; i++) {
		if (text_distance(word, candidates->at[i]) != 1)
			continue;
		if (nearest)
			return NULL;
		nearest = candidates->at[i];
	}
	return nearest;
}

const struct fix *slip_new(struct arena *a, size_t at, size_t len,
			   const char *text)
{
	struct fix *fix = arena_alloc(a, sizeof(*fix));

	*fix = (struct fix){ at, len, text };
	return fix;
}

const struct fix *slip_replace(struct arena *a, const struct node *node,
			       const char *text)
{
	size_t n = node->end.byte - node->start.byte;

	return node->plain && n == strlen(node->text)
		       ? slip_new(a, node->start.byte, n, text)
		       : NULL;
}

const struct fix *slip_word(struct arena *a, const struct node *value,
			    const struct strs *words)
{
	const char *meant = slip_nearest(value->text, words);

	return meant ? slip_replace(a, value, meant) : NULL;
}
