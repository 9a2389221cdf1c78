/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/run.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/lines.h"
#include "index/db_copy.h"

static struct err *read_run_values(struct packages *out, struct arena *a,
				   const char *path, bool numbers)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_named(&bytes, path, LOCK_MAX);

	if (!e)
		e = err_context(
			values_read(out, a, path, bytes.p, bytes.n, numbers),
			"%s", path);
	buf_release(&bytes);
	return e;
}

static bool run_ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), len = strlen(end);

	return n >= len && !strcmp(path + n - len, end);
}

/* --- a folder of MLflow --- */

/* Lines of "time value step": the last one counts. */
static const char *last_value(struct arena *a, const struct buf *bytes)
{
	struct lines_at lines = { bytes->p, bytes->p + bytes->n, 0 };
	const char *line, *word, *value = NULL;
	size_t n, len;

	while (next_line(&line, &n, &lines))
		if (next_word(&word, &len, &line, &n) &&
		    next_word(&word, &len, &line, &n))
			value = arena_strndup(a, word, len);
	return value;
}

static const char *whole_text(struct arena *a, const struct buf *bytes)
{
	const char *text = bytes->p;
	size_t n = bytes->n;

	text_trim(&text, &n);
	return arena_strndup(a, text, n);
}

/* Each file is a value by its name. */
static struct err *read_folder(struct packages *out, struct arena *a,
			       const char *dir, bool history)
{
	struct strs files = { 0 };
	struct err *e = file_list(&files, a, dir);

	for (size_t i = 0; !e && i < files.nr; i++) {
		struct buf bytes = BUF_INIT;

		e = file_read(&bytes, path_join(a, dir, files.at[i]), LOCK_MAX);
		if (!e)
			package_add(out, a, PACKAGE_PARAMETER, files.at[i],
				    history ? last_value(a, &bytes)
					    : whole_text(a, &bytes));
		buf_release(&bytes);
	}
	return e;
}

/* --- a database of MLflow --- */

static struct err *query_rows(struct packages *out, struct arena *a,
			      struct db *db, const char *sql, const char *run)
{
	sqlite3_stmt *stmt = db_prepare(db, sql);

	if (stmt)
		sqlite3_bind_text(stmt, 1, run, -1, SQLITE_STATIC);
	while (db_step(db, stmt)) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		const char *value = (const char *)sqlite3_column_text(stmt, 1);
		bool nan = sqlite3_column_count(stmt) > 2 &&
			   sqlite3_column_int(stmt, 2);

		if (name)
			package_add(out, a, PACKAGE_PARAMETER,
				    arena_strdup(a, name),
				    nan     ? "NaN"
				    : value ? arena_strdup(a, value)
					    : "");
	}
	sqlite3_finalize(stmt);
	if (db_trouble(db) != DB_FINE)
		return err_new(
			ERR_UNSUPPORTED,
			_("it has no runs of MLflow that are known here"));
	return NULL;
}

/* The run of this id, or the one that was started last. */
static struct err *find_run(const char **out, struct arena *a, struct db *db,
			    const char *id)
{
	struct packages runs = { 0 };
	struct err *e = query_rows(
		&runs, a, db,
		"SELECT run_uuid, '' FROM runs WHERE run_uuid LIKE ?1 || '%'"
		" AND lifecycle_stage IS NOT 'deleted'"
		" ORDER BY start_time DESC LIMIT 2",
		id ? id : "");

	if (e)
		return e;
	if (!runs.nr || (id && runs.nr > 1))
		return err_new(ERR_NOT_FOUND,
			       runs.nr ? _("several runs begin with '%s'")
				       : _("there is no run '%s' in it"),
			       id ? id : "");
	*out = runs.at[0].name;
	return NULL;
}

static struct err *read_database(struct run *out, struct arena *a,
				 const char *path, const char *id)
{
	const char *run = NULL;
	struct db db;
	struct err *e = db_copy(&db, path);

	if (!e)
		e = find_run(&run, a, &db, id);
	if (!e)
		e = query_rows(&out->metrics, a, &db,
			       "SELECT key, CAST(value AS TEXT), is_nan FROM"
			       " latest_metrics WHERE run_uuid = ?1",
			       run);
	if (!e)
		e = query_rows(&out->parameters, a, &db,
			       "SELECT key, value FROM params"
			       " WHERE run_uuid = ?1",
			       run);
	db_close(&db);
	return e;
}

