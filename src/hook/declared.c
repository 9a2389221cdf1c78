/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/declared.h"

#include <string.h>

#include "base/file.h"
#include "base/quote.h"
#include "git/child.h"
#include "git/version.h"
#include "hook/program.h"

static const char *section(struct arena *a, const char *hook)
{
	return arena_printf(a, DECLARED_PREFIX "%s", hook);
}

static const char *key(struct arena *a, const char *hook, const char *name)
{
	return arena_printf(a, "%s.%s", section(a, hook), name);
}

struct err *declared_works(bool *out, struct arena *a)
{
	char *version = NULL;
	struct err *e = version_git(&version, a);

	*out = !e && version_git_is(version, 2, 54);
	return e;
}

/* git hands it to a shell with ` "$@"` behind it. Of the many stages of a
 * transaction only one matters. */
static struct err *render_command(const char **out, struct arena *a,
				  const char *hook)
{
	const char *stage = !strcmp(hook, "reference-transaction")
				    ? "[ \"$1\" != committed ] || "
				    : "";
	struct buf quoted = BUF_INIT;
	char *program;
	struct err *e = program_find(&program, a, SELF_HOOK);

	if (e)
		return e;
	quote_always(&quoted, program);
	*out = arena_printf(a,
			    "retro () { %s[ ! -x %s ] || %s %s \"$@\"; }; "
			    "retro",
			    stage, quoted.p, quoted.p, hook);
	buf_release(&quoted);
	return NULL;
}

/* Whether "file:.git/config" is the repository's own: git names it as seen
 * from the top. */
static bool is_own(const char *origin, struct arena *a, const struct repo *repo)
{
	static const char file[] = "file:";
	const char *own = path_join(a, repo_common_dir(repo), "config");
	const char *top = repo_work_tree(repo), *path;

	if (strncmp(origin, file, strlen(file)))
		return false;
	path = path_real(a, path_join(a, top ? top : repo_git_dir(repo),
				      origin + strlen(file)));
	own = path_real(a, own);
	return path && own && !strcmp(path, own);
}

struct err *declared_find(struct declared *out, struct arena *a,
			  const struct repo *repo, const struct config *config,
			  const char *hook)
{
	struct strs events = { 0 };
	const char *command = config_get(config, key(a, hook, "command"));
	const char *origin = NULL;
	struct err *e = render_command(&out->command, a, hook);

	config_get_all(&events, &origin, a, config, key(a, hook, "event"));
	out->there = command || events.nr;
	out->same = command && out->command && !strcmp(command, out->command) &&
		    events.nr == 1 && !strcmp(events.at[0], hook);
	out->off = !config_bool(config, key(a, hook, "enabled"), true) ||
		   !config_bool(config,
				arena_printf(a, "hook.%s.enabled", hook), true);
	out->elsewhere = origin && !is_own(origin, a, repo) ? origin : NULL;
	return e;
}

static struct err *set_hook_config(struct arena *a, const char *hook,
				   const char *name, const char *value)
{
	const char *const args[] = {
		"config",           "--local", "--replace-all",
		key(a, hook, name), value,     NULL,
	};
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);

	buf_release(&out);
	return e;
}

/* The command first: an event without one is fatal to every git command that
 * has hooks. */
struct err *declared_add(const char *hook, const struct declared *declared,
			 struct arena *a)
{
	struct err *e = set_hook_config(a, hook, "command", declared->command);

	return e ? e : set_hook_config(a, hook, "event", hook);
}

struct err *declared_remove(const char *hook, struct arena *a)
{
	const char *const args[] = { "config", "--local", "--remove-section",
				     section(a, hook), NULL };
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);

	buf_release(&out);
	return e;
}
