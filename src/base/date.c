/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/date.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* 0001-01-01T00:00:00 and 9999-12-31T23:59:59 */
#define EARLIEST ((int64_t)-62135596800)
#define LATEST   ((int64_t)253402300799)

/* From a civil date to days and back, in eras of 400 years that begin on 1
 * March: 146097 days each. */
static int32_t days_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int of_era = y - era * 400;
	int of_year =
		(153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static void civil_from_days(int32_t days, int *year, int *month, int *day)
{
	int64_t z = (int64_t)days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = (int)(z - era * 146097);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = (int)(yoe + era * 400) + (*month <= 2);
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Reads `least` to `most` digits and moves on; -1 if they are not there. */
static int read_date_number(const char **s, int least, int most)
{
	int value = 0, n = 0;

	while (n < most && **s >= '0' && **s <= '9') {
		value = value * 10 + (*(*s)++ - '0');
		n++;
	}
	return n >= least ? value : -1;
}

static bool skip_text(const char **s, const char *text)
{
	size_t n = strlen(text);

	if (strncmp(*s, text, n))
		return false;
	*s += n;
	return true;
}

static bool read_separators(const char **s, int *month, int *day)
{
	static const char *const marks[] = { "-", "/", "." };

	for (size_t i = 0; i < 3; i++) {
		if (!skip_text(s, marks[i]))
			continue;
		*month = read_date_number(s, 1, 2);
		if (*month < 0 || !skip_text(s, marks[i]))
			return false;
		*day = read_date_number(s, 1, 2);
		return *day >= 0;
	}
	if (skip_text(s, "年")) {
		*month = read_date_number(s, 1, 2);
		if (*month < 0 || !skip_text(s, "月"))
			return false;
		*day = read_date_number(s, 1, 2);
		return *day >= 0 && (skip_text(s, "日") || skip_text(s, "号"));
	}
	*month = read_date_number(s, 2, 2);
	*day = *month < 0 ? -1 : read_date_number(s, 2, 2);
	return *day >= 0;
}

/* Reads a day and moves behind it. */
static bool read_date_day(int32_t *out, const char **s)
{
	int year = read_date_number(s, 4, 4), month, day;

	if (year < 1 || !read_separators(s, &month, &day))
		return false;
	if (month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month) || (**s >= '0' && **s <= '9'))
		return false;
	*out = days_from_civil(year, month, day);
	return true;
}

bool day_parse(int32_t *day, const char *s)
{
	int32_t read;

	if (!read_date_day(&read, &s))
		return false;
	*day = read;
	return true;
}

char *day_format(struct arena *a, int32_t day)
{
	int year, month, of_month;

	civil_from_days(day, &year, &month, &of_month);
	return arena_printf(a, "%04d-%02d-%02d", year, month, of_month);
}

/* 0 is Monday; 1970-01-01 was a Thursday. */
static int weekday(int32_t day)
{
	return (int)((((int64_t)day + 3) % 7 + 7) % 7);
}

int32_t day_add_working(int32_t day, int days)
{
	while (days > 0) {
		day++;
		if (weekday(day) < 5)
			days--;
	}
	return day;
}

static int32_t day_of_seconds(int64_t seconds)
{
	return (int32_t)((seconds >= 0 ? seconds : seconds - 86399) / 86400);
}

/* Seconds on the clock of the moment's own zone. A commit can claim any
 * number: it is held to the years that can be written. */
static int64_t local_seconds(struct moment m)
{
	int64_t offset = (int64_t)m.zone * 60;

	if (m.seconds < EARLIEST - offset)
		return EARLIEST;
	if (m.seconds > LATEST - offset)
		return LATEST;
	return m.seconds + offset;
}

int32_t day_of(struct moment m)
{
	return day_of_seconds(local_seconds(m));
}

/* Seconds into the day: hh:mm[:ss[.fraction]]. */
static bool read_clock(int *out, const char **s)
{
	int hour = read_date_number(s, 2, 2), minute, second = 0;

	if (hour < 0 || hour > 23 || !skip_text(s, ":"))
		return false;
	minute = read_date_number(s, 2, 2);
	if (minute < 0 || minute > 59)
		return false;
	if (skip_text(s, ":")) {
		second = read_date_number(s, 2, 2);
		if (second < 0 || second > 60) /* a leap second */
			return false;
		if (skip_text(s, ".")) {
			if (read_date_number(s, 1, 9) < 0)
				return false;
			while (**s >= '0' && **s <= '9')
				(*s)++;
		}
	}
	*out = hour * 3600 + minute * 60 + second;
	return true;
}

/* An abbreviation such as MST says nothing that the offset before it does
 * not. */
static void skip_zone_name(const char **s)
{
	const char *p = *s;
	size_t n = 0;

	if (!skip_text(&p, " "))
		return;
	while (p[n] >= 'A' && p[n] <= 'Z')
		n++;
	if (n >= 2 && n <= 5)
		*s = p + n;
}

static bool read_zone(int *zone, const char **s)
{
	int sign, hours, minutes = 0;

	*zone = 0;
	if (!**s)
		return true;
	skip_text(s, " ");
	if (skip_text(s, "Z") || skip_text(s, "z") || skip_text(s, "UTC"))
		return true;
	sign = **s == '-' ? -1 : 1;
	if (**s != '+' && **s != '-')
		return false;
	(*s)++;
	hours = read_date_number(s, 2, 2);
	if (skip_text(s, ":") || (**s >= '0' && **s <= '9'))
		minutes = read_date_number(s, 2, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*zone = sign * (hours * 60 + minutes);
	skip_zone_name(s);
	return true;
}

bool moment_parse(struct moment *m, const char *s)
{
	int32_t day;
	int clock = 0, zone = 0;

	if (!read_date_day(&day, &s))
		return false;
	if (skip_text(&s, "T") || skip_text(&s, "t") || skip_text(&s, " "))
		if (!read_clock(&clock, &s) || !read_zone(&zone, &s))
			return false;
	if (*s)
		return false;
	m->seconds = (int64_t)day * 86400 + clock - (int64_t)zone * 60;
	m->zone = zone;
	return true;
}

/* "2026-11-24", then `between`, then the time of day up to minutes. */
static char *local_time(struct arena *a, struct moment m, char between,
			int *second)
{
	int64_t local = local_seconds(m);
	int32_t day = day_of_seconds(local);
	int clock = (int)(local - (int64_t)day * 86400);

	*second = clock % 60;
	return arena_printf(a, "%s%c%02d:%02d", day_format(a, day), between,
			    clock / 3600, clock / 60 % 60);
}

char *moment_rfc3339(struct arena *a, struct moment m)
{
	int second, zone = abs(m.zone);
	char *time = local_time(a, m, 'T', &second);

	return arena_printf(a, "%s:%02d%c%02d:%02d", time, second,
			    m.zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

char *moment_human(struct arena *a, struct moment m)
{
	int second, zone = abs(m.zone);
	char *time = local_time(a, m, ' ', &second);

	return arena_printf(a, "%s %c%02d%02d", time, m.zone < 0 ? '-' : '+',
			    zone / 60, zone % 60);
}

struct moment moment_now(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct moment now = { 0 };
	struct tm local;
	time_t t = time(NULL);
	char *end;

	if (epoch && ((*epoch >= '0' && *epoch <= '9') || *epoch == '-')) {
		long long value = strtoll(epoch, &end, 10);

		if (!*end && value >= EARLIEST && value <= LATEST)
			t = (time_t)value;
	}
	now.seconds = t;
	if (localtime_r(&t, &local))
		now.zone = (int)(local.tm_gmtoff / 60);
	return now;
}
