/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/label.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/hanzi.h"
#include "base/text.h"

/* No heading of a column is longer. Characters. */
#define HEADING_MAX 60

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* As text_slug() gives them, in simplified characters. The `labels` are those
 * that stand in the middle of a line as well. */
static const struct {
	enum label label;
	const char *const *inside, *const *names;
} table[] = {
	{ LABEL_NUMBER, WORDS(NULL),
	  WORDS("no", "nr", "number", "id", "序号", "编号", "番号") },
	{ LABEL_ACTION, WORDS(NULL),
	  WORDS("action", "action-item", "task", "todo", "to-do", "item",
		"work-item", "what", "description", "measure", "step",
		"follow-up", "improvement", "recommendation", "措施", "行动",
		"行动项", "事项", "任务", "改进项", "改进点", "改进内容",
		"整改内容", "整改项", "待办", "工作项", "工作内容", "内容",
		"描述", "做什么", "アクション", "対応内容", "조치", "액션",
		"할-일") },
	{ LABEL_PITFALL, WORDS(NULL),
	  WORDS("pitfall", "trap", "gotcha", "problem", "issue", "lesson",
		"mistake", "symptom", "finding", "assumption", "hypothesis",
		"what-went-wrong", "坑", "问题", "教训", "现象", "症状", "踩坑",
		"假设", "不足") },
	{ LABEL_OWNER,
	  WORDS("owner", "assignee", "responsible", "dri", "assigned-to",
		"负责人", "责任人", "执行人", "跟进人", "经办人"),
	  WORDS("who", "lead", "person", "负责", "责任方", "责任部门", "负责方",
		"担当", "担当者", "담당", "담당자") },
	{ LABEL_DUE,
	  WORDS("due", "due-date", "deadline", "eta", "target-date",
		"target-completion", "截止", "截止日期", "截止时间", "截至",
		"完成时间", "完成日期", "计划完成时间", "预计完成时间", "期限",
		"时限", "到期"),
	  WORDS("target", "when", "by", "date", "timeline", "due-by", "时间",
		"日期", "预计完成", "计划完成", "期日", "기한", "마감") },
	{ LABEL_STATUS, WORDS("status", "state", "状态", "进度", "进展"),
	  WORDS("progress", "done", "completed", "完成情况", "是否完成", "完成",
		"ステータス", "状態", "상태") },
	{ LABEL_PRIORITY, WORDS("priority", "优先级"),
	  WORDS("prio", "severity", "优先度", "重要性", "우선순위") },
	{ LABEL_DETAIL,
	  WORDS("cause", "root-cause", "reason", "background", "impact",
		"evidence", "symptom", "fix", "solution", "workaround",
		"mitigation", "resolution", "lesson", "prevention", "problem",
		"rule", "现象", "原因", "根因", "背景", "影响", "过程", "经过",
		"处置", "处理", "解决", "修复", "依据", "证伪", "结论", "教训",
		"预防", "改进", "规避", "做法", "出处", "表现", "症状"),
	  WORDS("way-out", "remedy", "解决方案", "解决办法", "对策") },
};

static const char *label_slug(struct arena *a, const char *heading)
{
	const char *slug = text_slug(a, heading, HEADING_MAX);
	struct buf out = BUF_INIT;
	size_t n = strlen(slug), len;

	for (size_t at = 0; at < n; at += len)
		text_encode(&out, hanzi_simplified(text_decode(slug + at,
							       n - at, &len)));
	slug = arena_strdup(a, out.p);
	buf_release(&out);
	return slug;
}

static bool is_ascii_word(const char *s)
{
	return (unsigned char)*s < 0x80;
}

/* How much of the slug a name says: all of it, its first or last word; in
 * Chinese any part. 0 if it is not there. */
static size_t name_weight(const char *slug, const char *name)
{
	const char *at = strstr(slug, name);
	size_t n = strlen(name);

	for (; at; at = strstr(at + 1, name)) {
		const char *end = at + n;

		if (!is_ascii_word(name))
			return n;
		end += *end == 's';
		if ((at == slug || at[-1] == '-' || !is_ascii_word(at - 1)) &&
		    (!*end || *end == '-' || !is_ascii_word(end)))
			return n;
	}
	return 0;
}

enum label label_by_heading(struct arena *a, const char *heading)
{
	enum label best = LABEL_NONE;
	size_t most = 0;
	const char *slug;

	heading += strspn(heading, " ");
	if (!*heading || strcmp(heading, "#") == 0)
		return LABEL_NUMBER;
	slug = label_slug(a, heading);
	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		const char *const *lists[] = { table[i].inside,
					       table[i].names };

		for (size_t j = 0; j < ARRAY_SIZE(lists); j++)
			for (size_t k = 0; lists[j][k]; k++) {
				size_t n = name_weight(slug, lists[j][k]);

				if (n > most) {
					most = n;
					best = table[i].label;
				}
			}
	}
	return best;
}

/* --- labels --- */

/* Most words are another one from the first letter on, which needs no decoding:
 * each text is compared with all of them. */
static bool begins_otherwise(const char *word, const char *p)
{
	unsigned char c = (unsigned char)*word, d = (unsigned char)*p;

	return c < 0x80 ? tolower(d) != c : d < 0x80;
}

/* The bytes of a label's word at `p`; its dash is a space or a dash there. */
static size_t label_word_length(const char *word, const char *p)
{
	size_t n = 0, len, more;

	if (begins_otherwise(word, p))
		return 0;
	while (*word) {
		int c = text_decode(word, strlen(word), &len);
		int d = p[n] ? text_decode(p + n, strnlen(p + n, 4), &more)
			     : -1;

		if (c == '-' && d == ' ')
			d = '-';
		if (d < 0 || (d < 0x80 ? tolower(d) : hanzi_simplified(d)) != c)
			return 0;
		word += len;
		n += more;
	}
	return n;
}

size_t label_at(enum label *out, const char *p)
{
	size_t best = 0;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		for (size_t j = 0; table[i].inside[j]; j++) {
			size_t n = label_word_length(table[i].inside[j], p),
			       gap;

			gap = n ? strspn(p + n, " *") : 0;
			n += gap;
			if (!n || (p[n] != ':' && strncmp(p + n, "：", 3) != 0))
				continue;
			n += p[n] == ':' ? 1 : 3;
			if (n <= best)
				continue;
			best = n;
			*out = table[i].label;
		}
	return best;
}

/* --- tables --- */

const enum label *label_columns(struct arena *a, const struct md *of)
{
	size_t nr = 0;
	enum label *columns;

	for (const struct md *cell = of->first->first; cell; cell = cell->next)
		nr++;
	columns = arena_alloc(a, (nr + 1) * sizeof(*columns));
	nr = 0;
	for (const struct md *cell = of->first->first; cell;
	     cell = cell->next) {
		struct buf text = BUF_INIT;

		md_plain(&text, cell);
		columns[nr++] = label_by_heading(a, text.p);
		buf_release(&text);
	}
	return columns;
}

const struct md *label_cell(const enum label *columns, const struct md *row,
			    enum label label)
{
	for (const struct md *cell = row->first; cell; cell = cell->next)
		if (*columns++ == label)
			return cell;
	return NULL;
}
