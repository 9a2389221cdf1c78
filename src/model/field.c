/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/field.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/hanzi.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/metric.h"
#include "model/slip.h"

#define ALIASES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define FIELD(number, key, type, field_member, aliases, help)                  \
	{                                                                      \
		number, key, type, offsetof(struct retro, field_member),       \
			aliases, help                                          \
	}

/* No spelling of a field is longer. Bytes. */
#define KEY_ROOM 64

/* 责任人 is not a spelling of `owner`: it can mean the person to blame, and
 * there is no field for that. */
const struct field field_table[] = {
	FIELD(1, "id", FIELD_STRING, id, ALIASES("uuid"),
	      "its name for good, <date>-<slug>; without it, the file's stem"),
	FIELD(2, "title", FIELD_STRING, title, ALIASES("事故标题", "标题"),
	      "one line that says what it is about"),
	FIELD(3, "date", FIELD_DATE, date,
	      ALIASES("发生日期", "日期", "事故日期", "故障日期", "回顾日期",
		      "复盘日期", "会议日期", "创建日期", "创建时间",
		      "incident date", "date of incident", "created"),
	      "the day it was opened"),
	FIELD(4, "status", FIELD_STATUS, status, ALIASES("状态"),
	      "draft, review, final, superseded or waived"),
	FIELD(5, "kind", FIELD_KIND, kind, ALIASES("类型"),
	      "release, incident, experiment, deployment or project"),
	FIELD(6, "authors", FIELD_LIST, authors,
	      ALIASES("author", "作者", "decision-makers", "deciders",
		      "决策者"),
	      "who wrote it, as 'Name <mail>'"),
	FIELD(7, "owner", FIELD_STRING, owner, ALIASES("负责人"),
	      "who sees to it"),
	FIELD(8, "severity", FIELD_SEVERITY, severity,
	      ALIASES("事故等级", "故障等级", "事故级别", "故障级别",
		      "严重程度", "严重等级"),
	      "1 (worst) to 5; S1, SEV1 and P0 to P4 are read as well"),
	FIELD(9, "labels", FIELD_LIST, labels,
	      ALIASES("categories", "keywords", "tags", "标签"),
	      "contributing factors and topics"),
	FIELD(10, "releases", FIELD_LIST, releases, ALIASES("release", "版本"),
	      "git tags of the releases it covers"),
	FIELD(11, "branches", FIELD_LIST, branches, NULL,
	      "release branches it concerns"),
	FIELD(12, "range", FIELD_STRING, range, NULL,
	      "the commits it looks back on, A..B"),
	FIELD(13, "commits", FIELD_COMMITS, commits, NULL,
	      "commits under cause, fix and other, or a list of problems; a "
	      "bare list means other"),
	FIELD(14, "paths", FIELD_LIST, paths, ALIASES("applies-to", "affects"),
	      "files it concerns, as globs"),
	FIELD(15, "related", FIELD_LIST, related, NULL,
	      "ids of related retros"),
	FIELD(16, "supersedes", FIELD_LIST, supersedes, NULL,
	      "ids of retros that it replaces"),
	FIELD(17, "superseded-by", FIELD_STRING, superseded_by, NULL,
	      "id of the retro that replaces it"),
	FIELD(18, "seen-before", FIELD_LIST, seen_before, NULL,
	      "ids of retros about the same thing happening earlier"),
	FIELD(19, "retired", FIELD_LIST, retired, NULL,
	      "numbers of pitfalls that no longer warn anybody"),
	FIELD(20, "started", FIELD_TIME, started,
	      ALIASES("start_time", "发生时间", "开始时间", "故障时间",
		      "事故时间", "発生日時"),
	      "when it began, as RFC 3339"),
	FIELD(21, "detected", FIELD_TIME, detected,
	      ALIASES("detecttime", "发现时间", "検知日時"),
	      "when it was noticed"),
	FIELD(22, "mitigated", FIELD_TIME, mitigated, ALIASES("stable_at"),
	      "when it stopped hurting"),
	FIELD(23, "resolved", FIELD_TIME, resolved,
	      ALIASES("end_time", "恢复时间", "结束时间", "解决时间",
		      "復旧日時"),
	      "when it was over"),
	FIELD(24, "metrics", FIELD_METRICS, metrics, NULL,
	      "what changed: name, before, after, unit, better, from"),
	FIELD(25, "environment", FIELD_MAP, environment, NULL,
	      "versions that mattered"),
	FIELD(26, "drift", FIELD_ROWS, drift, ALIASES("漂移"),
	      "what drifted after the launch: feature, statistic, value, "
	      "window"),
	FIELD(27, "labels-quality", FIELD_MAP, labels_quality,
	      ALIASES("标注质量"),
	      "kappa and rework of the labels, each before and after"),
	FIELD(28, "roles", FIELD_MAP, roles, ALIASES("角色"),
	      "who took what on: lead, product, data, ops"),
	FIELD(29, "url", FIELD_STRING, url, NULL, "where it was published"),
	FIELD(30, "archive_url", FIELD_STRING, archive_url, NULL,
	      "where a copy is kept"),
	FIELD(31, "drafted-with", FIELD_STRING, drafted_with,
	      ALIASES("起草工具"), "the agent that wrote the draft"),
	FIELD(32, "imported-from", FIELD_STRING, imported_from, NULL,
	      "what git retro import made it of"),
	FIELD(33, "summary", FIELD_STRING, summary, NULL,
	      "what happened, in a sentence or two"),
	FIELD(34, "company", FIELD_STRING, company, NULL, "whose it is"),
	FIELD(35, "product", FIELD_STRING, product, NULL, "what it is about"),
};
const size_t field_count = ARRAY_SIZE(field_table);

