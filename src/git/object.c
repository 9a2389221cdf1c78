/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/object.h"

#include <mbedtls/md.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "git/batch.h"
#include "git/child.h"
#include "git/internal.h"

/* As many tags may lead to each other. */
#define TAGS_MAX 64

static struct err *object_too_large(const struct oid *id, size_t size,
				    size_t max)
{
	char hex[OID_HEX + 1];

	return err_new(ERR_UNSUPPORTED,
		       _("%s has %zu bytes, more than the limit of %zu"),
		       oid_hex(hex, id), size, max);
}

static struct err *read_git_object(struct object *out, struct repo *repo,
				   const struct oid *id, size_t max)
{
	git_oid key = to_git(id);
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	git_object_t type;
	size_t size = 0;
	char hex[OID_HEX + 1];
	int code = git_repository_odb(&odb, repo->git);

	if (!code && max != SIZE_MAX)
		code = git_odb_read_header(&size, &type, odb, &key);
	if (!code && size <= max)
		code = git_odb_read(&object, odb, &key);
	/* libgit2 takes a file that it cannot look at just now for none. */
	if (code == GIT_ENOTFOUND)
		code = git_odb_read(&object, odb, &key);
	git_odb_free(odb);
	if (code == GIT_ENOTFOUND)
		return err_hint(internal_err(code, _("cannot read %s"),
					     oid_hex(hex, id)),
				"%s", child_bring_hint());
	if (code)
		return internal_err(code, _("cannot read %s"),
				    oid_hex(hex, id));
	if (!object)
		return object_too_large(id, size, max);
	out->type = (enum object_type)git_odb_object_type(object);
	out->bytes = git_odb_object_data(object);
	out->n = git_odb_object_size(object);
	out->held = object;
	return NULL;
}

struct err *object_read(struct object *out, struct repo *repo,
			const struct oid *id, size_t max)
{
	enum object_type type;
	struct oid same;
	size_t size;
	char hex[OID_HEX + 1];
	struct err *e;

	*out = (struct object){ OBJECT_NONE, "", 0, NULL, NULL };
	if (!internal_asks_git(repo, 2))
		return read_git_object(out, repo, id, max);
	if (max != SIZE_MAX &&
	    batch_info(&same, &type, &size, repo->batch, oid_hex(hex, id)) ==
		    OBJECT_FOUND &&
	    size > max)
		return object_too_large(id, size, max);
	e = batch_read(&out->type, &out->bytes, &out->n, repo->batch, id);
	if (e && e->code == ERR_NOT_FOUND)
		e = err_hint(e, "%s", child_bring_hint());
	if (e)
		return err_context(e, _("cannot read %s"), oid_hex(hex, id));
	/* The next question takes the place of these bytes. */
	out->copy = mem_alloc(out->n + 1);
	memcpy(out->copy, out->bytes, out->n);
	out->copy[out->n] = '\0';
	out->bytes = out->copy;
	return NULL;
}

void object_release(struct object *object)
{
	if (object->held)
		git_odb_object_free(object->held);
	free(object->copy);
	object->held = object->copy = NULL;
}

bool object_header(enum object_type *type, size_t *size, struct repo *repo,
		   const struct oid *id)
{
	git_oid key;
	git_odb *odb = NULL;
	git_object_t found;
	struct oid same;
	char hex[OID_HEX + 1];
	int code;
	bool ok;

	if (internal_asks_git(repo, 1))
		return batch_info(&same, type, size, repo->batch,
				  oid_hex(hex, id)) == OBJECT_FOUND;
	key = to_git(id);
	code = git_repository_odb(&odb, repo->git);
	if (!code)
		code = git_odb_read_header(size, &found, odb, &key);
	if (code == GIT_ENOTFOUND) /* as in read_git_object() */
		code = git_odb_read_header(size, &found, odb, &key);
	ok = !code;
	if (code)
		err_pass(internal_err(code, _("cannot read %s"),
				      oid_hex(hex, id)));
	git_odb_free(odb);
	if (ok)
		*type = (enum object_type)found;
	return ok;
}

/* No more of them than an id has here: git 2.39 to 2.55 let the rest be. */
static bool is_digits(const struct repo *repo, const char *text, size_t *n)
{
	size_t most = 2 * (size_t)(repo->sha256 ? OID_RAW : OID_SHA1);

	*n = strspn(text, "0123456789abcdefABCDEF");
	return *n >= 4 && *n <= most && !text[*n];
}

