/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a team decided: `.retro.yml`, and the same settings from git config.
 * One table of settings (policy.c) gives name, type, limits, default and
 * prose. Declarative only: nothing in it can name a command or leave the
 * repository.
 */
#ifndef MODEL_POLICY_H
#define MODEL_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/diag.h"
#include "model/section.h"

#define POLICY_FILE ".retro.yml"

enum require { REQUIRE_ALL, REQUIRE_MINOR, REQUIRE_MAJOR, REQUIRE_NONE };
enum on_tag { ON_TAG_PROMPT, ON_TAG_HINT, ON_TAG_OFF };
enum on_push { ON_PUSH_WARN, ON_PUSH_BLOCK, ON_PUSH_OFF };
enum on_commit { ON_COMMIT_HINT, ON_COMMIT_OFF };
enum check_staged { CHECK_STAGED_WARN, CHECK_STAGED_BLOCK, CHECK_STAGED_OFF };
enum language { LANGUAGE_EN, LANGUAGE_ZH };

/* What belongs to the releases that a glob matches. */
struct release_paths {
	const char *glob;
	struct strs paths; /* from the root; no "..", no pathspec magic */
};

/* What a team makes of a rule of `check`: ON is as rule_table has it, the
 * others are a level wherever that has one. */
enum rule_mode {
	MODE_DEFAULT, /* nothing was said */
	MODE_OFF,
	MODE_ON,
	MODE_NOTE,
	MODE_WARNING,
	MODE_ERROR,
};

struct rule_choice {
	const char *rule; /* an id of rule_table */
	enum rule_mode mode;
};

/* Words that mean the same; each list ends with NULL. */
struct synonyms VEC_OF(const char *const *);

/* What of an environment is noted when a retro is drafted. */
struct capture_pattern {
	const char *name;
	const char *text; /* of a line; a star stands for the value */
};
struct capture_rule {
	const char *environment;
	struct strs files; /* patterns as in gitignore(5) */
	struct strs names; /* globs of packages; none: images and runtimes */
	struct VEC_OF(struct capture_pattern) patterns;
};
struct capture_rules VEC_OF(struct capture_rule);

struct policy {
	struct strs dirs; /* folders and patterns of them (dirs.h); "" is the
			   * root */
	const char *dir;  /* where new ones go, "retros"; relative, no "..", no
			   * end slash; "" is the root */
	const char *root; /* what all of `dirs` lie in */
	struct strs tags, ignore, branches; /* globs */
	enum require require;
	const char *since; /* tag name, or NULL */
	struct VEC_OF(struct release_paths) paths;
	int due; /* working days */
	enum on_tag on_tag;
	enum on_push on_push;
	enum on_commit on_commit;
	enum check_staged check_staged;
	bool required[6][SECTION_COUNT]; /* [enum status][enum section_key] */
	enum language language;
	struct section_aliases sections;
	struct synonyms synonyms; /* as written */
	struct VEC_OF(struct rule_choice) rules;
	struct capture_rules capture; /* as written */
	const char **origins; /* for each row of policy_table where the value
			       * was set, ".retro.yml:12"; NULL: nowhere, it
			       * is the default */
};

/* The names that the team gave sections; NULL if `policy` is NULL. */
static inline const struct section_aliases *policy_sections(
	const struct policy *policy)
{
	return policy ? &policy->sections : NULL;
}

enum policy_type {
	POLICY_STRING,
	POLICY_DIRS,
	POLICY_GLOBS,
	POLICY_CHOICE,
	POLICY_DAYS,
	POLICY_REQUIRED,
	POLICY_SECTIONS,
	POLICY_PATHS,
	POLICY_SYNONYMS,
	POLICY_RULES,
	POLICY_CAPTURE,
	POLICY_VERSION,
};

struct setting {
	const char *key;    /* in .retro.yml: "releases.tags", "on-tag" */
	const char *config; /* in git config: "retro.tags", "retro.onTag";
			     * NULL if it can only be set in the file */
	enum policy_type type;
	size_t offset;              /* in struct policy */
	const char *fallback;       /* the default, as text */
	const char *const *choices; /* ends with NULL */
	const char *help;
};

extern const struct setting policy_table[];
extern const size_t policy_count;

/* What belongs to a release: the paths of the first glob that matches; NULL:
 * everything. */
const struct strs *policy_release_paths(const struct policy *policy,
					const char *tag);

/* The built-in defaults. */
void policy_init(struct policy *policy, struct arena *a);
/* Lays a `.retro.yml` over it; what it cannot take is reported (rules policy,
 * yaml) and the earlier value kept. */
void policy_read(struct policy *policy, struct arena *a, struct diags *diags,
		 const char *path, const char *bytes, size_t n);
/* Lays one git config value over it (`values` more than one for a repeated
 * list). False, with the problem in `diags`, if it does not fit. */
bool policy_set(struct policy *policy, struct arena *a, struct diags *diags,
		const struct setting *setting, const struct strs *values,
		const char *origin);

/* The value in force, written as in the file: `[a, b]`, `5d`; "" if none. In
 * the arena; not cleaned. */
char *policy_text(const struct policy *policy, struct arena *a,
		  const struct setting *setting);
/* Where it was set; NULL for the default. */
const char *policy_origin(const struct policy *policy,
			  const struct setting *setting);
/* Whether git config knows a setting of this name ("retro.dir", case aside).
 * If not, the one that is most like it; NULL if none is. */
const char *policy_nearest(bool *known, struct arena *a, const char *name);

#endif
