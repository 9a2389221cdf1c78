/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"
#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/opener.h"
#include "base/quote.h"
#include "git/child.h"
#include "git/rev.h"
#include "git/version.h"
#include "grep/grep.h"
#include "view/hits.h"
#include "view/record.h"

struct args {
	struct strs tokens, sections;
	int syntax; /* enum syntax plus 1; 0: as git config has it */
	bool ignore_case, word, invert;
	bool count, names, without, only_matching, quiet;
	int most;           /* lines of each file; 0: all */
	int number, column; /* enum given */
	int no_name;
	bool full_name, heading, parted, null;
	int context[2]; /* before, after */
	int colour;     /* see OPT_WHEN */
	const char *at;
	bool history;
	const char *repos;
	int format;
};

enum given { AS_SET, YES, NO };

static const char *const colours[] = { "always", "never", "auto", NULL };

static const struct opt opts[] = {
	OPT_TOKEN('e', "regexp", struct args, tokens, "<regex>",
		  N_("a pattern; use it for one that begins with -")),
	OPT_TOKEN('f', "file", struct args, tokens, "<file>",
		  N_("read patterns from this file, one per line; - is stdin")),
	OPT_TOKEN(0, "and", struct args, tokens, NULL,
		  N_("match both the pattern before and the one after")),
	OPT_TOKEN(0, "or", struct args, tokens, NULL,
		  N_("match either pattern (default)")),
	OPT_TOKEN(0, "not", struct args, tokens, NULL,
		  N_("match lines without the pattern that follows")),
	OPT_SET('G', "basic-regexp", struct args, syntax, SYNTAX_BASIC + 1,
		N_("basic regular expressions (default)")),
	OPT_SET('E', "extended-regexp", struct args, syntax,
		SYNTAX_EXTENDED + 1, N_("extended regular expressions")),
	OPT_SET('F', "fixed-strings", struct args, syntax, SYNTAX_FIXED + 1,
		N_("fixed strings, not regular expressions")),
	OPT_SET('P', "perl-regexp", struct args, syntax, SYNTAX_PERL + 1,
		N_("Perl-compatible regular expressions")),
	OPT_BOOL('i', "ignore-case", struct args, ignore_case,
		 N_("ignore case")),
	OPT_BOOL('w', "word-regexp", struct args, word,
		 N_("match whole words only")),
	OPT_BOOL('v', "invert-match", struct args, invert,
		 N_("show the lines that do not match")),
	OPT_LIST(0, "in", struct args, sections, "<section>",
		 N_("only in this section")),
	CMD_OPT_AT(struct args),
	OPT_BOOL(0, "history", struct args, history,
		 N_("search every version of every retro, on any branch")),
	OPT_BOOL('c', "count", struct args, count,
		 N_("show how many lines match in each retro")),
	OPT_BOOL('l', "files-with-matches", struct args, names,
		 N_("show only file names")),
	OPT_BOOL('L', "files-without-match", struct args, without,
		 N_("show the names of files without a match")),
	OPT_BOOL('q', "quiet", struct args, quiet,
		 N_("print nothing, only set the exit code")),
	OPT_INT('m', "max-count", struct args, most, "<n>",
		N_("show at most <n> lines per file; 0: all")),
	OPT_BOOL('o', "only-matching", struct args, only_matching,
		 N_("show only the matching part of a line")),
	OPT_SET('n', "line-number", struct args, number, YES,
		N_("show line numbers")),
	OPT_SET(0, "no-line-number", struct args, number, NO,
		N_("no line numbers, even if grep.lineNumber is set")),
	OPT_SET(0, "column", struct args, column, YES,
		N_("show the byte column of the first match")),
	OPT_SET(0, "no-column", struct args, column, NO,
		N_("no columns, even if grep.column is set")),
	OPT_SET('h', "no-filename", struct args, no_name, true,
		N_("do not show file names")),
	OPT_SET('H', "with-filename", struct args, no_name, false,
		N_("show file names (default)")),
	OPT_BOOL(0, "full-name", struct args, full_name,
		 N_("show paths from the root of the repository")),
	OPT_BOOL(0, "heading", struct args, heading,
		 N_("show the name once, above its lines")),
	OPT_BOOL(0, "break", struct args, parted,
		 N_("print an empty line between files")),
	OPT_BOOL('z', "null", struct args, null,
		 N_("print a NUL byte after each name")),
	OPT_INT('A', "after-context", struct args, context[1], "<n>",
		N_("show <n> lines after each match")),
	OPT_INT('B', "before-context", struct args, context[0], "<n>",
		N_("show <n> lines before each match")),
	OPT_BOTH('C', "context", struct args, context, "<n>",
		 N_("show <n> lines before and after each match")),
	OPT_WHEN(0, "color", struct args, colour, colours,
		 N_("always, never or auto")),
	OPT_REPOS(struct args),
	OPT_CHOICE(0, "format", struct args, format, "<format>",
		   format_names_json, N_("human or json")),
	OPT_END,
};

