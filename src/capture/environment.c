/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/environment.h"

#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/lines.h"
#include "git/tree.h"

const char *environment_short_name(const struct package *package)
{
	return package->kind == PACKAGE_IMAGE ? path_base(package->name)
					      : package->name;
}

static bool is_package_named(const struct capture_rule *rule,
			     const struct package *package)
{
	if (!rule->names.nr)
		return package->kind == PACKAGE_IMAGE ||
		       package->kind == PACKAGE_RUNTIME;
	for (size_t i = 0; i < rule->names.nr; i++)
		if (glob_name(rule->names.at[i],
			      environment_short_name(package)))
			return true;
	return false;
}

static void add_named_package(struct environment *out, struct arena *a,
			      const struct capture_rule *rule,
			      const struct lock *lock)
{
	for (size_t i = 0; i < lock->packages.nr; i++) {
		struct package package = lock->packages.at[i];

		if (!*package.version || !is_package_named(rule, &package))
			continue;
		package.name = environment_short_name(&package);
		vec_push(a, &out->values, package);
	}
}

/* The value in a line that is like the pattern: up to white space, a quote, or
 * what the pattern says behind the star. NULL if the line is not. */
static const char *match_line(struct arena *a, const char *pattern,
			      const char *line, size_t n)
{
	size_t before = strcspn(pattern, "*");
	const char *tail = pattern + before + 1;
	const char *at = memmem(line, n, pattern, before);
	size_t left, len = 0;

	if (!at)
		return NULL;
	at += before;
	left = (size_t)(line + n - at);
	while (left && strchr("\"' \t", *at))
		at++, left--;
	while (len < left && !strchr("\"' \t,;\\", at[len]) &&
	       !(*tail && strlen(tail) <= left - len &&
		 !strncmp(at + len, tail, strlen(tail))))
		len++;
	return len ? arena_strndup(a, at, len) : NULL;
}

static void add_matches(struct environment *out, struct arena *a,
			const struct capture_rule *rule,
			const struct buf *bytes)
{
	struct lines_at lines = { bytes->p, bytes->p + bytes->n, 0 };
	const char *line;
	size_t n;

	while (rule->patterns.nr && next_line(&line, &n, &lines))
		for (size_t i = 0; i < rule->patterns.nr; i++)
			package_add_runtime(
				&out->values, a, rule->patterns.at[i].name,
				match_line(a, rule->patterns.at[i].text, line,
					   n));
}

static struct err *read_captured(struct environment *out, struct arena *a,
				 struct repo *repo, const struct oid *commit,
				 const struct capture_rule *rule,
				 const char *path)
{
	struct buf bytes = BUF_INIT;
	struct lock lock;
	bool found;
	struct err *e = lock_at(&lock, &found, a, repo, commit, path);

	if (e || !found)
		return e;
	if (lock.unread)
		vec_push(a, &out->unread,
			 arena_printf(a, _("%s: not read: %s"), path,
				      lock.unread));
	if (lock.format)
		vec_push(a, &out->locks, lock);
	add_named_package(out, a, rule, &lock);
	if (!lock.unread && rule->patterns.nr)
		e = tree_file(&bytes, repo, commit, path, LOCK_MAX);
	if (!e)
		add_matches(out, a, rule, &bytes);
	buf_release(&bytes);
	return e;
}

struct err *environments_read(struct environments *out, struct arena *a,
			      struct repo *repo, const struct oid *commit,
			      const struct capture_rules *rules)
{
	struct strs names = { 0 };
	struct err *e = rules->nr ? tree_names(&names, a, repo, commit) : NULL;

	for (size_t i = 0; !e && i < rules->nr; i++) {
		const struct capture_rule *rule = &rules->at[i];
		struct environment one = { .name = rule->environment };

		for (size_t j = 0; !e && j < names.nr; j++)
			if (glob_any(&rule->files, names.at[j]))
				e = read_captured(&one, a, repo, commit, rule,
						  names.at[j]);
		package_sort(&one.values);
		vec_push(a, out, one);
	}
	return e;
}
