/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

/* A part with more digits is not a version number, but the id of something. */
#define PART_DIGITS 18

/* --- characters ---------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_version_letter(char c)
{
	return isalpha((unsigned char)c);
}

static size_t count_digits(const char *s)
{
	return strspn(s, "0123456789");
}

static size_t count_letters(const char *s)
{
	size_t n = 0;

	while (is_version_letter(s[n]))
		n++;
	return n;
}

/* Whether a word, `n` letters, is one of a list that ends with NULL. */
static bool is_word_of(const char *word, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && !strncasecmp(*list, word, n))
			return true;
	return false;
}

/* --- words --------------------------------------------------------------- */

/* How near to the release a word says that it is. What is only a mark in the
 * history, as a branch point, comes first. */
static const struct {
	const char *word;
	int stage;
} stages[] = {
	{ "base", 0 },
	{ "basepoint", 0 },
	{ "branch", 0 },
	{ "branched", 0 },
	{ "branchpoint", 0 },
	{ "dont", 0 },
	{ "em", 0 },
	{ "eol", 0 },
	{ "eom", 0 },
	{ "freeze", 0 },
	{ "init", 0 },
	{ "start", 0 },
	{ "x", 0 },
	{ "backup", 1 },
	{ "broken", 1 },
	{ "canary", 1 },
	{ "daily", 1 },
	{ "dev", 1 },
	{ "devel", 1 },
	{ "develop", 1 },
	{ "development", 1 },
	{ "draft", 1 },
	{ "edge", 1 },
	{ "exp", 1 },
	{ "experimental", 1 },
	{ "insiders", 1 },
	{ "main", 1 },
	{ "master", 1 },
	{ "nightly", 1 },
	{ "snapshot", 1 },
	{ "temp", 1 },
	{ "test", 1 },
	{ "testing", 1 },
	{ "tmp", 1 },
	{ "trunk", 1 },
	{ "unstable", 1 },
	{ "weekly", 1 },
	{ "wip", 1 },
	{ "alfa", 2 },
	{ "alpha", 2 },
	{ "prealpha", 2 },
	{ "beta", 3 },
	{ "prebeta", 3 },
	{ "dp", 4 },
	{ "ea", 4 },
	{ "eap", 4 },
	{ "milestone", 4 },
	{ "pr", 4 },
	{ "pre", 4 },
	{ "prerelease", 4 },
	{ "preview", 4 },
	{ "tp", 4 },
	{ "candidate", 5 },
	{ "cr", 5 },
	{ "next", 5 },
	{ "rc", 5 },
};

/* Of one letter only before a number: 1.0a1, 2.0.0.M1. */
static const struct {
	char letter;
	int stage;
} letters[] = { { 'a', 2 }, { 'b', 3 }, { 'm', 4 }, { 'c', 5 } };

/* The word's stage, or -1. `next` is what follows it. */
static int find_stage(const char *word, size_t n, const char *next)
{
	next += *next == '.' || *next == '-' || *next == '_';
	if (n == 1 && is_digit(*next))
		for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
			if (letters[i].letter == tolower((unsigned char)*word))
				return letters[i].stage;
	for (size_t i = 0; i < ARRAY_SIZE(stages); i++)
		if (strlen(stages[i].word) == n &&
		    !strncasecmp(stages[i].word, word, n))
			return stages[i].stage;
	return -1;
}

/* What says no more than that it is the release. */
static const char *const plain_words[] = {
	"final", "ga", "incubating", "lts", "release", "stable", NULL,
};

static const char *const post_words[] = {
	"build", "fix",     "hf",  "hotfix",   "p",  "patch", "pl",     "post",
	"r",     "rebuild", "rev", "revision", "sp", "u",     "update", NULL,
};

/* Before the numbers, these name no package. */
static const char *const prefix_words[] = {
	"r",    "rel", "release", "releases", "stable", "tag",
	"tags", "v",   "ver",     "version",  NULL,
};

