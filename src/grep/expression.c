/* SPDX-License-Identifier: GPL-2.0-only */
#include "grep/expression.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* Deeper than this nobody nests. */
#define DEPTH_MAX 200

enum node_type { NODE_PATTERN, NODE_NOT, NODE_AND, NODE_OR };

struct expr_node {
	enum node_type type;
	struct pattern *pattern;
	size_t member;                        /* its number */
	const struct expr_node *left, *right; /* of NOT, only `left` */
};

/* A pattern, and the line to which it has skipped. */
struct member {
	struct pattern *pattern;
	size_t at;
	bool sure;
};

struct expression {
	struct VEC_OF(struct member) members;
	const struct expr_node *root;
	bool simple; /* nothing but alternatives */
};

/* --- parsing --- */

struct parser {
	struct arena *a;
	struct expression *x;
	const struct strs *tokens;
	size_t at; /* in `tokens` */
	enum syntax syntax;
	unsigned flags;
	int depth;
};

static const char *name(const struct parser *p)
{
	return p->at < p->tokens->nr ? p->tokens->at[p->at] : NULL;
}

/* Whether the next token is this option, or this parenthesis. */
static bool is_next(const struct parser *p, const char *word)
{
	const char *is = name(p);

	if (!is)
		return false;
	return strcmp(is, *is ? word : "") == 0 &&
	       (*is || !strcmp(p->tokens->at[p->at + 1], word));
}

static struct expr_node *new_expr_node(struct parser *p, enum node_type type,
				       const struct expr_node *left,
				       const struct expr_node *right)
{
	struct expr_node *node = arena_alloc(p->a, sizeof(*node));

	*node = (struct expr_node){ type, NULL, 0, left, right };
	return node;
}

/* The lines of one argument are alternatives. */
static struct err *add_patterns(const struct expr_node **out, struct parser *p,
				const char *text)
{
	const struct expr_node *all = NULL;

	for (;;) {
		size_t n = strcspn(text, "\n");
		struct expr_node *node =
			new_expr_node(p, NODE_PATTERN, NULL, NULL);
		struct err *e = pattern_new(&node->pattern,
					    arena_strndup(p->a, text, n),
					    p->syntax, p->flags);

		if (e)
			return e;
		node->member = p->x->members.nr;
		vec_push(p->a, &p->x->members,
			 (struct member){ .pattern = node->pattern });
		all = all ? new_expr_node(p, NODE_OR, all, node) : node;
		if (!text[n])
			break;
		text += n + 1;
	}
	*out = all;
	return NULL;
}

static struct err *parse_or(const struct expr_node **out, struct parser *p);

static struct err *parse_group(const struct expr_node **out, struct parser *p)
{
	struct err *e;

	p->at += 2;
	e = parse_or(out, p);
	if (!e && !is_next(p, ")"))
		e = err_new(ERR_USAGE, _("a '(' is not closed"));
	p->at += 2;
	return e;
}

static struct err *parse_atom(const struct expr_node **out, struct parser *p)
{
	const char *text;

	if (is_next(p, "("))
		return parse_group(out, p);
	if (!name(p))
		return err_new(ERR_USAGE, _("a pattern is missing at the end"));
	if (is_next(p, ")"))
		return err_new(ERR_USAGE, _("a pattern is missing before ')'"));
	if (is_next(p, "and") || is_next(p, "or"))
		return err_new(ERR_USAGE, _("a pattern is missing before --%s"),
			       name(p));
	text = p->tokens->at[p->at + 1];
	p->at += 2;
	return add_patterns(out, p, text);
}

static struct err *parse_not(const struct expr_node **out, struct parser *p)
{
	const struct expr_node *inner = NULL;
	struct err *e;

	if (++p->depth > DEPTH_MAX)
		return err_new(ERR_USAGE,
			       _("the expression is nested too deeply"));
	if (!is_next(p, "not")) {
		e = parse_atom(out, p);
	} else {
		p->at += 2;
		e = parse_not(&inner, p);
		if (!e)
			*out = new_expr_node(p, NODE_NOT, inner, NULL);
	}
	p->depth--;
	return e;
}

static struct err *parse_and(const struct expr_node **out, struct parser *p)
{
	struct err *e = parse_not(out, p);

	while (!e && is_next(p, "and")) {
		const struct expr_node *left = *out, *right = NULL;

		p->at += 2;
		e = parse_not(&right, p);
		if (!e)
			*out = new_expr_node(p, NODE_AND, left, right);
	}
	return e;
}

static struct err *parse_or(const struct expr_node **out, struct parser *p)
{
	struct err *e = parse_and(out, p);

	while (!e && name(p) && !is_next(p, ")")) {
		const struct expr_node *left = *out, *right = NULL;

		if (is_next(p, "or"))
			p->at += 2;
		e = parse_and(&right, p);
		if (!e)
			*out = new_expr_node(p, NODE_OR, left, right);
	}
	return e;
}

