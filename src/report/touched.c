/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file is text:
 *
 *	git-retro touched 7
 *	commit <id>
 *	unread <days since 1970>  git could not say what the commit above did (a
 *				partial clone lacks a blob): true on that day
 *	request <number>	of the commit above, if it has one
 *	file <path>		of the commit above
 *	marks <marks>		of the file above, if there are any
 *	moved <path>\t<path>	the second is empty if it was deleted
 *	end
 *
 * Names with a tab or a newline are not kept, and not found.
 */
#include "report/touched.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/line.h"
#include "front/marks.h"
#include "front/net_words.h"
#include "git/ancestry.h"
#include "git/child.h"
#include "git/diff.h"
#include "git/message.h"
#include "git/oidmap.h"
#include "git/rev.h"
#include "git/tree.h"
#include "git/trees_here.h"
#include "git/walk.h"
#include "report/hunks.h"

#define HEADER "git-retro touched 7\n"
#define END    "end\n"
#define PLACE  "retro/touched"
#define MOVES  8  /* renames of one file that are followed */
#define BATCH  64 /* commits whose diffs are read at a time */
/* Marks of one file: a change of more lines says nothing by each of them. */
#define MARKS_MAX 512
/* Likewise words, and of a large file nobody looks which of them are new. */
#define WORDS_MAX 256
#define TEXT_MAX  ((size_t)1 << 20)
#define GONE_MIN  7 /* bytes of a word that is no symbol */
/* So many commits are looked for in the file one by one. */
#define FEW 16
/* So many files are looked for one by one: to list all that there are takes
 * longer. */
#define FEW_FILES 256

struct moved {
	const char *from, *to; /* NULL: deleted */
	bool guessed;          /* what git needs to tell is missing here */
};

struct entry {
	struct oid commit;
	struct strs files;
	struct strs marks; /* of each file, as struct touched has them */
	const char *request;
	int unread; /* the day on which git could not say it; 0: it did */
};

struct cache {
	struct arena *arena;
	struct repo *repo;
	struct VEC_OF(struct entry) entries;
	struct oidmap places;
	struct VEC_OF(struct moved) moves; /* one for each `from`, by that */
	struct oid head;                   /* once it was asked for */
	bool listed;     /* `now` are all files that there are, sorted; else */
	struct strs now; /* they are those that were looked for, and */
	bool *there;     /* whether each was there */
	bool some;       /* `entries` are those that were asked for */
	bool changed;
	bool bent; /* ancestry_is_bent() */
	bool keep; /* unless something could not be asked */
};

static struct entry *touched_entry(const struct cache *cache,
				   const struct oid *commit)
{
	size_t at;

	return oidmap_get(&at, &cache->places, commit) ? &cache->entries.at[at]
						       : NULL;
}

/* Whether nothing is to be asked of the commit today. */
static bool is_known_touch(const struct cache *cache, const struct oid *commit)
{
	const struct entry *entry = touched_entry(cache, commit);

	return entry && (!entry->unread || entry->unread == day_now());
}

/* --- the file --- */

static const char *touched_cache_path(struct cache *cache)
{
	return path_join(cache->arena, repo_common_dir(cache->repo), PLACE);
}

