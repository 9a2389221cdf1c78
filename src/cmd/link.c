/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link and unlink: the links of a retro to commits, releases, branches, files
 * and other retros, written into its front matter.
 */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "cmd/change.h"
#include "cmd/link_suggest.h"
#include "git/ref.h"
#include "git/rev.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "model/edit.h"
#include "model/fix.h"
#include "model/read.h"
#include "view/record.h"

struct args {
	struct strs causes, fixes, backports, guards, commits, releases,
		branches, paths, related, seen_before;
	bool suggest;
	int format;
};

/* The same for both: what link adds, unlink removes. */
#define LINK_OPTS                                                              \
	OPT_LIST(0, "cause", struct args, causes, "<rev>",                     \
		 N_("a commit that caused the problem")),                      \
		OPT_LIST(0, "fix", struct args, fixes, "<rev>",                \
			 N_("a commit that fixed it")),                        \
		OPT_LIST(0, "backport", struct args, backports, "<rev>",       \
			 N_("the fix as it was made for another line")),       \
		OPT_LIST(0, "guard", struct args, guards, "<glob>",            \
			 N_("files whose test would catch it again")),         \
		OPT_LIST(0, "commit", struct args, commits, "<rev>",           \
			 N_("another commit")),                                \
		OPT_LIST(0, "release", struct args, releases, "<tag>",         \
			 N_("a release that the retro covers")),               \
		OPT_LIST(0, "branch", struct args, branches, "<branch>",       \
			 N_("a release branch that it concerns")),             \
		OPT_LIST(0, "path", struct args, paths, "<glob>",              \
			 N_("files that it concerns")),                        \
		OPT_LIST(0, "related", struct args, related, "<retro>",        \
			 N_("another retro")),                                 \
		OPT_LIST(0, "seen-before", struct args, seen_before,           \
			 "<retro>",                                            \
			 N_("an earlier retro of the same problem"))

static const struct opt link_opts[] = {
	LINK_OPTS,
	OPT_BOOL(0, "suggest", struct args, suggest,
		 N_("suggest links without writing them")),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, N_("with --suggest: human or json")),
	OPT_END,
};
static const struct opt unlink_opts[] = { LINK_OPTS, OPT_END };

static const char *const link_usage[] = {
	"link <retro> <link>...",
	"link --suggest [--format <format>] <retro>[#P1]",
	"link --suggest [--format <format>] --fix <rev>...",
	NULL,
};
static const char *const unlink_usage[] = {
	"unlink <retro> <link>...",
	"unlink <retro>#P1",
	NULL,
};

/* --- what a name stands for --- */

/* Gives the value as it is written into the front matter. */
typedef struct err *resolve_fn(const char **value, struct change *change,
			       const char *name);

static struct err *add_nearest(struct err *e, const char *name,
			       const struct strs *known, const char *otherwise)
{
	const char *nearest = text_nearest(name, known);

	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(e, "%s", otherwise);
}

static struct err *list_linkable(struct strs *out, struct env *env,
				 unsigned which)
{
	struct refs refs = { 0 };
	struct err *e = ref_list(&refs, env->arena, env->repo, which);

	for (size_t i = 0; !e && i < refs.nr; i++) {
		const char *name = refs.at[i].name;
		const char *slash = strchr(name, '/');

		if (refs.at[i].type == REF_REMOTE && slash)
			name = slash + 1;
		strs_add(env->arena, out, name);
	}
	return e;
}

static struct err *as_commit(const char **value, struct change *change,
			     const char *name)
{
	struct env *env = change->env;
	struct strs refs = { 0 };
	char hex[OID_HEX + 1];
	struct oid oid;
	struct err *e = rev_commit(&oid, env->repo, name);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(list_linkable(
			&refs, env, REFS_TAGS | REFS_BRANCHES | REFS_REMOTES));
		return add_nearest(e, name, &refs,
				   _("name a commit that 'git log' shows"));
	}
	if (!e)
		*value = arena_strdup(env->arena, oid_hex(hex, &oid));
	return e;
}

static struct err *as_tag(const char **value, struct change *change,
			  const char *name)
{
	struct env *env = change->env;
	struct strs tags = { 0 };
	struct ref tag;
	struct err *e = ref_tag(&tag, env->arena, env->repo, name);

	*value = name;
	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	err_free(list_linkable(&tags, env, REFS_TAGS));
	return add_nearest(e, name, &tags, _("'git tag' lists the tags"));
}

