/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/draft.h"

#include <stdarg.h>
#include <string.h>

#include "base/quote.h"
#include "base/text.h"
#include "model/markdown.h"
#include "model/metric.h"
#include "view/locks.h"

/* A draft is read by a person who is to fill it in: beyond these it says how
 * to see the rest. */
#define MAX_ACTIONS      20
#define MAX_AUTHORS      10
#define MAX_DEPENDENCIES 10
#define MAX_FILES        10
#define MAX_PARAMETERS   40
#define MAX_FIXES        20
#define MAX_PICKS        20
#define MAX_REVERTS      20
#define MAX_COLUMNS      100 /* of a subject or a name */

/* --- words --- */

struct counted {
	const char *one, *many;
};

/* Each a template of its own. The lines of lists come without their mark. */
struct words {
	struct counted commits, merges, people, files, bots, bumps, upkeep;
	const char *days, *day, *lines, *since, *beginning, *full_stop,
		*highest, *limited, *shallow;
	const char *comma, *colon;
	const char *more, *more_shown;
	const char *git_heading, *noted, *parameters, *authors, *co_author,
		*changed, *merged, *dependencies, *picked_list, *picked,
		*upstream;
	const char *reverted, *shipped, *unknown, *times;
	const char *fix_shipped, *fix_inside;
	const char *link_note;
	const char *open, *overdue;
};

static const struct words words_table[] = {
	[LANGUAGE_EN] = {
		.commits = { "1 commit", "{{n}} commits" },
		.merges = { " (1 merge)", " ({{n}} merges)" },
		.people = { " by 1 person", " by {{n}} people" },
		.days = ", {{from}} to {{to}}",
		.day = ", {{from}}",
		.bots = { "1 bot", "{{n}} bots" },
		.bumps = { "1 by bots or for a new version",
			   "{{n}} by bots or for new versions" },
		.upkeep = { "1 merge of the main line",
			    "{{n}} merges of the main line" },
		.files = { "; 1 file", "; {{n}} files" },
		.lines = ", +{{added}} -{{deleted}} lines",
		.since = "Since {{from}}: ",
		.beginning = "Since the first commit: ",
		.full_stop = ".",
		.highest = " {{from}} is the highest version below {{to}} "
			   "that was tagged before it.",
		.limited = " Only what touches {{paths}} is counted.",
		.shallow = " History is cut off here (a shallow clone): this "
			   "counts what is present.",
		.comma = ", ",
		.more = "and {{n}} more",
		.more_shown = "and {{n}} more: {{command}}",
		.git_heading = "What git knows",
		.noted = "Noted on the way:",
		.parameters = "Parameters",
		.authors = "Commits by ",
		.co_author = "co-author of {{n}}",
		.changed = "Most changed files:",
		.merged = "Merged, newest first:",
		.dependencies = "Dependencies",
		.colon = ": ",
		.picked_list = "Cherry-picked:",
		.picked = "\"{{subject}}\" ({{id}}), from {{from}}",
		.upstream = "\"{{subject}}\" ({{id}}), upstream {{from}}",
		.reverted = "\"{{subject}}\" ({{id}}) was reverted by {{by}}",
		.shipped = "\"{{subject}}\" ({{id}}) was released, then "
			   "reverted by {{by}}",
		.unknown = "\"{{subject}}\" ({{by}}) reverts {{id}}, which is "
			   "not in this repository",
		.times = ", after {{n}} reverts back and forth",
		.fix_shipped = "Bug shipped in \"{{subject}}\" ({{id}}), fixed "
			       "by \"{{fix}}\" ({{by}})",
		.fix_inside = "\"{{subject}}\" ({{id}}) was fixed by "
			      "\"{{fix}}\" ({{by}})",
		.link_note = "a problem for each pitfall below; delete what was "
			     "not a pitfall",
		.open = "Open actions from earlier retros; close one with "
			"`git retro actions done`:",
		.overdue = " (overdue)",
	},
	[LANGUAGE_ZH] = {
		.commits = { "1 次提交", "{{n}} 次提交" },
		.merges = { "（含 1 次合并）", "（含 {{n}} 次合并）" },
		.people = { "，1 人参与", "，{{n}} 人参与" },
		.days = "，{{from}}至{{to}}",
		.day = "，{{from}}",
		.bots = { "1 个机器人账号", "{{n}} 个机器人账号" },
		.bumps = { "机器人或版本升级 1 项", "机器人或版本升级 {{n}} 项" },
		.upkeep = { "合并主干 1 次", "合并主干 {{n}} 次" },
		.files = { "；改动 1 个文件", "；改动 {{n}} 个文件" },
		.lines = "，+{{added}} -{{deleted}} 行",
		.since = "自 {{from}} 以来：",
		.beginning = "自首次提交以来：",
		.full_stop = "。",
		.limited = "只统计改动了 {{paths}} 的提交。",
		.highest = "上一版本 {{from}} 是 {{to}} 打标签时版本号低于它的最高版本。",
		.shallow = "这里是浅克隆，历史不完整，数字只统计本地已有的提交。",
		.comma = "，",
		.more = "另有 {{n}} 项",
		.more_shown = "另有 {{n}} 项：{{command}}",
		.git_heading = "Git 的记录",
		.noted = "随手记：",
		.parameters = "参数",
		.authors = "提交者：",
		.co_author = "合著 {{n}} 次",
		.changed = "改动最多的文件：",
		.merged = "合并记录（由新到旧）：",
		.dependencies = "依赖变动",
		.colon = "：",
		.picked_list = "拣选（cherry-pick）的提交：",
		.picked = "“{{subject}}”（{{id}}），来自 {{from}}",
		.upstream = "“{{subject}}”（{{id}}），对应上游 {{from}}",
		.reverted = "“{{subject}}”（{{id}}）已被 {{by}} 回退",
		.shipped = "“{{subject}}”（{{id}}）发布后被 {{by}} 回退",
		.unknown = "“{{subject}}”（{{by}}）回退了 {{id}}，后者不在"
			   "本仓库中",
		.times = "，前后反复回退 {{n}} 次",
		.fix_shipped = "带着缺陷发布：“{{subject}}”（{{id}}），由"
			       "“{{fix}}”（{{by}}）修复",
		.fix_inside = "“{{subject}}”（{{id}}）的问题由“{{fix}}”"
			      "（{{by}}）修复",
		.link_note = "每一项对应下文的一个坑；不算坑的请删掉",
		.open = "之前的复盘中未完成的行动项（用 "
			"`git retro actions done` 关闭）：",
		.overdue = "（已逾期）",
	},
};

