/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/context.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "front/marks.h"
#include "front/message.h"
#include "git/lookup.h"
#include "git/oidset.h"
#include "git/rev.h"
#include "git/tree.h"
#include "git/walk.h"
#include "model/body.h"
#include "report/concern.h"
#include "report/freshness.h"
#include "report/overlap.h"
#include "report/touched.h"

enum {
	/* A change of more files than this is a sweep: where it passes is no
	 * sign of what it is about. */
	SWEEP = 25,
	/* A cause of more files than this says nothing by each of them. */
	CAUSE_FILES = 5,
	/* A message that has more numbers of requests lists them. */
	NUMBERS_MAX = 5,
};

/* A linked commit of one retro. */
struct linked {
	size_t finding; /* its place in `all` */
	enum link_role role;
	const struct problem *problem; /* or NULL */
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
	struct overlap *overlap; /* of the change in question, if it is one */
	struct concern *concern; /* what its messages say; NULL: there are none
				  * yet */
	struct strs numbers;     /* of requests, in them */
	struct touched_list touched; /* what linked commits touched, */
	const struct linked **of;    /* and of each who links it */
};

/* --- which retros, and their commits --- */

static void add_linked(struct look *look, const struct links *links,
		       enum link_role role, const struct problem *problem)
{
	const struct strs *names = links_of(links, role);

	for (size_t i = 0; i < names->nr; i++)
		vec_push(look->arena, &look->linked,
			 (struct linked){ look->all.nr - 1,
					  role,
					  problem,
					  names->at[i],
					  { { 0 } } });
}

static void add_context_commits(struct look *look, const struct retro *retro)
{
	for (size_t i = 0; i < retro->problems.nr; i++) {
		const struct problem *problem = &retro->problems.at[i];

		add_linked(look, &problem->commits, LINK_CAUSE, problem);
		add_linked(look, &problem->commits, LINK_FIX, problem);
		add_linked(look, &problem->commits, LINK_BACKPORT, problem);
	}
	add_linked(look, &retro->commits, LINK_OTHER, NULL);
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
		add_context_commits(look, retro);
	}
	return resolve_findings(look);
}

/* --- evidence --- */

/* No file says anything of a change of so many. */
static bool sweeps(const struct look *look)
{
	return look->overlap && look->question->paths.nr > SWEEP;
}

/* A file says little of a change of it: only where it is short, and no test or
 * text. */
static bool is_file_place(struct look *look, const char *path)
{
	if (!look->overlap)
		return true;
	return !sweeps(look) &&
	       !strs_has(overlap_deleted(look->overlap), path) &&
	       !mark_follows(path, strlen(path)) &&
	       overlap_is_small(look->overlap, path);
}

/* Whether both are of one file and, where they are specific, of one pitfall. */
static bool is_told_by(const struct evidence *one, const struct evidence *two)
{
	bool apart = evidence_kinds[one->type].at_commit &&
		     evidence_kinds[two->type].at_commit && one->pitfall &&
		     two->pitfall && one->pitfall != two->pitfall;

	return one->path && two->path && !strcmp(one->path, two->path) &&
	       !apart;
}

static bool is_specific_only(const struct look *look)
{
	return look->question->at_commit || look->question->edits;
}

/* Whether it is specific enough for the question. */
static bool is_strong_enough(const struct look *look, enum evidence_type type)
{
	const struct evidence_kind *kind = &evidence_kinds[type];

	return look->question->edits
		       ? kind->at_edit
		       : kind->at_commit || !look->question->at_commit;
}

/* Of each file, and each pitfall that is told apart, the strongest counts. */
static void add_evidence(struct look *look, size_t finding,
			 struct evidence evidence)
{
	struct finding *to = &look->all.at[finding];

	if (evidence.pitfall &&
	    retro_is_retired(to->retro, evidence.pitfall->id))
		return;
	if (evidence.type >= EVIDENCE_PITFALL &&
	    (is_specific_only(look) || !is_file_place(look, evidence.path)))
		return;
	for (size_t i = 0; i < to->evidence.nr; i++) {
		struct evidence *other = &to->evidence.at[i];

		if (!is_told_by(other, &evidence))
			continue;
		if (evidence.type < other->type)
			*other = evidence;
		return;
	}
	vec_push(look->arena, &to->evidence, evidence);
}

