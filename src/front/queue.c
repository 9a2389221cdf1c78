/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/group_write.h"

#define PLACE "retro/rewrites"
#define HEX   40
#define IDS   (2 * HEX + 1) /* two ids and a space */

/* A longer queue is put aside, and what was put aside before is forgotten:
 * some 45,000 rewrites back. */
#define LONG (4 << 20)

/* The commits that the rebase which is just ending was built on, "" if none:
 * its state is still there. */
struct bases {
	char onto[2][HEX + 1];
};

static void read_bases(struct bases *bases, int git)
{
	static const char *const names[] = { "rebase-merge/onto",
					     "rebase-apply/onto" };

	for (int i = 0; i < 2; i++) {
		int fd = openat(git, names[i], O_RDONLY | O_CLOEXEC);
		ssize_t n = fd < 0 ? 0 : read(fd, bases->onto[i], HEX);

		bases->onto[i][n == HEX ? HEX : 0] = '\0';
		if (fd >= 0)
			close(fd);
	}
}

static bool is_base(const struct bases *bases, const char *id)
{
	for (int i = 0; i < 2; i++)
		if (*bases->onto[i] && !memcmp(bases->onto[i], id, HEX))
			return true;
	return false;
}

static bool is_pair(const char *line, size_t n)
{
	static const char hex[] = "0123456789abcdef";

	return n >= IDS && strspn(line, hex) == HEX && line[HEX] == ' ' &&
	       strspn(line + HEX + 1, hex) >= HEX &&
	       (n == IDS || line[IDS] == ' ');
}

/* A newline comes first: what another process left half written does not
 * spoil the first of ours. */
static void put_queue_lines(FILE *out, const struct bases *bases,
			    const char *command, const char *lines, size_t n)
{
	const char *at = lines, *end = lines + n;

	fputc('\n', out);
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		stop = stop ? stop : end;
		if (is_pair(at, (size_t)(stop - at)) &&
		    !is_base(bases, at + HEX + 1))
			fprintf(out, "%s %.*s\n", command, IDS, at);
		at = stop + 1;
	}
}

static void put_aside(int dir, int fd)
{
	struct stat st;

	if (!fstat(fd, &st) && st.st_size > LONG)
		renameat(dir, PLACE, dir, PLACE ".old");
}

static void append_queue(int dir, const char *bytes, size_t n)
{
	int fd;

	if (!mkdirat(dir, "retro", 0777))
		group_write_made(dir, "retro");
	else if (errno != EEXIST)
		return;
	fd = openat(dir, PLACE, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
		    0666);
	if (fd < 0)
		return;
	group_write_made(dir, PLACE);
	if (write(fd, bytes, n) == (ssize_t)n)
		put_aside(dir, fd);
	close(fd);
}

/* The command is a word of git's, or of a tool that calls the hook itself. */
static bool is_command_word(const char *command)
{
	return *command &&
	       !command[strspn(command, "abcdefghijklmnopqrstuvwxyz-")];
}

static int open_queue_dir(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void queue_append(const char *git_dir, const char *common_dir,
		  const char *command, const char *lines, size_t n)
{
	struct bases bases = { { "", "" } };
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);
	int git = open_queue_dir(git_dir), common = open_queue_dir(common_dir);

	if (git >= 0)
		read_bases(&bases, git);
	if (out)
		put_queue_lines(out, &bases,
				is_command_word(command) ? command : "other",
				lines, n);
	if (out && !fclose(out) && common >= 0 && length > 1)
		append_queue(common, bytes, length);
	free(bytes);
	if (git >= 0)
		close(git);
	if (common >= 0)
		close(common);
}