static const struct words *draft_words(const struct draft *draft)
{
	return &words_table[draft->language];
}

/* Adds a phrase; its names and values follow in pairs, then NULL. */
static void say_in_draft(struct buf *out, struct arena *a, const char *phrase,
			 ...)
{
	struct slots slots = { 0 };
	const char *name;
	va_list ap;

	va_start(ap, phrase);
	while ((name = va_arg(ap, const char *)))
		vec_push(a, &slots,
			 (struct slot){ name, va_arg(ap, const char *) });
	va_end(ap);
	template_fill(out, phrase, strlen(phrase), &slots);
}

/* "4,120" */
static const char *number(struct arena *a, size_t n)
{
	const char *digits = arena_printf(a, "%zu", n);
	size_t left = strlen(digits);
	struct buf b = BUF_INIT;
	char *text;

	while (left) {
		buf_addch(&b, *digits++);
		if (--left && left % 3 == 0)
			buf_addch(&b, ',');
	}
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static void say_count(struct buf *out, struct arena *a,
		      const struct counted *phrase, size_t n)
{
	say_in_draft(out, a, n == 1 ? phrase->one : phrase->many, "n",
		     number(a, n), NULL);
}

/* "24 Nov 2026", "2026年11月24日"; the year can be left out. */
static const char *day_text(struct arena *a, enum language language,
			    int32_t day, bool with_year)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
					      "May", "Jun", "Jul", "Aug",
					      "Sep", "Oct", "Nov", "Dec" };
	const char *iso = day_format(a, day);
	const char *dash = strchr(iso + 1, '-');
	int year = dash && with_year ? (int)(dash - iso) : 0;
	int month = dash ? (dash[1] - '0') * 10 + dash[2] - '0' : 0;
	int of_month = dash ? (dash[4] - '0') * 10 + dash[5] - '0' : 0;

	if (month < 1 || month > 12)
		return iso;
	if (language == LANGUAGE_ZH)
		return arena_printf(a, "%.*s%s%d月%d日", year, iso,
				    year ? "年" : "", month, of_month);
	return arena_printf(a, "%d %s%s%.*s", of_month, months[month - 1],
			    year ? " " : "", year, iso);
}

static bool same_year(struct arena *a, int32_t day, int32_t other)
{
	return !strncmp(day_format(a, day), day_format(a, other), 5);
}

/* --- what comes from the repository --- */

/* Clean, on one line, and not longer than a person reads. */
static const char *clip(struct arena *a, const char *s)
{
	const char *clean = text_cleaned(a, s);
	size_t n = strlen(clean);
	size_t fit = text_fit(clean, n, MAX_COLUMNS, NULL);

	return fit < n ? arena_printf(a, "%.*s...", (int)fit, clean) : clean;
}

static const char *keep_draft_text(struct arena *a, struct buf *b)
{
	const char *text = arena_strndup(a, b->p, b->n);

	buf_release(b);
	return text;
}

static const char *escaped(struct arena *a, const char *s)
{
	struct buf b = BUF_INIT;

	md_escape(&b, clip(a, s));
	return keep_draft_text(a, &b);
}

static const char *draft_code(struct arena *a, const char *s)
{
	struct buf b = BUF_INIT;

	md_code_span(&b, s);
	return keep_draft_text(a, &b);
}

static const char *draft_abbrev(struct arena *a,
				const struct digest_commit *commit)
{
	char hex[OID_HEX + 1];

	return arena_printf(a, "%.12s",
			    commit->abbrev ? commit->abbrev
					   : oid_hex(hex, &commit->id));
}

static const char *quoted_paths(struct arena *a, const struct digest *digest)
{
	struct buf b = BUF_INIT;

	buf_addstr(&b, " --");
	for (size_t i = 0; i < digest->range.paths->nr; i++)
		buf_addf(&b, " %s", quote_word(a, digest->range.paths->at[i]));
	return keep_draft_text(a, &b);
}

