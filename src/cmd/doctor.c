/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "base/phrase.h"
#include "cmd/cmd.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/opener.h"
#include "base/text.h"
#include "cmd/propose.h"
#include "corpus/corpus.h"
#include "corpus/settings.h"
#include "git/ref.h"
#include "git/version.h"
#include "grep/pattern.h"
#include "hook/asked.h"
#include "hook/install.h"
#include "hook/measure.h"
#include "hook/program.h"
#include "index/index.h"
#include "index/work_tree.h"
#include "lineage/release.h"
#include "lineage/release_lines.h"
#include "lineage/relink.h"
#include "model/dirs.h"
#include "model/markdown.h"
#include "model/node.h"
#include "report/hints.h"
#include "report/setup.h"
#include "report/side_files.h"
#include "view/columns.h"
#include "view/style.h"

#define INDENT "  "

struct args {
	bool rebuild_index;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "rebuild-index", struct args, rebuild_index,
		 N_("rebuild the index first")),
	OPT_END,
};

static const char *const usage[] = { "doctor [--rebuild-index]", NULL };

/* Something that is not as one would expect. */
struct oddity {
	const char *text, *fix;
};

struct visit {
	struct env *env;
	struct arena *a;
	struct style style;
	struct buf out;
	struct rows rows; /* of the section that is being gathered */
	struct VEC_OF(struct oddity) odd;
};

static void odd(struct visit *visit, const char *text, const char *fix)
{
	vec_push(visit->a, &visit->odd,
		 (struct oddity){ text_cleaned(visit->a, text),
				  fix ? text_cleaned(visit->a, fix) : NULL });
}

/* An error that is told instead of returned: the rest is still looked at. */
static void odd_err(struct visit *visit, struct err *e)
{
	if (e)
		odd(visit, e->text,
		    e->hint ? arena_strdup(visit->a, e->hint) : NULL);
	err_free(e);
}

static void add_visit_row(struct visit *visit, const char *name,
			  const char *middle, enum style_role role,
			  const char *text)
{
	struct row row = { .role = { STYLE_KEY, role } };

	row.text[0] = arena_printf(visit->a, INDENT "%s",
				   text_cleaned(visit->a, name));
	row.text[1] = text_cleaned(visit->a, middle);
	row.text[2] = text_cleaned(visit->a, text);
	vec_push(visit->a, &visit->rows, row);
}

static void put_title(struct visit *visit, const char *title)
{
	if (visit->out.n)
		buf_addch(&visit->out, '\n');
	style_put(&visit->out, &visit->style, STYLE_STRONG, title);
	buf_addch(&visit->out, '\n');
}

static void put_note(struct visit *visit, const char *note)
{
	style_put(&visit->out, &visit->style, STYLE_DIM, note);
	buf_addch(&visit->out, '\n');
}

/* The section's rows under its title; nothing if there are none. */
static void put_visit_rows(struct visit *visit, const char *title)
{
	if (!visit->rows.nr)
		return;
	put_title(visit, _(title));
	columns_put(&visit->out, &visit->style, &visit->rows, 3);
	visit->rows.nr = 0;
}

/* --- versions --- */

static void look_at_versions(struct visit *visit)
{
	char *git = NULL, *self = NULL;
	bool jit;
	const char *pcre2 = pattern_version(&jit);

	odd_err(visit, program_find(&self, visit->a, "git-retro"));
	add_visit_row(visit, "git-retro", VERSION, STYLE_PLAIN,
		      self ? self : "");
	odd_err(visit, version_git(&git, visit->a));
	add_visit_row(visit, "git", git ? git : "", STYLE_PLAIN, "");
	add_visit_row(visit, "libgit2", version_libgit2(visit->a), STYLE_PLAIN,
		      version_linked());
	add_visit_row(visit, "cmark", md_version(), STYLE_PLAIN, "");
	add_visit_row(visit, "libyaml", node_version(), STYLE_PLAIN, "");
	add_visit_row(visit, "PCRE2", pcre2, STYLE_PLAIN,
		      jit ? "" : _("without JIT"));
	put_visit_rows(visit, N_("Versions"));
	if (git && !version_git_is(git, 2, 28))
		odd(visit,
		    _("this git is older than 2.28 and has no "
		      "reference-transaction hook: nothing asks when a tag is "
		      "made"),
		    _("'git retro status' lists releases without a retro"));
	odd_err(visit, program_find(&self, visit->a, "git-retro-hook"));
}

