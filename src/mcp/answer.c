/* SPDX-License-Identifier: GPL-2.0-only */
#include "mcp/answer.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "corpus/corpus.h"
#include "git/ancestry.h"
#include "git/child.h"
#include "git/kept.h"
#include "git/object.h"
#include "git/rev.h"
#include "git/tree.h"
#include "index/work_tree.h"
#include "view/object.h"

enum {
	STRING_MAX = 16000, /* bytes of one text */
	SOURCES_MAX = 100,
	LOG_MS = 500, /* for who committed them */
	COMMIT_MAX = 1 << 20,
};

/* --- cleaning --- */

/* What a reader of the page does not see is not for a model either. */
static void drop_comments(struct buf *text)
{
	const char *start;

	while ((start = strstr(text->p, "<!--"))) {
		size_t at = (size_t)(start - text->p);
		const char *end = strstr(start, "-->");
		size_t n = end ? (size_t)(end - start) + 3 : text->n - at;

		buf_splice(text, at, n, "", 0);
	}
}

const char *answer_clean(struct arena *a, const char *text)
{
	struct buf raw = BUF_INIT, out = BUF_INIT;
	const char *copy;
	size_t n = strlen(text);

	if (n > STRING_MAX) {
		n = STRING_MAX;
		while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	}
	buf_add(&raw, text, n);
	drop_comments(&raw);
	text_clean(&out, raw.p, raw.n, TEXT_KEEP_LINES);
	if (text[n])
		buf_addstr(&out, " [cut]");
	copy = arena_strndup(a, out.p, out.n);
	buf_release(&raw);
	buf_release(&out);
	return copy;
}

static json_t *clean_value(struct arena *a, const json_t *value)
{
	json_t *copy = NULL, *one;
	const char *key;
	size_t i;

	if (json_is_string(value))
		return object_text(answer_clean(a, json_string_value(value)));
	if (json_is_array(value)) {
		copy = json_array();
		json_array_foreach(value, i, one)
			json_array_append_new(copy, clean_value(a, one));
		return copy;
	}
	if (!json_is_object(value))
		return json_deep_copy(value);
	copy = json_object();
	json_object_foreach((json_t *)value, key, one)
		object_set(copy, answer_clean(a, key), clean_value(a, one));
	return copy;
}

/* --- pages --- */

/* The key of the list that an answer is about: the first in it. */
static const char *main_list_key(json_t *json)
{
	const char *key;
	json_t *value;

	json_object_foreach(json, key,
			    value) if (json_is_array(value)) return key;
	return NULL;
}

/* Whether an item is of a retro that is not in the work tree. */
static bool is_answered_elsewhere(struct arena *a, struct repo *repo,
				  const json_t *item)
{
	const char *path = object_string(item, "path");
	enum file_kind kind = FILE_REGULAR;

	if (path && repo && repo_work_tree(repo))
		err_free(work_tree_look(&kind, a, repo, path));
	return kind == FILE_NONE;
}

static void take_page(struct arena *a, struct repo *repo, json_t *json,
		      const struct answer_page *page)
{
	const char *key = main_list_key(json);
	const json_t *list = json_object_get(json, key);
	json_t *taken = json_array();
	size_t nr = 0, more = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *item = json_array_get(list, i);

		if ((!page->everywhere &&
		     is_answered_elsewhere(a, repo, item)) ||
		    nr++ < page->offset)
			continue;
		if (page->limit && json_array_size(taken) == page->limit)
			more++;
		else
			json_array_append(taken, item);
	}
	if (key) {
		json_object_set(json, key, taken);
		object_set_number(json, "more", more);
	}
	json_decref(taken);
}

/* --- where it is from --- */

struct source {
	const char *path; /* as it is, not cleaned */
	json_t *json;
	bool known; /* who committed it */
};

struct sources {
	struct arena *a;
	struct repo *repo; /* or NULL */
	const struct config *config;
	struct corpus corpus;
	struct VEC_OF(struct source) at;
	struct oid branch;
	bool has_branch;
};

