/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/enclosing.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/vec.h"
#include "front/marks.h"

enum {
	TAB = 8,
	/* Lines above one that are looked at, and of a list of parameters. */
	ABOVE_MAX = 4000,
	HEAD_MAX = 40,
};

/* What was found for one line holds for its neighbours mostly, and a file has
 * many: it is kept, as a place plus one; 0 is what is not known yet. */
struct enclosing_line {
	const char *at;     /* behind its blanks */
	uint32_t n, indent; /* without those at its end */
	uint32_t ahead;     /* of an aside, the line that is looked at for it */
	uint32_t lines;     /* of the function that it defines */
	uint32_t around[2]; /* the function above what stands as far right,
			     * with nothing pending and else; IN_NONE */
};
#define IN_NONE UINT32_MAX

struct enclosing_text {
	struct VEC_OF(struct enclosing_line) lines;
};

struct enclosing_text *enclosing_open(struct arena *a, const char *text)
{
	struct enclosing_text *out = arena_alloc(a, sizeof(*out));

	while (*text) {
		const char *end = text + strcspn(text, "\n");
		struct enclosing_line line = { .at = text };

		for (; line.at < end && isspace((unsigned char)*line.at);
		     line.at++)
			line.indent = *line.at == '\t'
					      ? (line.indent / TAB + 1) * TAB
					      : line.indent + 1;
		line.n = (uint32_t)(end - line.at);
		while (line.n && isspace((unsigned char)line.at[line.n - 1]))
			line.n--;
		vec_push(a, &out->lines, line);
		text = end + (*end == '\n');
	}
	return out;
}

/* --- what a line is --- */

static bool opens_with(const struct enclosing_line *line, const char *start)
{
	size_t n = strlen(start);

	return line->n >= n && !memcmp(line->at, start, n);
}

static bool closes_with(const struct enclosing_line *line, const char *end)
{
	size_t n = strlen(end);

	return line->n >= n && !memcmp(line->at + line->n - n, end, n);
}

/* Whether its first word is one of these. */
static bool line_says(const struct enclosing_line *line,
		      const char *const *words)
{
	size_t n = 0;

	while (n < line->n && mark_is_word(line->at[n]))
		n++;
	return mark_is_one_of(line->at, n, words);
}

/* "out:", "public:", "default:" */
static bool is_label(const struct enclosing_line *line)
{
	size_t n = 0;

	while (n < line->n && mark_is_word(line->at[n]))
		n++;
	return n && n + 1 == line->n && line->at[n] == ':';
}

/* What stands anywhere on a line of its own, whatever is around it. */
static bool is_aside(const struct enclosing_line *line)
{
	return !line->n || (*line->at == '#' && !opens_with(line, "#[")) ||
	       is_label(line) || opens_with(line, "*/") || *line->at == '\\' ||
	       mark_is_comment(line->at, line->n);
}

static bool is_decoration(const struct enclosing_line *line)
{
	return line->n > 1 && (*line->at == '@' || opens_with(line, "#["));
}

static bool opens_block(const struct enclosing_line *line)
{
	return closes_with(line, "{") || closes_with(line, ":") ||
	       closes_with(line, "=>") || closes_with(line, "{}") ||
	       closes_with(line, "->") || closes_with(line, " do");
}

/* Whether what stands further right below it belongs to it. */
static bool leads_on(const struct enclosing_line *line)
{
	return strchr("{[(=,:\\|&+-<>", line->at[line->n - 1]) ||
	       closes_with(line, " do") || closes_with(line, " then");
}

/* --- what defines a function --- */

/* Behind these, or with these in front, a name with brackets is no function's. */
static const char *const no_functions[] = {
	"if",      "for",     "while",   "switch",  "catch",     "return",
	"else",    "elif",    "with",    "until",   "match",     "sizeof",
	"foreach", "defined", "assert",  "not",     "and",       "or",
	"do",      "case",    "class",   "trait",   "interface", "namespace",
	"impl",    "module",  "package", "import",  "new",       "throw",
	"await",   "yield",   "delete",  "typedef", "type",      "using",
	"extends", "select",  "defer",   "go",      "unless",    "when",
	"try",     "lock",    "guard",   "loop",    "raise",     "elseif",
	"elsif",   "record",  "print",   "echo",    "require",   "super",
	"goto",    "object",  "mod",     "use",     "begin",     "synchronized",
	NULL
};

/* A word that begins one, whatever follows its name. */
static const char *const begins_function[] = { "def",      "fn",   "func",
					       "function", "sub",  "fun",
					       "defp",     "defn", NULL };

/* Of the lines that follow a name: its brackets, which may span several. */
struct head {
	const struct enclosing_text *text;
	size_t line;
	const char *at, *end; /* of that line */
};

