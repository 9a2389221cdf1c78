/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/dircache_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "git/internal.h"
#include "git/tree_object.h"

enum {
	HEADER = 12,
	STAT = 40, /* bytes of an entry before its id; the mode is at MODE */
	MODE = 24,
	EXTENDED = 0x4000, /* two more bytes of flags follow */
	INTENDED = 0x2000, /* in those */
	STAGES = 0x3000,
	LENGTH = 0x0fff, /* of the path; if it is longer, all bits are set */
	EXTENSION = 8,   /* before its bytes: four of its name, and how many */
};

static uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* As git does, which reads it from the top of the work tree. */
static const char *dircache_path(struct arena *a, const struct repo *repo)
{
	const char *named = getenv("GIT_INDEX_FILE");

	if (!named || !*named)
		return path_join(a, repo_git_dir(repo), "index");
	return path_join(a, repo_work_tree(repo), named);
}

bool dircache_open(struct dircache *out, struct arena *a,
		   const struct repo *repo)
{
	*out = (struct dircache){ .id_size =
					  repo->sha256 ? OID_RAW : OID_SHA1 };
	buf_init(&out->before);
	if (repo_work_tree(repo))
		out->bytes = file_map_named(&out->n, dircache_path(a, repo));
	if (!out->bytes || out->n < HEADER + out->id_size ||
	    memcmp(out->bytes, "DIRC", 4) != 0)
		return false;
	out->end = out->bytes + out->n - out->id_size;
	out->version = big_endian(out->bytes + 4);
	dircache_rewind(out);
	return out->version >= 2 && out->version <= 4;
}

void dircache_close(struct dircache *dircache)
{
	file_unmap(dircache->bytes, dircache->n);
	buf_release(&dircache->before);
}

void dircache_rewind(struct dircache *dircache)
{
	dircache->at = dircache->bytes + HEADER;
	dircache->left = big_endian(dircache->bytes + 8);
	dircache->last = NULL;
	buf_reset(&dircache->before);
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

/* The NUL that ends a path of which `known` bytes, of LENGTH, are left; NULL if
 * it is not there. */
static const uint8_t *path_end(const uint8_t *p, const uint8_t *end,
			       unsigned known, size_t before)
{
	if (known == LENGTH)
		return memchr(p, '\0', (size_t)(end - p));
	if (known < before || known - before >= (size_t)(end - p) ||
	    p[known - before])
		return NULL;
	return p + (known - before);
}

/* Paths are sorted, and two of one path are in a conflict. Those of a split
 * index that replace others have none. */
static bool is_sorted(const char *before, const char *path, unsigned flags)
{
	int order = before ? strcmp(before, path) : -1;

	return order < 0 || (!order && (flags & STAGES || !*path));
}

/* Of version 4: the path at `p` follows what it has in common with the one
 * before. */
static const uint8_t *read_rest_of_path(struct dircache_entry *out,
					struct dircache *dircache,
					const uint8_t *p)
{
	struct buf *before = &dircache->before;
	const uint8_t *nul;
	size_t cut;

	if (!read_cut(&cut, &p, dircache->end) || cut > before->n)
		return NULL;
	nul = path_end(p, dircache->end, out->flags & LENGTH, before->n - cut);
	if (!nul ||
	    !is_sorted(dircache->last ? before->p + before->n - cut : NULL,
		       (const char *)p, out->flags))
		return NULL;
	buf_truncate(before, before->n - cut);
	buf_add(before, p, (size_t)(nul - p));
	out->path = before->p;
	out->n = before->n;
	return nul + 1;
}

/* Of an older one: one to eight NULs end it at a multiple of eight bytes. */
static const uint8_t *read_whole_path(struct dircache_entry *out,
				      struct dircache *dircache,
				      const uint8_t *p)
{
	const uint8_t *at = dircache->at, *end = dircache->end;
	const uint8_t *nul = path_end(p, end, out->flags & LENGTH, 0);
	size_t whole;

	if (!nul || !is_sorted(dircache->last, (const char *)p, out->flags))
		return NULL;
	out->path = (const char *)p;
	out->n = (size_t)(nul - p);
	whole = ((size_t)(nul - at) + 8) & ~(size_t)7;
	return whole > (size_t)(end - at) ? NULL : at + whole;
}

bool dircache_next(struct dircache_entry *out, struct dircache *dircache)
{
	const uint8_t *p = dircache->at;
	size_t size = STAT + dircache->id_size + 4;

	if (!dircache->left || size > (size_t)(dircache->end - p))
		return false;
	out->mode = big_endian(p + MODE);
	out->id = p + STAT;
	p += STAT + dircache->id_size;
	out->flags = (unsigned)p[0] << 8 | p[1];
	p += 2;
	if (out->flags & EXTENDED) {
		if (((unsigned)p[0] << 8 | p[1]) & INTENDED)
			return false;
		p += 2;
	}
	p = dircache->version == 4 ? read_rest_of_path(out, dircache, p)
				   : read_whole_path(out, dircache, p);
	if (!p || (out->mode & MODE_TYPE) == MODE_TREE)
		return false;
	dircache->at = p;
	dircache->last = out->path;
	dircache->left--;
	return true;
}

bool dircache_is_unmerged(const struct dircache_entry *entry)
{
	return entry->flags & STAGES;
}

/* --- extensions --- */

/* Where the entries end, by the extension "EOIE", the last one, that git writes
 * behind very many; else NULL. */
static const uint8_t *told_end(const struct dircache *dircache)
{
	size_t n = 4 + dircache->id_size, whole = EXTENSION + n;
	const uint8_t *at = dircache->end - whole;
	size_t offset;

	if (dircache->n < HEADER + whole + dircache->id_size ||
	    memcmp(at, "EOIE", 4) != 0 || big_endian(at + 4) != n)
		return NULL;
	offset = big_endian(at + EXTENSION);
	if (offset < HEADER || offset > (size_t)(at - dircache->bytes))
		return NULL;
	return dircache->bytes + offset;
}

/* Whether the extensions that begin there end where all do. */
static bool read_rest(struct dircache_rest *out, const uint8_t *at,
		      const uint8_t *end)
{
	*out = (struct dircache_rest){ NULL, 0 };
	while (end - at >= EXTENSION) {
		size_t n = big_endian(at + 4);

		if (*at < 'A' || *at > 'Z' ||
		    n > (size_t)(end - at) - EXTENSION)
			return false;
		if (!memcmp(at, "TREE", 4))
			*out = (struct dircache_rest){ at + EXTENSION, n };
		at += EXTENSION + n;
	}
	return at == end;
}

bool dircache_rest(struct dircache_rest *out, struct dircache *dircache)
{
	const uint8_t *at = told_end(dircache);
	struct dircache_entry entry;

	if (at && read_rest(out, at, dircache->end))
		return true;
	while (dircache_next(&entry, dircache))
		;
	return !dircache->left && read_rest(out, dircache->at, dircache->end);
}
