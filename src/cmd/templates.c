/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/templates.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cmd/create.h"
#include "index/work_tree.h"
#include "model/template.h"
#include "view/columns.h"

#define BUILT_IN "templates/"
#define SUFFIX   ".md"

static const char *const languages[] = {
	[LANGUAGE_EN] = "en",
	[LANGUAGE_ZH] = "zh",
};

/* --- one --- */

/* One of the two, or neither. */
struct source {
	const char *path; /* of the team, from the root */
	const struct embed *own;
};

static const char *template_folder(struct env *env)
{
	return path_join(env->arena, env->policy.dir, ".templates");
}

static bool is_name(const char *name)
{
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "0123456789_-")];
}

static struct err *find_template(struct source *out, struct env *env,
				 const char *name, enum language language)
{
	struct arena *a = env->arena;
	struct err *e = NULL;
	const char *const files[] = {
		arena_printf(a, "%s.%s" SUFFIX, name, languages[language]),
		arena_printf(a, "%s" SUFFIX, name),
	};

	*out = (struct source){ 0 };
	if (!is_name(name))
		return NULL;
	for (size_t i = 0; !e && !out->path && i < ARRAY_SIZE(files); i++) {
		const char *path = path_join(a, template_folder(env), files[i]);
		enum file_kind kind;

		e = work_tree_look(&kind, a, env->repo, path);
		if (kind != FILE_NONE)
			out->path = path;
	}
	for (size_t i = 0; !out->path && !out->own && i < ARRAY_SIZE(files);
	     i++)
		out->own = embed_find(arena_printf(a, BUILT_IN "%s", files[i]));
	return e;
}

/* --- all --- */

/* "retro" of "retro.en.md"; what is named otherwise is no template. */
static void add_template_name(struct strs *names, struct arena *a,
			      const char *file)
{
	size_t n = strlen(file), suffix = strlen(SUFFIX);
	const char *name;

	if (n <= suffix || strcmp(file + n - suffix, SUFFIX) != 0)
		return;
	n -= suffix;
	for (size_t i = 0; i < ARRAY_SIZE(languages); i++)
		if (n > 3 && file[n - 3] == '.' &&
		    !strncmp(file + n - 2, languages[i], 2)) {
			n -= 3;
			break;
		}
	name = arena_strndup(a, file, n);
	if (is_name(name) && !strs_has(names, name))
		vec_push(a, names, name);
}

/* Of the built-in ones, those for a person: `skip` alone fills a waiver, which
 * is in no language. */
static void add_built_in(struct strs *names, struct arena *a)
{
	for (size_t i = 0; i < embed_count; i++) {
		const char *name = embed_table[i].name;

		if (!strncmp(name, BUILT_IN, strlen(BUILT_IN)) &&
		    strcmp(name, BUILT_IN "waiver" SUFFIX) != 0)
			add_template_name(names, a, name + strlen(BUILT_IN));
	}
}

static struct err *list_template_names(struct strs *out, struct env *env)
{
	struct file_tree tree = { 0 };
	const char *dir = template_folder(env);
	struct err *e = work_tree_list(&tree, env->arena, env->repo, dir);

	for (size_t i = 0; i < tree.files.nr; i++)
		add_template_name(out, env->arena,
				  tree.files.at[i] + strlen(dir) + 1);
	add_built_in(out, env->arena);
	strs_sort(out);
	return e;
}

static void add_template_row(struct rows *out, struct env *env,
			     const char *name, const char *language,
			     const struct source *source)
{
	const char *from = _("built in");

	if (source->path)
		from = text_cleaned(env->arena,
				    path_relative(env->arena,
						  repo_prefix(env->repo),
						  source->path));
	else if (!source->own)
		return;
	vec_push(env->arena, out,
		 (struct row){ .text = { name, language, from },
			       .role = { STYLE_ID } });
}

static struct err *add_template_rows(struct rows *out, struct env *env,
				     const char *name)
{
	struct source en, zh;
	struct err *e = find_template(&en, env, name, LANGUAGE_EN);

	if (!e)
		e = find_template(&zh, env, name, LANGUAGE_ZH);
	if (e)
		return e;
	if (en.path && zh.path && !strcmp(en.path, zh.path)) {
		add_template_row(out, env, name, "any", &en);
		return NULL;
	}
	add_template_row(out, env, name, languages[LANGUAGE_EN], &en);
	add_template_row(out, env, name, languages[LANGUAGE_ZH], &zh);
	return NULL;
}

struct err *templates_list(struct buf *out, struct env *env)
{
	struct strs names = { 0 };
	struct rows rows = { 0 };
	struct style style;
	struct err *e = list_template_names(&names, env);

	for (size_t i = 0; !e && i < names.nr; i++)
		e = add_template_rows(&rows, env, names.at[i]);
	if (e)
		return e;
	style_init(&style, env->config, 1);
	columns_put(out, &style, &rows, 3);
	return NULL;
}

/* --- filling --- */

static struct err *template_not_found(struct env *env, const char *name)
{
	struct strs names = { 0 };
	const char *nearest;
	struct err *e = list_template_names(&names, env);

	if (e)
		return e;
	nearest = text_nearest(name, &names);
	e = err_new(ERR_NOT_FOUND, _("there is no template '%s'"), name);
	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(
		e, _("'git retro new --list-templates' lists the templates"));
}

static struct err *read_team(struct buf *out, struct env *env, const char *path)
{
	struct err *e = work_tree_read(out, env->arena, env->repo, path);

	if (!e && !out->n)
		e = err_new(ERR_UNSUPPORTED, _("template '%s' is empty"), path);
	return e;
}

/* Whether the template has a place for a field of its own, or a line of it. */
static bool has_template_key(const char *text, const char *key)
{
	char line[32], slot[32];

	snprintf(line, sizeof(line), "\n%s:", key);
	snprintf(slot, sizeof(slot), "{{%s}}", key);
	return strstr(text, line) || strstr(text, slot);
}

struct err *templates_fill(struct buf *out, struct env *env, const char *name,
			   const struct draft *draft)
{
	struct source source;
	struct draft filled = *draft;
	struct slots slots = { 0 };
	struct buf text = BUF_INIT;
	struct err *e = find_template(&source, env, name, draft->language);

	if (e)
		return e;
	if (source.path)
		e = read_team(&text, env, source.path);
	else if (source.own)
		buf_add(&text, source.own->bytes, source.own->n);
	else
		e = template_not_found(env, name);
	if (!e) {
		filled.metrics_elsewhere = has_template_key(text.p, "metrics");
		filled.environment_elsewhere =
			has_template_key(text.p, "environment");
		filled.without_pitfalls = !strstr(text.p, "{{pitfalls}}");
		filled.without[NOTE_PITFALL] = filled.without_pitfalls;
		filled.without[NOTE_HARD] = !strstr(text.p, "{{hard}}");
		filled.without[NOTE_SOLVED] = !strstr(text.p, "{{solutions}}");
		filled.without[NOTE_IMPROVE] = !strstr(text.p, "{{improve}}");
		draft_slots(&slots, env->arena, &filled);
		template_fill(out, text.p, text.n, &slots);
	}
	buf_release(&text);
	return e;
}
