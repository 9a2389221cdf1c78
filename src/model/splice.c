/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/splice.h"

#include <string.h>

void cutter_splice(struct cutter *c, size_t at, size_t len, const char *text)
{
	if (len || *text)
		vec_push(c->a, &c->splices,
			 (struct splice){ at, len, arena_strdup(c->a, text) });
}

void cutter_apply(struct buf *out, const struct cutter *c)
{
	size_t at = 0;

	for (size_t i = 0; i < c->splices.nr; i++) {
		const struct splice *s = &c->splices.at[i];

		buf_add(out, c->bytes + at, s->at - at);
		buf_addstr(out, s->text);
		at = s->at + s->len;
	}
	buf_add(out, c->bytes + at, c->n - at);
}

size_t cutter_line_start(const struct cutter *c, size_t at)
{
	while (at && c->bytes[at - 1] != '\n')
		at--;
	return at;
}

size_t cutter_line_end(const struct cutter *c, size_t at)
{
	while (at < c->n && c->bytes[at] != '\n')
		at++;
	return at && at < c->n && c->bytes[at - 1] == '\r' ? at - 1 : at;
}

size_t cutter_next_line(const struct cutter *c, size_t at)
{
	while (at < c->n && c->bytes[at] != '\n')
		at++;
	return at < c->n ? at + 1 : at;
}

static size_t skip_bytes(const struct cutter *c, size_t at, const char *set)
{
	while (at < c->n && c->bytes[at] && strchr(set, c->bytes[at]))
		at++;
	return at;
}

size_t cutter_skip_blanks(const struct cutter *c, size_t at)
{
	return skip_bytes(c, at, " \t");
}

size_t cutter_skip_space(const struct cutter *c, size_t at)
{
	return skip_bytes(c, at, " \t\r\n");
}

bool cutter_leads(const struct cutter *c, size_t at)
{
	return cutter_skip_blanks(c, cutter_line_start(c, at)) >= at;
}

const char *cutter_copy(const struct cutter *c, size_t from, size_t to)
{
	return arena_strndup(c->a, c->bytes + from, to - from);
}
