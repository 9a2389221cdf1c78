/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/section.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* A heading is longer than this only by accident. Characters. */
#define HEADING_MAX 120

static const char *const key_names[SECTION_COUNT] = {
	[SECTION_SUMMARY] = "summary",
	[SECTION_TIMELINE] = "timeline",
	[SECTION_IMPACT] = "impact",
	[SECTION_DIFFICULTIES] = "difficulties",
	[SECTION_CAUSES] = "causes",
	[SECTION_SOLUTIONS] = "solutions",
	[SECTION_PITFALLS] = "pitfalls",
	[SECTION_WENT_WELL] = "went-well",
	[SECTION_IMPROVEMENTS] = "improvements",
	[SECTION_ACTIONS] = "actions",
};

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The names of the sections, as text_slug() gives them: lower case, one dash
 * for whatever is no letter or digit. A plural s is understood. */
static const struct {
	enum section_key key;
	const char *const *names;
} table[] = {
	{ SECTION_SUMMARY,
	  NAMES("summary", "tl-dr", "tldr", "background", "overview",
		"abstract", "context", "executive-summary", "incident-summary",
		"release-summary", "概述", "概要", "摘要", "背景", "简介",
		"总览", "问题描述", "问题概述", "事件概述", "事故概述",
		"事故背景", "事故摘要", "故障概述", "项目背景", "项目概述",
		"版本概述") },
	{ SECTION_TIMELINE,
	  NAMES("timeline", "time-line", "incident-timeline", "chronology",
		"sequence-of-events", "时间线", "时间轴", "关键时间点",
		"事件经过", "事故经过", "事故时间线", "故障时间线") },
	{ SECTION_IMPACT,
	  NAMES("impact", "customer-impact", "user-impact", "business-impact",
		"blast-radius", "影响", "影响范围", "影响面", "业务影响",
		"用户影响", "事故影响", "故障影响") },
	{ SECTION_DIFFICULTIES,
	  NAMES("what-was-hard", "what-was-difficult", "what-made-it-hard",
		"difficulties", "difficulty", "challenge", "hard-part", "难点",
		"难题", "困难", "挑战", "项目难点", "技术难点", "主要难点",
		"遇到的难点", "遇到的困难") },
	{ SECTION_CAUSES,
	  NAMES("cause", "contributing-factor", "contributing-cause",
		"root-cause", "rca", "trigger", "why-it-happened",
		"why-did-it-happen", "what-caused-it", "whys", "five-whys",
		"根因", "根本原因", "问题根因", "原因", "问题原因", "事故原因",
		"故障原因", "直接原因", "触发原因", "诱因") },
	{ SECTION_SOLUTIONS,
	  NAMES("how-we-solved-it", "how-it-was-solved", "how-was-it-solved",
		"how-we-fixed-it", "how-it-was-fixed", "resolution", "solution",
		"fix", "fixes", "mitigation", "recovery", "remediation",
		"actions-taken", "解决方案", "解决办法", "解决方法", "解决过程",
		"怎么解决的", "如何解决", "如何解决的", "处理过程", "处理措施",
		"处理方案", "恢复过程", "修复方案", "应急处理", "止损措施") },
	{ SECTION_PITFALLS,
	  NAMES("pitfall", "gotcha", "lesson", "mistake", "what-went-wrong",
		"what-went-poorly", "what-went-badly", "what-didn-t-go-well",
		"what-didn-t-go-so-well", "what-did-not-go-well",
		"what-did-not-go-so-well", "what-didn-t-work",
		"what-did-not-work", "踩过的坑", "踩的坑", "踩坑", "坑", "教训",
		"经验教训", "经验与教训", "经验", "做得不好的",
		"做得不好的地方", "做的不好的", "做的不好的地方",
		"存在的问题") },
	{ SECTION_WENT_WELL,
	  NAMES("what-went-well", "went-well", "what-worked",
		"what-we-did-well", "where-we-got-lucky", "highlight", "做得好",
		"做得好的", "做得好的地方", "做的好的", "做的好的地方",
		"亮点") },
	{ SECTION_IMPROVEMENTS,
	  NAMES("what-to-improve", "improvement", "what-could-be-improved",
		"what-can-be-improved", "what-could-be-better",
		"what-could-go-better", "what-could-have-gone-better",
		"what-we-could-improve", "what-we-can-improve",
		"areas-for-improvement", "area-for-improvement",
		"可以优化的地方", "可优化的地方", "可以改进的地方",
		"可改进的地方", "优化", "优化点", "优化项", "优化建议",
		"优化方案", "待优化", "改进", "改进点", "改进项", "改进建议",
		"改进方案", "待改进") },
	{ SECTION_ACTIONS,
	  NAMES("action", "action-item", "action-plan", "next-step",
		"follow-up", "followup", "todo", "to-do", "corrective-action",
		"preventive-action", "preventative-action",
		"corrective-measure", "preventive-measure", "行动", "行动项",
		"行动计划", "改进计划", "改进措施", "整改措施", "预防措施",
		"后续行动", "后续计划", "后续措施", "后续工作", "后续改进",
		"待办", "待办事项") },
};

/* What may follow a Chinese name directly and leaves its meaning alone; words
 * are not parted there, and 影响因素 is not 影响. */
static const char *const tails[] = {
	"分析", "说明", "描述", "评估", "情况", "总结", "梳理", "回顾", "记录",
	"列表", "清单", "部分", "如下", "及",   "与",   "和",   NULL,
};

