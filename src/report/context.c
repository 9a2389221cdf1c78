/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/context.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "git/diff.h"
#include "git/lookup.h"
#include "git/oidset.h"
#include "git/rev.h"
#include "git/tree.h"
#include "model/body.h"
#include "report/touched.h"

/* A change of more files than this is a sweep: where it passes is no sign of
 * what it is about. */
#define SWEEP 25

/* A tied commit of one retro. */
struct linked {
	size_t finding; /* its place in `all` */
	const char *role;
	const char *name;
	struct oid id; /* zeros: not here */
};

struct look {
	struct corpus *corpus;
	struct arena *arena;
	const struct context_question *question;
	struct findings all; /* one for each retro that counts */
	struct VEC_OF(struct linked) linked;
	struct strs sorted; /* the paths in question */
	struct strs bases;  /* and what is behind their last slash */
	struct strs names;  /* every path of HEAD, sorted, once needed */
	bool named;
};

/* --- which retros, and their commits --- */

static void add_linked(struct look *look, const char *role,
		       const struct strs *names)
{
	for (size_t i = 0; i < names->nr; i++)
		vec_push(look->arena, &look->linked,
			 (struct linked){ look->all.nr - 1,
					  role,
					  names->at[i],
					  { { 0 } } });
}

static struct err *resolve_findings(struct look *look)
{
	size_t nr = look->linked.nr;
	struct oid *ids = arena_alloc(look->arena, (nr + 1) * sizeof(*ids));
	struct strs names = { 0 };
	struct err *e;

	if (!nr)
		return NULL;
	for (size_t i = 0; i < nr; i++)
		vec_push(look->arena, &names, look->linked.at[i].name);
	e = lookup_ids(ids, look->corpus->repo, &names);
	for (size_t i = 0; !e && i < nr; i++)
		look->linked.at[i].id = ids[i];
	return e;
}

static struct err *list_retros(struct look *look)
{
	const struct retros *retros = &look->corpus->retros;

	for (size_t i = 0; i < retros->nr; i++) {
		struct retro *retro = retros->at[i];

		if (retro->status == STATUS_SUPERSEDED ||
		    retro->status == STATUS_WAIVED)
			continue;
		vec_push(look->arena, &look->all,
			 (struct finding){ .retro = retro });
		add_linked(look, "cause", &retro->commits.cause);
		add_linked(look, "fix", &retro->commits.fix);
		add_linked(look, "other", &retro->commits.other);
	}
	return resolve_findings(look);
}

/* --- evidence --- */

static void add_evidence(struct look *look, size_t finding,
			 struct evidence evidence)
{
	struct finding *to = &look->all.at[finding];

	for (size_t i = 0; i < to->evidence.nr; i++)
		if (evidence.path && to->evidence.at[i].path &&
		    !strcmp(to->evidence.at[i].path, evidence.path))
			return; /* a stronger one came first */
	vec_push(look->arena, &to->evidence, evidence);
}

static void find_commits(struct look *look)
{
	const struct oids *commits = &look->question->commits;
	struct oidset set = OIDSET_INIT;

	for (size_t i = 0; i < commits->nr; i++)
		oidset_add(&set, &commits->at[i]);
	for (size_t i = 0; i < look->linked.nr; i++) {
		const struct linked *linked = &look->linked.at[i];
		struct evidence evidence = { .type = EVIDENCE_COMMIT };

		if (oid_is_zero(&linked->id) || !oidset_has(&set, &linked->id))
			continue;
		evidence.role = linked->role;
		evidence.commit = linked->id;
		add_evidence(look, linked->finding, evidence);
	}
	oidset_release(&set);
}

/* --- which paths it could be, before each is looked at --- */

static int by_evidence_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_paths(struct look *look)
{
	const struct strs *paths = &look->question->paths;

	strs_append(look->arena, &look->sorted, paths);
	strs_sort(&look->sorted);
	for (size_t i = 0; i < paths->nr; i++)
		vec_push(look->arena, &look->bases, path_base(paths->at[i]));
}