/* Where a linked commit speaks for its retro. */
static void add_for(struct look *look, const struct linked *linked,
		    struct evidence evidence)
{
	const struct body *body = look->all.at[linked->finding].retro->body;

	evidence.role = link_role_name(linked->role);
	evidence.commit = linked->id;
	evidence.problem = linked->problem;
	if (linked->problem && !evidence.pitfall)
		evidence.pitfall = body_problem_pitfall(body, linked->problem);
	add_evidence(look, linked->finding, evidence);
}

static void add_commit(struct look *look, const struct linked *linked)
{
	const struct finding *finding = &look->all.at[linked->finding];

	for (size_t i = 0; i < finding->evidence.nr; i++)
		if (oid_equal(&finding->evidence.at[i].commit, &linked->id))
			return;
	add_for(look, linked, (struct evidence){ .type = EVIDENCE_COMMIT });
}

static void find_commits(struct look *look)
{
	const struct oids *commits = &look->question->commits;
	struct oidset set = OIDSET_INIT;

	for (size_t i = 0; i < commits->nr; i++)
		oidset_add(&set, &commits->at[i]);
	for (size_t i = 0; i < look->linked.nr; i++) {
		const struct linked *linked = &look->linked.at[i];

		if (oid_is_zero(&linked->id) || !oidset_has(&set, &linked->id))
			continue;
		add_commit(look, linked);
	}
	oidset_release(&set);
}

/* Whether a message has the id of a commit, whole or its first digits. */
static bool message_names(const char *message, const char *hex)
{
	const char *id;
	size_t n;

	while ((id = message_id(&n, &message)))
		if (!strncmp(id, hex, n))
			return true;
	return false;
}

static void list_numbers(struct look *look, const char *message)
{
	struct strs numbers = { 0 };
	const char *number;
	size_t n;

	while ((number = message_number(&n, &message)) &&
	       numbers.nr <= NUMBERS_MAX)
		strs_add(look->arena, &numbers,
			 arena_strndup(look->arena, number, n));
	if (numbers.nr <= NUMBERS_MAX)
		strs_append(look->arena, &look->numbers, &numbers);
}

static void hear_concern(struct look *look, const char *message)
{
	if (!look->concern)
		look->concern = concern_new(look->arena, look->corpus->repo);
	concern_add(look->concern, message);
}

static void find_named(struct look *look, const char *message)
{
	char hex[OID_HEX + 1];

	list_numbers(look, message);
	for (size_t i = 0; i < look->linked.nr; i++) {
		const struct linked *linked = &look->linked.at[i];

		if (!oid_is_zero(&linked->id) &&
		    message_names(message, oid_hex(hex, &linked->id)))
			add_commit(look, linked);
	}
}

static struct err *find_named_commits(struct look *look)
{
	const struct oids *commits = &look->question->commits;
	struct commit commit;
	struct err *e = NULL;

