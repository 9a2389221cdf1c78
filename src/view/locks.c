/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/locks.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"

/* Versions of one package on one side. */
#define VERSIONS_MAX 4

/* The language of messages. */
static enum language spoken(void)
{
	/* TRANSLATORS: the language of this catalog: en or zh. */
	return strcmp(_("en"), "zh") ? LANGUAGE_EN : LANGUAGE_ZH;
}

static const char *named_lock(struct arena *a, enum package_kind kind,
			      const char *name, enum language language)
{
	bool chinese = language == LANGUAGE_ZH;

	switch (kind) {
	case PACKAGE_IMAGE:
		return arena_printf(
			a, chinese ? "基础镜像 %s" : "base image %s", name);
	case PACKAGE_DATA:
		return arena_printf(a, chinese ? "数据 %s" : "data %s", name);
	case PACKAGE_LIBRARY:
	case PACKAGE_RUNTIME:
	case PACKAGE_PARAMETER:
	case PACKAGE_KINDS:
		break;
	}
	return name;
}

static void put_versions(struct buf *out, const struct strs *versions,
			 const char *any)
{
	for (size_t i = 0; i < versions->nr && i < VERSIONS_MAX; i++)
		buf_addf(out, "%s%s", i ? ", " : "",
			 *versions->at[i] ? versions->at[i] : any);
	if (versions->nr > VERSIONS_MAX)
		buf_addstr(out, ", …");
}

const char *package_change_text(struct arena *a,
				const struct package_change *change,
				enum language language)
{
	bool chinese = language == LANGUAGE_ZH;
	const char *any = chinese ? "不限" : "any";
	struct buf b = BUF_INIT;
	const char *text;

	buf_addf(&b, "%s%s",
		 change->added     ? "+"
		 : change->removed ? "−"
				   : "",
		 named_lock(a, change->kind, change->name, language));
	if (change->added && (change->after.nr > 1 || *change->after.at[0])) {
		buf_addch(&b, ' ');
		put_versions(&b, &change->after, any);
	} else if (!change->added && !change->removed) {
		buf_addch(&b, ' ');
		put_versions(&b, &change->before, any);
		buf_addstr(&b, " → ");
		put_versions(&b, &change->after, any);
	}
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

void lock_items(struct strs *out, struct arena *a,
		const struct lock_change *change, enum language language,
		size_t max)
{
	bool chinese = language == LANGUAGE_ZH;
	size_t nr = change->changes.nr;
	bool whole = change->added || change->removed;

	if (change->unread) {
		vec_push(a, out,
			 arena_printf(a,
				      chinese ? "未读取：%s" : "not read: %s",
				      change->unread));
		return;
	}
	if (whole && nr > max) {
		vec_push(a, out,
			 change->added
				 ? arena_printf(a,
						chinese ? "新增，共 %zu 个包"
							: "new, %zu packages",
						change->packages)
				 : arena_printf(a,
						chinese ? "已删除，共 %zu 个包"
							: "gone, %zu packages",
						change->packages));
		return;
	}
	if (nr > max && nr - max > 1)
		nr = max;
	for (size_t i = 0; i < nr; i++)
		vec_push(a, out,
			 package_change_text(a, &change->changes.at[i],
					     language));
	if (nr < change->changes.nr)
		vec_push(a, out,
			 arena_printf(a,
				      chinese ? "另有 %zu 项" : "and %zu more",
				      change->changes.nr - nr));
}

void lock_items_spoken(struct strs *out, struct arena *a,
		       const struct lock_change *change, size_t max)
{
	lock_items(out, a, change, spoken(), max);
}

/* --- for programs --- */

json_t *lock_changes_json(const struct lock_changes *changes)
{
	json_t *array = json_array();

	for (size_t i = 0; i < changes->nr; i++) {
		const struct lock_change *lock = &changes->at[i];
		json_t *json = json_object(), *list = json_array();

		for (size_t j = 0; j < lock->changes.nr; j++) {
			const struct package_change *change =
				&lock->changes.at[j];
			json_t *one = json_object();

			object_set_text(one, "kind",
					package_kind_name(change->kind));
			object_set_text(one, "name", change->name);
			object_set(one, "direct", json_boolean(change->direct));
			object_set(one, "before", object_list(&change->before));
			object_set(one, "after", object_list(&change->after));
			json_array_append_new(list, one);
		}
		object_set_text(json, "path", lock->path);
		object_set_text(json, "format",
				lock->format ? lock->format->name : NULL);
		object_set(json, "added", json_boolean(lock->added));
		object_set(json, "removed", json_boolean(lock->removed));
		object_set_text(json, "unread", lock->unread);
		object_set(json, "changes", list);
		json_array_append_new(array, json);
	}
	return array;
}

json_t *locks_json(const struct locks *locks)
{
	json_t *array = json_array();

	for (size_t i = 0; i < locks->nr; i++) {
		const struct lock *lock = &locks->at[i];
		json_t *json = json_object(), *list = json_array();

		for (size_t j = 0; j < lock->packages.nr; j++) {
			const struct package *package = &lock->packages.at[j];
			json_t *one = json_object();

			object_set_text(one, "kind",
					package_kind_name(package->kind));
			object_set_text(one, "name", package->name);
			object_set_text(one, "version", package->version);
			object_set(one, "direct",
				   json_boolean(package->direct));
			json_array_append_new(list, one);
		}
		object_set_text(json, "path", lock->path);
		object_set_text(json, "format",
				lock->format ? lock->format->name : NULL);
		object_set_text(json, "unread", lock->unread);
		object_set(json, "packages", list);
		json_array_append_new(array, json);
	}
	return array;
}

/* --- for a person --- */

static void put_lock_path(struct buf *out, const struct style *style,
			  struct arena *a, const char *path)
{
	if (out->n)
		buf_addch(out, '\n');
	style_put(out, style, STYLE_KEY, text_cleaned(a, path));
	buf_addch(out, '\n');
}

/* An environment, which has no format, names the file itself. */
static void put_lock_unread(struct buf *out, const struct style *style,
			    const char *why, bool is_file)
{
	buf_addf(out, "  %s", style_on(style, STYLE_WARNING));
	buf_addf(out, is_file ? _("not read: %s") : "%s", why);
	buf_addf(out, "%s\n", style_on(style, STYLE_PLAIN));
}

static bool tells_direct(const struct packages *packages)
{
	for (size_t i = 0; i < packages->nr; i++)
		if (packages->at[i].direct &&
		    packages->at[i].kind == PACKAGE_LIBRARY)
			return true;
	return false;
}

static void put_packages(struct buf *out, struct arena *a,
			 const struct packages *packages)
{
	bool direct = tells_direct(packages);
	size_t others = 0;

	for (size_t i = 0; i < packages->nr; i++) {
		const struct package *package = &packages->at[i];

		if (direct && !package->direct) {
			others++;
			continue;
		}
		buf_addf(out, "  %s%s%s\n",
			 named_lock(a, package->kind,
				    text_cleaned(a, package->name), spoken()),
			 *package->version ? " " : "",
			 text_cleaned(a, package->version));
	}
	if (others)
		buf_addf(out, _("  and %zu that these need\n"), others);
}

void locks_text(struct buf *out, const struct style *style,
		const struct locks *locks)
{
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < locks->nr; i++) {
		const struct lock *lock = &locks->at[i];

		if (!lock->unread && !lock->packages.nr)
			continue;
		put_lock_path(out, style, &arena, lock->path);
		if (lock->unread)
			put_lock_unread(out, style, lock->unread,
					lock->format != NULL);
		put_packages(out, &arena, &lock->packages);
	}
	arena_release(&arena);
}

