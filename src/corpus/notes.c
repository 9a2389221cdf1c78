/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/notes.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"
#include "git/diff.h"
#include "git/object.h"
#include "git/repo.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/work_tree.h"
#include "model/front.h"
#include "model/node.h"
#include "model/template.h"

/* A note is a line; a longer file is none. Bytes. */
#define NOTE_MAX ((size_t)64 << 10)
/* Digits of the name that the content gives. */
#define DIGITS 10

static const char *const note_kinds[] = {
	[NOTE_PLAIN] = "",          [NOTE_HARD] = "hard",
	[NOTE_PITFALL] = "pitfall", [NOTE_SOLVED] = "solved",
	[NOTE_IMPROVE] = "improve",
};

const char *note_kind_name(enum note_kind kind)
{
	return note_kinds[kind];
}

static enum note_kind find_note_kind(const char *text, size_t n)
{
	for (int i = NOTE_HARD; i < NOTE_KINDS; i++)
		if (strlen(note_kinds[i]) == n &&
		    !strncasecmp(note_kinds[i], text, n))
			return (enum note_kind)i;
	return NOTE_PLAIN;
}

static const char *notes_dir(struct arena *a, const struct policy *policy)
{
	return path_join(a, policy->dir, ".notes");
}

/* --- writing --- */

static void put_note_list(struct buf *out, const char *key,
			  const struct strs *list)
{
	if (!list->nr)
		return;
	buf_addf(out, "%s: ", key);
	yaml_list(out, list);
	buf_addch(out, '\n');
}

static void put_note_scalar(struct buf *out, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	buf_addf(out, "%s: ", key);
	yaml_scalar(out, value);
	buf_addch(out, '\n');
}

void note_write(struct buf *out, const char **path, struct arena *a,
		const struct repo *repo, const struct policy *policy,
		const struct note *note)
{
	char hex[OID_HEX + 1];
	struct oid id;

	buf_addstr(out, "---\n");
	put_note_scalar(out, "date", note->date);
	put_note_scalar(out, "author", note->author);
	put_note_scalar(out, "kind", note_kinds[note->kind]);
	put_note_list(out, "paths", &note->paths);
	put_note_list(out, "labels", &note->labels);
	buf_addf(out, "---\n%s\n", note->text);
	object_blob_id(&id, repo, out->p, out->n);
	*path = path_join(a, notes_dir(a, policy),
			  arena_printf(a, "%.10s-%.*s.md", note->date, DIGITS,
				       oid_hex(hex, &id)));
}

/* --- reading --- */

static void read_strs(struct strs *out, struct arena *a,
		      const struct node *node)
{
	size_t nr = !node ? 0 : node->kind == NODE_LIST ? node->nr : 1;

	for (size_t i = 0; i < nr; i++) {
		const struct node *item =
			node->kind == NODE_LIST ? node->items[i] : node;

		if (item->kind == NODE_SCALAR && !node_is_null(item))
			vec_push(a, out, item->text);
	}
}

static const char *scalar_text(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->kind == NODE_SCALAR ? node->text : "";
}

/* False if there is no text in it. */
static bool read_note(struct note *out, struct arena *a, const char *path,
		      const struct buf *bytes)
{
	const char *own = arena_strndup(a, bytes->p, bytes->n), *text;
	struct diags ignored = { .arena = a };
	const struct node *map;
	struct front front;
	size_t n;

	*out = (struct note){ 0 };
	front_find(&front, &ignored, path, own, bytes->n);
	map = front.present ? node_parse(a, &ignored, path, own, front.start,
					 front.end)
			    : NULL;
	text = own + front.body;
	n = strlen(text);
	text_trim(&text, &n);
	out->text = text_cleaned(a, arena_strndup(a, text, n));
	out->kind = find_note_kind(scalar_text(map, "kind"),
				   strlen(scalar_text(map, "kind")));
	out->author = scalar_text(map, "author");
	out->date = scalar_text(map, "date");
	read_strs(&out->paths, a, node_get(map, "paths"));
	read_strs(&out->labels, a, node_get(map, "labels"));
	return n > 0;
}

void note_read_trailer(struct note *out, struct arena *a, const char *value)
{
	size_t n = strcspn(value, ":");
	const char *text = value;

	*out = (struct note){ .author = "", .date = "" };
	if (value[n])
		out->kind = find_note_kind(value, n);
	if (out->kind != NOTE_PLAIN)
		text = value + n + 1;
	n = strlen(text);
	text_trim(&text, &n);
	out->text = text_cleaned(a, arena_strndup(a, text, n));
}