	if (look->question->message) {
		hear_concern(look, look->question->message);
		find_named(look, look->question->message);
	}
	for (size_t i = 0; !e && i < commits->nr && i < SWEEP; i++) {
		e = walk_one(&commit, look->arena, look->corpus->repo,
			     &commits->at[i]);
		if (e)
			break;
		/* "Merge branch 'fix-it'" is about no more than its commits. */
		if (commit.parent_count < 2)
			hear_concern(look, commit.message);
		find_named(look, commit.message);
	}
	return e;
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
	return strs_begin(&look->sorted, start, n);
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

/* --- what linked commits touched --- */

static bool is_touching(const struct linked *linked)
{
	return !oid_is_zero(&linked->id) && linked->role != LINK_OTHER;
}

static struct err *load_touched(struct touched_list *out, struct look *look,
				const struct linked ***of, size_t read_max,
				size_t *unread)
{
	struct oids commits = { 0 };
	size_t nr = 0;

	*of = arena_alloc(look->arena, (look->linked.nr + 1) * sizeof(**of));
	for (size_t i = 0; i < look->linked.nr; i++)
		if (is_touching(&look->linked.at[i])) {
			vec_push(look->arena, &commits, look->linked.at[i].id);
			(*of)[nr++] = &look->linked.at[i];
		}
	return touched_load(out, look->arena, look->corpus->repo, &commits,
			    read_max, unread);
}

/* Whether what the commit did to its files says what its problem is about: a
 * cause does so only while no fix is known, and only a small one. `files` are
 * those of the commit. */
static bool is_telling_commit(const struct linked *linked, size_t files)
{
	if (linked->role != LINK_CAUSE)
		return true;
	return files <= CAUSE_FILES && linked->problem &&
	       !linked->problem->commits.fix.nr;
}

/* The files of one commit, of a list in the order of commits: how many, and
 * whether one of them is neither a test nor a list of changes. */
static size_t count_files(bool *leads, const struct touched_list *list,
			  size_t first)
{
	size_t n = 0;

	*leads = false;
	for (size_t i = first;
	     i < list->nr && list->at[i].commit == list->at[first].commit;
	     i++) {
		const char *path = list->at[i].path;

		n++;
		*leads |= !mark_follows(path, strlen(path));
	}
	return n;
}

static void add_touched(struct look *look, const struct linked *linked,
			const struct touched *touched, bool tells)
{
	const struct context_question *question = look->question;
	struct evidence evidence = { .type = EVIDENCE_FILE };
	bool shared =
		question->is_change && tells &&
		overlap_with(&evidence, look->overlap, touched, &linked->id);

	if (!shared && question->is_change && !tells)
		return;
	if (!shared)
		evidence.type = EVIDENCE_FILE;
	evidence.path = touched->path;
	evidence.then = touched->then;
	add_for(look, linked, evidence);
}

/* A stub, or the same for another system, stands beside what was fixed. */
static void add_twin(struct look *look, const struct linked *linked,
		     const struct touched *touched)
{
	struct evidence evidence = { .type = EVIDENCE_TWIN };

	if (look->question->is_change && linked->role == LINK_FIX &&
	    overlap_twin(&evidence, look->overlap, touched))
		add_for(look, linked, evidence);
}

static bool is_context_asked(const struct look *look, const char *path)
{
	const struct strs *sorted = &look->sorted;

	return sorted->nr && bsearch(&path, sorted->at, sorted->nr,
				     sizeof(*sorted->at), by_evidence_text);
}

/* Neither a test, a text nor a list of settings or packages, which the next
 * release changes as well. */
static bool is_code_path(const char *path)
{
	size_t n = strlen(path);

	return !mark_follows(path, n) && !mark_has_keys(path, n);
}

/* A message names the request by which the commit came, and the change is of
 * one of its files: else it is a list of changes, or another kind of work. */
static void add_request(struct look *look, const struct linked *linked,
			const struct touched *touched)
{
	if (look->question->is_change && *touched->request &&
	    strs_has(&look->numbers, touched->request) &&
	    is_context_asked(look, touched->path) &&
	    is_code_path(touched->path))
		add_commit(look, linked);
}

static struct err *find_touched(struct look *look)
{
	size_t files = 0, commit = (size_t)-1, unread;
	bool leads = false;
	struct err *e = load_touched(&look->touched, look, &look->of,
				     look->question->read_max, &unread);

