/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git-retro: finds the command, sets up what it needs, runs it, and turns what
 * comes back into text and an exit code. The only file that exits.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/text.h"
#include "base/work.h"
#include "cmd/cmd.h"
#include "cmd/run.h"

#ifndef VERSION
#error VERSION comes from the Makefile
#endif

/* One line for what happened, one for what to do; never a control byte of
 * what somebody called a file or a branch. */
static void print_error(struct arena *a, const struct err *e)
{
	fprintf(stderr, "git retro: %s\n", text_cleaned(a, e->text));
	if (e->hint)
		fprintf(stderr, _("hint: %s\n"), text_cleaned(a, e->hint));
}

static int exit_code(const struct err *e)
{
	return e->code == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

/* Whether it is a hook that runs: then it ends without an error. */
static bool in_hook;

static bool has_letter(const struct cmd *cmd, char letter)
{
	for (const struct opt *o = cmd->opts; o && o->type; o++)
		if (o->letter == letter)
			return true;
	return false;
}

/* `-h` anywhere among the options, as git has it, and only alone where the
 * letter means something else, as in git grep; a hook's arguments are git's
 * business. */
static bool wants(const struct cmd *cmd, const char *word, int argc,
		  const char *const *argv)
{
	if (cmd->needs & CMD_HOOK)
		return false;
	if (!strcmp(word, "-h") && argc > 1 && has_letter(cmd, 'h'))
		return false;
	for (int i = 0; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], word))
			return true;
	return false;
}

/* The manual page; without it, the usage says the same in short. */
static bool open_manual(void)
{
	static const char *const argv[] = { "git", "help", "retro", NULL };
	struct proc git = { .argv = argv, .clear_git_env = true };
	int status = 0;
	struct err *e = proc_foreground(&git, &status);
	bool opened = !e && status == 0;

	err_free(e);
	return opened;
}

/* An option in front of the command. */
static struct err *unknown_option(struct arena *a, const char *option)
{
	static const char *const known[] = { "--no-pager", "--version",
					     "--help" };
	struct strs names = { 0 };
	const char *nearest;
	struct err *e = err_new(ERR_USAGE, _("unknown option '%s'"), option);

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		vec_push(a, &names, known[i]);
	nearest = text_nearest(option, &names);
	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(e, _("'git retro help' lists the commands"));
}

static void give_up(void)
{
	/* Not translated: nothing is to be looked up or allocated here. */
	static const char words[] =
		"git retro: too much to compare here, giving up\n"
		"hint: look for a retro or a setting with thousands of "
		"values\n";

	(void)!write(2, words, sizeof(words) - 1);
	_exit(in_hook ? EXIT_DONE : EXIT_FAILED);
}

static bool repo_is_here(void)
{
	struct repo *repo = NULL;
	struct err *e = repo_open(&repo);
	bool here = !e;

	err_free(e);
	repo_close(repo);
	return here;
}

static struct err *dispatch(struct env *env, int argc, const char *const *argv)
{
	struct buf out = BUF_INIT;

	while (argc && !strcmp(argv[0], "--no-pager")) {
		env->no_pager = true;
		argc--, argv++;
	}
	if (argc && !strcmp(argv[0], "--version")) {
		printf("git-retro %s\n", VERSION);
		return NULL;
	}
	if (!argc && repo_is_here()) {
		env->cmd = &cmd_brief;
		return run_cmd(env, 0, argv);
	}
	if (!argc || !strcmp(argv[0], "-h") || !strcmp(argv[0], "--help")) {
		env->status = argc ? EXIT_DONE : EXIT_NEGATIVE;
		cmd_overview(&out);
		fputs(out.p, stdout);
		buf_release(&out);
		return NULL;
	}
	if (argv[0][0] == '-')
		return unknown_option(env->arena, argv[0]);
	env->cmd = cmd_find(argv[0]);
	if (!env->cmd)
		return cmd_unknown(env->arena, argv[0]);
	argc--, argv++;
	in_hook = env->cmd->needs & CMD_HOOK;
	if (wants(env->cmd, "--help", argc, argv) && open_manual())
		return NULL;
	if (wants(env->cmd, "-h", argc, argv) ||
	    wants(env->cmd, "--help", argc, argv)) {
		cmd_usage(&out, env->cmd);
		fputs(out.p, stdout);
		buf_release(&out);
		return NULL;
	}
	return run_cmd(env, argc, argv);
}

/* A full disk must not look like success. False if an error was said. */
static bool finish_stdout(void)
{
	bool failed = ferror(stdout) != 0;
	int why = cmd_write_error();

	errno = 0;
	if (!fflush(stdout) && !failed && !why)
		return true;
	if (!why)
		why = errno;
	if (why == EPIPE)
		return true;
	fprintf(stderr, _("git retro: cannot write the output: %s\n"),
		why ? i18n_libc(strerror(why)) : _("write error"));
	return false;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct env env = { .arena = &arena };
	struct err *e;
	int status;

	/* A file that may not grow is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	/* Else each of its values can be NULL, a list with a hole. */
	json_set_alloc_funcs(mem_alloc, free);
	work_when_over(give_up);
	e = dispatch(&env, argc - 1, (const char *const *)argv + (argc > 0));
	status = env.status;
	if (e)
		fflush(stdout);
	else if (!finish_stdout() && !in_hook)
		status = EXIT_FAILED;
	proc_pager_wait();
	if (e) {
		print_error(&arena, e);
		status = env.cmd && env.cmd->needs & CMD_HOOK ? EXIT_DONE
							      : exit_code(e);
	}
	if (!e && err_kept()) {
		print_error(&arena, err_kept());
		fputs(_("hint: the output above may be incomplete\n"), stderr);
		status = in_hook ? EXIT_DONE : EXIT_FAILED;
	}
	err_free(e);
	arena_release(&arena);
	return status;
}
