/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/evidence.h"

#include "base/i18n.h"

const struct evidence_kind evidence_kinds[EVIDENCE_TYPES] = {
	[EVIDENCE_COMMIT] = { "commit", NULL, true },
	[EVIDENCE_GUARD] = { "guard", NULL, true },
	[EVIDENCE_SKIP] = { "skip", NULL, true },
	[EVIDENCE_UNDO] = { "undo", NULL, true },
	[EVIDENCE_REDO] = { "redo", NULL, true },
	[EVIDENCE_LINE] = { "line", NULL, true },
	[EVIDENCE_NAME] = { "name", NULL, true },
	[EVIDENCE_SYMBOL] = { "symbol", NULL, true },
	[EVIDENCE_KEY] = { "key", NULL, true },
	[EVIDENCE_SHORT] = { "short-function", NULL, true },
	[EVIDENCE_FUNCTION] = { "function", N_("same function"), false },
	[EVIDENCE_TWIN] = { "twin", N_("same name"), false },
	[EVIDENCE_PITFALL] = { "pitfall", N_("same file"), false },
	[EVIDENCE_PATHS] = { "paths", N_("path"), false },
	[EVIDENCE_FILE] = { "file", N_("same file"), false },
};
