/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/hits.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"

#define RESET "\033[m"

/* What git has for each slot, and under which names it is set; the first one
 * that is set counts. */
static const struct slot {
	const char *fallback;
	const char *settings[2];
} slots[HITS_SLOTS] = {
	[HITS_COLUMN] = { "\033[32m", { "color.grep.column" } },
	[HITS_CONTEXT] = { "", { "color.grep.context" } },
	[HITS_FILENAME] = { "\033[35m", { "color.grep.filename" } },
	[HITS_LINE_NUMBER] = { "\033[32m", { "color.grep.lineNumber" } },
	[HITS_MATCH_CONTEXT] = { "\033[1;31m",
				 { "color.grep.matchContext",
				   "color.grep.match" } },
	[HITS_MATCH_SELECTED] = { "\033[1;31m",
				  { "color.grep.matchSelected",
				    "color.grep.match" } },
	[HITS_SELECTED] = { "", { "color.grep.selected" } },
	[HITS_SEPARATOR] = { "\033[36m", { "color.grep.separator" } },
};

void hits_colours(struct hits *hits, struct arena *a,
		  const struct config *config, const struct style *style)
{
	for (size_t i = 0; i < HITS_SLOTS; i++) {
		const struct slot *slot = &slots[i];

		hits->colours[i] = style->colour ? slot->fallback : "";
		for (size_t j = ARRAY_SIZE(slot->settings); j-- > 0;)
			if (style->colour && slot->settings[j])
				hits->colours[i] = config_colour(
					a, config, slot->settings[j],
					hits->colours[i]);
	}
}

static void put_hit_slot(struct buf *out, const struct hits *hits,
			 enum hits_slot slot, const char *text, size_t n)
{
	const char *colour = hits->colours[slot];

	buf_addstr(out, colour);
	if (hits->clean)
		text_clean(out, text, n, TEXT_KEEP_LINES);
	else
		buf_add(out, text, n);
	if (*colour)
		buf_addstr(out, RESET);
}

static void put_separator(struct buf *out, const struct hits *hits, char sign)
{
	if (hits->null)
		buf_addch(out, '\0');
	else
		put_hit_slot(out, hits, HITS_SEPARATOR, &sign, 1);
}

static void put_name(struct buf *out, const struct hits *hits, const char *name)
{
	put_hit_slot(out, hits, HITS_FILENAME, name, strlen(name));
}

/* --- lines --- */

/* A file being put; `last` is the number of the last line that was, or 0. */
struct putting {
	struct buf *out;
	const struct hits *hits;
	const char *name;
	size_t last;
	bool first; /* nothing stands before it that it were parted from */
};

static void put_parting(struct buf *out, const struct hits *hits)
{
	put_hit_slot(out, hits, HITS_SEPARATOR, "--", 2);
	buf_addch(out, '\n');
}

void hits_put_between(struct buf *out, const struct hits *hits)
{
	if (hits->what != HITS_LINES)
		return;
	if (hits->parted)
		buf_addch(out, '\n');
	else if (hits->context)
		put_parting(out, hits);
}

/* What parts this line from the one before it, or this file from the one
 * before it. With lines of which nothing is printed (only_matching) git puts
 * that for each of them. */
static void part(struct putting *p, const struct scan_line *line)
{
	const struct hits *hits = p->hits;

	if (p->last) {
		if (hits->context && line->number > p->last + 1)
			put_parting(p->out, hits);
		return;
	}
	if (!p->first)
		hits_put_between(p->out, hits);
	p->first = false;
}

static void put_hit_number(struct putting *p, enum hits_slot slot,
			   size_t number, char sign)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%zu", number);
	put_hit_slot(p->out, p->hits, slot, text.p, text.n);
	put_separator(p->out, p->hits, sign);
	buf_release(&text);
}

/* Name, number and column, if there is one. */
static void put_head(struct putting *p, const struct scan_line *line,
		     size_t column)
{
	const struct hits *hits = p->hits;
	char sign = line->hit ? ':' : '-';

	if (hits->heading && !p->last) {
		put_name(p->out, hits, p->name);
		buf_addch(p->out, '\n');
	}
	p->last = line->number;
	if (hits->name && !hits->heading) {
		put_name(p->out, hits, p->name);
		put_separator(p->out, hits, sign);
	}
	if (hits->number)
		put_hit_number(p, HITS_LINE_NUMBER, line->number, sign);
	if (hits->column && column)
		put_hit_number(p, HITS_COLUMN, column, sign);
}