/* Before the numbers and alone, these say that it is not a release. */
static const char *const channels[] = {
	"after",  "alpha",    "base",        "basepoint",  "basepoints",
	"before", "beta",     "branchpoint", "canary",     "candidate",
	"dev",    "nightly",  "pre",         "prerelease", "preview",
	"rc",     "snapshot", "split",       "start",      NULL,
};

/* --- where the numbers are ------------------------------------------------ */

/* Numbers with separators between them. */
struct group {
	size_t start, end, parts;
	int rank; /* how much it looks like the version */
};

/* A time of day, "T16-36-33Z", is of the date before it. */
static bool is_version_time(const char *s, size_t parts)
{
	return parts == 3 && *s == 'T' && count_digits(s + 1) == 2;
}

/* Whether "-12" goes on a chain of bare numbers: "74-2", "2024-01-15". */
static bool is_dashed(const char *s)
{
	size_t n = *s == '-' ? count_digits(s + 1) : 0;

	return n && n <= 4 && s[n + 1] != '.' && s[n + 1] != '_' &&
	       (!is_version_letter(s[n + 1]) || is_version_time(s + n + 1, 3) ||
		!strcmp(s + n + 1, "Z"));
}

static int rank_group(const char *name, size_t from, const struct group *group)
{
	const char *s = name + group->start;
	int several = group->parts > 1 ? 4 : 0;
	size_t at = group->start;

	if (at == from)
		return several + 3;
	if ((s[-1] == 'v' || s[-1] == 'V') &&
	    (at - 1 == from || !isalnum((unsigned char)s[-2])))
		return several + 3;
	return several + (is_version_letter(s[-1]) ? 0 : 1);
}

/* The group that begins at or after `at`; false if there is none. */
static bool next_group(struct group *out, const char *name, size_t from,
		       size_t at)
{
	bool usable = true, dashed = false;

	at += strcspn(name + at, "0123456789");
	*out = (struct group){ at, at, 0, 0 };
	if (!name[at])
		return false;
	for (;;) {
		size_t n = count_digits(name + at);

		usable = usable && n <= PART_DIGITS;
		out->parts++;
		at += n;
		if ((name[at] == '.' || name[at] == '_') && !dashed &&
		    is_digit(name[at + 1])) {
			at++;
		} else if ((out->parts == 1 || dashed) &&
			   (is_dashed(name + at) ||
			    is_version_time(name + at, out->parts))) {
			dashed = true;
			at++;
		} else {
			break;
		}
	}
	out->end = at;
	out->rank = usable ? rank_group(name, from, out) : -1;
	return true;
}

/* Of several the highest rank counts; of equals the one with more parts, what
 * stands before being rather the version of something else (kafka-2.13-3.7.0);
 * then the first, what follows being rather a build. */
static bool find_best_group(struct group *out, const char *name, size_t from)
{
	struct group group;

	*out = (struct group){ .rank = -1 };
	for (size_t at = from; next_group(&group, name, from, at);
	     at = group.end)
		if (group.rank > out->rank ||
		    (group.rank == out->rank && group.rank >= 0 &&
		     group.parts > out->parts))
			*out = group;
	return out->rank >= 0;
}

/* Where the last part of a name begins: after the last slash or "@". */
static size_t find_tail(const char *name, size_t end)
{
	while (end > 0 && name[end - 1] != '/' &&
	       (name[end - 1] != '@' || end == 1))
		end--;
	return end;
}

/* In the last part of the name that has numbers. */
static bool find_numbers(struct group *out, const char *name)
{
	size_t end = strlen(name), from;

	for (;;) {
		from = find_tail(name, end);
		if (find_best_group(out, name, from) && out->start < end)
			return true;
		if (!from)
			return false;
		end = from - 1;
	}
}

