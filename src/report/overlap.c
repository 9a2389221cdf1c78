/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/overlap.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/sorted.h"
#include "capture/formats.h"
#include "front/marks.h"
#include "front/net_words.h"
#include "git/ancestry.h"
#include "git/rev.h"
#include "git/tree.h"
#include "report/hunks.h"
#include "report/parts.h"
#include "report/rare.h"
#include "report/setting.h"
#include "report/skip_mark.h"

enum {
	/* A function of more lines is no place. */
	FUNCTION_MAX = 1000,
	/* Bytes of a function's name that is not everywhere. */
	TWIN_MIN = 8,
	/* One line that comes back may stand there by chance. */
	REDO_MIN = 2,
	LINES_MIN = 2,
	/* Keys, once before and once after a change of each. */
	KEYS_MAX = 6,
	OWN_KEYS_MAX = 16,
	/* Where very much was changed, a twentieth of it comes back by
	 * chance. */
	SHARE = 20,
	/* What comes back, or is replaced again, must be a quarter of it. */
	QUARTER = 4,
	/* A file of which a quarter goes, and so many lines, is written
	 * anew. */
	ANEW_MIN = 100,
	/* A change of so many files is not about a name in one of them. */
	WIDE_MIN = 8,
	/* Of what the fix did to a test or a text, so much must be taken
	 * back. */
	HALF = 2,
	/* Of the names of two files of one kind. */
	STEM_MIN = 3,
	/* Files with a test that is switched off. */
	SKIPS_MAX = 100,
	/* Bytes of a line that is commented out. */
	COMMENTED_MIN = 6,
	/* A file of so many lines is one place. */
	FILE_LINES = 30,
	/* Lines and words of a change that are looked at. */
	MARKS_MAX = 20000,
};

/* A mark of the change in question. */
struct own_mark {
	const char *path, *text;
	uint64_t hash;
	size_t lines; /* of a function; else 0 */
	enum mark_kind kind;
};

/* A word on a changed line, or a key. */
struct own_word {
	uint64_t hash;
	const char *path, *line, *word;
	enum mark_kind kind;
};

/* A file as it was before the change, once needed. */
struct old_text {
	const char *path, *text;
};

struct overlap {
	struct arena *arena;
	struct repo *repo;
	const struct range *range;
	const struct edits *edits;
	struct range staged; /* on something else than HEAD, if it has `from` */
	struct VEC_OF(struct own_mark) marks; /* by path, then hash */
	struct VEC_OF(struct own_mark) lines; /* all of them, by hash */
	struct VEC_OF(struct own_word) words; /* by hash */
	struct VEC_OF(struct old_text) texts;
	const char *asked; /* is_written_anew() of this file, the last one */
	bool anew;
	const char *apart; /* the folder of the retros */
	struct rare *rare; /* once needed */
	struct strs deleted;
	struct strs skips, skip_lines; /* of each, the line */
	struct patches patches;        /* the change */
	struct parts *parts;           /* its hunks, once needed */
};

/* --- the change --- */

static const char *mark_path(struct overlap *o, const struct change_mark *mark)
{
	const struct own_mark *last =
		o->marks.nr ? &o->marks.at[o->marks.nr - 1] : NULL;

	if (last && strlen(last->path) == mark->path_n &&
	    !memcmp(last->path, mark->path, mark->path_n))
		return last->path;
	return arena_strndup(o->arena, mark->path, mark->path_n);
}

static struct own_mark own_mark(struct overlap *o,
				const struct change_mark *mark)
{
	return (struct own_mark){ mark_path(o, mark),
				  arena_strndup(o->arena, mark->text, mark->n),
				  mark_hash(mark), mark->lines, mark->kind };
}

static void add_mark(void *data, const struct change_mark *mark)
{
	struct overlap *o = data;

	if (!mark->deleted && mark->path_n && o->marks.nr < MARKS_MAX)
		vec_push(o->arena, &o->marks, own_mark(o, mark));
}

static void add_deleted(struct overlap *o, const struct change_mark *mark)
{
	const char *last =
		o->deleted.nr ? o->deleted.at[o->deleted.nr - 1] : NULL;

	if (!last || strlen(last) != mark->path_n ||
	    memcmp(last, mark->path, mark->path_n) != 0)
		vec_push(o->arena, &o->deleted,
			 arena_strndup(o->arena, mark->path, mark->path_n));
}

