/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/fingerprint.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a */
static void mix_fingerprint(uint64_t *hash, const char *s)
{
	do {
		*hash = (*hash ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	} while (*s++);
}

static bool is_same_diag(const struct diag *a, const struct diag *b)
{
	return !strcmp(a->rule, b->rule) && !strcmp(a->text, b->text);
}

const char *fingerprint_of(char out[FINGERPRINT_SIZE],
			   const struct diags *diags, size_t nth)
{
	const struct diag *diag = &diags->at[nth];
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	unsigned before = 0;
	char count[16];

	/* The same file's stand together. */
	for (size_t i = nth; i-- > 0 && !strcmp(diags->at[i].path, diag->path);)
		before += is_same_diag(&diags->at[i], diag);
	snprintf(count, sizeof(count), "%u", before);
	mix_fingerprint(&hash, diag->rule);
	mix_fingerprint(&hash, diag->path);
	mix_fingerprint(&hash, diag->text);
	mix_fingerprint(&hash, count);
	snprintf(out, FINGERPRINT_SIZE, "%016" PRIx64, hash);
	return out;
}
