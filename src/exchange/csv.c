/* SPDX-License-Identifier: GPL-2.0-only */
#include "exchange/csv.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"

void csv_init(struct csv *csv, struct arena *a, const char *bytes, size_t n,
	      char separator)
{
	bool bom = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);

	*csv = (struct csv){ .arena = a,
			     .separator = separator,
			     .at = bytes + (bom ? 3 : 0),
			     .end = bytes + n,
			     .line = 1 };
}

/* The bytes of a line end here; 0 if there is none. */
static size_t csv_line_end(const struct csv *csv)
{
	size_t n = (size_t)(csv->end - csv->at);

	if (n && *csv->at == '\n')
		return 1;
	return n > 1 && csv->at[0] == '\r' && csv->at[1] == '\n' ? 2 : 0;
}

static bool is_field_end(const struct csv *csv)
{
	return csv->at == csv->end || *csv->at == csv->separator ||
	       csv_line_end(csv);
}

static struct err *read_quoted(struct buf *out, struct csv *csv)
{
	size_t start = csv->line;

	for (csv->at++; csv->at < csv->end; csv->at++) {
		if (*csv->at == '"') {
			if (csv->at + 1 == csv->end || csv->at[1] != '"') {
				csv->at++;
				return NULL;
			}
			csv->at++;
		}
		csv->line += *csv->at == '\n';
		buf_addch(out, *csv->at);
	}
	return err_new(ERR_UNSUPPORTED,
		       _("line %zu: a quote is not closed; the file is cut "
			 "off"),
		       start);
}

static struct err *read_csv_field(struct buf *out, struct csv *csv)
{
	struct err *e = NULL;

	if (csv->at < csv->end && *csv->at == '"') {
		e = read_quoted(out, csv);
		if (!e && !is_field_end(csv))
			e = err_new(ERR_UNSUPPORTED,
				    _("line %zu: text after a closing quote"),
				    csv->line);
		return e;
	}
	for (; !is_field_end(csv); csv->at++) {
		if (*csv->at == '"')
			return err_new(ERR_UNSUPPORTED,
				       _("line %zu: a quote in a field that "
					 "does not begin with one"),
				       csv->line);
		buf_addch(out, *csv->at);
	}
	return NULL;
}

static void skip_empty_lines(struct csv *csv)
{
	size_t n;

	while ((n = csv_line_end(csv))) {
		csv->at += n;
		csv->line++;
	}
}

static struct err *read_csv_fields(struct strs *fields, struct csv *csv)
{
	struct buf text = BUF_INIT;
	struct err *e;
	bool more;

	do {
		e = read_csv_field(&text, csv);
		more = !e && csv->at < csv->end && *csv->at == csv->separator;
		csv->at += more;
		if (!e)
			vec_push(csv->arena, fields,
				 arena_strndup(csv->arena, text.p, text.n));
		buf_reset(&text);
	} while (more);
	buf_release(&text);
	return e;
}

struct err *csv_row(struct strs *fields, size_t *line, bool *more,
		    struct csv *csv)
{
	size_t n;
	struct err *e;

	*fields = (struct strs){ 0 };
	skip_empty_lines(csv);
	*line = csv->line;
	*more = csv->at < csv->end;
	if (!*more)
		return NULL;
	e = read_csv_fields(fields, csv);
	if (e)
		return e;
	n = csv_line_end(csv);
	csv->at += n;
	csv->line += n > 0;
	if (csv->columns && fields->nr != csv->columns)
		return err_new(ERR_UNSUPPORTED,
			       _("line %zu: %zu fields, not %zu as in the "
				 "first line"),
			       *line, fields->nr, csv->columns);
	csv->columns = fields->nr;
	return NULL;
}
