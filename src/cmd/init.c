/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/cmd.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/quote.h"
#include "cmd/ci.h"
#include "cmd/create.h"
#include "cmd/hunks.h"
#include "hook/install.h"
#include "index/work_tree.h"
#include "lineage/release.h"

/* Prefixes that become a pattern where tags are not called v1.0. */
#define MAX_PATTERNS 5

struct init_args {
	const char *language, *ci;
	bool dry_run;
};

static const struct opt opts[] = {
	OPT_BOOL(0, "dry-run", struct init_args, dry_run,
		 "only say what would be done"),
	OPT_STRING(0, "ci", struct init_args, ci, "<github|gitlab|pre-commit>",
		   "also write what runs it there"),
	OPT_STRING(0, "language", struct init_args, language, "<en|zh>",
		   "language of the templates"),
	OPT_END,
};

/* The work so far, and what is said of it. */
struct init {
	struct env *env;
	bool dry_run;
	enum language language;
	struct strs tags;   /* patterns for releases */
	const char *newest; /* release tag, or NULL */
	struct strs written;
	struct buf out;
};

/* --- how this repository calls its releases --- */

struct family {
	const char *prefix;
	size_t nr;
	bool dotted; /* some of them have a number of several parts */
};
struct families VEC_OF(struct family);

/* Whether a prefix says that what follows is no release, as curl's rc-8_1_0.
 * The usual v1.0-rc1 is for `ignore`. */
static bool is_unreleased(const char *prefix)
{
	static const char *const words[] = {
		"alpha", "beta",    "rc",  "pre",      "preview", "dev",
		"test",  "nightly", "tmp", "snapshot", "canary",  "backup",
	};

	for (size_t n; *prefix; prefix += n + !n) {
		for (n = 0; isalpha((unsigned char)prefix[n]);)
			n++;
		for (size_t i = 0; n && i < ARRAY_SIZE(words); i++)
			if (strlen(words[i]) == n &&
			    !strncasecmp(prefix, words[i], n))
				return true;
	}
	return false;
}

static bool matches_tag(const struct strs *patterns, const char *tag)
{
	for (size_t i = 0; i < patterns->nr; i++)
		if (!fnmatch(patterns->at[i], tag, 0))
			return true;
	return false;
}

static void count_tag(struct families *families, struct arena *a,
		      const char *tag)
{
	struct family *family = NULL;
	struct version version;
	const char *prefix;

	version_parse(&version, tag);
	prefix = arena_strndup(a, tag, version.prefix);
	if (!version.nr || is_unreleased(prefix))
		return;
	for (size_t i = 0; i < families->nr && !family; i++)
		if (!strcmp(families->at[i].prefix, prefix))
			family = &families->at[i];
	if (!family) {
		vec_push(a, families, (struct family){ prefix, 0, 0 });
		family = &families->at[families->nr - 1];
	}
	family->nr++;
	family->dotted |= version.nr > 1;
}

/* Takes the family with most tags out; NULL when none is left that has more
 * than a tenth of `*most`, which is set by the first. */
static const char *take_largest(size_t *most, struct families *families,
				bool dotted)
{
	struct family *best = NULL;

	for (size_t i = 0; i < families->nr; i++) {
		struct family *family = &families->at[i];

		if (family->nr && (family->dotted || !dotted) &&
		    (!best || family->nr > best->nr))
			best = family;
	}
	if (!best || best->nr * 10 <= *most)
		return NULL;
	if (!*most)
		*most = best->nr;
	best->nr = 0;
	return best->prefix;
}

/* Patterns for repositories whose releases are not called v1.0: the common
 * prefixes of a number with several parts, or if no tag has one, of any
 * number. */
static void derive_patterns(struct init *init, const struct refs *tags)
{
	struct arena *a = init->env->arena;
	struct families families = { 0 };
	struct strs patterns = { 0 };
	const char *prefix;
	bool dotted = false;
	size_t most = 0;

	for (size_t i = 0; i < tags->nr; i++)
		count_tag(&families, a, tags->at[i].name);
	for (size_t i = 0; i < families.nr; i++)
		dotted |= families.at[i].dotted;
	while (patterns.nr < MAX_PATTERNS &&
	       (prefix = take_largest(&most, &families, dotted)))
		vec_push(a, &patterns, arena_printf(a, "%s[0-9]*", prefix));
	if (patterns.nr)
		init->tags = patterns;
}

static struct err *find_habits(struct init *init)
{
	struct env *env = init->env;
	struct policy policy = env->policy;
	struct releases releases = { 0 };
	struct refs tags = { 0 };
	bool usual = false;
	struct err *e = ref_list(&tags, env->arena, env->repo, REFS_TAGS);