/* --- settings --- */

static void add_diags(struct visit *visit, const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++) {
		const struct diag *diag = &diags->at[i];
		const char *place = diag->path;

		if (diag->pos.line)
			place = arena_printf(visit->a, "%s:%d:%d", diag->path,
					     diag->pos.line, diag->pos.column);
		odd(visit,
		    arena_printf(visit->a, "%s: %s", place,
				 phrase_text(visit->a, diag_said(diag))),
		    phrase_text(visit->a, diag_advice(diag)));
	}
}

static void look_at_settings(struct visit *visit)
{
	struct env *env = visit->env;

	settings_load(&env->policy, visit->a, &env->policy_diags, env->repo,
		      env->config);
	settings_unknown(&env->policy_diags, visit->a, env->repo, env->config);
	add_diags(visit, &env->policy_diags);
	for (size_t i = 0; i < policy_count; i++) {
		const struct setting *setting = &policy_table[i];
		const char *origin = policy_origin(&env->policy, setting);

		add_visit_row(visit, setting->key,
			      origin ? origin : _("default"),
			      origin ? STYLE_PLAIN : STYLE_DIM,
			      policy_text(&env->policy, visit->a, setting));
	}
	put_visit_rows(visit, N_("Settings"));
}

/* --- hooks --- */

static void add_hook(struct visit *visit, const struct install_item *item)
{
	bool named = item->state == INSTALL_NAMED;
	bool good =
		item->state == INSTALL_OURS || item->state == INSTALL_CHAINED;

	add_visit_row(visit, item->hook,
		      named ? _("not installed") : item->text,
		      good ? STYLE_GOOD : STYLE_WARNING, item->path);
	if (!good && item->state != INSTALL_OUTSIDE &&
	    repo_work_tree(visit->env->repo))
		odd(visit,
		    arena_printf(visit->a, _("hook %s is not installed"),
				 item->hook),
		    named ? item->text
			  : _("'git retro hooks install' installs it next to "
			      "existing hooks"));
}

static const char *ms(struct visit *visit, double time)
{
	return arena_printf(visit->a, "%.2f ms", time);
}

static struct err *look_at_cost(struct visit *visit,
				const struct install_item *item)
{
	struct measure cost;
	bool done;
	struct err *e = measure_hook(&cost, &done, visit->env->repo, item);

	if (e)
		return e;
	if (!done) {
		if (item->state == INSTALL_CHAINED)
			put_note(visit, _("  (cost not measured: another hook "
					  "would run, too)"));
		return NULL;
	}
	add_visit_row(visit, "prepared", ms(visit, cost.prepared), STYLE_PLAIN,
		      _("for each change of refs, before it is made"));
	add_visit_row(visit, "committed", ms(visit, cost.committed),
		      STYLE_PLAIN,
		      _("for each change of refs that is not a release"));
	put_visit_rows(visit,
		       _("Cost of the hook reference-transaction, here"));
	put_note(visit, _("  (median of 20; \"GIT_RETRO=0\" in the environment "
			  "disables all hooks,\n  \"git retro hooks "
			  "uninstall\" removes them)"));
	return NULL;
}

static struct err *look_at_visit_hooks(struct visit *visit)
{
	struct env *env = visit->env;
	struct install_report report = { 0 };
	struct err *e =
		install_status(&report, visit->a, env->repo, env->config);

	for (size_t i = 0; i < report.nr; i++)
		add_hook(visit, &report.at[i]);
	put_visit_rows(visit, N_("Hooks"));
	for (size_t i = 0; !e && i < report.nr; i++)
		if (!strcmp(report.at[i].hook, "reference-transaction"))
			e = look_at_cost(visit, &report.at[i]);
	return e;
}

