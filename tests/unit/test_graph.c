/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shape of history, held to git's own: whatever file it is read from, who
 * reaches whom is what `git rev-list` says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/file.h"
#include "git/commit_graph.h"
#include "git/commit_graph_write.h"
#include "git/graph.h"
#include "git/reach.h"
#include "git/ref.h"
#include "git/repo.h"
#include "scratch.h"

#define COMMITS 150

static struct arena arena;

/* A repository of random shape, the same every time: octopus merges, several
 * roots, tags on every tenth commit and on all that nothing descends from. */
static void make_history(const char *name, unsigned seed)
{
	FILE *f;

	enter_repo(name);
	f = popen("git fast-import --quiet", "w");
	assert_non_null(f);
	srandom(seed);
	for (int i = 1; i <= COMMITS; i++) {
		int pick = (int)random() % 60;
		int parents = i < 3 || pick < 2 ? 0
			      : pick < 7        ? 4
						: 1 + pick % 2;

		fprintf(f,
			"reset refs/heads/b%d\ncommit refs/heads/b%d\n"
			"mark :%d\ncommitter C <c@d> %d +0000\ndata 2\nm\n",
			i, i, i, 1767607200 + i);
		for (int p = 0; p < parents; p++) {
			int back = 1 + (int)random() % (p ? 40 : 4);

			fprintf(f, "%s :%d\n", p ? "merge" : "from",
				i > back ? i - back : 1);
		}
		fprintf(f, "\n");
	}
	assert_int_equal(pclose(f), 0);
	sh("git symbolic-ref HEAD refs/heads/b%d", COMMITS);
}

/* Asks git, and us, who reaches whom; equal for each pair. */
static void compare(void)
{
	struct repo *repo;
	struct refs refs = { 0 };
	struct oids tips = { 0 };
	struct graph *history;
	struct reach reach;
	uint32_t *commits;
	struct commit_set set;
	char hex[OID_HEX + 1], *theirs, *ours;

	assert_null(repo_open(&repo));
	assert_null(ref_list(&refs, &arena, repo, REFS_BRANCHES));
	for (size_t i = 0; i < refs.nr; i++)
		vec_push(&arena, &tips, refs.at[i].commit);
	assert_null(graph_open(&history, repo, &tips));
	commits = arena_alloc(&arena, tips.nr * sizeof(*commits));
	for (size_t i = 0; i < tips.nr; i++) {
		struct oid id;

		commits[i] = graph_find(history, &tips.at[i]);
		assert_int_not_equal(commits[i], GRAPH_NONE);
		id = graph_id(history, commits[i]);
		assert_true(oid_equal(&id, &tips.at[i]));
		oid_hex(hex, &tips.at[i]);
		hex[12] = '\0';
		assert_int_equal(graph_find_prefix(history, hex), commits[i]);
	}
	set = (struct commit_set){ commits, tips.nr };
	reach_each(&reach, &arena, history, set, set);
	for (size_t i = 0; i < tips.nr; i += 7) {
		struct buf mine = BUF_INIT, command = BUF_INIT;

		buf_addf(&command, "git rev-list %s 2>/dev/null | sort",
			 oid_hex(hex, &tips.at[i]));
		theirs = arena_strdup(&arena, output(command.p));
		for (size_t j = 0; j < tips.nr; j++)
			if (reach_has(&reach, i, j))
				buf_addf(&mine, "%s\n",
					 oid_hex(hex, &tips.at[j]));
		buf_reset(&command);
		buf_addf(&command, "printf '%%s' '%s' | sort -u", mine.p);
		ours = arena_strdup(&arena, output(command.p));
		assert_string_equal(ours, theirs);
		buf_release(&mine);
		buf_release(&command);
	}
	graph_close(history);
	repo_close(repo);
}

static void without_a_file(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed < 4; seed++) {
		char name[] = "plain0";

		name[5] = (char)('0' + seed);
		make_history(name, seed);
		compare();
	}
}

static void from_a_file_of_either_version(void **state)
{
	(void)state;
	make_history("file", 4);
	sh("git -c commitGraph.generationVersion=1 commit-graph write "
	   "--reachable --no-progress");
	compare();
	sh("rm .git/objects/info/commit-graph\n"
	   "git -c commitGraph.generationVersion=2 commit-graph write "
	   "--reachable --changed-paths --no-progress");
	compare();
}

