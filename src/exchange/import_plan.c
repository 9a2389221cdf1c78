/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/sorted.h"
#include "base/text.h"
#include "exchange/import.h"
#include "index/work_tree.h"
#include "model/body.h"
#include "model/dirs.h"
#include "model/edit.h"
#include "model/field.h"
#include "model/read.h"
#include "model/template.h"

/* Characters of a title that go into a name. */
#define SLUG_CHARS 48

/* A retro by a name of it, sorted by that. */
struct known {
	const char *name;
	const struct retro *retro;
};
struct knowns VEC_OF(struct known);

struct planning {
	struct arena *a;
	struct corpus *corpus;
	struct knowns sources; /* of the retros and of the items so far */
	struct knowns ids;
	struct strs paths; /* of the new files, sorted */
};

/* --- names that are taken --- */

static int compare_known_names(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->name,
		      ((const struct known *)b)->name);
}

static int compare_name(const void *key, const void *element)
{
	return strcmp(key, ((const struct known *)element)->name);
}

static const struct known *find_known(const struct knowns *knowns,
				      const char *name)
{
	size_t i = sorted_first(name, knowns->at, knowns->nr,
				sizeof(*knowns->at), compare_name);

	return i < knowns->nr && !strcmp(knowns->at[i].name, name)
		       ? &knowns->at[i]
		       : NULL;
}

static void insert_known(struct knowns *knowns, struct arena *a,
			 const char *name)
{
	size_t i = sorted_first(name, knowns->at, knowns->nr,
				sizeof(*knowns->at), compare_name);

	vec_push(a, knowns, (struct known){ name, NULL });
	memmove(knowns->at + i + 1, knowns->at + i,
		(knowns->nr - 1 - i) * sizeof(*knowns->at));
	knowns->at[i] = (struct known){ name, NULL };
}

static void read_knowns(struct planning *p)
{
	const struct retros *retros = &p->corpus->retros;

	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];

		vec_push(p->a, &p->ids, (struct known){ retro->id, retro });
		if (retro->imported_from)
			vec_push(p->a, &p->sources,
				 (struct known){ retro->imported_from, retro });
	}
	if (p->ids.nr)
		qsort(p->ids.at, p->ids.nr, sizeof(*p->ids.at),
		      compare_known_names);
	if (p->sources.nr)
		qsort(p->sources.at, p->sources.nr, sizeof(*p->sources.at),
		      compare_known_names);
}

/* --- the file that it becomes --- */

/* Whether a name can be that of a retro, with an id that one types easily. */
static bool is_good_name(const struct planning *p, const char *name)
{
	const char *path = path_join(p->a, p->corpus->policy->dir, name);

	for (const char *c = name; *c; c++)
		if (isspace((unsigned char)*c) || iscntrl((unsigned char)*c) ||
		    strchr("#%\\:\"'`$&;|<>*?", *c))
			return false;
	/* An index.md is called as its folder, which ours has not. */
	if (!strchr(name, '/') &&
	    strcmp(retro_stem(p->a, path), retro_stem(p->a, name)) != 0)
		return false;
	return dirs_have(&p->corpus->policy->dirs, path);
}

static struct err *is_free(bool *out, const struct planning *p,
			   const char *path, const char *id)
{
	enum file_kind kind = FILE_NONE;
	struct err *e;

	*out = false;
	if (find_known(&p->ids, id))
		return NULL;
	e = work_tree_look(&kind, p->a, p->corpus->repo, path);
	*out = kind == FILE_NONE;
	return e;
}

/* The path without its end, numbered until nobody has it. */
static struct err *number_path(const char **path, const char **id,
			       const struct planning *p, const char *stem)
{
	bool free = false;
	struct err *e = NULL;

	for (size_t nr = 1; !e && !free; nr++) {
		*path = nr == 1 ? arena_printf(p->a, "%s.md", stem)
				: arena_printf(p->a, "%s-%zu.md", stem, nr);
		*id = retro_stem(p->a, *path);
		e = is_free(&free, p, *path, *id);
	}
	return e;
}

/* "2026-11-24-outage" of its day and title. */
static const char *slug_path(const struct planning *p, const char *title,
			     int32_t date)
{
	const char *slug = text_slug(p->a, title, SLUG_CHARS);
	const char *day = date == DAY_NONE ? "" : day_format(p->a, date);

	if (*day && strncmp(slug, day, strlen(day)) != 0)
		slug = arena_printf(p->a, "%s-%s", day, slug);
	return path_join(p->a, p->corpus->policy->dir, slug);
}

/* Its path without the end; of an index.md its folder's. */
static const char *path_stem(struct arena *a, const char *path, const char *id)
{
	const char *base = path_base(path);
	const char *end = strncmp(base, id, strlen(id)) != 0 && base > path
				  ? base - 1
				  : strrchr(path, '.');

	return arena_strndup(a, path, (size_t)(end - path));
}

