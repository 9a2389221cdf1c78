/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/trace.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "view/columns.h"

#define ABBREV 10
/* Releases that are named of one state: the newest, more where it is
 * trouble. */
#define FEW  8
#define MANY 24

#define LACKING (1u << TRACE_EXPOSED | 1u << TRACE_SUSPECT)

static const enum style_role state_roles[] = {
	[TRACE_EXPOSED] = STYLE_ERROR,   [TRACE_SUSPECT] = STYLE_WARNING,
	[TRACE_UNKNOWN] = STYLE_WARNING, [TRACE_NO_CAUSE_FOUND] = STYLE_PLAIN,
	[TRACE_UNAFFECTED] = STYLE_DIM,  [TRACE_FIXED] = STYLE_GOOD,
};

static const char *const why_texts[] = {
	[WHY_NONE] = "",
	[WHY_CUT] = N_("history is cut off here"),
	[WHY_MISSING] = N_("a linked commit is not in this clone"),
	[WHY_GONE] = N_("a linked commit is on no branch or tag"),
	[WHY_CHANGES] = N_("files of old commits are missing here"),
	[WHY_MANY] = N_("too many cherry-picks and reverts to decide"),
};

/* What brings what is not here. */
static const char *const why_ways[] = {
	[WHY_NONE] = "",
	[WHY_CUT] = "git fetch --unshallow",
	[WHY_MISSING] = N_("git fetch, or git retro relink"),
	[WHY_GONE] = "git retro relink",
	[WHY_CHANGES] = "git fetch --refetch --no-filter",
	[WHY_MANY] = "git retro trace",
};

const char *trace_why_way(enum trace_why why)
{
	return _(why_ways[why]);
}

const char *trace_why_text(enum trace_why why)
{
	return _(why_texts[why]);
}

/* The first digits of an id, in the arena. */
static const char *trace_abbrev(struct arena *a, const struct oid *id)
{
	char hex[OID_HEX + 1];

	return arena_strndup(a, oid_hex(hex, id), ABBREV);
}

/* --- commits ------------------------------------------------------------ */

void trace_role(struct buf *out, const struct style *style, const char *role,
		size_t columns)
{
	static const char *const roles[] = { N_("cause"), N_("fix"),
					     N_("backport"), N_("other") };
	const char *said = role;
	size_t width;

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		if (!strcmp(roles[i], role))
			said = _(roles[i]);
	style_put(out, style, STYLE_KEY, said);
	width = text_width(said, strlen(said));
	do
		buf_addch(out, ' ');
	while (++width < columns);
}

void trace_commit(struct buf *out, const struct style *style, const char *role,
		  const struct oid *id, const struct commit *commit)
{
	struct arena a = ARENA_INIT;

	trace_role(out, style, role, 6);
	style_put(out, style, STYLE_ID, trace_abbrev(&a, id));
	if (oid_is_zero(&commit->id))
		buf_addstr(out, _(" (not in this repository)\n"));
	else
		buf_addf(out, " %s (%s, %s)\n",
			 text_cleaned(&a, commit->subject),
			 text_cleaned(&a, commit->author.name),
			 day_format(&a, day_of(commit->authored)));
	arena_release(&a);
}

static void put_traced_commits(struct buf *out, const struct style *style,
			       const struct traced *traced)
{
	const struct question *question = traced->trace->question;

	for (size_t i = 0; i < question->cause.nr; i++)
		trace_commit(out, style, "cause", &question->cause.at[i],
			     &traced->cause[i]);
	for (size_t i = 0; i < question->fix.nr; i++)
		trace_commit(out, style, "fix", &question->fix.at[i],
			     &traced->fix[i]);
	for (size_t i = 0; i < question->backport.nr; i++)
		trace_commit(out, style, "backport", &question->backport.at[i],
			     &traced->backport[i]);
}

/* --- words -------------------------------------------------------------- */

/* "v1.2.0, v1.2.1, release/1.3 and 7 more": the lines in one of the states that
 * `wanted` has a bit for; how many. At most `most` names. */