/* `git log <options> A..B`, without the code span. */
static const char *log_command(struct arena *a, const struct digest *digest,
			       const char *command)
{
	const char *range =
		digest->from_name ? arena_printf(a, "%s..%s", digest->from_name,
						 digest->to_name)
				  : digest->to_name;

	return arena_printf(a, "git %s %s%s", command, quote_word(a, range),
			    digest->range.paths ? quoted_paths(a, digest) : "");
}

/* --- lists --- */

/* How many of `n` are shown: all, if only one would be left out. */
static size_t shown(size_t n, size_t max)
{
	return n > max + 1 ? max : n;
}

static void say_more_in_draft(struct buf *out, struct arena *a,
			      const struct draft *draft, size_t n,
			      const char *command)
{
	say_in_draft(out, a, draft_words(draft)->more_shown, "n", number(a, n),
		     "command",
		     draft_code(a, log_command(a, draft->digest, command)),
		     NULL);
}

static void new_line(struct buf *out, const char *mark)
{
	if (out->n)
		buf_addch(out, '\n');
	buf_addstr(out, mark);
}

/* --- the front matter --- */

static void add_scalar(struct buf *out, const char *key, const char *value)
{
	if (!value)
		return;
	buf_addf(out, "%s: ", key);
	yaml_scalar(out, value);
	buf_addch(out, '\n');
}

static void add_draft_list(struct buf *out, const char *key,
			   const struct strs *values)
{
	if (!values->nr)
		return;
	buf_addf(out, "%s: [", key);
	for (size_t i = 0; i < values->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		yaml_scalar(out, values->at[i]);
	}
	buf_addstr(out, "]\n");
}

/* --- faults --- */

/* A commit that was found at fault, and what fixed it; a pitfall of the draft,
 * by its place in the list. */
struct fault {
	const struct digest_revert *revert; /* or */
	const struct digest_fix *fix;
};
struct faults {
	struct VEC_OF(struct fault) list;
	size_t reverts_left, fixes_left; /* that are not shown */
};

static bool is_shipped(const struct digest_fix *fix)
{
	return fix->fixed_known && fix->shipped;
}

/* The reverts, then the fixes of what had shipped. */
static void list_faults(struct faults *out, struct arena *a,
			const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	size_t reverts = shown(digest->reverts.nr, MAX_REVERTS), fixes = 0;
	size_t most;

	for (size_t i = 0; i < reverts; i++)
		vec_push(a, &out->list,
			 (struct fault){ &digest->reverts.at[i], NULL });
	for (size_t i = 0; i < digest->fixes.nr; i++)
		fixes += is_shipped(&digest->fixes.at[i]);
	most = reverts + shown(fixes, MAX_FIXES);
	for (size_t i = 0; out->list.nr < most; i++)
		if (is_shipped(&digest->fixes.at[i]))
			vec_push(a, &out->list,
				 (struct fault){ NULL, &digest->fixes.at[i] });
	out->reverts_left = digest->reverts.nr - reverts;
	out->fixes_left = fixes + reverts - most;
}

/* NULL where it is not in this repository. */
static const struct digest_commit *fault_cause(const struct fault *fault)
{
	if (fault->fix)
		return &fault->fix->fixed;
	return fault->revert->reverted_known ? &fault->revert->reverted : NULL;
}

static void add_draft_link(struct buf *out, struct arena *a, const char *key,
			   const struct digest_commit *commit)
{
	char hex[OID_HEX + 1];

	buf_addf(out, "%s: [%s] # ", key, oid_hex(hex, &commit->id));
	yaml_comment(out, clip(a, commit->subject ? commit->subject : ""));
	buf_addch(out, '\n');
}

/* Each fault is a problem: what was reverted or fixed is its cause. */
static void add_problems(struct buf *out, struct arena *a,
			 const struct draft *draft)
{
	struct faults faults = { 0 };
	bool any = false;

	if (!draft->digest)
		return;
	list_faults(&faults, a, draft);
	for (size_t i = 0; i < faults.list.nr; i++) {
		const struct fault *fault = &faults.list.at[i];
		const struct digest_commit *cause = fault_cause(fault);

		if (!cause)
			continue;
		if (!any)
			buf_addf(out, "commits: # %s\n",
				 draft_words(draft)->link_note);
		any = true;
		if (!draft->without_pitfalls)
			buf_addf(out, "  - pitfall: P%zu\n    ", i + 1);
		else
			buf_addstr(out, "  - ");
		add_draft_link(out, a, "cause", cause);
		buf_addstr(out, "    ");
		add_draft_link(out, a, "fix",
			       fault->fix ? &fault->fix->fix
					  : &fault->revert->revert);
	}
}

/* Versions of one name are one value: "1.0, 2.0". */
static void add_environment(struct buf *out, struct arena *a,
			    const struct environment *environment)
{
	const struct packages *values = &environment->values;
	size_t next;

	buf_addstr(out, "  ");
	yaml_scalar(out, environment->name);
	buf_addstr(out, ": {");
	for (size_t i = 0; i < values->nr; i = next) {
		const char *text = values->at[i].version;

		for (next = i + 1;
		     next < values->nr &&
		     !strcmp(values->at[next].name, values->at[i].name);
		     next++)
			text = arena_printf(a, "%s, %s", text,
					    values->at[next].version);
		buf_addstr(out, i ? ", " : "");
		yaml_scalar(out, values->at[i].name);
		buf_addstr(out, ": ");
		yaml_scalar(out, text);
	}
	buf_addstr(out, "}\n");
}

