/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/repo.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/opener.h"
#include "git/batch.h"
#include "git/child.h"
#include "git/config.h"
#include "git/config_cache.h"
#include "git/discover.h"
#include "git/internal.h"
#include "git/sparse_cache.h"

/* As many objects are asked of git before libgit2 is opened for more: 30
 * microseconds each, and 8 milliseconds. */
#define ASKED_MAX 200

/* Extensions that change nothing of what we read, or that we look at
 * ourselves (object format, ref storage). With any other libgit2 refuses, and
 * git is asked. */
static const char *extensions[] = {
	"noop",
	"noop-v1",
	"partialclone",
	"preciousobjects",
	"worktreeconfig",
	"relativeworktrees",
	"compatobjectformat",
	"objectformat",
	"refstorage",
	"submodulepathconfig",
};

/* What says where the work tree is. */
struct place {
	git_config *config;   /* the repository's own, or NULL */
	git_config *worktree; /* config.worktree, or NULL */
	const char *git_dir;  /* from the environment, or NULL */
	char *cwd;
};

struct err *internal_err(int code, const char *fmt, ...)
{
	const git_error *last = git_error_last();
	struct buf text = BUF_INIT;
	struct err *e;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	if (last && last->message)
		buf_addf(&text, ": %s", last->message);
	e = err_new(code == GIT_ENOTFOUND ? ERR_NOT_FOUND : ERR_FAILED, "%s",
		    text.p);
	buf_release(&text);
	return e;
}

/* An environment variable; one that is empty is as good as none, as in git. */
static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* git's booleans in the environment. */
static bool env_bool(const char *name, bool fallback)
{
	int value;

	if (!env(name) || git_config_parse_bool(&value, env(name)))
		return fallback;
	return value;
}

/* Where a folder is, without a link or an end slash, to be freed: what is
 * opened below it follows no link. */
static struct err *real_dir(char **out, const char *path)
{
	*out = opener_real(path);
	return *out ? NULL : err_errno(_("cannot find '%s'"), path);
}

/* Whether `path` is `dir` or below it; *rest is then what follows the slash. */
static bool is_under_dir(const char **rest, const char *path, const char *dir)
{
	size_t n = strlen(dir);

	if (strncmp(path, dir, n) || (path[n] && path[n] != '/' && n > 1))
		return false;
	*rest = path + n + (path[n] == '/');
	return true;
}

/* --- opening ------------------------------------------------------------ */

static struct err *set_up_libgit2(void)
{
	struct err *e = libgit2_open();
	int code;

	if (e)
		return e;
	/* git does not hash what it reads, either: fsck does. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	code = git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
				ARRAY_SIZE(extensions));
	return code < 0 ? internal_err(code, _("cannot set up libgit2")) : NULL;
}

/* git asks who owns a repository only where it had to look for it. */
static int open_git(git_repository **out, const char *git_dir, bool validate)
{
	unsigned flags = 0;

	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, validate ? 1 : 0);
	if (git_dir)
		return git_repository_open_ext(
			out, git_dir, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (env_bool("GIT_DISCOVERY_ACROSS_FILESYSTEM", false))
		flags = GIT_REPOSITORY_OPEN_CROSS_FS;
	return git_repository_open_ext(out, ".", flags,
				       env("GIT_CEILING_DIRECTORIES"));
}

/* Whether git takes what was found here: libgit2 knows neither
 * `safe.directory = *` and its like nor safe.bareRepository. */
static struct err *ask_git_place(const char *hint)
{
	static const char *const args[] = { "rev-parse", "--git-dir", NULL };
	struct buf out = BUF_INIT;
	struct err *e = child_run(&out, args, NULL);