static bool starts_path(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/* False if the line is none. */
static bool read_touched_line(struct cache *cache, const char *line)
{
	struct arena *a = cache->arena;
	struct entry entry = { .request = "" }, *last = NULL;
	const char *tab = strchr(line, '\t');

	if (cache->entries.nr)
		last = &cache->entries.at[cache->entries.nr - 1];

	if (starts_path(line, "commit ")) {
		if (!oid_parse(&entry.commit, line + 7) ||
		    !oidmap_add(&cache->places, &entry.commit,
				cache->entries.nr))
			return false;
		vec_push(a, &cache->entries, entry);
	} else if (starts_path(line, "unread ")) {
		if (!last)
			return false;
		last->unread = (int)strtol(line + 7, NULL, 10);
	} else if (starts_path(line, "request ")) {
		if (!last)
			return false;
		last->request = line + 8;
	} else if (starts_path(line, "file ")) {
		if (!last)
			return false;
		vec_push(a, &last->files, line + 5);
		vec_push(a, &last->marks, "");
	} else if (starts_path(line, "marks ")) {
		if (!last || !last->files.nr ||
		    (strlen(line) - 6) % TOUCHED_MARK)
			return false;
		last->marks.at[last->files.nr - 1] = line + 6;
	} else if (starts_path(line, "moved ") && tab) {
		vec_push(
			a, &cache->moves,
			(struct moved){ arena_strndup(a, line + 6,
						      (size_t)(tab - line) - 6),
					tab[1] ? tab + 1 : NULL, false });
	} else {
		return false;
	}
	return true;
}

static int compare_moves(const void *a, const void *b)
{
	return strcmp(((const struct moved *)a)->from,
		      ((const struct moved *)b)->from);
}

static void sort_moves(struct cache *cache)
{
	if (cache->moves.nr)
		qsort(cache->moves.at, cache->moves.nr,
		      sizeof(*cache->moves.at), compare_moves);
}

static void forget_touched(struct cache *cache)
{
	cache->entries.nr = 0;
	cache->moves.nr = 0;
	oidmap_release(&cache->places);
}

/* Reads the lines up to `end`. False if one is none. */
static bool read_touched_lines(struct cache *cache, const char *at,
			       const char *end)
{
	const char *line;
	size_t n;

	while (line_next(&line, &n, &at, end))
		if (!read_touched_line(cache,
				       arena_strndup(cache->arena, line, n)))
			return false;
	return true;
}

/* The lines of moves, which are the last; `at` is the start of a line. */
static const char *first_move(const char *at, const char *end)
{
	while (end > at) {
		const char *newline = memrchr(at, '\n', (size_t)(end - at) - 1);
		const char *line = newline ? newline + 1 : at;

		if (!starts_path(line, "moved "))
			break;
		end = line;
	}
	return end;
}

/* The lines of one commit, if it has any, from `at` on, behind a newline. */
static bool read_commit_lines(struct cache *cache, const struct oid *commit,
			      const char *at, const char *end)
{
	char hex[OID_HEX + 1];
	const char *line = arena_printf(cache->arena, "\ncommit %s\n",
					oid_hex(hex, commit));
	const char *from, *to;

	if (oidmap_get(NULL, &cache->places, commit))
		return true;
	from = memmem(at - 1, (size_t)(end - at) + 1, line, strlen(line));
	if (!from)
		return true;
	to = memmem(from + 1, (size_t)(end - from) - 1, "\ncommit ", 8);
	return read_touched_lines(cache, from + 1, to ? to + 1 : end);
}

/* Of these commits and all moves. */
static bool read_some_lines(struct cache *cache, const struct oids *commits,
			    const char *at, const char *end)
{
	const char *moves = first_move(at, end);

	for (size_t i = 0; i < commits->nr; i++)
		if (!read_commit_lines(cache, &commits->at[i], at, moves))
			return false;
	return read_touched_lines(cache, moves, end);
}

/* Only a whole one counts; of it what is of these commits (NULL: of all). */
static void read_cache(struct cache *cache, const struct oids *commits)
{
	size_t head = strlen(HEADER), end = strlen(END), n = 0;
	const char *text = file_map_own(&n, touched_cache_path(cache));

	if (n >= head + end && !memcmp(text, HEADER, head) &&
	    !memcmp(text + n - end, END, end)) {
		const char *at = text + head, *stop = text + n - end;

		if (commits ? !read_some_lines(cache, commits, at, stop)
			    : !read_touched_lines(cache, at, stop))
			forget_touched(cache);
		sort_moves(cache);
	}
	file_unmap(text, n);
}

static bool fits_path_line(const char *path)
{
	return !strpbrk(path, "\t\n");
}

/* Failing is no error: then it is asked again. */
static void write_cache(struct cache *cache)
{
	struct buf text = BUF_INIT;
	char hex[OID_HEX + 1];
	const char *path = touched_cache_path(cache);
	struct err *e;

	buf_addstr(&text, HEADER);
	for (size_t i = 0; i < cache->entries.nr; i++) {
		const struct entry *entry = &cache->entries.at[i];

		buf_addf(&text, "commit %s\n", oid_hex(hex, &entry->commit));
		if (entry->unread)
			buf_addf(&text, "unread %d\n", entry->unread);
		if (*entry->request)
			buf_addf(&text, "request %s\n", entry->request);
		for (size_t j = 0; j < entry->files.nr; j++) {
			buf_addf(&text, "file %s\n", entry->files.at[j]);
			if (*entry->marks.at[j])
				buf_addf(&text, "marks %s\n",
					 entry->marks.at[j]);
		}
	}
	for (size_t i = 0; i < cache->moves.nr; i++)
		if (!cache->moves.at[i].guessed)
			buf_addf(&text, "moved %s\t%s\n",
				 cache->moves.at[i].from,
				 cache->moves.at[i].to ? cache->moves.at[i].to
						       : "");
	buf_addstr(&text, END);
	e = file_make_parents(path);
	if (!e && !err_kept())
		e = file_write(path, text.p, text.n, 0666, FILE_OVER, NULL);
	err_free(e);
	buf_release(&text);
}

/* --- what commits touched --- */

static void add_touch(struct cache *cache, const struct file_touch *touch)
{
	size_t at;
	struct entry *entry;

	if (!oidmap_get(&at, &cache->places, &touch->commit) ||
	    !fits_path_line(touch->path))
		return;
	entry = &cache->entries.at[at];
	vec_push(cache->arena, &entry->files, touch->path);
	vec_push(cache->arena, &entry->marks, "");
}

/* The marks of one file of one commit, as they come. */
struct gathering {
	struct cache *cache;
	struct entry *entry;
	size_t file; /* its place in the entry */
	size_t nr;
	struct buf marks;
	struct buf before, after; /* the file, once `known` */
	bool known, both;         /* it is there on both sides */
};

static void keep_marks(struct gathering *g)
{
	const char **marks;

	if (g->marks.n) {
		marks = &g->entry->marks.at[g->file];
		*marks = arena_printf(g->cache->arena, "%s%s", *marks,
				      g->marks.p);
	}
	buf_reset(&g->marks);
	g->nr = 0;
}

static bool is_file(const struct gathering *g, size_t i,
		    const struct change_mark *mark)
{
	const char *file = g->entry->files.at[i];

	return strlen(file) == mark->path_n &&
	       !memcmp(file, mark->path, mark->path_n);
}

/* Turns to the file of the mark; false if it is none of the commit's. */
static bool turn_to_file(struct gathering *g, const struct change_mark *mark)
{
	size_t i = g->file;

	if (i < g->entry->files.nr && is_file(g, i, mark))
		return true;
	keep_marks(g);
	for (i = 0; i < g->entry->files.nr; i++)
		if (is_file(g, i, mark))
			break;
	g->file = i;
	g->known = false;
	return i < g->entry->files.nr;
}

static void gather_mark(void *data, const struct change_mark *mark)
{
	struct gathering *g = data;

	if (turn_to_file(g, mark) && g->nr++ < MARKS_MAX)
		buf_addf(&g->marks, "%c%016" PRIx64, mark->kind,
			 mark_hash(mark));
}

/* The file as a commit has it; "" if there is none, or it is large. */
static struct err *read_side(struct buf *text, struct gathering *g,
			     const struct oid *commit)
{
	struct err *e;

	buf_reset(text);
	e = tree_file(text, g->cache->repo, commit, g->entry->files.at[g->file],
		      TEXT_MAX);
	if (e)
		buf_reset(text);
	return e;
}

/* A file that comes or goes as a whole has no word that is new or gone. */
static void read_touched_sides(struct gathering *g)
{
	struct oid parent;
	struct err *e;

	if (g->known)
		return;
	g->known = true;
	buf_reset(&g->before);
	e = rev_parent(&parent, g->cache->repo, &g->entry->commit,
		       g->cache->bent);
	if (!e)
		e = read_side(&g->before, g, &parent);
	err_pass(e);
	err_pass(read_side(&g->after, g, &g->entry->commit));
	g->both = g->before.n && g->after.n;
}

static bool has_touched_word(const struct buf *text, const char *word, size_t n)
{
	const char *at = text->p, *end = text->p + text->n;

	for (; (at = memmem(at, (size_t)(end - at), word, n)); at++)
		if ((at == text->p || !mark_is_word(at[-1])) &&
		    (at + n == end || !mark_is_word(at[n])))
			return true;
	return false;
}

/* What is new must look like a name; what is gone was one, or is long enough to
 * be known again. */
static char word_kind(struct gathering *g, const struct change_mark *mark)
{
	const struct buf *other;

	if (!net_word_is_symbol(mark->text, mark->n) &&
	    (mark->kind == MARK_MORE || mark->n < GONE_MIN))
		return (char)mark->kind;
	read_touched_sides(g);
	other = mark->kind == MARK_MORE ? &g->before : &g->after;
	if (!g->both || has_touched_word(other, mark->text, mark->n))
		return (char)mark->kind;
	return mark->kind == MARK_MORE ? MARK_NEW : MARK_GONE;
}

static void gather_word(void *data, const struct change_mark *mark)
{
	struct gathering *g = data;

	if (turn_to_file(g, mark) && g->nr++ < WORDS_MAX)
		buf_addf(&g->marks, "%c%016" PRIx64, word_kind(g, mark),
			 mark_hash(mark));
}

static void gather_patches(struct cache *cache, const struct patches *patches)
{
	size_t at;

	for (size_t i = 0; i < patches->nr; i++) {
		struct gathering g = { .cache = cache,
				       .marks = BUF_INIT,
				       .before = BUF_INIT,
				       .after = BUF_INIT };

		if (!oidmap_get(&at, &cache->places, &patches->at[i].commit))
			continue;
		g.entry = &cache->entries.at[at];
		g.file = g.entry->files.nr;
		marks_read(patches->at[i].text, false, gather_mark, &g);
		keep_marks(&g);
		g.file = g.entry->files.nr;
		if (!net_words_read(patches->at[i].text, gather_word, &g))
			cache->keep = false;
		keep_marks(&g);
		buf_release(&g.after);
		buf_release(&g.before);
		buf_release(&g.marks);
	}
}

static struct err *ask_touches(struct cache *cache, const struct oids *commits)
{
	struct file_touches touches = { 0 };
	struct err *e = diff_touches(&touches, cache->arena, cache->repo,
				     commits, true);

	for (size_t i = 0; !e && i < touches.nr; i++)
		add_touch(cache, &touches.at[i]);
	for (size_t i = 0; !e && i < commits->nr; i++) {
		struct strs *files =
			&touched_entry(cache, &commits->at[i])->files;

		if (files->nr > TOUCHED_MAX)
			files->nr = 0;
	}
	return e;
}

static struct err *ask_marks(struct cache *cache, const struct oids *commits)
{
	struct arena scratch = ARENA_INIT;
	struct VEC_OF(struct range) ranges = { 0 };
	struct patches patches = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; i < commits->nr; i++)
		if (touched_entry(cache, &commits->at[i])->files.nr)
			vec_push(&scratch, &ranges,
				 (struct range){ .to = commits->at[i] });
	if (ranges.nr)
		e = hunks_load(&patches, &scratch, cache->repo, ranges.at,
			       ranges.nr, NULL);
	if (!e)
		gather_patches(cache, &patches);
	arena_release(&scratch);
	return e;
}

