/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sum by which bytes are known again: against accidents, not against an
 * enemy.
 */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Goes on from `sum`. Where bytes come in pieces each but the last is a
 * multiple of eight long. Zeros at the end are not told from none: begin with
 * the length. */
uint64_t checksum_bytes(uint64_t sum, const void *bytes, size_t n);

/* The same of a text, folded: of two texts that have different ones, neither
 * is the other. */
uint32_t checksum_text(const char *text);

#endif