/* "1!2.0", "1%2.0": the number before it is an epoch. */
static void read_epoch(struct version *out)
{
	size_t at = out->prefix - 1;

	if (!out->prefix || (out->name[at] != '!' && out->name[at] != '%'))
		return;
	while (at && is_digit(out->name[at - 1]))
		at--;
	if (at == out->prefix - 1 || at + PART_DIGITS < out->prefix)
		return;
	out->epoch = strtoull(out->name + at, NULL, 10);
	out->prefix = at;
}

static void read_parts(struct version *out, const struct group *group)
{
	size_t at = group->start;

	while (at < group->end && out->nr < VERSION_PARTS) {
		out->parts[out->nr++] = strtoull(out->name + at, NULL, 10);
		at += count_digits(out->name + at) + 1;
	}
	out->prefix = group->start;
	out->suffix = group->end;
}

/* --- what stands before -------------------------------------------------- */

/* The beginning of the prefix without separators and words that name nothing;
 * and whether what is left says that it is not a release: "rc-8_1_0". */
static void read_prefix(struct version *out)
{
	const char *name = out->name;
	size_t end = out->prefix, n;
	bool channel = false, other = false;

	for (size_t at = 0; at < end; at += n + !n) {
		n = count_letters(name + at);
		if (!n || is_word_of(name + at, n, prefix_words))
			other |= !n && is_digit(name[at]);
		else if (is_word_of(name + at, n, channels))
			channel = true;
		else
			other = true;
		channel &= name[at] != '@';
		other |= name[at] == '@';
	}
	if (channel && !other) {
		out->pre = true;
		end = 0;
	}
	for (;;) {
		while (end && !isalnum((unsigned char)name[end - 1]))
			end--;
		for (n = 0; n < end && is_version_letter(name[end - n - 1]);)
			n++;
		if (!n || !is_word_of(name + end - n, n, prefix_words) ||
		    (end > n && isalnum((unsigned char)name[end - n - 1])))
			break;
		end -= n;
	}
	out->package = end;
}

/* --- what stands behind -------------------------------------------------- */

static void add_number(struct version_numbers *out, uint64_t number)
{
	if (out->nr < VERSION_NUMBERS)
		out->at[out->nr++] = number;
}

/* How patches were numbered: 1.0.2a, 1.0.2zb. */
static bool is_patch_letter(const char *s, const char *word, size_t n)
{
	return word == s && n <= 2 && !word[n] && islower((unsigned char)*word);
}

/* A word of the suffix and what it makes of the version; `build`: it stands
 * behind a plus, where nothing leads up to anything. */
static void read_word(struct version *out, const char *word, size_t n,
		      bool build)
{
	const char *s = out->name + out->suffix;
	int stage = build ? -1 : find_stage(word, n, word + n);

	if (is_patch_letter(s, word, n) && (n == 1 || stage < 0) &&
	    *word != 'x') {
		out->post = true;
		out->post_kind = (size_t)(word + n - out->name);
		for (size_t i = 0; i < n; i++)
			add_number(&out->post_numbers,
				   (uint64_t)(word[i] - 'a' + 1));
	} else if (stage >= 0) {
		out->pre = true;
		out->stage = stage;
	} else if (is_word_of(word, n, post_words)) {
		out->post = true;
		out->post_kind = (size_t)(word - out->name);
	} else if (!is_word_of(word, n, plain_words) && !out->edition) {
		out->edition = (size_t)(word - out->name);
	}
}

