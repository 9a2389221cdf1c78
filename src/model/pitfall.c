/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/pitfall.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* Nobody names more files in a pitfall; looking for doubles is linear. */
#define MAX_PATHS 500
/* Of a pitfall's number. */
#define DIGITS_MAX 6

/* Whether a file's name ends as names of files do: ".c", ".tar.gz"; a version
 * number does not. */
static bool has_ending(const char *s, size_t n)
{
	bool letter = false;
	size_t len = 0;

	while (len < n && isalnum((unsigned char)s[n - len - 1])) {
		letter |= !isdigit((unsigned char)s[n - len - 1]);
		len++;
	}
	return letter && len <= 10 && len < n && s[n - len - 1] == '.';
}

/* Makefile, Dockerfile, Jenkinsfile and their like have no ending. */
static bool is_build_file(const char *s, size_t n)
{
	static const char end[] = "file";
	size_t len = sizeof(end) - 1;

	return n > len && isupper((unsigned char)*s) &&
	       !memcmp(s + n - len, end, len) && !memchr(s, '(', n);
}

/* The path in a code span, without "./" and a line number behind; NULL if it
 * is none of the repository. */
static const char *path_in(struct arena *a, const char *s)
{
	size_t n, digits;

	if (strncmp(s, "./", 2) == 0)
		s += 2;
	n = strlen(s);
	for (digits = 0; digits < n; digits++)
		if (!isdigit((unsigned char)s[n - digits - 1]))
			break;
	if (digits && digits < n && s[n - digits - 1] == ':')
		n -= digits + 1;
	if (!n || strchr("/-~@", *s) || strstr(s, "://") || strstr(s, "../"))
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (isspace((unsigned char)s[i]) ||
		    iscntrl((unsigned char)s[i]))
			return NULL;
	if (!memchr(s, '/', n) && !has_ending(s, n) && !is_build_file(s, n))
		return NULL;
	return arena_strndup(a, s, n);
}

static void find_paths(struct strs *out, struct arena *a, const struct md *md)
{
	const char *path;

	if (md->type == MD_CODE_SPAN && out->nr < MAX_PATHS) {
		path = path_in(a, md->text);
		if (path)
			strs_add(a, out, path);
	}
	for (md = md->first; md; md = md->next)
		find_paths(out, a, md);
}

static const char *plain(struct arena *a, const struct md *md)
{
	struct buf b = BUF_INIT;
	const char *text;
	size_t n;

	md_plain(&b, md);
	text = b.p;
	n = b.n;
	text_trim(&text, &n);
	text = arena_strndup(a, text, n);
	buf_release(&b);
	return text;
}

size_t pitfall_number(const char *s)
{
	size_t digits;

	if ((*s != 'P' && *s != 'p') || s[1] == '0')
		return 0;
	digits = strspn(s + 1, "0123456789");
	return digits && digits <= DIGITS_MAX ? 1 + digits : 0;
}

/* "P1:" in front of the text. */
static void take_number(struct pitfall *pitfall, struct arena *a)
{
	const char *text = pitfall->text;
	size_t n = pitfall_number(text), gap = n + strspn(text + n, " ");

	if (!n)
		return;
	if (text[gap] == ':')
		text += gap + 1;
	else if (!strncmp(text + gap, "：", 3))
		text += gap + 3;
	else
		return;
	pitfall->id = arena_printf(a, "P%.*s", (int)n - 1, pitfall->text + 1);
	pitfall->text = text + strspn(text, " ");
}

/* What says nothing (a template's empty item) is no pitfall. */
static void add_pitfall(struct pitfalls *out, struct arena *a,
			const struct md *md)
{
	const struct md *paragraph = md;
	struct pitfall pitfall = { 0 };

	if (md->type == MD_ITEM)
		for (paragraph = md->first; paragraph;
		     paragraph = paragraph->next)
			if (paragraph->type == MD_PARAGRAPH)
				break;
	pitfall.text = plain(a, paragraph ? paragraph : md);
	take_number(&pitfall, a);
	if (!*pitfall.text)
		return;
	pitfall.md = md;
	pitfall.line = md->line;
	find_paths(&pitfall.paths, a, md);
	vec_push(a, out, pitfall);
}

static void collect_pitfalls(struct pitfalls *out, struct arena *a,
			     const struct section *section)
{
	bool lists = false;

	for (const struct md *md = section->first; md != section->end;
	     md = md->next)
		lists |= md->type == MD_LIST;
	for (const struct md *md = section->first; md != section->end;
	     md = md->next) {
		if (md->type == MD_PARAGRAPH && !lists)
			add_pitfall(out, a, md);
		if (md->type != MD_LIST)
			continue;
		for (const struct md *item = md->first; item; item = item->next)
			add_pitfall(out, a, item);
	}
}

void pitfall_collect(struct pitfalls *out, struct arena *a,
		     const struct sections *sections)
{
	for (size_t i = 0; i < sections->nr; i++)
		if (sections->at[i].key == SECTION_PITFALLS)
			collect_pitfalls(out, a, &sections->at[i]);
}

long pitfall_next(const struct pitfalls *pitfalls)
{
	long last = 0;

	for (size_t i = 0; i < pitfalls->nr; i++) {
		const char *id = pitfalls->at[i].id;
		long number = id ? strtol(id + 1, NULL, 10) : 0;

		last = number > last ? number : last;
	}
	return last + 1;
}
