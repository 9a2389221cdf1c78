/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"
#include "exchange/import.h"
#include "git/first_days.h"
#include "model/dirs.h"
#include "model/read.h"

/* A folder to think of while it is asked which of its files are retros. */
#define ANY_FOLDER "retros"

/* --- where a document is from, the same for everybody --- */

/* The folder of the repository that `dir` lies in; NULL. */
static struct err *repository_of(const char **out, struct arena *a,
				 const char *dir)
{
	char *at = arena_strdup(a, dir);
	enum file_kind kind;
	struct err *e;
	char *slash;

	*out = NULL;
	for (;;) {
		e = file_look(&kind, path_join(a, at, ".git"));
		if (e || kind != FILE_NONE) {
			*out = e ? NULL : at;
			return e;
		}
		slash = strrchr(at, '/');
		if (!slash || slash == at)
			return NULL;
		*slash = '\0';
	}
}

/* What a path below `dir` begins with: in our work tree nothing but the path
 * from there; else the name of the other repository or, without one, of the
 * folder. */
static struct err *source_prefix(const char **out, const struct import *import,
				 const char *dir)
{
	struct arena *a = import->arena;
	const char *top, *below;
	struct err *e = repository_of(&top, a, dir);

	*out = path_base(dir);
	if (e || !top)
		return e;
	below = dir + strlen(top);
	below += *below == '/';
	*out = strcmp(top, import->work_tree)
		       ? path_join(a, path_base(top), below)
		       : below;
	return NULL;
}

/* --- one document --- */

/* What its front matter lacks to be read; NULL. */
static const struct diag *front_problem(const struct diags *diags)
{
	static const enum rule_id rules[] = { RULE_FRONT_MATTER, RULE_YAML,
					      RULE_YAML_LIMIT };

	for (size_t i = 0; i < diags->nr; i++)
		for (size_t j = 0; j < ARRAY_SIZE(rules); j++)
			if (!strcmp(diags->at[i].rule,
				    rule_table[rules[j]].name))
				return &diags->at[i];
	return NULL;
}

/* Front matter that cannot be read, or that is none, is text like the rest, and
 * gets ours in front of it. */
static const struct retro *look_at_front(struct import_item *item,
					 struct arena *a)
{
	struct diags diags = { .arena = a };
	const char *bytes = item->bytes;
	const struct retro *retro =
		read_retro(a, &diags, item->where, bytes, item->n);
	const struct diag *problem = front_problem(&diags);

	if (problem) {
		item->text_only = true;
		vec_push(a, &item->left,
			 arena_printf(a, _("its front matter, line %d: %s"),
				      problem->pos.line,
				      phrase_text(a, diag_said(problem))));
		bytes = arena_printf(a, "---\n---\n%s", bytes);
		retro = read_retro(a, &diags, item->where, bytes,
				   strlen(bytes));
	}
	item->undated = retro->date == DAY_NONE;
	return retro;
}

static void read_as(struct import_item *item, struct arena *a,
		    enum import_format format)
{
	switch (format) {
	case IMPORT_ADR:
		import_adr(item, a);
		break;
	case IMPORT_NOTION:
		import_notion(item, a);
		break;
	case IMPORT_CONFLUENCE:
		import_confluence(item, a);
		break;
	default:
		break;
	}
}

static enum import_format format_of(const struct import_item *item,
				    struct arena *a)
{
	if (import_is_notion(item))
		return IMPORT_NOTION;
	if (import_is_confluence(item, a))
		return IMPORT_CONFLUENCE;
	return import_is_adr(item, a) ? IMPORT_ADR : IMPORT_MARKDOWN;
}

static struct err *add_document(struct import *import, const char *where,
				const char *source, const char *name,
				const struct buf *text)
{
	struct arena *a = import->arena;
	struct import_item *item = arena_alloc(a, sizeof(*item));
	const struct retro *retro;
	struct err *e = import_check(where, text->p, text->n);

	if (!e && !text_is_utf8(source, strlen(source), NULL))
		e = err_new(ERR_UNSUPPORTED,
			    _("'%s': the name is not valid UTF-8"),
			    text_cleaned(a, where));

	item->document = true;
	item->where = where;
	item->source = source;
	item->name = item->file = name;
	item->bytes = arena_strndup(a, text->p, text->n);
	item->n = text->n;
	if (e)
		return e;
	retro = look_at_front(item, a);
	read_as(item, a,
		import->from == IMPORT_AUTO ? format_of(item, a)
					    : import->from);
	/* What was imported elsewhere is still what it was made of. */
	if (retro->imported_from)
		item->source = retro->imported_from;
	vec_push(a, &import->items, item);
	return NULL;
}

