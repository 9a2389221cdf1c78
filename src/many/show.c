/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "base/text.h"
#include "corpus/query.h"
#include "many/item.h"
#include "view/actions.h"
#include "view/columns.h"
#include "view/pitfalls.h"
#include "view/record.h"
#include "view/results.h"
#include "view/term.h"
#include "view/tsv.h"

static bool is_tsv(const struct many *many)
{
	return !strcmp(many->format, "tsv");
}

static bool is_human(const struct many *many)
{
	return !strcmp(many->format, "human");
}

/* Puts the items of a list in this order. */
static void put_in_order(json_t *json, const char *key, json_t *const *items,
			 size_t nr)
{
	json_t *sorted = json_array();

	for (size_t i = 0; i < nr; i++)
		json_array_append(sorted, items[i]);
	object_set(json, key, sorted);
}

/* --- list --- */

static json_t *json_of(const struct retro *retro)
{
	return ((const struct many_item *)(const void *)retro)->json;
}

void many_show_list(struct many *many, json_t *json)
{
	struct arena *a = many->arena;
	const json_t *list = json_object_get(json, "retros");
	struct corpus corpus = { .arena = a };
	const struct query newest = { .sort = "-date" };
	const struct query asked = { .sort = many->sort };
	json_t **items;

	for (size_t i = 0; i < json_array_size(list); i++)
		vec_push(a, &corpus.retros,
			 many_retro(a, json_array_get(list, i)));
	query_sort(&corpus, &newest);
	query_sort(&corpus, &asked);
	if (is_human(many))
		term_list(many->out, &many->style, &corpus.retros, NULL);
	else if (is_tsv(many))
		record_tsv(many->out, a, &corpus.retros, NULL);
	items = arena_alloc(a, (corpus.retros.nr + 1) * sizeof(*items));
	for (size_t i = 0; i < corpus.retros.nr; i++)
		items[i] = json_of(corpus.retros.at[i]);
	put_in_order(json, "retros", items, corpus.retros.nr);
}

/* --- search --- */

struct placed_result {
	struct result result;
	size_t at;
};

/* As in one repository: those with all of the words first. */
static int best_first(const void *a, const void *b)
{
	const struct placed_result *one = a, *other = b;
	const struct result *x = &one->result, *y = &other->result;

	if (x->full != y->full)
		return x->full ? -1 : 1;
	if (x->has != y->has)
		return x->has > y->has ? -1 : 1;
	if (x->near != y->near)
		return x->near ? 1 : -1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return one->at < other->at ? -1 : 1;
}

static void order_results(struct results *out, struct many *many, json_t *json,
			  struct placed_result *placed, size_t nr)
{
	struct arena *a = many->arena;
	json_t **items;

	qsort(placed, nr, sizeof(*placed), best_first);
	out->total = nr;
	if (many->limit && nr > many->limit)
		nr = many->limit;
	items = arena_alloc(a, (nr + 1) * sizeof(*items));
	for (size_t i = 0; i < nr; i++) {
		vec_push(a, out, placed[i].result);
		out->full += placed[i].result.full;
		items[i] = json_of(placed[i].result.retro);
	}
	put_in_order(json, "hits", items, nr);
}

static void say_results(struct many *many, const struct results *results)
{
	if (!is_human(many))
		return;
	if (results->total > results->nr)
		buf_addstr(many->said, _("git retro: more were found; "
					 "'--limit 0' shows them all\n"));
	if (!results->nr)
		buf_addstr(many->said, _("git retro: no retro matches\n"));
}

void many_show_search(struct many *many, json_t *json)
{
	struct arena *a = many->arena;
	json_t *list = json_incref(json_object_get(json, "hits"));
	size_t nr = json_array_size(list);
	struct placed_result *placed =
		arena_alloc(a, (nr + 1) * sizeof(*placed));
	struct results results = {
		.words = (size_t)json_integer_value(
			json_object_get(json, "words")),
	};

	for (size_t i = 0; i < nr; i++) {
		placed[i].result = many_result(a, json_array_get(list, i));
		placed[i].result.full = placed[i].result.has >= results.words &&
					!placed[i].result.near;
		placed[i].at = i;
	}
	order_results(&results, many, json, placed, nr);
	if (is_human(many))
		results_put(many->out, &many->style, &results);
	else if (is_tsv(many))
		record_results_tsv(many->out, a, &results);
	say_results(many, &results);
	json_decref(list);
}

/* --- pitfalls, actions --- */

/* Of equal ones the order of the repositories stays. */
static int newest_pitfall_first(const void *a, const void *b)
{
	const struct listed_pitfall *one = a, *other = b;
	int32_t x = one->retro->date, y = other->retro->date;

	if (x != y)
		return x > y ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

static void order_pitfalls(struct listed_pitfalls *out, struct arena *a,
			   const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		vec_push(a, out, many_pitfall(a, json_array_get(list, i)));
		out->at[i].order = i;
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), newest_pitfall_first);
}

