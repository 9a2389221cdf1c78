/* SPDX-License-Identifier: GPL-2.0-only */
#include "front/marks.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"

#define LINE_MIN 10 /* bytes of a line that says something */
#define KEY_MAX  80

/* What is read: the file, and how many lines of a hunk are to come. */
struct reading {
	mark_fn *fn;
	void *data;
	bool all;
	struct change_mark mark;
	const char *old;
	size_t old_n;
	size_t left;
	bool keys;          /* the file is one of settings or packages */
	const char *header; /* of the hunk: in a lock file, the package */
	size_t header_n;
};

/* --- words --- */

bool mark_is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c > 127;
}

const char *mark_word(size_t *len, const char **at, size_t *n)
{
	const char *p = *at, *end = p + *n, *start;

	while (p < end && !mark_is_word(*p))
		p++;
	start = p;
	while (p < end && mark_is_word(*p))
		p++;
	*n = (size_t)(end - p);
	*at = p;
	*len = (size_t)(p - start);
	return *len ? start : NULL;
}

static bool mark_begins_with(const char *s, size_t n, const char *prefix)
{
	size_t m = strlen(prefix);

	return n >= m && !memcmp(s, prefix, m);
}

/* What is imported stands side by side with what is not related. */
static bool is_import(const char *line, size_t n)
{
	static const char *const words[] = { "import ", "from ",   "use ",
					     "using ",  "require", "#include" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (mark_begins_with(line, n, words[i]))
			return true;
	return false;
}

/* 32 digits in a row are a sum of something: they say nothing. */
static bool has_sum(const char *line, size_t n)
{
	size_t digits = 0;

	for (size_t i = 0; i < n; i++) {
		digits = isxdigit((unsigned char)line[i]) ? digits + 1 : 0;
		if (digits == 32)
			return true;
	}
	return false;
}

/* Comments are worded anew with any change beside them. */
bool mark_is_comment(const char *line, size_t n)
{
	static const char *const starts[] = { "/*",   "* ", "//",   "# ",
					      "<!--", ";;", "dnl ", "\"\"\"" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (mark_begins_with(line, n, starts[i]))
			return true;
	return false;
}

/* Whether a line says enough to be known again: two words of three letters, or
 * of any bytes beyond ASCII. What follows a digit is a number's. */
static bool is_telling(const char *line, size_t n)
{
	size_t words = 0, letters = 0;
	bool number = false;

	if (n < LINE_MIN || is_import(line, n) || mark_is_comment(line, n) ||
	    has_sum(line, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)line[i];
		bool letter = isalpha(c) || c > 127;

		number = isdigit(c) || (number && letter);
		letters = letter && !number ? letters + 1 : 0;
		words += letters == 3;
	}
	return words >= 2;
}

/* --- settings and packages --- */

bool mark_is_one_of(const char *word, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == n && !memcmp(*words, word, n))
			return true;
	return false;
}

static bool mark_ends_with(const char *s, size_t n, const char *end)
{
	size_t m = strlen(end);

	return n >= m && !memcmp(s + n - m, end, m);
}

static const char *base_name(size_t *len, const char *path, size_t n)
{
	const char *slash = memrchr(path, '/', n);
	const char *base = slash ? slash + 1 : path;

	*len = n - (size_t)(base - path);
	return base;
}

bool mark_has_keys(const char *path, size_t n)
{
	static const char *const ends[] = {
		".toml",       ".yml",  ".yaml", ".json",  ".ini",  ".cfg",
		".conf",       ".lock", ".mod",  ".env",   ".spec", ".spec.in",
		".properties", ".tf",   ".cnf",  "Gemfile"
	};
	size_t len;
	const char *base = base_name(&len, path, n);

	if (mark_begins_with(base, len, "requirements") ||
	    mark_begins_with(base, len, ".env"))
		return true;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (mark_ends_with(path, n, ends[i]))
			return true;
	return false;
}

static void trim_ends(const char **s, size_t *n, const char *away)
{
	while (*n && memchr(away, **s, strlen(away))) {
		++*s;
		--*n;
	}
	while (*n && memchr(away, (*s)[*n - 1], strlen(away)))
		--*n;
}

/* Keys that every second entry of a list has. */
static bool is_common_key(const char *key, size_t n)
{
	static const char *const words[] = {
		"name",     "type",      "description", "default", "path",
		"image",    "uses",      "run",         "key",     "value",
		"title",    "text",      "test",        "label",   "version",
		"source",   "id",        "env",         "with",    "url",
		"checksum", "integrity", "resolved",    "if",      NULL
	};

	return mark_is_one_of(key, n, words);
}

/* Whether something stands behind what joins a key to its value. */
static bool has_value(const char *rest, size_t n)
{
	trim_ends(&rest, &n, "=<>~@^: \t[{(,\"'");
	return n != 0;
}

/* What stands before a value: up to "=", ":", "@", "<", ">" or "~", or the
 * first word if a version follows. NULL if that says nothing. */
const char *mark_key(size_t *len, const char *line, size_t n)
{
	const char *key = line;
	size_t at = 0;

	while (at < n && !strchr("=<>~@^", line[at]) &&
	       !(line[at] == ':' && (at + 1 == n || line[at + 1] == ' ')) &&
	       !(line[at] == ' ' && at + 1 < n &&
		 (isdigit((unsigned char)line[at + 1]) ||
		  (line[at + 1] == 'v' && at + 2 < n &&
		   isdigit((unsigned char)line[at + 2])))))
		at++;
	if (at == n || at > KEY_MAX || !has_value(line + at, n - at))
		return NULL;
	*len = at;
	trim_ends(&key, len, " \t\"'-,{[(!");
	if (*len < 3 || is_common_key(key, *len))
		return NULL;
	return key;
}

/* The package in "name = \"torch\"", which stands above its version. */
static const char *package_in(size_t *len, const char *header, size_t n)
{
	const char *value = memchr(header, '=', n);

	if (!mark_begins_with(header, n, "name") || !value)
		return NULL;
	value++;
	*len = n - (size_t)(value - header);
	trim_ends(&value, len, " \t\"'");
	return *len >= 2 ? value : NULL;
}

/* --- marks --- */

static void hand_out(struct reading *r, enum mark_kind kind, const char *text,
		     size_t n)
{
	struct change_mark mark = r->mark;

	mark.kind = kind;
	mark.text = text;
	mark.n = n;
	r->fn(r->data, &mark);
}

static void read_mark_key(struct reading *r, const char *line, size_t n)
{
	bool version = mark_begins_with(line, n, "version");
	const char *key;
	size_t len;

	if (n && strchr("#;/", *line))
		return; /* a comment */
	key = version ? package_in(&len, r->header, r->header_n)
		      : mark_key(&len, line, n);
	if (key)
		hand_out(r, version ? MARK_PACKAGE : MARK_KEY, key, len);
}

/* "\tload 12\tstore 30": the functions that the hunk is in, and their lines. */
static void read_functions(struct reading *r, const char *at, const char *end)
{
	while (at < end && *at == '\t') {
		const char *name = ++at;

		while (at < end && *at != ' ')
			at++;
		r->mark.lines = strtoul(at, NULL, 10);
		hand_out(r, MARK_FUNCTION, name, (size_t)(at - name));
		at += strcspn(at, "\t\n");
	}
	r->mark.lines = 0;
}

static void read_line(struct reading *r, const char *line, size_t n)
{
	const char *text = line + 1;

	n--;
	trim_ends(&text, &n, " \t\r");
	if (!r->all && r->keys)
		read_mark_key(r, text, n);
	if (r->all ? n != 0 : is_telling(text, n))
		hand_out(r, *line == '+' ? MARK_ADDED : MARK_REMOVED, text, n);
}

/* "1,2 +1,3 @@ header" */
static void read_hunk(struct reading *r, const char *line, size_t n)
{
	const char *at = line, *end = line + n;

	r->left = 0;
	r->mark.line = strtoul(at, NULL, 10);
	for (int side = 0; side < 2; side++) {
		at += strspn(at, "0123456789");
		r->left += *at == ',' ? strtoul(at + 1, NULL, 10) : 1;
		at += strcspn(at, "+@\n");
		at += *at == '+';
	}
	r->header = end;
	r->header_n = 0;
	if (end - at > 2 && at[2] == '\t') {
		read_functions(r, at + 2, end);
	} else if (end - at > 3) {
		r->header = at + 3;
		r->header_n = (size_t)(end - r->header);
	}
}

/* Behind "--- " or "+++ ": "a/<path>", or "/dev/null"; a tab follows a name
 * with a space. A name that git quotes is none. */
static const char *read_diff_path(size_t *len, const char *line, size_t n)
{
	*len = 0;
	if (n <= 6 || (line[4] != 'a' && line[4] != 'b') || line[5] != '/')
		return line + n;
	*len = n - 6;
	if (line[n - 1] == '\t')
		--*len;
	return line + 6;
}

static void read_new_name(struct reading *r, const char *line, size_t n)
{
	struct change_mark *mark = &r->mark;

	mark->path = read_diff_path(&mark->path_n, line, n);
	mark->deleted = !mark->path_n && r->old_n;
	if (mark->deleted) {
		mark->path = r->old;
		mark->path_n = r->old_n;
	}
	r->keys = mark_has_keys(mark->path, mark->path_n);
}

void marks_read(const char *diff, bool all, mark_fn *fn, void *data)
{
	struct reading r = { .fn = fn, .data = data, .all = all };

	r.mark.path = r.old = r.header = "";
	for (size_t n; *diff; diff += n + (diff[n] == '\n')) {
		n = strcspn(diff, "\n");
		if (r.left && strchr("+-", *diff)) {
			r.left--;
			read_line(&r, diff, n);
		} else if (mark_begins_with(diff, n, "--- ")) {
			r.old = read_diff_path(&r.old_n, diff, n);
		} else if (mark_begins_with(diff, n, "+++ ")) {
			read_new_name(&r, diff, n);
		} else if (mark_begins_with(diff, n, "@@ -")) {
			read_hunk(&r, diff + 4, n - 4);
		}
	}
}

/* What comes and what goes is the same thing. */
static char hashed_kind(enum mark_kind kind)
{
	switch (kind) {
	case MARK_ADDED:
		return MARK_REMOVED;
	case MARK_PACKAGE:
		return MARK_KEY;
	case MARK_MORE:
	case MARK_NEW:
	case MARK_GONE:
		return MARK_FEWER;
	default:
		return (char)kind;
	}
}

uint64_t mark_hash(const struct change_mark *mark)
{
	char kind = hashed_kind(mark->kind);

	return hash_bytes(hash_bytes(HASH_START, &kind, 1), mark->text,
			  mark->n);
}

uint64_t mark_word_hash(const char *word, size_t n)
{
	struct change_mark mark = { .kind = MARK_KEY, .text = word, .n = n };

	return mark_hash(&mark);
}

/* Whether the path has a folder of this name, or that begins so ("log*"). */
static bool has_folder(const char *path, size_t n, const char *folder)
{
	size_t m = strlen(folder);
	bool begins = folder[m - 1] == '*';

	m -= begins;
	for (size_t i = 0; i + m < n; i++)
		if ((!i || path[i - 1] == '/') &&
		    !strncasecmp(path + i, folder, m) &&
		    (begins ? memchr(path + i, '/', n - i) != NULL
			    : path[i + m] == '/'))
			return true;
	return false;
}

static bool is_text(const char *path, size_t n)
{
	return mark_ends_with(path, n, ".md") ||
	       mark_ends_with(path, n, ".rst") ||
	       mark_ends_with(path, n, ".adoc");
}

/* NEWS, CHANGES.txt, ChangeLog */
static bool is_list_of_changes(const char *path, size_t n)
{
	static const char *const names[] = { "NEWS", "CHANGE", "HISTORY",
					     "RELEASE", "AUTHORS" };
	size_t len;
	const char *base = base_name(&len, path, n);

	if (memchr(base, '.', len) && !mark_ends_with(base, len, ".txt"))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (len >= strlen(names[i]) &&
		    !strncasecmp(base, names[i], strlen(names[i])))
			return true;
	return false;
}

static bool is_test(const char *path, size_t n)
{
	for (size_t i = 0; i + 4 <= n; i++)
		if ((!i || !isalnum((unsigned char)path[i - 1])) &&
		    (!strncasecmp(path + i, "test", 4) ||
		     !strncasecmp(path + i, "spec", 4)))
			return !mark_ends_with(path, n, ".spec") &&
			       !mark_ends_with(path, n, ".spec.in");
	return false;
}

bool mark_follows(const char *path, size_t n)
{
	static const char *const folders[] = { "vendor",        "doc",
					       "docs",          "changelog*",
					       "Documentation", "third_party",
					       "node_modules" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (has_folder(path, n, folders[i]))
			return true;
	return is_test(path, n) || is_text(path, n) ||
	       is_list_of_changes(path, n);
}
