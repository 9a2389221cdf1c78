/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a change says of itself, read from git's own diff of it without context:
 * the lines that it takes away and adds, the functions that its hunks stand in
 * (where report/hunks.h has put them into their headings), and the settings and
 * locked packages whose values it changes. What a later change has in common with a fix, in the same file, is
 * what speaks for a hint. With the C library alone.
 */
#ifndef FRONT_MARKS_H
#define FRONT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* git's options for such a diff, behind those of the command. */
#define MARKS_DIFF                                                             \
	"-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff",            \
		"--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"

/* The letters stand in files: they never change. */
enum mark_kind {
	MARK_REMOVED = '-',  /* a line, without white space at its ends */
	MARK_ADDED = '+',    /* likewise */
	MARK_FUNCTION = 'f', /* a function's name */
	MARK_KEY = 'k',      /* what stands before a value: "timeout" */
	MARK_MORE = '>',     /* a word of which there is more (net_words.h) */
	MARK_FEWER = '<',    /* one of which there is less */
	MARK_NEW = 'i',      /* a symbol of which there was none */
	MARK_GONE = 'g',     /* one of which there is none any more */
	MARK_PACKAGE = 'p',  /* the package whose version it is, in a lock file
			      * that names it above */
};

struct change_mark {
	enum mark_kind kind;
	const char *path; /* of the file as the change leaves it; "" if git
			   * quotes it */
	size_t path_n;
	const char *text; /* in the diff */
	size_t n;
	size_t line;  /* where its hunk begins in the file before the change */
	size_t lines; /* of a function; else 0 */
	bool deleted; /* the change deletes the file */
};

typedef void mark_fn(void *data, const struct change_mark *mark);

/* Hands out each mark of a diff that ends with NUL, in its order. Lines that
 * say too little to be known again are left out, unless `all`: then every line
 * is handed out, and no key. */
void marks_read(const char *diff, bool all, mark_fn *fn, void *data);

/* By which a mark is known again in the same file: its text, and whether it is
 * a line, a function, a key or a word. Added and removed look the same. */
uint64_t mark_hash(const struct change_mark *mark);

/* A letter, a digit, "_" or a byte beyond ASCII. */
bool mark_is_word(char c);

/* Whether `n` letters are one of the words, which end with NULL. */
bool mark_is_one_of(const char *word, size_t n, const char *const *words);

/* Takes the next word (of such bytes) of the `*n` bytes at `*at`, which move
 * behind it; NULL at the end. */
const char *mark_word(size_t *len, const char **at, size_t *n);

/* Whether a line, without white space at its ends, is one of a comment. */
bool mark_is_comment(const char *line, size_t n);

/* By which a word that is named is found, and a key of that name. */
uint64_t mark_word_hash(const char *word, size_t n);

/* Whether a file is one of settings or packages: its lines have keys. */
bool mark_has_keys(const char *path, size_t n);

/* The key of a line of such a file; NULL if it has none that says something. */
const char *mark_key(size_t *len, const char *line, size_t n);

/* Whether a file is a test, a text, a list of changes or somebody else's: these
 * follow what is changed elsewhere, and say little of it. */
bool mark_follows(const char *path, size_t n);

#endif
