/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/check.h"

#include <stdlib.h>
#include <string.h>

#include "git/child.h"
#include "git/lookup.h"
#include "git/ref.h"
#include "git/rev.h"
#include "lineage/relink.h"
#include "model/check.h"

/* Words of pitfalls that are looked for in the tree. */
#define WORDS_MAX 20

/* --- what a rule may ask --- */

/* Names, and what git says of each. */
struct names {
	struct strs list; /* sorted, each once */
	int *known;
};

struct asked {
	struct arena *arena;
	struct repo *repo;
	struct names commits, revs;
	size_t words;
	struct retros by_id; /* sorted by id; of a corpus that is surveyed */
	struct corpus *corpus;
};

static int by_name_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_id(const void *a, const void *b)
{
	const struct retro *const *one = a, *const *other = b;

	return strcmp((*one)->id, (*other)->id);
}

static void add_ends(struct strs *out, struct arena *a,
		     const struct retro *retro)
{
	const char *ends[2];

	if (!retro_range_ends(ends, a, retro->range))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (*ends[i])
			vec_push(a, out, ends[i]);
}

static void make_unique(struct names *names, struct arena *a)
{
	struct strs *list = &names->list;
	size_t kept = 0;

	strs_sort(list);
	for (size_t i = 0; i < list->nr; i++)
		if (!kept || strcmp(list->at[kept - 1], list->at[i]))
			list->at[kept++] = list->at[i];
	list->nr = kept;
	names->known = arena_alloc(a, (kept + 1) * sizeof(*names->known));
}

/* One question for all commits of all `retros`, and one for all ends of
 * ranges: a corpus names thousands. */
static struct err *ask_ahead(struct asked *asked, const struct corpus *corpus,
			     const struct retros *retros)
{
	struct arena *a = asked->arena;
	struct err *e;

	for (size_t i = 0; i < retros->nr; i++) {
		links_append(&asked->commits.list, a, &retros->at[i]->commits);
		add_ends(&asked->revs.list, a, retros->at[i]);
	}
	make_unique(&asked->commits, a);
	make_unique(&asked->revs, a);
	for (size_t i = 0; corpus->surveyed && i < corpus->retros.nr; i++)
		vec_push(a, &asked->by_id, corpus->retros.at[i]);
	if (asked->by_id.nr)
		qsort(asked->by_id.at, asked->by_id.nr,
		      sizeof(*asked->by_id.at), by_id);
	e = relink_look_hard(asked->commits.known, a, asked->repo,
			     &asked->commits.list, corpus->arriving);
	return e ? e
		 : lookup_revs(asked->revs.known, asked->repo,
			       &asked->revs.list);
}

static int look_up_name(const struct names *names, const char *name)
{
	const char **found = bsearch(&name, names->list.at, names->list.nr,
				     sizeof(name), by_name_text);

	return found ? names->known[found - names->list.at] : -1;
}

static int ask_commit_name(void *data, const char *name)
{
	return look_up_name(&((const struct asked *)data)->commits, name);
}

/* Whether a push brings a tag of this name. */
static bool is_new_tag(const struct asked *asked, const char *name)
{
	const struct refs *tags = asked->corpus->new_tags;

	for (size_t i = 0; tags && i < tags->nr; i++)
		if (!strcmp(tags->at[i].name, name))
			return true;
	return false;
}

static int ask_rev(void *data, const char *name)
{
	if (is_new_tag(data, name))
		return 1;
	return look_up_name(&((const struct asked *)data)->revs, name);
}

static int ask_tag_named(void *data, const char *name)
{
	const struct asked *asked = data;
	struct ref tag;
	struct err *e;
	int known;

	if (is_new_tag(asked, name))
		return 1;
	e = ref_tag(&tag, asked->arena, asked->repo, name);
	known = !e ? 1 : e->code == ERR_NOT_FOUND ? 0 : -1;

	err_pass(e);
	return known;
}

static int ask_file(void *data, const char *path)
{
	const struct asked *asked = data;

	return corpus_has_file(asked->corpus, path);
}

/* One question for each word, for a few: each reads the tree until one file has
 * it. */
static int ask_word(void *data, const char *word)
{
	struct asked *asked = data;
	const char *args[] = {
		"grep", "-q",   "-I", "--word-regexp", "-F", "-e",
		word,   "HEAD", "--", ":(top,glob)**", NULL, NULL
	};
	struct buf out = BUF_INIT;
	struct oid head;
	struct err *e;
	int found;

	if (asked->words++ >= WORDS_MAX)
		return -1;
	e = rev_head(&head, asked->repo);
	if (e) {
		err_pass(e);
		return -1;
	}
	args[ARRAY_SIZE(args) - 2] =
		arena_printf(asked->arena, ":(top,exclude,literal)%s",
			     asked->corpus->policy->dir);
	e = child_run(&out, args, NULL);
	buf_release(&out);
	if (!e)
		return 1;
	/* It exits with 1 where nothing has it. */
	found = e->code == ERR_NO_MATCH ? 0 : -1;
	err_pass(e);
	return found;
}

static const struct retro *ask_retro(void *data, const char *id)
{
	const struct asked *asked = data;
	const struct retro key = { .id = id }, *sought = &key;
	struct retro **found;

	if (!asked->corpus->surveyed)
		return corpus_by_id(asked->corpus, id);
	if (!asked->by_id.nr)
		return NULL;
	found = bsearch(&sought, asked->by_id.at, asked->by_id.nr,
			sizeof(*asked->by_id.at), by_id);
	return found ? *found : NULL;
}

/* --- checking --- */

struct err *check_all_retros(struct corpus *corpus, const struct retros *retros)
{
	struct asked asked = { .arena = corpus->arena,
			       .repo = corpus->repo,
			       .corpus = corpus };
	struct resolver resolver = { .data = &asked,
				     .commit = ask_commit_name,
				     .tag = ask_tag_named,
				     .rev = ask_rev,
				     .file = ask_file,
				     .word = ask_word,
				     .retro = ask_retro };
	struct check_input in = {
		.arena = corpus->arena,
		.diags = &corpus->diags,
		.policy = corpus->policy,
		.resolver = &resolver,
	};
	struct err *e = corpus_read(corpus, retros);

	if (!e)
		corpus_zones(corpus, retros);
	if (!e)
		e = corpus_add_namesakes(corpus, retros);
	if (!e)
		e = ask_ahead(&asked, corpus, retros);
	for (size_t i = 0; !e && i < retros->nr; i++) {
		in.retro = retros->at[i];
		check_retro(&in);
	}
	check_ids(corpus->arena, &corpus->diags, &corpus->retros);
	check_override(&corpus->diags, corpus->policy);
	return e;
}
