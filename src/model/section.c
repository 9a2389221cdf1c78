/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/section.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hanzi.h"
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

/* As the templates write them. */
static const char *const titles_en[SECTION_COUNT] = {
	[SECTION_SUMMARY] = "Summary",
	[SECTION_TIMELINE] = "Timeline",
	[SECTION_IMPACT] = "Impact",
	[SECTION_DIFFICULTIES] = "What was hard",
	[SECTION_CAUSES] = "Contributing factors",
	[SECTION_SOLUTIONS] = "How we solved it",
	[SECTION_PITFALLS] = "Pitfalls",
	[SECTION_WENT_WELL] = "What went well",
	[SECTION_IMPROVEMENTS] = "What to improve",
	[SECTION_ACTIONS] = "Actions",
};
static const char *const titles_zh[SECTION_COUNT] = {
	[SECTION_SUMMARY] = "概述",
	[SECTION_TIMELINE] = "时间线",
	[SECTION_IMPACT] = "影响",
	[SECTION_DIFFICULTIES] = "难点",
	[SECTION_CAUSES] = "根因",
	[SECTION_SOLUTIONS] = "解决方案",
	[SECTION_PITFALLS] = "踩过的坑",
	[SECTION_WENT_WELL] = "做得好的",
	[SECTION_IMPROVEMENTS] = "可以优化的地方",
	[SECTION_ACTIONS] = "行动项",
};

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The names of the sections, as text_slug() gives them: lower case, one dash
 * for whatever is not a letter or digit; simplified characters. A plural s is
 * understood. */
