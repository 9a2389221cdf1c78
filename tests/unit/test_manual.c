/* SPDX-License-Identifier: GPL-2.0-only */
/* Holds the manual to the tables that the program runs by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "model/field.h"
#include "model/policy.h"
#include "model/rules.h"
#include "model/section.h"
#include "report/side_files.h"
#include "view/draft.h"

#define MAN TESTS "/../src/man/"

/* One page: all of its lines, NULL behind the last. */
struct page {
	const char *name;
	struct strs lines;
};

struct manual {
	struct arena arena;
	struct page commands, format;
};

static void read_page(struct page *page, struct arena *a, const char *name)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, arena_printf(a, MAN "%s", name),
					1 << 20);

	assert_null(e);
	page->name = name;
	for (const char *s = text.p; *s;) {
		size_t n = strcspn(s, "\n");

		vec_push(a, &page->lines, arena_strndup(a, s, n));
		s += n + (s[n] == '\n');
	}
	vec_push(a, &page->lines, NULL);
	buf_release(&text);
}

static int set_up(void **state)
{
	static struct manual manual;

	read_page(&manual.commands, &manual.arena, "git-retro.1");
	read_page(&manual.format, &manual.arena, "git-retro-format.5");
	*state = &manual;
	return 0;
}

static int tear_down(void **state)
{
	struct manual *manual = *state;

	arena_release(&manual->arena);
	return 0;
}

static bool starts(const char *line, const char *with)
{
	return !strncmp(line, with, strlen(with));
}

/* The lines behind `.Sh <title>` up to the next of its kind. */
static struct page section(const struct page *page, struct arena *a,
			   const char *title)
{
	struct page out = { .name = title };
	bool in = false;

	for (size_t i = 0; page->lines.at[i]; i++) {
		const char *line = page->lines.at[i];

		if (starts(line, ".Sh "))
			in = !strcmp(line + 4, title);
		else if (in)
			vec_push(a, &out.lines, line);
	}
	if (!out.lines.nr)
		fail_msg("%s has no section %s", page->name, title);
	vec_push(a, &out.lines, NULL);
	return out;
}

/* Whether a line starts like this and goes on with a blank or ends. */
static bool has_line(const struct page *page, const char *start)
{
	size_t n = strlen(start);

	for (size_t i = 0; page->lines.at[i]; i++)
		if (starts(page->lines.at[i], start) &&
		    strchr(" ", page->lines.at[i][n]))
			return true;
	return false;
}

static void wants(const struct page *page, const char *start)
{
	if (!has_line(page, start))
		fail_msg("%s has no line '%s'", page->name, start);
}

/* --- options --- */

/* The next option of a line of mdoc, as it is typed: "--all", "-n". */
static const char *next_option(const char **line, struct arena *a)
{
	for (const char *s = *line; *s; s += strspn(s, " ")) {
		bool flag = starts(s, "Fl ") || starts(s, ".Fl ");
		size_t n = strcspn(s, " ");

		s += n;
		if (!flag)
			continue;
		s += strspn(s, " ");
		n = strcspn(s, " ,.");
		*line = s + n;
		return arena_printf(a, "-%.*s", (int)n, s);
	}
	return NULL;
}

static bool is_of(const struct cmd *cmd, struct arena *a, const char *option)
{
	for (const struct opt *o = cmd->opts; o && o->type; o++) {
		if (!strcmp(option, arena_printf(a, "--%s", o->name)) ||
		    (o->letter &&
		     !strcmp(option, arena_printf(a, "-%c", o->letter))))
			return true;
		if (opt_has_off(o) &&
		    !strcmp(option, arena_printf(a, "--no-%s", o->name)))
			return true;
	}
	return false;
}

/* The command that a line is the head of, or NULL. */
static const struct cmd *head(struct arena *a, const char *line)
{
	static const char mark[] = "Nm git retro Cm ";
	const char *s = strstr(line, mark);

	if (!s || (s != line + 1 && !starts(line, ".It Nm")))
		return NULL;
	s += strlen(mark);
	return cmd_find(arena_strndup(a, s, strcspn(s, " ")));
}

/* What the entries of COMMANDS say: which commands share one, and the options
 * that it explains and names. */
