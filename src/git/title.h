/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The title of a change, as far as it stays the same where the change is taken
 * elsewhere. Of
 *
 *	[release-3.4] Fix the loader (#12) (#34)
 *	fix: Revert "Fix the loader (#12)" (#13)
 *
 * it is `fix the loader` and `revert "fix the loader"`. Reapply "T" is
 * Revert "Revert "T"".
 */
#ifndef GIT_TITLE_H
#define GIT_TITLE_H

#include <stddef.h>
#include <stdint.h>

struct title {
	uint64_t key;    /* of what stays the same; 0: nothing does */
	uint32_t number; /* of its own request, the 34 above; 0: none */
	uint32_t of; /* of the request that it takes over, the 12; 0: none */
};

/* `subject` is a message's first paragraph, in one line. */
struct title title_read(const char *subject);

/* The key of the title that the change may have where it lands again: its own
 * for 0, then those of "T (2)", "T (again)", ...; 0 after the last, and where
 * `key` is. */
uint64_t title_key_again(uint64_t key, size_t i);

#endif
