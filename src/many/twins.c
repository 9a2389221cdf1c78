/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/twins.h"

#include <string.h>
#include <unistd.h>

#include "git/child.h"
#include "many/merge.h"

static const char *path_of_repo(const struct many_repos *repos,
				const char *name)
{
	for (size_t i = 0; i < repos->nr; i++)
		if (!strcmp(repos->at[i].name, name))
			return repos->at[i].path;
	return "";
}

static struct err *ask_twins(struct many_answers *out, struct many *many,
			     const struct many_repos *repos, json_t *problems)
{
	const char *const args[] = { "twins", many_own_name, NULL };
	struct many_ask ask = { .args = args,
				.blanks = { many_own_name },
				.slot = many_name_slot };
	struct buf text = BUF_INIT;
	struct err *e;

	object_dump(&text, json_incref(problems), JSON_COMPACT);
	e = child_hold(&ask.in_fd, &text);
	buf_release(&text);
	if (!e)
		e = many_ask(out, many->arena, repos, &ask);
	if (ask.in_fd >= 0)
		close(ask.in_fd);
	return e;
}

struct err *many_twins(json_t *json, struct many *many,
		       const struct many_repos *repos,
		       struct many_answers *first, struct many_answers *second)
{
	static const char *const args[] = { "twins", "--causes", NULL };
	const struct many_ask ask = { .args = args };
	json_t *problems, *found, *list;
	struct err *e = many_ask(first, many->arena, repos, &ask);

	if (e)
		return e;
	problems = many_merge(first);
	list = json_object_get(problems, "problems");
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = json_array_get(list, i);

		object_set_text(one, "where",
				path_of_repo(repos, object_string_or_empty(
							    one, "repo")));
	}
	if (json_array_size(list))
		e = ask_twins(second, many, repos, problems);
	json_decref(problems);
	found = many_merge(second);
	list = json_object_get(found, "twins");
	object_set(json, "twins", list ? json_incref(list) : json_array());
	json_decref(found);
	return e;
}
