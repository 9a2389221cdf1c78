/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/posix.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Nodes that regcomp() may make of a source, some hundred bytes each. */
#define NODES_MAX 200000
/* Of them those that may be passed over: each leads to all behind it. */
#define LOOSE_MAX 2000
/* More than these PCRE2 does not repeat. */
#define REPEAT_MAX 65535
/* Outside ASCII, but for the two letters that case makes a k and an s: they
 * belong where those do. */
#define WIDE      "\\x{80}-\\x{17e}\\x{180}-\\x{2129}\\x{212b}-\\x{10ffff}"
#define NEAR_WIDE "(?<=[" WIDE "])|(?=[" WIDE "])"

/* The source is read from `s` on. What was written last and can be repeated
 * begins at `atom` of the output. */
struct translation {
	struct buf *out;
	bool *loose;
	const char *s;
	bool extended, ignore_case;
	/* What was written last; START: nothing of this alternative yet. */
	enum { START, ANCHOR, ATOM, REPEATED } behind;
	size_t atom;
	struct {
		size_t at;      /* where it begins */
		size_t anchors; /* how many there were before it */
	} open[64];             /* groups */
	size_t depth;
	size_t anchors; /* so far */
	bool anchored;  /* the atom is a group that contains one */
};

static void begin_atom(struct translation *t)
{
	t->atom = t->out->n;
	t->behind = ATOM;
	t->anchored = false;
}

static void add_code_point(struct translation *t, int c)
{
	if (c < 0x80 && isalnum(c))
		buf_addch(t->out, (char)c);
	else
		buf_addf(t->out, "\\x{%x}", (unsigned)c);
}

/* The character at `s`, which moves behind it. False if it is none. */
static bool take_posix(struct translation *t, int *c)
{
	size_t len;

	*c = text_decode(t->s, strlen(t->s), &len);
	t->s += len;
	return *c > 0;
}

static bool add_literal(struct translation *t)
{
	int c;

	if (!*t->s || !take_posix(t, &c))
		return false;
	begin_atom(t);
	add_code_point(t, c);
	*t->loose |= t->ignore_case;
	return true;
}

/* What stands for one place rather than for characters. */
static bool add_anchor(struct translation *t, const char *text)
{
	buf_addstr(t->out, text);
	t->behind = ANCHOR;
	t->anchors++;
	return true;
}

/* --- bracket expressions --- */

static const struct class
{
	const char *name;
	const char *ascii; /* without the newline */
	bool wide;         /* characters outside ASCII may belong to it */
} classes[] = {
	{ "alnum", "0-9A-Za-z", true },
	{ "alpha", "A-Za-z", true },
	{ "blank", " \\t", true },
	{ "cntrl", "\\x00-\\x09\\x0b-\\x1f\\x7f", true },
	{ "digit", "0-9", false },
	{ "graph", "\\x21-\\x7e", true },
	{ "lower", "a-z", true },
	{ "print", "\\x20-\\x7e", true },
	{ "punct", "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e", true },
	{ "space", " \\t\\x0b\\f\\r", true },
	{ "upper", "A-Z", true },
	{ "xdigit", "0-9A-Fa-f", false },
};

static const struct class *find_class(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (strlen(classes[i].name) == n &&
		    !strncmp(classes[i].name, name, n))
			return &classes[i];
	return NULL;
}

static void add_class(struct translation *t, const struct class *class,
		      bool negated)
{
	buf_addstr(t->out, class->ascii);
	if (!class->wide)
		return;
	*t->loose = true;
	if (!negated)
		buf_addstr(t->out, WIDE);
}

/* Whether a range means the same whether it is folded before (as the C library
 * does it) or behind (as PCRE2 does). */
static bool folds_alike(int from, int to)
{
	if (to >= 0x80)
		return from >= 0x3400 && to <= 0x9fff; /* no letters there */
	return (islower(from) && islower(to)) ||
	       (isupper(from) && isupper(to)) || to < 'A';
}