static void add_overlap_line(void *data, const struct change_mark *mark)
{
	struct overlap *o = data;

	if (mark->deleted)
		add_deleted(o, mark);
	if (mark->path_n && o->lines.nr < MARKS_MAX)
		vec_push(o->arena, &o->lines, own_mark(o, mark));
}

static int by_mark_hash(const void *a, const void *b)
{
	const struct own_mark *one = a, *two = b;

	if (one->hash != two->hash)
		return one->hash < two->hash ? -1 : 1;
	return (one->kind > two->kind) - (one->kind < two->kind);
}

static int by_overlap_path(const void *a, const void *b)
{
	const struct own_mark *one = a, *two = b;
	int order = strcmp(one->path, two->path);

	return order ? order : by_mark_hash(a, b);
}

static int by_word(const void *a, const void *b)
{
	const struct own_word *one = a, *two = b;

	return (one->hash > two->hash) - (one->hash < two->hash);
}

static void add_words(struct overlap *o, const struct own_mark *line)
{
	const char *at = line->text, *word;
	size_t n = strlen(at), len;

	while ((word = mark_word(&len, &at, &n)) && o->words.nr < MARKS_MAX)
		vec_push(o->arena, &o->words,
			 (struct own_word){ mark_word_hash(word, len),
					    line->path, line->text, word,
					    line->kind });
}

static bool is_counted(const struct overlap *o, const char *path)
{
	return !strs_has(&o->deleted, path) &&
	       !mark_follows(path, strlen(path));
}

/* Of the changed lines; one that comes and goes was moved only. */
static void list_words(struct overlap *o)
{
	for (size_t i = 0, end; i < o->lines.nr; i = end) {
		const struct own_mark *first = &o->lines.at[i];
		bool moved = false;

		/* The lines of one text stand together. */
		for (end = i;
		     end < o->lines.nr && o->lines.at[end].hash == first->hash;
		     end++)
			moved |= o->lines.at[end].kind != first->kind;
		for (size_t j = i; !moved && j < end; j++)
			if (is_counted(o, o->lines.at[j].path))
				add_words(o, &o->lines.at[j]);
	}
	for (size_t i = 0; i < o->marks.nr; i++) {
		const struct own_mark *mark = &o->marks.at[i];

		if (mark->kind == MARK_KEY || mark->kind == MARK_PACKAGE)
			vec_push(o->arena, &o->words,
				 (struct own_word){ mark->hash, mark->path,
						    mark->text, mark->text,
						    MARK_KEY });
	}
	if (o->words.nr)
		qsort(o->words.at, o->words.nr, sizeof(*o->words.at), by_word);
}

/* --- tests that it switches off --- */