static void add_source(struct sources *sources, const json_t *item)
{
	const char *path = object_string(item, "path");
	const json_t *id = json_object_get(item, "retro");
	struct source source = { .path = path };

	if (!id)
		id = json_object_get(item, "id");
	for (size_t i = 0; path && i < sources->at.nr; i++)
		if (!strcmp(sources->at.at[i].path, path))
			return;
	if (!path || sources->at.nr == SOURCES_MAX)
		return;
	source.json = json_object();
	object_set_text(source.json, "path", path);
	object_set(source.json, "id", json_deep_copy(id));
	vec_push(sources->a, &sources->at, source);
}

static void list_sources(struct sources *sources, const json_t *json)
{
	const char *key;
	json_t *value, *item;
	size_t i;

	json_object_foreach((json_t *)json, key, value)
		json_array_foreach(value, i, item) if (json_is_object(item))
			add_source(sources, item);
}

/* The branch that others take for the project's: that of origin, else one of
 * the usual names. */
static void find_default_branch(struct sources *sources)
{
	static const char *const names[] = { "refs/remotes/origin/HEAD",
					     "refs/heads/main",
					     "refs/heads/master" };

	for (size_t i = 0; i < ARRAY_SIZE(names) && !sources->has_branch; i++)
		sources->has_branch =
			rev_plain(&sources->branch, sources->repo, names[i]);
	for (size_t i = 0; i < ARRAY_SIZE(names) && !sources->has_branch; i++) {
		struct err *e =
			rev_commit(&sources->branch, sources->repo, names[i]);

		sources->has_branch = !e;
		err_free(e);
	}
}

static bool is_same_source_text(const struct buf *one, const struct buf *other)
{
	return one->n == other->n && !memcmp(one->p, other->p, one->n);
}

/* Whether that branch has the very text that is here; null: nobody knows. */
static json_t *on_default_branch(const struct sources *sources,
				 const char *path)
{
	struct repo *repo = sources->repo;
	struct buf here = BUF_INIT, there = BUF_INIT;
	bool known, same = false;
	struct err *e;

	if (!sources->has_branch)
		return json_null();
	e = tree_file(&there, repo, &sources->branch, path, FILE_MAX);
	known = !e || tree_has(repo, &sources->branch, path) == 0;
	if (!e && repo_work_tree(repo)) {
		e = work_tree_read(&here, sources->a, repo, path);
		known = !e || e->code == ERR_NOT_FOUND;
		same = !e && is_same_source_text(&here, &there);
	} else if (!e) {
		same = true;
	}
	err_free(e);
	buf_release(&here);
	buf_release(&there);
	return known ? json_boolean(same) : json_null();
}

/* Whether a commit bears a signature; whose it is and whether it is good is not
 * looked at. null: it cannot be read. */
static json_t *is_signed(struct repo *repo, const char *hex)
{
	struct object object = { 0 };
	struct oid id;
	struct err *e = rev_commit(&id, repo, hex);
	json_t *answer = json_null();
	const char *found, *end;

	if (!e)
		e = object_read(&object, repo, &id, COMMIT_MAX);
	if (!e) {
		found = strstr(object.bytes, "\ngpgsig");
		end = strstr(object.bytes, "\n\n");
		answer = json_boolean(found && end && found < end);
		object_release(&object);
	}
	err_free(e);
	return answer;
}

static struct source *source_at(struct sources *sources, const char *path,
				size_t n)
{
	for (size_t i = 0; i < sources->at.nr; i++)
		if (!strncmp(sources->at.at[i].path, path, n) &&
		    !sources->at.at[i].path[n])
			return &sources->at.at[i];
	return NULL;
}

/* "\1<id> <author>" before the paths of each commit, newest first. */
static void read_commits(struct sources *sources, const char *log)
{
	const char *commit = "";

	for (size_t n; *log; log += n + (log[n] == '\n')) {
		struct source *source;

		n = strcspn(log, "\n");
		if (*log == '\1') {
			commit = arena_strndup(sources->a, log + 1, n - 1);
			continue;
		}
		source = source_at(sources, log, n);
		if (!*commit || !n || !source || source->known)
			continue;
		source->known = true;
		object_set_text(
			source->json, "committed-by",
			answer_clean(sources->a,
				     commit + strcspn(commit, " ") + 1));
		object_set(source->json, "signed",
			   is_signed(sources->repo,
				     arena_strndup(sources->a, commit,
						   strcspn(commit, " "))));
	}
}

/* What the log of a folder hangs on: the commit, and who is whom. False if that
 * may change unseen. */