static size_t put_trace_names(struct buf *out,
			      const struct release_lines *lines,
			      const struct trace *trace, unsigned wanted,
			      size_t most)
{
	struct arena a = ARENA_INIT;
	size_t nr = 0;

	for (size_t i = 0; i < lines->nr; i++) {
		if (!(wanted >> trace->cells[i].state & 1))
			continue;
		if (nr++ < most)
			buf_addf(out, "%s%s", nr > 1 ? ", " : "",
				 text_cleaned(&a, lines->at[i].name));
	}
	if (nr > most)
		buf_addf(out, _(" and %zu more"), nr - most);
	arena_release(&a);
	return nr;
}

/* The lines of one kind, as a view of their own; releases newest first. */
struct part {
	struct release_lines lines;
	struct trace trace;
};

static struct part part_of(struct arena *a, const struct release_lines *lines,
			   const struct trace *trace, bool tags)
{
	struct part part = { .trace = *trace };
	struct cell *cells = arena_alloc(a, (lines->nr + 1) * sizeof(*cells));

	for (size_t i = 0; i < lines->nr; i++) {
		size_t at = tags ? lines->nr - 1 - i : i;

		if ((lines->at[at].type == REF_TAG) != tags)
			continue;
		cells[part.lines.nr] = trace->cells[at];
		vec_push(a, &part.lines, lines->at[at]);
	}
	part.trace.cells = cells;
	return part;
}

static bool has_fix(const struct trace *trace)
{
	const struct question *question = trace->question;

	return question->fix.nr || question->backport.nr ||
	       question->fix_lost || question->backport_lost;
}

/* Whether not all that fixes it is here, so that nobody can tell who has it. */
static bool is_fix_away(const struct traced *traced)
{
	const struct question *question = traced->trace->question;

	for (size_t i = 0; i < question->fix.nr; i++)
		if (oid_is_zero(&traced->fix[i].id))
			return true;
	for (size_t i = 0; i < question->backport.nr; i++)
		if (oid_is_zero(&traced->backport[i].id))
			return true;
	return question->fix_lost || question->backport_lost;
}

/* Whether a release may have the fix before the first that is known to. */
static bool is_first_unsure(const struct traced *traced,
			    const struct part *releases)
{
	const struct release_line *first = traced->trace->first;

	for (size_t i = releases->lines.nr; i-- > 0;) {
		const struct cell *cell = &releases->trace.cells[i];

		if (first && !strcmp(first->name, releases->lines.at[i].name))
			return false;
		if (cell->state == TRACE_UNKNOWN || cell->why)
			return true;
	}
	return is_fix_away(traced);
}

static void put_first(struct buf *out, const struct traced *traced,
		      const struct part *releases)
{
	const struct trace *trace = traced->trace;
	bool unsure = is_first_unsure(traced, releases);
	struct arena a = ARENA_INIT;

	if (trace->first)
		buf_addf(out,
			 unsure ? _("First release known to have the fix: %s\n")
				: _("First release with the fix: %s\n"),
			 text_cleaned(&a, trace->first->name));
	else if (!has_fix(trace))
		buf_addstr(out, _("No fix is linked.\n"));
	else
		buf_addstr(out,
			   unsure ? _("No release is known to have the fix.\n")
				  : _("No release has the fix yet.\n"));
	arena_release(&a);
}

static void put_trace_words(struct buf *out, const struct style *style,
			    const struct traced *traced,
			    const struct part *branches,
			    const struct part *releases)
{
	struct buf names = BUF_INIT;

	put_first(out, traced, releases);
	if (put_trace_names(&names, &branches->lines, &branches->trace, LACKING,
			    SIZE_MAX)) {
		buf_addstr(out, has_fix(traced->trace)
					? _("Branches without the fix: ")
					: _("Branches with the cause: "));
		style_put(out, style, STYLE_ERROR, names.p);
		buf_addch(out, '\n');
	}
	buf_release(&names);
}

/* --- branches ----------------------------------------------------------- */

static void join_trace_words(struct buf *out)
{
	buf_addstr(out, out->n ? _(", ") : "");
}

