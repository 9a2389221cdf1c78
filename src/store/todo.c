/* SPDX-License-Identifier: GPL-2.0-only */
#include "store/todo.h"

#include <string.h>

#include "model/body.h"

static void add(struct todos *out, const struct corpus *corpus,
		const struct trailer_ties *ties, const struct retro *retro,
		const struct action *action)
{
	struct arena *a = corpus->arena;
	struct todo todo = { .retro = retro,
			     .action = action,
			     .name = retro->id,
			     .state = action->state };

	if (action->id) {
		todo.name = arena_printf(a, "%s#%s", retro->id, action->id);
		if (action->state == ACTION_OPEN)
			todo.closed =
				trailers_closing(ties, retro->id, action->id);
	}
	if (todo.closed)
		todo.state = ACTION_DONE;
	todo.overdue = todo.state == ACTION_OPEN && action->due != DAY_NONE &&
		       action->due < day_of(moment_now());
	vec_push(a, out, todo);
}

static void add_all(struct todos *out, struct corpus *corpus,
		    const struct trailer_ties *ties,
		    const struct retros *retros)
{
	corpus_read_bodies(corpus, retros);
	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];
		const struct actions *actions = &retro->body->actions;

		for (size_t j = 0; j < actions->nr; j++)
			add(out, corpus, ties, retro, &actions->at[j]);
	}
}

static struct err *load_ties(struct trailer_ties **out, struct corpus *corpus)
{
	*out = arena_alloc(corpus->arena, sizeof(**out));
	if (corpus->commit)
		return trailers_load(*out, corpus->arena, corpus->repo,
				     corpus->commit);
	return trailers_head(*out, corpus->arena, corpus->repo);
}

struct err *todo_list(struct todos *out, struct corpus *corpus)
{
	struct trailer_ties *ties;
	struct err *e = load_ties(&ties, corpus);

	if (!e)
		add_all(out, corpus, ties, &corpus->retros);
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
	struct todos all = { 0 };
	struct retros retros = { 0 };
	struct trailer_ties *ties;
	struct err *e = load_ties(&ties, corpus);

	for (size_t i = 0; !e && i < corpus->retros.nr; i++)
		if (corpus->retros.at[i]->body ||
		    todo_may_be_open(corpus->retros.at[i]))
			vec_push(corpus->arena, &retros, corpus->retros.at[i]);
	if (!e)
		add_all(&all, corpus, ties, &retros);
	for (size_t i = 0; i < all.nr; i++)
		if (all.at[i].state == ACTION_OPEN)
			vec_push(corpus->arena, out, all.at[i]);
	return e;
}

struct err *todo_of(struct todos *out, struct corpus *corpus,
		    struct retro *retro)
{
	const struct retros one = { &retro, 1, 1 };
	struct trailer_ties *ties;
	struct err *e = load_ties(&ties, corpus);

	if (!e)
		add_all(out, corpus, ties, &one);
	return e;
}