static const struct {
	enum section_key key;
	const char *const *names;
} table[] = {
	{ SECTION_SUMMARY,
	  NAMES("summary", "tl-dr", "tldr", "background", "overview",
		"abstract", "context", "executive-summary", "incident-summary",
		"issue-summary", "release-summary", "symptom", "what-happened",
		"概述", "概要", "摘要", "背景", "简介", "总览", "现象",
		"问题现象", "故障现象", "问题描述", "问题概述", "事件概述",
		"事故概述", "事故背景", "事故摘要", "故障概述", "故障背景",
		"故障描述", "项目背景", "项目概述", "版本概述", "发生了什么",
		"incident-overview", "サマリー", "개요", "요약", "세-줄-요약",
		"한-줄-요약") },
	{ SECTION_TIMELINE,
	  NAMES("timeline", "time-line", "incident-timeline", "chronology",
		"sequence-of-events", "detection", "时间线", "时间轴",
		"关键时间点", "事件经过", "事故经过", "故障经过", "事件时间线",
		"事故时间线", "故障时间线", "发现过程", "lead-up",
		"タイムライン", "经纬", "経緯", "타임라인", "경과") },
	{ SECTION_IMPACT,
	  NAMES("impact", "customer-impact", "user-impact", "business-impact",
		"blast-radius", "影响", "影响范围", "影响面", "业务影响",
		"用户影响", "事故影响", "故障影响", "impact-scope",
		"scope-of-impact", "影响範囲", "影响范囲", "영향",
		"영향-범위") },
	{ SECTION_DIFFICULTIES,
	  NAMES("what-was-hard", "what-was-difficult", "what-made-it-hard",
		"difficulties", "difficulty", "challenge", "hard-part",
		"harder-than-expected", "what-was-awkward", "pain-point",
		"难点", "难题", "困难", "挑战", "项目难点", "技术难点",
		"主要难点", "遇到的难点", "遇到的困难", "大変だったこと",
		"难しかったこと", "어려웠던-것", "어려웠던-점",
		"힘들었던-점") },
	{ SECTION_CAUSES,
	  NAMES("cause", "contributing-factor", "contributing-cause",
		"root-cause", "rca", "trigger", "why-it-happened",
		"why-did-it-happen", "what-caused-it", "whys", "five-whys",
		"根因", "根本原因", "问题根因", "故障根因", "事故根因", "原因",
		"问题原因", "事故原因", "故障原因", "直接原因", "触发原因",
		"诱因", "问题分析", "故障分析", "근본-원인", "원인") },
	{ SECTION_SOLUTIONS,
	  NAMES("how-we-solved-it", "how-it-was-solved", "how-was-it-solved",
		"how-we-fixed-it", "how-it-was-fixed", "resolution", "solution",
		"fix", "fixes", "mitigation", "recovery", "remediation",
		"actions-taken", "action-taken", "解决", "修复", "解决方案",
		"解决办法", "解决方法", "解决过程", "怎么解决的", "如何解决",
		"如何解决的", "处理过程", "处理经过", "处理措施", "处理方案",
		"排查过程", "定位过程", "故障处理", "恢复过程", "恢复措施",
		"修复方案", "应急处理", "止损措施", "复旧", "復旧", "해결",
		"조치", "복구") },
	{ SECTION_PITFALLS,
	  NAMES("pitfall", "gotcha", "lesson", "lesson-learned",
		"lessons-learned", "lessons-learnt", "lesson-learnt",
		"learning", "what-we-learned", "what-was-learned",
		"what-have-we-learned", "takeaway", "insight", "mistake",
		"what-went-wrong", "what-went-poorly", "what-went-badly",
		"what-didn-t-go-well", "what-didn-t-go-so-well",
		"what-did-not-go-well", "what-did-not-go-so-well",
		"what-didn-t-work", "what-did-not-work", "what-we-got-wrong",
		"detour", "what-could-have-gone-better", "what-could-go-better",
		"went-wrong", "went-poorly", "went-badly",
		"what-we-should-have-done-differently",
		"what-we-would-do-differently", "what-we-d-do-differently",
		"what-to-do-differently", "do-differently-next-time",
		"would-do-differently", "what-was-puzzling",
		"what-was-frustrating", "what-was-confusing", "how-to-avoid-it",
		"how-to-avoid-this", "prevent-recurrence", "prevention",
		"what-bit-us", "what-broke", "踩过的坑", "踩的坑", "踩坑", "坑",
		"坑点", "避坑", "禁忌", "教训", "经验教训", "经验与教训",
		"经验", "走过的弯路", "弯路", "做得不好的", "做得不好的地方",
		"做的不好的", "做的不好的地方", "存在的问题", "存在的不足",
		"存在不足", "不足", "不足之处", "反思", "总结", "如何避免",
		"怎么避免", "注意事项", "预防", "学び", "学んだこと",
		"うまくいかなかったこと", "反省", "反省点", "负け筋",
		"ハマったこと", "교훈", "배운-점", "배운점", "배운-것",
		"잘못된-점", "문제점", "문제와-우려", "발생한-문제",
		"문제와-해결", "문제와-대응", "주의할-점", "주의-사항",
		"주의사항") },
	{ SECTION_WENT_WELL,
	  NAMES("what-went-well", "went-well", "what-worked", "what-we-liked",
		"what-we-did-well", "where-we-got-lucky",
		"where-did-we-get-lucky", "highlight", "做得好", "做得好的",
		"做得好的地方", "做的好的", "做的好的地方", "亮点",
		"what-went-right", "うまくいったこと", "良かったこと",
		"よかったこと", "良かった点", "胜ち筋", "잘-된-것", "잘-된-점",
		"잘된-것", "잘된-점", "잘한-점", "잘한점", "잘한-것",
		"좋았던-점") },
	{ SECTION_IMPROVEMENTS,
	  NAMES("what-to-improve", "improvement", "what-could-be-improved",
		"what-can-be-improved", "what-could-be-better",
		"what-we-could-improve", "what-we-can-improve",
		"areas-for-improvement", "area-for-improvement",
		"可以优化的地方", "可优化的地方", "可以改进的地方",
		"可改进的地方", "优化", "优化点", "优化项", "优化建议",
		"优化方案", "待优化", "改进", "改进点", "改进项", "改进建议",
		"改进方案", "待改进", "改善点", "改善が必要なこと", "개선점",
		"개선-사항", "개선할-점", "개선-제안", "아쉬웠던-점",
		"아쉬운-점", "아쉬운점") },
	{ SECTION_ACTIONS,
	  NAMES("action", "action-item", "action-plan", "next-step",
		"next-phase", "next-sprint", "next-iteration", "next-session",
		"next-week", "what-s-next", "what-next", "pending-item",
		"deferred-item", "what-remains", "follow-up", "followup",
		"follow-on", "todo", "to-do", "outstanding-item", "open-item",
		"remaining-work", "changes-proposed", "proposed-change",
		"遗留事项", "整改项", "整改计划", "corrective-action",
		"preventive-action", "preventative-action",
		"corrective-measure", "preventive-measure",
		"preventative-measure", "corrective-and-preventative-measure",
		"corrective-and-preventive-measure",
		"corrective-and-preventative-action",
		"corrective-and-preventive-action", "recommendation", "行动",
		"行动项", "行动项目", "行动计划", "改进计划", "改进措施",
		"改进行动", "整改措施", "预防措施", "防范措施", "后续行动",
		"后续计划", "后续措施", "后续工作", "后续改进", "后续跟进",
		"后续优化", "责任人跟进", "下一步", "下一步计划", "下一步行动",
		"待办", "待办事项", "后续", "下周计划", "下周工作",
		"下周工作计划", "下月计划", "下阶段计划", "下一阶段",
		"下一阶段计划", "下一阶段建议", "下一步建议", "后续建议",
		"change-for-next-time", "prevention-measure",
		"アクションアイテム", "アクション", "再発防止", "再発防止策",
		"再发防止", "再发防止策", "액션-아이템", "후속-조치",
		"다음-단계", "재발-방지", "재발-방지-대책", "다음-개선",
		"다음-개선점", "다음-액션", "다음-할-일", "액션-플랜",
		"향후-계획") },
};