static bool head_next_line(struct head *head)
{
	const struct enclosing_line *line;

	if (++head->line >= head->text->lines.nr)
		return false;
	line = &head->text->lines.at[head->line];
	head->at = line->at;
	head->end = line->at + line->n;
	return true;
}

/* From "(" to behind its ")"; quoted brackets do not count. */
static bool skip_brackets(struct head *head)
{
	size_t depth = 0, last = head->line + HEAD_MAX;

	do {
		char quote = 0;

		for (; head->at < head->end; head->at++) {
			char c = *head->at;

			if (quote)
				quote = c == quote && head->at[-1] != '\\'
						? 0
						: quote;
			else if (c == '"' || c == '`')
				quote = c;
			else if (c == '(')
				depth++;
			else if (c == ')' && !--depth)
				return head->at++, true;
		}
	} while (head->line < last && head_next_line(head));
	return false;
}

static void skip_blanks(struct head *head)
{
	while (head->at < head->end && isspace((unsigned char)*head->at))
		head->at++;
}

/* Whether what stands behind the brackets makes the name a function that is
 * defined here. */
static bool is_body_next(struct head *head)
{
	static const char *const words[] = { "const",    "noexcept", "override",
					     "final",    "throws",   "where",
					     "returns",  "async",    "volatile",
					     "requires", "is",       "mutable",
					     NULL };
	size_t n = 0;

	skip_blanks(head);
	if (head->at < head->end) {
		size_t left = (size_t)(head->end - head->at);

		while (n < left && mark_is_word(head->at[n]))
			n++;
		if (*head->at == '{' || mark_is_one_of(head->at, n, words))
			return true;
		if (*head->at == ':' || (left > 1 && head->at[-1] == ' ' &&
					 !strncmp(head->at, "->", 2)))
			return true;
		/* "func f() (int, error) {", "int f(a) MACRO {" */
		return head->end[-1] == '{' && !memchr(head->at, ';', left) &&
		       (n || strchr("([*&", *head->at));
	}
	while (head_next_line(head) && head->at == head->end)
		;
	return head->line < head->text->lines.nr && head->at < head->end &&
	       (*head->at == '{' || *head->at == ':' ||
		!strncmp(head->at, "where", 5) || !strncmp(head->at, "->", 2));
}

static bool is_upper_word(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isupper((unsigned char)word[i]) && word[i] != '_' &&
		    !isdigit((unsigned char)word[i]))
			return false;
	return n > 2;
}

/* "list_for_each_entry(...) {" is a loop. */
static bool is_loop(const char *word, size_t n)
{
	return memmem(word, n, "_each", 5) || memmem(word, n, "foreach", 7) ||
	       (n > 4 && !memcmp(word, "for_", 4));
}

static void set_name(struct enclosing *out, const char *word, size_t n)
{
	out->name = word;
	out->n = n;
}

/* "def self.load", "func (l *Loader) Load(", "function M.load(": the name
 * behind such a word. */
static bool find_declared(struct enclosing *out, const char *at,
			  const char *end)
{
	struct enclosing found = { 0 };
	size_t n = (size_t)(end - at), len;
	const char *word;

	while (at < end && isspace((unsigned char)*at))
		at++;
	if (at < end && *at == '(') { /* a receiver, or no name at all */
		const char *close = memchr(at, ')', (size_t)(end - at));

		if (!close || close + 1 == end || close[1] != ' ')
			return false;
		at = close + 1;
	}
	n = (size_t)(end - at);
	while ((word = mark_word(&len, &at, &n))) {
		if (isdigit((unsigned char)*word))
			return false;
		set_name(&found, word, len);
		if (at == end || !strchr(".:", *at) || at + 1 == end ||
		    (!mark_is_word(at[1]) && at[1] != ':'))
			break;
	}
	if (!found.name)
		return false;
	*out = found;
	return true;
}

/* "const load = (a) => {", "load: function (a) {": a name, what joins it, and a
 * function without one. */
static bool is_assigned(const char *after, const char *end)
{
	static const char *const words[] = { "async", "function", "lambda",
					     NULL };
	size_t n = 0;

	while (after < end && *after != '=' && *after != ':')
		after++;
	if (after < end && *after == ':') {
		const char *sign = memchr(after, '=', (size_t)(end - after));

		if (sign && sign + 1 < end && sign[1] != '>')
			after = sign; /* behind a type */
	}
	if (after == end)
		return false;
	after++;
	while (after < end && isspace((unsigned char)*after))
		after++;
	while (after + n < end && mark_is_word(after[n]))
		n++;
	return mark_is_one_of(after, n, words) ||
	       (after < end && *after == '(' &&
		memmem(after, (size_t)(end - after), "=>", 2) &&
		!memchr(after, ';', (size_t)(end - after)));
}