	if (look->question->unread)
		*look->question->unread = unread;
	for (size_t i = 0; !e && i < look->touched.nr; i++) {
		const struct touched *one = &look->touched.at[i];
		const struct linked *linked = look->of[one->commit];
		bool follows;

		if (one->commit != commit)
			files = count_files(&leads, &look->touched, i);
		commit = one->commit;
		add_request(look, linked, one);
		if (!is_context_asked(look, one->path)) {
			add_twin(look, linked, one);
			continue;
		}
		follows = leads && mark_follows(one->path, strlen(one->path));
		add_touched(look, linked, one,
			    !follows && is_telling_commit(linked, files));
	}
	return e;
}

/* --- what a change does --- */

/* `AUTHORS.rst` is no member of AUTHORS. */
static bool is_file_name(struct look *look, const char *name)
{
	err_pass(load_names(look));
	for (size_t i = 0; i < look->names.nr; i++)
		if (!strcmp(path_base(look->names.at[i]), name))
			return true;
	return false;
}

/* Whether it is a function that a fix of the retro changed, or brought in: then
 * the pitfall is in there, and one more call of it meets nothing. */
static bool is_fixed_function(const struct look *look, size_t finding,
			      const struct pitfall_name *name)
{
	struct change_mark mark = { .kind = MARK_FUNCTION,
				    .text = name->word,
				    .n = strlen(name->word) };
	uint64_t function = mark_hash(&mark), word;

	mark.kind = MARK_NEW;
	word = mark_hash(&mark);
	for (size_t i = 0; i < look->touched.nr; i++) {
		const struct touched *one = &look->touched.at[i];
		const struct linked *linked = look->of[one->commit];

		if (linked->finding == finding && linked->role == LINK_FIX &&
		    (touched_has(one, function) ||
		     touched_has(one, word) == MARK_NEW))
			return true;
	}
	return false;
}

/* Whether it is a function that no line says which a fix of the retro put in or
 * took out: it stands beside the fix, as in the heading of a hunk. */
static bool is_beside_fixes(const struct look *look, size_t finding,
			    const struct pitfall_name *name)
{
	struct oids fixes = { 0 };
	size_t commit = SIZE_MAX;

	if (name->kind != NAME_FUNCTION)
		return false;
	for (size_t i = 0; i < look->touched.nr; i++) {
		const struct touched *one = &look->touched.at[i];
		const struct linked *linked = look->of[one->commit];

		if (one->commit == commit || linked->finding != finding ||
		    linked->role != LINK_FIX)
			continue;
		commit = one->commit;
		vec_push(look->arena, &fixes, linked->id);
	}
	return fixes.nr &&
	       !overlap_commits_have(look->overlap, &fixes, name->word);
}

static void find_pitfall_names(struct look *look, size_t finding,
			       const struct pitfall *pitfall)
{
	struct evidence evidence = { .type = EVIDENCE_NAME };
	struct pitfall_name name;

	evidence.pitfall = pitfall;
	for (size_t i = 0; i < pitfall->names.nr; i++)
		if (pitfall_name_read(&name, look->arena,
				      pitfall->names.at[i]) &&
		    !is_fixed_function(look, finding, &name) &&
		    overlap_names(&evidence, look->overlap, &name) &&
		    !is_file_name(look, name.text) &&
		    !is_beside_fixes(look, finding, &name))
			add_evidence(look, finding, evidence);
}

static void find_changed_names(struct look *look)
{
	for (size_t i = 0; i < look->all.nr; i++) {
		const struct body *body = look->all.at[i].retro->body;

		for (size_t j = 0; j < body->pitfalls.nr; j++)
			find_pitfall_names(look, i, &body->pitfalls.at[j]);
	}
}

/* `line` switches a test of the file off; else NULL. */
static void add_guard(struct look *look, size_t finding,
		      const struct problem *problem, const char *path,
		      enum evidence_type type, const char *line)
{
	const struct body *body = look->all.at[finding].retro->body;
	struct evidence evidence = { .type = type };

	evidence.what = problem_guard(problem, path);
	if (!evidence.what)
		return;
	if (line)
		evidence.what = line;
	evidence.path = path;
	evidence.problem = problem;
	evidence.pitfall = body_problem_pitfall(body, problem);
	add_evidence(look, finding, evidence);
}

static void find_problem_guards(struct look *look, size_t finding,
				const struct problem *problem)
{
	const struct strs *deleted = overlap_deleted(look->overlap), *lines;
	const struct strs *skips = overlap_skips(&lines, look->overlap);
	const struct edits *edits = look->question->edits;

	for (size_t i = 0; i < deleted->nr; i++)
		add_guard(look, finding, problem, deleted->at[i],
			  EVIDENCE_GUARD, NULL);
	for (size_t i = 0; i < skips->nr; i++)
		add_guard(look, finding, problem, skips->at[i], EVIDENCE_SKIP,
			  lines->at[i]);
	for (size_t i = 0; edits && i < edits->nr; i++)
		add_guard(look, finding, problem, edits->at[i].path,
			  EVIDENCE_AT_GUARD, NULL);
}

static void find_guards(struct look *look)
{
	for (size_t i = 0; i < look->all.nr; i++) {
		const struct retro *retro = look->all.at[i].retro;

		for (size_t j = 0; j < retro->problems.nr; j++)
			find_problem_guards(look, i, &retro->problems.at[j]);
	}
}

/* What the change has in common with what is known, and in which file. */
static struct err *find_context_change(struct look *look)
{
	const struct overlap_change change = { look->question->range,
					       look->question->base,
					       look->question->edits,
					       look->question->diff };
	struct err *e =
		overlap_open(&look->overlap, look->arena, look->corpus->repo,
			     &change, look->corpus->policy->root);

