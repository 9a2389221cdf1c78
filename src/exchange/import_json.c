/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/line.h"
#include "base/text.h"
#include "exchange/import.h"
#include "model/node_json.h"
#include "model/retro.h"

struct objects VEC_OF(const struct node *);

static void add_objects(struct objects *out, struct arena *a,
			const struct node *value)
{
	if (value->kind != NODE_LIST)
		vec_push(a, out, value);
	for (size_t i = 0; value->kind == NODE_LIST && i < value->nr; i++)
		vec_push(a, out, value->items[i]);
}

/* Whether the first line that says something is an object of its own. */
static bool has_lines(struct arena *a, const char *bytes, size_t n)
{
	const struct node *value;
	const char *line, *at = bytes;
	size_t len = 0;
	struct err *e;

	while (!len && line_next(&line, &len, &at, bytes + n))
		text_trim(&line, &len);
	if (!len || *line != '{')
		return false;
	e = node_json_cut(&value, a, line, len);
	err_free(e);
	return !e;
}

static void read_object_lines(struct objects *out, struct import *import,
			      const char *bytes, size_t n)
{
	const char *line, *at = bytes, *end = bytes + n;
	size_t len, number = 0;

	while (line_next(&line, &len, &at, end)) {
		const struct node *value;
		struct err *e;

		number++;
		text_trim(&line, &len);
		if (!len)
			continue;
		e = node_json_cut(&value, import->arena, line, len);
		if (!e) {
			add_objects(out, import->arena, value);
			continue;
		}
		err_free(e);
		import_broken(import,
			      err_new(ERR_UNSUPPORTED,
				      _("%s:%zu: this line is not valid JSON"),
				      import->name, number));
	}
}

static struct err *read_objects(struct objects *out, struct import *import,
				const char *bytes, size_t n)
{
	const struct node *value = NULL;
	size_t bom = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct err *e;

	bytes += bom;
	n -= bom;
	if (has_lines(import->arena, bytes, n)) {
		read_object_lines(out, import, bytes, n);
		return NULL;
	}
	e = node_json_cut(&value, import->arena, bytes, n);
	if (e)
		return err_context(e, "%s", import->name);
	add_objects(out, import->arena, value);
	return NULL;
}

const char *import_text(const struct node *object, const char *key)
{
	const struct node *value = node_get(object, key);

	return value && value->kind == NODE_SCALAR && !node_is_null(value)
		       ? value->text
		       : NULL;
}

struct err *import_object(struct import_item **out, struct import *import,
			  size_t place, const struct node *object,
			  const char *body, const char *source,
			  const char *needs)
{
	struct arena *a = import->arena;
	struct import_item *item = arena_alloc(a, sizeof(*item));
	const struct node *text = node_get(object, body);
	const char *bad = !source ? needs : NULL;

	item->file = arena_printf(a, _("issue %zu"), place);
	item->where = arena_printf(a, "%s: %s", import->name, item->file);
	if (node_is_cut(object))
		return err_new(ERR_UNSUPPORTED,
			       _("%s: there is a NUL character in a text"),
			       item->where);
	if (!bad && !import_text(object, "title"))
		bad = "title";
	if (bad)
		return err_new(ERR_UNSUPPORTED, _("%s has no '%s'"),
			       item->where, bad);
	if (!text || (text->kind != NODE_SCALAR))
		return err_new(ERR_UNSUPPORTED, _("%s has no '%s'"),
			       item->where, body);
	item->source = source;
	item->bytes = node_is_null(text) ? "" : text->text;
	item->n = strlen(item->bytes);
	import_set(item, a, "title", import_text(object, "title"));
	vec_push(a, &import->items, item);
	*out = item;
	return NULL;
}

void import_label(struct import_item *item, struct arena *a, const char *name)
{
	enum kind kind = kind_parse(name);

	import_set(item, a, "labels", name);
	if (kind && !import_get(item, "kind"))
		import_set(item, a, "kind", kind_name(kind));
	if (!strncasecmp(name, "sev", 3) && severity_parse(name) &&
	    !import_get(item, "severity"))
		import_set(item, a, "severity", name);
}

void import_labels(struct import_item *item, struct arena *a,
		   const struct node *list)
{
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *label = list->items[i];
		const char *name = label->kind == NODE_SCALAR
					   ? label->text
					   : import_text(label, "name");

		if (name)
			import_label(item, a, name);
	}
}

const char *import_person(const struct node *person, const char *account)
{
	const char *name = import_text(person, "name");

	return name && *name ? name : import_text(person, account);
}

const char *import_people(struct arena *a, const struct node *list,
			  const char *account)
{
	const char *names = NULL;

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const char *name = import_person(list->items[i], account);

		if (name)
			names = names ? arena_printf(a, "%s, %s", names, name)
				      : name;
	}
	return names;
}

static bool is_taken(const char *key, const char *const *taken)
{
	for (; *taken; taken++)
		if (!strcmp(*taken, key))
			return true;
	return false;
}

/* What stands there for want of something to say. */
static bool is_nothing(const struct node *value)
{
	return value->plain &&
	       (!strcmp(value->text, "false") || !strcmp(value->text, "0"));
}

void import_rest(struct import_item *item, struct arena *a,
		 const struct node *object, const char *const *taken)
{
	for (size_t i = 0; i < object->nr; i++) {
		const char *key = object->pairs[i].key->text;
		const struct node *value = object->pairs[i].value;

		if (is_taken(key, taken))
			continue;
		if (value->kind != NODE_SCALAR) {
			if (value->nr)
				vec_push(a, &item->left, key);
		} else if (!node_is_null(value) && !is_nothing(value)) {
			import_set_own(item, a, key, value->text);
		}
	}
}

struct err *import_json(struct import *import, const char *bytes, size_t n)
{
	struct objects objects = { 0 };
	struct err *e = read_objects(&objects, import, bytes, n);
	const struct node *first = objects.nr ? objects.at[0] : NULL;
	enum import_format format = import->from;

	if (format == IMPORT_AUTO)
		format = first && node_get(first, "iid") ? IMPORT_GITLAB
							 : IMPORT_GITHUB;
	for (size_t i = 0; !e && i < objects.nr; i++) {
		const struct node *object = objects.at[i];
		struct err *bad;

		if (object->kind != NODE_MAP || !node_get(object, "title"))
			bad = err_new(
				ERR_UNSUPPORTED,
				_("%s: value %zu is not an issue of GitHub "
				  "or GitLab"),
				import->name, i + 1);
		else if (format == IMPORT_GITLAB)
			bad = import_gitlab(import, i + 1, object);
		else
			bad = import_github(import, i + 1, object);
		import_broken(import, bad);
	}
	return e;
}
