/* SPDX-License-Identifier: GPL-2.0-only */
#include "corpus/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/version.h"
#include "base/when.h"
#include "corpus/actions.h"
#include "corpus/exposure.h"
#include "git/diff.h"
#include "git/lookup.h"
#include "lineage/release_lines.h"
#include "model/body.h"

/* The first value that cannot be read; NULL if there is none. */
static const char *bad_value(const struct strs *values, int parse(const char *))
{
	for (size_t i = 0; i < values->nr; i++)
		if (!parse(values->at[i]))
			return values->at[i];
	return NULL;
}

static int parse_status(const char *text)
{
	return (int)status_parse(text);
}

static int parse_kind(const char *text)
{
	return (int)kind_parse(text);
}

static bool parse_when(struct days *days, const char *text)
{
	return when_parse(days, text, day_of(moment_now()));
}

static struct err *check_day(const char *text)
{
	struct days days;

	if (!text || parse_when(&days, text))
		return NULL;
	return err_hint(err_new(ERR_USAGE, _("'%s' is not a valid day"), text),
			_("write it as 2026-11-24, 2026-11, 2026-Q4 or "
			  "\"2 weeks ago\""));
}

enum key { KEY_DATE, KEY_ID, KEY_RELEASE, KEY_SEVERITY, KEY_STATUS, KEY_TITLE };

const char *const query_keys[] = {
	[KEY_DATE] = "date",       [KEY_ID] = "id",
	[KEY_RELEASE] = "release", [KEY_SEVERITY] = "severity",
	[KEY_STATUS] = "status",   [KEY_TITLE] = "title",
	[KEY_TITLE + 1] = NULL,
};

/* False if there is no such key. */
static bool find_key(enum key *key, const char *text)
{
	text += *text == '-';
	for (size_t i = 0; query_keys[i]; i++)
		if (!strcmp(query_keys[i], text)) {
			*key = (enum key)i;
			return true;
		}
	return false;
}

static struct err *check_sort(const char *text)
{
	enum key key;

	if (!text || find_key(&key, text))
		return NULL;
	return err_hint(err_new(ERR_USAGE, _("unknown sort key '%s'"), text),
			_("use date, id, release, severity, status or title; a "
			  "leading - reverses the order"));
}

struct err *query_check(const struct query *query)
{
	const char *bad = bad_value(&query->statuses, parse_status);
	struct err *e;

	if (bad)
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a valid status"),
				bad),
			_("use draft, review, final, superseded or waived"));
	bad = bad_value(&query->kinds, parse_kind);
	if (bad)
		return err_hint(
			err_new(ERR_USAGE, _("'%s' is not a valid kind"), bad),
			_("use release, incident, experiment, deployment or "
			  "project"));
	bad = bad_value(&query->severities, severity_parse);
	if (bad)
		return err_hint(err_new(ERR_USAGE,
					_("'%s' is not a valid severity"), bad),
				_("use 1 (worst) to 5"));
	e = check_day(query->since);
	if (!e)
		e = check_day(query->until);
	if (!e)
		e = check_sort(query->sort);
	return e;
}

static bool any_value(const struct strs *asked, int value,
		      int parse(const char *))
{
	for (size_t i = 0; i < asked->nr; i++)
		if (parse(asked->at[i]) == value)
			return true;
	return !asked->nr;
}

typedef bool like_fn(struct arena *a, const char *asked, const char *has);

static bool is_part(struct arena *a, const char *asked, const char *has)
{
	return strstr(text_fold(a, has, strlen(has)),
		      text_fold(a, asked, strlen(asked)));
}

static bool is_same_value(struct arena *a, const char *asked, const char *has)
{
	return !strcmp(text_fold(a, has, strlen(has)),
		       text_fold(a, asked, strlen(asked)));
}

static bool is_like(struct arena *a, const char *asked, const char *has)
{
	(void)a;
	return glob_name(asked, has);
}

/* Either may be the glob. */
static bool is_like_either(struct arena *a, const char *asked, const char *has)
{
	return is_like(a, asked, has) || is_like(a, has, asked);
}