	if (e)
		return e;
	find_guards(look);
	if (look->question->paths.nr > SWEEP)
		return NULL;
	e = find_touched(look);
	if (!e)
		find_changed_names(look);
	return e;
}

/* --- in order --- */

static int severity_rank(const struct retro *retro)
{
	return retro->severity ? retro->severity : 6;
}

static int by_context_weight(const void *a, const void *b)
{
	const struct finding *one = a, *two = b;
	const struct retro *first = one->retro, *second = two->retro;
	int order = (int)one->weak - (int)two->weak;

	if (!order)
		order = (int)one->evidence.at[0].type -
			(int)two->evidence.at[0].type;
	if (!order)
		order = severity_rank(first) - severity_rank(second);
	if (!order)
		order = (first->date < second->date) -
			(first->date > second->date);
	return order ? order : strcmp(first->id, second->id);
}

static int by_type(const void *a, const void *b)
{
	const struct evidence *one = a, *two = b;

	return (int)one->type - (int)two->type;
}

static bool is_cause_of_many(const struct look *look, const struct oid *commit)
{
	size_t nr = 0, last = look->all.nr;

	for (size_t i = 0; i < look->linked.nr; i++) {
		const struct linked *linked = &look->linked.at[i];

		if (linked->finding == last || !oid_equal(&linked->id, commit))
			continue;
		nr++;
		last = linked->finding;
	}
	return nr > 1;
}

/* Whether the change meets the code of the same problem. */
static bool is_met(const struct finding *finding,
		   const struct evidence *evidence)
{
	for (size_t i = 0; i < finding->evidence.nr; i++) {
		const struct evidence *other = &finding->evidence.at[i];

		if (other->type <= EVIDENCE_FUNCTION &&
		    other->type != EVIDENCE_COMMIT &&
		    other->problem == evidence->problem)
			return true;
	}
	return false;
}

static bool is_named_cause(const struct look *look,
			   const struct evidence *evidence)
{
	const struct oids *commits = &look->question->commits;

	for (size_t i = 0; i < commits->nr; i++)
		if (oid_equal(&commits->at[i], &evidence->commit))
			return false; /* it is there itself */
	return !strcmp(evidence->role, link_role_name(LINK_CAUSE));
}

/* Whether it is that a message names a commit, and enough: a fix is, but a
 * cause may have broken what is not related. So the change must be where the
 * fix was, and the cause that of this alone; in a review, one of both, if it
 * mends something. */
static bool is_named(const struct look *look, const struct finding *finding,
		     const struct evidence *evidence)
{
	bool alone, met;

	if (!is_named_cause(look, evidence))
		return true;
	alone = !is_cause_of_many(look, &evidence->commit);
	met = is_met(finding, evidence);
	return look->question->at_review
		       ? (alone || met) && concern_fixes(look->concern)
		       : alone && met;
}

/* What a person says of the problem: its pitfall, and the titles of the retro
 * and of the commit that is linked. */
static const char *evidence_words(struct look *look, const struct retro *retro,
				  const struct evidence *evidence)
{
	const char *pitfall = evidence->pitfall ? evidence->pitfall->text : "";
	struct commit commit = { .subject = "" };

	if (!oid_is_zero(&evidence->commit))
		err_pass(walk_one(&commit, look->arena, look->corpus->repo,
				  &evidence->commit));
	return arena_printf(look->arena, "%s\n%s\n%s", retro->title, pitfall,
			    commit.subject);
}

/* The words of where it is: the path, and the function as "load Rows" for
 * loadRows(). */
static const char *told_place_words(struct look *look,
				    const struct evidence *evidence)
{
	struct buf place = BUF_INIT;
	const char *copy;

	buf_addf(&place, "%s ", evidence->path);
	if (evidence->type == EVIDENCE_FUNCTION)
		for (const char *at = evidence->what; *at; at++) {
			if (*at == '_' || isupper((unsigned char)*at))
				buf_addch(&place, ' ');
			buf_addch(&place, *at);
		}
	copy = arena_strdup(look->arena, place.p);
	buf_release(&place);
	return copy;
}

/* Whether a title of the change has a word of it. */
static bool is_named_alike(struct look *look, const struct finding *finding,
			   const struct evidence *evidence)
{
	return concern_shares(look->concern,
			      evidence_words(look, finding->retro, evidence),
			      told_place_words(look, evidence));
}

/* Whether the messages of the change speak of it. A file says so little of a
 * change that one that calls itself a fix is about anything in it. */
static bool is_spoken_of(struct look *look, const struct finding *finding,
			 const struct evidence *evidence)
{
	if (evidence_kinds[evidence->type].alone)
		return true;
	if (!look->concern)
		return false;
	return (evidence->type < EVIDENCE_TWIN &&
		concern_fixes(look->concern)) ||
	       is_named_alike(look, finding, evidence);
}

/* Of three fixes of one function two are about something else in it, and so
 * are those of one cause that do not meet. */
static bool is_weak_evidence(struct look *look, const struct finding *finding,
			     const struct evidence *evidence)
{
	if (evidence->type == EVIDENCE_COMMIT)
		return is_named_cause(look, evidence) &&
		       !is_met(finding, evidence);
	return evidence->type > EVIDENCE_FUNCTION ||
	       (evidence->type == EVIDENCE_FUNCTION &&
		!is_named_alike(look, finding, evidence));
}

static bool is_weak(struct look *look, const struct finding *finding)
{
	for (size_t i = 0; i < finding->evidence.nr; i++)
		if (!is_weak_evidence(look, finding, &finding->evidence.at[i]))
			return false;
	return true;
}

/* Whether it is told; `all` is what else speaks for the retro. */
static bool is_finding_told(struct look *look, const struct finding *all,
			    const struct evidence *evidence)
{
	const struct context_question *question = look->question;

	if ((question->message || question->at_review) &&
	    evidence->type == EVIDENCE_COMMIT)
		return is_named(look, all, evidence);
	if (!is_strong_enough(look, evidence->type))
		return false;
	if (question->message) /* the rest was told before it was written */
		return !evidence_kinds[evidence->type].alone &&
		       is_spoken_of(look, all, evidence);
	if (question->at_review)
		return is_spoken_of(look, all, evidence);
	if (question->at_commit && !evidence_kinds[evidence->type].alone) {
		if (question->unsaid)
			*question->unsaid = true;
		return false;
	}
	return true;
}

/* Leaves out what is too weak for the question, and sorts the rest. */
static void settle_evidence(struct look *look, struct finding *finding)
{
	struct finding all = *finding;
	size_t kept = 0;

	all.evidence.at = arena_alloc(
		look->arena, (all.evidence.nr + 1) * sizeof(*all.evidence.at));
	for (size_t i = 0; i < all.evidence.nr; i++)
		all.evidence.at[i] = finding->evidence.at[i];
	for (size_t i = 0; i < all.evidence.nr; i++)
		if (is_finding_told(look, &all, &all.evidence.at[i]))
			finding->evidence.at[kept++] = all.evidence.at[i];
	finding->evidence.nr = kept;
	if (kept)
		qsort(finding->evidence.at, kept, sizeof(*finding->evidence.at),
		      by_type);
	finding->weak = look->question->at_review && is_weak(look, finding);
}

/* Whether it says that the change meets the code of a problem, of which then
 * something must be left. */
static bool meets_code(const struct evidence *evidence)
{
	return evidence->problem && evidence->type != EVIDENCE_COMMIT &&
	       evidence->type != EVIDENCE_GUARD &&
	       evidence->type != EVIDENCE_SKIP;
}

static void drop_problem(struct finding *finding, const struct problem *problem)
{
	size_t kept = 0;

	for (size_t i = 0; i < finding->evidence.nr; i++)
		if (finding->evidence.at[i].problem != problem ||
		    !meets_code(&finding->evidence.at[i]))
			finding->evidence.at[kept++] = finding->evidence.at[i];
	finding->evidence.nr = kept;
}

/* Of what the hook would tell: no problem whose code was all replaced since. */
static struct err *drop_gone(struct look *look)
{
	struct freshness_list fresh = { 0 };
	struct retros retros = { 0 };
	struct err *e;

