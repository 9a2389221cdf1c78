/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/broken_links.h"

#include <string.h>

#include "base/file.h"
#include "report/check.h"

/* Of the changed files those that are gone. */
static struct strs gone_paths(const struct corpus *after,
			      const struct strs *changed)
{
	struct strs out = { 0 };

	for (size_t i = 0; i < changed->nr; i++)
		if (corpus_has_file(after, changed->at[i]) == 0)
			vec_push(after->arena, &out, changed->at[i]);
	return out;
}

/* The ids of the retros that lay at the paths and are nowhere now. */
static struct err *gone_ids(struct strs *out, struct corpus *after,
			    const struct range *range, const struct strs *paths)
{
	struct corpus before;
	char hex[OID_HEX + 1];
	bool any = false;
	struct err *e;

	for (size_t i = 0; i < paths->nr; i++)
		any |= retro_is_path(paths->at[i]);
	if (!any)
		return NULL;
	e = corpus_open(&before, after->arena, after->repo, after->policy,
			oid_hex(hex, range->from));
	for (size_t i = 0; !e && i < before.retros.nr; i++) {
		const struct retro *retro = before.retros.at[i];

		if (strs_has(paths, retro->path) &&
		    !corpus_by_id(after, retro->id))
			vec_push(after->arena, out, retro->id);
	}
	return e;
}

static bool has_retro_text(const struct retro *retro, const char *text)
{
	return memmem(retro->bytes, retro->n, text, strlen(text)) != NULL;
}

/* Whether its text has the name of something that is gone; a link has it,
 * however the way to it is written, unless it is written with %20 and such. */
static bool may_name(const struct retro *retro, const struct strs *ids,
		     const struct strs *paths)
{
	for (size_t i = 0; i < ids->nr; i++)
		if (has_retro_text(retro, ids->at[i]))
			return true;
	for (size_t i = 0; i < paths->nr; i++)
		if (has_retro_text(retro, path_base(paths->at[i])) ||
		    memchr(retro->bytes, '%', retro->n))
			return true;
	return false;
}

static bool is_about(const struct diag *diag, const struct strs *names,
		     enum rule_id rule)
{
	size_t n = strlen(diag->text);

	if (strcmp(diag->rule, rule_table[rule].name) != 0)
		return false;
	for (size_t i = 0; i < names->nr; i++) {
		size_t m = strlen(names->at[i]);

		/* ... '<name>' */
		if (n > m + 2 && diag->text[n - 1] == '\'' &&
		    diag->text[n - m - 2] == '\'' &&
		    !memcmp(diag->text + n - m - 1, names->at[i], m))
			return true;
	}
	return false;
}

struct err *broken_links_find(struct diags *out, struct corpus *after,
			      const struct range *range,
			      const struct strs *changed)
{
	struct strs paths = gone_paths(after, changed), ids = { 0 };
	struct corpus part = *after;
	struct retros touched = { 0 };
	struct err *e;

	if (!paths.nr)
		return NULL;
	e = gone_ids(&ids, after, range, &paths);
	if (!e)
		e = corpus_read(after, &after->retros);
	for (size_t i = 0; !e && i < after->retros.nr; i++) {
		struct retro *retro = after->retros.at[i];

		if (!strs_has(changed, retro->path) &&
		    may_name(retro, &ids, &paths))
			vec_push(after->arena, &touched, retro);
	}
	part.diags = (struct diags){ .arena = after->arena };
	if (!e && touched.nr)
		e = check_all_retros(&part, &touched);
	for (size_t i = 0; !e && i < part.diags.nr; i++)
		if (is_about(&part.diags.at[i], &paths, RULE_FILE_LINK) ||
		    is_about(&part.diags.at[i], &ids, RULE_LINK_UNRESOLVED))
			vec_push(out->arena, out, part.diags.at[i]);
	return e;
}
