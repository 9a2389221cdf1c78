/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "git/ancestry.h"
#include "git/child.h"
#include "git/config.h"
#include "git/diff.h"
#include "git/discover.h"
#include "git/oidmap.h"
#include "git/ref.h"
#include "git/repo.h"
#include "git/rev.h"
#include "git/tree.h"
#include "git/version.h"
#include "git/walk.h"
#include "scratch.h"

static struct arena arena;

static struct repo *opened(void)
{
	struct repo *repo = NULL;
	struct err *e = repo_open(&repo);

	if (e)
		fail_msg("%s", e->text);
	return repo;
}

static void versions_are_compared_by_their_numbers(void **state)
{
	(void)state;
	assert_true(version_git_is("2.28.0", 2, 28));
	assert_true(version_git_is("2.30", 2, 28));
	assert_true(version_git_is("2.100.1", 2, 28));
	assert_true(version_git_is("3.0.0", 2, 28));
	assert_false(version_git_is("2.27.9", 2, 28));
	assert_false(version_git_is("1.99", 2, 28));
	assert_true(version_git_is("unknown", 2, 28));
}

static void fails(struct err *e, enum err_code code, const char *text)
{
	assert_non_null(e);
	assert_int_equal(e->code, code);
	if (!strstr(e->text, text))
		fail_msg("not '%s': %s", text, e->text);
	err_free(e);
}

static struct oid id_of(const char *name)
{
	struct buf command = BUF_INIT;
	struct oid id;

	buf_addf(&command, "git rev-parse '%s'", name);
	assert_true(oid_parse(&id, output(command.p)));
	buf_release(&command);
	return id;
}

static void is_id(const struct oid *id, const char *name)
{
	struct oid want = id_of(name);

	assert_memory_equal(id->raw, want.raw, OID_RAW);
}

/* --- ids ---------------------------------------------------------------- */

static void ids_are_forty_digits_or_64(void **state)
{
	static const char text[] = "0123456789abcdef0123456789abcdef01234567";
	static const char longer[] = "0123456789abcdef0123456789abcdef"
				     "0123456789abcdef0123456789abcdef";
	char hex[OID_HEX + 1];
	struct oid id, other = { { 0 } };

	(void)state;
	assert_true(oid_parse(&id, text));
	assert_string_equal(oid_hex(hex, &id), text);
	assert_int_equal(oid_parse(&other,
				   "0123456789ABCDEF0123456789ABCDEF01234567"
				   " tail"),
			 40);
	assert_true(oid_equal(&id, &other));
	assert_false(oid_is_zero(&id));
	assert_false(oid_parse(&other, "0123456789abcdef"));
	assert_false(
		oid_parse(&other, "0123456789abcdef0123456789abcdef0123456g"));
	assert_false(oid_parse(&other, ""));
	assert_true(oid_is_zero(&other));
	assert_int_equal(oid_parse(&other, longer), 64);
	assert_string_equal(oid_hex(hex, &other), longer);
	/* neither the one nor the other */
	assert_false(oid_parse(&other, longer + 1));
	assert_false(oid_parse(&other, "0123456789abcdef0123456789abcdef"
				       "0123456789abcdef0123456789abcdef0"));
	assert_true(oid_is_full(text) && oid_is_full(longer));
	assert_false(oid_is_full("0123456789abcdef0123456789abcdef01234567 "));
}

static void a_map_finds_what_it_was_given(void **state)
{
	struct oidmap map = OIDMAP_INIT;
	struct oid id = { { 0 } };
	size_t value;

	(void)state;
	assert_false(oidmap_get(&value, &map, &id));
	for (size_t i = 0; i < 1000; i++) {
		/* many begin with the same bytes */
		id.raw[0] = (uint8_t)(i & 1);
		id.raw[18] = (uint8_t)(i >> 8);
		id.raw[19] = (uint8_t)i;
		assert_true(oidmap_add(&map, &id, i));
		assert_false(oidmap_add(&map, &id, i + 1));
	}
	assert_true(oidmap_get(&value, &map, &id));
	assert_int_equal(value, 999);
	memset(&id, 0, sizeof(id));
	assert_true(oidmap_get(&value, &map, &id));
	assert_int_equal(value, 0);
	id.raw[10] = 1;
	assert_false(oidmap_get(NULL, &map, &id));
	oidmap_release(&map);
}

/* --- finding the repository --------------------------------------------- */

/* Opens, and holds the answers against git's own. `top` NULL: no work tree. */
static void stands(const char *git_dir, const char *top, const char *prefix)
{
	struct repo *repo = opened();
	struct buf want = BUF_INIT;

	buf_addf(&want, "%s/%s", scratch, git_dir);
	assert_string_equal(repo_git_dir(repo), want.p);
	assert_string_equal(repo_git_dir(repo),
			    output("git rev-parse --absolute-git-dir"));
	buf_reset(&want);
	buf_addf(&want, "%s/%s", scratch, top ? top : "");
	if (top)
		assert_string_equal(repo_work_tree(repo), want.p);
	else
		assert_null(repo_work_tree(repo));
	assert_string_equal(repo_prefix(repo), prefix);
	buf_release(&want);
	repo_close(repo);
}

static void go(const char *path)
{
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(chdir(path), 0);
}

static void open_fails(enum err_code code, const char *text)
{
	struct repo *repo = NULL;

	fails(repo_open(&repo), code, text);
	assert_null(repo);
}

static void a_repository_is_found_from_anywhere_in_it(void **state)
{
	(void)state;
	go(".");
	open_fails(ERR_NOT_FOUND, "not a git repository");
	enter_repo("plain");
	sh("mkdir -p a/b; ln -s plain/a ../link");
	stands("plain/.git", "plain", "");
	commit("file", "one\n");
	go("plain/a/b");
	stands("plain/.git", "plain", "a/b");
	go("link/b");
	stands("plain/.git", "plain", "a/b");
	go("plain/.git/refs");
	stands("plain/.git", NULL, "");
	go("plain/a");
	setenv("GIT_CEILING_DIRECTORIES", scratch, 1);
	stands("plain/.git", "plain", "a");
	unsetenv("GIT_CEILING_DIRECTORIES");
}

static void a_bare_repository_has_no_work_tree(void **state)
{
	(void)state;
	go(".");
	sh("git clone -q --bare plain bare.git");
	go("bare.git");
	stands("bare.git", NULL, "");
	go("bare.git/refs");
	stands("bare.git", NULL, "");
	go("plain");
	setenv("GIT_DIR", "../bare.git", 1);
	stands("bare.git", NULL, "");
	unsetenv("GIT_DIR");
	/* git needs no config file; without it only the name tells */
	go(".");
	sh("cp -r bare.git naked; rm naked/config");
	go("naked");
	stands("naked", NULL, "");
}