	buf_release(&out);
	return err_hint(e, "%s", hint);
}

/* Where no safe.directory is set at all, 1.5.1 says that the setting was not
 * found. */
static bool is_owner_refused(int code)
{
	const git_error *last = git_error_last();

	return code == GIT_EOWNER || (code == GIT_ENOTFOUND && last &&
				      last->klass == GIT_ERROR_CONFIG);
}

static struct err *open_failed(int code, const char *git_dir)
{
	if (code == GIT_ENOTFOUND && git_dir)
		return err_new(ERR_NOT_FOUND, _("not a git repository: '%s'"),
			       git_dir);
	if (code == GIT_ENOTFOUND)
		return err_new(ERR_NOT_FOUND, _("not a git repository (or any "
						"of the parent directories)"));
	return internal_err(code, _("cannot open the repository"));
}

/* Found by standing in it. Where safe.bareRepository requires such a one to be
 * named, somebody may have put it into a work tree to have its settings read.
 * */
static struct err *ask_inside(const struct repo *repo,
			      const struct place *place)
{
	const char *rest;

	if (place->git_dir || !is_under_dir(&rest, place->cwd, repo->git_dir) ||
	    (!*rest && config_cache_trusts(repo->git_dir)))
		return NULL;
	return ask_git_place(
		_("if you trust it: git --git-dir=<its directory> retro"));
}

/* From now on objects and refs are asked of git. */
static struct err *read_through_git(struct repo *repo, const char *format)
{
	if (strcmp(format, "sha1") != 0 && strcmp(format, "sha256") != 0)
		return err_new(ERR_UNSUPPORTED,
			       _("this repository uses %s object names, which "
				 "are not supported"),
			       format);
	repo->sha256 = !strcmp(format, "sha256");
	repo->batch = batch_new();
	return NULL;
}

static struct err *ask_format(struct repo *repo)
{
	static const char *const args[] = { "rev-parse", "--show-object-format",
					    NULL };
	struct buf format = BUF_INIT;
	struct err *e = child_run(&format, args, NULL);

	if (e) {
		e->code = ERR_UNSUPPORTED;
		e = err_context(e, _("cannot read this repository"));
	} else {
		if (format.n)
			buf_truncate(&format, format.n - 1);
		e = read_through_git(repo, format.p);
	}
	buf_release(&format);
	return e;
}

/* One line after the other, without its end; NULL after the last. */
static char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');

	if (!end)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return line;
}

/* What git says of this place in one answer. Outside of a work tree it fails at
 * the last question, which is what that means. */
static struct err *ask_place(struct repo *repo)
{
	static const char *const args[] = { "rev-parse",
					    "--absolute-git-dir",
					    "--git-common-dir",
					    "--show-object-format",
					    "--show-prefix",
					    "--show-toplevel",
					    NULL };
	struct buf text = BUF_INIT;
	struct err *e = child_run(&text, args, NULL), *wrong = NULL;
	char *at = text.p, *git_dir = next_line(&at), *common = next_line(&at),
	     *format = next_line(&at), *prefix = next_line(&at),
	     *top = next_line(&at);
	const char *rest;

	/* A hook of a push runs in the git directory: that is no work tree. */
	if (top && !env("GIT_WORK_TREE") && is_under_dir(&rest, top, git_dir))
		top = NULL;
	if (prefix && (!e || e->code == ERR_REFUSED)) {
		err_free(e);
		e = NULL;
		repo->git_dir = mem_strdup(git_dir);
		repo->prefix = mem_strdup(top ? prefix : "");
		if (*repo->prefix) /* it ends with a slash */
			repo->prefix[strlen(repo->prefix) - 1] = '\0';
		wrong = real_dir(&repo->common_dir, common);
		if (!wrong && top)
			wrong = real_dir(&repo->work_tree, top);
	}
	if (!e)
		e = wrong;
	if (!e)
		e = read_through_git(repo, format);
	buf_release(&text);
	return e;
}

/* Where libgit2 cannot open what git can: an extension that it does not know.
 * Nothing of it is then read through libgit2. */
static struct err *open_by_asking(struct repo *repo)
{
	struct err *e = ask_place(repo);

	if (e)
		e->code = ERR_UNSUPPORTED;
	return err_context(e, _("cannot read this repository"));
}

/* libgit2 knows no GIT_COMMON_DIR: where it is set it opens that one, and
 * what hangs on the git directory (HEAD) is asked of git. */
static struct err *find_repo(struct repo *repo, const struct place *place)
{
	const char *git_dir = place->git_dir;
	const char *common = git_dir ? env("GIT_COMMON_DIR") : NULL;
	int code;
	struct err *e = set_up_libgit2();

