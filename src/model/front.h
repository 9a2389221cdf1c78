/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the front matter lies in a file's bytes: between a line `---` (or
 * `---yaml`) and the next line `---` or `...`, or a JSON object, behind
 * nothing but blank lines and comments. A BOM in front, CRLF, and spaces
 * behind the dashes are fine.
 */
#ifndef MODEL_FRONT_H
#define MODEL_FRONT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/diag.h"

struct front {
	bool present;
	bool json;    /* `start` is that of its first brace */
	size_t start; /* first byte of the YAML, after the first `---` line */
	size_t end;   /* first byte of the closing line; of JSON the one
		       * after the last brace */
	size_t body;  /* first byte behind the closing line; without front
		       * matter, 0 (or 3, behind a BOM) */
	bool crlf;    /* the file's first line ends in CRLF */
};

/* False, with one problem reported, where the file cannot be read as a retro
 * at all: UTF-16, GBK, Big5, bytes that are not UTF-8, a NUL byte (rule encoding),
 * TOML `+++`, no end, or an indented `---` (rule front-matter). `front` is then
 * that of a file without front matter. */
bool front_find(struct front *front, struct diags *diags, const char *path,
		const char *bytes, size_t n);

#endif
