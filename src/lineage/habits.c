/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/habits.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/glob.h"
#include "lineage/release_lines.h"

/* In seconds: a leap year, and within how long tags are of one release. */
#define YEAR     INT64_C(31622400)
#define TOGETHER INT64_C(259200)

enum {
	RECENT = 12,     /* tags by which a scheme is judged */
	MOST_MIN = 10,   /* beside so many of a kind one of another is none */
	ALIKE_MIN = 3,   /* so many packages get one pattern for all */
	EACH_MAX = 40,   /* more get it whatever else it matches */
	LOOKED_AT = 500, /* schemes and patterns beyond are not looked at */
};

/* --- tags ---------------------------------------------------------------- */

struct tag {
	struct ref ref;
	struct version version;
	int64_t time;
};
struct tags VEC_OF(struct tag);

static struct err *read_tags(struct tags *out, struct arena *a,
			     struct repo *repo)
{
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, a, repo, REFS_TAGS);
	const struct ref **at;
	int64_t *times;

	for (size_t i = 0; !e && i < refs.nr; i++) {
		struct tag tag = { .ref = refs.at[i] };

		version_parse(&tag.version, tag.ref.name);
		if (tag.ref.has_commit && tag.version.nr)
			vec_push(a, out, tag);
	}
	at = arena_alloc(a, (out->nr + 1) * sizeof(*at));
	times = arena_alloc(a, (out->nr + 1) * sizeof(*times));
	for (size_t i = 0; i < out->nr; i++)
		at[i] = &out->at[i].ref;
	ref_tag_times(times, repo, at, out->nr);
	for (size_t i = 0; i < out->nr; i++)
		out->at[i].time = times[i];
	return e;
}

/* By prefix; then releases before pre-releases, the newest first. */
static int compare_tags(const void *a, const void *b)
{
	const struct tag *one = a, *two = b;
	size_t n = one->version.prefix, m = two->version.prefix;
	int order = memcmp(one->ref.name, two->ref.name, n < m ? n : m);

	if (!order && n != m)
		order = n < m ? -1 : 1;
	if (!order && one->version.pre != two->version.pre)
		order = one->version.pre ? 1 : -1;
	if (!order && one->time != two->time)
		order = one->time > two->time ? -1 : 1;
	return order ? order : version_compare(&two->version, &one->version);
}

static int year_of(int64_t seconds)
{
	time_t at = (time_t)seconds;
	struct tm tm;

	return gmtime_r(&at, &tm) ? tm.tm_year + 1900 : 0;
}

/* Whether the first part is the year of the tag, or a whole date. */
static bool is_year(const struct tag *tag)
{
	uint64_t first = tag->version.parts[0];
	int year = year_of(tag->time);

	if (first > 19000000 && first < 22000000)
		first /= 10000;
	else if (tag->version.nr < 2)
		return false;
	return first > 1990 && first <= (uint64_t)year + 1;
}

/* "24.04": two digits could be any number. They are years if no tag bears one
 * to come, and nearly all bear theirs, in two years at least. */
static bool are_short_years(const struct tag *tags, size_t nr)
{
	size_t own = 0;
	int first = 0, last = 0;

	for (size_t i = 0; i < nr; i++) {
		const struct version *version = &tags[i].version;
		int year = year_of(tags[i].time);

		if (version->nr < 2 || version->parts[0] < 10 ||
		    version->parts[0] > 99 || version->parts[1] > 53 ||
		    version->parts[0] + 2000 > (uint64_t)year)
			return false;
		if (version->parts[0] + 2000 != (uint64_t)year)
			continue;
		own++;
		first = first && first < year ? first : year;
		last = last > year ? last : year;
	}
	return own * 3 >= nr * 2 && first < last;
}

static bool are_dates(const struct tag *tags, size_t nr)
{
	size_t years = 0;

	nr = nr < RECENT ? nr : RECENT;
	if (are_short_years(tags, nr))
		return true;
	for (size_t i = 0; i < nr; i++)
		years += is_year(&tags[i]);
	return nr && years == nr;
}

