/* SPDX-License-Identifier: GPL-2.0-only */
#include "agent/settings.h"

#include <string.h>

#include "base/attr.h"
#include "base/i18n.h"
#include "base/json.h"

/* Where the program is not installed, nothing happens. */
#define RUN "git retro hook agent"
#define COMMAND                                                                \
	"{\"type\": \"command\", \"command\": \"" RUN                          \
	" 2>/dev/null || :\", \"timeout\": 5}"

const struct agent_kind agent_kinds[] = {
	{ { ".claude", "CLAUDE.md", NULL },
	  ".claude/settings.json",
	  ".claude/skills/git-retro/SKILL.md",
	  "PreToolUse",
	  "{\"matcher\": \"Edit|MultiEdit|Write\", \"hooks\": [" COMMAND "]}",
	  "" },
	{ { ".codex", NULL, NULL },
	  ".codex/hooks.json",
	  ".agents/skills/git-retro/SKILL.md",
	  "PreToolUse",
	  "{\"matcher\": \"apply_patch|Edit|Write\", \"hooks\": [" COMMAND "]}",
	  "" },
	{ { ".cursor", ".cursorrules", NULL },
	  ".cursor/hooks.json",
	  ".cursor/skills/git-retro/SKILL.md",
	  "postToolUse",
	  "{\"matcher\": \"Write\", \"command\": \"" RUN " 2>/dev/null || :\"}",
	  "\n  \"version\": 1," },
};
const size_t agent_kind_count = ARRAY_SIZE(agent_kinds);

/* How deep it is put in. */
enum depth { DEPTH_ROOT, DEPTH_HOOKS, DEPTH_LIST, DEPTHS };

static void put_setting_part(struct buf *out, const struct agent_kind *kind,
			     enum depth depth)
{
	if (depth == DEPTH_ROOT)
		buf_addf(out, "\n  \"hooks\": {\"%s\": [%s]}", kind->event,
			 kind->entry);
	else if (depth == DEPTH_HOOKS)
		buf_addf(out, "\n    \"%s\": [%s]", kind->event, kind->entry);
	else
		buf_addf(out, "\n      %s", kind->entry);
}

bool settings_have_hook(const struct buf *text)
{
	return strstr(text->p, RUN) != NULL;
}

void settings_new(struct buf *out, const struct agent_kind *kind)
{
	buf_addf(out, "{%s", kind->first);
	put_setting_part(out, kind, DEPTH_ROOT);
	buf_addstr(out, "\n}\n");
}

/* --- places in JSON that is known to be sound --- */

static const char *pass_space(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

static const char *pass_string(const char *at)
{
	for (at++; *at && *at != '"'; at++)
		at += *at == '\\' && at[1];
	return at + (*at == '"');
}

static const char *pass_value(const char *at)
{
	size_t depth = 0;

	do {
		if (*at == '"') {
			at = pass_string(at);
			continue;
		}
		depth += *at == '{' || *at == '[';
		depth -= *at == '}' || *at == ']';
		at += *at != '\0';
	} while (*at && (depth || !strchr(",]} \t\r\n", *at)));
	return at;
}

/* The value of a member of the object at `at`; NULL if it has none. */
static const char *member_of(const char *at, const char *key)
{
	size_t n = strlen(key);

	at = pass_space(at + 1);
	while (*at == '"') {
		const char *name = at + 1, *value;
		bool same = !strncmp(name, key, n) && name[n] == '"';

		value = pass_space(pass_string(at));
		value = pass_space(value + (*value == ':'));
		if (same)
			return value;
		at = pass_space(pass_value(value));
		at = pass_space(at + (*at == ','));
	}
	return NULL;
}

/* Behind which bracket it belongs, and how deep that is; NULL: nowhere. */
static const char *find_place(enum depth *depth, const char *text,
			      const char *event)
{
	const char *root = pass_space(text), *hooks, *list;

	*depth = DEPTH_ROOT;
	hooks = member_of(root, "hooks");
	if (!hooks)
		return root;
	*depth = DEPTH_HOOKS;
	list = *hooks == '{' ? member_of(hooks, event) : NULL;
	if (!list)
		return *hooks == '{' ? hooks : NULL;
	*depth = DEPTH_LIST;
	return *list == '[' ? list : NULL;
}

static struct err *check_json(const struct buf *text)
{
	json_error_t problem;
	json_t *json = json_loadb(text->p, text->n, 0, &problem);
	struct err *e = NULL;

	if (!json)
		e = err_new(ERR_UNSUPPORTED, _("line %d is not valid JSON: %s"),
			    problem.line, problem.text);
	else if (!json_is_object(json))
		e = err_new(ERR_UNSUPPORTED, _("it is not a JSON object"));
	json_decref(json);
	return e;
}

struct err *settings_add_hook(struct buf *text, const struct agent_kind *kind)
{
	struct buf part = BUF_INIT;
	enum depth depth;
	const char *place;
	struct err *e = check_json(text);

	if (e)
		return e;
	place = find_place(&depth, text->p, kind->event);
	if (!place && depth == DEPTH_HOOKS)
		return err_new(ERR_UNSUPPORTED,
			       _("its \"hooks\" is not an object"));
	if (!place)
		return err_new(ERR_UNSUPPORTED,
			       _("its list of %s hooks is not a list"),
			       kind->event);
	put_setting_part(&part, kind, depth);
	if (!strchr("}]", *pass_space(place + 1)))
		buf_addch(&part, ',');
	buf_splice(text, (size_t)(place - text->p) + 1, 0, part.p, part.n);
	buf_release(&part);
	return NULL;
}

/* Takes these bytes out, with the comma that parted them from what is behind
 * or, where nothing is, from what is before. */
static void cut_setting_part(struct buf *text, size_t at, size_t n)
{
	const char *behind = pass_space(text->p + at + n);
	size_t before = at;

	while (before && strchr(" \t\r\n", text->p[before - 1]))
		before--;
	if (*behind == ',') {
		n = (size_t)(behind + 1 - text->p) - at;
	} else if (before && text->p[before - 1] == ',') {
		n += at - before + 1;
		at = before - 1;
	}
	buf_splice(text, at, n, "", 0);
}

bool settings_remove_hook(struct buf *text, const struct agent_kind *kind)
{
	struct buf part = BUF_INIT;
	const char *found = NULL;

	for (int i = 0; i < DEPTHS && !found; i++) {
		buf_reset(&part);
		put_setting_part(&part, kind, (enum depth)i);
		found = strstr(text->p, part.p);
	}
	if (found)
		cut_setting_part(text, (size_t)(found - text->p), part.n);
	buf_release(&part);
	return found != NULL;
}
