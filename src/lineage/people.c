/* SPDX-License-Identifier: GPL-2.0-only */
#include "lineage/people.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/mem.h"
#include "git/message.h"

void people_init(struct people *people, struct arena *a)
{
	memset(people, 0, sizeof(*people));
	people->arena = a;
}

void people_release(struct people *people)
{
	free(people->slots);
	people->slots = NULL;
	people->cap = 0;
}

static bool is_same_person(const struct person *a, const struct person *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->mail, b->mail);
}

/* Where the person's index stands, or the free place for it. */
static size_t *person_slot(const struct people *people,
			   const struct person *person)
{
	uint64_t hash = hash_text(HASH_START, person->name);
	size_t at = (size_t)hash_text(hash, person->mail) & (people->cap - 1);

	while (people->slots[at] &&
	       !is_same_person(
		       &people->authors.at[people->slots[at] - 1].person,
		       person))
		at = (at + 1) & (people->cap - 1);
	return &people->slots[at];
}

static void grow_people(struct people *people)
{
	people->cap = people->cap ? people->cap * 2 : 64;
	free(people->slots);
	people->slots = mem_calloc(people->cap, sizeof(*people->slots));
	for (size_t i = 0; i < people->authors.nr; i++)
		*person_slot(people, &people->authors.at[i].person) = i + 1;
}

static struct digest_author *get_author(struct people *people,
					const struct person *person)
{
	struct arena *a = people->arena;
	struct person copy;
	size_t *at;

	if (people->authors.nr * 2 >= people->cap)
		grow_people(people);
	at = person_slot(people, person);
	if (!*at) {
		copy.name = arena_strdup(a, person->name);
		copy.mail = arena_strdup(a, person->mail);
		vec_push(a, &people->authors,
			 (struct digest_author){ .person = copy });
		*at = people->authors.nr;
	}
	return &people->authors.at[*at - 1];
}

struct person person_read(struct arena *a, const char *who)
{
	const char *open = strchr(who, '<');
	const char *close = open ? strchr(open, '>') : NULL;
	size_t n = close ? (size_t)(open - who) : strlen(who);

	while (n && who[n - 1] == ' ')
		n--;
	return (struct person){
		arena_strndup(a, who, n),
		close ? arena_strndup(a, open + 1, (size_t)(close - open - 1))
		      : "",
	};
}

/* A squash made on a forge names its own author too. */
static void add_helpers(struct people *people, const struct commit *commit)
{
	struct arena scratch = ARENA_INIT;
	struct strs values = { 0 };

	message_co_authors(&values, &scratch, commit->message);
	for (size_t i = 0; i < values.nr; i++) {
		struct person who = person_read(&scratch, values.at[i]);

		if (strcasecmp(who.mail, commit->author.mail) != 0)
			vec_push(people->arena, &people->helpers,
				 arena_strdup(people->arena, values.at[i]));
	}
	arena_release(&scratch);
}

void people_add(struct people *people, const struct commit *commit)
{
	if (commit->parent_count > 1)
		return;
	get_author(people, &commit->author)->commits++;
	add_helpers(people, commit);
}

static int most_commits_first(const void *a, const void *b)
{
	const struct digest_author *one = a, *two = b;
	int order;

	if (one->commits != two->commits)
		return one->commits > two->commits ? -1 : 1;
	if (one->co_authored != two->co_authored)
		return one->co_authored > two->co_authored ? -1 : 1;
	order = strcmp(one->person.name, two->person.name);
	return order ? order : strcmp(one->person.mail, two->person.mail);
}

struct err *people_finish(struct people *people, struct repo *repo)
{
	struct strs resolved = { 0 };
	struct err *e =
		walk_mailmap(&resolved, people->arena, repo, &people->helpers);

	for (size_t i = 0; !e && i < resolved.nr; i++) {
		struct person who = person_read(people->arena, resolved.at[i]);

		get_author(people, &who)->co_authored++;
	}
	if (people->authors.nr)
		qsort(people->authors.at, people->authors.nr,
		      sizeof(*people->authors.at), most_commits_first);
	people_release(people);
	return e;
}