static void from_a_stale_file(void **state)
{
	(void)state;
	make_history("stale", 5);
	sh("for i in $(seq 70 %d); do git rev-parse refs/heads/b$i; done >new\n"
	   "for i in $(seq 1 69); do git rev-parse refs/heads/b$i; done |\n"
	   "git commit-graph write --stdin-commits --no-progress",
	   COMMITS);
	compare();
}

static void from_a_chain(void **state)
{
	(void)state;
	make_history("chain", 6);
	for (int top = 40; top <= 120; top += 40)
		sh("for i in $(seq 1 %d); do git rev-parse refs/heads/b$i; "
		   "done |\n"
		   "git commit-graph write --split=no-merge --stdin-commits "
		   "--no-progress",
		   top);
	sh("test $(wc -l <.git/objects/info/commit-graphs/commit-graph-chain) "
	   "= 3");
	compare();
	sh("f=$(ls .git/objects/info/commit-graphs/*.graph | head -n 1)\n"
	   "rm -f $f");
	compare();
}

static void from_what_it_borrows(void **state)
{
	(void)state;
	make_history("lender", 7);
	sh("git commit-graph write --reachable --no-progress\n"
	   "git clone -q --bare --shared . ../borrower.git");
	assert_int_equal(chdir("../borrower.git"), 0);
	compare();
}

static void as_grafts_and_replacements_have_it(void **state)
{
	(void)state;
	make_history("bent", 8);
	sh("git commit-graph write --reachable --no-progress\n"
	   "git replace --graft b100 b20 b30\n"
	   "git replace --graft b140\n");
	compare();
	sh("echo $(git rev-parse b120 b10 b11) >.git/info/grafts");
	compare();
	setenv("GIT_NO_REPLACE_OBJECTS", "1", 1);
	compare();
	unsetenv("GIT_NO_REPLACE_OBJECTS");
	sh("git config core.useReplaceRefs false");
	compare();
}

static void from_a_graph_of_our_own(void **state)
{
	char hex[OID_HEX + 1];
	struct commit_graph *graph;
	struct repo *repo;
	struct oid tip;
	struct oids tips = { &tip, 1, 1 };
	struct graph *history;

	(void)state;
	enter_repo("own");
	sh("for i in $(seq 700); do echo \"commit refs/heads/main\n"
	   "committer C <c@d> $((1767607200 + i)) +0000\n"
	   "data 1\nm\"; done | git fast-import --quiet");
	snprintf(hex, sizeof(hex), "%s", output("git rev-parse main"));
	assert_true(oid_parse(&tip, hex));
	assert_null(repo_open(&repo));
	assert_null(graph_open(&history, repo, &tips));
	assert_int_equal(graph_count(history), 700);
	graph_close(history);
	graph = commit_graph_open(".git/retro/objects");
	assert_non_null(graph);
	assert_int_equal(commit_graph_count(graph), 700);
	commit_graph_close(graph);
	sh("test ! -e .git/objects/info/commit-graph\ngit fsck\n"
	   "chmod -R a-w .git/retro; rm -rf .git/retro; mkdir -p .git/retro\n"
	   "echo broken >.git/retro/objects");
	assert_null(graph_open(&history, repo, &tips));
	assert_int_equal(graph_count(history), 700);
	graph_close(history);
	repo_close(repo);
}

static bool add_to_writer(void *data, const struct commit *commit)
{
	commit_graph_writer_add(data, commit);
	return true;
}

static void same_graphs(const struct commit_graph *ours,
			const struct commit_graph *gits)
{
	assert_int_equal(commit_graph_count(ours), commit_graph_count(gits));
	for (uint32_t i = 0; i < commit_graph_count(gits); i++) {
		struct oid one = commit_graph_id(ours, i);
		struct oid two = commit_graph_id(gits, i);
		size_t nr, count;
		const uint32_t *parents = commit_graph_parents(&nr, gits, i);
		const uint32_t *others = commit_graph_parents(&count, ours, i);

		assert_true(oid_equal(&one, &two));
		assert_int_equal(commit_graph_find(ours, &one), i);
		assert_int_equal(commit_graph_level(ours, i),
				 commit_graph_level(gits, i));
		assert_int_equal(count, nr);
		assert_memory_equal(others, parents, nr * sizeof(*parents));
	}
}

