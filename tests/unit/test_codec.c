/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "index/codec.h"
#include "model/body.h"
#include "model/field.h"
#include "model/read.h"

static const char text[] = "---\n"
			   "id: 2026-01-01-x\n"
			   "title: \"A: b\"\n"
			   "date: 2026-01-01\n"
			   "status: final\n"
			   "kind: incident\n"
			   "severity: 2\n"
			   "authors: [Ann <ann@example.com>, Bo]\n"
			   "owner: Cy\n"
			   "labels: [drift, 数据]\n"
			   "releases: [v1.0, v1.1]\n"
			   "branches: [release/1]\n"
			   "range: v0..v1\n"
			   "commits:\n"
			   "  cause: [abc1234]\n"
			   "  fix: [def5678, 0123456]\n"
			   "  other: [fedcba9]\n"
			   "paths: [\"src/**\"]\n"
			   "related: [r]\n"
			   "supersedes: [s]\n"
			   "superseded-by: t\n"
			   "seen-before: [u, v]\n"
			   "started: 2026-01-01T10:00:00+08:00\n"
			   "resolved: 2026-01-01T11:30:00Z\n"
			   "url: https://example.com\n"
			   "summary: Short.\n"
			   "---\n"
			   "# A\n"
			   "## Pitfalls\n"
			   "- One `src/a.c` and `b.md`\n"
			   "- 二\n"
			   "## Actions\n"
			   "- [ ] A1: Pin it @ann due:2026-12-01 !high\n"
			   "- [x] A2: Look @bo done:3f2c91b0d4\n"
			   "- [-] A3: No (declined: why)\n";

static struct retro *read_whole(const char *path, const char *bytes)
{
	struct retro *retro =
		read_retro(&arena, &diags, path, bytes, strlen(bytes));

	body_read(retro, &arena, &diags, NULL);
	return retro;
}

static void same_list(const struct strs *one, const struct strs *other)
{
	assert_int_equal(one->nr, other->nr);
	for (size_t i = 0; i < one->nr; i++)
		assert_string_equal(one->at[i], other->at[i]);
}

static void same_text(const char *one, const char *other)
{
	if (one && other)
		assert_string_equal(one, other);
	else
		assert_ptr_equal(one, other);
}

static void same_body(const struct body *one, const struct body *other)
{
	assert_int_equal(one->sections.nr, other->sections.nr);
	for (size_t i = 0; i < one->sections.nr; i++) {
		assert_int_equal(one->sections.at[i].key,
				 other->sections.at[i].key);
		assert_int_equal(one->sections.at[i].line,
				 other->sections.at[i].line);
	}
	assert_int_equal(one->pitfalls.nr, other->pitfalls.nr);
	for (size_t i = 0; i < one->pitfalls.nr; i++) {
		const struct pitfall *a = &one->pitfalls.at[i];
		const struct pitfall *b = &other->pitfalls.at[i];

		same_text(a->id, b->id);
		assert_string_equal(a->text, b->text);
		assert_int_equal(a->line, b->line);
		same_list(&a->paths, &b->paths);
	}
	assert_int_equal(one->actions.nr, other->actions.nr);
	for (size_t i = 0; i < one->actions.nr; i++) {
		const struct action *a = &one->actions.at[i];
		const struct action *b = &other->actions.at[i];

		assert_int_equal(a->state, b->state);
		same_text(a->id, b->id);
		assert_string_equal(a->text, b->text);
		same_text(a->owner, b->owner);
		assert_int_equal(a->due, b->due);
		same_text(a->priority, b->priority);
		same_text(a->done, b->done);
		same_text(a->reason, b->reason);
		assert_int_equal(a->line, b->line);
		assert_int_equal(a->box_at, b->box_at);
	}
}

/* Whatever the table of fields says, but for the maps. */
static void same_fields(const struct retro *one, const struct retro *other)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		if (field->type != FIELD_MAP && field->type != FIELD_METRICS)
			assert_string_equal(field_text(&arena, field, one),
					    field_text(&arena, field, other));
	}
	assert_int_equal(one->problems.nr, other->problems.nr);
	same_list(&one->commits.cause, &other->commits.cause);
	same_list(&one->commits.backport, &other->commits.backport);
	assert_int_equal(one->has_id, other->has_id);
	assert_int_equal(one->front.body, other->front.body);
	assert_string_equal(one->path, other->path);
}

static void check(const char *path, const char *bytes)
{
	const struct retro *whole = read_whole(path, bytes);
	const struct retro *read;
	const struct body *read_body;
	struct buf facts = BUF_INIT, body = BUF_INIT;

	assert_int_equal(diags.nr, 0);
	codec_write(&facts, read_whole("", bytes));
	codec_write_body(&body, whole->body);
	read = codec_read(&arena, path, facts.p, facts.n);
	read_body = codec_read_body(&arena, body.p, body.n);
	assert_non_null(read);
	assert_non_null(read_body);
	same_fields(whole, read);
	same_body(whole->body, read_body);
	buf_release(&facts);
	buf_release(&body);
}

static void every_field_comes_back(void **state)
{
	(void)state;
	check("retros/other.md", text);
	check("retros/problems.md",
	      "---\nid: a\ncommits:\n  - pitfall: P2\n    cause: [abc1234]\n"
	      "    fix: [def5678]\n    backport: [0123456]\n"
	      "    guard: [tests/, \"*.t\"]\n  - cause: [abc1234, 1111111]\n"
	      "  - fedcba9\n---\n## Pitfalls\n- P2: Two\n- One\n");
	check("retros/2026-01-02-plain.md", "# A heading\n\ntext\n");
	check("retros/2026-01-02-plain.md", "text\n");
	check("retros/x.md", "");
	check("retros/x.md", "---\nid: \"\"\ntitle: \"\"\n---\n");
}

static void what_is_cut_is_no_facts(void **state)
{
	struct buf facts = BUF_INIT;

	(void)state;
	codec_write(&facts, read_whole("", text));
	for (size_t n = 0; n < facts.n; n++)
		assert_null(codec_read(&arena, "x",
				       arena_strndup(&arena, facts.p, n), n));
	buf_reset(&facts);
	codec_write_body(&facts, read_whole("", text)->body);
	for (size_t n = 0; n < facts.n; n++)
		assert_null(codec_read_body(
			&arena, arena_strndup(&arena, facts.p, n), n));
	buf_release(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_field_comes_back, set_up),
		cmocka_unit_test_setup_teardown(what_is_cut_is_no_facts, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
