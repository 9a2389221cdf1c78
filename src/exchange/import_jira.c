/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The CSV that Jira exports: a row for each issue, and a column for each value
 * that one of them has, so that the name of a column can come again. Sub-tasks
 * of an issue that is in the file, too, are its actions.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/import.h"
#include "model/action_list.h"
#include "model/body.h"
#include "model/field.h"
#include "model/read.h"
#include "view/inert.h"

/* A longer value is text, and gets a section. Bytes. */
#define SHORT_VALUE   200
#define TITLE_COLUMNS 300

enum jira_column {
	JIRA_OTHER, /* whose value becomes a key of our own */
	JIRA_KEY,
	JIRA_ID,
	JIRA_TITLE,
	JIRA_TEXT,
	JIRA_TYPE,
	JIRA_STATUS,
	JIRA_CATEGORY,
	JIRA_PRIORITY,
	JIRA_ASSIGNEE,
	JIRA_REPORTER,
	JIRA_CREATED,
	JIRA_DUE,
	JIRA_LABELS,
	JIRA_PARENT,
	JIRA_COMMENT,
	JIRA_ATTACHMENT,
	JIRA_NOTHING, /* which says nothing of the issue */
};

static const struct {
	const char *name;
	enum jira_column column;
} jira_columns[] = {
	{ "Issue key", JIRA_KEY },
	{ "问题关键字", JIRA_KEY },
	{ "关键字", JIRA_KEY },
	{ "事务密钥", JIRA_KEY },
	{ "Issue id", JIRA_ID },
	{ "问题ID", JIRA_ID },
	{ "Summary", JIRA_TITLE },
	{ "概要", JIRA_TITLE },
	{ "主题", JIRA_TITLE },
	{ "摘要", JIRA_TITLE },
	{ "Description", JIRA_TEXT },
	{ "描述", JIRA_TEXT },
	{ "Issue Type", JIRA_TYPE },
	{ "问题类型", JIRA_TYPE },
	{ "Status", JIRA_STATUS },
	{ "状态", JIRA_STATUS },
	{ "Status Category", JIRA_CATEGORY },
	{ "状态类别", JIRA_CATEGORY },
	{ "Priority", JIRA_PRIORITY },
	{ "优先级", JIRA_PRIORITY },
	{ "Assignee", JIRA_ASSIGNEE },
	{ "经办人", JIRA_ASSIGNEE },
	{ "Reporter", JIRA_REPORTER },
	{ "报告人", JIRA_REPORTER },
	{ "Created", JIRA_CREATED },
	{ "创建日期", JIRA_CREATED },
	{ "已创建", JIRA_CREATED },
	{ "Due Date", JIRA_DUE },
	{ "到期日", JIRA_DUE },
	{ "Labels", JIRA_LABELS },
	{ "标签", JIRA_LABELS },
	{ "Parent", JIRA_PARENT },
	{ "Parent id", JIRA_PARENT },
	{ "Parent key", JIRA_PARENT },
	{ "父问题", JIRA_PARENT },
	{ "Comment", JIRA_COMMENT },
	{ "评论", JIRA_COMMENT },
	{ "Attachment", JIRA_ATTACHMENT },
	{ "附件", JIRA_ATTACHMENT },
	{ "Assignee Id", JIRA_NOTHING },
	{ "Reporter Id", JIRA_NOTHING },
	{ "Creator Id", JIRA_NOTHING },
	{ "Watchers", JIRA_NOTHING },
	{ "Watchers Id", JIRA_NOTHING },
	{ "Votes", JIRA_NOTHING },
	{ "Work Ratio", JIRA_NOTHING },
	{ "Last Viewed", JIRA_NOTHING },
	{ "Sub-tasks", JIRA_NOTHING },
	{ "Parent summary", JIRA_NOTHING },
	{ "Project key", JIRA_NOTHING },
	{ "Project type", JIRA_NOTHING },
	{ "Project lead", JIRA_NOTHING },
	{ "Project lead id", JIRA_NOTHING },
	{ "Project description", JIRA_NOTHING },
};

static enum jira_column jira_column_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(jira_columns); i++)
		if (text_alike(jira_columns[i].name, name))
			return jira_columns[i].column;
	return JIRA_OTHER;
}

