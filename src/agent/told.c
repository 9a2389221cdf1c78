/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line is "<session> <name>\n", each a hash of 16 digits.
 */
#include "agent/told.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "front/paths.h"
#include "front/state.h"

#define PLACE "agents"

enum {
	LINE_BYTES = 34,
	FILE_BYTES = 1 << 19, /* then it is begun anew */
};

struct told {
	struct repo *repo;
	const char *session; /* its hash; NULL: it has no name */
	const char *lines;
};

static const char *hashed(struct arena *a, const char *name)
{
	return arena_printf(a, "%016" PRIx64, paths_key(name));
}

struct told *told_open(struct arena *a, struct repo *repo, const char *session)
{
	struct told *told = arena_alloc(a, sizeof(*told));
	struct buf text = BUF_INIT;

	told->repo = repo;
	if (*session)
		told->session = hashed(a, session);
	err_free(file_read_own(
		&text, path_join(a, repo_common_dir(repo), "retro/" PLACE),
		2 * FILE_BYTES));
	told->lines = arena_strndup(a, text.p, text.n);
	buf_release(&text);
	return told;
}

static void put_told(char line[LINE_BYTES + 1], const struct told *told,
		     const char *name)
{
	snprintf(line, LINE_BYTES + 1, "%s %016" PRIx64 "\n", told->session,
		 paths_key(name));
}

bool told_has(const struct told *told, const char *name)
{
	char line[LINE_BYTES + 1];

	if (!told->session)
		return false;
	put_told(line, told, name);
	return strstr(told->lines, line) != NULL;
}

void told_add(const struct told *told, const struct strs *names)
{
	int dir = state_folder(repo_common_dir(told->repo)), fd = -1;
	struct buf lines = BUF_INIT;
	char line[LINE_BYTES + 1];

	for (size_t i = 0; told->session && i < names->nr; i++) {
		put_told(line, told, names->at[i]);
		buf_addstr(&lines, line);
	}
	if (lines.n)
		fd = state_open(dir, PLACE, O_WRONLY | O_APPEND | O_CREAT);
	if (fd >= 0 &&
	    (lseek(fd, 0, SEEK_END) < FILE_BYTES || !ftruncate(fd, 0)))
		state_write(fd, lines.p, lines.n);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	buf_release(&lines);
}