/* By which requests they came. */
static struct err *ask_requests(struct cache *cache, const struct oids *asked)
{
	struct commits commits = { 0 };
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < asked->nr; i++)
		vec_push(cache->arena, &names,
			 arena_strdup(cache->arena,
				      oid_hex(hex, &asked->at[i])));
	e = walk_many(&commits, cache->arena, cache->repo, &names);
	for (size_t i = 0; !e && i < commits.nr; i++) {
		const struct commit *commit = &commits.at[i];
		struct entry *entry = touched_entry(cache, &commit->id);
		const char *number, *title;

		if (entry && message_request(&number, &title, cache->arena,
					     commit->message))
			entry->request = number;
	}
	return e;
}

/* Asks of all at once. Where that fails (a partial clone lacks a blob), each
 * half is asked by itself, so that one commit does not cost a git for each of
 * the others; it stays unread for that day. */
static void ask_in_halves(struct cache *cache, const struct oids *commits,
			  struct err *(*ask)(struct cache *cache,
					     const struct oids *commits))
{
	struct err *e = ask(cache, commits);
	size_t half = commits->nr / 2;

	if (e && half) {
		ask_in_halves(cache, &(struct oids){ commits->at, half, half },
			      ask);
		ask_in_halves(cache,
			      &(struct oids){ commits->at + half,
					      commits->nr - half, 0 },
			      ask);
	} else if (e) {
		touched_entry(cache, commits->at)->unread = day_now();
	}
	err_pass(e);
}