/* The lines below the key. */
static void add_environments(struct buf *out, struct arena *a,
			     const struct environments *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		const struct environment *one = &list->at[i];

		for (size_t j = 0; j < one->unread.nr; j++) {
			buf_addstr(out, "  # ");
			yaml_comment(out, one->unread.at[j]);
			buf_addch(out, '\n');
		}
		if (one->values.nr)
			add_environment(out, a, one);
	}
}

static void add_environment_lines(struct buf *out, struct arena *a,
				  const struct draft *draft)
{
	add_environments(out, a, &draft->environments);
}

/* A number as it was written; nothing else can stand plain. */
static void add_metric_value(struct buf *out, const char *key,
			     const char *value)
{
	if (!value)
		return;
	buf_addf(out, ", %s: ", key);
	if (value[strspn(value, "0123456789.eE+-")] == '\0')
		buf_addstr(out, value);
	else
		yaml_scalar(out, value);
}

/* A person reads these: the rest is in the file. */
#define MAX_METRICS 20

static void add_metric_lines(struct buf *out, struct arena *a UNUSED,
			     const struct draft *draft)
{
	const struct measures *measures = &draft->measures;
	size_t max = shown(measures->nr, MAX_METRICS);

	for (size_t i = 0; i < measures->unread.nr; i++) {
		buf_addstr(out, "  # ");
		yaml_comment(out, measures->unread.at[i]);
		buf_addch(out, '\n');
	}
	for (size_t i = 0; i < max; i++) {
		const struct metric_step *one = &measures->at[i];

		buf_addstr(out, "  - {name: ");
		yaml_scalar(out, one->name);
		add_metric_value(out, "before", one->before);
		add_metric_value(out, "after", one->after);
		if (metric_unit(one->name))
			add_metric_value(out, "unit", metric_unit(one->name));
		if (metric_better(one->name))
			buf_addf(out, ", better: %s", metric_better(one->name));
		add_metric_value(out, "from", one->path);
		buf_addstr(out, "}\n");
	}
	if (max < measures->nr)
		buf_addf(out, "  # +%zu\n", measures->nr - max);
}

static void add_under(struct buf *out, const char *key, struct arena *a,
		      const struct draft *draft,
		      void (*add)(struct buf *out, struct arena *a,
				  const struct draft *draft))
{
	struct buf lines = BUF_INIT;

	add(&lines, a, draft);
	if (lines.n)
		buf_addf(out, "%s:\n%s", key, lines.p);
	buf_release(&lines);
}

/* As slots end: without a newline. */
static void write_metrics(struct buf *out, struct arena *a,
			  const struct draft *draft)
{
	add_metric_lines(out, a, draft);
	if (out->n)
		buf_truncate(out, out->n - 1);
}

static void write_environment(struct buf *out, struct arena *a,
			      const struct draft *draft)
{
	add_environment_lines(out, a, draft);
	if (out->n)
		buf_truncate(out, out->n - 1);
}

static void write_front(struct buf *out, struct arena *a,
			const struct draft *draft)
{
	struct strs releases = { 0 }, labels = { 0 };

	for (size_t i = 0; i < draft->notes.nr; i++)
		for (size_t j = 0; j < draft->notes.at[i].labels.nr; j++)
			strs_add(a, &labels, draft->notes.at[i].labels.at[j]);
	if (draft->release)
		vec_push(a, &releases, draft->release);
	add_scalar(out, "id", draft->id);
	add_scalar(out, "title", draft->title);
	buf_addf(out, "date: %s\n", day_format(a, draft->date));
	add_scalar(out, "status", status_name(draft->status));
	add_scalar(out, "kind", kind_name(draft->kind));
	add_draft_list(out, "authors", &draft->authors);
	add_draft_list(out, "labels", &labels);
	add_draft_list(out, "releases", &releases);
	add_scalar(out, "range", draft->range);
	if (!draft->environment_elsewhere)
		add_under(out, "environment", a, draft, add_environment_lines);
	if (!draft->metrics_elsewhere)
		add_under(out, "metrics", a, draft, add_metric_lines);
	add_scalar(out, "summary", draft->summary);
	add_problems(out, a, draft);
	buf_truncate(out, out->n - 1);
}

/* --- words about the retro itself --- */

static void write_title(struct buf *out, struct arena *a UNUSED,
			const struct draft *draft)
{
	md_escape(out, draft->title);
}

static void write_date(struct buf *out, struct arena *a,
		       const struct draft *draft)
{
	buf_addstr(out, day_format(a, draft->date));
}

static void write_release(struct buf *out, struct arena *a UNUSED,
			  const struct draft *draft)
{
	if (draft->release)
		md_escape(out, draft->release);
}

/* --- facts --- */

