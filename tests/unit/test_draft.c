/* SPDX-License-Identifier: GPL-2.0-only */
/* What a draft says, and that it is a retro without an error whatever the
 * repository's names are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/embed.h"
#include "base/mem.h"
#include "model/body.h"
#include "model/check.h"
#include "model/read.h"
#include "view/draft.h"

#define SUBJECT "Add the loader"

static const char *const templates[] = { "release", "incident", "experiment",
					 "deployment", "project" };

struct fixture {
	struct arena a;
	struct digest digest;
	struct draft draft;
	struct policy policy;
	struct diags diags;
	struct buf text;
	struct retro *retro;
	const struct body *body;
};

static struct digest_commit commit(struct arena *a, unsigned nr,
				   const char *subject)
{
	struct digest_commit c = { .subject = subject };

	memset(c.id.raw, (int)nr, OID_SHA1);
	c.abbrev = arena_printf(a, "%07x", nr);
	return c;
}

static void open_fixture(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	arena_init(&f->a);
	buf_init(&f->text);
	f->diags.arena = &f->a;
	policy_init(&f->policy, &f->a);
	f->draft = (struct draft){
		.id = "2026-11-24-v1-4-0",
		.title = "v1.4.0",
		.status = STATUS_DRAFT,
		.kind = KIND_RELEASE,
		.release = "v1.4.0",
		.range = "v1.3.0..v1.4.0",
		.digest = &f->digest,
	};
	assert_true(day_parse(&f->draft.date, "2026-11-24"));
	f->digest.from_name = "v1.3.0";
	f->digest.to_name = "v1.4.0";
	f->digest.first_day = f->digest.last_day = DAY_NONE;
	f->digest.lines_known = true;
}

static void close_fixture(struct fixture *f)
{
	buf_release(&f->text);
	arena_release(&f->a);
}

static void fill(struct fixture *f, const char *template)
{
	const char *name =
		arena_printf(&f->a, "templates/%s.%s.md", template,
			     f->draft.language == LANGUAGE_ZH ? "zh" : "en");
	const struct embed *file = embed_find(name);
	struct slots slots = { 0 };

	assert_non_null(file);
	draft_slots(&slots, &f->a, &f->draft);
	buf_reset(&f->text);
	template_fill(&f->text, file->bytes, file->n, &slots);
}

/* Reads the text as `check` does; prints what it finds. */
static void read_back(struct fixture *f)
{
	struct check_input in = { .arena = &f->a,
				  .diags = &f->diags,
				  .policy = &f->policy };

	f->diags.nr = 0;
	f->retro = read_retro(&f->a, &f->diags, "retros/x.md", f->text.p,
			      f->text.n);
	f->body = body_read(f->retro, &f->a, &f->diags, &f->policy);
	in.retro = f->retro;
	check_retro(&in);
	for (size_t i = 0; i < f->diags.nr; i++)
		print_message("%d: %s: %s\n", f->diags.at[i].pos.line,
			      f->diags.at[i].rule, f->diags.at[i].text);
}

static void set_status(struct fixture *f, const char *status)
{
	const char *at = strstr(f->text.p, "status: draft");

	assert_non_null(at);
	buf_splice(&f->text, (size_t)(at - f->text.p), 13, status,
		   strlen(status));
}

static void has(const struct fixture *f, const char *text)
{
	if (!strstr(f->text.p, text))
		fail_msg("'%s' is not in:\n%s", text, f->text.p);
}

static void lacks(const struct fixture *f, const char *text)
{
	if (strstr(f->text.p, text))
		fail_msg("'%s' is in:\n%s", text, f->text.p);
}

static void add_revert(struct fixture *f, unsigned nr, const char *subject)
{
	struct digest_revert r = {
		.revert = commit(&f->a, nr,
				 arena_printf(&f->a, "Revert \"%s\"", subject)),
		.reverted = commit(&f->a, nr + 1, subject),
		.reverted_known = true,
		.times = 1,
	};

	vec_push(&f->a, &f->digest.reverts, r);
}

static void add_fix(struct fixture *f, unsigned nr, const char *subject,
		    bool shipped)
{
	struct digest_fix fix = {
		.fix = commit(&f->a, nr, "Mend it"),
		.fixed = commit(&f->a, nr + 1, subject),
		.fixed_known = true,
		.shipped = shipped,
	};

	vec_push(&f->a, &f->digest.fixes, fix);
}

