/* SPDX-License-Identifier: GPL-2.0-only */
#include "many/many.h"

#include <string.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "base/text.h"
#include "many/merge.h"
#include "many/show.h"
#include "many/twins.h"
#include "model/markdown.h"
#include "site/site.h"
#include "view/html.h"

/* --- what can be asked of many --- */

enum way {
	MERGED,       /* their answers in JSON, put together */
	SIDE_BY_SIDE, /* each below the repository's name */
	PREFIXED,     /* each line behind it */
	WRITTEN,      /* files, in a folder for each */
};

struct kind_of_answer {
	const char *command;
	enum way way;
	const char *list; /* of NDJSON */
	many_show_fn *show;
	const char *formats;
};

static const struct kind_of_answer kinds[] = {
	{ "list", MERGED, "retros", many_show_list, "human json ndjson tsv" },
	{ "search", MERGED, "hits", many_show_search, "human json ndjson tsv" },
	{ "pitfalls", MERGED, "pitfalls", many_show_pitfalls,
	  "human json ndjson tsv" },
	{ "actions", MERGED, "actions", many_show_actions,
	  "human json ndjson tsv" },
	{ "audit", MERGED, "findings", many_show_audit, "human json tsv" },
	{ "status", MERGED, NULL, many_show_status, "human json" },
	{ "grep", PREFIXED, NULL, NULL, "human json" },
	{ "stats", SIDE_BY_SIDE, NULL, NULL, "human json markdown" },
	{ "site", WRITTEN, NULL, NULL, "human" },
	{ "report", SIDE_BY_SIDE, NULL, NULL, "human json markdown" },
};

/* Every command that has --repos and does not ask by itself is there. */
static const struct kind_of_answer *find_kind(const char *command)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].command, command))
			return &kinds[i];
	return NULL;
}

/* Whether it is one of the words of the list. */
static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; (s = strstr(s, word)); s += n)
		if ((s == list || s[-1] == ' ') && strchr(" ", s[n]))
			return true;
	return false;
}

static struct err *check_format(const struct kind_of_answer *kind,
				const char *format)
{
	if (has_word(kind->formats, format))
		return NULL;
	return err_new(ERR_USAGE,
		       _("--repos cannot be used with --format=%s; it can "
			 "with: %s"),
		       format, kind->formats);
}

/* --- asking --- */

/* Stand for the folder and the address of each. */
static const char own_folder[] = "--output=<folder>";
static const char own_url[] = "--url=<url>";

static const char *name_place(struct arena *a, const char *blank,
			      const struct many_repo *repo, void *data)
{
	const struct many *many = data;
	size_t n = many->url ? strlen(many->url) : 0;
	struct buf url = BUF_INIT;
	const char *option;

	if (blank == own_folder)
		return arena_printf(a, "--output=%s/%s", many->output,
				    repo->name);
	buf_addf(&url, "--url=%s%s", many->url,
		 n && many->url[n - 1] == '/' ? "" : "/");
	quote_uri(&url, repo->name);
	option = arena_strdup(a, url.p);
	buf_release(&url);
	return option;
}

/* The last one of an option counts, and all of it stands in front of "--". */
static const char *const *args_of(const struct many *many,
				  const struct kind_of_answer *kind)
{
	const char *format = kind->way == MERGED    ? "json"
			     : kind->way == WRITTEN ? NULL
						    : many->format;
	struct arena *a = many->arena;
	struct strs args = { 0 };
	size_t end = 0;

	while (end < many->argc && strcmp(many->argv[end], "--") != 0)
		end++;
	vec_push(a, &args, many->command);
	for (size_t i = 0; i < end; i++)
		vec_push(a, &args, many->argv[i]);
	vec_push(a, &args, "--no-repos");
	if (many->twins)
		vec_push(a, &args, "--no-twins");
	if (format)
		vec_push(a, &args, arena_printf(a, "--format=%s", format));
	if (kind->way == WRITTEN)
		vec_push(a, &args, own_folder);
	if (kind->way == WRITTEN && many->url && *many->url)
		vec_push(a, &args, own_url);
	for (size_t i = end; i < many->argc; i++)
		vec_push(a, &args, many->argv[i]);
	vec_push(a, &args, NULL);
	return args.at;
}

/* What each said beside its answer. */
static void pass_words(struct many *many, const struct many_answer *answer)
{
	static const char mark[] = "git retro: ";
	const char *name = text_cleaned(many->arena, answer->repo->name);

	for (const char *s = answer->words.p; *s;) {
		size_t n = strcspn(s, "\n");
		const char *line = arena_strndup(many->arena, s, n);

		if (!strncmp(line, mark, strlen(mark)))
			buf_addf(
				many->said, "git retro: %s: %s\n", name,
				text_cleaned(many->arena, line + strlen(mark)));
		s += n + (s[n] == '\n');
	}
}