struct match {
	enum section_key key;
	size_t n;   /* bytes of the name that matched */
	bool whole; /* nothing else in the heading */
};

const char *section_name(enum section_key key)
{
	return key < SECTION_COUNT ? key_names[key] : NULL;
}

enum section_key section_by_name(const char *name)
{
	for (size_t i = 1; i < SECTION_COUNT; i++)
		if (strcmp(key_names[i], name) == 0)
			return (enum section_key)i;
	return SECTION_NONE;
}

static bool is_ascii_char(char c)
{
	return (unsigned char)c < 0x80;
}

/* The length of `name` if `s` starts with it, else 0. Mostly not even the first
 * byte is the same. */
static size_t name_prefix(const char *s, const char *name)
{
	size_t n;

	if (*s != *name)
		return 0;
	n = strlen(name);
	return strncmp(s, name, n) ? 0 : n;
}

/* How many bytes of one of the `names` `s` starts with. */
static size_t any_prefix(const char *s, const char *const *names)
{
	size_t n = 0;

	while (!n && *names)
		n = name_prefix(s, *names++);
	return n;
}

/* Whether a name that ends at `s`[n] is a whole word there; `*rest` gets what
 * follows it. */
static bool ends_there(const char *s, size_t n, const char **rest)
{
	const char *next = s + n;

	if (is_ascii_char(s[n - 1])) {
		if (*next == 's' && !isalnum((unsigned char)next[1]))
			next++;
		*rest = next;
		return !*next || *next == '-' || !is_ascii_char(*next);
	}
	next += any_prefix(next, tails);
	*rest = next;
	return next > s + n || is_ascii_char(*next);
}

/* Takes the name if it matches more of the heading than what is there. */
static void try_name(struct match *best, enum section_key key, const char *s,
		     const char *name)
{
	size_t n = name_prefix(s, name);
	const char *rest;

	if (n <= best->n || !ends_there(s, n, &rest))
		return;
	*best = (struct match){ key, n, *rest == '\0' };
}

/* "2-1-", "iv-", "a-", "三-": the numbering in front; and "the-", "our-". */
static size_t numbering(const char *s)
{
	static const char *const numerals[] = {
		"一", "二", "三", "四", "五", "六",
		"七", "八", "九", "十", NULL,
	};
	size_t n = strspn(s, "0123456789"), more;

	if (n && s[n] && !is_ascii_char(s[n]))
		return n;
	if (!n)
		n = strspn(s, "ivx");
	if (!n && islower((unsigned char)s[0]) && s[1] == '-')
		n = 1;
	if (!n && (strncmp(s, "the-", 4) == 0 || strncmp(s, "our-", 4) == 0))
		n = 3;
	while (!is_ascii_char(s[n]) && (more = any_prefix(s + n, numerals)))
		n += more;
	return n && s[n] == '-' ? n + 1 : 0;
}

static struct match match_heading(struct arena *a, const char *heading,
				  const struct section_aliases *aliases)
{
	struct match best = { SECTION_NONE, 0, false };
	const char *s = text_slug(a, heading, HEADING_MAX);
	size_t skip;

	while ((skip = numbering(s)))
		s += skip;
	for (size_t i = 0; aliases && i < aliases->nr; i++) {
		const struct section_alias *alias = &aliases->at[i];
		const char *name = text_slug(a, alias->name, HEADING_MAX);

		try_name(&best, alias->key, s, name);
	}
	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		for (size_t j = 0; table[i].names[j]; j++)
			try_name(&best, table[i].key, s, table[i].names[j]);
	return best;
}

enum section_key section_by_heading(struct arena *a, const char *heading,
				    const struct section_aliases *aliases)
{
	return match_heading(a, heading, aliases).key;
}

static const struct md *next_heading(const struct md *md)
{
	while (md && md->type != MD_HEADING)
		md = md->next;
	return md;
}

/* A first and only level-1 heading with others under it is the document's
 * title: "Lessons from the July outage" is no section of lessons. */
static const struct md *find_title(const struct md *doc)
{
	const struct md *first = next_heading(doc->first), *md;

	if (!first || first->level != 1)
		return NULL;
	md = next_heading(first->next);
	if (!md)
		return NULL;
	for (; md; md = next_heading(md->next))
		if (md->level == 1)
			return NULL;
	return first;
}

void section_split(struct sections *out, struct arena *a, const struct md *doc,
		   const struct section_aliases *aliases)
{
	const struct md *title = find_title(doc), *head, *next;
	enum section_key around[7] = { SECTION_NONE }; /* by level */

	for (head = next_heading(doc->first); head; head = next) {
		struct section section = { 0 };
		struct buf text = BUF_INIT;
		struct match match;

		next = next_heading(head->next);
		md_plain(&text, head);
		match = match_heading(a, text.p, aliases);
		if (head == title && !match.whole)
			match.key = SECTION_NONE;
		section.own = match.key != SECTION_NONE;
		section.key = section.own ? match.key : around[head->level - 1];
		for (int level = head->level; level < 7; level++)
			around[level] = section.key;
		section.heading = arena_strdup(a, text.p);
		section.level = head->level;
		section.line = head->line;
		section.end_line = next ? next->line - 1 : doc->end_line;
		/* A lone CR parts headings that share a line of the file. */
		if (section.end_line < section.line)
			section.end_line = section.line;
		section.first = head->next;
		section.end = next;
		vec_push(a, out, section);
		buf_release(&text);
	}
}
