/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/trailers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/file.h"
#include "git/graph.h"
#include "git/known.h"
#include "git/message.h"
#include "git/oidset.h"
#include "git/rev.h"
#include "git/walk.h"

/* The file:
 *
 *	git-retro trailers 1
 *	tie <commit> <key> <seconds> <zone> <value>
 *	tip <commit> <a digit for each tie>
 *	sum <of all bytes before>
 *
 * A tip's digits say which ties it reaches. What is found later, from another
 * tip, it does not reach, because its history was left out of that search. So
 * there are as many digits as there were ties. */
#define HEAD     "git-retro trailers 1\n"
#define TIE      "tie "
#define TIP      "tip "
#define SUM      "sum "
#define SUM_SIZE (sizeof(SUM "0123456789abcdef\n") - 1)

/* Tips that are remembered; the oldest goes first. */
#define TIPS_MAX 16

#define PATTERN "^retro(-cause|-fix|-action)?[ \t]*:"

static const char *const keys[] = {
	[TRAILER_RETRO] = "Retro",
	[TRAILER_CAUSE] = "Retro-Cause",
	[TRAILER_FIX] = "Retro-Fix",
	[TRAILER_ACTION] = "Retro-Action",
};

struct scanned {
	struct oid tip;
	const char *reached; /* '0' or '1' for each tie there was */
};

struct cache {
	struct arena *a;
	const char *path;
	struct trailer_ties ties;
	struct VEC_OF(struct scanned) tips; /* oldest first */
};

/* --- the file --- */

/* FNV-1a: against accidents, not against an enemy. */
static uint64_t sum_of(const char *bytes, size_t n)
{
	uint64_t sum = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	return sum;
}

static void add_sum(struct buf *out)
{
	buf_addf(out, SUM "%016" PRIx64 "\n", sum_of(out->p, out->n));
}

static bool is_whole(const struct buf *file)
{
	struct buf sum = BUF_INIT;
	size_t n;
	bool whole;

	if (file->n < SUM_SIZE + strlen(HEAD) ||
	    memcmp(file->p, HEAD, strlen(HEAD)))
		return false;
	n = file->n - SUM_SIZE;
	buf_addf(&sum, SUM "%016" PRIx64 "\n", sum_of(file->p, n));
	whole = !memcmp(file->p + n, sum.p, SUM_SIZE);
	buf_release(&sum);
	return whole;
}

/* Behind the id and a blank; NULL if they are not there. */
static const char *read_id(struct oid *id, const char *text)
{
	if (strnlen(text, OID_HEX + 1) <= OID_HEX || text[OID_HEX] != ' ' ||
	    !oid_parse(id, text))
		return NULL;
	return text + OID_HEX + 1;
}

static bool read_tie(struct cache *cache, const char *text)
{
	struct trailer_tie tie = { 0 };
	long long seconds;
	long key, zone;
	char *at;

	text = read_id(&tie.commit, text);
	if (!text)
		return false;
	key = strtol(text, &at, 10);
	seconds = strtoll(at, &at, 10);
	zone = strtol(at, &at, 10);
	if (*at != ' ' || key < 0 || key > TRAILER_ACTION)
		return false;
	tie.key = (enum trailer_key)key;
	tie.committed.seconds = seconds;
	tie.committed.zone = (int)zone;
	tie.value = at + 1;
	vec_push(cache->a, &cache->ties, tie);
	return true;
}

static bool read_tip(struct cache *cache, const char *text)
{
	struct scanned scanned;

	scanned.reached = read_id(&scanned.tip, text);
	if (!scanned.reached || strlen(scanned.reached) > cache->ties.nr)
		return false;
	vec_push(cache->a, &cache->tips, scanned);
	return true;
}

static bool read_line(struct cache *cache, const char *line)
{
	if (!strncmp(line, TIE, strlen(TIE)))
		return read_tie(cache, line + strlen(TIE));
	if (!strncmp(line, TIP, strlen(TIP)))
		return read_tip(cache, line + strlen(TIP));
	return false;
}

static void forget(struct cache *cache)
{
	cache->ties.nr = 0;
	cache->tips.nr = 0;
}

