/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/digest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "base/text.h"
#include "git/ancestry.h"
#include "git/ledger.h"
#include "git/mentions.h"
#include "git/message.h"
#include "git/oidmap.h"
#include "git/repo.h"
#include "git/rev.h"
#include "lineage/noise.h"
#include "lineage/people.h"
#include "lineage/reverts.h"

/* A date behind this year is a mistake: 2100-01-01. */
#define SANE_UNTIL  INT64_C(4102444800)
#define DAY_SECONDS 86400

/* --- the walk ----------------------------------------------------------- */

struct request {
	struct digest_merge found;
	bool merge;
	size_t order; /* among the requests */
	bool dropped;
};

/* What is kept of a range: ids of all commits, texts only of those that a
 * list will name. */
struct gather_digest {
	struct digest *out;
	struct arena *arena;
	struct repo *repo;
	const char *dir;
	struct oidset range;
	struct people people;
	struct revert_claims reverts, fixes;
	struct revert_claims vague; /* reverts that name no commit */
	struct VEC_OF(struct request) requests;
	struct progress progress;
	struct strs noted; /* newest first */
};

/* Author dates come from clocks that were wrong, from before 1970, and from
 * patches older than their project; a commit is not written after it was
 * committed. */
static void note_day(struct digest *out, const struct commit *commit)
{
	int64_t authored = commit->authored.seconds;
	int32_t day = day_of(commit->authored);

	if (authored <= 0 || authored > SANE_UNTIL ||
	    authored > commit->committed.seconds + DAY_SECONDS)
		return;
	if (out->first_day == DAY_NONE || day < out->first_day)
		out->first_day = day;
	if (out->last_day == DAY_NONE || day > out->last_day)
		out->last_day = day;
}

static void note_request(struct gather_digest *g, const struct commit *commit)
{
	bool merge = commit->parent_count > 1;
	struct request r = { .merge = merge, .order = g->requests.nr };
	struct arena scratch = ARENA_INIT;
	const char *number, *title;

	if (message_request(&number, &title, &scratch, commit->message)) {
		r.found.request = arena_strdup(g->arena, number);
		if (title)
			r.found.title = arena_strdup(g->arena, title);
	}
	arena_release(&scratch);
	if (!merge && !r.found.request)
		return;
	r.found.commit = reverts_keep(g->arena, commit);
	if (!r.found.title)
		r.found.title = r.found.commit.subject;
	vec_push(g->arena, &g->requests, r);
}

static void note_claim(struct gather_digest *g, struct revert_claims *claims,
		       const struct commit *commit, const char *id)
{
	vec_push(g->arena, claims,
		 (struct revert_claim){ reverts_keep(g->arena, commit),
					arena_strdup(g->arena, id),
					g->out->commits,
					commit->parent_count > 1 });
}

static void note_pick(struct gather_digest *g, const struct commit *commit,
		      const struct mention *mention)
{
	vec_push(g->arena, &g->out->picks,
		 (struct digest_pick){
			 .commit = reverts_keep(g->arena, commit),
			 .from = arena_strdup(g->arena, mention->id),
			 .upstream = mention->type == MENTION_UPSTREAM,
		 });
}

/* A commit that was picked twice says so twice: the last line is this one's. */
static void note_mentions(struct gather_digest *g, const struct commit *commit)
{
	struct arena scratch = ARENA_INIT;
	struct mentions mentions = { 0 };
	const struct mention *pick = NULL;
	size_t before = g->reverts.nr;
	bool vague = false;

	message_mentions(&mentions, &scratch, commit->message);
	for (size_t i = 0; i < mentions.nr; i++) {
		const struct mention *mention = &mentions.at[i];

		if (mention->type == MENTION_REVERT)
			note_claim(g, &g->reverts, commit, mention->id);
		else if (mention->type == MENTION_FIX)
			note_claim(g, &g->fixes, commit, mention->id);
		else if (mention->type == MENTION_PICK ||
			 mention->type == MENTION_UPSTREAM)
			pick = mention;
		vague |= mention->type == MENTION_REVERT_TITLE ||
			 mention->type == MENTION_REVERT_REQUEST;
	}
	if (vague && g->reverts.nr == before)
		note_claim(g, &g->vague, commit, "");
	if (pick)
		note_pick(g, commit, pick);
	arena_release(&scratch);
}