/* "3f2c91b0d4 is in as 8a7d5c0e11 (patch id: probably)" */
static void put_copy(struct buf *out, const char *name, const char *by,
		     const struct holding *holding)
{
	const char *via = via_name(holding->via);

	if (holding->doubt)
		buf_addf(out,
			 _("%s is included as %s (%s: few lines in common)"),
			 name, by, via);
	else if (holding->via >= VIA_AUTHOR)
		buf_addf(out, _("%s is included as %s (%s: probably)"), name,
			 by, via);
	else
		buf_addf(out, _("%s is included as %s (%s)"), name, by, via);
}

/* How the line contains one commit. */
static void put_holding(struct buf *out, struct arena *a,
			const struct oid *named, const struct holding *holding)
{
	const char *name = trace_abbrev(a, named);

	join_trace_words(out);
	if (!holding->via)
		buf_addf(out, _("%s is missing"), name);
	else if (!holding->in_effect)
		buf_addf(out, _("%s was reverted by %s"), name,
			 trace_abbrev(a, &holding->reverted_by));
	else if (holding->via == VIA_ANCESTOR)
		buf_addf(out, _("%s is included"), name);
	else
		put_copy(out, name, trace_abbrev(a, &holding->by), holding);
	if (!oid_is_zero(&holding->part))
		buf_addf(out, _(", only a part of it is included as %s"),
			 trace_abbrev(a, &holding->part));
}

static void put_causes(struct buf *out, struct arena *a,
		       const struct question *question, const struct cell *cell)
{
	for (size_t i = 0; i < question->cause.nr; i++)
		if (cell->cause[i].via)
			put_holding(out, a, &question->cause.at[i],
				    &cell->cause[i]);
}

/* One backport stands for all fixes. */
static void put_fixes(struct buf *out, struct arena *a,
		      const struct question *question, const struct cell *cell)
{
	for (size_t i = 0; i < question->backport.nr; i++) {
		if (!cell->backport[i].in_effect)
			continue;
		put_holding(out, a, &question->backport.at[i],
			    &cell->backport[i]);
		buf_addstr(out, _(" (backport)"));
		return;
	}
	for (size_t i = 0; i < question->fix.nr; i++)
		put_holding(out, a, &question->fix.at[i], &cell->fix[i]);
}

/* Why the cell is what it is; borrowed from the arena. */
static const char *reason(struct arena *a, const struct question *question,
			  const struct cell *cell)
{
	struct buf text = BUF_INIT;
	const char *copy;

	switch (cell->state) {
	case TRACE_EXPOSED:
		put_causes(&text, a, question, cell);
		put_fixes(&text, a, question, cell);
		if (cell->why)
			buf_addf(&text, _("; perhaps it is included: %s"),
				 _(why_texts[cell->why]));
		break;
	case TRACE_FIXED:
		if (!cell_has_fix(question, cell))
			put_causes(&text, a, question, cell);
		else
			put_fixes(&text, a, question, cell);
		break;
	case TRACE_SUSPECT:
		put_fixes(&text, a, question, cell);
		join_trace_words(&text);
		buf_addstr(&text, _("no cause is linked"));
		break;
	case TRACE_UNAFFECTED:
		buf_addstr(&text,
			   _("branched off before the cause; files unchanged"));
		break;
	case TRACE_NO_CAUSE_FOUND:
		buf_addstr(&text, _("probably unaffected: cause not found, but "
				    "its files changed since the fork"));
		break;
	case TRACE_UNKNOWN:
		buf_addstr(&text, _(why_texts[cell->why]));
		break;
	}
	copy = arena_strdup(a, text.p);
	buf_release(&text);
	return copy;
}

static void put_branches(struct buf *out, const struct style *style,
			 struct arena *a, const struct part *part)
{
	struct rows rows = { 0 };