void field_names(struct strs *out, struct arena *a)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		vec_push(a, out, field->key);
		for (size_t j = 0; field->aliases && field->aliases[j]; j++)
			vec_push(a, out, field->aliases[j]);
	}
}

/* A key in simplified characters; one that is too long for a field as it is. */
static const char *simplified_key(char out[KEY_ROOM], const char *key)
{
	size_t n = strlen(key), len, to = 0;

	if (n >= KEY_ROOM)
		return key;
	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(key + at, n - at, &len);
		int simple = c < 0x3400 ? c : hanzi_simplified(c);

		if (simple == c || len != 3) {
			memcpy(out + to, key + at, len);
		} else {
			out[to] = (char)(0xe0 | simple >> 12);
			out[to + 1] = (char)(0x80 | (simple >> 6 & 0x3f));
			out[to + 2] = (char)(0x80 | (simple & 0x3f));
		}
		to += len;
	}
	out[to] = '\0';
	return out;
}

const struct field *field_find(const char *key)
{
	char simple[KEY_ROOM];

	key = simplified_key(simple, key);
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];

		if (text_alike(key, field->key))
			return field;
		for (size_t j = 0; field->aliases && field->aliases[j]; j++)
			if (text_alike(key, field->aliases[j]))
				return field;
	}
	return NULL;
}

/* --- reading --- */

struct reading {
	struct retro *retro;
	struct arena *a;
	struct diags *diags;
	const struct field *field;
	const char *key; /* as written */
};

static void *field_member(const struct reading *r)
{
	return (char *)r->retro + r->field->offset;
}

/* The text of a scalar that is set. Empty is unset and fine; a list or map is
 * reported. NULL in both cases. */
static const char *scalar(const struct reading *r, const struct node *node)
{
	if (node_is_null(node))
		return NULL;
	if (node->kind == NODE_SCALAR)
		return node->text;
	diag_add(r->diags, RULE_TYPE, r->retro->path, node->start, NULL,
		 node->kind == NODE_LIST
			 ? N_("'%s' must be a single value, not a list")
			 : N_("'%s' must be a single value, not a map"),
		 r->key);
	return NULL;
}

/* Appends a list's scalars; one scalar is a list of one. The strings are the
 * nodes' own, so that a rule can find where one stands. */
