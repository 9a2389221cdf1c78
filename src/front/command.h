/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The git command that runs a hook. git tells a hook nothing of what it is
 * doing; its command line does, where /proc shows it. With the C library alone.
 */
#ifndef FRONT_COMMAND_H
#define FRONT_COMMAND_H

#include <stdbool.h>

#include "front/bytes.h"

/* The command and its arguments, each with its NUL; empty where it cannot be
 * seen. Between it and us there may be a hook manager. What starts update-ref,
 * or programs of ours, knows why these run. To be released. */
struct bytes command_running(void);

/* Whether it is `git commit --amend`: the commit that is made takes the place
 * of HEAD. */
bool command_amends(void);

#endif
