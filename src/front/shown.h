/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pre-commit hook told whom, and what happened then, so that nobody is
 * told twice a month or in vain: <common_dir>/retro/shown, a line for each
 * event. Of this clone alone, never sent, and disposable. With the C library
 * alone.
 *
 * A pitfall is silent for a person for SHOWN_DAYS after it was told; while it
 * is muted; and once it was told SHOWN_IN_VAIN times without an effect.
 */
#ifndef FRONT_SHOWN_H
#define FRONT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SHOWN_DAYS = 30,
	SHOWN_IN_VAIN = 5,
};

/* The letters stand in the file. */
enum shown_what {
	SHOWN_TOLD = 's',
	SHOWN_KEPT = 'c',    /* what it was told of was committed as it was */
	SHOWN_CHANGED = 'e', /* it is not in the history that followed */
	SHOWN_MUTED = 'm',
};

struct shown_event {
	int day;         /* as 20260131; SHOWN_MUTED: the last one of it */
	uint64_t person; /* a hash of the mail */
	uint64_t key;    /* paths_key() of the pitfall's name */
	enum shown_what what;
	char head[17]; /* the first digits of HEAD's commit then */
	uint64_t mark; /* what was told of: a mark of the change; or 0 */
};

struct shown;

/* For the author of the commit: GIT_AUTHOR_EMAIL, which git sets for the hook,
 * unless `mail` is given. NULL only without memory. */
struct shown *shown_load(const char *common_dir, const char *mail);
void shown_free(struct shown *shown);
bool shown_is_silent(const struct shown *shown, uint64_t key);

/* Every event of everybody, oldest first; borrowed. */
const struct shown_event *shown_events(size_t *nr, const struct shown *shown);
/* Today, and the person that it was loaded for. */
int shown_today(const struct shown *shown);
uint64_t shown_person(const struct shown *shown);
/* The day that is so many after today; the last one there is if `days` < 0. */
int shown_day_after(const struct shown *shown, int days);

/* Remembers them. False if that failed: it is shown again. */
bool shown_add(const char *common_dir, const struct shown_event *events,
	       size_t nr);

#endif
