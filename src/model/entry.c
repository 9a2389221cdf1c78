/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/entry.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

struct collecting {
	struct entries *out;
	struct arena *a;
	const struct sections *sections;
	enum section_key key;
	const struct section *group;
	const struct md *lead;
};

const char *entry_text(struct arena *a, const struct md *md)
{
	struct buf b = BUF_INIT;
	const char *text;
	size_t n;

	md_plain(&b, md);
	text = b.p;
	n = b.n;
	text_trim(&text, &n);
	text = arena_strndup(a, text, n);
	buf_release(&b);
	return text;
}

/* The bytes of "1、", "（2）", "3)", "③" or "四、" at the start of a line: Markdown
 * knows none of them, and joins the lines. 0 if there is none. */
static size_t number_length(const char *start)
{
	static const char *const digits = "一二三四五六七八九十";
	const char *p = start + strspn(start, " ");
	bool open;
	size_t n, len;
	int c;

	c = text_decode(p, strnlen(p, 4), &len);
	if (c >= 0x2460 && c <= 0x2473) /* ① to ⑳ */
		return (size_t)(p - start) + len;
	open = *p == '(' || !strncmp(p, "（", 3);
	p += open ? len : 0;
	n = strspn(p, "0123456789");
	if (n > 2)
		return 0;
	while (!isdigit((unsigned char)*p) && n < 9 && strlen(p) > n + 3 &&
	       memmem(digits, strlen(digits), p + n, 3) &&
	       (unsigned char)p[n] >= 0x80)
		n += 3;
	p += n;
	if (n && (!strncmp(p, "）", 3) || (!open && !strncmp(p, "、", 3))))
		return (size_t)(p - start) + 3;
	return n && *p == ')' ? (size_t)(p - start) + 1 : 0;
}

const char *entry_unnumbered(const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (n && n < 3 && (text[n] == '.' || text[n] == ')') &&
	    text[n + 1] == ' ')
		return text + n + 2;
	n = number_length(text);
	return text + n + strspn(text + n, " ");
}

static void push_entry(const struct collecting *c, enum entry_form form,
		       const struct md *md, const struct md *list)
{
	vec_push(c->a, c->out,
		 (struct entry){ .form = form,
				 .md = md,
				 .list = list,
				 .lead = list ? c->lead : NULL,
				 .group = c->group,
				 .line = md->line });
}

/* --- a heading that is an entry --- */

/* "原则 1", "Lesson 2", "A3.", "P1：": one of a row. */
static bool is_numbered(const char *heading)
{
	size_t letters = 0, digits, len;
	const char *p = heading;

	while (*p && !isdigit((unsigned char)*p) && letters < 12) {
		int c = text_decode(p, strnlen(p, 4), &len);

		if (c < 0 || (c < 0x80 && !isalpha(c) && c != ' '))
			return false;
		p += len;
		letters++;
	}
	digits = strspn(p, "0123456789");
	p += digits;
	return letters && digits && digits < 4 &&
	       (!*p || strchr(" .:)", *p) || !strncmp(p, "：", 3) ||
		!strncmp(p, "、", 3));
}

/* Whether the first item of a list has a label that tells of something else
 * ("Cause: ..."): the list is about what the heading names. */
static bool has_details(struct arena *a, const struct md *list)
{
	enum label label;

	return list->first && list->first->first &&
	       label_at(&label, entry_text(a, list->first)) > 0;
}

/* A paragraph of one bold line that is no label, "**Pin the versions**": an
 * entry as a heading is, if there are others or a list of labels follows. A
 * number may stand in front of it, and marks behind. */
static bool is_bold_entry(struct arena *a, const struct md *md)
{
	const struct md *strong = md->type == MD_PARAGRAPH ? md->first : NULL;
	const char *text;
	size_t n;

	if (strong && strong->type == MD_TEXT && strlen(strong->text) < 10 &&
	    strchr("AaPp", *strong->text) && strchr(strong->text, ':'))
		strong = strong->next;
	if (!strong || strong->type != MD_STRONG || md->line != md->end_line)
		return false;
	text = entry_text(a, md);
	n = strlen(text);
	return n && text[n - 1] != ':' &&
	       (n < 3 || strcmp(text + n - 3, "：") != 0) &&
	       !(strong->next && strong->next->type == MD_TEXT &&
		 strchr(":.", *strong->next->text));
}

static bool leads_details(struct arena *a, const struct md *md)
{
	return md->next && md->next->type == MD_LIST &&
	       has_details(a, md->next);
}

/* Whether the bold lines of a section are entries. */
static bool has_bold_entries(struct arena *a, const struct section *section)
{
	size_t nr = 0;

	for (const struct md *md = section->first; md != section->end;
	     md = md->next)
		if (is_bold_entry(a, md))
			nr += leads_details(a, md) ? 2 : 1;
	return nr > 1;
}

static const struct md *first_block(const struct section *section)
{
	const struct md *md = section->first;

	while (md != section->end && md->type == MD_HTML)
		md = md->next;
	return md == section->end ? NULL : md;
}

/* A heading below the section's own is an entry, or it only sorts those under
 * it. It sorts if all it has are other headings, or a list or a table of
 * things of their own. */
