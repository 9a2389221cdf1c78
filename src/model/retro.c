/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/retro.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/retro_name.h"
#include "base/text.h"

/* A day in a name: at its start, or behind anything but a letter or digit
 * ("outage-2026-11-24"). Eight digits in a row must stand alone, since they
 * are as likely the start of a hash. */
int32_t retro_name_day(const char *name)
{
	int32_t day;

	for (const char *p = name; *p; p++) {
		size_t digits = strspn(p, "0123456789");

		if (!digits || (p > name && isalnum((unsigned char)p[-1])))
			continue;
		if (digits != 4 && digits != 8)
			continue;
		if (digits == 8 &&
		    (isalnum((unsigned char)p[8]) || (p[8] == '-' && p > name)))
			continue;
		if (day_parse(&day, p) && day >= RETRO_FIRST_DAY &&
		    day <= RETRO_LAST_DAY)
			return day;
	}
	return DAY_NONE;
}

/* "2026-02-23_sprint-004/retrospective.md": all folders have one of that name,
 * and a day in their own. */
static bool is_kind_only(const char *path)
{
	static const char *const names[] = {
		"retro",      "retrospective", "postmortem", "post-mortem",
		"incident",   "report",        "复盘",       "回顾",
		"ふりかえり", "振り返り",      "회고",       NULL
	};
	const char *base = path_base(path), *folder = base;
	const char *end = base + strcspn(base, ".");

	if (base == path || strchr(end + (*end == '.'), '.'))
		return false;
	for (folder--; folder > path && folder[-1] != '/';)
		folder--;
	for (size_t i = 0; names[i]; i++)
		if (strlen(names[i]) == (size_t)(end - base) &&
		    !strncasecmp(base, names[i], strlen(names[i])))
			return retro_name_day(folder) != DAY_NONE;
	return false;
}

static bool is_folders_own(const char *path)
{
	static const char *const names[] = {
		"index.md",   "README.md",      "index.mdx",
		"README.mdx", "index.markdown", "README.markdown"
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcasecmp(path_base(path), names[i]))
			return true;
	return is_kind_only(path);
}

bool retro_is_path(const char *path)
{
	return retro_name(path);
}

/* A name in a folder that is named after it says nothing: its folder does. */
const char *retro_stem(struct arena *a, const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');

	if (is_folders_own(path) && base > path + 1) {
		const char *folder =
			arena_strndup(a, path, (size_t)(base - 1 - path));

		return path_base(folder);
	}
	if (!dot || dot == base)
		return base;
	return arena_strndup(a, base, (size_t)(dot - base));
}

const char *const retro_time_keys[RETRO_TIMES] = { "started", "detected",
						   "mitigated", "resolved" };

void retro_times(struct field_time *out[RETRO_TIMES], struct retro *retro)
{
	out[0] = &retro->started;
	out[1] = &retro->detected;
	out[2] = &retro->mitigated;
	out[3] = &retro->resolved;
}

bool retro_covers(const struct retro *retro)
{
	return retro->status == STATUS_WAIVED ||
	       (retro->kind != KIND_INCIDENT && retro->kind != KIND_EXPERIMENT);
}

