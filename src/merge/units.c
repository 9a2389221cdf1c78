/* SPDX-License-Identifier: GPL-2.0-only */
#include "merge/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sorted.h"

/* What begins at a line, and the line behind its last. */
struct block {
	enum unit_kind kind;
	const char *key;
	int end;
};

/* The lines of a body, counted from 0. */
struct page {
	struct arena *a;
	const struct side *side;
	int first, nr;  /* which line of the file is its first; how many */
	size_t *starts; /* nr + 1 */
	const char **numbers; /* by line: that of what begins there, or NULL */
	struct block *blocks; /* by line; .end is 0 where nothing begins */
};

static void index_lines(struct page *page, const char *bytes, size_t from,
			size_t n)
{
	size_t lines = 1;

	page->first = 1;
	for (size_t i = 0; i < from; i++)
		page->first += bytes[i] == '\n';
	for (size_t i = from; i < n; i++)
		lines += bytes[i] == '\n';
	page->starts = arena_alloc(page->a, (lines + 2) * sizeof(size_t));
	page->blocks = arena_alloc(page->a, (lines + 2) * sizeof(struct block));
	for (size_t at = from; at < n; page->nr++) {
		const char *eol = memchr(bytes + at, '\n', n - at);

		page->starts[page->nr] = at;
		at = eol ? (size_t)(eol + 1 - bytes) : n;
	}
	page->starts[page->nr] = n;
}

static void index_numbers(struct page *page)
{
	const struct numbers *numbers = &page->side->numbers;

	page->numbers = arena_alloc(page->a, ((size_t)page->nr + 1) *
						     sizeof(*page->numbers));
	for (size_t i = 0; i < numbers->nr; i++) {
		int at = numbers->at[i].line - page->first;

		if (at >= 0 && at < page->nr && !page->numbers[at])
			page->numbers[at] = numbers->at[i].number;
	}
}

/* `line` and `end`, its last, are lines of the file. */
static void note_block(struct page *page, enum unit_kind kind, const char *key,
		       int line, int end)
{
	int at = line - page->first;

	if (at < 0 || at >= page->nr || page->blocks[at].end)
		return;
	end -= page->first;
	page->blocks[at] = (struct block){ kind, key,
					   (end < at          ? at
					    : end >= page->nr ? page->nr - 1
							      : end) +
						   1 };
}

static const char *number_at(const struct page *page, int line)
{
	int at = line - page->first;

	return at >= 0 && at < page->nr ? page->numbers[at] : NULL;
}

/* Items of a list, and rows of a table but for its head. */
static void note_entries(struct page *page, const struct md *list)
{
	const struct md *entry = list->first;

	if (list->type == MD_TABLE && entry) {
		note_block(page, UNIT_TEXT, NULL, entry->line, entry->line + 1);
		entry = entry->next;
	}
	for (; entry; entry = entry->next)
		note_block(page, UNIT_ITEM, number_at(page, entry->line),
			   entry->line,
			   entry->next ? entry->next->line - 1
				       : list->end_line);
}

static const char *heading_key(struct arena *a, const struct md *md)
{
	struct buf text = BUF_INIT;
	const char *key;

	md_plain(&text, md);
	key = arena_printf(a, "#%d %s", md->level, text.p);
	buf_release(&text);
	return key;
}

static void note_blocks(struct page *page, const struct md *doc)
{
	for (const struct md *md = doc->first; md; md = md->next)
		if (md->type == MD_LIST || md->type == MD_TABLE)
			note_entries(page, md);
		else
			note_block(page,
				   md->type == MD_HEADING ? UNIT_HEADING
							  : UNIT_TEXT,
				   md->type == MD_HEADING
					   ? heading_key(page->a, md)
					   : NULL,
				   md->line, md->end_line);
}

static bool is_blank(const struct page *page, int line)
{
	const char *bytes = page->side->retro->bytes;

	for (size_t i = page->starts[line]; i < page->starts[line + 1]; i++)
		if (!strchr(" \t\r\n", bytes[i]))
			return false;
	return true;
}

static void add_unit(struct units *out, const struct page *page,
		     const struct block *block, int from, int to)
{
	vec_push(page->a, out,
		 (struct unit){ block->kind,
				block->key,
				{ page->side->retro->bytes + page->starts[from],
				  page->starts[to] - page->starts[from] } });
}

/* A blank line is the one in front of what follows it. */
static void name_blanks(struct units *units, struct arena *a)
{
	const char *next = "end";

	for (size_t i = units->nr; i-- > 0;) {
		struct unit *unit = &units->at[i];

		if (unit->kind == UNIT_BLANK)
			unit->key = next;
		else
			next = unit->key ? unit->key
					 : arena_strndup(a, unit->text.p,
							 unit->text.n);
	}
}

bool units_of_body(struct units *out, struct arena *a, const struct side *side)
{
	static const struct block blank = { UNIT_BLANK, NULL, 0 };
	static const struct block text = { UNIT_TEXT, NULL, 0 };
	const struct retro *retro = side->retro;
	struct page page = { .a = a, .side = side };

	if (retro->body->limited)
		return false;
	index_lines(&page, retro->bytes, retro->front.body, retro->n);
	index_numbers(&page);
	note_blocks(&page, retro->body->doc);
	for (int line = 0, end; line < page.nr; line = end) {
		const struct block *block = &page.blocks[line];

		end = block->end;
		while (end > line + 1 && is_blank(&page, end - 1))
			end--;
		if (!end) {
			block = is_blank(&page, line) ? &blank : &text;
			end = line + 1;
		}
		add_unit(out, &page, block, line, end);
	}
	name_blanks(out, a);
	return true;
}

/* --- items that are there more often --- */

struct texts VEC_OF(struct text);

static int compare_texts(const void *a, const void *b)
{
	const struct text *one = a, *other = b;
	size_t n = one->n < other->n ? one->n : other->n;
	int order = memcmp(one->p, other->p, n);

	return order ? order : (one->n > other->n) - (one->n < other->n);
}

static struct texts sort_items(struct arena *a, const struct units *units)
{
	struct texts out = { 0 };

	for (size_t i = 0; i < units->nr; i++)
		if (units->at[i].kind == UNIT_ITEM)
			vec_push(a, &out, units->at[i].text);
	if (out.nr)
		qsort(out.at, out.nr, sizeof(*out.at), compare_texts);
	return out;
}

static size_t count_equal(const struct texts *sorted, const struct text *text)
{
	size_t from = sorted_first(text, sorted->at, sorted->nr, sizeof(*text),
				   compare_texts);
	size_t to = from;

	while (to < sorted->nr && text_is_equal(&sorted->at[to], text))
		to++;
	return to - from;
}

bool units_repeat(const struct units *units, struct arena *a,
		  const struct units *one, const struct units *other)
{
	const struct texts all = sort_items(a, units);
	const struct texts in_one = sort_items(a, one);
	const struct texts in_other = sort_items(a, other);

	for (size_t i = 0, nr; i < all.nr; i += nr) {
		nr = count_equal(&all, &all.at[i]);
		if (nr > 1 && nr > count_equal(&in_one, &all.at[i]) &&
		    nr > count_equal(&in_other, &all.at[i]))
			return true;
	}
	return false;
}

bool text_is_equal(const struct text *one, const struct text *other)
{
	return one->n == other->n && !memcmp(one->p, other->p, one->n);
}

bool unit_is_like(const struct unit *one, const struct unit *other)
{
	if (one->kind != other->kind || !one->key != !other->key)
		return false;
	return one->key ? !strcasecmp(one->key, other->key)
			: text_is_equal(&one->text, &other->text);
}
