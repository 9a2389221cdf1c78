/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/quote.h"

#include <string.h>

#define PLAIN                                                                  \
	"abcdefghijklmnopqrstuvwxyz"                                           \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"                                           \
	"0123456789._/+@:-"

void quote_always(struct buf *out, const char *word)
{
	buf_addch(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			buf_addstr(out, "'\\''");
		else
			buf_addch(out, *word);
	buf_addch(out, '\'');
}

char *quote_word(struct arena *a, const char *word)
{
	struct buf quoted = BUF_INIT;
	char *result;

	if (*word && *word != '-' && strspn(word, PLAIN) == strlen(word))
		return arena_strdup(a, word);
	quote_always(&quoted, word);
	result = arena_strndup(a, quoted.p, quoted.n);
	buf_release(&quoted);
	return result;
}