/* Ours is git's, to the last parent of an octopus; and git reads it. */
static void written_from_the_log(void **state)
{
	struct commit_graph_writer writer = COMMIT_GRAPH_WRITER_INIT;
	struct commit_graph *ours, *gits;
	struct buf bytes = BUF_INIT;
	struct oids tips = { 0 }, none = { 0 };
	struct refs refs = { 0 };
	struct repo *repo;

	(void)state;
	make_history("written", 10);
	assert_null(repo_open(&repo));
	assert_null(ref_list(&refs, &arena, repo, REFS_BRANCHES));
	for (size_t i = 0; i < refs.nr; i++)
		vec_push(&arena, &tips, refs.at[i].commit);
	assert_false(commit_graph_writer_finish(&bytes, &writer));
	assert_null(walk_new(repo, &tips, &none, add_to_writer, &writer));
	assert_int_equal(writer.nr, COMMITS);
	assert_true(commit_graph_writer_finish(&bytes, &writer));
	ours = commit_graph_parse(bytes.p, bytes.n);
	assert_non_null(ours);
	sh("git commit-graph write --reachable --no-progress");
	gits = commit_graph_open(".git/objects");
	assert_non_null(gits);
	same_graphs(ours, gits);
	commit_graph_close(ours);
	commit_graph_close(gits);
	sh("chmod u+w .git/objects/info/commit-graph");
	assert_null(file_write(".git/objects/info/commit-graph", bytes.p,
			       bytes.n, 0444, FILE_OVER, NULL));
	sh("git commit-graph verify >../said 2>&1 || :\n"
	   "if grep -v checksum ../said; then exit 1; fi");
	commit_graph_writer_release(&writer);
	buf_reset(&bytes);
	/* A parent is missing. */
	tips.nr = 0;
	vec_push(&arena, &tips, (struct oid){ { 0 } });
	assert_true(oid_parse(&tips.at[0], output("git rev-parse b150")));
	vec_push(&arena, &none, (struct oid){ { 0 } });
	assert_true(oid_parse(&none.at[0], output("git rev-parse b150^")));
	assert_null(walk_new(repo, &tips, &none, add_to_writer, &writer));
	assert_true(writer.nr > 0 && writer.nr < COMMITS);
	assert_false(commit_graph_writer_finish(&bytes, &writer));
	assert_int_equal(bytes.n, 0);
	commit_graph_writer_release(&writer);
	buf_release(&bytes);
	repo_close(repo);
}

static void cut_history_says_so(void **state)
{
	struct repo *repo;
	struct oids tips = { 0 };
	struct oid tip;
	struct graph *history;
	bool cut[2];
	uint32_t commits[2];

	(void)state;
	make_history("whole", 9);
	sh("git clone -q --depth 3 --no-local -b b150 . ../shallow\n"
	   "git -C ../shallow checkout -q --orphan other\n"
	   "git -C ../shallow commit -q --allow-empty -m root");
	assert_int_equal(chdir("../shallow"), 0);
	assert_null(repo_open(&repo));
	assert_true(oid_parse(&tip, output("git rev-parse b150")));
	vec_push(&arena, &tips, tip);
	assert_true(oid_parse(&tip, output("git rev-parse other")));
	vec_push(&arena, &tips, tip);
	assert_null(graph_open(&history, repo, &tips));
	for (size_t i = 0; i < 2; i++)
		commits[i] = graph_find(history, &tips.at[i]);
	reach_cut(cut, history, (struct commit_set){ commits, 2 });
	assert_true(cut[0]);
	assert_false(cut[1]);
	graph_close(history);
	repo_close(repo);
}

/* The commits between lines and what they lack, as `git rev-list` has them. */
static void what_lies_between(void **state)
{
	struct repo *repo;
	struct oids tips = { 0 };
	struct graph *history;
	struct reach reach;
	static const char *const names[] = { "b113", "b112", "b111", "b110",
					     "b109", "b108", "b107", "b106" };
	uint32_t commits[ARRAY_SIZE(names)];
	const char *theirs;
	struct buf ours = BUF_INIT, sorted = BUF_INIT;
	char hex[OID_HEX + 1];
	struct reach between;

	(void)state;
	make_history("between", 10);
	assert_null(repo_open(&repo));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct oid tip;

		buf_reset(&sorted);
		buf_addf(&sorted, "git rev-parse %s", names[i]);
		assert_true(oid_parse(&tip, output(sorted.p)));
		vec_push(&arena, &tips, tip);
	}
	assert_null(graph_open(&history, repo, &tips));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		commits[i] = graph_find(history, &tips.at[i]);
	reach_each(&reach, &arena, history, (struct commit_set){ commits, 4 },
		   (struct commit_set){ commits + 4, 4 });
	reach_between(&between, history, (struct commit_set){ commits, 4 },
		      (struct commit_set){ commits + 4, 4 }, &reach);
	for (uint32_t i = 0; i < graph_count(history); i++) {
		struct oid id = graph_id(history, i);
		bool any = false;

		for (size_t j = 0; j < 4; j++)
			any |= reach_has(&between, i, j);
		if (any)
			buf_addf(&ours, "%s\n", oid_hex(hex, &id));
	}
	buf_reset(&sorted);
	buf_addf(&sorted, "printf '%%s' '%s' | sort", ours.p);
	buf_reset(&ours);
	buf_addstr(&ours, output(sorted.p));
	theirs = output("for l in b113 b112 b111 b110; do "
			"for c in b109 b108 b107 b106; do "
			"git merge-base --is-ancestor $c $l || "
			"git rev-list $l ^$c; done; done | sort -u");
	assert_true(strlen(theirs) > OID_HEX);
	assert_string_equal(ours.p, theirs);
	free(between.bits);
	buf_release(&ours);
	buf_release(&sorted);
	graph_close(history);
	repo_close(repo);
}

