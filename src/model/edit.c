/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/edit.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"
#include "model/field.h"
#include "model/graft.h"
#include "model/read.h"
#include "model/surgery.h"
#include "model/template.h"

/* A value that stands in a list more often is none that a person wrote. */
#define MAX_TIMES 16

#define NO_ITEM SIZE_MAX

/* What is asked for, and where it stands. */
struct edit {
	struct arena *a;
	const struct retro *retro;
	const char *key; /* as asked for */
	const char *value;
	const char *old; /* edit_replace(): what it takes the place of */
	const struct field *field;
	const char *number;       /* of "commits.P1.cause" the problem, or its
				   * place among them from 1 on; NULL */
	const char *sub;          /* of "commits.cause" the part after the last
				   * dot; NULL */
	const struct node *root;  /* the front matter; a map without pairs if
				   * there is none */
	const struct pair *outer; /* of the field; NULL if it is missing */
	const struct node *map;   /* what `sub` is a key of; NULL if missing */
	size_t item;              /* its place in outer's list, or NO_ITEM */
	const struct pair *inner; /* of `sub` in the map, likewise */
	struct cutter cut;
	const struct node *want; /* what the front matter must be afterwards */
};

/* Of what kind an edit is: how it must read afterwards. */
enum done { DONE_SET, DONE_ADDED, DONE_REMOVED };

static struct err *refuse_edit(const struct edit *e, const struct node *at,
			       const char *why)
{
	struct err *err;

	if (at)
		err = err_new(ERR_UNSUPPORTED,
			      _("%s:%d: cannot change '%s': %s"),
			      e->retro->path, at->start.line, e->key, _(why));
	else
		err = err_new(ERR_UNSUPPORTED, _("%s: cannot change '%s': %s"),
			      e->retro->path, e->key, _(why));
	return err_hint(err, _("edit %s by hand"), e->retro->path);
}

/* --- where the value is --- */

static struct err *find_field(struct edit *e)
{
	const char *dot = strchr(e->key, '.');
	const char *name = e->key;
	struct strs keys = { 0 };
	const char *near;
	struct err *err;

	if (dot)
		name = arena_strndup(e->a, e->key, (size_t)(dot - e->key));
	e->field = field_find(name);
	e->sub = dot ? dot + 1 : NULL;
	dot = e->sub ? strchr(e->sub, '.') : NULL;
	if (dot && e->field && e->field->type == FIELD_COMMITS) {
		e->number = arena_strndup(e->a, e->sub, (size_t)(dot - e->sub));
		e->sub = dot + 1;
	}
	if (e->field && (!e->sub || *e->sub))
		return NULL;
	for (size_t i = 0; i < field_count; i++)
		vec_push(e->a, &keys, field_table[i].key);
	near = text_nearest(name, &keys);
	err = err_new(ERR_USAGE, _("unknown field '%s'"), e->key);
	return near ? err_hint(err, _("did you mean '%s'?"), near) : err;
}

/* The keys of a problem, in their order. */
static const char *const problem_keys[] = { "pitfall",  "cause", "fix",
					    "backport", "guard", "other" };

/* From 1 on; -1 if it is none. */
static int problem_rank(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(problem_keys); i++)
		if (strcasecmp(key, problem_keys[i]) == 0)
			return (int)i + 1;
	return -1;
}

static bool is_other(const char *sub)
{
	return !sub || !strcasecmp(sub, "other");
}

/* Whether the key names one value, or a list of them; ERR_USAGE if it does
 * not. */
static struct err *check_type(const struct edit *e, bool list)
{
	bool is_list =
		e->field->type == FIELD_LIST || e->field->type == FIELD_COMMITS;
	bool is_map = e->field->type == FIELD_MAP;

