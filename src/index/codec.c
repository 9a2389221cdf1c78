/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/codec.h"

#include <string.h>

#include "base/attr.h"
#include "base/phrase.h"
#include "model/field.h"
#include "model/read.h"

/* --- writing --- */

/* Seven bits a byte: most numbers are small. */
static void put_fact_length(struct buf *out, uint64_t left)
{
	for (; left > 0x7f; left >>= 7)
		buf_addch(out, (char)(left | 0x80));
	buf_addch(out, (char)left);
}

/* The sign in the lowest bit. */
static void put_fact_number(struct buf *out, int64_t number)
{
	put_fact_length(out, (uint64_t)number << 1 ^ (uint64_t)(number >> 63));
}

/* Its length, with its NUL; 0 for none. */
static void put_fact_text(struct buf *out, const char *text)
{
	size_t n = text ? strlen(text) + 1 : 0;

	put_fact_length(out, n);
	buf_add(out, text, n);
}

static void put_fact_list(struct buf *out, const struct strs *list)
{
	put_fact_number(out, (int64_t)list->nr);
	for (size_t i = 0; i < list->nr; i++)
		put_fact_text(out, list->at[i]);
}

static void put_fact_time(struct buf *out, const struct field_time *time)
{
	put_fact_number(out, time->known);
	put_fact_number(out, time->part);
	put_fact_number(out, time->at.seconds);
	put_fact_number(out, time->at.zone);
}

/* Its other commits are the retro's. */
static void put_problem(struct buf *out, const struct problem *problem)
{
	put_fact_text(out, problem->pitfall);
	for (enum link_role role = LINK_CAUSE; role < LINK_OTHER; role++)
		put_fact_list(out, links_of(&problem->commits, role));
	put_fact_list(out, &problem->guard);
}

static void put_fact_links(struct buf *out, const struct retro *retro)
{
	put_fact_number(out, (int64_t)retro->problems.nr);
	for (size_t i = 0; i < retro->problems.nr; i++)
		put_problem(out, &retro->problems.at[i]);
	put_fact_list(out, &retro->commits.other);
}

static void put_fact_metrics(struct buf *out, const struct metrics *metrics)
{
	put_fact_number(out, (int64_t)metrics->nr);
	for (size_t i = 0; i < metrics->nr; i++) {
		const struct metric *metric = &metrics->at[i];

		put_fact_text(out, metric->name);
		put_fact_text(out, metric->before);
		put_fact_text(out, metric->after);
		put_fact_text(out, metric->unit);
		put_fact_text(out, metric->better);
		put_fact_text(out, metric->from);
	}
}

/* What a node's number says besides its kind, which is less than these. */
enum { NODE_IS_PLAIN = 4, NODE_IS_FLOW = 8, NODE_IS_NONE = 16 };

/* Its depth is bounded by NODE_MAX_DEPTH. */
static void put_fact_node(struct buf *out, const struct node *node)
{
	if (!node) {
		put_fact_number(out, NODE_IS_NONE);
		return;
	}
	put_fact_number(out, (int64_t)node->kind |
				     (node->plain ? NODE_IS_PLAIN : 0) |
				     (node->flow ? NODE_IS_FLOW : 0));
	put_fact_text(out, node->text);
	put_fact_number(out, (int64_t)node->nr);
	for (size_t i = 0; i < node->nr; i++) {
		if (node->kind == NODE_MAP)
			put_fact_node(out, node->pairs[i].key);
		put_fact_node(out, node->kind == NODE_MAP ? node->pairs[i].value
							  : node->items[i]);
	}
}

static void put_field(struct buf *out, const struct field *field,
		      const struct retro *retro)
{
	const void *at = (const char *)retro + field->offset;

	switch (field->type) {
	case FIELD_STRING:
		put_fact_text(out, *(const char *const *)at);
		break;
	case FIELD_DATE:
		put_fact_number(out, *(const int32_t *)at);
		break;
	case FIELD_STATUS:
		put_fact_number(out, *(const enum status *)at);
		break;
	case FIELD_KIND:
		put_fact_number(out, *(const enum kind *)at);
		break;
	case FIELD_SEVERITY:
		put_fact_number(out, *(const int *)at);
		put_fact_text(out, retro->severity_text);
		break;
	case FIELD_LIST:
		put_fact_list(out, at);
		break;
	case FIELD_TIME:
		put_fact_time(out, at);
		break;
	case FIELD_COMMITS:
		put_fact_links(out, retro);
		break;
	case FIELD_METRICS:
		put_fact_metrics(out, at);
		break;
	case FIELD_MAP:
	case FIELD_ROWS:
		if (*(const struct node *const *)at)
			put_fact_node(out, *(const struct node *const *)at);
		break;
	}
}

