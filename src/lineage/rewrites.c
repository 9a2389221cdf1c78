/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/rewrites.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/line.h"
#include "base/sorted.h"

#define PLACE     "retro/rewrites"
#define MAP_PLACE "filter-repo/commit-map"
/* A line for each commit, of five million. */
#define MAP_MAX ((size_t)512 << 20)
/* No abbreviation is shorter. */
#define DIGITS_LEAST 4
#define AMEND        "amend "

static bool same_rewrite(const struct rewrite *a, const struct rewrite *b)
{
	return oid_equal(&a->from, &b->from) && oid_equal(&a->to, &b->to);
}

static void add_rewrite(struct rewrites *out, struct arena *a,
			struct rewrite rewrite)
{
	size_t at;

	if (oidmap_add(&out->first, &rewrite.from, out->nr)) {
		vec_push(a, out, rewrite);
		return;
	}
	oidmap_get(&at, &out->first, &rewrite.from);
	for (;; at = out->at[at].next - 1) {
		if (same_rewrite(&out->at[at], &rewrite)) {
			out->at[at].amend |= rewrite.amend;
			return;
		}
		if (!out->at[at].next)
			break;
	}
	out->at[at].next = out->nr + 1;
	vec_push(a, out, rewrite);
}

/* "<command> <old id> <new id>" */
static void read_rewrite(struct rewrites *out, struct arena *a,
			 const char *line, size_t n)
{
	struct rewrite rewrite = { 0 };
	const char *space = memchr(line, ' ', n);
	size_t from = space ? oid_parse(&rewrite.from, space + 1) : 0;

	if (!from || n != (size_t)(space - line) + 2 + 2 * from ||
	    space[1 + from] != ' ' ||
	    oid_parse(&rewrite.to, space + 2 + from) != from)
		return;
	rewrite.amend = !strncmp(line, AMEND, strlen(AMEND));
	if (!oid_equal(&rewrite.from, &rewrite.to))
		add_rewrite(out, a, rewrite);
}

/* A file that is not there, or is not ours, has no lines: doctor names it. */
static struct err *none_is_empty(struct err *e)
{
	if (!e || (e->code != ERR_NOT_FOUND && e->code != ERR_UNSUPPORTED))
		return e;
	err_free(e);
	return NULL;
}

static struct err *read_rewrites(struct rewrites *out, struct arena *a,
				 const char *path)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_own(&text, path, FILE_MAX);
	const char *at = text.p, *end = text.p + text.n, *line;
	size_t n;

	/* The last one may still be being written. */
	while (line_next(&line, &n, &at, end) && line + n < end)
		read_rewrite(out, a, line, n);
	buf_release(&text);
	return none_is_empty(e);
}

struct err *rewrites_load(struct rewrites *out, struct arena *a,
			  const struct repo *repo)
{
	const char *path = path_join(a, repo_common_dir(repo), PLACE);
	struct err *e;

	memset(out, 0, sizeof(*out));
	e = read_rewrites(out, a, arena_printf(a, "%s.old", path));
	return e ? e : read_rewrites(out, a, path);
}

/* Lower case, sorted. */
static struct strs sort_digits(struct arena *a, const struct strs *digits)
{
	struct strs sorted = { 0 };

	for (size_t i = 0; i < digits->nr; i++) {
		char *copy = arena_strdup(a, digits->at[i]);

		for (char *p = copy; *p; p++)
			*p = (char)tolower((unsigned char)*p);
		vec_push(a, &sorted, copy);
	}
	strs_sort(&sorted);
	return sorted;
}

static int by_digits_up_to(const void *hex, const void *digits)
{
	return strcmp(*(const char *const *)digits, hex) <= 0 ? 1 : -1;
}

/* Whether the id begins with one of them: the last that is not after it, or
 * one that this one begins with. */
static bool begins_with_any(const struct strs *sorted, const char *hex)
{
	size_t low = sorted_first(hex, sorted->at, sorted->nr,
				  sizeof(*sorted->at), by_digits_up_to);

	while (low-- > 0) {
		if (!strncmp(sorted->at[low], hex, strlen(sorted->at[low])))
			return true;
		if (strncmp(sorted->at[low], hex, DIGITS_LEAST) != 0)
			return false;
	}
	return false;
}

/* The new id may be longer: a repository that moved from SHA-1 to SHA-256. */
static void read_mapped(struct rewrites *out, struct arena *a,
			const struct strs *sorted, const char *line, size_t n)
{
	struct rewrite rewrite = { .amend = true };
	char hex[OID_HEX + 1];
	size_t from = oid_parse(&rewrite.from, line);

	if (!from || n < from + 1 || line[from] != ' ' ||
	    !oid_parse(&rewrite.to, line + from + 1) ||
	    oid_is_zero(&rewrite.to) || oid_equal(&rewrite.from, &rewrite.to) ||
	    !begins_with_any(sorted, oid_hex(hex, &rewrite.from)))
		return;
	add_rewrite(out, a, rewrite);
}

struct err *rewrites_add_map(struct rewrites *out, struct arena *a,
			     const struct repo *repo, const struct strs *digits)
{
	const char *path = path_join(a, repo_common_dir(repo), MAP_PLACE);
	struct strs sorted = sort_digits(a, digits);
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, path, MAP_MAX);
	const char *at = text.p, *end = text.p + text.n, *line;
	size_t n;

	while (line_next(&line, &n, &at, end))
		read_mapped(out, a, &sorted, line, n);
	buf_release(&text);
	return none_is_empty(e);
}

void rewrites_release(struct rewrites *rewrites)
{
	oidmap_release(&rewrites->first);
}

const struct rewrite *rewrites_of(const struct rewrites *rewrites,
				  const struct oid *from)
{
	size_t at;

	return oidmap_get(&at, &rewrites->first, from) ? &rewrites->at[at]
						       : NULL;
}

const struct rewrite *rewrites_next(const struct rewrites *rewrites,
				    const struct rewrite *rewrite)
{
	return rewrite->next ? &rewrites->at[rewrite->next - 1] : NULL;
}

bool rewrites_expand(struct oid *out, const struct rewrites *rewrites,
		     const char *abbrev)
{
	size_t n = strlen(abbrev);
	char hex[OID_HEX + 1];
	bool found = false;

	if (oid_is_full(abbrev) && oid_parse(out, abbrev))
		return rewrites_of(rewrites, out) != NULL;
	for (size_t i = 0; i < rewrites->nr; i++) {
		const struct oid *from = &rewrites->at[i].from;

		if (strncasecmp(oid_hex(hex, from), abbrev, n) != 0 ||
		    (found && oid_equal(out, from)))
			continue;
		if (found)
			return false;
		*out = *from;
		found = true;
	}
	return found;
}
