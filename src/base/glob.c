/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/glob.h"

#include <ctype.h>
#include <string.h>

#include "base/attr.h"
#include "base/work.h"

#define LONGEST 4096

/* A pattern taken apart. */
struct glob {
	const char *at; /* without the slashes at its ends */
	size_t n;       /* 0: it means nothing */
	bool folder;    /* a slash at its end */
	bool anchored;  /* a slash elsewhere: anchored at the root */
};

/* --- one name or path --- */

struct span {
	const char *at, *end;
};

/* False for a class that there is not. */
static bool in_class(bool *found, const char *name, size_t n, unsigned char c)
{
	static const struct {
		const char *name;
		int (*has)(int);
	} classes[] = {
		{ "alnum", isalnum }, { "alpha", isalpha },
		{ "blank", isblank }, { "cntrl", iscntrl },
		{ "digit", isdigit }, { "graph", isgraph },
		{ "lower", islower }, { "print", isprint },
		{ "punct", ispunct }, { "space", isspace },
		{ "upper", isupper }, { "xdigit", isxdigit },
	};

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (strlen(classes[i].name) == n &&
		    !memcmp(classes[i].name, name, n)) {
			*found |= c < 0x80 && classes[i].has(c);
			return true;
		}
	return false;
}

/* One character of a set, maybe behind a backslash; false at the end. */
static bool set_char(struct span *p, unsigned char *c)
{
	if (p->at < p->end && *p->at == '\\')
		p->at++;
	if (p->at == p->end)
		return false;
	*c = (unsigned char)*p->at++;
	return true;
}

/* One member of a set: a class, a range, or a character. False if it is none
 * or the set does not end; then nothing matches. */
static bool set_member(struct span *p, unsigned char c, bool *found)
{
	const char *close;
	unsigned char low, high;

	if (p->end - p->at > 1 && p->at[0] == '[' && p->at[1] == ':') {
		close = memchr(p->at + 2, ']', (size_t)(p->end - p->at - 2));
		if (!close)
			return false;
		if (close > p->at + 2 && close[-1] == ':') {
			const char *name = p->at + 2;

			p->at = close + 1;
			return in_class(found, name, (size_t)(close - name - 1),
					c);
		}
	}
	if (!set_char(p, &low))
		return false;
	high = low;
	if (p->end - p->at > 1 && p->at[0] == '-' && p->at[1] != ']') {
		p->at++;
		if (!set_char(p, &high))
			return false;
	}
	*found |= c == low || (low <= c && c <= high);
	return true;
}

/* `p` stands behind the bracket and is moved behind the closing one. */
static bool in_set(struct span *p, unsigned char c)
{
	bool negated = p->at < p->end && strchr("!^", *p->at);
	bool found = false, first = true;

	p->at += negated;
	for (;;) {
		if (p->at == p->end)
			return false;
		if (!first && *p->at == ']')
			break;
		first = false;
		if (!set_member(p, c, &found))
			return false;
	}
	p->at++;
	return found != negated;
}

/* Takes what stands for exactly one character, and the character; a slash only
 * by itself unless `wide`. */
static bool one_char(struct span *p, struct span *text, bool wide)
{
	unsigned char c = (unsigned char)*text->at++;

	switch (*p->at++) {
	case '?':
		return wide || c != '/';
	case '[':
		return in_set(p, c) && (wide || c != '/');
	case '\\':
		return p->at < p->end && (unsigned char)*p->at++ == c;
	default:
		return (unsigned char)p->at[-1] == c;
	}
}

/* Where to go on when what follows a star does not match: the star takes in
 * more. */
struct retry {
	const char *p; /* behind the star; NULL: there was none */
	const char *text;
};

/* A star reaches as far as its name does, and a double one to behind the next
 * slash. An earlier star need not be tried again: what is between two stars
 * was found where it comes first. */
static bool go_back(struct span *p, struct span *text, struct retry *star,
		    struct retry *deep, bool wide)
{
	const char *slash;

	if (!work_do(8))
		return false;
	if (star->p && star->text < text->end && (wide || *star->text != '/')) {
		p->at = star->p;
		text->at = ++star->text;
		return true;
	}
	star->p = NULL;
	if (!deep->p)
		return false;
	slash = memchr(deep->text, '/', (size_t)(text->end - deep->text));
	if (!slash)
		return false;
	p->at = deep->p;
	text->at = deep->text = slash + 1;
	return true;
}

/* Whether the stars at `p` are two or more and a whole name; git takes a name
 * to begin, too, where the first wildcard of the pattern stands. */