	if (e->field->type == FIELD_METRICS || e->field->type == FIELD_ROWS)
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is a list of maps"), e->key),
			_("edit it by hand"));
	if (e->field->type == FIELD_COMMITS && e->sub &&
	    problem_rank(e->sub) < 2)
		return err_new(
			ERR_USAGE,
			_("'%s' is not a list of commits: use commits.cause, "
			  "commits.fix, commits.backport, commits.guard or "
			  "commits.other"),
			e->key);
	if (is_map && !e->sub)
		return err_new(ERR_USAGE,
			       _("'%s' is a map: name a key in it, such as "
				 "'%s.python'"),
			       e->key, e->key);
	if (e->sub && !is_map && e->field->type != FIELD_COMMITS)
		return err_new(ERR_USAGE, _("'%s' has no parts"),
			       e->field->key);
	if (is_list && !list)
		return err_new(ERR_USAGE,
			       _("'%s' is a list: add to it or remove "
				 "from it"),
			       e->key);
	if (list && !is_list)
		return err_new(ERR_USAGE, _("'%s' has a single value: set it"),
			       e->key);
	return NULL;
}

/* ERR_USAGE for a value that the field cannot take. */
static struct err *check_value(const struct edit *e)
{
	const char *value = e->value;
	struct moment moment;
	bool fits = true;
	int32_t day;

	if (!text_is_utf8(value, strlen(value), NULL))
		return err_new(ERR_USAGE,
			       _("the value of '%s' is not valid UTF-8"),
			       e->key);
	if (!*value)
		return NULL;
	switch (e->field->type) {
	case FIELD_STATUS:
		fits = status_parse(value) != STATUS_NONE;
		break;
	case FIELD_KIND:
		fits = kind_parse(value) != KIND_NONE;
		break;
	case FIELD_SEVERITY:
		fits = severity_parse(value) != 0;
		break;
	case FIELD_DATE:
		fits = day_parse(&day, value);
		break;
	case FIELD_TIME:
		fits = moment_parse(&moment, NULL, value);
		break;
	default:
		break;
	}
	if (fits)
		return NULL;
	return err_hint(
		err_new(ERR_USAGE, _("'%s' cannot be '%s'"), e->key, value),
		"%s: %s", e->field->key, e->field->help);
}

/* Refused if the front matter has a problem of its own: then nobody can say
 * what an edit does to it. */
static struct err *check_front(struct edit *e)
{
	const struct retro *retro = e->retro;
	struct diags diags = { .arena = e->a };
	struct front front;
	const struct node *root;

	if (front_find(&front, &diags, retro->path, retro->bytes, retro->n) &&
	    front.present) {
		root = node_parse(e->a, &diags, retro->path, retro->bytes,
				  front.start, front.end);
		if (root && root->kind != NODE_MAP)
			return refuse_edit(e, root,
					   _("the front matter has no keys"));
	}
	if (diags.nr) {
		struct node at = { .start = diags.at[0].pos };

		return refuse_edit(e, &at,
				   phrase_text(e->a, diag_said(&diags.at[0])));
	}
	return NULL;
}

/* Makes this map the one that `sub` is a key of. */
static void enter_map(struct edit *e, const struct node *map, size_t item)
{
	e->map = map;
	e->item = item;
	e->inner = NULL;
	for (size_t i = 0; e->sub && i < map->nr && !e->inner; i++)
		if (strcasecmp(map->pairs[i].key->text, e->sub) == 0)
			e->inner = &map->pairs[i];
}

/* Whether a map of `commits` is a problem that is asked for by its number. */
static bool is_edit_numbered(const struct edit *e, const struct node *map)
{
	const struct problems *problems = &e->retro->problems;
	char *end;
	unsigned long place = strtoul(e->number, &end, 10);

	for (size_t i = 0; i < problems->nr; i++)
		if (problems->at[i].map == map)
			return *end ? problems->at[i].pitfall &&
					       !strcasecmp(
						       problems->at[i].pitfall,
						       e->number)
				    : place == i + 1;
	return false;
}

static bool has_edit_number(const struct node *map)
{
	for (size_t i = 0; i < map->nr; i++)
		if (!strcasecmp(map->pairs[i].key->text, "pitfall"))
			return !node_is_null(map->pairs[i].value);
	return false;
}

/* Of a list, the problem that is meant: that of the number; without one the
 * only one, or the only one that has no pitfall. None is left to be made. */
static struct err *enter_list(struct edit *e, const struct node *list)
{
	size_t maps = 0, bare = 0, at = 0, bare_at = 0;

