/* SPDX-License-Identifier: GPL-2.0-only */
#include "exchange/export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/quote.h"
#include "base/sorted.h"

const char *const export_targets[] = {
	[EXPORT_NDJSON] = "ndjson",
	[EXPORT_POSTGRESQL] = "postgresql",
	[EXPORT_SQLITE] = "sqlite",
	[EXPORT_ELASTICSEARCH] = "elasticsearch",
	[EXPORT_CLOUDEVENTS] = "cloudevents",
	[EXPORT_CLOUDEVENTS + 1] = NULL,
};

static bool is_sql(const struct export *export)
{
	return export->target == EXPORT_POSTGRESQL ||
	       export->target == EXPORT_SQLITE;
}

/* --- what is there already --- */

static int compare_exported(const void *a, const void *b)
{
	const struct export_known *one = a, *other = b;
	int order = strcmp(one->repo, other->repo);

	return order ? order : strcmp(one->path, other->path);
}

struct err *export_known_read(struct export *export, const char *file)
{
	struct arena *a = export->arena;
	struct strs lines = { 0 };
	struct err *e = file_lines(&lines, a, file);

	for (size_t i = 0; !e && i < lines.nr; i++) {
		char *row = arena_strdup(a, lines.at[i]);
		char *path = strchr(row, '\t');
		char *blob = path ? strchr(path + 1, '\t') : NULL;

		if (!blob)
			return err_new(ERR_FAILED,
				       _("%s:%zu: not a repository, a path and "
					 "a blob with tabs between them"),
				       file, i + 1);
		*path++ = '\0';
		*blob++ = '\0';
		vec_push(a, &export->known,
			 (struct export_known){ row, path, blob, false });
	}
	if (export->known.nr)
		qsort(export->known.at, export->known.nr,
		      sizeof(*export->known.at), compare_exported);
	return e;
}

/* Whether it is there as it is. A list that has two texts of one path does not
 * say which is there. */
static bool meet_known(struct export *export, const json_t *retro)
{
	const struct export_known key = {
		.repo = object_string_or_empty(retro, "repo"),
		.path = object_string_or_empty(retro, "path")
	};
	const char *blob = object_string_or_empty(retro, "blob");
	struct export_knowns *known = &export->known;
	size_t at = sorted_first(&key, known->at, known->nr, sizeof(key),
				 compare_exported);
	bool same = false, other = false;

	for (; at < known->nr && !compare_exported(&key, &known->at[at]);
	     at++) {
		known->at[at].met = true;
		same |= !strcmp(known->at[at].blob, blob);
		other |= strcmp(known->at[at].blob, blob) != 0;
	}
	return same && !other;
}

/* --- documents and events --- */

static void put_flat_words(json_t *retro)
{
	struct buf flat = BUF_INIT;

	export_flat_words(&flat, object_string_or_empty(retro, "words"));
	object_set_text(retro, "words", flat.p);
	buf_release(&flat);
}

/* A longer one is refused. Bytes. */
#define BULK_ID_MAX 512

/* "repo:path"; of one that is too long its beginning and a sum of the whole. */
static const char *bulk_id(struct arena *a, const char *repo, const char *path)
{
	const char *id = arena_printf(a, "%s:%s", repo, path);
	size_t n = BULK_ID_MAX - 17;

	if (strlen(id) <= BULK_ID_MAX)
		return id;
	while (((unsigned char)id[n] & 0xc0) == 0x80)
		n--;
	return arena_printf(a, "%.*s~%016" PRIx64, (int)n, id,
			    hash_text(HASH_START, id));
}

static json_t *bulk_action(struct arena *a, const char *what, const char *repo,
			   const char *path)
{
	json_t *json = json_object(), *where = json_object();

	object_set_text(where, "_index", "retros");
	object_set_text(where, "_id", bulk_id(a, repo, path));
	object_set(json, what, where);
	return json;
}

/* `state`: what has become of the path, as no other event of it says. The
 * source must be an address. */
static json_t *event(struct arena *a, const char *type, const char *repo,
		     const char *path, const char *state)
{
	struct buf source = BUF_INIT;
	json_t *json = json_object();

	quote_uri(&source, repo);
	object_set_text(json, "specversion", "1.0");
	object_set_text(json, "type", type);
	object_set_text(json, "source", source.p);
	object_set_text(json, "subject", path);
	object_set_text(json, "id", arena_printf(a, "%s@%s", path, state));
	buf_release(&source);
	return json;
}

static void put_export_document(struct export *export, json_t *retro)
{
	struct buf *out = export->out;
	const char *repo = object_string_or_empty(retro, "repo");
	const char *path = object_string_or_empty(retro, "path");
	json_t *wrapped;

	switch (export->target) {
	case EXPORT_ELASTICSEARCH:
		object_dump(out,
			    bulk_action(export->arena, "index", repo, path),
			    JSON_COMPACT);
		put_flat_words(retro);
		break;
	case EXPORT_CLOUDEVENTS:
		wrapped = event(export->arena, "git-retro.retro.changed", repo,
				path, object_string_or_empty(retro, "blob"));
		object_set_text(wrapped, "datacontenttype", "application/json");
		object_set(wrapped, "data", json_incref(retro));
		object_dump(out, wrapped, JSON_COMPACT);
		return;
	default:
		break;
	}
	object_dump(out, json_incref(retro), JSON_COMPACT);
}

static void put_removed(struct export *export, const struct export_known *known)
{
	const char *state =
		arena_printf(export->arena, "%s removed", known->blob);
	json_t *json = NULL;

	if (export->target == EXPORT_ELASTICSEARCH)
		json = bulk_action(export->arena, "delete", known->repo,
				   known->path);
	else if (export->target == EXPORT_CLOUDEVENTS)
		json = event(export->arena, "git-retro.retro.removed",
			     known->repo, known->path, state);
	if (json)
		object_dump(export->out, json, JSON_COMPACT);
}

/* --- the whole --- */

void export_begin(struct export *export)
{
	if (is_sql(export))
		export_sql_begin(export);
}

void export_retro(struct export *export, json_t *retro)
{
	bool known = meet_known(export, retro);

	if (is_sql(export))
		export_sql_row(export, retro, known);
	else if (!known)
		put_export_document(export, retro);
	json_decref(retro);
}

void export_repo(struct export *export, const char *repo)
{
	vec_push(export->arena, &export->repos, repo);
	if (is_sql(export))
		export_sql_repo(export, repo);
}

void export_end(struct export *export)
{
	for (size_t i = 0; i < export->known.nr; i++)
		if (!export->known.at[i].met &&
		    (!i || compare_exported(&export->known.at[i - 1],
					    &export->known.at[i])) &&
		    strs_has(&export->repos, export->known.at[i].repo))
			put_removed(export, &export->known.at[i]);
	if (is_sql(export))
		export_sql_end(export);
}