/* A document keeps its name, so that the links to it stay right. */
static struct err *keep_path(const char **path, const char **id,
			     const struct planning *p, const char *name)
{
	bool free;
	struct err *e;

	*path = path_join(p->a, p->corpus->policy->dir, name);
	*id = retro_stem(p->a, *path);
	e = is_free(&free, p, *path, *id);
	if (e || free)
		return e;
	return number_path(path, id, p, path_stem(p->a, *path, *id));
}

static struct err *choose_path(const char **path, const char **id,
			       const struct planning *p,
			       const struct import_item *item,
			       const struct retro *read)
{
	const char *given = import_get(item, "date");
	int32_t date = read->date;

	if (item->name && is_good_name(p, item->name))
		return keep_path(path, id, p, item->name);
	if (date == DAY_NONE && given)
		day_parse(&date, given);
	return number_path(path, id, p, slug_path(p, read->title, date));
}

/* --- the text of an issue --- */

static bool is_time(const struct field *field)
{
	return field &&
	       (field->type == FIELD_DATE || field->type == FIELD_TIME);
}

static void put_field_values(struct buf *out, struct arena *a,
			     const struct import_item *item, const char *key)
{
	const struct field *field = field_find(key);
	struct strs values = { 0 };

	for (size_t i = 0; i < item->fields.nr; i++)
		if (!strcmp(item->fields.at[i].key, key))
			strs_add(a, &values, item->fields.at[i].value);
	if (!values.nr)
		return;
	buf_addf(out, "%s: ", key);
	/* What reads as a time is safe, and looks as `new` writes it. */
	if (is_time(field))
		buf_addstr(out, values.at[0]);
	else if (values.nr == 1 && (!field || field->type != FIELD_LIST))
		yaml_scalar(out, values.at[0]);
	else
		yaml_list(out, &values);
	buf_addch(out, '\n');
}

static bool is_first_of_key(const struct import_item *item, size_t field)
{
	for (size_t i = 0; i < field; i++)
		if (!strcmp(item->fields.at[i].key, item->fields.at[field].key))
			return false;
	return true;
}

static void put_issue(struct buf *out, struct arena *a,
		      const struct import_item *item)
{
	buf_addstr(out, "---\n");
	for (size_t i = 0; i < field_count; i++)
		put_field_values(out, a, item, field_table[i].key);
	for (size_t i = 0; i < item->fields.nr; i++)
		if (!field_find(item->fields.at[i].key) &&
		    is_first_of_key(item, i))
			put_field_values(out, a, item, item->fields.at[i].key);
	buf_addstr(out, "---\n");
	buf_add(out, item->bytes, item->n);
}

/* --- the text of a document --- */

static struct retro *read_copy(struct arena *a, const char *path,
			       const char *bytes, size_t n)
{
	struct diags ignored = { .arena = a };

	return read_retro(a, &ignored, path, arena_strndup(a, bytes, n), n);
}

/* Adds a field to the front matter, unless the document says it already. */
static struct err *add_field(struct retro **retro, struct arena *a,
			     const struct import_field *field)
{
	const struct field *known = field_find(field->key);
	struct buf bytes = BUF_INIT;
	struct err *e;

	if (known->type == FIELD_LIST && strcmp(known->key, "authors") != 0)
		e = edit_add(&bytes, a, *retro, field->key, field->value);
	else if (*field_text(a, known, *retro))
		return NULL;
	else if (known->type == FIELD_LIST)
		e = edit_add(&bytes, a, *retro, field->key, field->value);
	else
		e = edit_set(&bytes, a, *retro, field->key, field->value);
	if (!e)
		*retro = read_copy(a, (*retro)->path, bytes.p, bytes.n);
	buf_release(&bytes);
	return e;
}

static bool has_text(const struct retro *retro, const char *text, size_t n)
{
	return retro->n - retro->front.body == n &&
	       !memcmp(retro->bytes + retro->front.body, text, n);
}

static struct err *put_imported_document(struct buf *out, struct arena *a,
					 const struct import_item *item)
{
	const struct retro *old =
		read_copy(a, item->where, item->bytes, item->n);
	struct retro *retro = read_copy(a, item->where, item->bytes, item->n);
	struct err *e = NULL;

	for (size_t i = 0; !e && i < item->fields.nr; i++)
		e = add_field(&retro, a, &item->fields.at[i]);
	if (!e && !has_text(retro, old->bytes + old->front.body,
			    old->n - old->front.body))
		e = err_new(ERR_UNSUPPORTED,
			    _("%s: front matter cannot be added without a "
			      "change of the text"),
			    item->where);
	if (!e)
		buf_add(out, retro->bytes, retro->n);
	return e;
}

/* --- rows --- */

/* The retro that it is already, or was made of it. */
static const struct known *find_imported(const struct planning *p,
					 const struct import_item *item,
					 const struct retro *read)
{
	const struct known *known = find_known(&p->sources, item->source);

	if (!known && item->document && node_get(read->map, "id"))
		known = find_known(&p->ids, read->id);
	return known;
}

static bool is_retro_already(const struct planning *p,
			     const struct import_item *item)
{
	return item->document &&
	       dirs_have(&p->corpus->policy->dirs, item->source);
}