/* --- files of this clone --- */

static void add_side_file(struct visit *visit, const char *name,
			  const char *path, off_t size)
{
	const char *what = side_file_what(name);

	add_visit_row(visit, name,
		      arena_printf(visit->a, _("%lld bytes"), (long long)size),
		      STYLE_PLAIN, what ? _(what) : path);
}

static struct err *add_dir_size(struct visit *visit, const char *dir)
{
	struct strs names = { 0 };
	struct err *e = file_list(&names, visit->a, dir);
	struct stat st;

	for (size_t i = 0; i < names.nr; i++) {
		const char *path = path_join(visit->a, dir, names.at[i]);

		if (opener_stat(&st, AT_FDCWD, path))
			continue;
		if (!S_ISREG(st.st_mode) || st.st_nlink > 1)
			odd(visit,
			    arena_printf(visit->a,
					 _("'%s' is a link or not a regular "
					   "file, and is not used"),
					 path),
			    _("delete it"));
		else
			add_side_file(visit, names.at[i], path, st.st_size);
	}
	return e;
}

/* How often the hook of git commit told a pitfall, and what happened then. */
static void look_at_hints(struct visit *visit)
{
	struct hint_counts counts;

	hints_settle(visit->a, visit->env->repo);
	hints_count(&counts, visit->env->repo);
	if (!counts.told && !counts.muted)
		return;
	add_visit_row(visit, _("told"),
		      arena_printf(visit->a, "%zu", counts.told), STYLE_PLAIN,
		      _("by the hooks of git commit, in this clone"));
	add_visit_row(visit, _("changed"),
		      arena_printf(visit->a, "%zu", counts.changed),
		      STYLE_PLAIN,
		      _("the lines it warned about were taken back"));
	add_visit_row(visit, _("kept"),
		      arena_printf(visit->a, "%zu", counts.kept), STYLE_PLAIN,
		      _("committed unchanged"));
	add_visit_row(visit, _("muted"),
		      arena_printf(visit->a, "%zu", counts.muted), STYLE_PLAIN,
		      "git retro context --mute <retro>#P1");
	put_visit_rows(visit, _("Warnings of pitfalls"));
}

static const char *state_dir(struct visit *visit, const char *git_dir)
{
	return path_join(visit->a, git_dir, "retro");
}

static void look_at_side_files(struct visit *visit)
{
	const struct repo *repo = visit->env->repo;
	const char *common = state_dir(visit, repo_common_dir(repo));
	const char *own = state_dir(visit, repo_git_dir(repo));
	enum file_kind kind;
	bool any;

	odd_err(visit, add_dir_size(visit, common));
	if (strcmp(common, own))
		odd_err(visit, add_dir_size(visit, own));
	any = visit->rows.nr;
	put_visit_rows(visit, _("Files of this clone"));
	if (any)
		put_note(visit, _("  (caches; safe to delete)"));
	odd_err(visit, file_look(&kind, common));
	if (!opener_can_write(kind == FILE_NONE ? repo_common_dir(repo)
						: common))
		odd(visit,
		    arena_printf(visit->a, _("cannot write '%s'"), common),
		    _("everything still works, only slower, and answers to "
		      "hooks are not remembered"));
}

/* --- the index --- */

static struct err *rebuild_index(struct env *env)
{
	struct diags ignored = { .arena = env->arena };
	struct index *index = NULL;
	struct err *e = index_forget(env->arena, env->repo);

	if (!e)
		e = index_open(&index, env->arena, env->repo, &env->policy,
			       NULL, INDEX_SEARCH, &ignored);
	index_close(index);
	return e;
}

static const char *index_text(struct visit *visit,
			      const struct index_state *state)
{
	if (!state->exists)
		return _(
			"none yet; the first command that needs it creates it");
	if (!state->sound)
		return _("damaged or of another version; the next command "
			 "rebuilds it");
	if (state->unread)
		return arena_printf(visit->a,
				    _("%zu of %zu files have changed; the next "
				      "command reads them"),
				    state->unread, state->files);
	return _("up to date");
}

