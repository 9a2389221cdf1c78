/* SPDX-License-Identifier: GPL-2.0-only */
#include "capture/values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/toml.h"
#include "git/tree.h"
#include "model/node_json.h"

/* --- leaves --- */

/* Bytes of all names of a file: each has the whole path that leads to it. */
#define NAMES_MAX ((size_t)64 << 20)

struct leaves {
	struct packages *out;
	struct arena *a;
	bool numbers;
	size_t names; /* bytes */
};

static bool is_numeric(const struct node *node)
{
	char *end;

	if (!node->plain || !*node->text)
		return false;
	if (!strcmp(node->text, ".nan") || !strcmp(node->text, ".NaN") ||
	    !strcmp(node->text, ".inf") || !strcmp(node->text, "-.inf"))
		return true;
	strtod(node->text, &end);
	return !*end && !isspace((unsigned char)*node->text);
}

/* As flow YAML, on one line. */
static void put_list_text(struct buf *out, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		buf_addstr(out, node->text);
		return;
	}
	buf_addch(out, node->kind == NODE_LIST ? '[' : '{');
	for (size_t i = 0; i < node->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		if (node->kind == NODE_MAP)
			buf_addf(out, "%s: ", node->pairs[i].key->text);
		put_list_text(out, node->kind == NODE_MAP ? node->pairs[i].value
							  : node->items[i]);
	}
	buf_addch(out, node->kind == NODE_LIST ? ']' : '}');
}

static void add_leaf(struct leaves *leaves, const char *name,
		     const struct node *node)
{
	struct buf text = BUF_INIT;

	if (leaves->numbers && (node->kind != NODE_SCALAR || !is_numeric(node)))
		return;
	put_list_text(&text, node);
	package_add(leaves->out, leaves->a, PACKAGE_PARAMETER, name,
		    arena_strndup(leaves->a, text.p, text.n));
	buf_release(&text);
}

static void add_leaves(struct leaves *leaves, const char *prefix,
		       const struct node *node)
{
	if (node->kind != NODE_MAP) {
		if (*prefix)
			add_leaf(leaves, prefix, node);
		return;
	}
	for (size_t i = 0; i < node->nr && leaves->names <= NAMES_MAX; i++) {
		const char *name = node->pairs[i].key->text;

		if (*prefix)
			name = arena_printf(leaves->a, "%s.%s", prefix, name);
		leaves->names += strlen(name);
		add_leaves(leaves, name, node->pairs[i].value);
	}
}

static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), len = strlen(end);

	return n > len && !strcmp(path + n - len, end);
}

struct err *values_read(struct packages *out, struct arena *a, const char *path,
			const char *bytes, size_t n, bool numbers)
{
	struct leaves leaves = { .out = out, .a = a, .numbers = numbers };
	const struct node *root = NULL;
	struct err *e;

	if (ends_with(path, ".json"))
		e = node_json(&root, a, bytes, n);
	else if (ends_with(path, ".toml"))
		e = toml_read(&root, a, bytes, n);
	else
		e = node_yaml(&root, a, bytes, n);
	if (!e && root)
		add_leaves(&leaves, "", root);
	if (!e && leaves.names > NAMES_MAX)
		e = err_new(ERR_UNSUPPORTED,
			    _("the names of its values are too long"));
	return e;
}

/* --- which files are metrics --- */

static bool is_usual(const char *path)
{
	static const char *const names[] = { "metrics.json", "metrics.yaml",
					     "metrics.yml",
					     "wandb-summary.json" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(path_base(path), names[i]))
			return true;
	return false;
}

/* A list of paths, each alone or as the key of its own settings. */
static void list_metrics(struct strs *out, struct arena *a, const char *dir,
			 const struct node *list)
{
	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->nr;
	     i++) {
		const struct node *item = list->items[i];
		const char *name = item->kind == NODE_SCALAR ? item->text
				   : item->kind == NODE_MAP && item->nr
					   ? item->pairs[0].key->text
					   : NULL;

		if (name)
			vec_push(a, out,
				 path_normal(a, path_join(a, dir, name)));
	}
}

static struct err *list_dvc_metrics(struct strs *out, struct arena *a,
				    struct repo *repo, const struct oid *commit,
				    const char *path)
{
	size_t n = strlen(path) - strlen(path_base(path));
	const char *dir = arena_strndup(a, path, n ? n - 1 : 0);
	struct buf bytes = BUF_INIT;
	const struct node *root = NULL, *stages;
	struct err *e = tree_file(&bytes, repo, commit, path, LOCK_MAX);

	if (!e)
		e = node_yaml(&root, a, bytes.p, bytes.n);
	list_metrics(out, a, dir, node_get(root, "metrics"));
	stages = node_get(root, "stages");
	for (size_t i = 0; stages && stages->kind == NODE_MAP && i < stages->nr;
	     i++)
		list_metrics(out, a, dir,
			     node_get(stages->pairs[i].value, "metrics"));
	buf_release(&bytes);
	err_pass(e); /* it names none, then */
	return NULL;
}

