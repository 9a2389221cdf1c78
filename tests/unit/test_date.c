/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/when.h"

static struct arena arena;

static const char *day(const char *s)
{
	int32_t d;

	return day_parse(&d, s) ? day_format(&arena, d) : "none";
}

static void days_are_read(void **state)
{
	int32_t d;

	(void)state;
	assert_string_equal(day("2026-11-24"), "2026-11-24");
	assert_string_equal(day("2026/1/2"), "2026-01-02");
	assert_string_equal(day("2026.11.24"), "2026-11-24");
	assert_string_equal(day("20261124"), "2026-11-24");
	assert_string_equal(day("2026年11月24日"), "2026-11-24");
	assert_string_equal(day("2024-02-29"), "2024-02-29");
	assert_string_equal(day("2026-11-24T10:00"), "2026-11-24");
	assert_string_equal(day("0001-01-01"), "0001-01-01");
	assert_string_equal(day("9999-12-31"), "9999-12-31");
	assert_true(day_parse(&d, "1970-01-01"));
	assert_int_equal(d, 0);
	assert_true(day_parse(&d, "2000-03-01"));
	assert_int_equal(d, 11017);
}

static const char *span(const char *s)
{
	struct days d;
	size_t n = days_parse(&d, s);

	if (!n)
		return "none";
	return arena_printf(&arena, "%s..%s %zu", day_format(&arena, d.first),
			    day_format(&arena, d.last), n);
}

static void days_as_people_write_them(void **state)
{
	static const char *const cases[] = {
		"May 6th, 2024",      "May 6, 2024",
		"may 6 2024",         "6 May 2024",
		"6th of May, 2024",   "6-May-2024",
		"Monday, 6 May 2024", "Mon May 6, 2024",
		"2024 年 5 月 6 日",  "2024年5月6号",
		"２０２４年５月６日", "２０２４－０５－０６",
		"2024년 5월 6일",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (strcmp(day(cases[i]), "2024-05-06") != 0)
			fail_msg("%s is %s", cases[i], day(cases[i]));
		assert_int_equal(days_parse(&(struct days){ 0 }, cases[i]),
				 strlen(cases[i]));
	}
	assert_string_equal(day("Sept. 1, 2024"), "2024-09-01");
	assert_string_equal(day("January 14-19, 2026"), "2026-01-14");
	assert_string_equal(span("January 14-19, 2026"),
			    "2026-01-14..2026-01-19 19");
}

