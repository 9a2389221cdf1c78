/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/resource.h>

#include "git/cache_tree.h"
#include "git/dircache.h"
#include "git/dircache_diff.h"
#include "git/dircache_file.h"
#include "git/rev.h"
#include "scratch.h"

static struct arena arena;

/* As `git ls-files -s` prints what is a regular file and in no conflict; without
 * what is hidden. */
static const char *git_lists(const char *below)
{
	char command[200];

	snprintf(command, sizeof(command),
		 "git ls-files -s --full-name -- ':(top)%s' | sed -n "
		 "'s/^100[0-7]* \\([0-9a-f]*\\) 0.\\(.*\\)/\\1 \\2/p' | "
		 "grep -v '[ /][.]'",
		 below);
	return arena_strdup(&arena, output(command));
}

/* The same of ours; NULL if it cannot tell. */
static const char *we_list(const char *dir)
{
	struct tree_entries files = { 0 };
	struct repo *repo = NULL;
	struct buf b = BUF_INIT;
	const char *text;
	char hex[OID_HEX + 1];
	bool known;

	assert_null(repo_open(&repo));
	known = dircache_list(&files, &arena, repo, dir);
	for (size_t i = 0; i < files.nr; i++) {
		struct oid found;

		oid_hex(hex, &files.at[i].blob);
		buf_addf(&b, "%s%s %s", i ? "\n" : "", hex, files.at[i].path);
		assert_true(
			dircache_find(&found, &arena, repo, files.at[i].path));
		assert_true(oid_equal(&found, &files.at[i].blob));
	}
	text = known ? arena_strdup(&arena, b.p) : NULL;
	buf_release(&b);
	repo_close(repo);
	return text;
}

static void same_lists(void)
{
	const char *ours = we_list(""), *below = we_list("src");

	assert_non_null(ours);
	assert_string_equal(ours, git_lists(""));
	assert_true(strchr(ours, '\n'));
	assert_non_null(below);
	assert_string_equal(below, git_lists("src/"));
}

static void fill(void)
{
	sh("mkdir -p src/deep src-more && echo 1 >src/a.c && echo 2 "
	   ">src/deep/b.c\n"
	   "echo 3 >src-more/c && echo 4 >src.c && ln -s a.c src/link\n"
	   "long=$(printf 'x%%.0s' $(seq 200)) && echo 5 >src/$long\n"
	   "echo 6 >src/deep/$long.md && chmod +x src/a.c\n"
	   "mkdir .old src/.old && echo 7 >.new && echo 7 >.old/a.c\n"
	   "echo 7 >src/.new && echo 7 >src/.old/a.c && echo 7 >src/d.e\n"
	   "git add .\n"
	   "git update-index --add --cacheinfo "
	   "160000,$(git hash-object src/a.c),src/module");
	for (int i = 1; i < 9; i++)
		sh("echo %d >src/%.*s && git add src", i, i, "nnnnnnnnn");
}

/* Whether a path is found, in an index of which not all need be known. */
static bool finds(const char *path)
{
	struct repo *repo = NULL;
	struct oid id;
	bool found;

	assert_null(repo_open(&repo));
	found = dircache_find(&id, &arena, repo, path);
	assert_true(found || oid_is_zero(&id));
	repo_close(repo);
	return found;
}

static void it_lists_what_git_lists(void **state)
{
	(void)state;
	enter_repo("plain");
	fill();
	sh("test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 2");
	same_lists();
	assert_false(finds("src/link"));
	assert_false(finds("src/module"));
	sh("git update-index --skip-worktree src.c\n"
	   "test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 3");
	same_lists();
	sh("git update-index --index-version 4\n"
	   "test $(head -c 8 .git/index | tail -c 1 | od -An -t u1) = 4");
	same_lists();
	sh("git commit -q -m all && git status >../status");
	same_lists();
}

static void an_id_may_be_a_longer_one(void **state)
{
	(void)state;
	assert_int_equal(chdir(scratch), 0);
	sh("git init -q --object-format=sha256 long");
	assert_int_equal(chdir("long"), 0);
	fill();
	same_lists();
	sh("git update-index --index-version 4");
	same_lists();
}

static void a_file_in_a_conflict_is_left_out(void **state)
{
	(void)state;
	enter_repo("conflict");
	fill();
	sh("git commit -q -m all && git checkout -q -b one && echo x >src/a.c\n"
	   "git commit -q -a -m x && git checkout -q - && echo y >src/a.c\n"
	   "git commit -q -a -m y && ! git merge -q one >../merge 2>&1");
	same_lists();
	assert_null(strstr(we_list(""), "src/a.c"));
	assert_false(finds("src/a.c"));
}

