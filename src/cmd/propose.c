/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/propose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "git/child.h"
#include "git/diff.h"
#include "git/rev.h"
#include "git/tree.h"
#include "git/walk.h"
#include "hook/ask.h"
#include "model/retro.h"
#include "view/habits.h"

/* --- a folder that is there ----------------------------------------------- */

/* What folders of such documents are called, the likeliest first. */
static const char *const dir_names[] = {
	"retros",
	"retro",
	"retrospectives",
	"retrospective",
	"复盘",
	"postmortems",
	"postmortem",
	"post-mortems",
	"post-mortem",
	"post_mortems",
	"incident-reports",
	"incident_reports",
	"incident-reviews",
	"incidents",
	"outages",
	"rca",
	"rcas",
	"lessons-learned",
	"lessons_learned",
	"lessons",
	"adr",
	"adrs",
	"decision-records",
	"architecture-decision-records",
	"decisions",
};

/* Folders of other people's files. */
static const char *const foreign_names[] = {
	"node_modules", "vendor",   "_vendor", "third_party",
	"testdata",     "fixtures", "tests",   "test",
};

/* The rank of a folder's name, from 1; 0 for no such name. */
static size_t rank_dir(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(dir_names); i++)
		if (strlen(dir_names[i]) == n &&
		    !strncasecmp(dir_names[i], name, n))
			return i + 1;
	return 0;
}

static bool is_foreign_dir(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(foreign_names); i++)
		if (strlen(foreign_names[i]) == n &&
		    !strncmp(foreign_names[i], name, n))
			return true;
	return *name == '.';
}

/* The best ranked folder on the way to a file; its length in *n. */
static size_t rank_path(size_t *n, const char *path)
{
	size_t best = 0;

	for (const char *at = path, *slash; (slash = strchr(at, '/'));
	     at = slash + 1) {
		size_t rank = rank_dir(at, (size_t)(slash - at));

		if (is_foreign_dir(at, (size_t)(slash - at)))
			return 0;
		if (rank && (!best || rank < best)) {
			best = rank;
			*n = (size_t)(slash - path);
		}
	}
	return best;
}

/* Of the folders whose names say that they contain retros or what is like them,
 * the likeliest. */
static void find_retro_dir(struct setup *out, struct env *env,
			   const struct strs *paths)
{
	const struct setting *setting = policy_table;
	size_t best = 0, n = 0;

	while (strcmp(setting->key, "dir") != 0)
		setting++;
	out->dir = env->policy.dir;
	if (policy_origin(&env->policy, setting))
		return; /* somebody said it */
	for (size_t i = 0; i < paths->nr; i++) {
		size_t rank = retro_is_path(paths->at[i])
				      ? rank_path(&n, paths->at[i])
				      : 0;

		if (!rank || (best && rank >= best))
			continue;
		best = rank;
		out->dir = arena_strndup(env->arena, paths->at[i], n);
		out->dir_found = true;
	}
}

/* --- packages that are folders --------------------------------------------- */

enum { DEPTH_MAX = 3, DIRS_MAX = 20000, PACKAGES_MAX = 100 };

/* The folders of sorted paths, down to a depth, each once, with a slash. */
static void list_dirs(struct strs *out, struct arena *a,
		      const struct strs *paths)
{
	const char *last = "";

	for (size_t i = 0; i < paths->nr && out->nr < DIRS_MAX; i++) {
		const char *path = paths->at[i], *slash = path;

		for (int depth = 0;
		     depth < DEPTH_MAX && (slash = strchr(slash, '/'));
		     depth++) {
			size_t n = (size_t)(++slash - path);

			if (!strncmp(last, path, n))
				continue;
			last = arena_strndup(a, path, n);
			vec_push(a, out, last);
		}
		last = path;
	}
}

/* The folder of a package: of that path, or else the first one nearest to the
 * top that is called like its last part; NULL if there is none. */
static const char *dir_of_package(struct arena *a, const struct strs *dirs,
				  const char *package)
{
	const char *own = arena_printf(a, "%s/", package), *best = NULL;
	const char *name = strrchr(own, '/');
	size_t n, least = DEPTH_MAX + 1;

	while (name > own && name[-1] != '/')
		name--;
	n = strlen(name);
	for (size_t i = 0; i < dirs->nr; i++) {
		const char *dir = dirs->at[i];
		size_t len = strlen(dir), depth = 0;

		if (!strcmp(dir, own))
			return dir;
		if (len < n || strcmp(dir + len - n, name) != 0 ||
		    (len > n && dir[len - n - 1] != '/'))
			continue;
		for (const char *p = dir; *p; p++)
			depth += *p == '/';
		if (depth < least) {
			least = depth;
			best = dir;
		}
	}
	return best;
}

/* A kind of tags, and the folder that may be all that it releases. */
struct package {
	const struct tag_scheme *scheme;
	const char *dir;
	bool own; /* the tags name that very path */
};
struct packages VEC_OF(struct package);