/* A character or a range. */
static bool add_member(struct translation *t)
{
	int from, to;

	if (!take_posix(t, &from))
		return false;
	to = from;
	if (t->s[0] == '-' && t->s[1] && t->s[1] != ']') {
		t->s++;
		if (t->s[0] == '[' && strchr(".=:", t->s[1]))
			return false;
		if (!take_posix(t, &to) || to < from)
			return false;
		if (t->ignore_case && !folds_alike(from, to))
			return false;
	}
	add_code_point(t, from);
	if (to != from) {
		buf_addch(t->out, '-');
		add_code_point(t, to);
	}
	*t->loose |= t->ignore_case;
	return true;
}

static bool add_named_class(struct translation *t, bool negated)
{
	const char *name = t->s + 2, *end = strstr(name, ":]");
	const struct class *class =
		end ? find_class(name, (size_t)(end - name)) : NULL;

	if (!class)
		return false;
	if (t->ignore_case &&
	    (!strcmp(class->name, "upper") || !strcmp(class->name, "lower")))
		class = find_class("alpha", strlen("alpha"));
	add_class(t, class, negated);
	t->s = end + 2;
	return true;
}

/* Behind its `[`. */
static bool add_bracket(struct translation *t)
{
	bool negated = *t->s == '^';
	const char *first;

	t->s += negated;
	first = t->s;
	begin_atom(t);
	buf_addstr(t->out, negated ? "[^\\n" : "[");
	while (*t->s != ']' || t->s == first) {
		bool named = t->s[0] == '[' && t->s[1] == ':';

		if (!*t->s || (t->s[0] == '[' && t->s[1] && !named &&
			       strchr(".=", t->s[1])))
			return false;
		if (!(named ? add_named_class(t, negated) : add_member(t)))
			return false;
	}
	t->s++;
	buf_addch(t->out, ']');
	return true;
}

/* --- groups, alternatives, repetition --- */

static bool open_group(struct translation *t)
{
	if (t->depth == ARRAY_SIZE(t->open))
		return false;
	t->open[t->depth].at = t->out->n;
	t->open[t->depth++].anchors = t->anchors;
	buf_addstr(t->out, "(?:");
	t->behind = START;
	return true;
}

static bool close_group(struct translation *t)
{
	if (!t->depth)
		return false;
	begin_atom(t);
	buf_addch(t->out, ')');
	t->atom = t->open[--t->depth].at;
	t->anchored = t->open[t->depth].anchors < t->anchors;
	return true;
}

static bool add_alternative(struct translation *t)
{
	buf_addch(t->out, '|');
	t->behind = START;
	return true;
}

/* A second sign behind an atom would make the first one lazy or possessive. In
 * a group that is repeated, the C library does not hold to every anchor. */
static bool repeat_posix(struct translation *t, const char *how)
{
	if (t->behind < ATOM || t->anchored)
		return false;
	if (t->behind == REPEATED) {
		buf_splice(t->out, t->atom, 0, "(?:", 3);
		buf_addch(t->out, ')');
	}
	buf_addstr(t->out, how);
	t->behind = REPEATED;
	return true;
}

/* Behind `{` or `\{`: "n}", "n,}", ",m}" or "n,m}". */
static bool add_interval(struct translation *t)
{
	char how[32], *end;
	unsigned long from = strtoul(t->s, &end, 10), to = from;
	bool open = false;

	if (*end == ',') {
		const char *second = end + 1;

		to = strtoul(second, &end, 10);
		open = end == second;
	}
	if (!t->extended && *end == '\\')
		end++;
	if (*end != '}' || from > REPEAT_MAX || to > REPEAT_MAX)
		return false;
	t->s = end + 1;
	if (open)
		snprintf(how, sizeof(how), "{%lu,}", from);
	else
		snprintf(how, sizeof(how), "{%lu,%lu}", from, to);
	return repeat_posix(t, how);
}

/* --- the rest --- */