static void add_file(struct fixture *f, const char *path)
{
	f->digest.files_changed++;
	vec_push(&f->a, &f->digest.files,
		 (struct diff_file){ .path = path, .added = 2, .deleted = 1 });
}

static struct action *add_open(struct fixture *f, const char *name,
			       const char *text)
{
	struct action *action = arena_alloc(&f->a, sizeof(*action));

	*action = (struct action){ .text = text, .due = DAY_NONE };
	vec_push(&f->a, &f->draft.open,
		 (struct listed_action){ .action = action, .name = name });
	return action;
}

/* One of each. */
static void add_everything(struct fixture *f, const char *text)
{
	struct arena *a = &f->a;
	struct digest *d = &f->digest;

	vec_push(a, &f->draft.authors,
		 arena_printf(a, "%s <%s@example.com>", text, text));
	d->commits = 4120;
	d->merges = 6;
	day_parse(&d->first_day, "2026-10-01");
	day_parse(&d->last_day, "2026-11-24");
	d->lines_added = 1234567;
	d->lines_deleted = 933;
	vec_push(a, &d->authors,
		 (struct digest_author){ { text, "x@y" }, 40, 0 });
	vec_push(a, &d->authors,
		 (struct digest_author){ { "Bo", "x@y" }, 2, 3 });
	vec_push(a, &d->authors,
		 (struct digest_author){ { "Cy", "x@y" }, 0, 1 });
	vec_push(a, &d->requests,
		 (struct digest_merge){ commit(a, 1, text), "#12", text });
	vec_push(a, &d->requests,
		 (struct digest_merge){ commit(a, 2, text), NULL, NULL });
	add_revert(f, 3, text);
	d->reverts.at[0].shipped = true;
	add_revert(f, 5, text);
	d->reverts.at[1].times = 3;
	add_revert(f, 7, text);
	d->reverts.at[2].reverted_known = false;
	d->reverts.at[2].reverted.subject = NULL;
	d->reverts.at[2].reverted.abbrev =
		"0123456789abcdef0123456789abcdef01234567";
	add_fix(f, 9, text, true);
	add_fix(f, 11, text, false);
	add_fix(f, 13, text, true);
	d->fixes.at[2].fixed_known = false;
	d->fixes.at[2].fixed.subject = NULL;
	vec_push(a, &d->picks,
		 (struct digest_pick){
			 commit(a, 15, text),
			 "0123456789012345678901234567890123456789", false });
	vec_push(a, &d->picks,
		 (struct digest_pick){ commit(a, 16, text), "0123456", true });
	vec_push(a, &d->dependencies, (struct digest_dependency){ text, 3, 0 });
	add_open(f, *text ? text : "x#A1", text);
	add_file(f, text);
	add_file(f, "src/load.c");
}