static struct err *as_branch(const char **value, struct change *change,
			     const char *name)
{
	struct env *env = change->env;
	struct strs branches = { 0 };
	struct err *e =
		list_linkable(&branches, env, REFS_BRANCHES | REFS_REMOTES);

	*value = name;
	if (e || strs_has(&branches, name))
		return e;
	return add_nearest(
		err_new(ERR_NOT_FOUND, _("there is no branch '%s'"), name),
		name, &branches, _("'git branch -a' lists them"));
}

/* A glob is taken at its word; a path must lead to something. */
static struct err *as_path(const char **value, struct change *change,
			   const char *name)
{
	struct env *env = change->env;
	const char *path = name;
	enum file_kind kind = FILE_NONE;
	struct err *e = NULL;

	*value = name;
	if (strpbrk(name, "*?["))
		return NULL;
	path = path_normal(env->arena,
			   path_join(env->arena, repo_prefix(env->repo), name));
	if (*path != '/' && strncmp(path, "..", 2))
		e = work_tree_look(&kind, env->arena, env->repo, path);
	if (e)
		return e;
	if (kind == FILE_NONE)
		return err_hint(err_new(ERR_NOT_FOUND,
					_("there is no file '%s'"), name),
				_("name a file of the repository, or a glob"));
	*value = path;
	return NULL;
}

/* Refused if a retro has no pitfall of this number. */
static struct err *has_pitfall(const struct body *body, const char *id,
			       const char *number)
{
	struct buf known = BUF_INIT;
	struct err *e;

	if (body_pitfall(body, number))
		return NULL;
	for (size_t i = 0; i < body->pitfalls.nr; i++)
		if (body->pitfalls.at[i].id)
			buf_addf(&known, "%s%s", known.n ? ", " : "",
				 body->pitfalls.at[i].id);
	e = err_new(ERR_NOT_FOUND, _("%s has no pitfall %s"), id, number);
	e = known.n ? err_hint(e, _("it has %s"), known.p)
	    : body->pitfalls.nr
		    ? err_hint(e, _("'git retro check --fix' numbers them"))
		    : err_hint(e,
			       _("write it under the heading Pitfalls: - %s: "),
			       number);
	buf_release(&known);
	return e;
}

static struct err *as_retro(const char **value, struct change *change,
			    const char *name)
{
	struct retro *other;
	struct err *e = corpus_find(&other, &change->corpus, name);

	if (!e && other == change->retro)
		e = err_new(ERR_USAGE, _("cannot link a retro to itself"));
	if (!e)
		*value = other->id;
	return e;
}

/* A retro, or one of its pitfalls. */
static struct err *as_pitfall(const char **value, struct change *change,
			      const char *name)
{
	struct env *env = change->env;
	struct diags ignored = { .arena = env->arena };
	const char *retro, *number;
	struct err *e;

	if (!problem_split(&retro, &number, env->arena, name))
		return as_retro(value, change, name);
	e = as_retro(&retro, change, retro);
	if (e)
		return e;
	*value = arena_printf(env->arena, "%s#%s", retro, number);
	return has_pitfall(body_read(corpus_by_id(&change->corpus, retro),
				     env->arena, &ignored, &env->policy),
			   retro, number);
}

/* --- the links --- */

struct link {
	const char *key;
	size_t names; /* offset of the option's values in struct args */
	size_t has;   /* offset of what is linked already, in struct retro or,
		       * of a problem's, in struct problem */
	bool of_problem;
	resolve_fn *resolve;
};

#define LINK(key, names, has, resolve)                                         \
	{                                                                      \
		key, offsetof(struct args, names),                             \
			offsetof(struct retro, has), false, resolve            \
	}
#define PROBLEM_LINK(key, names, has, resolve)                                 \
	{                                                                      \
		key, offsetof(struct args, names),                             \
			offsetof(struct problem, has), true, resolve           \
	}

static const struct link links[] = {
	PROBLEM_LINK("cause", causes, commits.cause, as_commit),
	PROBLEM_LINK("fix", fixes, commits.fix, as_commit),
	PROBLEM_LINK("backport", backports, commits.backport, as_commit),
	PROBLEM_LINK("guard", guards, guard, as_path),
	LINK("commits.other", commits, commits.other, as_commit),
	LINK("releases", releases, releases, as_tag),
	LINK("branches", branches, branches, as_branch),
	LINK("paths", paths, paths, as_path),
	LINK("related", related, related, as_retro),
	LINK("seen-before", seen_before, seen_before, as_pitfall),
};