static void read_list(const struct reading *r, struct strs *out,
		      const struct node *node)
{
	const char *text;

	if (node->kind == NODE_LIST) {
		for (size_t i = 0; i < node->nr; i++) {
			text = scalar(r, node->items[i]);
			if (text)
				strs_add(r->a, out, text);
		}
		return;
	}
	text = scalar(r, node);
	if (text)
		strs_add(r->a, out, text);
}

static void read_date(const struct reading *r, const struct node *node)
{
	const char *text = scalar(r, node);

	if (text && !day_parse(field_member(r), text))
		diag_add(r->diags, RULE_DATE, r->retro->path, node->start, NULL,
			 N_("'%s' is not a valid day: '%s'"), r->key, text);
}

static void read_time(const struct reading *r, const struct node *node)
{
	struct field_time *time = field_member(r);
	const char *text = scalar(r, node);

	if (!text)
		return;
	time->known = moment_parse(&time->at, &time->part, text);
	if (!time->known)
		diag_add(r->diags, RULE_TIME, r->retro->path, node->start, NULL,
			 N_("'%s' is not a valid time: '%s'"), r->key, text);
}

static struct strs known_words(const struct reading *r)
{
	struct strs words = { 0 };
	const char *word;

	for (int i = 1; (word = r->field->type == FIELD_STATUS
					? status_name((enum status)i)
					: kind_name((enum kind)i));
	     i++)
		vec_push(r->a, &words, word);
	return words;
}

/* status, kind and severity: one of a few words. */
static void read_word_field(const struct reading *r, const struct node *node)
{
	const char *text = scalar(r, node);
	enum rule_id rule = RULE_SEVERITY;
	struct strs words;
	bool known = true;

	if (!text)
		return;
	if (r->field->type == FIELD_STATUS) {
		r->retro->status = status_parse(text);
		known = r->retro->status != STATUS_NONE;
		rule = RULE_STATUS;
	} else if (r->field->type == FIELD_KIND) {
		r->retro->kind = kind_parse(text);
		known = r->retro->kind != KIND_NONE;
		rule = RULE_KIND;
	} else {
		r->retro->severity = severity_parse(text);
		known = r->retro->severity != 0;
		if (known && strspn(text, "0123456789") != strlen(text))
			r->retro->severity_text = text;
	}
	if (known)
		return;
	diag_add(r->diags, rule, r->retro->path, node->start, NULL,
		 N_("'%s' is not a valid %s"), text, r->field->key);
	if (r->field->type == FIELD_SEVERITY)
		return;
	words = known_words(r);
	diag_fix(r->diags, slip_word(r->a, node, &words));
}

/* One problem, or the other commits that stand where one could. */
static void read_problem(const struct reading *r, const struct node *map)
{
	struct problem problem = { .map = map };

	for (size_t i = 0; i < map->nr; i++) {
		const char *key = map->pairs[i].key->text;
		const struct node *value = map->pairs[i].value;
		enum link_role role = link_role_find(key);

		if (role != LINK_ROLES)
			read_list(r, links_list(&problem.commits, role), value);
		else if (text_alike(key, "guard"))
			read_list(r, &problem.guard, value);
		else if (text_alike(key, "pitfall"))
			problem.pitfall = scalar(r, value);
		else
			diag_add(r->diags, RULE_UNKNOWN_KEY, r->retro->path,
				 map->pairs[i].key->start,
				 N_("use pitfall, cause, fix, backport, guard "
				    "or "
				    "other"),
				 N_("'%s' is not a valid key of commits"), key);
	}
	retro_add_links(r->retro, r->a, &problem);
	if (problem_is_one(&problem))
		vec_push(r->a, &r->retro->problems, problem);
}

