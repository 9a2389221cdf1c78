/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An answer is a row of numbers as text, each behind a NUL: the days and flags,
 * the number of groups, then of the whole and of each group its name and its
 * figures. A name that is not there is empty.
 */
#include "report/stats_kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "git/answers.h"
#include "git/object.h"
#include "git/standing.h"

/* The number rises when a figure is counted in another way. */
static const struct answers kept_stats = {
	.name = "stats",
	.title = "git-retro " VERSION " stats 1",
	.all_max = (size_t)1 << 20,
	.one_max = (size_t)256 << 10,
};

/* --- the key --------------------------------------------------------------- */

static void add_key_text(struct buf *key, const char *text)
{
	buf_add(key, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void add_key_texts(struct buf *key, const struct strs *texts)
{
	buf_addf(key, "%zu ", texts->nr);
	for (size_t i = 0; i < texts->nr; i++)
		add_key_text(key, texts->at[i]);
}

static void add_stats_question(struct buf *key, const struct query *query,
			       enum stats_by by)
{
	buf_addf(key, "%d ", (int)by);
	add_key_text(key, query->since);
	add_key_text(key, query->until);
	add_key_texts(key, &query->kinds);
	add_key_texts(key, &query->labels);
	add_key_texts(key, &query->paths);
}

/* Whose days they are: times without a zone are of the local one. */
static void add_today(struct buf *key, struct arena *a)
{
	struct moment now = moment_now();

	buf_addf(key, "%d %d ", (int)day_of(now), now.zone);
	add_key_text(key, getenv("TZ"));
	add_key_text(key, path_real(a, "/etc/localtime"));
}

static void add_settings_text(struct buf *key, struct arena *a,
			      const struct policy *policy,
			      const struct config *config)
{
	for (size_t i = 0; i < policy_count; i++)
		add_key_text(key, policy_text(policy, a, &policy_table[i]));
	config_add_all(key, config);
}

static void add_file_blobs(struct buf *key, const struct cached_files *files)
{
	for (size_t i = 0; i < files->nr; i++) {
		add_key_text(key, files->at[i].path);
		buf_add(key, files->at[i].blob.raw, sizeof(struct oid));
	}
}

/* False if nothing is to be kept: something cannot be told, or cannot be
 * read. */
static bool make_stats_key(struct buf *key, const struct corpus *corpus,
			   const struct config *config,
			   const struct query *query, enum stats_by by)
{
	struct arena a = ARENA_INIT;
	struct repo *repo = corpus->repo;
	struct buf all = BUF_INIT;
	struct oid sum;
	bool good = !corpus->diags.nr && standing_refs(&all, &a, repo) &&
		    standing_objects(&all, &a, repo);

	if (good) {
		add_key_text(&all, repo_prefix(repo));
		add_stats_question(&all, query, by);
		add_today(&all, &a);
		add_settings_text(&all, &a, corpus->policy, config);
		add_file_blobs(&all, &corpus->files);
		object_blob_id(&sum, repo, all.p, all.n);
		buf_add(key, &sum, sizeof(sum));
	}
	buf_release(&all);
	arena_release(&a);
	return good;
}

/* --- what is kept ---------------------------------------------------------- */

static void put_stats_number(struct buf *out, int64_t number)
{
	buf_addf(out, "%lld", (long long)number);
	buf_addch(out, '\0');
}

static void put_measured(struct buf *out, enum measure measure,
			 const struct measured *m)
{
	size_t named = 0;

	if (measure_table[measure].type == MEASURE_SHARE)
		named = m->evidence.nr < MEASURE_NAMED ? m->evidence.nr
						       : MEASURE_NAMED;
	put_stats_number(out, (int64_t)m->n);
	put_stats_number(out, (int64_t)m->of);
	put_stats_number(out, (int64_t)m->unknown);
	put_stats_number(out, m->median);
	put_stats_number(out, m->p90);
	put_stats_number(out, (int64_t)named);
	for (size_t i = 0; i < named; i++) {
		add_key_text(out, m->evidence.at[i].release);
		add_key_text(out, m->evidence.at[i].retro);
	}
}

static void put_stats_group(struct buf *out, const struct stats_group *group)
{
	add_key_text(out, group->name);
	for (enum measure i = 0; i < MEASURES; i++)
		put_measured(out, i, &group->at[i]);
}

static void put_stats(struct buf *out, const struct stats *stats)
{
	put_stats_number(out, stats->first);
	put_stats_number(out, stats->last);
	put_stats_number(out, stats->delivery);
	put_stats_number(out, stats->cut);
	put_stats_number(out, (int64_t)stats->groups.nr);
	put_stats_group(out, &stats->total);
	for (size_t i = 0; i < stats->groups.nr; i++)
		put_stats_group(out, &stats->groups.at[i]);
}

/* What is left of an answer, which ends with a NUL; behind its end there is
 * nothing but zeros. */
struct rest {
	struct arena *a;
	const char *at, *end;
};

static const char *take_kept_text(struct rest *rest)
{
	const char *text = rest->at;

	if (text >= rest->end)
		return "";
	rest->at += strlen(text) + 1;
	return text;
}

static int64_t take_kept_number(struct rest *rest)
{
	return strtoll(take_kept_text(rest), NULL, 10);
}

static const char *take_kept_name(struct rest *rest)
{
	const char *text = take_kept_text(rest);

	return *text ? arena_strdup(rest->a, text) : NULL;
}

static void take_stats_group(struct stats_group *out, struct rest *rest)
{
	*out = (struct stats_group){ .name = arena_strdup(
					     rest->a, take_kept_text(rest)) };
	for (enum measure i = 0; i < MEASURES; i++) {
		struct measured *m = &out->at[i];
		int64_t named;

		m->n = (size_t)take_kept_number(rest);
		m->of = (size_t)take_kept_number(rest);
		m->unknown = (size_t)take_kept_number(rest);
		m->median = take_kept_number(rest);
		m->p90 = take_kept_number(rest);
		named = take_kept_number(rest);
		for (int64_t j = 0; j < named && rest->at < rest->end; j++) {
			struct evidence_of one = { take_kept_name(rest), NULL };

			one.retro = take_kept_name(rest);
			vec_push(rest->a, &m->evidence, one);
		}
	}
}

static void take_stats(struct stats *out, struct arena *a,
		       const struct buf *kept, enum stats_by by)
{
	struct rest rest = { a, kept->p, kept->p + kept->n };
	int64_t groups;

	*out = (struct stats){ .by = by };
	out->first = (int32_t)take_kept_number(&rest);
	out->last = (int32_t)take_kept_number(&rest);
	out->delivery = take_kept_number(&rest);
	out->cut = take_kept_number(&rest);
	groups = take_kept_number(&rest);
	take_stats_group(&out->total, &rest);
	for (int64_t i = 0; i < groups && rest.at < rest.end; i++) {
		struct stats_group group;

		take_stats_group(&group, &rest);
		vec_push(a, &out->groups, group);
	}
}

static struct err *count_stats(struct stats *out, struct corpus *corpus,
			       const struct config *config,
			       const struct query *query, enum stats_by by,
			       const struct buf *key)
{
	struct buf kept = BUF_INIT, now = BUF_INIT;
	struct err *e = corpus_survey(corpus);

	if (!e)
		e = stats_load(out, corpus, config, query, by);
	/* A ref may have moved meanwhile. */
	if (!e && key->n && make_stats_key(&now, corpus, config, query, by) &&
	    now.n == key->n && !memcmp(now.p, key->p, now.n)) {
		put_stats(&kept, out);
		answers_put(&kept_stats, corpus->repo, key, &kept);
	}
	buf_release(&kept);
	buf_release(&now);
	return e;
}

struct err *stats_brief(struct stats *out, struct corpus *corpus,
			const struct config *config, const struct query *query,
			enum stats_by by)
{
	struct buf key = BUF_INIT, kept = BUF_INIT;
	struct err *e = corpus_look(corpus);
	bool found = !e && make_stats_key(&key, corpus, config, query, by) &&
		     answers_get(&kept, &kept_stats, corpus->repo, &key);

	if (found)
		take_stats(out, corpus->arena, &kept, by);
	else if (!e)
		e = count_stats(out, corpus, config, query, by, &key);
	corpus_close(corpus);
	buf_release(&key);
	buf_release(&kept);
	return e;
}
