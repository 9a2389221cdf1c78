/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/habits.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "model/template.h"

/* Kinds of tags that are named, of those in use and of the others. */
enum { USED_MAX = 12, OTHERS_MAX = 8 };

static const char *const use_texts[] = {
	[SCHEME_USED] = "",
	[SCHEME_REPLACED] = N_("replaced by another spelling"),
	[SCHEME_ALIAS] = N_("made next to each release of another kind"),
	[SCHEME_OLD] = N_("not used for a year"),
	[SCHEME_PRE] = N_("pre-releases only"),
	[SCHEME_ONCE] = N_("used once"),
};

static void add_scheme(struct buf *out, struct arena *a,
		       const struct tag_scheme *scheme, size_t number)
{
	bool used = scheme->use == SCHEME_USED;
	size_t nr = scheme->nr ? scheme->nr : scheme->all;
	int32_t day = day_of((struct moment){ scheme->time, 0 });

	buf_addstr(out, "  ");
	if (number)
		buf_addf(out, "%zu. ", number);
	if (used)
		buf_addf(out,
			 Q_("releases: %zu tag like %s (newest %s)",
			    "releases: %zu tags like %s (newest %s)", nr),
			 nr, text_cleaned(a, scheme->newest),
			 day_format(a, day));
	else
		buf_addf(out,
			 Q_("not releases: %zu tag like %s (newest %s)",
			    "not releases: %zu tags like %s (newest %s)", nr),
			 nr, text_cleaned(a, scheme->newest),
			 day_format(a, day));
	if (used && scheme->dated)
		buf_addstr(out,
			   _("; versions are dates, so each needs a retro"));
	else if (used && !scheme->nr)
		buf_addstr(out, _("; pre-releases only"));
	else if (!used)
		buf_addf(out, "%s%s", _("; "), _(use_texts[scheme->use]));
	buf_addch(out, '\n');
}

static void add_tag_patterns(struct buf *out, const struct strs *patterns)
{
	buf_addstr(out,
		   Q_("  tag pattern: ", "  tag patterns: ", patterns->nr));
	yaml_list(out, patterns);
	buf_addch(out, '\n');
}

static void add_branches(struct buf *out, const struct branch_schemes *branches)
{
	size_t nr = 0;

	for (size_t i = 0; i < branches->nr && i < USED_MAX; i++) {
		const struct branch_scheme *scheme = &branches->at[i];

		buf_addstr(out, nr++ ? _(", ") : _("  release branches: "));
		buf_addf(out, _("%s (%zu)"), scheme->pattern, scheme->nr);
	}
	if (nr)
		buf_addch(out, '\n');
}

void habits_text(struct buf *out, struct arena *a, const struct habits *habits,
		 const struct proposal *proposal, bool numbered)
{
	size_t used = 0, others = 0;

	for (size_t i = 0; i < habits->schemes.nr; i++) {
		const struct tag_scheme *scheme = &habits->schemes.at[i];
		bool in_use = scheme->use == SCHEME_USED;

		if (in_use ? used++ < USED_MAX : others++ < OTHERS_MAX)
			add_scheme(out, a, scheme, numbered ? i + 1 : 0);
		if (in_use &&
		    (i + 1 == habits->schemes.nr ||
		     scheme[1].use != SCHEME_USED) &&
		    used > USED_MAX)
			buf_addf(out,
				 Q_("  and %zu more kind of release tags\n",
				    "  and %zu more kinds of release tags\n",
				    used - USED_MAX),
				 used - USED_MAX);
	}
	if (others > OTHERS_MAX)
		buf_addf(out,
			 Q_("  and %zu more kind of other tags\n",
			    "  and %zu more kinds of other tags\n",
			    others - OTHERS_MAX),
			 others - OTHERS_MAX);
	if (proposal->tags.nr > 1 ||
	    (proposal->tags.nr && strcmp(*proposal->tags.at, "v[0-9]*") != 0))
		add_tag_patterns(out, &proposal->tags);
	add_branches(out, &habits->branches);
}