static const char *const usage[] = {
	"grep [<option>...] <regex>... [-- <path>...]",
	NULL,
};

/* --- what is asked for --- */

/* As git grep reads its settings. */
static enum syntax choose_grep_syntax(const struct env *env)
{
	static const char *const types[] = { "basic", "extended", "fixed",
					     "perl" };
	const struct args *args = env->args;
	const char *type = config_get(env->config, "grep.patternType");

	if (args->syntax)
		return (enum syntax)(args->syntax - 1);
	for (size_t i = 0; type && i < ARRAY_SIZE(types); i++)
		if (!strcasecmp(type, types[i]))
			return (enum syntax)i;
	if (config_bool(env->config, "grep.extendedRegexp", false))
		return SYNTAX_EXTENDED;
	return SYNTAX_BASIC;
}

static enum hits_what choose_what(const struct args *args)
{
	return args->without                ? HITS_WITHOUT
	       : args->names || args->quiet ? HITS_NAMES
	       : args->count                ? HITS_COUNT
					    : HITS_LINES;
}

static bool choose_grep_flag(const struct env *env, int given,
			     const char *setting)
{
	return given == YES ||
	       (given == AS_SET && config_bool(env->config, setting, false));
}

/* For what is written to this descriptor. */
static struct hits choose_looks(struct env *env, int fd)
{
	const struct args *args = env->args;
	struct hits hits = {
		.what = choose_what(args),
		.name = !args->no_name,
		.number =
			choose_grep_flag(env, args->number, "grep.lineNumber"),
		.column = choose_grep_flag(env, args->column, "grep.column"),
		.heading = args->heading,
		.parted = args->parted,
		.only_matching = args->only_matching && !args->invert,
		.null = args->null,
		.context = args->context[0] || args->context[1],
	};
	struct style style;

	style_init_as(&style, env->config, fd, "color.grep",
		      args->colour ? colours[args->colour - 1] : NULL);
	hits.clean = style.tty;
	hits_colours(&hits, env->arena, env->config, &style);
	return hits;
}

static struct grep choose_grep(struct env *env, const struct hits *hits)
{
	const struct args *args = env->args;
	struct grep grep = {
		.syntax = choose_grep_syntax(env),
		.flags = (args->ignore_case ? PATTERN_IGNORE_CASE : 0u) |
			 (args->word ? PATTERN_WORD : 0u),
		.sections = args->sections,
		.paths = env->rest,
		.rev = args->at,
		.one = args->quiet && !args->without,
		.ids = (args->history && hits->what == HITS_LINES) ||
		       args->format == FORMAT_JSON,
	};

	grep.scan = (struct scan){
		.want = hits->what == HITS_LINES   ? SCAN_LINES
			: hits->what == HITS_COUNT ? SCAN_COUNT
						   : SCAN_ANY,
		.most = (size_t)args->most,
		.invert = args->invert,
		.before = (size_t)args->context[0],
		.after = (size_t)args->context[1],
		.column = hits->column,
		.spans = hits->only_matching ||
			 *hits->colours[HITS_MATCH_SELECTED] ||
			 *hits->colours[HITS_MATCH_CONTEXT],
	};
	return grep;
}

/* --- what is printed --- */

struct naming {
	bool plain; /* no name is quoted */
	bool ascii; /* or everything outside ASCII is, too */
};

static struct naming choose_naming(const struct env *env,
				   const struct hits *hits)
{
	return (struct naming){
		hits->null,
		config_bool(env->config, "core.quotePath", true),
	};
}

/* A file as git grep names it: from where the person stands, a revision in
 * front. */
static const char *hit_name(struct arena *a, const struct naming *naming,
			    const char *rev, const char *path)
{
	struct buf name = BUF_INIT;
	const char *text;

	if (rev) {
		buf_addstr(&name, rev);
		buf_addch(&name, ':');
	}
	if (naming->plain)
		buf_addstr(&name, path);
	else
		quote_path(&name, path, naming->ascii);
	text = arena_strndup(a, name.p, name.n);
	buf_release(&name);
	return text;
}

