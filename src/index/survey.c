/* SPDX-License-Identifier: GPL-2.0-only */
/* What the texts of an index say, from the facts that are kept of them. */
#include "index/internal.h"

#include <stdlib.h>
#include <string.h>

#include "index/codec.h"
#include "index/cursor.h"
#include "index/parallel.h"
#include "model/read.h"

/* The bytes of a doc, in the arena; NULL after a failure. */
static const char *get_row_text(struct index *index, struct cursor *rows,
				int64_t doc, size_t *n)
{
	const char *bytes = cursor_bytes(rows, doc, n);

	return bytes ? arena_strndup(index->a, bytes, *n) : NULL;
}

/* Whole; problems that reading found the first time it finds again. */
static struct retro *read_again(struct index *index, struct cursor *texts,
				const struct cached_file *file,
				struct diags *diags)
{
	size_t n;
	const char *bytes = get_row_text(index, texts, file->doc, &n);

	return bytes ? read_retro(index->a, diags, file->path, bytes, n) : NULL;
}

/* A file of a survey: what the index has of it, and what that says. */
struct surveyed {
	const struct cached_file *file;
	const char *facts, *body; /* NULL: it was not asked for */
	size_t facts_n, body_n;
	struct retro *retro; /* NULL: it must be read again */
};

static bool gather_surveyed(struct surveyed *out, struct index *index,
			    bool bodies, size_t nr)
{
	struct cursor facts, body = { 0 };

	cursor_open(&facts, &index->db, "facts");
	if (bodies)
		cursor_open(&body, &index->db, "body");
	for (size_t i = 0; i < nr && index->db.failure == SQLITE_OK; i++) {
		out[i].facts = get_row_text(index, &facts, out[i].file->doc,
					    &out[i].facts_n);
		if (bodies)
			out[i].body = get_row_text(
				index, &body, out[i].file->doc, &out[i].body_n);
	}
	cursor_close(&facts);
	cursor_close(&body);
	return index->db.failure == SQLITE_OK;
}

static void unfold(void *data, size_t from, size_t to, struct arena *a,
		   struct diags *diags)
{
	(void)diags;
	for (size_t i = from; i < to; i++) {
		struct surveyed *one = &((struct surveyed *)data)[i];
		struct retro *retro = NULL;

		if (one->facts_n)
			retro = codec_read(a, one->file->path, one->facts,
					   one->facts_n);
		if (retro && one->body) {
			retro->body =
				codec_read_body(a, one->body, one->body_n);
			if (!retro->body)
				retro = NULL;
		}
		one->retro = retro;
	}
}

void index_survey(struct retros *out, struct index *index, bool bodies,
		  struct diags *diags, const size_t *numbers, size_t nr)
{
	struct surveyed *all = arena_alloc(index->a, (nr + 1) * sizeof(*all));
	struct cursor texts;

	for (size_t i = 0; i < nr; i++)
		all[i].file = &index->files.at[numbers ? numbers[i] : i];
	if (!gather_surveyed(all, index, bodies, nr))
		return;
	parallel_run(unfold, all, nr, index->a, diags);
	cursor_open(&texts, &index->db, "text");
	for (size_t i = 0; i < nr && index->db.failure == SQLITE_OK; i++) {
		if (!all[i].retro)
			all[i].retro =
				read_again(index, &texts, all[i].file, diags);
		if (all[i].retro)
			vec_push(index->a, out, all[i].retro);
	}
	cursor_close(&texts);
}

bool index_text(struct index *index, size_t file, struct retro *retro)
{
	struct cursor texts;

	if (retro->bytes)
		return true; /* it had to be read again */
	cursor_open(&texts, &index->db, "text");
	retro->bytes = get_row_text(index, &texts, index->files.at[file].doc,
				    &retro->n);
	cursor_close(&texts);
	return retro->bytes;
}

struct survey {
	struct retros *out;
	struct diags diags;
	bool bodies;
};

static void survey_all(struct index *index, void *data)
{
	struct survey *survey = data;

	survey->out->nr = 0;
	survey->diags.nr = 0;
	index_survey(survey->out, index, survey->bodies, &survey->diags, NULL,
		     index->files.nr);
}

struct err *index_retros(struct retros *out, struct index *index, bool bodies,
			 struct diags *diags)
{
	struct survey survey = { out, { .arena = index->a }, bodies };
	struct err *e = index_do(index, survey_all, &survey);

	for (size_t i = 0; !e && i < survey.diags.nr; i++)
		vec_push(diags->arena, diags, survey.diags.at[i]);
	return e;
}
