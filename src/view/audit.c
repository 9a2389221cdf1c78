/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/audit.h"

#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "base/text.h"
#include "model/markdown.h"
#include "view/github.h"
#include "view/object.h"
#include "view/prose.h"
#include "view/trace.h"
#include "view/tsv.h"

#define ABBREV 10

static const char *audit_abbrev(struct arena *a, const struct oid *id)
{
	char hex[OID_HEX + 1];

	return arena_strndup(a, oid_hex(hex, id), ABBREV);
}

/* What to do about it; in the arena. */
static const char *way_out(struct arena *a, const struct audit_finding *finding)
{
	const struct cell *cell = finding->cell;

	if (cell->state == TRACE_UNKNOWN)
		return arena_printf(a, "%s: %s", trace_why_text(cell->why),
				    trace_why_way(cell->why));
	if (finding->pick)
		return arena_printf(a, "git cherry-pick -x %s%s",
				    finding->pick_is_merge ? "-m 1 " : "",
				    audit_abbrev(a, finding->pick));
	if (finding->question->fix.nr || finding->question->fix_lost ||
	    finding->question->backport.nr)
		return _("its fix is not in this repository: git fetch, or git "
			 "retro relink");
	return arena_printf(
		a, _("no fix is linked: git retro link %s --fix <rev>"),
		quote_word(a, finding->name));
}

/* "P1" as it was written, or the number. */
static const char *audit_severity(struct arena *a, const struct retro *retro)
{
	return retro->severity_text ? severity_said(a, retro)
				    : arena_printf(a, "%d", retro->severity);
}

/* What is wrong with the line; in the arena. */
static const char *finding_text(struct arena *a,
				const struct audit_finding *finding)
{
	const char *name = text_cleaned(a, finding->line->name);
	const char *id = text_cleaned(a, finding->name);
	const char *pitfall = text_cleaned(a, finding->pitfall);

	/* TRANSLATORS: a branch or tag, the id of a retro, its pitfall. */
	if (finding->cell->state == TRACE_EXPOSED)
		return arena_printf(a,
				    _("%s still has a known problem (%s): %s"),
				    name, id, pitfall);
	if (finding->cell->state == TRACE_SUSPECT)
		return arena_printf(a, _("%s lacks the fix of %s: %s"), name,
				    id, pitfall);
	return arena_printf(a, _("%s may have a known problem (%s): %s"), name,
			    id, pitfall);
}

void audit_line_text(struct buf *out, const struct audit_finding *finding)
{
	struct arena a = ARENA_INIT;
	const char *text = finding_text(&a, finding);

	if (finding->cell->state == TRACE_UNKNOWN)
		buf_addf(out, _("%s. To find out: %s"), text,
			 way_out(&a, finding));
	else
		buf_addf(out, _("%s. Fix: %s"), text, way_out(&a, finding));
	arena_release(&a);
}

/* --- for a person ------------------------------------------------------- */

static const enum style_role state_roles[] = {
	[TRACE_EXPOSED] = STYLE_ERROR,
	[TRACE_SUSPECT] = STYLE_WARNING,
	[TRACE_UNKNOWN] = STYLE_DIM,
};

/* Text in one role as a block. */
static void put_audit_block(struct buf *out, const struct style *style,
			    struct arena *a, size_t indent, unsigned roles,
			    const char *text)
{
	struct prose prose;

	prose_init(&prose, a);
	prose_add(&prose, roles, text);
	prose_put_block(out, style, &prose, indent);
	prose_release(&prose);
}

static void put_audit_head(struct buf *out, const struct style *style,
			   struct arena *a, const struct audit_finding *finding)
{
	enum trace_state state = finding->cell->state;
	const struct retro *retro = finding->retro;
	struct prose head;

	prose_init(&head, a);
	prose_add(&head, PROSE_ROLE(state_roles[state]),
		  _(trace_state_name(state)));
	prose_add(&head, 0, "  ");
	prose_add(&head, PROSE_ROLE(STYLE_ID), finding->name);
	if (retro->severity) {
		prose_add(&head, 0, "  ");
		prose_add(&head, 0,
			  arena_printf(a, _("severity %s"),
				       audit_severity(a, retro)));
	}
	prose_put_block(out, style, &head, 2);
	prose_release(&head);
}

static void put_audit_finding(struct buf *out, const struct style *style,
			      struct arena *a,
			      const struct audit_finding *finding)
{
	put_audit_head(out, style, a, finding);
	put_audit_block(out, style, a, 6, 0, finding->pitfall);
	for (size_t i = 0; i < finding->question->cause.nr; i++)
		if (finding->cell->cause[i].in_effect)
			buf_addf(out, _("      caused by %s\n"),
				 audit_abbrev(a, &finding->cell->cause[i].by));
	buf_addf(out, "      %s\n", way_out(a, finding));
	if (finding->cell->state == TRACE_EXPOSED && finding->cell->why)
		put_audit_block(
			out, style, a, 6, 0,
			arena_printf(a, _("it may have the fix: %s: %s"),
				     trace_why_text(finding->cell->why),
				     trace_why_way(finding->cell->why)));
}