/* What a row says, and what is made of it. */
struct jira_row {
	struct import_item *item;
	const char *key, *id, *title, *type, *status, *category, *assignee,
		*due;
	struct strs parents; /* ids and keys */
	struct buf files;    /* its attachments, a list */
	struct VEC_OF(const struct jira_row *) tasks; /* its sub-tasks */
	bool is_task;                                 /* of another row */
	struct buf sections;
};

struct jira {
	struct import *import;
	struct arena *a;
	struct strs names;
	struct VEC_OF(struct jira_row *) rows;
};

/* --- dates --- */

static int month_of(const char *name, size_t n)
{
	static const char *const months[][2] = {
		{ "Jan", "一月" }, { "Feb", "二月" },   { "Mar", "三月" },
		{ "Apr", "四月" }, { "May", "五月" },   { "Jun", "六月" },
		{ "Jul", "七月" }, { "Aug", "八月" },   { "Sep", "九月" },
		{ "Oct", "十月" }, { "Nov", "十一月" }, { "Dec", "十二月" },
	};

	for (int i = 0; i < 12; i++)
		for (int j = 0; j < 2; j++)
			if (strlen(months[i][j]) == n &&
			    !strncasecmp(months[i][j], name, n))
				return i + 1;
	return 0;
}

/* "24/Nov/26 9:30 AM", as Jira writes a time unless told otherwise, in a form
 * that others read; anything else as it is. */
static const char *plain_time(struct arena *a, const char *text)
{
	char *end;
	long day = strtol(text, &end, 10), year, hour, minute;
	const char *name = end + 1;
	const char *slash = *end == '/' ? strchr(name, '/') : NULL;
	int month = slash ? month_of(name, (size_t)(slash - name)) : 0;

	if (!month || day < 1 || day > 31 || !isdigit((unsigned char)slash[1]))
		return text;
	year = strtol(slash + 1, &end, 10);
	if (year > 9999)
		return text;
	if (year < 100)
		year += year < 70 ? 2000 : 1900;
	hour = strtol(end, &end, 10);
	minute = *end == ':' ? strtol(end + 1, &end, 10) : -1;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return arena_printf(a, "%04ld-%02d-%02ld", year, month, day);
	if (strcasestr(end, "pm") || strstr(end, "下午"))
		hour = hour % 12 + 12;
	else if (strcasestr(end, "am") || strstr(end, "上午"))
		hour %= 12;
	return arena_printf(a, "%04ld-%02d-%02ldT%02ld:%02ld", year, month, day,
			    hour, minute);
}

/* --- a row --- */

/* "Custom field (Root cause)" is called Root cause. */
static const char *bare_name(struct arena *a, const char *name)
{
	static const char *const marks[] = { "Custom field (", "自定义字段 (" };
	size_t n = strlen(name);

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		size_t m = strlen(marks[i]);

		if (n > m && !strncasecmp(name, marks[i], m) &&
		    name[n - 1] == ')')
			return arena_strndup(a, name + m, n - m - 1);
	}
	return name;
}

/* Whether the value is one of a field that bears the column's name. */
static bool set_named_field(struct jira *jira, struct jira_row *row,
			    const char *name, const char *value)
{
	const struct field *field = field_find(name);
	struct moment m;

	if (!field)
		return false;
	if (field->type == FIELD_TIME) {
		value = plain_time(jira->a, value);
		if (!moment_parse(&m, NULL, value))
			return false;
	} else if (field->type != FIELD_SEVERITY || !severity_parse(value)) {
		return false;
	}
	if (!import_get(row->item, field->key))
		import_set(row->item, jira->a, field->key, value);
	return true;
}

static void take_other(struct jira *jira, struct jira_row *row,
		       const char *name, const char *value)
{
	name = bare_name(jira->a, name);
	if (strlen(value) > SHORT_VALUE || strchr(value, '\n')) {
		buf_addf(&row->sections, "\n\n## %s\n\n%s", name, value);
		return;
	}
	if (!set_named_field(jira, row, name, value))
		import_set_own(row->item, jira->a, name, value);
}

static void take_type(struct jira *jira, struct jira_row *row,
		      const char *value)
{
	enum kind kind = kind_parse(value);

	row->type = value;
	if (kind)
		import_set(row->item, jira->a, "kind", kind_name(kind));
	else
		import_set(row->item, jira->a, "x-issue-type", value);
}