static void look_at_index(struct visit *visit)
{
	struct env *env = visit->env;
	struct index_state state;

	index_look(&state, visit->a, env->repo, &env->policy);
	add_visit_row(
		visit, _("size"),
		arena_printf(visit->a, _("%lld bytes"), (long long)state.bytes),
		STYLE_PLAIN, state.path);
	add_visit_row(visit, _("texts"),
		      arena_printf(visit->a, "%lld", (long long)state.texts),
		      STYLE_PLAIN, index_text(visit, &state));
	put_visit_rows(visit, N_("Index"));
}

/* --- what is left out --- */

static void look_at_templates(struct visit *visit)
{
	struct env *env = visit->env;
	struct file_tree tree = { 0 };

	if (repo_work_tree(env->repo))
		odd_err(visit, work_tree_list(&tree, visit->a, env->repo,
					      env->policy.root));
	for (size_t i = 0; i < tree.files.nr; i++)
		if (dirs_leave_out(&env->policy.dirs, tree.files.at[i]))
			add_visit_row(visit, tree.files.at[i], "template",
				      STYLE_PLAIN, "");
	put_visit_rows(visit, N_("Left out"));
}

/* Answers about tags that are gone: should one be made again, nobody would be
 * asked. */
static struct err *look_at_answers(struct visit *visit)
{
	struct env *env = visit->env;
	struct strs gone = { 0 };
	struct asked asked;
	struct err *e = asked_load(&asked, visit->a, env->repo, env->config);

	for (size_t i = 0; !e && i < asked.lines.nr; i++) {
		const char *tag = asked.lines.at[i].tag;
		struct ref ref;

		e = ref_tag(&ref, visit->a, env->repo, tag);
		if (e && e->code == ERR_NOT_FOUND) {
			strs_add(visit->a, &gone, tag);
			err_free(e);
			e = NULL;
		}
	}
	for (size_t i = 0; !e && i < gone.nr; i++)
		odd(visit,
		    arena_printf(visit->a,
				 _("there is an answer for release %s, but no "
				   "such tag"),
				 gone.at[i]),
		    arena_printf(visit->a,
				 _("remove its line from %s, or you will not "
				   "be asked when the tag is made again"),
				 asked.path));
	return e;
}

/* --- links --- */

static void add_retro_names(struct strs *out, struct arena *a,
			    const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++)
		links_append(out, a, &retros->at[i]->commits);
}

static struct err *look_at_links(struct visit *visit)
{
	struct env *env = visit->env;
	struct corpus corpus;
	struct strs names = { 0 };
	size_t dead = 0;
	int *known;
	struct err *e =
		corpus_open(&corpus, visit->a, env->repo, &env->policy, NULL);

	if (e)
		return e;
	add_retro_names(&names, visit->a, &corpus.retros);
	known = arena_alloc(visit->a, (names.nr + 1) * sizeof(*known));
	e = relink_look_hard(known, visit->a, env->repo, &names, NULL);
	for (size_t i = 0; !e && i < names.nr; i++)
		dead += !known[i];
	if (!e && dead)
		odd(visit,
		    arena_printf(
			    visit->a,
			    Q_("%zu link leads to a missing or rewritten "
			       "commit",
			       "%zu links lead to missing or rewritten commits",
			       dead),
			    dead),
		    "git retro relink");
	return e;
}

/* --- the repository --- */

static bool is_partial(struct visit *visit)
{
	struct strs names = { 0 };

	if (config_get(visit->env->config, "extensions.partialClone"))
		return true;
	config_names(&names, visit->a, visit->env->config, "remote.");
	for (size_t i = 0; i < names.nr; i++) {
		const char *dot = strrchr(names.at[i], '.');

		if (!strcmp(dot, ".promisor") &&
		    config_bool(visit->env->config, names.at[i], false))
			return true;
	}
	return false;
}