/* "Retro-Note: text" at the start of a line, or of an item of the list that a
 * squash merge leaves. */
static void keep_noted(struct gather_digest *g, const struct commit *commit)
{
	static const char key[] = "Retro-Note:";
	size_t n = strlen(key);

	for (const char *at = commit->message; (at = strcasestr(at, key));
	     at += n) {
		const char *start = at, *value = at + n;
		size_t len = strcspn(value, "\n");

		while (start > commit->message && strchr(" \t*-", start[-1]))
			start--;
		text_trim(&value, &len);
		if (len && start > commit->message && start[-1] == '\n')
			vec_push(g->arena, &g->noted,
				 arena_strndup(g->arena, value, len));
	}
}

/* The walk is newest first. */
static void list_noted(struct gather_digest *g)
{
	for (size_t i = g->noted.nr; i-- > 0;)
		strs_add(g->arena, &g->out->notes, g->noted.at[i]);
}

static bool note_commit(void *data, const struct commit *commit)
{
	struct gather_digest *g = data;
	struct digest *out = g->out;

	oidset_add(&g->range, &commit->id);
	people_add(&g->people, commit);
	note_day(out, commit);
	note_request(g, commit);
	note_mentions(g, commit);
	keep_noted(g, commit);
	out->commits++;
	out->merges += commit->parent_count > 1;
	if (out->commits % 1000 == 0)
		progress_step(&g->progress, out->commits);
	return true;
}

static struct err *walk_digest(struct gather_digest *g)
{
	const struct range *range = &g->out->range;
	size_t total = 0, merges;
	struct err *e = NULL;

	if (isatty(2)) /* else nobody sees how much of it is done */
		e = walk_count(&total, &merges, g->repo, range);
	if (e)
		return e;
	progress_start(&g->progress, N_("Reading commits"), total);
	e = walk_range(g->repo, range, note_commit, g);
	progress_stop(&g->progress);
	return e;
}

/* Whether one of the commits whose parents are cut off is in the range. */
static struct err *find_shallow(struct gather_digest *g)
{
	struct oids ends = { 0 };
	struct err *e = repo_shallow_ends(&ends, g->arena, g->repo);

	for (size_t i = 0; i < ends.nr; i++)
		g->out->shallow |= oidset_has(&g->range, &ends.at[i]);
	return e;
}

/* --- requests ----------------------------------------------------------- */

/* Of one number: merges first, then the newest. */
static int compare_requests(const void *a, const void *b)
{
	const struct request *one = *(const struct request *const *)a;
	const struct request *two = *(const struct request *const *)b;
	int order = strcmp(one->found.request, two->found.request);

	if (order)
		return order;
	if (one->merge != two->merge)
		return one->merge ? -1 : 1;
	return one->order < two->order ? -1 : one->order > two->order;
}

/* Drops a squash whose request is there as a merge, or as a newer squash. */
static void drop_doubles(struct gather_digest *g)
{
	struct VEC_OF(const struct request *) by = { 0 };

	for (size_t i = 0; i < g->requests.nr; i++)
		if (g->requests.at[i].found.request)
			vec_push(g->arena, &by, &g->requests.at[i]);
	if (by.nr)
		qsort(by.at, by.nr, sizeof(*by.at), compare_requests);
	for (size_t i = 1; i < by.nr; i++) {
		struct request *r = &g->requests.at[by.at[i]->order];

		r->dropped = !r->merge && !strcmp(r->found.request,
						  by.at[i - 1]->found.request);
	}
}