static bool any_like(struct arena *a, const struct strs *asked,
		     const struct strs *has, like_fn *like)
{
	for (size_t i = 0; i < asked->nr; i++)
		for (size_t j = 0; j < has->nr; j++)
			if (like(a, asked->at[i], has->at[j]))
				return true;
	return !asked->nr;
}

static bool in_time(const struct query *query, int32_t date)
{
	struct days days;

	if (query->since && parse_when(&days, query->since) &&
	    date < days.first)
		return false; /* DAY_NONE is less than any day */
	if (query->until && parse_when(&days, query->until) &&
	    (date == DAY_NONE || date > days.last))
		return false;
	return true;
}

/* --- paths --- */

bool query_names(const struct strs *names, const char *path)
{
	for (size_t i = 0; i < names->nr; i++)
		if (glob_path(names->at[i], path) ||
		    glob_is_below(names->at[i], path))
			return true;
	return false;
}

static bool concerns(const struct retro *retro, const char *path)
{
	if (glob_any(&retro->paths, path))
		return true;
	for (size_t i = 0; i < retro->paths.nr; i++)
		if (glob_is_below(retro->paths.at[i], path))
			return true;
	for (size_t i = 0; i < retro->body->pitfalls.nr; i++)
		if (query_names(&retro->body->pitfalls.at[i].paths, path))
			return true;
	return false;
}

static bool concerns_any(const struct retro *retro, const struct strs *paths)
{
	for (size_t i = 0; i < paths->nr; i++)
		if (concerns(retro, paths->at[i]))
			return true;
	return false;
}

/* A commit that is here, and the number of the retro that names it. */
struct named {
	struct oid id;
	size_t retro;
};
struct named_list VEC_OF(struct named);

/* The cause and fix commits of the retros that do not concern the paths by
 * their own words. */
static struct err *find_linked_by_path(struct named_list *out,
				       const struct corpus *corpus,
				       const bool *concerned)
{
	struct arena *a = corpus->arena;
	struct strs names = { 0 };
	struct named_list named_list = { 0 };
	struct oid *ids;
	struct err *e;

	for (size_t i = 0; i < corpus->retros.nr; i++) {
		const struct links *links = &corpus->retros.at[i]->commits;

		if (concerned[i])
			continue;
		strs_append(a, &names, &links->cause);
		strs_append(a, &names, &links->fix);
		strs_append(a, &names, &links->backport);
		while (named_list.nr < names.nr)
			vec_push(a, &named_list, (struct named){ .retro = i });
	}
	if (!names.nr)
		return NULL;
	ids = arena_alloc(a, names.nr * sizeof(*ids));
	e = lookup_ids(ids, corpus->repo, &names);
	for (size_t i = 0; !e && i < names.nr; i++) {
		named_list.at[i].id = ids[i];
		if (!oid_is_zero(&ids[i]))
			vec_push(a, out, named_list.at[i]);
	}
	return e;
}

/* The paths that cause and fix commits touched count too, as far as git can
 * say: in a clone without the trees of old commits it cannot. */
static struct err *find_touching(bool *concerned, const struct corpus *corpus,
				 const struct strs *paths)
{
	struct named_list named_list = { 0 };
	struct oids commits = { 0 };
	struct oidset touching = OIDSET_INIT;
	struct err *e = find_linked_by_path(&named_list, corpus, concerned);

	for (size_t i = 0; i < named_list.nr; i++)
		vec_push(corpus->arena, &commits, named_list.at[i].id);
	for (size_t i = 0; commits.nr && i < paths->nr; i++)
		err_pass(diff_touching(&touching, corpus->repo, &commits,
				       paths->at[i]));
	for (size_t i = 0; i < named_list.nr; i++)
		if (oidset_has(&touching, &named_list.at[i].id))
			concerned[named_list.at[i].retro] = true;
	oidset_release(&touching);
	return e;
}

static struct err *keep_concerned(struct corpus *corpus,
				  const struct strs *paths)
{
	struct retros *retros = &corpus->retros;
	bool *concerned =
		arena_alloc(corpus->arena, retros->nr * sizeof(*concerned));
	size_t kept = 0;
	struct err *e;

	for (size_t i = 0; i < retros->nr; i++)
		concerned[i] = concerns_any(retros->at[i], paths);
	e = find_touching(concerned, corpus, paths);
	for (size_t i = 0; i < retros->nr; i++)
		if (concerned[i])
			retros->at[kept++] = retros->at[i];
	retros->nr = kept;
	return e;
}