static void read_commits_field(const struct reading *r, const struct node *node)
{
	struct strs *others = &r->retro->commits.other;

	if (node->kind == NODE_MAP)
		read_problem(r, node);
	else if (node->kind == NODE_SCALAR)
		read_list(r, others, node);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->nr; i++) {
		const struct node *item = node->items[i];
		const char *text;

		if (item->kind == NODE_MAP) {
			read_problem(r, item);
			continue;
		}
		text = scalar(r, item);
		if (text)
			strs_add(r->a, others, text);
	}
}

/* "higher" or "lower", however it is spelled; else the text itself. */
static const char *direction(const char *text)
{
	static const char *const spellings[][2] = {
		{ "higher", "higher" },   { "higher", "高" },
		{ "higher", "越高越好" }, { "lower", "lower" },
		{ "lower", "低" },        { "lower", "越低越好" },
	};

	for (size_t i = 0; text && i < ARRAY_SIZE(spellings); i++)
		if (!strcasecmp(text, spellings[i][1]))
			return spellings[i][0];
	return text;
}

static void read_metric(const struct reading *r, struct metrics *out,
			const struct node *node)
{
	struct metric m = { 0 };

	if (node->kind != NODE_MAP) {
		diag_add(r->diags, RULE_TYPE, r->retro->path, node->start,
			 N_("write each metric as name:, before:, after:"),
			 N_("a metric must be a map"));
		return;
	}
	m.name = scalar(r, node_get(node, "name"));
	m.before = scalar(r, node_get(node, "before"));
	m.after = scalar(r, node_get(node, "after"));
	m.unit = scalar(r, node_get(node, "unit"));
	m.better = direction(scalar(r, node_get(node, "better")));
	m.from = scalar(r, node_get(node, "from"));
	vec_push(r->a, out, m);
}

static void read_metrics(const struct reading *r, const struct node *node)
{
	struct metrics *out = field_member(r);

	if (node->kind == NODE_MAP)
		read_metric(r, out, node);
	else if (node->kind == NODE_LIST)
		for (size_t i = 0; i < node->nr; i++)
			read_metric(r, out, node->items[i]);
	else
		read_metric(r, out, node);
}

static void check_number(const struct reading *r, const struct node *node)
{
	if (node_is_null(node) || metric_is_number(node->text))
		return;
	diag_add(r->diags, RULE_TYPE, r->retro->path, node->start,
		 N_("write the number alone, its unit elsewhere"),
		 N_("a measure in '%s' must be a number"), r->key);
}

/* A measure that is there is a number, or a map of numbers. */
static void check_measure(const struct reading *r, const struct node *measure)
{
	if (measure && measure->kind == NODE_MAP)
		for (size_t i = 0; i < measure->nr; i++)
			check_number(r, measure->pairs[i].value);
	else if (measure)
		check_number(r, measure);
}

static void read_map_field(const struct reading *r, const struct node *node)
{
	if (node->kind == NODE_MAP) {
		*(const struct node **)field_member(r) = node;
		if (strcmp(r->field->key, "labels-quality") != 0)
			return;
		check_measure(r, node_get(node, "kappa"));
		check_measure(r, node_get(node, "rework"));
	} else {
		diag_add(r->diags, RULE_TYPE, r->retro->path, node->start,
			 N_("write it as lines of 'name: value' under the key"),
			 N_("'%s' must be a map"), r->key);
	}
}

static void read_rows_field(const struct reading *r, const struct node *node)
{
	struct node *list;
	const struct node **items;
	size_t nr = node->kind == NODE_LIST ? node->nr : 1;

	for (size_t i = 0; i < nr; i++) {
		const struct node *row =
			node->kind == NODE_LIST ? node->items[i] : node;

		if (row->kind != NODE_MAP) {
			diag_add(r->diags, RULE_TYPE, r->retro->path,
				 row->start,
				 N_("write each as a map, like {feature: age, "
				    "statistic: PSI, value: 0.31}"),
				 N_("'%s' must be a list of maps"), r->key);
			return;
		}
		if (!node_get(row, "feature"))
			diag_add(r->diags, RULE_TYPE, r->retro->path,
				 row->start,
				 N_("name what drifted: {feature: age, "
				    "statistic: PSI, value: 0.31}"),
				 N_("a row of '%s' has no 'feature'"), r->key);
		check_measure(r, node_get(row, "value"));
	}
	if (node->kind == NODE_LIST) {
		*(const struct node **)field_member(r) = node;
		return;
	}
	list = arena_alloc(r->a, sizeof(*list));
	items = arena_alloc(r->a, sizeof(*items));
	items[0] = node;
	*list = (struct node){ .kind = NODE_LIST,
			       .start = node->start,
			       .end = node->end,
			       .items = (struct node *const *)items,
			       .nr = 1 };
	*(const struct node **)field_member(r) = list;
}