static bool is_entry(const struct collecting *c, size_t i)
{
	const struct section *section = &c->sections->at[i];
	const struct md *first = first_block(section);
	bool parent = i + 1 < c->sections->nr &&
		      c->sections->at[i + 1].level > section->level;

	if (!first)
		return !parent;
	if (first->type == MD_TABLE ||
	    (is_bold_entry(c->a, first) && has_bold_entries(c->a, section)))
		return false;
	if (first->type != MD_LIST)
		return first->type != MD_QUOTE || !first->next;
	return is_numbered(section->heading) || has_details(c->a, first);
}

/* --- blocks --- */

static bool has_better(const struct section *section)
{
	for (const struct md *md = section->first; md != section->end;
	     md = md->next)
		if (md->type == MD_LIST || md->type == MD_TABLE ||
		    md->type == MD_QUOTE)
			return true;
	return false;
}

/* The next line of a paragraph, as a paragraph of its own; *kid is where it
 * begins, *parting the break before it, and then those of the one after. */
static struct md *take_line(struct arena *a, const struct md *whole,
			    const struct md **kid, const struct md **parting,
			    int line)
{
	struct md *md = arena_alloc(a, sizeof(*md)), **tail = &md->first;

	*md = *whole;
	md->first = md->next = NULL;
	md->line = md->end_line = whole->line ? whole->line + line : 0;
	if (*parting) {
		md->at = (*parting)->at;
		md->n = (*parting)->n;
	}
	for (; *kid && (*kid)->type != MD_SOFTBREAK && (*kid)->type != MD_BREAK;
	     *kid = (*kid)->next) {
		*tail = arena_alloc(a, sizeof(**tail));
		**tail = **kid;
		(*tail)->next = NULL;
		tail = &(*tail)->next;
	}
	*parting = *kid;
	if (*kid)
		*kid = (*kid)->next;
	return md;
}

/* A paragraph is an entry, or each of its lines is if each has a number. */
static void push_paragraph(const struct collecting *c, const struct md *md)
{
	struct VEC_OF(struct md *) lines = { 0 };
	const struct md *parting = NULL;
	bool numbered = true;

	for (const struct md *kid = md->first; kid && numbered;) {
		struct md *line =
			take_line(c->a, md, &kid, &parting, (int)lines.nr);

		numbered = line->first && line->first->type == MD_TEXT &&
			   number_length(line->first->text);
		vec_push(c->a, &lines, line);
	}
	if (!numbered || lines.nr < 2) {
		push_entry(c, ENTRY_PARAGRAPH, md, NULL);
		return;
	}
	for (size_t i = 0; i < lines.nr; i++) {
		struct md *line = lines.at[i], *number = line->first;
		size_t n = number_length(number->text);

		number->text += n;
		if (line->at && line->n >= n) {
			line->at += n;
			line->n -= n;
		}
		push_entry(c, ENTRY_LINE, line, NULL);
	}
}

/* A bold line and what is below it up to the next; its last block. */
static const struct md *push_bold(const struct collecting *c,
				  const struct section *section,
				  const struct md *md)
{
	push_entry(c, ENTRY_HEADING, md, NULL);
	while (md->next != section->end && !is_bold_entry(c->a, md->next))
		md = md->next;
	c->out->at[c->out->nr - 1].end = md->next;
	return md;
}

static void collect_rows(const struct collecting *c, const struct md *table)
{
	const enum label *columns = label_columns(c->a, table);

	for (const struct md *row = table->first->next; row; row = row->next) {
		push_entry(c, ENTRY_ROW, row, table);
		c->out->at[c->out->nr - 1].columns = columns;
	}
}

static void collect_blocks(struct collecting *c, const struct section *section)
{
	bool better = has_better(section);
	bool bold = has_bold_entries(c->a, section);

	c->lead = NULL;
	for (const struct md *md = section->first; md != section->end;
	     c->lead = md, md = md->next) {
		if (bold && is_bold_entry(c->a, md))
			md = push_bold(c, section, md);
		else if (md->type == MD_LIST)
			for (const struct md *item = md->first; item;
			     item = item->next)
				push_entry(c, ENTRY_ITEM, item, md);
		else if (md->type == MD_TABLE)
			collect_rows(c, md);
		else if (md->type == MD_QUOTE)
			push_entry(c, ENTRY_QUOTE, md, NULL);
		else if (md->type == MD_PARAGRAPH && !better)
			push_paragraph(c, md);
	}
}

/* The first section behind those that belong to the heading of section `i`. */
static size_t skip_below(const struct collecting *c, size_t i)
{
	int level = c->sections->at[i].level;

	for (i++; i < c->sections->nr; i++)
		if (c->sections->at[i].level <= level || c->sections->at[i].own)
			break;
	return i;
}

void entry_collect(struct entries *out, struct arena *a,
		   const struct sections *sections, enum section_key key)
{
	struct collecting c = {
		.out = out, .a = a, .sections = sections, .key = key
	};

	for (size_t i = 0; i < sections->nr;) {
		const struct section *section = &sections->at[i];

		if (!section_is(section, key)) {
			i++;
			continue;
		}
		if (section->own || !c.group)
			c.group = section;
		if (section->own || !is_entry(&c, i)) {
			collect_blocks(&c, section);
			i++;
			continue;
		}
		push_entry(&c, ENTRY_HEADING, section->md, NULL);
		i = skip_below(&c, i);
		out->at[out->nr - 1].end =
			i < sections->nr ? sections->at[i].md : NULL;
	}
}
