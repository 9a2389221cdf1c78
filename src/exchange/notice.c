/* SPDX-License-Identifier: GPL-2.0-only */
#include "exchange/notice.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "view/inert.h"
#include "view/object.h"

const char *const notice_formats[] = {
	[NOTICE_MARKDOWN] = "markdown", [NOTICE_SLACK] = "slack",
	[NOTICE_FEISHU] = "feishu",     [NOTICE_DINGTALK] = "dingtalk",
	[NOTICE_WECOM] = "wecom",       [NOTICE_WECOM + 1] = NULL,
};

/* Bytes of a body; of WeCom the content's, of Slack each block's characters.
 * Below what they document: 20 KB (Feishu), 20,000 bytes (DingTalk), 4,096
 * bytes (WeCom), 3,000 characters and 50 blocks (Slack). */
static const size_t limits[] = {
	[NOTICE_MARKDOWN] = 60000, [NOTICE_SLACK] = 2900,
	[NOTICE_FEISHU] = 19000,   [NOTICE_DINGTALK] = 19000,
	[NOTICE_WECOM] = 4096,
};
/* For the line that counts the rest. */
#define REST_SIZE 80

/* --- texts --- */

static bool is_slack_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The signs that mean something to the chat, as ones that look alike. */
static void put_inert(struct buf *out, const char *text)
{
	static const char signs[] = "<>[]*`@";
	static const char *const alike[] = { "＜", "＞", "［", "］",
					     "＊", "'",  "＠" };

	for (; *text; text++) {
		const char *at = strchr(signs, *text);

		if (at)
			buf_addstr(out, alike[at - signs]);
		else
			buf_addch(out, *text);
	}
}

/* Slack has no escapes for what sets text bold, slanted, struck or as code. */
static void put_slack(struct buf *out, const char *text)
{
	static const char signs[] = "&<>*~`_";
	static const char *const safe[] = { "&amp;", "&lt;", "&gt;", "＊",
					    "～",    "'",    "＿" };

	for (const char *p = text; *p; p++) {
		const char *at = strchr(signs, *p);
		bool inside = *p == '_' && p > text && is_slack_word(p[-1]) &&
			      is_slack_word(p[1]);

		if (at && !inside)
			buf_addstr(out, safe[at - signs]);
		else
			buf_addch(out, *p);
	}
}

static void put_item(struct buf *out, struct arena *a, const char *text,
		     enum notice_format format)
{
	const char *clean = text_cleaned(a, text);
	size_t n = text_fit(clean, strlen(clean), NOTICE_COLUMNS, NULL);
	const char *cut = arena_strndup(a, clean, n);

	if (format == NOTICE_MARKDOWN) {
		inert_text(out, text, NOTICE_COLUMNS);
		return;
	}
	if (format == NOTICE_SLACK)
		put_slack(out, cut);
	else
		put_inert(out, cut);
	if (clean[n])
		buf_addstr(out, "…");
}

static void put_heading(struct buf *out, const char *title,
			enum notice_format format)
{
	switch (format) {
	case NOTICE_SLACK:
		buf_addf(out, "*%s*\n", title);
		break;
	case NOTICE_FEISHU:
		buf_addf(out, "%s\n", title);
		break;
	default:
		buf_addf(out, "### %s\n", title);
	}
}

/* A part, in at most `max` bytes. */
static void put_part(struct buf *out, struct arena *a,
		     const struct notice_part *part, enum notice_format format,
		     size_t max)
{
	const char *mark = format == NOTICE_SLACK    ? "• "
			   : format == NOTICE_FEISHU ? "· "
						     : "- ";
	size_t start = out->n, i;

	put_heading(out, part->title, format);
	for (i = 0; i < part->items.nr; i++) {
		size_t before = out->n;

		buf_addstr(out, mark);
		put_item(out, a, part->items.at[i], format);
		buf_addch(out, '\n');
		if (out->n - start + REST_SIZE > max) {
			buf_truncate(out, before);
			break;
		}
	}
	if (i < part->items.nr)
		buf_addf(out, _("%sand %zu more\n"), mark, part->items.nr - i);
}

/* All of it, each part with as much room as the others. */
static void put_parts(struct buf *out, struct arena *a,
		      const struct notice *notice, enum notice_format format,
		      size_t max)
{
	size_t each = notice->parts.nr ? max / notice->parts.nr : max;

	for (size_t i = 0; i < notice->parts.nr; i++) {
		if (i)
			buf_addch(out, '\n');
		put_part(out, a, &notice->parts.at[i], format, each - 1);
	}
}