static void put_unguarded(struct buf *out, struct arena *a,
			  const struct audit_unguarded *unguarded)
{
	const struct guarded *guarded = unguarded->guarded;

	const char *line = text_cleaned(a, unguarded->line->name);
	const char *name = text_cleaned(a, unguarded->name);
	struct buf missing = BUF_INIT;

	for (size_t i = 0; i < guarded->missing.nr; i++)
		buf_addf(&missing, "%s%s", i ? ", " : "",
			 text_cleaned(a, guarded->missing.at[i]));
	if (guarded->missing.nr)
		buf_addf(out,
			 _("%s has the fix of %s, but not its guard: %s\n"),
			 line, name, missing.p);
	else
		buf_addf(out,
			 _("%s has the fix of %s; whether it has the guard is "
			   "unknown\n"),
			 line, name);
	buf_release(&missing);
}

static void put_all_good(struct buf *out, struct arena *a,
			 const struct release_lines *lines,
			 const struct audit *audit)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < lines->nr; i++)
		buf_addf(&names, "%s%s", i ? _(", ") : "",
			 text_cleaned(a, lines->at[i].name));
	if (audit->asked)
		buf_addf(out,
			 Q_("no known pitfall in %s (%zu problem with a cause "
			    "or a fix)\n",
			    "no known pitfall in %s (%zu problems with a cause "
			    "or a fix)\n",
			    audit->asked),
			 names.p, audit->asked);
	else
		buf_addf(out,
			 _("nothing to check in %s: no retro links a cause or "
			   "a fix yet\n"),
			 names.p);
	buf_release(&names);
}

void audit_unread_text(struct buf *out, const struct audit *audit)
{
	buf_addf(out,
		 Q_("%zu retro cannot be read: what it links was not checked",
		    "%zu retros cannot be read: what they link was not checked",
		    audit->unread),
		 audit->unread);
}

static void put_unread(struct buf *out, const struct audit *audit)
{
	if (!audit->unread)
		return;
	audit_unread_text(out, audit);
	buf_addch(out, '\n');
}

void audit_text(struct buf *out, const struct style *style,
		const struct release_lines *lines, const struct audit *audit)
{
	struct arena a = ARENA_INIT;
	const struct release_line *line = NULL;

	for (size_t i = 0; i < audit->findings.nr; i++) {
		const struct audit_finding *finding = &audit->findings.at[i];

		if (finding->line != line) {
			if (line)
				buf_addch(out, '\n');
			line = finding->line;
			put_audit_block(out, style, &a, 0,
					PROSE_ROLE(STYLE_STRONG), line->name);
		}
		put_audit_finding(out, style, &a, finding);
	}
	if (!audit->findings.nr && !audit->unread)
		put_all_good(out, &a, lines, audit);
	put_unread(out, audit);
	if (audit->unguarded.nr)
		buf_addch(out, '\n');
	for (size_t i = 0; i < audit->unguarded.nr; i++)
		put_unguarded(out, &a, &audit->unguarded.at[i]);
	arena_release(&a);
}

/* --- for programs ------------------------------------------------------- */

static json_t *ids_json(const struct oids *ids)
{
	json_t *array = json_array();
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++)
		json_array_append_new(array,
				      object_text(oid_hex(hex, &ids->at[i])));
	return array;
}

static json_t *audit_finding_json(const struct audit_finding *finding)
{
	const struct retro *retro = finding->retro;
	json_t *json = json_object();
	char hex[OID_HEX + 1];

	object_set_text(json, "line", finding->line->name);
	object_set_text(json, "type",
			finding->line->type == REF_TAG ? "tag" : "branch");
	object_set_text(json, "retro", retro->id);
	object_set_text(json, "problem", finding->problem->pitfall);
	object_set_text(json, "path", retro->path);
	object_set_text(json, "title", retro->title);
	object_set(json, "severity",
		   retro->severity ? json_integer(retro->severity)
				   : json_null());
	object_set_text(json, "state", trace_state_name(finding->cell->state));
	object_set_text(json, "why", trace_why_name(finding->cell->why));
	object_set_text(json, "pitfall", finding->pitfall);
	object_set(json, "cause", ids_json(&finding->question->cause));
	object_set(json, "fix", ids_json(&finding->question->fix));
	object_set(json, "backport", ids_json(&finding->question->backport));
	object_set_text(json, "pick",
			finding->pick ? oid_hex(hex, finding->pick) : NULL);
	return json;
}

static json_t *unguarded_json(const struct audit_unguarded *unguarded)
{
	json_t *json = json_object();

	object_set_text(json, "line", unguarded->line->name);
	object_set_text(json, "type",
			unguarded->line->type == REF_TAG ? "tag" : "branch");
	object_set_text(json, "retro", unguarded->retro->id);
	object_set_text(json, "problem", unguarded->problem->pitfall);
	object_set_text(json, "path", unguarded->retro->path);
	object_set_text(json, "pitfall", unguarded->pitfall);
	object_set(json, "missing", object_list(&unguarded->guarded->missing));
	object_set(json, "unknown", json_boolean(unguarded->guarded->unknown));
	return json;
}