/* In a partial clone what git would lack is not asked for. */
static void ask_where_told(struct cache *cache, const struct oids *commits,
			   struct err *(*ask)(struct cache *cache,
					      const struct oids *commits))
{
	struct err *e = ask(cache, commits);
	bool *here;
	struct oids left = { 0 };

	if (!e || e->code != ERR_MISSING) {
		if (e)
			ask_in_halves(cache, commits, ask);
		err_pass(e);
		return;
	}
	err_free(e);
	here = arena_alloc(cache->arena, commits->nr + 1);
	err_pass(files_here(here, cache->repo, commits));
	for (size_t i = 0; i < commits->nr; i++)
		if (here[i])
			vec_push(cache->arena, &left, commits->at[i]);
		else
			touched_entry(cache, &commits->at[i])->unread =
				day_now();
	if (left.nr)
		ask_in_halves(cache, &left, ask);
}

/* The newest retros are the last. */
static void ask_missing(struct cache *cache, const struct oids *commits,
			size_t most, size_t *unread)
{
	struct oids missing = { 0 };

	*unread = 0;
	for (size_t i = commits->nr; i--;) {
		struct entry entry = { .commit = commits->at[i],
				       .request = "" };
		struct entry *stale = touched_entry(cache, &entry.commit);

		if (is_known_touch(cache, &entry.commit))
			continue;
		if (most && missing.nr == most) {
			++*unread;
			continue;
		}
		if (stale) {
			*stale = entry;
		} else {
			oidmap_add(&cache->places, &entry.commit,
				   cache->entries.nr);
			vec_push(cache->arena, &cache->entries, entry);
		}
		vec_push(cache->arena, &missing, entry.commit);
	}
	if (!missing.nr)
		return;
	cache->changed = true;
	cache->bent = ancestry_is_bent(cache->repo);
	ask_in_halves(cache, &missing, ask_requests);
	ask_where_told(cache, &missing, ask_touches);
	for (size_t i = 0; i < missing.nr; i += BATCH) {
		struct oids some = { missing.at + i, missing.nr - i, 0 };

		if (some.nr > BATCH)
			some.nr = BATCH;
		ask_where_told(cache, &some, ask_marks);
	}
}

