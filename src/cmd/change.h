/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changing a retro that is there: read, edit, write, under one lock for the
 * work tree, so that of two commands that edit at once the second sees what
 * the first wrote. What was changed by other hands between reading and writing
 * is never overwritten.
 */
#ifndef CMD_CHANGE_H
#define CMD_CHANGE_H

#include "base/buf.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "corpus/corpus.h"

struct change {
	struct env *env;
	struct file_lock lock;
	struct corpus corpus;
	struct retro *retro; /* its body is read */
	bool named;          /* by the person, in full: its path or its id */
};

/* Takes the lock and finds the retro that `name` means. To be ended also when
 * this fails. */
MUST_USE struct err *change_begin(struct change *change, struct env *env,
				  const char *name);

/* Writes the retro's new bytes; the same bytes as before are not written. Says
 * on stderr which file it was, unless the person named it in full.
 * ERR_FAILED if the file changed in the meantime, which stays as it is. */
MUST_USE struct err *change_write(struct change *change,
				  const struct buf *bytes);

/* Lets others edit while a person does, and takes the lock again. */
void change_pause(struct change *change);
MUST_USE struct err *change_resume(struct change *change);

void change_end(struct change *change);

#endif
