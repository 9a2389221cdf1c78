/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/text_merge.h"

#include <string.h>

#include "base/i18n.h"
#include "git/internal.h"
#include "git/libgit2.h"

static git_merge_file_input side(const struct text *text)
{
	return (git_merge_file_input){
		.version = GIT_MERGE_FILE_INPUT_VERSION,
		.ptr = text->p,
		.size = text->n,
	};
}

static uint32_t style_flags(enum text_merge_style style)
{
	return GIT_MERGE_FILE_SIMPLIFY_ALNUM |
	       (style == TEXT_MERGE_DIFF3    ? GIT_MERGE_FILE_STYLE_DIFF3
		: style == TEXT_MERGE_ZDIFF3 ? GIT_MERGE_FILE_STYLE_ZDIFF3
					     : 0);
}

/* Puts a label where a line is nothing but so many of a sign. */
static void put_label(struct buf *out, size_t at, char sign, size_t nr,
		      const char *label)
{
	size_t n = strspn(out->p + at, (const char[]){ sign, '\0' });
	char end = out->p[at + n];

	if (n != nr || (end && !strchr("\r\n", end)))
		return;
	buf_splice(out, at + n, 0, label, strlen(label));
	buf_splice(out, at + n, 0, " ", 1);
}

/* The marker of a base without text: the next one follows right away. NULL if
 * there is none, or it has its label. */
static const char *bare_base(const char *out, size_t nr)
{
	for (const char *at = strstr(out, "\n|"); at;
	     at = strstr(at + 1, "\n|")) {
		size_t n = strspn(at + 1, "|");
		const char *end = at + 1 + n;

		end += *end == '\r';
		if (n == nr && *end == '\n' && strspn(end + 1, "=") == nr)
			return at + 1;
	}
	return NULL;
}

/* libgit2 1.9 forgets the label of a side without text, whose conflict is all
 * that there is. */
static void complete_labels(struct buf *out, size_t from,
			    const struct text_merge *texts,
			    const git_merge_file_options *options)
{
	size_t nr = options->marker_size, last = out->n;
	const char *middle;

	for (last--; last > from && out->p[last - 1] != '\n'; last--)
		;
	if (!texts->theirs.n)
		put_label(out, last, '>', nr, options->their_label);
	middle = texts->base.n ? NULL : bare_base(out->p + from, nr);
	if (middle)
		put_label(out, (size_t)(middle - out->p), '|', nr,
			  options->ancestor_label);
	if (!texts->ours.n)
		put_label(out, from, '<', nr, options->our_label);
}

struct err *text_merge(struct buf *out, bool *clean,
		       const struct text_merge *texts)
{
	git_merge_file_input base = side(&texts->base);
	git_merge_file_input ours = side(&texts->ours);
	git_merge_file_input theirs = side(&texts->theirs);
	git_merge_file_options options = {
		.version = GIT_MERGE_FILE_OPTIONS_VERSION
	};
	git_merge_file_result result = { 0 };
	struct err *e = libgit2_open();
	size_t from = out->n;

	*clean = false;
	if (e)
		return e;
	options.ancestor_label = "base";
	options.our_label = "ours";
	options.their_label = "theirs";
	options.flags = style_flags(texts->style);
	options.marker_size = texts->marker ? (unsigned short)texts->marker
					    : GIT_MERGE_CONFLICT_MARKER_SIZE;
	if (git_merge_file(&result, &base, &ours, &theirs, &options) < 0)
		return err_new(ERR_FAILED, _("cannot merge the texts"));
	/* Nothing comes of what is no text. */
	if (result.ptr || result.automergeable)
		buf_add(out, result.ptr, result.len);
	else
		buf_add(out, texts->ours.p, texts->ours.n);
	if (!result.automergeable && result.len)
		complete_labels(out, from, texts, &options);
	*clean = result.automergeable;
	git_merge_file_result_free(&result);
	return NULL;
}