	if (e)
		return e;
	code = open_git(&repo->git, common ? common : git_dir, !git_dir);
	if (code < 0 && code != GIT_ENOTFOUND && code != GIT_EOWNER)
		return open_by_asking(repo);
	if (is_owner_refused(code)) {
		e = ask_git_place(
			_("if you trust it: git config --global --add "
			  "safe.directory <its directory>"));
		if (e)
			return e;
		code = open_git(&repo->git, NULL, false);
	}
	if (code < 0)
		return open_failed(code, git_dir);
	e = real_dir(&repo->common_dir, git_repository_commondir(repo->git));
	if (e)
		return e;
	if (!common) {
		e = real_dir(&repo->git_dir, git_repository_path(repo->git));
		return e ? e : ask_inside(repo, place);
	}
	repo->foreign_head = true;
	return real_dir(&repo->git_dir, git_dir);
}

/* --- what the configuration says ---------------------------------------- */

/* The repository's own value, to be freed; NULL if it has none. */
static char *setting(const struct place *place, const char *name)
{
	git_config *const files[] = { place->worktree, place->config };
	char *copy = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(files) && !copy; i++) {
		git_buf value = { 0 };

		if (files[i] &&
		    !git_config_get_string_buf(&value, files[i], name))
			copy = mem_strdup(value.ptr);
		git_buf_dispose(&value);
	}
	return copy;
}

static bool setting_bool(const struct place *place, const char *name)
{
	char *text = setting(place, name);
	int value;
	bool yes = text && !git_config_parse_bool(&value, text) && value;

	free(text);
	return yes;
}

static void read_config(struct place *place, const struct repo *repo)
{
	git_config *all = NULL;
	struct buf path = BUF_INIT;

	if (git_repository_config(&all, repo->git) ||
	    git_config_open_level(&place->config, all, GIT_CONFIG_LEVEL_LOCAL))
		place->config = NULL;
	git_config_free(all);
	if (!setting_bool(place, "extensions.worktreeconfig"))
		return;
	buf_addf(&path, "%s/config.worktree", repo->git_dir);
	if (git_config_open_ondisk(&place->worktree, path.p))
		place->worktree = NULL;
	buf_release(&path);
}

static bool setting_is(const struct place *place, const char *name,
		       const char *value)
{
	char *text = setting(place, name);
	bool is = !text || !strcasecmp(text, value);

	free(text);
	return is;
}

/* Whether libgit2 reads the objects and refs of what it has opened. */
static bool is_readable(const struct place *place)
{
	return setting_is(place, "extensions.objectformat", "sha1") &&
	       setting_is(place, "extensions.refstorage", "files");
}

/* --- the work tree ------------------------------------------------------ */

/* An absolute path without links; relative ones start at `base`. */
static struct err *resolve_path(char **out, const char *base, const char *path)
{
	struct buf full = BUF_INIT;
	struct err *e = NULL;

	if (*path != '/')
		buf_addf(&full, "%s/", base);
	buf_addstr(&full, path);
	e = err_context(real_dir(out, full.p), _("the work tree"));
	buf_release(&full);
	return e;
}

/* GIT_DIR is set and nothing names a work tree: then it is the current
 * directory. Inside the git directory (hooks of a push run there) there is
 * none. */
static char *implicit_tree(const struct repo *repo, const struct place *place)
{
	const char *rest;

	if (!env_bool("GIT_IMPLICIT_WORK_TREE", true) ||
	    is_under_dir(&rest, place->cwd, repo->git_dir))
		return NULL;
	return mem_strdup(place->cwd);
}

/* Found by looking: next to the .git that was found. */
static struct err *discovered_tree(struct repo *repo, const struct place *place)
{
	const char *found = git_repository_workdir(repo->git), *rest;

	if (!found || is_under_dir(&rest, place->cwd, repo->git_dir))
		return NULL;
	return resolve_path(&repo->work_tree, "", found);
}

/* The rules of git's setup.c, in its order. In a linked work tree core.bare
 * and core.worktree speak of the main one, unless they stand in its own
 * config.worktree. */
static struct err *find_work_tree(struct repo *repo, const struct place *place)
{
	bool linked = strcmp(repo->git_dir, repo->common_dir) != 0;
	bool ours = !linked || place->worktree;
	char *configured = ours ? setting(place, "core.worktree") : NULL;
	struct err *e = NULL;

	if (env("GIT_WORK_TREE"))
		e = resolve_path(&repo->work_tree, place->cwd,
				 env("GIT_WORK_TREE"));
	else if (ours && setting_bool(place, "core.bare"))
		repo->work_tree = NULL;
	else if (configured)
		e = resolve_path(&repo->work_tree, repo->git_dir, configured);
	else if (place->git_dir)
		repo->work_tree = implicit_tree(repo, place);
	else
		e = discovered_tree(repo, place);
	free(configured);
	return e;
}