char touched_has(const struct touched *touched, uint64_t hash)
{
	char text[TOUCHED_MARK];

	snprintf(text, sizeof(text), "%016" PRIx64, hash);
	for (const char *at = touched->marks; *at; at += TOUCHED_MARK)
		if (!strncmp(at + 1, text, TOUCHED_MARK - 1))
			return *at;
	return 0;
}

/* --- where files went --- */

static int by_touched_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* 1 or 0; -1 if it cannot be told. */
static int look_for_path(const struct cache *cache, const char *path)
{
	return tree_has_file(cache->repo, &cache->head, path);
}

static bool is_path_there(const struct cache *cache, const char *path)
{
	const char **at = NULL;

	if (cache->now.nr)
		at = bsearch(&path, cache->now.at, cache->now.nr,
			     sizeof(*cache->now.at), by_touched_path);
	if (cache->listed)
		return at != NULL;
	return at ? cache->there[at - cache->now.at]
		  : look_for_path(cache, path) == 1;
}

static const struct moved *find_move(const struct cache *cache,
				     const char *path)
{
	const struct moved key = { .from = path };

	return cache->moves.nr ? bsearch(&key, cache->moves.at, cache->moves.nr,
					 sizeof(key), compare_moves)
			       : NULL;
}

/* The name that a file has now, as far as the moves are known: itself where it
 * is there; NULL if it was deleted; *open if that must still be found out. */