static void the_environment_says_where(void **state)
{
	(void)state;
	/* as in a hook: GIT_DIR relative, at the top */
	go("plain");
	setenv("GIT_DIR", ".git", 1);
	stands("plain/.git", "plain", "");
	/* elsewhere the current directory is the top */
	go("plain/a");
	setenv("GIT_DIR", "../.git", 1);
	stands("plain/.git", "plain/a", "");
	setenv("GIT_WORK_TREE", "..", 1);
	stands("plain/.git", "plain", "a");
	/* a hook of a push runs in the git directory */
	unsetenv("GIT_WORK_TREE");
	go("plain/.git");
	setenv("GIT_DIR", ".", 1);
	stands("plain/.git", NULL, "");
	setenv("GIT_DIR", "/dev/null/nowhere", 1);
	open_fails(ERR_NOT_FOUND, "'/dev/null/nowhere'");
	/* git --work-tree alone */
	unsetenv("GIT_DIR");
	go("plain/a/b");
	setenv("GIT_WORK_TREE", "..", 1);
	stands("plain/.git", "plain/a", "b");
	setenv("GIT_WORK_TREE", "../nowhere", 1);
	open_fails(ERR_NOT_FOUND, "nowhere");
	unsetenv("GIT_WORK_TREE");
}

static void a_linked_work_tree_is_its_own(void **state)
{
	struct repo *repo;
	struct oid id;

	(void)state;
	go("plain");
	sh("git worktree add -q ../linked -b linked; mkdir ../linked/d");
	go("linked");
	commit("file", "in the linked one\n");
	stands("plain/.git/worktrees/linked", "linked", "");
	go("linked/d");
	stands("plain/.git/worktrees/linked", "linked", "d");
	repo = opened();
	assert_null(rev_head(&id, repo));
	is_id(&id, "linked");
	assert_true(strstr(repo_common_dir(repo), "/plain/.git") != NULL);
	repo_close(repo);
	/* of a bare repository: core.bare is not about this one */
	go("bare.git");
	sh("git worktree add -q ../of-bare");
	go("of-bare");
	stands("bare.git/worktrees/of-bare", "of-bare", "");
	sh("git config extensions.worktreeConfig true");
	sh("git config -f ../bare.git/config.worktree core.bare true");
	sh("git config -f ../bare.git/config --unset core.bare");
	stands("bare.git/worktrees/of-bare", "of-bare", "");
	go("bare.git");
	stands("bare.git", NULL, "");
}

static void the_common_directory_may_be_named(void **state)
{
	struct buf path = BUF_INIT;
	struct repo *repo;
	struct oid id;

	(void)state;
	go("linked");
	buf_addf(&path, "%s/plain/.git", scratch);
	setenv("GIT_COMMON_DIR", path.p, 1);
	buf_addstr(&path, "/worktrees/linked");
	setenv("GIT_DIR", path.p, 1);
	stands("plain/.git/worktrees/linked", "linked", "");
	repo = opened();
	assert_null(rev_head(&id, repo));
	is_id(&id, "linked");
	repo_close(repo);
	unsetenv("GIT_DIR");
	unsetenv("GIT_COMMON_DIR");
	buf_release(&path);
}

static void a_submodule_is_a_repository(void **state)
{
	(void)state;
	enter_repo("super");
	sh("git -c protocol.file.allow=always submodule --quiet add "
	   "../plain sub; mkdir sub/d");
	go("super/sub/d");
	stands("super/.git/modules/sub", "super/sub", "d");
	go("super/sub");
	setenv("GIT_DIR", ".git", 1);
	stands("super/.git/modules/sub", "super/sub", "");
	unsetenv("GIT_DIR");
}

static void core_worktree_is_obeyed(void **state)
{
	(void)state;
	enter_repo("moved");
	sh("mkdir -p tree/d; git config core.worktree ../tree");
	go("moved/tree/d");
	setenv("GIT_DIR", "../../.git", 1);
	stands("moved/.git", "moved/tree", "d");
	unsetenv("GIT_DIR");
	go("moved");
	stands("moved/.git", "moved/tree", "");
}

/* Only what git finds the same way is found without it. */
static void is_plain(const char *top, const char *prefix)
{
	struct buf want = BUF_INIT;
	const char *rest;
	char *found = discover_plain(&rest);

	assert_non_null(found);
	buf_addf(&want, "%s/%s", scratch, top);
	assert_string_equal(found, want.p);
	assert_string_equal(rest, prefix);
	assert_string_equal(output("git rev-parse --show-toplevel"), found);
	buf_release(&want);
	free(found);
}

static void is_not_plain(const char *how)
{
	const char *rest;

	if (how)
		sh("%s", how);
	assert_null(discover_plain(&rest));
}

static void a_plain_repository_is_found_without_git(void **state)
{
	(void)state;
	go(".");
	is_not_plain(NULL);
	enter_repo("without");
	sh("mkdir -p d/e");
	is_plain("without", "");
	go("without/d/e");
	is_plain("without", "d/e");
	setenv("GIT_CEILING_DIRECTORIES", scratch, 1);
	is_not_plain(NULL);
	unsetenv("GIT_CEILING_DIRECTORIES");
	setenv("GIT_DIR", "../../.git", 1);
	is_not_plain(NULL);
	unsetenv("GIT_DIR");
	go("without/.git/refs");
	is_not_plain(NULL);
	go("without");
	is_not_plain("git config core.worktree d");
	sh("git --work-tree=. config --unset core.worktree");
	is_plain("without", "");
	is_not_plain("git config core.bare true");
	is_not_plain("git config core.bare yes");
	is_not_plain("git config --unset core.bare; echo '[core] bare' "
		     ">>.git/config");
	sh("sed -i '$d' .git/config");
	is_plain("without", "");
	is_not_plain("git config include.path other");
	sh("git config --unset include.path");
	is_not_plain("git config extensions.noop true");
	sh("git config --unset extensions.noop");
	is_not_plain("git config core.repositoryFormatVersion 1");
	sh("git config core.repositoryFormatVersion 0");
	is_plain("without", "");
	is_not_plain("mv .git/HEAD .git/kept; echo nothing >.git/HEAD");
	sh("mv .git/kept .git/HEAD");
	is_not_plain("mv .git ../moved.git; ln -s ../moved.git .git");
	is_not_plain("rm .git; echo 'gitdir: ../moved.git' >.git");
	is_not_plain("rm .git; mv ../moved.git .git; mv .git/refs .git/kept");
	sh("mv .git/kept .git/refs");
	is_plain("without", "");
	if (geteuid() == 0)
		is_not_plain("chown 65534 .git");
}