static void list_pull_requests(struct gather_digest *g)
{
	drop_doubles(g);
	for (size_t i = 0; i < g->requests.nr; i++) {
		const struct digest_merge *found = &g->requests.at[i].found;
		const char *subject = found->commit.subject;

		if (g->requests.at[i].dropped)
			continue;
		if (!found->request && noise_is_upkeep(subject))
			g->out->upkeep++;
		else if (noise_is_bot(&found->commit.author) ||
			 noise_is_bump(found->title) || noise_is_bump(subject))
			g->out->bumps++;
		else
			vec_push(g->arena, &g->out->requests, *found);
	}
}

/* --- links to other commits ---------------------------------------------- */

static void list_people(struct gather_digest *g)
{
	const struct digest_authors *all = &g->people.authors;

	for (size_t i = 0; i < all->nr; i++) {
		if (!noise_is_bot(&all->at[i].person)) {
			vec_push(g->arena, &g->out->authors, all->at[i]);
			continue;
		}
		g->out->bots++;
		g->out->bot_commits += all->at[i].commits;
	}
}

/* A new version that was taken back taught nobody anything. */
static void drop_bumps(struct digest_reverts *reverts)
{
	static const char before[] = "Revert \"";
	size_t kept = 0;

	for (size_t i = 0; i < reverts->nr; i++) {
		const struct digest_revert *r = &reverts->at[i];
		const char *title = r->reverted_known ? r->reverted.subject
						      : r->revert.subject;

		if (!strncmp(title, before, strlen(before)))
			title += strlen(before);
		if (!noise_is_bump(title))
			reverts->at[kept++] = *r;
	}
	reverts->nr = kept;
}

static struct err *list_digest_fixes(struct gather_digest *g)
{
	struct strs names = { 0 };
	struct commits commits = { 0 };
	struct err *e;

	for (size_t i = 0; i < g->fixes.nr; i++)
		vec_push(g->arena, &names, g->fixes.at[i].id);
	e = walk_many(&commits, g->arena, g->repo, &names);
	for (size_t i = 0; !e && i < commits.nr; i++) {
		const struct revert_claim *claim = &g->fixes.at[i];
		struct digest_fix fix = { .fix = claim->by };

		fix.fixed_known = !oid_is_zero(&commits.at[i].id);
		if (fix.fixed_known)
			fix.fixed = reverts_keep(g->arena, &commits.at[i]);
		else
			fix.fixed = reverts_unknown(claim->id);
		vec_push(g->arena, &g->out->fixes, fix);
	}
	return e;
}

/* A commit that the range speaks of, and whether it had been released. */
struct target {
	const struct oid *id;
	bool *shipped;
};

struct targets VEC_OF(struct target);

static void add_target(struct targets *out, struct gather_digest *g,
		       const struct digest_commit *commit, bool known,
		       bool *shipped)
{
	if (known && !oidset_has(&g->range, &commit->id))
		vec_push(g->arena, out,
			 (struct target){ &commit->id, shipped });
}

/* What is not in the range but reachable from its start was there before. */
static struct err *find_shipped(struct gather_digest *g)
{
	struct digest *out = g->out;
	struct targets targets = { 0 };
	struct oids among = { 0 };
	bool *reached;
	struct err *e;

	if (!out->range.from)
		return NULL;
	for (size_t i = 0; i < out->reverts.nr; i++) {
		struct digest_revert *r = &out->reverts.at[i];

		add_target(&targets, g, &r->reverted, r->reverted_known,
			   &r->shipped);
	}
	for (size_t i = 0; i < out->fixes.nr; i++) {
		struct digest_fix *f = &out->fixes.at[i];

		add_target(&targets, g, &f->fixed, f->fixed_known, &f->shipped);
	}
	for (size_t i = 0; i < targets.nr; i++)
		vec_push(g->arena, &among, *targets.at[i].id);
	reached = arena_alloc(g->arena, targets.nr + 1);
	e = ancestry_reached(reached, g->repo, out->range.from, &among);
	for (size_t i = 0; !e && i < targets.nr; i++)
		*targets.at[i].shipped = reached[i];
	return e;
}