static const char *name_now(const struct cache *cache, const char *path,
			    const char **open)
{
	*open = NULL;
	for (int i = 0; i < MOVES; i++) {
		const struct moved *move;

		if (is_path_there(cache, path))
			return path;
		move = find_move(cache, path);
		if (!move) {
			*open = path;
			return NULL;
		}
		if (!move->to)
			return NULL;
		path = move->to;
	}
	return NULL;
}

/* By the path that went, and by the commit that took it. */
static int compare_renames(const void *a, const void *b)
{
	const struct file_touch *one = a, *other = b;
	int order = strcmp(one->old_path, other->old_path);

	return order ? order
		     : memcmp(one->commit.raw, other->commit.raw, OID_RAW);
}

/* What a commit made of the path that it took away; NULL: nothing. */
static const char *find_rename(const struct file_touches *sorted,
			       const struct file_touch *end)
{
	const struct file_touch key = { .commit = end->commit,
					.old_path = end->path };
	const struct file_touch *found =
		sorted->nr ? bsearch(&key, sorted->at, sorted->nr, sizeof(key),
				     compare_renames)
			   : NULL;

	return found && fits_path_line(found->path) ? found->path : NULL;
}

/* The renames alone, sorted. */
static void sort_renames(struct file_touches *touches)
{
	size_t kept = 0;

	for (size_t i = 0; i < touches->nr; i++)
		if (touches->at[i].old_path)
			touches->at[kept++] = touches->at[i];
	touches->nr = kept;
	if (kept)
		qsort(touches->at, kept, sizeof(*touches->at), compare_renames);
}

static int compare_gone(const void *a, const void *b)
{
	return strcmp(((const struct file_touch *)a)->path,
		      ((const struct file_touch *)b)->path);
}

/* The newest commit that took each of the paths away, and what it made of it. In
 * a partial clone that may be no question for git: then they are held for
 * deleted, until somebody asks again. */
static struct err *find_moves(struct cache *cache, const struct strs *gone)
{
	struct file_touches ends = { 0 }, renames = { 0 };
	struct oids commits = { 0 };
	struct err *e = diff_deletions(&ends, cache->arena, cache->repo,
				       &cache->head, gone);
	bool guessed = false;

	for (size_t i = 0; i < ends.nr; i++)
		vec_push(cache->arena, &commits, ends.at[i].commit);
	if (!e && commits.nr)
		e = diff_touches(&renames, cache->arena, cache->repo, &commits,
				 true);
	if (e && e->code == ERR_MISSING) {
		err_free(e);
		e = NULL;
		guessed = true;
	}
	sort_renames(&renames);
	for (size_t i = 0; !e && i < gone->nr; i++) {
		const struct file_touch key = { .path = gone->at[i] };
		const struct file_touch *end =
			ends.nr ? bsearch(&key, ends.at, ends.nr, sizeof(key),
					  compare_gone)
				: NULL;

		vec_push(
			cache->arena, &cache->moves,
			(struct moved){ gone->at[i],
					end ? find_rename(&renames, end) : NULL,
					guessed });
		cache->changed = true;
	}
	sort_moves(cache);
	return e;
}

static struct err *resolve_moves(struct cache *cache, const struct strs *paths)
{
	struct err *e = NULL;

	for (int round = 0; !e && round < MOVES; round++) {
		struct strs gone = { 0 };
		const char *open;

		for (size_t i = 0; i < paths->nr; i++) {
			name_now(cache, paths->at[i], &open);
			if (open)
				vec_push(cache->arena, &gone, open);
		}
		if (!gone.nr)
			return NULL;
		strs_sort_unique(&gone);
		e = find_moves(cache, &gone);
	}
	return e;
}