static void the_environment_may_name_another(void **state)
{
	(void)state;
	enter_repo("named");
	fill();
	sh("mv .git/index .git/other");
	assert_null(we_list(""));
	setenv("GIT_INDEX_FILE", ".git/other", 1);
	same_lists();
	assert_int_equal(chdir("src/deep"), 0);
	same_lists();
	unsetenv("GIT_INDEX_FILE");
}

static void of_what_it_does_not_know_it_tells_nothing(void **state)
{
	(void)state;
	enter_repo("split");
	fill();
	sh("git update-index --split-index && echo 1 >src/z && git add src/z");
	assert_null(we_list(""));
	assert_true(finds("src/z"));
	assert_false(finds("src/a.c"));

	enter_repo("sparse");
	fill();
	sh("git commit -q -m all && "
	   "git sparse-checkout init --cone --sparse-index 2>../err\n"
	   "git ls-files --sparse | grep -x src/");
	assert_null(we_list(""));
	assert_false(finds("src/a.c"));

	enter_repo("intended");
	fill();
	sh("echo 1 >src/z && git add -N src/z");
	assert_null(we_list(""));
	assert_false(finds("src/z"));
	assert_false(finds("src/none"));
	/* Where the entries end is told, so that what follows can be read. */
	sh("git -c index.recordEndOfIndexEntries=true update-index "
	   "--force-write-index && tail -c 100 .git/index | grep -q EOIE");
	assert_null(we_list(""));

	/* A path twice, as no git writes it: an entry of 64 bytes. */
	assert_int_equal(chdir(scratch), 0);
	sh("git init -q --object-format=sha1 twice");
	assert_int_equal(chdir("twice"), 0);
	sh("echo 1 >a && git add a");
	assert_non_null(we_list(""));
	sh("{ head -c 8 .git/index && printf '\\0\\0\\0\\2' &&\n"
	   "tail -c +13 .git/index | head -c 64 && tail -c +13 .git/index\n"
	   "} >twice && mv twice .git/index");
	assert_null(we_list(""));
}

static void a_damaged_one_is_survived(void **state)
{
	const char *whole;
	long size;

	(void)state;
	enter_repo("damaged");
	fill();
	sh("git update-index --index-version 4 && cp .git/index ../whole");
	size = strtol(output("wc -c <../whole"), NULL, 10);
	whole = we_list("");
	assert_non_null(whole);
	for (long n = 0; n < size; n += 7) {
		const char *ours;

		sh("head -c %ld ../whole >.git/index", n);
		ours = we_list("");
		if (ours)
			assert_string_equal(ours, whole);
		sh("{ head -c %ld ../whole; printf '\\377\\377\\377'; "
		   "tail -c +%ld ../whole; } >.git/index",
		   n, n + 4);
		we_list("");
	}
}

/* --- what is staged ------------------------------------------------------- */

/* ":<mode> <mode> <id> <id> <letter>\0<path>\0" as lines of ours; of a path
 * in a conflict, what is known of it. */
