/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The objects of a repository. libgit2 reads them, without starting anything.
 * A repository that it cannot read (named by SHA-256, refs in a reftable, an
 * extension of a later git) is read through a `git cat-file` that stays open
 * (batch.h). Which it is was chosen when the repository was opened.
 */
#ifndef GIT_OBJECT_H
#define GIT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "git/batch.h"
#include "git/oid.h"

struct repo;

struct object {
	enum object_type type;
	const char *bytes; /* a NUL follows; valid until object_release() */
	size_t n;
	void *held; /* whose they are: libgit2's, */
	char *copy; /* or ours */
};

/* ERR_NOT_FOUND if it is missing, as in a partial clone; ERR_UNSUPPORTED if it
 * has more than `max` bytes. To be released if there is no error. */
MUST_USE struct err *object_read(struct object *out, struct repo *repo,
				 const struct oid *id, size_t max);
void object_release(struct object *object);

/* What it is, without reading it; false if it is missing. */
bool object_header(enum object_type *type, size_t *size, struct repo *repo,
		   const struct oid *id);

/* The object whose id begins with these hex digits, at least four of them. */
enum object_found object_expand(struct oid *out, struct repo *repo,
				const char *digits);

/* The commit that an object leads to, over tags: itself, if it is one. False if
 * it leads to something else, or to nothing that is here. */
bool object_commit(struct oid *out, struct repo *repo, const struct oid *id);

/* The seconds behind a line of the head of a commit or a tag ("committer ",
 * "tagger "); false if there is no such line. */
bool object_time(int64_t *seconds, const struct object *object,
		 const char *name);

/* The first parent of a commit, as it says itself; false if it has none. */
bool object_parent(struct oid *out, const struct object *object);

/* Bytes of a SHA-256. */
#define OBJECT_SHA256 32
/* Of any bytes; zeros where there is no memory. */
void object_sha256(unsigned char out[OBJECT_SHA256], const void *bytes,
		   size_t n);

/* The id that a blob of these bytes has. Threads may call it. */
void object_blob_id(struct oid *out, const struct repo *repo, const void *bytes,
		    size_t n);

/* The id of the empty tree, which git knows without having it. */
const char *object_empty_tree(const struct repo *repo);

#endif