/* --- all filters --- */

static bool has_metric(const struct query *query, struct arena *a,
		       const struct retro *retro)
{
	struct strs names = { 0 };

	for (size_t i = 0; i < retro->metrics.nr; i++)
		if (retro->metrics.at[i].name)
			vec_push(a, &names, retro->metrics.at[i].name);
	return any_like(a, &query->metrics, &names, is_part);
}

static bool has_drift(const struct query *query, struct arena *a,
		      const struct retro *retro)
{
	struct strs names = { 0 };

	for (size_t i = 0; retro->drift && i < retro->drift->nr; i++) {
		const struct node *feature =
			node_get(retro->drift->items[i], "feature");

		if (feature && feature->kind == NODE_SCALAR)
			vec_push(a, &names, feature->text);
	}
	return any_like(a, &query->drifts, &names, is_part);
}

static void add_values(struct strs *out, struct arena *a,
		       const struct node *node)
{
	if (node->kind == NODE_SCALAR)
		vec_push(a, out, node->text);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->nr; i++)
		if (node->items[i]->kind == NODE_SCALAR)
			vec_push(a, out, node->items[i]->text);
}

/* The keys of a map, and, unless `keys_only`, their values. */
static struct strs map_words(struct arena *a, const struct node *map,
			     bool keys_only)
{
	struct strs words = { 0 };

	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->nr; i++) {
		add_values(&words, a, map->pairs[i].key);
		if (!keys_only)
			add_values(&words, a, map->pairs[i].value);
	}
	return words;
}

static bool has_quality(const struct query *query, struct arena *a,
			const struct retro *retro)
{
	struct strs words = map_words(a, retro->labels_quality, true);

	return any_like(a, &query->qualities, &words, is_part);
}

static bool has_role(const struct query *query, struct arena *a,
		     const struct retro *retro)
{
	struct strs words = map_words(a, retro->roles, false);

	return any_like(a, &query->roles, &words, is_part);
}

static bool matches_query(const struct query *query, struct arena *a,
			  const struct retro *retro)
{
	const char *owner = retro->owner;
	struct strs owners = { &owner, owner ? 1 : 0, 1 };

	return any_value(&query->statuses, (int)retro->status, parse_status) &&
	       any_value(&query->kinds, (int)retro->kind, parse_kind) &&
	       any_value(&query->severities, retro->severity, severity_parse) &&
	       any_like(a, &query->labels, &retro->labels, is_same_value) &&
	       any_like(a, &query->authors, &retro->authors, is_part) &&
	       any_like(a, &query->owners, &owners, is_part) &&
	       has_metric(query, a, retro) && has_drift(query, a, retro) &&
	       has_quality(query, a, retro) && has_role(query, a, retro) &&
	       in_time(query, retro->date);
}

/* --- releases and branches ---------------------------------------------- */

static bool has_release(const struct query *query, struct arena *a,
			const struct retro *retro)
{
	return any_like(a, &query->releases, &retro->releases, is_like);
}

static bool is_on_branch(const struct query *query, struct arena *a,
			 const struct retro *retro)
{
	return any_like(a, &query->branches, &retro->branches, is_like_either);
}

static bool is_asked(const struct query *query, const struct release_line *line,
		     bool tags)
{
	if ((line->type == REF_TAG) != tags)
		return false;
	for (size_t i = 0; tags && i < query->releases.nr; i++)
		if (glob_name(query->releases.at[i], line->name))
			return true;
	return !tags; /* branches are those that were asked for */
}

/* Whether one of the lines of this kind still carries the cause, or is the
 * first with the fix. */
static bool carries(const struct exposures *exposures,
		    const struct query *query, const struct retro *retro,
		    bool tags)
{
	for (size_t i = 0; i < exposures->nr; i++) {
		const struct trace *trace = exposures->at[i].trace;

		if (exposures->at[i].retro != retro)
			continue;
		for (size_t j = 0; j < exposures->lines->nr; j++)
			if (is_asked(query, &exposures->lines->at[j], tags) &&
			    (trace->cells[j].state == TRACE_EXPOSED ||
			     trace->first == &exposures->lines->at[j]))
				return true;
	}
	return false;
}