static void an_unknown_format_is_refused_in_words(void **state)
{
	static const char *const harmless[] = {
		"noop",         "preciousObjects",   "worktreeConfig",
		"partialClone", "relativeWorktrees",
	};
	struct repo *repo;

	(void)state;
	go(".");
	enter_repo("format");
	sh("git config core.repositoryformatversion 1");
	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++) {
		sh("git config -f .git/config extensions.%s true "
		   "2>/dev/null",
		   harmless[i]);
		repo = opened();
		repo_close(repo);
	}
	sh("git config -f .git/config --unset extensions.relativeWorktrees "
	   "2>/dev/null");
	sh("git config -f .git/config extensions.refStorage reftable "
	   "2>/dev/null");
	/* Git of 2.45 and later knows it. */
	if (!version_git_is(output("git version") + strlen("git version "), 2,
			    45))
		open_fails(ERR_UNSUPPORTED, "refstorage");
	sh("git config -f .git/config --unset extensions.refStorage "
	   "2>/dev/null");
	sh("git config -f .git/config extensions.frobnicate true 2>/dev/null");
	open_fails(ERR_UNSUPPORTED, "frobnicate");
	sh("git config -f .git/config --unset extensions.frobnicate "
	   "2>/dev/null");
	sh("git config -f .git/config core.repositoryformatversion 9 "
	   "2>/dev/null");
	open_fails(ERR_UNSUPPORTED, "9");
}

/* cmocka's skip() reads as a failure in TAP. */
static void somebody_elses_repository_needs_trust(void **state)
{
	struct repo *repo;

	(void)state;
	if (geteuid() != 0) {
		print_message("# only root can give a repository away\n");
		return;
	}
	enter_repo("theirs");
	commit("file", "one\n");
	go(".");
	sh("chown -R 65534 theirs");
	go("theirs");
	open_fails(ERR_REFUSED, "dubious ownership");
	sh("git config --global safe.directory /elsewhere");
	open_fails(ERR_REFUSED, "dubious ownership");
	sh("git config --global safe.directory '*'");
	repo = opened();
	repo_close(repo);
	sh("git config --global --unset safe.directory");
	/* who names it trusts it */
	setenv("GIT_DIR", ".git", 1);
	repo = opened();
	repo_close(repo);
	unsetenv("GIT_DIR");
}

static void hooks_stand(const char *want)
{
	struct buf path = BUF_INIT;
	struct repo *repo = opened();
	struct config *config;
	char *dir;

	buf_addf(&path, "%s/%s", scratch, want);
	assert_null(config_load(&config, &arena, repo));
	assert_null(repo_hooks_dir(&dir, &arena, repo, config));
	assert_string_equal(dir, path.p);
	buf_release(&path);
	repo_close(repo);
}

static void hooks_are_where_git_says(void **state)
{
	(void)state;
	go("plain/a/b");
	hooks_stand("plain/.git/hooks");
	sh("git config core.hooksPath \"$HOME/my hooks\"");
	hooks_stand("my hooks");
	sh("git config --unset core.hooksPath");
	go("linked/d");
	hooks_stand("plain/.git/hooks");
	go("bare.git");
	hooks_stand("bare.git/hooks");
}

/* Objects that a push brings are in quarantine while its hook runs. */
static void quarantined_objects_are_seen(void **state)
{
	struct buf objects = BUF_INIT, quarantine = BUF_INIT;
	struct commit commit_read;
	struct repo *repo;
	struct oid new;

	(void)state;
	go(".");
	sh("git clone -q --bare plain target.git");
	go("plain");
	commit("file", "pushed\n");
	new = id_of("HEAD");
	go("target.git");
	sh("mkdir -p q/pack; git -C ../plain rev-list --objects HEAD ^HEAD~1 |"
	   "cut -c1-40 | git -C ../plain pack-objects -q $PWD/q/pack/pack "
	   ">/dev/null");
	buf_addf(&objects, "%s/target.git/objects", scratch);
	buf_addf(&quarantine, "%s/target.git/q", scratch);
	setenv("GIT_DIR", ".", 1);
	repo = opened();
	fails(walk_one(&commit_read, &arena, repo, &new), ERR_NOT_FOUND,
	      "does not exist");
	repo_close(repo);
	setenv("GIT_OBJECT_DIRECTORY", quarantine.p, 1);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.p, 1);
	repo = opened();
	assert_null(walk_one(&commit_read, &arena, repo, &new));
	assert_string_equal(commit_read.subject, "pushed");
	assert_null(rev_commit(&new, repo, "HEAD"));
	repo_close(repo);
	unsetenv("GIT_OBJECT_DIRECTORY");
	unsetenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	unsetenv("GIT_DIR");
	buf_release(&objects);
	buf_release(&quarantine);
}

/* --- configuration ------------------------------------------------------ */

static void configuration_is_as_git_reads_it(void **state)
{
	struct config *config;
	struct strs values = { 0 }, names = { 0 };
	const char *origin;

	(void)state;
	enter_repo("config");
	sh("git config retro.dir one; git config --add retro.dir two\n"
	   "git config retro.onTag off; git config Remote.Sub.key v\n"
	   "git config retro.text \"two\nlines = [x]\"\n"
	   "printf '[grep]\\n\\tbare\\n\\tempty =\\n\\tn = 2k\\n' >more\n"
	   "git config include.path ../more\n"
	   "git config mailmap.no Off; git config mailmap.zero 0\n"
	   "git config mailmap.odd perhaps");
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "retro.onTag", 1);
	setenv("GIT_CONFIG_VALUE_0", "hint", 1);
	assert_null(config_load(&config, &arena, NULL));
	unsetenv("GIT_CONFIG_COUNT");

	assert_string_equal(config_get(config, "retro.dir"), "two");
	assert_string_equal(config_get(config, "RETRO.ontag"), "hint");
	assert_string_equal(config_get(config, "retro.text"),
			    "two\nlines = [x]");
	assert_string_equal(config_get(config, "remote.Sub.KEY"), "v");
	assert_null(config_get(config, "remote.sub.key"));
	assert_null(config_get(config, "retro.none"));
	assert_string_equal(config_get(config, "grep.bare"), "");

	config_get_all(&values, &origin, &arena, config, "retro.dir");
	assert_int_equal(values.nr, 2);
	assert_string_equal(values.at[0], "one");
	assert_string_equal(origin, "file:.git/config");
	config_get_all(&values, &origin, &arena, config, "retro.ontag");
	assert_string_equal(origin, "command line:");

	assert_true(config_bool(config, "grep.bare", false));
	assert_false(config_bool(config, "grep.empty", true));
	assert_true(config_bool(config, "grep.n", false));
	assert_false(config_bool(config, "mailmap.no", true));
	assert_false(config_bool(config, "mailmap.zero", true));
	assert_true(config_bool(config, "mailmap.odd", true));
	assert_false(config_bool(config, "mailmap.odd", false));
	assert_true(config_bool(config, "mailmap.unset", true));

	config_names(&names, &arena, config, "retro.");
	assert_int_equal(names.nr, 3);
	assert_string_equal(names.at[0], "retro.dir");
	assert_string_equal(names.at[1], "retro.ontag");
}

static void configuration_needs_no_repository(void **state)
{
	struct config *config;

	(void)state;
	go(".");
	assert_null(config_load(&config, &arena, NULL));
	assert_string_equal(config_get(config, "init.defaultbranch"), "main");
	sh("cp .gitconfig saved; echo '[broken' >>.gitconfig");
	fails(config_load(&config, &arena, NULL), ERR_REFUSED, "bad config");
	sh("mv saved .gitconfig");
}

