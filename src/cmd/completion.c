/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Completion for the shells: a script of src/completion/ with every command and
 * option in it. They stand there as rows of four columns with tabs between
 * them, `.` for an empty one:
 *
 *	<set>   <word>  <help>  .
 *	<cmd>   --all   <help>  .
 *	<cmd>   --at=   <help>  <what its value is>
 *	<cmd>   <sub>   .       .
 *	<cmd>   @       .       <what each argument is>
 *
 * A set is all the words that a placeholder stands for ("<kind>"), a command
 * may be followed by its subcommand ("hooks install"), and what a value is are
 * words or one placeholder. Which placeholders are looked up when the key is
 * pressed ("<retro>") is the scripts' business.
 */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "corpus/query.h"
#include "model/retro.h"
#include "model/section.h"
#include "model/template.h"

static void add_completion(struct buf *out, const char *set, const char *word,
			   const char *help, const char *what)
{
	buf_addf(out, "%s\t%s\t%s\t%s\n", set, word, help ? help : ".",
		 what && *what ? what : ".");
}

/* --- sets --- */

static void add_sets(struct buf *out)
{
	for (size_t i = 0; cmd_table[i]; i++)
		if (!(cmd_table[i]->needs & CMD_HIDDEN))
			add_completion(out, "<command>", cmd_table[i]->name,
				       cmd_table[i]->summary, NULL);
	for (int i = STATUS_NONE + 1; status_name((enum status)i); i++)
		add_completion(out, "<status>", status_name((enum status)i),
			       NULL, NULL);
	for (int i = KIND_NONE + 1; kind_name((enum kind)i); i++)
		add_completion(out, "<kind>", kind_name((enum kind)i), NULL,
			       NULL);
	for (int i = SECTION_NONE + 1; i < SECTION_COUNT; i++)
		add_completion(out, "<section>",
			       section_name((enum section_key)i), NULL, NULL);
	for (int i = 0; query_keys[i]; i++)
		add_completion(out, "<key>", query_keys[i], NULL, NULL);
}

/* --- options --- */

/* Its choices, the alternatives that "<en|zh>" spells out, or the
 * placeholder. */
static void add_what(struct buf *out, const struct opt *opt)
{
	if (opt->choices) {
		for (int i = 0; opt->choices[i]; i++)
			buf_addf(out, "%s%s", i ? " " : "", opt->choices[i]);
	} else if (strchr(opt->arg, '|')) {
		for (const char *s = opt->arg; *s; s++)
			if (!strchr("<>", *s))
				buf_addch(out, *s == '|' ? ' ' : *s);
	} else {
		buf_addstr(out, opt->arg);
	}
}

static void add_option(struct buf *out, struct arena *a, const char *cmd,
		       const struct opt *opt)
{
	const char *equals = opt->arg ? "=" : "";
	struct buf what = BUF_INIT;

	if (opt->arg)
		add_what(&what, opt);
	add_completion(out, cmd, arena_printf(a, "--%s%s", opt->name, equals),
		       opt->help, what.p);
	if (opt->letter)
		add_completion(out, cmd,
			       arena_printf(a, "-%c%s", opt->letter, equals),
			       opt->help, what.p);
	if (opt_has_off(opt))
		add_completion(out, cmd, arena_printf(a, "--no-%s", opt->name),
			       NULL, NULL);
	buf_release(&what);
}

/* --- arguments, as the usage has them --- */

static const struct opt *find_option(const struct opt *opts, const char *word,
				     size_t n)
{
	for (const struct opt *o = opts; o && o->type; o++)
		if (n == strlen(o->name) + 2 &&
		    !memcmp(word + 2, o->name, n - 2))
			return o;
	return NULL;
}

/* What a usage says for any option. */
#define OPTIONS "<option>..."

/* "[<retro>...]" without its brackets; the option in front of a word takes
 * it. */
static void add_completed_argument(struct buf *out, bool *taken,
				   const struct opt *opts, const char *word,
				   size_t n)
{
	const struct opt *opt;

	while (n && *word == '[')
		word++, n--;
	while (n && word[n - 1] == ']')
		n--;
	opt = find_option(opts, word, n);
	if (n == strlen(OPTIONS) && !memcmp(word, OPTIONS, n))
		n = 0;
	if (n && *word == '<' && !*taken) {
		if (out->n)
			buf_addch(out, ' ');
		buf_add(out, word, n);
	}
	*taken = opt && opt->arg;
}