/* What history says of the retros; nothing if it is not asked. */
static struct err *ask_history(struct exposures *out,
			       struct release_lines *lines,
			       struct corpus *corpus, const struct query *query)
{
	struct err *e;

	*out = (struct exposures){ .lines = lines };
	if (!query->config || (!query->releases.nr && !query->branches.nr))
		return NULL;
	/* Which release is the first with a fix, all of them tell. */
	e = release_lines_find(lines, corpus->arena, corpus->repo,
			       query->config, corpus->policy,
			       query->releases.nr ? NULL : &query->releases,
			       &query->branches);
	return e ? e : exposure_load(out, corpus, &corpus->retros, lines);
}

static struct err *keep_on_lines(struct corpus *corpus,
				 const struct query *query)
{
	struct arena *a = corpus->arena;
	struct retros *retros = &corpus->retros;
	struct exposures exposures;
	struct release_lines lines = { 0 };
	struct err *e = ask_history(&exposures, &lines, corpus, query);
	size_t kept = 0;

	for (size_t i = 0; !e && i < retros->nr; i++) {
		struct retro *retro = retros->at[i];

		if ((has_release(query, a, retro) ||
		     carries(&exposures, query, retro, true)) &&
		    (is_on_branch(query, a, retro) ||
		     carries(&exposures, query, retro, false)))
			retros->at[kept++] = retro;
	}
	if (!e)
		retros->nr = kept;
	return e;
}

/* The actions are in the retros' order. */
static struct err *keep_open(struct corpus *corpus)
{
	struct retros *retros = &corpus->retros;
	struct listed_actions actions = { 0 };
	struct err *e = actions_open(&actions, corpus);
	size_t kept = 0;

	for (size_t i = 0, j = 0; !e && i < actions.nr; i++) {
		if (kept && retros->at[kept - 1] == actions.at[i].retro)
			continue;
		while (retros->at[j] != actions.at[i].retro)
			j++;
		retros->at[kept++] = retros->at[j];
	}
	retros->nr = kept;
	return e;
}

/* --- names that exist ----------------------------------------------------- */

static bool has_glob(const char *name)
{
	return name[strcspn(name, "*?[\\")];
}

/* The first name that is no pattern, and that neither the repository nor a
 * retro of it has; NULL if there is none. */
static const char *unknown_name(const struct strs *asked,
				const struct strs *known)
{
	for (size_t i = 0; i < asked->nr; i++) {
		const struct strs one = { &asked->at[i], 1, 1 };

		if (!has_glob(asked->at[i]) &&
		    !any_like(NULL, &one, known, is_like_either))
			return asked->at[i];
	}
	return NULL;
}

static struct err *check_releases(const struct corpus *corpus,
				  const struct query *query)
{
	struct strs known = { 0 };
	struct refs tags = { 0 };
	struct err *e = ref_list(&tags, corpus->arena, corpus->repo, REFS_TAGS);
	const char *name;

	for (size_t i = 0; i < tags.nr; i++)
		vec_push(corpus->arena, &known, tags.at[i].name);
	for (size_t i = 0; i < corpus->retros.nr; i++)
		strs_append(corpus->arena, &known,
			    &corpus->retros.at[i]->releases);
	name = e ? NULL : unknown_name(&query->releases, &known);
	if (!name)
		return e;
	return err_hint(err_new(ERR_NOT_FOUND,
				_("no such tag, and no retro names it: '%s'"),
				name),
			_("'git tag --list' lists the tags"));
}

static struct err *check_query_branches(const struct corpus *corpus,
					const struct query *query,
					const struct config *config)
{
	struct strs known = { 0 };
	struct err *e = release_lines_branches(&known, corpus->arena,
					       corpus->repo, config);
	const char *name;

	for (size_t i = 0; i < corpus->retros.nr; i++)
		strs_append(corpus->arena, &known,
			    &corpus->retros.at[i]->branches);
	name = e ? NULL : unknown_name(&query->branches, &known);
	if (!name)
		return e;
	return err_hint(
		err_new(ERR_NOT_FOUND,
			_("no such branch, and no retro names it: '%s'"), name),
		_("'git branch --all' lists the branches"));
}