/* Parts "24/Nov/26 9:30 AM;user;rest"; false if it is not so. */
static bool part_stamped(const char **when, const char **who, const char **rest,
			 struct arena *a, const char *value)
{
	const char *first = strchr(value, ';');
	const char *second = first ? strchr(first + 1, ';') : NULL;
	const char *time;
	int32_t day;

	if (!second)
		return false;
	time = plain_time(a, arena_strndup(a, value, (size_t)(first - value)));
	if (!day_parse(&day, time))
		return false;
	*when = day_format(a, day);
	*who = arena_strndup(a, first + 1, (size_t)(second - first - 1));
	*rest = second + 1;
	return true;
}

static void take_comment(struct jira *jira, struct jira_row *row,
			 const char *value)
{
	const char *when = NULL, *who = NULL, *text = value;

	(void)part_stamped(&when, &who, &text, jira->a, value);
	import_comment(row->item, jira->a, who, when, text);
}

/* "name;address" behind the stamp. */
static void take_attachment(struct jira *jira, struct jira_row *row,
			    const char *value)
{
	const char *when, *who, *file = value, *url;

	(void)part_stamped(&when, &who, &file, jira->a, value);
	url = strrchr(file, ';');
	row->item->attachments++;
	if (!url || !strstr(url, "://") || strpbrk(url, "<> \t\n")) {
		buf_addstr(&row->files, "- ");
		inert_text(&row->files, file, TITLE_COLUMNS);
		buf_addch(&row->files, '\n');
		return;
	}
	buf_addstr(&row->files, "- [");
	inert_text(&row->files,
		   arena_strndup(jira->a, file, (size_t)(url - file)),
		   TITLE_COLUMNS);
	buf_addf(&row->files, "](<%s>)\n", url + 1);
}

static void take_jira_value(struct jira *jira, struct jira_row *row,
			    const char *name, const char *value)
{
	struct import_item *item = row->item;
	struct arena *a = jira->a;
	int32_t day;

	switch (jira_column_of(name)) {
	case JIRA_KEY:
		row->key = value;
		break;
	case JIRA_ID:
		row->id = value;
		break;
	case JIRA_TITLE:
		row->title = value;
		import_set(item, a, "title", value);
		break;
	case JIRA_TEXT:
		item->bytes = value;
		break;
	case JIRA_TYPE:
		take_type(jira, row, value);
		break;
	case JIRA_STATUS:
		row->status = value;
		break;
	case JIRA_CATEGORY:
		row->category = value;
		break;
	case JIRA_PRIORITY:
		import_set(item, a,
			   severity_parse(value) ? "severity" : "x-priority",
			   value);
		break;
	case JIRA_ASSIGNEE:
		row->assignee = value;
		import_set(item, a, "owner", value);
		break;
	case JIRA_REPORTER:
		import_set(item, a, "authors", value);
		break;
	case JIRA_CREATED:
		import_set_date(item, a, name, plain_time(a, value));
		break;
	case JIRA_DUE:
		row->due = plain_time(a, value);
		if (day_parse(&day, row->due))
			row->due = day_format(a, day);
		import_set(item, a, "x-due", row->due);
		break;
	case JIRA_LABELS:
		import_label(item, a, value);
		break;
	case JIRA_PARENT:
		vec_push(a, &row->parents, value);
		break;
	case JIRA_COMMENT:
		take_comment(jira, row, value);
		break;
	case JIRA_ATTACHMENT:
		take_attachment(jira, row, value);
		break;
	case JIRA_NOTHING:
		break;
	case JIRA_OTHER:
		take_other(jira, row, name, value);
		break;
	}
}

/* A team's own state is kept beside what it means to us. */
static void set_row_status(struct jira *jira, struct jira_row *row)
{
	enum status status =
		row->status ? status_parse(row->status) : STATUS_NONE;

	if (!status && row->category)
		status = status_parse(row->category);
	if (status)
		import_set(row->item, jira->a, "status", status_name(status));
	if (row->status && !status_parse(row->status))
		import_set(row->item, jira->a, "x-status", row->status);
}

