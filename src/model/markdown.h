/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Markdown as a tree of our own: the one door to cmark, plus the two things
 * that CommonMark lacks and retros use, pipe tables and task-list boxes.
 */
#ifndef MODEL_MARKDOWN_H
#define MODEL_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

enum md_type {
	MD_DOCUMENT,
	/* blocks */
	MD_PARAGRAPH,
	MD_HEADING, /* level */
	MD_QUOTE,
	MD_LIST, /* ordered, first, tight */
	MD_ITEM, /* box */
	MD_CODE, /* text, info */
	MD_HTML, /* text: raw, never passed on to a page */
	MD_RULE,
	MD_TABLE, /* rows; the first is the head */
	MD_ROW,   /* cells; maybe fewer than the head has, never more */
	MD_CELL,  /* align */
	/* inlines */
	MD_TEXT, /* text */
	MD_SOFTBREAK,
	MD_BREAK,
	MD_CODE_SPAN,   /* text */
	MD_INLINE_HTML, /* text */
	MD_EMPH,
	MD_STRONG,
	MD_LINK,  /* url, title */
	MD_IMAGE, /* url, title */
};

enum md_box { MD_BOX_NONE, MD_BOX_OPEN, MD_BOX_DONE, MD_BOX_DECLINED };
enum md_align { MD_ALIGN_NONE, MD_ALIGN_LEFT, MD_ALIGN_CENTRE, MD_ALIGN_RIGHT };

struct md {
	enum md_type type;
	struct md *first, *next; /* children, siblings */
	const char *text; /* NUL-terminated; NULL where the type has none */
	const char *info, *url, *title;
	int level; /* heading 1..6; list: its first number */
	bool ordered, tight;
	enum md_align align;
	enum md_box box;
	size_t box_at;      /* byte offset in the source of the character
			     * between the brackets, of `[]` of the closing
			     * one; 0 if there is no box */
	size_t at, n;       /* paragraphs, headings and cells: their text's
			     * bytes in the source, of a paragraph the first
			     * line's; a break in a paragraph of the document:
			     * the next line's */
	int line, end_line; /* blocks: in the source, from 1; 0 unknown */
};

/* Beyond these, cmark 0.30.2 takes quadratic time (in the brackets of a block,
 * and in nesting times lines) or our walkers too deep a stack; then the text
 * comes back as paragraphs of plain text per block, and *limited says so. */
#define MD_MAX_BYTES    ((size_t)1 << 20)
#define MD_MAX_BRACKETS 10000
#define MD_MAX_DEPTH    100

/* Reads `n` bytes of Markdown (valid UTF-8, no NUL). Lines count from
 * `first_line`, offsets (box_at) from `first_byte`. Never NULL. */
struct md *md_parse(struct arena *a, const char *bytes, size_t n,
		    int first_line, size_t first_byte, bool *limited);

/* cmark's version. */
const char *md_version(void);

/* Appends the text of a node's inlines without markup: code spans as their
 * text, breaks as spaces. */
void md_plain(struct buf *out, const struct md *node);

/* Appends `s` escaped so that Markdown shows exactly these characters, on one
 * line: what a branch, a subject or a path is called is never markup. */
void md_escape(struct buf *out, const char *s);
/* Appends `s` as a code span that shows exactly it; nothing if it is empty. In
 * a table cell a pipe would still part it. */
void md_code_span(struct buf *out, const char *s);

#endif
