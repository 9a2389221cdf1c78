/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * libgit2. Where it is a shared library (LATE_LIBGIT2), it is opened when the
 * first object is read, and its functions are pointers until then NULL: with
 * its TLS and SSH a start takes 8 milliseconds, and most commands need none of
 * it. No other header includes git2.h.
 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

#include <git2.h>
#include <git2/sys/repository.h>

#include "base/attr.h"
#include "base/err.h"

#ifdef LATE_LIBGIT2
#include "git/late.h"
#define LIBGIT2_IS_LATE true
#else
#define LIBGIT2_IS_LATE false
#endif

/* Opens it and starts it; nothing if that is done. */
MUST_USE struct err *libgit2_open(void);
/* Ends what was started, if anything was. */
void libgit2_close(void);

#endif