static int compare_uints(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_line_hash(const void *hash, const void *line)
{
	return compare_uints(*(const uint64_t *)hash,
			     ((const struct own_mark *)line)->hash);
}

/* The first of the lines that has this hash, or would come after it. */
static size_t first_line(const struct overlap *o, uint64_t hash)
{
	return sorted_first(&hash, o->lines.at, o->lines.nr,
			    sizeof(*o->lines.at), by_line_hash);
}

static bool removes_text(const struct overlap *o, const char *path,
			 const char *text)
{
	struct change_mark mark = { .kind = MARK_REMOVED,
				    .text = text,
				    .n = strlen(text) };
	uint64_t hash = mark_hash(&mark);

	for (size_t i = first_line(o, hash);
	     i < o->lines.nr && o->lines.at[i].hash == hash; i++)
		if (o->lines.at[i].kind == MARK_REMOVED &&
		    !strcmp(o->lines.at[i].path, path))
			return true;
	return false;
}

/* Whether the line is one that the change takes out, as a comment. */
static bool comments_out(const struct overlap *o, const struct own_mark *line)
{
	const char *text = skip_mark_uncomment(line->text);

	return text && strlen(text) >= COMMENTED_MIN &&
	       removes_text(o, line->path, text);
}

/* Whether the file has more such lines after the change: not one that was moved
 * or that is worded anew. */
static bool skips_more(const struct overlap *o, const char *path)
{
	size_t added = 0, removed = 0;

	for (size_t i = 0; i < o->lines.nr; i++) {
		const struct own_mark *line = &o->lines.at[i];

		if (strcmp(line->path, path) != 0 || !skip_mark_in(line->text))
			continue;
		added += line->kind == MARK_ADDED;
		removed += line->kind == MARK_REMOVED;
	}
	return added > removed;
}

static void list_skips(struct overlap *o)
{
	for (size_t i = 0; i < o->lines.nr && o->skips.nr < SKIPS_MAX; i++) {
		const struct own_mark *line = &o->lines.at[i];

		if (line->kind != MARK_ADDED || strs_has(&o->skips, line->path))
			continue;
		if (comments_out(o, line) ||
		    (skip_mark_in(line->text) && skips_more(o, line->path))) {
			vec_push(o->arena, &o->skips, line->path);
			vec_push(o->arena, &o->skip_lines, line->text);
		}
	}
}

/* --- the whole of it --- */

static bool has_head(struct repo *repo)
{
	struct oid head;
	struct err *e = rev_head(&head, repo);
	bool has = !e;

	err_pass(e);
	return has;
}

/* NULL: what is staged on HEAD. */
static const struct range *change_range(const struct overlap *o)
{
	return o->staged.from ? &o->staged : o->range;
}

static struct err *load_change(struct patches *out, struct overlap *o,
			       const char *diff)
{
	struct buf text = BUF_INIT;
	struct patch patch = { .text = diff };
	struct err *e = NULL;

	if (!o->edits)
		e = hunks_load(out, o->arena, o->repo, change_range(o), 1,
			       NULL);
	if (e && e->code == ERR_MISSING && o->staged.from) {
		/* A partial clone has the files of HEAD. */
		err_free(e);
		o->staged.from = NULL;
		e = hunks_load(out, o->arena, o->repo, NULL, 1, NULL);
	}
	if (!o->edits)
		return e;
	if (!diff) {
		e = edit_diff(&text, o->arena, o->repo, o->edits);
		patch.text = arena_strdup(o->arena, text.p);
	}
	buf_release(&text);
	vec_push(o->arena, out, patch);
	return e;
}

struct err *overlap_open(struct overlap **out, struct arena *a,
			 struct repo *repo, const struct overlap_change *change,
			 const char *apart)
{
	struct overlap *o = arena_alloc(a, sizeof(*o));
	struct err *e;

	o->arena = a;
	o->repo = repo;
	o->range = change->range;
	o->edits = change->edits;
	o->staged.from = change->base;
	o->apart = apart;
	*out = o;
	if (!o->range && !has_head(repo))
		return NULL; /* nothing is committed yet */
	e = load_change(&o->patches, o, change->diff);
	for (size_t i = 0; !e && i < o->patches.nr; i++) {
		const char *diff = o->patches.at[i].text;

		marks_read(diff, false, add_mark, o);
		marks_read(diff, true, add_overlap_line, o);
		net_words_read(diff, add_mark, o);
	}
	if (o->marks.nr)
		qsort(o->marks.at, o->marks.nr, sizeof(*o->marks.at),
		      by_overlap_path);
	if (o->lines.nr)
		qsort(o->lines.at, o->lines.nr, sizeof(*o->lines.at),
		      by_mark_hash);
	list_words(o);
	list_skips(o);
	return e;
}

/* --- with a fix --- */

static struct err *commit_before(struct oid *out, struct overlap *o)
{
	const struct range *range = change_range(o);

	if (!range)
		return rev_head(out, o->repo);
	if (!range->from)
		return rev_parent(out, o->repo, &range->to,
				  ancestry_is_bent(o->repo));
	*out = *range->from;
	return NULL;
}

/* The file before the change; "" if it was not there, or is too large. */
static const char *text_before(struct overlap *o, const char *path)
{
	const struct edit *edit = o->edits ? edit_find(o->edits, path) : NULL;
	struct buf text = BUF_INIT;
	struct oid commit;
	const char *copy;
	struct err *e;

	if (edit && edit->before)
		return edit->before;
	for (size_t i = 0; i < o->texts.nr; i++)
		if (!strcmp(o->texts.at[i].path, path))
			return o->texts.at[i].text;
	e = commit_before(&commit, o);
	if (!e)
		e = tree_file(&text, o->repo, &commit, path, FILE_MAX);
	err_pass(e);
	copy = arena_strdup(o->arena, text.p);
	buf_release(&text);
	vec_push(o->arena, &o->texts, (struct old_text){ path, copy });
	return copy;
}

/* Whether the line can mean one place alone: it stands in the file once at
 * most. */
static bool stands_once(struct overlap *o, const struct own_mark *line)
{
	const char *text = text_before(o, line->path);
	const char *first = strstr(text, line->text);

	return !first || !strstr(first + 1, line->text);
}

/* What both add is a copy, and says little. */
static enum evidence_type line_type(enum mark_kind mine, char theirs)
{
	if (mine == MARK_REMOVED)
		return theirs == MARK_ADDED ? EVIDENCE_UNDO : EVIDENCE_LINE;
	return theirs == MARK_REMOVED ? EVIDENCE_REDO : EVIDENCE_TYPES;
}

static void take_stronger(struct evidence *out, enum evidence_type type,
			  const struct own_mark *mark)
{
	if (type < out->type) {
		out->type = type;
		out->what = mark->text;
		out->mark = mark->hash;
	}
}

static bool is_rare(struct overlap *o, const char *word)
{
	if (!o->rare)
		o->rare = rare_open(o->arena, o->repo, o->apart);
	return rare_has(o->rare, word);
}

/* What both do to one file, in numbers. */
struct shared {
	const struct touched *touched;
	const struct oid *commit;
	const char *diff;             /* of the commit, once needed */
	struct parts *parts;          /* its hunks, likewise */
	size_t undone, redone, lines; /* of each kind of line */
	size_t removed, changed;      /* lines of the commit: those that went;
				       * all of them */
	size_t few; /* lines that are too few of those of the commit */
	size_t set; /* keys that it set */
	/* Lines of which both change the same part, and the first of them:
	 * undone, redone, or changed again. */
	size_t met[3];
	const struct own_mark *first[3];
};

static void count_shared(struct shared *out, char mine, char theirs)
{
	if (mine == MARK_REMOVED) {
		out->undone += theirs == MARK_ADDED;
		out->lines += theirs == MARK_REMOVED;
	} else if (mine == MARK_ADDED) {
		out->redone += theirs == MARK_REMOVED;
	}
}

/* What the commit did to the file, by itself. */
static struct shared shared_with(const struct touched *touched,
				 const struct oid *commit)
{
	struct shared shared = { .touched = touched, .commit = commit };

	for (const char *at = touched->marks; *at; at += TOUCHED_MARK) {
		shared.removed += *at == MARK_REMOVED;
		shared.changed += *at == MARK_ADDED || *at == MARK_REMOVED;
		shared.set += *at == MARK_KEY || *at == MARK_PACKAGE;
	}
	shared.few = shared.changed / SHARE;
	return shared;
}

static const char *name_then(const struct touched *touched)
{
	return touched->then ? touched->then : touched->path;
}

/* What the commit did to the file, in git's words; "" if it cannot be asked. */
static const char *their_diff(struct overlap *o, struct shared *shared)
{
	struct err *e;

	if (shared->diff)
		return shared->diff;
	e = hunks_of_file(&shared->diff, o->arena, o->repo, shared->commit,
			  name_then(shared->touched));
	err_pass(e);
	return shared->diff;
}

static struct parts *their_parts(struct overlap *o, struct shared *shared)
{
	if (!shared->parts) {
		shared->parts = parts_new(o->arena);
		parts_add(shared->parts, their_diff(o, shared));
	}
	return shared->parts;
}

static struct parts *own_parts(struct overlap *o)
{
	if (!o->parts) {
		o->parts = parts_new(o->arena);
		for (size_t i = 0; i < o->patches.nr; i++)
			parts_add(o->parts, o->patches.at[i].text);
	}
	return o->parts;
}

/* What both do to a key of the file. */
static void read_key_values(struct set_value *now, struct set_value *fix,
			    struct overlap *o, struct shared *shared,
			    const char *key)
{
	const char *path = shared->touched->path;

	*now = (struct set_value){ 0 };
	for (size_t i = 0; i < o->patches.nr && !now->from && !now->to; i++)
		setting_read(now, o->arena, o->patches.at[i].text, path, key);
	setting_read(fix, o->arena, their_diff(o, shared),
		     name_then(shared->touched), key);
}

/* Whether the line sets something, and not back to what the commit replaced. */
static bool is_set_onwards(struct overlap *o, const struct own_mark *line,
			   struct shared *shared)
{
	struct set_value now, fix;
	const char *key;
	size_t n;

	if (!mark_has_keys(line->path, strlen(line->path)))
		return false;
	key = mark_key(&n, line->text, strlen(line->text));
	if (!key)
		return false;
	read_key_values(&now, &fix, o, shared, arena_strndup(o->arena, key, n));
	return setting_is_clear(&now, &fix) && !setting_goes_back(&now, &fix);
}

/* Where a type of line stands in struct shared. */
static size_t line_place(enum evidence_type type)
{
	return type == EVIDENCE_UNDO ? 0 : type == EVIDENCE_REDO ? 1 : 2;
}

/* Whether there are lines enough of this type for one to be looked at. */
static bool are_lines_enough(const struct shared *shared,
			     enum evidence_type type)
{
	switch (type) {
	case EVIDENCE_UNDO:
		return shared->undone > shared->few;
	case EVIDENCE_REDO:
		return shared->redone >= REDO_MIN &&
		       shared->redone > shared->few &&
		       shared->redone * QUARTER >= shared->removed;
	default:
		return shared->lines >= LINES_MIN &&
		       shared->lines > shared->few &&
		       shared->lines * QUARTER >= shared->removed;
	}
}

/* Texts and tests are worded anew with any change. */
static bool is_follower(const struct overlap *o, const struct shared *shared)
{
	return !o->range && !o->edits &&
	       mark_follows(shared->touched->path,
			    strlen(shared->touched->path));
}

/* Whether what was done to the file is taken back. */
static bool is_taken_back(const struct shared *shared)
{
	size_t met = shared->met[0] + shared->met[1];

	return met >= LINES_MIN && met * HALF >= shared->changed;
}

/* Whether so much of the file goes that what was fixed in it goes along. */
static bool find_written_anew(struct overlap *o, const char *path)
{
	const char *text = text_before(o, path);
	size_t lines = 0, gone = 0;

	for (size_t i = 0; i < o->lines.nr; i++)
		gone += o->lines.at[i].kind == MARK_REMOVED &&
			!strcmp(o->lines.at[i].path, path);
	if (gone < ANEW_MIN)
		return false;
	for (; *text; text++)
		lines += *text == '\n';
	return lines && gone * QUARTER >= lines;
}

/* Asked for each name that a fix and the change share. */
static bool is_written_anew(struct overlap *o, const char *path)
{
	if (!o->asked || strcmp(o->asked, path) != 0) {
		o->anew = find_written_anew(o, path);
		o->asked = path;
	}
	return o->anew;
}

/* Whether lines that both change are shared for more than where they stand. */
static bool is_line_telling(struct overlap *o, const struct shared *shared,
			    enum evidence_type type)
{
	size_t least = type == EVIDENCE_UNDO   ? 1
		       : type == EVIDENCE_REDO ? REDO_MIN
					       : LINES_MIN;

	return shared->met[line_place(type)] >= least &&
	       (!is_follower(o, shared) ||
		(type != EVIDENCE_LINE && is_taken_back(shared))) &&
	       (is_taken_back(shared) ||
		!is_written_anew(o, shared->touched->path));
}

/* Whether a line begins so: "def name(", or as a method does, "name(...) {". */
static bool is_definition(const char *line, const char *name)
{
	const char *end = line + strcspn(line, "\n");
	size_t n = strlen(name);
	bool def;

	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	line += strspn(line, " \t");
	def = !strncmp(line, "def ", 4);
	line += def ? 4 : 0;
	return !strncmp(line, name, n) && line[n] == '(' &&
	       (def || end[-1] == '{');
}

/* "def __init__", "constructor() {": there is one in each class. */
static bool is_defined_twice(struct overlap *o, const struct own_mark *mark)
{
	const char *at = text_before(o, mark->path);
	size_t nr = 0;

	for (; *at; at += strcspn(at, "\n"), at += *at == '\n')
		nr += is_definition(at, mark->text);
	return nr > 1;
}

/* Of a change that sets much anew, or of such a fix, no key says anything. */
static void compare_key(struct evidence *out, struct overlap *o,
			const struct own_mark *mark, struct shared *shared)
{
	struct set_value now, fix;
	size_t own = 0;

	for (size_t i = 0; i < o->marks.nr; i++)
		own += (o->marks.at[i].kind == MARK_KEY ||
			o->marks.at[i].kind == MARK_PACKAGE) &&
		       !strcmp(o->marks.at[i].path, mark->path);
	if (out->type <= EVIDENCE_KEY || shared->set > KEYS_MAX ||
	    own > OWN_KEYS_MAX ||
	    (mark->kind != MARK_PACKAGE && !stands_once(o, mark)))
		return;
	read_key_values(&now, &fix, o, shared, mark->text);
	if (setting_goes_back(&now, &fix))
		take_stronger(out, EVIDENCE_KEY, mark);
}

/* Of an edit, of which nothing is said yet, none tells enough. */
static void compare_function(struct evidence *out, struct overlap *o,
			     const struct own_mark *mark)
{
	if (o->edits || out->type <= EVIDENCE_FUNCTION ||
	    mark_follows(mark->path, strlen(mark->path)) ||
	    parts_only_repeat(own_parts(o), mark->path, mark->text))
		return;
	if (mark->lines <= FUNCTION_MAX && !is_defined_twice(o, mark))
		take_stronger(out, EVIDENCE_FUNCTION, mark);
}

/* What a file has from elsewhere comes and goes with whatever uses it. */
static bool is_import_line(const char *line)
{
	static const char *const starts[] = { "import ",  "from ",   "#include",
					      "use ",     "using ",  "require ",
					      "require(", "pub use " };

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (!strncmp(line, starts[i], strlen(starts[i])))
			return true;
	return false;
}

/* Where the same line stands in several functions, it is that of the fix. */
static bool is_one_place(struct overlap *o, const struct own_mark *mark,
			 struct shared *shared, const struct part_line *line)
{
	return stands_once(o, mark) ||
	       parts_stand_alike(own_parts(o), their_parts(o, shared), line);
}

/* Notes a line of which both change the same part. */
static void meet_line(struct overlap *o, const struct own_mark *mark,
		      char theirs, struct shared *shared)
{
	enum evidence_type type = line_type(mark->kind, theirs);
	const struct part_line line = { mark->text, mark->path,
					name_then(shared->touched), mark->kind,
					(enum mark_kind)theirs };
	size_t place = line_place(type);

	/* What a lock file says of a package is compared by itself. */
	if (type == EVIDENCE_TYPES || is_import_line(mark->text) ||
	    lock_format_of(mark->path) || !are_lines_enough(shared, type) ||
	    !is_one_place(o, mark, shared, &line) ||
	    is_set_onwards(o, mark, shared) ||
	    !parts_meet(own_parts(o), their_parts(o, shared), &line))
		return;
	if (!shared->met[place]++)
		shared->first[place] = mark;
}

static void compare_overlap_lines(struct evidence *out, struct overlap *o,
				  const struct shared *shared)
{
	static const enum evidence_type types[] = { EVIDENCE_UNDO,
						    EVIDENCE_REDO,
						    EVIDENCE_LINE };

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (is_line_telling(o, shared, types[i]))
			take_stronger(out, types[i], shared->first[i]);
}

static bool has_word_before(struct overlap *o, const struct own_mark *mark)
{
	const char *text = text_before(o, mark->path), *at = text;
	size_t n = strlen(mark->text);

	for (; (at = strstr(at, mark->text)); at++)
		if ((at == text || !mark_is_word(at[-1])) &&
		    !mark_is_word(at[n]))
			return true;
	return false;
}

/* A name that the commit brought in goes, or one that it took out comes
 * back. */
static void compare_symbol(struct evidence *out, struct overlap *o,
			   const struct own_mark *mark, char theirs,
			   const struct shared *shared)
{
	bool back = (theirs == MARK_NEW && mark->kind == MARK_FEWER) ||
		    (theirs == MARK_GONE && mark->kind == MARK_MORE &&
		     !has_word_before(o, mark));

	/* One more use of what the fix brought in is for who asks. */
	if (!back && !(theirs == MARK_NEW && o->range))
		return;
	if (out->type <= EVIDENCE_SYMBOL ||
	    !net_word_is_symbol(mark->text, strlen(mark->text)) ||
	    mark_has_keys(mark->path, strlen(mark->path)) ||
	    is_follower(o, shared) || parts_rename(own_parts(o), mark->text) ||
	    is_written_anew(o, mark->path) || !is_rare(o, mark->text))
		return;
	take_stronger(out, EVIDENCE_SYMBOL, mark);
	out->mark = mark_word_hash(mark->text, strlen(mark->text));
}

static void compare_mark(struct evidence *out, struct overlap *o,
			 const struct own_mark *mark, char theirs,
			 struct shared *shared)
{
	switch (mark->kind) {
	case MARK_FUNCTION:
		compare_function(out, o, mark);
		break;
	case MARK_PACKAGE:
	case MARK_KEY:
		compare_key(out, o, mark, shared);
		break;
	case MARK_MORE:
	case MARK_FEWER:
		compare_symbol(out, o, mark, theirs, shared);
		break;
	default:
		break; /* lines were compared before */
	}
}

static bool is_line(const struct own_mark *mark)
{
	return mark->kind == MARK_ADDED || mark->kind == MARK_REMOVED;
}

static int by_mark_path(const void *path, const void *mark)
{
	return strcmp(path, ((const struct own_mark *)mark)->path);
}

/* The first mark in a file. */
static size_t first_mark(const struct overlap *o, const char *path)
{
	return sorted_first(path, o->marks.at, o->marks.nr,
			    sizeof(*o->marks.at), by_mark_path);
}

/* A line that the change takes out here and puts back there. */
static bool is_moved_line(const struct overlap *o, size_t at)
{
	const struct own_mark *mark = &o->marks.at[at];
	enum mark_kind other =
		mark->kind == MARK_ADDED ? MARK_REMOVED : MARK_ADDED;
	size_t i = at;

	if (mark->kind != MARK_ADDED && mark->kind != MARK_REMOVED)
		return false;
	while (i && o->marks.at[i - 1].hash == mark->hash)
		i--;
	for (; i < o->marks.nr && o->marks.at[i].hash == mark->hash; i++)
		if (o->marks.at[i].kind == other &&
		    !strcmp(o->marks.at[i].path, mark->path))
			return true;
	return false;
}

static bool is_mark_in(const struct overlap *o, size_t at,
		       const struct touched *touched)
{
	return at < o->marks.nr && !strcmp(o->marks.at[at].path, touched->path);
}

/* Each mark of the change in the file that the commit has, too. */
static const struct own_mark *shared_mark(char *theirs, const struct overlap *o,
					  size_t at,
					  const struct touched *touched)
{
	*theirs = touched_has(touched, o->marks.at[at].hash);
	return *theirs && !is_moved_line(o, at) ? &o->marks.at[at] : NULL;
}

bool overlap_with(struct evidence *out, struct overlap *o,
		  const struct touched *touched, const struct oid *commit)
{
	size_t first = first_mark(o, touched->path);
	struct shared shared = shared_with(touched, commit);
	const struct own_mark *mark;
	char theirs;

	out->type = EVIDENCE_TYPES;
	for (size_t i = first; is_mark_in(o, i, touched); i++) {
		if ((mark = shared_mark(&theirs, o, i, touched)))
			count_shared(&shared, (char)mark->kind, theirs);
	}
	for (size_t i = first; is_mark_in(o, i, touched); i++)
		if ((mark = shared_mark(&theirs, o, i, touched)) &&
		    is_line(mark))
			meet_line(o, mark, theirs, &shared);
	compare_overlap_lines(out, o, &shared);
	for (size_t i = first; is_mark_in(o, i, touched); i++)
		if ((mark = shared_mark(&theirs, o, i, touched)))
			compare_mark(out, o, mark, theirs, &shared);
	return out->type != EVIDENCE_TYPES;
}

bool overlap_is_small(struct overlap *o, const char *path)
{
	const char *text = text_before(o, path);
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines && lines <= FILE_LINES;
}

const struct strs *overlap_deleted(const struct overlap *o)
{
	return &o->deleted;
}

const struct strs *overlap_skips(const struct strs **lines,
				 const struct overlap *o)
{
	*lines = &o->skip_lines;
	return &o->skips;
}

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

static bool in_same_folder(const char *a, const char *b)
{
	size_t n = folder_length(a);

	return n == folder_length(b) && !strncmp(a, b, n);
}

/* "load_posix.c" and "load_win.c" are of one kind. */
static bool begin_alike(const char *a, const char *b)
{
	const char *one = path_base(a), *two = path_base(b);
	size_t n = 0;

	while (one[n] && one[n] == two[n] && one[n] != '.')
		n++;
	return n >= STEM_MIN && strcmp(one, two) != 0;
}

bool overlap_twin(struct evidence *out, const struct overlap *o,
		  const struct touched *touched)
{
	for (size_t i = 0; i < o->marks.nr; i++) {
		const struct own_mark *mark = &o->marks.at[i];

		if (mark->kind != MARK_FUNCTION ||
		    strlen(mark->text) < TWIN_MIN ||
		    mark_follows(mark->path, strlen(mark->path)) ||
		    !in_same_folder(mark->path, touched->path) ||
		    !begin_alike(mark->path, touched->path) ||
		    !touched_has(touched, mark->hash))
			continue;
		out->path = mark->path;
		out->what = mark->text;
		return true;
	}
	return false;
}

/* --- with a name --- */

static int by_word_hash(const void *hash, const void *word)
{
	return compare_uints(*(const uint64_t *)hash,
			     ((const struct own_word *)word)->hash);
}

static size_t first_word(const struct overlap *o, uint64_t hash)
{
	return sorted_first(&hash, o->words.at, o->words.nr,
			    sizeof(*o->words.at), by_word_hash);
}

static bool has_owner(const struct overlap *o, const char *owner,
		      const char *path)
{
	uint64_t hash = mark_word_hash(owner, strlen(owner));

	for (size_t i = first_word(o, hash);
	     i < o->words.nr && o->words.at[i].hash == hash; i++)
		if (!strcmp(o->words.at[i].path, path))
			return true;
	return false;
}

/* `open("x")` is said of that call alone. */
static bool has_argument(const char *line, const struct pitfall_name *name)
{
	const char *open = strchr(name->text, '"');
	const char *end = open ? strchr(open + 1, '"') : NULL;

	return !end ||
	       memmem(line, strlen(line), open, (size_t)(end + 1 - open));
}

static bool is_overlap_named(const struct overlap *o,
			     const struct own_word *word,
			     const struct pitfall_name *name)
{
	size_t n = strlen(name->word);
	const char *after = word->word + n;

	if (strncmp(word->word, name->word, n) != 0)
		return false;
	if (word->kind == MARK_KEY)
		return name->kind != NAME_FUNCTION;
	if (word->kind != MARK_ADDED)
		return false;
	after += strspn(after, "?! ");
	if (name->kind == NAME_FUNCTION)
		return *after == '(' && has_argument(word->line, name) &&
		       !is_definition(word->line, name->word);
	return name->kind == NAME_MEMBER &&
	       has_owner(o, name->owner, word->path);
}

/* Whether a file has the word more often after the change: a call that only
 * reads otherwise is none that is made now. */
static bool is_new_word(const struct overlap *o, size_t first, const char *path)
{
	size_t added = 0, removed = 0;

	for (size_t i = first;
	     i < o->words.nr && o->words.at[i].hash == o->words.at[first].hash;
	     i++) {
		const struct own_word *word = &o->words.at[i];

		if (strcmp(word->path, path) != 0)
			continue;
		added += word->kind == MARK_ADDED;
		removed += word->kind == MARK_REMOVED;
	}
	return added > removed;
}

/* Whether a line that the diff puts in or takes out has the word. */
static bool is_in_changed_line(const char *diff, const char *word)
{
	size_t n = strlen(word);

	for (const char *end; *diff; diff = end + (*end == '\n')) {
		const char *at = diff + 1;

		end = diff + strcspn(diff, "\n");
		if (*diff != '+' && *diff != '-')
			continue;
		while ((at = memmem(at, (size_t)(end - at), word, n))) {
			if (!mark_is_word(at[-1]) && !mark_is_word(at[n]))
				return true;
			at += n;
		}
	}
	return false;
}

bool overlap_commits_have(struct overlap *o, const struct oids *commits,
			  const char *word)
{
	struct range *ranges =
		arena_alloc(o->arena, commits->nr * sizeof(*ranges));
	struct patches patches = { 0 };
	struct err *e;
	bool has;

	for (size_t i = 0; i < commits->nr; i++)
		ranges[i] = (struct range){ .to = commits->at[i] };
	e = hunks_load(&patches, o->arena, o->repo, ranges, commits->nr, NULL);
	has = e != NULL;
	err_pass(e);
	for (size_t i = 0; i < patches.nr && !has; i++)
		has = is_in_changed_line(patches.at[i].text, word);
	return has;
}

bool overlap_names(struct evidence *out, struct overlap *o,
		   const struct pitfall_name *name)
{
	uint64_t hash = mark_word_hash(name->word, strlen(name->word));
	size_t first = first_word(o, hash);

	if (!o->range && !o->edits && parts_files(own_parts(o)) >= WIDE_MIN)
		return false;
	for (size_t i = first; i < o->words.nr && o->words.at[i].hash == hash;
	     i++)
		if (is_overlap_named(o, &o->words.at[i], name) &&
		    (o->words.at[i].kind == MARK_KEY ||
		     is_new_word(o, first, o->words.at[i].path)) &&
		    is_rare(o, name->word)) {
			out->path = o->words.at[i].path;
			out->what = name->text;
			out->mark = hash;
			return true;
		}
	return false;
}
