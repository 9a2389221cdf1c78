/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	inject <io|start|kill> <n> <error> <log> <command>...
 *
 * Runs the command, and has the system call number n (from 1) of that class
 * fail with that errno, of all that processes of git-retro and git-retro-hook
 * make; theirs alone, not those of git, which they start or which starts them.
 * With n 0 none fails. The log gets how many there were, and which one failed.
 * kill: of the calls that change a file, and it does not fail: the process gets
 * the signal of that number before it is made.
 *
 * git-retro is counted from its main() on, known by its first sigaction(2) of
 * SIGXFSZ: what the loader does is not ours.
 */
#include <elf.h>
#include <errno.h>
#include <linux/limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
int main(void)
{
	return 77; /* not here */
}
#else

enum { TASKS = 4096 };

struct task {
	pid_t pid;
	bool ours, armed, inside, fails;
};

static struct task tasks[TASKS];
static size_t nr_tasks;
static long calls, wanted;
static int error_number, failed_call = -1;
static const int *counted; /* the calls of the class */
static size_t nr_counted;
static bool kills;

static const int io_calls[] = {
	SYS_open,       SYS_openat,     SYS_openat2,   SYS_read,
	SYS_pread64,    SYS_write,      SYS_pwrite64,  SYS_writev,
	SYS_stat,       SYS_lstat,      SYS_fstat,     SYS_newfstatat,
	SYS_statx,      SYS_getdents64, SYS_fsync,     SYS_fdatasync,
	SYS_ftruncate,  SYS_rename,     SYS_renameat,  SYS_renameat2,
	SYS_link,       SYS_linkat,     SYS_unlink,    SYS_unlinkat,
	SYS_mkdir,      SYS_mkdirat,    SYS_flock,     SYS_readlink,
	SYS_readlinkat, SYS_access,     SYS_faccessat, SYS_faccessat2,
	SYS_lseek,      SYS_chmod,      SYS_fchmod,    SYS_fchmodat,
	SYS_fchown,     SYS_getcwd,     SYS_rmdir,     SYS_memfd_create,
	SYS_getrandom,  SYS_fcntl,
};
static const int start_calls[] = {
	SYS_clone, SYS_clone3, SYS_fork, SYS_vfork, SYS_pipe2, SYS_dup2,
};

static const int changing_calls[] = {
	SYS_write,     SYS_fsync,  SYS_rename,  SYS_renameat,
	SYS_renameat2, SYS_link,   SYS_linkat,  SYS_unlink,
	SYS_unlinkat,  SYS_mkdir,  SYS_mkdirat, SYS_fchmod,
	SYS_fchmodat,  SYS_fchown, SYS_flock,   SYS_ftruncate,
};

static void choose_class(const char *name)
{
	kills = !strcmp(name, "kill");
	if (kills) {
		counted = changing_calls;
		nr_counted = sizeof(changing_calls) / sizeof(int);
	} else if (!strcmp(name, "start")) {
		counted = start_calls;
		nr_counted = sizeof(start_calls) / sizeof(int);
	} else {
		counted = io_calls;
		nr_counted = sizeof(io_calls) / sizeof(int);
	}
}

static bool counts(int call)
{
	for (size_t i = 0; i < nr_counted; i++)
		if (counted[i] == call)
			return true;
	return false;
}

static struct task *task_of(pid_t pid)
{
	for (size_t i = 0; i < nr_tasks; i++)
		if (tasks[i].pid == pid)
			return &tasks[i];
	if (nr_tasks == TASKS)
		exit(99);
	tasks[nr_tasks] = (struct task){ .pid = pid };
	return &tasks[nr_tasks++];
}

/* After an exec. */
static void look_at_program(struct task *task)
{
	char link[64], path[PATH_MAX], *base;
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)task->pid);
	n = readlink(link, path, sizeof(path) - 1);
	path[n < 0 ? 0 : n] = '\0';
	base = strrchr(path, '/');
	task->ours = base && !strncmp(base, "/git-retro", 10);
	task->armed = base && !strncmp(base, "/git-retro-hook", 15);
}

static void enter(struct task *task, struct user_regs_struct *regs)
{
	int call = (int)regs->orig_rax;

	if (call == SYS_rt_sigaction && regs->rdi == SIGXFSZ)
		task->armed = true;
	if (!task->armed || !counts(call) || ++calls != wanted)
		return;
	failed_call = call;
	if (kills) {
		kill(task->pid, error_number);
		return;
	}
	task->fails = true;
	regs->orig_rax = (unsigned long long)-1;
	ptrace(PTRACE_SETREGS, task->pid, NULL, regs);
}

static void leave(struct task *task, struct user_regs_struct *regs)
{
	if (!task->fails)
		return;
	task->fails = false;
	regs->rax = (unsigned long long)(long long)-error_number;
	ptrace(PTRACE_SETREGS, task->pid, NULL, regs);
}

static void at_call(struct task *task)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, task->pid, NULL, &regs))
		return;
	task->inside = !task->inside;
	if (task->inside)
		enter(task, &regs);
	else
		leave(task, &regs);
}

/* The signal to be passed on. */
static int at_stop(struct task *task, int status)
{
	int sig = WSTOPSIG(status), event = status >> 16;
	unsigned long message;

	if (sig == (SIGTRAP | 0x80)) {
		at_call(task);
		return 0;
	}
	if (event == PTRACE_EVENT_EXEC) {
		look_at_program(task);
		task->inside = task->ours;
		return 0;
	}
	if (event) {
		ptrace(PTRACE_GETEVENTMSG, task->pid, NULL, &message);
		if (event != PTRACE_EVENT_STOP) {
			bool ours = task->ours, armed = task->armed;
			struct task *child = task_of((pid_t)message);

			child->ours = ours;
			child->armed = armed;
		}
		return 0;
	}
	return sig == SIGTRAP ? 0 : sig;
}

/* Once the call has failed, nothing more is looked at: each look is two
 * switches of the processor. */
static bool is_watched(const struct task *task)
{
	return task->ours && (failed_call < 0 || task->fails);
}

static int follow(pid_t first)
{
	int status, code = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		struct task *task = task_of(pid);
		int sig = 0;

		if (WIFEXITED(status) || WIFSIGNALED(status)) {
			if (pid == first)
				code = WIFEXITED(status)
					       ? WEXITSTATUS(status)
					       : 128 + WTERMSIG(status);
			*task = tasks[--nr_tasks];
			continue;
		}
		sig = at_stop(task, status);
		task = task_of(pid);
		ptrace(is_watched(task) ? PTRACE_SYSCALL : PTRACE_CONT, pid,
		       NULL, sig);
	}
	return code;
}

int main(int argc, char **argv)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC |
			     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
	int status, code;
	pid_t pid;
	FILE *log;

	if (argc < 6)
		return 99;
	choose_class(argv[1]);
	wanted = strtol(argv[2], NULL, 10);
	error_number = atoi(argv[3]);
	pid = fork();
	if (!pid) {
		raise(SIGSTOP);
		execvp(argv[5], argv + 5);
		_exit(127);
	}
	if (ptrace(PTRACE_SEIZE, pid, NULL, options))
		return 77;
	waitpid(pid, &status, __WALL);
	while (!WIFSTOPPED(status))
		return 99;
	kill(pid, SIGCONT);
	ptrace(PTRACE_CONT, pid, NULL, 0);
	code = follow(pid);
	log = fopen(argv[4], "w");
	if (!log || fprintf(log, "%ld %d\n", calls, failed_call) < 0 ||
	    fclose(log))
		return 99;
	return code;
}
#endif