/* Fills `path`, `state`, and what it is about. */
static struct err *place_item(struct import_row *row, struct planning *p,
			      struct import_item *item)
{
	struct buf text = BUF_INIT;
	const struct retro *read;
	const struct known *here;
	const char *id;
	struct err *e;

	row->item = item;
	if (!item->document || item->text_only)
		put_issue(&text, p->a, item);
	else
		buf_add(&text, item->bytes, item->n);
	/* What has no title of its own is called as its file, or its place in
	 * it. */
	read = read_copy(p->a,
			 item->name     ? item->name
			 : item->called ? item->called
					: item->file,
			 text.p, text.n);
	buf_release(&text);
	row->text = item->document && !item->text_only ? read->front.body : 0;
	here = find_imported(p, item, read);
	if (here || is_retro_already(p, item)) {
		row->state = here && !here->retro ? IMPORT_TWICE : IMPORT_HERE;
		row->retro = here ? here->retro : NULL;
		row->path = row->retro ? row->retro->path : item->source;
		if (here && strcmp(here->name, item->source) != 0)
			row->same_id = read->id;
		return NULL;
	}
	row->state = IMPORT_NEW;
	e = choose_path(&row->path, &id, p, item, read);
	insert_known(&p->sources, p->a, item->source);
	if (!e)
		insert_known(&p->ids, p->a,
			     item->document && node_get(read->map, "id")
				     ? read->id
				     : id);
	return e;
}

/* Says of each that is here whether its text is what was imported, as far as
 * that can be told: it was edited since, here or there. */
static struct err *compare_rows(struct import_plan *plan, struct planning *p)
{
	struct retros here = { 0 };
	struct err *e;

	for (size_t i = 0; i < plan->nr; i++)
		if (plan->at[i].state == IMPORT_HERE && plan->at[i].retro)
			vec_push(p->a, &here,
				 (struct retro *)plan->at[i].retro);
	e = corpus_read(p->corpus, &here);
	for (size_t i = 0; !e && i < plan->nr; i++) {
		struct import_row *row = &plan->at[i];
		const struct retro *retro = row->retro;

		if (row->state == IMPORT_HERE && retro)
			row->differs =
				!has_text(retro, row->item->bytes + row->text,
					  row->item->n - row->text);
	}
	return e;
}

static void name_other(const struct import_plan *plan, struct planning *p,
		       struct import_item *item, const char *key,
		       const struct import_item *other)
{
	const struct import_row *row = other ? &plan->at[other->place] : NULL;

	if (row)
		import_set(item, p->a, key,
			   row->retro ? row->retro->id
				      : retro_stem(p->a, row->path));
}

/* The retros that it names, by the ids that they get. */
static void name_related(const struct import_plan *plan, struct planning *p,
			 struct import_item *item)
{
	name_other(plan, p, item, "superseded-by", item->successor);
	for (size_t i = 0; i < item->linked.nr; i++)
		name_other(plan, p, item, "related", item->linked.at[i]);
}

static struct err *write_row(struct import_row *row, struct planning *p,
			     struct import_item *item)
{
	struct diags ignored = { .arena = p->a };
	struct retro *retro;
	struct err *e = NULL;

	import_set(item, p->a, "imported-from", item->source);
	if (item->document && !item->text_only)
		e = put_imported_document(&row->bytes, p->a, item);
	else
		put_issue(&row->bytes, p->a, item);
	if (!e && row->bytes.n > FILE_MAX)
		e = err_new(ERR_UNSUPPORTED, _("%s is larger than %zu bytes"),
			    item->where, FILE_MAX);
	if (e)
		return e;
	retro = read_copy(p->a, row->path, row->bytes.p, row->bytes.n);
	body_read(retro, p->a, &ignored, p->corpus->policy);
	row->retro = retro;
	return NULL;
}

static void write_or_note(struct import_row *row, struct planning *p,
			  struct import *import, size_t i)
{
	struct err *e = write_row(row, p, import->items.at[i]);

	if (e)
		row->state = IMPORT_BROKEN;
	import_broken(import, e);
}

struct err *import_plan(struct import_plan *out, struct import *import,
			struct corpus *corpus)
{
	struct planning p = { .a = import->arena, .corpus = corpus };
	struct err *e = NULL;

	read_knowns(&p);
	for (size_t i = 0; !e && i < import->items.nr; i++) {
		struct import_row row = { .bytes = BUF_INIT };

		import->items.at[i]->place = i;
		e = place_item(&row, &p, import->items.at[i]);
		vec_push(p.a, out, row);
	}
	if (!e)
		e = compare_rows(out, &p);
	for (size_t i = 0; !e && i < out->nr; i++)
		if (out->at[i].state == IMPORT_NEW)
			name_related(out, &p, import->items.at[i]);
	for (size_t i = 0; !e && i < out->nr; i++)
		if (out->at[i].state == IMPORT_NEW)
			write_or_note(&out->at[i], &p, import, i);
	return e;
}

void import_plan_release(struct import_plan *plan)
{
	for (size_t i = 0; i < plan->nr; i++)
		buf_release(&plan->at[i].bytes);
}