static void read_field(const struct reading *r, const struct node *node)
{
	if (node_is_null(node))
		return;
	switch (r->field->type) {
	case FIELD_STRING:
		*(const char **)field_member(r) = scalar(r, node);
		break;
	case FIELD_DATE:
		read_date(r, node);
		break;
	case FIELD_STATUS:
	case FIELD_KIND:
	case FIELD_SEVERITY:
		read_word_field(r, node);
		break;
	case FIELD_LIST:
		read_list(r, field_member(r), node);
		break;
	case FIELD_TIME:
		read_time(r, node);
		break;
	case FIELD_COMMITS:
		read_commits_field(r, node);
		break;
	case FIELD_METRICS:
		read_metrics(r, node);
		break;
	case FIELD_MAP:
		read_map_field(r, node);
		break;
	case FIELD_ROWS:
		read_rows_field(r, node);
		break;
	}
}

/* Of several spellings of one field the one that is set counts, then the
 * field's own key, then the first. */
static bool beats(const struct field *field, const struct pair *pair,
		  const struct pair *best)
{
	if (!best)
		return true;
	if (node_is_null(pair->value) != node_is_null(best->value))
		return node_is_null(best->value);
	return strcmp(pair->key->text, field->key) == 0;
}

const struct pair *field_pair(const struct field *field,
			      const struct retro *retro)
{
	const struct pair *best = NULL;

	for (size_t i = 0; retro->map && i < retro->map->nr; i++) {
		const struct pair *pair = &retro->map->pairs[i];

		if (field_find(pair->key->text) == field &&
		    beats(field, pair, best))
			best = pair;
	}
	return best;
}

void field_read(struct retro *retro, struct arena *a, struct diags *diags)
{
	const struct pair *best[ARRAY_SIZE(field_table)] = { NULL };
	const struct node *map = retro->map;
	size_t nr = map ? map->nr : 0;
	const struct field **fields =
		arena_alloc(a, (nr + 1) * sizeof(*fields));

	for (size_t i = 0; i < nr; i++) {
		const struct pair *pair = &map->pairs[i];
		const struct field *field = field_find(pair->key->text);

		fields[i] = field;
		if (field && beats(field, pair, best[field - field_table]))
			best[field - field_table] = pair;
	}
	for (size_t i = 0; i < nr; i++) {
		const struct pair *pair = &map->pairs[i];
		struct reading r = { retro, a, diags, fields[i],
				     pair->key->text };

		/* Lists add up; of other fields' second spellings none is
		 * lost. */
		if (r.field && (r.field->type == FIELD_LIST ||
				best[r.field - field_table] == pair))
			read_field(&r, pair->value);
		else
			vec_push(a, &retro->extras,
				 (struct extra){ r.key, pair->value });
	}
	retro->has_id = retro->id && !node_is_null(node_get(map, "id"));
}

void field_read_preamble(struct retro *retro, struct arena *a,
			 struct diags *diags)
{
	const struct node *map = retro->preamble;

	for (size_t i = 0; map && i < map->nr; i++) {
		const struct pair *pair = &map->pairs[i];
		struct reading r = { retro, a, diags,
				     field_find(pair->key->text),
				     pair->key->text };

		if (r.field && !field_pair(r.field, retro))
			read_field(&r, pair->value);
	}
}

/* --- showing --- */