void many_show_pitfalls(struct many *many, json_t *json)
{
	struct arena *a = many->arena;
	const json_t *list = json_object_get(json, "pitfalls");
	struct listed_pitfalls pitfalls = { 0 };
	json_t **items =
		arena_alloc(a, (json_array_size(list) + 1) * sizeof(*items));

	order_pitfalls(&pitfalls, a, list);
	if (many->recurring)
		pitfalls_sort_recurring(&pitfalls);
	if (is_human(many))
		pitfalls_put(many->out, &many->style, &pitfalls);
	else if (is_tsv(many))
		record_pitfalls_tsv(many->out, a, &pitfalls);
	for (size_t i = 0; i < pitfalls.nr; i++)
		items[i] = json_of(pitfalls.at[i].retro);
	put_in_order(json, "pitfalls", items, pitfalls.nr);
}

void many_show_actions(struct many *many, json_t *json)
{
	struct arena *a = many->arena;
	const json_t *list = json_object_get(json, "actions");
	struct listed_actions actions = { 0 };

	for (size_t i = 0; i < json_array_size(list); i++)
		vec_push(a, &actions, many_action(a, json_array_get(list, i)));
	if (is_human(many))
		actions_put(many->out, &many->style, &actions);
	else if (is_tsv(many))
		record_actions_tsv(many->out, a, &actions);
}

/* --- audit --- */

/* "<repository>:<retro>#P1", of the repository that is named by `repo`. */
static const char *problem_of(struct arena *a, const json_t *json,
			      const char *repo)
{
	const char *number = object_string_or_empty(json, "problem");

	return text_cleaned(a,
			    arena_printf(a, "%s:%s%s%s",
					 object_string_or_empty(json, repo),
					 object_string_or_empty(json, "retro"),
					 *number ? "#" : "", number));
}

static const char *named_problem(struct arena *a, const json_t *json)
{
	return problem_of(a, json, "repo");
}

static void put_finding(struct many *many, const json_t *json)
{
	struct arena *a = many->arena;
	struct buf *out = many->out;
	const char *pick = object_string_or_empty(json, "pick");
	const char *state = object_string_or_empty(json, "state");

	buf_addstr(out, "  ");
	style_put(out, &many->style,
		  strcmp(state, "exposed") ? STYLE_WARNING : STYLE_ERROR,
		  _(state));
	buf_addstr(out, "  ");
	style_put(out, &many->style, STYLE_ID, named_problem(a, json));
	buf_addf(out, "\n      %s\n",
		 text_cleaned(a, object_string_or_empty(json, "pitfall")));
	if (*pick)
		buf_addf(out, "      git cherry-pick -x %.10s\n", pick);
}

static void put_findings(struct many *many, const json_t *list)
{
	const char *line = "";

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		const char *own = text_cleaned(
			many->arena,
			arena_printf(many->arena, "%s: %s",
				     object_string_or_empty(json, "repo"),
				     object_string_or_empty(json, "line")));

		if (strcmp(own, line) != 0) {
			if (*line)
				buf_addch(many->out, '\n');
			style_put(many->out, &many->style, STYLE_STRONG, own);
			buf_addch(many->out, '\n');
			line = own;
		}
		put_finding(many, json);
	}
}

/* Where nobody linked anything, nobody knows either. */
static void put_no_finding(struct many *many, const json_t *json)
{
	const json_t *problems = json_object_get(json, "problems");
	size_t asked = (size_t)json_integer_value(problems);

	if (asked)
		buf_addf(many->out,
			 Q_("no known pitfall in what these repositories "
			    "release (%zu problem with a cause or a fix)\n",
			    "no known pitfall in what these repositories "
			    "release (%zu problems with a cause or a fix)\n",
			    asked),
			 asked);
	else if (problems)
		buf_addstr(many->out,
			   _("nothing to check in these repositories: no retro "
			     "links a cause or a fix yet\n"));
}

static void put_guards(struct many *many, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);

		buf_addf(many->out,
			 _("%s: %s has the fix of %s, but perhaps not its "
			   "guard\n"),
			 text_cleaned(many->arena,
				      object_string_or_empty(json, "repo")),
			 text_cleaned(many->arena,
				      object_string_or_empty(json, "line")),
			 named_problem(many->arena, json));
	}
}

/* A problem of another repository, and where its cause is here. */
static void put_twins(struct many *many, const json_t *list)
{
	struct arena *a = many->arena;
	struct buf *out = many->out;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		const char *pick = object_string_or_empty(json, "pick");

		buf_addch(out, '\n');
		/* TRANSLATORS: a repository, a branch, and a problem such as
		 * "lib:2026-11-24-v1-4-0#P1". */
		buf_addf(out, _("%s: %s has a problem of %s\n"),
			 text_cleaned(a, object_string_or_empty(json, "repo")),
			 text_cleaned(a, object_string_or_empty(json, "line")),
			 problem_of(a, json, "of"));
		buf_addf(out, "      %s\n",
			 text_cleaned(a,
				      object_string_or_empty(json, "pitfall")));
		buf_addf(out, _("      its cause is here as %.10s\n"),
			 object_string_or_empty(json, "cause"));
		if (*pick)
			buf_addf(out,
				 "      git fetch %s && git cherry-pick -x "
				 "%.10s\n",
				 text_cleaned(
					 a,
					 quote_word(a, object_string_or_empty(
							       json, "where"))),
				 pick);
	}
}

