/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/evidence.h"

#include "base/i18n.h"

const struct evidence_kind evidence_kinds[EVIDENCE_TYPES] = {
	[EVIDENCE_COMMIT] = { "commit", NULL, true, true },
	[EVIDENCE_GUARD] = { "guard", NULL, true, true },
	[EVIDENCE_SKIP] = { "skip", NULL, true, true },
	[EVIDENCE_UNDO] = { "undo", NULL, true, true },
	[EVIDENCE_REDO] = { "redo", NULL, true, true },
	[EVIDENCE_LINE] = { "line", NULL, true, true },
	[EVIDENCE_NAME] = { "name", NULL, true, true },
	[EVIDENCE_SYMBOL] = { "symbol", NULL, true, true },
	[EVIDENCE_KEY] = { "key", NULL, true, true },
	[EVIDENCE_SHORT] = { "short-function", NULL, true, true },
	[EVIDENCE_FUNCTION] = { "function", N_("same function"), false, true },
	[EVIDENCE_AT_GUARD] = { "at-guard", NULL, false, true },
	[EVIDENCE_TWIN] = { "twin", N_("same name"), false, false },
	[EVIDENCE_PITFALL] = { "pitfall", N_("same file"), false, false },
	[EVIDENCE_PATHS] = { "paths", N_("path"), false, false },
	[EVIDENCE_FILE] = { "file", N_("same file"), false, false },
};