/* Whether one of the paths begins with the `n` bytes. */
static bool any_begins(const struct look *look, const char *start, size_t n)
{
	size_t low = 0, high = look->sorted.nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(look->sorted.at[middle], start, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < look->sorted.nr &&
	       !strncmp(look->sorted.at[low], start, n);
}

static bool may_be_named(const struct look *look, const char *name)
{
	const char *base = path_base(name);

	for (size_t i = 0; i < look->bases.nr; i++)
		if (*look->bases.at[i] == *base &&
		    !strcmp(look->bases.at[i], base))
			return true;
	return any_begins(look, name, strlen(name));
}

/* A glob with a slash before its end holds from the root, so a path begins as
 * it does up to its first wildcard. */
static bool may_match(const struct look *look, const struct strs *globs)
{
	for (size_t i = 0; i < globs->nr; i++) {
		const char *glob = globs->at[i];
		size_t n = strcspn(glob, "*?[\\!");
		const char *slash = strchr(glob, '/');

		if (!slash || !slash[1] || slash == glob || !n)
			return true;
		n -= glob[n - 1] == '/';
		if (any_begins(look, glob, n))
			return true;
	}
	return false;
}

/* A name in a pitfall, without "./", a slash at its end or a line's number;
 * NULL if nothing is left. */
static const char *plain_name(struct arena *a, const char *name)
{
	const char *colon = strrchr(name, ':');
	size_t n = strlen(name);

	if (colon && colon[1] && !colon[1 + strspn(colon + 1, "0123456789,-")])
		n = (size_t)(colon - name);
	while (n > 2 && !strncmp(name, "./", 2)) {
		name += 2;
		n -= 2;
	}
	while (n && name[n - 1] == '/')
		n--;
	return n ? arena_strndup(a, name, n) : NULL;
}

static bool is_below_dir(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && (!path[n] || path[n] == '/');
}

/* Whether the path ends with the name, at a slash. */
static bool ends_in(const char *path, const char *name)
{
	size_t n = strlen(path), m = strlen(name);

	return n > m && path[n - m - 1] == '/' && !strcmp(path + n - m, name);
}

static struct err *load_names(struct look *look)
{
	struct oid head;
	struct err *e;

	if (look->named)
		return NULL;
	look->named = true;
	e = rev_head(&head, look->corpus->repo);
	if (!e)
		return tree_names(&look->names, look->arena, look->corpus->repo,
				  &head);
	if (e->code != ERR_NOT_FOUND)
		return e;
	err_free(e); /* nothing is committed yet */
	return NULL;
}

/* Whether the name, short of its folders, can only mean this path: no other one
 * of the repository ends so, and none is called exactly so. */
static struct err *is_path_meant(bool *out, struct look *look, const char *path,
				 const char *name)
{
	struct err *e = load_names(look);

	*out = true;
	for (size_t i = 0; !e && *out && i < look->names.nr; i++) {
		const char *other = look->names.at[i];

		if (strcmp(other, path) != 0 &&
		    (ends_in(other, name) || is_below_dir(other, name)))
			*out = false;
	}
	return e;
}

static struct err *names_path(bool *out, struct look *look, const char *name,
			      const char *path)
{
	*out = is_below_dir(path, name);
	if (*out || !ends_in(path, name))
		return NULL;
	return is_path_meant(out, look, path, name);
}

static struct err *find_pitfall(struct look *look, size_t finding,
				const struct pitfall *pitfall)
{
	const struct strs *paths = &look->question->paths;
	struct err *e = NULL;
	bool named;

	for (size_t i = 0; i < pitfall->paths.nr; i++) {
		const char *name =
			plain_name(look->arena, pitfall->paths.at[i]);
		struct evidence evidence = { .type = EVIDENCE_PITFALL };

		if (!name || !may_be_named(look, name))
			continue;
		for (size_t j = 0; !e && j < paths->nr; j++) {
			e = names_path(&named, look, name, paths->at[j]);
			if (e || !named)
				continue;
			evidence.path = paths->at[j];
			evidence.what = pitfall->paths.at[i];
			evidence.pitfall = pitfall;
			add_evidence(look, finding, evidence);
		}
	}
	return e;
}

static struct err *find_names(struct look *look)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < look->all.nr; i++) {
		const struct body *body = look->all.at[i].retro->body;