	init->tags = policy.tags;
	for (size_t i = 0; i < tags.nr && !usual; i++)
		usual = matches_tag(&policy.tags, tags.at[i].name);
	if (!e && !usual)
		derive_patterns(init, &tags);
	policy.tags = init->tags;
	if (!e)
		e = release_list(&releases, env->arena, env->repo, &policy);
	if (releases.nr)
		init->newest = releases.at[releases.nr - 1].tag.name;
	return e;
}

/* --- the steps --- */

static const char *policy_list_text(struct arena *a, const struct strs *values)
{
	struct buf b = BUF_INIT;
	const char *text;

	yaml_list(&b, values);
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static const char *policy_scalar_text(struct arena *a, const char *value)
{
	struct buf b = BUF_INIT;
	const char *text;

	yaml_scalar(&b, value);
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

static const char *since_text(const struct init *init)
{
	struct arena *a = init->env->arena;

	return init->newest ? arena_printf(a, "since: %s",
					   policy_scalar_text(a, init->newest))
			    : "# since: v1.0.0";
}

static void note_written(struct init *init, const char *path)
{
	buf_addf(&init->out, "%s %s\n", init->dry_run ? "would write" : "wrote",
		 path);
	vec_push(init->env->arena, &init->written, path);
}

/* Writes a file that is there as `templates/<stem>.<language>.<ending>`. */
static struct err *write_step(struct init *init, const char *path,
			      const char *stem, const char *ending)
{
	struct env *env = init->env;
	struct slots slots = { 0 };
	struct buf text = BUF_INIT;
	const char *language = init->language == LANGUAGE_ZH ? "zh" : "en";
	const struct embed *file = embed_find(arena_printf(
		env->arena, "templates/%s.%s.%s", stem, language, ending));
	struct err *e = NULL;

	vec_push(env->arena, &slots,
		 (struct slot){ "dir", policy_scalar_text(env->arena,
							  env->policy.dir) });
	vec_push(env->arena, &slots,
		 (struct slot){ "tags",
				policy_list_text(env->arena, &init->tags) });
	vec_push(env->arena, &slots,
		 (struct slot){ "since", since_text(init) });
	template_fill(&text, file->bytes, file->n, &slots);
	if (!init->dry_run)
		e = create_file(env, path, &text);
	buf_release(&text);
	if (!e)
		note_written(init, path);
	return e;
}

static void say_habits(struct init *init)
{
	if (init->tags.at != init->env->policy.tags.at)
		buf_addf(&init->out,
			 "  no tag here is called like v1.0: releases are "
			 "those like %s\n",
			 policy_list_text(init->env->arena, &init->tags));
	if (init->newest)
		buf_addf(&init->out,
			 "  releases before %s are never asked for\n",
			 init->newest);
}

static const char *absolute_in_init(const struct init *init, const char *path)
{
	return path_join(init->env->arena, repo_work_tree(init->env->repo),
			 path);
}

static struct err *write_policy(struct init *init)
{
	struct err *e;

	if (file_exists(absolute_in_init(init, POLICY_FILE))) {
		buf_addf(&init->out, "%s is there already\n", POLICY_FILE);
		return NULL;
	}
	e = find_habits(init);
	if (!e)
		e = write_step(init, POLICY_FILE, "retro", "yml");
	if (!e)
		say_habits(init);
	return e;
}

/* An empty directory cannot be committed, so it gets a file that says what it
 * is for; one that holds something needs none. */
static struct err *write_readme(struct init *init)
{
	struct env *env = init->env;
	const char *dir = env->policy.dir;
	struct strs files = { 0 };
	struct err *e =
		file_list(&files, env->arena, absolute_in_init(init, dir));

	if (e)
		return e;
	if (files.nr) {
		buf_addf(&init->out, "%s/ is there already\n", dir);
		return NULL;
	}
	return write_step(init, arena_printf(env->arena, "%s/README.md", dir),
			  "readme", "txt");
}

static struct err *say_attributes(struct init *init, const char *path)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, env->arena, env->repo, path);

	if (!e)
		buf_addf(&init->out, "%s is there already%s\n", path,
			 strstr(text.p, "diff=retro")
				 ? ""
				 : "; '*.md diff=retro' in it shows sections "
				   "in git diff");
	buf_release(&text);
	return e;
}

