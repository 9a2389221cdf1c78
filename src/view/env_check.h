/* SPDX-License-Identifier: GPL-2.0-only */
/* The answer of `env --check`. */
#ifndef VIEW_ENV_CHECK_H
#define VIEW_ENV_CHECK_H

#include "base/buf.h"
#include "report/env_check.h"
#include "view/style.h"

void env_check_text(struct buf *out, const struct style *style,
		    const struct env_states *states);

/* {"version":1,"environments":[{"name","retro","state":"short|fits|unknown",
 * "compared","short":[{"name","offered","asked","path","because"}],
 * "unread":[text]}]} */
void env_check_json(struct buf *out, const struct env_states *states);

/* "short", "fits" or "unknown": something was not read, or no retro says what
 * it has, or nothing that is asked for. */
const char *env_state_word(const struct env_state *state);

#endif