static const char *git_stages(const char *head)
{
	char line[300];
	struct buf b = BUF_INIT;
	const char *text;

	sh("git diff-index --cached --raw -z --no-renames --no-abbrev %s -- |"
	   "tr '\\n\\0' '?\\n' >../raw",
	   head);
	FILE *f = fopen("../raw", "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char mode[8], id[OID_HEX + 1], letter;

		assert_int_equal(
			sscanf(line, ":%*s %7s %*s %64s %c", mode, id, &letter),
			3);
		buf_addf(&b, "%s %s ",
			 letter == 'U'              ? "unmerged"
			 : letter == 'D'            ? "gone"
			 : !strncmp(mode, "100", 3) ? "file"
						    : "other",
			 letter == 'U' ? "" : id);
		/* Of which there may be 4,096 bytes. */
		do {
			assert_non_null(fgets(line, sizeof(line), f));
			buf_addstr(&b, line);
		} while (!strchr(line, '\n'));
	}
	fclose(f);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

/* NULL if git is to be asked. */
static const char *we_stage(void)
{
	struct staged_changes changes = { 0 };
	struct repo *repo = NULL;
	struct buf b = BUF_INIT;
	const char *text;
	char hex[OID_HEX + 1];
	struct oid head;
	struct err *none;
	bool known;

	assert_null(repo_open(&repo));
	none = rev_head(&head, repo);
	known = dircache_diff(&changes, &arena, repo, none ? NULL : &head);
	for (size_t i = 0; i < changes.nr; i++) {
		const struct staged_change *change = &changes.at[i];
		struct oid blob = change->blob;

		assert_false(change->unmerged);
		/* As many zeros as an id has. */
		oid_hex(hex, change->gone && !none ? &head : &blob);
		if (change->gone)
			memset(hex, '0', strlen(hex));
		buf_addf(&b, "%s %s %s\n",
			 change->gone      ? "gone"
			 : change->regular ? "file"
					   : "other",
			 hex, change->path);
	}
	err_free(none);
	text = known ? arena_strdup(&arena, b.p) : NULL;
	buf_release(&b);
	repo_close(repo);
	return text;
}

/* xorshift: the same on each machine. */
static uint64_t seed;
static unsigned below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* Few names, which often are both files and folders, and whose order is not
 * that of their bytes alone; now and then one that is too long for its length
 * to be told in an entry. */
static void add_random_path(struct buf *b)
{
	static const char *const names[] = {
		"a", "b", "a-", "a.", "a0", "aa", "a.c", "\303\251", "z",
	};
	unsigned depth = below(4);

	if (!below(60))
		for (int i = 0; i < 20; i++)
			buf_addf(b, "%0204d/", 7);
	for (unsigned i = 0; i <= depth; i++)
		buf_addf(b, "%s%s", names[below(ARRAY_SIZE(names))],
			 i < depth ? "/" : "");
}

/* Lines of `git update-index --index-info`. */
static void stage_at_random(unsigned nr, size_t digits, bool odd)
{
	static const char *const modes[] = { "100644", "100644", "100755",
					     "120000", "0" };
	struct buf b = BUF_INIT;
	FILE *f = fopen("../info", "w");

	while (nr--) {
		const char *mode = modes[below(ARRAY_SIZE(modes))];

		if (odd && !below(40))
			mode = "160000";
		buf_addf(&b, "%s %0*d%u", mode, (int)digits - 1, 0,
			 1 + below(3));
		if (odd && !below(200) && strcmp(mode, "0") != 0)
			buf_addf(&b, " %u", 1 + below(3));
		buf_addch(&b, '\t');
		add_random_path(&b);
		buf_addch(&b, '\0');
	}
	assert_non_null(f);
	assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
	assert_int_equal(fclose(f), 0);
	buf_release(&b);
	sh("git %s update-index -z --replace --index-info <../info",
	   below(2) ? "-c index.threads=2 "
		      "-c index.recordEndOfIndexEntries=true"
		    : "-c index.threads=1");
}

/* One change of the index, or of HEAD. */
static void step(size_t digits, bool odd)
{
	switch (below(12)) {
	case 0: /* of an index in a conflict git makes none */
	case 1:
		sh("tree=$(git write-tree --missing-ok 2>../err) || exit 0\n"
		   "git update-ref refs/heads/main "
		   "$(git commit-tree -m x $tree)");
		break;
	case 2:
		sh("git write-tree --missing-ok >../tree 2>&1 || :");
		break;
	case 3:
		sh("git update-index --index-version %u", 2 + below(3));
		break;
	case 4:
		sh("git read-tree HEAD || git read-tree --empty");
		break;
	case 5:
		if (odd && !below(3))
			sh("echo 1 >new && git add -N new");
		break;
	default:
		stage_at_random(below(4) ? 1 + below(3) : below(60), digits,
				odd);
	}
}

/* How often git had to be asked. */
static unsigned compare_at_random(const char *format, unsigned steps, bool odd)
{
	size_t digits = strcmp(format, "sha1") ? 64 : 40;
	char empty[OID_HEX + 1];
	unsigned asked = 0;

	assert_int_equal(chdir(scratch), 0);
	sh("rm -rf random && git init -q -b main --object-format=%s random",
	   format);
	assert_int_equal(chdir("random"), 0);
	snprintf(empty, sizeof(empty), "%s",
		 output("git hash-object -t tree /dev/null"));
	for (unsigned i = 0; i < steps; i++) {
		const char *ours, *theirs;

		step(digits, odd);
		ours = we_stage();
		if (!ours) {
			asked++;
			continue;
		}
		theirs = git_stages(i && !system("git rev-parse -q --verify "
						 "HEAD >../head")
					    ? "HEAD"
					    : empty);
		if (strcmp(ours, theirs) != 0)
			fail_msg("step %u of %s, STEPS=%u\nours:\n%s"
				 "git's:\n%s",
				 i, format, steps, ours, theirs);
		arena_clear(&arena);
	}
	return asked;
}

static void what_is_staged_is_what_git_says(void **state)
{
	/* For a long run by hand. */
	const char *more = getenv("STEPS"), *other = getenv("SEED");
	unsigned steps = more ? (unsigned)strtoul(more, NULL, 10) : 120;

	(void)state;
	seed = other ? strtoull(other, NULL, 10) : 20260105;
	assert_int_equal(compare_at_random("sha1", steps, false), 0);
	assert_int_equal(compare_at_random("sha256", steps / 4, false), 0);
	/* With submodules, conflicts and files that are only intended. */
	assert_in_range(compare_at_random("sha1", steps, true), 1,
			steps * 9 / 10);
}

static void git_is_asked_what_it_alone_decides(void **state)
{
	(void)state;
	enter_repo("asked");
	fill();
	assert_non_null(we_stage());
	sh("git commit -q -m all");
	assert_string_equal(we_stage(), "");

	sh("git update-index --add --cacheinfo "
	   "160000,$(git hash-object src.c),src/module");
	assert_null(we_stage());
	sh("git commit -q -m module");
	assert_string_equal(we_stage(), "");
	sh("git update-index --cacheinfo "
	   "160000,$(git hash-object src/a.c),src/module");
	assert_null(we_stage());
	sh("git update-index --force-remove src/module");
	assert_null(we_stage());
	sh("git reset -q");
	assert_string_equal(we_stage(), "");

	/* More below a folder than its tree is said to have. */
	sh("git write-tree >../tree && echo 1 >>src.c && git add src.c");
	assert_non_null(strstr(we_stage(), "src.c"));
	sh("perl -0777 -pi -e 's/(src\\0)(\\d+)(?= \\d+\\n)/$1.($2 - 1)/e or "
	   "die' "
	   ".git/index");
	assert_null(we_stage());
	sh("rm .git/index && git reset -q");

	sh("git replace HEAD^{tree} $(git mktree </dev/null)");
	assert_null(we_stage());
	sh("git pack-refs --all");
	assert_null(we_stage());
	sh("git replace -d $(git rev-parse HEAD^{tree}) >../out");
	assert_string_equal(we_stage(), "");

	sh("git update-index --split-index && echo 1 >>src.c && git add src.c");
	assert_null(we_stage());
	sh("git update-index --no-split-index");
	assert_non_null(strstr(we_stage(), "src.c"));

	sh("git reset -q && mv .git/objects .git/away && mkdir .git/objects");
	assert_null(we_stage());
}

static void each_folder_has_its_tree(void **state)
{
	static const char *const names[] = {
		"a", "b", "aa", "a-", "long", "z"
	};
	struct dircache dircache;
	struct dircache_rest rest;
	struct cache_tree tree;
	struct repo *repo = NULL;

	(void)state;
	enter_repo("folders");
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		sh("mkdir %s && echo %zu >%s/file && git add .", names[i], i,
		   names[i]);
	sh("git write-tree >../tree");
	assert_null(repo_open(&repo));
	assert_true(dircache_open(&dircache, &arena, repo));
	assert_true(dircache_rest(&rest, &dircache));
	assert_true(
		cache_tree_read(&tree, &arena, rest.tree, rest.n, OID_SHA1));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct cache_tree *folder =
			cache_tree_folder(&tree, names[i], strlen(names[i]));
		char command[100];
		struct oid id;

		snprintf(command, sizeof(command),
			 "git rev-parse $(cat ../tree):%s", names[i]);
		assert_true(oid_parse(&id, output(command)));
		assert_true(cache_tree_is(folder, &id));
		assert_int_equal(folder->entries, 1);
		assert_false(cache_tree_is(&tree, &id));
	}
	assert_null(cache_tree_folder(&tree, "none", 4));
	for (size_t n = 0; n < rest.n; n++)
		assert_false(
			cache_tree_read(&tree, &arena, rest.tree, n, OID_SHA1));
	dircache_close(&dircache);
	repo_close(repo);
}

