/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/suggest.h"

#include "base/date.h"
#include "base/quote.h"
#include "base/text.h"
#include "view/object.h"
#include "view/trace.h"

#define ABBREV 10

static const char *const why_names[] = {
	[SUGGEST_FIXES] = "fixes",         [SUGGEST_REVERTS] = "reverts",
	[SUGGEST_NAMES] = "names",         [SUGGEST_SAID] = "named",
	[SUGGEST_SPOKEN] = "spoken-of",    [SUGGEST_BLAMED] = "wrote",
	[SUGGEST_AROUND] = "wrote-beside", [SUGGEST_SHARES] = "shares-names",
};

/* "<id>" or "<id>#P1" */
static const char *suggested_name(struct arena *a,
				  const struct suggestion *suggestion)
{
	const char *id = text_cleaned(a, suggestion->retro->id);

	return suggestion->pitfall
		       ? arena_printf(a, "%s#%s", id,
				      text_cleaned(a, suggestion->pitfall))
		       : id;
}

static void put_suggestion(struct buf *out, const struct style *style,
			   struct arena *a, const struct suggestion *suggestion)
{
	const struct commit *commit = &suggestion->described;
	char hex[OID_HEX + 1];

	trace_role(out, style, suggestion->role, 7);
	style_put(out, style, STYLE_ID,
		  arena_strndup(a, oid_hex(hex, &suggestion->commit), ABBREV));
	if (suggestion->lines)
		buf_addf(out, " %3zu%%",
			 suggestion->lines * 100 / suggestion->total);
	buf_addf(out, " %s (%s, %s)\n       %s\n",
		 text_cleaned(a, commit->subject),
		 text_cleaned(a, commit->author.name),
		 day_format(a, day_of(commit->authored)),
		 suggest_text(a, suggestion));
	if (suggestion->retro)
		buf_addf(out, "       git retro link %s --%s %.*s\n",
			 quote_word(a, suggested_name(a, suggestion)),
			 suggestion->role, ABBREV, hex);
}

void suggest_list(struct buf *out, const struct style *style,
		  const struct suggestions *suggestions)
{
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < suggestions->nr; i++)
		put_suggestion(out, style, &a, &suggestions->at[i]);
	arena_release(&a);
}

json_t *suggest_array(const struct suggestions *suggestions)
{
	json_t *array = json_array();
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < suggestions->nr; i++) {
		const struct suggestion *suggestion = &suggestions->at[i];
		json_t *item = json_object();

		object_set_text(item, "retro",
				suggestion->retro ? suggestion->retro->id
						  : NULL);
		object_set_text(item, "problem", suggestion->pitfall);
		object_set_text(item, "role", suggestion->role);
		object_set_text(item, "commit",
				oid_hex(hex, &suggestion->commit));
		object_set_text(item, "why", why_names[suggestion->why]);
		object_set_text(item, "of",
				oid_is_zero(&suggestion->of)
					? NULL
					: oid_hex(hex, &suggestion->of));
		object_set_number(item, "lines", suggestion->lines);
		object_set_number(item, "total", suggestion->total);
		json_array_append_new(array, item);
	}
	return array;
}

void suggest_json(struct buf *out, const struct suggestions *suggestions)
{
	json_t *json = object_versioned();

	object_set(json, "suggestions", suggest_array(suggestions));
	object_dump(out, json, JSON_INDENT(2));
}