static void months_and_quarters(void **state)
{
	static const struct {
		const char *text, *span;
	} cases[] = {
		{ "2024-02", "2024-02-01..2024-02-29 7" },
		{ "2024/12 x", "2024-12-01..2024-12-31 7" },
		{ "2024年5月", "2024-05-01..2024-05-31 11" },
		{ "May 2024", "2024-05-01..2024-05-31 8" },
		{ "2026-Q2", "2026-04-01..2026-06-30 7" },
		{ "2026Q4", "2026-10-01..2026-12-31 6" },
		{ "2026年第二季度", "2026-04-01..2026-06-30 19" },
		{ "2026年Q1", "2026-01-01..2026-03-31 9" },
		/* which of the two is the month, nobody can say */
		{ "05/06/2024", "none" },
		{ "5.6.2024", "none" },
		{ "2024.05", "none" },
		{ "2024-5", "none" },
		{ "2024-13", "none" },
		{ "2024-Q5", "none" },
		{ "2024-05/06", "none" },
		{ "Maybe 6, 2024", "none" },
		{ "31 June 2024", "none" },
		{ "Monday", "none" },
		{ "6 2024", "none" },
		{ "2024", "none" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (strcmp(span(cases[i].text), cases[i].span) != 0)
			fail_msg("%s is %s", cases[i].text,
				 span(cases[i].text));
}

static void no_days_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"x",
		"2026",
		"2026-13-01",
		"2026-00-10",
		"2026-02-30",
		"2023-02-29",
		"1900-02-29",
		"2026-11-245",
		"2026-11/24",
		"0000-01-01",
		"2026-11-",
		"-2026-11-24",
		"2026-1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_string_equal(day(bad[i]), "none");
}

static void every_day_comes_back(void **state)
{
	(void)state;
	for (int32_t d = -200000; d < 200000; d += 7) {
		int32_t back;

		assert_true(day_parse(&back, day_format(&arena, d)));
		assert_int_equal(back, d);
	}
}

static const char *working(const char *from, int days)
{
	int32_t d;

	assert_true(day_parse(&d, from));
	return day_format(&arena, day_add_working(d, days));
}

static void working_days_skip_the_weekend(void **state)
{
	(void)state;
	assert_string_equal(working("2026-11-24", 0), "2026-11-24");
	assert_string_equal(working("2026-11-24", 5), "2026-12-01");
	assert_string_equal(working("2026-11-27", 1),
			    "2026-11-30"); /* Friday */
	assert_string_equal(working("2026-11-28", 1), "2026-11-30");
	assert_string_equal(working("2026-11-28", 0), "2026-11-28");
}

static const char *at(const char *s)
{
	struct moment m;

	return moment_parse(&m, NULL, s) ? moment_rfc3339(&arena, m) : "none";
}

static void moments_are_read(void **state)
{
	struct moment m;

	(void)state;
	assert_string_equal(at("2026-11-24T01:48:00+08:00"),
			    "2026-11-24T01:48:00+08:00");
	assert_string_equal(at("2026-11-24 01:48:00 -0700 MST"),
			    "2026-11-24T01:48:00-07:00");
	assert_string_equal(at("2026-11-24 01:48 UTC"),
			    "2026-11-24T01:48:00+00:00");
	assert_string_equal(at("2026-11-24T01:48:00.123456789Z"),
			    "2026-11-24T01:48:00+00:00");
	assert_string_equal(at("2026-11-24T01:48"),
			    "2026-11-24T01:48:00+00:00");
	assert_string_equal(at("2026-11-24T01:48+08"),
			    "2026-11-24T01:48:00+08:00");
	assert_string_equal(at("2026-11-24"), "2026-11-24T00:00:00+00:00");
	assert_string_equal(at("1684-05-01T00:00:00Z"),
			    "1684-05-01T00:00:00+00:00");
	assert_true(moment_parse(&m, NULL, "1970-01-01T00:00:00-01:00"));
	assert_int_equal(m.seconds, 3600);
	assert_int_equal(day_of(m), 0);
	assert_string_equal(moment_human(&arena, m), "1970-01-01 00:00 -0100");
}

static void no_moments_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"noon",
		"2026-11-24T25:00",
		"2026-11-24T10:60",
		"2026-11-24T10",
		"2026-11-24T10:00 x",
		"2026-11-24T10:00+8",
		"2026-11-24T10:00+24:00",
		"2026-11-24 10:00 Zulu",
		"10:00",
		"2026-11-24T",
		"2026-11-24 ",
		" 2026-11-24",
		"2026-11-24TT10:00",
		"2026-11-24  10:00",
		"2026-11-24T1:00",
		"2026-11-24T10:00 ",
		"2026-11-24T10:00+08:",
		"2026-11-24T10:00+08:00CST",
		"2026-11-24T10:00Z MST",
		"2026-11-24T10:00:00.",
		"2026-11-24T10:00:00,5",
		"2026-11-24T10:00:61",
		"2026-11-24T10:00+08:60",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_string_equal(at(bad[i]), "none");
}

/* A commit can claim any number of seconds. */
static void moments_out_of_range_are_held(void **state)
{
	struct moment m = { INT64_MAX, 60 };

	(void)state;
	assert_string_equal(moment_human(&arena, m), "9999-12-31 23:59 +0100");
	assert_string_equal(day_format(&arena, day_of(m)), "9999-12-31");
	m = (struct moment){ INT64_MIN, -60 };
	assert_string_equal(moment_rfc3339(&arena, m),
			    "0001-01-01T00:00:00-01:00");
	assert_string_equal(day_format(&arena, day_of(m)), "0001-01-01");
}