/* Those that say something, by their numbers: what is all zero, or no node, is
 * read back as what nobody wrote. */
static void put_fields(struct buf *out, const struct retro *retro)
{
	for (size_t i = 0; i < field_count; i++) {
		size_t before = out->n, at;

		put_fact_length(out, (uint64_t)field_table[i].number);
		at = out->n;
		put_field(out, &field_table[i], retro);
		while (at < out->n && !out->p[at])
			at++;
		if (at == out->n)
			buf_truncate(out, before);
	}
	put_fact_length(out, 0);
}

static void put_pitfall(struct buf *out, const struct pitfall *pitfall)
{
	put_fact_text(out, pitfall->id);
	put_fact_text(out, pitfall->text);
	put_fact_number(out, pitfall->line);
	put_fact_list(out, &pitfall->paths);
	put_fact_list(out, &pitfall->names);
}

static void put_action(struct buf *out, const struct action *action)
{
	put_fact_number(out, action->state);
	put_fact_text(out, action->id);
	put_fact_text(out, action->text);
	put_fact_text(out, action->owner);
	put_fact_number(out, action->due);
	put_fact_text(out, action->priority);
	put_fact_text(out, action->done);
	put_fact_text(out, action->reason);
	put_fact_number(out, action->line);
	put_fact_number(out, (int64_t)action->box_at);
	put_fact_number(out, action->kickoff);
}

static void put_body(struct buf *out, const struct body *body)
{
	put_fact_number(out, body->limited);
	put_fact_number(out, (int64_t)body->sections.nr);
	for (size_t i = 0; i < body->sections.nr; i++) {
		put_fact_number(out, body->sections.at[i].key);
		put_fact_number(out, body->sections.at[i].line);
	}
	put_fact_number(out, (int64_t)body->pitfalls.nr);
	for (size_t i = 0; i < body->pitfalls.nr; i++)
		put_pitfall(out, &body->pitfalls.at[i]);
	put_fact_number(out, (int64_t)body->actions.nr);
	for (size_t i = 0; i < body->actions.nr; i++)
		put_action(out, &body->actions.at[i]);
}

static void put_diag(struct buf *out, const struct diag *diag)
{
	put_fact_text(out, diag->rule);
	put_fact_number(out, diag->level);
	put_fact_number(out, (int64_t)diag->pos.byte);
	put_fact_number(out, diag->pos.line);
	put_fact_number(out, diag->pos.column);
	put_fact_text(out, diag_said(diag));
	put_fact_text(out, diag_advice(diag));
	put_fact_number(out, diag->fix != NULL);
	if (!diag->fix)
		return;
	put_fact_number(out, (int64_t)diag->fix->at);
	put_fact_number(out, (int64_t)diag->fix->len);
	put_fact_text(out, diag->fix->text);
}

void codec_write(struct buf *out, const struct retro *retro,
		 const struct diags *problems)
{
	put_fact_number(out, retro->has_id);
	put_fact_number(out, (int64_t)retro->front.body);
	put_fields(out, retro);
	put_fact_number(out, (int64_t)retro->extras.nr);
	for (size_t i = 0; i < retro->extras.nr; i++) {
		put_fact_text(out, retro->extras.at[i].key);
		put_fact_node(out, retro->extras.at[i].value);
	}
	put_body(out, retro->body);
	put_fact_number(out, (int64_t)problems->nr);
	for (size_t i = 0; i < problems->nr; i++)
		put_diag(out, &problems->at[i]);
}

/* --- reading --- */

struct reader {
	struct arena *a;
	const char *at, *end;
	bool bad;
};

static uint64_t get_long(struct reader *r)
{
	uint64_t number = 0;

	for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)*r->at++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return number;
	}
	r->bad = true;
	return 0;
}

/* Most are one byte. */
static inline uint64_t get_length(struct reader *r)
{
	if (r->at < r->end && (unsigned char)*r->at < 0x80)
		return (unsigned char)*r->at++;
	return get_long(r);
}

static inline int64_t get_number(struct reader *r)
{
	uint64_t number = get_length(r);

	return (int64_t)(number >> 1 ^ -(number & 1));
}

/* A number that is less than `count`; 0 if it is not. */
static int64_t get_below(struct reader *r, int64_t count)
{
	int64_t number = get_number(r);

	if (number >= 0 && number < count)
		return number;
	r->bad = true;
	return 0;
}

static const char *get_text(struct reader *r)
{
	uint64_t n = get_length(r);
	const char *text = r->at;

	if (!n)
		return NULL;
	if (n > (uint64_t)(r->end - r->at) || text[n - 1]) {
		r->bad = true;
		return NULL;
	}
	r->at += n;
	return text;
}

/* One that is always there. */
static const char *get_some_text(struct reader *r)
{
	const char *text = get_text(r);

	r->bad |= !text;
	return text ? text : "";
}

