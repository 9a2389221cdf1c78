/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include "report/parts.h"
#include "report/setting.h"

#define HEAD(name) "--- a/" name "\n+++ b/" name "\n"

/* Whether the change is of the part of a line that the fix changed. */
static bool meet(const char *fix, const char *change, const char *text,
		 enum mark_kind kind, enum mark_kind theirs)
{
	struct arena a = ARENA_INIT;
	struct parts *one = parts_new(&a), *two = parts_new(&a);
	const struct part_line line = { text, "f.c", "f.c", kind, theirs };
	bool met;

	parts_add(one, change);
	parts_add(two, fix);
	met = parts_meet(one, two, &line);
	arena_release(&a);
	return met;
}

#define FIX                                                                    \
	HEAD("f.c")                                                            \
	"@@ -9 +9 @@ load(void)\n"                                             \
	"-if (rows->count > limit(rows))\n"                                    \
	"+if (rows->count >= limit(rows, margin))\n"
#define LINE "if (rows->count >= limit(rows, margin))"

static void undone(void **state)
{
	(void)state;
	assert_true(meet(FIX,
			 HEAD("f.c") "@@ -9 +9 @@ load(void)\n-" LINE
				     "\n+if (rows->count >= limit(rows))\n",
			 LINE, MARK_REMOVED, MARK_ADDED));
	/* ">=" goes again */
	assert_true(
		meet(FIX,
		     HEAD("f.c") "@@ -9 +9 @@ load(void)\n-" LINE
				 "\n+if (rows->count > limit(rows, margin))\n",
		     LINE, MARK_REMOVED, MARK_ADDED));
	/* a part of it that the fix left as it was */
	assert_false(
		meet(FIX,
		     HEAD("f.c") "@@ -9 +9 @@ load(void)\n-" LINE
				 "\n+if (list->count >= limit(list, margin))\n",
		     LINE, MARK_REMOVED, MARK_ADDED));
	/* in another file */
	assert_false(meet(FIX,
			  HEAD("g.c") "@@ -9 +9 @@ load(void)\n-" LINE
				      "\n+if (rows->count >= limit(rows))\n",
			  LINE, MARK_REMOVED, MARK_ADDED));
}

#define NAME_FIX                                                               \
	HEAD("f.c")                                                            \
	"@@ -9 +9 @@ name(void)\n-out = base + \"-\" + image + ending(n);\n"   \
	"+out = base + \"_\" + image + ending(n);\n"
#define NAME_LINE "out = base + \"_\" + image + ending(n);"

static void another_part_of_the_line(void **state)
{
	(void)state;
	/* beside what the fix changed, where it changed no word */
	assert_true(meet(NAME_FIX,
			 HEAD("f.c") "@@ -9 +9 @@ name(void)\n-" NAME_LINE
				     "\n+out = base + (\"_\") + image + "
				     "ending(n);\n",
			 NAME_LINE, MARK_REMOVED, MARK_ADDED));
	/* far from it */
	assert_false(meet(NAME_FIX,
			  HEAD("f.c") "@@ -9 +9 @@ name(void)\n-" NAME_LINE
				      "\n+out = base + \"_\" + image + "
				      "ending(n, margin);\n",
			  NAME_LINE, MARK_REMOVED, MARK_ADDED));
	/* the whole line goes */
	assert_true(meet(NAME_FIX,
			 HEAD("f.c") "@@ -9 +8,0 @@ name(void)\n-" NAME_LINE
				     "\n",
			 NAME_LINE, MARK_REMOVED, MARK_ADDED));
}

static void moved_by_the_fix(void **state)
{
	const char *fix =
		HEAD("f.c") "@@ -3 +2,0 @@\n-call_the_loader(rows);\n"
			    "@@ -8,0 +8 @@\n+call_the_loader(rows);\n";
	const char *change =
		HEAD("f.c") "@@ -8 +8 @@\n-call_the_loader(rows);\n"
			    "+call_the_loader(rows, 1);\n";

	(void)state;
	assert_false(meet(fix, change, "call_the_loader(rows);", MARK_REMOVED,
			  MARK_ADDED));
}

static void in_many_places(void **state)
{
	const char *fix =
		HEAD("f.c") "@@ -2,0 +3 @@\n+keep_all(rows, margin);\n";
	const char *swapped =
		HEAD("f.c") "@@ -3 +3 @@\n-keep_all(rows, margin);\n"
			    "+keep_most(rows, margin);\n" HEAD(
				    "g.c") "@@ -5 +5 @@\n-keep_all(list, "
					   "1);\n+keep_most(list, 1);\n";
	const char *argument = HEAD(
		"f.c") "@@ -3 +3 @@\n-keep_all(rows, margin);\n"
		       "+keep_all(rows, margin, block, FORCE);\n" HEAD(
			       "g.c") "@@ -5 +5 @@\n-keep_all(list, "
				      "1);\n+keep_all(list, 1, block, FORCE);\n"
				      "@@ -7 +7 @@\n-keep_all(them, "
				      "2);\n+keep_all(them, 2, block, "
				      "FORCE);\n";
	const char *put = HEAD("f.c") "@@ -2,0 +3 @@\n+keep_all(margin);\n";
	const char *dropped =
		HEAD("f.c") "@@ -3 +2,0 "
			    "@@\n-keep_all(margin);\n" HEAD(
				    "g.c") "@@ -5 +4,0 @@\n-old = "
					   "keep_all(margin);"
					   "\n" HEAD("h.c") "@@ -5 "
							    "+4,0 "
							    "@@\n-"
							    "int "
							    "keep_"
							    "all("
							    "struct "
							    "rows "
							    "*r, "
							    "int "
							    "margin)"
							    "\n";
	const char *once = HEAD("f.c") "@@ -3 +3 @@\n-keep_all(rows, margin);\n"
				       "+keep_most(rows, margin);\n";

	(void)state;
	assert_false(meet(fix, swapped, "keep_all(rows, margin);", MARK_REMOVED,
			  MARK_ADDED));
	assert_false(meet(fix, argument, "keep_all(rows, margin);",
			  MARK_REMOVED, MARK_ADDED));
	assert_false(meet(put, dropped, "keep_all(margin);", MARK_REMOVED,
			  MARK_ADDED));
	assert_true(meet(put, HEAD("f.c") "@@ -3 +2,0 @@\n-keep_all(margin);\n",
			 "keep_all(margin);", MARK_REMOVED, MARK_ADDED));
	assert_true(meet(fix, once, "keep_all(rows, margin);", MARK_REMOVED,
			 MARK_ADDED));
}

