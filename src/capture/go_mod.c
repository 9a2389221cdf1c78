/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * go.mod lists what is required, and marks what the project does not import
 * itself; go.sum has a checksum of every version that was ever looked at, and
 * is of use only where there is no go.mod.
 */
#include <string.h>

#include "base/i18n.h"
#include "capture/formats.h"
#include "capture/lines.h"

static bool is_word(const char *word, size_t n, const char *text)
{
	return n == strlen(text) && !memcmp(word, text, n);
}

/* Bytes of a line before its comment. */
static size_t code_length(const char *line, size_t n)
{
	const char *comment = memmem(line, n, "//", 2);

	return comment ? (size_t)(comment - line) : n;
}

/* "example.com/mod v1.2.3 // indirect" */
static void add_required(struct packages *out, struct arena *a,
			 const char *line, size_t n)
{
	struct package *added;
	const char *name, *version;
	size_t name_n, version_n;

	if (!next_word(&name, &name_n, &line, &n) ||
	    !next_word(&version, &version_n, &line, &n) || *name == '/')
		return;
	added = package_add(out, a, PACKAGE_LIBRARY,
			    arena_strndup(a, name, name_n),
			    arena_strndup(a, version, version_n));
	if (added)
		added->direct = !memmem(line, n, "// indirect", 11);
}

struct err *go_mod_read(struct packages *out, struct arena *a,
			const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line, *word;
	bool block = false, required = false;
	size_t len, word_n;

	while (next_line(&line, &len, &lines)) {
		const char *rest = line;
		size_t left = len;

		if (!next_word(&word, &word_n, &rest, &left))
			continue;
		if (block && *word == ')') {
			block = false;
		} else if (block) {
			if (required)
				add_required(out, a, line, len);
		} else if (memchr(line, '(', code_length(line, len))) {
			block = true;
			required = is_word(word, word_n, "require") ||
				   is_word(word, word_n, "require(");
		} else if (is_word(word, word_n, "require")) {
			add_required(out, a, rest, left);
		} else if ((is_word(word, word_n, "go") ||
			    is_word(word, word_n, "toolchain")) &&
			   next_word(&line, &len, &rest, &left)) {
			package_add_runtime(out, a,
					    arena_strndup(a, word, word_n),
					    arena_strndup(a, line, len));
		}
	}
	return block ? err_new(ERR_UNSUPPORTED, _("a block is not closed"))
		     : NULL;
}

struct err *go_sum_read(struct packages *out, struct arena *a,
			const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	const char *line, *name, *version, *sum;
	size_t len, name_n, version_n, sum_n;

	while (next_line(&line, &len, &lines)) {
		if (!next_word(&name, &name_n, &line, &len))
			continue;
		if (!next_word(&version, &version_n, &line, &len) ||
		    !next_word(&sum, &sum_n, &line, &len))
			return err_new(ERR_UNSUPPORTED,
				       _("line %d is not 'module version sum'"),
				       lines.line);
		if (!memmem(version, version_n, "/go.mod", 7))
			package_add(out, a, PACKAGE_LIBRARY,
				    arena_strndup(a, name, name_n),
				    arena_strndup(a, version, version_n));
	}
	return NULL;
}
