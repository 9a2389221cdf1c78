/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/front.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"

/* The first byte after the line that starts at `at`. */
static size_t next_front_line(const char *bytes, size_t n, size_t at)
{
	const char *nl = memchr(bytes + at, '\n', n - at);

	return nl ? (size_t)(nl - bytes) + 1 : n;
}

static bool is_blank_until(const char *bytes, size_t at, size_t end)
{
	for (; at < end; at++)
		if (!strchr(" \t\r\n", bytes[at]))
			return false;
	return true;
}

/* Whether the line at `at` is `mark` and nothing but spaces after it. */
static bool is_front_fence(const char *bytes, size_t n, size_t at,
			   const char *mark)
{
	size_t len = strlen(mark), end = next_front_line(bytes, n, at);

	return end - at >= len && !memcmp(bytes + at, mark, len) &&
	       is_blank_until(bytes, at + len, end);
}

/* `---`, which may say what follows: `---yaml`. */
static bool opens_front(const char *bytes, size_t n, size_t at)
{
	static const char *const names[] = { "", "yaml", "yml" };
	size_t end = next_front_line(bytes, n, at);

	if (end - at < 3 || memcmp(bytes + at, "---", 3) != 0)
		return false;
	at += 3 + strspn(bytes + at + 3, " ");
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t len = strlen(names[i]);

		if (end - at >= len &&
		    !strncasecmp(bytes + at, names[i], len) &&
		    is_blank_until(bytes, at + len, end))
			return true;
	}
	return false;
}

/* --- what is not text in UTF-8 --- */

/* Two bytes of a character of GBK that is in use. */
static bool is_gbk_pair(unsigned char a, unsigned char b)
{
	return a >= 0x81 && a <= 0xFE && b >= 0x40 && b <= 0xFE && b != 0x7F;
}

/* Whether all that is not ASCII reads as GBK, most of it as common
 * characters. */
static bool is_gbk(const char *bytes, size_t n)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t pairs = 0, common = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < 0x80)
			continue;
		if (i + 1 >= n || !is_gbk_pair(p[i], p[i + 1]))
			return false;
		pairs++;
		common += p[i] >= 0xA1 && p[i] <= 0xD7 && p[i + 1] >= 0xA1;
		i++;
	}
	return pairs && common * 2 > pairs;
}

/* Whether it is Big5, of traditional characters: what is GBK by its pairs, but
 * with common characters of Big5, whose second byte is often one of ASCII. */
static bool is_big5(const char *bytes, size_t n)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t pairs = 0, common = 0, low = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < 0x80)
			continue;
		if (i + 1 >= n || p[i] < 0xA1 || p[i] > 0xF9 ||
		    !((p[i + 1] >= 0x40 && p[i + 1] < 0x7F) ||
		      (p[i + 1] >= 0xA1 && p[i + 1] < 0xFF)))
			return false;
		pairs++;
		common += p[i] <= 0xC6;
		low += p[i + 1] < 0x7F;
		i++;
	}
	return common * 10 > pairs * 8 && low * 5 > pairs;
}

/* With a mark in front, or as every other byte of Latin letters is 0. */
static bool is_utf16(const char *bytes, size_t n)
{
	size_t nuls[2] = { 0, 0 }, look = n < 512 ? n : 512;

	if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
		       memcmp(bytes, "\xFE\xFF", 2) == 0))
		return true;
	for (size_t i = 0; i < look; i++)
		nuls[i & 1] += !bytes[i];
	return look >= 8 && ((nuls[0] > look / 5 && !nuls[1]) ||
			     (nuls[1] > look / 5 && !nuls[0]));
}

static bool refuse_encoding(struct diags *diags, const char *path,
			    const char *name, const char *iconv)
{
	diag_add(diags, RULE_ENCODING, path, (struct pos){ 0, 1, 1 },
		 phrase_pack(diags->arena,
			     N_("convert it: iconv -f %s -t utf-8"), iconv),
		 N_("this is %s; a retro must be UTF-8"), name);
	return false;
}

static bool check_encoding(struct diags *diags, const char *path,
			   const char *bytes, size_t n)
{
	const char *nul;
	size_t bad;

	if (is_utf16(bytes, n))
		return refuse_encoding(diags, path, "UTF-16", "utf-16");
	nul = n ? memchr(bytes, '\0', n) : NULL;
	if (nul) {
		diag_add(diags, RULE_ENCODING, path,
			 diag_pos(bytes, (size_t)(nul - bytes)), NULL,
			 N_("a NUL byte: this is not UTF-8 text"));
		return false;
	}
	if (text_is_utf8(bytes, n, &bad))
		return true;
	if (is_big5(bytes, n))
		return refuse_encoding(diags, path, "Big5", "big5");
	if (is_gbk(bytes, n))
		return refuse_encoding(diags, path, "GBK", "gbk");
	diag_add(diags, RULE_ENCODING, path, diag_pos(bytes, bad), NULL,
		 N_("byte 0x%02X is not valid UTF-8"),
		 (unsigned)(unsigned char)bytes[bad]);
	return false;
}