static bool is_shell_word(const char *s)
{
	return *s >= 'a' && *s <= 'z';
}

/* One line of the usage; `set` is the command, or the command and its
 * subcommand if one stands behind it. */
static void add_usage(struct buf *out, struct arena *a, const struct cmd *cmd,
		      const char *line)
{
	const char *set = cmd->name;
	const char *s = line + strlen(set);
	struct buf what = BUF_INIT;
	bool taken = false;

	s += strspn(s, " ");
	if (is_shell_word(s)) {
		size_t n = strcspn(s, " ");
		const char *sub = arena_strndup(a, s, n);

		add_completion(out, cmd->name, sub, NULL, NULL);
		set = arena_printf(a, "%s %s", cmd->name, sub);
		s += n;
	}
	while (*(s += strspn(s, " "))) {
		size_t n = strcspn(s, " ");

		add_completed_argument(&what, &taken, cmd->opts, s, n);
		s += n;
	}
	if (what.n)
		add_completion(out, set, "@", NULL, what.p);
	buf_release(&what);
}

static void add_completions(struct buf *out, struct arena *a)
{
	add_sets(out);
	for (size_t i = 0; cmd_table[i]; i++) {
		const struct cmd *cmd = cmd_table[i];

		if (cmd->needs & CMD_HIDDEN)
			continue;
		for (const struct opt *o = cmd->opts; o && o->type; o++)
			add_option(out, a, cmd->name, o);
		for (size_t j = 0; cmd->usage[j]; j++)
			add_usage(out, a, cmd, cmd->usage[j]);
	}
}

/* --- the script --- */

struct shell {
	const char *name;
	const char *quote, *backslash; /* in single quotes */
};

static const struct shell shells[] = {
	{ "bash", "'\\''", "\\" },
	{ "zsh", "'\\''", "\\" },
	{ "fish", "\\'", "\\\\" },
};

/* The rows as they stand between single quotes; the line end behind the last
 * is the script's. */
static const char *quoted_rows(struct arena *a, const struct shell *shell)
{
	struct buf rows = BUF_INIT, out = BUF_INIT;
	const char *text;

	add_completions(&rows, a);
	buf_truncate(&rows, rows.n - 1);
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.p[i] == '\'')
			buf_addstr(&out, shell->quote);
		else if (rows.p[i] == '\\')
			buf_addstr(&out, shell->backslash);
		else
			buf_addch(&out, rows.p[i]);
	}
	text = arena_strdup(a, out.p);
	buf_release(&rows);
	buf_release(&out);
	return text;
}

static struct err *find_shell(const struct shell **out, struct env *env)
{
	struct strs names = { 0 };
	const char *near;
	struct err *e;

	if (env->rest.nr != 1)
		return err_new(
			ERR_USAGE,
			_("completion needs a shell: bash, zsh or fish"));
	for (size_t i = 0; i < ARRAY_SIZE(shells); i++) {
		*out = &shells[i];
		if (!strcmp(shells[i].name, env->rest.at[0]))
			return NULL;
		vec_push(env->arena, &names, shells[i].name);
	}
	e = err_new(ERR_USAGE, _("there is no completion for '%s'"),
		    env->rest.at[0]);
	near = text_nearest(env->rest.at[0], &names);
	if (near)
		return err_hint(e, _("did you mean '%s'?"), near);
	return err_hint(e, _("there is one for bash, zsh and fish"));
}

static struct err *run_completion(struct env *env)
{
	const struct shell *shell;
	const struct embed *script;
	struct slots slots = { 0 };
	struct buf out = BUF_INIT;
	struct err *e = find_shell(&shell, env);

	i18n_off(); /* a script is made once, for everybody */
	if (e)
		return e;
	script = embed_find(arena_printf(
		env->arena, "src/completion/git-retro.%s", shell->name));
	vec_push(env->arena, &slots,
		 (struct slot){ "table", quoted_rows(env->arena, shell) });
	template_fill(&out, script->bytes, script->n, &slots);
	e = cmd_print(env, &out);
	buf_release(&out);
	return e;
}

static const char *const usage[] = { "completion bash|zsh|fish", NULL };

const struct cmd cmd_completion = {
	.name = "completion",
	.summary = N_("Print the completion script of a shell"),
	.usage = usage,
	.needs = CMD_HIDDEN,
	.run = run_completion,
};