/* --- names -------------------------------------------------------------- */

static void finds(struct repo *repo, const char *name)
{
	struct buf peeled = BUF_INIT;
	struct oid id;
	struct err *e = rev_commit(&id, repo, name);

	if (e)
		fail_msg("%s", e->text);
	buf_addf(&peeled, "%s%s", name, *name == ':' ? "" : "^{commit}");
	is_id(&id, peeled.p);
	buf_release(&peeled);
}

static void a_name_leads_to_a_commit(void **state)
{
	static const char *const names[] = {
		"HEAD",          "HEAD~1",          "main",  "v1.0",
		"v1.0^{commit}", "nested",          "@",     "HEAD@{0}",
		"a/b",           "refs/heads/main", ":/one", "v1.0^0",
		"-dash",         "remote/main",
	};
	struct repo *repo;
	struct oid id;
	char hex[OID_HEX + 1];

	(void)state;
	enter_repo("names");
	repo = opened();
	fails(rev_head(&id, repo), ERR_NOT_FOUND, "no commits yet");
	fails(rev_commit(&id, repo, "HEAD"), ERR_NOT_FOUND, "'HEAD'");
	repo_close(repo);
	commit("file", "one\n");
	commit("file", "two\n");
	sh("git tag -a -m t v1.0; git tag -a -m n nested v1.0 2>/dev/null\n"
	   "git branch a/b; git tag blob HEAD:file\n"
	   "git update-ref refs/remotes/remote/main HEAD\n"
	   "git update-ref refs/heads/-dash HEAD");
	repo = opened();
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (*names[i] != '-')
			finds(repo, names[i]);
	assert_null(rev_commit(&id, repo, "-dash"));
	is_id(&id, "main");
	oid_hex(hex, &id);
	finds(repo, hex);
	finds(repo, rev_abbrev(&arena, repo, &id));
	assert_int_equal(strlen(rev_abbrev(&arena, repo, &id)), 7);
	fails(rev_commit(&id, repo, "none"), ERR_NOT_FOUND, "'none'");
	fails(rev_commit(&id, repo, "blob"), ERR_NOT_FOUND, "'blob'");
	fails(rev_commit(&id, repo, "--all"), ERR_NOT_FOUND, "'--all'");
	fails(rev_commit(&id, repo, ""), ERR_NOT_FOUND, "''");
	fails(rev_commit(&id, repo, "main..main"), ERR_NOT_FOUND, "main..");
	fails(rev_commit(&id, repo, "1234567"), ERR_NOT_FOUND, "1234567");
	sh("git checkout -q --detach HEAD~1");
	assert_null(rev_head(&id, repo));
	is_id(&id, "HEAD");
	repo_close(repo);
}

/* As git has it, also where a graft or a replace ref says another. */
static void a_commit_has_the_parent_that_git_says(void **state)
{
	struct repo *repo;
	struct oid id, tip, root;

	(void)state;
	enter_repo("parents");
	commit("file", "one\n");
	commit("file", "two\n");
	sh("git checkout -q -b side HEAD~1; git commit -q --allow-empty -m s\n"
	   "git merge -q --no-ff -m m main");
	tip = id_of("HEAD");
	root = id_of("main~1");
	repo = opened();
	assert_null(rev_parent(&id, repo, &tip, ancestry_is_bent(repo)));
	is_id(&id, "HEAD^");
	fails(rev_parent(&id, repo, &root, false), ERR_NOT_FOUND,
	      "no such commit");
	repo_close(repo);
	sh("git replace --graft HEAD main");
	repo = opened();
	assert_null(rev_parent(&id, repo, &tip, ancestry_is_bent(repo)));
	is_id(&id, "main");
	repo_close(repo);
}

/* Two commits whose ids begin with the same seven digits are hard to have;
 * four digits are enough to be ambiguous. */
static void an_ambiguous_id_says_so(void **state)
{
	struct repo *repo;
	struct oid id;

	(void)state;
	enter_repo("ambiguous");
	commit("file", "one\n");
	sh("for i in $(seq 2000); do echo $i >f$i; done; ls f* |\n"
	   "git hash-object -w --stdin-paths >ids\n"
	   "cut -c1-4 ids | sort | uniq -d | head -n1 >twice; test -s twice");
	repo = opened();
	fails(rev_commit(&id, repo, output("cat twice")), ERR_NOT_FOUND,
	      "ambiguous");
	repo_close(repo);
}

static const struct ref *named(const struct refs *refs, const char *name)
{
	for (size_t i = 0; i < refs->nr; i++)
		if (!strcmp(refs->at[i].name, name))
			return &refs->at[i];
	return NULL;
}

static void refs_are_listed_and_peeled(void **state)
{
	struct refs refs = { 0 };
	struct repo *repo;
	struct ref tag;

	(void)state;
	go("names");
	sh("git symbolic-ref refs/remotes/remote/HEAD refs/remotes/remote/main"
	   "\necho garbage >.git/refs/tags/broken"
	   "\nmkdir -p .git/refs/tags; cd .git/refs/tags"
	   "\nfor name in v2.0.lock 'v2.0 (copy)' v2..0 'v2.0~' v2.0.; do"
	   "\n\tgit rev-parse main >\"$name\"; done");
	repo = opened();
	assert_null(ref_list(&refs, &arena, repo, REFS_TAGS | REFS_REMOTES));
	assert_int_equal(refs.nr, 4);
	assert_string_equal(refs.at[0].name, "blob");
	assert_false(refs.at[0].has_commit);
	assert_string_equal(refs.at[1].name, "nested");
	is_id(&refs.at[1].target, "nested");
	is_id(&refs.at[1].commit, "main");
	assert_string_equal(refs.at[2].name, "v1.0");
	assert_int_equal(refs.at[3].type, REF_REMOTE);
	assert_string_equal(refs.at[3].name, "remote/main");
	/* the same when they are packed */
	sh("rm -f .git/refs/tags/broken .git/refs/tags/v2*; "
	   "git pack-refs --all");
	refs = (struct refs){ 0 };
	assert_null(ref_list(&refs, &arena, repo,
			     REFS_TAGS | REFS_BRANCHES | REFS_REMOTES));
	assert_int_equal(refs.nr, 7);
	is_id(&named(&refs, "nested")->commit, "main");
	is_id(&named(&refs, "a/b")->commit, "main");

	assert_null(ref_tag(&tag, &arena, repo, "v1.0"));
	is_id(&tag.target, "v1.0");
	is_id(&tag.commit, "main");
	assert_int_equal(ref_tag_time(repo, &tag),
			 atol(output("git for-each-ref refs/tags/v1.0 "
				     "--format='%(taggerdate:unix)'")));
	assert_null(ref_tag(&tag, &arena, repo, "blob"));
	assert_false(tag.has_commit);
	assert_int_equal(ref_tag_time(repo, &tag), 0);
	fails(ref_tag(&tag, &arena, repo, "v1.1"), ERR_NOT_FOUND, "v1.1");
	fails(ref_tag(&tag, &arena, repo, "../x"), ERR_NOT_FOUND, "../x");
	fails(ref_tag(&tag, &arena, repo, ""), ERR_NOT_FOUND, "''");
	repo_close(repo);
}