/* --- W&B --- */

/* What its config says of a parameter lies under "value"; the rest is its
 * own. */
static void keep_config(struct packages *out, struct arena *a,
			const struct packages *all)
{
	for (size_t i = 0; i < all->nr; i++) {
		const char *name = all->at[i].name;
		size_t n = strlen(name);

		if (run_ends_in(name, ".value") && *name != '_')
			package_add(out, a, PACKAGE_PARAMETER,
				    arena_strndup(a, name, n - 6),
				    all->at[i].version);
	}
}

/* Its own numbers begin with "_". */
static void drop_internal(struct packages *packages)
{
	size_t kept = 0;

	for (size_t i = 0; i < packages->nr; i++)
		if (packages->at[i].name[0] != '_')
			packages->at[kept++] = packages->at[i];
	packages->nr = kept;
}

static struct err *read_wandb(struct run *out, struct arena *a,
			      const char *summary)
{
	size_t n = strlen(summary) - strlen(path_base(summary));
	const char *config =
		arena_printf(a, "%.*sconfig.yaml", (int)n, summary);
	struct packages all = { 0 };
	struct err *e = read_run_values(&out->metrics, a, summary, true);

	drop_internal(&out->metrics);
	if (e)
		return e;
	e = read_run_values(&all, a, config, false);
	keep_config(&out->parameters, a, &all);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		e = NULL;
	}
	return e;
}

/* --- which it is --- */

static bool is_run_file_there(const char *path, enum file_kind kind)
{
	enum file_kind found = FILE_NONE;
	struct err *e = file_look(&found, path);

	err_free(e);
	return found == kind;
}

static struct err *read_run_folder(struct run *out, struct arena *a,
				   const char *dir)
{
	static const char *const summaries[] = { "wandb-summary.json",
						 "files/wandb-summary.json" };
	const char *metrics = path_join(a, dir, "metrics");
	struct err *e;

	for (size_t i = 0; i < ARRAY_SIZE(summaries); i++)
		if (is_run_file_there(path_join(a, dir, summaries[i]),
				      FILE_REGULAR))
			return read_wandb(out, a,
					  path_join(a, dir, summaries[i]));
	if (!is_run_file_there(metrics, FILE_FOLDER))
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("there is no run in '%s'"),
					out->name),
				_("a run is a folder with metrics/ (MLflow) or "
				  "wandb-summary.json, mlflow.db, or a file of "
				  "numbers"));
	e = read_folder(&out->metrics, a, metrics, true);
	if (!e)
		e = read_folder(&out->parameters, a,
				path_join(a, dir, "params"), false);
	return e;
}

struct err *run_read(struct run *out, struct arena *a, const char *path)
{
	const char *hash = strchr(path, '#'), *real;
	const char *file =
		hash ? arena_strndup(a, path, (size_t)(hash - path)) : path;
	struct err *e;

	out->name = path;
	real = path_real(a, file);
	if (!real)
		return err_new(ERR_NOT_FOUND, _("there is no run '%s'"), path);
	if (is_run_file_there(real, FILE_FOLDER))
		e = read_run_folder(out, a, real);
	else if (run_ends_in(real, ".db") || run_ends_in(real, ".sqlite"))
		e = read_database(out, a, real, hash ? hash + 1 : NULL);
	else if (run_ends_in(real, "wandb-summary.json"))
		e = read_wandb(out, a, real);
	else
		e = read_run_values(&out->metrics, a, real, true);
	package_sort(&out->metrics);
	package_sort(&out->parameters);
	return e;
}

void run_compare(struct measures *out, struct arena *a,
		 const struct run *before, const struct run *after)
{
	size_t at = 0;

	for (size_t i = 0; i < after->metrics.nr; i++) {
		const struct package *one = &after->metrics.at[i];
		struct metric_step measure = { .name = one->name,
					       .after = one->version,
					       .path = after->name };

		while (at < before->metrics.nr &&
		       strcmp(before->metrics.at[at].name, one->name) < 0)
			at++;
		if (at < before->metrics.nr &&
		    !strcmp(before->metrics.at[at].name, one->name))
			measure.before = before->metrics.at[at].version;
		vec_push(a, out, measure);
	}
}
