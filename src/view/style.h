/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How output is to look: width and colours, decided once as git decides them
 * (color.ui, color.retro, NO_COLOR, TERM=dumb, GIT_PAGER_IN_USE) and handed to
 * the views. With colour off every sequence is "".
 */
#ifndef VIEW_STYLE_H
#define VIEW_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "git/config.h"

enum style_role {
	STYLE_PLAIN, /* back to normal */
	STYLE_TITLE,
	STYLE_KEY, /* field names, table heads */
	STYLE_DIM,
	STYLE_CODE,
	STYLE_LINK,
	STYLE_EMPH,
	STYLE_STRONG,
	STYLE_GOOD,
	STYLE_WARNING,
	STYLE_ERROR,
	STYLE_ID,    /* as git colours a commit id: yellow */
	STYLE_MATCH, /* as git grep colours what was sought: bold red */
	STYLE_COUNT,
};

struct style {
	size_t width; /* columns: the terminal's (COLUMNS, TIOCGWINSZ), else 80 */
	bool tty;     /* stdout is one (or was, before the pager) */
	bool colour;
	bool wide; /* no column is cut to the width (--wide) */
};

/* `fd` is where the output goes (1 or 2). */
void style_init(struct style *out, const struct config *config, int fd);
/* The same for a command with a setting of its own ("color.grep") behind
 * color.retro, and an option that was given for it: "auto", "always", "never",
 * or NULL. */
void style_init_as(struct style *out, const struct config *config, int fd,
		   const char *setting, const char *asked);
/* The escape sequence, or "". */
const char *style_on(const struct style *style, enum style_role role);

/* Appends clean text in its role. */
void style_put(struct buf *out, const struct style *style, enum style_role role,
	       const char *text);

#endif
