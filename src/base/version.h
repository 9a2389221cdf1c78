/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The version in a tag's name. Of "client/v3.5.0-rc.1" the prefix is
 * "client/v", the package "client", the parts 3, 5, 0, and the suffix "-rc.1",
 * which makes it a pre-release. Everything is read from the name alone, by
 * form; nothing is allocated, so that the front can ask, too.
 */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VERSION_PARTS = 8, VERSION_NUMBERS = 4 };

/* Numbers of a suffix: of "-rc.1" 1, of ".preview.7.233" 7 and 233. */
struct version_numbers {
	uint64_t at[VERSION_NUMBERS];
	size_t nr;
};

struct version {
	const char *name; /* borrowed; what follows are offsets into it */
	size_t prefix;    /* where the numbers begin */
	size_t package;   /* the beginning of the prefix that names what is
			   * released, 0 for the repository itself: "v1.0",
			   * "release-1.0" and "1.0" are of one package */
	size_t suffix;    /* what follows the numbers */

	/* Without parts the name has no version, and all of it is prefix. A
	 * part has at most 18 digits. */
	size_t nr;
	uint64_t parts[VERSION_PARTS];
	uint64_t epoch; /* "1!2.0"; Debian's tags write "1%2.0" */

	/* It leads up to the version, or marks a point of its history: rc1,
	 * b2, .dev3, -SNAPSHOT, -M1, -branchpoint, a 0.0.0 of a nightly. */
	bool pre;
	int stage; /* how near it is to the release; more is nearer */
	struct version_numbers pre_numbers;

	/* It comes after the version: .post1, -hotfix.1, -1, p1, 1.0.2a.
	 * post_kind: where the word that says so begins, or the number where
	 * there is none. */
	bool post;
	size_t post_kind;
	struct version_numbers post_numbers;

	/* Another edition of it, in words that nobody knows: "-ce", "+pro",
	 * "__PG_13_9". 0: none; else an offset. */
	size_t edition;
};

/* The version is what stands after the last slash or "@": there the number
 * that begins it or follows a v or a separator, rather one of several parts
 * than of one, rather the first than a later one of no more parts. `_` and `-`
 * separate numbers as `.` does (curl-8_5_0, release-74-2). */
void version_parse(struct version *out, const char *name);

/* Whether both are versions of the same thing, letter case aside; and an order
 * of packages. */
bool version_same_package(const struct version *a, const struct version *b);
int version_compare_packages(const struct version *a, const struct version *b);

/* Whether a glob names a form of pre-release by its word, as "*-beta*" does. */
bool version_names_pre(const char *glob);

/* By epoch, by parts (a missing one counts 0), then what leads up to it,
 * itself, its editions, what comes after it. A total order but for zeros and
 * prefix. */
int version_compare(const struct version *a, const struct version *b);

/* Whether both come after a version in the same way: -hotfix.1, -hotfix.2. */
bool version_same_kind(const struct version *a, const struct version *b);

/* Whether the numbers are equal: 1.0, 1.0.0 and 1.0.0-rc1. */
bool version_same_parts(const struct version *a, const struct version *b);

#endif
