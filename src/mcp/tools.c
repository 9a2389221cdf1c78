/* SPDX-License-Identifier: GPL-2.0-only */
#include "mcp/tools.h"

#include <string.h>

#include "base/embed.h"

enum {
	LIMIT_USUAL = 20,
	LIMIT_MAX = 100,
	VALUES_MAX = 100,    /* in a list */
	VALUE_BYTES = 10000, /* of one */
};

enum arg_kind {
	ARG_FLAG,   /* --name */
	ARG_TEXT,   /* --name=value */
	ARG_LIST,   /* the same for each */
	ARG_WORD,   /* behind the options */
	ARG_WORDS,  /* each of them */
	ARG_LIMIT,  /* of the page */
	ARG_OFFSET, /* where it begins */
	ARG_ALL,    /* --name, and what stands on other branches only is kept */
	ARG_KEEP,   /* that alone */
};

struct arg {
	const char *name;
	enum arg_kind kind;
	bool needed;
};

#define PAGE                                                                   \
	{ "limit", ARG_LIMIT, false },                                         \
	{                                                                      \
		"offset", ARG_OFFSET, false                                    \
	}

struct tool {
	const char *name;    /* of the command, too */
	const char *more;    /* an option that it always has, or NULL */
	struct arg args[12]; /* those without a name are none */
};

/* clang-format off */
static const struct tool tools[] = {
	{ "context", NULL, { { "paths", ARG_WORDS, false },
			     { "staged", ARG_FLAG, false },
			     { "range", ARG_TEXT, false },
			     { "commit", ARG_TEXT, false }, PAGE } },
	{ "search", "--limit=0", { { "query", ARG_WORD, true },
				   { "all", ARG_ALL, false }, PAGE } },
	{ "pitfalls", NULL, { { "path", ARG_LIST, false },
			      { "label", ARG_LIST, false },
			      { "status", ARG_LIST, false },
			      { "since", ARG_TEXT, false },
			      { "until", ARG_TEXT, false },
			      { "recurring", ARG_FLAG, false }, PAGE } },
	{ "show", NULL, { { "id", ARG_WORD, true } } },
	{ "audit", NULL, { { "revs", ARG_WORDS, false },
			   { "all", ARG_KEEP, false }, PAGE } },
	{ "actions", NULL, { { "open", ARG_FLAG, false },
			     { "overdue", ARG_FLAG, false },
			     { "owner", ARG_TEXT, false }, PAGE } },
	{ "list", NULL, { { "status", ARG_LIST, false },
			  { "kind", ARG_LIST, false },
			  { "label", ARG_LIST, false },
			  { "path", ARG_LIST, false },
			  { "release", ARG_LIST, false },
			  { "since", ARG_TEXT, false },
			  { "until", ARG_TEXT, false },
			  { "all", ARG_ALL, false }, PAGE } },
};
/* clang-format on */

const struct tool *tool_find(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_SIZE(tools); i++)
		if (!strcmp(tools[i].name, name))
			return &tools[i];
	return NULL;
}

/* --- arguments --- */

static struct err *wrong_kind(const struct arg *arg, const char *kind)
{
	return err_new(ERR_USAGE, "'%s' must be %s", arg->name, kind);
}

static bool is_value(const json_t *value)
{
	size_t n = json_string_length(value);

	return json_is_string(value) && n > 0 && n <= VALUE_BYTES &&
	       strlen(json_string_value(value)) == n;
}

static void add_tool_word(struct strs *words, struct arena *a,
			  const struct arg *arg, const json_t *value)
{
	const char *text = json_string_value(value);
	bool option = arg->kind == ARG_TEXT || arg->kind == ARG_LIST;

	vec_push(a, words,
		 option ? arena_printf(a, "--%s=%s", arg->name, text)
			: arena_strdup(a, text));
}

static struct err *add_list(struct strs *words, struct arena *a,
			    const struct arg *arg, const json_t *list)
{
	const json_t *value;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > VALUES_MAX)
		return wrong_kind(arg, "a list of at most 100 texts");
	json_array_foreach(list, i, value)
	{
		if (!is_value(value))
			return wrong_kind(arg, "a list of texts");
		add_tool_word(words, a, arg, value);
	}
	return NULL;
}

static struct err *read_tool_number(size_t *out, const struct arg *arg,
				    const json_t *value, json_int_t most)
{
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 0 || n > most)
		return wrong_kind(arg, "a whole number that is not too large");
	*out = (size_t)n;
	return NULL;
}

static struct err *add_arg(struct strs *words, struct answer_page *page,
			   struct arena *a, const struct arg *arg,
			   const json_t *value)
{
	switch (arg->kind) {
	case ARG_FLAG:
	case ARG_ALL:
	case ARG_KEEP:
		if (!json_is_boolean(value))
			return wrong_kind(arg, "true or false");
		if (json_is_true(value) && arg->kind != ARG_KEEP)
			vec_push(a, words, arena_printf(a, "--%s", arg->name));
		page->everywhere |=
			json_is_true(value) && arg->kind != ARG_FLAG;
		return NULL;
	case ARG_LIST:
	case ARG_WORDS:
		return add_list(words, a, arg, value);
	case ARG_LIMIT:
		return read_tool_number(&page->limit, arg, value, LIMIT_MAX);
	case ARG_OFFSET:
		return read_tool_number(&page->offset, arg, value, 1 << 30);
	default:
		if (!is_value(value))
			return wrong_kind(arg, "a text");
		add_tool_word(words, a, arg, value);
		return NULL;
	}
}

static bool is_behind(const struct arg *arg)
{
	return arg->kind == ARG_WORD || arg->kind == ARG_WORDS;
}

/* Those of one kind: options, or what is behind them. */
static struct err *add_args(struct strs *words, struct answer_page *page,
			    struct arena *a, const struct tool *tool,
			    const json_t *arguments, bool behind)
{
	struct err *e = NULL;

	for (const struct arg *arg = tool->args; !e && arg->name; arg++) {
		const json_t *value = json_object_get(arguments, arg->name);

		if (is_behind(arg) != behind)
			continue;
		if (value && !json_is_null(value))
			e = add_arg(words, page, a, arg, value);
		else if (arg->needed)
			e = err_new(ERR_USAGE, "'%s' is needed", arg->name);
	}
	return e;
}

static struct err *refuse_unknown(const struct tool *tool,
				  const json_t *arguments)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)arguments, key, value)
	{
		const struct arg *arg = tool->args;

		while (arg->name && strcmp(arg->name, key) != 0)
			arg++;
		if (!arg->name)
			return err_new(ERR_USAGE, "'%s' has no argument '%s'",
				       tool->name, key);
	}
	return NULL;
}

struct err *tool_words(struct strs *words, struct answer_page *page,
		       struct arena *a, const struct tool *tool,
		       const json_t *arguments)
{
	struct err *e = refuse_unknown(tool, arguments);

	*page = (struct answer_page){ .limit = LIMIT_USUAL };
	vec_push(a, words, tool->name);
	vec_push(a, words, "--format=json");
	if (tool->more)
		vec_push(a, words, tool->more);
	if (!e)
		e = add_args(words, page, a, tool, arguments, false);
	vec_push(a, words, "--");
	if (!e)
		e = add_args(words, page, a, tool, arguments, true);
	vec_push(a, words, NULL);
	words->nr--;
	return e;
}

/* --- what clients are told --- */

json_t *tool_list(void)
{
	const struct embed *file = embed_find("templates/agents/tools.json");

	return json_loadb(file->bytes, file->n, 0, NULL);
}
