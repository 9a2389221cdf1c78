/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cached table that lets git-retro-hook decide without libgit2, libyaml or
 * git config whether there is anything to say: which tags are releases, and
 * the files whose change makes the table stale. Disposable: without it, or if
 * anything it names has changed, git-retro itself is started and writes it
 * anew.
 */
#ifndef FRONT_TABLE_H
#define FRONT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table;

/* Reads <git_dir>/retro/hooks-table. NULL if there is none, it is damaged, or
 * stale. */
struct table *table_load(const char *git_dir);
void table_free(struct table *table);

/* Whether a tag of this name is a release, by the patterns and its form. */
bool table_is_release(const struct table *table, const char *tag);
/* Whether a branch of this name is a release branch by the patterns. */
bool table_is_branch(const struct table *table, const char *branch);
/* Whether on-tag, on-push are on at all. */
bool table_on_tag(const struct table *table);
bool table_on_push(const struct table *table);
/* Whether on-commit is on, and the folder of retros if staged ones are checked,
 * else NULL. */
bool table_on_commit(const struct table *table);
const char *table_checked(const struct table *table);
/* Whether no tag was added since everything owed was last named to the
 * person. */
bool table_tags_unchanged(const struct table *table, const char *common_dir);

struct table_content {
	const char *const *tags, *const *ignore; /* NULL-terminated globs */
	const char *const *branches;             /* likewise */
	const char *const
		*files; /* NULL-terminated: .retro.yml, config files */
	bool on_tag, on_push, on_commit;
	const char *checked; /* the folder of retros, or NULL */
	bool quiet; /* everything owed was named: remember the state of tags */
};

/* Writes it (atomically). Failing is no error: the table is a help only. */
void table_write(const char *git_dir, const char *common_dir,
		 const struct table_content *content);

#endif
