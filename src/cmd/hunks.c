/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/hunks.h"

#include <string.h>

#include "base/i18n.h"
#include "git/child.h"
#include "model/field.h"

#define NAME "diff.retro.xfuncname"
/* A value of ours begins so, whatever fields a later version knows. */
#define HEADING "^#{1,6}[[:blank:]].*"

const char hunks_attributes[] = "# git diff shows the section of a change; "
				"'git retro init' sets it up.\n"
				"*.md diff=retro\n"
				"*.markdown diff=retro\n";

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

static bool is_our_driver(const char *value)
{
	static const char begins[] = "(" HEADING "|";

	return !strncmp(value, begins, strlen(begins));
}

static struct err *ask_git_config(const char *const *args)
{
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);

	buf_release(&out);
	return e;
}

struct err *hunks_install(struct buf *said, struct env *env, bool dry_run)
{
	const char *value = config_get(env->config, NAME);
	const char *wanted = pattern(env->arena);
	const char *const args[] = { "config", "--local", "--replace-all",
				     NAME,     wanted,    NULL };
	struct err *e = NULL;

	if (value && !strcmp(value, wanted)) {
		buf_addstr(said, _("git diff: already set up\n"));
		return NULL;
	}
	if (value && !is_our_driver(value)) {
		buf_addf(said, _("git diff: keeping your own setting of %s\n"),
			 NAME);
		return NULL;
	}
	if (!dry_run)
		e = ask_git_config(args);
	if (!e)
		buf_addstr(said, dry_run ? _("would configure git diff to show "
					     "section names in hunk headers\n")
					 : _("git diff will show section names "
					     "in hunk headers\n"));
	return e;
}

struct err *hunks_remove(struct buf *said, struct env *env)
{
	static const char *const args[] = { "config", "--local", "--unset-all",
					    NAME, NULL };
	const char *value = config_get(env->config, NAME);
	struct err *e;

	if (!value || !is_our_driver(value))
		return NULL;
	e = ask_git_config(args);
	if (!e)
		buf_addstr(said, _("git diff: setting removed\n"));
	return e;
}