int32_t retro_drafted(const struct retro *retro)
{
	char text[sizeof("2026-11-24")];
	int32_t day = DAY_NONE;

	if (strlen(retro->id) < sizeof(text) - 1)
		return DAY_NONE;
	memcpy(text, retro->id, sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	return day_parse(&day, text) ? day : DAY_NONE;
}

bool retro_range_ends(const char *ends[2], struct arena *a, const char *range)
{
	const char *dots = range ? strstr(range, "..") : NULL;

	if (!dots)
		return false;
	ends[0] = arena_strndup(a, range, (size_t)(dots - range));
	ends[1] = dots + 2 + (dots[2] == '.');
	return true;
}

enum rule_stage retro_stage(const struct retro *retro)
{
	if (!retro->has_id)
		return STAGE_NOTE;
	return retro->status == STATUS_DRAFT ? STAGE_DRAFT : STAGE_FINAL;
}

/* --- spellings --- */

struct spelling {
	int value;
	const char *text;
};

static const struct spelling statuses[] = {
	{ STATUS_DRAFT, N_("draft") },
	{ STATUS_DRAFT, "wip" },
	{ STATUS_DRAFT, "work in progress" },
	{ STATUS_DRAFT, "in progress" },
	{ STATUS_DRAFT, "todo" },
	{ STATUS_DRAFT, "草稿" },
	{ STATUS_DRAFT, "待复盘" },
	{ STATUS_DRAFT, "复盘中" },
	{ STATUS_DRAFT, "进行中" },
	{ STATUS_DRAFT, "open" },
	{ STATUS_DRAFT, "on hold" },
	{ STATUS_REVIEW, N_("review") },
	{ STATUS_REVIEW, "in review" },
	{ STATUS_REVIEW, "under review" },
	{ STATUS_REVIEW, "评审中" },
	{ STATUS_REVIEW, "待评审" },
	{ STATUS_REVIEW, "proposed" },
	{ STATUS_REVIEW, "提议" },
	{ STATUS_FINAL, N_("final") },
	{ STATUS_FINAL, "accepted" },
	{ STATUS_FINAL, "rejected" },
	{ STATUS_FINAL, "declined" },
	{ STATUS_FINAL, "已接受" },
	{ STATUS_FINAL, "已否决" },
	{ STATUS_FINAL, "approved" },
	{ STATUS_FINAL, "completed" },
	{ STATUS_FINAL, "complete" },
	{ STATUS_FINAL, "published" },
	{ STATUS_FINAL, "done" },
	{ STATUS_FINAL, "closed" },
	{ STATUS_FINAL, "已复盘" },
	{ STATUS_FINAL, "已完成" },
	{ STATUS_FINAL, "resolved" },
	{ STATUS_FINAL, "定稿" },
	{ STATUS_FINAL, "已归档" },
	{ STATUS_FINAL, "完成" },
	{ STATUS_FINAL, "已解决" },
	{ STATUS_FINAL, "已关闭" },
	{ STATUS_SUPERSEDED, N_("superseded") },
	{ STATUS_SUPERSEDED, "已取代" },
	{ STATUS_SUPERSEDED, "已被取代" },
	{ STATUS_SUPERSEDED, "deprecated" },
	{ STATUS_SUPERSEDED, "作废" },
	{ STATUS_SUPERSEDED, "已作废" },
	{ STATUS_WAIVED, N_("waived") },
	{ STATUS_WAIVED, "已豁免" },
	{ STATUS_WAIVED, "免复盘" },
};

static const struct spelling kinds[] = {
	{ KIND_RELEASE, "release" },       { KIND_RELEASE, "发布" },
	{ KIND_RELEASE, "版本" },          { KIND_INCIDENT, "incident" },
	{ KIND_INCIDENT, "outage" },       { KIND_INCIDENT, "postmortem" },
	{ KIND_INCIDENT, "事故" },         { KIND_INCIDENT, "故障" },
	{ KIND_INCIDENT, "线上事故" },     { KIND_INCIDENT, "线上故障" },
	{ KIND_EXPERIMENT, "experiment" }, { KIND_EXPERIMENT, "实验" },
	{ KIND_DEPLOYMENT, "deployment" }, { KIND_DEPLOYMENT, "部署" },
	{ KIND_DEPLOYMENT, "上线" },       { KIND_PROJECT, "project" },
	{ KIND_PROJECT, "项目" },
};

/* The first spelling of each value is its name. */
static const char *spelling_name(const struct spelling *table, size_t n,
				 int value)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].value == value)
			return table[i].text;
	return NULL;
}

static int spelling_value(const struct spelling *table, size_t n,
			  const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (text_alike(table[i].text, text))
			return table[i].value;
	return 0;
}

const char *status_name(enum status status)
{
	return spelling_name(statuses, ARRAY_SIZE(statuses), (int)status);
}

const char *kind_name(enum kind kind)
{
	return spelling_name(kinds, ARRAY_SIZE(kinds), (int)kind);
}

/* "superseded by [ADR-0005](0005-example.md)", as MADR writes it. */
static bool names_successor(const char *text)
{
	static const char *const starts[] = { "superseded by ", "被" };

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (!strncasecmp(text, starts[i], strlen(starts[i])))
			return i == 0 || strstr(text, "取代");
	return false;
}

