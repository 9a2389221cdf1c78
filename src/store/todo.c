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
		    const struct trailer_ties *ties, struct retro *retro)
{
	const struct body *body =
		body_read(retro, corpus->arena, &corpus->diags, corpus->policy);

	for (size_t i = 0; i < body->actions.nr; i++)
		add(out, corpus, ties, retro, &body->actions.at[i]);
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

	for (size_t i = 0; !e && i < corpus->retros.nr; i++)
		add_all(out, corpus, ties, corpus->retros.at[i]);
	return e;
}

/* memmem() takes five times as long for so short a word. */
static bool has_open_box(const struct retro *retro)
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
	struct trailer_ties *ties;
	struct err *e = load_ties(&ties, corpus);

	for (size_t i = 0; !e && i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (has_open_box(retro))
			add_all(&all, corpus, ties, retro);
	}
	for (size_t i = 0; i < all.nr; i++)
		if (all.at[i].state == ACTION_OPEN)
			vec_push(corpus->arena, out, all.at[i]);
	return e;
}

struct err *todo_of(struct todos *out, struct corpus *corpus,
		    struct retro *retro)
{
	struct trailer_ties *ties;
	struct err *e = load_ties(&ties, corpus);

	if (!e)
		add_all(out, corpus, ties, retro);
	return e;
}
