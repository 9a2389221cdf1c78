/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stands above a retro's text when it is shown: the fields that are set,
 * those that are unknown, and the file, as lines of key and value.
 */
#ifndef VIEW_HEADER_H
#define VIEW_HEADER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/markdown.h"
#include "model/retro.h"
#include "view/style.h"

struct header_line {
	const char *key; /* clean; "" continues the key above */
	const char *value;
	enum style_role role;
};
struct header_lines VEC_OF(struct header_line);

/* All but the title. */
void header_read(struct header_lines *lines, struct arena *a,
		 const struct retro *retro);

enum style_role header_status_role(enum status status);

/* Whether the text opens with the title, which a header shows already. */
bool header_has_title(const struct retro *retro, const struct md *doc);

#endif
