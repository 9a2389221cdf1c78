/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/actions.h"

#include <string.h>

#include "model/body.h"

struct look {
	struct listed_actions *out;
	struct corpus *corpus;
	struct trailer_links *links;
	int32_t today;
	bool only_open;
};

static void add_retro_action(const struct look *look, const struct retro *retro,
			     const struct action *action)
{
	struct listed_action listed = { .retro = retro,
					.action = action,
					.name = retro->id,
					.state = action->state };

	if (action->id && action->state == ACTION_OPEN)
		listed.closed =
			trailers_closing(look->links, retro->id, action->id);
	if (listed.closed && corpus_shares_id(look->corpus, retro))
		listed.closed = NULL;
	if (listed.closed)
		listed.state = ACTION_DONE;
	if (look->only_open && listed.state != ACTION_OPEN)
		return;
	if (action->id)
		listed.name = arena_printf(look->corpus->arena, "%s#%s",
					   retro->id, action->id);
	listed.overdue = listed.state == ACTION_OPEN &&
			 action->due != DAY_NONE && action->due < look->today;
	vec_push(look->corpus->arena, look->out, listed);
}

static void add_retros_actions(const struct look *look,
			       const struct retros *retros)
{
	for (size_t i = 0; i < retros->nr; i++) {
		const struct actions *actions = &retros->at[i]->body->actions;

		for (size_t j = 0; j < actions->nr; j++)
			add_retro_action(look, retros->at[i], &actions->at[j]);
	}
}

static struct err *begin_actions(struct look *look, struct listed_actions *out,
				 struct corpus *corpus)
{
	struct arena *a = corpus->arena;

	*look = (struct look){ .out = out,
			       .corpus = corpus,
			       .links = arena_alloc(a, sizeof(*look->links)),
			       .today = day_of(moment_now()) };
	if (corpus->commit)
		return trailers_load(look->links, a, corpus->repo,
				     corpus->commit);
	return trailers_head(look->links, a, corpus->repo);
}

struct err *actions_list(struct listed_actions *out, struct corpus *corpus)
{
	struct look look;
	struct err *e = begin_actions(&look, out, corpus);

	if (!e)
		add_retros_actions(&look, &corpus->retros);
	return e;
}

struct err *actions_open(struct listed_actions *out, struct corpus *corpus)
{
	struct look look;
	struct err *e = begin_actions(&look, out, corpus);

	look.only_open = true;
	if (!e)
		add_retros_actions(&look, &corpus->retros);
	return e;
}

struct err *actions_of(struct listed_actions *out, struct corpus *corpus,
		       struct retro *retro)
{
	const struct retros one = { &retro, 1, 1 };
	struct look look;
	struct err *e = begin_actions(&look, out, corpus);

	if (!e)
		add_retros_actions(&look, &one);
	return e;
}