static void set_prefix(struct repo *repo, const struct place *place)
{
	const char *rest;

	if (repo->work_tree && is_under_dir(&rest, place->cwd, repo->work_tree))
		repo->prefix = mem_strdup(rest);
	else
		repo->prefix = mem_strdup("");
}

void repo_leave_untouched(struct repo *repo)
{
	repo->untouched = true;
}

bool repo_is_untouched(const struct repo *repo)
{
	return repo->untouched;
}

/* --- objects ------------------------------------------------------------ */

/* What a push brings lies in quarantine until the hooks have agreed:
 * GIT_OBJECT_DIRECTORY, with the repository's own objects as alternate. */
static struct err *open_objects(struct repo *repo)
{
	const char *dir = env("GIT_OBJECT_DIRECTORY");
	const char *more = env("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	char *list = more ? mem_strdup(more) : NULL;
	git_odb *odb = NULL;
	int code = 0;

	if (!dir && !more)
		return NULL;
	if (dir)
		code = git_odb_open(&odb, dir);
	else
		code = git_repository_odb(&odb, repo->git);
	for (char *next = list; !code && next;) {
		char *path = strsep(&next, ":");

		if (*path)
			code = git_odb_add_disk_alternate(odb, path);
	}
	if (!code && dir)
		code = git_repository_set_odb(repo->git, odb);
	git_odb_free(odb);
	free(list);
	return code ? internal_err(code, _("cannot open the object directory"))
		    : NULL;
}

static struct err *check_head(const struct repo *repo)
{
	struct buf path = BUF_INIT;
	struct err *e;
	bool is;

	buf_addf(&path, "%s/HEAD", repo->git_dir);
	e = discover_head(&is, path.p);
	if (!e && !is)
		e = err_hint(err_new(ERR_NOT_FOUND,
				     _("not a git repository: '%s' is neither "
				       "a branch nor a commit"),
				     path.p),
			     _("git does not accept it either; it should "
			       "contain \"ref: refs/heads/<branch>\""));
	buf_release(&path);
	return e;
}

static void release_place(struct place *place)
{
	if (place->config)
		git_config_free(place->config);
	if (place->worktree)
		git_config_free(place->worktree);
	free(place->cwd);
}

/* --- the whole ---------------------------------------------------------- */

static struct err *fill_repo(struct repo *repo, struct place *place)
{
	struct err *e;

	e = check_head(repo);
	if (e)
		return e;
	read_config(place, repo);
	e = find_work_tree(repo, place);
	if (!e && !is_readable(place))
		e = ask_format(repo);
	if (!e && !repo->batch)
		e = open_objects(repo);
	if (e)
		return e;
	set_prefix(repo, place);
	return NULL;
}

/* As if it had never been opened. */
static void free_fields(struct repo *repo)
{
	if (repo->git)
		git_repository_free(repo->git);
	batch_free(repo->batch);
	tree_cache_free(repo);
	buf_release(&repo->told);
	free(repo->git_dir);
	free(repo->common_dir);
	free(repo->work_tree);
	free(repo->prefix);
	*repo = (struct repo){ .told = BUF_INIT };
}

/* Refs that are not files. */
static bool has_reftable(const struct repo *repo)
{
	struct buf path = BUF_INIT;
	bool has;

	buf_addf(&path, "%s/reftable", repo->common_dir);
	has = opener_is_named(path.p);
	buf_release(&path);
	return has;
}

static bool open_plain(struct repo *repo)
{
	struct buf git_dir = BUF_INIT;
	const char *rest;

	repo->work_tree = discover_plain(&rest);
	if (!repo->work_tree)
		return false;
	repo->prefix = mem_strdup(rest);
	buf_addf(&git_dir, "%s/.git", repo->work_tree);
	repo->git_dir = buf_detach(&git_dir);
	repo->common_dir = mem_strdup(repo->git_dir);
	repo->batch = batch_new();
	repo->late = true;
	return true;
}

/* libgit2 as a shared library is not opened for what git tells as well. */
static bool open_without(struct repo *repo)
{
	struct err *e;
	bool opened;

	if (open_plain(repo))
		return true;
	e = ask_place(repo);
	opened = !e;
	err_free(e); /* libgit2 tells what is wrong, as where it is linked */
	repo->late = opened && !repo->sha256 && !has_reftable(repo);
	return opened;
}

static struct err *open_with(struct repo *repo)
{
	struct place place = { .git_dir = env("GIT_DIR") };
	struct err *e = NULL;

