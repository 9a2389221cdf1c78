/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/templates.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/text.h"
#include "cmd/create.h"
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
	return arena_printf(env->arena, "%s/.templates", env->policy.dir);
}

static const char *absolute_template(struct env *env, const char *path)
{
	return path_join(env->arena, repo_work_tree(env->repo), path);
}

static bool is_name(const char *name)
{
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "0123456789_-")];
}

static struct source find_template(struct env *env, const char *name,
				   enum language language)
{
	struct arena *a = env->arena;
	struct source source = { 0 };
	const char *const files[] = {
		arena_printf(a, "%s.%s" SUFFIX, name, languages[language]),
		arena_printf(a, "%s" SUFFIX, name),
	};

	if (!is_name(name))
		return source;
	for (size_t i = 0; !source.path && i < ARRAY_SIZE(files); i++) {
		const char *path = path_join(a, template_folder(env), files[i]);

		if (file_exists(absolute_template(env, path)))
			source.path = path;
	}
	for (size_t i = 0; !source.path && !source.own && i < ARRAY_SIZE(files);
	     i++)
		source.own =
			embed_find(arena_printf(a, BUILT_IN "%s", files[i]));
	return source;
}

/* --- all --- */

/* "retro" of "retro.en.md"; what is named otherwise is no template. */
static void add_name(struct strs *names, struct arena *a, const char *file)
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
			add_name(names, a, name + strlen(BUILT_IN));
	}
}

static struct err *list_template_names(struct strs *out, struct env *env)
{
	struct strs files = { 0 };
	struct err *e = create_check_inside(env, template_folder(env));

	if (!e)
		e = file_list(&files, env->arena,
			      absolute_template(env, template_folder(env)));
	for (size_t i = 0; i < files.nr; i++)
		add_name(out, env->arena, files.at[i]);
	add_built_in(out, env->arena);
	strs_sort(out);
	return e;
}

static void add_template_row(struct rows *out, struct env *env,
			     const char *name, const char *language,
			     const struct source *source)
{
	const char *from = "built in";

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

static void add_template_rows(struct rows *out, struct env *env,
			      const char *name)
{
	struct source en = find_template(env, name, LANGUAGE_EN);
	struct source zh = find_template(env, name, LANGUAGE_ZH);

	if (en.path && zh.path && !strcmp(en.path, zh.path)) {
		add_template_row(out, env, name, "any", &en);
		return;
	}
	add_template_row(out, env, name, languages[LANGUAGE_EN], &en);
	add_template_row(out, env, name, languages[LANGUAGE_ZH], &zh);
}

struct err *templates_list(struct buf *out, struct env *env)
{
	struct strs names = { 0 };
	struct rows rows = { 0 };
	struct style style;
	struct err *e = list_template_names(&names, env);

	if (e)
		return e;
	for (size_t i = 0; i < names.nr; i++)
		add_template_rows(&rows, env, names.at[i]);
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
	e = err_new(ERR_NOT_FOUND, "there is no template '%s'", name);
	if (nearest)
		return err_hint(e, "did you mean '%s'?", nearest);
	return err_hint(e, "'git retro new --list-templates' lists those "
			   "there are");
}

static struct err *read_team(struct buf *out, struct env *env, const char *path)
{
	struct err *e = create_check_inside(env, path);

	if (!e)
		e = file_read(out, absolute_template(env, path), FILE_MAX);
	if (!e && !out->n)
		e = err_new(ERR_UNSUPPORTED, "the template '%s' is empty",
			    path);
	return e;
}

struct err *templates_fill(struct buf *out, struct env *env, const char *name,
			   const struct draft *draft)
{
	struct source source = find_template(env, name, draft->language);
	struct draft filled = *draft;
	struct slots slots = { 0 };
	struct buf text = BUF_INIT;
	struct err *e = NULL;

	if (source.path)
		e = read_team(&text, env, source.path);
	else if (source.own)
		buf_add(&text, source.own->bytes, source.own->n);
	else
		e = template_not_found(env, name);
	if (!e) {
		filled.without_pitfalls = !strstr(text.p, "{{pitfalls}}");
		draft_slots(&slots, env->arena, &filled);
		template_fill(out, text.p, text.n, &slots);
	}
	buf_release(&text);
	return e;
}
