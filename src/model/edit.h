/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Surgical edits of a retro: each gives the file's new bytes, in which nothing
 * but the touched value differs. Comments, key order, quoting, indentation,
 * line ends and a byte order mark stay byte for byte. Pure text: the caller
 * writes the bytes (base/file.h).
 *
 * After each edit the new bytes are read again; if anything but the touched
 * value reads differently, or the value does not read back as asked, the edit
 * is refused with ERR_UNSUPPORTED that says what stood in the way and how to
 * do it by hand, and `out` is empty.
 */
#ifndef MODEL_EDIT_H
#define MODEL_EDIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/action.h"
#include "model/retro.h"

/* A key is that of field_table ("releases"), or with a dot that of a map
 * within ("commits.cause"); an alias that the file already uses is edited
 * where it stands. A key that is missing is created at its place in the
 * field order; a file without front matter gets one. ERR_USAGE for a key that
 * is no field, for a value that its type cannot take or that is not UTF-8. An
 * edit of broken YAML, or of a value with an anchor or a tag, is refused. */

/* Makes the field this one value; NULL empties it (the key stays, its value
 * goes). ERR_USAGE for a key whose type takes no single value. */
MUST_USE struct err *edit_set(struct buf *out, struct arena *a,
			      const struct retro *retro, const char *key,
			      const char *value);

/* Adds to a list in the style that it has (flow or block); a single scalar
 * becomes a list of two. Adding what is there already changes nothing: `out`
 * is then the old bytes. */
MUST_USE struct err *edit_add(struct buf *out, struct arena *a,
			      const struct retro *retro, const char *key,
			      const char *value);

/* Takes a value out of a list, from every place and spelling that has it;
 * ERR_NOT_FOUND if it is not there. A list that gets empty is left as []; a
 * comment in the line of an item stays. */
MUST_USE struct err *edit_remove(struct buf *out, struct arena *a,
				 const struct retro *retro, const char *key,
				 const char *value);

/* Puts `value` in the place of an item `old` of a list, wherever and as often
 * as it stands there; order and comments stay. Where `value` is in the list
 * already, `old` is only taken out. ERR_NOT_FOUND if `old` is not there. */
MUST_USE struct err *edit_replace(struct buf *out, struct arena *a,
				  const struct retro *retro, const char *key,
				  const char *old, const char *value);

/* Takes the problem of a pitfall ("P1") out of the list of `commits`, with all
 * that it names and the comments beside that. ERR_NOT_FOUND if there is none;
 * refused where `commits` is a map, which is the problem. */
MUST_USE struct err *edit_remove_problem(struct buf *out, struct arena *a,
					 const struct retro *retro,
					 const char *number);

/* Flips an action's box and writes its mark after the text: done gives
 * "done:<mark>", declined "(declined: <mark>)", open takes such marks away.
 * `id` is "A1"; a `mark` of NULL writes none. The body must have been read.
 * ERR_NOT_FOUND names the actions there are; ERR_EXISTS if it has that state
 * already; ERR_USAGE for a mark that could not be read back. */
MUST_USE struct err *edit_action(struct buf *out, struct arena *a,
				 const struct retro *retro, const char *id,
				 enum action_state state, const char *mark);

/* Puts a word, such as an address, behind the text of an action that is a task
 * item. ERR_NOT_FOUND names the actions there are. */
MUST_USE struct err *edit_action_word(struct buf *out, struct arena *a,
				      const struct retro *retro, const char *id,
				      const char *word);

/* Appends an action to the actions section, creating the section at the end in
 * `heading` (such as "Actions") if there is none. It gets the next free id,
 * which `*id` names. `text` is one line of Markdown with its marks. */
MUST_USE struct err *edit_action_add(struct buf *out, const char **id,
				     struct arena *a, const struct retro *retro,
				     const char *heading, const char *text);

#endif