static struct err *take_row(struct jira *jira, const struct strs *values,
			    size_t line)
{
	struct arena *a = jira->a;
	struct jira_row *row = arena_alloc(a, sizeof(*row));

	buf_init(&row->sections);
	buf_init(&row->files);
	row->item = arena_alloc(a, sizeof(*row->item));
	row->item->bytes = "";
	row->item->file = arena_printf(a, _("line %zu"), line);
	row->item->where = arena_printf(a, "%s:%zu", jira->import->name, line);
	for (size_t i = 0; i < values->nr; i++)
		if (*values->at[i])
			take_jira_value(jira, row, jira->names.at[i],
					values->at[i]);
	if (!row->key || !row->title) {
		buf_release(&row->sections);
		buf_release(&row->files);
		return err_new(ERR_UNSUPPORTED, _("%s: the row has no '%s'"),
			       row->item->where,
			       row->key ? "Summary" : "Issue key");
	}
	vec_push(a, &jira->rows, row);
	row->item->source = arena_printf(a, "jira:%s", row->key);
	set_row_status(jira, row);
	return NULL;
}

/* --- sub-tasks --- */

struct jira_name {
	const char *name; /* its key or its number */
	struct jira_row *row;
};
struct jira_names VEC_OF(struct jira_name);

static int compare_jira_names(const void *a, const void *b)
{
	return strcmp(((const struct jira_name *)a)->name,
		      ((const struct jira_name *)b)->name);
}

static bool is_sub_task(const struct jira_row *row)
{
	static const char *const names[] = { "Sub-task", "Subtask", "子任务" };

	for (size_t i = 0; row->type && i < ARRAY_SIZE(names); i++)
		if (text_alike(row->type, names[i]))
			return true;
	return false;
}

static struct jira_row *parent_of(const struct jira_names *names,
				  const struct jira_row *row)
{
	for (size_t i = 0; is_sub_task(row) && i < row->parents.nr; i++) {
		struct jira_name key = { row->parents.at[i], NULL };
		const struct jira_name *found =
			bsearch(&key, names->at, names->nr, sizeof(key),
				compare_jira_names);

		if (found && found->row != row && !is_sub_task(found->row))
			return found->row;
	}
	return NULL;
}

static bool is_done(const struct jira_row *row)
{
	const char *status = import_get(row->item, "status");

	return status && !strcmp(status, "final");
}

/* "- [ ] A1: Pin CUDA (OPS-13) @ann due:2026-12-01" */
static void put_task(struct buf *out, const struct jira_row *row, long number)
{
	int32_t due;

	buf_addf(out, "- [%c] A%ld: ", is_done(row) ? 'x' : ' ', number);
	inert_text(out, row->title, TITLE_COLUMNS);
	buf_addf(out, " (%s)", row->key);
	if (row->assignee && !strpbrk(row->assignee, " \t,"))
		buf_addf(out, " @%s", row->assignee);
	else if (row->assignee)
		buf_addf(out, " (Owner: %s)", row->assignee);
	if (row->due && day_parse(&due, row->due))
		buf_addf(out, " due:%s", row->due);
	buf_addch(out, '\n');
}

/* An action is one line: whatever else the row says is left out. */
static void note_task_text(struct jira *jira, struct import_item *item,
			   const struct jira_row *task)
{
	if (*task->item->bytes || task->item->comments.nr ||
	    task->item->attachments || task->sections.n)
		vec_push(jira->a, &item->left,
			 arena_printf(jira->a, _("the text of sub-task %s"),
				      task->key));
}

static void give_tasks(struct jira *jira)
{
	struct jira_names names = { 0 };
	struct arena *a = jira->a;

	for (size_t i = 0; i < jira->rows.nr; i++) {
		struct jira_row *row = jira->rows.at[i];

		vec_push(a, &names, (struct jira_name){ row->key, row });
		if (row->id)
			vec_push(a, &names, (struct jira_name){ row->id, row });
	}
	if (names.nr)
		qsort(names.at, names.nr, sizeof(*names.at),
		      compare_jira_names);
	for (size_t i = 0; i < jira->rows.nr; i++) {
		struct jira_row *row = jira->rows.at[i];
		struct jira_row *parent = parent_of(&names, row);

		if (!parent)
			continue;
		vec_push(a, &parent->tasks, row);
		note_task_text(jira, parent->item, row);
		row->is_task = true;
	}
}

