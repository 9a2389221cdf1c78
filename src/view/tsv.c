/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/tsv.h"

#include "base/text.h"

void tsv_put(struct buf *out, const char *value)
{
	struct buf escaped = BUF_INIT;

	for (; *value; value++) {
		if (*value == '\t')
			buf_addstr(&escaped, "\\t");
		else if (*value == '\n')
			buf_addstr(&escaped, "\\n");
		else if (*value == '\\')
			buf_addstr(&escaped, "\\\\");
		else
			buf_addch(&escaped, *value);
	}
	text_clean(out, escaped.p, escaped.n, 0);
	buf_release(&escaped);
}
