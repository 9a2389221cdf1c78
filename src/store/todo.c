/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/todo.h"

#include <string.h>

#include "model/body.h"

struct look {
	struct todos *out;
	struct corpus *corpus;
	struct trailer_ties *ties;
	int32_t today;
	bool only_open;
};

static void add(const struct look *look, const struct retro *retro,
		const struct action *action)
{
	struct todo todo = { .retro = retro,
			     .action = action,
			     .name = retro->id,
			     .state = action->state };

	if (action->id && action->state == ACTION_OPEN)
		todo.closed =
			trailers_closing(look->ties, retro->id, action->id);
	if (todo.closed)
		todo.state = ACTION_DONE;
	if (look->only_open && todo.state != ACTION_OPEN)
		return;
	if (action->id)
		todo.name = arena_printf(look->corpus->arena, "%s#%s",
					 retro->id, action->id);
	todo.overdue = todo.state == ACTION_OPEN && action->due != DAY_NONE &&
		       action->due < look->today;
	vec_push(look->corpus->arena, look->out, todo);
}

static void add_all(const struct look *look, const struct retros *retros)
{
	corpus_read_bodies(look->corpus, retros);
	for (size_t i = 0; i < retros->nr; i++) {
		const struct actions *actions = &retros->at[i]->body->actions;

		for (size_t j = 0; j < actions->nr; j++)
			add(look, retros->at[i], &actions->at[j]);
	}
}

static struct err *begin(struct look *look, struct todos *out,
			 struct corpus *corpus)
{
	struct arena *a = corpus->arena;

	*look = (struct look){ .out = out,
			       .corpus = corpus,
			       .ties = arena_alloc(a, sizeof(*look->ties)),
			       .today = day_of(moment_now()) };
	if (corpus->commit)
		return trailers_load(look->ties, a, corpus->repo,
				     corpus->commit);
	return trailers_head(look->ties, a, corpus->repo);
}

struct err *todo_list(struct todos *out, struct corpus *corpus)
{
	struct look look;
	struct err *e = begin(&look, out, corpus);

	if (!e)
		add_all(&look, &corpus->retros);
	return e;
}

/* memmem() takes five times as long for so short a word. */
bool todo_may_be_open(const struct retro *retro)
{
	const char *at = retro->bytes, *end = at + retro->n;

	while ((at = memchr(at, '[', (size_t)(end - at)))) {
		if (end - at >= 3 && at[1] == ' ' && at[2] == ']')
			return true;
		at++;
	}
	return false;
}

struct err *todo_open(struct todos *out, struct corpus *corpus)
{
	struct retros retros = { 0 };
	struct look look;
	struct err *e = begin(&look, out, corpus);

	if (e)
		return e;
	for (size_t i = 0; i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->body ||
		    todo_may_be_open(corpus->retros.at[i]))
			vec_push(corpus->arena, &retros, corpus->retros.at[i]);
	look.only_open = true;
	add_all(&look, &retros);
	return NULL;
}

struct err *todo_of(struct todos *out, struct corpus *corpus,
		    struct retro *retro)
{
	const struct retros one = { &retro, 1, 1 };
	struct look look;
	struct err *e = begin(&look, out, corpus);

	if (!e)
		add_all(&look, &one);
	return e;
}
