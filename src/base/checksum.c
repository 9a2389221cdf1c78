/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/checksum.h"

#include <string.h>

static uint64_t mix_word(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

uint64_t checksum_bytes(uint64_t sum, const void *bytes, size_t n)
{
	const char *p = bytes;
	uint64_t word;

	for (; n >= sizeof(word); p += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		sum = mix_word(sum, word);
	}
	word = 0;
	memcpy(&word, p, n);
	return n ? mix_word(sum, word) : sum;
}

uint32_t checksum_text(const char *text)
{
	size_t n = strlen(text);

	/* The upper half: it depends on every bit of the text. */
	return (uint32_t)(checksum_bytes(n, text, n) >> 32);
}