static const char *skip_assigning(const char *at, const char *end)
{
	static const char *const words[] = { "export", "const",   "let",
					     "var",    "default", "static",
					     "public", "private", "readonly",
					     "local",  "this",    NULL };

	while (at < end) {
		size_t n = 0;

		while (at + n < end && mark_is_word(at[n]))
			n++;
		if (!n || !mark_is_one_of(at, n, words) || at + n == end)
			return at;
		at += n + 1;
	}
	return at;
}

static bool find_assigned(struct enclosing *out,
			  const struct enclosing_line *line)
{
	const char *end = line->at + line->n, *word;
	const char *at = skip_assigning(line->at, end);
	size_t n = (size_t)(end - at), len;

	word = mark_word(&len, &at, &n);
	if (!word || word != skip_assigning(line->at, end) ||
	    isdigit((unsigned char)*word) ||
	    !memchr(" =:", at < end ? *at : ';', 3) ||
	    mark_is_one_of(word, len, no_functions) || !is_assigned(at, end))
		return false;
	set_name(out, word, len);
	return true;
}

/* What may stand in front of a name: a type, and what it is in. */
static bool is_before_name(const char *at, const char *end)
{
	for (; at < end; at++)
		if (!mark_is_word(*at) && !strchr(" \t*&<>,:[]~@.", *at) &&
		    (*at != '?' || isspace((unsigned char)at[-1])))
			return false;
	return true;
}

/* "static int load(struct x *x)", "load(a) {", "TEST(Loader, Labels)" */
static bool find_typed(struct enclosing *out, const struct enclosing_text *text,
		       size_t place)
{
	const struct enclosing_line *line = &text->lines.at[place];
	const char *at = line->at, *end = at + line->n, *word;
	size_t n = line->n, len;

	while ((word = mark_word(&len, &at, &n))) {
		struct head head = { text, place, at, end };

		if (mark_is_one_of(word, len, no_functions))
			return false;
		if (word[-(word > line->at)] == '@' || len < 2)
			continue;
		skip_blanks(&head);
		if (head.at == end || *head.at != '(' ||
		    isdigit((unsigned char)*word) ||
		    !strncmp(word, "__attr", 6))
			continue;
		if (!is_before_name(line->at, word) || is_loop(word, len) ||
		    (line->indent && is_upper_word(word, len)) ||
		    (word > line->at && word[-1] == '.') ||
		    (head.at + 1 < end && strchr("\"'`", head.at[1]) &&
		     !is_upper_word(word, len)))
			return false;
		if (!skip_brackets(&head) ||
		    (*head.at == '(' && !skip_brackets(&head)) ||
		    !is_body_next(&head))
			return false;
		if (is_upper_word(word, len) && word == line->at)
			word = mark_word(&len, &at, &n);
		if (word)
			set_name(out, word, len);
		return word != NULL;
	}
	return false;
}

/* Whether the line defines a function. */
static bool is_function_line(struct enclosing *out,
			     const struct enclosing_text *text, size_t place)
{
	const struct enclosing_line *line = &text->lines.at[place];
	const char *at = line->at, *end = at + line->n, *word;
	size_t n = line->n, len;

	if (is_aside(line) || is_decoration(line) || !mark_is_word(*at))
		return line->n && strchr("~[", *at) &&
		       find_typed(out, text, place);
	if (opens_with(line, "pub(")) {
		at = memchr(at, ')', n);
		if (!at)
			return false;
		n = (size_t)(end - at);
	}
	for (size_t i = 0; i < 6 && (word = mark_word(&len, &at, &n)); i++) {
		if (mark_is_one_of(word, len, begins_function) && at < end &&
		    (*at == ' ' || *at == '*'))
			return find_declared(out, at, end);
		if (at < end && !strchr(" (", *at))
			break;
	}
	return find_assigned(out, line) || find_typed(out, text, place);
}

/* --- where a line stands --- */

static bool is_closing(const struct enclosing_line *line)
{
	static const char *const words[] = { "end", "fi", "done", "esac",
					     NULL };

	return line->n && (strchr("})]", *line->at) || line_says(line, words));
}

/* From a line that decorates a function to that. */
static size_t skip_decorations(const struct enclosing_text *text, size_t place)
{
	size_t first = place;

	while (place < text->lines.nr && place < first + HEAD_MAX &&
	       is_decoration(&text->lines.at[place]))
		place++;
	return place < text->lines.nr ? place : first;
}