/* Words that are names only beside others of their form of a retrospective: each
 * alone says anything. */
static const struct {
	const char *form, *word;
	enum section_key key;
} forms[] = {
	{ "kpt", "keep", SECTION_WENT_WELL },
	{ "kpt", "problem", SECTION_PITFALLS },
	{ "kpt", "try", SECTION_ACTIONS },
	{ "4l", "liked", SECTION_WENT_WELL },
	{ "4l", "learned", SECTION_PITFALLS },
	{ "4l", "lacked", SECTION_PITFALLS },
	{ "4l", "longed-for", SECTION_IMPROVEMENTS },
	{ "stop", "start", SECTION_ACTIONS },
	{ "stop", "stop", SECTION_ACTIONS },
	{ "stop", "continue", SECTION_WENT_WELL },
	{ "mad", "mad", SECTION_PITFALLS },
	{ "mad", "sad", SECTION_PITFALLS },
	{ "mad", "glad", SECTION_WENT_WELL },
};

/* Chinese names that are the end of too many words: 性能不足, 成果总结. */
static const char *const firsts[] = { "不足", "总结", NULL };

/* What may follow a Chinese name directly and leaves its meaning alone; words
 * are not parted there, and 影响因素 is not 影响. */
static const char *const tails[] = {
	"分析", "说明", "描述", "评估", "情况", "总结", "梳理",   "回顾",
	"记录", "列表", "清单", "部分", "如下", "汇总", "案例集", "案例",
	"追踪", "跟踪", "及",   "与",   "和",   NULL,
};

/* Headings that say what a document has, and never what it is about. */
static const char *const no_titles[] = {
	"contents", "table-of-contents", "toc", "metadata", "meta", "目录",
	"元数据",   "基本信息",          NULL,
};

/* Behind one of these a name only says of what: "Timeline of the fix". */
static const char *const prepositions[] = {
	"of-",   "for-",     "in-",    "on-",     "by-",    "with-",
	"from-", "during-",  "to-",    "at-",     "after-", "before-",
	"per-",  "without-", "about-", "behind-", NULL,
};