static void add_hit_files(struct hits_texts *out, struct env *env,
			  const struct hits *hits,
			  const struct grep_files *files)
{
	const struct args *args = env->args;
	const struct naming naming = choose_naming(env, hits);
	bool full = args->full_name ||
		    config_bool(env->config, "grep.fullName", false);
	const char *here = full ? "" : repo_prefix(env->repo);

	for (size_t i = 0; i < files->nr; i++) {
		const struct grep_file *file = &files->at[i];
		const char *path;

		if (!hits_has(hits, &file->found))
			continue;
		path = path_relative(env->arena, here, file->path);
		vec_push(env->arena, out,
			 (struct hits_text){
				 .name = hit_name(env->arena, &naming, args->at,
						  path),
				 .file = file,
			 });
	}
}

/* A text is called as git show finds it. */
static void add_version(struct hits_texts *out, struct arena *a,
			const struct naming *naming,
			const struct grep_file *file,
			const struct history *history, size_t number)
{
	struct text_version *version = arena_alloc(a, sizeof(*version));
	struct hits_text text = { .file = file, .version = version };
	char hex[OID_HEX + 1];

	*version = history_version(history, number);
	oid_hex(hex, &version->from.commit);
	hex[HITS_ABBREV] = '\0';
	text.name = hit_name(a, naming, hex, version->first_path);
	history_branches(&text.branches, history, number);
	vec_push(a, out, text);
}

static void add_versions(struct hits_texts *out, struct env *env,
			 const struct hits *hits,
			 const struct grep_files *files,
			 const struct history *history)
{
	const struct naming naming = choose_naming(env, hits);

	for (size_t i = 0; i < files->nr; i++) {
		size_t number = history->order[i];
		const struct grep_file *file = &files->at[number];

		if (file->path && hits_has(hits, &file->found))
			add_version(out, env->arena, &naming, file, history,
				    number);
	}
}

static void hint_sections(const struct env *env, const struct grep_files *files)
{
	const struct args *args = env->args;

	if (!files->sections_missing)
		return;
	fflush(stdout);
	fprintf(stderr, _("git retro: nothing was found in a section '%s'\n"),
		args->sections.at[0]);
}

static void hint_missing_versions(const struct grep_files *files)
{
	if (!files->unread)
		return;
	fflush(stdout);
	fprintf(stderr,
		Q_("git retro: %zu version was not looked at: it is missing "
		   "here, or too large\n",
		   "git retro: %zu versions were not looked at: they are "
		   "missing here, or too large\n",
		   files->unread),
		files->unread);
	fprintf(stderr, _("hint: %s\n"), child_bring_hint());
}

static struct err *print_hits(struct env *env, const struct hits *hits,
			      const struct hits_texts *texts,
			      const struct grep_files *files)
{
	const struct args *args = env->args;
	struct buf out = BUF_INIT;
	struct err *e;

	if (args->quiet)
		; /* the exit code says it */
	else if (args->format == FORMAT_JSON)
		hits_json(&out, env->arena, texts, args->history);
	else
		hits_put(&out, hits, texts);
	env->status = texts->nr ? EXIT_DONE : EXIT_NEGATIVE;
	e = cmd_print(env, &out);
	buf_release(&out);
	hint_sections(env, files);
	hint_missing_versions(files);
	cmd_hint_unread(&files->diags, args->at);
	return e;
}

static struct err *find_grep_hits(struct hits_texts *out,
				  struct grep_files *files, struct env *env,
				  const struct hits *hits,
				  const struct grep *grep)
{
	const struct args *args = env->args;
	struct history history;
	struct err *e;

	if (!args->history) {
		e = grep_run(files, env->arena, env->repo, &env->policy, grep);
		if (!e)
			add_hit_files(out, env, hits, files);
		return e;
	}
	e = history_load(&history, env->arena, env->repo, &env->policy);
	if (!e)
		e = grep_history(files, env->arena, env->repo, &env->policy,
				 grep, &history);
	if (!e)
		add_versions(out, env, hits, files, &history);
	return e;
}

/* Whether a word is written as no pattern would be, and names a commit. */
static bool is_rev(const struct env *env, const char *text)
{
	struct oid id;
	struct err *e;

	if (!strpbrk(text, "/~^@.") && strcmp(text, "HEAD") != 0)
		return false;
	e = rev_commit(&id, env->repo, text);
	err_pass(e);
	return !e;
}

/* For a hint: what cannot be told is not there. */
static bool is_retro_there(const struct env *env, const char *path)
{
	const char *tree = repo_work_tree(env->repo);
	enum file_kind kind;

	if (!tree)
		return false;
	err_free(file_look(&kind, path_join(env->arena, tree, path)));
	return kind != FILE_NONE;
}