/* What is written here and cannot be committed, or is not here at all. */
static void look_at_way(struct visit *visit)
{
	struct env *env = visit->env;
	const char *dir = env->policy.dir;

	if (propose_without_tags(env))
		odd(visit,
		    _("tags may be missing here (cloned with --no-tags)"),
		    "git fetch --tags");
	if (!repo_work_tree(env->repo))
		return;
	if (propose_ignored(env, POLICY_FILE))
		odd(visit,
		    arena_printf(visit->a, _("git ignores %s"), POLICY_FILE),
		    _("allow it in .gitignore, then commit it"));
	if (propose_ignored(env, arena_printf(visit->a, "%s/x.md", dir)))
		odd(visit,
		    arena_printf(visit->a, _("git ignores files in %s/"), dir),
		    _("allow them in .gitignore, then commit them"));
}

static void look_at_repo(struct visit *visit)
{
	const struct repo *repo = visit->env->repo;
	const char *top = repo_work_tree(repo), *dir = visit->env->policy.dir;
	enum file_kind kind = FILE_NONE;

	if (top)
		odd_err(visit, work_tree_look(&kind, visit->a, repo, dir));
	if (repo_is_shallow(repo))
		odd(visit,
		    _("history is cut off here (a shallow clone): older "
		      "commits, trailers and releases are unknown"),
		    "git fetch --unshallow");
	if (is_partial(visit))
		odd(visit,
		    _("files of old commits are missing here (a partial "
		      "clone): drafts do not count changed lines"),
		    _("use a full clone to have them; nothing else needs "
		      "them"));
	if (!top)
		odd(visit,
		    _("the repository is bare: retros are read from HEAD, and "
		      "cannot be written"),
		    _("write them in a clone"));
	else if (kind == FILE_NONE)
		odd(visit,
		    arena_printf(visit->a, _("folder '%s' does not exist"),
				 dir),
		    _("'git retro init' creates it; or set 'dir' in "
		      ".retro.yml"));
}

/* --- how releases are made here --- */

/* Tags that no pattern names any more, or that one never named. */
static void look_at_tag_pattern(struct visit *visit, const char *pattern,
				const struct releases *tags)
{
	const int64_t year = INT64_C(366) * 86400;
	const struct release *last = NULL, *newest = NULL, *unnumbered = NULL;
	bool every = true, versions = false;
	int64_t now = moment_now().seconds;

	for (size_t i = 0; i < tags->nr; i++) {
		const struct release *tag = &tags->at[i];

		versions |= tag->version.nr != 0;
		if (!tag->version.nr)
			unnumbered = tag;
		every &= !fnmatch(pattern, tag->tag.name, 0);
		if (!fnmatch(pattern, tag->tag.name, 0))
			last = tag;
		else if (tag->version.nr && !tag->version.pre)
			newest = tag;
	}
	if (!last)
		odd(visit,
		    arena_printf(visit->a,
				 _("releases.tags: '%s' matches no tag"),
				 pattern),
		    _("'git tag' lists the tags"));
	else if (every && versions && unnumbered)
		odd(visit,
		    arena_printf(visit->a,
				 _("releases.tags: '%s' matches every tag, "
				   "even %s, which has no version"),
				 pattern, unnumbered->tag.name),
		    _("name the releases more closely, such as 'v[0-9]*'"));
	else if (newest && last->time < now - year &&
		 newest->time >= now - year)
		odd(visit,
		    arena_printf(visit->a,
				 _("releases.tags: '%s' matches no tag of the "
				   "last year, but there are others like %s"),
				 pattern, newest->tag.name),
		    _("if those are releases, add them to releases.tags"));
}

static bool matches_branch(const char *pattern, const struct strs *branches)
{
	for (size_t i = 0; i < branches->nr; i++)
		if (!fnmatch(pattern, branches->at[i], 0))
			return true;
	return false;
}

static struct err *look_at_branches_here(struct visit *visit)
{
	const struct policy *policy = &visit->env->policy;
	struct strs branches = { 0 };
	const char *origin = NULL;
	struct err *e = release_lines_branches(
		&branches, visit->a, visit->env->repo, visit->env->config);