/* Nothing, if there is no file or anything about it is odd. */
static void read_file(struct cache *cache)
{
	struct buf file = BUF_INIT;
	struct err *e = file_read(&file, cache->path, FILE_MAX);
	char *line, *end;

	if (!e && is_whole(&file)) {
		line = arena_strndup(cache->a, file.p + strlen(HEAD),
				     file.n - strlen(HEAD) - SUM_SIZE);
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			if (!read_line(cache, line)) {
				forget(cache);
				break;
			}
		}
	}
	err_free(e);
	buf_release(&file);
}

static void format(struct buf *out, const struct cache *cache)
{
	char hex[OID_HEX + 1];

	buf_addstr(out, HEAD);
	for (size_t i = 0; i < cache->ties.nr; i++) {
		const struct trailer_tie *tie = &cache->ties.at[i];

		buf_addf(out, TIE "%s %d %" PRId64 " %d %s\n",
			 oid_hex(hex, &tie->commit), (int)tie->key,
			 tie->committed.seconds, tie->committed.zone,
			 tie->value);
	}
	for (size_t i = 0; i < cache->tips.nr; i++)
		buf_addf(out, TIP "%s %s\n",
			 oid_hex(hex, &cache->tips.at[i].tip),
			 cache->tips.at[i].reached);
	add_sum(out);
}

/* Whoever holds the lock writes as much as we would. */
static void write_file(const struct cache *cache)
{
	struct file_lock lock = { 0 };
	struct buf file = BUF_INIT;
	struct err *e = file_make_parents(cache->path);

	if (!e)
		e = file_lock(&lock, cache->path, 0);
	format(&file, cache);
	if (!e && file.n <= FILE_MAX)
		e = file_write(cache->path, file.p, file.n, 0666, 0);
	file_unlock(&lock);
	err_free(e);
	buf_release(&file);
}

/* --- history --- */

struct search {
	struct cache *cache;
	struct oidset found; /* the commits of the cache's ties */
};

static int key_of(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcasecmp(word, keys[i]))
			return (int)i;
	return -1;
}

/* A tip that was forgotten lets its commits be found once more. */
static bool add_commit(void *data, const struct commit *commit)
{
	struct search *search = data;
	struct cache *cache = search->cache;
	struct trailers trailers = { 0 };

	if (oidset_has(&search->found, &commit->id))
		return true;
	message_trailers(&trailers, cache->a, commit->message);
	for (size_t i = 0; i < trailers.nr; i++) {
		const struct trailer *trailer = &trailers.at[i];
		int key = key_of(trailer->key);

		if (key >= 0 && *trailer->value)
			vec_push(cache->a, &cache->ties,
				 (struct trailer_tie){
					 (enum trailer_key)key, trailer->value,
					 commit->id, commit->committed });
	}
	return true;
}

static struct err *search_history(struct cache *cache, struct repo *repo,
				  const struct oid *tip)
{
	struct search search = { cache, OIDSET_INIT };
	struct oids seen = { 0 };
	struct err *e;

	for (size_t i = 0; i < cache->ties.nr; i++)
		oidset_add(&search.found, &cache->ties.at[i].commit);
	for (size_t i = 0; i < cache->tips.nr; i++)
		vec_push(cache->a, &seen, cache->tips.at[i].tip);
	e = walk_grep(repo, PATTERN, tip, &seen, add_commit, &search);
	oidset_release(&search.found);
	return err_context(e, "looking for trailers");
}

/* Whether every commit of the ties is still here: `git gc` may have taken
 * those that nothing leads to any more. */
static bool are_here(const struct cache *cache, struct repo *repo)
{
	struct strs ids = { 0 };
	char hex[OID_HEX + 1];
	int *known = arena_alloc(cache->a, (cache->ties.nr + 1) * sizeof(int));
	struct err *e;

	for (size_t i = 0; i < cache->ties.nr; i++)
		vec_push(cache->a, &ids,
			 arena_strdup(cache->a,
				      oid_hex(hex, &cache->ties.at[i].commit)));
	e = known_commits(known, repo, &ids);
	for (size_t i = 0; !e && i < ids.nr; i++)
		if (known[i] != 1)
			return false;
	if (!e)
		return true;
	err_free(e);
	return false;
}