	for (size_t i = 0; i < list->nr; i++) {
		const struct node *item = list->items[i];

		if (item->kind != NODE_MAP ||
		    (e->number && !is_edit_numbered(e, item)))
			continue;
		maps++;
		at = i;
		if (has_edit_number(item))
			continue;
		bare++;
		bare_at = i;
	}
	if (maps > 1 && bare == 1)
		enter_map(e, list->items[bare_at], bare_at);
	else if (maps == 1 || (maps && e->number))
		enter_map(e, list->items[at], at);
	else if (maps)
		return err_hint(err_new(ERR_USAGE, _("%s has %zu problems"),
					e->retro->id, maps),
				_("name one, such as %s#P1"), e->retro->id);
	return NULL;
}

static struct err *enter_commits(struct edit *e, const struct node *value)
{
	bool missing = node_is_null(value);

	/* Other commits stand in the list, if there is one. */
	if (is_other(e->sub)) {
		bool list = !missing && value->kind != NODE_MAP;

		e->sub = list ? NULL : "other";
		e->number = NULL;
	}
	if (!e->sub || missing)
		return NULL;
	if (value->kind == NODE_LIST)
		return enter_list(e, value);
	if (value->kind == NODE_MAP &&
	    (!e->number || is_edit_numbered(e, value)))
		enter_map(e, value, NO_ITEM);
	return NULL;
}

/* Makes `outer` the pair, and finds the one in its map if the key has a dot. */
static struct err *enter(struct edit *e, const struct pair *outer)
{
	const struct node *value = outer ? outer->value : NULL;

	e->outer = outer;
	e->inner = NULL;
	e->map = NULL;
	e->item = NO_ITEM;
	if (e->field->type == FIELD_COMMITS)
		return enter_commits(e, value);
	if (!e->sub || node_is_null(value))
		return NULL;
	if (value->kind != NODE_MAP)
		return refuse_edit(e, value,
				   _("there is no map it could be in"));
	enter_map(e, value, NO_ITEM);
	return NULL;
}

/* The pair whose value is touched; NULL if it must be created. */
static const struct pair *touched(const struct edit *e)
{
	return e->sub ? e->inner : e->outer;
}

static bool in_flow(const struct edit *e)
{
	return e->root->flow || (e->inner && e->map->flow);
}

static const struct node no_map = { .kind = NODE_MAP };

static struct err *start_edit(struct edit *e, bool list)
{
	struct err *err = find_field(e);

	if (!err)
		err = check_type(e, list);
	if (!err)
		err = check_value(e);
	if (!err)
		err = check_front(e);
	e->root = e->retro->map ? e->retro->map : &no_map;
	e->cut.a = e->a;
	e->cut.bytes = e->retro->bytes;
	e->cut.n = e->retro->n;
	e->cut.eol = e->retro->front.crlf ? "\r\n" : "\n";
	return err;
}

/* --- the edit, and reading again --- */

/* Has the field's value replaced in the tree that is wanted. */
static void want_value(struct edit *e, const struct node *value)
{
	e->want = graft_pair(e->a, e->root, (size_t)(e->outer - e->root->pairs),
			     NULL, value);
}

/* The same of the map that `sub` is a key of. */
static void want_map(struct edit *e, const struct node *map)
{
	want_value(e, e->item == NO_ITEM
			      ? map
			      : graft_at(e->a, e->outer->value, e->item, map));
}

/* The same of the touched value. */
static void want(struct edit *e, const struct node *value)
{
	if (e->sub)
		want_map(e, graft_pair(e->a, e->map,
				       (size_t)(e->inner - e->map->pairs), NULL,
				       value));
	else
		want_value(e, value);
}

static const struct strs *problem_list(const struct problem *problem,
				       const char *sub)
{
	enum link_role role = link_role_find(sub);

	return role == LINK_ROLES ? &problem->guard
				  : links_of(&problem->commits, role);
}

/* What the list contains; without a number, that of every problem. */
static struct strs list_of(const struct edit *e, const struct retro *retro)
{
	const char *member = (const char *)retro + e->field->offset;
	struct strs list = { 0 };
	struct edit other = *e;

	if (e->field->type != FIELD_COMMITS)
		return *(const struct strs *)(const void *)member;
	if (is_other(e->sub))
		return retro->commits.other;
	other.retro = retro;
	for (size_t i = 0; i < retro->problems.nr; i++)
		if (!e->number ||
		    is_edit_numbered(&other, retro->problems.at[i].map))
			strs_append(
				e->a, &list,
				problem_list(&retro->problems.at[i], e->sub));
	return list;
}

