/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/env_check.h"

#include "base/i18n.h"
#include "base/text.h"
#include "view/object.h"

const char *env_state_word(const struct env_state *state)
{
	if (state->shortages.nr)
		return "short";
	return state->retro && state->compared && !state->unread.nr ? "fits"
								    : "unknown";
}

static void put_shortage(struct buf *out, const struct style *style,
			 struct arena *a, const struct env_shortage *shortage)
{
	const struct demand *demand = shortage->demand;

	buf_addstr(out, "  ");
	style_put(out, style, STYLE_ERROR,
		  arena_printf(a, "%s %s", text_cleaned(a, demand->name),
			       text_cleaned(a, shortage->offered)));
	buf_addf(out, _(", but %s needs %s (%s)\n"),
		 text_cleaned(a, demand->path),
		 text_cleaned(a, demand->version),
		 text_cleaned(a, demand->because));
}

static void put_state(struct buf *out, const struct style *style,
		      struct arena *a, const struct env_state *state)
{
	style_put(out, style, STYLE_KEY, text_cleaned(a, state->name));
	if (state->retro)
		buf_addf(out, _("  as of %s\n"),
			 text_cleaned(a, state->retro->id));
	else
		buf_addstr(out, _("  unknown: no retro says what it has\n"));
	for (size_t i = 0; i < state->shortages.nr; i++)
		put_shortage(out, style, a, &state->shortages.at[i]);
	for (size_t i = 0; i < state->unread.nr; i++)
		buf_addf(out, "  %s\n", text_cleaned(a, state->unread.at[i]));
	if (!state->retro || state->shortages.nr)
		return;
	if (!state->compared)
		buf_addstr(out, _("  unknown: it says nothing of what is "
				  "locked\n"));
	else if (!state->unread.nr)
		buf_addf(out, _("  fits (%zu compared)\n"), state->compared);
}

void env_check_text(struct buf *out, const struct style *style,
		    const struct env_states *states)
{
	struct arena arena = ARENA_INIT;

	if (!states->nr)
		buf_addstr(out, _("no environment is known: name them in the "
				  "setting capture, or in a retro's field "
				  "environment\n"));
	for (size_t i = 0; i < states->nr; i++)
		put_state(out, style, &arena, &states->at[i]);
	arena_release(&arena);
}

void env_check_json(struct buf *out, const struct env_states *states)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < states->nr; i++) {
		const struct env_state *state = &states->at[i];
		json_t *one = json_object(), *list = json_array();

		for (size_t j = 0; j < state->shortages.nr; j++) {
			const struct env_shortage *shortage =
				&state->shortages.at[j];
			json_t *row = json_object();

			object_set_text(row, "name", shortage->demand->name);
			object_set_text(row, "offered", shortage->offered);
			object_set_text(row, "asked",
					shortage->demand->version);
			object_set_text(row, "path", shortage->demand->path);
			object_set_text(row, "because",
					shortage->demand->because);
			json_array_append_new(list, row);
		}
		object_set_text(one, "name", state->name);
		object_set_text(one, "retro",
				state->retro ? state->retro->id : NULL);
		object_set_text(one, "state", env_state_word(state));
		object_set_number(one, "compared", state->compared);
		object_set(one, "short", list);
		object_set(one, "unread", object_list(&state->unread));
		json_array_append_new(array, one);
	}
	object_set(json, "environments", array);
	object_dump(out, json, JSON_INDENT(2));
}
