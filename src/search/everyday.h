/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of everyday Chinese (为什么, 没有, 了), which people type around what
 * they seek: they stand in any text, or in none that is written with care, and
 * say nothing of what it is about.
 */
#ifndef SEARCH_EVERYDAY_H
#define SEARCH_EVERYDAY_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the character at a byte of the text is, or is part of, such a word;
 * of a traditional text, too. */
bool everyday_at(const char *text, size_t at);
/* The words, one by one; NULL behind the last. */
const char *everyday_word(size_t i);

#endif