/* --- bodies --- */

static json_t *typed_text(const char *type, const char *text)
{
	json_t *json = json_object();

	object_set_text(json, "type", type);
	object_set_text(json, "text", text);
	return json;
}

static json_t *slack_body(struct arena *a, const struct notice *notice)
{
	json_t *json = json_object(), *blocks = json_array();
	json_t *header = json_object();

	object_set_text(json, "text", notice->title);
	object_set_text(header, "type", "header");
	object_set(header, "text", typed_text("plain_text", notice->title));
	json_array_append_new(blocks, header);
	for (size_t i = 0; i < notice->parts.nr; i++) {
		struct buf text = BUF_INIT;
		json_t *block = json_object(), *typed;

		put_part(&text, a, &notice->parts.at[i], NOTICE_SLACK,
			 limits[NOTICE_SLACK]);
		object_set_text(block, "type", "section");
		typed = typed_text("mrkdwn", text.p);
		/* no word becomes a link, and no name a mention */
		object_set(typed, "verbatim", json_true());
		object_set(block, "text", typed);
		json_array_append_new(blocks, block);
		buf_release(&text);
	}
	object_set(json, "blocks", blocks);
	return json;
}

/* A paragraph a line. */
static json_t *feishu_lines(const char *text)
{
	json_t *lines = json_array();

	while (*text) {
		size_t n = strcspn(text, "\n");
		json_t *node = json_object(), *line = json_array();

		object_set_text(node, "tag", "text");
		object_set(node, "text", json_stringn(text, n));
		json_array_append_new(line, node);
		json_array_append_new(lines, line);
		text += n + (text[n] == '\n');
	}
	return lines;
}

static json_t *feishu_body(struct arena *a, const struct notice *notice,
			   const char *text)
{
	json_t *json = json_object(), *content = json_object();
	json_t *post = json_object(), *language = json_object();

	if (notice->secret) {
		object_set(json, "timestamp",
			   json_sprintf("%" PRId64, notice->at));
		object_set_text(json, "sign",
				sign_feishu(a, notice->at, notice->secret));
	}
	object_set_text(json, "msg_type", "post");
	object_set_text(language, "title", notice->title);
	object_set(language, "content", feishu_lines(text));
	object_set(post, "zh_cn", language);
	object_set(content, "post", post);
	object_set(json, "content", content);
	return json;
}

static json_t *markdown_body(const struct notice *notice, const char *text,
			     enum notice_format format)
{
	json_t *json = json_object(), *markdown = json_object();

	object_set_text(json, "msgtype", "markdown");
	if (format == NOTICE_DINGTALK)
		object_set_text(markdown, "title", notice->title);
	object_set_text(markdown,
			format == NOTICE_DINGTALK ? "text" : "content", text);
	object_set(json, "markdown", markdown);
	return json;
}

/* The title, too, where it has no place of its own. */
static void put_whole_notice(struct buf *out, struct arena *a,
			     const struct notice *notice,
			     enum notice_format format, size_t max)
{
	if (format != NOTICE_FEISHU)
		buf_addf(out, "## %s\n\n", notice->title);
	put_parts(out, a, notice, format,
		  max > out->n ? max - out->n : REST_SIZE);
}

static json_t *make_body(struct arena *a, const struct notice *notice,
			 const char *text, enum notice_format format)
{
	return format == NOTICE_FEISHU ? feishu_body(a, notice, text)
				       : markdown_body(notice, text, format);
}

/* In JSON a text can be longer than it is: then with less of it. */
static void put_fitting(struct buf *out, struct arena *a,
			const struct notice *notice, enum notice_format format)
{
	size_t start = out->n, limit = limits[format];

	for (size_t max = limit; max > REST_SIZE; max -= max / 4) {
		struct buf text = BUF_INIT;
		bool fits;

		buf_truncate(out, start);
		put_whole_notice(&text, a, notice, format, max);
		object_dump(out, make_body(a, notice, text.p, format),
			    JSON_COMPACT);
		fits = format == NOTICE_WECOM ? text.n <= limit
					      : out->n - start <= limit;
		buf_release(&text);
		if (fits)
			return;
	}
}

void notice_put(struct buf *out, struct arena *a, const struct notice *notice,
		enum notice_format format)
{
	if (format == NOTICE_MARKDOWN)
		put_whole_notice(out, a, notice, format, limits[format]);
	else if (format == NOTICE_SLACK)
		object_dump(out, slack_body(a, notice), JSON_COMPACT);
	else
		put_fitting(out, a, notice, format);
}