/* The kilobytes that this process has had. */
static long most_memory(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

/* Each folder says that it has as many as all bytes could be. */
static void folders_that_lie_take_no_memory(void **state)
{
	enum { DEEP = 60, BYTES = 600 << 10 };
	long before = most_memory();
	struct cache_tree tree;
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < DEEP; i++) {
		buf_addf(&b, "%s", i ? "x" : "");
		buf_addch(&b, '\0');
		buf_addf(&b, "-1 %d\n", BYTES / 6);
	}
	buf_fill(&b, 'z', BYTES);
	assert_false(cache_tree_read(&tree, &arena, (const uint8_t *)b.p, b.n,
				     OID_SHA1));
	assert_in_range(most_memory() - before, 0, 100 << 10);
	buf_release(&b);
}

static int leave(void **state)
{
	arena_release(&arena);
	return scratch_leave(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_lists_what_git_lists),
		cmocka_unit_test(an_id_may_be_a_longer_one),
		cmocka_unit_test(a_file_in_a_conflict_is_left_out),
		cmocka_unit_test(the_environment_may_name_another),
		cmocka_unit_test(of_what_it_does_not_know_it_tells_nothing),
		cmocka_unit_test(a_damaged_one_is_survived),
		cmocka_unit_test(each_folder_has_its_tree),
		cmocka_unit_test(folders_that_lie_take_no_memory),
		cmocka_unit_test(what_is_staged_is_what_git_says),
		cmocka_unit_test(git_is_asked_what_it_alone_decides),
	};

	return cmocka_run_group_tests(tests, scratch_enter, leave);
}