/* --- of a range --- */

static bool lies_in(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	while (n && dir[n - 1] == '/')
		n--;
	return !strncmp(path, dir, n) && (!path[n] || path[n] == '/' || !n);
}

static bool is_of_range(const struct note *note, const struct range *range)
{
	if (!range->paths || !note->paths.nr)
		return true;
	for (size_t i = 0; i < range->paths->nr; i++)
		for (size_t j = 0; j < note->paths.nr; j++)
			if (lies_in(note->paths.at[j], range->paths->at[i]))
				return true;
	return false;
}

static bool is_note_path(const char *path, const char *dir)
{
	size_t n = strlen(dir), len = strlen(path);

	return !strncmp(path, dir, n) && path[n] == '/' && len > 3 &&
	       !strcmp(path + len - 3, ".md");
}

/* What cannot be read is no note; a clone without it has not got it. */
static struct err *read_committed(struct notes *out, struct arena *a,
				  struct repo *repo, const struct range *range,
				  const struct tree_entry *entry)
{
	struct buf bytes = BUF_INIT;
	struct note note;
	struct err *e = tree_blob(&bytes, repo, &entry->blob, NOTE_MAX);

	if (!e && read_note(&note, a, entry->path, &bytes) &&
	    is_of_range(&note, range))
		vec_push(a, out, note);
	err_pass(e);
	buf_release(&bytes);
	return NULL;
}

struct err *notes_of_range(struct notes *out, struct arena *a,
			   struct repo *repo, const struct policy *policy,
			   const struct range *range)
{
	const char *dir = notes_dir(a, policy);
	struct tree_entries old = { 0 }, new = { 0 };
	struct oid before, after;
	size_t at = 0;
	struct err *e = NULL;

	if (!tree_id(&after, repo, &range->to, dir))
		return NULL;
	if (range->from && tree_id(&before, repo, range->from, dir)) {
		if (oid_equal(&before, &after))
			return NULL;
		e = tree_list(&old, a, repo, range->from, dir);
	}
	if (!e)
		e = tree_list(&new, a, repo, &range->to, dir);
	/* Both are sorted. */
	for (size_t i = 0; !e && i < new.nr; i++) {
		const char *path = new.at[i].path;

		while (at < old.nr && strcmp(old.at[at].path, path) < 0)
			at++;
		if (is_note_path(path, dir) &&
		    (at == old.nr || strcmp(old.at[at].path, path)))
			e = read_committed(out, a, repo, range, &new.at[i]);
	}
	return e;
}

/* --- what waits --- */

static struct err *list_notes(struct strs *out, struct arena *a,
			      struct repo *repo, const char *dir,
			      const struct oid *head)
{
	struct tree_entries entries = { 0 };
	struct file_tree tree = { 0 };
	struct err *e;

	if (!head) {
		e = work_tree_list(&tree, a, repo, dir);
		strs_append(a, out, &tree.files);
		return e;
	}
	e = tree_list(&entries, a, repo, head, dir);
	for (size_t i = 0; i < entries.nr; i++)
		vec_push(a, out, entries.at[i].path);
	return e;
}

struct err *notes_waiting(struct notes *out, struct arena *a, struct repo *repo,
			  const struct policy *policy, const struct oid *since)
{
	const char *dir = notes_dir(a, policy);
	struct strs paths = { 0 };
	bool bare = !repo_work_tree(repo);
	struct oid head;
	struct err *e = bare ? rev_head(&head, repo) : NULL;

	if (!e)
		e = list_notes(&paths, a, repo, dir, bare ? &head : NULL);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e); /* no commit yet */
		return NULL;
	}
	for (size_t i = 0; !e && i < paths.nr; i++) {
		struct buf bytes = BUF_INIT;
		struct note note;

		if (!is_note_path(paths.at[i], dir) ||
		    (since && tree_has(repo, since, paths.at[i]) == 1))
			continue;
		e = bare ? tree_file(&bytes, repo, &head, paths.at[i], NOTE_MAX)
			 : work_tree_read(&bytes, a, repo, paths.at[i]);
		if (!e && read_note(&note, a, paths.at[i], &bytes))
			vec_push(a, out, note);
		buf_release(&bytes);
		if (e &&
		    (e->code == ERR_NOT_FOUND || e->code == ERR_UNSUPPORTED)) {
			err_free(e); /* gone in the meantime, or no note */
			e = NULL;
		}
	}
	return e;
}
