/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/title.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/hash.h"

/* What is longer is not a title, and so is a revert of so many reverts. */
#define TITLE_MAX 1000
#define DEPTH_MAX 8

/* Bytes of a title, from the outside in. */
struct span {
	const char *at, *end;
};

static void trim_span(struct span *span)
{
	while (span->at < span->end && isspace((unsigned char)*span->at))
		span->at++;
	while (span->at < span->end && isspace((unsigned char)span->end[-1]))
		span->end--;
}

/* --- numbers ------------------------------------------------------------ */

/* The number after the first "#" or "!" of the span, or after its start. */
static uint32_t number_in(struct span span)
{
	uint64_t number = 0;

	while (span.at < span.end && *span.at != '#' && *span.at != '!')
		span.at++;
	if (span.at < span.end)
		span.at++;
	for (; span.at < span.end && isdigit((unsigned char)*span.at);
	     span.at++) {
		number = number * 10 + (uint64_t)(*span.at - '0');
		if (number > UINT32_MAX)
			return 0;
	}
	return (uint32_t)number;
}

static bool holds_word(struct span span, const char *word)
{
	size_t n = strlen(word);

	for (; span.at + n <= span.end; span.at++)
		if (!strncasecmp(span.at, word, n))
			return true;
	return false;
}

static bool speaks_of_pick(struct span span)
{
	return holds_word(span, "backport") || holds_word(span, "cherry") ||
	       holds_word(span, "pick");
}

/* A group in brackets: "(#34)" is its own number, what stands before that and
 * "(cherry-pick #12 for 3.4)" are another's. False if it belongs to the title.
 */
static bool read_group(struct title *title, struct span group)
{
	bool bare =
		group.at < group.end && (*group.at == '#' || *group.at == '!');
	uint32_t number = number_in(group);

	for (const char *at = group.at + 1; bare && at < group.end; at++)
		bare = isdigit((unsigned char)*at);
	if (!bare && !speaks_of_pick(group))
		return false;
	if (bare && !title->number && !title->of)
		title->number = number;
	else if (number && !title->of)
		title->of = number;
	return bare || number || speaks_of_pick(group);
}

/* Takes the groups off the end. */
static void take_groups(struct title *title, struct span *span)
{
	for (;;) {
		struct span group = { NULL, span->end };

		trim_span(span);
		if (span->at == span->end || span->end[-1] != ')')
			return;
		group.end = span->end - 1;
		group.at = group.end;
		while (group.at > span->at && group.at[-1] != '(' &&
		       group.at[-1] != ')')
			group.at--;
		if (group.at == span->at || group.at[-1] != '(' ||
		    !read_group(title, group))
			return;
		span->end = group.at - 1;
	}
}

/* --- what is put in front ----------------------------------------------- */

/* "[release-3.4]", which may name what was taken: "[Backport #12]". */
static void take_labels(struct title *title, struct span *span)
{
	for (;;) {
		struct span label = { NULL, NULL };

		trim_span(span);
		if (span->at == span->end || *span->at != '[')
			return;
		label.at = span->at + 1;
		label.end =
			memchr(label.at, ']', (size_t)(span->end - label.at));
		if (!label.end || label.end + 1 == span->end)
			return;
		if (!title->of && speaks_of_pick(label))
			title->of = number_in(label);
		span->at = label.end + 1;
	}
}

static bool skip_prefix(struct span *span, const char *words)
{
	size_t n = strlen(words);

	if ((size_t)(span->end - span->at) < n ||
	    strncasecmp(span->at, words, n) != 0)
		return false;
	span->at += n;
	return true;
}

/* "Backport PR #12: T", "Automated cherry pick of #12: T", "Backport PR #12 on
 * branch 1.2.x (T)". */