static void set_abbrev(struct gather_digest *g, struct digest_commit *commit)
{
	if (!commit->abbrev && !oid_is_zero(&commit->id))
		commit->abbrev = rev_abbrev(g->arena, g->repo, &commit->id);
}

static void abbreviate_digest(struct gather_digest *g)
{
	struct digest *out = g->out;

	for (size_t i = 0; i < out->reverts.nr; i++) {
		set_abbrev(g, &out->reverts.at[i].revert);
		set_abbrev(g, &out->reverts.at[i].reverted);
	}
	for (size_t i = 0; i < out->fixes.nr; i++) {
		set_abbrev(g, &out->fixes.at[i].fix);
		set_abbrev(g, &out->fixes.at[i].fixed);
	}
	for (size_t i = 0; i < out->picks.nr; i++)
		set_abbrev(g, &out->picks.at[i].commit);
}

/* --- files -------------------------------------------------------------- */

/* What names the versions of what a project is built from or runs on, by the
 * last part of the path. */
static const char *const manifests[] = {
	/* Python and its environments */
	"requirements*.txt",
	"requirements*.in",
	"constraints*.txt",
	"pyproject.toml",
	"setup.py",
	"setup.cfg",
	"Pipfile",
	"Pipfile.lock",
	"poetry.lock",
	"uv.lock",
	"pdm.lock",
	"pylock*.toml",
	"environment.yml",
	"environment.yaml",
	"conda-lock.yml",
	"pixi.toml",
	"pixi.lock",
	/* JavaScript */
	"package.json",
	"package-lock.json",
	"npm-shrinkwrap.json",
	"yarn.lock",
	"pnpm-lock.yaml",
	"bun.lock",
	"bun.lockb",
	"deno.lock",
	/* Go, Rust, Ruby, PHP */
	"go.mod",
	"go.sum",
	"go.work",
	"go.work.sum",
	"Cargo.toml",
	"Cargo.lock",
	"Gemfile",
	"Gemfile.lock",
	"*.gemspec",
	"composer.json",
	"composer.lock",
	/* Java, .NET */
	"pom.xml",
	"build.gradle",
	"build.gradle.kts",
	"gradle.lockfile",
	"libs.versions.toml",
	"packages.config",
	"packages.lock.json",
	"Directory.Packages.props",
	/* Swift, Dart, Elixir, R, Julia, C and C++ */
	"Package.swift",
	"Package.resolved",
	"Podfile",
	"Podfile.lock",
	"pubspec.yaml",
	"pubspec.lock",
	"mix.exs",
	"mix.lock",
	"renv.lock",
	"Project.toml",
	"Manifest.toml",
	"conanfile.txt",
	"conanfile.py",
	"vcpkg.json",
	/* systems, data, other repositories */
	"Dockerfile",
	"Dockerfile.*",
	"*.Dockerfile",
	"Containerfile",
	"flake.lock",
	"dvc.lock",
	".gitmodules",
	".tool-versions",
	".python-version",
	".nvmrc",
};

static bool is_manifest(const char *path)
{
	const char *name = path_base(path);

	for (size_t i = 0; i < ARRAY_SIZE(manifests); i++)
		if (glob_name(manifests[i], name))
			return true;
	return false;
}

static int most_changed(const void *a, const void *b)
{
	const struct diff_file *one = a, *two = b;
	size_t p = one->added + one->deleted, q = two->added + two->deleted;

	if (p != q)
		return p > q ? -1 : 1;
	return strcmp(one->path, two->path);
}

/* Without the blobs there are no lines to count: the paths then. */
static struct err *read_digest_files(struct gather_digest *g)
{
	struct digest *out = g->out;
	struct strs names = { 0 };
	struct err *e =
		diff_numstat(&out->files, g->arena, g->repo, &out->range);

