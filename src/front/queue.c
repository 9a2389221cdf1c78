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

#include "base/line.h"
#include "base/opener.h"
#include "front/state.h"

#define PLACE "rewrites"
#define HEX   64 /* of the longest id */

/* A longer queue is put aside, and what was put aside before is forgotten:
 * some 45,000 rewrites back. */
#define LONG (4 << 20)

/* The commits that the rebase which is just ending was built on, "" if none:
 * its state is still there. */
struct bases {
	char onto[2][HEX + 1];
};

/* The digits of the full id at `s`, 40 or 64; 0 if there is none. */
static size_t id_length(const char *s)
{
	size_t n = strspn(s, "0123456789abcdef");

	return n == 40 || n == HEX ? n : 0;
}

static void read_bases(struct bases *bases, int git)
{
	static const char *const names[] = { "rebase-merge/onto",
					     "rebase-apply/onto" };

	for (int i = 0; i < 2; i++) {
		int fd = opener_open(git, names[i], O_RDONLY, 0);
		ssize_t n = fd < 0 ? 0 : read(fd, bases->onto[i], HEX);

		bases->onto[i][n > 0 ? n : 0] = '\0';
		bases->onto[i][id_length(bases->onto[i])] = '\0';
		if (fd >= 0)
			close(fd);
	}
}

static bool is_base(const struct bases *bases, const char *id, size_t n)
{
	for (int i = 0; i < 2; i++)
		if (n && !strncmp(bases->onto[i], id, n))
			return true;
	return false;
}

/* The length of the ids of a line "<id> <id>", behind which more may stand; 0
 * if it is none. The line ends at `n`, and not with a digit. */
static size_t pair_length(const char *line, size_t n)
{
	size_t length = id_length(line);
	size_t both = 2 * length + 1;

	return length && n >= both && line[length] == ' ' &&
			       id_length(line + length + 1) == length &&
			       (n == both || line[both] == ' ')
		       ? length
		       : 0;
}

/* A newline comes first: what another process left half written does not
 * spoil the first of ours. */
static void put_queue_lines(FILE *out, const struct bases *bases,
			    const char *command, const char *lines, size_t n)
{
	const char *end = lines + n, *line;

	fputc('\n', out);
	while (line_next(&line, &n, &lines, end)) {
		size_t length = pair_length(line, n);

		if (length && !is_base(bases, line + length + 1, length))
			fprintf(out, "%s %.*s\n", command,
				(int)(2 * length + 1), line);
	}
}

static void append_queue(int dir, const char *bytes, size_t n)
{
	int fd = state_open(dir, PLACE, O_WRONLY | O_APPEND | O_CREAT);
	struct stat st;

	if (fd < 0)
		return;
	if (state_write(fd, bytes, n) && !fstat(fd, &st) && st.st_size > LONG)
		state_put_aside(dir, PLACE, PLACE ".old");
	close(fd);
}

/* The command is a word of git's, or of a tool that calls the hook itself. */
static bool is_command_word(const char *command)
{
	return *command &&
	       !command[strspn(command, "abcdefghijklmnopqrstuvwxyz-")];
}

void queue_append(const char *git_dir, const char *common_dir,
		  const char *command, const char *lines, size_t n)
{
	struct bases bases = { { "", "" } };
	char *bytes = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&bytes, &length);
	int git = state_folder(git_dir), common = state_folder(common_dir);

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