/* Whatever byte is turned: an answer or none, but no fault. */
static void a_damaged_file_is_no_harm(void **state)
{
	struct buf bytes = BUF_INIT;

	(void)state;
	make_history("damaged", 11);
	sh("git commit-graph write --reachable --no-progress");
	assert_null(
		file_read(&bytes, ".git/objects/info/commit-graph", FILE_MAX));
	for (size_t i = 0; i < bytes.n; i++) {
		struct commit_graph *graph;

		bytes.p[i] ^= (char)0x81;
		graph = commit_graph_parse(bytes.p, bytes.n);
		commit_graph_close(graph);
		graph = commit_graph_parse(bytes.p, i);
		commit_graph_close(graph);
		bytes.p[i] ^= (char)0x81;
	}
	buf_release(&bytes);
}

static void put32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Commits of which each names the same list of edges as its parents, as no git
 * writes them; `shared` of them, the others have none. */
static struct commit_graph *of_shared_edges(size_t shared)
{
	enum { N = 2000, CHUNKS = 4, START = 8 + (CHUNKS + 1) * 12 };
	enum { IDS = START + 1024, DATA = IDS + N * 20, EDGES = DATA + N * 36 };
	static const struct {
		char name[5];
		uint32_t at;
	} toc[CHUNKS + 1] = { { "OIDF", START },
			      { "OIDL", IDS },
			      { "CDAT", DATA },
			      { "EDGE", EDGES },
			      { "\0\0\0", EDGES + N * 4 } };
	static uint8_t file[EDGES + N * 4];

	memset(file, 0, sizeof(file));
	memcpy(file, "CGPH\1\1\4", 8);
	for (size_t i = 0; i <= CHUNKS; i++) {
		memcpy(file + 8 + i * 12, toc[i].name, 4);
		put32(file + 8 + i * 12 + 8, toc[i].at);
	}
	for (size_t i = 0; i < 256; i++)
		put32(file + START + i * 4, N);
	for (uint32_t i = 0; i < N; i++) {
		uint8_t *data = file + DATA + i * 36 + 20;
		bool shares = i && i <= shared;

		put32(file + IDS + i * 20, i);
		put32(data, shares ? 0 : 0x70000000);
		put32(data + 4, shares ? 0x80000000 : 0x70000000);
		put32(data + 8, shares ? 8 : 4);
		put32(file + EDGES + i * 4, i + 1 < N ? 0 : 0x80000000);
	}
	return commit_graph_parse(file, sizeof(file));
}

/* A list that all of them name would be read as often as there are commits. */
static void edges_belong_to_one_commit(void **state)
{
	struct commit_graph *graph = of_shared_edges(1);

	(void)state;
	assert_non_null(graph);
	commit_graph_close(graph);
	assert_null(of_shared_edges(1999));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file),
		cmocka_unit_test(from_a_file_of_either_version),
		cmocka_unit_test(from_a_stale_file),
		cmocka_unit_test(from_a_chain),
		cmocka_unit_test(from_what_it_borrows),
		cmocka_unit_test(as_grafts_and_replacements_have_it),
		cmocka_unit_test(from_a_graph_of_our_own),
		cmocka_unit_test(written_from_the_log),
		cmocka_unit_test(cut_history_says_so),
		cmocka_unit_test(what_lies_between),
		cmocka_unit_test(a_damaged_file_is_no_harm),
		cmocka_unit_test(edges_belong_to_one_commit),
	};
	int failed =
		cmocka_run_group_tests(tests, scratch_enter, scratch_leave);

	arena_release(&arena);
	return failed;
}