static size_t count_authors(const struct digest *digest)
{
	size_t n = 0;

	for (size_t i = 0; i < digest->authors.nr; i++)
		n += digest->authors.at[i].commits > 0;
	return n;
}

static void say_days(struct buf *out, struct arena *a,
		     const struct draft *draft)
{
	const struct words *words = draft_words(draft);
	int32_t first = draft->digest->first_day;
	int32_t last = draft->digest->last_day;
	bool chinese = draft->language == LANGUAGE_ZH;
	const char *from, *to;

	if (first == DAY_NONE || last == DAY_NONE)
		return;
	/* The year once: in front in Chinese, at the end in English. */
	from = day_text(a, draft->language, first,
			chinese || first == last || !same_year(a, first, last));
	to = day_text(a, draft->language, last,
		      !chinese || !same_year(a, first, last));
	say_in_draft(out, a, first == last ? words->day : words->days, "from",
		     from, "to", to, NULL);
}

static const char *paths_text(struct arena *a, const struct digest *digest)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < digest->range.paths->nr; i++) {
		buf_addstr(&b, i ? ", " : "");
		md_code_span(&b, digest->range.paths->at[i]);
	}
	return keep_draft_text(a, &b);
}

static void write_facts(struct buf *out, struct arena *a,
			const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	const struct words *words = draft_words(draft);

	if (!digest || !digest->commits)
		return;
	if (digest->from_name)
		say_in_draft(out, a, words->since, "from",
			     escaped(a, digest->from_name), NULL);
	else if (!digest->shallow)
		buf_addstr(out, words->beginning);
	say_count(out, a, &words->commits, digest->commits);
	if (digest->merges)
		say_count(out, a, &words->merges, digest->merges);
	if (count_authors(digest))
		say_count(out, a, &words->people, count_authors(digest));
	say_days(out, a, draft);
	if (digest->files_changed)
		say_count(out, a, &words->files, digest->files_changed);
	if (digest->files_changed && digest->lines_known)
		say_in_draft(out, a, words->lines, "added",
			     number(a, digest->lines_added), "deleted",
			     number(a, digest->lines_deleted), NULL);
	buf_addstr(out, words->full_stop);
	if (draft->highest_before)
		say_in_draft(out, a, words->highest, "from",
			     escaped(a, digest->from_name), "to",
			     escaped(a, digest->to_name), NULL);
	if (digest->range.paths)
		say_in_draft(out, a, words->limited, "paths",
			     paths_text(a, digest), NULL);
	if (digest->shallow)
		buf_addstr(out, words->shallow);
}

/* --- suggested pitfalls and solutions --- */

static void say_revert(struct buf *out, struct arena *a,
		       const struct words *words, const struct digest_revert *r)
{
	const char *phrase = !r->reverted_known ? words->unknown
			     : r->shipped       ? words->shipped
						: words->reverted;

	say_in_draft(out, a, phrase, "subject",
		     escaped(a, r->reverted_known ? r->reverted.subject
						  : r->revert.subject),
		     "id", draft_abbrev(a, &r->reverted), "by",
		     draft_abbrev(a, &r->revert), NULL);
	if (r->times > 1)
		say_in_draft(out, a, words->times, "n", number(a, r->times),
			     NULL);
}

static void say_fix(struct buf *out, struct arena *a, const char *phrase,
		    const struct digest_fix *fix)
{
	say_in_draft(out, a, phrase, "subject", escaped(a, fix->fixed.subject),
		     "id", draft_abbrev(a, &fix->fixed), "fix",
		     escaped(a, fix->fix.subject), "by",
		     draft_abbrev(a, &fix->fix), NULL);
}

static void say_more_fixes(struct buf *out, struct arena *a,
			   const struct draft *draft, size_t nr)
{
	new_line(out, "");
	say_more_in_draft(out, a, draft, nr, "log --grep='^Fixes:'");
}

static void add_draft_rest(struct buf *out, struct buf *more)
{
	if (more->n)
		buf_addf(out, "\n\n%s", more->p);
	buf_release(more);
}

/* --- notes that were jotted --- */

/* "text: `path`, `path`"; a path that the text names already is not said
 * again. */
static void say_note(struct buf *out, struct arena *a, const struct note *note)
{
	size_t said = 0;

	buf_addstr(out, note->text);
	for (size_t i = 0; i < note->paths.nr; i++) {
		const char *path = note->paths.at[i];

		if (strstr(note->text, path))
			continue;
		buf_addstr(out, said++ ? ", " : ": ");
		buf_addstr(out, draft_code(a, text_cleaned(a, path)));
	}
}

/* All of a kind: none is left out, since each was written by a person. */
static void list_draft_notes(struct buf *out, struct arena *a,
			     const struct draft *draft, enum note_kind kind,
			     size_t number)
{
	for (size_t i = 0; i < draft->notes.nr; i++) {
		if (draft->notes.at[i].kind != kind)
			continue;
		new_line(out,
			 number ? arena_printf(a, "- P%zu: ", number++) : "- ");
		say_note(out, a, &draft->notes.at[i]);
	}
}

static void write_hard(struct buf *out, struct arena *a,
		       const struct draft *draft)
{
	list_draft_notes(out, a, draft, NOTE_HARD, 0);
}