	place.cwd = getcwd(NULL, 0);
	if (!place.cwd)
		e = err_errno(_("cannot find the current directory"));
	if (!e)
		e = find_repo(repo, &place);
	if (!e && repo->git)
		e = fill_repo(repo, &place);
	release_place(&place);
	return e;
}

struct err *repo_open(struct repo **out)
{
	struct repo *repo = mem_calloc(1, sizeof(*repo));
	struct err *e = NULL;

	buf_init(&repo->told);
	if (!LIBGIT2_IS_LATE || !open_without(repo)) {
		free_fields(repo);
		e = open_with(repo);
	}
	if (e) {
		repo_close(repo);
		return e;
	}
	repo->trees = tree_cache_new();
	repo->sparse = sparse_cache_new();
	*out = repo;
	return NULL;
}

/* False where it cannot be: git goes on being asked. */
static bool open_late(struct repo *repo)
{
	const char *common = env("GIT_DIR") ? env("GIT_COMMON_DIR") : NULL;
	struct place place = { 0 };
	struct err *e = set_up_libgit2();
	bool good = false;

	if (!e &&
	    !open_git(&repo->git, common ? common : repo->git_dir, false)) {
		repo->foreign_head = common != NULL;
		read_config(&place, repo);
		good = is_readable(&place);
	}
	if (good)
		e = open_objects(repo);
	release_place(&place);
	good = good && !e;
	err_free(e); /* nothing is lost but time */
	return good;
}

bool internal_asks_git(struct repo *repo, size_t nr)
{
	if (!repo->batch || repo->reads)
		return false;
	repo->asked += nr;
	if (repo->late && repo->asked > ASKED_MAX)
		repo->late = repo->reads = open_late(repo);
	return !repo->reads;
}

void repo_close(struct repo *repo)
{
	if (!repo)
		return;
	sparse_cache_free(repo->sparse);
	free_fields(repo);
	free(repo);
	libgit2_close();
}

const char *repo_git_dir(const struct repo *repo)
{
	return repo->git_dir;
}

const char *repo_common_dir(const struct repo *repo)
{
	return repo->common_dir;
}

const char *repo_work_tree(const struct repo *repo)
{
	return repo->work_tree;
}

const char *repo_prefix(const struct repo *repo)
{
	return repo->prefix;
}

static void shallow_file(struct buf *path, const struct repo *repo)
{
	if (env("GIT_SHALLOW_FILE"))
		buf_addstr(path, env("GIT_SHALLOW_FILE"));
	else
		buf_addf(path, "%s/shallow", repo->common_dir);
}

bool repo_is_shallow(const struct repo *repo)
{
	struct buf path = BUF_INIT;
	bool is;

	shallow_file(&path, repo);
	is = opener_is_named(path.p);
	buf_release(&path);
	return is;
}

struct err *repo_shallow_ends(struct oids *out, struct arena *a,
			      const struct repo *repo)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err *e;
	struct oid oid;

	shallow_file(&path, repo);
	e = file_read_named(&text, path.p, FILE_MAX);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = NULL;
	}
	for (const char *line = text.p; !e && *line;
	     line += strcspn(line, "\n"), line += *line == '\n')
		if (oid_parse(&oid, line))
			vec_push(a, out, oid);
	buf_release(&path);
	buf_release(&text);
	return e;
}

struct err *repo_hooks_dir(char **out, struct arena *a, struct repo *repo,
			   const struct config *config)
{
	static const char *const args[] = { "rev-parse",
					    "--path-format=absolute",
					    "--git-path", "hooks", NULL };
	struct buf path = BUF_INIT;
	struct err *e;

	if (!config_get(config, "core.hooksPath")) {
		*out = path_join(a, repo->common_dir, "hooks");
		return NULL;
	}
	e = child_run(&path, args, NULL);
	if (!e)
		*out = arena_strndup(a, path.p, path.n ? path.n - 1 : 0);
	buf_release(&path);
	return e;
}