static const struct strs *names_of(const struct env *env,
				   const struct link *link)
{
	return (const struct strs *)((const char *)env->args + link->names);
}

static bool is_prefix(const char *prefix, const char *s)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/* Where the link is written, for edit.h. */
static const char *key_of(const struct change *change, const struct link *link,
			  const char *number)
{
	if (!link->of_problem)
		return link->key;
	return arena_printf(change->env->arena, "commits.%s%s%s",
			    number ? number : "", number ? "." : "", link->key);
}

/* What is linked there: in the problem of the number, in any without one. */
static struct strs linked_values(const struct change *change,
				 const struct link *link, const char *number)
{
	const struct retro *retro = change->retro;
	struct strs all = { 0 };

	if (!link->of_problem)
		return *(
			const struct strs *)(const void *)((const char *)retro +
							   link->has);
	for (size_t i = 0; i < retro->problems.nr; i++) {
		const char *problem = (const char *)&retro->problems.at[i];
		const char *own = retro->problems.at[i].pitfall;
		const struct strs *list =
			(const struct strs *)(const void *)(problem +
							    link->has);

		for (size_t j = 0; j < list->nr; j++)
			if (!number || (own && !strcasecmp(own, number)))
				strs_add(change->env->arena, &all, list->at[j]);
	}
	return all;
}

/* An abbreviation in the file is the commit that is added: one link. */
static bool is_already_linked(const struct strs *has, const char *value,
			      const struct link *link)
{
	for (size_t i = 0; i < has->nr; i++)
		if (!strcmp(has->at[i], value) ||
		    (link->resolve == as_commit && strlen(has->at[i]) >= 7 &&
		     is_prefix(has->at[i], value)))
			return true;
	return false;
}

/* The linked value that `name` means: as it is written, its beginning (a dead
 * commit can be named by nothing else), or what git resolves it to. */
static struct err *find_linked_value(const char **value, struct change *change,
				     const struct link *link,
				     const struct strs *has, const char *name,
				     const char *key)
{
	const char *full = name;
	size_t found = 0;

	err_pass(link->resolve(&full, change, name));
	for (size_t i = 0; i < has->nr; i++) {
		const char *linked = has->at[i];
		bool commit =
			link->resolve == as_commit && strlen(name) >= 4 &&
			(is_prefix(name, linked) || is_prefix(linked, full));

		if (strcmp(linked, name) && strcmp(linked, full) && !commit)
			continue;
		*value = linked;
		found++;
	}
	if (found == 1)
		return NULL;
	if (found)
		return err_new(ERR_FAILED, _("'%s' matches %zu links"), name,
			       found);
	return add_nearest(err_new(ERR_NOT_FOUND,
				   _("%s has no link '%s' under %s"),
				   change->retro->id, name, key),
			   name, has, _("'git retro show' lists its links"));
}

/* One link; the retro is then that of the new bytes. */
static struct err *apply(struct change *change, const struct link *link,
			 const char *number, const char *name, bool add)
{
	struct arena *a = change->env->arena;
	const char *key = key_of(change, link, number);
	const struct strs has = linked_values(change, link, number);
	struct diags ignored = { .arena = a };
	struct buf out = BUF_INIT;
	const char *value = name;
	struct err *e =
		add ? link->resolve(&value, change, name)
		    : find_linked_value(&value, change, link, &has, name, key);
	bool one =
		number || !link->of_problem || change->retro->problems.nr == 1;

	if (!e && add && one && is_already_linked(&has, value, link))
		return NULL;
	if (!e)
		e = add ? edit_add(&out, a, change->retro, key, value)
			: edit_remove(&out, a, change->retro, key, value);
	if (!e)
		change->retro =
			read_retro(a, &ignored, change->retro->path,
				   arena_strndup(a, out.p, out.n), out.n);
	buf_release(&out);
	return e;
}

/* Numbers the pitfalls that have no number, unless one has this. */
static struct err *number_pitfalls(struct change *change, const char *number)
{
	struct env *env = change->env;
	struct diags fixes = { .arena = env->arena };
	struct buf out = BUF_INIT;
	struct err *e = NULL;
	size_t count;

	if (body_pitfall(change->retro->body, number))
		return NULL;
	fix_pitfalls(&fixes, change->retro);
	if (fixes.nr)
		e = fix_apply(&out, &count, env->arena, change->retro,
			      &env->policy, &fixes);
	if (!e && fixes.nr) {
		change->retro = read_retro(
			env->arena, &fixes, change->retro->path,
			arena_strndup(env->arena, out.p, out.n), out.n);
		body_read(change->retro, env->arena, &fixes, &env->policy);
	}
	buf_release(&out);
	return e;
}