/* The first number that no action of the text has. */
static long first_number(struct jira *jira, const char *bytes, size_t n)
{
	struct diags ignored = { .arena = jira->a };
	struct retro *retro = read_retro(jira->a, &ignored, "", bytes, n);

	return action_list_next(
		&body_read(retro, jira->a, &ignored, NULL)->actions);
}

/* Whether its columns are named in Chinese. */
static bool is_chinese(const struct jira *jira)
{
	for (size_t i = 0; i < jira->names.nr; i++)
		if (jira_column_of(jira->names.at[i]) == JIRA_KEY)
			return (unsigned char)*jira->names.at[i] >= 0x80;
	return false;
}

/* The description as it is, then what had columns of its own. */
static void finish_row(struct jira *jira, struct jira_row *row)
{
	struct import_item *item = row->item;
	struct buf text = BUF_INIT;
	long number;

	buf_addstr(&text, item->bytes);
	buf_add(&text, row->sections.p, row->sections.n);
	if (row->tasks.nr) {
		number = first_number(jira, text.p, text.n);
		buf_addf(&text, "\n\n## %s\n\n",
			 section_title(SECTION_ACTIONS, is_chinese(jira)));
		for (size_t i = 0; i < row->tasks.nr; i++)
			put_task(&text, row->tasks.at[i], number++);
	}
	if (row->files.n)
		buf_addf(&text, "\n\n## %s\n\n%s",
			 is_chinese(jira) ? "附件" : "Attachments",
			 row->files.p);
	item->n = text.n;
	item->bytes = arena_strndup(jira->a, text.p, text.n);
	buf_release(&text);
	import_put_comments(item, jira->a, is_chinese(jira));
	vec_push(jira->a, &jira->import->items, item);
}

/* --- the file --- */

static bool has_key(const struct strs *names)
{
	bool key = false, title = false;

	for (size_t i = 0; i < names->nr; i++) {
		key |= jira_column_of(names->at[i]) == JIRA_KEY;
		title |= jira_column_of(names->at[i]) == JIRA_TITLE;
	}
	return key && title;
}

/* The separator with which the first line is that of Jira; NUL. */
static char find_separator(struct arena *a, const char *bytes, size_t n)
{
	for (const char *s = ",;\t"; *s; s++) {
		struct strs names = { 0 };
		struct csv csv;
		bool more;
		size_t line;
		struct err *e;

		csv_init(&csv, a, bytes, n, *s);
		e = csv_row(&names, &line, &more, &csv);
		err_free(e);
		if (!e && has_key(&names))
			return *s;
	}
	return '\0';
}

bool import_is_jira(struct arena *a, const char *bytes, size_t n)
{
	return find_separator(a, bytes, n) != '\0';
}

static struct err *read_rows(struct jira *jira, struct csv *csv)
{
	struct strs values;
	bool more;
	size_t line;
	struct err *e = csv_row(&jira->names, &line, &more, csv);

	while (!e && more) {
		e = csv_row(&values, &line, &more, csv);
		e = err_context(e, "%s", jira->import->name);
		if (!e && more)
			import_broken(jira->import,
				      take_row(jira, &values, line));
	}
	return e;
}

struct err *import_jira(struct import *import, const char *bytes, size_t n)
{
	struct jira jira = { .import = import, .a = import->arena };
	char separator = find_separator(import->arena, bytes, n);
	struct csv csv;
	struct err *e;

	if (!separator)
		return err_hint(
			err_new(ERR_UNSUPPORTED,
				_("%s: the first line has no '%s' and '%s'"),
				import->name, "Issue key", "Summary"),
			_("export all fields as CSV in Jira"));
	csv_init(&csv, import->arena, bytes, n, separator);
	e = read_rows(&jira, &csv);
	if (!e)
		give_tasks(&jira);
	for (size_t i = 0; i < jira.rows.nr; i++) {
		if (!e && !jira.rows.at[i]->is_task)
			finish_row(&jira, jira.rows.at[i]);
		buf_release(&jira.rows.at[i]->sections);
		buf_release(&jira.rows.at[i]->files);
	}
	return e;
}
