/* SPDX-License-Identifier: GPL-2.0-only */
/* Finding a retro by the name that a person gives it. */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "corpus/internal.h"
#include "corpus/latest.h"
#include "index/index.h"
#include "index/work_tree.h"
#include "model/body.h"

/* --- names --- */

/* Without an end slash. */
static const char *from_root(const struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *top = repo_work_tree(corpus->repo), *path;
	size_t n = top ? strlen(top) : 0;

	if (*name != '/')
		name = path_join(a, repo_prefix(corpus->repo), name);
	path = path_normal(a, name);
	if (*path != '/' || !top || strncmp(path, top, n))
		return path;
	return path[n] == '/' ? path + n + 1 : path[n] ? path : "";
}

const char *corpus_rooted(const struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *path = from_root(corpus, name);
	enum file_kind kind = FILE_NONE;
	size_t n = strlen(name);

	/* Where that cannot be told, it is not a folder by its name. */
	if (*path && repo_work_tree(corpus->repo))
		err_pass(work_tree_look(&kind, a, corpus->repo, path));
	if (*path && ((n && name[n - 1] == '/') || kind == FILE_FOLDER))
		path = arena_printf(a, "%s/", path);
	return path;
}

const char *corpus_display(const struct corpus *corpus,
			   const struct retro *retro)
{
	return path_relative(corpus->arena, repo_prefix(corpus->repo),
			     retro->path);
}

/* --- one that is read alone --- */

static struct err *read_file_at(struct buf *out, const struct corpus *corpus,
				const char *path)
{
	if (corpus->staged)
		return corpus_unstaged(out, corpus, path);
	return work_tree_read(out, corpus->arena, corpus->repo, path);
}

static bool is_sought_retro(const struct retro *retro, const struct strs *paths,
			    const char *id)
{
	return strs_has(paths, retro->path) || !strcmp(retro->id, id);
}

/* The retro of a file, if it has one of these names: as it was found before, or
 * read. */
static struct retro *read_named_retros(struct corpus *corpus, const char *path,
				       const struct strs *paths, const char *id)
{
	size_t before = corpus->diags.nr;
	struct retro *retro = NULL;
	struct buf b = BUF_INIT;
	struct err *e;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (!strcmp(corpus->retros.at[i]->path, path))
			return is_sought_retro(corpus->retros.at[i], paths, id)
				       ? corpus->retros.at[i]
				       : NULL;
	e = read_file_at(&b, corpus, path);
	if (!e)
		retro = corpus_parse(corpus, path, &b);
	err_pass(e);
	buf_release(&b);
	if (retro && is_sought_retro(retro, paths, id)) {
		const struct retros one = { &retro, 1, 1 };

		corpus_date(corpus, &one);
		vec_push(corpus->arena, &corpus->retros, retro);
		return retro;
	}
	corpus->diags.nr = before;
	return NULL;
}

/* The same of several files: the one retro that has such a name; NULL where it
 * is none, or several have. */
static struct retro *read_only(size_t *nr, struct corpus *corpus,
			       const struct strs *places,
			       const struct strs *paths, const char *id)
{
	struct retro *found = NULL;

	*nr = 0;
	for (size_t i = 0; i < places->nr; i++) {
		struct retro *retro =
			read_named_retros(corpus, places->at[i], paths, id);

		if (retro && strs_has(paths, retro->path))
			return retro;
		if (retro)
			found = retro;
		*nr += retro != NULL;
	}
	return *nr == 1 ? found : NULL;
}

/* One that is at the first of the paths that is a retro's, or else has the id,
 * from where the index has seen it; NULL where that does not tell for sure:
 * also where several have the id. */
static struct retro *find_alone(struct corpus *corpus, const struct strs *paths,
				const char *id)
{
	struct strs places = { 0 };
	size_t nr;

	if (corpus->surveyed || (corpus->commit && !corpus->staged) ||
	    !index_where(&places, corpus->arena, corpus->repo, corpus->policy,
			 paths, id))
		return NULL;
	return read_only(&nr, corpus, &places, paths, id);
}

/* Of what is about to be committed, which need not be what the work tree has;
 * *sure: it is this one, or none. */
static struct retro *find_committed(bool *sure, struct corpus *corpus,
				    const char *id)
{
	const struct strs none = { 0 };
	struct strs places = { 0 };
	struct retro *found = NULL;
	size_t nr = 0;

	*sure = corpus->staged && corpus_committed_ids(&places, corpus, id);
	if (*sure)
		found = read_only(&nr, corpus, &places, &none, id);
	*sure &= nr < 2;
	return found;
}