static void it_says_what_git_knows(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	add_everything(&f, SUBJECT);
	f.draft.authors.at[0] = "Ann Author <ann@example.com>";
	fill(&f, "release");
	has(&f, "---\n"
		"id: 2026-11-24-v1-4-0\n"
		"title: v1.4.0\n"
		"date: 2026-11-24\n"
		"status: draft\n"
		"kind: release\n"
		"authors: [Ann Author <ann@example.com>]\n"
		"releases: [v1.4.0]\n"
		"range: v1.3.0..v1.4.0\n"
		"commits: # ");
	has(&f, "  - pitfall: P1\n"
		"    cause: [0404040404040404040404040404040404040404] "
		"# " SUBJECT "\n"
		"    fix: [0303030303030303030303030303030303030303] # Revert "
		"\"" SUBJECT "\"\n"
		"  - pitfall: P2\n"
		"    cause: [0606060606060606060606060606060606060606] "
		"# " SUBJECT "\n"
		"    fix: [0505050505050505050505050505050505050505] # Revert "
		"\"" SUBJECT "\"\n"
		"  - pitfall: P4\n"
		"    cause: [0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a] "
		"# " SUBJECT "\n"
		"    fix: [0909090909090909090909090909090909090909] # Mend "
		"it\n"
		"---\n"
		"\n"
		"# v1.4.0\n"
		"\n"
		"Since v1.3.0: 4,120 commits (6 merges) by 2 people, 1 Oct to "
		"24 Nov 2026; 2 files, +1,234,567 -933 lines.\n"
		"\n"
		"## Summary\n");
	has(&f, "- \"" SUBJECT "\" (000000c) was fixed by \"Mend it\" "
		"(000000b)\n\n## Pitfalls\n");
	has(&f,
	    "- P1: \"" SUBJECT "\" (0000004) was released, then reverted by "
	    "0000003\n"
	    "- P2: \"" SUBJECT "\" (0000006) was reverted by 0000005, "
	    "after 3 reverts back and forth\n"
	    "- P3: \"Revert \"" SUBJECT "\"\" (0000007) reverts "
	    "0123456789ab, which is not in this repository\n"
	    "- P4: Bug shipped in \"" SUBJECT "\" (000000a), fixed by "
	    "\"Mend it\" (0000009)\n\n## What to improve\n");
	has(&f, "## What git knows\n"
		"\n"
		"- Commits by " SUBJECT " (40), Bo (2, co-author of 3), "
		"Cy (co-author of 1)\n"
		"- Dependencies: `" SUBJECT "` (+3 -0)\n"
		"- Most changed files:\n"
		"  - `" SUBJECT "` (+2 -1)\n"
		"  - `src/load.c` (+2 -1)\n"
		"- Merged, newest first:\n"
		"  - " SUBJECT " (#12, 0000001)\n"
		"  - " SUBJECT " (0000002)\n"
		"- Cherry-picked:\n"
		"  - \"" SUBJECT "\" (000000f), from 012345678901\n"
		"  - \"" SUBJECT "\" (0000010), upstream 0123456\n");
	read_back(&f);
	assert_int_equal(f.diags.nr, 0);
	assert_int_equal(f.body->pitfalls.nr, 4);
	assert_int_equal(f.retro->problems.nr, 3);
	assert_int_equal(f.retro->commits.cause.nr, 3);
	assert_int_equal(f.retro->commits.fix.nr, 3);
	for (size_t i = 0; i < f.retro->problems.nr; i++)
		assert_non_null(
			body_problem_pitfall(f.body, &f.retro->problems.at[i]));
	assert_int_equal(f.body->actions.nr, 0);
	close_fixture(&f);
}

static void each_that_one_revert_takes_back_is_a_problem(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	add_revert(&f, 1, SUBJECT);
	add_revert(&f, 3, SUBJECT);
	f.digest.reverts.at[1].revert = f.digest.reverts.at[0].revert;
	fill(&f, "release");
	has(&f, "    fix: [0101010101010101010101010101010101010101] # Revert "
		"\"" SUBJECT "\"\n---\n");
	read_back(&f);
	assert_int_equal(f.retro->problems.nr, 2);
	assert_int_equal(f.retro->commits.cause.nr, 2);
	assert_int_equal(f.retro->commits.fix.nr, 1);
	close_fixture(&f);
}

static void it_says_nothing_where_git_knows_nothing(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(templates) * 4; i++) {
		open_fixture(&f);
		f.draft.language = i & 1 ? LANGUAGE_ZH : LANGUAGE_EN;
		if (i & 2)
			f.draft.digest = NULL;
		f.draft.release = f.draft.range = NULL;
		fill(&f, templates[i / 4]);
		lacks(&f, "{{");
		lacks(&f, "\n\n\n");
		lacks(&f, "git ");
		lacks(&f, "Git");
		lacks(&f, "commits:");
		lacks(&f, "releases:");
		lacks(&f, "\n\n- ");
		assert_string_equal(f.text.p + f.text.n - 4, "-->\n");
		read_back(&f);
		assert_int_equal(f.diags.nr, 0);
		assert_int_equal(f.body->pitfalls.nr, 0);
		close_fixture(&f);
	}
}

