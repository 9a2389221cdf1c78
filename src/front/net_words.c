/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/net_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORD_MIN = 4, /* bytes, unless it is a number */
	SYMBOL_MIN = 6,
	FILE_MAX_WORDS = 4000, /* different ones of a file */
	TABLE = 8192,          /* a power of two, twice as many */
};

struct counted {
	const char *word;
	size_t n;
	long more; /* added less removed */
};

/* The words of the file that is read. */
struct net {
	mark_fn *fn;
	void *data;
	struct change_mark file; /* its path */
	struct counted *words;   /* in the order of the diff */
	size_t nr;
	short *places; /* by hash, one more than the place in `words`; 0: none */
	bool full;
};

static const char *const common[] = {
	"args",      "assert",    "async",    "auto",       "await",
	"begin",     "bool",      "break",    "case",       "catch",
	"char",      "class",     "clone",    "const",      "continue",
	"count",     "data",      "debug",    "default",    "define",
	"defined",   "dict",      "done",     "double",     "each",
	"echo",      "elif",      "else",     "endif",      "enum",
	"Error",     "error",     "except",   "export",     "extends",
	"extern",    "False",     "false",    "finally",    "float",
	"from",      "func",      "function", "goto",       "have",
	"ifdef",     "ifndef",    "impl",     "implements", "import",
	"include",   "index",     "info",     "inline",     "int32_t",
	"int64_t",   "interface", "into",     "isinstance", "kwargs",
	"lambda",    "length",    "List",     "list",       "long",
	"match",     "module",    "name",     "names",      "None",
	"NULL",      "null",      "nullptr",  "number",     "object",
	"Option",    "override",  "print",    "printf",     "private",
	"protected", "public",    "raise",    "require",    "Result",
	"return",    "self",      "short",    "should",     "signed",
	"size",      "size_t",    "sizeof",   "Some",       "ssize_t",
	"static",    "String",    "string",   "struct",     "super",
	"switch",    "test",      "that",     "then",       "this",
	"throw",     "throws",    "trait",    "True",       "true",
	"tuple",     "type",      "typedef",  "types",      "uint16_t",
	"uint32_t",  "uint64_t",  "uint8_t",  "undef",      "unless",
	"unsigned",  "unwrap",    "value",    "values",     "void",
	"warn",      "when",      "where",    "which",      "while",
	"will",      "with",      "yield",
};

static bool is_common_word(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (strlen(common[i]) == n && !memcmp(common[i], word, n))
			return true;
	return false;
}

static bool is_number(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)word[i]))
			return false;
	return true;
}

bool net_word_says(const char *word, size_t n)
{
	if (is_number(word, n))
		return true;
	return n >= WORD_MIN && !isdigit((unsigned char)*word) &&
	       !is_common_word(word, n);
}

bool net_word_is_symbol(const char *word, size_t n)
{
	if (n < SYMBOL_MIN)
		return false;
	for (size_t i = 1; i + 1 < n; i++)
		if ((word[i] == '_' && word[i - 1] != '_') ||
		    (islower((unsigned char)word[i]) &&
		     isupper((unsigned char)word[i + 1])))
			return true;
	return false;
}

static struct counted *find_word(struct net *net, const char *word, size_t n)
{
	size_t at = mark_word_hash(word, n) & (TABLE - 1);

	for (; net->places[at]; at = (at + 1) & (TABLE - 1)) {
		struct counted *have = &net->words[net->places[at] - 1];

		if (have->n == n && !memcmp(have->word, word, n))
			return have;
	}
	if (net->nr == FILE_MAX_WORDS)
		return NULL;
	net->words[net->nr] = (struct counted){ .word = word, .n = n };
	net->places[at] = (short)++net->nr;
	return &net->words[net->nr - 1];
}

static void end_net_file(struct net *net)
{
	struct change_mark mark = net->file;

	for (size_t i = 0; i < net->nr && !net->full; i++) {
		const struct counted *word = &net->words[i];

		if (!word->more)
			continue;
		mark.kind = word->more > 0 ? MARK_MORE : MARK_FEWER;
		mark.text = word->word;
		mark.n = word->n;
		net->fn(net->data, &mark);
	}
	if (net->nr)
		memset(net->places, 0, TABLE * sizeof(*net->places));
	net->nr = 0;
	net->full = false;
}

static void count_words(void *data, const struct change_mark *line)
{
	struct net *net = data;
	const char *at = line->text, *word;
	size_t n = line->n, len;

	if (line->path != net->file.path) {
		end_net_file(net);
		net->file = *line;
	}
	if (line->kind == MARK_FUNCTION || mark_is_comment(line->text, line->n))
		return;
	while ((word = mark_word(&len, &at, &n))) {
		struct counted *have;

		if (!net_word_says(word, len))
			continue;
		have = find_word(net, word, len);
		if (have)
			have->more += line->kind == MARK_ADDED ? 1 : -1;
		else
			net->full = true;
	}
}

bool net_words_read(const char *diff, mark_fn *fn, void *data)
{
	struct net net = { .fn = fn, .data = data };
	bool good;

	net.words = calloc(FILE_MAX_WORDS, sizeof(*net.words));
	net.places = calloc(TABLE, sizeof(*net.places));
	good = net.words && net.places;
	if (good) {
		marks_read(diff, true, count_words, &net);
		end_net_file(&net);
	}
	free(net.places);
	free(net.words);
	return good;
}