/* How many items follow; each takes at least a byte. */
static size_t get_count(struct reader *r)
{
	return (size_t)get_below(r, r->end - r->at + 1);
}

/* How many items follow, and room for them in an empty list. */
#define GET_ROOM(r, list, count)                                               \
	do {                                                                   \
		(count) = get_count(r);                                        \
		(list)->cap = (count);                                         \
		if (count)                                                     \
			(list)->at = arena_alloc(                              \
				(r)->a, (count) * sizeof(*(list)->at));        \
	} while (0)

static void get_list(struct reader *r, struct strs *list)
{
	size_t nr;

	GET_ROOM(r, list, nr);
	for (; list->nr < nr && !r->bad; list->nr++)
		list->at[list->nr] = get_some_text(r);
}

static void get_time(struct reader *r, struct field_time *time)
{
	time->known = get_number(r);
	time->part = (enum moment_part)get_below(r, MOMENT_WHOLE + 1);
	time->at.seconds = get_number(r);
	time->at.zone = (int)get_number(r);
}

static void get_links(struct reader *r, struct retro *retro)
{
	struct problems *problems = &retro->problems;
	size_t nr;

	GET_ROOM(r, problems, nr);
	for (; problems->nr < nr && !r->bad; problems->nr++) {
		struct problem *problem = &problems->at[problems->nr];

		problem->pitfall = get_text(r);
		for (enum link_role role = LINK_CAUSE; role < LINK_OTHER;
		     role++)
			get_list(r, links_list(&problem->commits, role));
		get_list(r, &problem->guard);
		if (!r->bad)
			retro_add_links(retro, r->a, problem);
	}
	get_list(r, &retro->commits.other);
}

static void get_metrics(struct reader *r, struct metrics *metrics)
{
	size_t nr;

	GET_ROOM(r, metrics, nr);
	for (; metrics->nr < nr && !r->bad; metrics->nr++) {
		struct metric *metric = &metrics->at[metrics->nr];

		metric->name = get_text(r);
		metric->before = get_text(r);
		metric->after = get_text(r);
		metric->unit = get_text(r);
		metric->better = get_text(r);
		metric->from = get_text(r);
	}
}

static struct node *get_node(struct reader *r, int depth);

static void get_items(struct reader *r, struct node *node, int depth)
{
	struct node **items = arena_alloc(r->a, node->nr * sizeof(*items));

	node->items = items;
	for (size_t i = 0; i < node->nr && !r->bad; i++) {
		items[i] = get_node(r, depth + 1);
		r->bad |= !items[i];
	}
}

static void get_pairs(struct reader *r, struct node *node, int depth)
{
	struct pair *pairs = arena_alloc(r->a, node->nr * sizeof(*pairs));

	node->pairs = pairs;
	for (size_t i = 0; i < node->nr && !r->bad; i++) {
		pairs[i].key = get_node(r, depth + 1);
		pairs[i].value = get_node(r, depth + 1);
		r->bad |= !pairs[i].key || !pairs[i].value;
	}
}

static struct node *get_node(struct reader *r, int depth)
{
	int64_t what = get_below(r, NODE_IS_NONE + 1);
	struct node *node;

	if (what == NODE_IS_NONE || r->bad || depth > NODE_MAX_DEPTH)
		return NULL;
	node = arena_alloc(r->a, sizeof(*node));
	node->kind = (enum node_kind)(what % NODE_IS_PLAIN);
	node->plain = what & NODE_IS_PLAIN;
	node->flow = what & NODE_IS_FLOW;
	node->text = get_text(r);
	node->nr = get_count(r);
	r->bad |= node->kind == NODE_SCALAR && (!node->text || node->nr);
	if (node->nr && node->kind == NODE_LIST)
		get_items(r, node, depth);
	else if (node->nr && node->kind == NODE_MAP)
		get_pairs(r, node, depth);
	return node;
}

static void get_field(struct reader *r, const struct field *field,
		      struct retro *retro)
{
	void *at = (char *)retro + field->offset;

	switch (field->type) {
	case FIELD_STRING:
		*(const char **)at = get_text(r);
		break;
	case FIELD_DATE:
		*(int32_t *)at = (int32_t)get_number(r);
		break;
	case FIELD_STATUS:
		*(enum status *)at =
			(enum status)get_below(r, STATUS_WAIVED + 1);
		break;
	case FIELD_KIND:
		*(enum kind *)at = (enum kind)get_below(r, KIND_PROJECT + 1);
		break;
	case FIELD_SEVERITY:
		*(int *)at = (int)get_below(r, SEVERITY_LEAST + 1);
		retro->severity_text = get_text(r);
		break;
	case FIELD_LIST:
		get_list(r, at);
		break;
	case FIELD_TIME:
		get_time(r, at);
		break;
	case FIELD_COMMITS:
		get_links(r, retro);
		break;
	case FIELD_METRICS:
		get_metrics(r, at);
		break;
	case FIELD_MAP:
	case FIELD_ROWS:
		*(const struct node **)at = get_node(r, 0);
		break;
	}
}

