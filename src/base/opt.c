/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/opt.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

#define HELP_COLUMN 26
#define HELP_WIDTH  80

const char opt_repos_help[] =
	N_("of many repositories: those of git config retro.repo, below a "
	   "folder or in a file");

/* What is being parsed, and how far. */
struct parse {
	char *args;
	struct arena *arena;
	const struct opt *opts;
	int argc;
	const char *const *argv;
	int at;
};

static bool option_takes_value(const struct opt *opt)
{
	return opt->arg != NULL;
}

/* Whether its value is only what stands behind a `=`. */
static bool may_lack_value(const struct opt *opt)
{
	return opt->type == OPT_TYPE_WHEN || opt->type == OPT_TYPE_OPTIONAL;
}

bool opt_has_off(const struct opt *opt)
{
	return opt->type == OPT_TYPE_BOOL || may_lack_value(opt);
}

static struct err *set_int(int *out, const char *name, const char *value)
{
	long number = strtol(value, NULL, 10);

	if (!*value || value[strspn(value, "0123456789")] ||
	    number > 1000000000)
		return err_new(ERR_USAGE,
			       _("--%s needs a whole number, not '%s'"), name,
			       value);
	*out = (int)number;
	return NULL;
}

static struct err *set_option_choice(int *out, struct arena *a,
				     const struct opt *opt, const char *value)
{
	struct strs known = { 0 };
	struct buf list = BUF_INIT;
	struct err *e;

	for (int i = 0; opt->choices[i]; i++) {
		if (!strcmp(opt->choices[i], value)) {
			*out = i;
			buf_release(&list);
			return NULL;
		}
		vec_push(a, &known, opt->choices[i]);
		buf_addf(&list, "%s%s", i ? ", " : "", opt->choices[i]);
	}
	e = err_new(ERR_USAGE, _("--%s must be one of %s, not '%s'"), opt->name,
		    list.p, value);
	if (text_nearest(value, &known))
		e = err_hint(e, _("did you mean '%s'?"),
			     text_nearest(value, &known));
	buf_release(&list);
	return e;
}

/* `off` is the form --no-<name>. */
static struct err *set_option(struct parse *p, const struct opt *opt,
			      const char *value, bool off)
{
	void *field = p->args + opt->offset;
	struct err *e;

	switch (opt->type) {
	case OPT_TYPE_BOOL:
		*(bool *)field = !off;
		return NULL;
	case OPT_TYPE_UNSET:
		*(bool *)field = true;
		return NULL;
	case OPT_TYPE_STRING:
		*(const char **)field = value;
		return NULL;
	case OPT_TYPE_LIST:
		vec_push(p->arena, (struct strs *)field, value);
		return NULL;
	case OPT_TYPE_INT:
		return set_int(field, opt->name, value);
	case OPT_TYPE_BOTH:
		e = set_int(field, opt->name, value);
		((int *)field)[1] = *(int *)field;
		return e;
	case OPT_TYPE_SET:
		*(int *)field = opt->number;
		return NULL;
	case OPT_TYPE_WHEN:
		*(int *)field = off ? 1 : 0;
		e = off || !value
			    ? NULL
			    : set_option_choice(field, p->arena, opt, value);
		++*(int *)field;
		return e;
	case OPT_TYPE_CHOICE:
		return set_option_choice(field, p->arena, opt, value);
	case OPT_TYPE_OPTIONAL:
		*(const char **)field = off ? NULL : value ? value : "";
		return NULL;
	case OPT_TYPE_TOKEN:
		vec_push(p->arena, (struct strs *)field, opt->name);
		vec_push(p->arena, (struct strs *)field, value ? value : "");
		return NULL;
	case OPT_TYPE_END:
		break;
	}
	return NULL;
}

/* The value of an option: behind its `=` (or its letter), else the next
 * argument, unless it can do without. */
static struct err *take_option_value(const char **value, struct parse *p,
				     const struct opt *opt,
				     const char *attached)
{
	*value = attached;
	if (attached || may_lack_value(opt))
		return NULL;
	if (p->at + 1 >= p->argc)
		return err_new(ERR_USAGE, _("--%s needs %s"), opt->name,
			       opt->arg);
	*value = p->argv[++p->at];
	return NULL;
}