enum status status_parse(const char *text)
{
	int value = spelling_value(statuses, ARRAY_SIZE(statuses), text);

	if (!value && names_successor(text))
		return STATUS_SUPERSEDED;
	return (enum status)value;
}

enum kind kind_parse(const char *text)
{
	return (enum kind)spelling_value(kinds, ARRAY_SIZE(kinds), text);
}

const char *kind_spelling(size_t i, enum kind *kind)
{
	if (i >= ARRAY_SIZE(kinds))
		return NULL;
	*kind = (enum kind)kinds[i].value;
	return kinds[i].text;
}

/* "一级事故" and "IV级" as Chinese reports have them, and grades in words. */
static int word_severity(const char *text)
{
	static const char *const names[][5] = {
		{ "一级", "I级", "Ⅰ级", "重大", "特大" },
		{ "二级", "II级", "Ⅱ级", "严重", "较大" },
		{ "三级", "III级", "Ⅲ级", "一般", "中等" },
		{ "四级", "IV级", "Ⅳ级", "轻微", "较小" },
		{ "五级", "V级", "Ⅴ级", "提示", "提示" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		for (size_t j = 0; j < ARRAY_SIZE(names[i]); j++)
			if (!strncasecmp(text, names[i][j],
					 strlen(names[i][j])) &&
			    !isalpha((unsigned char)text[strlen(names[i][j])]))
				return (int)i + 1;
	return 0;
}

int severity_parse(const char *text)
{
	static const struct {
		const char *prefix;
		int first, last; /* digits it takes */
		int add;         /* from the digit to the severity */
	} forms[] = {
		{ "severity", 1, 5, 0 }, { "sev", 1, 5, 0 }, { "s", 1, 5, 0 },
		{ "p", 0, 4, 1 },        { "", 1, 5, 0 },
	};

	text += strspn(text, " ");
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t n = strlen(forms[i].prefix);
		const char *rest = text + n;
		int digit;

		if (strncasecmp(text, forms[i].prefix, n) != 0)
			continue;
		if (n)
			rest += strspn(rest, " -_:");
		digit = *rest - '0';
		/* Words after it are fine ("P1 (urgent)", "2级"), more of a
		 * number is not ("S10", "1.5"). */
		if (digit >= forms[i].first && digit <= forms[i].last &&
		    !isalnum((unsigned char)rest[1]) && rest[1] != '.')
			return digit + forms[i].add;
	}
	return word_severity(text);
}

const char *severity_said(struct arena *a, const struct retro *retro)
{
	enum { WIDEST = 8 };
	static const char *const numbers[SEVERITY_LEAST + 1] = {
		"", "S1", "S2", "S3", "S4", "S5",
	};
	const char *text = retro->severity_text;

	if (retro->severity && text && text_width(text, strlen(text)) <= WIDEST)
		return text_cleaned(a, text);
	return numbers[retro->severity];
}

void retro_add_links(struct retro *retro, struct arena *a,
		     const struct problem *problem)
{
	for (enum link_role role = LINK_CAUSE; role < LINK_ROLES; role++) {
		const struct strs *list = links_of(&problem->commits, role);

		for (size_t i = 0; i < list->nr; i++)
			strs_add(a, links_list(&retro->commits, role),
				 list->at[i]);
	}
}

bool retro_is_retired(const struct retro *retro, const char *number)
{
	for (size_t i = 0; number && i < retro->retired.nr; i++)
		if (!strcasecmp(retro->retired.at[i], number))
			return true;
	return false;
}

const struct problem *retro_problem(const struct retro *retro,
				    const char *number)
{
	for (size_t i = 0; i < retro->problems.nr; i++) {
		const struct problem *problem = &retro->problems.at[i];

		if (problem->pitfall && !strcasecmp(problem->pitfall, number))
			return problem;
	}
	return NULL;
}

const char *retro_problem_name(struct arena *a, const struct retro *retro,
			       const struct problem *problem)
{
	if (!problem->pitfall)
		return retro->id;
	return arena_printf(a, "%s#%s", retro->id, problem->pitfall);
}