struct entry {
	struct VEC_OF(const struct cmd *) cmds;
	struct strs explained, named;
};
struct entries VEC_OF(struct entry);

static void read_line(struct entry *entry, struct arena *a, const char *line)
{
	const char *s = line, *option;

	if (*line != '.')
		return;
	while ((option = next_option(&s, a))) {
		vec_push(a, &entry->named, option);
		if (starts(line, ".It Fl"))
			vec_push(a, &entry->explained, option);
	}
}

/* Heads without text between them share an entry. */
static void read_entries(struct entries *out, struct manual *manual)
{
	struct arena *a = &manual->arena;
	struct page page = section(&manual->commands, a, "COMMANDS");
	bool text = true;

	for (size_t i = 0; page.lines.at[i] && !starts(page.lines.at[i], ".Ss");
	     i++) {
		const char *line = page.lines.at[i];
		const struct cmd *cmd = head(a, line);

		if (cmd && text)
			vec_push(a, out, (struct entry){ 0 });
		if (cmd) {
			vec_push(a, &out->at[out->nr - 1].cmds, cmd);
			text = false;
		}
		if (*line != '.')
			text = true;
		if (out->nr)
			read_line(&out->at[out->nr - 1], a, line);
	}
}

static bool holds(const struct strs *list, const char *word)
{
	for (size_t i = 0; i < list->nr; i++)
		if (!strcmp(list->at[i], word))
			return true;
	return false;
}

static const struct entry *entry_of(const struct entries *entries,
				    const struct cmd *cmd)
{
	for (size_t i = 0; i < entries->nr; i++)
		for (size_t j = 0; j < entries->at[i].cmds.nr; j++)
			if (entries->at[i].cmds.at[j] == cmd)
				return &entries->at[i];
	fail_msg("git-retro.1 has no entry for '%s'", cmd->name);
	return NULL;
}

static void test_every_option_is_explained(void **state)
{
	struct manual *manual = *state;
	struct arena *a = &manual->arena;
	struct entries entries = { 0 };
	size_t nr = 0;

	read_entries(&entries, manual);
	for (size_t i = 0; cmd_table[i]; i++) {
		const struct cmd *cmd = cmd_table[i];
		const struct entry *entry;

		if (cmd->needs & CMD_HIDDEN)
			continue;
		entry = entry_of(&entries, cmd);
		for (const struct opt *o = cmd->opts; o && o->type; o++, nr++) {
			if (!holds(&entry->explained,
				   arena_printf(a, "--%s", o->name)))
				fail_msg("git-retro.1: '%s' has no --%s",
					 cmd->name, o->name);
			if (o->letter &&
			    !holds(&entry->explained,
				   arena_printf(a, "-%c", o->letter)))
				fail_msg("git-retro.1: '%s' has no -%c",
					 cmd->name, o->letter);
		}
	}
	assert_true(nr > 20);
}

static void test_no_option_is_made_up(void **state)
{
	struct manual *manual = *state;
	struct entries entries = { 0 };

	read_entries(&entries, manual);
	for (size_t i = 0; i < entries.nr; i++) {
		const struct entry *entry = &entries.at[i];

		for (size_t j = 0; j < entry->named.nr; j++) {
			bool known = false;

			for (size_t k = 0; k < entry->cmds.nr; k++)
				known |=
					is_of(entry->cmds.at[k], &manual->arena,
					      entry->named.at[j]);
			if (!known)
				fail_msg("git-retro.1: '%s' knows no %s",
					 entry->cmds.at[0]->name,
					 entry->named.at[j]);
		}
	}
}

/* Beside the entries, the pages speak of options of any command. */
static void test_no_option_is_unknown(void **state)
{
	struct manual *manual = *state;
	struct arena *a = &manual->arena;
	const struct page *pages[] = { &manual->commands, &manual->format };

	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; pages[i]->lines.at[j]; j++) {
			const char *line = pages[i]->lines.at[j];
			const char *option;

			while (*line == '.' &&
			       (option = next_option(&line, a))) {
				bool known = !strcmp(option, "--version") ||
					     !strcmp(option, "--no-pager");

				for (size_t k = 0; cmd_table[k]; k++)
					known |= is_of(cmd_table[k], a, option);
				if (!known)
					fail_msg("%s: no command knows %s",
						 pages[i]->name, option);
			}
		}
	}
}

