/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/github.h"

#include <stdbool.h>
#include <string.h>

#include "base/phrase.h"
#include "base/text.h"

static const char *github_command(enum diag_level level)
{
	return level == DIAG_ERROR     ? "error"
	       : level == DIAG_WARNING ? "warning"
				       : "notice";
}

/* Cleaned: an escape sequence would reach the log as it is. The older form of
 * a command, `##[`, is looked for anywhere in a line. */
static void add_github_text(struct buf *out, const char *s, bool property)
{
	struct buf clean = BUF_INIT;

	text_clean(&clean, s, strlen(s), TEXT_KEEP_LINES);
	for (size_t i = 0; i < clean.n; i++) {
		unsigned char c = (unsigned char)clean.p[i];

		if (c == '%' || c == '\n' || c == '\r' ||
		    (property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", c);
		else if (c == '[' && i > 1 && !memcmp(clean.p + i - 2, "##", 2))
			buf_addstr(out, " [");
		else
			buf_addch(out, (char)c);
	}
	buf_release(&clean);
}

static void add_github_phrase(struct buf *out, const char *phrase)
{
	struct buf text = BUF_INIT;

	phrase_put(&text, phrase);
	add_github_text(out, text.p, false);
	buf_release(&text);
}

static void add_diag(struct buf *out, const struct diag *diag)
{
	buf_addf(out, "::%s ", github_command(diag->level));
	if (*diag->path != '/' && diag->path[0]) {
		buf_addstr(out, "file=");
		add_github_text(out, diag->path, true);
		if (diag->pos.line)
			buf_addf(out, ",line=%d,col=%d", diag->pos.line,
				 diag->pos.column);
		buf_addch(out, ',');
	}
	buf_addstr(out, "title=");
	add_github_text(out, diag->rule, true);
	buf_addstr(out, "::");
	add_github_phrase(out, diag_said(diag));
	if (diag->hint) {
		buf_addstr(out, "%0A");
		add_github_phrase(out, diag_advice(diag));
	}
	buf_addch(out, '\n');
}

void github_diags(struct buf *out, const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++)
		add_diag(out, &diags->at[i]);
}