	for (size_t i = 0; i < look->all.nr; i++) {
		const struct finding *finding = &look->all.at[i];
		bool meets = false;

		for (size_t j = 0; j < finding->evidence.nr; j++)
			meets |= meets_code(&finding->evidence.at[j]);
		if (meets)
			vec_push(look->arena, &retros, finding->retro);
	}
	if (!retros.nr)
		return NULL;
	e = freshness_load(&fresh, look->corpus, &retros,
			   look->question->read_max);
	for (size_t i = 0; !e && i < look->all.nr; i++)
		for (size_t j = 0; j < fresh.nr; j++)
			if (fresh.at[j].retro == look->all.at[i].retro &&
			    freshness_is_gone(&fresh.at[j]))
				drop_problem(&look->all.at[i],
					     fresh.at[j].problem);
	return e;
}

static struct err *find_evidence(struct look *look)
{
	const struct context_question *question = look->question;
	struct err *e = NULL;

	find_commits(look);
	e = find_named_commits(look);
	if (!e && question->is_change)
		e = find_context_change(look);
	else if (!e && question->paths.nr)
		e = find_touched(look);
	if (e)
		return e;
	if (is_specific_only(look))
		return drop_gone(look);
	if (sweeps(look))
		return NULL;
	find_globs(look);
	return find_names(look);
}

struct err *context_find(struct findings *out, struct corpus *corpus,
			 const struct context_question *question)
{
	struct look look = { .corpus = corpus, .arena = corpus->arena };
	struct err *e;

	look.question = question;
	sort_paths(&look);
	e = list_retros(&look);
	if (!e)
		e = find_evidence(&look);
	for (size_t i = 0; !e && i < look.all.nr; i++) {
		settle_evidence(&look, &look.all.at[i]);
		if (look.all.at[i].evidence.nr)
			vec_push(look.arena, out, look.all.at[i]);
	}
	if (!e && out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), by_context_weight);
	return e;
}

