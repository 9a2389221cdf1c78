/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What others wrote elsewhere, on its way to become retros. A reader, one file
 * for each format, makes items of it: a document with whatever front matter it
 * has, or the text of an issue with what is known of it beside. The text stays,
 * byte for byte. The plan (import_plan.c) says which of them are here already
 * and what files the others become; nothing is written here.
 *
 * Errors say what is wrong and where, in one line; then there are no items. One
 * of many that cannot be read is noted (import_broken), and the others are read.
 */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "corpus/corpus.h"
#include "model/node.h"

enum import_format {
	IMPORT_AUTO, /* told by the content */
	IMPORT_MARKDOWN,
	IMPORT_ADR,
	IMPORT_NOTION,
	IMPORT_CONFLUENCE,
	IMPORT_GITHUB,
	IMPORT_GITLAB,
	IMPORT_JIRA,
};
extern const char *const import_formats[]; /* for OPT_CHOICE */

/* A field of a retro, or one of our own ("x-milestone"). A key that comes
 * again is a list. */
struct import_field {
	const char *key, *value;
};

struct import_item {
	const char *where;  /* the file, or the place in it, for messages */
	const char *source; /* `imported-from`, the same each time */
	const char *name;   /* the file that it wants to be, below the folder of
			     * the retros; NULL: one of its date and title */
	const char *called; /* the same, for a title if it has none; NULL: as
			     * `file` */
	const char *file;   /* below what is read; of an issue its place */
	const char *bytes;  /* valid UTF-8, no NUL, one behind them */
	size_t n;
	bool document; /* `bytes` can have front matter, whose fields count
			* before those below */
	struct VEC_OF(struct import_field) fields;
	bool text_only;   /* a document whose front matter cannot be read */
	bool undated;     /* a document that does not say its date */
	struct strs left; /* what of it is not taken, a phrase each */
	size_t place;     /* among the items, once they are planned */
	const struct import_item *successor; /* that replaces it; NULL */
	struct VEC_OF(const struct import_item *) linked; /* other pages */
	struct strs comments; /* that are taken, as they will stand there */
	size_t attachments;   /* likewise */
};

struct import_items VEC_OF(struct import_item *);

/* What is wrong with one of many, and what to do, or NULL. */
struct import_problem {
	const char *text, *hint;
};

/* What is read. */
struct import {
	struct arena *arena;
	struct import_items items;
	struct strs left; /* files that are no retros by their names */
	size_t others;    /* files that are not Markdown */
	struct VEC_OF(struct import_problem) broken; /* that are left out */
	const char *name;        /* of what is read, as the person typed it */
	const char *work_tree;   /* ours, absolute */
	enum import_format from; /* as asked for */
};

/* Notes what is wrong with one of many; frees the error. NULL is allowed. */
void import_broken(struct import *import, struct err *e);

/* Reads a file, a folder, or stdin ("-"). */
MUST_USE struct err *import_read(struct import *import, const char *path);

/* Sets a field, or adds to a list; nothing for NULL and "". */
void import_set(struct import_item *item, struct arena *a, const char *key,
		const char *value);
/* The first value of it; NULL. */
const char *import_get(const struct import_item *item, const char *key);
/* Sets the key "x-..." that a foreign name makes: "closedAt" is x-closed-at. */
void import_set_own(struct import_item *item, struct arena *a, const char *name,
		    const char *value);

/* Sets the field `date` of a foreign date; of one that cannot be read a key of
 * our own, and that it is left. */
void import_set_date(struct import_item *item, struct arena *a,
		     const char *name, const char *value);

/* Adds a comment, a quotation below who wrote it and when (each may be NULL), so
 * that nothing in it is a section or an action of the retro. */
void import_comment(struct import_item *item, struct arena *a, const char *who,
		    const char *when, const char *text);
/* Puts a section of them behind the text. */
void import_put_comments(struct import_item *item, struct arena *a,
			 bool chinese);
/* Whether there are Chinese characters in it. */
bool import_is_chinese(const char *text);

/* Adds a label. One that names a kind of retro, or a severity ("SEV-2"), sets
 * that, too. */
void import_label(struct import_item *item, struct arena *a, const char *name);

