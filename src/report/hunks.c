/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/hunks.h"

#include <stdlib.h>
#include <string.h>

#include "front/marks.h"
#include "git/answers.h"
#include "git/oid.h"
#include "git/tree.h"
#include "report/enclosing.h"

enum {
	/* A longer file has no functions, nor has a hunk more of them. */
	TEXT_MAX = 4 << 20,
	FUNCTIONS_MAX = 8,
	/* Lines of a diff whose functions are looked for. */
	LOOKED_MAX = 20000,
};

/* --- the functions of a hunk --- */

/* A file of a diff, as it is on both sides. */
struct sides {
	const struct enclosing_text *before, *after;
	size_t looked;
};

struct names {
	struct enclosing at[FUNCTIONS_MAX];
	size_t nr;
};

static void add_enclosing(struct names *names, const struct enclosing *function)
{
	for (size_t i = 0; i < names->nr; i++)
		if (names->at[i].n == function->n &&
		    !memcmp(names->at[i].name, function->name, function->n))
			return;
	if (names->nr < FUNCTIONS_MAX)
		names->at[names->nr++] = *function;
}

static void add_all_enclosing(struct names *names, struct sides *sides,
			      const struct enclosing_text *text, size_t first,
			      size_t lines)
{
	struct enclosing function;

	for (size_t line = first;
	     text && line < first + lines && sides->looked++ < LOOKED_MAX;
	     line++)
		if (enclosing_find(&function, text, line))
			add_enclosing(names, &function);
}

/* The numbers behind "-" or "+"; where the next ones begin. */
static const char *read_hunk_span(size_t *first, size_t *lines, const char *at)
{
	char *end;

	*first = strtoul(at + strcspn(at, "-+\n") + 1, &end, 10);
	*lines = *end == ',' ? strtoul(end + 1, &end, 10) : 1;
	return end;
}

/* "@@ -1,2 +3,4 @@", and behind a tab each function with its lines. */
static size_t add_heading(struct buf *out, struct sides *sides,
			  const char *line)
{
	size_t from, gone, to, come;
	const char *end = read_hunk_span(&from, &gone, line);
	struct names names = { .nr = 0 };

	end = read_hunk_span(&to, &come, end);
	buf_add(out, line, (size_t)(end - line));
	buf_addstr(out, " @@");
	add_all_enclosing(&names, sides, sides->before, from, gone);
	add_all_enclosing(&names, sides, sides->after, to, come);
	for (size_t i = 0; i < names.nr; i++)
		buf_addf(out, "\t%.*s %zu", (int)names.at[i].n,
			 names.at[i].name, names.at[i].lines);
	buf_addstr(out, "\n");
	return gone + come;
}

void hunks_add_functions(struct buf *out, struct arena *a, const char *diff,
			 const char *before, const char *after)
{
	struct sides sides = { 0 };
	size_t left = 0, n;

	if (before)
		sides.before = enclosing_open(a, before);
	if (after)
		sides.after = enclosing_open(a, after);
	for (; *diff; diff += n) {
		n = strcspn(diff, "\n");
		n += diff[n] == '\n';
		if (!left && !strncmp(diff, "@@ -", 4)) {
			left = add_heading(out, &sides, diff);
			continue;
		}
		left -= left && strchr("+-", *diff);
		buf_add(out, diff, n);
	}
}

/* --- of the files of a diff --- */

/* Where the next file of a diff begins. */
static const char *next_file(const char *at)
{
	const char *next = strstr(at + 1, "\ndiff --git ");

	return next ? next + 1 : at + strlen(at);
}

static const char *side_text(struct arena *a, struct repo *repo,
			     const char *hex)
{
	struct buf text = BUF_INIT;
	struct oid id;
	const char *copy = NULL;
	struct err *e;

	if (!oid_parse(&id, hex) || oid_is_zero(&id))
		return NULL;
	e = tree_blob(&text, repo, &id, TEXT_MAX);
	if (!e && !memchr(text.p, '\0', text.n))
		copy = arena_strndup(a, text.p, text.n);
	err_pass(e);
	buf_release(&text);
	return copy;
}

/* The ids of "index <before>..<after> <mode>", both sides' texts. */
static void read_hunk_sides(const char **before, const char **after,
			    struct arena *a, struct repo *repo,
			    const char *file)
{
	const char *index = strstr(file, "\nindex ");
	const char *dots = index ? strstr(index, "..") : NULL;
	size_t n;

	*before = *after = NULL;
	if (!dots || dots > index + 7 + OID_HEX + 1)
		return;
	n = strcspn(dots + 2, " \n");
	index += 7;
	*before = side_text(a, repo,
			    arena_strndup(a, index, (size_t)(dots - index)));
	*after = side_text(a, repo, arena_strndup(a, dots + 2, n));
}

static bool has_functions(const char *file)
{
	const char *name = strstr(file, "\n+++ b/");
	size_t n;

	if (!name)
		return false;
	name += strlen("\n+++ b/");
	n = strcspn(name, "\t\n");
	return !mark_has_keys(name, n);
}

static void name_functions(struct patch *patch, struct arena *a,
			   struct repo *repo)
{
	struct buf out = BUF_INIT;
	const char *at = patch->text, *end;
	struct arena scratch = ARENA_INIT;

	for (; *at; at = end) {
		const char *file, *before, *after;

		end = next_file(at);
		file = arena_strndup(&scratch, at, (size_t)(end - at));
		if (has_functions(file)) {
			read_hunk_sides(&before, &after, &scratch, repo, file);
			hunks_add_functions(&out, &scratch, file, before,
					    after);
		} else {
			buf_addstr(&out, file);
		}
		arena_release(&scratch);
	}
	patch->text = arena_strdup(a, out.p);
	buf_release(&out);
}

struct err *hunks_load(struct patches *out, struct arena *a, struct repo *repo,
		       const struct range *ranges, size_t nr, const char *path)
{
	const char *options[] = { "-c", "core.quotePath=false", MARKS_DIFF,
				  "--full-index", NULL };
	size_t first = out->nr;
	struct err *e = diff_patches(out, a, repo, ranges, nr, options, path);

	for (size_t i = first; !e && i < out->nr; i++)
		name_functions(&out->at[i], a, repo);
	return e;
}

/* An agent that edits a file has its fixes looked at again and again, and in a
 * folder of very many files git takes a while for each. What a commit did stays
 * true; the number rises with what git is asked, as that of `touched` does. */
static const struct answers kept_hunks = {
	.name = "hunks",
	.title = "git-retro hunks 3",
	.all_max = (size_t)256 << 10,
	.one_max = (size_t)16 << 10,
};

struct err *hunks_of_file(const char **out, struct arena *a, struct repo *repo,
			  const struct oid *commit, const char *path)
{
	const struct range range = { .to = *commit };
	struct patches patches = { 0 };
	struct buf key = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e = NULL;

	buf_addf(&key, "%s %s", oid_hex(hex, commit), path);
	if (!answers_get(&text, &kept_hunks, repo, &key)) {
		e = hunks_load(&patches, a, repo, &range, 1, path);
		if (!e && patches.nr)
			buf_addstr(&text, patches.at[0].text);
		if (!e)
			answers_put(&kept_hunks, repo, &key, &text);
	}
	*out = arena_strndup(a, text.p, text.n);
	buf_release(&text);
	buf_release(&key);
	return e;
}
