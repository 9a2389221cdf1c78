/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <string.h>

#include "cmd/range_locks.h"
#include "git/rev.h"
#include "git/tree.h"
#include "view/locks.h"
#include "view/record.h"

struct env_args {
	int format;
};

static const struct opt opts[] = {
	OPT_CHOICE(0, "format", struct env_args, format, "<format>",
		   format_names_json, "human or json"),
	OPT_END,
};

static const char *const usage[] = {
	"env [--format <format>] [<rev> | <A..B>]",
	NULL,
};

/* --- one commit --- */

static struct err *list_locks(struct locks *out, struct env *env,
			      const struct oid *commit)
{
	struct strs names = { 0 };
	struct err *e = tree_names(&names, env->arena, env->repo, commit);

	for (size_t i = 0; !e && i < names.nr; i++) {
		struct lock lock;
		bool found = false;

		if (!range_is_own_lock(names.at[i]))
			continue;
		e = lock_at(&lock, &found, env->arena, env->repo, commit,
			    names.at[i]);
		if (found)
			vec_push(env->arena, out, lock);
	}
	return e;
}

static struct err *print_commit(struct buf *out, struct env *env,
				const char *rev)
{
	const struct env_args *args = env->args;
	char hex[OID_HEX + 1];
	struct locks locks = { 0 };
	struct style style;
	struct oid commit;
	struct err *e = rev_commit(&commit, env->repo, rev);
	json_t *json;

	if (!e)
		e = list_locks(&locks, env, &commit);
	if (e)
		return e;
	if (args->format != FORMAT_JSON) {
		style_init(&style, env->config, 1);
		locks_text(out, &style, &locks);
		return NULL;
	}
	json = object_versioned();
	object_set_text(json, "commit", oid_hex(hex, &commit));
	object_set(json, "files", locks_json(&locks));
	object_dump(out, json, JSON_INDENT(2));
	return NULL;
}

/* --- two commits --- */

static struct err *print_changes(struct buf *out, struct env *env,
				 const char *range, const char *dots)
{
	const struct env_args *args = env->args;
	const char *from =
		arena_strndup(env->arena, range, (size_t)(dots - range));
	struct lock_changes changes = { 0 };
	struct oid before, after;
	char hex[OID_HEX + 1];
	struct style style;
	struct err *e = rev_commit(&before, env->repo, *from ? from : "HEAD");
	json_t *json;

	if (!e)
		e = rev_commit(&after, env->repo, dots[2] ? dots + 2 : "HEAD");
	if (!e)
		e = range_locks(&changes, env, &before, &after);
	if (e)
		return e;
	if (args->format != FORMAT_JSON) {
		style_init(&style, env->config, 1);
		lock_changes_text(out, &style, &changes);
		return NULL;
	}
	json = object_versioned();
	object_set_text(json, "from", oid_hex(hex, &before));
	object_set_text(json, "to", oid_hex(hex, &after));
	object_set(json, "files", lock_changes_json(&changes));
	object_dump(out, json, JSON_INDENT(2));
	return NULL;
}

static struct err *run(struct env *env)
{
	const char *rev = env->rest.nr ? env->rest.at[0] : "HEAD";
	const char *dots = strstr(rev, "..");
	struct buf out = BUF_INIT;
	struct err *e;

	if (env->rest.nr > 1)
		return err_new(ERR_USAGE, "env takes one revision or range");
	if (dots && (dots[2] == '.' || !strcmp(rev, "..")))
		return err_hint(err_new(ERR_USAGE, "'%s' is not a range", rev),
				"write it as A..B, like v1.3.0..v1.4.0");
	e = dots ? print_changes(&out, env, rev, dots)
		 : print_commit(&out, env, rev);
	if (!e)
		e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

const struct cmd cmd_env = {
	.name = "env",
	.summary = "What a release is built from, and what changed in it",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct env_args),
	.needs = CMD_REPO | CMD_PAGER,
	.run = run,
};