	for (size_t i = 0; i < part->lines.nr; i++) {
		const struct cell *cell = &part->trace.cells[i];

		vec_push(a, &rows,
			 (struct row){
				 .text = { arena_printf(
						   a, "  %s",
						   text_cleaned(
							   a, part->lines.at[i]
								      .name)),
					   _(trace_state_name(cell->state)),
					   reason(a, part->trace.question,
						  cell) },
				 .role = { STYLE_PLAIN,
					   state_roles[cell->state] } });
	}
	style_put(out, style, STYLE_STRONG, _("Branches"));
	buf_addch(out, '\n');
	columns_put(out, style, &rows, 3);
}

/* --- releases ----------------------------------------------------------- */

/* Names fill lines up to the width, hung behind the state. */
static void put_trace_wrapped(struct buf *out, const struct style *style,
			      const char *names, size_t hang)
{
	size_t width = style->width > hang + 20 ? style->width - hang : 20;

	while (*names) {
		size_t n = strlen(names),
		       fits = text_fit(names, n, width, NULL);

		if (fits < n) {
			size_t cut = fits;

			while (cut && names[cut - 1] != ' ')
				cut--;
			fits = cut ? cut : fits + strcspn(names + fits, " ");
		}
		buf_add(out, names, fits);
		names += fits;
		while (out->n && out->p[out->n - 1] == ' ')
			buf_truncate(out, out->n - 1);
		buf_addch(out, '\n');
		if (*names)
			buf_fill(out, ' ', hang);
	}
}

static void put_trace_releases(struct buf *out, const struct style *style,
			       const struct part *part)
{
	style_put(out, style, STYLE_STRONG, _("Releases"));
	buf_addch(out, '\n');
	for (enum trace_state state = TRACE_EXPOSED; state <= TRACE_FIXED;
	     state++) {
		bool trouble = state <= TRACE_UNKNOWN;
		struct buf names = BUF_INIT;
		const char *name = _(trace_state_name(state));

		if (put_trace_names(&names, &part->lines, &part->trace,
				    1u << state, trouble ? MANY : FEW)) {
			buf_addstr(out, "  ");
			style_put(out, style, state_roles[state], name);
			buf_fill(out, ' ', 16 - text_width(name, strlen(name)));
			put_trace_wrapped(out, style, names.p, 18);
		}
		buf_release(&names);
	}
}

/* --- the whole ---------------------------------------------------------- */

/* The lines that have the fix, and lack a guard. */
static void put_unguarded_lines(struct buf *out, const struct style *style,
				struct arena *a,
				const struct release_lines *lines,
				const struct traced *traced)
{
	const struct strs *guards =
		traced->guarded ? &traced->problem->guard : NULL;

	for (size_t i = 0; guards && i < guards->nr; i++) {
		size_t nr = 0;

		for (size_t j = lines->nr; j-- > 0;) {
			if (!strs_has(&traced->guarded[j].missing,
				      guards->at[i]))
				continue;
			if (!nr)
				buf_addf(out, _("Without the guard %s: "),
					 text_cleaned(a, guards->at[i]));
			if (nr++ < MANY) {
				buf_addstr(out, nr > 1 ? ", " : "");
				style_put(out, style, STYLE_WARNING,
					  text_cleaned(a, lines->at[j].name));
			}
		}
		if (nr > MANY)
			buf_addf(out, _(" and %zu more"), nr - MANY);
		if (nr)
			buf_addch(out, '\n');
	}
}

static void put_trace(struct buf *out, const struct style *style,
		      struct arena *a, const struct release_lines *lines,
		      const struct traced *traced)
{
	struct part tags = part_of(a, lines, traced->trace, true);
	struct part branches = part_of(a, lines, traced->trace, false);

	if (traced->retro) {
		style_put(out, style, STYLE_TITLE,
			  text_cleaned(a, traced->retro->title));
		buf_addf(out, " (%s)\n",
			 text_cleaned(a, retro_problem_name(a, traced->retro,
							    traced->problem)));
	}
	if (traced->pitfall)
		buf_addf(out, "%s\n", text_cleaned(a, traced->pitfall));
	put_traced_commits(out, style, traced);
	buf_addch(out, '\n');
	if (!lines->nr) {
		buf_addstr(out, _("No tag or branch matches; see releases.tags "
				  "and releases.branches.\n"));
		return;
	}
	put_trace_words(out, style, traced, &branches, &tags);
	put_unguarded_lines(out, style, a, lines, traced);
	if (branches.lines.nr) {
		buf_addch(out, '\n');
		put_branches(out, style, a, &branches);
	}
	if (tags.lines.nr) {
		buf_addch(out, '\n');
		put_trace_releases(out, style, &tags);
	}
}

