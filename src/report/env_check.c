/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/env_check.h"

#include <string.h>

#include "base/i18n.h"
#include "capture/environment.h"
#include "git/tree.h"
#include "lineage/noise.h"

/* --- what environments have --- */

static struct env_state *find_state(struct env_states *states, const char *name)
{
	for (size_t i = 0; i < states->nr; i++)
		if (!strcmp(states->at[i].name, name))
			return &states->at[i];
	return NULL;
}

/* Retros are newest first: the first that names an environment counts. */
static void list_states(struct env_states *out, const struct corpus *corpus)
{
	struct arena *a = corpus->arena;
	const struct capture_rules *rules = &corpus->policy->capture;

	for (size_t i = 0; i < rules->nr; i++)
		if (!find_state(out, rules->at[i].environment))
			vec_push(a, out,
				 (struct env_state){
					 .name = rules->at[i].environment });
	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct retro *retro = corpus->retros.at[i];
		const struct node *map = retro->environment;

		for (size_t j = 0; map && j < map->nr; j++) {
			const char *name = map->pairs[j].key->text;
			struct env_state *state = find_state(out, name);

			if (map->pairs[j].value->kind != NODE_MAP)
				continue;
			if (!state) {
				vec_push(a, out,
					 (struct env_state){ .name = name });
				state = &out->at[out->nr - 1];
			}
			if (!state->retro)
				state->retro = retro;
		}
	}
}

/* --- what is asked for --- */

static void compare_lock_with(struct env_state *state, struct arena *a,
			      const struct lock *lock)
{
	const struct node *map =
		node_get(state->retro->environment, state->name);
	struct demands *demands = arena_alloc(a, sizeof(*demands));

	demands_of(demands, a, lock);
	for (size_t i = 0; i < demands->nr; i++)
		for (size_t j = 0; j < map->nr; j++) {
			const struct node *value = map->pairs[j].value;

			if (value->kind != NODE_SCALAR ||
			    !demand_is_same(&demands->at[i],
					    map->pairs[j].key->text))
				continue;
			state->compared++;
			if (demand_exceeds(&demands->at[i], value->text))
				vec_push(a, &state->shortages,
					 (struct env_shortage){ &demands->at[i],
								value->text });
		}
}

static const struct environment *captured(const struct environments *list,
					  const char *name)
{
	for (size_t i = 0; i < list->nr; i++)
		if (!strcmp(list->at[i].name, name))
			return &list->at[i];
	return NULL;
}

/* Without a rule, every lock file is one of the environment's. */
static struct err *list_all_locks(struct environment *out, struct arena *a,
				  struct repo *repo, const struct oid *commit)
{
	struct strs names = { 0 };
	struct err *e = tree_names(&names, a, repo, commit);

	for (size_t i = 0; !e && i < names.nr; i++) {
		struct lock lock;
		bool found = false;

		if (!lock_format_of(names.at[i]) ||
		    noise_is_foreign(names.at[i]))
			continue;
		e = lock_at(&lock, &found, a, repo, commit, names.at[i]);
		if (found && lock.unread)
			vec_push(a, &out->unread,
				 arena_printf(a, _("%s: not read: %s"),
					      names.at[i], lock.unread));
		if (found)
			vec_push(a, &out->locks, lock);
	}
	return e;
}

static struct err *keep_only(struct env_states *states, const char *only)
{
	struct env_state *state = only ? find_state(states, only) : NULL;

	if (!only)
		return NULL;
	if (!state)
		return err_hint(
			err_new(ERR_NOT_FOUND,
				_("there is no environment '%s'"), only),
			_("the setting capture and the field environment "
			  "of a retro name them"));
	states->at[0] = *state;
	states->nr = 1;
	return NULL;
}

struct err *env_check(struct env_states *out, struct corpus *corpus,
		      const struct oid *commit, const char *only)
{
	struct arena *a = corpus->arena;
	struct environment all = { 0 };
	struct environments list = { 0 };
	struct err *e;

	list_states(out, corpus);
	e = keep_only(out, only);
	if (!e)
		e = environments_read(&list, a, corpus->repo, commit,
				      &corpus->policy->capture);
	if (!e)
		e = list_all_locks(&all, a, corpus->repo, commit);
	for (size_t i = 0; !e && i < out->nr; i++) {
		struct env_state *state = &out->at[i];
		const struct environment *one = captured(&list, state->name);

		if (!one)
			one = &all;
		state->unread = one->unread;
		for (size_t j = 0; state->retro && j < one->locks.nr; j++)
			compare_lock_with(state, a, &one->locks.at[j]);
	}
	return e;
}