/* --- the other tables --- */

static const char *level(enum diag_level level)
{
	static const char *const names[] = {
		[DIAG_OFF] = "off",
		[DIAG_NOTE] = "note",
		[DIAG_WARNING] = "warning",
		[DIAG_ERROR] = "error",
	};

	return names[level];
}

static void test_rules(void **state)
{
	struct manual *manual = *state;
	struct page page = section(&manual->commands, &manual->arena, "RULES");
	size_t items = 0;

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = &rule_table[i];

		wants(&page,
		      arena_printf(&manual->arena, ".It Ic %s Pq %s , %s , %s",
				   rule->name, level(rule->note),
				   level(rule->draft), level(rule->final)));
	}
	for (size_t i = 0; page.lines.at[i]; i++)
		items += starts(page.lines.at[i], ".It Ic");
	assert_int_equal(items, RULE_COUNT);
}

static void test_settings(void **state)
{
	struct manual *manual = *state;
	struct arena *a = &manual->arena;
	struct page page = section(&manual->commands, a, "CONFIGURATION");
	size_t items = 0;

	for (size_t i = 0; i < policy_count; i++) {
		const struct setting *setting = &policy_table[i];

		wants(&page,
		      setting->config
			      ? arena_printf(a, ".It Ic %s , %s",
					     setting->config, setting->key)
			      : arena_printf(a, ".It Ic %s", setting->key));
	}
	for (size_t i = 0; page.lines.at[i]; i++)
		items += starts(page.lines.at[i], ".It Ic");
	assert_int_equal(items, policy_count);
}

/* As a word of its own, on any line. */
static void wants_word(const struct page *page, const char *word)
{
	static const char edges[] = " ,;:()";
	size_t n = strlen(word);

	for (size_t i = 0; page->lines.at[i]; i++) {
		const char *line = page->lines.at[i], *s = line;

		for (; (s = strstr(s, word)); s++)
			if ((s == line || strchr(edges, s[-1])) &&
			    strchr(edges, s[n]))
				return;
	}
	fail_msg("%s does not tell of '%s'", page->name, word);
}

static void test_fields(void **state)
{
	struct manual *manual = *state;
	struct page page =
		section(&manual->format, &manual->arena, "FRONT MATTER");

	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		wants_word(&page, field->key);
		for (size_t j = 0; field->aliases && field->aliases[j]; j++)
			wants_word(&page, field->aliases[j]);
	}
}

static bool names_file(const struct page *page, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; page->lines.at[i]; i++) {
		const char *line = page->lines.at[i];
		const char *at = strstr(line, name);

		if (at && strstr(line, "Pa ") && at > line &&
		    strchr(" /", at[-1]) && (!at[n] || at[n] == ' '))
			return true;
	}
	return false;
}

/* In one of the two pages that name files. */
static void test_side_files(void **state)
{
	struct manual *manual = *state;
	struct page page = section(&manual->commands, &manual->arena, "FILES");
	struct page hooks = { 0 }, files;

	read_page(&hooks, &manual->arena, "git-retro-hooks.7");
	files = section(&hooks, &manual->arena, "FILES");
	for (size_t i = 0; i < side_file_count; i++)
		if (!names_file(&page, side_files[i].name) &&
		    !names_file(&files, side_files[i].name))
			fail_msg("no page names '%s'", side_files[i].name);
}

static void test_sections(void **state)
{
	struct manual *manual = *state;
	struct page page = section(&manual->format, &manual->arena, "BODY");

	for (int i = SECTION_NONE + 1; i < SECTION_COUNT; i++)
		wants(&page, arena_printf(&manual->arena, ".It Ic %s",
					  section_name((enum section_key)i)));
}

static void test_placeholders(void **state)
{
	struct manual *manual = *state;
	struct page page =
		section(&manual->format, &manual->arena, "TEMPLATES");

	for (size_t i = 0; i < draft_count; i++)
		wants(&page, arena_printf(&manual->arena, ".It Ic {{%s}}",
					  draft_table[i].name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_option_is_explained),
		cmocka_unit_test(test_no_option_is_made_up),
		cmocka_unit_test(test_no_option_is_unknown),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_side_files),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_placeholders),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
