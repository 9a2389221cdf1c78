/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/kickoff.h"

#include <string.h>

#include "base/glob.h"
#include "base/sorted.h"
#include "model/body.h"

static int by_file_text(const void *text, const void *file)
{
	return strcmp(text, *(const char *const *)file);
}

/* The first of the sorted files that is not before the text. */
static size_t first_file_from(const struct strs *files, const char *text)
{
	return sorted_first(text, files->at, files->nr, sizeof(*files->at),
			    by_file_text);
}

/* Only files that begin as the pattern does are looked at, if it holds from the
 * root: of 10,000 files and as many retros few are. */
static bool is_pattern_of(struct arena *a, const char *pattern,
			  const struct strs *files)
{
	const char *plain = pattern + (*pattern == '/');
	size_t n = strcspn(plain, "*?[\\");
	const char *begin = arena_strndup(a, plain, n);
	bool rooted = strchr(begin, '/') && strchr(begin, '/')[1];

	if (*pattern == '!')
		return false;
	if (!rooted)
		n = 0;
	for (size_t i = n ? first_file_from(files, begin) : 0;
	     i < files->nr && !strncmp(files->at[i], begin, n); i++)
		if (glob_path(pattern, files->at[i]))
			return true;
	return false;
}

/* `files` are sorted. */
static bool is_about_files(struct arena *a, const struct retro *retro,
			   const struct strs *files)
{
	for (size_t i = 0; i < retro->paths.nr; i++)
		if (is_pattern_of(a, retro->paths.at[i], files))
			return true;
	return false;
}

static bool is_kickoff_retro(const struct action *action)
{
	return action->kickoff && action->state == ACTION_OPEN;
}

bool kickoff_waits(const struct retro *retro)
{
	if (retro->kind != KIND_PROJECT || !retro->paths.nr ||
	    retro->status == STATUS_SUPERSEDED ||
	    retro->status == STATUS_WAIVED)
		return false;
	for (size_t i = 0; i < retro->body->actions.nr; i++)
		if (is_kickoff_retro(&retro->body->actions.at[i]))
			return true;
	return false;
}

static struct err *add_kickoffs(struct listed_actions *out,
				struct corpus *corpus, struct retro *retro)
{
	struct listed_actions listed = { 0 };
	struct err *e = actions_of(&listed, corpus, retro);

	for (size_t i = 0; !e && i < listed.nr; i++)
		if (is_kickoff_retro(listed.at[i].action))
			vec_push(corpus->arena, out, listed.at[i]);
	return e;
}

struct err *kickoff_open(struct listed_actions *out, struct corpus *corpus,
			 const struct strs *files)
{
	struct strs sorted = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; !e && i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (!kickoff_waits(retro))
			continue;
		if (!sorted.nr) {
			strs_append(corpus->arena, &sorted, files);
			strs_sort(&sorted);
		}
		if (is_about_files(corpus->arena, retro, &sorted))
			e = add_kickoffs(out, corpus, retro);
	}
	return e;
}