/* A long option as it can be written: its name, or a bool's "no-" form. */
static bool spells(const struct opt *opt, const char *word, size_t n,
		   bool *exact, bool *off)
{
	const char *name = opt->name;

	*off = opt->type == OPT_TYPE_UNSET;
	if (!n)
		return false;
	if (!strncmp(name, word, n)) {
		*exact = !name[n];
		return true;
	}
	if (!opt_has_off(opt) || n < 4 || strncmp(word, "no-", 3))
		return false;
	*off = true;
	*exact = !strncmp(name, word + 3, n - 3) && !name[n - 3];
	return *exact || !strncmp(name, word + 3, n - 3);
}

static struct err *unknown_opt(struct parse *p, const char *word, size_t n)
{
	struct strs names = { 0 };
	char *name = arena_strndup(p->arena, word, n);
	const char *nearest;
	struct err *e = err_new(ERR_USAGE, _("unknown option '--%s'"), name);

	for (const struct opt *o = p->opts; o->type; o++) {
		vec_push(p->arena, &names, o->name);
		if (opt_has_off(o))
			vec_push(p->arena, &names,
				 arena_printf(p->arena, "no-%s", o->name));
	}
	nearest = text_nearest(name, &names);
	return nearest ? err_hint(e, _("did you mean '--%s'?"), nearest) : e;
}

static struct err *ambiguous(const char *word, size_t n,
			     const struct strs *found)
{
	struct buf list = BUF_INIT;
	struct err *e;

	for (size_t i = 0; i < found->nr; i++) {
		if (i)
			buf_addstr(&list, ", ");
		buf_addf(&list, "--%s", found->at[i]);
	}
	e = err_new(ERR_USAGE, _("'--%.*s' is ambiguous: %s"), (int)n, word,
		    list.p);
	buf_release(&list);
	return e;
}

static struct err *find_long(const struct opt **out, bool *off, struct parse *p,
			     const char *word, size_t n)
{
	struct strs found = { 0 };

	for (const struct opt *o = p->opts; o->type; o++) {
		bool exact, negated;

		if (!spells(o, word, n, &exact, &negated))
			continue;
		*out = o;
		*off = negated;
		if (exact)
			return NULL;
		vec_push(p->arena, &found,
			 negated && opt_has_off(o)
				 ? arena_printf(p->arena, "no-%s", o->name)
				 : o->name);
	}
	if (!found.nr)
		return unknown_opt(p, word, n);
	if (found.nr > 1)
		return ambiguous(word, n, &found);
	return NULL;
}

static struct err *parse_long(struct parse *p)
{
	const char *word = p->argv[p->at] + 2;
	size_t n = strcspn(word, "=");
	const char *value = NULL, *attached = word[n] ? word + n + 1 : NULL;
	const struct opt *opt = NULL;
	bool off = false;
	struct err *e = find_long(&opt, &off, p, word, n);

	if (e)
		return e;
	if (option_takes_value(opt) && !off) {
		e = take_option_value(&value, p, opt, attached);
		if (e)
			return e;
	} else if (attached) {
		return err_new(ERR_USAGE, _("--%s takes no value"), opt->name);
	}
	return set_option(p, opt, value, off);
}

static struct err *parse_short(struct parse *p, struct strs *rest)
{
	for (const char *s = p->argv[p->at] + 1; *s; s++) {
		const struct opt *opt = p->opts;
		const char *value = NULL;
		struct err *e;

		while (opt->type && opt->letter != *s)
			opt++;
		if (!opt->type && opt->letter == '-' &&
		    s == p->argv[p->at] + 1) {
			vec_push(p->arena, rest, p->argv[p->at]);
			return NULL;
		}
		if (!opt->type)
			return err_new(ERR_USAGE, _("unknown option '-%c'"),
				       *s);
		if (!option_takes_value(opt)) {
			e = set_option(p, opt, NULL, false);
			if (e)
				return e;
			continue;
		}
		e = take_option_value(&value, p, opt, s[1] ? s + 1 : NULL);
		return e ? e : set_option(p, opt, value, false);
	}
	return NULL;
}

/* An argument that is not an option: where there are tokens, one of them. */
static void push_argument(struct parse *p, struct strs *rest, const char *word)
{
	for (const struct opt *o = p->opts; o->type; o++)
		if (o->type == OPT_TYPE_TOKEN) {
			rest = (struct strs *)(void *)(p->args + o->offset);
			vec_push(p->arena, rest, "");
			break;
		}
	vec_push(p->arena, rest, word);
}