static void write_improve(struct buf *out, struct arena *a,
			  const struct draft *draft)
{
	list_draft_notes(out, a, draft, NOTE_IMPROVE, 0);
}

/* What is left out goes behind the list, because each item of it is a
 * pitfall. */
static void write_pitfalls(struct buf *out, struct arena *a,
			   const struct draft *draft)
{
	const struct words *words = draft_words(draft);
	struct faults faults = { 0 };
	struct buf more = BUF_INIT;

	if (draft->digest)
		list_faults(&faults, a, draft);
	for (size_t i = 0; i < faults.list.nr; i++) {
		const struct fault *fault = &faults.list.at[i];

		new_line(out, arena_printf(a, "- P%zu: ", i + 1));
		if (fault->fix)
			say_fix(out, a, words->fix_shipped, fault->fix);
		else
			say_revert(out, a, words, fault->revert);
	}
	list_draft_notes(out, a, draft, NOTE_PITFALL, faults.list.nr + 1);
	if (faults.reverts_left)
		say_more_in_draft(&more, a, draft, faults.reverts_left,
				  "log --grep='^This reverts commit'");
	if (faults.fixes_left)
		say_more_fixes(&more, a, draft, faults.fixes_left);
	add_draft_rest(out, &more);
}

/* Made and fixed within the range. */
static bool is_inside(const struct digest_fix *fix)
{
	return fix->fixed_known && !fix->shipped;
}

static void write_solutions(struct buf *out, struct arena *a,
			    const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	struct buf more = BUF_INIT;
	size_t nr = 0, left, max;

	list_draft_notes(out, a, draft, NOTE_SOLVED, 0);
	if (!digest)
		return;
	for (size_t i = 0; i < digest->fixes.nr; i++)
		nr += is_inside(&digest->fixes.at[i]);
	left = max = shown(nr, MAX_FIXES);
	for (size_t i = 0; left; i++) {
		if (!is_inside(&digest->fixes.at[i]))
			continue;
		new_line(out, "- ");
		say_fix(out, a, draft_words(draft)->fix_inside,
			&digest->fixes.at[i]);
		left--;
	}
	if (nr > max)
		say_more_fixes(&more, a, draft, nr - max);
	add_draft_rest(out, &more);
}

/* --- what earlier retros left open --- */

/* A reminder without a box: an action lives in one retro. */
static void say_action(struct buf *out, struct arena *a,
		       const struct words *words,
		       const struct listed_action *listed)
{
	const struct action *action = listed->action;

	buf_addf(out, "%s %s", draft_code(a, listed->name),
		 escaped(a, action->text));
	if (action->owner)
		buf_addf(out, " @%s", escaped(a, action->owner));
	if (action->due != DAY_NONE)
		buf_addf(out, " due:%s", day_format(a, action->due));
	if (action->priority)
		buf_addf(out, " !%s", action->priority);
	if (listed->overdue)
		buf_addstr(out, words->overdue);
}

static void write_actions(struct buf *out, struct arena *a,
			  const struct draft *draft)
{
	const struct words *words = draft_words(draft);
	size_t max = shown(draft->open.nr, MAX_ACTIONS);

	if (!max)
		return;
	buf_addf(out, "%s\n", words->open);
	for (size_t i = 0; i < max; i++) {
		new_line(out, "- ");
		say_action(out, a, words, &draft->open.at[i]);
	}
	if (max == draft->open.nr)
		return;
	new_line(out, "- ");
	say_in_draft(out, a, words->more_shown, "n",
		     number(a, draft->open.nr - max), "command",
		     draft_code(a, "git retro actions --open"), NULL);
}

/* --- the rest of what git knows --- */

/* Who is left out; those who only helped, git log tells by their trailers. */
static void say_more_authors(struct buf *out, struct arena *a,
			     const struct draft *draft, size_t max)
{
	size_t by_commits = count_authors(draft->digest);

	buf_addstr(out, draft_words(draft)->comma);
	if (by_commits > max)
		say_more_in_draft(out, a, draft, by_commits - max,
				  "shortlog -sn --no-merges");
	else
		say_more_in_draft(
			out, a, draft, draft->digest->authors.nr - max,
			"log --format='%(trailers:key=Co-authored-by)'");
}

static void list_authors(struct buf *out, struct arena *a,
			 const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	const struct words *words = draft_words(draft);
	size_t max = shown(digest->authors.nr, MAX_AUTHORS);

	if (!max)
		return;
	new_line(out, "- ");
	buf_addstr(out, words->authors);
	for (size_t i = 0; i < max; i++) {
		const struct digest_author *author = &digest->authors.at[i];

		buf_addf(out, "%s%s (", i ? words->comma : "",
			 escaped(a, author->person.name));
		if (author->commits)
			buf_addstr(out, number(a, author->commits));
		if (author->co_authored) {
			buf_addstr(out, author->commits ? words->comma : "");
			say_in_draft(out, a, words->co_author, "n",
				     number(a, author->co_authored), NULL);
		}
		buf_addch(out, ')');
	}
	if (max < digest->authors.nr)
		say_more_authors(out, a, draft, max);
	if (digest->bots) {
		buf_addstr(out, words->comma);
		say_count(out, a, &words->bots, digest->bots);
		buf_addf(out, " (%s)", number(a, digest->bot_commits));
	}
}
static void add_draft_path(struct buf *out, const char *path, size_t added,
			   size_t deleted, struct arena *a)
{
	md_code_span(out, path);
	if (added || deleted)
		buf_addf(out, " (+%s -%s)", number(a, added),
			 number(a, deleted));
}