/* In git grep what follows the pattern is a file or a revision. */
static void hint_argument(const struct env *env, const char *text)
{
	if (strchr(text, '/') && is_retro_there(env, text))
		fprintf(stderr,
			_("git retro: '%s' is taken as a pattern; write files "
			  "after --\n"),
			text);
	else if (is_rev(env, text))
		fprintf(stderr,
			_("git retro: '%s' is taken as a pattern; to search "
			  "that revision: --at %s\n"),
			text, text);
}

static void hint_arguments(const struct env *env, const struct strs *tokens)
{
	for (size_t i = 2; i < tokens->nr; i += 2)
		if (!*tokens->at[i])
			hint_argument(env, tokens->at[i + 1]);
}

/* Its lines, but for empty ones, are patterns side by side. */
static struct err *read_grep_patterns(struct strs *tokens, struct arena *a,
				      const char *path)
{
	struct strs lines = { 0 };
	struct err *e = file_lines(&lines, a, path);

	for (size_t i = 0; i < lines.nr; i++) {
		vec_push(a, tokens, "regexp");
		vec_push(a, tokens, lines.at[i]);
	}
	return e;
}

/* Patterns in the place of files of them. */
static struct err *read_tokens(struct strs *out, struct arena *a,
			       const struct strs *tokens)
{
	struct err *e = NULL;

	for (size_t i = 0; !e && i < tokens->nr; i += 2) {
		if (!strcmp(tokens->at[i], "file")) {
			e = read_grep_patterns(out, a, tokens->at[i + 1]);
			continue;
		}
		vec_push(a, out, tokens->at[i]);
		vec_push(a, out, tokens->at[i + 1]);
	}
	return e;
}

static struct err *check_grep(const struct args *args,
			      const struct strs *tokens)
{
	if (!tokens->nr)
		return err_hint(err_new(ERR_USAGE, _("grep needs a pattern")),
				"git retro grep \"label.*empty\"");
	if (args->history && args->at)
		return err_hint(
			err_new(ERR_USAGE, _("--at and --history cannot be "
					     "used together")),
			_("--at reads one revision, --history all of them"));
	return NULL;
}

static bool names_class(const struct strs *tokens)
{
	for (size_t i = 1; i < tokens->nr; i += 2) {
		const char *at = tokens->at[i];

		if (!at)
			continue;
		if (strstr(at, "[:"))
			return true;
		while ((at = strchr(at, '\\')) && at[1]) {
			if (strchr("bBdDsSwW", at[1]))
				return true;
			at += 2;
		}
	}
	return false;
}

/* To git, \w is a letter of any script since 2.40, before that of ASCII. */
static struct err *choose_classes(struct grep *grep, struct env *env)
{
	char *version;
	struct err *e;

	if (grep->syntax != SYNTAX_PERL || !names_class(grep->tokens))
		return NULL;
	e = version_git(&version, env->arena);
	if (!e && version_git_is(version, 2, 40))
		grep->flags |= PATTERN_UNICODE;
	return e;
}

static struct err *run_grep(struct env *env)
{
	struct hits_texts texts = { 0 };
	struct grep_files files;
	struct hits hits;
	struct grep grep;
	struct strs tokens = { 0 };
	const struct args *args = env->args;
	struct err *e = read_tokens(&tokens, env->arena, &args->tokens);

	if (!e)
		e = check_grep(args, &tokens);
	if (e)
		return e;
	hint_arguments(env, &tokens);
	hits = choose_looks(env, STDOUT_FILENO);
	grep = choose_grep(env, &hits);
	grep.tokens = &tokens;
	e = choose_classes(&grep, env);
	if (!e)
		e = find_grep_hits(&texts, &files, env, &hits, &grep);
	return e ? e : print_hits(env, &hits, &texts, &files);
}

const char *cmd_grep_between(struct env *env)
{
	const struct args *args = env->args;
	/* they write to a pipe */
	const struct hits hits = choose_looks(env, -1);
	struct buf out = BUF_INIT;
	const char *between;

	if (args->history && hits.what == HITS_LINES)
		buf_addch(&out, '\n'); /* as between two versions */
	else
		hits_put_between(&out, &hits);
	between = arena_strdup(env->arena, out.p);
	buf_release(&out);
	return between;
}

static const char *const examples[] = {
	"git retro grep -n \"label.*empty\"",
	"git retro grep --history \"feature flag\"",
	NULL,
};

const struct cmd cmd_grep = {
	.name = "grep",
	.summary = N_("Find lines, as git grep does"),
	.usage = usage,
	.examples = examples,
	.opts = opts,
	.args_size = sizeof(struct args),
	.needs = CMD_REPO | CMD_PAGER | CMD_INDEX,
	.run = run_grep,
};