/* The first item of the value, which may be a scalar, that is `text`. */
static bool find_list_item(const struct node *value, const char *text,
			   size_t *at)
{
	*at = 0;
	if (value->kind == NODE_SCALAR)
		return !node_is_null(value) && strcmp(value->text, text) == 0;
	for (; value->kind == NODE_LIST && *at < value->nr; ++*at)
		if (value->items[*at]->kind == NODE_SCALAR &&
		    strcmp(value->items[*at]->text, text) == 0)
			return true;
	return false;
}

/* Whether the value stands where it is to be added. */
static bool has_item(const struct edit *e)
{
	struct strs all = list_of(e, e->retro);
	size_t at;

	if (e->field->type != FIELD_COMMITS || is_other(e->sub))
		return strs_has(&all, e->value);
	return e->inner && find_list_item(e->inner->value, e->value, &at);
}

/* Whether the field, as every other command sees it, is as asked: a second
 * spelling of it could still say something else. */
static bool took(const struct edit *e, enum done done,
		 const struct retro *retro)
{
	const struct pair *pair;

	if (done == DONE_ADDED) {
		struct strs list = list_of(e, retro);

		return strs_has(&list, e->value);
	}
	if (done == DONE_REMOVED)
		return true;
	pair = field_pair(e->field, retro);
	if (e->sub)
		return pair != NULL;
	if (!*e->value)
		return !pair || node_is_null(pair->value);
	return pair && pair->value->kind == NODE_SCALAR &&
	       strcmp(pair->value->text, e->value) == 0;
}

/* Why the new bytes are not what was wanted; NULL if they are. */
static const char *judge_edit(const struct edit *e, enum done done,
			      const struct buf *new)
{
	const struct front *old = &e->retro->front;
	struct diags diags = { .arena = e->a };
	const struct retro *retro =
		read_retro(e->a, &diags, e->retro->path,
			   arena_strndup(e->a, new->p, new->n), new->n);
	const struct front *front = &retro->front;

	if (!front->present || !retro->map)
		return _("the front matter would become unreadable");
	if (new->n - front->body != e->retro->n - old->body ||
	    memcmp(new->p + front->body, e->retro->bytes + old->body,
		   new->n - front->body) != 0)
		return _("the text below the front matter would change");
	if (!node_is_same(retro->map, e->want))
		return _("the front matter would change its meaning");
	if (!took(e, done, retro))
		return _("another line sets it, too");
	return NULL;
}

static struct err *finish_edit(struct buf *out, const struct edit *e,
			       enum done done, const char *why)
{
	const struct pair *pair = touched(e);
	struct buf new = BUF_INIT;

	if (!why) {
		cutter_apply(&new, &e->cut);
		why = judge_edit(e, done, &new);
	}
	if (!why)
		buf_add(out, new.p, new.n);
	buf_release(&new);
	return why ? refuse_edit(e, pair ? pair->key : NULL, why) : NULL;
}

static struct err *unchanged(struct buf *out, const struct edit *e)
{
	buf_add(out, e->retro->bytes, e->retro->n);
	return NULL;
}

/* --- new keys --- */

/* The place of a key among its neighbours; -1 if it has none. */
static int key_rank(const struct edit *e, const char *key)
{
	const struct field *field;

	if (e->sub)
		return e->field->type == FIELD_COMMITS ? problem_rank(key) : 0;
	field = field_find(key);
	return field ? (int)(field - field_table) : -1;
}

/* The nearest of the pairs that go before the new one. */
static const struct pair *find_before(const struct edit *e,
				      const struct node *map)
{
	const struct pair *before = NULL;
	int own = e->sub ? key_rank(e, e->sub) : key_rank(e, e->field->key),
	    best = 0;

	if (e->field->type == FIELD_MAP && e->sub)
		own = 1;
	for (size_t i = 0; i < map->nr; i++) {
		int other = key_rank(e, map->pairs[i].key->text);

		if (other < best || other >= own)
			continue;
		before = &map->pairs[i];
		best = other;
	}
	return before;
}

