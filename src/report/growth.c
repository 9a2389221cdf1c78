/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/growth.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/glob.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "corpus/actions.h"
#include "git/ref.h"
#include "git/walk.h"
#include "lineage/people.h"
#include "lineage/release.h"
#include "model/body.h"
#include "model/metric.h"
#include "report/pitfalls.h"
#include "report/shipped.h"

/* A pitfall is said to be gone once so many days passed. */
#define GONE_DAYS 90
/* Bytes of a section's first item that are told. */
#define EXCERPT_MAX 240

static const struct {
	const char *key, *title;
} sections[GROWTH_SECTIONS] = {
	[GROWTH_SHIPPED] = { "shipped", N_("Shipped") },
	[GROWTH_IMPACT] = { "impact", N_("What it changed") },
	[GROWTH_HARD] = { "hard",
			  N_("Hard problems, and how they were solved") },
	[GROWTH_LEARNED] = { "learned", N_("Pitfalls learned") },
	[GROWTH_GONE] = { "gone", N_("Pitfalls that have not come back") },
	[GROWTH_RETURNED] = { "returned", N_("Pitfalls that came back") },
	[GROWTH_KEPT] = { "kept", N_("Actions done") },
	[GROWTH_OPEN] = { "open", N_("Actions still open") },
	[GROWTH_HELPED] = { "helped", N_("Helped others") },
};

struct look {
	struct growth *out;
	struct corpus *corpus;
	const struct query *query;
	struct strs keys;   /* folded, that a person is known by; none: all */
	bool whole;         /* a key is a whole name or mail, not a part */
	const char *local;  /* of the caller's mail, before the @; NULL */
	struct strs people; /* as retros name them, sorted, and ... */
	struct strs joined; /* ... as .mailmap has each */
	struct days since, until;
	int32_t today;
	int zone;
};

static void add_growth_line(const struct look *look, enum growth_key key,
			    struct growth_line line)
{
	vec_push(look->corpus->arena, &look->out->at[key].lines, line);
}

/* --- people -------------------------------------------------------------- */

static const char *folded(struct arena *a, const char *text)
{
	return text_fold(a, text, strlen(text));
}

