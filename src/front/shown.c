/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line is "<day> <hash of the mail> <retro> <files>\n", of fixed width.
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

#include "front/state.h"

#define PLACE "shown"
#define HEAD  (8 + 1 + 16 + 1)     /* day and mail */
#define LINE  (HEAD + 16 + 1 + 16) /* without the newline */
#define LONG  (1 << 20)            /* then what is old is forgotten */

struct shown {
	char head[HEAD + 1];
	char *text;
};

/* Today in the local zone, and the person. */
static void make_head(char head[HEAD + 1])
{
	const char *mail = getenv("GIT_AUTHOR_EMAIL");
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t now =
		fixed && *fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
	struct tm day;

	memset(&day, 0, sizeof(day));
	localtime_r(&now, &day);
	snprintf(head, HEAD + 1, "%04u%02u%02u %016" PRIx64 " ",
		 (unsigned)(day.tm_year + 1900) % 10000,
		 (unsigned)(day.tm_mon + 1) % 100, (unsigned)day.tm_mday % 100,
		 paths_key(mail ? mail : ""));
}

static int open_place(const char *common_dir, int flags)
{
	int dir = state_folder(common_dir);
	int fd = state_open(dir, PLACE, flags);

	if (dir >= 0)
		close(dir);
	return fd;
}

static char *read_shown_text(int fd)
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

struct shown *shown_load(const char *common_dir)
{
	struct shown *shown = calloc(1, sizeof(*shown));
	int fd = open_place(common_dir, O_RDONLY);

	if (shown) {
		make_head(shown->head);
		shown->text = read_shown_text(fd);
	}
	if (fd >= 0)
		close(fd);
	if (shown && !shown->text) {
		free(shown);
		return NULL;
	}
	return shown;
}

void shown_free(struct shown *shown)
{
	if (shown)
		free(shown->text);
	free(shown);
}

static void put_shown_line(char line[LINE + 2], const char *head,
			   const struct paths_match *match)
{
	snprintf(line, LINE + 2, "%s%016" PRIx64 " %016" PRIx64 "\n", head,
		 match->key, match->files);
}

bool shown_has(const struct shown *shown, const struct paths_match *match)
{
	char line[LINE + 2];

	put_shown_line(line, shown->head, match);
	return strstr(shown->text, line) != NULL;
}

void shown_add(const char *common_dir, const struct paths_match *matches,
	       size_t nr)
{
	char head[HEAD + 1];
	char *lines = malloc(nr * (LINE + 1) + 2);
	int fd = open_place(common_dir, O_WRONLY | O_APPEND | O_CREAT);
	struct stat st;

	make_head(head);
	for (size_t i = 0; lines && i < nr; i++)
		put_shown_line(lines + i * (LINE + 1), head, &matches[i]);
	if (fd < 0 || fstat(fd, &st) || st.st_size > LONG)
		nr = fd >= 0 && !ftruncate(fd, 0) ? nr : 0;
	/* On a full disk it is shown again. */
	if (lines && nr)
		state_write(fd, lines, nr * (LINE + 1));
	free(lines);
	if (fd >= 0)
		close(fd);
}