void audit_json(struct buf *out, const struct audit *audit)
{
	json_t *json = object_versioned(), *array = json_array();

	object_set_number(json, "exposed", audit->exposed);
	object_set_number(json, "unknown", audit->unknown);
	object_set_number(json, "problems", audit->asked);
	object_set_number(json, "unread", audit->unread);
	for (size_t i = 0; i < audit->findings.nr; i++)
		json_array_append_new(
			array, audit_finding_json(&audit->findings.at[i]));
	object_set(json, "findings", array);
	array = json_array();
	for (size_t i = 0; i < audit->unguarded.nr; i++)
		json_array_append_new(array,
				      unguarded_json(&audit->unguarded.at[i]));
	object_set(json, "unguarded", array);
	object_dump(out, json, JSON_INDENT(2));
}

void audit_tsv(struct buf *out, const struct audit *audit)
{
	char hex[OID_HEX + 1];

	buf_addstr(out, "line\ttype\tretro\tpath\tseverity\tstate\twhy\tpick\t"
			"pitfall\tproblem\n");
	for (size_t i = 0; i < audit->findings.nr; i++) {
		const struct audit_finding *finding = &audit->findings.at[i];
		const char *why = trace_why_name(finding->cell->why);

		tsv_put(out, finding->line->name);
		buf_addf(out, "\t%s\t",
			 finding->line->type == REF_TAG ? "tag" : "branch");
		tsv_put(out, finding->retro->id);
		buf_addch(out, '\t');
		tsv_put(out, finding->retro->path);
		buf_addch(out, '\t');
		if (finding->retro->severity)
			buf_addf(out, "%d", finding->retro->severity);
		buf_addf(out, "\t%s\t%s\t%s\t",
			 trace_state_name(finding->cell->state), why ? why : "",
			 finding->pick ? oid_hex(hex, finding->pick) : "");
		tsv_put(out, finding->pitfall);
		buf_addch(out, '\t');
		if (finding->problem->pitfall)
			tsv_put(out, finding->problem->pitfall);
		buf_addch(out, '\n');
	}
}

/* As problems of the retros that name them. */
void audit_github(struct buf *out, struct arena *a, const struct audit *audit)
{
	struct diags diags = { .arena = a };

	for (size_t i = 0; i < audit->findings.nr; i++) {
		const struct audit_finding *finding = &audit->findings.at[i];
		bool exposed = finding->cell->state == TRACE_EXPOSED;

		vec_push(a, &diags,
			 (struct diag){
				 .path = finding->retro->path,
				 .pos = { .line = finding->pitfall_line,
					  .column = 1 },
				 .level = exposed ? DIAG_ERROR : DIAG_WARNING,
				 .rule = trace_state_name(finding->cell->state),
				 .text = finding_text(a, finding),
				 .hint = way_out(a, finding) });
	}
	for (size_t i = 0; i < audit->unguarded.nr; i++) {
		const struct audit_unguarded *one = &audit->unguarded.at[i];
		struct buf text = BUF_INIT;

		put_unguarded(&text, a, one);
		buf_truncate(&text, text.n - 1);
		vec_push(a, &diags,
			 (struct diag){ .path = one->retro->path,
					.pos = { .line = one->pitfall_line,
						 .column = 1 },
					.level = DIAG_WARNING,
					.rule = "unguarded",
					.text = arena_strdup(a, text.p) });
		buf_release(&text);
	}
	github_diags(out, &diags);
}

/* --- for the notes of a release ----------------------------------------- */

static void put_audit_note(struct buf *out, struct arena *a,
			   const struct audit_finding *finding)
{
	buf_addstr(out, "- ");
	md_escape(out, text_cleaned(a, finding->pitfall));
	buf_addstr(out, _(" ("));
	md_code_span(out, text_cleaned(a, finding->name));
	if (finding->pick) {
		buf_addstr(out, _("; "));
		buf_addf(out, _("fixed by `%s`"),
			 audit_abbrev(a, finding->pick));
	}
	if (finding->cell->state == TRACE_UNKNOWN)
		buf_addf(out, "%s%s", _("; "), _("cannot be told here"));
	buf_addf(out, "%s\n", _(")"));
}

void audit_markdown(struct buf *out, struct arena *a,
		    const struct release_lines *lines,
		    const struct audit *audit)
{
	for (size_t i = 0; i < lines->nr; i++) {
		size_t told = 0;

		buf_addstr(out, i ? "\n## " : "## ");
		md_escape(out,
			  arena_printf(a, _("Known pitfalls in %s"),
				       text_cleaned(a, lines->at[i].name)));
		buf_addstr(out, "\n\n");
		for (size_t j = 0; j < audit->findings.nr; j++) {
			if (audit->findings.at[j].line != &lines->at[i])
				continue;
			put_audit_note(out, a, &audit->findings.at[j]);
			told++;
		}
		put_unread(out, audit);
		if (!audit->unread && !told)
			buf_addf(out,
				 Q_("None of %zu problem with a cause or a "
				    "fix.\n",
				    "None of %zu problems with a cause or a "
				    "fix.\n",
				    audit->asked),
				 audit->asked);
	}
}