void trace_text(struct buf *out, const struct style *style,
		const struct release_lines *lines,
		const struct traceds *traceds)
{
	for (size_t i = 0; i < traceds->nr; i++) {
		struct arena a = ARENA_INIT;

		if (i)
			buf_addch(out, '\n');
		put_trace(out, style, &a, lines, &traceds->at[i]);
		arena_release(&a);
	}
}

static void put_exposed(struct buf *out, const struct style *style,
			const struct part *part, bool tags)
{
	bool fix = has_fix(&part->trace);
	struct buf names = BUF_INIT;

	if (put_trace_names(&names, &part->lines, &part->trace, LACKING, FEW)) {
		buf_addstr(out, tags && fix ? _("Releases without the fix: ")
				: tags      ? _("Releases with the cause: ")
				: fix       ? _("Branches without the fix: ")
					    : _("Branches with the cause: "));
		style_put(out, style, STYLE_ERROR, names.p);
		buf_addch(out, '\n');
	}
	buf_release(&names);
}

void trace_summary(struct buf *out, const struct style *style,
		   const struct release_lines *lines,
		   const struct traced *traced, bool head)
{
	struct arena a = ARENA_INIT;
	struct part tags = part_of(&a, lines, traced->trace, true);
	struct part branches = part_of(&a, lines, traced->trace, false);

	if (head && traced->problem && traced->problem->pitfall)
		buf_addf(out, "%s%s%s\n",
			 text_cleaned(&a, traced->problem->pitfall),
			 traced->pitfall ? ": " : "",
			 traced->pitfall ? text_cleaned(&a, traced->pitfall)
					 : "");
	put_traced_commits(out, style, traced);
	if (traced->trace->first)
		buf_addf(out, _("First release with the fix: %s\n"),
			 text_cleaned(&a, traced->trace->first->name));
	put_exposed(out, style, &branches, false);
	put_exposed(out, style, &tags, true);
	put_unguarded_lines(out, style, &a, lines, traced);
	arena_release(&a);
}

static void put_trace_ids(struct buf *out, struct arena *a,
			  const struct oids *ids)
{
	for (size_t i = 0; i < ids->nr; i++)
		buf_addf(out, "%s%s", i ? "," : "",
			 trace_abbrev(a, &ids->at[i]));
	if (!ids->nr)
		buf_addch(out, '-');
}

void trace_short(struct buf *out, const struct style *style,
		 const struct release_lines *lines,
		 const struct traceds *traceds)
{
	for (size_t i = 0; i < traceds->nr; i++) {
		struct arena a = ARENA_INIT;
		const struct trace *trace = traceds->at[i].trace;
		struct part branches = part_of(&a, lines, trace, false);
		struct buf names = BUF_INIT;

		put_trace_ids(out, &a, &trace->question->cause);
		buf_addch(out, ' ');
		put_trace_ids(out, &a, &trace->question->fix);
		buf_addf(out, " %s",
			 trace->first ? text_cleaned(&a, trace->first->name)
				      : "-");
		if (put_trace_names(&names, &branches.lines, &branches.trace,
				    LACKING, SIZE_MAX)) {
			buf_addstr(out, _(" lacking: "));
			style_put(out, style, STYLE_ERROR, names.p);
		}
		buf_reset(&names);
		if (put_trace_names(&names, &branches.lines, &branches.trace,
				    1u << TRACE_UNKNOWN, SIZE_MAX)) {
			buf_addstr(out, _(" unknown: "));
			style_put(out, style, STYLE_WARNING, names.p);
		}
		buf_addch(out, '\n');
		buf_release(&names);
		arena_release(&a);
	}
}
