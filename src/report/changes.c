/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/changes.h"

#include <stdlib.h>
#include <string.h>

#include "model/body.h"
#include "model/excerpt.h"
#include "model/field.h"

/* --- lines --- */

static int by_line_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of a text that say something, sorted. */
static struct strs change_lines(struct arena *a, const char *text)
{
	struct strs lines = { 0 };

	while (*text) {
		size_t n = strcspn(text, "\n"), end = n;

		while (end && strchr(" \t\r", text[end - 1]))
			end--;
		if (end)
			vec_push(a, &lines, arena_strndup(a, text, end));
		text += n + (text[n] == '\n');
	}
	if (lines.nr)
		qsort(lines.at, lines.nr, sizeof(*lines.at), by_line_text);
	return lines;
}

static void compare_changed_lines(struct section_change *out, struct arena *a,
				  const char *before, const char *after)
{
	struct strs old = change_lines(a, before), new = change_lines(a, after);
	size_t i = 0, j = 0;

	while (i < old.nr || j < new.nr) {
		int order = i == old.nr   ? 1
			    : j == new.nr ? -1
					  : strcmp(old.at[i], new.at[j]);

		out->deleted += order < 0;
		out->added += order > 0;
		i += order <= 0;
		j += order >= 0;
	}
}

/* --- sections --- */

struct part {
	const char *heading; /* "" for what stands above the first one */
	const char *text;
	struct part *other; /* the same of the other text; NULL: none */
};
struct parts VEC_OF(struct part);

/* Line `line` and what follows, up to where the first section begins. */
static char *head_text(struct arena *a, const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	const char *start = retro->bytes + retro->front.body, *end = start;
	const char *stop = retro->bytes + retro->n;
	int line = diag_pos(retro->bytes, retro->front.body).line;
	int last = sections->nr ? sections->at[0].line : -1;

	for (; end < stop && line != last; line++) {
		const char *eol = memchr(end, '\n', (size_t)(stop - end));

		end = eol ? eol + 1 : stop;
	}
	return arena_strndup(a, start, (size_t)(end - start));
}

static struct parts parts_of(struct arena *a, const struct retro *retro)
{
	const struct sections *sections = &retro->body->sections;
	struct parts parts = { 0 };
	struct strs sources = { 0 };

	vec_push(a, &parts, (struct part){ "", head_text(a, retro), NULL });
	excerpt_sources(&sources, a, retro, sections);
	for (size_t i = 0; i < sections->nr; i++) {
		/* The heading's own line is its name. */
		const char *text = strchr(sources.at[i], '\n');

		vec_push(a, &parts,
			 (struct part){ sections->at[i].heading,
					text ? text + 1 : "", NULL });
	}
	return parts;
}

/* By heading; those of one heading in the text's order. */
static int by_heading(const void *a, const void *b)
{
	const struct part *one = *(struct part *const *)a;
	const struct part *other = *(struct part *const *)b;
	int order = strcmp(one->heading, other->heading);

	return order ? order : one < other ? -1 : one > other;
}

static struct part **sorted_parts(struct arena *a, struct parts *parts)
{
	struct part **out = arena_alloc(a, parts->nr * sizeof(struct part *));

	for (size_t i = 0; i < parts->nr; i++)
		out[i] = &parts->at[i];
	qsort(out, parts->nr, sizeof(*out), by_heading);
	return out;
}

/* Of several parts with one heading, the first is the first one's other. */
static void pair_up_parts(struct arena *a, struct parts *old, struct parts *new)
{
	struct part **olds = sorted_parts(a, old);
	struct part **news = sorted_parts(a, new);
	size_t i = 0, j = 0;

	while (i < old->nr && j < new->nr) {
		int order = strcmp(olds[i]->heading, news[j]->heading);

		if (!order) {
			olds[i]->other = news[j];
			news[j]->other = olds[i];
		}
		i += order <= 0;
		j += order >= 0;
	}
}

static void add_section(struct retro_change *change, struct arena *a,
			const char *heading, const char *before,
			const char *after, bool always)
{
	struct section_change section = { .heading = heading };

	compare_changed_lines(&section, a, before, after);
	if (always || section.added || section.deleted)
		vec_push(a, &change->sections, section);
}