/* --- where it begins --- */

/* Behind blank lines and comments, such as a licence's. */
static size_t skip_lead(const char *bytes, size_t n, size_t at)
{
	for (;;) {
		size_t end = next_front_line(bytes, n, at);
		const char *close;

		if (at < n && is_blank_until(bytes, at, end)) {
			at = end;
			continue;
		}
		if (n - at < 4 || memcmp(bytes + at, "<!--", 4) != 0)
			return at;
		close = memmem(bytes + at, n - at, "-->", 3);
		if (!close)
			return at;
		end = (size_t)(close - bytes) + 3;
		at = next_front_line(bytes, n, end);
		if (!is_blank_until(bytes, end, at))
			return n;
	}
}

/* The byte behind the JSON object that starts at `at`; 0 if it never ends. */
static size_t json_end(const char *bytes, size_t n, size_t at)
{
	bool quoted = false;
	int depth = 0;

	for (; at < n; at++) {
		if (quoted && bytes[at] == '\\')
			at++;
		else if (bytes[at] == '"')
			quoted = !quoted;
		else if (!quoted && strchr("{[", bytes[at]))
			depth++;
		else if (!quoted && strchr("}]", bytes[at]) && !--depth)
			return at + 1;
	}
	return 0;
}

/* A brace and a key in quotes after it. */
static bool opens_json(const char *bytes, size_t n, size_t at)
{
	if (at >= n || bytes[at] != '{')
		return false;
	for (at++; at < n && isspace((unsigned char)bytes[at]); at++)
		;
	return at < n && bytes[at] == '"';
}

static bool refuse_front(struct diags *diags, const char *path,
			 const char *bytes, size_t at, const char *hint,
			 const char *text)
{
	diag_add_phrase(diags, RULE_FRONT_MATTER, path, diag_pos(bytes, at),
			hint, text);
	return false;
}

static bool find_json(struct front *front, struct diags *diags,
		      const char *path, const char *bytes, size_t n, size_t at)
{
	size_t end = json_end(bytes, n, at), next;

	if (!end)
		return refuse_front(
			diags, path, bytes, at, N_("close it with }"),
			N_("the JSON that starts here is never closed"));
	next = next_front_line(bytes, n, end);
	if (!is_blank_until(bytes, end, next))
		return true;
	front->present = front->json = true;
	front->start = at;
	front->end = end;
	front->body = next;
	return true;
}

/* An indented `---` above a key: nobody sees that it is none. */
static bool is_indented(const char *bytes, size_t n, size_t at)
{
	size_t gap = strspn(bytes + at, " \t"), line, key;

	if (!gap || !opens_front(bytes, n, at + gap))
		return false;
	line = next_front_line(bytes, n, at);
	line += strspn(bytes + line, " \t");
	for (key = line; key < n && (isalnum((unsigned char)bytes[key]) ||
				     strchr("-_", bytes[key]));
	     key++)
		;
	return key > line && key < n && bytes[key] == ':';
}

static bool find_yaml(struct front *front, struct diags *diags,
		      const char *path, const char *bytes, size_t n, size_t at)
{
	size_t first = next_front_line(bytes, n, at);

	for (size_t i = first; i < n; i = next_front_line(bytes, n, i)) {
		if (!is_front_fence(bytes, n, i, "---") &&
		    !is_front_fence(bytes, n, i, "..."))
			continue;
		front->present = true;
		front->start = first;
		front->end = i;
		front->body = next_front_line(bytes, n, i);
		return true;
	}
	return refuse_front(diags, path, bytes, at,
			    N_("add a line --- after the last key"),
			    N_("the front matter that starts here is never "
			       "closed"));
}

bool front_find(struct front *front, struct diags *diags, const char *path,
		const char *bytes, size_t n)
{
	size_t bom = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	size_t first, at;

	*front = (struct front){ .body = bom };
	if (!check_encoding(diags, path, bytes, n))
		return false;
	if (n && memchr(bytes, '\r', n - 1) && !memchr(bytes, '\n', n))
		diag_add(diags, RULE_ENCODING, path, (struct pos){ 0, 1, 1 },
			 N_("convert it: tr '\\r' '\\n'"),
			 N_("the lines end in CR alone; no field can be read"));
	first = next_front_line(bytes, n, bom);
	front->crlf = first >= bom + 2 && bytes[first - 1] == '\n' &&
		      bytes[first - 2] == '\r';
	at = skip_lead(bytes, n, bom);
	if (is_front_fence(bytes, n, at, "+++"))
		return refuse_front(
			diags, path, bytes, at,
			N_("write it as YAML between two lines ---"),
			N_("the front matter is TOML (+++), which "
			   "is not supported"));
	if (opens_front(bytes, n, at))
		return find_yaml(front, diags, path, bytes, n, at);
	if (opens_json(bytes, n, at))
		return find_json(front, diags, path, bytes, n, at);
	if (is_indented(bytes, n, at))
		return refuse_front(diags, path, bytes, at,
				    N_("remove the spaces in front of ---"),
				    N_("the front matter's --- is indented"));
	return true;
}