static bool is_draft_told(const struct lock_changes *locks, const char *path)
{
	for (size_t i = 0; i < locks->nr; i++)
		if (!strcmp(locks->at[i].path, path))
			return true;
	return false;
}

static bool is_parameters(const struct lock_change *lock)
{
	return !strcmp(lock->format->name, "parameters");
}

static void say_lock(struct buf *out, struct arena *a,
		     const struct draft *draft, const struct lock_change *lock)
{
	struct strs items = { 0 };

	lock_items(&items, a, lock, draft->language, LOCK_ITEMS);
	md_code_span(out, lock->path);
	for (size_t i = 0; i < items.nr; i++)
		buf_addf(out, "%s%s",
			 i ? draft_words(draft)->comma
			   : draft_words(draft)->colon,
			 escaped(a, items.at[i]));
}

/* Packages where they can be told, else the file and its lines. */
static void list_dependencies(struct buf *out, struct arena *a,
			      const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	struct strs texts = { 0 };
	size_t max;

	for (size_t i = 0; i < draft->locks.nr; i++) {
		struct buf b = BUF_INIT;

		if (is_parameters(&draft->locks.at[i]))
			continue;
		say_lock(&b, a, draft, &draft->locks.at[i]);
		vec_push(a, &texts, keep_draft_text(a, &b));
	}
	for (size_t i = 0; i < digest->dependencies.nr; i++) {
		struct buf b = BUF_INIT;

		if (is_draft_told(&draft->locks,
				  digest->dependencies.at[i].path))
			continue;
		add_draft_path(&b, digest->dependencies.at[i].path,
			       digest->dependencies.at[i].added,
			       digest->dependencies.at[i].deleted, a);
		vec_push(a, &texts, keep_draft_text(a, &b));
	}
	max = shown(texts.nr, MAX_DEPENDENCIES);
	if (!max)
		return;
	new_line(out, "- ");
	buf_addf(out, "%s%s", draft_words(draft)->dependencies,
		 draft_words(draft)->colon);
	if (texts.nr > 1 && out->p[out->n - 1] == ' ')
		buf_truncate(out, out->n - 1);
	for (size_t i = 0; i < max; i++) {
		if (texts.nr > 1)
			new_line(out, "  - ");
		buf_addstr(out, texts.at[i]);
	}
	if (max == texts.nr)
		return;
	new_line(out, "  - ");
	say_more_in_draft(out, a, draft, texts.nr - max,
			  digest->from_name ? "retro env"
					    : "log --oneline --stat");
}

/* Changed ones of the range, and all of a run. */
static void list_parameters(struct buf *out, struct arena *a,
			    const struct draft *draft)
{
	const struct packages *run = &draft->parameters;
	size_t max = shown(run->nr, MAX_PARAMETERS);

	for (size_t i = 0; i < draft->locks.nr; i++) {
		if (!is_parameters(&draft->locks.at[i]))
			continue;
		new_line(out, "- ");
		buf_addf(out, "%s%s", draft_words(draft)->parameters,
			 draft_words(draft)->colon);
		say_lock(out, a, draft, &draft->locks.at[i]);
	}
	if (!max)
		return;
	new_line(out, "- ");
	buf_addf(out, "%s%s", draft_words(draft)->parameters,
		 draft_words(draft)->colon);
	md_code_span(out, draft->run);
	for (size_t i = 0; i < max; i++)
		buf_addf(out, "%s%s %s",
			 i ? draft_words(draft)->comma
			   : draft_words(draft)->colon,
			 escaped(a, run->at[i].name),
			 escaped(a, run->at[i].version));
	if (max < run->nr) {
		buf_addstr(out, draft_words(draft)->comma);
		say_in_draft(out, a, draft_words(draft)->more, "n",
			     number(a, run->nr - max), NULL);
	}
}

static void list_draft_files(struct buf *out, struct arena *a,
			     const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	size_t max = shown(digest->files.nr, MAX_FILES);

	if (!max || !digest->lines_known)
		return;
	new_line(out, "- ");
	buf_addstr(out, draft_words(draft)->changed);
	for (size_t i = 0; i < max; i++) {
		const struct diff_file *file = &digest->files.at[i];

		new_line(out, "  - ");
		add_draft_path(out, file->path, file->added, file->deleted, a);
	}
	if (max == digest->files.nr)
		return;
	new_line(out, "  - ");
	say_more_in_draft(out, a, draft, digest->files.nr - max,
			  digest->from_name ? "diff --stat"
					    : "log --oneline --stat");
}

/* "Title (#12, 1f2e3d4)"; a commit that is a request by itself says its
 * number in its subject already. */
static void say_request(struct buf *out, struct arena *a,
			const struct digest_merge *merge)
{
	const char *title = merge->title ? merge->title : merge->commit.subject;

	buf_addf(out, "%s (", escaped(a, title));
	if (merge->request && !strstr(title, merge->request))
		buf_addf(out, "%s, ", escaped(a, merge->request));
	buf_addf(out, "%s)", draft_abbrev(a, &merge->commit));
}

