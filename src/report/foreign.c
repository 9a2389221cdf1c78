/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/sorted.h"
#include "corpus/exposure.h"
#include "git/changed_paths.h"
#include "git/child.h"
#include "git/lookup.h"
#include "git/oidmap.h"
#include "git/patch_id.h"
#include "git/rev.h"
#include "model/body.h"

/* In front of a commit's id in what git log prints. */
#define COMMIT_MARK '\1'

/* --- ours --- */

/* The commits that are here, each once, with patch and files. */
struct known_commits {
	struct oidmap places;
	struct oids ids;
	struct oid *patches;
	struct changed_files *files;
};

static void gather_ids(struct strs *names, struct arena *a,
		       const struct oids *ids)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++)
		vec_push(a, names, arena_strdup(a, oid_hex(hex, &ids->at[i])));
}

static int compare_oids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct oid));
}

static void keep_here(struct oids *out, struct arena *a, const struct oid *ids,
		      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(a, out, ids[i]);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_oids);
}

/* Of those that have a patch: no merge, and not empty. */
static struct err *read_known(struct known_commits *out, struct arena *a,
			      struct repo *repo, const struct strs *names)
{
	struct oid *full = arena_alloc(a, (names->nr + 1) * sizeof(*full));
	struct oid *patches = arena_alloc(a, (names->nr + 1) * sizeof(*full));
	bool *told = arena_alloc(a, names->nr + 1);
	struct oids here = { 0 };
	struct oid *own; /* zeros: each against its parent */
	struct err *e = lookup_ids(full, repo, names);

	if (e)
		return e;
	keep_here(&here, a, full, names->nr);
	e = patch_ids_here(patches, told, repo, &here);
	out->patches = arena_alloc(a, (here.nr + 1) * sizeof(*patches));
	out->files = arena_alloc(a, (here.nr + 1) * sizeof(*out->files));
	for (size_t i = 0; !e && i < here.nr; i++) {
		if (!told[i] || oid_is_zero(&patches[i]) ||
		    !oidmap_add(&out->places, &here.at[i], out->ids.nr))
			continue;
		out->patches[out->ids.nr] = patches[i];
		vec_push(a, &out->ids, here.at[i]);
	}
	own = arena_alloc(a, (out->ids.nr + 1) * sizeof(*own));
	if (!e && out->ids.nr)
		e = changed_paths_files(out->files, a, repo, &out->ids, own);
	return e;
}

/* False if some are not known. */
static bool add_commits(struct foreign_commits *out, struct arena *a,
			const struct known_commits *known,
			const struct oids *ids)
{
	bool all = true;

	for (size_t i = 0; i < ids->nr; i++) {
		struct foreign_commit commit = { .id = ids->at[i] };
		const struct changed_files *files;
		size_t at;

		if (!oidmap_get(&at, &known->places, &ids->at[i]) ||
		    known->files[at].unknown) {
			all = false;
			continue;
		}
		files = &known->files[at];
		for (size_t j = 0; j < files->nr; j++)
			strs_add(a, &commit.files, files->at[j].path);
		strs_sort(&commit.files);
		commit.patch = known->patches[at];
		vec_push(a, out, commit);
	}
	return all;
}

static void add_own(struct foreign_problems *out, struct arena *a,
		    const struct known_commits *known,
		    const struct exposure *exposure)
{
	const struct question *question = exposure->trace->question;
	const struct retro *retro = exposure->retro;
	const struct pitfall *pitfall =
		body_problem_pitfall(retro->body, exposure->problem);
	struct foreign_problem problem = { .retro = retro->id,
					   .problem =
						   exposure->problem->pitfall,
					   .severity = retro->severity };

	problem.pitfall = pitfall ? pitfall->text : retro->title;
	add_commits(&problem.cause, a, known, &question->cause);
	problem.more_fixes =
		!add_commits(&problem.fix, a, known, &question->fix) ||
		question->fix_lost;
	if (problem.cause.nr)
		vec_push(a, out, problem);
}