/* In JSON every word is quoted. */
static void put_scalar(struct buf *out, const struct edit *e, const char *text)
{
	if (!e->retro->front.json) {
		yaml_scalar(out, text);
		return;
	}
	buf_addch(out, '"');
	for (; *text; text++)
		if (*text == '"' || *text == '\\')
			buf_addf(out, "\\%c", *text);
		else
			buf_addch(out, *text);
	buf_addch(out, '"');
}

static const char *pair_text(const struct edit *e, const char *key,
			     const char *text)
{
	struct buf b = BUF_INIT;
	const char *result;

	put_scalar(&b, e, key);
	buf_addf(&b, ": %s", text);
	result = arena_strdup(e->a, b.p);
	buf_release(&b);
	return result;
}

/* Adds a pair to a map of the front matter, or to the map that it is. */
static const char *create_in(struct edit *e, const struct node *map,
			     const char *key, const char *text,
			     const struct node *value)
{
	const struct front *front = &e->retro->front;
	const struct pair *before = find_before(e, map);
	bool is_root = map == e->root;
	const struct node *grown = graft_pair(
		e->a, map, before ? (size_t)(before - map->pairs) + 1 : 0, key,
		value);

	if (is_root)
		e->want = grown;
	else
		want_map(e, grown);
	if (!is_root && e->item != NO_ITEM)
		return surgery_item_pair(&e->cut, map, before, text);
	if (!front->present) {
		cutter_splice(&e->cut, front->body, 0,
			      arena_printf(e->a, "---%s%s%s---%s", e->cut.eol,
					   text, e->cut.eol, e->cut.eol));
		return NULL;
	}
	return surgery_pair(&e->cut, is_root && !e->retro->map ? NULL : map,
			    is_root ? NULL : e->outer, before, front->start,
			    text);
}

/* The new key of the front matter, whose value is a list of one map or, without
 * a list, the map. */
static const char *create_map(struct edit *e, const struct strs *lines,
			      bool list, const struct node *value)
{
	bool flow = e->root->flow || e->root->start.column > 1;
	const char *sub = e->sub, *eol = e->cut.eol, *why;
	struct buf text = BUF_INIT;

	put_scalar(&text, e, e->field->key);
	buf_addstr(&text, flow ? ": " : ":");
	if (flow)
		buf_addstr(&text, list ? "[{" : "{");
	for (size_t i = 0; i < lines->nr; i++) {
		if (flow)
			buf_addstr(&text, i ? ", " : "");
		else
			buf_addf(&text, "%s%s", eol,
				 !list ? "  "
				 : i   ? "    "
				       : "  - ");
		buf_addstr(&text, lines->at[i]);
	}
	if (flow)
		buf_addstr(&text, list ? "}]" : "}");
	e->sub = NULL; /* the new pair is one of the front matter itself */
	why = create_in(e, e->root, e->field->key, text.p, value);
	e->sub = sub;
	buf_release(&text);
	return why;
}

/* A new problem, behind those that there are. */
static const char *create_problem(struct edit *e, const char *text,
				  const struct node *value)
{
	const struct node *map = &no_map, *list;
	struct strs lines = { 0 };

	if (e->number) {
		vec_push(e->a, &lines, pair_text(e, "pitfall", e->number));
		map = graft_pair(e->a, map, 0, "pitfall",
				 graft_scalar(e->a, e->number));
	}
	vec_push(e->a, &lines, text);
	map = graft_pair(e->a, map, map->nr, e->sub, value);
	list = graft_append(e->a, e->outer ? e->outer->value : NULL, map);
	if (!e->outer)
		return create_map(e, &lines, true, list);
	want_value(e, list);
	return surgery_problem(&e->cut, e->outer, e->root->flow, &lines);
}

/* Whether a value that is missing is that of a problem of a list. */
static bool is_listed(const struct edit *e)
{
	const struct node *value = e->outer ? e->outer->value : NULL;

	return e->field->type == FIELD_COMMITS && !is_other(e->sub) &&
	       (e->number || (!node_is_null(value) && value->kind != NODE_MAP));
}

/* Creates what is missing: the pair, and the map around it. `text` is the
 * value's YAML. */
