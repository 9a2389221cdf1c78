/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Child processes: git, the editor, the pager. A child never goes through a
 * shell unless it is a person's own configured command (editor, pager), as git
 * does it. The names of `git rev-parse --local-env-vars` (GIT_DIR, ...) can be
 * cleared for it.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

struct proc {
	/* set by the caller */
	const char *const *argv; /* ends with NULL; looked up in PATH */
	const char *dir;         /* run there, or NULL */
	bool clear_git_env;      /* forget GIT_DIR and its like */
	const char *const *env;  /* more of it, "NAME=value", in place of what
				  * has that name; ends with NULL, or NULL */
	bool quiet;              /* its stderr goes to /dev/null */
	int err_fd;              /* or, if not 0, there; stays the caller's */
	const void *in;          /* bytes for its stdin; NULL: /dev/null */
	size_t in_len;
	int in_fd;   /* or, if not 0, this is its stdin; stays the caller's */
	int failure; /* errno, if its output could not be read to its end or
		      * its input not be sent; proc_finish() tells it */
	/* private while running */
	pid_t pid;
	int out_fd;
};

/* Runs to the end, appends its stdout to `out`, and sets `*status` to its exit
 * status (128 + signal if it was killed). An error only if it could not be
 * started: ERR_NOT_FOUND when there is no such program. `in` must fit a pipe
 * or the child must read it before it writes more than a pipe holds. */
MUST_USE struct err *proc_run(struct proc *p, struct buf *out, int *status);

/* The same in two halves: read p->out_fd to its end, then proc_finish(), which
 * closes it. `in` is not sent here. */
MUST_USE struct err *proc_start(struct proc *p);
MUST_USE struct err *proc_finish(struct proc *p, int *status);

/* Runs argv with our own stdin, stdout and stderr, and waits. While it runs,
 * SIGINT and SIGQUIT are the child's. */
MUST_USE struct err *proc_foreground(struct proc *p, int *status);

/* Starts argv and does not wait: its stdin, stdout and stderr are /dev/null,
 * and what ends us does not end it. */
MUST_USE struct err *proc_detach(struct proc *p);

/* Calls `fn` in a copy of this process, whose stdin is /dev/null and whose
 * stdout is read at p->out_fd, as after proc_start(); it ends with what `fn`
 * returns. No other thread may run. */
MUST_USE struct err *proc_fork(struct proc *p, int (*fn)(void *data),
			       void *data);
/* Stops one that runs; proc_finish() still waits for it. */
void proc_stop(struct proc *p);

/* Opens `path` in the person's editor as git chooses it (GIT_EDITOR,
 * core.editor, VISUAL, EDITOR, vi), asked of `git var GIT_EDITOR`. An editor
 * that fails is an error naming it. */
MUST_USE struct err *proc_edit(const char *path);

/* Sends what is written to stdout from now on through `pager` (a shell command;
 * "" and "cat" mean none), as git does: only if stdout is a terminal, with
 * LESS=FRX and LV=-c unless set, stderr too if it is a terminal, and a signal
 * that ends us waits for the pager first. proc_pager_wait() flushes stdout,
 * waits for it and gives stderr back; call it before exit. */
MUST_USE struct err *proc_pager(const char *pager);
void proc_pager_wait(void);

#endif