static void put_tsv_row(struct buf *out, const json_t *json,
			const char *const *keys)
{
	for (size_t i = 0; keys[i]; i++) {
		const json_t *value = json_object_get(json, keys[i]);

		if (i)
			buf_addch(out, '\t');
		if (json_is_integer(value))
			buf_addf(out, "%lld",
				 (long long)json_integer_value(value));
		else
			tsv_put(out, object_string_or_empty(json, keys[i]));
	}
	buf_addch(out, '\n');
}

static void put_tsv_rows(struct buf *out, const json_t *list,
			 const char *const *keys)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		put_tsv_row(out, json_array_get(list, i), keys);
}

/* The twins, if they were looked for, below the others, with what they are a
 * problem of and where that came from. */
static void put_tsv(const struct many *many, const json_t *json)
{
	/* those of one repository, behind its name */
	static const char *const all[] = { "repo",    "line",    "type",
					   "retro",   "path",    "severity",
					   "state",   "why",     "pick",
					   "pitfall", "problem", "of",
					   "cause",   NULL };
	const char *keys[ARRAY_SIZE(all)];
	size_t nr = ARRAY_SIZE(all) - (many->twins ? 1 : 3);

	for (size_t i = 0; i < nr; i++) {
		keys[i] = all[i];
		buf_addf(many->out, "%s%s", i ? "\t" : "", keys[i]);
	}
	keys[nr] = NULL;
	buf_addch(many->out, '\n');
	put_tsv_rows(many->out, json_object_get(json, "findings"), keys);
	put_tsv_rows(many->out, json_object_get(json, "twins"), keys);
}

void many_show_audit(struct many *many, json_t *json)
{
	const json_t *list = json_object_get(json, "findings");

	if (is_tsv(many))
		put_tsv(many, json);
	if (!is_human(many))
		return;
	put_findings(many, list);
	if (!json_array_size(list) && !many->unread && !many->unasked_twins &&
	    !json_array_size(json_object_get(json, "twins")))
		put_no_finding(many, json);
	put_guards(many, json_object_get(json, "unguarded"));
	put_twins(many, json_object_get(json, "twins"));
}

/* --- status --- */

/* A group of what is not as it should be: where it stands in the answer, and
 * which of its keys are shown. */
struct shown {
	const char *title;
	const char *list, *name, *due, *text;
};

static void put_shown(struct many *many, const struct shown *shown,
		      const json_t *list)
{
	struct arena *a = many->arena;
	struct rows rows = { 0 };

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		const char *due = object_string_or_empty(json, shown->due);
		const char *name = arena_printf(
			a, "  %s:%s", object_string_or_empty(json, "repo"),
			object_string_or_empty(json, shown->name));

		vec_push(a, &rows,
			 (struct row){
				 .text = { text_cleaned(a, name),
					   *due ? arena_printf(a, _("due %s"),
							       due)
						: "",
					   text_cleaned(a,
							object_string_or_empty(
								json,
								shown->text)) },
				 .role = { STYLE_ID, STYLE_WARNING },
			 });
	}
	if (!rows.nr)
		return;
	if (many->out->n)
		buf_addch(many->out, '\n');
	style_put(many->out, &many->style, STYLE_STRONG, _(shown->title));
	buf_addch(many->out, '\n');
	columns_put(many->out, &many->style, &rows, 3);
}

static void put_setting_problems(struct many *many, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		buf_addf(many->said, "git retro: %s\n",
			 text_cleaned(
				 many->arena,
				 json_string_value(json_array_get(list, i))));
}

void many_show_status(struct many *many, json_t *json)
{
	static const struct shown groups[] = {
		{ N_("Releases without a retro"), "owed", "tag", "due", "" },
		{ N_("Overdue drafts"), "drafts", "id", "due", "" },
		{ N_("Overdue actions"), "overdue", "id", "due", "text" },
		{ N_("Links to missing or rewritten commits"), "dead_ties",
		  "id", "", "commit" },
	};
	const json_t *actions = json_object_get(json, "actions");
	size_t open =
		(size_t)json_integer_value(json_object_get(actions, "open"));

	if (!is_human(many))
		return;
	put_setting_problems(many, json_object_get(json, "problems"));
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		put_shown(many, &groups[i],
			  json_object_get(strcmp(groups[i].list, "overdue")
						  ? json
						  : actions,
					  groups[i].list));
	if (!many->out->n && !many->unread)
		buf_addf(many->out, "%s\n",
			 _("All releases have a retro; nothing is overdue."));
	if (open)
		buf_addf(many->out,
			 Q_("%zu action is open.", "%zu actions are open.",
			    open),
			 open);
	if (open)
		buf_addch(many->out, '\n');
}