/* The tags of one prefix, sorted. */
static struct tag_scheme read_scheme(struct arena *a, const struct tag *tags,
				     size_t nr)
{
	struct tag_scheme scheme = {
		.prefix =
			arena_strndup(a, tags->ref.name, tags->version.prefix),
		.version = tags->version,
		.newest = tags->ref.name,
		.time = tags->time,
		.all = nr,
	};

	while (scheme.nr < nr && !tags[scheme.nr].version.pre)
		scheme.nr++;
	scheme.dated = are_dates(tags, scheme.nr ? scheme.nr : nr);
	while (scheme.latest_nr < SCHEME_LATEST && scheme.latest_nr < nr) {
		scheme.latest[scheme.latest_nr] =
			tags[scheme.latest_nr].ref.commit;
		scheme.latest_nr++;
	}
	return scheme;
}

/* Releases before what has none, newest first. */
static int compare_schemes(const void *a, const void *b)
{
	const struct tag_scheme *one = a, *two = b;

	if (one->use != two->use)
		return one->use < two->use ? -1 : 1;
	if (!one->nr != !two->nr)
		return one->nr ? -1 : 1;
	if (one->time != two->time)
		return one->time > two->time ? -1 : 1;
	if (one->nr != two->nr)
		return one->nr > two->nr ? -1 : 1;
	return strcmp(one->prefix, two->prefix);
}

static void sort_schemes(struct tag_schemes *schemes)
{
	if (schemes->nr)
		qsort(schemes->at, schemes->nr, sizeof(*schemes->at),
		      compare_schemes);
}

/* --- which are in use ---------------------------------------------------- */

static int by_package(const void *a, const void *b)
{
	const struct tag_scheme *one = *(const struct tag_scheme *const *)a;
	const struct tag_scheme *two = *(const struct tag_scheme *const *)b;
	int order = version_compare_packages(&one->version, &two->version);

	return order ? order : compare_schemes(one, two);
}

/* A package is tagged in one way at a time: that of its newest tag. */
static void mark_replaced(struct tag_schemes *schemes, struct arena *a)
{
	struct tag_scheme **by =
		arena_alloc(a, (schemes->nr + 1) * sizeof(*by));

	for (size_t i = 0; i < schemes->nr; i++)
		by[i] = &schemes->at[i];
	qsort(by, schemes->nr, sizeof(*by), by_package);
	for (size_t i = 1; i < schemes->nr; i++)
		if (version_same_package(&by[i]->version, &by[i - 1]->version))
			by[i]->use = SCHEME_REPLACED;
}

static int by_numbers(const void *a, const void *b)
{
	const struct tag *one = *(const struct tag *const *)a;
	const struct tag *two = *(const struct tag *const *)b;

	return version_compare(&one->version, &two->version);
}

struct tag_pointers VEC_OF(const struct tag *);

static bool has_tag_prefix(const struct tag *tag, const char *prefix)
{
	return strlen(prefix) == tag->version.prefix &&
	       !strncmp(tag->ref.name, prefix, tag->version.prefix);
}

/* Whether one of the sorted tags has the numbers of `tag`, and its commit or
 * nearly its time. */
static bool has_twin(const struct tag_pointers *main, const struct tag *tag)
{
	const struct tag *const *at = bsearch(&tag, main->at, main->nr,
					      sizeof(*main->at), by_numbers);

	return at && (oid_equal(&(*at)->ref.commit, &tag->ref.commit) ||
		      llabs((*at)->time - tag->time) < TOGETHER);
}

/* Modules that get a tag beside each release of the whole (client/v3.5.0 on the
 * commit of v3.5.0) are not releases of their own. `main` is the repository's
 * own package, or the one with most tags. */
