/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines that were found, as `git grep` prints them: the same bytes for the same
 * options. On a terminal control characters of a file are made visible.
 */
#ifndef VIEW_HITS_H
#define VIEW_HITS_H

#include <stdbool.h>

#include "base/buf.h"
#include "git/config.h"
#include "grep/grep.h"
#include "grep/scan.h"
#include "view/style.h"

/* The settings color.grep.<slot>, without those for what we never print. */
enum hits_slot {
	HITS_COLUMN,
	HITS_CONTEXT,
	HITS_FILENAME,
	HITS_LINE_NUMBER,
	HITS_MATCH_CONTEXT,
	HITS_MATCH_SELECTED,
	HITS_SELECTED,
	HITS_SEPARATOR,
	HITS_SLOTS,
};

enum hits_what {
	HITS_LINES,
	HITS_COUNT,   /* how many lines, of a file that has any */
	HITS_NAMES,   /* of the files that have any */
	HITS_WITHOUT, /* of those that have none */
};

struct hits {
	enum hits_what what;
	bool name, number;  /* in front of each line */
	bool column;        /* and where it begins to match */
	bool heading;       /* the name on a line of its own, in any case */
	bool parted;        /* an empty line between files */
	bool only_matching; /* a line for each match */
	bool null;          /* NUL behind a name */
	bool context;       /* lines around; groups of them are parted */
	bool clean;         /* for a terminal */
	const char *colours[HITS_SLOTS]; /* sequences; "" for none */
};

/* What git's settings say of the colours, if the style has any. */
void hits_colours(struct hits *hits, struct arena *a,
		  const struct config *config, const struct style *style);

/* Digits of a commit where a person reads it. */
#define HITS_ABBREV 10

/* What stands between the lines of two files. */
void hits_put_between(struct buf *out, const struct hits *hits);

/* What was searched: a file, or a text that one had. */
struct hits_text {
	const char *name; /* as it is to be called */
	const struct grep_file *file;
	const struct text_version *version; /* NULL: a file */
	struct strs branches;               /* that have the text now */
};
struct hits_texts VEC_OF(struct hits_text);

/* Whether the file is among those that are told. */
bool hits_has(const struct hits *hits, const struct scanned *found);

/* Those that are told, one after the other. The lines of a text stand under its
 * name, the retro's id and what is known of its time, whatever `heading` and
 * `name` say. */
void hits_put(struct buf *out, const struct hits *hits,
	      const struct hits_texts *texts);

/* {"version":1,"files":[{"path","id","count","binary","lines":[{"line",
 * "text"}]}]}; of texts "texts", each with "blob","from","to" ({"commit",
 * "date"}; "to" null while it stands) and "branches" besides. */
void hits_json(struct buf *out, struct arena *a, const struct hits_texts *texts,
	       bool history);

#endif