static bool is_deep(const struct span *p, const char *begin, size_t stars)
{
	const char *next = p->at + stars;

	return stars > 1 && (p->at == begin || p->at[-1] == '/') &&
	       (next == p->end || *next == '/');
}

/* `wide`: a star reaches over slashes, too. */
static bool span_matches(struct span p, struct span text, bool wide)
{
	struct retry star = { NULL, NULL }, deep = { NULL, NULL };
	const char *begin = p.at;

	while (begin < p.end && !strchr("*?[\\", *begin))
		begin++;
	while (p.at < p.end || text.at < text.end) {
		size_t stars = 0;

		while (p.at + stars < p.end && p.at[stars] == '*')
			stars++;
		if (!wide && is_deep(&p, begin, stars)) {
			p.at += stars;
			if (p.at++ == p.end)
				return true;
			star.p = NULL;
			deep = (struct retry){ p.at, text.at };
		} else if (stars) {
			p.at += stars;
			star = (struct retry){ p.at, text.at };
		} else if ((p.at == p.end || text.at == text.end ||
			    !one_char(&p, &text, wide)) &&
			   !go_back(&p, &text, &star, &deep, wide)) {
			return false;
		}
	}
	return true;
}

/* --- patterns --- */

/* Spaces at the end do not count unless they are escaped. */
static size_t length(const char *pattern)
{
	size_t n = 0;

	for (size_t i = 0; pattern[i]; i++) {
		if (pattern[i] == '\\' && pattern[i + 1])
			n = ++i + 1;
		else if (pattern[i] != ' ')
			n = i + 1;
	}
	return n;
}

static struct glob take_glob_apart(const char *pattern)
{
	struct glob glob = { pattern, length(pattern), false, false };

	if (glob.n > LONGEST)
		glob.n = 0;
	if (glob.n && glob.at[glob.n - 1] == '/') {
		glob.folder = true;
		glob.n--;
	}
	glob.anchored = memchr(glob.at, '/', glob.n) != NULL;
	if (glob.n && *glob.at == '/') {
		glob.at++;
		glob.n--;
	}
	return glob;
}

/* `n` bytes of a path without an end slash. */
static bool hits(const struct glob *glob, const char *path, size_t n,
		 bool folder)
{
	struct span text = { path, path + n };
	const char *slash = glob->anchored ? NULL : memrchr(path, '/', n);

	if (slash)
		text.at = slash + 1;
	return work_do(32 + n / 8) && glob->n && (folder || !glob->folder) &&
	       span_matches((struct span){ glob->at, glob->at + glob->n }, text,
			    false);
}

/* What the last pattern that matches says of one file or folder. */
static bool patterns_say(const struct strs *patterns, const char *path,
			 size_t n, bool folder)
{
	for (size_t i = patterns->nr; i-- > 0;) {
		const char *pattern = patterns->at[i];
		bool negated = *pattern == '!';
		struct glob glob = take_glob_apart(pattern + negated);

		if (*pattern != '#' && hits(&glob, path, n, folder))
			return !negated;
	}
	return false;
}

/* From the top down, as git walks: what lies in a folder that is meant cannot
 * be taken back. */
bool glob_any(const struct strs *patterns, const char *path)
{
	const char *slash = path;

	while ((slash = strchr(slash, '/'))) {
		if (patterns_say(patterns, path, (size_t)(slash - path), true))
			return true;
		slash++;
		if (!*slash)
			return false;
	}
	return *path && patterns_say(patterns, path, strlen(path), false);
}

bool glob_path(const char *pattern, const char *path)
{
	struct glob glob = take_glob_apart(pattern);
	size_t n = 0;

	while (path[n]) {
		n += strcspn(path + n, "/");
		if (hits(&glob, path, n, path[n] == '/'))
			return true;
		n += path[n] == '/';
	}
	return false;
}

bool glob_name(const char *pattern, const char *name)
{
	size_t n = strlen(pattern), m = strlen(name);

	return work_do(32 + m / 8) && n <= LONGEST &&
	       span_matches((struct span){ pattern, pattern + n },
			    (struct span){ name, name + m }, true);
}

size_t glob_start(const char **start, const char *pattern)
{
	struct glob glob = take_glob_apart(pattern);
	size_t n = 0;

	*start = glob.at;
	while (glob.anchored && n < glob.n && !strchr("*?[\\", glob.at[n]))
		n++;
	return n;
}

bool glob_is_below(const char *pattern, const char *dir)
{
	struct glob glob = take_glob_apart(pattern);
	size_t n = strlen(dir);

	if (n && dir[n - 1] == '/')
		n--;
	return !n ||
	       (glob.n > n && !memcmp(glob.at, dir, n) && glob.at[n] == '/');
}