/* Writes which of the first `nr` ties the tip reaches. */
static struct err *ask_reached(char *reached, const struct cache *cache,
			       struct repo *repo, const struct oid *tip,
			       size_t nr)
{
	bool *answers = arena_alloc(cache->a, nr + 1);
	struct oids commits = { 0 };
	struct err *e;

	if (!nr)
		return NULL;
	for (size_t i = 0; i < nr; i++)
		vec_push(cache->a, &commits, cache->ties.at[i].commit);
	e = graph_reached(answers, repo, tip, &commits);
	for (size_t i = 0; !e && i < nr; i++)
		reached[i] = answers[i] ? '1' : '0';
	return e;
}

static void push_tip(struct cache *cache, const struct oid *tip,
		     const char *reached)
{
	if (cache->tips.nr == TIPS_MAX) {
		memmove(cache->tips.at, cache->tips.at + 1,
			(TIPS_MAX - 1) * sizeof(*cache->tips.at));
		cache->tips.nr--;
	}
	vec_push(cache->a, &cache->tips, (struct scanned){ *tip, reached });
}

/* Adds the tip and what is new in its history. */
static struct err *scan(struct cache *cache, struct repo *repo,
			const struct oid *tip)
{
	size_t before;
	char *reached;
	struct err *e;

	if (!are_here(cache, repo))
		forget(cache);
	before = cache->ties.nr;
	e = search_history(cache, repo, tip);
	if (e)
		return e;
	reached = arena_alloc(cache->a, cache->ties.nr + 1);
	memset(reached, '1', cache->ties.nr);
	e = ask_reached(reached, cache, repo, tip, before);
	if (!e)
		push_tip(cache, tip, reached);
	return e;
}

/* --- the answer --- */

/* By pointers into one list, in whose order equals stay. */
static int newest_first(const void *a, const void *b)
{
	const struct trailer_tie *one = *(const struct trailer_tie *const *)a;
	const struct trailer_tie *two = *(const struct trailer_tie *const *)b;

	if (one->committed.seconds != two->committed.seconds)
		return one->committed.seconds > two->committed.seconds ? -1 : 1;
	return one < two ? -1 : one > two;
}

static void answer(struct trailer_ties *out, const struct cache *cache,
		   const struct scanned *scanned)
{
	struct VEC_OF(const struct trailer_tie *) sorted = { 0 };

	for (size_t i = 0; scanned->reached[i]; i++)
		if (scanned->reached[i] == '1')
			vec_push(cache->a, &sorted, &cache->ties.at[i]);
	if (sorted.nr)
		qsort(sorted.at, sorted.nr, sizeof(*sorted.at), newest_first);
	for (size_t i = 0; i < sorted.nr; i++)
		vec_push(cache->a, out, *sorted.at[i]);
}

static const struct scanned *find_tip(const struct cache *cache,
				      const struct oid *tip)
{
	for (size_t i = 0; i < cache->tips.nr; i++)
		if (oid_equal(&cache->tips.at[i].tip, tip))
			return &cache->tips.at[i];
	return NULL;
}

struct err *trailers_load(struct trailer_ties *out, struct arena *a,
			  struct repo *repo, const struct oid *tip)
{
	struct cache cache = { .a = a };
	bool bent = graph_is_bent(repo);
	struct err *e = NULL;

	cache.path = path_join(a, repo_common_dir(repo), "retro/trailers");
	if (!bent)
		read_file(&cache);
	if (!find_tip(&cache, tip)) {
		e = scan(&cache, repo, tip);
		if (!e && !bent)
			write_file(&cache);
	}
	if (!e)
		answer(out, &cache, find_tip(&cache, tip));
	return e;
}

struct err *trailers_head(struct trailer_ties *out, struct arena *a,
			  struct repo *repo)
{
	struct oid head;
	struct err *e = rev_head(&head, repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e ? e : trailers_load(out, a, repo, &head);
}

const struct trailer_tie *trailers_closing(const struct trailer_ties *ties,
					   const char *id, const char *action)
{
	size_t n = strlen(id);

	for (size_t i = 0; i < ties->nr; i++) {
		const char *value = ties->at[i].value;

		if (ties->at[i].key == TRAILER_ACTION &&
		    !strncmp(value, id, n) && value[n] == '#' &&
		    !strcasecmp(value + n + 1, action))
			return &ties->at[i];
	}
	return NULL;
}