static const char *create_key(struct edit *e, const char *text,
			      const struct node *value)
{
	struct strs lines = { 0 };

	if (!e->sub)
		return create_in(e, e->root, e->field->key,
				 pair_text(e, e->field->key, text), value);
	text = pair_text(e, e->sub, text);
	if (e->map)
		return create_in(e, e->map, e->sub, text, value);
	if (is_listed(e))
		return create_problem(e, text, value);
	value = graft_pair(e->a, &no_map, 0, e->sub, value);
	if (!e->outer) {
		vec_push(e->a, &lines, text);
		return create_map(e, &lines, false, value);
	}
	want_value(e, value);
	return surgery_map(&e->cut, e->outer, e->root->flow, text);
}

/* --- the three edits --- */

/* The value as YAML. A day, a time and a number have no need of quotes where
 * the field says what they are. */
static const char *edit_scalar(const struct edit *e)
{
	struct buf b = BUF_INIT;
	const char *text;
	bool typed = e->field->type == FIELD_DATE ||
		     e->field->type == FIELD_TIME ||
		     e->field->type == FIELD_SEVERITY;

	if (!*e->value)
		return e->retro->front.json ? "null" : "";
	if (!e->retro->front.json && typed && !in_flow(e) &&
	    isdigit((unsigned char)*e->value) &&
	    isalnum((unsigned char)e->value[strlen(e->value) - 1]) &&
	    !e->value[strspn(e->value, "0123456789-T:.Z+")])
		return e->value;
	put_scalar(&b, e, e->value);
	text = arena_strdup(e->a, b.p);
	buf_release(&b);
	return text;
}

/* Whether a pair (NULL if it is missing) has the value already. */
static bool has_edit_value(const struct pair *pair, const char *value)
{
	if (!*value || !pair)
		return !*value && (!pair || node_is_null(pair->value));
	return pair->value->kind == NODE_SCALAR && !node_is_null(pair->value) &&
	       strcmp(pair->value->text, value) == 0;
}

/* --- fields below the title --- */

static const struct pair *preamble_pair(const struct field *field,
					const struct retro *retro)
{
	const struct node *map = retro->preamble;

	for (size_t i = 0; map && i < map->nr; i++)
		if (field_find(map->pairs[i].key->text) == field)
			return field_pair(field, retro) ? NULL : &map->pairs[i];
	return NULL;
}

/* Whether the line reads as asked, and the others as they did. */
static bool preamble_took(const struct edit *e, const struct pair *old,
			  const struct retro *again)
{
	const struct node *was = e->retro->preamble, *is = again->preamble;
	const struct pair *pair = preamble_pair(e->field, again);

	if (!pair || is->nr != was->nr)
		return false;
	for (size_t i = 0; i < was->nr; i++)
		if (&was->pairs[i] != old &&
		    !node_is_same(was->pairs[i].value, is->pairs[i].value))
			return false;
	if (e->field->type == FIELD_LIST) {
		struct strs list = list_of(e, again);

		return strs_has(&list, e->value);
	}
	return pair->value->text && !strcmp(pair->value->text, e->value);
}

/* The value of a line below the title: another one, or one more in its list. */
static struct err *edit_preamble(struct buf *out, struct edit *e,
				 const struct pair *pair, bool list)
{
	struct diags diags = { .arena = e->a };
	size_t from = pair->value->start.byte, to = pair->value->end.byte;
	struct retro *again;

	cutter_splice(&e->cut, list ? to : from, list ? 0 : to - from,
		      list ? arena_printf(e->a, ", %s", e->value) : e->value);
	cutter_apply(out, &e->cut);
	again = read_retro(e->a, &diags, e->retro->path,
			   arena_strndup(e->a, out->p, out->n), out->n);
	if (*e->value && preamble_took(e, pair, again))
		return NULL;
	buf_release(out);
	return refuse_edit(
		e, pair->key,
		_("its line below the title would change its meaning"));
}

