/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line is "<day> <person> <key> <what> <head> <mark>\n"; all are as long.
 */
#include "front/shown.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "front/paths.h"
#include "front/state.h"

#define PLACE    "shown"
#define LINE     (8 + 17 + 17 + 2 + 17 + 17 + 1) /* with the newline */
#define LONG     (1 << 21)                       /* then it is begun anew */
#define LAST_DAY 99991231

struct shown {
	time_t now;
	int today;
	uint64_t person;
	struct shown_event *events;
	size_t nr;
};

static int day_number(time_t when)
{
	struct tm day;

	memset(&day, 0, sizeof(day));
	localtime_r(&when, &day);
	return (day.tm_year + 1900) % 10000 * 10000 + (day.tm_mon + 1) * 100 +
	       day.tm_mday;
}

static int open_shown(const char *common_dir, int flags)
{
	int dir = state_folder(common_dir);
	int fd = state_open(dir, PLACE, flags);

	if (dir >= 0)
		close(dir);
	return fd;
}

static char *read_shown(int fd)
{
	struct stat st;
	char *text;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) || st.st_size > 2 * LONG)
		return calloc(1, 1);
	text = calloc(1, (size_t)st.st_size + 1);
	n = text ? read(fd, text, (size_t)st.st_size) : 0;
	if (n < 0)
		*text = '\0';
	return text;
}

/* False for a line that is not one of ours. */
static bool read_shown_event(struct shown_event *out, const char *line)
{
	char text[LINE + 1], what;
	size_t n = strnlen(line, LINE);
	int end = 0;

	/* sscanf() measures all that follows, whatever it reads of it. */
	memcpy(text, line, n);
	text[n] = '\0';
	*out = (struct shown_event){ 0 };
	if (sscanf(text,
		   "%8d %16" SCNx64 " %16" SCNx64 " %c %16s %16" SCNx64 "%n",
		   &out->day, &out->person, &out->key, &what, out->head,
		   &out->mark, &end) != 6 ||
	    text[end] != '\n' || !strchr("scem", what))
		return false;
	out->what = (enum shown_what)what;
	return true;
}

static bool read_events(struct shown *shown, const char *text)
{
	size_t lines = 1;

	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	shown->events = calloc(lines, sizeof(*shown->events));
	if (!shown->events)
		return false;
	for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
		if (read_shown_event(&shown->events[shown->nr], text))
			shown->nr++;
	return true;
}

struct shown *shown_load(const char *common_dir, const char *mail)
{
	struct shown *shown = calloc(1, sizeof(*shown));
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	const char *author = mail ? mail : getenv("GIT_AUTHOR_EMAIL");
	int fd = open_shown(common_dir, O_RDONLY);
	char *text = read_shown(fd);

	if (fd >= 0)
		close(fd);
	if (shown && text && read_events(shown, text)) {
		shown->now = fixed && *fixed ? (time_t)strtoll(fixed, NULL, 10)
					     : time(NULL);
		shown->today = day_number(shown->now);
		shown->person = paths_key(author ? author : "");
	} else {
		shown_free(shown);
		shown = NULL;
	}
	free(text);
	return shown;
}

void shown_free(struct shown *shown)
{
	if (shown)
		free(shown->events);
	free(shown);
}

const struct shown_event *shown_events(size_t *nr, const struct shown *shown)
{
	*nr = shown->nr;
	return shown->events;
}

int shown_today(const struct shown *shown)
{
	return shown->today;
}

uint64_t shown_person(const struct shown *shown)
{
	return shown->person;
}

int shown_day_after(const struct shown *shown, int days)
{
	return days < 0 ? LAST_DAY
			: day_number(shown->now + (time_t)days * 24 * 60 * 60);
}

bool shown_is_silent(const struct shown *shown, uint64_t key)
{
	int since = day_number(shown->now - (time_t)SHOWN_DAYS * 24 * 60 * 60);
	int muted = 0, told = 0, last = 0;

	for (size_t i = 0; i < shown->nr; i++) {
		const struct shown_event *event = &shown->events[i];

		if (event->person != shown->person || event->key != key)
			continue;
		if (event->what == SHOWN_TOLD) {
			told++;
			last = event->day;
		} else if (event->what == SHOWN_CHANGED) {
			told = 0;
		} else if (event->what == SHOWN_MUTED) {
			muted = event->day;
			told = 0;
		}
	}
	return muted > shown->today || told >= SHOWN_IN_VAIN ||
	       (last > since && last <= shown->today);
}

static void put_event(char *line, const struct shown_event *event)
{
	char text[2 * LINE];

	snprintf(text, sizeof(text),
		 "%08u %016" PRIx64 " %016" PRIx64 " %c %-16.16s %016" PRIx64
		 "\n",
		 (unsigned)event->day % 100000000, event->person, event->key,
		 (char)event->what, *event->head ? event->head : "-",
		 event->mark);
	memcpy(line, text, LINE);
}

bool shown_add(const char *common_dir, const struct shown_event *events,
	       size_t nr)
{
	char *lines = malloc(nr * LINE + 1);
	int fd = open_shown(common_dir, O_WRONLY | O_APPEND | O_CREAT);
	struct stat st;
	bool good = lines && fd >= 0 && !fstat(fd, &st);

	for (size_t i = 0; good && i < nr; i++)
		put_event(lines + i * LINE, &events[i]);
	if (good && st.st_size > LONG)
		good = !ftruncate(fd, 0);
	if (good)
		good = state_write(fd, lines, nr * LINE);
	free(lines);
	if (fd >= 0)
		close(fd);
	return good;
}
