/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git-retro-hook: the program that the shims in hooks/ start.
 *
 *	git-retro-hook <hook> [--chain <old hook>] [--read <lines>] [<args>]
 *
 * It runs the hook that was here before, with the same arguments and input,
 * notes what post-rewrite is told (queue.h), and for the others decides by the
 * table (table.h) whether git-retro could have something to say; only then is
 * that started. --read holds what the shim has taken from stdin already.
 *
 * Linked statically, and with the C library alone: one fetch may start it
 * hundreds of times. It never blocks git: only the old hook's failure and, in
 * pre-push, a gate that the team switched on (exit code 1 of git-retro) do.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/opener.h"
#include "base/retro_name.h"
#include "base/work.h"
#include "front/bytes.h"
#include "front/command.h"
#include "front/marks.h"
#include "front/message.h"
#include "front/paths.h"
#include "front/queue.h"
#include "front/shown.h"
#include "front/state.h"
#include "front/table.h"

extern char **environ;

#define TAGS  "refs/tags/"
#define HEADS "refs/heads/"

enum {
	/* More files, or a longer diff, are a sweep: of these only what guards
	 * a problem is told. */
	SWEEP = 25,
	DIFF_MAX = 1 << 20,
	STAGED_MAX = 2 * DIFF_MAX, /* of names and diff */
};

struct front {
	const char *hook;
	const char *old; /* the hook that was here before, or NULL */
	char **args;     /* as git gave them; ends with NULL */
	struct bytes in; /* all of what git writes to the hook */
};

/* What is about to be committed. */
struct staged {
	struct bytes names; /* each with its NUL */
	struct bytes diff;  /* once read; a NUL is behind it then */
	bool whole;         /* the diff is read with the names */
	char *base;         /* what it is held against */
};

/* One line of the hook's input, up to four words of it. */
struct line {
	const char *p;
	size_t n; /* with its newline */
	struct {
		const char *p;
		size_t n;
	} words[4];
};

/* What an open file contains, and a NUL behind it; `failed` if it cannot be
 * read, and empty without an error if there is none. Closes it. */
static struct bytes read_opened(int fd)
{
	struct bytes b = { 0 };

	b.failed = fd < 0 && errno != ENOENT && errno != ENOTDIR;
	if (fd >= 0) {
		bytes_read(&b, fd);
		close(fd);
	}
	return b;
}

/* "<dir>/<name>", to be freed; NULL without memory. */
static char *join_path(const char *dir, size_t n, const char *name)
{
	struct bytes b = { 0 };

	bytes_add(&b, dir, n);
	bytes_add(&b, "/", 1);
	bytes_add_text(&b, name);
	if (b.failed)
		bytes_release(&b);
	return b.p;
}

static bool is_zero(const char *oid, size_t n)
{
	return n && strspn(oid, "0") >= n;
}

/* Takes the next line off `*at`; false behind the last. */
static bool take_input_line(struct line *line, const char **at, const char *end)
{
	const char *p = *at, *stop;
	size_t word = 0;

	if (p == end)
		return false;
	*line = (struct line){ .p = p };
	stop = memchr(p, '\n', (size_t)(end - p));
	*at = stop ? stop + 1 : end;
	line->n = (size_t)(*at - p);
	stop = stop ? stop : end;
	while (p < stop && word < 4) {
		const char *space = memchr(p, ' ', (size_t)(stop - p));

		if (!space)
			space = stop;
		line->words[word].p = p;
		line->words[word++].n = (size_t)(space - p);
		p = space < stop ? space + 1 : stop;
	}
	return true;
}

typedef bool is_fn(const struct table *table, const char *name);

/* Whether a ref is one below `prefix` of which the table says that it is what
 * is asked for: without a table, any may be. */
static bool ref_is_below(const struct table *table, const char *ref, size_t n,
			 const char *prefix, is_fn *is)
{
	size_t len = strlen(prefix);
	char *name;
	bool yes;

	if (n <= len || memcmp(ref, prefix, len))
		return false;
	if (!table)
		return true;
	name = strndup(ref + len, n - len);
	yes = !name || is(table, name) || work_is_over();
	free(name);
	return yes;
}