/* --- one of all --- */

static struct retro *retro_by_path(const struct corpus *corpus,
				   const struct strs *paths)
{
	for (size_t i = 0; i < paths->nr; i++)
		for (size_t j = 0; j < corpus->retros.nr; j++)
			if (!strcmp(corpus->retros.at[j]->path, paths->at[i]))
				return corpus->retros.at[j];
	return NULL;
}

static struct retro *retro_by_id(const struct corpus *corpus, const char *id)
{
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (!strcmp(corpus->retros.at[i]->id, id))
			return corpus->retros.at[i];
	return NULL;
}

typedef bool match_fn(const struct retro *retro, const char *name);

static bool has_this_id(const struct retro *retro, const char *name)
{
	return !strcmp(retro->id, name);
}

static bool covers_tag(const struct retro *retro, const char *name)
{
	return strs_has(&retro->releases, name);
}

static bool has_prefix(const struct retro *retro, const char *name)
{
	return *name && !strncmp(retro->id, name, strlen(name));
}

/* Behind the day with which an id begins; the id where it does not. */
static const char *slug_of(const char *id)
{
	static const char form[] = "dddd-dd-dd-";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'd' ? id[i] < '0' || id[i] > '9'
				   : id[i] != form[i])
			return id;
	return id + strlen(form);
}

static bool has_slug(const struct retro *retro, const char *name)
{
	return !strcmp(slug_of(retro->id), name);
}

static bool has_part(const struct retro *retro, const char *name)
{
	return *name && (strcasestr(retro->id, name) ||
			 (retro->title && strcasestr(retro->title, name)));
}

/* The one retro that matches; several are an error that names them, those that
 * share an id by their paths. */
static struct err *only_match(struct retro **out, const struct corpus *corpus,
			      const char *name, match_fn *matches)
{
	struct buf ids = BUF_INIT;
	size_t found = 0;
	struct err *e = NULL;

	for (size_t i = 0; i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (!matches(retro, name))
			continue;
		if (!found++)
			*out = retro;
		if (found <= 5)
			buf_addf(&ids, "%s%s", found > 1 ? ", " : "",
				 matches == has_this_id ? retro->path
							: retro->id);
	}
	if (found > 1)
		e = err_hint(err_new(ERR_FAILED, _("'%s' matches %zu retros"),
				     name, found),
			     _("use one of: %s%s"), ids.p,
			     found > 5 ? ", ..." : "");
	buf_release(&ids);
	return e;
}

static struct err *no_such_retro(const struct corpus *corpus, const char *name)
{
	struct strs ids = { 0 };
	struct err *e =
		err_new(ERR_NOT_FOUND, _("there is no retro '%s'"), name);
	const char *nearest;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		vec_push(corpus->arena, &ids, corpus->retros.at[i]->id);
	nearest = text_nearest(name, &ids);
	if (nearest)
		return err_hint(e, _("did you mean '%s'?"), nearest);
	return err_hint(e, _("'git retro list' lists them"));
}

static struct err *find_among_all(struct retro **out, struct corpus *corpus,
				  const struct strs *paths, const char *name)
{
	struct err *e = corpus_survey(corpus);

	if (e)
		return e;
	*out = retro_by_path(corpus, paths);
	if (*out)
		return NULL;
	e = only_match(out, corpus, name, has_this_id);
	if (!e && !*out)
		if (!strcmp(name, "@"))
			e = corpus_latest(out, corpus);
	if (!e && !*out)
		e = only_match(out, corpus, name, covers_tag);
	if (!e && !*out)
		e = only_match(out, corpus, name, has_slug);
	if (!e && !*out)
		e = only_match(out, corpus, name, has_prefix);
	if (!e && !*out)
		e = only_match(out, corpus, name, has_part);
	if (!e && !*out)
		e = no_such_retro(corpus, name);
	return e;
}

struct err *corpus_find(struct retro **out, struct corpus *corpus,
			const char *name)
{
	struct strs paths = { 0 };

	vec_push(corpus->arena, &paths, from_root(corpus, name));
	vec_push(corpus->arena, &paths, path_normal(corpus->arena, name));
	*out = find_alone(corpus, &paths, name);
	return *out ? NULL : find_among_all(out, corpus, &paths, name);
}