static void names_that_others_stand_for(void **state)
{
	struct arena a = ARENA_INIT;
	struct parts *back = parts_new(&a), *more = parts_new(&a);

	(void)state;
	parts_add(back, HEAD("f.c") "@@ -10 +10 @@ load(void)\n"
				    "-  second = rows_of(second, 1);\n"
				    "+  second = lines_of(second);\n");
	assert_false(parts_rename(back, "rows_of"));
	parts_add(more, HEAD("f.c") "@@ -20,2 +20,2 @@ save(void)\n"
				    "-  their = rows_of(their, margin);\n"
				    "-  other = rows_of(other, margin);\n"
				    "+  their = lines_of(their, margin);\n"
				    "+  other = lines_of(other, margin);\n");
	assert_true(parts_rename(more, "rows_of"));
	assert_false(parts_rename(more, "lines_of"));
	arena_release(&a);
}

static void files_that_lead(void **state)
{
	struct arena a = ARENA_INIT;
	struct parts *parts = parts_new(&a);

	(void)state;
	parts_add(
		parts,
		HEAD("f.c") "@@ -1 +1 @@\n-a\n+b\n@@ -5 +5 @@\n-a\n+b\n" HEAD(
			"tests/f.t") "@@ -1 +1 @@\n-a\n+b\n" HEAD("g.c") "@@ "
									 "-1 "
									 "+1 "
									 "@@\n-"
									 "a\n+"
									 "b\n");
	assert_int_equal(parts_files(parts), 2);
	arena_release(&a);
}

/* What becomes of "timeout" by a change from one value to another; NULL: it is
 * not there. */
static bool goes_back(const char *fix_from, const char *fix_to,
		      const char *from, const char *to)
{
	const struct set_value fix = { fix_from, fix_to, false };
	const struct set_value now = { from, to, false };

	return setting_goes_back(&now, &fix);
}

static void values(void **state)
{
	(void)state;
	assert_true(goes_back("30", "60", "60", "30"));
	assert_true(goes_back("30", "60", "60", "5"));
	assert_false(goes_back("30", "60", "60", "45"));
	assert_false(goes_back("30", "60", "60", "120"));
	assert_true(goes_back("1.83.0", "1.81.0", "1.81.0", "1.90.1"));
	assert_false(goes_back("1.83.0", "1.81.0", "1.81.0", "1.81.1"));
	assert_false(goes_back("1.9", "1.10", "1.10", "1.11"));
	assert_true(goes_back("v1.9", "v1.10", "v1.10", "v1.2"));
	assert_true(goes_back("fast", "safe", "safe", "fast"));
	assert_false(goes_back("fast", "safe", "safe", "slow"));
	/* it has moved on since */
	assert_false(goes_back("30", "60", "45", "30"));
	assert_true(goes_back(NULL, "3", "4", NULL));
	assert_false(goes_back(NULL, "3", "3", "4"));
	assert_true(goes_back("3", NULL, NULL, "3"));
	assert_false(goes_back("3", "4", "4", NULL));
}

static void settings_of_a_diff(void **state)
{
	struct arena a = ARENA_INIT;
	struct set_value s;
	const char *diff = HEAD(
		"app.toml") "@@ -2 +2 @@\n-timeout = 30\n+timeout = \"60\",\n"
			    "@@ -4,2 +4,2 @@\n-retries = 1\n-retries = "
			    "2\n+retries = 3\n" HEAD(
				    "uv.lock") "@@ -9 +9 @@ name = \"torch\"\n"
					       "-version = \"2.1.0\"\n+version "
					       "= \"2.2.0\"\n";

	(void)state;
	setting_read(&s, &a, diff, "app.toml", "timeout");
	assert_string_equal(s.from, "30");
	assert_string_equal(s.to, "60");
	assert_false(s.unclear);
	setting_read(&s, &a, diff, "app.toml", "retries");
	assert_true(s.unclear);
	setting_read(&s, &a, diff, "uv.lock", "torch");
	assert_string_equal(s.from, "2.1.0");
	assert_string_equal(s.to, "2.2.0");
	assert_false(s.unclear);
	setting_read(&s, &a, diff, "uv.lock", "timeout");
	assert_null(s.from);
	assert_null(s.to);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undone),
		cmocka_unit_test(another_part_of_the_line),
		cmocka_unit_test(moved_by_the_fix),
		cmocka_unit_test(in_many_places),
		cmocka_unit_test(names_that_others_stand_for),
		cmocka_unit_test(files_that_lead),
		cmocka_unit_test(values),
		cmocka_unit_test(settings_of_a_diff),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