/* Where it cannot be told of one file, git says why. */
static struct err *list_now(struct cache *cache, const struct strs *paths)
{
	strs_append(cache->arena, &cache->now, paths);
	strs_sort_unique(&cache->now);
	cache->there = arena_alloc(cache->arena, cache->now.nr + 1);
	cache->listed = cache->now.nr > FEW_FILES;
	for (size_t i = 0; i < cache->now.nr && !cache->listed; i++) {
		int has = look_for_path(cache, cache->now.at[i]);

		cache->there[i] = has == 1;
		cache->listed = has < 0;
	}
	if (!cache->listed)
		return NULL;
	cache->now.nr = 0;
	return tree_names(&cache->now, cache->arena, cache->repo, &cache->head);
}

static void add_all_touched(struct touched_list *out, struct cache *cache,
			    const struct oids *commits)
{
	for (size_t i = 0; i < commits->nr; i++) {
		const struct entry *entry;
		size_t at;

		if (!oidmap_get(&at, &cache->places, &commits->at[i]))
			continue;
		entry = &cache->entries.at[at];
		for (size_t j = 0; j < entry->files.nr; j++) {
			const char *then = entry->files.at[j], *open;
			const char *now = name_now(cache, then, &open);
			struct touched one = { i, now ? now : then, NULL,
					       entry->marks.at[j],
					       entry->request };

			if (now && strcmp(now, then) != 0)
				one.then = then;
			vec_push(cache->arena, out, one);
		}
	}
}

static struct err *load_touched_cache(struct touched_list *out,
				      struct cache *cache,
				      const struct oids *commits, size_t most,
				      size_t *unread)
{
	struct strs paths = { 0 };
	struct err *e;

	ask_missing(cache, commits, most, unread);
	e = rev_head(&cache->head, cache->repo);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no commit yet: nothing of them is here */
		return NULL;
	}
	for (size_t i = 0; i < commits->nr && !e; i++) {
		const struct entry *entry =
			touched_entry(cache, &commits->at[i]);
		char hex[OID_HEX + 1];

		if (entry)
			strs_append(cache->arena, &paths, &entry->files);
		if (entry && entry->unread && !entry->files.nr && !most)
			e = err_hint(
				err_new(ERR_MISSING,
					_("what %s changed cannot be read"),
					oid_hex(hex, &commits->at[i])),
				"%s", child_bring_hint());
	}
	if (!e)
		e = list_now(cache, &paths);
	if (!e)
		e = resolve_moves(cache, &paths);
	if (!e)
		add_all_touched(out, cache, commits);
	return e;
}

/* Reads what is kept of the commits; of all where some are not, since then it
 * is written again. */
static void read_kept_touches(struct cache *cache, const struct oids *commits)
{
	if (commits->nr <= FEW) {
		read_cache(cache, commits);
		cache->some = true;
	}
	for (size_t i = 0; i < commits->nr && cache->some; i++)
		cache->some = is_known_touch(cache, &commits->at[i]);
	if (cache->some)
		return;
	forget_touched(cache);
	read_cache(cache, NULL);
}

/* With the commits that were passed over. */
static void write_all_touches(struct cache *cache)
{
	struct cache all = { .arena = cache->arena, .repo = cache->repo };

	if (!cache->some) {
		write_cache(cache);
		return;
	}
	read_cache(&all, NULL);
	all.moves.at = cache->moves.at;
	all.moves.nr = cache->moves.nr;
	write_cache(&all);
	oidmap_release(&all.places);
}

struct err *touched_load(struct touched_list *out, struct arena *a,
			 struct repo *repo, const struct oids *commits,
			 size_t most, size_t *unread)
{
	struct cache cache = { .arena = a, .repo = repo, .keep = true };
	struct err *e;

	*unread = 0;
	if (!commits->nr)
		return NULL;
	read_kept_touches(&cache, commits);
	e = load_touched_cache(out, &cache, commits, most, unread);
	if ((!e || e->code == ERR_MISSING) && cache.changed && cache.keep)
		write_all_touches(&cache);
	oidmap_release(&cache.places);
	return e;
}
