/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files in a folder that a group shares: it may write there, and what is made
 * there belongs to it (setgid), as git makes its directory where
 * core.sharedRepository says so. This file uses the C library alone.
 */
#ifndef BASE_GROUP_WRITE_H
#define BASE_GROUP_WRITE_H

/* `path`, below the open folder `at` (or AT_FDCWD), was just made: in such a
 * folder the group may do with it what its owner may. */
void group_write_made(int at, const char *path);

#endif
