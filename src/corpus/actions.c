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
	corpus_read_bodies(look->corpus, retros);
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

/* memmem() takes five times as long for so short a word. */
bool action_may_be_open(const struct retro *retro)
{
	const char *at = retro->bytes, *end = at + retro->n;

	while ((at = memchr(at, '[', (size_t)(end - at)))) {
		if (end - at >= 3 && at[1] == ' ' && at[2] == ']')
			return true;
		at++;
	}
	return false;
}

struct err *actions_open(struct listed_actions *out, struct corpus *corpus)
{
	struct retros retros = { 0 };
	struct look look;
	struct err *e = begin_actions(&look, out, corpus);

	if (e)
		return e;
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->body ||
		    action_may_be_open(corpus->retros.at[i]))
			vec_push(corpus->arena, &retros, corpus->retros.at[i]);
	look.only_open = true;
	add_retros_actions(&look, &retros);
	return NULL;
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