struct err *edit_set(struct buf *out, struct arena *a,
		     const struct retro *retro, const char *key,
		     const char *value)
{
	struct edit e = { .a = a, .retro = retro, .key = key };
	const struct pair *pair;
	struct err *err;
	const char *why;

	e.value = value ? value : "";
	err = start_edit(&e, false);
	if (!err)
		err = enter(&e, field_pair(e.field, retro));
	if (err)
		return err;
	pair = touched(&e);
	if (has_edit_value(pair, e.value))
		return unchanged(out, &e);
	if (!pair && !e.sub && preamble_pair(e.field, retro))
		return edit_preamble(out, &e, preamble_pair(e.field, retro),
				     false);
	if (pair) {
		want(&e, graft_scalar(a, e.value));
		why = surgery_set(&e.cut, pair, in_flow(&e), edit_scalar(&e));
	} else {
		why = create_key(&e, edit_scalar(&e), graft_scalar(a, e.value));
	}
	return finish_edit(out, &e, DONE_SET, why);
}

static struct err *check_item(const struct edit *e)
{
	return *e->value
		       ? NULL
		       : err_new(ERR_USAGE, _("'%s' cannot be empty"), e->key);
}

struct err *edit_add(struct buf *out, struct arena *a,
		     const struct retro *retro, const char *key,
		     const char *value)
{
	struct edit e = { .a = a, .retro = retro, .key = key, .value = value };
	const struct pair *pair;
	struct err *err = start_edit(&e, true);
	const char *why;

	if (!err)
		err = check_item(&e);
	if (!err)
		err = enter(&e, field_pair(e.field, retro));
	if (!err && e.number && isdigit((unsigned char)*e.number) && !e.map)
		err = err_new(ERR_NOT_FOUND, _("%s has no problem %s"),
			      retro->id, e.number);
	if (err)
		return err;
	if (has_item(&e))
		return unchanged(out, &e);
	pair = touched(&e);
	if (!pair && !e.sub && preamble_pair(e.field, retro))
		return edit_preamble(out, &e, preamble_pair(e.field, retro),
				     true);
	if (pair && pair->value->kind == NODE_MAP) {
		why = _("it is a map there");
	} else if (pair) {
		want(&e, graft_item(a, pair->value, value));
		why = surgery_add(&e.cut, pair, edit_scalar(&e));
	} else {
		why = create_key(&e, arena_printf(a, "[%s]", edit_scalar(&e)),
				 graft_item(a, NULL, value));
	}
	return finish_edit(out, &e, DONE_ADDED, why);
}

/* One of the places of a list of problems: an item or, after them, the list. */
static void enter_place(struct edit *e, const struct pair *pair, size_t place)
{
	const struct node *list = pair->value;
	const struct node *item = place < list->nr ? list->items[place] : NULL;

	e->outer = pair;
	e->map = NULL;
	e->inner = NULL;
	e->item = NO_ITEM;
	if (is_other(e->sub))
		e->sub = item ? "other" : NULL;
	if (item && item->kind == NODE_MAP &&
	    (!e->number || is_edit_numbered(e, item)))
		enter_map(e, item, place);
}

/* Changes the touched value, which has what is sought at `at`. What stands in
 * the list already takes no other's place. */
static struct err *change_touched(struct buf *out, struct edit *e, size_t at)
{
	const struct pair *pair = touched(e);
	size_t other;

	if (e->old && !find_list_item(pair->value, e->value, &other)) {
		want(e, graft_other(e->a, pair->value, at, e->value));
		return finish_edit(
			out, e, DONE_ADDED,
			surgery_replace(&e->cut, pair, at, edit_scalar(e)));
	}
	want(e, graft_without(e->a, pair->value, at));
	return finish_edit(out, e, DONE_REMOVED,
			   surgery_remove(&e->cut, pair, at));
}

/* Takes the value out, or puts it in the place of `old`, once, in whichever
 * spelling of the field and whichever problem has it; *found says whether one
 * has. */
static struct err *change_item(struct buf *out, struct edit *e, bool *found)
{
	const char *sought = e->old ? e->old : e->value;
	struct err *err = start_edit(e, true);
	const char *sub = e->sub, *number = e->number;
	size_t at;