/* In the new text's order; what went comes last. */
static void compare_sections(struct retro_change *change, struct arena *a)
{
	struct parts old = parts_of(a, change->before);
	struct parts new = parts_of(a, change->after);

	pair_up_parts(a, &old, &new);
	for (size_t i = 0; i < new.nr; i++) {
		const struct part *part = &new.at[i];

		add_section(change, a, part->heading,
			    part->other ? part->other->text : "", part->text,
			    !part->other);
	}
	for (size_t i = 0; i < old.nr; i++)
		if (!old.at[i].other)
			add_section(change, a, old.at[i].heading,
				    old.at[i].text, "", true);
}

/* --- fields --- */

static void compare_fields(struct retro_change *change, struct arena *a)
{
	for (size_t i = 0; i < field_count; i++) {
		const struct field *field = &field_table[i];
		struct field_change one = {
			.key = field->key,
			.before = field_text(a, field, change->before),
			.after = field_text(a, field, change->after),
		};

		if (strcmp(one.before, one.after) != 0)
			vec_push(a, &change->fields, one);
	}
	if (strcmp(change->before->path, change->after->path) != 0)
		vec_push(a, &change->fields,
			 (struct field_change){ "path", change->before->path,
						change->after->path });
}

/* --- retros --- */

static const char *change_identity(const struct retro *retro)
{
	return retro->has_id ? retro->id : retro->path;
}

static int by_change_identity(const void *a, const void *b)
{
	const struct retro *one = *(struct retro *const *)a;
	const struct retro *other = *(struct retro *const *)b;
	int order = strcmp(change_identity(one), change_identity(other));

	return order ? order : strcmp(one->path, other->path);
}

static struct retros sort_retros(struct arena *a, const struct retros *retros)
{
	struct retros out = { 0 };

	for (size_t i = 0; i < retros->nr; i++)
		vec_push(a, &out, retros->at[i]);
	if (out.nr)
		qsort(out.at, out.nr, sizeof(*out.at), by_change_identity);
	return out;
}

/* `paths`: of all files that differ, sorted. */
static void add_retro_change(struct changes *out, struct arena *a,
			     struct retro *before, struct retro *after,
			     const struct strs *paths)
{
	struct retro_change change = { .before = before, .after = after };

	if (!before || !after || strcmp(before->path, after->path) != 0 ||
	    (paths->nr && bsearch(&after->path, paths->at, paths->nr,
				  sizeof(*paths->at), by_line_text)))
		vec_push(a, &out->retros, change);
}

static int change_place(const struct retro_change *change)
{
	return !change->before ? 0 : change->after ? 1 : 2;
}

static int by_change_place(const void *a, const void *b)
{
	const struct retro_change *one = a, *other = b;
	int order = change_place(one) - change_place(other);

	return order ? order
		     : strcmp((one->after ? one->after : one->before)->path,
			      (other->after ? other->after : other->before)
				      ->path);
}

static void compare_retros(struct changes *out, struct arena *a,
			   const struct corpus *before,
			   const struct corpus *after, const struct strs *paths)
{
	struct strs differing = { 0 };
	struct retros old = sort_retros(a, &before->retros);
	struct retros new = sort_retros(a, &after->retros);
	size_t i = 0, j = 0;

	strs_append(a, &differing, paths);
	strs_sort(&differing);
	while (i < old.nr || j < new.nr) {
		int order = i == old.nr   ? 1
			    : j == new.nr ? -1
					  : strcmp(change_identity(old.at[i]),
						   change_identity(new.at[j]));

		add_retro_change(out, a, order <= 0 ? old.at[i] : NULL,
				 order >= 0 ? new.at[j] : NULL, &differing);
		i += order <= 0;
		j += order >= 0;
	}
	if (out->retros.nr)
		qsort(out->retros.at, out->retros.nr, sizeof(*out->retros.at),
		      by_change_place);
}

/* --- actions --- */

static int by_part_name(const void *a, const void *b)
{
	const struct listed_action *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : strcmp(one->action->text, other->action->text);
}