/* --- trees -------------------------------------------------------------- */

static void a_tree_lists_as_a_folder_does(void **state)
{
	static const char *const want[] = {
		"r/a b.md", "r/a.md", "r/a/z.md", "r/x\ny.md", "r/\xe6\xa0\x87",
	};
	struct tree_entries entries = { 0 };
	struct buf text = BUF_INIT;
	struct repo *repo;
	struct oid head, id, other;

	(void)state;
	enter_repo("tree");
	sh("mkdir -p r/a r/.hidden s; touch r/a/z.md r/.hidden/x r/.dot other\n"
	   "echo text >r/a.md; touch \"r/a b.md\" 'r/x\ny.md' r/\xe6\xa0\x87\n"
	   "ln -s a.md r/link; git add .");
	commit("other", "all\n");
	repo = opened();
	head = id_of("HEAD");
	assert_null(tree_list(&entries, &arena, repo, &head, "r"));
	assert_int_equal(entries.nr, ARRAY_SIZE(want));
	for (size_t i = 0; i < entries.nr; i++)
		assert_string_equal(entries.at[i].path, want[i]);
	is_id(&entries.at[1].blob, "HEAD:r/a.md");
	assert_null(tree_list(&entries, &arena, repo, &head, ""));
	assert_int_equal(entries.nr, 2 * ARRAY_SIZE(want) + 1);
	assert_null(tree_list(&entries, &arena, repo, &head, "r/a.md"));
	assert_null(tree_list(&entries, &arena, repo, &head, "none"));
	assert_int_equal(entries.nr, 2 * ARRAY_SIZE(want) + 1);

	assert_true(tree_id(&id, repo, &head, "r/a"));
	is_id(&id, "HEAD:r/a");
	assert_true(tree_id(&other, repo, &head, ""));
	is_id(&other, "HEAD^{tree}");
	assert_false(tree_id(&id, repo, &head, "none"));
	assert_false(tree_id(&id, repo, &head, "r/a.md"));

	assert_null(tree_file(&text, repo, &head, "r/a.md", 5));
	assert_string_equal(text.p, "text\n");
	fails(tree_file(&text, repo, &head, "r/a.md", 4), ERR_UNSUPPORTED,
	      "r/a.md");
	fails(tree_file(&text, repo, &head, "r/none", 9), ERR_NOT_FOUND,
	      "r/none");
	fails(tree_file(&text, repo, &head, "r/link", 9), ERR_UNSUPPORTED,
	      "r/link");
	fails(tree_file(&text, repo, &head, "r/a", 9), ERR_UNSUPPORTED, "r/a");
	id = (struct oid){ { 1, 1, 1 } };
	fails(tree_blob(&text, repo, &id, 9), ERR_NOT_FOUND, "0101");
	buf_release(&text);
	repo_close(repo);
}

static void a_file_has_a_first_day(void **state)
{
	const char *paths[] = { "r/new", "r/old", "r/none" };
	struct strs asked = { paths, 3, 3 };
	int32_t days[3] = { 0 };
	struct repo *repo;

	(void)state;
	enter_repo("days");
	repo = opened();
	assert_null(tree_first_days(days, repo, NULL, &asked));
	assert_int_equal(days[1], DAY_NONE);
	setenv("GIT_COMMITTER_DATE", "2020-03-01T00:30:00 +0100", 1);
	sh("mkdir r; cd r; touch old; git add .\n"
	   "GIT_AUTHOR_DATE='2020-03-01T00:30:00 +0100' git commit -q -m 1\n"
	   "echo x >>old; git commit -q -a -m 2\n"
	   "git mv old new; git commit -q -m 3\n"
	   "touch old; git add old\n"
	   "GIT_AUTHOR_DATE='2020-04-01T12:00:00 +0000' git commit -q -m 4");
	go("days/r"); /* paths start at the top */
	assert_null(tree_first_days(days, repo, NULL, &asked));
	/* 2020-03-01 where its author was, the day before in UTC */
	assert_int_equal(days[1], 18322);
	assert_true(days[0] > 18322);
	assert_int_equal(days[2], DAY_NONE);
	/* whatever the person has set for git log */
	sh("mkdir -p ../other; git config diff.relative true\n"
	   "git config log.showRoot false; git config log.follow true");
	go("days/other");
	asked.nr = 2;
	assert_null(tree_first_days(days, repo, NULL, &asked));
	assert_int_equal(days[1], 18322);
	repo_close(repo);
}

static void what_touched_a_path_is_found_from_anywhere(void **state)
{
	const char *path = "a/b/f";
	const struct strs paths = { &path, 1, 1 };
	struct oids tips = { 0 }, found = { 0 };
	struct oid first, head;
	struct repo *repo;

	(void)state;
	enter_repo("touching");
	sh("mkdir -p a/b");
	commit("a/b/f", "one\n");
	first = id_of("HEAD");
	commit("g", "two\n");
	repo = opened();
	head = id_of("HEAD");
	vec_push(&arena, &tips, head);
	for (int i = 0; i < 2; i++) {
		found.nr = 0;
		assert_null(
			walk_touching(&found, &arena, repo, &tips, 0, &paths));
		assert_int_equal(found.nr, 1);
		assert_true(oid_equal(&found.at[0], &first));
		go("touching/a");
	}
	/* the clock of scratch.h is past this second */
	found.nr = 0;
	assert_null(
		walk_touching(&found, &arena, repo, &tips, 1767607201, &paths));
	assert_int_equal(found.nr, 1);
	found.nr = 0;
	assert_null(
		walk_touching(&found, &arena, repo, &tips, 2000000000, &paths));
	assert_int_equal(found.nr, 0);
	repo_close(repo);
}

/* --- walking ------------------------------------------------------------ */

struct seen {
	struct buf subjects;
	size_t nr, stop_at;
};

static bool see(void *data, const struct commit *c)
{
	struct seen *seen = data;

	buf_addf(&seen->subjects, "%s|", c->subject);
	assert_true(!*c->message || c->message[strlen(c->message) - 1] == '\n');
	seen->nr++;
	return seen->nr != seen->stop_at;
}

static const char *walked(struct repo *repo, const char *from, const char *to,
			  size_t stop_at)
{
	struct seen seen = { BUF_INIT, 0, stop_at };
	struct range range = { .to = id_of(to) };
	struct oid start;
	const char *text;

	if (from) {
		start = id_of(from);
		range.from = &start;
	}
	assert_null(walk_range(repo, &range, see, &seen));
	text = arena_strdup(&arena, seen.subjects.p);
	buf_release(&seen.subjects);
	return text;
}