struct err *foreign_own(struct foreign_problems *out, struct corpus *corpus)
{
	const struct release_lines none = { 0 };
	struct arena *a = corpus->arena;
	struct known_commits known = { .places = OIDMAP_INIT };
	struct exposures exposures;
	struct retros retros = { 0 };
	struct strs names = { 0 };
	struct err *e;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->status != STATUS_SUPERSEDED)
			vec_push(a, &retros, corpus->retros.at[i]);
	e = exposure_load(&exposures, corpus, &retros, &none);
	for (size_t i = 0; !e && i < exposures.nr; i++) {
		gather_ids(&names, a, &exposures.at[i].trace->question->cause);
		gather_ids(&names, a, &exposures.at[i].trace->question->fix);
	}
	if (!e)
		e = read_known(&known, a, corpus->repo, &names);
	for (size_t i = 0; !e && i < exposures.nr; i++)
		add_own(out, a, &known, &exposures.at[i]);
	oidmap_release(&known.places);
	return e;
}

/* --- those of others, here --- */

/* One of their commits, and what makes the same change here. */
struct foreign_seek {
	const struct foreign_commit *commit;
	const char *files; /* its files, a line each */
	struct oids here;
};

struct search_twins {
	struct arena *a;
	struct corpus *corpus;
	const struct release_lines *lines;
	struct VEC_OF(struct foreign_seek) sought; /* by their files */
	struct oidmap places;                      /* of those, by their ids */
	struct VEC_OF(const struct foreign_problem *) problems;
	bool unsure;
};

/* The causes that our own retros name, by id and by patch. */
static void note_own(struct oidmap *out, const struct foreign_problems *own)
{
	for (size_t i = 0; i < own->nr; i++)
		for (size_t j = 0; j < own->at[i].cause.nr; j++) {
			oidmap_add(out, &own->at[i].cause.at[j].id, i);
			oidmap_add(out, &own->at[i].cause.at[j].patch, i);
		}
}

static bool is_ours(const struct oidmap *own,
		    const struct foreign_problem *other)
{
	for (size_t i = 0; i < other->cause.nr; i++)
		if (oidmap_get(NULL, own, &other->cause.at[i].id) ||
		    oidmap_get(NULL, own, &other->cause.at[i].patch))
			return true;
	return false;
}

/* Whether one before it is the same: a repository and its mirror tell it
 * twice. */
static bool was_problem_told(struct oidmap *told,
			     const struct foreign_problems *others, size_t at)
{
	const struct foreign_problem *other = &others->at[at];
	size_t before;

	if (!other->cause.nr || oidmap_add(told, &other->cause.at[0].id, at))
		return false;
	oidmap_get(&before, told, &other->cause.at[0].id);
	return !strcmp(others->at[before].retro, other->retro) &&
	       !strcmp(others->at[before].pitfall, other->pitfall);
}

static const char *joined_files(struct arena *a, const struct strs *files)
{
	struct buf text = BUF_INIT;
	const char *copy;

	for (size_t i = 0; i < files->nr; i++)
		buf_addf(&text, "%s\n", files->at[i]);
	copy = arena_strdup(a, text.p);
	buf_release(&text);
	return copy;
}

static void seek_commits(struct search_twins *s,
			 const struct foreign_commits *commits)
{
	for (size_t i = 0; i < commits->nr; i++) {
		const struct foreign_commit *commit = &commits->at[i];

		if (oidmap_add(&s->places, &commit->id, 0))
			vec_push(s->a, &s->sought,
				 (struct foreign_seek){
					 .commit = commit,
					 .files = joined_files(
						 s->a, &commit->files) });
	}
}

static int compare_sought(const void *a, const void *b)
{
	return strcmp(((const struct foreign_seek *)a)->files,
		      ((const struct foreign_seek *)b)->files);
}

/* Those that are here themselves: a fork shares history. */
static struct err *find_shared(struct search_twins *s)
{
	struct strs names = { 0 };
	char hex[OID_HEX + 1];
	struct oid *ids = arena_alloc(s->a, (s->sought.nr + 1) * sizeof(*ids));
	struct err *e;

	for (size_t i = 0; i < s->sought.nr; i++)
		vec_push(s->a, &names,
			 arena_strdup(
				 s->a,
				 oid_hex(hex, &s->sought.at[i].commit->id)));
	e = lookup_ids(ids, s->corpus->repo, &names);
	for (size_t i = 0; !e && i < s->sought.nr; i++)
		if (!oid_is_zero(&ids[i]))
			vec_push(s->a, &s->sought.at[i].here, ids[i]);
	return e;
}

/* A commit that changed the files of one that is sought. */
struct candidate {
	struct oid id;
	size_t first; /* of `sought` with these files */
};
struct candidates VEC_OF(struct candidate);

static int by_sought_files(const void *files, const void *sought)
{
	return strcmp(files, ((const struct foreign_seek *)sought)->files);
}