static void add_field_item(struct buf *b, const char *text)
{
	if (b->n)
		buf_addstr(b, ", ");
	buf_addstr(b, text);
}

static void put_field_list(struct buf *b, const char *label,
			   const struct strs *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		add_field_item(b, i ? "" : label);
		buf_addstr(b, list->at[i]);
	}
}

static void put_links(struct buf *b, const struct links *links)
{
	put_field_list(b, "cause ", &links->cause);
	put_field_list(b, "fix ", &links->fix);
	put_field_list(b, "backport ", &links->backport);
}

/* One problem after the other, then the other commits. */
static void put_commits(struct buf *b, const struct retro *retro)
{
	for (size_t i = 0; i < retro->problems.nr; i++) {
		const struct problem *problem = &retro->problems.at[i];
		struct buf text = BUF_INIT;

		put_links(&text, &problem->commits);
		put_field_list(&text, "guard ", &problem->guard);
		if (problem->pitfall)
			buf_addf(b, "%s%s: %s", b->n ? "; " : "",
				 problem->pitfall, text.p);
		else
			buf_addf(b, "%s%s", b->n && text.n ? "; " : "", text.p);
		buf_release(&text);
	}
	put_field_list(b, "other ", &retro->commits.other);
}

static void add_metric(struct buf *b, const struct metric *m)
{
	add_field_item(b, m->name ? m->name : "");
	if (m->before)
		buf_addf(b, " %s", m->before);
	if (m->after)
		buf_addf(b, " -> %s", m->after);
	if (m->unit)
		buf_addf(b, " %s", m->unit);
}

/* As flow YAML without quotes; its depth is bounded by NODE_MAX_DEPTH. */
static void put_node(struct buf *b, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		buf_addstr(b, node->text);
		return;
	}
	for (size_t i = 0; i < node->nr; i++) {
		const struct node *kid;

		if (i)
			buf_addstr(b, ", ");
		if (node->kind == NODE_MAP) {
			kid = node->pairs[i].value;
			buf_addf(b, "%s: ", node->pairs[i].key->text);
		} else {
			kid = node->items[i];
		}
		if (kid->kind != NODE_SCALAR)
			buf_addch(b, kid->kind == NODE_MAP ? '{' : '[');
		put_node(b, kid);
		if (kid->kind != NODE_SCALAR)
			buf_addch(b, kid->kind == NODE_MAP ? '}' : ']');
	}
}

static const char *or_empty_text(const char *text)
{
	return text ? text : "";
}

const char *field_text(struct arena *a, const struct field *field,
		       const struct retro *retro)
{
	const void *at = (const char *)retro + field->offset;
	const struct metrics *metrics = at;
	const struct field_time *time = at;
	const struct node *const *node = at;
	struct buf b = BUF_INIT;
	const char *text;

	switch (field->type) {
	case FIELD_STRING:
		return or_empty_text(*(const char *const *)at);
	case FIELD_DATE:
		return retro->date == DAY_NONE ? ""
					       : day_format(a, retro->date);
	case FIELD_STATUS:
		return or_empty_text(status_name(retro->status));
	case FIELD_KIND:
		return or_empty_text(kind_name(retro->kind));
	case FIELD_SEVERITY:
		return retro->severity ? arena_printf(a, "%d", retro->severity)
				       : "";
	case FIELD_TIME:
		if (!time->known)
			return "";
		return time->part == MOMENT_DAY
			       ? day_format(a, day_of(time->at))
			       : moment_human(a, time->at);
	case FIELD_LIST:
		put_field_list(&b, "", at);
		break;
	case FIELD_COMMITS:
		put_commits(&b, retro);
		break;
	case FIELD_METRICS:
		for (size_t i = 0; i < metrics->nr; i++)
			add_metric(&b, &metrics->at[i]);
		break;
	case FIELD_MAP:
	case FIELD_ROWS:
		if (*node)
			put_node(&b, *node);
		break;
	}
	text = arena_strdup(a, b.p);
	buf_release(&b);
	return text;
}
