/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/text_merge.h"

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

	*clean = false;
	if (e)
		return e;
	options.ancestor_label = "base";
	options.our_label = "ours";
	options.their_label = "theirs";
	options.flags = style_flags(texts->style);
	options.marker_size = (unsigned short)texts->marker;
	if (git_merge_file(&result, &base, &ours, &theirs, &options) < 0)
		return err_new(ERR_FAILED, _("cannot merge the texts"));
	/* Nothing comes of what is no text. */
	if (result.ptr || result.automergeable)
		buf_add(out, result.ptr, result.len);
	else
		buf_add(out, texts->ours.p, texts->ours.n);
	*clean = result.automergeable;
	git_merge_file_result_free(&result);
	return NULL;
}
