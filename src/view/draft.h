/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What git knows of a release, as the Markdown of a draft: each finding at the
 * place in the template where a person would want it, each a line of its own
 * that is easy to delete. Names, subjects and paths are escaped.
 */
#ifndef VIEW_DRAFT_H
#define VIEW_DRAFT_H

#include "base/arena.h"
#include "model/policy.h"
#include "model/retro.h"
#include "model/template.h"
#include "tie/digest.h"

struct draft {
	const char *id, *title;
	int32_t date;
	enum kind kind;
	enum language language;
	const char *release;         /* tag name or NULL */
	struct strs authors;         /* who drafts: "Name <mail>" */
	const struct digest *digest; /* or NULL: nothing is known */
};

/* Fills `slots` with all that a template can name: the list stands in
 * git-retro-format(5), "Templates". An empty value drops its line. */
void draft_slots(struct slots *slots, struct arena *a,
		 const struct draft *draft);

#endif
