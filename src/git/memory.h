/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of libgit2 is never NULL, as ours (base/mem.h): without any left
 * it would go on with a part of its settings, and fall over it.
 */
#ifndef GIT_MEMORY_H
#define GIT_MEMORY_H

/* Before libgit2 is started. Of the versions whose door this is. */
void memory_set_up(void);

#endif