/* What the C library adds to POSIX. */
static bool add_extension(struct translation *t, char c)
{
	switch (c) {
	case 'b':
		*t->loose = true;
		return add_anchor(t, "(?:\\b|" NEAR_WIDE ")");
	case '<':
		*t->loose = true;
		return add_anchor(t,
				  "(?<![0-9A-Za-z_])(?=[0-9A-Za-z_" WIDE "])");
	case '>':
		*t->loose = true;
		return add_anchor(t, "(?<=[0-9A-Za-z_" WIDE "])"
				     "(?![0-9A-Za-z_])");
	default:
		break;
	}
	*t->loose = true;
	begin_atom(t);
	buf_addstr(t->out, c == 'w'   ? "[0-9A-Za-z_" WIDE "]"
			   : c == 'W' ? "[^\\n0-9A-Za-z_]"
			   : c == 's' ? "[ \\t\\x0b\\f\\r" WIDE "]"
				      : "[^\\n \\t\\x0b\\f\\r]");
	return true;
}

static bool add_posix_operator(struct translation *t, char c)
{
	switch (c) {
	case '(':
		return open_group(t);
	case ')':
		return close_group(t);
	case '|':
		return add_alternative(t);
	case '{':
		return add_interval(t);
	default:
		return repeat_posix(t, c == '+' ? "+" : "?");
	}
}

static bool add_escaped(struct translation *t)
{
	char c = *t->s;

	if (!c || (c >= '1' && c <= '9') || strchr("`'B", c))
		return false;
	/* The C library folds the line, and not such a letter. */
	if (t->ignore_case && !strchr("wWsSb", c) &&
	    (isalpha((unsigned char)c) || (unsigned char)c >= 0x80))
		return false;
	if (strchr("wWsSb<>", c)) {
		t->s++;
		return add_extension(t, c);
	}
	if (t->extended || !strchr("(){|+?", c))
		return add_literal(t);
	t->s++;
	return add_posix_operator(t, c);
}

/* Where a basic expression has `^` and `$` as anchors. */
static bool is_anchor(const struct translation *t, char c)
{
	const char *next = t->s + 1;

	if (t->extended)
		return true;
	if (c == '^')
		return t->behind == START;
	return !*next || (next[0] == '\\' && next[1] && strchr(")|", next[1]));
}

static bool add_next_posix(struct translation *t)
{
	char c = *t->s;

	if ((c == '^' || c == '$') && is_anchor(t, c)) {
		t->s++;
		return add_anchor(t, c == '^' ? "^" : "$");
	}
	if (c == '*' && !t->extended && t->behind < ATOM)
		return add_literal(t);
	if (!c || !strchr(t->extended ? "\\.[*(){|+?" : "\\.[*", c))
		return add_literal(t);
	if (c == ')' && !t->depth)
		return add_literal(t);
	t->s++;
	switch (c) {
	case '\\':
		return add_escaped(t);
	case '[':
		return add_bracket(t);
	case '.':
		begin_atom(t);
		buf_addstr(t->out, "[^\\n\\x00]");
		return true;
	case '*':
		return repeat_posix(t, "*");
	default:
		return add_posix_operator(t, c);
	}
}

bool posix_translate(struct buf *out, bool *loose, const char *source,
		     bool extended, bool ignore_case)
{
	struct translation t = {
		.out = out,
		.loose = loose,
		.s = source,
		.extended = extended,
		.ignore_case = ignore_case,
	};

	while (*t.s)
		if (!add_next_posix(&t))
			return false;
	return !t.depth;
}

/* --- how large it becomes --- */

/* Of a part of the source: its nodes; those of them that may be passed over, for
 * each of which regcomp() notes all that it leads to; and those that match no
 * character, which may be passed over once they are repeated. */
struct extent {
	double nodes, loose, thin;
};

/* Of each group that is open, and of what stands last. */
struct sizes {
	struct extent *open, last;
	size_t depth;
	bool bare; /* nothing stands in this branch yet */
};

static void add_extent(struct sizes *sizes, struct extent part)
{
	struct extent *open = &sizes->open[sizes->depth];

	open->nodes += part.nodes;
	open->loose += part.loose;
	open->thin += part.thin;
}