static enum style_role change_role(const struct package_change *change)
{
	return change->added     ? STYLE_GOOD
	       : change->removed ? STYLE_ERROR
				 : STYLE_PLAIN;
}

void lock_changes_text(struct buf *out, const struct style *style,
		       const struct lock_changes *changes)
{
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < changes->nr; i++) {
		const struct lock_change *lock = &changes->at[i];

		put_lock_path(out, style, &arena, lock->path);
		if (lock->unread)
			put_lock_unread(out, style, lock->unread,
					lock->format != NULL);
		for (size_t j = 0; j < lock->changes.nr; j++) {
			const struct package_change *change =
				&lock->changes.at[j];

			buf_addstr(out, "  ");
			style_put(out, style, change_role(change),
				  text_cleaned(&arena, package_change_text(
							       &arena, change,
							       spoken())));
			buf_addch(out, '\n');
		}
	}
	arena_release(&arena);
}

void lock_changes_summary(struct buf *out, const struct style *style,
			  const struct lock_changes *changes)
{
	struct arena arena = ARENA_INIT;

	if (changes->nr) {
		style_put(out, style, STYLE_KEY, _("Dependencies:"));
		buf_addch(out, '\n');
	}
	for (size_t i = 0; i < changes->nr; i++) {
		struct strs items = { 0 };

		lock_items_spoken(&items, &arena, &changes->at[i], LOCK_ITEMS);
		buf_addf(out, "  %s",
			 text_cleaned(&arena, changes->at[i].path));
		for (size_t j = 0; j < items.nr; j++)
			buf_addf(out, "%s%s", j ? ", " : ": ",
				 text_cleaned(&arena, items.at[j]));
		buf_addch(out, '\n');
	}
	arena_release(&arena);
}