enum object_found object_expand(struct oid *out, struct repo *repo,
				const char *digits)
{
	enum object_type type;
	git_oid prefix, full;
	git_odb *odb = NULL;
	size_t n, size;
	int code;

	if (!is_digits(repo, digits, &n))
		return OBJECT_MISSING;
	if (internal_asks_git(repo, 1))
		return batch_info(out, &type, &size, repo->batch, digits);
	if (git_oid_fromstrn(&prefix, digits, n))
		return OBJECT_MISSING;
	code = git_repository_odb(&odb, repo->git);
	if (!code)
		code = git_odb_exists_prefix(&full, odb, &prefix, n);
	git_odb_free(odb);
	if (code && code != GIT_EAMBIGUOUS)
		err_pass(internal_err(code, _("cannot look for %s"), digits));
	if (!code)
		*out = from_git(&full);
	return !code                    ? OBJECT_FOUND
	       : code == GIT_EAMBIGUOUS ? OBJECT_AMBIGUOUS
					: OBJECT_MISSING;
}

/* The line of this name in the head of an object, after the name; NULL if
 * there is none. */
static const char *head_line(const struct object *object, const char *name)
{
	const char *at = object->bytes, *end = at + object->n;
	size_t n = strlen(name);

	while (at < end && *at != '\n') {
		const char *next = memchr(at, '\n', (size_t)(end - at));

		if ((size_t)(end - at) > n && !memcmp(at, name, n))
			return at + n;
		if (!next)
			return NULL;
		at = next + 1;
	}
	return NULL;
}

bool object_commit(struct oid *out, struct repo *repo, const struct oid *id)
{
	enum object_type type = OBJECT_TAG;
	size_t size;

	*out = *id;
	for (int depth = 0; depth < TAGS_MAX; depth++) {
		struct object tag;
		const char *line;
		bool leads;
		struct err *e;

		if (!object_header(&type, &size, repo, out) ||
		    type != OBJECT_TAG)
			break;
		e = object_read(&tag, repo, out, SIZE_MAX);
		if (e) {
			err_pass(e);
			return false;
		}
		line = head_line(&tag, "object ");
		leads = line && oid_parse(out, line);
		object_release(&tag);
		if (!leads)
			return false;
	}
	return type == OBJECT_COMMIT;
}

bool object_time(int64_t *seconds, const struct object *object,
		 const char *name)
{
	const char *line = head_line(object, name), *mail;
	size_t n;

	if (!line)
		return false;
	n = strcspn(line, "\n");
	mail = memrchr(line, '>', n);
	*seconds = mail ? strtoll(mail + 1, NULL, 10) : 0;
	return true;
}

bool object_parent(struct oid *out, const struct object *object)
{
	const char *line = head_line(object, "parent ");

	return line && oid_parse(out, line);
}

/* Nothing but memory fails: an id that was not made is none of zeros. */
static void hash(unsigned char *out, mbedtls_md_type_t type, const char *head,
		 size_t head_n, const void *bytes, size_t n)
{
	const mbedtls_md_info_t *info = mbedtls_md_info_from_type(type);
	mbedtls_md_context_t md;

	mbedtls_md_init(&md);
	if (mbedtls_md_setup(&md, info, 0) || mbedtls_md_starts(&md) ||
	    mbedtls_md_update(&md, (const unsigned char *)head, head_n) ||
	    mbedtls_md_update(&md, bytes, n) || mbedtls_md_finish(&md, out))
		mem_none();
	mbedtls_md_free(&md);
}

void object_sha256(unsigned char out[OBJECT_SHA256], const void *bytes,
		   size_t n)
{
	hash(out, MBEDTLS_MD_SHA256, "", 0, bytes, n);
}

void object_blob_id(struct oid *out, const struct repo *repo, const void *bytes,
		    size_t n)
{
	char head[32];
	int head_n = snprintf(head, sizeof(head), "blob %zu", n);

	memset(out, 0, sizeof(*out));
	hash(out->raw, repo->sha256 ? MBEDTLS_MD_SHA256 : MBEDTLS_MD_SHA1, head,
	     (size_t)head_n + 1, bytes, n);
}

const char *object_empty_tree(const struct repo *repo)
{
	return repo->sha256 ? "6ef19b41225c5369f1c104d45d8d85ef"
			      "a9b057b53b14b4b9b939dd74decc5321"
			    : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}