		for (size_t j = 0; !e && j < body->pitfalls.nr; j++)
			e = find_pitfall(look, i, &body->pitfalls.at[j]);
	}
	return e;
}

static void find_globs(struct look *look)
{
	const struct strs *paths = &look->question->paths;

	for (size_t i = 0; i < look->all.nr; i++) {
		const struct strs *globs = &look->all.at[i].retro->paths;

		if (!may_match(look, globs))
			continue;
		for (size_t j = 0; j < paths->nr; j++) {
			struct evidence evidence = { .type = EVIDENCE_PATHS };

			if (!glob_any(globs, paths->at[j]))
				continue;
			evidence.path = paths->at[j];
			for (size_t k = 0; k < globs->nr; k++)
				if (glob_path(globs->at[k], paths->at[j]))
					evidence.what = globs->at[k];
			add_evidence(look, i, evidence);
		}
	}
}

/* --- what tied commits touched --- */

/* That the cause or the fix of a retro touched a file in question. */
struct hit {
	const struct linked *linked;
	const char *path, *then;
};
struct hits VEC_OF(struct hit);

static bool is_touching(const struct linked *linked)
{
	return !oid_is_zero(&linked->id) && strcmp(linked->role, "other") != 0;
}

static struct err *load_touched(struct touched_list *out, struct look *look,
				const struct linked ***of)
{
	struct oids commits = { 0 };
	size_t nr = 0;

	*of = arena_alloc(look->arena, (look->linked.nr + 1) * sizeof(**of));
	for (size_t i = 0; i < look->linked.nr; i++)
		if (is_touching(&look->linked.at[i])) {
			vec_push(look->arena, &commits, look->linked.at[i].id);
			(*of)[nr++] = &look->linked.at[i];
		}
	return touched_load(out, look->arena, look->corpus->repo, &commits);
}

static struct err *find_hits(struct hits *out, struct look *look)
{
	const struct strs *sorted = &look->sorted;
	struct touched_list touched = { 0 };
	const struct linked **of;
	struct err *e = load_touched(&touched, look, &of);

	for (size_t i = 0; !e && i < touched.nr; i++) {
		const struct touched *one = &touched.at[i];

		if (!sorted->nr ||
		    !bsearch(&one->path, sorted->at, sorted->nr,
			     sizeof(*sorted->at), by_evidence_text))
			continue;
		vec_push(look->arena, out,
			 (struct hit){ of[one->commit], one->path, one->then });
	}
	return e;
}

/* A place is known by so many lines that both have. */
#define PLACE_LINES 2

/* The lines of one change in one file. */
static void near_lines(struct strs *out, struct arena *a,
		       const struct diff_near *near, const struct oid *commit,
		       const char *path)
{
	for (size_t i = 0; i < near->nr; i++)
		if (oid_equal(&near->at[i].commit, commit) &&
		    !strcmp(near->at[i].path, path))
			vec_push(a, out, near->at[i].text);
	strs_sort(out);
}

/* What is imported stands side by side with what is not related. */
static bool is_import(const char *line)
{
	static const char *const words[] = { "import ", "from ",   "use ",
					     "using ",  "require", "#include",
					     "\"",      "'" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(line, words[i], strlen(words[i])))
			return true;
	return false;
}

/* Whether a line says enough to be known again: two words of three letters, or
 * of any bytes beyond ASCII. What follows a digit is a number's. */