static void a_range_is_walked_newest_first(void **state)
{
	struct range range = { 0 };
	struct oid from;
	size_t commits, merges;
	struct repo *repo;

	(void)state;
	enter_repo("walk");
	commit("a", "one\n");
	sh("git tag v1");
	commit("a", "two\nlines\n\nbody\n");
	sh("git checkout -q -b side");
	commit("b", "side\n");
	sh("git checkout -q main");
	commit("a", "three\n");
	tick();
	sh("git merge -q -m merged side; git tag v2");
	repo = opened();
	assert_string_equal(walked(repo, "v1", "v2", 0),
			    "merged|three|side|two lines|");
	assert_string_equal(walked(repo, NULL, "v2", 0),
			    "merged|three|side|two lines|one|");
	assert_string_equal(walked(repo, "v2", "v1", 0), "");
	assert_string_equal(walked(repo, NULL, "v2", 2), "merged|three|");
	range.to = id_of("v2");
	assert_null(walk_count(&commits, &merges, repo, &range));
	assert_int_equal(commits, 5);
	assert_int_equal(merges, 1);
	from = id_of("v1");
	range.from = &from;
	assert_null(walk_count(&commits, &merges, repo, &range));
	assert_int_equal(commits, 4);
	/* a file named -- does not narrow it, nor do the person's settings */
	sh("touch -- --; git add -- --; git config log.showSignature true\n"
	   "git config log.date relative; git config format.pretty oneline\n"
	   "git config core.notesRef refs/notes/commits\n"
	   "git config color.ui always; git notes add -m note v2");
	assert_string_equal(walked(repo, "v1", "v2", 0),
			    "merged|three|side|two lines|");
	/* what does not exist is git's error, in its words */
	range.to = (struct oid){ { 1, 1, 1 } };
	fails(walk_count(&commits, &merges, repo, &range), ERR_REFUSED,
	      "bad object 010101");
	repo_close(repo);
}

/* Stores a commit object as it stands, with HEAD's tree; tagged `name`. */
static void odd_commit(const char *name, const char *headers,
		       const char *message)
{
	sh("{ echo tree $(git rev-parse 'HEAD^{tree}'); printf '%s'; echo; "
	   "printf '%s'; } >.git/odd\n"
	   "git update-ref refs/tags/%s "
	   "$(git hash-object -t commit -w --literally .git/odd)",
	   headers, message, name);
}

static struct commit commit_of(struct repo *repo, const char *name)
{
	struct oid id = id_of(name);
	struct commit c;
	struct err *e = walk_one(&c, &arena, repo, &id);

	if (e)
		fail_msg("%s: %s", name, e->text);
	return c;
}

#define WHO(date) "author Ann <a@x> " date "\\ncommitter Cas <c@x> " date "\\n"

static void odd_commits_are_survived(void **state)
{
	struct repo *repo;
	struct commit c;

	(void)state;
	enter_repo("odd");
	commit("a", "one\n");
	odd_commit("ancient", WHO("-9600000000 +0000"), "old\\n");
	odd_commit("future", WHO("99999999999999999999 +0000"), "new\\n");
	odd_commit("late", WHO("253402214400 +1400"), "late\\n");
	odd_commit("empty", WHO("1 +0000"), "");
	odd_commit("unended", WHO("1 +0000"), "no line end");
	odd_commit("blank", WHO("1 +0000"), "\\n\\n  text\\n");
	odd_commit("nobody", "", "without author\\n");
	odd_commit("nameless",
		   "author  <a@x> 5 -0130\\ncommitter <> 5 -0130\\n", "x\\n");
	odd_commit("latin", WHO("1 +0000") "encoding ISO-8859-1\\n",
		   "caf\\351\\n");
	odd_commit("raw", WHO("1 +0000"), "caf\\351\\n");
	odd_commit("nul", WHO("1 +0000"), "before\\000after\\n");
	odd_commit("crlf", WHO("1 +0000"), "one\\r\\n\\r\\ntwo\\r\\n");
	repo = opened();

	c = commit_of(repo, "ancient");
	assert_string_equal(c.subject, "old");
	assert_true(c.authored.seconds <= 0);
	c = commit_of(repo, "future");
	assert_int_equal(c.authored.seconds, 0);
	c = commit_of(repo, "late");
	assert_true(c.authored.seconds == 253402214400);
	assert_int_equal(c.authored.zone, 14 * 60);
	c = commit_of(repo, "empty");
	assert_string_equal(c.message, "");
	assert_string_equal(c.subject, "");
	assert_int_equal(c.parent_count, 0);
	c = commit_of(repo, "unended");
	assert_string_equal(c.message, "no line end\n");
	c = commit_of(repo, "blank");
	assert_string_equal(c.subject, "  text");
	c = commit_of(repo, "nobody");
	assert_string_equal(c.author.name, "");
	assert_string_equal(c.message, "without author\n");
	c = commit_of(repo, "nameless");
	assert_string_equal(c.author.mail, "a@x");
	assert_int_equal(c.authored.zone, -90);
	c = commit_of(repo, "latin");
	assert_string_equal(c.subject, "caf\xc3\xa9");
	c = commit_of(repo, "raw");
	assert_string_equal(c.subject, "caf\xe9");
	c = commit_of(repo, "nul");
	assert_string_equal(c.message, "before\n");
	c = commit_of(repo, "crlf");
	assert_non_null(strstr(c.message, "two"));
	repo_close(repo);
}

static void many_commits_are_asked_for_at_once(void **state)
{
	char hex[OID_HEX + 1], upper[13];
	struct strs names = { 0 };
	struct commits commits = { 0 };
	struct oid id;
	struct repo *repo;

	(void)state;
	go("walk");
	repo = opened();
	assert_null(walk_many(&commits, &arena, repo, &names));
	assert_int_equal(commits.nr, 0);
	id = id_of("v1");
	oid_hex(hex, &id);
	for (size_t i = 0; i < 12; i++)
		upper[i] = (char)(hex[i] >= 'a' ? hex[i] - 32 : hex[i]);
	upper[12] = '\0';
	vec_push(&arena, &names, arena_strdup(&arena, hex));
	vec_push(&arena, &names, "1111111111111111111111111111111111111111");
	vec_push(&arena, &names,
		 arena_strdup(&arena, output("git rev-parse v2")));
	vec_push(&arena, &names, upper);
	vec_push(&arena, &names, "abcdefabcdef");
	/* a tree is no commit, a name no id */
	vec_push(&arena, &names,
		 arena_strdup(&arena, output("git rev-parse v1^{tree}")));
	vec_push(&arena, &names, "main");
	assert_null(walk_many(&commits, &arena, repo, &names));
	assert_int_equal(commits.nr, 7);
	assert_string_equal(commits.at[0].subject, "one");
	assert_string_equal(commits.at[2].subject, "merged");
	assert_int_equal(commits.at[2].parent_count, 2);
	assert_string_equal(commits.at[3].subject, "one");
	assert_true(oid_is_zero(&commits.at[1].id));
	assert_true(oid_is_zero(&commits.at[4].id));
	assert_true(oid_is_zero(&commits.at[5].id));
	assert_true(oid_is_zero(&commits.at[6].id));
	id = (struct oid){ { 1, 1, 1 } };
	fails(walk_one(&commits.at[0], &arena, repo, &id), ERR_NOT_FOUND,
	      "0101");
	repo_close(repo);
}

