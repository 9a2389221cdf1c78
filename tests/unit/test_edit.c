/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include <stdio.h>

#include "model/body.h"
#include "model/edit.h"

enum op { SET, ADD, REMOVE };

struct row {
	enum op op;
	const char *key, *value, *before, *after;
};

static struct err *apply(struct buf *out, const struct retro *retro, enum op op,
			 const char *key, const char *value)
{
	return op == SET   ? edit_set(out, &arena, retro, key, value)
	       : op == ADD ? edit_add(out, &arena, retro, key, value)
			   : edit_remove(out, &arena, retro, key, value);
}

/* The new bytes; an error fails the test and is shown. */
static const char *edited(enum op op, const char *text, const char *key,
			  const char *value)
{
	struct buf out = BUF_INIT;
	struct err *err = apply(&out, read_text(text), op, key, value);
	const char *result;

	if (err)
		fail_msg("%s %s: %s\n%s", key, value, err->text, text);
	result = arena_strdup(&arena, out.p);
	buf_release(&out);
	return result;
}

/* The text of the error; nothing may have been written. */
static const char *refused(enum err_code code, enum op op, const char *text,
			   const char *key, const char *value)
{
	struct buf out = BUF_INIT;
	struct err *err = apply(&out, read_text(text), op, key, value);
	const char *result;

	if (!err)
		fail_msg("%s %s was not refused: %s", key, value, out.p);
	assert_int_equal(out.n, 0);
	assert_int_equal(err->code, code);
	result = arena_strdup(&arena, err->text);
	err_free(err);
	return result;
}

/* Both with \n and with \r\n: the front matter between its fences and a body
 * around what a row says. */
