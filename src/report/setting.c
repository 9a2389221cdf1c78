/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/setting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "front/marks.h"

/* What stands around a value. */
#define AROUND " \t\r\"'=:,;<>~^@[](){}"

struct setting_reading {
	struct set_value *out;
	struct arena *arena;
	const char *path, *key;
	const char *last; /* the package that was read */
};

static void take_value(struct setting_reading *r, char sign, const char *value,
		       const char *end)
{
	const char **to = sign == '+' ? &r->out->to : &r->out->from;

	while (value < end && strchr(AROUND, *value))
		value++;
	while (value < end && strchr(AROUND, end[-1]))
		end--;
	r->out->unclear |= *to != NULL;
	*to = arena_strndup(r->arena, value, (size_t)(end - value));
}

/* The versions on the lines of a hunk whose header names the package. */
static void read_versions(struct setting_reading *r, const char *line)
{
	for (line = strchr(line, '\n');
	     line && line[1] && strchr("+-", line[1]);
	     line = strchr(line + 1, '\n')) {
		const char *text = line + 2 + strspn(line + 2, " \t");

		if (!strncmp(text, "version", 7))
			take_value(r, line[1], text + 7,
				   text + strcspn(text, "\n"));
	}
}

static void read_setting(void *data, const struct change_mark *mark)
{
	struct setting_reading *r = data;
	const char *at = mark->text;

	if ((mark->kind != MARK_KEY && mark->kind != MARK_PACKAGE) ||
	    strlen(r->path) != mark->path_n ||
	    memcmp(r->path, mark->path, mark->path_n) != 0 ||
	    strlen(r->key) != mark->n ||
	    memcmp(r->key, mark->text, mark->n) != 0)
		return;
	if (mark->kind == MARK_PACKAGE) {
		if (r->last != at)
			read_versions(r, at);
		r->last = at;
		return;
	}
	while (at[-1] != '\n')
		at--;
	take_value(r, *at, mark->text + mark->n,
		   mark->text + strcspn(mark->text, "\n"));
}

void setting_read(struct set_value *out, struct arena *a, const char *diff,
		  const char *path, const char *key)
{
	struct setting_reading r = { out, a, path, key, NULL };

	*out = (struct set_value){ 0 };
	marks_read(diff, false, read_setting, &r);
}

/* "v1.10.2", "105": a number behind another. */
static bool is_version(const char *value)
{
	value += *value == 'v';
	return isdigit((unsigned char)*value) != 0;
}

static int compare_versions(const char *a, const char *b)
{
	a += *a == 'v';
	b += *b == 'v';
	while (isdigit((unsigned char)*a) || isdigit((unsigned char)*b)) {
		char *a_end, *b_end;
		unsigned long one = strtoul(a, &a_end, 10);
		unsigned long two = strtoul(b, &b_end, 10);

		if (one != two)
			return one < two ? -1 : 1;
		a = a_end + strspn(a_end, "._-");
		b = b_end + strspn(b_end, "._-");
	}
	return 0;
}

bool setting_is_clear(const struct set_value *now, const struct set_value *fix)
{
	return !now->unclear && !fix->unclear && (now->from || now->to) &&
	       (fix->from || fix->to);
}

bool setting_goes_back(const struct set_value *now, const struct set_value *fix)
{
	int way;

	if (!setting_is_clear(now, fix))
		return false;
	if (!fix->from || !fix->to)
		return (fix->from && now->to && !now->from) ||
		       (fix->to && now->from && !now->to);
	if (!now->to || !now->from || strcmp(now->from, fix->to) != 0)
		return false;
	if (!is_version(fix->from) || !is_version(fix->to) ||
	    !is_version(now->to))
		return !strcmp(now->to, fix->from);
	way = compare_versions(fix->to, fix->from);
	return way && compare_versions(now->to, fix->from) * way <= 0;
}
