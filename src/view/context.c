/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/context.h"

#include "base/i18n.h"
#include "base/text.h"
#include "view/inert.h"
#include "view/object.h"
#include "view/prose.h"

#define SHORT   10  /* digits of a commit's id */
#define COLUMNS 200 /* of foreign text on a forge */

static const char *short_id(struct arena *a, const struct oid *oid)
{
	char hex[OID_HEX + 1];

	return arena_printf(a, "%.*s", SHORT, oid_hex(hex, oid));
}

static const char *marked(struct arena *a, const struct evidence *evidence,
			  const char *why)
{
	const char *mark = evidence_kinds[evidence->type].mark;

	return mark ? arena_printf(a, _("%s (%s)"), why, _(mark)) : why;
}

/* "its fix 3f2c91b0d4", with the name that the file had then. */
static const char *linked_commit(struct arena *a,
				 const struct evidence *evidence)
{
	const char *id = short_id(a, &evidence->commit);

	if (evidence->then)
		return arena_printf(a, _("its %s %s, then %s,"), evidence->role,
				    id, text_cleaned(a, evidence->then));
	return arena_printf(a, _("its %s %s"), evidence->role, id);
}

static const char *why_commit(struct arena *a, const struct evidence *evidence)
{
	const char *what =
		evidence->what ? text_cleaned(a, evidence->what) : "";
	const char *fix = linked_commit(a, evidence);

	switch (evidence->type) {
	case EVIDENCE_UNDO:
		return arena_printf(a, _("removes a line that %s added: %s"),
				    fix, what);
	case EVIDENCE_REDO:
		return arena_printf(a, _("adds a line that %s removed: %s"),
				    fix, what);
	case EVIDENCE_LINE:
		return arena_printf(a, _("%s changed this line: %s"), fix,
				    what);
	case EVIDENCE_SYMBOL:
		return arena_printf(a, _("%s added or removed %s"), fix, what);
	case EVIDENCE_KEY:
		return arena_printf(a, _("%s set %s"), fix, what);
	case EVIDENCE_FUNCTION:
	case EVIDENCE_TWIN:
		return arena_printf(a, _("%s changed %s()"), fix, what);
	default:
		return arena_printf(a, _("%s changed it"), fix);
	}
}

const char *context_why(struct arena *a, const struct evidence *evidence)
{
	const char *what =
		evidence->what ? text_cleaned(a, evidence->what) : "";
	const char *why;

	switch (evidence->type) {
	case EVIDENCE_COMMIT:
		return arena_printf(a, _("linked to it as %s"), evidence->role);
	case EVIDENCE_GUARD:
		return _("removes its guard");
	case EVIDENCE_AT_GUARD:
		return arena_printf(a, _("guards it: %s"), what);
	case EVIDENCE_SKIP:
		return arena_printf(a, _("skips its guard: %s"), what);
	case EVIDENCE_NAME:
		return arena_printf(a, _("changes %s, which a pitfall names"),
				    what);
	case EVIDENCE_PITFALL:
		why = _("named in a pitfall");
		break;
	case EVIDENCE_PATHS:
		why = arena_printf(a, _("its paths include %s"), what);
		break;
	default:
		why = why_commit(a, evidence);
	}
	return marked(a, evidence, why);
}

/* What is concerned: the file, or the commit. */
static const char *subject(struct arena *a, const struct evidence *evidence)
{
	return evidence->path ? text_cleaned(a, evidence->path)
			      : short_id(a, &evidence->commit);
}

static void put_evidence(struct buf *out, struct arena *a,
			 const struct style *style,
			 const struct finding *finding)
{
	size_t nr = finding->evidence.nr;

	for (size_t i = 0; i < nr && i < CONTEXT_SHOWN; i++) {
		const struct evidence *evidence = &finding->evidence.at[i];
		struct prose prose;

		prose_init(&prose, a);
		prose_add(&prose, 0, subject(a, evidence));
		prose_add(&prose, PROSE_ROLE(STYLE_DIM),
			  arena_printf(a, "  %s", context_why(a, evidence)));
		prose_put_block(out, style, &prose, 4);
		prose_release(&prose);
	}
	if (nr > CONTEXT_SHOWN)
		buf_addf(out, _("    and %zu more\n"), nr - CONTEXT_SHOWN);
}

void context_text(struct buf *out, struct arena *a, const struct style *style,
		  const struct findings *findings)
{
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->at[i];
		const struct pitfall *pitfall = context_pitfall(finding);
		const struct retro *retro = finding->retro;
		struct prose head, text;

		prose_init(&head, a);
		prose_add(&head, PROSE_ROLE(STYLE_ID),
			  context_name(a, retro, pitfall));
		if (retro->severity)
			prose_add(&head, 0,
				  arena_printf(a, "  %s",
					       severity_said(a, retro)));
		prose_add(&head, 0, arena_printf(a, "  %s", retro->title));
		prose_put_block(out, style, &head, 0);
		prose_release(&head);
		prose_init(&text, a);
		if (pitfall)
			prose_add(&text, 0,
				  arena_printf(a, "- %s", pitfall->text));
		prose_put_block(out, style, &text, 2);
		prose_release(&text);
		put_evidence(out, a, style, finding);
	}
}