struct err *query_check_names(const struct corpus *corpus,
			      const struct query *query,
			      const struct config *config)
{
	struct err *e = NULL;

	if (query->releases.nr)
		e = check_releases(corpus, query);
	if (!e && query->branches.nr)
		e = check_query_branches(corpus, query, config);
	return e;
}

struct err *query_filter(struct corpus *corpus, const struct query *query)
{
	struct retros *retros = &corpus->retros;
	struct strs paths = { 0 };
	struct err *e = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < retros->nr; i++)
		if (matches_query(query, corpus->arena, retros->at[i]))
			retros->at[kept++] = retros->at[i];
	retros->nr = kept;
	e = keep_on_lines(corpus, query);
	if (e)
		return e;
	for (size_t i = 0; i < query->paths.nr; i++)
		vec_push(corpus->arena, &paths,
			 corpus_rooted(corpus, query->paths.at[i]));
	if (paths.nr)
		e = keep_concerned(corpus, &paths);
	return e || !query->open_actions ? e : keep_open(corpus);
}

/* --- sorting --- */

struct item {
	struct retro *retro;
	const char *text; /* what it is sorted by; NULL: by `number` */
	int number;       /* the same, if it is a number */
	bool known;
	size_t at; /* where it was */
};

struct order {
	enum key key;
	bool reversed;
};

static struct item item_of(struct arena *a, enum key key, struct retro *retro,
			   size_t at)
{
	struct item item = { .retro = retro, .known = true, .at = at };

	switch (key) {
	case KEY_DATE:
		item.number = retro->date;
		item.known = retro->date != DAY_NONE;
		break;
	case KEY_ID:
		item.text = retro->id;
		break;
	case KEY_RELEASE:
		item.known = retro->releases.nr > 0;
		item.text = item.known ? retro->releases.at[0] : "";
		break;
	case KEY_SEVERITY:
		item.number = retro->severity;
		item.known = retro->severity > 0;
		break;
	case KEY_STATUS:
		item.number = (int)retro->status;
		item.known = retro->status != STATUS_NONE;
		break;
	case KEY_TITLE:
		item.text = text_fold(a, retro->title, strlen(retro->title));
		break;
	}
	return item;
}

/* By package, then by version: v1.0-rc1, v1.0, v1.0.post1, v1.1. */
static int compare_releases(const char *a, const char *b)
{
	struct version one, two;
	int order;

	version_parse(&one, a);
	version_parse(&two, b);
	order = version_compare_packages(&one, &two);
	if (!order)
		order = version_compare(&one, &two);
	return order ? order : strcmp(a, b);
}

static int compare_by_keys(const void *a, const void *b, void *data)
{
	const struct item *one = a, *other = b;
	const struct order *order = data;
	int sign = 0;

	if (one->known != other->known)
		return one->known ? -1 : 1;
	if (order->key == KEY_RELEASE)
		sign = compare_releases(one->text, other->text);
	else if (one->text)
		sign = strcmp(one->text, other->text);
	else if (one->number != other->number)
		sign = one->number < other->number ? -1 : 1;
	if (sign)
		return (sign < 0) != order->reversed ? -1 : 1;
	return one->at < other->at ? -1 : 1;
}

void query_sort(struct corpus *corpus, const struct query *query)
{
	struct retros *retros = &corpus->retros;
	struct order order = { KEY_DATE, true };
	struct item *items =
		arena_alloc(corpus->arena, (retros->nr + 1) * sizeof(*items));

	if (!query->sort || !find_key(&order.key, query->sort))
		return; /* a corpus is sorted so */
	order.reversed = *query->sort == '-';
	for (size_t i = 0; i < retros->nr; i++)
		items[i] = item_of(corpus->arena, order.key, retros->at[i], i);
	qsort_r(items, retros->nr, sizeof(*items), compare_by_keys, &order);
	for (size_t i = 0; i < retros->nr; i++)
		retros->at[i] = items[i].retro;
}