/* A name, a mail or both: "Ann Author <ann@example.com>". */
static bool is_person(const struct look *look, const char *text)
{
	struct person person;
	const char *plain;

	if (!look->keys.nr)
		return true;
	if (!text)
		return false;
	plain = folded(look->corpus->arena, text);
	person = person_read(look->corpus->arena, plain);
	for (size_t i = 0; i < look->keys.nr; i++) {
		const char *key = look->keys.at[i];

		if (look->whole ? !strcmp(person.name, key) ||
					  !strcmp(person.mail, key)
				: strstr(plain, key) != NULL)
			return true;
	}
	return look->local && !strcmp(plain, look->local);
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *joined(const struct look *look, const char *person)
{
	const char **found = NULL;

	if (look->people.nr)
		found = bsearch(&person, look->people.at, look->people.nr,
				sizeof(person), compare_text);
	return found ? look->joined.at[found - look->people.at] : person;
}

static bool is_by(const struct look *look, const struct retro *retro)
{
	if (!look->keys.nr || is_person(look, retro->owner))
		return true;
	for (size_t i = 0; i < retro->authors.nr; i++)
		if (is_person(look, joined(look, retro->authors.at[i])))
			return true;
	return false;
}

/* All names that retros have, in one question to .mailmap. */
static struct err *join_people(struct look *look)
{
	struct arena *a = look->corpus->arena;

	for (size_t i = 0; i < look->corpus->retros.nr; i++)
		strs_append(a, &look->people,
			    &look->corpus->retros.at[i]->authors);
	strs_sort_unique(&look->people);
	if (!look->people.nr)
		return NULL;
	return walk_mailmap(&look->joined, a, look->corpus->repo,
			    &look->people);
}

/* The name and the mail of "Ann Author <ann@example.com>". */
static void know_both(struct look *look, const char *text)
{
	struct arena *a = look->corpus->arena;
	struct person person = person_read(a, folded(a, text));

	if (*person.name)
		vec_push(a, &look->keys, person.name);
	if (*person.mail)
		vec_push(a, &look->keys, person.mail);
}

static struct err *know_caller(struct look *look, const struct config *config)
{
	struct arena *a = look->corpus->arena;
	const char *name = config_get(config, "user.name");
	const char *mail = config_get(config, "user.email");
	const char *at = mail ? strchr(mail, '@') : NULL;
	struct strs asked = { 0 }, told = { 0 };
	struct err *e;

	look->whole = true;
	if (!name || !mail)
		return err_hint(
			err_new(ERR_FAILED, _("git does not know who you are")),
			_("set user.name and user.email"));
	look->out->person = arena_printf(a, "%s <%s>", name, mail);
	vec_push(a, &asked, look->out->person);
	e = walk_mailmap(&told, a, look->corpus->repo, &asked);
	if (!e && told.nr)
		look->out->person = told.at[0];
	know_both(look, asked.at[0]);
	if (!e && told.nr)
		know_both(look, told.at[0]);
	if (at)
		look->local =
			folded(a, arena_strndup(a, mail, (size_t)(at - mail)));
	return e;
}

/* --- what was shipped ---------------------------------------------------- */

static const char *retro_of_release(const struct look *look, const char *tag)
{
	const struct retros *retros = &look->corpus->retros;

	for (size_t i = 0; i < retros->nr; i++)
		if (retro_covers(retros->at[i]) &&
		    retros->at[i]->status != STATUS_WAIVED &&
		    strs_has(&retros->at[i]->releases, tag))
			return retros->at[i]->id;
	return NULL;
}

static void tell_release(const struct look *look, const char *tag,
			 const struct shipped *shipped)
{
	struct arena *a = look->corpus->arena;
	struct growth_line line = { .release = tag };

	if (look->keys.nr && !shipped->own)
		return;
	line.retro = retro_of_release(look, tag);
	if (look->keys.nr)
		line.text = arena_printf(a, _("%s: %zu of its %zu commits"),
					 tag, shipped->own, shipped->commits);
	else
		line.text = arena_printf(a,
					 Q_("%s: %zu commit", "%s: %zu commits",
					    shipped->commits),
					 tag, shipped->commits);
	add_growth_line(look, GROWTH_SHIPPED, line);
}

static bool is_day_wanted(const struct look *look, int32_t day)
{
	if (day == DAY_NONE)
		return !look->query->since && !look->query->until;
	return (!look->query->since || day >= look->since.first) &&
	       (!look->query->until || day <= look->until.last);
}

static bool is_release_wanted(const struct look *look,
			      const struct release *release)
{
	const struct strs *globs = &look->query->releases;

	if (!is_day_wanted(
		    look, day_of((struct moment){ release->time, look->zone })))
		return false;
	for (size_t i = 0; i < globs->nr; i++)
		if (glob_name(globs->at[i], release->tag.name))
			return true;
	return !globs->nr;
}

static bool is_own_person(const void *look, const char *person)
{
	return is_person(look, person);
}

static struct err *tell_releases(const struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct arena *a = corpus->arena;
	struct releases all = { 0 };
	struct shipped_list shipped = { 0 };
	struct strs tags = { 0 };
	struct release_order *order;
	struct err *e = release_list(&all, a, corpus->repo, corpus->policy);

	if (!e)
		e = release_order_load(&order, a, corpus->repo, corpus->policy,
				       true);
	for (size_t i = all.nr; !e && i-- > 0;) {
		const struct release *release = &all.at[i];
		struct shipped one = { .to = release->tag.commit };
		struct release before;
		bool found;

		if (!is_release_wanted(look, release))
			continue;
		e = release_before(&before, &found, a, order, &release->tag,
				   release->time);
		if (!e && found)
			one.from = before.tag.commit;
		vec_push(a, &shipped, one);
		vec_push(a, &tags, release->tag.name);
	}
	if (!e)
		e = shipped_count(&shipped, a, corpus->repo,
				  look->keys.nr ? is_own_person : NULL, look);
	for (size_t i = 0; !e && i < shipped.nr; i++)
		tell_release(look, tags.at[i], &shipped.at[i]);
	return e;
}

/* --- what it changed ----------------------------------------------------- */

/* Of a percentage "+10 %" would be read as points. */
static const char *change_of(struct arena *a, const struct metric *metric)
{
	const char *change = metric_percent(a, metric);

	if (!*change || strchr(metric->before, '%') ||
	    (metric->unit && strchr(metric->unit, '%')))
		return "";
	return arena_printf(a, " (%s)", change);
}

static void tell_metric(const struct look *look, const struct retro *retro,
			const struct metric *metric)
{
	struct arena *a = look->corpus->arena;
	const char *unit = metric->unit ? metric->unit : "";
	const char *gap = *unit ? " " : "";

	if (!metric->name || !metric->before || !metric->after)
		return;
	add_growth_line(look, GROWTH_IMPACT,
			(struct growth_line){
				.text = arena_printf(
					a, "%s: %s → %s%s%s%s", metric->name,
					metric->before, metric->after, gap,
					unit, change_of(a, metric)),
				.retro = retro->id });
}

/* --- what was hard ------------------------------------------------------- */

/* The text of a section's first paragraph or item; NULL if it has none. */
static const char *first_words(const struct look *look,
			       const struct retro *retro, enum section_key key)
{
	const struct sections *all = &retro->body->sections;
	struct buf text = BUF_INIT;
	const char *kept = NULL;

	for (size_t i = 0; !text.n && i < all->nr; i++) {
		const struct section *section = &all->at[i];

		if (!section_is(section, key))
			continue;
		for (const struct md *md = section->first;
		     !text.n && md && md != section->end; md = md->next) {
			const struct md *at = md;

			while (at &&
			       (at->type == MD_LIST || at->type == MD_ITEM ||
				at->type == MD_QUOTE))
				at = at->first;
			if (at && at->type == MD_PARAGRAPH)
				md_plain(&text, at);
		}
	}
	if (text.n > EXCERPT_MAX) {
		buf_truncate(&text,
			     text_fit(text.p, text.n, EXCERPT_MAX - 1, NULL));
		buf_addstr(&text, "…");
	}
	if (text.n)
		kept = arena_strdup(look->corpus->arena, text.p);
	buf_release(&text);
	return kept;
}

/* As a sentence that another one can follow. */
static const char *sentence(struct arena *a, const char *text)
{
	size_t n = strlen(text), at = n;
	int c;

	while (at && ((unsigned char)text[at - 1] & 0xc0) == 0x80)
		at--;
	at -= at ? 1 : 0;
	c = n ? text_decode(text + at, n - at, &(size_t){ 0 }) : '.';
	if (c < 0x80)
		return strchr(".!?:;", c) ? text : arena_printf(a, "%s.", text);
	/* Punctuation of full width, and an ellipsis, end it already. */
	if (c == 0x2026 || (c >= 0x3000 && c < 0x3040) ||
	    (c >= 0xff00 && c < 0xff10) || c == 0xff1a || c == 0xff1b ||
	    c == 0xff1f)
		return text;
	return arena_printf(a, c >= 0x2e80 ? "%s。" : "%s.", text);
}

static void tell_hard(const struct look *look, const struct retro *retro)
{
	struct arena *a = look->corpus->arena;
	const char *hard = first_words(look, retro, SECTION_DIFFICULTIES);
	const char *solved = first_words(look, retro, SECTION_SOLUTIONS);
	struct growth_line line = { .retro = retro->id };

	if (!hard && !(solved && retro->kind == KIND_INCIDENT))
		return;
	if (hard && solved)
		line.text =
			arena_printf(a, _("%s: %s Solved: %s"), retro->title,
				     sentence(a, hard), solved);
	else if (hard)
		line.text = arena_printf(a, _("%s: %s"), retro->title, hard);
	else
		line.text = arena_printf(a, _("%s. Solved: %s"), retro->title,
					 solved);
	add_growth_line(look, GROWTH_HARD, line);
}

/* --- pitfalls ------------------------------------------------------------ */

static const char *pitfall_name(struct arena *a, const struct retro *retro,
				const struct pitfall *pitfall)
{
	return pitfall->id ? arena_printf(a, "%s#%s", retro->id, pitfall->id)
			   : retro->id;
}

static bool is_fixed_problem(const struct retro *retro,
			     const struct pitfall *pitfall)
{
	const struct problem *problem =
		pitfall->id ? retro_problem(retro, pitfall->id) : NULL;

	/* One that names no pitfall is of the only one there is. */
	if (!problem && retro->problems.nr == 1 &&
	    body_problem_pitfall(retro->body, &retro->problems.at[0]) ==
		    pitfall)
		problem = &retro->problems.at[0];
	return problem && (problem->commits.fix.nr || problem->guard.nr);
}

static void tell_pitfall(const struct look *look,
			 const struct listed_pitfall *listed)
{
	struct arena *a = look->corpus->arena;
	const struct retro *retro = listed->retro;
	struct growth_line line = { .text = listed->pitfall->text,
				    .retro = pitfall_name(a, retro,
							  listed->pitfall) };
	const struct retros *back = &listed->came_back;

	if (is_day_wanted(look, retro->date))
		add_growth_line(look, GROWTH_LEARNED, line);
	for (size_t i = 0; i < back->nr; i++) {
		struct growth_line again = line;

		if (!is_day_wanted(look, back->at[i]->date))
			continue;
		again.text =
			arena_printf(a, _("%s Again in %s"),
				     sentence(a, line.text), back->at[i]->id);
		add_growth_line(look, GROWTH_RETURNED, again);
	}
	if (!back->nr && listed->days > GONE_DAYS &&
	    is_fixed_problem(retro, listed->pitfall)) {
		line.text = arena_printf(a,
					 Q_("%s Not seen for %d day",
					    "%s Not seen for %d days",
					    (size_t)listed->days),
					 sentence(a, line.text), listed->days);
		add_growth_line(look, GROWTH_GONE, line);
	}
}

/* --- actions ------------------------------------------------------------- */

/* When it was done, as far as that is known, else its retro's day. */
static int32_t action_day(const struct listed_action *listed)
{
	int32_t day;

	if (listed->closed)
		return day_of(listed->closed->committed);
	if (listed->state == ACTION_DONE && listed->action->done &&
	    day_parse(&day, listed->action->done))
		return day;
	return listed->retro->date;
}

static void tell_action(const struct look *look,
			const struct listed_action *listed,
			const char *committer)
{
	struct arena *a = look->corpus->arena;
	const struct action *action = listed->action;
	bool own = is_person(look, action->owner) && action->owner;
	bool closed = listed->closed && is_person(look, committer);
	struct growth_line line = { .text = action->text,
				    .retro = listed->name };
	char hex[OID_HEX + 1];

	if ((look->keys.nr && !own && !closed) ||
	    !is_day_wanted(look, action_day(listed)))
		return;
	if (listed->closed)
		line.commit =
			arena_strdup(a, oid_hex(hex, &listed->closed->commit));
	if (action->owner)
		line.text =
			arena_printf(a, "%s @%s", action->text, action->owner);
	if (listed->state == ACTION_OPEN) {
		if (!look->keys.nr || own)
			add_growth_line(look, GROWTH_OPEN, line);
		return;
	}
	if (listed->state != ACTION_DONE)
		return;
	if (look->keys.nr && closed && action->owner && !own)
		add_growth_line(look, GROWTH_HELPED, line);
	else
		add_growth_line(look, GROWTH_KEPT, line);
}

static struct err *tell_actions(const struct look *look, struct corpus *all)
{
	struct arena *a = look->corpus->arena;
	struct listed_actions actions = { 0 };
	struct strs ids = { 0 };
	struct commits commits = { 0 };
	char hex[OID_HEX + 1];
	size_t at = 0;
	struct err *e = actions_list(&actions, all);

	for (size_t i = 0; !e && i < actions.nr; i++)
		if (actions.at[i].closed)
			vec_push(a, &ids,
				 arena_strdup(
					 a, oid_hex(hex,
						    &actions.at[i]
							     .closed->commit)));
	if (!e && ids.nr)
		e = walk_many(&commits, a, look->corpus->repo, &ids);
	for (size_t i = 0; !e && i < actions.nr; i++) {
		const struct person *who = NULL;

		if (actions.at[i].closed)
			who = &commits.at[at++].author;
		tell_action(look, &actions.at[i],
			    who && who->name
				    ? arena_printf(a, "%s <%s>", who->name,
						   who->mail)
				    : "");
	}
	return e;
}

/* A fix that a person made of a problem that another one wrote down. */
static struct err *tell_fixes(const struct look *look,
			      const struct retros *retros)
{
	struct arena *a = look->corpus->arena;
	struct strs ids = { 0 };
	struct commits commits = { 0 };
	size_t at = 0;
	struct err *e;

	if (!look->keys.nr)
		return NULL;
	for (size_t i = 0; i < retros->nr; i++)
		for (size_t j = 0; j < retros->at[i]->problems.nr; j++)
			strs_append(a, &ids,
				    &retros->at[i]->problems.at[j].commits.fix);
	if (!ids.nr)
		return NULL;
	e = walk_many(&commits, a, look->corpus->repo, &ids);
	for (size_t i = 0; !e && i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];
		bool own = is_by(look, retro);

		for (size_t j = 0; j < retro->problems.nr; j++) {
			const struct problem *problem = &retro->problems.at[j];
			const struct pitfall *pitfall =
				body_problem_pitfall(retro->body, problem);

			for (size_t k = 0; k < problem->commits.fix.nr; k++) {
				const struct commit *fix = &commits.at[at++];

				if (own || oid_is_zero(&fix->id) ||
				    !is_person(look,
					       arena_printf(a, "%s <%s>",
							    fix->author.name,
							    fix->author.mail)))
					continue;
				add_growth_line(
					look, GROWTH_HELPED,
					(struct growth_line){
						.text = arena_printf(
							a, _("Fixed: %s"),
							pitfall ? pitfall->text
								: retro->title),
						.retro = retro_problem_name(
							a, retro, problem),
						.commit = problem->commits.fix
								  .at[k] });
			}
		}
	}
	return e;
}