/* One without a number is known by its text. */
static int compare_listed(const struct listed_action *a,
			  const struct listed_action *b)
{
	int order = strcmp(a->name, b->name);

	if (!order && !a->action->id)
		order = strcmp(a->action->text, b->action->text);
	return order;
}

static bool same_action(const struct listed_action *a,
			const struct listed_action *b)
{
	const char *one = a->action->owner, *other = b->action->owner;

	return a->state == b->state && a->action->due == b->action->due &&
	       !strcmp(a->action->text, b->action->text) &&
	       (one && other ? !strcmp(one, other) : one == other);
}

static int by_address(const void *a, const void *b)
{
	const struct retro *one = *(struct retro *const *)a;
	const struct retro *other = *(struct retro *const *)b;

	return one < other ? -1 : one > other;
}

/* One side of what changed, sorted by address. */
static struct retros change_side(struct arena *a, const struct changes *changes,
				 bool after)
{
	struct retros out = { 0 };

	for (size_t i = 0; i < changes->retros.nr; i++) {
		const struct retro_change *change = &changes->retros.at[i];
		struct retro *retro = after ? change->after : change->before;

		if (retro)
			vec_push(a, &out, retro);
	}
	if (out.nr)
		qsort(out.at, out.nr, sizeof(*out.at), by_address);
	return out;
}

static bool contains_retro(const struct retros *sorted,
			   const struct retro *retro)
{
	return sorted->nr && bsearch(&retro, sorted->at, sorted->nr,
				     sizeof(*sorted->at), by_address);
}

static bool has_open_action(const struct retro *retro)
{
	const struct actions *actions = &retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++)
		if (actions->at[i].state == ACTION_OPEN)
			return true;
	return false;
}

/* Those of the retros that changed, and of every other one that has an action
 * still open: a commit of the range can have closed it. */
static struct err *list_changed_actions(struct listed_actions *out,
					struct corpus *corpus,
					const struct retros *changed)
{
	struct corpus part = *corpus;
	struct err *e;

	part.retros = (struct retros){ 0 };
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (has_open_action(retro) || contains_retro(changed, retro))
			vec_push(corpus->arena, &part.retros, retro);
	}
	e = actions_list(out, &part);
	corpus->diags = part.diags;
	if (!e && out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_part_name);
	return e;
}

static struct err *compare_actions(struct changes *out, struct arena *a,
				   struct corpus *before, struct corpus *after)
{
	struct listed_actions old = { 0 }, new = { 0 };
	const struct retros gone = change_side(a, out, false);
	const struct retros come = change_side(a, out, true);
	size_t i = 0, j = 0;
	struct err *e = list_changed_actions(&old, before, &gone);

	if (!e)
		e = list_changed_actions(&new, after, &come);
	while (!e && (i < old.nr || j < new.nr)) {
		int order = i == old.nr ? 1
			    : j == new.nr
				    ? -1
				    : compare_listed(&old.at[i], &new.at[j]);
		struct action_change change = {
			order <= 0 ? &old.at[i] : NULL,
			order >= 0 ? &new.at[j] : NULL,
		};

		if (order || !same_action(change.before, change.after))
			vec_push(a, &out->actions, change);
		i += order <= 0;
		j += order >= 0;
	}
	return e;
}

/* Field by field and section by section. */
static struct err *compare_changed_texts(struct changes *out, struct arena *a,
					 struct corpus *before,
					 struct corpus *after)
{
	const struct retros old = change_side(a, out, false);
	const struct retros new = change_side(a, out, true);
	struct err *e = corpus_read(before, &old);

	if (!e)
		e = corpus_read(after, &new);
	for (size_t i = 0; !e && i < out->retros.nr; i++) {
		struct retro_change *change = &out->retros.at[i];

		if (!change->before || !change->after)
			continue;
		compare_fields(change, a);
		compare_sections(change, a);
	}
	return e;
}

struct err *changes_find(struct changes *out, struct arena *a,
			 struct corpus *before, struct corpus *after,
			 const struct strs *paths)
{
	struct err *e;

	compare_retros(out, a, before, after, paths);
	e = compare_changed_texts(out, a, before, after);
	return e ? e : compare_actions(out, a, before, after);
}
