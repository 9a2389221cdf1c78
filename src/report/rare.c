/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A line of the file is "<hash of the word> <days since 1970> <y, n or ?>".
 */
#include "report/rare.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "base/vec.h"
#include "front/marks.h"
#include "front/state.h"
#include "git/child.h"

#define PLACE "rare"

enum {
	/* A word is rare that no more files have, on no more lines. */
	RARE_FILES = 10,
	RARE_LINES = 60,
	ASKED_MAX = 8,   /* words that git is asked for, */
	WORK_MAX = 1400, /* for all of them milliseconds of the processors,
			  * of which it uses several, */
	TIME_MAX = 2000, /* and that it may last at most */
	DAYS = 30,
	BUSY_DAYS = 1,        /* of a "?": the machine may have been busy */
	FILE_BYTES = 1 << 20, /* then it is begun anew */
};

struct known_word {
	uint64_t hash;
	char verdict; /* 'y', 'n', or '?': it took too long */
};

struct rare {
	struct arena *arena;
	struct repo *repo;
	const char *apart;
	struct VEC_OF(struct known_word) known;
	int asked;
	int64_t work, deadline; /* that are left; 0: nothing was asked yet */
};

/* --- what is kept --- */

static const char *rare_path(struct rare *rare)
{
	return path_join(rare->arena, repo_common_dir(rare->repo),
			 "retro/" PLACE);
}

static void read_known_words(struct rare *rare, const char *text)
{
	int today = day_now();

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		struct known_word word;
		int day;

		if (sscanf(text, "%16" SCNx64 " %8d %c", &word.hash, &day,
			   &word.verdict) == 3 &&
		    strchr("yn?", word.verdict) && day <= today &&
		    today - day < (word.verdict == '?' ? BUSY_DAYS : DAYS))
			vec_push(rare->arena, &rare->known, word);
	}
}

struct rare *rare_open(struct arena *a, struct repo *repo, const char *apart)
{
	struct rare *rare = arena_alloc(a, sizeof(*rare));
	struct buf text = BUF_INIT;

	rare->arena = a;
	rare->repo = repo;
	rare->apart = apart;
	err_free(file_read_own(&text, rare_path(rare), FILE_BYTES));
	read_known_words(rare, text.p);
	buf_release(&text);
	return rare;
}

/* Failing is no error: it is asked again. */
static void keep_word(struct rare *rare, const struct known_word *word)
{
	int dir = state_folder(repo_common_dir(rare->repo));
	int fd = state_open(dir, PLACE, O_WRONLY | O_APPEND | O_CREAT);
	off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
	char line[64];
	int n = snprintf(line, sizeof(line), "%016" PRIx64 " %d %c\n",
			 word->hash, day_now(), word->verdict);

	vec_push(rare->arena, &rare->known, *word);
	if (fd >= 0 && !err_kept() &&
	    (size <= FILE_BYTES - (off_t)sizeof(line) || !ftruncate(fd, 0)))
		state_write(fd, line, (size_t)n);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
}

/* --- asking git --- */

static char ask_rare_word(struct rare *rare, const char *word)
{
	const char *apart =
		arena_printf(rare->arena, ":(top,exclude)%s", rare->apart);
	const char *args[] = { "grep", "-c",   "-I", "-w", "-z",  "-F", "-e",
			       word,   "HEAD", "--", ":/", apart, NULL };
	struct buf files = BUF_INIT;
	struct child child;
	size_t nr = 0;
	long lines = 0;
	bool known;
	struct err *e;

	if (repo_work_tree(rare->repo)) /* in which it is much faster */
		memmove(&args[8], &args[9], sizeof(args) - 9 * sizeof(*args));
	if (!*rare->apart)
		args[repo_work_tree(rare->repo) ? 10 : 11] = NULL;
	if (!rare->deadline) {
		rare->work = WORK_MAX;
		rare->deadline = clock_ms() + TIME_MAX;
	}
	e = child_start(&child, args);
	if (!e)
		e = child_gather_work(&files, &child, &rare->work,
				      rare->deadline);
	/* Or nothing has it. */
	known = e ? e->code == ERR_NO_MATCH : child.ended;
	err_pass(e);
	/* "<path>\0<lines>\n" */
	for (size_t i = 0; i < files.n; i++)
		if (!files.p[i]) {
			nr++;
			lines += strtol(files.p + i + 1, NULL, 10);
		}
	buf_release(&files);
	if (nr > RARE_FILES || lines > RARE_LINES)
		return 'n';
	return known ? 'y' : '?';
}

bool rare_has(struct rare *rare, const char *word)
{
	struct known_word found = { mark_word_hash(word, strlen(word)), 'n' };

	for (size_t i = 0; i < rare->known.nr; i++)
		if (rare->known.at[i].hash == found.hash)
			return rare->known.at[i].verdict == 'y';
	if (rare->asked++ == ASKED_MAX)
		return false;
	found.verdict = ask_rare_word(rare, word);
	keep_word(rare, &found);
	return found.verdict == 'y';
}