/* --- all ----------------------------------------------------------------- */

static struct err *tell_retros(const struct look *look)
{
	struct corpus *corpus = look->corpus;
	struct err *e = corpus_read(corpus, &corpus->retros);

	for (size_t i = 0; !e && i < corpus->retros.nr; i++) {
		const struct retro *retro = corpus->retros.at[i];

		for (size_t j = 0; j < retro->metrics.nr; j++)
			tell_metric(look, retro, &retro->metrics.at[j]);
		tell_hard(look, retro);
	}
	return e;
}

/* Keeps the retros that count and are theirs; `others` gets those that
 * count. */
static void choose_retros(struct retros *others, const struct look *look)
{
	struct retros *retros = &look->corpus->retros;
	size_t kept = 0;

	for (size_t i = 0; i < retros->nr; i++) {
		struct retro *retro = retros->at[i];

		if (retro->status == STATUS_WAIVED ||
		    retro->status == STATUS_SUPERSEDED)
			continue;
		vec_push(look->corpus->arena, others, retro);
		if (is_by(look, retro))
			retros->at[kept++] = retro;
	}
	retros->nr = kept;
}

/* Those of any age count: a pitfall of last year that came back in this
 * quarter, an action that was done now. */
static struct err *tell_older(const struct look *look)
{
	struct corpus all = *look->corpus;
	struct query query = *look->query;
	struct listed_pitfalls pitfalls = { 0 };
	struct err *e;