struct err *opt_parse(void *args, struct strs *rest, struct arena *a,
		      const struct opt *opts, int argc, const char *const *argv)
{
	struct parse p = { args, a, opts, argc, argv, 0 };
	bool ended = false;

	for (const struct opt *opt = opts; opt->type; opt++)
		if (opt->type == OPT_TYPE_INT || opt->type == OPT_TYPE_CHOICE)
			*(int *)(void *)(p.args + opt->offset) = opt->number;
	for (; p.at < argc; p.at++) {
		const char *word = argv[p.at];
		struct err *e = NULL;

		if (ended)
			vec_push(a, rest, word);
		else if (word[0] != '-' || !word[1])
			push_argument(&p, rest, word);
		else if (!strcmp(word, "--"))
			ended = true;
		else
			e = word[1] == '-' ? parse_long(&p)
					   : parse_short(&p, rest);
		if (e)
			return e;
	}
	return NULL;
}

static const struct opt *find_row(const struct opt *opts, enum opt_type type,
				  const char *name)
{
	for (const struct opt *opt = opts; opt && opt->type; opt++)
		if (opt->type == type && opt->name && !strcmp(opt->name, name))
			return opt;
	return NULL;
}

static const void *field_of(const struct opt *opt, const void *args)
{
	return opt ? (const char *)args + opt->offset : NULL;
}

const char *opt_text(const struct opt *opts, const void *args,
		     enum opt_type type, const char *name)
{
	const char *const *field = field_of(find_row(opts, type, name), args);

	return field ? *field : NULL;
}

const char *opt_choice(const struct opt *opts, const void *args,
		       const char *name)
{
	const struct opt *opt = find_row(opts, OPT_TYPE_CHOICE, name);
	const int *field = field_of(opt, args);

	return field ? opt->choices[*field] : NULL;
}

bool opt_is_on(const struct opt *opts, const void *args, const char *name)
{
	const bool *field = field_of(find_row(opts, OPT_TYPE_BOOL, name), args);

	return field && *field;
}

static bool begins_with_one_of(const char *s, const char *const *marks)
{
	for (; *marks; marks++)
		if (!strncmp(s, *marks, strlen(*marks)))
			return true;
	return false;
}

/* Whether a line may end before that byte: at a space, and beside a character
 * of a script that has none, but not before what closes or after what opens. */
static bool may_break(const char *help, size_t at)
{
	static const char *const closing[] = { "，", "。", "；", "：", "、",
					       "）", "”",  "》", NULL };
	static const char *const opening[] = { "（", "“", "《", NULL };
	unsigned char c = (unsigned char)help[at];
	unsigned char before = (unsigned char)help[at - 1];

	if (c < 0x80 && before < 0x80)
		return c == ' ';
	return (c & 0xC0) != 0x80 && !begins_with_one_of(help + at, closing) &&
	       (at < 3 || !begins_with_one_of(help + at - 3, opening));
}

/* Where a line of the help ends. */
static size_t fit_help(const char *help)
{
	size_t n = strlen(help);
	size_t fits = text_fit(help, n, HELP_WIDTH - HELP_COLUMN, NULL);
	size_t end = fits;

	while (end && end < n && !may_break(help, end))
		end--;
	return end ? end : fits;
}

/* Help text from HELP_COLUMN on, wrapped there. */
static void add_help(struct buf *out, const char *help)
{
	while (*help) {
		size_t fits = fit_help(help);

		buf_add(out, help, fits);
		buf_addch(out, '\n');
		help += fits;
		while (*help == ' ')
			help++;
		if (*help)
			buf_fill(out, ' ', HELP_COLUMN);
	}
}

void opt_help(struct buf *out, const struct opt *opts)
{
	for (const struct opt *o = opts; o->type; o++) {
		struct buf line = BUF_INIT;

		buf_addstr(&line, "    ");
		if (o->letter)
			buf_addf(&line, "-%c, ", o->letter);
		buf_addf(&line, "--%s", o->name);
		if (o->arg)
			buf_addf(&line, may_lack_value(o) ? "[=%s]" : " %s",
				 o->arg);
		buf_add(out, line.p, line.n);
		if (line.n + 2 > HELP_COLUMN) {
			buf_addch(out, '\n');
			buf_fill(out, ' ', HELP_COLUMN);
		} else {
			buf_fill(out, ' ', HELP_COLUMN - line.n);
		}
		add_help(out, _(o->help));
		buf_release(&line);
	}
}