/* Words in front that leave a name what it is. */
static const char *const openers[] = {
	"the-",     "our-",       "key-",        "main-",      "major-",
	"some-",    "all-",       "initial-",    "final-",     "overall-",
	"general-", "immediate-", "short-term-", "long-term-", "planned-",
	"other-",   "本次",       "本期",        "主要",       "其他",
	NULL,
};

/* The parts of a heading and what is between them. */
struct part {
	const char *slug;
	bool beside;    /* parted from the one before by / or its like: both
			 * count */
	bool bracketed; /* counts if no other does */
};
struct parts VEC_OF(struct part);

/* A name in a part. */
struct hit {
	enum section_key key;
	size_t at, end;
	bool tail; /* one of the tails is part of it */
};

struct match {
	enum section_key key, also;
	bool whole; /* the part is the name and no more */
	bool exact; /* nor is there another part, or a word in front */
};

const char *section_name(enum section_key key)
{
	return key < SECTION_COUNT ? key_names[key] : NULL;
}

const char *section_title(enum section_key key, bool chinese)
{
	return chinese ? titles_zh[key] : titles_en[key];
}

enum section_key section_by_name(const char *name)
{
	for (size_t i = 1; i < SECTION_COUNT; i++)
		if (strcmp(key_names[i], name) == 0)
			return (enum section_key)i;
	return SECTION_NONE;
}

const char *section_spelling(size_t i, enum section_key *key)
{
	for (size_t row = 0; row < ARRAY_SIZE(table); row++)
		for (size_t j = 0; table[row].names[j]; j++)
			if (!i--) {
				*key = table[row].key;
				return table[row].names[j];
			}
	return NULL;
}

static bool is_ascii_char(char c)
{
	return (unsigned char)c < 0x80;
}

/* The length of `name` if `s` starts with it, else 0. Mostly one of the first
 * bytes differs. */
static size_t name_prefix(const char *s, const char *name)
{
	size_t n = 0;

	while (name[n] && s[n] == name[n])
		n++;
	return name[n] ? 0 : n;
}

/* How many bytes of one of the `names` `s` starts with. */
static size_t any_prefix(const char *s, const char *const *names)
{
	size_t n = 0;

	while (!n && *names)
		n = name_prefix(s, *names++);
	return n;
}

/* Whether a name of `n` bytes is a whole word at `s`; `*end` gets how far it
 * reaches with what may follow it. */
static bool ends_there(const char *s, size_t n, size_t *end)
{
	const char *next = s + n;

	if (is_ascii_char(s[n - 1])) {
		if (*next == 's' && !isalnum((unsigned char)next[1]))
			next++;
		*end = (size_t)(next - s);
		return !*next || *next == '-' || !is_ascii_char(*next);
	}
	next += any_prefix(next, tails);
	*end = (size_t)(next - s);
	return next > s + n || is_ascii_char(*next);
}

/* Whether a name can begin at `s` in `slug`: at a word's start; in Chinese
 * anywhere, but a name of a single character. */
static bool begins_there(const char *slug, const char *s, const char *name)
{
	if (s - slug >= 3 && !strncmp(s - 3, "no-", 3) &&
	    (s - slug == 3 || s[-4] == '-'))
		return false;
	if (s == slug || s[-1] == '-')
		return true;
	if (is_ascii_char(*name))
		return !is_ascii_char(s[-1]);
	for (size_t i = 0; firsts[i]; i++)
		if (!strcmp(name, firsts[i]))
			return false;
	return strlen(name) > 3 || is_ascii_char(s[-1]);
}

/* Takes the name if it is there and longer than what was found. */
static void try_name(struct hit *best, size_t *longest, enum section_key key,
		     const char *slug, const char *s, const char *name)
{
	size_t n = name_prefix(s, name), end;

	if (n <= *longest || !begins_there(slug, s, name) ||
	    !ends_there(s, n, &end))
		return;
	*longest = n;
	best->key = key;
	best->at = (size_t)(s - slug);
	best->end = best->at + end;
	best->tail = !is_ascii_char(*name) && end > n;
}

