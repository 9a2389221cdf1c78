/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files are retros, by their name: asked by the hook program, too, which
 * knows nothing of the model.
 */
#ifndef BASE_RETRO_NAME_H
#define BASE_RETRO_NAME_H

#include <stdbool.h>

/* Whether a file of this name can be one: Markdown, and no template; case does
 * not count. Which README.md is one its folder says (model/dirs.h). */
bool retro_name(const char *path);

/* Whether it is one to be copied and filled in: "TEMPLATE.md",
 * "0000-template.md", "YYYY-MM-DD.md", "复盘模板.md". */
bool retro_name_is_blank(const char *path);

#endif