/* A prompt is no answer to it: a section that nobody filled in is empty. */
static void an_unfilled_section_is_empty(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(templates) * 2; i++) {
		open_fixture(&f);
		f.draft.language = i & 1 ? LANGUAGE_ZH : LANGUAGE_EN;
		for (int key = 1; key < SECTION_COUNT; key++)
			f.policy.required[STATUS_FINAL][key] =
				key == SECTION_SUMMARY ||
				key == SECTION_DIFFICULTIES ||
				key == SECTION_SOLUTIONS ||
				key == SECTION_PITFALLS ||
				key == SECTION_IMPROVEMENTS ||
				key == SECTION_ACTIONS;
		fill(&f, templates[i / 2]);
		set_status(&f, "status: final");
		read_back(&f);
		assert_int_equal(f.diags.nr, 6);
		for (size_t j = 0; j < f.diags.nr; j++)
			assert_string_equal(f.diags.at[j].rule,
					    "empty-section");
		close_fixture(&f);
	}
}

/* What a prompt in the front matter shows holds once its mark is gone. */
static void a_prompt_can_be_filled_in(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 4; i < ARRAY_SIZE(templates) * 2; i++) {
		const char *mark;

		open_fixture(&f);
		f.draft.language = i & 1 ? LANGUAGE_ZH : LANGUAGE_EN;
		f.draft.kind = kind_parse(templates[i / 2]);
		fill(&f, templates[i / 2]);
		while ((mark = strstr(f.text.p, "\n  # ")))
			buf_splice(&f.text, (size_t)(mark - f.text.p), 5,
				   "\n  ", 3);
		read_back(&f);
		assert_int_equal(f.diags.nr, 0);
		assert_int_equal(f.retro->metrics.nr, 1);
		assert_non_null(f.retro->metrics.at[0].name);
		assert_non_null(f.retro->metrics.at[0].before);
		assert_non_null(f.retro->metrics.at[0].after);
		assert_non_null(f.retro->metrics.at[0].unit);
		assert_non_null(f.retro->metrics.at[0].better);
		assert_string_equal(
			node_get(f.retro->environment, "python")->text, "3.11");
		close_fixture(&f);
	}
}

static void it_reminds_of_open_actions(void **state)
{
	struct fixture f;
	struct action *action;

	(void)state;
	open_fixture(&f);
	action = add_open(&f, "2026-10-01-v1-3-0#A2", "Pin *it* - [ ] A1: x");
	action->owner = "ann";
	action->priority = "high";
	assert_true(day_parse(&action->due, "2026-11-20"));
	f.draft.open.at[0].overdue = true;
	add_open(&f, "an old `one`", "Count");
	fill(&f, "release");
	has(&f, "-->\n\nOpen actions from earlier retros; close one with `git "
		"retro actions done`:\n\n"
		"- `2026-10-01-v1-3-0#A2` Pin \\*it\\* - \\[ \\] A1: x @ann "
		"due:2026-11-20 !high (overdue)\n"
		"- `` an old `one` `` Count\n");
	read_back(&f);
	assert_int_equal(f.diags.nr, 0);
	assert_int_equal(f.body->actions.nr, 0);
	f.draft.language = LANGUAGE_ZH;
	fill(&f, "release");
	has(&f, "-->\n\n之前的复盘中未完成的行动项（用 `git retro actions "
		"done` 关闭）：\n\n- `2026");
	has(&f, " due:2026-11-20 !high（已逾期）\n");
	close_fixture(&f);
}

static void many_open_actions_make_a_short_list(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	for (int i = 0; i < 21; i++)
		add_open(&f, arena_printf(&f.a, "x#A%d", i), "Count");
	fill(&f, "release");
	has(&f, "- `x#A20` Count\n");
	add_open(&f, "x#A21", "Count");
	fill(&f, "release");
	has(&f, "- `x#A19` Count\n"
		"- and 2 more: `git retro actions --open`\n");
	lacks(&f, "x#A20");
	close_fixture(&f);
}

static void it_tells_one_from_many(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	f.digest.commits = f.digest.merges = 1;
	f.digest.from_name = NULL;
	f.digest.shallow = true;
	day_parse(&f.digest.first_day, "2026-02-03");
	f.digest.last_day = f.digest.first_day;
	vec_push(&f.a, &f.digest.authors,
		 (struct digest_author){ { "Ann", "x@y" }, 1, 0 });
	add_file(&f, "a");
	fill(&f, "release");
	has(&f, "\n1 commit (1 merge) by 1 person, 3 Feb 2026; 1 file, +0 -0 "
		"lines. History is cut off here (a shallow clone): ");
	f.digest.shallow = false;
	fill(&f, "release");
	has(&f, "\nSince the first commit: 1 commit (1 merge) by ");
	day_parse(&f.digest.first_day, "2025-12-31");
	fill(&f, "release");
	has(&f, "31 Dec 2025 to 3 Feb 2026;");
	f.draft.language = LANGUAGE_ZH;
	fill(&f, "release");
	has(&f, "2025年12月31日至2026年2月3日；");
	close_fixture(&f);
}