/* A slug in simplified characters. */
static const char *heading_slug(struct arena *a, const char *text)
{
	const char *slug = text_slug(a, text, HEADING_MAX);
	struct buf out = BUF_INIT;
	size_t n = strlen(slug), len;

	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(slug + at, n - at, &len);

		text_encode(&out, hanzi_simplified(c));
	}
	slug = arena_strdup(a, out.p);
	buf_release(&out);
	return slug;
}

/* The names of the table by their first byte, as each is sought at every word
 * of every heading. */
struct spelling {
	const char *name;
	enum section_key key;
};
static struct spelling spellings[1024];
static size_t spellings_from[257]; /* by the first byte, the first of them */
static pthread_once_t spellings_once = PTHREAD_ONCE_INIT;

static int by_first_byte(const void *a, const void *b)
{
	const struct spelling *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void sort_spellings(void)
{
	enum section_key key;
	const char *name;
	size_t nr = 0;

	for (;
	     nr < ARRAY_SIZE(spellings) && (name = section_spelling(nr, &key));
	     nr++)
		spellings[nr] = (struct spelling){ name, key };
	qsort(spellings, nr, sizeof(*spellings), by_first_byte);
	for (size_t i = 0; i < nr; i++)
		spellings_from[(unsigned char)*spellings[i].name + 1] = i + 1;
	for (size_t byte = 0; byte < 256; byte++)
		if (!spellings_from[byte + 1])
			spellings_from[byte + 1] = spellings_from[byte];
}

/* The longest name that starts at `s`; the names of `aliases` are slugs. */
static bool find_section_name(struct hit *hit, const char *slug, const char *s,
			      const struct section_aliases *aliases)
{
	size_t longest = 0, first = (unsigned char)*s;

	for (size_t i = 0; i < aliases->nr; i++)
		try_name(hit, &longest, aliases->at[i].key, slug, s,
			 aliases->at[i].name);
	pthread_once(&spellings_once, sort_spellings);
	for (size_t i = spellings_from[first]; i < spellings_from[first + 1];
	     i++)
		try_name(hit, &longest, spellings[i].key, slug, s,
			 spellings[i].name);
	return longest > 0;
}

/* "2-1-", "iv-", "a-", "三-", "第三部分-": the numbering in front. */
static size_t numbering(const char *s)
{
	static const char *const numerals[] = {
		"一", "二", "三", "四", "五", "六",
		"七", "八", "九", "十", NULL,
	};
	static const char *const units[] = { "部分", "章", "节", "步", NULL };
	size_t n = strspn(s, "0123456789"), more, unit;

	if (name_prefix(s, "第")) {
		n = 3 + strspn(s + 3, "0123456789");
		while ((more = any_prefix(s + n, numerals)))
			n += more;
		unit = any_prefix(s + n, units);
		n += unit;
		return unit ? n + (s[n] == '-') : 0;
	}
	if (n && s[n] && !is_ascii_char(s[n]))
		return n;
	if (!n)
		n = strspn(s, "ivx");
	if (!n && islower((unsigned char)s[0]) && s[1] == '-')
		n = 1;
	while (!is_ascii_char(s[n]) && (more = any_prefix(s + n, numerals)))
		n += more;
	return n && s[n] == '-' ? n + 1 : 0;
}

static const char *behind_numbering(const char *slug)
{
	size_t n;

	while ((n = numbering(slug)))
		slug += n;
	return slug;
}

/* "mitigation", "mitigations": the word, or its plural. */
static bool slug_says(const char *slug, const char *word)
{
	size_t n = name_prefix(slug, word);

	return n && (!slug[n] || !strcmp(slug + n, "s"));
}

/* "-and-", "-", "与": whether two names are told in one breath. */
static bool joins(const char *s, size_t n)
{
	static const char *const words[] = { "-and-", "-or-", "与", "和",
					     "及",    "以及", "" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && !strncmp(s, words[i], n))
			return true;
	return false;
}

/* Of the names in a part the last one says what it is. */
static struct match match_part(const char *slug,
			       const struct section_aliases *aliases)
{
	struct match match = { SECTION_NONE, SECTION_NONE, false, false };
	struct hit last = { SECTION_NONE, 0, 0, false }, hit;
	const char *s = behind_numbering(slug);
	size_t skip, first;

	match.exact = true;
	if (!find_section_name(&hit, slug, s, aliases))
		while ((skip = any_prefix(s, openers))) {
			s += skip;
			match.exact = false;
		}
	first = (size_t)(s - slug);
	for (; *s; s++) {
		bool word = s == slug || s[-1] == '-' || !is_ascii_char(*s) ||
			    !is_ascii_char(s[-1]);

		if (!word)
			continue;
		if (last.key && any_prefix(s, prepositions))
			break;
		if (!find_section_name(&hit, slug, s, aliases))
			continue;
		match.also =
			last.key && joins(slug + last.end, hit.at - last.end)
				? last.key
				: SECTION_NONE;
		match.whole = !last.key && hit.at == first;
		last = hit;
		s = slug + hit.end - 1;
	}
	match.key = last.key;
	match.whole &= last.key && !slug[last.end];
	match.exact &= match.whole && !last.tail;
	if (match.also == match.key)
		match.also = SECTION_NONE;
	return match;
}

/* The length of what parts two halves of a heading at `p`: a bracket, a colon,
 * a dash between spaces, a slash. */
static size_t parting(const char *p, bool *beside, int *depth)
{
	static const struct {
		const char *sign;
		bool beside;
		int depth;
	} signs[] = {
		{ "/", true, 0 },    { "／", true, 0 },   { "、", true, 0 },
		{ "&", true, 0 },    { "＆", true, 0 },   { "+", true, 0 },
		{ ":", false, 0 },   { "：", false, 0 },  { "|", false, 0 },
		{ " - ", false, 0 }, { "—", false, 0 },   { "–", false, 0 },
		{ "(", false, 1 },   { "（", false, 1 },  { "[", false, 1 },
		{ ")", false, -1 },  { "）", false, -1 }, { "]", false, -1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
		size_t n = name_prefix(p, signs[i].sign);

		if (!n)
			continue;
		*beside = signs[i].beside;
		*depth += signs[i].depth;
		return n;
	}
	return 0;
}

/* A part that only numbers what follows, "一、", is none. */
static void add_heading_part(struct parts *out, struct arena *a,
			     const char *from, size_t n, bool beside,
			     bool bracketed)
{
	const char *slug, *numbered;

	text_trim(&from, &n);
	if (!n)
		return;
	slug = heading_slug(a, arena_strndup(a, from, n));
	numbered = arena_printf(a, "%s-", slug);
	if (out->nr || numbering(numbered) != strlen(numbered))
		vec_push(a, out, (struct part){ slug, beside, bracketed });
}

/* "Root Cause(s)" is one part, and so is "【踩过的坑】". */
static void split_heading(struct parts *out, struct arena *a,
			  const char *heading)
{
	const char *from = heading, *p = heading;
	bool beside = false, next;
	int depth = 0;

	while (*p) {
		int was = depth;
		size_t n = strncmp(p, "(s)", 3) ? parting(p, &next, &depth) : 0;

		if (!n) {
			p++;
			continue;
		}
		add_heading_part(out, a, from, (size_t)(p - from), beside,
				 was > 0);
		depth = depth < 0 ? 0 : depth;
		beside = next;
		p += n;
		from = p;
	}
	add_heading_part(out, a, from, (size_t)(p - from), beside, depth > 0);
}

static struct section_aliases slugs_of(struct arena *a,
				       const struct section_aliases *aliases)
{
	struct section_aliases slugs = { 0 };

	for (size_t i = 0; aliases && i < aliases->nr; i++)
		vec_push(a, &slugs,
			 (struct section_alias){
				 aliases->at[i].key,
				 heading_slug(a, aliases->at[i].name) });
	return slugs;
}

static const struct md *next_heading(const struct md *md)
{
	while (md && md->type != MD_HEADING)
		md = md->next;
	return md;
}

/* The word of a form that a part is, without its numbering; -1 if it is none. */
static int form_word(const char *slug)
{
	slug = behind_numbering(slug);
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
		if (slug_says(slug, forms[i].word))
			return (int)i;
	return -1;
}

/* The names of a form of which the document has two words. */
static void add_form_names(struct section_aliases *out, struct arena *a,
			   const struct md *doc)
{
	bool has[ARRAY_SIZE(forms)] = { false };

	for (const struct md *md = next_heading(doc->first); md;
	     md = next_heading(md->next)) {
		struct parts parts = { 0 };
		struct buf text = BUF_INIT;
		int word;

		md_plain(&text, md);
		split_heading(&parts, a, text.p);
		for (size_t i = 0; i < parts.nr; i++)
			if ((word = form_word(parts.at[i].slug)) >= 0)
				has[word] = true;
		buf_release(&text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t nr = 0;

		for (size_t j = 0; j < ARRAY_SIZE(forms); j++)
			nr += has[j] && !strcmp(forms[j].form, forms[i].form);
		if (has[i] && nr > 1)
			vec_push(a, out,
				 (struct section_alias){ forms[i].key,
							 forms[i].word });
	}
}

/* The first part with a name, and what stands beside it; what is in brackets
 * counts if nothing else does. */
static struct match match_heading(struct arena *a, const char *heading,
				  const struct section_aliases *slugs)
{
	struct match match = { SECTION_NONE, SECTION_NONE, false, false };
	struct parts parts = { 0 };

	split_heading(&parts, a, heading);
	for (int bracketed = 0; bracketed < 2 && !match.key; bracketed++) {
		for (size_t i = 0; i < parts.nr; i++) {
			const struct part *part = &parts.at[i];
			struct match one;

			if (part->bracketed != bracketed)
				continue;
			one = match_part(part->slug, slugs);
			if (!match.key && one.key) {
				match = one;
				match.exact &= parts.nr == 1;
			} else if (match.key && part->beside && one.key &&
				   one.key != match.key) {
				match.also = match.key;
				match.key = one.key;
				match.whole &= one.whole;
			}
		}
	}
	return match;
}

enum section_key section_by_heading(struct arena *a, const char *heading,
				    const struct section_aliases *aliases)
{
	const struct section_aliases slugs = slugs_of(a, aliases);

	return match_heading(a, heading, &slugs).key;
}

bool section_is(const struct section *section, enum section_key key)
{
	return section->key == key || section->also == key;
}

bool section_is_name(struct arena *a, const char *heading)
{
	const struct section_aliases none = { 0 };
	const char *slug = heading_slug(a, heading);
	size_t skip;

	if (match_heading(a, heading, &none).exact)
		return true;
	slug = behind_numbering(slug);
	skip = any_prefix(slug, no_titles);
	return skip && !slug[skip];
}

/* A first and only level-1 heading with others under it is the document's
 * title: "Lessons from the July outage" is not a section of lessons. */
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

static struct match match_md(struct arena *a, const struct md *md,
			     const struct section_aliases *slugs)
{
	struct buf text = BUF_INIT;
	struct match match;

	md_plain(&text, md);
	match = match_heading(a, text.p, slugs);
	buf_release(&text);
	return match;
}

/* Whether the title says what all of the document is: "# Lessons learned: the
 * July outage" does where no other heading says what a section is. */
static bool is_title_a_section(struct arena *a, const struct md *title,
			       const struct section_aliases *slugs)
{
	const struct match match = match_md(a, title, slugs);
	const struct md *md = title;

	if (match.exact || !match.whole)
		return match.exact;
	while ((md = next_heading(md->next)))
		if (match_md(a, md, slugs).whole)
			return false;
	return true;
}

/* Headings that only sort the actions below them: "Mitigate", "预防". */
static bool sorts_actions(struct arena *a, const char *heading)
{
	static const char *const kinds[] = {
		"prevent",  "prevention",  "preventive", "preventative",
		"mitigate", "mitigation",  "detect",     "detection",
		"fix",      "fixes",       "resolution", "remediation",
		"recovery", "improvement", "process",    "预防",
		"防范",     "缓解",        "止损",       "修复",
		"恢复",     "检测",        "发现",       "优化",
		"改进",     "予防",        "検知",       NULL,
	};
	struct parts parts = { 0 };
	const char *slug;

	split_heading(&parts, a, heading);
	if (!parts.nr)
		return false;
	slug = behind_numbering(parts.at[0].slug);
	for (size_t i = 0; kinds[i]; i++)
		if (slug_says(slug, kinds[i]))
			return true;
	return false;
}

/* A heading below one of these is an entry more likely than a section that only
 * has a name in it: "The fix broke the cache". */
static bool holds_entries(enum section_key key)
{
	return key == SECTION_PITFALLS || key == SECTION_ACTIONS;
}

/* "**Action items:**" alone in a paragraph, as many tools export a heading. */
static bool is_bold_line(const struct md *md)
{
	const struct md *after =
		md->type == MD_PARAGRAPH && md->first ? md->first->next : NULL;

	return md->type == MD_PARAGRAPH && md->first &&
	       md->first->type == MD_STRONG &&
	       (!after ||
		(after->type == MD_TEXT && !after->next &&
		 (!strcmp(after->text, ":") || !strcmp(after->text, "："))));
}

enum section_key section_by_bold_line(struct arena *a, const struct md *md,
				      const struct section_aliases *aliases)
{
	const struct section_aliases slugs = slugs_of(a, aliases);
	struct match match;

	if (!is_bold_line(md))
		return SECTION_NONE;
	match = match_md(a, md, &slugs);
	return match.exact ? match.key : SECTION_NONE;
}

/* The next block that is a heading; of those from `md` on. Where no heading
 * says what a section is (`bold`), a bold line that is a section's name does. */
static const struct md *next_head(struct arena *a, const struct md *md,
				  bool bold,
				  const struct section_aliases *slugs)
{
	while (md && md->type != MD_HEADING &&
	       !(bold && is_bold_line(md) && match_md(a, md, slugs).exact))
		md = md->next;
	return md;
}

/* Whether a heading that has a name is no section for all that. */
static bool is_name_in_passing(struct arena *a, const struct match *match,
			       const char *heading, enum section_key around)
{
	if (!holds_entries(around))
		return false;
	return !match->whole ||
	       (around == SECTION_ACTIONS && sorts_actions(a, heading));
}

void section_split(struct sections *out, struct arena *a, const struct md *doc,
		   const struct section_aliases *aliases)
{
	struct section_aliases slugs = slugs_of(a, aliases);
	const struct md *title = find_title(doc), *head, *next;
	enum section_key around[7] = { SECTION_NONE }; /* by level */
	enum section_key also[7] = { SECTION_NONE };
	bool bold = true;
	int level = 1, real = 1;

	add_form_names(&slugs, a, doc);
	for (head = next_head(a, doc->first, true, &slugs); head; head = next) {
		struct section section = { 0 };
		struct buf text = BUF_INIT;
		struct match match;

		if (head->type == MD_HEADING)
			real = level = head->level;
		else
			level = real < 6 ? real + 1 : 6;
		md_plain(&text, head);
		match = match_heading(a, text.p, &slugs);
		if (head == title ? !is_title_a_section(a, head, &slugs)
				  : is_name_in_passing(a, &match, text.p,
						       around[level - 1]))
			match.key = SECTION_NONE;
		section.own = match.key != SECTION_NONE;
		section.key = section.own ? match.key : around[level - 1];
		section.also = section.own ? match.also : also[level - 1];
		for (int below = level; below < 7; below++) {
			around[below] = section.key;
			also[below] = section.also;
		}
		if (head->type == MD_HEADING)
			bold = section.key == SECTION_NONE;
		next = next_head(a, head->next, bold, &slugs);
		section.md = head;
		section.heading = arena_strdup(a, text.p);
		section.level = level;
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
