/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/trials.h"

#include "base/i18n.h"
#include "base/text.h"
#include "view/columns.h"
#include "view/object.h"

static const char *kept_word(enum trial_kept kept)
{
	switch (kept) {
	case TRIAL_KEPT:
		return C_("trial", "kept");
	case TRIAL_DROPPED:
		return C_("trial", "dropped");
	case TRIAL_UNKNOWN:
		break;
	}
	return "";
}

void trials_text(struct buf *out, const struct style *style,
		 const struct listed_trials *trials)
{
	struct arena arena = ARENA_INIT;
	struct rows rows = { 0 };

	for (size_t i = 0; i < trials->nr; i++) {
		const struct trial *trial = &trials->at[i].trial;
		const char *text =
			*trial->effect
				? arena_printf(&arena, "%s: %s", trial->tried,
					       trial->effect)
				: trial->tried;

		vec_push(
			&arena, &rows,
			(struct row){
				.text = { text_cleaned(&arena,
						       trials->at[i].retro->id),
					  kept_word(trial->kept),
					  text_cleaned(&arena, text) },
				.role = { STYLE_ID, trial->kept == TRIAL_DROPPED
							    ? STYLE_WARNING
							    : STYLE_GOOD } });
	}
	columns_put(out, style, &rows, 3);
	arena_release(&arena);
}

void trials_json(struct buf *out, struct arena *a,
		 const struct listed_trials *trials)
{
	json_t *json = object_versioned(), *array = json_array();

	for (size_t i = 0; i < trials->nr; i++) {
		const struct retro *retro = trials->at[i].retro;
		const struct trial *trial = &trials->at[i].trial;
		json_t *one = json_object();

		object_set_text(one, "retro", retro->id);
		object_set_text(one, "path", retro->path);
		object_set_number(one, "line", (size_t)trial->line);
		object_set_text(one, "date",
				retro->date == DAY_NONE
					? NULL
					: day_format(a, retro->date));
		object_set_text(one, "tried", trial->tried);
		object_set_text(one, "effect", trial->effect);
		object_set_text(one, "kept", trial_kept_name(trial->kept));
		object_set(one, "paths", object_list(&trial->paths));
		json_array_append_new(array, one);
	}
	object_set(json, "trials", array);
	object_dump(out, json, JSON_INDENT(2));
}