/* The first that names one of the files; NULL if none does. */
static const struct pitfall *file_pitfall(const struct finding *finding)
{
	const struct pitfalls *pitfalls = &finding->retro->body->pitfalls;

	for (size_t i = 0; i < pitfalls->nr; i++)
		for (size_t j = 0; j < finding->evidence.nr; j++) {
			const char *path = finding->evidence.at[j].path;

			if (path && strs_has(&pitfalls->at[i].paths, path))
				return &pitfalls->at[i];
		}
	return NULL;
}

const struct pitfall *context_pitfall(const struct finding *finding)
{
	const struct body *body = finding->retro->body;
	const struct pitfall *pitfall;

	for (size_t i = 0; i < finding->evidence.nr; i++)
		if (finding->evidence.at[i].pitfall)
			return finding->evidence.at[i].pitfall;
	if (!body)
		return NULL;
	pitfall = file_pitfall(finding);
	return pitfall || body->pitfalls.nr != 1 ? pitfall
						 : &body->pitfalls.at[0];
}

const char *context_name(struct arena *a, const struct retro *retro,
			 const struct pitfall *pitfall)
{
	return pitfall && pitfall->id
		       ? arena_printf(a, "%s#%s", retro->id, pitfall->id)
		       : retro->id;
}

/* --- for the hook --- */

static void add_sign(struct context_signs *out, struct look *look,
		     const struct retro *retro, const struct pitfall *pitfall,
		     struct context_sign sign)
{
	if (pitfall && retro_is_retired(retro, pitfall->id))
		return;
	sign.name = context_name(look->arena, retro, pitfall);
	sign.retro = retro;
	vec_push(look->arena, out, sign);
}

static const struct pitfall *linked_pitfall(const struct retro *retro,
					    const struct linked *linked)
{
	return linked->problem
		       ? body_problem_pitfall(retro->body, linked->problem)
		       : NULL;
}

static void add_name_signs(struct context_signs *out, struct look *look,
			   const struct retro *retro,
			   const struct pitfall *pitfall)
{
	struct pitfall_name name;

	for (size_t i = 0; i < pitfall->names.nr; i++) {
		struct context_sign sign = { .type = SIGN_WORD };

		if (!pitfall_name_read(&name, look->arena,
				       pitfall->names.at[i]))
			continue;
		sign.hash = mark_word_hash(name.word, strlen(name.word));
		add_sign(out, look, retro, pitfall, sign);
	}
}

