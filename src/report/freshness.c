/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/freshness.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "front/marks.h"
#include "git/lookup.h"
#include "git/rev.h"
#include "git/tree.h"
#include "report/touched.h"

/* Of a larger file nothing is known. */
#define TEXT_MAX ((size_t)4 << 20)

/* A linked commit, and whose it is. */
struct part {
	size_t of; /* its place in `out` */
	bool fix;
};

/* A line that one of them left in a file, or took out of it. */
struct line {
	size_t of;
	const char *path;
	uint64_t hash;
	bool fix, removed;
};

struct look {
	struct corpus *corpus;
	struct arena *a;
	struct freshness_list *out;
	struct VEC_OF(struct part) parts;
	struct VEC_OF(struct line) lines;
};

struct hashes VEC_OF(uint64_t);

/* --- the lines that were left --- */

static void add_commit_part(struct look *look, struct strs *names,
			    const struct strs *linked, bool fix)
{
	for (size_t i = 0; i < linked->nr; i++) {
		vec_push(look->a, names, linked->at[i]);
		vec_push(look->a, &look->parts,
			 (struct part){ look->out->nr - 1, fix });
	}
}

static void add_fresh_problem(struct look *look, struct strs *names,
			      const struct retro *retro,
			      const struct problem *problem)
{
	if (!problem->commits.cause.nr && !problem->commits.fix.nr)
		return;
	vec_push(look->a, look->out,
		 (struct freshness){ .retro = retro, .problem = problem });
	add_commit_part(look, names, &problem->commits.cause, false);
	add_commit_part(look, names, &problem->commits.fix, true);
}

static void add_lines(struct look *look, const struct part *part,
		      const struct touched *touched)
{
	char text[TOUCHED_MARK] = "";

	for (const char *at = touched->marks; *at; at += TOUCHED_MARK) {
		struct line line = { .of = part->of,
				     .path = touched->path,
				     .fix = part->fix };

		if (*at != MARK_ADDED && *at != MARK_REMOVED)
			continue;
		line.removed = *at == MARK_REMOVED;
		if (line.removed && !line.fix)
			continue;
		memcpy(text, at + 1, TOUCHED_MARK - 1);
		line.hash = strtoull(text, NULL, 16);
		vec_push(look->a, &look->lines, line);
	}
}

static struct err *load_lines(struct look *look, const struct strs *names,
			      size_t most)
{
	struct oid *ids = arena_alloc(look->a, names->nr * sizeof(*ids));
	const struct part **of = arena_alloc(look->a, names->nr * sizeof(*of));
	struct touched_list touched = { 0 };
	struct oids commits = { 0 };
	size_t unread;
	struct err *e = lookup_ids(ids, look->corpus->repo, names);

	for (size_t i = 0; !e && i < names->nr; i++) {
		if (oid_is_zero(&ids[i]))
			continue;
		of[commits.nr] = &look->parts.at[i];
		vec_push(look->a, &commits, ids[i]);
	}
	if (!e)
		e = touched_load(&touched, look->a, look->corpus->repo,
				 &commits, most, &unread);
	for (size_t i = 0; !e && i < touched.nr; i++)
		add_lines(look, of[touched.at[i].commit], &touched.at[i]);
	return e;
}

static int by_file(const void *a, const void *b)
{
	const struct line *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	if (!order)
		order = (one->of > other->of) - (one->of < other->of);
	if (!order)
		order = (one->hash > other->hash) - (one->hash < other->hash);
	return order;
}

/* Each line once, without those that a fix took out and none brought back. */
static void settle_lines(struct look *look)
{
	size_t kept = 0, end;

	for (size_t i = 0; i < look->lines.nr; i = end) {
		struct line *at = &look->lines.at[i];
		bool taken = false, put = false;

		for (end = i;
		     end < look->lines.nr && !by_file(at, &look->lines.at[end]);
		     end++) {
			const struct line *line = &look->lines.at[end];

			taken |= line->removed;
			put |= line->fix && !line->removed;
		}
		if (!taken || put)
			look->lines.at[kept++] = *at;
	}
	look->lines.nr = kept;
}

/* --- the lines that there are --- */

static int by_fresh_hash(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

static void hash_lines(struct hashes *out, struct arena *a, const char *p,
		       size_t n)
{
	static const char blank[] = " \t\r";
	const char *end = p + n;
	struct change_mark mark = { .kind = MARK_ADDED };

	while (line_next(&mark.text, &mark.n, &p, end)) {
		while (mark.n && strchr(blank, *mark.text)) {
			mark.text++;
			mark.n--;
		}
		while (mark.n && strchr(blank, mark.text[mark.n - 1]))
			mark.n--;
		if (mark.n)
			vec_push(a, out, mark_hash(&mark));
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_fresh_hash);
}

/* One file, whose lines are those from `from` to `to`. One that cannot be read
 * (it is large, or a partial clone lacks it) is taken to have them all: what is
 * not known is not gone. */
static struct err *count_file(struct look *look, const struct oid *head,
			      size_t from, size_t to)
{
	struct arena scratch = ARENA_INIT;
	struct hashes hashes = { 0 };
	struct buf text = BUF_INIT;
	const char *path = look->lines.at[from].path;
	int there = tree_has(look->corpus->repo, head, path);
	bool unknown = there < 0;
	struct err *e = NULL;

	if (there > 0)
		e = tree_file(&text, look->corpus->repo, head, path, TEXT_MAX);
	if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_UNSUPPORTED)) {
		unknown = true;
		err_free(e);
		e = NULL;
	}
	if (!e)
		hash_lines(&hashes, &scratch, text.p, text.n);
	for (size_t i = from; !e && i < to; i++) {
		const struct line *line = &look->lines.at[i];
		struct freshness *of = &look->out->at[line->of];

		of->left++;
		of->now +=
			unknown || (hashes.nr &&
				    bsearch(&line->hash, hashes.at, hashes.nr,
					    sizeof(*hashes.at), by_fresh_hash));
	}
	buf_release(&text);
	arena_release(&scratch);
	return e;
}

static struct err *count_lines(struct look *look)
{
	struct oid head;
	struct err *e = rev_head(&head, look->corpus->repo);
	size_t to;

	for (size_t i = 0; !e && i < look->lines.nr; i = to) {
		for (to = i;
		     to < look->lines.nr &&
		     !strcmp(look->lines.at[to].path, look->lines.at[i].path);
		     to++)
			;
		e = count_file(look, &head, i, to);
	}
	return e;
}

struct err *freshness_load(struct freshness_list *out, struct corpus *corpus,
			   const struct retros *retros, size_t most)
{
	struct look look = { .corpus = corpus, .a = corpus->arena, .out = out };
	struct strs names = { 0 };
	struct err *e;

	for (size_t i = 0; i < retros->nr; i++)
		for (size_t j = 0; j < retros->at[i]->problems.nr; j++)
			add_fresh_problem(&look, &names, retros->at[i],
					  &retros->at[i]->problems.at[j]);
	if (!names.nr)
		return NULL;
	e = load_lines(&look, &names, most);
	if (e || !look.lines.nr)
		return e;
	qsort(look.lines.at, look.lines.nr, sizeof(*look.lines.at), by_file);
	settle_lines(&look);
	return count_lines(&look);
}

bool freshness_is_gone(const struct freshness *freshness)
{
	return freshness->left >= FRESHNESS_FEW && !freshness->now;
}