	all.retros = (struct retros){ 0 };
	for (size_t i = 0; i < look->corpus->retros.nr; i++)
		vec_push(all.arena, &all.retros, look->corpus->retros.at[i]);
	query.since = query.until = NULL;
	e = pitfalls_list(&pitfalls, &all, &query);
	for (size_t i = 0; !e && i < pitfalls.nr; i++)
		if (is_by(look, pitfalls.at[i].retro) &&
		    pitfalls.at[i].retro->status != STATUS_SUPERSEDED)
			tell_pitfall(look, &pitfalls.at[i]);
	return e ? e : tell_actions(look, &all);
}

static struct err *know_person(struct look *look, const struct config *config,
			       const struct growth_who *who)
{
	struct arena *a = look->corpus->arena;

	if (who->me)
		return know_caller(look, config);
	if (who->text) {
		look->out->person = who->text;
		vec_push(a, &look->keys, folded(a, who->text));
	}
	return NULL;
}

struct err *growth_load(struct growth *out, struct corpus *corpus,
			const struct config *config, const struct query *query,
			const struct growth_who *who)
{
	struct moment now = moment_now();
	struct look look = { .out = out,
			     .corpus = corpus,
			     .query = query,
			     .today = day_of(now),
			     .zone = now.zone };
	struct retros all = { 0 };
	struct err *e;

	*out = (struct growth){ .since = query->since,
				.until = query->until,
				.releases = query->releases };
	for (size_t i = 0; i < GROWTH_SECTIONS; i++) {
		out->at[i].key = sections[i].key;
		out->at[i].title = sections[i].title;
	}
	if (query->since)
		when_parse(&look.since, query->since, look.today);
	if (query->until)
		when_parse(&look.until, query->until, look.today);
	e = know_person(&look, config, who);
	if (!e)
		e = join_people(&look);
	if (!e)
		e = tell_older(&look);
	if (!e)
		e = query_filter(corpus, query);
	if (!e)
		e = tell_releases(&look);
	if (e)
		return e;
	query_sort(corpus, query);
	choose_retros(&all, &look);
	e = tell_fixes(&look, &all);
	return e ? e : tell_retros(&look);
}