/* The pitfall must be in the text; one that is named already may be taken
 * away whether it is or not. */
static struct err *find_pitfall_number(struct change *change,
				       const char *number, bool add)
{
	const char *id = change->retro->id;
	struct err *e = NULL;

	if (!number || retro_problem(change->retro, number))
		return NULL;
	if (!add)
		return err_hint(err_new(ERR_NOT_FOUND,
					_("%s has no links of %s"), id, number),
				_("'git retro show %s' lists its links"), id);
	e = number_pitfalls(change, number);
	return e ? e : has_pitfall(change->retro->body, id, number);
}

/* The problem with all of its links; the text of the pitfall stays. */
static struct err *remove_problem(struct env *env, const char *name,
				  const char *number)
{
	struct change change = { 0 };
	struct buf out = BUF_INIT;
	struct err *e = change_begin(&change, env, name);

	if (!e)
		e = find_pitfall_number(&change, number, false);
	if (!e)
		e = edit_remove_problem(&out, env->arena, change.retro, number);
	if (!e)
		e = change_write(&change, &out);
	buf_release(&out);
	change_end(&change);
	return e;
}

static struct err *change_links(struct env *env, bool add)
{
	struct change change = { 0 };
	struct retro *before = NULL;
	const char *name, *number;
	size_t asked = 0;
	struct err *e;

	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		asked += names_of(env, &links[i])->nr;
	if (env->rest.nr == 1 && !asked && !add &&
	    problem_split(&name, &number, env->arena, env->rest.at[0]))
		return remove_problem(env, name, number);
	if (env->rest.nr != 1 || !asked)
		return err_hint(
			err_new(ERR_USAGE,
				_("%s needs one retro and at least one link"),
				env->cmd->name),
			"git retro %s @ --fix HEAD", env->cmd->name);
	problem_split(&name, &number, env->arena, env->rest.at[0]);
	e = change_begin(&change, env, name);
	before = change.retro;
	if (!e)
		e = find_pitfall_number(&change, number, add);
	for (size_t i = 0; !e && i < ARRAY_SIZE(links); i++) {
		const struct strs *names = names_of(env, &links[i]);

		for (size_t j = 0; !e && j < names->nr; j++)
			e = apply(&change, &links[i], number, names->at[j],
				  add);
	}
	if (!e) {
		struct buf bytes = BUF_INIT;

		buf_add(&bytes, change.retro->bytes, change.retro->n);
		change.retro = before;
		e = change_write(&change, &bytes);
		buf_release(&bytes);
	}
	change_end(&change);
	return e;
}

/* Of the links, only a fix says what is to be suggested. */
static struct err *check_suggest(const struct env *env)
{
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		if (names_of(env, &links[i])->nr &&
		    strcmp(links[i].key, "fix") != 0)
			return err_new(ERR_USAGE,
				       _("of the links, only --fix goes with "
					 "--suggest"));
	return NULL;
}

static struct err *run_link(struct env *env)
{
	const struct args *args = env->args;
	struct err *e = args->suggest ? check_suggest(env) : NULL;

	if (e)
		return e;
	if (args->suggest)
		return link_suggest(env, &args->fixes, args->format);
	if (args->format != FORMAT_HUMAN)
		return err_new(ERR_USAGE, _("--format goes with --suggest"));
	return change_links(env, true);
}

static struct err *run_unlink(struct env *env)
{
	return change_links(env, false);
}

static const char *const link_examples[] = {
	"git retro link @ --fix HEAD",
	"git retro link v1.4.0#P1 --cause 3f2c91b --fix 8a7d5c0",
	"git retro link --suggest @",
	NULL,
};

const struct cmd cmd_link = {
	.name = "link",
	.summary =
		N_("Link a retro to commits, releases, files and other retros"),
	.usage = link_usage,
	.examples = link_examples,
	.opts = link_opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_link,
};

static const char *const unlink_examples[] = {
	"git retro unlink @ --fix HEAD",
	NULL,
};

const struct cmd cmd_unlink = {
	.name = "unlink",
	.summary = N_("Remove links of a retro"),
	.usage = unlink_usage,
	.examples = unlink_examples,
	.opts = unlink_opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run_unlink,
};
