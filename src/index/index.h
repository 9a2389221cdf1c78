/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The index of a place (the work tree; in a bare repository HEAD; a revision):
 * the text of each of its retros, what that says, and the words to find it by,
 * in a SQLite database <common_dir>/retro/index, by blob id. Opening it looks
 * which files changed and reads those alone, so an uncommitted edit is always
 * seen, and everything is read once.
 *
 * The file is disposable. Deleted, damaged, of another version, locked, on a
 * full disk or one that cannot be written: then the same index is made in
 * memory, for this once, or the file anew. Answers never differ, so nothing
 * here is an error but a place that cannot be read, and memory that fails.
 */
#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "git/oid.h"
#include "git/repo.h"
#include "git/tree.h"
#include "index/stat_cache.h"
#include "model/diag.h"
#include "model/policy.h"
#include "model/retro.h"

struct index;

enum {
	INDEX_SEARCH = 1, /* a revision's words, too; the work tree's are */
	INDEX_BLOBS = 2,  /* of no place: only index_blobs() will be asked */
};

/* `commit` NULL: the work tree. Shows its progress on a terminal where much is
 * to be read. `diags` gets the files that cannot be read; they are left out.
 * Lives in the arena, until index_close(), which is to come before anything is
 * shown: others wait for us to write. */
MUST_USE struct err *index_open(struct index **out, struct arena *a,
				struct repo *repo, const struct policy *policy,
				const struct oid *commit, unsigned flags,
				struct diags *diags);
void index_close(struct index *index); /* NULL is allowed */

/* Begins, beside what we do, to open the index of the work tree: the next
 * index_open() takes it over if it can use it. The policy may change
 * meanwhile. To be ended in any case. */
void index_ahead_begin(struct repo *repo, const struct policy *policy);
void index_ahead_end(void);

/* The retros' files, sorted by path: `path` and `blob` are set, of a work tree
 * `stat` too. Borrowed. */
const struct cached_files *index_files(const struct index *index);

/* Every retro, in the order of the files, surveyed (corpus.h), in the arena.
 * What reading one finds wrong goes to `diags`. */
MUST_USE struct err *index_retros(struct retros *out, struct index *index,
				  struct diags *diags);

/* Without a look at each file: appends the first of `paths` that is one of the
 * files of the work tree, or else those that had a retro of this id when they
 * were last looked at, and maybe some that had not. False, and then nothing is
 * appended, where that is not known of every file there is: a file came, went
 * or was moved since, there is no index, or it cannot be read. A file that was
 * edited in place since may have another id by now. */
bool index_where(struct strs *out, struct arena *a, struct repo *repo,
		 const struct policy *policy, const struct strs *paths,
		 const char *id);

/* Also without a look at each file: out[i] is checksum_text() of the id of the
 * retro that files->at[i] is, where the work tree had the same text at the same
 * path; -1 where it had not, or nothing is known. `files` are those of a commit,
 * sorted by path. */
void index_ids(int64_t *out, struct arena *a, struct repo *repo,
	       const struct policy *policy, const struct tree_entries *files);

#define INDEX_SHARES 4

/* What is told of each text. */
struct index_reader {
	/* Before the first; and again where a damaged index must be made anew
	 * in between: then forget what was told. */
	void (*start)(void *data);
	/* `bytes` are borrowed for the time of the call, a NUL does not end
	 * them. Several threads tell at once, each with a `share` of its own
	 * below INDEX_SHARES and under the rules of parallel.h. Return false
	 * to stop that share. */
	bool (*text)(void *data, size_t share, size_t file, const char *bytes,
		     size_t n);
};

/* The text of each file, in the order that costs least, not of the paths. */
MUST_USE struct err *index_texts(struct index *index,
				 const struct index_reader *reader, void *data);

/* The same for any blobs of the repository, sorted and each once: reads those
 * that the index does not have yet and keeps them; `file` is then the place in
 * `blobs`. One that is missing (a partial clone) or larger than FILE_MAX is
 * left out. */
MUST_USE struct err *index_blobs(struct index *index, const struct oids *blobs,
				 const struct index_reader *reader, void *data);

/* Where it is, made or not. In the arena. */
const char *index_file(struct arena *a, const struct repo *repo);

/* The file, for those who ask: nothing is made or read anew. */
struct index_state {
	const char *path;
	bool exists;
	bool sound; /* every page is what was written, and of this version */
	int64_t bytes, texts;
	size_t files, unread; /* of the work tree; and of those, new or changed
			       * since */
};
void index_look(struct index_state *out, struct arena *a, struct repo *repo,
		const struct policy *policy);

/* Empties the file; the next index_open() makes it anew. ERR_FAILED where that
 * cannot be done. */
MUST_USE struct err *index_forget(struct arena *a, const struct repo *repo);

#endif