static void mark_aliases(struct tag_schemes *schemes, struct arena *a,
			 const struct tags *tags)
{
	const struct tag_scheme *main = NULL;
	struct tag_pointers twins = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < schemes->nr; i++) {
		const struct tag_scheme *scheme = &schemes->at[i];
		bool own = !scheme->version.package;

		if (scheme->use == SCHEME_USED && scheme->nr &&
		    (!main || (own && main->version.package) ||
		     (own == !main->version.package && scheme->nr > main->nr)))
			main = scheme;
	}
	if (!main)
		return;
	for (size_t i = 0; i < tags->nr; i++)
		if (has_tag_prefix(&tags->at[i], main->prefix))
			vec_push(a, &twins, &tags->at[i]);
	qsort(twins.at, twins.nr, sizeof(*twins.at), by_numbers);
	/* Schemes are in the order of tags, still. */
	for (size_t i = 0; i < schemes->nr; at += schemes->at[i++].all) {
		struct tag_scheme *scheme = &schemes->at[i];
		size_t same = 0, nr = scheme->nr < RECENT ? scheme->nr : RECENT;

		for (size_t j = 0; j < nr; j++)
			same += has_twin(&twins, &tags->at[at + j]);
		if (scheme != main && same > 1 && same * 2 > nr &&
		    scheme->use == SCHEME_USED)
			scheme->use = SCHEME_ALIAS;
	}
}

/* Whether all there is are pre-releases of what the repository itself is. */
static bool is_to_come(const struct tag_scheme *scheme)
{
	return !scheme->nr && !scheme->version.package &&
	       !version_names_pre(scheme->prefix);
}

/* A lone tag beside many of another kind is not a habit. */
static void mark_old(struct tag_schemes *schemes)
{
	int64_t newest = INT64_MIN;
	size_t most = 0;

	for (size_t i = 0; i < schemes->nr; i++)
		if (schemes->at[i].use == SCHEME_USED &&
		    schemes->at[i].nr > most)
			most = schemes->at[i].nr;
	for (size_t i = 0; i < schemes->nr; i++)
		if (schemes->at[i].use == SCHEME_USED &&
		    (schemes->at[i].nr || !most) &&
		    schemes->at[i].time > newest)
			newest = schemes->at[i].time;
	for (size_t i = 0; i < schemes->nr; i++) {
		struct tag_scheme *scheme = &schemes->at[i];

		if (scheme->use != SCHEME_USED)
			continue;
		if (scheme->time < newest - YEAR)
			scheme->use = SCHEME_OLD;
		else if (most && !scheme->nr && !is_to_come(scheme))
			scheme->use = SCHEME_PRE;
		else if (scheme->nr == 1 && most >= MOST_MIN)
			scheme->use = SCHEME_ONCE;
	}
}

/* One tag each is what young packages have: together they are a habit. */
static void unmark_packages(struct tag_schemes *schemes)
{
	size_t nr = 0;

	for (size_t i = 0; i < schemes->nr; i++)
		nr += schemes->at[i].use == SCHEME_USED &&
		      schemes->at[i].version.package;
	for (size_t i = 0; nr >= ALIKE_MIN && i < schemes->nr; i++)
		if (schemes->at[i].use == SCHEME_ONCE &&
		    schemes->at[i].version.package)
			schemes->at[i].use = SCHEME_USED;
}

static struct err *find_schemes(struct tag_schemes *out, struct arena *a,
				struct repo *repo)
{
	struct tags tags = { 0 };
	struct err *e = read_tags(&tags, a, repo);

	if (e || !tags.nr)
		return e;
	qsort(tags.at, tags.nr, sizeof(*tags.at), compare_tags);
	for (size_t at = 0, nr; at < tags.nr; at += nr) {
		const char *name = tags.at[at].ref.name;
		const char *prefix =
			arena_strndup(a, name, tags.at[at].version.prefix);

		for (nr = 1; at + nr < tags.nr &&
			     has_tag_prefix(&tags.at[at + nr], prefix);)
			nr++;
		vec_push(a, out, read_scheme(a, &tags.at[at], nr));
	}
	mark_replaced(out, a);
	mark_aliases(out, a, &tags);
	mark_old(out);
	unmark_packages(out);
	sort_schemes(out);
	return NULL;
}

/* --- patterns of tags ----------------------------------------------------- */

static size_t looked_at(const struct habits *habits)
{
	return habits->schemes.nr < LOOKED_AT ? habits->schemes.nr : LOOKED_AT;
}

/* What stands between the package and the numbers: "@", "/v", "-". */
static const char *habit_style(const struct tag_scheme *scheme)
{
	return scheme->prefix + scheme->version.package;
}