/* --- proof --------------------------------------------------------------- */

static bool is_commit_name(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");

	return !name[n] && n >= 7;
}

static const char *verify_retro(struct corpus *corpus, const char *name)
{
	struct arena *a = corpus->arena;
	const char *id = name, *number = NULL;
	const char *hash = strrchr(name, '#');
	struct retro *retro;

	if (hash) {
		id = arena_strndup(a, name, (size_t)(hash - name));
		number = hash + 1;
	}
	retro = corpus_by_id(corpus, id);
	if (!retro)
		return arena_printf(a, _("there is no retro '%s'"), id);
	if (!number)
		return NULL;
	for (size_t i = 0; i < retro->body->actions.nr; i++) {
		const char *has = retro->body->actions.at[i].id;

		if (has && !strcmp(has, number))
			return NULL;
	}
	if (body_pitfall(retro->body, number) || retro_problem(retro, number))
		return NULL;
	return arena_printf(a, _("%s has no pitfall or action %s"), id, number);
}

static const char *verify_name(struct corpus *corpus, const char *name,
			       const struct commit *commit)
{
	const char *wrong = verify_retro(corpus, name);
	struct ref tag;
	struct err *e;

	if (!wrong)
		return NULL;
	if (commit)
		return oid_is_zero(&commit->id)
			       ? arena_printf(corpus->arena,
					      _("there is no commit %s"), name)
			       : NULL;
	if (strchr(name, '#'))
		return wrong;
	e = ref_tag(&tag, corpus->arena, corpus->repo, name);
	if (!e)
		return NULL;
	err_pass(e);
	return arena_printf(corpus->arena,
			    _("there is no retro, tag or commit '%s'"), name);
}

struct err *growth_verify(struct strs *out, struct corpus *corpus,
			  const struct strs *names)
{
	struct strs ids = { 0 };
	struct commits commits = { 0 };
	size_t at = 0;
	struct err *e = NULL;

	for (size_t i = 0; i < names->nr; i++)
		if (is_commit_name(names->at[i]))
			vec_push(corpus->arena, &ids, names->at[i]);
	if (ids.nr)
		e = walk_many(&commits, corpus->arena, corpus->repo, &ids);
	for (size_t i = 0; !e && i < names->nr; i++) {
		const struct commit *commit = NULL;

		if (is_commit_name(names->at[i]))
			commit = &commits.at[at++];
		vec_push(corpus->arena, out,
			 verify_name(corpus, names->at[i], commit));
	}
	return e;
}
