/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * suites yaml <file>... | suites markdown <file>...: reads each file, a case of
 * a suite, as front matter or as the body of a retro, and holds what comes out
 * to what libyaml and cmark themselves say of it. Prints a count of each
 * outcome and the cases that differ; fails if any does. tests/real/suites.sh
 * takes the cases out of the suites.
 */
#define CMARK_NO_SHORT_NAMES 1
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/file.h"
#include "model/body.h"
#include "model/policy.h"
#include "model/read.h"
#include "view/html.h"
#include "view/record.h"
#include "view/term.h"

enum outcome {
	SAME,     /* both read the same */
	REFUSED,  /* both refuse it */
	NARROWER, /* the library takes it; we say why we do not */
	WORDS,    /* we keep as text what libyaml takes for a tag of one's own,
		    * so that "! high" stays "! high" */
	WIDER,    /* YAML allows an anchor twice, libyaml's composer does not */
	MORE,     /* we see a table or a box, which CommonMark has not */
	DIFFERENT, /* a fault */
	OUTCOMES
};
static const char *const names[OUTCOMES] = {
	[SAME] = "the same",
	[REFUSED] = "refused by both",
	[NARROWER] = "refused by us, with the reason",
	[WORDS] = "with the tag of a plain value kept as text",
	[WIDER] = "taken by us, with an anchor that is set twice",
	[MORE] = "with a table or box of ours",
	[DIFFERENT] = "DIFFERENT",
};

/* --- YAML -------------------------------------------------------------- */

/* Deeper than this is refused by us in any case. */
enum { DEPTH_MAX = 200 };

/* A value as text: "scalar", [..], {..}. Of a key twice the first counts. */
static bool put_yaml(struct buf *out, yaml_document_t *doc, int index,
		     int depth);

static bool is_again(yaml_document_t *doc, yaml_node_pair_t *first,
		     yaml_node_pair_t *pair)
{
	yaml_node_t *key = yaml_document_get_node(doc, pair->key);

	for (; first < pair; first++) {
		yaml_node_t *other = yaml_document_get_node(doc, first->key);

		if (key->type == YAML_SCALAR_NODE &&
		    other->type == YAML_SCALAR_NODE &&
		    key->data.scalar.length == other->data.scalar.length &&
		    !memcmp(key->data.scalar.value, other->data.scalar.value,
			    key->data.scalar.length))
			return true;
	}
	return false;
}

static bool put_pairs(struct buf *out, yaml_document_t *doc, yaml_node_t *node,
		      int depth)
{
	yaml_node_pair_t *first = node->data.mapping.pairs.start;

	for (yaml_node_pair_t *pair = first;
	     pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *key = yaml_document_get_node(doc, pair->key);

		if (key->type != YAML_SCALAR_NODE)
			return false;
		if (is_again(doc, first, pair))
			continue;
		if (!put_yaml(out, doc, pair->key, depth) ||
		    !put_yaml(out, doc, pair->value, depth))
			return false;
	}
	return true;
}

static bool put_yaml(struct buf *out, yaml_document_t *doc, int index,
		     int depth)
{
	yaml_node_t *node = yaml_document_get_node(doc, index);
	bool ok = depth < DEPTH_MAX;

	if (node->type == YAML_SCALAR_NODE) {
		buf_addch(out, '"');
		buf_add(out, node->data.scalar.value, node->data.scalar.length);
		buf_addch(out, '"');
	} else if (node->type == YAML_SEQUENCE_NODE) {
		buf_addch(out, '[');
		for (int *item = node->data.sequence.items.start;
		     ok && item < node->data.sequence.items.top; item++)
			ok = put_yaml(out, doc, *item, depth + 1);
		buf_addch(out, ']');
	} else {
		buf_addch(out, '{');
		ok = ok && put_pairs(out, doc, node, depth + 1);
		buf_addch(out, '}');
	}
	return ok;
}

/* What libyaml says; NULL if it takes it, else why not. `*plain` is false where
 * it takes what front matter may not have: several documents, keys that are
 * lists. A document with nothing in it is no value. */
