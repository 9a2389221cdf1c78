/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/attributes.h"

#include <string.h>

#include "base/i18n.h"
#include "git/child.h"
#include "model/field.h"

#define HUNKS "diff.retro.xfuncname"
#define MERGE "merge.retro.driver"
/* A value of ours begins so, whatever fields a later version knows. */
#define HEADING "^#{1,6}[[:blank:]].*"

const char attributes_lines[] =
	"# 'git retro init' sets up what git diff and git merge make of "
	"these.\n"
	"*.md diff=retro merge=retro\n"
	"*.markdown diff=retro merge=retro\n";

/* Ours, or git's own where ours is missing or fails. */
static const char driver[] =
	"r=128; command -v git-retro >/dev/null && { git-retro merge-file "
	"%O %A %B %L %P; r=$?; }; test $r -lt 2 || { git merge-file "
	"--marker-size=%L -L ours -L base -L theirs %A %O %B; r=$?; }; exit $r";

/* Headings, and the fields whose value can take many lines. */
static const char *pattern(struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;
	bool first = true;

	buf_addstr(&b, "(" HEADING "|^(");
	for (size_t i = 0; i < field_count; i++) {
		enum field_type type = field_table[i].type;

		if (type != FIELD_LIST && type != FIELD_COMMITS &&
		    type != FIELD_METRICS && type != FIELD_MAP &&
		    type != FIELD_ROWS)
			continue;
		buf_addf(&b, "%s%s", first ? "" : "|", field_table[i].key);
		first = false;
	}
	buf_addstr(&b, "):)");
	text = arena_strdup(a, b.p);
	buf_release(&b);
	return text;
}

static bool is_our_pattern(const char *value)
{
	static const char begins[] = "(" HEADING "|";

	return !strncmp(value, begins, strlen(begins));
}

static bool is_our_driver(const char *value)
{
	return strstr(value, "git-retro merge-file") != NULL;
}

static const char *driver_text(struct arena *a)
{
	(void)a;
	return driver;
}

/* What is set in a clone, and said of it. */
static const struct attribute {
	const char *name, *command;
	const char *(*value)(struct arena *a);
	bool (*is_ours)(const char *value);
	const char *done, *would;
} settings[] = {
	{ HUNKS, "git diff", pattern, is_our_pattern,
	  N_("git diff will show section names in hunk headers\n"),
	  N_("would configure git diff to show section names in hunk "
	     "headers\n") },
	{ MERGE, "git merge", driver_text, is_our_driver,
	  N_("git merge will merge retros by field, section and item\n"),
	  N_("would configure git merge to merge retros by field, section and "
	     "item\n") },
};

static struct err *ask_git_config(const char *const *args)
{
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);

	buf_release(&out);
	return e;
}

static struct err *install_one(struct buf *said, struct env *env,
			       const struct attribute *set, bool dry_run)
{
	const char *value = config_get(env->config, set->name);
	const char *wanted = set->value(env->arena);
	const char *const args[] = { "config",  "--local", "--replace-all",
				     set->name, wanted,    NULL };
	struct err *e = NULL;

	if (value && !strcmp(value, wanted)) {
		buf_addf(said, _("%s: already set up\n"), set->command);
		return NULL;
	}
	if (value && !set->is_ours(value)) {
		buf_addf(said, _("%s: keeping your own setting of %s\n"),
			 set->command, set->name);
		return NULL;
	}
	if (!dry_run)
		e = ask_git_config(args);
	if (!e)
		buf_addstr(said, dry_run ? _(set->would) : _(set->done));
	return e;
}

struct err *attributes_install(struct buf *said, struct env *env, bool dry_run)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < ARRAY_SIZE(settings); i++)
		e = install_one(said, env, &settings[i], dry_run);
	return e;
}

struct err *attributes_remove(struct buf *said, struct env *env)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < ARRAY_SIZE(settings); i++) {
		const struct attribute *set = &settings[i];
		const char *value = config_get(env->config, set->name);
		const char *const args[] = { "config", "--local", "--unset-all",
					     set->name, NULL };

		if (!value || !set->is_ours(value))
			continue;
		e = ask_git_config(args);
		if (!e)
			buf_addf(said, _("%s: setting removed\n"),
				 set->command);
	}
	return e;
}