static size_t first_sought(const struct search_twins *s, const char *files)
{
	return sorted_first(files, s->sought.at, s->sought.nr,
			    sizeof(*s->sought.at), by_sought_files);
}

static void add_candidate(struct candidates *out, struct search_twins *s,
			  const char *hex, struct strs *files)
{
	struct candidate candidate;
	const char *text;

	if (!files->nr || !oid_parse(&candidate.id, hex))
		return;
	strs_sort(files);
	text = joined_files(s->a, files);
	candidate.first = first_sought(s, text);
	if (candidate.first < s->sought.nr &&
	    !strcmp(s->sought.at[candidate.first].files, text))
		vec_push(s->a, out, candidate);
}

/* What git log reads: where history begins, and each file. */
static void put_question(struct buf *in, struct search_twins *s,
			 const struct oids *tips)
{
	const char *before = "";
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < tips->nr; i++)
		buf_addf(in, "%s\n", oid_hex(hex, &tips->at[i]));
	buf_addstr(in, "--\n");
	for (size_t i = 0; i < s->sought.nr; i++) {
		const struct strs *files = &s->sought.at[i].commit->files;

		if (!strcmp(s->sought.at[i].files, before))
			continue;
		before = s->sought.at[i].files;
		for (size_t j = 0; j < files->nr; j++)
			if (!strchr(files->at[j], '\n'))
				buf_addf(in, ":(top,literal)%s\n",
					 files->at[j]);
	}
}

static struct err *read_candidates(struct candidates *out,
				   struct search_twins *s,
				   const struct oids *tips)
{
	static const char *const args[] = {
		"log",         CHILD_LOG,     "--stdin",
		"-z",          "--no-merges", "--no-renames",
		"--full-diff", "--name-only", "--format=%x01%H",
		NULL,
	};
	struct buf in = BUF_INIT;
	struct strs files = { 0 };
	const char *hex = "", *text;
	struct child child;
	struct err *e;

	put_question(&in, s, tips);
	e = child_start_with(&child, args, &in);
	buf_release(&in);
	if (e)
		return e;
	while (child_fields(&text, 1, &child)) {
		text += *text == '\n';
		if (*text == COMMIT_MARK) {
			add_candidate(out, s, hex, &files);
			hex = arena_strdup(s->a, text + 1);
			files = (struct strs){ 0 };
		} else if (*text) {
			vec_push(s->a, &files, arena_strdup(s->a, text));
		}
	}
	add_candidate(out, s, hex, &files);
	return child_finish(&child);
}

static struct err *find_same_patches(struct search_twins *s,
				     const struct candidates *candidates)
{
	struct oid *patches =
		arena_alloc(s->a, (candidates->nr + 1) * sizeof(*patches));
	bool *told = arena_alloc(s->a, candidates->nr + 1);
	struct oids ids = { 0 };
	struct err *e;

	for (size_t i = 0; i < candidates->nr; i++)
		vec_push(s->a, &ids, candidates->at[i].id);
	e = patch_ids_here(patches, told, s->corpus->repo, &ids);
	for (size_t i = 0; !e && i < candidates->nr; i++) {
		size_t first = candidates->at[i].first;
		const char *files = s->sought.at[first].files;

		s->unsure |= !told[i];
		for (size_t j = first; told[i] && j < s->sought.nr &&
				       !strcmp(s->sought.at[j].files, files);
		     j++) {
			struct foreign_seek *sought = &s->sought.at[j];

			if (oid_equal(&sought->commit->patch, &patches[i]) &&
			    !oid_equal(&sought->commit->id, &ids.at[i]))
				vec_push(s->a, &sought->here, ids.at[i]);
		}
	}
	return e;
}

static struct err *find_copies(struct search_twins *s)
{
	struct candidates candidates = { 0 };
	struct oids tips = { 0 };
	struct err *e;

	for (size_t i = 0; i < s->lines->nr; i++)
		vec_push(s->a, &tips, s->lines->at[i].commit);
	e = rev_add_head(&tips, s->a, s->corpus->repo);
	if (!e && tips.nr)
		e = read_candidates(&candidates, s, &tips);
	return e ? e : find_same_patches(s, &candidates);
}

/* What was found of a commit; NULL. */
static const struct oids *found_here(const struct search_twins *s,
				     const struct foreign_commit *commit)
{
	size_t at;

	if (!oidmap_get(&at, &s->places, &commit->id))
		return NULL;
	return s->sought.at[at].here.nr ? &s->sought.at[at].here : NULL;
}

