/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What changed in lock files, in words: "torch 2.2.0 → 1.13.1", "+uv 0.4",
 * "−six", "base image cuda 12.1.1 → 11.7.1".
 */
#ifndef VIEW_LOCKS_H
#define VIEW_LOCKS_H

#include "base/arena.h"
#include "capture/lock_changes.h"
#include "model/policy.h"
#include "view/object.h"
#include "view/style.h"

/* Of one file; more are counted. */
#define LOCK_ITEMS 8

/* One file's changes as texts, what matters most first, at most `max` and
 * then "and 12 more". A file that could not be read, or that is new or gone as
 * a whole with more than `max` packages, is one text. Not cleaned. */
void lock_items(struct strs *out, struct arena *a,
		const struct lock_change *change, enum language language,
		size_t max);
/* The same in the language of messages. */
void lock_items_spoken(struct strs *out, struct arena *a,
		       const struct lock_change *change, size_t max);

/* One change alone. */
const char *package_change_text(struct arena *a,
				const struct package_change *change,
				enum language language);

/* [{"path","format","added","removed","unread","changes":[{"kind","name",
 * "direct","before":[version],"after":[version]}]}] */
json_t *lock_changes_json(const struct lock_changes *changes);

/* [{"path","format","unread","packages":[{"kind","name","version",
 * "direct"}]}] */
json_t *locks_json(const struct locks *locks);

/* For a person: each file, and each of its packages or changes a line. Of the
 * packages of a file that tells which ones are direct, the others are
 * counted. */
void locks_text(struct buf *out, const struct style *style,
		const struct locks *locks);
void lock_changes_text(struct buf *out, const struct style *style,
		       const struct lock_changes *changes);

/* The same in one line a file, behind a word, as `show` has it. */
void lock_changes_summary(struct buf *out, const struct style *style,
			  const struct lock_changes *changes);

#endif