	*found = false;
	for (size_t i = 0; !err && i < e->root->nr; i++) {
		const struct pair *pair = &e->root->pairs[i];
		bool list = e->field->type == FIELD_COMMITS &&
			    pair->value->kind == NODE_LIST;

		if (field_find(pair->key->text) != e->field)
			continue;
		for (size_t j = 0; !err && j <= (list ? pair->value->nr : 0);
		     j++) {
			e->sub = sub;
			e->number = number;
			if (list)
				enter_place(e, pair, j);
			else
				err = enter(e, pair);
			*found = !err && touched(e) &&
				 find_list_item(touched(e)->value, sought, &at);
			if (*found)
				return change_touched(out, e, at);
		}
	}
	return err;
}

static struct err *item_not_found(const struct edit *e)
{
	const struct strs list = list_of(e, e->retro);
	struct buf b = BUF_INIT;
	struct err *err =
		err_new(ERR_NOT_FOUND, _("%s: '%s' is not in '%s'"),
			e->retro->path, e->old ? e->old : e->value, e->key);

	for (size_t i = 0; i < list.nr; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", list.at[i]);
	err = b.n ? err_hint(err, _("it contains: %s"), b.p)
		  : err_hint(err, _("it is empty"));
	buf_release(&b);
	return err;
}

/* Until it is nowhere there any more. `old` NULL takes `value` out. */
static struct err *change_all(struct buf *out, struct arena *a,
			      const struct retro *retro, const char *key,
			      const char *old, const char *value)
{
	struct diags diags = { .arena = a };
	struct buf new = BUF_INIT;
	struct err *err = NULL;
	size_t most = MAX_TIMES + retro->problems.nr;
	bool found = true;

	for (size_t times = 0; !err && found; times++) {
		struct edit e = { .a = a, .key = key, .value = value };

		e.retro = retro;
		e.old = old;
		buf_reset(&new);
		err = change_item(&new, &e, &found);
		if (!err && !found && !times)
			err = item_not_found(&e);
		if (!err && times == most)
			err = refuse_edit(&e, NULL,
					  _("it occurs too many times"));
		if (!err && found)
			retro = read_retro(a, &diags, retro->path,
					   arena_strndup(a, new.p, new.n),
					   new.n);
	}
	if (!err)
		buf_add(out, retro->bytes, retro->n);
	buf_release(&new);
	return err;
}

struct err *edit_remove(struct buf *out, struct arena *a,
			const struct retro *retro, const char *key,
			const char *value)
{
	return change_all(out, a, retro, key, NULL, value);
}

struct err *edit_replace(struct buf *out, struct arena *a,
			 const struct retro *retro, const char *key,
			 const char *old, const char *value)
{
	struct edit e = { .a = a, .retro = retro, .key = key, .value = value };
	struct err *err = start_edit(&e, true);

	if (!err)
		err = check_item(&e);
	if (err)
		return err;
	if (!strcmp(old, value))
		return unchanged(out, &e);
	return change_all(out, a, retro, key, old, value);
}

/* The place of a problem in a list of them; its length if it is not there. */
static size_t find_numbered(const struct edit *e, const struct node *list)
{
	size_t at = 0;

	while (at < list->nr && (list->items[at]->kind != NODE_MAP ||
				 !is_edit_numbered(e, list->items[at])))
		at++;
	return at;
}

struct err *edit_remove_problem(struct buf *out, struct arena *a,
				const struct retro *retro, const char *number)
{
	struct edit e = { .a = a, .retro = retro, .value = "" };
	struct err *err;

	e.key = arena_printf(a, "commits.%s.fix", number);
	err = start_edit(&e, true);
	for (size_t i = 0; !err && i < e.root->nr; i++) {
		const struct pair *pair = &e.root->pairs[i];
		const struct node *value = pair->value;
		size_t at;

		if (field_find(pair->key->text) != e.field)
			continue;
		if (value->kind == NODE_MAP && is_edit_numbered(&e, value))
			return refuse_edit(&e, pair->key,
					   _("it is the only problem"));
		at = value->kind == NODE_LIST ? find_numbered(&e, value) : 0;
		if (value->kind != NODE_LIST || at == value->nr)
			continue;
		e.outer = pair;
		want_value(&e, graft_without(a, value, at));
		return finish_edit(out, &e, DONE_REMOVED,
				   surgery_remove_map(&e.cut, pair, at));
	}
	return err ? err
		   : err_new(ERR_NOT_FOUND, _("%s has no problem %s"),
			     retro->id, number);
}