static void put_hit_line(struct putting *p, const struct scan_line *line)
{
	const struct hits *hits = p->hits;
	enum hits_slot plain = line->hit ? HITS_SELECTED : HITS_CONTEXT;
	enum hits_slot match =
		line->hit ? HITS_MATCH_SELECTED : HITS_MATCH_CONTEXT;
	size_t n = line->n, at = 0;

	/* the line ends of another system are no hostile text */
	if (hits->clean && n && line->text[n - 1] == '\r')
		n--;
	put_head(p, line, line->column);
	for (size_t i = 0; i < line->spans.nr; i++) {
		struct span span = line->spans.at[i];

		if (span.end > n)
			break;
		put_hit_slot(p->out, hits, plain, line->text + at,
			     span.start - at);
		put_hit_slot(p->out, hits, match, line->text + span.start,
			     span.end - span.start);
		at = span.end;
	}
	put_hit_slot(p->out, hits, plain, line->text + at, n - at);
	buf_addch(p->out, '\n');
}

static void put_matches(struct putting *p, const struct scan_line *line)
{
	enum hits_slot match =
		line->hit ? HITS_MATCH_SELECTED : HITS_MATCH_CONTEXT;

	for (size_t i = 0; i < line->spans.nr; i++) {
		struct span span = line->spans.at[i];

		put_head(p, line, span.start + 1);
		put_hit_slot(p->out, p->hits, match, line->text + span.start,
			     span.end - span.start);
		buf_addch(p->out, '\n');
	}
}

static void put_hit_lines(struct putting *p, const struct scanned *found)
{
	for (size_t i = 0; i < found->lines.nr; i++) {
		const struct scan_line *line = &found->lines.at[i];

		part(p, line);
		if (p->hits->only_matching)
			put_matches(p, line);
		else
			put_hit_line(p, line);
	}
}

/* --- files --- */

bool hits_has(const struct hits *hits, const struct scanned *found)
{
	return (found->count > 0) != (hits->what == HITS_WITHOUT);
}

static void put_binary(struct buf *out, const struct hits *hits,
		       const char *name)
{
	struct buf shown = BUF_INIT;

	put_name(&shown, hits, name);
	buf_addf(out, _("Binary file %s matches\n"), shown.p);
	buf_release(&shown);
}

static void put_file(struct buf *out, const struct hits *hits, const char *name,
		     const struct scanned *found, bool first)
{
	struct putting putting = { out, hits, name, 0, first };

	switch (hits->what) {
	case HITS_NAMES:
	case HITS_WITHOUT:
		put_name(out, hits, name);
		buf_addch(out, hits->null ? '\0' : '\n');
		return;
	case HITS_COUNT:
		if (hits->name) {
			put_name(out, hits, name);
			put_separator(out, hits, ':');
		}
		buf_addf(out, "%zu\n", found->count);
		return;
	case HITS_LINES:
		break;
	}
	if (!found->binary) {
		put_hit_lines(&putting, found);
		return;
	}
	put_binary(out, hits, name);
}

/* --- texts of history --- */

static const char *point_text(struct arena *a, const struct history_point *p)
{
	char hex[OID_HEX + 1];

	return arena_printf(a, "%s (%.*s)", day_format(a, day_of(p->at)),
			    HITS_ABBREV, oid_hex(hex, &p->commit));
}

/* The id and the name, and on the next line when it stood and where it does. */
static void put_version(struct buf *out, const struct hits *hits,
			const struct hits_text *text)
{
	const struct text_version *v = text->version;
	struct arena arena = ARENA_INIT;
	const char *id = text->file->id, *from;
	struct buf branches = BUF_INIT;

	put_hit_slot(out, hits, HITS_SELECTED, id, strlen(id));
	buf_addstr(out, "  ");
	put_name(out, hits, text->name);
	buf_addch(out, '\n');
	for (size_t i = 0; i < text->branches.nr; i++)
		buf_addf(&branches, "%s%s", i ? ", " : "",
			 text_cleaned(&arena, text->branches.at[i]));
	from = point_text(&arena, &v->from);
	if (oid_is_zero(&v->to.commit) && branches.n)
		buf_addf(out, _("  since %s, now on %s\n"), from, branches.p);
	else if (oid_is_zero(&v->to.commit))
		buf_addf(out, _("  since %s, on no branch now\n"), from);
	else if (branches.n)
		buf_addf(out, _("  from %s to %s, now on %s\n"), from,
			 point_text(&arena, &v->to), branches.p);
	else
		buf_addf(out, _("  from %s to %s, on no branch now\n"), from,
			 point_text(&arena, &v->to));
	buf_release(&branches);
	arena_release(&arena);
}

static void put_hit_text(struct buf *out, const struct hits *hits,
			 const struct hits_text *text, bool first)
{
	struct hits under = *hits;

	if (!text->version || hits->what != HITS_LINES) {
		put_file(out, hits, text->name, &text->file->found, first);
		return;
	}
	if (!first)
		buf_addch(out, '\n');
	put_version(out, hits, text);
	under.name = under.heading = under.parted = false;
	put_file(out, &under, text->name, &text->file->found, true);
}

void hits_put(struct buf *out, const struct hits *hits,
	      const struct hits_texts *texts)
{
	for (size_t i = 0; i < texts->nr; i++)
		put_hit_text(out, hits, &texts->at[i], !i);
}
