/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/query.h"

#include <fnmatch.h>
#include <string.h>

#include "base/text.h"

static struct err *check_values(const struct strs *values, const char *what,
				const char *known, int parse(const char *))
{
	for (size_t i = 0; i < values->nr; i++)
		if (!parse(values->at[i]))
			return err_hint(err_new(ERR_USAGE, "'%s' is no %s",
						values->at[i], what),
					"use %s", known);
	return NULL;
}

static int parse_status(const char *text)
{
	return (int)status_parse(text);
}

static int parse_kind(const char *text)
{
	return (int)kind_parse(text);
}

static struct err *check_day(const char *text)
{
	int32_t day;

	if (!text || day_parse(&day, text))
		return NULL;
	return err_hint(err_new(ERR_USAGE, "'%s' is no day", text),
			"write it as 2026-11-24");
}

struct err *query_check(const struct query *query)
{
	struct err *e = check_values(
		&query->statuses, "status",
		"draft, review, final, superseded or waived", parse_status);

	if (!e)
		e = check_values(&query->kinds, "kind",
				 "release, incident, experiment, deployment "
				 "or project",
				 parse_kind);
	if (!e)
		e = check_values(&query->severities, "severity",
				 "1 (worst) to 5", severity_parse);
	if (!e)
		e = check_day(query->since);
	if (!e)
		e = check_day(query->until);
	return e;
}

static bool any_value(const struct strs *asked, int value,
		      int parse(const char *))
{
	for (size_t i = 0; i < asked->nr; i++)
		if (parse(asked->at[i]) == value)
			return true;
	return !asked->nr;
}

typedef bool like_fn(struct arena *a, const char *asked, const char *has);

static bool is_part(struct arena *a, const char *asked, const char *has)
{
	return strstr(text_fold(a, has, strlen(has)),
		      text_fold(a, asked, strlen(asked)));
}

static bool is_same(struct arena *a, const char *asked, const char *has)
{
	return !strcmp(text_fold(a, has, strlen(has)),
		       text_fold(a, asked, strlen(asked)));
}

static bool is_like(struct arena *a, const char *asked, const char *has)
{
	(void)a;
	return !fnmatch(asked, has, 0);
}

static bool any_like(struct arena *a, const struct strs *asked,
		     const struct strs *has, like_fn *like)
{
	for (size_t i = 0; i < asked->nr; i++)
		for (size_t j = 0; j < has->nr; j++)
			if (like(a, asked->at[i], has->at[j]))
				return true;
	return !asked->nr;
}

static bool in_time(const struct query *query, int32_t date)
{
	int32_t day;

	if (query->since && day_parse(&day, query->since) && date < day)
		return false; /* DAY_NONE is less than any day */
	if (query->until && day_parse(&day, query->until) &&
	    (date == DAY_NONE || date > day))
		return false;
	return true;
}

static bool matches(const struct query *query, struct arena *a,
		    const struct retro *retro)
{
	const char *owner = retro->owner;
	struct strs owners = { &owner, owner ? 1 : 0, 1 };

	return any_value(&query->statuses, (int)retro->status, parse_status) &&
	       any_value(&query->kinds, (int)retro->kind, parse_kind) &&
	       any_value(&query->severities, retro->severity, severity_parse) &&
	       any_like(a, &query->labels, &retro->labels, is_same) &&
	       any_like(a, &query->authors, &retro->authors, is_part) &&
	       any_like(a, &query->owners, &owners, is_part) &&
	       any_like(a, &query->releases, &retro->releases, is_like) &&
	       in_time(query, retro->date);
}

void query_filter(struct retros *retros, struct arena *a,
		  const struct query *query)
{
	size_t kept = 0;

	for (size_t i = 0; i < retros->nr; i++)
		if (matches(query, a, retros->at[i]))
			retros->at[kept++] = retros->at[i];
	retros->nr = kept;
}