/* --- dates --- */

/* Documents that say no date have that of their first commit where they are:
 * here all would come on one day. */
static void date_documents(struct import *import, const char *dir)
{
	struct first_days days = { 0 };
	bool asked = false;

	for (size_t i = 0; i < import->items.nr; i++) {
		struct import_item *item = import->items.at[i];
		int32_t day;

		if (!item->undated || import_get(item, "date"))
			continue;
		if (!asked)
			first_days_read(&days, import->arena, dir);
		asked = true;
		day = first_days_of(&days, item->file);
		if (day != DAY_NONE)
			import_set(item, import->arena, "date",
				   day_format(import->arena, day));
	}
}

static void finish_documents(struct import *import, const char *dir)
{
	date_documents(import, dir);
	import_adr_link(import);
	import_link_pages(import);
}

struct err *import_file(struct import *import, const char *path,
			const char *bytes, size_t n)
{
	struct arena *a = import->arena;
	const char *real = path_real(a, path);
	const char *name = path_base(path);
	const char *dir =
		real && path_base(real) > real + 1
			? arena_strndup(a, real,
					(size_t)(path_base(real) - real - 1))
			: "/";
	struct buf text = BUF_INIT;
	const char *prefix;
	struct err *e;

	if (n > FILE_MAX)
		return err_new(ERR_UNSUPPORTED,
			       _("'%s' is larger than %zu bytes"), path,
			       FILE_MAX);
	e = source_prefix(&prefix, import, dir);
	if (e)
		return e;
	buf_add(&text, bytes, n);
	e = add_document(import, path, path_join(a, prefix, name), name, &text);
	buf_release(&text);
	if (!e)
		finish_documents(import, dir);
	return e;
}

/* --- a folder --- */

static const char *below_folder(const char *path)
{
	return path + strlen(ANY_FOLDER "/");
}

/* Notes which of them are not kept: a README beside the retros. */
static void note_dropped(struct import *import, const struct strs *all,
			 const struct strs *kept)
{
	for (size_t i = 0, j = 0; i < all->nr; i++) {
		if (j < kept->nr && kept->at[j] == all->at[i])
			j++;
		else
			vec_push(import->arena, &import->left,
				 below_folder(all->at[i]));
	}
}

/* The files in it that are retros by their names; counts the others. */
static struct err *list_documents(struct strs *out, struct import *import,
				  const char *dir)
{
	struct arena *a = import->arena;
	struct strs dirs = { 0 }, all = { 0 }, named = { 0 };
	struct err *e = file_list(&all, a, dir);

	vec_push(a, &dirs, ANY_FOLDER);
	for (size_t i = 0; !e && i < all.nr; i++) {
		const char *path = path_join(a, ANY_FOLDER, all.at[i]);

		if (dirs_have(&dirs, path))
			vec_push(a, &named, path);
		else if (dirs_leave_out(&dirs, path) || retro_is_path(path))
			vec_push(a, &import->left, all.at[i]);
		else
			import->others++;
	}
	strs_append(a, out, &named);
	if (out->nr)
		dirs_keep(&dirs, out->at, &out->nr, sizeof(*out->at));
	note_dropped(import, &named, out);
	return e;
}

struct err *import_folder(struct import *import, const char *path)
{
	struct arena *a = import->arena;
	struct strs files = { 0 };
	struct buf text = BUF_INIT;
	const char *prefix;
	struct err *e = source_prefix(&prefix, import, path);

	if (!e)
		e = list_documents(&files, import, path);
	for (size_t i = 0; !e && i < files.nr; i++) {
		const char *name = below_folder(files.at[i]);
		struct err *bad;

		buf_reset(&text);
		bad = file_read(&text, path_join(a, path, name), FILE_MAX);
		if (!bad)
			bad = add_document(
				import, path_join(a, import->name, name),
				path_join(a, prefix, name), name, &text);
		import_broken(import, bad);
	}
	buf_release(&text);
	if (!e)
		finish_documents(import, path);
	return e;
}
