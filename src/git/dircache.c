/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/dircache.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "git/internal.h"

enum {
	HEADER = 12,
	STAT = 40, /* bytes of an entry before its id; the mode is at MODE */
	MODE = 24,
	MODE_REGULAR = 0100000,
	MODE_FOLDER = 0040000,
	MODE_KIND = 0170000,
	EXTENDED = 0x4000, /* two more bytes of flags follow */
	INTENDED = 0x2000, /* in those */
	STAGES = 0x3000,
};

struct dircache {
	const uint8_t *bytes, *at, *end; /* the end is before the checksum */
	size_t n, id;                    /* bytes of all, of an id */
	uint32_t version, left;
	struct buf before; /* the path of the entry before, in version 4 */
};

struct dircache_entry {
	uint32_t mode;
	unsigned flags, more;
	const uint8_t *id;
	const char *path; /* until the next one is read */
	size_t n;
};

static uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* --- the file --- */

/* As git does, which reads it from the top of the work tree. */
static const char *dircache_path(struct arena *a, const struct repo *repo)
{
	const char *named = getenv("GIT_INDEX_FILE");

	if (!named || !*named)
		return path_join(a, repo_git_dir(repo), "index");
	return path_join(a, repo_work_tree(repo), named);
}

static bool open_dircache(struct dircache *out, struct arena *a,
			  const struct repo *repo)
{
	*out = (struct dircache){ .id = repo->sha256 ? OID_RAW : OID_SHA1 };
	buf_init(&out->before);
	if (repo_work_tree(repo))
		out->bytes = file_map_named(&out->n, dircache_path(a, repo));
	if (!out->bytes || out->n < HEADER + out->id ||
	    memcmp(out->bytes, "DIRC", 4) != 0)
		return false;
	out->at = out->bytes + HEADER;
	out->end = out->bytes + out->n - out->id;
	out->version = big_endian(out->bytes + 4);
	out->left = big_endian(out->bytes + 8);
	return out->version >= 2 && out->version <= 4;
}

static void close_dircache(struct dircache *dircache)
{
	file_unmap(dircache->bytes, dircache->n);
	buf_release(&dircache->before);
}

/* --- entries --- */

/* How many bytes of the path before are not of this one, as git writes an
 * offset in a pack; moves *at behind it. False: it is none. */
static bool read_cut(size_t *out, const uint8_t **at, const uint8_t *end)
{
	size_t cut = 0;

	for (const uint8_t *p = *at; p < end && cut < FILE_MAX; cut++) {
		cut = cut << 7 | (*p & 0x7f);
		if (!(*p++ & 0x80)) {
			*at = p;
			*out = cut;
			return true;
		}
	}
	return false;
}

/* The path at `p`, up to its NUL, and moves behind the entry. */
static bool read_path(struct dircache_entry *out, struct dircache *dircache,
		      const uint8_t *p)
{
	const uint8_t *at = dircache->at, *end = dircache->end, *nul;
	struct buf *before = &dircache->before;
	size_t cut = 0, whole;

	if (dircache->version == 4 &&
	    (!read_cut(&cut, &p, end) || cut > before->n))
		return false;
	nul = memchr(p, '\0', (size_t)(end - p));
	if (!nul)
		return false;
	out->path = (const char *)p;
	out->n = (size_t)(nul - p);
	/* One to eight NULs end an older one at a multiple of eight bytes. */
	whole = ((size_t)(nul - at) + 8) & ~(size_t)7;
	if (dircache->version == 4) {
		buf_truncate(before, before->n - cut);
		buf_add(before, out->path, out->n);
		out->path = before->p;
		out->n = before->n;
		whole = (size_t)(nul + 1 - at);
	}
	if (whole > (size_t)(end - at))
		return false;
	dircache->at += whole;
	return true;
}

/* False where the file is damaged. */
static bool read_entry(struct dircache_entry *out, struct dircache *dircache)
{
	const uint8_t *at = dircache->at;
	size_t size = STAT + dircache->id + 4;

	if (size > (size_t)(dircache->end - at))
		return false;
	out->mode = big_endian(at + MODE);
	out->id = at + STAT;
	at += STAT + dircache->id;
	out->flags = (unsigned)at[0] << 8 | at[1];
	out->more = 0;
	at += 2;
	if (out->flags & EXTENDED) {
		out->more = (unsigned)at[0] << 8 | at[1];
		at += 2;
	}
	return read_path(out, dircache, at);
}

/* Whether there is a next one that says all of itself. */
static bool next_entry(struct dircache_entry *out, struct dircache *dircache)
{
	if (!dircache->left || !read_entry(out, dircache) ||
	    out->more & INTENDED || (out->mode & MODE_KIND) == MODE_FOLDER)
		return false;
	dircache->left--;
	return true;
}

static bool is_plain_file(const struct dircache_entry *entry)
{
	return (entry->mode & MODE_KIND) == MODE_REGULAR &&
	       !(entry->flags & STAGES);
}

/* Whether it lies below a folder of `n` bytes, 0 the root, and neither its name
 * nor that of a folder in between starts with a dot. */
static bool is_listed(const struct dircache_entry *entry, const char *dir,
		      size_t n)
{
	if (n && (entry->n <= n || entry->path[n] != '/' ||
		  memcmp(entry->path, dir, n) != 0))
		return false;
	for (size_t i = n ? n + 1 : 0; i < entry->n; i++)
		if (entry->path[i] == '.' && (!i || entry->path[i - 1] == '/'))
			return false;
	return true;
}

/* Whether all that follows may be passed over: "link" of a split index, "sdir"
 * of a sparse one and whatever else begins with a small letter may not. */
static bool has_known_rest(const struct dircache *dircache)
{
	const uint8_t *at = dircache->at;

	while (dircache->end - at >= 8) {
		size_t n = big_endian(at + 4);

		if (*at < 'A' || *at > 'Z' ||
		    n > (size_t)(dircache->end - at) - 8)
			return false;
		at += 8 + n;
	}
	return at == dircache->end;
}

bool dircache_list(struct tree_entries *out, struct arena *a,
		   const struct repo *repo, const char *dir)
{
	size_t n = strlen(dir);
	struct dircache dircache;
	struct dircache_entry entry;
	bool good = open_dircache(&dircache, a, repo);

	while (good && next_entry(&entry, &dircache)) {
		struct tree_entry file = { 0 };

		if (!is_plain_file(&entry) || !is_listed(&entry, dir, n))
			continue;
		file.path = arena_strndup(a, entry.path, entry.n);
		memcpy(file.blob.raw, entry.id, dircache.id);
		vec_push(a, out, file);
	}
	good = good && !dircache.left && has_known_rest(&dircache);
	close_dircache(&dircache);
	if (!good)
		out->nr = 0;
	return good;
}

bool dircache_find(struct oid *out, struct arena *a, const struct repo *repo,
		   const char *path)
{
	size_t n = strlen(path);
	struct dircache dircache;
	struct dircache_entry entry;
	bool found = false;

	if (open_dircache(&dircache, a, repo))
		while (!found && next_entry(&entry, &dircache))
			found = is_plain_file(&entry) && entry.n == n &&
				!memcmp(entry.path, path, n);
	*out = (struct oid){ { 0 } };
	if (found)
		memcpy(out->raw, entry.id, dircache.id);
	close_dircache(&dircache);
	return found;
}