/* In a partial clone the lines are not here to be counted. */
static void it_does_not_guess_lines(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	f.digest.commits = 2;
	f.digest.lines_known = false;
	f.digest.files_changed++;
	vec_push(&f.a, &f.digest.files, (struct diff_file){ .path = "a" });
	fill(&f, "release");
	has(&f, "Since v1.3.0: 2 commits; 1 file.\n");
	lacks(&f, "+0");
	lacks(&f, "`a`");
	close_fixture(&f);
}

static void it_speaks_chinese(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	f.draft.language = LANGUAGE_ZH;
	add_everything(&f, "修好加载器");
	fill(&f, "release");
	has(&f, "\n自 v1.3.0 以来：4,120 次提交（含 6 次合并），2 "
		"人参与，2026年10月"
		"1日至11月24日；改动 2 个文件，+1,234,567 -933 行。\n");
	has(&f, "\n- P2: “修好加载器”（0000006）已被 0000005 回退，前后");
	has(&f, "\n## Git 的记录\n\n- 提交者：修好加载器 (40)，Bo (2，合著 3 "
		"次)");
	read_back(&f);
	assert_int_equal(f.diags.nr, 0);
	assert_int_equal(f.body->pitfalls.nr, 4);
	close_fixture(&f);
}

/* --- what a repository may be made of --- */

static const char *const hostile[] = {
	"# <b>| `x` *y* _z_ [l](u) ![i](j)",
	"two\nlines\n\n## Pitfalls\n\n- mine",
	"--> <script>alert(1)</script> <!--",
	"---",
	"a: b # c",
	"{{front}} {{git}}",
	"`",
	"``` ` ``",
	" lead and trail ",
	"\x1b[31mred\x07 \xc2\x9b",
	"\xff\xfe invalid \xc3\x28",
	"\xe2\x80\xa8 \xe2\x80\xa9 \xc2\x85 \xef\xbb\xbf",
	"next\xe2\x80\xa8line: [ \xef\xbf\xbe",
	("\xe2\x80\xae"
	 "cod.exe"),
	"- [ ] A1: mine @eve due:2026-99-99",
	"1. one",
	"\\",
	"&amp; &#42; <https://example.com> <a@b.c>",
	"\"quoted\" 'so'",
	"\t",
	"",
	"=====",
	"| a | b |\n|---|---|\n| 1 | 2 |",
	"[x]: http://example.com",
	"$(touch x); `touch y` 'z'",
};

static void count_markup(size_t counts[MD_IMAGE + 1], const struct md *md)
{
	counts[md->type]++;
	if (md->type == MD_HTML)
		assert_int_equal(strncmp(md->text, "<!--", 4), 0);
	for (md = md->first; md; md = md->next)
		count_markup(counts, md);
}

static void names_are_never_markup(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hostile) * ARRAY_SIZE(templates) * 2;
	     i++) {
		const char *text = hostile[i / 2 / ARRAY_SIZE(templates)];
		const char *template = templates[i / 2 % ARRAY_SIZE(templates)];
		size_t plain[MD_IMAGE + 1] = { 0 }, seen[MD_IMAGE + 1] = { 0 };
		struct fixture f;

		open_fixture(&f);
		f.draft.language = i & 1 ? LANGUAGE_ZH : LANGUAGE_EN;
		add_everything(&f, "word");
		fill(&f, template);
		read_back(&f);
		count_markup(plain, f.body->doc);
		close_fixture(&f);

		open_fixture(&f);
		f.draft.language = i & 1 ? LANGUAGE_ZH : LANGUAGE_EN;
		add_everything(&f, text);
		f.digest.from_name = text;
		if (text[strspn(text, " \t\n")])
			f.draft.title = f.draft.release = text;
		fill(&f, template);
		read_back(&f);
		count_markup(seen, f.body->doc);
		assert_int_equal(f.diags.nr, 0);
		for (int type = 0; type <= MD_IMAGE; type++)
			if (type != MD_TEXT && type != MD_CODE_SPAN)
				assert_int_equal(seen[type], plain[type]);
		assert_string_equal(f.retro->id, f.draft.id);
		assert_string_equal(f.retro->range, f.draft.range);
		assert_int_equal(f.retro->commits.cause.nr, 3);
		assert_int_equal(f.body->pitfalls.nr, 4);
		assert_int_equal(f.body->actions.nr, 0);
		close_fixture(&f);
	}
}