static void take_announcement(struct title *title, struct span *span)
{
	struct span rest = *span;
	uint32_t number;

	skip_prefix(&rest, "automated ");
	if (!skip_prefix(&rest, "backport ") &&
	    !skip_prefix(&rest, "cherry pick of ") &&
	    !skip_prefix(&rest, "cherry-pick of ") &&
	    !skip_prefix(&rest, "cherry-pick ") &&
	    !skip_prefix(&rest, "cherry pick "))
		return;
	if (!skip_prefix(&rest, "pr "))
		skip_prefix(&rest, "pull request ");
	if (rest.at == rest.end || (*rest.at != '#' && *rest.at != '!'))
		return;
	number = number_in(rest);
	rest.at++;
	while (rest.at < rest.end && isdigit((unsigned char)*rest.at))
		rest.at++;
	if (skip_prefix(&rest, " on branch ")) {
		const char *open =
			memchr(rest.at, '(', (size_t)(rest.end - rest.at));

		if (!open || rest.end[-1] != ')')
			return;
		rest.at = open + 1;
		rest.end--;
	} else if (!skip_prefix(&rest, ":")) {
		return;
	}
	if (!number)
		return;
	title->of = number;
	*span = rest;
}

/* --- reverts of titles -------------------------------------------------- */

/* `Revert "T"`, also behind "datapath: " or "fix(ci): "; the inner title. How
 * many times it is taken back: 2 for `Reapply "T"`; 0: it is not a revert. */
static unsigned take_revert(struct span *span)
{
	static const struct {
		const char *words;
		unsigned times;
	} forms[] = {
		{ "revert \"", 1 },   { "revert: \"", 1 },
		{ "reverts \"", 1 },  { "reverted \"", 1 },
		{ "reapply \"", 2 },  { "reland \"", 2 },
		{ "re-land \"", 2 },  { "re-apply \"", 2 },
		{ "unrevert \"", 2 }, { "un-revert \"", 2 },
	};
	struct span rest = *span;
	const char *close;

	for (;;) {
		bool may = rest.at < rest.end && strchr("rRuU", *rest.at);

		for (size_t i = 0; may && i < sizeof(forms) / sizeof(*forms);
		     i++) {
			struct span inner = rest;

			if (!skip_prefix(&inner, forms[i].words))
				continue;
			close = memrchr(inner.at, '"',
					(size_t)(inner.end - inner.at));
			if (!close || close == inner.at)
				return 0;
			*span = (struct span){ inner.at, close };
			return forms[i].times;
		}
		close = memchr(rest.at, ':', (size_t)(rest.end - rest.at));
		if (!close || memchr(rest.at, '"', (size_t)(close - rest.at)) ||
		    close - rest.at > 40)
			return 0;
		rest.at = close + 1;
		trim_span(&rest);
	}
}

static void add_plain(struct buf *out, struct span span)
{
	bool space = false;

	for (; span.at < span.end; span.at++) {
		unsigned char c = (unsigned char)*span.at;

		if (isspace(c)) {
			space = true;
			continue;
		}
		if (space && out->n)
			buf_addch(out, ' ');
		space = false;
		buf_addch(out, (char)tolower(c));
	}
}

/* Only the outermost numbers are told. */
static void read_span(struct title *title, struct buf *out, struct span span)
{
	unsigned times = 0, more = 1;

	for (unsigned depth = 0; more && depth < DEPTH_MAX; depth++) {
		struct title inner = { 0 };
		struct title *told = depth ? &inner : title;

		take_groups(told, &span);
		take_labels(told, &span);
		if (!told->of)
			take_announcement(told, &span);
		more = take_revert(&span);
		times += more;
	}
	while (span.at < span.end && strchr(".! ", span.end[-1]))
		span.end--;
	for (unsigned i = 0; i < times; i++)
		buf_addstr(out, "revert \"");
	add_plain(out, span);
}

static uint64_t hash_title(const struct buf *text)
{
	return text->n ? hash_bytes(HASH_START, text->p, text->n) : 0;
}

struct title title_read(const char *subject)
{
	struct title title = { 0 };
	struct buf plain = BUF_INIT;
	struct span span = { subject, subject + strnlen(subject, TITLE_MAX) };

	read_span(&title, &plain, span);
	title.key = hash_title(&plain);
	buf_release(&plain);
	return title;
}

uint64_t title_key_again(uint64_t key, size_t i)
{
	/* As they are in the text that is hashed. */
	static const char *const more[] = {
		"",    " (2)",      " (again)", " again",   " (v2)",
		" v2", " (take 2)", " take 2",  " (reland)"
	};

	if (!key || i >= sizeof(more) / sizeof(*more))
		return 0;
	return hash_bytes(key, more[i], strlen(more[i]));
}