static bool is_release(const struct table *table, const char *ref, size_t n)
{
	return ref_is_below(table, ref, n, TAGS, table_is_release);
}

/*
 * Where the repository is. git sets GIT_DIR for a hook unless it is ".git" in
 * the current directory.
 */
static const char *git_dir(void)
{
	const char *dir = getenv("GIT_DIR");

	return dir && *dir ? dir : ".git";
}

/* To be freed; NULL if it cannot be told. */
static char *common_dir(void)
{
	const char *common = getenv("GIT_COMMON_DIR"), *dir = git_dir();
	char *path;
	struct bytes file;

	if (common && *common)
		return strdup(common);
	path = join_path(dir, strlen(dir), "commondir");
	if (!path)
		return NULL;
	file = read_opened(opener_named(path));
	free(path);
	while (file.n && strchr("\r\n", file.p[file.n - 1]))
		file.p[--file.n] = '\0';
	if (file.failed)
		path = NULL;
	else if (!file.n)
		path = strdup(dir);
	else if (*file.p == '/')
		path = strdup(file.p);
	else
		path = join_path(dir, strlen(dir), file.p);
	bytes_release(&file);
	return path;
}

/* The folder of this program, to be freed; NULL if that cannot be told. */
static char *program_dir(void)
{
	struct bytes b = { 0 };
	ssize_t n;

	while (bytes_reserve(&b, b.cap + 256)) {
		n = readlink("/proc/self/exe", b.p, b.cap);
		if (n <= 0)
			break;
		b.n = (size_t)n;
		if (b.n < b.cap) {
			b.p[b.n] = '\0';
			*strrchr(b.p, '/') = '\0';
			return b.p;
		}
	}
	free(b.p);
	return NULL;
}

/* git-retro stands beside this program, or else in PATH. To be freed. */
static char *find_retro(void)
{
	char *dir = program_dir();
	char *path = dir ? join_path(dir, strlen(dir), "git-retro") : NULL;

	free(dir);
	if (path && opener_can_run(path))
		return path;
	free(path);
	return strdup("git-retro");
}