static void add_nodes(struct sizes *sizes, struct extent part)
{
	add_extent(sizes, part);
	sizes->last = part;
	sizes->bare = false;
}

/* The last is copied until there are so many; so many more may be passed over. */
static void repeat_nodes(struct sizes *sizes, double times, double loose)
{
	struct extent *last = &sizes->last;
	double more = times > 1 ? times - 1 : 0;
	struct extent grown = { last->nodes * more,
				(last->loose + last->thin) * more + loose, 0 };

	add_extent(sizes, grown);
	last->nodes += grown.nodes;
	last->loose += grown.loose;
}

static void begin_branch(struct sizes *sizes)
{
	add_nodes(sizes, (struct extent){ 1, 0, sizes->bare });
	sizes->bare = true;
}

static void weigh_group(struct sizes *sizes)
{
	struct extent group = sizes->open[sizes->depth];

	if (!sizes->depth)
		return;
	group.nodes++;
	group.thin += sizes->bare;
	sizes->depth--;
	add_nodes(sizes, group);
}

/* "{2,5}" from its brace on; where it ends. */
static const char *repeat_bound(struct sizes *sizes, const char *s)
{
	char *end;
	double least = (double)strtoul(s + 1, &end, 10), most = least;

	if (*end == ',')
		most = (double)strtoul(end + 1, &end, 10);
	if (most > least)
		repeat_nodes(sizes, most, most - least);
	else
		repeat_nodes(sizes, least + 1, 0);
	return *end ? end : end - 1;
}

/* Behind the bracket expression that begins here, or at its last byte. */
static const char *bracket_end(const char *s)
{
	const char *p = s + 1 + (s[1] == '^');

	for (p += *p == ']'; *p && *p != ']'; p++)
		if (*p == '[' && p[1] && strchr(".:=", p[1])) {
			const char close[] = { p[1], ']', '\0' };
			const char *end = strstr(p + 2, close);

			p = end ? end + 1 : p;
		}
	return *p ? p : p - 1;
}

/* What stands at `s`, of which `c` is special; its last byte. */
static const char *weigh_part(struct sizes *sizes, const char *s, char c)
{
	switch (c) {
	case '(':
		sizes->open[++sizes->depth] = (struct extent){ 0, 0, 0 };
		sizes->bare = true;
		break;
	case ')':
		weigh_group(sizes);
		break;
	case '|':
		begin_branch(sizes);
		break;
	case '^':
	case '$':
		add_nodes(sizes, (struct extent){ 1, 0, 1 });
		break;
	case '*':
	case '?':
		repeat_nodes(sizes, 1, 1);
		break;
	case '+':
		repeat_nodes(sizes, 2, 0);
		break;
	case '{':
		return repeat_bound(sizes, s);
	default:
		add_nodes(sizes, (struct extent){ 1, 0, 0 });
	}
	return s;
}

/* '^' for what stands between characters, 'a' for one of them. */
static char meaning_of(char c, bool escaped, bool extended)
{
	if (strchr("*^$", c))
		return escaped ? 'a' : c;
	if (escaped && strchr("bB<>`'", c))
		return '^';
	return escaped != extended ? c : 'a';
}

bool posix_is_too_large(const char *source, bool extended)
{
	struct sizes sizes = { .open = mem_calloc(strlen(source) + 2,
						  sizeof(*sizes.open)) };
	double all = 0, loose = 0;

	for (const char *s = source; *s; s++) {
		bool escaped = *s == '\\' && s[1];

		s += escaped;
		if (*s == '[' && !escaped) {
			s = bracket_end(s);
			add_nodes(&sizes, (struct extent){ 1, 0, 0 });
		} else {
			s = weigh_part(&sizes, s,
				       meaning_of(*s, escaped, extended));
		}
	}
	for (size_t i = 0; i <= sizes.depth; i++) {
		all += sizes.open[i].nodes;
		loose += sizes.open[i].loose;
	}
	free(sizes.open);
	return all > NODES_MAX || loose > LOOSE_MAX;
}
