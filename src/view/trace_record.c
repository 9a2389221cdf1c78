/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The exposure matrix for programs: a contract, as record.h is.
 */
#include "view/object.h"
#include "view/trace.h"
#include "view/tsv.h"

static const char *const why_names[] = {
	[WHY_NONE] = NULL,
	[WHY_CUT] = "cut-off",
	[WHY_MISSING] = "missing-commit",
	[WHY_GONE] = "gone-commit",
	[WHY_CHANGES] = "missing-files",
	[WHY_MANY] = "too-many",
};

const char *trace_why_name(enum trace_why why)
{
	return why_names[why];
}

static json_t *oid_json(const struct oid *id)
{
	char hex[OID_HEX + 1];

	return oid_is_zero(id) ? json_null() : object_text(oid_hex(hex, id));
}

static json_t *oids_json(const struct oids *ids)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ids->nr; i++)
		json_array_append_new(array, oid_json(&ids->at[i]));
	return array;
}

static json_t *holdings_json(const struct oids *ids,
			     const struct holding *holdings)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ids->nr; i++) {
		json_t *json = json_object();

		object_set(json, "commit", oid_json(&ids->at[i]));
		object_set_text(json, "via", via_name(holdings[i].via));
		object_set(json, "by", oid_json(&holdings[i].by));
		object_set(json, "reverted",
			   oid_json(&holdings[i].reverted_by));
		object_set(json, "part", oid_json(&holdings[i].part));
		object_set(json, "doubt", json_boolean(holdings[i].doubt));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *line_json(const struct release_line *line,
			 const struct question *question,
			 const struct cell *cell, const struct guarded *guarded)
{
	const struct strs none = { 0 };
	json_t *json = json_object();

	object_set_text(json, "name", line->name);
	object_set_text(json, "type", line->type == REF_TAG ? "tag" : "branch");
	object_set_text(json, "state", trace_state_name(cell->state));
	object_set_text(json, "why", why_names[cell->why]);
	object_set(json, "unguarded",
		   guarded && guarded->unknown
			   ? json_null()
			   : object_list(guarded ? &guarded->missing : &none));
	object_set(json, "cause", holdings_json(&question->cause, cell->cause));
	object_set(json, "fix", holdings_json(&question->fix, cell->fix));
	object_set(json, "backport",
		   holdings_json(&question->backport, cell->backport));
	return json;
}

static void set_trace(json_t *json, const struct release_lines *lines,
		      const struct traced *traced)
{
	const struct trace *trace = traced->trace;
	json_t *array = json_array();

	object_set_text(json, "retro",
			traced->retro ? traced->retro->id : NULL);
	object_set_text(json, "problem",
			traced->problem ? traced->problem->pitfall : NULL);
	object_set(json, "cause", oids_json(&trace->question->cause));
	object_set(json, "fix", oids_json(&trace->question->fix));
	object_set(json, "backport", oids_json(&trace->question->backport));
	object_set_text(json, "first_release",
			trace->first ? trace->first->name : NULL);
	for (size_t i = 0; i < lines->nr; i++)
		json_array_append_new(
			array, line_json(&lines->at[i], trace->question,
					 &trace->cells[i],
					 traced->guarded ? &traced->guarded[i]
							 : NULL));
	object_set(json, "lines", array);
}

void trace_json(struct buf *out, const struct release_lines *lines,
		const struct traceds *traceds)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < traceds->nr; i++) {
		json_t *item = json_object();

		set_trace(item, lines, &traceds->at[i]);
		json_array_append_new(array, item);
	}
	object_set(json, "traces", array);
	object_dump(out, json, JSON_INDENT(2));
}

void trace_ndjson(struct buf *out, const struct release_lines *lines,
		  const struct traceds *traceds)
{
	for (size_t i = 0; i < traceds->nr; i++) {
		json_t *json = object_versioned();

		set_trace(json, lines, &traceds->at[i]);
		object_dump(out, json, JSON_COMPACT);
	}
}

static void put_trace_id_list(struct buf *out, const struct oids *ids)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++)
		buf_addf(out, "%s%s", i ? ", " : "", oid_hex(hex, &ids->at[i]));
}

/* "ancestor 1234..., trailer 5678..."; "-" for one that the line lacks. */
static void put_holdings(struct buf *out, const struct holding *holdings,
			 size_t nr)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < nr; i++) {
		buf_addstr(out, i ? ", " : "");
		if (holdings[i].via)
			buf_addf(out, "%s %s", via_name(holdings[i].via),
				 oid_hex(hex, &holdings[i].by));
		else
			buf_addch(out, '-');
		if (!oid_is_zero(&holdings[i].reverted_by))
			buf_addf(out, " reverted %s",
				 oid_hex(hex, &holdings[i].reverted_by));
		if (!oid_is_zero(&holdings[i].part))
			buf_addf(out, " part %s",
				 oid_hex(hex, &holdings[i].part));
		if (holdings[i].doubt)
			buf_addstr(out, " doubt");
	}
}

static void put_trace_cell(struct buf *out, const struct traced *traced,
			   const struct release_line *line,
			   const struct cell *cell)
{
	const struct question *question = traced->trace->question;

	tsv_put(out, traced->retro ? traced->retro->id : "");
	buf_addch(out, '\t');
	put_trace_id_list(out, &question->cause);
	buf_addch(out, '\t');
	put_trace_id_list(out, &question->fix);
	buf_addch(out, '\t');
	tsv_put(out, line->name);
	buf_addf(out, "\t%s\t%s\t%s\t",
		 line->type == REF_TAG ? "tag" : "branch",
		 trace_state_name(cell->state),
		 cell->why ? why_names[cell->why] : "");
	put_holdings(out, cell->cause, question->cause.nr);
	buf_addch(out, '\t');
	put_holdings(out, cell->fix, question->fix.nr);
	buf_addch(out, '\t');
	put_holdings(out, cell->backport, question->backport.nr);
	buf_addch(out, '\t');
	if (traced->problem && traced->problem->pitfall)
		tsv_put(out, traced->problem->pitfall);
	buf_addch(out, '\n');
}

void trace_tsv(struct buf *out, const struct release_lines *lines,
	       const struct traceds *traceds)
{
	buf_addstr(out, "retro\tcause\tfix\tname\ttype\tstate\twhy\tcause-via"
			"\tfix-via\tbackport-via\tproblem\n");
	for (size_t i = 0; i < traceds->nr; i++)
		for (size_t j = 0; j < lines->nr; j++)
			put_trace_cell(out, &traceds->at[i], &lines->at[j],
				       &traceds->at[i].trace->cells[j]);
}