static const char *ask_libyaml(struct buf *out, bool *plain,
			       const struct buf *text)
{
	yaml_parser_t parser;
	yaml_document_t doc;
	const char *why = NULL;
	bool ok = true;
	int nr = 0;

	*plain = true;
	yaml_parser_initialize(&parser);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (unsigned char *)text->p,
				     text->n);
	while (ok) {
		yaml_node_t *root;

		ok = yaml_parser_load(&parser, &doc);
		if (!ok)
			break;
		root = yaml_document_get_root_node(&doc);
		if (root && nr++)
			*plain = false;
		else if (root)
			*plain = put_yaml(out, &doc,
					  (int)(root - doc.nodes.start) + 1, 0);
		yaml_document_delete(&doc);
		if (!root)
			break;
	}
	if (!ok)
		why = parser.context ? parser.context : "";
	yaml_parser_delete(&parser);
	if (!strcmp(out->p, "\"\""))
		buf_reset(out);
	return why;
}

static void put_node(struct buf *out, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		buf_addf(out, "\"%s\"", node->text);
		return;
	}
	buf_addch(out, node->kind == NODE_LIST ? '[' : '{');
	for (size_t i = 0; i < node->nr; i++) {
		if (node->kind == NODE_MAP)
			put_node(out, node->pairs[i].key);
		put_node(out, node->kind == NODE_MAP ? node->pairs[i].value
						     : node->items[i]);
	}
	buf_addch(out, node->kind == NODE_LIST ? ']' : '}');
}

static enum outcome judge_yaml(const struct buf *text)
{
	struct arena a = ARENA_INIT;
	struct diags diags = { .arena = &a };
	struct buf theirs = BUF_INIT, ours = BUF_INIT, file = BUF_INIT;
	const struct node *node;
	bool plain, refused;
	const char *why = ask_libyaml(&theirs, &plain, text);
	enum outcome outcome = DIFFERENT;

	node = node_parse(&a, &diags, "x", text->p, 0, text->n);
	if (node)
		put_node(&ours, node);
	refused = !node && diag_count(&diags, DIAG_ERROR);
	if (!strcmp(ours.p, "\"\""))
		buf_reset(&ours);
	if (why && refused)
		outcome = REFUSED;
	else if (why && strstr(why, "duplicate anchor"))
		outcome = WIDER;
	else if (why)
		outcome = DIFFERENT;
	else if (refused)
		outcome = NARROWER;
	else if (plain && ours.n == theirs.n &&
		 !memcmp(ours.p, theirs.p, ours.n))
		outcome = SAME;
	else if (plain && strchr(ours.p, '!'))
		outcome = WORDS;
	if (outcome == DIFFERENT)
		printf("--- libyaml %s\n%s\n--- we %s\n%s\n",
		       why ? "refuses it" : "takes it", theirs.p,
		       refused ? diags.at[0].text : "take it", ours.p);
	/* Through the door of a file, too: it must only come to an end. */
	buf_addf(&file, "---\n%s\n---\n", text->p);
	read_retro(&a, &diags, "x.md", file.p, file.n);
	buf_release(&file);
	buf_release(&theirs);
	buf_release(&ours);
	arena_release(&a);
	return outcome;
}

/* --- Markdown ------------------------------------------------------------ */

static const char *type_name(enum md_type type)
{
	static const char *const types[] = {
		[MD_DOCUMENT] = "document",   [MD_PARAGRAPH] = "paragraph",
		[MD_HEADING] = "heading",     [MD_QUOTE] = "block_quote",
		[MD_LIST] = "list",           [MD_ITEM] = "item",
		[MD_CODE] = "code_block",     [MD_HTML] = "html_block",
		[MD_RULE] = "thematic_break", [MD_TEXT] = "text",
		[MD_SOFTBREAK] = "softbreak", [MD_BREAK] = "linebreak",
		[MD_CODE_SPAN] = "code",      [MD_INLINE_HTML] = "html_inline",
		[MD_EMPH] = "emph",           [MD_STRONG] = "strong",
		[MD_LINK] = "link",           [MD_IMAGE] = "image",
		[MD_TABLE] = "table",         [MD_ROW] = "row",
		[MD_CELL] = "cell",
	};

	return types[type];
}

static void put_text(struct buf *out, const char *type, const char *text)
{
	buf_addf(out, "%s '%s'\n", type, text ? text : "");
}