/* Every fix must be here, else none counts. */
static void ask_twin(struct questions *out, struct search_twins *s,
		     const struct foreign_problem *problem)
{
	struct question question = { 0 };
	bool fixed = problem->fix.nr && !problem->more_fixes;

	for (size_t i = 0; i < problem->cause.nr; i++) {
		const struct oids *here = found_here(s, &problem->cause.at[i]);

		for (size_t j = 0; here && j < here->nr; j++)
			vec_push(s->a, &question.cause, here->at[j]);
	}
	for (size_t i = 0; fixed && i < problem->fix.nr; i++)
		fixed = found_here(s, &problem->fix.at[i]) != NULL;
	for (size_t i = 0; fixed && i < problem->fix.nr; i++)
		vec_push(s->a, &question.fix,
			 found_here(s, &problem->fix.at[i])->at[0]);
	if (!question.cause.nr)
		return;
	vec_push(s->a, out, question);
	vec_push(s->a, &s->problems, problem);
}

static void add_twin_findings(struct foreign_findings *out,
			      struct search_twins *s,
			      const struct traces *traces)
{
	for (size_t j = 0; j < s->lines->nr; j++)
		for (size_t i = 0; i < traces->nr; i++) {
			const struct foreign_problem *problem =
				s->problems.at[i];
			const struct question *question =
				traces->at[i].question;
			const struct cell *cell = &traces->at[i].cells[j];

			if (cell->state > TRACE_UNKNOWN)
				continue;
			vec_push(
				s->a, out,
				(struct foreign_finding){
					.line = &s->lines->at[j],
					.problem = problem,
					.state = cell->state,
					.cause = question->cause.at[0],
					.pick = problem->fix.nr
							? &problem->fix.at[0].id
							: NULL });
		}
}

/* By their files, to be found by those and by their ids. */
static void sort_sought(struct search_twins *s)
{
	qsort(s->sought.at, s->sought.nr, sizeof(*s->sought.at),
	      compare_sought);
	oidmap_release(&s->places);
	for (size_t i = 0; i < s->sought.nr; i++)
		oidmap_add(&s->places, &s->sought.at[i].commit->id, i);
}

static struct err *judge_twins(struct foreign_findings *out,
			       struct search_twins *s,
			       const struct foreign_problems *asked)
{
	struct questions questions = { 0 };
	struct traces traces = { 0 };
	struct trace_base base = { 0 };
	struct err *e;

	for (size_t i = 0; i < asked->nr; i++)
		ask_twin(&questions, s, &asked->at[i]);
	if (!questions.nr)
		return NULL;
	e = trace_base_open(&base, s->a, s->corpus->repo, s->lines, &questions);
	if (!e)
		e = trace_run(&traces, &base, s->lines, &questions);
	trace_base_close(&base);
	if (!e)
		add_twin_findings(out, s, &traces);
	return e;
}

/* Those of others that none of ours speaks for, each once. */
static void choose_asked(struct foreign_problems *out, struct arena *a,
			 const struct foreign_problems *own,
			 const struct foreign_problems *others)
{
	struct oidmap known = OIDMAP_INIT, told = OIDMAP_INIT;

	note_own(&known, own);
	for (size_t i = 0; i < others->nr; i++)
		if (!is_ours(&known, &others->at[i]) &&
		    !was_problem_told(&told, others, i))
			vec_push(a, out, others->at[i]);
	oidmap_release(&known);
	oidmap_release(&told);
}

struct err *foreign_find(struct foreign_findings *out, struct corpus *corpus,
			 const struct release_lines *lines,
			 const struct foreign_problems *others)
{
	struct search_twins s = { .a = corpus->arena,
				  .corpus = corpus,
				  .lines = lines };
	struct foreign_problems own = { 0 };
	struct foreign_problems *asked = arena_alloc(s.a, sizeof(*asked));
	struct err *e = foreign_own(&own, corpus);

	s.unsure = repo_is_shallow(corpus->repo);
	if (!e)
		choose_asked(asked, s.a, &own, others);
	for (size_t i = 0; i < asked->nr; i++) {
		seek_commits(&s, &asked->at[i].cause);
		seek_commits(&s, &asked->at[i].fix);
	}
	if (!e && s.sought.nr && lines->nr) {
		sort_sought(&s);
		e = find_shared(&s);
		if (!e)
			e = find_copies(&s);
		if (!e)
			e = judge_twins(out, &s, asked);
		out->unsure = s.unsure;
	}
	oidmap_release(&s.places);
	return e;
}