static void now_can_be_pinned(void **state)
{
	struct moment m;

	(void)state;
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	setenv("SOURCE_DATE_EPOCH", "1767607200", 1);
	m = moment_now();
	assert_int_equal(m.seconds, 1767607200);
	assert_int_equal(m.zone, 480);
	setenv("SOURCE_DATE_EPOCH", "-1", 1);
	assert_int_equal(moment_now().seconds, -1);
	unsetenv("SOURCE_DATE_EPOCH");
}

static void a_bad_pin_is_ignored(void **state)
{
	static const char *const bad[] = {
		"",    "rubbish", "12x",          " 12",
		"+12", "-",       "253402300800", "99999999999999999999"
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		time_t before = time(NULL), now;

		setenv("SOURCE_DATE_EPOCH", bad[i], 1);
		now = moment_now().seconds;
		assert_true(before <= now && now <= time(NULL));
	}
	unsetenv("SOURCE_DATE_EPOCH");
}

static const char *asked(const char *text, bool last)
{
	struct days days;
	int32_t today;

	assert_true(day_parse(&today, "2026-03-31"));
	if (!when_parse(&days, text, today))
		return "none";
	return day_format(&arena, last ? days.last : days.first);
}

static void days_that_are_asked_for(void **state)
{
	static const char *const table[][3] = {
		{ "2026-01-05", "2026-01-05", "2026-01-05" },
		{ "2026-01-05T10:00", "2026-01-05", "2026-01-05" },
		{ "2026-01-05 10:00:00 +0800", "2026-01-05", "2026-01-05" },
		{ "2026-01-05 foo", "none", "none" },
		{ "2026-01-05Today", "none", "none" },
		{ "2026-02 to 2026-03", "none", "none" },
		{ "2026-02", "2026-02-01", "2026-02-28" },
		{ "2026-Q2", "2026-04-01", "2026-06-30" },
		{ "May 2024", "2024-05-01", "2024-05-31" },
		{ "2024", "2024-01-01", "2024-12-31" },
		{ "0000", "none", "none" },
		{ "today", "2026-03-31", "2026-03-31" },
		{ "Yesterday", "2026-03-30", "2026-03-30" },
		{ "2 weeks ago", "2026-03-17", "2026-03-17" },
		{ "2.weeks.ago", "2026-03-17", "2026-03-17" },
		{ "two weeks ago", "2026-03-17", "2026-03-17" },
		{ "1 month ago", "2026-02-28", "2026-02-28" },
		{ "a year ago", "2025-03-31", "2025-03-31" },
		{ "last week", "2026-03-24", "2026-03-24" },
		{ "last quarter", "2025-12-31", "2025-12-31" },
		{ "100 days ago", "2025-12-21", "2025-12-21" },
		{ "3天前", "2026-03-28", "2026-03-28" },
		{ "两 周前", "2026-03-17", "2026-03-17" },
		{ "2个月前", "2026-01-31", "2026-01-31" },
		{ "昨天", "2026-03-30", "2026-03-30" },
		{ "2 weeks", "none", "none" },
		{ "weeks ago", "none", "none" },
		{ "-1 days ago", "none", "none" },
		{ "2 weeks ago or so", "none", "none" },
		{ "99999999999999999999 days ago", "none", "none" },
		{ "9999999 years ago", "none", "none" },
		{ "3000 years ago", "none", "none" },
		{ "2026-02-30", "none", "none" },
		{ "2026-01-05x", "none", "none" },
		{ "", "none", "none" },
		{ "v1.0", "none", "none" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		assert_string_equal(asked(table[i][0], false), table[i][1]);
		assert_string_equal(asked(table[i][0], true), table[i][2]);
	}
}

static int release_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_read),
		cmocka_unit_test(days_as_people_write_them),
		cmocka_unit_test(months_and_quarters),
		cmocka_unit_test(days_that_are_asked_for),
		cmocka_unit_test(no_days_are_refused),
		cmocka_unit_test(every_day_comes_back),
		cmocka_unit_test(working_days_skip_the_weekend),
		cmocka_unit_test(moments_are_read),
		cmocka_unit_test(no_moments_are_refused),
		cmocka_unit_test(moments_out_of_range_are_held),
		cmocka_unit_test(now_can_be_pinned),
		cmocka_unit_test(a_bad_pin_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, release_arena);
}