/* A file in memory with these bytes, to be read from its start; -1. */
static int hold_bytes(const struct bytes *in)
{
	int fd = memfd_create("git-retro", MFD_CLOEXEC);

	if (fd >= 0 && state_write(fd, in->p, in->n) && !lseek(fd, 0, SEEK_SET))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Runs a program with this input (which is closed) and our output, and waits:
 * its exit code, 128 + signal, or 127 if it cannot be started. */
static int run_program(char *const *argv, int in)
{
	void (*interrupt)(int), (*quit)(int);
	pid_t pid = in < 0 ? -1 : fork();
	int status = 0;

	if (!pid) {
		if (dup2(in, 0) == 0)
			execvp(argv[0], argv);
		_exit(127);
	}
	if (in >= 0)
		close(in);
	if (pid < 0)
		return 127;
	/* The terminal's signals are for whoever asks there. */
	interrupt = signal(SIGINT, SIG_IGN);
	quit = signal(SIGQUIT, SIG_IGN);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static size_t count_args(char *const *args)
{
	size_t nr = 0;

	while (args[nr])
		nr++;
	return nr;
}

/* Runs `first` words, then git's arguments. */
static int run_with_args(const struct front *front, const char *const *first,
			 size_t nr, int in)
{
	size_t args = count_args(front->args);
	char **argv = calloc(nr + args + 1, sizeof(*argv));
	int status = 127;

	if (argv) {
		memcpy(argv, first, nr * sizeof(*argv));
		memcpy(argv + nr, front->args, args * sizeof(*argv));
		status = run_program(argv, in);
	}
	free(argv);
	return status;
}

/* All that git writes to us goes into a memfd before the old hook starts: the
 * hook gets the whole of it even where we fail to allocate. We judge it once
 * the hook has agreed. */
static int run_old(struct front *front)
{
	int held = hold_bytes(&front->in), copy;
	char piece[4096];
	ssize_t n;

	while ((n = read(0, piece, sizeof(piece))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0 && !state_write(held, piece, (size_t)n))
			return 127;
	if (held < 0 || n < 0 || lseek(held, 0, SEEK_SET))
		return 127;
	copy = dup(held);
	n = run_with_args(front, &front->old, 1, copy);
	front->in.n = 0;
	if (!n && !lseek(held, 0, SEEK_SET))
		bytes_read(&front->in, held);
	close(held);
	return (int)n;
}

static int run_retro(const struct front *front, const struct bytes *in)
{
	char *retro = find_retro();
	const char *const first[] = { retro, "hook", "--", front->hook };
	int status = 127;

	if (retro)
		status = run_with_args(front, first, 4, hold_bytes(in));
	free(retro);
	return status;
}

/* What makes tags that somebody else made, or moves them about: the last three
 * rewrite history, and its tags with it. */
static bool copies_tags(const char *command)
{
	static const char *const commands[] = {
		"clone",       "fast-import", "fetch",         "gc",
		"maintenance", "pack-refs",   "pull",          "receive-pack",
		"refs",        "remote",      "repack",        "submodule",
		"filter-repo", "lfs",         "filter-branch",
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(command, commands[i]))
			return true;
	return false;
}

/* Whether the tag was made by somebody here: where the command cannot be seen,
 * git-retro is left to judge. */
static bool made_here(void)
{
	struct bytes command = command_running();
	bool here = !command.n || !copies_tags(command.p);

	bytes_release(&command);
	return here;
}

/* The lines of packed-refs behind its header; nothing unless they are sorted,
 * as they are since git 2.17. To be freed by free(out->p). */
static struct bytes read_packed(const char **first)
{
	static const char header[] = "# pack-refs with:";
	char *dir = common_dir();
	char *path = dir ? join_path(dir, strlen(dir), "packed-refs") : NULL;
	struct bytes file = { NULL, 0, 0, true };
	struct line line = { .n = 0 };

	if (path)
		file = read_opened(opener_named(path));
	*first = file.p;
	if (file.n)
		take_input_line(&line, first, file.p + file.n);
	if (line.n < sizeof(header) ||
	    memcmp(line.p, header, sizeof(header) - 1) ||
	    !memmem(line.p, line.n, " sorted", 7))
		*first = file.p + file.n;
	free(path);
	free(dir);
	return file;
}

/* The start of the ref's line that `at` is in: a line "^<oid>" belongs to the
 * one before it. */
static const char *ref_line(const char *begin, const char *at)
{
	const char *newline;

	do {
		newline = memrchr(begin, '\n', (size_t)(at - begin));
		at = newline ? newline : begin;
	} while (newline && newline[1] == '^');
	return newline ? newline + 1 : begin;
}

static int compare_spans(const char *a, size_t an, const char *b, size_t bn)
{
	size_t n = an < bn ? an : bn;
	int order = n ? memcmp(a, b, n) : 0; /* a word may be missing */

	if (order)
		return order;
	return an < bn ? -1 : an > bn;
}

/*
 * Whether packed-refs has the line's ref with its new id already. Packing
 * shows a hook the same line as tagging does, but only then is it there.
 */
static bool is_packed(const char *low, const char *high,
		      const struct line *wanted)
{
	while (low < high) {
		const char *start = ref_line(low, low + (high - low) / 2);
		const char *at = start;
		struct line line;
		int order;

		take_input_line(&line, &at, high);
		order = compare_spans(wanted->words[2].p, wanted->words[2].n,
				      line.words[1].p, line.words[1].n);
		if (!order)
			return !compare_spans(wanted->words[1].p,
					      wanted->words[1].n,
					      line.words[0].p, line.words[0].n);
		if (order < 0) {
			high = start;
			continue;
		}
		while (at < high && *at == '^')
			take_input_line(&line, &at, high);
		low = at;
	}
	return false;
}

/* The lines whose third word is a tag that may be a release, and whose second
 * is not the zeros of a deletion: `old new ref` of reference-transaction, and
 * `ref id remote-ref remote-id` of pre-push. */
static void keep_releases(struct bytes *out, const struct table *table,
			  const struct bytes *in)
{
	const char *at = in->p, *end = at + in->n;
	struct line line;

	while (take_input_line(&line, &at, end))
		if (line.words[2].p &&
		    !is_zero(line.words[1].p, line.words[1].n) &&
		    is_release(table, line.words[2].p, line.words[2].n))
			bytes_add(out, line.p, line.n);
}

static void drop_packed(struct bytes *lines)
{
	const char *first, *at = lines->p, *end = at + lines->n;
	struct bytes packed = read_packed(&first);
	struct line line;

	lines->n = 0;
	while (take_input_line(&line, &at, end))
		if (!is_packed(first, packed.p + packed.n, &line)) {
			memmove(lines->p + lines->n, line.p, line.n);
			lines->n += line.n;
		}
	free(packed.p);
}

static int reference_transaction(const struct front *front)
{
	struct table *table = NULL;
	struct bytes lines = { 0 };

	if (!front->args[0] || strcmp(front->args[0], "committed"))
		return 0;
	table = table_load(git_dir());
	if (!table || table_on_tag(table))
		keep_releases(&lines, table, &front->in);
	table_free(table);
	if (lines.failed) {
		run_retro(front, &front->in);
	} else if (lines.n && made_here()) {
		drop_packed(&lines);
		if (lines.n)
			run_retro(front, &lines);
	}
	bytes_release(&lines);
	return 0;
}

/* Whether a release branch is among what is pushed. */
static bool table_has_branch(const struct table *table, const struct bytes *in)
{
	const char *at = in->p, *end = at + in->n;
	struct line line;

	while (take_input_line(&line, &at, end))
		if (line.words[2].p &&
		    !is_zero(line.words[1].p, line.words[1].n) &&
		    ref_is_below(table, line.words[2].p, line.words[2].n, HEADS,
				 table_is_branch))
			return true;
	return false;
}

static bool may_push_speak(const struct bytes *in)
{
	struct table *table = table_load(git_dir());
	char *common = common_dir();
	struct bytes releases = { 0 };
	bool may = true;

	if (table && common) {
		keep_releases(&releases, table, in);
		may = table_on_push(table) &&
		      (releases.n || releases.failed ||
		       table_has_branch(table, in) ||
		       !table_tags_unchanged(table, common));
	}
	table_free(table);
	bytes_release(&releases);
	free(common);
	return may;
}

static int pre_push(const struct front *front)
{
	if (!front->in.n || !may_push_speak(&front->in))
		return 0;
	/* Any other failure is ours, and no reason to stop a push. */
	return run_retro(front, &front->in) == 1;
}

/* --- pre-commit --- */

/* In the middle of these a commit is not made of what somebody just wrote. */
static bool is_busy(void)
{
	static const char *const names[] = {
		"MERGE_HEAD",   "CHERRY_PICK_HEAD", "REVERT_HEAD",
		"rebase-merge", "rebase-apply",
	};
	const char *dir = git_dir();
	bool busy = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !busy; i++) {
		char *path = join_path(dir, strlen(dir), names[i]);

		busy = !path || opener_is_named(path);
		free(path);
	}
	return busy;
}

/* In a partial clone git would fetch what is missing: a hook is not worth a
 * network connection, let alone a password. To be freed. */
static char **offline_environ(void)
{
	static char protocol[] = "GIT_ALLOW_PROTOCOL=none";
	static char lazy[] = "GIT_NO_LAZY_FETCH=1";
	char **out;
	size_t n = 0;

	while (environ[n])
		n++;
	out = malloc((n + 3) * sizeof(*out));
	if (!out)
		return NULL;
	out[0] = protocol;
	out[1] = lazy;
	memcpy(out + 2, environ, (n + 1) * sizeof(*out));
	return out;
}

/* Starts git, which writes there and says nothing; -1 if that cannot be done.
 * Without a copy of this process, which would take longer than all we do. */
static pid_t start_git(char *const *argv, int out)
{
	int null = opener_open(AT_FDCWD, "/dev/null", O_WRONLY, 0);
	char **env = offline_environ();
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;

	if (null >= 0 && env && !posix_spawn_file_actions_init(&actions)) {
		if (posix_spawn_file_actions_adddup2(&actions, out, 1) ||
		    posix_spawn_file_actions_adddup2(&actions, null, 2) ||
		    posix_spawnp(&pid, argv[0], &actions, NULL, argv, env))
			pid = -1;
		posix_spawn_file_actions_destroy(&actions);
	}
	if (null >= 0)
		close(null);
	free(env);
	return pid;
}

/* What git prints, up to `max` bytes: then it is stopped, and that is no
 * failure. */
static bool read_git(struct bytes *out, char *const *argv, size_t max)
{
	int ends[2], status = 1;
	bool whole = true;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return false;
	pid = start_git(argv, ends[1]);
	close(ends[1]);
	if (pid > 0)
		whole = bytes_read_some(out, ends[0], max);
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 &&
	       (!whole || (WIFEXITED(status) && !WEXITSTATUS(status)));
}

/* The staged names, deleted ones, too, each with its NUL; before the first
 * commit, all of them. git knows partial commits, split and sparse indexes. */
static bool list_staged(struct bytes *out, char *base)
{
	char *all[] = { "git",      "-c", "core.fsmonitor=false",
			"ls-files", "-z", NULL };
	char *argv[] = { "git",
			 "-c",
			 "core.fsmonitor=false",
			 "diff-index",
			 "--cached",
			 "--name-only",
			 "-z",
			 "--no-renames",
			 base,
			 "--",
			 NULL };

	if (read_git(out, argv, SIZE_MAX))
		return !out->failed;
	out->n = 0;
	return read_git(out, all, SIZE_MAX) && !out->failed;
}

/* What is staged, before the diff of it, with `raw`. */
static bool read_staged_diff(struct bytes *out, char *base, bool raw)
{
	char *argv[] = { "git",
			 "-c",
			 "core.fsmonitor=false",
			 "-c",
			 "core.quotePath=false",
			 "diff-index",
			 "--cached",
			 MARKS_DIFF,
			 raw ? "--raw" : "--patch",
			 raw ? "-z" : "--patch",
			 base,
			 "--",
			 NULL };

	if (!read_git(out, argv, STAGED_MAX))
		out->n = 0; /* nothing is committed yet */
	return !out->failed;
}

/* Parts ":<modes> <ids> <letter>\0<path>\0...\0<diff>". False if it does not
 * hold all names. */
static bool part_staged(struct staged *staged, const struct bytes *both)
{
	const char *at = both->p, *end = at + both->n;

	while (at < end && *at == ':') {
		const char *path = memchr(at, '\0', (size_t)(end - at));
		const char *stop =
			path ? memchr(path + 1, '\0', (size_t)(end - path - 1))
			     : NULL;

		if (!stop)
			return false;
		bytes_add(&staged->names, path + 1, (size_t)(stop - path));
		at = stop + 1;
	}
	if (at == end)
		return both->n == 0 || both->n < STAGED_MAX;
	bytes_add(&staged->diff, at + 1, (size_t)(end - at - 1));
	return !*at;
}

/* One question, of both, where the diff will be looked at whatever is staged;
 * else the names alone. */
static bool read_staged(struct staged *staged)
{
	struct bytes both = { 0 };
	bool good = staged->whole &&
		    read_staged_diff(&both, staged->base, true) && both.n &&
		    part_staged(staged, &both);

	bytes_release(&both);
	if (good)
		return !staged->names.failed && !staged->diff.failed;
	staged->whole = false;
	staged->names.n = 0;
	return list_staged(&staged->names, staged->base);
}

/* Pointers to the names, to be freed; NULL if there are none. */
static const char **split_names(size_t *nr, const struct bytes *names)
{
	const char **list, *end = names->p + names->n;
	size_t most = 0;

	*nr = 0;
	for (size_t i = 0; i < names->n; i++)
		most += !names->p[i];
	list = calloc(most + 1, sizeof(*list));
	for (const char *at = names->p; list && most-- && at < end;
	     at += strlen(at) + 1)
		list[(*nr)++] = at;
	return list;
}

static bool is_retro_file(const char *path, const char *dir)
{
	size_t m = strlen(dir);

	return (!m || (!strncmp(path, dir, m) && path[m] == '/')) &&
	       retro_name(path);
}

/* What the table has for the files and for the diff of them. False if that
 * cannot be told. */
static bool find_news(struct bytes *out, const struct paths *paths,
		      struct staged *staged, const char *const *files,
		      size_t nr)
{
	bool good = true;

	paths_match(out, paths, files, nr);
	if (nr > SWEEP || !paths_want_diff(paths, files, nr))
		return true;
	if (!staged->whole)
		good = read_staged_diff(&staged->diff, staged->base, false);
	bytes_add(&staged->diff, "", 1);
	if (good && staged->diff.n <= DIFF_MAX)
		paths_match_diff(out, paths, staged->diff.p);
	return good && !staged->diff.failed;
}

/* Whether there may be something to tell that is not silent for this person. */
static bool has_news(const struct paths *paths, const char *common,
		     struct staged *staged, const char *const *files, size_t nr)
{
	struct shown *shown = common ? shown_load(common, NULL) : NULL;
	struct bytes keys = { 0 };
	const uint64_t *key;
	bool news =
		!paths || !shown || !find_news(&keys, paths, staged, files, nr);

	news |= keys.failed;
	key = (const uint64_t *)(const void *)keys.p;
	for (size_t i = 0; i < keys.n / sizeof(*key) && !news; i++)
		news = !shown_is_silent(shown, key[i]);
	bytes_release(&keys);
	shown_free(shown);
	return news;
}

/* `paths` is NULL unless pitfalls are told and their table is there. */
static bool is_commit_telling(const struct table *table,
			      const struct paths *paths, const char *common)
{
	static char head[] = "HEAD", parent[] = "HEAD^";
	const char *dir = table_checked(table);
	struct staged staged = { .whole = paths && common &&
					  paths_have_words(paths),
				 .base = command_amends() ? parent : head };
	const char **files = NULL;
	size_t nr = 0;
	bool may = false;

	if (!read_staged(&staged))
		may = true;
	else
		files = split_names(&nr, &staged.names);
	for (size_t i = 0; dir && i < nr && !may; i++)
		may = is_retro_file(files[i], dir);
	if (!may && nr && table_on_commit(table))
		may = has_news(paths, common, &staged, files, nr);
	if (staged.names.n && !files)
		may = true;
	free(files);
	bytes_release(&staged.diff);
	bytes_release(&staged.names);
	return may;
}

static bool may_commit_speak(const struct table *table)
{
	struct paths *paths = NULL;
	char *common;
	bool may;

	if (!table_checked(table) && !table_on_commit(table))
		return false;
	if (table_on_commit(table))
		paths = paths_load(git_dir(), ".");
	common = common_dir();
	may = is_commit_telling(table, paths, common);
	free(common);
	paths_free(paths);
	return may;
}

static int pre_commit(const struct front *front)
{
	struct table *table;
	bool may;

	if (is_busy())
		return 0;
	table = table_load(git_dir());
	may = !table || may_commit_speak(table);
	table_free(table);
	/* Any other failure is ours, and no reason to stop a commit. */
	return may && run_retro(front, &front->in) == 1;
}

/* --- commit-msg --- */

/* Whether there may be something to tell of what the message names,
 * which is not silent for this person. */
static bool may_message_speak(const struct bytes *message)
{
	struct table *table = table_load(git_dir());
	struct paths *paths = paths_load(git_dir(), ".");
	char *common = common_dir();
	struct shown *shown = common ? shown_load(common, NULL) : NULL;
	struct bytes keys = { 0 };
	const uint64_t *key;
	bool may = !table || (table_on_commit(table) && (!paths || !shown));

	if (!may && table_on_commit(table))
		paths_match_message(&keys, paths, message->p);
	may |= keys.failed;
	key = (const uint64_t *)(const void *)keys.p;
	for (size_t i = 0; i < keys.n / sizeof(*key) && !may; i++)
		may = !shown_is_silent(shown, key[i]);
	bytes_release(&keys);
	shown_free(shown);
	free(common);
	paths_free(paths);
	table_free(table);
	return may;
}

static bool names_something(const char *message)
{
	const char *ids = message, *numbers = message;
	size_t n;

	return message_id(&n, &ids) || message_number(&n, &numbers);
}

/* Whether pre-commit left something to this hook, of the same commit. */
static bool take_unsaid(const char *dir)
{
	int git = state_folder(dir);
	bool unsaid = state_take(git, MESSAGE_UNSAID);

	if (git >= 0)
		close(git);
	return unsaid;
}

/* The message is where git has it: a hook manager may pass no arguments. */
static int commit_msg(const struct front *front)
{
	const char *dir = git_dir();
	char *path = join_path(dir, strlen(dir), MESSAGE_FILE);
	struct bytes message = { 0 };
	bool unsaid = take_unsaid(dir);

	if (path && !is_busy())
		message = read_opened(opener_named(path));
	unsaid = unsaid && message.n;
	free(path);
	bytes_add(&message, "", 1);
	if (!message.failed) {
		message.p[message_length(message.p)] = '\0';
		if (unsaid ||
		    (names_something(message.p) && may_message_speak(&message)))
			run_retro(front, &front->in);
	}
	bytes_release(&message);
	return 0;
}

static int post_rewrite(const struct front *front)
{
	char *common = common_dir();

	if (common && front->args[0])
		queue_append(git_dir(), common, front->args[0], front->in.p,
			     front->in.n);
	free(common);
	return 0;
}

static bool is_off(void)
{
	const char *value = getenv("GIT_RETRO");

	return value && !strcmp(value, "0");
}

/* Takes our own words off git's arguments. */
static void parse_argv(struct front *front, char **argv)
{
	front->hook = argv[1];
	front->args = argv + 2;
	while (front->args[0] && front->args[1]) {
		if (!strcmp(front->args[0], "--chain"))
			front->old = front->args[1];
		else if (!strcmp(front->args[0], "--read"))
			bytes_add_text(&front->in, front->args[1]);
		else
			break;
		front->args += 2;
	}
}

static void leave(int number)
{
	(void)number;
	_exit(0);
}

/* Whatever befalls us from now on, a fault of our own or somebody's impatience,
 * is no reason to stop git. What is ignored stays so. */
static void end_well(void)
{
	static const int deadly[] = {
		SIGHUP,  SIGINT,  SIGQUIT, SIGILL,    SIGTRAP, SIGABRT, SIGBUS,
		SIGFPE,  SIGUSR1, SIGSEGV, SIGUSR2,   SIGPIPE, SIGALRM, SIGTERM,
		SIGXCPU, SIGXFSZ, SIGSYS,  SIGVTALRM, SIGPROF,
	};
	static char stack[16384];
	const stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };
	const struct sigaction act = { .sa_handler = leave,
				       .sa_flags = SA_ONSTACK };
	struct sigaction before;

	sigaltstack(&own, NULL);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		if (!sigaction(deadly[i], &act, &before) &&
		    before.sa_handler == SIG_IGN)
			sigaction(deadly[i], &before, NULL);
}

static int judge_event(const struct front *front)
{
	if (front->in.failed || is_off())
		return 0;
	if (!strcmp(front->hook, "reference-transaction"))
		return reference_transaction(front);
	if (!strcmp(front->hook, "pre-push"))
		return pre_push(front);
	if (!strcmp(front->hook, "pre-commit"))
		return pre_commit(front);
	if (!strcmp(front->hook, "commit-msg"))
		return commit_msg(front);
	if (!strcmp(front->hook, "post-rewrite"))
		return post_rewrite(front);
	return 0;
}

int main(int argc, char **argv)
{
	struct front front = { 0 };
	int status = 0;

	if (argc < 2)
		return 0;
	parse_argv(&front, argv);
	if (front.old)
		status = run_old(&front);
	end_well();
	if (!front.old)
		bytes_read(&front.in, 0);
	if (!status)
		status = judge_event(&front);
	bytes_release(&front.in);
	return status;
}
