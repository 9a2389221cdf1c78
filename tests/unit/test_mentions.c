/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "git/mentions.h"
#include "git/title.h"

#define A "1111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222"
#define C "abc1234"

/* A message, and what is read from it as one line. */
struct reading {
	const char *message, *want;
};

static void add_mentions(struct buf *out, struct arena *a, const char *message)
{
	static const char *const types[] = {
		[MENTION_REVERT] = "revert",
		[MENTION_REVERT_LISTED] = "listed",
		[MENTION_REVERT_TITLE] = "title",
		[MENTION_REVERT_REQUEST] = "request",
		[MENTION_FIX] = "fix",
		[MENTION_PICK] = "pick",
		[MENTION_UPSTREAM] = "upstream",
		[MENTION_PART] = "part",
	};
	struct mentions mentions = { 0 };

	message_mentions(&mentions, a, message);
	for (size_t i = 0; i < mentions.nr; i++) {
		const struct mention *m = &mentions.at[i];

		buf_addf(out, "%s%s", i ? ", " : "", types[m->type]);
		if (m->id)
			buf_addf(out, " %s", m->id);
		if (m->subject)
			buf_addf(out, " [%s]", m->subject);
	}
}

static void add_causes(struct buf *out, struct arena *a, const char *message)
{
	static const char *const words[] = {
		[BLAME_NAMED] = "named",
		[BLAME_SINCE] = "since",
		[BLAME_SPOKEN] = "spoken",
	};
	struct blame_mentions causes = { 0 };

	message_causes(&causes, a, message);
	for (size_t i = 0; i < causes.nr; i++)
		buf_addf(out, "%s%s %.7s", i ? ", " : "",
			 words[causes.at[i].word], causes.at[i].id);
}

typedef void reader_fn(struct buf *out, struct arena *a, const char *message);

static void check(const struct reading *cases, size_t nr, reader_fn *read)
{
	for (size_t i = 0; i < nr; i++) {
		struct arena a = ARENA_INIT;
		struct buf out = BUF_INIT;

		read(&out, &a, cases[i].message);
		if (strcmp(out.p, cases[i].want) != 0)
			print_error("in <<%s>>\n", cases[i].message);
		assert_string_equal(out.p, cases[i].want);
		buf_release(&out);
		arena_release(&a);
	}
}

/* Each of these says that the commit A is reverted, and nothing more. */
static void a_revert_is_said_in_many_ways(void **state)
{
	static const char *const messages[] = {
		"Revert the loader\n\nThis reverts commit " A ".\n",
		"loader: revert it\n\nIt broke loading.\n"
		"This reverts commit " A ".\n",
		"loader: revert the cache\r\n\r\nThis reverts commit " A
		".\r\n",
		"loader: no cache\n\nThis reverts commit " A
		", which was slow.\n",
		"Revert it\n\nThis reverts commit\n" A ".\n",
		"Take it back\n\nThis commit\nreverts commit\n" A ".\n",
		"Revert it\n\nThis reverts commit " A
		", reversing\nchanges made to " B ".\n",
		"Take it back\n\nReverts commit " A ".\n",
		"Take it back\n\nReverts: " A "\n",
		"Take it back\n\nReverts " A "\n",
		"Take it back\n\nThis reverts " A ".\n",
		"Take it back\n\nThis reverts changeset " A "\n",
		"Take it back\n\nThis effectively reverts commit " A ".\n",
		"Take it back\n\nThis basically reverts " A "\n",
		"Take it back\n\nThis is a revert of " A ".\n",
		"Take it back\n\nThis commit reverts commit " A ".\n",
		"Take it back\n\nThis PR reverts commit " A " which broke\n",
		"Take it back\n\nThis reverts the changes of commit " A ".\n",
		"Take it back\n\nThis reverts the changes made in commit " A
		".\n",
		"Take it back\n\nThis reverts commit "
		"https://example.com/o/r/commit/" A "\n",
		"Take it back\n\nThis reverts commit "
		"https://example.com/r.git/commit/?id=" A "\n",
		"Take it back\n\nThis reverts commit `" A "`.\n",
		"Take it back\n\nThis reverts commit o/r@" A ".\n",
		"Take it back\n\nThis reverts commits:\n\n- " A "\n",
		"Take it back\n\nIt broke, so this reverts commit " A ".\n",
		"Take it back\n\nIt broke. This reverts commit " A ".\n",
		"Connect it\n\nFirst of all, this patch reverts commit " A
		" as it\nis slow.\n",
		"Take it back\n\nIt broke.\nThis reverts commit " A ".\n",
		"Revert commit " A "\n\nIt broke.\n",
		"loader: revert " A "\n\nIt broke.\n",
		"[release-1.0] loader: revert " A "\n",
		"loader.c: revert needless commit " A "\n",
		"Revert " A " which broke it\n",
		"Back out " A "\n",
		"Backed out changeset " A " for failures\n",
		"Revert it (#12)\n\n* Revert it\n\nThis reverts commit " A
		".\n\n* fix a test\n",
		"Revert it\n\n* Revert it\n  This reverts commit " A ".\n",
		"loader: undo\n\n* slow\n* wrong\n\nThis reverts commit " A
		".\n",
		"fix\n\n```\nlog\n```\n\nThis reverts commit " A ".\n",
		"[X-1] Keep the settings\n\nRevert \"[Y-2] Add it (#12)\"\n\n"
		"This reverts commit " A ".\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		const struct reading one = { messages[i], "revert " A };

		check(&one, 1, add_mentions);
	}
}

