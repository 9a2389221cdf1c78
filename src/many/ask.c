/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/opener.h"
#include "base/proc.h"
#include "base/text.h"
#include "hook/program.h"
#include "index/parallel.h"

#define READ_SIZE ((size_t)1 << 16)
#define WORDS_MAX ((size_t)1 << 16)
/* Exit codes from here on are failures. */
#define EXIT_OF_FAILURE 126

/* One that runs. */
struct asked {
	struct many_answer *answer;
	struct proc proc;
	int err_fd;
	bool too_large;
};

const char many_own_name[] = "--name=<name>";

const char *many_name_slot(struct arena *a, const char *blank,
			   const struct many_repo *repo, void *data)
{
	(void)blank;
	(void)data;
	return arena_printf(a, "--name=%s", repo->name);
}

static bool is_blank_argument(const struct many_ask *ask, const char *arg)
{
	for (size_t i = 0; i < ARRAY_SIZE(ask->blanks); i++)
		if (ask->blanks[i] == arg)
			return true;
	return false;
}

static const char *const *make_args(struct arena *a, const char *program,
				    const struct many_ask *ask,
				    const struct many_repo *repo)
{
	struct strs argv = { 0 };

	vec_push(a, &argv, program);
	for (size_t i = 0; ask->args[i]; i++)
		vec_push(a, &argv,
			 is_blank_argument(ask, ask->args[i])
				 ? ask->slot(a, ask->args[i], repo, ask->data)
				 : ask->args[i]);
	vec_push(a, &argv, NULL);
	return argv.at;
}

/* What is no repository itself does not answer for one around it. */
static const char *const *make_ceiling(struct arena *a, const char *path)
{
	const char **env = arena_alloc(a, 2 * sizeof(*env));
	size_t n = (size_t)(path_base(path) - path);

	env[0] = arena_printf(a, "GIT_CEILING_DIRECTORIES=%.*s",
			      n > 1 ? (int)n - 1 : 1, path);
	return env;
}

static struct err *begin_asked(struct asked *asked, struct arena *a,
			       const char *program, const struct many_ask *ask)
{
	const struct many_repo *repo = asked->answer->repo;
	struct err *e;

	memset(&asked->proc, 0, sizeof(asked->proc));
	asked->proc.argv = make_args(a, program, ask, repo);
	asked->proc.dir = repo->path;
	asked->proc.clear_git_env = true;
	asked->proc.env = make_ceiling(a, repo->path);
	asked->proc.in_fd = ask->in_fd;
	asked->err_fd = memfd_create("stderr", MFD_CLOEXEC);
	asked->proc.err_fd = asked->err_fd < 0 ? 0 : asked->err_fd;
	e = proc_start(&asked->proc);
	if (e && asked->err_fd >= 0)
		close(asked->err_fd);
	return e;
}

/* The error that it printed, without the name of the program; it spoke English,
 * as to a program. */
static const char *failure_of(struct arena *a, const struct many_answer *answer)
{
	static const char mark[] = "git retro: ";
	const char *line = strstr(answer->words.p, mark);

	line = line ? line + strlen(mark) : answer->words.p;
	if (!*line)
		return arena_printf(a, _("git retro exited with %d"),
				    answer->status);
	return i18n_text(arena_strndup(a, line, strcspn(line, "\n")));
}

static struct err *pass_answer(const struct many_ask *ask,
			       struct many_answer *answer)
{
	struct err *e = ask->done ? ask->done(ask->data, answer) : NULL;

	if (ask->done)
		buf_release(&answer->out);
	return e;
}

static struct err *end_asked(struct asked *asked, struct arena *a,
			     const struct many_ask *ask)
{
	struct many_answer *answer = asked->answer;
	struct err *e = proc_finish(&asked->proc, &answer->status);
	ssize_t n = 0;

	buf_reserve(&answer->words, WORDS_MAX);
	if (asked->err_fd >= 0) {
		n = pread(asked->err_fd, answer->words.p, WORDS_MAX, 0);
		close(asked->err_fd);
	}
	buf_truncate(&answer->words, n > 0 ? (size_t)n : 0);
	if (e)
		answer->failure = arena_strdup(a, e->text);
	else if (asked->too_large)
		answer->failure = _("its answer is too large");
	else if (answer->status >= EXIT_OF_FAILURE)
		answer->failure = failure_of(a, answer);
	err_free(e);
	return pass_answer(ask, answer);
}