/* How many letters all packages of a style begin with, up to a separator. */
static size_t count_common(const struct habits *habits, const char *style,
			   const char *first)
{
	size_t n = strlen(first);

	for (size_t i = 0; i < looked_at(habits); i++) {
		const struct tag_scheme *scheme = &habits->schemes.at[i];
		size_t same = 0;

		if (scheme->use != SCHEME_USED || !scheme->version.package ||
		    strcmp(habit_style(scheme), style) != 0)
			continue;
		while (same < n && scheme->prefix[same] == first[same])
			same++;
		n = same;
	}
	while (n && isalnum((unsigned char)first[n - 1]))
		n--;
	return n;
}

/* Whether a pattern would take in tags that are not to be releases. */
static bool takes_others(const struct habits *habits, const char *pattern)
{
	for (size_t i = 0; i < looked_at(habits); i++) {
		const struct tag_scheme *scheme = &habits->schemes.at[i];

		if (scheme->nr &&
		    (scheme->use == SCHEME_REPLACED ||
		     scheme->use == SCHEME_ALIAS) &&
		    glob_name(pattern, scheme->newest))
			return true;
	}
	return false;
}

static size_t count_alike_titles(const struct habits *habits, const char *style)
{
	size_t nr = 0;

	for (size_t i = 0; i < looked_at(habits); i++)
		nr += habits->schemes.at[i].use == SCHEME_USED &&
		      habits->schemes.at[i].version.package &&
		      !strcmp(habit_style(&habits->schemes.at[i]), style);
	return nr;
}

static const char *pattern_of(struct arena *a, const struct habits *habits,
			      const struct tag_scheme *scheme)
{
	const char *own = arena_printf(a, "%s[0-9]*", scheme->prefix);
	const char *style = habit_style(scheme), *cover;
	size_t alike =
		scheme->version.package ? count_alike_titles(habits, style) : 0;

	if (alike < ALIKE_MIN)
		return own;
	cover = arena_printf(a, "%.*s*%s[0-9]*",
			     (int)count_common(habits, style, scheme->prefix),
			     scheme->prefix, style);
	if (!glob_name(cover, scheme->newest) ||
	    (alike <= EACH_MAX && takes_others(habits, cover)))
		return own;
	return cover;
}

/* A form of pre-release that is all there is must be named to count. */
static const char *pre_word(struct arena *a, const char *name)
{
	size_t n;

	for (const char *at = name; *at; at += n + !n) {
		for (n = 0; isalpha((unsigned char)at[n]);)
			n++;
		if (n && version_names_pre(arena_strndup(a, at, n)))
			return arena_strndup(a, at, n);
	}
	return NULL;
}

static bool is_covered(const struct strs *patterns,
		       const struct tag_scheme *scheme)
{
	for (size_t i = 0; i < patterns->nr; i++)
		if (glob_name(patterns->at[i], scheme->newest))
			return true;
	return false;
}

void habits_propose(struct proposal *out, struct arena *a,
		    const struct habits *habits)
{
	const struct tag_scheme *newest = NULL;
	size_t dated = 0, used = 0;

	*out = (struct proposal){ 0 };
	for (size_t i = 0; i < looked_at(habits); i++) {
		const struct tag_scheme *scheme = &habits->schemes.at[i];
		const char *word;

		if (scheme->use != SCHEME_USED)
			continue;
		used++;
		dated += scheme->dated;
		if (!is_covered(&out->tags, scheme))
			strs_add(a, &out->tags, pattern_of(a, habits, scheme));
		word = scheme->nr || used > 1 ? NULL
					      : pre_word(a, scheme->newest);
		if (word)
			strs_add(a, &out->tags,
				 arena_printf(a, "%s[0-9]*%s*", scheme->prefix,
					      word));
		if (!newest || scheme->time > newest->time)
			newest = scheme;
	}
	out->dated = used && dated == used;
	out->newest = newest && newest->nr ? newest->newest : NULL;
}

/* --- branches ------------------------------------------------------------- */

/* What a release branch is called by, beside numbers. */
static const char *const branch_words[] = {
	"branch",  "lts",      "maint",  "maintenance", "patches", "rel",
	"release", "releases", "series", "stable",      "support", "v",
	"version", "x",        "y",      NULL,
};

/* Whether all words of a text are of the list; *any, whether one other than a
 * placeholder is there. */
