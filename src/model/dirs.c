/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/dirs.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/retro_name.h"
#include "model/retro.h"

/* Whether a part of a path is one that git itself would not let in, or takes
 * for an option or for more than a path. */
static bool bad_dir_part(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)p[i]) || p[i] == '\\')
			return true;
	return *p == '-' || *p == ':' || (n == 2 && memcmp(p, "..", 2) == 0);
}

const char *dirs_normal(struct arena *a, const char *dir)
{
	struct buf path = BUF_INIT;
	bool good = *dir && *dir != '/';
	const char *text;

	for (const char *p = good ? dir : ""; *p;) {
		size_t n = strcspn(p, "/");

		good &= !n || !bad_dir_part(p, n);
		if (n && !(n == 1 && *p == '.')) {
			if (path.n)
				buf_addch(&path, '/');
			buf_add(&path, p, n);
		}
		p += n;
		p += *p == '/';
	}
	text = good ? arena_strdup(a, path.p) : NULL;
	buf_release(&path);
	return text;
}

static bool is_pattern(const char *dir)
{
	return strpbrk(dir, "*?[") != NULL;
}

const char *dirs_literal(struct arena *a, const char *dir)
{
	size_t n = strcspn(dir, "*?[");

	if (!dir[n])
		return dir;
	while (n && dir[n] != '/')
		n--;
	return arena_strndup(a, dir, n);
}

const char *dirs_home(struct arena *a, const struct strs *dirs)
{
	for (size_t i = 0; i < dirs->nr; i++)
		if (!is_pattern(dirs->at[i]))
			return dirs->at[i];
	return dirs->nr ? dirs_literal(a, dirs->at[0]) : "";
}

/* How many bytes of `a` are a folder that `b` lies in, too. */
static size_t common_folder(const char *a, size_t n, const char *b)
{
	size_t same = 0, i;

	for (i = 0; i < n && a[i] == b[i]; i++)
		if (a[i] == '/')
			same = i;
	if ((i == n && (!b[i] || b[i] == '/')) || (!b[i] && a[i] == '/'))
		same = i;
	return same;
}

const char *dirs_root(struct arena *a, const struct strs *dirs)
{
	const char *root = dirs->nr ? dirs_literal(a, dirs->at[0]) : "";
	size_t n = strlen(root);

	for (size_t i = 1; i < dirs->nr; i++)
		n = common_folder(root, n, dirs_literal(a, dirs->at[i]));
	return arena_strndup(a, root, n);
}

/* The part of a path below a folder; NULL if it is not there. */
static const char *below_dir(const char *path, const char *dir)
{
	size_t n = strlen(dir);
	char folder[4096];

	if (!n)
		return path;
	if (!is_pattern(dir))
		return !strncmp(path, dir, n) && path[n] == '/' ? path + n + 1
								: NULL;
	for (const char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
		size_t len = (size_t)(p - path) + 1;

		if (len >= sizeof(folder))
			return NULL;
		memcpy(folder, path, len);
		folder[len] = '\0';
		if (glob_path(dir, folder))
			return p + 1;
	}
	return NULL;
}

const char *dirs_text(struct arena *a, const struct strs *dirs)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < dirs->nr; i++)
		buf_addf(&b, "%s%s", i ? "\n" : "", dirs->at[i]);
	text = arena_strdup(a, b.p);
	buf_release(&b);
	return text;
}

bool dirs_hold(const struct strs *dirs, const char *path)
{
	for (size_t i = 0; i < dirs->nr; i++)
		if (below_dir(path, dirs->at[i]))
			return true;
	return false;
}

static bool is_hidden_below(const char *rest)
{
	return *rest == '.' || strstr(rest, "/.");
}

static bool is_readme(const char *path)
{
	return !strncasecmp(path_base(path), "README.", 7);
}

static bool is_template_folder(const char *rest)
{
	static const char *const names[] = { "template",  "templates",
					     "_template", "_templates",
					     "模板",      "模版" };
	size_t n;

	for (const char *p = rest; strchr(p, '/'); p += n + 1) {
		n = strcspn(p, "/");
		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			if (strlen(names[i]) == n &&
			    !strncasecmp(p, names[i], n))
				return true;
	}
	return false;
}

/* The part below the folder that it is looked for in; NULL: in none. */
static const char *find_below(const struct strs *dirs, const char *path)
{
	for (size_t i = 0; i < dirs->nr; i++) {
		const char *rest = below_dir(path, dirs->at[i]);

		if (rest && !is_hidden_below(rest))
			return rest;
	}
	return NULL;
}

bool dirs_have(const struct strs *dirs, const char *path)
{
	const char *rest = retro_is_path(path) ? find_below(dirs, path) : NULL;

	return rest && !is_template_folder(rest) &&
	       (!is_readme(rest) || strchr(rest, '/'));
}

bool dirs_leave_out(const struct strs *dirs, const char *path)
{
	const char *rest = find_below(dirs, path);

	return rest && (retro_name_is_blank(rest) ||
			(retro_name(rest) && is_template_folder(rest)));
}

static const char *path_at(const char *items, size_t i, size_t size)
{
	return *(const char *const *)(const void *)(items + i * size);
}

/* Whether an item next to this one lies in its folder, or below. */
static bool shares_folder(const char *items, size_t i, size_t size,
			  size_t other)
{
	const char *path = path_at(items, i, size);
	size_t n = (size_t)(path_base(path) - path);

	return !strncmp(path_at(items, other, size), path, n);
}

void dirs_drop_readmes(void *items, size_t *nr, size_t size)
{
	char *at = items;
	size_t kept = 0;

	for (size_t i = 0; i < *nr; i++) {
		if (is_readme(path_at(at, i, size)) &&
		    ((kept && shares_folder(at, i, size, kept - 1)) ||
		     (i + 1 < *nr && shares_folder(at, i, size, i + 1))))
			continue;
		if (kept != i)
			memcpy(at + kept * size, at + i * size, size);
		kept++;
	}
	*nr = kept;
}

void dirs_keep(const struct strs *dirs, void *items, size_t *nr, size_t size)
{
	size_t kept = 0;
	char *at = items;

	for (size_t i = 0; i < *nr; i++) {
		if (!dirs_have(dirs, path_at(at, i, size)))
			continue;
		if (kept != i)
			memcpy(at + kept * size, at + i * size, size);
		kept++;
	}
	*nr = kept;
	dirs_drop_readmes(at, nr, size);
}
