/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/opener.h"

enum {
	DEPTH_MAX = 16,
	AMEND_MIN = 4, /* git takes "--am" for --amend */
};

static const char *program_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool git_takes_value(const char *option)
{
	static const char *const options[] = {
		"-C",          "-c",        "--attr-source", "--config-env",
		"--exec-path", "--git-dir", "--namespace",   "--super-prefix",
		"--work-tree",
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (!strcmp(option, options[i]))
			return true;
	return false;
}

static const char *next_arg(const char *arg, const char *end)
{
	arg += strlen(arg) + 1;
	return arg < end ? arg : NULL;
}

/* The git command in a command line as /proc shows it; NULL if there is
 * none. */
static const char *git_command(const struct bytes *cmdline)
{
	const char *end = cmdline->p + cmdline->n, *arg = cmdline->p;
	const char *program = program_name(arg);

	if (!strncmp(program, "git-", 4))
		return program + 4;
	if (strcmp(program, "git"))
		return NULL;
	arg = next_arg(arg, end);
	while (arg && *arg == '-') {
		if (git_takes_value(arg))
			arg = next_arg(arg, end);
		if (arg)
			arg = next_arg(arg, end);
	}
	return arg;
}

/* "/proc/<pid>/<name>" */
static struct bytes read_proc(const char *pid, const char *name)
{
	struct bytes path = { 0 }, file = { 0 };
	int fd;

	bytes_add_text(&path, "/proc/");
	bytes_add_text(&path, pid);
	bytes_add_text(&path, "/");
	bytes_add_text(&path, name);
	fd = path.failed ? -1 : opener_named(path.p);
	if (fd >= 0) {
		bytes_read(&file, fd);
		close(fd);
	}
	bytes_release(&path);
	return file;
}

/* The parent of a process, to be freed: the second word behind the name in
 * brackets. NULL if there is none. */
static char *parent_pid(const char *pid)
{
	struct bytes stat = read_proc(pid, "stat");
	const char *p = stat.n ? strrchr(stat.p, ')') : NULL;
	char *parent = NULL;

	if (p && strlen(p) > 4)
		parent = strndup(p + 4, strspn(p + 4, "0123456789"));
	bytes_release(&stat);
	return parent;
}

static bool is_started_by_others(const char *command)
{
	return !strcmp(command, "update-ref") || !strcmp(command, "retro") ||
	       !strcmp(command, "retro-hook");
}

struct bytes command_running(void)
{
	char *pid = parent_pid("self");
	struct bytes found = { 0 };

	for (int depth = 0; pid && !found.n && depth < DEPTH_MAX; depth++) {
		struct bytes cmdline = read_proc(pid, "cmdline");
		const char *command = cmdline.n ? git_command(&cmdline) : NULL;
		char *parent;

		if (command && !is_started_by_others(command))
			bytes_add(&found, command,
				  (size_t)(cmdline.p + cmdline.n - command));
		bytes_release(&cmdline);
		parent = parent_pid(pid);
		free(pid);
		pid = parent;
	}
	free(pid);
	return found;
}

bool command_amends(void)
{
	struct bytes command = command_running();
	const char *end = command.p + command.n, *arg = command.p;
	bool amends = false;

	if (command.n && !strcmp(arg, "commit"))
		while (!amends && (arg = next_arg(arg, end)) &&
		       strcmp(arg, "--") != 0)
			amends = strlen(arg) >= AMEND_MIN &&
				 !strncmp("--amend", arg, strlen(arg));
	bytes_release(&command);
	return amends;
}
