/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/pitfall.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/entry.h"

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

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c > 127;
}

static size_t pitfall_word_length(const char *s)
{
	size_t n = 0;

	if (isdigit((unsigned char)*s))
		return 0;
	while (is_word_byte(s[n]))
		n++;
	return n;
}

/* How long what joins a member to its owner is. */
static size_t joint_length(const char *s)
{
	if (!strncmp(s, "::", 2) || !strncmp(s, "->", 2))
		return 2;
	return *s == '.' || *s == '#';
}

/* Words that are joined: the last one is what is named, the one before owns
 * it. Behind them "()" makes it a function. False if it is not so. */
static bool read_joined(struct pitfall_name *out, struct arena *a,
			const char *s)
{
	size_t n = pitfall_word_length(s), joint;

	for (; n; n = pitfall_word_length(s)) {
		out->owner = out->word;
		out->word = arena_strndup(a, s, n);
		s += n;
		joint = joint_length(s);
		if (!joint)
			break;
		s += joint;
	}
	if (!n)
		return false;
	out->kind = out->owner ? NAME_MEMBER : NAME_KEY;
	if (*s == '(' && s[strlen(s) - 1] == ')')
		out->kind = NAME_FUNCTION;
	else if (*s)
		return false;
	return out->kind != NAME_MEMBER || strlen(out->owner) > 1;
}

/* A package or a setting: of letters, digits and what joins them. */
static bool is_key(const char *s)
{
	size_t letters = 0;

	for (; *s; s++) {
		if (!is_word_byte(*s) && !strchr("-./@", *s))
			return false;
		letters += isalpha((unsigned char)*s) != 0;
	}
	return letters > 2;
}

bool pitfall_name_read(struct pitfall_name *out, struct arena *a, const char *s)
{
	*out = (struct pitfall_name){ .text = s };
	if (read_joined(out, a, s))
		return out->kind != NAME_KEY || is_key(s);
	if (!is_key(s))
		return false;
	*out = (struct pitfall_name){ NAME_KEY, s, s, NULL };
	return true;
}

static void find_named_pitfall(struct pitfall *out, struct arena *a,
			       const struct md *md)
{
	struct pitfall_name name;
	const char *path;

	if (md->type == MD_CODE_SPAN && out->paths.nr < MAX_PATHS &&
	    out->names.nr < MAX_PATHS) {
		path = path_in(a, md->text);
		if (path)
			strs_add(a, &out->paths, path);
		if ((!path || !strchr(path, '/')) &&
		    pitfall_name_read(&name, a, md->text))
			strs_add(a, &out->names, md->text);
	}
	for (md = md->first; md; md = md->next)
		find_named_pitfall(out, a, md);
}

void pitfall_paths(struct strs *out, struct arena *a, const struct md *md)
{
	struct pitfall found = { 0 };

	for (md = md->first; md; md = md->next)
		find_named_pitfall(&found, a, md);
	*out = found.paths;
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

/* The cell that names what a row is about. */
static const struct md *naming_cell(const struct entry *entry)
{
	static const enum label labels[] = { LABEL_PITFALL, LABEL_NONE,
					     LABEL_ACTION, LABEL_DETAIL };
	const struct md *cell = NULL;

	for (size_t i = 0; !cell && i < ARRAY_SIZE(labels); i++)
		cell = label_cell(entry->columns, entry->md, labels[i]);
	return cell;
}

/* An alert's mark, "[!WARNING]", is none of its text. */
static const char *without_mark(const char *text)
{
	size_t n;

	if (strncmp(text, "[!", 2) != 0)
		return text;
	n = strcspn(text, "]");
	text += text[n] ? n + 1 : 0;
	return text + strspn(text, " ");
}

static bool is_alert(const struct md *quote)
{
	const struct md *md = quote->first;

	md = md && md->type == MD_PARAGRAPH ? md->first : NULL;
	return md && md->type == MD_TEXT && !strncmp(md->text, "[!", 2);
}

/* What the entry says of itself; NULL if nothing. */
static const struct md *naming_block(const struct entry *entry)
{
	const struct md *md = entry->md;

	if (entry->form == ENTRY_ROW)
		return naming_cell(entry);
	if (entry->form != ENTRY_ITEM)
		return md;
	for (md = md->first; md; md = md->next)
		if (md->type == MD_PARAGRAPH)
			return md;
	return entry->md;
}

/* After the box, if it has one. */
static size_t pitfall_text_start(const struct entry *entry, const struct md *md)
{
	return entry->form == ENTRY_ITEM && entry->md->box &&
			       md == entry->md->first
		       ? entry->md->box_at + 3
		       : md->at;
}

/* What says nothing (a template's empty item) is not a pitfall. */
static void add_pitfall(struct pitfalls *out, struct arena *a,
			const struct entry *entry)
{
	const struct md *md = naming_block(entry);
	struct pitfall pitfall = { .line = entry->line };

	pitfall.text = md ? without_mark(entry_text(a, md)) : "";
	take_number(&pitfall, a);
	if (entry->form == ENTRY_HEADING)
		pitfall.text = entry_unnumbered(pitfall.text);
	if (!*pitfall.text)
		return;
	pitfall.at = pitfall_text_start(entry, md);
	find_named_pitfall(&pitfall, a, entry->md);
	if (entry->form == ENTRY_HEADING)
		for (md = entry->md->next; md != entry->end; md = md->next)
			find_named_pitfall(&pitfall, a, md);
	vec_push(a, out, pitfall);
}

/* Whether all entries of a group, whose first is the `i`th, have one form. */
static bool is_uniform(const struct entries *entries, size_t i)
{
	const struct entry *first = &entries->at[i];

	while (++i < entries->nr && entries->at[i].group == first->group)
		if (entries->at[i].form != first->form)
			return false;
	return true;
}

/* "**What went right?** ...", as templates ask among the lessons. */
static bool tells_of_success(struct arena *a, const struct md *item)
{
	const struct md *md = item->first;

	md = md && md->type == MD_PARAGRAPH ? md->first : NULL;
	return md && md->type == MD_STRONG &&
	       section_by_heading(a, entry_text(a, md), NULL) ==
		       SECTION_WENT_WELL;
}

/* A table says that it is one of pitfalls, and an alert that it warns; another
 * table or quote is one where its section has nothing else. */
static bool is_pitfall(struct arena *a, const struct entry *entry, bool uniform)
{
	if (entry->form == ENTRY_ITEM)
		return !tells_of_success(a, entry->md);
	if (entry->form == ENTRY_ROW)
		return label_cell(entry->columns, entry->list->first,
				  LABEL_PITFALL) ||
		       uniform;
	if (entry->form == ENTRY_QUOTE)
		return is_alert(entry->md) || uniform;
	return true;
}

void pitfall_collect(struct pitfalls *out, struct arena *a,
		     const struct sections *sections)
{
	const struct section *group = NULL;
	const struct md *table = NULL;
	struct entries entries = { 0 };
	bool uniform = false, counts = false;

	entry_collect(&entries, a, sections, SECTION_PITFALLS);
	for (size_t i = 0; i < entries.nr; i++) {
		const struct entry *entry = &entries.at[i];

		if (entry->group != group)
			uniform = is_uniform(&entries, i);
		group = entry->group;
		/* The rows of a table are asked about once. */
		if (entry->form != ENTRY_ROW || entry->list != table)
			counts = is_pitfall(a, entry, uniform);
		table = entry->list;
		if (counts)
			add_pitfall(out, a, entry);
	}
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