static void read_suffix(struct version *out)
{
	const char *at = out->name + out->suffix;
	bool build = false, worded = false;
	struct version_numbers bare = { 0 };
	size_t n;

	for (; *at; at += n) {
		n = count_letters(at);
		if (n && !out->pre) {
			read_word(out, at, n, build);
			worded |= out->post;
		}
		if (n)
			continue;
		n = count_digits(at);
		if (!n) {
			build |= *at == '+';
			n = 1;
		} else if (out->pre) {
			add_number(&out->pre_numbers, strtoull(at, NULL, 10));
		} else if (!out->edition) {
			add_number(worded ? &out->post_numbers : &bare,
				   strtoull(at, NULL, 10));
		}
	}
	/* "-1" comes after the release, "-0" before it; in "-0.1.rc1" it is
	 * the rc that says what it is. */
	if (bare.nr && !out->pre && !worded) {
		out->post_numbers = bare;
		out->post_kind = out->suffix;
		out->post = bare.at[0] || bare.nr > 1;
		out->pre = !out->post && !out->edition;
	}
}

static bool is_nought(const struct version *version)
{
	for (size_t i = 0; i < version->nr; i++)
		if (version->parts[i])
			return false;
	return true;
}

void version_parse(struct version *out, const char *name)
{
	struct group group;

	*out = (struct version){ .name = name };
	if (!find_numbers(&group, name)) {
		out->prefix = out->package = out->suffix = strlen(name);
		return;
	}
	read_parts(out, &group);
	read_epoch(out);
	read_prefix(out);
	if (!out->pre)
		read_suffix(out);
	/* Nobody releases 0.0.0-20240115: it is how snapshots are called. */
	out->pre |= is_nought(out) && name[out->suffix];
}

/* --- order --------------------------------------------------------------- */

static int compare_digits(const uint64_t *a, size_t n, const uint64_t *b,
			  size_t m)
{
	for (size_t i = 0; i < n || i < m; i++) {
		uint64_t p = i < n ? a[i] : 0, q = i < m ? b[i] : 0;

		if (p != q)
			return p < q ? -1 : 1;
	}
	return 0;
}

static int compare_lists(const struct version_numbers *a,
			 const struct version_numbers *b)
{
	return compare_digits(a->at, a->nr, b->at, b->nr);
}

bool version_same_parts(const struct version *a, const struct version *b)
{
	return a->epoch == b->epoch &&
	       !compare_digits(a->parts, a->nr, b->parts, b->nr);
}

bool version_same_kind(const struct version *a, const struct version *b)
{
	const char *s = a->name + a->post_kind, *t = b->name + b->post_kind;
	size_t n = count_letters(s);

	return a->post && b->post && n == count_letters(t) &&
	       !strncasecmp(s, t, n);
}

bool version_same_package(const struct version *a, const struct version *b)
{
	return a->package == b->package &&
	       !strncasecmp(a->name, b->name, a->package);
}

int version_compare_packages(const struct version *a, const struct version *b)
{
	size_t n = a->package < b->package ? a->package : b->package;
	int order = strncasecmp(a->name, b->name, n);

	if (order)
		return order;
	return a->package < b->package ? -1 : a->package > b->package;
}

bool version_names_pre(const char *glob)
{
	for (size_t n; *glob; glob += n + !n) {
		n = count_letters(glob);
		if (n > 1 && find_stage(glob, n, "") >= 0)
			return true;
	}
	return false;
}

int version_compare(const struct version *a, const struct version *b)
{
	int order;

	if (a->epoch != b->epoch)
		return a->epoch < b->epoch ? -1 : 1;
	order = compare_digits(a->parts, a->nr, b->parts, b->nr);
	if (!order && a->post != b->post)
		order = a->post ? 1 : -1;
	if (!order)
		order = compare_lists(&a->post_numbers, &b->post_numbers);
	if (!order && a->pre != b->pre)
		order = a->pre ? -1 : 1;
	if (!order && a->pre && a->stage != b->stage)
		order = a->stage < b->stage ? -1 : 1;
	if (!order)
		order = compare_lists(&a->pre_numbers, &b->pre_numbers);
	if (!order && !a->edition != !b->edition)
		order = a->edition ? 1 : -1;
	if (!order && a->edition)
		order = strcasecmp(a->name + a->edition, b->name + b->edition);
	return order;
}