static void tell_failures(struct many *many, const struct many_answers *answers)
{
	for (size_t i = 0; i < answers->nr; i++) {
		const struct many_answer *answer = &answers->at[i];

		if (answer->failure)
			buf_addf(many->said, "git retro: %s: %s\n",
				 text_cleaned(many->arena, answer->repo->path),
				 text_cleaned(many->arena, answer->failure));
		else
			pass_words(many, answer);
	}
}

/* 0 of a search is that something was found; of all else, that nothing is
 * wrong. What could not be asked leaves that open. */
static int status_of(const struct kind_of_answer *kind,
		     const struct many_answers *answers)
{
	bool seeks = !strcmp(kind->command, "search") ||
		     !strcmp(kind->command, "grep");
	size_t count[3] = { 0 }, failed = 0;

	for (size_t i = 0; i < answers->nr; i++) {
		int status = answers->at[i].status;

		if (answers->at[i].failure)
			failed++;
		else
			count[status < 2 ? status : 2]++;
	}
	if (seeks && count[0])
		return failed ? 2 : 0;
	if (count[1] && !(seeks && failed))
		return 1;
	return count[2] || failed ? 2 : 0;
}

/* --- answering --- */

static void put_ndjson(struct buf *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = object_versioned();

		json_object_update(one, json_array_get(list, i));
		object_dump(out, one, JSON_COMPACT);
	}
}

/* Those that answered the first question, and not this one. */
static void tell_unasked(struct many *many, const struct many_answers *answers,
			 const struct many_answers *more)
{
	for (size_t i = 0; i < more->nr; i++) {
		const struct many_answer *answer = &more->at[i];

		if (!answer->failure)
			pass_words(many, answer);
		many->unasked_twins |= answer->failure || answer->status == 2;
		if (answer->failure && !answers->at[i].failure)
			buf_addf(many->said, "git retro: %s: %s\n",
				 text_cleaned(many->arena, answer->repo->path),
				 text_cleaned(many->arena, answer->failure));
	}
}

static bool has_exposed(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!strcmp(object_string_or_empty(json_array_get(list, i),
						   "state"),
			    "exposed"))
			return true;
	return false;
}

static struct err *add_twins(struct many *many, const struct many_repos *repos,
			     json_t *json, const struct many_answers *answers)
{
	struct many_answers first = { 0 }, second = { 0 };
	struct err *e = many_twins(json, many, repos, &first, &second);

	if (!e) {
		tell_unasked(many, answers, &first);
		tell_unasked(many, answers, &second);
		many->exposed_twins =
			has_exposed(json_object_get(json, "twins"));
	}
	many_answers_release(&first);
	many_answers_release(&second);
	return e;
}

static struct err *answer_merged(struct many *many,
				 const struct kind_of_answer *kind,
				 const struct many_repos *repos,
				 struct many_answers *answers)
{
	json_t *json = many_merge(answers);
	struct err *e =
		many->twins ? add_twins(many, repos, json, answers) : NULL;

	if (e) {
		json_decref(json);
		return e;
	}
	for (size_t i = 0; i < answers->nr; i++)
		many->unread |= answers->at[i].failure != NULL ||
				answers->at[i].status == 2;
	if (kind->show)
		kind->show(many, json);
	if (!strcmp(many->format, "json")) {
		object_dump(many->out, json, JSON_INDENT(2));
		return NULL;
	}
	if (!strcmp(many->format, "ndjson"))
		put_ndjson(many->out, json_object_get(json, kind->list));
	json_decref(json);
	return NULL;
}

static void answer_whole(struct many *many, const struct many_answers *answers)
{
	for (size_t i = 0; i < answers->nr; i++) {
		const struct many_answer *answer = &answers->at[i];

		if (answer->failure)
			continue;
		if (many->out->n)
			buf_addch(many->out, '\n');
		style_put(many->out, &many->style, STYLE_STRONG,
			  text_cleaned(many->arena,
				       arena_printf(many->arena, "# %s",
						    answer->repo->name)));
		buf_addstr(many->out, "\n\n");
		buf_add(many->out, answer->out.p, answer->out.n);
	}
}

#define PARTING_MAX 64 /* bytes */