	out->lines_known = !e;
	if (!e)
		return NULL;
	err_pass(e);
	e = diff_names(&names, g->arena, g->repo, &out->range);
	for (size_t i = 0; !e && i < names.nr; i++)
		vec_push(g->arena, &out->files,
			 (struct diff_file){ .path = names.at[i] });
	return e;
}

static struct err *list_digest_files(struct gather_digest *g)
{
	struct digest *out = g->out;
	struct err *e = read_digest_files(g);

	if (!e && out->files.nr)
		qsort(out->files.at, out->files.nr, sizeof(*out->files.at),
		      most_changed);
	for (size_t i = 0; i < out->files.nr; i++) {
		const struct diff_file *file = &out->files.at[i];

		out->lines_added += file->added;
		out->lines_deleted += file->deleted;
		if (noise_is_foreign(file->path))
			continue;
		vec_push(g->arena, &out->paths, file->path);
		if (file->old_path)
			vec_push(g->arena, &out->paths, file->old_path);
		if (is_manifest(file->path))
			vec_push(g->arena, &out->dependencies,
				 (struct digest_dependency){ file->path,
							     file->added,
							     file->deleted });
	}
	out->files_changed = out->files.nr;
	noise_sift_files(&out->files, g->arena, g->dir);
	return e;
}

/* --- the whole ---------------------------------------------------------- */

/* What those mean that name only a title or a number, the ledger knows. It
 * reads all of history once, so it is asked only if there is one. */
static struct err *settle_vague(struct gather_digest *g)
{
	struct oid to = g->out->range.to;
	const struct oids tips = { &to, 1, 1 };
	struct oidmap places = OIDMAP_INIT; /* of the vague ones */
	struct ledger ledger;
	struct err *e;
	size_t at;

	if (!g->vague.nr)
		return NULL;
	for (size_t i = 0; i < g->vague.nr; i++)
		oidmap_add(&places, &g->vague.at[i].by.id, i);
	e = ledger_load(&ledger, g->arena, g->repo, &tips);
	for (size_t i = 0; !e && i < ledger.entries.nr; i++) {
		const struct ledger_entry *entry = &ledger.entries.at[i];
		struct revert_claim claim;

		if (entry->key != LEDGER_REVERT ||
		    !oidmap_get(&at, &places, &entry->commit))
			continue;
		claim = g->vague.at[at];
		claim.id = entry->value;
		vec_push(g->arena, &g->reverts, claim);
	}
	oidmap_release(&places);
	return e;
}

static struct err *gather_digest(struct gather_digest *g)
{
	struct err *e = walk_digest(g);

	if (!e)
		e = settle_vague(g);
	reverts_drop_repeated(&g->reverts);
	if (!e)
		e = find_shallow(g);
	if (!e)
		e = people_finish(&g->people, g->repo);
	if (e)
		return e;
	list_noted(g);
	list_people(g);
	list_pull_requests(g);
	e = reverts_resolve(&g->out->reverts, g->arena, g->repo, &g->reverts,
			    &g->range);
	drop_bumps(&g->out->reverts);
	if (!e)
		e = list_digest_fixes(g);
	if (!e)
		e = find_shipped(g);
	if (!e)
		abbreviate_digest(g);
	if (!e)
		e = list_digest_files(g);
	return e;
}

struct err *digest_range(struct digest *out, struct arena *a, struct repo *repo,
			 const struct range *range, const char *dir)
{
	struct gather_digest g = {
		.out = out, .arena = a, .repo = repo, .dir = dir
	};
	struct err *e;

	*out = (struct digest){ .range = *range,
				.first = !range->from,
				.first_day = DAY_NONE,
				.last_day = DAY_NONE };
	people_init(&g.people, a);
	e = gather_digest(&g);
	people_release(&g.people);
	oidset_release(&g.range);
	return e;
}