	for (size_t i = 0; i < policy_count; i++)
		if (!strcmp(policy_table[i].key, "releases.branches"))
			origin = policy_origin(policy, &policy_table[i]);
	for (size_t i = 0; !e && origin && i < policy->branches.nr; i++)
		if (!matches_branch(policy->branches.at[i], &branches))
			odd(visit,
			    arena_printf(visit->a,
					 _("releases.branches: '%s' "
					   "matches no branch"),
					 policy->branches.at[i]),
			    _("'git branch -a' lists the branches"));
	return e;
}

static struct err *look_at_releases(struct visit *visit)
{
	struct env *env = visit->env;
	const struct policy *policy = &env->policy;
	struct diags diags = { .arena = visit->a };
	struct strs all = { 0 };
	struct releases tags = { 0 };
	struct err *e = setup_check(&diags, visit->a, env->repo, policy, false);

	vec_push(visit->a, &all, "*");
	add_diags(visit, &diags);
	if (!e)
		e = release_list_like(&tags, visit->a, env->repo, &all);
	for (size_t i = 0; !e && tags.nr && i < policy->tags.nr; i++)
		look_at_tag_pattern(visit, policy->tags.at[i], &tags);
	return e ? e : look_at_branches_here(visit);
}

/* What no command could work in is told, not returned. */
static struct err *open_visited_repo(struct visit *visit)
{
	struct err *e = repo_open(&visit->env->repo);

	if (e && (e->code == ERR_UNSUPPORTED || e->code == ERR_NOT_FOUND)) {
		odd_err(visit, err_hint(e, _("run it in another repository")));
		return NULL;
	}
	return e;
}

/* --- all of it --- */

static void put_oddities(struct visit *visit)
{
	put_title(visit, _("Problems"));
	for (size_t i = 0; i < visit->odd.nr; i++) {
		const struct oddity *oddity = &visit->odd.at[i];

		buf_addstr(&visit->out, INDENT);
		style_put(&visit->out, &visit->style, STYLE_WARNING,
			  oddity->text);
		buf_addch(&visit->out, '\n');
		if (oddity->fix)
			buf_addf(&visit->out, INDENT INDENT "%s\n",
				 oddity->fix);
	}
	if (!visit->odd.nr)
		buf_addf(&visit->out, INDENT "%s\n", _("none"));
}

static struct err *examine(struct visit *visit)
{
	const struct args *args = visit->env->args;
	struct err *e = NULL;

	look_at_settings(visit);
	if (args->rebuild_index)
		e = rebuild_index(visit->env);
	if (e)
		return e;
	odd_err(visit, look_at_visit_hooks(visit));
	look_at_index(visit);
	look_at_templates(visit);
	look_at_hints(visit);
	look_at_side_files(visit);
	odd_err(visit, look_at_answers(visit));
	odd_err(visit, look_at_links(visit));
	odd_err(visit, look_at_releases(visit));
	look_at_repo(visit);
	look_at_way(visit);
	return NULL;
}

static struct err *run_doctor(struct env *env)
{
	struct visit visit = { .env = env, .a = env->arena, .out = BUF_INIT };
	struct err *e;

	if (env->rest.nr)
		return err_new(ERR_USAGE, _("unexpected argument '%s'"),
			       env->rest.at[0]);
	style_init(&visit.style, env->config, 1);
	look_at_versions(&visit);
	e = open_visited_repo(&visit);
	if (!e && env->repo)
		e = examine(&visit);
	put_oddities(&visit);
	if (!e)
		e = cmd_print(env, &visit.out);
	buf_release(&visit.out);
	return e;
}

static const char *const examples[] = {
	"git retro doctor",
	"git retro doctor --rebuild-index",
	NULL,
};

const struct cmd cmd_doctor = {
	.name = "doctor",
	.summary = N_(
		"Show what is set up here, where it comes from, and problems"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_PAGER,
	.run = run_doctor,
};