static bool is_telling(const char *line)
{
	size_t words = 0, letters = 0;
	bool number = false;

	if (strlen(line) < 10 || is_import(line))
		return false;
	for (; *line; line++) {
		bool letter = isalpha((unsigned char)*line) || *line < 0;

		number = isdigit((unsigned char)*line) || (number && letter);
		letters = letter && !number ? letters + 1 : 0;
		words += letters == 3;
	}
	return words >= 2;
}

static bool stands_once(const char *text, const char *line)
{
	const char *first = strstr(text, line);

	return !first || !strstr(first + 1, line);
}

static bool has_text(const struct strs *sorted, const char *text)
{
	return sorted->nr && bsearch(&text, sorted->at, sorted->nr,
				     sizeof(*sorted->at), by_evidence_text);
}

/* The file as the change leaves it; "" if it is not there, or too large. */
static const char *text_after(struct look *look, const char *path)
{
	const struct range *range = look->question->range;
	struct buf text = BUF_INIT;
	const char *copy;
	struct oid commit;
	struct err *e = NULL;

	if (range)
		commit = range->to;
	else
		e = rev_head(&commit, look->corpus->repo);
	if (!e)
		e = tree_file(&text, look->corpus->repo, &commit, path,
			      FILE_MAX);
	err_free(e);
	copy = arena_strdup(look->arena, text.p);
	buf_release(&text);
	return copy;
}

/* The longest of the lines that both changes have, if they are enough; else
 * NULL. */
static const char *same_place(struct look *look, const struct strs *mine,
			      const struct strs *theirs, const char *path)
{
	const char *text = NULL, *best = NULL;
	size_t shared = 0;

	for (size_t i = 0; i < theirs->nr; i++) {
		const char *line = theirs->at[i];

		if ((i && !strcmp(theirs->at[i - 1], line)) ||
		    !is_telling(line) || !has_text(mine, line))
			continue;
		if (!text)
			text = text_after(look, path);
		if (!stands_once(text, line))
			continue;
		shared++;
		if (!best || strlen(line) > strlen(best))
			best = line;
	}
	return shared >= PLACE_LINES ? best : NULL;
}

static struct err *their_lines(struct diff_near *out, struct look *look,
			       const struct hits *hits)
{
	struct range *ranges =
		arena_alloc(look->arena, (hits->nr + 1) * sizeof(*ranges));
	struct oidset seen = OIDSET_INIT;
	size_t nr = 0;

	for (size_t i = 0; i < hits->nr; i++)
		if (oidset_add(&seen, &hits->at[i].linked->id))
			ranges[nr++].to = hits->at[i].linked->id;
	oidset_release(&seen);
	return diff_near(out, look->arena, look->corpus->repo, ranges, nr);
}

static void add_hit(struct look *look, const struct hit *hit,
		    enum evidence_type type, const char *what)
{
	struct evidence evidence = { .type = type, .what = what };

	evidence.path = hit->path;
	evidence.then = hit->then;
	evidence.role = hit->linked->role;
	evidence.commit = hit->linked->id;
	add_evidence(look, hit->linked->finding, evidence);
}

static struct err *find_look_places(struct look *look, const struct hits *hits)
{
	const struct context_question *question = look->question;
	struct oid end =
		question->range ? question->range->to : (struct oid){ { 0 } };
	struct diff_near mine = { 0 }, theirs = { 0 };
	struct err *e;

	if (!hits->nr || question->paths.nr > SWEEP)
		return NULL;
	e = diff_near(&mine, look->arena, look->corpus->repo, question->range,
		      1);
	if (!e)
		e = their_lines(&theirs, look, hits);
	for (size_t i = 0; !e && i < hits->nr; i++) {
		const struct hit *hit = &hits->at[i];
		struct strs own = { 0 }, old = { 0 };
		const char *line;

		near_lines(&own, look->arena, &mine, &end, hit->path);
		near_lines(&old, look->arena, &theirs, &hit->linked->id,
			   hit->then ? hit->then : hit->path);
		line = same_place(look, &own, &old, hit->path);
		if (line)
			add_hit(look, hit, EVIDENCE_PLACE, line);
	}
	return e;
}

