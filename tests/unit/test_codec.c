/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "index/codec.h"
#include "model/body.h"
#include "model/field.h"
#include "model/read.h"

/* What a field of each type can be; of some, one that it must be. */
static const char *field_value(const struct field *field)
{
	static const struct {
		const char *key, *value;
	} own[] = {
		{ "range", "v0..v1" },
		{ "superseded-by", "t" },
		{ "url", "https://example.com" },
		{ "archive_url", "https://example.com/a" },
		{ "retired", "[P9]" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(own); i++)
		if (!strcmp(own[i].key, field->key))
			return own[i].value;
	switch (field->type) {
	case FIELD_STRING:
		return arena_printf(&arena, "\"A: %s\"", field->key);
	case FIELD_DATE:
		return "2026-01-01";
	case FIELD_STATUS:
		return "final";
	case FIELD_KIND:
		return "incident";
	case FIELD_SEVERITY:
		return "P1";
	case FIELD_LIST:
		return arena_printf(&arena, "[%s, 数据]", field->key);
	case FIELD_TIME:
		return "2026-01-01T10:00:00+08:00";
	case FIELD_COMMITS:
		return "{cause: [abc1234], fix: [def5678, 0123456],"
		       " other: [fedcba9]}";
	case FIELD_METRICS:
		return "[{name: p99, before: 120, after: 80, unit: ms,"
		       " better: lower}]";
	case FIELD_MAP:
		return "{cuda: \"12.1\", os: [a, {b: c}]}";
	case FIELD_ROWS:
		return "[{feature: age, statistic: PSI, value: 0.3}]";
	}
	return NULL;
}

/* Every field of the table, and what a body can have. */
static const char *text_of_all(void)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_addstr(&b, "---\n");
	for (size_t i = 0; i < field_count; i++)
		buf_addf(&b, "%s: %s\n", field_table[i].key,
			 field_value(&field_table[i]));
	buf_addstr(&b, "own-key: [1, 2]\n---\n"
		       "# A\n"
		       "## Pitfalls\n"
		       "- One `src/a.c` and `b.md`\n"
		       "- 二\n"
		       "## Actions\n"
		       "- [ ] A1: Pin it @ann due:2026-12-01 !high\n"
		       "- [x] A2: Look @bo done:3f2c91b0d4\n"
		       "- [-] A3: No (declined: why)\n"
		       "## Kickoff: actions\n"
		       "- [ ] A4: Agree\n");
	text = arena_strdup(&arena, b.p);
	buf_release(&b);
	return text;
}

static struct retro *read_whole(struct diags *problems, const char *path,
				const char *bytes)
{
	struct retro *retro =
		read_retro(&arena, problems, path, bytes, strlen(bytes));

	body_read(retro, &arena, problems, NULL);
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
		assert_int_equal(a->kickoff, b->kickoff);
	}
}

/* Whatever the table of fields says. */
static void same_fields(const struct retro *one, const struct retro *other)
{
	for (size_t i = 0; i < field_count; i++)
		assert_string_equal(field_text(&arena, &field_table[i], one),
				    field_text(&arena, &field_table[i], other));
	same_text(one->severity_text, other->severity_text);
	assert_int_equal(one->problems.nr, other->problems.nr);
	same_list(&one->commits.cause, &other->commits.cause);
	same_list(&one->commits.backport, &other->commits.backport);
	assert_int_equal(one->has_id, other->has_id);
	assert_int_equal(one->front.body, other->front.body);
	assert_string_equal(one->path, other->path);
	assert_int_equal(one->extras.nr, other->extras.nr);
	for (size_t i = 0; i < one->extras.nr; i++)
		assert_string_equal(one->extras.at[i].key,
				    other->extras.at[i].key);
}

static void same_problems(const struct diags *one, const struct diags *other)
{
	assert_int_equal(one->nr, other->nr);
	for (size_t i = 0; i < one->nr; i++) {
		const struct diag *a = &one->at[i], *b = &other->at[i];

		assert_string_equal(a->path, b->path);
		assert_string_equal(a->rule, b->rule);
		assert_string_equal(a->text, b->text);
		same_text(a->hint, b->hint);
		assert_int_equal(a->level, b->level);
		assert_memory_equal(&a->pos, &b->pos, sizeof(a->pos));
		assert_int_equal(a->fix != NULL, b->fix != NULL);
		if (a->fix)
			assert_string_equal(a->fix->text, b->fix->text);
	}
}