/* False at its end. */
static bool take_some(struct asked *asked)
{
	struct buf *out = &asked->answer->out;
	ssize_t n;

	buf_reserve(out, READ_SIZE);
	n = read(asked->proc.out_fd, out->p + out->n, READ_SIZE);
	if (n < 0 && errno == EINTR)
		return true;
	if (n > 0)
		buf_truncate(out, out->n + (size_t)n);
	else if (n < 0)
		asked->proc.failure = errno;
	asked->too_large = out->n > MANY_ANSWER_MAX;
	if (asked->too_large)
		kill(asked->proc.pid, SIGTERM);
	return n > 0 && !asked->too_large;
}

/* Those that are asked at this moment. */
struct asking {
	const struct many_ask *ask;
	struct arena *arena;
	struct asked *running;
	struct pollfd *fds;
	size_t nr;
};

/* Reads what has come; those that have ended leave the list. */
static struct err *attend(struct asking *asking)
{
	size_t nr = asking->nr, kept = 0;
	struct err *e = NULL;

	for (size_t i = 0; i < nr; i++)
		asking->fds[i] =
			(struct pollfd){ asking->running[i].proc.out_fd, POLLIN,
					 0 };
	if (poll(asking->fds, nr, -1) < 0)
		return errno == EINTR ? NULL
				      : err_errno(_("cannot wait for answers"));
	for (size_t i = 0; i < nr; i++) {
		struct asked *asked = &asking->running[i];

		if (!e && asking->fds[i].revents && !take_some(asked))
			e = end_asked(asked, asking->arena, asking->ask);
		else
			asking->running[kept++] = *asked;
	}
	asking->nr = kept;
	return e;
}

/* One that cannot be started has answered. */
static struct err *start_asked(struct asking *asking,
			       struct many_answer *answer, const char *program)
{
	struct asked *asked = &asking->running[asking->nr];
	struct err *e;

	*asked = (struct asked){ .answer = answer };
	e = begin_asked(asked, asking->arena, program, asking->ask);
	if (!e) {
		asking->nr++;
		return NULL;
	}
	answer->failure = !opener_is_named(answer->repo->path)
				  ? _("no such folder")
				  : arena_strdup(asking->arena, e->text);
	err_free(e);
	return pass_answer(asking->ask, answer);
}

/* After an error nobody waits for the others. */
static void stop_asked(struct asking *asking)
{
	for (size_t i = 0; i < asking->nr; i++) {
		struct asked *asked = &asking->running[i];
		int status;

		kill(asked->proc.pid, SIGTERM);
		err_free(proc_finish(&asked->proc, &status));
		if (asked->err_fd >= 0)
			close(asked->err_fd);
	}
}

static void start_answers(struct many_answers *out, struct arena *a,
			  const struct many_repos *repos)
{
	for (size_t i = 0; i < repos->nr; i++)
		vec_push(a, out,
			 (struct many_answer){ .repo = &repos->at[i],
					       .out = BUF_INIT,
					       .words = BUF_INIT });
}

struct err *many_ask(struct many_answers *out, struct arena *a,
		     const struct many_repos *repos, const struct many_ask *ask)
{
	size_t most = parallel_workers(repos->nr), next = 0;
	struct asking asking = { .ask = ask, .arena = a };
	char *program;
	struct err *e = program_find(&program, a, "git-retro");

	asking.running = arena_alloc(a, (most + 1) * sizeof(struct asked));
	asking.fds = arena_alloc(a, (most + 1) * sizeof(struct pollfd));
	start_answers(out, a, repos);
	while (!e && (next < out->nr || asking.nr)) {
		if (next < out->nr && asking.nr < most)
			e = start_asked(&asking, &out->at[next++], program);
		else
			e = attend(&asking);
	}
	stop_asked(&asking);
	return e;
}

void many_answers_release(struct many_answers *answers)
{
	for (size_t i = 0; i < answers->nr; i++) {
		buf_release(&answers->at[i].out);
		buf_release(&answers->at[i].words);
	}
}