static struct err *find_touched_paths(struct look *look)
{
	struct hits hits = { 0 };
	struct err *e = find_hits(&hits, look);

	if (e || look->question->is_change)
		return e ? e : find_look_places(look, &hits);
	for (size_t i = 0; i < hits.nr; i++)
		add_hit(look, &hits.at[i], EVIDENCE_FILE, NULL);
	return NULL;
}

/* --- in order --- */

static int severity_rank(const struct retro *retro)
{
	return retro->severity ? retro->severity : 6;
}

static int by_weight(const void *a, const void *b)
{
	const struct finding *one = a, *two = b;
	const struct retro *first = one->retro, *second = two->retro;
	int order =
		(int)one->evidence.at[0].type - (int)two->evidence.at[0].type;

	if (!order)
		order = severity_rank(first) - severity_rank(second);
	if (!order)
		order = (first->date < second->date) -
			(first->date > second->date);
	return order ? order : strcmp(first->id, second->id);
}

struct err *context_find(struct findings *out, struct corpus *corpus,
			 const struct context_question *question)
{
	struct look look = { .corpus = corpus, .arena = corpus->arena };
	struct err *e;

	look.question = question;
	sort_paths(&look);
	e = list_retros(&look);
	if (e)
		return e;
	find_commits(&look);
	e = find_names(&look);
	find_globs(&look);
	if (!e && question->paths.nr)
		e = find_touched_paths(&look);
	for (size_t i = 0; !e && i < look.all.nr; i++)
		if (look.all.at[i].evidence.nr)
			vec_push(look.arena, out, look.all.at[i]);
	if (!e && out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_weight);
	return e;
}

const struct pitfall *context_pitfall(const struct finding *finding)
{
	const struct body *body = finding->retro->body;

	for (size_t i = 0; i < finding->evidence.nr; i++)
		if (finding->evidence.at[i].pitfall)
			return finding->evidence.at[i].pitfall;
	return body && body->pitfalls.nr ? &body->pitfalls.at[0] : NULL;
}

/* --- for the hook --- */

static void add_finding_path(struct context_paths *out, struct look *look,
			     size_t finding, const char *pattern, bool glob)
{
	if (pattern)
		vec_push(look->arena, out,
			 (struct context_path){ look->all.at[finding].retro,
						pattern, glob });
}

static void add_written(struct context_paths *out, struct look *look, size_t i)
{
	const struct retro *retro = look->all.at[i].retro;
	const struct pitfalls *pitfalls = &retro->body->pitfalls;

	for (size_t j = 0; j < retro->paths.nr; j++)
		add_finding_path(out, look, i, retro->paths.at[j], true);
	for (size_t j = 0; j < pitfalls->nr; j++)
		for (size_t k = 0; k < pitfalls->at[j].paths.nr; k++)
			add_finding_path(
				out, look, i,
				plain_name(look->arena,
					   pitfalls->at[j].paths.at[k]),
				false);
}

struct err *context_all_paths(struct context_paths *out, struct corpus *corpus)
{
	struct look look = { .corpus = corpus, .arena = corpus->arena };
	struct touched_list touched = { 0 };
	const struct linked **of;
	struct err *e = list_retros(&look);

	for (size_t i = 0; !e && i < look.all.nr; i++)
		add_written(out, &look, i);
	if (!e)
		e = load_touched(&touched, &look, &of);
	for (size_t i = 0; !e && i < touched.nr; i++)
		add_finding_path(out, &look, of[touched.at[i].commit]->finding,
				 touched.at[i].path, false);
	return e;
}