static void several_are_reverted_at_once(void **state)
{
	static const struct reading cases[] = {
		{ "Revert both\n\nThis reverts commits " A " and " B ".\n",
		  "revert " A ", revert " B },
		{ "Revert three\n\nThis reverts commit " A ", " B ",\n"
		  "and 3333333 because they broke it.\n",
		  "revert " A ", revert " B ", revert 3333333" },
		{ "Revert both\n\nThis reverts commit " A " (loader: one,\n"
		  "2026-01-05) and commit " B " (loader: two, 2026-01-06).\n",
		  "revert " A ", revert " B },
		{ "Undo both\n\nThis reverts commit " A ".\n"
		  "This reverts commit " B ".\n",
		  "revert " A ", revert " B },
		{ "loader.c: Revert workaround 1234567, " B " and 3333333\n",
		  "revert 1234567, revert " B ", revert 3333333" },
		{ "Revert both\n\nThis reverts commits:\n\n- " A "\n- " B
		  "\n\nThey broke " C ".\n",
		  "revert " A ", revert " B },
		{ "Revert all (#3)\n\nThis reverts commits:\n * " A "\n * " B
		  "\n * " C "\n",
		  "revert " A ", revert " B ", revert " C },
		{ "Revert all\n\nThis reverts:\n" A "\n" B "\n\nThey broke " C,
		  "revert " A ", revert " B },
		{ "Revert one\n\nThis reverts commit " A " because of:\n- " B
		  "\n",
		  "revert " A },
		{ "Undo it\n\nThis partially reverts commits:\n\n- " A "\n- " B
		  "\n",
		  "" },
		/* not the next of a list */
		{ "Revert one\n\nThis reverts commit " A " since commit " B
		  " does it better.\n",
		  "revert " A },
		{ "Revert one\n\nThis reverts commit " A " and defaced\n",
		  "revert " A },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void a_revert_by_its_title_or_request(void **state)
{
	static const struct reading cases[] = {
		{ "Revert \"Add it (#12)\" (#13)\n\nReverts o/r#12\n",
		  "request #12 [Add it (#12)], title [Add it (#12)]" },
		{ "Revert \"Add it\"\n\nThis reverts commit " A ".\n",
		  "revert " A ", title [Add it]" },
		{ "Revert \"Add it\"\n\nWhy.\n", "title [Add it]" },
		{ "[release-1.0] Revert \"Add it\" (#13)\n", "title [Add it]" },
		{ "loader: revert \"Add it\" change\n", "title [Add it]" },
		{ "fix(ci): Revert \"Add it\" (#13)\n", "title [Add it]" },
		{ "revert: Add it (#12) (#13)\n",
		  "title [Add it (#12) (#13)]" },
		{ "Revert \"Revert \"Add it\"\"\n",
		  "title [Revert \"Add it\"]" },
		{ "Reapply \"Add it\" (#14)\n", "title [Revert \"Add it\"]" },
		{ "Revert 23757:f5176c177b99 \"Add it\"\n", "title [Add it]" },
		{ "Reland \"Add it\"\n", "title [Revert \"Add it\"]" },
		{ "fix: revert #12 (#13)\n", "request #12" },
		{ "Revert PR #12\n", "request #12" },
		{ "Take it back\n\nReverts #12.\n", "request #12" },
		{ "Take it back\n\nThis reverts pull request #12.\n",
		  "request #12" },
		{ "Take it back\n\nReverts !12\n", "request !12" },
		{ "Merge pull request #13 from o/revert-12-topic\n\n"
		  "Revert \"Add it\"\n",
		  "request #12" },
		{ "Revert \"Merge pull request #12 from o/topic\"\n",
		  "request #12, title [Merge pull request #12 from o/topic]" },
		{ "Merge pull request #13 from o/revert-topic\n", "" },
		/* another repository's */
		{ "Revert o/r#12\n", "" },
		/* spoken of */
		{ "Fix tests after Revert \"Add it\"\n", "" },
		{ "Fix \"Revert \"Add it\"\"\n", "" },
		{ "Add it\n\nCan be reverted once #12 is in.\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void nothing_is_reverted(void **state)
{
	static const char *const messages[] = {
		/* quoted: indented, behind a mark, between fences */
		"explain reverts\n\n    This reverts commit " A ".\n",
		"explain reverts\n\n\tThis reverts commit " A ".\n",
		"Revert it later\n\n> This reverts commit " A ".\n",
		"Revert it later\n\n```\nThis reverts commit " A ".\n```\n",
		/* in prose */
		"docs: messages\n\nThe text says: This reverts commit " A ".\n",
		"docs: messages\n\nThe text \"This reverts commit " A "\".\n",
		"docs: messages\n\nIn the second line stands\n"
		"This reverts commit " A ", which nobody reads.\n",
		"Fix it\n\nWhen we revert commit " A " it works.\n",
		"Fix it\n\nCommit " B " reverts commit " A ".\n",
		"Revert to " A "\n",
		"loader: revert back to " A "\n",
		"Do not revert " A "\n",
		"Restore it\n\nThis change reverted in " A " is needed.\n",
		"Restore what was reverted in " A "\n",
		"Restore it\n\nReverted by " A ", which was wrong.\n",
		/* a part, in a squash's list */
		"Add cache (#12)\n\n* Revert \"it\"\n\nThis partially reverts "
		"commit " A ".\n",
		/* only a part */
		"Tidy\n\nThis partially reverts commit " A ".\n",
		"Tidy\n\nThis *partially* reverts commit " A ".\n",
		"Tidy\n\nThis mostly reverts commit " A ".\n",
		"Tidy\n\nThis reverts part of commit " A ".\n",
		"Tidy\n\nThis reverts commit " A " in part: the test.\n",
		"Tidy\n\nThis reverts some changes from o/r@" A "\n",
		"Partially revert \"Add it\"\n\nThis reverts commit " A ".\n",
		"Revert \"Add it\"\n\nThis partially reverts commit " A ".\n",
		"Revert part of \"Add it\"\n\nThis reverts commit " A ".\n",
		"Revert (partially) \"Add it\"\n\nThis reverts commit " A ".\n",
		"lib: Partial Revert of " A " and more\n",
		/* no id */
		"Take it\n\nThis reverts commit v1.2-3-gabc1234.\n",
		"Take it\n\nThis reverts commit abc123.\n",
		"Take it\n\nThis reverts commit " A "111111111111111111111111"
		"1.\n",
		"Take it\n\nThis reverts commits.\n",
		"Take it\n\nThis reverts commit",
		"",
		"\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		const struct reading one = { messages[i], "" };

		check(&one, 1, add_mentions);
	}
}

/* Each lists another commit, that says that A is reverted. */
static void a_squash_lists_reverts(void **state)
{
	static const char *const messages[] = {
		"Add cache (#12)\n\n* add cache\n\n* Revert \"add cache\"\n"
		"\nThis reverts commit " A ".\n\n* add it again\n",
		"add cache\n\nRevert \"add cache\"\n\nThis reverts commit " A
		".\n",
		"add cache\n\nadd more\n\nRevert \"add\"\n\nThis reverts "
		"commit " A ".\n",
		"Squashed commit of the following:\n\ncommit " B
		"\nAuthor: Ann\n\n    Revert \"x\"\n\n"
		"This reverts commit " A ".\n",
		"add cache\n\ncommit " B "\n\nThis reverts commit " A ".\n",
		"# This is a combination of 2 commits.\nadd cache\n\n"
		"# This is a combination of 2 commits.\n"
		"This reverts commit " A ".\n",
		"Squashed commit of the following:\n\ncommit " B
		"\nAuthor: Ann\n\n    Revert \"x\"\n\n"
		"    This reverts commit " A ".\n",
		"Use bundler again (#12)\n\n* Revert \"Revert \"it\" (#11)\""
		"\n\nThis reverts commit " A ".\n\n* less memory\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		const struct reading one = { messages[i], "listed " A };

		check(&one, 1, add_mentions);
	}
}

static void a_fix_names_a_commit(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nFixes: abc1234def56 (\"loader: a (b) \"c\"\")\n",
		  "fix abc1234def56 [loader: a (b) \"c\"]" },
		{ "x\n\nFixes: 123456789012 (\"all digits\")\n",
		  "fix 123456789012 [all digits]" },
		{ "x\n\nfixes commit " C "\n", "fix " C },
		{ "x\n\nFixes " A ".\n", "fix " A },
		{ "x\n\nFixes: " C " (loader: cache)\n", "fix " C },
		/* issues, bugs, words */
		{ "x\n\nFixes #123\nFixes: #4567890\n", "" },
		{ "x\n\nFixes 1234567\nFixes: 12345678\n", "" },
		{ "x\n\nFixes https://example.com/" A "\n", "" },
		{ "x\n\nFixes defaced pages\nFixes: CVE-2026-1234567\n", "" },
		{ "x\n\nFollow-up to " A "\n", "" },
		{ "x\n\nFixed in " A " (loader: cache, 2026-01-05).\n", "" },
		{ "x\n\n  Fixes: " A "\n> Fixes: " A "\n", "" },
		{ "x (#1)\n\n* one\n\nFixes: " A "\n\n* two\n", "" },
		{ "Fixes: " A "\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

/* Each of these says that the commit is a pick of A, by the type. */
static void a_pick_says_from_where(void **state)
{
	static const struct {
		const char *type;
		const char *message;
	} cases[] = {
		{ "pick", "(cherry picked from commit " A ")" },
		{ "pick", "(cherry picked from commit " A ")\r" },
		{ "pick", "  (cherry picked from commit " A ")" },
		{ "pick", "Body. (cherry picked from commit " A ")" },
		{ "pick", "(cherry picked from commit\n" A ")" },
		{ "pick", "(cherry-picked from commit " A ")" },
		{ "pick", "(cherry picked from " A ")" },
		{ "pick", "cherry picked from commit " A },
		{ "pick", "[cherry picked from commit " A "]" },
		{ "pick", "(cherry picked from commit " A ", adapted)" },
		{ "pick", "(cherry picked from commit: " A ")" },
		{ "pick", "(cherry picked from commit o/r@" A ")" },
		{ "pick", "(cherry picked from other commit " A ")" },
		{ "pick", "(cherry picked from commit "
			  "https://example.com/o/r/commit/" A ")" },
		{ "pick", "(cherry-pick of " A ")" },
		{ "pick", "(manual cherry-pick of " A ")" },
		{ "pick", "(manually picked from commit " A ")" },
		{ "pick", "Cherry-picked from " A "." },
		{ "pick", "Cherry-picked-from: " A },
		{ "pick", "This is a cherry-pick of commit " A },
		{ "pick", "(picked from commit " A ")" },
		{ "pick", "(backported from commit " A ")" },
		{ "pick", "[ backported from commit " A " ]" },
		{ "pick", "(backport of " A ")" },
		{ "pick", "Backport of " A " from main" },
		{ "pick", "backport of commit " A " (#12)" },
		{ "pick", "Backport " A " from #12" },
		{ "pick", "Backport-of: " A },
		{ "pick", "Based on master branch commit " A "." },
		{ "pick", "(Based on commit " A ")" },
		{ "pick", "This is based on commit " A },
		{ "pick", "backports doc fix " A },
		{ "pick", "This is a manual backport of " A
			  " because it also touched others." },
		{ "pick", "Backported from " A "." },
		{ "pick", "This is backported from master (" A ")." },
		{ "pick", "This backports " A "." },
		{ "pick", "Rebased-From: " A },
		{ "pick", "This relands commit " A "." },
		{ "upstream", "[ Upstream commit " A " ]" },
		{ "upstream", "[upstream commit " A "]" },
		{ "upstream", "Upstream commit " A "." },
		{ "upstream", "Upstream-commit: " A },
		{ "upstream", "Upstream: " A " (\"loader: x\")" },
		{ "upstream", "commit " A " upstream." },
		{ "upstream", "[ commit " A " upstream ]" },
		{ "upstream", "master commit: " A },
		{ "upstream", "main commit: " A },
		{ "upstream", "master-commit-id: " A },
		{ "upstream", "Source kernel commit: " A },
		{ "upstream", "Origin: upstream, "
			      "https://example.com/r/commit/?id=" A },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf message = BUF_INIT, want = BUF_INIT;
		struct reading one;

		buf_addf(&message, "Fix it\n\n%s\n", cases[i].message);
		buf_addf(&want, "%s " A, cases[i].type);
		one = (struct reading){ message.p, want.p };
		check(&one, 1, add_mentions);
		buf_release(&message);
		buf_release(&want);
	}
}

static void some_picks_are_in_the_subject_or_many(void **state)
{
	static const struct reading cases[] = {
		{ "merge revision(s) " A ": [Backport #9]\n", "pick " A },
		{ "merge revisions " A "," B "\n", "pick " A ", pick " B },
		{ "x\n\nSigned-off-by: a <a@x>\n"
		  "(cherry picked from commit " A ")\n"
		  "(cherry picked from commit " B ")\n",
		  "pick " A ", pick " B },
		{ "x\n\n(cherry picked from commits " A ", " B " and " C ")\n",
		  "pick " A ", pick " B ", pick " C },
		{ "x\n\nBackport of PR #12, commits " A ",\n" B ",\nand " C
		  ".\n",
		  "pick " A ", pick " B ", pick " C },
		/* only a part */
		{ "x\n\npartial backport of " A "\n", "part " A },
		{ "x\n\n(partly cherry picked from commit " A ")\n",
		  "part " A },
		{ "x\n\n(cherry picked from commit " A ") (partial)\n",
		  "part " A },
		{ "x\n\nPartial cherry-pick of " A "\n\n"
		  "(cherry picked from commit " A ")\n",
		  "part " A },
		{ "x\n\nPartial backport.\n\n(cherry picked from commit " A
		  ")\n",
		  "part " A },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_mentions);
}

static void these_are_no_picks(void **state)
{
	static const char *const lines[] = {
		"(not cherry picked from commit " A ")",
		"instead of backporting " A,
		"Cannot backport " A,
		"Do not backport " A,
		"The backport in " A " forgot it",
		"Backported in " A,
		A " was not backported",
		"This needs a backport of " A,
		"Without backport of " A " nothing works",
		"Backport of " A " is not possible.",
		"Backporting " A " would need more.",
		"Upstream commit " A " broke it.",
		"commit " A " broke it",
		"Commit " A " upstream was wrong",
		"see (cherry picked from commit " A ")",
		"    (cherry picked from commit " A ")",
		"> (cherry picked from commit " A ")",
		"The fix was cherry picked from commit " A " by mistake",
		"* git cherry-pick " A,
		"Picked up by " A,
		"Backport of the loader",
		"Backport of PR #12",
		"Loosely based on commit " A,
		"This patch is based on " A,
		"Not based on commit " A,
		"Backport test assertions from " A,
		"(cherry picked from commit v1.2-3-gabc1234)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct buf message = BUF_INIT;
		struct reading one;

		buf_addf(&message, "Fix it\n\n%s\n", lines[i]);
		one = (struct reading){ message.p, "" };
		check(&one, 1, add_mentions);
		buf_release(&message);
	}
}

static void a_fix_says_what_it_fixes(void **state)
{
	static const struct reading cases[] = {
		{ "x\n\nSince commit aaaaaa1 all is slow.\n\nFixes: " A "\n",
		  "named 1111111, since aaaaaa1" },
		{ "x\n\nFollow-up to abc1234\nFollow-up to abc1235\n",
		  "named abc1234, named abc1235" },
		{ "x\n\nIt was introduced by abc1234, as was abc1235.\n",
		  "named abc1234, named abc1235" },
		{ "x\n\nRegression from abc1234.\n", "named abc1234" },
		{ "x\n\nBisected-by: Ann\nBisected to abc1234.\n",
		  "named abc1234" },
		{ "x\n\nCommit abc1234 (\"loader: x\") introduced a leak.\n",
		  "named abc1234" },
		{ "x\n\nThis reverts commit " A ".\n", "named 1111111" },
		{ "x\n\nSee abc1234. Caused by abc1235.\n",
		  "named abc1235, spoken abc1234" },
		{ "x\n\nAs in abc1234\n\n(cherry picked from commit abc1235)\n",
		  "since abc1234" },
		{ "x\n\nFixes #12\n", "" },
	};

	(void)state;
	check(cases, sizeof(cases) / sizeof(*cases), add_causes);
}

/* --- bounds ------------------------------------------------------------- */

static void a_long_message_is_read_in_bounds(void **state)
{
	struct arena a = ARENA_INIT;
	struct mentions mentions = { 0 };
	struct buf message = BUF_INIT;

	(void)state;
	buf_addstr(&message, "x\n\n");
	for (unsigned i = 0; i < 40000; i++)
		buf_addf(&message, "(cherry picked from commit %08x1) %s\n", i,
			 "(see ((( [[[ this reverts commit, and this");
	message_mentions(&mentions, &a, message.p);
	assert_int_equal(mentions.nr, 1000);
	/* an id that stands a page behind the word is no mention */
	buf_reset(&message);
	buf_addstr(&message, "x\n\nreverts");
	for (unsigned i = 0; i < 200000; i++)
		buf_addstr(&message, " -");
	buf_addstr(&message, " " A "\n");
	mentions = (struct mentions){ 0 };
	message_mentions(&mentions, &a, message.p);
	assert_int_equal(mentions.nr, 0);
	buf_release(&message);
	arena_release(&a);
}

/* --- titles ------------------------------------------------------------- */

static void titles_that_are_one(void **state)
{
	static const struct {
		const char *subject;
		uint32_t number, of;
	} titles[] = {
		{ "Fix the loader", 0, 0 },
		{ "fix the  loader", 0, 0 },
		{ "Fix the loader.", 0, 0 },
		{ "Fix the loader (#34)", 34, 0 },
		{ "Fix the loader (!34)", 34, 0 },
		{ "[release-3.4] Fix the loader", 0, 0 },
		{ "[3.4] [loader] Fix the loader (#12) (#34)", 34, 12 },
		{ "Fix the loader (cherry-pick #12 for 3.4) (#34)", 34, 12 },
		{ "Fix the loader (backport #12)", 0, 12 },
		{ "Fix the loader (backport to 3.4) (#34)", 34, 0 },
		{ "[Backport #12] Fix the loader (#34)", 34, 12 },
		{ "Backport PR #12: Fix the loader", 0, 12 },
		{ "Backport PR #12 on branch v1.x (Fix the loader)", 0, 12 },
		{ "Automated cherry pick of #12: Fix the loader", 0, 12 },
	};
	static const char *const others[] = {
		"Fix the loaders",
		"Fix the loader (again)",
		"Revert \"Fix the loader\"",
		"Backport the loader",
	};
	uint64_t key = title_read(titles[0].subject).key;

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++) {
		struct title title = title_read(titles[i].subject);

		if (title.key != key)
			print_error("in <<%s>>\n", titles[i].subject);
		assert_true(title.key == key);
		assert_int_equal(title.number, titles[i].number);
		assert_int_equal(title.of, titles[i].of);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_true(title_read(others[i]).key != key);
	assert_true(title_read("").key == 0);
	assert_true(title_read("(#8)").key == 0);
}

static void titles_of_reverts_that_are_one(void **state)
{
	static const char *const once[] = {
		"Revert \"Fix it\"",
		"Revert \"Fix it (#12)\" (#13)",
		"[release-1.0] Revert \"Fix it\"",
		"fix(ci): revert \"Fix it (#12)\"",
	};
	static const char *const twice[] = {
		"Revert \"Revert \"Fix it\"\"",
		"Revert \"Revert \"Fix it (#12)\" (#13)\" (#14)",
		"Reapply \"Fix it (#12)\" (#14)",
		"Reland \"Fix it\"",
	};
	uint64_t one = title_read(once[0]).key, two = title_read(twice[0]).key;

	(void)state;
	for (size_t i = 0; i < sizeof(once) / sizeof(*once); i++)
		assert_true(title_read(once[i]).key == one);
	for (size_t i = 0; i < sizeof(twice) / sizeof(*twice); i++)
		assert_true(title_read(twice[i]).key == two);
	assert_true(one != two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_revert_is_said_in_many_ways),
		cmocka_unit_test(several_are_reverted_at_once),
		cmocka_unit_test(a_revert_by_its_title_or_request),
		cmocka_unit_test(nothing_is_reverted),
		cmocka_unit_test(a_squash_lists_reverts),
		cmocka_unit_test(a_fix_names_a_commit),
		cmocka_unit_test(a_pick_says_from_where),
		cmocka_unit_test(some_picks_are_in_the_subject_or_many),
		cmocka_unit_test(these_are_no_picks),
		cmocka_unit_test(a_fix_says_what_it_fixes),
		cmocka_unit_test(a_long_message_is_read_in_bounds),
		cmocka_unit_test(titles_that_are_one),
		cmocka_unit_test(titles_of_reverts_that_are_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