static bool all_words(const char *s, size_t end, bool *any)
{
	size_t n;

	for (size_t at = 0; at < end; at += n + !n) {
		const char *const *word = branch_words;

		for (n = 0; at + n < end && isalpha((unsigned char)s[at + n]);)
			n++;
		while (n && *word &&
		       (strlen(*word) != n || strncasecmp(*word, s + at, n)))
			word++;
		if (n && !*word)
			return false;
		*any |= n > 1;
	}
	return true;
}

/* Whether some release has the numbers of a branch at its beginning. */
static bool has_series(const struct habits *habits,
		       const struct version *branch)
{
	for (size_t i = 0; i < habits->schemes.nr; i++) {
		const struct version *version = &habits->schemes.at[i].version;

		if (habits->schemes.at[i].use == SCHEME_USED &&
		    version->parts[0] >= branch->parts[0])
			return true;
	}
	return false;
}

/* Whether a prefix is that of releases here: "openssl-" where tags are
 * openssl-3.0.1. */
static bool is_product(const struct habits *habits,
		       const struct version *version)
{
	for (size_t i = 0; version->package && i < habits->schemes.nr; i++)
		if (habits->schemes.at[i].use == SCHEME_USED &&
		    version_same_package(&habits->schemes.at[i].version,
					 version))
			return true;
	return false;
}

/* The pattern of a branch that looks like a release branch: its name with the
 * numbers, and a placeholder after them, left open; NULL if it does not. */
static const char *branch_pattern(struct arena *a, const struct habits *habits,
				  const char *name)
{
	struct version version;
	const char *suffix;
	bool worded = false, ended = false;

	version_parse(&version, name);
	suffix = name + version.suffix;
	if (!version.nr || !all_words(suffix, strlen(suffix), &ended))
		return NULL;
	if (!all_words(name, version.prefix, &worded) &&
	    !(is_product(habits, &version) && (version.nr > 1 || *suffix)))
		return NULL;
	if (worded || *suffix || version.package)
		return arena_printf(a, "%.*s[0-9]*%s", (int)version.prefix,
				    name, worded && !ended ? "" : suffix);
	/* Numbers alone: v2.1, 3.9; not 1234, nor a release itself. */
	if (version.nr != 2 || !has_series(habits, &version))
		return NULL;
	suffix = name + version.prefix;
	return arena_printf(a, "%.*s[0-9]*%c[0-9]*", (int)version.prefix, name,
			    suffix[strspn(suffix, "0123456789")]);
}

static int most_branches_first(const void *a, const void *b)
{
	const struct branch_scheme *one = a, *two = b;

	if (one->nr != two->nr)
		return one->nr > two->nr ? -1 : 1;
	return strcmp(one->pattern, two->pattern);
}

static void count_branch(struct branch_schemes *out, struct arena *a,
			 const char *pattern)
{
	for (size_t i = 0; i < out->nr; i++)
		if (!strcmp(out->at[i].pattern, pattern)) {
			out->at[i].nr++;
			return;
		}
	if (out->nr < LOOKED_AT)
		vec_push(a, out, (struct branch_scheme){ pattern, 1 });
}

static struct err *find_branch_schemes(struct habits *out, struct arena *a,
				       struct repo *repo,
				       const struct config *config)
{
	struct strs names = { 0 };
	struct err *e = release_lines_branches(&names, a, repo, config);

	for (size_t i = 0; !e && i < names.nr; i++) {
		const char *name = names.at[i];
		const char *pattern = branch_pattern(a, out, name);

		if (glob_name("maint", name) ||
		    (!pattern && glob_name("maint[-/]*", name)))
			pattern = "maint*";
		if (pattern)
			count_branch(&out->branches, a, pattern);
	}
	if (out->branches.nr)
		qsort(out->branches.at, out->branches.nr,
		      sizeof(*out->branches.at), most_branches_first);
	return e;
}

struct err *habits_find(struct habits *out, struct arena *a, struct repo *repo,
			const struct config *config)
{
	struct err *e;

	*out = (struct habits){ 0 };
	e = find_schemes(&out->schemes, a, repo);
	return e ? e : find_branch_schemes(out, a, repo, config);
}
