/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* More is before the year 1. */
#define AGO_MAX 100000

static const char *const numbers[][2] = {
	{ "a", "一" },    { "two", "两" }, { "three", "三" }, { "four", "四" },
	{ "five", "五" }, { "six", "六" }, { "seven", "七" }, { "eight", "八" },
	{ "nine", "九" }, { "ten", "十" },
};

static const struct unit {
	const char *names[4]; /* a longer one before its own start */
	int days, months;
} units[] = {
	{ { "days", "day", "天", "日" }, 1, 0 },
	{ { "weeks", "week", "星期", "周" }, 7, 0 },
	{ { "months", "month", "个月", "個月" }, 0, 1 },
	{ { "quarters", "quarter", "个季度", "季度" }, 0, 3 },
	{ { "years", "year", "年", NULL }, 0, 12 },
};

static void skip_gaps(const char **s)
{
	*s += strspn(*s, " ._-");
}

/* Case and what stands between the words do not matter. */
static bool skip_when_word(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncasecmp(*s, word, len) != 0)
		return false;
	*s += len;
	skip_gaps(s);
	return true;
}

static int read_number(const char **s)
{
	char *end;
	long number = strtol(*s, &end, 10);

	if (**s >= '0' && **s <= '9') {
		*s = end;
		skip_gaps(s);
		return number >= 0 && number <= AGO_MAX ? (int)number : -1;
	}
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		if (skip_when_word(s, numbers[i][0]) ||
		    skip_when_word(s, numbers[i][1]))
			return (int)i + 1;
	return -1;
}

static const struct unit *read_unit(const char **s)
{
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		for (size_t j = 0; j < ARRAY_SIZE(units[i].names); j++)
			if (units[i].names[j] &&
			    skip_when_word(s, units[i].names[j]))
				return &units[i];
	return NULL;
}

/* A month that is too short for the day gives its last day. */
static bool months_before(int32_t *day, int32_t today, int months)
{
	struct arena a = ARENA_INIT;
	const char *text = day_format(&a, today);
	int at = 0, year = 0, month = 0, of_month = 0;
	struct days days;
	bool good = false;

	if (sscanf(text, "%d-%d-%d", &year, &month, &of_month) == 3)
		at = year * 12 + month - 1 - months;
	for (; at >= 12 && !good && of_month > 0; of_month--)
		good = days_parse(&days,
				  arena_printf(&a, "%04d-%02d-%02d", at / 12,
					       at % 12 + 1, of_month)) == 10;
	arena_release(&a);
	if (good)
		*day = days.first;
	return good;
}

static bool before(int32_t *day, int32_t today, int number,
		   const struct unit *unit)
{
	if (unit->months)
		return number * (int64_t)unit->months < 12 * 9999 &&
		       months_before(day, today, number * unit->months);
	*day = today - number * unit->days;
	return true;
}

static bool parse_ago(int32_t *day, const char *s, int32_t today)
{
	bool last = skip_when_word(&s, "last") || skip_when_word(&s, "上");
	int number = last ? 1 : read_number(&s);
	const struct unit *unit = number >= 0 ? read_unit(&s) : NULL;

	if (!unit)
		return false;
	return (last || skip_when_word(&s, "ago") ||
		skip_when_word(&s, "前")) &&
	       !*s && before(day, today, number, unit);
}

static bool parse_year(struct days *out, const char *s)
{
	char month[8];
	struct days days;

	if (strlen(s) != 4 || strspn(s, "0123456789") != 4)
		return false;
	snprintf(month, sizeof(month), "%s-01", s);
	if (days_parse(out, month) != 7)
		return false;
	snprintf(month, sizeof(month), "%s-12", s);
	if (days_parse(&days, month) != 7)
		return false;
	out->last = days.last;
	return true;
}

bool when_parse(struct days *out, const char *s, int32_t today)
{
	static const struct {
		const char *name;
		int ago;
	} words[] = {
		{ "today", 0 },     { "now", 0 },  { "今天", 0 },
		{ "yesterday", 1 }, { "昨天", 1 }, { "前天", 2 },
	};
	size_t len = days_parse(out, s);
	int32_t day = DAY_NONE;
	struct moment moment;

	if (parse_year(out, s))
		return true;
	if (len)
		return !s[len] || moment_parse(&moment, NULL, s);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcasecmp(s, words[i].name))
			day = today - words[i].ago;
	if (day == DAY_NONE && !parse_ago(&day, s, today))
		return false;
	*out = (struct days){ day, day };
	return true;
}
