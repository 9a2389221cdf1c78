/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/evidence.h"

#include "base/i18n.h"

const struct evidence_kind evidence_kinds[EVIDENCE_TYPES] = {
	[EVIDENCE_COMMIT] = { "commit", NULL, true, true, true },
	[EVIDENCE_GUARD] = { "guard", NULL, true, true, true },
	[EVIDENCE_SKIP] = { "skip", NULL, true, true, true },
	[EVIDENCE_UNDO] = { "undo", NULL, true, false, true },
	[EVIDENCE_REDO] = { "redo", NULL, true, false, true },
	[EVIDENCE_LINE] = { "line", NULL, true, false, false },
	[EVIDENCE_NAME] = { "name", NULL, true, true, true },
	[EVIDENCE_SYMBOL] = { "symbol", NULL, true, false, true },
	[EVIDENCE_KEY] = { "key", NULL, true, false, true },
	[EVIDENCE_FUNCTION] = { "function", N_("same function"), false, false,
				false },
	[EVIDENCE_AT_GUARD] = { "at-guard", NULL, false, true, true },
	[EVIDENCE_TWIN] = { "twin", N_("same name"), false, false, false },
	[EVIDENCE_PITFALL] = { "pitfall", N_("same file"), false, false,
			       false },
	[EVIDENCE_PATHS] = { "paths", N_("path"), false, false, false },
	[EVIDENCE_FILE] = { "file", N_("same file"), false, false, false },
};
