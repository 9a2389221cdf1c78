/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	usage <log> <cpu seconds> <megabytes> <command>...
 *
 * Runs the command and exits as it does. The log gets what it and its children
 * took: milliseconds of processor time, and the most memory that one of them
 * had, in megabytes. A process that takes more processor time than that is
 * killed; one that had more memory exits with 125.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long ms(struct timeval t)
{
	return t.tv_sec * 1000L + t.tv_usec / 1000;
}

int main(int argc, char **argv)
{
	struct rlimit limit;
	struct rusage used;
	int status;
	pid_t pid;
	FILE *log;

	if (argc < 5)
		return 99;
	limit.rlim_cur = strtoul(argv[2], NULL, 10);
	limit.rlim_max = limit.rlim_cur + 1;
	pid = fork();
	if (!pid) {
		if (setrlimit(RLIMIT_CPU, &limit))
			_exit(99);
		execvp(argv[4], argv + 4);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &used) != pid)
		return 99;
	log = fopen(argv[1], "w");
	if (!log ||
	    fprintf(log, "%ld %ld\n", ms(used.ru_utime) + ms(used.ru_stime),
		    used.ru_maxrss / 1024) < 0 ||
	    fclose(log))
		return 99;
	if (used.ru_maxrss / 1024 > strtol(argv[3], NULL, 10))
		return 125;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
