/* SPDX-License-Identifier: GPL-2.0-only */
#include "exchange/import.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/diag.h"

/* Of a file with many issues. Bytes. */
#define IMPORT_MAX ((size_t)256 << 20)

#define OWN_KEY_CHARS 40

const char *const import_formats[] = {
	[IMPORT_AUTO] = "auto",
	[IMPORT_MARKDOWN] = "markdown",
	[IMPORT_ADR] = "adr",
	[IMPORT_NOTION] = "notion",
	[IMPORT_CONFLUENCE] = "confluence",
	[IMPORT_GITHUB] = "github",
	[IMPORT_GITLAB] = "gitlab",
	[IMPORT_JIRA] = "jira",
	[IMPORT_JIRA + 1] = NULL,
};

void import_broken(struct import *import, struct err *e)
{
	struct arena *a = import->arena;

	if (!e)
		return;
	vec_push(a, &import->broken,
		 (struct import_problem){ arena_strdup(a, e->text),
					  e->hint ? arena_strdup(a, e->hint)
						  : NULL });
	err_free(e);
}

/* --- fields --- */

void import_set(struct import_item *item, struct arena *a, const char *key,
		const char *value)
{
	size_t n = value ? strlen(value) : 0;

	text_trim(&value, &n);
	if (n)
		vec_push(a, &item->fields,
			 (struct import_field){ key,
						arena_strndup(a, value, n) });
}

const char *import_get(const struct import_item *item, const char *key)
{
	for (size_t i = 0; i < item->fields.nr; i++)
		if (!strcmp(item->fields.at[i].key, key))
			return item->fields.at[i].value;
	return NULL;
}

/* "closedAt" as "closed At". */
static const char *part_camels(struct arena *a, const char *name)
{
	struct buf parted = BUF_INIT;
	const char *text;

	for (const char *p = name; *p; p++) {
		if (p > name && isupper((unsigned char)*p) &&
		    islower((unsigned char)p[-1]))
			buf_addch(&parted, ' ');
		buf_addch(&parted, *p);
	}
	text = arena_strdup(a, parted.p);
	buf_release(&parted);
	return text;
}

void import_set_own(struct import_item *item, struct arena *a, const char *name,
		    const char *value)
{
	import_set(
		item, a,
		arena_printf(a, "x-%s",
			     text_slug(a, part_camels(a, name), OWN_KEY_CHARS)),
		value);
}

void import_set_date(struct import_item *item, struct arena *a,
		     const char *name, const char *value)
{
	int32_t day;

	if (!value || !*value)
		return;
	if (day_parse(&day, value)) {
		import_set(item, a, "date", day_format(a, day));
		return;
	}
	import_set_own(item, a, name, value);
	vec_push(a, &item->left, _("its date"));
}

/* --- what it is --- */

/* Beginnings of files that people hand over as they got them. */
static const char *packed_as(const char *bytes, size_t n)
{
	static const struct {
		const char *start, *name;
		size_t n;
	} kinds[] = {
		{ "PK\3\4", "zip", 4 },
		{ "PK\5\6", "zip", 4 },
		{ "\x1F\x8B", "gzip", 2 },
		{ "7z\xBC\xAF", "7z", 4 },
		{ "BZh", "bzip2", 3 },
		{ "\xFD"
		  "7zXZ",
		  "xz", 5 },
		{ "\x28\xB5\x2F\xFD", "zstd", 4 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (n >= kinds[i].n &&
		    !memcmp(bytes, kinds[i].start, kinds[i].n))
			return kinds[i].name;
	return NULL;
}

struct err *import_check(const char *name, const char *bytes, size_t n)
{
	const char *packed = packed_as(bytes, n);
	const char *nul = memchr(bytes, '\0', n);
	size_t bad;

	if (packed)
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("%s: this is a %s archive"), name,
					packed),
				_("unpack it and import the folder"));
	/* UTF-16 is no UTF-8 either, and has NUL bytes. */
	if (!text_is_utf8(bytes, n, &bad))
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("%s:%d: the text is not valid UTF-8"),
					name, diag_pos(bytes, bad).line),
				_("save it as UTF-8; iconv(1) converts it"));
	if (nul)
		return err_new(ERR_UNSUPPORTED, _("%s:%d: there is a NUL byte"),
			       name,
			       diag_pos(bytes, (size_t)(nul - bytes)).line);
	return NULL;
}

/* --- reading --- */

/* The first character that says something. */
static char first_char(const char *bytes, size_t n)
{
	size_t i = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;

	while (i < n && isspace((unsigned char)bytes[i]))
		i++;
	return i < n ? bytes[i] : '\0';
}

static struct err *guess_format(enum import_format *out,
				const struct import *import, const char *path,
				const char *bytes, size_t n)
{
	char first = first_char(bytes, n);

	*out = import->from;
	if (*out != IMPORT_AUTO)
		return NULL;
	if (retro_is_path(path))
		*out = IMPORT_MARKDOWN;
	else if (first == '[' || first == '{')
		*out = IMPORT_GITHUB;
	else if (import_is_jira(import->arena, bytes, n))
		*out = IMPORT_JIRA;
	else
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("%s: unknown format"), import->name),
				_("name the format with --from"));
	return NULL;
}

static struct err *read_bytes(struct import *import, const char *path,
			      const char *bytes, size_t n)
{
	enum import_format format;
	struct err *e = import_check(import->name, bytes, n);

	if (!e)
		e = guess_format(&format, import, path, bytes, n);
	if (e)
		return e;
	switch (format) {
	case IMPORT_GITHUB:
	case IMPORT_GITLAB:
		return import_json(import, bytes, n);
	case IMPORT_JIRA:
		return import_jira(import, bytes, n);
	default:
		return import_file(import, path, bytes, n);
	}
}

static bool reads_documents(enum import_format format)
{
	return format < IMPORT_GITHUB;
}

static struct err *read_stdin(struct import *import)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_stdin(&text, IMPORT_MAX);

	import->name = _("standard input");
	if (!e && import->from != IMPORT_AUTO && reads_documents(import->from))
		e = err_new(ERR_USAGE,
			    _("a document has no name on standard input: "
			      "import its file"));
	if (!e)
		e = read_bytes(import, "",
			       arena_strndup(import->arena, text.p, text.n),
			       text.n);
	buf_release(&text);
	return e;
}

static struct err *read_one(struct import *import, const char *path)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, path, IMPORT_MAX);

	if (!e)
		e = read_bytes(import, path,
			       arena_strndup(import->arena, text.p, text.n),
			       text.n);
	buf_release(&text);
	return e;
}

struct err *import_read(struct import *import, const char *path)
{
	enum file_kind kind = FILE_NONE;
	const char *real;
	struct err *e = NULL;

	import->name = path;
	if (!strcmp(path, "-"))
		return read_stdin(import);
	real = path_real(import->arena, path);
	if (real)
		e = file_look(&kind, real);
	if (!e && kind == FILE_NONE)
		e = err_new(ERR_NOT_FOUND, _("there is no file '%s'"), path);
	if (e || kind != FILE_FOLDER)
		return e ? e : read_one(import, path);
	if (!reads_documents(import->from))
		return err_new(ERR_USAGE, _("%s: --from %s reads a file"), path,
			       import_formats[import->from]);
	return import_folder(import, real);
}