/* An error for bytes that are no text: an archive, a NUL byte, not UTF-8. */
MUST_USE struct err *import_check(const char *name, const char *bytes,
				  size_t n);

/* --- many items in one text, which is checked and lives as long as they do ---
 */

/* The CSV of Jira. */
MUST_USE struct err *import_jira(struct import *import, const char *bytes,
				 size_t n);
/* Whether it is such. */
bool import_is_jira(struct arena *a, const char *bytes, size_t n);

/* The JSON of GitHub or GitLab: an array, one object, or one in each line.
 * Which it is, its first object tells. */
MUST_USE struct err *import_json(struct import *import, const char *bytes,
				 size_t n);

/* The text of a key; NULL if it is missing, null, or no scalar. */
const char *import_text(const struct node *object, const char *key);
/* The names of a list of people, commas between them: that of their key
 * "name", else of `account`. NULL if there is none. */
const char *import_people(struct arena *a, const struct node *list,
			  const char *account);
const char *import_person(const struct node *person, const char *account);
/* A new item, the `place`-th: its text is that of the key `body`.
 * ERR_UNSUPPORTED if `source` is NULL (`needs` is the key that is missing then),
 * or the text none. */
MUST_USE struct err *import_object(struct import_item **out,
				   struct import *import, size_t place,
				   const struct node *object, const char *body,
				   const char *source, const char *needs);
/* Adds what of the object is neither in `taken` (ends with NULL) nor empty: of
 * a scalar a key of our own, of anything else that it is left. */
void import_rest(struct import_item *item, struct arena *a,
		 const struct node *object, const char *const *taken);
/* Adds the labels of a list, texts or objects with a name. */
void import_labels(struct import_item *item, struct arena *a,
		   const struct node *list);

/* Takes the comments of a list and puts them behind the text. `account`: the key
 * of a person's name there, `when` that of the time. */
void import_object_comments(struct import_item *item, struct arena *a,
			    const struct node *list, const char *account,
			    const char *when);

/* The item of an object. */
MUST_USE struct err *import_github(struct import *import, size_t place,
				   const struct node *object);
MUST_USE struct err *import_gitlab(struct import *import, size_t place,
				   const struct node *object);

/* --- documents, exchange/import_files.c --- */

MUST_USE struct err *import_folder(struct import *import, const char *path);
MUST_USE struct err *import_file(struct import *import, const char *path,
				 const char *bytes, size_t n);

/* Whether a document is of this kind by its name and text; what of it is said
 * in its own way becomes fields. */
bool import_is_adr(const struct import_item *item, struct arena *a);
void import_adr(struct import_item *item, struct arena *a);
bool import_is_notion(const struct import_item *item);
void import_notion(struct import_item *item, struct arena *a);
bool import_is_confluence(const struct import_item *item, struct arena *a);
void import_confluence(struct import_item *item, struct arena *a);
/* Once all are read: which decision replaces which, and which page links
 * which. */
void import_adr_link(struct import *import);
void import_link_pages(struct import *import);
/* The source of the page of that file name; NULL: it is none with a number. */
const char *import_notion_source(struct arena *a, const char *name);
const char *import_confluence_source(struct arena *a, const char *name);

/* --- exchange/import_plan.c --- */

enum import_state {
	IMPORT_NEW,
	IMPORT_HERE,  /* a retro was made of it before, or it is one */
	IMPORT_TWICE, /* another item is the same one */
	IMPORT_BROKEN /* none can be made of it, which is noted */
};

struct import_row {
	const struct import_item *item;
	enum import_state state;
	const char *path;    /* of the file, new or here, from the root */
	size_t text;         /* where in the item's bytes its text begins */
	bool differs;        /* of one that is here: its text is another one */
	const char *same_id; /* of one that is there twice: its own id, if it
			      * is that which another one has, too */
	struct buf bytes;    /* of a new one; to be released */
	const struct retro *retro; /* a new one as it will be read, its body
				    * too; else the one here, or NULL */
};
struct import_plan VEC_OF(struct import_row);

MUST_USE struct err *import_plan(struct import_plan *out, struct import *import,
				 struct corpus *corpus);
void import_plan_release(struct import_plan *plan);

#endif