static bool add_log_key(struct buf *key, const struct sources *sources,
			const char *hex, const char *path)
{
	struct repo *repo = sources->repo;
	bool good = kept_is_on() && !ancestry_is_bent(repo) &&
		    !config_get(sources->config, "mailmap.file") &&
		    !config_get(sources->config, "mailmap.blob");

	buf_addf(key, "%s: log of %s %s\n", repo_common_dir(repo), hex, path);
	if (good && repo_work_tree(repo))
		good = kept_stamp(key, arena_printf(sources->a, "%s/.mailmap",
						    repo_work_tree(repo)));
	return good;
}

/* Only one that came to its end is kept. */
static struct err *ask_retro_log(struct buf *out, struct sources *sources,
				 const char *hex, const char *path)
{
	const char *args[] = { "-c",
			       "core.quotePath=false",
			       "log",
			       CHILD_LOG,
			       "--encoding=UTF-8",
			       "--format=%x01%H %aN",
			       "--name-only",
			       hex,
			       "--",
			       path,
			       NULL };
	int64_t deadline = clock_ms() + LOG_MS;
	struct buf key = BUF_INIT;
	struct child child;
	bool keep = add_log_key(&key, sources, hex, path);
	struct err *e = NULL;

	if (!keep || !kept_get(out, &key)) {
		e = child_start(&child, args);
		if (!e)
			e = child_gather(out, &child, deadline);
		if (!e && keep && clock_ms() < deadline)
			kept_put(&key, out->p, out->n);
	}
	buf_release(&key);
	return e;
}

/* The newest commit of each file, as far as that is found in a moment. */
static void find_answered_commits(struct sources *sources)
{
	struct strs paths = { 0 };
	struct buf log = BUF_INIT;
	char hex[OID_HEX + 1];
	struct oid head;
	struct err *e = rev_head(&head, sources->repo);

	for (size_t i = 0; i < sources->at.nr; i++)
		vec_push(sources->a, &paths, sources->at.at[i].path);
	if (!e)
		e = ask_retro_log(&log, sources, oid_hex(hex, &head),
				  arena_printf(sources->a, ":(top,literal)%.*s",
					       (int)tree_shared_folder(&paths),
					       paths.at[0]));
	if (!e)
		read_commits(sources, log.p);
	buf_release(&log);
	err_free(e); /* nothing is committed yet */
}

/* What the retro says of itself; null where it is not in the work tree. */
static void set_words(struct sources *sources, const struct source *source)
{
	struct retro *retro = NULL;

	if (sources->repo)
		err_free(
			corpus_find_at(&retro, &sources->corpus, source->path));
	object_set_text(source->json, "status",
			retro ? status_name(retro->status) : NULL);
	object_set(source->json, "authors",
		   retro ? object_list(&retro->authors) : json_array());
}

static void complete_source(struct sources *sources,
			    const struct source *source)
{
	set_words(sources, source);
	object_set(source->json, "default-branch",
		   sources->repo ? on_default_branch(sources, source->path)
				 : json_null());
	if (source->known)
		return;
	object_set(source->json, "committed-by", json_null());
	object_set(source->json, "signed", json_null());
}

static json_t *make_sources(struct arena *a, const struct answer_place *place,
			    const json_t *json)
{
	struct repo *repo = place->repo;
	struct sources sources = { .a = a,
				   .repo = repo,
				   .config = place->config };
	json_t *list = json_array();

	list_sources(&sources, json);
	if (repo && sources.at.nr) {
		err_free(corpus_begin(&sources.corpus, a, repo, place->policy,
				      NULL));
		find_default_branch(&sources);
		find_answered_commits(&sources);
	}
	for (size_t i = 0; i < sources.at.nr; i++) {
		complete_source(&sources, &sources.at.at[i]);
		json_array_append_new(list,
				      clean_value(a, sources.at.at[i].json));
		json_decref(sources.at.at[i].json);
	}
	return list;
}

json_t *answer_make(struct arena *a, const struct answer_place *place,
		    json_t *json, const struct answer_page *page)
{
	json_t *answer, *sources;

	if (!json_is_object(json))
		return clean_value(a, json);
	take_page(a, place->repo, json, page);
	sources = make_sources(a, place, json);
	answer = clean_value(a, json);
	object_set(answer, "sources", sources);
	return answer;
}