static void people_are_as_mailmap_has_them(void **state)
{
	struct strs people = { 0 }, resolved = { 0 };
	struct repo *repo;
	struct commit c;

	(void)state;
	enter_repo("mailmap");
	commit("a", "one\n");
	sh("echo 'Ann A. <ann@new.example> <ann@example.com>' >.mailmap");
	repo = opened();
	c = commit_of(repo, "HEAD");
	assert_string_equal(c.author.name, "Ann A.");
	assert_string_equal(c.author.mail, "ann@new.example");
	vec_push(&arena, &people, "Ann <ann@example.com>");
	vec_push(&arena, &people, "no address");
	vec_push(&arena, &people, "Bo <bo@x>");
	vec_push(&arena, &people, "Bo <bo@x> and more");
	vec_push(&arena, &people, "<ann@example.com>");
	assert_null(walk_mailmap(&resolved, &arena, repo, &people));
	assert_int_equal(resolved.nr, 5);
	assert_string_equal(resolved.at[0], "Ann A. <ann@new.example>");
	assert_string_equal(resolved.at[1], "no address");
	assert_string_equal(resolved.at[2], "Bo <bo@x>");
	assert_string_equal(resolved.at[3], "Bo <bo@x> and more");
	assert_string_equal(resolved.at[4], "Ann A. <ann@new.example>");
	repo_close(repo);
}

static void a_shallow_clone_ends_where_it_ends(void **state)
{
	struct oids ends = { 0 };
	struct repo *repo;
	struct oid id;

	(void)state;
	go("walk");
	repo = opened();
	assert_false(repo_is_shallow(repo));
	assert_null(repo_shallow_ends(&ends, &arena, repo));
	assert_int_equal(ends.nr, 0);
	repo_close(repo);
	go(".");
	sh("git clone -q --depth 2 file://$PWD/walk shallow");
	go("shallow");
	repo = opened();
	assert_true(repo_is_shallow(repo));
	assert_null(repo_shallow_ends(&ends, &arena, repo));
	assert_int_equal(ends.nr, 2);
	assert_string_equal(walked(repo, NULL, "HEAD", 0),
			    "merged|three|side|");
	fails(rev_commit(&id, repo, "HEAD~2"), ERR_NOT_FOUND, "HEAD~2");
	repo_close(repo);
}

/* --- differences and ancestry ------------------------------------------- */

static const struct diff_file *file_of(const struct diff_files *files,
				       const char *path)
{
	for (size_t i = 0; i < files->nr; i++)
		if (!strcmp(files->at[i].path, path))
			return &files->at[i];
	fail_msg("no %s", path);
	return NULL;
}

static void a_difference_is_counted_as_git_counts(void **state)
{
	struct diff_files files = { 0 };
	struct range range = { 0 };
	struct strs paths = { 0 };
	struct repo *repo;
	struct oid from;

	(void)state;
	enter_repo("diff");
	sh("seq 20 >moved; seq 3 >'tab\tand \"quote\"'; seq 9 >gone\n"
	   "printf '\\0\\1' >binary; seq 5 >kept; git add .");
	commit("a", "one\n");
	sh("git tag v1; git mv moved to; echo 21 >>to; git rm -q gone\n"
	   "echo 4 >>'tab\tand \"quote\"'; printf '\\0\\2' >binary\n"
	   "mkdir new; seq 101 107 >new/file; git add .\n"
	   "git config diff.renames false; git config diff.noprefix true\n"
	   "git config diff.external false");
	commit("a", "two\n");
	repo = opened();
	from = id_of("v1");
	range.from = &from;
	range.to = id_of("HEAD");
	assert_null(diff_numstat(&files, &arena, repo, &range));
	assert_int_equal(files.nr, 6);
	assert_string_equal(file_of(&files, "to")->old_path, "moved");
	assert_int_equal(file_of(&files, "to")->added, 1);
	assert_int_equal(file_of(&files, "to")->deleted, 0);
	assert_int_equal(file_of(&files, "gone")->deleted, 9);
	assert_null(file_of(&files, "gone")->old_path);
	assert_int_equal(file_of(&files, "new/file")->added, 7);
	assert_true(file_of(&files, "binary")->binary);
	assert_int_equal(file_of(&files, "tab\tand \"quote\"")->added, 1);
	assert_null(diff_names(&paths, &arena, repo, &range));
	assert_int_equal(paths.nr, 7);

	/* from the beginning */
	range.from = NULL;
	files = (struct diff_files){ 0 };
	assert_null(diff_numstat(&files, &arena, repo, &range));
	assert_int_equal(file_of(&files, "kept")->added, 5);
	assert_int_equal(files.nr, 6);

	repo_close(repo);
}

/* Which of the commits that have a name. */
static const char *touching(struct repo *repo, const char *path)
{
	static const char *const names[] = { "v1", "side", "main", "odd" };
	struct oidset found = OIDSET_INIT;
	struct oids commits = { 0 };
	struct buf text = BUF_INIT;
	const char *copy;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		vec_push(&arena, &commits, id_of(names[i]));
	assert_null(diff_touching(&found, repo, &commits, path));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (oidset_has(&found, &commits.at[i]))
			buf_addf(&text, "%s ", names[i]);
	copy = arena_strdup(&arena, text.p);
	buf_release(&text);
	oidset_release(&found);
	return copy;
}

/* A root, a plain one, and a merge against its first parent. */
static void many_commits_are_asked_what_they_touched(void **state)
{
	struct oids none = { 0 };
	struct oidset found = OIDSET_INIT;
	struct repo *repo;
	struct oid head;

	(void)state;
	go("diff");
	sh("git checkout -q -b odd v1; mkdir 'sub[1]'; echo >'sub[1]/*'\n"
	   "git add .");
	commit("o", "odd\n");
	sh("git checkout -q -b side v1");
	commit("side", "side\n");
	sh("git checkout -q main; git merge -q -m merged side");
	repo = opened();
	assert_string_equal(touching(repo, ""), "v1 side main odd ");
	assert_string_equal(touching(repo, "kept"), "v1 ");
	assert_string_equal(touching(repo, "kep"), "");
	assert_string_equal(touching(repo, "side"), "side main ");
	assert_string_equal(touching(repo, "sub[1]/"), "odd ");
	assert_string_equal(touching(repo, "sub[1]"), "odd ");
	assert_string_equal(touching(repo, "sub[1]/*"), "odd ");
	assert_string_equal(touching(repo, "*"), "");
	assert_string_equal(touching(repo, ":(glob)k*"), "");
	assert_string_equal(touching(repo, "new"), "");
	assert_string_equal(touching(repo, "../kept"), "");
	assert_string_equal(touching(repo, "/kept"), "");
	assert_null(diff_touching(&found, repo, &none, "kept"));
	repo_close(repo);
	/* where history is cut off it cannot be told */
	go(".");
	sh("git clone -q --depth 1 file://$PWD/diff cut");
	go("cut");
	repo = opened();
	none.nr = 0;
	head = id_of("HEAD");
	vec_push(&arena, &none, head);
	assert_null(diff_touching(&found, repo, &none, "kept"));
	assert_false(oidset_has(&found, &head));
	repo_close(repo);
	oidset_release(&found);
}

