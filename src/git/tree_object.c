/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/tree_object.h"

#include <stdint.h>
#include <string.h>

#include "base/i18n.h"

bool tree_item_is_blob(const struct tree_item *item)
{
	return (item->mode & MODE_TYPE) == MODE_FILE;
}

bool tree_item_is_tree(const struct tree_item *item)
{
	return (item->mode & MODE_TYPE) == MODE_TREE;
}

bool tree_object_next(struct tree_item *out, const char **at, const char *end,
		      size_t size)
{
	const char *p = *at, *nul = memchr(p, '\0', (size_t)(end - p));

	out->mode = 0;
	for (; nul && *p >= '0' && *p <= '7'; p++)
		out->mode = out->mode << 3 | (unsigned)(*p - '0');
	if (!nul || *p != ' ' || (size_t)(end - nul) <= size)
		return false;
	out->name = p + 1;
	out->n = (size_t)(nul - out->name);
	memset(&out->id, 0, sizeof(out->id));
	memcpy(out->id.raw, nul + 1, size);
	*at = nul + 1 + size;
	return true;
}

struct err *tree_object_read(struct object *out, struct repo *repo,
			     const struct oid *id, const char *path)
{
	struct err *e = object_read(out, repo, id, SIZE_MAX);

	if (e)
		return err_context(e, _("cannot read the directory '%s'"),
				   path);
	if (out->type == OBJECT_TREE)
		return NULL;
	object_release(out);
	return err_new(ERR_FAILED, _("'%s' is not a directory"), path);
}

struct err *tree_object_root(struct oid *out, struct repo *repo,
			     const struct oid *commit)
{
	struct object object;
	char hex[OID_HEX + 1];
	struct err *e = object_read(&object, repo, commit, SIZE_MAX);

	oid_hex(hex, commit);
	if (e)
		return err_context(e, _("cannot read commit %s"), hex);
	if (object.type != OBJECT_COMMIT ||
	    strncmp(object.bytes, "tree ", 5) != 0 ||
	    !oid_parse(out, object.bytes + 5))
		e = err_new(ERR_FAILED, _("cannot read commit %s"), hex);
	object_release(&object);
	return e;
}