static bool is_simple(const struct strs *tokens)
{
	for (size_t i = 0; i < tokens->nr; i += 2)
		if (!strcmp(tokens->at[i], "and") ||
		    !strcmp(tokens->at[i], "not"))
			return false;
	return true;
}

struct err *expression_new(struct expression **out, struct arena *a,
			   const struct strs *tokens, enum syntax syntax,
			   unsigned flags)
{
	struct parser p = {
		a, arena_alloc(a, sizeof(*p.x)), tokens, 0, syntax, flags, 0
	};
	struct err *e = parse_or(&p.x->root, &p);

	if (!e && name(&p))
		e = err_new(ERR_USAGE, _("a ')' has no matching '('"));
	p.x->simple = is_simple(tokens);
	*out = p.x;
	if (e) {
		expression_release(p.x);
		*out = NULL;
	}
	return e;
}

void expression_release(struct expression *x)
{
	for (size_t i = 0; x && i < x->members.nr; i++)
		pattern_free(x->members.at[i].pattern);
}

/* --- matching --- */

static struct err *holds_node(bool *hit, const struct expr_node *node,
			      const char *line, size_t n)
{
	struct err *e;

	if (node->type == NODE_PATTERN)
		return pattern_hits(hit, node->pattern, line, n, false);
	e = holds_node(hit, node->left, line, n);
	if (e)
		return e;
	if (node->type == NODE_NOT)
		*hit = !*hit;
	else if (*hit == (node->type == NODE_AND))
		e = holds_node(hit, node->right, line, n);
	return e;
}

struct err *expression_hits(bool *hit, struct expression *x, const char *line,
			    size_t n)
{
	*hit = false;
	if (!x->simple)
		return holds_node(hit, x->root, line, n);
	for (size_t i = 0; i < x->members.nr && !*hit; i++) {
		struct err *e = pattern_hits(hit, x->members.at[i].pattern,
					     line, n, false);

		if (e)
			return e;
	}
	return NULL;
}

struct err *expression_find(bool *hit, struct span *span, struct expression *x,
			    const char *line, size_t n, bool rest)
{
	*hit = false;
	for (size_t i = 0; i < x->members.nr; i++) {
		struct span found;
		bool has;
		struct err *e = pattern_find(
			&has, &found, x->members.at[i].pattern, line, n, rest);

		if (e)
			return e;
		if (has &&
		    (!*hit || found.start < span->start ||
		     (found.start == span->start && found.end > span->end)))
			*span = found;
		*hit |= has;
	}
	return NULL;
}

/* Of one line: where it begins to match, of the patterns under an even number
 * of nots, and of the others. */
struct columns {
	const char *line;
	size_t n;
	size_t first[2];
};

/* Every pattern counts, those too that no longer matter. */
static struct err *find_columns(struct columns *c, bool negated,
				const struct expr_node *node)
{
	struct span span;
	struct err *e;
	bool hit;

	if (node->type != NODE_PATTERN) {
		e = find_columns(c, negated != (node->type == NODE_NOT),
				 node->left);
		return e || !node->right
			       ? e
			       : find_columns(c, negated, node->right);
	}
	e = pattern_find(&hit, &span, node->pattern, c->line, c->n, false);
	if (!e && hit && span.start < c->first[negated])
		c->first[negated] = span.start;
	return e;
}

struct err *expression_column(size_t *column, struct expression *x,
			      const char *line, size_t n, bool invert)
{
	struct columns c = { line, n, { SIZE_MAX, SIZE_MAX } };
	struct err *e = find_columns(&c, false, x->root);

	*column = c.first[invert] == SIZE_MAX ? 0 : c.first[invert] + 1;
	return e;
}

/* The member's, which is asked again once it is passed by. */
static const struct member *skip_member(struct member *m, const char *text,
					size_t n, size_t at)
{
	if (!at || m->at < at)
		m->at = pattern_skip(&m->sure, m->pattern, text, n, at);
	return m;
}

/* No line before it holds: of two that must hold, the later one counts. */
static size_t skip_node(struct expression *x, const struct expr_node *node,
			const char *text, size_t n, size_t at)
{
	size_t left, right;

	if (node->type == NODE_NOT)
		return at;
	if (node->type == NODE_PATTERN)
		return skip_member(&x->members.at[node->member], text, n, at)
			->at;
	left = skip_node(x, node->left, text, n, at);
	right = skip_node(x, node->right, text, n, at);
	return (left > right) == (node->type == NODE_AND) ? left : right;
}

size_t expression_skip(bool *sure, struct expression *x, const char *text,
		       size_t n, size_t at)
{
	size_t nearest = n;

	*sure = false;
	if (!x->simple)
		return skip_node(x, x->root, text, n, at);
	for (size_t i = 0; i < x->members.nr; i++) {
		const struct member *m =
			skip_member(&x->members.at[i], text, n, at);

		if (m->at < nearest)
			*sure = false;
		if (m->at <= nearest) {
			nearest = m->at;
			*sure |= m->sure;
		}
	}
	return nearest;
}