static void what_is_missing_is_said_and_not_fetched(void **state)
{
	struct diff_files files = { 0 };
	struct strs paths = { 0 };
	struct range range = { 0 };
	struct buf text = BUF_INIT;
	struct repo *repo;
	const char *before, *count = "git rev-list --objects --all "
				     "--missing=print | grep -c '^?'";

	(void)state;
	go("diff");
	sh("git config uploadpack.allowFilter true; cd ..\n"
	   "git clone -q --no-checkout --filter=blob:none "
	   "file://$PWD/diff partial");
	go("partial");
	before = arena_strdup(&arena, output(count));
	repo = opened();
	range.to = id_of("HEAD");
	fails(diff_numstat(&files, &arena, repo, &range), ERR_MISSING,
	      "git diff-tree");
	assert_null(diff_names(&paths, &arena, repo, &range));
	assert_int_equal(paths.nr, 7);
	fails(tree_file(&text, repo, &range.to, "kept", 99), ERR_NOT_FOUND,
	      "kept");
	assert_string_equal(output(count), before);
	repo_close(repo);
}

static void ancestry_is_one_question(void **state)
{
	static const char *const names[] = { "v1", "side", "main", "v1",
					     "other" };
	static const bool want[] = { true, true, true, true, false };
	struct oids among = { 0 };
	bool reached[5] = { false }, one;
	struct repo *repo;
	struct oid head;

	(void)state;
	go("diff");
	sh("git checkout -q -b other v1");
	commit("o", "other\n");
	sh("git checkout -q main");
	repo = opened();
	head = id_of("main");
	assert_null(ancestry_reached(reached, repo, &head, &among));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		vec_push(&arena, &among, id_of(names[i]));
	assert_null(ancestry_reached(reached, repo, &head, &among));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_int_equal(reached[i], want[i]);
	assert_null(ancestry_reaches(&one, repo, &among.at[4], &among.at[0]));
	assert_true(one);
	assert_null(ancestry_reaches(&one, repo, &among.at[4], &head));
	assert_false(one);
	head = (struct oid){ { 1, 1, 1 } };
	fails(ancestry_reaches(&one, repo, &head, &among.at[0]), ERR_REFUSED,
	      "0101");
	repo_close(repo);
}

/* --- children ----------------------------------------------------------- */

static void a_child_keeps_its_words_for_the_error(void **state)
{
	static const char *const bad[] = { "rev-parse", "--verify",
					   "\033[31mred", NULL };
	static const char *const list[] = { "ls-files", "-z", NULL };
	struct buf out = BUF_INIT;
	const char *fields[2];
	struct child child;
	struct err *e;

	(void)state;
	go("diff");
	e = child_run(&out, bad, NULL);
	assert_non_null(e);
	assert_null(strchr(e->text, '\033')); /* nothing for a terminal */
	fails(e, ERR_REFUSED, "git rev-parse: ");
	/* fields in pairs: the odd one at the end is no record */
	assert_null(child_start(&child, list));
	for (size_t i = 0; i < 3; i++)
		assert_true(child_fields(fields, 2, &child));
	assert_string_equal(fields[0], "side");
	assert_false(child_fields(fields, 2, &child));
	assert_null(child_finish(&child));
	buf_release(&out);
}

/* Fields longer than what is read at once. */
static void a_long_field_comes_whole(void **state)
{
	static const char *const args[] = { "log", "-z", "--format=%B", "long",
					    NULL };
	struct child child;
	const char *field;

	(void)state;
	go("odd");
	sh("{ seq 60000; } >.git/long; git checkout -q -b long\n"
	   "git commit -q --allow-empty -F .git/long");
	assert_null(child_start(&child, args));
	assert_true(child_fields(&field, 1, &child));
	assert_non_null(strstr(field, "\n60000\n"));
	assert_true(child_fields(&field, 1, &child));
	assert_string_equal(field, "one\n");
	assert_null(child_finish(&child));
}

static int leave(void **state)
{
	arena_release(&arena);
	return scratch_leave(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_forty_digits_or_64),
		cmocka_unit_test(versions_are_compared_by_their_numbers),
		cmocka_unit_test(a_map_finds_what_it_was_given),
		cmocka_unit_test(a_repository_is_found_from_anywhere_in_it),
		cmocka_unit_test(a_bare_repository_has_no_work_tree),
		cmocka_unit_test(the_environment_says_where),
		cmocka_unit_test(a_linked_work_tree_is_its_own),
		cmocka_unit_test(the_common_directory_may_be_named),
		cmocka_unit_test(a_submodule_is_a_repository),
		cmocka_unit_test(core_worktree_is_obeyed),
		cmocka_unit_test(a_plain_repository_is_found_without_git),
		cmocka_unit_test(an_unknown_format_is_refused_in_words),
		cmocka_unit_test(somebody_elses_repository_needs_trust),
		cmocka_unit_test(hooks_are_where_git_says),
		cmocka_unit_test(quarantined_objects_are_seen),
		cmocka_unit_test(configuration_is_as_git_reads_it),
		cmocka_unit_test(configuration_needs_no_repository),
		cmocka_unit_test(a_name_leads_to_a_commit),
		cmocka_unit_test(a_commit_has_the_parent_that_git_says),
		cmocka_unit_test(an_ambiguous_id_says_so),
		cmocka_unit_test(refs_are_listed_and_peeled),
		cmocka_unit_test(a_tree_lists_as_a_folder_does),
		cmocka_unit_test(a_file_has_a_first_day),
		cmocka_unit_test(what_touched_a_path_is_found_from_anywhere),
		cmocka_unit_test(a_range_is_walked_newest_first),
		cmocka_unit_test(odd_commits_are_survived),
		cmocka_unit_test(many_commits_are_asked_for_at_once),
		cmocka_unit_test(people_are_as_mailmap_has_them),
		cmocka_unit_test(a_shallow_clone_ends_where_it_ends),
		cmocka_unit_test(a_difference_is_counted_as_git_counts),
		cmocka_unit_test(many_commits_are_asked_what_they_touched),
		cmocka_unit_test(what_is_missing_is_said_and_not_fetched),
		cmocka_unit_test(ancestry_is_one_question),
		cmocka_unit_test(a_child_keeps_its_words_for_the_error),
		cmocka_unit_test(a_long_field_comes_whole),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