static void find_packages(struct packages *out, struct arena *a,
			  const struct habits *habits, const struct strs *paths)
{
	struct strs dirs = { 0 };

	list_dirs(&dirs, a, paths);
	for (size_t i = 0; i < habits->schemes.nr && out->nr < PACKAGES_MAX;
	     i++) {
		const struct tag_scheme *scheme = &habits->schemes.at[i];
		size_t n = scheme->version.package;
		struct package package = { .scheme = scheme };

		if (scheme->use != SCHEME_USED || !n)
			continue;
		package.dir = dir_of_package(
			a, &dirs, arena_strndup(a, scheme->prefix, n));
		if (!package.dir)
			continue;
		package.own = strlen(package.dir) == n + 1 &&
			      !strncmp(package.dir, scheme->prefix, n);
		vec_push(a, out, package);
	}
}

/* Whether one of its last releases changed a file in the folder: samba-4.23.0
 * is a release of the whole, though there is a python/samba. */
static bool is_released_there(const struct package *package,
			      const struct file_touches *touches)
{
	const struct tag_scheme *scheme = package->scheme;
	size_t n = strlen(package->dir);

	for (size_t i = 0; i < touches->nr; i++)
		for (size_t j = 0; j < scheme->latest_nr; j++)
			if (oid_equal(&touches->at[i].commit,
				      &scheme->latest[j]) &&
			    !strncmp(touches->at[i].path, package->dir, n))
				return true;
	return false;
}

static void find_package_dirs(struct setup *out, struct env *env)
{
	struct arena *a = env->arena;
	struct packages packages = { 0 };
	struct file_touches touches = { 0 };
	struct oids latest = { 0 };

	out->paths.nr = 0;
	find_packages(&packages, a, &out->habits, &out->files);
	for (size_t i = 0; i < packages.nr; i++) {
		const struct tag_scheme *scheme = packages.at[i].scheme;

		for (size_t j = 0; !packages.at[i].own && j < scheme->latest_nr;
		     j++)
			vec_push(a, &latest, scheme->latest[j]);
	}
	/* Where trees are missing (a partial clone) nobody knows. */
	if (latest.nr)
		err_free(diff_touches(&touches, a, env->repo, &latest, false));
	for (size_t i = 0; i < packages.nr; i++) {
		const struct package *package = &packages.at[i];

		if (!package->own && !is_released_there(package, &touches))
			continue;
		vec_push(a, &out->paths,
			 arena_printf(a, "%s[0-9]*", package->scheme->prefix));
		vec_push(a, &out->paths, package->dir);
	}
}

/* --- what stands in the way ------------------------------------------------ */

bool propose_ignored(struct env *env, const char *path)
{
	const char *const args[] = {
		"check-ignore", "-q", "--",
		path_join(env->arena, repo_work_tree(env->repo), path), NULL
	};
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);
	bool ignored = !e;

	err_pass(e);
	buf_release(&out);
	return ignored;
}

bool propose_without_tags(struct env *env)
{
	struct strs names = { 0 };

	config_names(&names, env->arena, env->config, "remote.");
	for (size_t i = 0; i < names.nr; i++) {
		const char *dot = strrchr(names.at[i], '.');
		const char *value = config_get(env->config, names.at[i]);

		if (dot && !strcasecmp(dot, ".tagopt") && value &&
		    !strcmp(value, "--no-tags"))
			return true;
	}
	return false;
}

static void add_obstacles(struct buf *out, struct env *env,
			  const struct setup *setup)
{
	const char *readme = arena_printf(env->arena, "%s/x.md", setup->dir);

	if (propose_without_tags(env))
		buf_addstr(out,
			   _("  tags may be missing here (cloned with "
			     "--no-tags); to fetch them: git fetch --tags\n"));
	else if (repo_is_shallow(env->repo) && !setup->habits.schemes.nr)
		buf_addstr(out, _("  tags may be missing here (a shallow "
				  "clone); to fetch them: git fetch --tags\n"));
	else if (!setup->habits.schemes.nr)
		buf_addstr(out, _("  no release tags yet\n"));
	if (propose_ignored(env, POLICY_FILE))
		buf_addf(out,
			 _("  git ignores %s: allow it in .gitignore before "
			   "you commit it\n"),
			 POLICY_FILE);
	if (propose_ignored(env, readme))
		buf_addf(out,
			 _("  git ignores files in %s/: allow them in "
			   ".gitignore before you commit them\n"),
			 setup->dir);
}

/* --- all of it ------------------------------------------------------------- */

/* Every path of HEAD; none while it is unborn. */
static struct err *read_head_paths(struct strs *out, struct env *env)
{
	struct oid head;
	struct err *e = rev_head(&head, env->repo);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e ? e : tree_names(out, env->arena, env->repo, &head);
}

struct err *propose(struct setup *out, struct env *env)
{
	struct err *e;

	*out = (struct setup){ 0 };
	e = habits_find(&out->habits, env->arena, env->repo, env->config);
	if (!e)
		e = read_head_paths(&out->files, env);
	if (e)
		return e;
	find_package_dirs(out, env);
	find_retro_dir(out, env, &out->files);
	habits_propose(&out->proposal, env->arena, &out->habits);
	return NULL;
}