static bool can_have_values(const char *path)
{
	return ends_with(path, ".json") || ends_with(path, ".yaml") ||
	       ends_with(path, ".yml") || ends_with(path, ".toml");
}

/* The folders that lead to a file, the root as "". */
static void add_folders(struct strs *out, struct arena *a, const char *path)
{
	for (const char *slash = path; (slash = strchr(slash, '/')); slash++)
		strs_add(a, out,
			 arena_strndup(a, path, (size_t)(slash - path)));
}

/* No more folders are looked into: a range that touches so many is not about
 * metrics. */
enum { FOLDERS_MAX = 500 };

/* Of each dvc.yaml of the newer side that stands above a file that changed. */
static struct err *list_named(struct strs *out, struct arena *a,
			      struct repo *repo, const struct oid *commit,
			      const struct strs *paths)
{
	struct strs folders = { 0 };
	struct err *e = NULL;

	vec_push(a, &folders, "");
	for (size_t i = 0; i < paths->nr && folders.nr < FOLDERS_MAX; i++)
		if (can_have_values(paths->at[i]))
			add_folders(&folders, a, paths->at[i]);
	for (size_t i = 0; !e && i < folders.nr; i++) {
		const char *path = path_join(a, folders.at[i], "dvc.yaml");

		if (tree_has(repo, commit, path) == 1)
			e = list_dvc_metrics(out, a, repo, commit, path);
	}
	return e;
}

/* --- both ends --- */

/* `*had` is false if there is no such file. */
static struct err *values_at(struct packages *out, bool *had,
			     struct measures *told, struct arena *a,
			     struct repo *repo, const struct oid *commit,
			     const char *path)
{
	struct buf bytes = BUF_INIT;
	struct err *e = NULL;

	*had = commit && tree_has(repo, commit, path) != 0;
	if (*had)
		e = tree_file(&bytes, repo, commit, path, LOCK_MAX);
	if (*had && !e)
		e = values_read(out, a, path, bytes.p, bytes.n, true);
	buf_release(&bytes);
	if (e && (e->code == ERR_UNSUPPORTED || e->code == ERR_NOT_FOUND ||
		  e->code == ERR_MISSING)) {
		vec_push(a, &told->unread,
			 arena_printf(a, _("%s: not read: %s"), path,
				      text_cleaned(a, e->text)));
		err_free(e);
		e = NULL;
		*had = false;
	}
	package_sort(out);
	return e;
}

static int by_value_name(const void *a, const void *b)
{
	const struct package_change *one = a, *two = b;

	return strcmp(one->name, two->name);
}

static struct err *measure_file(struct measures *out, struct arena *a,
				struct repo *repo, const struct range *range,
				const char *path)
{
	struct packages before = { 0 }, after = { 0 };
	struct package_changes changes = { 0 };
	size_t unread = out->unread.nr;
	bool had, has;
	struct err *e =
		values_at(&before, &had, out, a, repo, range->from, path);

	if (!e)
		e = values_at(&after, &has, out, a, repo, &range->to, path);
	if (e || out->unread.nr > unread)
		return e;
	if (had && !has) {
		vec_push(a, &out->unread,
			 arena_printf(a, _("%s: does not exist any more"),
				      path));
		return NULL;
	}
	packages_compare(&changes, a, &before, &after);
	if (changes.nr)
		qsort(changes.at, changes.nr, sizeof(*changes.at),
		      by_value_name);
	for (size_t i = 0; i < changes.nr; i++) {
		const struct package_change *change = &changes.at[i];

		vec_push(a, out,
			 (struct metric_step){
				 change->name,
				 change->added ? NULL : change->before.at[0],
				 change->removed ? NULL : change->after.at[0],
				 path });
	}
	return NULL;
}

struct err *measures_of_range(struct measures *out, struct arena *a,
			      struct repo *repo, const struct range *range,
			      const struct strs *paths)
{
	struct strs named = { 0 }, sorted = { 0 };
	struct err *e = list_named(&named, a, repo, &range->to, paths);

	for (size_t i = 0; !e && i < paths->nr; i++)
		if (is_usual(paths->at[i]) || strs_has(&named, paths->at[i]))
			strs_add(a, &sorted, paths->at[i]);
	strs_sort(&sorted);
	for (size_t i = 0; !e && i < sorted.nr; i++)
		e = measure_file(out, a, repo, range, sorted.at[i]);
	return e;
}