static void check(const char *path, const char *bytes)
{
	struct diags whole_diags = { .arena = &arena };
	struct diags read_diags = { .arena = &arena };
	struct diags bare_diags = { .arena = &arena };
	const struct retro *whole = read_whole(&whole_diags, path, bytes);
	const struct retro *read;
	struct buf facts = BUF_INIT;

	read = read_whole(&bare_diags, "", bytes);
	codec_write(&facts, read, &bare_diags);
	read = codec_read(&arena, &read_diags, path, facts.p, facts.n);
	assert_non_null(read);
	same_fields(whole, read);
	same_body(whole->body, read->body);
	same_problems(&whole_diags, &read_diags);
	buf_release(&facts);
}

static void every_field_comes_back(void **state)
{
	(void)state;
	check("retros/other.md", text_of_all());
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

/* A field that the bytes do not have would be equal in both, so each is set. */
static void the_text_sets_every_field(void **state)
{
	const struct retro *retro = read_whole(&diags, "x.md", text_of_all());

	(void)state;
	assert_int_equal(diags.nr, 0);
	for (size_t i = 0; i < field_count; i++)
		if (!*field_text(&arena, &field_table[i], retro))
			fail_msg("'%s' is not in it", field_table[i].key);
	assert_int_equal(retro->extras.nr, 1);
}

static void problems_come_back(void **state)
{
	(void)state;
	check("x.md", "---\nid: [a]\ndate: soon\nseverity: 9\nstarted: x\n"
		      "started: y\nstatus: fina\nmetrics: 3\n---\n"
		      "## Actions\n- [ ] A1: x due:never\n- [ ] A1: y\n");
	check("x.md", "---\na: [\n---\ntext\n");
	check("x.md", "---\nno end\n");
	check("x.md", "---\nid: x\n---\n\xff\n");
}

static void what_is_cut_is_no_facts(void **state)
{
	struct buf facts = BUF_INIT;
	struct diags none = { .arena = &arena };

	(void)state;
	codec_write(&facts, read_whole(&none, "", text_of_all()), &none);
	for (size_t n = 0; n < facts.n; n++)
		assert_null(codec_read(&arena, &diags, "x",
				       arena_strndup(&arena, facts.p, n), n));
	assert_int_equal(diags.nr, 0);
	buf_release(&facts);
}

/* The facts of a text with `product: x`, with `field` after it. NULL or read. */
static struct retro *read_with(const char *field, size_t n)
{
	struct diags none = { .arena = &arena };
	struct buf facts = BUF_INIT, more = BUF_INIT;
	const char product[] = { 35, 2, 'x', '\0' };
	struct retro *retro;
	const char *at;
	size_t before;

	codec_write(&facts, read_whole(&none, "", "---\nproduct: x\n---\n"),
		    &none);
	at = memmem(facts.p, facts.n, product, sizeof(product));
	assert_non_null(at);
	before = (size_t)(at - facts.p) + sizeof(product);
	buf_add(&more, facts.p, before);
	buf_add(&more, field, n);
	buf_add(&more, facts.p + before, facts.n - before);
	retro = codec_read(&arena, &diags, "x",
			   arena_strndup(&arena, more.p, more.n), more.n);
	buf_release(&facts);
	buf_release(&more);
	return retro;
}

static void a_field_is_told_once_and_by_its_number(void **state)
{
	const char twice[] = { 35, 2, 'y', '\0' };
	const char unknown[] = { 0x7f, 2, 'y', '\0' };
	const struct retro *retro = read_with("", 0);

	(void)state;
	assert_non_null(retro);
	assert_string_equal(retro->product, "x");
	assert_null(read_with(twice, sizeof(twice)));
	assert_null(read_with(unknown, sizeof(unknown)));
}

/* What is in the index already is not taken for another field. */
static void numbers_of_fields_are_their_own(void **state)
{
	bool used[256] = { false };

	(void)state;
	for (size_t i = 0; i < field_count; i++) {
		int number = field_table[i].number;

		assert_in_range(number, 1, field_count);
		assert_false(used[number]);
		used[number] = true;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_field_comes_back, set_up),
		cmocka_unit_test_setup(the_text_sets_every_field, set_up),
		cmocka_unit_test_setup(problems_come_back, set_up),
		cmocka_unit_test_setup(a_field_is_told_once_and_by_its_number,
				       set_up),
		cmocka_unit_test(numbers_of_fields_are_their_own),
		cmocka_unit_test_setup_teardown(what_is_cut_is_no_facts, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