static const char *file_of(const char *front, const char *eol)
{
	const char *parts[] = { "---\n", front, "---\n\n# Title\n" };
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		for (const char *p = parts[i]; *p; p++)
			if (*p == '\n')
				buf_addstr(&b, eol);
			else
				buf_addch(&b, *p);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

static void check_rows(const struct row *rows, size_t nr)
{
	static const char *const ends[] = { "\n", "\r\n" };

	for (size_t i = 0; i < nr; i++) {
		const struct row *row = &rows[i];

		for (size_t j = 0; j < ARRAY_SIZE(ends); j++)
			assert_string_equal(
				edited(row->op, file_of(row->before, ends[j]),
				       row->key, row->value),
				file_of(row->after, ends[j]));
	}
}

static void a_scalar_changes_where_it_stands(void **state)
{
	static const struct row rows[] = {
		{ SET, "title", "New", "title: Old\n", "title: New\n" },
		{ SET, "title", "New", "title:   Old   # why\n",
		  "title:   New   # why\n" },
		{ SET, "title", "a: b", "title: 'Old' # why\n",
		  "title: \"a: b\" # why\n" },
		{ SET, "title", "New", "title: two\n  lines\nid: x\n",
		  "title: New\nid: x\n" },
		{ SET, "title", "New", "title:\n  Old\nid: x\n",
		  "title:\n  New\nid: x\n" },
		{ SET, "summary", "New",
		  "summary: | # why\n  a\n  b\n\nid: x\n",
		  "summary: New # why\n\nid: x\n" },
		{ SET, "summary", "New", "summary: >-\n  a\n  b\n# c\nid: x\n",
		  "summary: New\n# c\nid: x\n" },
		{ SET, "title", "New", "title:\nid: x\n",
		  "title: New\nid: x\n" },
		{ SET, "title", "New", "title: # why\n", "title: New # why\n" },
		{ SET, "title", "New", "title: ~\n", "title: New\n" },
		{ SET, "title", "New", "title: \"\"\n", "title: New\n" },
		{ SET, "title", "New", "title: !important\n", "title: New\n" },
		{ SET, "title", "null", "title: ~\n", "title: \"null\"\n" },
		{ SET, "title", "New", "{title: Old, id: x}\n",
		  "{title: New, id: x}\n" },
		{ SET, "title", "a, b", "{title: , id: x}\n",
		  "{title: \"a, b\" , id: x}\n" },
		{ SET, "status", "final", "status: draft\n",
		  "status: final\n" },
		{ SET, "date", "2026-11-24", "日期: 2026-11-23\n",
		  "日期: 2026-11-24\n" },
		{ SET, "started", "2026-11-24T01:48:00+08:00", "started:\n",
		  "started: 2026-11-24T01:48:00+08:00\n" },
		{ SET, "started", "2026-11-24 01:48", "{started: }\n",
		  "{started: \"2026-11-24 01:48\" }\n" },
		{ SET, "environment.python", "3.12",
		  "environment: {python: 3.11, cuda: 12}\n",
		  "environment: {python: \"3.12\", cuda: 12}\n" },
		{ SET, "environment.python", "3.12-slim",
		  "environment:\n    cuda: 12\n    python: 3.11 # new\n",
		  "environment:\n    cuda: 12\n    python: 3.12-slim # new\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_value_goes_and_the_key_stays(void **state)
{
	static const struct row rows[] = {
		{ SET, "title", NULL, "title: Old\n", "title:\n" },
		{ SET, "title", "", "title: Old # why\n", "title: # why\n" },
		{ SET, "title", NULL, "title: two\n  lines\nid: x\n",
		  "title:\nid: x\n" },
		{ SET, "title", NULL, "title:\n  Old\nid: x\n",
		  "title:\n  \nid: x\n" },
		{ SET, "title", NULL, "{title: Old, id: x}\n",
		  "{title: , id: x}\n" },
		{ SET, "title", NULL, "summary: | # why\n  a\ntitle: Old\n",
		  "summary: | # why\n  a\ntitle:\n" },
		{ SET, "summary", NULL, "summary: | # why\n  a\n",
		  "summary: # why\n" },
		{ SET, "title", NULL, "id: x\n", "id: x\n" },
		{ SET, "title", NULL, "title: ~ # why\n", "title: ~ # why\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_flow_list_stays_one(void **state)
{
	static const struct row rows[] = {
		{ ADD, "releases", "1.10", "releases: [v1]\n",
		  "releases: [v1, \"1.10\"]\n" },
		{ ADD, "releases", "v2", "releases: []\n", "releases: [v2]\n" },
		{ ADD, "releases", "v2", "releases: [ v1 ] # why\n",
		  "releases: [ v1, v2 ] # why\n" },
		{ ADD, "releases", "v2", "releases: [v1,]\n",
		  "releases: [v1, v2,]\n" },
		{ ADD, "releases", "v3", "releases: [v1,\n  v2]\n",
		  "releases: [v1,\n  v2,\n  v3]\n" },
		{ ADD, "releases", "v4",
		  "releases: [v1, v2,\n           v3, vx]\n",
		  "releases: [v1, v2,\n           v3, vx, v4]\n" },
		{ ADD, "releases", "v3",
		  "releases: [\n  v1, # one\n  v2  # two\n]\n",
		  "releases: [\n  v1, # one\n  v2,  # two\n  v3\n]\n" },
		{ ADD, "releases", "v3",
		  "releases: [\n  v1, # one\n  v2,  # two\n]\n",
		  "releases: [\n  v1, # one\n  v2,  # two\n  v3,\n]\n" },
		{ ADD, "releases", "v2", "releases: [ # none\n]\n",
		  "releases: [v2 # none\n]\n" },
		{ ADD, "releases", "v2", "releases:\n  [v1]\n",
		  "releases:\n  [v1, v2]\n" },
		{ ADD, "labels", "[x]", "tags: [\"a, b\"]\n",
		  "tags: [\"a, b\", \"[x]\"]\n" },
		{ REMOVE, "releases", "v1", "releases: [v1]\n",
		  "releases: []\n" },
		{ REMOVE, "releases", "v1", "releases: [ v1, ] # why\n",
		  "releases: [ ] # why\n" },
		{ REMOVE, "releases", "v1", "releases: [v1, v2, v3]\n",
		  "releases: [v2, v3]\n" },
		{ REMOVE, "releases", "v2", "releases: [v1, v2 , v3]\n",
		  "releases: [v1, v3]\n" },
		{ REMOVE, "releases", "v3", "releases: [v1, v2, 'v3' ]\n",
		  "releases: [v1, v2 ]\n" },
		{ REMOVE, "releases", "v2",
		  "releases: [\n  v1, # one\n  v2, # two\n  v3\n]\n",
		  "releases: [\n  v1, # one\n  # two\n  v3\n]\n" },
		{ REMOVE, "releases", "v2", "releases: [\n  v1,\n  v2\n]\n",
		  "releases: [\n  v1,\n]\n" },
		{ REMOVE, "releases", "v1", "releases: [\n  v1, v2\n]\n",
		  "releases: [\n  v2\n]\n" },
		{ REMOVE, "releases", "v1",
		  "releases: [\n    v1\n  , v2 # two\n]\n",
		  "releases: [\n    \n   v2 # two\n]\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_block_list_stays_one(void **state)
{
	static const struct row rows[] = {
		{ ADD, "labels", "b", "labels:\n- a\nurl: x\n",
		  "labels:\n- a\n- b\nurl: x\n" },
		{ ADD, "labels", "b",
		  "labels:\n  -   a # one\n  # - c\nurl: x\n",
		  "labels:\n  -   a # one\n  -   b\n  # - c\nurl: x\n" },
		{ ADD, "labels", "c", "labels:\n- a\n-\nurl: x\n",
		  "labels:\n- a\n-\n- c\nurl: x\n" },
		{ ADD, "labels", "c", "labels:\n- a\n- two\n  lines\n# x\n",
		  "labels:\n- a\n- two\n  lines\n- c\n# x\n" },
		{ ADD, "labels", "c", "labels:\n- |\n  two\n  lines\n\n# x\n",
		  "labels:\n- |\n  two\n  lines\n- c\n\n# x\n" },
		{ ADD, "labels", "- x", "labels:\n- {a: b}\n",
		  "labels:\n- {a: b}\n- \"- x\"\n" },
		{ REMOVE, "labels", "a",
		  "labels: # why\n  - a\n  # c\nurl: x\n",
		  "labels: [] # why\n  # c\nurl: x\n" },
		{ REMOVE, "labels", "a", "labels:\n  - a # one\n  - b # two\n",
		  "labels:\n  # one\n  - b # two\n" },
		{ REMOVE, "labels", "b", "labels:\n- a\n- b\n- c\n",
		  "labels:\n- a\n- c\n" },
		{ REMOVE, "labels", "two lines",
		  "labels:\n- a\n- two\n  lines\n- c\n",
		  "labels:\n- a\n- c\n" },
		{ REMOVE, "labels", "two\n", "labels:\n- a\n- | # why\n  two\n",
		  "labels:\n- a\n# why\n" },
		{ REMOVE, "labels", "a", "labels:\n- a\n- b\n- 'a' # again\n",
		  "labels:\n- b\n# again\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_scalar_becomes_a_list(void **state)
{
	static const struct row rows[] = {
		{ ADD, "authors", "Bo", "author: Ann # why\n",
		  "author: [Ann, Bo] # why\n" },
		{ ADD, "authors", "Bo", "author: 'Ann, Dr.'\n",
		  "author: ['Ann, Dr.', Bo]\n" },
		{ ADD, "authors", "Bo", "author: Ann, Dr.\n",
		  "author: [\"Ann, Dr.\", Bo]\n" },
		{ ADD, "authors", "Bo", "author: Ann\n  Lee\n",
		  "author: [Ann Lee, Bo]\n" },
		{ ADD, "releases", "v2", "release: 1.10\n",
		  "release: [1.10, v2]\n" },
		{ ADD, "authors", "Bo", "author: | # why\n  Ann\n",
		  "author: [\"Ann\\n\", Bo] # why\n" },
		{ ADD, "authors", "Bo", "author:\n", "author: [Bo]\n" },
		{ ADD, "authors", "Bo", "author: ~ # why\n",
		  "author: [Bo] # why\n" },
		{ REMOVE, "authors", "Ann", "author: Ann # why\n",
		  "author: [] # why\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void what_is_there_is_not_added(void **state)
{
	static const struct row rows[] = {
		{ ADD, "labels", "a", "tags: [a]\n", "tags: [a]\n" },
		{ ADD, "labels", "a", "labels: [b]\nkeywords: ['a']\n",
		  "labels: [b]\nkeywords: ['a']\n" },
		{ SET, "title", "a", "title: 'a'\n", "title: 'a'\n" },
		{ SET, "severity", "2", "severity: 2\n", "severity: 2\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void each_spelling_is_emptied(void **state)
{
	static const struct row rows[] = {
		{ REMOVE, "labels", "a",
		  "labels: [b]\ncategories:\n- a\nkeywords: a\n",
		  "labels: [b]\ncategories: []\nkeywords: []\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_missing_key_comes_at_its_place(void **state)
{
	static const struct row rows[] = {
		{ SET, "status", "draft",
		  "title: x\ndate: 2026-11-24 # d\nurl: u\n",
		  "title: x\ndate: 2026-11-24 # d\nstatus: draft\nurl: u\n" },
		{ SET, "title", "x", "# head\nurl: u\n",
		  "title: x\n# head\nurl: u\n" },
		{ SET, "title", "x", "", "title: x\n" },
		{ SET, "title", "x", "# only this\n",
		  "title: x\n# only this\n" },
		{ SET, "url", "u", "title: x\nother: y\n",
		  "title: x\nurl: u\nother: y\n" },
		{ ADD, "releases", "v1", "labels:\n- a # one\n# free\nurl: u\n",
		  "labels:\n- a # one\nreleases: [v1]\n# free\nurl: u\n" },
		{ ADD, "releases", "v1", "labels:\n- a\n  # - b\nurl: u\n",
		  "labels:\n- a\n  # - b\nreleases: [v1]\nurl: u\n" },
		{ ADD, "releases", "v1", "labels:\n  # none\nurl: u\n",
		  "labels:\n  # none\nreleases: [v1]\nurl: u\n" },
		{ ADD, "releases", "v1", "  title: |\n    x\n\n  url: u\n",
		  "  title: |\n    x\n  releases: [v1]\n\n  url: u\n" },
		{ SET, "status", "draft", "{title: x, url: u}\n",
		  "{title: x, status: draft, url: u}\n" },
		{ SET, "status", "draft", "{url: u}\n",
		  "{status: draft, url: u}\n" },
		{ SET, "status", "draft", "{}\n", "{status: draft}\n" },
		{ SET, "status", "draft", "{\n  title: x, # t\n  url: u\n}\n",
		  "{\n  title: x, # t\n  status: draft,\n  url: u\n}\n" },
		{ SET, "id", "a", "{\n  title: x\n}\n",
		  "{\n  id: a,\n  title: x\n}\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_key_in_a_map_is_made_with_it(void **state)
{
	static const struct row rows[] = {
		{ ADD, "commits.cause", "abc1", "title: x\n",
		  "title: x\ncommits:\n  cause: [abc1]\n" },
		{ ADD, "commits.fix", "abc1", "commits: # why\ntitle: x\n",
		  "commits: # why\n  fix: [abc1]\ntitle: x\n" },
		{ ADD, "commits.fix", "abc1", "commits: ~\n",
		  "commits: {fix: [abc1]}\n" },
		{ ADD, "commits.fix", "abc1", "commits: {}\n",
		  "commits: {fix: [abc1]}\n" },
		{ ADD, "commits.fix", "abc1",
		  "commits:\n    cause: [a]\n    other: b\n",
		  "commits:\n    cause: [a]\n    fix: [abc1]\n    other: b\n" },
		{ ADD, "commits.cause", "abc1",
		  "commits: # why\n  # c\n  fix: [a]\n",
		  "commits: # why\n  cause: [abc1]\n  # c\n  fix: [a]\n" },
		{ ADD, "commits.cause", "abc1", "commits: {fix: [a]}\n",
		  "commits: {cause: [abc1], fix: [a]}\n" },
		{ ADD, "commits.cause", "abc1",
		  "commits:\n  cause:\n    - a # one\n    # more\n  fix:\n    "
		  "- b\n",
		  "commits:\n  cause:\n    - a # one\n    - abc1\n    # more\n"
		  "  fix:\n    - b\n" },
		{ ADD, "commits.other", "abc1", "commits: [a]\n",
		  "commits: [a, abc1]\n" },
		{ ADD, "commits", "abc1", "commits: [a]\n",
		  "commits: [a, abc1]\n" },
		{ ADD, "commits", "abc1", "commits: {fix: a}\n",
		  "commits: {fix: a, other: [abc1]}\n" },
		{ REMOVE, "commits.cause", "abc1", "commits: {cause: [abc1]}\n",
		  "commits: {cause: []}\n" },
		{ SET, "environment.cuda", "12.4", "title: x\n",
		  "title: x\nenvironment:\n  cuda: \"12.4\"\n" },
		{ SET, "environment.cuda", "a",
		  "environment:\n  python: 3.11\nurl: u\n",
		  "environment:\n  python: 3.11\n  cuda: a\nurl: u\n" },
		{ ADD, "commits.cause", "abc1", "{title: x}\n",
		  "{title: x, commits: {cause: [abc1]}}\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_problem_is_edited_in_its_list(void **state)
{
	static const struct row rows[] = {
		/* made, with the list around it */
		{ ADD, "commits.P1.fix", "ab", "title: x\n",
		  "title: x\ncommits:\n  - pitfall: P1\n    fix: [ab]\n" },
		{ ADD, "commits.P1.guard", "t/a.c", "commits: # why\nurl: u\n",
		  "commits: # why\n  - pitfall: P1\n    guard: [t/a.c]\n"
		  "url: u\n" },
		{ ADD, "commits.P1.fix", "ab", "commits: []\n",
		  "commits: [{pitfall: P1, fix: [ab]}]\n" },
		{ ADD, "commits.P1.fix", "ab", "{title: x}\n",
		  "{title: x, commits: [{pitfall: P1, fix: [ab]}]}\n" },
		{ ADD, "commits.P1.fix", "ab", "commits: cd\n",
		  "commits: [cd, {pitfall: P1, fix: [ab]}]\n" },
		{ ADD, "commits.fix", "ab", "commits:\n- cd # c\n# d\nurl: u\n",
		  "commits:\n- cd # c\n- fix: [ab]\n# d\nurl: u\n" },
		/* behind the problem that there was */
		{ ADD, "commits.P2.cause", "ab",
		  "commits:\n  cause: # why\n    - cd # c\n\n  fix: [ef,\n"
		  "    gh]\n  # own\n# free\nurl: u\n",
		  "commits:\n  - cause: # why\n      - cd # c\n\n    fix: "
		  "[ef,\n      gh]\n    # own\n  - pitfall: P2\n    cause: "
		  "[ab]\n# free\nurl: u\n" },
		{ ADD, "commits.P2.cause", "ab", "commits: {fix: [cd]} # c\n",
		  "commits: [{fix: [cd]}, {pitfall: P2, cause: [ab]}] # c\n" },
		{ ADD, "commits.P2.cause", "ab",
		  "commits:\n  - pitfall: P1\n    fix: [cd] # c\n    # own\n"
		  "  # free\nurl: u\n",
		  "commits:\n  - pitfall: P1\n    fix: [cd] # c\n    # own\n"
		  "  - pitfall: P2\n    cause: [ab]\n  # free\nurl: u\n" },
		{ ADD, "commits.P2.cause", "ab",
		  "commits:\n-   pitfall: P1\n    fix: [cd]\n",
		  "commits:\n-   pitfall: P1\n    fix: [cd]\n-   pitfall: P2\n"
		  "    cause: [ab]\n" },
		/* in it */
		{ ADD, "commits.P2.fix", "ab",
		  "commits:\n  - pitfall: P1\n    fix: [cd]\n  - pitfall: P2\n"
		  "    fix:\n      - ef # e\n",
		  "commits:\n  - pitfall: P1\n    fix: [cd]\n  - pitfall: P2\n"
		  "    fix:\n      - ef # e\n      - ab\n" },
		{ ADD, "commits.p1.cause", "ab",
		  "commits:\n  - pitfall: P1 # p\n    fix: [cd]\n",
		  "commits:\n  - pitfall: P1 # p\n    cause: [ab]\n    fix: "
		  "[cd]\n" },
		{ ADD, "commits.P1.cause", "ab",
		  "commits:\n  - fix: [cd]\n    pitfall: P1\n",
		  "commits:\n  - fix: [cd]\n    pitfall: P1\n    cause: "
		  "[ab]\n" },
		{ ADD, "commits.cause", "ab",
		  "commits:\n  - fix: [cd]\n  - ef\n",
		  "commits:\n  - cause: [ab]\n    fix: [cd]\n  - ef\n" },
		{ ADD, "commits.2.backport", "ab",
		  "commits: [{fix: [cd]}, ef, {fix: [gh]}]\n",
		  "commits: [{fix: [cd]}, ef, {fix: [gh], backport: [ab]}]\n" },
		{ ADD, "commits.P1.guard", "*.t", "commits: {pitfall: P1}\n",
		  "commits: {pitfall: P1, guard: [\"*.t\"]}\n" },
		/* the only one, or the only one without a number */
		{ ADD, "commits.fix", "ab",
		  "commits: [{pitfall: P1, fix: [cd]}, ef]\n",
		  "commits: [{pitfall: P1, fix: [cd, ab]}, ef]\n" },
		{ ADD, "commits.fix", "ab",
		  "commits:\n- pitfall: P1\n  fix: [cd]\n- fix: [ef]\n",
		  "commits:\n- pitfall: P1\n  fix: [cd]\n- fix: [ef, ab]\n" },
		/* what stands in another problem does not stand in this one */
		{ ADD, "commits.P2.fix", "ab",
		  "commits: [{pitfall: P1, fix: [ab]}, {pitfall: P2}]\n",
		  "commits: [{pitfall: P1, fix: [ab]}, {pitfall: P2, fix: "
		  "[ab]}]\n" },
		{ ADD, "commits.P1.fix", "ab",
		  "commits: [{pitfall: P1, fix: [ab]}]\n",
		  "commits: [{pitfall: P1, fix: [ab]}]\n" },
		/* other commits stand in the list */
		{ ADD, "commits.other", "ab", "commits:\n  - fix: [cd]\n",
		  "commits:\n  - fix: [cd]\n  - ab\n" },
		/* from wherever it stands */
		{ REMOVE, "commits.fix", "ab",
		  "commits: [{fix: [ab]}, {pitfall: P1, fix: [cd, ab]}]\n",
		  "commits: [{fix: []}, {pitfall: P1, fix: [cd]}]\n" },
		{ REMOVE, "commits.P1.fix", "ab",
		  "commits: [{fix: [ab]}, {pitfall: P1, fix: [cd, ab]}]\n",
		  "commits: [{fix: [ab]}, {pitfall: P1, fix: [cd]}]\n" },
		{ REMOVE, "commits.other", "ab",
		  "commits:\n  - ab\n  - fix: [cd]\n    other: [ab]\n",
		  "commits:\n  - fix: [cd]\n    other: []\n" },
		{ REMOVE, "commits.guard", "t/",
		  "commits:\n  - pitfall: P1\n    guard:\n      - t/\n      - "
		  "u\n",
		  "commits:\n  - pitfall: P1\n    guard:\n      - u\n" },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows));
}

static void a_commit_is_replaced_in_every_problem(void **state)
{
	const char *text = "---\ncommits:\n  - fix: [ab] # one\n"
			   "  - pitfall: P1\n    fix: [cd, ab, ef]\n"
			   "  - ab\n---\n";
	struct buf out = BUF_INIT;
	const struct retro *retro = read_text(text);

	(void)state;
	assert_null(
		edit_replace(&out, &arena, retro, "commits.fix", "ab", "ef"));
	assert_string_equal(out.p, "---\ncommits:\n  - fix: [ef] # one\n"
				   "  - pitfall: P1\n    fix: [cd, ef]\n"
				   "  - ab\n---\n");
	buf_release(&out);
}

static void a_file_without_front_matter_gets_one(void **state)
{
	(void)state;
	assert_string_equal(edited(SET, "# Text\n", "title", "x"),
			    "---\ntitle: x\n---\n# Text\n");
	assert_string_equal(edited(ADD, "", "commits.fix", "ab"),
			    "---\ncommits:\n  fix: [ab]\n---\n");
	assert_string_equal(edited(SET, "\xEF\xBB\xBF# T\r\n", "title", "x"),
			    "\xEF\xBB\xBF---\r\ntitle: x\r\n---\r\n# T\r\n");
}

static void a_mark_of_the_file_stays(void **state)
{
	(void)state;
	assert_string_equal(
		edited(SET, "\xEF\xBB\xBF--- \r\ntitle: x\r\n...\t\r\nBody",
		       "title", "New"),
		"\xEF\xBB\xBF--- \r\ntitle: New\r\n...\t\r\nBody");
}

static void hostile_values_read_back(void **state)
{
	static const char *const values[] = {
		"a: b",
		"@x",
		"# c",
		"a #c",
		"\"",
		"'",
		"a\nb",
		"标签",
		"🚀",
		" lead",
		"trail ",
		"---",
		"...",
		"- x",
		"[",
		"]",
		"{",
		"}",
		"*a",
		"&a",
		"!t",
		"%",
		"|",
		">",
		"yes",
		"null",
		"~",
		"1.10",
		"\t",
		"\\",
		"a\302\205b",
		"\xE2\x80\xA8",
		"\xEF\xBB\xBF",
		"?",
		"? a",
		":",
		"a:",
		",",
		"a,b",
		"`",
		"0x1f",
		"2026-11-24",
		"\x1b[31m",
		"\xF0\x9F\xBF\xBE",
		"=",
		"<<",
		"\r",
		"a\r\nb",
	};
	static const char *const files[] = {
		"---\nlabels: [x]\n---\n",
		"---\nlabels:\n- x\n---\n",
		"---\r\nlabels: x\r\n---\r\n",
		"---\n{labels: [x]}\n---\n",
		"---\ntitle: x\n---\n",
		"---\n---\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		for (size_t j = 0; j < ARRAY_SIZE(files); j++) {
			const char *v = values[i];
			const char *text = edited(ADD, files[j], "labels", v);

			assert_true(strs_has(&read_text(text)->labels, v));
			text = edited(REMOVE, text, "labels", v);
			assert_false(strs_has(&read_text(text)->labels, v));
			text = edited(SET, files[j], "summary", v);
			assert_string_equal(read_text(text)->summary, v);
		}
	}
}

static void wrong_use_says_so(void **state)
{
	static const struct {
		enum op op;
		const char *key, *value, *says;
	} rows[] = {
		{ SET, "titel", "x", "unknown field 'titel'" },
		{ SET, "commits.", "x", "unknown field" },
		{ SET, "labels", "x", "is a list" },
		{ SET, "commits.fix", "x", "is a list" },
		{ ADD, "title", "x", "single value" },
		{ ADD, "commits.blame", "x", "not a list of commits" },
		{ ADD, "commits.pitfall", "x", "not a list of commits" },
		{ ADD, "commits.P1", "x", "not a list of commits" },
		{ ADD, "labels", "", "cannot be empty" },
		{ ADD, "metrics", "x", "list of maps" },
		{ SET, "environment", "x", "is a map" },
		{ SET, "title.x", "x", "no parts" },
		{ SET, "status", "so-so", "cannot be 'so-so'" },
		{ SET, "date", "soon", "cannot be" },
		{ SET, "started", "soon", "cannot be" },
		{ SET, "severity", "9", "cannot be" },
		{ SET, "kind", "odd", "cannot be" },
		{ SET, "title", "\xFF", "not valid UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *text =
			refused(ERR_USAGE, rows[i].op, "---\ntitle: x\n---\n",
				rows[i].key, rows[i].value);

		if (!strstr(text, rows[i].says))
			fail_msg("%s: %s", rows[i].key, text);
	}
	refused(ERR_NOT_FOUND, REMOVE, "---\nlabels: [b]\n---\n", "labels",
		"a");
	refused(ERR_NOT_FOUND, REMOVE, "no front matter\n", "labels", "a");
	refused(ERR_USAGE, ADD,
		"---\ncommits: [{pitfall: P1}, {pitfall: P2}]\n---\n",
		"commits.fix", "a");
	refused(ERR_NOT_FOUND, ADD, "---\ncommits: {fix: [b]}\n---\n",
		"commits.2.fix", "a");
	refused(ERR_NOT_FOUND, REMOVE,
		"---\ncommits: [{pitfall: P1, fix: [a]}]\n---\n",
		"commits.P2.fix", "a");
}

/* What stands in the way is named, with its line. */
static void what_is_unsure_is_refused(void **state)
{
	static const struct {
		enum op op;
		const char *key, *value, *front, *says;
	} rows[] = {
		{ SET, "title", "y", "title: x\ntitle: z\n",
		  "x.md:3: cannot change 'title'" },
		{ SET, "title", "y", "title: &a x\nurl: *a\n", "an anchor" },
		{ SET, "url", "y", "title: &a x\nurl: *a\n", "an alias" },
		{ SET, "title", "y", "title: !!str x\n", "a tag" },
		{ ADD, "labels", "y", "paths: &a\n- x\ntags: *a\n",
		  "an alias" },
		{ ADD, "commits.fix", "y",
		  "commits: &c {fix: [x]}\nenvironment: *c\n",
		  "change its meaning" },
		{ REMOVE, "labels", "x", "labels:\n- &a x\nurl: *a\n",
		  "unreadable" },
		{ SET, "title", "y", "? title\n: x\n", "'key: value'" },
		{ SET, "title", "y", "title: [x]\n", "a list there" },
		{ SET, "title", "y", "title: {x: y}\n", "a map there" },
		{ ADD, "labels", "y", "labels: {x: y}\n", "a map there" },
		{ SET, "title", "y", "title: a: b\n", "in the middle" },
		{ ADD, "commits.P2.fix", "y",
		  "commits: &c {fix: [x]}\nenvironment: *c\n", "an anchor" },
		{ SET, "environment.cuda", "y", "environment: x\n", "no map" },
		{ ADD, "labels", "y", "labels:\n- # c\n  x\n", "unusual" },
		{ ADD, "labels", "y", "labels:\n- |+\n  a\n\n", "meaning" },
		{ SET, "title", NULL, "title: x\n标题: y\n", "another line" },
		{ SET, "title", "y", "- a\n", "no keys" },
		{ SET, "title", "y", "just text\n", "no keys" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *text = refused(ERR_UNSUPPORTED, rows[i].op,
					   file_of(rows[i].front, "\n"),
					   rows[i].key, rows[i].value);

		if (!strstr(text, rows[i].says))
			fail_msg("%s: %s", rows[i].front, text);
	}
	refused(ERR_UNSUPPORTED, SET, "---\ntitle: x\n", "title", "y");
	refused(ERR_UNSUPPORTED, SET, "+++\ntitle = 1\n+++\n", "title", "y");
}

/* --- actions --- */

static struct retro *read_whole(const char *text)
{
	struct retro *retro = read_text(text);

	body_read(retro, &arena, &diags, NULL);
	return retro;
}

struct action_row {
	enum action_state state;
	const char *mark, *before, *after;
};

static const char *acted(const char *text, enum action_state state,
			 const char *mark)
{
	struct buf out = BUF_INIT;
	struct err *err =
		edit_action(&out, &arena, read_whole(text), "A1", state, mark);
	const char *result;

	if (err)
		fail_msg("%s\n%s", err->text, text);
	result = arena_strdup(&arena, out.p);
	buf_release(&out);
	return result;
}

static const char *body_of(const char *items, const char *eol)
{
	static const char format[] = "---\ntitle: x\n---\n\n## Actions\n\n%s\n"
				     "- [ ] A2: Other @bo\n\n## After\n";
	const char *text = arena_printf(&arena, format, items);
	struct buf b = BUF_INIT;

	for (; *text; text++)
		if (*text == '\n')
			buf_addstr(&b, eol);
		else
			buf_addch(&b, *text);
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

static void an_action_changes_where_it_stands(void **state)
{
	static const struct action_row rows[] = {
		{ ACTION_DONE, "3f2c91b0d4", "- [ ] A1: Do @ann",
		  "- [x] A1: Do @ann done:3f2c91b0d4" },
		{ ACTION_DONE, "2026-11-24", "* [ ] a1: Do  ",
		  "* [x] a1: Do done:2026-11-24  " },
		{ ACTION_DONE, NULL, "- [ ] A1: Do", "- [x] A1: Do" },
		{ ACTION_DECLINED, "no *time* (yet)", "- [ ] A1: Do",
		  "- [-] A1: Do (declined: no \\*time\\* (yet))" },
		{ ACTION_DECLINED, "two\nlines", "- [x] A1: Do done:2026-11-24",
		  "- [-] A1: Do (declined: two lines)" },
		{ ACTION_OPEN, NULL, "- [X] A1: Do done:abcd @ann",
		  "- [ ] A1: Do @ann" },
		{ ACTION_OPEN, NULL,
		  "- [-] A1: Do （declined：没有 (a) 时间） it",
		  "- [ ] A1: Do it" },
		{ ACTION_OPEN, NULL, "- [x] A1: `done:abcd` done:abcd",
		  "- [ ] A1: `done:abcd`" },
		{ ACTION_OPEN, NULL, "- [x] A1: done:soon done:abcd",
		  "- [ ] A1: done:soon" },
		{ ACTION_DONE, "abcd", "- [-] A1: Do (declined: a [b](c) d)",
		  "- [x] A1: Do done:abcd" },
		/* wrapped, with something behind it */
		{ ACTION_DONE, "abcd",
		  "- [ ] A1: Do\n  this\n\n  More.\n  - [ ] x",
		  "- [x] A1: Do\n  this done:abcd\n\n  More.\n  - [ ] x" },
		{ ACTION_DONE, "abcd", "- [ ] A1: Do\nlazily",
		  "- [x] A1: Do\nlazily done:abcd" },
		{ ACTION_OPEN, NULL, "- [x] A1: Do\n  done:abcd\n  - [ ] x",
		  "- [ ] A1: Do\n  - [ ] x" },
		{ ACTION_OPEN, NULL, "- [x] A1: Do\n  done:abcd this",
		  "- [ ] A1: Do\n  this" },
		{ ACTION_OPEN, NULL, "- [-] A1: Do (declined: on\n  two) this",
		  "- [ ] A1: Do this" },
		/* the ends of lines that mean something */
		{ ACTION_DONE, "abcd", "- [ ] A1: Do \\",
		  "- [x] A1: Do \\ done:abcd" },
		{ ACTION_DONE, "abcd", "- [ ] A1: Do <!-- how? -->",
		  "- [x] A1: Do <!-- how? --> done:abcd" },
		{ ACTION_DONE, "abcd", "- [ ] A1: Do `this` [x](y)",
		  "- [x] A1: Do `this` [x](y) done:abcd" },
		/* a template's prompts */
		{ ACTION_DONE, "abcd", "- [ ] A1: Do @ann due:",
		  "- [x] A1: Do @ann done:abcd due:" },
		{ ACTION_DONE, "abcd",
		  "- [ ] A1: Do done:", "- [x] A1: Do done:abcd" },
		{ ACTION_DECLINED, "no",
		  "- [ ] A1: Do done:", "- [-] A1: Do (declined: no)" },
		{ ACTION_OPEN, NULL, "-\t[x]\tA1: Do\tdone:abcd",
		  "-\t[ ]\tA1: Do" },
		/* a reference definition would make a link of it */
		{ ACTION_DONE, "abcd", "- [ ] A1: Do\n\n[x]: u\n",
		  "- [x] A1: Do done:abcd\n\n[x]: u\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct action_row *row = &rows[i];

		assert_string_equal(acted(body_of(row->before, "\n"),
					  row->state, row->mark),
				    body_of(row->after, "\n"));
		assert_string_equal(acted(body_of(row->before, "\r\n"),
					  row->state, row->mark),
				    body_of(row->after, "\r\n"));
	}
}

static const char *not_acted(enum err_code code, const char *item,
			     const char *id, enum action_state state,
			     const char *mark)
{
	struct buf out = BUF_INIT;
	struct err *err = edit_action(
		&out, &arena, read_whole(body_of(item, "\n")), id, state, mark);
	const char *text;

	if (!err)
		fail_msg("%s was not refused: %s", item, out.p);
	assert_int_equal(out.n, 0);
	assert_int_equal(err->code, code);
	text = arena_printf(&arena, "%s (%s)", err->text, err->hint);
	err_free(err);
	return text;
}

static void an_action_is_left_alone_for_a_reason(void **state)
{
	(void)state;
	assert_string_equal(not_acted(ERR_NOT_FOUND, "- [ ] A1: Do", "A7",
				      ACTION_DONE, NULL),
			    "retros/x.md: there is no action 'A7' (it has: "
			    "A1, A2)");
	not_acted(ERR_EXISTS, "- [ ] A1: Do", "A1", ACTION_OPEN, NULL);
	not_acted(ERR_EXISTS, "- [x] A1: Do", "A1", ACTION_DONE, "abcd");
	not_acted(ERR_USAGE, "- [ ] A1: Do", "A1", ACTION_DONE, "soon");
	not_acted(ERR_USAGE, "- [ ] A1: Do", "A1", ACTION_DONE, "abcd efgh");
	not_acted(ERR_USAGE, "- [ ] A1: Do", "A1", ACTION_DECLINED, "no) x");
	not_acted(ERR_USAGE, "- [ ] A1: Do", "A1", ACTION_DECLINED, "(no");
	not_acted(ERR_UNSUPPORTED, "- [ ] A1: a\n- [ ] A1: b", "A1",
		  ACTION_DONE, NULL);
	not_acted(ERR_UNSUPPORTED, "- [x] A1: a done:*abcd*", "A1", ACTION_OPEN,
		  NULL);
	/* an escape would be left behind */
	not_acted(ERR_UNSUPPORTED, "- [-] A1: a \\(declined: b\\)", "A1",
		  ACTION_OPEN, NULL);
}

static const char *with_action(const char *text, const char *want_id)
{
	struct buf out = BUF_INIT;
	const char *id, *result;
	struct err *err = edit_action_add(&out, &id, &arena, read_whole(text),
					  "Actions", "New @ann");

	if (err)
		fail_msg("%s\n%s", err->text, text);
	assert_string_equal(id, want_id);
	result = arena_strdup(&arena, out.p);
	buf_release(&out);
	return result;
}

static void an_action_is_added_behind_the_others(void **state)
{
	static const struct {
		const char *id, *before, *after;
	} rows[] = {
		{ "A8", "## Actions\n\n* [ ] A7: a\n  more\n\n\n## After\n",
		  "## Actions\n\n* [ ] A7: a\n  more\n* [ ] A8: New @ann\n\n\n"
		  "## After\n" },
		{ "A2", "# Actions\n1. [ ] A1: a\n\n   b\n\n1. c\n\nText.\n",
		  "# Actions\n1. [ ] A1: a\n\n   b\n\n1. c\n\n"
		  "2. [ ] A2: New @ann\n\nText.\n" },
		{ "A1", "## Actions\n\n<!-- one a line -->\n\n## After\n",
		  "## Actions\n\n<!-- one a line -->\n\n- [ ] A1: New @ann\n\n"
		  "## After\n" },
		{ "A1", "## Actions\n## After\n",
		  "## Actions\n\n- [ ] A1: New @ann\n\n## After\n" },
		{ "A1", "Actions\n-------\nText\n\n\nAfter\n---\n",
		  "Actions\n-------\nText\n\n- [ ] A1: New @ann\n\n\nAfter\n"
		  "---\n" },
		{ "A1", "## Actions", "## Actions\n\n- [ ] A1: New @ann" },
		{ "A1", "## Actions\n\n- a\n- b",
		  "## Actions\n\n- a\n- b\n- [ ] A1: New @ann" },
		{ "A2", "## Actions\n\n### Soon\n- [ ] A1: a\n\n### Later\n",
		  "## Actions\n\n### Soon\n- [ ] A1: a\n- [ ] A2: New @ann\n\n"
		  "### Later\n" },
		{ "A1", "# T\n\n## Summary\n\nText",
		  "# T\n\n## Summary\n\nText\n\n## Actions\n\n"
		  "- [ ] A1: New @ann\n" },
		{ "A1", "# Summary\n\n# Impact\n\n\n",
		  "# Summary\n\n# Impact\n\n# Actions\n\n- [ ] A1: New @ann\n"
		  "\n\n" },
		{ "A1", "", "\n\n## Actions\n\n- [ ] A1: New @ann\n" },
		{ "A2", "## Actions\n\n- [ ] A1: a\n<!-- b -->\n- [ ] c\n",
		  "## Actions\n\n- [ ] A1: a\n<!-- b -->\n- [ ] c\n"
		  "- [ ] A2: New @ann\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(with_action(rows[i].before, rows[i].id),
				    rows[i].after);
	assert_string_equal(with_action("---\r\n---\r\n# Actions\r\n", "A1"),
			    "---\r\n---\r\n# Actions\r\n\r\n"
			    "- [ ] A1: New @ann\r\n");
	assert_string_equal(with_action("---\ntitle: x\n---", "A1"),
			    "---\ntitle: x\n---\n\n## Actions\n\n"
			    "- [ ] A1: New @ann\n");
}

static void an_action_is_not_added_where_it_would_vanish(void **state)
{
	static const struct {
		enum err_code code;
		const char *heading, *body, *text;
	} rows[] = {
		{ ERR_UNSUPPORTED, "Actions", "Text\n\n```\ncode\n", "New" },
		{ ERR_UNSUPPORTED, "Actions", "## Actions\n\n<!-- open\n",
		  "New" },
		{ ERR_UNSUPPORTED, "Actions", "## Actions\n- [ ] A999999: a\n",
		  "New" },
		{ ERR_UNSUPPORTED, "Actions", "---\nno end\n", "New" },
		{ ERR_USAGE, "Actions", "Text\n", " \n" },
		{ ERR_USAGE, "Weather", "Text\n", "New" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct buf out = BUF_INIT;
		const char *id;
		struct err *err = edit_action_add(
			&out, &id, &arena, read_whole(rows[i].body),
			rows[i].heading, rows[i].text);

		assert_non_null(err);
		assert_int_equal(err->code, rows[i].code);
		assert_int_equal(out.n, 0);
		err_free(err);
	}
}

/* The names that a team gives its sections hold when it is read again. */
static void a_teams_own_heading_is_known_again(void **state)
{
	struct policy policy = { 0 };
	struct retro *retro = read_text("## Chores\n\n- [ ] A1: a\n");
	struct buf out = BUF_INIT;
	const char *id;

	(void)state;
	vec_push(&arena, &policy.sections,
		 (struct section_alias){ SECTION_ACTIONS, "Chores" });
	body_read(retro, &arena, &diags, &policy);
	assert_null(edit_action(&out, &arena, retro, "A1", ACTION_DONE, NULL));
	assert_string_equal(out.p, "## Chores\n\n- [x] A1: a\n");
	buf_reset(&out);
	assert_null(edit_action_add(&out, &id, &arena, retro, "Chores", "b"));
	assert_string_equal(out.p, "## Chores\n\n- [ ] A1: a\n- [ ] A2: b\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
		TEST(a_scalar_changes_where_it_stands),
		TEST(a_value_goes_and_the_key_stays),
		TEST(a_flow_list_stays_one),
		TEST(a_block_list_stays_one),
		TEST(a_scalar_becomes_a_list),
		TEST(what_is_there_is_not_added),
		TEST(each_spelling_is_emptied),
		TEST(a_missing_key_comes_at_its_place),
		TEST(a_key_in_a_map_is_made_with_it),
		TEST(a_problem_is_edited_in_its_list),
		TEST(a_commit_is_replaced_in_every_problem),
		TEST(a_file_without_front_matter_gets_one),
		TEST(a_mark_of_the_file_stays),
		TEST(hostile_values_read_back),
		TEST(wrong_use_says_so),
		TEST(what_is_unsure_is_refused),
		TEST(an_action_changes_where_it_stands),
		TEST(an_action_is_left_alone_for_a_reason),
		TEST(an_action_is_added_behind_the_others),
		TEST(an_action_is_not_added_where_it_would_vanish),
		TEST(a_teams_own_heading_is_known_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
