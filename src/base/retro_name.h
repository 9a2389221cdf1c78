/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files are retros, by their name: asked by the hook program, too, which
 * knows nothing of the model.
 */
#ifndef BASE_RETRO_NAME_H
#define BASE_RETRO_NAME_H

#include <stdbool.h>

/* Whether a file of this name can be one: Markdown; case does not count. Which
 * README.md is one its folder says (model/dirs.h). */
bool retro_name(const char *path);

#endif