/* `*more` where there is something of ours that CommonMark has not. */
static void put_md(struct buf *out, bool *more, const struct md *md)
{
	const char *type = type_name(md->type);

	*more |= md->type == MD_TABLE || md->box != MD_BOX_NONE;
	if (md->text)
		put_text(out, type, md->text);
	else if (md->url)
		buf_addf(out, "%s '%s' '%s' {\n", type, md->url, md->title);
	else
		buf_addf(out, "%s %d {\n", type,
			 md->type == MD_LIST && !md->ordered ? 0 : md->level);
	for (const struct md *kid = md->first; kid; kid = kid->next)
		put_md(out, more, kid);
	if (!md->text)
		buf_addstr(out, "}\n");
}

static void put_cmark(struct buf *out, cmark_node *node)
{
	const char *type = cmark_node_get_type_string(node);
	const char *text = cmark_node_get_literal(node);
	cmark_node_type kind = cmark_node_get_type(node);
	bool leaf = text != NULL;

	if (leaf)
		put_text(out, type, text);
	else if (kind == CMARK_NODE_LINK || kind == CMARK_NODE_IMAGE)
		buf_addf(out, "%s '%s' '%s' {\n", type,
			 cmark_node_get_url(node), cmark_node_get_title(node));
	else
		buf_addf(out, "%s %d {\n", type,
			 kind == CMARK_NODE_HEADING
				 ? cmark_node_get_heading_level(node)
			 : kind == CMARK_NODE_LIST
				 ? cmark_node_get_list_start(node)
				 : 0);
	for (cmark_node *kid = cmark_node_first_child(node); kid;
	     kid = cmark_node_next(kid))
		put_cmark(out, kid);
	if (!leaf)
		buf_addstr(out, "}\n");
}

/* The views of it must come to an end, too. */
static void show(struct arena *a, const struct buf *text)
{
	struct diags diags = { .arena = a };
	struct style style = { .width = 40 };
	struct policy policy;
	struct retros all = { 0 };
	struct retro *retro = read_retro(a, &diags, "x.md", text->p, text->n);
	struct buf out = BUF_INIT;

	policy_init(&policy, a);
	vec_push(a, &all, retro);
	body_read(retro, a, &diags, &policy);
	term_show(&out, &style, retro, retro->body, "");
	html_page(&out, &all);
	record_json(&out, a, &all, RECORD_BODY, NULL);
	buf_release(&out);
}

static enum outcome judge_markdown(const struct buf *text)
{
	struct arena a = ARENA_INIT;
	struct buf theirs = BUF_INIT, ours = BUF_INIT;
	cmark_node *doc =
		cmark_parse_document(text->p, text->n, CMARK_OPT_DEFAULT);
	bool limited = false, more = false, same;

	put_cmark(&theirs, doc);
	put_md(&ours, &more, md_parse(&a, text->p, text->n, 1, 0, &limited));
	same = !strcmp(ours.p, theirs.p);
	if (!same && !more)
		printf("--- cmark\n%s--- we\n%s", theirs.p, ours.p);
	show(&a, text);
	cmark_node_free(doc);
	buf_release(&theirs);
	buf_release(&ours);
	arena_release(&a);
	return same ? SAME : more ? MORE : limited ? NARROWER : DIFFERENT;
}

/* --- all of them ----------------------------------------------------------- */

int main(int argc, char **argv)
{
	size_t nr[OUTCOMES] = { 0 };
	bool yaml = argc > 2 && !strcmp(argv[1], "yaml");

	if (argc < 3 || (!yaml && strcmp(argv[1], "markdown"))) {
		fprintf(stderr, "usage: suites yaml|markdown <file>...\n");
		return 129;
	}
	for (int i = 2; i < argc; i++) {
		struct buf text = BUF_INIT;
		struct err *e = file_read_named(&text, argv[i], FILE_MAX);
		enum outcome outcome;

		if (e) {
			fprintf(stderr, "%s\n", e->text);
			return 1;
		}
		outcome = yaml ? judge_yaml(&text) : judge_markdown(&text);
		nr[outcome]++;
		if (outcome == DIFFERENT)
			printf("DIFFERENT: %s\n", argv[i]);
		buf_release(&text);
	}
	for (size_t i = 0; i < OUTCOMES; i++)
		if (nr[i])
			printf("%s, %s: %zu\n", argv[1], names[i], nr[i]);
	return nr[DIFFERENT] ? 1 : 0;
}