static void add_guard_signs(struct context_signs *out, struct look *look,
			    const struct retro *retro,
			    const struct problem *problem)
{
	const struct pitfall *pitfall =
		body_problem_pitfall(retro->body, problem);

	for (size_t i = 0; i < problem->guard.nr; i++) {
		struct context_sign sign = { .type = SIGN_GUARD };
		size_t before = out->nr;

		sign.path = problem->guard.at[i];
		add_sign(out, look, retro, pitfall, sign);
		/* Which file of it is told is not known here. */
		if (out->nr > before)
			out->at[before].name = sign.path;
	}
}

static void add_commit_signs(struct context_signs *out, struct look *look)
{
	for (size_t i = 0; i < look->linked.nr; i++) {
		const struct linked *linked = &look->linked.at[i];
		const struct retro *retro = look->all.at[linked->finding].retro;
		struct context_sign sign = { .type = SIGN_COMMIT };

		if (oid_is_zero(&linked->id))
			continue;
		for (size_t j = 0; j < sizeof(sign.hash); j++)
			sign.hash = sign.hash << 8 | linked->id.raw[j];
		add_sign(out, look, retro, linked_pitfall(retro, linked), sign);
	}
}

static void add_written_signs(struct context_signs *out, struct look *look,
			      const struct retro *retro)
{
	const struct pitfalls *pitfalls = &retro->body->pitfalls;

	for (size_t i = 0; i < pitfalls->nr; i++)
		add_name_signs(out, look, retro, &pitfalls->at[i]);
	for (size_t i = 0; i < retro->problems.nr; i++)
		add_guard_signs(out, look, retro, &retro->problems.at[i]);
}

static void add_mark_signs(struct context_signs *out, struct look *look,
			   const struct linked *linked,
			   const struct touched *touched)
{
	const struct retro *retro = look->all.at[linked->finding].retro;
	const struct pitfall *pitfall = linked_pitfall(retro, linked);
	struct context_sign sign = { .type = SIGN_MARK, .path = touched->path };
	char text[TOUCHED_MARK];

	for (const char *at = touched->marks; *at; at += TOUCHED_MARK) {
		if (*at == MARK_MORE || *at == MARK_FEWER ||
		    *at == MARK_FUNCTION)
			continue; /* says something in a review, or beside a
				   * line, alone */
		memcpy(text, at + 1, TOUCHED_MARK - 1);
		text[TOUCHED_MARK - 1] = '\0';
		sign.hash = strtoull(text, NULL, 16);
		add_sign(out, look, retro, pitfall, sign);
	}
}

static void add_request_sign(struct context_signs *out, struct look *look,
			     const struct linked *linked,
			     const struct touched *touched)
{
	const struct retro *retro = look->all.at[linked->finding].retro;
	const char *number = touched->request;
	struct context_sign sign = { .type = SIGN_REQUEST };

	if (!*number)
		return;
	sign.hash = mark_word_hash(number, strlen(number));
	add_sign(out, look, retro, linked_pitfall(retro, linked), sign);
}

struct err *context_signs(struct context_signs *out, struct corpus *corpus)
{
	struct look look = { .corpus = corpus, .arena = corpus->arena };
	struct touched_list touched = { 0 };
	const struct linked **of;
	size_t files = 0, commit = (size_t)-1, unread;
	bool leads = false;
	struct err *e = list_retros(&look);

	for (size_t i = 0; !e && i < look.all.nr; i++)
		add_written_signs(out, &look, look.all.at[i].retro);
	if (!e)
		add_commit_signs(out, &look);
	if (!e)
		e = load_touched(&touched, &look, &of, SIZE_MAX, &unread);
	for (size_t i = 0; !e && i < touched.nr; i++) {
		const struct touched *one = &touched.at[i];

		if (one->commit != commit) {
			files = count_files(&leads, &touched, i);
			add_request_sign(out, &look, of[one->commit], one);
		}
		commit = one->commit;
		if (is_telling_commit(of[commit], files) &&
		    !(leads && mark_follows(one->path, strlen(one->path))))
			add_mark_signs(out, &look, of[commit], one);
	}
	return e;
}