/* Only in the folder of the retros, and only where it has none of its own. */
static struct err *write_attributes(struct init *init)
{
	struct env *env = init->env;
	const char *path =
		arena_printf(env->arena, "%s/.gitattributes", env->policy.dir);
	struct buf text = BUF_INIT;
	struct err *e = NULL;

	if (file_exists(absolute_in_init(init, path)))
		return say_attributes(init, path);
	buf_addstr(&text, hunks_attributes);
	if (!init->dry_run)
		e = create_file(env, path, &text);
	buf_release(&text);
	if (!e)
		note_written(init, path);
	return e;
}

/* What is there is the team's, also if we wrote it. */
static struct err *say_ci(struct init *init, const struct ci *ci,
			  const struct buf *wanted)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	struct err *e = work_tree_read(&text, env->arena, env->repo, ci->path);

	if (e)
		return e;
	buf_addf(&init->out, "%s is there already", ci->path);
	if (strcmp(text.p, wanted->p) != 0)
		buf_addf(&init->out, "; this would be it:\n\n%s", wanted->p);
	buf_addch(&init->out, '\n');
	buf_release(&text);
	return NULL;
}

static struct err *write_ci(struct init *init, const struct ci *ci)
{
	struct env *env = init->env;
	struct buf text = BUF_INIT;
	struct err *e = NULL;

	ci_fill(&text, env->arena, ci, &env->policy, &init->tags);
	if (file_exists(absolute_in_init(init, ci->path))) {
		e = say_ci(init, ci, &text);
	} else {
		if (!init->dry_run)
			e = create_file(env, ci->path, &text);
		if (!e)
			note_written(init, ci->path);
		if (!e && ci->next)
			buf_addf(&init->out, "  %s\n", ci->next);
	}
	buf_release(&text);
	return e;
}

static struct err *install_step(struct init *init)
{
	struct env *env = init->env;
	struct install_report report = { 0 };
	struct err *e = install_hooks(&report, env->arena, env->repo,
				      env->config, init->dry_run);

	for (size_t i = 0; i < report.nr; i++)
		buf_addf(&init->out, "hook %s%s: %s\n", report.at[i].hook,
			 init->dry_run ? " would be" : "", report.at[i].text);
	return e;
}

/* `asked`: whether a hook asks. */
static void say_next(struct init *init, bool asked)
{
	if (init->dry_run || !init->written.nr)
		return;
	buf_addstr(&init->out, "\nCommit");
	for (size_t i = 0; i < init->written.nr; i++)
		buf_addf(&init->out, "%s %s",
			 !i                         ? ""
			 : i + 1 < init->written.nr ? ","
						    : " and",
			 init->written.at[i]);
	buf_addstr(&init->out, " to share this with the team.\n");
	if (!strs_has(&init->written, POLICY_FILE))
		return;
	if (asked)
		buf_addf(&init->out, "The %s release tag asks for its retro; ",
			 init->newest ? "next" : "first");
	if (init->newest)
		buf_addf(&init->out,
			 "'git retro new --release %s' drafts one now.\n",
			 quote_word(init->env->arena, init->newest));
	else
		buf_addstr(&init->out, "'git retro new' drafts one now.\n");
}

static struct err *run(struct env *env)
{
	const struct init_args *args = env->args;
	struct init init = { .env = env,
			     .dry_run = args->dry_run,
			     .out = BUF_INIT };
	const struct ci *ci = NULL;
	struct err *e = NULL, *printed;

	if (env->rest.nr)
		return err_new(ERR_USAGE, "init takes no arguments");
	if (args->ci)
		e = ci_find(&ci, args->ci);
	if (e)
		return e;
	init.tags = env->policy.tags;
	e = create_language(&init.language, env, args->language);
	if (!e)
		e = write_policy(&init);
	if (!e)
		e = write_readme(&init);
	if (!e)
		e = write_attributes(&init);
	if (!e && ci)
		e = write_ci(&init, ci);
	if (!e)
		e = hunks_install(&init.out, env, args->dry_run);
	if (!e) {
		e = install_step(&init);
		say_next(&init, !e);
	}
	/* What was done is said even if the next step failed. */
	printed = cmd_print(env, &init.out);
	buf_release(&init.out);
	if (!e)
		return printed;
	err_free(printed);
	return e;
}

static const char *const usage[] = {
	"init [--dry-run] [--language <en|zh>] [--ci <forge>]",
	NULL,
};

const struct cmd cmd_init = {
	.name = "init",
	.summary = "Make a repository ready: settings, directory, hooks",
	.usage = usage,
	.opts = opts,
	.args_size = sizeof(struct init_args),
	.needs = CMD_REPO | CMD_WORK_TREE,
	.run = run,
};