static void add_proposal(struct buf *out, struct env *env,
			 const struct setup *setup, bool numbered)
{
	habits_text(out, env->arena, &setup->habits, &setup->proposal,
		    numbered);
	if (setup->dir_found)
		buf_addf(out, _("  retros go to %s/, which already exists\n"),
			 setup->dir);
	if (setup->paths.nr > 2)
		buf_addf(out,
			 _("  packages in their own folders: %s (%s) and %zu "
			   "more\n"),
			 setup->paths.at[1], setup->paths.at[0],
			 setup->paths.nr / 2 - 1);
	else if (setup->paths.nr)
		buf_addf(out, _("  a package in its own folder: %s (%s)\n"),
			 setup->paths.at[1], setup->paths.at[0]);
	if (setup->proposal.newest)
		buf_addf(out, _("  releases up to %s need no retro\n"),
			 setup->proposal.newest);
	add_obstacles(out, env, setup);
}

struct subjects {
	size_t nr, chinese;
};

/* Of the last commits: which have a Chinese character in their subject. */
static bool count_subject(void *data, const struct commit *commit)
{
	struct subjects *subjects = data;
	const unsigned char *s = (const unsigned char *)commit->subject;

	/* U+4000 to U+9FFF begin with these bytes */
	while (*s && (*s < 0xE4 || *s > 0xE9))
		s++;
	subjects->chinese += *s != '\0';
	return ++subjects->nr < 20;
}

void propose_language(enum language *out, struct env *env)
{
	struct subjects subjects = { 0 };
	struct oid head;
	struct range range = { 0 };
	struct err *e;

	for (size_t i = 0; i < policy_count; i++)
		if (!strcmp(policy_table[i].key, "language") &&
		    policy_origin(&env->policy, &policy_table[i]))
			return;
	e = rev_head(&head, env->repo);
	range.to = head;
	if (!e)
		e = walk_range(env->repo, &range, count_subject, &subjects);
	err_free(e);
	if (i18n_is_chinese() || subjects.chinese * 2 > subjects.nr)
		*out = LANGUAGE_ZH;
}

void propose_text(struct buf *out, struct env *env, const struct setup *setup)
{
	add_proposal(out, env, setup, false);
}

/* Takes the numbers of a line for the kinds of tags that are releases. */
static bool choose_schemes(struct habits *habits, const char *line)
{
	bool any = false;

	if (line[strspn(line, "0123456789, ")])
		return false;
	for (const char *at = line; *at; at += strspn(at, ", ")) {
		size_t number = strtoul(at, NULL, 10);

		if (number < 1 || number > habits->schemes.nr)
			return false;
		at += strspn(at, "0123456789");
	}
	for (size_t i = 0; i < habits->schemes.nr; i++)
		if (habits->schemes.at[i].use == SCHEME_USED)
			habits->schemes.at[i].use = SCHEME_OLD;
	for (const char *at = line; *at; at += strspn(at, ", ")) {
		at += strspn(at, ", ");
		if (!*at)
			break;
		habits->schemes.at[strtoul(at, NULL, 10) - 1].use = SCHEME_USED;
		any = true;
		at += strspn(at, "0123456789");
	}
	return any;
}

/* Whether there is anything to choose, and somebody who can. */
static bool can_ask(const struct setup *setup)
{
	return (setup->habits.schemes.nr || setup->dir_found ||
		setup->habits.branches.nr) &&
	       isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

struct err *propose_ask(struct setup *setup, struct env *env)
{
	static const char question[] =
		N_("Press Enter to accept, type kinds of tags (such as 1 3), "
		   "or q to quit: ");
	struct buf text = BUF_INIT, line = BUF_INIT;
	bool settled = false, quit = false;
	char *said;
	struct ask ask;

	if (!can_ask(setup) || !ask_open(&ask))
		return NULL;
	buf_addstr(&text, _("Found in your tags and branches:\n"));
	add_proposal(&text, env, setup, true);
	fwrite(text.p, 1, text.n, stderr);
	while (!settled && !quit) {
		quit = ask_line(&line, &ask, _(question)) != ASK_LINE;
		said = text_fold(env->arena, line.p, line.n);
		for (char *at = said; (at = strstr(at, "、"));)
			memset(at, ' ', strlen("、"));
		quit |= !strcmp(said, "q") || !strcmp(said, "quit");
		settled = !quit &&
			  (!*said || choose_schemes(&setup->habits, said));
		if (!quit && !settled)
			fputs(_("Press Enter, or type numbers from the list, "
				"or q.\n"),
			      stderr);
	}
	ask_close(&ask);
	buf_release(&text);
	buf_release(&line);
	if (quit)
		return err_new(ERR_INTERRUPTED, _("nothing was written"));
	habits_propose(&setup->proposal, env->arena, &setup->habits);
	find_package_dirs(setup, env);
	return NULL;
}