static void inert_evidence(struct buf *out, struct arena *a,
			   const struct evidence *evidence)
{
	buf_addstr(out, "  - ");
	inert_code(out, subject(a, evidence), COLUMNS);
	buf_addstr(out, ": ");
	inert_text(out, context_why(a, evidence), COLUMNS);
	buf_addch(out, '\n');
}

/* Where it is: the function, or the file. */
static void inert_place(struct buf *out, struct arena *a,
			const struct finding *finding)
{
	const struct evidence *evidence = &finding->evidence.at[0];
	bool named = evidence->type == EVIDENCE_FUNCTION ||
		     evidence->type == EVIDENCE_TWIN;

	inert_code(
		out,
		named ? arena_printf(a, "%s()", text_cleaned(a, evidence->what))
		      : subject(a, evidence),
		COLUMNS);
	buf_addstr(out, " (");
	inert_code(out,
		   context_name(a, finding->retro, context_pitfall(finding)),
		   COLUMNS);
	buf_addch(out, ')');
}

void context_weak_markdown(struct buf *out, struct arena *a,
			   const struct findings *findings)
{
	size_t nr = 0;

	for (size_t i = 0; i < findings->nr; i++) {
		if (!findings->at[i].weak || nr++ >= CONTEXT_SHOWN)
			continue;
		buf_addstr(out, nr == 1 ? _("- Same place or cause, perhaps "
					    "another matter: ")
					: _(", "));
		inert_place(out, a, &findings->at[i]);
	}
	if (nr > CONTEXT_SHOWN)
		buf_addf(out, _(" and %zu more"), nr - CONTEXT_SHOWN);
	if (nr)
		buf_addch(out, '\n');
}

void context_markdown(struct buf *out, struct arena *a,
		      const struct findings *findings)
{
	for (size_t i = 0; i < findings->nr; i++) {
		const struct finding *finding = &findings->at[i];
		const struct pitfall *pitfall = context_pitfall(finding);
		size_t nr = finding->evidence.nr;

		if (finding->weak)
			continue;
		buf_addstr(out, "- **");
		inert_text(out, finding->retro->title, COLUMNS);
		buf_addstr(out, "** (");
		inert_code(out, context_name(a, finding->retro, pitfall),
			   COLUMNS);
		buf_addch(out, ')');
		if (pitfall) {
			buf_addstr(out, ": ");
			inert_text(out, pitfall->text, COLUMNS);
		}
		buf_addch(out, '\n');
		for (size_t j = 0; j < nr && j < CONTEXT_SHOWN; j++)
			inert_evidence(out, a, &finding->evidence.at[j]);
		if (nr > CONTEXT_SHOWN)
			buf_addf(out, _("  - and %zu more\n"),
				 nr - CONTEXT_SHOWN);
	}
}

static json_t *evidence_json(const struct evidence *evidence)
{
	json_t *json = json_object();
	char hex[OID_HEX + 1];

	object_set_text(json, "type", evidence_kinds[evidence->type].name);
	object_set_text(json, "path", evidence->path);
	object_set_text(json, "what", evidence->what);
	object_set_text(json, "then", evidence->then);
	object_set_text(json, "role", evidence->role);
	object_set_text(json, "problem",
			evidence->problem ? evidence->problem->pitfall : NULL);
	object_set_text(json, "commit",
			oid_is_zero(&evidence->commit)
				? NULL
				: oid_hex(hex, &evidence->commit));
	return json;
}

static json_t *context_finding_json(struct arena *a,
				    const struct finding *finding)
{
	const struct pitfall *pitfall = context_pitfall(finding);
	const struct retro *retro = finding->retro;
	json_t *json = json_object(), *evidence = json_array();

	object_set_text(json, "id", retro->id);
	object_set_text(json, "path", retro->path);
	object_set_text(json, "title", retro->title);
	object_set_text(json, "status", status_name(retro->status));
	object_set(json, "severity",
		   retro->severity ? json_integer(retro->severity)
				   : json_null());
	object_set_text(json, "date",
			retro->date == DAY_NONE ? NULL
						: day_format(a, retro->date));
	object_set_text(json, "pitfall", pitfall ? pitfall->text : NULL);
	for (size_t i = 0; i < finding->evidence.nr; i++)
		json_array_append_new(evidence,
				      evidence_json(&finding->evidence.at[i]));
	object_set(json, "evidence", evidence);
	return json;
}

json_t *context_array(struct arena *a, const struct findings *findings)
{
	json_t *array = json_array();

	for (size_t i = 0; i < findings->nr; i++)
		json_array_append_new(
			array, context_finding_json(a, &findings->at[i]));
	return array;
}

void context_json(struct buf *out, struct arena *a,
		  const struct findings *findings)
{
	json_t *json = object_versioned();

	object_set(json, "retros", context_array(a, findings));
	object_dump(out, json, JSON_INDENT(2));
}