/* What nobody looks back on, counted. */
static void say_folded(struct buf *out, struct arena *a,
		       const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	const struct words *words = draft_words(draft);

	if (!digest->bumps && !digest->upkeep)
		return;
	new_line(out, "  - ");
	if (digest->bumps)
		say_count(out, a, &words->bumps, digest->bumps);
	if (digest->bumps && digest->upkeep)
		buf_addstr(out, words->comma);
	if (digest->upkeep)
		say_count(out, a, &words->upkeep, digest->upkeep);
}

static void list_draft_requests(struct buf *out, struct arena *a,
				const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	size_t nr = digest->requests.nr;
	size_t max = shown(nr, DRAFT_REQUESTS - 1);

	if (!max && !digest->bumps && !digest->upkeep)
		return;
	new_line(out, "- ");
	buf_addstr(out, draft_words(draft)->merged);
	for (size_t i = 0; i < max; i++) {
		new_line(out, "  - ");
		say_request(out, a, &digest->requests.at[i]);
	}
	if (max < nr) {
		new_line(out, "  - ");
		say_more_in_draft(out, a, draft, nr - max,
				  nr > digest->merges
					  ? "log --oneline"
					  : "log --oneline --merges");
	}
	say_folded(out, a, draft);
}

static void list_picks(struct buf *out, struct arena *a,
		       const struct draft *draft)
{
	const struct digest *digest = draft->digest;
	const struct words *words = draft_words(draft);
	size_t max = shown(digest->picks.nr, MAX_PICKS);

	if (!max)
		return;
	new_line(out, "- ");
	buf_addstr(out, words->picked_list);
	for (size_t i = 0; i < max; i++) {
		const struct digest_pick *pick = &digest->picks.at[i];

		new_line(out, "  - ");
		say_in_draft(out, a,
			     pick->upstream ? words->upstream : words->picked,
			     "subject", escaped(a, pick->commit.subject), "id",
			     draft_abbrev(a, &pick->commit), "from",
			     arena_printf(a, "%.12s", pick->from), NULL);
	}
	if (max == digest->picks.nr)
		return;
	new_line(out, "  - ");
	say_more_in_draft(out, a, draft, digest->picks.nr - max,
			  "log --oneline -E --grep='cherry picked|upstream'");
}

/* Those of no kind, and those that the template has no place for. */
static void list_noted_lines(struct buf *out, struct arena *a,
			     const struct draft *draft)
{
	bool any = false;

	for (size_t i = 0; i < draft->notes.nr; i++) {
		const struct note *note = &draft->notes.at[i];

		if (note->kind != NOTE_PLAIN && !draft->without[note->kind])
			continue;
		if (!any) {
			new_line(out, "- ");
			buf_addstr(out, draft_words(draft)->noted);
		}
		any = true;
		new_line(out, "  - ");
		say_note(out, a, note);
	}
}

static void list_digest(struct buf *out, struct arena *a,
			const struct draft *draft)
{
	list_authors(out, a, draft);
	list_dependencies(out, a, draft);
	list_parameters(out, a, draft);
	list_draft_files(out, a, draft);
	list_draft_requests(out, a, draft);
	list_picks(out, a, draft);
}

static void write_git(struct buf *out, struct arena *a,
		      const struct draft *draft)
{
	struct buf lists = BUF_INIT;

	list_noted_lines(&lists, a, draft);
	if (draft->digest)
		list_digest(&lists, a, draft);
	else
		list_parameters(&lists, a, draft);
	if (lists.n)
		buf_addf(out, "## %s\n\n%s", draft_words(draft)->git_heading,
			 lists.p);
	buf_release(&lists);
}

const struct draft_slot draft_table[] = {
	{ "front", "the lines of the front matter", write_front },
	{ "metrics", "metrics that the range or a run changed, a line each",
	  write_metrics },
	{ "environment", "versions that mattered, a line an environment",
	  write_environment },
	{ "title", "the title", write_title },
	{ "date", "today, as 2026-11-24", write_date },
	{ "release", "the release's tag", write_release },
	{ "facts", "commits, people, days, files and lines, in one line",
	  write_facts },
	{ "hard", "notes of what was hard, a line each", write_hard },
	{ "solutions", "mistakes of the range that the range fixed",
	  write_solutions },
	{ "pitfalls", "reverts, and fixes of what had shipped, a line each",
	  write_pitfalls },
	{ "improve", "notes of what to improve, a line each", write_improve },
	{ "actions",
	  "actions that earlier retros left open, the most urgent first",
	  write_actions },
	{ "git",
	  "a section of its own: people, dependencies, busiest files, "
	  "merges, cherry-picks",
	  write_git },
};
const size_t draft_count = ARRAY_SIZE(draft_table);

void draft_slots(struct slots *slots, struct arena *a,
		 const struct draft *draft)
{
	for (size_t i = 0; i < draft_count; i++) {
		struct buf b = BUF_INIT;

		draft_table[i].write(&b, a, draft);
		vec_push(a, slots,
			 (struct slot){ draft_table[i].name,
					keep_draft_text(a, &b) });
	}
}
