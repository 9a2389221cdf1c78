/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a project is built from or runs on, as a lock or manifest file names it:
 * a name and a version.
 */
#ifndef CAPTURE_PACKAGE_H
#define CAPTURE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/node.h"

enum package_kind {
	PACKAGE_LIBRARY,
	PACKAGE_IMAGE,     /* a container image; the version is its tag */
	PACKAGE_RUNTIME,   /* a language, an SDK: what the libraries run on */
	PACKAGE_DATA,      /* a data file; the version is its checksum */
	PACKAGE_PARAMETER, /* a value that a person chose */
	PACKAGE_KINDS
};

struct package {
	enum package_kind kind;
	const char *name;
	const char *version; /* as written, maybe a constraint; "" if none */
	bool direct;         /* the project itself asks for it, as far as the
			      * file tells */
};
struct packages VEC_OF(struct package);

/* Appends one, which is returned; nothing, and NULL, without a name. `version`
 * may be NULL. */
struct package *package_add(struct packages *out, struct arena *a,
			    enum package_kind kind, const char *name,
			    const char *version);

/* The same of one that the project asks for itself. */
void package_add_direct(struct packages *out, struct arena *a,
			enum package_kind kind, const char *name,
			const char *version);

/* What the libraries run on; nothing without a name or a version. */
void package_add_runtime(struct packages *out, struct arena *a,
			 const char *name, const char *version);

/* Says of each package of these names that the project asks for it itself. */
void package_mark_direct(struct packages *packages, const struct strs *names);

/* By kind, name, version; the same one twice becomes one. */
void package_sort(struct packages *packages);

/* "library", "image", "runtime", "data", "parameter" */
const char *package_kind_name(enum package_kind kind);

/* The text of a scalar; NULL if it is none, or null. And that of a key of a
 * map. */
const char *package_text(const struct node *node);
const char *package_field(const struct node *map, const char *key);

/* Appends the keys of a map (NULL: none). */
void package_keys(struct strs *out, struct arena *a, const struct node *map);

/* An image as it is named in a Dockerfile or a compose file: name, and tag or
 * digest. "scratch" is none. */
void package_add_image(struct packages *out, struct arena *a,
		       const char *image);

#endif
