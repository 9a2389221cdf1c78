/* SPDX-License-Identifier: GPL-2.0-only */
/* What the texts of an index say, from the facts that are kept of them. */
#include "index/internal.h"

#include <stdlib.h>
#include <string.h>

#include "index/codec.h"
#include "index/cursor.h"
#include "index/parallel.h"

/* The bytes of a doc, in the arena; NULL after a failure. */
static const char *get_row_text(struct index *index, struct cursor *rows,
				int64_t doc, size_t *n)
{
	const char *bytes = cursor_bytes(rows, doc, n);

	return bytes ? arena_strndup(index->a, bytes, *n) : NULL;
}

/* A file of a survey, and what the index has of it. */
struct surveyed {
	const struct cached_file *file;
	const char *facts;
	size_t n;
	struct retro *retro; /* NULL: they are no facts */
};

static bool gather_surveyed(struct surveyed *out, struct index *index,
			    size_t nr)
{
	struct cursor facts;

	cursor_open(&facts, &index->db, "facts");
	for (size_t i = 0; i < nr && index->db.failure == SQLITE_OK; i++)
		out[i].facts = get_row_text(index, &facts, out[i].file->doc,
					    &out[i].n);
	cursor_close(&facts);
	return index->db.failure == SQLITE_OK;
}

static void unfold(void *data, size_t from, size_t to, struct arena *a,
		   struct diags *diags)
{
	for (size_t i = from; i < to; i++) {
		struct surveyed *one = &((struct surveyed *)data)[i];

		one->retro = codec_read(a, diags, one->file->path, one->facts,
					one->n);
	}
}

void index_survey(struct retros *out, struct index *index, struct diags *diags,
		  const size_t *numbers, size_t nr)
{
	struct surveyed *all = arena_alloc(index->a, (nr + 1) * sizeof(*all));

	for (size_t i = 0; i < nr; i++)
		all[i].file = &index->files.at[numbers ? numbers[i] : i];
	if (!gather_surveyed(all, index, nr))
		return;
	parallel_run(unfold, all, nr, index->a, diags);
	for (size_t i = 0; i < nr; i++) {
		if (!all[i].retro) {
			index->db.failure = SQLITE_CORRUPT;
			return;
		}
		vec_push(index->a, out, all[i].retro);
	}
}

bool index_text(struct index *index, size_t file, struct retro *retro)
{
	struct cursor texts;

	cursor_open(&texts, &index->db, "text");
	retro->bytes = get_row_text(index, &texts, index->files.at[file].doc,
				    &retro->n);
	cursor_close(&texts);
	return retro->bytes;
}

struct survey {
	struct retros *out;
	struct diags diags;
};

static void survey_all(struct index *index, void *data)
{
	struct survey *survey = data;

	survey->out->nr = 0;
	survey->diags.nr = 0;
	index_survey(survey->out, index, &survey->diags, NULL, index->files.nr);
}

struct err *index_retros(struct retros *out, struct index *index,
			 struct diags *diags)
{
	struct survey survey = { out, { .arena = index->a } };
	struct err *e = index_do(index, survey_all, &survey);

	for (size_t i = 0; !e && i < survey.diags.nr; i++)
		vec_push(diags->arena, diags, survey.diags.at[i]);
	return e;
}