/* Whether a line is the one between two groups of grep, colored or not. */
static bool parts_groups(const char *line, size_t n)
{
	struct buf plain = BUF_INIT;
	bool parts;

	if (n > PARTING_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (line[i] != '\033')
			buf_addch(&plain, line[i]);
		else
			while (i + 1 < n && line[i] != 'm')
				i++;
	parts = !strcmp(plain.p, "--\n");
	buf_release(&plain);
	return parts;
}

/* As grep names a file; what parts the files is left as it is. */
static void put_prefixed(struct many *many, const struct many_answer *answer)
{
	const char *name = text_cleaned(many->arena, answer->repo->name);
	const char *s = answer->out.p, *end = s + answer->out.n;

	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((stop ? stop + 1 : end) - s);

		if (n > 1 && !parts_groups(s, n))
			buf_addf(many->out, "%s:", name);
		buf_add(many->out, s, n);
		s += n;
	}
}

static void answer_prefixed(struct many *many,
			    const struct many_answers *answers)
{
	for (size_t i = 0; i < answers->nr; i++) {
		if (answers->at[i].failure || !answers->at[i].out.n)
			continue;
		if (many->out->n)
			buf_addstr(many->out, many->between);
		put_prefixed(many, &answers->at[i]);
	}
}

static struct err *answer_many(struct many *many,
			       const struct kind_of_answer *kind,
			       const struct many_repos *repos,
			       struct many_answers *answers)
{
	bool is_json = !strcmp(many->format, "json");

	if (kind->way == MERGED || (kind->way == PREFIXED && is_json))
		return answer_merged(many, kind, repos, answers);
	if (is_json)
		object_dump(many->out, many_side_by_side(answers),
			    JSON_INDENT(2));
	else if (kind->way != SIDE_BY_SIDE)
		answer_prefixed(many, answers);
	else
		answer_whole(many, answers);
	return NULL;
}

/* --- pages --- */

/* A page of links to the pages of each. */
static struct err *write_contents(struct site_folder *folder,
				  const struct many *many,
				  const struct many_answers *answers)
{
	struct buf text = BUF_INIT, page = BUF_INIT;
	size_t written, removed, all;
	struct err *e;
	bool limited;

	buf_addf(&text, "# %s\n\n", _("Retros"));
	for (size_t i = 0; i < answers->nr; i++) {
		if (answers->at[i].failure)
			continue;
		buf_addstr(&text, "- [");
		md_escape(&text, answers->at[i].repo->name);
		buf_addstr(&text, "](<");
		quote_uri(&text, answers->at[i].repo->name);
		buf_addstr(&text, "/index.html>)\n");
	}
	html_document(&page, _("Retros"), i18n_is_chinese() ? "zh-Hans" : "en",
		      md_parse(many->arena, text.p, text.n, 1, 0, &limited));
	e = site_add(folder, "index.html", 0, NULL, page.p, page.n);
	if (e)
		site_discard(folder);
	else
		e = site_commit(folder, &written, &removed, &all);
	buf_release(&text);
	buf_release(&page);
	return e;
}

static bool all_failed(const struct many_answers *answers)
{
	for (size_t i = 0; i < answers->nr; i++)
		if (!answers->at[i].failure)
			return false;
	return true;
}

/* Nothing of others in it is written over. */
static struct err *open_contents(struct site_folder **out,
				 const struct many *many)
{
	struct err *e = site_open(out, many->arena, many->output, many->force);

	if (e)
		*out = NULL;
	return e ? e : site_claim(*out);
}

static struct err *ask_repos(struct many_answers *out, struct many *many,
			     const struct kind_of_answer *kind,
			     const struct many_repos *repos)
{
	const struct many_ask ask = {
		.args = args_of(many, kind),
		.blanks = { own_folder, own_url },
		.slot = name_place,
		.data = many,
	};
	struct err *e = many_ask(out, many->arena, repos, &ask);

	return e ? e : answer_many(many, kind, repos, out);
}

struct err *many_run(struct many *many)
{
	const struct kind_of_answer *kind = find_kind(many->command);
	struct many_answers answers = { 0 };
	struct many_repos repos = { 0 };
	struct site_folder *folder = NULL;
	struct err *e = check_format(kind, many->format);

	if (!e)
		e = many_repos_find(&repos, many->arena, many->config,
				    many->where);
	if (!e && kind->way == WRITTEN)
		e = open_contents(&folder, many);
	if (!e)
		e = ask_repos(&answers, many, kind, &repos);
	if (!e) {
		tell_failures(many, &answers);
		many->status =
			many->exposed_twins ? 1 : status_of(kind, &answers);
		if (many->unasked_twins && !many->status)
			many->status = 2;
	}
	if (!e && folder && !all_failed(&answers))
		e = write_contents(folder, many, &answers);
	else if (folder)
		site_discard(folder);
	if (!e && all_failed(&answers))
		e = err_new(ERR_FAILED,
			    _("none of %zu repositories could be "
			      "read"),
			    answers.nr);
	many_answers_release(&answers);
	return e;
}
