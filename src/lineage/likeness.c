/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/likeness.h"

#include <string.h>

#include "base/sorted.h"
#include "git/diff.h"
#include "git/mentions.h"
#include "git/patch_id.h"

void features_init(struct features *features, struct arena *a)
{
	*features = (struct features){ .arena = a };
}

void features_release(struct features *features)
{
	oidmap_release(&features->places);
}

static void read_picks(struct strs *out, struct arena *a, const char *message)
{
	struct mentions mentions = { 0 };

	if (!strstr(message, "cherry picked from"))
		return;
	message_mentions(&mentions, a, message);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].type == MENTION_PICK)
			vec_push(a, out, mentions.at[i].id);
}

void features_add(struct features *features, const struct commit *commit)
{
	struct arena *a = features->arena;
	struct feature feature = { .id = commit->id };

	if (!oidmap_add(&features->places, &commit->id, features->nr))
		return;
	feature.author = arena_printf(a, "%s <%s>", commit->author.name,
				      commit->author.mail);
	feature.stamp = arena_printf(a, "%s\n%lld\n%s", feature.author,
				     (long long)commit->authored.seconds,
				     commit->subject);
	read_picks(&feature.picked, a, commit->message);
	vec_push(a, features, feature);
}

const struct feature *features_get(const struct features *features,
				   const struct oid *id)
{
	size_t at;

	return oidmap_get(&at, &features->places, id) ? &features->at[at]
						      : NULL;
}

struct err *features_load(struct features *features, struct repo *repo,
			  const struct oids *commits)
{
	struct arena *a = features->arena;
	struct commits found = { 0 };
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	struct err *e;

	for (size_t i = 0; i < commits->nr; i++)
		if (!features_get(features, &commits->at[i]))
			vec_push(
				a, &names,
				arena_strdup(a, oid_hex(hex, &commits->at[i])));
	e = walk_many(&found, a, repo, &names);
	for (size_t i = 0; !e && i < found.nr; i++)
		if (!oid_is_zero(&found.at[i].id))
			features_add(features, &found.at[i]);
	return e;
}

struct err *features_patches(struct features *features, struct repo *repo,
			     const struct oids *commits)
{
	struct oids known = { 0 };
	struct oid *patches;
	struct err *e;
	size_t at;

	for (size_t i = 0; i < commits->nr; i++)
		if (features_get(features, &commits->at[i]))
			vec_push(features->arena, &known, commits->at[i]);
	patches =
		arena_alloc(features->arena, (known.nr + 1) * sizeof(*patches));
	e = patch_ids(patches, repo, &known);
	for (size_t i = 0; !e && i < known.nr; i++)
		if (oidmap_get(&at, &features->places, &known.at[i]))
			features->at[at].patch = patches[i];
	return e;
}

bool likeness_patch(const struct feature *a, const struct feature *b)
{
	return !oid_is_zero(&a->patch) && oid_equal(&a->patch, &b->patch);
}

/* --- lines --- */

static int by_change_line(const void *line, const void *other)
{
	return strcmp(line, *(const char *const *)other);
}

static int by_line_text_behind(const void *line, const void *other)
{
	return by_change_line(line, other) < 0 ? -1 : 1;
}

/* How often a sorted list has a line: perhaps a hundred thousand times. */
static size_t count_equal(const struct strs *sorted, const char *line)
{
	size_t size = sizeof(*sorted->at);

	return sorted_first(line, sorted->at, sorted->nr, size,
			    by_line_text_behind) -
	       sorted_first(line, sorted->at, sorted->nr, size, by_change_line);
}

/* Blank lines and lone brackets are everywhere: they prove nothing. */
static bool is_telling_line(const char *line)
{
	const char *text = strchr(line, '\t') + 1;

	return text[strspn(text, " \t\r{}()[];,")] != '\0';
}

/* How often the line stays, once all parts are made. */
static size_t left_of(struct arena *a, const struct strs *parts,
		      const char *line)
{
	const char *opposite =
		arena_printf(a, "%c%s", *line == '+' ? '-' : '+', line + 1);
	size_t back = count_equal(parts, opposite),
	       nr = count_equal(parts, line);

	return nr > back ? nr - back : 0;
}