struct err *corpus_find_at(struct retro **out, struct corpus *corpus,
			   const char *path)
{
	const struct strs paths = { &path, 1, 1 };

	*out = read_named_retros(corpus, path, &paths, path);
	return *out ? NULL : no_such_retro(corpus, path);
}

static struct err *see_pitfall(const struct problem_name *name)
{
	const struct retro *retro = name->retro;

	if (!name->number || body_pitfall(retro->body, name->number) ||
	    retro_problem(retro, name->number))
		return NULL;
	return err_hint(err_new(ERR_NOT_FOUND, _("%s has no pitfall %s"),
				retro->id, name->number),
			_("'git retro show %s --section pitfalls' shows them"),
			retro->id);
}

struct err *corpus_find_problems(struct problem_names *out,
				 struct retros *retros, struct corpus *corpus,
				 const struct strs *names)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < names->nr; i++) {
		struct problem_name one = { 0 };
		const char *name;
		bool known = false;

		problem_split(&name, &one.number, corpus->arena, names->at[i]);
		e = corpus_find(&one.retro, corpus, name);
		if (!e)
			e = see_pitfall(&one);
		for (size_t j = 0; !e && j < retros->nr; j++)
			known |= retros->at[j] == one.retro;
		if (e)
			continue;
		vec_push(corpus->arena, out, one);
		if (!known)
			vec_push(corpus->arena, retros, one.retro);
	}
	return e;
}

bool problem_names_have(const struct problem_names *names,
			const struct retro *retro,
			const struct problem *problem)
{
	for (size_t i = 0; i < names->nr; i++) {
		const struct problem_name *name = &names->at[i];

		if (name->retro == retro &&
		    (!name->number ||
		     (problem->pitfall &&
		      !strcasecmp(problem->pitfall, name->number))))
			return true;
	}
	return false;
}

struct err *corpus_find_all(struct retros *out, struct corpus *corpus,
			    const struct strs *names)
{
	struct retro *retro;
	struct err *e = NULL;

	for (size_t i = 0; !e && i < names->nr; i++) {
		e = corpus_find(&retro, corpus, names->at[i]);
		if (!e)
			vec_push(corpus->arena, out, retro);
	}
	return e;
}

struct retro *corpus_by_id(struct corpus *corpus, const char *id)
{
	const struct strs none = { 0 };
	struct retro *retro = retro_by_id(corpus, id);
	bool sure = false;

	if (!retro)
		retro = find_alone(corpus, &none, id);
	if (!retro && !corpus->surveyed)
		retro = find_committed(&sure, corpus, id);
	if (retro || sure || corpus->surveyed)
		return retro;
	err_pass(corpus_survey(corpus));
	return retro_by_id(corpus, id);
}

/* --- several of one id --- */

/* What came or went since is then known. */
static bool look_anew(struct strs *places, struct corpus *corpus,
		      const char *id)
{
	const struct strs none = { 0 };
	struct diags ignored = { .arena = corpus->arena };
	struct index *index = NULL;

	if (repo_work_tree(corpus->repo))
		err_pass(index_open(&index, corpus->arena, corpus->repo,
				    corpus->policy, NULL, 0, &ignored));
	index_close(index);
	return index_where(places, corpus->arena, corpus->repo, corpus->policy,
			   &none, id);
}

static bool add_namesakes_of(struct corpus *corpus, const char *id)
{
	const struct strs none = { 0 };
	struct strs places = { 0 };

	if (corpus->commit && !corpus->staged)
		return false;
	if (!index_where(&places, corpus->arena, corpus->repo, corpus->policy,
			 &none, id) &&
	    !(corpus->staged && corpus_committed_ids(&places, corpus, id)) &&
	    !look_anew(&places, corpus, id))
		return false;
	for (size_t i = 0; i < places.nr; i++)
		read_named_retros(corpus, places.at[i], &none, id);
	return true;
}

struct err *corpus_add_namesakes(struct corpus *corpus,
				 const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr && !corpus->surveyed; i++)
		if (!add_namesakes_of(corpus, retros->at[i]->id))
			return corpus_survey(corpus);
	return NULL;
}

bool corpus_shares_id(struct corpus *corpus, const struct retro *retro)
{
	struct err *e = corpus_survey(corpus);
	size_t nr = 0;

	err_pass(e);
	for (size_t i = 0; i < corpus->retros.nr; i++)
		nr += !strcmp(corpus->retros.at[i]->id, retro->id);
	return nr > 1;
}