/* In the order of the table, each once. */
static void get_fields(struct reader *r, struct retro *retro)
{
	const struct field *field = field_table;
	const struct field *end = field_table + field_count;

	for (;;) {
		uint64_t number = get_length(r);

		if (!number || r->bad)
			return;
		while (field < end && (uint64_t)field->number != number)
			field++;
		if (field == end) {
			r->bad = true;
			return;
		}
		get_field(r, field++, retro);
	}
}

static void get_extras(struct reader *r, struct extras *extras)
{
	size_t nr;

	GET_ROOM(r, extras, nr);
	for (; extras->nr < nr && !r->bad; extras->nr++) {
		struct extra *extra = &extras->at[extras->nr];

		extra->key = get_some_text(r);
		extra->value = get_node(r, 0);
		r->bad |= !extra->value;
	}
}

static void get_sections(struct reader *r, struct sections *sections)
{
	size_t nr;

	GET_ROOM(r, sections, nr);
	for (; sections->nr < nr && !r->bad; sections->nr++) {
		struct section *section = &sections->at[sections->nr];

		section->key = (enum section_key)get_below(r, SECTION_COUNT);
		section->line = (int)get_number(r);
	}
}

static void get_pitfalls(struct reader *r, struct pitfalls *pitfalls)
{
	size_t nr;

	GET_ROOM(r, pitfalls, nr);
	for (; pitfalls->nr < nr && !r->bad; pitfalls->nr++) {
		struct pitfall *pitfall = &pitfalls->at[pitfalls->nr];

		pitfall->id = get_text(r);
		pitfall->text = get_some_text(r);
		pitfall->line = (int)get_number(r);
		get_list(r, &pitfall->paths);
		get_list(r, &pitfall->names);
	}
}

static void get_actions(struct reader *r, struct actions *actions)
{
	size_t nr;

	GET_ROOM(r, actions, nr);
	for (; actions->nr < nr && !r->bad; actions->nr++) {
		struct action *action = &actions->at[actions->nr];

		action->state =
			(enum action_state)get_below(r, ACTION_DECLINED + 1);
		action->id = get_text(r);
		action->text = get_some_text(r);
		action->owner = get_text(r);
		action->due = (int32_t)get_number(r);
		action->priority = get_text(r);
		action->done = get_text(r);
		action->reason = get_text(r);
		action->line = (int)get_number(r);
		action->box_at = (size_t)get_number(r);
		action->kickoff = get_number(r);
	}
}

static struct body *get_body(struct reader *r)
{
	struct body *body = arena_alloc(r->a, sizeof(*body));

	body->limited = get_number(r);
	get_sections(r, &body->sections);
	get_pitfalls(r, &body->pitfalls);
	body_sort_numbers(body, r->a);
	get_actions(r, &body->actions);
	return body;
}

static void get_diag(struct reader *r, struct diag *diag)
{
	struct fix *fix;

	diag->rule = get_some_text(r);
	diag->level = (enum diag_level)get_below(r, DIAG_ERROR + 1);
	diag->pos.byte = (size_t)get_number(r);
	diag->pos.line = (int)get_number(r);
	diag->pos.column = (int)get_number(r);
	diag->said = get_some_text(r);
	diag->text = phrase_english(r->a, diag->said);
	diag->advice = get_text(r);
	diag->hint = phrase_english(r->a, diag->advice);
	if (!get_number(r))
		return;
	fix = arena_alloc(r->a, sizeof(*fix));
	fix->at = (size_t)get_number(r);
	fix->len = (size_t)get_number(r);
	fix->text = get_some_text(r);
	diag->fix = fix;
}

struct retro *codec_read(struct arena *a, struct diags *diags, const char *path,
			 const char *bytes, size_t n)
{
	struct reader r = { a, bytes, bytes + n, false };
	struct retro *retro = arena_alloc(a, sizeof(*retro));
	size_t problems, before = diags->nr;

	retro->path = path;
	retro->has_id = get_number(&r);
	retro->front.body = (size_t)get_number(&r);
	get_fields(&r, retro);
	get_extras(&r, &retro->extras);
	retro->body = get_body(&r);
	problems = get_count(&r);
	for (size_t i = 0; i < problems && !r.bad; i++) {
		struct diag diag = { .path = path };

		get_diag(&r, &diag);
		vec_push(diags->arena, diags, diag);
	}
	if (r.bad || r.at != r.end) {
		diags->nr = before;
		return NULL;
	}
	read_path(retro, a);
	return retro;
}
