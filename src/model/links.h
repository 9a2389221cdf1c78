/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Links and images of a body that lead to a file of the repository.
 */
#ifndef MODEL_LINKS_H
#define MODEL_LINKS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/body.h"
#include "model/retro.h"

struct file_link {
	const char *url;  /* as written */
	const char *path; /* from the root, normal, without ?query and #part; a
			   * leading slash is the root, as forges have it */
	bool outside;     /* it leads out of the repository */
	struct pos pos;   /* of the url, or of its block */
};
struct file_links VEC_OF(struct file_link);

/* In the order of the text. Addresses with a scheme, parts of the same page
 * and what a site generator fills in (`{{`) are none. */
void links_find(struct file_links *out, struct arena *a,
		const struct retro *retro, const struct body *body);

#endif