static size_t count_lines(const struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->p[i] == '\n';
	return n;
}

static void a_long_range_makes_no_long_draft(void **state)
{
	struct fixture f;
	char *subject;

	(void)state;
	open_fixture(&f);
	subject = arena_alloc(&f.a, 10001);
	memset(subject, 'x', 10000);
	add_everything(&f, subject);
	f.digest.files.at[0].path = f.digest.dependencies.at[0].path = "a";
	f.draft.authors.nr = 0;
	for (unsigned i = 0; i < 3000; i++) {
		add_revert(&f, i, subject);
		add_fix(&f, i, subject, i & 1);
		add_file(&f, "a");
		vec_push(&f.a, &f.digest.requests, f.digest.requests.at[0]);
		vec_push(&f.a, &f.digest.picks, f.digest.picks.at[0]);
		vec_push(&f.a, &f.digest.authors, f.digest.authors.at[1]);
		vec_push(&f.a, &f.digest.dependencies,
			 (struct digest_dependency){ "go.mod", 1, 1 });
	}
	fill(&f, "release");
	assert_true(count_lines(&f.text) < 300);
	assert_true(f.text.n < 40000);
	has(&f, "\nand 2,983 more: `git log --grep='^This reverts commit' "
		"v1.3.0..v1.4.0`\n");
	has(&f, "\nand 1,481 more: `git log --grep='^Fixes:' "
		"v1.3.0..v1.4.0`\n");
	has(&f, "\n  - and 2,992 more: `git diff --stat v1.3.0..v1.4.0`\n");
	has(&f, "\n  - and 2,983 more: `git log --oneline v1.3.0..v1.4.0`\n");
	has(&f, ", and 2,992 more: `git shortlog -sn --no-merges "
		"v1.3.0..v1.4.0`\n");
	read_back(&f);
	assert_int_equal(f.diags.nr, 0);
	/* The lines that say how to see the rest are no pitfalls. */
	assert_int_equal(f.body->pitfalls.nr, 40);
	close_fixture(&f);
}

static void a_command_can_be_copied(void **state)
{
	struct fixture f;

	(void)state;
	open_fixture(&f);
	f.digest.from_name = "v1;'$(x)";
	for (unsigned i = 0; i < 30; i++)
		add_file(&f, "a");
	fill(&f, "release");
	has(&f, "`git diff --stat 'v1;'\\''$(x)..v1.4.0'`");
	close_fixture(&f);
}

static void every_slot_is_in_the_table(void **state)
{
	struct slots slots = { 0 };
	struct fixture f;

	(void)state;
	open_fixture(&f);
	draft_slots(&slots, &f.a, &f.draft);
	assert_int_equal(slots.nr, draft_count);
	for (size_t i = 0; i < draft_count; i++) {
		assert_string_equal(slots.at[i].name, draft_table[i].name);
		assert_non_null(draft_table[i].help);
	}
	close_fixture(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_what_git_knows),
		cmocka_unit_test(each_that_one_revert_takes_back_is_a_problem),
		cmocka_unit_test(it_says_nothing_where_git_knows_nothing),
		cmocka_unit_test(an_unfilled_section_is_empty),
		cmocka_unit_test(a_prompt_can_be_filled_in),
		cmocka_unit_test(it_reminds_of_open_actions),
		cmocka_unit_test(many_open_actions_make_a_short_list),
		cmocka_unit_test(it_tells_one_from_many),
		cmocka_unit_test(it_does_not_guess_lines),
		cmocka_unit_test(it_speaks_chinese),
		cmocka_unit_test(names_are_never_markup),
		cmocka_unit_test(a_long_range_makes_no_long_draft),
		cmocka_unit_test(a_command_can_be_copied),
		cmocka_unit_test(every_slot_is_in_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