/* From an aside, but for a comment, to the line behind it. */
static size_t skip_asides(const struct enclosing_text *text, size_t place)
{
	struct enclosing_line *lines = text->lines.at;
	size_t end = place;

	while (!lines[end].ahead && end + 1 < text->lines.nr &&
	       is_aside(&lines[end]) &&
	       !mark_is_comment(lines[end].at, lines[end].n))
		end++;
	if (lines[end].ahead)
		end = lines[end].ahead - 1;
	for (; place < end && !lines[place].ahead; place++)
		lines[place].ahead = (uint32_t)end + 1;
	return end;
}

/* The lines of a function that begins here: up to the next one that stands no
 * further right and is no part of its head. */
static uint32_t count_function(const struct enclosing_text *text, size_t place)
{
	size_t indent = text->lines.at[place].indent, i, last = place;
	bool body = false;

	for (i = place + 1; i < text->lines.nr; i++) {
		const struct enclosing_line *line = &text->lines.at[i];

		if (is_aside(line))
			continue;
		if (line->indent > indent) {
			body = true;
			last = i;
		} else if (*line->at == '{' ||
			   (*line->at == ')' && opens_block(line)) ||
			   opens_with(line, "where") ||
			   (*line->at == '}' && opens_block(line))) {
			last = i;
		} else {
			if (body && is_closing(line))
				last = i;
			break;
		}
	}
	return (uint32_t)(last - place + 1);
}

static size_t function_lines(const struct enclosing_text *text, size_t place)
{
	struct enclosing_line *line = &text->lines.at[place];

	if (!line->lines)
		line->lines = count_function(text, place);
	return line->lines;
}

/* What is looked for above a line. */
struct climb {
	size_t indent; /* lines that stand further left than this */
	bool pending;  /* or as far as it: what a "{" or ")" belongs to */
};

enum step { STEP_ON, STEP_FOUND, STEP_NONE };

static enum step climb_to(struct climb *climb, struct enclosing *out,
			  const struct enclosing_text *text, size_t place)
{
	const struct enclosing_line *line = &text->lines.at[place];

	if (line->indent + !climb->pending > climb->indent || is_aside(line) ||
	    is_decoration(line))
		return STEP_ON;
	if (strchr("{)]", *line->at) || opens_with(line, "where")) {
		if (strchr("{w", *line->at) || opens_block(line)) {
			climb->indent = line->indent;
			climb->pending = true;
		}
		return STEP_ON;
	}
	if (*line->at == '}') {
		if (!opens_block(line))
			return STEP_NONE;
		climb->indent = line->indent;
		climb->pending = false;
		return STEP_ON;
	}
	if (is_function_line(out, text, place)) {
		out->first = place + 1;
		return STEP_FOUND;
	}
	if (climb->pending && !line_says(line, no_functions) &&
	    !closes_with(line, ";") && line->indent == climb->indent)
		return STEP_ON; /* a part of the head */
	climb->pending = false;
	if (line->indent || leads_on(line))
		climb->indent = line->indent;
	return climb->indent ? STEP_ON : STEP_NONE;
}

/* From above a line on, until a function is found or what is known of another
 * line is the answer. False if it is in none. */
static bool climb_up(struct enclosing *out, const struct enclosing_text *text,
		     size_t place, struct climb climb)
{
	uint32_t *known = &text->lines.at[place].around[climb.pending];
	enum step step = *known == IN_NONE ? STEP_NONE : STEP_ON;
	size_t from = *known && step == STEP_ON ? *known : place;

	for (size_t i = from, seen = 0;
	     step == STEP_ON && i-- && seen < ABOVE_MAX; seen++) {
		const struct enclosing_line *line = &text->lines.at[i];

		step = climb_to(&climb, out, text, i);
		if (step != STEP_ON || line->indent != climb.indent)
			continue;
		if (line->around[climb.pending] == IN_NONE)
			step = STEP_NONE;
		else if (line->around[climb.pending])
			i = line->around[climb.pending];
	}
	*known = step == STEP_FOUND ? (uint32_t)out->first : IN_NONE;
	return step == STEP_FOUND;
}

bool enclosing_find(struct enclosing *out, const struct enclosing_text *text,
		    size_t number)
{
	size_t place = number - 1;
	const struct enclosing_line *line;
	struct climb climb;

	if (!number || number > text->lines.nr)
		return false;
	line = &text->lines.at[place];
	if (is_decoration(line))
		line = &text->lines.at[place = skip_decorations(text, place)];
	line = &text->lines.at[place = skip_asides(text, place)];
	climb.indent = line->indent;
	climb.pending = is_closing(line) || opens_with(line, "{") ||
			opens_with(line, "where");
	if ((place + 1 == number ||
	     is_decoration(&text->lines.at[number - 1])) &&
	    is_function_line(out, text, place))
		out->first = place + 1;
	else if ((!climb.indent && !climb.pending) ||
		 !climb_up(out, text, place, climb))
		return false;
	out->lines = function_lines(text, out->first - 1);
	return true;
}
