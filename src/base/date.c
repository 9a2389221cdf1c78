/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/date.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* 0001-01-01T00:00:00 and 9999-12-31T23:59:59 */
#define EARLIEST ((int64_t)-62135596800)
#define LATEST   ((int64_t)253402300799)

/* Between two parts of a date. */
#define SPACES_MAX 16

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

/* --- reading days --- */

/* The ASCII character at `s`, of which `*len` gets the bytes; one in full width
 * counts as the half-width one. -1 for any other. */
static int ascii_at(const char *s, size_t *len)
{
	const unsigned char *p = (const unsigned char *)s;

	*len = 1;
	if (p[0] < 0x80)
		return p[0];
	*len = 3;
	if (p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x81 && p[2] <= 0xBF)
		return p[2] - 0x81 + '!';
	if (p[0] == 0xEF && p[1] == 0xBD && p[2] >= 0x80 && p[2] <= 0x9E)
		return p[2] - 0x80 + '`';
	return p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80 ? ' ' : -1;
}

static bool is_digit_at(const char *s, size_t *len)
{
	int c = ascii_at(s, len);

	return c >= '0' && c <= '9';
}

/* Reads `least` to `most` digits and moves on; -1 if they are not there. */
static int read_date_number(const char **s, int least, int most)
{
	int value = 0, n = 0;
	size_t len;

	for (; n < most && is_digit_at(*s, &len); n++) {
		value = value * 10 + ascii_at(*s, &len) - '0';
		*s += len;
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

/* Skips the ASCII character `c`, in either width. */
static bool skip_char(const char **s, int c)
{
	size_t len;

	if (ascii_at(*s, &len) != c)
		return false;
	*s += len;
	return true;
}

/* No more than a person writes: every byte of a text may start a date. */
static void skip_date_spaces(const char **s)
{
	for (int i = 0; i < SPACES_MAX && skip_char(s, ' '); i++)
		;
}

/* Skips a sign of Chinese, Japanese or Korean, and the spaces around it. */
static bool skip_sign(const char **s, const char *const *signs)
{
	const char *p = *s;

	skip_date_spaces(&p);
	for (; *signs; signs++) {
		if (!skip_text(&p, *signs))
			continue;
		*s = p;
		return true;
	}
	return false;
}

static const char *const year_signs[] = { "年", "년", NULL };
static const char *const month_signs[] = { "月", "월", NULL };
static const char *const day_signs[] = { "日", "号", "號", "일", NULL };

static bool make_day(int32_t *out, int year, int month, int day)
{
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return false;
	*out = days_from_civil(year, month, day);
	return true;
}

static bool make_months(struct days *out, int year, int first, int last)
{
	return make_day(&out->first, year, first, 1) &&
	       make_day(&out->last, year, last, days_in_month(year, last));
}

static bool make_one_day(struct days *out, int year, int month, int day)
{
	bool made = make_day(&out->first, year, month, day);

	out->last = out->first;
	return made;
}

/* A quarter: "Q2", "第2季度", "第二季度". */
static bool read_quarter(struct days *out, int year, const char **s)
{
	static const char *const numbers[] = { "一", "二", "三", "四" };
	const char *p = *s;
	int quarter = -1;

	if (skip_char(&p, 'Q') || skip_char(&p, 'q')) {
		quarter = read_date_number(&p, 1, 1);
	} else if (skip_text(&p, "第")) {
		quarter = read_date_number(&p, 1, 1);
		for (int i = 0; i < 4; i++)
			if (skip_text(&p, numbers[i]))
				quarter = i + 1;
		if (!skip_text(&p, "季度"))
			return false;
	}
	if (quarter < 1 || quarter > 4)
		return false;
	*s = p;
	return make_months(out, year, 3 * quarter - 2, 3 * quarter);
}

/* After a year: "年11月24日", "年11月", "年第二季度", also spaced. */
static bool read_signs(struct days *out, int year, const char **s)
{
	const char *p = *s;
	int month, day;

	skip_date_spaces(&p);
	if (read_quarter(out, year, &p)) {
		*s = p;
		return true;
	}
	month = read_date_number(&p, 1, 2);
	if (month < 0 || !skip_sign(&p, month_signs))
		return false;
	*s = p;
	skip_date_spaces(&p);
	day = read_date_number(&p, 1, 2);
	if (day < 0)
		return make_months(out, year, month, month);
	if (!skip_sign(&p, day_signs))
		return false;
	*s = p;
	return make_one_day(out, year, month, day);
}

/* After a year: "-11-24", "-11", "-Q2", and with / or . in the place of -. */
static bool read_marks(struct days *out, int year, const char **s)
{
	static const char marks[] = "-/.";
	const char *p = *s, *behind;
	int month, day;
	size_t len;

	for (size_t i = 0; marks[i]; i++) {
		p = *s;
		if (!skip_char(&p, marks[i]))
			continue;
		behind = p;
		month = read_date_number(&p, 1, 2);
		if (month < 0) {
			*s = behind;
			return read_quarter(out, year, s);
		}
		behind = p;
		if (skip_char(&p, marks[i])) {
			*s = p;
			day = read_date_number(s, 1, 2);
			return !is_digit_at(*s, &len) &&
			       make_one_day(out, year, month, day);
		}
		/* "2024.05" is a version, "2024-1" a number of something. */
		if (marks[i] == '.' || is_digit_at(p, &len) ||
		    (size_t)(behind - *s) < 3 || *p == '-' || *p == '/')
			return false;
		*s = behind;
		return make_months(out, year, month, month);
	}
	return false;
}

/* "2026-11-24" and its like: what begins with the year. */
static bool read_from_year(struct days *out, const char **s)
{
	int year = read_date_number(s, 4, 4), month, day;
	const char *p = *s;
	size_t len;

	if (year < 1)
		return false;
	if (skip_sign(&p, year_signs)) {
		*s = p;
		return read_signs(out, year, s);
	}
	if (read_quarter(out, year, &p)) {
		*s = p;
		return true;
	}
	if (!is_digit_at(p, &len))
		return read_marks(out, year, s);
	month = read_date_number(s, 2, 2);
	day = month < 0 ? -1 : read_date_number(s, 2, 2);
	return !is_digit_at(*s, &len) && make_one_day(out, year, month, day);
}

static char lower_letter(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_date_letter(char c)
{
	return lower_letter(c) >= 'a' && lower_letter(c) <= 'z';
}

/* Skips `word`, of which three letters are enough, and a full stop. */
static bool skip_word(const char **s, const char *word)
{
	const char *p = *s;
	size_t n = 0;

	while (word[n] && lower_letter(p[n]) == word[n])
		n++;
	if (n < 3 || is_date_letter(p[n]))
		return false;
	*s = p + n + (p[n] == '.');
	return true;
}

/* A month's name, from 1; 0 if there is none. */
static int read_month_name(const char **s)
{
	static const char *const names[] = {
		"january",   "february", "march",    "april",
		"may",       "june",     "july",     "august",
		"september", "october",  "november", "december",
	};

	for (int i = 0; i < 12; i++)
		if (skip_word(s, names[i]))
			return i + 1;
	return 0;
}

static void skip_weekday(const char **s)
{
	static const char *const names[] = { "monday",   "tuesday", "wednesday",
					     "thursday", "friday",  "saturday",
					     "sunday" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (skip_word(s, names[i]))
			break;
	skip_char(s, ',');
	skip_date_spaces(s);
}

/* What parts the words of a date; false if nothing does. */
static bool skip_gap(const char **s)
{
	const char *from = *s;

	skip_char(s, ',');
	skip_date_spaces(s);
	if (*s == from)
		skip_char(s, '-');
	return *s != from;
}

/* "6", "6th", and of "6-8" both. */
static bool read_day_words(int *first, int *last, const char **s)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	const char *p;
	int more;

	*first = *last = read_date_number(s, 1, 2);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (skip_text(s, ends[i]))
			break;
	p = *s;
	if (*first < 0 || !(skip_char(&p, '-') || skip_text(&p, "–")))
		return *first >= 0;
	more = read_date_number(&p, 1, 2);
	if (more > *first && !is_date_letter(*p)) {
		*last = more;
		*s = p;
	}
	return true;
}

static int read_year_word(const char **s)
{
	const char *p = *s;
	int year;
	size_t len;

	if (!skip_gap(&p))
		return -1;
	year = read_date_number(&p, 4, 4);
	if (year < 0 || is_digit_at(p, &len))
		return -1;
	*s = p;
	return year;
}

/* "May 6th, 2024", "6 May 2024", "May 2024", a weekday in front of it. */
static bool read_words(struct days *out, const char **s)
{
	int month, first = 0, last = 0, year;

	skip_weekday(s);
	month = read_month_name(s);
	if (month) {
		year = read_year_word(s);
		if (year > 0)
			return make_months(out, year, month, month);
		if (!skip_gap(s) || !read_day_words(&first, &last, s))
			return false;
	} else {
		if (!read_day_words(&first, &last, s) || !skip_gap(s))
			return false;
		if (skip_text(s, "of "))
			skip_date_spaces(s);
		month = read_month_name(s);
	}
	year = read_year_word(s);
	return month && make_day(&out->first, year, month, first) &&
	       make_day(&out->last, year, month, last);
}

size_t days_parse(struct days *out, const char *s)
{
	const char *from_year = s, *words = s;
	struct days days;

	if (read_from_year(&days, &from_year)) {
		*out = days;
		return (size_t)(from_year - s);
	}
	if (!read_words(&days, &words))
		return 0;
	*out = days;
	return (size_t)(words - s);
}

bool day_parse(int32_t *day, const char *s)
{
	struct days days;

	if (!days_parse(&days, s))
		return false;
	*day = days.first;
	return true;
}

static void put_digits(char *out, int number, size_t count)
{
	for (; count; number /= 10)
		out[--count] = (char)('0' + number % 10);
}

char *day_format(struct arena *a, int32_t day)
{
	char text[] = "0000-00-00";
	int year, month, of_month;

	civil_from_days(day, &year, &month, &of_month);
	if (year < 0 || year > 9999)
		return arena_printf(a, "%04d-%02d-%02d", year, month, of_month);
	put_digits(text, year, 4);
	put_digits(text + 5, month, 2);
	put_digits(text + 8, of_month, 2);
	return arena_strndup(a, text, strlen(text));
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

/* Seconds into the day: hh:mm[:ss[.fraction]], of the hour `least` digits. */
static bool read_clock(int *out, const char **s, int least)
{
	int hour = read_date_number(s, least, 2), minute, second = 0;

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

static bool read_zone(int *zone, bool *zoned, const char **s)
{
	int sign, hours, minutes = 0;

	*zone = 0;
	*zoned = **s != '\0';
	if (!*zoned)
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

bool moment_parse(struct moment *m, enum moment_part *part, const char *s)
{
	int clock = 0, zone = 0, least = 0;
	struct days days;
	size_t n = days_parse(&days, s), len;
	bool zoned = false;

	if (!n || days.first != days.last)
		return false;
	s += n;
	if (skip_text(&s, "T") || skip_text(&s, "t"))
		least = 2;
	else if (skip_char(&s, ' ') || is_digit_at(s, &len))
		least = 1;
	if (least &&
	    (!read_clock(&clock, &s, least) || !read_zone(&zone, &zoned, &s)))
		return false;
	if (*s)
		return false;
	m->seconds = (int64_t)days.first * 86400 + clock - (int64_t)zone * 60;
	m->zone = zone;
	if (part)
		*part = zoned   ? MOMENT_WHOLE
			: least ? MOMENT_ZONELESS
				: MOMENT_DAY;
	return true;
}

struct moment moment_in_zone(struct moment m, int zone)
{
	m.seconds -= (int64_t)zone * 60;
	m.zone = zone;
	return m;
}

struct moment moment_in_local_zone(struct moment m)
{
	time_t t = (time_t)m.seconds;
	struct tm fields, local;
	time_t there;

	if (!gmtime_r(&t, &fields))
		return m;
	fields.tm_isdst = -1;
	there = mktime(&fields);
	if (!localtime_r(&there, &local))
		return m;
	return moment_in_zone(m, (int)(local.tm_gmtoff / 60));
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

int32_t day_now(void)
{
	return (int32_t)(moment_now().seconds / 86400);
}