static enum shared_lines part_shows(struct arena *a, const struct strs *part,
				    const struct strs *parts,
				    const struct strs *whole)
{
	enum shared_lines result = LINES_MAYBE;

	for (size_t i = 0; i < part->nr; i++) {
		const char *line = part->at[i];
		size_t left;

		if (!is_telling_line(line))
			continue;
		left = left_of(a, parts, line);
		if (count_equal(whole, line) < left)
			return LINES_NO;
		if (left)
			result = LINES_YES;
	}
	return result;
}

struct err *likeness_lines(enum shared_lines *out, struct repo *repo,
			   const struct oids *parts, size_t part,
			   const struct oid *whole)
{
	struct arena a = ARENA_INIT;
	struct strs one = { 0 }, all = { 0 }, lines = { 0 };
	struct err *e = diff_lines(&lines, &a, repo, whole);

	for (size_t i = 0; !e && i < parts->nr; i++) {
		struct strs some = { 0 };

		e = diff_lines(&some, &a, repo, &parts->at[i]);
		strs_append(&a, &all, &some);
		if (i == part)
			one = some;
	}
	strs_sort(&all);
	strs_sort(&lines);
	*out = e || !one.nr ? LINES_NO : part_shows(&a, &one, &all, &lines);
	arena_release(&a);
	return e;
}

struct err *likeness_some(bool *out, struct repo *repo, const struct oid *one,
			  const struct oid *other)
{
	struct arena a = ARENA_INIT;
	struct strs own = { 0 }, theirs = { 0 };
	struct err *e = diff_lines(&own, &a, repo, one);

	*out = false;
	if (!e)
		e = diff_lines(&theirs, &a, repo, other);
	strs_sort(&theirs);
	for (size_t i = 0; !e && i < own.nr && !*out; i++)
		*out = is_telling_line(own.at[i]) &&
		       count_equal(&theirs, own.at[i]) > 0;
	arena_release(&a);
	return e;
}

/* The sign and the text of each line that says something. */
static void without_names(struct strs *out, struct arena *a,
			  const struct strs *lines)
{
	for (size_t i = 0; i < lines->nr; i++)
		if (is_telling_line(lines->at[i]))
			vec_push(a, out,
				 arena_printf(a, "%c%s", *lines->at[i],
					      strchr(lines->at[i], '\t')));
}

/* How many of the lines of `own` the other has, or with `back` takes back. */
static size_t count_shared_lines(struct arena *a, const struct strs *own,
				 const struct strs *sorted, bool back)
{
	size_t shared = 0;

	for (size_t i = 0; i < own->nr; i++) {
		const char *line = own->at[i];

		if (back)
			line = arena_printf(a, "%c%s", *line == '+' ? '-' : '+',
					    line + 1);
		shared += count_equal(sorted, line) > 0;
	}
	return shared;
}

/* The lines of one commit, and how many of them the other has. */
static struct err *count_shared_of(size_t *shared, size_t *nr,
				   struct repo *repo, const struct oid *one,
				   const struct oid *other, bool back)
{
	struct arena a = ARENA_INIT;
	struct strs lines = { 0 }, own = { 0 }, theirs = { 0 };
	struct err *e = diff_lines(&lines, &a, repo, one);

	without_names(&own, &a, &lines);
	lines.nr = 0;
	if (!e)
		e = diff_lines(&lines, &a, repo, other);
	without_names(&theirs, &a, &lines);
	strs_sort(&theirs);
	*shared = e ? 0 : count_shared_lines(&a, &own, &theirs, back);
	/* Neither has any: that is the same. */
	*nr = e ? 0 : own.nr + (!own.nr && theirs.nr);
	arena_release(&a);
	return e;
}

struct err *likeness_most(bool *out, struct repo *repo, const struct oid *one,
			  const struct oid *other)
{
	size_t shared, nr;
	struct err *e = count_shared_of(&shared, &nr, repo, one, other, false);

	*out = !e && (shared * 2 > nr || !nr);
	return e;
}

struct err *likeness_nearly(bool *out, struct repo *repo, const struct oid *one,
			    const struct oid *other)
{
	size_t shared, nr;
	struct err *e = count_shared_of(&shared, &nr, repo, one, other, false);

	*out = !e && nr && shared * 5 >= nr * 4;
	return e;
}

struct err *likeness_back(bool *out, struct repo *repo, const struct oid *one,
			  const struct oid *other)
{
	size_t shared, nr;
	struct err *e = count_shared_of(&shared, &nr, repo, one, other, true);

	*out = !e && shared * 2 > nr;
	return e;
}
